/* Step two for few forms, and for keys of one symbol. In: the codes of a chunk. Out: places for the verifier. A form's key is in one of eight
 * buckets; three tables of 64 bytes, each asked with six bits of a code, say in which buckets a code may be the first of a key, and as many in
 * which the next code may be the second. Two codes side by side that share a bucket are looked at, and so is a filler behind a first. */
#include "match/match_avx512_row.h"

static inline jy__row row_at(const jy__look *look, size_t at)
{
    return (jy__row){ _mm512_loadu_si512(look->low + at), _mm512_loadu_si512(look->high + at) };
}

/* ---- fillers */

static size_t keep_fillers(const jy__look *look, uint16_t *found, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i += 16) {
        __m512i places = jy__places_at(look, found + i, count - i);
        __m512i begins = jy__filler_begins(look->filter, _mm512_i32gather_epi32(places, look->joined + 1, 2));
        uint32_t bits = _mm512_test_epi32_mask(begins, _mm512_set1_epi32(1)) & jy__room_for(count - i);
        _mm256_storeu_si256((void *)(found + kept), _mm512_cvtepi32_epi16(_mm512_maskz_compress_epi32((__mmask16)bits, places)));
        kept += (size_t)__builtin_popcount(bits);
    }
    return kept;
}

size_t jy__avx512_fillers(const jy__look *look, uint16_t *found)
{
    const jy__filler_windows w = jy__load_fillers(look->filter);
    size_t count = 0, end = look->end + 1;
    for (size_t at = look->from; at < end; at += 64) {
        __m512i behind = jy__filler_behind(row_at(look, at + 1), row_at(look, at + 2), &w);
        count += jy__put_places(found + count, at, _mm512_test_epi8_mask(behind, behind) & jy__until(at, end));
    }
    return keep_fillers(look, found, count);
}

/* ---- places */

#define BEFORE 24 /* codes before a place that are carried along with it */

typedef struct around { uint16_t codes[64]; } around;

static inline const uint16_t *join_around(const jy__look *look, size_t at, around *out)
{
    __m512i low = _mm512_loadu_si512(look->low + at - BEFORE), high = _mm512_loadu_si512(look->high + at - BEFORE);
    __m512i low_words = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(low)), high_words = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(high));
    _mm512_storeu_si512(out->codes, _mm512_or_si512(_mm512_slli_epi16(high_words, 8), low_words));
    low_words = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(low, 1));
    high_words = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(high, 1));
    _mm512_storeu_si512(out->codes + 32, _mm512_or_si512(_mm512_slli_epi16(high_words, 8), low_words));
    return out->codes;
}

static inline uint32_t code_at(const jy__look *look, size_t at) { return (uint32_t)look->high[at] << 8 | look->low[at]; }

static bool is_plain(const jy__look *look, uint32_t number, size_t at, size_t place)
{
    const jy__form *form = &look->scan->matcher->forms[number];
    return (form->flags & JY__FORM_PLAIN) &&
           jy__match_plain(look->scan, number, place, code_at(look, at - form->key - 1), code_at(look, at + form->count - form->key));
}

/* The two codes from `at` on are a key, as far as their bits tell: what does not simply stand there is compared with its surroundings first. */
static void look_at_pair(jy__look *look, size_t at)
{
    const uint16_t key[4] = { (uint16_t)code_at(look, at - 1), (uint16_t)code_at(look, at), (uint16_t)code_at(look, at + 1), (uint16_t)code_at(look, at + 2) };
    const jy__near near = jy__stream_near(look->filter, key + 1);
    const jy__context *context = jy__pair_find(&look->scan->matcher->pair_index, near.key[0], near.key[1]);
    size_t place = 0;
    around codes;
    for (; context; context = context->form_last & 1 ? NULL : context + 1) {
        uint32_t number = context->form_last >> 1;
        if (!jy__near_allows(&near, context))
            continue;
        place = place ? place : jy__avx512_place(look, at);
        if (!is_plain(look, number, at, place) && jy__stream_fits(look->filter, context, join_around(look, at, &codes), BEFORE, BEFORE + 1))
            jy__match_verify_form(look->scan, number, JY__MODE_EXACT, place);
    }
}

/* All tables are asked first, and what they answer is looked at then: no call in the loop, so they stay in registers. */
static size_t ask_few(const jy__look *look, uint16_t *found)
{
    const jy__windows first = jy__load_windows(look->filter->first), second = jy__load_windows(look->filter->second);
    const jy__filler_windows fillers = jy__load_fillers(look->filter);
    size_t count = 0;
    for (size_t at = look->from; at < look->end; at += 64) {
        __m512i begins = jy__buckets(row_at(look, at), &first), behind = jy__filler_behind(row_at(look, at + 1), row_at(look, at + 2), &fillers);
        uint64_t bits = _mm512_test_epi8_mask(begins, jy__buckets(row_at(look, at + 1), &second)) |
                        (_mm512_test_epi8_mask(behind, behind) & _mm512_test_epi8_mask(begins, begins));
        count += jy__put_places(found + count, at, bits & jy__until(at, look->end));
    }
    return count;
}

/* Of the places those where bits of two codes are those of a key, and those where a key may go on behind a filler; without a branch. */
static size_t keep_pairs(const jy__look *look, uint16_t *found, size_t count, uint16_t *over, size_t *over_count)
{
    const jy__filter *filter = look->filter;
    size_t pairs = 0, fillers = 0;
    for (size_t i = 0; i < count; i++) {
        uint16_t at = found[i];
        uint32_t a = code_at(look, at), b = code_at(look, at + 1u);
        found[pairs] = over[fillers] = at;
        pairs += jy__pairs_have(filter, a, b);
        fillers += jy__bit(filter->heads, a) & jy__filler_may_begin(filter, b, code_at(look, at + 2u));
    }
    *over_count = fillers;
    return pairs;
}

/* As jy__stream_triple(), but without a branch. */
static size_t keep_triples(const jy__look *look, uint16_t *found, size_t count)
{
    const jy__filter *filter = look->filter;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint16_t at = found[i];
        uint32_t before = code_at(look, at - 1u), behind = code_at(look, at + 2u);
        uint32_t a = jy__fold_one(code_at(look, at)), b = jy__fold_one(code_at(look, at + 1u));
        uint32_t word = filter->triples[jy__pair_hash(a, b, filter->triple_bits)];
        uint32_t next = jy__triple_mask(jy__fold_one(behind), JY__TRIPLE_BEHIND), last = jy__triple_mask(jy__fold_one(before), JY__TRIPLE_BEFORE);
        found[kept] = at;
        kept += ((word & next) == next) | ((word & last) == last) | jy__bit(filter->fillers, behind) | jy__bit(filter->ends, before);
    }
    return kept;
}

void jy__avx512_look_few(jy__look *look)
{
    uint16_t found[JY__STREAM_ROOM + 64], over[JY__STREAM_ROOM];
    size_t over_count, count = keep_triples(look, found, keep_pairs(look, found, ask_few(look, found), over, &over_count));
    around codes;
    for (size_t i = 0; i < count && !look->scan->stop; i++)
        look_at_pair(look, found[i]);
    for (size_t i = 0; i < over_count && !look->scan->stop; i++)
        jy__stream_filler(look->scan, join_around(look, over[i], &codes), BEFORE, jy__avx512_place(look, over[i]));
}

static size_t ask_singles(const jy__look *look, uint16_t *found)
{
    const jy__windows single = jy__load_windows(look->filter->single);
    size_t count = 0;
    for (size_t at = look->from; at < look->end; at += 64) {
        __m512i hits = jy__buckets(row_at(look, at), &single);
        count += jy__put_places(found + count, at, _mm512_test_epi8_mask(hits, hits) & jy__until(at, look->end));
    }
    return count;
}

void jy__avx512_look_singles(jy__look *look)
{
    uint16_t found[JY__STREAM_ROOM + 64];
    size_t count = ask_singles(look, found);
    for (size_t i = 0; i < count && !look->scan->stop; i++) {
        size_t at = found[i];
        if (jy__bit(look->filter->singles, code_at(look, at)))
            jy__match_single(look->scan, jy__avx512_place(look, at), code_at(look, at), code_at(look, at - 1), code_at(look, at + 1));
    }
}
