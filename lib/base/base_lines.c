/* Line ends of a text: how many there are, and where the last one is. What is scanned was read before and is near, so this goes as fast as
 * the machine reads; each way of reading gives the same answer. */
#include "base/base.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define WIDE
#include <immintrin.h>
#endif

/* Sums of a byte each, so that the compiler can add many at a time; the rest eight at a time: a byte of the difference is zero where a line
 * ends, and then only its top bit stays. */
static size_t count_plain(const char *at, const char *end)
{
    enum { MANY = 128 };
    const uint64_t ones = 0x0101010101010101u, low = 0x7F7F7F7F7F7F7F7Fu;
    size_t count = 0;
    for (; end - at >= MANY; at += MANY) {
        uint8_t own = 0;
        for (int i = 0; i < MANY; i++)
            own = (uint8_t)(own + (at[i] == '\n'));
        count += own;
    }
    for (; end - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        word ^= ones * '\n';
        word = ~(((word & low) + low) | word | low) >> 7;
        count += (size_t)(word * ones >> 56);
    }
    for (; at < end; at++)
        count += *at == '\n';
    return count;
}

static size_t lines_plain(const char *at, const char *end, const char **last)
{
    size_t count = count_plain(at, end);
    if (count)
        *last = jy__memrchr(at, '\n', (size_t)(end - at));
    return count;
}

#ifdef WIDE
/* Counted forwards, then the last one is looked for from behind: whether a block of 64 bytes has a line end is anybody's guess, and to keep
 * the last that has one on the way takes as long again. */
#define BLOCK 64

__attribute__((target("avx512f,avx512bw"))) static inline uint64_t ends_512(const char *at, uint64_t mask)
{
    return _mm512_mask_cmpeq_epi8_mask(mask, _mm512_maskz_loadu_epi8(mask, at), _mm512_set1_epi8('\n'));
}

/* Whole lines of the cache: a block that lies in two of them takes as long as two. What of the first one is before `at` is masked. */
__attribute__((target("avx512f,avx512bw,popcnt"))) static size_t lines_512(const char *at, const char *end, const char **last)
{
    const char *p = at - ((uintptr_t)at & (BLOCK - 1));
    const uint64_t first = ~(uint64_t)0 << (at - p);
    uint64_t found;
    size_t count = 0;
    if (at == end)
        return 0;
    if (end - p > BLOCK) {
        count = (size_t)_mm_popcnt_u64(ends_512(p, first));
        p += BLOCK;
    }
#pragma GCC unroll 4
    for (; end - p > BLOCK; p += BLOCK)
        count += (size_t)_mm_popcnt_u64(ends_512(p, ~(uint64_t)0));
    found = ends_512(p, (p < at ? first : ~(uint64_t)0) & ~(uint64_t)0 >> (BLOCK - (end - p)));
    count += (size_t)_mm_popcnt_u64(found);
    if (!count)
        return 0;
    while (!found) {
        p -= BLOCK;
        found = ends_512(p, p < at ? first : ~(uint64_t)0);
    }
    *last = p + BLOCK - 1 - __builtin_clzll(found);
    return count;
}

__attribute__((target("avx2"))) static inline uint32_t half_ends_256(const char *at)
{
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_loadu_si256((const void *)at), _mm256_set1_epi8('\n')));
}

__attribute__((target("avx2"))) static inline uint64_t ends_256(const char *at)
{
    return (uint64_t)half_ends_256(at + BLOCK / 2) << 32 | half_ends_256(at);
}

__attribute__((target("avx2,popcnt"))) static size_t lines_256(const char *at, const char *end, const char **last)
{
    const char *p = at;
    uint64_t found = 0;
    size_t count = 0, rest;
#pragma GCC unroll 4
    for (size_t blocks = (size_t)(end - at) / BLOCK; blocks > 0; blocks--, p += BLOCK)
        count += (size_t)_mm_popcnt_u64(ends_256(p));
    if ((rest = lines_plain(p, end, last)) || !count)
        return count + rest;
    while (!found)
        found = ends_256(p -= BLOCK);
    *last = p + BLOCK - 1 - __builtin_clzll(found);
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

size_t jy__lines_by(jy__lines_way way, const char *at, const char *end, const char **last)
{
#ifdef WIDE
    if (way == JY__LINES_512)
        return lines_512(at, end, last);
    if (way == JY__LINES_256)
        return lines_256(at, end, last);
#endif
    (void)way;
    return lines_plain(at, end, last);
}

size_t jy__lines(const char *at, const char *end, const char **last)
{
#ifdef WIDE
    if (jy__lines_can(JY__LINES_512))
        return lines_512(at, end, last);
    if (jy__lines_can(JY__LINES_256))
        return lines_256(at, end, last);
#endif
    return lines_plain(at, end, last);
}
