/* `unless`: what silences a rule. It looks back only, from the moment at which the rule would speak:
 *
 *   forbid    from the turn of the wording
 *   limit     from the turn, or from what lies between two turns (a silence, an event): then `turn` is the turn before
 *   require   from the anchor; and what holds while the wording is still owed waives it too. Owed without an anchor it is from the begin
 *             of the call, or in its last turns */
#include "judge/judge_situation.h"

static bool is_last(const jy__window *window) { return window->kind == JY__WINDOW_LAST_TURNS || window->kind == JY__WINDOW_LAST_MS; }

/* Whose turns are counted since it held: of `turn` all, of wording in the last turns those of its window. */
static int32_t counted(const jy__compiled *rule, const jy__window *window)
{
    const jy__window *where = &rule->occasion->unless_where;
    if (where->kind == JY__WINDOW_PREVIOUS_TURNS)
        return where->of;
    return rule->require != JY__NONE && window->kind == JY__WINDOW_LAST_TURNS ? window->of : JY__SPEAKER_ANY;
}

bool jy__situation_silenced(const jy__situation *situation, uint32_t number, int32_t own)
{
    const jy__compiled *rule = &situation->rules->rules[number];
    const jy__rule_state *state = jy__situation_state(situation, number);
    if (!rule->has_unless || !state)
        return false;
    const jy__window *where = &rule->occasion->unless_where, window = jy__situation_window(rule);
    const int32_t of = counted(rule, &window);
    const uint64_t before = jy__situation_ordinal(situation, of);
    if (state->unless_now || !state->unless_held)
        return state->unless_now;
    if (where->kind == JY__WINDOW_CALL)
        return true;
    if (where->kind == JY__WINDOW_PREVIOUS_TURNS)
        return before - (own >= 0 && jy__window_counts(of, own)) - state->unless_ordinal < where->turns;
    return own == JY__SPEAKER_NOBODY && before == state->unless_ordinal;
}

/* What is owed is owed no more. */
static void waive(jy__rule_state *state, const jy__compiled *rule)
{
    state->open = false;
    state->turns_left = 0;
    state->until_ms = JY_TIME_UNKNOWN;
    if (rule->has_when)
        state->ever = false;
    else
        state->met = true;
}

void jy__situation_unless_held(jy__situation *situation, uint32_t number, int64_t ms)
{
    const jy__compiled *rule = &situation->rules->rules[number];
    jy__rule_state *state = jy__situation_state(situation, number);
    const jy__window window = jy__situation_window(rule);
    state->unless_held = true;
    state->unless_ordinal = (uint32_t)jy__situation_ordinal(situation, counted(rule, &window));
    if (rule->require == JY__NONE)
        return;
    if (is_last(&window))
        state->last_ms = ms;
    else
        waive(state, rule);
}

bool jy__situation_waived_at_end(const jy__situation *situation, uint32_t number)
{
    const jy__compiled *rule = &situation->rules->rules[number];
    const jy__rule_state *state = jy__situation_state(situation, number);
    const jy__window window = jy__situation_window(rule);
    if (!state->unless_held || !is_last(&window))
        return false;
    if (rule->occasion->unless_where.kind != JY__WINDOW_TURN)
        return jy__situation_silenced(situation, number, JY__SPEAKER_NOBODY);
    if (window.kind == JY__WINDOW_LAST_TURNS)
        return jy__situation_ordinal(situation, window.of) < (uint64_t)state->unless_ordinal + window.turns;
    return state->last_ms == JY_TIME_UNKNOWN || situation->now_ms - state->last_ms <= window.ms;
}
