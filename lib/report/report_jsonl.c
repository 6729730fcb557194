/* JSON Lines for machines. Comes in: results; goes out: one object a line, each with a "type": finding, unchecked, score, notice,
 * skipped, summary. tests/report/jsonl.schema.json is the contract: every key of a type is always there, null when unknown. Rules that
 * lack something in the transcript are told once at the end with the number of calls; incidents are told where they happened. */
#include "report/report.h"

static jy__json begin_line(jy_report *report, const char *type)
{
    jy__json json = jy__json_on(&report->out, false);
    jy__json_open(&json, '{');
    jy__json_put_c(&json, "type", type);
    return json;
}

static void end_line(jy_report *report, jy__json *json)
{
    jy__json_close(json, '}');
    jy__text_char(&report->out, '\n');
}

static void put_call(jy__json *json, const jy__view *view)
{
    jy__json_put_str(json, "source", view->call.source);
    jy__json_put_str(json, "call", view->call.id);
}

/* The string of a JSON transcript that the turn was read from: what a program can follow where a line and column say little. */
static void put_pointer(jy__json *json, const jy__view *view)
{
    if (view->has_turn && view->turn.place.pointer.len) {
        jy__json_put_str(json, "pointer", jy__report_masked(view->report, view->turn.place.pointer));
    } else {
        jy__json_key(json, "pointer");
        jy__json_null(json);
    }
}

static void put_place(jy__json *json, const jy__view *view)
{
    const jy_finding *finding = &view->finding;
    jy__json_put_known(json, "line", finding->line, 0);
    jy__json_put_known(json, "column", finding->column, 0);
    jy__json_put_known(json, "end_line", finding->end_line, 0);
    jy__json_put_known(json, "end_column", finding->end_column, 0);
    put_pointer(json, view);
    jy__json_put_known(json, "turn", (int64_t)finding->turn, (int64_t)JY_TURN_NONE);
    jy__json_put_known(json, "turn_end", (int64_t)finding->turn_end, (int64_t)JY_TURN_NONE);
    jy__json_put_str(json, "turn_id", finding->turn_id);
}

static void put_span(jy__json *json, jy_span span)
{
    jy__json_key(json, "span");
    jy__json_open(json, '{');
    jy__json_put_int(json, "begin", (int64_t)span.begin);
    jy__json_put_int(json, "end", (int64_t)span.end);
    jy__json_close(json, '}');
}

/* Spans are written as the result counts them (JY_PARAM_UNIT); the view has them in bytes. */
static void put_words(jy__json *json, const jy__view *view)
{
    jy_finding counted = JY_FINDING_INIT;
    if (view->finding.kind == JY_FOUND_WORDING && jy_result_get(view->result, view->index, &counted) == JY_OK) {
        put_span(json, counted.span);
    } else {
        jy__json_key(json, "span");
        jy__json_null(json);
    }
    if (view->report->show != JY_SHOW_NONE)
        jy__json_put_str(json, "text", view->text);
    if (view->report->show == JY_SHOW_TURN && view->has_turn)
        jy__json_put_str(json, "turn_text", view->turn.text);
}

static void put_rule(jy__json *json, const jy_finding *finding)
{
    jy__json_put_str(json, "rule", finding->rule_id);
    jy__json_put_str(json, "pack", finding->pack);
    jy__json_put_str(json, "clause", finding->clause);
    jy__json_put_str(json, "situation", finding->situation);
    jy__json_put_c(json, "severity", jy__severity_name(finding->severity));
    jy__json_put_c(json, "kind", jy__kind_name(finding->kind));
    jy__json_put_c(json, "state", jy__state_name(finding->state));
    jy__json_put_c(json, "speaker", jy__speaker_name(finding->speaker));
}

static void put_measure(jy__json *json, const jy__view *view)
{
    bool limit = view->finding.kind == JY_FOUND_LIMIT;
    jy__json_put_known(json, "at_ms", view->finding.at_ms, JY_TIME_UNKNOWN);
    jy__json_key(json, "measure");
    if (limit && view->measure)
        jy__json_c(json, jy__measure_name(view->measure));
    else
        jy__json_null(json);
    jy__json_put_known(json, "measured", limit ? view->finding.measured : INT64_MIN, INT64_MIN);
    jy__json_put_known(json, "bound", limit ? view->finding.bound : INT64_MIN, INT64_MIN);
    jy__json_put_int(json, "confidence", view->finding.confidence);
}

static void put_folds(jy__json *json, uint32_t folds)
{
    jy__json_key(json, "folds");
    jy__json_open(json, '[');
    for (int fold = 0; fold < JY_FOLD_COUNT; fold++)
        if (folds & (1u << fold))
            jy__json_c(json, jy_fold_name(fold));
    jy__json_close(json, ']');
}

static void put_hit(jy__json *json, const jy__view *view, size_t k, const jy_hit *hit)
{
    jy_hit counted = JY_HIT_INIT;
    jy_result_hit(view->result, view->index, k, &counted);
    jy__json_open(json, '{');
    jy__json_put_known(json, "turn", (int64_t)hit->turn, (int64_t)JY_TURN_NONE);
    put_span(json, counted.span);
    jy__json_put_str(json, "phrase", hit->phrase);
    jy__json_put_str(json, "form", hit->form);
    jy__json_put_str(json, "reading", hit->reading);
    jy__json_key(json, "counts");
    jy__json_open(json, '{');
    for (int fold = 0; fold < JY_FOLD_COUNT; fold++)
        if (hit->count[fold])
            jy__json_put_int(json, jy_fold_name(fold), hit->count[fold]);
    jy__json_close(json, '}');
    jy__json_put_int(json, "confidence", hit->confidence);
    jy__json_close(json, '}');
}

static void put_why(jy__json *json, const jy__view *view)
{
    jy_hit hit;
    jy__json_key(json, "why");
    jy__json_open(json, '[');
    for (size_t k = 0; k < view->finding.hit_count && jy__view_hit(view, k, &hit); k++)
        put_hit(json, view, k, &hit);
    jy__json_close(json, ']');
}

static void put_required(jy__json *json, const jy__view *view)
{
    jy_buf wording = JY_BUF_INIT;
    if (view->finding.kind != JY_FOUND_MISSING || jy_rules_required(jy_result_rules(view->result), view->finding.rule, &wording) != JY_OK)
        return;
    jy__json_put_str(json, "required", (jy_str){ wording.ptr, wording.len });
    jy_buf_free(&wording);
}

static void put_cure(jy__json *json, const jy__view *view)
{
    jy_edit edit;
    jy__json_key(json, "suggestions");
    jy__json_open(json, '[');
    for (size_t k = 0; k < view->finding.suggestion_count; k++)
        jy__json_str(json, jy__view_suggestion(view, k));
    jy__json_close(json, ']');
    put_required(json, view);
    jy__json_put_int(json, "score", view->finding.score);
    jy__json_key(json, "fatal");
    jy__json_bool(json, (view->finding.flags & JY_RULE_FATAL) != 0);
    jy__json_key(json, "edits");
    jy__json_open(json, '[');
    for (size_t k = 0; k < view->finding.edit_count; k++) {
        jy_edit counted = JY_EDIT_INIT;
        if (!jy__view_edit(view, k, &edit) || jy_result_edit(view->result, view->index, k, &counted) != JY_OK)
            continue;
        jy__json_open(json, '{');
        jy__json_put_int(json, "turn", (int64_t)edit.turn);
        put_span(json, counted.span);
        jy__json_put_str(json, "replacement", edit.replacement);
        jy__json_close(json, '}');
    }
    jy__json_close(json, ']');
}

static void put_finding(const jy__view *view)
{
    jy__json json = begin_line(view->report, "finding");
    put_call(&json, view);
    put_place(&json, view);
    put_words(&json, view);
    put_rule(&json, &view->finding);
    put_measure(&json, view);
    put_folds(&json, view->finding.folds);
    put_why(&json, view);
    put_cure(&json, view);
    end_line(view->report, &json);
}

static void put_incident(const jy__view *view, const jy_unchecked *unchecked)
{
    jy_rules *rules = jy_result_rules(view->result);
    jy_rule rule = JY_RULE_INIT;
    jy__json json = begin_line(view->report, "unchecked");
    if (unchecked->rule == JY_RULE_ANY)
        rule.id = JY__STR("*");
    else if (rules)
        jy_rules_get(rules, unchecked->rule, &rule);
    put_call(&json, view);
    jy__json_put_known(&json, "turn", (int64_t)unchecked->turn, (int64_t)JY_TURN_NONE);
    jy__json_put_str(&json, "rule", rule.id);
    jy__json_put_str(&json, "pack", rule.pack);
    jy__json_put_str(&json, "clause", rule.clause);
    jy__json_put_c(&json, "why", jy_unchecked_name(unchecked->why));
    jy__json_put_c(&json, "text", jy_unchecked_text(unchecked->why, view->report->language));
    jy__json_put_int(&json, "calls", 1);
    end_line(view->report, &json);
}

static void put_score(const jy__view *view, const jy_score *score)
{
    jy__json json = begin_line(view->report, "score");
    put_call(&json, view);
    jy__json_put_str(&json, "pack", score->pack);
    jy__json_put_int(&json, "points", score->points);
    jy__json_put_int(&json, "start", score->start);
    jy__json_put_int(&json, "floor", score->floor);
    jy__json_put_int(&json, "pass", score->pass);
    jy__json_key(&json, "fatal");
    jy__json_bool(&json, score->fatal != 0);
    jy__json_key(&json, "passed");
    jy__json_bool(&json, score->passed != 0);
    jy__json_put_int(&json, "unchecked", score->unchecked);
    end_line(view->report, &json);
}

static void put_notice(const jy__view *view, const char *what, int64_t count, int64_t offset)
{
    jy__json json = begin_line(view->report, "notice");
    put_call(&json, view);
    jy__json_put_c(&json, "what", what);
    jy__json_put_int(&json, "count", count);
    jy__json_put_known(&json, "offset", offset, -1);
    end_line(view->report, &json);
}

static void put_unknown_turns(const jy__view *view)
{
    jy__json json = begin_line(view->report, "notice");
    jy_str label;
    put_call(&json, view);
    jy__json_put_c(&json, "what", "unknown-speakers");
    jy__json_put_int(&json, "count", (int64_t)jy_result_unknown_turns(view->result));
    jy__json_put_known(&json, "offset", -1, -1);
    jy__json_key(&json, "labels");
    jy__json_open(&json, '[');
    for (size_t k = 0; jy_result_unknown_label(view->result, k, &label) == JY_OK; k++)
        jy__json_str(&json, jy__report_masked(view->report, label));
    jy__json_close(&json, ']');
    end_line(view->report, &json);
}

static void jsonl_call(jy_report *report, const jy_result *result)
{
    jy__view view;
    size_t first_bad, bad = jy_result_bad_bytes(result, &first_bad);
    jy__view_start(&view, report, result);
    while (jy__view_next(&view)) {
        put_finding(&view);
        jy__report_whole(report);
    }
    for (size_t i = 0; i < jy_result_unchecked_count(result); i++) {
        jy_unchecked unchecked = JY_UNCHECKED_INIT;
        if (jy_result_unchecked(result, i, &unchecked) == JY_OK && jy__unchecked_is_incident(unchecked.why))
            put_incident(&view, &unchecked);
    }
    for (size_t i = 0; i < jy_result_score_count(result); i++) {
        jy_score score = JY_SCORE_INIT;
        if (jy_result_score(result, i, &score) == JY_OK)
            put_score(&view, &score);
    }
    if (jy_result_unknown_turns(result))
        put_unknown_turns(&view);
    if (bad)
        put_notice(&view, "bad-bytes", (int64_t)bad, (int64_t)first_bad);
    if (jy_result_complete(result) != JY_OK)
        put_notice(&view, "limited", 1, -1);
}

static void jsonl_skipped(jy_report *report, const jy_diag *diag)
{
    jy__json json = begin_line(report, "skipped");
    jy__json_put_str(&json, "source", diag->source);
    jy__json_put_known(&json, "line", diag->line, 0);
    jy__json_put_known(&json, "column", diag->column, 0);
    jy__json_put_int(&json, "code", diag->code);
    jy__json_put_str(&json, "message", diag->message);
    end_line(report, &json);
}

static void put_tally(jy_report *report, const jy__unchecked_tally *tally)
{
    jy__json json = begin_line(report, "unchecked");
    jy__json_put_str(&json, "rule", tally->rule);
    jy__json_put_str(&json, "pack", tally->pack);
    jy__json_put_str(&json, "clause", tally->clause);
    jy__json_put_c(&json, "why", jy_unchecked_name(tally->why));
    jy__json_put_c(&json, "text", jy_unchecked_text(tally->why, report->language));
    jy__json_put_int(&json, "calls", (int64_t)tally->calls);
    end_line(report, &json);
}

static void put_summary(jy_report *report)
{
    const jy__totals *totals = &report->totals;
    jy__json json = begin_line(report, "summary");
    jy__json_put_int(&json, "files", (int64_t)totals->files);
    jy__json_put_int(&json, "calls", (int64_t)totals->calls);
    jy__json_put_int(&json, "turns", (int64_t)totals->turns);
    jy__json_key(&json, "findings");
    jy__json_open(&json, '{');
    jy__json_put_int(&json, "total", (int64_t)jy__totals_findings(totals));
    for (int severity = JY_CRITICAL; severity >= JY_INFO; severity--)
        jy__json_put_int(&json, jy__severity_name(severity), (int64_t)totals->findings[severity]);
    jy__json_close(&json, '}');
    jy__json_put_int(&json, "left_out", (int64_t)totals->left_out);
    jy__json_put_int(&json, "skipped", (int64_t)totals->skipped);
    jy__json_put_int(&json, "limited", (int64_t)totals->limited);
    jy__json_put_int(&json, "bad_bytes", (int64_t)totals->bad_bytes);
    end_line(report, &json);
}

static void jsonl_finish(jy_report *report)
{
    if (jy__report_has(report, JY_REPORT_QUIET))
        return;
    for (size_t i = 0; i < report->totals.unchecked.count; i++)
        if (!jy__unchecked_is_incident(report->totals.unchecked.items[i].why))
            put_tally(report, &report->totals.unchecked.items[i]);
    put_summary(report);
}

const jy__report_format jy__report_jsonl = { "jsonl", NULL, jsonl_call, jsonl_skipped, jsonl_finish, NULL };
