/* The forms that may be masked, in order, and the tables that are asked before them (match_mask.h). In: a matcher with its forms. Out: their numbers by the
 * hash of the first symbol, by length and by symbols; where each hash begins; bits for what symbol a form may have in which place, and for what stands side
 * by side in one. */
#include "match/tables/match_build.h"
#include "match/settle/match_mask.h"
#include <stdlib.h>

typedef struct sorted { const uint32_t *symbols; uint32_t count, form; } sorted;

static int by_symbols(const void *left, const void *right)
{
    const sorted *a = left, *b = right;
    int order = jy__mask_compare(a->symbols, a->count, b->symbols, b->count, b->count);
    return order ? order : a->form < b->form ? -1 : a->form > b->form;
}

static size_t part_bytes(const jy__matcher *matcher) { return (size_t)1 << jy__mask_part_bits(matcher) >> 3; }
static size_t spot_bytes(const jy__matcher *matcher) { return (size_t)1 << matcher->mask_spot_bits >> 3; }
static size_t first_bytes(const jy__matcher *matcher) { return (((size_t)1 << matcher->mask_first_bits) + 1) * sizeof(*matcher->mask_firsts); }

static void add_bits(jy__matcher *matcher, const jy__form *form)
{
    const uint32_t *symbols = matcher->symbols + form->first;
    jy__bit_set(matcher->mask_spots, jy__mask_spot(matcher, symbols[0], 0, symbols[0]));
    for (uint32_t i = 0; i < form->count; i++) {
        jy__bit_set(matcher->mask_spots, jy__mask_spot(matcher, symbols[0], i + 1u, i + 1u < form->count ? symbols[i + 1] : 0));
        jy__bit_set(matcher->mask_parts, jy__mask_hash(symbols[i], 0, jy__mask_part_bits(matcher)));
        if (i)
            jy__bit_set(matcher->mask_parts, jy__mask_hash(symbols[i - 1], symbols[i], jy__mask_part_bits(matcher)));
    }
}

/* About four bits for each symbol. */
static uint32_t choose_spot_bits(const jy__matcher *matcher)
{
    uint32_t bits = 12;
    while (bits < 19 && (size_t)1 << bits < 4 * matcher->symbol_count)
        bits++;
    return bits;
}

static uint32_t list_masked(const jy__matcher *matcher, sorted *all)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < matcher->form_count; i++)
        if (matcher->forms[i].flags & JY__FORM_MASKED)
            all[count++] = (sorted){ matcher->symbols + matcher->forms[i].first, matcher->forms[i].count, i };
    if (count)
        qsort(all, count, sizeof(*all), by_symbols);
    return count;
}

#define FIRST_BITS_MOST 12 /* beginnings in use */

static uint32_t choose_first_bits(const jy__matcher *matcher)
{
    uint32_t bits = 1;
    while (bits < FIRST_BITS_MOST && (uint32_t)1 << bits < matcher->masked_count)
        bits++;
    return bits;
}

/* They lie in the order of their hashes. */
static void list_firsts(jy__matcher *matcher)
{
    uint32_t hash = 0, hashes = (uint32_t)1 << matcher->mask_first_bits;
    for (uint32_t i = 0; i < matcher->masked_count; i++)
        while (hash <= jy__mask_first(matcher->symbols[matcher->forms[matcher->masked[i]].first], matcher->mask_first_bits))
            matcher->mask_firsts[hash++] = i;
    while (hash <= hashes)
        matcher->mask_firsts[hash++] = matcher->masked_count;
}

static bool make_room(jy__matcher *matcher)
{
    matcher->mask_spot_bits = choose_spot_bits(matcher);
    matcher->mask_first_bits = choose_first_bits(matcher);
    matcher->mask_firsts = jy__mem_alloc(&matcher->mem, first_bytes(matcher));
    matcher->masked = jy__mem_alloc(&matcher->mem, matcher->masked_count * sizeof(*matcher->masked));
    matcher->mask_spots = jy__mem_alloc(&matcher->mem, spot_bytes(matcher));
    matcher->mask_parts = jy__mem_alloc(&matcher->mem, part_bytes(matcher));
    matcher->memory += matcher->masked_count * sizeof(*matcher->masked) + spot_bytes(matcher) + part_bytes(matcher) + first_bytes(matcher);
    return matcher->masked && matcher->mask_spots && matcher->mask_parts && matcher->mask_firsts;
}

bool jy__masks_build(jy__matcher *matcher)
{
    sorted *all = jy__mem_alloc(&matcher->mem, matcher->form_count * sizeof(*all));
    bool done = all != NULL;
    matcher->masked_count = all ? list_masked(matcher, all) : 0;
    if (matcher->masked_count)
        done = make_room(matcher);
    for (uint32_t i = 0; done && i < matcher->masked_count; i++) {
        matcher->masked[i] = all[i].form;
        add_bits(matcher, &matcher->forms[all[i].form]);
    }
    if (done && matcher->masked_count)
        list_firsts(matcher);
    jy__mem_free(&matcher->mem, all, matcher->form_count * sizeof(*all));
    return done;
}

void jy__masks_free(jy__matcher *matcher)
{
    jy__mem_free(&matcher->mem, matcher->mask_spots, spot_bytes(matcher));
    jy__mem_free(&matcher->mem, matcher->mask_parts, part_bytes(matcher));
    jy__mem_free(&matcher->mem, matcher->mask_firsts, first_bytes(matcher));
    jy__mem_free(&matcher->mem, matcher->masked, matcher->masked_count * sizeof(*matcher->masked));
}
