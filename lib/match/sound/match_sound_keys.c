/* The stream's index for keys by sound. In: the forms with such a key. Out: from a key's classes to its forms. What three codes side by side may
 * be one is said in bytes (match_sound_bytes.c). */
#include "match/tables/match_build.h"
#include "match/sound/match_sound.h"
#include <stdlib.h>

#define AGAIN_BYTES ((size_t)1 << JY__SOUND_AGAIN_BITS >> 3)

static size_t start_bytes(const jy__sound_keys *index) { return (((size_t)1 << index->start_bits) + 1) * sizeof(*index->starts); }
static size_t entry_bytes(const jy__sound_keys *index) { return (index->entry_count + JY__SOUND_ENTRIES) * sizeof(*index->entries); }

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

/* The middle symbol may be said again by any of its readings. */
static void add_again(jy__sound_keys *index, const uint16_t *classes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++)
            jy__bit_set(index->again, jy__sound_again(classes[i], classes[k]));
}

static bool add_keys(jy__matcher *matcher, uint32_t number, key_list *list)
{
    jy__form *form = &matcher->forms[number];
    const uint32_t *key = jy__form_heard_key(matcher, form);
    uint16_t a[JY__SOUND_MOST], b[JY__SOUND_MOST], c[JY__SOUND_MOST] = { 0 };
    size_t a_count = jy__match_sound_classes(key[0], a), b_count = jy__match_sound_classes(key[1], b);
    size_t c_count = jy__form_heard_triple(form) ? jy__match_sound_classes(key[2], c) : 1;
    for (size_t i = 0; i < a_count; i++)
        for (size_t j = 0; j < b_count; j++)
            for (size_t k = 0; k < c_count; k++)
                if (!add_key(&matcher->mem, list, jy__sound_key(a[i], b[j], c[k]), number))
                    return false;
    if (jy__form_heard_triple(form))
        add_again(&matcher->sound_keys, b, b_count);
    return true;
}

/* ---- from a key to forms */

static int by_key(const void *left, const void *right)
{
    const keyed *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->form < b->form ? -1 : a->form > b->form;
}

_Static_assert(JY__HEARD_SETS_MOST <= 1 << JY__SOUND_SET_BITS, "a set has room in an entry");

/* What the form's symbols beside its key sound like. Beside a key of two classes more may stand than those two tell (match_sound_rounds.c). */
static uint32_t sets_beside(const jy__matcher *matcher, const jy__form *form)
{
    const uint32_t *key = jy__form_heard_key(matcher, form);
    uint32_t before, behind, count = jy__form_heard_triple(form) ? 3 : 2;
    if (!(form->flags & JY__FORM_CODES))
        return 0;
    before = form->sound_key && count == 3 ? jy__heard_number(key[-1]) : 0;
    behind = form->sound_key + count < form->count ? jy__heard_number(key[count]) : 0;
    return before << JY__SOUND_SET_BITS | behind;
}

static void fill_entries(jy__matcher *matcher, const keyed *keys)
{
    jy__sound_keys *index = &matcher->sound_keys;
    for (uint32_t i = 0; i < index->entry_count; i++) {
        uint32_t start = jy__sound_start_of(index, keys[i].key), rest = jy__sound_rest(index, keys[i].key);
        index->entries[i] = (jy__sound_entry){ keys[i].form, rest << 2 * JY__SOUND_SET_BITS | sets_beside(matcher, &matcher->forms[keys[i].form]) };
        index->starts[start].set |= jy__sound_bits(rest);
        index->starts[start + 1].first++;
    }
    for (uint32_t i = 0; i >> index->start_bits == 0; i++)
        index->starts[i + 1].first += index->starts[i].first;
}

static bool list_sorted(jy__matcher *matcher, key_list *list)
{
    jy__sound_keys *index = &matcher->sound_keys;
    index->entry_count = (uint32_t)list->count;
    for (index->start_bits = 4; index->start_bits < 20 && (list->count >> 1) >> index->start_bits;)
        index->start_bits++;
    index->entries = jy__mem_alloc(&matcher->mem, entry_bytes(index));
    index->starts = jy__mem_alloc(&matcher->mem, start_bytes(index));
    if (!index->entries || !index->starts)
        return false;
    if (list->count)
        qsort(list->items, list->count, sizeof(*list->items), by_key);
    fill_entries(matcher, list->items);
    return true;
}

static bool make_keys(jy__matcher *matcher)
{
    key_list list = { NULL, 0, 0 };
    bool done = true;
    for (uint32_t i = 0; done && i < matcher->form_count; i++)
        if (jy__form_heard(&matcher->forms[i]))
            done = add_keys(matcher, i, &list);
    done = done && list_sorted(matcher, &list);
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
    index->again = jy__mem_alloc(&matcher->mem, AGAIN_BYTES);
    if (!index->again || !make_keys(matcher) || !jy__sound_bytes_build(matcher))
        return false;
    mark_rare(&matcher->filter);
    jy__said_build(matcher);
    jy__sound_kin_build(matcher);
    matcher->memory += AGAIN_BYTES + start_bytes(index) + entry_bytes(index);
    return true;
}

void jy__sound_keys_free(jy__matcher *matcher)
{
    jy__sound_keys *index = &matcher->sound_keys;
    jy__mem_free(&matcher->mem, index->again, AGAIN_BYTES);
    jy__sound_bytes_free(matcher);
    jy__mem_free(&matcher->mem, index->entries, entry_bytes(index));
    jy__mem_free(&matcher->mem, index->starts, start_bytes(index));
}
