/* A scanner keeps one result and gives it again and again. To whoever holds it it is as any other: it says nothing of earlier texts and keeps what it
 * says, whatever is scanned, freed or left meanwhile, by whatever thread, and the allocator gets everything back. */
#include "session_test.h"
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>

static const char rules_text[] = "  - {id: no, forbid: 没办法}\n  - {id: call, require: 您好}\n";

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

START_TEST(test_kept__each_result_says_its_own)
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

START_TEST(test_kept__outlives_its_scanner_and_keeps_its_rules)
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

START_TEST(test_kept__takes_no_memory_but_the_first)
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

/* How often scanning it lacked memory, each allocation failing in turn. */
static int times_without_memory(jy_rules *rules, const char *text, size_t found)
{
    int status = JY_E_NOMEM, failed = -1;
    for (; status != JY_OK; failed++) {
        pool p = { 0, SIZE_MAX, 0 };
        jy_alloc alloc = { &p, pool_realloc, pool_free };
        jy_scanner *scanner;
        jy_result *result = NULL;
        ck_assert_int_eq(jy_scanner_new(&scanner, &alloc), JY_OK);
        p.fail_at = p.calls + (size_t)failed + 1;
        status = jy_scan(scanner, rules, str_of(text), &result);
        if (status != JY_OK) {
            ck_assert_int_eq(status, JY_E_NOMEM);
            ck_assert_ptr_null(result);
            result = scan(scanner, rules, text);
        }
        ck_assert_uint_eq(jy_result_count(result), found);
        if (!found)
            is_nothing(result, rules, 0, 1);
        jy_result_free(result);
        jy_scanner_free(scanner);
        ck_assert_int_eq(p.bytes, 0);
    }
    return failed;
}

START_TEST(test_kept__without_memory_for_it)
{
    jy_rules *rules = rules_of(rules_text);
    ck_assert_int_gt(times_without_memory(rules, "您好", 0), 0);
    ck_assert_int_gt(times_without_memory(rules, "没办法", 1), 3); /* … and for what is looked at */
    jy_rules_unref(rules);
}
END_TEST

/* ---- results of all kinds, one after the other */
static const char all_rules[] = "  - {id: no, forbid: 没办法, suggest: ['{agent}号请稍候'], replace: 请稍候}\n  - {id: call, require: 您好}\n"
                                "  - {id: re, forbid: {regex: '(滚+)+蛋'}}\n";
static const char *const texts[] = { "您好", "没办法", "", "您好\n请讲\n", "没办 法\n请\xff讲\n再没办法", "滚滚蛋", "滚滚滚滚滚滚滚滚滚滚滚滚滚滚滚滚滚滚滚滚滚滚", "请\xe8讲" };
enum { ROOM = 8192 };

static void put(char *out, const char *form, ...)
{
    size_t at = strlen(out);
    va_list args;
    va_start(args, form);
    vsnprintf(out + at, ROOM - at, form, args);
    va_end(args);
}

static void show_finding(const jy_result *result, size_t i, char *out)
{
    jy_finding f = JY_FINDING_INIT;
    jy_hit hit = JY_HIT_INIT;
    jy_edit edit = JY_EDIT_INIT;
    jy_str wording = { "", 0 };
    jy_result_get(result, i, &f);
    jy_result_hit(result, i, 0, &hit);
    jy_result_edit(result, i, 0, &edit);
    jy_result_suggestion(result, i, 0, &wording);
    put(out, "%u %u %zu-%zu %u:%u-%u:%u %x %d '%.*s' '%.*s' '%.*s' '%.*s'\n", f.rule, (unsigned)f.turn, f.span.begin, f.span.end, f.line, f.column, f.end_line,
        f.end_column, f.folds, f.confidence, (int)f.text.len, f.text.ptr, (int)hit.form.len, hit.form.ptr, (int)edit.replacement.len, edit.replacement.ptr,
        (int)wording.len, wording.ptr);
}

static void show(const jy_result *result, char *out)
{
    jy_call call = JY_CALL_INIT;
    size_t first_bad = 0, bad = jy_result_bad_bytes(result, &first_bad);
    out[0] = '\0';
    jy_result_call(result, &call);
    put(out, "%u turns, bad %zu %zu, complete %d, '%.*s' %u %d\n", (unsigned)jy_result_turn_count(result), bad, first_bad, jy_result_complete(result),
        (int)call.agent.len, call.agent.ptr, (unsigned)call.first_turn, call.has_speakers);
    for (size_t i = 0; i < jy_result_count(result); i++)
        show_finding(result, i, out);
    for (size_t i = 0; i < jy_result_unchecked_count(result); i++) {
        jy_unchecked unchecked = JY_UNCHECKED_INIT;
        jy_result_unchecked(result, i, &unchecked);
        put(out, "%s %u %u\n", jy_unchecked_name(unchecked.why), unchecked.rule, (unsigned)unchecked.turn);
    }
    for (uint64_t i = 0; i < jy_result_turn_count(result); i++) {
        jy_turn turn = JY_TURN_INIT;
        int status = jy_result_turn(result, i, &turn);
        put(out, "%d '%.*s' %zu\n", status, (int)turn.text.len, turn.text.ptr, turn.place.offset);
    }
}

/* Number k of all ways to scan one of the texts. */
static jy_result *scan_somehow(jy_scanner *scanner, jy_rules *rules, unsigned k)
{
    jy_str text = str_of(texts[k % 8]);
    const int32_t offsets[] = { 0, 0, (int32_t)text.len };
    jy_call call = JY_CALL_INIT;
    jy_place at = JY_PLACE_INIT;
    jy_result *result = NULL;
    call.agent = str_of("7");
    at.line = k / 8 % 3;
    at.offset = k / 8 % 3 * 10;
    jy_scanner_set(scanner, JY_PARAM_MAX_HITS, k / 96 % 2 ? 1 : 1000);
    jy_scanner_set(scanner, JY_PARAM_MAX_TURN_BYTES, k / 192 % 2 ? 16 : 1 << 20);
    jy_scanner_set(scanner, JY_PARAM_UNIT, k % 3);
    switch (k / 24 % 4) {
    case 0: ck_assert_int_eq(jy_scan(scanner, rules, text, &result), JY_OK); break;
    case 1: ck_assert_int_eq(jy_scan_at(scanner, rules, text, NULL, &at, &result), JY_OK); break;
    case 2: ck_assert_int_eq(jy_scan_at(scanner, rules, text, &call, &at, &result), JY_OK); break;
    default: ck_assert_int_eq(jy_scan_batch(scanner, rules, text.ptr, offsets, 32, 2, NULL, &result), JY_OK);
    }
    return result;
}

START_TEST(test_kept__says_nothing_of_earlier_texts)
{
    static char fresh[ROOM], again[ROOM];
    jy_rules *rules[] = { rules_of(all_rules), rules_of(rules_text) };
    jy_scanner *used, *other;
    uint64_t state = 88172645463325252u;
    ck_assert_int_eq(jy_scanner_new(&used, NULL), JY_OK);
    for (int round = 0; round < 3000; round++) {
        unsigned k = (unsigned)((state = state * 6364136223846793005u + 1442695040888963407u) >> 33);
        jy_result *result;
        ck_assert_int_eq(jy_scanner_new(&other, NULL), JY_OK);
        result = scan_somehow(other, rules[round % 2], k);
        show(result, fresh);
        jy_result_free(result);
        jy_scanner_free(other);
        result = scan_somehow(used, rules[round % 2], k);
        show(result, again);
        ck_assert_str_eq(again, fresh);
        jy_result_free(result);
    }
    jy_scanner_free(used);
    jy_rules_unref(rules[0]);
    jy_rules_unref(rules[1]);
}
END_TEST

#define LINE_LENGTH 10

/* So many lines with a finding each. */
static char *make_lines(size_t count)
{
    char *text = malloc(count * LINE_LENGTH + 1);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * LINE_LENGTH, "没办法\n", LINE_LENGTH);
    return text;
}

/* Of what a large result had no more is kept than the header says. The first of them is made while the kept one is lent, so that the scanner has what it
 * needs by itself. */
START_TEST(test_kept__is_never_large)
{
    enum { LINES = 1000000 };
    pool p = { 0, SIZE_MAX, 0 };
    jy_alloc alloc = { &p, pool_realloc, pool_free };
    jy_rules *rules = rules_of(rules_text);
    char *text = make_lines(LINES);
    jy_scanner *scanner;
    jy_result *result, *held;
    int64_t before;
    ck_assert_int_eq(jy_scanner_new(&scanner, &alloc), JY_OK);
    held = scan(scanner, rules, "您好");
    ck_assert_int_eq(jy_scan(scanner, rules, (jy_str){ text, (size_t)LINES * LINE_LENGTH }, &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), LINES);
    jy_result_free(result);
    jy_result_free(held);
    before = p.bytes;
    for (int lines = 1; lines <= LINES; lines *= 10) {
        ck_assert_int_eq(jy_scan(scanner, rules, (jy_str){ text, (size_t)lines * LINE_LENGTH }, &result), JY_OK);
        jy_result_free(result);
        ck_assert_int_le(p.bytes, before + (16 << 20));
    }
    jy_scanner_free(scanner);
    ck_assert_int_eq(p.bytes, 0);
    jy_rules_unref(rules);
    free(text);
}
END_TEST

/* Another text that comes to as much takes no memory. */
START_TEST(test_kept__has_room_for_as_many)
{
    enum { LINES = 10000 };
    pool p = { 0, SIZE_MAX, 0 };
    jy_alloc alloc = { &p, pool_realloc, pool_free };
    jy_rules *rules = rules_of(rules_text);
    char *text = make_lines(LINES);
    jy_scanner *scanner;
    size_t calls = 0;
    ck_assert_int_eq(jy_scanner_new(&scanner, &alloc), JY_OK);
    for (int round = 0; round < 4; round++) {
        jy_result *result;
        jy_finding last = JY_FINDING_INIT;
        ck_assert_int_eq(jy_scan(scanner, rules, (jy_str){ text, (size_t)LINES * LINE_LENGTH }, &result), JY_OK);
        ck_assert_uint_eq(jy_result_count(result), LINES);
        ck_assert_int_eq(jy_result_get(result, LINES - 1, &last), JY_OK);
        ck_assert(str_is(last.text, "没办法") && last.line == LINES);
        jy_result_free(result);
        if (round < 2)
            calls = p.calls;
        ck_assert_uint_eq(p.calls, calls);
    }
    jy_scanner_free(scanner);
    ck_assert_int_eq(p.bytes, 0);
    jy_rules_unref(rules);
    free(text);
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
        if (!result) {
            sched_yield(); /* one core may be all there is */
            continue;
        }
        ck_assert_uint_eq(jy_result_count(result), (size_t)(i % 3 == 0));
        jy_result_free(result);
        i++;
    }
    return NULL;
}

START_TEST(test_kept__is_freed_by_another_thread)
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
        result = scan(scanner, h.rules, i % 3 ? "您好" : "没办法");
        while (!atomic_compare_exchange_weak(&h.result, &none, result)) {
            none = NULL;
            sched_yield();
        }
    }
    jy_scanner_free(scanner);
    pthread_join(thread, NULL);
    jy_rules_unref(h.rules);
}
END_TEST

CHECK_MAIN("kept", test_kept__each_result_says_its_own, test_kept__outlives_its_scanner_and_keeps_its_rules,
           test_kept__takes_no_memory_but_the_first, test_kept__without_memory_for_it, test_kept__says_nothing_of_earlier_texts, test_kept__is_never_large, test_kept__has_room_for_as_many,
           test_kept__is_freed_by_another_thread)
