/* Text that is NULL with a length is an argument out of range for every function that takes one, also inside a struct; of a length of 0 NULL is
 * an empty text. */
#include "../check_main.h"
#include <jinyu/jinyu.h>
#include <string.h>

static const jy_str lost = { NULL, 5 }, nothing = { NULL, 0 };
static jy_str str(const char *text) { return (jy_str){ text, strlen(text) }; }
#define REFUSED(call) ck_assert_int_eq(call, JY_E_INVALID)

static jy_rules *some_rules(void)
{
    jy_compiler *compiler;
    jy_rules *rules;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    ck_assert_int_eq(jy_compiler_add_text(compiler, nothing, str("jinyu: 1\npack: p\nrules:\n  - {id: a, forbid: 没办法}\n")), JY_OK);
    ck_assert_int_eq(jy_compiler_build(compiler, &rules), JY_OK);
    jy_compiler_free(compiler);
    return rules;
}

START_TEST(test_arguments__names)
{
    jy_param param;
    int32_t number;
    jy_str text;
    REFUSED(jy_param_by_name(lost, &param));
    REFUSED(jy_param_by_name(nothing, &param));
    REFUSED(jy_event_by_name(lost, &number));
    REFUSED(jy_event_by_name(nothing, &number));
    REFUSED(jy_builtin_text(lost, &text));
    REFUSED(jy_builtin_text(nothing, &text));
    REFUSED(jy_speaker_by_label(lost, NULL, 0, &number));
    REFUSED(jy_speaker_by_label(str("甲"), (const jy_str[]){ lost, str("agent") }, 1, &number));
    REFUSED(jy_speaker_by_label(str("甲"), (const jy_str[]){ str("甲"), lost }, 1, &number));
    ck_assert_int_eq(jy_speaker_by_label(nothing, NULL, 0, &number), JY_OK);
    ck_assert_int_eq(number, JY_SPEAKER_UNKNOWN);
}
END_TEST

START_TEST(test_arguments__compiler)
{
    const char good[] = "jinyu: 1\npack: p\nrules:\n  - {id: a, forbid: 没办法}\n";
    jy_compiler *compiler;
    jy_rules *rules;
    jy_buf out = JY_BUF_INIT;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    REFUSED(jy_compiler_add_text(compiler, lost, str(good)));
    REFUSED(jy_compiler_add_text(compiler, str("p"), lost));
    REFUSED(jy_compiler_add_builtin(compiler, lost));
    ck_assert_int_eq(jy_compiler_add_text(compiler, str("p"), str(good)), JY_OK);
    REFUSED(jy_compiler_set_severity(compiler, lost, JY_INFO));
    REFUSED(jy_compiler_set_severity(compiler, nothing, JY_INFO));
    ck_assert_int_eq(jy_compiler_build(compiler, &rules), JY_OK); /* what was refused left nothing behind */
    jy_rules_unref(rules);
    jy_compiler_free(compiler);
    REFUSED(jy_rules_format(lost, &out));
}
END_TEST

START_TEST(test_arguments__reader)
{
    const jy_str pairs[] = { str("甲"), lost };
    const jy_place place = JY_PLACE_INIT;
    jy_read_options wrong[5] = { JY_READ_OPTIONS_INIT, JY_READ_OPTIONS_INIT, JY_READ_OPTIONS_INIT, JY_READ_OPTIONS_INIT, JY_READ_OPTIONS_INIT };
    jy_place raw = JY_PLACE_INIT, pointer = JY_PLACE_INIT;
    jy_reader *reader;
    uint32_t line;
    wrong[0].source = wrong[1].format = wrong[2].encoding = wrong[3].agent = raw.raw = pointer.pointer = lost;
    wrong[4].labels = pairs;
    wrong[4].label_count = 1;
    for (int i = 0; i < 5; i++) {
        REFUSED(jy_reader_open_text(&reader, str("客服:您好\n"), &wrong[i], NULL));
        ck_assert_ptr_null(reader);
    }
    REFUSED(jy_reader_open_text(&reader, lost, NULL, NULL));
    ck_assert_int_eq(jy_reader_open_text(&reader, nothing, NULL, NULL), JY_OK);
    jy_reader_free(reader);
    REFUSED(jy_place_locate(&place, lost, 1, &line, NULL, NULL));
    REFUSED(jy_place_locate(&raw, str("您好"), 1, &line, NULL, NULL));
    REFUSED(jy_place_locate(&pointer, str("您好"), 1, &line, NULL, NULL));
    ck_assert_int_eq(jy_place_locate(&place, nothing, 0, &line, NULL, NULL), JY_OK);
}
END_TEST

START_TEST(test_arguments__scan)
{
    jy_rules *rules = some_rules();
    jy_scanner *scanner;
    jy_result *result = NULL;
    jy_buf out = JY_BUF_INIT;
    jy_call call = JY_CALL_INIT;
    jy_place at = JY_PLACE_INIT;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    REFUSED(jy_scan(scanner, rules, lost, &result));
    call.team = at.pointer = lost;
    REFUSED(jy_scan_at(scanner, rules, str("没办法"), &call, NULL, &result));
    REFUSED(jy_scan_at(scanner, rules, str("没办法"), NULL, &at, &result));
    REFUSED(jy_scan_batch(scanner, rules, NULL, (const int32_t[]){ 0, 5 }, 32, 1, NULL, &result));
    REFUSED(jy_fold(scanner, lost, &out));
    REFUSED(jy_fold_explain(scanner, lost, &out));
    REFUSED(jy_explain(scanner, rules, lost, &out));
    REFUSED(jy_redact(lost, &out));
    ck_assert_int_eq(jy_scan(scanner, rules, nothing, &result), JY_OK); /* the scanner is free again */
    jy_result_free(result);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_arguments__session)
{
    jy_rules *rules = some_rules();
    jy_scanner *scanner;
    jy_session *session;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    for (int i = 0; i < 8; i++) {
        jy_call call = JY_CALL_INIT;
        jy_str *member[] = { &call.id, &call.source, &call.agent, &call.customer, &call.team, &call.queue, &call.start, &call.direction };
        *member[i] = lost;
        REFUSED(jy_session_call(session, &call));
    }
    for (int i = 0; i < 5; i++) {
        jy_turn turn = JY_TURN_INIT;
        jy_str *member[] = { &turn.text, &turn.label, &turn.id, &turn.place.raw, &turn.place.pointer };
        *member[i] = lost;
        REFUSED(jy_session_feed(session, scanner, &turn));
    }
    jy_event event = JY_EVENT_INIT;
    event.kind = JY_EVENT_RING;
    event.place.pointer = lost;
    REFUSED(jy_session_event(session, scanner, &event));
    jy_turn turn = JY_TURN_INIT;
    ck_assert_int_eq(jy_session_feed(session, scanner, &turn), JY_OK);
    jy_session_free(session);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

static int swallow(void *ctx, const char *bytes, size_t len)
{
    (void)ctx, (void)bytes, (void)len;
    return 0;
}

START_TEST(test_arguments__report)
{
    jy_report_options options = JY_REPORT_OPTIONS_INIT;
    jy_report *report;
    options.format = lost;
    REFUSED(jy_report_new(&report, &options, swallow, NULL, NULL));
    options.format = str("text");
    ck_assert_int_eq(jy_report_new(&report, &options, swallow, NULL, NULL), JY_OK);
    for (int i = 0; i < 3; i++) {
        jy_diag diag = JY_DIAG_INIT;
        jy_str *member[] = { &diag.source, &diag.rule, &diag.message };
        *member[i] = lost;
        REFUSED(jy_report_skipped(report, &diag));
    }
    ck_assert_int_eq(jy_report_finish(report), JY_OK);
    jy_report_free(report);
}
END_TEST

CHECK_MAIN("arguments", test_arguments__names, test_arguments__compiler, test_arguments__reader, test_arguments__scan, test_arguments__session, test_arguments__report)
