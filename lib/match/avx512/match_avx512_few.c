/* Step two for few forms, and for keys of one symbol. In: the codes of a chunk, and what its rows say of them (match_avx512_rows.c). Out: places for the
 * verifier. A form's key is in one of six buckets; three tables of 64 bytes, each asked with six bits of a code, say in which buckets a code
 * may be the first of a key, and as many in which the next code may be the second. Two codes side by side that share a bucket are looked at,
 * and so is a filler behind a first. */
#include "match/avx512/match_avx512_row.h"

/* ---- fillers */

static size_t keep_fillers(const jy__look *look, uint16_t *found, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i += 16) {
        __m512i places = jy__places_at(look, found + i, count - i);
        __m512i begins = jy__filler_begins(look->filter, _mm512_i32gather_epi32(places, look->joined + 1, 2));
        kept += jy__put_kept(found + kept, places, _mm512_test_epi32_mask(begins, _mm512_set1_epi32(1)) & jy__room_for(count - i));
    }
    return kept;
}

/* What goes on over a few fillers tells them itself, but not by sound. */
size_t jy__avx512_fillers(const jy__look *look, uint16_t *found)
{
    size_t count = jy__avx512_heard_fillers(look, false, found);
    return look->filter->has_sound || count >= jy__many_fillers(look) ? keep_fillers(look, found, count) : count;
}

/* ---- places */

/* Of the places those where two codes are those of a key, and those where a key may go on behind a filler: behind one of one code the next one tells. */
static size_t keep_pairs(const jy__look *look, uint16_t *found, size_t count, uint16_t *over, size_t *over_count)
{
    const jy__filter *filter = look->filter;
    const __m512i low = _mm512_set1_epi32(0xFFFF), one = _mm512_set1_epi32(1);
    size_t pairs = 0, fillers = 0;
    for (size_t i = 0; i < count; i += 16) {
        const __m512i places = jy__places_at(look, found + i, count - i);
        const jy__four four = jy__four_at(look, places);
        const __m512i single = _mm512_and_si512(jy__is_single(filter, _mm512_and_si512(four.middle, low)), jy__may_go_on(filter, four.first, four.last, UINT16_MAX));
        __m512i begins = _mm512_or_si512(single, jy__in_pairs(filter->filler_begins, four.middle));
        begins = _mm512_and_si512(begins, jy__bits_at(filter->heads, _mm512_and_si512(four.first, low)));
        uint32_t pair = jy__pair_bits(filter, four.first) & jy__room_for(count - i);
        uint32_t filler = _mm512_test_epi32_mask(begins, one) & jy__room_for(count - i);
        pairs += jy__put_kept(found + pairs, places, pair);
        fillers += jy__put_kept(over + fillers, places, filler);
    }
    *over_count = fillers;
    return pairs;
}

static void look_at_singles(const jy__look *look, const uint16_t *found, size_t count)
{
    for (size_t i = 0; i < count && !look->scan->stop; i++) {
        size_t at = found[i];
        if (jy__bit(look->filter->singles, jy__split_at(look, at)))
            jy__match_single(look->scan, jy__avx512_place(look, at), jy__split_at(look, at), jy__split_at(look, at - 1));
    }
}

/* Whether a key may go on behind the filler, or another filler begins there; of the first one no more is known than how long it may be. */
static inline bool may_lead_on(const jy__look *look, size_t at)
{
    const uint32_t first = jy__split_at(look, at);
    bool may = false;
    for (size_t next = at + 2; next < at + 2 + JY__FILLER_LONGEST; next++)
        may |= jy__pairs_have(look->filter, first, jy__split_at(look, next)) | jy__bit(look->filter->fillers, jy__split_at(look, next));
    return may;
}

static void look_over(jy__look *look, const uint16_t *found, size_t count)
{
    const jy__rounds rounds = jy__avx512_rounds(look);
    for (size_t i = 0; i < count && !look->scan->stop; i++) {
        if (!may_lead_on(look, found[i]))
            continue;
        if (!look->joined)
            jy__join_around(look, found[i]);
        jy__stream_filler(&rounds, found[i]);
    }
}

#define FEW 6 /* places: of so few each is looked at as soon as its neighbours are */

void jy__avx512_look_few(jy__look *look)
{
    jy__place_lists *lists = &look->scan->walker->lists;
    uint16_t *found = lists->found, *over = lists->near;
    if (look->filter->has_singles)
        look_at_singles(look, found, jy__avx512_written_singles(look, found));
    size_t over_count, count = keep_pairs(look, found, jy__avx512_written_places(look, found), over, &over_count);
    if (count >= FEW && !look->scan->crowded) /* where nearly all stand there, to ask for neighbours drops too few */
        count = jy__avx512_keep_triples(look, found, count);
    if (count >= JY__JOIN_FROM && !look->joined)
        jy__avx512_join(look);
    if (count >= jy__offsets_from(look))
        jy__avx512_list_offsets(look, lists->offsets);
    for (size_t i = 0; i < count && !look->joined; i++)
        jy__join_around(look, found[i]);
    jy__avx512_look_at(look, found, count);
    look_over(look, over, over_count);
    look->offsets = NULL; /* the list was for this look alone */
}

/* ---- singles alone: beside many forms, or none of pairs */

static size_t ask_singles(const jy__look *look, uint16_t *found)
{
    const jy__windows single = jy__load_windows(look->filter->single);
    size_t count = 0;
    for (size_t at = look->from & ~(size_t)63; at < look->end; at += 64) {
        __m512i hits = jy__buckets(jy__row_at(look, at), &single);
        count += jy__put_places(found + count, at, jy__some(hits) & jy__within(at, look->from, look->end));
    }
    return count;
}

void jy__avx512_look_singles(jy__look *look)
{
    uint16_t *found = look->scan->walker->lists.found;
    look_at_singles(look, found, ask_singles(look, found));
}
