/* From places of keys to forms. In: places where two codes side by side may be a key of many forms, as an engine's filter leaves them. Out:
 * the forms whose context stands there are settled (match_settle.c, match_ways.c). The tables are larger than the first cache, so the
 * places are gone through in rounds, each of which fetches what the next one needs:
 *
 *   places ─▶ slots ─▶ contexts ─▶ most forms are whole there, and settled; others: ─▶ forms ─▶ symbols ─▶ match_settle.c */
#include "match/settle/match_whole.h"

typedef jy__fit fit;

/* ---- contexts */

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

static inline jy__near near_of(const jy__rounds *rounds, const jy__key_place *place)
{
    const jy__filter *filter = &rounds->scan->matcher->filter;
    const uint16_t *codes = rounds->codes + place->index;
    bool unknown = place->index <= JY__STREAM_PAD + 1; /* what was before */
    return (jy__near){ { place->pair >> 16, place->pair & 0xFFFF }, jy__code_symbol(codes[-1]), jy__code_symbol(codes[2]),
                       unknown | jy__bit(filter->ends, codes[-1]), jy__bit(filter->fillers, codes[2]) };
}

/* One side of a key: the form's symbols there and on the other side, from the key on; what stands beside it, and whether that may be of a filler. */
typedef struct side { uint16_t own[2], opposite[2]; uint32_t said; bool fills; } side;

/* Where the symbol beside the key is the form's and can be nothing else, the one beside that is the form's, too, or was just said, or fills: 干什么 often
 * stands there, but seldom 的 behind it. As jy__stream_fits() would tell with ten times the work. */
static inline bool second_fits(const jy__near *near, const side *s, uint32_t symbol)
{
    const bool other = s->fills | (s->said != s->own[0]) | (s->said == near->key[0]) | (s->said == near->key[1]) | (s->said == s->opposite[0]) | (s->said == s->opposite[1]);
    return other | !s->own[1] | (symbol == s->own[1]) | (symbol == s->said) | (symbol == near->key[0]) | (symbol == near->key[1]) | (symbol == s->opposite[0]);
}

static inline bool second_behind(const jy__filter *filter, const jy__near *near, const jy__context *context, uint32_t code)
{
    const uint16_t *before = context->sides, *after = context->sides + JY__CONTEXT;
    const side behind = { { after[0], after[1] }, { before[2], before[1] }, near->behind, near->filler_behind };
    return second_fits(near, &behind, jy__code_symbol(code)) | jy__bit(filter->fillers, code);
}

static inline bool second_before(const jy__filter *filter, const jy__near *near, const jy__context *context, uint32_t code)
{
    const uint16_t *before = context->sides, *after = context->sides + JY__CONTEXT;
    const side ahead = { { before[2], before[1] }, { after[0], after[1] }, near->before, near->filler_before };
    return second_fits(near, &ahead, jy__code_symbol(code)) | jy__bit(filter->ends, code);
}

/* Whether the codes around the key, of which it stands by none, leave the form. */
static inline bool fits_around(const jy__rounds *rounds, const jy__context *context, const jy__key_place *place)
{
    const jy__filter *filter = &rounds->scan->matcher->filter;
    const uint16_t *codes = rounds->codes + place->index;
    const jy__near near = near_of(rounds, place);
    if (!place->near && !jy__near_allows(&near, context))
        return false;
    if (!second_behind(filter, &near, context, codes[3]) || (place->index > JY__STREAM_PAD + 2 && !second_before(filter, &near, context, codes[-2])))
        return false;
    return !jy__lacks(rounds, context->form, JY__MODE_EXACT) &&
           jy__stream_fits(filter, context, rounds->codes, place->index, place->index + 1u);
}

/* Whether something stands between the key's codes that no match of the form goes over: too much, a letter, or symbols at once that are not all its own. */
static __attribute__((noinline)) bool is_torn(const jy__rounds *rounds, const fit *item)
{
    jy__scan *scan = rounds->scan;
    const jy__form *form = &scan->matcher->forms[item->form];
    const size_t end = jy__round_place(rounds, item->index) + 3, next = jy__round_place(rounds, item->index + 1u);
    jy__glyph glyph;
    if (next == end || scan->torn == end || !jy__match_segment(scan, end))
        return next != end && scan->torn == end;
    if (!jy__match_glyph(&scan->segment, end, &glyph)) {
        scan->torn = end;
        return true;
    }
    if (glyph.count != 1)
        return !jy__match_belongs(form, &glyph, JY__MODE_EXACT);
    return glyph.begin != next && !jy__is_code(glyph.symbol) && !jy__form_has(scan->matcher, form, glyph.symbol);
}

/* gapped: where its symbols are is known, and that something else stands between: to settle it by them again would come to the same. */
static void verify(const jy__rounds *rounds, const fit *item, bool gapped)
{
    bool plain = !gapped && item->stands && rounds->scan->matcher->forms[item->form].flags & JY__FORM_PLAIN;
    if (!(plain && jy__match_settle(rounds, item->form, item->index, item->written)) && !is_torn(rounds, item))
        jy__match_verify_around(rounds, item->form, item->index);
}

/* Those of one place are verified together; of very many forms, each of which is far, some places' are fetched before. Not where most match, for matches
 * are to be found nearly in order. */
#define FAR 16384u /* forms */
#define LISTED 64u
#define LISTED_FAR 8u
typedef struct fits { fit items[LISTED]; size_t count, most; } fits; /* most: as many wait for others */

static void settle_some(const jy__rounds *rounds, const fit *items, size_t count)
{
    jy__spot spots[LISTED];
    jy__match_find_plain(rounds, items, count, spots);
    for (size_t i = 0; i < count && !rounds->scan->stop; i++) {
        const bool known = spots[i].begin != SIZE_MAX;
        if (!known || !jy__match_settle_plain(rounds, &items[i], &spots[i]))
            verify(rounds, &items[i], known);
    }
}

void jy__match_settle_fits(const jy__rounds *rounds, const jy__fit *items, size_t count)
{
    for (size_t i = 0; i < count; i += LISTED)
        settle_some(rounds, items + i, count - i < LISTED ? count - i : LISTED);
}

static void verify_all(const jy__rounds *rounds, fits *list)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    for (size_t i = 0; i < list->count; i++)
        __builtin_prefetch(matcher->symbols + matcher->forms[list->items[i].form].first);
    settle_some(rounds, list->items, list->count);
    list->count = 0;
}

static inline void add(const jy__rounds *rounds, fits *list, fit item)
{
    __builtin_prefetch(&rounds->scan->matcher->forms[item.form]);
    if (list->count == LISTED)
        verify_all(rounds, list);
    list->items[list->count++] = item;
}

/* False: the form cannot be there. */
static bool look_at_whole(const jy__rounds *rounds, fits *list, const jy__context *context, const jy__key_place *place)
{
    uint32_t variants;
    bool stands = jy__whole_stands(context, rounds->codes + place->index, place->pair, &variants);
    if (stands && jy__whole_alone(rounds, context, place)) {
        const jy__match_whole form = { context->form, (uint16_t)(place->index - context->before), (uint8_t)(context->before + 2u + context->behind),
                                       (uint8_t)variants, context->open };
        if (jy__match_settle_whole(rounds, &form))
            return true;
    }
    if (!stands && !fits_around(rounds, context, place))
        return false;
    add(rounds, list, (fit){ context->form, place->index, stands, stands && !variants });
    return true;
}

static bool look_at_part(const jy__rounds *rounds, fits *list, const jy__context *context, const jy__key_place *place)
{
    const uint16_t *codes = rounds->codes + place->index;
    fit item = { context->form, place->index, false, false };
    item.written = jy__key_written(codes, place->pair) && is_written(context, codes);
    item.stands = item.written || stands(context, codes);
    if (!item.stands && !fits_around(rounds, context, place))
        return false;
    add(rounds, list, item);
    return true;
}

static inline bool look_at_form(const jy__rounds *rounds, fits *list, const jy__context *context, const jy__key_place *place)
{
    bool whole = context->whole && !rounds->scan->matcher->keys_only;
    return whole ? look_at_whole(rounds, list, context, place) : look_at_part(rounds, list, context, place);
}

/* Of some forms those that the nearest codes allow. */
static bool look_at_some(const jy__rounds *rounds, fits *list, jy__key_place place)
{
    const jy__near near = near_of(rounds, &place);
    bool any = false;
    if (rounds->scan->matcher->forms[place.contexts->form].kin && jy__kin_settle(rounds, place.contexts->form, place.index))
        return true;
    place.near = true;
    for (const jy__context *context = place.contexts; context && !rounds->scan->stop; context = jy__context_next(context))
        any |= jy__near_allows(&near, context) && look_at_form(rounds, list, context, &place);
    return any;
}

/* Whether a form may stand there. */
static inline bool look_at(const jy__rounds *rounds, fits *list, const jy__key_place *place)
{
    return place->contexts->last ? look_at_form(rounds, list, place->contexts, place) : look_at_some(rounds, list, *place);
}

/* ---- rounds */

static size_t find_contexts(const jy__rounds *rounds, jy__key_place *places, size_t count)
{
    const jy__pair_index *index = &rounds->scan->matcher->pair_index;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) { /* read before it is written: else each would wait until the last one is settled */
        jy__key_place place = places[i];
        place.contexts = jy__pair_look(index, place.pair);
        __builtin_prefetch(place.contexts);
        places[kept] = place;
        kept += place.contexts != NULL;
    }
    return kept;
}

#define CROWD 32 /* keys: fewer say nothing about those to come */
#define SOME 8   /* so many are gone through once more */

/* Where phrases are not crowded, most places have one form and stand beside other symbols than that has; without a branch, for which do is
 * as good as random. */
static size_t keep_near(const jy__rounds *rounds, jy__key_place *places, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        jy__key_place place = places[i];
        jy__near near = near_of(rounds, &place);
        place.near = jy__near_allows(&near, place.contexts) & place.contexts->last;
        places[kept] = place;
        kept += place.near | !place.contexts->last;
    }
    return kept;
}

/* ---- phrases that an engine found whole */

static void look_again(const jy__rounds *rounds, fits *list, size_t index)
{
    const uint16_t *codes = rounds->codes + index;
    const uint32_t pair = jy__code_symbol(codes[0]) << 16 | jy__code_symbol(codes[1]);
    look_at(rounds, list, &(jy__key_place){ jy__pair_look(&rounds->scan->matcher->pair_index, pair), pair, (uint16_t)index, false });
}

/* From place number `at` on those before codes[index]; returns the next one. */
static size_t settle_wholes(const jy__rounds *rounds, fits *list, const jy__wholes *wholes, size_t at, size_t index)
{
    for (; at < wholes->count && (wholes->places[at] & 0xFFFF) < index && !rounds->scan->stop; at++)
        if (!jy__whole_settle(rounds, wholes, at))
            look_again(rounds, list, wholes->places[at] & 0xFFFF);
    return at;
}

/* ---- */

#define AHEAD 4 /* places: the form of one so far behind is fetched */

void jy__match_rounds(const jy__rounds *rounds, const uint32_t *found, size_t count, const jy__wholes *wholes)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    const jy__pair_index *index = &matcher->pair_index;
    jy__key_place places[JY__BATCH];
    size_t keys, stand = wholes ? wholes->known : 0, whole = 0;
    fits list;
    for (size_t i = 0; i < count; i++) {
        const uint16_t *codes = rounds->codes + found[i];
        places[i] = (jy__key_place){ NULL, jy__code_symbol(codes[0]) << 16 | jy__code_symbol(codes[1]), (uint16_t)found[i], false };
        __builtin_prefetch(&index->slots[jy__pair_hash(0, places[i].pair, index->slot_bits)]);
    }
    count = find_contexts(rounds, places, count);
    keys = count + stand;
    if (!rounds->scan->crowded && count >= SOME)
        count = keep_near(rounds, places, count);
    list.count = 0;
    list.most = rounds->scan->crowded || matcher->form_count < FAR ? 0 : LISTED_FAR;
    for (size_t i = 0; i < count && !rounds->scan->stop; i++) {
        if (i + AHEAD < count)
            __builtin_prefetch(&matcher->forms[places[i + AHEAD].contexts->form]);
        if (wholes)
            whole = settle_wholes(rounds, &list, wholes, whole, places[i].index);
        stand += look_at(rounds, &list, &places[i]);
        if (list.count > list.most)
            verify_all(rounds, &list);
    }
    if (wholes)
        settle_wholes(rounds, &list, wholes, whole, SIZE_MAX);
    verify_all(rounds, &list);
    rounds->scan->crowded = keys >= CROWD && stand > keys - keys / 4;
    if (keys >= CROWD)
        rounds->scan->was_crowded = rounds->scan->crowded;
}
