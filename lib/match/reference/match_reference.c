/* What a match is, written down once more in the plainest way, to test the engines against. In: literals and a text. Out: the same list
 * as a scan. Every literal is tried from every character of every segment (match_reference_way.c); here the answers become the list. */
#include "match/reference/match_reference.h"
#include <stdlib.h>

static int make_match(const jy__reference *r, jy__match_scratch *scratch, uint32_t literal, size_t start, const jy__outcome *answer)
{
    jy__match match = { .literal = literal, .begin = r->units.items[start].begin, .length = (uint32_t)(answer->end - r->units.items[start].begin) };
    int price = (int)answer->cost[PRICE];
    match.count[JY_FOLD_WIDTH] = jy__match_counted(answer->cost[WIDTH]);
    match.count[JY_FOLD_SCRIPT] = jy__match_counted(answer->cost[SCRIPT]);
    match.count[JY_FOLD_INVISIBLE] = jy__match_counted(answer->cost[INVISIBLE]);
    match.count[JY_FOLD_GAPS] = jy__match_counted(answer->cost[GAPS]);
    match.count[JY_FOLD_FILLERS] = jy__match_counted(answer->cost[FILLERS]);
    match.count[JY_FOLD_REPEATS] = jy__match_counted(answer->cost[REPEATS]);
    match.count[JY_FOLD_SOUND] = jy__match_counted(answer->cost[SOUND]);
    match.count[JY_FOLD_MASKED] = jy__match_counted(answer->cost[MASKED]);
    if (answer->cost[SOUND] && answer->cost[SOUND] >= r->count)
        price += JY__SOUND_COST_NONE;
    match.confidence = price < 90 ? 100 - price : 10;
    if (!JY__VEC_ROOM(scratch->mem, &scratch->matches))
        return JY_E_NOMEM;
    scratch->matches.items[scratch->matches.count++] = match;
    return JY_OK;
}

static int try_literal(jy__reference *r, jy__match_scratch *scratch, const jy__literal *literal, uint32_t number)
{
    size_t need;
    jy__outcome *found = NULL;
    int status = JY_OK;
    jy__reference_read(r, literal);
    need = (r->units.count + 1) * (r->count + 1) * (JY__MATCH_MOST_FILLERS + 1) * (JY__MATCH_MOST_REPEATS + 1);
    if (!jy__mem_grow(r->mem, &r->memory, &r->memory_count, need, sizeof(*r->memory)))
        return JY_E_NOMEM;
    found = jy__mem_alloc(r->mem, r->units.count * sizeof(*found));
    if (!found)
        return JY_E_NOMEM;
    for (r->mode = 0; r->mode <= 2; r->mode++) {
        if ((r->mode == 1 && !r->sound) || (r->mode == 2 && !r->masked))
            continue;
        memset(r->memory, 0, need * sizeof(*r->memory));
        for (size_t i = 0; i < r->units.count; i++)
            if (!found[i].found)
                found[i] = jy__reference_reach(r, i);
    }
    for (size_t i = 0; i < r->units.count && status == JY_OK; i++)
        if (found[i].found)
            status = make_match(r, scratch, number, i, &found[i]);
    jy__mem_free(r->mem, found, r->units.count * sizeof(*found));
    return status;
}

/* ---- the list */

static int class_of(const jy__match *match) { return match->count[JY_FOLD_MASKED] ? 2 : match->count[JY_FOLD_SOUND] ? 1 : 0; }

static bool beaten(const jy__match_scratch *scratch, const jy__match *match)
{
    for (size_t i = 0; i < scratch->matches.count; i++) {
        const jy__match *other = &scratch->matches.items[i];
        if (other == match || other->literal != match->literal || jy__match_end(other) != jy__match_end(match))
            continue;
        if (class_of(other) < class_of(match) || (class_of(other) == class_of(match) && other->begin < match->begin))
            return true;
    }
    return false;
}

int jy__match_by_place(const void *left, const void *right)
{
    const jy__match *a = left, *b = right;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    if (a->length != b->length)
        return a->length > b->length ? -1 : 1;
    return a->literal < b->literal ? -1 : a->literal > b->literal;
}

static int finish(jy__match_scratch *scratch)
{
    size_t count = scratch->matches.count, kept = 0;
    bool *drop = jy__mem_alloc(scratch->mem, count);
    if (!drop)
        return JY_E_NOMEM;
    for (size_t i = 0; i < count; i++)
        drop[i] = beaten(scratch, &scratch->matches.items[i]);
    for (size_t i = 0; i < count; i++)
        if (!drop[i])
            scratch->matches.items[kept++] = scratch->matches.items[i];
    jy__mem_free(scratch->mem, drop, count);
    scratch->matches.count = kept;
    if (kept)
        qsort(scratch->matches.items, kept, sizeof(jy__match), jy__match_by_place);
    return JY_OK;
}

int jy__match_reference(const jy__literal *literals, size_t count, jy__match_scratch *scratch, jy_str text, const size_t *bounds, size_t bound_count)
{
    jy__reference r = { .mem = scratch->mem };
    int status = JY_OK;
    scratch->matches.count = 0;
    scratch->cut = false;
    scratch->cut_at = text.len;
    scratch->bad_bytes = jy__utf8_bad(text, &scratch->first_bad);
    for (size_t i = 0, begin = 0; i <= (bounds ? bound_count : 0) && status == JY_OK; i++) {
        size_t end = bounds && i < bound_count && bounds[i] < text.len ? bounds[i] : text.len;
        if (begin < end && !jy__reference_lay_out(&r, text, begin, end))
            status = JY_E_NOMEM;
        for (size_t k = 0; begin < end && k < count && status == JY_OK; k++)
            status = try_literal(&r, scratch, &literals[k], (uint32_t)k);
        begin = end;
    }
    JY__VEC_FREE(r.mem, &r.units);
    jy__mem_free(r.mem, r.memory, r.memory_count * sizeof(*r.memory));
    return status == JY_OK ? finish(scratch) : status;
}
