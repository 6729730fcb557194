/* The phrase language: a text like (你|您)是谁(呀)? goes in, a jy__wording comes out, every part with its place. A recursive descent
 * over the scalar's own bytes; all specials are ASCII, so no byte of a Chinese character is ever mistaken for one. With each form
 * the parser hands up what the checks need (shortest length, gaps at the ends), so that a form shared by many lists is never
 * walked again. */
#include "rules/rules_phrase.h"

#define NEAREST_MOST 1000 /* lists: with more than this no nearest name is looked for */

static jy__formed parse_sequence(jy__phrase *p, bool in_group);

/* Copies text[from..to) with backslashes undone. */
static jy_str unescape(jy__phrase *p, size_t from, size_t to)
{
    char *copy = jy__load_alloc(p->load, to - from + 1);
    size_t len = 0;
    for (size_t i = from; copy && i < to; i++) {
        if (p->text.ptr[i] == '\\')
            i++;
        copy[len++] = p->text.ptr[i];
    }
    p->failed = p->failed || !copy;
    return (jy_str){ copy, copy ? len : 0 };
}

static bool is_special(const jy__phrase *p, size_t at)
{
    switch (p->text.ptr[at]) {
    case '(': case '|': case ')': case '{': case '}': case '*': return true;
    default: return false;
    }
}

static jy__formed parse_text(jy__phrase *p)
{
    jy__formed formed = { NULL, 0, 0, NULL, NULL, false };
    size_t start = p->at;
    jy__pos from = jy__phrase_here(p);
    while (p->at < p->text.len && !is_special(p, p->at)) {
        if (p->text.ptr[p->at] == '\\' && p->at + 1 == p->text.len) {
            JY__FAIL0(p, PHRASE_BACKSLASH, jy__phrase_here(p));
            p->at++;
            return formed;
        }
        p->at += p->text.ptr[p->at] == '\\' ? 2 : 1;
    }
    formed.form = jy__phrase_form(p, JY__WORDING_TEXT, from);
    if (formed.form) {
        formed.form->text = unescape(p, start, p->at);
        jy__phrase_measure(formed.form->text, &formed);
    }
    return formed;
}

/* `4}` or `0,4}` behind `*{`: moves behind it. */
static bool parse_bounds(jy__phrase *p, jy__wording *gap)
{
    const char *end = memchr(p->text.ptr + p->at, '}', p->text.len - p->at), *comma;
    jy_str body = { p->text.ptr + p->at, end ? (size_t)(end - p->text.ptr) - p->at : 0 };
    int64_t least, most;
    comma = body.len ? memchr(body.ptr, ',', body.len) : NULL;
    if (!comma || !jy__int_parse((jy_str){ body.ptr, (size_t)(comma - body.ptr) }, &least) ||
        !jy__int_parse((jy_str){ comma + 1, (size_t)(end - comma) - 1 }, &most) || least < 0 || least > most || most > JY__GAP_MOST || most == 0)
        return false;
    gap->gap_min = (uint32_t)least;
    gap->gap_max = (uint32_t)most;
    p->at += body.len + 1;
    return true;
}

static bool digit_at(const jy__phrase *p, size_t at)
{
    return at < p->text.len && ((p->text.ptr[at] >= '0' && p->text.ptr[at] <= '9') || p->text.ptr[at] == ',');
}

static jy__formed parse_gap(jy__phrase *p)
{
    jy__pos from = jy__phrase_here(p);
    jy__formed formed = { jy__phrase_form(p, JY__WORDING_GAP, from), 0, 0, NULL, NULL, false };
    p->at++;
    if (!formed.form)
        return formed;
    formed.first_gap = formed.last_gap = formed.form;
    formed.gap = true;
    formed.form->gap_max = JY__GAP_USUAL;
    if (p->at < p->text.len && p->text.ptr[p->at] == '{' && digit_at(p, p->at + 1)) {
        p->at++;
        if (!parse_bounds(p, formed.form)) {
            JY__FAIL(p, PHRASE_GAP_BOUNDS, from, jy__arg_int(p->load, JY__GAP_MOST));
            while (p->at < p->text.len && p->text.ptr[p->at++] != '}')
                ;
        }
    }
    return formed;
}

static const char *list_name_at(const void *ctx, size_t index)
{
    const jy__load *load = ctx;
    return index < load->list_count ? load->lists[index].name.ptr : NULL;
}

static void unknown_list(jy__phrase *p, jy__pos pos, jy_str name)
{
    const char *nearest = p->load->list_count <= NEAREST_MOST ? jy__rules_nearest(name, list_name_at, p->load) : NULL;
    if (nearest)
        JY__FAIL(p, PHRASE_LIST_NEAREST, pos, jy__arg_text(p->load, name), jy__arg_c(nearest));
    else
        JY__FAIL(p, PHRASE_LIST, pos, jy__arg_text(p->load, name));
}

static jy__formed parse_list(jy__phrase *p)
{
    jy__formed formed = { NULL, 1, 1, NULL, NULL, false };
    jy__pos from = jy__phrase_here(p);
    jy__list *list;
    jy_str name;
    if (!jy__phrase_name(p, false, &name))
        return formed;
    list = jy__rules_list(p->load, name);
    if (!list) {
        unknown_list(p, from, name);
    } else if (list->state == JY__LIST_OPEN) {
        JY__FAIL(p, LIST_CYCLE, from, jy__arg_text(p->load, name));
    } else if (list->item_count == 0) {
        p->failed = true; /* the list's own errors have been told */
    } else {
        formed = list->formed;
        formed.form = jy__phrase_form(p, JY__WORDING_LIST, from);
        if (formed.form) {
            formed.form->text = list->name;
            formed.form->kids = list->items;
            formed.form->kid_count = list->item_count;
        }
    }
    return formed;
}

static void join_branch(jy__formed *all, const jy__formed *branch, bool first)
{
    all->gap = all->gap || branch->gap;
    if (first || branch->least_chars < all->least_chars)
        all->least_chars = branch->least_chars;
    if (first || branch->least_symbols < all->least_symbols)
        all->least_symbols = branch->least_symbols;
    if (!all->first_gap)
        all->first_gap = branch->first_gap;
    if (!all->last_gap)
        all->last_gap = branch->last_gap;
}

/* Branches up to the closing bracket, which is taken. */
static bool parse_branches(jy__phrase *p, jy__pos from, jy__parts *branches, jy__formed *all)
{
    for (;;) {
        size_t start = p->at;
        jy__formed branch = parse_sequence(p, true);
        if (p->failed)
            return false;
        if (p->at == start) {
            if (p->at == p->text.len)
                JY__FAIL0(p, PHRASE_OPEN, from);
            else
                JY__FAIL0(p, PHRASE_BRANCH, jy__phrase_here(p));
            return false;
        }
        join_branch(all, &branch, branches->count == 0);
        jy__phrase_add(p, branches, branch);
        if (p->at == p->text.len) {
            JY__FAIL0(p, PHRASE_OPEN, from);
            return false;
        }
        if (p->text.ptr[p->at++] == ')')
            return !p->failed;
    }
}

static jy__formed optional(jy__phrase *p, jy__formed inner, jy__pos from)
{
    jy__parts one = { NULL, NULL, 0 };
    jy__formed formed = { NULL, 0, 0, inner.first_gap, inner.last_gap, inner.gap };
    p->at++;
    formed.form = jy__phrase_form(p, JY__WORDING_OPT, from);
    jy__phrase_add(p, &one, inner);
    if (formed.form)
        jy__phrase_kids(p, formed.form, &one);
    return formed;
}

static jy__formed parse_group(jy__phrase *p)
{
    int64_t most = jy__params_get(p->load->params, JY_PARAM_MAX_NESTING);
    jy__formed formed = { NULL, 0, 0, NULL, NULL, false };
    jy__parts branches = { NULL, NULL, 0 };
    jy__pos from = jy__phrase_here(p);
    p->at++;
    if (p->load->depth >= (uint64_t)most) {
        JY__FAIL(p, PHRASE_DEEP, from, jy__arg_int(p->load, most));
        return formed;
    }
    p->load->depth++;
    if (parse_branches(p, from, &branches, &formed)) {
        if (branches.count == 1) {
            formed = branches.first->formed;
        } else {
            formed.form = jy__phrase_form(p, JY__WORDING_ALT, from);
            if (formed.form)
                jy__phrase_kids(p, formed.form, &branches);
        }
        if (p->at < p->text.len && p->text.ptr[p->at] == '?')
            formed = optional(p, formed, from);
    }
    p->load->depth--;
    return formed;
}

static jy__formed parse_part(jy__phrase *p)
{
    switch (p->text.ptr[p->at]) {
    case '(': return parse_group(p);
    case '*': return parse_gap(p);
    case '{': return parse_list(p);
    default: return parse_text(p);
    }
}

static void join_part(jy__formed *all, const jy__formed *next)
{
    all->gap = all->gap || next->gap;
    if (!all->first_gap && all->least_chars == 0)
        all->first_gap = next->first_gap;
    if (next->last_gap || next->least_chars > 0)
        all->last_gap = next->last_gap;
    all->least_chars += next->least_chars;
    all->least_symbols += next->least_symbols;
    if (all->least_chars > 1000000)
        all->least_chars = 1000000;
    if (all->least_symbols > 1000000)
        all->least_symbols = 1000000;
}

/* In a group, stops before `|` or `)`; else both are errors. */
static bool stops(jy__phrase *p, bool in_group)
{
    char byte = p->text.ptr[p->at];
    if (byte != '|' && byte != ')' && byte != '}')
        return false;
    if (byte == '}')
        JY__FAIL0(p, PHRASE_BRACE_END, jy__phrase_here(p));
    else if (in_group)
        return true;
    else if (byte == '|')
        JY__FAIL0(p, PHRASE_BAR, jy__phrase_here(p));
    else
        JY__FAIL0(p, PHRASE_CLOSE, jy__phrase_here(p));
    return true;
}

static jy__formed parse_sequence(jy__phrase *p, bool in_group)
{
    jy__formed all = { NULL, 0, 0, NULL, NULL, false };
    jy__parts items = { NULL, NULL, 0 };
    jy__pos from = jy__phrase_here(p);
    while (p->at < p->text.len && !p->failed && !stops(p, in_group)) {
        jy__formed next = parse_part(p);
        if (p->failed || !next.form)
            break;
        if (next.form->kind == JY__WORDING_GAP && items.last && items.last->formed.form->kind == JY__WORDING_GAP)
            JY__FAIL0(p, PHRASE_GAP_TWICE, next.form->pos);
        join_part(&all, &next);
        jy__phrase_add(p, &items, next);
    }
    if (p->failed || items.count == 0)
        return all;
    if (items.count == 1) {
        all.form = items.first->formed.form;
        return all;
    }
    all.form = jy__phrase_form(p, JY__WORDING_SEQ, from);
    if (all.form)
        jy__phrase_kids(p, all.form, &items);
    return all;
}

static bool check(jy__phrase *p, const jy__formed *formed)
{
    if (formed->first_gap)
        JY__FAIL0(p, PHRASE_GAP_EDGE, formed->first_gap->pos);
    else if (formed->last_gap)
        JY__FAIL0(p, PHRASE_GAP_EDGE, formed->last_gap->pos);
    else if (formed->least_chars == 0)
        JY__FAIL0(p, PHRASE_CAN_BE_EMPTY, p->node->pos);
    else if (formed->least_symbols == 0)
        JY__FAIL0(p, PHRASE_MARKS, p->node->pos);
    return !p->failed;
}

bool jy__rules_phrase_formed(jy__load *load, const jy__node *node, jy__formed *out)
{
    jy__phrase p = { .load = load, .node = node };
    if (jy__rules_lacks_quotes(load, node) || !jy__phrase_start(&p))
        return false;
    *out = parse_sequence(&p, false);
    return !p.failed && out->form && check(&p, out);
}

jy__wording *jy__rules_phrase(jy__load *load, const jy__node *node)
{
    jy__formed formed;
    return jy__rules_phrase_formed(load, node, &formed) ? formed.form : NULL;
}
