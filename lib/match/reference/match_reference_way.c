/* The reference's half of characters. In: a segment, a literal, a character to begin at. Out: how far the literal reaches from there, and
 * at what cost: best() answers by recursion, with a memory of answers. No filter, no keys, no shared walk: only fold's tables are the
 * engines'. */
#include "match/reference/match_reference.h"

static bool may(const jy__reference *r, int fold) { return r->folds >> fold & 1; }

/* ---- the text as characters, the literal as symbols */

bool jy__reference_lay_out(jy__reference *r, jy_str text, size_t begin, size_t end)
{
    const char *p = text.ptr + begin;
    r->units.count = 0;
    while (p < text.ptr + end) {
        bool valid;
        jy__character *unit;
        if (!JY__VEC_ROOM(r->mem, &r->units))
            return false;
        unit = &r->units.items[r->units.count++];
        unit->begin = (size_t)(p - text.ptr);
        unit->cp = jy__utf8_next(&p, text.ptr + end, &valid);
        unit->end = (size_t)(p - text.ptr);
        unit->bad = unit->cp == JY__BAD;
        unit->kind = unit->bad ? JY__KIND_MARK : jy__fold_kind(unit->cp);
        unit->count = unit->bad ? 0 : jy__fold_char(unit->cp, unit->symbols);
        unit->width_count = unit->bad ? 0 : jy__fold_char_width(unit->cp, unit->width);
        if (unit->kind == JY__KIND_SYMBOL && unit->count == 0)
            unit->kind = JY__KIND_INVISIBLE;
    }
    return true;
}

void jy__reference_read(jy__reference *r, const jy__literal *literal)
{
    bool only_marks = true, han = false;
    r->count = 0;
    r->folds = literal->folds;
    r->marks = false;
    for (uint32_t i = 0; i < literal->count; i++)
        only_marks &= literal->optional && literal->optional[i];
    for (uint32_t i = 0, stops = 0; i < literal->count; i++) {
        if (literal->optional && literal->optional[i] && !only_marks) {
            stops++;
            continue;
        }
        r->stops[r->count] = r->count ? stops : 0;
        r->symbols[r->count++] = literal->symbols[i];
        r->marks |= jy__fold_kind(literal->symbols[i]) != JY__KIND_SYMBOL;
        stops = 0;
    }
    for (uint32_t i = 0; i + 1 < r->count; i++) {
        uint16_t readings[JY__SOUND_MOST];
        han |= jy__fold_is_han(r->symbols[i]) && jy__fold_sounds(r->symbols[i], readings) &&
               jy__fold_is_han(r->symbols[i + 1]) && jy__fold_sounds(r->symbols[i + 1], readings);
    }
    r->masked = may(r, JY_FOLD_MASKED) && r->count >= JY__MATCH_MASKED_LEAST && !r->marks;
    r->sound = han && may(r, JY_FOLD_SOUND) && !r->marks;
}

/* ---- one character against one symbol */

static unsigned sounds(uint32_t x, uint32_t y)
{
    uint16_t a[JY__SOUND_MOST], b[JY__SOUND_MOST];
    size_t a_count, b_count;
    bool alike = false;
    if (!jy__fold_is_han(x) || !jy__fold_is_han(y))
        return 0;
    a_count = jy__fold_sounds(x, a);
    b_count = jy__fold_sounds(y, b);
    for (size_t i = 0; i < a_count * b_count; i++) {
        if (a[i / b_count] == b[i % b_count])
            return JY__SOUND_COST_SAME;
        alike |= jy__fold_sound_class(a[i / b_count]) == jy__fold_sound_class(b[i % b_count]);
    }
    return alike ? JY__SOUND_COST_ALIKE : 0;
}

static uint32_t takes(const jy__reference *r, const jy__character *unit, uint32_t at, uint32_t cost[COSTS])
{
    bool width;
    if (unit->bad || unit->count == 0 || unit->kind == JY__KIND_NEWLINE)
        return 0;
    if (unit->count <= r->count - at && memcmp(unit->symbols, r->symbols + at, unit->count * 4) == 0) {
        if (unit->count == 1 && unit->cp == r->symbols[at])
            return 1;
        width = unit->width_count == unit->count && memcmp(unit->width, unit->symbols, unit->count * 4) == 0;
        cost[width ? WIDTH : SCRIPT]++;
        return may(r, width ? JY_FOLD_WIDTH : JY_FOLD_SCRIPT) ? (uint32_t)unit->count : 0;
    }
    if (r->mode == 1 && unit->count == 1 && unit->symbols[0] != r->symbols[at] && sounds(unit->symbols[0], r->symbols[at])) {
        cost[SOUND]++;
        cost[PRICE] += sounds(unit->symbols[0], r->symbols[at]);
        return 1;
    }
    return 0;
}

/* The next character with symbols from `from` on, and what it costs to get there; SIZE_MAX when there is no way. */
static size_t skip(const jy__reference *r, size_t from, uint32_t at, uint32_t cost[COSTS])
{
    unsigned own = r->stops[at], gap = 0, invisible = 0, paid = 0;
    for (size_t i = from; i < r->units.count; i++) {
        const jy__character *unit = &r->units.items[i];
        if (unit->kind == JY__KIND_SYMBOL) {
            cost[GAPS] += paid;
            cost[INVISIBLE] += invisible;
            return paid && !may(r, JY_FOLD_GAPS) ? SIZE_MAX : i;
        }
        if (unit->kind == JY__KIND_NEWLINE || (unit->kind == JY__KIND_STOP && !r->stops[at]))
            return SIZE_MAX;
        if (unit->kind == JY__KIND_INVISIBLE) {
            if (++invisible > JY__MATCH_MOST_INVISIBLE || !may(r, JY_FOLD_INVISIBLE))
                return SIZE_MAX;
            continue;
        }
        if (++gap > JY__MATCH_MOST_GAP)
            return SIZE_MAX;
        if (unit->kind != JY__KIND_BLANK && own)
            own--;
        else
            paid++;
    }
    return SIZE_MAX;
}

/* ---- the recursion */

static bool better(const jy__outcome *a, const jy__outcome *b)
{
    if (a->found != b->found)
        return a->found;
    if (a->end != b->end)
        return a->end > b->end;
    for (int i = 0; i < COSTS; i++)
        if (a->cost[i] != b->cost[i])
            return a->cost[i] < b->cost[i];
    return false;
}

static const jy__outcome *best(jy__reference *r, size_t from, uint32_t at, unsigned fillers, unsigned repeats);

static void consider(jy__outcome *kept, const jy__outcome *rest, const uint32_t cost[COSTS])
{
    jy__outcome all = *rest;
    for (int i = 0; i < COSTS; i++)
        all.cost[i] += cost[i];
    if (all.found && better(&all, kept))
        *kept = all;
}

static void consider_fillers(jy__reference *r, jy__outcome *kept, size_t next, uint32_t at, unsigned fillers, unsigned repeats, const uint32_t cost[COSTS])
{
    uint32_t symbols[JY__FILLER_LONGEST], sum[COSTS];
    memcpy(sum, cost, sizeof(sum));
    for (size_t count = 1; count <= JY__FILLER_LONGEST; count++) {
        if (next == SIZE_MAX || r->units.items[next].count != 1)
            return;
        symbols[count - 1] = r->units.items[next].symbols[0];
        if (jy__fold_filler(symbols, count) == count) {
            sum[FILLERS]++;
            consider(kept, best(r, next + 1, at, fillers + 1, repeats), sum);
            sum[FILLERS]--;
        }
        next = skip(r, next + 1, at, sum);
    }
}

static jy__outcome search(jy__reference *r, size_t from, uint32_t at, unsigned fillers, unsigned repeats)
{
    jy__outcome kept = { .known = true };
    uint32_t cost[COSTS] = { 0 }, here[COSTS], taken;
    size_t next;
    if (at == r->count) {
        kept.found = true;
        kept.end = r->units.items[from - 1].end;
        return kept;
    }
    next = skip(r, from, at, cost);
    if (next == SIZE_MAX)
        return kept;
    for (uint32_t back = 0; back <= JY__MATCH_REPEAT_LONGEST && back <= at; back++) {
        if (back && (!may(r, JY_FOLD_REPEATS) || repeats >= JY__MATCH_MOST_REPEATS))
            break;
        memcpy(here, cost, sizeof(here));
        here[REPEATS] += back > 0;
        taken = takes(r, &r->units.items[next], at - back, here);
        if (taken)
            consider(&kept, best(r, next + 1, at - back + taken, 0, repeats + (back > 0)), here);
    }
    if (may(r, JY_FOLD_FILLERS) && fillers < JY__MATCH_MOST_FILLERS)
        consider_fillers(r, &kept, next, at, fillers, repeats, cost);
    return kept;
}

static const jy__outcome *best(jy__reference *r, size_t from, uint32_t at, unsigned fillers, unsigned repeats)
{
    size_t place = ((from * (r->count + 1) + at) * (JY__MATCH_MOST_FILLERS + 1) + fillers) * (JY__MATCH_MOST_REPEATS + 1) + repeats;
    if (!r->memory[place].known) {
        jy__outcome found = search(r, from, at, fillers, repeats);
        r->memory[place] = found;
    }
    return &r->memory[place];
}

/* A literal with marks that must be there: straight on, its own marks before any gap. */
static jy__outcome search_marks(const jy__reference *r, size_t start)
{
    jy__outcome kept = { .known = true };
    uint32_t at = 0;
    size_t i = start;
    unsigned gap = 0, own = 0, invisible = 0;
    while (at < r->count && i < r->units.count) {
        const jy__character *unit = &r->units.items[i++];
        uint32_t cost[COSTS], taken;
        memcpy(cost, kept.cost, sizeof(cost));
        taken = takes(r, unit, at, cost);
        if (taken) {
            memcpy(kept.cost, cost, sizeof(cost));
            at += taken;
            own = at < r->count ? r->stops[at] : 0;
            gap = invisible = 0;
            continue;
        }
        if (at == 0 || unit->kind == JY__KIND_SYMBOL || unit->kind == JY__KIND_NEWLINE || (unit->kind == JY__KIND_STOP && !r->stops[at]))
            return kept;
        if (unit->kind == JY__KIND_INVISIBLE) {
            kept.cost[INVISIBLE]++;
            if (++invisible > JY__MATCH_MOST_INVISIBLE || !may(r, JY_FOLD_INVISIBLE))
                return kept;
            continue;
        }
        if (++gap > JY__MATCH_MOST_GAP)
            return kept;
        if (unit->kind != JY__KIND_BLANK && own) {
            own--;
            continue;
        }
        kept.cost[GAPS]++;
        if (!may(r, JY_FOLD_GAPS))
            return kept;
    }
    kept.found = at == r->count;
    kept.end = i ? r->units.items[i - 1].end : 0;
    return kept;
}

/* One run of masks in place of as many symbols, the first symbol visible; nothing else but gaps. */
static jy__outcome search_masked(const jy__reference *r, size_t start)
{
    jy__outcome kept = { .known = true };
    size_t i = start;
    uint32_t at = 0, masked_from = 0, masked_to = 0;
    unsigned gap = 0, own = 0;
    for (; at < r->count && i < r->units.count; i++) {
        const jy__character *unit = &r->units.items[i];
        bool mask = !unit->bad && jy__fold_is_mask(unit->cp);
        if (mask) {
            if (at == 0 || (masked_to && masked_to != at))
                return kept;
            masked_from = masked_to ? masked_from : at;
            masked_to = ++at;
        } else if (unit->kind == JY__KIND_SYMBOL) {
            if (unit->count != 1 || !takes(r, unit, at, kept.cost))
                return kept;
            at++;
        } else {
            bool blank = unit->kind == JY__KIND_BLANK, invisible = unit->kind == JY__KIND_INVISIBLE;
            if (at == 0 || unit->kind == JY__KIND_NEWLINE || (unit->kind == JY__KIND_STOP && !r->stops[at]) || ++gap > JY__MATCH_MOST_GAP)
                return kept;
            if (!invisible && !blank && own) {
                own--;
                continue;
            }
            kept.cost[invisible ? INVISIBLE : GAPS]++;
            if (!may(r, invisible ? JY_FOLD_INVISIBLE : JY_FOLD_GAPS))
                return kept;
            continue;
        }
        gap = 0;
        own = at < r->count ? r->stops[at] : 0;
        kept.end = unit->end;
    }
    if (at < r->count || !masked_to)
        return kept;
    kept.cost[MASKED] = masked_to - masked_from;
    for (gap = 0; masked_to == at && i < r->units.count; i++) { /* a longer run stands for a longer word */
        const jy__character *unit = &r->units.items[i];
        if (!unit->bad && jy__fold_is_mask(unit->cp))
            return (jy__outcome){ .known = true };
        if (unit->kind == JY__KIND_SYMBOL || unit->kind == JY__KIND_NEWLINE || ++gap > JY__MATCH_MOST_GAP)
            break;
    }
    kept.found = true;
    return kept;
}

jy__outcome jy__reference_reach(jy__reference *r, size_t start)
{
    jy__outcome kept = { .known = true };
    uint32_t cost[COSTS] = { 0 }, taken;
    if (r->marks)
        return search_marks(r, start);
    if (r->mode == 2)
        return search_masked(r, start);
    if (r->units.items[start].kind != JY__KIND_SYMBOL)
        return kept;
    taken = takes(r, &r->units.items[start], 0, cost);
    if (taken)
        consider(&kept, best(r, start + 1, taken, 0, 0), cost);
    return kept;
}
