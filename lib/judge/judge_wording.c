/* From hits to candidates: which rules an utterance breaks by its words, after exceptions and approved wording. */
#include "judge/judge.h"
#include <stdlib.h>

/* The rules that any hit of the turn can fire, each once, in order. */
static int list_rules(jy__judge *judge, bool calls)
{
    jy_scanner *scanner = judge->scanner;
    const jy__hits *hits = &scanner->hits[JY__SET_FORBID];
    if (!jy__flags_begin(&scanner->mem, &scanner->rules_hit, judge->rules->rule_count))
        return JY_E_NOMEM;
    for (size_t i = 0; scanner->collected[JY__SET_FORBID] && i < hits->count; i++) {
        uint32_t rule = jy__atom_rule(judge->rules, hits->items[i].atom);
        if (rule != JY__NONE)
            jy__flag(&scanner->rules_hit, rule);
    }
    if (calls)
        jy__flags_join(&scanner->rules_hit, &scanner->suspected, judge->rules->rule_count);
    return JY_OK;
}

static bool applies(const jy__judge *judge, const jy__compiled *rule, bool calls)
{
    if (!rule->judged || (!calls && (rule->info.flags & JY_RULE_NEEDS_CALL)))
        return false;
    return rule->info.speaker == JY__SPEAKER_ANY || rule->info.speaker == judge->speaker;
}

static int add_candidates(jy__judge *judge, uint32_t rule, const jy__hits *hits)
{
    jy__candidates *out = &judge->scanner->candidates;
    for (size_t i = 0; i < hits->count; i++) {
        if (!JY__VEC_ROOM(&judge->scanner->mem, out))
            return JY_E_NOMEM;
        out->items[out->count++] = (jy__candidate){ .rule = rule, .hit = hits->items[i] };
    }
    return JY_OK;
}

int jy__judge_forbidden(jy__judge *judge, bool calls)
{
    jy_scanner *scanner = judge->scanner;
    const uint32_t count = judge->rules->rule_count;
    int status = jy__rules_mind(judge->rules, judge->speaker) ? jy__judge_collect(judge, JY__SET_FORBID) : JY_OK;
    if (status == JY_OK && calls)
        status = jy__judge_collect(judge, JY__SET_CALL);
    scanner->candidates.count = 0;
    if (status == JY_OK)
        status = list_rules(judge, calls);
    for (uint32_t i = 0; status == JY_OK && (i = jy__flags_next(&scanner->rules_hit, i, count)) < count; i++) {
        const jy__compiled *rule = &judge->rules->rules[i];
        if (!applies(judge, rule, calls))
            continue;
        scanner->joined.count = 0;
        status = jy__judge_eval(judge, rule->forbid, &scanner->joined);
        if (status == JY_OK)
            status = add_candidates(judge, i, &scanner->joined);
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
    size_t low = 0;
    JY__FIRST_NOT(low, s->hits->count, i, items[i].begin <= hit->begin);
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
    candidate->dropped = jy__judge_ordinary(judge, &candidate->hit) || jy__judge_guessed(judge->rules, judge->text, candidate->rule, &candidate->hit);
    if (candidate->dropped)
        return JY_OK;
    status = prepare(judge, candidate->rule, all);
    candidate->dropped = status == JY_OK && (is_shielded(&all->pack, &candidate->hit) || is_shielded(&all->rule, &candidate->hit));
    return status;
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
    jy__judge_sweep(candidates);
    return status;
}
