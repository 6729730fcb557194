/* What stands whole goes to the list of matches sixteen at a time. In: of places of keys what was found there (match_avx512_whole.c). Out: matches, and what is
 * left: places of which nothing is known, for the rounds, and phrases around which, or between whose characters, is to be looked. A match is three words:
 *
 *   begin | length, confidence, literal | a byte for each count      made as a row of each, of eight matches, and then laid side by side */
#include "match/avx512/match_avx512_whole.h"

_Static_assert(sizeof(jy__match) == 24 && offsetof(jy__match, begin) == 0 && offsetof(jy__match, literal) == 12 && offsetof(jy__match, count) == 16 &&
               JY_FOLD_SCRIPT == 1 && JY_FOLD_INVISIBLE == 2 && JY_FOLD_GAPS == 3 && JY_FOLD_FILLERS == 4 && JY_FOLD_REPEATS == 5, "as the words are put together");
#define CERTAIN (100 << 24) /* confidence, behind the length */

/* Of eight matches a word each, from three rows. */
static inline void put_eight(jy__match *to, __m512i first, __m512i second, __m512i third)
{
    const __m512i places[3] = { _mm512_set_epi64(10, 2, 0, 9, 1, 0, 8, 0), _mm512_set_epi64(5, 0, 12, 4, 0, 11, 3, 0), _mm512_set_epi64(0, 15, 7, 0, 14, 6, 0, 13) };
    const __m512i last[3] = { _mm512_set_epi64(0, 0, 1, 0, 0, 0, 0, 0), _mm512_set_epi64(0, 4, 0, 0, 3, 0, 0, 2), _mm512_set_epi64(7, 0, 0, 6, 0, 0, 5, 0) };
    static const uint8_t of_last[3] = { 0x24, 0x49, 0x92 };
    for (int i = 0; i < 3; i++) {
        const __m512i both = _mm512_permutex2var_epi64(first, places[i], second);
        _mm512_storeu_si512((char *)to + 64 * i, _mm512_mask_permutexvar_epi64(both, of_last[i], last[i], third));
    }
}

static inline __m512i words_of(__m256i low, __m256i high) { return _mm512_or_si512(_mm512_cvtepu32_epi64(low), _mm512_slli_epi64(_mm512_cvtepu32_epi64(high), 32)); }

#define HALF(half, words) ((half) ? _mm512_extracti64x4_epi64(words, 1) : _mm512_castsi512_si256(words))

/* Returns how many. */
static inline size_t put(jy__match *to, __mmask16 lanes, size_t base, __m512i places, __m512i sizes, __m512i literals, __m512i marks)
{
    const __m512i length = _mm512_or_si512(jy__low_of(sizes), _mm512_set1_epi32(CERTAIN)), variants = _mm512_srli_epi32(sizes, 24);
    const __m512i begin = _mm512_maskz_compress_epi32(lanes, _mm512_srai_epi32(places, 16)), second = _mm512_maskz_compress_epi32(lanes, length);
    const __m512i literal = _mm512_maskz_compress_epi32(lanes, literals);
    const __m512i invisible = _mm512_slli_epi32(_mm512_srli_epi32(marks, 24), 16), gaps = _mm512_slli_epi32(marks, 24);
    const __m512i low = _mm512_maskz_compress_epi32(lanes, _mm512_ternarylogic_epi32(_mm512_slli_epi32(variants, 8), invisible, gaps, 0xFE));
    const __m512i high = _mm512_maskz_compress_epi32(lanes, jy__low_of(_mm512_srli_epi32(marks, 8)));
    const size_t count = (size_t)__builtin_popcount(lanes);
    for (int half = 0; half < 2 && count > 8u * (unsigned)half; half++) {
        const __m512i begins = _mm512_add_epi64(_mm512_cvtepi32_epi64(HALF(half, begin)), _mm512_set1_epi64((long long)base));
        put_eight(to + 8 * half, begins, words_of(HALF(half, second), HALF(half, literal)), words_of(HALF(half, low), HALF(half, high)));
    }
    return count;
}

/* Lanes of phrases of which it is known what is between their codes, behind all that was looked at around rare characters. */
static inline __mmask16 are_settled(__m512i places, __m512i sizes, __m512i between, int rare_done)
{
    const __m512i codes = _mm512_and_si512(_mm512_srli_epi32(sizes, 16), _mm512_set1_epi32(0xFF));
    const __m512i length = jy__low_of(sizes), end = _mm512_add_epi32(_mm512_srai_epi32(places, 16), length);
    const __m512i wanted = _mm512_add_epi32(_mm512_add_epi32(codes, _mm512_slli_epi32(codes, 1)), between);
    return _mm512_mask_cmpeq_epi32_mask(_mm512_cmpge_epi32_mask(end, _mm512_set1_epi32(rare_done)), length, wanted);
}

/* Room for all of them, in a text without bounds, which are asked one by one. */
static bool have_room(jy__scan *scan, size_t count)
{
    jy__match_scratch *scratch = scan->scratch;
    const size_t need = scratch->matches.count + count + 16;
    if (scan->bound_count || (scratch->max_matches && need > scratch->max_matches))
        return false;
    return jy__mem_grow(scratch->mem, &scratch->matches.items, &scratch->matches.capacity, need, sizeof(*scratch->matches.items));
}

static inline void keep(jy__wholes *wholes, __mmask16 lanes, __m512i literals, __m512i places, __m512i sizes, __m512i marks, __m512i between)
{
    _mm512_storeu_si512(wholes->forms + wholes->count, _mm512_maskz_compress_epi32(lanes, literals));
    _mm512_storeu_si512(wholes->places + wholes->count, _mm512_maskz_compress_epi32(lanes, places));
    _mm512_storeu_si512(wholes->sizes + wholes->count, _mm512_maskz_compress_epi32(lanes, sizes));
    _mm512_storeu_si512(wholes->marks + wholes->count, _mm512_maskz_compress_epi32(lanes, marks));
    _mm512_storeu_si512(wholes->between + wholes->count, _mm512_maskz_compress_epi32(lanes, between));
    wholes->count += (size_t)__builtin_popcount(lanes);
}

size_t jy__avx512_list_wholes(const jy__look *look, const uint16_t *found, jy__wholes *wholes, uint32_t *left)
{
    jy__scan *scan = look->scan;
    jy__matches *matches = &scan->scratch->matches;
    const size_t count = wholes->count;
    const bool room = have_room(scan, count);
    const ptrdiff_t rare_done = (ptrdiff_t)(scan->rare_done - look->base);
    size_t left_count = 0;
    wholes->count = 0;
    for (size_t i = 0; i < count; i += 16) {
        const __mmask16 lanes = (__mmask16)jy__room_for(count - i);
        const __m512i literals = _mm512_loadu_si512(wholes->forms + i), places = _mm512_loadu_si512(wholes->places + i), sizes = _mm512_loadu_si512(wholes->sizes + i);
        const __m512i marks = _mm512_loadu_si512(wholes->marks + i), between = _mm512_loadu_si512(wholes->between + i);
        const __mmask16 known = _mm512_mask_test_epi32_mask(lanes, sizes, sizes), none = _mm512_cmpeq_epi32_mask(sizes, _mm512_set1_epi32(JY__WHOLE_NONE));
        const __mmask16 settled = room ? known & (__mmask16)~none & are_settled(places, sizes, between, rare_done < INT16_MIN ? INT16_MIN : (int)rare_done) : 0;
        _mm512_storeu_si512(left + left_count, _mm512_maskz_compress_epi32(lanes & (__mmask16)~known, jy__places_at(look, found + i, count - i)));
        left_count += (size_t)__builtin_popcount(lanes & (unsigned)~known);
        __builtin_prefetch(matches->items + matches->count + 32, 1);
        if (settled)
            matches->count += put(matches->items + matches->count, settled, look->base, places, sizes, literals, marks);
        keep(wholes, known & (__mmask16)~(none | settled), literals, places, sizes, marks, between);
    }
    wholes->known = count - left_count;
    return left_count;
}
