/* Runs of masks. In: a block. Out: its masks right behind masks, from which nothing begins and to which nothing leads (match_mask.c), so that of a run the
 * first alone is looked at.
 *
 *   text     没 ＊ █ *  了      masks     . 1 1 1 .
 *                               ends      . . 1 1 1     moved by as many bytes as each has
 *                               inside    . . 1 1 .  */
#include "match/avx512/match_avx512_row.h"

static uint64_t ascii_masks(const jy__filter *filter, __m512i a)
{
    const __m512i class = _mm512_permutex2var_epi8(_mm512_loadu_si512(filter->ascii), a, _mm512_loadu_si512(filter->ascii + 64));
    return _mm512_cmpeq_epi8_mask(class, _mm512_set1_epi8(JY__ASCII_MASK)) & ~_mm512_movepi8_mask(a);
}

/* Of two bytes or three; they are all there is but for ASCII. */
static uint64_t far_masks(const jy__filter *filter, __m512i a, __m512i b, __m512i c, uint64_t *two)
{
    const uint64_t leads = _mm512_movepi8_mask(a) & ~jy__conts(a);
    uint64_t found = 0;
    for (int i = 0; i < 2; i++) {
        const uint8_t (*groups)[64] = filter->mask_groups[i];
        const __m512i tables[3] = { _mm512_loadu_si512(groups[0]), _mm512_loadu_si512(groups[1]), _mm512_loadu_si512(groups[2]) };
        found |= jy__group_bits(a, b, c, tables, leads);
    }
    found &= jy__conts(b);
    *two = found & _mm512_cmplt_epu8_mask(a, _mm512_set1_epi8((char)0xE0));
    return found & ~*two & jy__conts(c);
}

uint64_t jy__avx512_inside_masks(jy__reader *r, size_t at, __m512i a, __m512i b, __m512i c)
{
    uint64_t two, three = far_masks(r->filter, a, b, c, &two), one = ascii_masks(r->filter, a), behind = r->masked == at ? r->mask_ends : 0;
    behind |= one << 1 | two << 2 | three << 3;
    r->masked = at + JY__BLOCK;
    r->mask_ends = one >> 63 | two >> 62 | three >> 61;
    return (one | two | three) & behind;
}
