/* Anchors: whether a rule's `when` (or `unless`) holds at a moment — a turn, an event, a silence. */
#include "judge/judge_situation.h"

static bool speaks(int32_t wanted, int32_t speaker) { return wanted == JY__SPEAKER_ANY || wanted == speaker; }

static int said(const jy__moment *moment, const jy__anchor *anchor, bool *holds_out, jy_span *at_out)
{
    jy__hits *found;
    int status;
    if (!moment->judge || !speaks(anchor->speaker, moment->turn->speaker))
        return JY_OK;
    found = &moment->judge->scanner->joined;
    found->count = 0;
    moment->judge->once = true;
    status = jy__judge_eval(moment->judge, anchor->node, found);
    moment->judge->once = false;
    if (status != JY_OK || found->count == 0)
        return status;
    *holds_out = true;
    *at_out = (jy_span){ found->items[0].begin, found->items[0].end };
    return JY_OK;
}

/* In a turn an event holds that came since the turn before: `all: [event, phrase]`. */
static bool event_holds(const jy__anchor *anchor, const jy__moment *moment, uint32_t events)
{
    if (moment->turn)
        return events >> anchor->event & 1;
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

/* A `not` says something about turns when what it denies is something said. */
static bool is_of_turns(const jy__anchor *anchor)
{
    if (anchor->kind == JY__WHEN_SAID)
        return true;
    for (uint32_t i = 0; i < anchor->kid_count; i++)
        if (is_of_turns(&anchor->kids[i]))
            return true;
    return false;
}

static int several(const jy__anchor *anchor, const jy__moment *moment, uint32_t events, bool *holds_out, jy_span *at_out)
{
    bool all = anchor->kind == JY__WHEN_ALL, placed = false;
    *holds_out = all;
    for (uint32_t i = 0; i < anchor->kid_count; i++) {
        bool holds = false;
        jy_span at = { 0, 0 };
        int status;
        if (!all && moment->turn && anchor->kids[i].kind != JY__WHEN_NOT && !needs_turn(&anchor->kids[i]))
            continue;
        status = jy__anchor_holds(&anchor->kids[i], moment, events, &holds, &at);
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

int jy__anchor_holds(const jy__anchor *anchor, const jy__moment *moment, uint32_t events, bool *holds_out, jy_span *at_out)
{
    int status;
    *holds_out = false;
    switch ((jy__when_kind)anchor->kind) {
    case JY__WHEN_SAID: return said(moment, anchor, holds_out, at_out);
    case JY__WHEN_EVENT: *holds_out = event_holds(anchor, moment, events); return JY_OK;
    case JY__WHEN_SILENCE:
        *holds_out = moment->silence_ms >= anchor->ms && moment->silence_ms > 0 && speaks(anchor->speaker, moment->silence_of);
        return JY_OK;
    case JY__WHEN_NOT:
        status = jy__anchor_holds(&anchor->kids[0], moment, events, holds_out, at_out);
        *holds_out = !*holds_out && (moment->turn || !is_of_turns(anchor));
        *at_out = (jy_span){ 0, 0 };
        return status;
    case JY__WHEN_ALL:
    case JY__WHEN_ANY: return several(anchor, moment, events, holds_out, at_out);
    }
    return JY_E_INTERNAL;
}

static int holds_between_turns(const jy__situation *situation, const jy__anchor *anchor, const jy__moment *moment, bool *out)
{
    jy_span at = { 0, 0 };
    *out = false;
    return needs_turn(anchor) ? JY_OK : jy__anchor_holds(anchor, moment, situation->events_since, out, &at);
}

int jy__situation_anchors(jy__situation *situation, const jy__moment *moment, uint64_t turn, int64_t ms)
{
    int status = JY_OK;
    for (uint32_t i = 0; status == JY_OK && i < situation->rules->call_rule_count; i++) {
        const jy__compiled *rule = &situation->rules->rules[situation->rules->call_rules[i]];
        bool holds = false;
        if (rule->has_unless)
            status = holds_between_turns(situation, &rule->occasion->unless, moment, &holds);
        if (holds)
            jy__situation_unless_held(situation, situation->rules->call_rules[i], ms);
        holds = false;
        if (status == JY_OK && rule->has_when)
            status = holds_between_turns(situation, &rule->occasion->when, moment, &holds);
        if (status == JY_OK && holds)
            status = jy__situation_anchor_held(situation, situation->rules->call_rules[i], turn, ms, true, JY__SPEAKER_NOBODY);
    }
    return status;
}

static bool asks_for(const jy__anchor *anchor, const jy__moment *moment)
{
    if (anchor->kind == JY__WHEN_SILENCE)
        return moment->silence_ms >= anchor->ms && speaks(anchor->speaker, moment->silence_of);
    for (uint32_t i = 0; i < anchor->kid_count; i++)
        if (asks_for(&anchor->kids[i], moment))
            return true;
    return false;
}

void jy__situation_doubt_silence(jy__situation *situation, const jy__moment *moment)
{
    for (uint32_t i = 0; i < situation->rules->call_rule_count; i++) {
        const jy__compiled *rule = &situation->rules->rules[situation->rules->call_rules[i]];
        if ((rule->has_when && asks_for(&rule->occasion->when, moment)) || (rule->has_unless && asks_for(&rule->occasion->unless, moment)))
            situation->states[i].endless = true;
    }
}

int jy__situation_unless(jy__judge *judge, const jy_turn *turn, uint32_t rule, bool *out)
{
    jy__moment moment = { judge, turn, 0, 0, 0, JY__SPEAKER_ANY };
    jy_span at;
    int status = jy__judge_collect(judge, JY__SET_CALL);
    return status == JY_OK ? jy__anchor_holds(&judge->rules->rules[rule].occasion->unless, &moment, 0, out, &at) : status;
}

/* ---- the rules that a turn concerns: of which some phrase, or a part of one, stands in it, or a pattern may match, and those that are watched */
static int list_active(const jy__situation *situation, jy_scanner *scanner)
{
    const uint32_t count = situation->rules->call_rule_count;
    scanner->active.count = 0;
    if (!jy__mem_grow(&scanner->mem, &scanner->active.items, &scanner->active.capacity, count, sizeof(*scanner->active.items)))
        return JY_E_NOMEM;
    for (size_t i = 0; i < situation->watched.count; i++)
        jy__flag(&scanner->concerned, situation->watched.items[i]);
    jy__flags_join(&scanner->concerned, &situation->heedless, count);
    for (uint32_t i = jy__flags_next(&scanner->concerned, 0, count); i < count; i = jy__flags_next(&scanner->concerned, i + 1, count))
        scanner->active.items[scanner->active.count++] = i;
    return JY_OK;
}

jy_span jy__situation_anchored_at(const jy_scanner *scanner, uint32_t call_number)
{
    for (size_t i = 0; i < scanner->anchored.count; i++)
        if (scanner->anchored.items[i].number == call_number)
            return scanner->anchored.items[i].at;
    return (jy_span){ 0, 0 };
}

static int look(jy__situation *situation, const jy__moment *moment, uint32_t number)
{
    const jy__compiled *rule = &situation->rules->rules[situation->rules->call_rules[number]];
    jy__rule_state *state = &situation->states[number];
    jy_scanner *scanner = moment->judge->scanner;
    jy_span at = { 0, 0 }, ignored;
    bool holds = false;
    int status = JY_OK;
    if (rule->has_unless) {
        status = jy__anchor_holds(&rule->occasion->unless, moment, situation->events_since, &holds, &ignored);
        state->unless_now = holds;
    }
    holds = false;
    if (status == JY_OK && rule->has_when && rule->occasion->when.kind != JY__WHEN_EVENT && rule->occasion->when.kind != JY__WHEN_SILENCE)
        status = jy__anchor_holds(&rule->occasion->when, moment, situation->events_since, &holds, &at);
    state->anchored_now = holds;
    if (status != JY_OK || !holds)
        return status;
    if (!JY__VEC_ROOM(&scanner->mem, &scanner->anchored))
        return JY_E_NOMEM;
    scanner->anchored.items[scanner->anchored.count].number = number;
    scanner->anchored.items[scanner->anchored.count++].at = at;
    return JY_OK;
}

int jy__situation_open_turn(jy__situation *situation, jy__judge *judge, const jy_turn *turn, uint64_t number)
{
    jy__moment moment = { judge, turn, 0, 0, 0, JY__SPEAKER_ANY };
    int status = JY_OK;
    judge->scanner->anchored.count = 0;
    situation->unknown_seen |= turn->speaker == JY_SPEAKER_UNKNOWN;
    if (turn->begin_ms != JY_TIME_UNKNOWN) {
        status = jy__situation_silence(situation, turn->begin_ms, turn->speaker);
        if (status == JY_OK)
            status = jy__situation_tick(situation, turn->begin_ms, false);
    }
    if (status == JY_OK)
        status = jy__judge_collect(judge, JY__SET_CALL);
    if (status == JY_OK)
        status = list_active(situation, judge->scanner);
    for (size_t i = 0; status == JY_OK && i < judge->scanner->active.count; i++)
        status = look(situation, &moment, judge->scanner->active.items[i]);
    return status == JY_OK ? jy__situation_limits_of_turn(situation, turn, number) : status;
}
