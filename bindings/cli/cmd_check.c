/* jinyu check: files in, a report out. The scan runs in threads; this file is the sink at its end: it filters by the
 * baseline, counts for the exit status, and hands results to the library's report. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct check {
    const cli_options *options;
    inputs inputs;
    jy_report *report;
    output_file out;
    baseline base;
    resume resume;
    progress bar;
    int fail_on, min_level;
    bool use_baseline, says_skipped, skip_line;
    input_outcome input; /* of the input at hand, for the journal of --resume */
    size_t calls, findings, hidden, failing, skipped, limited, bad_bytes;
    unknown_speakers unknown;
} check;

static int write_bytes(void *ctx, const char *bytes, size_t len)
{
    check *c = ctx;
    if (c->skip_line) { /* the head of a table that goes on */
        const char *end = memchr(bytes, '\n', len);
        size_t skipped = end ? (size_t)(end - bytes) + 1 : len;
        c->skip_line = !end;
        bytes += skipped;
        len -= skipped;
    }
    return fwrite(bytes, 1, len, c->out.to) == len ? 0 : -1;
}

/* ---- the sink */
static void count_findings(check *c, const jy_result *result)
{
    for (size_t i = 0; i < jy_result_count(result); i++) {
        jy_finding finding = JY_FINDING_INIT;
        if (jy_result_get(result, i, &finding) < 0)
            continue;
        c->input.worst = finding.severity > c->input.worst ? finding.severity : c->input.worst;
        c->input.findings += finding.severity >= c->min_level;
        c->findings += finding.severity >= c->min_level;
        c->hidden += finding.severity < c->min_level;
        c->failing += finding.severity >= c->fail_on;
    }
}

static int on_result(void *ctx, jy_result *result)
{
    check *c = ctx;
    jy_call call = JY_CALL_INIT;
    if (c->use_baseline)
        baseline_filter(&c->base, result);
    size_t before = c->unknown.speakerless.calls + c->limited + c->bad_bytes;
    if (jy_result_call(result, &call) == JY_OK) {
        c->calls += call.first_turn == 0;
        unknown_count(&c->unknown, result, &call, c->options);
    }
    c->limited += jy_result_complete(result) < 0;
    c->bad_bytes += jy_result_bad_bytes(result, NULL);
    c->input.partly |= c->unknown.speakerless.calls + c->limited + c->bad_bytes != before;
    count_findings(c, result);
    if (c->bar.on && c->out.to == stdout)
        progress_hide(&c->bar);
    return jy_report_add(c->report, result) < 0;
}

static int on_skipped(void *ctx, const jy_diag *diag)
{
    check *c = ctx;
    c->skipped++;
    c->input.partly = true;
    if (c->says_skipped) {
        progress_hide(&c->bar);
        say_diag(c->options->language, diag);
    }
    return jy_report_skipped(c->report, diag) < 0;
}

static void on_done(void *ctx, size_t input, uint64_t bytes)
{
    check *c = ctx;
    if (input != SIZE_MAX && c->resume.journal && jy_report_flush(c->report) == JY_OK && !fflush(c->out.to)) {
        c->input.output = c->out.to == stdout ? 0 : (long long)lseek(fileno(c->out.to), 0, SEEK_END);
        resume_note(&c->resume, c->inputs.paths.items[input], &c->input);
    }
    if (input != SIZE_MAX)
        c->input = (input_outcome){ 0 };
    progress_step(&c->bar, bytes, input != SIZE_MAX);
}

/* ---- before */
/* A continued table in a file that has its head already. */
static bool goes_on(const check *c, int fd)
{
    struct stat stat_of;
    return c->resume.continued && !strcmp(report_format(c->options), "csv") && !fstat(fd, &stat_of) && S_ISREG(stat_of.st_mode) &&
           stat_of.st_size > 0;
}

static int open_output(check *c)
{
    const char *path = output_path(c->options);
    int error = c->resume.journal ? output_go_on(&c->out, path, c->resume.continued, c->resume.same_output ? c->resume.output : -1) : output_open(&c->out, path);
    if (error)
        say(c->options->language, W_CANNOT_WRITE, path, why_errno(c->options->language, error), NULL);
    else
        c->skip_line = goes_on(c, fileno(c->out.to));
    return error ? EXIT_USAGE : EXIT_CLEAN;
}

bool want_color(const cli_options *options, FILE *to)
{
    const char *when = option_value(options, OPT_COLOR, "auto"), *no = getenv("NO_COLOR");
    if (strcmp(when, "auto"))
        return !strcmp(when, "always");
    return isatty(fileno(to)) && !(no && *no);
}

static int open_report(check *c)
{
    const cli_options *o = c->options;
    jy_report_options how = JY_REPORT_OPTIONS_INIT;
    int status;
    how.format = str_of(report_format(o));
    how.language = o->language;
    how.min_severity = c->min_level;
    how.show = option_has(o, OPT_SHOW_TEXT) ? option_choice(&option_table()[OPT_SHOW_TEXT], option_value(o, OPT_SHOW_TEXT, "match")) : JY_SHOW_MATCH;
    how.flags |= want_color(o, c->out.to) ? JY_REPORT_COLOR : 0;
    how.flags |= option_has(o, OPT_REDACT) ? JY_REPORT_REDACT : 0;
    how.flags |= !strcmp(option_value(o, OPT_AMBIGUOUS, "narrow"), "wide") ? JY_REPORT_WIDE_AMBIGUOUS : 0;
    how.flags |= option_has(o, OPT_QUIET) ? JY_REPORT_QUIET : 0;
    status = jy_report_new(&c->report, &how, write_bytes, c, NULL);
    if (status < 0)
        say(o->language, W_LIBRARY, "report", jy_status_text(status), NULL);
    return status < 0 ? EXIT_USAGE : EXIT_CLEAN;
}

static int open_resume(check *c)
{
    const char *path = option_value(c->options, OPT_RESUME, NULL), *format = report_format(c->options);
    if (!path)
        return EXIT_CLEAN;
    if (strcmp(format, "text") && strcmp(format, "jsonl") && strcmp(format, "csv")) {
        say(c->options->language, W_RESUME_FORMAT, format, NULL);
        return EXIT_USAGE;
    }
    if (option_has(c->options, OPT_WRITE_BASELINE)) {
        say(c->options->language, W_RESUME_BASELINE, NULL);
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < c->inputs.paths.count; i++)
        if (!strcmp(c->inputs.paths.items[i], "-")) {
            say(c->options->language, W_RESUME_STDIN, NULL);
            return EXIT_USAGE;
        }
    if (resume_open(&c->resume, path, output_path(c->options), c->options->language))
        return EXIT_USAGE;
    resume_drop_done(&c->resume, &c->inputs);
    return EXIT_CLEAN;
}

static int collect(check *c)
{
    static char dash[] = "-";
    char *const only_dash[] = { dash };
    own_add(&c->inputs.own, c->options);
    if (c->options->operand_count)
        inputs_collect(&c->inputs, c->options->operands, c->options->operand_count, c->options->language);
    else
        inputs_collect(&c->inputs, only_dash, 1, c->options->language);
    if (c->inputs.paths.count || c->inputs.missing.count)
        return EXIT_CLEAN;
    say(c->options->language, W_NO_INPUT, NULL);
    return EXIT_USAGE;
}

static int prepare(check *c, jy_rules **rules)
{
    const cli_options *o = c->options;
    const char *known = option_value(o, OPT_SINCE_BASELINE, NULL);
    c->min_level = option_level(o, OPT_MIN_LEVEL, JY_INFO);
    c->fail_on = option_level(o, OPT_FAIL_ON, JY_INFO);
    c->use_baseline = known || option_has(o, OPT_WRITE_BASELINE);
    c->says_skipped = output_path(o) || strcmp(report_format(o), "text") != 0;
    if (report_format_check(o) || reading_options_check(o) || own_check_written(o) || packs_load(o, rules) || (known && baseline_read(&c->base, known, o->language)) || collect(c) ||
        open_resume(c) || open_output(c))
        return EXIT_USAGE;
    return open_report(c);
}

/* ---- after */
static void say_summary(const check *c, size_t reached)
{
    const cli_options *o = c->options;
    char number[8][24];
    size_t figures[] = { reached, c->calls, c->findings, c->hidden, c->skipped, c->base.dropped, c->resume.dropped, c->resume.findings };
    for (size_t i = 0; i < COUNT(figures); i++)
        snprintf(number[i], sizeof(number[i]), "%zu", figures[i]);
    if (option_has(o, OPT_QUIET))
        return;
    if (c->says_skipped) /* a text on standard output has its own */
        say(o->language, c->hidden ? W_SUMMARY_HIDDEN : W_SUMMARY, number[0], number[1], number[2], number[4], number[3], level_name(c->min_level),
            NULL);
    if (c->base.dropped)
        say(o->language, W_SUMMARY_BASELINE, number[5], NULL);
    if (c->resume.dropped)
        say(o->language, c->resume.partly ? W_SUMMARY_RESUMED_PARTLY : W_SUMMARY_RESUMED, number[6], number[7], NULL);
}

static void say_what_is_missing(const check *c, size_t reached)
{
    const cli_options *o = c->options;
    char number[3][24];
    size_t all = c->inputs.paths.count;
    snprintf(number[0], sizeof(number[0]), "%zu", all - reached);
    snprintf(number[1], sizeof(number[1]), "%zu", all);
    snprintf(number[2], sizeof(number[2]), "%zu", c->limited);
    if (scan_stop_asked() && reached < all)
        say(o->language, W_STOPPED, number[0], number[1], c->inputs.paths.items[reached], NULL);
    unknown_say(&c->unknown, o->language);
    if (c->limited)
        say(o->language, W_LIMITED, number[2], NULL);
}

static int verdict(const check *c, int scanned)
{
    if (scanned != EXIT_CLEAN || c->skipped || c->limited || c->unknown.speakerless.calls || c->bad_bytes || c->resume.partly)
        return EXIT_PARTLY;
    return c->failing || (c->resume.worst && c->resume.worst >= c->fail_on) ? EXIT_FOUND : EXIT_CLEAN;
}

/* The report's end: from here on it is there, or what was there before. */
static int close_report(check *c)
{
    int unfinished = jy_report_finish(c->report) < 0 ? (errno ? errno : EIO) : 0, unwritten = output_close(&c->out, !unfinished);
    if (!unfinished && !unwritten)
        return EXIT_CLEAN;
    say(c->options->language, W_CANNOT_WRITE, output_path(c->options) ? output_path(c->options) : "<stdout>", why_errno(c->options->language, unfinished ? unfinished : unwritten), NULL);
    return EXIT_USAGE;
}

static int run(check *c, jy_rules *rules)
{
    const scan_plan plan = { c->options, rules, &c->inputs, !strcmp(report_format(c->options), "html") };
    const scan_sink sink = { c, on_result, on_skipped, on_done };
    const char *write_to = option_value(c->options, OPT_WRITE_BASELINE, NULL);
    size_t reached = 0;
    int scanned;
    progress_start(&c->bar, c->options, c->inputs.paths.count);
    for (size_t i = 0; i < c->inputs.missing.count; i++) {
        jy_diag diag = JY_DIAG_INIT;
        diag.severity = JY_ERROR;
        diag.source = str_of(c->inputs.missing.items[i]);
        diag.message = str_of(c->inputs.why.items[i]);
        on_skipped(c, &diag);
    }
    c->input = (input_outcome){ 0 };
    errno = 0;
    scanned = scan_inputs(&plan, &sink, &reached);
    progress_clear(&c->bar);
    if (close_report(c))
        return EXIT_USAGE;
    say_summary(c, reached);
    say_what_is_missing(c, reached);
    if (write_to && baseline_write(&c->base, write_to, c->options->language))
        return EXIT_USAGE;
    return verdict(c, scanned);
}

int cmd_check(cli_options *options)
{
    check c = { .options = options };
    jy_rules *rules = NULL;
    int status = prepare(&c, &rules), unwritten;
    if (status == EXIT_CLEAN)
        status = run(&c, rules);
    jy_report_free(c.report);
    output_close(&c.out, false);
    jy_rules_unref(rules);
    unknown_free(&c.unknown);
    baseline_free(&c.base);
    if ((unwritten = resume_close(&c.resume)) != 0) { /* the output is whole, and would be made anew */
        say(options->language, W_CANNOT_WRITE, option_value(options, OPT_RESUME, ""), why_errno(options->language, unwritten), NULL);
        status = EXIT_USAGE;
    }
    inputs_free(&c.inputs);
    return status;
}
