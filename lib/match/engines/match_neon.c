/* The engine for NEON, which every 64-bit ARM has: vectors of 16 bytes. In: text. Out: places for the verifier, and the count of bytes
 * that are no UTF-8. The steps are those of match_read_blocks.h, match_frame.h and match_vector.h; here is what the instructions are. */
#include "match/engines/match_blocks.h"
#include "match/engines/match_places.h"
#include <arm_neon.h>

#define WIDE 16
#define FIND_PAIRS jy__find_pairs
#define PAIRS_AT_ONCE false

typedef uint8x16_t vec;

static inline vec load(const void *p) { return vld1q_u8(p); }
static inline void store(void *p, vec v) { vst1q_u8(p, v); }
static inline vec table(const uint8_t bytes[16]) { return load(bytes); }
static inline vec both(vec a, vec b) { return vandq_u8(a, b); }
static inline vec either(vec a, vec b) { return vorrq_u8(a, b); }
static inline vec differ(vec a, vec b) { return veorq_u8(a, b); }
static inline vec without(vec a, vec b) { return vbicq_u8(a, b); }
static inline vec most(vec a, vec b) { return vqaddq_u8(a, b); }
static inline vec more(vec a, vec b) { return vcgtq_s8(vreinterpretq_s8_u8(a), vreinterpretq_s8_u8(b)); }
static inline vec lower(vec a, vec b) { return vreinterpretq_u8_s8(vminq_s8(vreinterpretq_s8_u8(a), vreinterpretq_s8_u8(b))); }
static inline vec same(vec a, vec b) { return vceqq_u8(a, b); }
/* Within bytes, not words: whoever shifts masks what came over from the next byte. */
static inline vec right(vec a, int n) { return vshlq_u8(a, vdupq_n_s8((int8_t)-n)); }
static inline vec pick(vec table, vec index) { return vqtbl1q_u8(table, vandq_u8(index, vdupq_n_u8(0x8F))); }
static inline vec next_of(vec a, vec b) { return vextq_u8(a, b, 1); }

/* The highest bit of each byte: its own bit of eight is left, then neighbours are added up three times. */
static inline uint64_t bits_of(const vec v[4])
{
    static const uint8_t weights[16] = { 1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128 };
    vec bit = vld1q_u8(weights), own[4];
    for (int i = 0; i < 4; i++)
        own[i] = vandq_u8(vreinterpretq_u8_s8(vshrq_n_s8(vreinterpretq_s8_u8(v[i]), 7)), bit);
    own[0] = vpaddq_u8(vpaddq_u8(own[0], own[1]), vpaddq_u8(own[2], own[3]));
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(own[0], own[0])), 0);
}

static inline bool is_any(const vec v[4], vec w)
{
    return vmaxvq_u8(vorrq_u8(vorrq_u8(vorrq_u8(v[0], v[1]), vorrq_u8(v[2], v[3])), w)) != 0;
}

static inline void split(const uint16_t *codes, vec *low, vec *high)
{
    uint8x16x2_t bytes = vld2q_u8((const uint8_t *)codes);
    *low = bytes.val[0];
    *high = bytes.val[1];
}

static inline void put_some(const jy__rows *rows, const unsigned char *p, const uint64_t *han, unsigned at, uint16_t *codes)
{
    uint8x8_t row = vld1_u8(jy__shuffle_of(rows, (const uint8_t *)han + at / 8)), first = vqtbl1_u8(load(p + at), row);
    uint8x8_t second = vqtbl1_u8(load(p + at + 1), row), third = vqtbl1_u8(load(p + at + 2), row);
    uint8x8x2_t bytes;
    bytes.val[0] = vsli_n_u8(vand_u8(third, vdup_n_u8(0x3F)), second, 6);
    bytes.val[1] = vsli_n_u8(vshr_n_u8(vand_u8(second, vdup_n_u8(0x3F)), 2), first, 4);
    vst2_u8((uint8_t *)(codes + jy__han_before(*han, at)), bytes);
}

#include "match/engines/match_vector.h"
#include "match/engines/match_read_blocks.h"
#include "match/engines/match_frame.h"

static bool always(void) { return true; }

const jy__engine jy__engine_neon = { .name = "neon", .can_run = always, .scan = scan_text, .by_rows = true };
