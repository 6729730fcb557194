/* The stream's index for keys by sound. In: the forms with such a key. Out: which three codes side by side may be one, and from a key's
 * classes to its forms. Characters are not enumerated here as the plain filter does: a syllable has dozens, three of them tens of
 * thousands; but a code's readings are a byte (fold.h), and a class is found in two or three bytes, so a key is some fourteen triples of
 * bytes. */
#include "match/match_inside.h"
#include <stdlib.h>

#define AGAIN_BYTES ((size_t)1 << JY__SOUND_AGAIN_BITS >> 3)
#define PAIR_BYTES (JY__SOUND_PAIR_WORDS * sizeof(uint64_t))

static size_t start_bytes(const jy__sound_keys *index) { return (((size_t)1 << index->start_bits) + 1) * sizeof(*index->starts); }
static size_t entry_bytes(const jy__sound_keys *index) { return index->entry_count * sizeof(*index->entries); }
static size_t heard_bytes(const jy__sound_keys *index) { return sizeof(*index->heard) << index->heard_bits; }

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

static bool has_key(const jy__form *form) { return (form->flags & JY__FORM_SOUND) != 0; }
static bool is_triple(const jy__form *form) { return (form->flags & JY__FORM_SOUND_TRIPLE) != 0; }
static const uint32_t *key_of(const jy__matcher *matcher, const jy__form *form) { return matcher->symbols + form->first + form->sound_key; }

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
    const uint32_t *key = key_of(matcher, form);
    uint16_t a[JY__SOUND_MOST], b[JY__SOUND_MOST], c[JY__SOUND_MOST] = { 0 };
    size_t a_count = jy__match_sound_classes(key[0], a), b_count = jy__match_sound_classes(key[1], b);
    size_t c_count = is_triple(form) ? jy__match_sound_classes(key[2], c) : 1;
    for (size_t i = 0; i < a_count; i++)
        for (size_t j = 0; j < b_count; j++)
            for (size_t k = 0; k < c_count; k++)
                if (!add_key(&matcher->mem, list, jy__sound_key(a[i], b[j], c[k]), number))
                    return false;
    if (is_triple(form))
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
    const uint32_t *key = key_of(matcher, form);
    uint32_t before, behind;
    if (!(form->flags & JY__FORM_CODES))
        return 0;
    before = form->sound_key && is_triple(form) ? jy__heard_number(key[-1]) : 0;
    behind = form->sound_key + (is_triple(form) ? 3u : 2u) < form->count ? jy__heard_number(key[is_triple(form) ? 3 : 2]) : 0;
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
    for (index->start_bits = 4; index->start_bits < 20 && (list->count >> 2) >> index->start_bits;)
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
        if (has_key(&matcher->forms[i]))
            done = add_keys(matcher, i, &list);
    done = done && list_sorted(matcher, &list);
    JY__VEC_FREE(&matcher->mem, &list);
    return done;
}

/* ---- what is heard: bytes by class, then all combinations of a key's bytes */

#define CLASS_BYTES 16
typedef struct byte_list { uint8_t items[CLASS_BYTES * JY__SOUND_MOST]; uint32_t count; } byte_list;
typedef struct class_bytes { uint8_t items[JY__SOUND_CLASSES][CLASS_BYTES], counts[JY__SOUND_CLASSES]; } class_bytes;

static void add_byte(uint8_t *items, uint32_t count_before, uint32_t *count, uint8_t byte)
{
    for (uint32_t i = 0; i < count_before; i++)
        if (items[i] == byte)
            return;
    items[(*count)++] = byte;
}

static void list_class_bytes(class_bytes *bytes)
{
    for (uint32_t i = 1; i < jy__heard_set_count; i++)
        for (uint32_t k = 0; k < jy__heard_sets[i].count; k++) {
            uint16_t class = jy__heard_sets[i].classes[k];
            uint32_t count = bytes->counts[class];
            if (count < CLASS_BYTES) /* a class is in eight sets at the most: fold's tests see to that */
                add_byte(bytes->items[class], count, &count, jy__heard_sets[i].byte);
            bytes->counts[class] = (uint8_t)count;
        }
}

static void bytes_of(const class_bytes *bytes, uint32_t symbol, byte_list *out)
{
    uint16_t classes[JY__SOUND_MOST];
    size_t count = jy__match_sound_classes(symbol, classes);
    out->count = 0;
    for (size_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < bytes->counts[classes[i]]; k++)
            add_byte(out->items, out->count, &out->count, bytes->items[classes[i]][k]);
}

static void set_heard(jy__sound_keys *index, uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t mix = jy__sound_mix(a, b, c);
    index->heard[mix >> 5 & (((uint32_t)1 << index->heard_bits) - 1)] |= jy__mix_mask(mix);
}

static void add_heard(jy__sound_keys *index, const byte_list *a, const byte_list *b, const byte_list *c)
{
    for (uint32_t i = 0; i < a->count; i++)
        for (uint32_t j = 0; j < b->count; j++) {
            jy__bit_set(index->heads, a->items[i]);
            jy__bit_set(index->begins, a->items[i] | (size_t)b->items[j] << 8);
            for (uint32_t k = 0; c && k < c->count; k++)
                set_heard(index, a->items[i], b->items[j], c->items[k]);
            for (uint32_t k = 0; c && k < b->count; k++)
                if (k != j || !index->full)
                    set_heard(index, a->items[i], b->items[j], b->items[k]);
            if (!c)
                jy__bit_set(index->pairs, a->items[i] | (size_t)b->items[j] << 8);
        }
}

typedef struct key_lists { byte_list a, b, c; } key_lists;

static void list_key(const jy__matcher *matcher, const class_bytes *bytes, const jy__form *form, key_lists *out)
{
    bytes_of(bytes, key_of(matcher, form)[0], &out->a);
    bytes_of(bytes, key_of(matcher, form)[1], &out->b);
    out->c.count = 0;
    if (is_triple(form))
        bytes_of(bytes, key_of(matcher, form)[2], &out->c);
}

static void hear(jy__matcher *matcher, const class_bytes *bytes)
{
    key_lists key;
    for (uint32_t i = 0; i < matcher->form_count; i++) {
        if (!has_key(&matcher->forms[i]))
            continue;
        list_key(matcher, bytes, &matcher->forms[i], &key);
        add_heard(&matcher->sound_keys, &key.a, &key.b, key.c.count ? &key.c : NULL);
    }
}

/* How large: 32 bits a triple of bytes, up to a part of the second cache. */
#define HEARD_BITS_MOST 17

static bool make_room(jy__matcher *matcher, const class_bytes *bytes)
{
    jy__sound_keys *index = &matcher->sound_keys;
    uint64_t triples = 0;
    bool pairs = false;
    key_lists key;
    for (uint32_t i = 0; i < matcher->form_count; i++) {
        if (!has_key(&matcher->forms[i]))
            continue;
        list_key(matcher, bytes, &matcher->forms[i], &key);
        triples += (uint64_t)key.a.count * key.b.count * (key.b.count + key.c.count);
        pairs |= key.c.count == 0;
    }
    for (index->heard_bits = 10; index->heard_bits < HEARD_BITS_MOST && ((uint64_t)1 << index->heard_bits) < triples;)
        index->heard_bits++;
    index->full = index->heard_bits == HEARD_BITS_MOST;
    index->heard = jy__mem_alloc(&matcher->mem, heard_bytes(index));
    index->begins = jy__mem_alloc(&matcher->mem, PAIR_BYTES);
    index->pairs = pairs ? jy__mem_alloc(&matcher->mem, PAIR_BYTES) : NULL;
    return index->heard && index->begins && (index->pairs || !pairs);
}

static bool make_heard(jy__matcher *matcher)
{
    class_bytes *bytes = jy__mem_alloc(&matcher->mem, sizeof(*bytes));
    bool done = false;
    if (bytes) {
        list_class_bytes(bytes);
        done = make_room(matcher, bytes);
    }
    if (done)
        hear(matcher, bytes);
    jy__mem_free(&matcher->mem, bytes, sizeof(*bytes));
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
    if (!index->again || !make_keys(matcher) || !make_heard(matcher))
        return false;
    mark_rare(&matcher->filter);
    matcher->memory += AGAIN_BYTES + start_bytes(index) + entry_bytes(index) + heard_bytes(index) + (index->pairs ? 2 : 1) * PAIR_BYTES;
    return true;
}

void jy__sound_keys_free(jy__matcher *matcher)
{
    jy__sound_keys *index = &matcher->sound_keys;
    jy__mem_free(&matcher->mem, index->again, AGAIN_BYTES);
    jy__mem_free(&matcher->mem, index->heard, heard_bytes(index));
    jy__mem_free(&matcher->mem, index->begins, PAIR_BYTES);
    jy__mem_free(&matcher->mem, index->pairs, PAIR_BYTES);
    jy__mem_free(&matcher->mem, index->entries, entry_bytes(index));
    jy__mem_free(&matcher->mem, index->starts, start_bytes(index));
}
