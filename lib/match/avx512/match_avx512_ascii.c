/* ASCII that may begin a key. In: a chunk's text, and for each of its blocks where such a character stands. Out: calls of the verifier. In a
 * text full of numbers and names every third block has one (the s of pos, the 1 of 13800), and hardly any begins a key: what stands behind
 * them is asked of sixteen at a time, first of the four bytes there, then, for the few that are left, of what stands behind a gap:
 *
 *   for sb and 120    pos      s, then a letter that is no b         12:30   120, then no 0
 *                     s，那里  s, then Han, and no filler begins     12 个   the same, behind two letters */
#include "match/avx512/match_avx512_row.h"

#define BLOCK JY__BLOCK

/* A table of all ASCII, in registers. */
typedef struct letters { __m512i bytes[2]; } letters;

static inline letters load_letters(const uint8_t table[128])
{
    return (letters){ { _mm512_loadu_si512(table), _mm512_loadu_si512(table + 64) } };
}

typedef struct key_letters { letters classes, first, second, third; } key_letters;

static inline key_letters load_keys(const jy__filter *filter)
{
    return (key_letters){ load_letters(filter->ascii), load_letters(filter->ascii_keys[0]), load_letters(filter->ascii_keys[1]), load_letters(filter->ascii_keys[2]) };
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
    size_t left = r->len - base, last = left < r->chunk + BLOCK ? left : r->chunk + BLOCK;
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

/* Lanes whose second byte has its bit. */
static inline uint32_t second_of(uint64_t bits) { return has_byte(_mm512_maskz_mov_epi8(bits, _mm512_set1_epi8(-1)), 1); }

static size_t keep_letters(const jy__reader *r, size_t base, uint16_t *found, size_t count)
{
    const key_letters all = load_keys(r->filter);
    size_t kept = 0;
    for (size_t i = 0; i < count; i += 16) {
        const four at = four_at(r, base, found + i, count - i);
        const uint64_t letter = letters_of(at.bytes);
        __m512i next = keys_with(&all.second, at.bytes), behind = _mm512_mask_mov_epi32(next, (__mmask16)second_of(letter), keys_with(&all.third, at.bytes));
        __m512i gap = _mm512_mask_mov_epi8(_mm512_srli_epi32(behind, 8), letter, _mm512_set1_epi8(-1)); /* at the third byte: of the fourth */
        __m512i keys = _mm512_and_si512(look_up(&all.first, at.bytes), _mm512_srli_epi32(next, 8));
        keys = _mm512_and_si512(keys, _mm512_srli_epi32(_mm512_and_si512(behind, gap), 16));
        kept += jy__put_kept(found + kept, at.places, (at.lanes & ~at.whole) | has_byte(keys, 0) | (is_alone(&all.classes, at.bytes) & at.whole));
    }
    return kept;
}

/* ---- by what stands behind a gap: another letter, or Han, or the line ends */

/* Where it goes on behind a letter, or two, and what is skipped; lanes: where four bytes of that are known. */
typedef struct beyond { __m512i places, bytes; uint32_t lanes; } beyond;

static inline uint32_t is_letter(__m512i bytes) { return has_byte(_mm512_maskz_mov_epi8(letters_of(bytes), _mm512_set1_epi8(-1)), 0); }

/* Lanes with one of the marks and blanks of Chinese text (U+3000..303F, FF00..FF3F). */
static inline uint32_t is_wide_gap(const jy__filter *filter, __m512i bytes)
{
    const __m512i kinds = _mm512_permutexvar_epi8(bytes, _mm512_loadu_si512(filter->wide_gaps)), begin = _mm512_and_si512(bytes, _mm512_set1_epi32(0xC0FFFF));
    uint32_t cjk = _mm512_cmpeq_epi32_mask(begin, _mm512_set1_epi32(0x8080E3)), wide = _mm512_cmpeq_epi32_mask(begin, _mm512_set1_epi32(0x80BCEF));
    return (cjk & _mm512_test_epi32_mask(kinds, _mm512_set1_epi32(JY__GAP_CJK << 16))) |
           (wide & _mm512_test_epi32_mask(kinds, _mm512_set1_epi32(JY__GAP_WIDE << 16)));
}

static inline beyond skip_gaps(const jy__reader *r, size_t base, __m512i places, uint32_t lanes)
{
    beyond at = { .places = places, .lanes = lanes };
    for (int left = JY__ASCII_GAPS;; left--) {
        at.lanes = has_four(r, base, at.places, at.lanes);
        at.bytes = bytes_at(r, base, at.places, at.lanes);
        __m512i first = _mm512_and_si512(at.bytes, _mm512_set1_epi32(0xFF));
        uint32_t one = _mm512_cmplt_epu32_mask(_mm512_sub_epi32(first, _mm512_set1_epi32(' ')), _mm512_set1_epi32(128 - ' ')) & ~is_letter(at.bytes);
        uint32_t three = is_wide_gap(r->filter, at.bytes), moves = (one | three) & at.lanes;
        if (!moves || !left)
            return at;
        at.places = _mm512_mask_add_epi32(at.places, (__mmask16)moves, at.places, _mm512_mask_mov_epi32(_mm512_set1_epi32(1), (__mmask16)three, _mm512_set1_epi32(3)));
    }
}

/* The code of a Han character of U+4E00..9FFF in each lane, 0 where none stands. */
static inline __m512i han_of(__m512i bytes, uint32_t lanes)
{
    const __m512i six = _mm512_set1_epi32(0x3F), third = _mm512_and_si512(_mm512_srli_epi32(bytes, 16), six);
    __m512i lead = _mm512_and_si512(_mm512_slli_epi32(bytes, 12), _mm512_set1_epi32(0xFF000)); /* all of it, so that no other is taken for it */
    __m512i second = _mm512_slli_epi32(_mm512_and_si512(_mm512_srli_epi32(bytes, 8), six), 6), code = _mm512_ternarylogic_epi32(lead, second, third, 0xFE);
    uint32_t han = _mm512_mask_cmpeq_epi32_mask((__mmask16)lanes, _mm512_and_si512(bytes, _mm512_set1_epi32(0xC0C000)), _mm512_set1_epi32(0x808000));
    han &= _mm512_cmplt_epu32_mask(_mm512_sub_epi32(code, _mm512_set1_epi32(0xE0000 + JY__HAN_FIRST)), _mm512_set1_epi32(JY__HAN_COUNT));
    return _mm512_maskz_and_epi32((__mmask16)han, code, _mm512_set1_epi32(0xFFFF));
}

/* Of lanes with Han that are not plain those with one symbol where no filler begins, for what stands right behind. */
static uint32_t begins_none(const jy__reader *r, size_t base, const beyond *at, __m512i code, uint32_t lanes)
{
    const __m512i behind = _mm512_add_epi32(at->places, _mm512_set1_epi32(3)), place = _mm512_sub_epi32(code, _mm512_set1_epi32(JY__CODE_FIRST));
    uint32_t known = has_four(r, base, behind, lanes);
    __m512i next = han_of(bytes_at(r, base, behind, known), known), pair = _mm512_or_si512(code, _mm512_slli_epi32(next, 16));
    __m512i symbol = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), (__mmask16)known, place, jy__fold_codes, 2);
    return _mm512_test_epi32_mask(next, next) & _mm512_test_epi32_mask(symbol, _mm512_set1_epi32(0xFFFF)) &
           _mm512_testn_epi32_mask(jy__filler_begins(r->filter, pair), _mm512_set1_epi32(1));
}

/* Lanes with a Han character that is one symbol, and no filler begins there. */
static inline uint32_t is_plain_han(const jy__reader *r, size_t base, const beyond *at)
{
    const __m512i code = han_of(at->bytes, at->lanes);
    uint32_t han = _mm512_test_epi32_mask(code, code);
    __m512i place = _mm512_maskz_sub_epi32((__mmask16)han, code, _mm512_set1_epi32(JY__HAN_FIRST));
    uint32_t plain = _mm512_test_epi32_mask(jy__bits_at(r->filter->plain, place), _mm512_set1_epi32(1)) & han;
    return plain == han ? plain : plain | begins_none(r, base, at, code, han & ~plain);
}

static inline uint32_t is_line_end(const jy__reader *r, __m512i bytes)
{
    const __m512i end = _mm512_set1_epi32(r->scan->segment.unbounded ? -1 : '\n');
    return _mm512_cmpeq_epi32_mask(_mm512_and_si512(bytes, _mm512_set1_epi32(0xFF)), end);
}

/* Behind one letter stands the key's second, or a filler; behind two what may stand behind the key, where that is open anything. */
static size_t keep_going(const jy__reader *r, size_t base, uint16_t *found, size_t count)
{
    const key_letters all = load_keys(r->filter);
    size_t kept = 0;
    for (size_t i = 0; i < count; i += 16) {
        const four at = four_at(r, base, found + i, count - i);
        __m512i next = _mm512_srli_epi32(at.bytes, 8), step = _mm512_set1_epi32(1), keys = look_up(&all.first, at.bytes);
        __mmask16 two = (__mmask16)is_letter(next);
        keys = _mm512_mask_and_epi32(keys, two, keys, look_up(&all.second, next));
        const beyond behind = skip_gaps(r, base, _mm512_add_epi32(at.places, _mm512_mask_add_epi32(step, two, step, step)), at.whole);
        uint32_t ends = is_plain_han(r, base, &behind) | (is_line_end(r, behind.bytes) & behind.lanes);
        __m512i allowed = _mm512_mask_mov_epi32(look_up(&all.second, behind.bytes), two, look_up(&all.third, behind.bytes));
        allowed = _mm512_mask_mov_epi32(_mm512_set1_epi8(-1), (__mmask16)(is_letter(behind.bytes) & behind.lanes), allowed);
        allowed = _mm512_mask_mov_epi32(allowed, (__mmask16)ends, _mm512_setzero_si512());
        allowed = _mm512_mask_mov_epi32(allowed, (__mmask16)(ends & two), _mm512_set1_epi8((char)r->filter->ascii_open));
        uint32_t goes_on = has_byte(_mm512_and_si512(keys, allowed), 0) | is_alone(&all.classes, at.bytes) | ~at.whole;
        kept += jy__put_kept(found + kept, at.places, at.lanes & goes_on);
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

/* Nothing that stands behind a mask is asked. */
static bool are_masks(const jy__filter *filter) { return filter->ascii_one && filter->ascii[filter->ascii_one] == JY__ASCII_MASK; }

static void try_places(jy__reader *r, size_t base, uint16_t *places, size_t count)
{
    if (!are_masks(r->filter))
        count = keep_going(r, base, places, keep_letters(r, base, places, count));
    for (size_t i = 0; i < count && !r->scan->stop; i++)
        jy__match_try_ascii(r->scan, base + places[i]);
}

void jy__avx512_look_ascii(jy__reader *r, size_t base, size_t stop)
{
    uint16_t found[JY__BLOCKS + BLOCK], places[PLACES + 2 * BLOCK];
    size_t count = blocks_with_ascii(r->blocks, (stop - base + BLOCK - 1) / BLOCK, found), listed = 0;
    const bool masks = are_masks(r->filter); /* of a run of the same the first */
    for (size_t i = 0; i < count; i++) {
        const uint64_t bits = r->blocks->ascii[found[i]];
        listed += jy__put_places(places + listed, (size_t)found[i] * BLOCK, masks ? bits & ~(bits << 1) : bits);
        if (listed < PLACES && i + 1 < count)
            continue;
        try_places(r, base, places, listed);
        listed = 0;
    }
}
