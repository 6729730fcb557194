/* Masked phrases: 没** or 没*法 for 没办法. In: the first of a run of mask characters. Out: forms whose visible symbols stand around
 * the run and that have exactly as many symbols as the run has masks in its place. The first symbol is always visible, there is one run,
 * and what is masked is neither stuttered nor filled: a guess must not rest on other guesses. So going back from a run ends at the run
 * before it, and each character is read back once. Whether any form fits is asked of a table of bits first: behind its first symbol one has
 * the run's neighbour, or its end, as far away as it stands here. Forms lie sorted by their first symbol, their length and their symbols:
 * those that begin with the visible part and end with the run are side by side, and those that go on behind it come later.
 *
 *   text    真 没 * * 了          before the run: 没, then 真没; behind it: 了
 *   forms   … [没办法 没关系 没问题 没意思] [没有办法 …] …   begin with 没; of three symbols: all but none visible behind
 */
#include "match/match_build.h"
#include "match/match_limits.h"
#include <stdlib.h>

typedef struct sorted { const uint32_t *symbols; uint32_t count, form; } sorted;

static int compare_symbols(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count)
{
    for (uint32_t i = 0; i < a_count && i < b_count; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return a_count < b_count ? -1 : a_count > b_count;
}

/* The lengths are those of the forms; of the second so many symbols are there. */
static int compare(const uint32_t *a, uint32_t a_length, const uint32_t *b, uint32_t b_length, uint32_t b_count)
{
    if (a[0] != b[0])
        return a[0] < b[0] ? -1 : 1;
    if (a_length != b_length)
        return a_length < b_length ? -1 : 1;
    return compare_symbols(a, a_length, b, b_count);
}

static int by_symbols(const void *left, const void *right)
{
    const sorted *a = left, *b = right;
    int order = compare(a->symbols, a->count, b->symbols, b->count, b->count);
    return order ? order : a->form < b->form ? -1 : a->form > b->form;
}

#define PART_BITS_MOST 17

static uint32_t part_bits(const jy__matcher *matcher) { return matcher->mask_spot_bits < PART_BITS_MOST ? matcher->mask_spot_bits : PART_BITS_MOST; }
static size_t part_bytes(const jy__matcher *matcher) { return (size_t)1 << part_bits(matcher) >> 3; }
static size_t spot_bytes(const jy__matcher *matcher) { return (size_t)1 << matcher->mask_spot_bits >> 3; }

/* A form that begins with `first` has the symbol as number `at`; 0: ends there. */
static uint32_t spot_of(const jy__matcher *matcher, uint32_t first, uint32_t at, uint32_t symbol)
{
    return jy__mask_hash(first ^ at * 0xC2B2AE35u, symbol, matcher->mask_spot_bits);
}

static bool has_spot(const jy__matcher *matcher, uint32_t first, uint32_t at, uint32_t symbol)
{
    return jy__bit(matcher->mask_spots, spot_of(matcher, first, at, symbol));
}

static void add_bits(jy__matcher *matcher, const jy__form *form)
{
    const uint32_t *symbols = matcher->symbols + form->first;
    jy__bit_set(matcher->mask_spots, spot_of(matcher, symbols[0], 0, symbols[0]));
    for (uint32_t i = 0; i < form->count; i++) {
        jy__bit_set(matcher->mask_spots, spot_of(matcher, symbols[0], i + 1u, i + 1u < form->count ? symbols[i + 1] : 0));
        jy__bit_set(matcher->mask_parts, jy__mask_hash(symbols[i], 0, part_bits(matcher)));
        if (i)
            jy__bit_set(matcher->mask_parts, jy__mask_hash(symbols[i - 1], symbols[i], part_bits(matcher)));
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

static bool make_room(jy__matcher *matcher)
{
    matcher->mask_spot_bits = choose_spot_bits(matcher);
    matcher->masked = jy__mem_alloc(&matcher->mem, matcher->masked_count * sizeof(*matcher->masked));
    matcher->mask_spots = jy__mem_alloc(&matcher->mem, spot_bytes(matcher));
    matcher->mask_parts = jy__mem_alloc(&matcher->mem, part_bytes(matcher));
    matcher->memory += matcher->masked_count * sizeof(*matcher->masked) + spot_bytes(matcher) + part_bytes(matcher);
    return matcher->masked && matcher->mask_spots && matcher->mask_parts;
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
    jy__mem_free(&matcher->mem, all, matcher->form_count * sizeof(*all));
    return done;
}

void jy__masks_free(jy__matcher *matcher)
{
    jy__mem_free(&matcher->mem, matcher->mask_spots, spot_bytes(matcher));
    jy__mem_free(&matcher->mem, matcher->mask_parts, part_bytes(matcher));
    jy__mem_free(&matcher->mem, matcher->masked, matcher->masked_count * sizeof(*matcher->masked));
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

static bool count_gap(const jy__form *form, const mask_item *item, unsigned own, jy__match *match)
{
    unsigned marks = (unsigned)item->glyph.marks + item->glyph.stops, paid = item->glyph.blanks + (marks > own ? marks - own : 0);
    match->count[JY_FOLD_INVISIBLE] += item->glyph.invisible;
    match->count[JY_FOLD_GAPS] += (uint16_t)paid;
    return (!item->glyph.stops || own) && (!paid || jy__form_may(form, JY_FOLD_GAPS)) && (!item->glyph.invisible || jy__form_may(form, JY_FOLD_INVISIBLE));
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
    return jy__form_may(form, fold);
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
    jy__match match;
    if (!walk(scan, number, start, &match))
        return;
    if (jy__match_leads_on(scan, number, JY__MODE_EXACT, start) ||
        (jy__form_heard(&scan->matcher->forms[number]) && jy__match_leads_on(scan, number, JY__MODE_SOUND, start)))
        return; /* the masks are mere marks here */
    jy__match_add(scan, &match);
}

/* A run of masks, and the symbol behind it; 0: none. */
typedef struct mask_run { uint32_t masks, behind; } mask_run;

#define ONE_MASK UINT32_MAX /* no symbol */

/* What next_item() would give; 0: a character of several symbols, or nothing. */
static inline uint32_t next_symbol(const jy__segment *segment, size_t *at)
{
    for (unsigned gap = 0; *at < segment->end && gap <= JY__MATCH_MOST_GAP; gap++) {
        jy__glyph glyph;
        jy__kind kind;
        uint32_t cp;
        if (segment->end - *at >= 3 && jy__match_han(segment, *at, &glyph)) {
            *at = glyph.end;
            return glyph.symbol;
        }
        cp = jy__match_read(segment, at, &kind);
        if (cp != JY__BAD && jy__fold_is_mask(cp))
            return ONE_MASK;
        if (kind == JY__KIND_SYMBOL)
            return jy__fold_one(cp);
        if (kind == JY__KIND_NEWLINE)
            return 0;
    }
    return 0;
}

/* There is one. */
static mask_run run_at(const jy__scan *scan, size_t at)
{
    const unsigned char first = (unsigned char)scan->segment.text[at];
    mask_run run = { 1, 0 };
    uint32_t symbol = 0;
    at += first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    while (run.masks <= scan->matcher->longest && (symbol = next_symbol(&scan->segment, &at)) == ONE_MASK)
        run.masks++;
    run.behind = symbol == ONE_MASK ? 0 : symbol;
    return run;
}

/* What is visible before the run, from a symbol on that a form may begin with. */
typedef struct mask_view { const uint32_t *symbols; uint32_t count; mask_run run; } mask_view;

static bool begins_so(const jy__matcher *matcher, const jy__form *form, const mask_view *view)
{
    return form->count >= view->count && memcmp(matcher->symbols + form->first, view->symbols, view->count * sizeof(*view->symbols)) == 0;
}

/* The first form that does not come before those of this length that begin with the visible symbols. */
static uint32_t lower_bound(const jy__matcher *matcher, const mask_view *view, uint32_t length)
{
    uint32_t low = 0, high = matcher->masked_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        const jy__form *form = &matcher->forms[matcher->masked[middle]];
        if (compare(matcher->symbols + form->first, form->count, view->symbols, length, view->count) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Forms that end with the run, then those that have the symbol behind it there. */
static void try_view(jy__scan *scan, const mask_view *view, size_t start)
{
    const jy__matcher *matcher = scan->matcher;
    uint32_t behind = view->count + view->run.masks;
    bool goes_on = view->run.behind && has_spot(matcher, view->symbols[0], behind, view->run.behind);
    if (!goes_on && !has_spot(matcher, view->symbols[0], behind, 0))
        return;
    for (uint32_t i = lower_bound(matcher, view, behind); i < matcher->masked_count && !scan->stop; i++) {
        const jy__form *form = &matcher->forms[matcher->masked[i]];
        const uint32_t *symbols = matcher->symbols + form->first;
        if (symbols[0] != view->symbols[0] || (!goes_on && form->count != behind))
            break;
        if (form->count != behind && symbols[behind] != view->run.behind)
            continue;
        if (begins_so(matcher, form, view))
            try_form(scan, matcher->masked[i], start);
        else if (!goes_on)
            break;
    }
}

/* ---- back from a run */

/* The symbol before `at`. None where there is a mask: no form has two runs. The bounds are wider than forwards, where bad bytes may fall
 * into fewer pieces. */
static bool symbol_before(const jy__segment *segment, size_t *at, uint32_t *symbol)
{
    unsigned skipped = 0;
    jy__glyph glyph;
    if (*at >= segment->begin + 3 && jy__match_han(segment, *at - 3, &glyph)) {
        *at = glyph.begin;
        *symbol = glyph.symbol;
        return true;
    }
    while (*at > segment->begin) {
        jy__kind kind;
        uint32_t cp = jy__match_read_before(segment, at, &kind);
        if (kind == JY__KIND_NEWLINE || (cp != JY__BAD && jy__fold_is_mask(cp)) || ++skipped > 4 * JY__MATCH_MOST_GAP)
            return false;
        *symbol = kind == JY__KIND_SYMBOL ? jy__fold_one(cp) : 0;
        if (kind == JY__KIND_SYMBOL)
            return *symbol != 0;
    }
    return false;
}

/* `at` is a mask. From one that is not the first of its run nothing is before. Going back from the first, the visible symbols before it are
 * a longer and longer beginning of a form, until what stands side by side does so in none. */
void jy__match_masked(jy__scan *scan, size_t at)
{
    const jy__matcher *matcher = scan->matcher;
    uint32_t symbols[JY__MATCH_MOST_SYMBOLS + 1], *first = symbols + JY__MATCH_MOST_SYMBOLS, symbol;
    mask_view view = { .count = 0 };
    size_t run = at;
    bool begins;
    *first = 0;
    while (view.count + 1 < matcher->longest && symbol_before(&scan->segment, &at, &symbol) && !scan->stop) {
        begins = has_spot(matcher, symbol, 0, symbol);
        if ((view.count || !begins) && !jy__bit(matcher->mask_parts, jy__mask_hash(symbol, *first, part_bits(matcher))))
            break;
        *--first = symbol;
        view.symbols = first;
        view.count++;
        if (!begins || (view.count > 1 && !has_spot(matcher, symbol, 1, first[1])))
            continue;
        if (!view.run.masks)
            view.run = run_at(scan, run);
        try_view(scan, &view, at);
    }
}
