/* Memory that runs out in the middle of a call: every allocation fails once, by number. The call that needed it answers JY_E_NOMEM,
 * the session can go on and be freed, and nothing leaks. */
#include "session_test.h"
#include "judge/judge_result.h"
#include <stdint.h>

static const char rules_text[] =
    "scorecard: {start: 100, floor: 0, pass: 80}\nrules:\n"
    "  - {id: no, forbid: [没办法, {phrase: 不知道, whole: clause}, {all: [甲甲, {not: 乙乙}]}, {near: {of: [丙丙, 丁丁], within: 3}}], except: [没办法的话], replace: 请稍候, suggest: ['{agent}号']}\n"
    "  - {id: before, when: {said: 听不懂, speaker: customer}, forbid: 好的, where: previous 3 turns of agent}\n"
    "  - {id: last, forbid: 好的, where: last 2 turns of agent}\n  - {id: place, when: {regex: '[\\p{Han}]{2,4}路', speaker: customer}, require: {echo: {least: 2}}}\n"
    "  - {id: hold, when: {any: [{event: hold-end}, {said: 等等}]}, require: 久等, where: next 1 turn of agent}\n"
    "  - {id: un, forbid: 回电话, unless: {said: 核实}, unless-where: previous 2 turns}\n  - {id: silent, limit: {silence: 5s}}\n"
    "  - {id: again, limit: {repeat: {times: 2, within: 3 turns}}}\n";

static int turn(jy_session *session, jy_scanner *scanner, int32_t who, const char *id, const char *text, int64_t at, uint32_t flags)
{
    jy_turn t = JY_TURN_INIT;
    t.text = str_of(text);
    t.speaker = who;
    t.id = str_of(id);
    t.begin_ms = at;
    t.end_ms = at + 800;
    t.flags = flags;
    return jy_session_feed(session, scanner, &t);
}

static int event(jy_session *session, jy_scanner *scanner, int32_t kind, int64_t at)
{
    jy_event e = JY_EVENT_INIT;
    e.kind = kind;
    e.at_ms = at;
    return jy_session_event(session, scanner, &e);
}

static void note(int status, int *first)
{
    ck_assert_msg(status >= 0 || status == JY_E_NOMEM, "status %d", status);
    if (*first >= 0 && status < 0)
        *first = status;
}

/* The whole call whatever fails on the way. */
static void run_call(jy_session *session, jy_scanner *scanner, int *first)
{
    jy_call call = JY_CALL_INIT;
    call.agent = str_of("8");
    note(jy_session_call(session, &call), first);
    note(turn(session, scanner, JY_AGENT, "a", "好的,没办", 0, 0), first);
    note(turn(session, scanner, JY_AGENT, "b", "法,不知道,甲甲", 900, 0), first);
    note(turn(session, scanner, JY_CUSTOMER, "c", "我在建国", 2000, JY_TURN_PARTIAL), first);
    note(turn(session, scanner, JY_AGENT, "d", "没办", 2500, JY_TURN_PARTIAL), first);
    note(turn(session, scanner, JY_AGENT, "d", "没办法,好的", 2500, 0), first);
    note(event(session, scanner, JY_EVENT_HOLD_START, 3000), first);
    note(event(session, scanner, JY_EVENT_HOLD_END, 4000), first);
    note(turn(session, scanner, JY_CUSTOMER, "c", "我在建国路,听不懂,等等", 2000, 0), first);
    note(turn(session, scanner, JY_AGENT, "e", "丙丙和丁丁,回电话", 30000, 0), first);
    note(turn(session, scanner, JY_AGENT, "f", "丙丙和丁丁,回电话", 31000, 0), first);
    note(jy_session_tick(session, scanner, 60000), first);
    note(turn(session, scanner, JY_CUSTOMER, "lost", "喂喂", 61000, JY_TURN_PARTIAL), first);
    note(jy_session_finish(session, scanner), first);
}

static int run(jy_rules *rules, pool *p)
{
    jy_alloc alloc = { p, pool_realloc, pool_free };
    jy_scanner *scanner = NULL;
    jy_session *session = NULL;
    jy_result *result = NULL;
    jy_finding f = JY_FINDING_INIT;
    int first = jy_scanner_new(&scanner, &alloc);
    if (first >= 0)
        first = jy_session_new(&session, rules, &alloc);
    if (first >= 0)
        note(jy_session_set(session, JY_PARAM_PROVISIONAL, 1), &first);
    if (session) {
        run_call(session, scanner, &first);
        while (jy_session_next(session, &f) == JY_OK)
            ck_assert_uint_lt(f.rule, jy_rules_count(rules));
        note(jy_session_result(session, &result), &first);
        if (first >= 0)
            ck_assert_uint_ge(jy_result_count(result), 9);
        jy_result_free(result);
        note(jy_session_reset(session), &first);
    }
    jy_session_free(session);
    jy_scanner_free(scanner);
    return first;
}

START_TEST(test_session__survives_every_failed_allocation)
{
    jy_rules *rules = rules_of(rules_text);
    int status = JY_E_NOMEM;
    size_t fail_at = 0;
    for (; status == JY_E_NOMEM && fail_at < 100000; fail_at++) {
        pool p = { 0, fail_at, 0 };
        status = run(rules, &p);
        ck_assert_msg(p.bytes == 0, "%lld bytes leak when allocation %zu fails", (long long)p.bytes, fail_at);
        ck_assert_msg(status == JY_E_NOMEM || p.calls <= fail_at, "allocation %zu failed unnoticed", fail_at);
    }
    ck_assert_int_eq(status, JY_OK);
    ck_assert_uint_gt(fail_at, 50);
    jy_rules_unref(rules);
}
END_TEST

/* The allocator is the owner's own code, and runs in the midst of a call. */
typedef struct again { jy_scanner *scanner; jy_rules *rules; bool inside; size_t asked, busy; } again;

static void *again_realloc(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    again *a = ctx;
    jy_result *result;
    (void)old_size;
    if (a->inside) {
        int status;
        a->inside = false;
        status = jy_scan(a->scanner, a->rules, str_of("没办法"), &result);
        if (status == JY_OK)
            jy_result_free(result);
        a->inside = true;
        a->asked++;
        a->busy += status == JY_E_BUSY;
    }
    return realloc(ptr, new_size);
}

static void again_free(void *ctx, void *ptr, size_t size)
{
    (void)ctx, (void)size;
    free(ptr);
}

static void check_busy(again *a, const char *what, int status)
{
    a->inside = false;
    ck_assert_int_eq(status, JY_OK);
    ck_assert_msg(a->asked > 0, "%s", what);
    ck_assert_uint_eq(a->busy, a->asked);
    a->asked = a->busy = 0;
    a->inside = true;
}

/* A long turn that is judged when the hypothesis before it is given up. */
static void let_wait(again *a, jy_session *session, const char *id, int64_t at)
{
    static char text[300 * sizeof("没办法,")];
    text[0] = 0;
    for (size_t i = 0; i < 300; i++)
        memcpy(text + i * strlen("没办法,"), "没办法,", sizeof("没办法,"));
    a->inside = false;
    ck_assert_int_eq(turn(session, a->scanner, JY_CUSTOMER, id, "喂", at, JY_TURN_PARTIAL), JY_OK);
    ck_assert_int_eq(turn(session, a->scanner, JY_AGENT, "long", text, at + 1000, 0), JY_OK);
    a->inside = true;
}

START_TEST(test_session__a_scanner_in_use_says_so)
{
    again a = { NULL, rules_of(rules_text), false, 0, 0 };
    jy_alloc alloc = { &a, again_realloc, again_free };
    jy_session *session;
    ck_assert_int_eq(jy_scanner_new(&a.scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&session, a.rules, &alloc), JY_OK);
    a.inside = true;
    check_busy(&a, "turn", turn(session, a.scanner, JY_AGENT, "a", "没办法,好的", 0, 0));
    check_busy(&a, "event", event(session, a.scanner, JY_EVENT_HOLD_END, 1000));
    let_wait(&a, session, "lost", 2000);
    check_busy(&a, "tick", jy_session_tick(session, a.scanner, 60000));
    let_wait(&a, session, "lost too", 70000);
    check_busy(&a, "finish", jy_session_finish(session, a.scanner));
    a.inside = false;
    jy_session_free(session);
    jy_scanner_free(a.scanner);
    jy_rules_unref(a.rules);
}
END_TEST

/* Two scans alike: behind the first the scanner has what it needs, and the result that it keeps is lent, so that the second takes memory for its
 * result only. */
START_TEST(test_session__memory_counts_the_whole_result)
{
    jy_rules *rules = rules_of(rules_text);
    pool p = { 0, SIZE_MAX, 0 };
    jy_alloc alloc = { &p, pool_realloc, pool_free };
    jy_scanner *scanner;
    jy_session *session;
    jy_result *result, *held;
    jy_finding f = JY_FINDING_INIT;
    jy_str wording;
    int first = JY_OK;
    int64_t before;
    ck_assert_int_eq(jy_scanner_new(&scanner, &alloc), JY_OK);
    ck_assert_int_eq(jy_session_new(&session, rules, &alloc), JY_OK);
    ck_assert_int_eq(jy_scan(scanner, rules, str_of("没办法\n没办法"), &held), JY_OK);
    before = p.bytes;
    ck_assert_int_eq(jy_scan(scanner, rules, str_of("没办法\n没办法"), &result), JY_OK);
    ck_assert_uint_eq(jy__result_memory(result), (size_t)(p.bytes - before));
    ck_assert_int_eq(jy_result_get(result, 1, &f), JY_OK);
    ck_assert_int_eq(jy_result_suggestion(result, 1, 0, &wording), JY_OK);
    ck_assert_uint_eq(jy__result_memory(result), (size_t)(p.bytes - before));
    jy_result_free(result);
    jy_result_free(held);
    run_call(session, scanner, &first);
    before = p.bytes;
    ck_assert_int_eq(jy_session_result(session, &result), JY_OK);
    ck_assert_uint_eq(jy__result_memory(result), (size_t)(p.bytes - before));
    jy_result_free(result);
    jy_session_free(session);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

CHECK_MAIN("session", test_session__a_scanner_in_use_says_so, test_session__survives_every_failed_allocation, test_session__memory_counts_the_whole_result)
