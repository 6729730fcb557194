/* match_avx512_threes — how three codes are asked of the sieve (match_sieve.c), for the files that look for keys of very many forms. */
#ifndef JY_MATCH_AVX512_THREES_H
#define JY_MATCH_AVX512_THREES_H

#include "match/avx512/match_avx512_row.h"

typedef struct jy__sieve { const uint32_t *words; __m512i at, marks; } jy__sieve;

static inline jy__sieve jy__load_sieve(const jy__filter *filter)
{
    const uint32_t last = ((uint32_t)1 << filter->sieve_bits) - 1;
    return (jy__sieve){ filter->sieve, _mm512_set1_epi32((int)(last << 2)), _mm512_loadu_si512(filter->sieve_marks) };
}

/* The other hash of pairs: that of three codes is the sum of both pairs'. */
static inline __m512i jy__others_of(__m512i pairs)
{
    return _mm512_madd_epi16(pairs, _mm512_set1_epi32((int)((uint32_t)JY__SIEVE_B << 16 | JY__SIEVE_A)));
}

static inline __m512i jy__sieve_at(const jy__sieve *s, __m512i pairs) { return _mm512_and_si512(jy__mixes_of(pairs), s->at); }

static inline __mmask16 jy__sieve_has(const jy__sieve *s, __m512i words, __m512i other) { return _mm512_testn_epi32_mask(words, _mm512_permutexvar_epi8(other, s->marks)); }

/* Lanes in which three may stand, or the first two whatever is behind them; next: the other hash of the last two. */
static inline __mmask16 jy__have_threes(const jy__sieve *s, __m512i words, __m512i other, __m512i next)
{
    return jy__sieve_has(s, words, other) | jy__sieve_has(s, words, _mm512_add_epi32(other, next));
}

#endif
