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
#include "match/match_limits.h"
#include "match/settle/match_mask.h"

/* ---- reading: a symbol or a mask, and what was skipped before it */

typedef struct mask_item { jy__glyph glyph; bool mask; } mask_item;

static bool next_item_far(const jy__segment *segment, size_t at, mask_item *out)
{
    unsigned gap = 0;
    memset(out, 0, sizeof(*out));
    while (at < segment->end) {
        size_t begin = at;
        uint32_t cp = jy__match_code(segment, &at), entry = jy__fold_entry(cp), kind = JY__FOLD_KIND(entry);
        bool mask = (entry & JY__FOLD_MASK_BIT) != 0;
        if (mask || kind == JY__KIND_SYMBOL) {
            out->glyph.begin = begin;
            out->glyph.end = at;
            out->glyph.cp = cp;
            out->glyph.symbol = mask ? 0 : jy__fold_one_of(cp, entry);
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

/* Han characters and * are nearly all there is. */
static inline bool next_item(const jy__segment *segment, size_t at, mask_item *out)
{
    out->mask = at < segment->end && segment->text[at] == '*';
    if (out->mask)
        out->glyph = (jy__glyph){ .begin = at, .end = at + 1, .cp = '*' };
    return out->mask || (segment->end - at >= 3 && jy__match_han(segment, at, &out->glyph)) || next_item_far(segment, at, out);
}

static bool count_gap(const jy__form *form, const mask_item *item, unsigned own, jy__match *match)
{
    unsigned marks = (unsigned)item->glyph.marks + item->glyph.stops, paid = item->glyph.blanks + (marks > own ? marks - own : 0);
    jy__match_count(match, JY_FOLD_INVISIBLE, item->glyph.invisible);
    jy__match_count(match, JY_FOLD_GAPS, paid);
    return (!item->glyph.stops || own) && (!paid || jy__form_may(form, JY_FOLD_GAPS)) && (!item->glyph.invisible || jy__form_may(form, JY_FOLD_INVISIBLE));
}

static void count_fold(const mask_item *item, jy__match *match)
{
    uint32_t width[JY__FOLD_MOST];
    int fold = JY_FOLD_SCRIPT;
    if (item->glyph.cp == item->glyph.symbol)
        return;
    if (jy__fold_char_width(item->glyph.cp, width) == 1 && width[0] == item->glyph.symbol)
        fold = JY_FOLD_WIDTH;
    match->count[fold]++;
}

static bool may_have(const jy__form *form, const jy__match *match)
{
    bool may = true;
    for (int fold = 0; fold < JY_FOLD_COUNT; fold++)
        may &= !match->count[fold] || jy__form_may(form, fold);
    return may;
}

/* The form's symbols from number `i` on, of those before it what is in the match, with exactly one run of masks that has not more masks than it should;
 * in_run: it has begun. */
static bool walk(const jy__scan *scan, const jy__form *form, uint32_t i, bool in_run, jy__match *out)
{
    const uint32_t *symbols = scan->matcher->symbols + form->first;
    const uint8_t *stops = jy__stops_of(scan->matcher, form);
    bool last_mask = in_run, run_over = false;
    mask_item item;
    for (; i < form->count; i++) {
        if (!next_item(&scan->segment, jy__match_end(out), &item) || (i && !count_gap(form, &item, stops[i], out)))
            return false;
        if (item.mask ? i == 0 || run_over : item.glyph.symbol != symbols[i])
            return false;
        if (!item.mask)
            count_fold(&item, out);
        out->count[JY_FOLD_MASKED] += item.mask;
        run_over |= last_mask && !item.mask;
        last_mask = item.mask;
        jy__match_end_at(out, item.glyph.end);
    }
    return may_have(form, out) && out->count[JY_FOLD_MASKED] && !(last_mask && next_item(&scan->segment, jy__match_end(out), &item) && item.mask);
}

/* ---- from a run to forms */

/* A run of masks from `begin` on, and the symbol behind it; 0: none, or a character of several. */
typedef struct mask_run { uint32_t masks, behind; size_t begin; } mask_run;

#define ONE_MASK UINT32_MAX /* no symbol */

/* What next_item() would give; 0: a character of several symbols, or nothing. */
static inline uint32_t next_symbol(const jy__segment *segment, size_t *at)
{
    for (unsigned gap = 0; *at < segment->end && gap <= JY__MATCH_MOST_GAP; gap++) {
        jy__glyph glyph;
        uint32_t cp, entry;
        if (segment->end - *at >= 3 && jy__match_han(segment, *at, &glyph)) {
            *at = glyph.end;
            return glyph.symbol;
        }
        cp = jy__match_code(segment, at);
        entry = jy__fold_entry(cp);
        if (entry & JY__FOLD_MASK_BIT)
            return ONE_MASK;
        if (JY__FOLD_KIND(entry) == JY__KIND_SYMBOL)
            return jy__fold_one_of(cp, entry);
        if (JY__FOLD_KIND(entry) == JY__KIND_NEWLINE)
            return 0;
    }
    return 0;
}

/* There is one. */
static mask_run run_at(const jy__scan *scan, size_t at)
{
    const unsigned char first = (unsigned char)scan->segment.text[at];
    mask_run run = { 1, 0, at };
    uint32_t symbol = 0;
    at += first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    while (run.masks <= scan->matcher->longest && (symbol = next_symbol(&scan->segment, &at)) == ONE_MASK)
        run.masks++;
    run.behind = symbol == ONE_MASK ? 0 : symbol;
    return run;
}

/* What is visible before the run, from a symbol on that a form may begin with; and once it was seen whether that and the run stand there, which is the
 * same of all forms without marks of their own, with the match of those that end so. */
typedef struct mask_view { const uint32_t *symbols; uint32_t count; mask_run run; bool seen, stands; jy__match match; } mask_view;

static bool stands_so(const jy__scan *scan, const mask_view *view, size_t start, jy__match *match)
{
    uint32_t count = view->count + view->run.masks, stops = 0;
    mask_item item;
    *match = (jy__match){ .confidence = 100, .begin = start, .count[JY_FOLD_MASKED] = (uint8_t)view->run.masks };
    for (uint32_t i = 0; i < count; i++, jy__match_end_at(match, item.glyph.end)) {
        if (!next_item(&scan->segment, jy__match_end(match), &item) || item.mask != (i >= view->count) || (!item.mask && item.glyph.symbol != view->symbols[i]))
            return false;
        if (!item.mask)
            count_fold(&item, match);
        if (!i)
            continue;
        jy__match_count(match, JY_FOLD_INVISIBLE, item.glyph.invisible);
        jy__match_count(match, JY_FOLD_GAPS, (size_t)item.glyph.blanks + item.glyph.marks);
        stops |= item.glyph.stops;
    }
    return !stops;
}

/* Whether the form stands there, and its match. */
static bool stands_there(const jy__scan *scan, mask_view *view, uint32_t number, size_t start, jy__match *out)
{
    const jy__form *form = &scan->matcher->forms[number];
    if (form->flags & JY__FORM_STOPS) {
        *out = (jy__match){ .literal = number, .confidence = 100, .begin = start };
        return walk(scan, form, 0, false, out);
    }
    if (!view->seen)
        view->stands = stands_so(scan, view, start, &view->match);
    view->seen = true;
    if (!view->stands || !may_have(form, &view->match))
        return false;
    *out = view->match;
    out->literal = number;
    return form->count == view->count + view->run.masks || walk(scan, form, view->count + view->run.masks, true, out);
}

static bool are_alike(uint32_t symbol, uint32_t own, bool heard)
{
    return symbol == own || (heard && jy__sound_cost(symbol, own) != JY__SOUND_NONE);
}

/* Whether the phrase itself may stand there, the masks being mere marks. Where there is one way to say the visible symbols, what is behind the run must be
 * the next one, one that was just said, or a filler's. */
static bool may_be_plain(const jy__matcher *matcher, const jy__form *form, const mask_view *view)
{
    const uint32_t *next = matcher->symbols + form->first + view->count;
    bool heard = jy__form_heard(form), found = !view->run.behind || jy__begins_filler(matcher, view->run.behind);
    if (!(form->flags & (heard ? JY__FORM_SOUND_ONE_WAY : JY__FORM_ONE_WAY)))
        return true;
    for (uint32_t back = 0; back <= JY__MATCH_REPEAT_LONGEST && back <= view->count && !found; back++)
        found = are_alike(view->run.behind, *(next - back), heard);
    return found;
}

/* By sound all is found that stands there as it is written. */
static void try_form(jy__scan *scan, mask_view *view, uint32_t number, size_t start)
{
    const jy__form *form = &scan->matcher->forms[number];
    jy__match match;
    if (!stands_there(scan, view, number, start, &match))
        return;
    if (may_be_plain(scan->matcher, form, view) && jy__match_leads_on(scan, number, jy__form_heard(form) ? JY__MODE_SOUND : JY__MODE_EXACT, start))
        return;
    jy__match_add(scan, &match);
}

static bool begins_so(const jy__matcher *matcher, const jy__form *form, const mask_view *view)
{
    return form->count >= view->count && memcmp(matcher->symbols + form->first, view->symbols, view->count * sizeof(*view->symbols)) == 0;
}

/* The first form that does not come before those of this length that begin with the visible symbols. */
static uint32_t lower_bound(const jy__matcher *matcher, const mask_view *view, uint32_t length)
{
    const uint32_t *part = matcher->mask_firsts + jy__mask_first(view->symbols[0], matcher->mask_first_bits);
    uint32_t low = part[0], high = part[1];
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        const jy__form *form = &matcher->forms[matcher->masked[middle]];
        if (jy__mask_compare(matcher->symbols + form->first, form->count, view->symbols, length, view->count) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Forms that end with the run, then those that have the symbol behind it there. */
static void try_view(jy__scan *scan, mask_view *view, size_t start)
{
    const jy__matcher *matcher = scan->matcher;
    uint32_t behind = view->count + view->run.masks;
    bool goes_on = view->run.behind && jy__mask_has(matcher, view->symbols[0], behind, view->run.behind);
    if (!goes_on && !jy__mask_has(matcher, view->symbols[0], behind, 0))
        return;
    for (uint32_t i = lower_bound(matcher, view, behind); i < matcher->masked_count && !scan->stop; i++) {
        const jy__form *form = &matcher->forms[matcher->masked[i]];
        const uint32_t *symbols = matcher->symbols + form->first;
        if (symbols[0] != view->symbols[0] || (!goes_on && form->count != behind))
            break;
        if (form->count != behind && symbols[behind] != view->run.behind)
            continue;
        if (begins_so(matcher, form, view))
            try_form(scan, view, matcher->masked[i], start);
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
        uint32_t cp = jy__match_code_before(segment, at), entry = jy__fold_entry(cp), kind = JY__FOLD_KIND(entry);
        if (entry & JY__FOLD_MASK_BIT || kind == JY__KIND_NEWLINE || ++skipped > 4 * JY__MATCH_MOST_GAP)
            return false;
        *symbol = kind == JY__KIND_SYMBOL ? jy__fold_one_of(cp, entry) : 0;
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
    mask_view view;
    size_t run = at;
    bool begins;
    view.count = *first = 0; /* its match is not cleared: it is large, and mostly there is none */
    view.run = (mask_run){ 0, 0, 0 };
    view.seen = view.stands = false;
    while (view.count + 1 < matcher->longest && symbol_before(&scan->segment, &at, &symbol) && !scan->stop) {
        begins = jy__mask_has(matcher, symbol, 0, symbol);
        if ((view.count || !begins) && !jy__bit(matcher->mask_parts, jy__mask_hash(symbol, *first, jy__mask_part_bits(matcher))))
            break;
        *--first = symbol;
        view.symbols = first;
        view.count++;
        if (!begins || (view.count > 1 && !jy__mask_has(matcher, symbol, 1, first[1])))
            continue;
        if (!view.run.masks)
            view.run = run_at(scan, run);
        view.seen = false;
        try_view(scan, &view, at);
    }
}
