/* report: a call judged by real rules, in every format. Rules give what a sample result cannot: notes and wordings for help, the measure of
 * a limit, names of rules that were not checked. */
#include "../check_main.h"
#include "base/base.h"

static const char pack[] =
    "jinyu: 1\npack: shop\ntitle: 商店\nversion: 1.0.0\nrules:\n"
    "  - id: no-way\n    clause: 六-4\n    situation: 一般忌语\n    note: 先说能做什么\n    forbid: [没办法]\n    suggest: ['我再帮您查一下,好吗?']\n"
    "    replace: {with: 我再帮您查一下, span: phrase}\n"
    "  - id: answer-soon\n    clause: 六-0\n    situation: 接起电话\n    severity: warning\n    limit: {answer: 10s}\n"
    "  - id: no-silence\n    clause: 六-4\n    situation: 沉默\n    limit: {silence: 20s}\n"
    "  - id: hang-up\n    clause: 六-3\n    severity: info\n    limit: {hangup: agent}\n"
    "  - id: many\n    severity: info\n    forbid: ['办(法|事|理|公|学|案|报|差|妥|好|完|成|错|砸|了|过|的|得|着|下|上|来|去|出|到|起|开|住|掉|给|在|向|往|于)']\n";

typedef struct page { char *text; size_t len; } page;

static int keep(void *ctx, const char *bytes, size_t len)
{
    page *p = ctx;
    p->text = realloc(p->text, p->len + len + 1);
    memcpy(p->text + p->len, bytes, len);
    p->len += len;
    p->text[p->len] = 0;
    return 0;
}

static jy_rules *compile_pack(void)
{
    jy_compiler *compiler;
    jy_rules *rules = NULL;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    jy_compiler_add_text(compiler, JY__STR("shop.yaml"), JY__STR(pack));
    if (jy_compiler_build(compiler, &rules) != JY_OK) {
        jy_diag diag = JY_DIAG_INIT;
        jy_compiler_diag(compiler, 0, &diag);
        ck_abort_msg("%u:%u %.*s", diag.line, diag.column, (int)diag.message.len, diag.message.ptr);
    }
    jy_compiler_free(compiler);
    return rules;
}

static void feed(jy_session *session, jy_scanner *scanner, int speaker, const char *text, int64_t at, uint32_t line)
{
    jy_turn turn = JY_TURN_INIT;
    turn.speaker = speaker;
    turn.text = jy__str_of(text);
    turn.begin_ms = at;
    turn.end_ms = at + 2000;
    turn.place.line = line;
    turn.place.column = turn.place.byte_column = 1;
    ck_assert_int_eq(jy_session_feed(session, scanner, &turn), JY_OK);
}

/* A call answered after 35 seconds, in which the agent says 没 办法 and hangs up. */
static jy_result *judge_call_of(const char *start)
{
    jy_rules *rules = compile_pack();
    jy_scanner *scanner;
    jy_session *session;
    jy_result *result;
    jy_call call = JY_CALL_INIT;
    jy_event event = JY_EVENT_INIT;
    call.source = JY__STR("call.srt");
    call.start = jy__str_of(start);
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    ck_assert_int_eq(jy_session_call(session, &call), JY_OK);
    event.kind = JY_EVENT_RING;
    event.at_ms = 0;
    ck_assert_int_eq(jy_session_event(session, scanner, &event), JY_OK);
    event.kind = JY_EVENT_ANSWER;
    event.at_ms = 35240;
    ck_assert_int_eq(jy_session_event(session, scanner, &event), JY_OK);
    feed(session, scanner, JY_CUSTOMER, "没办法,你们快来", 36000, 1);
    feed(session, scanner, JY_AGENT, "这个没 办法", 39000, 2);
    feed(session, scanner, JY_AGENT, "办妥", 41000, 3);
    event.kind = JY_EVENT_HANGUP;
    event.speaker = JY_AGENT;
    event.at_ms = 44000;
    ck_assert_int_eq(jy_session_event(session, scanner, &event), JY_OK);
    ck_assert_int_eq(jy_session_finish(session, scanner), JY_OK);
    ck_assert_int_eq(jy_session_result(session, &result), JY_OK);
    jy_session_free(session);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
    return result;
}

static jy_result *judge_call(void) { return judge_call_of("2026-11-02T09:00:00"); }

static page write_call(const jy_result *result, const char *format, int language)
{
    jy_report_options options = JY_REPORT_OPTIONS_INIT;
    jy_report *report;
    page p = { NULL, 0 };
    options.format = jy__str_of(format);
    options.language = language;
    ck_assert_int_eq(jy_report_new(&report, &options, keep, &p, NULL), JY_OK);
    ck_assert_int_eq(jy_report_add(report, result), JY_OK);
    ck_assert_int_eq(jy_report_finish(report), JY_OK);
    jy_report_free(report);
    return p;
}

static void has(const jy_result *result, const char *format, int language, const char *wanted)
{
    page p = write_call(result, format, language);
    ck_assert_msg(strstr(p.text, wanted) != NULL, "%s has no %s:\n%s", format, wanted, p.text);
    free(p.text);
}

START_TEST(test_report_real__text_tells_the_words_and_the_measure)
{
    jy_result *result = judge_call();
    ck_assert_uint_eq(jy_result_count(result), 4);
    has(result, "text", JY_ENGLISH, "call.srt:2:3: error 六-4 no-way: 一般忌语\n");
    has(result, "text", JY_ENGLISH, "  00:39 agent | 这个没 办法\n              |     ^^^^^^^\n");
    has(result, "text", JY_ENGLISH, "  why: 没 办法 = 没办法: gaps 1\n  say: 我再帮您查一下,好吗?\n");
    has(result, "text", JY_ENGLISH, "time to answer is 35.2 s, bound 10 s");
    has(result, "text", JY_CHINESE, "接听用时为 35.2 秒，限度 10 秒");
    has(result, "text", JY_CHINESE, "客服先挂断");
    has(result, "text", JY_ENGLISH, "agent hung up first");
    has(result, "text", JY_CHINESE, "(规则写作 办(法|事|理|公|学|案|报|差|妥|好|完|成|错|砸|了|过|的|得|着|下|上|来|去|…)");
    jy_result_free(result);
}
END_TEST

START_TEST(test_report_real__machines_get_the_same){
    jy_result *result = judge_call();
    has(result, "jsonl", JY_ENGLISH, "\"measure\":\"answer\",\"measured\":35240,\"bound\":10000");
    has(result, "jsonl", JY_ENGLISH, "\"edits\":[{\"turn\":1,\"span\":{\"begin\":6,\"end\":16},\"replacement\":\"我再帮您查一下\"}]");
    has(result, "sarif", JY_ENGLISH, "\"help\":{\"text\":\"先说能做什么\\nsay: 我再帮您查一下,好吗?\"}");
    has(result, "sarif", JY_ENGLISH, "\"deletedRegion\":{\"startLine\":2,\"startColumn\":3,\"endLine\":2,\"endColumn\":7}");
    has(result, "rdjson", JY_ENGLISH, "\"range\":{\"start\":{\"line\":2,\"column\":7},\"end\":{\"line\":2,\"column\":17}},\"text\":\"我再帮您查一下\"");
    has(result, "junit", JY_ENGLISH, "tests=\"4\" failures=\"4\"");
    has(result, "csv", JY_CHINESE, "没 办法 = 没办法: 间隔 1");
    has(result, "html", JY_CHINESE, "{\"key\":\"shop/no-way\",\"id\":\"no-way\",\"clause\":\"六-4\",\"situation\":\"一般忌语\",\"say\":[\"我再帮您查一下,好吗?\"]}");
    jy_result_free(result);
}
END_TEST

/* The trend and the filter go by days, however a system writes them. */
START_TEST(test_report_real__days_are_days_however_they_are_written)
{
    static const char *const starts[] = { "2026-11-02T09:00:00", "2026-11-02", "2026/11/2 9:00", "2026.11.02 09:00", "2026年11月2日 9时", "2026-11-2 09:00" };
    static const char *const none[] = { "11/2/2026", "2026", "2026-11", "2026-111-02", "2026/11-02", "2026-11-023", "" };
    for (size_t i = 0; i < JY__COUNT(starts); i++) {
        jy_result *result = judge_call_of(starts[i]);
        has(result, "html", JY_CHINESE, "data-filter=\"day\" data-value=\"2026-11-02\">2026-11-02</th><td class=\"n\">4</td>");
        has(result, "html", JY_CHINESE, "<option value=\"2026-11-02\">2026-11-02</option>");
        jy_result_free(result);
    }
    for (size_t i = 0; i < JY__COUNT(none); i++) {
        jy_result *result = judge_call_of(none[i]);
        page p = write_call(result, "html", JY_CHINESE);
        ck_assert_msg(strstr(p.text, "data-filter=\"day\"") == NULL, "%s is a day", none[i]);
        free(p.text);
        jy_result_free(result);
    }
}
END_TEST

CHECK_MAIN("report_real", test_report_real__text_tells_the_words_and_the_measure, test_report_real__machines_get_the_same,
           test_report_real__days_are_days_however_they_are_written)
