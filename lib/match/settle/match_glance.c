/* Places around characters that the stream does not carry (match_rare.c), most of which are passed at a glance: two characters of which no key begins with
 * the first, or a key with a symbol beside it that no form has there. Characters are of one symbol, which is Han, or of several: of these the first and
 * the last are beside others, and what is inside is known of those that came last.
 *
 *   text  ㍿没办㍿      株 … 社|没   no key      没办  a key, but 社 before it and 株 behind it      办|株   no key */
#include "match/match_inside.h"

/* A character of one symbol, which is Han, or of several: the first and the last of them, and what they sound like, 0: it has no reading. */
typedef struct glance { size_t begin, end; uint32_t symbol, last; uint8_t byte, last_byte; bool several; } glance;

/* False: that is not known. */
static bool find_byte(uint32_t symbol, uint8_t *out)
{
    uint16_t reading;
    if (jy__is_code(symbol)) {
        *out = jy__heard_bytes[symbol - JY__CODE_FIRST];
        return true;
    }
    reading = jy__fold_reading(symbol);
    *out = reading < jy__sound_set_first ? jy__class_bytes[jy__sound_classes[reading]] : 0;
    return !reading || *out;
}

/* Whether a key is among the symbols. */
static bool has_key(const jy__matcher *matcher, const uint32_t *symbols, size_t count)
{
    bool found = jy__index_find(&matcher->index, symbols[0], 0) != NULL;
    for (size_t i = 1; i < count && !found; i++)
        found = jy__index_find(&matcher->index, symbols[i], 0) || jy__index_find(&matcher->index, symbols[i - 1], symbols[i]) ||
                jy__pair_find(&matcher->pair_index, symbols[i - 1], symbols[i]);
    return found;
}

/* Whether a key by sound may begin with two of them side by side. */
static bool may_be_heard(const jy__matcher *matcher, const uint32_t *symbols, size_t count)
{
    bool may = false;
    for (size_t i = 1; i < count && !may; i++)
        may = !jy__is_code(symbols[i - 1]) || !jy__is_code(symbols[i]) ||
              jy__bit(matcher->sound_keys.begins, jy__heard_byte(symbols[i - 1]) | (size_t)jy__heard_byte(symbols[i]) << 8);
    return may;
}

/* Those that came last are kept. */
static __attribute__((noinline)) const jy__spelled *spell(const jy__scan *scan, uint32_t cp)
{
    jy__spelled *known = &scan->walker->spelled[cp % JY__SPELLED];
    if (known->scan != scan->walker->scan || known->cp != cp) {
        uint32_t symbols[JY__FOLD_MOST], entry = jy__fold_entry(cp);
        const size_t count = JY__FOLD_KIND(entry) == JY__KIND_SYMBOL && !(entry & JY__FOLD_MASK_BIT) ? jy__fold_char(cp, symbols) : 0;
        *known = (jy__spelled){ .scan = scan->walker->scan, .cp = cp, .several = count > 1 };
        if (count && jy__is_code(symbols[0]) && jy__is_code(symbols[count - 1]) &&
            (count == 1 || !has_key(scan->matcher, symbols, count)) && !(count > 1 && scan->matcher->filter.has_sound && may_be_heard(scan->matcher, symbols, count))) {
            known->first = symbols[0];
            known->last = symbols[count - 1];
        }
    }
    return known;
}

static inline bool glance_at_other(const jy__scan *scan, size_t at, glance *out)
{
    size_t end = at;
    const jy__spelled *spelled = spell(scan, jy__match_code(&scan->segment, &end));
    *out = (glance){ at, end, spelled->first, spelled->last, 0, 0, spelled->several };
    if (!out->symbol)
        return false;
    out->byte = jy__heard_byte(out->symbol);
    out->last_byte = jy__heard_byte(out->last);
    return true;
}

/* False: something else stands there, or what it sounds like is not known. */
static inline __attribute__((always_inline)) bool glance_at(const jy__scan *scan, size_t at, glance *out)
{
    const jy__segment *segment = &scan->segment;
    const unsigned char *s = (const unsigned char *)segment->text + at;
    uint32_t cp;
    out->begin = at;
    out->several = false;
    if (segment->end - at < 4)
        return false;
    if (s[0] >= 0xE4 && s[0] <= 0xE9) {
        cp = jy__code_at(s);
        out->symbol = out->last = jy__fold_han(cp);
        out->end = at + 3;
        out->byte = out->last_byte = jy__heard_bytes[cp - JY__CODE_FIRST];
        return out->symbol && jy__is_code_at(s);
    }
    if (s[0] >= 0xE1 && s[0] < 0xF0)
        return glance_at_other(scan, at, out);
    cp = jy__match_four(segment, at);
    out->symbol = out->last = cp && jy__fold_kind(cp) == JY__KIND_SYMBOL ? jy__fold_one(cp) : 0;
    out->end = at + 4;
    if (!out->symbol || !find_byte(out->symbol, &out->byte))
        return false;
    out->last_byte = out->byte;
    return true;
}

/* As match_rare.c asks; c: what is behind both, NULL: that is not known. Of several symbols any may be the third, and of those of b the second. */
static inline bool is_unheard(const jy__matcher *matcher, const glance *a, const glance *b, const glance *c)
{
    if (!a->last_byte || !b->byte || !jy__bit(matcher->sound_keys.begins, a->last_byte | (size_t)b->byte << 8))
        return true;
    return c && c->byte && !b->several && !c->several && !jy__begins_filler(matcher, c->symbol) &&
           !jy__sound_heard(&matcher->sound_keys, a->last_byte, b->byte, c->byte);
}

/* The symbols right before a key and right behind it leave none of its forms. before: 0: that is not known. */
static inline bool is_out_of_place(const jy__matcher *matcher, uint32_t before, const glance *a, const glance *b, const glance *c)
{
    return before && c && !a->several && !b->several && !jy__ends_filler(matcher, before) &&
           !jy__begins_filler(matcher, c->symbol) && !jy__triple_has(&matcher->filter, before, a->last, b->symbol, c->symbol);
}

static inline __attribute__((always_inline)) bool begins_nothing(const jy__matcher *matcher, uint32_t before, const glance *a, const glance *b, const glance *c, bool heard)
{
    const jy__filter *filter = &matcher->filter;
    if (jy__begins_filler(matcher, b->symbol) || (heard && !is_unheard(matcher, a, b, c)))
        return false;
    if (!jy__is_code(a->last))
        return !filter->has_rare_single || !jy__index_find(&matcher->index, a->last, 0);
    if (jy__bit(filter->singles, a->last))
        return false;
    return !(jy__is_code(b->symbol) && jy__pairs_have(filter, a->last, b->symbol)) || (!heard && is_out_of_place(matcher, before, a, b, c));
}

static inline __attribute__((always_inline)) size_t pass(const jy__scan *scan, size_t begin, size_t end, size_t *behind, bool heard)
{
    const jy__matcher *matcher = scan->matcher;
    size_t left = *behind;
    uint32_t before = 0;
    bool there = true;
    glance a, b, c;
    if (!glance_at(scan, begin, &a) || !glance_at(scan, a.end, &b))
        return begin;
    for (; there && (a.begin < end || left); before = heard ? 0 : a.last, a = b, b = c) {
        there = glance_at(scan, b.end, &c);
        if (!begins_nothing(matcher, before, &a, &b, there ? &c : NULL, heard))
            break;
        left -= a.begin >= end;
    }
    *behind = left;
    return a.begin;
}

size_t jy__match_glance(const jy__scan *scan, size_t begin, size_t end, size_t *behind)
{
    if (scan->matcher->keys_only)
        return begin;
    return scan->matcher->filter.has_sound ? pass(scan, begin, end, behind, true) : pass(scan, begin, end, behind, false);
}
