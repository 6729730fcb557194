/* An utterance by sound. In: its row of codes, and where fillers may begin. Out: where a key by sound may begin, and calls of the verifier for
 * what stands there. Each code becomes the byte of its readings. With few keys three bytes side by side are asked for in buckets, in registers. With
 * more it is first asked whether a key begins with two of them: that table is near; the one of three bytes is far, and is asked for few places only.
 * Nothing is written down until some place passes.
 *
 *   codes   布 知 道 …
 *   bytes   bu zhi dao …  ─▶ buckets, or begins (bu zhi) ─▶ heard (bu zhi dao) ─▶ the exact look */
#include "match/avx512/match_avx512_sift.h"

/* Bytes of 16 codes. */
static inline __m128i bytes_of(__m256i places, uint32_t there)
{
    __m512i words = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), (__mmask16)there, _mm512_cvtepu16_epi32(places), jy__heard_bytes, 1);
    return _mm512_cvtepi32_epi8(words);
}

/* Bytes of the first codes of a row, by its words; 0 behind them, as of what has no reading. */
static inline __m512i hear(__m512i low, __m512i high, unsigned count)
{
    const __m512i first = _mm512_set1_epi16(JY__CODE_FIRST);
    const uint64_t there = _bzhi_u64(~(uint64_t)0, count);
    low = _mm512_subs_epu16(low, first);
    __m512i bytes = _mm512_zextsi128_si512(bytes_of(_mm512_castsi512_si256(low), (uint32_t)there & 0xFFFF));
    bytes = _mm512_inserti32x4(bytes, bytes_of(_mm512_extracti64x4_epi64(low, 1), there >> 16 & 0xFFFF), 1);
    if (count > 32)
        bytes = _mm512_inserti32x4(bytes, bytes_of(_mm512_castsi512_si256(_mm512_subs_epu16(high, first)), there >> 32 & 0xFFFF), 2);
    return bytes;
}

/* ---- three bytes side by side, of 16 places */

static inline __m512i threes(__m512i bytes, int first)
{
    const __m512i at = _mm512_set_epi8(18, 17, 16, 15, 17, 16, 15, 14, 16, 15, 14, 13, 15, 14, 13, 12, 14, 13, 12, 11, 13, 12, 11, 10, 12, 11, 10, 9, 11, 10, 9,
                                       8, 10, 9, 8, 7, 9, 8, 7, 6, 8, 7, 6, 5, 7, 6, 5, 4, 6, 5, 4, 3, 5, 4, 3, 2, 4, 3, 2, 1, 3, 2, 1, 0);
    return _mm512_maskz_permutexvar_epi8(0x7777777777777777u, _mm512_add_epi8(at, _mm512_set1_epi8((char)first)), bytes);
}

static inline uint32_t bits_of(const uint64_t *set, __m512i two)
{
    return _mm512_test_epi32_mask(jy__bits_at(set, two), _mm512_set1_epi32(1));
}

static inline __m512i two_of(__m512i three) { return _mm512_and_si512(three, _mm512_set1_epi32(0xFFFF)); }

/* As jy__triple_heard(), but only those lanes are fetched. */
static inline uint32_t are_keys(const jy__sound_keys *keys, __m512i three, uint32_t lanes)
{
    const __m512i mix = jy__sound_mixes(three);
    __m512i words = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), (__mmask16)lanes, jy__heard_words(keys, mix), keys->heard, 4);
    uint32_t found = _mm512_test_epi32_mask(jy__has_mix(words, mix), _mm512_set1_epi32(1));
    if (keys->pairs)
        found |= bits_of(keys->pairs, two_of(three));
    return found & lanes;
}

/* ---- keys side by side */

/* Codes of which one may be a key's that a filler stands behind; those that may be a key with the next two. */
typedef struct heard { uint64_t before, keys; } heard;

/* Few keys: in eight buckets, in registers. */
static inline heard by_buckets(const jy__sound_keys *keys, __m512i bytes)
{
    const jy__byte_table first = jy__load_bytes(keys->buckets[0]), second = jy__load_bytes(keys->buckets[1]), third = jy__load_bytes(keys->buckets[2]);
    __m512i one = jy__byte_at(&first, bytes), two = _mm512_and_si512(one, jy__byte_at(&second, jy__row_behind(bytes, 1)));
    return (heard){ jy__some(one) | jy__some(two) << 1, _mm512_test_epi8_mask(two, jy__byte_at(&third, jy__row_behind(bytes, 2))) };
}

typedef struct sixteen { uint64_t begins, keys; } sixteen;

static inline sixteen ask_sixteen(const jy__sound_keys *keys, __m512i bytes, int first)
{
    const __m512i three = threes(bytes, first);
    uint32_t begins = bits_of(keys->begins, two_of(three));
    return (sixteen){ begins, are_keys(keys, three, begins) };
}

/* So many keys begin with nearly any byte: to ask before which a filler stands would only keep a branch waiting. */
static inline heard by_tables(const jy__sound_keys *keys, __m512i bytes, unsigned count)
{
    const sixteen first = ask_sixteen(keys, bytes, 0), second = ask_sixteen(keys, bytes, 16);
    sixteen all = { first.begins | second.begins << 16, first.keys | second.keys << 16 };
    if (count > 32) {
        const sixteen third = ask_sixteen(keys, bytes, 32);
        all.begins |= third.begins << 32;
        all.keys |= third.keys << 32;
    }
    if (keys->full)
        all.keys |= all.begins & _mm512_cmpeq_epi8_mask(bytes, jy__row_behind(bytes, 1)) >> 1;
    return (heard){ ~(uint64_t)0, all.keys };
}

static inline heard hear_all(const jy__sound_keys *keys, __m512i bytes, unsigned count)
{
    return keys->way == JY__BY_BUCKETS ? by_buckets(keys, bytes) : by_tables(keys, bytes, count);
}

/* ---- keys that a filler stands in */

/* Three bytes in each lane, of which a key may be the first two. */
static inline uint32_t go_on(const jy__sound_keys *keys, __m512i three, uint32_t lanes)
{
    lanes &= bits_of(keys->begins, two_of(three));
    if (keys->full && _pext_u64(_mm512_cmpeq_epi8_mask(three, _mm512_srli_epi32(three, 8)), 0x2222222222222222u) & lanes)
        return lanes;
    return are_keys(keys, three, lanes);
}

/* Places with a filler right behind that a key may go on over. The filler is of one code or of two to four. a F b c: the key's first code stands before
 * it; a b F c: its first two. Of four places at once, each with four lengths. */
static inline uint64_t hear_over(const jy__sound_keys *keys, __m512i bytes, uint64_t before, jy__short_fillers f)
{
    const __m512i one = _mm512_broadcast_i32x4(_mm_set_epi8(0, 6, 5, 0, 0, 5, 4, 0, 0, 4, 3, 0, 0, 3, 2, 0));
    const __m512i two = _mm512_broadcast_i32x4(_mm_set_epi8(0, 5, 0, -1, 0, 4, 0, -1, 0, 3, 0, -1, 0, 2, 0, -1));
    const uint64_t any = f.one | f.more, places = any >> 1 & before;
    const uint64_t again = (f.one >> 1 & any >> 2) | (f.more >> 1 & (any >> 3 | any >> 4 | any >> 5));
    const uint64_t three = 0x7777777777777777u;
    if (!places || jy__too_many(places) || (places & again))
        return places;
    __m512i at = jy__fours(places), behind = _mm512_add_epi8(at, one);
    uint32_t lanes = (uint32_t)_pdep_u64(_pext_u64(f.one >> 1, places), 0x1111), mores = (uint32_t)_pdep_u64(_pext_u64(f.more >> 1, places), 0x1111);
    uint32_t found, fillers = (uint32_t)_pext_u64(_mm512_movepi8_mask(_mm512_permutexvar_epi8(behind, _mm512_movm_epi8(any))), 0x4444444444444444u);
    lanes |= mores << 1 | mores << 2 | mores << 3;
    found = go_on(keys, _mm512_maskz_permutexvar_epi8(three, behind, bytes), lanes);
    found |= go_on(keys, _mm512_maskz_permutexvar_epi8(three, _mm512_add_epi8(at, two), bytes), lanes);
    found |= lanes & fillers;
    return found ? places : 0;
}

jy__short_heard jy__avx512_hear_short(const jy__matcher *matcher, __m512i low, __m512i high, unsigned count, uint64_t one, uint64_t more)
{
    const jy__sound_keys *keys = &matcher->sound_keys;
    const jy__row row = { low, high };
    const __m512i bytes = hear(jy__row_words(row, 0), jy__row_words(row, 1), count);
    const heard all = hear_all(keys, bytes, count);
    return (jy__short_heard){ all.keys, hear_over(keys, bytes, all.before, (jy__short_fillers){ one, more }) };
}

/* ---- what was found */

#define CODES 48u /* more than an utterance has */

static void look_at_keys(jy__hearing *hearing, uint64_t bits)
{
    uint32_t found[CODES];
    size_t count = 0;
    for (; bits; bits &= bits - 1)
        found[count++] = (uint32_t)(JY__SHORT_FIRST + (size_t)__builtin_ctzll(bits));
    jy__sound_places(hearing, found, count);
}

static void look_at_fillers(jy__hearing *hearing, uint64_t bits)
{
    for (; bits && !hearing->rounds.scan->stop; bits &= bits - 1)
        jy__sound_around(hearing, JY__SHORT_FIRST + (size_t)__builtin_ctzll(bits), JY__SHORT_FIRST, SIZE_MAX);
}

void jy__avx512_look_short_heard(const jy__rounds *rounds, jy__short_heard what)
{
    uint8_t bytes[JY__SHORT_FIRST + 2 * JY__BLOCK];
    const uint16_t *codes = rounds->codes + JY__SHORT_FIRST;
    jy__hearing hearing;
    memset(bytes, 0, sizeof(bytes));
    _mm512_storeu_si512(bytes + JY__SHORT_FIRST, hear(_mm512_loadu_si512(codes), _mm512_loadu_si512(codes + 32), CODES));
    jy__hearing_open(&hearing, rounds, bytes);
    look_at_keys(&hearing, what.keys);
    look_at_fillers(&hearing, what.fillers);
    jy__hearing_close(&hearing);
}
