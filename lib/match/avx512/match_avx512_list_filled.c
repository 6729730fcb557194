/* What stands where fillers stand in keys (match_avx512_filled.c), sixteen keys at a time. In: the places of both codes of each. Out: the list of what is there, of keys that are
 * one form's; the numbers of those that are left. */
#include "match/avx512/match_avx512_contexts.h"
#include "match/settle/match_whole.h"

static inline __m512i symbol_there(const jy__look *look, __mmask16 lanes, __m512i at)
{
    return look->folded ? words_at(lanes, at, look->folded) : symbol_of(jy__low_of(codes_of(look, lanes, at, 0)));
}

/* Those of one form are asked for. */
static inline void ask_filled(const jy__look *look, __m512i first, __m512i second, __mmask16 lanes, size_t number, slots *of, jy__wholes *out, asked *list, uint32_t *nexts)
{
    const __m512i zero = _mm512_setzero_si512(), a = symbol_there(look, lanes, first), b = symbol_there(look, lanes, second);
    find_slots(&look->scan->matcher->pair_index, halves_of(b, a), JY__WHOLE_PAIR, lanes, number, of);
    const contexts c = find_contexts(&look->scan->matcher->pair_index, of, number);
    const __m512i form = _mm512_and_si512(c.word[0], _mm512_set1_epi32((int)(LAST - 1)));
    const __mmask16 single = c.found & _mm512_test_epi32_mask(c.word[0], _mm512_set1_epi32((int)LAST));
    _mm512_storeu_si512(out->forms + number, form);
    _mm512_storeu_si512(out->places + number, zero);
    _mm512_storeu_si512(out->sizes + number, zero);
    _mm512_storeu_si512(out->marks + number, zero);
    _mm512_storeu_si512(out->between + number, zero);
    _mm512_storeu_si512(nexts + list->count, _mm512_maskz_compress_epi32(single, second));
    ask(list, single, number_of(number), first, form);
}

static void find_filled(const jy__look *look, const uint16_t *at, const uint16_t *next, size_t count, jy__wholes *out)
{
    uint32_t nexts[JY__BATCH + 16];
    asked list;
    gapped between;
    slots of;
    list.count = between.count = 0;
    for (size_t i = 0; i < count; i += 16)
        ask_filled(look, jy__places_at(look, at + i, count - i), jy__places_at(look, next + i, count - i), (__mmask16)jy__room_for(count - i), i, &of, out, &list, nexts);
    out->count = count;
    jy__avx512_find_over(look, &list, nexts, &between, out);
    jy__avx512_find_gaps(look, &between, out);
}

size_t jy__avx512_list_filled(jy__look *look, const uint16_t *at, const uint16_t *next, size_t count, uint16_t *left)
{
    const jy__rounds rounds = jy__avx512_rounds(look);
    uint16_t numbers[JY__BATCH + 16];
    uint32_t unknown[JY__BATCH + 16];
    jy__wholes wholes;
    size_t left_count;
    for (size_t i = 0; i < count; i++)
        numbers[i] = (uint16_t)i;
    find_filled(look, at, next, count, &wholes);
    left_count = jy__avx512_list_wholes(look, numbers, &wholes, unknown);
    for (size_t i = 0; i < left_count; i++)
        left[i] = (uint16_t)unknown[i];
    for (size_t i = 0; i < wholes.count && !look->scan->stop; i++)
        if (!jy__whole_settle(&rounds, &wholes, i))
            left[left_count++] = wholes.places[i] & 0xFFFF;
    return left_count;
}
