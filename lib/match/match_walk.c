/* The exact walk: does a form stand in the text from a given character on, how far does it reach, and which folds did it need? In: a start
 * the verifier proposes. Out: the longest match from there, and among equally long ones the cheapest (fewest repeats, then sound, fillers,
 * script, width). As long as there is one way to go on, as nearly always, no memory of alternatives is needed. From the first fork on all
 * ways are followed side by side, one row per character of the text:
 *
 *   text      不      知      不      知      道             a way = (symbols done, fillers since the last one, cost)
 *   row       1       2       3       4       5              step:   next symbol | go back 1..4 symbols (repeat) | skip a filler
 *   ways     (1)─────(2)─────(1)─────(2)─────(3) = all of 不知道, one repeat
 */
#include "match/match_inside.h"
#include "match/match_limits.h"

#define COST_REPEAT   ((jy__cost){ (uint64_t)1 << 56, 0 })
#define COST_SOUND(n) ((jy__cost){ (uint64_t)1 << 40 | (uint64_t)(n) << 20, 0 })
#define COST_FILLER   ((jy__cost){ 1, 0 })
#define COST_SCRIPT   ((jy__cost){ 0, (uint64_t)1 << 52 })
#define COST_WIDTH    ((jy__cost){ 0, (uint64_t)1 << 40 })
#define COST_GAPS(n, invisible) ((jy__cost){ 0, (uint64_t)(n) << 20 | (invisible) })

static jy__cost add(jy__cost a, jy__cost b) { return (jy__cost){ a.high + b.high, a.low + b.low }; }
static bool less(jy__cost a, jy__cost b) { return a.high < b.high || (a.high == b.high && a.low < b.low); }
static unsigned repeats_of(jy__cost cost) { return (unsigned)(cost.high >> 56); }

/* ---- the window: the characters from the start on, read once for all forms that begin there */

void jy__walk_open(jy__walker *walker, const jy__segment *segment, size_t start)
{
    walker->segment = *segment;
    walker->window.count = 0;
    walker->window_ends = false;
    walker->start = start;
    walker->dead = 0;
    walker->dead_by_sound = false;
}

static const jy__glyph *glyph_at(jy__walker *walker, size_t index)
{
    while (index >= walker->window.count) {
        size_t count = walker->window.count;
        size_t at = count ? walker->window.items[count - 1].end : walker->start;
        if (walker->window_ends)
            return NULL;
        if (!JY__VEC_ROOM(walker->mem, &walker->window)) {
            walker->failed = true;
            return NULL;
        }
        if (!jy__match_glyph(&walker->segment, at, &walker->window.items[count])) {
            walker->window_ends = true;
            return NULL;
        }
        walker->window.count++;
    }
    return &walker->window.items[index];
}

/* ---- one step of a form */

typedef struct route {
    jy__walker *walker;
    const jy__matcher *matcher;
    const jy__form *form;
    const uint32_t *symbols;
    const uint8_t *stops;
    int mode;
} route;

static bool may(const route *path, int fold) { return jy__form_may(path->form, fold); }

/* Whether what stood before the glyph may be skipped on the way to symbol `at`. Marks of the form's own are free. */
static bool gap(const route *path, const jy__glyph *glyph, uint32_t at, jy__cost *cost)
{
    unsigned own = path->stops[at], marks = glyph->marks + glyph->stops, paid;
    if (!(glyph->invisible | glyph->blanks | marks))
        return true;
    if ((glyph->stops && !own) || (glyph->invisible && !may(path, JY_FOLD_INVISIBLE)))
        return false;
    paid = glyph->blanks + (marks > own ? marks - own : 0);
    if (paid && !may(path, JY_FOLD_GAPS))
        return false;
    *cost = add(*cost, COST_GAPS(paid, glyph->invisible));
    return true;
}

static bool same_symbols(const uint32_t *symbols, size_t count, const uint32_t *wanted, size_t room)
{
    return count > 0 && count <= room && memcmp(symbols, wanted, count * sizeof(*symbols)) == 0;
}

/* The fold that makes code point cp equal to symbols[0..count). */
static bool fold_needed(const route *path, uint32_t cp, const uint32_t *symbols, size_t count, jy__cost *cost)
{
    uint32_t width[JY__FOLD_MOST];
    size_t width_count;
    if (count == 1 && cp == symbols[0])
        return true;
    width_count = jy__fold_char_width(cp, width);
    if (width_count == count && same_symbols(width, count, symbols, count)) {
        *cost = add(*cost, COST_WIDTH);
        return may(path, JY_FOLD_WIDTH);
    }
    *cost = add(*cost, COST_SCRIPT);
    return may(path, JY_FOLD_SCRIPT);
}

/* How many symbols from `at` on the glyph stands for; 0: none. */
static uint32_t take(const route *path, const jy__glyph *glyph, uint32_t at, jy__cost *cost)
{
    uint32_t symbols[JY__FOLD_MOST];
    size_t count;
    unsigned sound;
    if (glyph->count == 1 && glyph->symbol == path->symbols[at])
        return fold_needed(path, glyph->cp, path->symbols + at, 1, cost) ? 1 : 0;
    if (glyph->count == 1) {
        if (path->mode != JY__MODE_SOUND)
            return 0;
        sound = jy__sound_cost(glyph->symbol, path->symbols[at]);
        *cost = add(*cost, COST_SOUND(sound));
        return sound != JY__SOUND_NONE;
    }
    if (glyph->symbol != path->symbols[at])
        return 0;
    count = jy__fold_char(glyph->cp, symbols);
    if (!same_symbols(symbols, count, path->symbols + at, path->form->count - at) ||
        !fold_needed(path, glyph->cp, symbols, count, cost))
        return 0;
    return (uint32_t)count;
}

/* ---- all ways side by side */

static void reach(jy__walker *walker, size_t index, uint32_t at, uint32_t fillers, jy__cost cost)
{
    jy__way_row *row = &walker->rows[index % JY__WAY_ROWS];
    for (uint32_t i = 0; i < row->count; i++) {
        if (row->items[i].at != at || row->items[i].fillers != fillers)
            continue;
        if (less(cost, row->items[i].cost))
            row->items[i].cost = cost;
        return;
    }
    row->items[row->count++] = (jy__way){ at, fillers, cost };
}

/* Which lengths a filler at a character may have: found once for all ways that come there. */
static unsigned fillers_at(const route *path, size_t index)
{
    uint16_t codes[JY__FILLER_LONGEST] = { 0 };
    jy__glyph *glyph = &path->walker->window.items[index];
    if (glyph->fillers)
        return glyph->fillers;
    for (size_t i = 0; i < JY__FILLER_LONGEST; i++) {
        const jy__glyph *next = glyph_at(path->walker, index + i);
        if (!next || next->count != 1 || !jy__is_code(next->symbol))
            break;
        codes[i] = (uint16_t)next->symbol;
    }
    glyph = &path->walker->window.items[index]; /* it may have moved */
    return glyph->fillers = (uint8_t)(jy__stream_fillers(&path->matcher->filter, codes, 0) | 1);
}

static void step_fillers(const route *path, size_t index, const jy__way *way, jy__cost cost)
{
    unsigned lengths = fillers_at(path, index);
    for (size_t count = 1; lengths >> count; count++) {
        if (count > 1 && !gap(path, glyph_at(path->walker, index + count - 1), way->at, &cost))
            return;
        if (lengths >> count & 1)
            reach(path->walker, index + count, way->at, way->fillers + 1, add(cost, COST_FILLER));
    }
}

static void step(const route *path, size_t index, const jy__way *way)
{
    const jy__glyph *glyph = glyph_at(path->walker, index);
    jy__cost here = way->cost, cost;
    uint32_t taken;
    if (!glyph || !gap(path, glyph, way->at, &here))
        return;
    cost = here;
    taken = take(path, glyph, way->at, &cost);
    if (taken)
        reach(path->walker, index + 1, way->at + taken, 0, cost);
    for (uint32_t back = 1; may(path, JY_FOLD_REPEATS) && back <= JY__MATCH_REPEAT_LONGEST && back <= way->at; back++) {
        if (repeats_of(here) >= JY__MATCH_MOST_REPEATS)
            break;
        cost = add(here, COST_REPEAT);
        taken = take(path, glyph, way->at - back, &cost);
        if (taken)
            reach(path->walker, index + 1, way->at - back + taken, 0, cost);
    }
    if (may(path, JY_FOLD_FILLERS) && way->fillers < JY__MATCH_MOST_FILLERS && jy__begins_filler(path->matcher, glyph->symbol))
        step_fillers(path, index, way, here);
}

/* From `way` on, at a character. Number of characters of the longest match, 0 when there is none. */
static size_t walk_all(const route *path, size_t index, const jy__way *from, jy__cost *cost)
{
    jy__walker *walker = path->walker;
    size_t longest = 0, idle = 0;
    for (size_t i = 0; i < JY__WAY_ROWS; i++)
        walker->rows[i].count = 0;
    for (reach(walker, index, from->at, from->fillers, from->cost); idle < JY__WAY_ROWS; index++) {
        jy__way_row *row = &walker->rows[index % JY__WAY_ROWS];
        idle = row->count ? 0 : idle + 1;
        for (uint32_t i = 0; i < row->count; i++) {
            jy__way way = row->items[i];
            if (way.at < path->form->count) {
                step(path, index, &way);
            } else {
                longest = index;
                *cost = way.cost;
            }
        }
        row->count = 0;
    }
    return longest;
}

/* ---- the only way: followed as long as there is one, without rows */

typedef enum run_end { RUN_DONE, RUN_NEVER, RUN_FORK } run_end;
typedef struct run { jy__way way; size_t index; bool detour; } run; /* detour: a repeat or a filler was followed */
typedef struct options { run next; uint32_t count; } options;

static void may_be(options *all, size_t index, jy__way way)
{
    all->next = (run){ way, index, true };
    all->count++;
}

/* What only sounds like the symbol may say another one of the form again, by another of its readings, or begin a filler. */
static bool is_ambiguous(const route *path, const jy__glyph *glyph, uint32_t at)
{
    return glyph->symbol != path->symbols[at] &&
           (jy__begins_filler(path->matcher, glyph->symbol) || jy__heard_elsewhere(path->form, glyph->symbol, path->symbols[at]));
}

/* A form whose symbols are all different (by sound too) can go on from one of them in one way only. */
static bool one_way(const route *path, const jy__glyph *glyph, uint32_t at)
{
    return (path->form->flags & (path->mode == JY__MODE_SOUND ? JY__FORM_SOUND_ONE_WAY : JY__FORM_ONE_WAY)) && !is_ambiguous(path, glyph, at);
}

static void may_repeat(const route *path, const jy__glyph *glyph, const run *at, jy__cost here, options *all)
{
    if (!may(path, JY_FOLD_REPEATS) || repeats_of(here) >= JY__MATCH_MOST_REPEATS)
        return;
    for (uint32_t back = 1; back <= JY__MATCH_REPEAT_LONGEST && back <= at->way.at; back++) {
        jy__cost cost = add(here, COST_REPEAT);
        uint32_t taken = take(path, glyph, at->way.at - back, &cost);
        if (taken)
            may_be(all, at->index + 1, (jy__way){ at->way.at - back + taken, 0, cost });
    }
}

static void may_fill(const route *path, uint32_t symbol, const run *at, jy__cost here, options *all)
{
    unsigned lengths;
    if (!may(path, JY_FOLD_FILLERS) || at->way.fillers >= JY__MATCH_MOST_FILLERS || !jy__begins_filler(path->matcher, symbol))
        return;
    lengths = fillers_at(path, at->index);
    for (size_t count = 1; lengths >> count; count++) {
        if (count > 1 && !gap(path, glyph_at(path->walker, at->index + count - 1), at->way.at, &here))
            return;
        if (lengths >> count & 1)
            may_be(all, at->index + count, (jy__way){ at->way.at, at->way.fillers + 1, add(here, COST_FILLER) });
    }
}

/* Where the way goes on, when in one direction only: as step() does. */
static run_end go_on(const route *path, run *at)
{
    const jy__glyph *glyph = glyph_at(path->walker, at->index);
    jy__cost here = at->way.cost, cost;
    options all = { .count = 0 };
    uint32_t taken;
    if (!glyph || !gap(path, glyph, at->way.at, &here))
        return RUN_NEVER;
    cost = here;
    taken = take(path, glyph, at->way.at, &cost);
    if (taken) {
        may_be(&all, at->index + 1, (jy__way){ at->way.at + taken, 0, cost });
        all.next.detour = at->detour;
    }
    if (!taken || !one_way(path, glyph, at->way.at)) {
        may_repeat(path, glyph, at, here, &all);
        may_fill(path, glyph->symbol, at, here, &all);
    }
    if (all.count == 1)
        *at = all.next;
    return all.count == 0 ? RUN_NEVER : all.count == 1 ? RUN_DONE : RUN_FORK;
}

/* Done: all the form's symbols were found. */
static run_end follow(const route *path, run *at)
{
    run_end end = RUN_DONE;
    while (end == RUN_DONE && at->way.at < path->form->count)
        end = go_on(path, at);
    return end;
}

static void give(const route *path, uint32_t number, size_t length, jy__cost cost, jy__match *out)
{
    const jy__glyph *window = path->walker->window.items;
    unsigned sound = (unsigned)(cost.high >> 40 & 0xFFFF), price = (unsigned)(cost.high >> 20 & 0xFFFFF);
    *out = (jy__match){ .literal = number, .begin = window[0].begin, .end = window[length - 1].end };
    out->count[JY_FOLD_WIDTH] = cost.low >> 40 & 0xFFF;
    out->count[JY_FOLD_SCRIPT] = cost.low >> 52 & 0xFFF;
    out->count[JY_FOLD_INVISIBLE] = (uint16_t)(cost.low & 0xFFFFF);
    out->count[JY_FOLD_GAPS] = (uint16_t)(cost.low >> 20 & 0xFFFFF);
    out->count[JY_FOLD_FILLERS] = (uint16_t)(cost.high & 0xFFFFF);
    out->count[JY_FOLD_REPEATS] = (uint16_t)repeats_of(cost);
    out->count[JY_FOLD_SOUND] = (uint16_t)sound;
    out->confidence = (int32_t)jy__sound_confidence(sound, price, path->form->count);
}

static bool may_end(const route *path, uint32_t number)
{
    jy__walker *walker = path->walker;
    jy__end end = jy__match_may_end(path->matcher, &walker->segment, number, path->mode, walker->start, &walker->dead);
    walker->dead_by_sound = end == JY__END_NEVER;
    return end == JY__END_MAYBE;
}

bool jy__walk_form(jy__walker *walker, const jy__matcher *matcher, uint32_t number, int mode, jy__match *out)
{
    const jy__form *form = &matcher->forms[number];
    route path = { walker, matcher, form, matcher->symbols + form->first, jy__stops_of(matcher, form), mode };
    const jy__glyph *first = glyph_at(walker, 0);
    run at = { .index = 1 };
    run_end end;
    if (!first || first->begin != walker->start)
        return false;
    at.way.at = take(&path, first, 0, &at.way.cost);
    if (!at.way.at)
        return false;
    end = follow(&path, &at);
    if (end == RUN_NEVER && !at.detour)
        return false;
    if (end != RUN_DONE && (!may_end(&path, number) || end == RUN_NEVER))
        return false;
    if (end == RUN_FORK)
        at.index = walk_all(&path, at.index, &at.way, &at.way.cost);
    if (at.index)
        give(&path, number, at.index, at.way.cost, out);
    return at.index > 0;
}
