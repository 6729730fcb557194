/* Parts near one another in any order, exactly. Hits that stand in a row form chains; a chain is known by the set of its parts, and all chains that
 * begin (or end) at a hit by the set of those sets: one word, bit s of which says that there is a chain of the parts s.
 *
 *     before      first      behind         before, behind: words of sets; near when one of `before` and one of `behind`
 *   … c ─ b ────── A ───── d ─ e …          have each other part once between them
 *
 * Every word is made of those of the neighbours, so that the cost is that of looking at each hit's neighbours once. */
#include "judge/judge_near.h"
#include <stdlib.h>

/* Sets (bits of a word) that lack part p: of the numbers 0 … 63 those without bit p. */
static const uint64_t lacks[JY__NEAR_CHAINED - 1] = { 0x5555555555555555u, 0x3333333333333333u, 0x0f0f0f0f0f0f0f0fu, 0x00ff00ff00ff00ffu, 0x0000ffff0000ffffu,
                                                      0x00000000ffffffffu };
#define ONLY_EMPTY ((uint64_t)1) /* the set of nothing, alone */

static uint64_t with_part(uint64_t sets, uint32_t part) { return (sets & lacks[part]) << (1u << part); }

/* The last byte at which a hit may begin that is near behind `end`. */
static size_t reach_of(jy_str text, size_t end, uint32_t within)
{
    const char *p = text.ptr + end, *stop = text.ptr + text.len;
    bool valid;
    while (within-- && p < stop)
        jy__utf8_next(&p, stop, &valid);
    return (size_t)(p - text.ptr);
}

static int by_begin(const void *a, const void *b)
{
    const jy__near_hit *x = a, *y = b;
    if (x->hit->begin != y->hit->begin) return x->hit->begin < y->hit->begin ? -1 : 1;
    return x->hit->end != y->hit->end ? (x->hit->end < y->hit->end ? -1 : 1) : x->part < y->part ? -1 : x->part > y->part;
}

static size_t first_from(const jy__near_chains *chains, size_t begin)
{
    size_t low = 0;
    JY__FIRST_NOT(low, chains->count, i, chains->items[i].hit->begin < begin);
    return low;
}

/* A hit of nothing (a pattern that only looks around) is not behind itself. */
static size_t first_behind(const jy__near_chains *chains, size_t i)
{
    size_t first = first_from(chains, chains->items[i].hit->end);
    return first > i ? first : i + 1;
}

static void link_hits(jy__near_chains *chains)
{
    for (size_t i = chains->count; i-- > 0;) {
        jy__near_hit *at = &chains->items[i];
        uint64_t behind = ONLY_EMPTY;
        for (size_t k = first_behind(chains, i); k < chains->count && chains->items[k].hit->begin <= at->reach; k++)
            behind |= chains->items[k].behind;
        at->behind = with_part(behind, at->part);
    }
    for (size_t i = 0; i < chains->count; i++) {
        jy__near_hit *at = &chains->items[i];
        at->before = with_part(at->before | ONLY_EMPTY, at->part);
        for (size_t k = first_behind(chains, i); k < chains->count && chains->items[k].hit->begin <= at->reach; k++)
            chains->items[k].before |= at->before;
    }
}

static int make(jy__judge *judge, const jy__node *node, const jy__near_part *kids, jy__near_chains *chains)
{
    for (uint32_t p = 1; p < node->kid_count; p++)
        for (size_t i = 0; i < kids[p].hits.count; i++) {
            const jy__hit *hit = &kids[p].hits.items[i];
            if (!JY__VEC_ROOM(&judge->scanner->mem, chains))
                return JY_E_NOMEM;
            chains->items[chains->count++] = (jy__near_hit){ hit, p - 1, reach_of(judge->text, hit->end, node->within), 0, 0 };
            chains->longest = kids[p].longest > chains->longest ? kids[p].longest : chains->longest;
        }
    qsort(chains->items, chains->count, sizeof(*chains->items), by_begin);
    link_hits(chains);
    return JY_OK;
}

/* Hits among which are all that lie near before `begin`. */
static size_t first_before(const jy__near_chains *chains, const jy__node *node, size_t begin)
{
    size_t most = (size_t)node->within * 4 + chains->longest;
    return first_from(chains, begin > most ? begin - most : 0);
}

static bool is_before(const jy__near_hit *at, size_t begin) { return at->hit->end <= begin && begin <= at->reach; }

/* Widens by the chain of the parts `set` behind, the nearest hit first, or before. */
static void take_behind(const jy__judge *judge, const jy__node *node, const jy__near_chains *chains, uint32_t set, jy__hit *whole)
{
    while (set) {
        size_t k = first_from(chains, whole->end);
        while (!(chains->items[k].behind >> set & 1))
            k++;
        jy__near_widen(whole, chains->items[k].hit);
        set &= ~(1u << chains->items[k].part);
    }
}

static void take_before(const jy__node *node, const jy__near_chains *chains, uint32_t set, jy__hit *whole)
{
    while (set) {
        size_t k = first_from(chains, whole->begin);
        do
            k--;
        while (!is_before(&chains->items[k], whole->begin) || !(chains->items[k].before >> set & 1));
        jy__near_widen(whole, chains->items[k].hit);
        set &= ~(1u << chains->items[k].part);
    }
}

int jy__near_chained(jy__judge *judge, const jy__node *node, const jy__near_part *kids, jy__near_chains *chains, jy__hit *whole, bool *found)
{
    uint64_t behind = ONLY_EMPTY, before = ONLY_EMPTY;
    size_t reach;
    int status = JY_OK;
    *found = false;
    if (node->kid_count > JY__NEAR_CHAINED)
        return JY_OK;
    if (!chains->count)
        status = make(judge, node, kids, chains);
    if (status != JY_OK)
        return status;
    reach = reach_of(judge->text, whole->end, node->within);
    for (size_t k = first_from(chains, whole->end); k < chains->count && chains->items[k].hit->begin <= reach; k++)
        behind |= chains->items[k].behind;
    for (size_t k = first_before(chains, node, whole->begin); k < chains->count && chains->items[k].hit->begin < whole->begin; k++)
        before |= is_before(&chains->items[k], whole->begin) ? chains->items[k].before : 0;
    for (uint32_t set = 0, all = (1u << (node->kid_count - 1)) - 1; set <= all && !*found; set++) {
        *found = (behind >> set & 1) && (before >> (all & ~set) & 1);
        if (*found) {
            take_behind(judge, node, chains, set, whole);
            take_before(node, chains, all & ~set, whole);
        }
    }
    return JY_OK;
}
