/* Limits: what the clock and the events say — answer delay, rings, silence, hold, overlap (抢话), rate (语速), length of a turn,
 * who hung up. A measure whose times are unknown is not taken; the rule is then listed as not checked. */
#include "judge/judge_situation.h"

/* Taken when a turn is at hand; the others when something else comes, or nothing does. */
static bool is_of_turn(jy__measure measure) { return measure == JY__MEASURE_OVERLAP || measure == JY__MEASURE_RATE || measure == JY__MEASURE_TURN; }

static int due(jy__situation *situation, uint32_t rule, int32_t whose, uint64_t turn, int64_t at_ms, int64_t measured)
{
    const jy__limit *limit = &situation->rules->rules[rule].occasion->limit;
    int32_t speaker = limit->speaker >= 0 ? limit->speaker : whose >= 0 ? whose : JY_SPEAKER_UNKNOWN;
    if (jy__situation_silenced(situation, rule, is_of_turn(limit->measure) ? JY__SPEAKER_UNCOUNTED : JY__SPEAKER_NOBODY))
        return JY_OK;
    if (limit->measure == JY__MEASURE_SILENCE && jy__situation_may_be_another(situation, rule))
        return JY_OK;
    return jy__situation_due(situation, (jy__due){ rule, JY__NONE, JY_FOUND_LIMIT, speaker, turn, at_ms, measured, limit->most });
}

static bool is_passed(const jy__limit *limit, jy__measure kind, int32_t whose, int64_t measured)
{
    return limit->measure == kind && measured > limit->most && (whose == JY__SPEAKER_ANY || limit->speaker < 0 || limit->speaker == whose);
}

int jy__situation_measure(jy__situation *situation, jy__measure kind, int32_t whose, uint64_t turn, int64_t at_ms, int64_t measured)
{
    int status = JY_OK;
    for (uint32_t i = 0; status == JY_OK && i < situation->rules->limit_rule_count; i++) {
        uint32_t number = situation->rules->limit_rules[i];
        if (is_passed(&situation->rules->rules[number].occasion->limit, kind, whose, measured) && !jy__situation_state(situation, number)->told)
            status = due(situation, number, whose, turn, at_ms, measured);
    }
    return status;
}

void jy__situation_doubt(jy__situation *situation, jy__measure kind, int32_t whose, int64_t most)
{
    for (uint32_t i = 0; i < situation->rules->limit_rule_count; i++) {
        uint32_t number = situation->rules->limit_rules[i];
        if (is_passed(&situation->rules->rules[number].occasion->limit, kind, whose, most) &&
            !jy__situation_silenced(situation, number, is_of_turn(kind) ? JY__SPEAKER_UNCOUNTED : JY__SPEAKER_NOBODY))
            jy__situation_state(situation, number)->endless = true;
    }
}

static void forget_told(jy__situation *situation, jy__measure kind)
{
    for (uint32_t i = 0; i < situation->rules->limit_rule_count; i++)
        if (situation->rules->rules[situation->rules->limit_rules[i]].occasion->limit.measure == kind)
            jy__situation_state(situation, situation->rules->limit_rules[i])->told = false;
}

static void note_told(jy__situation *situation, jy__measure kind, int64_t measured)
{
    for (uint32_t i = 0; i < situation->rules->limit_rule_count; i++) {
        const jy__limit *limit = &situation->rules->rules[situation->rules->limit_rules[i]].occasion->limit;
        if (limit->measure == kind && measured > limit->most)
            jy__situation_state(situation, situation->rules->limit_rules[i])->told = true;
    }
}

static uint64_t last_turn(const jy__situation *situation) { return situation->turns ? situation->last_turn : JY_TURN_NONE; }

/* ---- silence. Whose it is: of the one who speaks next, and of the one who was spoken to. */
static bool is_silence_of(const jy__situation *situation, int32_t speaker, int32_t next)
{
    bool was_asked = situation->last_speaker != JY_SPEAKER_UNKNOWN && situation->last_speaker != speaker;
    return speaker < 0 || next == speaker || was_asked;
}

/* Of a turn whose end is not known nobody knows how much of the time behind it is silence. */
static bool is_known(const jy__situation *situation)
{
    bool known = true;
    for (size_t i = 0; i < JY__COUNT(situation->endless); i++)
        known = known && !situation->endless[i];
    return known;
}

void jy__situation_is_quiet(jy__situation *situation, int64_t now_ms)
{
    if (is_known(situation))
        return;
    memset(situation->endless, 0, sizeof(situation->endless));
    if (situation->last_end_ms != JY_TIME_UNKNOWN && now_ms > situation->last_end_ms)
        situation->last_end_ms = now_ms;
}

static int silence_anchors(jy__situation *situation, int64_t silence, int32_t next, int64_t ms, bool known)
{
    static const int32_t speakers[] = { JY_AGENT, JY_CUSTOMER };
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < JY__COUNT(speakers); i++) {
        jy__moment moment = { NULL, NULL, 0, 0, silence, speakers[i] };
        if (!is_silence_of(situation, speakers[i], next))
            continue;
        if (!known)
            jy__situation_doubt_silence(situation, &moment);
        else
            status = jy__situation_anchors(situation, &moment, last_turn(situation), ms);
    }
    return status;
}

int jy__situation_silence(jy__situation *situation, int64_t now_ms, int32_t next_speaker)
{
    int64_t silence = now_ms - situation->last_end_ms;
    const bool known = is_known(situation);
    int status = JY_OK;
    if (situation->last_end_ms == JY_TIME_UNKNOWN || situation->on_hold || silence < situation->rules->least_silence_ms)
        return JY_OK;
    for (uint32_t i = 0; status == JY_OK && i < situation->rules->limit_rule_count; i++) {
        uint32_t number = situation->rules->limit_rules[i];
        const jy__limit *limit = &situation->rules->rules[number].occasion->limit;
        jy__rule_state *state = jy__situation_state(situation, number);
        if (limit->measure != JY__MEASURE_SILENCE || silence <= limit->most || state->told || !is_silence_of(situation, limit->speaker, next_speaker))
            continue;
        if (!known) {
            state->endless |= !jy__situation_silenced(situation, number, JY__SPEAKER_NOBODY);
            continue;
        }
        state->told = true; /* once a silence; a new turn clears it */
        status = due(situation, number, limit->speaker, last_turn(situation), situation->last_end_ms, silence);
    }
    if (status == JY_OK && next_speaker != JY_SPEAKER_UNKNOWN)
        status = silence_anchors(situation, silence, next_speaker, now_ms, known);
    return status;
}

/* ---- a turn: overlap, rate, length */
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

/* How long both speak: until the first of them ends. */
static int overlapped(jy__situation *situation, const jy_turn *turn, uint64_t number, bool ends)
{
    const int32_t other = turn->speaker == JY_AGENT ? JY_CUSTOMER : JY_AGENT;
    int64_t most = INT64_MAX;
    if (turn->speaker != JY_AGENT && turn->speaker != JY_CUSTOMER)
        return JY_OK;
    if (!situation->endless[other])
        most = situation->end_ms[other] == JY_TIME_UNKNOWN ? 0 : situation->end_ms[other] - turn->begin_ms;
    if (ends && turn->end_ms - turn->begin_ms < most)
        most = turn->end_ms - turn->begin_ms;
    if (!ends || situation->endless[other])
        jy__situation_doubt(situation, JY__MEASURE_OVERLAP, turn->speaker, most);
    else if (most > 0)
        return jy__situation_measure(situation, JY__MEASURE_OVERLAP, turn->speaker, number, turn->begin_ms, most);
    return JY_OK;
}

static int timed(jy__situation *situation, const jy_turn *turn, uint64_t number, bool ends)
{
    int64_t length = turn->end_ms - turn->begin_ms;
    int status = overlapped(situation, turn, number, ends);
    if (!ends) {
        jy__situation_doubt(situation, JY__MEASURE_TURN, turn->speaker, INT64_MAX);
        jy__situation_doubt(situation, JY__MEASURE_RATE, turn->speaker, characters(turn->text) * 60000 / RATE_LEAST_MS);
    }
    if (!ends || length == 0)
        return status;
    if (status == JY_OK)
        status = jy__situation_measure(situation, JY__MEASURE_TURN, turn->speaker, number, turn->begin_ms, length);
    if (status == JY_OK && length >= RATE_LEAST_MS)
        status = jy__situation_measure(situation, JY__MEASURE_RATE, turn->speaker, number, turn->begin_ms, characters(turn->text) * 60000 / length);
    return status;
}

/* Speech is no silence, whenever it was. Whoever begins anew has ended what he said before, unless it may be somebody else. */
static void note_speech(jy__situation *situation, int32_t speaker, int64_t end, bool ends)
{
    situation->endless[speaker] = !ends || (speaker == JY_SPEAKER_UNKNOWN && situation->endless[speaker]);
    if (end == JY_TIME_UNKNOWN)
        return;
    forget_told(situation, JY__MEASURE_SILENCE);
    situation->clock = true;
    situation->now_ms = end > situation->now_ms ? end : situation->now_ms;
    situation->end_ms[speaker] = end > situation->end_ms[speaker] ? end : situation->end_ms[speaker];
    situation->last_end_ms = end > situation->last_end_ms ? end : situation->last_end_ms;
}

static int answered(jy__situation *situation, int64_t at_ms);

int jy__situation_limits_of_turn(jy__situation *situation, const jy_turn *turn, uint64_t number)
{
    int status = JY_OK;
    int32_t speaker = turn->speaker >= 0 && turn->speaker < 4 ? turn->speaker : JY_SPEAKER_UNKNOWN;
    bool ends;
    int64_t end = jy__turn_end(turn, &ends);
    situation->untimed[speaker] |= turn->begin_ms == JY_TIME_UNKNOWN;
    if (turn->begin_ms != JY_TIME_UNKNOWN && situation->rules->limit_rule_count)
        status = timed(situation, turn, number, ends);
    note_speech(situation, speaker, end, ends);
    if (status == JY_OK && speaker == JY_AGENT && !situation->answered) /* the agent speaks: the call was answered by now */
        status = answered(situation, turn->begin_ms);
    situation->last_speaker = speaker;
    return status == JY_OK && situation->repeat_room ? jy__situation_repeat(situation, turn, number) : status;
}

/* ---- events: answer, rings, hold, hang-up */
static int64_t rung_since(const jy__situation *situation)
{
    return situation->ring_first_ms != JY_TIME_UNKNOWN ? situation->ring_first_ms : situation->start_ms;
}

/* Rings that the source tells one by one are counted; of one alone the time says how many they were. */
static int answered(jy__situation *situation, int64_t at_ms)
{
    int64_t from = rung_since(situation), rings = situation->rings;
    int status = JY_OK;
    situation->answered = true;
    if (from != JY_TIME_UNKNOWN && at_ms != JY_TIME_UNKNOWN) {
        situation->delay_known = true;
        status = jy__situation_measure(situation, JY__MEASURE_ANSWER, JY__SPEAKER_ANY, last_turn(situation), at_ms, at_ms - from);
        if (rings < 2)
            rings = (at_ms - from + situation->ring_ms - 1) / situation->ring_ms;
    }
    return status == JY_OK ? jy__situation_measure(situation, JY__MEASURE_RINGS, JY__SPEAKER_ANY, last_turn(situation), at_ms, rings) : status;
}

/* A mute inside of a hold, or the other way round, is one wait: it is over when both are. */
enum { HELD = 1, MUTED = 2 };

static int hold_began(jy__situation *situation, const jy_event *event, uint8_t what)
{
    if (!situation->on_hold) {
        forget_told(situation, JY__MEASURE_HOLD);
        situation->hold_ms = event->at_ms;
        situation->hold_by = event->speaker == JY_SPEAKER_UNKNOWN ? JY__SPEAKER_ANY : event->speaker;
    }
    situation->on_hold |= what;
    return JY_OK;
}

/* The end of what nobody told the begin of is the end of all. */
static int hold_ended(jy__situation *situation, int64_t at_ms, uint8_t what)
{
    int64_t from = situation->hold_ms;
    const uint8_t was = situation->on_hold;
    situation->on_hold = was & what ? (uint8_t)(was & ~what) : 0;
    if (situation->on_hold)
        return JY_OK;
    situation->hold_ms = JY_TIME_UNKNOWN;
    if (situation->last_end_ms != JY_TIME_UNKNOWN && at_ms > situation->last_end_ms)
        situation->last_end_ms = at_ms; /* the hold is no silence */
    if (!was || from == JY_TIME_UNKNOWN || at_ms == JY_TIME_UNKNOWN)
        return JY_OK;
    return jy__situation_measure(situation, JY__MEASURE_HOLD, situation->hold_by, last_turn(situation), at_ms, at_ms - from);
}

int jy__situation_limits_of_tick(jy__situation *situation, int64_t now_ms)
{
    int status;
    if (!situation->on_hold || situation->hold_ms == JY_TIME_UNKNOWN)
        return JY_OK;
    status = jy__situation_measure(situation, JY__MEASURE_HOLD, situation->hold_by, last_turn(situation), now_ms, now_ms - situation->hold_ms);
    note_told(situation, JY__MEASURE_HOLD, now_ms - situation->hold_ms);
    return status;
}

static int hung_up(jy__situation *situation, const jy_event *event)
{
    int status = situation->on_hold ? hold_ended(situation, event->at_ms, HELD | MUTED) : JY_OK;
    situation->hangup_ms = event->at_ms;
    situation->hangup_by = event->speaker;
    for (uint32_t i = 0; status == JY_OK && event->speaker != JY_SPEAKER_UNKNOWN && i < situation->rules->limit_rule_count; i++) {
        uint32_t rule = situation->rules->limit_rules[i];
        const jy__limit *limit = &situation->rules->rules[rule].occasion->limit;
        if (limit->measure == JY__MEASURE_HANGUP && limit->speaker == event->speaker)
            status = due(situation, rule, event->speaker, last_turn(situation), event->at_ms, 1);
    }
    return status;
}

int jy__situation_limits_of_event(jy__situation *situation, const jy_event *event)
{
    switch ((jy_event_kind)event->kind) {
    case JY_EVENT_CALL_START: situation->start_ms = event->at_ms; return JY_OK;
    case JY_EVENT_RING:
        situation->rings++;
        if (situation->ring_first_ms == JY_TIME_UNKNOWN)
            situation->ring_first_ms = event->at_ms;
        return JY_OK;
    case JY_EVENT_ANSWER:
        if (situation->last_end_ms == JY_TIME_UNKNOWN)
            situation->last_end_ms = event->at_ms; /* from now on nobody speaking is silence */
        return situation->answered ? JY_OK : answered(situation, event->at_ms);
    case JY_EVENT_HOLD_START: return hold_began(situation, event, HELD);
    case JY_EVENT_MUTE: return hold_began(situation, event, MUTED);
    case JY_EVENT_HOLD_END: return hold_ended(situation, event->at_ms, HELD);
    case JY_EVENT_UNMUTE: return hold_ended(situation, event->at_ms, MUTED);
    case JY_EVENT_HANGUP: return hung_up(situation, event);
    case JY_EVENT_TRANSFER: return JY_OK;
    }
    return JY_OK;
}

/* What was still going on: a call that nobody answered, a hold that nobody ended. */
int jy__situation_finish_limits(jy__situation *situation)
{
    bool rang = situation->rings > 0 || situation->start_ms != JY_TIME_UNKNOWN;
    int status = situation->on_hold ? hold_ended(situation, situation->now_ms, HELD | MUTED) : JY_OK;
    return status == JY_OK && rang && !situation->answered && situation->turns == 0 ? answered(situation, situation->now_ms) : status;
}

static bool is_untimed(const jy__situation *situation, const jy__limit *limit)
{
    if (limit->measure == JY__MEASURE_OVERLAP || limit->speaker < 0)
        return situation->untimed[JY_AGENT] || situation->untimed[JY_CUSTOMER];
    return situation->untimed[limit->speaker];
}

int32_t jy__situation_limit_unchecked(const jy__situation *situation, const jy__limit *limit)
{
    uint32_t ring = 1u << JY_EVENT_RING | 1u << JY_EVENT_CALL_START;
    switch (limit->measure) {
    case JY__MEASURE_ANSWER:
        if (!(situation->events & ring)) return JY_NEEDS_EVENTS;
        return situation->delay_known ? 0 : JY_NEEDS_CLOCK;
    case JY__MEASURE_RINGS:
        if (!(situation->events & ring)) return JY_NEEDS_EVENTS;
        return situation->rings > 1 || situation->delay_known ? 0 : JY_NEEDS_CLOCK;
    case JY__MEASURE_HOLD: return !situation->events ? JY_NEEDS_EVENTS : situation->clock ? 0 : JY_NEEDS_CLOCK;
    case JY__MEASURE_HANGUP:
        if (!(situation->events & 1u << JY_EVENT_HANGUP)) return JY_NEEDS_EVENTS;
        return situation->hangup_by != JY_SPEAKER_UNKNOWN ? 0 : JY_NEEDS_SPEAKERS;
    case JY__MEASURE_TURN:
    case JY__MEASURE_RATE:
    case JY__MEASURE_OVERLAP: return !situation->clock ? JY_NEEDS_CLOCK : is_untimed(situation, limit) ? JY_NEEDS_ENDS : 0;
    case JY__MEASURE_REPEAT: return limit->within_turns > JY__REPEAT_TURNS ? JY_WINDOW_CUT : 0;
    default: return situation->clock ? 0 : JY_NEEDS_CLOCK;
    }
}
