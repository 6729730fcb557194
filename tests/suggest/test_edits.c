/* Edits: how much of the text a replacement takes the place of, what happens where they meet, and that a second rewrite changes
 * nothing. */
#include "../session/session_test.h"

static void rewritten(jy_rules *rules, const char *text, const char *expected)
{
    jy_scanner *scanner;
    jy_result *result;
    jy_buf once = JY_BUF_INIT, twice = JY_BUF_INIT;
    jy_str between = str_of(text);
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    for (int round = 0; round < 2; round++) {
        jy_buf *out = round ? &twice : &once;
        ck_assert_int_eq(jy_scan(scanner, rules, between, &result), JY_OK);
        if (jy_result_count(result) == 0) { /* what is clean is not kept: the text stays */
            ck_assert(str_is(between, expected));
            jy_result_free(result);
            break;
        }
        ck_assert_int_eq(jy_result_rewrite(result, 0, out), JY_OK);
        between = (jy_str){ out->ptr, out->len };
        ck_assert_msg(str_is(between, expected), "round %d: %.*s", round, (int)between.len, between.ptr);
        jy_result_free(result);
    }
    jy_buf_free(&once);
    jy_buf_free(&twice);
    jy_scanner_free(scanner);
}

START_TEST(test_suggest__spans_of_edits)
{
    static const struct { const char *span, *expected; } spans[] = {
        { "phrase", "哎,我真请稍候啊,您等。再见" }, { "clause", "哎,请稍候,您等。再见" }, { "sentence", "请稍候。再见" }, { "turn", "请稍候" },
    };
    for (size_t i = 0; i < sizeof(spans) / sizeof(spans[0]); i++) {
        char text[256];
        snprintf(text, sizeof(text), "  - {id: a, forbid: 没办法, replace: {with: 请稍候, span: %s}}\n", spans[i].span);
        jy_rules *rules = rules_of(text);
        rewritten(rules, "哎,我真没办法啊,您等。再见", spans[i].expected);
        jy_rules_unref(rules);
    }
}
END_TEST

/* Of a transcript without marks nobody knows where the clause ends: what else was said there must not be lost. */
START_TEST(test_suggest__no_edit_takes_what_it_cannot_tell)
{
    static const struct { const char *span, *text, *expected; } cases[] = {
        { "clause", "这个我真的没办法啊", "请稍候" },
        { "clause", "您好李先生您的工单我刚才看过了这个没办法您明天上午再打过来", "您好李先生您的工单我刚才看过了这个没办法您明天上午再打过来" },
        { "sentence", "您好李先生您的工单我刚才看过了,这个没办法,您明天上午再打过来吧", "您好李先生您的工单我刚才看过了,这个没办法,您明天上午再打过来吧" },
        { "clause", "您好李先生您的工单我刚才看过了,这个没办法,您明天上午再打过来", "您好李先生您的工单我刚才看过了,请稍候,您明天上午再打过来" },
        { "clause", "您好李先生您的工单我刚才看过了 这个没办法 您明天上午再打过来", "您好李先生您的工单我刚才看过了 请稍候 您明天上午再打过来" }, /* as whole: clause */
        { "turn", "您好李先生您的工单我刚才看过了这个没办法您明天上午再打过来", "请稍候" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[256];
        snprintf(text, sizeof(text), "  - {id: a, forbid: 没办法, replace: {with: 请稍候, span: %s}}\n", cases[i].span);
        jy_rules *rules = rules_of(text);
        rewritten(rules, cases[i].text, cases[i].expected);
        jy_rules_unref(rules);
    }
}
END_TEST

START_TEST(test_suggest__edits_that_meet)
{
    jy_rules *rules = rules_of("  - {id: a, forbid: 没办法, replace: {with: 请稍候, span: clause}}\n  - {id: b, forbid: 不知道, replace: 我查一下}\n");
    rewritten(rules, "没办法不知道", "请稍候");
    rewritten(rules, "没办法,不知道", "请稍候,我查一下");
    rewritten(rules, "沒 办法。不，知道", "请稍候。我查一下");
    rewritten(rules, "没办法没办法", "请稍候");
    rewritten(rules, "您好", "您好");
    jy_rules_unref(rules);
}
END_TEST

/* Of many findings in many turns each turn gets its own, all of them, and no other's. */
START_TEST(test_suggest__edits_of_many_turns)
{
    enum { TURNS = 40, MOST = 60 };
    jy_rules *rules = rules_of("  - {id: a, forbid: 没办法, replace: 请稍候}\n  - {id: b, forbid: 不知道, replace: {with: 我查一下, span: clause}}\n");
    jy_scanner *scanner;
    jy_result *result;
    char text[TURNS * MOST * 40] = "", *end = text;
    for (size_t turn = 0; turn < TURNS; turn++) {
        for (size_t i = 0; i < turn % MOST; i++)
            end += sprintf(end, "%zu%s", i, i % 3 ? "没办法。" : ",我不知道。");
        *end++ = '\n';
    }
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan(scanner, rules, (jy_str){ text, (size_t)(end - text) }, &result), JY_OK);
    for (size_t turn = 1; turn < TURNS; turn++) {
        char expected[MOST * 40] = "", *put = expected;
        jy_buf out = JY_BUF_INIT;
        for (size_t i = 0; i < turn % MOST; i++)
            put += sprintf(put, "%zu%s", i, i % 3 ? "请稍候。" : ",我查一下。");
        ck_assert_int_eq(jy_result_rewrite(result, turn, &out), JY_OK);
        ck_assert_msg(str_is((jy_str){ out.ptr, out.len }, expected), "turn %zu: %.*s", turn, (int)out.len, out.ptr);
        jy_buf_free(&out);
    }
    jy_result_free(result);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_suggest__edits_in_every_unit)
{
    const struct { int unit; size_t begin, end; } units[] = { { JY_UNIT_BYTE, 7, 16 }, { JY_UNIT_CODEPOINT, 2, 5 }, { JY_UNIT_UTF16, 3, 6 } };
    jy_rules *rules = rules_of("  - {id: a, forbid: 没办法, replace: 请稍候}\n");
    for (size_t i = 0; i < 3; i++) {
        jy_scanner *scanner;
        jy_result *result;
        jy_edit edit = JY_EDIT_INIT;
        jy_hit hit = JY_HIT_INIT;
        jy_buf out = JY_BUF_INIT;
        ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
        jy_scanner_set(scanner, JY_PARAM_UNIT, units[i].unit);
        ck_assert_int_eq(jy_scan(scanner, rules, str_of("𠮷我没办法"), &result), JY_OK);
        ck_assert_int_eq(jy_result_edit(result, 0, 0, &edit), JY_OK);
        ck_assert(edit.span.begin == units[i].begin && edit.span.end == units[i].end);
        ck_assert_int_eq(jy_result_hit(result, 0, 0, &hit), JY_OK);
        ck_assert(hit.span.begin == units[i].begin && hit.span.end == units[i].end && str_is(hit.phrase, "没办法"));
        ck_assert_int_eq(jy_result_rewrite(result, 0, &out), JY_OK);
        ck_assert(str_is((jy_str){ out.ptr, out.len }, "𠮷我请稍候"));
        ck_assert_int_eq(jy_result_edit(result, 0, 1, &edit), JY_E_INVALID);
        ck_assert_int_eq(jy_result_edit(result, 1, 0, &edit), JY_E_INVALID);
        jy_buf_free(&out);
        jy_result_free(result);
        jy_scanner_free(scanner);
    }
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_suggest__wordings_in_order)
{
    jy_rules *rules = rules_of("  - {id: a, forbid: 没办法, suggest: [请稍候, '{agent}号为您查', '{place}吗']}\n");
    jy_scanner *scanner;
    jy_result *result;
    jy_str wording;
    jy_call call = JY_CALL_INIT;
    const jy_place start = { .line = 1, .column = 1 };
    call.agent = str_of("12");
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan_at(scanner, rules, str_of("没办法"), &call, &start, &result), JY_OK);
    ck_assert_int_eq(jy_result_suggestion(result, 0, 0, &wording), JY_OK);
    ck_assert(str_is(wording, "请稍候"));
    jy_result_suggestion(result, 0, 1, &wording);
    ck_assert(str_is(wording, "12号为您查"));
    jy_result_suggestion(result, 0, 2, &wording);
    ck_assert(str_is(wording, "{place}吗")); /* a person fills it in */
    ck_assert_int_eq(jy_result_suggestion(result, 0, 3, &wording), JY_E_INVALID);
    jy_result_free(result);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

CHECK_MAIN("suggest", test_suggest__spans_of_edits, test_suggest__no_edit_takes_what_it_cannot_tell, test_suggest__edits_that_meet, test_suggest__edits_of_many_turns, test_suggest__edits_in_every_unit, test_suggest__wordings_in_order)
