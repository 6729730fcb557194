/* What an engine's first look by sound lets through, thinned out before the exact look (match_sound_stream.c). In: places, at most
 * JY__BATCH. Out: those that may begin a key. With many forms most places are chance: the table of bytes is full and outside the first
 * cache. So then the classes themselves are asked, in a table of bits that is near; what a filler or a symbol said again may stand in is
 * left to the exact look.
 *
 *   places ─▶ begins (a b) ─▶ triples (a b c) ─▶ starts, keys of a b fetched ─▶ exact look */
#include "match/match_inside.h"

static bool is_filler(const jy__filter *filter, const uint16_t *codes)
{
    return jy__bit(filter->fillers, codes[0]) && jy__filler_may_begin(filter, codes[0], codes[1]);
}

/* Any class of each as a key, or the third says the second again. */
static bool has_triple(const jy__sound_keys *keys, const jy__heard_set *a, const jy__heard_set *b, const jy__heard_set *c)
{
    bool found = false;
    if (a->count == 1 && b->count == 1 && c->count == 1)
        return jy__bit(keys->again, jy__sound_again(b->classes[0], c->classes[0])) |
               jy__bit(keys->triples, jy__sound_triple(keys, jy__sound_key(a->classes[0], b->classes[0], c->classes[0])));
    for (size_t j = 0; j < b->count; j++)
        for (size_t k = 0; k < c->count; k++) {
            found |= jy__bit(keys->again, jy__sound_again(b->classes[j], c->classes[k]));
            for (size_t i = 0; i < a->count; i++)
                found |= jy__bit(keys->triples, jy__sound_triple(keys, jy__sound_key(a->classes[i], b->classes[j], c->classes[k])));
        }
    return found;
}

static void fetch_starts(const jy__sound_keys *keys, const uint16_t *codes)
{
    const jy__heard_set *a = jy__heard_set_of(codes[0]), *b = jy__heard_set_of(codes[1]);
    __builtin_prefetch(&keys->starts[jy__sound_hash(jy__sound_key(a->classes[0], b->classes[0], 0), keys->start_bits)]);
}

static void fetch_keys(const jy__sound_keys *keys, const uint16_t *codes)
{
    const jy__heard_set *a = jy__heard_set_of(codes[0]), *b = jy__heard_set_of(codes[1]);
    uint32_t first = keys->starts[jy__sound_hash(jy__sound_key(a->classes[0], b->classes[0], 0), keys->start_bits)].first;
    __builtin_prefetch(keys->keys + first);
    __builtin_prefetch(keys->forms + first);
}

size_t jy__sound_keep(const jy__matcher *matcher, const uint16_t *codes, uint32_t *found, size_t count)
{
    const jy__sound_keys *keys = &matcher->sound_keys;
    const jy__filter *filter = &matcher->filter;
    size_t near = 0, kept = 0;
    if (!keys->full)
        return count;
    for (size_t i = 0; i < count; i++) {
        const uint16_t *at = codes + found[i];
        size_t pair = jy__heard_set_of(at[0])->byte | (size_t)jy__heard_set_of(at[1])->byte << 8;
        found[near] = found[i];
        near += jy__bit(keys->begins, pair) | is_filler(filter, at + 1);
    }
    for (size_t i = 0; i < near; i++) {
        const uint16_t *at = codes + found[i];
        const jy__heard_set *a = jy__heard_set_of(at[0]), *b = jy__heard_set_of(at[1]);
        bool pass = has_triple(keys, a, b, jy__heard_set_of(at[2])) | is_filler(filter, at + 1) | is_filler(filter, at + 2);
        pass |= keys->pairs && jy__bit(keys->pairs, a->byte | (size_t)b->byte << 8);
        found[kept] = found[i];
        kept += pass;
    }
    for (size_t i = 0; i < kept; i++)
        fetch_starts(keys, codes + found[i]);
    for (size_t i = 0; i < kept; i++)
        fetch_keys(keys, codes + found[i]);
    return kept;
}
