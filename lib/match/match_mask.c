/* Masked phrases: 没** or 没*法 for 没办法. In: the first of a run of mask characters. Out: forms whose visible symbols stand around the run
 * and that have exactly as many symbols as the run has masks in its place. The first symbol is always visible, there is one run, and what
 * is masked is neither stuttered nor filled: a guess must not rest on other guesses. Forms lie sorted by their symbols, so those that begin
 * with the visible part are side by side.
 *
 *   text    真 没 * * 了          before the run: 没, then 真没; behind it: 了
 *   forms   … [没办法 没关系 没问题 没意思 …] …   begin with 没; of three symbols: all but none visible behind
 */
#include "match/match_inside.h"
#include <stdlib.h>

typedef struct sorted { const uint32_t *symbols; uint32_t count, form; } sorted;

static int compare(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count)
{
    for (uint32_t i = 0; i < a_count && i < b_count; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return a_count < b_count ? -1 : a_count > b_count;
}

static int by_symbols(const void *left, const void *right)
{
    const sorted *a = left, *b = right;
    int order = compare(a->symbols, a->count, b->symbols, b->count);
    return order ? order : a->form < b->form ? -1 : a->form > b->form;
}

#define BEGIN_BYTES ((size_t)1 << JY__MASK_BITS >> 3)
#define PART_BYTES ((size_t)1 << JY__MASK_PART_BITS >> 3)

static void add_bits(jy__matcher *matcher, const jy__form *form)
{
    const uint32_t *symbols = matcher->symbols + form->first;
    jy__bit_set(matcher->mask_begins, jy__mask_hash(symbols[0], 0, JY__MASK_BITS));
    jy__bit_set(matcher->mask_begins, jy__mask_hash(symbols[0], symbols[1], JY__MASK_BITS));
    for (uint32_t i = 0; i < form->count; i++) {
        jy__bit_set(matcher->mask_parts, jy__mask_hash(symbols[i], 0, JY__MASK_PART_BITS));
        if (i)
            jy__bit_set(matcher->mask_parts, jy__mask_hash(symbols[i - 1], symbols[i], JY__MASK_PART_BITS));
    }
}

bool jy__masks_build(jy__matcher *matcher)
{
    sorted *all = jy__mem_alloc(&matcher->mem, matcher->form_count * sizeof(*all));
    uint32_t count = 0;
    matcher->masked = jy__mem_alloc(&matcher->mem, matcher->form_count * sizeof(*matcher->masked));
    matcher->mask_begins = jy__mem_alloc(&matcher->mem, BEGIN_BYTES);
    matcher->mask_parts = jy__mem_alloc(&matcher->mem, PART_BYTES);
    for (uint32_t i = 0; all && matcher->masked && matcher->mask_begins && matcher->mask_parts && i < matcher->form_count; i++)
        if (matcher->forms[i].flags & JY__FORM_MASKED)
            all[count++] = (sorted){ matcher->symbols + matcher->forms[i].first, matcher->forms[i].count, i };
    if (count)
        qsort(all, count, sizeof(*all), by_symbols);
    for (uint32_t i = 0; i < count; i++) {
        matcher->masked[i] = all[i].form;
        add_bits(matcher, &matcher->forms[all[i].form]);
    }
    matcher->masked_count = count;
    matcher->memory += matcher->form_count * sizeof(*matcher->masked) + BEGIN_BYTES + PART_BYTES;
    count = all && matcher->masked && matcher->mask_begins && matcher->mask_parts;
    jy__mem_free(&matcher->mem, all, matcher->form_count * sizeof(*all));
    return count;
}

void jy__masks_free(jy__matcher *matcher)
{
    jy__mem_free(&matcher->mem, matcher->mask_begins, BEGIN_BYTES);
    jy__mem_free(&matcher->mem, matcher->mask_parts, PART_BYTES);
    jy__mem_free(&matcher->mem, matcher->masked, matcher->form_count * sizeof(*matcher->masked));
}

/* ---- reading: a symbol or a mask, and what was skipped before it */

typedef struct mask_item { jy__glyph glyph; bool mask; } mask_item;

static bool next_item(const jy__segment *segment, size_t at, mask_item *out)
{
    unsigned gap = 0;
    memset(out, 0, sizeof(*out));
    while (at < segment->end) {
        jy__kind kind;
        size_t begin = at;
        uint32_t cp = jy__match_read(segment, &at, &kind);
        bool mask = cp != JY__BAD && jy__fold_is_mask(cp);
        if (mask || kind == JY__KIND_SYMBOL) {
            out->glyph.begin = begin;
            out->glyph.end = at;
            out->glyph.cp = cp;
            out->glyph.symbol = mask ? 0 : jy__fold_one(cp);
            out->mask = mask;
            return true;
        }
        if (kind == JY__KIND_NEWLINE || ++gap > JY__MATCH_MOST_GAP)
            return false;
        out->glyph.invisible += kind == JY__KIND_INVISIBLE;
        out->glyph.blanks += kind == JY__KIND_BLANK;
        out->glyph.marks += kind == JY__KIND_MARK;
        out->glyph.stops += kind == JY__KIND_STOP;
    }
    return false;
}

static bool may(const jy__form *form, int fold) { return form->folds >> fold & 1; }

static bool count_gap(const jy__form *form, const mask_item *item, unsigned own, jy__match *match)
{
    unsigned marks = (unsigned)item->glyph.marks + item->glyph.stops, paid = item->glyph.blanks + (marks > own ? marks - own : 0);
    match->count[JY_FOLD_INVISIBLE] += item->glyph.invisible;
    match->count[JY_FOLD_GAPS] += (uint16_t)paid;
    return (!item->glyph.stops || own) && (!paid || may(form, JY_FOLD_GAPS)) && (!item->glyph.invisible || may(form, JY_FOLD_INVISIBLE));
}

static bool count_fold(const jy__form *form, const mask_item *item, jy__match *match)
{
    uint32_t width[JY__FOLD_MOST];
    int fold = JY_FOLD_SCRIPT;
    if (item->glyph.cp == item->glyph.symbol)
        return true;
    if (jy__fold_char_width(item->glyph.cp, width) == 1 && width[0] == item->glyph.symbol)
        fold = JY_FOLD_WIDTH;
    match->count[fold]++;
    return may(form, fold);
}

/* The form from `start` on, with exactly one run of masks that has not more masks than it should. */
static bool walk(const jy__scan *scan, uint32_t number, size_t start, jy__match *out)
{
    const jy__form *form = &scan->matcher->forms[number];
    const uint32_t *symbols = scan->matcher->symbols + form->first;
    const uint8_t *stops = jy__stops_of(scan->matcher, form);
    bool last_mask = false, run_over = false;
    mask_item item;
    *out = (jy__match){ .literal = number, .confidence = 100, .begin = start };
    for (uint32_t i = 0; i < form->count; i++) {
        if (!next_item(&scan->segment, i ? out->end : start, &item) || (i && !count_gap(form, &item, stops[i], out)))
            return false;
        if (item.mask ? i == 0 || run_over : item.glyph.symbol != symbols[i] || !count_fold(form, &item, out))
            return false;
        out->count[JY_FOLD_MASKED] += item.mask;
        run_over |= last_mask && !item.mask;
        last_mask = item.mask;
        out->end = item.glyph.end;
    }
    return out->count[JY_FOLD_MASKED] && !(last_mask && next_item(&scan->segment, out->end, &item) && item.mask);
}

/* ---- from a run to forms */

static void try_form(jy__scan *scan, uint32_t number, size_t start)
{
    const jy__form *form = &scan->matcher->forms[number];
    jy__match match, plain;
    if (!walk(scan, number, start, &match))
        return;
    jy__walk_open(scan->walker, &scan->segment, start);
    if (jy__walk_form(scan->walker, scan->matcher, number, JY__MODE_EXACT, &plain) ||
        ((form->flags & JY__FORM_SOUND) && jy__walk_form(scan->walker, scan->matcher, number, JY__MODE_SOUND, &plain)))
        return; /* the masks are mere marks here */
    jy__match_add(scan, &match);
}

/* A run of masks, and the symbol behind it; 0: none. */
typedef struct mask_run { uint32_t masks, behind; } mask_run;

static mask_run run_at(const jy__scan *scan, size_t at)
{
    mask_run run = { 0, 0 };
    mask_item item;
    while (run.masks <= scan->matcher->longest && next_item(&scan->segment, at, &item)) {
        if (!item.mask) {
            run.behind = item.glyph.symbol;
            break;
        }
        run.masks++;
        at = item.glyph.end;
    }
    return run;
}

/* Whether the run stands for what is missing behind the form's first symbols. */
static bool fits(const jy__matcher *matcher, const jy__form *form, uint32_t visible, const mask_run *run)
{
    uint32_t behind = visible + run->masks;
    return form->count == behind || (form->count > behind && matcher->symbols[form->first + behind] == run->behind);
}

/* The first form that does not come before the symbols. */
static uint32_t lower_bound(const jy__matcher *matcher, const uint32_t *symbols, uint32_t count)
{
    uint32_t low = 0, high = matcher->masked_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        const jy__form *form = &matcher->forms[matcher->masked[middle]];
        if (compare(matcher->symbols + form->first, form->count, symbols, count) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void try_prefix(jy__scan *scan, const uint32_t *visible, uint32_t count, size_t start, const mask_run *run)
{
    const jy__matcher *matcher = scan->matcher;
    for (uint32_t i = lower_bound(matcher, visible, count); i < matcher->masked_count && !scan->stop; i++) {
        const jy__form *form = &matcher->forms[matcher->masked[i]];
        if (form->count < count || memcmp(matcher->symbols + form->first, visible, count * sizeof(*visible)) != 0)
            break;
        if (fits(matcher, form, count, run))
            try_form(scan, matcher->masked[i], start);
    }
}

static bool after_mask(const jy__scan *scan, size_t at)
{
    size_t before = at, next;
    jy__kind kind;
    uint32_t cp;
    if (at == scan->segment.begin)
        return false;
    before = next = scan->segment.begin + jy__utf8_before(scan->segment.text + scan->segment.begin, at - scan->segment.begin);
    cp = jy__match_read(&scan->segment, &next, &kind);
    return before < at && cp != JY__BAD && jy__fold_is_mask(cp);
}

/* `at` is a mask. Going back from the first of a run, the visible symbols before it are a longer and longer beginning of a form, until what stands side
 * by side does so in none. */
void jy__match_masked(jy__scan *scan, size_t at)
{
    uint32_t visible[JY__MATCH_MOST_SYMBOLS], count = 0, next;
    jy__glyph glyph;
    mask_run run;
    if (after_mask(scan, at))
        return;
    run = run_at(scan, at);
    while (count + 1 < scan->matcher->longest && jy__match_glyph_before(&scan->segment, at, &glyph) && glyph.count == 1 && !scan->stop) {
        memmove(visible + 1, visible, count * sizeof(*visible));
        visible[0] = glyph.symbol;
        at = glyph.begin;
        next = count++ ? visible[1] : 0;
        if (!jy__bit(scan->matcher->mask_parts, jy__mask_hash(visible[0], next, JY__MASK_PART_BITS)))
            break;
        if (jy__bit(scan->matcher->mask_begins, jy__mask_hash(visible[0], next, JY__MASK_BITS)))
            try_prefix(scan, visible, count, at, &run);
    }
}
