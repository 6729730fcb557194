/* Obligations: required wording that an anchor, or the call itself, asks for. One is met when the wording is said in its window,
 * and due the moment the window closes without it; what is still owed at the end of the call is due then. */
#include "judge/judge_situation.h"

/* ---- an anchor holds */
static uint64_t turn_of(const jy__rule_state *state) { return state->turn == JY__NONE ? JY_TURN_NONE : state->turn; }

static bool is_first(const jy__window *window) { return window->kind == JY__WINDOW_FIRST_TURNS || window->kind == JY__WINDOW_FIRST_MS; }

static int open_window(jy__situation *situation, uint32_t rule, const jy__window *window, uint64_t turn, int64_t ms, bool exact)
{
    jy__rule_state *state = jy__situation_state(situation, rule);
    if (window->kind == JY__WINDOW_NEXT_MS && ms == JY_TIME_UNKNOWN) {
        state->untimed = true;
        return JY_OK;
    }
    state->open = true;
    state->met = state->seen = false;
    state->turn = turn == JY_TURN_NONE ? JY__NONE : (uint32_t)turn;
    state->last_ms = ms;
    state->turns_left = window->kind == JY__WINDOW_NEXT_TURNS ? (uint16_t)window->turns : 0;
    state->until_ms = window->kind == JY__WINDOW_NEXT_MS ? ms + window->ms : JY_TIME_UNKNOWN;
    state->until_least = !exact;
    return jy__situation_watch(situation, situation->rules->rules[rule].call_number);
}

static bool said_before(jy__rule_state *state, const jy__window *window, uint64_t ordinal, int64_t ms)
{
    if (!state->said)
        return false;
    if (window->kind == JY__WINDOW_PREVIOUS_TURNS)
        return ordinal < (uint64_t)state->said_ordinal + window->turns;
    if (ms == JY_TIME_UNKNOWN || state->said_ms == JY_TIME_UNKNOWN)
        state->untimed = true;
    else if (ms - state->said_ms > window->ms && state->said_least)
        state->endless = true;
    else
        return ms - state->said_ms <= window->ms;
    return true;
}

static int owe(jy__situation *situation, uint32_t rule, const jy__window *window, uint64_t turn, int64_t ms, bool exact, uint64_t ordinal)
{
    jy__rule_state *state = jy__situation_state(situation, rule);
    switch (window->kind) {
    case JY__WINDOW_PREVIOUS_TURNS:
    case JY__WINDOW_PREVIOUS_MS: return said_before(state, window, ordinal, ms) ? JY_OK : jy__situation_due_missing(situation, rule, turn, ms);
    case JY__WINDOW_NEXT_TURNS:
    case JY__WINDOW_NEXT_MS: return state->open ? JY_OK : open_window(situation, rule, window, turn, ms, exact);
    case JY__WINDOW_FIRST_TURNS:
    case JY__WINDOW_FIRST_MS:
        if (state->open || state->met)
            return JY_OK;
        state->met = true; /* the first turns are over: told once, where it was due */
        return jy__situation_due_missing(situation, rule, turn_of(state), state->last_ms);
    default: return JY_OK; /* decided at the end of the call */
    }
}

int jy__situation_anchor_held(jy__situation *situation, uint32_t rule, uint64_t turn, int64_t ms, bool exact, int32_t own)
{
    const jy__compiled *compiled = &situation->rules->rules[rule];
    jy__window window = jy__situation_window(compiled);
    /* turns before the anchor: its own turn has been counted, but is none of the N */
    uint64_t ordinal = jy__situation_ordinal(situation, window.of) - (own != JY__SPEAKER_NOBODY && jy__window_counts(window.of, own));
    if (compiled->require != JY__NONE && jy__situation_silenced(situation, rule, own))
        return JY_OK;
    jy__situation_state(situation, rule)->ever = true;
    if (compiled->require != JY__NONE)
        return owe(situation, rule, &window, turn, ms, exact, ordinal);
    switch (window.kind) {
    case JY__WINDOW_NEXT_TURNS:
    case JY__WINDOW_NEXT_MS: return open_window(situation, rule, &window, turn, ms, exact);
    case JY__WINDOW_LAST_TURNS:
    case JY__WINDOW_LAST_MS: return JY_OK;
    default: return jy__situation_release(situation, rule, ordinal, ms, own == JY__SPEAKER_NOBODY ? JY_TURN_NONE : turn);
    }
}

/* ---- the end of a turn */
typedef struct closing {
    jy__situation *situation; jy__judge *judge; const jy_turn *turn;
    uint64_t number;
    uint32_t rule_number;
    const jy__compiled *rule;
    jy__rule_state *state;
    jy__window window;
    jy_span at; /* of the anchor that holds in this turn */
    bool said;
} closing;

static void shut(jy__rule_state *state)
{
    state->open = false;
    state->turns_left = 0;
    state->until_ms = JY_TIME_UNKNOWN;
}

static int close_window(closing *c)
{
    jy__rule_state *state = c->state;
    bool requires = c->rule->require != JY__NONE;
    if (is_first(&c->window))
        return JY_OK;
    if (requires && c->said)
        shut(state);
    if (!state->turns_left || !jy__window_counts(c->window.of, c->turn->speaker))
        return JY_OK;
    state->seen = true;
    state->turn = (uint32_t)c->number;
    state->last_ms = c->turn->begin_ms;
    if (--state->turns_left)
        return JY_OK;
    state->open = false;
    return requires ? jy__situation_due_missing(c->situation, c->rule_number, c->number, c->turn->begin_ms) : JY_OK;
}

/* Required wording in the anchor's own turn: behind the anchor (next), before it (previous), anywhere (turn). */
static int said_in_own_turn(closing *c, bool *out)
{
    jy_span range = { 0, c->judge->text.len };
    if (c->rule->info.speaker != JY__SPEAKER_ANY && c->rule->info.speaker != c->turn->speaker)
        return JY_OK;
    if (c->window.kind == JY__WINDOW_NEXT_TURNS || c->window.kind == JY__WINDOW_NEXT_MS)
        range.begin = c->at.end;
    if (c->window.kind == JY__WINDOW_PREVIOUS_TURNS || c->window.kind == JY__WINDOW_PREVIOUS_MS)
        range.end = c->at.begin;
    return jy__situation_said(c->situation, c->judge, c->state, c->rule->require, range, out);
}

static int take_anchor(closing *c)
{
    bool said = false, exact;
    int64_t ms = jy__turn_end(c->turn, &exact);
    int status = JY_OK;
    if (c->rule->require != JY__NONE && !is_first(&c->window)) {
        if (jy__situation_silenced(c->situation, c->rule_number, c->turn->speaker))
            return JY_OK;
        c->state->ever = true;
        if (!c->state->open)
            status = jy__situation_hear(c->situation, c->state, c->rule->require, (jy_str){ c->judge->text.ptr + c->at.begin, c->at.end - c->at.begin });
        if (status == JY_OK)
            status = said_in_own_turn(c, &said);
        if (status != JY_OK || said)
            return status;
        if (c->window.kind == JY__WINDOW_TURN)
            return jy__situation_due_missing(c->situation, c->rule_number, c->number, c->turn->begin_ms);
    }
    return jy__situation_anchor_held(c->situation, c->rule_number, c->number, ms, exact, c->turn->speaker);
}

/* `require` in the first turns: met, or decided when they are over — for a rule with an anchor, once that has held. */
static int first_is_over(jy__situation *situation, uint32_t rule, uint64_t turn, int64_t ms)
{
    const jy__compiled *compiled = &situation->rules->rules[rule];
    jy__rule_state *state = jy__situation_state(situation, rule);
    state->open = false;
    state->turn = turn == JY_TURN_NONE ? JY__NONE : (uint32_t)turn;
    state->last_ms = ms;
    if (compiled->has_when && !state->ever)
        return JY_OK;
    state->met = true;
    return jy__situation_due_missing(situation, rule, turn, ms);
}

static int close_first(closing *c)
{
    uint64_t ordinal = jy__situation_ordinal(c->situation, c->window.of);
    bool inside = c->window.kind == JY__WINDOW_FIRST_TURNS ? ordinal <= c->window.turns : c->turn->begin_ms != JY_TIME_UNKNOWN && c->turn->begin_ms <= c->window.ms;
    if (!c->state->open)
        return JY_OK;
    if (c->said && inside) {
        c->state->met = true;
        c->state->open = false;
        return JY_OK;
    }
    if (c->window.kind != JY__WINDOW_FIRST_TURNS || ordinal < c->window.turns || !jy__window_counts(c->window.of, c->turn->speaker))
        return JY_OK;
    return first_is_over(c->situation, c->rule_number, c->number, c->turn->begin_ms);
}

/* Whether it matters that the required wording was said in this turn: it may meet what is owed, or be looked back for. Of the window `turn` the
 * anchor's own turn tells. */
static bool matters(const closing *c)
{
    const jy__rule_state *state = c->state;
    switch (c->window.kind) {
    case JY__WINDOW_TURN: return false;
    case JY__WINDOW_NEXT_TURNS:
    case JY__WINDOW_NEXT_MS: return state->open || state->turns_left || state->until_ms != JY_TIME_UNKNOWN;
    case JY__WINDOW_FIRST_TURNS:
    case JY__WINDOW_FIRST_MS: return state->open;
    case JY__WINDOW_CALL: return !state->said;
    default: return true;
    }
}

static int close_rule(closing *c)
{
    int status = JY_OK;
    bool own = c->rule->info.speaker == JY__SPEAKER_ANY || c->rule->info.speaker == c->turn->speaker, exact;
    int64_t end = jy__turn_end(c->turn, &exact);
    if (c->rule->require != JY__NONE && own && matters(c))
        status = jy__situation_said(c->situation, c->judge, c->state, c->rule->require, (jy_span){ 0, c->judge->text.len }, &c->said);
    if (c->state->unless_now)
        jy__situation_unless_held(c->situation, c->rule_number, end);
    if (status == JY_OK)
        status = close_window(c);
    if (status == JY_OK && c->state->anchored_now)
        status = take_anchor(c);
    if (c->said) {
        c->state->said = true;
        c->state->said_ordinal = (uint32_t)jy__situation_ordinal(c->situation, c->window.of);
        c->state->said_ms = end;
        c->state->said_least = !exact;
    }
    c->state->anchored_now = c->state->unless_now = false;
    return status == JY_OK && c->rule->require != JY__NONE && is_first(&c->window) ? close_first(c) : status;
}

/* Of most rules that a turn concerns nothing holds in it, no window is open, and no wording is wanted of who spoke. */
static bool stays_as_it_is(const jy__compiled *rule, const jy__rule_state *state, int32_t speaker)
{
    bool own = rule->info.speaker == JY__SPEAKER_ANY || rule->info.speaker == speaker;
    return !state->anchored_now && !state->unless_now && !state->turns_left && (rule->require == JY__NONE || (!own && !state->open));
}

static int close_one(jy__situation *situation, jy__judge *judge, const jy_turn *turn, uint64_t number, uint32_t call)
{
    const uint32_t rule = situation->rules->call_rules[call];
    closing c = { situation, judge, turn, number, rule, &situation->rules->rules[rule], &situation->states[call], { 0 }, { 0, 0 }, false };
    if (stays_as_it_is(c.rule, c.state, turn->speaker))
        return JY_OK;
    c.at = jy__situation_anchored_at(judge->scanner, call);
    c.window = jy__situation_window(c.rule);
    return close_rule(&c);
}

/* Rules without an open window need not be looked at in every turn. */
static void look_away(jy__situation *situation)
{
    size_t kept = 0;
    for (size_t i = 0; i < situation->watched.count; i++) {
        jy__rule_state *state = &situation->states[situation->watched.items[i]];
        state->watched = state->open || state->turns_left || state->until_ms != JY_TIME_UNKNOWN;
        if (state->watched)
            situation->watched.items[kept++] = situation->watched.items[i];
    }
    situation->watched.count = kept;
}

int jy__situation_close_turn(jy__situation *situation, jy__judge *judge, const jy_turn *turn, uint64_t number)
{
    int status = JY_OK;
    int32_t speaker = turn->speaker >= 0 && turn->speaker < 4 ? turn->speaker : JY_SPEAKER_UNKNOWN;
    situation->ordinals[speaker]++;
    situation->turns++;
    situation->last_turn = number;
    for (size_t i = 0; status == JY_OK && i < judge->scanner->active.count; i++)
        status = close_one(situation, judge, turn, number, judge->scanner->active.items[i]);
    look_away(situation);
    situation->events_since = 0;
    return status;
}

/* ---- time and the end of the call */
int jy__situation_expire(jy__situation *situation, int64_t now_ms)
{
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < situation->watched.count; i++) {
        jy__rule_state *state = &situation->states[situation->watched.items[i]];
        uint32_t rule = situation->rules->call_rules[situation->watched.items[i]];
        const jy__compiled *compiled = &situation->rules->rules[rule];
        if (compiled->require != JY__NONE && compiled->occasion->where.kind == JY__WINDOW_FIRST_MS && state->open && now_ms > compiled->occasion->where.ms)
            status = first_is_over(situation, rule, situation->turns ? situation->last_turn : JY_TURN_NONE, compiled->occasion->where.ms);
        if (state->until_ms == JY_TIME_UNKNOWN || now_ms <= state->until_ms)
            continue;
        if (state->until_least) /* the window goes on for as long as the anchor's turn took */
            state->endless = true;
        else if (state->open && compiled->require != JY__NONE)
            status = jy__situation_due_missing(situation, rule, turn_of(state), state->until_ms);
        shut(state);
    }
    return status;
}

/* Nobody can answer a customer who has hung up. */
static bool could_not(const jy__situation *situation, const jy__window *window, const jy__rule_state *state)
{
    return window->kind == JY__WINDOW_NEXT_TURNS && !state->seen && situation->hangup_by == JY_CUSTOMER;
}

static bool missing_at_end(jy__situation *situation, const jy__window *window, jy__rule_state *state)
{
    switch (window->kind) {
    case JY__WINDOW_NEXT_TURNS:
    case JY__WINDOW_NEXT_MS: return state->open && !could_not(situation, window, state);
    case JY__WINDOW_FIRST_TURNS: return !state->met;
    case JY__WINDOW_FIRST_MS: return !state->met && situation->clock;
    case JY__WINDOW_LAST_TURNS: return !state->said || jy__situation_ordinal(situation, window->of) >= (uint64_t)state->said_ordinal + window->turns;
    case JY__WINDOW_LAST_MS:
        if (!situation->clock)
            return false;
        if (state->said && state->said_ms == JY_TIME_UNKNOWN) {
            state->untimed = true;
            return false;
        }
        if (state->said && state->said_least && situation->now_ms - state->said_ms > window->ms) {
            state->endless = true;
            return false;
        }
        return !state->said || situation->now_ms - state->said_ms > window->ms;
    case JY__WINDOW_CALL: return !state->said && !state->met;
    default: return false;
    }
}

int jy__situation_finish_require(jy__situation *situation, uint32_t rule)
{
    const jy__compiled *compiled = &situation->rules->rules[rule];
    jy__rule_state *state = jy__situation_state(situation, rule);
    jy__window window = jy__situation_window(compiled);
    bool next = window.kind == JY__WINDOW_NEXT_TURNS || window.kind == JY__WINDOW_NEXT_MS;
    bool nobody = !situation->ordinals[JY_AGENT] && !situation->ordinals[JY_CUSTOMER] && compiled->info.speaker != JY__SPEAKER_ANY;
    if ((compiled->has_when ? !state->ever : nobody || situation->turns == 0) || !missing_at_end(situation, &window, state) ||
        jy__situation_waived_at_end(situation, rule))
        return JY_OK;
    shut(state);
    if (next)
        return jy__situation_due_missing(situation, rule, turn_of(state), state->last_ms);
    return jy__situation_due_missing(situation, rule, situation->turns ? situation->last_turn : JY_TURN_NONE, situation->now_ms);
}
