/* What must stand beside a match for it to come to anything, so that most matches are done with after a look at a character or two. In: the uses
 * of a set's literals. Out: what must stand near the key of each chain, and for each literal that a text is searched for its ways to come to
 * something.
 *
 *   (找|问)*{0,5}去   key 找|问, near it: behind, within 5 characters, a 去      请问贵姓: there is none, nothing more is looked for
 *   我*{0,4}没*{0,5}关系   key 关系, near it: before, within 5, a 没; farther: before, in the turn, a 我
 *   喂, whole: clause, with: [你, 好]   beside it: behind 你, 好, a filler, 喂 or no Han; before the same      喂养: done with
 *
 *   literal ─▶ ways: [2: · ·] ─▶ sides { behind, before } ─▶ doors        each of which there is once, whoever has it
 *
 * A door is a set of symbols and sounds as bits of a hash: one that opens says little, one that stays shut is sure. */
#include "compile/compile_set.h"

/* A word of which `symbols` are those at the side, that at its edge first. */
static void add_word(jy__door *door, const uint32_t symbols[2], size_t count)
{
    jy__door_add(door->bits, jy__door_symbol(symbols[0]));
    jy__door_add(door->bits, count > 1 ? jy__door_pair(symbols[0], symbols[1]) : jy__door_alone(symbols[0]));
}

static void add_edge(jy__door *door, const uint32_t *symbols, size_t count, bool last)
{
    const uint32_t edge[2] = { symbols[last ? count - 1 : 0], count > 1 ? symbols[last ? count - 2 : 1] : 0 };
    add_word(door, edge, count);
}

/* A literal that may be heard alike begins and ends with a sound, any other with its symbols; behind its first symbol it may be masked. What may be
 * missing is never at an edge. */
static void add_literal(jy__door *door, const jy__set_literal *literal, bool last)
{
    const jy__symbols *from = &literal->symbols;
    uint32_t edge[2] = { 0, 0 };
    uint16_t sounds[JY__SOUND_MOST];
    size_t count = 0, sound_count;
    for (size_t i = 0; i < from->count && count < 2; i++)
        if (!from->optional[last ? from->count - 1 - i : i])
            edge[count++] = from->items[last ? from->count - 1 - i : i];
    add_word(door, edge, count);
    sound_count = literal->folds >> JY_FOLD_SOUND & 1 ? jy__fold_sounds(edge[0], sounds) : 0;
    for (size_t i = 0; i < sound_count; i++)
        jy__door_add(door->bits, jy__door_sound(jy__fold_sound_class(sounds[i])));
    door->heard |= sound_count > 0;
    door->masked |= last && (literal->folds >> JY_FOLD_MASKED & 1);
}

static void add_fillers(jy__door *door, bool last)
{
    const uint32_t *filler;
    size_t count;
    for (size_t i = 0; (filler = jy__fold_filler_list(i, &count)); i++)
        add_edge(door, filler, count, last);
}

void jy__sides_init(jy__sides_build *sides, const jy__mem *mem, jy__arena *keys)
{
    memset(sides, 0, sizeof(*sides));
    sides->mem = mem;
    sides->keys = keys;
    jy__map_init(&sides->by_door, mem);
    jy__map_init(&sides->by_sides, mem);
    jy__map_init(&sides->by_ways, mem);
}

void jy__sides_free(jy__sides_build *sides)
{
    jy__map_free(&sides->by_door);
    jy__map_free(&sides->by_sides);
    jy__map_free(&sides->by_ways);
    JY__VEC_FREE(sides->mem, &sides->doors);
    JY__VEC_FREE(sides->mem, &sides->sides);
    JY__VEC_FREE(sides->mem, &sides->ways);
}

/* The number of what these bytes say: `fresh` when they are new. */
static bool intern(const jy__sides_build *sides, jy__map *map, const void *bytes, size_t size, size_t fresh, uint32_t *out)
{
    void *kept;
    if (jy__map_get(map, (jy_str){ bytes, size }, out))
        return true;
    *out = (uint32_t)fresh;
    kept = jy__arena_alloc(sides->keys, size);
    if (!kept)
        return false;
    memcpy(kept, bytes, size);
    return jy__map_put(map, (jy_str){ kept, size }, *out);
}

static bool add_door(jy__sides_build *sides, const jy__door *door, uint32_t *out)
{
    if (!JY__VEC_ROOM(sides->mem, &sides->doors) || !intern(sides, &sides->by_door, door, sizeof(*door), sides->doors.count, out))
        return false;
    if (*out == sides->doors.count)
        sides->doors.items[sides->doors.count++] = *door;
    return true;
}

static bool add_sides(jy__sides_build *sides, const jy__sides *own, uint32_t *out)
{
    if (!JY__VEC_ROOM(sides->mem, &sides->sides) || !intern(sides, &sides->by_sides, own, sizeof(*own), sides->sides.count, out))
        return false;
    if (*out == sides->sides.count)
        sides->sides.items[sides->sides.count++] = *own;
    return true;
}

/* ---- chains: the door of one segment, of which the uses are among [from, to) */
static bool segment_door(jy__sides_build *sides, const jy__set_builder *builder, size_t from, size_t to, uint32_t segment, bool last, uint32_t *out)
{
    jy__door door = { { 0 }, 0, 0 };
    for (size_t i = from; i < to; i++)
        if (builder->uses.items[i].use.segment == segment)
            add_literal(&door, &builder->literals.items[builder->uses.items[i].literal], last);
    return add_door(sides, &door, out);
}

int jy__sides_of_chain(jy__sides_build *sides, const jy__set_builder *builder, jy_rules *rules, size_t from, size_t to, uint32_t key)
{
    jy__chain *chain = &rules->chains[builder->uses.items[from].use.chain];
    jy__sides own = { JY__NONE, JY__NONE, JY__NONE, JY__NONE, 0, 0, JY__SIDES_PART, 0 };
    bool done = true;
    if (key + 1 < chain->segment_count) {
        own.reach_behind = rules->gaps[chain->first_gap + key + 1][1];
        done = segment_door(sides, builder, from, to, key + 1, false, &own.behind);
    }
    if (done && key > 0) {
        own.reach_before = rules->gaps[chain->first_gap + key][1];
        done = segment_door(sides, builder, from, to, key - 1, true, &own.before);
    }
    if (done && key + 2 < chain->segment_count)
        done = segment_door(sides, builder, from, to, chain->segment_count - 1, false, &own.last);
    if (done && key > 1)
        done = segment_door(sides, builder, from, to, 0, true, &own.first);
    return done && add_sides(sides, &own, &chain->sides) ? JY_OK : JY_E_NOMEM;
}

/* ---- phrases that must be whole */
static bool words_door(jy__sides_build *sides, const jy_rules *rules, const jy__manner *manner, bool last, uint32_t *out)
{
    jy__door door = { { 0 }, 0, 0 };
    for (uint32_t i = 0; i < manner->with_count; i++) {
        const jy__beside word = jy__rules_word(rules->words, manner->with[i]);
        add_edge(&door, word.symbols, word.count, last);
    }
    if (manner->folds >> JY_FOLD_FILLERS & 1)
        add_fillers(&door, last);
    return add_door(sides, &door, out);
}

int jy__sides_of_manner(jy__sides_build *sides, const jy_rules *rules, jy__manner *manner)
{
    bool done = !jy__manner_is_unit(manner) ||
                (words_door(sides, rules, manner, false, &manner->begins) && words_door(sides, rules, manner, true, &manner->ends));
    return done ? JY_OK : JY_E_NOMEM;
}

/* ---- literals */

/* Of a phrase without gaps. */
static bool phrase_sides(jy__sides_build *sides, const jy__manner *manner, uint32_t *out)
{
    jy__sides own = { JY__NONE, JY__NONE, JY__NONE, JY__NONE, 0, 0, JY__SIDES_PART, 0 };
    if (jy__manner_is_unit(manner)) {
        own.kind = JY__SIDES_WHOLE;
        own.behind = manner->begins;
        own.before = manner->whole == JY__WHOLE_CLAUSE_END ? JY__NONE : manner->ends;
        own.repeats = manner->folds >> JY_FOLD_REPEATS & 1;
    }
    return add_sides(sides, &own, out);
}

typedef struct ways { uint32_t *items; size_t count, capacity; } ways;

static bool add_way(const jy__mem *mem, ways *list, uint32_t own)
{
    for (size_t i = 1; i < list->count; i++)
        if (list->items[i] == own)
            return true;
    if (!JY__VEC_ROOM(mem, list))
        return false;
    list->items[list->count++] = own;
    return true;
}

/* Parts that are no keys are no way: what they belong to is sought by another part. */
static bool list_ways(jy__sides_build *sides, const jy_rules *rules, const jy__set *set, size_t literal, ways *list)
{
    const jy__uses uses = jy__uses_of(set, literal);
    bool done = true;
    for (uint32_t i = uses.first; done && i < uses.behind; i++) {
        const jy__use use = jy__use_of(set, i);
        uint32_t own = use.key ? rules->chains[use.chain].sides : JY__NONE;
        if (use.chain == JY__NONE)
            done = phrase_sides(sides, jy__atom_manner(rules, use.atom), &own);
        done = done && (own == JY__NONE || add_way(sides->mem, list, own));
    }
    list->items[0] = (uint32_t)list->count - 1;
    return done;
}

static bool add_ways(jy__sides_build *sides, const ways *list, uint32_t *out)
{
    size_t count = sides->ways.count;
    if (!jy__mem_grow(sides->mem, &sides->ways.items, &sides->ways.capacity, count + list->count, sizeof(*list->items)) ||
        !intern(sides, &sides->by_ways, list->items, list->count * sizeof(*list->items), count, out))
        return false;
    if (*out < count)
        return true;
    memcpy(sides->ways.items + count, list->items, list->count * sizeof(*list->items));
    sides->ways.count += list->count;
    return true;
}

int jy__sides_of_literals(jy__sides_build *sides, jy_rules *rules, jy__set *set)
{
    ways list = { NULL, 0, 0 };
    bool done = JY__VEC_ROOM(sides->mem, &list);
    set->stands = jy__arena_alloc(&rules->arena, set->first_count * sizeof(*set->stands) + 1);
    done = done && set->stands;
    for (size_t i = 0; done && i < set->first_count; i++) {
        list.count = 1; /* the first is how many there are */
        done = list_ways(sides, rules, set, i, &list) && add_ways(sides, &list, &set->stands[i]);
    }
    JY__VEC_FREE(sides->mem, &list);
    return done ? JY_OK : JY_E_NOMEM;
}
