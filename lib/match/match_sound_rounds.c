/* From what an engine's first look by sound lets through to the verifier. In: places of a chunk where a key may begin. Out: calls of the verifier for
 * the forms that have it and may stand there. With many forms most places are chance, and whether one passes is as good as random for a branch: they
 * are gone through in turns, each of which writes down what passes without a branch and fetches what the next one needs.
 *
 *   places ─▶ begins (bytes a b) ─▶ starts (classes a b c) ─▶ entries (the form, and what may stand beside the key) ─▶ verifier
 *
 * A code has one class or two, nearly always: then they are found by its byte. All others, what is said again, and keys of two classes are looked
 * at one by one (match_sound_stream.c). */
#include "match/match_inside.h"

/* ---- from places to keys */

#define PLACES 64u /* each has eight keys at most */
_Static_assert(JY__HEARD_KEYS >= PLACES * 8, "keys of so many places have room");

typedef struct places { uint32_t items[PLACES]; size_t count; } places;
typedef struct kinds { places single, several, odd, again; } kinds;

/* The classes of a place's three codes: the first of each in the low half. */
typedef struct three { uint32_t a, b, c; } three;

static three classes_at(const uint8_t *bytes, size_t at)
{
    return (three){ jy__heard_classes[bytes[at]], jy__heard_classes[bytes[at + 1]], jy__heard_classes[bytes[at + 2]] };
}

static uint32_t pair_of(const uint8_t *bytes, size_t at) { return bytes[at] | (uint32_t)bytes[at + 1] << 8; }

static void put(places *list, uint32_t at, bool is)
{
    list->items[list->count] = at;
    list->count += is;
}

static void tell_kinds(const jy__hearing *h, const uint32_t *found, size_t count, kinds *out)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    for (size_t i = 0; i < count; i++) {
        three classes = classes_at(h->bytes, found[i]);
        uint32_t pair = pair_of(h->bytes, found[i]), more = (classes.a | classes.b | classes.c) >> 16;
        bool begins = jy__bit(index->begins, pair), odd = !classes.a | !classes.b | !classes.c | (index->pairs && jy__bit(index->pairs, pair));
        put(&out->odd, found[i], begins & odd);
        put(&out->single, found[i], begins & !odd & !more);
        put(&out->several, found[i], begins & !odd & (more != 0));
    }
}

static bool is_again(const jy__sound_keys *index, uint32_t b, uint32_t c) { return jy__bit(index->again, jy__sound_again(b, c)); }

static void add_key(jy__hearing *h, size_t at, uint32_t key, bool is)
{
    h->keys[h->key_count] = (jy__heard_key){ key, (uint16_t)at, 1, 1 };
    h->key_count += is & jy__sound_has(&h->rounds.scan->matcher->sound_keys, key);
}

static void ask_single(jy__hearing *h, kinds *all)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    for (size_t i = 0; i < all->single.count; i++) {
        uint32_t at = all->single.items[i];
        three classes = classes_at(h->bytes, at);
        bool again = is_again(index, classes.b, classes.c);
        put(&all->again, at, again);
        add_key(h, at, jy__sound_key(classes.a, classes.b, classes.c), !again);
    }
}

/* Whether there is a class of that number. */
static bool has(uint32_t classes, uint32_t number) { return !number | (classes >> 16 != 0); }
static uint32_t class_of(uint32_t classes, uint32_t number) { return number ? classes >> 16 : classes & 0xFFFF; }

static void ask_several(jy__hearing *h, kinds *all)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    for (size_t i = 0; i < all->several.count; i++) {
        uint32_t at = all->several.items[i];
        three classes = classes_at(h->bytes, at);
        bool again = false;
        for (uint32_t k = 0; k < 4; k++)
            again |= has(classes.b, k & 1) & has(classes.c, k >> 1) & is_again(index, class_of(classes.b, k & 1), class_of(classes.c, k >> 1));
        put(&all->again, at, again);
        for (uint32_t k = 0; k < 8; k++)
            add_key(h, at, jy__sound_key(class_of(classes.a, k & 1), class_of(classes.b, k >> 1 & 1), class_of(classes.c, k >> 2)),
                    !again & has(classes.a, k & 1) & has(classes.b, k >> 1 & 1) & has(classes.c, k >> 2));
    }
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
        jy__sound_place(h, all.again.items[i]);
    for (size_t i = 0; i < all.odd.count; i++)
        jy__sound_place(h, all.odd.items[i]);
}

void jy__sound_places(jy__hearing *h, const uint32_t *found, size_t count)
{
    for (size_t i = 0; i < count && !h->rounds.scan->stop; i += PLACES)
        look_some(h, found + i, count - i < PLACES ? count - i : PLACES);
}

/* ---- from keys to forms */

/* What stands beside a key, as blooms of classes; and whether that may stand there whatever the form is: it may be of a filler, or is just said again. */
typedef struct beside { uint64_t before, behind; bool any_before, any_behind; } beside;

static uint64_t alike_at(const jy__hearing *h, size_t at) { return jy__heard_alike[jy__heard_number(h->rounds.codes[at])]; }

/* Behind the key's last step from its first symbol to its second (match_sound_stream.c) only that and the third can be said again; before it the three
 * and what is behind them. What has no reading may stand anywhere: it is rare, or none at all. */
static beside beside_of(const jy__hearing *h, const jy__heard_key *item)
{
    const jy__filter *filter = &h->rounds.scan->matcher->filter;
    size_t second = (size_t)item->index + item->second, third = second + item->third;
    uint16_t before = h->rounds.codes[item->index - 1], behind;
    uint64_t again;
    beside out;
    if (item->third == JY__HEARD_FAR)
        return (beside){ 0, 0, true, true };
    behind = h->rounds.codes[third + 1];
    again = alike_at(h, second) | alike_at(h, third);
    out.before = jy__heard_set_of(before)->bloom;
    out.behind = jy__heard_set_of(behind)->bloom;
    out.any_before = !out.before | jy__bit(filter->ends, before) | ((out.before & (again | alike_at(h, item->index))) != 0);
    out.any_behind = !out.behind | jy__bit(filter->fillers, behind) | ((out.behind & again) != 0);
    return out;
}

static bool may_stand(const beside *sides, uint32_t near)
{
    uint32_t before = near >> JY__SOUND_SET_BITS & ((1u << JY__SOUND_SET_BITS) - 1), behind = near & ((1u << JY__SOUND_SET_BITS) - 1);
    uint64_t own = jy__heard_sets[behind].bloom;
    return (!before | sides->any_before | ((sides->before & (jy__heard_sets[before].bloom | own)) != 0)) &
           (!behind | sides->any_behind | ((sides->behind & own) != 0));
}

/* As jy__match_stands_itself(), as far as what was just looked at tells: phrases that begin alike come one behind the other. */
static bool stood_itself(const jy__scan *scan, const jy__form *form, size_t at)
{
    return form->sound_fork < form->count && jy__match_stood(scan, form, form->sound_key, at);
}

static void settle_forms(jy__hearing *h)
{
    jy__scan *scan = h->rounds.scan;
    const jy__form *forms = scan->matcher->forms;
    for (uint32_t i = 0; i < h->form_count; i++)
        __builtin_prefetch(scan->matcher->symbols + forms[h->forms[i].form].first);
    for (uint32_t i = 0; i < h->form_count && !scan->stop; i++) {
        size_t at = jy__round_place(&h->rounds, h->forms[i].index);
        if (!jy__match_tried(scan, h->forms[i].form, JY__MODE_SOUND, at) && !stood_itself(scan, &forms[h->forms[i].form], at))
            jy__match_verify_form(scan, h->forms[i].form, JY__MODE_SOUND, at);
    }
    h->form_count = 0;
}

static void add_form(jy__hearing *h, uint32_t form, uint32_t at)
{
    if (h->form_count == JY__HEARD_FORMS)
        settle_forms(h);
    h->forms[h->form_count++] = (jy__heard_form){ form, at };
    __builtin_prefetch(&h->rounds.scan->matcher->forms[form]);
}

static void add_forms(jy__hearing *h, const jy__heard_key *item)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    const jy__sound_start *start = &index->starts[jy__sound_start_of(index, item->key)];
    const beside sides = beside_of(h, item);
    uint32_t rest = jy__sound_rest(index, item->key);
    for (const jy__sound_entry *entry = index->entries + start[0].first; entry < index->entries + start[1].first; entry++)
        if (entry->near >> 2 * JY__SOUND_SET_BITS == rest && may_stand(&sides, entry->near))
            add_form(h, entry->form, item->index);
}

void jy__sound_settle(jy__hearing *h)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    for (uint32_t i = 0; i < h->key_count; i++)
        __builtin_prefetch(index->entries + index->starts[jy__sound_start_of(index, h->keys[i].key)].first);
    for (uint32_t i = 0; i < h->key_count && !h->rounds.scan->stop; i++)
        add_forms(h, &h->keys[i]);
    h->key_count = 0;
}

void jy__hearing_open(jy__hearing *h, const jy__rounds *rounds, const uint8_t *bytes)
{
    h->rounds = *rounds;
    h->bytes = bytes;
    h->key_count = h->form_count = 0;
}

void jy__hearing_close(jy__hearing *h)
{
    jy__sound_settle(h);
    settle_forms(h);
}
