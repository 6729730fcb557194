/* Expressions to nodes: a list of phrases is one node for all of them, a shared exception one atom for all that name it. */
#include "compile/compile_build.h"

void jy__build_error(jy__build *build, int code, jy__pos pos, const jy_str *args, size_t arg_count)
{
    jy__compile_message(build->compiler, code, build->source, build->rule_id, pos, args, arg_count);
    build->failed = true;
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
    jy__text_int(&number, before.len ? (int64_t)jy__utf8_count(before) : 1); /* what is wrong at once is wrong with the first */
    jy__build_error(build, JY__DIAG_REGEX, expr->pos, (jy_str[]){ expr->written, jy__str_of(error->text[JY_ENGLISH]), jy__text_view(&number),
                                                                jy__str_of(error->text[JY_CHINESE]) }, 4);
    jy__text_free(&number);
}

static int build_regex(jy__build *build, jy__set_kind set, const jy__expr *expr, uint32_t *atom_out)
{
    jy__regex_error error = { 0 };
    bool jit = jy__params_get(&build->compiler->params, JY_PARAM_REGEX_JIT) != 0;
    int status = jy__build_atom(build, set, expr->written, expr->folds, expr->whole, true, atom_out);
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

/* A list of phrases has atoms that follow one another, so that its hits lie side by side: then they stand in the node itself, and their own nodes,
 * the last that were built, go. */
static void take_in(jy__build *build, jy__node *any, const uint32_t *kids)
{
    uint32_t first = any->kid_count ? build->nodes.items[kids[0]].first_atom : JY__NONE;
    if (first == JY__NONE)
        return;
    for (uint32_t i = 0; i < any->kid_count; i++) {
        const jy__node *kid = &build->nodes.items[kids[i]];
        if ((kid->kind != JY__EXPR_PHRASE && kid->kind != JY__EXPR_REGEX) || kid->first_atom != first + i ||
            build->atoms.items[first + i].manner.set != build->atoms.items[first].manner.set)
            return;
    }
    build->nodes.count -= any->kid_count;
    any->first_atom = first;
    any->atom_count = any->kid_count;
    any->kid_count = 0;
}

static bool same_leaf(const jy__shared *a, const jy__shared *b)
{
    return a->folds == b->folds && a->whole == b->whole && a->regex == b->regex && a->sound == b->sound &&
           a->match_limit == b->match_limit && jy__str_eq(a->written, b->written) && jy__str_eq(a->source, b->source);
}

/* What stands under `not` is no exception: it is heard alike only where somebody said so, else it would excuse what is there as it is written. */
static jy__sound_said sound_of(const jy__build *build, const jy__expr *expr)
{
    return build->beside && expr->sound == JY__SOUND_UNSAID ? JY__SOUND_OF_RULES : expr->sound;
}

static int build_leaf(jy__build *build, jy__set_kind set, const jy__expr *expr, uint32_t folds, uint32_t *atom_out)
{
    if (expr->kind == JY__EXPR_REGEX)
        return build_regex(build, set, expr, atom_out);
    return jy__build_phrase(build, set, expr->form, expr->written, folds, sound_of(build, expr), expr->whole, expr->pos, atom_out);
}

/* The same leaf written twice in a file is one atom: a list names the same words there. Only shields may be shared, since what is
 * forbidden leads to its own rule. */
static int build_shield(jy__build *build, const jy__expr *expr, uint32_t folds, uint32_t *atom_out)
{
    bool regex = expr->kind == JY__EXPR_REGEX;
    jy__shared leaf = { expr->written, build->source, folds, JY__NONE, regex ? expr->match_limit : 0, (uint8_t)expr->whole, sound_of(build, expr), regex };
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

static int build_wording(jy__build *build, jy__set_kind set, const jy__expr *expr, jy__node *node)
{
    /* A mask hides which word was said, so it excuses nothing. */
    uint32_t folds = set == JY__SET_SHIELD ? expr->folds & ~(1u << JY_FOLD_MASKED) : expr->folds;
    int status = set == JY__SET_SHIELD && !expr->with_count ? build_shield(build, expr, folds, &node->first_atom)
                                                            : build_leaf(build, set, expr, folds, &node->first_atom);
    node->atom_count = node->first_atom != JY__NONE;
    if (status == JY_OK && expr->with_count && node->atom_count)
        status = jy__build_with(build, expr, &build->atoms.items[node->first_atom].manner);
    return status;
}

static int build_kids(jy__build *build, jy__set_kind set, const jy__expr *expr, jy__node *node)
{
    uint32_t *kids = jy__arena_alloc(&build->scratch, expr->kid_count * sizeof(*kids));
    int status = kids ? JY_OK : JY_E_NOMEM;
    for (size_t i = 0; status == JY_OK && i < expr->kid_count; i++)
        status = jy__build_expr(build, set, expr->kids[i], &kids[i]);
    if (status != JY_OK)
        return status;
    node->kid_count = (uint32_t)expr->kid_count;
    if (expr->kind == JY__EXPR_ANY)
        take_in(build, node, kids);
    node->first_kid = (uint32_t)build->kids.count;
    if (!jy__mem_grow(build->mem, &build->kids.items, &build->kids.capacity, build->kids.count + node->kid_count, sizeof(*kids)))
        return JY_E_NOMEM;
    for (uint32_t i = 0; i < node->kid_count; i++)
        build->kids.items[build->kids.count++] = kids[i];
    return JY_OK;
}

int jy__build_expr(jy__build *build, jy__set_kind set, const jy__expr *expr, uint32_t *node_out)
{
    jy__node node = { (uint8_t)expr->kind, expr->ordered, expr->within, JY__NONE, 0, 0, 0, expr->least };
    const uint32_t rule = build->rule;
    const bool beside = build->beside;
    int status = JY_OK;
    if (expr->kind == JY__EXPR_PHRASE || expr->kind == JY__EXPR_REGEX)
        status = build_wording(build, set, expr, &node);
    if (expr->kind == JY__EXPR_NOT) {
        build->rule = JY__NONE; /* no rule holds by it */
        /* What must not stand beside a forbidden phrase is asked for only where the phrase was found: it may be an everyday word. */
        build->beside |= set == JY__SET_FORBID;
        set = set == JY__SET_FORBID ? JY__SET_SHIELD : set;
    }
    if (status == JY_OK && expr->kid_count)
        status = build_kids(build, set, expr, &node);
    build->rule = rule;
    build->beside = beside;
    return status == JY_OK ? add_node(build, node, node_out) : status;
}

int jy__build_when(jy__build *build, const jy__when *when, jy__anchor *out)
{
    int status;
    *out = (jy__anchor){ (uint8_t)when->kind, when->speaker, when->event, JY__NONE, when->ms, NULL, (uint32_t)when->kid_count };
    build->speaker = when->speaker;
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
