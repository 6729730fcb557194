/* What a pattern needs, as a tree of symbols and of pairs of symbols. In: what match_required.c reads in the pattern; out: yes or no for a text of which is
 * known what it has. Most patterns that are asked for lack something, and running one costs a hundred times as much. */
#include "match/patterns/match_needs.h"
#include "fold/fold.h"

#define MIX 0x9E3779B1u

static uint32_t bit_of(uint32_t symbol) { return symbol * MIX >> (32 - JY__THERE_BITS); }
static uint32_t bit_of_two(uint32_t first, uint32_t second) { return (first * 31 + second + 1) * MIX >> (32 - JY__THERE_BITS); }

static void set_bit(jy__there *there, uint32_t bit) { there->bits[bit / 64] |= (uint64_t)1 << bit % 64; }
static bool has_bit(const jy__there *there, uint32_t bit) { return there->bits[bit / 64] >> bit % 64 & 1; }

static void note_symbol(jy__there *there, uint32_t last, uint32_t symbol)
{
    set_bit(there, bit_of(symbol));
    set_bit(there, bit_of_two(last, symbol));
}

/* What stands before the character at hand: the last symbol; and, blanks aside, the last Han one where nothing else came since, for folding drops the
 * blanks between two of these. 0: there is none. */
typedef struct before { uint32_t symbol, han; } before;

/* Blanks that folding drops are noted too: a text seems to have no less than it has. */
static before note_character(jy__there *there, before at, uint32_t cp)
{
    uint32_t symbols[JY__FOLD_MOST], count = jy__fold_char(cp, symbols);
    bool blank = jy__fold_kind(cp) == JY__KIND_BLANK;
    if (count && !blank && at.han && jy__fold_is_han(symbols[0]))
        set_bit(there, bit_of_two(at.han, symbols[0]));
    for (uint32_t i = 0; i < count; i++) {
        note_symbol(there, at.symbol, symbols[i]);
        at.symbol = symbols[i];
    }
    if (count && !blank)
        at.han = jy__fold_is_han(at.symbol) ? at.symbol : 0;
    return at;
}

void jy__there_of(jy_str text, jy__there *out)
{
    const char *p = text.ptr, *end = p + text.len;
    before at = { 0, 0 };
    bool valid;
    memset(out, 0, sizeof(*out));
    while (p < end) {
        uint32_t cp = jy__utf8_next(&p, end, &valid), han = jy__fold_han(cp);
        if (!han) {
            at = note_character(out, at, cp);
            continue;
        }
        if (at.han != at.symbol)
            set_bit(out, bit_of_two(at.han, han));
        note_symbol(out, at.symbol, han);
        at = (before){ han, han };
    }
}

/* ---- the tree is written */

static void add_word(jy__needs *needs, uint32_t word)
{
    needs->full = needs->full || needs->count == JY__NEEDS_MOST;
    if (!needs->full)
        needs->words[needs->count++] = (uint16_t)word;
}

uint32_t jy__needs_open(jy__needs *needs)
{
    uint32_t node = needs->count;
    add_word(needs, JY__NEED_NODE);
    return node;
}

void jy__needs_drop(jy__needs *needs, uint32_t from) { needs->count = from; }

static uint32_t words_of(uint16_t word) { return word & JY__NEED_NODE ? word & JY__NEED_WORDS : 1; }

/* Children of which all are needed are asked in the order of their size: the small ones are soon asked, and seldom there. */
static void put_in_order(uint16_t *from, const uint16_t *end)
{
    uint16_t child[JY__NEEDS_MOST], size;
    for (uint16_t *at = from; at < end; at += size) {
        uint16_t *to = from;
        size = (uint16_t)words_of(*at);
        while (to < at && words_of(*to) <= size)
            to += words_of(*to);
        memcpy(child, at, size * sizeof(*at));
        memmove(to + size, to, (size_t)(at - to) * sizeof(*at));
        memcpy(to, child, size * sizeof(*at));
    }
}

bool jy__needs_close(jy__needs *needs, uint32_t node, uint16_t kind)
{
    uint32_t count = needs->count - node;
    if (count < 2 || needs->full) {
        jy__needs_drop(needs, node);
        return false;
    }
    if (kind == JY__NEED_ALL)
        put_in_order(needs->words + node + 1, needs->words + needs->count);
    needs->words[node] = (uint16_t)(JY__NEED_NODE | kind | count);
    if (words_of(needs->words[node + 1]) == count - 1) { /* an only child */
        memmove(needs->words + node, needs->words + node + 1, (count - 1) * sizeof(*needs->words));
        needs->count--;
    }
    return true;
}

void jy__needs_symbol(jy__needs *needs, uint32_t symbol) { add_word(needs, bit_of(symbol)); }
void jy__needs_two(jy__needs *needs, uint32_t first, uint32_t second) { add_word(needs, bit_of_two(first, second)); }

/* The symbols of a literal from `at` on, two by two. */
static void add_literal(jy__needs *needs, const jy__required_literal *literal, uint32_t at)
{
    uint32_t node;
    if (literal->count == 1) {
        jy__needs_symbol(needs, literal->symbols[0]);
        return;
    }
    node = jy__needs_open(needs);
    for (; at + 1 < literal->count; at++)
        add_word(needs, bit_of_two(literal->symbols[at], literal->symbols[at + 1]));
    jy__needs_close(needs, node, JY__NEED_ALL);
}

/* How many literals, from the first on, have the same two symbols at `at`. */
static uint32_t alike(const jy__required_literal *first, uint32_t count, uint32_t at)
{
    uint32_t same = 1;
    if (first->count < at + 2)
        return same;
    while (same < count && first[same].count >= at + 2 && !memcmp(first[same].symbols + at, first->symbols + at, 2 * sizeof(*first->symbols)))
        same++;
    return same;
}

static bool one_ends(const jy__required_literal *first, uint32_t count, uint32_t at)
{
    for (uint32_t i = 0; i < count; i++)
        if (first[i].count <= at)
            return true;
    return false;
}

/* A child for each of those that differ at `at`. Those that begin alike are asked once for how they begin: there are products of them, 你是谁 你是哪 您是谁 …,
 * and mostly a text has no 你是. */
static void add_alternatives(jy__needs *needs, const jy__required_literal *first, uint32_t count, uint32_t at)
{
    for (uint32_t i = 0, same; i < count && !needs->full; i += same) {
        uint32_t node, rest;
        same = alike(first + i, count - i, at);
        if (same == 1) {
            add_literal(needs, first + i, at);
            continue;
        }
        node = jy__needs_open(needs);
        add_word(needs, bit_of_two(first[i].symbols[at], first[i].symbols[at + 1]));
        rest = jy__needs_open(needs);
        add_alternatives(needs, first + i, same, at + 1);
        if (one_ends(first + i, same, at + 2))
            jy__needs_drop(needs, rest);
        else
            jy__needs_close(needs, rest, 0);
        jy__needs_close(needs, node, JY__NEED_ALL);
    }
}

void jy__needs_one_of(jy__needs *needs, const jy__required *literals)
{
    uint32_t node = jy__needs_open(needs);
    add_alternatives(needs, literals->items, literals->count, 0);
    jy__needs_close(needs, node, 0);
}

/* ---- and asked */

/* The children of a node up to the first that settles it. */
static bool is_met(const uint16_t *at, const uint16_t *end, bool all, const jy__there *there)
{
    for (; at < end; at += words_of(*at)) {
        bool met = *at & JY__NEED_NODE ? is_met(at + 1, at + words_of(*at), *at & JY__NEED_ALL, there) : has_bit(there, *at);
        if (met != all)
            return met;
    }
    return all;
}

bool jy__needs_met(const uint16_t *words, size_t count, const jy__there *there) { return is_met(words, words + count, true, there); }

/* ---- alternatives: a tree that is one node, of whose children one is needed */

uint32_t jy__needs_alternatives(const uint16_t *words, size_t count)
{
    uint32_t alternatives = 0;
    if (count == 0 || !(words[0] & JY__NEED_NODE) || words[0] & JY__NEED_ALL || words_of(words[0]) != count)
        return 0;
    for (const uint16_t *at = words + 1; at < words + count; at += words_of(*at))
        alternatives++;
    return alternatives;
}

uint32_t jy__needs_alternatives_met(const uint16_t *words, const jy__there *there, uint32_t *out, uint32_t most)
{
    const uint16_t *end = words + words_of(words[0]);
    uint32_t number = 0, met = 0;
    for (const uint16_t *at = words + 1; at < end && met <= most; at += words_of(*at), number++) {
        if (!is_met(at, at + words_of(*at), true, there))
            continue;
        if (met < most)
            out[met] = number;
        met++;
    }
    return met;
}
