/* Reports from the outside: makes one, feeds it results and skipped inputs, ends it. What a format writes gathers in one buffer and
 * goes to the caller's write function in large pieces; the first failure (memory, or the caller's own) sticks and is what every
 * later call answers. */
#include "report/report.h"

#define FLUSH_AT ((size_t)64 << 10)

static const jy__report_format *const formats[] = { &jy__report_text, &jy__report_jsonl, &jy__report_sarif, &jy__report_junit,
                                                    &jy__report_rdjson, &jy__report_csv, &jy__report_html };

const char *jy_report_format_name(size_t index)
{
    return index < JY__COUNT(formats) ? formats[index]->name : NULL;
}

static const jy__report_format *find_format(jy_str name)
{
    for (size_t i = 0; i < JY__COUNT(formats); i++)
        if (jy__str_is(name, formats[i]->name))
            return formats[i];
    return NULL;
}

static bool options_fit(const jy_report_options *options)
{
    return options->language >= JY_ENGLISH && options->language <= JY_CHINESE && options->show >= JY_SHOW_MATCH &&
           options->show <= JY_SHOW_NONE && options->min_severity >= 0 && options->min_severity <= JY_CRITICAL;
}

static void init_report(jy_report *report, const jy_report_options *options, jy_write_fn write, void *ctx)
{
    report->language = options->language;
    report->flags = options->flags;
    report->show = options->show;
    report->min_severity = options->min_severity;
    report->write = write;
    report->ctx = ctx;
    jy__text_init(&report->out, &report->mem);
    jy__arena_init(&report->shown, &report->mem);
    jy__totals_init(&report->totals, &report->mem);
}

int jy_report_new(jy_report **out, const jy_report_options *options, jy_write_fn write, void *ctx, const jy_alloc *alloc)
{
    jy_report_options full = JY_REPORT_OPTIONS_INIT;
    jy__mem mem = jy__mem_of(alloc);
    const jy__report_format *format;
    jy_report *report;
    if (!out || !options || !write)
        return JY_E_INVALID;
    *out = NULL;
    jy__struct_give(&full, options, options->size);
    format = jy__str_lost(full.format) ? NULL : find_format(full.format);
    if (!format || !options_fit(&full))
        return JY_E_INVALID;
    report = jy__mem_alloc(&mem, sizeof(*report));
    if (!report)
        return JY_E_NOMEM;
    report->mem = mem;
    report->format = format;
    init_report(report, &full, write, ctx);
    if (format->open && !format->open(report)) {
        jy_report_free(report);
        return JY_E_NOMEM;
    }
    *out = report;
    return JY_OK;
}

void jy__report_flush(jy_report *report, size_t when_longer)
{
    if (report->out.failed && report->status == JY_OK)
        report->status = JY_E_NOMEM;
    if (report->status != JY_OK || report->out.len <= when_longer)
        return;
    if (report->write(report->ctx, report->out.ptr, report->out.len) != 0)
        report->status = JY_E_STOPPED;
    jy__text_clear(&report->out);
}

void jy__report_whole(jy_report *report) { jy__report_flush(report, FLUSH_AT); }

static int state_of(const jy_report *report)
{
    return report->status != JY_OK ? report->status : report->finished ? JY_E_STATE : JY_OK;
}

int jy_report_add(jy_report *report, const jy_result *result)
{
    if (!report || !result)
        return JY_E_INVALID;
    if (state_of(report) != JY_OK)
        return state_of(report);
    jy__report_forget(report);
    if (!jy__totals_add(&report->totals, result))
        report->status = JY_E_NOMEM;
    else
        report->format->call(report, result);
    jy__report_whole(report);
    return report->status;
}

int jy_report_skipped(jy_report *report, const jy_diag *diag)
{
    jy_diag shown = JY_DIAG_INIT;
    if (!report || !diag || jy__struct_give(&shown, diag, diag->size) != JY_OK || jy__str_lost(shown.source) || jy__str_lost(shown.rule) || jy__str_lost(shown.message))
        return JY_E_INVALID;
    if (state_of(report) != JY_OK)
        return state_of(report);
    jy__report_forget(report);
    shown.source = jy__view_source(report, shown.source);
    shown.message = jy__report_masked(report, shown.message);
    report->totals.skipped++;
    if (report->status == JY_OK)
        report->format->skipped(report, &shown);
    jy__report_whole(report);
    return report->status;
}

int jy_report_flush(jy_report *report)
{
    if (!report)
        return JY_E_INVALID;
    if (state_of(report) != JY_OK)
        return state_of(report);
    jy__report_flush(report, 0);
    return report->status;
}

int jy_report_finish(jy_report *report)
{
    if (!report)
        return JY_E_INVALID;
    if (state_of(report) != JY_OK)
        return state_of(report);
    jy__report_forget(report);
    report->format->finish(report);
    jy__report_flush(report, 0);
    report->finished = true;
    return report->status;
}

void jy_report_free(jy_report *report)
{
    jy__mem mem;
    if (!report)
        return;
    mem = report->mem;
    if (report->format->close)
        report->format->close(report);
    jy__totals_free(&report->totals);
    jy__arena_free(&report->shown);
    jy__text_free(&report->out);
    jy__mem_free(&mem, report, sizeof(*report));
}
