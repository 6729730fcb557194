/* match_hear — step two by sound; compiled with the instructions of each engine (AVX-512 has its own). In: the codes of a chunk. Out:
 * places for the verifier. Each code becomes the byte of its readings; where two bytes side by side begin a key, or with many keys
 * everywhere, three are looked up as one word. Places around a filler, which no three codes side by side show, are looked at one by one. Few keys as
 * they are written are found in the same look at two bytes: it lets little through.
 *
 *   codes   布 知 道 …          what a recogniser wrote for 不知道
 *   bytes   bu zhi dao …        (numbers of sets of readings) ─▶ a word of `heard` with all three bits: some key sounds so */
#include "match/sound/match_sound.h"

#ifdef __SSE4_1__
#include <immintrin.h>
#define HEARD_AT_ONCE 16u
static inline __m128i eight_heard(const uint16_t *codes)
{
    const uint8_t *bytes = jy__heard_bytes;
    __m128i eight = _mm_cvtsi32_si128(bytes[codes[0] - JY__CODE_FIRST]);
    eight = _mm_insert_epi8(eight, bytes[codes[1] - JY__CODE_FIRST], 1);
    eight = _mm_insert_epi8(eight, bytes[codes[2] - JY__CODE_FIRST], 2);
    eight = _mm_insert_epi8(eight, bytes[codes[3] - JY__CODE_FIRST], 3);
    eight = _mm_insert_epi8(eight, bytes[codes[4] - JY__CODE_FIRST], 4);
    eight = _mm_insert_epi8(eight, bytes[codes[5] - JY__CODE_FIRST], 5);
    eight = _mm_insert_epi8(eight, bytes[codes[6] - JY__CODE_FIRST], 6);
    return _mm_insert_epi8(eight, bytes[codes[7] - JY__CODE_FIRST], 7);
}

/* Put into a vector as they are loaded: to shift and join them is as much again. */
static inline void put_bytes(uint8_t *out, const uint16_t *codes)
{
    _mm_storeu_si128((void *)out, _mm_unpacklo_epi64(eight_heard(codes), eight_heard(codes + 8)));
}
#else
#define HEARD_AT_ONCE 4u
/* Stored at once: a store for each would be the bound. */
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
#endif

/* Only the first two may be no codes, at the text's begin. Behind the last code engines read whole blocks of zeros. */
static void hear(const jy__sweep *l, uint8_t *bytes)
{
    size_t end = l->end + JY__STREAM_AHEAD, there = end < l->stream->count ? end : l->stream->count, at = l->from;
    for (size_t i = 1; i <= 2; i++)
        bytes[at - i] = jy__heard_byte(l->codes[at - i]); /* a filler is asked for the two before it */
    for (; at + HEARD_AT_ONCE <= there; at += HEARD_AT_ONCE)
        put_bytes(bytes + at, l->codes + at);
    for (; at < there; at++)
        bytes[at] = jy__heard_bytes[l->codes[at] - JY__CODE_FIRST];
    memset(bytes + there, 0, end + JY__BLOCK - there);
}

#ifndef FIND_BEGINS
/* Where two bytes side by side begin some key. */
static size_t find_begins(const uint64_t *begins, const uint8_t *bytes, size_t from, size_t end, uint32_t *found)
{
    size_t count = 0;
    for (size_t at = from; at < end; at++) {
        found[count] = (uint32_t)at;
        count += jy__bit(begins, bytes[at] | (size_t)bytes[at + 1] << 8);
    }
    return count;
}
#define FIND_BEGINS find_begins
#endif

#ifdef FIND_HEARD
#define BEGINS_FIRST JY__BY_BUCKETS /* where three bytes are looked up as fast as two, begins must leave little of all places */
#else
#define BEGINS_FIRST JY__BY_BEGINS
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
#define KEEP_HEARD keep_heard
#endif

#ifndef FIND_ASKED
/* Two bytes side by side of each place in [from, end): appends where a key may begin, and the places before those where a filler may. */
static void find_asked(const jy__sweep *l, const uint8_t *bytes, size_t from, size_t end, jy__asked_places *out)
{
    const uint16_t *asked = l->filter->nibbles.rows->asked;
    size_t begins = out->begin_count, fillers = out->filler_count;
    for (size_t at = from; at < end; at++) {
        uint32_t two = bytes[at] | (uint32_t)bytes[at + 1] << 8, bits = (uint32_t)asked[two & (JY__SIDES - 1)] >> (two >> JY__SIDES_BITS);
        out->begins[begins] = (uint32_t)at;
        out->fillers[fillers] = (uint32_t)at - 1;
        begins += (bits & JY__ASKED_BEGIN) != 0;
        fillers += (bits & JY__ASKED_FILLER) != 0;
    }
    out->begin_count = begins;
    out->filler_count = fillers;
}
#define FIND_ASKED find_asked
#endif

/* Whether keys as they are written are found by their bytes, too: of few forms. */
static inline bool is_together(const jy__sweep *l)
{
    return l->filter->has_sound && !l->filter->many && l->scan->matcher->sound_keys.way <= JY__BY_BEGINS;
}

static size_t find_places(const jy__sweep *l, const uint8_t *bytes, size_t from, size_t end, uint32_t *found)
{
    const jy__sound_keys *keys = &l->scan->matcher->sound_keys;
    if (keys->way > BEGINS_FIRST)
        return FIND_HEARD(l, bytes, from, end, found);
    return KEEP_HEARD(l, bytes, found, FIND_BEGINS(keys->begins, bytes, from, end, found));
}

/* Where keys may go on behind a filler; a filler behind the code behind all is for a key by sound that begins with the code before it. */
static void look_behind_fillers(jy__sweep *l)
{
    uint32_t found[JY__BATCH];
    size_t count = l->filler_count;
    while (count && l->fillers[count - 1] >= l->end)
        count--;
    for (size_t i = 0; i < count && !l->scan->stop; i += JY__BATCH)
        look_fillers(l, l->fillers + i, count - i < JY__BATCH ? count - i : JY__BATCH, found);
}

static size_t find_all(const jy__sweep *l, const uint8_t *bytes, uint32_t *found)
{
    size_t count = 0;
    for (size_t at = l->from, end; at < l->end; at = end) {
        end = l->end - at < JY__BATCH ? l->end : at + JY__BATCH;
        for (size_t line = at; line < end; line += JY__BLOCK)
            __builtin_prefetch(l->ahead + line, 0, 2);
        count += find_places(l, bytes, at, end, found + count);
    }
    return count;
}

#ifndef KEEP_PAIRS
/* Of so many places those where two codes are a key's as it is written. */
static size_t keep_pairs(const jy__sweep *l, const uint32_t *found, size_t count, uint32_t *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        out[kept] = found[i];
        kept += jy__pairs_have(l->filter, l->codes[found[i]], l->codes[found[i] + 1]);
    }
    return kept;
}
#define KEEP_PAIRS keep_pairs
#endif

static void look_written(jy__sweep *l, uint32_t *found, size_t count)
{
    uint32_t pairs[JY__BATCH + 8];
    for (size_t i = 0; i < count && !l->scan->stop; i += JY__BATCH)
        look_pairs(l, pairs, KEEP_PAIRS(l, found + i, count - i < JY__BATCH ? count - i : JY__BATCH, pairs));
    look_behind_fillers(l);
}

/* Both at once, for few forms. A filler may stand behind the code behind all, too. */
static size_t ask_all(jy__sweep *l, const uint8_t *bytes, uint32_t *found)
{
    jy__asked_places out = { found, l->fillers, 0, 0 };
    size_t count, stop = l->end + 2;
    for (size_t at = l->from, end; at < stop; at = end) {
        end = stop - at < JY__BATCH ? stop : at + JY__BATCH;
        for (size_t line = at; line < end; line += JY__BLOCK)
            __builtin_prefetch(l->ahead + line, 0, 2);
        FIND_ASKED(l, bytes, at, end, &out);
    }
    for (count = out.begin_count; count && found[count - 1] >= l->end;)
        count--;
    l->filler_count = out.filler_count;
    return count;
}

#ifndef KEEP_FILLERS
/* Of the fillers those that one may be, behind a code that may be a key's; without a branch. */
static size_t keep_fillers(const jy__sweep *l, const uint8_t *bytes)
{
    const uint64_t *heads = l->scan->matcher->sound_keys.heads, *begins = l->scan->matcher->sound_keys.begins, *written = l->filter->heads;
    const jy__filter *filter = l->filter;
    const uint16_t *codes = l->codes;
    uint32_t *places = l->fillers;
    size_t kept = 0, count = l->filler_count, from = l->from;
    for (size_t i = 0; i < count; i++) {
        size_t at = places[i];
        bool key = jy__bit(heads, bytes[at]) | jy__bit(begins, bytes[at - 1] | (size_t)bytes[at] << 8) | jy__bit(written, codes[at]);
        places[kept] = (uint32_t)at;
        kept += (at >= from) & key & jy__filler_may_begin(filter, codes[at + 1], codes[at + 2]);
    }
    return kept;
}
#define KEEP_FILLERS keep_fillers
#endif

static void look_sound(jy__sweep *l)
{
    uint8_t bytes[JY__HALF_ROOM + 64];
    uint32_t found[JY__HALF_ROOM + 16];
    jy__hearing hearing;
    size_t count;
    bool together = is_together(l);
    hear(l, bytes);
    count = together ? ask_all(l, bytes, found) : find_all(l, bytes, found);
    l->filler_count = KEEP_FILLERS(l, bytes);
    if (together) {
        look_written(l, found, count);
        count = KEEP_HEARD(l, bytes, found, count);
    }
#ifdef KEEP_OVER
    l->filler_count = KEEP_OVER(l, bytes);
#endif
    jy__hearing_open(&hearing, &(jy__rounds){ l->scan, l->codes, l, place_of, NULL, 0, 0 }, bytes);
    count = jy__said_leave(&hearing, found, count);
#ifdef SOUND_PLACES
    SOUND_PLACES(l, &hearing, found, count);
#else
    jy__sound_places(&hearing, found, count);
#endif
    for (size_t i = 0; i < l->filler_count && !l->scan->stop; i++)
        jy__sound_around(&hearing, l->fillers[i], l->from, l->end);
    jy__hearing_close(&hearing);
}
