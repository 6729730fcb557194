/* From places of keys to forms. In: places where two codes side by side may be a key of many forms, as an engine's filter leaves them. Out:
 * the forms whose context stands there are settled (match_settle.c, match_ways.c). The tables are larger than the first cache, so the
 * places are gone through in rounds, each of which fetches what the next one needs:
 *
 *   places ─▶ slots ─▶ contexts ─▶ forms ─▶ symbols ─▶ match_settle.c */
#include "match/match_inside.h"

/* stands: so do the codes around the key, each as the form's symbol or a variant of it; written: none is a variant. */
typedef struct fit { uint32_t form; uint16_t index; bool stands, written; } fit;
typedef struct fits { fit items[JY__BATCH]; size_t count, all; } fits; /* all: those that were verified, too */

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

static bool is_key_written(const uint16_t *key) { return jy__code_symbol(key[0]) == key[0] && jy__code_symbol(key[1]) == key[1]; }

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
        differs |= differ(jy__code_symbol(key[-1 - i]), context->before[i]) | differ(jy__code_symbol(key[2 + i]), context->after[i]);
    return differs == 0;
}

/* A key that stands at `index`: its symbols, and the contexts of its forms. */
typedef struct key_place { const jy__context *contexts; uint32_t pair, index; } key_place;

static inline jy__near near_of(const jy__rounds *rounds, const key_place *place)
{
    const jy__filter *filter = &rounds->scan->matcher->filter;
    const uint16_t *codes = rounds->codes + place->index;
    bool unknown = place->index <= JY__STREAM_PAD + 1; /* what was before */
    return (jy__near){ { place->pair >> 16, place->pair & 0xFFFF }, jy__code_symbol(codes[-1]), jy__code_symbol(codes[2]),
                       unknown | jy__bit(filter->ends, codes[-1]), jy__bit(filter->fillers, codes[2]) };
}

/* What the codes around the key leave of a form that its nearest ones allow. */
static bool fits_around(const jy__rounds *rounds, const jy__context *context, fit *item)
{
    const uint16_t *codes = rounds->codes + item->index;
    item->written = is_key_written(codes) && is_written(context, codes);
    item->stands = item->written || stands(context, codes);
    return item->stands || jy__stream_fits(&rounds->scan->matcher->filter, context, rounds->codes, item->index, item->index + 1u);
}

static void add(const jy__rounds *rounds, fits *list, fit item)
{
    if (list->count == JY__BATCH)
        verify_all(rounds, list);
    list->items[list->count++] = item;
    list->all++;
    __builtin_prefetch(&rounds->scan->matcher->forms[item.form]);
}

static const jy__context *next_of(const jy__context *context) { return context->form_last & 1 ? NULL : context + 1; }

static void add_fits(const jy__rounds *rounds, fits *list, const key_place *place)
{
    const jy__near near = near_of(rounds, place);
    for (const jy__context *context = place->contexts; context; context = next_of(context)) {
        fit item = { context->form_last >> 1, (uint16_t)place->index, false, false };
        if (jy__near_allows(&near, context) && fits_around(rounds, context, &item))
            add(rounds, list, item);
    }
}

/* The same where most stand there as they are written. */
static void add_written(const jy__rounds *rounds, fits *list, const key_place *place)
{
    const uint16_t *codes = rounds->codes + place->index;
    bool all = is_key_written(codes);
    for (const jy__context *context = place->contexts; context && all; context = next_of(context))
        all = is_written(context, codes);
    for (const jy__context *context = place->contexts; context && all; context = next_of(context))
        add(rounds, list, (fit){ context->form_last >> 1, (uint16_t)place->index, true, true });
    if (!all)
        add_fits(rounds, list, place);
}

static size_t find_contexts(const jy__rounds *rounds, key_place *places, size_t count)
{
    const jy__pair_index *index = &rounds->scan->matcher->pair_index;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        places[kept] = places[i];
        places[kept].contexts = jy__pair_find(index, places[i].pair >> 16, places[i].pair & 0xFFFF);
        __builtin_prefetch(places[kept].contexts);
        kept += places[kept].contexts != NULL;
    }
    return kept;
}

#define CROWD 32 /* keys: fewer say nothing about those to come */

/* Where phrases are not crowded, most places have one form and stand beside other symbols than that has; without a branch, for which do is
 * as good as random. */
static size_t keep_near(const jy__rounds *rounds, key_place *places, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        jy__near near = near_of(rounds, &places[i]);
        places[kept] = places[i];
        kept += jy__near_allows(&near, places[i].contexts) | !(places[i].contexts->form_last & 1);
    }
    return kept;
}

void jy__match_rounds(const jy__rounds *rounds, const uint32_t *found, size_t count)
{
    const jy__pair_index *index = &rounds->scan->matcher->pair_index;
    key_place places[JY__BATCH];
    fits list;
    size_t keys;
    list.count = list.all = 0;
    for (size_t i = 0; i < count; i++) {
        const uint16_t *codes = rounds->codes + found[i];
        places[i] = (key_place){ NULL, jy__code_symbol(codes[0]) << 16 | jy__code_symbol(codes[1]), found[i] };
        __builtin_prefetch(&index->slots[jy__pair_hash(0, places[i].pair, index->slot_bits)]);
    }
    keys = count = find_contexts(rounds, places, count);
    if (!rounds->scan->crowded)
        count = keep_near(rounds, places, count);
    for (size_t i = 0; i < count && !rounds->scan->stop; i++)
        (rounds->scan->crowded ? add_written : add_fits)(rounds, &list, &places[i]);
    rounds->scan->crowded = keys >= CROWD && list.all > keys - keys / 4;
    verify_all(rounds, &list);
}
