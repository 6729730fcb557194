/* Step two by sound. In: the codes of a chunk, and what its rows say of them (match_avx512_rows.c). Out: places for the verifier. Where a key may
 * begin, three bytes side by side are looked up as one word, sixteen places at a time. Places around a filler, which no three codes side by side
 * show, are asked what stands behind it, and those that may go on are looked at one by one. */
#include "match/avx512/match_avx512_row.h"

#define ONE _mm512_set1_epi32(1)

static inline uint32_t places_heard(const jy__sound_keys *keys, const uint8_t *bytes, __m512i places)
{
    __m512i three = _mm512_i32gather_epi32(places, bytes, 1);
    uint32_t bits = _mm512_test_epi32_mask(jy__triple_heard(keys, three), ONE);
    if (keys->full) /* said again by the same byte */
        bits |= _mm512_testn_epi32_mask(_mm512_xor_si512(three, _mm512_srli_epi32(three, 8)), _mm512_set1_epi32(0xFF00));
    return bits;
}

static size_t keep_heard(const jy__look *look, uint16_t *found, size_t count)
{
    const uint8_t *bytes = look->scan->walker->asked_rows.bytes;
    size_t kept = 0;
    for (size_t i = 0; i < count; i += 16) {
        __m512i places = jy__places_at(look, found + i, count - i);
        kept += jy__put_kept(found + kept, places, places_heard(&look->scan->matcher->sound_keys, bytes, places) & jy__room_for(count - i));
    }
    return kept;
}

/* ---- fillers */

/* What stands around 16 places: codes 1 and 2 behind each, 3 and 4, 5 and 6; bytes from 1 before on, and from 2 behind on. */
typedef struct around { __m512i codes[3], before, behind; } around;

static inline around around_at(const jy__look *look, __m512i places)
{
    const uint8_t *bytes = look->scan->walker->asked_rows.bytes;
    return (around){ { jy__two_at(look, places, 1), jy__two_at(look, places, 3), jy__two_at(look, places, 5) },
                     _mm512_i32gather_epi32(places, bytes - 1, 1), _mm512_i32gather_epi32(places, bytes + 2, 1) };
}

/* Lowest bit of each lane: whether a key may go on with the second byte, or a filler begin with the two codes. */
static inline __m512i goes_on(const jy__look *look, __m512i first, __m512i second, __m512i codes)
{
    __m512i two = _mm512_ternarylogic_epi32(_mm512_set1_epi32(0xFF00), second, first, 0xCA);
    return _mm512_or_si512(jy__bits_at(look->scan->matcher->sound_keys.begins, two), jy__filler_begins(look->filter, codes));
}

static inline __m512i next_two(__m512i codes, __m512i behind) { return _mm512_or_si512(_mm512_srli_epi32(codes, 16), _mm512_slli_epi32(behind, 16)); }

/* Of 16 places with a filler behind: whether one is a key's first symbol that may go on behind the filler, or its second one. Behind a filler of one
 * code the next one is asked, behind others the three after that. */
static inline uint32_t filler_bits(const jy__look *look, __m512i places)
{
    const __m512i low = _mm512_set1_epi32(0xFFFF);
    const around all = around_at(look, places);
    __m512i one = jy__is_single(look->filter, _mm512_and_si512(all.codes[0], low)), more = jy__in_pairs(look->filter->filler_begins, all.codes[0]);
    __m512i first = _mm512_and_si512(_mm512_srli_epi32(all.before, 8), _mm512_set1_epi32(0xFF)), behind = all.behind;
    __m512i second = jy__bits_at(look->scan->matcher->sound_keys.begins, _mm512_and_si512(all.before, low));
    __m512i near = goes_on(look, first, _mm512_slli_epi32(behind, 8), next_two(all.codes[0], all.codes[1]));
    __m512i far = goes_on(look, first, behind, all.codes[1]);
    far = _mm512_or_si512(far, goes_on(look, first, _mm512_srli_epi32(behind, 8), next_two(all.codes[1], all.codes[2])));
    far = _mm512_or_si512(far, goes_on(look, first, _mm512_srli_epi32(behind, 16), all.codes[2]));
    far = _mm512_or_si512(_mm512_and_si512(more, far), _mm512_and_si512(one, near));
    return _mm512_test_epi32_mask(_mm512_ternarylogic_epi32(far, second, _mm512_or_si512(one, more), 0xF8), ONE); /* far | second & (one | more) */
}

/* Whether the key that begins with two bytes may go on with the third, or a filler begin with the two codes. */
static inline __m512i is_third(const jy__look *look, __m512i three, __m512i codes)
{
    const jy__sound_keys *keys = &look->scan->matcher->sound_keys;
    const __m512i two = _mm512_and_si512(three, _mm512_set1_epi32(0xFFFF));
    __m512i heard = _mm512_or_si512(jy__triple_heard(keys, three), jy__filler_begins(look->filter, codes));
    if (keys->full)
        heard = _mm512_mask_or_epi32(heard, _mm512_testn_epi32_mask(_mm512_xor_si512(three, _mm512_srli_epi32(three, 8)), _mm512_set1_epi32(0xFF00)), heard, ONE);
    return _mm512_and_si512(heard, jy__bits_at(keys->begins, two));
}

/* The same where two bytes are not enough: with three of them. A filler of one code, or one of more: of which length is not known. */
static inline uint32_t third_bits(const jy__look *look, __m512i places)
{
    const uint8_t *bytes = look->scan->walker->asked_rows.bytes;
    const __m512i low = _mm512_set1_epi32(0xFF), both = _mm512_set1_epi32(0xFFFF);
    const around all = around_at(look, places);
    __m512i first = _mm512_and_si512(_mm512_srli_epi32(all.before, 8), low), begin = _mm512_and_si512(all.before, both), found = _mm512_setzero_si512();
    __m512i one = jy__is_single(look->filter, _mm512_and_si512(all.codes[0], both)), more = jy__in_pairs(look->filter->filler_begins, all.codes[0]);
    for (int i = 2; i <= 5; i++) {
        __m512i next = _mm512_i32gather_epi32(places, bytes + i, 1), codes = jy__two_at(look, places, i);
        __m512i over = is_third(look, _mm512_or_si512(first, _mm512_slli_epi32(next, 8)), jy__two_at(look, places, i + 1));
        __m512i behind = is_third(look, _mm512_or_si512(begin, _mm512_slli_epi32(next, 16)), codes);
        over = _mm512_ternarylogic_epi32(over, behind, jy__filler_begins(look->filter, codes), 0xFE);
        found = _mm512_ternarylogic_epi32(found, over, i == 2 ? one : more, 0xF8);
    }
    return _mm512_test_epi32_mask(found, ONE);
}

static size_t keep_fillers(const jy__look *look, uint16_t *found, size_t count)
{
    size_t kept = 0, left = 0;
    for (size_t i = 0; i < count; i += 16) {
        __m512i places = jy__places_at(look, found + i, count - i);
        kept += jy__put_kept(found + kept, places, filler_bits(look, places) & jy__room_for(count - i));
    }
    for (size_t i = 0; i < kept; i += 16) {
        __m512i places = jy__places_at(look, found + i, kept - i);
        left += jy__put_kept(found + left, places, third_bits(look, places) & jy__room_for(kept - i));
    }
    return left;
}

/* ---- places */

#define WHOLES_MOST 16384u /* forms: what is asked of more lies too far away to be asked at once */

static size_t leave_said(const jy__look *look, jy__hearing *h, uint16_t *found, size_t count)
{
    const bool whole = jy__finds_wholes(look) && look->scan->matcher->form_count < WHOLES_MOST;
    jy__wholes wholes;
    size_t left = 0;
    for (size_t i = 0, some; i < count; i += some) {
        some = count - i < JY__BATCH ? count - i : JY__BATCH;
        if (whole)
            jy__avx512_find_wholes(look, found + i, some, JY__WHOLE_HEARD, &wholes);
        left += jy__said_leave_wholes(h, found + i, some, whole ? &wholes : NULL, found + left);
    }
    return left;
}

static void look_at_all(jy__look *look, uint16_t *found, size_t count)
{
    jy__hearing hearing;
    if (count >= jy__offsets_from(look))
        jy__avx512_list_offsets(look, look->scan->walker->lists.offsets);
    const jy__rounds rounds = jy__avx512_rounds(look);
    jy__hearing_open(&hearing, &rounds, look->scan->walker->asked_rows.bytes);
    hearing.find_forms = jy__avx512_find_forms;
    if (look->scan->said)
        count = leave_said(look, &hearing, found, count);
    jy__avx512_sound_places(look, &hearing, found, count);
    for (size_t i = look->scan->walker->leads_open ? jy__avx512_hear_filled(look, &hearing) : 0; i < look->filler_count && !look->scan->stop; i++)
        jy__sound_around(&hearing, look->fillers[i], look->from, look->end);
    jy__hearing_close(&hearing);
    look->offsets = NULL; /* the list was for this look alone */
}

static void join_around(const jy__look *look, const uint16_t *found, size_t count)
{
    for (size_t i = 0; i < count && !look->joined; i++)
        jy__join_around(look, found[i]);
}

void jy__avx512_look_sound(jy__look *look)
{
    uint16_t *found = look->scan->walker->lists.found;
    uint8_t way = look->scan->matcher->sound_keys.way;
    size_t count = jy__avx512_heard_places(look, found);
    if (way != JY__BY_TRIPLES)
        count = keep_heard(look, found, count);
    if (way == JY__BY_BUCKETS)
        look->filler_count = jy__avx512_heard_fillers(look, true, look->fillers);
    if (!look->scan->walker->leads_open)
        look->filler_count = keep_fillers(look, look->fillers, look->filler_count);
    if (count + look->filler_count >= JY__JOIN_FROM && !look->joined)
        jy__avx512_join(look);
    join_around(look, found, count);
    join_around(look, look->fillers, look->filler_count);
    look_at_all(look, found, count);
}
