/* ASCII that may begin a key. In: a chunk's text, and for each of its blocks where such a character stands. Out: calls of the verifier. Of a
 * text full of numbers and names every third block has one (the s of pos, the 1 of 13800), and hardly any begins a key: what stands behind
 * them is asked of sixteen at a time, first by letters alone, then, for the few that are left, by the Han behind a gap:
 *
 *   sb     s 的  s，那      s then no b: only over a filler      12 起     120 then no 0: neither  */
#include "match/match_avx512_row.h"

#define BLOCK JY__BLOCK

/* A table of all ASCII, in registers. */
typedef struct letters { __m512i bytes[2]; } letters;

static inline letters load_letters(const uint8_t table[128])
{
    return (letters){ { _mm512_loadu_si512(table), _mm512_loadu_si512(table + 64) } };
}

static inline __m512i look_up(const letters *table, __m512i bytes) { return _mm512_permutex2var_epi8(table->bytes[0], bytes, table->bytes[1]); }

/* The keys that ASCII allows; what is no ASCII allows any. */
static inline __m512i keys_with(const letters *table, __m512i bytes)
{
    return _mm512_mask_mov_epi8(look_up(table, bytes), _mm512_movepi8_mask(bytes), _mm512_set1_epi8(-1));
}

static inline uint64_t letters_of(__m512i bytes)
{
    const __m512i digits = _mm512_sub_epi8(bytes, _mm512_set1_epi8('0'));
    const __m512i small = _mm512_sub_epi8(_mm512_or_si512(bytes, _mm512_set1_epi8(0x20)), _mm512_set1_epi8('a'));
    return _mm512_cmplt_epu8_mask(digits, _mm512_set1_epi8(10)) | _mm512_cmplt_epu8_mask(small, _mm512_set1_epi8(26));
}

/* ---- sixteen places */

/* The four bytes at each; whole: lanes where so many are of the text, of which alone anything is known. */
typedef struct four { __m512i places, bytes; uint32_t lanes, whole; } four;

static inline uint32_t has_four(const jy__reader *r, size_t base, __m512i places, uint32_t lanes)
{
    size_t left = r->len - base, last = left < JY__CHUNK + BLOCK ? left : JY__CHUNK + BLOCK;
    return _mm512_mask_cmple_epi32_mask((__mmask16)lanes, _mm512_add_epi32(places, _mm512_set1_epi32(4)), _mm512_set1_epi32((int)last));
}

static inline __m512i bytes_at(const jy__reader *r, size_t base, __m512i places, uint32_t lanes)
{
    return _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), (__mmask16)lanes, places, r->text + base, 1);
}

static inline four four_at(const jy__reader *r, size_t base, const uint16_t *found, size_t left)
{
    four at = { .lanes = jy__room_for(left) };
    at.places = _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16((__mmask16)at.lanes, found));
    at.whole = has_four(r, base, at.places, at.lanes);
    at.bytes = bytes_at(r, base, at.places, at.whole);
    return at;
}

static inline uint32_t has_byte(__m512i lanes, unsigned byte) { return _mm512_test_epi32_mask(lanes, _mm512_set1_epi32((int)(0xFFu << 8 * byte))); }

/* Lanes whose first byte is a key alone, or a mask. */
static inline uint32_t is_alone(const letters *classes, __m512i bytes)
{
    return _mm512_test_epi32_mask(look_up(classes, bytes), _mm512_set1_epi32(JY__ASCII_SINGLE | JY__ASCII_MASK));
}

/* ---- by letters: what stands right behind, and behind a gap of one character what stands there */

static size_t keep_letters(const jy__reader *r, size_t base, uint16_t *found, size_t count)
{
    const jy__filter *filter = r->filter;
    const letters classes = load_letters(filter->ascii), first = load_letters(filter->ascii_keys[0]);
    const letters second = load_letters(filter->ascii_keys[1]), third = load_letters(filter->ascii_keys[2]);
    size_t kept = 0;
    for (size_t i = 0; i < count; i += 16) {
        const four at = four_at(r, base, found + i, count - i);
        __m512i behind = keys_with(&third, at.bytes);
        __m512i gap = _mm512_mask_mov_epi8(_mm512_srli_epi32(behind, 8), letters_of(at.bytes), _mm512_set1_epi8(-1)); /* at the third byte: of the fourth */
        __m512i keys = _mm512_and_si512(look_up(&first, at.bytes), _mm512_srli_epi32(keys_with(&second, at.bytes), 8));
        keys = _mm512_and_si512(keys, _mm512_srli_epi32(_mm512_and_si512(behind, gap), 16));
        kept += jy__put_kept(found + kept, at.places, (at.lanes & ~at.whole) | has_byte(keys, 0) | (is_alone(&classes, at.bytes) & at.whole));
    }
    return kept;
}

/* ---- by Han: behind one letter only a filler's first can stand there, behind two only that, or what an open key has */

/* Where, behind a letter or two and no more than one character of a gap, something else than ASCII stands; lanes: where that is. */
typedef struct beyond { __m512i places; uint32_t lanes, two; } beyond;

static inline beyond find_beyond(const four *at)
{
    const __m512i all = _mm512_maskz_mov_epi8(letters_of(at->bytes), _mm512_set1_epi8(-1));
    const __m512i high = _mm512_maskz_mov_epi8(_mm512_movepi8_mask(at->bytes), _mm512_set1_epi8(-1));
    uint32_t two = has_byte(all, 1);
    __m512i step = _mm512_mask_mov_epi32(_mm512_set1_epi32(1), (__mmask16)two, _mm512_set1_epi32(2)), bits = _mm512_slli_epi32(step, 3);
    __m512i letter = _mm512_srlv_epi32(all, bits), other = _mm512_srlv_epi32(high, bits);
    uint32_t here = has_byte(other, 0), next = has_byte(other, 1) & ~here & ~has_byte(letter, 0);
    __m512i places = _mm512_add_epi32(at->places, step);
    places = _mm512_mask_add_epi32(places, (__mmask16)next, places, _mm512_set1_epi32(1));
    return (beyond){ places, (here | next) & at->whole, two };
}

/* Lanes with a Han character that is one symbol, with which no filler begins. */
static inline uint32_t is_plain_han(const jy__filter *filter, __m512i bytes, uint32_t lanes)
{
    const __m512i six = _mm512_set1_epi32(0x3F), first = _mm512_set1_epi32(JY__CODE_FIRST);
    __m512i lead = _mm512_and_si512(_mm512_slli_epi32(bytes, 12), _mm512_set1_epi32(0xFF000));
    __m512i code = _mm512_or_si512(_mm512_slli_epi32(_mm512_and_si512(_mm512_srli_epi32(bytes, 8), six), 6), _mm512_and_si512(_mm512_srli_epi32(bytes, 16), six));
    code = _mm512_or_si512(code, lead);
    uint32_t han = _mm512_mask_cmpeq_epi32_mask((__mmask16)lanes, _mm512_and_si512(bytes, _mm512_set1_epi32(0xC0C000)), _mm512_set1_epi32(0x808000));
    han &= _mm512_cmplt_epu32_mask(_mm512_sub_epi32(code, _mm512_set1_epi32(0xE4E00)), _mm512_set1_epi32(0xA000 - 0x4E00)); /* with the lead's upper half */
    code = _mm512_maskz_and_epi32((__mmask16)han, code, _mm512_set1_epi32(0xFFFF));
    __m512i symbol = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), (__mmask16)han, _mm512_sub_epi32(code, first), jy__fold_codes, 2);
    symbol = _mm512_and_si512(symbol, _mm512_set1_epi32(0xFFFF));
    return han & _mm512_test_epi32_mask(symbol, symbol) & _mm512_testn_epi32_mask(jy__bits_at(filter->fillers, symbol), _mm512_set1_epi32(1));
}

static size_t keep_han(const jy__reader *r, size_t base, uint16_t *found, size_t count)
{
    const jy__filter *filter = r->filter;
    const letters classes = load_letters(filter->ascii), first = load_letters(filter->ascii_keys[0]), second = load_letters(filter->ascii_keys[1]);
    const __m512i open = _mm512_set1_epi8((char)filter->ascii_open);
    size_t kept = 0;
    for (size_t i = 0; i < count; i += 16) {
        const four at = four_at(r, base, found + i, count - i);
        const beyond behind = find_beyond(&at);
        uint32_t there = has_four(r, base, behind.places, behind.lanes);
        uint32_t han = is_plain_han(filter, bytes_at(r, base, behind.places, there), there);
        __m512i keys = _mm512_ternarylogic_epi32(look_up(&first, at.bytes), _mm512_srli_epi32(look_up(&second, at.bytes), 8), open, 0x80);
        uint32_t goes_on = (has_byte(keys, 0) & behind.two) | is_alone(&classes, at.bytes);
        kept += jy__put_kept(found + kept, at.places, at.lanes & (~han | goes_on));
    }
    return kept;
}

/* ---- a chunk */

/* The blocks that have candidates, without a branch: which do is as good as random. */
static size_t blocks_with_ascii(const jy__blocks *blocks, size_t count, uint16_t found[JY__BLOCKS + BLOCK])
{
    size_t kept = 0;
    for (size_t block = 0; block < count; block += BLOCK) {
        uint64_t bits = 0;
        for (size_t i = 0; i < BLOCK; i += 8) {
            __m512i some = _mm512_loadu_si512(blocks->ascii + block + i);
            bits |= (uint64_t)_mm512_test_epi64_mask(some, some) << i;
        }
        kept += jy__put_places(found + kept, block, bits & jy__until(block, count));
    }
    return kept;
}

#define PLACES 512 /* are listed before they are looked at */

static void try_places(jy__reader *r, size_t base, uint16_t *places, size_t count)
{
    count = keep_han(r, base, places, keep_letters(r, base, places, count));
    for (size_t i = 0; i < count && !r->scan->stop; i++)
        jy__match_try_ascii(r->scan, base + places[i]);
}

void jy__avx512_look_ascii(jy__reader *r, size_t base, size_t stop)
{
    uint16_t found[JY__BLOCKS + BLOCK], places[PLACES + 2 * BLOCK];
    size_t count = blocks_with_ascii(r->blocks, (stop - base + BLOCK - 1) / BLOCK, found), listed = 0;
    for (size_t i = 0; i < count; i++) {
        listed += jy__put_places(places + listed, (size_t)found[i] * BLOCK, r->blocks->ascii[found[i]]);
        if (listed < PLACES && i + 1 < count)
            continue;
        try_places(r, base, places, listed);
        listed = 0;
    }
    r->some_ascii = 0;
}
