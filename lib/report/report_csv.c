/* CSV for Excel. Comes in: results; goes out: a byte order mark (Excel takes it for UTF-8 only then), a heading, a row for each finding
 * and for each skipped input, CRLF, quotes after RFC 4180. A cell that a spreadsheet would run as a formula is begun with an
 * apostrophe: transcripts are written by strangers. */
#include "report/report.h"

static bool runs_as_formula(jy_str cell)
{
    bool valid;
    const char *p = cell.ptr;
    uint32_t first = cell.len ? jy__utf8_next(&p, cell.ptr + cell.len, &valid) : 0;
    return first == '=' || first == '+' || first == '-' || first == '@' || first == '\t' || first == '\r' || first == '\n' ||
           first == 0xFF1D || first == 0xFF0B || first == 0xFF0D || first == 0xFF20;
}

static bool needs_quotes(jy_str cell)
{
    for (size_t i = 0; i < cell.len; i++)
        if (cell.ptr[i] == '"' || cell.ptr[i] == ',' || cell.ptr[i] == '\n' || cell.ptr[i] == '\r')
            return true;
    return false;
}

static void put_cell(jy__text *out, jy_str cell)
{
    bool quotes = needs_quotes(cell);
    jy__text_c(out, quotes ? "\"" : "");
    jy__text_c(out, runs_as_formula(cell) ? "'" : "");
    for (const char *p = cell.ptr, *end = p + cell.len; p < end;) {
        bool valid;
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        jy__text_cp(out, cp ? cp : JY__BAD);
        if (cp == '"')
            jy__text_char(out, '"');
    }
    jy__text_c(out, quotes ? "\"," : ",");
}

static void put_number(jy__text *out, int64_t number, int64_t unknown)
{
    if (number != unknown)
        jy__text_int(out, number);
    jy__text_char(out, ',');
}

static void end_row(jy__text *out)
{
    if (out->len)
        out->len--; /* the last comma */
    jy__text_c(out, "\r\n");
}

static bool csv_open(jy_report *report)
{
    static const jy__word headings[] = {
        JY__WORD_CSV_SEVERITY, JY__WORD_CSV_CLAUSE, JY__WORD_CSV_RULE, JY__WORD_CSV_SITUATION, JY__WORD_CSV_KIND, JY__WORD_CSV_FILE,
        JY__WORD_CSV_LINE, JY__WORD_CSV_COLUMN, JY__WORD_CSV_CALL, JY__WORD_CSV_START, JY__WORD_CSV_TEAM, JY__WORD_CSV_AGENT,
        JY__WORD_CSV_TURN, JY__WORD_CSV_TIME, JY__WORD_CSV_SPEAKER, JY__WORD_CSV_FOUND, JY__WORD_CSV_WHY, JY__WORD_CSV_SAY,
        JY__WORD_CSV_SCORE, JY__WORD_CSV_CONFIDENCE,
    };
    jy__text_c(&report->out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < JY__COUNT(headings); i++)
        put_cell(&report->out, jy__str_of(jy__report_word(report, headings[i])));
    end_row(&report->out);
    return true;
}

static void put_rule(const jy__view *view)
{
    jy_report *report = view->report;
    const jy_finding *finding = &view->finding;
    put_cell(&report->out, jy__str_of(jy__report_word(report, jy__word_severity(finding->severity))));
    put_cell(&report->out, finding->clause);
    put_cell(&report->out, finding->rule_id);
    put_cell(&report->out, finding->situation);
    put_cell(&report->out, jy__str_of(jy__report_word(report, jy__word_kind(finding->kind))));
}

static void put_where(const jy__view *view, jy__text *scratch)
{
    jy_report *report = view->report;
    const jy_finding *finding = &view->finding;
    put_cell(&report->out, view->call.source);
    put_number(&report->out, finding->line, 0);
    put_number(&report->out, finding->column, 0);
    put_cell(&report->out, view->call.id);
    put_cell(&report->out, view->call.start);
    put_cell(&report->out, view->call.team);
    put_cell(&report->out, view->call.agent);
    put_number(&report->out, finding->turn == JY_TURN_NONE ? 0 : (int64_t)finding->turn + 1, 0);
    jy__report_clear(report, scratch);
    if (finding->at_ms != JY_TIME_UNKNOWN)
        jy__shown_time(scratch, finding->at_ms);
    put_cell(&report->out, jy__text_view(scratch));
    put_cell(&report->out, jy__str_of(jy__report_word(report, jy__word_speaker(finding->speaker))));
}

static void put_found(const jy__view *view, jy__text *scratch)
{
    jy_report *report = view->report;
    jy_hit hit;
    jy__report_clear(report, scratch);
    if (view->finding.kind != JY_FOUND_WORDING)
        jy__shown_fact(scratch, view);
    else if (report->show != JY_SHOW_NONE)
        jy__text_str(scratch, report->show == JY_SHOW_TURN && view->has_turn ? view->turn.text : view->text);
    put_cell(&report->out, jy__text_view(scratch));
    jy__report_clear(report, scratch);
    for (size_t k = 0; report->show != JY_SHOW_NONE && k < view->finding.hit_count && jy__view_hit(view, k, &hit); k++) {
        jy__text_c(scratch, k ? "\n" : "");
        jy__shown_why(scratch, report->language, &hit, view->text);
    }
    put_cell(&report->out, jy__text_view(scratch));
}

static void put_say(const jy__view *view, jy__text *scratch)
{
    jy__report_clear(view->report, scratch);
    for (size_t k = 0; k < view->finding.suggestion_count; k++) {
        jy__text_c(scratch, k ? "\n" : "");
        jy__text_str(scratch, jy__view_suggestion(view, k));
    }
    put_cell(&view->report->out, jy__text_view(scratch));
    put_number(&view->report->out, view->finding.score, INT64_MIN);
    put_number(&view->report->out, view->finding.confidence, INT64_MIN);
}

static void csv_call(jy_report *report, const jy_result *result)
{
    jy__view view;
    jy__text scratch;
    jy__text_init(&scratch, &report->mem);
    jy__view_start(&view, report, result);
    while (jy__view_next(&view)) {
        put_rule(&view);
        put_where(&view, &scratch);
        put_found(&view, &scratch);
        put_say(&view, &scratch);
        end_row(&report->out);
        report->out.failed |= scratch.failed;
        jy__report_whole(report);
    }
    jy__text_free(&scratch);
}

static void csv_skipped(jy_report *report, const jy_diag *diag)
{
    jy__text *out = &report->out;
    put_cell(out, jy__str_of(jy__report_word(report, JY__WORD_SKIPPED)));
    jy__text_c(out, ",,,,");
    put_cell(out, diag->source);
    put_number(out, diag->line, 0);
    put_number(out, diag->column, 0);
    jy__text_c(out, ",,,,,,,");
    put_cell(out, diag->message);
    jy__text_c(out, ",,,,");
    end_row(out);
}

/* A row for each rule that could not be judged, with the reason where a finding says what was found. */
static void csv_finish(jy_report *report)
{
    jy__text *out = &report->out;
    for (size_t i = 0; !jy__report_has(report, JY_REPORT_QUIET) && i < report->totals.unchecked.count; i++) {
        const jy__unchecked_tally *tally = &report->totals.unchecked.items[i];
        put_cell(out, jy__str_of(jy__report_word(report, JY__WORD_UNCHECKED)));
        put_cell(out, tally->clause);
        put_cell(out, tally->rule);
        jy__text_c(out, ",,,,,,,,,,,,");
        put_cell(out, jy__str_of(jy_unchecked_text(tally->why, report->language)));
        jy__text_c(out, ",,,,");
        end_row(out);
    }
}

const jy__report_format jy__report_csv = { "csv", csv_open, csv_call, csv_skipped, csv_finish, NULL };
