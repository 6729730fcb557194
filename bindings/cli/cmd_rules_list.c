/* jinyu rules list and show: what is in a rule set. With --standard the list is turned round: each clause of the standard
 * with the rules that cite it and their tests, so that a clause nobody guards is seen. */
#include "cli.h"

#include <string.h>

static const char *kind_name(int kind)
{
    return kind == JY_RULE_REQUIRE ? "require" : kind == JY_RULE_LIMIT ? "limit" : "forbid";
}

static const char *speaker_name(int speaker)
{
    return speaker == JY_AGENT ? "agent" : speaker == JY_CUSTOMER ? "customer" : speaker == JY_SYSTEM ? "system" : "any";
}

static int load(const cli_options *options, bool with_operands, jy_rules **rules)
{
    strings names = { 0 };
    jy_compiler *compiler = NULL;
    int status;
    if (!with_operands || !options->operand_count)
        return packs_load(options, rules);
    rules_named(options, &names);
    status = packs_compiler(options, names.items, names.count, &compiler, rules);
    jy_compiler_free(compiler);
    strings_free(&names);
    return status;
}

/* ---- list */
static void list_line(const jy_rule *rule)
{
    printf("%.*s\t%.*s\t%.*s\t%s\t%s\t%u+%u\t%.*s%s\n", (int)rule->pack.len, rule->pack.ptr, (int)rule->id.len, rule->id.ptr,
           (int)rule->clause.len, rule->clause.ptr, kind_name(rule->kind), level_name(rule->severity), (unsigned)rule->test_bad_count,
           (unsigned)rule->test_good_count, (int)rule->situation.len, rule->situation.ptr, rule->flags & JY_RULE_DISABLED ? "\t(disabled)" : "");
}

static void list_json(const jy_rule *rule)
{
    text out = { 0 };
    text_c(&out, "{");
    json_member(&out, "pack", rule->pack);
    json_member(&out, "rule", rule->id);
    json_member(&out, "clause", rule->clause);
    json_member(&out, "situation", rule->situation);
    json_member(&out, "kind", str_of(kind_name(rule->kind)));
    json_member(&out, "severity", str_of(level_name(rule->severity)));
    json_member(&out, "speaker", str_of(speaker_name(rule->speaker)));
    json_member_int(&out, "score", rule->score);
    json_member_int(&out, "tests_bad", rule->test_bad_count);
    json_member_int(&out, "tests_good", rule->test_good_count);
    text_c(&out, rule->flags & JY_RULE_DISABLED ? ",\"disabled\":true}\n" : ",\"disabled\":false}\n");
    fwrite(out.ptr, 1, out.len, stdout);
    text_free(&out);
}

/* ---- the standard */
bool clause_cites(jy_str clause, jy_str number)
{
    for (size_t at = 0; number.len && at + number.len <= clause.len; at++) {
        size_t end = at + number.len;
        bool begins = at == 0 || clause.ptr[at - 1] == ' ', ends = end == clause.len || clause.ptr[end] == ' ';
        if (begins && ends && !memcmp(clause.ptr + at, number.ptr, number.len))
            return true;
    }
    return false;
}

/* One clause with its rules; true when it has a rule that is judged and tested both ways. */
static bool list_clause(const jy_rules *rules, const jy_clause *clause)
{
    unsigned bad = 0, good = 0, found = 0;
    printf("%.*s\t%.*s\n", (int)clause->id.len, clause->id.ptr, (int)clause->title.len, clause->title.ptr);
    for (size_t i = 0; i < jy_rules_count(rules); i++) {
        jy_rule rule = JY_RULE_INIT;
        if (jy_rules_get(rules, i, &rule) < 0 || !str_eq(rule.pack, clause->pack) || !clause_cites(rule.clause, clause->id) || rule.flags & JY_RULE_DISABLED)
            continue;
        printf("\t%.*s\t%s\t%s\tbad %u\tgood %u\n", (int)rule.id.len, rule.id.ptr, kind_name(rule.kind), level_name(rule.severity),
               (unsigned)rule.test_bad_count, (unsigned)rule.test_good_count);
        bad += rule.test_bad_count;
        good += rule.test_good_count;
        found++;
    }
    if (!found || !bad || !good)
        printf("\t!! %s\n", !found ? "no rule" : "no test");
    return found && bad && good;
}

static int list_standard(const cli_options *options, const jy_rules *rules)
{
    size_t missing = 0, count = jy_rules_clause_count(rules);
    char number[24];
    for (size_t i = 0; i < count; i++) {
        jy_clause clause = JY_CLAUSE_INIT;
        missing += jy_rules_clause(rules, i, &clause) < 0 || !list_clause(rules, &clause);
    }
    snprintf(number, sizeof(number), "%zu", missing);
    if (!count)
        say(options->language, W_STANDARD_PACK, NULL);
    else if (missing)
        say(options->language, W_STANDARD_MISSING, number, NULL);
    return missing || !count ? EXIT_FOUND : EXIT_CLEAN;
}

int cmd_rules_list(cli_options *options)
{
    jy_rules *rules = NULL;
    bool as_json = !strcmp(option_value(options, OPT_TABLE_FORMAT, "text"), "json");
    int status = load(options, true, &rules);
    if (status == EXIT_CLEAN && option_has(options, OPT_STANDARD)) {
        status = list_standard(options, rules);
    } else if (status == EXIT_CLEAN) {
        for (size_t i = 0; i < jy_rules_count(rules); i++) {
            jy_rule rule = JY_RULE_INIT;
            if (jy_rules_get(rules, i, &rule) == JY_OK)
                as_json ? list_json(&rule) : list_line(&rule);
        }
    }
    jy_rules_unref(rules);
    return status;
}

/* ---- show */
static void show_text(const char *name, jy_str value)
{
    if (value.len)
        printf("  %-10s %.*s\n", name, (int)value.len, value.ptr);
}

static void show_flags(uint32_t flags)
{
    static const char *const names[] = { "fatal", "disabled", "needs-call", "needs-clock", "needs-events", "live", "after" };
    printf("  %-10s", "flags");
    for (size_t i = 0; i < COUNT(names); i++)
        if (flags & 1u << i)
            printf(" %s", names[i]);
    putchar('\n');
}

static void show_rule(const cli_options *options, const jy_rules *rules, size_t index, const jy_rule *rule)
{
    jy_str wording;
    text written = { 0 };
    printf("%.*s\n", (int)rule->id.len, rule->id.ptr);
    show_text("pack", rule->pack);
    show_text("clause", rule->clause);
    show_text("situation", rule->situation);
    show_text("kind", str_of(kind_name(rule->kind)));
    show_text("severity", str_of(level_name(rule->severity)));
    show_text("speaker", str_of(speaker_name(rule->speaker)));
    show_text("note", rule->note);
    show_text("tags", rule->tags);
    show_flags(rule->flags);
    printf("  %-10s %d\n", "score", rule->score);
    printf("  %-10s bad %u, good %u\n", "tests", (unsigned)rule->test_bad_count, (unsigned)rule->test_good_count);
    printf("  %-10s %.*s:%u\n", "source", (int)rule->source.len, rule->source.ptr, (unsigned)rule->line);
    for (size_t k = 0; k < rule->suggestion_count; k++)
        if (jy_rules_suggestion(rules, index, k, &wording) == JY_OK)
            show_text("suggest", wording);
    if (rule_text(options, rule, &written))
        printf("  written\n%.*s", (int)written.len, written.ptr);
    text_free(&written);
}

static int say_no_rule(const cli_options *options, const jy_rules *rules, const char *wrong)
{
    strings ids = { 0 };
    const char *near;
    for (size_t i = 0; i < jy_rules_count(rules); i++) {
        jy_rule rule = JY_RULE_INIT;
        if (jy_rules_get(rules, i, &rule) == JY_OK)
            strings_add(&ids, rule.id.ptr, rule.id.len);
    }
    near = nearest(wrong, (const char *const *)ids.items, ids.count);
    say(options->language, near ? W_NO_RULE_NEAR : W_NO_RULE, wrong, near, NULL);
    strings_free(&ids);
    return EXIT_USAGE;
}

bool rule_find(const jy_rules *rules, const char *id, size_t *index, jy_rule *out)
{
    for (size_t i = 0; i < jy_rules_count(rules); i++) {
        *out = (jy_rule)JY_RULE_INIT;
        if (jy_rules_get(rules, i, out) == JY_OK && str_is(out->id, id)) {
            *index = i;
            return true;
        }
    }
    return false;
}

int cmd_rules_show(cli_options *options)
{
    jy_rules *rules = NULL;
    int status = load(options, false, &rules);
    if (status == EXIT_CLEAN && !options->operand_count) {
        say(options->language, W_NO_OPERAND, options->command->name, options->command->operands, NULL);
        status = EXIT_USAGE;
    }
    for (size_t i = 0; status != EXIT_USAGE && i < options->operand_count; i++) {
        size_t index;
        jy_rule rule;
        if (rule_find(rules, options->operands[i], &index, &rule))
            show_rule(options, rules, index, &rule);
        else
            status = say_no_rule(options, rules, options->operands[i]);
    }
    jy_rules_unref(rules);
    return status;
}
