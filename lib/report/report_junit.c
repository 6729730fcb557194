/* JUnit XML. Comes in: results; goes out: a testsuite for each file, a failed case for each finding, a passed one for a file without
 * findings, an error for what could not be read, a skipped one for each note of a call (turns of unknown speakers, bad bytes, a limit) and for each rule
 * that was not checked. A suite tells its counts in its first line, so its cases wait until the source
 * changes; nothing more is held. */
#include "report/report.h"

typedef struct junit { jy__text source, cases, scratch; uint64_t failures, notes; bool any; } junit;

static bool junit_open(jy_report *report)
{
    junit *state = jy__mem_alloc(&report->mem, sizeof(*state));
    if (!state)
        return false;
    report->state = state;
    jy__text_init(&state->source, &report->mem);
    jy__text_init(&state->cases, &report->mem);
    jy__text_init(&state->scratch, &report->mem);
    jy__text_c(&report->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"jinyu\">\n");
    return true;
}

static void junit_close(jy_report *report)
{
    junit *state = report->state;
    if (!state)
        return;
    jy__text_free(&state->source);
    jy__text_free(&state->cases);
    jy__text_free(&state->scratch);
    jy__mem_free(&report->mem, state, sizeof(*state));
}

static void put_number(jy__text *out, const char *name, uint64_t number)
{
    jy__text_char(out, ' ');
    jy__text_c(out, name);
    jy__text_c(out, "=\"");
    jy__text_int(out, (int64_t)number);
    jy__text_char(out, '"');
}

static void open_suite(jy__text *out, jy_str source, uint64_t tests, uint64_t failures, uint64_t errors, uint64_t skipped)
{
    jy__text_c(out, "  <testsuite");
    jy__xml_attribute(out, "name", source);
    put_number(out, "tests", tests);
    put_number(out, "failures", failures);
    put_number(out, "errors", errors);
    put_number(out, "skipped", skipped);
    jy__text_c(out, ">\n");
}

static void open_case(jy__text *out, jy_str group, jy_str name)
{
    jy__text_c(out, "    <testcase");
    jy__xml_attribute(out, "classname", group);
    jy__xml_attribute(out, "name", name);
}

static void end_suite(jy_report *report)
{
    junit *state = report->state;
    jy_str source = jy__text_view(&state->source);
    if (!state->any)
        return;
    open_suite(&report->out, source, (state->failures ? state->failures : 1) + state->notes, state->failures, 0, state->notes);
    if (state->failures == 0) {
        open_case(&report->out, source, jy__str_of(jy__report_word(report, JY__WORD_NO_FINDING)));
        jy__text_c(&report->out, "/>\n");
    }
    jy__text_str(&report->out, jy__text_view(&state->cases));
    jy__text_c(&report->out, "  </testsuite>\n");
    report->out.failed |= state->cases.failed || state->source.failed || state->scratch.failed;
    jy__text_clear(&state->cases);
    state->failures = state->notes = 0;
    state->any = false;
}

static void use_source(jy_report *report, jy_str source)
{
    junit *state = report->state;
    if (state->any && jy__str_eq(source, jy__text_view(&state->source)))
        return;
    end_suite(report);
    jy__text_clear(&state->source);
    jy__text_str(&state->source, source);
    state->any = true;
}

/* ask-identity @ 3:4 */
static jy_str case_name(const jy__view *view)
{
    junit *state = view->report->state;
    jy__text *name = &state->scratch;
    jy__report_clear(view->report, name);
    jy__text_str(name, view->finding.rule_id);
    jy__text_c(name, " @ ");
    if (view->finding.line) {
        jy__text_int(name, view->finding.line);
        jy__text_char(name, ':');
        jy__text_int(name, view->finding.column);
    } else {
        jy__text_char(name, '#');
        jy__text_int(name, (int64_t)view->index + 1);
    }
    return jy__text_view(name);
}

static void put_attribute_of(jy__text *out, jy__text *scratch, const jy__view *view)
{
    jy__report_clear(view->report, scratch);
    jy__shown_message(scratch, view);
    jy__xml_attribute(out, "message", jy__text_view(scratch));
}

static void put_body(jy__text *out, jy__text *scratch, const jy__view *view)
{
    jy_hit hit;
    jy__report_clear(view->report, scratch);
    if (view->finding.clause.len) {
        jy__shown_text(scratch, view->finding.clause);
        jy__text_char(scratch, '\n');
    }
    for (size_t k = 0; view->report->show != JY_SHOW_NONE && k < view->finding.hit_count && jy__view_hit(view, k, &hit); k++) {
        jy__text_c(scratch, jy__report_word(view->report, JY__WORD_WHY));
        jy__shown_why(scratch, view->report->language, &hit, view->text);
        jy__text_char(scratch, '\n');
    }
    for (size_t k = 0; k < view->finding.suggestion_count; k++) {
        jy__text_c(scratch, jy__report_word(view->report, JY__WORD_SAY));
        jy__shown_text(scratch, jy__view_suggestion(view, k));
        jy__text_char(scratch, '\n');
    }
    jy__xml_put(out, jy__text_view(scratch));
}

static void put_finding(const jy__view *view)
{
    junit *state = view->report->state;
    open_case(&state->cases, view->finding.pack, case_name(view));
    jy__text_c(&state->cases, ">\n      <failure");
    jy__xml_attribute(&state->cases, "type", jy__str_of(jy__severity_name(view->finding.severity)));
    put_attribute_of(&state->cases, &state->scratch, view);
    jy__text_char(&state->cases, '>');
    put_body(&state->cases, &state->scratch, view);
    jy__text_c(&state->cases, "</failure>\n    </testcase>\n");
    state->failures++;
}

/* not checked @ A-17 #1 */
static jy_str note_name(const jy__view *view, size_t k)
{
    junit *state = view->report->state;
    jy__report_clear(view->report, &state->scratch);
    jy__text_c(&state->scratch, jy__report_word(view->report, JY__WORD_UNCHECKED));
    if (view->call.id.len) {
        jy__text_c(&state->scratch, " @ ");
        jy__text_str(&state->scratch, view->call.id);
    }
    jy__text_c(&state->scratch, " #");
    jy__text_int(&state->scratch, (int64_t)k + 1);
    return jy__text_view(&state->scratch);
}

static void put_notes(const jy__view *view)
{
    junit *state = view->report->state;
    jy__text note;
    jy__text_init(&note, &view->report->mem);
    for (size_t k = 0; jy__shown_note(&note, view, k); k++, state->notes++) {
        open_case(&state->cases, view->call.source, note_name(view, k));
        jy__text_c(&state->cases, ">\n      <skipped");
        jy__xml_attribute(&state->cases, "message", jy__text_view(&note));
        jy__text_c(&state->cases, "/>\n    </testcase>\n");
        jy__report_clear(view->report, &note);
    }
    state->cases.failed |= note.failed;
    jy__text_free(&note);
}

static void junit_call(jy_report *report, const jy_result *result)
{
    junit *state = report->state;
    jy__view view;
    jy__view_start(&view, report, result);
    use_source(report, view.call.source);
    while (jy__view_next(&view))
        put_finding(&view);
    put_notes(&view);
    report->out.failed |= state->cases.failed || state->scratch.failed;
}

static void junit_skipped(jy_report *report, const jy_diag *diag)
{
    end_suite(report);
    open_suite(&report->out, diag->source, 1, 0, 1, 0);
    open_case(&report->out, diag->source, jy__str_of(jy__report_word(report, JY__WORD_SKIPPED)));
    jy__text_c(&report->out, ">\n      <error");
    jy__xml_attribute(&report->out, "message", diag->message);
    jy__text_c(&report->out, "/>\n    </testcase>\n  </testsuite>\n");
}

/* Rules that could not be judged: cases that were skipped, with the reason. */
static void put_unchecked(jy_report *report)
{
    jy__text *out = &report->out;
    size_t count = report->totals.unchecked.count;
    jy_str name = jy__str_of(jy__report_word(report, JY__WORD_UNCHECKED));
    if (count == 0 || jy__report_has(report, JY_REPORT_QUIET))
        return;
    open_suite(out, name, count, 0, 0, count);
    for (size_t i = 0; i < count; i++) {
        const jy__unchecked_tally *tally = &report->totals.unchecked.items[i];
        open_case(out, tally->pack, tally->rule);
        jy__text_c(out, ">\n      <skipped");
        jy__xml_attribute(out, "message", jy__str_of(jy_unchecked_text(tally->why, report->language)));
        jy__text_c(out, "/>\n    </testcase>\n");
    }
    jy__text_c(out, "  </testsuite>\n");
}

static void junit_finish(jy_report *report)
{
    end_suite(report);
    put_unchecked(report);
    jy__text_c(&report->out, "</testsuites>\n");
}

const jy__report_format jy__report_junit = { "junit", junit_open, junit_call, junit_skipped, junit_finish, junit_close };
