/* near: one hit of each part, none over another, and between one and the next no more characters than `within`; one span around them all. In order, or
 * in any: then the nearest hits are tried first, and where these lead nowhere, all that there are. */
#include "judge/judge_join.h"
#include "judge/judge_near.h"
#include <stdlib.h>

static size_t characters(jy_str text, size_t begin, size_t end)
{
    return begin >= end ? 0 : jy__utf8_count((jy_str){ text.ptr + begin, end - begin });
}

/* First hit that begins at or behind `begin`. */
static size_t first_from(const jy__hits *hits, size_t begin)
{
    size_t low = 0;
    JY__FIRST_NOT(low, hits->count, i, hits->items[i].begin < begin);
    return low;
}

void jy__near_widen(jy__hit *whole, const jy__hit *by)
{
    if (by->begin < whole->begin) whole->begin = by->begin;
    if (by->end > whole->end) whole->end = by->end;
    if (by->confidence < whole->confidence) whole->confidence = by->confidence;
    for (int fold = 0; fold < JY_FOLD_COUNT; fold++)
        whole->count[fold] = (uint16_t)(whole->count[fold] + by->count[fold]);
}

/* Widens `whole` by the nearest hit that is near enough; false when none is. */
static bool take_near(const jy__judge *judge, const jy__node *node, const jy__near_part *part, jy__hit *whole)
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
        jy__near_widen(whole, best);
    return best != NULL;
}

/* Any match may be the one that is near. */
static int eval_part(jy__judge *judge, uint32_t node, jy__near_part *out)
{
    bool once = judge->once;
    int status;
    judge->once = false;
    status = jy__judge_eval(judge, node, &out->hits);
    judge->once = once;
    if (out->hits.count > 1)
        qsort(out->hits.items, out->hits.count, sizeof(*out->hits.items), jy__hits_by_begin);
    for (size_t i = 0; i < out->hits.count; i++)
        if (out->hits.items[i].end - out->hits.items[i].begin > out->longest)
            out->longest = out->hits.items[i].end - out->hits.items[i].begin;
    return status;
}

/* In order the nearest hit of a part need not be the one that goes on: those behind which no next one is near are left out. */
static void leave_dead_ends(const jy__judge *judge, const jy__node *node, jy__near_part *part, const jy__near_part *next)
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
static bool take_all(const jy__judge *judge, const jy__node *node, jy__near_part *kids, jy__hit *whole)
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

static bool has_all(const jy__near_part *kids, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!kids[i].hits.count)
            return false;
    return true;
}

/* Every hit of the first part beside which the others are. */
static int find(jy__judge *judge, const jy__node *node, jy__near_part *kids, jy__hits *out)
{
    jy__near_chains chains = { 0 };
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < kids[0].hits.count; i++) {
        jy__hit whole = kids[0].hits.items[i];
        bool near = take_all(judge, node, kids, &whole);
        if (!near && !node->ordered && node->kid_count > 2) {
            whole = kids[0].hits.items[i];
            status = jy__near_chained(judge, node, kids, &chains, &whole, &near);
        }
        whole.form = (jy_str){ NULL, 0 };
        if (status == JY_OK && near)
            status = jy__judge_add_hit(judge, out, &whole);
    }
    JY__VEC_FREE(&judge->scanner->mem, &chains);
    return status;
}

int jy__judge_near(jy__judge *judge, const jy__node *node, jy__hits *out)
{
    jy__near_part *kids = jy__mem_alloc(&judge->scanner->mem, node->kid_count * sizeof(*kids));
    int status = kids ? JY_OK : JY_E_NOMEM;
    for (uint32_t i = 0; status == JY_OK && i < node->kid_count; i++) {
        status = eval_part(judge, jy__node_kid(judge->rules, node, i), &kids[i]);
        if (!kids[i].hits.count)
            break;
    }
    for (uint32_t k = node->kid_count - 1; status == JY_OK && node->ordered && k > 1; k--)
        leave_dead_ends(judge, node, &kids[k - 1], &kids[k]);
    if (status == JY_OK && has_all(kids, node->kid_count))
        status = find(judge, node, kids, out);
    for (uint32_t i = 0; kids && i < node->kid_count; i++)
        JY__VEC_FREE(&judge->scanner->mem, &kids[i].hits);
    jy__mem_free(&judge->scanner->mem, kids, node->kid_count * sizeof(*kids));
    return status;
}
