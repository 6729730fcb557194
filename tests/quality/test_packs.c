/* The pack service-general: every phrase of the published taboo lists has a rule that finds it or a reason why none does
 * (taboo-coverage.tsv), and loading the pack beside alarm-center changes nothing that alarm-center finds. */
#include "../check_main.h"
#include "jinyu/jinyu.h"

#include <stdbool.h>
#include <string.h>

#define LINE_MOST 4096

static jy_str str_of(const char *text) { return (jy_str){ text, strlen(text) }; }
static bool str_is(jy_str a, const char *b) { return a.len == strlen(b) && memcmp(a.ptr, b, a.len) == 0; }

static jy_rules *load(const char *const *packs, size_t count)
{
    jy_compiler *compiler;
    jy_rules *rules = NULL;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(jy_compiler_add_file(compiler, packs[i]), JY_OK);
    ck_assert_int_eq(jy_compiler_build(compiler, &rules), JY_OK);
    jy_compiler_free(compiler);
    return rules;
}

static FILE *open_list(const char *name)
{
    char path[1024];
    snprintf(path, sizeof(path), "%s/%s", QUALITY_DIR, name);
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "cannot read %s", path);
    return file;
}

/* Next line without its end; false after the last. */
static bool next_line(FILE *file, char line[LINE_MOST])
{
    if (!fgets(line, LINE_MOST, file))
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    return true;
}

/* Whether the rule finds something in the text; any rule when NULL. */
static bool finds(jy_scanner *scanner, jy_rules *rules, const char *text, const char *rule)
{
    jy_result *result;
    jy_finding finding = JY_FINDING_INIT;
    bool found = false;
    ck_assert_int_ge(jy_scan(scanner, rules, str_of(text), &result), JY_OK);
    for (size_t i = 0; i < jy_result_count(result); i++)
        found = (jy_result_get(result, i, &finding) == JY_OK && (!rule || str_is(finding.rule_id, rule))) || found;
    jy_result_free(result);
    return found;
}

START_TEST(test_quality__every_taboo_phrase_has_a_rule_or_a_reason)
{
    const char *const packs[] = { RULES_DIR "/service-general" };
    jy_rules *rules = load(packs, 1);
    jy_scanner *scanner;
    char line[LINE_MOST];
    FILE *file = open_list("taboo-coverage.tsv");
    size_t phrases = 0;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    while (next_line(file, line)) {
        if (line[0] == '#' || !line[0])
            continue;
        char *cells[5] = { line, NULL, NULL, NULL, NULL };
        for (size_t i = 1; i < 5 && cells[i - 1] && (cells[i] = strchr(cells[i - 1], '\t')); i++)
            *cells[i]++ = '\0';
        ck_assert_msg(cells[3] != NULL, "a line of taboo-coverage.tsv lacks its rule: %s", line);
        if (strcmp(cells[3], "-") == 0)
            ck_assert_msg(cells[4] && strlen(cells[4]) > 6, "no rule and no reason: %s", cells[2]);
        else
            ck_assert_msg(finds(scanner, rules, cells[2], cells[3]), "%s does not find %s", cells[3], cells[2]);
        phrases++;
    }
    ck_assert_uint_ge(phrases, 202); /* the lists have 202 phrases today */
    fclose(file);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

/* The base line as an agent says it: label marks and speakers taken out. */
static void plain(const char *line, char out[LINE_MOST])
{
    size_t at = 0;
    for (; *line; line++) {
        if (*line == '{') {
            const char *colon = strchr(line, ':');
            line = colon ? colon : line;
        } else if (*line != '}') {
            out[at++] = *line;
        }
    }
    out[at] = '\0';
}

/* Appends rule, span and severity of every finding of alarm-center. */
static void list_alarm(jy_scanner *scanner, jy_rules *rules, const char *text, char out[LINE_MOST])
{
    jy_result *result;
    size_t at = 0;
    out[0] = '\0';
    ck_assert_int_ge(jy_scan(scanner, rules, str_of(text), &result), JY_OK);
    for (size_t i = 0; i < jy_result_count(result); i++) {
        jy_finding f = JY_FINDING_INIT;
        ck_assert_int_eq(jy_result_get(result, i, &f), JY_OK);
        if (str_is(f.pack, "alarm-center"))
            at += (size_t)snprintf(out + at, LINE_MOST - at, "%.*s %zu-%zu %d; ", (int)f.rule_id.len, f.rule_id.ptr, f.span.begin, f.span.end, f.severity);
        ck_assert_uint_lt(at, LINE_MOST);
    }
    jy_result_free(result);
}

START_TEST(test_quality__service_general_changes_nothing_of_alarm_center)
{
    static const char *const lists[] = { "base/bad-verbatim.txt", "base/bad-reworded.txt", "base/bad-homophones.txt", "base/good-hard.txt",
                                         "base/general-verbatim.txt", "base/general-hard.txt" };
    const char *const packs[] = { RULES_DIR "/alarm-center", RULES_DIR "/service-general" };
    jy_rules *alone = load(packs, 1), *both = load(packs, 2);
    static char line[LINE_MOST], text[LINE_MOST], expected[LINE_MOST], got[LINE_MOST];
    jy_scanner *scanner;
    size_t found = 0;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        FILE *file = open_list(lists[i]);
        while (next_line(file, line)) {
            plain(line, text);
            list_alarm(scanner, alone, text, expected);
            list_alarm(scanner, both, text, got);
            ck_assert_msg(strcmp(expected, got) == 0, "%s: alone %s, with service-general %s", text, expected, got);
            found += expected[0] != '\0';
        }
        fclose(file);
    }
    ck_assert_uint_gt(found, 150);
    jy_scanner_free(scanner);
    jy_rules_unref(alone);
    jy_rules_unref(both);
}
END_TEST

START_TEST(test_quality__what_sounds_alike_is_found_and_what_is_ordinary_is_not)
{
    const char *const packs[] = { RULES_DIR "/alarm-center" };
    jy_rules *rules = load(packs, 1);
    jy_scanner *scanner;
    char line[LINE_MOST];
    FILE *file = open_list("heard.tsv");
    size_t heard = 0, silent = 0;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    while (next_line(file, line)) {
        char *rule = strchr(line, '\t');
        if (line[0] == '#' || !rule)
            continue;
        *rule++ = '\0';
        if (strcmp(rule, "-") != 0)
            ck_assert_msg(finds(scanner, rules, line, rule), "%s does not find %s", rule, line);
        else
            ck_assert_msg(!finds(scanner, rules, line, NULL), "%s is ordinary but was found", line);
        heard += strcmp(rule, "-") != 0;
        silent += strcmp(rule, "-") == 0;
    }
    ck_assert_uint_ge(heard, 16);
    ck_assert_uint_ge(silent, 14);
    fclose(file);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

CHECK_MAIN("quality", test_quality__what_sounds_alike_is_found_and_what_is_ordinary_is_not,
    test_quality__every_taboo_phrase_has_a_rule_or_a_reason, test_quality__service_general_changes_nothing_of_alarm_center)
