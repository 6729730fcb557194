/* The stream's index for keys by sound. In: the forms with such a key. Out: for each code of the stream the set of its sound classes, which
 * two sets side by side may begin a key, and from a key's classes to its forms. Characters are not enumerated here as the plain filter
 * does: a syllable has dozens, three of them tens of thousands; but different sets are so few (450 with today's readings) that any two of
 * them are a bit in a table that the first cache holds. */
#include "match/match_inside.h"
#include <stdlib.h>

#define AGAIN_BYTES ((size_t)1 << JY__SOUND_AGAIN_BITS >> 3)
#define CLASS_PAIRS ((size_t)JY__SOUND_CLASSES * JY__SOUND_CLASSES / 64)
#define SET_OF_BYTES ((JY__CODE_COUNT + 2) * sizeof(uint16_t))
#define SETS_MOST (JY__CODE_COUNT + 1)

static size_t pair_bytes(const jy__sound_keys *index) { return ((size_t)1 << index->set_bits << index->set_bits) / 8 + 8; }
static size_t triple_bytes(const jy__sound_keys *index) { return (size_t)1 << index->slot_bits; }
static size_t set_bytes(const jy__sound_keys *index) { return sizeof(*index->sets) << index->set_bits; }

/* ---- sets: chains by the lowest class, so that finding one is a step or two */

typedef struct set_list { jy__sound_set sets[SETS_MOST]; uint16_t next[SETS_MOST], heads[JY__SOUND_CLASSES], count; } set_list;

static jy__sound_set set_of_symbol(uint32_t symbol)
{
    jy__sound_set set = { { 0 }, 0, false };
    set.count = (uint8_t)jy__match_sound_classes(symbol, set.classes);
    for (size_t i = 1; i < set.count; i++)
        for (size_t k = i; k > 0 && set.classes[k] < set.classes[k - 1]; k--) {
            uint16_t swap = set.classes[k];
            set.classes[k] = set.classes[k - 1];
            set.classes[k - 1] = swap;
        }
    return set;
}

static uint16_t number_of(set_list *list, const jy__sound_set *set)
{
    uint16_t *head = &list->heads[set->classes[0] % JY__SOUND_CLASSES], at;
    if (!set->count)
        return 0;
    for (at = *head; at; at = list->next[at])
        if (list->sets[at].count == set->count && !memcmp(list->sets[at].classes, set->classes, set->count * sizeof(*set->classes)))
            return at;
    at = ++list->count;
    list->sets[at] = *set;
    list->next[at] = *head;
    *head = at;
    return at;
}

static bool make_sets(jy__matcher *matcher)
{
    jy__sound_keys *index = &matcher->sound_keys;
    set_list *list = jy__mem_alloc(&matcher->mem, sizeof(*list));
    for (uint32_t i = 0; list && i < JY__CODE_COUNT; i++) {
        jy__sound_set set = set_of_symbol(jy__fold_one(JY__CODE_FIRST + i));
        index->set_of[i] = number_of(list, &set);
        if (jy__bit(matcher->filter.fillers, JY__CODE_FIRST + i))
            index->set_of[i] |= JY__SOUND_FILLER;
    }
    while (list && ((uint32_t)1 << index->set_bits) <= list->count)
        index->set_bits++;
    index->sets = jy__mem_alloc(&matcher->mem, set_bytes(index));
    if (list && index->sets)
        memcpy(index->sets, list->sets, (list->count + 1u) * sizeof(*index->sets));
    jy__mem_free(&matcher->mem, list, sizeof(*list));
    return list && index->sets;
}

/* ---- keys: one per combination of the symbols' readings */

typedef struct keyed { uint32_t key, form; } keyed;
typedef struct key_list { keyed *items; size_t count, capacity; } key_list;

static bool add_key(const jy__mem *mem, key_list *list, uint32_t key, uint32_t form)
{
    if (!JY__VEC_ROOM(mem, list))
        return false;
    list->items[list->count++] = (keyed){ key, form };
    return true;
}

/* While keys are listed: bit per two classes. */
typedef struct class_pairs { uint64_t begins[CLASS_PAIRS], wholes[CLASS_PAIRS], ends[CLASS_PAIRS]; } class_pairs;

static void add_pairs(uint64_t *bits, const jy__sound_set *a, const jy__sound_set *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            jy__bit_set(bits, (size_t)a->classes[i] * JY__SOUND_CLASSES + b->classes[k]);
}

/* The middle symbol may be said again by any of its readings. */
static void add_again(jy__sound_keys *index, class_pairs *pairs, const jy__sound_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        for (size_t k = 0; k < set->count; k++)
            jy__bit_set(index->again, jy__sound_again(set->classes[i], set->classes[k]));
    add_pairs(pairs->ends, set, set);
}

static bool add_keys(jy__matcher *matcher, uint32_t number, class_pairs *pairs, key_list *list)
{
    const jy__form *form = &matcher->forms[number];
    const uint32_t *key = matcher->symbols + form->first + form->sound_key;
    bool triple = form->flags & JY__FORM_SOUND_TRIPLE;
    jy__sound_set a = set_of_symbol(key[0]), b = set_of_symbol(key[1]), none = { { 0 }, 1, false };
    jy__sound_set c = triple ? set_of_symbol(key[2]) : none;
    for (size_t i = 0; i < a.count; i++)
        for (size_t j = 0; j < b.count; j++)
            for (size_t k = 0; k < c.count; k++)
                if (!add_key(&matcher->mem, list, jy__sound_key(a.classes[i], b.classes[j], c.classes[k]), number))
                    return false;
    add_pairs(pairs->begins, &a, &b);
    if (triple) {
        add_pairs(pairs->ends, &b, &c);
        add_again(&matcher->sound_keys, pairs, &b);
    } else {
        add_pairs(pairs->wholes, &a, &b);
        matcher->sound_keys.has_pairs = true;
    }
    return true;
}

/* ---- pairs of sets */

static bool any_pair(const uint64_t *bits, const jy__sound_set *a, const jy__sound_set *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++)
            if (jy__bit(bits, (size_t)a->classes[i] * JY__SOUND_CLASSES + b->classes[j]))
                return true;
    return false;
}

static bool any_first(const uint64_t *bits, const jy__sound_set *a)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t word = 0; word < JY__SOUND_CLASSES / 64; word++)
            if (bits[a->classes[i] * (JY__SOUND_CLASSES / 64) + word])
                return true;
    return false;
}

/* From pairs of classes to pairs of sets. */
static void mark_pairs(const jy__sound_keys *index, uint64_t *out, const uint64_t *bits)
{
    size_t count = (size_t)1 << index->set_bits;
    for (size_t a = 1; a < count; a++)
        for (size_t b = 1; b < count && any_first(bits, &index->sets[a]); b++)
            if (any_pair(bits, &index->sets[a], &index->sets[b]))
                jy__bit_set(out, a << index->set_bits | b);
}

static void mark_all(jy__sound_keys *index, const class_pairs *pairs)
{
    mark_pairs(index, index->begins, pairs->begins);
    mark_pairs(index, index->wholes, pairs->wholes);
    mark_pairs(index, index->ends, pairs->ends);
    for (size_t i = 1; i < (size_t)1 << index->set_bits; i++)
        index->sets[i].head = any_first(pairs->begins, &index->sets[i]);
}

/* ---- from a key to forms */

static int by_key(const void *left, const void *right)
{
    const keyed *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->form < b->form ? -1 : a->form > b->form;
}

static void fill(jy__sound_keys *index, const keyed *keys, uint32_t count)
{
    uint32_t mask = ((uint32_t)1 << index->slot_bits) - 1;
    for (uint32_t i = 0; i < count; i++) {
        jy__bit_set(index->triples, jy__sound_bit(keys[i].key, index->slot_bits));
        index->keyed[i] = keys[i].form * 2 + (i + 1 == count || keys[i + 1].key != keys[i].key);
        if (i && keys[i].key == keys[i - 1].key)
            continue;
        uint32_t at = jy__pair_hash(0, keys[i].key, index->slot_bits);
        while (index->slots[at].first_one)
            at = (at + 1) & mask;
        index->slots[at] = (jy__pair_slot){ keys[i].key, i + 1 };
    }
}

static bool make_slots(jy__matcher *matcher, key_list *list)
{
    jy__sound_keys *index = &matcher->sound_keys;
    index->keyed_count = (uint32_t)list->count;
    for (index->slot_bits = 4; index->slot_bits < 28 && ((uint64_t)1 << index->slot_bits) < list->count * 2;)
        index->slot_bits++;
    index->slots = jy__mem_alloc(&matcher->mem, sizeof(*index->slots) << index->slot_bits);
    index->keyed = jy__mem_alloc(&matcher->mem, index->keyed_count * sizeof(*index->keyed));
    index->triples = jy__mem_alloc(&matcher->mem, triple_bytes(index));
    if (!index->slots || !index->keyed || !index->triples)
        return false;
    if (list->count)
        qsort(list->items, list->count, sizeof(*list->items), by_key);
    fill(index, list->items, index->keyed_count);
    return true;
}

static bool make_keys(jy__matcher *matcher)
{
    jy__sound_keys *index = &matcher->sound_keys;
    key_list list = { NULL, 0, 0 };
    class_pairs *pairs = jy__mem_alloc(&matcher->mem, sizeof(*pairs));
    bool done = pairs != NULL;
    index->begins = jy__mem_alloc(&matcher->mem, pair_bytes(index));
    index->wholes = jy__mem_alloc(&matcher->mem, pair_bytes(index));
    index->ends = jy__mem_alloc(&matcher->mem, pair_bytes(index));
    for (uint32_t i = 0; done && i < matcher->form_count; i++)
        if (matcher->forms[i].flags & JY__FORM_SOUND)
            done = add_keys(matcher, i, pairs, &list);
    done = done && index->begins && index->wholes && index->ends && make_slots(matcher, &list);
    if (done)
        mark_all(index, pairs);
    jy__mem_free(&matcher->mem, pairs, sizeof(*pairs));
    JY__VEC_FREE(&matcher->mem, &list);
    return done;
}

/* ---- all of it */

/* Characters outside the stream may sound alike too: Han there, and what folds to Han. */
static void mark_rare(jy__filter *filter)
{
    for (uint32_t cp = 0x80; cp < 0x20000; cp++)
        if (!jy__is_code(cp) && jy__fold_is_han(jy__fold_one(cp)))
            jy__filter_add_rare(filter, cp);
    for (uint32_t cp = 0x20000; cp < JY__HAN_END; cp += 64)
        jy__filter_add_rare(filter, cp);
}

bool jy__sound_keys_build(jy__matcher *matcher)
{
    jy__sound_keys *index = &matcher->sound_keys;
    index->set_of = jy__mem_alloc(&matcher->mem, SET_OF_BYTES);
    index->again = jy__mem_alloc(&matcher->mem, AGAIN_BYTES);
    if (!index->set_of || !index->again || !make_sets(matcher) || !make_keys(matcher))
        return false;
    mark_rare(&matcher->filter);
    matcher->memory += SET_OF_BYTES + AGAIN_BYTES + set_bytes(index) + 3 * pair_bytes(index) + triple_bytes(index) + (sizeof(*index->slots) << index->slot_bits) +
                       index->keyed_count * sizeof(*index->keyed);
    return true;
}

void jy__sound_keys_free(jy__matcher *matcher)
{
    jy__sound_keys *index = &matcher->sound_keys;
    jy__mem_free(&matcher->mem, index->set_of, SET_OF_BYTES);
    jy__mem_free(&matcher->mem, index->again, AGAIN_BYTES);
    jy__mem_free(&matcher->mem, index->sets, set_bytes(index));
    jy__mem_free(&matcher->mem, index->begins, pair_bytes(index));
    jy__mem_free(&matcher->mem, index->wholes, pair_bytes(index));
    jy__mem_free(&matcher->mem, index->ends, pair_bytes(index));
    jy__mem_free(&matcher->mem, index->triples, triple_bytes(index));
    jy__mem_free(&matcher->mem, index->slots, sizeof(*index->slots) << index->slot_bits);
    jy__mem_free(&matcher->mem, index->keyed, index->keyed_count * sizeof(*index->keyed));
}
