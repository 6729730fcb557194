/* A phrase that the break between two turns cuts: found once, over both turns, with its place in both — and not over the end of a
 * sentence, another speaker, or a pause. */
#include "session_test.h"

static jy_result *judged(jy_rules *rules, const jy_turn *turns, size_t count, jy_unit unit)
{
    jy_scanner *scanner;
    jy_session *session;
    jy_result *result;
    jy_finding told;
    size_t news = 0;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    ck_assert_int_eq(jy_session_set(session, JY_PARAM_UNIT, unit), JY_OK);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(jy_session_feed(session, scanner, &turns[i]), JY_OK);
    ck_assert_int_eq(jy_session_finish(session, scanner), JY_OK);
    ck_assert_int_eq(jy_session_result(session, &result), JY_OK);
    told = (jy_finding)JY_FINDING_INIT;
    for (; jy_session_next(session, &told) == JY_OK; news++) { /* what is told on the way has the same span */
        jy_finding f = JY_FINDING_INIT;
        jy_result_get(result, news, &f);
        ck_assert_uint_eq(told.span.begin, f.span.begin);
        ck_assert_uint_eq(told.span.end, f.span.end);
    }
    ck_assert_uint_eq(news, jy_result_count(result));
    jy_session_free(session);
    jy_scanner_free(scanner);
    return result;
}

static jy_turn said(const char *text, uint32_t line)
{
    jy_turn turn = JY_TURN_INIT;
    turn.text = str_of(text);
    turn.speaker = JY_AGENT;
    turn.place.line = line;
    turn.place.column = 6;
    turn.place.byte_column = 12;
    turn.id = str_of(line == 1 ? "first" : "later");
    return turn;
}

START_TEST(test_session__a_phrase_over_two_turns_is_one_finding)
{
    jy_rules *rules = rules_of("  - {id: no, forbid: 没办法, suggest: [我帮您想办法], replace: 请稍候}\n");
    const jy_turn turns[] = { said("我真的没,办", 1), said("法,再见", 2) };
    const struct { jy_unit unit; size_t begin, end; } units[] = { { JY_UNIT_BYTE, 9, 3 }, { JY_UNIT_CODEPOINT, 3, 1 }, { JY_UNIT_UTF16, 3, 1 } };
    for (size_t i = 0; i < 3; i++) {
        jy_result *result = judged(rules, turns, 2, units[i].unit);
        jy_finding f = JY_FINDING_INIT;
        jy_turn kept = JY_TURN_INIT;
        ck_assert_uint_eq(jy_result_count(result), 1);
        jy_result_get(result, 0, &f);
        ck_assert(f.turn == 0 && f.turn_end == 1 && f.state == JY_FINAL && str_is(f.turn_id, "first") && str_is(f.text, "没,办"));
        ck_assert_uint_eq(f.span.begin, units[i].begin);
        ck_assert_uint_eq(f.span.end, units[i].end);
        ck_assert(f.line == 1 && f.column == 9 && f.end_line == 2 && f.end_column == 7);
        ck_assert(f.suggestion_count == 1 && f.edit_count == 0 && f.hit_count == 1 && (f.folds >> JY_FOLD_GAPS & 1));
        ck_assert_int_eq(jy_result_turn(result, 0, &kept), JY_OK);
        ck_assert(str_is(kept.text, "我真的没,办"));
        ck_assert_int_eq(jy_result_turn(result, 1, &kept), JY_OK);
        jy_result_free(result);
    }
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_session__what_no_phrase_goes_over)
{
    jy_rules *rules = rules_of("  - {id: no, forbid: 没办法}\n  - {id: bare, forbid: {phrase: 不知道, whole: clause}}\n  - {id: ex, forbid: 不在, except: [不在乎]}\n"
                               "  - {id: un, forbid: 等会再说, unless: {said: 请}}\n");
    EXPECT(rules, "no@0:没办", A("没办"), A("法"));
    EXPECT(rules, "", A("没办。"), A("法"));
    EXPECT(rules, "", A("没办!"), A("法"));
    EXPECT(rules, "", A("没办"), C("嗯"), A("法"));
    EXPECT(rules, "", A("没办"), C("法"));
    EXPECT(rules, "", C("没办"), C("法"));
    EXPECT(rules, "", A("没办"), A("好"), A("法"));
    EXPECT(rules, "no@0:没办", AT(0, 2, "没办"), AT(5, 6, "法"));
    EXPECT(rules, "", AT(0, 2, "没办"), AT(5.001, 6, "法"));
    EXPECT(rules, "no@0:没办 no@2:没办", A("没办"), A("法没"), A("没办"), A("法"));
    EXPECT(rules, "bare@0:不", A("嗯,不"), A("知道,好"));
    EXPECT(rules, "", A("他不"), A("知道"));
    EXPECT(rules, "", A("不"), A("知道这件事"));
    EXPECT(rules, "ex@0:不", A("他不"), A("在"));
    EXPECT(rules, "", A("他不"), A("在乎"));
    EXPECT(rules, "un@0:等会", A("等会"), A("再说"));
    EXPECT(rules, "", A("请等会"), A("再说"));
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_session__a_half_that_was_told_is_not_told_again)
{
    jy_rules *rules = rules_of("  - {id: no, forbid: ['没办法(了)?', 办法了吧]}\n");
    EXPECT(rules, "no@0:没办法", A("没办法"), A("了"));
    EXPECT(rules, "no@0:没办", A("没办"), A("法了"));
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_session__a_long_clause_around_the_seam_is_whole)
{
    char before[4096] = "", text[4200];
    jy_rules *rules = rules_of("  - {id: bare, forbid: {phrase: 不知道, whole: clause}}\n");
    for (int i = 0; i < 400; i++)
        strcat(before, "他们");
    snprintf(text, sizeof(text), "%s不", before);
    EXPECT(rules, "", A(text), A("知道"));
    snprintf(text, sizeof(text), "%s,不", before);
    EXPECT(rules, "bare@0:不", A(text), A("知道"));
    jy_rules_unref(rules);
}
END_TEST

/* What came, in short: "rule@turn-turn_end …" of a session that is told of each turn as it comes. */
typedef struct heard { const char *id, *text; bool partial; } heard;

static void check_heard(jy_rules *rules, const heard *all, size_t count, const char *expected)
{
    jy_scanner *scanner;
    jy_session *session;
    jy_result *result;
    char told_so[1024] = "";
    size_t at = 0;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    ck_assert_int_eq(jy_session_set(session, JY_PARAM_PROVISIONAL, 1), JY_OK);
    for (size_t i = 0; i < count; i++) {
        jy_turn turn = said(all[i].text, 1);
        turn.id = str_of(all[i].id);
        turn.flags = all[i].partial ? JY_TURN_PARTIAL : 0;
        ck_assert_int_eq(jy_session_feed(session, scanner, &turn), JY_OK);
    }
    ck_assert_int_eq(jy_session_finish(session, scanner), JY_OK);
    ck_assert_int_eq(jy_session_result(session, &result), JY_OK);
    for (size_t i = 0; i < jy_result_count(result); i++) {
        jy_finding f = JY_FINDING_INIT;
        ck_assert_int_eq(jy_result_get(result, i, &f), JY_OK);
        at += (size_t)snprintf(told_so + at, sizeof(told_so) - at, "%s%.*s@%d-%d", at ? " " : "", (int)f.rule_id.len, f.rule_id.ptr, (int)f.turn, (int)f.turn_end);
    }
    ck_assert_str_eq(told_so, expected);
    jy_result_free(result);
    jy_session_free(session);
    jy_scanner_free(scanner);
}

/* The half of turn 1 is told before what turn 0 says, for which turn 1 waits. */
START_TEST(test_session__a_half_that_was_told_early_is_not_told_again)
{
    jy_rules *rules = rules_of("  - {id: no, forbid: [法, 法办]}\n");
    const heard early[] = { { "0", "好", true }, { "1", "没法", false }, { "0", "法好", false }, { "2", "办", false } };
    check_heard(rules, early, 4, "no@0-0 no@1-1");
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_session__a_turn_that_comes_late_follows_none)
{
    enum { OTHERS = 20 }; /* more than wait for one hypothesis */
    jy_rules *rules = rules_of("  - {id: no, forbid: 没办法}\n");
    heard all[OTHERS + 3] = { { "late", "没", true } };
    char ids[OTHERS + 1][8];
    for (int i = 1; i <= OTHERS; i++) {
        snprintf(ids[i], sizeof(ids[i]), "t%d", i);
        all[i] = (heard){ ids[i], "没办", false };
    }
    all[OTHERS + 1] = (heard){ "late", "法", false };
    all[OTHERS + 2] = (heard){ "last", "法", false };
    check_heard(rules, all, OTHERS + 3, "no@20-21");
    jy_rules_unref(rules);
}
END_TEST

CHECK_MAIN("session", test_session__a_half_that_was_told_early_is_not_told_again, test_session__a_turn_that_comes_late_follows_none, test_session__a_phrase_over_two_turns_is_one_finding, test_session__what_no_phrase_goes_over,
           test_session__a_half_that_was_told_is_not_told_again, test_session__a_long_clause_around_the_seam_is_whole)
