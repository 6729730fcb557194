/* The engine for any processor. In: text. Out: places for the verifier, and the count of bytes that are no UTF-8. The steps are those of
 * match_read_blocks.h and match_frame.h. It is plain C, of which compilers make vectors where loops over bytes allow it; there all that is told of a byte
 * is one bit, put so that four vectors become one, and its bits are then brought in order:
 *
 *   byte        0 1 2 … 15      16 …          48 … 63
 *   weight      1 1 1 … 2        4 …          64 … 128     or: byte j has in bit k what byte 8k + j is    turned: in bit j of byte k
 *
 * Step two goes by kinds, a byte for each code, which is written with it: eight are asked at once. */
#include "match/engines/match_blocks.h"
#include "match/engines/match_places.h"

/* ---- step one */

#define EACH 0x0101010101010101u
#define LAST (UINT64_C(1) << 63)
#if defined(__GNUC__) && !defined(__clang__)
#define UNROLLED _Pragma("GCC unroll 32")
#define ROLLED _Pragma("GCC unroll 1")
#else
#define UNROLLED _Pragma("unroll")
#define ROLLED _Pragma("nounroll")
#endif

static inline uint64_t load(const unsigned char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof(word));
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

#define SIDE 16u /* bytes that are looked at together: compilers make vectors of them */

/* What bytes of a block are, as drawn above: not ASCII, lead of three, lead of Han; not 0 where one is a lead of another kind, or ASCII of which there are
 * no more than two. */
typedef struct flags { uint8_t high[SIDE], three[SIDE], han[SIDE], odd[SIDE], few[SIDE]; } flags;

#define ROW(n) { n, n, n, n, n, n, n, n, 2 * n, 2 * n, 2 * n, 2 * n, 2 * n, 2 * n, 2 * n, 2 * n }
static const uint8_t bits_of_rows[4][SIDE] = { ROW(1), ROW(4), ROW(16), ROW(64) };

/* Bit j of byte k and bit k of byte j change places. */
static inline uint64_t turn(uint64_t x)
{
    uint64_t y = (x ^ x >> 7) & 0x00AA00AA00AA00AAu;
    x ^= y ^ y << 7;
    y = (x ^ x >> 14) & 0x0000CCCC0000CCCCu;
    x ^= y ^ y << 14;
    y = (x ^ x >> 28) & 0x00000000F0F0F0F0u;
    return x ^ y ^ y << 28;
}

static inline uint64_t both_of(const uint8_t bytes[SIDE]) { return load(bytes) | load(bytes + 8); }

static inline uint8_t all_if(bool is) { return (uint8_t)-is; }

/* Unrolled first, the loop around this would become no vectors. */
static inline __attribute__((always_inline)) void look_at_row(const unsigned char *p, const uint8_t *bits, const uint8_t few[2], unsigned i, flags *out)
{
    uint8_t a = p[i], bit = bits[i], high = all_if(a >= 0x80), three = all_if((a & 0xF0) == 0xE0);
    out->high[i] |= high & bit;
    out->three[i] |= three & bit;
    out->han[i] |= all_if((uint8_t)(a - 0xE4) <= 5) & bit;
    out->odd[i] |= high ^ three ^ all_if((int8_t)a < -64);
    out->few[i] |= all_if(a == few[0]) | all_if(a == few[1]);
}

static inline __attribute__((always_inline)) void look_at_bytes(const unsigned char *restrict p, const uint8_t few[2], flags *restrict out)
{
    const uint8_t pair[2] = { few[0], few[1] };
    memset(out, 0, sizeof(*out));
    ROLLED for (unsigned i = 0; i < SIDE; i++) {
        look_at_row(p, bits_of_rows[0], pair, i, out);
        look_at_row(p + SIDE, bits_of_rows[1], pair, i, out);
        look_at_row(p + 2 * SIDE, bits_of_rows[2], pair, i, out);
        look_at_row(p + 3 * SIDE, bits_of_rows[3], pair, i, out);
    }
}

/* Of the candidates those that may be of interest. */
static __attribute__((noinline)) uint64_t others_of(const jy__nibbles *n, const unsigned char *p, uint64_t bits)
{
    uint64_t others = 0;
    for (; bits; bits &= bits - 1) {
        const unsigned char *s = p + __builtin_ctzll(bits);
        others |= n->others[0][s[0]] & n->others[1][s[1]] & n->others[2][s[2]] ? bits & -bits : 0;
    }
    return others;
}

/* Of a whole character: what marks its bytes is known, so it is taken away at once. */
static inline uint32_t code_of(const unsigned char *s)
{
    return ((uint32_t)s[0] << 12) + ((uint32_t)s[1] << 6) + s[2] - ((0xE0u << 12) + (0x80u << 6) + 0x80u);
}

static inline unsigned lowest(uint64_t bits) { return (unsigned)__builtin_ctzll(bits); }

/* Whether one of the characters of three bytes is odd; four at a time, for how many there are is as good as random. */
static inline bool has_odd(const jy__rows *rows, const unsigned char *p, uint64_t bits)
{
    const uint64_t highest = LAST >> __builtin_clzll(bits | 1);
    unsigned found = 0;
    while (bits)
        for (int i = 0; i < 4; i++, bits &= bits - 1)
            found |= rows->kinds[code_of(p + lowest(bits | highest)) & 0xFFFF];
    return found & JY__ROLE_ODD;
}

/* A block with anything but ASCII and characters of three bytes: all leads but those of Han are candidates. */
static __attribute__((noinline)) uint64_t all_leads(const unsigned char *p, uint64_t han)
{
    uint64_t leads = 0;
    for (unsigned i = 0; i < JY__BLOCK; i++)
        leads |= (uint64_t)(p[i] >= 0xC0) << i;
    return leads & ~han;
}

typedef const jy__nibbles *block_tables;

static inline block_tables load_tables(const jy__nibbles *n) { return n; }

static inline __attribute__((always_inline)) bool read_block(const block_tables *tables, const unsigned char *p, enum jy__ascii_count ascii,
                                                             jy__block *block)
{
    const jy__nibbles *n = *tables;
    flags k;
    look_at_bytes(p, (const uint8_t[2]){ (uint8_t)n->few[0], (uint8_t)n->few[1] }, &k);
    uint64_t three = turn(both_of(k.three)), han = turn(both_of(k.han)), high = turn(both_of(k.high)), odd = both_of(k.odd), narrow = 0, others;
    uint64_t candidates = three ^ han;
    bool usual = (high & ~three) == three * 6 + block->wanted;
    if (ascii && (!n->is_few || __builtin_expect(both_of(k.few) != 0, 0)))
        narrow = ~high;
    if (__builtin_expect(odd != 0, 0)) {
        candidates |= all_leads(p, han);
        usual = false;
    }
    others = 0;
    if (__builtin_expect((narrow != 0) | (odd != 0) || has_odd(n->rows, p, candidates), 0))
        others = others_of(n, p, candidates | narrow);
    narrow = ascii == JY__ASCII_SOME ? others & narrow : 0;
    *block = (jy__block){ han, others ^ narrow, narrow, (unsigned)(three >> 63 | three >> 62), usual };
    return block->usual & !block->others;
}

static inline void put(const jy__rows *rows, uint16_t code, jy__walker *walker, size_t at)
{
    walker->stream.codes[at] = code;
    walker->low[at] = rows->kinds[code];
}

#define SURE 12u /* Han characters, and up to ten more, are what a block mostly has; none has more */
#define MOST (SURE + 10)

/* As if a character of three bytes began at each byte: compilers make vectors of this. */
static inline void make_codes(const unsigned char *restrict p, uint16_t *restrict out)
{
    ROLLED for (unsigned i = 0; i < JY__BLOCK; i++)
        out[i] = (uint16_t)((p[i] << 12) + (p[i + 1] << 6) + p[i + 2] - ((0x80 << 6) + 0x80));
}

/* Without a branch for the usual number, else four at a time: how many there are is as good as random. */
static inline size_t put_codes(const jy__rows *rows, const unsigned char *p, const uint64_t *leads, jy__walker *walker, size_t first)
{
    uint16_t codes[JY__BLOCK];
    uint64_t han = *leads;
    size_t count = jy__bits(han), at = first;
    if (count > SURE) {
        make_codes(p, codes);
        UNROLLED for (unsigned i = 0; i < SURE; i++, han &= han - 1)
            put(rows, codes[lowest(han)], walker, at++);
        UNROLLED for (unsigned i = SURE; i < MOST; i++, han &= han - 1)
            put(rows, codes[lowest(han | LAST)], walker, at++);
        return count;
    }
    while (han)
        for (int i = 0; i < 4; i++, han &= han - 1)
            put(rows, (uint16_t)code_of(p + lowest(han | LAST)), walker, at++);
    return count;
}

/* ---- step two, eight codes at a time */

/* Where a byte of `bits`, which has the lowest bit of each at most, is not 0. */
static inline size_t list_eight(uint64_t bits, size_t at, size_t end, uint32_t *found, size_t count)
{
    for (size_t i = 0; i < 8; i++) {
        found[count] = (uint32_t)(at + i);
        count += (bits >> 8 * i & 1) & (at + i < end);
    }
    return count;
}

static inline size_t find_kind(const uint8_t *kinds, unsigned kind, size_t from, size_t end, uint32_t *found)
{
    size_t count = 0;
    for (size_t at = from; at < end; at += 8) {
        uint64_t bits = load(kinds + at) / kind & EACH;
        if (bits)
            count = list_eight(bits, at, end, found, count);
    }
    return count;
}

static size_t find_singles(const jy__sweep *l, size_t from, size_t end, uint32_t *found)
{
    return find_kind(l->scan->walker->low, JY__ROLE_ALONE, from, end, found);
}

static size_t find_fillers(const jy__sweep *l, size_t from, size_t end, uint32_t *found)
{
    return find_kind(l->scan->walker->low + 1, JY__ROLE_FILLER, from, end, found);
}

static bool by_pairs(const jy__filter *filter) { return filter->many; }

/* Few forms: most codes are no heads. */
static size_t find_near(const jy__sweep *l, size_t from, size_t end, uint32_t *found)
{
    const uint8_t *kinds = l->scan->walker->low;
    size_t count = 0;
    for (size_t at = from; at < end; at += 8) {
        uint64_t both = load(kinds + at) / JY__ROLE_HEAD & load(kinds + at + 1) & (JY__ROLE_TAIL | JY__ROLE_FILLER) * EACH;
        if (both)
            count = list_eight((both | both / JY__ROLE_FILLER) & EACH, at, end, found, count);
    }
    return count;
}

#define FIND_PAIRS jy__find_pairs
#define READ_CHUNK read_kinds
#include "match/engines/match_read_blocks.h"

/* The codes that the last chunk handed over have kinds anew. */
static void read_kinds(jy__block_reader *r, jy__stream *stream, size_t base, size_t stop)
{
    uint8_t *kinds = r->scan->walker->low;
    for (size_t i = 0; i < stream->count; i++)
        kinds[i] = r->filter->nibbles.rows->kinds[stream->codes[i]];
    read_by_blocks(r, stream, base, stop);
    memset(kinds + stream->count, 0, JY__BLOCK);
}

#include "match/engines/match_frame.h"

static bool always(void) { return true; }

const jy__engine jy__engine_scalar = { .name = "scalar", .can_run = always, .scan = scan_text, .by_rows = true };
