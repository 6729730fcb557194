/* What every format shows of a finding. Comes in: a result, read through its public accessors; goes out: one finding after the other
 * with its turn, its place, and its text, masked when asked. Spans are brought back to bytes here, whatever unit the result counts
 * in, and moved to the masked text, where a masked character is one byte: no format has to think of either. */
#include "report/report.h"
#include "compile/compile.h"
#include "judge/judge_result.h"

jy_str jy__report_masked(jy_report *report, jy_str text)
{
    jy__text masked;
    jy_str kept = text;
    bool changed = false;
    if (!jy__report_has(report, JY_REPORT_REDACT) || text.len == 0)
        return text;
    jy__text_init(&masked, &report->mem);
    if (!jy__redact(&report->mem, text, &masked, &changed) || (changed && !jy__arena_str(&report->shown, jy__text_view(&masked), &kept))) {
        report->status = report->status == JY_OK ? JY_E_NOMEM : report->status;
        kept = (jy_str){ NULL, 0 };
    }
    jy__text_free(&masked);
    return kept;
}

jy_str jy__view_source(jy_report *report, jy_str source)
{
    return source.len ? jy__report_masked(report, source) : JY__STR("-");
}

size_t jy__unit_byte(jy_str text, int unit, size_t at)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    bool valid;
    if (unit == JY_UNIT_BYTE)
        return at < text.len ? at : text.len;
    for (size_t seen = 0; seen < at && p < end;)
        seen += jy__utf8_next(&p, end, &valid) >= 0x10000 && unit == JY_UNIT_UTF16 ? 2 : 1;
    return (size_t)(p - text.ptr);
}

static size_t to_byte(const jy__view *view, jy_str text, size_t at)
{
    return jy__unit_byte(text, jy__result_unit(view->result), at);
}

void jy__view_start(jy__view *view, jy_report *report, const jy_result *result)
{
    memset(view, 0, sizeof(*view));
    view->report = report;
    view->result = result;
    view->call = (jy_call)JY_CALL_INIT;
    jy_result_call(result, &view->call);
    view->call.source = jy__view_source(report, view->call.source);
    jy_str *const personal[] = { &view->call.id, &view->call.agent, &view->call.customer, &view->call.team, &view->call.queue };
    for (size_t i = 0; i < JY__COUNT(personal); i++)
        *personal[i] = jy__report_masked(report, *personal[i]);
}

static bool load_turn(jy__view *view, uint64_t number, jy_turn *turn, jy_str *original)
{
    *turn = (jy_turn)JY_TURN_INIT;
    *original = (jy_str){ NULL, 0 };
    if (number == JY_TURN_NONE || jy_result_turn(view->result, number, turn) != JY_OK)
        return false;
    *original = turn->text;
    turn->text = jy__report_masked(view->report, turn->text);
    turn->label = jy__report_masked(view->report, turn->label);
    return true;
}

static size_t in_masked(const jy__view *view, jy_str original, jy_str masked, size_t at)
{
    bool same = !jy__report_has(view->report, JY_REPORT_REDACT) || original.ptr == masked.ptr;
    return same ? at : jy__redact_offset(original, masked, at);
}

static void place_span(jy__view *view)
{
    jy_finding *finding = &view->finding;
    size_t begin = to_byte(view, view->original, finding->span.begin);
    size_t end = to_byte(view, jy__view_crosses(view) ? view->last_original : view->original, finding->span.end);
    finding->span = (jy_span){ begin, end };
    view->shown.begin = in_masked(view, view->original, view->turn.text, begin);
    view->shown.end = view->turn.text.len;
    if (!jy__view_crosses(view))
        view->shown.end = in_masked(view, view->original, view->turn.text, end);
    else if (view->has_last)
        view->last_end = in_masked(view, view->last_original, view->last.text, end);
    view->text = (jy_str){ view->turn.text.ptr + view->shown.begin, view->shown.end - view->shown.begin };
}

static void load_finding(jy__view *view)
{
    jy_finding *finding = &view->finding;
    jy_rules *rules = jy_result_rules(view->result);
    view->has_turn = load_turn(view, finding->turn, &view->turn, &view->original);
    view->has_last = jy__view_crosses(view) && load_turn(view, finding->turn_end, &view->last, &view->last_original);
    view->rule = (jy_rule)JY_RULE_INIT;
    view->measure = 0;
    if (rules && jy_rules_get(rules, finding->rule, &view->rule) == JY_OK && rules->rules[finding->rule].has_limit)
        view->measure = (int)rules->rules[finding->rule].limit.measure;
    finding->turn_id = jy__report_masked(view->report, finding->turn_id);
    if (view->has_turn && (view->has_last || !jy__view_crosses(view)))
        place_span(view);
    else
        view->text = jy__report_masked(view->report, finding->text);
}

bool jy__view_next(jy__view *view)
{
    jy__totals *totals = &view->report->totals;
    for (; view->next < jy_result_count(view->result) && view->report->status == JY_OK; view->next++) {
        view->finding = (jy_finding)JY_FINDING_INIT;
        if (jy_result_get(view->result, view->next, &view->finding) != JY_OK)
            continue;
        if (view->finding.severity < view->report->min_severity) {
            totals->left_out++;
            continue;
        }
        if (view->finding.severity >= JY_INFO && view->finding.severity <= JY_CRITICAL)
            totals->findings[view->finding.severity]++;
        view->index = view->next++;
        load_finding(view);
        return view->report->status == JY_OK;
    }
    return false;
}

static jy_span span_bytes(const jy__view *view, uint64_t number, jy_span span)
{
    jy_turn turn = JY_TURN_INIT;
    if (number == JY_TURN_NONE || jy_result_turn(view->result, number, &turn) != JY_OK)
        return span;
    return (jy_span){ to_byte(view, turn.text, span.begin), to_byte(view, turn.text, span.end) };
}

bool jy__view_hit(const jy__view *view, size_t k, jy_hit *out)
{
    *out = (jy_hit)JY_HIT_INIT;
    if (jy_result_hit(view->result, view->index, k, out) != JY_OK)
        return false;
    out->form = jy__report_masked(view->report, out->form);
    out->reading = jy__report_masked(view->report, out->reading);
    out->span = span_bytes(view, out->turn, out->span);
    return true;
}

bool jy__view_edit(const jy__view *view, size_t k, jy_edit *out)
{
    *out = (jy_edit)JY_EDIT_INIT;
    if (jy_result_edit(view->result, view->index, k, out) != JY_OK)
        return false;
    out->span = span_bytes(view, out->turn, out->span);
    return jy__str_eq(jy__report_masked(view->report, out->replacement), out->replacement);
}

bool jy__view_edit_turn(const jy__view *view, size_t k, jy_edit *out, jy_turn *turn)
{
    *turn = (jy_turn)JY_TURN_INIT;
    return jy__view_edit(view, k, out) && jy_result_turn(view->result, out->turn, turn) == JY_OK && turn->place.line > 0 &&
           turn->place.escape <= 3;
}

/* Byte columns count from the line's first byte; where the source gives them for the turn's first line only, later lines begin
 * inside the turn and are counted from their first character. */
jy__spot jy__view_spot(const jy_turn *turn, jy_str original, size_t at)
{
    jy__spot spot = { 0, 0, 0 };
    uint32_t line = 0, column = 0, first = turn->place.byte_column;
    size_t here = 0, offset = 0, start = turn->place.offset;
    if (!turn->place.line || jy_place_locate(&turn->place, original, at, &spot.line, &spot.column, &here) != JY_OK)
        return (jy__spot){ turn->place.line, 0, 0 };
    if (turn->place.column == 1)
        first = 1;
    for (size_t from = at; spot.line != turn->place.line && from > 0;) {
        from = jy__utf8_before(original.ptr, from);
        if (jy_place_locate(&turn->place, original, from, &line, &column, &offset) != JY_OK || line != spot.line)
            break;
        start = offset;
        first = column == 1 ? 1 : 0;
    }
    if (spot.line != turn->place.line && spot.column == 1)
        return (jy__spot){ spot.line, 1, 1 };
    spot.byte_column = first ? first + (uint32_t)(here - start) : 0;
    return spot;
}

jy_str jy__view_suggestion(const jy__view *view, size_t k)
{
    jy_str wording = { NULL, 0 };
    jy_result_suggestion(view->result, view->index, k, &wording);
    return jy__report_masked(view->report, wording);
}
