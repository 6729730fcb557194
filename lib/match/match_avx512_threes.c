/* Places of keys, when these are so many that two codes side by side tell little: three are asked. In: the codes, in rows of 64. Out: places for
 * match_avx512_many.c. A word is fetched for each code, as for pairs; to ask the third code as well takes a seventh more, and leaves one place of six. Where a
 * key has a filler or its own code beside it in place of the third it is found by that.
 *
 *   codes   a b c d e f …     even  ab cd ef …     a three: the pair, and the next one
 *                             odd   bc de fg …     hash of both ─▶ bits of the word that the pair chose (match_sieve.c) */
#include "match/match_avx512_row.h"

typedef struct sieve { const uint32_t *words; __m512i at, marks; } sieve;

static inline sieve load_sieve(const jy__filter *filter)
{
    const uint32_t last = ((uint32_t)1 << filter->sieve_bits) - 1;
    return (sieve){ filter->sieve, _mm512_set1_epi32((int)(last << 2)), _mm512_loadu_si512(filter->sieve_marks) };
}

/* A row's pairs that begin at even places, and their other hash. */
typedef struct evens { __m512i pairs[2], other[2]; } evens;

static inline __m512i others_of(__m512i pairs)
{
    return _mm512_madd_epi16(pairs, _mm512_set1_epi32((int)((uint32_t)JY__SIEVE_B << 16 | JY__SIEVE_A)));
}

static inline evens evens_of(jy__row row)
{
    evens all;
    jy__join_row(row, all.pairs);
    all.other[0] = others_of(all.pairs[0]);
    all.other[1] = others_of(all.pairs[1]);
    return all;
}

static inline __mmask16 three_bits(const sieve *s, __m512i pairs, __m512i other, __m512i next)
{
    __m512i words = _mm512_i32gather_epi32(_mm512_and_si512(jy__mixes_of(pairs), s->at), s->words, 1);
    return _mm512_testn_epi32_mask(words, _mm512_permutexvar_epi8(other, s->marks)) |
           _mm512_testn_epi32_mask(words, _mm512_permutexvar_epi8(_mm512_add_epi32(other, next), s->marks));
}

/* Of 32 codes: from even places on, and from odd ones. */
static inline void ask_half(const sieve *s, __m512i pairs, __m512i behind, __m512i other, __m512i other_behind, uint16_t out[2])
{
    __m512i next = _mm512_alignr_epi32(behind, pairs, 1), odd = _mm512_shrdi_epi32(pairs, next, 16), odd_other = others_of(odd);
    out[0] = three_bits(s, pairs, other, odd_other);
    out[1] = three_bits(s, odd, odd_other, _mm512_alignr_epi32(other_behind, other, 1));
}

static inline uint64_t in_order(const uint16_t halves[4])
{
    return _pdep_u64(halves[0] | (uint64_t)halves[2] << 16, 0x5555555555555555u) | _pdep_u64(halves[1] | (uint64_t)halves[3] << 16, 0xAAAAAAAAAAAAAAAAu);
}

/* Of a row's codes those with which three begin, and those that the next one says again. */
typedef struct row_bits { uint64_t three, again; } row_bits;

/* A key is the first two of three or the last two; or its last code or its first one is said again. The first bit is of the code before the row. */
static inline void put_keys(uint64_t *keys, row_bits before, row_bits here)
{
    keys[0] |= here.again << 63;
    keys[1] = here.three | (here.three | here.again) << 1 | (before.three | before.again) >> 63 | here.again >> 1;
}

size_t jy__avx512_ask_threes(const jy__look *look, jy__asked_rows *out)
{
    const sieve words = load_sieve(look->filter);
    const jy__filler_windows fillers = jy__load_fillers(look->filter);
    uint16_t *const joined = look->scan->walker->stream.codes;
    size_t number = 0, first = jy__first_row(look);
    jy__row row = jy__row_at(look, first);
    evens here = evens_of(row);
    row_bits before = { 0, 0 };
    for (size_t at = first; at <= look->end + 1; at += 64, number++) {
        const jy__row behind = jy__row_at(look, at + 1), ahead = jy__row_at(look, at + 64);
        const evens next = evens_of(ahead);
        uint16_t halves[4];
        _mm_prefetch(look->ahead + at, _MM_HINT_T1);
        _mm512_store_si512(joined + at, here.pairs[0]);
        _mm512_store_si512(joined + at + 32, here.pairs[1]);
        out->fillers[number] = jy__some(jy__filler_at(row, behind, &fillers));
        ask_half(&words, here.pairs[0], here.pairs[1], here.other[0], here.other[1], halves);
        ask_half(&words, here.pairs[1], next.pairs[0], here.other[1], next.other[0], halves + 2);
        const row_bits bits = { in_order(halves), _mm512_cmpeq_epi8_mask(row.low, behind.low) & _mm512_cmpeq_epi8_mask(row.high, behind.high) };
        put_keys(out->keys + number, before, bits);
        before = bits;
        row = ahead;
        here = next;
    }
    return number;
}

/* ---- places */

/* Places before fillers of one code, and before those of more. */
typedef struct filled { uint16_t one[JY__STREAM_ROOM + 64], more[JY__STREAM_ROOM + 64]; size_t one_count, more_count; } filled;

static void tell_fillers(const jy__look *look, filled *out)
{
    const jy__filter *filter = look->filter;
    const __m512i bit = _mm512_set1_epi32(1), low = _mm512_set1_epi32(0xFFFF);
    out->one_count = out->more_count = 0;
    for (size_t i = 0; i < look->filler_count; i += 16) {
        __m512i places = jy__places_at(look, look->fillers + i, look->filler_count - i), begins = _mm512_i32gather_epi32(places, look->joined + 1, 2);
        uint32_t lanes = jy__room_for(look->filler_count - i);
        uint32_t one = _mm512_test_epi32_mask(jy__is_single(filter, _mm512_and_si512(begins, low)), bit);
        uint32_t more = _mm512_test_epi32_mask(jy__in_pairs(filter->filler_begins, begins), bit);
        out->one_count += jy__put_kept(out->one + out->one_count, places, one & lanes);
        out->more_count += jy__put_kept(out->more + out->more_count, places, more & lanes);
    }
}

static void add(uint64_t *keys, size_t at, size_t count)
{
    for (size_t i = 0; i < count; i++)
        jy__bit_set(keys, at + i);
}

/* Keys right before a filler and right behind one. What fillers end before the first codes is not known. */
static void add_beside(const jy__look *look, uint64_t *keys)
{
    const size_t first = jy__first_row(look);
    filled fillers;
    tell_fillers(look, &fillers);
    add(keys, look->from - first, JY__FILLER_LONGEST + 1);
    for (size_t i = 0; i < fillers.one_count; i++) {
        size_t before = fillers.one[i] - first;
        add(keys, before - (before > 0), before > 0);
        add(keys, before + 2, 1);
    }
    for (size_t i = 0; i < fillers.more_count; i++) {
        size_t before = fillers.more[i] - first;
        add(keys, before - (before > 0), before > 0);
        add(keys, before + 3, JY__FILLER_LONGEST - 1);
    }
}

/* Of places those where two codes may be a key. */
static size_t keep_pairs(const jy__look *look, uint16_t *found, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i += 16) {
        const __m512i places = jy__places_at(look, found + i, count - i);
        kept += jy__put_kept(found + kept, places, jy__pair_bits(look->filter, _mm512_i32gather_epi32(places, look->joined, 2)) & jy__room_for(count - i));
    }
    return kept;
}

size_t jy__avx512_threes(const jy__look *look, uint16_t *found)
{
    add_beside(look, look->scan->walker->asked_rows.keys + 1);
    return keep_pairs(look, found, jy__avx512_key_places(look, found));
}
