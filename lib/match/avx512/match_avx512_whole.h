/* match_avx512_whole — what is asked of forms at sixteen places at a time: the words of a form, the codes around its key, and where these stand. */
#ifndef JY_MATCH_AVX512_WHOLE_H
#define JY_MATCH_AVX512_WHOLE_H

#include "match/avx512/match_avx512_row.h"

static inline __m512i ones(void) { return _mm512_set1_epi32(1); }

/* What codes fold to; 0: to no single code. The same in both halves of each lane. */
static inline __m512i symbol_of(__m512i codes)
{
    __m512i at = _mm512_min_epu32(_mm512_sub_epi32(codes, _mm512_set1_epi32(JY__CODE_FIRST)), _mm512_set1_epi32(JY__CODE_COUNT));
    return jy__low_of(_mm512_i32gather_epi32(at, jy__fold_codes, 2));
}
static inline __m512i halves_of(__m512i low, __m512i high) { return _mm512_or_si512(low, _mm512_slli_epi32(high, 16)); }
static inline __m512i codes_at(const jy__look *look, __m512i at, int from) { return _mm512_i32gather_epi32(at, look->joined + from, 2); }
static inline __m512i codes_of(const jy__look *look, __mmask16 lanes, __m512i at, int from)
{
    return _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes, at, look->joined + from, 2);
}

/* Lanes of which all before and around the form is known. */
static inline __mmask16 begin_here(const jy__look *look, __m512i first)
{
    return _mm512_cmpge_epi32_mask(first, _mm512_set1_epi32((int)(look->placed > JY__STREAM_PAD ? look->placed : JY__STREAM_PAD)));
}

static inline __m512i signed_of(__m512i words) { return _mm512_srai_epi32(_mm512_slli_epi32(words, 16), 16); }

/* Of each lane the word of 16 bits at its place in a list, behind which some are; 0 elsewhere. */
static inline __m512i words_at(__mmask16 lanes, __m512i at, const uint16_t *list)
{
    return jy__low_of(_mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes, at, list, 2));
}

/* Where the codes from first to last stand. */
typedef struct bounds { __m512i begin, size; } bounds;

static inline bounds bounds_between(__m512i first, __m512i last, __m512i begin, __m512i end)
{
    return (bounds){ begin, halves_of(_mm512_add_epi32(_mm512_sub_epi32(end, begin), _mm512_set1_epi32(3)),
                                      _mm512_add_epi32(_mm512_sub_epi32(last, first), ones())) };
}

static inline bounds bounds_of(const jy__look *look, __mmask16 lanes, __m512i first, __m512i last)
{
    const __m512i zero = _mm512_setzero_si512();
    const __m512i begin = signed_of(_mm512_mask_i32gather_epi32(zero, lanes, first, look->offsets, 2));
    const __m512i end = signed_of(_mm512_mask_i32gather_epi32(zero, lanes, last, look->offsets, 2));
    return bounds_between(first, last, begin, end);
}

/* Places whose forms are to be asked for their symbols: their numbers, where they are, and the forms. */
typedef struct asked { uint32_t numbers[JY__BATCH + 16], at[JY__BATCH + 16], forms[JY__BATCH + 16]; size_t count; } asked;

/* The numbers of sixteen from that one on. */
static inline __m512i number_of(size_t first)
{
    return _mm512_add_epi32(_mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0), _mm512_set1_epi32((int)first));
}

/* Sixteen numbers of a list, which mostly follow one another: then its words are read and written as they lie. */
typedef struct numbered { __m512i number; uint32_t first; bool row; } numbered;

static inline numbered numbered_at(const uint32_t *numbers, __mmask16 lanes)
{
    const __m512i number = _mm512_loadu_si512(numbers);
    return (numbered){ number, numbers[0], !_mm512_mask_cmpneq_epi32_mask(lanes, number, number_of(numbers[0])) };
}

static inline __m512i read_numbered(const uint32_t *list, __mmask16 lanes, const numbered *of)
{
    return of->row ? _mm512_maskz_loadu_epi32(lanes, list + of->first) : _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes, of->number, list, 4);
}

static inline void write_numbered(uint32_t *list, __mmask16 lanes, const numbered *of, __m512i words)
{
    if (of->row)
        _mm512_mask_storeu_epi32(list + of->first, lanes, words);
    else
        _mm512_mask_i32scatter_epi32(list, lanes, of->number, words, 4);
}

static inline void ask(asked *list, __mmask16 lanes, __m512i number, __m512i at, __m512i form)
{
    _mm512_storeu_si512(list->numbers + list->count, _mm512_maskz_compress_epi32(lanes, number));
    _mm512_storeu_si512(list->at + list->count, _mm512_maskz_compress_epi32(lanes, at));
    _mm512_storeu_si512(list->forms + list->count, _mm512_maskz_compress_epi32(lanes, form));
    list->count += (size_t)__builtin_popcount(lanes);
}

/* Words of a form: where its symbols begin; its folds, how many symbols it has, number of the first of its key; its flags in the high half; of what kin it is. */
#define FORM_FIRST (offsetof(jy__form, first) / 4)
#define FORM_COUNT (offsetof(jy__form, folds) / 4)
#define FORM_FLAGS (offsetof(jy__form, sound_key) / 4)
#define FORM_KIN (FORM_FLAGS + 1)
#define KIN ((1 << 26) - 1)
_Static_assert(sizeof(jy__form) == 32 && offsetof(jy__form, folds) == FORM_COUNT * 4 && offsetof(jy__form, count) == FORM_COUNT * 4 + 2 &&
               offsetof(jy__form, key) == FORM_COUNT * 4 + 3 && offsetof(jy__form, flags) == FORM_FLAGS * 4 + 2, "as the words are taken apart");

typedef struct forms { __m512i symbols, count, key, flags, folds; } forms;

static inline forms forms_of(const jy__matcher *matcher, __m512i number)
{
    const int *words = (const int *)(const void *)matcher->forms;
    const __m512i at = _mm512_slli_epi32(number, 3), counts = _mm512_i32gather_epi32(at, words + FORM_COUNT, 4);
    return (forms){ _mm512_i32gather_epi32(at, words + FORM_FIRST, 4), _mm512_and_si512(_mm512_srli_epi32(counts, 16), _mm512_set1_epi32(0xFF)),
                    _mm512_srli_epi32(counts, 24), _mm512_srli_epi32(_mm512_i32gather_epi32(at, words + FORM_FLAGS, 4), 16), counts };
}

static inline __mmask16 have(__m512i bits, uint32_t bit) { return _mm512_test_epi32_mask(bits, _mm512_set1_epi32((int)bit)); }

/* A bit for each symbol that a form has. */
typedef struct blooms { __m512i low, high; } blooms;
_Static_assert(offsetof(jy__form, bloom) == 0, "as the words are taken");

static inline blooms blooms_of(const jy__matcher *matcher, __mmask16 lanes, __m512i number)
{
    const int *words = (const int *)(const void *)matcher->forms;
    const __m512i at = _mm512_slli_epi32(number, 3), zero = _mm512_setzero_si512();
    return (blooms){ _mm512_mask_i32gather_epi32(zero, lanes, at, words, 4), _mm512_mask_i32gather_epi32(zero, lanes, at, words + 1, 4) };
}

static inline __mmask16 may_have(const blooms *b, __m512i symbols)
{
    const __m512i bit = _mm512_srli_epi32(_mm512_mullo_epi32(symbols, _mm512_set1_epi32((int)0x9E3779B1u)), 26);
    const __m512i half = _mm512_mask_mov_epi32(b->low, _mm512_test_epi32_mask(bit, _mm512_set1_epi32(32)), b->high);
    return _mm512_test_epi32_mask(_mm512_rorv_epi32(half, bit), ones());
}

/* Lanes whose code may be part of the form, being one of its symbols or several. */
static inline __mmask16 may_be_part(const blooms *b, __m512i symbols) { return may_have(b, symbols) | _mm512_testn_epi32_mask(symbols, symbols); }

/* Lanes in which a way may lead from further back to the code before codes[at], which is of the form; or from that code behind it further on. */
static inline __mmask16 lead_back(const jy__look *look, const blooms *b, __mmask16 lanes, __m512i at)
{
    const __m512i pair = codes_of(look, lanes, at, -3);
    return lanes & (may_be_part(b, symbol_of(_mm512_srli_epi32(pair, 16))) | _mm512_test_epi32_mask(jy__filler_ends(look->filter, pair), ones()));
}

static inline __mmask16 lead_on(const jy__look *look, const blooms *b, __mmask16 lanes, __m512i at)
{
    const __m512i pair = codes_of(look, lanes, at, 2);
    return lanes & (may_be_part(b, symbol_of(jy__low_of(pair))) | _mm512_test_epi32_mask(jy__filler_begins(look->filter, pair), ones()));
}

/* Lanes in which a filler may stand over the form's begin. */
static inline __mmask16 are_begun(const jy__look *look, const forms *f, __mmask16 lanes, __m512i first)
{
    const __mmask16 open = lanes & (__mmask16)~have(f->flags, JY__FORM_PLAIN);
    return open ? open & _mm512_test_epi32_mask(jy__filler_ends(look->filter, codes_of(look, open, first, -1)), ones()) : 0;
}

/* Lanes in which a filler of several codes may stand over the form's end, behind which it would go on. */
static inline __mmask16 are_filled(const jy__look *look, const forms *f, __mmask16 lanes, __m512i last)
{
    const __mmask16 open = lanes & have(f->flags, JY__FORM_FILLS) & (__mmask16)~have(f->flags, JY__FORM_ONE_WAY);
    __m512i begins = _mm512_setzero_si512();
    for (int i = -(JY__FILLER_LONGEST - 2); open && i <= 0; i++)
        begins = _mm512_or_si512(begins, jy__in_pairs(look->filter->filler_begins, codes_of(look, open, last, i)));
    return open & _mm512_test_epi32_mask(begins, ones());
}

/* Phrases of which the codes are known, and not yet what stands between them: their numbers, where they begin and end. */
typedef struct gapped { uint32_t numbers[JY__BATCH + 16], first[JY__BATCH + 16], last[JY__BATCH + 16]; size_t count; } gapped;

static inline void put_gapped(gapped *list, __mmask16 lanes, __m512i number, __m512i first, __m512i last)
{
    _mm512_storeu_si512(list->numbers + list->count, _mm512_maskz_compress_epi32(lanes, number));
    _mm512_storeu_si512(list->first + list->count, _mm512_maskz_compress_epi32(lanes, first));
    _mm512_storeu_si512(list->last + list->count, _mm512_maskz_compress_epi32(lanes, last));
    list->count += (size_t)__builtin_popcount(lanes);
}

/* Lanes whose codes stand side by side. */
static inline __mmask16 are_close(__m512i size)
{
    const __m512i codes = _mm512_srli_epi32(size, 16);
    return _mm512_cmpeq_epi32_mask(jy__low_of(size), _mm512_add_epi32(codes, _mm512_slli_epi32(codes, 1)));
}

/* match_avx512_ways.c: of the list the forms that are said in some other way */
void jy__avx512_find_ways(const jy__look *look, const asked *list, gapped *between, jy__wholes *out);
void jy__avx512_find_over(const jy__look *look, const asked *list, const uint32_t *nexts, gapped *between, jy__wholes *out); /* keys that fillers stand in */
/* match_avx512_gaps.c: of phrases with something between what that is */
void jy__avx512_find_gaps(const jy__look *look, const gapped *between, jy__wholes *out);

/* match_avx512_list.c: lists what of them is certain; those left are still of the wholes, places of which nothing is known in the list, with room for 16 more.
 * Returns how many. */
size_t jy__avx512_list_wholes(const jy__look *look, const uint16_t *found, jy__wholes *wholes, uint32_t *left);

#endif
