/* What stands beside a key, told by codes as the text has them. In: the forms whose key is two Han codes. Out: a table in which both the keys are
 * and the two codes that one of their first neighbours makes with them: what match_avx512_sift.h asks of every two codes of an utterance at once.
 * With too many keys the flanks are full as the pairs are: there triples tell more. */
#include "match/tables/match_filter.h"

#define FLANKS_MOST 16384u /* keys; with 8,000 flanks are faster by a fifth, with 20,000 slower */

static size_t words_of(const jy__filter *filter) { return (size_t)2 << filter->pair_bits; }

/* All variants of two symbols side by side; kind: 0 or JY__MIX_FLANK. */
static void add(const jy__filter *filter, const uint32_t *pair, uint32_t kind)
{
    jy__members a = jy__members_of(pair[0]), b = jy__members_of(pair[1]);
    for (size_t i = 0; i < a.count; i++)
        for (size_t j = 0; j < b.count; j++) {
            uint32_t mix = jy__pair_mix(jy__member(&a, i), jy__member(&b, j));
            if (jy__is_code(jy__member(&a, i)) && jy__is_code(jy__member(&b, j)))
                filter->flanks[mix >> 5 & (words_of(filter) - 1)] |= jy__mix_mask(mix ^ kind);
        }
}

/* As triples have it: the symbol behind the key, or before it, each of which may be the key's own said again; or the key alone. */
static void add_form(const jy__matcher *matcher, const jy__form *form)
{
    const uint32_t *pair = matcher->symbols + form->first + form->key;
    const bool after = form->key + 2 < form->count && jy__is_code(pair[2]), before = form->key > 0 && jy__is_code(pair[-1]);
    const uint32_t again[2] = { pair[after], pair[after] };
    add(&matcher->filter, pair, 0);
    add(&matcher->filter, after ? pair + 1 : before ? pair - 1 : pair, JY__MIX_FLANK);
    if (after || before)
        add(&matcher->filter, again, JY__MIX_FLANK);
}

/* The filter is made but for this. */
bool jy__flanks_build(jy__matcher *matcher)
{
    jy__filter *filter = &matcher->filter;
    if (!filter->many || !filter->has_han || filter->keys > FLANKS_MOST)
        return true;
    filter->flanks = jy__mem_alloc(&matcher->mem, words_of(filter) * sizeof(*filter->flanks));
    if (!filter->flanks)
        return false;
    matcher->memory += words_of(filter) * sizeof(*filter->flanks);
    for (uint32_t i = 0; i < matcher->form_count; i++)
        if (jy__form_paired(&matcher->forms[i]))
            add_form(matcher, &matcher->forms[i]);
    return true;
}

void jy__flanks_free(jy__matcher *matcher)
{
    jy__mem_free(&matcher->mem, matcher->filter.flanks, words_of(&matcher->filter) * sizeof(*matcher->filter.flanks));
}
