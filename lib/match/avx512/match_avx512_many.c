/* Step two for many forms. In: the codes of a chunk. Out: places for the verifier. What passes the pairs is gathered first and looked at in
 * turns, each of which fetches what the next one needs: whether a pair may be a key is as good as random for a branch.
 *
 *   codes ─▶ pairs (match_avx512_rows.c, _buckets.c), or threes (match_avx512_threes.c) ─▶ triples (context, folded) ─▶ slots ─▶ contexts ─▶ verifier */
#include "match/avx512/match_avx512_row.h"

static inline uint32_t some(__m512i lowest) { return _mm512_test_epi32_mask(lowest, _mm512_set1_epi32(1)); }

#define FEW 6 /* places: so few are looked at one by one */

/* ---- triples */

static inline __m512i folded(__m512i codes)
{
    __m512i index = _mm512_max_epi32(_mm512_sub_epi32(codes, _mm512_set1_epi32(JY__CODE_FIRST)), _mm512_setzero_si512());
    return _mm512_and_si512(_mm512_i32gather_epi32(index, jy__fold_codes, 2), _mm512_set1_epi32(0xFFFF));
}

/* Keys of 16 places, folded, and the symbols around them. */
typedef struct neighbours { __m512i hash, before, behind; } neighbours;

/* Of eight of them, a word in 64 bits each: jy__triple_has(), a bit in a byte. */
static inline uint64_t words_have(__m512i words, __m512i around, __m512i alone)
{
    const __m512i sides = _mm512_set1_epi64(JY__TRIPLE_NUMBERS), one = _mm512_set1_epi64(JY__TRIPLE_NUMBERS & 0xFFFFFF);
    uint64_t both = _mm512_bitshuffle_epi64_mask(words, _mm512_multishift_epi64_epi8(sides, around));
    uint64_t own = _mm512_bitshuffle_epi64_mask(words, _mm512_multishift_epi64_epi8(one, alone));
    both &= both >> 1 & both >> 2;
    return both | both >> 3 | (own & own >> 1 & own >> 2);
}

static inline uint32_t have_triples(const jy__filter *filter, const neighbours *keys)
{
    __m512i behind = _mm512_mullo_epi32(_mm512_xor_si512(keys->hash, keys->behind), _mm512_set1_epi32((int)JY__TRIPLE_BEHIND));
    __m512i before = _mm512_mullo_epi32(_mm512_xor_si512(keys->hash, keys->before), _mm512_set1_epi32((int)JY__TRIPLE_BEFORE));
    __m512i alone = _mm512_mullo_epi32(keys->hash, _mm512_set1_epi32((int)JY__TRIPLE_ALONE));
    __m512i at = _mm512_srl_epi32(keys->hash, _mm_cvtsi32_si128(32 - (int)filter->triple_bits)), zero = _mm512_setzero_si512();
    __m512i low = _mm512_i64gather_epi64(_mm512_unpacklo_epi32(at, zero), filter->triples, 8);
    __m512i high = _mm512_i64gather_epi64(_mm512_unpackhi_epi32(at, zero), filter->triples, 8);
    uint64_t lows = words_have(low, _mm512_unpacklo_epi32(behind, before), _mm512_unpacklo_epi32(alone, alone));
    uint64_t highs = words_have(high, _mm512_unpackhi_epi32(behind, before), _mm512_unpackhi_epi32(alone, alone));
    const uint64_t first = 0x0101010101010101u; /* unpacking takes two lanes of each four */
    return (uint32_t)(_pdep_u64(_pext_u64(lows, first), 0x3333) | _pdep_u64(_pext_u64(highs, first), 0xCCCC));
}

/* jy__stream_triple() for 16 places; lanes of which nothing stands before, or behind. */
static inline uint32_t triple_bits(const jy__look *look, __m512i at, __mmask16 begin, __mmask16 end)
{
    const jy__filter *filter = look->filter;
    const __m512i low = _mm512_set1_epi32(0xFFFF);
    __m512i before = jy__two_at(look, at, -2), key = jy__two_at(look, at, 0), behind = jy__two_at(look, at, 2);
    uint32_t fillers = (some(jy__filler_begins(filter, behind)) & ~(uint32_t)end) | (some(jy__filler_ends(filter, before)) & ~(uint32_t)begin);
    __m512i a = folded(_mm512_and_si512(key, low)), b = folded(_mm512_srli_epi32(key, 16));
    const neighbours keys = { _mm512_mullo_epi32(_mm512_or_si512(_mm512_slli_epi32(a, 16), b), _mm512_set1_epi32((int)0x9E3779B1u)),
                        _mm512_maskz_mov_epi32((__mmask16)~begin, folded(_mm512_srli_epi32(before, 16))),
                        _mm512_maskz_mov_epi32((__mmask16)~end, folded(_mm512_and_si512(behind, low))) };
    return fillers | have_triples(filter, &keys);
}

#define FIRST 64u /* places, which say of a chunk whether it pays to ask the others */
#define CHANCE 2u /* so many of them fall where phrases are crowded */

/* Those from `from` on stay. */
static size_t keep_others(uint16_t *found, size_t kept, size_t from, size_t count)
{
    if (from >= count)
        return kept;
    memmove(found + kept, found + from, (count - from) * sizeof(*found));
    return kept + count - from;
}

size_t jy__avx512_keep_triples(const jy__look *look, uint16_t *found, size_t count)
{
    const size_t enough = look->scan->crowded ? FIRST - CHANCE : FIRST + 1;
    size_t kept = 0, i = 0;
    for (; count < FEW && i < count; i++) {
        size_t at = found[i];
        found[kept] = found[i];
        kept += jy__triple_allows(look->filter, jy__split_at(look, at - 1u), jy__split_at(look, at), jy__split_at(look, at + 1u), jy__split_at(look, at + 2u));
    }
    for (; i < count && (i != FIRST || kept < enough); i += 16) {
        __m512i places = jy__places_at(look, found + i, count - i);
        kept += jy__put_kept(found + kept, places, triple_bits(look, places, 0, 0) & jy__room_for(count - i));
    }
    return keep_others(found, kept, i, count);
}

/* Of sixteen places those whose key no letter parts, nor the end of a line; where one stands beside it that is all there is. */
static inline uint32_t joined_bits(const jy__look *look, __m512i places, __mmask16 lanes)
{
    const __m512i one = _mm512_set1_epi32(1);
    const __mmask16 joined = lanes & (__mmask16)~jy__parted_at(look, lanes, places);
    const __mmask16 begin = jy__parted_at(look, joined, _mm512_sub_epi32(places, one)), end = jy__parted_at(look, joined, _mm512_add_epi32(places, one));
    return begin | end ? joined & triple_bits(look, places, begin, end) : joined;
}

static size_t keep_joined(const jy__look *look, uint16_t *found, size_t count)
{
    size_t kept = 0, i = 0;
    for (; i < count && (i != FIRST || kept <= FIRST - FIRST / 4); i += 16) { /* a quarter falls where it pays */
        const __m512i places = jy__places_at(look, found + i, count - i);
        kept += jy__put_kept(found + kept, places, joined_bits(look, places, (__mmask16)jy__room_for(count - i)));
    }
    return keep_others(found, kept, i, count);
}

/* ---- keys with a filler between */

/* Places where a key goes on behind a filler of one code, or a filler of more is there: these are near; far are those with a filler of more codes, or with
 * two of one. */
static void keep_near(const jy__look *look, const uint16_t *found, size_t count, jy__over *over)
{
    const jy__filter *filter = look->filter;
    for (size_t i = 0; i < count; i += 16) {
        const uint32_t lanes = jy__room_for(count - i);
        __m512i places = jy__places_at(look, found + i, count - i);
        __m512i first = _mm512_i32gather_epi32(places, look->joined, 2), behind = _mm512_i32gather_epi32(places, look->joined + 2, 2);
        uint32_t single = some(jy__is_single(filter, _mm512_srli_epi32(first, 16))) & lanes, more = some(jy__in_pairs(filter->filler_begins, behind));
        uint32_t near = single & (more | some(jy__key_with(filter, first, behind, single)));
        uint32_t two = single & some(jy__is_single(filter, jy__low_of(behind)));
        uint32_t far = (two | some(jy__in_pairs(filter->filler_begins, _mm512_shrdi_epi32(first, behind, 16)))) & lanes & ~near;
        over->near_count += jy__put_kept(over->near + over->near_count, places, near);
        over->far_count += jy__put_kept(over->far + over->far_count, places, far);
    }
}

/* Of those behind which a filler of three codes or four may end: whether the key goes on behind it. */
static inline uint32_t go_on_further(const jy__look *look, __m512i places, __m512i first, __m512i third, uint32_t lanes)
{
    const jy__filter *filter = look->filter;
    _Static_assert(JY__FILLER_LONGEST == 4, "it does so one code further on, or two");
    __m512i fifth = _mm512_i32gather_epi32(places, look->joined + 5, 2);
    return lanes & some(_mm512_or_si512(jy__may_go_on(filter, first, _mm512_shrdi_epi32(third, fifth, 16), lanes), jy__may_go_on(filter, first, fifth, lanes)));
}

/* Behind a filler of two codes, or two of one, the third code goes on. */
static void keep_far(const jy__look *look, jy__over *over)
{
    const jy__filter *filter = look->filter;
    size_t count = over->far_count;
    over->far_count = 0;
    for (size_t i = 0; i < count; i += 16) {
        const uint32_t lanes = jy__room_for(count - i);
        __m512i places = jy__places_at(look, over->far + i, count - i);
        __m512i first = _mm512_i32gather_epi32(places, look->joined, 2), third = _mm512_i32gather_epi32(places, look->joined + 3, 2);
        __m512i second = _mm512_i32gather_epi32(places, look->joined + 2, 2);
        uint32_t longer = some(_mm512_or_si512(jy__in_pairs(filter->filler_ends, second), jy__in_pairs(filter->filler_ends, third))) & lanes;
        uint32_t goes_on = some(jy__may_go_on(filter, first, third, lanes)) & lanes;
        if (longer)
            goes_on |= go_on_further(look, places, first, third, longer);
        over->far_count += jy__put_kept(over->far + over->far_count, places, goes_on);
    }
}

/* What is near mostly goes on behind a filler of one code; then the symbols around the key tell, if there may be no other filler. */
static inline bool is_out_of_place(const jy__look *look, size_t at)
{
    const jy__filter *filter = look->filter;
    const uint16_t *codes = look->joined + at;
    return !(jy__bit(filter->fillers, codes[2]) | jy__mix_in(filter->filler_begins, 32, codes[1], codes[2])) &
           !jy__triple_allows(filter, codes[-1], codes[0], codes[2], codes[3]);
}

static void look_at_over(jy__look *look, const uint16_t *found, size_t count, bool near)
{
    const jy__rounds rounds = jy__avx512_rounds(look);
    for (size_t i = 0; i < count && !look->scan->stop; i++)
        if (jy__bit(look->filter->heads, look->joined[found[i]]) && !(near && is_out_of_place(look, found[i])))
            jy__stream_filler(&rounds, found[i]);
}

/* Of all places with a filler behind. */
static void find_over(const jy__look *look, jy__over *over)
{
    over->near_count = over->far_count = 0;
    keep_near(look, look->fillers, look->filler_count, over);
    keep_far(look, over);
}

/* The last place is for sounds. */
static void look_over(jy__look *look, const jy__over *over)
{
    look_at_over(look, over->near, over->near_count - (over->near_count && over->near[over->near_count - 1] == look->end), true);
    look_at_over(look, over->far, over->far_count - (over->far_count && over->far[over->far_count - 1] == look->end), false);
}

static size_t key_places(const jy__look *look, uint16_t *found, jy__over *over)
{
    if (look->filter->threes)
        return jy__avx512_threes(look, found, over);
    return look->bucketed ? jy__avx512_bucket_places(look, found) : jy__avx512_paired_places(look, found);
}

void jy__avx512_look_many(jy__look *look)
{
    jy__place_lists *lists = &look->scan->walker->lists;
    uint16_t *found = lists->found;
    const bool threes = look->filter->threes;
    jy__over over = { lists->near, lists->far, 0, 0 };
    size_t count = jy__avx512_keep_triples(look, found, key_places(look, found, &over));
    if (count >= jy__offsets_from(look)) {
        jy__avx512_list_offsets(look, lists->offsets);
        count = keep_joined(look, found, count);
    }
    jy__avx512_look_at(look, found, count);
    if (!threes && !look->scan->walker->leads_open)
        find_over(look, &over);
    if (look->scan->walker->leads_open)
        jy__avx512_look_filled(look);
    else
        look_over(look, &over);
    look->offsets = NULL; /* the lists were for this look alone */
    look->folded = NULL;
}
