/* The settings that compiler, scanner and session share: in go --set, --unit, --date and the language, out come objects that have them. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What --set takes: every setting of the library but those that have an option of their own (--unit, --lang, --date). */
static const char *const settable[] = {
    "bad-utf8", "max-rules", "max-pattern-bytes", "max-expansion", "regex-jit", "max-nesting", "fold-sound", "max-turn-bytes", "max-hits",
    "regex-match-limit", "regex-depth-limit", "window-turns", "provisional", "keep-turns", "ring-ms", "live",
};

const char *params_name(size_t index) { return index < COUNT(settable) ? settable[index] : NULL; }

static bool is_settable(jy_str name)
{
    for (size_t i = 0; i < COUNT(settable); i++)
        if (str_is(name, settable[i]))
            return true;
    return false;
}

static int set_of(const char *given, jy_param *param, int64_t *value)
{
    const char *equals = strchr(given, '=');
    jy_str name = { given, equals ? (size_t)(equals - given) : 0 };
    char *end;
    if (!is_settable(name) || jy_param_by_name(name, param) < 0)
        return -1;
    errno = 0;
    *value = strtoll(equals + 1, &end, 10);
    return errno || end == equals + 1 || *end ? -1 : 0;
}

static void say_bad_set(const cli_options *options, const char *given)
{
    text names = { 0 };
    for (size_t i = 0; i < COUNT(settable); i++) {
        text_c(&names, i ? " " : "");
        text_c(&names, settable[i]);
    }
    say(options->language, W_BAD_SET, given, names.ptr, NULL);
    text_free(&names);
}

static bool check_set(const cli_options *options, const char *given)
{
    int64_t value, least, most, usual;
    char bound[2][24];
    jy_param param;
    if (set_of(given, &param, &value)) {
        say_bad_set(options, given);
        return false;
    }
    if (jy_param_bounds(param, &least, &most, &usual) == JY_OK && value >= least && value <= most)
        return true;
    snprintf(bound[0], sizeof(bound[0]), "%lld", (long long)least);
    snprintf(bound[1], sizeof(bound[1]), "%lld", (long long)most);
    say(options->language, W_SET_BOUNDS, given, bound[0], bound[1], NULL);
    return false;
}

static long date_of(const char *given)
{
    unsigned year, month, day;
    int used = 0;
    if (sscanf(given, "%4u-%2u-%2u%n", &year, &month, &day, &used) != 3 || given[used] || month < 1 || month > 12 || day < 1 || day > 31 ||
        year < 1900)
        return 0;
    return (long)(year * 10000 + month * 100 + day);
}

bool params_check(const cli_options *options)
{
    const char *date = option_value(options, OPT_DATE, NULL);
    for (size_t i = 0; i < options->value[OPT_SET].count; i++)
        if (!check_set(options, options->value[OPT_SET].items[i]))
            return false;
    if (date && !date_of(date)) {
        say(options->language, W_BAD_DATE, date, NULL);
        return false;
    }
    return true;
}

static int64_t unit_of(const cli_options *options)
{
    const char *unit = option_value(options, OPT_UNIT, "byte");
    return option_choice(&option_table()[OPT_UNIT], unit);
}

/* Numbers below 100 are for all objects, from 100 on for the compiler, from 200 for scanner and session, from 300 for the session. */
int params_compiler(const cli_options *options, jy_compiler *compiler)
{
    const char *date = option_value(options, OPT_DATE, NULL);
    int status = jy_compiler_set(compiler, JY_PARAM_LANGUAGE, options->language);
    if (status >= 0 && date)
        status = jy_compiler_set(compiler, JY_PARAM_DATE, date_of(date));
    for (size_t i = 0; status >= 0 && i < options->value[OPT_SET].count; i++) {
        jy_param param;
        int64_t value;
        if (!set_of(options->value[OPT_SET].items[i], &param, &value) && param < JY_PARAM_MAX_TURN_BYTES)
            status = jy_compiler_set(compiler, param, value);
    }
    return status;
}

static int params_scanner(const cli_options *options, jy_scanner *scanner)
{
    int status = jy_scanner_set(scanner, JY_PARAM_LANGUAGE, options->language);
    if (status >= 0)
        status = jy_scanner_set(scanner, JY_PARAM_UNIT, unit_of(options));
    for (size_t i = 0; status >= 0 && i < options->value[OPT_SET].count; i++) {
        jy_param param;
        int64_t value;
        if (!set_of(options->value[OPT_SET].items[i], &param, &value) &&
            (param == JY_PARAM_BAD_UTF8 || (param >= JY_PARAM_MAX_TURN_BYTES && param < JY_PARAM_WINDOW_TURNS)))
            status = jy_scanner_set(scanner, param, value);
    }
    return status;
}

int params_session(const cli_options *options, jy_session *session)
{
    int status = jy_session_set(session, JY_PARAM_UNIT, unit_of(options));
    for (size_t i = 0; status >= 0 && i < options->value[OPT_SET].count; i++) {
        jy_param param;
        int64_t value;
        if (!set_of(options->value[OPT_SET].items[i], &param, &value) &&
            (param == JY_PARAM_BAD_UTF8 || param >= JY_PARAM_MAX_TURN_BYTES))
            status = jy_session_set(session, param, value);
    }
    return status;
}

bool params_refuse_bad(const cli_options *options)
{
    bool refuse = false;
    for (size_t i = 0; i < options->value[OPT_SET].count; i++) {
        jy_param param;
        int64_t value;
        if (!set_of(options->value[OPT_SET].items[i], &param, &value) && param == JY_PARAM_BAD_UTF8)
            refuse = value != 0;
    }
    return refuse;
}

int scanner_open(const cli_options *options, jy_scanner **out)
{
    int status = jy_scanner_new(out, NULL);
    return status < 0 ? status : params_scanner(options, *out);
}

int judge_open(const cli_options *options, jy_rules *rules, jy_scanner **scanner_out, jy_session **session_out)
{
    int status = scanner_open(options, scanner_out);
    if (status >= 0)
        status = jy_session_new(session_out, rules, NULL);
    return status < 0 ? status : params_session(options, *session_out);
}
