/* match_text — how text is read: as numbers of a few bytes, as code points, and as characters that carry symbols. */
#ifndef JY_MATCH_TEXT_H
#define JY_MATCH_TEXT_H

#include "match/tables/match_tables.h"

typedef struct jy__segment { const char *text; size_t begin, end; bool unbounded; } jy__segment; /* unbounded: gaps of any length */

/* One character with symbols, and how many without it stood before it. */
typedef struct jy__glyph {
    size_t begin, end;
    uint32_t cp, symbol;        /* its first symbol */
    uint8_t count;              /* of its symbols */
    uint8_t invisible, blanks, marks, stops;
    uint8_t fillers;            /* for the walk: bit n, a filler of n characters may begin here; bit 0: that is known */
} jy__glyph;

/* match_text.c */
bool jy__match_glyph_far(const jy__segment *segment, size_t at, jy__glyph *out);
bool jy__match_glyph_far_before(const jy__segment *segment, size_t at, jy__glyph *out);

/* Four codes, the first one lowest. */
static inline uint64_t jy__four_codes(const uint16_t *codes)
{
    uint64_t four;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(&four, codes, sizeof(four));
#else
    four = codes[0] | (uint64_t)codes[1] << 16 | (uint64_t)codes[2] << 32 | (uint64_t)codes[3] << 48;
#endif
    return four;
}

/* What stands at `text`, and a code as it is written, as one number. */
static inline uint32_t jy__three_bytes(const unsigned char *text) { return text[0] | (uint32_t)text[1] << 8 | (uint32_t)text[2] << 16; }
static inline uint32_t jy__code_bytes(uint32_t code) { return 0x8080E0u | code >> 12 | (code >> 6 & 0x3F) << 8 | (code & 0x3F) << 16; }
/* Three bytes as one character, and whether that is a code. */
static inline uint32_t jy__code_at(const unsigned char *s) { return (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu); }
static inline bool jy__is_code_at(const unsigned char *s) { return s[0] >= 0xE4 && s[0] <= 0xE9 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80; }
/* The symbol as it is written or by a variant; *written: as it is. */
static inline bool jy__stands_at(const unsigned char *s, uint32_t symbol, bool *written)
{
    *written = jy__three_bytes(s) == jy__code_bytes(symbol);
    return *written || (jy__is_code_at(s) && jy__code_symbol(jy__code_at(s)) == symbol);
}

/* Three bytes behind a lead that allows any are nearly all there is: the first branch. What is no character is U+FFFD. */
static inline uint32_t jy__match_code(const jy__segment *segment, size_t *at)
{
    const unsigned char *s = (const unsigned char *)segment->text + *at;
    const char *p = segment->text + *at;
    uint32_t cp;
    bool valid;
    if (segment->end - *at >= 3 && (unsigned)(s[0] - 0xE1) <= 0xEF - 0xE1 && s[0] != 0xED && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80) {
        *at += 3;
        return jy__code_at(s);
    }
    if (segment->end - *at >= 2 && (unsigned)(s[0] - 0xC2) <= 0xDF - 0xC2 && (s[1] & 0xC0) == 0x80) {
        *at += 2;
        return (s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu);
    }
    cp = jy__utf8_next(&p, segment->text + segment->end, &valid);
    *at = (size_t)(p - segment->text);
    return cp;
}

/* Most are Han characters in use. */
static inline jy__kind jy__match_kind(uint32_t cp) { return cp >= 0x4E00 && cp <= 0x9FFF ? JY__KIND_SYMBOL : jy__fold_kind(cp); }

/* And its kind. */
static inline uint32_t jy__match_read(const jy__segment *segment, size_t *at, jy__kind *kind)
{
    uint32_t cp = jy__match_code(segment, at);
    *kind = jy__match_kind(cp);
    return cp;
}

/* The same of what stands before `at`, which comes to be where that begins; most of it is of one byte or of three. */
static inline uint32_t jy__match_code_before(const jy__segment *segment, size_t *at)
{
    const unsigned char *s = (const unsigned char *)segment->text + *at;
    size_t next;
    if (s[-1] < 0x80) {
        *at -= 1;
        return s[-1];
    }
    if (*at - segment->begin >= 3 && (unsigned)(s[-3] - 0xE1) <= 0xEF - 0xE1 && s[-3] != 0xED && (s[-2] & 0xC0) == 0x80 && (s[-1] & 0xC0) == 0x80)
        next = *at -= 3;
    else if (*at - segment->begin >= 2 && (unsigned)(s[-2] - 0xC2) <= 0xDF - 0xC2 && (s[-1] & 0xC0) == 0x80)
        next = *at -= 2;
    else
        next = *at = segment->begin + jy__utf8_before(segment->text + segment->begin, *at - segment->begin);
    return jy__match_code(segment, &next);
}
static inline uint32_t jy__match_read_before(const jy__segment *segment, size_t *at, jy__kind *kind)
{
    uint32_t cp = jy__match_code_before(segment, at);
    *kind = jy__match_kind(cp);
    return cp;
}

/* A Han character of four bytes at `at`; 0: there is none. */
static inline uint32_t jy__match_four(const jy__segment *segment, size_t at)
{
    const unsigned char *s = (const unsigned char *)segment->text + at;
    if (at + 4 > segment->end || s[0] != 0xF0 || s[1] < 0xA0 || s[1] > 0xBF || (s[2] & 0xC0) != 0x80 || (s[3] & 0xC0) != 0x80)
        return 0;
    return (s[1] & 0x3Fu) << 12 | (s[2] & 0x3Fu) << 6 | (s[3] & 0x3Fu);
}

/* A Han character in use that is one symbol, at `at`: the usual case of the two below. */
static inline bool jy__match_han(const jy__segment *segment, size_t at, jy__glyph *out)
{
    const unsigned char *s = (const unsigned char *)segment->text + at;
    uint32_t cp, symbol;
    if (!jy__is_code_at(s))
        return false;
    cp = jy__code_at(s);
    symbol = cp >= 0x4E00 ? jy__fold_codes[cp - JY__CODE_FIRST] : 0;
    *out = (jy__glyph){ .begin = at, .end = at + 3, .cp = cp, .symbol = symbol, .count = 1 };
    return symbol != 0;
}

/* The next character with symbols, and the one before `at`. False when the segment, the line or a gap's bound ends before one comes. */
static inline bool jy__match_glyph(const jy__segment *segment, size_t at, jy__glyph *out)
{
    return (at < segment->end && segment->end - at >= 3 && jy__match_han(segment, at, out)) || jy__match_glyph_far(segment, at, out);
}
static inline bool jy__match_glyph_before(const jy__segment *segment, size_t at, jy__glyph *out)
{
    return (at >= segment->begin + 3 && jy__match_han(segment, at - 3, out)) || jy__match_glyph_far_before(segment, at, out);
}

#endif
