/* Step two for few forms, and for keys of one symbol. In: the codes of a chunk. Out: places for the verifier. A form's key is in one of eight
 * buckets; three tables of 64 bytes, each asked with six bits of a code, say in which buckets a code may be the first of a key, and as many in
 * which the next code may be the second. Two codes side by side that share a bucket are looked at, and so is a filler behind a first. */
#include "match/match_avx512.h"

typedef struct windows { __m512i low, high, middle; } windows;

static inline windows load_windows(const uint8_t tables[3][64])
{
    return (windows){ _mm512_loadu_si512(tables[0]), _mm512_loadu_si512(tables[1]), _mm512_loadu_si512(tables[2]) };
}

static inline __m512i buckets(const jy__look *look, size_t at, const windows *w)
{
    __m512i low = _mm512_loadu_si512(look->low + at), high = _mm512_loadu_si512(look->high + at);
    __m512i middle = _mm512_ternarylogic_epi32(_mm512_set1_epi8(7), _mm512_srli_epi16(low, 5), _mm512_slli_epi16(high, 3), 0xCA);
    return _mm512_ternarylogic_epi32(_mm512_permutexvar_epi8(low, w->low), _mm512_permutexvar_epi8(high, w->high),
                                     _mm512_permutexvar_epi8(middle, w->middle), 0x80);
}

/* ---- fillers: two windows will do */

typedef struct filler_windows { __m512i low, high, next_low, next_high; } filler_windows;

static inline filler_windows load_fillers(const jy__filter *filter)
{
    return (filler_windows){ _mm512_loadu_si512(filter->filler[0]), _mm512_loadu_si512(filter->filler[1]),
                             _mm512_loadu_si512(filter->filler_next[0]), _mm512_loadu_si512(filter->filler_next[1]) };
}

/* Codes behind which a filler may stand. */
static inline __m512i filler_behind(const jy__look *look, size_t at, const filler_windows *w)
{
    __m512i first = _mm512_and_si512(_mm512_permutexvar_epi8(_mm512_loadu_si512(look->low + at + 1), w->low),
                                     _mm512_permutexvar_epi8(_mm512_loadu_si512(look->high + at + 1), w->high));
    return _mm512_ternarylogic_epi32(first, _mm512_permutexvar_epi8(_mm512_loadu_si512(look->low + at + 2), w->next_low),
                                     _mm512_permutexvar_epi8(_mm512_loadu_si512(look->high + at + 2), w->next_high), 0x80);
}

/* All tables are asked first, and what they answer is looked at then: no call in the loop, so they stay in registers. */
#define WORDS (JY__STREAM_ROOM / 64 + 1)

size_t jy__avx512_fillers(const jy__look *look, size_t from, size_t end, uint16_t *found)
{
    const filler_windows w = load_fillers(look->filter);
    uint64_t words[WORDS];
    size_t count = 0;
    for (size_t at = from; at < end; at += 64) {
        __m512i behind = filler_behind(look, at, &w);
        words[(at - from) / 64] = _mm512_test_epi8_mask(behind, behind) & jy__until(at, end);
    }
    for (size_t at = from; at < end; at += 64)
        for (uint64_t bits = words[(at - from) / 64]; bits; bits &= bits - 1)
            found[count++] = (uint16_t)(at + (size_t)__builtin_ctzll(bits));
    return count;
}

/* ---- places */

#define BEFORE 24 /* codes before a place that are carried along with it */

typedef struct around { uint16_t codes[64]; } around;

static inline const uint16_t *join_around(const jy__look *look, size_t at, around *out)
{
    __m512i low = _mm512_loadu_si512(look->low + at - BEFORE), high = _mm512_loadu_si512(look->high + at - BEFORE);
    __m512i low_words = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(low)), high_words = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(high));
    _mm512_storeu_si512(out->codes, _mm512_or_si512(_mm512_slli_epi16(high_words, 8), low_words));
    low_words = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(low, 1));
    high_words = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(high, 1));
    _mm512_storeu_si512(out->codes + 32, _mm512_or_si512(_mm512_slli_epi16(high_words, 8), low_words));
    return out->codes;
}

static inline uint32_t code_at(const jy__look *look, size_t at) { return (uint32_t)look->high[at] << 8 | look->low[at]; }

static inline void look_at(jy__look *look, size_t at)
{
    around near;
    if (jy__pairs_have(look->filter, code_at(look, at), code_at(look, at + 1)) || jy__bit(look->filter->fillers, code_at(look, at + 1)))
        jy__stream_place(look->scan, join_around(look, at, &near), BEFORE, jy__avx512_place(look, at));
}

static void ask_few(const jy__look *look, uint64_t words[WORDS])
{
    const windows first = load_windows(look->filter->first), second = load_windows(look->filter->second);
    const filler_windows fillers = load_fillers(look->filter);
    for (size_t at = look->from; at < look->end; at += 64) {
        __m512i begins = buckets(look, at, &first), behind = filler_behind(look, at, &fillers);
        *words++ = (_mm512_test_epi8_mask(begins, buckets(look, at + 1, &second)) |
                    (_mm512_test_epi8_mask(behind, behind) & _mm512_test_epi8_mask(begins, begins))) & jy__until(at, look->end);
    }
}

void jy__avx512_look_few(jy__look *look)
{
    uint64_t words[WORDS];
    ask_few(look, words);
    for (size_t at = look->from; at < look->end && !look->scan->stop; at += 64)
        for (uint64_t bits = words[(at - look->from) / 64]; bits; bits &= bits - 1)
            look_at(look, at + (size_t)__builtin_ctzll(bits));
}

static void ask_singles(const jy__look *look, uint64_t words[WORDS])
{
    const windows single = load_windows(look->filter->single);
    for (size_t at = look->from; at < look->end; at += 64) {
        __m512i found = buckets(look, at, &single);
        *words++ = _mm512_test_epi8_mask(found, found) & jy__until(at, look->end);
    }
}

void jy__avx512_look_singles(jy__look *look)
{
    uint64_t words[WORDS];
    ask_singles(look, words);
    for (size_t at = look->from; at < look->end && !look->scan->stop; at += 64)
        for (uint64_t bits = words[(at - look->from) / 64]; bits; bits &= bits - 1) {
            size_t index = at + (size_t)__builtin_ctzll(bits);
            if (jy__bit(look->filter->singles, code_at(look, index)))
                jy__match_verify(look->scan, jy__avx512_place(look, index));
        }
}
