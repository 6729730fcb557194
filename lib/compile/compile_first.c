/* Which literals a text is searched for first. In: all literals of a set and their uses. Out: the same, those first that a text is
 * searched for; the rest is looked for only in turns where a part was found that leads to it.
 *
 *   他说*{0,6}不归我管   chain of two parts: 他说 is everywhere, so 不归我管, the rarest part, is its key
 *   [ phrases without gaps | keys of chains ][ other parts of chains ]
 *     first_count literals, scanned for        the rest, scanned for in a turn with a key of a chain
 *
 * A hundred thousand matches of 说 or 来 that never come to a phrase so cost nothing. A character that is a whole clause of one rule and a part of
 * other rules' chains is two literals, one of each kind: most places of the first are passed over (compile_lone.c). */
#include "compile/compile_set.h"
#include "match/match_limits.h"

/* What a character alone costs more than one with another beside it, which the engines sift out before they look closer: as if it were so much
 * commoner. */
#define ALONE 120u

static uint32_t rarity(const jy__set_literal *literal)
{
    uint32_t symbols[JY__MATCH_MOST_SYMBOLS] = { 0 }, own;
    size_t count = 0;
    for (size_t i = 0; i < literal->symbols.count && count < JY__COUNT(symbols); i++)
        if (!literal->symbols.optional[i])
            symbols[count++] = literal->symbols.items[i];
    own = jy__fold_rarity(symbols, count);
    return count > 1 ? own : own - ALONE;
}

/* numbers: by literal, from 1 on in the order in which they were found to be first; 0: of the rest. What the phrases of a pack before others leads to has
 * the same numbers with them and without. */
typedef struct ordering { jy__set_builder *builder; jy_rules *rules; jy__sides_build *sides; uint32_t *numbers, count; } ordering;

static void mark(ordering *o, uint32_t literal)
{
    if (!o->numbers[literal])
        o->numbers[literal] = ++o->count;
}

/* uses[from, to) are one chain's, by segment. A part is as rare as the commonest of its literals. */
static uint32_t key_segment(const ordering *o, size_t from, size_t to)
{
    const jy__set_use *uses = o->builder->uses.items;
    uint32_t best = 0, best_rarity = 0;
    for (size_t at = from; at < to;) {
        uint32_t segment = uses[at].use.segment, least = UINT32_MAX;
        for (; at < to && uses[at].use.segment == segment; at++) {
            uint32_t own = rarity(&o->builder->literals.items[uses[at].literal]);
            least = own < least ? own : least;
        }
        if (least > best_rarity) {
            best_rarity = least;
            best = segment;
        }
    }
    return best;
}

static int mark_chain(ordering *o, size_t from, size_t to)
{
    jy__set_use *uses = o->builder->uses.items;
    uint32_t key = key_segment(o, from, to);
    for (size_t at = from; at < to; at++)
        if (uses[at].use.segment == key) {
            mark(o, uses[at].literal);
            uses[at].use.key = true;
        }
    return jy__sides_of_chain(o->sides, o->builder, o->rules, from, to, key);
}

static int mark_all(ordering *o)
{
    const jy__set_use *uses = o->builder->uses.items;
    size_t count = o->builder->uses.count;
    for (size_t from = 0, to; from < count; from = to) {
        to = from + 1;
        if (uses[from].use.chain == JY__NONE) {
            mark(o, uses[from].literal);
            continue;
        }
        while (to < count && uses[to].use.chain == uses[from].use.chain)
            to++;
        if (mark_chain(o, from, to) != JY_OK)
            return JY_E_NOMEM;
    }
    return JY_OK;
}

/* ---- characters that are a whole unit of one rule and a part in others */

/* By literal: which kinds of uses it has. */
enum use_kinds { IS_UNIT = 1, IS_PART = 2, IS_OTHER = 4 };

static uint8_t kind_of(const ordering *o, const jy__use *use)
{
    if (use->chain != JY__NONE)
        return use->key ? IS_OTHER : IS_PART;
    return jy__manner_is_unit(jy__atom_manner(o->rules, use->atom)) ? IS_UNIT : IS_OTHER;
}

static uint8_t *list_kinds(const ordering *o)
{
    const jy__set_builder *builder = o->builder;
    uint8_t *kinds = jy__arena_alloc(builder->keys, builder->literals.count);
    for (size_t i = 0; kinds && i < builder->uses.count; i++)
        kinds[builder->uses.items[i].literal] |= kind_of(o, &builder->uses.items[i].use);
    return kinds;
}

/* twins[literal]: the number of its second literal; 0: it has none. */
static bool add_twins(const ordering *o, const uint8_t *kinds, uint32_t *twins)
{
    jy__set_builder *builder = o->builder;
    for (size_t i = 0, count = builder->literals.count; i < count; i++) {
        if (kinds[i] != (IS_UNIT | IS_PART) || builder->literals.items[i].symbols.count != 1)
            continue;
        if (!JY__VEC_ROOM(builder->mem, &builder->literals))
            return false;
        twins[i] = (uint32_t)builder->literals.count;
        builder->literals.items[builder->literals.count++] = builder->literals.items[i];
    }
    return true;
}

static bool part_characters(const ordering *o)
{
    jy__set_builder *builder = o->builder;
    const uint8_t *kinds = list_kinds(o);
    uint32_t *twins = jy__arena_alloc(builder->keys, builder->literals.count * sizeof(*twins));
    if (!kinds || !twins || !add_twins(o, kinds, twins))
        return false;
    for (size_t i = 0; i < builder->uses.count; i++) {
        jy__set_use *use = &builder->uses.items[i];
        if (use->use.chain != JY__NONE && twins[use->literal])
            use->literal = twins[use->literal];
    }
    return true;
}

/* ---- all of them */

/* New numbers: first ones from 0, as they were marked; the others behind them keep their order. */
static int renumber(const ordering *o)
{
    jy__set_builder *builder = o->builder;
    size_t count = builder->literals.count;
    uint32_t rest = o->count;
    jy__set_literal *moved = jy__arena_alloc(builder->keys, count * sizeof(*moved));
    if (!moved)
        return JY_E_NOMEM;
    memcpy(moved, builder->literals.items, count * sizeof(*moved));
    for (size_t i = 0; i < count; i++) {
        o->numbers[i] = o->numbers[i] ? o->numbers[i] - 1 : rest++;
        builder->literals.items[o->numbers[i]] = moved[i];
    }
    for (size_t i = 0; i < builder->uses.count; i++)
        builder->uses.items[i].literal = o->numbers[builder->uses.items[i].literal];
    return JY_OK;
}

int jy__set_builder_order(jy__set_builder *builder, jy_rules *rules, jy__sides_build *sides, jy__set *out)
{
    /* parts of their own (add_twins()) are of the rest */
    ordering o = { builder, rules, sides, jy__arena_alloc(builder->keys, 2 * builder->literals.count * sizeof(*o.numbers)), 0 };
    if (!o.numbers || mark_all(&o) != JY_OK || !part_characters(&o))
        return JY_E_NOMEM;
    out->first_count = o.count;
    return renumber(&o);
}
