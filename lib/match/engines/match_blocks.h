/* match_blocks — what the engines share that read 64 bytes at a time: the masks of a block, where codes stood, what becomes of a place. */
#ifndef JY_MATCH_BLOCKS_H
#define JY_MATCH_BLOCKS_H

#include "match/match_inside.h"

#define JY__BLOCK 64u
#define JY__BLOCKS (JY__HALF_CHUNK / JY__BLOCK)
#define JY__SPAN_BLOCKS 3u /* … and a span (match_avx2_slots.h) */
#define JY__SPAN (JY__SPAN_BLOCKS * JY__BLOCK)
#define JY__SPAN_BEHIND 32u /* bytes behind it may be read */
/* A chunk is fetched to the second cache while the last one goes through the steps, a part in each, for all at once is more than can be under
 * way: so many bytes for a block that is read, for one whose codes are put; the rest, from LOOK on, while they are looked at. */
#define JY__FETCH_READ 16u
#define JY__FETCH_PUT 32u
#define JY__FETCH_LOOK (JY__HALF_CHUNK + (JY__FETCH_READ + JY__FETCH_PUT) * JY__BLOCKS)
#define JY__FETCH_FIRST 4096u /* to the first cache, while a block is read */
#define JY__BLOCKS_AHEAD 8u /* are looked through at once */

enum jy__ascii_count { JY__ASCII_NONE, JY__ASCII_ONE, JY__ASCII_SOME }; /* characters of interest */

/* What a block is, a bit per byte. han: leads E4..E9; others: leads that may be of interest, those that do not allow any continuation (E0, ED) and
 * those of two or four bytes always, and of ASCII of interest the one; ascii: that, where there are some. */
typedef struct jy__block {
    uint64_t han, others, ascii;
    unsigned wanted; /* continuation bytes that its leads of three bytes want of the next block, one bit each; until it is read, the last one's */
    bool usual;      /* it is ASCII, leads of three bytes and their continuation, and the last block's */
} jy__block;

typedef struct jy__block_list {
    uint64_t han[JY__BLOCKS];       /* where the codes of each block stood */
    uint64_t slotted[JY__BLOCKS / 64]; /* bit per block: it is the first of a span, whose codes are taken for its own, and han is of slots of three bytes */
    uint64_t ascii[JY__BLOCKS];     /* where ASCII may begin a key; only when some characters do, not one */
    uint32_t count;                 /* of blocks */
    uint32_t first[JY__BLOCKS + 1 + JY__BLOCKS_AHEAD]; /* the first code of each block; behind the last block UINT32_MAX */
} jy__block_list;

typedef struct jy__block_reader {
    jy__scan *scan;
    const jy__filter *filter;
    const unsigned char *text;
    size_t len, counted;            /* bad bytes before `counted` are counted */
    unsigned wanted;                /* continuation bytes that the last block's leads want at the begin of this one */
    bool doubt;                     /* they may be the wrong ones, so this block is to be counted */
    uint32_t plain;                 /* so many blocks are read one by one before a span is tried again */
    jy__block_list blocks;
    size_t whole;                   /* from here on the text is read from tail, where zeros stand behind it */
    unsigned char tail[3 * JY__BLOCK];
} jy__block_reader;

/* Step two over the codes [from, end) of a chunk that begins at base. */
typedef struct jy__sweep {
    jy__scan *scan;
    const jy__filter *filter;
    const jy__block_list *blocks;
    jy__stream *stream;
    const uint16_t *codes;
    size_t from, end, base;
    uint32_t block; /* where the last place was found */
    const char *ahead; /* of the text that is fetched meanwhile, a line for 64 codes */
    uint32_t *fillers; /* places behind which one may stand, when they are asked for: the last may be that behind all */
    size_t filler_count;
} jy__sweep;

/* Where a key may begin, and behind which codes a filler may, by two bytes. */
typedef struct jy__asked_places { uint32_t *begins, *fillers; size_t begin_count, filler_count; } jy__asked_places;

/* match_blocks.c */
void jy__block_reader_open(jy__block_reader *reader, jy__scan *scan);
void jy__block_reader_close(jy__block_reader *reader);
void jy__block_reader_bad(jy__block_reader *reader, size_t at);
void jy__block_reader_others(jy__block_reader *reader, size_t at, uint64_t others);
void jy__block_reader_ascii(jy__block_reader *reader, size_t base); /* match_ascii.c: what is noted of ASCII in the chunk */
size_t jy__sweep_offset(jy__sweep *look, size_t index);
bool jy__sweep_open(jy__sweep *look, jy__block_reader *reader, jy__stream *stream, size_t base, bool last);
void jy__sweep_close(jy__sweep *look, size_t length, bool last);

/* Leads of the block at p with both of their continuation bytes. */
uint64_t jy__whole_han(uint64_t leads, const unsigned char *p);
/* The same of leads of a usual block, when that behind it is at `next`: only its last two can be cut short. */
uint64_t jy__cut_han(uint64_t leads, const unsigned char *next);

/* Where the Han of 16 bytes stand; the mask is read by bytes, which is less than to shift it. */
static inline const uint8_t *jy__shuffle_of(const jy__rows *rows, const uint8_t mask[2])
{
    return rows->shuffles[0] + (size_t)(rows->ranks[0][mask[0]] + rows->ranks[1][mask[1]]);
}

/* How many Han stand before a byte of the block; `at` is a constant. */
static inline size_t jy__han_before(uint64_t han, unsigned at)
{
    if (at == 32)
        return (size_t)__builtin_popcount((uint32_t)han);
    return at == 16 ? (size_t)__builtin_popcountll(han & 0xFFFF) : at ? (size_t)__builtin_popcountll(han << (64 - at)) : 0;
}

/* The codes in [from, end) that are heads, and the next one of some kind; without a branch, for they come at random. */
static inline size_t jy__find_kinds(const jy__sweep *look, size_t from, size_t end, unsigned wanted, uint32_t *found)
{
    const uint8_t *kinds = look->filter->nibbles.rows->kinds;
    unsigned kind = kinds[look->codes[from]];
    size_t count = 0;
    for (size_t at = from; at < end; at++) {
        unsigned next = kinds[look->codes[at + 1]];
        found[count] = (uint32_t)at;
        count += (kind / JY__ROLE_HEAD & next & wanted) != 0;
        kind = next;
    }
    return count;
}

/* jy__pair_mix() of each code and the next: compilers make vectors of this. */
static inline void jy__make_mixes(const uint16_t *restrict codes, size_t count, uint32_t *restrict out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = (uint32_t)((int32_t)(int16_t)codes[i] * JY__MIX_A + (int32_t)(int16_t)codes[i + 1] * JY__MIX_B);
}

/* jy__pairs_have() for all of [from, end): first one bit of each, for which alone little is left. */
static inline size_t jy__find_pairs(const jy__sweep *look, size_t from, size_t end, uint32_t *found)
{
    const jy__rows *rows = look->filter->nibbles.rows;
    const uint32_t *marks = rows->mark_bits ? rows->marks : look->filter->pairs;
    const uint32_t words = ((uint32_t)1 << (rows->mark_bits ? rows->mark_bits : look->filter->pair_bits)) - 1;
    const uint16_t *codes = look->codes;
    uint32_t mixes[JY__BATCH];
    size_t count = 0, kept = 0;
    jy__make_mixes(codes + from, end - from, mixes);
#pragma GCC unroll 4
    for (size_t at = from; at < end; at++) {
        uint32_t mix = mixes[at - from];
        found[count] = (uint32_t)at;
        count += marks[mix >> 5 & words] >> (mix & 31) & 1;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t at = found[i];
        found[kept] = at;
        kept += jy__pairs_have(look->filter, codes[at], codes[at + 1]);
    }
    return kept;
}

#endif
