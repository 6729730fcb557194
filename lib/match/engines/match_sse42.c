/* The engine for SSE4.2 (in truth SSE4.1 and POPCNT): vectors of 16 bytes. In: text. Out: places for the verifier, and the count of bytes
 * that are no UTF-8. The steps are those of match_read_blocks.h, match_frame.h and match_vector.h; here is what the instructions are.
 * This file alone is compiled with the instructions' flags. */
#include "match/engines/match_blocks.h"
#include "match/engines/match_places.h"
#include <immintrin.h>

#define WIDE 16
#define FIND_PAIRS jy__find_pairs
#define PAIRS_AT_ONCE false

typedef __m128i vec;

static inline vec load(const void *p) { return _mm_loadu_si128(p); }
static inline void store(void *p, vec v) { _mm_storeu_si128(p, v); }
static inline vec table(const uint8_t bytes[16]) { return load(bytes); }
static inline vec both(vec a, vec b) { return _mm_and_si128(a, b); }
static inline vec either(vec a, vec b) { return _mm_or_si128(a, b); }
static inline vec differ(vec a, vec b) { return _mm_xor_si128(a, b); }
static inline vec without(vec a, vec b) { return _mm_andnot_si128(b, a); }
static inline vec most(vec a, vec b) { return _mm_adds_epu8(a, b); }
static inline vec more(vec a, vec b) { return _mm_cmpgt_epi8(a, b); }
static inline vec lower(vec a, vec b) { return _mm_min_epi8(a, b); }
static inline vec same(vec a, vec b) { return _mm_cmpeq_epi8(a, b); }
static inline vec right(vec a, int n) { return _mm_srli_epi16(a, n); }
static inline vec pick(vec table, vec index) { return _mm_shuffle_epi8(table, index); }
static inline vec next_of(vec a, vec b) { return _mm_alignr_epi8(b, a, 1); }

static inline uint64_t bits_of(const vec v[4])
{
    uint64_t low = (uint64_t)_mm_movemask_epi8(v[0]) | (uint64_t)_mm_movemask_epi8(v[1]) << 16;
    return low | (uint64_t)_mm_movemask_epi8(v[2]) << 32 | (uint64_t)_mm_movemask_epi8(v[3]) << 48;
}

static inline bool is_any(const vec v[4], vec w)
{
    vec all = _mm_or_si128(_mm_or_si128(_mm_or_si128(v[0], v[1]), _mm_or_si128(v[2], v[3])), w);
    return !_mm_testz_si128(all, all);
}

static inline void split(const uint16_t *codes, vec *low, vec *high)
{
    const vec apart = _mm_set_epi8(15, 13, 11, 9, 7, 5, 3, 1, 14, 12, 10, 8, 6, 4, 2, 0);
    vec a = pick(load(codes), apart), b = pick(load(codes + 8), apart);
    *low = _mm_unpacklo_epi64(a, b);
    *high = _mm_unpackhi_epi64(a, b);
}

/* Shuffled together are the first bytes, the second and the third; words of second and third become (second & 3F) << 6 | (third & 3F). */
static inline void put_some(const jy__rows *rows, const unsigned char *p, const uint64_t *han, unsigned at, uint16_t *codes)
{
    vec row = load(jy__shuffle_of(rows, (const uint8_t *)han + at / 8));
    vec lead = _mm_unpacklo_epi8(_mm_setzero_si128(), pick(load(p + at), row));
    vec rest = _mm_unpacklo_epi8(pick(load(p + at + 1), row), pick(load(p + at + 2), row));
    rest = _mm_maddubs_epi16(both(rest, load(jy__bytes[JY__BYTE_3F])), _mm_set1_epi16(0x0140));
    store(codes + jy__han_before(*han, at), either(rest, _mm_slli_epi16(lead, 4)));
}

#include "match/engines/match_vector.h"
#include "match/engines/match_read_blocks.h"
#include "match/engines/match_frame.h"

static bool can_run(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt");
}

const jy__engine jy__engine_sse42 = { .name = "sse4.2", .can_run = can_run, .scan = scan_text, .by_rows = true };
