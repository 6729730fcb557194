/* The list of matches: each is added as it is found, nearly in the order of the text. After each chunk it is put in order (match_order.c). */
#include "match/match_inside.h"

#define AHEAD_BYTES 512 /* fetched before the list comes there: where many match it is longer than the caches */

static inline bool is_full(const jy__match_scratch *scratch)
{
    return scratch->matches.count == scratch->matches.capacity || (scratch->max_matches && scratch->matches.count >= scratch->max_matches);
}

/* False: no more are to come. */
static bool make_room(jy__scan *scan)
{
    jy__match_scratch *scratch = scan->scratch;
    if (scratch->max_matches && scratch->matches.count >= scratch->max_matches) {
        scratch->cut = scan->stop = true;
        return false;
    }
    if (!JY__VEC_ROOM(scratch->mem, &scratch->matches))
        scan->walker->failed = scan->stop = true;
    return !scan->stop;
}

static inline jy__match *next(jy__scan *scan)
{
    jy__match_scratch *scratch = scan->scratch;
    jy__match *match = &scratch->matches.items[scratch->matches.count++];
    __builtin_prefetch((const void *)((uintptr_t)match + AHEAD_BYTES), 1);
    return match;
}

/* A call of its own, so that what is usual keeps nothing for it. */
static __attribute__((noinline)) void add_to_full(jy__scan *scan, const jy__match *match)
{
    if (make_room(scan))
        *next(scan) = *match;
}

void jy__match_add(jy__scan *scan, const jy__match *match)
{
    if (is_full(scan->scratch))
        add_to_full(scan, match);
    else
        *next(scan) = *match;
}

static __attribute__((noinline)) void add_marked_to_full(jy__scan *scan, uint32_t literal, size_t begin, size_t end, uint32_t variants, uint32_t marks)
{
    if (make_room(scan))
        jy__match_add_marked(scan, literal, begin, end, variants, marks);
}

/* By value: a processor waits for what was just written in parts and is read at once. */
void jy__match_add_marked(jy__scan *scan, uint32_t literal, size_t begin, size_t end, uint32_t variants, uint32_t marks)
{
    if (is_full(scan->scratch))
        add_marked_to_full(scan, literal, begin, end, variants, marks);
    else
        *next(scan) = (jy__match){ .literal = literal, .confidence = 100, .begin = begin, .length = (uint32_t)(end - begin),
                                   .count = { [JY_FOLD_SCRIPT] = (uint8_t)variants, [JY_FOLD_GAPS] = marks & 0xFF, [JY_FOLD_FILLERS] = marks >> 8 & 0xFF,
                                              [JY_FOLD_REPEATS] = (uint8_t)(marks >> 16), [JY_FOLD_INVISIBLE] = (uint8_t)(marks >> 24) } };
}

/* One that needs no fold but that of variants. */
void jy__match_add_plain(jy__scan *scan, uint32_t literal, size_t begin, size_t end, uint32_t variants)
{
    jy__match_add_marked(scan, literal, begin, end, variants, 0);
}
