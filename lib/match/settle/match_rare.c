/* Characters that the stream does not carry: variants outside U+4000..9FFF, characters that stand for several symbols, masks. In: where those of a
 * block stand. Out: calls of the verifier for all that a match with one may begin at; around most of them that is nothing, as a glance tells. */
#include "match/match_inside.h"

static bool is_key_alone(const jy__scan *scan, uint32_t cp) { return !scan->matcher->filter.masks_are_marks && jy__index_has(&scan->matcher->index, cp); }

/* Of those that the three tables of the filter let through: faces stand in talk more often than what they are taken for. */
static inline bool may_be_rare(const jy__filter *filter, uint32_t cp) { return cp >= JY__RARE_END || jy__bit(filter->rare_near, cp / JY__RARE_NEAR); }

/* What is not rare, or is invisible, can be part of no match here. A mask that is but a mark to all
 * phrases says nothing about its neighbours; *run: the end of the last such, for behind it another is not the first of a run. *end: that of the
 * character. */
static bool is_settled(jy__scan *scan, size_t at, size_t *end, size_t *run)
{
    jy__kind kind;
    uint32_t cp = jy__match_four(&scan->segment, at);
    if (cp) {
        *end = at + 4;
        return !may_be_rare(&scan->matcher->filter, cp);
    }
    cp = jy__match_read(&scan->segment, end, &kind);
    if (!may_be_rare(&scan->matcher->filter, cp))
        return true;
    if (!jy__fold_is_mask(cp))
        return kind == JY__KIND_INVISIBLE;
    if (kind == JY__KIND_SYMBOL || kind == JY__KIND_INVISIBLE || is_key_alone(scan, cp))
        return false;
    if (scan->matcher->filter.has_masks && !scan->matcher->keys_only && *run != at)
        jy__match_masked(scan, at);
    *run = *end;
    return true;
}

/* Back over what a match may have before `begin`, but not over what was looked at already. */
static size_t reach_back(const jy__scan *scan, size_t begin)
{
    jy__segment open = scan->segment;
    jy__glyph glyph;
    if (open.begin < scan->rare_done)
        open.begin = scan->rare_done < begin ? scan->rare_done : begin;
    for (size_t steps = scan->matcher->filter.rare_reach; steps && jy__match_glyph_before(&open, begin, &glyph); steps--)
        begin = glyph.begin;
    return begin;
}

#define EIGHT sizeof(uint64_t)

/* Of eight bytes those that begin a character which has symbols, as the first byte of most tells, and those that go on with one: their highest bits. */
typedef struct symbol_bytes { uint64_t begin, go_on; } symbol_bytes;

static symbol_bytes symbols_of(uint64_t bytes)
{
    const uint64_t high = 0x8080808080808080u, low = ~high, leads = bytes & bytes << 1 & high;
    const uint64_t from_e4 = (bytes & low) + 0x1C1C1C1C1C1C1C1Cu, not_ef = ((bytes & low) ^ 0x6F6F6F6F6F6F6F6Fu) + low;
    return (symbol_bytes){ leads & from_e4 & not_ef, bytes & ~(bytes << 1) & high };
}

/* Behind the end as if the last character went on. */
static inline uint64_t eight_at(const char *text, size_t left)
{
    char end[EIGHT];
    uint64_t bytes;
    memset(end, 0x80, EIGHT);
    for (size_t i = 0; i < left && left < EIGHT; i++)
        end[i] = text[i];
    memcpy(&bytes, left < EIGHT ? end : text, EIGHT);
    return bytes;
}

/* Characters of a run that are all such; SIZE_MAX: there are others. */
static size_t count_symbols(const char *text, size_t len)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t all = ones << 7;
    size_t count = 0;
    for (size_t at = 0; at < len; at += EIGHT) {
        symbol_bytes found = symbols_of(eight_at(text + at, len - at));
        count += (found.begin >> 7) * ones >> 56;
        all &= found.begin | found.go_on;
    }
    return all == ones << 7 ? count : SIZE_MAX;
}

/* Characters of [at, end) that have symbols, or some more. */
static size_t count_between(const jy__segment *segment, size_t at, size_t end)
{
    size_t count = count_symbols(segment->text + at, end - at);
    jy__glyph glyph;
    if (count != SIZE_MAX)
        return count;
    for (count = 0; at < end; count++) {
        unsigned lead = (unsigned char)segment->text[at];
        if (lead >= 0xE4 && lead != 0xEF) {
            at += lead < 0xF0 ? 3 : 4;
            continue;
        }
        if (!jy__match_glyph(segment, at, &glyph))
            break;
        at = glyph.end;
    }
    return count;
}

/* ---- what stands there */

static void hear_code(uint32_t symbol, jy__sight *out)
{
    const jy__heard_set *set = jy__heard_set_of(symbol);
    out->classes = set->classes;
    out->count = set->count;
    out->byte = set->byte;
}

static void hear(uint32_t symbol, jy__sight *out)
{
    uint16_t reading;
    if (jy__is_code(symbol)) {
        hear_code(symbol, out);
        return;
    }
    reading = jy__fold_reading(symbol);
    out->classes = out->own;
    out->own[0] = reading < jy__sound_set_first ? jy__sound_classes[reading] : 0;
    out->count = reading < jy__sound_set_first ? reading > 0 : (uint8_t)jy__match_sound_classes(symbol, out->own);
    out->byte = out->count == 1 ? jy__class_bytes[out->own[0]] : 0;
}

/* Han characters of three bytes are most, and of four the others. */
static inline void see_one(const jy__segment *segment, size_t at, jy__sight *out)
{
    uint32_t cp, symbol;
    out->there = true;
    if (at + 3 <= segment->end && jy__match_han(segment, at, &out->glyph)) {
        hear_code(out->glyph.symbol, out);
        return;
    }
    cp = jy__match_four(segment, at);
    symbol = cp && jy__fold_kind(cp) == JY__KIND_SYMBOL ? jy__fold_one(cp) : 0;
    if (symbol)
        out->glyph = (jy__glyph){ .begin = at, .end = at + 4, .cp = cp, .symbol = symbol, .count = 1 };
    else
        out->there = jy__match_glyph_far(segment, at, &out->glyph);
    out->count = out->byte = 0;
    if (out->there && out->glyph.count == 1)
        hear(out->glyph.symbol, out);
}

/* The three characters from `begin` on; of those that were seen last the first is behind. False: none stands right there, but a mark or a gap. */
static inline bool see(const jy__segment *segment, size_t begin, jy__sight *three[3])
{
    jy__sight *first = three[0];
    bool seen = three[1]->there && three[1]->glyph.begin == begin;
    if (!seen) {
        see_one(segment, begin, first);
        three[1]->there = three[2]->there = false;
        if (!first->there || first->glyph.begin != begin)
            return false;
        see_one(segment, first->glyph.end, three[1]);
    } else {
        three[0] = three[1];
        three[1] = three[2];
        three[2] = first;
    }
    three[2]->there = false;
    if (three[1]->there)
        see_one(segment, three[1]->glyph.end, three[2]);
    return true;
}

/* ---- whether a key may begin there, as an engine's filter asks */

static inline bool goes_on(const jy__matcher *matcher, const jy__sight *at) { return at->glyph.count != 1 || jy__begins_filler(matcher, at->glyph.symbol); }

/* With the three, with the first two and the second said again, or with the first two and what is behind a third that may be no symbol of the key. */
static inline bool may_be_heard(const jy__matcher *matcher, const jy__sight *a, const jy__sight *b, const jy__sight *c)
{
    const jy__sound_keys *keys = &matcher->sound_keys;
    if (!matcher->filter.has_sound || !a->count || !b->count)
        return false;
    if (!a->byte || !b->byte)
        return true;
    if (!jy__bit(keys->begins, a->byte | (size_t)b->byte << 8))
        return false;
    return !c->there || goes_on(matcher, c) || !c->byte || jy__sound_heard(keys, a->byte, b->byte, c->byte);
}

/* Whether the first is one Han character that is no key alone, and none as it is written begins with both. */
static inline bool is_no_key(const jy__matcher *matcher, jy__sight *const three[3])
{
    const jy__glyph *a = &three[0]->glyph, *b = &three[1]->glyph;
    if (matcher->keys_only || a->count != 1 || !three[1]->there || goes_on(matcher, three[1]) || !jy__fold_is_han(a->symbol))
        return false;
    if (!jy__is_code(a->symbol))
        return !jy__index_find(&matcher->index, a->symbol, 0);
    return !jy__bit(matcher->filter.singles, a->symbol) && !(jy__is_code(b->symbol) && jy__pairs_have(&matcher->filter, a->symbol, b->symbol));
}

static inline void verify_sights(jy__scan *scan, size_t begin, jy__sight *const three[3])
{
    bool heard = may_be_heard(scan->matcher, three[0], three[1], three[2]);
    if (!heard && is_no_key(scan->matcher, three))
        return;
    if (!jy__match_verify_sights(scan, (const jy__sight *const *)three, heard))
        jy__match_verify(scan, begin);
}

/* ---- all of it */

/* What was seen last in this scan: mostly it is gone on from there. */
static void open_sights(jy__walker *walker, jy__sight *three[3])
{
    jy__sights *seen = &walker->sights;
    if (seen->scan != walker->scan)
        *seen = (jy__sights){ .scan = walker->scan };
    for (unsigned i = 0; i < 3; i++)
        three[i] = &seen->room[(seen->first + i) % 3];
}

/* ---- all of it, but for places that are passed at a glance */

/* Looks at each character of [begin, end) and so many with symbols behind, as far as a match may go on; returns where the next one begins. */
static size_t verify_all(jy__scan *scan, size_t begin, size_t end, size_t behind)
{
    jy__sight *three[3];
    size_t limit = scan->segment.end;
    jy__kind kind;
    open_sights(scan->walker, three);
    while (begin < limit && (begin < end || behind) && !scan->stop && jy__match_segment(scan, begin)) {
        bool sees;
        begin = jy__match_glance(scan, begin, end, &behind);
        if (begin >= end && !behind)
            break;
        sees = see(&scan->segment, begin, three);
        if (begin >= end && !three[0]->there)
            break;
        if (sees)
            verify_sights(scan, begin, three);
        else
            jy__match_verify(scan, begin);
        behind -= begin >= end && sees;
        if (sees)
            begin = three[0]->glyph.end;
        else
            jy__match_read(&scan->segment, &begin, &kind);
    }
    scan->walker->sights.first = (uint8_t)(three[0] - scan->walker->sights.room);
    return begin;
}

/* The first of some rare characters begins there, and the last ends: the filter did not see them, so it may have missed a key with one (up to three
 * fillers before it) or taken the key's neighbours for others (a form's length around it). Each character in reach is looked at, once. Of what the last
 * one reached only as much more is looked at as this one is further on. */
static void verify_reach(jy__scan *scan, size_t begin, size_t end)
{
    size_t behind = scan->matcher->filter.rare_reach;
    if (scan->rare_end > scan->segment.begin && scan->rare_end <= end && end <= scan->rare_done) {
        behind = count_between(&scan->segment, scan->rare_end, end);
        begin = scan->rare_done;
    } else {
        begin = reach_back(scan, begin < scan->rare_done ? scan->rare_done : begin);
    }
    scan->rare_end = end;
    scan->rare_done = verify_all(scan, begin, end, behind);
}

/* So near each other what is between them is in reach of both. */
void jy__match_verify_rare(jy__scan *scan, size_t at, uint64_t bits)
{
    size_t first = SIZE_MAX, last = 0, run = SIZE_MAX;
    for (; bits && !scan->stop; bits &= bits - 1) {
        size_t begin = at + (size_t)__builtin_ctzll(bits), end = begin;
        if (first != SIZE_MAX && begin >= scan->segment.end) {
            verify_reach(scan, first, last);
            first = SIZE_MAX;
        }
        if (!jy__match_segment(scan, begin) || is_settled(scan, begin, &end, &run))
            continue;
        first = first == SIZE_MAX ? begin : first;
        last = end;
    }
    if (first != SIZE_MAX && !scan->stop)
        verify_reach(scan, first, last);
}
