/* Limits: each measure beyond its bound, within it, and with what it needs unknown — then it is listed as not checked. */
#include "session_test.h"

#define DONE jy_rules_unref(rules)

START_TEST(test_session__limit_answer)
{
    jy_rules *rules = rules_of("  - {id: a, speaker: agent, limit: {answer: 10s}}\n");
    EXPECT(rules, "a@-1=12000>10000", ET(0, JY_EVENT_RING), ET(12, JY_EVENT_ANSWER), AT(13, 14, "您好"));
    EXPECT(rules, "", ET(0, JY_EVENT_RING), ET(10, JY_EVENT_ANSWER), AT(13, 14, "您好"));
    EXPECT(rules, "a@-1=11000>10000", ET(1, JY_EVENT_CALL_START), AT(12, 14, "您好")); /* who speaks has answered */
    EXPECT(rules, "a@-1=30000>10000", ET(0, JY_EVENT_RING), EBY(JY_CUSTOMER, 30, JY_EVENT_HANGUP)); /* nobody answered */
    EXPECT(rules, "?a=needs-events", AT(12, 14, "您好"));
    EXPECT(rules, "?a=needs-clock", E(JY_EVENT_RING), E(JY_EVENT_ANSWER), A("您好"));
    EXPECT(rules, "?a=needs-events", A("您好"));
    DONE;
}
END_TEST

START_TEST(test_session__limit_rings)
{
    jy_rules *rules = rules_of("  - {id: r, limit: {rings: 2}}\n");
    EXPECT(rules, "r@-1=3>2", E(JY_EVENT_RING), E(JY_EVENT_RING), E(JY_EVENT_RING), E(JY_EVENT_ANSWER), A("您好"));
    EXPECT(rules, "", E(JY_EVENT_RING), E(JY_EVENT_RING), E(JY_EVENT_ANSWER), A("您好"));
    EXPECT(rules, "r@-1=3>2", ET(0, JY_EVENT_RING), ET(10.001, JY_EVENT_ANSWER)); /* of one ring the time says how many */
    EXPECT(rules, "", ET(0, JY_EVENT_RING), ET(10, JY_EVENT_ANSWER));
    EXPECT(rules, "?r=needs-clock", E(JY_EVENT_RING), E(JY_EVENT_ANSWER), A("您好"));
    EXPECT(rules, "?r=needs-events", A("您好"));
    DONE;
}
END_TEST

START_TEST(test_session__a_ring_is_as_long_as_it_is_set)
{
    jy_rules *rules = rules_of("  - {id: r, limit: {rings: 2}}\n");
    jy_scanner *scanner;
    jy_session *session;
    const step ring = ET(0, JY_EVENT_RING), answer = ET(13, JY_EVENT_ANSWER);
    jy_finding f = JY_FINDING_INIT;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    ck_assert_int_eq(jy_session_set(session, JY_PARAM_RING_MS, 6000), JY_OK);
    take_step(session, scanner, &ring);
    take_step(session, scanner, &answer);
    ck_assert_int_eq(jy_session_next(session, &f), JY_OK);
    ck_assert_int_eq(f.measured, 3);
    ck_assert_int_eq(jy_session_set(session, JY_PARAM_RING_MS, 7000), JY_E_STATE);
    jy_session_free(session);
    jy_scanner_free(scanner);
    DONE;
}
END_TEST

START_TEST(test_session__limit_silence)
{
    jy_rules *rules = rules_of("  - {id: s, speaker: agent, limit: {silence: 20s}}\n");
    EXPECT(rules, "s@0=28000>20000", CT(0, 2, "查一下"), AT(30, 31, "查到了"));
    EXPECT(rules, "", CT(0, 2, "查一下"), AT(20, 21, "查到了"));
    EXPECT(rules, "s@0=28000>20000", CT(0, 2, "查一下"), CT(30, 31, "人呢")); /* asked, and silent */
    EXPECT(rules, "", AT(0, 2, "请讲"), CT(30, 31, "我在")); /* the customer's */
    EXPECT(rules, "s@0=28000>20000", AT(0, 2, "请讲"), AT(30, 31, "喂"));
    EXPECT(rules, "", CT(0, 2, "查"), ET(3, JY_EVENT_HOLD_START), ET(40, JY_EVENT_HOLD_END), AT(45, 46, "好了"));
    EXPECT(rules, "s@0=37000>20000", CT(0, 2, "查"), ET(3, JY_EVENT_HOLD_START), ET(40, JY_EVENT_HOLD_END), AT(77, 78, "好了"));
    EXPECT_SO_FAR(rules, "s@0=23000>20000", CT(0, 2, "查一下"), TICK(10), TICK(25), TICK(26), TICK(50));
    EXPECT(rules, "s@0=23000>20000 s@1=24000>20000", CT(0, 2, "查一下"), TICK(25), CT(26, 27, "喂"), AT(51, 52, "好"));
    EXPECT(rules, "s@-1=24000>20000", ET(1, JY_EVENT_ANSWER), AT(25, 26, "您好"));
    EXPECT(rules, "?s=needs-clock", C("查一下"), A("查到了"));
    EXPECT(rules, "?s=needs-speakers", U("查一下"), { JY_SPEAKER_UNKNOWN, "查到了", 0, 50, 51 });
    DONE;
}
END_TEST

/* What follows a turn whose end is not known may be the turn: silence is charged where it is known that nobody spoke, and where it may have been as long
 * the rule is not checked. */
START_TEST(test_session__silence_behind_turns_without_an_end)
{
    jy_rules *rules = rules_of("  - {id: s, speaker: agent, limit: {silence: 20s}}\n");
    EXPECT(rules, "?s=needs-ends", CT(0, -1, "查一下"), AT(30, -1, "查到了"));
    EXPECT(rules, "?s=needs-ends", CT(0, -1, "查一下"), AT(30, 31, "查到了"));
    EXPECT(rules, "", CT(0, -1, "查一下"), AT(20, -1, "查到了"), CT(40, -1, "好")); /* not longer than from begin to begin */
    EXPECT(rules, "", AT(0, -1, "请讲"), CT(30, -1, "我在")); /* the customer's */
    EXPECT(rules, "?s=needs-ends", CT(10, 5, "查一下"), AT(40, 41, "查到了")); /* an end before the begin is none */
    EXPECT(rules, "s@1=28000>20000", CT(0, 1, "喂"), CT(1, 2, "查一下"), AT(30, -1, "查到了")); /* known for this one */
    EXPECT(rules, "s@1=28000>20000", CT(0, -1, "喂"), CT(1, 2, "查一下"), AT(30, -1, "查到了")); /* who speaks anew has ended before */
    EXPECT(rules, "?s=needs-ends", AT(0, -1, "请讲"), CT(1, 2, "查一下"), AT(30, -1, "查到了")); /* who spoke first may speak still */
    EXPECT(rules, "?s=needs-ends", CT(0, 2, "查一下"), C("快点"), AT(30, 31, "查到了")); /* nor where it is not even known when it was said */
    EXPECT(rules, "?s=needs-ends", ET(1, JY_EVENT_ANSWER), A("您好"), C("查一下"), ET(99, JY_EVENT_HANGUP));
    EXPECT(rules, "", CT(0, -1, "查"), ET(3, JY_EVENT_HOLD_START), ET(40, JY_EVENT_HOLD_END), AT(45, -1, "好了"));
    EXPECT(rules, "?s=needs-ends", CT(0, -1, "查"), ET(3, JY_EVENT_HOLD_START), ET(40, JY_EVENT_HOLD_END), AT(77, -1, "好了"));
    /* live a final turn is over when the clock is told */
    EXPECT_SO_FAR(rules, "s@0=24000>20000", CT(0, -1, "查一下"), TICK(1), TICK(10), TICK(25), TICK(26));
    EXPECT(rules, "s@0=29000>20000", CT(0, -1, "查一下"), TICK(1), AT(30, -1, "好"));
    EXPECT(rules, "?s=needs-ends", CT(0, -1, "查一下"), TICK(25), TICK(40));
    DONE;
    rules = rules_of("  - {id: s, speaker: any, limit: {silence: 20s}}\n");
    EXPECT(rules, "?s=needs-ends", { JY_SPEAKER_UNKNOWN, "喂", 0, 0, -1 }, { JY_SPEAKER_UNKNOWN, "喂", 0, 1, 2 }, { JY_SPEAKER_UNKNOWN, "在", 0, 30, 31 });
    DONE;
    rules = rules_of("  - {id: s, limit: {silence: 20s}, unless: {said: 稍等, speaker: agent}}\n");
    EXPECT(rules, "", AT(0, -1, "稍等"), AT(30, -1, "查到了"));
    DONE;
}
END_TEST

START_TEST(test_session__measures_of_turns_without_an_end)
{
    jy_rules *rules = rules_of("  - {id: o, speaker: agent, limit: {overlap: 1s}}\n  - {id: r, speaker: agent, limit: {rate: 300/min}}\n  - {id: t, speaker: agent, limit: {turn: 10s}}\n");
    EXPECT(rules, "?o=needs-ends ?t=needs-ends", CT(0, 9, "我跟你说"), AT(3, -1, "嗯")); /* 嗯 is not too fast, however long it takes */
    EXPECT(rules, "?o=needs-ends ?r=needs-ends ?t=needs-ends", CT(0, -1, "我跟你说"), AT(3, -1, "一二三四五六七八九十一二三四五六七八九十"));
    EXPECT(rules, "?t=needs-ends", CT(0, 3, "我跟你说"), AT(2.5, -1, "嗯"));
    EXPECT(rules, "", CT(0, -1, "我跟你说"), AT(3, 4, "嗯"));
    EXPECT(rules, "t@1=11000>10000 ?o=needs-ends", CT(0, -1, "我跟你说"), AT(3, 14, "嗯"));
    EXPECT(rules, "?o=needs-ends ?r=needs-ends ?t=needs-ends", AT(0, 1, "您好"), A("嗯"));
    EXPECT(rules, "", AT(0, 1, "您好"), { JY_SYSTEM, "请稍候", 0, -1, -1 });
    DONE;
}
END_TEST

START_TEST(test_session__limit_hold)
{
    jy_rules *rules = rules_of("  - {id: h, speaker: agent, limit: {hold: 60s}}\n");
    EXPECT(rules, "h@0=61000>60000", A("稍等"), ET(3, JY_EVENT_HOLD_START), ET(64, JY_EVENT_HOLD_END));
    EXPECT(rules, "h@0=61000>60000", A("稍等"), ET(3, JY_EVENT_MUTE), ET(64, JY_EVENT_UNMUTE));
    EXPECT(rules, "", A("稍等"), ET(3, JY_EVENT_HOLD_START), ET(63, JY_EVENT_HOLD_END));
    EXPECT(rules, "", A("稍等"), EBY(JY_CUSTOMER, 3, JY_EVENT_MUTE), EBY(JY_CUSTOMER, 99, JY_EVENT_UNMUTE));
    EXPECT(rules, "h@0=97000>60000", A("稍等"), ET(3, JY_EVENT_HOLD_START), ET(100, JY_EVENT_HANGUP));
    EXPECT(rules, "h@0=61000>60000", A("稍等"), ET(3, JY_EVENT_HOLD_START), ET(5, JY_EVENT_MUTE), ET(6, JY_EVENT_UNMUTE), ET(64, JY_EVENT_HOLD_END));
    EXPECT(rules, "h@0=61000>60000", A("稍等"), ET(3, JY_EVENT_MUTE), ET(5, JY_EVENT_HOLD_START), ET(6, JY_EVENT_UNMUTE), ET(64, JY_EVENT_HOLD_END));
    EXPECT(rules, "h@0=61000>60000", A("稍等"), ET(3, JY_EVENT_HOLD_START), ET(5, JY_EVENT_HOLD_START), ET(64, JY_EVENT_UNMUTE));
    EXPECT(rules, "h@0=97000>60000", A("稍等"), ET(3, JY_EVENT_HOLD_START), ET(5, JY_EVENT_MUTE), ET(100, JY_EVENT_HANGUP));
    EXPECT_SO_FAR(rules, "h@0=62000>60000", A("稍等"), ET(3, JY_EVENT_HOLD_START), TICK(65), TICK(70), ET(80, JY_EVENT_HOLD_END));
    EXPECT(rules, "?h=needs-events", AT(0, 1, "稍等"));
    EXPECT(rules, "?h=needs-clock", A("稍等"), E(JY_EVENT_HOLD_START), E(JY_EVENT_HOLD_END));
    DONE;
}
END_TEST

START_TEST(test_session__limit_overlap)
{
    jy_rules *rules = rules_of("  - {id: o, speaker: agent, limit: {overlap: 1s}}\n");
    EXPECT(rules, "o@1=2000>1000", CT(0, 5, "我跟你说"), AT(3, 8, "你听我说"));
    EXPECT(rules, "", CT(0, 5, "我跟你说"), AT(4, 8, "你听我说"));
    EXPECT(rules, "", CT(0, 9, "我跟你说"), AT(3, 4, "嗯")); /* one second together */
    EXPECT(rules, "", AT(0, 5, "你听我说"), CT(3, 8, "我跟你说")); /* the customer's */
    EXPECT(rules, "o@2=1500>1000", CT(0, 9, "我跟你说"), AT(3, 4, "嗯"), AT(5, 6.5, "我知道"));
    EXPECT(rules, "?o=needs-clock", C("我跟你说"), A("你听我说"));
    DONE;
}
END_TEST

START_TEST(test_session__limit_rate_and_turn)
{
    jy_rules *rules = rules_of("  - {id: r, speaker: agent, limit: {rate: 300/min}}\n  - {id: t, speaker: agent, limit: {turn: 10s}}\n");
    EXPECT(rules, "r@0=400>300", AT(0, 3, "一二三四五六七八九十,一二三四五六七八九十。"));
    EXPECT(rules, "", AT(0, 4, "一二三四五六七八九十,一二三四五六七八九十。"));
    EXPECT(rules, "", AT(0, 1, "一二三四五六七八九十")); /* too short to tell */
    EXPECT(rules, "", CT(0, 3, "一二三四五六七八九十一二三四五六七八九十"));
    EXPECT(rules, "t@0=10001>10000", AT(0, 10.001, "说"), CT(20, 40, "说"));
    EXPECT(rules, "?r=needs-clock ?t=needs-clock", A("说"));
    EXPECT(rules, "?r=needs-speakers ?t=needs-speakers", { JY_SPEAKER_UNKNOWN, "一二三四五六七八九十一二三四五六七八九十", 0, 0, 3 });
    DONE;
}
END_TEST

START_TEST(test_session__limit_repeat)
{
    jy_rules *rules = rules_of("  - {id: r, speaker: agent, limit: {repeat: {times: 3, within: 5 turns, alike: 0.8}}}\n");
    EXPECT(rules, "r@4=3>3", A("系统显示是正常的"), C("不响"), A("系统显示是正常的。"), C("不响"), A("系统,顯示是正常的"));
    EXPECT(rules, "", A("系统显示是正常的"), C("系统显示是正常的"), A("系统显示是正常的"), C("系统显示是正常的"));
    EXPECT(rules, "", A("好的"), A("好的"), A("好的"), A("好的"));
    EXPECT(rules, "", A("系统显示是正常的"), A("系统显示是正常的"), A("那我看看别的"), A("还是不行吗您"), A("我再问一下同事"), A("系统显示是正常的"));
    DONE;
}
END_TEST

START_TEST(test_session__limit_hangup)
{
    jy_rules *rules = rules_of("  - {id: h, limit: {hangup: agent}}\n");
    EXPECT(rules, "h@0=1>0", A("再见"), EBY(JY_AGENT, -1, JY_EVENT_HANGUP));
    EXPECT(rules, "", A("再见"), EBY(JY_CUSTOMER, -1, JY_EVENT_HANGUP));
    EXPECT(rules, "?h=needs-speakers", A("再见"), E(JY_EVENT_HANGUP));
    EXPECT(rules, "?h=needs-events", A("再见"));
    DONE;
}
END_TEST

START_TEST(test_session__whose_words_they_are)
{
    jy_rules *rules = rules_of("  - {id: agent, forbid: 你是谁}\n  - {id: customer, speaker: customer, forbid: 投诉}\n  - {id: any, speaker: any, forbid: 滚蛋}\n");
    EXPECT(rules, "agent@1:你是谁", C("你是谁"), A("你是谁"));
    EXPECT(rules, "customer@0:投诉", C("投诉"), A("投诉"));
    EXPECT(rules, "any@0:滚蛋 any@1:滚蛋", C("滚蛋"), A("滚蛋"));
    EXPECT(rules, "any@0:滚蛋 ?agent=needs-speakers ?customer=needs-speakers", U("你是谁,滚蛋"), U("投诉"));
    DONE;
}
END_TEST

START_TEST(test_session__what_the_call_says_of_its_speakers)
{
    jy_rules *rules = rules_of("  - {id: agent, forbid: 你是谁}\n  - {id: wait, require: 您好}\n");
    jy_scanner *scanner;
    jy_session *session;
    jy_result *result;
    jy_call call = JY_CALL_INIT;
    call.has_speakers = 0;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    ck_assert_int_eq(jy_session_call(session, &call), JY_OK);
    take_step(session, scanner, &(step)U("你是谁"));
    jy_session_finish(session, scanner);
    ck_assert_int_eq(jy_session_result(session, &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), 0);
    ck_assert_uint_eq(jy_result_unchecked_count(result), 2);
    jy_result_free(result);
    jy_session_free(session);
    jy_scanner_free(scanner);
    DONE;
}
END_TEST

/* Where the customer is known and others are not, one of these is the agent: it is not charged with having been silent, nor with what it may have said. */
START_TEST(test_session__who_is_unknown_beside_the_customer)
{
    jy_rules *rules = rules_of("  - {id: first, require: 您好, where: first 1 turn of agent}\n  - {id: s, speaker: agent, limit: {silence: 20s}}\n"
                               "  - {id: soon, when: 报修, require: 马上, where: next 5s}\n");
    EXPECT(rules, "?first=needs-speakers ?s=needs-speakers ?soon=needs-speakers", CT(0, 2, "报修"), { JY_SPEAKER_UNKNOWN, "您好", 0, 50, 51 }, CT(60, 61, "好"));
    EXPECT(rules, "s@0=48000>20000 soon@0 first@1", CT(0, 2, "报修"), AT(50, 51, "嗯"), { JY_SPEAKER_UNKNOWN, "您好", 0, 60, 61 });
    DONE;
}
END_TEST

START_TEST(test_session__turns_of_unknown_speakers_are_counted)
{
    jy_rules *rules = rules_of("  - {id: agent, forbid: 你是谁}\n");
    jy_scanner *scanner;
    jy_session *session;
    jy_result *result;
    jy_turn turn = JY_TURN_INIT;
    jy_call call = JY_CALL_INIT;
    jy_str label;
    char many[8];
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    turn.text = str_of("你是谁");
    for (int i = 0; i < 12; i++) {
        snprintf(many, sizeof(many), "%d号", i / 2);
        turn.label = i < 10 ? str_of(many) : (jy_str){ NULL, 0 };
        turn.channel = i == 11 ? 7 : -1;
        ck_assert_int_eq(jy_session_feed(session, scanner, &turn), JY_OK);
    }
    ck_assert_int_eq(jy_session_finish(session, scanner), JY_OK);
    ck_assert_int_eq(jy_session_result(session, &result), JY_OK);
    ck_assert_uint_eq(jy_result_unknown_turns(result), 12);
    ck_assert_int_eq(jy_result_unknown_label(result, 1, &label), JY_OK);
    ck_assert(str_is(label, "1号"));
    ck_assert_int_eq(jy_result_unknown_label(result, 5, &label), JY_OK);
    ck_assert(str_is(label, "7")); /* the channel of the last one */
    ck_assert_int_eq(jy_result_unknown_label(result, 6, &label), JY_E_INVALID);
    ck_assert_int_eq(jy_result_call(result, &call), JY_OK);
    ck_assert_int_eq(call.has_speakers, 0);
    jy_result_free(result);
    jy_session_free(session);
    jy_scanner_free(scanner);
    DONE;
}
END_TEST

/* ---- the scorecard */
static jy_score score_of(jy_rules *rules, const step *steps, size_t count)
{
    jy_scanner *scanner;
    jy_session *session;
    jy_result *result;
    jy_score score = JY_SCORE_INIT;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    for (size_t i = 0; i < count; i++)
        take_step(session, scanner, &steps[i]);
    jy_session_finish(session, scanner);
    ck_assert_int_eq(jy_session_result(session, &result), JY_OK);
    ck_assert_uint_eq(jy_result_score_count(result), 1);
    ck_assert_int_eq(jy_result_score(result, 0, &score), JY_OK);
    jy_result_free(result);
    jy_session_free(session);
    jy_scanner_free(scanner);
    return score;
}
#define SCORE(...) score_of(rules, (const step[]){ __VA_ARGS__ }, sizeof((const step[]){ __VA_ARGS__ }) / sizeof(step))

START_TEST(test_session__scorecard)
{
    jy_rules *rules = rules_of("scorecard: {start: 100, floor: 10, pass: 80}\nrules:\n"
                               "  - {id: a, forbid: 不知道, score: -15}\n  - {id: b, forbid: 滚蛋, fatal: yes, score: -1}\n"
                               "  - {id: c, limit: {silence: 5s}, score: -50}\n  - {id: d, forbid: 喂喂}\n");
    jy_score s = SCORE(A("您好"));
    ck_assert(s.start == 100 && s.floor == 10 && s.pass == 80 && s.points == 100 && s.passed && !s.fatal && s.unchecked == 1);
    s = SCORE(A("不知道"), C("不知道"));
    ck_assert(s.points == 85 && s.passed);
    s = SCORE(A("不知道"), A("不知道"));
    ck_assert(s.points == 70 && !s.passed && !s.fatal);
    s = SCORE(A("喂喂"));
    ck_assert(s.points == 100 && s.passed);
    s = SCORE(A("滚蛋"));
    ck_assert(s.points == 10 && s.fatal && !s.passed);
    s = SCORE(CT(0, 1, "查"), AT(30, 31, "不知道"), CT(32, 33, "查"), AT(60, 61, "好"));
    ck_assert(s.points == 10 && !s.fatal && !s.passed && s.unchecked == 0); /* 100 - 15 - 100, not below the floor */
    jy_rules_unref(rules);
}
END_TEST

/* A record of nothing would else raise the mean of those that were judged. */
START_TEST(test_session__nobody_spoke_nothing_scored)
{
    jy_rules *rules = rules_of("scorecard: {start: 100}\nrules:\n  - {id: a, forbid: 不知道, score: -15}\n");
    jy_scanner *scanner;
    jy_session *session;
    jy_result *result;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    jy_session_finish(session, scanner);
    ck_assert_int_eq(jy_session_result(session, &result), JY_OK);
    ck_assert_uint_eq(jy_result_score_count(result), 0);
    jy_result_free(result);
    jy_session_free(session);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

/* Times that no call has are told as far away, and lengths between them as long. */
START_TEST(test_session__times_without_sense)
{
    enum { TIMES = 5 };
    static const int64_t times[TIMES] = { INT64_MIN, INT64_MIN + 1, 0, INT64_MAX - 1, INT64_MAX };
    jy_rules *rules = rules_of("  - {id: n, when: {said: [谢谢], speaker: any}, require: 不客气, where: next 30s}\n  - {id: t, limit: {turn: 2s}}\n"
                               "  - {id: s, limit: {silence: 2s}}\n  - {id: h, limit: {hold: 2s}}\n");
    jy_scanner *scanner;
    jy_session *session;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    for (size_t i = 0; i < TIMES * TIMES; i++) {
        jy_turn turn = JY_TURN_INIT;
        jy_event event = JY_EVENT_INIT;
        jy_finding f = JY_FINDING_INIT;
        turn.text = str_of("谢谢");
        turn.speaker = JY_AGENT;
        turn.begin_ms = event.at_ms = times[i / TIMES];
        turn.end_ms = times[i % TIMES];
        event.kind = JY_EVENT_HOLD_START;
        ck_assert_int_eq(jy_session_feed(session, scanner, &turn), JY_OK);
        ck_assert_int_eq(jy_session_event(session, scanner, &event), JY_OK);
        event.kind = JY_EVENT_HOLD_END;
        event.at_ms = turn.end_ms;
        ck_assert_int_eq(jy_session_event(session, scanner, &event), JY_OK);
        ck_assert_int_eq(jy_session_feed(session, scanner, &turn), JY_OK);
        ck_assert_int_eq(jy_session_tick(session, scanner, INT64_MAX), JY_OK);
        ck_assert_int_eq(jy_session_finish(session, scanner), JY_OK);
        while (jy_session_next(session, &f) == JY_OK) {
            ck_assert_int_ge(f.measured, 0);
            ck_assert(turn.begin_ms < 0 || f.at_ms >= 0);
        }
        ck_assert_int_eq(jy_session_reset(session), JY_OK);
    }
    jy_session_free(session);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

CHECK_MAIN("session", test_session__times_without_sense, test_session__limit_answer, test_session__limit_rings, test_session__a_ring_is_as_long_as_it_is_set, test_session__limit_silence,
           test_session__silence_behind_turns_without_an_end, test_session__measures_of_turns_without_an_end,
           test_session__limit_hold, test_session__limit_overlap, test_session__limit_rate_and_turn, test_session__limit_repeat,
           test_session__limit_hangup, test_session__whose_words_they_are, test_session__what_the_call_says_of_its_speakers, test_session__who_is_unknown_beside_the_customer,
           test_session__turns_of_unknown_speakers_are_counted, test_session__nobody_spoke_nothing_scored, test_session__scorecard)
