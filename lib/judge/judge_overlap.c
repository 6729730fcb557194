/* Candidates of which one contains or overlaps another. In: the candidates of a turn, each of which would be a finding by itself. Out: those that
 * speak, in order of begin. */
#include "judge/judge.h"
#include <stdlib.h>

void jy__judge_sweep(jy__candidates *candidates)
{
    size_t kept = 0;
    for (size_t i = 0; i < candidates->count; i++)
        if (!candidates->items[i].dropped)
            candidates->items[kept++] = candidates->items[i];
    candidates->count = kept;
}

int32_t jy__judge_severity(const jy__compiled *rule, const jy__hit *hit)
{
    int32_t severity = rule->info.severity;
    return hit->count[JY_FOLD_MASKED] && severity > JY_INFO ? severity - 1 : severity;
}

static int by_place(const void *a, const void *b)
{
    const jy__candidate *x = a, *y = b;
    if (x->hit.begin != y->hit.begin) return x->hit.begin < y->hit.begin ? -1 : 1;
    if (x->hit.end != y->hit.end) return x->hit.end > y->hit.end ? -1 : 1;
    if (x->rule != y->rule) return x->rule < y->rule ? -1 : 1;
    return x->hit.atom < y->hit.atom ? -1 : x->hit.atom > y->hit.atom; /* not every qsort() leaves the order of equals */
}

/* Which of two overlapping findings speaks: the one whose situation holds, the severer, the longer, the one written first. */
static bool speaks_before(const jy_rules *rules, const jy__candidate *a, const jy__candidate *b)
{
    size_t a_length = a->hit.end - a->hit.begin, b_length = b->hit.end - b->hit.begin;
    int32_t a_severity = jy__judge_severity(&rules->rules[a->rule], &a->hit), b_severity = jy__judge_severity(&rules->rules[b->rule], &b->hit);
    if (a->held != b->held) return a->held;
    if (a_severity != b_severity) return a_severity > b_severity;
    if (a_length != b_length) return a_length > b_length;
    if (a->rule != b->rule) return a->rule < b->rule;
    return a->hit.begin <= b->hit.begin;
}

/* The one of two overlapping candidates that is not told for the other's sake; NULL: both are. b begins behind a, or is no longer. */
static jy__candidate *silenced(const jy_rules *rules, jy__candidate *a, jy__candidate *b, bool packs_apart)
{
    uint32_t a_pack = rules->rules[a->rule].pack, b_pack = rules->rules[b->rule].pack;
    bool a_holds_b = a->hit.begin <= b->hit.begin && b->hit.end <= a->hit.end, b_holds_a = b->hit.begin <= a->hit.begin && a->hit.end <= b->hit.end;
    if (a->rule == b->rule) /* leftmost wins; by_place put it and the longest first */
        return b;
    if (a_pack != b_pack) { /* the pack named first keeps its findings; the other adds what is new */
        jy__candidate *later = a_pack < b_pack ? b : a;
        return !packs_apart && (later == b ? a_holds_b : b_holds_a) ? later : NULL;
    }
    if (!a_holds_b && !b_holds_a)
        return NULL;
    return speaks_before(rules, a, b) ? b : a;
}

#define NEIGHBOURS 32 /* overlapping candidates that are told beside one and compared with it; more at one place say nothing new */

/* The candidate and those that begin behind it and overlap it: first whether it stays, then what it takes with it. What would silence it may yet be silenced
 * itself; then it waits, but anyway, and with it what it would silence. */
static void settle_with_rest(const jy_scanner *scanner, const jy_rules *rules, size_t i, bool anyway)
{
    jy__candidate *items = scanner->candidates.items, *own = &items[i];
    const size_t count = scanner->candidates.count;
    for (int taking = 0; taking < 2; taking++) {
        for (size_t k = i + 1, beside = 0; k < count && items[k].hit.begin < own->hit.end && beside < NEIGHBOURS && !own->dropped; k++) {
            jy__candidate *other = &items[k], *lesser = other->dropped ? other : silenced(rules, own, other, scanner->packs_apart);
            beside += lesser == NULL;
            if (!taking && lesser == own) {
                own->dropped = other->told;
                own->waits = true;
            } else if (taking && lesser == other && !other->told) {
                other->dropped |= own->told;
                other->waits = true;
            }
        }
        own->told = !own->dropped && (anyway || !own->waits);
    }
    own->waits = false;
}

/* Returns how many wait. */
static size_t settle_all(const jy_scanner *scanner, const jy_rules *rules, bool stuck)
{
    jy__candidate *items = scanner->candidates.items;
    size_t waiting = 0;
    for (size_t i = 0; i < scanner->candidates.count; i++) {
        if (!items[i].told && !items[i].dropped)
            settle_with_rest(scanner, rules, i, stuck && !waiting);
        waiting += !items[i].told && !items[i].dropped;
    }
    return waiting;
}

/* Those that wait are asked again; where each waits for another, the first is told. */
void jy__judge_settle(jy_scanner *scanner, const jy_rules *rules)
{
    size_t waiting = scanner->candidates.count, before = waiting + 1;
    for (size_t i = 0; i < scanner->candidates.count; i++)
        scanner->candidates.items[i].told = scanner->candidates.items[i].waits = false;
    while (waiting) {
        bool stuck = waiting == before;
        before = waiting;
        waiting = settle_all(scanner, rules, stuck);
    }
    jy__judge_sweep(&scanner->candidates);
}

/* One after the other in order: the candidates of one rule are, and most turns have no others. */
static bool in_order(const jy__candidates *candidates)
{
    size_t i = 1;
    while (i < candidates->count && by_place(&candidates->items[i - 1], &candidates->items[i]) <= 0)
        i++;
    return i >= candidates->count;
}

int jy__judge_resolve(jy__judge *judge)
{
    jy__candidates *candidates = &judge->scanner->candidates;
    if (candidates->count < 2)
        return JY_OK;
    if (!in_order(candidates))
        qsort(candidates->items, candidates->count, sizeof(*candidates->items), by_place);
    jy__judge_settle(judge->scanner, judge->rules);
    return JY_OK;
}

/* ---- matches that need no judging, as candidates */
jy__candidate jy__judge_candidate(const jy_rules *rules, const jy__match *match, size_t base)
{
    const jy__set *set = &rules->sets[JY__SET_FORBID];
    uint32_t atom = jy__use_of(set, match->literal).atom;
    jy__hit hit = { atom, match->confidence, match->begin - base, jy__match_end(match) - base, jy__rules_text(rules, set->forms[match->literal]), { 0 } };
    jy__match_counts(match, hit.count);
    return (jy__candidate){ .rule = jy__atom_rule(rules, atom), .hit = hit };
}

bool jy__judge_comes_before(const jy__candidate *a, const jy__candidate *b) { return by_place(a, b) < 0; }
