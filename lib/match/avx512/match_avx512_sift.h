/* match_avx512_sift — the codes of an utterance, 42 at most, and many forms: where a key may stand, asked without a branch and so closely that
 * hardly anything is left where no phrase is. One branch that goes the other way takes as long as all of this. In: the row, and where fillers may
 * begin. Out: first codes of keys, a bit each: some too many, none too few. */
#ifndef JY_MATCH_AVX512_SIFT_H
#define JY_MATCH_AVX512_SIFT_H

#include "match/avx512/match_avx512_row.h"

static inline __m512i jy__row_words(jy__row row, int half)
{
    __m256i low = half ? _mm512_extracti64x4_epi64(row.low, 1) : _mm512_castsi512_si256(row.low);
    __m256i high = half ? _mm512_extracti64x4_epi64(row.high, 1) : _mm512_castsi512_si256(row.high);
    return _mm512_or_si512(_mm512_cvtepu8_epi16(low), _mm512_slli_epi16(_mm512_cvtepu8_epi16(high), 8));
}

/* Each place as that so many behind it. */
static inline __m512i jy__row_behind(__m512i bytes, int by)
{
    return _mm512_maskz_permutexvar_epi8(~(uint64_t)0 >> by, _mm512_add_epi8(jy__steps(), _mm512_set1_epi8((char)by)), bytes);
}

/* Codes with which a filler may begin: one of one code, one of more. */
typedef struct jy__short_fillers { uint64_t one, more; } jy__short_fillers;

/* Keys right before a filler or right behind one. */
static inline uint64_t jy__beside(jy__short_fillers f) { return (f.one | f.more) >> 2 | f.one << 1 | f.more << 2 | f.more << 3 | f.more << 4; }

/* ---- pairs of codes: flanks, or only pairs when there are none */

typedef struct jy__key_set { const uint32_t *words; __m512i mask; } jy__key_set;

static inline jy__key_set jy__keys_of(const jy__filter *filter)
{
    const uint32_t count = (uint32_t)1 << (filter->pair_bits + (filter->flanks != NULL));
    return (jy__key_set){ filter->flanks ? filter->flanks : filter->pairs, _mm512_set1_epi32((int)(count - 1)) };
}

static inline __m512i jy__words_of(const jy__key_set *set, __m512i mixes)
{
    return _mm512_i32gather_epi32(_mm512_and_si512(_mm512_srli_epi32(mixes, 5), set->mask), set->words, 4);
}

static inline uint32_t jy__have(__m512i words, __m512i mixes) { return _mm512_test_epi32_mask(jy__has_mix(words, mixes), JY__LANES(lowest)); }

/* A byte of each code: of `low` its low one, of `high` its high one. */
static inline __m512i jy__codes_at(jy__row row, __m512i index, uint64_t low, uint64_t high)
{
    return _mm512_mask_permutexvar_epi8(_mm512_maskz_permutexvar_epi8(low, index, row.low), high, index, row.high);
}

/* Which of 16 pairs are keys, and which are flanks of one. */
typedef struct jy__paired { uint64_t keys, flanks; } jy__paired;

static inline jy__paired jy__pairs_at(const jy__key_set *set, jy__row row, __m512i at)
{
    const __m512i mixes = jy__mixes_of(jy__codes_at(row, at, 0x5555555555555555u, 0xAAAAAAAAAAAAAAAAu)), words = jy__words_of(set, mixes);
    return (jy__paired){ jy__have(words, mixes), jy__have(words, _mm512_xor_si512(mixes, JY__LANES(flank))) };
}

/* Which codes are 16 pairs one behind the other. */
static inline __m512i jy__pairs_from(int first)
{
    const __m512i pairs = _mm512_set_epi8(16, 16, 15, 15, 15, 15, 14, 14, 14, 14, 13, 13, 13, 13, 12, 12, 12, 12, 11, 11, 11, 11, 10, 10, 10, 10, 9, 9,
                                          9, 9, 8, 8, 8, 8, 7, 7, 7, 7, 6, 6, 6, 6, 5, 5, 5, 5, 4, 4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0);
    return _mm512_add_epi8(pairs, _mm512_set1_epi8((char)first));
}

/* ---- pairs that a filler stands in: the code before it, and that behind. Of four fillers of one code and of one that is longer, by each of its lengths:
 * a row in thirty has more of them. */

#define JY__OVER_ONE 4u

/* Which codes they are, in the last eight of 16 lanes; those of the eight that have one; whether there are more fillers. */
typedef struct jy__over_pairs { __m512i at; uint32_t lanes; bool more; } jy__over_pairs;

static inline jy__over_pairs jy__pairs_over(jy__short_fillers f)
{
    const __m512i number = _mm512_set_epi64(0, 0, 0x0303030302020202, 0x0101010100000000, 0, 0, 0, 0);
    const __m512i behind = _mm512_set_epi64(0x0505000005050000, 0x0404000003030000, 0x0202000002020000, 0x0202000002020000, 0, 0, 0, 0);
    const uint64_t ones = f.one >> 1, longer = f.more >> 1;
    const __m512i at = _mm512_permutexvar_epi8(number, _mm512_maskz_compress_epi8(ones, jy__steps()));
    const unsigned count = (unsigned)__builtin_popcountll(ones);
    _Static_assert(JY__FILLER_LONGEST == 4, "a longer filler has three lengths");
    return (jy__over_pairs){ _mm512_add_epi8(_mm512_mask_set1_epi8(at, ~(uint64_t)0 << 48, (char)_tzcnt_u64(longer)), behind),
                             _bzhi_u32((1u << JY__OVER_ONE) - 1, count) | (longer ? 7u << JY__OVER_ONE : 0), (count > JY__OVER_ONE) | ((longer & (longer - 1)) != 0) };
}

/* Pairs of a row, and which of those over fillers are keys. */
typedef struct jy__asked { jy__paired beside; uint32_t over; } jy__asked;

/* Most rows have 24 codes at most: behind the last of these pairs those over fillers are asked in the same look. */
static inline jy__asked jy__ask_pairs(const jy__key_set *set, jy__row row, unsigned count, const jy__over_pairs *over)
{
    const jy__paired first = jy__pairs_at(set, row, jy__pairs_from(0)), second = jy__pairs_at(set, row, _mm512_mask_mov_epi32(jy__pairs_from(16), 0xFF00, over->at));
    jy__asked all = { { first.keys | (second.keys & 0xFF) << 16, first.flanks | (second.flanks & 0xFF) << 16 }, (uint32_t)(second.keys >> 8) & over->lanes };
    for (unsigned from = 24; from < count; from += 16) {
        const jy__paired more = jy__pairs_at(set, row, jy__pairs_from((int)from));
        all.beside.keys |= more.keys << from;
        all.beside.flanks |= more.flanks << from;
    }
    return all;
}

/* ---- four places at once: number 0 in the first 128 bits, and so on; a row with more is left as it is */

#define JY__SIFTED 4u

static inline bool jy__too_many(uint64_t places) { return (unsigned)__builtin_popcountll(places) > JY__SIFTED; }

static inline __m512i jy__fours(uint64_t places)
{
    const __m512i number = _mm512_set_epi64(0x0303030303030303, 0x0303030303030303, 0x0202020202020202, 0x0202020202020202, 0x0101010101010101,
                                            0x0101010101010101, 0, 0);
    return _mm512_permutexvar_epi8(number, _mm512_maskz_compress_epi8(places, jy__steps()));
}

/* As jy__triple_has(): whether any place has a triple. */
static inline bool jy__any_triple(const jy__filter *filter, jy__row row, uint64_t places)
{
    const __m512i around = _mm512_broadcast_i32x4(_mm_set_epi8(1, 1, 1, 1, 0, 0, 0, 0, -1, -1, -1, -1, 2, 2, 2, 2)); /* behind, before, a, b */
    const __m512i key = _mm512_broadcast_i32x4(_mm_set_epi8(9, 8, 13, 12, 9, 8, 13, 12, 9, 8, 13, 12, 9, 8, 13, 12)), zero = _mm512_setzero_si512();
    const __m512i factors = _mm512_broadcast_i32x4(_mm_set_epi32((int)JY__TRIPLE_ALONE, (int)JY__TRIPLE_ALONE, (int)JY__TRIPLE_BEFORE, (int)JY__TRIPLE_BEHIND));
    const __m512i three = _mm512_set1_epi64(JY__TRIPLE_NUMBERS);
    __m512i codes = jy__codes_at(row, _mm512_add_epi8(jy__fours(places), around), 0x1111111111111111u, 0x2222222222222222u);
    __m512i index = _mm512_max_epi32(_mm512_sub_epi32(codes, _mm512_set1_epi32(JY__CODE_FIRST)), zero);
    __m512i symbols = _mm512_i32gather_epi32(index, jy__fold_codes, 2);
    __m512i hash = _mm512_mullo_epi32(_mm512_shuffle_epi8(symbols, key), _mm512_set1_epi32((int)0x9E3779B1u));
    __m512i sides = _mm512_maskz_and_epi32(0x3333, symbols, _mm512_set1_epi32(0xFFFF));
    __m512i at = _mm512_srl_epi64(hash, _mm_cvtsi32_si128(64 - (int)filter->triple_bits));
    __m512i numbers = _mm512_multishift_epi64_epi8(three, _mm512_mullo_epi32(_mm512_xor_si512(sides, hash), factors));
    uint64_t have = _mm512_bitshuffle_epi64_mask(_mm512_i64gather_epi64(at, filter->triples, 8), numbers);
    return _bzhi_u64(have & have >> 1 & have >> 2 & 0x0909090909090909u, 16 * (unsigned)__builtin_popcountll(places)) != 0;
}

/* ---- keys of two codes: side by side, and before fillers that one may go on over, there with the code behind or another filler */

typedef struct jy__sifted { uint64_t keys, fillers; } jy__sifted;

static inline uint64_t jy__keys_beside(const jy__filter *filter, jy__row row, const jy__paired *pairs, uint64_t there, jy__short_fillers f)
{
    const uint64_t keys = pairs->keys & there, beside = keys & jy__beside(f);
    if (filter->flanks)
        return beside | (keys & (pairs->flanks | pairs->flanks << 1 | pairs->flanks >> 1));
    return jy__too_many(keys) | jy__any_triple(filter, row, keys) ? keys : beside;
}

static inline jy__sifted jy__sift(const jy__filter *filter, jy__row row, unsigned count, jy__short_fillers f)
{
    const jy__key_set set = jy__keys_of(filter);
    const jy__over_pairs over = jy__pairs_over(f);
    const jy__asked pairs = jy__ask_pairs(&set, row, count, &over);
    const uint64_t any = f.one | f.more, again = (f.one >> 1 & any >> 2) | (f.more >> 1 & (any >> 3 | any >> 4 | any >> 5));
    return (jy__sifted){ jy__keys_beside(filter, row, &pairs.beside, _bzhi_u64(~(uint64_t)0, count), f), over.more | (pairs.over != 0) ? any >> 1 : again };
}

#endif
