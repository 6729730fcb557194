/* Phrases that begin alike and have one key by sound (match_kin.c). In: a frozen matcher's forms; later the place where the key of such stands. Out: their
 * kin; and at the place a match of each that stands there, when none is said otherwise by sound. */
#include "match/settle/match_kin.h"
#include "match/sound/match_sound.h"

static bool alike(uint32_t a, uint32_t b)
{
    return a == b || ((jy__heard_set_of(a)->bloom & jy__heard_set_of(b)->bloom) != 0 && jy__sound_cost(a, b) != JY__SOUND_NONE);
}

/* ---- kin */

/* Where the form stands itself no way that says it begins behind its first symbol and leads to its key: over its own symbols nothing fills, and what
 * sounds like the first is not followed by the first or the second. */
static bool begins_once(const jy__matcher *matcher, const jy__form *form)
{
    const uint32_t *symbols = matcher->symbols + form->first;
    for (uint32_t i = 1; i <= form->sound_key; i++)
        if (alike(symbols[i], symbols[0]) && (alike(symbols[i + 1], symbols[0]) || alike(symbols[i + 1], symbols[1])))
            return false;
    return true;
}

static bool may_be_kin(const jy__matcher *matcher, const jy__form *form)
{
    const uint16_t wanted = JY__FORM_BY_SOUND | JY__FORM_SOUND_TRIPLE | JY__FORM_CODES | JY__FORM_ONE_WAY;
    return (form->flags & wanted) == wanted && !(form->flags & (JY__FORM_MARKS | JY__FORM_STOPS)) && jy__form_may(form, JY_FOLD_SCRIPT) &&
           jy__kin_begins_itself(matcher, form) && begins_once(matcher, form);
}

/* False: another form has the key. */
static bool add_kin(const jy__matcher *matcher, uint32_t key, jy__kinship *out)
{
    const jy__sound_keys *index = &matcher->sound_keys;
    const jy__sound_start *start = &index->starts[jy__sound_start_of(index, key)];
    for (uint32_t i = start[0].first; i < start[1].first; i++) {
        uint32_t other = index->entries[i].form;
        if (jy__sound_is_of(index, i, key) && other != out->number &&
            (!may_be_kin(matcher, &matcher->forms[other]) || !jy__kinship_add(matcher, other, out)))
            return false;
    }
    return true;
}

/* By all readings of its key it has the same kin. */
static bool find_kin(const jy__matcher *matcher, uint32_t number, jy__kinship *out)
{
    const uint32_t *key = jy__form_heard_key(matcher, &matcher->forms[number]);
    const jy__heard_set *const sets[3] = { jy__heard_set_of(key[0]), jy__heard_set_of(key[1]), jy__heard_set_of(key[2]) };
    *out = (jy__kinship){ .number = number, .shorter = number, .longest = number };
    if (!jy__said_usual(&matcher->sound_keys, sets))
        return false;
    for (size_t i = 0; i < sets[0]->count; i++)
        for (size_t j = 0; j < sets[1]->count; j++)
            for (size_t k = 0; k < sets[2]->count; k++) {
                *out = (jy__kinship){ .number = number, .shorter = number, .longest = number };
                if (!add_kin(matcher, jy__sound_key(sets[0]->classes[i], sets[1]->classes[j], sets[2]->classes[k]), out))
                    return false;
            }
    return out->count > 0;
}

void jy__sound_kin_build(jy__matcher *matcher)
{
    jy__kinship all;
    for (uint32_t i = 0; i < matcher->form_count && !matcher->has_stops; i++)
        if (may_be_kin(matcher, &matcher->forms[i]) && find_kin(matcher, i, &all))
            jy__kinship_keep(matcher, &all);
}

/* ---- what stands there */

/* Whether a way may say the symbol as one of these and go on with the first: as the next, or as one that was just said. */
static bool leads_to_first(const jy__kin_row *own, uint32_t count, uint32_t symbol)
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
static bool may_lead_here(const jy__scan *scan, const jy__form *longest, const jy__kin_row *own)
{
    uint32_t symbol;
    const jy__kin_beside before = jy__kin_before(scan, own, &symbol);
    if (before != JY__KIN_CODE)
        return before == JY__KIN_OPEN;
    if (jy__ends_filler(scan->matcher, symbol))
        return true;
    if (!(longest->bloom & jy__symbol_bit(symbol)) && !(longest->sound_bloom & jy__heard_set_of(symbol)->bloom))
        return false;
    return leads_to_first(own, longest->count, symbol);
}

/* Whether a way of those that are longer than what stands there may go on over what is behind. */
static bool may_go_on(const jy__scan *scan, uint32_t number, const jy__kin_row *own)
{
    const jy__matcher *matcher = scan->matcher;
    uint32_t symbol;
    const jy__kin_beside behind = jy__kin_behind(scan, own, &symbol);
    if (behind != JY__KIN_CODE)
        return behind == JY__KIN_OPEN;
    if (jy__begins_filler(matcher, symbol))
        return true;
    for (uint32_t back = 0; back <= JY__MATCH_REPEAT_LONGEST && back <= own->count; back++)
        if (alike(symbol, own->symbols[own->count - back]))
            return true;
    while (matcher->forms[number].sound_fork < own->count && jy__kin_shorten(matcher, &number) && jy__kin_count(matcher, number) > own->count)
        continue;
    return matcher->forms[number].sound_fork >= own->count && jy__kin_count(matcher, number) > own->count;
}

bool jy__sound_kin_settle(const jy__rounds *rounds, uint32_t number, size_t index)
{
    jy__scan *scan = rounds->scan;
    const jy__matcher *matcher = scan->matcher;
    uint32_t longest = jy__kin_longest(matcher, number);
    const jy__form *form = &matcher->forms[longest];
    jy__kin_row own;
    if (!jy__kin_find_row(scan, form, jy__round_place(rounds, index), &own) || own.count < form->sound_key + 3u)
        return false;
    if (own.variants[form->sound_key] != own.variants[form->sound_key + 3] || may_lead_here(scan, form, &own))
        return false;
    if (form->count > own.count && may_go_on(scan, longest, &own))
        return false;
    jy__kin_list(scan, longest, &own);
    return true;
}
