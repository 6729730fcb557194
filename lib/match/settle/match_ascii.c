/* ASCII that may begin a key. In: where such characters stand in a chunk. Out: calls of the verifier. In a text full of numbers and names every third
 * block has one (the s of pos, the 1 of 13800), and hardly any begins a key. What stands behind them is as good as random, so one question that
 * needs no branch comes first, of the four bytes there; then, of the few that are left, one of what stands behind a gap:
 *
 *   for sb and 120    pos      s, then a letter that is no b         12:30   120, then no 0
 *                     s，那里  s, then Han, and no filler begins     12 个   the same, behind two letters */
#include "match/engines/match_blocks.h"

/* ---- one character, exactly enough */

/* The byte at `at`; behind the text's end, what is no ASCII. */
static unsigned byte_at(const jy__scan *scan, size_t at) { return at < scan->text.len ? (unsigned char)scan->text.ptr[at] : 0x80; }

/* Over what of a gap is ASCII, which most of it is. */
static size_t skip_gap(const jy__scan *scan, size_t at)
{
    while (at < scan->segment.end && byte_at(scan, at) >= ' ' && byte_at(scan, at) < 128 && !jy__is_letter(byte_at(scan, at)))
        at++;
    return at;
}

static bool is_letter_at(const jy__scan *scan, size_t at) { return at < scan->segment.end && jy__is_letter(byte_at(scan, at)); }

/* Whether behind a letter and a gap what may be the key's second stands, or a filler. */
static bool second_follows(const jy__scan *scan, unsigned first, size_t at)
{
    jy__glyph next;
    at = skip_gap(scan, at);
    if (is_letter_at(scan, at))
        return jy__bit(scan->matcher->filter.ascii_pairs, first * 128u + byte_at(scan, at));
    if (!jy__match_glyph(&scan->segment, at, &next))
        return false;
    if (next.count != 1)
        return true;
    return next.symbol < 128 ? jy__bit(scan->matcher->filter.ascii_pairs, first * 128u + next.symbol) : jy__begins_filler(scan->matcher, next.symbol);
}

/* Which of the keys may go on with what stands behind them and a gap. */
static unsigned keys_going_on(const jy__scan *scan, unsigned keys, size_t at)
{
    const jy__filter *filter = &scan->matcher->filter;
    jy__glyph next;
    at = skip_gap(scan, at);
    if (is_letter_at(scan, at))
        return keys & filter->ascii_keys[2][byte_at(scan, at)];
    if (!jy__match_glyph(&scan->segment, at, &next))
        return keys & filter->ascii_open;
    if (next.count != 1 || jy__begins_filler(scan->matcher, next.symbol))
        return keys;
    return keys & (next.symbol < 128 ? filter->ascii_keys[2][next.symbol] : filter->ascii_open);
}

/* A letter may be a key's first, the last letter of a run as well: that one may go on behind a gap. */
static bool may_be_key(jy__scan *scan, size_t at)
{
    const jy__filter *filter = &scan->matcher->filter;
    unsigned first = byte_at(scan, at), second = byte_at(scan, at + 1), third = byte_at(scan, at + 2);
    unsigned keys = filter->ascii_keys[0][first] & filter->ascii_keys[1][second] & filter->ascii_keys[2][third];
    if (!keys || !jy__match_segment(scan, at))
        return false;
    if (!jy__is_letter(second))
        return second_follows(scan, first, at + 1);
    return jy__bit(filter->ascii_pairs, first * 128u + second) && (jy__is_letter(third) || keys_going_on(scan, keys, at + 2));
}

void jy__match_try_ascii(jy__scan *scan, size_t at)
{
    const unsigned char *s = (const unsigned char *)scan->text.ptr;
    unsigned class = scan->matcher->filter.ascii[s[at]];
    if ((class & JY__ASCII_MASK) && (at == 0 || s[at - 1] != s[at]) && !scan->matcher->keys_only && jy__match_segment(scan, at))
        jy__match_masked(scan, at); /* the first of a run */
    if ((class & JY__ASCII_SINGLE) || ((class & JY__ASCII_HEAD) && may_be_key(scan, at)))
        jy__match_verify(scan, at);
}

/* ---- many */

/* As jy__is_letter(). */
static inline unsigned is_letter(unsigned byte) { return (unsigned)(byte - '0' < 10) | (unsigned)((byte | 0x20) - 'a' < 26); }

/* A key alone, or a mask. */
static inline unsigned is_alone(const jy__filter *filter, const unsigned char *s) { return filter->ascii[*s] & (JY__ASCII_SINGLE | JY__ASCII_MASK); }

/* What stands right behind may be the key's, and behind a gap of one character what stands there. */
static inline bool has_letters(const jy__filter *filter, const unsigned char *s)
{
    const uint8_t (*keys)[256] = filter->ascii_keys, *behind = keys[1 + is_letter(s[1])];
    return ((keys[0][s[0]] & keys[1][s[1]] & behind[s[2]] & (behind[s[3]] | (0u - is_letter(s[2])))) | is_alone(filter, s)) != 0;
}

/* One of the marks and blanks of ASCII, or of Chinese text: its bytes; 0: none. */
static inline unsigned gap_at(const jy__filter *filter, const unsigned char *s)
{
    if (*s < 0x80)
        return *s >= ' ' && !is_letter(*s);
    uint32_t three = jy__three_bytes(s) & 0xC0FFFF;
    unsigned kind = three == 0x8080E3 ? JY__GAP_CJK : three == 0x80BCEF ? JY__GAP_WIDE : 0;
    return filter->wide_gaps[s[2] & 63] & kind ? 3 : 0;
}

/* The code of a Han character of U+4E00..9FFF; 0: none stands there. */
static inline uint32_t han_at(const unsigned char *s)
{
    uint32_t three = jy__three_bytes(s), code = (three & 0x0F) << 12 | (three >> 8 & 0x3F) << 6 | (three >> 16 & 0x3F);
    return (three & 0xC0C0F0) == 0x8080E0 && code - JY__HAN_FIRST < JY__HAN_COUNT ? code : 0;
}

/* A Han character that is one symbol, and no filler begins there. */
static inline bool is_plain_han(const jy__filter *filter, const unsigned char *s)
{
    uint32_t code = han_at(s), next;
    if (code && jy__bit(filter->plain, code - JY__HAN_FIRST))
        return true;
    if (!code || !jy__code_symbol(code))
        return false;
    next = han_at(s + 3);
    return next && !jy__filler_may_begin(filter, code, next);
}

/* Behind one letter stands the key's second, or a filler; behind two what may stand behind the key, where that is open anything. */
static bool goes_on(const jy__filter *filter, const unsigned char *s, unsigned line_end)
{
    const uint8_t (*all)[256] = filter->ascii_keys;
    unsigned two = is_letter(s[1]), keys = all[0][s[0]] & (two ? all[1][s[1]] : 0xFF);
    const unsigned char *behind = s + 1 + two;
    for (unsigned left = JY__ASCII_GAPS, gap = 1; left && gap; left--, behind += gap)
        gap = gap_at(filter, behind);
    if (is_letter(*behind))
        keys &= all[1 + two][*behind];
    else if (*behind == line_end || is_plain_han(filter, behind))
        keys &= two ? filter->ascii_open : 0;
    return (keys | is_alone(filter, s)) != 0;
}

size_t jy__match_keep_ascii(const jy__scan *scan, const unsigned char *text, uint16_t *places, size_t count)
{
    const jy__filter *filter = &scan->matcher->filter;
    const unsigned line_end = scan->segment.unbounded ? 256 : '\n';
    size_t near = 0, kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint16_t place = places[i];
        places[near] = place;
        near += has_letters(filter, text + place);
    }
    for (size_t i = 0; i < near; i++) {
        uint16_t place = places[i];
        places[kept] = place;
        kept += goes_on(filter, text + place, line_end);
    }
    return kept;
}

/* ---- a chunk */

#define PLACES 512u /* are listed before they are looked at */

static void try_places(jy__scan *scan, size_t base, uint16_t *places, size_t count)
{
    size_t known = count, kept;
    while (known && base + places[known - 1] + JY__ASCII_BEHIND > scan->text.len)
        known--;
    kept = jy__match_keep_ascii(scan, (const unsigned char *)scan->text.ptr + base, places, known);
    for (size_t i = 0; i < kept && !scan->stop; i++)
        jy__match_try_ascii(scan, base + places[i]);
    for (size_t i = known; i < count && !scan->stop; i++)
        jy__match_try_ascii(scan, base + places[i]);
}

static size_t put_places(uint16_t *places, size_t at, uint64_t bits)
{
    size_t count = 0;
    for (; bits; bits &= bits - 1)
        places[count++] = (uint16_t)(at + (size_t)__builtin_ctzll(bits));
    return count;
}

void jy__block_reader_ascii(jy__block_reader *reader, size_t base)
{
    const uint64_t *ascii = reader->blocks.ascii;
    uint16_t found[JY__BLOCKS + 1], places[PLACES + JY__BLOCK];
    size_t count = 0, listed = 0;
    for (size_t i = 0; i < reader->blocks.count; i++) { /* which blocks have some is as good as random */
        found[count] = (uint16_t)i;
        count += ascii[i] != 0;
    }
    for (size_t i = 0; i < count; i++) {
        listed += put_places(places + listed, found[i] * (size_t)JY__BLOCK, ascii[found[i]]);
        if (listed < PLACES && i + 1 < count)
            continue;
        try_places(reader->scan, base, places, listed);
        listed = 0;
    }
}
