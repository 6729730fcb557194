/* The phrase language: a text like (你|您)是谁(呀)? goes in, a jy__form comes out, every part with its place. A recursive descent
 * over the scalar's own bytes; all specials are ASCII, so no byte of a Chinese character is ever mistaken for one. With each form
 * the parser hands up what the checks need (shortest length, gaps at the ends), so that a form shared by many lists is never
 * walked again. A wording (suggest, replace) is the same with nothing special but {slot}. */
#include "rules/rules_inside.h"

typedef struct phrase { jy__load *load; const jy__node *node; jy_str text; size_t at; bool failed; } phrase;

/* Parts of a sequence or branches of a group, until their number is known. */
typedef struct part { jy__formed formed; struct part *next; } part;
typedef struct parts { part *first, *last; size_t count; } parts;

static jy__formed parse_sequence(phrase *p, bool in_group);

static jy__pos place(const phrase *p, size_t at, size_t length) { return jy__rules_place(p->load, p->node, at, length); }

#define FAIL(p, code, pos, ...) (JY__SAY((p)->load, code, pos, __VA_ARGS__), (p)->failed = true)
#define FAIL0(p, code, pos) (JY__SAY0((p)->load, code, pos), (p)->failed = true)

static jy__form *new_form(phrase *p, jy__form_kind kind, size_t at)
{
    jy__form *form = jy__load_alloc(p->load, sizeof(*form));
    if (!form) {
        p->failed = true;
        return NULL;
    }
    form->kind = kind;
    form->pos = place(p, at, p->at > at ? p->at - at : 1);
    return form;
}

static void add_part(phrase *p, parts *to, jy__formed formed)
{
    part *one = jy__load_scratch(p->load, sizeof(*one));
    if (!one) {
        p->failed = true;
        return;
    }
    one->formed = formed;
    if (to->last)
        to->last->next = one;
    else
        to->first = one;
    to->last = one;
    to->count++;
}

static void set_kids(phrase *p, jy__form *form, const parts *from)
{
    size_t count = 0;
    form->kids = jy__load_alloc(p->load, from->count * sizeof(*form->kids));
    for (const part *one = from->first; one && form->kids; one = one->next)
        form->kids[count++] = one->formed.form;
    form->kid_count = count;
    p->failed = p->failed || !form->kids;
}

/* Punctuation, blanks and invisible characters: what folding may skip. Only a phrase of nothing else is refused for it. */
static bool is_mark(uint32_t cp)
{
    if (cp < 0x80)
        return !((cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z'));
    return (cp >= 0x80 && cp <= 0xBF && cp != 0xAA && cp != 0xB5 && cp != 0xBA) || (cp >= 0x2000 && cp <= 0x206F) ||
           (cp >= 0x3000 && cp <= 0x3004) || (cp >= 0x3008 && cp <= 0x3020) || cp == 0x3030 || (cp >= 0xFE00 && cp <= 0xFE6B) ||
           cp == 0xFEFF || (cp >= 0xFF01 && cp <= 0xFF0F) || (cp >= 0xFF1A && cp <= 0xFF20) || (cp >= 0xFF3B && cp <= 0xFF40) ||
           (cp >= 0xFF5B && cp <= 0xFF65);
}

static void measure_text(jy_str text, jy__formed *formed)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    while (p < end) {
        bool valid;
        formed->least_symbols += !is_mark(jy__utf8_next(&p, end, &valid));
        formed->least_chars++;
    }
}

/* Copies text[from..to) with backslashes undone. */
static jy_str unescape(phrase *p, size_t from, size_t to)
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

static bool is_special(const phrase *p, size_t at)
{
    switch (p->text.ptr[at]) {
    case '(': case '|': case ')': case '{': case '}': case '*': return true;
    default: return false;
    }
}

static jy__formed parse_text(phrase *p)
{
    jy__formed formed = { NULL, 0, 0, NULL, NULL };
    size_t from = p->at;
    while (p->at < p->text.len && !is_special(p, p->at)) {
        if (p->text.ptr[p->at] == '\\' && p->at + 1 == p->text.len) {
            FAIL0(p, PHRASE_BACKSLASH, place(p, p->at, 1));
            p->at++;
            return formed;
        }
        p->at += p->text.ptr[p->at] == '\\' ? 2 : 1;
    }
    formed.form = new_form(p, JY__FORM_TEXT, from);
    if (formed.form) {
        formed.form->text = unescape(p, from, p->at);
        measure_text(formed.form->text, &formed);
    }
    return formed;
}

/* `4}` or `0,4}` behind `*{`: moves behind it. */
static bool parse_bounds(phrase *p, jy__form *gap)
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

static bool digit_at(const phrase *p, size_t at)
{
    return at < p->text.len && ((p->text.ptr[at] >= '0' && p->text.ptr[at] <= '9') || p->text.ptr[at] == ',');
}

static jy__formed parse_gap(phrase *p)
{
    size_t from = p->at++;
    jy__formed formed = { new_form(p, JY__FORM_GAP, from), 0, 0, NULL, NULL };
    if (!formed.form)
        return formed;
    formed.first_gap = formed.last_gap = formed.form;
    formed.form->gap_max = JY__GAP_USUAL;
    if (p->at < p->text.len && p->text.ptr[p->at] == '{' && digit_at(p, p->at + 1)) {
        p->at++;
        if (!parse_bounds(p, formed.form)) {
            FAIL(p, PHRASE_GAP_BOUNDS, place(p, from, 1), jy__arg_int(p->load, JY__GAP_MOST));
            while (p->at < p->text.len && p->text.ptr[p->at++] != '}')
                ;
        }
    }
    return formed;
}

/* {name}: its name, and p behind it; false after a message. */
static bool parse_name(phrase *p, bool slot, jy_str *name)
{
    size_t from = p->at;
    const char *end = memchr(p->text.ptr + from, '}', p->text.len - from);
    if (!end) {
        if (slot)
            FAIL0(p, SLOT_BRACE, place(p, from, 1));
        else
            FAIL0(p, PHRASE_BRACE, place(p, from, 1));
        p->at = p->text.len;
        return false;
    }
    *name = (jy_str){ p->text.ptr + from + 1, (size_t)(end - p->text.ptr) - from - 1 };
    p->at = (size_t)(end - p->text.ptr) + 1;
    if (jy__name_ok(*name, false))
        return true;
    FAIL(p, PHRASE_NAME, place(p, from, name->len + 2), jy__arg_text(p->load, *name));
    return false;
}

static const char *list_name_at(const void *ctx, size_t index)
{
    const jy__load *load = ctx;
    return index < load->list_count ? load->lists[index].name.ptr : NULL;
}

static void unknown_list(phrase *p, size_t from, jy_str name)
{
    const char *nearest = jy__rules_nearest(name, list_name_at, p->load);
    jy__pos pos = place(p, from, name.len + 2);
    if (nearest)
        FAIL(p, PHRASE_LIST_NEAREST, pos, jy__arg_text(p->load, name), jy__arg_c(nearest));
    else
        FAIL(p, PHRASE_LIST, pos, jy__arg_text(p->load, name));
}

static jy__formed parse_list(phrase *p)
{
    jy__formed formed = { NULL, 1, 1, NULL, NULL };
    size_t from = p->at;
    jy__list *list;
    jy_str name;
    if (!parse_name(p, false, &name))
        return formed;
    list = jy__rules_list(p->load, name);
    if (!list) {
        unknown_list(p, from, name);
    } else if (list->state == JY__LIST_OPEN) {
        FAIL(p, LIST_CYCLE, place(p, from, name.len + 2), jy__arg_text(p->load, name));
    } else if (list->item_count == 0) {
        p->failed = true; /* the list's own errors have been told */
    } else {
        formed = list->formed;
        formed.form = new_form(p, JY__FORM_LIST, from);
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
static bool parse_branches(phrase *p, size_t from, parts *branches, jy__formed *all)
{
    for (;;) {
        size_t start = p->at;
        jy__formed branch = parse_sequence(p, true);
        if (p->failed)
            return false;
        if (p->at == start) {
            if (p->at == p->text.len)
                FAIL0(p, PHRASE_OPEN, place(p, from, 1));
            else
                FAIL0(p, PHRASE_BRANCH, place(p, p->at, 1));
            return false;
        }
        join_branch(all, &branch, branches->count == 0);
        add_part(p, branches, branch);
        if (p->at == p->text.len) {
            FAIL0(p, PHRASE_OPEN, place(p, from, 1));
            return false;
        }
        if (p->text.ptr[p->at++] == ')')
            return !p->failed;
    }
}

static jy__formed optional(phrase *p, jy__formed inner, size_t from)
{
    parts one = { NULL, NULL, 0 };
    jy__formed formed = { NULL, 0, 0, inner.first_gap, inner.last_gap };
    p->at++;
    formed.form = new_form(p, JY__FORM_OPT, from);
    add_part(p, &one, inner);
    if (formed.form)
        set_kids(p, formed.form, &one);
    return formed;
}

static jy__formed parse_group(phrase *p)
{
    int64_t most = jy__params_get(p->load->params, JY_PARAM_MAX_NESTING);
    jy__formed formed = { NULL, 0, 0, NULL, NULL };
    parts branches = { NULL, NULL, 0 };
    size_t from = p->at++;
    if (p->load->depth >= (uint64_t)most) {
        FAIL(p, PHRASE_DEEP, place(p, from, 1), jy__arg_int(p->load, most));
        return formed;
    }
    p->load->depth++;
    if (parse_branches(p, from, &branches, &formed)) {
        if (branches.count == 1) {
            formed = branches.first->formed;
        } else {
            formed.form = new_form(p, JY__FORM_ALT, from);
            if (formed.form)
                set_kids(p, formed.form, &branches);
        }
        if (p->at < p->text.len && p->text.ptr[p->at] == '?')
            formed = optional(p, formed, from);
    }
    p->load->depth--;
    return formed;
}

static jy__formed parse_part(phrase *p)
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
static bool stops(phrase *p, bool in_group)
{
    char byte = p->text.ptr[p->at];
    if (byte != '|' && byte != ')' && byte != '}')
        return false;
    if (byte == '}')
        FAIL0(p, PHRASE_BRACE_END, place(p, p->at, 1));
    else if (in_group)
        return true;
    else if (byte == '|')
        FAIL0(p, PHRASE_BAR, place(p, p->at, 1));
    else
        FAIL0(p, PHRASE_CLOSE, place(p, p->at, 1));
    return true;
}

static jy__formed parse_sequence(phrase *p, bool in_group)
{
    jy__formed all = { NULL, 0, 0, NULL, NULL };
    parts items = { NULL, NULL, 0 };
    size_t from = p->at;
    while (p->at < p->text.len && !p->failed && !stops(p, in_group)) {
        jy__formed next = parse_part(p);
        if (p->failed || !next.form)
            break;
        if (next.form->kind == JY__FORM_GAP && items.last && items.last->formed.form->kind == JY__FORM_GAP)
            FAIL0(p, PHRASE_GAP_TWICE, next.form->pos);
        join_part(&all, &next);
        add_part(p, &items, next);
    }
    if (p->failed || items.count == 0)
        return all;
    if (items.count == 1) {
        all.form = items.first->formed.form;
        return all;
    }
    all.form = new_form(p, JY__FORM_SEQ, from);
    if (all.form)
        set_kids(p, all.form, &items);
    return all;
}

static bool start(phrase *p)
{
    int64_t most = jy__params_get(p->load->params, JY_PARAM_MAX_PATTERN_BYTES);
    if (!jy__rules_text(p->load, p->node, &p->text))
        return false;
    if (p->text.len > (size_t)most) {
        JY__SAY(p->load, PHRASE_LONG, p->node->pos, jy__arg_int(p->load, (int64_t)p->text.len), jy__arg_int(p->load, most));
        return false;
    }
    if (memchr(p->text.ptr, '\n', p->text.len)) {
        JY__SAY0(p->load, PHRASE_LINES, p->node->pos);
        return false;
    }
    return true;
}

/* `- {sorry}` is a mapping to YAML: what was meant is a phrase without its quotation marks. */
bool jy__rules_lacks_quotes(jy__load *load, const jy__node *node)
{
    if (node->kind != JY__NODE_MAP || !node->flow || node->count != 1 || node->first->kind != JY__NODE_SCALAR || node->first->pos.length)
        return false;
    JY__SAY(load, PHRASE_QUOTE, node->pos, jy__arg_text(load, node->first->key->text));
    return true;
}

static bool check(phrase *p, const jy__formed *formed)
{
    if (formed->first_gap)
        FAIL0(p, PHRASE_GAP_EDGE, formed->first_gap->pos);
    else if (formed->last_gap)
        FAIL0(p, PHRASE_GAP_EDGE, formed->last_gap->pos);
    else if (formed->least_chars == 0)
        FAIL0(p, PHRASE_CAN_BE_EMPTY, p->node->pos);
    else if (formed->least_symbols == 0)
        FAIL0(p, PHRASE_MARKS, p->node->pos);
    return !p->failed;
}

bool jy__rules_phrase_formed(jy__load *load, const jy__node *node, jy__formed *out)
{
    phrase p = { load, node, { NULL, 0 }, 0, false };
    if (jy__rules_lacks_quotes(load, node) || !start(&p))
        return false;
    *out = parse_sequence(&p, false);
    return !p.failed && out->form && check(&p, out);
}

jy__form *jy__rules_phrase(jy__load *load, const jy__node *node)
{
    jy__formed formed;
    return jy__rules_phrase_formed(load, node, &formed) ? formed.form : NULL;
}

static jy__formed parse_wording_part(phrase *p)
{
    jy__formed formed = { NULL, 0, 0, NULL, NULL };
    size_t from = p->at;
    jy_str name;
    if (p->text.ptr[p->at] == '{') {
        if (!parse_name(p, true, &name))
            return formed;
        formed.form = new_form(p, JY__FORM_SLOT, from);
        if (formed.form)
            formed.form->text = name;
        return formed;
    }
    while (p->at < p->text.len && p->text.ptr[p->at] != '{')
        p->at++;
    formed.form = new_form(p, JY__FORM_TEXT, from);
    if (formed.form) {
        formed.form->text = (jy_str){ p->text.ptr + from, p->at - from };
        measure_text(formed.form->text, &formed);
    }
    return formed;
}

jy__form *jy__rules_wording(jy__load *load, const jy__node *node)
{
    phrase p = { load, node, { NULL, 0 }, 0, false };
    parts items = { NULL, NULL, 0 };
    uint32_t symbols = 0;
    jy__form *form;
    if (jy__rules_lacks_quotes(load, node) || !start(&p))
        return NULL;
    while (p.at < p.text.len && !p.failed) {
        jy__formed next = parse_wording_part(&p);
        symbols += next.least_symbols;
        if (next.form)
            add_part(&p, &items, next);
    }
    if (!p.failed && symbols == 0)
        FAIL0(&p, SLOT_ONLY, node->pos);
    if (p.failed || items.count == 1)
        return p.failed ? NULL : items.first->formed.form;
    form = new_form(&p, JY__FORM_SEQ, 0);
    if (form)
        set_kids(&p, form, &items);
    return p.failed ? NULL : form;
}

bool jy__rules_wordings(jy__load *load, const jy__node *node, jy__text_at **out, size_t *count_out)
{
    const jy__node *first = node->kind == JY__NODE_LIST ? node->first : node;
    size_t count = 0;
    if (node->kind == JY__NODE_LIST && node->count == 0) {
        JY__SAY(load, WANT_SOME, node->pos, jy__arg_key(node));
        return false;
    }
    *out = jy__load_alloc(load, (node->kind == JY__NODE_LIST ? node->count : 1) * sizeof(**out));
    if (!*out)
        return false;
    for (const jy__node *kid = first; kid; kid = node->kind == JY__NODE_LIST ? kid->next : NULL) {
        jy__form *form = jy__rules_wording(load, kid);
        if (form)
            (*out)[count++] = (jy__text_at){ kid->text, kid->pos, form };
    }
    *count_out = count;
    return true;
}
