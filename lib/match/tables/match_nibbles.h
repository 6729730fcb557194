/* match_nibbles — the filter's tables for engines that look up 16 bytes at a time: by half a byte. Included by match_tables.h.
 *   bucket bits of a code   single[0][low nibble] & single[1][next] & single[2][next] & single[3][high nibble]; the same for filler and filler_next; first,
 *           second and filler_first by the lower three (match_filter_buckets.c)
 *   rare    by the lead's low nibble, the upper four bits of six of the second and of the third: buckets of the leads E0..EF but for E4..E9, of
 *           which rare[0] has the highest bit alone
 *   ascii   by the low nibble, the high: not 0 for a byte of interest, exactly */
#ifndef JY_MATCH_NIBBLES_H
#define JY_MATCH_NIBBLES_H

#include "match/tables/match_rows.h"

typedef struct jy__nibbles {
    uint8_t first[3][16], second[3][16], filler_first[3][16]; /* filler_first: in all buckets alike, without regard to the next one */
    uint8_t single[4][16], filler[4][16], filler_next[4][16];
    uint8_t rare[3][16], ascii[2][16];
    uint8_t others[3][256];
    uint64_t few[2]; /* ASCII of interest, eight times side by side; twice the same when it is one */
    bool full;           /* first and second let through more than it costs to look up each code */
    bool is_few, is_one; /* … all of it; and it is one */
    uint32_t bits[32]; /* 1 << number */
    jy__rows *rows;    /* NULL: not made */
} jy__nibbles;

/* Vectors of one byte all over. A constant would do, but compilers then make it anew each time, which costs more than to load it. */
enum jy__byte { JY__BYTE_00, JY__BYTE_0F, JY__BYTE_3F, JY__BYTE_40, JY__BYTE_70, JY__BYTE_B0, JY__BYTE_C0, JY__BYTE_E0, JY__BYTE_FF, JY__BYTES };
extern const uint8_t jy__bytes[JY__BYTES][32];
/* Of 48 bytes side by side every third, from the first on, the second or the third: where they come from in the first 16 bytes, the next and the last. */
extern const uint8_t jy__thirds[3][3][16];

#endif
