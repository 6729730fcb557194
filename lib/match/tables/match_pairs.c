/* The key index that the stream is checked with. In: the forms whose key is two Han codes. Out: an open-addressed table from the two codes
 * to the forms' contexts, sorted by key and lying side by side. */
#include "match/tables/match_build.h"
#include <stdlib.h>

typedef struct keyed { uint32_t pair, form; } keyed;

static int by_pair(const void *left, const void *right)
{
    const keyed *a = left, *b = right;
    if (a->pair != b->pair)
        return a->pair < b->pair ? -1 : 1;
    return a->form < b->form ? -1 : a->form > b->form;
}

static uint32_t list_pairs(const jy__matcher *matcher, keyed *keys)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < matcher->form_count; i++) {
        const jy__form *form = &matcher->forms[i];
        const uint32_t *key = matcher->symbols + form->first + form->key;
        if (form->flags & JY__FORM_HAN)
            keys[count++] = (keyed){ (key[0] + (form->flags & JY__FORM_BY_SOUND ? JY__PAIR_BY_SOUND : 0)) << 16 | key[1], i };
    }
    qsort(keys, count, sizeof(*keys), by_pair);
    return count;
}

static uint16_t symbol_at(const jy__matcher *matcher, const jy__form *form, int at)
{
    uint32_t symbol = at >= 0 && at < form->count ? matcher->symbols[form->first + (uint32_t)at] : 0;
    return (uint16_t)symbol;
}

/* A form with symbols that the stream does not carry is left to the walk. */
static bool all_codes(const jy__matcher *matcher, const jy__form *form)
{
    for (uint32_t i = 0; i < form->count; i++)
        if (!jy__is_code(matcher->symbols[form->first + i]))
            return false;
    return true;
}

static bool is_whole(const jy__form *form)
{
    const uint16_t wanted = JY__FORM_SHORT | JY__FORM_PLAIN;
    bool ends = form->flags & JY__FORM_ONE_WAY || !(form->flags & JY__FORM_FILLS), fits = form->key <= JY__CONTEXT && form->count <= form->key + 2 + JY__CONTEXT;
    return (form->flags & wanted) == wanted && ends && fits && jy__form_may(form, JY_FOLD_SCRIPT);
}

static jy__context context_of(const jy__matcher *matcher, uint32_t number, bool last)
{
    const jy__form *form = &matcher->forms[number];
    jy__context context = { .form = number, .last = last };
    for (int i = 0; i < JY__CONTEXT && all_codes(matcher, form); i++) {
        context.sides[JY__CONTEXT + i] = symbol_at(matcher, form, form->key + 2 + i);
        context.sides[i] = symbol_at(matcher, form, form->key - JY__CONTEXT + i);
    }
    if (!is_whole(form))
        return context;
    context.whole = true;
    context.open = !(form->flags & JY__FORM_ONE_WAY);
    context.before = form->key & 3;
    context.behind = (form->count - form->key - 2) & 3;
    return context;
}

static void fill(jy__matcher *matcher, const keyed *keys, uint32_t count)
{
    jy__pair_index *index = &matcher->pair_index;
    uint32_t mask = ((uint32_t)1 << index->slot_bits) - 1;
    for (uint32_t i = 0; i < count; i++) {
        index->contexts[i] = context_of(matcher, keys[i].form, i + 1 == count || keys[i + 1].pair != keys[i].pair);
        if (i && keys[i].pair == keys[i - 1].pair)
            continue;
        uint32_t at = jy__pair_hash(0, keys[i].pair, index->slot_bits);
        while (index->slots[at].first_one)
            at = (at + 1) & mask;
        index->slots[at] = (jy__pair_slot){ keys[i].pair, i + 1 };
    }
}

static uint32_t distinct(const keyed *keys, uint32_t count)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++)
        found += i == 0 || keys[i].pair != keys[i - 1].pair;
    return found;
}

/* Few may as well have some more: the first slot asked is then mostly the last. */
static uint32_t slots_for(uint32_t keys) { return keys < 4096 ? keys * 3 : keys * 3 / 2 + 1; }

bool jy__pair_index_build(jy__matcher *matcher)
{
    jy__pair_index *index = &matcher->pair_index;
    keyed *keys = jy__mem_alloc(&matcher->mem, matcher->form_count * sizeof(*keys));
    if (!keys)
        return false;
    index->context_count = list_pairs(matcher, keys);
    index->key_count = distinct(keys, index->context_count);
    for (index->slot_bits = 4; ((uint32_t)1 << index->slot_bits) < slots_for(index->key_count);)
        index->slot_bits++;
    index->slots = jy__mem_alloc(&matcher->mem, sizeof(*index->slots) << index->slot_bits);
    index->contexts = jy__mem_alloc(&matcher->mem, index->context_count * sizeof(*index->contexts));
    if (index->slots && index->contexts)
        fill(matcher, keys, index->context_count);
    jy__mem_free(&matcher->mem, keys, matcher->form_count * sizeof(*keys));
    matcher->memory += (sizeof(*index->slots) << index->slot_bits) + index->context_count * sizeof(*index->contexts);
    return index->slots && index->contexts;
}

void jy__pair_index_free(jy__matcher *matcher)
{
    jy__pair_index *index = &matcher->pair_index;
    jy__mem_free(&matcher->mem, index->slots, sizeof(*index->slots) << index->slot_bits);
    jy__mem_free(&matcher->mem, index->contexts, index->context_count * sizeof(*index->contexts));
}

const jy__context *jy__pair_find(const jy__pair_index *index, uint32_t a, uint32_t b) { return jy__pair_look(index, a << 16 | b); }
