/* Which two codes side by side may be a key of many, as match_avx512_rows.c and match_avx2_rows.h ask it of all of them. In: the forms whose key is two Han
 * codes. Out: words, one chosen by a hash of the codes, in which each byte has two bits clear for each key, by four bits of another hash: so that one
 * permutation makes all four bytes that are asked for, and one test asks them. Of very many keys one place in nine is a key's: then three codes are asked
 * (match_avx512_threes.c), the key and the one behind it, or, where the form has none there, that before it and the key; the first two choose the word, and each
 * byte has one bit for the three.
 *
 *   hash    bits 2.. ─▶ place of a word      word    11010111 10110101 …   clear where some key has a bit
 *   other   ..010011 ..100001 … ─▶ marks     marks   00101000 01000010 …   all clear there: it may be a key */
#include "match/tables/match_filter.h"

static size_t bytes_of(const jy__filter *filter) { return sizeof(*filter->sieve) << filter->sieve_bits; }

/* For each number two bits of eight, each as often as any others; of threes one, for a key of several variants has its word full with two. A number's lowest
 * four bits tell them, so that engines look up 16 or 64 of them at once. */
static void make_marks(jy__filter *filter)
{
    for (uint32_t i = 0; i < 64; i++) {
        const uint32_t first = i % 8, other = i / 8 % 2;
        filter->sieve_marks[i] = (uint8_t)(filter->threes ? 1u << (first ^ other) : 1u << first | 1u << (first + 1 + 2 * other) % 8);
    }
}

static uint32_t other_mix(uint32_t a, uint32_t b) { return (uint32_t)((int32_t)(int16_t)a * JY__SIEVE_A + (int32_t)(int16_t)b * JY__SIEVE_B); }

/* Three codes, or two, whatever is behind them, c being 0. */
static void add(const jy__filter *filter, uint32_t a, uint32_t b, uint32_t c)
{
    const uint8_t *marks = filter->sieve_marks;
    const uint32_t other = other_mix(a, b) + (c ? other_mix(b, c) : 0), at = jy__pair_mix(a, b) >> 2 & (((uint32_t)1 << filter->sieve_bits) - 1);
    const uint32_t own = marks[other & 63] | (uint32_t)marks[other >> 8 & 63] << 8 | (uint32_t)marks[other >> 16 & 63] << 16 | (uint32_t)marks[other >> 24 & 63] << 24;
    filter->sieve[at] &= ~own;
}

/* All variants of two symbols, but not these themselves. */
static void add_variants(const jy__filter *filter, uint32_t first, uint32_t second)
{
    jy__members a = jy__members_of(first), b = jy__members_of(second);
    for (size_t i = 0; i < a.count; i++)
        for (size_t k = 0; k < b.count; k++)
            if (jy__is_code(jy__member(&a, i)) && jy__is_code(jy__member(&b, k)) && (i || k))
                add(filter, jy__member(&a, i), jy__member(&b, k), 0);
}

/* The symbol and variants of another one, but not the code `but`. */
static void add_second(const jy__filter *filter, uint32_t first, uint32_t second, uint32_t but)
{
    jy__members b = jy__members_of(second);
    for (size_t i = 0; i < b.count; i++)
        if (jy__is_code(jy__member(&b, i)) && jy__member(&b, i) != but)
            add(filter, first, jy__member(&b, i), 0);
}

/* Three symbols as they are; variants stand for any three, as two of them: those of the third one with the second, so that they are in other words than the
 * three, and many forms have the same. */
static void add_three(const jy__filter *filter, const uint32_t *symbols)
{
    add(filter, symbols[0], symbols[1], symbols[2]);
    add_variants(filter, symbols[0], symbols[1]);
    add_second(filter, symbols[1], symbols[2], symbols[2]);
}

/* As triples have it, so that a place passes both or neither: with the symbol behind the key, or the last one said again; or with that before it, or the first
 * one said again; or the key alone. Where the same code stands there twice the engine looks anyway. */
static void add_form(const jy__matcher *matcher, const jy__form *form)
{
    const jy__filter *filter = &matcher->filter;
    const uint32_t *key = matcher->symbols + form->first + form->key;
    if (filter->threes && form->key + 2 < form->count && jy__is_code(key[2])) {
        add_three(filter, key);
        add_second(filter, key[1], key[1], key[1]);
    } else if (filter->threes && form->key > 0 && jy__is_code(key[-1])) {
        add_three(filter, key - 1);
        add_variants(filter, key[0], key[0]);
    } else {
        add(filter, key[0], key[1], 0);
        add_variants(filter, key[0], key[1]);
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
