/* match_avx512_window — where phrases are crowded, what is asked around sixteen places lies in 64 codes side by side: these, their symbols and where they stood
 * are loaded as they lie, and permutations take the place of loads for each lane, which are the bound elsewhere.
 *
 *   codes   … 你 是 谁 等 会 找 谁 自 己 看 你 是 …      places   0  3  5  7 …   of the window, which begins JY__WINDOW_BEFORE codes before the first */
#ifndef JY_MATCH_AVX512_WINDOW_H
#define JY_MATCH_AVX512_WINDOW_H

#include "match/avx512/match_avx512_whole.h"

#define JY__WINDOW 64u
#define JY__WINDOW_BEFORE (JY__CONTEXT + 2u) /* codes before a place that may be asked for: those of its form, and two */
#define JY__WINDOW_BEHIND (1u + JY__CONTEXT + 2u)
#define JY__WINDOW_REACH (JY__WINDOW - JY__WINDOW_BEFORE - JY__WINDOW_BEHIND) /* of sixteen places the last is nearer to the first */

/* The symbols of all codes around some places, which are crowded; none: they are not, or there are none. */
#define JY__FOLDED_ROOM (4u * JY__BATCH)
typedef struct jy__around { uint16_t symbols[JY__FOLDED_ROOM + JY__WINDOW + 16]; size_t from; bool none; } jy__around;

static inline void jy__fold_around(const jy__look *look, const uint16_t *found, size_t count, jy__around *out)
{
    size_t codes;
    out->from = count ? found[0] - JY__WINDOW_BEFORE : 0;
    codes = count ? found[count - 1] + JY__WINDOW - out->from : 0;
    out->none = !count || found[0] < JY__WINDOW_BEFORE || codes > 4 * count + JY__WINDOW;
    for (size_t i = 0; !out->none && i < codes; i += 16) {
        const __m512i words = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const void *)(look->joined + out->from + i)));
        _mm256_storeu_si256((void *)(out->symbols + i), _mm512_cvtepi32_epi16(symbol_of(words)));
    }
}

typedef struct jy__window { __m512i codes[2], symbols[2], offsets[2], from; } jy__window;

static inline bool jy__in_window(const jy__around *around, const uint16_t *found, size_t count)
{
    return !around->none && (size_t)(found[(count < 16 ? count : 16) - 1] - found[0]) < JY__WINDOW_REACH;
}

static inline void jy__load_two(__m512i to[2], const uint16_t *from)
{
    to[0] = _mm512_loadu_si512(from);
    to[1] = _mm512_loadu_si512(from + 32);
}

static inline jy__window jy__window_at(const jy__look *look, const jy__around *around, size_t first)
{
    const size_t from = first - JY__WINDOW_BEFORE;
    jy__window out;
    jy__load_two(out.codes, look->joined + from);
    jy__load_two(out.symbols, around->symbols + (from - around->from));
    jy__load_two(out.offsets, look->offsets + from);
    out.from = _mm512_set1_epi32((int)from);
    return out;
}

/* Of each lane two words: so far from the code `low` and from `high`. */
static inline __m512i jy__two_in(const jy__window *w, const __m512i words[2], __m512i low, int from_low, __m512i high, int from_high)
{
    const __m512i steps = _mm512_set1_epi32((int)((uint32_t)from_high << 16 | (uint16_t)from_low));
    const __m512i at = halves_of(_mm512_sub_epi32(low, w->from), _mm512_sub_epi32(high, w->from));
    return _mm512_permutex2var_epi16(words[0], _mm512_add_epi16(at, steps), words[1]);
}

#endif
