/* The account at the end of a call: rules that could not be judged, with the reason, and each pack's scorecard (评分). A rule that
 * was not checked costs nothing; a fatal finding (一票否决) brings the score to the floor. Where nobody knows who speaks, or nobody spoke and
 * nothing was found, nothing earned the points: there is no score. */
#include "dialogue/dialogue.h"
#include "session/session_call.h"

static int list_unchecked(const jy_session *session, jy_result *result)
{
    int status = JY_OK;
    for (uint32_t i = 0; status == JY_OK && i < session->rules->rule_count; i++) {
        const jy__compiled *rule = &session->rules->rules[i];
        int32_t why;
        if (!rule->judged)
            continue;
        why = jy__situation_unchecked(&session->situation, &session->call, i, session->finished);
        if (why)
            status = jy__result_add_unchecked(result, i, why, JY_TURN_NONE);
    }
    return status;
}

static void take_points(const jy_session *session, const jy_result *result, uint32_t pack, jy_score *score)
{
    for (size_t i = 0; i < jy_result_count(result); i++) {
        jy_finding finding = JY_FINDING_INIT;
        jy_result_get(result, i, &finding);
        if (session->rules->rules[finding.rule].pack != pack)
            continue;
        score->points += finding.score;
        score->fatal = score->fatal || (finding.flags & JY_RULE_FATAL);
    }
    for (size_t i = 0; i < jy_result_unchecked_count(result); i++) {
        jy_unchecked unchecked = JY_UNCHECKED_INIT;
        jy_result_unchecked(result, i, &unchecked);
        score->unchecked += unchecked.rule != JY_RULE_ANY && session->rules->rules[unchecked.rule].pack == pack;
    }
}

static int add_score(const jy_session *session, jy_result *result, uint32_t pack)
{
    const jy__compiled_pack *own = &session->rules->packs[pack];
    jy_score score = JY_SCORE_INIT;
    if (!own->scorecard.given)
        return JY_OK;
    score.pack = own->name;
    score.start = score.points = own->scorecard.start;
    score.floor = own->scorecard.floor;
    score.pass = own->scorecard.pass;
    take_points(session, result, pack, &score);
    if (score.fatal || score.points < score.floor)
        score.points = score.floor;
    score.passed = !score.fatal && score.points >= score.pass;
    return jy__result_add_score(result, &score);
}

int jy__session_account(const jy_session *session, jy_result *result)
{
    jy_call call = JY_CALL_INIT;
    int status = list_unchecked(session, result);
    bool scored;
    if (!jy__speakers_are_known(session->situation.ordinals))
        jy__result_set_speakerless(result);
    jy_result_call(result, &call);
    scored = call.has_speakers && (jy_result_turn_count(result) || jy_result_count(result));
    for (uint32_t i = 0; scored && status == JY_OK && i < session->rules->pack_count; i++)
        status = add_score(session, result, i);
    return status;
}
