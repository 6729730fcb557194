/* The list of matches. Added in nearly ascending order while the scan goes on; put in order at the end: by begin, longest first, then
 * literal. Of one literal, a match that shares its end with a better one goes: verbatim beats sound beats masked, then the longer one
 * wins (the longer one begins at the stutter). Two matches of one literal with the same begin cannot come up, but for repetitions. */
#include "match/match_inside.h"

void jy__match_add(jy__scan *scan, const jy__match *match)
{
    jy__match_scratch *scratch = scan->scratch;
    if (scratch->max_matches && scratch->matches.count >= scratch->max_matches) {
        scratch->cut = scan->stop = true;
        return;
    }
    if (!JY__VEC_ROOM(scratch->mem, &scratch->matches)) {
        scan->walker->failed = scan->stop = true;
        return;
    }
    scratch->matches.items[scratch->matches.count++] = *match;
}

static bool before(const jy__match *a, const jy__match *b)
{
    if (a->begin != b->begin)
        return a->begin < b->begin;
    if (a->end != b->end)
        return a->end > b->end;
    return a->literal < b->literal;
}

/* Insertion suits a list that is nearly in order. Gives up when it is not. */
static bool insert_all(jy__match *items, size_t count)
{
    size_t moves = 0, most = 4 * count + 16;
    for (size_t i = 1; i < count; i++) {
        jy__match item = items[i];
        size_t at = i;
        for (; at > 0 && before(&item, &items[at - 1]) && moves < most; at--, moves++)
            items[at] = items[at - 1];
        items[at] = item;
        if (moves >= most)
            return false;
    }
    return true;
}

/* The end of the run in order that begins at `at`. */
static size_t run_end(const jy__match *items, size_t at, size_t count)
{
    for (at += at < count; at < count && !before(&items[at], &items[at - 1]); at++)
        continue;
    return at;
}

/* Merges the runs [begin, middle) and [middle, end) from behind, where the second one goes mostly. */
static void merge(jy__match *items, size_t begin, size_t middle, size_t end, jy__match *second)
{
    size_t left = end - middle;
    memcpy(second, items + middle, left * sizeof(*items));
    while (left > 0)
        items[--end] = middle > begin && before(&second[left - 1], &items[middle - 1]) ? items[--middle] : second[--left];
}

/* Each look of an engine at a chunk adds a run in order: few, so merging them in twos takes few turns. */
static bool sort(jy__match_scratch *scratch, jy__match *items, size_t count)
{
    if (count < 2 || insert_all(items, count))
        return true;
    scratch->spare.count = 0;
    if (!jy__mem_grow(scratch->mem, &scratch->spare.items, &scratch->spare.capacity, count, sizeof(*items)))
        return false;
    for (size_t middle; (middle = run_end(items, 0, count)) < count;)
        for (size_t begin = 0, end; middle < count; begin = end, middle = run_end(items, begin, count)) {
            end = run_end(items, middle, count);
            merge(items, begin, middle, end, scratch->spare.items);
        }
    return true;
}

static int rank(const jy__match *match) { return match->count[JY_FOLD_MASKED] ? 2 : match->count[JY_FOLD_SOUND] ? 1 : 0; }

/* Marks the worse of two matches of one literal with the same end (or the same place) by an impossible literal. */
static void drop_worse(jy__match *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count && items[j].begin < items[i].end; j++) {
            if (items[j].literal != items[i].literal || items[j].end != items[i].end || items[i].literal == UINT32_MAX)
                continue;
            if (rank(&items[j]) < rank(&items[i])) {
                items[i].literal = UINT32_MAX;
                break;
            }
            items[j].literal = UINT32_MAX;
        }
}

/* An engine is done with a chunk: what it added is put in order while it is near. */
void jy__match_order(jy__scan *scan)
{
    jy__match_scratch *scratch = scan->scratch;
    jy__sound_finish(scan);
    if (!sort(scratch, scratch->matches.items + scan->ordered, scratch->matches.count - scan->ordered))
        scan->walker->failed = scan->stop = true;
    scan->ordered = scratch->matches.count;
}

bool jy__match_tidy(jy__match_scratch *scratch)
{
    jy__match *items = scratch->matches.items;
    size_t count = scratch->matches.count, kept = 0;
    if (count < 2)
        return true;
    if (!sort(scratch, items, count))
        return false;
    drop_worse(items, count);
    for (size_t i = 0; i < count; i++)
        if (items[i].literal != UINT32_MAX && kept++ != i)
            items[kept - 1] = items[i];
    scratch->matches.count = kept;
    return true;
}
