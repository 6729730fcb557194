/* One turn of a call: its words are judged, the situation decides which of them count, and what is found is told. A hypothesis is
 * judged as if it were final, but its findings are provisional: the next hypothesis, or the final turn, keeps those it says again
 * and withdraws the others. Only final turns move the situation, so hypotheses never change what a call comes to. */
#include "session/session_call.h"

/* The provisional finding of this turn that says the same, or SIZE_MAX. */
static size_t find_same(const jy_session *session, size_t first, size_t behind, uint64_t number, const jy__candidate *candidate)
{
    for (size_t i = first; i < behind; i++) {
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

int jy__session_withdraw_all(jy_session *session, uint64_t number, size_t first)
{
    return withdraw(session, first, jy__result_finding_count(session->found), number, ++session->round);
}

/* What the candidates of one turn share. behind: the first finding that is not of an earlier hypothesis. */
typedef struct telling { const jy_turn *turn; uint64_t number; size_t first, behind; int32_t state; jy__turn_walk walk; } telling;

static jy__standing standing_of(jy_session *session, telling *t)
{
    return (jy__standing){ &session->call, t->turn, t->number, ++session->next_id, t->state, &t->walk, SIZE_MAX };
}

static void open_telling(const jy_session *session, telling *t)
{
    jy__turn_walk_init(&t->walk, t->turn, t->turn->text, (int)jy__params_get(&session->params, JY_PARAM_UNIT));
}

/* A finding that is told again keeps its number and its place; its words are those of the newest hypothesis. */
static int take_candidate(jy_session *session, jy__judge *judge, telling *t, const jy__candidate *candidate)
{
    size_t same = find_same(session, t->first, t->behind, t->number, candidate), index = jy__result_finding_count(session->found);
    int status = JY_OK;
    if (same == SIZE_MAX || t->state == JY_FINAL) {
        jy__standing standing = standing_of(session, t);
        if (same != SIZE_MAX) {
            session->next_id--;
            standing.id = jy__result_finding(session->found, same)->finding.id;
            standing.again = index = same;
        }
        status = jy__session_add_wording(judge, &standing, candidate, session->found);
        if (status == JY_OK)
            status = jy__session_tell(session, index);
    } else {
        index = same;
    }
    if (status == JY_OK)
        jy__result_finding(session->found, index)->round = session->round;
    return status;
}

/* Rules that rest now: `judged: after` while the call goes on, `judged: live` when it is over. */
static bool rests(const jy_session *session, uint32_t rule)
{
    bool live = jy__params_get(&session->params, JY_PARAM_LIVE) != 0;
    return !(session->rules->rules[rule].info.flags & (live ? JY_RULE_LIVE : JY_RULE_AFTER));
}

/* Whether the situation lets a candidate stand. */
static int ask_gate(jy_session *session, jy__judge *judge, const jy_turn *turn, const jy__candidate *candidate, bool partial, jy__gate *out)
{
    *out = JY__GATE_NO;
    return rests(session, candidate->rule) ? JY_OK : jy__situation_gate(&session->situation, judge, turn, candidate, partial, out);
}

/* Candidates that the situation does not let stand go; those that must wait are kept by it (after shielding). */
static int gate(jy_session *session, jy__judge *judge, const jy_turn *turn, uint64_t number, bool partial)
{
    jy__candidates *candidates = &judge->scanner->candidates;
    size_t kept = 0;
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < candidates->count; i++) {
        jy__candidate *candidate = &candidates->items[i];
        jy__gate gate;
        status = ask_gate(session, judge, turn, candidate, partial, &gate);
        if (status == JY_OK && gate == JY__GATE_LATER)
            status = jy__situation_keep(&session->situation, candidate, turn, number, false);
        if (gate != JY__GATE_NOW)
            continue;
        candidate->held = session->rules->rules[candidate->rule].has_when;
        candidates->items[kept++] = *candidate;
    }
    candidates->count = kept;
    return status;
}

/* Candidates that do not count here, or perhaps when what follows has come, need not be shielded: most never count. */
static int part_with(jy_session *session, jy__judge *judge, const jy_turn *turn, uint64_t number)
{
    jy__candidates *candidates = &judge->scanner->candidates;
    size_t kept = 0;
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < candidates->count; i++) {
        jy__candidate *candidate = &candidates->items[i];
        bool bare = jy__situation_keeps_bare(&session->situation, candidate->rule);
        jy__gate gate;
        status = ask_gate(session, judge, turn, candidate, false, &gate);
        if (status == JY_OK && gate == JY__GATE_LATER && bare)
            status = jy__situation_keep(&session->situation, candidate, turn, number, true);
        if (gate == JY__GATE_NOW || (gate == JY__GATE_LATER && !bare))
            candidates->items[kept++] = *candidate;
    }
    candidates->count = kept;
    return status;
}

static int judge_words(jy_session *session, jy__judge *judge, const jy_turn *turn, uint64_t number, bool partial)
{
    int status = partial ? JY_OK : jy__situation_clear_suspects(&session->situation, judge, turn);
    if (status == JY_OK) status = jy__judge_forbidden(judge, true);
    if (status == JY_OK && !partial) status = part_with(session, judge, turn, number);
    if (status == JY_OK) status = jy__judge_shield(judge);
    if (status == JY_OK) status = gate(session, judge, turn, number, partial);
    return status == JY_OK ? jy__judge_resolve(judge) : status;
}

static int tell_candidates(jy_session *session, jy__judge *judge, const jy_turn *turn, uint64_t number, size_t first, int32_t state)
{
    jy__candidates *candidates = &judge->scanner->candidates;
    telling t = { turn, number, first, jy__result_finding_count(session->found), state, { .placer = { .done = 0 } } };
    int status = JY_OK;
    session->round++;
    if (state == JY_FINAL && (candidates->count || jy__params_get(&session->params, JY_PARAM_KEEP_TURNS)))
        status = jy__result_add_turn(session->found, number, turn);
    if (candidates->count)
        open_telling(session, &t);
    for (size_t i = 0; status == JY_OK && i < candidates->count; i++)
        status = take_candidate(session, judge, &t, &candidates->items[i]);
    return status == JY_OK ? withdraw(session, first, t.behind, number, session->round) : status;
}

/* The turn as it is judged: cut to max-turn-bytes, of which the scanner and the session each have one. */
static jy_turn judged_part(const jy_session *session, const jy_scanner *scanner, const jy_turn *turn)
{
    size_t own = (size_t)jy__params_get(&session->params, JY_PARAM_MAX_TURN_BYTES), most = (size_t)jy__params_get(&scanner->params, JY_PARAM_MAX_TURN_BYTES);
    jy_turn part = *turn;
    part.text.len = jy__session_cut_at(turn->text, own < most ? own : most);
    return part;
}

int jy__session_suppose(jy_session *session, jy_scanner *scanner, const jy_turn *whole, uint64_t number, size_t first)
{
    const jy_turn part = judged_part(session, scanner, whole), *turn = &part;
    jy__judge judge;
    int status;
    if (!jy__params_get(&session->params, JY_PARAM_PROVISIONAL))
        return JY_OK;
    jy__judge_begin(&judge, scanner, session->rules, turn->text, turn->speaker);
    status = judge_words(session, &judge, turn, number, true);
    if (status == JY_OK)
        status = tell_candidates(session, &judge, turn, number, first, JY_PROVISIONAL);
    scanner->aborted.count = 0; /* the final turn says what could not be done */
    scanner->limited = false;
    return status;
}

int jy__session_judge(jy_session *session, jy_scanner *scanner, const jy_turn *whole, uint64_t number, size_t first)
{
    const jy_turn part = judged_part(session, scanner, whole), *turn = &part;
    jy__judge judge;
    int status = JY_OK;
    if (part.text.len < whole->text.len) {
        scanner->limited = true;
        status = jy__result_add_unchecked(session->found, JY_RULE_ANY, JY_TURN_CUT, number);
    }
    jy__judge_begin(&judge, scanner, session->rules, turn->text, turn->speaker);
    if (status == JY_OK) status = jy__situation_open_turn(&session->situation, &judge, turn, number);
    if (status == JY_OK) status = judge_words(session, &judge, turn, number, false);
    if (status == JY_OK) status = tell_candidates(session, &judge, turn, number, first, JY_FINAL);
    if (status == JY_OK) status = jy__situation_close_turn(&session->situation, &judge, turn, number);
    if (status == JY_OK) status = jy__session_tell_dues(session, scanner, turn, number);
    if (status == JY_OK) status = jy__session_cut(session, scanner, turn, number, first);
    if (status == JY_OK && turn->speaker == JY_SPEAKER_UNKNOWN) status = jy__result_add_unknown(session->found, turn);
    return status == JY_OK ? jy__session_take_limits(scanner, session->found, number) : status;
}

/* ---- what follows from the call */
/* Whether nothing shields what was kept bare. The turn at hand (`number`) has been judged, so the scanner is free but for what could not be done
 * in it; what cannot be done now is of the other turn. */
static int stands(jy_session *session, jy_scanner *scanner, const jy__kept *kept, uint64_t number, bool *out)
{
    const jy_turn *turn = &kept->copy->turn;
    jy__judge judge;
    int status = jy__session_take_limits(scanner, session->found, number);
    jy__judge_begin(&judge, scanner, session->rules, turn->text, turn->speaker);
    if (status == JY_OK && !JY__VEC_ROOM(&scanner->mem, &scanner->candidates))
        status = JY_E_NOMEM;
    if (status != JY_OK)
        return status;
    scanner->candidates.items[scanner->candidates.count++] = kept->candidate;
    status = jy__judge_shield(&judge);
    *out = scanner->candidates.count > 0;
    return status == JY_OK ? jy__session_take_limits(scanner, session->found, kept->number) : status;
}

/* A kept candidate whose time came: its turn lies back, so it is told with the words it was kept with. */
static int tell_kept(jy_session *session, jy_scanner *scanner, const jy__kept *kept)
{
    const jy_turn *turn = &kept->copy->turn;
    jy__judge judge = { .scanner = scanner, .rules = session->rules, .text = turn->text, .speaker = turn->speaker };
    telling t = { turn, kept->number, 0, 0, JY_FINAL, { .placer = { .done = 0 } } };
    jy__standing standing = standing_of(session, &t);
    size_t index = jy__result_finding_count(session->found);
    int status = jy__result_add_turn(session->found, kept->number, turn);
    open_telling(session, &t);
    if (status == JY_OK)
        status = jy__session_add_wording(&judge, &standing, &kept->candidate, session->found);
    return status == JY_OK ? jy__session_tell(session, index) : status;
}

static int tell_if_it_stands(jy_session *session, jy_scanner *scanner, const jy__kept *kept, uint64_t number)
{
    bool tells = true;
    int status = kept->bare ? stands(session, scanner, kept, number, &tells) : JY_OK;
    return status == JY_OK && tells ? tell_kept(session, scanner, kept) : status;
}

/* The turn that a finding names, as far as the session still has it. */
static const jy_turn *turn_at(const jy_session *session, const jy_turn *turn, uint64_t number, uint64_t wanted, jy_turn *room)
{
    if (turn && wanted == number)
        return turn;
    if (session->tail && wanted == session->tail_number)
        return &session->tail->turn;
    return jy_result_turn(session->found, wanted, room) == JY_OK ? room : NULL;
}

static int tell_due(jy_session *session, const jy__due *due, const jy_turn *turn, uint64_t number)
{
    size_t index = jy__result_finding_count(session->found);
    jy_finding found = JY_FINDING_INIT;
    jy_turn room = JY_TURN_INIT;
    const jy_turn *at = due->turn == JY_TURN_NONE ? NULL : turn_at(session, turn, number, due->turn, &room);
    int status = at ? jy__result_add_turn(session->found, due->turn, at) : JY_OK;
    found.id = ++session->next_id;
    found.rule = due->rule;
    found.kind = due->kind;
    found.state = JY_FINAL;
    found.turn = found.turn_end = due->turn;
    found.speaker = due->speaker;
    found.at_ms = due->at_ms;
    found.measured = due->measured;
    found.bound = due->bound;
    if (status == JY_OK)
        status = jy__session_add_other(session->rules, &session->call, at, &found, session->found);
    return status == JY_OK ? jy__session_tell(session, index) : status;
}

int jy__session_tell_dues(jy_session *session, jy_scanner *scanner, const jy_turn *turn, uint64_t number)
{
    jy__situation *situation = &session->situation;
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < situation->dues.count; i++) {
        const jy__due *due = &situation->dues.items[i];
        if (rests(session, due->rule))
            continue;
        status = due->kept == JY__NONE ? tell_due(session, due, turn, number) : tell_if_it_stands(session, scanner, &situation->kept.items[due->kept], number);
    }
    situation->dues.count = 0;
    if (situation->kept.count)
        jy__situation_forget(situation);
    return status;
}
