/* Keys by sound in the stream, exactly. In: the codes of one chunk, and a place that an engine's filter left. Out: the keys that may begin there, and
 * where their third symbol stands. Of any way through a text that ends a form, the last step from its key's first symbol to the second is
 * followed by nothing but the second said again, fillers, and the third; so that is what is looked for:
 *
 *   a F b (F b)* F c      F: up to three fillers. What lies between b and c is followed as far as the stream is there; if it goes on longer than
 *                         that, all keys that begin by a b are tried */
#include "match/sound/match_sound.h"
#include "match/match_limits.h"

/* The first two symbols of a key, where they stand: the first taken for any of its classes, the second for this one; thirds: bits of the classes that
 * may follow, when that is known. */
typedef struct begun { jy__hearing *h; size_t at, second; const jy__heard_set *a; uint32_t b; uint64_t thirds; } begun;

static const jy__matcher *matcher_of(const jy__hearing *h) { return h->rounds.scan->matcher; }
static bool filler_at(const jy__filter *filter, const uint16_t *codes) { return jy__filler_begins_here(filter, codes[0], codes[1]); }
static const jy__heard_set *set_at(const jy__hearing *h, size_t at) { return jy__heard_set_of(h->rounds.codes[at]); }

static void add(const begun *key, uint32_t a, uint32_t class, size_t behind)
{
    uint32_t hash = jy__sound_key(a, key->b, class);
    if (!jy__present_idle_heard(&key->h->rounds, hash))
        jy__sound_add(key->h, (jy__heard_key){ hash, (uint16_t)key->at, (uint8_t)(key->second - key->at), (uint8_t)behind });
}

static void try_thirds(const begun *key, size_t third)
{
    const jy__heard_set *set = set_at(key->h, third);
    for (size_t k = 0; k < key->a->count && (set->bloom & key->thirds); k++)
        for (size_t i = 0; i < set->count; i++)
            add(key, key->a->classes[k], set->classes[i], third - key->second);
}

/* Whatever the third is, of what the text around has. */
static void try_present(const begun *key, const jy__present *present)
{
    for (size_t k = 0; k < key->a->count; k++)
        for (uint32_t i = 0; i < present->class_count; i++)
            if (key->thirds & jy__symbol_bit(present->class_list[i]))
                add(key, key->a->classes[k], present->class_list[i], JY__HEARD_FAR);
}

/* Whatever the third is. */
static void try_all(const begun *key)
{
    const jy__present *present = &key->h->rounds.scan->walker->present;
    uint16_t thirds[JY__SOUND_CLASSES];
    if (present->found) {
        try_present(key, present);
        return;
    }
    for (size_t k = 0; k < key->a->count; k++) {
        uint32_t a = key->a->classes[k];
        size_t count = jy__sound_thirds(key->h->rounds.scan, a, key->b, thirds);
        for (size_t i = 0; i < count; i++)
            add(key, a, thirds[i], JY__HEARD_FAR);
    }
}

/* ---- from the second symbol to the third */

static bool says_again(const jy__hearing *h, uint32_t second, size_t at)
{
    const jy__heard_set *set = set_at(h, at);
    bool found = false;
    for (size_t i = 0; i < set->count; i++)
        found |= jy__bit(matcher_of(h)->sound_keys.again, jy__sound_again(second, set->classes[i]));
    return found;
}

/* Places from some code on: which are reached, by how many fillers in a row (bit n: n of them), and by how many repeats at the least. */
typedef struct reached { uint8_t fillers[JY__STREAM_AHEAD + 1], repeats[JY__STREAM_AHEAD + 1]; size_t last; } reached;
#define ALL_FILLERS ((1u << (JY__MATCH_MOST_FILLERS + 1)) - 1)

static void reach(reached *places, size_t at, unsigned fillers, unsigned repeats)
{
    if (!places->fillers[at] || repeats < places->repeats[at])
        places->repeats[at] = (uint8_t)repeats;
    places->fillers[at] |= (uint8_t)fillers;
    places->last = at > places->last ? at : places->last;
}

/* Behind a filler at codes[at], which is the one numbered i. */
static void reach_fillers(const jy__hearing *h, reached *places, size_t i, size_t at)
{
    unsigned more = places->fillers[i] << 1 & ALL_FILLERS, lengths = more ? jy__leads_of(&h->rounds, at) : 0;
    for (size_t count = 1; lengths >> count; count++)
        if (lengths >> count & 1)
            reach(places, i + count, more, places->repeats[i]);
}

/* codes[at] says the second again. Returns how many do so in a row that are done with it, no more than there are repeats left: what begins no filler and
 * sounds as the code right before it leads nowhere else, and as a third that one may have anything behind it. */
static size_t skip_same(const jy__hearing *h, size_t at, size_t left)
{
    const uint64_t *fillers = matcher_of(h)->filter.fillers;
    uint32_t number = jy__heard_number(h->rounds.codes[at]);
    size_t count = 1;
    for (const uint16_t *next = h->rounds.codes + at + 1; count < left && jy__heard_number(*next) == number && !jy__bit(fillers, *next); next++)
        count++;
    return count;
}

/* codes[next] may be the third, or say the second again, or begin a filler; and so on from there. */
static void follow_thirds(const begun *key)
{
    size_t next = key->second + 1, most = key->at + JY__STREAM_AHEAD - JY__FILLER_LONGEST - next;
    reached places = { { 1 }, { 0 }, 0 };
    for (size_t i = 0; i <= places.last; i++) {
        size_t left = places.repeats[i] < JY__MATCH_MOST_REPEATS ? JY__MATCH_MOST_REPEATS - places.repeats[i] : 0;
        if (!places.fillers[i])
            continue;
        if (i > most) {
            try_all(key);
            return;
        }
        try_thirds(key, next + i);
        if (left && says_again(key->h, key->b, next + i)) {
            size_t count = skip_same(key->h, next + i, left);
            reach(&places, i + count, 1, places.repeats[i] + (unsigned)count);
        }
        reach_fillers(key->h, &places, i, next + i);
    }
}

#define LEADS (JY__MATCH_MOST_FILLERS * JY__FILLER_LONGEST)

/* Where fillers are many, where they lead is known. False: so is not that of all codes, or one says the second again. */
static bool follow_leads(const begun *key)
{
    const jy__rounds *rounds = &key->h->rounds;
    size_t next = key->second + 1;
    unsigned leads;
    if (!rounds->scan->walker->leads_open || !rounds->codes[next + LEADS + JY__FILLER_LONGEST])
        return false;
    leads = jy__leads_over(rounds, next) | 1;
    for (unsigned left = leads; left; left &= left - 1)
        if (says_again(key->h, key->b, next + (size_t)__builtin_ctz(left)))
            return false;
    for (; leads; leads &= leads - 1)
        try_thirds(key, next + (size_t)__builtin_ctz(leads));
    return true;
}

/* Mostly the second is said again once. */
static void look_thirds(const begun *key)
{
    const jy__filter *filter = &matcher_of(key->h)->filter;
    const uint16_t *behind = key->h->rounds.codes + key->second + 1;
    if (filler_at(filter, behind) || filler_at(filter, behind + 1) || says_again(key->h, key->b, key->second + 2)) {
        if (!follow_leads(key))
            follow_thirds(key);
        return;
    }
    try_thirds(key, key->second + 1);
    try_thirds(key, key->second + 2);
}

/* ---- from the first symbol to the second */

static bool begins_filler(const jy__hearing *h, size_t at) { return filler_at(&matcher_of(h)->filter, h->rounds.codes + at); }

/* Of what the text around has, where that is known. */
static uint64_t thirds_of(const begun *key)
{
    jy__scan *scan = key->h->rounds.scan;
    uint64_t bloom = 0;
    if (!scan->walker->present.found)
        return UINT64_MAX;
    for (size_t k = 0; k < key->a->count; k++)
        bloom |= jy__sound_thirds_there(scan, key->a->classes[k], key->b);
    return bloom;
}

static void look_pair(begun *key, bool goes_on)
{
    for (size_t k = 0; k < key->a->count && matcher_of(key->h)->sound_keys.twos; k++)
        add(key, key->a->classes[k], 0, 0);
    if (!goes_on) {
        try_thirds(key, key->second + 1);
        return;
    }
    key->thirds = thirds_of(key);
    if (key->thirds)
        look_thirds(key);
}

static void look_second(jy__hearing *h, size_t at, size_t second)
{
    const jy__sound_keys *index = &matcher_of(h)->sound_keys;
    const jy__heard_set *a = set_at(h, at), *b = set_at(h, second);
    bool filler = begins_filler(h, second + 1);
    if (!jy__bit(index->begins, a->byte | (size_t)b->byte << 8))
        return;
    for (size_t j = 0; j < b->count; j++)
        look_pair(&(begun){ h, at, second, a, b->classes[j], UINT64_MAX }, filler || says_again(h, b->classes[j], second + 1));
}

void jy__sound_place(jy__hearing *h, size_t at) { look_second(h, at, at + 1); }
void jy__sound_two(jy__hearing *h, size_t at, size_t second) { look_second(h, at, second); }

/* Where the third may say the second again, another one may be it. */
void jy__sound_three(jy__hearing *h, size_t at, size_t second, size_t third)
{
    const jy__heard_set *b = set_at(h, second);
    for (size_t j = 0; j < b->count; j++)
        if (says_again(h, b->classes[j], third)) {
            look_second(h, at, second);
            return;
        }
    for (size_t j = 0; j < b->count; j++)
        try_thirds(&(begun){ h, at, second, set_at(h, at), b->classes[j], UINT64_MAX }, third);
}

/* A filler may begin at codes[at + 1]. */
static void look_over(jy__hearing *h, size_t at)
{
    const jy__sound_keys *index = &matcher_of(h)->sound_keys;
    for (unsigned leads = jy__leads_over(&h->rounds, at + 1); leads && !h->rounds.scan->stop; leads &= leads - 1) {
        size_t second = at + 1 + (size_t)__builtin_ctz(leads);
        if (jy__bit(index->begins, h->bytes[at] | (size_t)h->bytes[second] << 8))
            look_second(h, at, second);
    }
}

/* Whether a key may go on behind that filler from codes[at] (bit 0), or from the code before (bit 1); where another filler may begin behind it, it may. */
static unsigned goes_on(const jy__hearing *h, size_t at)
{
    const jy__matcher *matcher = matcher_of(h);
    const jy__sound_keys *keys = &matcher->sound_keys;
    const uint16_t *codes = h->rounds.codes;
    const uint8_t *bytes = h->bytes;
    unsigned lengths, answer = 0, head = jy__bit(keys->heads, bytes[at]), begin = jy__bit(keys->begins, bytes[at - 1] | (size_t)bytes[at] << 8);
    if (!head && !begin)
        return 0;
    lengths = jy__stream_fillers(&matcher->filter, codes, at + 1);
    for (size_t count = 1; lengths >> count; count++) {
        size_t next = at + 1 + count;
        bool more = filler_at(&matcher->filter, codes + next);
        if (!(lengths >> count & 1))
            continue;
        if (more || (jy__bit(keys->begins, bytes[at] | (size_t)bytes[next] << 8) &&
                     (jy__sound_heard(keys, bytes[at], bytes[next], bytes[next + 1]) || filler_at(&matcher->filter, codes + next + 1))))
            answer |= head;
        if (begin && (more || jy__sound_heard(keys, bytes[at - 1], bytes[at], bytes[next])))
            answer |= 2;
    }
    return answer;
}

void jy__sound_around(jy__hearing *h, size_t at, size_t from, size_t end)
{
    unsigned answer = goes_on(h, at);
    if ((answer & 1) && at < end)
        look_over(h, at);
    if ((answer & 2) && at > from)
        jy__sound_place(h, at - 1);
}
