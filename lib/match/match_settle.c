/* From a form and its key to a match, when the phrase simply stands there, as far as the stream of codes tells. In: the place of a key that
 * its form stands around. Out: the match, or no: then all ways are followed (match_ways.c). Of the text only what lies between the codes is
 * read, and that only where they are not side by side.
 *
 * What is before in the stream may stand far away, or a character between that the stream does not carry: the first only sends the form to
 * the longer way, and around the second all is looked at again (match_rare.c), where a longer match takes the place of this one. */
#include "match/match_inside.h"

/* ---- what stands between the codes */

/* Whether nothing stands between codes[first .. end) but what may be skipped. */
bool jy__match_count_gaps(const jy__rounds *rounds, const jy__form *form, size_t first, size_t end, jy__match *match)
{
    unsigned gaps = 0, invisible = 0, stops = 0;
    size_t at = match->begin;
    jy__glyph glyph;
    for (size_t i = first; i < end; i++, at = glyph.end) {
        if (!jy__match_glyph(&rounds->scan->segment, at, &glyph) || glyph.symbol != jy__code_symbol(rounds->codes[i]) || glyph.count != 1)
            return false;
        gaps += glyph.blanks + glyph.marks;
        invisible += glyph.invisible;
        stops += glyph.stops;
    }
    for (uint32_t i = 0; i < form->count; i++)
        stops += jy__stops_of(rounds->scan->matcher, form)[i];
    match->count[JY_FOLD_GAPS] = (uint16_t)gaps;
    match->count[JY_FOLD_INVISIBLE] = (uint16_t)invisible;
    return at == match->end && !stops && (!gaps || jy__form_may(form, JY_FOLD_GAPS)) && (!invisible || jy__form_may(form, JY_FOLD_INVISIBLE));
}

/* ---- phrases that stand there */

#define MOST_BACK (JY__ROUND_BEFORE - JY__PLAIN_MOST)

/* Whether a match of the form may begin before codes[first], as far as the stream tells: as try_starts() of match_verify.c goes back. Where
 * no symbol comes twice the last one ends the form: nothing leads over it. */
static bool begins_before(const jy__rounds *rounds, const jy__form *form, size_t first)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    uint32_t ending = form->flags & JY__FORM_ONE_WAY ? matcher->symbols[form->first + form->count - 1u] : 0;
    size_t inside = 0, last = first > JY__STREAM_PAD + MOST_BACK ? first - MOST_BACK : JY__STREAM_PAD;
    for (size_t at = first - 1; at >= last; at--) {
        uint32_t symbol = jy__code_symbol(rounds->codes[at]);
        if (symbol == matcher->symbols[form->first])
            return true;
        if (jy__ends_filler(matcher, symbol))
            inside = JY__FILLER_LONGEST;
        else if (!inside && (symbol == ending || !jy__form_has(matcher, form, symbol)))
            return false;
        inside -= inside > 0;
    }
    return true;
}

static bool may_lead_here(const jy__rounds *rounds, const jy__form *form, size_t first)
{
    const jy__filter *filter = &rounds->scan->matcher->filter;
    uint16_t before = rounds->codes[first - 1];
    bool leads = before && ((form->bloom & jy__symbol_bit(jy__code_symbol(before))) || jy__bit(filter->ends, before));
    return leads && begins_before(rounds, form, first);
}

/* How many of the form's symbols codes[first ..] say by a variant; what is no match of theirs is as if all were. */
static uint32_t count_variants(const jy__rounds *rounds, const jy__form *form, size_t first)
{
    const uint32_t *symbols = rounds->scan->matcher->symbols + form->first;
    uint32_t variants = 0, others = 0;
    for (uint32_t i = 0; i < form->count; i++) {
        variants += rounds->codes[first + i] != symbols[i];
        others |= jy__code_symbol(rounds->codes[first + i]) ^ symbols[i];
    }
    return others ? UINT32_MAX : variants;
}

bool jy__match_settle(const jy__rounds *rounds, uint32_t number, size_t index, bool written)
{
    jy__scan *scan = rounds->scan;
    const jy__form *form = &scan->matcher->forms[number];
    size_t first = index - form->key, last = first + form->count - 1;
    uint32_t variants = 0;
    size_t begin, end;
    jy__match match;
    if (!(form->flags & JY__FORM_PLAIN) || scan->matcher->keys_only || index <= form->key || may_lead_here(rounds, form, first))
        return false;
    if (!written || form->key > JY__CONTEXT || form->count > form->key + 2u + JY__CONTEXT)
        variants = count_variants(rounds, form, first);
    if (variants && (variants == UINT32_MAX || !jy__form_may(form, JY_FOLD_SCRIPT)))
        return false;
    begin = rounds->place(rounds->look, first);
    end = rounds->place(rounds->look, last) + 3;
    match = (jy__match){ .literal = number, .confidence = 100, .begin = begin, .end = end, .count[JY_FOLD_SCRIPT] = (uint16_t)variants };
    if (!jy__match_segment(scan, begin) || end > scan->segment.end || !jy__match_ends(scan, form, end, JY__MODE_EXACT))
        return false;
    if (end - begin != 3u * form->count && (!(form->flags & JY__FORM_ONE_WAY) || !jy__match_count_gaps(rounds, form, first, last + 1, &match)))
        return false;
    jy__match_add(scan, &match);
    return true;
}
