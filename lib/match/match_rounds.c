/* From places of keys to forms. In: places where two codes side by side may be a key of many forms, as an engine's filter leaves them. Out: matches of
 * the phrases that simply stand there, and calls of the verifier for the other forms whose context does. The tables are larger than the first cache,
 * so the places are gone through in rounds, each of which fetches what the next one needs:
 *
 *   places ─▶ slots ─▶ contexts ─▶ forms ─▶ symbols ─▶ match, or verifier */
#include "match/match_inside.h"

/* stands: so do the codes around the key, each as the form's symbol or a variant of it; written: none is a variant. */
typedef struct fit { uint32_t form; uint16_t index; bool stands, written; } fit;
typedef struct fits { fit items[JY__BATCH]; size_t count; } fits;

static uint32_t folded(uint16_t code) { return code ? jy__fold_codes[code - JY__CODE_FIRST] : 0; }

/* ---- phrases that stand there */

#define MOST_BACK (JY__ROUND_BEFORE - JY__PLAIN_MOST)

/* Whether a match of the form may begin before codes[first], as far as the stream tells: as try_starts() of match_verify.c goes back. */
static bool begins_before(const jy__rounds *rounds, const jy__form *form, size_t first)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    size_t inside = 0, last = first > JY__STREAM_PAD + MOST_BACK ? first - MOST_BACK : JY__STREAM_PAD;
    for (size_t at = first - 1; at >= last; at--) {
        uint32_t symbol = folded(rounds->codes[at]);
        if (symbol == matcher->symbols[form->first])
            return true;
        if (jy__ends_filler(matcher, symbol))
            inside = JY__FILLER_LONGEST;
        else if (!inside && !jy__form_has(matcher, form, symbol))
            return false;
        inside -= inside > 0;
    }
    return true;
}

static bool may_lead_here(const jy__rounds *rounds, const jy__form *form, size_t first)
{
    const jy__filter *filter = &rounds->scan->matcher->filter;
    uint16_t before = rounds->codes[first - 1];
    bool may = before && ((form->bloom & jy__symbol_bit(folded(before))) || jy__bit(filter->ends, before));
    return may && begins_before(rounds, form, first);
}

/* How many of the form's symbols codes[first ..] say by a variant; what is no match of theirs is as if all were. */
static uint32_t count_variants(const jy__rounds *rounds, const jy__form *form, size_t first)
{
    const uint32_t *symbols = rounds->scan->matcher->symbols + form->first;
    uint32_t variants = 0, others = 0;
    for (uint32_t i = 0; i < form->count; i++) {
        variants += rounds->codes[first + i] != symbols[i];
        others |= folded(rounds->codes[first + i]) ^ symbols[i];
    }
    return others ? UINT32_MAX : variants;
}

/* Whether nothing stands between the symbols but what may be skipped; only for forms that such a run is the only way of. */
static bool count_gaps(const jy__scan *scan, const jy__form *form, jy__match *match)
{
    const uint32_t *symbols = scan->matcher->symbols + form->first;
    unsigned gaps = 0, invisible = 0, stops = 0;
    size_t at = match->begin;
    jy__glyph glyph;
    for (uint32_t i = 0; i < form->count; i++, at = glyph.end) {
        if (!jy__match_glyph(&scan->segment, at, &glyph) || glyph.symbol != symbols[i] || glyph.count != 1)
            return false;
        gaps += glyph.blanks + glyph.marks;
        invisible += glyph.invisible;
        stops += glyph.stops + jy__stops_of(scan->matcher, form)[i];
    }
    match->count[JY_FOLD_GAPS] = (uint16_t)gaps;
    match->count[JY_FOLD_INVISIBLE] = (uint16_t)invisible;
    return at == match->end && !stops && (form->flags & JY__FORM_ONE_WAY) && (!gaps || form->folds >> JY_FOLD_GAPS & 1) &&
           (!invisible || form->folds >> JY_FOLD_INVISIBLE & 1);
}

/* True: that is settled. What is before in the stream may stand far away, or a character between that the stream does not carry: the first only
 * sends the form to the longer way, and around the second all is looked at again (match_rare.c), where a longer match takes the place of this one. */
static bool settle(const jy__rounds *rounds, fit item, const jy__form *form)
{
    jy__scan *scan = rounds->scan;
    size_t first = item.index - (size_t)form->key, last = first + form->count - 1;
    uint32_t variants = 0;
    size_t begin, end;
    jy__match match;
    if (item.index <= form->key || may_lead_here(rounds, form, first))
        return false;
    if (!item.written || form->key > JY__CONTEXT || form->count > form->key + 2u + JY__CONTEXT)
        variants = count_variants(rounds, form, first);
    if (variants && (variants == UINT32_MAX || !(form->folds >> JY_FOLD_SCRIPT & 1)))
        return false;
    begin = rounds->place(rounds->look, first);
    end = rounds->place(rounds->look, last) + 3;
    match = (jy__match){ .literal = item.form, .confidence = 100, .begin = begin, .end = end, .count[JY_FOLD_SCRIPT] = (uint16_t)variants };
    if (!jy__match_segment(scan, begin) || end > scan->segment.end || !jy__match_ends(scan, form, end, JY__MODE_EXACT))
        return false;
    if (end - begin != 3u * form->count && !count_gaps(scan, form, &match))
        return false;
    jy__match_add(scan, &match);
    return true;
}

static void verify(const jy__rounds *rounds, fit item)
{
    const jy__form *form = &rounds->scan->matcher->forms[item.form];
    if (!(form->flags & JY__FORM_PLAIN) || rounds->scan->matcher->keys_only)
        jy__match_verify_form(rounds->scan, item.form, JY__MODE_EXACT, rounds->place(rounds->look, item.index));
    else if (!item.stands || !settle(rounds, item, form))
        jy__match_verify_far(rounds->scan, item.form, rounds->place(rounds->look, item.index));
}

/* ---- rounds */

static void verify_all(const jy__rounds *rounds, fits *list)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    for (size_t i = 0; i < list->count; i++)
        __builtin_prefetch(matcher->symbols + matcher->forms[list->items[i].form].first);
    for (size_t i = 0; i < list->count && !rounds->scan->stop; i++)
        verify(rounds, list->items[i]);
    list->count = 0;
}

/* How long a form is, is as good as random for a branch. */
static uint32_t differ(uint32_t code, uint32_t symbol) { return (code ^ symbol) & -(uint32_t)(symbol != 0); }

/* Whether the codes around the key are those of the context. */
static bool is_written(const jy__context *context, const uint16_t *key)
{
    uint32_t differs = 0;
    for (int i = 0; i < JY__CONTEXT; i++)
        differs |= differ(key[-1 - i], context->before[i]) | differ(key[2 + i], context->after[i]);
    return differs == 0;
}

static bool stands(const jy__context *context, const uint16_t *key)
{
    uint32_t differs = 0;
    for (int i = 0; i < JY__CONTEXT; i++)
        differs |= differ(folded(key[-1 - i]), context->before[i]) | differ(folded(key[2 + i]), context->after[i]);
    return differs == 0;
}

/* What the codes around the key leave of a form. */
static bool fits_around(const jy__rounds *rounds, const jy__context *context, fit *item)
{
    const jy__filter *filter = &rounds->scan->matcher->filter;
    const uint16_t *key = rounds->codes + item->index;
    jy__near near = jy__stream_near(filter, key);
    near.filler_before |= item->index <= JY__STREAM_PAD + 1; /* what was before is not known there */
    if (!jy__near_allows(&near, context))
        return false;
    item->stands = stands(context, key);
    return item->stands || jy__stream_fits(filter, context, rounds->codes, item->index, item->index + 1u);
}

static void add_fits(const jy__rounds *rounds, fits *list, const jy__context *context, uint32_t index, bool written)
{
    for (; context; context = context->form_last & 1 ? NULL : context + 1) {
        fit item = { context->form_last >> 1, (uint16_t)index, false, false };
        item.stands = item.written = written && is_written(context, rounds->codes + index);
        if (!item.written && !fits_around(rounds, context, &item))
            continue;
        if (list->count == JY__BATCH)
            verify_all(rounds, list);
        list->items[list->count++] = item;
        __builtin_prefetch(&rounds->scan->matcher->forms[item.form]);
    }
}

void jy__match_rounds(const jy__rounds *rounds, const uint32_t *found, size_t count)
{
    const jy__pair_index *index = &rounds->scan->matcher->pair_index;
    const jy__context *contexts[JY__BATCH];
    uint32_t pairs[JY__BATCH];
    fits list;
    list.count = 0;
    for (size_t i = 0; i < count; i++) {
        pairs[i] = folded(rounds->codes[found[i]]) << 16 | folded(rounds->codes[found[i] + 1]);
        __builtin_prefetch(&index->slots[jy__pair_hash(0, pairs[i], index->slot_bits)]);
    }
    for (size_t i = 0; i < count; i++) {
        contexts[i] = jy__pair_find(index, pairs[i] >> 16, pairs[i] & 0xFFFF);
        __builtin_prefetch(contexts[i]);
    }
    for (size_t i = 0; i < count && !rounds->scan->stop; i++) {
        const uint16_t *key = rounds->codes + found[i];
        add_fits(rounds, &list, contexts[i], found[i], pairs[i] == ((uint32_t)key[0] << 16 | key[1]));
    }
    verify_all(rounds, &list);
}
