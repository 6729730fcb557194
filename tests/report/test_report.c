/* report: carets, masking, dispatch, stopping, memory that ends at any point. What the formats write is checked by report_golden.py. */
#include "../check_main.h"
#include "report/report.h"
#include "report_sample.h"

/* ---- carets */
static void caret(const char *text, const char *part, bool wide, const char *wanted)
{
    jy__mem mem = jy__mem_of(NULL);
    const char *at = strstr(text, part);
    jy_span span = { (size_t)(at - text), (size_t)(at - text) + strlen(part) };
    jy__caret how = { JY__STR("|"), JY__STR("|"), wide, "", "" };
    jy__text out;
    jy__text_init(&out, &mem);
    jy__caret_write(&out, &how, jy__str_of(text), span);
    ck_assert_str_eq(out.ptr, wanted);
    jy__text_free(&out);
}

START_TEST(test_report__caret_stands_under_wide_characters)
{
    caret("ab你好cd", "好", false, "|ab你好cd\n|    ^^\n");
    caret("ＡＢｱ你", "你", false, "|ＡＢｱ你\n|     ^^\n");
    caret("e\u0301你", "你", false, "|e\u0301你\n| ^^\n");
    caret("没\u200b办法", "没\u200b办", false, "|没\u200b办法\n|^^^^\n");
    caret("😀好", "好", false, "|😀好\n|  ^^\n");
}
END_TEST

START_TEST(test_report__caret_follows_the_terminal_for_ambiguous_characters)
{
    caret("“α”你", "你", false, "|“α”你\n|   ^^\n");
    caret("“α”你", "你", true, "|“α”你\n|      ^^\n");
}
END_TEST

START_TEST(test_report__caret_never_sends_control_characters)
{
    caret("a\x1b[31m\u202e你", "你", false, "|a·[31m·你\n|       ^^\n");
    caret("a\t\x07你", "你", false, "|a ·你\n|   ^^\n");
    caret("a\xff你", "你", false, "|a\uFFFD你\n|  ^^\n");
    caret("a\u200bb", "\u200b", false, "|a\u200bb\n| ^\n");
}
END_TEST

START_TEST(test_report__caret_cuts_a_long_line_to_a_window)
{
    char text[4096], *out;
    jy__mem mem = jy__mem_of(NULL);
    jy__caret how = { JY__STR(""), JY__STR(""), false, "", "" };
    jy__text made;
    memset(text, 'x', sizeof(text));
    memcpy(text + 2000, "HERE", 4);
    jy__text_init(&made, &mem);
    jy__caret_write(&made, &how, (jy_str){ text, sizeof(text) }, (jy_span){ 2000, 2004 });
    out = strchr(made.ptr, '\n') + 1;
    ck_assert_uint_lt(made.len, 2 * 110);
    ck_assert_ptr_eq(strstr(made.ptr, "…"), made.ptr);
    ck_assert_int_eq(strstr(made.ptr, "HERE") - made.ptr - 2, strchr(out, '^') - out); /* … is three bytes wide in one column */
    jy__text_free(&made);
}
END_TEST

START_TEST(test_report__caret_marks_every_line_of_a_span)
{
    caret("一行没\n办法二行", "没\n办法", false, "|一行没\n|    ^^\n|办法二行\n|^^^^\n");
}
END_TEST

/* ---- masking */
static void masked(const char *text, const char *wanted)
{
    jy_buf out = JY_BUF_INIT;
    ck_assert_int_eq(jy_redact(jy__str_of(text), &out), JY_OK);
    ck_assert_str_eq(out.ptr, wanted);
    ck_assert_uint_eq(jy__utf8_count((jy_str){ out.ptr, out.len }), jy__utf8_count(jy__str_of(text)));
    jy_buf_free(&out);
}
static void kept(const char *text) { masked(text, text); }

START_TEST(test_report__redact_masks_phones_however_written)
{
    masked("打13812345678吧", "打***********吧");
    masked("138 1234 5678", "*************");
    masked("138-1234-5678。", "*************。");
    masked("138－1234－5678", "*************");
    masked("１３８１２３４５６７８", "***********");
    masked("+86 138 1234 5678", "+****************");
    masked("+8613812345678转", "+*************转");
    masked("008613812345678", "***************");
    masked("一三八一二三四五六七八", "***********");
    masked("幺三八零零幺三八零零零号", "***********号");
    masked("1 3 8 1 2 3 4 5 6 7 8", "*********************");
    masked("0755-86543210", "*************");
    masked("(010)82345678", "(************");
    masked("021 62345678 或 13912345678", "************ 或 ***********");
    masked("13812345678 13987654321", "*********** ***********");
    masked("+1 415 555 2671", "+**************");
}
END_TEST

START_TEST(test_report__redact_keeps_other_numbers)
{
    kept("12345678901");
    kept("报警编号 20261123, 共 3 处");
    kept("2026-11-23 13:13:13");
    kept("1732345678901 毫秒");
    kept("金额 1380013 元");
    kept("请拨 110 或 95533");
    kept("138123456789012345678901234567890");
    kept("一二三四五六七八九");
    kept("4.5 折,3.14159265358979");
    kept("十一三八");
}
END_TEST

START_TEST(test_report__redact_masks_identity_cards_with_the_right_check_digit)
{
    masked("身份证11010519491231002X,", "身份证******************,");
    masked("11010519491231002x", "******************");
    masked("110105 19491231 002X", "********************");
    masked("440524188001010014", "******************");
    masked("１１０１０５１９４９１２３１００２Ｘ", "******************");
    masked("旧证130503670401001", "旧证***************");
    kept("110105194912310021");
    kept("11010519491231002 X");
    kept("990105194912310021");
    kept("110105194913310025");
    kept("130503671301001");
}
END_TEST

START_TEST(test_report__redact_masks_bank_cards_that_pass_luhn)
{
    masked("卡号6222021234567894", "卡号****************");
    masked("6222 0212 3456 7894", "*******************");
    masked("6222-0212-3456-7894", "*******************");
    masked("4111111111111111", "****************");
    masked("6217000010001234569尾", "*******************尾");
    kept("6222021234567890");
    kept("6222 0212 3456 7890");
    kept("0355 1234 5678 9012");
    kept("4111 1111 1111 1112");
    kept("62220212345678941234567");
}
END_TEST

START_TEST(test_report__redact_masks_plates_and_mail)
{
    masked("车牌京A12345。", "车牌*******。");
    masked("粤B·D1234F", "粤B·D1234F");
    masked("沪A·12D45", "********");
    masked("粤BD12345", "********");
    masked("粤B12345D", "********");
    masked("京a1234警", "*******");
    masked("邮箱 zhang.san+1@mail.example.com 吧", "邮箱 **************************** 吧");
    masked("ａ@ｂ.ｃｏｍ", "*******");
    masked("a.b@qq.com,c@d.cn", "**********,******");
    kept("北京A座12层");
    kept("新ABCDEF");
    kept("京I12345");
    kept("@13 和 a@b 和 a@b.c");
    kept("京A123456789");
}
END_TEST

START_TEST(test_report__redact_stays_inside_a_line_and_survives_bad_bytes)
{
    kept("138\n12345678");
    masked("\xff" "13812345678\xe4\xbd", "\xff***********\xe4\xbd");
    kept("");
    ck_assert_int_eq(jy_redact(JY__STR("x"), NULL), JY_E_INVALID);
}
END_TEST

START_TEST(test_report__redact_takes_linear_time)
{
    static const char *const pieces[] = { "1", "1 ", "6222 ", "a@", "京A", "0", "a.", "13 " };
    size_t size = (size_t)1 << 20;
    char *text = malloc(size);
    for (size_t k = 0; k < JY__COUNT(pieces); k++) {
        jy_buf out = JY_BUF_INIT;
        size_t len = strlen(pieces[k]), count = size / len;
        for (size_t i = 0; i < count; i++)
            memcpy(text + i * len, pieces[k], len);
        ck_assert_int_eq(jy_redact((jy_str){ text, count * len }, &out), JY_OK); /* quadratic work would run into the time limit */
        jy_buf_free(&out);
    }
    free(text);
}
END_TEST

START_TEST(test_report__offset_moves_to_the_masked_text)
{
    /* from anywhere to anywhere, also over bytes that are no character and into the middle of one */
    static const size_t places[][2] = { { 0, 0 }, { 3, 3 }, { 6, 4 }, { 9, 5 }, { 12, 6 }, { 13, 7 }, { 15, 9 }, { 16, 12 }, { 18, 12 }, { 4, 4 } };
    for (size_t i = 0; i < JY__COUNT(places); i++)
        for (size_t k = 0; k < JY__COUNT(places); k++) {
            jy__mask mask = { JY__STR("你１３８\xff\xe4\xbd吗"), JY__STR("你***\xff\xe4\xbd吗"), 0, 0 };
            ck_assert_uint_eq(jy__mask_offset(&mask, places[i][0]), places[i][1]);
            ck_assert_uint_eq(jy__mask_offset(&mask, places[k][0]), places[k][1]);
        }
}
END_TEST

/* ---- the report object */
typedef struct sink { size_t bytes, calls, most; } sink;

static int count_bytes(void *ctx, const char *bytes, size_t len)
{
    sink *s = ctx;
    (void)bytes;
    s->bytes += len;
    s->calls++;
    return s->most && s->bytes > s->most;
}

static int write_all(const char *format, uint32_t flags, sink *s, const jy_alloc *alloc)
{
    jy_report_options options = JY_REPORT_OPTIONS_INIT;
    jy__mem mem = jy__mem_of(NULL);
    jy_report *report = NULL;
    jy_diag skipped;
    int status;
    options.format = jy__str_of(format);
    options.flags = flags;
    options.show = JY_SHOW_TURN;
    status = jy_report_new(&report, &options, count_bytes, s, alloc);
    for (size_t i = 0; i < 3 && status == JY_OK; i++) {
        jy_result *result = sample_result(&mem, i, JY_UNIT_CODEPOINT);
        status = jy_report_add(report, result);
        jy_result_free(result);
    }
    sample_skipped(&skipped);
    if (status == JY_OK)
        status = jy_report_skipped(report, &skipped);
    if (status == JY_OK)
        status = jy_report_finish(report);
    jy_report_free(report);
    return status;
}

START_TEST(test_report__every_format_is_named_and_writes)
{
    size_t count = 0;
    for (const char *name; (name = jy_report_format_name(count)) != NULL; count++) {
        sink s = { 0, 0, 0 };
        ck_assert_int_eq(write_all(name, 0, &s, NULL), JY_OK);
        ck_assert_uint_gt(s.bytes, 100);
    }
    ck_assert_uint_eq(count, 7);
}
END_TEST

START_TEST(test_report__bad_options_are_refused)
{
    jy_report_options options = JY_REPORT_OPTIONS_INIT;
    jy_report *report = NULL;
    sink s = { 0, 0, 0 };
    options.format = JY__STR("pdf");
    ck_assert_int_eq(jy_report_new(&report, &options, count_bytes, &s, NULL), JY_E_INVALID);
    ck_assert_ptr_null(report);
    options.format = JY__STR("text");
    ck_assert_int_eq(jy_report_new(&report, &options, NULL, &s, NULL), JY_E_INVALID);
    options.show = 3;
    ck_assert_int_eq(jy_report_new(&report, &options, count_bytes, &s, NULL), JY_E_INVALID);
    options.show = 0;
    ck_assert_int_eq(jy_report_new(&report, &options, count_bytes, &s, NULL), JY_OK);
    ck_assert_int_eq(jy_report_add(report, NULL), JY_E_INVALID);
    jy_diag sizeless = JY_DIAG_INIT;
    sizeless.size = 0;
    ck_assert_int_eq(jy_report_skipped(report, &sizeless), JY_E_INVALID);
    ck_assert_int_eq(jy_report_finish(report), JY_OK);
    ck_assert_int_eq(jy_report_finish(report), JY_E_STATE);
    jy_report_free(report);
    jy_report_free(NULL);
}
END_TEST

START_TEST(test_report__a_writer_that_fails_stops_the_report)
{
    const char *name;
    for (size_t i = 0; (name = jy_report_format_name(i)) != NULL; i++) {
        sink s = { 0, 0, 1 };
        ck_assert_int_eq(write_all(name, 0, &s, NULL), JY_E_STOPPED);
        ck_assert_uint_eq(s.calls, 1);
    }
}
END_TEST

/* How long the longest piece is. */
static int measure_piece(void *ctx, const char *bytes, size_t len)
{
    size_t *longest = ctx;
    (void)bytes;
    *longest = len > *longest ? len : *longest;
    return 0;
}

START_TEST(test_report__a_call_of_many_findings_is_written_in_pieces)
{
    static const char *const names[] = { "jsonl", "text", "csv" };
    enum { LINES = 1500 };
    char text[LINES * 10 + 1];
    jy_rules *rules;
    jy_scanner *scanner;
    jy_result *result;
    for (size_t i = 0; i < LINES; i++)
        memcpy(text + 10 * i, "你是谁\n", 10);
    ck_assert_int_eq(jy_rules_builtin(&rules), JY_OK);
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan(scanner, rules, (jy_str){ text, LINES * 10 }, &result), JY_OK);
    ck_assert_uint_ge(jy_result_count(result), LINES);
    for (size_t k = 0; k < JY__COUNT(names); k++) {
        jy_report_options options = JY_REPORT_OPTIONS_INIT;
        jy_report *report;
        size_t longest = 0;
        options.format = jy__str_of(names[k]);
        ck_assert_int_eq(jy_report_new(&report, &options, measure_piece, &longest, NULL), JY_OK);
        ck_assert_int_eq(jy_report_add(report, result), JY_OK);
        ck_assert_int_eq(jy_report_finish(report), JY_OK);
        ck_assert_msg(longest > 1000 && longest < (size_t)80 << 10, "%s: %zu", names[k], longest);
        jy_report_free(report);
    }
    jy_result_free(result);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_report__large_reports_are_written_in_pieces)
{
    jy_report_options options = JY_REPORT_OPTIONS_INIT;
    jy__mem mem = jy__mem_of(NULL);
    jy_report *report;
    sink s = { 0, 0, 0 };
    options.format = JY__STR("jsonl");
    ck_assert_int_eq(jy_report_new(&report, &options, count_bytes, &s, NULL), JY_OK);
    for (size_t i = 0; i < 500; i++) {
        jy_result *result = sample_month(&mem, i);
        ck_assert_int_eq(jy_report_add(report, result), JY_OK);
        ck_assert_uint_le(report->out.len, (size_t)64 << 10);
        jy_result_free(result);
    }
    size_t before = s.calls;
    ck_assert_int_eq(jy_report_flush(report), JY_OK);
    ck_assert(report->out.len == 0 && s.calls == before + 1);
    ck_assert_int_eq(jy_report_flush(report), JY_OK); /* nothing waits */
    ck_assert_uint_eq(s.calls, before + 1);
    ck_assert_int_eq(jy_report_finish(report), JY_OK);
    ck_assert_int_eq(jy_report_flush(report), JY_E_STATE);
    ck_assert_int_eq(jy_report_flush(NULL), JY_E_INVALID);
    ck_assert_uint_gt(s.calls, 3);
    jy_report_free(report);
}
END_TEST

/* Memory that ends at allocation number n, for every n until the report succeeds. */
typedef struct thin { long left; size_t held; } thin;

static void *thin_realloc(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    thin *t = ctx;
    void *grown;
    if (t->left-- <= 0 || !(grown = realloc(ptr, new_size)))
        return NULL;
    t->held += new_size - (ptr ? old_size : 0);
    return grown;
}

static void thin_free(void *ctx, void *ptr, size_t size)
{
    ((thin *)ctx)->held -= size;
    free(ptr);
}

START_TEST(test_report__no_memory_is_survived_at_every_allocation)
{
    const char *name;
    for (size_t i = 0; (name = jy_report_format_name(i)) != NULL; i++) {
        int status = JY_E_NOMEM;
        for (long n = 0; status != JY_OK; n++) {
            thin t = { n, 0 };
            jy_alloc alloc = { &t, thin_realloc, thin_free };
            sink s = { 0, 0, 0 };
            status = write_all(name, JY_REPORT_REDACT | JY_REPORT_COLOR, &s, &alloc);
            ck_assert_msg(status == JY_OK || status == JY_E_NOMEM, "%s, allocation %ld: %s", name, n, jy_status_name(status));
            ck_assert_msg(t.held == 0, "%s, allocation %ld: %zu bytes held", name, n, t.held);
            ck_assert_int_lt(n, 5000);
        }
    }
}
END_TEST

START_TEST(test_report__json_repairs_text_and_escapes_for_html)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__text out;
    jy__json json;
    jy__text_init(&out, &mem);
    json = jy__json_on(&out, true);
    jy__json_open(&json, '{');
    jy__json_put_str(&json, "a", JY__STR("\"\\\n\x01\x7f</script>\xff你\u2028"));
    jy__json_put_known(&json, "b", -1, -1);
    jy__json_close(&json, '}');
    ck_assert_str_eq(out.ptr, "{\"a\":\"\\\"\\\\\\n\\u0001\\u007f\\u003c/script>\uFFFD你\\u2028\",\"b\":null}");
    jy__text_free(&out);
}
END_TEST

CHECK_MAIN("report", test_report__caret_stands_under_wide_characters, test_report__caret_follows_the_terminal_for_ambiguous_characters,
           test_report__caret_never_sends_control_characters, test_report__caret_cuts_a_long_line_to_a_window,
           test_report__caret_marks_every_line_of_a_span, test_report__redact_masks_phones_however_written,
           test_report__redact_keeps_other_numbers, test_report__redact_masks_identity_cards_with_the_right_check_digit,
           test_report__redact_masks_bank_cards_that_pass_luhn, test_report__redact_masks_plates_and_mail,
           test_report__redact_stays_inside_a_line_and_survives_bad_bytes, test_report__redact_takes_linear_time,
           test_report__offset_moves_to_the_masked_text, test_report__every_format_is_named_and_writes,
           test_report__bad_options_are_refused, test_report__a_writer_that_fails_stops_the_report,
           test_report__large_reports_are_written_in_pieces, test_report__a_call_of_many_findings_is_written_in_pieces, test_report__no_memory_is_survived_at_every_allocation,
           test_report__json_repairs_text_and_escapes_for_html)
