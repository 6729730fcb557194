/* match_avx512_row — how the AVX-512 engine asks the bytes of a block, and a row of up to 64 codes: for the files that read and look. */
#ifndef JY_MATCH_AVX512_ROW_H
#define JY_MATCH_AVX512_ROW_H

#include "match/avx512/match_avx512.h"

/* What all lanes are given, from memory, where there is time to spare: compilers bring it from a general register, through the one port that permutations,
 * comparisons and masks wait for. Four bytes that are alike, or a number. */
typedef struct jy__lanes {
    uint32_t conts, han_first, han_count, line_end, highs, lows, middles; /* how bytes are told (match_avx512.c) */
    uint32_t keys, one, more, of_one, of_more;                           /* buckets of keys and of fillers */
    uint32_t lowest, flank;                                               /* of numbers */
} jy__lanes;
extern const jy__lanes jy__lanes_of;
#define JY__LANES(name) _mm512_set1_epi32((int)jy__lanes_of.name)

/* ---- a block: its bytes a, and b, c, those one and two behind */

/* A mask in a general register, moved there once: compilers move it again for each use, or what it is combined with to the vectors' side. */
static inline uint64_t jy__in_word(uint64_t mask)
{
    __asm__("" : "+r"(mask));
    return mask;
}

/* Which bytes are not 0. */
static inline uint64_t jy__some(__m512i bytes) { return _mm512_test_epi8_mask(bytes, bytes); }

static inline uint64_t jy__group_bits(__m512i a, __m512i b, __m512i c, const __m512i tables[3], uint64_t leads)
{
    __m512i groups = _mm512_ternarylogic_epi32(_mm512_permutexvar_epi8(a, tables[0]), _mm512_permutexvar_epi8(b, tables[1]),
                                               _mm512_permutexvar_epi8(c, tables[2]), 0x80);
    return jy__in_word(jy__some(groups)) & leads;
}

/* ASCII that may begin a key: one character, or any by its class. */
typedef struct jy__ascii { __m512i classes[2], one; } jy__ascii;

static inline jy__ascii jy__load_ascii(const jy__filter *filter)
{
    return (jy__ascii){ { _mm512_loadu_si512(filter->ascii), _mm512_loadu_si512(filter->ascii + 64) }, _mm512_set1_epi8((char)filter->ascii_one) };
}

static inline uint64_t jy__ascii_bits(const jy__ascii *ascii, __m512i a, uint64_t high, bool one)
{
    if (one)
        return _mm512_cmpeq_epi8_mask(a, ascii->one);
    __m512i class = _mm512_permutex2var_epi8(ascii->classes[0], a, ascii->classes[1]);
    return _mm512_test_epi8_mask(class, _mm512_set1_epi8(JY__ASCII_BEGINS)) & ~high;
}

static inline uint64_t jy__conts(__m512i bytes) { return jy__in_word(_mm512_cmplt_epi8_mask(bytes, JY__LANES(conts))); }
static inline uint64_t jy__han_bits(__m512i a)
{
    return _mm512_cmple_epu8_mask(_mm512_sub_epi8(a, JY__LANES(han_first)), JY__LANES(han_count));
}

static inline uint64_t jy__line_ends(__m512i a) { return _mm512_cmpeq_epi8_mask(a, JY__LANES(line_end)); }

/* Nothing but ASCII and characters of three bytes that are no rare ones, and what the last block wants. */
static inline bool jy__is_usual(__m512i a, __m512i b, __m512i c, const __m512i seen[3], uint64_t leads, uint64_t cont, uint64_t wanted)
{
    return !(((leads << 1 | leads << 2 | wanted) ^ cont) | jy__group_bits(a, b, c, seen, leads));
}

/* Codes side by side: their low bytes and their high ones. */
typedef struct jy__row { __m512i low, high; } jy__row;

/* A row of the chunk is loaded here and nowhere else: compilers load anew for each use, and half of these loads cross a line of the cache. */
static inline jy__row jy__row_at(const jy__look *look, size_t at)
{
    jy__row row = { _mm512_loadu_si512(look->low + at), _mm512_loadu_si512(look->high + at) };
    __asm__("" : "+v"(row.low), "+v"(row.high));
    return row;
}

/* Its codes as words; unpacking takes eight bytes of each sixteen. */
static inline void jy__join_row(jy__row row, __m512i words[2])
{
    const __m512i order = _mm512_set_epi64(7, 3, 6, 2, 5, 1, 4, 0);
    __m512i low = _mm512_permutexvar_epi64(order, row.low), high = _mm512_permutexvar_epi64(order, row.high);
    words[0] = _mm512_unpacklo_epi8(low, high);
    words[1] = _mm512_unpackhi_epi8(low, high);
}

static inline void jy__put_joined(uint16_t *joined, jy__row row, __m512i words[2])
{
    jy__join_row(row, words);
    _mm512_store_si512(joined, words[0]);
    _mm512_store_si512(joined + 32, words[1]);
}

/* The Han of a block, 22 at most. */
static inline jy__row jy__row_of(__m512i a, __m512i b, __m512i c, uint64_t han)
{
    __m512i high = _mm512_ternarylogic_epi32(JY__LANES(highs), _mm512_slli_epi16(a, 4), _mm512_srli_epi16(b, 2), 0xCA);
    __m512i low = _mm512_ternarylogic_epi32(JY__LANES(lows), _mm512_slli_epi16(b, 6), c, 0xCA);
    return (jy__row){ _mm512_maskz_compress_epi8(han, low), _mm512_maskz_compress_epi8(han, high) };
}

/* ---- a row: in which buckets a code may be of a key (match_avx512_few.c) */

typedef struct jy__windows { __m512i low, high, middle; } jy__windows;

static inline jy__windows jy__load_windows(const uint8_t tables[3][64])
{
    return (jy__windows){ _mm512_loadu_si512(tables[0]), _mm512_loadu_si512(tables[1]), _mm512_loadu_si512(tables[2]) };
}

static inline __m512i jy__buckets(jy__row codes, const jy__windows *w)
{
    __m512i middle = _mm512_ternarylogic_epi32(JY__LANES(middles), _mm512_srli_epi16(codes.low, 5), _mm512_slli_epi16(codes.high, 3), 0xCA);
    return _mm512_ternarylogic_epi32(_mm512_permutexvar_epi8(codes.low, w->low), _mm512_permutexvar_epi8(codes.high, w->high),
                                     _mm512_permutexvar_epi8(middle, w->middle), 0x80);
}

typedef struct jy__filler_windows { __m512i low, high, next_low, next_high; } jy__filler_windows;

static inline jy__filler_windows jy__load_fillers(const jy__filter *filter)
{
    return (jy__filler_windows){ _mm512_loadu_si512(filter->filler[0]), _mm512_loadu_si512(filter->filler[1]),
                             _mm512_loadu_si512(filter->filler_next[0]), _mm512_loadu_si512(filter->filler_next[1]) };
}

/* Codes with which a filler may begin, by the row and that of the codes behind: two windows will do. */
static inline __m512i jy__filler_at(jy__row row, jy__row next, const jy__filler_windows *w)
{
    __m512i first = _mm512_and_si512(_mm512_permutexvar_epi8(row.low, w->low), _mm512_permutexvar_epi8(row.high, w->high));
    return _mm512_ternarylogic_epi32(first, _mm512_permutexvar_epi8(next.low, w->next_low), _mm512_permutexvar_epi8(next.high, w->next_high), 0x80);
}

/* ---- pairs, two codes in each lane */

static inline __m512i jy__pair_words_of(const jy__filter *filter, __m512i mixes, __mmask16 lanes)
{
    const __m512i at = _mm512_and_si512(_mm512_srli_epi32(mixes, 5), _mm512_set1_epi32((int)(((uint32_t)1 << filter->pair_bits) - 1)));
    return jy__has_mix(_mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes, at, filter->pairs, 4), mixes);
}

static inline __m512i jy__pair_words(const jy__filter *filter, __m512i mixes) { return jy__pair_words_of(filter, mixes, UINT16_MAX); }

static inline uint32_t jy__pair_bits(const jy__filter *filter, __m512i pairs)
{
    return _mm512_test_epi32_mask(jy__pair_words(filter, jy__mixes_of(pairs)), _mm512_set1_epi32(1));
}

static inline uint32_t jy__split_at(const jy__look *look, size_t at) { return (uint32_t)look->high[at] << 8 | look->low[at]; }

/* The codes around a place alone, for places are few. */
static inline void jy__join_around(const jy__look *look, size_t place)
{
    size_t at = place > JY__ROUND_BEFORE ? place - JY__ROUND_BEFORE : 0;
    uint16_t *codes = look->scan->walker->stream.codes + at;
    __m512i low = _mm512_loadu_si512(look->low + at), high = _mm512_loadu_si512(look->high + at);
    __m512i low_words = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(low)), high_words = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(high));
    _mm512_storeu_si512(codes, _mm512_or_si512(_mm512_slli_epi16(high_words, 8), low_words));
    low_words = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(low, 1));
    high_words = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(high, 1));
    _mm512_storeu_si512(codes + 32, _mm512_or_si512(_mm512_slli_epi16(high_words, 8), low_words));
}

/* Low and high bytes of four codes from some code on in each lane: two of them as codes. */
static inline __m512i jy__words_at(__m512i low, __m512i high, int first)
{
    const __m512i lanes = _mm512_set_epi32(0x3C3C3C3C, 0x38383838, 0x34343434, 0x30303030, 0x2C2C2C2C, 0x28282828, 0x24242424, 0x20202020, 0x1C1C1C1C, 0x18181818,
                                           0x14141414, 0x10101010, 0x0C0C0C0C, 0x08080808, 0x04040404, 0);
    const __m512i order = _mm512_add_epi8(lanes, _mm512_set1_epi32(0x41014000 + first * 0x01010101));
    return _mm512_permutex2var_epi8(low, order, high);
}

/* Of 16 places four codes from there on: the first two, those in the middle and the last two. */
typedef struct jy__four { __m512i first, middle, last; } jy__four;

static inline jy__four jy__four_at(const jy__look *look, __m512i places)
{
    __m512i low = _mm512_i32gather_epi32(places, look->low, 1), high = _mm512_i32gather_epi32(places, look->high, 1);
    return (jy__four){ jy__words_at(low, high, 0), jy__words_at(low, high, 1), jy__words_at(low, high, 2) };
}

/* Of 16 places with a filler behind, lowest bit of each lane: whether a key may end with the first code of `pairs`, asked of some lanes; or another filler
 * begin there. */
static inline __m512i jy__key_with(const jy__filter *filter, __m512i first, __m512i pairs, uint32_t lanes)
{
    __m512i key = _mm512_ternarylogic_epi32(_mm512_set1_epi32(0xFFFF), first, _mm512_slli_epi32(pairs, 16), 0xCA);
    return jy__pair_words_of(filter, jy__mixes_of(key), (__mmask16)lanes);
}

static inline __m512i jy__may_go_on(const jy__filter *filter, __m512i first, __m512i pairs, uint32_t lanes)
{
    return _mm512_or_si512(jy__key_with(filter, first, pairs, lanes), jy__filler_begins(filter, pairs));
}

/* Of 16 places two codes side by side, so far behind. */
static inline __m512i jy__two_at(const jy__look *look, __m512i places, int behind)
{
    if (look->joined)
        return _mm512_i32gather_epi32(places, look->joined + behind, 2);
    return jy__words_at(_mm512_i32gather_epi32(places, look->low + behind, 1), _mm512_i32gather_epi32(places, look->high + behind, 1), 0);
}

/* Of two products in 64 bits: where the numbers of the three bits begin that jy__triple_mask() makes of each, a byte for each number. */
#define JY__TRIPLE_NUMBERS 0x00002E343A0E141A

/* As jy__stream_triple() of the key a, b, but without a branch. */
static inline bool jy__triple_allows(const jy__filter *filter, uint32_t before, uint32_t a, uint32_t b, uint32_t behind)
{
    return jy__triple_has(filter, jy__code_symbol(before), jy__code_symbol(a), jy__code_symbol(b), jy__code_symbol(behind)) |
           jy__bit(filter->fillers, behind) | jy__bit(filter->ends, before);
}

/* ---- by sound */

/* The row of the first code that is looked at. */
static inline size_t jy__first_row(const jy__look *look) { return look->from & ~(size_t)63; }

/* A table of all bytes, in registers. */
typedef struct jy__byte_table { __m512i bytes[4]; } jy__byte_table;

static inline jy__byte_table jy__load_bytes(const uint8_t bytes[256])
{
    return (jy__byte_table){ { _mm512_loadu_si512(bytes), _mm512_loadu_si512(bytes + 64), _mm512_loadu_si512(bytes + 128), _mm512_loadu_si512(bytes + 192) } };
}

static inline __m512i jy__byte_at(const jy__byte_table *t, __m512i at)
{
    __m512i low = _mm512_permutex2var_epi8(t->bytes[0], at, t->bytes[1]), high = _mm512_permutex2var_epi8(t->bytes[2], at, t->bytes[3]);
    return _mm512_mask_mov_epi8(low, _mm512_movepi8_mask(at), high);
}

/* The lower half of each lane, and jy__heard_number() of the code there. */
static inline __m512i jy__low_of(__m512i words) { return _mm512_and_si512(words, _mm512_set1_epi32(0xFFFF)); }
static inline __m512i jy__heard_numbers_of(__m512i codes)
{
    __m512i at = _mm512_min_epu32(_mm512_sub_epi32(codes, _mm512_set1_epi32(JY__CODE_FIRST)), _mm512_set1_epi32(JY__CODE_COUNT));
    return jy__low_of(_mm512_i32gather_epi32(at, jy__heard_numbers, 2));
}

/* Lanes with a letter or digit of full width, of the three bytes in each. */
static inline __mmask16 jy__are_wide_letters(__m512i three)
{
    const __m512i begin = _mm512_and_si512(three, _mm512_set1_epi32(0xFFFF)), end = _mm512_srli_epi32(three, 16);
    const __mmask16 capital = _mm512_cmplt_epu32_mask(_mm512_sub_epi32(end, _mm512_set1_epi32(0xA1)), _mm512_set1_epi32(26));
    const __mmask16 digit = _mm512_cmplt_epu32_mask(_mm512_sub_epi32(end, _mm512_set1_epi32(0x90)), _mm512_set1_epi32(10));
    const __mmask16 small = _mm512_cmplt_epu32_mask(_mm512_sub_epi32(end, _mm512_set1_epi32(0x81)), _mm512_set1_epi32(26));
    return (_mm512_cmpeq_epi32_mask(begin, _mm512_set1_epi32(0xBCEF)) & (capital | digit)) | (_mm512_cmpeq_epi32_mask(begin, _mm512_set1_epi32(0xBDEF)) & small);
}

/* Lanes with a letter or the like of two bytes. */
static inline __mmask16 jy__are_letters_of_two(const jy__filter *filter, __mmask16 lanes, __m512i text)
{
    const __m512i lead = _mm512_sub_epi32(_mm512_and_si512(text, _mm512_set1_epi32(0xFF)), _mm512_set1_epi32(0xC2));
    const __m512i second = _mm512_and_si512(_mm512_srli_epi32(text, 8), _mm512_set1_epi32(0xFF)), cont = _mm512_xor_si512(second, _mm512_set1_epi32(0x80));
    lanes = _mm512_mask_cmplt_epu32_mask(_mm512_mask_cmplt_epu32_mask(lanes, lead, _mm512_set1_epi32(0x1E)), cont, _mm512_set1_epi32(0x40));
    if (!lanes)
        return 0;
    const __m512i cp = _mm512_or_si512(_mm512_slli_epi32(_mm512_add_epi32(lead, _mm512_set1_epi32(2)), 6), cont);
    return _mm512_mask_test_epi32_mask(lanes, jy__bits_at(filter->letters, _mm512_maskz_mov_epi32(lanes, cp)), _mm512_set1_epi32(1));
}

/* Lanes in which no form's way goes on from codes[at] to the next one, for a letter, a digit, the end of a line or of a sentence stands right behind it: all
 * that fills is Han. Only where offsets are known, and of what is first in the gap. */
static inline __mmask16 jy__parted_at(const jy__look *look, __mmask16 lanes, __m512i at)
{
    const __m512i zero = _mm512_setzero_si512(), kept = _mm512_set1_epi32((int)look->kept), last = _mm512_set1_epi32((int)look->last - 1);
    if (!look->offsets || look->scan->matcher->has_stops || look->scan->matcher->keys_only)
        return 0;
    lanes = _mm512_mask_cmplt_epi32_mask(_mm512_mask_cmpge_epi32_mask(lanes, at, kept), at, last);
    const __m512i two = _mm512_mask_i32gather_epi32(zero, lanes, at, look->offsets, 2), here = jy__low_of(two);
    lanes = _mm512_mask_cmpneq_epi32_mask(lanes, _mm512_sub_epi32(_mm512_srli_epi32(two, 16), here), _mm512_set1_epi32(3));
    const __m512i text = _mm512_mask_i32gather_epi32(zero, lanes, here, look->scan->text.ptr + look->base + 3, 1);
    const __m512i three = _mm512_and_si512(text, _mm512_set1_epi32(0xFFFFFF)), one = _mm512_and_si512(text, _mm512_set1_epi32(0xFF));
    const __m512i digit = _mm512_sub_epi32(one, _mm512_set1_epi32('0'));
    const __m512i letter = _mm512_sub_epi32(_mm512_or_si512(one, _mm512_set1_epi32(0x20)), _mm512_set1_epi32('a'));
    const __mmask16 ascii = _mm512_cmpeq_epi32_mask(one, _mm512_set1_epi32('\n')) | _mm512_cmpeq_epi32_mask(one, _mm512_set1_epi32('!')) |
                            _mm512_cmpeq_epi32_mask(one, _mm512_set1_epi32('?')) | _mm512_cmplt_epu32_mask(digit, _mm512_set1_epi32(10)) |
                            _mm512_cmplt_epu32_mask(letter, _mm512_set1_epi32(26));
    const __mmask16 wide = _mm512_cmpeq_epi32_mask(three, _mm512_set1_epi32(0x8280E3)) | _mm512_cmpeq_epi32_mask(three, _mm512_set1_epi32(0x81BCEF)) |
                           _mm512_cmpeq_epi32_mask(three, _mm512_set1_epi32(0x9FBCEF)); /* 。！？ */
    return lanes & (ascii | wide | jy__are_wide_letters(three) | jy__are_letters_of_two(look->filter, lanes, text));
}

/* jy__sound_mix() of the three bytes in each lane, and in which word of `heard` its bits are. */
static inline __m512i jy__sound_mixes(__m512i three)
{
    __m512i mix = _mm512_mullo_epi32(three, _mm512_set1_epi32((int)0x9E3779B1u));
    return _mm512_xor_si512(mix, _mm512_srli_epi32(mix, 15));
}

static inline __m512i jy__heard_words(const jy__sound_keys *keys, __m512i mixes)
{
    return _mm512_and_si512(_mm512_srli_epi32(mixes, 5), _mm512_set1_epi32((int)(((uint32_t)1 << keys->heard_bits) - 1)));
}

/* Lowest bit of each lane: jy__sound_heard() of the three bytes in it, but for what is said again by the same byte. */
static inline __m512i jy__triple_heard(const jy__sound_keys *keys, __m512i bytes)
{
    __m512i three = _mm512_and_si512(bytes, _mm512_set1_epi32(0xFFFFFF)), mix = jy__sound_mixes(three);
    __m512i heard = jy__has_mix(_mm512_i32gather_epi32(jy__heard_words(keys, mix), keys->heard, 4), mix);
    return keys->pairs ? _mm512_or_si512(heard, jy__bits_at(keys->pairs, _mm512_and_si512(three, _mm512_set1_epi32(0xFFFF)))) : heard;
}

#endif
