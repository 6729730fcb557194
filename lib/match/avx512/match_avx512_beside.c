/* Forms of keys by sound, and what may stand beside these, sixteen at a time: as the generic turns of match_sound_rounds.c. In: keys that were found. Out: forms
 * whose neighbours may be there. What a symbol sounds like is two classes here, not a bloom; who has more may stand anywhere. */
#include "match/avx512/match_avx512_row.h"

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
    const jy__look *look = h->rounds.look;
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
    if (look->offsets) {
        const __mmask16 shut_before = jy__parted_at(look, UINT16_MAX, _mm512_sub_epi32(index, ONE)), shut_behind = jy__parted_at(look, (__mmask16)~far, third);
        out.before = _mm512_mask_mov_epi32(out.before, shut_before, zero);
        out.behind = _mm512_mask_mov_epi32(out.behind, shut_behind, zero);
        out.any_before &= (__mmask16)~shut_before;
        out.any_behind &= (__mmask16)~shut_behind;
    }
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

/* Entries of keys that were found: the form, what may stand beside the key, and where that is. */
#define SOME 64u
typedef struct waiting { uint32_t forms[SOME + 16], nears[SOME + 16], ats[SOME + 16], count; } waiting;

static void keep_beside(jy__hearing *h, waiting *list)
{
    const jy__filter *filter = &h->rounds.scan->matcher->filter;
    if (h->form_count > JY__HEARD_FORMS - SOME - 16)
        jy__sound_settle_forms(h);
    uint32_t from = h->form_count;
    for (uint32_t i = 0; i < list->count; i += 16) {
        const __mmask16 lanes = (__mmask16)jy__room_for(list->count - i);
        const __m512i at = _mm512_mask_loadu_epi32(_mm512_set1_epi32(JY__STREAM_PAD), lanes, list->ats + i);
        const beside sides = beside_of(h, filter, at);
        put_forms(h, _mm512_loadu_si512(list->forms + i), at, may_stand(&sides, _mm512_maskz_loadu_epi32(lanes, list->nears + i)) & lanes);
    }
    for (; from < h->form_count; from++)
        __builtin_prefetch(&h->rounds.scan->matcher->forms[h->forms[from].form]);
    list->count = 0;
}

static inline void put_entries(waiting *list, __mmask16 lanes, __m512i form, __m512i near, __m512i at)
{
    _mm512_storeu_si512(list->forms + list->count, _mm512_maskz_compress_epi32(lanes, form));
    _mm512_storeu_si512(list->nears + list->count, _mm512_maskz_compress_epi32(lanes, near));
    _mm512_storeu_si512(list->ats + list->count, _mm512_maskz_compress_epi32(lanes, at));
    list->count += (uint32_t)__builtin_popcount(lanes);
}

/* Of sixteen keys, the first entry with the hash of each, then the second … : those that are of the key. */
static inline void add_entries(jy__hearing *h, waiting *list, __m512i key, __m512i at, __mmask16 lanes)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    const __m512i zero = _mm512_setzero_si512();
    const __m512i start = _mm512_srl_epi32(key, _mm_cvtsi32_si128(32 - (int)index->start_bits));
    const __m512i rest = _mm512_srli_epi32(_mm512_sll_epi32(key, _mm_cvtsi32_si128((int)index->start_bits)), 32 - JY__SOUND_REST_BITS);
    const __m512i end = _mm512_mask_i32gather_epi32(zero, lanes, start, &index->starts[1].first, 8);
    __m512i entry = _mm512_mask_i32gather_epi32(zero, lanes, start, &index->starts[0].first, 8);
    for (lanes = _mm512_mask_cmplt_epu32_mask(lanes, entry, end); lanes; lanes = _mm512_mask_cmplt_epu32_mask(lanes, entry, end)) {
        const __m512i near = _mm512_mask_i32gather_epi32(zero, lanes, entry, &index->entries[0].near, 8);
        const __mmask16 own = _mm512_mask_cmpeq_epi32_mask(lanes, _mm512_srli_epi32(near, 2 * JY__SOUND_SET_BITS), rest);
        if (list->count > SOME - 16)
            keep_beside(h, list);
        put_entries(list, own, _mm512_mask_i32gather_epi32(zero, own, entry, &index->entries[0].form, 8), near, at);
        entry = _mm512_add_epi32(entry, ONE);
    }
}

void jy__avx512_find_forms(jy__hearing *h)
{
    const __m512i even = _mm512_set_epi32(30, 28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0), odd = _mm512_add_epi32(even, ONE);
    waiting list;
    list.count = 0;
    for (uint32_t i = 0; i < h->key_count && !h->rounds.scan->stop; i += 16) {
        const __mmask16 lanes = (__mmask16)jy__room_for(h->key_count - i);
        const uint32_t pairs = (uint32_t)_pdep_u32(lanes, 0x55555555) * 3;
        const __m512i first = _mm512_maskz_loadu_epi32((__mmask16)pairs, h->keys + i), more = _mm512_maskz_loadu_epi32((__mmask16)(pairs >> 16), h->keys + i + 8);
        add_entries(h, &list, _mm512_permutex2var_epi32(first, even, more), _mm512_permutex2var_epi32(first, odd, more), lanes);
    }
    keep_beside(h, &list);
}
