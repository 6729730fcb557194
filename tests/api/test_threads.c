/* One rule set, shared by eight threads, each with a scanner and a session of its own: what each finds is what one alone finds, and results are freed by
 * other threads than those that made them. Races are seen by ./dev tsan. */
#include "../check_main.h"
#include <jinyu/jinyu.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum { THREADS = 8, ROUNDS = 4, TEXTS = 64 };

static jy_str str(const char *c) { return (jy_str){ c, strlen(c) }; }

static const char *const said[] = { "您好,请讲", "你 是 誰?", "不知道,没办法\n这不归我管", "没班发,你自己看着办", "他不在", "干什么的,滚蛋", "请稍候,我帮您查一下", "打错了,别打了\n等着" };
#define SAID (sizeof(said) / sizeof(said[0]))

typedef struct sum { uint64_t value; } sum;

static void add(sum *s, const jy_result *result)
{
    jy_finding finding = JY_FINDING_INIT;
    jy_hit hit = JY_HIT_INIT;
    for (size_t i = 0; i < jy_result_count(result); i++) {
        ck_assert_int_eq(jy_result_get(result, i, &finding), JY_OK);
        s->value = (s->value ^ finding.rule ^ finding.turn << 20 ^ (uint64_t)finding.span.begin << 40 ^ (uint64_t)finding.severity << 60) * 0x100000001B3u;
        if (jy_result_hit(result, i, 0, &hit) == JY_OK)
            s->value = (s->value ^ hit.form.len ^ (uint64_t)hit.confidence << 32) * 0x100000001B3u;
    }
}

static jy_result *scan_some(jy_scanner *scanner, jy_rules *rules, size_t round, sum *s)
{
    jy_result *result;
    ck_assert_int_eq(jy_scan(scanner, rules, str(said[round % SAID]), &result), JY_OK);
    add(s, result);
    return result;
}

static void scan_batch(jy_scanner *scanner, jy_rules *rules, sum *s)
{
    char data[TEXTS * 64];
    int32_t offsets[TEXTS + 1] = { 0 };
    jy_result *result;
    for (size_t i = 0; i < TEXTS; i++) {
        size_t len = strlen(said[i % SAID]);
        memcpy(data + offsets[i], said[i % SAID], len);
        offsets[i + 1] = offsets[i] + (int32_t)len;
    }
    ck_assert_int_eq(jy_scan_batch(scanner, rules, data, offsets, 32, TEXTS, NULL, &result), JY_OK);
    add(s, result);
    jy_result_free(result);
}

static void hold_call(jy_scanner *scanner, jy_rules *rules, sum *s)
{
    jy_session *session;
    jy_result *result;
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    for (int i = 0; i < TEXTS; i++) {
        jy_turn turn = JY_TURN_INIT;
        turn.text = str(said[(size_t)i * 5 % SAID]);
        turn.speaker = i % 3 ? JY_AGENT : JY_CUSTOMER;
        turn.begin_ms = i * 4000;
        turn.end_ms = i % 7 ? i * 4000 + 1500 : JY_TIME_UNKNOWN;
        ck_assert_int_eq(jy_session_feed(session, scanner, &turn), JY_OK);
    }
    ck_assert_int_eq(jy_session_finish(session, scanner), JY_OK);
    ck_assert_int_eq(jy_session_result(session, &result), JY_OK);
    add(s, result);
    jy_result_free(result);
    jy_session_free(session);
}

typedef struct worker { jy_rules *rules; jy_result *_Atomic *handed; sum found; pthread_t thread; } worker;

static void *work(void *arg)
{
    worker *own = arg;
    jy_rules *rules = jy_rules_ref(own->rules);
    jy_scanner *scanner;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    for (size_t round = 0; round < ROUNDS * SAID; round++) {
        jy_result *result = scan_some(scanner, rules, round, &own->found);
        jy_result_free(atomic_exchange(own->handed, result)); /* mostly another thread's */
        if (round % SAID == 0) {
            scan_batch(scanner, rules, &own->found);
            hold_call(scanner, rules, &own->found);
        }
    }
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
    return NULL;
}

START_TEST(test_threads__share_one_rule_set)
{
    jy_result *_Atomic handed = NULL;
    worker alone = { .handed = &handed }, all[THREADS];
    jy_rules *rules;
    ck_assert_int_eq(jy_rules_builtin(&rules), JY_OK);
    alone.rules = rules;
    work(&alone);
    ck_assert_uint_ne(alone.found.value, 0);
    jy_rules_unref(rules);
    ck_assert_int_eq(jy_rules_builtin(&rules), JY_OK); /* what is made when it is first asked for is made by them */
    for (size_t i = 0; i < THREADS; i++) {
        all[i] = (worker){ .rules = rules, .handed = &handed };
        ck_assert_int_eq(pthread_create(&all[i].thread, NULL, work, &all[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(all[i].thread, NULL);
        ck_assert_uint_eq(all[i].found.value, alone.found.value);
    }
    jy_result_free(atomic_exchange(&handed, NULL));
    jy_rules_unref(rules);
}
END_TEST

CHECK_MAIN("threads", test_threads__share_one_rule_set)
