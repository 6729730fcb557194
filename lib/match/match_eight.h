/* match_eight — eight matches at a time, for those who ask the same of many: their words as three rows. A match is begin | length, confidence, literal | counts,
 * each of 64 bits. */
#ifndef JY_MATCH_EIGHT_H
#define JY_MATCH_EIGHT_H

#include "match/match.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define JY__BY_EIGHTS
#include <immintrin.h>
#define JY__WITH_EIGHTS __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl")))

static inline bool jy__has_eights(void)
{
    return __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}

_Static_assert(sizeof(jy__match) == 24 && offsetof(jy__match, begin) == 0 && offsetof(jy__match, literal) == 12 && offsetof(jy__match, count) == 16, "three words");

typedef struct jy__eight { __m512i begin, second, counts; } jy__eight;

JY__WITH_EIGHTS static inline jy__eight jy__eight_of(const jy__match *match)
{
    const __m512i a = _mm512_loadu_si512(match), b = _mm512_loadu_si512((const char *)match + 64), c = _mm512_loadu_si512((const char *)match + 128);
    const __m512i begin = _mm512_permutex2var_epi64(a, _mm512_set_epi64(0, 0, 15, 12, 9, 6, 3, 0), b);
    const __m512i second = _mm512_permutex2var_epi64(a, _mm512_set_epi64(0, 0, 0, 13, 10, 7, 4, 1), b);
    const __m512i counts = _mm512_permutex2var_epi64(a, _mm512_set_epi64(0, 0, 0, 14, 11, 8, 5, 2), b);
    return (jy__eight){ _mm512_mask_permutexvar_epi64(begin, 0xC0, _mm512_set_epi64(5, 2, 0, 0, 0, 0, 0, 0), c),
                        _mm512_mask_permutexvar_epi64(second, 0xE0, _mm512_set_epi64(6, 3, 0, 0, 0, 0, 0, 0), c),
                        _mm512_mask_permutexvar_epi64(counts, 0xE0, _mm512_set_epi64(7, 4, 1, 0, 0, 0, 0, 0), c) };
}

JY__WITH_EIGHTS static inline __m512i jy__eight_lengths(const jy__eight *of) { return _mm512_and_si512(of->second, _mm512_set1_epi64(0xFFFFFF)); }
JY__WITH_EIGHTS static inline __m512i jy__eight_confidences(const jy__eight *of) { return _mm512_and_si512(_mm512_srli_epi64(of->second, 24), _mm512_set1_epi64(0x7F)); }
JY__WITH_EIGHTS static inline __m256i jy__eight_literals(const jy__eight *of) { return _mm512_cvtepi64_epi32(_mm512_srli_epi64(of->second, 32)); }
#endif

#endif
