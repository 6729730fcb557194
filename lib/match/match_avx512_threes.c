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

size_t jy__avx512_ask_threes(const jy__look *look, jy__asked_rows *out)
{
    const sieve words = load_sieve(look->filter);
    const jy__filler_windows fillers = jy__load_fillers(look->filter);
    uint16_t *const joined = look->scan->walker->stream.codes;
    size_t number = 0, first = jy__first_row(look);
    jy__row row = jy__row_at(look, first);
    evens here = evens_of(row);
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
        out->threes[number + 1] = in_order(halves);
        out->again[number + 1] = _mm512_cmpeq_epi8_mask(row.low, behind.low) & _mm512_cmpeq_epi8_mask(row.high, behind.high);
        row = ahead;
        here = next;
    }
    return number;
}

/* ---- places */

/* A key is the first two of three or the last two, or its first code or its last one is said again: words that stand one place further on, or back, with
 * what the words beside hand on. */
static void join_keys(jy__asked_rows *rows)
{
    rows->threes[0] = rows->again[0] = rows->again[rows->count + 1] = 0;
    for (size_t i = 1; i <= rows->count; i += 8) {
        const __m512i threes = _mm512_loadu_si512(rows->threes + i), again = _mm512_loadu_si512(rows->again + i);
        const __m512i last = _mm512_shldi_epi64(threes, _mm512_loadu_si512(rows->threes + i - 1), 1);
        const __m512i said = _mm512_shldi_epi64(again, _mm512_loadu_si512(rows->again + i - 1), 1);
        const __m512i before = _mm512_shrdi_epi64(again, _mm512_loadu_si512(rows->again + i + 1), 1);
        _mm512_storeu_si512(rows->keys + i, _mm512_ternarylogic_epi32(_mm512_or_si512(threes, last), said, before, 0xFE));
    }
}

/* Sixteen places before fillers: the two codes up to it, the filler's first two, and behind a filler of one code the next two. */
typedef struct filled { __m512i before, filler, behind; } filled;

/* Lanes in which some key may stand right before a filler, or right behind one. */
typedef struct keys_beside { uint32_t before, behind, longer; } keys_beside;

static inline uint32_t some(__m512i lowest) { return _mm512_test_epi32_mask(lowest, _mm512_set1_epi32(1)); }

/* A filler of one code is left out: the key and the code on its other side are asked as three, unless another filler stands there, or the same code twice. */
static inline keys_beside beside_of(const jy__filter *filter, const sieve *s, const filled *f)
{
    const __m512i over = _mm512_ternarylogic_epi32(_mm512_set1_epi32(0xFFFF), _mm512_srli_epi32(f->before, 16), _mm512_slli_epi32(f->behind, 16), 0xCA);
    const __m512i over_other = others_of(over);
    const uint32_t one = some(jy__is_single(filter, jy__low_of(f->filler))), again = _mm512_cmpeq_epi32_mask(jy__low_of(over), _mm512_srli_epi32(over, 16));
    const uint32_t before = three_bits(s, f->before, others_of(f->before), over_other) | some(jy__filler_begins(filter, f->behind)) | again;
    const uint32_t behind = three_bits(s, over, over_other, others_of(f->behind)) | some(jy__filler_ends(filter, f->before)) | again;
    return (keys_beside){ one & before, one & behind, some(jy__in_pairs(filter->filler_begins, f->filler)) };
}

static void add(uint64_t *keys, uint32_t lanes, const uint16_t *places, size_t less, size_t count)
{
    for (; lanes; lanes &= lanes - 1)
        for (size_t i = 0; i < count; i++)
            jy__bit_set(keys, places[__builtin_ctz(lanes)] + i - less);
}

/* Keys right before a filler and right behind one. What fillers end before the first codes is not known. */
static void add_beside(const jy__look *look, uint64_t *keys)
{
    const sieve words = load_sieve(look->filter);
    const size_t first = jy__first_row(look);
    for (size_t i = 0; i <= JY__FILLER_LONGEST; i++)
        jy__bit_set(keys, look->from - first + i);
    for (size_t i = 0; i < look->filler_count; i += 16) {
        const uint16_t *list = look->fillers + i;
        const __m512i at = jy__places_at(look, list, look->filler_count - i);
        const filled f = { jy__two_at(look, at, -1), jy__two_at(look, at, 1), jy__two_at(look, at, 2) };
        const keys_beside found = beside_of(look->filter, &words, &f);
        const uint32_t lanes = jy__room_for(look->filler_count - i), inside = _mm512_cmpgt_epi32_mask(at, _mm512_set1_epi32((int)first));
        add(keys, (found.before | found.longer) & lanes & inside, list, first + 1, 1);
        add(keys, found.behind & lanes, list, first - 2, 1);
        add(keys, found.longer & lanes, list, first - 3, JY__FILLER_LONGEST - 1);
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
    jy__asked_rows *rows = &look->scan->walker->asked_rows;
    join_keys(rows);
    add_beside(look, rows->keys + 1);
    return keep_pairs(look, found, jy__avx512_key_places(look, found));
}
