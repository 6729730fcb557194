/* match_whole — whether a form stands around its key whole and alone, when the key's context has all of its symbols: three codes are compared as a word. */
#ifndef JY_MATCH_WHOLE_H
#define JY_MATCH_WHOLE_H

#include "match/match_inside.h"

/* A key that stands at `index`: its symbols, and the contexts of its forms; near: the nearest codes are known to allow the one that is looked at. */
typedef struct jy__key_place { const jy__context *contexts; uint32_t pair; uint16_t index; bool near; } jy__key_place;

/* Whether a place's key is as it is written. */
static inline bool jy__key_written(const uint16_t *key, uint32_t pair) { return ((uint32_t)key[0] << 16 | key[1]) == pair; }

/* ---- contexts that are whole: three codes in a word, the first one lowest; bits of those that the form has */

static inline uint64_t jy__three_codes(const uint16_t *codes) { return jy__four_codes(codes) & UINT64_MAX >> 16; }

static inline uint64_t jy__three_symbols(const uint16_t *codes)
{
    return jy__code_symbol(codes[0]) | (uint64_t)jy__code_symbol(codes[1]) << 16 | (uint64_t)jy__code_symbol(codes[2]) << 32;
}

/* Whether one of the three is the code. */
static inline bool jy__is_among(uint64_t three, uint32_t code)
{
    const uint64_t ones = 0x0000000100010001u;
    uint64_t differs = three ^ ones * code;
    return ((differs - ones) & ~differs & ones << 15) != 0;
}

static inline uint32_t jy__whole_variants(const uint16_t *codes, size_t count)
{
    uint32_t variants = 0;
    for (size_t i = 0; i < count; i++)
        variants += jy__code_symbol(codes[i]) != codes[i];
    return variants;
}

/* Whether the form stands there symbol by symbol, as it is written or by variants; how many of these there are. */
static inline bool jy__whole_stands(const jy__context *context, const uint16_t *key, uint32_t pair, uint32_t *variants)
{
    const uint64_t before = jy__four_codes(context->sides) << 16 >> 16, behind = jy__four_codes(context->sides + JY__CONTEXT - 1) >> 16;
    const uint64_t has_before = UINT64_MAX >> 16 & UINT64_MAX << 16 * (JY__CONTEXT - context->before), has_behind = (UINT64_C(1) << 16 * context->behind) - 1;
    *variants = 0;
    if (!(((jy__three_codes(key - JY__CONTEXT) ^ before) & has_before) | ((jy__three_codes(key + 2) ^ behind) & has_behind)) && jy__key_written(key, pair))
        return true;
    if (((jy__three_symbols(key - JY__CONTEXT) ^ before) & has_before) | ((jy__three_symbols(key + 2) ^ behind) & has_behind))
        return false;
    *variants = jy__whole_variants(key - context->before, context->before + 2u + context->behind);
    return true;
}

/* Whether the symbol is one of the form's. */
static inline bool jy__whole_owns(const jy__context *context, uint32_t pair, uint32_t symbol)
{
    const uint64_t before = jy__four_codes(context->sides) << 16 >> 16, behind = jy__four_codes(context->sides + JY__CONTEXT - 1) >> 16;
    return jy__is_among(before, symbol) | jy__is_among(behind, symbol) | (symbol == pair >> 16) | (symbol == (pair & 0xFFFF));
}

/* Whether the symbol is its last, and none leads over that: no other symbol is the same. */
static inline bool jy__whole_ends(const jy__context *context, uint32_t pair, uint32_t symbol)
{
    return !context->open && symbol == (context->behind ? context->sides[JY__CONTEXT + context->behind - 1] : pair & 0xFFFF);
}

/* Whether nothing around it may be part of it: no symbol of its own, and no filler. What is before the first codes is not known. */
static inline bool jy__whole_alone(const jy__rounds *rounds, const jy__context *context, const jy__key_place *place)
{
    const uint16_t *first = rounds->codes + place->index - context->before;
    const uint16_t *behind = rounds->codes + place->index + 2 + context->behind;
    const jy__filter *filter = &rounds->scan->matcher->filter;
    const uint32_t before = jy__code_symbol(first[-1]);
    if (place->index <= context->before + 1u || jy__filler_ends_here(filter, first[-2], first[-1]) ||
        (jy__whole_owns(context, place->pair, before) && !jy__whole_ends(context, place->pair, before)))
        return false;
    return !context->open || !(jy__whole_owns(context, place->pair, jy__code_symbol(behind[0])) || jy__filler_begins_here(filter, behind[0], behind[1]));
}

/* One that an engine found. False: what stands between its characters, or around it, is to be looked at. */
static inline bool jy__whole_settle(const jy__rounds *rounds, const jy__wholes *wholes, size_t i)
{
    jy__scan *scan = rounds->scan;
    const uint32_t number = wholes->forms[i], count = wholes->sizes[i] >> 16 & 0xFF, variants = wholes->sizes[i] >> 24, marks = wholes->marks[i];
    const size_t begin = rounds->base + (size_t)(ptrdiff_t)(int16_t)(wholes->places[i] >> 16), end = begin + (wholes->sizes[i] & 0xFFFF);
    if (wholes->sizes[i] == JY__WHOLE_NONE)
        return true;
    if (end - begin != 3 * count + wholes->between[i] || scan->rare_done > end || !jy__match_segment(scan, begin) || end > scan->segment.end) {
        if (marks & 0xFFFF00)
            return false;
        const jy__form *form = &scan->matcher->forms[number];
        const bool open = !(form->flags & JY__FORM_ONE_WAY);
        return jy__match_settle_whole(rounds, &(jy__match_whole){ number, (uint16_t)((wholes->places[i] & 0xFFFF) - form->key), (uint8_t)count, (uint8_t)variants, open });
    }
    jy__match_add_marked(scan, number, begin, end, variants, marks);
    return true;
}

#endif
