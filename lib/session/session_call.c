/* One call, turn by turn. The findings grow in a result of the session's own; what is new or changed waits in a queue for
 * jy_session_next(). A partial turn is judged as if it were final, but its findings are provisional: the next hypothesis, or the
 * final turn, keeps those it says again and withdraws the others. Only final turns move the situation, so partials never
 * change what a call comes to. */
#include "session/session_call.h"

int jy_session_new(jy_session **out, jy_rules *rules, const jy_alloc *alloc)
{
    jy__mem mem = jy__mem_of(alloc);
    jy_session *session;
    if (!out || !rules)
        return JY_E_INVALID;
    session = jy__mem_alloc(&mem, sizeof(*session));
    if (!session)
        return JY_E_NOMEM;
    session->mem = mem;
    session->rules = jy_rules_ref(rules);
    jy__params_init(&session->params);
    jy__text_init(&session->tail, &session->mem);
    jy__text_init(&session->joined, &session->mem);
    int status = jy_session_reset(session);
    if (status == JY_OK)
        *out = session;
    else
        jy_session_free(session);
    return status;
}

int jy_session_set(jy_session *session, jy_param param, int64_t value)
{
    if (!session)
        return JY_E_INVALID;
    return session->turns || session->finished ? JY_E_STATE : jy__params_set(&session->params, param, value);
}

int jy_session_reset(jy_session *session)
{
    if (!session)
        return JY_E_INVALID;
    jy_result *fresh = jy__result_new(&session->mem, session->rules, JY_UNIT_BYTE);
    if (!fresh)
        return JY_E_NOMEM;
    jy_result_free(session->found);
    session->found = fresh;
    session->call = (jy_call)JY_CALL_INIT;
    session->turns = session->next_id = session->bad_bytes = 0;
    session->first_bad = SIZE_MAX;
    session->queue.count = session->queue_at = session->partials.count = 0;
    session->finished = false;
    jy__text_clear(&session->tail);
    jy__situation_free(&session->situation);
    return jy__situation_init(&session->situation, &session->mem, session->rules, jy__params_get(&session->params, JY_PARAM_RING_MS));
}

void jy_session_free(jy_session *session)
{
    jy__mem mem;
    if (!session)
        return;
    mem = session->mem;
    jy_result_free(session->found);
    JY__VEC_FREE(&mem, &session->queue);
    JY__VEC_FREE(&mem, &session->partials);
    jy__situation_free(&session->situation);
    jy__text_free(&session->tail);
    jy__text_free(&session->joined);
    jy_rules_unref(session->rules);
    jy__mem_free(&mem, session, sizeof(*session));
}

int jy_session_call(jy_session *session, const jy_call *call)
{
    jy_call known = JY_CALL_INIT;
    int status;
    if (!session || !call)
        return JY_E_INVALID;
    jy__struct_give(&known, call, call->size < sizeof(known) ? call->size : sizeof(known));
    status = jy__result_set_call(session->found, &known, session->turns);
    if (status == JY_OK)
        status = jy_result_call(session->found, &session->call);
    return status;
}

/* ---- the queue of news */
int jy__session_tell(jy_session *session, size_t index)
{
    if (!JY__VEC_ROOM(&session->mem, &session->queue))
        return JY_E_NOMEM;
    session->queue.items[session->queue.count++] = (jy__news){ index, jy__result_finding(session->found, index)->finding.state };
    return JY_OK;
}

int jy_session_next(jy_session *session, jy_finding *out)
{
    jy_finding given;
    if (!session || !out)
        return JY_E_INVALID;
    if (session->queue_at == session->queue.count) {
        session->queue_at = session->queue.count = 0;
        return JY_DONE;
    }
    session->last = session->queue.items[session->queue_at].finding;
    given = jy__result_finding(session->found, session->last)->finding;
    given.state = session->queue.items[session->queue_at++].state;
    jy_finding in_unit = JY_FINDING_INIT;
    if (jy_result_get(session->found, session->last, &in_unit) == JY_OK)
        given.span = in_unit.span;
    return jy__struct_give(out, &given, sizeof(given));
}

int jy_session_suggestion(jy_session *session, size_t k, jy_str *out)
{
    return session ? jy_result_suggestion(session->found, session->last, k, out) : JY_E_INVALID;
}

/* ---- partial turns */
static jy__partial *find_partial(jy_session *session, jy_str id)
{
    for (size_t i = 0; i < session->partials.count; i++)
        if (jy__str_eq((jy_str){ session->partials.items[i].id, session->partials.items[i].id_len }, id))
            return &session->partials.items[i];
    return NULL;
}

static int open_partial(jy_session *session, jy_str id, jy__partial **out)
{
    jy__partial *partial = find_partial(session, id);
    if (!partial) {
        if (id.len == 0 || id.len > sizeof(partial->id) || !JY__VEC_ROOM(&session->mem, &session->partials))
            return id.len && id.len <= sizeof(partial->id) ? JY_E_NOMEM : JY_E_INVALID;
        partial = &session->partials.items[session->partials.count++];
        *partial = (jy__partial){ .number = session->turns++, .id_len = id.len, .first = jy__result_finding_count(session->found) };
        memcpy(partial->id, id.ptr, id.len);
    }
    *out = partial;
    return JY_OK;
}

static void close_partial(jy_session *session, jy__partial *partial)
{
    *partial = session->partials.items[--session->partials.count];
}

/* The provisional finding of this turn that says the same, or SIZE_MAX. */
static size_t find_same(const jy_session *session, size_t first, uint64_t number, const jy__candidate *candidate)
{
    for (size_t i = first; i < jy__result_finding_count(session->found); i++) {
        const jy_finding *finding = &jy__result_finding(session->found, i)->finding;
        if (finding->turn == number && finding->state == JY_PROVISIONAL && finding->rule == candidate->rule &&
            finding->span.begin == candidate->hit.begin && finding->span.end == candidate->hit.end)
            return i;
    }
    return SIZE_MAX;
}

/* Provisional findings of the turn from `first` on that were not said again. */
static int withdraw(jy_session *session, size_t first, size_t behind, uint64_t number, uint64_t round)
{
    int status = JY_OK;
    for (size_t i = first; status == JY_OK && i < behind; i++) {
        jy_finding *finding = &jy__result_finding(session->found, i)->finding;
        if (finding->turn != number || finding->state != JY_PROVISIONAL || jy__result_finding(session->found, i)->round == round)
            continue;
        finding->state = JY_WITHDRAWN;
        status = jy__session_tell(session, i);
    }
    return status;
}

/* ---- a turn */
static int take_candidate(jy_session *session, jy__judge *judge, const jy_turn *turn, uint64_t number, size_t first, int32_t state,
                          const jy__candidate *candidate)
{
    size_t index = find_same(session, first, number, candidate);
    int status = JY_OK;
    if (index == SIZE_MAX) {
        jy__standing standing = { &session->call, turn, number, ++session->next_id, state };
        index = jy__result_finding_count(session->found);
        status = jy__session_add_wording(judge, &standing, candidate, session->found);
        if (status == JY_OK)
            status = jy__session_tell(session, index);
    } else if (state == JY_FINAL) {
        jy__result_finding(session->found, index)->finding.state = JY_FINAL;
        status = jy__session_tell(session, index);
    }
    if (status == JY_OK)
        jy__result_finding(session->found, index)->round = session->round;
    return status;
}

/* Rules that rest now: `judged: after` while the call goes on, `judged: live` when it is over. */
static bool rests(const jy_session *session, const jy__candidate *candidate)
{
    bool live = jy__params_get(&session->params, JY_PARAM_LIVE) != 0;
    return !(session->rules->rules[candidate->rule].info.flags & (live ? JY_RULE_LIVE : JY_RULE_AFTER));
}

/* Candidates that the situation does not let stand go; those that must wait are kept by it (after shielding). */
static int gate(jy_session *session, jy__judge *judge, const jy_turn *turn, uint64_t number)
{
    jy__candidates *candidates = &judge->scanner->candidates;
    bool partial = turn->flags & JY_TURN_PARTIAL;
    size_t kept = 0;
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < candidates->count; i++) {
        jy__candidate *candidate = &candidates->items[i];
        jy__gate gate = rests(session, candidate) ? JY__GATE_NO : jy__situation_gate(&session->situation, judge, turn, candidate, partial);
        if (gate == JY__GATE_LATER)
            status = jy__situation_keep(&session->situation, candidate, turn, number);
        if (gate != JY__GATE_NOW)
            continue;
        candidate->held = session->rules->rules[candidate->rule].has_when;
        candidates->items[kept++] = *candidate;
    }
    candidates->count = kept;
    return status;
}

static int judge_words(jy_session *session, jy__judge *judge, const jy_turn *turn, uint64_t number)
{
    int status = jy__judge_forbidden(judge, true);
    if (status == JY_OK) status = jy__judge_shield(judge);
    if (status == JY_OK) status = gate(session, judge, turn, number);
    return status == JY_OK ? jy__judge_resolve(judge) : status;
}

/* A kept candidate whose time came: its turn lies back, so it is told with the words it was kept with. */
static int tell_kept(jy_session *session, jy_scanner *scanner, const jy__kept *kept)
{
    jy__judge judge = { scanner, session->rules, kept->turn.text, kept->turn.speaker, false };
    jy__standing standing = { &session->call, &kept->turn, kept->number, ++session->next_id, JY_FINAL };
    size_t index = jy__result_finding_count(session->found);
    int status = jy__result_add_turn(session->found, kept->number, &kept->turn);
    if (status == JY_OK)
        status = jy__session_add_wording(&judge, &standing, &kept->candidate, session->found);
    return status == JY_OK ? jy__session_tell(session, index) : status;
}

static int tell_due(jy_session *session, const jy__due *due, const jy_turn *turn, uint64_t number)
{
    size_t index = jy__result_finding_count(session->found);
    jy_finding found = due->found;
    jy_turn kept = JY_TURN_INIT;
    const jy_turn *at = NULL;
    int status = JY_OK;
    found.id = ++session->next_id;
    if (turn && found.turn == number) {
        at = turn;
        status = jy__result_add_turn(session->found, number, turn);
    } else if (found.turn != JY_TURN_NONE && found.turn < jy_result_turn_count(session->found) &&
               jy_result_turn(session->found, found.turn, &kept) == JY_OK) {
        at = &kept;
    }
    if (status == JY_OK)
        status = jy__session_add_other(session->rules, &session->call, at, &found, session->found);
    return status == JY_OK ? jy__session_tell(session, index) : status;
}

/* What the situation has found since the last time. */
static int tell_dues(jy_session *session, jy_scanner *scanner, const jy_turn *turn, uint64_t number)
{
    jy__situation *situation = &session->situation;
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < situation->dues.count; i++) {
        const jy__due *due = &situation->dues.items[i];
        jy__candidate candidate = { due->found.rule, { 0 }, false, false };
        if (rests(session, &candidate))
            continue;
        status = due->kept != JY__NONE ? tell_kept(session, scanner, &situation->kept.items[due->kept]) : tell_due(session, due, turn, number);
    }
    situation->dues.count = 0;
    return status;
}

static int tell_candidates(jy_session *session, jy__judge *judge, const jy_turn *turn, uint64_t number, size_t first)
{
    bool partial = turn->flags & JY_TURN_PARTIAL;
    bool told = !partial || jy__params_get(&session->params, JY_PARAM_PROVISIONAL);
    jy__candidates *candidates = &judge->scanner->candidates;
    size_t behind = jy__result_finding_count(session->found);
    int status = JY_OK;
    session->round++;
    if (!partial && (candidates->count || jy__params_get(&session->params, JY_PARAM_KEEP_TURNS)))
        status = jy__result_add_turn(session->found, number, turn);
    for (size_t i = 0; status == JY_OK && told && i < candidates->count; i++)
        status = take_candidate(session, judge, turn, number, first, partial ? JY_PROVISIONAL : JY_FINAL, &candidates->items[i]);
    return status == JY_OK ? withdraw(session, first, behind, number, session->round) : status;
}

static int judge_turn(jy_session *session, jy_scanner *scanner, const jy_turn *turn, uint64_t number, size_t first)
{
    bool partial = turn->flags & JY_TURN_PARTIAL;
    jy__judge judge;
    int status = JY_OK;
    jy__judge_begin(&judge, scanner, session->rules, turn->text, turn->speaker);
    if (!partial)
        status = jy__situation_open_turn(&session->situation, &judge, turn, number);
    if (status == JY_OK) status = judge_words(session, &judge, turn, number);
    if (status == JY_OK) status = tell_candidates(session, &judge, turn, number, first);
    if (status == JY_OK && !partial) status = jy__situation_close_turn(&session->situation, &judge, turn, number);
    if (status == JY_OK && !partial) status = tell_dues(session, scanner, turn, number);
    return status == JY_OK ? jy__session_take_limits(scanner, session->found, number) : status;
}

static int feed(jy_session *session, jy_scanner *scanner, const jy_turn *turn)
{
    jy__partial *partial = turn->id.len ? find_partial(session, turn->id) : NULL;
    uint64_t number;
    size_t first = jy__result_finding_count(session->found), first_bad;
    int status;
    if (turn->flags & JY_TURN_PARTIAL) {
        if ((status = open_partial(session, turn->id, &partial)) != JY_OK)
            return status;
        return judge_turn(session, scanner, turn, partial->number, partial->first);
    }
    number = partial ? partial->number : session->turns++;
    first = partial ? partial->first : first;
    if (partial)
        close_partial(session, partial);
    size_t bad = jy__utf8_bad(turn->text, &first_bad);
    if (bad && session->bad_bytes == 0)
        session->first_bad = turn->place.offset + first_bad;
    session->bad_bytes += bad;
    status = judge_turn(session, scanner, turn, number, first);
    return status == JY_OK ? jy__session_cut(session, scanner, turn, number) : status;
}

int jy_session_feed(jy_session *session, jy_scanner *scanner, const jy_turn *turn)
{
    jy_turn known = JY_TURN_INIT;
    int status;
    if (!session || !scanner || !turn || (!turn->text.ptr && turn->text.len))
        return JY_E_INVALID;
    if (session->finished)
        return JY_E_STATE;
    if (scanner->busy)
        return JY_E_BUSY;
    jy__struct_give(&known, turn, turn->size < sizeof(known) ? turn->size : sizeof(known));
    if (jy__params_get(&scanner->params, JY_PARAM_BAD_UTF8) && jy__utf8_bad(known.text, NULL))
        return JY_E_UTF8;
    scanner->busy = true;
    status = feed(session, scanner, &known);
    scanner->busy = false;
    return status;
}

int jy_session_event(jy_session *session, jy_scanner *scanner, const jy_event *event)
{
    jy_event known = JY_EVENT_INIT;
    int status;
    if (!session || !scanner || !event)
        return JY_E_INVALID;
    if (session->finished)
        return JY_E_STATE;
    jy__struct_give(&known, event, event->size < sizeof(known) ? event->size : sizeof(known));
    status = jy__situation_event(&session->situation, &known);
    if (status == JY_OK)
        status = jy__result_add_event(session->found, &known);
    return status == JY_OK ? tell_dues(session, scanner, NULL, 0) : status;
}

int jy_session_tick(jy_session *session, jy_scanner *scanner, int64_t now_ms)
{
    int status;
    if (!session || !scanner)
        return JY_E_INVALID;
    if (session->finished)
        return JY_E_STATE;
    status = jy__situation_tick(&session->situation, now_ms);
    return status == JY_OK ? tell_dues(session, scanner, NULL, 0) : status;
}

int jy_session_finish(jy_session *session, jy_scanner *scanner)
{
    int status = JY_OK;
    if (!session || !scanner)
        return JY_E_INVALID;
    if (session->finished)
        return JY_E_STATE;
    session->round++;
    for (size_t i = 0; status == JY_OK && i < session->partials.count; i++)
        status = withdraw(session, session->partials.items[i].first, jy__result_finding_count(session->found), session->partials.items[i].number, session->round);
    session->partials.count = 0;
    session->finished = true;
    if (status == JY_OK)
        status = jy__situation_finish(&session->situation);
    return status == JY_OK ? tell_dues(session, scanner, NULL, 0) : status;
}

int jy_session_result(jy_session *session, jy_result **out)
{
    jy_result *copy;
    int status;
    if (!session || !out)
        return JY_E_INVALID;
    copy = jy__result_new(&session->mem, session->rules, (int)jy__params_get(&session->params, JY_PARAM_UNIT));
    if (!copy)
        return JY_E_NOMEM;
    jy__result_set_bad(session->found, session->bad_bytes, session->first_bad);
    status = jy__result_set_call(session->found, &session->call, session->turns);
    if (status == JY_OK)
        status = jy__result_copy_final(copy, session->found);
    if (status == JY_OK)
        status = jy__session_account(session, copy);
    if (status == JY_OK)
        *out = copy;
    else
        jy_result_free(copy);
    return status;
}

size_t jy_session_memory(const jy_session *session)
{
    return session ? sizeof(*session) + jy__result_arena(session->found)->bytes + session->queue.capacity * sizeof(jy__news) + jy__situation_memory(&session->situation) +
                         session->partials.capacity * sizeof(jy__partial) : 0;
}
