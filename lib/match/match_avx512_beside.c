/* What may stand beside keys by sound, for sixteen forms at a time: as the generic turn of match_sound_rounds.c. In: entries of keys that were found. Out: forms
 * whose neighbours may be there. What a symbol sounds like is two classes here, not a bloom; who has more may stand anywhere. */
#include "match/match_avx512_row.h"

#define ONE _mm512_set1_epi32(1)

static inline __m512i codes_at(const jy__hearing *h, __m512i at, int from) { return _mm512_i32gather_epi32(at, h->rounds.codes + from, 2); }

/* Lanes of which the second number's set has a class in common with one that has one in common with the first's. */
static inline __mmask16 are_alike(__m512i number, __m512i other)
{
    __m512i at = _mm512_add_epi32(_mm512_mullo_epi32(number, _mm512_set1_epi32(2 * JY__ALIKE_WORDS)), _mm512_srli_epi32(other, 5));
    __m512i words = _mm512_i32gather_epi32(at, jy__heard_alike, 4);
    return _mm512_test_epi32_mask(_mm512_srlv_epi32(words, _mm512_and_si512(other, _mm512_set1_epi32(31))), ONE);
}

/* Lanes with a class in common. */
static inline __mmask16 share(__m512i a, __m512i b)
{
    __m512i turned = _mm512_rol_epi32(b, 16);
    uint32_t same = (_mm512_cmpeq_epi16_mask(a, b) | _mm512_cmpeq_epi16_mask(a, turned)) & _mm512_test_epi16_mask(a, a);
    return (__mmask16)_pext_u32(same | same >> 1, 0x55555555);
}

typedef struct beside { __m512i before, behind; __mmask16 any_before, any_behind; } beside; /* classes, and where anything may stand */

static inline beside beside_of(const jy__hearing *h, const jy__filter *filter, __m512i at)
{
    const __m512i zero = _mm512_setzero_si512(), byte = _mm512_set1_epi32(0xFF);
    __m512i index = jy__low_of(at), second = _mm512_add_epi32(index, _mm512_and_si512(_mm512_srli_epi32(at, 16), byte));
    __mmask16 far = _mm512_cmpeq_epi32_mask(_mm512_srli_epi32(at, 24), byte);
    __m512i third = _mm512_mask_add_epi32(second, (__mmask16)~far, second, _mm512_srli_epi32(at, 24));
    __m512i two = codes_at(h, index, -2), next = codes_at(h, third, 1);
    __m512i before = jy__heard_numbers_of(_mm512_srli_epi32(two, 16)), behind = jy__heard_numbers_of(jy__low_of(next));
    __m512i a = jy__heard_numbers_of(jy__low_of(codes_at(h, index, 0))), b = jy__heard_numbers_of(jy__low_of(codes_at(h, second, 0)));
    __m512i c = jy__heard_numbers_of(jy__low_of(codes_at(h, third, 0)));
    beside out = { _mm512_i32gather_epi32(before, jy__heard_classes, 4), _mm512_i32gather_epi32(behind, jy__heard_classes, 4), far, far };
    out.any_before |= _mm512_cmpeq_epi32_mask(out.before, zero) | _mm512_test_epi32_mask(jy__filler_ends(filter, two), ONE) | are_alike(a, before) |
                      are_alike(b, before) | are_alike(c, before);
    out.any_behind |= _mm512_cmpeq_epi32_mask(out.behind, zero) | _mm512_test_epi32_mask(jy__filler_begins(filter, next), ONE) | are_alike(b, behind) |
                      are_alike(c, behind);
    return out;
}

/* As may_stand() there. */
static inline __mmask16 may_stand(const beside *sides, __m512i near)
{
    const __m512i set = _mm512_set1_epi32((1 << JY__SOUND_SET_BITS) - 1), zero = _mm512_setzero_si512();
    __m512i before = _mm512_and_si512(_mm512_srli_epi32(near, JY__SOUND_SET_BITS), set), behind = _mm512_and_si512(near, set);
    __m512i own_before = _mm512_i32gather_epi32(before, jy__heard_classes, 4), own_behind = _mm512_i32gather_epi32(behind, jy__heard_classes, 4);
    __mmask16 goes_before = _mm512_cmpeq_epi32_mask(own_before, zero) | share(sides->before, own_before) | share(sides->before, own_behind);
    __mmask16 goes_behind = _mm512_cmpeq_epi32_mask(own_behind, zero) | share(sides->behind, own_behind);
    goes_before |= _mm512_cmpneq_epi32_mask(behind, zero) & _mm512_cmpeq_epi32_mask(own_behind, zero);
    return (goes_before | sides->any_before) & (goes_behind | sides->any_behind);
}

static inline void put_forms(jy__hearing *h, __m512i forms, __m512i at, __mmask16 lanes)
{
    const __m512i low = _mm512_set_epi32(23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0), high = _mm512_add_epi32(low, _mm512_set1_epi32(8));
    forms = _mm512_maskz_compress_epi32(lanes, forms);
    at = _mm512_maskz_compress_epi32(lanes, at);
    _mm512_storeu_si512(h->forms + h->form_count, _mm512_permutex2var_epi32(forms, low, at));
    _mm512_storeu_si512(h->forms + h->form_count + 8, _mm512_permutex2var_epi32(forms, high, at));
    h->form_count += (uint32_t)__builtin_popcount(lanes);
}

void jy__avx512_keep_beside(jy__hearing *h, const jy__heard_entry *items, uint32_t count)
{
    const jy__matcher *matcher = h->rounds.scan->matcher;
    const __m512i even = _mm512_set_epi32(30, 28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0), odd = _mm512_add_epi32(even, ONE);
    uint32_t from = h->form_count;
    for (uint32_t i = 0; i < count; i += 16) {
        __mmask16 lanes = (__mmask16)jy__room_for(count - i);
        uint32_t pairs = (uint32_t)_pdep_u32(lanes, 0x55555555) * 3;
        __m512i first = _mm512_maskz_loadu_epi32((__mmask16)pairs, items + i), more = _mm512_maskz_loadu_epi32((__mmask16)(pairs >> 16), items + i + 8);
        __m512i entry = _mm512_permutex2var_epi32(first, even, more), key = _mm512_permutex2var_epi32(first, odd, more);
        __m512i at = _mm512_mask_i32gather_epi32(_mm512_set1_epi32(JY__STREAM_PAD), lanes, key, (const char *)h->keys + 4, 8);
        __m512i forms = _mm512_i32gather_epi32(entry, &matcher->sound_keys.entries[0].form, 8);
        __m512i near = _mm512_i32gather_epi32(entry, &matcher->sound_keys.entries[0].near, 8);
        const beside sides = beside_of(h, &matcher->filter, at);
        put_forms(h, forms, at, may_stand(&sides, near) & lanes);
    }
    for (; from < h->form_count; from++)
        __builtin_prefetch(&matcher->forms[h->forms[from].form]);
}
