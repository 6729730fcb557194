/* The exact walk: does a form stand in the text from a given character on, how far does it reach, and which folds did it need? In: a start
 * the verifier proposes. Out: the longest match from there, and among equally long ones the cheapest (fewest repeats, then sound, fillers,
 * script, width). As long as there is one way to go on, as nearly always, no memory of alternatives is needed. From the first fork on all
 * ways are followed side by side (match_walk_all.c). */
#include "match/settle/match_walk.h"

void jy__walk_open(jy__walker *walker, const jy__segment *segment, size_t start)
{
    walker->segment = *segment;
    walker->window.count = 0;
    walker->window_ends = false;
    walker->start = start;
    walker->dead = 0;
    walker->dead_by_sound = false;
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
    *out = (jy__match){ .literal = number, .begin = window[0].begin, .length = (uint32_t)(window[length - 1].end - window[0].begin) };
    out->count[JY_FOLD_WIDTH] = jy__match_counted(cost.low >> 40 & 0xFFF);
    out->count[JY_FOLD_SCRIPT] = jy__match_counted(cost.low >> 52 & 0xFFF);
    out->count[JY_FOLD_INVISIBLE] = jy__match_counted(cost.low & 0xFFFFF);
    out->count[JY_FOLD_GAPS] = jy__match_counted(cost.low >> 20 & 0xFFFFF);
    out->count[JY_FOLD_FILLERS] = jy__match_counted(cost.high & 0xFFFFF);
    out->count[JY_FOLD_REPEATS] = (uint8_t)repeats_of(cost);
    out->count[JY_FOLD_SOUND] = (uint8_t)sound;
    out->confidence = jy__sound_confidence(sound, price, path->form->count);
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
        at.index = jy__walk_all(&path, at.index, &at.way, &at.way.cost);
    if (at.index)
        give(&path, number, at.index, at.way.cost, out);
    return at.index > 0;
}
