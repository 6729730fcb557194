/* What a match is, written down once more in the plainest way, to test the engines against. In: literals and a text. Out: the same list
 * as a scan. Each segment is laid out as characters; for each literal and each character, best() answers by recursion (with a memory of
 * answers) how far the rest of the literal reaches from there. No filter, no keys, no shared walk: only fold's tables are the same. */
#include "match/match.h"
#include "match/match_limits.h"
#include "fold/fold.h"
#include <stdlib.h>

typedef struct character {
    size_t begin, end;
    uint32_t cp, symbols[JY__FOLD_MOST], width[JY__FOLD_MOST];
    size_t count, width_count;
    jy__kind kind;
    bool bad;
} character;

/* Costs in the order in which they weigh. */
enum { REPEATS, SOUND, PRICE, FILLERS, SCRIPT, WIDTH, GAPS, INVISIBLE, MASKED, COSTS };
typedef struct outcome { bool known, found; size_t end; uint32_t cost[COSTS]; } outcome;

typedef struct reference {
    const jy__mem *mem;
    struct { character *items; size_t count, capacity; } units;
    uint32_t symbols[JY__MATCH_MOST_SYMBOLS];
    unsigned stops[JY__MATCH_MOST_SYMBOLS];
    uint32_t count, folds;
    bool marks, sound, masked;
    outcome *memory;
    size_t memory_count;
    int mode;
} reference;

static bool may(const reference *r, int fold) { return r->folds >> fold & 1; }

/* ---- the text as characters, the literal as symbols */

static bool lay_out(reference *r, jy_str text, size_t begin, size_t end)
{
    const char *p = text.ptr + begin;
    r->units.count = 0;
    while (p < text.ptr + end) {
        bool valid;
        character *unit;
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

static void read_literal(reference *r, const jy__literal *literal)
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

static uint32_t takes(const reference *r, const character *unit, uint32_t at, uint32_t cost[COSTS])
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
static size_t skip(const reference *r, size_t from, uint32_t at, uint32_t cost[COSTS])
{
    unsigned own = r->stops[at], gap = 0, invisible = 0, paid = 0;
    for (size_t i = from; i < r->units.count; i++) {
        const character *unit = &r->units.items[i];
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

static bool better(const outcome *a, const outcome *b)
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

static const outcome *best(reference *r, size_t from, uint32_t at, unsigned fillers, unsigned repeats);

static void consider(outcome *kept, const outcome *rest, const uint32_t cost[COSTS])
{
    outcome all = *rest;
    for (int i = 0; i < COSTS; i++)
        all.cost[i] += cost[i];
    if (all.found && better(&all, kept))
        *kept = all;
}

static void consider_fillers(reference *r, outcome *kept, size_t next, uint32_t at, unsigned fillers, unsigned repeats, const uint32_t cost[COSTS])
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

static outcome search(reference *r, size_t from, uint32_t at, unsigned fillers, unsigned repeats)
{
    outcome kept = { .known = true };
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

static const outcome *best(reference *r, size_t from, uint32_t at, unsigned fillers, unsigned repeats)
{
    size_t place = ((from * (r->count + 1) + at) * (JY__MATCH_MOST_FILLERS + 1) + fillers) * (JY__MATCH_MOST_REPEATS + 1) + repeats;
    if (!r->memory[place].known) {
        outcome found = search(r, from, at, fillers, repeats);
        r->memory[place] = found;
    }
    return &r->memory[place];
}

/* A literal with marks that must be there: straight on, its own marks before any gap. */
static outcome search_marks(const reference *r, size_t start)
{
    outcome kept = { .known = true };
    uint32_t at = 0;
    size_t i = start;
    unsigned gap = 0, own = 0, invisible = 0;
    while (at < r->count && i < r->units.count) {
        const character *unit = &r->units.items[i++];
        uint32_t taken = takes(r, unit, at, kept.cost);
        if (taken) {
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
static outcome search_masked(const reference *r, size_t start)
{
    outcome kept = { .known = true };
    size_t i = start;
    uint32_t at = 0, masked_from = 0, masked_to = 0;
    unsigned gap = 0, own = 0;
    for (; at < r->count && i < r->units.count; i++) {
        const character *unit = &r->units.items[i];
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
        const character *unit = &r->units.items[i];
        if (!unit->bad && jy__fold_is_mask(unit->cp))
            return (outcome){ .known = true };
        if (unit->kind == JY__KIND_SYMBOL || unit->kind == JY__KIND_NEWLINE || ++gap > JY__MATCH_MOST_GAP)
            break;
    }
    kept.found = true;
    return kept;
}

/* ---- all literals from all characters */

static outcome from_start(reference *r, size_t start)
{
    outcome kept = { .known = true };
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

static int make_match(const reference *r, jy__match_scratch *scratch, uint32_t literal, size_t start, const outcome *answer)
{
    jy__match match = { .literal = literal, .begin = r->units.items[start].begin, .end = answer->end };
    int price = (int)answer->cost[PRICE];
    match.count[JY_FOLD_WIDTH] = (uint16_t)answer->cost[WIDTH];
    match.count[JY_FOLD_SCRIPT] = (uint16_t)answer->cost[SCRIPT];
    match.count[JY_FOLD_INVISIBLE] = (uint16_t)answer->cost[INVISIBLE];
    match.count[JY_FOLD_GAPS] = (uint16_t)answer->cost[GAPS];
    match.count[JY_FOLD_FILLERS] = (uint16_t)answer->cost[FILLERS];
    match.count[JY_FOLD_REPEATS] = (uint16_t)answer->cost[REPEATS];
    match.count[JY_FOLD_SOUND] = (uint16_t)answer->cost[SOUND];
    match.count[JY_FOLD_MASKED] = (uint16_t)answer->cost[MASKED];
    if (answer->cost[SOUND] && answer->cost[SOUND] >= r->count)
        price += JY__SOUND_COST_NONE;
    match.confidence = price < 90 ? 100 - price : 10;
    if (!JY__VEC_ROOM(scratch->mem, &scratch->matches))
        return JY_E_NOMEM;
    scratch->matches.items[scratch->matches.count++] = match;
    return JY_OK;
}

static int try_literal(reference *r, jy__match_scratch *scratch, const jy__literal *literal, uint32_t number)
{
    size_t need;
    outcome *found = NULL;
    int status = JY_OK;
    read_literal(r, literal);
    need = (r->units.count + 1) * (r->count + 1) * (JY__MATCH_MOST_FILLERS + 1) * (JY__MATCH_MOST_REPEATS + 1);
    if (!jy__mem_grow(r->mem, &r->memory, &r->memory_count, need, sizeof(*r->memory)))
        return JY_E_NOMEM;
    found = jy__mem_alloc(r->mem, r->units.count * sizeof(*found));
    if (!found)
        return JY_E_NOMEM;
    for (r->mode = 0; r->mode <= 2; r->mode++) {
        if ((r->mode == 1 && !r->sound) || (r->mode == 2 && !r->masked))
            continue;
        memset(r->memory, 0, need * sizeof(*r->memory));
        for (size_t i = 0; i < r->units.count; i++)
            if (!found[i].found)
                found[i] = from_start(r, i);
    }
    for (size_t i = 0; i < r->units.count && status == JY_OK; i++)
        if (found[i].found)
            status = make_match(r, scratch, number, i, &found[i]);
    jy__mem_free(r->mem, found, r->units.count * sizeof(*found));
    return status;
}

/* ---- the list */

static int class_of(const jy__match *match) { return match->count[JY_FOLD_MASKED] ? 2 : match->count[JY_FOLD_SOUND] ? 1 : 0; }

static bool beaten(const jy__match_scratch *scratch, const jy__match *match)
{
    for (size_t i = 0; i < scratch->matches.count; i++) {
        const jy__match *other = &scratch->matches.items[i];
        if (other == match || other->literal != match->literal || other->end != match->end)
            continue;
        if (class_of(other) < class_of(match) || (class_of(other) == class_of(match) && other->begin < match->begin))
            return true;
    }
    return false;
}

static int by_place(const void *left, const void *right)
{
    const jy__match *a = left, *b = right;
    if (a->begin != b->begin)
        return a->begin < b->begin ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    return a->literal < b->literal ? -1 : a->literal > b->literal;
}

static int finish(jy__match_scratch *scratch)
{
    size_t count = scratch->matches.count, kept = 0;
    bool *drop = jy__mem_alloc(scratch->mem, count);
    if (!drop)
        return JY_E_NOMEM;
    for (size_t i = 0; i < count; i++)
        drop[i] = beaten(scratch, &scratch->matches.items[i]);
    for (size_t i = 0; i < count; i++)
        if (!drop[i])
            scratch->matches.items[kept++] = scratch->matches.items[i];
    jy__mem_free(scratch->mem, drop, count);
    scratch->matches.count = kept;
    if (kept)
        qsort(scratch->matches.items, kept, sizeof(jy__match), by_place);
    return JY_OK;
}

int jy__match_reference(const jy__literal *literals, size_t count, jy__match_scratch *scratch, jy_str text, const size_t *bounds, size_t bound_count)
{
    reference r = { .mem = scratch->mem };
    int status = JY_OK;
    scratch->matches.count = 0;
    scratch->cut = false;
    scratch->cut_at = text.len;
    scratch->bad_bytes = jy__utf8_bad(text, &scratch->first_bad);
    for (size_t i = 0, begin = 0; i <= (bounds ? bound_count : 0) && status == JY_OK; i++) {
        size_t end = bounds && i < bound_count && bounds[i] < text.len ? bounds[i] : text.len;
        if (begin < end && !lay_out(&r, text, begin, end))
            status = JY_E_NOMEM;
        for (size_t k = 0; begin < end && k < count && status == JY_OK; k++)
            status = try_literal(&r, scratch, &literals[k], (uint32_t)k);
        begin = end;
    }
    JY__VEC_FREE(r.mem, &r.units);
    jy__mem_free(r.mem, r.memory, r.memory_count * sizeof(*r.memory));
    return status == JY_OK ? finish(scratch) : status;
}
