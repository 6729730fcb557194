/* match_blocks — what the engines share that read 64 bytes at a time: the masks of a block, where codes stood, what becomes of a place. */
#ifndef JY_MATCH_BLOCKS_H
#define JY_MATCH_BLOCKS_H

#include "match/match_inside.h"

#define JY__BLOCK 64u
#define JY__BLOCKS (JY__CHUNK / JY__BLOCK)
#define JY__BATCH 1024u /* codes looked at in one turn */

/* A bit per byte. three: leads of three bytes; han: E4..E9 with both of their continuation bytes;
 * others: of ASCII and of leads, those that may be of interest, E0 and ED always; of continuation bytes, anything. */
typedef struct jy__block { uint64_t high, cont, three, han, others; } jy__block;

typedef struct jy__block_list {
    uint64_t han[JY__BLOCKS];       /* where the codes of each block stood */
    uint32_t first[JY__BLOCKS + 1]; /* the first code of each block */
} jy__block_list;

typedef struct jy__reader {
    jy__scan *scan;
    const jy__filter *filter;
    const unsigned char *text;
    size_t len, counted;            /* bad bytes before `counted` are counted */
    uint64_t wanted;                /* continuation bytes that the last block's leads want at the begin of this one */
    uint64_t doubt;                 /* not 0: they may be the wrong ones, so this block is to be counted */
    jy__block_list blocks;
    unsigned char tail[2 * JY__BLOCK];
} jy__reader;

/* Step two over the codes [from, end) of a chunk that begins at base. */
typedef struct jy__sweep {
    jy__scan *scan;
    const jy__filter *filter;
    const jy__block_list *blocks;
    jy__stream *stream;
    const uint16_t *codes;
    size_t from, end, base;
    uint32_t block; /* where the last place was found */
} jy__sweep;

/* match_blocks.c */
void jy__reader_open(jy__reader *reader, jy__scan *scan);
void jy__reader_close(jy__reader *reader);
const unsigned char *jy__reader_tail(jy__reader *reader, size_t at);
void jy__reader_bad(jy__reader *reader, size_t at);
void jy__reader_others(jy__reader *reader, size_t at, uint64_t others);
size_t jy__sweep_offset(jy__sweep *look, size_t index);
bool jy__sweep_open(jy__sweep *look, jy__reader *reader, jy__stream *stream, size_t base, bool last);
void jy__sweep_close(jy__sweep *look, size_t length, bool last);
/* match_places.c: places found by the bitmaps of pairs, of singles, and by the marks of fillers */
void jy__sweep_single(jy__sweep *look, size_t index);
void jy__sweep_near(jy__sweep *look, uint32_t *found, size_t count);
void jy__sweep_pairs(jy__sweep *look, uint32_t *found, size_t count);
void jy__sweep_fillers(jy__sweep *look, uint32_t *found, size_t count);

/* The bits of at, at + 1 … before end. */
static inline uint64_t jy__until(size_t at, size_t end) { return end - at >= 64 ? UINT64_MAX : ((uint64_t)1 << (end - at)) - 1; }

/* Where the Han of 16 bytes stand. */
static inline const uint8_t *jy__shuffle_of(const jy__nibbles *nibbles, uint64_t mask)
{
    return nibbles->shuffles[(size_t)nibbles->ranks[0][mask & 0xFF] + nibbles->ranks[1][mask >> 8 & 0xFF]];
}

/* The codes in [from, end) that are a pair of the filter with the next one; without a branch, for they come at random. */
static inline size_t jy__find_pairs(const jy__sweep *look, size_t from, size_t end, uint32_t *found)
{
    const uint16_t *codes = look->codes;
    size_t count = 0;
    for (size_t at = from; at < end; at++) {
        found[count] = (uint32_t)at;
        count += jy__pairs_have(look->filter, codes[at], codes[at + 1]);
    }
    return count;
}

#endif
