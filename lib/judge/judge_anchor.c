/* Anchors: whether a rule's `when` (or `unless`) holds at a moment — a turn, an event, a silence. */
#include "judge/judge_situation.h"

static bool speaks(int32_t wanted, int32_t speaker) { return wanted == JY__SPEAKER_ANY || wanted == speaker; }

static int said(const jy__moment *moment, const jy__anchor *anchor, bool *holds_out, jy_span *at_out)
{
    jy_scanner *scanner;
    int status;
    if (!moment->judge || !speaks(anchor->speaker, moment->turn->speaker) || moment->judge->scanner->hits[JY__SET_CALL].count == 0)
        return JY_OK;
    scanner = moment->judge->scanner;
    scanner->joined.count = 0;
    status = jy__judge_eval(moment->judge, anchor->node, &scanner->joined);
    if (status != JY_OK || scanner->joined.count == 0)
        return status;
    *holds_out = true;
    *at_out = (jy_span){ scanner->joined.items[0].begin, scanner->joined.items[0].end };
    return JY_OK;
}

/* In a turn an event holds that came since the turn before: `all: [event, phrase]`. */
static bool event_holds(const jy__situation *situation, const jy__anchor *anchor, const jy__moment *moment)
{
    if (moment->turn)
        return situation->events_since >> anchor->event & 1;
    return moment->event == anchor->event && (anchor->speaker <= 0 || moment->event_by == anchor->speaker);
}

/* Alone, an event anchors when it comes, not once more at the next turn; so does a silence. */
static bool needs_turn(const jy__anchor *anchor)
{
    if (anchor->kind == JY__WHEN_SAID)
        return true;
    if (anchor->kind != JY__WHEN_ALL)
        return false;
    for (uint32_t i = 0; i < anchor->kid_count; i++)
        if (needs_turn(&anchor->kids[i]))
            return true;
    return false;
}

static int several(jy__situation *situation, const jy__anchor *anchor, const jy__moment *moment, bool *holds_out, jy_span *at_out)
{
    bool all = anchor->kind == JY__WHEN_ALL, placed = false;
    *holds_out = all;
    for (uint32_t i = 0; i < anchor->kid_count; i++) {
        bool holds = false;
        jy_span at = { 0, 0 };
        int status;
        if (!all && moment->turn && anchor->kids[i].kind != JY__WHEN_NOT && !needs_turn(&anchor->kids[i]))
            continue;
        status = jy__situation_holds(situation, &anchor->kids[i], moment, &holds, &at);
        if (status != JY_OK)
            return status;
        if (holds && !placed && at.end) {
            *at_out = at;
            placed = true;
        }
        if (holds != all) {
            *holds_out = !all;
            return JY_OK;
        }
    }
    return JY_OK;
}

int jy__situation_holds(jy__situation *situation, const jy__anchor *anchor, const jy__moment *moment, bool *holds_out, jy_span *at_out)
{
    int status;
    *holds_out = false;
    switch ((jy__when_kind)anchor->kind) {
    case JY__WHEN_SAID: return said(moment, anchor, holds_out, at_out);
    case JY__WHEN_EVENT: *holds_out = event_holds(situation, anchor, moment); return JY_OK;
    case JY__WHEN_SILENCE:
        *holds_out = moment->silence_ms >= anchor->ms && moment->silence_ms > 0 && speaks(anchor->speaker, moment->silence_of);
        return JY_OK;
    case JY__WHEN_NOT:
        status = jy__situation_holds(situation, &anchor->kids[0], moment, holds_out, at_out);
        *holds_out = !*holds_out;
        *at_out = (jy_span){ 0, 0 };
        return status;
    case JY__WHEN_ALL:
    case JY__WHEN_ANY: return several(situation, anchor, moment, holds_out, at_out);
    }
    return JY_E_INTERNAL;
}

int jy__situation_anchors(jy__situation *situation, const jy__moment *moment, uint64_t turn, int64_t ms)
{
    int status = JY_OK;
    for (uint32_t i = 0; status == JY_OK && i < situation->rules->call_rule_count; i++) {
        const jy__compiled *rule = &situation->rules->rules[situation->rules->call_rules[i]];
        bool holds = false;
        jy_span at = { 0, 0 };
        if (!rule->has_when || needs_turn(&rule->when))
            continue;
        status = jy__situation_holds(situation, &rule->when, moment, &holds, &at);
        if (status == JY_OK && holds)
            jy__situation_anchor_held(situation, situation->rules->call_rules[i], turn, at, ms);
    }
    return status;
}

static int look(jy__situation *situation, const jy__moment *moment, const jy__compiled *rule, jy__rule_state *state)
{
    int status = JY_OK;
    jy_span at = { 0, 0 };
    state->anchored_now = state->unless_now = false;
    if (rule->has_when && (rule->when.kind != JY__WHEN_EVENT && rule->when.kind != JY__WHEN_SILENCE)) {
        status = jy__situation_holds(situation, &rule->when, moment, &state->anchored_now, &at);
        state->anchored_at = at;
        state->anchored_by = moment->turn->speaker;
    }
    if (status == JY_OK && rule->has_unless)
        status = jy__situation_holds(situation, &rule->unless, moment, &state->unless_now, &at);
    return status;
}

int jy__situation_open_turn(jy__situation *situation, jy__judge *judge, const jy_turn *turn, uint64_t number)
{
    jy__moment moment = { judge, turn, 0, 0, 0, JY__SPEAKER_ANY };
    int status = JY_OK;
    if (turn->begin_ms != JY_TIME_UNKNOWN) {
        status = jy__situation_silence(situation, turn->begin_ms, turn->speaker, number);
        if (status == JY_OK)
            status = jy__situation_tick(situation, turn->begin_ms);
    }
    if (status == JY_OK)
        status = jy__situation_limits_of_turn(situation, turn, number);
    if (status == JY_OK)
        status = jy__judge_collect(judge, JY__SET_CALL);
    for (uint32_t i = 0; status == JY_OK && i < situation->rules->call_rule_count; i++)
        status = look(situation, &moment, &situation->rules->rules[situation->rules->call_rules[i]], &situation->states[i]);
    return status;
}
