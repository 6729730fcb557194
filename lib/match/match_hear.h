/* match_hear — step two by sound; compiled with the instructions of each engine (AVX-512 has its own). In: the codes of a chunk. Out:
 * places for the verifier. Each code becomes the byte of its readings, and three bytes side by side are looked up as one word. Places
 * around a filler, which no three codes side by side show, are looked at one by one.
 *
 *   codes   布 知 道 …          what a recogniser wrote for 不知道
 *   bytes   bu zhi dao …        (numbers of sets of readings) ─▶ a word of `heard` with all three bits: some key sounds so */

/* What is no code is taken for the first one: this is a filter. Behind the last code engines read whole blocks of zeros. */
static void hear(const jy__sweep *l, uint8_t *bytes)
{
    size_t end = l->end + JY__STREAM_AHEAD, there = end < l->stream->count ? end : l->stream->count;
    for (size_t i = l->from - 1; i < there; i++)
        bytes[i] = jy__heard_bytes[l->codes[i] ? l->codes[i] - JY__CODE_FIRST : 0];
    memset(bytes + there, 0, end + JY__BLOCK - there);
}

#ifndef FIND_HEARD
/* jy__sound_heard() for all of [from, end), without a branch. */
static size_t find_heard(const jy__sweep *l, const uint8_t *bytes, size_t from, size_t end, uint32_t *found)
{
    const jy__sound_keys *keys = &l->scan->matcher->sound_keys;
    const uint32_t *heard = keys->heard, *bits = l->filter->nibbles.bits, words = ((uint32_t)1 << keys->heard_bits) - 1;
    const uint64_t *pairs = keys->pairs;
    size_t count = 0;
    for (size_t at = from; at < end; at++) {
        uint32_t mix = jy__sound_mix(bytes[at], bytes[at + 1], bytes[at + 2]);
        uint32_t mask = bits[mix & 31] | bits[mix >> 22 & 31] | bits[mix >> 27];
        found[count] = (uint32_t)at;
        count += ((mask & ~heard[mix >> 5 & words]) == 0) | (keys->full & (bytes[at + 1] == bytes[at + 2])) |
                 (pairs && jy__bit(pairs, bytes[at] | (size_t)bytes[at + 1] << 8));
    }
    return count;
}
#define FIND_HEARD find_heard
#endif

static void look_around_fillers(jy__sweep *l, jy__hearing *hearing, size_t from, size_t end, uint32_t *found)
{
    size_t count = find_fillers(l, from, end, found);
    for (size_t i = 0; i < count && !l->scan->stop; i++) {
        uint32_t at = found[i];
        unsigned answer = jy__sound_goes_on(l->scan->matcher, l->codes, hearing->bytes, at);
        if ((answer & 1) && at < l->end)
            jy__sound_over(hearing, at);
        if ((answer & 2) && at > l->from)
            jy__sound_place(hearing, at - 1);
    }
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
        jy__sound_places(&hearing, found, FIND_HEARD(l, bytes, at, end, found));
        look_around_fillers(l, &hearing, at, end, found);
    }
    if (l->end < l->stream->count)
        look_around_fillers(l, &hearing, l->end, l->end + 1, found); /* a filler behind the first code of a later look, for the code before it */
    jy__hearing_close(&hearing);
}
