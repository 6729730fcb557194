/* All ways of a form through the text, side by side: one row per character. In: where one way forks (match_walk.c). Out: how far the longest one leads,
 * and what it costs.
 *
 *   text      不      知      不      知      道             a way = (symbols done, fillers since the last one, cost)
 *   row       1       2       3       4       5              step:   next symbol | go back 1..4 symbols (repeat) | skip a filler
 *   ways     (1)─────(2)─────(1)─────(2)─────(3) = all of 不知道, one repeat
 */
#include "match/settle/match_walk.h"

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

size_t jy__walk_all(const route *path, size_t index, const jy__way *from, jy__cost *cost)
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
