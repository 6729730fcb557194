/* Step two for few forms, and for keys of one symbol. In: the codes of a chunk. Out: places for the verifier. A form's key is in one of
 * eight buckets; three tables of 64 bytes, each asked with six bits of a code, say in which buckets a code may be the first of a key, and
 * as many in which the next code may be the second. Two codes side by side that share a bucket are looked at, and so is a filler behind a
 * first. */
#include "match/match_avx512_row.h"

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

size_t jy__avx512_fillers(const jy__look *look, uint16_t *found)
{
    const jy__filler_windows w = jy__load_fillers(look->filter);
    size_t count = 0;
    if (look->filter->has_sound) /* they are known */
        return keep_fillers(look, found, jy__avx512_heard_fillers(look, false, found));
    for (size_t at = (look->from + 1) & ~(size_t)63; at <= look->end + 1; at += 64) {
        __m512i fillers = jy__filler_at(jy__row_at(look, at), jy__row_at(look, at + 1), &w);
        count += jy__put_places(found + count, at - 1, _mm512_test_epi8_mask(fillers, fillers) & jy__within(at - 1, look->from, look->end + 1));
    }
    return keep_fillers(look, found, count);
}

/* ---- places */

/* Places where a code may be a key alone, and where it may begin one. */
typedef struct few { uint16_t singles[JY__STREAM_ROOM + 64], pairs[JY__STREAM_ROOM + 64]; size_t single_count, pair_count; } few;

/* All tables are asked first, and what they answer is looked at then: no call in the loop, so they stay in registers. */
static inline __attribute__((always_inline)) void ask_rows(const jy__look *look, few *found, bool singles)
{
    const jy__windows first = jy__load_windows(look->filter->first), second = jy__load_windows(look->filter->second);
    const jy__windows single = jy__load_windows(look->filter->single);
    const jy__filler_windows fillers = jy__load_fillers(look->filter);
    uint64_t pair = 0, begin = 0, alone = 0; /* of the row's last code, which is looked at with the next row */
    size_t count = 0, single_count = 0;
    for (size_t at = (look->from + 1) & ~(size_t)63; at <= look->end; at += 64) {
        const jy__row row = jy__row_at(look, at), next = jy__row_at(look, at + 1);
        const uint64_t within = jy__within(at - 1, look->from, look->end);
        _mm_prefetch(look->ahead + at, _MM_HINT_T1);
        __m512i begins = jy__buckets(row, &first), filler = jy__filler_at(row, next, &fillers);
        uint64_t pairs = _mm512_test_epi8_mask(begins, jy__buckets(next, &second)), heads = _mm512_test_epi8_mask(begins, begins);
        uint64_t bits = pairs << 1 | pair | (_mm512_test_epi8_mask(filler, filler) & (heads << 1 | begin));
        count += jy__put_places(found->pairs + count, at - 1, bits & within);
        if (singles) {
            __m512i hits = jy__buckets(row, &single);
            uint64_t here = _mm512_test_epi8_mask(hits, hits), there = (here << 1 | alone) & within;
            if (__builtin_expect(there != 0, 0))
                single_count += jy__put_places(found->singles + single_count, at - 1, there);
            alone = here >> 63;
        }
        pair = pairs >> 63;
        begin = heads >> 63;
    }
    found->pair_count = count;
    found->single_count = single_count;
}

static void ask_few(const jy__look *look, few *found)
{
    if (look->filter->has_sound) { /* it was asked */
        found->pair_count = jy__avx512_written_places(look, found->pairs);
        found->single_count = look->filter->has_singles ? jy__avx512_written_singles(look, found->singles) : 0;
    } else if (look->filter->has_singles)
        ask_rows(look, found, true);
    else
        ask_rows(look, found, false);
}

/* Of the places those where two codes are those of a key, and those where a key may go on behind a filler. */
static size_t keep_pairs(const jy__look *look, uint16_t *found, size_t count, uint16_t *over, size_t *over_count)
{
    const jy__filter *filter = look->filter;
    const __m512i low = _mm512_set1_epi32(0xFFFF), one = _mm512_set1_epi32(1);
    size_t pairs = 0, fillers = 0;
    for (size_t i = 0; i < count; i += 16) {
        const __m512i places = jy__places_at(look, found + i, count - i);
        const jy__three three = jy__three_at(look, places);
        __m512i begins = _mm512_and_si512(jy__filler_begins(filter, three.last), jy__bits_at(filter->heads, _mm512_and_si512(three.first, low)));
        uint32_t pair = jy__pair_bits(filter, three.first) & jy__room_for(count - i);
        uint32_t filler = _mm512_test_epi32_mask(begins, one) & jy__room_for(count - i);
        pairs += jy__put_kept(found + pairs, places, pair);
        fillers += jy__put_kept(over + fillers, places, filler);
    }
    *over_count = fillers;
    return pairs;
}

static void look_at(jy__look *look, const uint16_t *found, size_t count)
{
    const jy__rounds rounds = jy__avx512_rounds(look);
    uint32_t places[JY__BATCH];
    for (size_t i = 0; i < count; i++) {
        places[i] = found[i];
        if (!look->joined)
            jy__join_around(look, found[i]);
    }
    jy__match_rounds(&rounds, places, count);
}

static void look_at_singles(const jy__look *look, const uint16_t *found, size_t count)
{
    for (size_t i = 0; i < count && !look->scan->stop; i++) {
        size_t at = found[i];
        if (jy__bit(look->filter->singles, jy__split_at(look, at)))
            jy__match_single(look->scan, jy__avx512_place(look, at), jy__split_at(look, at), jy__split_at(look, at - 1));
    }
}

#define FEW 6 /* places: of so few each is looked at as soon as its neighbours are */

void jy__avx512_look_few(jy__look *look)
{
    uint16_t over[JY__STREAM_ROOM + 64];
    few found;
    ask_few(look, &found);
    look_at_singles(look, found.singles, found.single_count);
    size_t over_count, count = keep_pairs(look, found.pairs, found.pair_count, over, &over_count);
    if (count >= FEW)
        count = jy__avx512_keep_triples(look, found.pairs, count);
    if (count >= JY__JOIN_FROM && !look->joined)
        jy__avx512_join(look);
    uint16_t offsets[JY__STREAM_ROOM + 64];
    if (count >= JY__OFFSETS_FROM)
        jy__avx512_list_offsets(look, offsets);
    for (size_t i = 0; i < count && !look->scan->stop; i += JY__BATCH)
        look_at(look, found.pairs + i, count - i < JY__BATCH ? count - i : JY__BATCH);
    const jy__rounds rounds = jy__avx512_rounds(look);
    for (size_t i = 0; i < over_count && !look->scan->stop; i++) {
        if (!look->joined)
            jy__join_around(look, over[i]);
        jy__stream_filler(&rounds, over[i]);
    }
    look->offsets = NULL; /* the list was for this look alone */
}

/* ---- singles alone: beside many forms, or none of pairs */

static size_t ask_singles(const jy__look *look, uint16_t *found)
{
    const jy__windows single = jy__load_windows(look->filter->single);
    size_t count = 0;
    for (size_t at = look->from & ~(size_t)63; at < look->end; at += 64) {
        __m512i hits = jy__buckets(jy__row_at(look, at), &single);
        count += jy__put_places(found + count, at, _mm512_test_epi8_mask(hits, hits) & jy__within(at, look->from, look->end));
    }
    return count;
}

void jy__avx512_look_singles(jy__look *look)
{
    uint16_t found[JY__STREAM_ROOM + 64];
    look_at_singles(look, found, ask_singles(look, found));
}
