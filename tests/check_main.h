/* Every test program: include this, write START_TEST(test_area__case) … END_TEST, list them in CHECK_MAIN("area", ...).
 * Prints TAP, so that ./dev test counts cases. CK_FORK=no is set by ./dev under sanitizers. */
#ifndef CHECK_MAIN_H
#define CHECK_MAIN_H
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdbool.h>
#include <stdint.h>

/* JINYU_TEST_LESS=N (./dev valgrind, where all takes fifty times as long): a test does one in N of its many rounds, but not under 16. */
static inline size_t check_less(void)
{
    const char *less = getenv("JINYU_TEST_LESS");
    size_t number = less ? (size_t)strtoul(less, NULL, 10) : 1;
    return number ? number : 1;
}

static inline int check_rounds(int all)
{
    int some = all / (int)check_less(), least = all < 16 ? all : 16;
    return some > least ? some : least;
}

/* Spread over nested loops, whatever their lengths. */
static inline bool check_skips(size_t number) { return ((uint32_t)(number * 2654435761u) >> 16) % check_less() != 0; }

static int check_run(const char *area, const TTest *const *tests, size_t count)
{
    Suite *suite = suite_create(area);
    TCase *cases = tcase_create(area);
    SRunner *runner;
    int failed;
    tcase_set_timeout(cases, 300);
    for (size_t i = 0; i < count; i++)
        tcase_add_test(cases, tests[i]);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
#define CHECK_MAIN(area, ...)                                                   \
    int main(void)                                                              \
    {                                                                           \
        const TTest *const tests[] = { __VA_ARGS__ };                           \
        return check_run(area, tests, sizeof(tests) / sizeof(tests[0]));        \
    }
#endif
