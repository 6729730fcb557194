/* match_avx512_contexts — of keys of two codes the first contexts (match_tables.h draws them), sixteen at a time: found in one step for all, and read in the next.
 *
 *   symbols 没办 ─▶ slot ─▶ context [没办法 | – – – | 法 – –] */
#ifndef JY_MATCH_AVX512_CONTEXTS_H
#define JY_MATCH_AVX512_CONTEXTS_H

#include "match/avx512/match_avx512_whole.h"

#define LAST (1u << 25) /* of a context's first word: no other has the key; below are the bits of the form's number */

/* Two words side by side of each lane: sixteen loads of both in place of sixteen of one and sixteen of the other, which are the bound. */
typedef struct twos { __m512i first, second; } twos;

#define EIGHT_AT(lanes, at, base, scale) _mm512_mask_i32gather_epi64(_mm512_setzero_si512(), (__mmask8)(lanes), at, base, scale)

static inline __attribute__((always_inline)) twos twos_at(__mmask16 lanes, __m512i at, const void *base, const int scale)
{
    const __m512i even = _mm512_set_epi32(30, 28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0), odd = _mm512_add_epi32(even, ones());
    const __m256i low_at = _mm512_castsi512_si256(at), high_at = _mm512_extracti64x4_epi64(at, 1);
    const __m512i low = scale == 8 ? EIGHT_AT(lanes, low_at, base, 8) : EIGHT_AT(lanes, low_at, base, 2);
    const __m512i high = scale == 8 ? EIGHT_AT(lanes >> 8, high_at, base, 8) : EIGHT_AT(lanes >> 8, high_at, base, 2);
    return (twos){ _mm512_permutex2var_epi32(low, even, high), _mm512_permutex2var_epi32(low, odd, high) };
}

/* Of keys their symbols, and the number of their first context; 0: no form has it, or that is not known. */
typedef struct slots { uint32_t symbols[JY__BATCH + 16], contexts[JY__BATCH + 16]; } slots;

/* Hardly any is further on than in its fourth slot: those are left. */
static inline void find_slots(const jy__pair_index *index, __m512i own, jy__whole_kind kind, __mmask16 lanes, size_t number, slots *out)
{
    const __m512i mask = _mm512_set1_epi32((int)(((uint32_t)1 << index->slot_bits) - 1));
    const __m512i pair = kind == JY__WHOLE_HEARD ? _mm512_add_epi32(own, _mm512_set1_epi32((int)(JY__PAIR_BY_SOUND << 16))) : own;
    __m512i at = _mm512_srl_epi32(_mm512_mullo_epi32(pair, _mm512_set1_epi32((int)0x9E3779B1u)), _mm_cvtsi32_si128(32 - (int)index->slot_bits));
    twos slot = twos_at(UINT16_MAX, at, index->slots, 8);
    __mmask16 elsewhere = _mm512_mask_cmpneq_epi32_mask(lanes, slot.first, pair);
    for (int i = 1; i < 4 && elsewhere; i++) {
        at = _mm512_and_si512(_mm512_mask_add_epi32(at, elsewhere, at, ones()), mask);
        const twos next = twos_at(elsewhere, at, index->slots, 8);
        slot.second = _mm512_mask_mov_epi32(slot.second, elsewhere, next.second);
        elsewhere = _mm512_mask_cmpneq_epi32_mask(elsewhere, next.first, pair);
    }
    _mm512_storeu_si512(out->symbols + number, own);
    _mm512_storeu_si512(out->contexts + number, _mm512_maskz_mov_epi32(lanes & (__mmask16)~elsewhere, slot.second));
}

/* A key's form: the words of its context, and the key. */
typedef struct contexts { __m512i word[4], pair; __mmask16 found; } contexts;

static inline contexts find_contexts(const jy__pair_index *index, const slots *of, size_t number)
{
    const __m512i slot = _mm512_loadu_si512(of->contexts + number), at = _mm512_slli_epi32(_mm512_sub_epi32(slot, ones()), 1);
    const int *words = (const int *)(const void *)index->contexts;
    contexts out = { .pair = _mm512_loadu_si512(of->symbols + number), .found = _mm512_test_epi32_mask(slot, slot) };
    for (int i = 0; i < 4; i += 2) {
        const twos both = twos_at(out.found, at, words + i, 8);
        out.word[i] = both.first;
        out.word[i + 1] = both.second;
    }
    return out;
}

#endif
