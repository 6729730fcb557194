/* match_nibbles — the filter's tables for engines that look up 16 bytes at a time: by half a byte. Included by match_inside.h.
 *   bucket bits of a code   first[0][low nibble] & first[1][next] & first[2][next] & first[3][high nibble]; the same for second …
 *   rare    by the lead's low nibble (all its bits turned, so that ASCII has none), the second's (with its high bits in it, so that E3 80
 *           has one of its own), the third's low, the third's high: buckets of the leads E0..EF
 *   ascii   by the low nibble, the high: not 0 for a byte of interest, exactly
 * and to bring the Han of 16 bytes together: their leads stand three or more apart, and there are 595 such masks.
 *   rank of a mask   ranks[0][its low byte] + ranks[1][its high byte] ─▶ row of shuffles: where the leads stand  */
#ifndef JY_MATCH_NIBBLES_H
#define JY_MATCH_NIBBLES_H

#define JY__RANKS 595
typedef struct jy__nibbles {
    uint8_t first[4][16], second[4][16], single[4][16], filler[4][16], filler_next[4][16];
    uint8_t rare[4][16], ascii[2][16];
    uint16_t ranks[2][256];
    uint8_t shuffles[JY__RANKS + 1][8]; /* rows are read 16 bytes at a time */
} jy__nibbles;

/* Vectors of one byte all over. A constant would do, but compilers then make it anew each time, which costs more than to load it. */
enum jy__byte { JY__BYTE_00, JY__BYTE_0F, JY__BYTE_3F, JY__BYTE_6F, JY__BYTE_79, JY__BYTE_90, JY__BYTE_96, JY__BYTE_C0, JY__BYTE_F0,
               JY__BYTE_FF, JY__BYTES };
extern const uint8_t jy__bytes[JY__BYTES][32];

#endif
