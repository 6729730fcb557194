/* Indexes of a frozen rule set, so that a turn is judged by the rules that it concerns and not by all: from an atom to the rules
 * that forbid it, from an atom to the rules whose situation it may change, and the rules that need the call at all.
 *
 *   atom 7 ─▶ rules[begin[7] .. begin[8])                                                                        */
#include "compile/compile_build.h"

typedef struct pairs { uint32_t *begin, *list, *at; } pairs; /* counted with `list` NULL, then placed */

static void take_atom(pairs *index, uint32_t atom, uint32_t number)
{
    if (index->list)
        index->list[index->at[atom]++] = number;
    else
        index->begin[atom + 1]++;
}

/* Every atom below a node by which it may hold. */
static void take_node(const jy_rules *rules, pairs *index, uint32_t node, uint32_t number)
{
    const jy__node *own;
    if (node == JY__NONE || rules->nodes[node].kind == JY__EXPR_NOT)
        return;
    own = &rules->nodes[node];
    if (own->atom != JY__NONE)
        take_atom(index, own->atom, number);
    for (uint32_t i = 0; i < own->kid_count; i++)
        take_node(rules, index, own->kids[i], number);
}

static void take_anchor(const jy_rules *rules, pairs *index, const jy__anchor *anchor, uint32_t number)
{
    take_node(rules, index, anchor->node, number);
    for (uint32_t i = 0; i < anchor->kid_count; i++)
        take_anchor(rules, index, &anchor->kids[i], number);
}

static void take_forbidden(const jy_rules *rules, pairs *index)
{
    for (uint32_t i = 0; i < rules->rule_count; i++)
        take_node(rules, index, rules->rules[i].forbid, i);
}

static void take_situations(const jy_rules *rules, pairs *index)
{
    for (uint32_t i = 0; i < rules->call_rule_count; i++) {
        const jy__compiled *rule = &rules->rules[rules->call_rules[i]];
        take_node(rules, index, rule->require, i);
        if (rule->has_when)
            take_anchor(rules, index, &rule->when, i);
        if (rule->has_unless)
            take_anchor(rules, index, &rule->unless, i);
    }
}

static int build_pairs(jy__build *build, void (*take)(const jy_rules *, pairs *), uint32_t **begin, uint32_t **list)
{
    jy_rules *rules = build->rules;
    size_t atoms = rules->atom_count;
    pairs index = { jy__arena_alloc(&rules->arena, (atoms + 1) * sizeof(uint32_t)), NULL, NULL };
    index.at = jy__arena_alloc(&build->scratch, (atoms + 1) * sizeof(uint32_t));
    if (!index.begin || !index.at)
        return JY_E_NOMEM;
    take(rules, &index);
    for (size_t i = 0; i < atoms; i++)
        index.begin[i + 1] += index.begin[i];
    memcpy(index.at, index.begin, (atoms + 1) * sizeof(uint32_t));
    index.list = jy__arena_alloc(&rules->arena, index.begin[atoms] * sizeof(uint32_t) + 1);
    if (!index.list)
        return JY_E_NOMEM;
    take(rules, &index);
    *begin = index.begin;
    *list = index.list;
    return JY_OK;
}

static bool has_not(const jy__anchor *anchor)
{
    bool has = anchor->kind == JY__WHEN_NOT;
    for (uint32_t i = 0; i < anchor->kid_count; i++)
        has = has || has_not(&anchor->kids[i]);
    return has;
}

static int64_t least_silence(const jy__anchor *anchor)
{
    int64_t least = anchor->kind == JY__WHEN_SILENCE ? anchor->ms : INT64_MAX;
    for (uint32_t i = 0; i < anchor->kid_count; i++) {
        int64_t kid = least_silence(&anchor->kids[i]);
        least = kid < least ? kid : least;
    }
    return least;
}

static void note_silence(jy_rules *rules, const jy__compiled *rule)
{
    int64_t least = rule->has_when ? least_silence(&rule->when) : INT64_MAX;
    if (rule->has_limit && rule->limit.measure == JY__MEASURE_SILENCE && rule->limit.most < least)
        least = rule->limit.most;
    rules->least_silence_ms = least < rules->least_silence_ms ? least : rules->least_silence_ms;
}

static int list_calls(jy_rules *rules)
{
    rules->call_rules = jy__arena_alloc(&rules->arena, rules->rule_count * sizeof(uint32_t) + 1);
    rules->limit_rules = jy__arena_alloc(&rules->arena, rules->rule_count * sizeof(uint32_t) + 1);
    rules->needs_call = jy__arena_alloc(&rules->arena, rules->rule_count * sizeof(uint32_t) + 1);
    if (!rules->call_rules || !rules->limit_rules || !rules->needs_call)
        return JY_E_NOMEM;
    rules->least_silence_ms = INT64_MAX;
    for (uint32_t i = 0; i < rules->rule_count; i++) {
        jy__compiled *rule = &rules->rules[i];
        bool call = rule->judged && ((rule->info.flags & JY_RULE_NEEDS_CALL) || rule->has_unless);
        rule->call_number = call ? rules->call_rule_count : JY__NONE;
        rule->heedless = (rule->has_when && has_not(&rule->when)) || (rule->has_unless && has_not(&rule->unless));
        if (!call)
            continue;
        rules->call_rules[rules->call_rule_count++] = i;
        note_silence(rules, rule);
        if (rule->info.flags & JY_RULE_NEEDS_CALL)
            rules->needs_call[rules->needs_call_count++] = i;
        if (rule->has_limit)
            rules->limit_rules[rules->limit_rule_count++] = i;
    }
    return JY_OK;
}

int jy__build_index(jy__build *build)
{
    jy_rules *rules = build->rules;
    int status = list_calls(rules);
    if (status == JY_OK)
        status = build_pairs(build, take_forbidden, &rules->atom_rule_begin, &rules->atom_rules);
    return status == JY_OK ? build_pairs(build, take_situations, &rules->atom_call_begin, &rules->atom_calls) : status;
}
