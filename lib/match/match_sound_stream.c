/* Keys by sound in the stream. In: the codes of one chunk. Out: calls of the verifier for the forms whose key may begin at a place. Of any way
 * through a text that ends a form, the last step from its key's first symbol to the second is followed by nothing but the second said again,
 * fillers, and the third; so that is what is looked for:
 *
 *   a F b (F b)* F c      F: up to three fillers. Two detours between b and c are followed, then all forms that begin their key by a b are tried
 *
 * Nearly all places end at one word: whether the bytes of three codes side by side may be a key. */
#include "match/match_inside.h"
#include "match/match_limits.h"

typedef struct hearing { const jy__matcher *matcher; const uint16_t *codes; jy__scan *scan; size_t offset; } hearing;

static const jy__heard_set *set_at(const hearing *h, size_t at) { return jy__heard_set_of(h->codes[at]); }

/* The first key that is not before this one. */
static uint32_t first_from(const jy__sound_keys *index, uint32_t key)
{
    uint32_t low = index->firsts[key >> 20], high = index->firsts[(key >> 20) + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (index->keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void try_key(const hearing *h, uint32_t a, uint32_t b, uint32_t c)
{
    const jy__sound_keys *index = &h->matcher->sound_keys;
    uint32_t key = jy__sound_key(a, b, c);
    if (!jy__bit(index->bits, jy__sound_bit(key, index->bit_bits)))
        return;
    for (uint32_t at = first_from(index, key); at < index->key_count && index->keys[at] == key; at++)
        jy__match_verify_form(h->scan, index->forms[at], JY__MODE_SOUND, h->offset);
}

/* A form has a key for each way to read its third symbol: it is tried by the first of them. */
static bool is_first_way(const jy__matcher *matcher, uint32_t key, uint32_t number)
{
    const jy__form *form = &matcher->forms[number];
    uint16_t classes[JY__SOUND_MOST];
    return !(form->flags & JY__FORM_SOUND_TRIPLE) ||
           (jy__match_sound_classes(matcher->symbols[form->first + form->sound_key + 2u], classes) && classes[0] == (key & (JY__SOUND_CLASSES - 1)));
}

static void try_all(const hearing *h, uint32_t a, uint32_t b)
{
    const jy__sound_keys *index = &h->matcher->sound_keys;
    uint32_t pair = jy__sound_key(a, b, 0);
    for (uint32_t at = first_from(index, pair); at < index->key_count && index->keys[at] < pair + JY__SOUND_CLASSES; at++)
        if (is_first_way(h->matcher, index->keys[at], index->forms[at]))
            jy__match_verify_form(h->scan, index->forms[at], JY__MODE_SOUND, h->offset);
}

void jy__sound_pair(jy__scan *scan, uint32_t a, uint32_t b, size_t at)
{
    const hearing h = { scan->matcher, NULL, scan, at };
    try_all(&h, a, b);
}

/* codes[at] may be the third, or say the second again, or begin a filler. */
static void look_third(const hearing *h, uint32_t a, uint32_t b, size_t at, unsigned detours)
{
    const jy__heard_set *set = set_at(h, at);
    bool again = false;
    unsigned lengths;
    for (size_t i = 0; i < set->count; i++) {
        try_key(h, a, b, set->classes[i]);
        again |= jy__bit(h->matcher->sound_keys.again, jy__sound_again(b, set->classes[i]));
    }
    if (!again && !jy__bit(h->matcher->filter.fillers, h->codes[at]))
        return;
    if (!detours) {
        try_all(h, a, b);
        return;
    }
    if (again)
        look_third(h, a, b, at + 1, detours - 1);
    lengths = jy__stream_fillers(&h->matcher->filter, h->codes, at);
    for (size_t count = 1; lengths >> count; count++)
        if (lengths >> count & 1)
            look_third(h, a, b, at + count, detours - 1);
}

static void look_second(const hearing *h, size_t at, size_t next)
{
    const jy__heard_set *first = set_at(h, at), *second = set_at(h, next);
    if (!jy__bit(h->matcher->sound_keys.begins, first->byte | (size_t)second->byte << 8))
        return;
    for (size_t i = 0; i < first->count; i++)
        for (size_t j = 0; j < second->count; j++) {
            if (h->matcher->sound_keys.pairs)
                try_key(h, first->classes[i], second->classes[j], 0);
            look_third(h, first->classes[i], second->classes[j], next + 1, JY__SOUND_DETOURS);
        }
}

static void look(const hearing *h, size_t at, size_t next, unsigned fillers)
{
    unsigned lengths = fillers && jy__bit(h->matcher->filter.fillers, h->codes[next]) ? jy__stream_fillers(&h->matcher->filter, h->codes, next) : 0;
    look_second(h, at, next);
    for (size_t count = 1; lengths >> count; count++)
        if (lengths >> count & 1)
            look(h, at, next + count, fillers - 1);
}

void jy__sound_place(jy__scan *scan, const uint16_t *codes, size_t at, size_t offset)
{
    const hearing h = { scan->matcher, codes, scan, offset };
    look(&h, at, at + 1, JY__MATCH_MOST_FILLERS);
}

/* Where another filler may begin behind the first, a key may go on. */
unsigned jy__sound_goes_on(const jy__matcher *matcher, const uint16_t *codes, const uint8_t *bytes, size_t at)
{
    const jy__sound_keys *keys = &matcher->sound_keys;
    const uint64_t *fillers = matcher->filter.fillers;
    unsigned lengths, answer = 0, head = jy__bit(keys->heads, bytes[at]), begin = jy__bit(keys->begins, bytes[at - 1] | (size_t)bytes[at] << 8);
    if (!head && !begin)
        return 0;
    lengths = jy__stream_fillers(&matcher->filter, codes, at + 1);
    for (size_t count = 1; lengths >> count; count++) {
        size_t next = at + 1 + count;
        unsigned more = jy__bit(fillers, codes[next]), later = more | jy__bit(fillers, codes[next + 1]);
        if (!(lengths >> count & 1))
            continue;
        if (head)
            answer |= later | jy__sound_heard(keys, bytes[at], bytes[next], bytes[next + 1]);
        if (begin)
            answer |= (more | jy__sound_heard(keys, bytes[at - 1], bytes[at], bytes[next])) << 1;
    }
    return answer;
}
