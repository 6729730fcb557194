/* match_mask — what is asked of the forms that may be masked: by match_mask.c, and by match_mask_build.c, which puts them in order. */
#ifndef JY_MATCH_MASK_H
#define JY_MATCH_MASK_H

#include "match/match_inside.h"

static inline int jy__mask_compare_symbols(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count)
{
    for (uint32_t i = 0; i < a_count && i < b_count; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return a_count < b_count ? -1 : a_count > b_count;
}

/* No two symbols have the same: they are in the order of all its bits. */
static inline uint32_t jy__mask_first(uint32_t symbol, uint32_t bits) { return jy__mask_hash(symbol, 0, bits); }

/* The lengths are those of the forms; of the second so many symbols are there. */
static inline int jy__mask_compare(const uint32_t *a, uint32_t a_length, const uint32_t *b, uint32_t b_length, uint32_t b_count)
{
    if (a[0] != b[0])
        return jy__mask_first(a[0], 32) < jy__mask_first(b[0], 32) ? -1 : 1;
    if (a_length != b_length)
        return a_length < b_length ? -1 : 1;
    return jy__mask_compare_symbols(a, a_length, b, b_count);
}

#define JY__MASK_PART_BITS_MOST 17

static inline uint32_t jy__mask_part_bits(const jy__matcher *matcher)
{
    return matcher->mask_spot_bits < JY__MASK_PART_BITS_MOST ? matcher->mask_spot_bits : JY__MASK_PART_BITS_MOST;
}

/* A form that begins with `first` has the symbol as number `at`; 0: ends there. */
static inline uint32_t jy__mask_spot(const jy__matcher *matcher, uint32_t first, uint32_t at, uint32_t symbol)
{
    return jy__mask_hash(first ^ at * 0xC2B2AE35u, symbol, matcher->mask_spot_bits);
}

static inline bool jy__mask_has(const jy__matcher *matcher, uint32_t first, uint32_t at, uint32_t symbol)
{
    return jy__bit(matcher->mask_spots, jy__mask_spot(matcher, first, at, symbol));
}

#endif
