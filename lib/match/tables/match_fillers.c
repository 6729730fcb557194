/* The filter's tables of fillers (那个, 就是说 …), which may stand between two symbols of any form. In: the fillers, as symbols.
 * Out: two codes side by side that may begin or end one, and chains that tell which filler stands there. All codes that fold to a filler's
 * symbols count. */
#include "match/tables/match_filter.h"

#define OF_ONE 4u /* buckets of fillers of one code, in which any second code will do; as many of others stand behind them */

typedef struct buckets { uint8_t first[3][64], second[3][64]; } buckets;

static void add_to(buckets *all, const uint32_t *symbols, size_t count, uint32_t bucket)
{
    jy__filter_add_symbol(all->first, symbols[0], (uint8_t)(1u << bucket));
    if (count > 1)
        jy__filter_add_symbol(all->second, symbols[1], (uint8_t)(1u << bucket));
}

static uint32_t count_in(const uint8_t table[64], uint32_t bucket)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < 64; i++)
        count += table[i] >> bucket & 1;
    return count;
}

/* How many of two codes side by side a bucket lets through, by two windows: more are not looked at in long texts. */
static uint32_t let_through(const buckets *all, uint32_t bucket)
{
    uint32_t first = count_in(all->first[0], bucket) * count_in(all->first[1], bucket);
    return bucket < OF_ONE ? first : first * count_in(all->second[0], bucket) * count_in(all->second[1], bucket);
}

/* The bucket that lets the fewest more through: 啊 and 嗯 share a high byte. */
static uint32_t bucket_for(const buckets *all, const uint32_t *symbols, size_t count)
{
    uint32_t first = count > 1 ? OF_ONE : 0, best = first, least = UINT32_MAX;
    for (uint32_t bucket = first; bucket < first + OF_ONE; bucket++) {
        buckets with = *all;
        uint32_t more;
        add_to(&with, symbols, count, bucket);
        more = let_through(&with, bucket) - let_through(all, bucket);
        best = more < least ? bucket : best;
        least = more < least ? more : least;
    }
    return best;
}

static void add_buckets(jy__filter *filter)
{
    buckets all = { 0 };
    const uint32_t *symbols;
    size_t count;
    for (size_t i = 0; (symbols = jy__fold_filler_list(i, &count)) != NULL; i++)
        add_to(&all, symbols, count, bucket_for(&all, symbols, count));
    memcpy(filter->filler, all.first, sizeof(all.first));
    for (size_t i = 0; i < 3 * 64; i++)
        filter->filler_next[i / 64][i % 64] = all.second[i / 64][i % 64] | JY__FILLERS_OF_ONE;
}

static void set_mix(uint32_t *set, uint32_t words, uint32_t a, uint32_t b)
{
    uint32_t mix = jy__pair_mix(a, b);
    set[mix >> 5 & (words - 1)] |= jy__mix_mask(mix);
}

static void add_pair(uint32_t set[32], uint32_t a, uint32_t b)
{
    jy__members first = jy__members_of(a), second = jy__members_of(b);
    for (size_t i = 0; i < first.count; i++)
        for (size_t k = 0; k < second.count; k++)
            if (jy__is_code(jy__member(&first, i)) && jy__is_code(jy__member(&second, k)))
                set_mix(set, 32, jy__member(&first, i), jy__member(&second, k));
}

static void add_single(jy__filter *filter, uint32_t symbol)
{
    jy__members all = jy__members_of(symbol);
    for (size_t i = 0; i < all.count; i++)
        if (jy__is_code(jy__member(&all, i)))
            set_mix(filter->filler_singles, 16, jy__member(&all, i), 0);
}

static void add_sets(jy__filter *filter)
{
    const uint32_t *symbols;
    size_t count;
    for (size_t i = 0; (symbols = jy__fold_filler_list(i, &count)) != NULL; i++) {
        if (count == 1) {
            add_single(filter, symbols[0]);
            continue;
        }
        add_pair(filter->filler_begins, symbols[0], symbols[1]);
        add_pair(filter->filler_ends, symbols[count - 2], symbols[count - 1]);
    }
}

static void list_fillers(jy__filler_table *table)
{
    const uint32_t *symbols;
    size_t count;
    for (size_t i = 0; i < JY__FILLERS_MOST && (symbols = jy__fold_filler_list(i, &count)) != NULL; i++) {
        jy__filler_entry *entry = &table->entries[i + 1];
        uint8_t *head = &table->heads[symbols[0] & 63];
        for (size_t k = 0; k < count; k++) {
            entry->symbols[k] = (uint16_t)symbols[k];
            entry->mask[k] = UINT16_MAX;
        }
        entry->count = (uint8_t)count;
        entry->next = *head;
        *head = (uint8_t)(i + 1);
    }
}

void jy__filter_add_fillers(jy__filter *filter)
{
    for (uint32_t i = 0; i < JY__TAIL_WORDS; i++)
        filter->tails[i] |= filter->fillers[i]; /* a filler may stand wherever a key ends */
    list_fillers(&filter->filler_table);
    add_buckets(filter);
    add_sets(filter);
}
