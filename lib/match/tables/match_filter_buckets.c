/* In which of a few buckets each key of few forms is looked for. In: the keys. Out: tables by three parts of codes, for AVX-512 by windows of six bits (first, second
 * in match_tables.h; two more buckets are those of fillers, which the same look finds), for other vectors by half bytes (match_nibbles.h). A bucket lets through whatever looks like the first code of a key before what looks like the second one of any
 * key in it, so which keys share one decides how many places are looked at in vain: each key, the commonest first, goes where the commonest codes make the
 * fewest more.
 *
 *   烦不烦  不需要      first 烦|需   second 不|要      烦要 需不 pass as well: hardly anybody says so */
#include "match/tables/match_filter.h"

#define MOST_BUCKETS 8

/* ---- tables */

typedef uint8_t (*side)[64];

static inline uint32_t part_of(const jy__code_parts *parts, uint32_t code, int i) { return code >> parts->shifts[i] & parts->mask; }

static void add_symbol(const jy__code_parts *parts, side to, uint32_t symbol, uint8_t buckets)
{
    jy__members all = jy__members_of(symbol);
    for (size_t i = 0; i < all.count; i++)
        for (int k = 0; k < 3 && jy__is_code(jy__member(&all, i)); k++)
            to[k][part_of(parts, jy__member(&all, i), k)] |= buckets;
}

static void add_pair(const jy__code_parts *parts, jy__bucket_tables *to, const uint32_t *pair, uint8_t buckets)
{
    add_symbol(parts, to->first, pair[0], buckets);
    if (pair[1])
        add_symbol(parts, to->second, pair[1], buckets);
    for (int i = 0; !pair[1] && i < 3 * 64; i++)
        to->second[i / 64][i % 64] |= buckets;
}

/* How common what each bucket lets through is. */
static void weigh_side(const jy__common_codes *all, const jy__code_parts *parts, side of, uint64_t weights[MOST_BUCKETS])
{
    memset(weights, 0, MOST_BUCKETS * sizeof(*weights));
    for (size_t i = 0; i < all->count; i++) {
        uint32_t code = all->items[i].code, in = of[0][part_of(parts, code, 0)] & of[1][part_of(parts, code, 1)] & of[2][part_of(parts, code, 2)];
        for (; in; in &= in - 1)
            weights[__builtin_ctz(in)] += all->items[i].weight;
    }
}

static void weigh(const jy__common_codes *all, const jy__code_parts *parts, jy__bucket_tables *buckets, uint64_t weights[MOST_BUCKETS])
{
    uint64_t seconds[MOST_BUCKETS];
    weigh_side(all, parts, buckets->first, weights);
    weigh_side(all, parts, buckets->second, seconds);
    for (int i = 0; i < MOST_BUCKETS; i++)
        weights[i] *= seconds[i];
}

/* ---- keys */

/* To the bucket that lets the fewest more through. */
static void put(const jy__common_codes *common, const jy__code_parts *parts, jy__bucket_tables *to, const uint32_t *pair, uint64_t through[MOST_BUCKETS])
{
    jy__bucket_tables all = *to;
    uint64_t with[MOST_BUCKETS];
    uint32_t best = 0;
    add_pair(parts, &all, pair, (uint8_t)((1u << parts->buckets) - 1));
    weigh(common, parts, &all, with);
    for (uint32_t k = 1; k < parts->buckets; k++)
        best = with[k] - through[k] < with[best] - through[best] ? k : best;
    through[best] = with[best];
    add_pair(parts, to, pair, (uint8_t)(1u << best));
}

void jy__buckets_share(const jy__code_parts *parts, const uint32_t *const pairs[], size_t count, jy__bucket_tables *out)
{
    uint64_t through[MOST_BUCKETS] = { 0 };
    jy__common_codes common;
    memset(out, 0, sizeof(*out));
    if (count)
        jy__common_list(&common);
    for (size_t i = 0; i < count; i++)
        put(&common, parts, out, pairs[i], through);
}

bool jy__buckets_share_keys(const jy__matcher *matcher, const jy__code_parts *parts, jy__bucket_tables *out)
{
    const uint32_t *pairs[JY__MANY_FORMS] = { NULL };
    jy__common_key keys[JY__MANY_FORMS];
    const size_t count = matcher->filter.many ? 0 : jy__common_keys(matcher, keys);
    for (size_t i = 0; i < count; i++)
        pairs[i] = keys[i].pair;
    jy__buckets_share(parts, pairs, count, out);
    return count > 0;
}

/* ---- windows of six bits */

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
    static const jy__code_parts windows = { { 0, 8, 5 }, 63, JY__KEY_BUCKETS };
    jy__filter *filter = &matcher->filter;
    jy__bucket_tables tables;
    if (!jy__buckets_share_keys(matcher, &windows, &tables))
        return;
    memcpy(filter->first, tables.first, sizeof(filter->first));
    memcpy(filter->second, tables.second, sizeof(filter->second));
    add_fillers(filter);
}
