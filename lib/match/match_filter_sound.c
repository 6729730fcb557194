/* The filter's tables for keys by sound. In: the forms with such a key. Out: what each code of the stream may sound like, as the number of a
 * set of sound classes (characters with the same readings share a set), and bitmaps of two and of three sets side by side. A key's symbols
 * stand for all sets that have a class in common with theirs, so one look-up per pair decides, however many readings there are.
 *
 *   code ─▶ sound_sets ─▶ set   了 {le, liao}  乐 {le, yue}  勒 {le}      key symbol 了: all three */
#include "match/match_inside.h"
#include <stdlib.h>

#define SETS_MOST 4096u
#define SET_BYTES ((JY__CODE_COUNT + 2) * sizeof(uint16_t)) /* read four bytes at a time */
#define NEAR_MOST 64u          /* sets that one symbol may stand for; more, and the key is looked for without a third symbol */
#define TRIPLES_UPTO 2500u     /* forms; beyond, the bitmap would be full of them */

typedef struct class_set { uint16_t classes[JY__SOUND_MOST]; uint32_t count; } class_set;
typedef struct sets { class_set items[SETS_MOST]; uint32_t count, slots[2 * SETS_MOST]; } sets;
typedef struct near_sets { uint32_t items[NEAR_MOST]; uint32_t count; bool all; } near_sets;

/* ---- sets: number 0 is "no sound" */

static int by_number(const void *a, const void *b) { return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b; }

static uint32_t number_of(sets *all, uint16_t *classes, uint32_t count)
{
    uint32_t at;
    if (!count)
        return 0;
    qsort(classes, count, sizeof(*classes), by_number);
    at = (uint32_t)jy__hash(classes, count * sizeof(*classes)) & (2 * SETS_MOST - 1);
    for (; all->slots[at]; at = (at + 1) & (2 * SETS_MOST - 1)) {
        const class_set *set = &all->items[all->slots[at]];
        if (set->count == count && memcmp(set->classes, classes, count * sizeof(*classes)) == 0)
            return all->slots[at];
    }
    if (all->count == SETS_MOST)
        return 0;
    all->slots[at] = all->count;
    memcpy(all->items[all->count].classes, classes, count * sizeof(*classes));
    all->items[all->count].count = count;
    return all->count++;
}

static void number_codes(jy__filter *filter, sets *all)
{
    all->count = 1;
    for (uint32_t i = 0; i < JY__CODE_COUNT; i++) {
        uint16_t classes[JY__SOUND_MOST];
        uint32_t count = (uint32_t)jy__match_sound_classes(jy__fold_one(JY__CODE_FIRST + i), classes);
        filter->sound_sets[i] = (uint16_t)number_of(all, classes, count);
    }
}

static bool shares(const class_set *set, const uint16_t *classes, size_t count)
{
    for (uint32_t i = 0; i < set->count; i++)
        for (size_t k = 0; k < count; k++)
            if (set->classes[i] == classes[k])
                return true;
    return false;
}

static void find_near(const sets *all, uint32_t symbol, near_sets *out)
{
    uint16_t classes[JY__SOUND_MOST];
    size_t count = jy__match_sound_classes(symbol, classes);
    out->count = 0;
    out->all = count == 0;
    for (uint32_t i = 1; i < all->count && count; i++) {
        if (!shares(&all->items[i], classes, count))
            continue;
        out->all |= out->count == NEAR_MOST;
        if (out->count < NEAR_MOST)
            out->items[out->count++] = i;
    }
}

/* ---- bitmaps */

static void set_triples(jy__filter *filter, uint32_t a, uint32_t b, const near_sets *third, uint32_t direction)
{
    for (uint32_t k = 0; k < third->count; k++)
        jy__bit_set(filter->sound_triples, jy__triple_hash(a, b, direction | third->items[k], filter->sound_triple_bits));
}

typedef struct key_sets { near_sets a, b, third; uint32_t direction; bool alone; } key_sets;

static void find_key(const jy__matcher *matcher, const jy__form *form, const sets *all, key_sets *key)
{
    const uint32_t *pair = matcher->symbols + form->first + form->sound_key;
    bool after = form->sound_key + 2 < form->count;
    find_near(all, pair[0], &key->a);
    find_near(all, pair[1], &key->b);
    key->third.all = true;
    key->direction = after ? 0 : JY__KEY_SOUND;
    if (after || form->sound_key > 0)
        find_near(all, after ? pair[2] : pair[-1], &key->third);
    key->alone = key->third.all;
}

static void add_key(jy__filter *filter, const key_sets *key)
{
    for (uint32_t i = 0; i < key->a.count; i++)
        for (uint32_t j = 0; j < key->b.count; j++) {
            uint32_t a = key->a.items[i], b = key->b.items[j];
            jy__bit_set(filter->sounds, jy__pair_hash(a, b, filter->sound_bits));
            if (!filter->sound_triples)
                continue;
            if (key->alone) {
                jy__bit_set(filter->sound_triples, jy__triple_hash(a, b, 0, filter->sound_triple_bits));
                continue;
            }
            set_triples(filter, a, b, &key->third, key->direction);
            set_triples(filter, a, b, key->direction ? &key->a : &key->b, key->direction); /* said again */
        }
}

/* Whatever stands for one Han symbol outside the stream may sound alike too: all of it is rare. */
static void mark_rare(jy__filter *filter)
{
    static const uint32_t ranges[][2] = { { 0x2E80, 0x4000 }, { 0xF900, 0xFB00 }, { 0x1F200, 0x1F300 } };
    for (size_t i = 0; i < JY__COUNT(ranges); i++)
        for (uint32_t cp = ranges[i][0]; cp < ranges[i][1]; cp++)
            if (jy__fold_is_han(jy__fold_one(cp)))
                jy__filter_add_rare(filter, cp);
    for (uint32_t cp = 0x20000; cp < JY__HAN_END; cp += 64)
        jy__filter_add_rare(filter, cp);
}

static uint32_t count_forms(const jy__matcher *matcher)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < matcher->form_count; i++)
        count += (matcher->forms[i].flags & JY__FORM_SOUND) != 0;
    return count;
}

static size_t bytes_of(uint32_t bits) { return bits ? (size_t)1 << bits >> 3 : 0; }

static bool make_room(jy__matcher *matcher)
{
    jy__filter *filter = &matcher->filter;
    uint32_t forms = count_forms(matcher);
    filter->sound_bits = 16;
    while (filter->sound_bits < 20 && ((uint32_t)1 << filter->sound_bits) < forms * 400)
        filter->sound_bits++;
    filter->sound_triple_bits = forms > TRIPLES_UPTO ? 0 : forms > 200 ? 22 : 19;
    filter->sounds = jy__mem_alloc(&matcher->mem, bytes_of(filter->sound_bits));
    filter->sound_sets = jy__mem_alloc(&matcher->mem, SET_BYTES);
    if (filter->sound_triple_bits)
        filter->sound_triples = jy__mem_alloc(&matcher->mem, bytes_of(filter->sound_triple_bits));
    matcher->memory += bytes_of(filter->sound_bits) + SET_BYTES + bytes_of(filter->sound_triple_bits);
    return filter->sounds && filter->sound_sets && (filter->sound_triples || !filter->sound_triple_bits);
}

bool jy__filter_build_sound(jy__matcher *matcher)
{
    jy__filter *filter = &matcher->filter;
    sets *all = jy__mem_alloc(&matcher->mem, sizeof(*all));
    bool done = all && make_room(matcher);
    key_sets key;
    if (done) {
        number_codes(filter, all);
        mark_rare(filter);
    }
    for (uint32_t i = 0; done && i < matcher->form_count; i++)
        if (matcher->forms[i].flags & JY__FORM_SOUND) {
            find_key(matcher, &matcher->forms[i], all, &key);
            add_key(filter, &key);
        }
    jy__mem_free(&matcher->mem, all, sizeof(*all));
    return done;
}

void jy__filter_free_sound(jy__matcher *matcher)
{
    const jy__filter *filter = &matcher->filter;
    jy__mem_free(&matcher->mem, filter->sounds, bytes_of(filter->sound_bits));
    jy__mem_free(&matcher->mem, filter->sound_sets, SET_BYTES);
    jy__mem_free(&matcher->mem, filter->sound_triples, bytes_of(filter->sound_triple_bits));
}

/* Whether the codes at, next may sound like a key with the right neighbour. */
bool jy__filter_sounds(const jy__filter *filter, const uint16_t *codes, size_t at, size_t next)
{
    uint32_t a = jy__sound_set(filter, codes[at]), b = jy__sound_set(filter, codes[next]), bits = filter->sound_triple_bits;
    if (!jy__bit(filter->sounds, jy__pair_hash(a, b, filter->sound_bits)))
        return false;
    return !filter->sound_triples || jy__bit(filter->sound_triples, jy__triple_hash(a, b, 0, bits)) ||
           jy__bit(filter->sound_triples, jy__triple_hash(a, b, jy__sound_set(filter, codes[next + 1]), bits)) ||
           jy__bit(filter->sound_triples, jy__triple_hash(a, b, JY__KEY_SOUND | jy__sound_set(filter, codes[at - 1]), bits)) ||
           jy__bit(filter->fillers, codes[next + 1]) || jy__bit(filter->ends, codes[at - 1]);
}
