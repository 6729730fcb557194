/* Line ends of a text: how many there are, and which bytes they are. What is asked about was scanned before and is near, so this goes as fast as the
 * machine reads; each way of reading gives the same answer. */
#include "base/base.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define WIDE
#include <immintrin.h>
#endif

#define BLOCK JY__LINES_BLOCK

static size_t skew_of(const char *at) { return (uintptr_t)at & (BLOCK - 1); }

/* ---- eight bytes at a time: a byte of the difference is zero where a line ends, and then only its top bit stays. */
static uint64_t tops(const char *at)
{
    const uint64_t ones = 0x0101010101010101u, low = 0x7F7F7F7F7F7F7F7Fu;
    uint64_t word;
    memcpy(&word, at, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word); /* the first byte lowest */
#endif
    word ^= ones * '\n';
    return ~(((word & low) + low) | word | low);
}

/* Sums of a byte each, so that the compiler can add many at a time. */
static size_t count_plain(const char *at, const char *end)
{
    enum { MANY = 128 };
    size_t count = 0;
    for (; end - at >= MANY; at += MANY) {
        uint8_t own = 0;
        for (int i = 0; i < MANY; i++)
            own = (uint8_t)(own + (at[i] == '\n'));
        count += own;
    }
    for (; end - at >= 8; at += 8)
        count += (size_t)((tops(at) >> 7) * 0x0101010101010101u >> 56);
    for (; at < end; at++)
        count += *at == '\n';
    return count;
}

static uint64_t ends_plain(const char *block, const char *at, const char *end)
{
    uint64_t ends = 0;
    if (at <= block && end - block >= BLOCK) {
        for (int i = 0; i < BLOCK; i += 8)
            ends |= ((tops(block + i) >> 7) * 0x0102040810204080u >> 56) << i;
        return ends;
    }
    for (const char *p = at > block ? at : block; p < end && p < block + BLOCK; p++)
        ends |= (uint64_t)(*p == '\n') << (p - block);
    return ends;
}

static void map_plain(const char *at, const char *end, uint64_t *map)
{
    for (const char *block = at - skew_of(at); block < end; block += BLOCK)
        *map++ = ends_plain(block, at, end);
}

static size_t sum_plain(const uint64_t *map, size_t count)
{
    size_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += jy__bits(map[i]);
    return sum;
}

#ifdef WIDE
/* Bits of a block of which `at` is the first byte asked about and `end` is behind the last. */
static uint64_t own_bits(const char *block, const char *at, const char *end)
{
    uint64_t own = ~(uint64_t)0;
    if (at > block)
        own <<= at - block;
    if (end - block < BLOCK)
        own &= ~(~(uint64_t)0 << (end - block));
    return own;
}

/* ---- blocks of 64 bytes that are whole lines of the cache: one that lies in two of them takes as long as two. What of the first and the last one is
 * not asked about is masked. */
#define WITH_512 __attribute__((target("avx512f,avx512bw,avx512vpopcntdq,popcnt")))
#define WITH_256 __attribute__((target("avx2,popcnt")))

WITH_512 static inline uint64_t ends_512(const char *block, uint64_t own)
{
    return _mm512_mask_cmpeq_epi8_mask(own, _mm512_maskz_loadu_epi8(own, block), _mm512_set1_epi8('\n'));
}

WITH_512 static size_t count_512(const char *at, const char *end)
{
    const char *block = at - skew_of(at);
    size_t count = 0;
    if (at == end)
        return 0;
    if (end - block > BLOCK) {
        count = (size_t)_mm_popcnt_u64(ends_512(block, own_bits(block, at, end)));
        block += BLOCK;
    }
#pragma GCC unroll 4
    for (; end - block > BLOCK; block += BLOCK)
        count += (size_t)_mm_popcnt_u64(ends_512(block, ~(uint64_t)0));
    return count + (size_t)_mm_popcnt_u64(ends_512(block, own_bits(block, at, end)));
}

WITH_512 static void map_512(const char *at, const char *end, uint64_t *map)
{
    const char *block = at - skew_of(at);
    if (at == end)
        return;
    if (end - block > BLOCK) {
        *map++ = ends_512(block, own_bits(block, at, end));
        block += BLOCK;
    }
#pragma GCC unroll 4
    for (; end - block > BLOCK; block += BLOCK)
        *map++ = ends_512(block, ~(uint64_t)0);
    *map = ends_512(block, own_bits(block, at, end));
}

WITH_512 static size_t sum_512(const uint64_t *map, size_t count)
{
    const __mmask8 rest = (__mmask8)((1u << count % 8) - 1);
    __m512i sum = _mm512_popcnt_epi64(_mm512_maskz_loadu_epi64(rest, map + (count & ~(size_t)7)));
    for (; count >= 8; count -= 8, map += 8)
        sum = _mm512_add_epi64(sum, _mm512_popcnt_epi64(_mm512_loadu_si512(map)));
    return (size_t)_mm512_reduce_add_epi64(sum);
}

WITH_256 static inline uint64_t half_ends_256(const char *at)
{
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_loadu_si256((const void *)at), _mm256_set1_epi8('\n')));
}

WITH_256 static inline uint64_t ends_256(const char *block) { return half_ends_256(block + BLOCK / 2) << 32 | half_ends_256(block); }

WITH_256 static size_t count_256(const char *at, const char *end)
{
    size_t count = 0;
#pragma GCC unroll 4
    for (; end - at >= BLOCK; at += BLOCK)
        count += (size_t)_mm_popcnt_u64(ends_256(at));
    return count + count_plain(at, end);
}

WITH_256 static void map_256(const char *at, const char *end, uint64_t *map)
{
    for (const char *block = at - skew_of(at); block < end; block += BLOCK)
        *map++ = at <= block && end - block >= BLOCK ? ends_256(block) : ends_plain(block, at, end);
}

WITH_256 static size_t sum_256(const uint64_t *map, size_t count)
{
    size_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (size_t)_mm_popcnt_u64(map[i]);
    return sum;
}
#endif

bool jy__lines_can(jy__lines_way way)
{
#ifdef WIDE
    if (way == JY__LINES_512)
        return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("popcnt");
    if (way == JY__LINES_256)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
#endif
    return way == JY__LINES_PLAIN;
}

static jy__lines_way best_way(void)
{
    return jy__lines_can(JY__LINES_512) ? JY__LINES_512 : jy__lines_can(JY__LINES_256) ? JY__LINES_256 : JY__LINES_PLAIN;
}

size_t jy__lines_by(jy__lines_way way, const char *at, const char *end)
{
#ifdef WIDE
    if (way == JY__LINES_512)
        return count_512(at, end);
    if (way == JY__LINES_256)
        return count_256(at, end);
#endif
    (void)way;
    return count_plain(at, end);
}

void jy__lines_map_by(jy__lines_way way, const char *at, const char *end, uint64_t *map)
{
#ifdef WIDE
    if (way == JY__LINES_512) {
        map_512(at, end, map);
        return;
    }
    if (way == JY__LINES_256) {
        map_256(at, end, map);
        return;
    }
#endif
    (void)way;
    map_plain(at, end, map);
}

size_t jy__lines_sum_by(jy__lines_way way, const uint64_t *map, size_t count)
{
#ifdef WIDE
    if (way == JY__LINES_512)
        return sum_512(map, count);
    if (way == JY__LINES_256)
        return sum_256(map, count);
#endif
    (void)way;
    return sum_plain(map, count);
}

size_t jy__lines(const char *at, const char *end) { return jy__lines_by(best_way(), at, end); }

/* ---- what the map tells */
static size_t blocks_of(const jy__lines_map *map) { return map->text.len ? (map->text.len + map->skew + BLOCK - 1) / BLOCK : 0; }

jy__lines_map jy__lines_map_of(jy_str text, uint64_t *room)
{
    jy__lines_map_by(best_way(), text.ptr, text.ptr + text.len, room);
    return (jy__lines_map){ .ends = room, .text = text, .skew = skew_of(text.ptr) };
}

size_t jy__lines_of(const jy__lines_map *map)
{
    const size_t blocks = blocks_of(map);
    return map->before + jy__lines_sum_by(best_way(), map->ends + map->counted, blocks - map->counted);
}

static inline __attribute__((always_inline)) size_t bits_by(jy__lines_way way, uint64_t word)
{
    return way == JY__LINES_PLAIN ? jy__bits(word) : (size_t)__builtin_popcountll(word);
}

/* Where the last block that was asked for is, mostly, or the next one or the one behind it: these two are counted without a branch. */
static inline __attribute__((always_inline)) void count_to(jy__lines_way way, jy__lines_map *map, size_t block)
{
    if (block < map->counted)
        map->counted = map->before = 0;
    const size_t first = map->counted, many = block - first;
    map->before += bits_by(way, map->ends[first] & -(uint64_t)(many > 0)) + bits_by(way, map->ends[first + (many > 1)] & -(uint64_t)(many > 1));
    if (many > 2)
        map->before += jy__lines_sum_by(way, map->ends + first + 2, many - 2);
    map->counted = block;
}

/* Where a block has none, those of the one beside it; without a branch, for most lines end in one of the two, and in which is as good as random. */
static inline void look_beside(const uint64_t *ends, size_t beside, uint64_t *bits, size_t *block)
{
    const uint64_t none = -(uint64_t)((*bits == 0) & (beside != *block));
    *bits |= ends[beside] & none;
    *block ^= (*block ^ beside) & none;
}

static inline __attribute__((always_inline)) jy__line_at around(jy__lines_way way, jy__lines_map *map, size_t at, size_t blocks)
{
    const size_t skew = map->skew, own = (at + skew) / BLOCK;
    const uint64_t behind = ~(uint64_t)0 << (at + skew) % BLOCK;
    uint64_t last = map->ends[own] & ~behind, next = map->ends[own] & behind;
    size_t i = own, k = own;
    count_to(way, map, own);
    const size_t before = map->before + bits_by(way, last);
    look_beside(map->ends, own > 0 ? own - 1 : own, &last, &i);
    look_beside(map->ends, own + 1 < blocks ? own + 1 : own, &next, &k);
    while (!last && i > 0)
        last = map->ends[--i];
    while (!next && ++k < blocks)
        next = map->ends[k];
    return (jy__line_at){ last ? i * BLOCK + BLOCK - (size_t)__builtin_clzll(last) - skew : 0,
                          next ? k * BLOCK + (size_t)__builtin_ctzll(next) - skew : map->text.len, before };
}

static inline __attribute__((always_inline)) void around_all(jy__lines_way way, jy__lines_map *map, const size_t *places, size_t count, jy__line_at *out)
{
    const size_t blocks = blocks_of(map);
    jy__lines_map own = *map; /* where it stands is in registers then */
    for (size_t i = 0; i < count; i++)
        out[i] = around(way, &own, places[i], blocks);
    *map = own;
}

#ifdef WIDE
WITH_512 static void around_512(jy__lines_map *map, const size_t *places, size_t count, jy__line_at *out) { around_all(JY__LINES_512, map, places, count, out); }
WITH_256 static void around_256(jy__lines_map *map, const size_t *places, size_t count, jy__line_at *out) { around_all(JY__LINES_256, map, places, count, out); }
#endif

void jy__lines_around_by(jy__lines_way way, jy__lines_map *map, const size_t *places, size_t count, jy__line_at *out)
{
#ifdef WIDE
    if (way == JY__LINES_512) {
        around_512(map, places, count, out);
        return;
    }
    if (way == JY__LINES_256) {
        around_256(map, places, count, out);
        return;
    }
#endif
    (void)way;
    around_all(JY__LINES_PLAIN, map, places, count, out);
}

void jy__lines_around(jy__lines_map *map, const size_t *places, size_t count, jy__line_at *out) { jy__lines_around_by(best_way(), map, places, count, out); }
