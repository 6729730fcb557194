/* rules: 20,000 rules load in the time that an editor's check may take, and no file makes the cost grow faster than its length:
 * four times the text may take ten times as long at most (it takes about four; the rest is for a busy machine). */
#include "rules_test.h"
#include <time.h>

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

typedef void (*generate)(jy__text *out, size_t count);

static double time_of(generate make, size_t count, size_t *bytes)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__text file;
    double start, spent;
    loaded l;
    jy__text_init(&file, &mem);
    make(&file, count);
    *bytes = file.len;
    start = seconds();
    load_str(&l, jy__text_view(&file));
    spent = seconds() - start;
    unload(&l);
    jy__text_free(&file);
    return spent;
}

static void head(jy__text *out) { jy__text_c(out, "jinyu: 1\nrules:\n"); }

static void repeat(jy__text *out, const char *before, const char *after, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        jy__text_c(out, before);
        jy__text_int(out, (int64_t)i);
        jy__text_c(out, after);
    }
}

static void many_rules(jy__text *out, size_t count)
{
    head(out);
    for (size_t i = 0; i < count; i++) {
        jy__text_c(out, "  - id: rule-");
        jy__text_int(out, (int64_t)i);
        jy__text_c(out, "\n    clause: 六-1\n    forbid: [(你|您)是谁(呀)?");
        jy__text_int(out, (int64_t)i);
        jy__text_c(out, ", 干什么的]\n    suggest: [请问您贵姓]\n    score: -5\n");
    }
}
static void many_phrases(jy__text *out, size_t count)
{
    head(out);
    jy__text_c(out, "  - forbid:\n");
    repeat(out, "      - 没办法", "\n", count);
    jy__text_c(out, "    except:\n");
    repeat(out, "      - 有办法", "\n", count);
}
static void many_keys(jy__text *out, size_t count)
{
    jy__text_c(out, "jinyu: 1\n");
    repeat(out, "key", ": 1\n", count);
}
static void many_lists(jy__text *out, size_t count)
{
    jy__text_c(out, "jinyu: 1\nlists:\n");
    for (size_t i = 0; i < count; i++) {
        jy__text_c(out, "  l");
        jy__text_int(out, (int64_t)i);
        jy__text_c(out, ": ['{l");
        jy__text_int(out, (int64_t)i + 1);
        jy__text_c(out, "}']\n");
    }
    jy__text_c(out, "rules:\n  - forbid: '{l0}'\n");
}
static void one_line(jy__text *out, size_t count)
{
    head(out);
    jy__text_c(out, "  - forbid: [");
    repeat(out, "a", ": b, ", count);
}
static void same_ids(jy__text *out, size_t count)
{
    head(out);
    for (size_t i = 0; i < count; i++)
        jy__text_c(out, "- {id: a, forbid: (x}\n");
}
static void tests_both_ways(jy__text *out, size_t count)
{
    head(out);
    jy__text_c(out, "  - forbid: x\n    tests:\n      bad:\n");
    repeat(out, "        - g", "\n", count);
    jy__text_c(out, "      good:\n");
    repeat(out, "        - g", "\n", count);
}

static const struct { generate make; const char *name; size_t count; } files[] = {
    { many_rules, "many rules", 5000 }, { many_phrases, "many phrases", 10000 }, { many_keys, "many unknown keys", 20000 },
    { many_lists, "lists of lists", 20000 }, { one_line, "one line", 20000 }, { same_ids, "the same id", 10000 },
    { tests_both_ways, "tests both ways", 20000 },
};

START_TEST(test_rules__cost_grows_with_the_file)
{
    for (size_t i = 0; i < JY__COUNT(files); i++) {
        size_t bytes;
        double small = time_of(files[i].make, files[i].count, &bytes), large = time_of(files[i].make, files[i].count * 4, &bytes);
        ck_assert_msg(large < small * 10 + 0.05, "%s: %.3f s, four times as much %.3f s", files[i].name, small, large);
    }
}
END_TEST

START_TEST(test_rules__twenty_thousand_rules_load_at_once)
{
    size_t bytes;
    double spent = time_of(many_rules, 20000, &bytes);
    fprintf(stderr, "# 20,000 rules, %zu bytes: %.0f ms\n", bytes, spent * 1000);
    ck_assert_msg(spent < 1.0, "20,000 rules took %.3f s", spent);
}
END_TEST

CHECK_MAIN("rules", test_rules__cost_grows_with_the_file, test_rules__twenty_thousand_rules_load_at_once)
