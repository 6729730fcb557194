/* From places of keys to forms. In: places where two codes side by side may be a key of many forms, as an engine's filter leaves them. Out: the forms
 * whose context stands there are settled (match_settle.c). The tables are larger than the first cache,
 * so the places are gone through in rounds, each of which fetches what the next one needs:
 *
 *   places ─▶ slots ─▶ contexts ─▶ forms ─▶ symbols ─▶ match_settle.c */
#include "match/match_inside.h"

/* stands: so do the codes around the key, each as the form's symbol or a variant of it; written: none is a variant. */
typedef struct fit { uint32_t form; uint16_t index; bool stands, written; } fit;
typedef struct fits { fit items[JY__BATCH]; size_t count; } fits;

static uint32_t folded(uint16_t code) { return code ? jy__fold_codes[code - JY__CODE_FIRST] : 0; }

/* ---- rounds */

static void verify(const jy__rounds *rounds, fit item)
{
    if (!item.stands || !jy__match_settle(rounds, item.form, item.index, item.written))
        jy__match_verify_around(rounds, item.form, item.index);
}

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
