/* A phrase that an ASR sentence break cut in two: 「没办」「法,我不管」 in two turns of the same speaker. The last turn is kept, the
 * new turn's beginning is set behind its end, and only hits over the seam count:
 *
 *   last turn  …我真的 没办|         joined  我真的 没办|法,我不管
 *   new turn           |法,我不管            └ tail ──┘└ reach ─┘       one finding, from the last turn into the new one */
#include "session/session_call.h"

#define SEAM_MS 3000 /* a longer pause is no break inside a phrase */
#define AROUND_BYTES 512 /* beside the phrase, so that its clause is whole */

static bool goes_on(const jy_session *session, const jy_turn *turn)
{
    const jy_turn *last = session->tail ? &session->tail->turn : NULL;
    if (!last || last->text.len == 0 || turn->text.len == 0 || last->speaker != turn->speaker)
        return false;
    return last->end_ms == JY_TIME_UNKNOWN || turn->begin_ms == JY_TIME_UNKNOWN || turn->begin_ms - last->end_ms <= SEAM_MS;
}

/* Where the end of the turn begins that a phrase may take; its length when a sentence ends there: a phrase does not go on behind 。 */
static size_t tail_begin(jy_str text, size_t most)
{
    size_t begin = text.len;
    bool first = true, valid;
    while (begin > 0 && text.len - begin < most) {
        size_t before = jy__utf8_before(text.ptr, begin);
        const char *p = text.ptr + before;
        jy__kind kind = jy__fold_kind(jy__utf8_next(&p, text.ptr + text.len, &valid));
        if (kind == JY__KIND_STOP || (kind == JY__KIND_NEWLINE && !first))
            break;
        first = first && kind != JY__KIND_SYMBOL;
        begin = before;
    }
    return begin;
}

/* As many bytes of the turn as may belong to the phrase; never half a character. */
static size_t head_end(jy_str text, size_t most)
{
    return text.len <= most ? text.len : jy__utf8_before(text.ptr, most);
}

/* A rule that has found one half of the phrase already has said what there is to say. Findings are not in the order of their turns: one that was told
 * while another turn was waited for comes before those of that turn. */
static bool is_told(const jy_session *session, uint64_t number, const jy_finding *seam)
{
    for (size_t i = session->tail_first; i < jy__result_finding_count(session->found); i++) {
        const jy_finding *other = &jy__result_finding(session->found, i)->finding;
        if (other->state != JY_FINAL || other->rule != seam->rule || other->kind != JY_FOUND_WORDING)
            continue;
        if ((other->turn_end == session->tail_number && other->span.end > seam->span.begin) || (other->turn == number && other->span.begin < seam->span.end))
            return true;
    }
    return false;
}

static void place(const jy_session *session, const jy_turn *turn, uint64_t number, int unit, jy__finding_record *record)
{
    jy_finding *finding = &record->finding;
    const jy_turn *last = &session->tail->turn;
    jy__units units;
    finding->turn_end = number;
    finding->text = (jy_str){ last->text.ptr + finding->span.begin, last->text.len - finding->span.begin };
    jy_place_locate(&last->place, last->text, finding->span.begin, &finding->line, &finding->column, NULL);
    jy_place_locate(&turn->place, turn->text, finding->span.end, &finding->end_line, &finding->end_column, NULL);
    jy__units_init(&units, last->text, unit);
    record->shown.begin = jy__units_at(&units, finding->span.begin);
    jy__units_init(&units, turn->text, unit);
    record->shown.end = jy__units_at(&units, finding->span.end);
    record->edit_count = finding->edit_count = 0;
    record->hits[0].begin = finding->span.begin;
    record->hits[0].end = last->text.len;
}

static int tell_seam(jy_session *session, jy__judge *judge, const jy_turn *turn, uint64_t number, size_t begin, size_t seam,
                     const jy__candidate *candidate)
{
    size_t index = jy__result_finding_count(session->found);
    jy_turn whole = session->tail->turn;
    jy__turn_walk walk;
    jy__standing standing = { &session->call, &whole, session->tail_number, session->next_id + 1, JY_FINAL, &walk, SIZE_MAX };
    jy_finding over = { .rule = candidate->rule, .span = { candidate->hit.begin + begin, candidate->hit.end - seam } };
    int status;
    if (is_told(session, number, &over))
        return JY_OK;
    status = jy__result_add_turn(session->found, session->tail_number, &session->tail->turn);
    if (status == JY_OK)
        status = jy__result_add_turn(session->found, number, turn);
    whole.text = judge->text;
    whole.place = (jy_place)JY_PLACE_INIT;
    jy__turn_walk_init(&walk, &whole, judge->text, JY_UNIT_BYTE);
    if (status == JY_OK)
        status = jy__session_add_wording(judge, &standing, candidate, session->found);
    if (status != JY_OK)
        return status;
    session->next_id++;
    jy__finding_record *record = jy__result_finding(session->found, index);
    jy_str copied = record->finding.text;
    record->finding.span = over.span;
    place(session, turn, number, (int)jy__params_get(&session->params, JY_PARAM_UNIT), record);
    record->finding.text = (jy_str){ copied.ptr, record->finding.text.len }; /* the result's own copy */
    return jy__session_tell(session, index);
}

/* Rules that need the call are judged turn by turn; `unless` is asked of both turns. */
static int silenced(jy__judge *judge, const jy_turn *turn, const jy__candidate *candidate, bool *out)
{
    *out = false;
    return judge->rules->rules[candidate->rule].has_unless ? jy__situation_unless(judge, turn, candidate->rule, out) : JY_OK;
}

static int look_over_seam(jy_session *session, jy_scanner *scanner, const jy_turn *turn, uint64_t number)
{
    size_t most = session->rules->longest_phrase + AROUND_BYTES, begin = tail_begin(session->tail->turn.text, most);
    size_t seam = session->tail->turn.text.len - begin;
    jy__candidates *candidates = &scanner->candidates;
    jy__judge judge;
    int status;
    if (seam == 0)
        return JY_OK;
    jy__text_clear(&session->joined);
    jy__text_add(&session->joined, session->tail->turn.text.ptr + begin, seam);
    jy__text_add(&session->joined, turn->text.ptr, head_end(turn->text, most));
    if (session->joined.failed)
        return JY_E_NOMEM;
    jy__judge_begin(&judge, scanner, session->rules, jy__text_view(&session->joined), turn->speaker);
    status = jy__judge_forbidden(&judge, false);
    if (status == JY_OK) status = jy__judge_shield(&judge);
    if (status == JY_OK) status = jy__judge_resolve(&judge);
    for (size_t i = 0; status == JY_OK && i < candidates->count; i++) {
        const jy__candidate *candidate = &candidates->items[i];
        bool silent = false;
        if (candidate->hit.begin >= seam || candidate->hit.end <= seam)
            continue;
        status = silenced(&judge, turn, candidate, &silent);
        if (status == JY_OK && !silent)
            status = tell_seam(session, &judge, turn, number, begin, seam, candidate);
    }
    return status;
}

int jy__session_cut(jy_session *session, jy_scanner *scanner, const jy_turn *turn, uint64_t number, size_t first)
{
    jy__turn_copy *copy;
    if (session->tail && number < session->tail_number)
        return JY_OK; /* it was waited for no longer, and comes late: the call has gone on from another */
    int status = goes_on(session, turn) ? look_over_seam(session, scanner, turn, number) : JY_OK;
    if (status != JY_OK)
        return status;
    if (!(copy = jy__turn_copy_instead(&session->mem, session->tail, turn)))
        return JY_E_NOMEM;
    session->tail = copy;
    session->tail_number = number;
    session->tail_first = first;
    return JY_OK;
}
