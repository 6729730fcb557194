/* match_hear — step two by sound; compiled with the instructions of each engine (AVX-512 has its own). In: the codes of a chunk. Out:
 * places for the verifier. Each code becomes the byte of its readings; where two bytes side by side begin a key, or with many keys
 * everywhere, three are looked up as one word. Places around a filler, which no three codes side by side show, are looked at one by one.
 *
 *   codes   布 知 道 …          what a recogniser wrote for 不知道
 *   bytes   bu zhi dao …        (numbers of sets of readings) ─▶ a word of `heard` with all three bits: some key sounds so */
#include "match/match_sound.h"

/* Four are stored at once: a store for each would be the bound. */
static inline void put_bytes(uint8_t *out, const uint16_t *codes)
{
    const uint8_t *bytes = jy__heard_bytes;
    uint32_t four = bytes[codes[0] - JY__CODE_FIRST] | (uint32_t)bytes[codes[1] - JY__CODE_FIRST] << 8 | (uint32_t)bytes[codes[2] - JY__CODE_FIRST] << 16 |
                    (uint32_t)bytes[codes[3] - JY__CODE_FIRST] << 24;
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
    four = __builtin_bswap32(four);
#endif
    memcpy(out, &four, sizeof(four));
}

/* Only the first one may be no code, at the text's begin. Behind the last code engines read whole blocks of zeros. */
static void hear(const jy__sweep *l, uint8_t *bytes)
{
    size_t end = l->end + JY__STREAM_AHEAD, there = end < l->stream->count ? end : l->stream->count, at = l->from;
    bytes[at - 1] = jy__heard_bytes[jy__code_place(l->codes[at - 1])];
    for (; at + 4 <= there; at += 4)
        put_bytes(bytes + at, l->codes + at);
    for (; at < there; at++)
        bytes[at] = jy__heard_bytes[l->codes[at] - JY__CODE_FIRST];
    memset(bytes + there, 0, end + JY__BLOCK - there);
}

#ifndef FIND_BEGINS
/* Where two bytes side by side begin some key. */
static size_t find_begins(const jy__sweep *l, const uint8_t *bytes, size_t from, size_t end, uint32_t *found)
{
    const uint64_t *begins = l->scan->matcher->sound_keys.begins;
    size_t count = 0;
    for (size_t at = from; at < end; at++) {
        found[count] = (uint32_t)at;
        count += jy__bit(begins, bytes[at] | (size_t)bytes[at + 1] << 8);
    }
    return count;
}
#define FIND_BEGINS find_begins
#endif

/* What jy__sound_heard() asks, loaded once: compilers cannot know that lists of places do not change it. */
typedef struct heard_tables { const uint32_t *heard, *bits; const uint64_t *pairs; uint32_t words; bool full; } heard_tables;

static heard_tables tables_of(const jy__sweep *l)
{
    const jy__sound_keys *keys = &l->scan->matcher->sound_keys;
    return (heard_tables){ keys->heard, l->filter->nibbles.bits, keys->pairs, ((uint32_t)1 << keys->heard_bits) - 1, keys->full };
}

/* Without a branch. */
static inline bool is_heard(const heard_tables *t, const uint8_t *bytes)
{
    uint32_t mix = jy__sound_mix(bytes[0], bytes[1], bytes[2]), mask = t->bits[mix & 31] | t->bits[mix >> 22 & 31] | t->bits[mix >> 27];
    return ((mask & ~t->heard[mix >> 5 & t->words]) == 0) | (t->full & (bytes[1] == bytes[2])) |
           (t->pairs && jy__bit(t->pairs, bytes[0] | (size_t)bytes[1] << 8));
}

static size_t keep_heard(const jy__sweep *l, const uint8_t *bytes, uint32_t *found, size_t count)
{
    const heard_tables tables = tables_of(l);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t at = found[i];
        found[kept] = at;
        kept += is_heard(&tables, bytes + at);
    }
    return kept;
}

#ifdef FIND_HEARD
#define BEGINS_FIRST JY__BY_BUCKETS /* where three bytes are looked up as fast as two, begins must leave little of all places */
#else
#define BEGINS_FIRST JY__BY_BEGINS
static size_t find_heard(const jy__sweep *l, const uint8_t *bytes, size_t from, size_t end, uint32_t *found)
{
    const heard_tables tables = tables_of(l);
    size_t count = 0;
    for (size_t at = from; at < end; at++) {
        found[count] = (uint32_t)at;
        count += is_heard(&tables, bytes + at);
    }
    return count;
}
#define FIND_HEARD find_heard
#endif

static size_t find_places(const jy__sweep *l, const uint8_t *bytes, size_t from, size_t end, uint32_t *found)
{
    if (l->scan->matcher->sound_keys.way > BEGINS_FIRST)
        return FIND_HEARD(l, bytes, from, end, found);
    return keep_heard(l, bytes, found, FIND_BEGINS(l, bytes, from, end, found));
}

static void look_sound(jy__sweep *l)
{
    uint8_t bytes[JY__STREAM_ROOM + 64];
    uint32_t found[JY__BATCH + 16];
    jy__hearing hearing;
    hear(l, bytes);
    jy__hearing_open(&hearing, &(jy__rounds){ l->scan, l->codes, l, place_of, NULL, 0, 0 }, bytes);
    for (size_t at = l->from, end; at < l->end && !l->scan->stop; at = end) {
        end = l->end - at < JY__BATCH ? l->end : at + JY__BATCH;
        jy__sound_places(&hearing, found, jy__said_leave(&hearing, found, find_places(l, bytes, at, end, found)));
    }
    for (size_t i = 0; i < l->filler_count && !l->scan->stop; i++)
        jy__sound_around(&hearing, l->fillers[i], l->from, l->end);
    jy__hearing_close(&hearing);
}
