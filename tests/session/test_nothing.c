/* Texts in which there is nothing. Their results are one that the scanner gives again and again; to whoever holds one it is as any other: it keeps what
 * it says, whatever is scanned, freed or left meanwhile, by whatever thread, and the allocator gets everything back. */
#include "session_test.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

static const char rules_text[] = "  - {id: no, forbid: 没办法}\n  - {id: call, require: 您好}\n";

typedef struct pool { size_t calls, fail_at; int64_t bytes; } pool;

static void *pool_realloc(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    pool *p = ctx;
    void *grown = p->calls++ == p->fail_at ? NULL : realloc(ptr, new_size);
    if (grown)
        p->bytes += (int64_t)new_size - (int64_t)(ptr ? old_size : 0);
    return grown;
}

static void pool_free(void *ctx, void *ptr, size_t size)
{
    ((pool *)ctx)->bytes -= (int64_t)size;
    free(ptr);
}

static jy_result *scan(jy_scanner *scanner, jy_rules *rules, const char *text)
{
    jy_result *result;
    ck_assert_int_eq(jy_scan(scanner, rules, str_of(text), &result), JY_OK);
    return result;
}

static void is_nothing(const jy_result *result, jy_rules *rules, uint64_t first, uint64_t turns)
{
    jy_call call = JY_CALL_INIT;
    jy_turn turn = JY_TURN_INIT;
    size_t first_bad;
    ck_assert_uint_eq(jy_result_count(result), 0);
    ck_assert_uint_eq(jy_result_turn_count(result), turns);
    ck_assert_uint_eq(jy_result_unchecked_count(result), first == 0);
    ck_assert_uint_eq(jy_result_bad_bytes(result, &first_bad), 0);
    ck_assert_uint_eq(first_bad, SIZE_MAX);
    ck_assert_int_eq(jy_result_complete(result), JY_OK);
    ck_assert_ptr_eq(jy_result_rules(result), rules);
    ck_assert_int_eq(jy_result_call(result, &call), JY_OK);
    ck_assert(call.first_turn == first && call.has_speakers == -1);
    ck_assert_int_eq(jy_result_turn(result, 0, &turn), turns ? JY_DONE : JY_E_INVALID);
}

START_TEST(test_nothing__each_result_says_its_own)
{
    jy_rules *rules = rules_of(rules_text), *others = rules_of(rules_text);
    jy_result *results[5], *bad;
    jy_scanner *scanner;
    jy_place at = JY_PLACE_INIT;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    results[0] = scan(scanner, rules, "您好");
    results[1] = scan(scanner, others, "您好\n请讲\n再见");
    results[2] = scan(scanner, rules, "");
    at.line = 8;
    ck_assert_int_eq(jy_scan_at(scanner, rules, str_of("请讲\n再见\n"), NULL, &at, &results[3]), JY_OK);
    jy_result_free(results[0]);
    bad = scan(scanner, rules, "请\xff讲");
    ck_assert_uint_eq(jy_result_bad_bytes(bad, NULL), 1);
    jy_result_free(bad);
    bad = scan(scanner, rules, "没办法");
    ck_assert_uint_eq(jy_result_count(bad), 1);
    jy_result_free(bad);
    results[4] = scan(scanner, others, "再见\n\n");
    is_nothing(results[1], others, 0, 3);
    is_nothing(results[2], rules, 0, 0);
    is_nothing(results[3], rules, 7, 9);
    is_nothing(results[4], others, 0, 2);
    for (int i = 1; i < 5; i++)
        jy_result_free(results[i]);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
    jy_rules_unref(others);
}
END_TEST

START_TEST(test_nothing__outlives_its_scanner_and_keeps_its_rules)
{
    pool p = { 0, SIZE_MAX, 0 };
    jy_alloc alloc = { &p, pool_realloc, pool_free };
    for (int round = 0; round < 4; round++) {
        jy_rules *rules = rules_of(rules_text);
        jy_scanner *scanner;
        jy_result *first, *second;
        ck_assert_int_eq(jy_scanner_new(&scanner, &alloc), JY_OK);
        first = scan(scanner, rules, "您好");
        second = scan(scanner, rules, "请讲\n");
        if (round & 1)
            jy_result_free(first);
        if (round & 2)
            jy_result_free(second);
        jy_scanner_free(scanner);
        jy_rules_unref(rules);
        if (!(round & 2)) {
            is_nothing(second, rules, 0, 1);
            jy_result_free(second);
        }
        if (!(round & 1)) {
            is_nothing(first, rules, 0, 1);
            jy_result_free(first);
        }
        ck_assert_int_eq(p.bytes, 0);
    }
}
END_TEST

START_TEST(test_nothing__takes_no_memory_but_the_first)
{
    pool p = { 0, SIZE_MAX, 0 };
    jy_alloc alloc = { &p, pool_realloc, pool_free };
    jy_rules *rules = rules_of(rules_text);
    jy_scanner *scanner;
    size_t calls;
    ck_assert_int_eq(jy_scanner_new(&scanner, &alloc), JY_OK);
    jy_result_free(scan(scanner, rules, "您好"));
    calls = p.calls;
    for (int i = 0; i < 100; i++)
        jy_result_free(scan(scanner, rules, i % 2 ? "请讲" : "再见"));
    ck_assert_uint_eq(p.calls, calls);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_nothing__without_memory_for_it)
{
    jy_rules *rules = rules_of(rules_text);
    int status = JY_E_NOMEM, failed = 0;
    for (; status != JY_OK; failed++) {
        pool p = { 0, SIZE_MAX, 0 };
        jy_alloc alloc = { &p, pool_realloc, pool_free };
        jy_scanner *scanner;
        jy_result *result = NULL;
        ck_assert_int_eq(jy_scanner_new(&scanner, &alloc), JY_OK);
        p.fail_at = p.calls + (size_t)failed;
        status = jy_scan(scanner, rules, str_of("您好"), &result);
        if (status != JY_OK) {
            ck_assert_int_eq(status, JY_E_NOMEM);
            ck_assert_ptr_null(result);
            result = scan(scanner, rules, "您好");
        }
        is_nothing(result, rules, 0, 1);
        jy_result_free(result);
        jy_scanner_free(scanner);
        ck_assert_int_eq(p.bytes, 0);
    }
    ck_assert_int_gt(failed, 2);
    jy_rules_unref(rules);
}
END_TEST

/* One thread scans, the other looks and frees. */
enum { HANDED = 20000 };
typedef struct hand { _Atomic(jy_result *) result; jy_rules *rules; } hand;

static void *free_handed(void *given)
{
    hand *h = given;
    for (int i = 0; i < HANDED;) {
        jy_result *result = atomic_exchange(&h->result, NULL);
        if (!result)
            continue;
        is_nothing(result, h->rules, 0, 1);
        jy_result_free(result);
        i++;
    }
    return NULL;
}

START_TEST(test_nothing__is_freed_by_another_thread)
{
    hand h = { NULL, rules_of(rules_text) };
    jy_scanner *scanner = NULL;
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, free_handed, &h), 0);
    for (int i = 0; i < HANDED; i++) {
        jy_result *none = NULL, *result;
        if (i % 1000 == 0) {
            jy_scanner_free(scanner);
            ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
        }
        result = scan(scanner, h.rules, "您好");
        while (!atomic_compare_exchange_weak(&h.result, &none, result))
            none = NULL;
    }
    jy_scanner_free(scanner);
    pthread_join(thread, NULL);
    jy_rules_unref(h.rules);
}
END_TEST

CHECK_MAIN("nothing", test_nothing__each_result_says_its_own, test_nothing__outlives_its_scanner_and_keeps_its_rules,
           test_nothing__takes_no_memory_but_the_first, test_nothing__without_memory_for_it, test_nothing__is_freed_by_another_thread)
