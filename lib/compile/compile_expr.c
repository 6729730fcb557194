/* Expressions to nodes, phrases to atoms: folds them once, here, so that scanning never folds a rule again. */
#include "compile/compile_build.h"
#include "match/match_limits.h"
#include <stdio.h>

void jy__build_error(jy__build *build, int code, jy__pos pos, const jy_str *args, size_t arg_count)
{
    jy__compile_message(build->compiler, code, build->source, build->rule_id, pos, args, arg_count);
    build->failed = true;
}

static int add_atom(jy__build *build, jy__atom atom, uint32_t *out)
{
    if (!jy__arena_str(&build->rules->arena, atom.written, &atom.written) || !JY__VEC_ROOM(build->mem, &build->atoms))
        return JY_E_NOMEM;
    *out = (uint32_t)build->atoms.count;
    build->atoms.items[build->atoms.count++] = atom;
    return JY_OK;
}

/* The pieces of a path between its gaps. Gaps at the edges bind nothing and are dropped. */
typedef struct piece { jy__symbols symbols; jy_str form; uint8_t least, most; } piece;

static int split_path(jy__build *build, jy_str path, piece **pieces_out, size_t *count_out)
{
    size_t room = 1, count = 0, begin = 0;
    uint8_t least = 0, most = 0;
    for (size_t i = 0; i < path.len; i++)
        room += path.ptr[i] == JY__PATH_GAP;
    piece *pieces = jy__arena_alloc(&build->scratch, room * sizeof(*pieces));
    if (!pieces)
        return JY_E_NOMEM;
    for (size_t at = 0; at <= path.len; at++) {
        if (at < path.len && path.ptr[at] != JY__PATH_GAP)
            continue;
        piece *own = &pieces[count];
        own->form = (jy_str){ path.ptr + begin, at - begin };
        if (jy__compile_fold(&build->scratch, own->form, &own->symbols) != JY_OK)
            return JY_E_NOMEM;
        if (own->symbols.count) {
            own->least = least;
            own->most = most;
            least = most = 0;
            count++;
        }
        if (at < path.len) {
            least = (uint8_t)(least + (uint8_t)path.ptr[at + 1]);
            most = (uint8_t)((uint8_t)path.ptr[at + 2] > 255 - most ? 255 : most + (uint8_t)path.ptr[at + 2]);
            at += 2;
        }
        begin = at + 1;
    }
    *pieces_out = pieces;
    *count_out = count;
    return JY_OK;
}

static size_t han_count(const jy__symbols *symbols)
{
    size_t han = 0;
    for (size_t i = 0; i < symbols->count; i++)
        han += jy__fold_is_han(symbols->items[i]);
    return han;
}

#define SOUND_LEAST 3 /* characters: shorter phrases sound like too much else */

/* Sound is on for pieces of three Han characters or more, unless the rule file decided itself. */
static uint32_t folds_of(const jy__build *build, const jy__symbols *symbols, uint32_t folds, bool sound_set)
{
    uint32_t sound = 1u << JY_FOLD_SOUND;
    if (!jy__params_get(&build->compiler->params, JY_PARAM_FOLD_SOUND) || han_count(symbols) != symbols->count || symbols->count < 2)
        return folds & ~sound;
    if (!sound_set)
        return symbols->count >= SOUND_LEAST ? folds | sound : folds & ~sound;
    return folds;
}

static int add_chain(jy__build *build, jy__set_kind set, uint32_t atom, const piece *pieces, size_t count, uint32_t folds, bool sound_set)
{
    uint8_t(*gaps)[2] = jy__arena_alloc(&build->rules->arena, count * sizeof(*gaps));
    if (!gaps || !JY__VEC_ROOM(build->mem, &build->chains))
        return JY_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].symbols.count > JY__MATCH_MOST_SYMBOLS)
            return JY_E_LIMIT;
        jy__use use = { (uint32_t)build->chains.count, (uint32_t)i, atom, false };
        gaps[i][0] = pieces[i].least;
        gaps[i][1] = pieces[i].most;
        int status = jy__set_builder_literal(&build->sets[set], &pieces[i].symbols, folds_of(build, &pieces[i].symbols, folds, sound_set),
                                             pieces[i].form, use);
        if (status != JY_OK)
            return status;
    }
    build->chains.items[build->chains.count++] = (jy__chain){ atom, (uint32_t)count, (const uint8_t(*)[2])gaps, NULL };
    return JY_OK;
}

/* ---- a phrase whose gaps stand at its top: each part between gaps is multiplied out for itself, so that (甲|乙)*(丙|丁) is one
 * chain of 2 + 2 literals and not four of two. */
#define WALK_MOST 4096 /* forms share lists: a walk is bounded, and what is larger is multiplied out as a whole */

static bool has_gap(const jy__form *form, size_t *budget)
{
    if (*budget == 0)
        return true;
    --*budget;
    if (form->kind == JY__FORM_GAP || form->kind == JY__FORM_SLOT)
        return true;
    for (size_t i = 0; i < form->kid_count; i++)
        if (has_gap(form->kids[i], budget))
            return true;
    return false;
}

static bool is_gap(const jy__form *form) { return form->kind == JY__FORM_GAP || form->kind == JY__FORM_SLOT; }

static bool gaps_at_top(const jy__form *form)
{
    size_t budget = WALK_MOST, gaps = 0;
    if (form->kind != JY__FORM_SEQ)
        return false;
    for (size_t i = 0; i < form->kid_count; i++) {
        gaps += is_gap(form->kids[i]);
        if (!is_gap(form->kids[i]) && has_gap(form->kids[i], &budget))
            return false;
    }
    return gaps > 0;
}

typedef struct part { piece *pieces; size_t count; uint8_t least, most; } part;

/* The literal forms of kids[from, to); *whole_out false when one of them has no symbols, so that the part could be missing. */
static int expand_part(jy__build *build, const jy__form *form, size_t from, size_t to, size_t most, part *out, bool *whole_out)
{
    jy__form slice = *form;
    jy__paths paths = { NULL, 0, 0 };
    int status;
    slice.kids = form->kids + from;
    slice.kid_count = to - from;
    status = jy__compile_expand(build->mem, &build->scratch, &slice, most, &paths);
    out->pieces = status == JY_OK ? jy__arena_alloc(&build->scratch, paths.count * sizeof(piece)) : NULL;
    out->count = paths.count;
    if (status == JY_OK && !out->pieces)
        status = JY_E_NOMEM;
    for (size_t i = 0; status == JY_OK && i < paths.count; i++) {
        out->pieces[i].form = paths.items[i];
        status = jy__compile_fold(&build->scratch, paths.items[i], &out->pieces[i].symbols);
        *whole_out = *whole_out && status == JY_OK && out->pieces[i].symbols.count > 0;
    }
    JY__VEC_FREE(build->mem, &paths);
    return status;
}

/* *parts_out NULL: the phrase does not come apart at its gaps. */
static int take_apart(jy__build *build, const jy__form *form, size_t most, part **parts_out, size_t *count_out)
{
    size_t count = 0, from = 0;
    uint32_t least = 0, widest = 0;
    bool whole = true;
    int status = JY_OK;
    part *parts;
    *parts_out = NULL;
    if (!gaps_at_top(form))
        return JY_OK;
    parts = jy__arena_alloc(&build->scratch, form->kid_count * sizeof(*parts));
    if (!parts)
        return JY_E_NOMEM;
    for (size_t at = 0; status == JY_OK && whole && at <= form->kid_count; at++) {
        if (at < form->kid_count && !is_gap(form->kids[at]))
            continue;
        if (at > from) {
            parts[count].least = (uint8_t)least;
            parts[count].most = (uint8_t)(widest > 255 ? 255 : widest);
            status = expand_part(build, form, from, at, most, &parts[count++], &whole);
            least = widest = 0;
        }
        if (at < form->kid_count) {
            least += form->kids[at]->kind == JY__FORM_GAP ? form->kids[at]->gap_min : 0;
            widest += form->kids[at]->kind == JY__FORM_GAP ? form->kids[at]->gap_max : JY__SLOT_CHARACTERS;
        }
        from = at + 1;
    }
    if (status == JY_OK && whole && count) {
        *parts_out = parts;
        *count_out = count;
    }
    return status;
}

static int add_parts(jy__build *build, jy__set_kind set, uint32_t atom, const part *parts, size_t count, uint32_t folds, bool sound_set)
{
    uint8_t(*gaps)[2] = jy__arena_alloc(&build->rules->arena, count * sizeof(*gaps));
    int status = JY_OK;
    if (!gaps || !JY__VEC_ROOM(build->mem, &build->chains))
        return JY_E_NOMEM;
    for (size_t i = 0; status == JY_OK && i < count; i++) {
        jy__use use = { (uint32_t)build->chains.count, (uint32_t)i, atom, false };
        gaps[i][0] = parts[i].least;
        gaps[i][1] = parts[i].most;
        for (size_t k = 0; status == JY_OK && k < parts[i].count; k++)
            status = jy__set_builder_literal(&build->sets[set], &parts[i].pieces[k].symbols,
                                             folds_of(build, &parts[i].pieces[k].symbols, folds, sound_set), parts[i].pieces[k].form, use);
    }
    build->chains.items[build->chains.count++] = (jy__chain){ atom, (uint32_t)count, (const uint8_t(*)[2])gaps, NULL };
    return status;
}

static int add_paths(jy__build *build, jy__set_kind set, uint32_t atom, const jy__paths *paths, uint32_t folds, bool sound_set, size_t *chains)
{
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < paths->count; i++) {
        piece *pieces;
        size_t count = 0;
        status = split_path(build, paths->items[i], &pieces, &count);
        *chains += count > 0;
        if (status == JY_OK && count)
            status = add_chain(build, set, atom, pieces, count, folds, sound_set);
    }
    return status;
}

static int refuse_long(jy__build *build, jy_str written, jy__pos pos)
{
    char most[12];
    snprintf(most, sizeof(most), "%d", JY__MATCH_MOST_SYMBOLS);
    jy__build_error(build, JY__DIAG_TOO_LONG, pos, (jy_str[]){ written, jy__str_of(most) }, 2);
    return JY_OK;
}

int jy__build_phrase(jy__build *build, jy__set_kind set, const jy__form *form, jy_str written, uint32_t folds, bool sound_set,
                     jy__whole whole, jy__pos pos, uint32_t *atom_out)
{
    jy__paths paths = { NULL, 0, 0 };
    size_t most = (size_t)jy__params_get(&build->compiler->params, JY_PARAM_MAX_EXPANSION), chains = 0, count = 0;
    part *parts = NULL;
    int status = take_apart(build, form, most, &parts, &count);
    if (status == JY_OK && !parts)
        status = jy__compile_expand(build->mem, &build->scratch, form, most, &paths);
    if (status == JY_E_LIMIT) {
        jy__build_error(build, JY__DIAG_EXPANSION, pos, &written, 1);
        JY__VEC_FREE(build->mem, &paths);
        return JY_OK;
    }
    if (status == JY_OK)
        status = add_atom(build, (jy__atom){ written, NULL, 0, folds, (uint8_t)set, (uint8_t)whole, false, JY__NONE }, atom_out);
    if (status == JY_OK && parts)
        status = add_parts(build, set, *atom_out, parts, chains = count, folds, sound_set);
    else if (status == JY_OK)
        status = add_paths(build, set, *atom_out, &paths, folds, sound_set, &chains);
    if (status == JY_E_LIMIT)
        status = refuse_long(build, written, pos);
    if (status == JY_OK && !chains && !build->failed)
        jy__build_error(build, JY__DIAG_NO_SYMBOLS, pos, &written, 1);
    JY__VEC_FREE(build->mem, &paths);
    return status;
}

static void refuse_regex(jy__build *build, const jy__expr *expr, const jy__regex_error *error)
{
    jy_str before = { expr->written.ptr, error->offset < expr->written.len ? error->offset : expr->written.len };
    jy__text number;
    if (!error->code) {
        jy__build_error(build, JY__DIAG_REGEX_EMPTY, expr->pos, &expr->written, 1);
        return;
    }
    jy__text_init(&number, build->mem);
    jy__text_int(&number, (int64_t)jy__utf8_count(before));
    jy__build_error(build, JY__DIAG_REGEX, expr->pos, (jy_str[]){ expr->written, jy__str_of(error->message), jy__text_view(&number) }, 3);
    jy__text_free(&number);
}

static int build_regex(jy__build *build, jy__set_kind set, const jy__expr *expr, uint32_t *atom_out)
{
    jy__regex_error error = { 0, 0, "" };
    bool jit = jy__params_get(&build->compiler->params, JY_PARAM_REGEX_JIT) != 0;
    int status = add_atom(build, (jy__atom){ expr->written, NULL, 0, expr->folds, (uint8_t)set, (uint8_t)expr->whole, true, JY__NONE }, atom_out);
    if (status == JY_OK)
        status = jy__set_builder_regex(&build->sets[set], jit, expr->written, expr->folds, expr->match_limit, *atom_out, &error);
    if (status != JY_E_RULES)
        return status;
    refuse_regex(build, expr, &error);
    return JY_OK;
}

static int add_node(jy__build *build, jy__node node, uint32_t *out)
{
    if (!JY__VEC_ROOM(build->mem, &build->nodes))
        return JY_E_NOMEM;
    *out = (uint32_t)build->nodes.count;
    build->nodes.items[build->nodes.count++] = node;
    return JY_OK;
}

/* A list of phrases has atoms that follow one another, so that its hits lie side by side. */
static uint32_t first_of_run(const jy__build *build, const jy__node *any)
{
    uint32_t first = any->kid_count ? build->nodes.items[any->kids[0]].atom : JY__NONE;
    for (uint32_t i = 0; first != JY__NONE && i < any->kid_count; i++) {
        const jy__node *kid = &build->nodes.items[any->kids[i]];
        if (kid->kid_count || kid->atom != first + i || build->atoms.items[kid->atom].set != build->atoms.items[first].set)
            return JY__NONE;
    }
    return first;
}

static bool same_leaf(const jy__shared *a, const jy__shared *b)
{
    return a->folds == b->folds && a->whole == b->whole && a->regex == b->regex && a->sound_set == b->sound_set &&
           a->match_limit == b->match_limit && jy__str_eq(a->written, b->written) && jy__str_eq(a->source, b->source);
}

static int build_leaf(jy__build *build, jy__set_kind set, const jy__expr *expr, uint32_t folds, uint32_t *atom_out)
{
    if (expr->kind == JY__EXPR_REGEX)
        return build_regex(build, set, expr, atom_out);
    return jy__build_phrase(build, set, expr->form, expr->written, folds, expr->sound_set, expr->whole, expr->pos, atom_out);
}

/* The same leaf written twice in a file is one atom: a list names the same words there. Only shields may be shared, since what is
 * forbidden leads to its own rule. */
static int build_shield(jy__build *build, const jy__expr *expr, uint32_t folds, uint32_t *atom_out)
{
    bool regex = expr->kind == JY__EXPR_REGEX;
    jy__shared leaf = { expr->written, build->source, folds, JY__NONE, regex ? expr->match_limit : 0, (uint8_t)expr->whole, regex, expr->sound_set };
    int status;
    for (size_t i = 0; i < build->shared.count; i++)
        if (same_leaf(&build->shared.items[i], &leaf)) {
            *atom_out = build->shared.items[i].atom;
            return JY_OK;
        }
    status = build_leaf(build, JY__SET_SHIELD, expr, folds, atom_out);
    if (status != JY_OK || *atom_out == JY__NONE)
        return status;
    leaf.atom = *atom_out;
    if (!JY__VEC_ROOM(build->mem, &build->shared))
        return JY_E_NOMEM;
    build->shared.items[build->shared.count++] = leaf;
    return JY_OK;
}

int jy__build_expr(jy__build *build, jy__set_kind set, const jy__expr *expr, uint32_t *node_out)
{
    jy__node node = { (uint8_t)expr->kind, expr->ordered, expr->within, JY__NONE, NULL, (uint32_t)expr->kid_count, JY__NONE, expr->least };
    /* A mask hides which word was said, so it excuses nothing. */
    uint32_t folds = set == JY__SET_SHIELD ? expr->folds & ~(1u << JY_FOLD_MASKED) : expr->folds;
    int status = JY_OK;
    bool leaf = expr->kind == JY__EXPR_PHRASE || expr->kind == JY__EXPR_REGEX;
    if (leaf && set == JY__SET_SHIELD && !expr->with_count)
        status = build_shield(build, expr, folds, &node.atom);
    else if (leaf)
        status = build_leaf(build, set, expr, folds, &node.atom);
    if (status == JY_OK && expr->with_count && node.atom != JY__NONE)
        status = jy__build_with(build, expr, &build->atoms.items[node.atom]);
    if (status != JY_OK)
        return status;
    node.kids = jy__arena_alloc(&build->rules->arena, expr->kid_count * sizeof(*node.kids));
    if (!node.kids)
        return JY_E_NOMEM;
    /* What must not stand beside a forbidden phrase is asked for only where the phrase was found: it may be an everyday word. */
    if (expr->kind == JY__EXPR_NOT && set == JY__SET_FORBID)
        set = JY__SET_SHIELD;
    for (size_t i = 0; i < expr->kid_count; i++)
        if ((status = jy__build_expr(build, set, expr->kids[i], &node.kids[i])) != JY_OK)
            return status;
    if (expr->kind == JY__EXPR_ANY)
        node.first_atom = first_of_run(build, &node);
    return add_node(build, node, node_out);
}

int jy__build_when(jy__build *build, const jy__when *when, jy__anchor *out)
{
    int status;
    *out = (jy__anchor){ (uint8_t)when->kind, when->speaker, when->event, JY__NONE, when->ms, NULL, (uint32_t)when->kid_count };
    if (when->said && (status = jy__build_expr(build, JY__SET_CALL, when->said, &out->node)) != JY_OK)
        return status;
    out->kids = jy__arena_alloc(&build->rules->arena, when->kid_count * sizeof(*out->kids));
    if (!out->kids)
        return JY_E_NOMEM;
    for (size_t i = 0; i < when->kid_count; i++)
        if ((status = jy__build_when(build, when->kids[i], &out->kids[i])) != JY_OK)
            return status;
    return JY_OK;
}
