/* match_walk — what the exact walk's two files share: the window of characters, what one step of a form may take, and what ways cost. Inline, for a walk
 * is short and these are most of it. */
#ifndef JY_MATCH_WALK_H
#define JY_MATCH_WALK_H

#include "match/match_inside.h"
#include "match/match_limits.h"

#define COST_REPEAT   ((jy__cost){ (uint64_t)1 << 56, 0 })
#define COST_SOUND(n) ((jy__cost){ (uint64_t)1 << 40 | (uint64_t)(n) << 20, 0 })
#define COST_FILLER   ((jy__cost){ 1, 0 })
#define COST_SCRIPT   ((jy__cost){ 0, (uint64_t)1 << 52 })
#define COST_WIDTH    ((jy__cost){ 0, (uint64_t)1 << 40 })
#define COST_GAPS(n, invisible) ((jy__cost){ 0, (uint64_t)(n) << 20 | (invisible) })

static inline jy__cost add(jy__cost a, jy__cost b) { return (jy__cost){ a.high + b.high, a.low + b.low }; }
static inline bool less(jy__cost a, jy__cost b) { return a.high < b.high || (a.high == b.high && a.low < b.low); }
static inline unsigned repeats_of(jy__cost cost) { return (unsigned)(cost.high >> 56); }

/* ---- the window: the characters from the start on, read once for all forms that begin there */

static inline const jy__glyph *glyph_at(jy__walker *walker, size_t index)
{
    while (index >= walker->window.count) {
        size_t count = walker->window.count;
        size_t at = count ? walker->window.items[count - 1].end : walker->start;
        if (walker->window_ends)
            return NULL;
        if (!JY__VEC_ROOM(walker->mem, &walker->window)) {
            walker->failed = true;
            return NULL;
        }
        if (!jy__match_glyph(&walker->segment, at, &walker->window.items[count])) {
            walker->window_ends = true;
            return NULL;
        }
        walker->window.count++;
    }
    return &walker->window.items[index];
}

/* ---- one step of a form */

typedef struct route {
    jy__walker *walker;
    const jy__matcher *matcher;
    const jy__form *form;
    const uint32_t *symbols;
    const uint8_t *stops;
    int mode;
} route;

static inline bool may(const route *path, int fold) { return jy__form_may(path->form, fold); }

/* Whether what stood before the glyph may be skipped on the way to symbol `at`. Marks of the form's own are free. */
static inline bool gap(const route *path, const jy__glyph *glyph, uint32_t at, jy__cost *cost)
{
    unsigned own = path->stops[at], marks = glyph->marks + glyph->stops, paid;
    if (!(glyph->invisible | glyph->blanks | marks))
        return true;
    if ((glyph->stops && !own) || (glyph->invisible && !may(path, JY_FOLD_INVISIBLE)))
        return false;
    paid = glyph->blanks + (marks > own ? marks - own : 0);
    if (paid && !may(path, JY_FOLD_GAPS))
        return false;
    *cost = add(*cost, COST_GAPS(paid, glyph->invisible));
    return true;
}

static inline bool same_symbols(const uint32_t *symbols, size_t count, const uint32_t *wanted, size_t room)
{
    return count > 0 && count <= room && memcmp(symbols, wanted, count * sizeof(*symbols)) == 0;
}

/* The fold that makes code point cp equal to symbols[0..count). */
static inline bool fold_needed(const route *path, uint32_t cp, const uint32_t *symbols, size_t count, jy__cost *cost)
{
    uint32_t width[JY__FOLD_MOST];
    size_t width_count;
    if (count == 1 && cp == symbols[0])
        return true;
    width_count = jy__fold_char_width(cp, width);
    if (width_count == count && same_symbols(width, count, symbols, count)) {
        *cost = add(*cost, COST_WIDTH);
        return may(path, JY_FOLD_WIDTH);
    }
    *cost = add(*cost, COST_SCRIPT);
    return may(path, JY_FOLD_SCRIPT);
}

/* How many symbols from `at` on the glyph stands for; 0: none. */
static inline uint32_t take(const route *path, const jy__glyph *glyph, uint32_t at, jy__cost *cost)
{
    uint32_t symbols[JY__FOLD_MOST];
    size_t count;
    unsigned sound;
    if (glyph->count == 1 && glyph->symbol == path->symbols[at])
        return fold_needed(path, glyph->cp, path->symbols + at, 1, cost) ? 1 : 0;
    if (glyph->count == 1) {
        if (path->mode != JY__MODE_SOUND)
            return 0;
        sound = jy__sound_cost(glyph->symbol, path->symbols[at]);
        *cost = add(*cost, COST_SOUND(sound));
        return sound != JY__SOUND_NONE;
    }
    if (glyph->symbol != path->symbols[at])
        return 0;
    count = jy__fold_char(glyph->cp, symbols);
    if (!same_symbols(symbols, count, path->symbols + at, path->form->count - at) ||
        !fold_needed(path, glyph->cp, symbols, count, cost))
        return 0;
    return (uint32_t)count;
}

/* Which lengths a filler at a character may have: found once for all ways that come there. */
static inline unsigned fillers_at(const route *path, size_t index)
{
    uint16_t codes[JY__FILLER_LONGEST] = { 0 };
    jy__glyph *glyph = &path->walker->window.items[index];
    if (glyph->fillers)
        return glyph->fillers;
    for (size_t i = 0; i < JY__FILLER_LONGEST; i++) {
        const jy__glyph *next = glyph_at(path->walker, index + i);
        if (!next || next->count != 1 || !jy__is_code(next->symbol))
            break;
        codes[i] = (uint16_t)next->symbol;
    }
    glyph = &path->walker->window.items[index]; /* it may have moved */
    return glyph->fillers = (uint8_t)(jy__stream_fillers(&path->matcher->filter, codes, 0) | 1);
}

/* ---- match_walk_all.c: from `way` on, at a character. Number of characters of the longest match, 0 when there is none. */
size_t jy__walk_all(const route *path, size_t index, const jy__way *from, jy__cost *cost);

#endif
