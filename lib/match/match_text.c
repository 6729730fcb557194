/* Reading original bytes as characters that carry symbols. In: a segment (a piece of text that no match may leave) and an offset;
 * out: the next or the previous character with symbols, and what was skipped on the way. The filter only proposes places; everything
 * exact reads the text through these functions, so gaps and bad bytes mean the same everywhere. */
#include "match/match_inside.h"
#include "match/match_limits.h"

static void name_symbols(jy__glyph *glyph)
{
    uint32_t symbols[JY__FOLD_MOST];
    glyph->symbol = jy__fold_one(glyph->cp);
    glyph->count = 1;
    if (glyph->symbol)
        return;
    glyph->count = (uint8_t)jy__fold_char(glyph->cp, symbols);
    glyph->symbol = glyph->count ? symbols[0] : 0;
}

/* A Han character of four bytes that is one symbol. */
static bool han_of_four(const jy__segment *segment, size_t at, jy__glyph *out)
{
    uint32_t cp = jy__match_four(segment, at), symbol = cp && jy__fold_kind(cp) == JY__KIND_SYMBOL ? jy__fold_one(cp) : 0;
    if (symbol)
        *out = (jy__glyph){ .begin = at, .end = at + 4, .cp = cp, .symbol = symbol, .count = 1 };
    return symbol != 0;
}

/* What is skipped, counted in one word, for of which kind it is is as good as random for a branch: a byte for each kind, and one for all that are not
 * invisible. Where a byte is more than may be its highest bit is set once that is added which it lacks. Where gaps are unbounded a byte may run over
 * into the next: then nobody asks how much was skipped. */
#define COUNT(kind) ((uint64_t)1 << 8 * (kind))
#define GAP 6
static const uint64_t skip_of[] = { [JY__KIND_SYMBOL] = COUNT(JY__KIND_INVISIBLE), [JY__KIND_INVISIBLE] = COUNT(JY__KIND_INVISIBLE),
                                    [JY__KIND_BLANK] = COUNT(JY__KIND_BLANK) | COUNT(GAP), [JY__KIND_MARK] = COUNT(JY__KIND_MARK) | COUNT(GAP),
                                    [JY__KIND_STOP] = COUNT(JY__KIND_STOP) | COUNT(GAP), [JY__KIND_NEWLINE] = COUNT(JY__KIND_NEWLINE) | COUNT(GAP) };
#define LACKS ((127u - JY__MATCH_MOST_INVISIBLE) * COUNT(JY__KIND_INVISIBLE) + (127u - JY__MATCH_MOST_GAP) * COUNT(GAP) + 127u * COUNT(JY__KIND_NEWLINE))
#define MORE (0x80u * (COUNT(JY__KIND_INVISIBLE) | COUNT(GAP) | COUNT(JY__KIND_NEWLINE)))
static inline uint8_t count_of(uint64_t skipped, jy__kind kind) { return (uint8_t)(skipped >> 8 * kind); }

static bool end_glyph(size_t begin, size_t end, uint32_t cp, uint64_t skipped, jy__glyph *out)
{
    *out = (jy__glyph){ .begin = begin, .end = end, .cp = cp, .invisible = count_of(skipped, JY__KIND_INVISIBLE), .blanks = count_of(skipped, JY__KIND_BLANK),
                        .marks = count_of(skipped, JY__KIND_MARK), .stops = count_of(skipped, JY__KIND_STOP) };
    name_symbols(out);
    return out->count != 0;
}

bool jy__match_glyph_far(const jy__segment *segment, size_t at, jy__glyph *out)
{
    const bool bounded = !segment->unbounded;
    uint64_t skipped = 0;
    if (han_of_four(segment, at, out))
        return true;
    while (at < segment->end) {
        const size_t begin = at;
        const unsigned char byte = (unsigned char)segment->text[at];
        const uint32_t cp = byte < 0x80 ? at++, byte : jy__match_code(segment, &at);
        const jy__kind kind = jy__match_kind(cp);
        if (kind == JY__KIND_SYMBOL && end_glyph(begin, at, cp, skipped, out))
            return true;
        skipped += skip_of[kind];
        if (bounded && ((skipped + LACKS) & MORE))
            break;
    }
    *out = (jy__glyph){ 0 };
    return false;
}

/* The bounds are wider than forwards: bad bytes may fall into more pieces when read from behind, and the way forwards decides. */
bool jy__match_glyph_far_before(const jy__segment *segment, size_t at, jy__glyph *out)
{
    unsigned skipped = 0;
    *out = (jy__glyph){ 0 };
    while (at > segment->begin) {
        jy__kind kind;
        size_t next = at;
        uint32_t cp = jy__match_read_before(segment, &at, &kind);
        if (kind == JY__KIND_SYMBOL) {
            out->begin = at;
            out->end = next;
            out->cp = cp;
            name_symbols(out);
            if (out->count)
                return true;
        }
        if (kind == JY__KIND_NEWLINE || ++skipped > 4 * (JY__MATCH_MOST_GAP + JY__MATCH_MOST_INVISIBLE))
            return false;
        out->stops += kind == JY__KIND_STOP;
    }
    return false;
}
