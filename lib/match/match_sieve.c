/* Which two codes side by side may be a key of many, as match_avx512_rows.c asks it of all of them. In: the forms whose key is two Han codes. Out: words,
 * one chosen by a hash of the codes, in which each byte has two bits clear for each key, by six bits of another hash: so that one permutation makes all
 * four bytes that are asked for, and one test asks them.
 *
 *   hash    bits 2.. ─▶ place of a word      word    11010111 10110101 …   clear where some key has a bit
 *   other   ..010011 ..100001 … ─▶ marks     marks   00101000 01000010 …   all clear there: it may be a key */
#include "match/match_filter.h"

static size_t bytes_of(const jy__filter *filter) { return sizeof(*filter->sieve) << filter->pair_bits; }

/* Two bits of eight for each number: any two, and each as often as any others, but for a few. */
static void make_marks(uint8_t marks[64])
{
    for (uint32_t i = 0; i < 64; i++)
        marks[i] = (uint8_t)(1u << i % 8 | 1u << (i % 8 + 1 + i / 8 % 7) % 8);
}

static void add(const jy__filter *filter, uint32_t a, uint32_t b)
{
    const uint32_t mix = (uint32_t)((int32_t)(int16_t)a * JY__SIEVE_A + (int32_t)(int16_t)b * JY__SIEVE_B);
    const uint8_t *marks = filter->sieve_marks;
    uint32_t *word = &filter->sieve[jy__pair_mix(a, b) >> 2 & (((uint32_t)1 << filter->pair_bits) - 1)];
    *word &= ~(marks[mix & 63] | (uint32_t)marks[mix >> 8 & 63] << 8 | (uint32_t)marks[mix >> 16 & 63] << 16 | (uint32_t)marks[mix >> 24 & 63] << 24);
}

static void add_key(const jy__filter *filter, const uint32_t *key)
{
    jy__members a = jy__members_of(key[0]), b = jy__members_of(key[1]);
    for (size_t i = 0; i < a.count; i++)
        for (size_t k = 0; k < b.count; k++)
            if (jy__is_code(jy__member(&a, i)) && jy__is_code(jy__member(&b, k)))
                add(filter, jy__member(&a, i), jy__member(&b, k));
}

/* The filter is made but for this. */
bool jy__sieve_build(jy__matcher *matcher)
{
    jy__filter *filter = &matcher->filter;
    if (!filter->many)
        return true;
    filter->sieve = jy__mem_alloc(&matcher->mem, bytes_of(filter));
    if (!filter->sieve)
        return false;
    matcher->memory += bytes_of(filter);
    memset(filter->sieve, 0xFF, bytes_of(filter));
    make_marks(filter->sieve_marks);
    for (uint32_t i = 0; i < matcher->form_count; i++)
        if (jy__form_paired(&matcher->forms[i]))
            add_key(filter, matcher->symbols + matcher->forms[i].first + matcher->forms[i].key);
    return true;
}

void jy__sieve_free(jy__matcher *matcher)
{
    jy__mem_free(&matcher->mem, matcher->filter.sieve, bytes_of(&matcher->filter));
}
