/* The order of a call whose turns come in pieces. A turn takes its number when its first hypothesis comes; it is judged when it is
 * final and every turn that began before it has been judged too, so that a call comes to the same however it was cut in pieces:
 *
 *   customer 0  ~~~~~~ hypotheses ~~~~~~ final          judged: 0, 1, 2
 *   agent    1       ~~~ final (waits, its findings provisional)
 *   hold     2            event (waits)
 *
 * A hypothesis that never becomes final must not stop the call: when too much waits for it, it is overtaken. */
#include "session/session_call.h"

#define WAITING_MOST 16 /* turns and events that wait for one hypothesis */

static jy__partial *find_hypothesis(jy_session *session, jy_str id)
{
    for (size_t i = 0; id.len && i < session->partials.count; i++)
        if (!session->partials.items[i].final && jy__str_eq(session->partials.items[i].copy->turn.id, id))
            return &session->partials.items[i];
    return NULL;
}

/* The one that began first among those that are waited for. */
static jy__partial *first_partial(jy_session *session)
{
    jy__partial *first = NULL;
    for (size_t i = 0; i < session->partials.count; i++) {
        jy__partial *partial = &session->partials.items[i];
        if (!partial->overtaken && (!first || partial->number < first->number))
            first = partial;
    }
    return first;
}

static void close_partial(jy_session *session, jy__partial *partial)
{
    session->overtaken -= partial->overtaken;
    jy__turn_copy_free(&session->mem, partial->copy);
    *partial = session->partials.items[--session->partials.count];
}

static int open_partial(jy_session *session, const jy_turn *turn, jy__partial **out)
{
    jy_turn name = JY_TURN_INIT;
    jy__turn_copy *copy;
    name.id = turn->id;
    if (!JY__VEC_ROOM(&session->mem, &session->partials) || !(copy = jy__turn_copy_new(&session->mem, &name)))
        return JY_E_NOMEM;
    *out = &session->partials.items[session->partials.count++];
    **out = (jy__partial){ session->turns++, jy__result_finding_count(session->found), copy, JY_TIME_UNKNOWN, false, false, false };
    return JY_OK;
}

static int take_event(jy_session *session, jy_scanner *scanner, const jy_event *event)
{
    int status = jy__situation_event(&session->situation, event);
    if (status == JY_OK)
        status = jy__result_add_event(session->found, event);
    return status == JY_OK ? jy__session_tell_dues(session, scanner, NULL, 0) : status;
}

/* Events behind which no turn is missing any more. */
static int take_late_events(jy_session *session, jy_scanner *scanner, const jy__partial *first)
{
    size_t done = 0;
    int status = JY_OK;
    while (status == JY_OK && done < session->events.count && (!first || session->events.items[done].behind <= first->number))
        status = take_event(session, scanner, &session->events.items[done++].event);
    session->events.count -= done;
    if (done)
        memmove(session->events.items, session->events.items + done, session->events.count * sizeof(*session->events.items));
    return status;
}

/* The turn leaves the list before it is judged: judging may fail, and must not be tried again. */
static int take_waiting(jy_session *session, jy_scanner *scanner, jy__partial *partial)
{
    jy__turn_copy *copy = partial->copy;
    uint64_t number = partial->number;
    size_t first = partial->first;
    int status;
    partial->copy = NULL;
    close_partial(session, partial);
    status = jy__session_judge(session, scanner, &copy->turn, number, first);
    jy__turn_copy_free(&session->mem, copy);
    return status;
}

/* All that waits for nothing any more. */
static int go_on(jy_session *session, jy_scanner *scanner)
{
    for (;;) {
        jy__partial *first = first_partial(session);
        int status = take_late_events(session, scanner, first);
        if (status != JY_OK || !first || !first->final)
            return status;
        if ((status = take_waiting(session, scanner, first)) != JY_OK)
            return status;
    }
}

/* Makes room: the hypothesis that all wait for is waited for no longer. */
static int overtake(jy_session *session, jy_scanner *scanner)
{
    size_t waiting = session->events.count;
    jy__partial *first = first_partial(session);
    for (size_t i = 0; i < session->partials.count; i++)
        waiting += session->partials.items[i].final;
    if (waiting < WAITING_MOST || !first || first->final)
        return JY_OK;
    first->overtaken = true;
    session->overtaken++;
    return go_on(session, scanner);
}

#define SILENT_MS 10000 /* a hypothesis of which nothing more is heard for so long was dropped by the recogniser */

int jy__session_order_tick(jy_session *session, jy_scanner *scanner, int64_t now_ms)
{
    session->tick_ms = now_ms;
    for (size_t i = 0; i < session->partials.count; i++) {
        jy__partial *partial = &session->partials.items[i];
        if (partial->final || partial->overtaken)
            continue;
        if (partial->heard_ms == JY_TIME_UNKNOWN)
            partial->heard_ms = now_ms;
        if (now_ms - partial->heard_ms <= SILENT_MS)
            continue;
        partial->overtaken = true;
        session->overtaken++;
    }
    return go_on(session, scanner);
}

static void note_heard(const jy_session *session, const jy_turn *turn, jy__partial *partial)
{
    int64_t heard = turn->end_ms > turn->begin_ms ? turn->end_ms : turn->begin_ms;
    heard = session->tick_ms > heard ? session->tick_ms : heard;
    partial->heard_ms = heard > partial->heard_ms ? heard : partial->heard_ms;
    partial->said = turn->text.len > 0;
}

static int wait_for_others(jy_session *session, jy_scanner *scanner, const jy_turn *turn, jy__partial *partial)
{
    jy__turn_copy *copy = jy__turn_copy_new(&session->mem, turn);
    uint64_t number = partial->number;
    size_t first = partial->first;
    int status;
    if (!copy)
        return JY_E_NOMEM;
    jy__turn_copy_free(&session->mem, partial->copy);
    partial->copy = copy;
    partial->final = true;
    status = jy__session_suppose(session, scanner, turn, number, first);
    return status == JY_OK ? overtake(session, scanner) : status;
}

static void count_bad(jy_session *session, const jy_turn *turn)
{
    size_t first, bad = jy__utf8_bad(turn->text, &first);
    if (bad && session->bad_bytes == 0)
        session->first_bad = turn->place.offset + first;
    session->bad_bytes += bad;
}

static int take_final(jy_session *session, jy_scanner *scanner, const jy_turn *turn, jy__partial *partial)
{
    uint64_t number = partial->number;
    size_t first = partial->first;
    bool late = partial->overtaken;
    int status;
    if (!late && partial != first_partial(session))
        return wait_for_others(session, scanner, turn, partial);
    close_partial(session, partial);
    status = jy__session_judge(session, scanner, turn, number, first);
    return status == JY_OK ? go_on(session, scanner) : status;
}

int jy__session_order_turn(jy_session *session, jy_scanner *scanner, const jy_turn *turn)
{
    jy__partial *partial = find_hypothesis(session, turn->id);
    bool final = !(turn->flags & JY_TURN_PARTIAL);
    int status = JY_OK;
    if (!final && !turn->id.len)
        return JY_E_INVALID;
    if (final)
        count_bad(session, turn);
    if (final && session->partials.count == 0)
        return jy__session_judge(session, scanner, turn, session->turns++, jy__result_finding_count(session->found));
    if (!partial)
        status = open_partial(session, turn, &partial);
    if (status != JY_OK)
        return status;
    note_heard(session, turn, partial);
    return final ? take_final(session, scanner, turn, partial) : jy__session_suppose(session, scanner, turn, partial->number, partial->first);
}

int jy__session_order_event(jy_session *session, jy_scanner *scanner, const jy_event *event)
{
    if (!first_partial(session))
        return take_event(session, scanner, event);
    if (!JY__VEC_ROOM(&session->mem, &session->events))
        return JY_E_NOMEM;
    session->events.items[session->events.count] = (jy__late_event){ *event, session->turns };
    session->events.items[session->events.count++].event.place = (jy_place)JY_PLACE_INIT; /* live events come from no file */
    return overtake(session, scanner);
}

static int give_up(jy_session *session, jy__partial *partial)
{
    int status = jy__session_withdraw_all(session, partial->number, partial->first);
    if (status == JY_OK && partial->said)
        status = jy__result_add_unchecked(session->found, JY_RULE_ANY, JY_TURN_OPEN, partial->number);
    close_partial(session, partial);
    return status;
}

int jy__session_order_end(jy_session *session, jy_scanner *scanner)
{
    int status = JY_OK;
    for (size_t i = session->partials.count; status == JY_OK && i-- > 0;)
        if (!session->partials.items[i].final)
            status = give_up(session, &session->partials.items[i]);
    return status == JY_OK ? go_on(session, scanner) : status;
}

void jy__session_order_clear(jy_session *session)
{
    while (session->partials.count)
        close_partial(session, &session->partials.items[session->partials.count - 1]);
    session->events.count = 0;
    session->tick_ms = JY_TIME_UNKNOWN;
}
