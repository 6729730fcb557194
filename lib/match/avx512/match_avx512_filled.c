/* Keys that fillers stand in, where these are many. In: the places with a filler right behind them, and where fillers lead from each code
 * (match_avx512_leads.c). Out: keys for the verifier. Each code to which fillers lead is asked for, of sixteen places at once, so that hardly anything
 * is looked at one by one:
 *
 *   places ─▶ a F b (pairs; by sound two bytes that begin a key) ─▶ by sound a F b F c (three bytes) ─▶ verifier */
#include "match/avx512/match_avx512_row.h"

#define ONE _mm512_set1_epi32(1)

static inline __m512i byte_of(__m512i words) { return _mm512_and_si512(words, _mm512_set1_epi32(0xFF)); }
static inline __m512i plus(__m512i places, unsigned count) { return _mm512_add_epi32(places, _mm512_set1_epi32((int)count)); }
static inline uint32_t lanes_with(__m512i bits, unsigned number) { return _mm512_test_epi32_mask(bits, _mm512_set1_epi32((int)(1u << number))); }
static inline uint32_t lanes_of(__m512i bits) { return lanes_with(bits, 0); }

/* Where fillers lead from the codes right behind some. */
static inline __m512i leads_behind(const jy__look *look, __m512i places, uint32_t lanes)
{
    return _mm512_maskz_and_epi32((__mmask16)lanes, _mm512_i32gather_epi32(places, look->scan->walker->lead_all + 1, 2), _mm512_set1_epi32(0xFFFF));
}

/* Two codes that begin a key. */
#define PAIRS 512
typedef struct pairs { uint16_t at[PAIRS + 16], next[PAIRS + 16]; size_t count; } pairs;

static inline void put(pairs *list, __m512i at, __m512i next, uint32_t lanes)
{
    jy__put_kept(list->at + list->count, at, lanes);
    list->count += jy__put_kept(list->next + list->count, next, lanes);
}

/* One for each code that fillers may lead to, at most. */
#define PAIRS_OF_SOME (16 * (JY__MATCH_MOST_FILLERS * JY__FILLER_LONGEST + 1))
_Static_assert(PAIRS_OF_SOME < PAIRS, "all of sixteen places have room");

/* ---- as they are written */

static void find_pairs(const jy__look *look, __m512i places, uint32_t lanes, pairs *list)
{
    const jy__filter *filter = look->filter;
    __m512i first = jy__low_of(_mm512_i32gather_epi32(places, look->joined, 2)), leads;
    lanes &= lanes_of(jy__bits_at(filter->heads, first));
    leads = leads_behind(look, places, lanes);
    for (unsigned all = (unsigned)_mm512_reduce_or_epi32(leads); all; all &= all - 1) {
        unsigned k = (unsigned)__builtin_ctz(all);
        __m512i next = plus(places, 1 + k), second = _mm512_slli_epi32(_mm512_i32gather_epi32(next, look->joined, 2), 16);
        put(list, places, next, lanes_with(leads, k) & jy__pair_bits(filter, _mm512_or_si512(first, second)));
    }
}

_Static_assert(PAIRS <= JY__BATCH, "all are told at once");

#define FEW 32 /* pairs: they say nothing of those to come */

/* Where half of the last ones led to phrases those of one form are told sixteen at a time. */
static void look_pairs(jy__look *look, pairs *list)
{
    jy__scan *scan = look->scan;
    const size_t before = scan->scratch->matches.count;
    const bool at_once = scan->filled && list->count;
    uint16_t left[PAIRS];
    size_t count = list->count;
    if (at_once && !look->offsets)
        jy__avx512_list_offsets(look, scan->walker->lists.offsets);
    if (at_once)
        count = jy__avx512_list_filled(look, list->at, list->next, count, left);
    const jy__rounds rounds = jy__avx512_rounds(look);
    for (size_t i = 0; i < count && !scan->stop; i++) {
        const size_t number = at_once ? left[i] : i;
        jy__stream_over(&rounds, list->at[number], list->next[number]);
    }
    if (list->count >= FEW)
        scan->filled = !scan->matcher->keys_only && scan->scratch->matches.count - before >= list->count / 2;
    list->count = 0;
}

void jy__avx512_look_filled(jy__look *look)
{
    size_t count = look->filler_count;
    pairs list;
    list.count = 0;
    count -= count && look->fillers[count - 1] == look->end; /* that one is for sounds */
    for (size_t i = 0; i < count && !look->scan->stop; i += 16) {
        find_pairs(look, jy__places_at(look, look->fillers + i, count - i), jy__room_for(count - i), &list);
        if (list.count > PAIRS - PAIRS_OF_SOME)
            look_pairs(look, &list);
    }
    look_pairs(look, &list);
}

/* ---- by sound */

static inline __m512i bytes_at(const jy__look *look, __m512i places) { return _mm512_i32gather_epi32(places, look->scan->walker->asked_rows.bytes, 1); }

/* The filler may stand behind a key's first symbol, or behind its second, which is right behind the first. */
static void find_begun(const jy__look *look, __m512i places, uint32_t lanes, pairs *list)
{
    const jy__sound_keys *keys = &look->scan->matcher->sound_keys;
    __m512i before = plus(places, UINT32_MAX), two = jy__low_of(bytes_at(look, before)), first = _mm512_srli_epi32(two, 8), leads;
    uint32_t inside = lanes & _mm512_cmpgt_epu32_mask(places, _mm512_set1_epi32((int)look->from));
    put(list, before, places, inside & lanes_of(jy__bits_at(keys->begins, two)));
    lanes &= _mm512_cmplt_epu32_mask(places, _mm512_set1_epi32((int)look->end)) & lanes_of(jy__bits_at(keys->heads, first));
    leads = leads_behind(look, places, lanes);
    for (unsigned all = (unsigned)_mm512_reduce_or_epi32(leads); all; all &= all - 1) {
        unsigned k = (unsigned)__builtin_ctz(all);
        __m512i next = plus(places, 1 + k), second = _mm512_slli_epi32(byte_of(bytes_at(look, next)), 8);
        put(list, places, next, lanes_with(leads, k) & lanes_of(jy__bits_at(keys->begins, _mm512_or_si512(first, second))));
    }
}

static void look_thirds(jy__hearing *h, const uint16_t *at, const uint16_t *next, uint32_t lanes, unsigned behind)
{
    for (; lanes && !h->rounds.scan->stop; lanes &= lanes - 1) {
        unsigned i = (unsigned)__builtin_ctz(lanes);
        jy__sound_three(h, at[i], next[i], next[i] + 1u + behind);
    }
}

/* The third right behind the second, or over fillers; three codes side by side are looked at elsewhere. */
static void find_thirds(const jy__look *look, jy__hearing *h, const uint16_t *at, const uint16_t *next, size_t left)
{
    const jy__sound_keys *keys = &look->scan->matcher->sound_keys;
    uint32_t lanes = jy__room_for(left);
    __m512i first = jy__places_at(look, at, left), second = jy__places_at(look, next, left);
    __m512i two = _mm512_or_si512(byte_of(bytes_at(look, first)), _mm512_slli_epi32(byte_of(bytes_at(look, second)), 8)), leads;
    uint32_t apart = _mm512_cmpneq_epi32_mask(second, plus(first, 1));
    leads = leads_behind(look, second, lanes);
    leads = _mm512_mask_or_epi32(leads, (__mmask16)(lanes & apart), leads, ONE);
    for (unsigned all = (unsigned)_mm512_reduce_or_epi32(leads); all; all &= all - 1) {
        unsigned k = (unsigned)__builtin_ctz(all);
        __m512i third = _mm512_slli_epi32(byte_of(bytes_at(look, plus(second, 1 + k))), 16), three = _mm512_or_si512(two, third);
        uint32_t heard = lanes_of(jy__triple_heard(keys, three));
        if (keys->full)
            heard |= _mm512_testn_epi32_mask(_mm512_xor_si512(three, _mm512_srli_epi32(three, 8)), _mm512_set1_epi32(0xFF00));
        look_thirds(h, at, next, heard & lanes_with(leads, k), k);
    }
}

static void look_begun(const jy__look *look, jy__hearing *h, pairs *list)
{
    const jy__sound_keys *keys = &look->scan->matcher->sound_keys;
    for (size_t i = 0; i < list->count && !look->scan->stop; i += 16)
        find_thirds(look, h, list->at + i, list->next + i, list->count - i);
    for (size_t i = 0; keys->twos && i < list->count && !look->scan->stop; i++)
        if (jy__bit(keys->twos, h->bytes[list->at[i]] | (size_t)h->bytes[list->next[i]] << 8))
            jy__sound_two(h, list->at[i], list->next[i]);
    list->count = 0;
}

/* Codes so far behind the one before a filler may be the third, and one behind that is looked at. */
#define FAR (2 * (1 + JY__MATCH_MOST_FILLERS * JY__FILLER_LONGEST) + JY__FILLER_LONGEST)

size_t jy__avx512_hear_filled(const jy__look *look, jy__hearing *h)
{
    size_t count = look->filler_count;
    pairs list;
    list.count = 0;
    while (count && (size_t)look->fillers[count - 1] + FAR > look->last)
        count--;
    for (size_t i = 0; i < count && !look->scan->stop; i += 16) {
        find_begun(look, jy__places_at(look, look->fillers + i, count - i), jy__room_for(count - i), &list);
        if (list.count > PAIRS - PAIRS_OF_SOME)
            look_begun(look, h, &list);
    }
    look_begun(look, h, &list);
    return count;
}
