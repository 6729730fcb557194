/* The key index, but for keys of two Han codes (match_pairs.c) and keys by sound (match_sound_keys.c): from the two symbols (or the one)
 * that a survivor of the filter shows to the forms that may stand there. In: every form's key. Out: an open-addressed table, at most two
 * thirds full, whose slots point into one array of form numbers sorted by key; so a look-up that finds nothing, the usual one, costs one
 * cache line. */
#include "match/tables/match_build.h"
#include <stdlib.h>

typedef struct keyed { uint32_t a, b, form; } keyed;

static uint32_t hash_key(uint32_t a, uint32_t b) { return (a * 0x9E3779B1u ^ b * 0x85EBCA6Bu) * 0xC2B2AE35u >> 7; }

static int by_key(const void *left, const void *right)
{
    const keyed *x = left, *y = right;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return x->form < y->form ? -1 : x->form > y->form;
}

static jy__key_slot *slot_of(jy__key_index *index, uint32_t a, uint32_t b)
{
    uint32_t at = hash_key(a, b) & (index->slot_count - 1);
    while (index->slots[at].count && (index->slots[at].a != a || index->slots[at].b != b))
        at = (at + 1) & (index->slot_count - 1);
    return &index->slots[at];
}

const jy__key_slot *jy__index_find(const jy__key_index *index, uint32_t a, uint32_t b)
{
    uint32_t at = hash_key(a, b) & (index->slot_count - 1);
    for (; index->slots[at].count; at = (at + 1) & (index->slot_count - 1))
        if (index->slots[at].a == a && index->slots[at].b == b)
            return &index->slots[at];
    return NULL;
}

bool jy__index_has(const jy__key_index *index, uint32_t cp)
{
    uint32_t symbols[JY__FOLD_MOST];
    size_t count = jy__fold_char(cp, symbols);
    bool found = false;
    for (size_t i = 0; i < count; i++)
        found |= jy__index_find(index, symbols[i], 0) != NULL;
    return found;
}

static void fill(jy__key_index *index, const keyed *keys, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        jy__key_slot *slot = slot_of(index, keys[i].a, keys[i].b);
        if (!slot->count)
            *slot = (jy__key_slot){ keys[i].a, keys[i].b, i, 0, 0 };
        slot->count++;
        index->keyed[i] = keys[i].form;
    }
}

static uint32_t distinct(const keyed *keys, uint32_t count)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++)
        found += i == 0 || keys[i].a != keys[i - 1].a || keys[i].b != keys[i - 1].b;
    return found;
}

typedef struct key_list { keyed *items; size_t count, capacity; } key_list;

static bool add_key(const jy__mem *mem, key_list *list, uint32_t a, uint32_t b, uint32_t form)
{
    if (!JY__VEC_ROOM(mem, list))
        return false;
    list->items[list->count++] = (keyed){ a, b, form };
    return true;
}

static bool list_keys(const jy__matcher *matcher, key_list *list)
{
    for (uint32_t i = 0; i < matcher->form_count; i++) {
        const jy__form *form = &matcher->forms[i];
        const uint32_t *symbols = matcher->symbols + form->first;
        if (!(form->flags & JY__FORM_HAN) &&
            !add_key(&matcher->mem, list, symbols[form->key], form->flags & JY__FORM_PAIR ? symbols[form->key + 1] : 0, i))
            return false;
    }
    if (list->count)
        qsort(list->items, list->count, sizeof(*list->items), by_key);
    return true;
}

static bool build(jy__matcher *matcher, const key_list *list)
{
    jy__key_index *index = &matcher->index;
    uint32_t count = (uint32_t)list->count, need = distinct(list->items, count) * 3 / 2 + 8;
    for (index->slot_count = 16; index->slot_count < need;)
        index->slot_count *= 2;
    index->keyed_count = count + 1;
    index->slots = jy__mem_alloc(&matcher->mem, index->slot_count * sizeof(*index->slots));
    index->keyed = jy__mem_alloc(&matcher->mem, index->keyed_count * sizeof(*index->keyed));
    if (!index->slots || !index->keyed)
        return false;
    fill(index, list->items, count);
    matcher->memory += index->slot_count * sizeof(*index->slots) + index->keyed_count * sizeof(*index->keyed);
    return true;
}

bool jy__index_build(jy__matcher *matcher)
{
    key_list list = { NULL, 0, 0 };
    bool done = list_keys(matcher, &list) && build(matcher, &list);
    JY__VEC_FREE(&matcher->mem, &list);
    return done;
}

void jy__index_free(jy__matcher *matcher)
{
    jy__mem_free(&matcher->mem, matcher->index.slots, matcher->index.slot_count * sizeof(jy__key_slot));
    jy__mem_free(&matcher->mem, matcher->index.keyed, matcher->index.keyed_count * sizeof(uint32_t));
}
