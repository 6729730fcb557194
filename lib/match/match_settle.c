/* From a form and its key to matches, as far as the stream of codes tells. In: the place of a key whose form may stand around it. Out: the match when
 * the phrase stands there, or stands there with fillers, repeats and gaps that leave one way only; else a call of the verifier. Of the text only what
 * lies between the codes is read, and that only where they are not side by side.
 *
 *   form   听 不 清            back from the key: 听 听      all that may be part of a match, with each place where one may begin
 *   codes  … 了 听 听 那 个 不 清 …   from there on: 听 (again 听) (filler 那个) 不 清
 *                      key
 *
 * What is before in the stream may stand far away, or a character between that the stream does not carry: the first only sends the form to the longer
 * way, and around the second all is looked at again (match_rare.c), where a longer match takes the place of this one. */
#include "match/match_inside.h"

static uint32_t folded(uint16_t code) { return code ? jy__fold_codes[code - JY__CODE_FIRST] : 0; }
static bool may(const jy__form *form, int fold) { return form->folds >> fold & 1; }

/* ---- what stands between the codes */

/* Whether nothing stands between codes[first .. end) but what may be skipped. */
static bool count_gaps(const jy__rounds *rounds, const jy__form *form, size_t first, size_t end, jy__match *match)
{
    unsigned gaps = 0, invisible = 0, stops = 0;
    size_t at = match->begin;
    jy__glyph glyph;
    for (size_t i = first; i < end; i++, at = glyph.end) {
        if (!jy__match_glyph(&rounds->scan->segment, at, &glyph) || glyph.symbol != folded(rounds->codes[i]) || glyph.count != 1)
            return false;
        gaps += glyph.blanks + glyph.marks;
        invisible += glyph.invisible;
        stops += glyph.stops;
    }
    for (uint32_t i = 0; i < form->count; i++)
        stops += jy__stops_of(rounds->scan->matcher, form)[i];
    match->count[JY_FOLD_GAPS] = (uint16_t)gaps;
    match->count[JY_FOLD_INVISIBLE] = (uint16_t)invisible;
    return at == match->end && !stops && (!gaps || may(form, JY_FOLD_GAPS)) && (!invisible || may(form, JY_FOLD_INVISIBLE));
}

/* ---- phrases that stand there */

#define MOST_BACK (JY__ROUND_BEFORE - JY__PLAIN_MOST)

/* Whether a match of the form may begin before codes[first], as far as the stream tells: as try_starts() of match_verify.c goes back. */
static bool begins_before(const jy__rounds *rounds, const jy__form *form, size_t first)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    size_t inside = 0, last = first > JY__STREAM_PAD + MOST_BACK ? first - MOST_BACK : JY__STREAM_PAD;
    for (size_t at = first - 1; at >= last; at--) {
        uint32_t symbol = folded(rounds->codes[at]);
        if (symbol == matcher->symbols[form->first])
            return true;
        if (jy__ends_filler(matcher, symbol))
            inside = JY__FILLER_LONGEST;
        else if (!inside && !jy__form_has(matcher, form, symbol))
            return false;
        inside -= inside > 0;
    }
    return true;
}

static bool may_lead_here(const jy__rounds *rounds, const jy__form *form, size_t first)
{
    const jy__filter *filter = &rounds->scan->matcher->filter;
    uint16_t before = rounds->codes[first - 1];
    bool leads = before && ((form->bloom & jy__symbol_bit(folded(before))) || jy__bit(filter->ends, before));
    return leads && begins_before(rounds, form, first);
}

/* How many of the form's symbols codes[first ..] say by a variant; what is no match of theirs is as if all were. */
static uint32_t count_variants(const jy__rounds *rounds, const jy__form *form, size_t first)
{
    const uint32_t *symbols = rounds->scan->matcher->symbols + form->first;
    uint32_t variants = 0, others = 0;
    for (uint32_t i = 0; i < form->count; i++) {
        variants += rounds->codes[first + i] != symbols[i];
        others |= folded(rounds->codes[first + i]) ^ symbols[i];
    }
    return others ? UINT32_MAX : variants;
}

static bool is_plain(const jy__rounds *rounds, const jy__form *form) { return form->flags & JY__FORM_PLAIN && !rounds->scan->matcher->keys_only; }

bool jy__match_settle(const jy__rounds *rounds, uint32_t number, size_t index, bool written)
{
    jy__scan *scan = rounds->scan;
    const jy__form *form = &scan->matcher->forms[number];
    size_t first = index - form->key, last = first + form->count - 1;
    uint32_t variants = 0;
    size_t begin, end;
    jy__match match;
    if (!is_plain(rounds, form) || index <= form->key || may_lead_here(rounds, form, first))
        return false;
    if (!written || form->key > JY__CONTEXT || form->count > form->key + 2u + JY__CONTEXT)
        variants = count_variants(rounds, form, first);
    if (variants && (variants == UINT32_MAX || !may(form, JY_FOLD_SCRIPT)))
        return false;
    begin = rounds->place(rounds->look, first);
    end = rounds->place(rounds->look, last) + 3;
    match = (jy__match){ .literal = number, .confidence = 100, .begin = begin, .end = end, .count[JY_FOLD_SCRIPT] = (uint16_t)variants };
    if (!jy__match_segment(scan, begin) || end > scan->segment.end || !jy__match_ends(scan, form, end, JY__MODE_EXACT))
        return false;
    if (end - begin != 3u * form->count && (!(form->flags & JY__FORM_ONE_WAY) || !count_gaps(rounds, form, first, last + 1, &match)))
        return false;
    jy__match_add(scan, &match);
    return true;
}

/* ---- phrases that stand there in one way only: as go_on() of match_walk.c, over codes */

/* Codes [first, at) say `done` symbols of the form, with so many fillers behind the last one. */
typedef struct trail {
    const jy__rounds *rounds;
    const jy__form *form;
    const uint32_t *symbols;
    size_t base, limit; /* codes from base on, and those before limit, may be read */
    size_t first, at, last, key; /* last: the code that said the last symbol; key: the last one behind which the form's key stands */
    uint32_t done, last_fillers, fillers, repeats, variants;
    uint64_t begun;     /* bit per code from base on: it says the form's first symbol */
} trail;
typedef enum turn { ON, NEVER, UNSURE } turn;
typedef struct option { uint32_t done, length; } option;

static uint32_t repeats_to(const trail *t, uint32_t symbol, option *out)
{
    uint32_t ways = 0;
    if (!may(t->form, JY_FOLD_REPEATS) || t->repeats >= JY__MATCH_MOST_REPEATS)
        return 0;
    for (uint32_t back = 1; back <= JY__MATCH_REPEAT_LONGEST && back <= t->done; back++)
        if (t->symbols[t->done - back] == symbol && ++ways)
            *out = (option){ t->done - back + 1, 1 };
    return ways;
}

static uint32_t fillers_to(const trail *t, uint32_t symbol, option *out)
{
    const jy__filter *filter = &t->rounds->scan->matcher->filter;
    uint32_t ways = 0;
    unsigned lengths;
    if (!jy__bit(filter->fillers, symbol) || !may(t->form, JY_FOLD_FILLERS) || t->last_fillers >= JY__MATCH_MOST_FILLERS)
        return 0;
    lengths = jy__stream_fillers(filter, t->rounds->codes, t->at);
    for (uint32_t count = 1; lengths >> count; count++)
        if (lengths >> count & 1 && ++ways)
            *out = (option){ t->done, count };
    return ways;
}

static void say(trail *t, uint16_t code, uint32_t symbol, uint32_t done)
{
    bool key = t->done == t->form->key + 1u && done == t->done + 1;
    t->key = key ? t->last : t->key;
    t->last = t->at;
    t->variants += code != symbol;
    t->begun |= (uint64_t)(done == 1) << (t->at - t->base);
    t->done = done;
    t->last_fillers = 0;
    t->at++;
}

static turn detour(trail *t, uint16_t code, uint32_t symbol, bool next, bool allowed)
{
    option again = { 0, 0 }, filler = { 0, 0 };
    uint32_t repeats = allowed ? repeats_to(t, symbol, &again) : 0, fillers = fillers_to(t, symbol, &filler);
    if (next + repeats + fillers != 1)
        return next + repeats + fillers ? UNSURE : NEVER;
    if (fillers) {
        t->fillers++;
        t->last_fillers++;
        t->at += filler.length;
        return ON;
    }
    t->repeats += repeats;
    say(t, code, symbol, next ? t->done + 1 : again.done);
    return ON;
}

static turn go_on(trail *t)
{
    uint16_t code = t->rounds->codes[t->at];
    uint32_t symbol = folded(code);
    bool allowed = code == symbol || may(t->form, JY_FOLD_SCRIPT), next = allowed && symbol == t->symbols[t->done];
    if (t->at >= t->limit || (code && !symbol))
        return UNSURE;
    if (!next || !(t->form->flags & JY__FORM_ONE_WAY))
        return detour(t, code, symbol, next, allowed);
    say(t, code, symbol, t->done + 1);
    return ON;
}

static turn follow(trail *t, size_t first)
{
    turn next = ON;
    t->first = t->at = t->last = t->key = first;
    t->done = t->last_fillers = t->fillers = t->repeats = t->variants = 0;
    say(t, t->rounds->codes[first], t->symbols[0], 1);
    while (next == ON && t->done < t->form->count)
        next = go_on(t);
    return next;
}

static bool give(const trail *t, uint32_t number)
{
    const jy__rounds *rounds = t->rounds;
    jy__match match = { .literal = number, .confidence = 100, .begin = rounds->place(rounds->look, t->first) };
    match.end = rounds->place(rounds->look, t->at - 1) + 3;
    match.count[JY_FOLD_SCRIPT] = (uint16_t)t->variants;
    match.count[JY_FOLD_FILLERS] = (uint16_t)t->fillers;
    match.count[JY_FOLD_REPEATS] = (uint16_t)t->repeats;
    if (!jy__match_segment(rounds->scan, match.begin) || match.end > rounds->scan->segment.end)
        return false;
    if (match.end - match.begin != 3 * (t->at - t->first) && !count_gaps(rounds, t->form, t->first, t->at, &match))
        return false;
    jy__match_add(rounds->scan, &match);
    return true;
}

/* Codes before `index` at which a match with it may begin, as try_starts() of match_verify.c goes back. False when that is not known. */
static bool find_starts(const trail *t, size_t index, uint64_t *starts)
{
    const jy__filter *filter = &t->rounds->scan->matcher->filter;
    size_t inside = 0;
    *starts = 0;
    for (size_t at = index; t->rounds->codes[at]; at--) {
        uint16_t code = t->rounds->codes[at];
        uint32_t symbol = folded(code);
        if (symbol == t->symbols[0] && (code == symbol || may(t->form, JY_FOLD_SCRIPT)))
            *starts |= (uint64_t)1 << (at - t->base);
        if (symbol && jy__bit(filter->ends, symbol))
            inside = JY__FILLER_LONGEST;
        else if (symbol && !inside && !(t->form->bloom & jy__symbol_bit(symbol)))
            return true;
        if (!symbol || at == t->base)
            return false;
        inside -= inside > 0;
    }
    return true;
}

/* Where one way leads over the begin of another, both lead to the same end, and the longer one is the better; but for repeats, of which the other
 * has more left. What a way finds that has its key elsewhere, or there again, is found from there. */
static bool settle_ways(const jy__rounds *rounds, uint32_t number, size_t index)
{
    const jy__form *form = &rounds->scan->matcher->forms[number];
    trail t = { .rounds = rounds, .form = form, .symbols = rounds->scan->matcher->symbols + form->first };
    uint64_t starts;
    t.base = index > JY__ROUND_BEFORE ? index - JY__ROUND_BEFORE : 0;
    t.limit = index + JY__STREAM_AHEAD - JY__FILLER_LONGEST;
    if (!find_starts(&t, index, &starts))
        return false;
    while (starts) {
        turn end = follow(&t, t.base + (size_t)__builtin_ctzll(starts));
        if (end == UNSURE || t.repeats == JY__MATCH_MOST_REPEATS || (end == ON && t.key == index && !give(&t, number)))
            return false;
        starts &= ~t.begun;
    }
    return true;
}

void jy__match_verify_around(const jy__rounds *rounds, uint32_t number, size_t index)
{
    if (rounds->scan->stop)
        return;
    if (!is_plain(rounds, &rounds->scan->matcher->forms[number]))
        jy__match_verify_form(rounds->scan, number, JY__MODE_EXACT, rounds->place(rounds->look, index));
    else if (!settle_ways(rounds, number, index))
        jy__match_verify_far(rounds->scan, number, rounds->place(rounds->look, index));
}
