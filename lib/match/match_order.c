/* The list of matches in order. In: what was added while the last chunk was gone through, nearly ascending. Out: all by begin, longest first, then
 * literal. Of one literal, a match that shares its end with a better one goes: verbatim beats sound beats masked, then the longer one wins
 * (the longer one begins at the stutter). Two matches of one literal with the same begin cannot come up, but for repetitions. What a chunk
 * added is all that is gone through, and those before it that it may belong among: the list is long, and memory is far. */
#include "match/match_eight.h"
#include "match/match_inside.h"

static bool before(const jy__match *a, const jy__match *b)
{
    if (a->begin != b->begin)
        return a->begin < b->begin;
    if (a->length != b->length)
        return a->length > b->length;
    return a->literal < b->literal;
}

/* Turns a run that is in order from behind: phrases that begin alike come the shorter ones first. Returns its end. */
static size_t turn_run(jy__match *items, size_t begin, size_t count)
{
    size_t end = begin + 1;
    while (end < count && before(&items[end], &items[end - 1]))
        end++;
    for (size_t i = begin, j = end - 1; i < j; i++, j--) {
        jy__match item = items[i];
        items[i] = items[j];
        items[j] = item;
    }
    return end;
}

#define NEAR 16u /* further than that none is moved alone */

/* Insertion suits a list that is nearly in order, but for runs that are so from behind; the first `done` are. Gives up when it is not. Returns how many
 * are in order. */
static size_t insert_all(jy__match *items, size_t done, size_t count)
{
    for (size_t i = done ? done : 1; i < count; i++) {
        jy__match item;
        size_t at = i;
        if (!before(&items[i], &items[i - 1]))
            continue;
        if (i + 1 < count && before(&items[i + 1], &items[i])) {
            i = turn_run(items, i - 1, count) - 1;
            if (at > 1 && before(&items[at - 1], &items[at - 2]))
                return at - 1;
            continue;
        }
        if (i > NEAR && before(&items[i], &items[i - NEAR - 1]))
            return i;
        for (item = items[i]; at > 0 && before(&item, &items[at - 1]); at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
    return count;
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
static bool sort(jy__match_scratch *scratch, jy__match *items, size_t done, size_t count)
{
    size_t sorted = insert_all(items, done, count);
    if (sorted == count)
        return true;
    for (size_t at = sorted; at < count;)
        at = turn_run(items, at, count);
    scratch->spare.count = 0;
    if (!jy__mem_grow(scratch->mem, &scratch->spare.items, &scratch->spare.capacity, count, sizeof(*items)))
        return false;
    for (size_t runs = 2; runs > 1; sorted = 1) {
        runs = 0;
        for (size_t begin = 0, middle, end; begin < count; begin = end, runs++) {
            middle = run_end(items, begin ? begin : sorted - 1, count);
            end = run_end(items, middle, count);
            merge(items, begin, middle, end, scratch->spare.items);
        }
    }
    return true;
}

/* ---- of one literal and one end the best stays */

#define GONE UINT32_MAX /* as the literal of a match: it is none */
#define CROWD 8u        /* so many behind one that it overlaps with are compared one by one */

static int rank(const jy__match *match) { return match->count[JY_FOLD_MASKED] ? 2 : match->count[JY_FOLD_SOUND] ? 1 : 0; }
static bool same_end(const jy__match *a, const jy__match *b) { return a->literal == b->literal && jy__match_end(a) == jy__match_end(b); }

/* a stands before b. Returns the one that goes: of two that are the same, that which nests others stays. */
static jy__match *worse(jy__match *a, jy__match *b) { return rank(b) < rank(a) || (b->nests && b->begin == a->begin) ? a : b; }

/* Gives up where one overlaps with many. Returns how many stay, SIZE_MAX: that is not known. */
static size_t drop_near(jy__match *items, size_t count)
{
    size_t kept = count;
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count && items[j].begin < jy__match_end(&items[i]) && items[i].literal != GONE; j++) {
            if (j - i >= CROWD)
                return SIZE_MAX;
            if (!same_end(&items[i], &items[j]))
                continue;
            worse(&items[i], &items[j])->literal = GONE;
            kept--;
        }
    return kept;
}

/* Whether all stand there as such or by variants, each but once: then no two of one literal end at one place, unless marks are both its own and skipped. */
static bool are_plain(const jy__match *items, size_t count)
{
    static const uint8_t looked_at[JY_FOLD_COUNT] = { [JY_FOLD_INVISIBLE] = UINT8_MAX, [JY_FOLD_GAPS] = UINT8_MAX, [JY_FOLD_FILLERS] = UINT8_MAX,
                                                      [JY_FOLD_REPEATS] = UINT8_MAX, [JY_FOLD_SOUND] = UINT8_MAX, [JY_FOLD_MASKED] = UINT8_MAX };
    uint64_t mask, folds;
    memcpy(&mask, looked_at, sizeof(mask));
    for (size_t i = 0; i < count; i++) {
        memcpy(&folds, items[i].count, sizeof(folds));
        if (folds & mask || (i && items[i].begin == items[i - 1].begin && same_end(&items[i], &items[i - 1])))
            return false;
    }
    return true;
}

/* The best of each literal and end, by their hash; twice as many slots as matches. */
static void drop_by_slots(jy__match *items, size_t count, uint32_t *slots, uint32_t bits)
{
    uint32_t mask = ((uint32_t)1 << bits) - 1;
    memset(slots, 0, sizeof(*slots) << bits);
    for (size_t i = 0; i < count; i++) {
        uint32_t at = (items[i].literal ^ (uint32_t)jy__match_end(&items[i]) * 0x85EBCA6Bu) * 0x9E3779B1u >> (32 - bits);
        jy__match *gone;
        while (slots[at] && !same_end(&items[slots[at] - 1], &items[i]))
            at = (at + 1) & mask;
        if (!slots[at]) {
            slots[at] = (uint32_t)i + 1;
            continue;
        }
        gone = worse(&items[slots[at] - 1], &items[i]);
        if (gone != &items[i])
            slots[at] = (uint32_t)i + 1;
        gone->literal = GONE;
    }
}

/* Where many overlap; false: no memory. */
static bool drop_crowded(jy__scan *scan, jy__match *items, size_t count)
{
    jy__walker *walker = scan->walker;
    uint32_t bits = 5;
    if (!scan->matcher->has_stops && are_plain(items, count))
        return true;
    while ((size_t)1 << bits < 2 * count)
        bits++;
    walker->ends.count = 0;
    if (!jy__mem_grow(scan->scratch->mem, &walker->ends.items, &walker->ends.capacity, (size_t)1 << bits, sizeof(*walker->ends.items)))
        return false;
    drop_by_slots(items, count, walker->ends.items, bits);
    return true;
}

static size_t close_gaps(jy__match *items, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (items[i].literal != GONE && kept++ != i)
            items[kept - 1] = items[i];
    return kept;
}

/* How many stay; SIZE_MAX: no memory. */
static size_t keep_best(jy__scan *scan, jy__match *items, size_t count)
{
    size_t kept = drop_near(items, count);
    if (kept == count)
        return count;
    return kept != SIZE_MAX || drop_crowded(scan, items, count) ? close_gaps(items, count) : SIZE_MAX;
}

#ifdef JY__BY_EIGHTS
/* The same as pass_apart(), of eight at a time as long as all of them are so. */
JY__WITH_EIGHTS static void pass_eights(jy__scan *scan, const jy__match *items, size_t count)
{
    __m512i ends = _mm512_set1_epi64((long long)scan->reached), longest = _mm512_set1_epi64((long long)scan->longest);
    size_t i = scan->ordered;
    for (; count - i >= 8; i += 8) {
        const jy__eight own = jy__eight_of(items + i);
        const __m512i length = jy__eight_lengths(&own), end = _mm512_add_epi64(own.begin, length), before = _mm512_alignr_epi64(end, ends, 7);
        if (_mm512_cmplt_epu64_mask(own.begin, before) | _mm512_testn_epi64_mask(length, length))
            break;
        longest = _mm512_max_epu64(longest, length);
        ends = end;
    }
    if (i > scan->ordered)
        scan->reached = jy__match_end(&items[i - 1]);
    scan->longest = _mm512_reduce_max_epu64(longest);
    scan->ordered = i;
}
#endif

/* Passes over matches of which each begins where all before it have ended: they are in order, and none has the end of another. Those of no length, which
 * filters ask for, may. */
static void pass_apart(jy__scan *scan, const jy__match *items, size_t count)
{
    size_t i = scan->ordered, reached = scan->reached, longest = scan->longest;
    for (; i < count && items[i].begin >= reached && items[i].length; i++) {
        reached = jy__match_end(&items[i]);
        longest = items[i].length > longest ? items[i].length : longest;
    }
    scan->ordered = i;
    scan->reached = reached;
    scan->longest = longest;
}

/* Where those begin that may come behind one of the matches from `from` on, or end where one of them does. */
static size_t open_from(jy__scan *scan, const jy__match *items, size_t from, size_t count)
{
    size_t begin = SIZE_MAX;
    for (size_t i = from; i < count; i++) {
        begin = items[i].begin < begin ? items[i].begin : begin;
        scan->longest = items[i].length > scan->longest ? items[i].length : scan->longest;
        scan->reached = jy__match_end(&items[i]) > scan->reached ? jy__match_end(&items[i]) : scan->reached;
    }
    while (from > 0 && items[from - 1].begin + scan->longest >= begin)
        from--;
    return from;
}

/* ---- where most are in order, and a few come late: what an engine looks at by itself */

#define LATE_MOST 64u

/* Whether no other has its literal and its end; where it overlaps with many that is not asked. */
static bool is_only(const jy__scan *scan, const jy__match *items, size_t at, size_t count)
{
    const jy__match *own = &items[at];
    const size_t end = jy__match_end(own);
    size_t i = at;
    for (; i > 0 && items[i - 1].begin + scan->longest >= own->begin; i--)
        if (at - i >= CROWD || same_end(&items[i - 1], own))
            return false;
    for (i = at + 1; i < count && items[i].begin <= end; i++)
        if (i - at >= CROWD || same_end(&items[i], own))
            return false;
    return true;
}

static void reach(jy__scan *scan, const jy__match *match)
{
    const size_t end = jy__match_end(match);
    scan->longest = match->length > scan->longest ? match->length : scan->longest;
    scan->reached = end > scan->reached ? end : scan->reached;
}

/* Passes over those in order of which none has the end of another, though they overlap. */
static void pass_ordered(jy__scan *scan, const jy__match *items, size_t count)
{
#ifdef JY__BY_EIGHTS
    if (count - scan->ordered >= 8 && jy__has_eights())
        pass_eights(scan, items, count);
#endif
    for (pass_apart(scan, items, count); scan->ordered < count; pass_apart(scan, items, count)) {
        const size_t i = scan->ordered;
        if (i && before(&items[i], &items[i - 1]))
            return;
        reach(scan, &items[i]);
        if (!is_only(scan, items, i, i + 1))
            return;
        scan->ordered++;
    }
}

static void sort_few(jy__match *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const jy__match item = items[i];
        size_t at = i;
        for (; at > 0 && before(&item, &items[at - 1]); at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* Each to where it belongs among the first `done`, from behind, so that all are moved but once; where they then are. */
static void put_late(jy__match *items, size_t done, jy__match *late, size_t count, size_t *places)
{
    sort_few(late, count);
    while (count > 0) {
        size_t to = done;
        while (to > 0 && before(&late[count - 1], &items[to - 1]))
            to--;
        memmove(items + to + count, items + to, (done - to) * sizeof(*items));
        count--;
        places[count] = to + count;
        items[to + count] = late[count];
        done = to;
    }
}

/* How many stay of those in order, of which some that overlap with `place` or are behind it may have one end; SIZE_MAX: no memory. */
static size_t keep_from(jy__scan *scan, jy__match *items, size_t place, size_t count)
{
    const size_t begin = items[place].begin;
    while (place > 0 && items[place - 1].begin + scan->longest >= begin)
        place--;
    count = keep_best(scan, items + place, count - place);
    return count == SIZE_MAX ? SIZE_MAX : place + count;
}

/* How many there are when those behind the first in order, which are few, are in order, too. */
static size_t join_late(jy__scan *scan, jy__match *items, size_t count)
{
    const size_t late_count = count - scan->ordered;
    jy__match late[LATE_MOST];
    size_t places[LATE_MOST];
    bool only = true;
    memcpy(late, items + scan->ordered, late_count * sizeof(*late));
    put_late(items, scan->ordered, late, late_count, places);
    for (size_t i = 0; i < late_count; i++)
        reach(scan, &late[i]);
    for (size_t i = 0; i < late_count; i++)
        only = only && is_only(scan, items, places[i], count);
    return only ? count : keep_from(scan, items, places[0], count);
}

static size_t order_all(jy__scan *scan, jy__match *items, size_t count)
{
    const size_t from = open_from(scan, items, scan->ordered, count);
    if (!sort(scan->scratch, items + from, scan->ordered - from, count - from))
        return SIZE_MAX;
    count = keep_best(scan, items + from, count - from);
    return count == SIZE_MAX ? SIZE_MAX : from + count;
}

/* An engine is done with a chunk: what it added is put in order while it is near. */
void jy__match_order(jy__scan *scan)
{
    jy__match_scratch *scratch = scan->scratch;
    const size_t count = scratch->matches.count;
    size_t kept = count;
    pass_ordered(scan, scratch->matches.items, count);
    if (scan->ordered < count)
        kept = count - scan->ordered <= LATE_MOST ? join_late(scan, scratch->matches.items, count) : order_all(scan, scratch->matches.items, count);
    if (kept == SIZE_MAX)
        scan->walker->failed = scan->stop = true;
    else
        scratch->matches.count = kept;
    scan->ordered = scratch->matches.count;
}
