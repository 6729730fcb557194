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

static size_t map_plain(const char *at, const char *end, jy__line_bits *map)
{
    size_t count = 0;
    for (const char *block = at - skew_of(at); block < end; block += BLOCK, map++) {
        *map = (jy__line_bits){ ends_plain(block, at, end), count };
        count += jy__bits(map->ends);
    }
    return count;
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
#define WITH_512 __attribute__((target("avx512f,avx512bw,popcnt")))
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

WITH_512 static size_t map_512(const char *at, const char *end, jy__line_bits *map)
{
    const char *block = at - skew_of(at);
    size_t count = 0;
    if (at == end)
        return 0;
    if (end - block > BLOCK) {
        *map = (jy__line_bits){ ends_512(block, own_bits(block, at, end)), 0 };
        count = (size_t)_mm_popcnt_u64(map++->ends);
        block += BLOCK;
    }
#pragma GCC unroll 4
    for (; end - block > BLOCK; block += BLOCK) {
        *map = (jy__line_bits){ ends_512(block, ~(uint64_t)0), count };
        count += (size_t)_mm_popcnt_u64(map++->ends);
    }
    *map = (jy__line_bits){ ends_512(block, own_bits(block, at, end)), count };
    return count + (size_t)_mm_popcnt_u64(map->ends);
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

WITH_256 static size_t map_256(const char *at, const char *end, jy__line_bits *map)
{
    size_t count = 0;
    for (const char *block = at - skew_of(at); block < end; block += BLOCK, map++) {
        *map = (jy__line_bits){ at <= block && end - block >= BLOCK ? ends_256(block) : ends_plain(block, at, end), count };
        count += (size_t)_mm_popcnt_u64(map->ends);
    }
    return count;
}
#endif

bool jy__lines_can(jy__lines_way way)
{
#ifdef WIDE
    if (way == JY__LINES_512)
        return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("popcnt");
    if (way == JY__LINES_256)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
#endif
    return way == JY__LINES_PLAIN;
}

static jy__lines_way best_way(void)
{
    return jy__lines_can(JY__LINES_512) ? JY__LINES_512 : jy__lines_can(JY__LINES_256) ? JY__LINES_256 : JY__LINES_PLAIN;
}

size_t jy__lines_by(jy__lines_way way, const char *at, const char *end, jy__line_bits *map)
{
#ifdef WIDE
    if (way == JY__LINES_512)
        return map ? map_512(at, end, map) : count_512(at, end);
    if (way == JY__LINES_256)
        return map ? map_256(at, end, map) : count_256(at, end);
#endif
    (void)way;
    return map ? map_plain(at, end, map) : count_plain(at, end);
}

size_t jy__lines(const char *at, const char *end) { return jy__lines_by(best_way(), at, end, NULL); }
size_t jy__lines_map(const char *at, const char *end, jy__line_bits *map) { return jy__lines_by(best_way(), at, end, map); }

/* ---- what the map tells */
jy_span jy__lines_around(const jy__line_bits *map, jy_str text, size_t at, size_t *before)
{
    const size_t skew = skew_of(text.ptr), own = (at + skew) / BLOCK, blocks = (text.len + skew + BLOCK - 1) / BLOCK;
    const uint64_t behind = ~(uint64_t)0 << (at + skew) % BLOCK;
    uint64_t last = map[own].ends & ~behind, next = map[own].ends & behind;
    size_t i = own, k = own;
    *before = map[own].before + jy__bits(last);
    while (!last && i > 0)
        last = map[--i].ends;
    while (!next && ++k < blocks)
        next = map[k].ends;
    return (jy_span){ last ? i * BLOCK + BLOCK - (size_t)__builtin_clzll(last) - skew : 0,
                      next ? k * BLOCK + (size_t)__builtin_ctzll(next) - skew : text.len };
}
