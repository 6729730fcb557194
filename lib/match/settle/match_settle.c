/* From a form and its key to a match, when the phrase simply stands there, as far as the stream of codes tells. In: the place of a key that
 * its form stands around. Out: the match, or no: then all ways are followed (match_ways.c). Of the text only what lies between the codes is
 * read (match_gaps.c), and that only where they are not side by side.
 *
 * What is before in the stream may stand far away, or a character between that the stream does not carry: the first only sends the form to
 * the longer way, and around the second all is looked at again (match_rare.c), where a longer match takes the place of this one. */
#include "match/match_inside.h"
#include "match/match_limits.h"

/* ---- phrases that stand there */

#define MOST_BACK (JY__ROUND_BEFORE - JY__PLAIN_MOST)

/* Whether a match of the form may begin before codes[first], as far as the stream tells: as match_starts.c goes back. Where
 * no symbol comes twice the last one ends the form: nothing leads over it. */
static bool begins_before(const jy__rounds *rounds, const jy__form *form, size_t first)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    uint32_t ending = form->flags & JY__FORM_ONE_WAY ? matcher->symbols[form->first + form->count - 1u] : 0;
    size_t inside = 0, last = first > JY__STREAM_PAD + MOST_BACK ? first - MOST_BACK : JY__STREAM_PAD;
    for (size_t at = first - 1; at >= last; at--) {
        uint32_t symbol = jy__code_symbol(rounds->codes[at]);
        if (symbol == matcher->symbols[form->first])
            return true;
        if (jy__ends_filler(matcher, symbol))
            inside = JY__FILLER_LONGEST;
        else if (!inside && (symbol == ending || !jy__form_has(matcher, form, symbol)))
            return false;
        inside -= inside > 0;
    }
    return true;
}

static bool may_lead_here(const jy__rounds *rounds, const jy__form *form, size_t first)
{
    const jy__filter *filter = &rounds->scan->matcher->filter;
    uint16_t before = rounds->codes[first - 1];
    bool leads = before && ((form->bloom & jy__symbol_bit(jy__code_symbol(before))) || jy__bit(filter->ends, before));
    return leads && begins_before(rounds, form, first);
}

/* How many of the form's symbols codes[first ..] say by a variant; what is no match of theirs is as if all were. */
static uint32_t count_variants(const jy__rounds *rounds, const jy__form *form, size_t first)
{
    const uint32_t *symbols = rounds->scan->matcher->symbols + form->first;
    uint32_t variants = 0, others = 0;
    for (uint32_t i = 0; i < form->count; i++) {
        variants += rounds->codes[first + i] != symbols[i];
        others |= jy__code_symbol(rounds->codes[first + i]) ^ symbols[i];
    }
    return others ? UINT32_MAX : variants;
}

/* ---- many at once: how long a phrase is, which it is and what is beside it is as good as random for a branch, so there are but those that nearly
 * always go one way */

/* Eight symbols; compilers make of it what the machine has. */
typedef int16_t eight __attribute__((vector_size(2 * JY__PLAIN_STEP)));
typedef int32_t wide_eight __attribute__((vector_size(4 * JY__PLAIN_STEP)));

static inline bool any(eight a)
{
    uint64_t parts[2];
    memcpy(parts, &a, sizeof(parts));
    return (parts[0] | parts[1]) != 0;
}

static inline eight all_of(uint32_t value) { return (eight){ 0 } + (int16_t)value; }

/* Whether the form's symbols are codes[0 ..), while none of them is the one before, or the one behind, when the form may go on. When it may not nothing
 * leads over its last one. */
static inline bool is_clear(const jy__form *form, const uint16_t *codes, const uint32_t *symbols)
{
    const eight before = all_of(jy__code_symbol(codes[-1])), behind = all_of(jy__code_symbol(codes[form->count]));
    const uint32_t one_way = (form->flags & JY__FORM_ONE_WAY) != 0;
    const eight goes_on = all_of(one_way - 1u), lead_here = all_of(form->count - one_way), steps = { 0, 1, 2, 3, 4, 5, 6, 7 };
    eight differs = { 0 };
    uint32_t i = 0;
    do {
        wide_eight wide;
        eight own, there;
        memcpy(&wide, symbols + i, sizeof(wide));
        memcpy(&there, codes + i, sizeof(there));
        own = __builtin_convertvector(wide, eight);
        differs |= ((own ^ there) | ((own == before) & (steps + (int16_t)i < lead_here)) | ((own == behind) & goes_on)) & (steps + (int16_t)i < all_of(form->count));
        i += JY__PLAIN_STEP;
    } while (i < form->count);
    return !any(differs);
}

/* Whether the form is codes[0 ..) as it is written, and nothing around it may be part of it: no symbol of its own, and no filler. */
static inline bool is_plain(const jy__matcher *matcher, const jy__form *form, const uint16_t *codes)
{
    const jy__filter *filter = &matcher->filter;
    const uint16_t *behind = codes + form->count;
    if (!(form->flags & JY__FORM_SHORT) || !is_clear(form, codes, matcher->symbols + form->first) || jy__filler_ends_here(filter, codes[-2], codes[-1]))
        return false;
    if (!(form->flags & JY__FORM_PLAIN) && jy__filler_ends_here(filter, codes[-1], codes[0]))
        return false; /* 个 of a filler 这个 may have its own 个 before it */
    return form->flags & JY__FORM_ONE_WAY || !(form->flags & JY__FORM_FILLS || jy__filler_begins_here(filter, behind[0], behind[1]));
}

#define AROUND 2 /* codes before a form, and behind it, that are looked at */

/* The same of variants: what the codes fold to is looked at. Returns how many of the form's codes are variants, and UINT32_MAX when it is not plain. */
static uint32_t count_plain_variants(const jy__matcher *matcher, const jy__form *form, const uint16_t *codes)
{
    uint16_t folded[2 * AROUND + JY__PLAIN_MOST] = { 0 };
    uint32_t variants = 0;
    if (!(form->flags & JY__FORM_SHORT) || !jy__form_may(form, JY_FOLD_SCRIPT))
        return UINT32_MAX;
    for (int i = -AROUND; i < form->count + AROUND; i++) {
        folded[AROUND + i] = (uint16_t)jy__code_symbol(codes[i]);
        variants += i >= 0 && i < form->count && folded[AROUND + i] != codes[i];
    }
    return is_plain(matcher, form, folded + AROUND) ? variants : UINT32_MAX;
}

/* A character that the stream does not carry may stand between a form and what is behind it only where none was found from there on. */
static inline jy__spot find_plain(const jy__rounds *rounds, const jy__form *form, const jy__fit *fit)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    const jy__spot none = { SIZE_MAX, 0, 0 };
    size_t first = fit->index - form->key, end;
    uint32_t variants = 0;
    if (fit->index <= form->key + 1u || !fit->stands || matcher->keys_only)
        return none;
    if (fit->written ? !is_plain(matcher, form, rounds->codes + first) : (variants = count_plain_variants(matcher, form, rounds->codes + first)) == UINT32_MAX)
        return none;
    end = jy__round_place(rounds, first + form->count - 1) + 3;
    if (!(form->flags & JY__FORM_ONE_WAY) && rounds->scan->rare_done > end)
        return none;
    return (jy__spot){ jy__round_place(rounds, first), end, variants };
}

/* ---- phrases that begin alike: what stands there is compared once for all of them */

#define ALIKE_LEAST 3u /* fewer are looked at one by one */

/* How many of the forms share their symbols, and stand at one place. */
static size_t count_alike(const jy__form *forms, const jy__fit *fits, size_t count)
{
    const jy__form *first = &forms[fits[0].form];
    size_t alike = 1;
    while (alike < count && fits[alike].index == fits[0].index && forms[fits[alike].form].first == first->first && forms[fits[alike].form].key == first->key)
        alike++;
    return alike;
}

/* So many of the symbols stand side by side; how many of the first of them are variants. */
typedef struct standing { uint32_t count; uint8_t variants[JY__MATCH_MOST_SYMBOLS + 1]; } standing;

/* From `begin` on, up to one that is `before`. Of the symbols as many are compared as the longest form has; behind a shorter one's stand others'. */
static void find_standing(const jy__matcher *matcher, jy_str text, size_t begin, const uint32_t *symbols, uint32_t before, standing *out)
{
    const unsigned char *at = (const unsigned char *)text.ptr + begin;
    const size_t left = matcher->symbol_count - (size_t)(symbols - matcher->symbols), most_symbols = left < matcher->longest ? left : matcher->longest;
    uint32_t most = (uint32_t)((text.len - begin) / 3 < most_symbols ? (text.len - begin) / 3 : most_symbols), count = 0;
    out->variants[0] = 0;
    for (; count < most && symbols[count] != before && jy__is_code(symbols[count]); count++, at += 3) {
        bool written;
        if (!jy__stands_at(at, symbols[count], &written))
            break;
        out->variants[count + 1] = (uint8_t)(out->variants[count] + !written);
    }
    out->count = count;
}

/* Whether the form is among the first symbols, and goes on in no way. */
static bool is_standing(const jy__form *form, const standing *all)
{
    return form->count <= all->count && form->flags & JY__FORM_ONE_WAY && (!all->variants[form->count] || jy__form_may(form, JY_FOLD_SCRIPT));
}

/* With a filler before them, or one that their first symbol ends, nothing is settled so. What is not is looked at one by one. */
static void find_alike(const jy__rounds *rounds, const jy__fit *fits, size_t count, jy__spot *spots)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    const jy__form *form = &matcher->forms[fits[0].form];
    const uint32_t *symbols = matcher->symbols + form->first;
    const uint16_t *codes = rounds->codes + fits[0].index - form->key;
    size_t begin = jy__round_place(rounds, fits[0].index) - 3u * form->key;
    standing all = { 0 };
    if (fits[0].index > form->key + 1u && begin < rounds->scan->text.len && !matcher->keys_only && !jy__bit(matcher->filter.ends, codes[-1]) &&
        !jy__ends_filler(matcher, symbols[0]))
        find_standing(matcher, rounds->scan->text, begin, symbols, jy__code_symbol(codes[-1]), &all);
    for (size_t i = 0; i < count; i++) {
        form = &matcher->forms[fits[i].form];
        if (is_standing(form, &all))
            spots[i] = (jy__spot){ begin, begin + 3u * form->count, all.variants[form->count] };
        else
            spots[i] = find_plain(rounds, form, &fits[i]);
    }
}

void jy__match_find_plain(const jy__rounds *rounds, const jy__fit *fits, size_t count, jy__spot *spots)
{
    const jy__form *forms = rounds->scan->matcher->forms;
    for (size_t i = 0, alike; i < count; i += alike) {
        alike = count_alike(forms, fits + i, count - i);
        if (alike >= ALIKE_LEAST)
            find_alike(rounds, fits + i, alike, spots + i);
        for (size_t k = 0; alike < ALIKE_LEAST && k < alike; k++)
            spots[i + k] = find_plain(rounds, &forms[fits[i + k].form], &fits[i + k]);
    }
}

/* False: what stands between its characters may not be skipped, or not so simply. */
static bool settle_gaps(const jy__rounds *rounds, const jy__match_whole *whole, const jy__form *form, const jy__spot *spot)
{
    jy__match match = { .literal = whole->form, .confidence = 100, .begin = spot->begin, .length = (uint32_t)(spot->end - spot->begin), .count[JY_FOLD_SCRIPT] = whole->variants };
    if (!(form->flags & JY__FORM_ONE_WAY) || !jy__match_count_gaps(rounds, form, whole->first, (size_t)whole->first + whole->count, &match))
        return false;
    jy__match_add(rounds->scan, &match);
    return true;
}

/* False: it would leave its segment, or that. */
static inline bool settle_at(const jy__rounds *rounds, const jy__match_whole *whole, const jy__spot *spot)
{
    jy__scan *scan = rounds->scan;
    const jy__form *form = &scan->matcher->forms[whole->form];
    if (!jy__match_segment(scan, spot->begin) || spot->end > scan->segment.end)
        return false;
    if (spot->end - spot->begin != 3u * whole->count)
        return settle_gaps(rounds, whole, form, spot);
    jy__match_add_plain(scan, whole->form, spot->begin, spot->end, whole->variants);
    return true;
}

bool jy__match_settle_plain(const jy__rounds *rounds, const jy__fit *fit, const jy__spot *spot)
{
    const jy__form *form = &rounds->scan->matcher->forms[fit->form];
    return settle_at(rounds, &(jy__match_whole){ fit->form, (uint16_t)(fit->index - form->key), form->count, (uint8_t)spot->variants, false }, spot);
}

bool jy__match_settle_whole(const jy__rounds *rounds, const jy__match_whole *whole)
{
    const jy__scan *scan = rounds->scan;
    const jy__spot spot = { jy__round_place(rounds, whole->first), jy__round_place(rounds, whole->first + whole->count - 1u) + 3, whole->variants };
    if (scan->rare_done > spot.end && whole->open)
        return false;
    return settle_at(rounds, whole, &spot);
}

bool jy__match_settle_written(const jy__rounds *rounds, uint32_t number, size_t index)
{
    const jy__form *form = &rounds->scan->matcher->forms[number];
    const jy__fit fit = { number, (uint16_t)index, true, true };
    const jy__spot spot = find_plain(rounds, form, &fit);
    return spot.begin != SIZE_MAX && settle_at(rounds, &(jy__match_whole){ number, (uint16_t)(index - form->key), form->count, 0, false }, &spot);
}

bool jy__match_settle(const jy__rounds *rounds, uint32_t number, size_t index, bool written)
{
    jy__scan *scan = rounds->scan;
    const jy__form *form = &scan->matcher->forms[number];
    size_t first = index - form->key, last = first + form->count - 1;
    uint32_t variants = 0;
    size_t begin, end;
    jy__match match;
    if (scan->matcher->keys_only || index <= form->key || may_lead_here(rounds, form, first))
        return false;
    if (!written || form->key > JY__CONTEXT || form->count > form->key + 2u + JY__CONTEXT)
        variants = count_variants(rounds, form, first);
    if (variants && (variants == UINT32_MAX || !jy__form_may(form, JY_FOLD_SCRIPT)))
        return false;
    begin = jy__round_place(rounds, first);
    end = jy__round_place(rounds, last) + 3;
    match = (jy__match){ .literal = number, .confidence = 100, .begin = begin, .length = (uint32_t)(end - begin), .count[JY_FOLD_SCRIPT] = (uint8_t)variants };
    if (!jy__match_segment(scan, begin) || end > scan->segment.end || !jy__match_ends(scan, form, end, JY__MODE_EXACT))
        return false;
    if (end - begin != 3u * form->count && (!(form->flags & JY__FORM_ONE_WAY) || !jy__match_count_gaps(rounds, form, first, last + 1, &match)))
        return false;
    jy__match_add(scan, &match);
    return true;
}
