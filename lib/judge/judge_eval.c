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
    size_t low = 0, high = hits->count;
    int status = JY_OK;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (hits->items[middle].atom < first)
            low = middle + 1;
        else
            high = middle;
    }
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

static int by_begin(const void *a, const void *b)
{
    const jy__hit *x = a, *y = b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return x->end > y->end ? -1 : x->end < y->end;
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
        qsort(out->items + first, out->count - first, sizeof(*out->items), by_begin);
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

static size_t characters(jy_str text, size_t begin, size_t end)
{
    return begin >= end ? 0 : jy__utf8_count((jy_str){ text.ptr + begin, end - begin });
}

/* Hits of one part, by begin, and the longest of them: a turn may hold ten thousand, and each hit looks at its neighbours only. */
typedef struct near_part { jy__hits hits; size_t longest; bool taken; } near_part;

/* First hit that begins at or behind `begin`. */
static size_t first_from(const jy__hits *hits, size_t begin)
{
    size_t low = 0, high = hits->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (hits->items[middle].begin < begin)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void widen(jy__hit *whole, const jy__hit *by)
{
    if (by->begin < whole->begin) whole->begin = by->begin;
    if (by->end > whole->end) whole->end = by->end;
    if (by->confidence < whole->confidence) whole->confidence = by->confidence;
    for (int fold = 0; fold < JY_FOLD_COUNT; fold++)
        whole->count[fold] = (uint16_t)(whole->count[fold] + by->count[fold]);
}

/* Widens `whole` by the nearest hit that is near enough; false when none is. */
static bool take_near(const jy__judge *judge, const jy__node *node, const near_part *part, jy__hit *whole)
{
    const jy__hit *best = NULL;
    size_t reach = (size_t)node->within * 4, before_most = reach + part->longest, best_between = SIZE_MAX;
    size_t first = first_from(&part->hits, whole->begin > before_most ? whole->begin - before_most : 0);
    for (size_t i = first; i < part->hits.count && part->hits.items[i].begin <= whole->end + reach; i++) {
        const jy__hit *hit = &part->hits.items[i];
        bool behind = hit->begin >= whole->end, before = hit->end <= whole->begin;
        size_t between;
        if (!behind && (!before || node->ordered))
            continue;
        between = behind ? characters(judge->text, whole->end, hit->begin) : characters(judge->text, hit->end, whole->begin);
        if (between <= node->within && between < best_between) {
            best = hit;
            best_between = between;
        }
    }
    if (best)
        widen(whole, best);
    return best != NULL;
}

/* Any match may be the one that is near. */
static int eval_part(jy__judge *judge, uint32_t node, near_part *out)
{
    bool once = judge->once;
    int status;
    judge->once = false;
    status = jy__judge_eval(judge, node, &out->hits);
    judge->once = once;
    if (out->hits.count > 1)
        qsort(out->hits.items, out->hits.count, sizeof(*out->hits.items), by_begin);
    for (size_t i = 0; i < out->hits.count; i++)
        if (out->hits.items[i].end - out->hits.items[i].begin > out->longest)
            out->longest = out->hits.items[i].end - out->hits.items[i].begin;
    return status;
}

/* In order the nearest hit of a part need not be the one that goes on: those behind which no next one is near are left out. */
static void leave_dead_ends(const jy__judge *judge, const jy__node *node, near_part *part, const near_part *next)
{
    size_t kept = 0;
    for (size_t i = 0; i < part->hits.count; i++) {
        jy__hit whole = part->hits.items[i];
        if (take_near(judge, node, next, &whole))
            part->hits.items[kept++] = part->hits.items[i];
    }
    part->hits.count = kept;
}

/* All other parts beside a hit of the first: one after the other, or in any order, where one may be near only to what another has widened. */
static bool take_all(const jy__judge *judge, const jy__node *node, near_part *kids, jy__hit *whole)
{
    uint32_t left = node->kid_count - 1, before;
    for (uint32_t k = 1; k < node->kid_count; k++)
        kids[k].taken = false;
    do {
        before = left;
        for (uint32_t k = 1; k < node->kid_count; k++) {
            if (kids[k].taken)
                continue;
            kids[k].taken = take_near(judge, node, &kids[k], whole);
            if (!kids[k].taken && node->ordered)
                return false;
            left -= kids[k].taken;
        }
    } while (left && left < before);
    return left == 0;
}

static int eval_near(jy__judge *judge, const jy__node *node, jy__hits *out)
{
    near_part *kids = jy__mem_alloc(&judge->scanner->mem, node->kid_count * sizeof(*kids));
    int status = kids ? JY_OK : JY_E_NOMEM;
    for (uint32_t i = 0; status == JY_OK && i < node->kid_count; i++) {
        status = eval_part(judge, jy__node_kid(judge->rules, node, i), &kids[i]);
        if (!kids[i].hits.count)
            break;
    }
    for (uint32_t k = node->kid_count - 1; status == JY_OK && node->ordered && k > 1; k--)
        leave_dead_ends(judge, node, &kids[k - 1], &kids[k]);
    for (size_t i = 0; status == JY_OK && i < kids[0].hits.count; i++) {
        jy__hit whole = kids[0].hits.items[i];
        if (take_all(judge, node, kids, &whole)) {
            whole.form = (jy_str){ NULL, 0 };
            status = push(judge, out, &whole);
        }
    }
    for (uint32_t i = 0; kids && i < node->kid_count; i++)
        JY__VEC_FREE(&judge->scanner->mem, &kids[i].hits);
    jy__mem_free(&judge->scanner->mem, kids, node->kid_count * sizeof(*kids));
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
    case JY__EXPR_NEAR: return eval_near(judge, node, out);
    case JY__EXPR_ECHO: /* judged where the obligation is (judge_window.c) */
    case JY__EXPR_NOT: return JY_OK; /* alone it gives no span; `all` looks inside */
    }
    return JY_E_INTERNAL;
}
