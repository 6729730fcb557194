/* Rule sets as their users see them: what each rule says of itself, packs of several files, what is refused. */
#include "../check_main.h"
#include "compile/compile.h"
#include <stdbool.h>
#include <string.h>

static jy_str str_of(const char *text) { return (jy_str){ text, strlen(text) }; }
static bool str_is(jy_str a, const char *b) { return a.len == strlen(b) && memcmp(a.ptr, b, a.len) == 0; }

/* Builds files of texts; says how many errors there were. NULL when there were any. */
static jy_rules *build(const char *const *texts, size_t count, int64_t date, size_t *errors)
{
    jy_compiler *compiler;
    jy_rules *rules = NULL;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    ck_assert_int_eq(jy_compiler_set(compiler, JY_PARAM_DATE, date), JY_OK);
    for (size_t i = 0; i < count; i++) {
        char name[16];
        snprintf(name, sizeof(name), "f%zu.yaml", i);
        jy_compiler_add_text(compiler, str_of(name), str_of(texts[i]));
    }
    int status = jy_compiler_build(compiler, &rules);
    ck_assert(status == JY_OK || status == JY_E_RULES);
    *errors = jy_compiler_diag_count(compiler);
    ck_assert_msg((status == JY_OK) == (rules != NULL) && (status == JY_OK) == (*errors == 0), "status %d, %zu remarks", status, *errors);
    if (status == JY_OK) {
        jy_rules *again;
        ck_assert_int_eq(jy_compiler_add_text(compiler, str_of("late"), str_of(texts[0])), JY_E_STATE);
        ck_assert_int_eq(jy_compiler_build(compiler, &again), JY_E_STATE);
    }
    jy_compiler_free(compiler);
    return rules;
}
#define BUILD(errors, date, ...) build((const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *), date, errors)

static jy_rule rule_at(const jy_rules *rules, size_t index)
{
    jy_rule rule = JY_RULE_INIT;
    ck_assert_int_eq(jy_rules_get(rules, index, &rule), JY_OK);
    return rule;
}

/* What the remarks on one file are, as "line:column code" and the message. */
static void check_remarks(const char *text, const char *const *expected, size_t count)
{
    jy_compiler *compiler;
    jy_rules *rules = NULL;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    jy_compiler_add_text(compiler, str_of("f.yaml"), str_of(text));
    ck_assert_int_eq(jy_compiler_build(compiler, &rules), JY_E_RULES);
    ck_assert_uint_eq(jy_compiler_diag_count(compiler), count);
    for (size_t i = 0; i < count; i++) {
        jy_diag diag = JY_DIAG_INIT;
        char found[512];
        ck_assert_int_eq(jy_compiler_diag(compiler, i, &diag), JY_OK);
        snprintf(found, sizeof(found), "%u:%u %d %.*s", diag.line, diag.column, (int)diag.code, (int)diag.message.len, diag.message.ptr);
        ck_assert_str_eq(found, expected[i]);
    }
    jy_compiler_free(compiler);
}

START_TEST(test_compile__a_bad_pattern_says_where_in_it)
{
    static const char *const expected[] = {
        "4:21 3006 pattern [甲-乙] cannot be used: in '[a-b]' the first character comes after the second in Unicode; change their places, or list the characters (noticed behind its character 4)",
        "5:21 3006 pattern 没(办法 cannot be used: a '(' is never closed; add ')', or write '\\(' for the character (noticed behind its character 4)",
        "6:21 3006 pattern +没 cannot be used: '?', '*', '+' or '{ }' has nothing before it to repeat; put something there, or write '\\' before it "
        "for the character (noticed behind its character 1)",
        "7:21 3011 pattern 甲* also matches nothing at all, so it would match everywhere; let one part of it stand for sure",
    };
    check_remarks("jinyu: 1\npack: p\nrules:\n  - forbid: {regex: '[甲-乙]'}\n  - forbid: {regex: '没(办法'}\n  - forbid: {regex: '+没'}\n"
                  "  - forbid: {regex: '甲*'}\n", expected, sizeof(expected) / sizeof(expected[0]));
}
END_TEST

/* What the loader says of a file and what only building it shows are one list. */
START_TEST(test_compile__remarks_stand_in_the_order_of_places)
{
    static const char *const expected[] = {
        "4:13 1201 the '(' that opens here is never closed; add ')' or write '\\('",
        "5:21 3006 pattern 没(办法 cannot be used: a '(' is never closed; add ')', or write '\\(' for the character (noticed behind its character 4)",
        "6:14 1202 a ')' without its '('; delete it or write '\\)'",
        "7:21 3011 pattern 甲* also matches nothing at all, so it would match everywhere; let one part of it stand for sure",
    };
    check_remarks("jinyu: 1\npack: p\nrules:\n  - forbid: (甲乙\n  - forbid: {regex: '没(办法'}\n  - forbid: 丙)丁\n  - forbid: {regex: '甲*'}\n",
                  expected, sizeof(expected) / sizeof(expected[0]));
}
END_TEST

START_TEST(test_compile__a_file_given_twice_is_told_once)
{
    static const char text[] = "jinyu: 1\npack: p\nscorecard: {pass: 60}\nlists: {l: [甲]}\nrules:\n  - {id: a, forbid: 甲乙}\n  - {id: b, forbid: 丙丁}\n";
    jy_compiler *compiler;
    jy_rules *rules = NULL;
    jy_diag diag = JY_DIAG_INIT;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    ck_assert_int_eq(jy_compiler_add_text(compiler, str_of("f.yaml"), str_of(text)), JY_OK);
    ck_assert_int_eq(jy_compiler_add_text(compiler, str_of("./f.yaml"), str_of(text)), JY_E_RULES);
    ck_assert_int_eq(jy_compiler_build(compiler, &rules), JY_E_RULES);
    ck_assert_uint_eq(jy_compiler_diag_count(compiler), 2);
    ck_assert_int_eq(jy_compiler_diag(compiler, 0, &diag), JY_OK);
    ck_assert_int_eq(diag.code, 1701); /* the remark on a list that is not used is said once, too */
    ck_assert_int_eq(jy_compiler_diag(compiler, 1, &diag), JY_OK);
    ck_assert(diag.code == 3012 && str_is(diag.source, "./f.yaml") && str_is(diag.message, "this file was read already, as f.yaml; give it once"));
    jy_compiler_free(compiler);
}
END_TEST

START_TEST(test_compile__a_pack_given_twice_hides_no_other_error)
{
    jy_compiler *compiler;
    jy_rules *rules = NULL;
    jy_diag first = JY_DIAG_INIT, second = JY_DIAG_INIT;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    ck_assert_int_eq(jy_compiler_add_builtin(compiler, str_of("alarm-center")), JY_OK);
    ck_assert_int_eq(jy_compiler_add_builtin(compiler, str_of("alarm-center")), JY_OK);
    ck_assert_int_eq(jy_compiler_add_text(compiler, str_of("f.yaml"), str_of("jinyu: 1\nrules:\n  - {forbid: 甲(乙}\n")), JY_E_RULES);
    ck_assert_int_eq(jy_compiler_build(compiler, &rules), JY_E_RULES);
    ck_assert_uint_eq(jy_compiler_diag_count(compiler), 2);
    ck_assert(jy_compiler_diag(compiler, 0, &first) == JY_OK && first.code == 3012);
    ck_assert(jy_compiler_diag(compiler, 1, &second) == JY_OK && second.code == 1201);
    jy_compiler_free(compiler);
}
END_TEST

/* The same words in another pack are another rule file. */
START_TEST(test_compile__a_file_under_two_names_is_two_packs)
{
    static const char text[] = "jinyu: 1\nrules:\n  - {id: a, forbid: 甲乙}\n";
    jy_compiler *compiler;
    jy_rules *rules = NULL;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    ck_assert_int_eq(jy_compiler_add_text(compiler, str_of("f.yaml"), str_of(text)), JY_OK);
    ck_assert_int_eq(jy_compiler_add_text(compiler, str_of("g.yaml"), str_of(text)), JY_OK);
    ck_assert_int_eq(jy_compiler_build(compiler, &rules), JY_OK);
    jy_rules_unref(rules);
    jy_compiler_free(compiler);
}
END_TEST

START_TEST(test_compile__an_id_twice_in_a_file_is_told_once)
{
    static const char *const expected[] = { "4:10 1501 the id 'a' is taken by the rule in line 3; every rule needs an id of its own" };
    check_remarks("jinyu: 1\nrules:\n  - {id: a, forbid: 甲乙}\n  - {id: a, forbid: 丙丁}\n", expected, 1);
}
END_TEST

START_TEST(test_compile__flags_say_what_a_rule_needs)
{
    size_t errors;
    jy_rules *rules = BUILD(&errors, 0,
        "jinyu: 1\npack: a\nrules:\n  - {id: plain, forbid: 甲乙}\n  - {id: unless, forbid: 甲乙, unless: {said: 丙丁}}\n"
        "  - {id: when, forbid: 甲乙, when: {said: 丙丁}}\n  - {id: where, forbid: 甲乙, where: first 2 turns}\n  - {id: require, require: 甲乙}\n"
        "  - {id: event, require: 甲乙, when: {event: hold-end}}\n  - {id: silence, require: 甲乙, when: {any: [{silence: 5s}, {said: 丙丁}]}}\n"
        "  - {id: timed, forbid: 甲乙, where: first 10s}\n  - {id: answer, limit: {answer: 10s}}\n  - {id: rings, limit: {rings: 2}}\n"
        "  - {id: repeat, limit: {repeat: {times: 2, within: 3 turns}}}\n  - {id: hangup, limit: {hangup: agent}}\n"
        "  - {id: fatal, forbid: 甲乙, fatal: yes, judged: live, score: -7, severity: critical, clause: [甲-1, 乙-2], tags: [a, b]}\n");
    const uint32_t call = JY_RULE_NEEDS_CALL, clock = JY_RULE_NEEDS_CLOCK, events = JY_RULE_NEEDS_EVENTS, both = JY_RULE_LIVE | JY_RULE_AFTER;
    const uint32_t expected[] = { 0, 0, call, call, call, call | events, call | clock, call | clock, call | clock | events, call | events, call, call | events };
    ck_assert_uint_eq(jy_rules_count(rules), 13);
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
        ck_assert_msg(rule_at(rules, i).flags == (expected[i] | both), "rule %zu: %x", i, (unsigned)rule_at(rules, i).flags);
    jy_rule fatal = rule_at(rules, 12);
    ck_assert_uint_eq(fatal.flags, JY_RULE_FATAL | JY_RULE_LIVE);
    ck_assert(fatal.score == -7 && fatal.severity == JY_CRITICAL && str_is(fatal.clause, "甲-1 乙-2") && str_is(fatal.tags, "a b") && fatal.kind == JY_RULE_FORBID);
    ck_assert(rule_at(rules, 4).kind == JY_RULE_REQUIRE && rule_at(rules, 8).kind == JY_RULE_LIMIT && rule_at(rules, 0).line == 4);
    ck_assert_uint_gt(jy_rules_memory(rules), 0);
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_compile__dates_put_rules_to_rest)
{
    static const char text[] = "jinyu: 1\npack: a\nrules:\n  - {id: from, forbid: 甲乙, from: 2025-03-01}\n  - {id: until, forbid: 甲乙, until: 2025-03-01}\n"
                               "  - {id: off, forbid: 甲乙, enabled: no}\n  - {id: off2, limit: {turn: 5s}, enabled: no}\n";
    const struct { int64_t date; uint32_t from, until; } days[] = { { 20250228, JY_RULE_DISABLED, 0 }, { 20250301, 0, 0 }, { 20250302, 0, JY_RULE_DISABLED } };
    for (size_t i = 0; i < 3; i++) {
        size_t errors, found = 0;
        jy_rules *rules = BUILD(&errors, days[i].date, text);
        jy_scanner *scanner;
        jy_result *result;
        ck_assert_uint_eq(rule_at(rules, 0).flags & JY_RULE_DISABLED, days[i].from);
        ck_assert_uint_eq(rule_at(rules, 1).flags & JY_RULE_DISABLED, days[i].until);
        ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
        ck_assert_int_eq(jy_scan(scanner, rules, str_of("甲乙"), &result), JY_OK);
        for (size_t k = 0; k < jy_result_count(result); k++) {
            jy_finding f = JY_FINDING_INIT;
            jy_result_get(result, k, &f);
            ck_assert(!(rule_at(rules, f.rule).flags & JY_RULE_DISABLED));
            found++;
        }
        ck_assert_uint_eq(found, 1);
        ck_assert_uint_eq(jy_result_unchecked_count(result), 0); /* what rests is not missed */
        jy_result_free(result);
        jy_scanner_free(scanner);
        jy_rules_unref(rules);
    }
}
END_TEST

START_TEST(test_compile__files_of_one_pack_are_one)
{
    size_t errors;
    jy_rules *rules = BUILD(&errors, 0,
        "jinyu: 1\npack: a\ntitle: 一\nclauses: {甲-1: 问候, 甲-2: 告别}\nscorecard: {start: 100, floor: 0, pass: 60}\nrules:\n  - {id: x, forbid: 不在}\n",
        "jinyu: 1\npack: a\nclauses: {甲-2: 告别, 甲-3: 致谢}\nrules:\n  - {id: y, forbid: 没有啊, suggest: [他暂时不在]}\n",
        "jinyu: 1\npack: b\nclauses: {乙-1: 其他}\nrules:\n  - {id: x, forbid: 不在}\n");
    static const char *const clauses[][2] = { { "甲-1", "问候" }, { "甲-2", "告别" }, { "甲-3", "致谢" }, { "乙-1", "其他" } };
    jy_clause clause = JY_CLAUSE_INIT;
    jy_scanner *scanner;
    jy_result *result;
    ck_assert_uint_eq(jy_rules_clause_count(rules), 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(jy_rules_clause(rules, i, &clause), JY_OK);
        ck_assert(str_is(clause.id, clauses[i][0]) && str_is(clause.title, clauses[i][1]) && str_is(clause.pack, i < 3 ? "a" : "b"));
    }
    ck_assert_int_eq(jy_rules_clause(rules, 4, &clause), JY_E_INVALID);
    ck_assert_uint_eq(jy_rules_clause_count(NULL), 0);
    /* the wording that the second file approves shields in the first, not in the other pack */
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan(scanner, rules, str_of("他暂时不在"), &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), 1);
    jy_finding f = JY_FINDING_INIT;
    jy_result_get(result, 0, &f);
    ck_assert(str_is(f.pack, "b"));
    jy_result_free(result);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_compile__severities_of_the_user_win)
{
    static const char *const texts[] = { "jinyu: 1\npack: a\nrules:\n  - {id: x, forbid: 甲乙}\n  - {id: y, forbid: 甲乙, enabled: no}\n",
                                         "jinyu: 1\npack: b\nrules:\n  - {id: x, forbid: 甲乙, severity: critical}\n" };
    jy_compiler *compiler;
    jy_rules *rules;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    ck_assert_int_eq(jy_compiler_set_severity(compiler, str_of("x"), JY_INFO), JY_E_INVALID); /* no file yet */
    jy_compiler_add_text(compiler, str_of("a.yaml"), str_of(texts[0]));
    jy_compiler_add_text(compiler, str_of("b.yaml"), str_of(texts[1]));
    ck_assert_int_eq(jy_compiler_set_severity(compiler, str_of("x"), 0), JY_OK); /* what is said last holds */
    ck_assert_int_eq(jy_compiler_set_severity(compiler, str_of("x"), JY_INFO), JY_OK);
    ck_assert_int_eq(jy_compiler_set_severity(compiler, str_of("b/x"), 0), JY_OK);
    ck_assert_int_eq(jy_compiler_set_severity(compiler, str_of("y"), JY_ERROR), JY_OK);
    static const char *const none[] = { "z", "c/x", "a/", "/x", "a/x/x", "" };
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
        ck_assert_int_eq(jy_compiler_set_severity(compiler, str_of(none[i]), JY_INFO), JY_E_INVALID);
    ck_assert_int_eq(jy_compiler_set_severity(compiler, str_of("x"), JY_CRITICAL + 1), JY_E_INVALID);
    ck_assert_int_eq(jy_compiler_set_severity(compiler, str_of("x"), -1), JY_E_INVALID);
    ck_assert_int_eq(jy_compiler_build(compiler, &rules), JY_OK);
    ck_assert_int_eq(jy_compiler_set_severity(compiler, str_of("x"), JY_INFO), JY_E_STATE);
    jy_rule rule[] = { rule_at(rules, 0), rule_at(rules, 1), rule_at(rules, 2) };
    ck_assert(rule[0].severity == JY_INFO && !(rule[0].flags & JY_RULE_DISABLED));
    ck_assert(rule[1].flags & JY_RULE_DISABLED); /* a rule that its file puts to rest stays there */
    ck_assert(rule[2].severity == JY_INFO && rule[2].flags & JY_RULE_DISABLED);
    jy_compiler_free(compiler);
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_compile__structs_without_a_size_are_refused)
{
    jy_compiler *compiler;
    jy_rules *rules;
    jy_diag diag = JY_DIAG_INIT;
    jy_test_summary summary = JY_TEST_SUMMARY_INIT;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    jy_compiler_add_text(compiler, str_of("f"), str_of("jinyu: 1\npack: a\nlists: {idle: [甲]}\nrules:\n  - {id: x, forbid: 甲乙, tests: {bad: [甲乙]}}\n"));
    ck_assert_int_eq(jy_compiler_build(compiler, &rules), JY_OK);
    ck_assert_int_eq(jy_compiler_diag(compiler, 0, &diag), JY_OK);
    ck_assert_int_eq(jy_compiler_test(compiler, 0, &summary), JY_OK);
    ck_assert_uint_gt(summary.passed, 0);
    diag.size = summary.size = 0;
    ck_assert_int_eq(jy_compiler_diag(compiler, 0, &diag), JY_E_INVALID);
    ck_assert_int_eq(jy_compiler_test(compiler, 0, &summary), JY_E_INVALID);
    jy_compiler_free(compiler);
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_compile__lint_says_everything_once)
{
    jy_compiler *compiler;
    jy_rules *rules;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    jy_compiler_add_text(compiler, str_of("f"), str_of("jinyu: 1\npack: a\nrules:\n  - {id: x, forbid: 甲乙, suggest: [我们甲乙]}\n"));
    ck_assert_int_eq(jy_compiler_build(compiler, &rules), JY_OK);
    size_t built = jy_compiler_diag_count(compiler);
    int status = jy_compiler_lint(compiler);
    size_t linted = jy_compiler_diag_count(compiler);
    ck_assert_int_eq(status, JY_OK); /* the suggested wording is forbidden: a warning */
    ck_assert_uint_gt(linted, built);
    ck_assert_int_eq(jy_compiler_lint(compiler), status);
    ck_assert_uint_eq(jy_compiler_diag_count(compiler), linted);
    jy_compiler_free(compiler);
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_compile__what_is_refused)
{
    size_t errors;
    ck_assert_ptr_null(BUILD(&errors, 0, "jinyu: 1\npack: a\nrules:\n  - {id: x, forbid: 甲乙}\n", "jinyu: 1\npack: a\nrules:\n  - {id: x, forbid: 丙丁}\n"));
    ck_assert_uint_eq(errors, 1);
    ck_assert_ptr_null(BUILD(&errors, 0, "jinyu: 1\npack: a\nscorecard: {start: 100, floor: 0, pass: 60}\nrules:\n  - {id: x, forbid: 甲乙}\n",
                             "jinyu: 1\npack: a\nscorecard: {start: 90, floor: 0, pass: 60}\nrules:\n  - {id: y, forbid: 丙丁}\n"));
    ck_assert_uint_eq(errors, 1);
    ck_assert_ptr_null(BUILD(&errors, 0, "jinyu: 1\npack: a\nrules:\n  - {id: x, forbid: {regex: '(甲'}}\n  - {id: y, forbid: '!!'}\n  - {id: z, forbid: {regex: '甲*'}}\n"));
    ck_assert_uint_eq(errors, 3);
    jy_rules *rules = BUILD(&errors, 0, "jinyu: 1\npack: a\nrules:\n  - {id: x, forbid: 甲乙}\n");
    jy_rule rule = JY_RULE_INIT;
    jy_str wording;
    ck_assert_int_eq(jy_rules_get(rules, 1, &rule), JY_E_INVALID);
    ck_assert_int_eq(jy_rules_get(NULL, 0, &rule), JY_E_INVALID);
    ck_assert_int_eq(jy_rules_suggestion(rules, 0, 0, &wording), JY_E_INVALID);
    rule.size = 3;
    ck_assert_int_eq(jy_rules_get(rules, 0, &rule), JY_E_INVALID);
    jy_rules_unref(rules);
}
END_TEST

/* A phrase is refused with its place when any of its parts between gaps is too long, whether it comes apart at them or not. */
START_TEST(test_compile__a_part_that_is_too_long_is_told)
{
    static const char *const forms[] = { "%s", "%s*丙", "丙*%s", "(丙|%s)*丁", "(丙*%s)?丁" };
    char part[256 * 3 + 1], phrase[1024], text[2048];
    size_t errors;
    for (size_t i = 0; i < 256; i++)
        memcpy(part + 3 * i, i % 2 ? "甲" : "乙", 4);
    for (size_t i = 0; i < JY__COUNT(forms); i++) {
        snprintf(phrase, sizeof(phrase), forms[i], part);
        snprintf(text, sizeof(text), "jinyu: 1\npack: a\nrules:\n  - {id: x, forbid: '%s'}\n", phrase);
        ck_assert_ptr_null(BUILD(&errors, 0, text));
        ck_assert_msg(errors == 1, "%s: %zu", forms[i], errors);
        snprintf(phrase, sizeof(phrase), forms[i], part + 3);
        snprintf(text, sizeof(text), "jinyu: 1\npack: a\nrules:\n  - {id: x, forbid: '%s'}\n", phrase);
        jy_rules_unref(BUILD(&errors, 0, text));
        ck_assert_uint_eq(errors, i == 4); /* with 丁 behind it */
    }
}
END_TEST

/* A pattern written with `len` bytes is given back as it was written. Gives the memory of its rule set. */
static size_t check_written(size_t len)
{
    static char text[5000], pattern[5000];
    jy_scanner *scanner;
    jy_result *result;
    jy_hit hit = JY_HIT_INIT;
    size_t errors, bytes;
    memset(pattern, 'y', len);
    memcpy(pattern, "qz(?:", 5);
    memcpy(pattern + len - 2, ")?", 3);
    snprintf(text, sizeof(text), "jinyu: 1\npack: a\nrules:\n  - {id: x, forbid: {regex: '%s'}}\n", pattern);
    jy_rules *rules = BUILD(&errors, 0, text);
    ck_assert_ptr_nonnull(rules);
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan(scanner, rules, str_of("a qz b"), &result), JY_OK);
    ck_assert_int_eq(jy_result_hit(result, 0, 0, &hit), JY_OK);
    ck_assert(str_is(hit.phrase, pattern));
    bytes = jy_rules_memory(rules);
    jy_result_free(result);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
    return bytes;
}

START_TEST(test_compile__wording_of_any_length_is_kept)
{
    static const size_t lengths[] = { 8, 126, 127, 128, 129, 255, 256, 4095, 4096 };
    for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++)
        check_written(lengths[i]);
}
END_TEST

START_TEST(test_compile__memory_counts_patterns)
{
    size_t errors;
    jy_rules *phrase = BUILD(&errors, 0, "jinyu: 1\npack: a\nrules:\n  - {id: x, forbid: 甲乙}\n");
    /* What a pattern cannot do without is looked for like a phrase. */
    ck_assert_uint_gt(check_written(8), jy_rules_memory(phrase) / 2);
    jy_rules_unref(phrase);
}
END_TEST

#define MANY 20000u
#define PHRASE_LEN 15 /* bytes: five characters */

static void put_phrase(char *out, uint32_t *seed)
{
    for (size_t i = 0; i < PHRASE_LEN; i += 3) {
        uint32_t symbol;
        *seed = *seed * 1664525u + 1013904223u;
        symbol = 0x4E00u + (*seed >> 8) % 0x5000u;
        out[i] = (char)(0xE0 | symbol >> 12);
        out[i + 1] = (char)(0x80 | (symbol >> 6 & 0x3F));
        out[i + 2] = (char)(0x80 | (symbol & 0x3F));
    }
}

/* Twenty thousand phrases as one rule, for the sound or by their characters alone. */
static size_t memory_of_many(int64_t sound)
{
    static const char head[] = "jinyu: 1\npack: a\nrules:\n  - id: x\n    forbid:\n";
    static char text[sizeof(head) + MANY * (PHRASE_LEN + 9)];
    size_t len = sizeof(head) - 1, bytes;
    uint32_t seed = 7;
    jy_compiler *compiler;
    jy_rules *rules;
    memcpy(text, head, len);
    for (uint32_t i = 0; i < MANY; i++) {
        memcpy(text + len, "      - ", 8);
        put_phrase(text + len + 8, &seed);
        text[len + 8 + PHRASE_LEN] = '\n';
        len += PHRASE_LEN + 9;
    }
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    ck_assert_int_eq(jy_compiler_set(compiler, JY_PARAM_FOLD_SOUND, sound), JY_OK);
    ck_assert_int_eq(jy_compiler_add_text(compiler, str_of("many"), (jy_str){ text, len }), JY_OK);
    ck_assert_int_eq(jy_compiler_build(compiler, &rules), JY_OK);
    bytes = jy_rules_memory(rules);
    jy_compiler_free(compiler);
    jy_rules_unref(rules);
    return bytes;
}

START_TEST(test_compile__twenty_thousand_phrases_take_four_megabytes)
{
    ck_assert_uint_le(memory_of_many(0), 4000000);
    ck_assert_uint_le(memory_of_many(1), 4000000);
}
END_TEST

/* So many rules, each with the same four hundred words beside its phrase, and one of its own. */
#define WORDS 400
static size_t memory_with_words(int rule_count)
{
    static char text[64 + 8 * (WORDS * 8 + 256)];
    size_t len = (size_t)snprintf(text, sizeof(text), "jinyu: 1\npack: a\nrules:\n"), errors;
    for (int rule = 0; rule < rule_count; rule++) {
        len += (size_t)snprintf(text + len, sizeof(text) - len, "  - id: r%d\n    forbid:\n      - phrase: 喂%d\n        whole: clause\n        with: [w%d", rule, rule, rule);
        for (int word = 0; word < WORDS; word++)
            len += (size_t)snprintf(text + len, sizeof(text) - len, ", x%d", word);
        len += (size_t)snprintf(text + len, sizeof(text) - len, "]\n");
    }
    jy_rules *rules = BUILD(&errors, 20260101, text);
    ck_assert(rules != NULL);
    size_t bytes = jy_rules_memory(rules);
    jy_rules_unref(rules);
    return bytes;
}

START_TEST(test_compile__words_beside_many_phrases_are_kept_once)
{
    size_t one = memory_with_words(1), eight = memory_with_words(8);
    ck_assert_uint_le((eight - one) / 7, WORDS * 8); /* a number of each, and what else a rule takes */
}
END_TEST

static size_t memory_of(const char *text)
{
    size_t errors, bytes;
    jy_rules *rules = BUILD(&errors, 20260101, text);
    ck_assert(rules != NULL);
    bytes = jy_rules_memory(rules);
    jy_rules_unref(rules);
    return bytes;
}

/* A phrase that is multiplied out to 2500 forms, fifty words before it and fifty behind it, and another one. */
static size_t memory_of_forms(const char *other)
{
    char text[4096], list[1024];
    size_t len = 0;
    for (unsigned i = 0; i < 50; i++)
        len += (size_t)snprintf(list + len, sizeof(list) - len, "%s\xE4\xB8%c", i ? "|" : "", 0x80 + i); /* from U+4E00 on */
    snprintf(text, sizeof(text), "jinyu: 1\npack: a\nrules:\n  - {id: x, forbid: ['(%s)饕餮(%s)', '%s']}\n", list, list, other);
    return memory_of(text);
}

START_TEST(test_compile__forms_that_share_a_key_take_little) { ck_assert_uint_le(memory_of_forms("魑魅魍魉") / 2500, 200); }
END_TEST

START_TEST(test_compile__marks_in_one_phrase_cost_the_others_nothing)
{
    ck_assert_uint_le(memory_of_forms("魑魅。魍魉"), memory_of_forms("魑魅魍魉") + 64);
}
END_TEST

START_TEST(test_compile__a_text_is_kept_once)
{
    size_t errors;
    jy_rules *rules = BUILD(&errors, 20260101, "jinyu: 1\npack: a\nrules:\n  - {id: x, forbid: 你是谁}\n  - {id: y, forbid: 谁, except: 你是谁}\n");
    ck_assert(rules != NULL);
    ck_assert_uint_eq(rules->atom_count, 3);
    ck_assert_uint_eq(rules->atoms[0].written, rules->atoms[2].written);
    ck_assert_uint_eq(rules->atoms[0].written, rules->sets[JY__SET_SHIELD].forms[0]);
    ck_assert_uint_ne(rules->atoms[0].written, rules->atoms[1].written);
    ck_assert(str_is(jy__atom_written(rules, 2), "你是谁"));
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_compile__a_pack_of_one_phrase_takes_little)
{
    ck_assert_uint_le(memory_of("jinyu: 1\npack: a\nrules:\n  - {id: x, forbid: 你是谁}\n"), 120000);
}
END_TEST

CHECK_MAIN("compile", test_compile__a_pack_of_one_phrase_takes_little, test_compile__forms_that_share_a_key_take_little, test_compile__marks_in_one_phrase_cost_the_others_nothing,
           test_compile__a_text_is_kept_once, test_compile__words_beside_many_phrases_are_kept_once, test_compile__wording_of_any_length_is_kept, test_compile__memory_counts_patterns, test_compile__twenty_thousand_phrases_take_four_megabytes,
            test_compile__flags_say_what_a_rule_needs, test_compile__dates_put_rules_to_rest, test_compile__files_of_one_pack_are_one,
           test_compile__severities_of_the_user_win, test_compile__what_is_refused, test_compile__a_part_that_is_too_long_is_told, test_compile__lint_says_everything_once, test_compile__structs_without_a_size_are_refused,
           test_compile__a_bad_pattern_says_where_in_it, test_compile__remarks_stand_in_the_order_of_places,
           test_compile__a_file_given_twice_is_told_once, test_compile__a_file_under_two_names_is_two_packs, test_compile__a_pack_given_twice_hides_no_other_error,
           test_compile__an_id_twice_in_a_file_is_told_once)
