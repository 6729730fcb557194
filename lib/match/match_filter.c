/* The filter's tables. In: the forms and their keys. Out: bitmaps that admit every place where a key may begin, whatever variant of
 * its characters the text has, and not much else. All single-symbol variants of a key's characters are enumerated (fold knows them);
 * those of any symbol that are no Han character of U+4000..9FFF or no ASCII, and all characters that expand to several symbols, are
 * rare: their bytes are noted in three small tables, and the exact walk looks at all of the text around each such character. */
#include "match/match_filter.h"
#include "match/match_build.h"

/* ---- rare characters: a group is a bit; a character is rare when all three tables have a bit of it in common
 *   bytes   EF BC 8A     rare_lead[EF & 63] & rare_second[BC & 63] & rare_third[8A & 63] != 0
 * Leads that are frequent in Chinese text have groups of their own, so that ， does not look like ＊. */
static unsigned rare_group(unsigned lead, unsigned second)
{
    if (lead == 0xEF)
        return second == 0xBC ? 0 : second == 0xBD ? 1 : 2;
    if (lead == 0xE3)
        return second == 0x80 ? 3 : 4;
    if (lead == 0xE2)
        return second == 0x80 ? 5 : 6;
    return 7;
}

void jy__filter_add_rare(jy__filter *filter, uint32_t cp)
{
    unsigned char bytes[4] = { 0 };
    size_t len = jy__utf8_put(cp, (char *)bytes);
    uint8_t bit = (uint8_t)(1u << rare_group(bytes[0], bytes[1]));
    filter->rare_lead[bytes[0] & 63] |= bit;
    filter->rare_second[bytes[1] & 63] |= bit;
    if (len > 2)
        filter->rare_third[bytes[2] & 63] |= bit;
    for (size_t i = 0; len == 2 && i < 64; i++) /* what follows is another character */
        filter->rare_third[i] |= bit;
    filter->has_rare = true;
}

/* Notes the variants of a symbol that the streams do not carry. */
static void add_outsiders(jy__filter *filter, uint32_t symbol, bool ascii)
{
    jy__members all = jy__members_of(symbol);
    size_t count;
    const uint32_t *expanding = jy__fold_expanding(symbol, &count);
    for (size_t i = 0; i < all.count; i++)
        if (!jy__is_code(jy__member(&all, i)) && !(ascii && jy__member(&all, i) < 128))
            jy__filter_add_rare(filter, jy__member(&all, i));
    for (size_t i = 0; i < count; i++)
        jy__filter_add_rare(filter, expanding[i]);
}

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
        jy__filter_add_windows(filter->first, jy__member(&a, i), pair[0]);
        for (size_t j = 0; j < b.count; j++) {
            if (!jy__is_code(jy__member(&b, j)))
                continue;
            jy__bit_set(filter->tails, jy__member(&b, j));
            set_pair(filter, jy__member(&a, i), jy__member(&b, j));
            jy__filter_add_windows(filter->second, jy__member(&b, j), pair[0]);
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

/* ---- ASCII */

static void add_letter(uint8_t table[256], uint32_t symbol, uint8_t bit)
{
    jy__members all = jy__members_of(symbol);
    for (size_t i = 0; i < all.count; i++)
        if (jy__member(&all, i) < 128)
            table[jy__member(&all, i)] |= bit;
}

/* Behind a key stands the form's next symbol, or the second one is said again; behind a form's end anything does. */
static void add_ascii_key(const jy__matcher *matcher, jy__filter *filter, const jy__form *form)
{
    const uint32_t *pair = matcher->symbols + form->first + form->key;
    uint8_t bit = (uint8_t)(1u << (pair[0] * 5 + pair[1]) % 8);
    add_letter(filter->ascii_keys[0], pair[0], bit);
    add_letter(filter->ascii_keys[1], pair[1], bit);
    add_letter(filter->ascii_keys[2], pair[1], bit);
    if (form->key + 2 < form->count)
        add_letter(filter->ascii_keys[2], pair[2], bit);
    if (form->key + 2 < form->count && jy__is_letter(pair[2]))
        return;
    filter->ascii_open |= bit;
    for (uint32_t c = 0; (form->key + 2 == form->count || pair[2] < 128) && c < 128; c++)
        filter->ascii_keys[2][c] |= bit;
}

static void add_ascii_pair(const jy__matcher *matcher, jy__filter *filter, const jy__form *form)
{
    const uint32_t *pair = matcher->symbols + form->first + form->key;
    jy__members a = jy__members_of(pair[0]), b = jy__members_of(pair[1]);
    for (size_t i = 0; i < a.count; i++) {
        if (jy__member(&a, i) >= 128)
            continue;
        filter->ascii[jy__member(&a, i)] |= JY__ASCII_HEAD;
        for (size_t j = 0; j < b.count; j++)
            if (jy__member(&b, j) < 128)
                jy__bit_set(filter->ascii_pairs, jy__member(&a, i) * 128 + jy__member(&b, j));
    }
    add_ascii_key(matcher, filter, form);
    filter->has_ascii = true;
}

/* ---- single symbols */

static void add_single(jy__filter *filter, uint32_t symbol)
{
    jy__members all = jy__members_of(symbol);
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

/* From so many on buckets are full: all pairs are looked up. */
#define MANY_FORMS 128u

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
    return count >= MANY_FORMS;
}

static bool make_room(jy__matcher *matcher)
{
    jy__filter *filter = &matcher->filter;
    filter->many = are_many(matcher);
    filter->rare_reach = matcher->longest > JY__STREAM_AHEAD ? matcher->longest : JY__STREAM_AHEAD;
    filter->pair_bits = bits_for(count_pairs(matcher, filter) / 2, 10, 15); /* 16 bits a pair */
    filter->pairs = jy__mem_alloc(&matcher->mem, sizeof(*filter->pairs) << filter->pair_bits);
    matcher->memory += sizeof(*filter->pairs) << filter->pair_bits;
    filter->triple_bits = bits_for(filter->keys, 7, 15);
    filter->triples = jy__mem_alloc(&matcher->mem, sizeof(*filter->triples) << filter->triple_bits);
    matcher->memory += sizeof(*filter->triples) << filter->triple_bits;
    filter->heads = jy__mem_alloc(&matcher->mem, BITMAPS);
    matcher->memory += BITMAPS;
    filter->singles = filter->heads ? filter->heads + JY__CODE_WORDS : NULL;
    filter->tails = filter->heads ? filter->singles + JY__CODE_WORDS : NULL;
    jy__filter_share(filter);
    return filter->pairs && filter->triples && filter->heads;
}

static void add_mask(jy__filter *filter, uint32_t cp)
{
    if (cp >= 128) {
        jy__filter_add_rare(filter, cp);
        return;
    }
    filter->ascii[cp] |= JY__ASCII_MASK;
    filter->has_ascii = true;
}

static void add_masks(jy__matcher *matcher)
{
    jy__filter *filter = &matcher->filter;
    filter->masks_are_marks = filter->has_masks;
    for (uint32_t cp = 0; filter->has_masks && cp < 0x10000; cp++) {
        if (!jy__fold_is_mask(cp))
            continue;
        add_mask(filter, cp);
        filter->masks_are_marks &= !jy__index_has(&matcher->index, cp);
    }
}

/* Codes are noted once each. */
static void note_outsiders(jy__matcher *matcher, const jy__form *form, uint64_t seen[JY__CODE_WORDS])
{
    for (uint32_t k = 0; k < form->count; k++) {
        uint32_t symbol = matcher->symbols[form->first + k];
        if (jy__is_code(symbol) && jy__bit(seen, symbol))
            continue;
        if (jy__is_code(symbol))
            jy__bit_set(seen, symbol);
        add_outsiders(&matcher->filter, symbol, true);
    }
}

/* No filler has a letter. */
static void add_ascii_classes(jy__filter *filter)
{
    unsigned begins = 0, last = 0;
    for (uint32_t c = 0; c < 256; c++) {
        if (!jy__is_letter(c))
            filter->ascii_keys[1][c] = filter->ascii_keys[2][c] = 0xFF; /* it may stand between two letters */
        if (c < 128 && filter->ascii[c] & JY__ASCII_BEGINS)
            begins++, last = c;
    }
    filter->ascii_one = begins == 1 ? (uint8_t)last : 0;
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

/* A filler may stand in every form. */
static void note_filler_outsiders(jy__filter *filter)
{
    const uint32_t *symbols;
    size_t count;
    for (size_t i = 0; (symbols = jy__fold_filler_list(i, &count)) != NULL; i++)
        for (size_t k = 0; k < count; k++)
            add_outsiders(filter, symbols[k], true);
}

/* By their low six bits E1..EC, EE and EF are usual leads. */
static void add_seen(jy__filter *filter)
{
    const uint64_t usual = (uint64_t)0xDFFE << 32;
    for (unsigned i = 0; i < 64; i++) {
        filter->seen[0][i] = filter->rare_lead[i] | (usual >> i & 1 ? 0 : JY__SEEN_ODD);
        filter->seen[1][i] = filter->rare_second[i] | JY__SEEN_ODD;
        filter->seen[2][i] = filter->rare_third[i] | JY__SEEN_ODD;
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
        add_ascii_pair(matcher, filter, form);
    } else {
        add_single(filter, key[0]);
    }
}

bool jy__filter_build(jy__matcher *matcher)
{
    jy__filter *filter = &matcher->filter;
    uint64_t seen[JY__CODE_WORDS] = { 0 };
    if (!make_room(matcher))
        return false;
    for (uint32_t i = 0; i < matcher->form_count; i++) {
        const jy__form *form = &matcher->forms[i];
        note_outsiders(matcher, form, seen);
        add_key(matcher, filter, form);
        filter->has_sound |= jy__form_heard(form);
        filter->has_masks |= (form->flags & JY__FORM_MASKED) != 0;
    }
    add_masks(matcher);
    note_filler_outsiders(filter);
    add_ascii_classes(filter);
    jy__filter_add_fillers(filter);
    add_beyond(filter);
    if ((filter->has_sound && !jy__sound_keys_build(matcher)) || !jy__flanks_build(matcher))
        return false;
    add_seen(filter);
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
    jy__sound_keys_free(matcher);
}
