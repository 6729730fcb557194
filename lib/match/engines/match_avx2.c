/* The engine for AVX2: vectors of 32 bytes, in which a table look-up stays within 16. In: text. Out: places for the verifier, and the
 * count of bytes that are no UTF-8. The steps are those of match_read_blocks.h, match_frame.h and match_vector.h; here is what the instructions are.
 * This file alone is compiled with the instructions' flags. */
#include "match/engines/match_blocks.h"
#include "match/engines/match_places.h"
#include <immintrin.h>

#define WIDE 32

typedef __m256i vec;

static inline vec load(const void *p) { return _mm256_loadu_si256(p); }
static inline void store(void *p, vec v) { _mm256_storeu_si256(p, v); }
/* From memory to both halves at once: compilers load one half, and to make the other of it is what the look at codes waits for. */
static inline vec table(const uint8_t bytes[16])
{
    vec both;
    __asm__("vbroadcasti128 %1, %0" : "=x"(both) : "m"(*(const __m128i_u *)(const void *)bytes));
    return both;
}
static inline vec both(vec a, vec b) { return _mm256_and_si256(a, b); }
static inline vec either(vec a, vec b) { return _mm256_or_si256(a, b); }
static inline vec differ(vec a, vec b) { return _mm256_xor_si256(a, b); }
static inline vec without(vec a, vec b) { return _mm256_andnot_si256(b, a); }
static inline vec most(vec a, vec b) { return _mm256_adds_epu8(a, b); }
static inline vec more(vec a, vec b) { return _mm256_cmpgt_epi8(a, b); }
static inline vec lower(vec a, vec b) { return _mm256_min_epi8(a, b); }
static inline vec same(vec a, vec b) { return _mm256_cmpeq_epi8(a, b); }
static inline vec right(vec a, int n) { return _mm256_srli_epi16(a, n); }
static inline vec pick(vec table, vec index) { return _mm256_shuffle_epi8(table, index); }
static inline vec next_of(vec a, vec b) { return _mm256_alignr_epi8(_mm256_permute2x128_si256(a, b, 0x21), a, 1); }

static inline uint64_t bits_of(const vec v[2])
{
    return (uint32_t)_mm256_movemask_epi8(v[0]) | (uint64_t)(uint32_t)_mm256_movemask_epi8(v[1]) << 32;
}

static inline bool is_any(const vec v[2], vec w)
{
    vec all = _mm256_or_si256(_mm256_or_si256(v[0], v[1]), w);
    return !_mm256_testz_si256(all, all);
}

static inline vec two(const uint16_t *first, const uint16_t *second)
{
    return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const void *)first)), _mm_loadu_si128((const void *)second), 1);
}

/* Shuffling works within 16 bytes, so these are loaded in the order in which they come out right. */
static inline void split(const uint16_t *codes, vec *low, vec *high)
{
    const vec apart = _mm256_broadcastsi128_si256(_mm_set_epi8(15, 13, 11, 9, 7, 5, 3, 1, 14, 12, 10, 8, 6, 4, 2, 0));
    vec a = pick(two(codes, codes + 16), apart), b = pick(two(codes + 8, codes + 24), apart);
    *low = _mm256_unpacklo_epi64(a, b);
    *high = _mm256_unpackhi_epi64(a, b);
}

/* Eight bytes again and again: unlike sixteen of rows of eight, they lie in one line of the cache. */
static inline vec eight(const uint8_t *p)
{
    long long bytes;
    memcpy(&bytes, p, sizeof(bytes));
    return _mm256_set1_epi64x(bytes);
}

/* Shuffled together are the first bytes, the second and the third; words of second and third become (second & 3F) << 6 | (third & 3F). */
static inline void put_some(const jy__rows *rows, const unsigned char *p, const uint64_t *han, unsigned at, uint16_t *codes)
{
    const uint8_t *masks = (const uint8_t *)han + at / 8;
    vec row = _mm256_blend_epi32(eight(jy__shuffle_of(rows, masks)), eight(jy__shuffle_of(rows, masks + 2)), 0xF0);
    vec lead = _mm256_unpacklo_epi8(_mm256_setzero_si256(), pick(load(p + at), row));
    vec rest = _mm256_unpacklo_epi8(pick(load(p + at + 1), row), pick(load(p + at + 2), row));
    rest = _mm256_maddubs_epi16(both(rest, load(jy__bytes[JY__BYTE_3F])), _mm256_set1_epi16(0x0140));
    rest = either(rest, _mm256_slli_epi16(lead, 4));
    _mm_storeu_si128((void *)(codes + jy__han_before(*han, at)), _mm256_castsi256_si128(rest));
    _mm_storeu_si128((void *)(codes + jy__han_before(*han, at + 16)), _mm256_extracti128_si256(rest, 1));
}

/* ---- many forms: pairs, 16 at a time. Eight of them lie side by side as they are in memory, the other eight from the next code on. */

/* jy__pair_mix() of two codes in each lane; lowest bit of each lane: whether a word has all three bits of it. */
static inline vec mix_of(vec codes) { return _mm256_madd_epi16(codes, _mm256_set1_epi32((int)((uint32_t)JY__MIX_B << 16 | JY__MIX_A))); }

static inline vec has_mix(vec word, vec mix)
{
    const vec low = _mm256_set1_epi32(31);
    vec first = _mm256_srlv_epi32(word, both(mix, low)), second = _mm256_srlv_epi32(word, _mm256_srli_epi32(mix, 27));
    return both(both(first, second), _mm256_srlv_epi32(word, both(_mm256_srli_epi32(mix, 22), low)));
}

/* The same of jy__pairs_have(). */
static inline vec have_pairs(const jy__filter *filter, vec codes)
{
    const vec words = _mm256_set1_epi32((int)(((uint32_t)1 << filter->pair_bits) - 1));
    vec mix = mix_of(codes);
    return has_mix(_mm256_i32gather_epi32((const int *)(const void *)filter->pairs, both(_mm256_srli_epi32(mix, 5), words), 4), mix);
}

/* Highest bit of each 16: the same for each code. */
static inline vec pairs_of(const jy__filter *filter, const uint16_t *codes)
{
    vec even = _mm256_slli_epi32(have_pairs(filter, load(codes)), 15), odd = _mm256_slli_epi32(have_pairs(filter, load(codes + 1)), 31);
    return _mm256_blend_epi16(even, odd, 0xAA);
}

/* Highest bit of each byte: the same of twice as many; packing works within 16 bytes. */
static inline vec wide_pairs(const jy__filter *filter, const uint16_t *codes)
{
    return _mm256_permute4x64_epi64(_mm256_packs_epi16(pairs_of(filter, codes), pairs_of(filter, codes + 16)), 0xD8);
}

static inline size_t list_bits(uint64_t bits, size_t at, size_t end, uint32_t *found, size_t count);
static inline size_t list_by(int some, uint64_t bits, size_t at, size_t end, uint32_t *found, size_t count);

static size_t find_pairs(const jy__sweep *l, size_t from, size_t end, uint32_t *found)
{
    size_t count = 0;
    for (size_t at = from; at < end; at += JY__BLOCK) {
        const uint16_t *codes = l->codes + at;
        vec bits[2];
        __builtin_prefetch(l->ahead + at, 0, 2);
        bits[0] = wide_pairs(l->filter, codes);
        bits[1] = end - at > WIDE ? wide_pairs(l->filter, codes + WIDE) : _mm256_setzero_si256(); /* an utterance has no more */
        count = list_by(8, bits_of(bits), at, end, found, count);
    }
    return count;
}

#define FIND_PAIRS find_pairs
#define PAIRS_AT_ONCE true

/* ---- by sound: eight places at a time, four apart */

/* The same of jy__sound_heard(), of the lower three bytes in each lane. */
static inline vec heard_of(const jy__sound_keys *keys, vec bytes)
{
    const vec words = _mm256_set1_epi32((int)(((uint32_t)1 << keys->heard_bits) - 1));
    vec three = both(bytes, _mm256_set1_epi32(0xFFFFFF)), mix = _mm256_mullo_epi32(three, _mm256_set1_epi32((int)0x9E3779B1u)), found;
    mix = differ(mix, _mm256_srli_epi32(mix, 15));
    found = has_mix(_mm256_i32gather_epi32((const int *)(const void *)keys->heard, both(_mm256_srli_epi32(mix, 5), words), 4), mix);
    if (keys->pairs) {
        vec two = both(three, _mm256_set1_epi32(0xFFFF)), word = _mm256_i32gather_epi32((const int *)(const void *)keys->pairs, _mm256_srli_epi32(two, 5), 4);
        found = either(found, _mm256_srlv_epi32(word, both(two, _mm256_set1_epi32(31))));
    }
    if (keys->full)
        found = either(found, _mm256_srli_epi32(same(three, _mm256_srli_epi32(three, 8)), 8));
    return found;
}

/* Lowest bits of eight words in four turns to the highest bits of 32 bytes. */
static inline vec zip(vec a, vec b, vec c, vec d)
{
    const vec one = _mm256_set1_epi32(1);
    vec ab = either(_mm256_slli_epi32(both(a, one), 7), _mm256_slli_epi32(both(b, one), 15));
    return either(ab, either(_mm256_slli_epi32(both(c, one), 23), _mm256_slli_epi32(d, 31)));
}

/* Highest bit of each byte: the same of all. */
static inline vec wide_heard(const jy__sound_keys *keys, const uint8_t *bytes)
{
    return zip(heard_of(keys, load(bytes)), heard_of(keys, load(bytes + 1)), heard_of(keys, load(bytes + 2)), heard_of(keys, load(bytes + 3)));
}

/* Lowest bit of each lane: whether two bytes begin some key. */
static inline vec begins_of(const uint64_t *begins, vec two)
{
    vec word = _mm256_i32gather_epi32((const int *)(const void *)begins, _mm256_srli_epi32(two, 5), 4);
    return _mm256_srlv_epi32(word, _mm256_and_si256(two, _mm256_set1_epi32(31)));
}

static inline vec wide_begins(const uint64_t *begins, const uint8_t *bytes)
{
    const vec low = _mm256_set1_epi32(0xFFFF), even = load(bytes), odd = load(bytes + 1);
    return zip(begins_of(begins, both(even, low)), begins_of(begins, both(odd, low)), begins_of(begins, _mm256_srli_epi32(even, 16)),
               begins_of(begins, _mm256_srli_epi32(odd, 16)));
}

static size_t find_begins(const uint64_t *begins, const uint8_t *bytes, size_t from, size_t end, uint32_t *found)
{
    size_t count = 0;
    for (size_t at = from; at < end; at += JY__BLOCK) {
        vec bits[2] = { wide_begins(begins, bytes + at), end - at > WIDE ? wide_begins(begins, bytes + at + WIDE) : _mm256_setzero_si256() };
        count = list_bits(bits_of(bits), at, end, found, count);
    }
    return count;
}

#define FIND_BEGINS find_begins

/* In each lane's lower half JY__ASKED_BEGIN and JY__ASKED_FILLER of two bytes, among others. */
static inline vec asked_of(const uint16_t *asked, vec two)
{
    vec word = _mm256_i32gather_epi32((const int *)(const void *)asked, both(two, _mm256_set1_epi32(JY__SIDES - 1)), 2);
    return _mm256_srlv_epi32(word, _mm256_srli_epi32(two, JY__SIDES_BITS));
}

/* Two bytes each of four places in turn are asked for; lowest bit of a byte, and the ninth of it and the next one: to the highest of each of 32. */
static inline void wide_asked(const uint16_t *asked, const uint8_t *bytes, vec *begins, vec *fillers)
{
    const vec low = _mm256_set1_epi32(0xFFFF), first = _mm256_set1_epi16(0x80), even = load(bytes), odd = load(bytes + 1);
    vec a = asked_of(asked, both(even, low)), c = asked_of(asked, _mm256_srli_epi32(even, 16));
    vec b = asked_of(asked, both(odd, low)), d = asked_of(asked, _mm256_srli_epi32(odd, 16));
    vec ac = _mm256_blend_epi16(a, _mm256_slli_epi32(c, 16), 0xAA), bd = _mm256_blend_epi16(b, _mm256_slli_epi32(d, 16), 0xAA);
    *begins = either(both(_mm256_slli_epi16(ac, 7), first), _mm256_slli_epi16(bd, 15));
    *fillers = either(both(_mm256_srli_epi16(ac, 1), first), without(_mm256_slli_epi16(bd, 7), first));
}

static void find_asked(const jy__sweep *l, const uint8_t *bytes, size_t from, size_t end, jy__asked_places *out)
{
    const uint16_t *asked = l->filter->nibbles.rows->asked;
    const bool few = l->scan->matcher->sound_keys.way == JY__BY_BUCKETS;
    for (size_t at = from; at < end; at += JY__BLOCK) {
        vec begins[2] = { _mm256_setzero_si256(), _mm256_setzero_si256() }, fillers[2] = { begins[0], begins[0] };
        wide_asked(asked, bytes + at, &begins[0], &fillers[0]);
        if (end - at > WIDE)
            wide_asked(asked, bytes + at + WIDE, &begins[1], &fillers[1]);
        if (few)
            out->begin_count = list_bits(bits_of(begins), at, end, out->begins, out->begin_count);
        else
            out->begin_count = list_by(8, bits_of(begins), at, end, out->begins, out->begin_count);
        out->filler_count = list_bits(bits_of(fillers), at - 1, end - 1, out->fillers, out->filler_count);
    }
}

#define FIND_ASKED find_asked

static size_t find_heard(const jy__sweep *l, const uint8_t *bytes, size_t from, size_t end, uint32_t *found)
{
    const jy__sound_keys *keys = &l->scan->matcher->sound_keys;
    size_t count = 0;
    for (size_t at = from; at < end; at += JY__BLOCK) {
        vec bits[2] = { wide_heard(keys, bytes + at), _mm256_setzero_si256() };
        if (end - at > WIDE)
            bits[1] = wide_heard(keys, bytes + at + WIDE);
        count = list_bits(bits_of(bits), at, end, found, count);
    }
    return count;
}

#define FIND_HEARD find_heard
#include "match/engines/match_avx2_keep.h"
#include "match/sound/match_sound.h"
#include "match/engines/match_avx2_keys.h"
#include "match/engines/match_vector.h"
#include "match/engines/match_avx2_slots.h"
#include "match/engines/match_read_blocks.h"
#include "match/engines/match_avx2_rows.h"
#include "match/engines/match_avx2_many.h"
#include "match/engines/match_frame.h"

static bool can_run(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

const jy__engine jy__engine_avx2 = { .name = "avx2", .can_run = can_run, .scan = scan_text, .by_rows = true };
