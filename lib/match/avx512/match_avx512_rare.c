/* Characters that are rare by their bytes. In: those of a block. Out: those that are so by their code points, too, sixteen asked at a time. Some ranges of bytes
 * hold many that are usual, and to look at a place takes longer than to ask. */
#include "match/avx512/match_avx512_row.h"

/* Numbers of sixteen code points each, by characters' bytes; UINT32_MAX: it is beyond those of which such are known. */
static inline __m512i nears_of(__m512i a, __m512i b, __m512i c, __m512i d)
{
    const __m512i low = _mm512_set1_epi32(0x3F), two = _mm512_and_si512(b, low), three = _mm512_and_si512(c, low), four = _mm512_and_si512(d, low);
    const __mmask16 of_two = _mm512_cmplt_epu32_mask(a, _mm512_set1_epi32(0xE0)), of_four = _mm512_cmpge_epu32_mask(a, _mm512_set1_epi32(0xF0));
    const __m512i lead = _mm512_and_si512(a, _mm512_mask_mov_epi32(_mm512_set1_epi32(0xF), of_two, _mm512_set1_epi32(0x1F)));
    __m512i cp = _mm512_or_si512(_mm512_slli_epi32(lead, 6), two);
    cp = _mm512_mask_or_epi32(cp, (__mmask16)~of_two, _mm512_slli_epi32(cp, 6), three);
    cp = _mm512_mask_or_epi32(cp, of_four, _mm512_slli_epi32(_mm512_and_si512(cp, _mm512_set1_epi32(0x7FFF)), 6), four);
    return _mm512_mask_mov_epi32(_mm512_srli_epi32(cp, 4), _mm512_cmpge_epu32_mask(cp, _mm512_set1_epi32(JY__RARE_END)), _mm512_set1_epi32(-1));
}
_Static_assert(JY__RARE_NEAR == 16, "code points of a number");

static inline __m512i part_of(__m512i bytes, uint64_t bits) { return _mm512_cvtepu8_epi32(_mm512_castsi512_si128(_mm512_maskz_compress_epi8(bits, bytes))); }

/* Of characters that are rare by their bytes those that are so by their code points: as may_be_rare() of match_rare.c. */
uint64_t jy__avx512_keep_near(const jy__filter *filter, const __m512i bytes[4], uint64_t rare)
{
    uint64_t kept = 0;
    for (uint64_t left = rare, some; left; left &= ~some) {
        some = _pdep_u64(0xFFFF, left);
        const __m512i near = nears_of(part_of(bytes[0], some), part_of(bytes[1], some), part_of(bytes[2], some), part_of(bytes[3], some));
        const __mmask16 beyond = _mm512_cmpeq_epi32_mask(near, _mm512_set1_epi32(-1));
        const __m512i known = _mm512_maskz_mov_epi32((__mmask16)~beyond, near);
        kept |= _pdep_u64(_mm512_test_epi32_mask(jy__bits_at(filter->rare_near, known), _mm512_set1_epi32(1)) | beyond, some);
    }
    return kept;
}
