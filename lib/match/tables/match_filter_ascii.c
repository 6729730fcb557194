/* The filter's tables of ASCII (match_ascii.c asks them). In: keys of letters and digits. Out: bits of each character, whether two of them side by side
 * begin a key, and the same by eight buckets for three characters at once, for sixteen places at a time (match_avx512_ascii.c). */
#include "match/tables/match_filter.h"

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

void jy__filter_add_ascii_pair(const jy__matcher *matcher, jy__filter *filter, const jy__form *form)
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

/* No filler has a letter. */
void jy__filter_add_ascii_classes(jy__filter *filter)
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
