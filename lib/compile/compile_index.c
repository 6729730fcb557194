/* Which rules of a frozen rule set need the call, so that a text without one is judged by the others only: lists of rules, a number for each that
 * needs it, the shortest silence that means anything to one of them, and whose words the others are about. */
#include "compile/compile_build.h"

static bool has_not(const jy__anchor *anchor)
{
    bool has = anchor->kind == JY__WHEN_NOT;
    for (uint32_t i = 0; i < anchor->kid_count; i++)
        has = has || has_not(&anchor->kids[i]);
    return has;
}

bool jy__node_has_echo(const jy_rules *rules, uint32_t number)
{
    const jy__node *node = &rules->nodes[number];
    bool has = node->kind == JY__EXPR_ECHO;
    for (uint32_t i = 0; !has && i < node->kid_count; i++)
        has = jy__node_has_echo(rules, jy__node_kid(rules, node, i));
    return has;
}

/* What is said again is no word of the rule's own; but while a window of it is open it is looked at anyway. */
static bool listens_for_echo(const jy_rules *rules, const jy__compiled *rule)
{
    if (!rule->has_when || rule->require == JY__NONE || !jy__node_has_echo(rules, rule->require))
        return false;
    switch (rule->occasion->where.kind) {
    case JY__WINDOW_CALL:
    case JY__WINDOW_PREVIOUS_TURNS:
    case JY__WINDOW_PREVIOUS_MS:
    case JY__WINDOW_LAST_TURNS:
    case JY__WINDOW_LAST_MS: return true;
    default: return false;
    }
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
    const bool limits = rule->has_limit && rule->occasion->limit.measure == JY__MEASURE_SILENCE;
    const int64_t heard[] = { rules->least_silence_ms, limits ? rule->occasion->limit.most : INT64_MAX,
                              rule->has_when ? least_silence(&rule->occasion->when) : INT64_MAX,
                              rule->has_unless ? least_silence(&rule->occasion->unless) : INT64_MAX };
    for (size_t i = 0; i < JY__COUNT(heard); i++)
        rules->least_silence_ms = heard[i] < rules->least_silence_ms ? heard[i] : rules->least_silence_ms;
}

static void note_minded(jy_rules *rules, const jy__compiled *rule)
{
    if (rule->judged && rule->forbid != JY__NONE && !(rule->info.flags & JY_RULE_NEEDS_CALL))
        rules->minded |= rule->info.speaker == JY__SPEAKER_ANY ? UINT32_MAX : 1u << rule->info.speaker;
}

int jy__build_index(jy__build *build)
{
    jy_rules *rules = build->rules;
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
        rule->heedless = (rule->has_when && has_not(&rule->occasion->when)) || (rule->has_unless && has_not(&rule->occasion->unless)) ||
                         listens_for_echo(rules, rule);
        note_minded(rules, rule);
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
