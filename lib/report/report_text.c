/* Text for people at a terminal. Comes in: results; goes out: for each finding a line `file:line:column: severity clause rule`, the
 * words with carets under them, why they matched, and what to say instead; at the end the rules that could not be checked and a
 * summary. Everything that comes from a transcript is escaped, so that it cannot steer the terminal. */
#include "report/report.h"

typedef enum ink { INK_NONE, INK_PLACE, INK_INFO, INK_WARNING, INK_ERROR, INK_CRITICAL, INK_MARK, INK_SAY, INK_DIM, INK_COUNT } ink;

static const char *ink_on(const jy_report *report, ink which)
{
    static const char *const codes[INK_COUNT] = { "", "\x1b[1m", "\x1b[1;36m", "\x1b[1;33m", "\x1b[1;31m", "\x1b[1;35m", "\x1b[1;31m",
                                                  "\x1b[32m", "\x1b[2m" };
    return jy__report_has(report, JY_REPORT_COLOR) ? codes[which] : "";
}

static const char *ink_off(const jy_report *report, ink which)
{
    return which != INK_NONE && jy__report_has(report, JY_REPORT_COLOR) ? "\x1b[0m" : "";
}

static void put_inked(jy_report *report, ink which, jy_str text)
{
    jy__text_c(&report->out, ink_on(report, which));
    jy__shown_text(&report->out, text);
    jy__text_c(&report->out, ink_off(report, which));
}

static void put_word(jy_report *report, ink which, jy__word word)
{
    put_inked(report, which, jy__str_of(jy__report_word(report, word)));
}

static ink severity_ink(int severity)
{
    return severity >= JY_INFO && severity <= JY_CRITICAL ? (ink)(INK_INFO + severity - JY_INFO) : INK_NONE;
}

static void put_place(jy_report *report, jy_str source, uint32_t line, uint32_t column)
{
    jy__text_c(&report->out, ink_on(report, INK_PLACE));
    jy__shown_text(&report->out, source);
    if (line) {
        jy__text_char(&report->out, ':');
        jy__text_int(&report->out, line);
    }
    if (line && column) {
        jy__text_char(&report->out, ':');
        jy__text_int(&report->out, column);
    }
    jy__text_char(&report->out, ':');
    jy__text_c(&report->out, ink_off(report, INK_PLACE));
    jy__text_char(&report->out, ' ');
}

/* demo.txt:3:4: error 六-1 ask-identity: 询问对方姓名、单位 */
static void put_head(const jy__view *view)
{
    jy_report *report = view->report;
    const jy_finding *finding = &view->finding;
    put_place(report, view->call.source, finding->line, finding->column);
    put_word(report, severity_ink(finding->severity), jy__word_severity(finding->severity));
    if (finding->clause.len) {
        jy__text_char(&report->out, ' ');
        jy__shown_text(&report->out, finding->clause);
    }
    jy__text_char(&report->out, ' ');
    jy__shown_text(&report->out, finding->rule_id);
    if (finding->situation.len) {
        jy__text_c(&report->out, ": ");
        jy__shown_text(&report->out, finding->situation);
    }
    if (finding->flags & JY_RULE_FATAL) {
        jy__text_c(&report->out, " [");
        put_word(report, INK_CRITICAL, JY__WORD_FATAL);
        jy__text_char(&report->out, ']');
    }
    if (finding->state == JY_PROVISIONAL) {
        jy__text_c(&report->out, " [");
        put_word(report, INK_DIM, JY__WORD_PROVISIONAL);
        jy__text_char(&report->out, ']');
    }
    jy__text_char(&report->out, '\n');
}

/* "  00:12 客服 | "; empty of a turn that has neither time nor speaker */
static void make_gutter(jy__text *gutter, const jy__view *view, const jy_turn *turn, int64_t at_ms)
{
    jy__text_c(gutter, "  ");
    if (at_ms != JY_TIME_UNKNOWN) {
        jy__shown_time(gutter, at_ms);
        jy__text_char(gutter, ' ');
    }
    if (turn->label.len)
        jy__shown_text(gutter, turn->label);
    else if (turn->speaker != JY_SPEAKER_UNKNOWN)
        jy__text_c(gutter, jy__report_word(view->report, jy__word_speaker(turn->speaker)));
    jy__text_c(gutter, gutter->len > 2 ? " | " : "  ");
}

static void make_blank_gutter(jy__text *blank, jy_str gutter, bool wide_ambiguous)
{
    bool bar = gutter.len >= 2 && gutter.ptr[gutter.len - 2] == '|';
    for (int columns = jy__caret_columns(gutter, wide_ambiguous) - (bar ? 2 : 0); columns > 0; columns--)
        jy__text_char(blank, ' ');
    jy__text_c(blank, bar ? "| " : "");
}

static void put_quote(const jy__view *view, const jy_turn *turn, int64_t at_ms, jy_span span)
{
    jy_report *report = view->report;
    bool wide = jy__report_has(report, JY_REPORT_WIDE_AMBIGUOUS);
    jy__text gutter, blank;
    jy__text_init(&gutter, &report->mem);
    jy__text_init(&blank, &report->mem);
    make_gutter(&gutter, view, turn, at_ms);
    make_blank_gutter(&blank, jy__text_view(&gutter), wide);
    jy__caret_write(&report->out, &(jy__caret){ jy__text_view(&gutter), jy__text_view(&blank), wide, ink_on(report, INK_MARK),
                                                ink_off(report, INK_MARK) }, turn->text, span);
    report->out.failed |= gutter.failed || blank.failed;
    jy__text_free(&gutter);
    jy__text_free(&blank);
}

static void put_words(const jy__view *view)
{
    if (!view->has_turn) {
        jy__text_c(&view->report->out, "  ");
        jy__shown_text(&view->report->out, view->text);
        jy__text_char(&view->report->out, '\n');
        return;
    }
    put_quote(view, &view->turn, view->finding.at_ms != JY_TIME_UNKNOWN ? view->finding.at_ms : view->turn.begin_ms, view->shown);
    if (view->has_last)
        put_quote(view, &view->last, view->last.begin_ms, (jy_span){ 0, view->last_end });
}

/* Missing acts and passed limits have no words to show: say what, and where in the call. */
static void put_fact(const jy__view *view)
{
    jy_report *report = view->report;
    const jy_finding *finding = &view->finding;
    jy__text number;
    jy__text_init(&number, &report->mem);
    jy__text_int(&number, (int64_t)finding->turn + 1);
    jy__text_c(&report->out, "  ");
    jy__shown_fact(&report->out, view);
    jy__text_c(&report->out, " (");
    if (finding->turn == JY_TURN_NONE)
        jy__text_c(&report->out, jy__report_word(report, JY__WORD_WHOLE_CALL));
    else
        jy__message_fill(&report->out, jy__report_word(report, JY__WORD_TURN), (jy_str[]){ jy__text_view(&number) }, 1);
    if (finding->at_ms != JY_TIME_UNKNOWN) {
        jy__text_c(&report->out, ", ");
        jy__shown_time(&report->out, finding->at_ms);
    }
    jy__text_c(&report->out, ")\n");
    report->out.failed |= number.failed;
    jy__text_free(&number);
}

static jy_str hit_words(const jy__view *view, const jy_hit *hit)
{
    size_t begin = hit->span.begin, end = hit->span.end;
    bool other = !view->has_turn || hit->turn != view->finding.turn || jy__view_crosses(view) || end > view->original.len;
    if (other || begin >= end)
        return view->text;
    begin = jy__mask_offset(&view->report->turn_mask, begin);
    end = jy__mask_offset(&view->report->turn_mask, end);
    return (jy_str){ view->turn.text.ptr + begin, end - begin };
}

static void put_why(const jy__view *view)
{
    jy_report *report = view->report;
    jy_hit hit;
    for (size_t k = 0; k < view->finding.hit_count && jy__view_hit(view, k, &hit); k++) {
        jy__text_c(&report->out, "  ");
        put_word(report, INK_DIM, JY__WORD_WHY);
        jy__shown_why(&report->out, report->language, &hit, hit_words(view, &hit));
        if (hit.confidence > 0 && hit.confidence < 100) {
            jy__text_c(&report->out, ", ");
            jy__text_c(&report->out, jy__report_word(report, JY__WORD_CONFIDENCE));
            jy__text_int(&report->out, hit.confidence);
        }
        jy__text_char(&report->out, '\n');
    }
}

static void put_suggestions(const jy__view *view)
{
    jy_report *report = view->report;
    for (size_t k = 0; k < view->finding.suggestion_count; k++) {
        jy__text_c(&report->out, "  ");
        put_word(report, INK_SAY, JY__WORD_SAY);
        put_inked(report, INK_SAY, jy__view_suggestion(view, k));
        jy__text_char(&report->out, '\n');
    }
}

static void put_finding(const jy__view *view)
{
    put_head(view);
    if (view->finding.kind != JY_FOUND_WORDING)
        put_fact(view);
    else if (view->report->show != JY_SHOW_NONE)
        put_words(view);
    if (view->finding.kind == JY_FOUND_WORDING && view->report->show != JY_SHOW_NONE)
        put_why(view);
    put_suggestions(view);
    jy__text_char(&view->report->out, '\n');
}

static void put_notes(const jy__view *view)
{
    jy_report *report = view->report;
    jy__text note;
    jy__text_init(&note, &report->mem);
    for (size_t k = 0; jy__shown_note(&note, view, k); k++) {
        put_place(report, view->call.source, 0, 0);
        jy__text_str(&report->out, jy__text_view(&note));
        jy__text_char(&report->out, '\n');
        jy__report_clear(report, &note);
    }
    report->out.failed |= note.failed;
    jy__text_free(&note);
}

static void put_scores(const jy__view *view)
{
    jy_report *report = view->report;
    for (size_t i = 0; i < jy_result_score_count(view->result); i++) {
        jy_score score = JY_SCORE_INIT;
        if (jy_result_score(view->result, i, &score) != JY_OK || (score.points >= score.start && !score.fatal))
            continue;
        put_place(report, view->call.source, 0, 0);
        if (view->call.id.len) {
            jy__shown_text(&report->out, view->call.id);
            jy__text_c(&report->out, ": ");
        }
        jy__text_c(&report->out, jy__report_word(report, JY__WORD_SCORE));
        jy__text_char(&report->out, ' ');
        jy__shown_score(&report->out, report, &score);
        jy__text_char(&report->out, '\n');
    }
}

static void text_call(jy_report *report, const jy_result *result)
{
    jy__view view;
    jy__view_start(&view, report, result);
    while (jy__view_next(&view)) {
        put_finding(&view);
        jy__report_whole(report);
    }
    put_notes(&view);
    put_scores(&view);
}

static void text_skipped(jy_report *report, const jy_diag *diag)
{
    put_place(report, diag->source, diag->line, diag->column);
    put_word(report, INK_WARNING, JY__WORD_SKIPPED);
    jy__text_c(&report->out, ": ");
    jy__shown_text(&report->out, diag->message);
    jy__text_char(&report->out, '\n');
}

static void text_finish(jy_report *report)
{
    if (!jy__report_has(report, JY_REPORT_QUIET))
        jy__shown_end(&report->out, report);
}

const jy__report_format jy__report_text = { "text", NULL, text_call, text_skipped, text_finish, NULL };
