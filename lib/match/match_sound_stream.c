/* Keys by sound in the stream. In: the codes of one chunk, and a place that an engine's filter left. Out: calls of the verifier for the
 * forms whose key may begin there. Of any way through a text that ends a form, the last step from its key's first symbol to the second is
 * followed by nothing but the second said again, fillers, and the third; so that is what is looked for:
 *
 *   a F b (F b)* F c      F: up to three fillers. What lies between b and c is followed as far as the stream is there; if it goes on longer than
 *                         that, all forms that begin their key by a b are tried
 *
 * A form whose key is there is left all the same when what stands before the key or behind it can be no part of it. */
#include "match/match_inside.h"
#include "match/match_limits.h"

typedef struct hearing { const jy__matcher *matcher; const uint16_t *codes; jy__scan *scan; size_t at, offset; } hearing;
typedef struct key_range { uint32_t first, end, second; } key_range; /* the keys with two certain classes; second: the second one */

#define UNKNOWN SIZE_MAX /* where the key ends */

static const jy__heard_set *set_at(const hearing *h, size_t at) { return jy__heard_set_of(h->codes[at]); }

static key_range keys_of(const jy__sound_keys *index, uint32_t a, uint32_t b)
{
    uint32_t pair = jy__sound_key(a, b, 0), hash = jy__sound_hash(pair, index->start_bits), most = index->starts[hash + 1].first;
    key_range range = { index->starts[hash].first, 0, b };
    while (range.first < most && index->keys[range.first] >> 10 != pair >> 10)
        range.first++;
    for (range.end = range.first; range.end < most && index->keys[range.end] >> 10 == pair >> 10;)
        range.end++;
    return range;
}

/* ---- forms */

/* A code may be part of the form, by sound too; 0 is where the stream ends. */
static bool belongs(const jy__form *form, uint16_t code)
{
    return !code || (form->bloom & jy__symbol_bit(jy__code_symbol(code))) || (form->sound_bloom & jy__heard_set_of(code)->bloom);
}

/* What the stream does not carry may stand between the key and its neighbours there, if the form has such a symbol. */
static bool may_stand(const jy__matcher *matcher, const jy__heard_form *heard)
{
    const jy__form *form = &matcher->forms[heard->form];
    uint32_t key_end = form->sound_key + (form->flags & JY__FORM_SOUND_TRIPLE ? 3u : 2u);
    if (!(form->flags & JY__FORM_CODES))
        return true;
    if (form->sound_key && !belongs(form, heard->before) && !jy__bit(matcher->filter.ends, heard->before))
        return false;
    return key_end >= form->count || belongs(form, heard->behind) || jy__bit(matcher->filter.fillers, heard->behind);
}

/* The one most probably tells of the other. */
static inline bool begins_alike(const jy__matcher *matcher, const jy__heard_form *a, const jy__heard_form *b)
{
    const jy__form *first = &matcher->forms[a->form], *second = &matcher->forms[b->form];
    return a->at == b->at && first->first == second->first && first->sound_key == second->sound_key;
}

/* As jy__match_stands_itself(), as far as what was just looked at tells: phrases that begin alike come one behind the other. */
static inline bool stood_itself(const jy__scan *scan, const jy__heard_form *heard)
{
    const jy__form *form = &scan->matcher->forms[heard->form];
    return form->sound_fork < form->count && jy__match_stood(scan, form, form->sound_key, heard->at);
}

/* The tables are larger than the first cache: each turn fetches what the next one needs. */
void jy__sound_finish(jy__scan *scan)
{
    const jy__matcher *matcher = scan->matcher;
    jy__heard_form *heard = scan->walker->heard;
    uint32_t count = scan->walker->heard_count, kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (kept && begins_alike(matcher, &heard[kept - 1], &heard[i])) {
            heard[kept++] = heard[i];
            continue;
        }
        if (!may_stand(matcher, &heard[i]))
            continue;
        __builtin_prefetch(matcher->symbols + matcher->forms[heard[i].form].first);
        heard[kept++] = heard[i];
    }
    for (uint32_t i = 0; i < kept && !scan->stop; i++)
        if (!stood_itself(scan, &heard[i]))
            jy__match_verify_form(scan, heard[i].form, JY__MODE_SOUND, heard[i].at);
    scan->walker->heard_count = 0;
}

static void try_form(const hearing *h, uint32_t number, size_t behind)
{
    jy__walker *walker = h->scan->walker;
    if (walker->heard_count == JY__HEARD_MOST)
        jy__sound_finish(h->scan);
    walker->heard[walker->heard_count++] = (jy__heard_form){ h->offset, number, h->codes[h->at - 1], behind == UNKNOWN ? 0 : h->codes[behind] };
    __builtin_prefetch(&h->matcher->forms[number]);
}

static bool has_class(const jy__heard_set *set, uint32_t class)
{
    bool found = false;
    if (!(set->bloom & jy__symbol_bit(class)))
        return false;
    for (size_t i = 0; i < set->count; i++)
        found |= set->classes[i] == class;
    return found;
}

/* Keys of two classes end before codes[third]. */
static void try_thirds(const hearing *h, const key_range *range, size_t third)
{
    const jy__sound_keys *index = &h->matcher->sound_keys;
    const jy__heard_set *set = set_at(h, third);
    for (uint32_t i = range->first; i < range->end; i++)
        if (has_class(set, index->keys[i] & (JY__SOUND_CLASSES - 1)))
            try_form(h, index->forms[i], third + 1);
}

static void try_pairs(const hearing *h, const key_range *range, size_t behind)
{
    const jy__sound_keys *index = &h->matcher->sound_keys;
    for (uint32_t i = range->first; i < range->end && !(index->keys[i] & (JY__SOUND_CLASSES - 1)); i++)
        try_form(h, index->forms[i], behind);
}

/* A form has a key for each way to read its third symbol: it is tried by the first of them. */
static bool is_first_way(const jy__matcher *matcher, uint32_t key, uint32_t number)
{
    const jy__form *form = &matcher->forms[number];
    uint16_t classes[JY__SOUND_MOST];
    return !(form->flags & JY__FORM_SOUND_TRIPLE) ||
           (jy__match_sound_classes(matcher->symbols[form->first + form->sound_key + 2u], classes) && classes[0] == (key & (JY__SOUND_CLASSES - 1)));
}

/* Whether a character may be what is said behind the key's second symbol: the third, the second again, or a filler. */
static bool may_follow(const jy__matcher *matcher, uint32_t key, uint32_t second, const jy__glyph *glyph)
{
    uint16_t classes[JY__SOUND_MOST];
    size_t count = jy__match_sound_classes(glyph->symbol, classes);
    bool may = glyph->count > 1 || jy__begins_filler(matcher, glyph->symbol);
    for (size_t i = 0; i < count; i++)
        may |= classes[i] == (key & (JY__SOUND_CLASSES - 1)) || jy__bit(matcher->sound_keys.again, jy__sound_again(second, classes[i]));
    return may;
}

void jy__sound_pair(jy__scan *scan, uint32_t a, uint32_t b, size_t at, const jy__glyph *third)
{
    const jy__sound_keys *index = &scan->matcher->sound_keys;
    const key_range range = keys_of(index, a, b);
    for (uint32_t i = range.first; i < range.end; i++) {
        uint32_t key = index->keys[i];
        bool pair = (key & (JY__SOUND_CLASSES - 1)) == 0;
        if (pair || (third ? may_follow(scan->matcher, key, b, third) : is_first_way(scan->matcher, key, index->forms[i])))
            jy__match_verify_form(scan, index->forms[i], JY__MODE_SOUND, at);
    }
}

/* The same of a place of the stream. */
static void try_all(const hearing *h, const key_range *range)
{
    const jy__sound_keys *index = &h->matcher->sound_keys;
    for (uint32_t i = range->first; i < range->end; i++)
        if (is_first_way(h->matcher, index->keys[i], index->forms[i]))
            try_form(h, index->forms[i], UNKNOWN);
}

/* ---- from the second symbol to the third */

static bool says_again(const hearing *h, uint32_t second, size_t at)
{
    const jy__heard_set *set = set_at(h, at);
    bool found = false;
    for (size_t i = 0; i < set->count; i++)
        found |= jy__bit(h->matcher->sound_keys.again, jy__sound_again(second, set->classes[i]));
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
static void reach_fillers(const hearing *h, reached *places, size_t i, size_t at)
{
    unsigned more = places->fillers[i] << 1 & ALL_FILLERS, lengths;
    if (!more || !jy__bit(h->matcher->filter.fillers, h->codes[at]))
        return;
    lengths = jy__stream_fillers(&h->matcher->filter, h->codes, at);
    for (size_t count = 1; lengths >> count; count++)
        if (lengths >> count & 1)
            reach(places, i + count, more, places->repeats[i]);
}

/* codes[next] may be the third, or say the second again, or begin a filler; and so on from there. */
static void look_thirds(const hearing *h, const key_range *range, size_t next)
{
    size_t most = h->at + JY__STREAM_AHEAD - JY__FILLER_LONGEST - next;
    reached places = { { 1 }, { 0 }, 0 };
    for (size_t i = 0; i <= places.last; i++) {
        if (!places.fillers[i])
            continue;
        if (i > most) {
            try_all(h, range);
            return;
        }
        try_thirds(h, range, next + i);
        if (places.repeats[i] < JY__MATCH_MOST_REPEATS && says_again(h, range->second, next + i))
            reach(&places, i + 1, 1, places.repeats[i] + 1u);
        reach_fillers(h, &places, i, next + i);
    }
}

/* ---- from the first symbol to the second */

static void look_pair(const hearing *h, uint32_t a, uint32_t b, size_t next, bool goes_on)
{
    const key_range range = keys_of(&h->matcher->sound_keys, a, b);
    if (range.first == range.end)
        return;
    try_pairs(h, &range, next + 1);
    if (goes_on)
        look_thirds(h, &range, next + 1);
    else
        try_thirds(h, &range, next + 1);
}

static bool begins_filler(const hearing *h, size_t at)
{
    const jy__filter *filter = &h->matcher->filter;
    return jy__bit(filter->fillers, h->codes[at]) && jy__filler_may_begin(filter, h->codes[at], h->codes[at + 1]);
}

/* Whether keys that begin so may end with the set of classes, or without any. */
static bool may_end(const jy__sound_keys *index, uint32_t a, uint32_t b, const jy__heard_set *third)
{
    return index->starts[jy__sound_hash(jy__sound_key(a, b, 0), index->start_bits)].thirds & (jy__sound_thirds(third->bloom) | 1);
}

static void look_second(const hearing *h, size_t next)
{
    const jy__sound_keys *index = &h->matcher->sound_keys;
    const jy__heard_set *first = set_at(h, h->at), *second = set_at(h, next), *third = set_at(h, next + 1);
    bool filler = begins_filler(h, next + 1);
    if (!jy__bit(index->begins, first->byte | (size_t)second->byte << 8))
        return;
    for (size_t j = 0; j < second->count; j++) {
        bool goes_on = filler || says_again(h, second->classes[j], next + 1);
        for (size_t i = 0; i < first->count; i++)
            if (goes_on || may_end(index, first->classes[i], second->classes[j], third))
                look_pair(h, first->classes[i], second->classes[j], next, goes_on);
    }
}

static void look_over_fillers(const hearing *h)
{
    reached places = { { 1 }, { 0 }, 0 };
    for (size_t i = 0; i <= places.last && !h->scan->stop; i++) {
        if (!places.fillers[i])
            continue;
        if (i)
            look_second(h, h->at + 1 + i);
        reach_fillers(h, &places, i, h->at + 1 + i);
    }
}

void jy__sound_place(jy__scan *scan, const uint16_t *codes, size_t at, size_t offset)
{
    const hearing h = { scan->matcher, codes, scan, at, offset };
    look_second(&h, at + 1);
    if (begins_filler(&h, at + 1))
        look_over_fillers(&h);
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
