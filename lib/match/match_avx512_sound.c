/* Step two by sound. In: the codes of a chunk. Out: places for the verifier. Each code becomes the byte of its readings; three bytes side
 * by side are looked up as one word of 32 bits, sixteen at a time, four such rows for 64 codes. Places around a filler, which no three
 * codes side by side show, are looked at one by one. */
#include "match/match_avx512.h"

/* Bytes of 64 codes. What is no code is taken for the first one: this is a filter. */
static inline void hear(const uint16_t *codes, uint8_t *bytes)
{
    for (int i = 0; i < 64; i += 32) {
        __m512i at = _mm512_subs_epu16(_mm512_loadu_si512(codes + i), _mm512_set1_epi16(JY__CODE_FIRST));
        __m512i low = _mm512_cvtepu16_epi32(_mm512_castsi512_si256(at)), high = _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(at, 1));
        _mm_storeu_si128((void *)(bytes + i), _mm512_cvtepi32_epi8(_mm512_i32gather_epi32(low, jy__heard_bytes, 1)));
        _mm_storeu_si128((void *)(bytes + i + 16), _mm512_cvtepi32_epi8(_mm512_i32gather_epi32(high, jy__heard_bytes, 1)));
    }
}

/* Of sixteen places, four apart: whether the three bytes from there on may be a key (jy__sound_heard). */
static inline uint32_t heard_bits(const jy__sound_keys *keys, const uint8_t *bytes)
{
    const __m512i mask = _mm512_set1_epi32((int)(((uint32_t)1 << keys->heard_bits) - 1));
    __m512i three = _mm512_and_si512(_mm512_loadu_si512(bytes), _mm512_set1_epi32(0xFFFFFF)), words;
    __m512i mix = _mm512_mullo_epi32(three, _mm512_set1_epi32((int)0x9E3779B1u));
    mix = _mm512_xor_si512(mix, _mm512_srli_epi32(mix, 15));
    words = jy__has_mix(_mm512_i32gather_epi32(_mm512_and_si512(_mm512_srli_epi32(mix, 5), mask), keys->heard, 4), mix);
    if (keys->pairs)
        words = _mm512_or_si512(words, jy__bits_at(keys->pairs, _mm512_and_si512(three, _mm512_set1_epi32(0xFFFF))));
    return _mm512_test_epi32_mask(words, _mm512_set1_epi32(1));
}

static size_t keep_heard(const jy__look *look, const uint8_t *bytes, uint16_t *found)
{
    const jy__sound_keys *keys = &look->scan->matcher->sound_keys;
    size_t count = 0;
    for (size_t at = look->from; at < look->end; at += 64) {
        uint64_t bits = 0;
        for (int i = 0; i < 4; i++)
            bits |= _pdep_u64(heard_bits(keys, bytes + at + i), 0x1111111111111111u << i);
        if (keys->full)
            bits |= _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(bytes + at + 1), _mm512_loadu_si512(bytes + at + 2));
        count += jy__put_places(found + count, at, bits & jy__until(at, look->end));
    }
    return count;
}

static void look_at(jy__hearing *hearing, const uint16_t *found, size_t count)
{
    uint32_t places[JY__BATCH];
    for (size_t i = 0; i < count; i++)
        places[i] = found[i];
    jy__sound_places(hearing, places, count);
}

static void look_heard(jy__look *look, jy__hearing *hearing)
{
    uint16_t found[JY__STREAM_ROOM + 64];
    size_t count = keep_heard(look, hearing->bytes, found);
    for (size_t i = 0; i < count && !look->scan->stop; i += JY__BATCH)
        look_at(hearing, found + i, count - i < JY__BATCH ? count - i : JY__BATCH);
}

static void look_around_fillers(jy__look *look, jy__hearing *hearing)
{
    for (size_t i = 0; i < look->filler_count && !look->scan->stop; i++) {
        size_t at = look->fillers[i];
        unsigned answer = jy__sound_goes_on(look->scan->matcher, look->joined, hearing->bytes, at);
        if ((answer & 1) && at < look->end)
            jy__sound_over(hearing, at);
        if ((answer & 2) && at > look->from)
            jy__sound_place(hearing, at - 1);
    }
}

void jy__avx512_look_sound(jy__look *look)
{
    const jy__rounds rounds = jy__avx512_rounds(look);
    uint8_t bytes[JY__STREAM_ROOM + 192];
    jy__hearing hearing;
    for (size_t at = look->from - 1; at < look->end + JY__STREAM_AHEAD; at += 64)
        hear(look->joined + at, bytes + at);
    jy__hearing_open(&hearing, &rounds, bytes);
    look_heard(look, &hearing);
    look_around_fillers(look, &hearing);
    jy__hearing_close(&hearing);
}
