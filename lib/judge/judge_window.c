/* Windows of forbidden wording: whether what was said counts at this point of the call — now, not at all, or only when something
 * comes that has not come yet. */
#include "judge/judge_situation.h"

static jy__gate gate_alone(const jy__situation *situation, const jy__window *window, const jy_turn *turn)
{
    uint64_t ordinal = jy__situation_ordinal(situation, window->of) + jy__window_counts(window->of, turn->speaker);
    switch (window->kind) {
    case JY__WINDOW_FIRST_TURNS: return ordinal <= window->turns ? JY__GATE_NOW : JY__GATE_NO;
    case JY__WINDOW_FIRST_MS: return turn->begin_ms != JY_TIME_UNKNOWN && turn->begin_ms <= window->ms ? JY__GATE_NOW : JY__GATE_NO;
    case JY__WINDOW_LAST_TURNS:
    case JY__WINDOW_LAST_MS: return JY__GATE_LATER;
    default: return JY__GATE_NOW;
    }
}

static jy__gate gate_anchored(const jy__situation *situation, const jy__rule_state *state, const jy__window *window, const jy_turn *turn,
                              const jy__hit *hit, jy_span at, bool now)
{
    bool behind = now && jy__window_counts(window->of, turn->speaker) && hit->begin >= at.end;
    switch (window->kind) {
    case JY__WINDOW_TURN: return now ? JY__GATE_NOW : JY__GATE_NO;
    case JY__WINDOW_NEXT_TURNS: return behind || state->turns_left ? JY__GATE_NOW : JY__GATE_NO;
    case JY__WINDOW_NEXT_MS:
        return behind || (state->until_ms != JY_TIME_UNKNOWN && turn->begin_ms != JY_TIME_UNKNOWN && turn->begin_ms <= state->until_ms) ? JY__GATE_NOW : JY__GATE_NO;
    case JY__WINDOW_PREVIOUS_TURNS:
    case JY__WINDOW_PREVIOUS_MS: return now && hit->begin < at.begin ? JY__GATE_NOW : JY__GATE_LATER;
    case JY__WINDOW_LAST_TURNS:
    case JY__WINDOW_LAST_MS: return JY__GATE_LATER;
    default:
        if (gate_alone(situation, window, turn) == JY__GATE_NO)
            return JY__GATE_NO;
        return now || state->ever ? JY__GATE_NOW : JY__GATE_LATER;
    }
}

int jy__situation_gate(jy__situation *situation, jy__judge *judge, const jy_turn *turn, const jy__candidate *candidate, bool partial, jy__gate *out)
{
    const jy__compiled *rule = &situation->rules->rules[candidate->rule];
    const jy__rule_state *state = jy__situation_state(situation, candidate->rule);
    jy_span at = { 0, 0 };
    jy__window window;
    bool now = state && state->anchored_now && !partial, unless_now = false;
    int status = JY_OK;
    *out = JY__GATE_NOW;
    if (rule->has_unless && partial)
        status = jy__situation_unless(judge, turn, candidate->rule, &unless_now);
    if (status != JY_OK || !state)
        return status;
    if (unless_now || jy__situation_silenced(situation, candidate->rule, JY__SPEAKER_UNCOUNTED)) {
        *out = JY__GATE_NO;
    } else if (rule->info.flags & JY_RULE_NEEDS_CALL) {
        window = jy__situation_window(rule);
        if (now)
            at = jy__situation_anchored_at(judge->scanner, rule->call_number);
        *out = rule->has_when ? gate_anchored(situation, state, &window, turn, &candidate->hit, at, now) : gate_alone(situation, &window, turn);
        if (partial && *out == JY__GATE_LATER)
            *out = JY__GATE_NO;
    }
    return status;
}

/* Where the rule's wording would count, if anywhere: at the end of the turn, behind whatever its anchor is. */
static int ask_of_end(jy__situation *situation, jy__judge *judge, const jy_turn *turn, uint32_t rule, jy__gate *out)
{
    const jy__candidate last = { .rule = rule, .hit = { .begin = judge->text.len, .end = judge->text.len } };
    return jy__situation_gate(situation, judge, turn, &last, false, out);
}

int jy__situation_clear_suspects(jy__situation *situation, jy__judge *judge, const jy_turn *turn)
{
    const uint32_t count = situation->rules->rule_count;
    jy__flags *suspected = &judge->scanner->suspected;
    int status = JY_OK;
    for (uint32_t i = 0; status == JY_OK && (i = jy__flags_next(suspected, i, count)) < count; i++) {
        jy__gate gate;
        status = ask_of_end(situation, judge, turn, i, &gate);
        if (status == JY_OK && gate == JY__GATE_NO)
            jy__unflag(suspected, i);
    }
    return status;
}
