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
static void list_line(const jy_rule *rule, int language)
{
    printf("%.*s\t%.*s\t%.*s\t%s\t%s\t%u+%u\t%.*s%s%s\n", (int)rule->pack.len, rule->pack.ptr, (int)rule->id.len, rule->id.ptr,
           (int)rule->clause.len, rule->clause.ptr, kind_name(rule->kind), level_name(rule->severity), (unsigned)rule->test_bad_count,
           (unsigned)rule->test_good_count, (int)rule->situation.len, rule->situation.ptr, rule->flags & JY_RULE_DISABLED ? "\t" : "",
           rule->flags & JY_RULE_DISABLED ? words_text(language, W_LIST_DISABLED) : "");
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
static bool list_clause(const jy_rules *rules, const jy_clause *clause, int language)
{
    unsigned bad = 0, good = 0, found = 0;
    printf("%.*s\t%.*s\n", (int)clause->id.len, clause->id.ptr, (int)clause->title.len, clause->title.ptr);
    for (size_t i = 0; i < jy_rules_count(rules); i++) {
        jy_rule rule = JY_RULE_INIT;
        if (jy_rules_get(rules, i, &rule) < 0 || !str_eq(rule.pack, clause->pack) || !clause_cites(rule.clause, clause->id) || rule.flags & JY_RULE_DISABLED)
            continue;
        printf("\t%.*s\t%s\t%s\t%s %u\t%s %u\n", (int)rule.id.len, rule.id.ptr, kind_name(rule.kind), level_name(rule.severity),
               words_text(language, W_SHOW_BAD), (unsigned)rule.test_bad_count, words_text(language, W_SHOW_GOOD), (unsigned)rule.test_good_count);
        bad += rule.test_bad_count;
        good += rule.test_good_count;
        found++;
    }
    if (!found || !bad || !good)
        printf("\t!! %s\n", words_text(language, !found ? W_LIST_NO_RULE : W_LIST_NO_TEST));
    return found && bad && good;
}

static int list_standard(const cli_options *options, const jy_rules *rules)
{
    size_t missing = 0, count = jy_rules_clause_count(rules);
    char number[24];
    for (size_t i = 0; i < count; i++) {
        jy_clause clause = JY_CLAUSE_INIT;
        missing += jy_rules_clause(rules, i, &clause) < 0 || !list_clause(rules, &clause, options->language);
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
                as_json ? list_json(&rule) : list_line(&rule, options->language);
        }
    }
    jy_rules_unref(rules);
    return status;
}

/* ---- show */
/* In a column of its own. */
static void show_name(int language, word_id name)
{
    const char *word = words_text(language, name);
    const int columns = text_columns(word);
    printf("  %s%*s ", word, columns < 10 ? 10 - columns : 0, "");
}

static void show_text(int language, word_id name, jy_str value)
{
    if (!value.len)
        return;
    show_name(language, name);
    printf("%.*s\n", (int)value.len, value.ptr);
}

static void show_flags(int language, uint32_t flags)
{
    static const word_id names[] = { W_FLAG_FATAL, W_FLAG_DISABLED, W_FLAG_CALL, W_FLAG_CLOCK, W_FLAG_EVENTS, W_FLAG_LIVE, W_FLAG_AFTER };
    const char *between = "";
    show_name(language, W_SHOW_FLAGS);
    for (size_t i = 0; i < COUNT(names); i++)
        if (flags & 1u << i) {
            printf("%s%s", between, words_text(language, names[i]));
            between = language == JY_CHINESE ? "、" : " ";
        }
    putchar('\n');
}

static void show_numbers(int language, const jy_rule *rule)
{
    show_name(language, W_SHOW_SCORE);
    printf("%d\n", rule->score);
    show_name(language, W_SHOW_TESTS);
    printf("%s %u%s%s %u\n", words_text(language, W_SHOW_BAD), (unsigned)rule->test_bad_count, words_text(language, W_LIST_COMMA),
           words_text(language, W_SHOW_GOOD), (unsigned)rule->test_good_count);
    show_name(language, W_SHOW_SOURCE);
    printf("%.*s:%u\n", (int)rule->source.len, rule->source.ptr, (unsigned)rule->line);
}

static void show_rule(const cli_options *options, const jy_rules *rules, size_t index, const jy_rule *rule)
{
    int language = options->language;
    jy_str wording;
    text written = { 0 };
    printf("%.*s\n", (int)rule->id.len, rule->id.ptr);
    show_text(language, W_SHOW_PACK, rule->pack);
    show_text(language, W_SHOW_CLAUSE, rule->clause);
    show_text(language, W_SHOW_SITUATION, rule->situation);
    show_text(language, W_SHOW_KIND, str_of(kind_name(rule->kind)));
    show_text(language, W_SHOW_SEVERITY, str_of(level_name(rule->severity)));
    show_text(language, W_SHOW_SPEAKER, str_of(speaker_name(rule->speaker)));
    show_text(language, W_SHOW_NOTE, rule->note);
    show_text(language, W_SHOW_TAGS, rule->tags);
    show_flags(language, rule->flags);
    show_numbers(language, rule);
    for (size_t k = 0; k < rule->suggestion_count; k++)
        if (jy_rules_suggestion(rules, index, k, &wording) == JY_OK)
            show_text(language, W_SHOW_SUGGEST, wording);
    if (rule_text(options, rule, &written))
        printf("  %s\n%.*s", words_text(language, W_SHOW_WRITTEN), (int)written.len, written.ptr);
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
