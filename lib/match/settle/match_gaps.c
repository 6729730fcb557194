/* What stands between the codes of a form. In: codes that say it, as far as the stream of codes tells, and where the first of them stands. Out: whether
 * nothing but what the form may skip stands between, and how much of that there is. Most codes stand side by side or behind a single blank. */
#include "match/match_inside.h"
#include "match/match_limits.h"

/* Whether the code stands right there. */
static bool is_here(const jy__segment *segment, size_t at, uint32_t code)
{
    return at + 3 <= segment->end && jy__three_bytes((const unsigned char *)segment->text + at) == jy__code_bytes(code);
}

/* What stands between codes, and where the last code ends. */
typedef struct between { size_t end; unsigned gaps, invisible, stops; } between;

static inline jy__kind kind_at(const jy__segment *segment, size_t *at)
{
    const unsigned char byte = (unsigned char)segment->text[*at];
    jy__kind kind;
    if (byte < 0x80) {
        ++*at;
        return jy__fold_kind(byte);
    }
    jy__match_read(segment, at, &kind);
    return kind;
}

/* Over marks and blanks to the code; other: something else stands there. */
typedef enum gap_end { GAP_CODE, GAP_TOO_LONG, GAP_OTHER } gap_end;

static inline gap_end pass_gap(const jy__segment *segment, uint32_t code, between *all)
{
    size_t at = all->end, next = at;
    unsigned stops = 0, skipped = 0;
    for (; skipped <= JY__MATCH_MOST_GAP && !is_here(segment, at, code); skipped++, at = next) {
        jy__kind kind = next < segment->end ? kind_at(segment, &next) : JY__KIND_SYMBOL;
        if (kind != JY__KIND_MARK && kind != JY__KIND_BLANK && kind != JY__KIND_STOP)
            return GAP_OTHER;
        stops += kind == JY__KIND_STOP;
    }
    if (skipped > JY__MATCH_MOST_GAP)
        return GAP_TOO_LONG;
    all->end = at + 3;
    all->gaps += skipped - stops;
    all->stops += stops;
    return GAP_CODE;
}

/* The same over whatever else may be skipped. */
static bool pass_others(const jy__segment *segment, uint32_t code, between *all)
{
    jy__glyph glyph;
    if (!jy__match_glyph(segment, all->end, &glyph) || glyph.symbol != jy__code_symbol(code) || glyph.count != 1)
        return false;
    all->end = glyph.end;
    all->gaps += glyph.blanks + glyph.marks;
    all->invisible += glyph.invisible;
    all->stops += glyph.stops;
    return true;
}

/* From behind one code over the next. */
static inline bool pass_code(jy__scan *scan, uint32_t code, between *all)
{
    const size_t from = all->end;
    gap_end end = scan->torn == from ? GAP_TOO_LONG : pass_gap(&scan->segment, code, all);
    if (end == GAP_TOO_LONG)
        scan->torn = from;
    return end == GAP_CODE || (end == GAP_OTHER && pass_others(&scan->segment, code, all));
}

/* Whether nothing stands between codes[first .. end) but what may be skipped. */
bool jy__match_count_gaps(const jy__rounds *rounds, const jy__form *form, size_t first, size_t end, jy__match *match)
{
    const jy__segment *segment = &rounds->scan->segment;
    between all = { match->begin, 0, 0, 0 };
    for (size_t i = first; i < end; i++) {
        bool blank = i > first && all.end < segment->end && segment->text[all.end] == ' ' && is_here(segment, all.end + 1, rounds->codes[i]);
        if (blank || is_here(segment, all.end, rounds->codes[i])) { /* the usual cases */
            all.gaps += blank;
            all.end += blank + 3u;
        } else if (!pass_code(rounds->scan, rounds->codes[i], &all)) {
            return false;
        }
    }
    for (uint32_t i = 0; form->flags & JY__FORM_STOPS && i < form->count; i++)
        all.stops += jy__stops_of(rounds->scan->matcher, form)[i];
    match->count[JY_FOLD_GAPS] = jy__match_counted(all.gaps);
    match->count[JY_FOLD_INVISIBLE] = jy__match_counted(all.invisible);
    return all.end == jy__match_end(match) && !all.stops && (!all.gaps || jy__form_may(form, JY_FOLD_GAPS)) &&
           (!all.invisible || jy__form_may(form, JY_FOLD_INVISIBLE));
}

/* ---- by what it is, where that is known to be all between two codes */

static jy__gap read_gap(jy_str bytes)
{
    const jy__segment segment = { bytes.ptr, 0, bytes.len, false };
    jy__gap gap = { .length = (uint8_t)bytes.len, .open = true };
    for (size_t at = 0; at < bytes.len;) {
        const jy__kind kind = kind_at(&segment, &at);
        gap.invisible += kind == JY__KIND_INVISIBLE;
        gap.skipped += kind == JY__KIND_BLANK || kind == JY__KIND_MARK;
        gap.open &= kind == JY__KIND_INVISIBLE || kind == JY__KIND_BLANK || kind == JY__KIND_MARK;
    }
    gap.open &= gap.skipped <= JY__MATCH_MOST_GAP;
    return gap;
}

/* The first `length` bytes, and zeros behind them; `left` may be read. */
static inline void put_words(uint64_t words[2], const char *from, size_t left, size_t length)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (left >= JY__GAP_LONGEST) {
        const size_t low = length < 8 ? length : 8, high = length - low;
        memcpy(words, from, JY__GAP_LONGEST);
        words[0] &= UINT64_MAX >> 8 * (8 - low);
        words[1] = high ? words[1] & UINT64_MAX >> 8 * (8 - high) : 0;
        return;
    }
#endif
    words[0] = words[1] = 0;
    memcpy(words, from, length < left ? length : left);
}

_Static_assert(JY__GAP_LONGEST == 2 * sizeof(uint64_t) && JY__GAPS_KEPT == 16, "two words, of whose hash four bits");

/* A text that has something between its characters mostly has the same few things again and again. */
const jy__gap *jy__match_gap(const jy__scan *scan, size_t at, size_t length)
{
    const jy_str text = scan->text;
    uint64_t words[2];
    jy__gap *known;
    put_words(words, text.ptr + at, text.len - at, length);
    known = &scan->walker->gaps[((words[0] ^ words[1] << 7 ^ length) * 0x9E3779B97F4A7C15u) >> 60];
    if (known->length != length || known->bytes[0] != words[0] || known->bytes[1] != words[1]) {
        *known = read_gap((jy_str){ text.ptr + at, length });
        known->bytes[0] = words[0];
        known->bytes[1] = words[1];
    }
    return known;
}
