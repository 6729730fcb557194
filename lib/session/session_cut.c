/* A phrase that an ASR sentence break cut in two: 「没办」「法,我不管」 in two turns of the same speaker. The end of the last turn
 * is kept, the new turn's beginning is set behind it, and only hits over the seam count. */
#include "session/session_call.h"

#define SEAM_MS 3000 /* a longer pause is no break inside a phrase */

static bool goes_on(const jy_session *session, const jy_turn *turn)
{
    const jy_turn *last = &session->tail_turn;
    if (session->tail.len == 0 || last->speaker != turn->speaker)
        return false;
    return last->end_ms == JY_TIME_UNKNOWN || turn->begin_ms == JY_TIME_UNKNOWN || turn->begin_ms - last->end_ms <= SEAM_MS;
}

/* Keeps the end of the turn, unless it ends a sentence: a phrase does not go on behind 。 */
static int keep_tail(jy_session *session, const jy_turn *turn, uint64_t number)
{
    size_t begin = turn->text.len, most = session->rules->longest_phrase;
    const char *end = turn->text.ptr + turn->text.len;
    bool first = true, valid;
    jy__text_clear(&session->tail);
    while (begin > 0 && turn->text.len - begin < most) {
        size_t before = jy__utf8_before(turn->text.ptr, begin);
        const char *p = turn->text.ptr + before;
        jy__kind kind = jy__fold_kind(jy__utf8_next(&p, end, &valid));
        if (kind == JY__KIND_STOP || (kind == JY__KIND_NEWLINE && !first))
            break;
        first = first && kind != JY__KIND_SYMBOL;
        begin = before;
    }
    jy__text_add(&session->tail, turn->text.ptr + begin, turn->text.len - begin);
    session->tail_turn = *turn;
    session->tail_turn.text = session->tail_turn.id = session->tail_turn.label = (jy_str){ NULL, 0 };
    session->tail_turn.place.raw = session->tail_turn.place.pointer = (jy_str){ NULL, 0 };
    session->tail_place = (jy_place)JY_PLACE_INIT;
    session->tail_place.column = 1;
    jy_place_locate(&turn->place, turn->text, begin, &session->tail_place.line, &session->tail_place.column, &session->tail_place.offset);
    session->tail_number = number;
    session->tail_begin = begin;
    return session->tail.failed ? JY_E_NOMEM : JY_OK;
}

static int tell_seam(jy_session *session, jy__judge *judge, const jy_turn *turn, uint64_t number, const jy__candidate *candidate)
{
    size_t seam = session->tail.len, index = jy__result_finding_count(session->found);
    jy__standing standing = { &session->call, &session->tail_turn, session->tail_number, ++session->next_id, JY_FINAL };
    jy_turn whole = session->tail_turn;
    jy_finding *finding;
    int status;
    whole.text = judge->text;
    whole.place = session->tail_place; /* the tail's own: where its first character stands */
    standing.turn = &whole;
    status = jy__result_add_turn(session->found, number, turn);
    if (status == JY_OK)
        status = jy__session_add_wording(judge, &standing, candidate, session->found);
    if (status != JY_OK)
        return status;
    finding = &jy__result_finding(session->found, index)->finding;
    finding->turn_end = number;
    finding->span.begin += session->tail_begin;
    finding->span.end -= seam;
    finding->text.len = finding->text.len < seam - candidate->hit.begin ? finding->text.len : seam - candidate->hit.begin;
    finding->edit_count = 0;
    jy__result_finding(session->found, index)->edit_count = 0;
    jy_place_locate(&turn->place, turn->text, finding->span.end, &finding->end_line, &finding->end_column, NULL);
    return jy__session_tell(session, index);
}

static int look_over_seam(jy_session *session, jy_scanner *scanner, const jy_turn *turn, uint64_t number)
{
    size_t seam = session->tail.len, reach = turn->text.len < session->rules->longest_phrase ? turn->text.len : session->rules->longest_phrase;
    jy__candidates *candidates = &scanner->candidates;
    jy__judge judge;
    int status;
    jy__text_clear(&session->joined);
    jy__text_str(&session->joined, jy__text_view(&session->tail));
    jy__text_add(&session->joined, turn->text.ptr, reach);
    if (session->joined.failed)
        return JY_E_NOMEM;
    jy__judge_begin(&judge, scanner, session->rules, jy__text_view(&session->joined), turn->speaker);
    status = jy__judge_forbidden(&judge, false);
    if (status == JY_OK) status = jy__judge_shield(&judge);
    if (status == JY_OK) status = jy__judge_resolve(&judge);
    for (size_t i = 0; status == JY_OK && i < candidates->count; i++)
        if (candidates->items[i].hit.begin < seam && candidates->items[i].hit.end > seam)
            status = tell_seam(session, &judge, turn, number, &candidates->items[i]);
    return status;
}

int jy__session_cut(jy_session *session, jy_scanner *scanner, const jy_turn *turn, uint64_t number)
{
    int status = JY_OK;
    if (goes_on(session, turn))
        status = look_over_seam(session, scanner, turn, number);
    return status == JY_OK ? keep_tail(session, turn, number) : status;
}
