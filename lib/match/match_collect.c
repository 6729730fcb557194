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

/* Merges the runs of `from` in twos into `to`. Returns how many there were then. */
static size_t merge_runs(const jy__match *from, jy__match *to, size_t count)
{
    size_t runs = 0;
    for (size_t at = 0; at < count; runs++) {
        size_t a = at, a_end = run_end(from, a, count), b = a_end, b_end = run_end(from, b, count);
        while (a < a_end && b < b_end) {
            bool second = before(&from[b], &from[a]);
            to[at++] = from[second ? b : a];
            b += second;
            a += !second;
        }
        memcpy(to + at, from + (a < a_end ? a : b), (a_end - a + b_end - b) * sizeof(*to));
        at = b_end;
    }
    return runs;
}

/* Each look of an engine at a chunk adds a run in order: few, so merging them takes few turns. */
static bool sort(jy__match_scratch *scratch, jy__match *items, size_t count)
{
    jy__match *from = items, *to;
    if (count < 2 || insert_all(items, count))
        return true;
    scratch->spare.count = 0;
    if (!jy__mem_grow(scratch->mem, &scratch->spare.items, &scratch->spare.capacity, count, sizeof(*items)))
        return false;
    to = scratch->spare.items;
    for (size_t runs = 2; runs > 1;) {
        jy__match *other = from;
        runs = merge_runs(from, to, count);
        from = to;
        to = other;
    }
    if (from != items)
        memcpy(items, from, count * sizeof(*items));
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
