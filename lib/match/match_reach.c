/* Whether a start can lead to the end of a form at all. In: a form and where it may begin. Out: no, and up to where nothing else can
 * either. What is asked is less than what the walk asks and is had in one pass: the form's symbols must come one after the other, whatever
 * stands between, before a character that can be no part of a match, and no further away than fillers and repeats can lead. So a text that
 * says the begin of a phrase again and again is walked no more than once. */
#include "match/match_inside.h"
#include "match/match_limits.h"

/* A match has so many symbols at the most, those said again counted, and so many characters of fillers behind each. */
#define MOST_FILLED (JY__MATCH_MOST_FILLERS * JY__FILLER_LONGEST)
static size_t most_weight(const jy__form *form) { return 2u * MOST_FILLED * (form->count + JY__MATCH_MOST_REPEATS * JY__MATCH_REPEAT_LONGEST); }

#define MARKS 8 /* in as much as a match can reach */

typedef struct reach {
    const jy__matcher *matcher;
    const jy__form *form;
    const uint32_t *symbols;
    int mode;
    size_t weight, most;         /* of what was passed: characters of fillers weigh 1, others as much as all fillers behind them */
    size_t marks[2 * MARKS + 1]; /* where each further part of `most` was reached */
    size_t part;                 /* the last of them */
    uint32_t done;               /* symbols */
    unsigned inside;             /* characters that a filler which began may still have */
} reach;

static bool may_take(const reach *r, const jy__glyph *glyph)
{
    uint32_t symbol = r->symbols[r->done];
    if (glyph->symbol == symbol || glyph->count > 1)
        return true;
    if (r->mode != JY__MODE_SOUND)
        return false;
    if (!jy__is_code(glyph->symbol) || !jy__is_code(symbol))
        return jy__fold_is_han(glyph->symbol) && jy__fold_is_han(symbol);
    return (jy__heard_set_of(glyph->symbol)->bloom & jy__heard_set_of(symbol)->bloom) != 0;
}

/* False when no match can go on over the character. */
static bool pass(reach *r, const jy__glyph *glyph)
{
    bool filler = jy__begins_filler(r->matcher, glyph->symbol);
    if (!filler && !r->inside && !jy__match_belongs(r->form, glyph, r->mode))
        return false;
    if (may_take(r, glyph))
        r->done += glyph->count;
    r->weight += filler || r->inside ? 1 : MOST_FILLED;
    r->inside = filler ? JY__FILLER_LONGEST - 1 : r->inside - (r->inside > 0);
    while (r->part < 2 * MARKS && r->weight * MARKS >= (r->part + 1) * r->most)
        r->marks[++r->part] = glyph->end;
    return true;
}

/* *dead: no start from this one up to there can. */
bool jy__match_may_end(const jy__matcher *matcher, const jy__segment *segment, uint32_t number, int mode, size_t start, size_t *dead)
{
    const jy__form *form = &matcher->forms[number];
    reach r = { matcher, form, matcher->symbols + form->first, mode, 0, most_weight(form), { start }, 0, 0, 0 };
    jy__glyph glyph;
    for (size_t at = start; r.weight < 2 * r.most; at = glyph.end) {
        if (!jy__match_glyph(segment, at, &glyph) || !pass(&r, &glyph)) {
            *dead = at;
            return at == start; /* the walk says what becomes of a first character that is several symbols */
        }
        if (r.done >= form->count)
            break;
    }
    if (r.weight <= r.most)
        return true;
    *dead = r.marks[(r.weight - r.most) * MARKS / r.most];
    return false;
}
