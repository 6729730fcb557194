/* What stands between the codes of phrases that are not side by side: blanks, marks, bad bytes, what is invisible. In: the first and last codes of some phrases,
 * sixteen at a time. Out: how much of it was passed; or that nothing comes of the place, where something parts them and no way may begin behind that; what else
 * there is is not told here (match_gaps.c). */
#include "match/avx512/match_avx512_whole.h"

/* On the way from one code to the next: how much of what may be skipped was passed, as jy__wholes has it, and how many bytes that were. */
typedef struct passing { const jy__look *look; __m512i at, last, marks, between; } passing;

/* What is not a single blank: of the same few bytes it is asked once. Returns those that pass. text: four bytes of each, from there on. */
static __attribute__((noinline)) __mmask16 pass_others(passing *p, __mmask16 lanes, __m512i here, __m512i step, __m512i text)
{
    const __m512i left = _mm512_slli_epi32(_mm512_subs_epu16(_mm512_set1_epi32(7), step), 3); /* bits that are not its own */
    const __mmask16 brief = _mm512_cmple_epu32_mask(step, _mm512_set1_epi32(7));
    const __m512i own = _mm512_srlv_epi32(_mm512_sllv_epi32(text, left), left);
    _Alignas(64) int32_t begins[16];
    _Alignas(64) uint32_t steps[16];
    __mmask16 open = 0;
    _mm512_store_si512(begins, here);
    _mm512_store_si512(steps, step);
    while (lanes) {
        const int lane = __builtin_ctz(lanes);
        const __m512i one = _mm512_set1_epi32(lane), first = _mm512_permutexvar_epi32(one, own);
        const __mmask16 alike = _mm512_mask_cmpeq_epi32_mask(lanes & brief, own, first) & _mm512_cmpeq_epi32_mask(step, _mm512_permutexvar_epi32(one, step));
        const __mmask16 same = (__mmask16)(alike | 1u << lane);
        lanes &= (__mmask16)~same;
        if (steps[lane] - 3 > JY__GAP_LONGEST)
            continue;
        const jy__gap *gap = jy__match_gap(p->look->scan, p->look->base + (size_t)(ptrdiff_t)begins[lane] + 3, steps[lane] - 3);
        if (!gap->open)
            continue;
        p->marks = _mm512_mask_add_epi32(p->marks, same, p->marks, _mm512_set1_epi32((int)(gap->skipped | (uint32_t)gap->invisible << 24)));
        open |= same;
    }
    return open;
}

/* Lanes that go on from the code they are at. parted: of the others those of which nothing comes. */
static inline __mmask16 pass_gaps(passing *p, __mmask16 lanes, __mmask16 *parted)
{
    const __m512i zero = _mm512_setzero_si512(), three = _mm512_set1_epi32(3);
    const __m512i two = _mm512_mask_i32gather_epi32(zero, lanes, p->at, p->look->offsets, 2), here = signed_of(two);
    const __m512i step = jy__low_of(_mm512_sub_epi32(_mm512_srli_epi32(two, 16), here));
    const __mmask16 apart = _mm512_mask_cmpneq_epi32_mask(lanes, step, three);
    if (!apart)
        return lanes;
    const __m512i text = _mm512_mask_i32gather_epi32(zero, apart, here, p->look->scan->text.ptr + p->look->base + 3, 1);
    const __mmask16 blank = _mm512_mask_cmpeq_epi32_mask(apart, step, _mm512_set1_epi32(4)) &
                            _mm512_cmpeq_epi32_mask(_mm512_and_si512(text, _mm512_set1_epi32(0xFF)), _mm512_set1_epi32(' '));
    const __mmask16 others = apart & (__mmask16)~blank, open = others ? pass_others(p, others, here, step, text) : 0, shut = others & (__mmask16)~open;
    p->marks = _mm512_mask_add_epi32(p->marks, blank, p->marks, ones());
    p->between = _mm512_mask_add_epi32(p->between, blank | open, p->between, _mm512_sub_epi32(step, three));
    if (shut)
        *parted |= jy__parted_at(p->look, shut, p->at);
    return lanes & (__mmask16)~shut;
}

/* Lanes whose forms may be said with what stands between. */
static inline __mmask16 may_be_gapped(const passing *p, __mmask16 lanes, __m512i form)
{
    const __m512i folds = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes, _mm512_slli_epi32(form, 3), (const int *)(const void *)p->look->scan->matcher->forms + FORM_COUNT, 4);
    const __mmask16 gaps = _mm512_test_epi32_mask(p->marks, _mm512_set1_epi32(0xFF)), invisible = _mm512_test_epi32_mask(p->marks, _mm512_set1_epi32((int)0xFF000000));
    return lanes & (have(folds, 1u << JY_FOLD_GAPS) | (__mmask16)~gaps) & (have(folds, 1u << JY_FOLD_INVISIBLE) | (__mmask16)~invisible);
}

/* Where something parts them nothing comes of the place, unless a way may begin behind that; what else there is, is not told here. */
static inline void count_gaps(const jy__look *look, const gapped *list, size_t i, jy__wholes *out)
{
    const __mmask16 lanes = (__mmask16)jy__room_for(list->count - i);
    const __m512i number = _mm512_loadu_si512(list->numbers + i), zero = _mm512_setzero_si512();
    passing p = { look, _mm512_maskz_loadu_epi32(lanes, list->first + i), _mm512_maskz_loadu_epi32(lanes, list->last + i), zero, zero };
    __mmask16 left = lanes, parted = 0, going;
    while ((going = _mm512_mask_cmplt_epi32_mask(left, p.at, p.last)) != 0) {
        left &= (__mmask16)~going | pass_gaps(&p, going, &parted);
        p.at = _mm512_add_epi32(p.at, ones());
    }
    left = may_be_gapped(&p, left, _mm512_mask_i32gather_epi32(zero, left, number, out->forms, 4));
    const __m512i marks = _mm512_mask_i32gather_epi32(zero, lanes, number, out->marks, 4);
    _mm512_mask_i32scatter_epi32(out->marks, left, number, _mm512_or_si512(marks, p.marks), 4);
    _mm512_mask_i32scatter_epi32(out->between, left, number, p.between, 4);
    _mm512_mask_i32scatter_epi32(out->sizes, lanes & (__mmask16)~left, number, _mm512_maskz_set1_epi32(parted & _mm512_testn_epi32_mask(marks, marks), JY__WHOLE_NONE), 4);
}

void jy__avx512_find_gaps(const jy__look *look, const gapped *between, jy__wholes *out)
{
    for (size_t i = 0; i < between->count; i += 16)
        count_gaps(look, between, i, out);
}
