/* Which two codes side by side may be a key of many, as match_avx512_rows.c asks it of all of them. In: the forms whose key is two Han codes. Out: words,
 * one chosen by a hash of the codes, in which each byte has two bits clear for each key, by six bits of another hash: so that one permutation makes all
 * four bytes that are asked for, and one test asks them. Of very many keys one place in nine is a key's: then three codes are asked (match_avx512_threes.c),
 * the key and the one behind it, or that before it and the key; the first two choose the word, and each byte has one bit for the three.
 *
 *   hash    bits 2.. ─▶ place of a word      word    11010111 10110101 …   clear where some key has a bit
 *   other   ..010011 ..100001 … ─▶ marks     marks   00101000 01000010 …   all clear there: it may be a key */
#include "match/match_filter.h"

static size_t bytes_of(const jy__filter *filter) { return sizeof(*filter->sieve) << filter->sieve_bits; }

/* Two bits of eight for each number: any two, and each as often as any others, but for a few; of threes one, for a key of several variants has its word
 * full with two. */
static void make_marks(jy__filter *filter)
{
    for (uint32_t i = 0; i < 64; i++)
        filter->sieve_marks[i] = (uint8_t)(filter->threes ? 1u << (i ^ i >> 3) % 8 : 1u << i % 8 | 1u << (i % 8 + 1 + i / 8 % 7) % 8);
}

static uint32_t other_mix(uint32_t a, uint32_t b) { return (uint32_t)((int32_t)(int16_t)a * JY__SIEVE_A + (int32_t)(int16_t)b * JY__SIEVE_B); }

static void add(const jy__filter *filter, uint32_t a, uint32_t b, uint32_t other)
{
    const uint8_t *marks = filter->sieve_marks;
    uint32_t *word = &filter->sieve[jy__pair_mix(a, b) >> 2 & (((uint32_t)1 << filter->sieve_bits) - 1)];
    *word &= ~(marks[other & 63] | (uint32_t)marks[other >> 8 & 63] << 8 | (uint32_t)marks[other >> 16 & 63] << 16 | (uint32_t)marks[other >> 24 & 63] << 24);
}

/* Three codes of which the last one is a variant of the symbol, but not the code `but`. */
static void add_behind(const jy__filter *filter, uint32_t a, uint32_t b, uint32_t symbol, uint32_t but)
{
    jy__members c = jy__members_of(symbol);
    for (size_t i = 0; i < c.count; i++)
        if (jy__is_code(jy__member(&c, i)) && jy__member(&c, i) != but)
            add(filter, a, b, other_mix(a, b) + other_mix(b, jy__member(&c, i)));
}

/* Two codes, whatever is behind them. */
static void add_pair(const jy__filter *filter, uint32_t a, uint32_t b) { add(filter, a, b, other_mix(a, b)); }

static void add_variants(const jy__filter *filter, const uint32_t *pair)
{
    jy__members a = jy__members_of(pair[0]), b = jy__members_of(pair[1]);
    for (size_t i = 0; i < a.count; i++)
        for (size_t k = 0; k < b.count; k++)
            if (jy__is_code(jy__member(&a, i)) && jy__is_code(jy__member(&b, k)) && (i || k))
                add_pair(filter, jy__member(&a, i), jy__member(&b, k));
}

/* All variants of two symbols; of three, unless `behind` is NULL, only where the first two are as they are: others are few, and stand for any three. */
static void add_key(const jy__filter *filter, const uint32_t *key, const uint32_t *behind)
{
    add_variants(filter, key);
    if (behind)
        add_behind(filter, key[0], key[1], *behind, 0);
    else
        add_pair(filter, key[0], key[1]);
}

/* As triples have it: with the symbol behind the key, or the last one said again; or with that before it, or the first one said again. Where the same
 * code stands there twice the engine looks anyway. */
static void add_form(const jy__matcher *matcher, const jy__form *form)
{
    const jy__filter *filter = &matcher->filter;
    const uint32_t *key = matcher->symbols + form->first + form->key;
    if (!filter->threes) {
        add_key(filter, key, NULL);
    } else if (form->key + 2 < form->count && jy__is_code(key[2])) {
        add_key(filter, key, key + 2);
        add_behind(filter, key[0], key[1], key[1], key[1]);
    } else if (form->key > 0 && jy__is_code(key[-1])) {
        const uint32_t again[2] = { key[0], key[0] };
        add_key(filter, key - 1, key + 1);
        add_variants(filter, again);
    } else {
        add_key(filter, key, NULL);
    }
}

#define THREES_FROM 8192u /* keys: with 1,000 nearly all pairs that pass are keys, and they are few */

/* The filter is made but for this. */
bool jy__sieve_build(jy__matcher *matcher)
{
    jy__filter *filter = &matcher->filter;
    if (!filter->many)
        return true;
    filter->threes = filter->keys >= THREES_FROM;
    filter->sieve_bits = filter->pair_bits + filter->threes;
    filter->sieve = jy__mem_alloc(&matcher->mem, bytes_of(filter));
    if (!filter->sieve)
        return false;
    matcher->memory += bytes_of(filter);
    memset(filter->sieve, 0xFF, bytes_of(filter));
    make_marks(filter);
    for (uint32_t i = 0; i < matcher->form_count; i++)
        if (jy__form_paired(&matcher->forms[i]))
            add_form(matcher, &matcher->forms[i]);
    return true;
}

void jy__sieve_free(jy__matcher *matcher)
{
    jy__mem_free(&matcher->mem, matcher->filter.sieve, bytes_of(&matcher->filter));
}
