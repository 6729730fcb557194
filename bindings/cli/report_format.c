/* Which format a report has: what --format says, else what the file's name ends in. In: the options; out: the format's name, or a refusal: a workbook or a
 * picture of a page that holds plain text opens nowhere. */
#include "cli.h"

#include <string.h>
#include <strings.h>

static const char *ending_of(const cli_options *options)
{
    const char *path = option_value(options, OPT_OUTPUT, ""), *name = strrchr(path, '/'), *dot = strrchr(name ? name : path, '.');
    return dot ? dot + 1 : "";
}

static const char *format_of_ending(const char *ending)
{
    static const struct { const char *ending, *format; } known[] = { { "html", "html" }, { "htm", "html" }, { "csv", "csv" }, { "jsonl", "jsonl" },
                                                                     { "sarif", "sarif" }, { "xml", "junit" } };
    for (size_t i = 0; i < COUNT(known); i++)
        if (!strcasecmp(ending, known[i].ending))
            return known[i].format;
    return "text";
}

const char *report_format(const cli_options *options)
{
    return option_value(options, OPT_FORMAT, format_of_ending(ending_of(options)));
}

int report_format_check(const cli_options *options)
{
    static const char *const never[] = { "xlsx", "xls", "xlsm", "docx", "doc", "pdf" };
    const char *ending = ending_of(options);
    bool refused = !strcasecmp(ending, "json") && !option_has(options, OPT_FORMAT);
    for (size_t i = 0; i < COUNT(never); i++)
        refused |= !strcasecmp(ending, never[i]);
    if (refused)
        say(options->language, W_OUTPUT_ENDING, option_value(options, OPT_OUTPUT, ""), ending, NULL);
    return refused ? EXIT_USAGE : EXIT_CLEAN;
}
