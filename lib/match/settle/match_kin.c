/* Phrases that begin alike and have one key: of those that stand there the longest tells of all. In: a frozen matcher's forms; later the place where the
 * key of such stands. Out: the kin, a ring from each to the next shorter one; and at the place a match of each that stands there, or of the longest alone,
 * which nests the others, when that is all they come to. What stands there is compared once for all, and what is beside it is asked once:
 *
 *   forms   办 不 了 · 办 不 了 吧 · 办 不 了 的 事        codes   x 办 不 了 吧 y      办不了吧 nests 办不了; over y none goes on, over x none leads here
 *
 * Here are those that are found as they are written; match_sound_kin.c has those that are found by sound. */
#include "match/settle/match_kin.h"

_Static_assert(JY__FORMS_MOST < (uint32_t)1 << 26, "a form's number and one more have room in jy__form.kin");

/* ---- the ring */

static bool are_kin(const jy__matcher *matcher, const jy__form *a, const jy__form *b)
{
    uint32_t count = a->count < b->count ? a->count : b->count;
    return a->key == b->key && a->folds == b->folds && a->count != b->count &&
           memcmp(matcher->symbols + a->first, matcher->symbols + b->first, count * sizeof(*matcher->symbols)) == 0;
}

bool jy__kinship_add(const jy__matcher *matcher, uint32_t other, jy__kinship *out)
{
    const jy__form *form = &matcher->forms[out->number];
    const uint32_t count = jy__kin_count(matcher, other);
    if (!are_kin(matcher, form, &matcher->forms[other]) || out->lengths[count / 64] >> count % 64 & 1 || ++out->count > JY__KIN_MOST)
        return false;
    if (other != out->longest && !are_kin(matcher, &matcher->forms[out->longest], &matcher->forms[other])) /* both begin with it, but go apart */
        return false;
    out->lengths[count / 64] |= UINT64_C(1) << count % 64;
    if (count > jy__kin_count(matcher, out->longest))
        out->longest = other;
    if (count < form->count && (out->shorter == out->number || count > jy__kin_count(matcher, out->shorter)))
        out->shorter = other;
    return true;
}

void jy__kinship_keep(jy__matcher *matcher, const jy__kinship *all)
{
    matcher->forms[all->number].kin = (all->shorter == all->number ? all->longest : all->shorter) + 1;
}

bool jy__kin_begins_itself(const jy__matcher *matcher, const jy__form *form)
{
    const uint32_t *symbols = matcher->symbols + form->first;
    for (uint32_t i = 0; i + 1 < JY__FILLER_LONGEST && i < form->count; i++)
        if (jy__fold_filler_ends(symbols[i]))
            return false;
    return true;
}

uint32_t jy__kin_longest(const jy__matcher *matcher, uint32_t number)
{
    while (jy__kin_shorten(matcher, &number))
        continue;
    return matcher->forms[number].kin - 1u;
}

/* Whether all shorter ones are of its group. */
static bool all_grouped(const jy__matcher *matcher, const uint32_t *groups, uint32_t number)
{
    const uint32_t group = groups[number];
    uint32_t found = 0;
    bool same = group != 0;
    while (same && jy__kin_shorten(matcher, &number)) {
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

/* ---- found as they are written */

static bool may_be_kin(const jy__matcher *matcher, const jy__form *form)
{
    const uint16_t wanted = JY__FORM_CODES | JY__FORM_ONE_WAY;
    return (form->flags & wanted) == wanted && !(form->flags & (JY__FORM_MARKS | JY__FORM_STOPS)) && !jy__form_may(form, JY_FOLD_SOUND) &&
           jy__form_may(form, JY_FOLD_SCRIPT) && jy__kin_begins_itself(matcher, form);
}

#define KIN_LEAST 4u /* fewer are told apart as fast one by one, each by the key that talk has least */

/* How many from a form on share their symbols, and may be kin. */
static uint32_t count_kin(const jy__matcher *matcher, uint32_t number)
{
    const jy__form *first = &matcher->forms[number];
    uint32_t count = 0;
    while (number + count < matcher->form_count && matcher->forms[number + count].first == first->first &&
           matcher->forms[number + count].folds == first->folds && may_be_kin(matcher, &matcher->forms[number + count]))
        count++;
    return count;
}

static const jy__form *shortest_pair(const jy__form *forms, uint32_t count)
{
    const jy__form *shortest = NULL;
    for (uint32_t i = 0; i < count; i++)
        if (forms[i].flags & JY__FORM_HAN && (!shortest || forms[i].count < shortest->count))
            shortest = &forms[i];
    return shortest;
}

void jy__kin_share_keys(jy__matcher *matcher)
{
    for (uint32_t i = 0, count; i < matcher->form_count; i += count ? count : 1) {
        jy__form *forms = &matcher->forms[i];
        const jy__form *shortest;
        count = count_kin(matcher, i);
        if (count < KIN_LEAST || !(shortest = shortest_pair(forms, count)))
            continue;
        for (uint32_t k = 0; k < count; k++)
            if (forms[k].flags & JY__FORM_HAN)
                forms[k].key = shortest->key;
    }
}

/* All that have its key are its kin. */
static bool find_kin(const jy__matcher *matcher, uint32_t number, jy__kinship *out)
{
    const jy__form *form = &matcher->forms[number];
    const uint32_t *key = matcher->symbols + form->first + form->key;
    *out = (jy__kinship){ .number = number, .shorter = number, .longest = number };
    for (const jy__context *context = jy__pair_find(&matcher->pair_index, key[0], key[1]); context; context = jy__context_next(context))
        if (context->form != number && (!may_be_kin(matcher, &matcher->forms[context->form]) || !jy__kinship_add(matcher, context->form, out)))
            return false;
    return out->count + 1 >= KIN_LEAST;
}

void jy__kin_build(jy__matcher *matcher)
{
    jy__kinship all;
    for (uint32_t i = 0; i < matcher->form_count; i++)
        if (matcher->forms[i].flags & JY__FORM_HAN && may_be_kin(matcher, &matcher->forms[i]) && find_kin(matcher, i, &all))
            jy__kinship_keep(matcher, &all);
}

/* ---- what stands there */

static void compare_row(const jy__segment *segment, uint32_t most, jy__kin_row *out)
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

bool jy__kin_find_row(jy__scan *scan, const jy__form *longest, size_t key, jy__kin_row *out)
{
    if (scan->matcher->keys_only || !jy__match_segment(scan, key) || key < scan->segment.begin + 3u * longest->key)
        return false;
    out->symbols = scan->matcher->symbols + longest->first;
    out->begin = key - 3u * longest->key;
    compare_row(&scan->segment, longest->count, out);
    return true;
}

static jy__kin_beside beside(bool some, const jy__glyph *glyph, uint32_t *symbol)
{
    if (!some)
        return JY__KIN_SHUT;
    *symbol = glyph->symbol;
    if (glyph->count == 1 && jy__is_code(glyph->symbol))
        return JY__KIN_CODE;
    return glyph->count != 1 || jy__fold_is_han(glyph->symbol) ? JY__KIN_OPEN : JY__KIN_SHUT;
}

jy__kin_beside jy__kin_before(const jy__scan *scan, const jy__kin_row *own, uint32_t *symbol)
{
    jy__glyph glyph;
    return beside(jy__match_glyph_before(&scan->segment, own->begin, &glyph), &glyph, symbol);
}

jy__kin_beside jy__kin_behind(const jy__scan *scan, const jy__kin_row *own, uint32_t *symbol)
{
    jy__glyph glyph;
    return beside(jy__match_glyph(&scan->segment, own->begin + 3u * own->count, &glyph), &glyph, symbol);
}

/* Whether what is before it may be said as one of their symbols that the first may follow: none comes twice, so only as one that was just said. */
static bool may_lead_here(const jy__scan *scan, const jy__form *longest, const jy__kin_row *own)
{
    uint32_t symbol;
    const jy__kin_beside before = jy__kin_before(scan, own, &symbol);
    if (before != JY__KIN_CODE)
        return before == JY__KIN_OPEN;
    for (uint32_t i = 0; i < JY__MATCH_REPEAT_LONGEST && i < longest->count; i++)
        if (own->symbols[i] == symbol)
            return true;
    return jy__ends_filler(scan->matcher, symbol);
}

/* Whether those that are longer than what stands there may go on over what is behind. */
static bool may_go_on(const jy__scan *scan, const jy__kin_row *own)
{
    uint32_t symbol;
    const jy__kin_beside behind = jy__kin_behind(scan, own, &symbol);
    if (behind != JY__KIN_CODE)
        return behind == JY__KIN_OPEN;
    for (uint32_t back = 0; back <= JY__MATCH_REPEAT_LONGEST && back <= own->count; back++)
        if (own->symbols[own->count - back] == symbol)
            return true;
    return jy__begins_filler(scan->matcher, symbol);
}

bool jy__kin_settle(const jy__rounds *rounds, uint32_t number, size_t index)
{
    jy__scan *scan = rounds->scan;
    const jy__matcher *matcher = scan->matcher;
    uint32_t longest = jy__kin_longest(matcher, number);
    const jy__form *form = &matcher->forms[longest];
    jy__kin_row own;
    if (!jy__kin_find_row(scan, form, jy__round_place(rounds, index), &own) || own.count < form->key + 2u || may_lead_here(scan, form, &own))
        return false;
    if (form->count > own.count && may_go_on(scan, &own))
        return false;
    jy__kin_list(scan, longest, &own);
    return true;
}

/* ---- all of them */

void jy__kin_list(jy__scan *scan, uint32_t longest, const jy__kin_row *own)
{
    uint32_t number = longest;
    bool nests;
    while (jy__kin_count(scan->matcher, number) > own->count)
        if (!jy__kin_shorten(scan->matcher, &number))
            return;
    nests = scan->scratch->nest && scan->matcher->forms[number].nests;
    do {
        uint32_t count = jy__kin_count(scan->matcher, number);
        jy__match_add(scan, &(jy__match){ .literal = number, .confidence = 100, .nests = nests, .begin = own->begin, .length = 3u * count,
                                          .count[JY_FOLD_SCRIPT] = own->variants[count] });
    } while (!nests && !scan->stop && jy__kin_shorten(scan->matcher, &number));
}

bool jy__match_shorter(const jy__matcher *matcher, jy_str text, size_t base, jy__match *match)
{
    const jy__form *form;
    const unsigned char *at = (const unsigned char *)text.ptr + (match->begin - base);
    if (!match->nests || !jy__kin_shorten(matcher, &match->literal))
        return false;
    form = &matcher->forms[match->literal];
    match->length = 3u * form->count;
    match->count[JY_FOLD_SCRIPT] = 0;
    for (uint32_t i = 0; i < form->count; i++, at += 3)
        match->count[JY_FOLD_SCRIPT] += jy__three_bytes(at) != jy__code_bytes(matcher->symbols[form->first + i]);
    return true;
}
