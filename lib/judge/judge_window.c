/* Windows: whether forbidden wording stands in one, whether required wording came in one, and what is due when it closes. */
#include "judge/judge_situation.h"

static bool counts(int32_t of, int32_t speaker) { return of < 0 || of == speaker; }

/* ---- forbidden wording */
static jy__gate gate_alone(const jy__situation *situation, const jy__window *window, const jy_turn *turn)
{
    uint64_t ordinal = jy__situation_ordinal(situation, window->of) + counts(window->of, turn->speaker);
    switch (window->kind) {
    case JY__WINDOW_FIRST_TURNS: return ordinal <= window->turns ? JY__GATE_NOW : JY__GATE_NO;
    case JY__WINDOW_FIRST_MS: return turn->begin_ms != JY_TIME_UNKNOWN && turn->begin_ms <= window->ms ? JY__GATE_NOW : JY__GATE_NO;
    case JY__WINDOW_LAST_TURNS:
    case JY__WINDOW_LAST_MS: return JY__GATE_LATER;
    default: return JY__GATE_NOW;
    }
}

static jy__gate gate_anchored(const jy__situation *situation, const jy__rule_state *state, const jy__window *window, const jy_turn *turn,
                              const jy__hit *hit, bool partial)
{
    bool now = state->anchored_now && !partial;
    bool behind = now && counts(window->of, turn->speaker) && hit->begin >= state->anchored_at.end;
    switch (window->kind) {
    case JY__WINDOW_TURN: return now ? JY__GATE_NOW : JY__GATE_NO;
    case JY__WINDOW_NEXT_TURNS: return behind || state->turns_left ? JY__GATE_NOW : JY__GATE_NO;
    case JY__WINDOW_NEXT_MS:
        return behind || (state->until_ms != JY_TIME_UNKNOWN && turn->begin_ms != JY_TIME_UNKNOWN && turn->begin_ms <= state->until_ms) ? JY__GATE_NOW : JY__GATE_NO;
    case JY__WINDOW_PREVIOUS_TURNS:
    case JY__WINDOW_PREVIOUS_MS: return now && hit->begin < state->anchored_at.begin ? JY__GATE_NOW : partial ? JY__GATE_NO : JY__GATE_LATER;
    case JY__WINDOW_CALL: return now || state->ever ? JY__GATE_NOW : partial ? JY__GATE_NO : JY__GATE_LATER;
    default: return now || state->ever ? gate_alone(situation, window, turn) : JY__GATE_NO;
    }
}

static bool silenced(const jy__situation *situation, const jy__compiled *rule, const jy__rule_state *state)
{
    if (!rule->has_unless)
        return false;
    if (state->unless_now)
        return true;
    if (!state->unless_held || rule->unless_where.kind != JY__WINDOW_PREVIOUS_TURNS)
        return state->unless_held && rule->unless_where.kind == JY__WINDOW_CALL;
    return jy__situation_ordinal(situation, rule->unless_where.of) - state->unless_ordinal < rule->unless_where.turns;
}

jy__gate jy__situation_gate(const jy__situation *situation, const jy__judge *judge, const jy_turn *turn, const jy__candidate *candidate, bool partial)
{
    const jy__compiled *rule = &situation->rules->rules[candidate->rule];
    const jy__rule_state *state = jy__situation_state(situation, candidate->rule);
    jy__window window;
    (void)judge;
    if (!state)
        return JY__GATE_NOW;
    if (silenced(situation, rule, state))
        return JY__GATE_NO;
    if (!(rule->info.flags & JY_RULE_NEEDS_CALL))
        return JY__GATE_NOW;
    window = jy__situation_window(rule);
    return rule->has_when ? gate_anchored(situation, state, &window, turn, &candidate->hit, partial) : gate_alone(situation, &window, turn);
}

/* Kept candidates of a rule whose anchor holds now. */
static int release(jy__situation *situation, uint32_t rule, const jy__window *window, int64_t ms)
{
    uint64_t ordinal = jy__situation_ordinal(situation, window->of);
    for (size_t i = 0; i < situation->kept.count; i++) {
        jy__kept *kept = &situation->kept.items[i];
        bool near = window->kind == JY__WINDOW_CALL;
        if (kept->free || kept->used || kept->candidate.rule != rule)
            continue;
        if (window->kind == JY__WINDOW_PREVIOUS_TURNS || window->kind == JY__WINDOW_LAST_TURNS)
            near = ordinal - kept->ordinal < window->turns;
        if (window->kind == JY__WINDOW_PREVIOUS_MS || window->kind == JY__WINDOW_LAST_MS)
            near = ms != JY_TIME_UNKNOWN && kept->turn.begin_ms != JY_TIME_UNKNOWN && ms - kept->turn.begin_ms <= window->ms;
        if (!near)
            continue;
        int status = jy__situation_due(situation, rule, JY_FOUND_WORDING, kept->number, kept->turn.begin_ms);
        if (status != JY_OK)
            return status;
        kept->used = true;
        jy__situation_last_due(situation)->kept = (uint32_t)i;
    }
    return JY_OK;
}

/* ---- required wording */
/* Folded letters, digits and characters of a text, at most `most`. */
static uint32_t fold_symbols(jy_str text, uint32_t *out, uint32_t most)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    uint32_t count = 0, symbols[JY__FOLD_MOST];
    bool valid;
    while (p < end && count < most) {
        uint32_t cp = jy__utf8_next(&p, end, &valid), own;
        if (jy__fold_kind(cp) != JY__KIND_SYMBOL)
            continue;
        own = jy__fold_char(cp, symbols);
        for (uint32_t i = 0; i < own && count < most; i++)
            out[count++] = symbols[i];
    }
    return count;
}

#define ECHO_MOST 64    /* characters of an anchor's hit that an echo may repeat */
#define TURN_MOST 2048  /* characters of a turn in which an echo is looked for */

static bool echoed(const jy__situation *situation, const jy__rule_state *state, jy_str text, uint32_t least)
{
    uint32_t *turn = jy__mem_alloc(situation->mem, TURN_MOST * sizeof(*turn)), count, run = 0;
    bool found = state->echo_count == 0;
    if (!turn)
        return false;
    count = fold_symbols(text, turn, TURN_MOST);
    least = least && least < state->echo_count ? least : state->echo_count;
    for (uint32_t i = 0; !found && i < count; i++)
        for (uint32_t k = 0; !found && k + least <= state->echo_count; k++) {
            for (run = 0; run < least && i + run < count && turn[i + run] == state->echo[k + run]; run++) {}
            found = run == least;
        }
    jy__mem_free(situation->mem, turn, TURN_MOST * sizeof(*turn));
    return found;
}

/* Whether required wording stands in [from, to) of the turn. */
static int required_said(jy__situation *situation, jy__judge *judge, const jy__rule_state *state, uint32_t number, jy_span range, bool *out)
{
    const jy__node *node = &judge->rules->nodes[number];
    jy__hits *found = &judge->scanner->joined;
    int status = JY_OK;
    if (node->kind == JY__EXPR_ECHO) {
        *out = *out || echoed(situation, state, (jy_str){ judge->text.ptr + range.begin, range.end - range.begin }, node->least);
        return JY_OK;
    }
    if (node->kind == JY__EXPR_ANY) {
        for (uint32_t i = 0; status == JY_OK && !*out && i < node->kid_count; i++)
            status = required_said(situation, judge, state, node->kids[i], range, out);
        return status;
    }
    found->count = 0;
    status = jy__judge_eval(judge, number, found);
    for (size_t i = 0; status == JY_OK && i < found->count; i++)
        *out = *out || (found->items[i].begin >= range.begin && found->items[i].end <= range.end);
    return status;
}

static int remember_echo(jy__situation *situation, jy__rule_state *state, jy_str said)
{
    if (!state->echo) {
        state->echo = jy__mem_alloc(situation->mem, ECHO_MOST * sizeof(uint32_t));
        state->echo_room = state->echo ? ECHO_MOST : 0;
    }
    state->echo_count = state->echo ? fold_symbols(said, state->echo, ECHO_MOST) : 0;
    return state->echo ? JY_OK : JY_E_NOMEM;
}

static void open_obligation(jy__rule_state *state, const jy__window *window, uint64_t turn, jy_span at, int64_t ms)
{
    state->open = true;
    state->met = state->seen = false;
    state->anchor_turn = state->last_turn = turn;
    state->anchor_span = at;
    state->anchor_ms = state->last_turn_ms = ms;
    state->turns_left = window->kind == JY__WINDOW_NEXT_TURNS ? window->turns : 0;
    state->until_ms = window->kind == JY__WINDOW_NEXT_MS && ms != JY_TIME_UNKNOWN ? ms + window->ms : JY_TIME_UNKNOWN;
}

static bool said_before(const jy__situation *situation, const jy__rule_state *state, const jy__window *window, int64_t ms)
{
    if (!state->said)
        return false;
    if (window->kind == JY__WINDOW_PREVIOUS_MS)
        return ms != JY_TIME_UNKNOWN && state->said_ms != JY_TIME_UNKNOWN && ms - state->said_ms <= window->ms;
    return jy__situation_ordinal(situation, window->of) - state->said_ordinal < window->turns;
}

/* An anchor held outside a turn (event, silence), or, for a turn, after its own text was looked at. */
void jy__situation_anchor_held(jy__situation *situation, uint32_t number, uint64_t turn, jy_span at, int64_t ms)
{
    const jy__compiled *rule = &situation->rules->rules[number];
    jy__rule_state *state = jy__situation_state(situation, number);
    jy__window window = jy__situation_window(rule);
    bool back = window.kind == JY__WINDOW_PREVIOUS_TURNS || window.kind == JY__WINDOW_PREVIOUS_MS;
    state->ever = true;
    if (rule->require == JY__NONE) {
        if (window.kind == JY__WINDOW_NEXT_TURNS || window.kind == JY__WINDOW_NEXT_MS)
            open_obligation(state, &window, turn, at, ms);
        else
            release(situation, number, &window, ms);
    } else if (back) {
        if (!said_before(situation, state, &window, ms))
            jy__situation_due(situation, number, JY_FOUND_MISSING, turn, ms);
    } else if (!state->open && (window.kind == JY__WINDOW_NEXT_TURNS || window.kind == JY__WINDOW_NEXT_MS)) {
        open_obligation(state, &window, turn, at, ms);
    }
}

/* ---- the end of a turn */
typedef struct closing { jy__situation *situation; jy__judge *judge; const jy_turn *turn; uint64_t number; uint32_t rule_number; const jy__compiled *rule; jy__rule_state *state; jy__window window; bool said; } closing;

static int due_missing(closing *c, uint64_t turn, int64_t ms)
{
    c->state->met = true; /* said once is enough */
    return jy__situation_due(c->situation, c->rule_number, JY_FOUND_MISSING, turn, ms);
}

static int close_window(closing *c)
{
    jy__rule_state *state = c->state;
    bool requires = c->rule->require != JY__NONE;
    if (requires && c->said)
        state->open = false, state->turns_left = 0, state->until_ms = JY_TIME_UNKNOWN;
    if (!state->turns_left || !counts(c->window.of, c->turn->speaker))
        return JY_OK;
    state->seen = true;
    state->last_turn = c->number;
    state->last_turn_ms = c->turn->begin_ms;
    if (--state->turns_left || !requires || !state->open)
        return JY_OK;
    state->open = false;
    return due_missing(c, c->number, c->turn->begin_ms);
}

/* Required wording in the anchor's own turn: behind the anchor (next), before it (previous), anywhere (turn). */
static int said_in_own_turn(closing *c, bool *out)
{
    jy_span range = { 0, c->judge->text.len };
    if (c->rule->info.speaker != JY__SPEAKER_ANY && c->rule->info.speaker != c->turn->speaker)
        return JY_OK;
    if (c->window.kind == JY__WINDOW_NEXT_TURNS || c->window.kind == JY__WINDOW_NEXT_MS)
        range.begin = c->state->anchored_at.end;
    if (c->window.kind == JY__WINDOW_PREVIOUS_TURNS || c->window.kind == JY__WINDOW_PREVIOUS_MS)
        range.end = c->state->anchored_at.begin;
    return required_said(c->situation, c->judge, c->state, c->rule->require, range, out);
}

static int take_anchor(closing *c)
{
    int64_t ms = c->turn->end_ms != JY_TIME_UNKNOWN ? c->turn->end_ms : c->turn->begin_ms;
    bool said = false;
    int status;
    if (c->rule->require == JY__NONE) {
        jy__situation_anchor_held(c->situation, c->rule_number, c->number, c->state->anchored_at, ms);
        return JY_OK;
    }
    c->state->ever = true;
    if ((status = said_in_own_turn(c, &said)) != JY_OK || said)
        return status;
    if (c->window.kind == JY__WINDOW_TURN)
        return due_missing(c, c->number, c->turn->begin_ms);
    if (!c->state->open) {
        jy_span at = c->state->anchored_at;
        status = remember_echo(c->situation, c->state, (jy_str){ c->judge->text.ptr + at.begin, at.end - at.begin });
    }
    if (status == JY_OK)
        jy__situation_anchor_held(c->situation, c->rule_number, c->number, c->state->anchored_at, ms);
    return status;
}

/* `require` in the first turns: without an anchor decided when they are over; with one at the end of the call, because the anchor
 * may come later than they. */
static int close_first(closing *c)
{
    uint64_t ordinal = jy__situation_ordinal(c->situation, c->window.of);
    if (c->state->met)
        return JY_OK;
    if (c->window.kind == JY__WINDOW_FIRST_MS) {
        c->state->met = c->said && c->turn->begin_ms != JY_TIME_UNKNOWN && c->turn->begin_ms <= c->window.ms;
        return JY_OK;
    }
    if (c->window.kind != JY__WINDOW_FIRST_TURNS)
        return JY_OK;
    if (c->said && ordinal <= c->window.turns) {
        c->state->met = true;
        return JY_OK;
    }
    if (c->rule->has_when || ordinal < c->window.turns || !counts(c->window.of, c->turn->speaker))
        return JY_OK;
    return due_missing(c, c->number, c->turn->begin_ms);
}

static int close_rule(closing *c)
{
    int status = JY_OK;
    bool own = c->rule->info.speaker == JY__SPEAKER_ANY || c->rule->info.speaker == c->turn->speaker;
    if (c->rule->require != JY__NONE && own)
        status = required_said(c->situation, c->judge, c->state, c->rule->require, (jy_span){ 0, c->judge->text.len }, &c->said);
    if (status == JY_OK)
        status = close_window(c);
    if (status == JY_OK && c->state->anchored_now)
        status = take_anchor(c);
    if (c->said) {
        c->state->said = true;
        c->state->said_ordinal = jy__situation_ordinal(c->situation, c->window.of);
        c->state->said_ms = c->turn->end_ms != JY_TIME_UNKNOWN ? c->turn->end_ms : c->turn->begin_ms;
    }
    if (c->state->unless_now) {
        c->state->unless_held = true;
        c->state->unless_ordinal = jy__situation_ordinal(c->situation, c->rule->unless_where.of);
    }
    return status == JY_OK && c->rule->require != JY__NONE ? close_first(c) : status;
}

int jy__situation_close_turn(jy__situation *situation, jy__judge *judge, const jy_turn *turn, uint64_t number)
{
    int status = JY_OK;
    int32_t speaker = turn->speaker >= 0 && turn->speaker < 4 ? turn->speaker : JY_SPEAKER_UNKNOWN;
    situation->ordinals[speaker]++;
    situation->turns++;
    situation->unknown_seen = situation->unknown_seen || speaker == JY_SPEAKER_UNKNOWN;
    situation->last_turn = number;
    for (uint32_t i = 0; status == JY_OK && i < situation->rules->call_rule_count; i++) {
        uint32_t rule = situation->rules->call_rules[i];
        closing c = { situation, judge, turn, number, rule, &situation->rules->rules[rule], &situation->states[i], { 0 }, false };
        c.window = jy__situation_window(c.rule);
        status = close_rule(&c);
    }
    situation->events_since = 0;
    return status;
}

/* ---- the end of the call */
static int finish_require(jy__situation *situation, uint32_t number, const jy__compiled *rule, jy__rule_state *state)
{
    jy__window window = jy__situation_window(rule);
    uint64_t ordinal = jy__situation_ordinal(situation, window.of);
    bool spoken = jy__situation_ordinal(situation, rule->info.speaker) > 0, missing = false;
    if (rule->has_when && state->open && !state->met && state->seen)
        return jy__situation_due(situation, number, JY_FOUND_MISSING, state->last_turn, state->last_turn_ms);
    if ((rule->has_when && !state->ever) || !spoken || state->met)
        return JY_OK;
    switch (window.kind) {
    case JY__WINDOW_FIRST_TURNS: missing = ordinal > 0; break;
    case JY__WINDOW_FIRST_MS: missing = situation->clock; break;
    case JY__WINDOW_LAST_TURNS: missing = !state->said || ordinal - state->said_ordinal >= window.turns; break;
    case JY__WINDOW_LAST_MS:
        missing = situation->clock && (!state->said || state->said_ms == JY_TIME_UNKNOWN || situation->now_ms - state->said_ms > window.ms);
        break;
    case JY__WINDOW_CALL: missing = !state->said; break;
    default: break;
    }
    return missing ? jy__situation_due(situation, number, JY_FOUND_MISSING, situation->last_turn, situation->now_ms) : JY_OK;
}

int jy__situation_finish(jy__situation *situation)
{
    int status = JY_OK;
    for (uint32_t i = 0; status == JY_OK && i < situation->rules->call_rule_count; i++) {
        uint32_t number = situation->rules->call_rules[i];
        const jy__compiled *rule = &situation->rules->rules[number];
        jy__window window = jy__situation_window(rule);
        bool last = window.kind == JY__WINDOW_LAST_TURNS || window.kind == JY__WINDOW_LAST_MS;
        if (rule->require != JY__NONE)
            status = finish_require(situation, number, rule, &situation->states[i]);
        else if (rule->forbid != JY__NONE && last && (!rule->has_when || situation->states[i].ever))
            status = release(situation, number, &window, situation->now_ms);
    }
    return status;
}
