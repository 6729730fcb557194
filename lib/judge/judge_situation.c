/* The situation's own life: what comes in (turns, events, ticks, the end) is spread to anchors, windows and limits. */
#include "judge/judge_situation.h"

static bool needs_repeats(const jy_rules *rules)
{
    for (uint32_t i = 0; i < rules->call_rule_count; i++) {
        const jy__compiled *rule = &rules->rules[rules->call_rules[i]];
        if (rule->has_limit && rule->limit.measure == JY__MEASURE_REPEAT)
            return true;
    }
    return false;
}

int jy__situation_init(jy__situation *situation, const jy__mem *mem, const jy_rules *rules, int64_t ring_ms)
{
    memset(situation, 0, sizeof(*situation));
    situation->mem = mem;
    situation->rules = rules;
    situation->ring_ms = ring_ms;
    situation->now_ms = situation->last_end_ms = situation->ring_ms_first = situation->start_ms = JY_TIME_UNKNOWN;
    situation->answer_ms = situation->hold_ms = situation->hangup_ms = JY_TIME_UNKNOWN;
    for (int i = 0; i < 4; i++)
        situation->end_ms[i] = JY_TIME_UNKNOWN;
    situation->states = jy__mem_alloc(mem, rules->call_rule_count * sizeof(*situation->states));
    if (!situation->states)
        return JY_E_NOMEM;
    for (uint32_t i = 0; i < rules->call_rule_count; i++)
        situation->states[i].until_ms = JY_TIME_UNKNOWN;
    if (!needs_repeats(rules))
        return JY_OK;
    situation->repeats = jy__mem_alloc(mem, JY__REPEAT_TURNS * sizeof(*situation->repeats));
    return situation->repeats ? JY_OK : JY_E_NOMEM;
}

static void free_kept(const jy__situation *situation, jy__kept *kept)
{
    jy__mem_free(situation->mem, (void *)(uintptr_t)kept->turn.text.ptr, kept->turn.text.len + kept->turn.id.len + 1);
    kept->free = true;
}

void jy__situation_free(jy__situation *situation)
{
    if (!situation->mem)
        return;
    for (size_t i = 0; i < situation->kept.count; i++)
        if (!situation->kept.items[i].free)
            free_kept(situation, &situation->kept.items[i]);
    for (uint32_t i = 0; situation->states && i < situation->rules->call_rule_count; i++)
        jy__mem_free(situation->mem, situation->states[i].echo, situation->states[i].echo_room * sizeof(uint32_t));
    jy__mem_free(situation->mem, situation->states, situation->rules->call_rule_count * sizeof(*situation->states));
    jy__mem_free(situation->mem, situation->repeats, JY__REPEAT_TURNS * sizeof(*situation->repeats));
    JY__VEC_FREE(situation->mem, &situation->dues);
    JY__VEC_FREE(situation->mem, &situation->kept);
    memset(situation, 0, sizeof(*situation));
}

size_t jy__situation_memory(const jy__situation *situation)
{
    size_t bytes = situation->rules->call_rule_count * sizeof(*situation->states) + situation->kept.capacity * sizeof(jy__kept) +
                   situation->dues.capacity * sizeof(jy__due) + (situation->repeats ? JY__REPEAT_TURNS * sizeof(*situation->repeats) : 0);
    for (size_t i = 0; i < situation->kept.count; i++)
        bytes += situation->kept.items[i].free ? 0 : situation->kept.items[i].turn.text.len;
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
    jy__window window = rule->where;
    if (window.kind != JY__WINDOW_NONE)
        return window;
    window.kind = rule->has_when ? JY__WINDOW_NEXT_TURNS : JY__WINDOW_CALL;
    window.turns = 1;
    window.of = rule->info.speaker;
    return window;
}

int jy__situation_due(jy__situation *situation, uint32_t rule, int32_t kind, uint64_t turn, int64_t at_ms)
{
    jy__due due = { JY_FINDING_INIT, JY__NONE };
    if (!JY__VEC_ROOM(situation->mem, &situation->dues))
        return JY_E_NOMEM;
    due.found.rule = rule;
    due.found.kind = kind;
    due.found.state = JY_FINAL;
    due.found.turn = due.found.turn_end = turn;
    due.found.at_ms = at_ms;
    due.found.speaker = situation->rules->rules[rule].info.speaker;
    situation->dues.items[situation->dues.count++] = due;
    return JY_OK;
}

jy__due *jy__situation_last_due(jy__situation *situation)
{
    return &situation->dues.items[situation->dues.count - 1];
}

/* ---- candidates that wait */
#define KEPT_MOST 256 /* bounds an endless call; the oldest give way */

static jy__kept *kept_place(jy__situation *situation)
{
    jy__kept *oldest = NULL;
    for (size_t i = 0; i < situation->kept.count; i++) {
        jy__kept *kept = &situation->kept.items[i];
        if (kept->free)
            return kept;
        if (!oldest || kept->number < oldest->number)
            oldest = kept;
    }
    if (situation->kept.count >= KEPT_MOST) {
        free_kept(situation, oldest);
        return oldest;
    }
    if (!JY__VEC_ROOM(situation->mem, &situation->kept))
        return NULL;
    return &situation->kept.items[situation->kept.count++];
}

int jy__situation_keep(jy__situation *situation, const jy__candidate *candidate, const jy_turn *turn, uint64_t number)
{
    jy__window window = jy__situation_window(&situation->rules->rules[candidate->rule]);
    size_t len = turn->text.len + turn->id.len + 1;
    char *copy = jy__mem_alloc(situation->mem, len);
    jy__kept *kept = copy ? kept_place(situation) : NULL;
    if (!kept) {
        jy__mem_free(situation->mem, copy, len);
        return JY_E_NOMEM;
    }
    if (turn->text.len) memcpy(copy, turn->text.ptr, turn->text.len);
    if (turn->id.len) memcpy(copy + turn->text.len, turn->id.ptr, turn->id.len);
    *kept = (jy__kept){ *candidate, *turn, number, jy__situation_ordinal(situation, window.of) + (window.of < 0 || window.of == turn->speaker), false, false };
    kept->turn.text.ptr = copy;
    kept->turn.id.ptr = copy + turn->text.len;
    kept->turn.label = (jy_str){ NULL, 0 };
    kept->turn.place.raw = kept->turn.place.pointer = (jy_str){ NULL, 0 };
    return JY_OK;
}

/* ---- events, ticks, end */
static int anchors_of_event(jy__situation *situation, const jy_event *event)
{
    jy__moment moment = { NULL, NULL, event->kind, event->speaker, 0, JY__SPEAKER_ANY };
    return jy__situation_anchors(situation, &moment, situation->turns ? situation->last_turn : JY_TURN_NONE, event->at_ms);
}

int jy__situation_event(jy__situation *situation, const jy_event *event)
{
    int status = JY_OK;
    if (event->kind < JY_EVENT_CALL_START || event->kind > JY_EVENT_HANGUP)
        return JY_E_INVALID;
    if (event->at_ms != JY_TIME_UNKNOWN)
        status = jy__situation_tick(situation, event->at_ms);
    situation->events |= 1u << event->kind;
    situation->events_since |= 1u << event->kind;
    if (status == JY_OK)
        status = jy__situation_limits_of_event(situation, event);
    return status == JY_OK ? anchors_of_event(situation, event) : status;
}

static int expire(jy__situation *situation, int64_t now_ms)
{
    int status = JY_OK;
    for (uint32_t i = 0; status == JY_OK && i < situation->rules->call_rule_count; i++) {
        jy__rule_state *state = &situation->states[i];
        const jy__compiled *rule = &situation->rules->rules[situation->rules->call_rules[i]];
        if (state->until_ms == JY_TIME_UNKNOWN || now_ms <= state->until_ms)
            continue;
        if (state->open && !state->met && rule->require != JY__NONE)
            status = jy__situation_due(situation, situation->rules->call_rules[i], JY_FOUND_MISSING, state->anchor_turn, state->until_ms);
        state->open = false;
        state->until_ms = JY_TIME_UNKNOWN;
    }
    return status;
}

int jy__situation_tick(jy__situation *situation, int64_t now_ms)
{
    int status;
    if (now_ms == JY_TIME_UNKNOWN)
        return JY_OK;
    situation->clock = true;
    if (situation->now_ms == JY_TIME_UNKNOWN || now_ms > situation->now_ms)
        situation->now_ms = now_ms;
    status = jy__situation_silence(situation, now_ms, JY_SPEAKER_UNKNOWN, situation->last_turn);
    return status == JY_OK ? expire(situation, now_ms) : status;
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

static int32_t limit_unchecked(const jy__situation *situation, const jy__limit *limit)
{
    uint32_t ring = 1u << JY_EVENT_RING | 1u << JY_EVENT_CALL_START;
    switch (limit->measure) {
    case JY__MEASURE_ANSWER:
        if (!(situation->events & ring)) return JY_NEEDS_EVENTS;
        return situation->answered ? 0 : JY_NEEDS_CLOCK;
    case JY__MEASURE_RINGS: return situation->events & ring ? 0 : JY_NEEDS_EVENTS;
    case JY__MEASURE_HOLD: return !situation->events ? JY_NEEDS_EVENTS : situation->clock ? 0 : JY_NEEDS_CLOCK;
    case JY__MEASURE_HANGUP: return situation->events & 1u << JY_EVENT_HANGUP ? 0 : JY_NEEDS_EVENTS;
    case JY__MEASURE_REPEAT: return 0;
    default: return situation->clock ? 0 : JY_NEEDS_CLOCK;
    }
}

int32_t jy__situation_unchecked(const jy__situation *situation, const jy_call *call, uint32_t number)
{
    const jy__compiled *rule = &situation->rules->rules[number];
    bool speakers = situation->ordinals[JY_AGENT] || situation->ordinals[JY_CUSTOMER] || !situation->unknown_seen;
    jy__window window = jy__situation_window(rule);
    if (rule->info.speaker != JY__SPEAKER_ANY && (call->has_speakers == 0 || !speakers))
        return JY_NEEDS_SPEAKERS;
    if (rule->has_limit)
        return limit_unchecked(situation, &rule->limit);
    if (rule->has_when && !can_hold(situation, &rule->when))
        return situation->events || !(rule->info.flags & JY_RULE_NEEDS_EVENTS) ? JY_NEEDS_CLOCK : JY_NEEDS_EVENTS;
    if (window.kind >= JY__WINDOW_NEXT_MS && window.kind <= JY__WINDOW_LAST_MS && !situation->clock)
        return JY_NEEDS_CLOCK;
    return 0;
}
