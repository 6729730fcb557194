/* In which of six buckets each key of few forms is looked for; two more are those of fillers, which the same look finds. In: the keys. Out: tables by windows of
 * codes (first, second in match_tables.h). A bucket lets through whatever looks like the first code of a key before what looks like the second one of any
 * key in it, so which keys share one decides how many places are looked at in vain: each key, the commonest first, goes where the commonest codes make the
 * fewest more.
 *
 *   烦不烦  不需要      first 烦|需   second 不|要      烦要 需不 pass as well: hardly anybody says so */
#include "match/tables/match_filter.h"
#include <stdlib.h>

typedef const uint8_t (*windows)[64];

/* ---- how common codes are */

#define COMMON 160u /* jy__fold_commonness(): 1,621 codes are commoner; all others change hardly anything, and would take ten times as long */
#define MOST 2048u

typedef struct common_code { uint16_t code; uint32_t weight; } common_code;
typedef struct common_codes { common_code items[MOST]; size_t count; } common_codes;

static void list_common(common_codes *all)
{
    all->count = 0;
    for (uint32_t code = JY__CODE_FIRST; code < JY__CODE_FIRST + JY__CODE_COUNT && all->count < MOST; code++) {
        uint32_t common = jy__fold_commonness(code);
        if (common > COMMON)
            all->items[all->count++] = (common_code){ (uint16_t)code, (16 + common % 16) << common / 16 };
    }
}

/* How common what each bucket lets through is. */
static void weigh(const common_codes *all, windows tables, uint64_t weights[JY__KEY_BUCKETS])
{
    memset(weights, 0, JY__KEY_BUCKETS * sizeof(*weights));
    for (size_t i = 0; i < all->count; i++) {
        uint32_t code = all->items[i].code, in = tables[0][code & 63] & tables[1][code >> 8 & 63] & tables[2][code >> 5 & 63];
        for (; in; in &= in - 1)
            weights[__builtin_ctz(in)] += all->items[i].weight;
    }
}

/* ---- keys */

typedef struct key { const uint32_t *pair; uint32_t common; } key;

static int by_commonness(const void *left, const void *right)
{
    const key *a = left, *b = right;
    if (a->common != b->common)
        return a->common > b->common ? -1 : 1;
    return a->pair[0] != b->pair[0] ? (a->pair[0] < b->pair[0] ? -1 : 1) : (a->pair[1] > b->pair[1]) - (a->pair[1] < b->pair[1]);
}

static size_t list_keys(const jy__matcher *matcher, key keys[JY__MANY_FORMS])
{
    const jy__pair_index *index = &matcher->pair_index;
    size_t count = 0;
    for (uint32_t i = 0; i < index->context_count; i++) {
        const jy__form *form = &matcher->forms[index->contexts[i].form];
        const uint32_t *pair = matcher->symbols + form->first + form->key;
        if (index->contexts[i].last && jy__form_paired(form))
            keys[count++] = (key){ pair, (uint32_t)jy__fold_commonness(pair[0]) + jy__fold_commonness(pair[1]) };
    }
    qsort(keys, count, sizeof(*keys), by_commonness);
    return count;
}

/* What each bucket would let through if the key were in it. */
static void weigh_with(const jy__filter *filter, const common_codes *common, const uint32_t *pair, uint64_t weights[JY__KEY_BUCKETS])
{
    uint8_t first[3][64], second[3][64];
    uint64_t seconds[JY__KEY_BUCKETS];
    memcpy(first, filter->first, sizeof(first));
    memcpy(second, filter->second, sizeof(second));
    jy__filter_add_symbol(first, pair[0], JY__BUCKET_KEYS);
    jy__filter_add_symbol(second, pair[1], JY__BUCKET_KEYS);
    weigh(common, (windows)first, weights);
    weigh(common, (windows)second, seconds);
    for (uint32_t i = 0; i < JY__KEY_BUCKETS; i++)
        weights[i] *= seconds[i];
}

/* Behind one of one code anything may stand. */
static void add_fillers(jy__filter *filter)
{
    const uint32_t *symbols;
    size_t count;
    for (size_t i = 0; (symbols = jy__fold_filler_list(i, &count)) != NULL; i++) {
        jy__filter_add_symbol(filter->first, symbols[0], count > 1 ? JY__BUCKET_MORE : JY__BUCKET_ONE);
        if (count > 1)
            jy__filter_add_symbol(filter->second, symbols[1], JY__BUCKET_MORE);
    }
    for (unsigned i = 0; i < 3 * 64; i++)
        filter->second[i / 64][i % 64] |= JY__BUCKET_ONE;
}

void jy__filter_add_buckets(jy__matcher *matcher)
{
    jy__filter *filter = &matcher->filter;
    uint64_t through[JY__KEY_BUCKETS] = { 0 };
    key keys[JY__MANY_FORMS];
    common_codes common;
    size_t count = filter->many ? 0 : list_keys(matcher, keys);
    if (count)
        list_common(&common);
    for (size_t i = 0; i < count; i++) {
        uint64_t with[JY__KEY_BUCKETS];
        uint32_t best = 0;
        weigh_with(filter, &common, keys[i].pair, with);
        for (uint32_t k = 1; k < JY__KEY_BUCKETS; k++)
            best = with[k] - through[k] < with[best] - through[best] ? k : best;
        through[best] = with[best];
        jy__filter_add_symbol(filter->first, keys[i].pair[0], (uint8_t)(1u << best));
        jy__filter_add_symbol(filter->second, keys[i].pair[1], (uint8_t)(1u << best));
    }
    if (count)
        add_fillers(filter);
}
