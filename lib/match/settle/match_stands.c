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

/* How many of the symbols stand there side by side is remembered of the last form that was asked for: of phrases that begin alike each is compared
 * only from there on. */
static uint32_t stood(const jy__stood *last, const jy__scan *scan, const jy__form *form, size_t begin)
{
    uint32_t count = last->count < form->count ? last->count : form->count;
    const uint32_t *symbols = scan->matcher->symbols;
    if (count < last->varied)
        count = last->written < count ? last->written : count;
    if (last->scan != scan->walker->scan || last->begin != begin || begin + 3u * count > scan->segment.end ||
        (form->first != last->first && memcmp(symbols + form->first, symbols + last->first, count * sizeof(*symbols)) != 0))
        return 0;
    return count;
}

#define AHEAD 32u /* symbols behind a form */

/* Over the next symbols of a form of codes only, as long as they stand there as they are written. Those behind it in the pool, which may be of a longer
 * form that begins like it, are looked at too: so most of those are answered before they are asked for. */
static void run_on(const jy__scan *scan, const jy__form *form, jy__stood *now)
{
    const uint32_t *symbols = scan->matcher->symbols + form->first;
    const unsigned char *text = (const unsigned char *)scan->text.ptr + now->begin;
    size_t room = (scan->segment.end - now->begin) / 3, pool = scan->matcher->symbol_count - form->first;
    uint32_t i = now->count, end = form->count + AHEAD;
    end = end < pool ? end : (uint32_t)pool;
    end = end < room ? end : (uint32_t)room;
    while (i < end && jy__is_code(symbols[i]) && jy__three_bytes(text + 3u * i) == jy__code_bytes(symbols[i]))
        i++;
    now->written = now->written == now->count ? i : now->written;
    now->count = i;
}

/* The symbols from those on that are counted, number `key` of them at `at`; what stood before is in match and now. */
static bool stands_from(const jy__scan *scan, const jy__form *form, uint32_t key, size_t at, jy__match *match, jy__stood *now)
{
    const uint32_t *symbols = scan->matcher->symbols + form->first;
    size_t end = jy__match_end(match);
    jy__kind kind;
    for (uint32_t i = now->count; i < form->count; i++) {
        bool there = i != key || end == at; /* no variant before it that has another length */
        uint32_t cp = there && end < scan->segment.end ? jy__match_read(&scan->segment, &end, &kind) : JY__BAD;
        jy__match_end_at(match, end);
        if (cp != symbols[i] && !jy__match_variant(form, cp, symbols[i], match))
            return false;
        now->written += now->written == i && cp == symbols[i] && jy__is_code(cp);
        if (now->count == i && jy__is_code(cp)) {
            now->count++;
            now->varied = cp != symbols[i] ? now->count : now->varied;
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
    if (form->flags & JY__FORM_CODES)
        return 3u * count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t symbol = matcher->symbols[form->first + i];
        bytes += jy__is_code(symbol) ? 3 : jy__utf8_put(symbol, utf8);
    }
    return bytes;
}

static jy__stood stood_at(const jy__scan *scan, const jy__form *form, size_t begin)
{
    const jy__stood *last = &scan->walker->stood;
    jy__stood now = { .scan = scan->walker->scan, .begin = begin, .first = form->first };
    now.count = stood(last, scan, form, begin);
    now.written = now.count < last->written ? now.count : last->written;
    if (now.count > now.written) {
        now.varied = last->varied;
        now.script = last->script;
        now.width = last->width;
    }
    return now;
}

static void put_stood(const jy__stood *now, const jy__form *form, jy__match *match)
{
    uint32_t count = now->count < form->count ? now->count : form->count;
    match->begin = now->begin;
    match->length = 3u * count;
    if (count > now->written) {
        match->count[JY_FOLD_SCRIPT] = (uint8_t)now->script;
        match->count[JY_FOLD_WIDTH] = (uint8_t)now->width;
    }
}

static bool stands_now(const jy__scan *scan, const jy__form *form, uint32_t key, size_t at, jy__match *match, jy__stood *now)
{
    if (form->flags & JY__FORM_CODES && now->count < form->count)
        run_on(scan, form, now);
    put_stood(now, form, match);
    if (!jy__stood_may(now, form))
        return false;
    if (now->count < form->count && !stands_from(scan, form, key, at, match, now))
        return false;
    if (form->flags & JY__FORM_CODES && now->count == form->count)
        run_on(scan, form, now);
    return true;
}

/* Whether the phrase stands there without anything between its characters, `key` being the number of its symbol at `at`. */
bool jy__match_stands_at(const jy__scan *scan, const jy__form *form, uint32_t key, size_t at, jy__match *match)
{
    jy__stood *last = &scan->walker->stood, now;
    size_t before;
    bool all;
    if (jy__match_stood(scan, form, key, at)) {
        put_stood(last, form, match);
        return true;
    }
    before = bytes_of(scan->matcher, form, key);
    if (at < scan->segment.begin + before)
        return false;
    now = stood_at(scan, form, at - before);
    all = stands_now(scan, form, key, at, match, &now);
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
        return form->sound_fork < form->count || jy__match_ends(scan, form, jy__match_end(&match), JY__MODE_SOUND);
    return breaks_off(scan, form, at - 3u * form->sound_key) ||
           (form->sound_fork < form->count && !scan->matcher->has_stops && stands_apart(scan, form, form->sound_key, at));
}
