/* From places of keys to forms. In: places where two codes side by side may be a key of many forms, as an engine's filter leaves them. Out: calls of
 * the verifier for the forms whose context stands there. The tables are larger than the first cache, so the places are gone through in
 * rounds, each of which fetches what the next one needs:
 *
 *   places ─▶ slots ─▶ contexts ─▶ forms ─▶ symbols ─▶ verifier */
#include "match/match_inside.h"

typedef struct fit { uint32_t form, index; } fit;
typedef struct fits { fit items[JY__BATCH]; size_t count; } fits;

static void verify(const jy__rounds *rounds, fit item)
{
    const jy__form *form = &rounds->scan->matcher->forms[item.form];
    const uint16_t *key = rounds->codes + item.index;
    size_t place = rounds->place(rounds->look, item.index);
    uint32_t before = item.index > form->key ? key[-1 - (int)form->key] : 0;
    if (!(form->flags & JY__FORM_PLAIN) || !jy__match_plain(rounds->scan, item.form, place, before, key[form->count - form->key]))
        jy__match_verify_form(rounds->scan, item.form, JY__MODE_EXACT, place);
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

static void add_fits(const jy__rounds *rounds, fits *list, const jy__context *context, uint32_t index)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    jy__near near;
    if (!context)
        return;
    near = jy__stream_near(&matcher->filter, rounds->codes + index);
    near.filler_before |= index <= JY__STREAM_PAD + 1; /* what was before is not known there */
    for (; context; context = context->form_last & 1 ? NULL : context + 1) {
        if (!jy__near_allows(&near, context) || !jy__stream_fits(&matcher->filter, context, rounds->codes, index, index + 1u))
            continue;
        if (list->count == JY__BATCH)
            verify_all(rounds, list);
        list->items[list->count++] = (fit){ context->form_last >> 1, index };
        __builtin_prefetch(&matcher->forms[context->form_last >> 1]);
    }
}

static uint32_t folded(uint16_t code) { return code ? jy__fold_codes[code - JY__CODE_FIRST] : 0; }

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
    for (size_t i = 0; i < count && !rounds->scan->stop; i++)
        add_fits(rounds, &list, contexts[i], found[i]);
    verify_all(rounds, &list);
}
