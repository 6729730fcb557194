/* The short way: does the phrase simply stand there, its characters (or variants of them) side by side, with nothing before or behind that may be
 * part of it? In: a form and where its key stands. Out: the match, or no: then the exact walk decides. */
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
    if (!jy__match_stands_at(scan, form, form->key, at, &match) || !jy__match_ends(scan, form, jy__match_end(&match), JY__MODE_EXACT))
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
    jy__match_add(scan, &(jy__match){ .literal = number, .confidence = 100, .begin = begin, .length = 3u * form->count });
    return true;
}
