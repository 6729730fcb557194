/* From hits to candidates: which rules an utterance breaks by its words, after exceptions, approved wording and overlap. */
#include "judge/judge.h"
#include <stdlib.h>

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static int list_rule_of(jy__judge *judge, uint32_t atom)
{
    jy_scanner *scanner = judge->scanner;
    uint32_t rule = jy__atom_rule(judge->rules, atom);
    if (rule == JY__NONE || !jy__mark(&scanner->listed, rule))
        return JY_OK;
    if (!JY__VEC_ROOM(&scanner->mem, &scanner->rules_hit))
        return JY_E_NOMEM;
    scanner->rules_hit.items[scanner->rules_hit.count++] = rule;
    return JY_OK;
}

static int rules_of_forbidden(jy__judge *judge)
{
    const jy__hits *hits = &judge->scanner->hits[JY__SET_FORBID];
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < hits->count; i++)
        status = list_rule_of(judge, hits->items[i].atom);
    return status;
}

/* Of a set that stands by: the rules of every phrase of which something stands in the turn, and of every pattern that may match. */
static int rules_of_found(jy__judge *judge, jy__set_kind kind)
{
    const jy__found *found = &judge->scanner->found[kind];
    const jy__set *set = &judge->rules->sets[kind];
    int status = JY_OK;
    for (size_t i = 0; i < found->count; i++) {
        const jy__uses uses = jy__uses_of(set, found->items[i].literal);
        for (uint32_t k = uses.first; status == JY_OK && k < uses.behind; k++)
            status = list_rule_of(judge, jy__use_of(set, k).atom);
    }
    for (size_t i = 0; status == JY_OK && i < set->regex_count; i++)
        if (jy__judge_pattern_wanted(judge->scanner, set, kind, i))
            status = list_rule_of(judge, set->regex_atoms[i]);
    return status;
}

/* The rules that any hit of the turn can fire, each once, in order. */
static int rules_of_hits(jy__judge *judge, bool calls)
{
    jy_scanner *scanner = judge->scanner;
    int status;
    scanner->rules_hit.count = 0;
    if (!jy__marks_begin(&scanner->mem, &scanner->listed, judge->rules->rule_count))
        return JY_E_NOMEM;
    status = rules_of_forbidden(judge);
    if (status == JY_OK && calls)
        status = rules_of_found(judge, JY__SET_CALL);
    if (scanner->rules_hit.count > 1)
        qsort(scanner->rules_hit.items, scanner->rules_hit.count, sizeof(uint32_t), by_number);
    return status;
}

static bool applies(const jy__judge *judge, const jy__compiled *rule, bool calls)
{
    if (!rule->judged || (!calls && (rule->info.flags & JY_RULE_NEEDS_CALL)))
        return false;
    return rule->info.speaker == JY__SPEAKER_ANY || rule->info.speaker == judge->speaker;
}

/* Leftmost, then longest: a rule says the same thing about overlapping words once. */
static int add_candidates(jy__judge *judge, uint32_t rule, const jy__hits *hits)
{
    jy__candidates *out = &judge->scanner->candidates;
    for (size_t i = 0; i < hits->count; i++) {
        if (!JY__VEC_ROOM(&judge->scanner->mem, out))
            return JY_E_NOMEM;
        out->items[out->count++] = (jy__candidate){ rule, hits->items[i], false, false };
    }
    return JY_OK;
}

int jy__judge_forbidden(jy__judge *judge, bool calls)
{
    jy_scanner *scanner = judge->scanner;
    int status = jy__judge_collect(judge, JY__SET_FORBID);
    if (status == JY_OK && calls)
        status = jy__judge_collect(judge, JY__SET_CALL);
    scanner->candidates.count = 0;
    if (status == JY_OK)
        status = rules_of_hits(judge, calls);
    for (size_t i = 0; status == JY_OK && i < scanner->rules_hit.count; i++) {
        const jy__compiled *rule = &judge->rules->rules[scanner->rules_hit.items[i]];
        if (!applies(judge, rule, calls))
            continue;
        scanner->joined.count = 0;
        status = jy__judge_eval(judge, rule->forbid, &scanner->joined);
        if (status == JY_OK)
            status = add_candidates(judge, scanner->rules_hit.items[i], &scanner->joined);
    }
    return status;
}

/* ---- shields */
/* What was said as written is not excused by an exception that only sounds alike. */
static const jy__hit *around(const jy__hits *shields, const jy__hit *hit)
{
    for (size_t i = 0; i < shields->count; i++)
        if (shields->items[i].begin <= hit->begin && hit->end <= shields->items[i].end &&
            (!shields->items[i].count[JY_FOLD_SOUND] || hit->count[JY_FOLD_SOUND]))
            return &shields->items[i];
    return NULL;
}

/* Approved wordings of a pack that stand in the turn, appended to `out`. */
static int pack_shields(jy__judge *judge, uint32_t pack, jy__hits *out)
{
    const jy__compiled_pack *own = &judge->rules->packs[pack];
    return own->shield_count ? jy__judge_atoms(judge, own->first_shield, own->shield_count, out) : JY_OK;
}

int jy__judge_shield_of(jy__judge *judge, const jy__candidate *candidate, uint32_t *atom_out)
{
    const jy__compiled *rule = &judge->rules->rules[candidate->rule];
    jy__hits *shields = &judge->scanner->joined;
    const jy__hit *shield;
    int status;
    shields->count = 0;
    status = pack_shields(judge, rule->pack, shields);
    if (status == JY_OK && rule->except != JY__NONE)
        status = jy__judge_eval(judge, rule->except, shields);
    shield = status == JY_OK ? around(shields, &candidate->hit) : NULL;
    *atom_out = shield ? shield->atom : JY__NONE;
    return status;
}

static int by_begin(const void *a, const void *b)
{
    const jy__hit *x = a, *y = b;
    return x->begin < y->begin ? -1 : x->begin > y->begin;
}

/* What shields, by begin: the approved wordings of a pack, the exceptions of a rule. One further back than the longest of them reaches no
 * further than `longest`: a turn may hold ten thousand hits and as many shields, and each hit looks at its neighbours only. */
typedef struct shields { jy__hits *hits; uint32_t of; size_t longest; } shields;
typedef struct shielding { shields pack, rule; } shielding;

static void put_in_order(shields *s)
{
    jy__hits *hits = s->hits;
    if (hits->count > 1)
        qsort(hits->items, hits->count, sizeof(*hits->items), by_begin);
    s->longest = 0;
    for (size_t i = 0; i < hits->count; i++)
        if (hits->items[i].end - hits->items[i].begin > s->longest)
            s->longest = hits->items[i].end - hits->items[i].begin;
}

/* Candidates come rule by rule, and the rules of a pack together. */
static int prepare(jy__judge *judge, uint32_t number, shielding *out)
{
    const jy__compiled *rule = &judge->rules->rules[number];
    int status = JY_OK;
    if (out->pack.of != rule->pack) {
        out->pack.of = rule->pack;
        out->pack.hits->count = 0;
        status = pack_shields(judge, rule->pack, out->pack.hits);
        put_in_order(&out->pack);
    }
    if (status != JY_OK || out->rule.of == number)
        return status;
    out->rule.of = number;
    out->rule.hits->count = 0;
    if (rule->except != JY__NONE)
        status = jy__judge_eval(judge, rule->except, out->rule.hits);
    put_in_order(&out->rule);
    return status;
}

static bool is_shielded(const shields *s, const jy__hit *hit)
{
    const jy__hit *items = s->hits->items;
    size_t low = 0, high = s->hits->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (items[middle].begin <= hit->begin)
            low = middle + 1;
        else
            high = middle;
    }
    while (low > 0 && items[low - 1].begin + s->longest >= hit->end) {
        const jy__hits near = { &s->hits->items[--low], 1, 1 };
        if (around(&near, hit))
            return true;
    }
    return false;
}

static int drop_shielded(jy__judge *judge, jy__candidate *candidate, shielding *all)
{
    int status;
    candidate->dropped = jy__judge_ordinary(judge, &candidate->hit);
    if (candidate->dropped)
        return JY_OK;
    status = prepare(judge, candidate->rule, all);
    candidate->dropped = status == JY_OK && (is_shielded(&all->pack, &candidate->hit) || is_shielded(&all->rule, &candidate->hit));
    return status;
}

static void sweep(jy__candidates *candidates)
{
    size_t kept = 0;
    for (size_t i = 0; i < candidates->count; i++)
        if (!candidates->items[i].dropped)
            candidates->items[kept++] = candidates->items[i];
    candidates->count = kept;
}

int jy__judge_shield(jy__judge *judge)
{
    jy__candidates *candidates = &judge->scanner->candidates;
    shielding all = { { &judge->scanner->approved, JY__NONE, 0 }, { &judge->scanner->joined, JY__NONE, 0 } };
    int status = JY_OK;
    if (candidates->count == 0)
        return JY_OK;
    status = jy__judge_collect(judge, JY__SET_SHIELD);
    for (size_t i = 0; status == JY_OK && i < candidates->count; i++)
        status = drop_shielded(judge, &candidates->items[i], &all);
    sweep(candidates);
    return status;
}

/* ---- overlap */
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
    return x->rule < y->rule ? -1 : x->rule > y->rule;
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

static void settle(const jy_rules *rules, jy__candidate *a, jy__candidate *b, bool packs_apart)
{
    uint32_t a_pack = rules->rules[a->rule].pack, b_pack = rules->rules[b->rule].pack;
    bool a_holds_b = a->hit.begin <= b->hit.begin && b->hit.end <= a->hit.end, b_holds_a = b->hit.begin <= a->hit.begin && a->hit.end <= b->hit.end;
    if (a->rule == b->rule) { /* leftmost wins; by_place put it and the longest first */
        b->dropped = true;
    } else if (a_pack != b_pack) { /* the pack named first keeps its findings; the other adds what is new */
        jy__candidate *later = a_pack < b_pack ? b : a;
        later->dropped = later->dropped || (!packs_apart && (later == b ? a_holds_b : b_holds_a));
    } else if (a_holds_b || b_holds_a) {
        *(speaks_before(rules, a, b) ? &b->dropped : &a->dropped) = true;
    }
}

#define NEIGHBOURS 32 /* overlapping candidates that are compared with one; more at one place say nothing new */

/* Whether a gives way to b, so that it must not take others with it before it goes. */
static bool gives_way(const jy_rules *rules, const jy__candidate *a, const jy__candidate *b)
{
    bool a_holds_b = a->hit.begin <= b->hit.begin && b->hit.end <= a->hit.end, b_holds_a = b->hit.begin <= a->hit.begin && a->hit.end <= b->hit.end;
    return a->rule != b->rule && rules->rules[a->rule].pack == rules->rules[b->rule].pack && (a_holds_b || b_holds_a) && !speaks_before(rules, a, b);
}

/* Settles the candidate with those that begin behind it and overlap it: first whether it stays, then what it takes with it. */
static void settle_with_rest(jy__judge *judge, jy__candidate *items, size_t count, size_t i)
{
    for (int taking = 0; taking < 2; taking++)
        for (size_t k = i + 1, looked = 0; k < count && items[k].hit.begin < items[i].hit.end && looked < NEIGHBOURS && !items[i].dropped; k++) {
            if (items[k].dropped)
                continue;
            looked += items[k].rule != items[i].rule;
            if (taking)
                settle(judge->rules, &items[i], &items[k], judge->scanner->packs_apart);
            else
                items[i].dropped = gives_way(judge->rules, &items[i], &items[k]);
        }
}

int jy__judge_resolve(jy__judge *judge)
{
    jy__candidates *candidates = &judge->scanner->candidates;
    if (candidates->count < 2)
        return JY_OK;
    qsort(candidates->items, candidates->count, sizeof(*candidates->items), by_place);
    for (size_t i = 0; i < candidates->count; i++)
        settle_with_rest(judge, candidates->items, candidates->count, i);
    sweep(candidates);
    return JY_OK;
}
