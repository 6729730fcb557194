/* The session's contract: what is refused and why, structs of other sizes, units, bad UTF-8, limits that show, live and after. */
#include "session_test.h"

typedef struct made { jy_rules *rules; jy_scanner *scanner; jy_session *session; } made;

static made make(const char *text)
{
    made m = { rules_of(text), NULL, NULL };
    ck_assert_int_eq(jy_scanner_new(&m.scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&m.session, m.rules, NULL), JY_OK);
    return m;
}

static void unmake(made *m)
{
    jy_session_free(m->session);
    jy_scanner_free(m->scanner);
    jy_rules_unref(m->rules);
}

static jy_turn said(const char *text)
{
    jy_turn turn = JY_TURN_INIT;
    turn.text = str_of(text);
    turn.speaker = JY_AGENT;
    return turn;
}

START_TEST(test_session__refuses_what_makes_no_sense)
{
    made m = make("  - {id: no, forbid: 没办法}\n");
    jy_turn turn = said("没办法");
    jy_event event = JY_EVENT_INIT;
    jy_finding f = JY_FINDING_INIT;
    jy_str wording;
    jy_session *other;
    ck_assert_int_eq(jy_session_new(&other, NULL, NULL), JY_E_INVALID);
    ck_assert_int_eq(jy_session_new(NULL, m.rules, NULL), JY_E_INVALID);
    ck_assert_int_eq(jy_session_feed(NULL, m.scanner, &turn), JY_E_INVALID);
    ck_assert_int_eq(jy_session_feed(m.session, NULL, &turn), JY_E_INVALID);
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, NULL), JY_E_INVALID);
    turn.flags = JY_TURN_PARTIAL;
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_E_INVALID); /* a hypothesis needs an id */
    turn.flags = 0;
    turn.speaker = 9;
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_E_INVALID);
    turn = said(NULL);
    turn.text.len = 3;
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_E_INVALID);
    ck_assert_int_eq(jy_session_event(m.session, m.scanner, &event), JY_E_INVALID);
    event.kind = 99;
    ck_assert_int_eq(jy_session_event(m.session, m.scanner, &event), JY_E_INVALID);
    ck_assert_int_eq(jy_session_tick(m.session, m.scanner, -5), JY_E_INVALID);
    ck_assert_int_eq(jy_session_suggestion(m.session, 0, &wording), JY_E_INVALID);
    ck_assert_int_eq(jy_session_next(m.session, &f), JY_DONE);
    ck_assert_int_eq(jy_session_set(m.session, JY_PARAM_UNIT, 7), JY_E_INVALID);
    turn = said("");
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_OK);
    unmake(&m);
}
END_TEST

START_TEST(test_session__nothing_comes_behind_the_end)
{
    made m = make("  - {id: no, forbid: 没办法}\n");
    jy_turn turn = said("没办法");
    jy_event event = JY_EVENT_INIT;
    jy_result *result;
    event.kind = JY_EVENT_RING;
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_OK);
    ck_assert_int_eq(jy_session_set(m.session, JY_PARAM_LIVE, 1), JY_E_STATE);
    ck_assert_int_eq(jy_session_finish(m.session, m.scanner), JY_OK);
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_E_STATE);
    ck_assert_int_eq(jy_session_event(m.session, m.scanner, &event), JY_E_STATE);
    ck_assert_int_eq(jy_session_tick(m.session, m.scanner, 1), JY_E_STATE);
    ck_assert_int_eq(jy_session_finish(m.session, m.scanner), JY_E_STATE);
    ck_assert_int_eq(jy_session_result(m.session, &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), 1);
    jy_result_free(result);
    ck_assert_int_eq(jy_session_reset(m.session), JY_OK);
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_OK);
    ck_assert_int_eq(jy_session_result(m.session, &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), 1);
    ck_assert_uint_eq(jy_result_turn_count(result), 1);
    jy_result_free(result);
    unmake(&m);
}
END_TEST

/* A caller of an older header knows smaller structs: what lies behind its end is not touched and not read. */
START_TEST(test_session__smaller_structs_are_enough)
{
    made m = make("  - {id: no, forbid: 没办法}\n");
    jy_turn turn = said("没办法");
    jy_finding f;
    jy_call call;
    memset(&call, 0xAB, sizeof(call));
    call.size = offsetof(jy_call, queue);
    call.id = call.source = call.customer = call.team = (jy_str){ NULL, 0 };
    call.agent = str_of("8");
    ck_assert_int_eq(jy_session_call(m.session, &call), JY_OK);
    memset((char *)&turn + offsetof(jy_turn, channel), 0xAB, sizeof(turn) - offsetof(jy_turn, channel));
    turn.size = offsetof(jy_turn, channel);
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_OK);
    memset(&f, 0xCD, sizeof(f));
    f.size = 0;
    ck_assert_int_eq(jy_session_next(m.session, &f), JY_E_INVALID); /* what could not be given is given to the next who asks */
    f.size = offsetof(jy_finding, span);
    ck_assert_int_eq(jy_session_next(m.session, &f), JY_OK);
    ck_assert(str_is(f.rule_id, "no") && f.turn == 0);
    ck_assert_uint_eq(((unsigned char *)&f)[offsetof(jy_finding, span)], 0xCD);
    turn.size = 0;
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_E_INVALID);
    call.size = 3;
    ck_assert_int_eq(jy_session_call(m.session, &call), JY_E_INVALID);
    unmake(&m);
}
END_TEST

START_TEST(test_session__spans_in_every_unit)
{
    const struct { jy_unit unit; size_t begin, end; } units[] = { { JY_UNIT_BYTE, 8, 17 }, { JY_UNIT_CODEPOINT, 3, 6 }, { JY_UNIT_UTF16, 4, 7 } };
    for (size_t i = 0; i < 3; i++) {
        made m = make("  - {id: no, forbid: 没办法, replace: 请稍候}\n");
        jy_turn turn = said("𠮷a我没办法");
        jy_finding f = JY_FINDING_INIT, g = JY_FINDING_INIT;
        jy_edit edit = JY_EDIT_INIT;
        jy_result *result;
        jy_session_set(m.session, JY_PARAM_UNIT, units[i].unit);
        jy_session_set(m.session, JY_PARAM_PROVISIONAL, 1);
        turn.id = str_of("x");
        turn.flags = JY_TURN_PARTIAL;
        jy_session_feed(m.session, m.scanner, &turn);
        ck_assert_int_eq(jy_session_next(m.session, &f), JY_OK);
        ck_assert(f.state == JY_PROVISIONAL && f.span.begin == units[i].begin && f.span.end == units[i].end);
        turn.flags = 0;
        jy_session_feed(m.session, m.scanner, &turn);
        ck_assert_int_eq(jy_session_next(m.session, &g), JY_OK);
        ck_assert(g.state == JY_FINAL && g.id == f.id && g.span.begin == units[i].begin && g.span.end == units[i].end);
        jy_session_result(m.session, &result);
        jy_result_get(result, 0, &g);
        jy_result_edit(result, 0, 0, &edit);
        ck_assert(g.span.begin == units[i].begin && g.span.end == units[i].end && edit.span.begin == units[i].begin && edit.span.end == units[i].end);
        jy_result_free(result);
        unmake(&m);
    }
}
END_TEST

START_TEST(test_session__bad_bytes_are_counted_or_refused)
{
    made m = make("  - {id: no, forbid: 没办法}\n");
    jy_turn turn = said("好\xff没办法\xe4\xb8");
    jy_result *result;
    size_t first = 0;
    turn.place.offset = 100;
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_OK);
    jy_session_result(m.session, &result);
    ck_assert_uint_eq(jy_result_bad_bytes(result, &first), 3);
    ck_assert_uint_eq(first, 103);
    ck_assert_uint_eq(jy_result_count(result), 1);
    jy_result_free(result);
    jy_scanner_set(m.scanner, JY_PARAM_BAD_UTF8, 1);
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_E_UTF8);
    turn = said("没办法");
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_OK);
    unmake(&m);
}
END_TEST

static void count_why(const jy_result *result, int why, size_t expected)
{
    size_t count = 0;
    for (size_t i = 0; i < jy_result_unchecked_count(result); i++) {
        jy_unchecked unchecked = JY_UNCHECKED_INIT;
        jy_result_unchecked(result, i, &unchecked);
        count += unchecked.why == why;
    }
    ck_assert_uint_eq(count, expected);
}

START_TEST(test_session__limits_show)
{
    made m = make("  - {id: slow, forbid: {regex: '(a+)+b'}}\n  - {id: need, when: {regex: '(c+)+d', speaker: customer}, require: 您好, where: turn}\n");
    jy_turn turn = said("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac b"), other = said("cccccccccccccccccccccccccccccccccccccccccx d");
    jy_result *result;
    other.speaker = JY_CUSTOMER;
    jy_scanner_set(m.scanner, JY_PARAM_REGEX_MATCH_LIMIT, 100);
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_OK);
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &other), JY_OK);
    jy_session_finish(m.session, m.scanner);
    jy_session_result(m.session, &result);
    ck_assert_int_eq(jy_result_complete(result), JY_E_LIMIT);
    count_why(result, JY_REGEX_ABORTED, 2); /* each rule on its turn, once */
    for (size_t i = 0; i < 2; i++) {
        jy_unchecked unchecked = JY_UNCHECKED_INIT;
        jy_result_unchecked(result, i, &unchecked);
        ck_assert(unchecked.rule == i && unchecked.turn == i);
    }
    jy_result_free(result);
    unmake(&m);
    m = make("  - {id: no, forbid: 没办法}\n");
    turn = said("没办法,没办法,没办法");
    jy_scanner_set(m.scanner, JY_PARAM_MAX_HITS, 1);
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_OK);
    jy_session_result(m.session, &result);
    ck_assert_uint_eq(jy_result_count(result), 1);
    ck_assert_int_eq(jy_result_complete(result), JY_E_LIMIT);
    count_why(result, JY_HITS_DROPPED, 1);
    jy_result_free(result);
    unmake(&m);
}
END_TEST

START_TEST(test_session__times_below_zero_are_unknown)
{
    made m = make("  - {id: no, forbid: 没办法}\n");
    jy_turn turn = said("没办法");
    jy_event event = JY_EVENT_INIT;
    jy_finding f = JY_FINDING_INIT;
    jy_result *result;
    turn.begin_ms = -7;
    turn.end_ms = -2;
    event.kind = JY_EVENT_HANGUP;
    event.at_ms = -7;
    ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_OK);
    ck_assert_int_eq(jy_session_next(m.session, &f), JY_OK);
    ck_assert_int_eq(f.at_ms, JY_TIME_UNKNOWN);
    ck_assert_int_eq(jy_session_event(m.session, m.scanner, &event), JY_OK);
    jy_session_result(m.session, &result);
    ck_assert_int_eq(jy_result_event(result, 0, &event), JY_OK);
    ck_assert_int_eq(event.at_ms, JY_TIME_UNKNOWN);
    jy_result_free(result);
    unmake(&m);
}
END_TEST

START_TEST(test_session__rules_rest_live_or_after)
{
    const char *text = "  - {id: live, judged: live, forbid: 没办法}\n  - {id: after, judged: after, forbid: 不知道}\n"
                       "  - {id: owed, judged: after, require: 您好}\n  - {id: both, forbid: 滚蛋}\n";
    const char *const expected[] = { "after owed both", "live both" };
    for (int live = 0; live < 2; live++) {
        made m = make(text);
        jy_turn turn = said("没办法,不知道,滚蛋");
        char all[64] = "";
        jy_result *result;
        jy_session_set(m.session, JY_PARAM_LIVE, live);
        jy_session_feed(m.session, m.scanner, &turn);
        jy_session_finish(m.session, m.scanner);
        jy_session_result(m.session, &result);
        for (uint32_t rule = 0; rule < 4; rule++)
            for (size_t i = 0; i < jy_result_count(result); i++) {
                jy_finding f = JY_FINDING_INIT;
                jy_result_get(result, i, &f);
                if (f.rule == rule)
                    snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s%.*s", all[0] ? " " : "", (int)f.rule_id.len, f.rule_id.ptr);
            }
        ck_assert_str_eq(all, expected[live]);
        jy_result_free(result);
        unmake(&m);
    }
}
END_TEST

START_TEST(test_session__before_the_end_rules_wait)
{
    made m = make("  - {id: bye, require: 再见, where: last 1 turn of agent}\n  - {id: hello, require: 您好}\n  - {id: no, forbid: 没办法}\n");
    jy_turn turn = said("好的");
    jy_result *result;
    jy_session_feed(m.session, m.scanner, &turn);
    jy_session_result(m.session, &result);
    count_why(result, JY_NEEDS_END, 2);
    jy_result_free(result);
    jy_session_finish(m.session, m.scanner);
    jy_session_result(m.session, &result);
    count_why(result, JY_NEEDS_END, 0);
    ck_assert_uint_eq(jy_result_count(result), 2);
    jy_result_free(result);
    unmake(&m);
}
END_TEST

START_TEST(test_session__slots_are_filled_from_the_call)
{
    made m = make("  - {id: no, forbid: 没办法, suggest: ['{agent}号为您服务', '{客户}您好,{place}见'], replace: '{agent}号请您{place}稍候'}\n");
    jy_turn turn = said("没办法");
    jy_call call = JY_CALL_INIT;
    jy_finding f = JY_FINDING_INIT;
    jy_result *result;
    jy_edit edit = JY_EDIT_INIT;
    jy_str wording;
    call.agent = str_of("八");
    call.customer = str_of("周先生");
    ck_assert_int_eq(jy_session_call(m.session, &call), JY_OK);
    jy_session_feed(m.session, m.scanner, &turn);
    jy_session_next(m.session, &f);
    ck_assert_uint_eq(f.suggestion_count, 2);
    jy_session_suggestion(m.session, 0, &wording);
    ck_assert(str_is(wording, "八号为您服务"));
    jy_session_suggestion(m.session, 1, &wording);
    ck_assert(str_is(wording, "周先生您好,{place}见"));
    ck_assert_int_eq(jy_session_suggestion(m.session, 2, &wording), JY_E_INVALID);
    jy_session_result(m.session, &result);
    jy_result_edit(result, 0, 0, &edit);
    ck_assert(str_is(edit.replacement, "八号请您稍候")); /* what nobody can fill is left out of a text */
    jy_result_call(result, &call);
    ck_assert(str_is(call.customer, "周先生"));
    jy_result_free(result);
    unmake(&m);
}
END_TEST

/* A call that never ends: nothing grows but with what is found. */
START_TEST(test_session__an_endless_call_stays_small)
{
    made m = make("  - {id: no, forbid: 没办法}\n  - {id: before, when: {said: 听不懂, speaker: customer}, forbid: 好的, where: previous 3 turns of agent}\n"
                  "  - {id: last, forbid: 好的, where: last 2 turns of agent}\n  - {id: again, limit: {repeat: {times: 3, within: 5 turns, alike: 0.99}}}\n"
                  "  - {id: next, when: {said: 谢谢, speaker: customer}, require: 不客气, where: next 9 turns of agent}\n");
    jy_finding f = JY_FINDING_INIT;
    char words[64] = "";
    size_t early = 0;
    jy_session_set(m.session, JY_PARAM_PROVISIONAL, 1);
    for (int i = 0; i < check_rounds(200000); i++) {
        jy_turn turn = said(words);
        snprintf(words, sizeof(words), "好的,第%d句话%s", i, i % 7 ? "" : ",不客气,谢谢");
        turn.text.len = strlen(words);
        turn.speaker = i % 2 ? JY_AGENT : JY_CUSTOMER;
        turn.id = str_of("now");
        turn.begin_ms = i * 1000;
        turn.end_ms = i * 1000 + 900;
        turn.flags = JY_TURN_PARTIAL;
        ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_OK);
        turn.flags = 0;
        ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_OK);
        ck_assert_int_eq(jy_session_next(m.session, &f), JY_DONE);
        if (i == 1000)
            early = jy_session_memory(m.session);
    }
    ck_assert_uint_le(jy_session_memory(m.session), early + 256); /* turn numbers of more digits */
    ck_assert_uint_lt(early, 16384);
    unmake(&m);
}
END_TEST

START_TEST(test_session__what_was_never_final_is_listed)
{
    const struct { const char *last; size_t listed; } ends[] = { { "没办法", 1 }, { "", 0 } };
    for (size_t i = 0; i < 2; i++) {
        made m = make("  - {id: no, forbid: 没办法}\n");
        jy_turn turn = said("没办法");
        jy_unchecked open = JY_UNCHECKED_INIT;
        jy_result *result;
        turn.id = str_of("x");
        turn.flags = JY_TURN_PARTIAL;
        ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_OK);
        turn.text = str_of(ends[i].last);
        ck_assert_int_eq(jy_session_feed(m.session, m.scanner, &turn), JY_OK);
        ck_assert_int_eq(jy_session_finish(m.session, m.scanner), JY_OK);
        ck_assert_int_eq(jy_session_result(m.session, &result), JY_OK);
        ck_assert_uint_eq(jy_result_count(result), 0);
        ck_assert_uint_eq(jy_result_unchecked_count(result), ends[i].listed);
        if (ends[i].listed) {
            ck_assert_int_eq(jy_result_unchecked(result, 0, &open), JY_OK);
            ck_assert(open.rule == JY_RULE_ANY && open.why == JY_TURN_OPEN && open.turn == 0);
            ck_assert_str_eq(jy_unchecked_name(open.why), "turn-open");
        }
        jy_result_free(result);
        unmake(&m);
    }
}
END_TEST

CHECK_MAIN("session", test_session__refuses_what_makes_no_sense, test_session__nothing_comes_behind_the_end, test_session__smaller_structs_are_enough,
           test_session__spans_in_every_unit, test_session__bad_bytes_are_counted_or_refused, test_session__times_below_zero_are_unknown, test_session__limits_show, test_session__what_was_never_final_is_listed,
           test_session__rules_rest_live_or_after, test_session__before_the_end_rules_wait, test_session__slots_are_filled_from_the_call,
           test_session__an_endless_call_stays_small)
