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
    jy__text_init(&session->filled, &session->mem);
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
    return JY_OK;
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
    jy__text_free(&session->filled);
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
static int tell(jy_session *session, size_t index)
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
        status = tell(session, i);
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
            status = tell(session, index);
    } else if (state == JY_FINAL) {
        jy__result_finding(session->found, index)->finding.state = JY_FINAL;
        status = tell(session, index);
    }
    if (status == JY_OK)
        jy__result_finding(session->found, index)->round = session->round;
    return status;
}

static int judge_turn(jy_session *session, jy_scanner *scanner, const jy_turn *turn, uint64_t number, size_t first)
{
    bool partial = turn->flags & JY_TURN_PARTIAL;
    bool told = !partial || jy__params_get(&session->params, JY_PARAM_PROVISIONAL);
    jy__candidates *candidates = &scanner->candidates;
    jy__judge judge;
    int status;
    jy__judge_begin(&judge, scanner, session->rules, turn->text, turn->speaker);
    status = jy__judge_forbidden(&judge, false);
    if (status == JY_OK) status = jy__judge_shield(&judge);
    if (status == JY_OK) status = jy__judge_resolve(&judge);
    session->round++;
    size_t behind = jy__result_finding_count(session->found);
    bool keep = !partial && (candidates->count || jy__params_get(&session->params, JY_PARAM_KEEP_TURNS));
    if (status == JY_OK && keep)
        status = jy__result_add_turn(session->found, number, turn);
    for (size_t i = 0; status == JY_OK && told && i < candidates->count; i++)
        status = take_candidate(session, &judge, turn, number, first, partial ? JY_PROVISIONAL : JY_FINAL, &candidates->items[i]);
    if (status == JY_OK)
        status = withdraw(session, first, behind, number, session->round);
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
    return judge_turn(session, scanner, turn, number, first);
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
    if (!session || !scanner || !event)
        return JY_E_INVALID;
    if (session->finished)
        return JY_E_STATE;
    jy__struct_give(&known, event, event->size < sizeof(known) ? event->size : sizeof(known));
    return jy__result_add_event(session->found, &known);
}

int jy_session_tick(jy_session *session, jy_scanner *scanner, int64_t now_ms)
{
    (void)now_ms;
    return !session || !scanner ? JY_E_INVALID : session->finished ? JY_E_STATE : JY_OK;
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
    return status;
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
        *out = copy;
    else
        jy_result_free(copy);
    return status;
}

size_t jy_session_memory(const jy_session *session)
{
    return session ? sizeof(*session) + jy__result_arena(session->found)->bytes + session->queue.capacity * sizeof(jy__news) +
                         session->partials.capacity * sizeof(jy__partial) : 0;
}
