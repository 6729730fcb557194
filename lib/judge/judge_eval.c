/* Expressions over the hits of one turn. any: the spans of all; all: every part in the same turn, the spans of the first part
 * that is not a `not`; near: parts within so many characters, one span around them; not: holds where nothing is found. */
#include "judge/judge_join.h"
#include <stdlib.h>

static int push(jy__judge *judge, jy__hits *out, const jy__hit *hit)
{
    if (!JY__VEC_ROOM(&judge->scanner->mem, out))
        return JY_E_NOMEM;
    out->items[out->count++] = *hit;
    return JY_OK;
}

/* Of what is forbidden all hits are there. */
static int take_hits(jy__judge *judge, const jy__hits *hits, uint32_t first, uint32_t count, jy__hits *out)
{
    size_t low = 0;
    int status = JY_OK;
    JY__FIRST_NOT(low, hits->count, i, hits->items[i].atom < first);
    for (; status == JY_OK && low < hits->count && hits->items[low].atom - first < count; low++)
        status = push(judge, out, &hits->items[low]);
    return status;
}

int jy__judge_atoms(jy__judge *judge, uint32_t first, uint32_t count, jy__hits *out)
{
    jy__set_kind set = (jy__set_kind)jy__atom_manner(judge->rules, first)->set;
    int status = jy__judge_collect(judge, set); /* what stands under `not` is in a set that is looked for on demand */
    if (status != JY_OK)
        return status;
    return set == JY__SET_FORBID ? take_hits(judge, &judge->scanner->hits[set], first, count, out) : jy__judge_ask(judge, set, first, count, out);
}

int jy__hits_by_begin(const void *a, const void *b)
{
    const jy__hit *x = a, *y = b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    if (x->end != y->end) return x->end > y->end ? -1 : 1;
    return x->atom < y->atom ? -1 : x->atom > y->atom;
}

/* How many atoms the node is, when any of them is a hit of it; 0: it is more than a list. */
static uint32_t list_length(const jy__node *node)
{
    bool list = node->kind == JY__EXPR_PHRASE || node->kind == JY__EXPR_REGEX || (node->kind == JY__EXPR_ANY && !node->kid_count);
    return list ? node->atom_count : 0;
}

/* Kids from number `first` on that are lists of one set, whose atoms follow one another: they are asked for at once. Answers the first behind them. */
static uint32_t gather(const jy_rules *rules, const jy__node *node, uint32_t first, uint32_t *count)
{
    uint32_t atom = rules->nodes[jy__node_kid(rules, node, first)].first_atom, behind = first;
    *count = 0;
    for (; behind < node->kid_count; behind++) {
        const jy__node *kid = &rules->nodes[jy__node_kid(rules, node, behind)];
        uint32_t length = list_length(kid);
        if (!length || kid->first_atom != atom + *count || jy__atom_manner(rules, kid->first_atom)->set != jy__atom_manner(rules, atom)->set)
            break;
        *count += length;
    }
    return behind;
}

static int eval_any(jy__judge *judge, const jy__node *node, jy__hits *out)
{
    size_t first = out->count;
    int status = JY_OK;
    if (node->atom_count)
        status = jy__judge_atoms(judge, node->first_atom, node->atom_count, out);
    for (uint32_t i = 0, count, behind; status == JY_OK && i < node->kid_count; i = behind) {
        uint32_t kid = jy__node_kid(judge->rules, node, i);
        behind = gather(judge->rules, node, i, &count);
        status = count ? jy__judge_atoms(judge, judge->rules->nodes[kid].first_atom, count, out) : jy__judge_eval(judge, kid, out);
        behind += !count;
    }
    if (out->count > first + 1)
        qsort(out->items + first, out->count - first, sizeof(*out->items), jy__hits_by_begin);
    return status;
}

static int eval_all(jy__judge *judge, const jy__node *node, jy__hits *out)
{
    jy__hits first = { NULL, 0, 0 }, other = { NULL, 0, 0 };
    bool holds = true, chosen = false;
    int status = JY_OK;
    for (uint32_t i = 0; status == JY_OK && holds && i < node->kid_count; i++) {
        uint32_t number = jy__node_kid(judge->rules, node, i);
        const jy__node *kid = &judge->rules->nodes[number];
        bool negated = kid->kind == JY__EXPR_NOT;
        jy__hits *into = !negated && !chosen ? &first : &other;
        into->count = 0;
        status = jy__judge_eval(judge, negated ? jy__node_kid(judge->rules, kid, 0) : number, into);
        holds = (into->count > 0) != negated;
        chosen = chosen || !negated;
    }
    for (size_t i = 0; status == JY_OK && holds && i < first.count; i++)
        status = push(judge, out, &first.items[i]);
    JY__VEC_FREE(&judge->scanner->mem, &first);
    JY__VEC_FREE(&judge->scanner->mem, &other);
    return status;
}

int jy__judge_eval(jy__judge *judge, uint32_t number, jy__hits *out)
{
    const jy__node *node = &judge->rules->nodes[number];
    switch ((jy__expr_kind)node->kind) {
    case JY__EXPR_PHRASE:
    case JY__EXPR_REGEX: return jy__judge_atoms(judge, node->first_atom, 1, out);
    case JY__EXPR_ANY: return eval_any(judge, node, out);
    case JY__EXPR_ALL: return eval_all(judge, node, out);
    case JY__EXPR_NEAR: return jy__judge_near(judge, node, out);
    case JY__EXPR_ECHO: /* judged where the obligation is (judge_window.c) */
    case JY__EXPR_NOT: return JY_OK; /* alone it gives no span; `all` looks inside */
    }
    return JY_E_INTERNAL;
}
