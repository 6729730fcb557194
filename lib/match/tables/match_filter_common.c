/* How common codes are in talk, and keys by that: what decides which keys share a bucket. In: fold's counts. Out: the codes that change anything; the keys of two
 * Han codes, the commonest first. */
#include "match/tables/match_filter.h"
#include <stdlib.h>

#define COMMON 160u /* jy__fold_commonness(): 1,621 codes are commoner; all others change hardly anything, and would take ten times as long */

void jy__common_list(jy__common_codes *all)
{
    all->count = 0;
    for (uint32_t code = JY__CODE_FIRST; code < JY__CODE_FIRST + JY__CODE_COUNT && all->count < JY__COMMON_MOST; code++) {
        uint32_t common = jy__fold_commonness(code);
        if (common > COMMON)
            all->items[all->count++] = (jy__common_code){ (uint16_t)code, (16 + common % 16) << common / 16 };
    }
}

static int by_commonness(const void *left, const void *right)
{
    const jy__common_key *a = left, *b = right;
    if (a->common != b->common)
        return a->common > b->common ? -1 : 1;
    return a->pair[0] != b->pair[0] ? (a->pair[0] < b->pair[0] ? -1 : 1) : (a->pair[1] > b->pair[1]) - (a->pair[1] < b->pair[1]);
}

size_t jy__common_keys(const jy__matcher *matcher, jy__common_key *out)
{
    const jy__pair_index *index = &matcher->pair_index;
    size_t count = 0;
    for (uint32_t i = 0; i < index->context_count; i++) {
        const jy__form *form = &matcher->forms[index->contexts[i].form];
        const uint32_t *pair = matcher->symbols + form->first + form->key;
        if (index->contexts[i].last && jy__form_paired(form))
            out[count++] = (jy__common_key){ pair, (uint32_t)jy__fold_commonness(pair[0]) + jy__fold_commonness(pair[1]) };
    }
    qsort(out, count, sizeof(*out), by_commonness);
    return count;
}
