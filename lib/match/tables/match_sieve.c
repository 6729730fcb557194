/* Which two codes side by side may be a key of many, as match_avx512_rows.c and match_avx2_rows.h ask it of all of them. In: the forms whose key is two Han
 * codes. Out: words, one chosen by a hash of the codes, in which each byte has two bits clear for each key, by four bits of another hash: so that one
 * permutation makes all four bytes that are asked for, and one test asks them. Of very many keys one place in nine is a key's: then three codes are asked
 * (match_avx512_threes.c), the key and the one behind it, or that before it and the key, whichever fills the emptier words, for a text's pairs are mostly some
 * key's and a full word lets all of them through; the first two choose the word, and each byte has one bit for the three.
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

/* What a form fills (put), or would; at, word: the last word as it would then be. */
typedef struct filling { const jy__filter *filter; bool put; uint32_t at, word; uint64_t cost; } filling;

/* A word lets through what has all of four bits by chance. */
static uint64_t chance_of(uint32_t word)
{
    const uint64_t bits = (uint64_t)__builtin_popcount(~word);
    return bits * bits * bits * bits;
}

static void weigh(filling *f, uint32_t at, uint32_t marks)
{
    if (f->at != at)
        f->word = f->filter->sieve[at];
    f->at = at;
    f->cost += chance_of(f->word & ~marks) - chance_of(f->word);
    f->word &= ~marks;
}

/* Three codes, or two, whatever is behind them, c being 0. */
static void add(filling *f, uint32_t a, uint32_t b, uint32_t c)
{
    const jy__filter *filter = f->filter;
    const uint8_t *marks = filter->sieve_marks;
    const uint32_t other = other_mix(a, b) + (c ? other_mix(b, c) : 0), at = jy__pair_mix(a, b) >> 2 & (((uint32_t)1 << filter->sieve_bits) - 1);
    const uint32_t own = marks[other & 63] | (uint32_t)marks[other >> 8 & 63] << 8 | (uint32_t)marks[other >> 16 & 63] << 16 | (uint32_t)marks[other >> 24 & 63] << 24;
    if (!f->put) {
        weigh(f, at, own);
        return;
    }
    filter->sieve[at] &= ~own;
}

/* All variants of two symbols, but not these themselves. */
static void add_variants(filling *f, uint32_t first, uint32_t second)
{
    jy__members a = jy__members_of(first), b = jy__members_of(second);
    for (size_t i = 0; i < a.count; i++)
        for (size_t k = 0; k < b.count; k++)
            if (jy__is_code(jy__member(&a, i)) && jy__is_code(jy__member(&b, k)) && (i || k))
                add(f, jy__member(&a, i), jy__member(&b, k), 0);
}

/* The symbol and variants of another one, but not the code `but`. */
static void add_second(filling *f, uint32_t first, uint32_t second, uint32_t but)
{
    jy__members b = jy__members_of(second);
    for (size_t i = 0; i < b.count; i++)
        if (jy__is_code(jy__member(&b, i)) && jy__member(&b, i) != but)
            add(f, first, jy__member(&b, i), 0);
}

/* Three symbols as they are; variants stand for any three, as two of them: those of the third one with the second, so that they are in other words than the
 * three, and many forms have the same. */
static void add_three(filling *f, const uint32_t *symbols)
{
    add(f, symbols[0], symbols[1], symbols[2]);
    add_variants(f, symbols[0], symbols[1]);
    add_second(f, symbols[1], symbols[2], symbols[2]);
}

/* As triples have it: with the symbol behind the key, or the last one said again; or with that before it, or the first one said again; or the key alone.
 * Where the same code stands there twice the engine looks anyway. */
enum { BEHIND = 1, BEFORE = 2, ALONE = 4 };

static void add_form(filling *f, const uint32_t *key, int way)
{
    if (way == BEHIND) {
        add_three(f, key);
        add_second(f, key[1], key[1], key[1]);
    } else if (way == BEFORE) {
        add_three(f, key - 1);
        add_variants(f, key[0], key[0]);
    } else {
        add(f, key[0], key[1], 0);
        add_variants(f, key[0], key[1]);
    }
}

/* Which of them the form has. */
static int ways_of(const jy__matcher *matcher, const jy__form *form)
{
    const uint32_t *key = matcher->symbols + form->first + form->key;
    const int ways = (form->key + 2 < form->count && jy__is_code(key[2]) ? BEHIND : 0) | (form->key > 0 && jy__is_code(key[-1]) ? BEFORE : 0);
    return matcher->filter.threes && ways ? ways : ALONE;
}

static uint64_t cost_of(const jy__filter *filter, const uint32_t *key, int way)
{
    filling f = { .filter = filter, .at = UINT32_MAX };
    add_form(&f, key, way);
    return f.cost;
}

/* Forms of one way first: those of two then take that which fills emptier words. */
static void add_forms(const jy__matcher *matcher, bool both)
{
    filling f = { .filter = &matcher->filter, .put = true };
    for (uint32_t i = 0; i < matcher->form_count; i++) {
        const jy__form *form = &matcher->forms[i];
        const uint32_t *key = matcher->symbols + form->first + form->key;
        int way = ways_of(matcher, form);
        if (!jy__form_paired(form) || both != (way == (BEHIND | BEFORE)))
            continue;
        if (both)
            way = cost_of(f.filter, key, BEFORE) < cost_of(f.filter, key, BEHIND) ? BEFORE : BEHIND;
        add_form(&f, key, way);
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
    add_forms(matcher, false);
    add_forms(matcher, true);
    return true;
}

void jy__sieve_free(jy__matcher *matcher)
{
    jy__mem_free(&matcher->mem, matcher->filter.sieve, bytes_of(&matcher->filter));
}
