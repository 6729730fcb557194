/* Findings of matches, eight at a time where the processor can: where phrases are crowded writing these is a fifth of a scan. In: matches that are findings as
 * they are. Out: a brief of each. A match is three words of 64 bits, a brief three of 32:
 *
 *   begin | length, confidence, literal | counts      ─▶      literal | begin, in the excerpt | length, number of how it differs */
#include "judge/judge_record.h"
#include "match/match_eight.h"

#define SOME 8u

static inline bool set_each(jy_result *result, jy__brief *own, const jy__match *match, size_t count, size_t begin)
{
    bool done = true;
    for (size_t i = 0; done && i < count; i++)
        done = jy__brief_set_match(result, own + i, match + i, begin);
    return done;
}

#ifdef JY__BY_EIGHTS
_Static_assert(sizeof(jy__brief) == 12 && offsetof(jy__brief, begin) == 4 && offsetof(jy__brief, length) == 8 && offsetof(jy__brief, altered) == 10 &&
               sizeof(jy__match_recent) == 16 && offsetof(jy__match_recent, doubt) == 8 && offsetof(jy__match_recent, number) == 12, "as the words are put together");

/* False: of some it is not known how they differ, or there is no room in a brief for what they are; nothing was written then. */
JY__WITH_EIGHTS static inline bool set_eight(const jy_result *result, jy__brief *own, const jy__match *match, size_t begin)
{
    const __m512i ones = _mm512_set1_epi64(UINT32_MAX), factor = _mm512_set1_epi64((long long)UINT64_C(0x9E3779B97F4A7C15));
    const jy__eight r = jy__eight_of(match);
    const __m512i from = _mm512_sub_epi64(r.begin, _mm512_set1_epi64((long long)begin)), length = jy__eight_lengths(&r);
    const __m512i doubt = _mm512_sub_epi64(_mm512_set1_epi64(100), jy__eight_confidences(&r));
    const __m512i hash = _mm512_srli_epi64(_mm512_mullo_epi64(_mm512_xor_si512(r.counts, doubt), factor), 60), at = _mm512_slli_epi64(hash, 1);
    const __m512i counts = _mm512_i64gather_epi64(at, result->recent_matches, 8), known = _mm512_i64gather_epi64(at, &result->recent_matches[0].doubt, 8);
    const __m512i number = _mm512_srli_epi64(known, 32);
    const __mmask8 other = _mm512_cmpneq_epi64_mask(counts, r.counts) | _mm512_cmpneq_epi64_mask(_mm512_and_si512(known, ones), doubt);
    const __mmask8 far = _mm512_cmpgt_epu64_mask(from, ones) | _mm512_cmpge_epu64_mask(length, _mm512_set1_epi64(JY__BRIEF_FAR)) |
                         _mm512_cmpgt_epu64_mask(number, _mm512_set1_epi64(UINT16_MAX));
    if (other | far)
        return false;
    const __m256i literal = jy__eight_literals(&r), last = _mm512_cvtepi64_epi32(_mm512_or_si512(length, _mm512_slli_epi64(number, 16)));
    const __m512i two = _mm512_inserti64x4(_mm512_castsi256_si512(literal), _mm512_cvtepi64_epi32(from), 1), third = _mm512_castsi256_si512(last);
    const __m512i low = _mm512_set_epi32(5, 20, 12, 4, 19, 11, 3, 18, 10, 2, 17, 9, 1, 16, 8, 0), high = _mm512_set_epi32(0, 0, 0, 0, 0, 0, 0, 0, 23, 15, 7, 22, 14, 6, 21, 13);
    _mm512_storeu_si512(own, _mm512_permutex2var_epi32(two, low, third));
    _mm256_storeu_si256((void *)((char *)own + 64), _mm512_castsi512_si256(_mm512_permutex2var_epi32(two, high, third)));
    return true;
}

JY__WITH_EIGHTS static bool set_by_eights(jy_result *result, jy__brief *own, const jy__match *match, size_t count, size_t begin)
{
    bool done = true;
    for (; done && count >= SOME; own += SOME, match += SOME, count -= SOME)
        done = set_eight(result, own, match, begin) || set_each(result, own, match, SOME, begin);
    return done && set_each(result, own, match, count, begin);
}
#endif

bool jy__brief_set_matches(jy_result *result, jy__brief *own, const jy__match *match, size_t count, size_t begin)
{
#ifdef JY__BY_EIGHTS
    if (count >= SOME && jy__has_eights())
        return set_by_eights(result, own, match, count, begin);
#endif
    return set_each(result, own, match, count, begin);
}
