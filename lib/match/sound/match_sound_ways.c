/* Where ways by sound through a key may begin and end, as far as the stream of codes tells. In: a form of a few codes, and where its key by sound stands.
 * Out: how far before the key a way may begin, and how far behind it one may end: more than there are, never fewer. Where none does the form needs not to be
 * walked, and where one does which was found already nothing else comes of it. All states of a form are one word, a bit for each number of symbols that
 * are said so far, so all ways are followed at once:
 *
 *   form  a b c d e        behind a b c: 3 said (01000)     code D: may be d, or a b c again     D E: 5 said (100000), a way ends here
 *
 * What is several symbols at once is not followed: then it is not known. */
#include "match/sound/match_sound.h"
#include "match/match_limits.h"

#define UNKNOWN UINT32_MAX
#define BEFORE 24u /* codes before a key that are looked at */

/* The sounds of the form's symbols as blooms. any: one place will do. */
typedef struct ways { const jy__rounds *rounds; const uint32_t *symbols; uint64_t own[JY__PLAIN_MOST]; uint32_t count; bool any; } ways;

static const jy__filter *filter_of(const ways *w) { return &w->rounds->scan->matcher->filter; }

/* A bit for each of the form's symbols that it may be. False: it is several. */
static bool find_said(const ways *w, uint32_t code, uint32_t *out)
{
    const uint32_t symbol = jy__code_symbol(code);
    const jy__heard_set *set = jy__heard_set_of(symbol);
    uint32_t same = 0, heard = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        same |= (uint32_t)(symbol == w->symbols[i]) << i;
        heard |= (uint32_t)((set->bloom & w->own[i]) != 0) << i;
    }
    for (uint32_t left = heard & ~same; left; left &= left - 1)
        if (jy__heard_share(set, jy__heard_set_of(w->symbols[__builtin_ctz(left)])))
            same |= left & -left;
    *out = same;
    return symbol != 0;
}

_Static_assert(JY__MATCH_REPEAT_LONGEST == 4, "as many steps as below");

/* A step from one symbol to the next, or to one of the last four again; and the same backwards. From where all are said no step leads on. */
static uint32_t next_of(uint32_t states, uint32_t said)
{
    uint32_t near = states | states >> 1;
    return ((near | near >> 2 | states >> 4) & said) << 1;
}
static uint32_t last_of(uint32_t states, uint32_t said)
{
    return (states >> 1 | states | states << 1 | states << 2 | states << 3) & said;
}

/* ---- fillers: what is said before one is said behind it */

/* States behind each of the next codes, for those that come there by a filler. */
typedef struct pending { uint32_t states[JY__FILLER_LONGEST + 1]; } pending;

static void put_pending(pending *p, unsigned lengths, uint32_t states)
{
    for (size_t i = 1; lengths && i <= JY__FILLER_LONGEST; i++)
        p->states[i] |= lengths >> i & 1 ? states : 0;
}

/* Those that come to the next code. */
static uint32_t take_pending(pending *p)
{
    uint32_t states = p->states[1];
    for (size_t i = 1; i < JY__FILLER_LONGEST; i++)
        p->states[i] = p->states[i + 1];
    p->states[JY__FILLER_LONGEST] = 0;
    return states;
}

static bool is_pending(const pending *p)
{
    uint32_t any = 0;
    for (size_t i = 1; i <= JY__FILLER_LONGEST; i++)
        any |= p->states[i];
    return any != 0;
}

/* How long those are that begin at codes[at]; that end there. */
static unsigned fillers_from(const ways *w, size_t at)
{
    const uint16_t *codes = w->rounds->codes + at;
    return jy__filler_begins_here(filter_of(w), codes[0], codes[1]) ? jy__stream_fillers(filter_of(w), codes, 0) : 0;
}

static unsigned fillers_to(const ways *w, size_t at)
{
    unsigned lengths = 0;
    if (!jy__filler_ends_here(filter_of(w), w->rounds->codes[at - 1], w->rounds->codes[at]))
        return 0;
    for (size_t count = 1; count <= JY__FILLER_LONGEST; count++)
        lengths |= fillers_from(w, at + 1 - count) & 1u << count;
    return lengths;
}

/* ---- what stands between two codes */

/* Whether nothing goes on from codes[at - 1] to codes[at]: a line or a text ends, or there stands what is part of no form of codes. */
static bool is_parted(const ways *w, size_t at)
{
    jy__scan *scan = w->rounds->scan;
    size_t behind, place;
    jy__glyph glyph;
    if (!w->rounds->codes[at - 1] || !w->rounds->codes[at])
        return true;
    behind = jy__round_place(w->rounds, at - 1) + 3;
    place = jy__round_place(w->rounds, at);
    if (behind == place)
        return false;
    if (!jy__match_segment(scan, behind - 3) || !jy__match_glyph(&scan->segment, behind, &glyph))
        return true;
    if (glyph.begin == place)
        return glyph.stops && !scan->matcher->has_stops;
    return glyph.count == 1 && !jy__fold_is_han(glyph.symbol);
}

/* ---- ways */

/* What stands between two codes is asked last: few ways go on over it. */

/* So many of the form's symbols are said before codes[at]; up to `most` more codes are looked at. */
static uint32_t find_ends(const ways *w, uint32_t done, size_t at, size_t most)
{
    uint32_t states = 1u << done, ends = 0, said;
    pending over = { { 0 } };
    for (size_t i = 0; i < most; i++) {
        bool known = find_said(w, w->rounds->codes[at + i], &said);
        ends |= (states >> w->count & 1) << i;
        if (ends && w->any)
            return ends;
        states &= ~(1u << w->count);
        put_pending(&over, fillers_from(w, at + i), states);
        states = next_of(states, said) | take_pending(&over);
        if (known && !states && !is_pending(&over))
            return ends;
        if (is_parted(w, at + i))
            return ends;
        if (!known)
            return UNKNOWN;
    }
    return UNKNOWN;
}

/* codes[at] says that symbol. */
static uint32_t find_begins(const ways *w, uint32_t symbol, size_t at)
{
    uint32_t states = 1u << symbol, begins = 0, said;
    pending over = { { 0 } };
    for (size_t i = 0; i < BEFORE && at >= JY__STREAM_PAD + i; i++) {
        bool known = find_said(w, w->rounds->codes[at - i - 1], &said);
        begins |= (states & 1) << i;
        if (begins && w->any)
            return begins;
        put_pending(&over, fillers_to(w, at - i - 1), states);
        states = last_of(states, said & ~(1u << (w->count - 1u))) | take_pending(&over);
        if (known && !states && !is_pending(&over))
            return begins;
        if (is_parted(w, at - i))
            return begins;
        if (!known)
            return UNKNOWN;
    }
    return UNKNOWN;
}

static void open_ways(ways *w, const jy__rounds *rounds, const jy__form *form, bool any)
{
    w->rounds = rounds;
    w->symbols = rounds->scan->matcher->symbols + form->first;
    w->count = form->count;
    w->any = any;
    for (uint32_t i = 0; i < w->count; i++)
        w->own[i] = jy__heard_set_of(w->symbols[i])->bloom;
}

#define AHEAD (JY__STREAM_AHEAD - JY__FILLER_LONGEST) /* codes behind a key's first that are looked at */

static bool is_key_parted(const ways *w, size_t index, size_t count)
{
    bool found = false;
    for (size_t i = 1; i < count && !found; i++)
        found = is_parted(w, index + i);
    return found;
}

/* Whether the code is one symbol, and cannot say one of the form's. */
static bool is_foreign(const jy__form *form, uint32_t code)
{
    const uint32_t symbol = jy__code_symbol(code);
    return symbol && !(form->bloom & jy__symbol_bit(symbol)) && !(form->sound_bloom & jy__heard_set_of(symbol)->bloom);
}

/* Whether a way ends at once right before the key, or behind it, where so many of the form's symbols are said. */
static bool is_shut_before(const jy__rounds *rounds, const jy__form *form, size_t at)
{
    const uint16_t *codes = rounds->codes + at;
    return form->sound_key && at >= JY__STREAM_PAD && is_foreign(form, codes[-1]) && !jy__filler_ends_here(&rounds->scan->matcher->filter, codes[-2], codes[-1]);
}

static bool is_shut_behind(const jy__rounds *rounds, const jy__form *form, uint32_t done, size_t at)
{
    const uint16_t *codes = rounds->codes + at;
    return done < form->count && is_foreign(form, codes[0]) && !jy__filler_begins_here(&rounds->scan->matcher->filter, codes[0], codes[1]);
}

/* Most is seen of the two codes beside the key. */
bool jy__sound_leads_nowhere(const jy__rounds *rounds, const jy__form *form, const jy__heard_form *item)
{
    const size_t behind = (size_t)item->second + item->third + 1;
    const uint32_t done = form->sound_key + (jy__form_heard_triple(form) ? 3u : 2u);
    const bool open = item->third == JY__HEARD_FAR || behind >= AHEAD;
    ways w;
    if (!(form->flags & JY__FORM_SHORT))
        return false;
    if (is_shut_before(rounds, form, item->index) || (!open && is_shut_behind(rounds, form, done, item->index + behind)))
        return true;
    open_ways(&w, rounds, form, true);
    if (form->sound_key && !find_begins(&w, form->sound_key, item->index))
        return true;
    return !open && (!find_ends(&w, done, item->index + behind, AHEAD - behind) || is_key_parted(&w, item->index, behind));
}

bool jy__sound_ends_there_only(const jy__rounds *rounds, const jy__form *form, size_t first)
{
    ways w;
    open_ways(&w, rounds, form, false);
    return find_ends(&w, 1, first + 1, form->sound_key + AHEAD - 1u) == 1u << (form->count - 1);
}

bool jy__sound_begins_there_only(const jy__rounds *rounds, const jy__form *form, size_t first)
{
    ways w;
    open_ways(&w, rounds, form, false);
    return find_begins(&w, form->count - 1u, first + form->count - 1) == 1u << (form->count - 1);
}
