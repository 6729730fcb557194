/* What stands between the codes of phrases that are not side by side: blanks, marks, bad bytes, what is invisible. In: the first and last codes of some phrases,
 * sixteen at a time. Out: how much of it was passed; or that nothing comes of the place, where something parts them and no way may begin behind that; what else
 * there is is not told here (match_gaps.c). */
#include "match/avx512/match_avx512_whole.h"

/* Few bytes that stood between codes of the phrases before, what comes of them, and how many bytes there are from code to code: a text that has something
 * between its characters mostly has the same few things again. */
#define KINDS 4u
typedef struct kinds { uint32_t bytes[KINDS], steps[KINDS], marks[KINDS]; bool open[KINDS]; uint32_t count; } kinds;

/* On the way from one code to the next: how much of what may be skipped was passed, as jy__wholes has it, and how many bytes that were. */
typedef struct passing { const jy__look *look; kinds *known; __m512i at, last, marks, between; } passing;

/* What stands between two codes: its bytes, where they are four at the most, and from where the first code begins; bytes from code to code. */
typedef struct others { __m512i own, here, step; __mmask16 brief; } others;

static inline uint32_t marks_of(const jy__gap *gap) { return gap->skipped | (uint32_t)gap->invisible << 24; }

static void learn(kinds *known, uint32_t bytes, uint32_t step, const jy__gap *gap)
{
    const uint32_t i = known->count++ % KINDS;
    known->bytes[i] = bytes;
    known->steps[i] = step;
    known->marks[i] = marks_of(gap);
    known->open[i] = gap->open;
}

/* Of the same few bytes it is asked once. Returns those that pass. */
static __attribute__((noinline)) __mmask16 pass_others(passing *p, __mmask16 lanes, const others *o)
{
    _Alignas(64) int32_t begins[16];
    _Alignas(64) uint32_t steps[16], bytes[16];
    __mmask16 open = 0;
    _mm512_store_si512(begins, o->here);
    _mm512_store_si512(steps, o->step);
    _mm512_store_si512(bytes, o->own);
    while (lanes) {
        const int lane = __builtin_ctz(lanes);
        const __mmask16 alike = _mm512_mask_cmpeq_epi32_mask(lanes & o->brief, o->own, _mm512_set1_epi32((int)bytes[lane])) &
                                _mm512_cmpeq_epi32_mask(o->step, _mm512_set1_epi32((int)steps[lane]));
        const __mmask16 same = (__mmask16)(alike | 1u << lane);
        lanes &= (__mmask16)~same;
        if (steps[lane] - 3 > JY__GAP_LONGEST)
            continue;
        const jy__gap *gap = jy__match_gap(p->look->scan, p->look->base + (size_t)(ptrdiff_t)begins[lane] + 3, steps[lane] - 3);
        if (o->brief >> lane & 1)
            learn(p->known, bytes[lane], steps[lane], gap);
        if (!gap->open)
            continue;
        p->marks = _mm512_mask_add_epi32(p->marks, same, p->marks, _mm512_set1_epi32((int)marks_of(gap)));
        open |= same;
    }
    return open;
}

/* The same where it is known already; those of which it is not stay in *lanes. */
static inline __mmask16 pass_known(passing *p, __mmask16 *lanes, const others *o)
{
    const kinds *known = p->known;
    const uint32_t count = known->count < KINDS ? known->count : KINDS;
    __mmask16 open = 0;
    for (uint32_t i = 0; i < count && *lanes; i++) {
        const __mmask16 same = _mm512_mask_cmpeq_epi32_mask(*lanes & o->brief, o->own, _mm512_set1_epi32((int)known->bytes[i])) &
                               _mm512_cmpeq_epi32_mask(o->step, _mm512_set1_epi32((int)known->steps[i]));
        const __mmask16 passes = known->open[i] ? same : 0;
        p->marks = _mm512_mask_add_epi32(p->marks, passes, p->marks, _mm512_set1_epi32((int)known->marks[i]));
        open |= passes;
        *lanes &= (__mmask16)~same;
    }
    return open;
}

/* text: four bytes of each, from behind the code on. */
static inline others others_of(__m512i here, __m512i step, __m512i text)
{
    const __m512i left = _mm512_slli_epi32(_mm512_subs_epu16(_mm512_set1_epi32(7), step), 3); /* bits that are not its own */
    return (others){ _mm512_srlv_epi32(_mm512_sllv_epi32(text, left), left), here, step, _mm512_cmple_epu32_mask(step, _mm512_set1_epi32(7)) };
}

/* Of lanes within their phrases, of which `left` are asked for, those that go on from the code they are at; what is loaded waits for none of them. parted: of
 * the others those of which nothing comes. */
static inline __mmask16 pass_gaps(passing *p, __mmask16 within, __mmask16 left, __mmask16 *parted)
{
    const __m512i zero = _mm512_setzero_si512(), three = _mm512_set1_epi32(3);
    const __m512i two = _mm512_mask_i32gather_epi32(zero, within, p->at, p->look->offsets, 2), here = signed_of(two);
    const __m512i step = jy__low_of(_mm512_sub_epi32(_mm512_srli_epi32(two, 16), here));
    const __mmask16 far = _mm512_mask_cmpneq_epi32_mask(within, step, three), apart = far & left;
    if (!apart)
        return left;
    const __m512i text = _mm512_mask_i32gather_epi32(zero, far, here, p->look->scan->text.ptr + p->look->base + 3, 1);
    const __mmask16 blank = _mm512_mask_cmpeq_epi32_mask(apart, step, _mm512_set1_epi32(4)) &
                            _mm512_cmpeq_epi32_mask(_mm512_and_si512(text, _mm512_set1_epi32(0xFF)), _mm512_set1_epi32(' '));
    const others o = others_of(here, step, text);
    __mmask16 unknown = apart & (__mmask16)~blank, open = pass_known(p, &unknown, &o);
    if (unknown)
        open |= pass_others(p, unknown, &o);
    const __mmask16 shut = apart & (__mmask16)~(blank | open);
    p->marks = _mm512_mask_add_epi32(p->marks, blank, p->marks, ones());
    p->between = _mm512_mask_add_epi32(p->between, blank | open, p->between, _mm512_sub_epi32(step, three));
    if (shut)
        *parted |= jy__parted_at(p->look, shut, p->at);
    return left & (__mmask16)~shut;
}

/* Lanes whose forms have no marks of their own: what stands in the place of one is no gap, and where these are is not told here. */
static inline __mmask16 are_without_stops(const jy__matcher *matcher, __mmask16 lanes, __m512i form)
{
    if (!matcher->has_stops)
        return lanes;
    const int *words = (const int *)(const void *)matcher->forms + FORM_FLAGS;
    const __m512i flags = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes, _mm512_slli_epi32(form, 3), words, 4);
    return lanes & (__mmask16)~have(flags, (uint32_t)JY__FORM_STOPS << 16);
}

/* Lanes whose forms may be said with what stands between. */
static inline __mmask16 may_be_gapped(const passing *p, __mmask16 lanes, __m512i form)
{
    const __m512i folds = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes, _mm512_slli_epi32(form, 3), (const int *)(const void *)p->look->scan->matcher->forms + FORM_COUNT, 4);
    const __mmask16 gaps = _mm512_test_epi32_mask(p->marks, _mm512_set1_epi32(0xFF)), invisible = _mm512_test_epi32_mask(p->marks, _mm512_set1_epi32((int)0xFF000000));
    lanes = are_without_stops(p->look->scan->matcher, lanes, form);
    return lanes & (have(folds, 1u << JY_FOLD_GAPS) | (__mmask16)~gaps) & (have(folds, 1u << JY_FOLD_INVISIBLE) | (__mmask16)~invisible);
}

/* Where something parts them nothing comes of the place, unless a way may begin behind that; what else there is, is not told here. */
static inline void count_gaps(const jy__look *look, const gapped *list, size_t i, kinds *known, jy__wholes *out)
{
    const __mmask16 lanes = (__mmask16)jy__room_for(list->count - i);
    const __m512i zero = _mm512_setzero_si512();
    const numbered items = numbered_at(list->numbers + i, lanes);
    passing p = { look, known, _mm512_maskz_loadu_epi32(lanes, list->first + i), _mm512_maskz_loadu_epi32(lanes, list->last + i), zero, zero };
    __mmask16 left = lanes, parted = 0, within;
    while (((within = _mm512_mask_cmplt_epi32_mask(lanes, p.at, p.last)) & left) != 0) {
        left = pass_gaps(&p, within, left, &parted);
        p.at = _mm512_add_epi32(p.at, ones());
    }
    left = may_be_gapped(&p, left, read_numbered(out->forms, left, &items));
    const __m512i marks = read_numbered(out->marks, lanes, &items);
    write_numbered(out->marks, left, &items, _mm512_or_si512(marks, p.marks));
    write_numbered(out->between, left, &items, p.between);
    write_numbered(out->sizes, lanes & (__mmask16)~left, &items, _mm512_maskz_set1_epi32(parted & _mm512_testn_epi32_mask(marks, marks), JY__WHOLE_NONE));
}

void jy__avx512_find_gaps(const jy__look *look, const gapped *between, jy__wholes *out)
{
    kinds known = { .count = 0 };
    for (size_t i = 0; i < between->count; i += 16)
        count_gaps(look, between, i, &known, out);
}
