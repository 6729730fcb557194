/* The engine without vector instructions. In: text. Out: places for the verifier, and the count of bytes that are no UTF-8. The steps are
 * those of match_frame.h; a block's masks are made from eight bytes at a time, whose highest bits are then brought together; the loops are
 * unrolled for their shifts to be by constants:
 *
 *   bytes      E4 BD A0 20 …                       lead: 11xxxxxx, so  w & w << 1 & 80 80 80 80 …
 *   w          11100100 10111101 10100000 00100000 lead of three: 1110xxxx;  of Han: and xxxx is 0100..1001
 *
 * A branch per character would cost more than all of this: where a run of Han ends is as good as random. */
#include "match/match_blocks.h"
#include "match/match_places.h"

/* ---- step one */

#define TOP 0x8080808080808080u /* the highest bit of each byte */
#define LAST (UINT64_C(1) << 63)
#if defined(__GNUC__) && !defined(__clang__)
#define UNROLLED _Pragma("GCC unroll 16")
#else
#define UNROLLED _Pragma("unroll")
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

/* The highest bits of the eight bytes, side by side. */
static inline uint64_t bits_of(uint64_t word) { return ((word & TOP) * 0x0002040810204081u) >> 56; }

/* What eight bytes are, at the highest bit of each; odd: leads that are not of three. */
typedef struct eight { uint64_t cont, three, han, odd; } eight;

static inline eight eight_of(uint64_t w)
{
    uint64_t high = w & TOP, leads = high & w << 1, three = leads & w << 2 & ~(w << 3); /* E0..EF */
    uint64_t han = three & (w << 4 ^ w << 5) & ~(w << 4 & w << 6);                      /* E4..E7, E8, E9 */
    return (eight){ high ^ leads, three, han, leads ^ three };
}

/* Whether a byte of the block is the one ASCII character or the other of which there are no more. */
static inline bool has_few(const jy__nibbles *n, const unsigned char *p)
{
    uint64_t few = 0;
    if (n->few[0] == n->few[1])
        UNROLLED for (unsigned i = 0; i < 8; i++)
            few |= ((load(p + 8 * i) ^ n->few[0]) - TOP / 0x80) & ~load(p + 8 * i);
    else
        UNROLLED for (unsigned i = 0; i < 8; i++)
            few |= (((load(p + 8 * i) ^ n->few[0]) - TOP / 0x80) | ((load(p + 8 * i) ^ n->few[1]) - TOP / 0x80)) & ~load(p + 8 * i);
    return (few & TOP) != 0;
}

/* Of the candidates those that may be of interest, four at a time: how many there are is as good as random. */
static inline uint64_t others_of(const jy__nibbles *n, const unsigned char *p, uint64_t bits)
{
    uint64_t others = 0;
    while (bits)
        for (int i = 0; i < 4; i++, bits &= bits - 1) {
            const unsigned char *s = p + __builtin_ctzll(bits | LAST);
            uint64_t no = (uint64_t)((n->others[0][s[0]] & n->others[1][s[1]] & n->others[2][s[2]]) == 0) - 1;
            others |= bits & -bits & no;
        }
    return others;
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
    uint64_t cont = 0, three = 0, han = 0, odd = 0, candidates, narrow = 0, others;
    UNROLLED for (unsigned i = 0; i < 8; i++) {
        eight bytes = eight_of(load(p + 8 * i));
        cont |= bits_of(bytes.cont) << 8 * i;
        three |= bits_of(bytes.three) << 8 * i;
        han |= bits_of(bytes.han) << 8 * i;
        odd |= bytes.odd;
    }
    candidates = three ^ han;
    if (ascii && (!n->is_few || __builtin_expect(has_few(n, p), 0)))
        narrow = ~(cont | three);
    if (__builtin_expect(odd != 0, 0)) {
        candidates |= all_leads(p, han);
        narrow &= ~candidates;
    }
    odd |= (three << 1 | three << 2 | block->wanted) ^ cont;
    others = others_of(n, p, candidates | narrow);
    narrow = ascii == JY__ASCII_SOME ? others & narrow : 0;
    *block = (jy__block){ han, others ^ narrow, narrow, (unsigned)(three >> 63 | three >> 62), odd == 0 };
    return block->usual & !block->others;
}

/* Of a whole character: what marks its bytes is known, so it is taken away at once. */
static inline uint16_t code_of(const unsigned char *s)
{
    return (uint16_t)(((uint32_t)s[0] << 12) + ((uint32_t)s[1] << 6) + s[2] - ((0x80u << 6) + 0x80u));
}

#define SURE 12 /* Han characters, and up to eight more, are what a block mostly has */

/* Without a branch for the usual number, then four at a time: how many there are is as good as random. */
static inline size_t put_codes(const jy__rows *rows, const unsigned char *p, const uint64_t *leads, uint16_t *codes)
{
    uint64_t han = *leads;
    size_t count = jy__bits(han);
    if (count > SURE) {
        UNROLLED for (int i = 0; i < SURE; i++, han &= han - 1)
            *codes++ = code_of(p + __builtin_ctzll(han));
        UNROLLED for (int i = 0; i < 8; i++, han &= han - 1)
            *codes++ = code_of(p + __builtin_ctzll(han | LAST));
    }
    while (han)
        for (int i = 0; i < 4; i++, han &= han - 1)
            *codes++ = code_of(p + __builtin_ctzll(han | LAST));
    return count;
}

/* ---- step two */

static size_t find_singles(const jy__sweep *l, size_t from, size_t end, uint32_t *found)
{
    size_t count = 0;
    for (size_t at = from; at < end; at++) {
        found[count] = (uint32_t)at;
        count += jy__bit(l->filter->singles, l->codes[at]);
    }
    return count;
}

static size_t find_fillers(const jy__sweep *l, size_t from, size_t end, uint32_t *found)
{
    const uint8_t *kinds = l->filter->nibbles.rows->kinds;
    size_t count = 0;
    for (size_t at = from; at < end; at++) {
        found[count] = (uint32_t)at;
        count += (kinds[jy__kind_at(l->codes[at + 1])] & JY__ROLE_FILLER) != 0;
    }
    return count;
}

static bool by_pairs(const jy__filter *filter) { return filter->many; }

/* Few forms: most codes are no heads. */
static size_t find_near(const jy__sweep *l, size_t from, size_t end, uint32_t *found)
{
    return jy__find_kinds(l, from, end, JY__ROLE_TAIL | JY__ROLE_FILLER, found);
}

#define FIND_PAIRS jy__find_pairs
#include "match/match_frame.h"

static bool always(void) { return true; }

const jy__engine jy__engine_scalar = { "scalar", always, scan_text, true };
