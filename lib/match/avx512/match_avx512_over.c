/* Keys beside fillers of very many forms, and keys that go on over one: three codes are asked for as if the filler were left out. In: places before fillers.
 * Out: where a key may stand right before a filler or right behind one, a bit a place; places where one may go on over it.
 *
 *   codes   x a F b c      x a b   the key may be x a, or a b over the filler        filler of one code: b is two behind a; of more: three to five
 *                          a b c   it may be b c, or a b                               where a b, or b c, stands for any three: also x a, or a b
 *
 * Where another filler stands beside these, or a code twice, which the sieve does not know of, two codes must do. */
#include "match/avx512/match_avx512_threes.h"

/* Sixteen places, with the code before each: what the sieve has of these two, and whether more than the filler stands between. */
typedef struct filled { __m512i at, before, words, other; __mmask16 alone, parted; } filled;

static inline __m512i low_high(__m512i low, __m512i high) { return _mm512_ternarylogic_epi32(_mm512_set1_epi32(0xFFFF), low, high, 0xCA); }
static inline uint32_t some(__m512i lowest) { return _mm512_test_epi32_mask(lowest, _mm512_set1_epi32(1)); }
static inline __mmask16 are_twice(__m512i pairs) { return _mm512_cmpeq_epi32_mask(jy__low_of(pairs), _mm512_srli_epi32(pairs, 16)); }

static inline __m512i words_at(const jy__sieve *s, __m512i pairs, __mmask16 lanes)
{
    return _mm512_mask_i32gather_epi32(s->at, lanes, jy__sieve_at(s, pairs), s->words, 1);
}

static inline filled filled_at(const jy__look *look, const jy__sieve *s, __m512i at)
{
    const __m512i before = jy__two_at(look, at, -1), other = jy__others_of(before);
    const __m512i words = words_at(s, before, UINT16_MAX);
    const uint32_t parted = some(jy__filler_ends(look->filter, jy__two_at(look, at, -2))) | are_twice(before);
    return (filled){ .at = at, .before = before, .words = words, .other = other, .alone = jy__sieve_has(s, words, other), .parted = (__mmask16)parted };
}

/* Lanes with a key right before the filler, right behind it, or over it. */
typedef struct keys_found { uint32_t before, behind, over; } keys_found;

/* The filler leads so far on. */
static inline keys_found keys_at(const jy__look *look, const jy__sieve *s, const filled *f, __mmask16 lanes, int far)
{
    const jy__filter *filter = look->filter;
    const __m512i behind = jy__two_at(look, f->at, far), pair = low_high(_mm512_srli_epi32(f->before, 16), _mm512_slli_epi32(behind, 16));
    const __m512i other = jy__others_of(pair), words = words_at(s, pair, lanes), next = jy__others_of(behind);
    const uint32_t first = f->alone | jy__sieve_has(s, f->words, _mm512_add_epi32(f->other, other)), two_alone = jy__sieve_has(s, words, other);
    const uint32_t last = two_alone | jy__sieve_has(s, words, _mm512_add_epi32(other, next)), last_alone = jy__sieve_has(s, words_at(s, behind, lanes), next);
    const uint32_t more = some(jy__filler_begins(filter, behind)), twice = are_twice(pair);
    const uint32_t parted = (f->parted | are_twice(behind) | some(jy__filler_begins(filter, jy__two_at(look, f->at, far + 1)))) & lanes;
    const uint32_t two = parted ? some(jy__pair_words_of(filter, jy__mixes_of(pair), (__mmask16)parted)) & parted : 0;
    return (keys_found){ .before = lanes & (first | two_alone | more | twice), .behind = lanes & (last | some(jy__filler_ends(filter, f->before)) | twice),
                         .over = lanes & (first | last | last_alone | more | two) };
}

/* Bits of places, so far from those of the lanes; before the row of the first code none is asked for. */
static inline void add(const jy__look *look, uint64_t *keys, uint32_t lanes, __m512i at, int by)
{
    const __m512i bits = _mm512_add_epi32(at, _mm512_set1_epi32(by - (int)jy__first_row(look)));
    uint32_t places[16];
    _mm512_storeu_si512(places, bits);
    for (lanes &= _mm512_cmpge_epi32_mask(bits, _mm512_setzero_si512()); lanes; lanes &= lanes - 1)
        jy__bit_set(keys, places[__builtin_ctz(lanes)]);
}

/* Adds keys; returns the lanes of those over the filler. */
static inline uint32_t add_keys(const jy__look *look, const jy__sieve *s, const filled *f, uint32_t lanes, int far, uint64_t *keys)
{
    const keys_found found = keys_at(look, s, f, (__mmask16)lanes, far);
    add(look, keys, found.before, f->at, -1);
    add(look, keys, found.behind, f->at, far);
    return found.over;
}

static void look_beside_longer(const jy__look *look, const jy__sieve *s, uint64_t *keys, jy__over *over)
{
    const size_t count = over->far_count;
    _Static_assert(JY__FILLER_LONGEST == 4, "behind one of more codes than one a key goes on three to five behind the place");
    over->far_count = 0;
    for (size_t i = 0; i < count; i += 16) {
        const filled f = filled_at(look, s, jy__places_at(look, over->far + i, count - i));
        const uint32_t lanes = jy__room_for(count - i);
        const uint32_t kept = add_keys(look, s, &f, lanes, 3, keys) | add_keys(look, s, &f, lanes, 4, keys) | add_keys(look, s, &f, lanes, 5, keys);
        over->far_count += jy__put_kept(over->far + over->far_count, f.at, kept);
    }
}

/* What fillers end before the first codes is not known. */
void jy__avx512_look_beside(const jy__look *look, uint64_t *keys, jy__over *over)
{
    const jy__sieve s = jy__load_sieve(look->filter);
    over->near_count = over->far_count = 0;
    for (size_t i = 0; i <= JY__FILLER_LONGEST; i++)
        jy__bit_set(keys, look->from - jy__first_row(look) + i);
    for (size_t i = 0; i < look->filler_count; i += 16) {
        const filled f = filled_at(look, &s, jy__places_at(look, look->fillers + i, look->filler_count - i));
        const __m512i begins = jy__two_at(look, f.at, 1);
        const uint32_t lanes = jy__room_for(look->filler_count - i), one = some(jy__is_single(look->filter, jy__low_of(begins)));
        over->near_count += jy__put_kept(over->near + over->near_count, f.at, add_keys(look, &s, &f, one & lanes, 2, keys));
        over->far_count += jy__put_kept(over->far + over->far_count, f.at, some(jy__in_pairs(look->filter->filler_begins, begins)) & lanes);
    }
    look_beside_longer(look, &s, keys, over);
}
