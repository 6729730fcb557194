/* jinyu rules lint, test, schema, fmt: what the compiler says of rule files. Operands and --rules mean the same; without
 * either, the standard's built-in pack is looked at. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int rules_named(const cli_options *options, strings *out)
{
    const strings *given = &options->value[OPT_RULES];
    for (size_t i = 0; i < given->count; i++)
        strings_add(out, given->items[i], strlen(given->items[i]));
    for (size_t i = 0; i < options->operand_count; i++)
        strings_add(out, options->operands[i], strlen(options->operands[i]));
    return (int)out->count;
}

static int compile(const cli_options *options, jy_compiler **compiler, jy_rules **rules)
{
    strings names = { 0 };
    rules_named(options, &names);
    int status = packs_compiler(options, names.count ? names.items : NULL, names.count, compiler, rules);
    strings_free(&names);
    return status;
}

typedef struct diag_counts { size_t errors, warnings, infos; } diag_counts;

/* Shows the diagnostics from `first` on, and counts them. */
static diag_counts show_diags(int language, const jy_compiler *compiler, size_t first)
{
    diag_counts counts = { 0, 0, 0 };
    for (size_t i = first; i < jy_compiler_diag_count(compiler); i++) {
        jy_diag diag = JY_DIAG_INIT;
        if (jy_compiler_diag(compiler, i, &diag) < 0)
            continue;
        say_diag(language, &diag);
        ++*(diag.severity >= JY_ERROR ? &counts.errors : diag.severity == JY_WARNING ? &counts.warnings : &counts.infos);
    }
    return counts;
}

int cmd_rules_lint(cli_options *options)
{
    jy_compiler *compiler = NULL;
    jy_rules *rules = NULL;
    char number[4][24];
    int status = compile(options, &compiler, &rules), linted = JY_OK;
    if (status == EXIT_CLEAN) {
        linted = jy_compiler_lint(compiler);
        diag_counts counts = show_diags(options->language, compiler, 0);
        bool any = counts.errors + counts.warnings + counts.infos > 0;
        snprintf(number[0], sizeof(number[0]), "%zu", jy_rules_count(rules));
        snprintf(number[1], sizeof(number[1]), "%zu", counts.errors);
        snprintf(number[2], sizeof(number[2]), "%zu", counts.warnings);
        snprintf(number[3], sizeof(number[3]), "%zu", counts.infos);
        if (linted < 0 && linted != JY_E_RULES)
            say(options->language, W_LIBRARY, "rules lint", jy_status_text(linted), NULL);
        else
            say(options->language, any ? W_LINT_COUNT : W_LINT_CLEAN, number[0], number[1], number[2], number[3], NULL);
        status = linted < 0 && linted != JY_E_RULES ? EXIT_USAGE : counts.errors || linted < 0 ? EXIT_USAGE : counts.warnings ? EXIT_FOUND : EXIT_CLEAN;
    }
    jy_rules_unref(rules);
    jy_compiler_free(compiler);
    return status;
}

int cmd_rules_test(cli_options *options)
{
    jy_compiler *compiler = NULL;
    jy_rules *rules = NULL;
    jy_test_summary summary = JY_TEST_SUMMARY_INIT;
    char number[3][24];
    int status = compile(options, &compiler, &rules), tested;
    if (status == EXIT_CLEAN) {
        size_t before = jy_compiler_diag_count(compiler);
        tested = jy_compiler_test(compiler, option_has(options, OPT_DISGUISE) ? JY_TEST_DISGUISE : 0, &summary);
        show_diags(options->language, compiler, before);
        snprintf(number[0], sizeof(number[0]), "%zu", summary.passed);
        snprintf(number[1], sizeof(number[1]), "%zu", summary.failed);
        snprintf(number[2], sizeof(number[2]), "%zu", summary.known);
        if (tested < 0 && tested != JY_E_RULES)
            say(options->language, W_LIBRARY, "rules test", jy_status_text(tested), NULL);
        else
            say(options->language, W_TEST_COUNT, number[0], number[1], number[2], NULL);
        status = tested < 0 && tested != JY_E_RULES ? EXIT_USAGE : tested < 0 || summary.failed ? EXIT_FOUND : EXIT_CLEAN;
    }
    jy_rules_unref(rules);
    jy_compiler_free(compiler);
    return status;
}

int cmd_rules_schema(cli_options *options)
{
    jy_buf schema = JY_BUF_INIT;
    int status = jy_rules_schema(&schema);
    if (status < 0) {
        say(options->language, W_LIBRARY, "rules schema", jy_status_text(status), NULL);
        return EXIT_USAGE;
    }
    fwrite(schema.ptr, 1, schema.len, stdout);
    jy_buf_free(&schema);
    return EXIT_CLEAN;
}

static int format_file(const cli_options *options, const char *path)
{
    text bytes = { 0 }, diff = { 0 };
    jy_buf made = JY_BUF_INIT;
    struct stat stat_of;
    int error = file_read(path, &bytes), status = EXIT_CLEAN, formatted;
    if (error) {
        say(options->language, W_CANNOT_READ, path, why_errno(options->language, error), NULL);
        status = EXIT_USAGE;
    } else if ((formatted = jy_rules_format(text_view(&bytes), &made)) < 0) {
        say(options->language, formatted == JY_E_RULES ? W_FMT_ERRORS : W_LIBRARY, path, jy_status_text(formatted), NULL);
        status = EXIT_USAGE;
    } else if (!strcmp(path, "-") && option_has(options, OPT_WRITE)) {
        fwrite(made.ptr, 1, made.len, stdout);
    } else if (!str_eq(text_view(&bytes), (jy_str){ made.ptr, made.len })) {
        if (!option_has(options, OPT_WRITE)) {
            diff_unified(&diff, path, text_view(&bytes), (jy_str){ made.ptr, made.len });
            fwrite(diff.ptr, 1, diff.len, stdout);
            status = EXIT_FOUND;
        } else if ((error = file_replace(path, (jy_str){ made.ptr, made.len }, stat(path, &stat_of) ? 0644 : stat_of.st_mode & 07777))) {
            say(options->language, W_CANNOT_WRITE, path, why_errno(options->language, error), NULL);
            status = EXIT_USAGE;
        }
    }
    jy_buf_free(&made);
    text_free(&bytes);
    text_free(&diff);
    return status;
}

static bool is_folder(const char *path)
{
    struct stat is;
    return !stat(path, &is) && S_ISDIR(is.st_mode);
}

static int format_folder(const cli_options *options, char *folder)
{
    inputs found = { 0 };
    int worst = EXIT_CLEAN;
    inputs_collect(&found, &folder, 1, options->language);
    for (size_t i = 0; i < found.missing.count; i++) {
        say(options->language, W_CANNOT_READ, found.missing.items[i], found.why.items[i], NULL);
        worst = EXIT_USAGE;
    }
    for (size_t i = 0; i < found.paths.count; i++) {
        int status = own_is_rules(found.paths.items[i]) ? format_file(options, found.paths.items[i]) : EXIT_CLEAN;
        worst = status > worst ? status : worst;
    }
    inputs_free(&found);
    return worst;
}

int cmd_rules_fmt(cli_options *options)
{
    int worst = EXIT_CLEAN;
    if (!options->operand_count) {
        say(options->language, W_NO_OPERAND, options->command->name, "FILE|DIR...", NULL);
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < options->operand_count; i++) {
        int status = is_folder(options->operands[i]) ? format_folder(options, options->operands[i]) : format_file(options, options->operands[i]);
        worst = status > worst ? status : worst;
    }
    return worst;
}
