/* Forms with marks of their own that must be there (C++, 7×24): read character by character, the form's own mark before any gap. Such
 * forms are few and short, so neither repeats nor fillers are followed. */
#include "match/match_inside.h"
#include "match/match_limits.h"

typedef struct progress { uint32_t at; unsigned gap, marks, invisible; jy__match match; } progress;

static bool take(const jy__matcher *matcher, const jy__form *form, uint32_t cp, progress *place)
{
    const uint32_t *wanted = matcher->symbols + form->first + place->at;
    uint32_t symbols[JY__FOLD_MOST], width[JY__FOLD_MOST];
    size_t count = jy__fold_char(cp, symbols), width_count;
    int fold = JY_FOLD_SCRIPT;
    if (!count || count > form->count - place->at || memcmp(symbols, wanted, count * sizeof(*symbols)))
        return false;
    if (count > 1 || cp != wanted[0]) {
        width_count = jy__fold_char_width(cp, width);
        if (width_count == count && !memcmp(width, wanted, count * sizeof(*width)))
            fold = JY_FOLD_WIDTH;
        if (!jy__form_may(form, fold))
            return false;
        place->match.count[fold]++;
    }
    place->at += (uint32_t)count;
    place->gap = place->marks = place->invisible = 0;
    return true;
}

static bool skip(const jy__matcher *matcher, const jy__form *form, jy__kind kind, progress *place)
{
    unsigned own = jy__stops_of(matcher, form)[place->at];
    if (kind == JY__KIND_SYMBOL || kind == JY__KIND_NEWLINE || place->at == 0)
        return false;
    if (kind == JY__KIND_INVISIBLE) {
        jy__match_count(&place->match, JY_FOLD_INVISIBLE, 1);
        return ++place->invisible <= JY__MATCH_MOST_INVISIBLE && jy__form_may(form, JY_FOLD_INVISIBLE);
    }
    if (++place->gap > JY__MATCH_MOST_GAP || (kind == JY__KIND_STOP && !own))
        return false;
    if (kind != JY__KIND_BLANK && ++place->marks <= own)
        return true;
    jy__match_count(&place->match, JY_FOLD_GAPS, 1);
    return jy__form_may(form, JY_FOLD_GAPS);
}

bool jy__walk_marks(const jy__segment *segment, size_t start, const jy__matcher *matcher, uint32_t number, jy__match *out)
{
    const jy__form *form = &matcher->forms[number];
    progress place = { .match = { .literal = number, .confidence = 100, .begin = start } };
    size_t at = start;
    while (place.at < form->count && at < segment->end) {
        jy__kind kind;
        uint32_t cp = jy__match_read(segment, &at, &kind);
        if ((kind == JY__KIND_NEWLINE || cp == JY__BAD || !take(matcher, form, cp, &place)) && !skip(matcher, form, kind, &place))
            return false;
    }
    jy__match_end_at(&place.match, at);
    *out = place.match;
    return place.at == form->count;
}
