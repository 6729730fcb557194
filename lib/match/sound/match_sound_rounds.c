/* From what an engine's first look by sound lets through to the verifier. In: places of a chunk where a key may begin. Out: calls of the verifier for
 * the forms that have it and may stand there. With many forms most places are chance, and whether one passes is as good as random for a branch: they
 * are gone through in turns, each of which writes down what passes without a branch and fetches what the next one needs.
 *
 *   places ─▶ begins (bytes a b) ─▶ starts (classes a b c) ─▶ entries (the form) ─▶ what may stand beside the key ─▶ verifier
 *
 * The verifier's turn is match_sound_forms.c. A code has one class or two, nearly always; what has more, keys of two classes, and most of what is said again, is looked at one by one
 * (match_sound_stream.c). */
#include "match/sound/match_sound.h"

/* ---- from places to keys */

#define PLACES 64u /* each has eight keys at most */
_Static_assert(JY__HEARD_KEYS >= PLACES * 8, "keys of so many places have room");

/* A place, and the classes of its three codes: the first of each in the low half. */
typedef struct place { uint32_t at, a, b, c; } place;
typedef struct places { place items[PLACES]; size_t count; } places;
typedef struct kinds { places single, several, odd, again; } kinds;

static uint32_t classes_at(const jy__hearing *h, size_t at) { return jy__heard_classes[jy__heard_number(h->rounds.codes[at])]; }
static uint32_t pair_of(const uint8_t *bytes, size_t at) { return bytes[at] | (uint32_t)bytes[at + 1] << 8; }

static void put(places *list, const place *item, bool is)
{
    list->items[list->count] = *item;
    list->count += is;
}

static void tell_kinds(const jy__hearing *h, const uint32_t *found, size_t count, kinds *out)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    for (size_t i = 0; i < count; i++) {
        uint32_t at = found[i], pair = pair_of(h->bytes, at);
        place item = { at, classes_at(h, at), classes_at(h, at + 1), classes_at(h, at + 2) };
        bool begins = jy__bit(index->begins, pair), odd = !item.a | !item.b | !item.c | (index->twos && jy__bit(index->twos, pair));
        bool several = (item.a | item.b | item.c) >> 16 != 0;
        put(&out->odd, &item, begins & odd);
        put(&out->single, &item, begins & !odd & !several);
        put(&out->several, &item, begins & !odd & several);
    }
}

static bool is_again(const jy__sound_keys *index, uint32_t b, uint32_t c) { return jy__bit(index->again, jy__sound_again(b, c)); }

static void add_key(jy__hearing *h, const place *item, uint32_t key, bool is)
{
    h->keys[h->key_count] = (jy__heard_key){ key, (uint16_t)item->at, 1, 1 };
    h->key_count += is & jy__sound_has(&h->rounds.scan->matcher->sound_keys, key);
}

static void ask_single(jy__hearing *h, kinds *all)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    for (size_t i = 0; i < all->single.count; i++) {
        place item = all->single.items[i];
        put(&all->again, &item, is_again(index, item.b, item.c));
        add_key(h, &item, jy__sound_key(item.a, item.b, item.c), true);
    }
}

/* Whether there is a class of that number. */
static bool has(uint32_t classes, uint32_t number) { return !number | (classes >> 16 != 0); }
static uint32_t class_of(uint32_t classes, uint32_t number) { return number ? classes >> 16 : classes & 0xFFFF; }

static void ask_several(jy__hearing *h, kinds *all)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    for (size_t i = 0; i < all->several.count; i++) {
        place item = all->several.items[i];
        bool again = false;
        for (uint32_t k = 0; k < 4; k++)
            again |= has(item.b, k & 1) & has(item.c, k >> 1) & is_again(index, class_of(item.b, k & 1), class_of(item.c, k >> 1));
        put(&all->again, &item, again);
        for (uint32_t k = 0; k < 8; k++)
            add_key(h, &item, jy__sound_key(class_of(item.a, k & 1), class_of(item.b, k >> 1 & 1), class_of(item.c, k >> 2)),
                    has(item.a, k & 1) & has(item.b, k >> 1 & 1) & has(item.c, k >> 2));
    }
}

/* Mostly it is said again once, and no filler is near: then the third is the code behind. */
void jy__sound_again_at(jy__hearing *h, size_t at)
{
    const jy__matcher *matcher = h->rounds.scan->matcher;
    const jy__filter *filter = &matcher->filter;
    const uint16_t *codes = h->rounds.codes + at;
    const jy__heard_set *a = jy__heard_set_of(codes[0]), *b = jy__heard_set_of(codes[1]), *c = jy__heard_set_of(codes[3]);
    bool more = jy__filler_begins_here(filter, codes[2], codes[3]) || jy__filler_begins_here(filter, codes[3], codes[4]);
    for (size_t j = 0; j < b->count; j++)
        for (size_t k = 0; k < c->count; k++)
            more |= is_again(&matcher->sound_keys, b->classes[j], c->classes[k]);
    if (more) {
        jy__sound_place(h, at);
        return;
    }
    for (size_t j = 0; j < b->count; j++)
        for (size_t k = 0; k < c->count; k++)
            for (size_t i = 0; i < a->count; i++)
                jy__sound_add(h, (jy__heard_key){ jy__sound_key(a->classes[i], b->classes[j], c->classes[k]), (uint16_t)at, 1, 2 });
}

static void look_some(jy__hearing *h, const uint32_t *found, size_t count)
{
    kinds all;
    all.single.count = all.several.count = all.odd.count = all.again.count = 0;
    tell_kinds(h, found, count, &all);
    if (h->key_count > JY__HEARD_KEYS - 8 * PLACES)
        jy__sound_settle(h);
    ask_single(h, &all);
    ask_several(h, &all);
    for (size_t i = 0; i < all.again.count; i++)
        jy__sound_again_at(h, all.again.items[i].at);
    for (size_t i = 0; i < all.odd.count; i++)
        jy__sound_place(h, all.odd.items[i].at);
}

void jy__sound_places(jy__hearing *h, const uint32_t *found, size_t count)
{
    for (size_t i = 0; i < count && !h->rounds.scan->stop; i += PLACES)
        look_some(h, found + i, count - i < PLACES ? count - i : PLACES);
}

/* ---- from keys to forms */

/* What stands beside a key, as blooms of classes; and whether that may stand there whatever the form is: it may be of a filler, or is just said again. */
typedef struct beside { uint64_t before, behind; bool any_before, any_behind; } beside;

/* Whether a code may say a key's symbol again, of which what stands at `at` is heard. */
static bool may_again(const jy__hearing *h, uint16_t code, size_t at)
{
    return jy__bit(jy__heard_alike[jy__heard_number(h->rounds.codes[at])], jy__heard_number(code));
}

/* Behind the key's last step from its first symbol to its second (match_sound_stream.c) only that and the third can be said again; before it the three
 * and what is behind them. What has no reading may stand anywhere: it is rare, or none at all. */
static beside beside_of(const jy__hearing *h, const jy__heard_key *item)
{
    const jy__filter *filter = &h->rounds.scan->matcher->filter;
    size_t second = (size_t)item->index + item->second, third = second + item->third;
    uint16_t before = h->rounds.codes[item->index - 1], behind;
    beside out;
    if (item->third == JY__HEARD_FAR)
        return (beside){ 0, 0, true, true };
    behind = h->rounds.codes[third + 1];
    out.before = jy__heard_set_of(before)->bloom;
    out.behind = jy__heard_set_of(behind)->bloom;
    out.any_before = !out.before | jy__filler_ends_here(filter, h->rounds.codes[item->index - 2], before) | may_again(h, before, item->index) |
                     may_again(h, before, second) | may_again(h, before, third);
    out.any_behind = !out.behind | jy__filler_begins_here(filter, behind, h->rounds.codes[third + 2]) | may_again(h, behind, second) |
                     may_again(h, behind, third);
    return out;
}

static bool may_stand(const beside *sides, uint32_t near)
{
    uint32_t before = near >> JY__SOUND_SET_BITS & ((1u << JY__SOUND_SET_BITS) - 1), behind = near & ((1u << JY__SOUND_SET_BITS) - 1);
    uint64_t own = jy__heard_sets[behind].bloom;
    return (!before | sides->any_before | ((sides->before & (jy__heard_sets[before].bloom | own)) != 0)) &
           (!behind | sides->any_behind | ((sides->behind & own) != 0));
}

/* An entry of the index, and the number of its key. */
#define SOME 64u
typedef struct candidate { uint32_t entry, key; } candidate;
typedef struct candidates { candidate items[SOME]; uint32_t count; } candidates;

/* Without a branch. Those of one key come one behind the other: many where phrases begin alike. By another reading of the key the same form comes again. */
static void keep_beside(jy__hearing *h, const candidate *items, uint32_t count)
{
    const jy__matcher *matcher = h->rounds.scan->matcher;
    beside sides = { 0, 0, true, true };
    uint64_t last = 0;
    for (uint32_t i = 0; i < count; i++) {
        const jy__heard_key *key = &h->keys[items[i].key];
        const jy__sound_entry *entry = &matcher->sound_keys.entries[items[i].entry];
        uint64_t now = (uint64_t)(entry->form + 1) << 32 | (uint32_t)key->index << 16 | (uint32_t)key->second << 8 | key->third;
        if (i == 0 || items[i].key != items[i - 1].key)
            sides = beside_of(h, key);
        h->forms[h->form_count] = (jy__heard_form){ entry->form, key->index, key->second, key->third };
        h->form_count += may_stand(&sides, entry->near) & (last != now);
        last = now;
        __builtin_prefetch(&matcher->forms[entry->form]);
    }
}

static void keep_all(jy__hearing *h, candidates *list)
{
    _Static_assert(JY__HEARD_FORMS >= SOME, "all of them have room");
    if (h->form_count > JY__HEARD_FORMS - SOME)
        jy__sound_settle_forms(h);
    keep_beside(h, list->items, list->count);
    list->count = 0;
}

/* The entries of one hash are so few that nearly always the first are all: those are looked at without a branch, and more than there are. */
static void add_entries(jy__hearing *h, candidates *list, uint32_t number)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    const jy__sound_start *start = &index->starts[jy__sound_start_of(index, h->keys[number].key)];
    uint32_t rest = jy__sound_rest(index, h->keys[number].key), end = start[1].first;
    for (uint32_t i = start[0].first; i < end; i += JY__SOUND_ENTRIES) {
        if (list->count > SOME - JY__SOUND_ENTRIES)
            keep_all(h, list);
        for (uint32_t k = 0; k < JY__SOUND_ENTRIES; k++) {
            list->items[list->count].entry = i + k;
            list->items[list->count].key = number;
            list->count += (i + k < end) & (index->entries[i + k].near >> 2 * JY__SOUND_SET_BITS == rest);
        }
    }
}

static void find_forms(jy__hearing *h)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    candidates list;
    list.count = 0;
    for (uint32_t i = 0; i < h->key_count; i++)
        __builtin_prefetch(index->entries + index->starts[jy__sound_start_of(index, h->keys[i].key)].first);
    for (uint32_t i = 0; i < h->key_count && !h->rounds.scan->stop; i++)
        add_entries(h, &list, i);
    keep_all(h, &list);
}

void jy__sound_settle(jy__hearing *h)
{
    h->find_forms(h);
    h->key_count = 0;
}

void jy__hearing_open(jy__hearing *h, const jy__rounds *rounds, const uint8_t *bytes)
{
    h->rounds = *rounds;
    h->bytes = bytes;
    h->find_forms = find_forms;
    h->key_count = h->form_count = h->asked = h->said = 0;
}

#define CROWD 32u /* places: fewer say nothing about those to come */

void jy__hearing_close(jy__hearing *h)
{
    jy__sound_settle(h);
    jy__sound_settle_forms(h);
    h->rounds.scan->said = h->asked >= CROWD && h->said > h->asked - h->asked / 4;
}
