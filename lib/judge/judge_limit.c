/* Limits: what the clock, the events and repetition say — answer delay, rings, silence, hold, overlap (抢话), rate (语速), length of
 * a turn, repetition, who hung up. A measure whose times are unknown is not taken; the rule is then listed as not checked. */
#include "judge/judge_situation.h"
#include <stdlib.h>

int jy__situation_limit_due(jy__situation *situation, uint32_t rule, uint64_t turn, int64_t at_ms, int64_t measured, int64_t bound, int32_t speaker)
{
    int status = jy__situation_due(situation, rule, JY_FOUND_LIMIT, turn, at_ms);
    if (status != JY_OK)
        return status;
    jy__situation_last_due(situation)->found.measured = measured;
    jy__situation_last_due(situation)->found.bound = bound;
    jy__situation_last_due(situation)->found.speaker = speaker;
    return JY_OK;
}

/* All limit rules of one measure, each with what was measured for whom. */
static int measure(jy__situation *situation, jy__measure kind, int32_t speaker, uint64_t turn, int64_t at_ms, int64_t measured)
{
    int status = JY_OK;
    for (uint32_t i = 0; status == JY_OK && i < situation->rules->call_rule_count; i++) {
        uint32_t number = situation->rules->call_rules[i];
        const jy__limit *limit = &situation->rules->rules[number].limit;
        if (!situation->rules->rules[number].has_limit || limit->measure != kind || measured <= limit->most)
            continue;
        if (limit->speaker >= 0 && speaker != JY_SPEAKER_UNKNOWN && limit->speaker != speaker)
            continue;
        status = jy__situation_limit_due(situation, number, turn, at_ms, measured, limit->most, limit->speaker >= 0 ? limit->speaker : speaker);
    }
    return status;
}

/* ---- silence. Whose it is: of who speaks next or was asked last; while nobody has spoken yet, of the one who was spoken to. */
static bool is_silence_of(const jy__situation *situation, int32_t speaker, int32_t next)
{
    bool was_asked = situation->last_speaker != JY_SPEAKER_UNKNOWN && situation->last_speaker != speaker;
    return speaker < 0 || next == speaker || was_asked;
}

static int silence_anchors(jy__situation *situation, int64_t silence, int32_t next, uint64_t turn, int64_t ms)
{
    static const int32_t speakers[] = { JY_AGENT, JY_CUSTOMER };
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < JY__COUNT(speakers); i++) {
        jy__moment moment = { NULL, NULL, 0, 0, silence, speakers[i] };
        if (is_silence_of(situation, speakers[i], next))
            status = jy__situation_anchors(situation, &moment, turn, ms);
    }
    return status;
}

int jy__situation_silence(jy__situation *situation, int64_t now_ms, int32_t next_speaker, uint64_t turn)
{
    int64_t silence;
    bool ended = next_speaker != JY_SPEAKER_UNKNOWN;
    int status = JY_OK;
    if (situation->last_end_ms == JY_TIME_UNKNOWN || situation->on_hold || now_ms <= situation->last_end_ms)
        return JY_OK;
    silence = now_ms - situation->last_end_ms;
    for (uint32_t i = 0; status == JY_OK && i < situation->rules->call_rule_count; i++) {
        uint32_t number = situation->rules->call_rules[i];
        const jy__compiled *rule = &situation->rules->rules[number];
        jy__rule_state *state = &situation->states[i];
        if (!rule->has_limit || rule->limit.measure != JY__MEASURE_SILENCE || silence <= rule->limit.most || state->met)
            continue;
        if (!is_silence_of(situation, rule->limit.speaker, next_speaker))
            continue;
        state->met = true; /* told once a silence; a new turn clears it */
        status = jy__situation_limit_due(situation, number, situation->last_turn, situation->last_end_ms, silence, rule->limit.most, rule->limit.speaker);
    }
    if (status == JY_OK && ended)
        status = silence_anchors(situation, silence, next_speaker, turn ? turn - 1 : 0, now_ms);
    return status;
}

static void silence_over(jy__situation *situation)
{
    for (uint32_t i = 0; i < situation->rules->call_rule_count; i++) {
        const jy__compiled *rule = &situation->rules->rules[situation->rules->call_rules[i]];
        if (rule->has_limit && rule->limit.measure == JY__MEASURE_SILENCE)
            situation->states[i].met = false;
    }
}

/* ---- a turn: overlap, rate, length, repetition */
#define RATE_LEAST_MS 3000 /* shorter turns say little about how fast one talks */

static int64_t characters(jy_str text)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    int64_t count = 0;
    bool valid;
    while (p < end)
        count += jy__fold_kind(jy__utf8_next(&p, end, &valid)) == JY__KIND_SYMBOL;
    return count;
}

static int timed(jy__situation *situation, const jy_turn *turn, uint64_t number)
{
    int32_t other = turn->speaker == JY_AGENT ? JY_CUSTOMER : JY_AGENT;
    int64_t length = turn->end_ms - turn->begin_ms;
    int status = JY_OK;
    if (turn->speaker != JY_SPEAKER_UNKNOWN && situation->last_speaker == other && situation->end_ms[other] > turn->begin_ms)
        status = measure(situation, JY__MEASURE_OVERLAP, turn->speaker, number, turn->begin_ms, situation->end_ms[other] - turn->begin_ms);
    if (turn->end_ms == JY_TIME_UNKNOWN || length <= 0)
        return status;
    if (status == JY_OK)
        status = measure(situation, JY__MEASURE_TURN, turn->speaker, number, turn->begin_ms, length);
    if (status == JY_OK && length >= RATE_LEAST_MS)
        status = measure(situation, JY__MEASURE_RATE, turn->speaker, number, turn->begin_ms, characters(turn->text) * 60000 / length);
    return status;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

#define REPEAT_LEAST 4 /* pairs: 「好的」 said five times is no repetition worth a finding */

static void take_pairs(jy_str text, jy__repeat_turn *out)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    uint32_t before = 0;
    bool valid;
    out->count = 0;
    while (p < end && out->count < JY__REPEAT_PAIRS) {
        uint32_t symbol = jy__fold_one(jy__utf8_next(&p, end, &valid));
        if (!symbol || jy__fold_kind(symbol) != JY__KIND_SYMBOL)
            continue;
        if (before)
            out->pairs[out->count++] = before * 31 + symbol;
        before = symbol;
    }
    qsort(out->pairs, out->count, sizeof(uint32_t), by_number);
}

/* Dice: twice the common pairs over all pairs. */
static double likeness(const jy__repeat_turn *a, const jy__repeat_turn *b)
{
    uint32_t i = 0, k = 0, common = 0;
    while (i < a->count && k < b->count) {
        if (a->pairs[i] == b->pairs[k]) {
            common++; i++; k++;
        } else if (a->pairs[i] < b->pairs[k]) {
            i++;
        } else {
            k++;
        }
    }
    return a->count + b->count ? 2.0 * common / (a->count + b->count) : 0;
}

static int64_t times_alike(const jy__situation *situation, const jy__limit *limit, const jy__repeat_turn *own, uint64_t own_ordinal)
{
    int64_t times = 1;
    uint64_t seen = 0;
    for (size_t back = 1; back < JY__REPEAT_TURNS && back < own_ordinal + 1; back++) {
        const jy__repeat_turn *other = &situation->repeats[(situation->repeat_count - back) % JY__REPEAT_TURNS];
        if (back > situation->repeat_count || other->speaker != own->speaker)
            continue;
        if (++seen >= limit->within_turns)
            break;
        times += other->count >= REPEAT_LEAST && likeness(own, other) >= limit->alike;
    }
    return times;
}

static int repeated(jy__situation *situation, const jy_turn *turn, uint64_t number)
{
    jy__repeat_turn *own = &situation->repeats[situation->repeat_count % JY__REPEAT_TURNS];
    int status = JY_OK;
    take_pairs(turn->text, own);
    own->speaker = turn->speaker;
    own->number = number;
    for (uint32_t i = 0; status == JY_OK && own->count >= REPEAT_LEAST && i < situation->rules->call_rule_count; i++) {
        uint32_t rule = situation->rules->call_rules[i];
        const jy__limit *limit = &situation->rules->rules[rule].limit;
        int64_t times;
        if (!situation->rules->rules[rule].has_limit || limit->measure != JY__MEASURE_REPEAT || (limit->speaker >= 0 && limit->speaker != turn->speaker))
            continue;
        times = times_alike(situation, limit, own, situation->repeat_count);
        if (times == limit->most)
            status = jy__situation_limit_due(situation, rule, number, turn->begin_ms, times, limit->most, turn->speaker);
    }
    situation->repeat_count++;
    return status;
}

int jy__situation_limits_of_turn(jy__situation *situation, const jy_turn *turn, uint64_t number)
{
    int status = JY_OK;
    int32_t speaker = turn->speaker >= 0 && turn->speaker < 4 ? turn->speaker : JY_SPEAKER_UNKNOWN;
    if (turn->begin_ms != JY_TIME_UNKNOWN) {
        int64_t end = turn->end_ms != JY_TIME_UNKNOWN ? turn->end_ms : turn->begin_ms;
        status = timed(situation, turn, number);
        silence_over(situation);
        situation->clock = true;
        situation->end_ms[speaker] = end > situation->end_ms[speaker] ? end : situation->end_ms[speaker];
        situation->last_end_ms = end > situation->last_end_ms ? end : situation->last_end_ms;
    }
    if (speaker == JY_AGENT && !situation->answered && turn->begin_ms != JY_TIME_UNKNOWN) {
        jy_event answer = JY_EVENT_INIT; /* the agent speaks: the call was answered by now */
        answer.kind = JY_EVENT_ANSWER;
        answer.at_ms = turn->begin_ms;
        if (status == JY_OK)
            status = jy__situation_limits_of_event(situation, &answer);
    }
    situation->last_speaker = speaker;
    return status == JY_OK && situation->repeats ? repeated(situation, turn, number) : status;
}

/* ---- events: answer, rings, hold, hang-up */
static int answered(jy__situation *situation, const jy_event *event)
{
    int64_t from = situation->ring_ms_first != JY_TIME_UNKNOWN ? situation->ring_ms_first : situation->start_ms;
    int64_t delay;
    int status;
    if (situation->answered || from == JY_TIME_UNKNOWN || event->at_ms == JY_TIME_UNKNOWN) {
        situation->answered = situation->answered || situation->rings > 0;
        return !situation->answered || situation->rings < 2 ? JY_OK : measure(situation, JY__MEASURE_RINGS, JY_SPEAKER_UNKNOWN, JY_TURN_NONE, event->at_ms, situation->rings);
    }
    situation->answered = true;
    situation->answer_ms = event->at_ms;
    delay = event->at_ms - from;
    status = measure(situation, JY__MEASURE_ANSWER, JY_SPEAKER_UNKNOWN, JY_TURN_NONE, event->at_ms, delay);
    if (status != JY_OK)
        return status;
    int64_t rings = situation->rings > 1 ? (int64_t)situation->rings : (delay + situation->ring_ms - 1) / situation->ring_ms;
    return measure(situation, JY__MEASURE_RINGS, JY_SPEAKER_UNKNOWN, JY_TURN_NONE, event->at_ms, rings);
}

static int hold_ended(jy__situation *situation, const jy_event *event)
{
    int64_t from = situation->hold_ms;
    bool was = situation->on_hold;
    situation->on_hold = false;
    situation->hold_ms = JY_TIME_UNKNOWN;
    if (event->at_ms != JY_TIME_UNKNOWN && event->at_ms > situation->last_end_ms)
        situation->last_end_ms = event->at_ms; /* the hold is no silence */
    if (!was || from == JY_TIME_UNKNOWN || event->at_ms == JY_TIME_UNKNOWN)
        return JY_OK;
    return measure(situation, JY__MEASURE_HOLD, JY_SPEAKER_UNKNOWN, situation->turns ? situation->last_turn : JY_TURN_NONE, event->at_ms, event->at_ms - from);
}

static int hung_up(jy__situation *situation, const jy_event *event)
{
    int status = situation->on_hold ? hold_ended(situation, event) : JY_OK;
    situation->hangup_ms = event->at_ms;
    situation->hangup_by = event->speaker;
    for (uint32_t i = 0; status == JY_OK && event->speaker != JY_SPEAKER_UNKNOWN && i < situation->rules->call_rule_count; i++) {
        uint32_t rule = situation->rules->call_rules[i];
        const jy__limit *limit = &situation->rules->rules[rule].limit;
        if (situation->rules->rules[rule].has_limit && limit->measure == JY__MEASURE_HANGUP && limit->speaker == event->speaker)
            status = jy__situation_limit_due(situation, rule, situation->turns ? situation->last_turn : JY_TURN_NONE, event->at_ms, 1, 0, event->speaker);
    }
    return status;
}

int jy__situation_limits_of_event(jy__situation *situation, const jy_event *event)
{
    switch ((jy_event_kind)event->kind) {
    case JY_EVENT_CALL_START: situation->start_ms = event->at_ms; return JY_OK;
    case JY_EVENT_RING:
        situation->rings++;
        if (situation->ring_ms_first == JY_TIME_UNKNOWN)
            situation->ring_ms_first = event->at_ms;
        return JY_OK;
    case JY_EVENT_ANSWER: return answered(situation, event);
    case JY_EVENT_HOLD_START:
    case JY_EVENT_MUTE:
        if (!situation->on_hold)
            situation->hold_ms = event->at_ms;
        situation->on_hold = true;
        return JY_OK;
    case JY_EVENT_HOLD_END:
    case JY_EVENT_UNMUTE: return hold_ended(situation, event);
    case JY_EVENT_HANGUP: return hung_up(situation, event);
    case JY_EVENT_TRANSFER: return JY_OK;
    }
    return JY_OK;
}
