/* A first look at what stands beside a match: whether it can come to anything at all. In: a match and its text, or a larger text in which the
 * turn ends at a newline; out: false when it is sure that nothing comes of it. Most matches end here, so nothing is worked out that the next
 * character does not ask for; who passes is looked at in full. Doors: compile_sides.c. */
#include "judge/judge.h"

#define HAN_BYTES 3

/* The symbol of the Han character of three bytes at p, of which `room` bytes may be read; 0: there is no such, or it folds to more than one. */
static uint32_t han_at(const unsigned char *p, size_t room)
{
    uint32_t code = room < HAN_BYTES ? JY__CODE_COUNT : ((p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu)) - JY__CODE_FIRST;
    return code < JY__CODE_COUNT && p[0] >> 4 == 0xE && p[1] >> 6 == 2 && p[2] >> 6 == 2 ? jy__fold_codes[code] : 0;
}

static uint32_t han_behind(jy_str text, size_t at) { return han_at((const unsigned char *)text.ptr + at, text.len - at); }
static uint32_t han_before(jy_str text, size_t at) { return at < HAN_BYTES ? 0 : han_at((const unsigned char *)text.ptr + at - HAN_BYTES, HAN_BYTES); }

static bool is_heard(const jy__door *door, uint32_t symbol)
{
    const jy__heard_set *heard = &jy__heard_sets[jy__heard_numbers[symbol - JY__CODE_FIRST]];
    bool open = false;
    for (uint8_t i = 0; i < heard->count && !open; i++)
        open = jy__door_has(door, jy__door_sound(heard->classes[i]));
    return open;
}

/* Whether a word may go on, or have begun, with the Han symbol beyond the one at its edge: as the next symbol of it, stutter, or a filler. */
static bool goes_on(const jy__door *door, uint32_t symbol, uint32_t beyond, bool behind)
{
    return beyond == symbol || jy__door_has(door, jy__door_pair(symbol, beyond)) || jy__door_has(door, jy__door_alone(symbol)) ||
           (behind ? jy__fold_filler_begins(beyond) : jy__fold_filler_ends(beyond));
}

/* What most characters come to. */
static inline bool stays_shut(const jy__door *door, uint32_t symbol) { return !door->heard && !jy__door_has(door, jy__door_symbol(symbol)); }

static bool opens_behind(const jy__door *door, uint32_t symbol, jy_str text, size_t at)
{
    uint32_t beyond;
    if (!jy__door_has(door, jy__door_symbol(symbol)))
        return door->heard && is_heard(door, symbol);
    beyond = han_behind(text, at + HAN_BYTES);
    return door->heard || !beyond || goes_on(door, symbol, beyond, true);
}

static bool opens_before(const jy__door *door, uint32_t symbol, jy_str text, size_t at)
{
    uint32_t beyond;
    if (!jy__door_has(door, jy__door_symbol(symbol)))
        return door->heard && is_heard(door, symbol);
    beyond = han_before(text, at - HAN_BYTES);
    return door->heard || !beyond || goes_on(door, symbol, beyond, false);
}

static bool opens_to(const jy__door *door, uint32_t cp)
{
    uint32_t symbols[JY__FOLD_MOST], count = jy__fold_char(cp, symbols);
    bool open = door->masked && jy__fold_is_mask(cp);
    for (uint32_t i = 0; i < count && !open; i++) {
        uint16_t sounds[JY__SOUND_MOST];
        size_t sound_count = door->heard ? jy__fold_sounds(symbols[i], sounds) : 0;
        open = jy__door_has(door, jy__door_symbol(symbols[i]));
        for (size_t k = 0; k < sound_count && !open; k++)
            open = jy__door_has(door, jy__door_sound(jy__fold_sound_class(sounds[k])));
    }
    return open;
}

/* ---- a part of a chain: characters are counted as judge_join.c counts them. A part that is not the next one may be anywhere in the turn; after
 * FAR characters it is taken to be there. */
#define FAR 256u

typedef enum step { STEP_SHUT, STEP_OPEN, STEP_FREE /* counts for nothing */, STEP_ONE } step;

static step step_over(const jy__door *door, uint32_t cp, bool far)
{
    jy__kind kind = jy__fold_kind(cp);
    if (opens_to(door, cp))
        return STEP_OPEN;
    if (kind == JY__KIND_NEWLINE || (kind == JY__KIND_STOP && !far))
        return STEP_SHUT;
    return far || kind == JY__KIND_SYMBOL || kind == JY__KIND_MARK ? STEP_ONE : STEP_FREE;
}

static bool is_behind(const jy__door *door, jy_str text, size_t at, uint32_t reach)
{
    uint32_t passed = 0;
    bool valid;
    while (passed <= reach && at < text.len) {
        const char *p = text.ptr + at;
        uint32_t han = han_behind(text, at);
        bool opens = han && !stays_shut(door, han) && opens_behind(door, han, text, at);
        step next = opens ? STEP_OPEN : han ? STEP_ONE : step_over(door, jy__utf8_next(&p, text.ptr + text.len, &valid), reach == FAR);
        if (next <= STEP_OPEN)
            return next == STEP_OPEN;
        at = han ? at + HAN_BYTES : (size_t)(p - text.ptr);
        passed += next == STEP_ONE;
    }
    return passed > FAR;
}

static bool is_before(const jy__door *door, jy_str text, size_t at, uint32_t reach)
{
    uint32_t passed = 0;
    bool valid;
    while (passed <= reach && at > 0) {
        uint32_t han = han_before(text, at);
        size_t before = han ? at - HAN_BYTES : jy__utf8_before(text.ptr, at);
        const char *p = text.ptr + before;
        bool opens = han && !stays_shut(door, han) && opens_before(door, han, text, at);
        step next = opens ? STEP_OPEN : han ? STEP_ONE : step_over(door, jy__utf8_next(&p, text.ptr + at, &valid), reach == FAR);
        if (next <= STEP_OPEN)
            return next == STEP_OPEN;
        at = before;
        passed += next == STEP_ONE;
    }
    return passed > FAR;
}

static bool parts_open(const jy_rules *rules, const jy__sides *sides, jy_str text, size_t begin, size_t end)
{
    const jy__door *doors = rules->doors;
    return (sides->behind == JY__NONE || is_behind(&doors[sides->behind], text, end, sides->reach_behind)) &&
           (sides->before == JY__NONE || is_before(&doors[sides->before], text, begin, sides->reach_before)) &&
           (sides->last == JY__NONE || is_behind(&doors[sides->last], text, end, FAR)) &&
           (sides->first == JY__NONE || is_before(&doors[sides->first], text, begin, FAR));
}

/* ---- a phrase that must be whole. What is no Han, and what is no character of one symbol, is left to who looks in full. */
static bool is_stutter(uint32_t symbol, jy_str text, size_t begin, size_t end)
{
    uint32_t first = han_behind(text, begin), last = han_before(text, end);
    return symbol == first || symbol == last || !first || !last;
}

static bool whole_opens(const jy_rules *rules, const jy__sides *sides, jy_str text, size_t begin, size_t end)
{
    uint32_t behind = han_behind(text, end), before = han_before(text, begin);
    if (behind && !opens_behind(&rules->doors[sides->behind], behind, text, end) && !(sides->repeats && is_stutter(behind, text, begin, end)))
        return false;
    return sides->before == JY__NONE || !before || opens_before(&rules->doors[sides->before], before, text, begin) ||
           (sides->repeats && is_stutter(before, text, begin, end));
}

bool jy__judge_sides_open(const jy_rules *rules, uint32_t number, jy_str text, size_t begin, size_t end)
{
    const jy__sides *sides = &rules->sides[number];
    return sides->kind == JY__SIDES_WHOLE ? whole_opens(rules, sides, text, begin, end) : parts_open(rules, sides, text, begin, end);
}

/* Of a literal whose phrases without gaps must all be whole: whether one is. */
static bool fills(const jy_rules *rules, uint32_t literal, jy_str text, size_t begin, size_t end)
{
    const jy__set *set = &rules->sets[JY__SET_FORBID];
    const jy__uses uses = jy__uses_of(set, literal);
    for (uint32_t i = uses.first; i < uses.behind; i++) {
        const jy__use use = jy__use_of(set, i);
        if (use.chain == JY__NONE && jy__judge_fills(rules, text, jy__atom_manner(rules, use.atom), begin, end))
            return true;
    }
    return false;
}

bool jy__judge_way_open(const jy_rules *rules, jy_str text, const jy__match *match, size_t base)
{
    const jy__set *set = &rules->sets[JY__SET_FORBID];
    const uint32_t *way = rules->ways + jy__literal_ways(set, match->literal), *last = way + *way;
    size_t begin = match->begin - base, end = jy__match_end(match) - base;
    bool whole = false;
    while (way++ < last) {
        if (!jy__judge_sides_open(rules, *way, text, begin, end))
            continue;
        if (rules->sides[*way].kind != JY__SIDES_WHOLE)
            return true;
        whole = true;
    }
    return whole && fills(rules, match->literal, text, begin, end);
}
