/* One call, turn by turn: the session's life and what its owner may ask of it. The findings grow in a result of the session's own;
 * what is new or changed waits in a queue for jy_session_next(). */
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
    jy__text_init(&session->joined, &session->mem);
    int status = jy_session_reset(session);
    if (status == JY_OK)
        *out = session;
    else
        jy_session_free(session);
    return status;
}

static int begin_situation(jy_session *session)
{
    jy__situation_free(&session->situation);
    return jy__situation_init(&session->situation, &session->mem, session->rules, &session->params);
}

int jy_session_set(jy_session *session, jy_param param, int64_t value)
{
    int status;
    if (!session)
        return JY_E_INVALID;
    if (session->turns || session->finished || session->situation.events || session->situation.clock)
        return JY_E_STATE;
    status = jy__params_set(&session->params, param, value);
    if (status == JY_OK && (param == JY_PARAM_RING_MS || param == JY_PARAM_WINDOW_TURNS)) {
        session->situation.ring_ms = jy__params_get(&session->params, JY_PARAM_RING_MS);
        session->situation.keep_most = (size_t)jy__params_get(&session->params, JY_PARAM_WINDOW_TURNS);
    }
    return status;
}

static void drop_tail(jy_session *session)
{
    jy__turn_copy_free(&session->mem, session->tail);
    session->tail = NULL;
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
    session->first_bad = session->last = SIZE_MAX;
    session->queue.count = session->queue_at = 0;
    session->finished = false;
    jy__session_order_clear(session);
    drop_tail(session);
    return begin_situation(session);
}

void jy_session_free(jy_session *session)
{
    jy__mem mem;
    if (!session)
        return;
    mem = session->mem;
    jy__session_order_clear(session);
    drop_tail(session);
    jy_result_free(session->found);
    JY__VEC_FREE(&mem, &session->queue);
    JY__VEC_FREE(&mem, &session->partials);
    JY__VEC_FREE(&mem, &session->events);
    jy__situation_free(&session->situation);
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
    if (jy__struct_give(&known, call, call->size) != JY_OK)
        return JY_E_INVALID;
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
    if (!session || !jy__struct_fits(out))
        return JY_E_INVALID;
    if (session->queue_at == session->queue.count) {
        session->queue_at = session->queue.count = 0;
        return JY_DONE;
    }
    session->last = session->queue.items[session->queue_at].finding;
    given = jy__result_finding(session->found, session->last)->finding;
    given.span = jy__result_finding(session->found, session->last)->shown;
    given.state = session->queue.items[session->queue_at++].state;
    return jy__struct_give(out, &given, sizeof(given));
}

int jy_session_suggestion(jy_session *session, size_t k, jy_str *out)
{
    return session ? jy_result_suggestion(session->found, session->last, k, out) : JY_E_INVALID;
}

/* ---- what comes */
#define FARTHEST_MS (INT64_MAX / 4) /* from its start no call goes on: lengths of time are told without overflow */

/* A recogniser whose clock is off says no time; its words are judged all the same. */
static int64_t known_time(int64_t ms) { return ms < 0 ? JY_TIME_UNKNOWN : ms > FARTHEST_MS ? FARTHEST_MS : ms; }

int jy_session_feed(jy_session *session, jy_scanner *scanner, const jy_turn *turn)
{
    jy_turn known = JY_TURN_INIT;
    int status;
    if (!session || !scanner || !turn)
        return JY_E_INVALID;
    if (jy__struct_give(&known, turn, turn->size) != JY_OK || jy__str_lost(known.text) || jy__str_lost(known.label) || jy__str_lost(known.id) || jy__place_lost(&known.place) || known.speaker < JY_SPEAKER_UNKNOWN || known.speaker > JY_SYSTEM)
        return JY_E_INVALID;
    if (session->finished)
        return JY_E_STATE;
    if (scanner->busy)
        return JY_E_BUSY;
    if (jy__params_get(&scanner->params, JY_PARAM_BAD_UTF8) && jy__utf8_bad(known.text, NULL))
        return JY_E_UTF8;
    known.begin_ms = known_time(known.begin_ms);
    known.end_ms = known_time(known.end_ms);
    scanner->busy = true;
    status = jy__session_order_turn(session, scanner, &known);
    scanner->busy = false;
    return status;
}

int jy_session_event(jy_session *session, jy_scanner *scanner, const jy_event *event)
{
    jy_event known = JY_EVENT_INIT;
    int status;
    if (!session || !scanner || !event)
        return JY_E_INVALID;
    if (jy__struct_give(&known, event, event->size) != JY_OK || jy__place_lost(&known.place) || known.kind < JY_EVENT_CALL_START || known.kind > JY_EVENT_HANGUP || known.speaker < JY_SPEAKER_UNKNOWN || known.speaker > JY_SYSTEM)
        return JY_E_INVALID;
    if (session->finished)
        return JY_E_STATE;
    if (scanner->busy)
        return JY_E_BUSY;
    known.at_ms = known_time(known.at_ms);
    scanner->busy = true;
    status = jy__session_order_event(session, scanner, &known);
    scanner->busy = false;
    return status;
}

/* While somebody is speaking the clock says nothing: how long a turn takes is known when it is over. */
static int tick(jy_session *session, jy_scanner *scanner, int64_t now_ms)
{
    int status = jy__session_order_tick(session, scanner, now_ms);
    if (status != JY_OK || session->partials.count > session->overtaken)
        return status;
    status = jy__situation_tick(&session->situation, now_ms, true);
    return status == JY_OK ? jy__session_tell_dues(session, scanner, NULL, 0) : status;
}

int jy_session_tick(jy_session *session, jy_scanner *scanner, int64_t now_ms)
{
    int status;
    if (!session || !scanner || now_ms < 0)
        return JY_E_INVALID;
    if (session->finished)
        return JY_E_STATE;
    if (scanner->busy)
        return JY_E_BUSY;
    scanner->busy = true;
    status = tick(session, scanner, known_time(now_ms));
    scanner->busy = false;
    return status;
}

static int finish(jy_session *session, jy_scanner *scanner)
{
    int status = jy__session_order_end(session, scanner);
    session->finished = true;
    if (status == JY_OK)
        status = jy__situation_finish(&session->situation);
    return status == JY_OK ? jy__session_tell_dues(session, scanner, NULL, 0) : status;
}

int jy_session_finish(jy_session *session, jy_scanner *scanner)
{
    int status;
    if (!session || !scanner)
        return JY_E_INVALID;
    if (session->finished)
        return JY_E_STATE;
    if (scanner->busy)
        return JY_E_BUSY;
    scanner->busy = true;
    status = finish(session, scanner);
    scanner->busy = false;
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
    jy__result_set_turn_count(session->found, session->turns);
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
    size_t bytes;
    if (!session)
        return 0;
    bytes = sizeof(*session) + jy__result_memory(session->found) + session->queue.capacity * sizeof(jy__news) + jy__situation_memory(&session->situation) +
            session->partials.capacity * sizeof(jy__partial) + session->events.capacity * sizeof(jy__late_event) + session->joined.cap +
            (session->tail ? session->tail->size : 0);
    for (size_t i = 0; i < session->partials.count; i++)
        bytes += session->partials.items[i].copy->size;
    return bytes;
}
