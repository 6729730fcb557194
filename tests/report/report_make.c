/* Writes a report of the sample results, for the golden tests and the browser test:
 *   report_make FORMAT [en|zh] [color] [redact] [quiet] [turn|none] [level N] [units] [month CALLS | random CALLS] */
#include "report_sample.h"
#include <stdio.h>
#include <stdlib.h>

static int to_stdout(void *ctx, const char *bytes, size_t len)
{
    (void)ctx;
    return fwrite(bytes, 1, len, stdout) != len;
}

typedef struct wish { jy_report_options options; int unit; size_t month, random; } wish;

static void read_words(wish *wanted, char **words)
{
    for (; *words; words++) {
        if (!strcmp(*words, "zh")) wanted->options.language = JY_CHINESE;
        if (!strcmp(*words, "color")) wanted->options.flags |= JY_REPORT_COLOR;
        if (!strcmp(*words, "redact")) wanted->options.flags |= JY_REPORT_REDACT;
        if (!strcmp(*words, "quiet")) wanted->options.flags |= JY_REPORT_QUIET;
        if (!strcmp(*words, "wide")) wanted->options.flags |= JY_REPORT_WIDE_AMBIGUOUS;
        if (!strcmp(*words, "turn")) wanted->options.show = JY_SHOW_TURN;
        if (!strcmp(*words, "none")) wanted->options.show = JY_SHOW_NONE;
        if (!strcmp(*words, "units")) wanted->unit = JY_UNIT_UTF16;
        if (!strcmp(*words, "level") && words[1]) wanted->options.min_severity = atoi(*++words);
        if (!strcmp(*words, "month") && words[1]) wanted->month = (size_t)atol(*++words);
        if (!strcmp(*words, "random") && words[1]) wanted->random = (size_t)atol(*++words);
    }
}

static int add(jy_report *report, jy_result *result)
{
    int status = result ? jy_report_add(report, result) : JY_E_NOMEM;
    jy_result_free(result);
    return status;
}

int main(int argc, char **argv)
{
    wish wanted = { JY_REPORT_OPTIONS_INIT, JY_UNIT_BYTE, 0, 0 };
    jy__mem mem = jy__mem_of(NULL);
    jy_report *report;
    jy_diag skipped;
    int status = JY_OK;
    if (argc < 2)
        return 2;
    wanted.options.format = jy__str_of(argv[1]);
    read_words(&wanted, argv + 2);
    if (jy_report_new(&report, &wanted.options, to_stdout, NULL, NULL) != JY_OK)
        return 2;
    for (size_t i = 0; i < wanted.month && status == JY_OK; i++)
        status = add(report, sample_month(&mem, i));
    for (size_t i = 0; i < wanted.random && status == JY_OK; i++)
        status = add(report, sample_random(&mem, (uint32_t)i));
    for (size_t i = 0; i < 3 && !wanted.month && !wanted.random && status == JY_OK; i++)
        status = add(report, sample_result(&mem, i, wanted.unit));
    sample_skipped(&skipped);
    if (status == JY_OK)
        status = jy_report_skipped(report, &skipped);
    if (status == JY_OK)
        status = jy_report_finish(report);
    jy_report_free(report);
    return status == JY_OK ? 0 : 1;
}
