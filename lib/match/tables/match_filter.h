/* match_filter — what the files that make the filter's tables share. */
#ifndef JY_MATCH_FILTER_H
#define JY_MATCH_FILTER_H

#include "match/match_inside.h"

/* The symbol itself, then the other code points that fold to it. */
typedef struct jy__members { uint32_t symbol; const uint32_t *others; size_t count; } jy__members;

static inline jy__members jy__members_of(uint32_t symbol)
{
    jy__members all = { symbol, NULL, 0 };
    all.others = jy__fold_others(symbol, &all.count);
    all.count++;
    return all;
}

static inline uint32_t jy__member(const jy__members *all, size_t index) { return index ? all->others[index - 1] : all->symbol; }

/* A code in one of eight buckets. */
static inline void jy__filter_add_windows(uint8_t tables[3][64], uint32_t code, uint32_t bucket)
{
    uint8_t bit = (uint8_t)(1u << bucket % 8);
    tables[0][code & 63] |= bit;
    tables[1][code >> 8 & 63] |= bit;
    tables[2][code >> 5 & 63] |= bit;
}

/* All codes that fold to a symbol, in some of the buckets. */
static inline void jy__filter_add_symbol(uint8_t tables[3][64], uint32_t symbol, uint8_t buckets)
{
    jy__members all = jy__members_of(symbol);
    for (size_t i = 0; i < all.count; i++)
        for (uint32_t in = buckets; in && jy__is_code(jy__member(&all, i)); in &= in - 1)
            jy__filter_add_windows(tables, jy__member(&all, i), (uint32_t)__builtin_ctz(in));
}

/* match_filter_common.c: codes that talk uses, weighed; and the keys of two Han codes that the filter has, the commonest first, with room for filter->keys */
#define JY__COMMON_MOST 2048u
typedef struct jy__common_code { uint16_t code; uint32_t weight; } jy__common_code;
typedef struct jy__common_codes { jy__common_code items[JY__COMMON_MOST]; size_t count; } jy__common_codes;
typedef struct jy__common_key { const uint32_t *pair; uint32_t common; } jy__common_key;
void jy__common_list(jy__common_codes *all);
size_t jy__common_keys(const jy__matcher *matcher, jy__common_key *out);

#define JY__MANY_FORMS 128u /* from so many on eight buckets are full: all pairs are looked up, or up to 64 buckets asked */
/* How an engine asks for the buckets of a code, of which there are so many: by three parts of it, the bits of `mask` from each shift on. */
typedef struct jy__code_parts { uint8_t shifts[3], mask, buckets; } jy__code_parts;
typedef struct jy__bucket_tables { uint8_t first[3][64], second[3][64]; } jy__bucket_tables;
/* match_filter_buckets.c */
void jy__filter_add_buckets(jy__matcher *matcher);
/* Each pair of symbols goes where it makes a bucket let the fewest more through. Behind one whose second symbol is 0 anything may stand. */
void jy__buckets_share(const jy__code_parts *parts, const uint32_t *const pairs[], size_t count, jy__bucket_tables *out);
bool jy__buckets_share_keys(const jy__matcher *matcher, const jy__code_parts *parts, jy__bucket_tables *out); /* false: no keys, or many */
bool jy__filter_add_many_buckets(jy__matcher *matcher); /* match_filter_many.c; false: no memory */
void jy__filter_add_fillers(jy__filter *filter); /* match_fillers.c */
/* match_filter_ascii.c */
void jy__filter_add_ascii_pair(const jy__matcher *matcher, jy__filter *filter, const jy__form *form);
void jy__filter_add_ascii_classes(jy__filter *filter);
/* match_filter_rare.c */
void jy__filter_add_outsiders(jy__matcher *matcher); /* of all forms, and of fillers */
void jy__filter_add_masks(jy__matcher *matcher);
void jy__filter_add_letters(jy__filter *filter);
void jy__filter_add_seen(jy__filter *filter); /* once all rare characters are known */
/* match_flanks.c */
bool jy__flanks_build(jy__matcher *matcher);
void jy__flanks_free(jy__matcher *matcher);
/* match_sieve.c */
bool jy__sieve_build(jy__matcher *matcher);
void jy__sieve_free(jy__matcher *matcher);

#endif
