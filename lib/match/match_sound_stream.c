/* Keys by sound in the stream. In: the codes of one chunk. Out: calls of the verifier for the forms whose key may begin at a place. Of any way
 * through a text that ends a form, the last step from its key's first symbol to the second is followed by nothing but the second said again,
 * fillers, and the third; so that is what is looked for:
 *
 *   a F b (F b)* F c      F: up to three fillers. Two detours between b and c are followed, then all forms that begin their key by a b are tried
 *
 * Nearly all places end at one word: whether the bytes of three codes side by side may be a key. */
#include "match/match_inside.h"
#include "match/match_limits.h"

/* scan NULL: only asks whether there is anything to try. */
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

static bool try_key(const hearing *h, uint32_t a, uint32_t b, uint32_t c)
{
    const jy__sound_keys *index = &h->matcher->sound_keys;
    uint32_t key = jy__sound_key(a, b, c), first, at;
    if (!jy__bit(index->bits, jy__sound_bit(key, index->bit_bits)))
        return false;
    first = at = first_from(index, key);
    for (; at < index->key_count && index->keys[at] == key; at++)
        if (h->scan)
            jy__match_verify_form(h->scan, index->forms[at], JY__MODE_SOUND, h->offset);
    return at > first;
}

/* A form has a key for each way to read its third symbol: it is tried by the first of them. */
static bool is_first_way(const jy__matcher *matcher, uint32_t key, uint32_t number)
{
    const jy__form *form = &matcher->forms[number];
    uint16_t classes[JY__SOUND_MOST];
    return !(form->flags & JY__FORM_SOUND_TRIPLE) ||
           (jy__match_sound_classes(matcher->symbols[form->first + form->sound_key + 2u], classes) && classes[0] == (key & (JY__SOUND_CLASSES - 1)));
}

static bool try_all(const hearing *h, uint32_t a, uint32_t b)
{
    const jy__sound_keys *index = &h->matcher->sound_keys;
    uint32_t pair = jy__sound_key(a, b, 0), first = first_from(index, pair), at = first;
    for (; at < index->key_count && index->keys[at] < pair + JY__SOUND_CLASSES; at++)
        if (h->scan && is_first_way(h->matcher, index->keys[at], index->forms[at]))
            jy__match_verify_form(h->scan, index->forms[at], JY__MODE_SOUND, h->offset);
    return at > first;
}

void jy__sound_pair(jy__scan *scan, uint32_t a, uint32_t b, size_t at)
{
    const hearing h = { scan->matcher, NULL, scan, at };
    try_all(&h, a, b);
}

/* codes[at] may be the third, or say the second again, or begin a filler. */
static bool look_third(const hearing *h, uint32_t a, uint32_t b, size_t at, unsigned detours)
{
    const jy__heard_set *set = set_at(h, at);
    bool found = false, again = false;
    unsigned lengths;
    for (size_t i = 0; i < set->count; i++) {
        found |= try_key(h, a, b, set->classes[i]);
        again |= jy__bit(h->matcher->sound_keys.again, jy__sound_again(b, set->classes[i]));
    }
    if (!again && !jy__bit(h->matcher->filter.fillers, h->codes[at]))
        return found;
    if (!detours)
        return try_all(h, a, b) || found;
    if (again)
        found |= look_third(h, a, b, at + 1, detours - 1);
    lengths = jy__stream_fillers(&h->matcher->filter, h->codes, at);
    for (size_t count = 1; lengths >> count; count++)
        if (lengths >> count & 1)
            found |= look_third(h, a, b, at + count, detours - 1);
    return found;
}

static bool look_second(const hearing *h, size_t at, size_t next)
{
    const jy__heard_set *first = set_at(h, at), *second = set_at(h, next);
    bool found = false;
    if (!jy__bit(h->matcher->sound_keys.begins, first->byte | (size_t)second->byte << 8))
        return false;
    for (size_t i = 0; i < first->count; i++)
        for (size_t j = 0; j < second->count; j++) {
            if (h->matcher->sound_keys.pairs)
                found |= try_key(h, first->classes[i], second->classes[j], 0);
            found |= look_third(h, first->classes[i], second->classes[j], next + 1, JY__SOUND_DETOURS);
        }
    return found;
}

static bool look(const hearing *h, size_t at, size_t next, unsigned fillers)
{
    bool found = look_second(h, at, next);
    unsigned lengths = fillers && jy__bit(h->matcher->filter.fillers, h->codes[next]) ? jy__stream_fillers(&h->matcher->filter, h->codes, next) : 0;
    for (size_t count = 1; lengths >> count; count++)
        if (lengths >> count & 1)
            found |= look(h, at, next + count, fillers - 1);
    return found;
}

static bool filler_at(const jy__filter *filter, const uint16_t *codes, size_t at)
{
    return jy__bit(filter->fillers, codes[at]) && jy__stream_fillers(filter, codes, at);
}

/* A place where bytes may be a key, or a filler stands between the first and second code or behind the second. */
static bool may_begin(const jy__matcher *matcher, const uint16_t *codes, size_t at, const uint8_t bytes[3])
{
    return jy__sound_heard(&matcher->sound_keys, bytes[0], bytes[1], bytes[2]) || filler_at(&matcher->filter, codes, at + 1) ||
           filler_at(&matcher->filter, codes, at + 2);
}

size_t jy__sound_next(const jy__matcher *matcher, const uint16_t *codes, size_t from, size_t end)
{
    const hearing h = { matcher, codes, NULL, 0 };
    uint8_t bytes[3];
    if (from >= end)
        return end;
    bytes[1] = jy__heard_bytes[jy__code_place(codes[from])];
    bytes[2] = jy__heard_bytes[jy__code_place(codes[from + 1])];
    for (size_t at = from; at < end; at++) {
        bytes[0] = bytes[1];
        bytes[1] = bytes[2];
        bytes[2] = jy__heard_bytes[jy__code_place(codes[at + 2])];
        if (may_begin(matcher, codes, at, bytes) && look(&h, at, at + 1, JY__MATCH_MOST_FILLERS))
            return at;
    }
    return end;
}

void jy__sound_place(jy__scan *scan, const uint16_t *codes, size_t at, size_t offset)
{
    const hearing h = { scan->matcher, codes, scan, offset };
    look(&h, at, at + 1, JY__MATCH_MOST_FILLERS);
}
