/* Step two by sound: as jy__sound_next(), 16 codes at a time; the second look is for the few that pass the first. */
#include "match/match_avx512.h"

static inline __m512i sets_of(const jy__sound_keys *keys, const uint16_t *codes)
{
    __m512i at = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(const void *)codes));
    at = _mm512_min_epu32(_mm512_sub_epi32(at, _mm512_set1_epi32(JY__CODE_FIRST)), _mm512_set1_epi32(JY__CODE_COUNT)); /* what is no code wraps to the last place */
    return _mm512_and_si512(_mm512_i32gather_epi32(at, keys->set_of, 2), _mm512_set1_epi32(0xFFFF));
}

static inline uint32_t set_pair_bits(const jy__sound_keys *keys, const uint64_t *bits, __m512i a, __m512i b)
{
    const __m512i number = _mm512_set1_epi32(JY__SOUND_FILLER - 1);
    __m512i at = _mm512_sll_epi32(_mm512_and_si512(a, number), _mm_cvtsi32_si128((int)keys->set_bits));
    return _mm512_test_epi32_mask(jy__bits_at(bits, _mm512_or_si512(at, _mm512_and_si512(b, number))), _mm512_set1_epi32(1));
}

void jy__avx512_look_sound(jy__look *look)
{
    const jy__matcher *matcher = look->scan->matcher;
    const jy__sound_keys *keys = &matcher->sound_keys;
    __m512i a, b, next = sets_of(keys, look->joined + look->from);
    for (size_t at = look->from; at < look->end && !look->scan->stop; at += 16) {
        uint32_t fillers, bits;
        a = next;
        next = sets_of(keys, look->joined + at + 16);
        b = _mm512_alignr_epi32(next, a, 1);
        fillers = _mm512_test_epi32_mask(b, _mm512_set1_epi32(JY__SOUND_FILLER));
        bits = set_pair_bits(keys, keys->begins, a, b);
        if (bits && !keys->has_pairs) {
            __m512i c = _mm512_alignr_epi32(next, a, 2);
            bits &= set_pair_bits(keys, keys->ends, b, c) | _mm512_test_epi32_mask(c, _mm512_set1_epi32(JY__SOUND_FILLER));
        }
        for (bits = (bits | fillers) & (uint32_t)jy__until(at, look->end) & 0xFFFF; bits; bits &= bits - 1) {
            size_t index = at + (size_t)__builtin_ctz(bits);
            if (jy__sound_next(matcher, look->joined, index, index + 1) == index)
                jy__sound_place(look->scan, look->joined, index, jy__avx512_place(look, index));
        }
    }
}
