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

bool jy__match_glyph_far(const jy__segment *segment, size_t at, jy__glyph *out)
{
    unsigned invisible = 0, gap = 0;
    bool bounded = !segment->unbounded;
    if (han_of_four(segment, at, out))
        return true;
    *out = (jy__glyph){ 0 };
    while (at < segment->end) {
        jy__kind kind;
        size_t begin = at;
        uint32_t cp = jy__match_read(segment, &at, &kind);
        if (kind == JY__KIND_SYMBOL) {
            out->begin = begin;
            out->end = at;
            out->cp = cp;
            name_symbols(out);
            if (out->count)
                return true;
            kind = JY__KIND_INVISIBLE;
        }
        if (kind == JY__KIND_NEWLINE && bounded)
            return false;
        if (kind == JY__KIND_INVISIBLE) {
            if (++invisible > JY__MATCH_MOST_INVISIBLE && bounded)
                return false;
            out->invisible++;
            continue;
        }
        if (++gap > JY__MATCH_MOST_GAP && bounded)
            return false;
        out->blanks += kind == JY__KIND_BLANK;
        out->marks += kind == JY__KIND_MARK;
        out->stops += kind == JY__KIND_STOP;
    }
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
