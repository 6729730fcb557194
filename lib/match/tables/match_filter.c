/* The filter's tables. In: the forms and their keys. Out: bitmaps that admit every place where a key may begin, whatever variant of
 * its characters the text has, and not much else. All single-symbol variants of a key's characters are enumerated (fold knows them):
 * Han of U+4000..9FFF here, ASCII in match_filter_ascii.c, fillers in match_fillers.c; all others are rare (match_filter_rare.c), and the
 * exact walk looks at all of the text around each such character. */
#include "match/tables/match_filter.h"
#include "match/tables/match_build.h"

/* ---- pairs of Han */

static void set_pair(jy__filter *filter, uint32_t a, uint32_t b)
{
    uint32_t mix = jy__pair_mix(a, b);
    filter->pairs[mix >> 5 & (((uint32_t)1 << filter->pair_bits) - 1)] |= jy__mix_mask(mix);
}

static void add_han_pair(jy__filter *filter, const uint32_t *pair)
{
    jy__members a = jy__members_of(pair[0]), b = jy__members_of(pair[1]);
    for (size_t i = 0; i < a.count; i++) {
        if (!jy__is_code(jy__member(&a, i)))
            continue;
        jy__bit_set(filter->heads, jy__member(&a, i));
        for (size_t j = 0; j < b.count; j++) {
            if (!jy__is_code(jy__member(&b, j)))
                continue;
            jy__bit_set(filter->tails, jy__member(&b, j));
            set_pair(filter, jy__member(&a, i), jy__member(&b, j));
        }
    }
    filter->has_han = true;
}

/* ---- triples: the key and the symbol behind it, or before it, or (a form of two symbols) nothing. Symbols, not variants: only
 * what passed the pairs is folded and looked up. */
static void add_triple(const jy__matcher *matcher, jy__filter *filter, const jy__form *form)
{
    const uint32_t *symbols = matcher->symbols + form->first, *pair = symbols + form->key;
    bool after = form->key + 2 < form->count && jy__is_code(pair[2]);
    bool before = form->key > 0 && jy__is_code(pair[-1]);
    uint32_t hash = jy__triple_hash(pair[0], pair[1]);
    uint64_t *word = &filter->triples[hash >> (32 - filter->triple_bits)];
    if (after)
        *word |= jy__triple_mask(hash, pair[2], JY__TRIPLE_BEHIND) | jy__triple_mask(hash, pair[1], JY__TRIPLE_BEHIND); /* a b|b c: b said again */
    else if (before)
        *word |= jy__triple_mask(hash, pair[-1], JY__TRIPLE_BEFORE) | jy__triple_mask(hash, pair[0], JY__TRIPLE_BEFORE);
    else
        *word |= jy__triple_mask(hash, 0, JY__TRIPLE_ALONE);
}

/* ---- single symbols */

static void add_single(jy__filter *filter, uint32_t symbol)
{
    jy__members all = jy__members_of(symbol);
    filter->has_rare_single |= jy__fold_is_han(symbol) && !jy__is_code(symbol);
    for (size_t i = 0; i < all.count; i++) {
        uint32_t cp = jy__member(&all, i);
        if (jy__is_code(cp)) { /* folded codes or not: the symbol itself is a member */
            jy__bit_set(filter->singles, cp);
            jy__filter_add_windows(filter->single, cp, symbol);
            filter->has_singles = true;
        } else if (cp < 128) {
            filter->ascii[cp] |= JY__ASCII_SINGLE;
            filter->has_ascii = true;
        }
    }
}

/* ---- the filter */

static uint32_t bits_for(uint32_t items, uint32_t least, uint32_t most)
{
    uint32_t bits = least;
    while (bits < most && ((uint32_t)1 << bits) < items)
        bits++;
    return bits;
}

/* Counts the keys, and how many pairs of codes stand for them. Phrases that are multiplied out have many forms with the same key. */
static uint32_t count_pairs(const jy__matcher *matcher, jy__filter *filter)
{
    const jy__pair_index *index = &matcher->pair_index;
    uint64_t count = 0;
    for (uint32_t i = 0; i < index->context_count; i++) {
        const jy__form *form = &matcher->forms[index->contexts[i].form];
        const uint32_t *key = matcher->symbols + form->first + form->key;
        if (index->contexts[i].last && jy__form_paired(form)) {
            count += jy__members_of(key[0]).count * jy__members_of(key[1]).count;
            filter->keys++;
        }
    }
    return count < UINT32_MAX / 2 ? (uint32_t)count : UINT32_MAX / 2;
}

#define BITMAPS ((2 * JY__CODE_WORDS + JY__TAIL_WORDS) * sizeof(uint64_t)) /* heads, singles, tails */

void jy__filter_share(jy__filter *filter)
{
    filter->fillers = jy__filler_firsts;
    filter->ends = jy__filler_lasts;
}

/* But for forms that are found by sound. */
static bool are_many(const jy__matcher *matcher)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < matcher->form_count; i++)
        count += !(matcher->forms[i].flags & JY__FORM_BY_SOUND);
    return count >= JY__MANY_FORMS;
}

#define TRIPLES_APART 8192u /* keys: of more, four share a word, for what lies in the second cache is asked faster than what would let a tenth less through */

static uint32_t triple_bits_for(uint32_t keys) { return bits_for(keys > TRIPLES_APART ? keys / 4 : keys, 7, 15); }

static bool make_room(jy__matcher *matcher)
{
    jy__filter *filter = &matcher->filter;
    filter->many = are_many(matcher);
    filter->rare_reach = matcher->longest > JY__STREAM_AHEAD ? matcher->longest : JY__STREAM_AHEAD;
    filter->pair_bits = bits_for(count_pairs(matcher, filter) / 2, 10, 15); /* 16 bits a pair */
    filter->pairs = jy__mem_alloc(&matcher->mem, sizeof(*filter->pairs) << filter->pair_bits);
    matcher->memory += sizeof(*filter->pairs) << filter->pair_bits;
    filter->triple_bits = triple_bits_for(filter->keys);
    filter->triples = jy__mem_alloc(&matcher->mem, sizeof(*filter->triples) << filter->triple_bits);
    matcher->memory += sizeof(*filter->triples) << filter->triple_bits;
    filter->heads = jy__mem_alloc(&matcher->mem, BITMAPS);
    matcher->memory += BITMAPS;
    filter->singles = filter->heads ? filter->heads + JY__CODE_WORDS : NULL;
    filter->tails = filter->heads ? filter->singles + JY__CODE_WORDS : NULL;
    jy__filter_share(filter);
    return filter->pairs && filter->triples && filter->heads;
}

static bool is_gap(uint32_t cp)
{
    jy__kind kind = jy__fold_kind(cp);
    return kind == JY__KIND_BLANK || kind == JY__KIND_MARK || kind == JY__KIND_STOP;
}

/* What may stand behind a letter. */
static void add_beyond(jy__filter *filter)
{
    for (uint32_t i = 0; i < 64; i++)
        filter->wide_gaps[i] = (uint8_t)((is_gap(0x3000 + i) ? JY__GAP_CJK : 0) | (is_gap(0xFF00 + i) ? JY__GAP_WIDE : 0));
    for (uint32_t i = 0; i < JY__HAN_COUNT; i++) {
        uint32_t symbol = jy__code_symbol(JY__HAN_FIRST + i);
        if (symbol && !jy__bit(filter->fillers, symbol))
            jy__bit_set(filter->plain, i);
    }
}

static void add_key(const jy__matcher *matcher, jy__filter *filter, const jy__form *form)
{
    const uint32_t *key = matcher->symbols + form->first + form->key;
    if (form->flags & JY__FORM_BY_SOUND)
        return;
    if (form->flags & JY__FORM_HAN) {
        add_han_pair(filter, key);
        add_triple(matcher, filter, form);
    } else if (form->flags & JY__FORM_PAIR) {
        jy__filter_add_ascii_pair(matcher, filter, form);
    } else {
        add_single(filter, key[0]);
    }
}

bool jy__filter_build(jy__matcher *matcher)
{
    jy__filter *filter = &matcher->filter;
    if (!make_room(matcher))
        return false;
    for (uint32_t i = 0; i < matcher->form_count; i++) {
        const jy__form *form = &matcher->forms[i];
        add_key(matcher, filter, form);
        filter->has_sound |= jy__form_heard(form);
        filter->has_masks |= (form->flags & JY__FORM_MASKED) != 0;
    }
    jy__filter_add_buckets(matcher);
    jy__filter_add_outsiders(matcher);
    jy__filter_add_masks(matcher);
    jy__filter_add_ascii_classes(filter);
    jy__filter_add_fillers(filter);
    add_beyond(filter);
    if ((filter->has_sound && !jy__sound_keys_build(matcher)) || !jy__flanks_build(matcher) || !jy__sieve_build(matcher) || !jy__filter_add_many_buckets(matcher))
        return false;
    jy__filter_add_letters(filter);
    jy__filter_add_seen(filter);
    jy__nibbles_build(matcher);
    return true;
}

void jy__filter_free(jy__matcher *matcher)
{
    jy__filter *filter = &matcher->filter;
    jy__mem_free(&matcher->mem, filter->pairs, sizeof(*filter->pairs) << filter->pair_bits);
    jy__mem_free(&matcher->mem, filter->triples, sizeof(*filter->triples) << filter->triple_bits);
    jy__mem_free(&matcher->mem, filter->heads, BITMAPS);
    jy__rows_free(matcher);
    jy__flanks_free(matcher);
    jy__sieve_free(matcher);
    jy__sound_keys_free(matcher);
}
