/* Rule files, folders and built-in packs in, one rule set out; every problem shown with its place. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char builtin_prefix[] = "builtin:";

const char *level_name(int severity)
{
    static const char *const names[] = { "", "info", "warning", "error", "critical", "never" };
    return names[severity < JY_INFO || severity > JY_CRITICAL + 1 ? 0 : severity];
}

static const char *level_word(int language, int severity)
{
    return severity < JY_INFO || severity > JY_CRITICAL ? "" : words_text(language, (word_id)(W_LEVEL_INFO + severity - JY_INFO));
}

void say_diag(int language, const jy_diag *diag)
{
    flockfile(stderr);
    if (diag->source.len)
        fprintf(stderr, "%.*s:", (int)diag->source.len, diag->source.ptr);
    else
        fputs("jinyu:", stderr);
    if (diag->line)
        fprintf(stderr, "%u:%u:", (unsigned)diag->line, (unsigned)diag->column);
    fprintf(stderr, " %s: ", level_word(language, diag->severity));
    if (diag->rule.len)
        fprintf(stderr, "[%.*s] ", (int)diag->rule.len, diag->rule.ptr);
    fprintf(stderr, "%.*s\n", (int)diag->message.len, diag->message.ptr);
    funlockfile(stderr);
}

static int say_no_pack(const cli_options *options, const char *name)
{
    text known = { 0 };
    for (size_t i = 0; jy_builtin_name(i).len; i++) {
        text_c(&known, i ? ", " : "");
        text_str(&known, jy_builtin_name(i));
    }
    say(options->language, W_NO_PACK, name, known.ptr ? known.ptr : "", NULL);
    text_free(&known);
    return EXIT_USAGE;
}

static bool is_builtin(const char *name)
{
    jy_str known;
    for (size_t i = 0; (known = jy_builtin_name(i)).len; i++)
        if (str_is(known, name))
            return true;
    return false;
}

static char standard[] = "builtin:alarm-center";

int packs_add(jy_compiler *compiler, const cli_options *options, char *const *names, size_t count)
{
    char *const only_standard[] = { standard };
    if (!names)
        names = only_standard, count = 1;
    for (size_t i = 0; i < count; i++) {
        int status;
        if (!strncmp(names[i], builtin_prefix, sizeof(builtin_prefix) - 1)) {
            const char *pack = names[i] + sizeof(builtin_prefix) - 1;
            if (!is_builtin(pack))
                return say_no_pack(options, pack);
            status = jy_compiler_add_builtin(compiler, str_of(pack));
        } else {
            status = access(names[i], R_OK) ? JY_E_IO : jy_compiler_add_file(compiler, names[i]);
            if (status == JY_E_IO && access(names[i], R_OK)) {
                say(options->language, W_CANNOT_READ, names[i], why_errno(options->language, errno), NULL);
                return EXIT_USAGE;
            }
        }
        if (status < 0 && status != JY_E_RULES && status != JY_E_IO && status != JY_E_VERSION) {
            say(options->language, W_LIBRARY, names[i], jy_status_text(status), NULL);
            return EXIT_USAGE;
        }
    }
    return EXIT_CLEAN;
}

static int say_rules_failed(const cli_options *options, jy_compiler *compiler, int status)
{
    size_t errors = 0;
    char number[24];
    for (size_t i = 0; i < jy_compiler_diag_count(compiler); i++) {
        jy_diag diag = JY_DIAG_INIT;
        if (jy_compiler_diag(compiler, i, &diag) < 0)
            continue;
        errors += diag.severity >= JY_ERROR;
        say_diag(options->language, &diag);
    }
    snprintf(number, sizeof(number), "%zu", errors);
    if (errors)
        say(options->language, W_RULES_FAILED, number, NULL);
    else
        say(options->language, W_LIBRARY, "rules", jy_status_text(status), NULL);
    return EXIT_USAGE;
}

/* ---- --severity */
static const char *const level_off = "off";

static bool severity_of(const char *given, jy_str *rule, int32_t *severity)
{
    const char *equals = strrchr(given, '=');
    bool known = equals && equals > given && !strcmp(equals + 1, level_off);
    *severity = 0;
    for (int level = JY_INFO; equals && level <= JY_CRITICAL; level++)
        if (!strcmp(equals + 1, level_name(level))) {
            *severity = level;
            known = equals > given;
        }
    *rule = (jy_str){ given, known ? (size_t)(equals - given) : 0 };
    return known;
}

/* Settings that every folder below shares may name rules of a pack that is not in use here: said, and passed over. */
static int set_severities(const cli_options *options, jy_compiler *compiler)
{
    const strings *given = &options->value[OPT_SEVERITY];
    bool shared = options->from_config[OPT_SEVERITY];
    const char *config = options->config_path.ptr ? options->config_path.ptr : option_value(options, OPT_CONFIG_FILE, "");
    int status = EXIT_CLEAN;
    for (size_t i = 0; i < given->count; i++) {
        jy_str rule;
        int32_t severity;
        if (!severity_of(given->items[i], &rule, &severity)) {
            say(options->language, W_BAD_SEVERITY, given->items[i], shared ? config : "--severity", NULL);
            return EXIT_USAGE;
        }
        if (jy_compiler_set_severity(compiler, rule, severity) < 0) {
            char *name = mem_copy(rule.ptr, rule.len);
            say(options->language, shared ? W_SEVERITY_RULE_CONFIG : W_SEVERITY_RULE, name, config, NULL);
            free(name);
            status = shared ? status : EXIT_USAGE;
        }
    }
    return status;
}

static bool has_errors(const jy_compiler *compiler)
{
    jy_diag diag = JY_DIAG_INIT;
    for (size_t i = 0; jy_compiler_diag(compiler, i, &diag) == JY_OK; i++)
        if (diag.severity >= JY_ERROR)
            return true;
    return false;
}

int packs_compiler(const cli_options *options, char *const *names, size_t count, jy_compiler **compiler_out, jy_rules **rules_out)
{
    int status;
    *compiler_out = NULL;
    *rules_out = NULL;
    if (!params_check(options))
        return EXIT_USAGE;
    status = jy_compiler_new(compiler_out, NULL);
    if (status >= 0)
        status = params_compiler(options, *compiler_out);
    if (status < 0) {
        say(options->language, W_LIBRARY, "rules", jy_status_text(status), NULL);
        return EXIT_USAGE;
    }
    if (packs_add(*compiler_out, options, names, count))
        return EXIT_USAGE;
    if (!has_errors(*compiler_out) && set_severities(options, *compiler_out)) /* files with errors lack rules: their errors are shown alone */
        return EXIT_USAGE;
    status = jy_compiler_build(*compiler_out, rules_out);
    return status < 0 ? say_rules_failed(options, *compiler_out, status) : EXIT_CLEAN;
}

/* Whether the rules asked for are those that are compiled into the library. */
static bool is_standard(const strings *named)
{
    return !named->count || (named->count == 1 && !strcmp(named->items[0], standard));
}

int packs_load(const cli_options *options, jy_rules **out)
{
    const strings *named = &options->value[OPT_RULES];
    jy_compiler *compiler = NULL;
    int status;
    *out = NULL;
    if (!params_check(options))
        return EXIT_USAGE;
    if (is_standard(named) && !option_has(options, OPT_DATE) && !option_has(options, OPT_SET) && !option_has(options, OPT_SEVERITY) && jy_rules_builtin(out) >= 0)
        return EXIT_CLEAN;
    status = packs_compiler(options, named->count ? named->items : NULL, named->count, &compiler, out);
    jy_compiler_free(compiler);
    return status;
}
