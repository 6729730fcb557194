/* Reviewdog's rdjson. Comes in: results; goes out: one object of diagnostics, columns counted in UTF-8 bytes as that format wants
 * them. Where the source does not tell the bytes before a turn on its line, only the line is given. */
#include "report/report.h"

static bool rdjson_open(jy_report *report)
{
    jy__json *json = jy__mem_alloc(&report->mem, sizeof(*json));
    if (!json)
        return false;
    report->state = json;
    *json = jy__json_on(&report->out, false);
    jy__text_c(&report->out, "{\"source\":{\"name\":\"jinyu\"},\"diagnostics\":[");
    return true;
}

static void rdjson_close(jy_report *report) { jy__mem_free(&report->mem, report->state, sizeof(jy__json)); }

static void put_spot(jy__json *json, const char *key, jy__spot spot)
{
    jy__json_key(json, key);
    jy__json_open(json, '{');
    jy__json_put_int(json, "line", spot.line);
    if (spot.byte_column)
        jy__json_put_int(json, "column", spot.byte_column);
    jy__json_close(json, '}');
}

static void put_range(jy__json *json, jy__spot begin, jy__spot end)
{
    if (!begin.line)
        return;
    jy__json_key(json, "range");
    jy__json_open(json, '{');
    put_spot(json, "start", begin);
    if (end.line)
        put_spot(json, "end", end);
    jy__json_close(json, '}');
}

static void put_location(const jy__view *view, jy__json *json)
{
    const jy_finding *finding = &view->finding;
    jy__spot begin = { finding->line, 0, 0 }, end = { finding->end_line, 0, 0 };
    if (finding->kind == JY_FOUND_WORDING && view->has_turn && (view->has_last || !jy__view_crosses(view))) {
        jy_span whole = finding->span, last = { finding->span.end, finding->span.end };
        whole.end = view->has_last ? view->original.len : whole.end;
        jy__report_spots(&view->report->found_at, &view->turn, view->original, whole, &begin, &end);
        if (view->has_last)
            jy__report_spots(&(jy__place_walk){ 0 }, &view->last, view->last_original, last, &end, &end);
    }
    jy__json_key(json, "location");
    jy__json_open(json, '{');
    jy__json_put_str(json, "path", view->call.source);
    put_range(json, begin, begin.byte_column ? end : (jy__spot){ 0, 0, 0 });
    jy__json_close(json, '}');
}

static void put_edit(jy__json *json, const jy_turn *turn, const jy_edit *edit, jy__spot begin, jy__spot end)
{
    jy__text text;
    jy__text_init(&text, json->out->mem);
    jy__shown_escaped(&text, edit->replacement, &turn->place);
    jy__json_open(json, '{');
    put_range(json, begin, end);
    jy__json_put_str(json, "text", jy__text_view(&text));
    jy__json_close(json, '}');
    json->out->failed |= text.failed;
    jy__text_free(&text);
}

static void put_edits(const jy__view *view, jy__json *json)
{
    jy__json_key(json, "suggestions");
    jy__json_open(json, '[');
    for (size_t k = 0; k < view->finding.edit_count; k++) {
        jy_edit edit;
        jy_turn turn;
        jy__spot begin, end;
        if (!jy__view_edit_turn(view, k, &edit, &turn))
            continue;
        jy__report_spots(&view->report->edited_at, &turn, turn.text, edit.span, &begin, &end);
        if (begin.byte_column)
            put_edit(json, &turn, &edit, begin, end);
    }
    jy__json_close(json, ']');
}

static void put_message(const jy__view *view, jy__json *json)
{
    jy__text text;
    jy__text_init(&text, &view->report->mem);
    jy__shown_message(&text, view);
    jy__shown_wordings(&text, view);
    jy__json_put_str(json, "message", jy__text_view(&text));
    json->out->failed |= text.failed;
    jy__text_free(&text);
}

static const char *rd_severity(int severity)
{
    return severity >= JY_ERROR ? "ERROR" : severity == JY_WARNING ? "WARNING" : "INFO";
}

static void put_code(jy__json *json, const jy_finding *finding)
{
    jy__json_key(json, "code");
    jy__json_open(json, '{');
    jy__json_put_str(json, "value", finding->rule_id);
    jy__json_close(json, '}');
}

static void rdjson_call(jy_report *report, const jy_result *result)
{
    jy__json *json = report->state;
    jy__view view;
    jy__view_start(&view, report, result);
    while (jy__view_next(&view)) {
        jy__json_open(json, '{');
        put_message(&view, json);
        put_location(&view, json);
        jy__json_put_c(json, "severity", rd_severity(view.finding.severity));
        put_code(json, &view.finding);
        put_edits(&view, json);
        jy__json_close(json, '}');
    }
}

static void rdjson_skipped(jy_report *report, const jy_diag *diag)
{
    jy__json *json = report->state;
    jy__json_open(json, '{');
    jy__json_put_str(json, "message", diag->message);
    jy__json_key(json, "location");
    jy__json_open(json, '{');
    jy__json_put_str(json, "path", diag->source);
    put_range(json, (jy__spot){ diag->line, 0, 0 }, (jy__spot){ 0, 0, 0 });
    jy__json_close(json, '}');
    jy__json_put_c(json, "severity", "ERROR");
    jy__json_key(json, "code");
    jy__json_open(json, '{');
    jy__json_put_c(json, "value", "skipped");
    jy__json_close(json, '}');
    jy__json_close(json, '}');
}

/* A reviewer need not see every rule that was not checked as a remark of its own: one names them all, at the last source. */
static void put_unchecked(jy_report *report)
{
    jy__json *json = report->state;
    const jy__totals *totals = &report->totals;
    jy__text all;
    jy__text_init(&all, &report->mem);
    jy__text_c(&all, jy__report_word(report, JY__WORD_UNCHECKED));
    for (size_t i = 0; i < totals->unchecked.count; i++) {
        jy__text_c(&all, i ? "; " : ": ");
        jy__text_str(&all, totals->unchecked.items[i].rule);
        jy__text_c(&all, " (");
        jy__text_c(&all, jy_unchecked_text(totals->unchecked.items[i].why, report->language));
        jy__text_char(&all, ')');
    }
    jy__json_open(json, '{');
    jy__json_put_str(json, "message", jy__text_view(&all));
    jy__json_key(json, "location");
    jy__json_open(json, '{');
    jy__json_put_str(json, "path", jy__view_source(report, jy__text_view(&totals->last_source)));
    jy__json_close(json, '}');
    jy__json_put_c(json, "severity", "INFO");
    jy__json_key(json, "code");
    jy__json_open(json, '{');
    jy__json_put_c(json, "value", "unchecked");
    jy__json_close(json, '}');
    jy__json_close(json, '}');
    report->out.failed |= all.failed;
    jy__text_free(&all);
}

static void rdjson_finish(jy_report *report)
{
    if (report->totals.unchecked.count && !jy__report_has(report, JY_REPORT_QUIET))
        put_unchecked(report);
    jy__text_c(&report->out, "]}\n");
}

const jy__report_format jy__report_rdjson = { "rdjson", rdjson_open, rdjson_call, rdjson_skipped, rdjson_finish, rdjson_close };
