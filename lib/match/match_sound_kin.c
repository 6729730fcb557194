/* Phrases that begin alike and have one key by sound: of those that stand there the longest tells of all. In: a frozen matcher's forms; later the place
 * where the key of such stands. Out: the kin, a ring from each to the next shorter one; and at the place a match of each that stands there, or of the
 * longest alone, which nests the others, when that is all they come to. What stands there is compared once for all, and what is beside it is asked once:
 *
 *   forms   办 不 了 · 办 不 了 吧 · 办 不 了 的 事        codes   x 办 不 了 吧 y      办不了吧 nests 办不了; over y none goes on, over x none leads here
 */
#include "match/match_build.h"
#include "match/match_sound.h"
#include "match/match_limits.h"

#define KIN_MOST JY__MATCH_MOST_SYMBOLS
_Static_assert(JY__FORMS_MOST < (uint32_t)1 << 26, "a form's number and one more have room in jy__form.kin");

static bool alike(uint32_t a, uint32_t b)
{
    return a == b || ((jy__heard_set_of(a)->bloom & jy__heard_set_of(b)->bloom) != 0 && jy__sound_cost(a, b) != JY__SOUND_NONE);
}

/* ---- kin */

/* Where the form stands itself no way that says it begins behind its first symbol and leads to its key: over its own symbols nothing fills, and what
 * sounds like the first is not followed by the first or the second. A filler from before it ends on none of them. */
static bool begins_once(const jy__matcher *matcher, const jy__form *form)
{
    const uint32_t *symbols = matcher->symbols + form->first;
    for (uint32_t i = 0; i + 1 < JY__FILLER_LONGEST && i < form->count; i++)
        if (jy__ends_filler(matcher, symbols[i]))
            return false;
    for (uint32_t i = 1; i <= form->sound_key; i++)
        if (alike(symbols[i], symbols[0]) && (alike(symbols[i + 1], symbols[0]) || alike(symbols[i + 1], symbols[1])))
            return false;
    return true;
}

static bool may_be_kin(const jy__matcher *matcher, const jy__form *form)
{
    const uint16_t wanted = JY__FORM_BY_SOUND | JY__FORM_SOUND_TRIPLE | JY__FORM_CODES | JY__FORM_ONE_WAY;
    return (form->flags & wanted) == wanted && !(form->flags & (JY__FORM_MARKS | JY__FORM_STOPS)) && jy__form_may(form, JY_FOLD_SCRIPT) &&
           begins_once(matcher, form);
}

static bool are_kin(const jy__matcher *matcher, const jy__form *a, const jy__form *b)
{
    uint32_t count = a->count < b->count ? a->count : b->count;
    return a->sound_key == b->sound_key && a->folds == b->folds && a->count != b->count &&
           memcmp(matcher->symbols + a->first, matcher->symbols + b->first, count * sizeof(*matcher->symbols)) == 0;
}

/* Those next to a form among its kin, and the longest of all. */
typedef struct kinship { uint32_t count, shorter, longest; } kinship;

static uint32_t count_of(const jy__matcher *matcher, uint32_t number) { return matcher->forms[number].count; }

/* False: another form has the key. */
static bool add_kin(const jy__matcher *matcher, uint32_t key, uint32_t number, kinship *out)
{
    const jy__sound_keys *index = &matcher->sound_keys;
    const jy__sound_start *start = &index->starts[jy__sound_start_of(index, key)];
    const jy__form *form = &matcher->forms[number];
    for (uint32_t i = start[0].first; i < start[1].first; i++) {
        uint32_t other = index->entries[i].form;
        if (!jy__sound_is_of(index, i, key) || other == number)
            continue;
        if (!are_kin(matcher, form, &matcher->forms[other]) || !may_be_kin(matcher, &matcher->forms[other]) || ++out->count > KIN_MOST)
            return false;
        if (count_of(matcher, other) > count_of(matcher, out->longest))
            out->longest = other;
        if (count_of(matcher, other) < form->count && (out->shorter == number || count_of(matcher, other) > count_of(matcher, out->shorter)))
            out->shorter = other;
    }
    return true;
}

/* By all readings of its key it has the same kin. */
static bool find_kin(const jy__matcher *matcher, uint32_t number, kinship *out)
{
    const uint32_t *key = jy__form_heard_key(matcher, &matcher->forms[number]);
    const jy__heard_set *const sets[3] = { jy__heard_set_of(key[0]), jy__heard_set_of(key[1]), jy__heard_set_of(key[2]) };
    *out = (kinship){ 0, number, number };
    if (!jy__said_usual(&matcher->sound_keys, sets))
        return false;
    for (size_t i = 0; i < sets[0]->count; i++)
        for (size_t j = 0; j < sets[1]->count; j++)
            for (size_t k = 0; k < sets[2]->count; k++) {
                *out = (kinship){ 0, number, number };
                if (!add_kin(matcher, jy__sound_key(sets[0]->classes[i], sets[1]->classes[j], sets[2]->classes[k]), number, out))
                    return false;
            }
    return out->count > 0;
}

void jy__kin_build(jy__matcher *matcher)
{
    kinship all;
    for (uint32_t i = 0; i < matcher->form_count && !matcher->has_stops; i++)
        if (may_be_kin(matcher, &matcher->forms[i]) && find_kin(matcher, i, &all))
            matcher->forms[i].kin = (all.shorter == i ? all.longest : all.shorter) + 1;
}

static inline uint32_t next_kin(const jy__matcher *matcher, uint32_t number) { return matcher->forms[number].kin - 1u; }

/* The next shorter one, when there is one. */
static bool shorten(const jy__matcher *matcher, uint32_t *number)
{
    uint32_t next = next_kin(matcher, *number);
    bool shorter = count_of(matcher, next) < count_of(matcher, *number);
    *number = shorter ? next : *number;
    return shorter;
}

static uint32_t longest_of(const jy__matcher *matcher, uint32_t number)
{
    while (shorten(matcher, &number))
        continue;
    return next_kin(matcher, number);
}

/* Whether all shorter ones are of its group. */
static bool all_grouped(const jy__matcher *matcher, const uint32_t *groups, uint32_t number)
{
    const uint32_t group = groups[number];
    uint32_t found = 0;
    bool same = group != 0;
    while (same && shorten(matcher, &number)) {
        same = groups[number] == group;
        found++;
    }
    return same && found;
}

void jy__matcher_set_groups(jy__matcher *matcher, const uint32_t *groups)
{
    for (uint32_t i = 0; i < matcher->form_count; i++)
        matcher->forms[i].nests = matcher->forms[i].kin && all_grouped(matcher, groups, i);
}

/* ---- what stands there */

/* The symbols of the longest that stand side by side from `begin` on, and how many of the first of them are variants. */
typedef struct row { const uint32_t *symbols; size_t begin; uint32_t count; uint8_t variants[KIN_MOST + 1]; } row;

static void find_row(const jy__segment *segment, uint32_t most, row *out)
{
    const unsigned char *at = (const unsigned char *)segment->text + out->begin;
    uint32_t i = 0, room = (uint32_t)((segment->end - out->begin) / 3 < most ? (segment->end - out->begin) / 3 : most);
    out->variants[0] = 0;
    for (; i < room; i++, at += 3) {
        bool written;
        if (!jy__stands_at(at, out->symbols[i], &written))
            break;
        out->variants[i + 1] = (uint8_t)(out->variants[i] + !written);
    }
    out->count = i;
}

/* Whether a way may say the symbol as one of these and go on with the first: as the next, or as one that was just said. */
static bool leads_to_first(const row *own, uint32_t count, uint32_t symbol)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t back = i + 1 < JY__MATCH_REPEAT_LONGEST ? i + 1 : JY__MATCH_REPEAT_LONGEST, end = i + 2 < count ? i + 2 : count;
        if (!alike(symbol, own->symbols[i]))
            continue;
        for (uint32_t next = i + 1 - back; next < end; next++)
            if (alike(own->symbols[0], own->symbols[next]))
                return true;
    }
    return false;
}

/* Whether a way of any of them may lead here over what is before. */
static bool may_lead_here(const jy__scan *scan, const jy__form *longest, const row *own)
{
    jy__glyph glyph;
    if (!jy__match_glyph_before(&scan->segment, own->begin, &glyph))
        return false;
    if (glyph.count != 1 || !jy__is_code(glyph.symbol))
        return glyph.count != 1 || jy__fold_is_han(glyph.symbol);
    if (jy__ends_filler(scan->matcher, glyph.symbol))
        return true;
    if (!(longest->bloom & jy__symbol_bit(glyph.symbol)) && !(longest->sound_bloom & jy__heard_set_of(glyph.symbol)->bloom))
        return false;
    return leads_to_first(own, longest->count, glyph.symbol);
}

/* Whether a way of those that are longer than what stands there may go on over what is behind. */
static bool may_go_on(const jy__scan *scan, uint32_t number, const row *own)
{
    const jy__matcher *matcher = scan->matcher;
    jy__glyph glyph;
    if (!jy__match_glyph(&scan->segment, own->begin + 3u * own->count, &glyph))
        return false;
    if (glyph.count != 1 || !jy__is_code(glyph.symbol))
        return glyph.count != 1 || jy__fold_is_han(glyph.symbol);
    if (jy__begins_filler(matcher, glyph.symbol))
        return true;
    for (uint32_t back = 0; back <= JY__MATCH_REPEAT_LONGEST && back <= own->count; back++)
        if (alike(glyph.symbol, own->symbols[own->count - back]))
            return true;
    while (matcher->forms[number].sound_fork < own->count && shorten(matcher, &number) && count_of(matcher, number) > own->count)
        continue;
    return matcher->forms[number].sound_fork >= own->count && count_of(matcher, number) > own->count;
}

/* ---- all of them */

static void list(jy__scan *scan, uint32_t number, const row *own)
{
    const bool nests = scan->scratch->nest && scan->matcher->forms[number].nests;
    do {
        uint32_t count = count_of(scan->matcher, number);
        jy__match_add(scan, &(jy__match){ .literal = number, .confidence = 100, .nests = nests, .begin = own->begin, .end = own->begin + 3u * count,
                                          .count[JY_FOLD_SCRIPT] = own->variants[count] });
    } while (!nests && !scan->stop && shorten(scan->matcher, &number));
}

bool jy__kin_settle(const jy__rounds *rounds, uint32_t number, size_t index)
{
    jy__scan *scan = rounds->scan;
    const jy__matcher *matcher = scan->matcher;
    uint32_t longest = longest_of(matcher, number);
    const jy__form *form = &matcher->forms[longest];
    size_t key = jy__round_place(rounds, index);
    row own;
    if (matcher->keys_only || !jy__match_segment(scan, key) || key < scan->segment.begin + 3u * form->sound_key)
        return false;
    own.symbols = matcher->symbols + form->first;
    own.begin = key - 3u * form->sound_key;
    find_row(&scan->segment, form->count, &own);
    if (own.count < form->sound_key + 3u || own.variants[form->sound_key] != own.variants[form->sound_key + 3] || may_lead_here(scan, form, &own))
        return false;
    if (form->count > own.count && may_go_on(scan, longest, &own))
        return false;
    for (number = longest; count_of(matcher, number) > own.count;)
        if (!shorten(matcher, &number))
            return true;
    list(scan, number, &own);
    return true;
}

bool jy__match_shorter(const jy__matcher *matcher, jy_str text, size_t base, jy__match *match)
{
    const jy__form *form;
    const unsigned char *at = (const unsigned char *)text.ptr + (match->begin - base);
    if (!match->nests || !shorten(matcher, &match->literal))
        return false;
    form = &matcher->forms[match->literal];
    match->end = match->begin + 3u * form->count;
    match->count[JY_FOLD_SCRIPT] = 0;
    for (uint32_t i = 0; i < form->count; i++, at += 3)
        match->count[JY_FOLD_SCRIPT] += jy__three_bytes(at) != jy__code_bytes(matcher->symbols[form->first + i]);
    return true;
}
