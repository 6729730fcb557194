/* match_rows — the filter's tables that only engines without AVX-512 read, and only they have made. Included by match_nibbles.h.
 *   kinds   of three bytes' code point: what it may do to a key
 *   asked   with few forms beside those that are heard, of two bytes (fold.h) of codes side by side: by their lower 13 bits a word, in it by the others a bit
 *           of the low byte: a key by sound begins so, or is as it is written; and of the high one: so does a filler
 *   marks   for some hundred or thousand forms: pairs with one bit each in more words; what has it is asked for in pairs, too
 * and to bring the Han of 16 bytes together: their leads stand three or more apart, and there are 595 such masks.
 *   ranks[0][low byte of a mask] + ranks[1][its high byte] ─▶ where its row of shuffles begins, in bytes; the row: where the leads stand  */
#ifndef JY_MATCH_ROWS_H
#define JY_MATCH_ROWS_H

#define JY__RANKS 595
#define JY__SIDES_BITS 13
#define JY__SIDES (1u << JY__SIDES_BITS)
#define JY__ASKED_BEGIN 1u
#define JY__ASKED_FILLER 0x100u
/* A head's bits are those of a tail and a filler shifted up: head / JY__ROLE_HEAD & next is not 0 where next may go on with a key. END: of a filler; ALONE:
 * a key of one; ODD: rare, or no character; CODE: the stream has it. */
enum { JY__ROLE_TAIL = 1, JY__ROLE_FILLER = 2, JY__ROLE_HEAD = 4, JY__ROLE_BOTH = 3 * JY__ROLE_HEAD, JY__ROLE_END = 16, JY__ROLE_ALONE = 32, JY__ROLE_ODD = 64,
       JY__ROLE_CODE = 128 };
typedef struct jy__rows {
    uint8_t words[256][16]; /* of a mask: the row of shuffles that brings these words together; first, so that no row lies in two lines of the cache */
    uint8_t kinds[65536];
    uint16_t asked[JY__SIDES + 1]; /* the word behind may be read */
    uint16_t ranks[2][256];
    uint8_t shuffles[JY__RANKS + 1][8]; /* rows are read 16 bytes at a time */
    uint8_t orders[256][8]; /* of a mask: the numbers of its bits */
    uint8_t counts[256];
    uint32_t mark_bits; /* of the number of words in marks; 0: there are none */
    uint32_t marks[];
} jy__rows;

#endif
