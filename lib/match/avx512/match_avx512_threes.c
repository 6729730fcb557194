/* Places of keys, when these are so many that two codes side by side tell little: three are asked. In: the codes, in rows of 64. Out: places for
 * match_avx512_many.c. A word is fetched for each code, as for pairs; to ask the third code as well takes a seventh more, and leaves one place of six. Where a
 * key has a filler or its own code beside it in place of the third it is found by that.
 *
 *   codes   a b c d e f …     even  ab cd ef …     a three: the pair, and the next one
 *                             odd   bc de fg …     hash of both ─▶ bits of the word that the pair chose (match_sieve.c) */
#include "match/avx512/match_avx512_threes.h"

/* A row's pairs that begin at even places, and their other hash. */
typedef struct evens { __m512i pairs[2], other[2]; } evens;

static inline evens evens_of(jy__row row)
{
    evens all;
    jy__join_row(row, all.pairs);
    all.other[0] = jy__others_of(all.pairs[0]);
    all.other[1] = jy__others_of(all.pairs[1]);
    return all;
}

static inline __mmask16 three_bits(const jy__sieve *s, __m512i pairs, __m512i other, __m512i next)
{
    return jy__have_threes(s, _mm512_i32gather_epi32(jy__sieve_at(s, pairs), s->words, 1), other, next);
}

/* Of 32 codes: from even places on, and from odd ones. */
static inline void ask_half(const jy__sieve *s, __m512i pairs, __m512i behind, __m512i other, __m512i other_behind, uint16_t out[2])
{
    __m512i next = _mm512_alignr_epi32(behind, pairs, 1), odd = _mm512_shrdi_epi32(pairs, next, 16), odd_other = jy__others_of(odd);
    out[0] = three_bits(s, pairs, other, odd_other);
    out[1] = three_bits(s, odd, odd_other, _mm512_alignr_epi32(other_behind, other, 1));
}

static inline uint64_t in_order(const uint16_t halves[4])
{
    return _pdep_u64(halves[0] | (uint64_t)halves[2] << 16, 0x5555555555555555u) | _pdep_u64(halves[1] | (uint64_t)halves[3] << 16, 0xAAAAAAAAAAAAAAAAu);
}

size_t jy__avx512_ask_threes(const jy__look *look, jy__asked_rows *out)
{
    const jy__sieve words = jy__load_sieve(look->filter);
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

/* A key is the first two of three or the last two, or two that stand for any three and end or begin with its first code; or its first code or its last one
 * is said again: words that stand one place further on, or back, with what the words beside hand on. */
static void join_keys(jy__asked_rows *rows)
{
    rows->threes[0] = rows->again[0] = rows->threes[rows->count + 1] = rows->again[rows->count + 1] = 0;
    for (size_t i = 1; i <= rows->count; i += 8) {
        const __m512i threes = _mm512_loadu_si512(rows->threes + i), again = _mm512_loadu_si512(rows->again + i);
        const __m512i last = _mm512_shldi_epi64(threes, _mm512_loadu_si512(rows->threes + i - 1), 1);
        const __m512i said = _mm512_shldi_epi64(again, _mm512_loadu_si512(rows->again + i - 1), 1);
        const __m512i before = _mm512_shrdi_epi64(again, _mm512_loadu_si512(rows->again + i + 1), 1);
        const __m512i next = _mm512_shrdi_epi64(threes, _mm512_loadu_si512(rows->threes + i + 1), 1);
        _mm512_storeu_si512(rows->keys + i, _mm512_ternarylogic_epi32(_mm512_ternarylogic_epi32(threes, last, next, 0xFE), said, before, 0xFE));
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

size_t jy__avx512_threes(const jy__look *look, uint16_t *found, jy__over *over)
{
    jy__asked_rows *rows = &look->scan->walker->asked_rows;
    join_keys(rows);
    jy__avx512_look_beside(look, rows->keys + 1, over);
    return keep_pairs(look, found, jy__avx512_key_places(look, found));
}
