/* The short way: does the phrase simply stand there, its characters (or variants of them) side by side, with nothing before or behind that may be
 * part of it? Or characters that sound like its own? In: a form and where its key stands. Out: the match, or no: then the exact walk decides. */
#include "match/match_inside.h"

static bool is_of_form(const jy__form *form, uint32_t symbol, int mode)
{
    uint16_t classes[JY__SOUND_MOST];
    size_t count;
    if (form->bloom & jy__symbol_bit(symbol))
        return true;
    if (mode != JY__MODE_SOUND)
        return false;
    if (jy__is_code(symbol))
        return (form->sound_bloom & jy__heard_set_of(symbol)->bloom) != 0;
    count = jy__match_sound_classes(symbol, classes);
    for (size_t i = 0; i < count; i++)
        if (form->sound_bloom & jy__symbol_bit(classes[i]))
            return true;
    return false;
}

bool jy__match_belongs(const jy__form *form, const jy__glyph *glyph, int mode)
{
    uint32_t symbols[JY__FOLD_MOST];
    size_t count;
    if (glyph->count == 1)
        return is_of_form(form, glyph->symbol, mode);
    count = jy__fold_char(glyph->cp, symbols);
    for (size_t i = 0; i < count; i++)
        if (!(form->bloom & jy__symbol_bit(symbols[i])))
            return false;
    return true;
}

static bool sounds_like_one(const jy__scan *scan, const jy__form *form, uint32_t symbol)
{
    const uint32_t *symbols = scan->matcher->symbols + form->first;
    uint64_t bloom = jy__is_code(symbol) ? jy__heard_set_of(symbol)->bloom : UINT64_MAX;
    bool found = false;
    if (jy__is_code(symbol) && !(form->bloom & jy__symbol_bit(symbol)) && !(form->sound_bloom & bloom))
        return false;
    for (uint32_t i = 0; i < form->count && !found; i++)
        if (symbols[i] == symbol || !jy__is_code(symbols[i]) || (jy__heard_set_of(symbols[i])->bloom & bloom))
            found = jy__sound_cost(symbol, symbols[i]) != JY__SOUND_NONE;
    return found;
}

/* Where no symbol comes twice the last one ends the form: nothing leads over it. */
static bool may_lead_here(const jy__scan *scan, const jy__form *form, const jy__glyph *glyph)
{
    if ((form->flags & JY__FORM_ONE_WAY) && glyph->symbol == scan->matcher->symbols[form->first + form->count - 1u] && glyph->count == 1)
        return jy__ends_filler(scan->matcher, glyph->symbol);
    return jy__ends_filler(scan->matcher, glyph->symbol) ||
           (glyph->count == 1 ? jy__form_has(scan->matcher, form, glyph->symbol) : jy__match_belongs(form, glyph, JY__MODE_EXACT));
}

bool jy__match_ends(const jy__scan *scan, const jy__form *form, size_t end, int mode)
{
    int one_way = mode == JY__MODE_SOUND ? JY__FORM_SOUND_ONE_WAY : JY__FORM_ONE_WAY;
    jy__glyph glyph;
    if ((form->flags & one_way) || !jy__match_glyph(&scan->segment, end, &glyph))
        return true;
    if (form->flags & JY__FORM_FILLS || jy__begins_filler(scan->matcher, glyph.symbol) || glyph.count != 1)
        return false;
    return mode == JY__MODE_EXACT ? !jy__form_has(scan->matcher, form, glyph.symbol) : !sounds_like_one(scan, form, glyph.symbol);
}

/* The usual case: the phrase stands there as it is written, and nothing before it or behind it may be part of it. */
bool jy__match_try_direct(jy__scan *scan, uint32_t number, size_t at)
{
    const jy__form *form = &scan->matcher->forms[number];
    jy__match match = { .literal = number, .confidence = 100 };
    jy__glyph glyph;
    if (jy__ends_filler(scan->matcher, scan->matcher->symbols[form->first]))
        return false; /* 个 of a filler 这个 may have its own 个 before it */
    if (!jy__match_stands_at(scan, form, form->key, at, &match) || !jy__match_ends(scan, form, match.end, JY__MODE_EXACT))
        return false;
    if (jy__match_glyph_before(&scan->segment, match.begin, &glyph) && may_lead_here(scan, form, &glyph))
        return false;
    jy__match_add(scan, &match);
    return true;
}

/* ---- shorter still: compared byte by byte, between neighbours that the stream knows */

/* Without a branch: most that comes here does stand there, and how long it is is as good as random. */
static bool is_written(const unsigned char *text, const uint32_t *codes, uint32_t count)
{
    uint32_t differ = 0;
    for (uint32_t i = 0; i < count; i++, text += 3)
        differ |= jy__three_bytes(text) ^ jy__code_bytes(codes[i]);
    return differ == 0;
}

static bool may_have(const jy__form *form, uint32_t code) { return code && (form->bloom & jy__symbol_bit(jy__code_symbol(code))); }

/* For forms that are plain. What is before in the stream may stand far away, or a character between that the stream does not carry: the first only
 * sends the form to the longer way, and around the second all is looked at again (match_rare.c), where a longer match takes the place of this one. */
bool jy__match_plain(jy__scan *scan, uint32_t number, size_t at, uint32_t before)
{
    const jy__form *form = &scan->matcher->forms[number];
    const jy__filter *filter = &scan->matcher->filter;
    size_t begin = at - 3u * form->key, end = begin + 3u * form->count;
    if (scan->stop || scan->matcher->keys_only || !jy__match_segment(scan, at))
        return false;
    if (at < scan->segment.begin + 3u * form->key || end > scan->segment.end)
        return false;
    if (!is_written((const unsigned char *)scan->text.ptr + begin, scan->matcher->symbols + form->first, form->count))
        return false;
    if (may_have(form, before) || jy__bit(filter->ends, before))
        return false;
    if (!jy__match_ends(scan, form, end, JY__MODE_EXACT))
        return false;
    jy__match_add(scan, &(jy__match){ .literal = number, .confidence = 100, .begin = begin, .end = end });
    return true;
}

/* ---- heard: the phrase stands there but for characters that sound alike */

typedef enum heard_as { HEARD, NOT_HEARD, MAYBE } heard_as;
typedef struct hearing { const jy__scan *scan; const jy__form *form; const uint32_t *symbols; jy__match match; unsigned price; } hearing;

/* The character at `at` as symbol i. Maybe: it could be of a filler, or be a symbol of the phrase that belongs elsewhere. */
static heard_as hear(hearing *h, uint32_t i, size_t at)
{
    jy__glyph glyph;
    unsigned cost;
    if (at >= h->scan->segment.end || h->scan->segment.end - at < 3 || !jy__match_han(&h->scan->segment, at, &glyph))
        return MAYBE;
    if (i <= h->form->sound_key && jy__ends_filler(h->scan->matcher, glyph.symbol))
        return MAYBE;
    if (glyph.symbol == h->symbols[i])
        return glyph.cp == glyph.symbol || jy__match_variant(h->form, glyph.cp, glyph.symbol, &h->match) ? HEARD : MAYBE;
    if (jy__begins_filler(h->scan->matcher, glyph.symbol) || (h->form->bloom & jy__symbol_bit(glyph.symbol)))
        return MAYBE;
    cost = jy__sound_cost(glyph.symbol, h->symbols[i]);
    if (cost == JY__SOUND_NONE)
        return jy__match_belongs(h->form, &glyph, JY__MODE_SOUND) ? MAYBE : NOT_HEARD;
    if (i && jy__heard_elsewhere(h->form, glyph.symbol, h->symbols[i]))
        return MAYBE;
    h->match.count[JY_FOLD_SOUND]++;
    h->price += cost;
    return HEARD;
}

/* From the key to the end, then from the key to the begin: what is next to the key and no part of the phrase ends the matter. */
static heard_as hear_all(hearing *h, size_t at)
{
    uint32_t key = h->form->sound_key;
    heard_as answer = HEARD;
    for (uint32_t i = key; answer == HEARD && i < h->form->count; i++)
        answer = hear(h, i, at + 3u * (i - key));
    for (uint32_t i = key; answer == HEARD && i > 0; i--)
        answer = at >= h->scan->segment.begin + 3u * (key - i + 1) ? hear(h, i - 1, at - 3u * (key - i + 1)) : MAYBE;
    return answer;
}

/* True: that is settled, by a match or by none. Only for phrases that can go on in one way. */
bool jy__match_try_heard(jy__scan *scan, uint32_t number, size_t at)
{
    const jy__form *form = &scan->matcher->forms[number];
    hearing h = { scan, form, scan->matcher->symbols + form->first, { .literal = number }, 0 };
    jy__glyph glyph;
    heard_as answer;
    if (!(form->flags & JY__FORM_SOUND_ONE_WAY) || !(form->flags & JY__FORM_CODES))
        return false;
    answer = hear_all(&h, at);
    if (answer != HEARD)
        return answer == NOT_HEARD;
    if (!h.match.count[JY_FOLD_SOUND])
        return true; /* the phrase itself: its own key finds it */
    h.match.begin = at - 3u * form->sound_key;
    h.match.end = h.match.begin + 3u * form->count;
    if (jy__match_glyph_before(&scan->segment, h.match.begin, &glyph) &&
        (jy__ends_filler(scan->matcher, glyph.symbol) || jy__match_belongs(form, &glyph, JY__MODE_SOUND)))
        return false;
    h.match.confidence = (int32_t)jy__sound_confidence(h.match.count[JY_FOLD_SOUND], h.price, form->count);
    jy__match_add(scan, &h.match);
    return true;
}
