/* From a form and its key by sound to a match, when what sounds like the phrase stands there symbol by symbol, as far as the stream of codes tells. In:
 * the form, and the code that its key begins with. Out: that it is settled, by a match or by none, or that it is not: then all ways are followed
 * (match_verify.c). Of the text only what lies between the codes is read, and that only where they are not side by side.
 *
 *   form       a b c d          as many codes as symbols: whatever else they may say, there is but one way to say all symbols with them;
 *   codes    x A B C D y        and no other one leads over x or y when these can be no part of the form, or of a filler
 *
 * A character that the stream does not carry may stand between: around it all is looked at again (match_rare.c). Behind the form it may lead on to a
 * longer match, so where one was found from there on nothing is settled. */
#include "match/sound/match_sound.h"

typedef struct settling {
    const jy__rounds *rounds;
    const jy__form *form;
    const uint32_t *symbols;
    const uint16_t *codes; /* the first may be the form's first symbol */
    jy__match match;
} settling;

/* ---- one code */

static bool says(const settling *h, uint32_t symbol)
{
    const jy__heard_set *set = jy__heard_set_of(symbol);
    for (uint32_t i = 0; i < h->form->count; i++)
        if (symbol == h->symbols[i] || jy__heard_share(set, jy__heard_set_of(h->symbols[i])))
            return true;
    return false;
}

/* Whether a code may be one of the form's symbols, or no single symbol. What the blooms let through is chance as often as not. */
static bool belongs(const settling *h, uint32_t code)
{
    uint32_t symbol = jy__code_symbol(code);
    if (!symbol)
        return code != 0;
    if (!(h->form->bloom & jy__symbol_bit(symbol)) && !(h->form->sound_bloom & jy__heard_set_of(symbol)->bloom))
        return false;
    return says(h, symbol);
}

/* ---- fillers: as far as the codes tell, for what stands between them is not asked */

/* How long those are that begin with a code: bit n for n codes. */
static unsigned fillers_from(const settling *h, const uint16_t *code)
{
    const jy__filter *filter = &h->rounds->scan->matcher->filter;
    return jy__bit(filter->fillers, *code) ? jy__stream_fillers(filter, code, 0) : 0;
}

static bool begins_filler(const settling *h, const uint16_t *code) { return fillers_from(h, code) != 0; }

static bool ends_filler(const settling *h, const uint16_t *code)
{
    bool found = false;
    if (!jy__bit(h->rounds->scan->matcher->filter.ends, *code))
        return false;
    for (size_t back = 0; back < JY__FILLER_LONGEST && !found; back++)
        found = fillers_from(h, code - back) >> (back + 1) & 1;
    return found;
}

/* Whether a filler stands over `at`: it begins before it and does not end there. */
static bool fills_over(const settling *h, const uint16_t *at)
{
    for (size_t back = 1; back < JY__FILLER_LONGEST; back++)
        if (fillers_from(h, at - back) >> (back + 1))
            return true;
    return false;
}

/* ---- all of them */

/* Whether it seems so: some sets share a bit but no class, which the price tells. Without a branch: nearly all that comes here sounds so, and which of its symbols stand
 * there themselves is as good as random. How many do not is counted. */
static bool seems_heard(settling *h)
{
    uint32_t others = 0, variants = 0;
    bool heard = true;
    for (uint32_t i = 0; i < h->form->count; i++) {
        uint32_t code = h->codes[i], symbol = jy__code_symbol(code), own = h->symbols[i];
        heard &= (symbol == own) | ((jy__heard_set_of(code)->bloom & jy__heard_set_of(own)->bloom) != 0);
        others += symbol != own;
        variants += symbol != code;
    }
    h->match.count[JY_FOLD_SOUND] = (uint8_t)others;
    return heard && !variants;
}

/* The code as symbol i; that it is another one or a variant is counted. */
static bool hear(settling *h, uint32_t i)
{
    uint32_t code = h->codes[i], symbol = jy__code_symbol(code);
    if (symbol == h->symbols[i])
        return code == symbol || jy__match_variant(h->form, code, symbol, &h->match);
    h->match.count[JY_FOLD_SOUND]++;
    return symbol && jy__heard_share(jy__heard_set_of(symbol), jy__heard_set_of(h->symbols[i]));
}

static bool hear_all(settling *h)
{
    h->match.count[JY_FOLD_SOUND] = 0;
    for (uint32_t i = 0; i < h->form->count; i++)
        if (!hear(h, i))
            return false;
    return true;
}

/* Nothing leads over the form's last symbol where no two sound alike. */
static bool is_ending(const settling *h, uint32_t code)
{
    return h->form->flags & JY__FORM_SOUND_ONE_WAY && jy__code_symbol(code) == h->symbols[h->form->count - 1u];
}

/* Whether some way may lead over the code before the form, or over the one behind it. */
static bool leads_here(const settling *h)
{
    return ends_filler(h, h->codes - 1) || (!is_ending(h, h->codes[-1]) && belongs(h, h->codes[-1])) || fills_over(h, h->codes);
}

static bool leads_on(const settling *h)
{
    const uint16_t *behind = h->codes + h->form->count;
    if (is_ending(h, behind[-1]))
        return ends_filler(h, behind - 1) || fills_over(h, behind);
    return begins_filler(h, behind) || belongs(h, *behind) || fills_over(h, behind);
}

/* Whether no way ends or begins elsewhere. */
static bool is_only(const settling *h, size_t first)
{
    return (!leads_on(h) || jy__sound_ends_there_only(h->rounds, h->form, first)) &&
           (!leads_here(h) || jy__sound_begins_there_only(h->rounds, h->form, first));
}

/* What is heard here, or not, is all that may come of it. */
static jy__settled none_or_open(const settling *h, size_t index)
{
    const jy__heard_form item = { h->match.literal, (uint16_t)index, 1, 1 };
    return jy__sound_leads_nowhere(h->rounds, h->form, &item) ? JY__SETTLED : JY__OPEN;
}

/* ---- what stands between them */

/* False: something that ends a match, or that this form may not skip; or another character. */
static bool count_gaps(settling *h, bool *none)
{
    size_t at = h->match.begin;
    unsigned gaps = 0, invisible = 0;
    jy__glyph glyph;
    *none = true;
    for (uint32_t i = 0; i < h->form->count; i++, at = glyph.end) {
        if (!jy__match_glyph(&h->rounds->scan->segment, at, &glyph))
            return false;
        if (glyph.cp != h->codes[i] || glyph.stops) {
            *none = glyph.cp == h->codes[i] || (glyph.count == 1 && !jy__fold_is_han(glyph.symbol)); /* no symbol of this form */
            return false;
        }
        gaps += glyph.blanks + glyph.marks;
        invisible += glyph.invisible;
    }
    h->match.count[JY_FOLD_GAPS] = jy__match_counted(gaps);
    h->match.count[JY_FOLD_INVISIBLE] = jy__match_counted(invisible);
    return (!gaps || jy__form_may(h->form, JY_FOLD_GAPS)) && (!invisible || jy__form_may(h->form, JY_FOLD_INVISIBLE));
}

/* Where it stands. */
static bool find_bounds(settling *h, size_t first, bool *none)
{
    jy__scan *scan = h->rounds->scan;
    h->match.begin = jy__round_place(h->rounds, first);
    jy__match_end_at(&h->match, jy__round_place(h->rounds, first + h->form->count - 1u) + 3);
    if (!jy__match_segment(scan, h->match.begin) || jy__match_end(&h->match) > scan->segment.end)
        return false;
    return h->match.length == 3u * h->form->count || (!scan->matcher->has_stops && count_gaps(h, none));
}

/* ---- */

/* False: some code does not sound like its symbol. */
static bool price(settling *h)
{
    unsigned price = 0, cost = 0;
    for (uint32_t i = 0; i < h->form->count && cost != JY__SOUND_NONE; i++) {
        cost = jy__sound_cost(jy__code_symbol(h->codes[i]), h->symbols[i]);
        price += cost;
    }
    h->match.confidence = jy__sound_confidence(h->match.count[JY_FOLD_SOUND], price, h->form->count);
    return cost != JY__SOUND_NONE;
}

/* Nothing stands between them. */
static bool is_close(const settling *h, size_t first)
{
    uint32_t last = h->form->count - 1u;
    return jy__round_place(h->rounds, first + last) - jy__round_place(h->rounds, first) == 3u * last;
}

/* The phrase itself stands there, and nothing leads through this key to another end: any way needs each of these codes for one symbol. So either what is
 * between them may be skipped, and its own key finds it, or that stops all ways. Marks of a form's own stop some ways only. */
static bool is_itself(const settling *h, size_t first)
{
    if (h->match.count[JY_FOLD_SOUND] || (h->rounds->scan->matcher->has_stops && !is_close(h, first)))
        return false;
    return h->form->sound_fork < h->form->count || !leads_on(h);
}

jy__settled jy__sound_settle_form(const jy__rounds *rounds, uint32_t number, size_t index)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    const jy__form *form = &matcher->forms[number];
    size_t first = index - form->sound_key;
    settling h;
    bool none = false;
    if (!(form->flags & JY__FORM_SHORT) || index < form->sound_key + (size_t)JY__STREAM_PAD || matcher->keys_only)
        return JY__OPEN;
    h = (settling){ rounds, form, matcher->symbols + form->first, rounds->codes + first, { .literal = number } };
    if (!seems_heard(&h) && !hear_all(&h))
        return none_or_open(&h, index);
    if (is_itself(&h, first))
        return JY__ITSELF;
    if (!h.match.count[JY_FOLD_SOUND])
        return JY__OPEN;
    if (!find_bounds(&h, first, &none))
        return none && !leads_on(&h) && !leads_here(&h) ? JY__SETTLED : none_or_open(&h, index);
    if (rounds->scan->rare_done > jy__match_end(&h.match) || !is_only(&h, first) || !price(&h))
        return JY__OPEN;
    jy__match_add(rounds->scan, &h.match);
    return JY__SETTLED;
}
