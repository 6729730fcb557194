/* The situation's own life: what comes in (turns, events, ticks, the end) is spread to anchors, windows and limits. */
#include "dialogue/dialogue.h"
#include "judge/judge_situation.h"

static uint32_t repeats_needed(const jy_rules *rules)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < rules->limit_rule_count; i++) {
        const jy__limit *limit = &rules->rules[rules->limit_rules[i]].occasion->limit;
        if (limit->measure == JY__MEASURE_REPEAT && limit->within_turns > most)
            most = limit->within_turns;
    }
    return 2 * (most < JY__REPEAT_TURNS ? most : JY__REPEAT_TURNS); /* the other speaker's turns lie between */
}

static bool is_first(const jy__compiled *rule)
{
    return rule->require != JY__NONE && (rule->occasion->where.kind == JY__WINDOW_FIRST_TURNS || rule->occasion->where.kind == JY__WINDOW_FIRST_MS);
}

static int begin_states(jy__situation *situation)
{
    const jy_rules *rules = situation->rules;
    int status = jy__flags_begin(situation->mem, &situation->heedless, rules->call_rule_count) ? JY_OK : JY_E_NOMEM;
    for (uint32_t i = 0; status == JY_OK && i < rules->call_rule_count; i++) {
        jy__rule_state *state = &situation->states[i];
        if (rules->rules[rules->call_rules[i]].heedless)
            jy__flag(&situation->heedless, i);
        state->until_ms = state->said_ms = state->last_ms = JY_TIME_UNKNOWN;
        state->turn = JY__NONE;
        state->open = is_first(&rules->rules[rules->call_rules[i]]);
        if (state->open)
            status = jy__situation_watch(situation, i);
    }
    return status;
}

int jy__situation_init(jy__situation *situation, const jy__mem *mem, const jy_rules *rules, const jy__params *params)
{
    memset(situation, 0, sizeof(*situation));
    situation->mem = mem;
    situation->rules = rules;
    situation->ring_ms = jy__params_get(params, JY_PARAM_RING_MS);
    situation->keep_most = (size_t)jy__params_get(params, JY_PARAM_WINDOW_TURNS);
    situation->now_ms = situation->last_end_ms = situation->ring_first_ms = situation->start_ms = JY_TIME_UNKNOWN;
    situation->hold_ms = situation->hangup_ms = JY_TIME_UNKNOWN;
    for (int i = 0; i < 4; i++)
        situation->end_ms[i] = JY_TIME_UNKNOWN;
    situation->states = jy__mem_alloc(mem, rules->call_rule_count * sizeof(*situation->states));
    if (!situation->states)
        return JY_E_NOMEM;
    situation->repeat_room = repeats_needed(rules);
    return begin_states(situation);
}

void jy__situation_free(jy__situation *situation)
{
    if (!situation->mem)
        return;
    for (size_t i = 0; i < situation->kept.count; i++)
        jy__turn_copy_free(situation->mem, situation->kept.items[i].copy);
    for (uint32_t i = 0; situation->states && i < situation->rules->call_rule_count; i++)
        jy__mem_free(situation->mem, situation->states[i].echo, sizeof(jy__echo));
    jy__mem_free(situation->mem, situation->states, situation->rules->call_rule_count * sizeof(*situation->states));
    jy__mem_free(situation->mem, situation->repeats, situation->repeat_room * sizeof(*situation->repeats));
    JY__VEC_FREE(situation->mem, &situation->dues);
    JY__VEC_FREE(situation->mem, &situation->kept);
    JY__VEC_FREE(situation->mem, &situation->watched);
    jy__flags_free(situation->mem, &situation->heedless);
    memset(situation, 0, sizeof(*situation));
}

size_t jy__situation_memory(const jy__situation *situation)
{
    size_t bytes = situation->rules->call_rule_count * sizeof(*situation->states) + situation->kept.capacity * sizeof(jy__kept) +
                   situation->dues.capacity * sizeof(jy__due) + situation->watched.capacity * sizeof(uint32_t) +
                   situation->heedless.capacity * sizeof(uint64_t) +
                   (situation->repeats ? situation->repeat_room * sizeof(*situation->repeats) : 0);
    for (size_t i = 0; i < situation->kept.count; i++)
        bytes += situation->kept.items[i].copy ? situation->kept.items[i].copy->size : 0;
    for (uint32_t i = 0; i < situation->rules->call_rule_count; i++)
        bytes += situation->states[i].echo ? sizeof(jy__echo) : 0;
    return bytes;
}

jy__rule_state *jy__situation_state(const jy__situation *situation, uint32_t rule)
{
    uint32_t number = situation->rules->rules[rule].call_number;
    return number == JY__NONE ? NULL : &situation->states[number];
}

uint64_t jy__situation_ordinal(const jy__situation *situation, int32_t of)
{
    return of >= 0 && of < 4 ? situation->ordinals[of] : situation->turns;
}

/* rules.md: `when` without `where` means the next turn of the rule's speaker; neither means the whole call. */
jy__window jy__situation_window(const jy__compiled *rule)
{
    jy__window window = rule->occasion->where;
    if (window.kind != JY__WINDOW_NONE)
        return window;
    window.kind = rule->has_when ? JY__WINDOW_NEXT_TURNS : JY__WINDOW_CALL;
    window.turns = 1;
    window.of = rule->info.speaker;
    return window;
}

int jy__situation_watch(jy__situation *situation, uint32_t call_number)
{
    if (situation->states[call_number].watched)
        return JY_OK;
    if (!JY__VEC_ROOM(situation->mem, &situation->watched))
        return JY_E_NOMEM;
    situation->states[call_number].watched = true;
    situation->watched.items[situation->watched.count++] = call_number;
    return JY_OK;
}

int jy__situation_due(jy__situation *situation, jy__due due)
{
    if (!JY__VEC_ROOM(situation->mem, &situation->dues))
        return JY_E_NOMEM;
    situation->dues.items[situation->dues.count++] = due;
    return JY_OK;
}

int64_t jy__turn_end(const jy_turn *turn, bool *exact)
{
    *exact = turn->end_ms != JY_TIME_UNKNOWN && turn->end_ms >= turn->begin_ms;
    return *exact ? turn->end_ms : turn->begin_ms;
}

bool jy__situation_may_be_another(const jy__situation *situation, uint32_t rule)
{
    return situation->rules->rules[rule].info.speaker != JY__SPEAKER_ANY && situation->unknown_seen && !situation->ordinals[JY_AGENT];
}

int jy__situation_due_missing(jy__situation *situation, uint32_t rule, uint64_t turn, int64_t at_ms)
{
    if (jy__situation_may_be_another(situation, rule))
        return JY_OK;
    return jy__situation_due(situation, (jy__due){ rule, JY__NONE, JY_FOUND_MISSING, situation->rules->rules[rule].info.speaker, turn, at_ms, 0, 0 });
}

/* ---- events, ticks, end */
int jy__situation_event(jy__situation *situation, const jy_event *event)
{
    jy__moment moment = { NULL, NULL, event->kind, event->speaker, 0, JY__SPEAKER_ANY };
    uint64_t turn = situation->turns ? situation->last_turn : JY_TURN_NONE;
    int status = JY_OK;
    if (event->kind < JY_EVENT_CALL_START || event->kind > JY_EVENT_HANGUP)
        return JY_E_INVALID;
    if (event->at_ms != JY_TIME_UNKNOWN)
        status = jy__situation_tick(situation, event->at_ms, false);
    situation->events |= 1u << event->kind;
    situation->events_since |= 1u << event->kind;
    if (status == JY_OK)
        status = jy__situation_limits_of_event(situation, event);
    return status == JY_OK ? jy__situation_anchors(situation, &moment, turn, event->at_ms) : status;
}

int jy__situation_tick(jy__situation *situation, int64_t now_ms, bool live)
{
    int status;
    if (now_ms == JY_TIME_UNKNOWN)
        return JY_OK;
    situation->clock = true;
    if (situation->now_ms == JY_TIME_UNKNOWN || now_ms > situation->now_ms)
        situation->now_ms = now_ms;
    status = jy__situation_silence(situation, now_ms, JY_SPEAKER_UNKNOWN);
    if (live)
        jy__situation_is_quiet(situation, now_ms);
    if (status == JY_OK && live)
        status = jy__situation_limits_of_tick(situation, now_ms);
    return status == JY_OK ? jy__situation_expire(situation, now_ms) : status;
}

int jy__situation_finish(jy__situation *situation)
{
    const jy_rules *rules = situation->rules;
    int status = jy__situation_finish_limits(situation);
    for (uint32_t i = 0; status == JY_OK && i < rules->call_rule_count; i++) {
        uint32_t number = rules->call_rules[i];
        const jy__compiled *rule = &rules->rules[number];
        jy__window window = jy__situation_window(rule);
        bool last = window.kind == JY__WINDOW_LAST_TURNS || window.kind == JY__WINDOW_LAST_MS;
        if (rule->require != JY__NONE)
            status = jy__situation_finish_require(situation, number);
        else if (rule->forbid != JY__NONE && last && (!rule->has_when || situation->states[i].ever))
            status = jy__situation_release(situation, number, jy__situation_ordinal(situation, window.of), situation->now_ms, JY_TURN_NONE);
    }
    return status;
}

/* ---- what could not be judged */
static bool can_hold(const jy__situation *situation, const jy__anchor *anchor)
{
    bool all = anchor->kind == JY__WHEN_ALL;
    switch ((jy__when_kind)anchor->kind) {
    case JY__WHEN_EVENT: return situation->events != 0;
    case JY__WHEN_SILENCE: return situation->clock;
    case JY__WHEN_SAID:
    case JY__WHEN_NOT: return true;
    case JY__WHEN_ALL:
    case JY__WHEN_ANY:
        for (uint32_t i = 0; i < anchor->kid_count; i++)
            if (can_hold(situation, &anchor->kids[i]) != all)
                return !all;
        return all;
    }
    return true;
}

/* Measures that need no turns, and so no speakers. */
static bool is_of_events(jy__measure measure)
{
    return measure == JY__MEASURE_ANSWER || measure == JY__MEASURE_RINGS || measure == JY__MEASURE_HOLD || measure == JY__MEASURE_HANGUP;
}

/* Whether what a rule asks for may still come. */
static bool awaits_end(const jy__compiled *rule, const jy__rule_state *state, const jy__window *window)
{
    bool last = window->kind == JY__WINDOW_LAST_TURNS || window->kind == JY__WINDOW_LAST_MS;
    if (rule->require == JY__NONE)
        return last && rule->forbid != JY__NONE;
    return last || state->open || (window->kind == JY__WINDOW_CALL && !state->said && !state->met && (!rule->has_when || state->ever));
}

static int32_t limit_unchecked(const jy__situation *situation, const jy__limit *limit, const jy__rule_state *state)
{
    int32_t why = jy__situation_limit_unchecked(situation, limit);
    return why || !state->endless ? why : JY_NEEDS_ENDS;
}

int32_t jy__situation_unchecked(const jy__situation *situation, const jy_call *call, uint32_t number, bool ended)
{
    const jy__compiled *rule = &situation->rules->rules[number];
    const jy__rule_state *state = jy__situation_state(situation, number);
    jy__window window = jy__situation_window(rule);
    if (rule->has_limit && is_of_events(rule->occasion->limit.measure))
        return jy__situation_limit_unchecked(situation, &rule->occasion->limit);
    if (rule->info.speaker != JY__SPEAKER_ANY && (call->has_speakers == 0 || !jy__speakers_are_known(situation->ordinals)))
        return JY_NEEDS_SPEAKERS;
    if (rule->has_limit)
        return limit_unchecked(situation, &rule->occasion->limit, state);
    if (rule->has_when && !can_hold(situation, &rule->occasion->when))
        return situation->events || !(rule->info.flags & JY_RULE_NEEDS_EVENTS) ? JY_NEEDS_CLOCK : JY_NEEDS_EVENTS;
    if (window.kind >= JY__WINDOW_NEXT_MS && window.kind <= JY__WINDOW_LAST_MS && !situation->clock)
        return JY_NEEDS_CLOCK;
    if (!state)
        return 0;
    if (!ended && awaits_end(rule, state, &window))
        return JY_NEEDS_END;
    return state->untimed ? JY_NEEDS_CLOCK : state->endless ? JY_NEEDS_ENDS : state->cut ? JY_WINDOW_CUT : 0;
}
