/* What keys by sound sound like. In: the forms with such a key. Out: tables that say which three codes side by side may be one. Characters are not
 * enumerated here as the plain filter does: a syllable has dozens, three of them tens of thousands; but a code's readings are a byte (fold.h), and
 * a class is found in one to three bytes, so a key is some twenty triples of bytes. */
#include "match/tables/match_build.h"

#define PAIR_BYTES (JY__SOUND_PAIR_WORDS * sizeof(uint64_t))
#define SIDE_BYTES ((JY__SIDES + 2) * sizeof(uint16_t))

static size_t heard_bytes(const jy__sound_keys *index) { return sizeof(*index->heard) << index->heard_bits; }
/* Of how many places a way lets through it is left for the next one; found by measuring texts of talk with lists of phrases of all lengths. */
#define FEW_MOST (((uint64_t)1 << 48) / 10)
#define BEGINS_MOST (((uint64_t)1 << 32) * 2 / 5)

/* ---- what is heard: bytes by class, then all combinations of a key's bytes */

#define CLASS_BYTES 16
typedef struct byte_list { uint8_t items[2 * CLASS_BYTES * JY__SOUND_MOST]; uint32_t count; } byte_list; /* all there are, at most */
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
            for (uint32_t k = 0; !c && !index->pairs && k < 256; k++)
                set_heard(index, a->items[i], b->items[j], k);
            if (!c)
                jy__bit_set(index->twos, a->items[i] | (size_t)b->items[j] << 8);
        }
}

typedef struct key_lists { byte_list a, b, c; } key_lists;

static void list_key(const jy__matcher *matcher, const class_bytes *bytes, const jy__form *form, key_lists *out)
{
    bytes_of(bytes, jy__form_heard_key(matcher, form)[0], &out->a);
    bytes_of(bytes, jy__form_heard_key(matcher, form)[1], &out->b);
    out->c.count = 0;
    if (jy__form_heard_triple(form))
        bytes_of(bytes, jy__form_heard_key(matcher, form)[2], &out->c);
}

/* Behind the second stands the third, or the second said again; behind a key of two classes anything. */
static void list_third(const key_lists *key, byte_list *out)
{
    *out = key->c;
    for (uint32_t i = 0; key->c.count && i < key->b.count; i++)
        add_byte(out->items, out->count, &out->count, key->b.items[i]);
    for (uint32_t i = 0; !key->c.count && i < 256; i++)
        out->items[out->count++] = (uint8_t)i;
}

static void add_few(jy__sound_keys *index, jy__sound_few *few, const key_lists *key)
{
    byte_list third;
    if (few->passed > FEW_MOST)
        return;
    list_third(key, &third);
    jy__sound_few_add(index, few, &(jy__key_bytes){ { key->a.items, key->b.items, third.items }, { key->a.count, key->b.count, third.count } });
}

/* Of 2^32 places so many begin as a key does. */
static uint64_t share_of_begins(const jy__sound_keys *index)
{
    uint64_t share = 0;
    for (size_t i = 0; i < 65536; i++)
        if (jy__bit(index->begins, i))
            share += (uint64_t)jy__heard_shares[i & 0xFF] * jy__heard_shares[i >> 8];
    return share;
}

static void hear(jy__matcher *matcher, const class_bytes *bytes)
{
    jy__sound_keys *index = &matcher->sound_keys;
    jy__sound_few few = { { { 0 } }, 0 };
    key_lists key;
    for (uint32_t i = 0; i < matcher->form_count; i++) {
        if (!jy__form_heard(&matcher->forms[i]))
            continue;
        list_key(matcher, bytes, &matcher->forms[i], &key);
        add_heard(index, &key.a, &key.b, key.c.count ? &key.c : NULL);
        add_few(index, &few, &key);
    }
    index->way = few.passed <= FEW_MOST ? JY__BY_BUCKETS : share_of_begins(index) <= BEGINS_MOST ? JY__BY_BEGINS : JY__BY_TRIPLES;
}

/* ---- two bytes that a key begins or ends with */

static void set_side(jy__sound_keys *index, uint32_t a, uint32_t b, uint32_t bit)
{
    uint32_t two = a | b << 8;
    index->sides[1 + (two & (JY__SIDES - 1))] |= (uint16_t)(bit << (two >> JY__SIDES_BITS));
}

#define ENDS 1u
#define BEGINS 0x100u

static void add_sides(jy__sound_keys *index, const key_lists *key)
{
    byte_list third;
    list_third(key, &third);
    for (uint32_t j = 0; j < key->b.count; j++) {
        for (uint32_t i = 0; i < key->a.count; i++)
            set_side(index, key->a.items[i], key->b.items[j], BEGINS);
        for (uint32_t k = 0; k < third.count; k++)
            set_side(index, key->b.items[j], third.items[k], ENDS);
    }
}

static bool make_sides(jy__matcher *matcher, const class_bytes *bytes)
{
    jy__sound_keys *index = &matcher->sound_keys;
    key_lists key;
    if (index->way != JY__BY_BEGINS)
        return true;
    index->sides = jy__mem_alloc(&matcher->mem, SIDE_BYTES);
    for (uint32_t i = 0; index->sides && i < matcher->form_count; i++) {
        if (!jy__form_heard(&matcher->forms[i]))
            continue;
        list_key(matcher, bytes, &matcher->forms[i], &key);
        add_sides(index, &key);
    }
    return index->sides != NULL;
}

/* ---- all of it */

/* How large: 16 bits a triple of bytes, up to a part of the second cache. Behind so many keys of two classes anything may stand there that it takes one of
 * sixteen bits. */
#define HEARD_BITS_MOST 17
#define TWOS_MOST(index) (((uint64_t)2 << (index)->heard_bits) / 3 / 256)

static bool make_room(jy__matcher *matcher, const class_bytes *bytes)
{
    jy__sound_keys *index = &matcher->sound_keys;
    uint64_t triples = 0, twos = 0;
    key_lists key;
    for (uint32_t i = 0; i < matcher->form_count; i++) {
        if (!jy__form_heard(&matcher->forms[i]))
            continue;
        list_key(matcher, bytes, &matcher->forms[i], &key);
        triples += (uint64_t)key.a.count * key.b.count * (key.b.count + key.c.count);
        twos += key.c.count ? 0 : (uint64_t)key.a.count * key.b.count;
    }
    for (index->heard_bits = 10; index->heard_bits < HEARD_BITS_MOST && ((uint64_t)2 << index->heard_bits) < triples;)
        index->heard_bits++;
    index->full = index->heard_bits == HEARD_BITS_MOST;
    index->heard = jy__mem_alloc(&matcher->mem, heard_bytes(index));
    index->begins = jy__mem_alloc(&matcher->mem, PAIR_BYTES);
    index->twos = twos ? jy__mem_alloc(&matcher->mem, PAIR_BYTES) : NULL;
    index->pairs = twos > TWOS_MOST(index) ? index->twos : NULL;
    return index->heard && index->begins && (index->twos || !twos);
}

bool jy__sound_bytes_build(jy__matcher *matcher)
{
    jy__sound_keys *index = &matcher->sound_keys;
    class_bytes *bytes = jy__mem_alloc(&matcher->mem, sizeof(*bytes));
    bool done = false;
    if (bytes) {
        list_class_bytes(bytes);
        done = make_room(matcher, bytes);
    }
    if (done)
        hear(matcher, bytes);
    done = done && make_sides(matcher, bytes);
    jy__mem_free(&matcher->mem, bytes, sizeof(*bytes));
    matcher->memory += heard_bytes(index) + (index->twos ? 2 : 1) * PAIR_BYTES + (index->sides ? SIDE_BYTES : 0);
    return done;
}

void jy__sound_bytes_free(jy__matcher *matcher)
{
    jy__sound_keys *index = &matcher->sound_keys;
    jy__mem_free(&matcher->mem, index->heard, heard_bytes(index));
    jy__mem_free(&matcher->mem, index->begins, PAIR_BYTES);
    jy__mem_free(&matcher->mem, index->twos, PAIR_BYTES);
    jy__mem_free(&matcher->mem, index->sides, SIDE_BYTES);
}
