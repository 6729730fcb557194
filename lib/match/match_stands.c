/* Whether a phrase simply stands there, its characters (or variants of them) side by side. In: a form and where it may begin. Out: yes or no, and
 * whether that settles what may stand there by sound. Of phrases that begin alike each is compared only with what the one before did not have. */
#include "match/match_inside.h"
#include "match/match_limits.h"

/* A variant of the symbol stands there: notes which fold makes them equal. */
bool jy__match_variant(const jy__form *form, uint32_t cp, uint32_t symbol, jy__match *match)
{
    uint32_t width[JY__FOLD_MOST];
    int fold = JY_FOLD_SCRIPT;
    if (jy__fold_one(cp) != symbol)
        return false;
    if (jy__fold_char_width(cp, width) == 1 && width[0] == symbol)
        fold = JY_FOLD_WIDTH;
    match->count[fold]++;
    return jy__form_may(form, fold);
}

/* How many of the symbols stand there side by side is remembered of the last form that did: of phrases that begin alike each is compared only from
 * there on. */
static uint32_t stood(const jy__stood *last, const jy__scan *scan, const jy__form *form, size_t begin)
{
    uint32_t count = last->count <= form->count ? last->count : last->written < form->count ? last->written : form->count;
    const uint32_t *symbols = scan->matcher->symbols;
    if (last->scan != scan->walker->scan || last->begin != begin || begin + 3u * count > scan->segment.end ||
        memcmp(symbols + form->first, symbols + last->first, count * sizeof(*symbols)) != 0)
        return 0;
    return count;
}

static bool may_vary(const jy__form *form, const jy__match *match)
{
    return (!match->count[JY_FOLD_SCRIPT] || jy__form_may(form, JY_FOLD_SCRIPT)) && (!match->count[JY_FOLD_WIDTH] || jy__form_may(form, JY_FOLD_WIDTH));
}

/* The symbols from those on that are counted, number `key` of them at `at`; what stood before is in match and now. */
static bool stands_from(const jy__scan *scan, const jy__form *form, uint32_t key, size_t at, jy__match *match, jy__stood *now)
{
    const uint32_t *symbols = scan->matcher->symbols + form->first;
    jy__kind kind;
    for (uint32_t i = now->count; i < form->count; i++) {
        bool there = i != key || match->end == at; /* no variant before it that has another length */
        uint32_t cp = there && match->end < scan->segment.end ? jy__match_read(&scan->segment, &match->end, &kind) : JY__BAD;
        if (cp != symbols[i] && !jy__match_variant(form, cp, symbols[i], match))
            return false;
        now->written += now->written == i && cp == symbols[i] && jy__is_code(cp);
        if (now->count == i && jy__is_code(cp)) {
            now->count++;
            now->script = match->count[JY_FOLD_SCRIPT];
            now->width = match->count[JY_FOLD_WIDTH];
        }
    }
    return true;
}

/* Bytes of the form's first symbols, as they are written. */
static size_t bytes_of(const jy__matcher *matcher, const jy__form *form, uint32_t count)
{
    size_t bytes = 0;
    char utf8[4];
    for (uint32_t i = 0; i < count; i++) {
        uint32_t symbol = matcher->symbols[form->first + i];
        bytes += jy__is_code(symbol) ? 3 : jy__utf8_put(symbol, utf8);
    }
    return bytes;
}

/* Whether the phrase stands there without anything between its characters, `key` being the number of its symbol at `at`. */
bool jy__match_stands_at(const jy__scan *scan, const jy__form *form, uint32_t key, size_t at, jy__match *match)
{
    jy__stood *last = &scan->walker->stood, now = { scan->walker->scan, 0, form->first, 0, 0, 0, 0 };
    size_t before = bytes_of(scan->matcher, form, key);
    bool all;
    if (at < scan->segment.begin + before)
        return false;
    now.begin = match->begin = at - before;
    now.count = stood(last, scan, form, match->begin);
    now.written = now.count < last->written ? now.count : last->written;
    if (now.count > now.written) {
        match->count[JY_FOLD_SCRIPT] = now.script = last->script;
        match->count[JY_FOLD_WIDTH] = now.width = last->width;
    }
    match->end = match->begin + 3u * now.count;
    all = may_vary(form, match) && stands_from(scan, form, key, at, match, &now);
    if (all || now.begin != last->begin || now.scan != last->scan || now.count >= last->count)
        *last = now;
    return all;
}

bool jy__match_stands(const jy__scan *scan, uint32_t number, size_t begin)
{
    return jy__match_stands_at(scan, &scan->matcher->forms[number], 0, begin, &(jy__match){ 0 });
}

/* The same of what may be skipped between two characters. */
static bool may_skip(const jy__form *form, const jy__glyph *glyph)
{
    return !glyph->stops && (!(glyph->blanks | glyph->marks) || jy__form_may(form, JY_FOLD_GAPS)) &&
           (!glyph->invisible || jy__form_may(form, JY_FOLD_INVISIBLE));
}

/* Whether the phrase stands there as it is written, with gaps between; its first symbol is a few characters before `at`. */
static bool stands_apart(const jy__scan *scan, const jy__form *form, uint32_t key, size_t at)
{
    const uint32_t *symbols = scan->matcher->symbols + form->first;
    jy__glyph glyph = { .begin = at };
    for (uint32_t i = key; i > 0; i--)
        if (!jy__match_glyph_before(&scan->segment, glyph.begin, &glyph) || glyph.cp != symbols[i - 1])
            return false;
    glyph.end = glyph.begin;
    for (uint32_t i = 0; i < form->count; i++)
        if (!jy__match_glyph(&scan->segment, glyph.end, &glyph) || glyph.cp != symbols[i] || (i && !may_skip(form, &glyph)))
            return false;
    return true;
}

/* Its symbols stand there but for the last ones, and what is behind them cannot go on with it, by sound either. */
static bool breaks_off(const jy__scan *scan, const jy__form *form, size_t begin)
{
    const jy__stood *last = &scan->walker->stood;
    const uint32_t *symbols = scan->matcher->symbols + form->first;
    uint32_t count = last->count;
    jy__glyph glyph;
    if (last->scan != scan->walker->scan || last->begin != begin || last->first != form->first || count >= form->count ||
        count <= form->sound_fork || count < form->sound_key + 3u)
        return false;
    if (!jy__match_glyph(&scan->segment, begin + 3u * count, &glyph))
        return true;
    if (glyph.count != 1 || jy__begins_filler(scan->matcher, glyph.symbol))
        return false;
    for (uint32_t back = 0; back <= JY__MATCH_REPEAT_LONGEST && back <= count; back++)
        if (glyph.symbol == symbols[count - back] || jy__sound_cost(glyph.symbol, symbols[count - back]) != JY__SOUND_NONE)
            return false;
    return true;
}

/* By sound nothing better can end where the phrase itself does: its own key finds that. */
bool jy__match_stands_itself(const jy__scan *scan, uint32_t number, size_t at)
{
    const jy__form *form = &scan->matcher->forms[number];
    jy__match match = { 0 };
    if (jy__match_stands_at(scan, form, form->sound_key, at, &match))
        return form->sound_fork < form->count || jy__match_ends(scan, form, match.end, JY__MODE_SOUND);
    return breaks_off(scan, form, at - 3u * form->sound_key) ||
           (form->sound_fork < form->count && !scan->matcher->has_stops && stands_apart(scan, form, form->sound_key, at));
}
