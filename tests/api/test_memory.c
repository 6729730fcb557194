/* Memory that runs out, through the public interface: every allocation of every object is made to fail once, by number. Each time
 * the answer must be JY_E_NOMEM (or success, where the library can do without), nothing may leak, and every free and resize must
 * name the size that was given out. */
#include "failing_memory.h"

static const char rules_text[] =
    "jinyu: 1\npack: mine\ndefaults: {speaker: agent}\nlists:\n  you: [你, 您]\nscorecard: {start: 100, floor: 0, pass: 80}\nrules:\n"
    "  - id: who\n    clause: 甲-1\n    forbid: ['{you}是谁(呀)?', {regex: '干什么.{0,3}的'}]\n    except: [不知道你是谁]\n    suggest: [请问您贵姓?]\n"
    "    replace: {with: 请问您贵姓, span: phrase}\n    score: -5\n    tests: {bad: [你是谁], good: [请问您贵姓?]}\n"
    "  - id: no-way\n    forbid: [{phrase: 没办法, via: [sound]}]\n    suggest: ['我帮{customer}想办法']\n    tests: {bad: [没办法], good: [有办法]}\n"
    "  - id: thank-after-hold\n    when: {event: hold-end}\n    require: 感谢您的等待\n    where: next 1 turn of agent\n    suggest: [感谢您的等待]\n"
    "    tests:\n      bad: [[{event: hold-end}, {客服: 喂}]]\n      good: [[{event: hold-end}, {客服: 感谢您的等待}]]\n";
static const char said[] = "您好\n你 是 誰呀?\n没　办法\n干什么来的\n没班发\n";
static const char call_text[] =
    "{\"call\":\"1\",\"turns\":[{\"speaker\":\"agent\",\"text\":\"你是谁\",\"begin\":0,\"end\":900},{\"speaker\":\"customer\",\"text\":\"没办法\"}]}\n";

static int try_compile(const jy_alloc *alloc, jy_rules *unused)
{
    (void)unused;
    return try_rules(alloc, rules_text);
}

static int try_bad_rules(const jy_alloc *alloc, jy_rules *unused)
{
    static const char bad[] = "jinyu: 1\npack: mine\nrules:\n  - id: a\n    forbidd: [x]\n  - id: a\n    forbid: ['(a']\n    score: many\n";
    jy_compiler *compiler = NULL;
    jy_rules *rules = NULL;
    int status = jy_compiler_new(&compiler, alloc);
    (void)unused;
    if (status >= 0)
        status = jy_compiler_add_text(compiler, str("bad"), str(bad));
    if (status == JY_E_RULES)
        status = jy_compiler_build(compiler, &rules);
    jy_rules_unref(rules);
    jy_compiler_free(compiler);
    return status == JY_E_RULES ? JY_OK : status < 0 ? status : JY_E_INTERNAL;
}

static int read_result(const jy_result *result)
{
    jy_buf text = JY_BUF_INIT;
    int status = JY_OK;
    for (size_t i = 0; status >= 0 && i < jy_result_count(result); i++) {
        jy_finding finding = JY_FINDING_INIT;
        jy_result_get(result, i, &finding);
        status = jy_result_rewrite(result, finding.turn, &text);
        jy_buf_free(&text);
    }
    return status;
}

static int scan_said(const jy_alloc *alloc, jy_rules *rules, jy_scanner **scanner, jy_result **result)
{
    int status = jy_scanner_new(scanner, alloc);
    return status < 0 ? status : jy_scan(*scanner, rules, str(said), result);
}

static int try_scan(const jy_alloc *alloc, jy_rules *rules)
{
    jy_scanner *scanner = NULL;
    jy_result *result = NULL;
    int status = scan_said(alloc, rules, &scanner, &result);
    if (status >= 0)
        status = read_result(result);
    jy_result_free(result);
    jy_scanner_free(scanner);
    return status;
}

static int try_fold(const jy_alloc *alloc, jy_rules *rules)
{
    jy_scanner *scanner = NULL;
    jy_buf text[3] = { JY_BUF_INIT, JY_BUF_INIT, JY_BUF_INIT };
    int status = jy_scanner_new(&scanner, alloc);
    if (status >= 0)
        status = jy_fold(scanner, str(said), &text[0]);
    if (status >= 0)
        status = jy_fold_explain(scanner, str(said), &text[1]);
    if (status >= 0)
        status = jy_explain(scanner, rules, str(said), &text[2]);
    for (int i = 0; i < 3; i++)
        jy_buf_free(&text[i]);
    jy_scanner_free(scanner);
    return status;
}

static int feed_call(jy_session *session, jy_scanner *scanner)
{
    static const struct { int speaker; uint32_t flags; const char *id, *text; } turns[] = {
        { JY_AGENT, JY_TURN_PARTIAL, "1", "你是" }, { JY_AGENT, JY_TURN_PARTIAL, "1", "你是谁" }, { JY_AGENT, 0, "1", "你是谁呀" },
        { JY_CUSTOMER, 0, "", "没办法" }, { JY_AGENT, 0, "", "没" }, { JY_AGENT, 0, "", "办法" } };
    jy_event event = JY_EVENT_INIT;
    jy_call call = JY_CALL_INIT;
    int status;
    call.id = str("call 1");
    call.agent = str("0158");
    status = jy_session_call(session, &call);
    event.kind = JY_EVENT_HOLD_END;
    event.at_ms = 1000;
    for (size_t i = 0; status >= 0 && i < sizeof(turns) / sizeof(turns[0]); i++) {
        jy_turn turn = JY_TURN_INIT;
        turn.text = str(turns[i].text);
        turn.id = str(turns[i].id);
        turn.speaker = turns[i].speaker;
        turn.flags = turns[i].flags;
        status = jy_session_feed(session, scanner, &turn);
        if (status >= 0 && i == 3)
            status = jy_session_event(session, scanner, &event);
    }
    return status < 0 ? status : jy_session_finish(session, scanner);
}

static int try_session(const jy_alloc *alloc, jy_rules *rules)
{
    jy_scanner *scanner = NULL;
    jy_session *session = NULL;
    jy_result *result = NULL;
    int status = jy_scanner_new(&scanner, alloc);
    if (status >= 0)
        status = jy_session_new(&session, rules, alloc);
    if (status >= 0)
        status = jy_session_set(session, JY_PARAM_PROVISIONAL, 1);
    for (int round = 0; status >= 0 && round < 2; round++) {
        status = feed_call(session, scanner);
        if (status >= 0)
            status = jy_session_result(session, &result);
        jy_result_free(result);
        result = NULL;
        if (status >= 0)
            status = jy_session_reset(session);
    }
    jy_session_free(session);
    jy_scanner_free(scanner);
    return status;
}

static int read_all(jy_reader *reader)
{
    jy_item item = JY_ITEM_INIT;
    int status;
    while ((status = jy_reader_next(reader, &item)) == JY_OK)
        ;
    return status == JY_DONE ? JY_OK : status;
}

static int try_read(const jy_alloc *alloc, jy_rules *unused)
{
    static const char *const texts[] = { said, "客服:您好\n客户:坏了\n客服:请讲\n", call_text, "\xC4\xFA\xBA\xC3\n", "" };
    int status = JY_OK;
    (void)unused;
    for (size_t i = 0; status >= 0 && i < sizeof(texts) / sizeof(texts[0]); i++) {
        jy_reader *reader = NULL;
        status = jy_reader_open_text(&reader, str(texts[i]), NULL, alloc);
        if (status >= 0)
            status = read_all(reader);
        jy_reader_free(reader);
    }
    return status;
}

/* What was written, told from anything else by its FNV-1a hash. */
static int hash_written(void *ctx, const char *bytes, size_t len)
{
    uint64_t *hash = ctx;
    for (size_t i = 0; i < len; i++)
        *hash = (*hash ^ (unsigned char)bytes[i]) * 0x100000001B3u;
    return 0;
}

static int report_as(const char *format, const jy_alloc *alloc, const jy_result *result, uint64_t *hash)
{
    jy_report_options options = JY_REPORT_OPTIONS_INIT;
    jy_diag diag = JY_DIAG_INIT;
    options.format = str(format);
    options.flags = JY_REPORT_REDACT;
    options.show = JY_SHOW_TURN;
    diag.source = str("broken.txt");
    diag.message = str("cannot be read");
    return try_report_as(&options, hash_written, hash, alloc, result, &diag);
}

static int try_report(const jy_alloc *alloc, jy_rules *rules)
{
    jy_scanner *scanner = NULL;
    jy_result *result = NULL;
    const char *format;
    uint64_t hash = 0;
    int status = scan_said(NULL, rules, &scanner, &result);
    for (size_t i = 0; status >= 0 && (format = jy_report_format_name(i)); i++)
        status = report_as(format, alloc, result, &hash);
    jy_result_free(result);
    jy_scanner_free(scanner);
    return status;
}

/* Wordings with slots, readings and edits are made when a report asks for them, of the result's memory: a report that says it is whole
 * has them all. */
static int try_report_of_result(const jy_alloc *alloc, jy_rules *rules, const char *format, uint64_t *hash)
{
    jy_scanner *scanner = NULL;
    jy_result *result = NULL;
    int status = scan_said(alloc, rules, &scanner, &result);
    if (status >= 0)
        status = report_as(format, alloc, result, hash);
    jy_result_free(result);
    jy_scanner_free(scanner);
    return status;
}

START_TEST(test_memory__compiling) { fail_each(try_compile, rules_text, 0); }
END_TEST
START_TEST(test_memory__rules_with_errors) { fail_each(try_bad_rules, rules_text, 0); }
END_TEST
START_TEST(test_memory__scanning) { fail_each(try_scan, rules_text, 0); }
END_TEST
START_TEST(test_memory__folding_and_explaining) { fail_each(try_fold, rules_text, 0); }
END_TEST
START_TEST(test_memory__a_session) { fail_each(try_session, rules_text, 0); }
END_TEST
START_TEST(test_memory__reading) { fail_each(try_read, rules_text, 0); }
END_TEST
START_TEST(test_memory__reports) { fail_each(try_report, rules_text, 0); }
END_TEST

START_TEST(test_memory__a_report_is_whole_or_says_so)
{
    jy_rules *rules = compiled(rules_text);
    const char *format;
    for (size_t i = 0; (format = jy_report_format_name(i)); i++) {
        uint64_t whole = 0;
        size_t n = 0, refused = 0;
        pool p;
        ck_assert_int_eq(try_report_of_result(NULL, rules, format, &whole), JY_OK);
        do {
            jy_alloc alloc = { &p, pool_realloc, pool_free };
            uint64_t hash = 0;
            p = (pool){ .fail_at = n++ };
            int status = try_report_of_result(&alloc, rules, format, &hash);
            ck_assert_msg(status == JY_E_NOMEM || (status == JY_OK && hash == whole), "%s, allocation %zu: %s", format, n - 1, jy_status_name(status));
            refused += status == JY_E_NOMEM;
        } while (p.calls >= n);
        ck_assert_uint_gt(refused, 0);
    }
    jy_rules_unref(rules);
}
END_TEST

/* A file without an end is given up when there is no room for more of it. */
START_TEST(test_memory__rules_without_an_end)
{
    pool p = { .fail_at = 10 };
    jy_alloc alloc = { &p, pool_realloc, pool_free };
    jy_compiler *compiler;
    ck_assert_int_eq(jy_compiler_new(&compiler, &alloc), JY_OK);
    ck_assert_int_eq(jy_compiler_add_file(compiler, "/dev/zero"), JY_E_NOMEM);
    jy_compiler_free(compiler);
    ck_assert_uint_eq(p.live_blocks, 0);
}
END_TEST

CHECK_MAIN("memory", test_memory__rules_without_an_end, test_memory__compiling, test_memory__rules_with_errors, test_memory__scanning, test_memory__folding_and_explaining,
           test_memory__a_session, test_memory__reading, test_memory__reports, test_memory__a_report_is_whole_or_says_so)
