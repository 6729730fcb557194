/* From places of keys to forms. In: places where two codes side by side may be a key of many forms, as an engine's filter leaves them. Out:
 * the forms whose context stands there are settled (match_settle.c, match_ways.c). The tables are larger than the first cache, so the
 * places are gone through in rounds, each of which fetches what the next one needs:
 *
 *   places ─▶ slots ─▶ contexts ─▶ forms ─▶ symbols ─▶ match_settle.c */
#include "match/match_inside.h"

typedef jy__fit fit;
typedef struct fits { fit items[JY__BATCH]; size_t count, all; } fits; /* all: those that were verified, too */

/* ---- rounds */

static void verify(const jy__rounds *rounds, fit item)
{
    bool plain = item.stands && rounds->scan->matcher->forms[item.form].flags & JY__FORM_PLAIN;
    if (!plain || !jy__match_settle(rounds, item.form, item.index, item.written))
        jy__match_verify_around(rounds, item.form, item.index);
}

static void verify_all(const jy__rounds *rounds, fits *list)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    jy__spot spots[JY__BATCH];
    for (size_t i = 0; i < list->count; i++)
        __builtin_prefetch(matcher->symbols + matcher->forms[list->items[i].form].first);
    jy__match_find_plain(rounds, list->items, list->count, spots);
    for (size_t i = 0; i < list->count && !rounds->scan->stop; i++)
        if (spots[i].begin == SIZE_MAX || !jy__match_settle_plain(rounds, &list->items[i], &spots[i]))
            verify(rounds, list->items[i]);
    list->count = 0;
}

/* Whether a place's key is as it is written. */
static bool is_key_written(const uint16_t *key, uint32_t pair) { return ((uint32_t)key[0] << 16 | key[1]) == pair; }

/* Whether the codes around the key are those of the context, as far as that has any. How long a form is, is as good as random for a branch. */
static inline bool is_written(const jy__context *context, const uint16_t *key)
{
    const uint64_t three = UINT64_MAX >> 16;
    uint64_t before = jy__four_codes(context->sides), behind = jy__four_codes(context->sides + JY__CONTEXT - 1) & ~(uint64_t)0xFFFF;
    uint64_t has_before = three & UINT64_MAX << (__builtin_ctzll(before | ~three) & 0x30);
    uint64_t has_behind = UINT64_MAX >> (__builtin_clzll(behind | 1) & 0x30) & ~(uint64_t)0xFFFF;
    return !(((jy__four_codes(key - JY__CONTEXT) ^ before) & has_before) | ((jy__four_codes(key + 1) ^ behind) & has_behind));
}

static uint32_t differ(uint32_t code, uint32_t symbol) { return (code ^ symbol) & -(uint32_t)(symbol != 0); }

static bool stands(const jy__context *context, const uint16_t *key)
{
    uint32_t differs = 0;
    for (int i = 0; i < JY__CONTEXT; i++)
        differs |= differ(jy__code_symbol(key[i - JY__CONTEXT]), context->sides[i]) | differ(jy__code_symbol(key[2 + i]), context->sides[JY__CONTEXT + i]);
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
static bool fits_around(const jy__rounds *rounds, const jy__context *context, uint32_t pair, fit *item)
{
    const uint16_t *codes = rounds->codes + item->index;
    item->written = is_key_written(codes, pair) && is_written(context, codes);
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
        if (jy__near_allows(&near, context) && fits_around(rounds, context, place->pair, &item))
            add(rounds, list, item);
    }
}

/* The same where most stand there as they are written. */
static void add_written(const jy__rounds *rounds, fits *list, const key_place *place)
{
    const uint16_t *codes = rounds->codes + place->index;
    bool all = is_key_written(codes, place->pair);
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
    for (size_t i = 0; i < count; i++) { /* read before it is written: else each would wait until the last one is settled */
        key_place place = places[i];
        place.contexts = jy__pair_look(index, place.pair);
        __builtin_prefetch(place.contexts);
        places[kept] = place;
        kept += place.contexts != NULL;
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
        key_place place = places[i];
        jy__near near = near_of(rounds, &place);
        places[kept] = place;
        kept += jy__near_allows(&near, place.contexts) | !(place.contexts->form_last & 1);
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
