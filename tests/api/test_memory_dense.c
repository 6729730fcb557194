/* Memory that runs out where there is much of everything: many findings, long lines, many phrases, patterns that are given up, calls of unknown speakers,
 * lint and the rule files' own tests. As test_memory.c. */
#include "failing_memory.h"
#include <stdio.h>

/* Of the first each match is a finding as it is. */
static const char plain_rules[] = "jinyu: 1\npack: plain\nrules:\n  - {id: a, forbid: [没办法, 不知道, 找不到, 不归我管]}\n";
static const char mixed_rules[] =
    "jinyu: 1\npack: mixed\nrules:\n  - {id: a, forbid: [没办法, 没办, 办法, 不知道, 找不到, 不归我管, {phrase: 没办, whole: word}]}\n  - {id: b, forbid: [归我管, 滚蛋]}\n"
    "  - {id: c, forbid: {regex: '(滚+)+蛋'}}\n";

/* Lines of one finding, of several, of some that overlap, short and long ones, and one of findings alone. */
static size_t put_dense(char *out, size_t room)
{
    size_t at = 0;
    for (int i = 0; i < 600; i++)
        at += (size_t)snprintf(out + at, room - at, "%s没办法%s\n", i % 3 ? "" : "您好,", i % 5 ? "" : "不知道,不归我管");
    for (int i = 0; i < 40; i++)
        at += (size_t)snprintf(out + at, room - at, "%0*d找 不到\n", i * 9 + 1, i);
    for (int i = 0; i < 2000; i++) /* without a break, so that they are one line's */
        at += (size_t)snprintf(out + at, room - at, i % 7 ? "没办法," : "不归我管");
    return at + (size_t)snprintf(out + at, room - at, "\n滚滚滚滚滚滚滚滚滚滚滚滚滚滚滚滚滚啊蛋\n");
}

static int keep_some(void *ctx, const jy_result *result, size_t index)
{
    (void)ctx, (void)result;
    return index % 3 != 0;
}

static int use_result(jy_result *result)
{
    jy_buf text = JY_BUF_INIT;
    jy_finding finding = JY_FINDING_INIT;
    jy_hit hit = JY_HIT_INIT;
    int status = jy_result_keep(result, keep_some, NULL);
    for (size_t i = 0; status >= 0 && i < jy_result_count(result); i += 97) {
        status = jy_result_get(result, i, &finding);
        if (status >= 0)
            status = jy_result_hit(result, i, 0, &hit);
        if (status >= 0)
            status = jy_result_rewrite(result, finding.turn, &text);
        jy_buf_free(&text);
    }
    return status == JY_DONE ? JY_OK : status;
}

static char dense[65536];

static int try_dense(const jy_alloc *alloc, jy_rules *rules)
{
    jy_scanner *scanner = NULL;
    jy_result *result = NULL;
    int status = jy_scanner_new(&scanner, alloc);
    if (status >= 0)
        status = jy_scanner_set(scanner, JY_PARAM_REGEX_MATCH_LIMIT, 1000);
    if (status >= 0)
        status = jy_scan(scanner, rules, (jy_str){ dense, put_dense(dense, sizeof(dense)) }, &result);
    if (status >= 0)
        status = use_result(result);
    jy_result_free(result);
    jy_scanner_free(scanner);
    return status;
}

static int try_batch(const jy_alloc *alloc, jy_rules *rules)
{
    static int32_t offsets[1001];
    jy_scanner *scanner = NULL;
    jy_result *result = NULL;
    int status = jy_scanner_new(&scanner, alloc);
    put_dense(dense, sizeof(dense));
    for (int i = 0; i <= 1000; i++)
        offsets[i] = i * 24;
    if (status >= 0)
        status = jy_scan_batch(scanner, rules, dense, offsets, 32, 1000, NULL, &result);
    if (status >= 0)
        status = use_result(result);
    jy_result_free(result);
    jy_scanner_free(scanner);
    return status;
}

/* ---- many phrases */
enum { PHRASES = 1600 };
static char large[PHRASES * 24 + 256];

static const char *large_rules(void)
{
    size_t at = (size_t)snprintf(large, sizeof(large), "jinyu: 1\npack: large\nrules:\n  - id: a\n    forbid:\n");
    for (unsigned i = 0; i < PHRASES; i++) {
        unsigned symbols[3] = { 0x4E00 + i * 7 % 8000, 0x4E00 + i * 131 % 8000, 0x4E00 + i * 29 % 8000 };
        at += (size_t)snprintf(large + at, sizeof(large) - at, "      - ");
        for (int k = 0; k < (i % 4 ? 2 : 3); k++)
            at += (size_t)snprintf(large + at, sizeof(large) - at, "%c%c%c", 0xE0 | symbols[k] >> 12, 0x80 | (symbols[k] >> 6 & 63), 0x80 | (symbols[k] & 63));
        at += (size_t)snprintf(large + at, sizeof(large) - at, "\n");
    }
    return large;
}

static int try_large(const jy_alloc *alloc, jy_rules *unused)
{
    (void)unused;
    return try_rules(alloc, large);
}

/* ---- lint and tests */
static const char checked_rules[] =
    "jinyu: 1\npack: checked\nclauses: {甲-1: 推托, 甲-2: 反问}\nlists: {you: [你, 您]}\napproved: [请稍候]\nrules:\n"
    "  - {id: a, clause: 甲-1, forbid: [{phrase: 不在, whole: clause, with: [他, 她, 啊]}, '没(办法|法子)*{0,3}了'], suggest: ['{agent}号为您服务'], tests: {bad: [不在, 没办法啊了], good: [他人不在这里]}}\n"
    "  - {id: b, clause: 甲-2, forbid: [{regex: '什么.{0,4}$'}, 没办法了], suggest: [请讲], replace: 请讲, tests: {bad: [干什么啊], good: [您好], fix: [{from: 没办法了, to: 请讲}]}}\n"
    "  - {id: c, forbid: [没办法了], suggest: [不在], tests: {bad: [没办法了], good: [没办法啦]}}\n"
    "  - {id: d, when: {said: 谢谢, speaker: customer}, require: 不客气, unless: {said: [再见, {regex: '拜+'}], speaker: agent}, unless-where: call,\n"
    "     tests: {bad: [[客户: 谢谢, 客服: 嗯]], good: [[客户: 谢谢, 客服: 不客气]]}}\n";

static int try_checking(const jy_alloc *alloc, jy_rules *unused)
{
    jy_compiler *compiler = NULL;
    jy_rules *rules = NULL;
    jy_test_summary summary = JY_TEST_SUMMARY_INIT;
    int status = jy_compiler_new(&compiler, alloc);
    (void)unused;
    if (status >= 0)
        status = jy_compiler_add_text(compiler, str("checked"), str(checked_rules));
    if (status >= 0)
        status = jy_compiler_build(compiler, &rules);
    if (status >= 0)
        status = jy_compiler_lint(compiler);
    if (status >= 0 || status == JY_E_RULES)
        status = jy_compiler_test(compiler, JY_TEST_DISGUISE, &summary);
    jy_rules_unref(rules);
    jy_compiler_free(compiler);
    return status == JY_E_RULES ? JY_OK : status; /* they have faults on purpose */
}

/* ---- calls of which much is not known */
static const char call_rules[] =
    "jinyu: 1\npack: calls\nscorecard: {start: 100, floor: 0, pass: 80}\nrules:\n"
    "  - {id: a, forbid: [没办法, {all: [不, 知道]}, {near: {of: [你, 管]}}], except: [没办法的话], suggest: [请稍候], score: -5}\n"
    "  - {id: b, forbid: 等着, unless: {said: 核实}, unless-where: previous 2 turns, suggest: [请稍候]}\n"
    "  - {id: c, require: 再见, where: last 2 turns of agent, unless: {said: 忙, speaker: customer}, unless-where: turn, suggest: [再见]}\n"
    "  - {id: d, require: 工号, where: last 20s, unless: {event: hangup, speaker: customer}, suggest: [工号一]}\n"
    "  - {id: e, limit: {silence: 5s}, unless: {said: 稍等}}\n  - {id: f, when: {silence: 3s, speaker: customer}, require: 喂, where: next 9s, suggest: [喂]}\n"
    "  - {id: g, when: {event: hangup}, forbid: 滚, where: previous 1 turn}\n";

static int feed_unknown(jy_session *session, jy_scanner *scanner)
{
    static const struct { int32_t speaker; const char *label, *text; int64_t begin, end; } turns[] = {
        { JY_AGENT, "客服", "您好,没办法", 0, 900 },  { JY_SPEAKER_UNKNOWN, "张三", "我要核实", 1000, JY_TIME_UNKNOWN }, { JY_AGENT, "客服", "等着,稍等", 9000, 9500 },
        { JY_SPEAKER_UNKNOWN, "李四", "忙", 20000, 20500 }, { JY_CUSTOMER, "客户", "忙呢,不想知道", 21000, 21500 }, { JY_AGENT, "客服", "你别管,滚,再见,工号", 40000, 41000 },
    };
    jy_event event = JY_EVENT_INIT;
    int status = JY_OK;
    for (size_t i = 0; status >= 0 && i < sizeof(turns) / sizeof(turns[0]); i++) {
        jy_turn turn = JY_TURN_INIT;
        turn.text = str(turns[i].text);
        turn.label = str(turns[i].label);
        turn.speaker = turns[i].speaker;
        turn.begin_ms = turns[i].begin;
        turn.end_ms = turns[i].end;
        status = jy_session_feed(session, scanner, &turn);
    }
    event.kind = JY_EVENT_HANGUP;
    event.speaker = JY_CUSTOMER;
    event.at_ms = 50000;
    if (status >= 0)
        status = jy_session_event(session, scanner, &event);
    return status < 0 ? status : jy_session_finish(session, scanner);
}

static int swallow(void *ctx, const char *bytes, size_t len)
{
    (void)ctx, (void)bytes, (void)len;
    return 0;
}

static int report(const jy_alloc *alloc, const jy_result *result)
{
    int status = JY_OK;
    const char *format;
    for (size_t i = 0; status >= 0 && (format = jy_report_format_name(i)); i++) {
        jy_report_options options = JY_REPORT_OPTIONS_INIT;
        options.format = str(format);
        status = try_report_as(&options, swallow, NULL, alloc, result, NULL);
    }
    return status;
}

static int try_unknown(const jy_alloc *alloc, jy_rules *rules)
{
    jy_scanner *scanner = NULL;
    jy_session *session = NULL;
    jy_result *result = NULL;
    int status = jy_scanner_new(&scanner, alloc);
    if (status >= 0)
        status = jy_session_new(&session, rules, alloc);
    if (status >= 0)
        status = feed_unknown(session, scanner);
    if (status >= 0)
        status = jy_session_result(session, &result);
    if (status >= 0)
        status = report(alloc, result);
    jy_result_free(result);
    jy_session_free(session);
    jy_scanner_free(scanner);
    return status;
}

START_TEST(test_memory__many_findings) { fail_each(try_dense, plain_rules, 0); }
END_TEST
START_TEST(test_memory__many_findings_that_overlap) { fail_each(try_dense, mixed_rules, 0); }
END_TEST
START_TEST(test_memory__many_texts) { fail_each(try_batch, plain_rules, 0); }
END_TEST
START_TEST(test_memory__many_phrases) { fail_each(try_large, large_rules(), 4096); }
END_TEST
START_TEST(test_memory__lint_and_tests) { fail_each(try_checking, checked_rules, 0); }
END_TEST
START_TEST(test_memory__unknown_speakers) { fail_each(try_unknown, call_rules, 0); }
END_TEST

CHECK_MAIN("memory", test_memory__many_findings, test_memory__many_findings_that_overlap, test_memory__many_texts, test_memory__many_phrases, test_memory__lint_and_tests, test_memory__unknown_speakers)
