/* What every format shows of a finding. Comes in: a result, read through its public accessors; goes out: one finding after the other
 * with its turn, its place, and its text, masked when asked. Spans are brought back to bytes here, whatever unit the result counts
 * in, and moved to the masked text, where a masked character is one byte: no format has to think of either. */
#include "report/report.h"
#include "compile/compile.h"
#include "judge/judge_result.h"

jy_str jy__view_source(jy_report *report, jy_str source)
{
    return source.len ? jy__report_masked(report, source) : JY__STR("-");
}

/* What a result tells may be made when it is asked for: where there was no memory for it, the report must not go on without. */
static bool told(const jy__view *view, int status)
{
    if (status == JY_E_NOMEM && view->report->status == JY_OK)
        view->report->status = status;
    return status == JY_OK;
}

static size_t to_byte(const jy__view *view, jy_str text, size_t at)
{
    jy__units *last = &view->report->unit_at;
    if (last->text.ptr != text.ptr || last->text.len != text.len)
        jy__units_init(last, text, jy__result_unit(view->result));
    return jy__units_byte(last, at);
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

static bool load_turn(jy__view *view, uint64_t number, jy__mask *mask, jy_turn *turn, jy_str *original)
{
    *turn = (jy_turn)JY_TURN_INIT;
    *original = (jy_str){ NULL, 0 };
    if (number == JY_TURN_NONE || !told(view, jy_result_turn(view->result, number, turn)))
        return false;
    *original = turn->text;
    turn->text = jy__report_masked_turn(view->report, mask, turn->text);
    turn->label = jy__report_masked(view->report, turn->label);
    return true;
}

static void place_span(jy__view *view)
{
    jy_finding *finding = &view->finding;
    size_t begin = to_byte(view, view->original, finding->span.begin);
    size_t end = to_byte(view, jy__view_crosses(view) ? view->last_original : view->original, finding->span.end);
    finding->span = (jy_span){ begin, end };
    view->shown.begin = jy__mask_offset(&view->report->turn_mask, begin);
    view->shown.end = view->turn.text.len;
    if (!jy__view_crosses(view))
        view->shown.end = jy__mask_offset(&view->report->turn_mask, end);
    else if (view->has_last)
        view->last_end = jy__mask_offset(&view->report->last_mask, end);
    view->text = (jy_str){ view->turn.text.ptr + view->shown.begin, view->shown.end - view->shown.begin };
}

static void load_finding(jy__view *view)
{
    jy_finding *finding = &view->finding;
    jy_rules *rules = jy_result_rules(view->result);
    view->has_turn = load_turn(view, finding->turn, &view->report->turn_mask, &view->turn, &view->original);
    view->has_last = jy__view_crosses(view) && load_turn(view, finding->turn_end, &view->report->last_mask, &view->last, &view->last_original);
    view->rule = (jy_rule)JY_RULE_INIT;
    view->measure = 0;
    if (rules && jy_rules_get(rules, finding->rule, &view->rule) == JY_OK && rules->rules[finding->rule].has_limit)
        view->measure = (int)rules->rules[finding->rule].occasion->limit.measure;
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
        if (!told(view, jy_result_get(view->result, view->next, &view->finding)))
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
    if (number == JY_TURN_NONE || !told(view, jy_result_turn(view->result, number, &turn)))
        return span;
    return (jy_span){ to_byte(view, turn.text, span.begin), to_byte(view, turn.text, span.end) };
}

bool jy__view_hit(const jy__view *view, size_t k, jy_hit *out)
{
    *out = (jy_hit)JY_HIT_INIT;
    if (!told(view, jy_result_hit(view->result, view->index, k, out)))
        return false;
    out->form = jy__report_masked(view->report, out->form);
    out->reading = jy__report_masked(view->report, out->reading);
    out->span = span_bytes(view, out->turn, out->span);
    return true;
}

bool jy__view_edit(const jy__view *view, size_t k, jy_edit *out)
{
    *out = (jy_edit)JY_EDIT_INIT;
    if (!told(view, jy_result_edit(view->result, view->index, k, out)))
        return false;
    out->span = span_bytes(view, out->turn, out->span);
    return jy__str_eq(jy__report_masked(view->report, out->replacement), out->replacement);
}

bool jy__view_edit_turn(const jy__view *view, size_t k, jy_edit *out, jy_turn *turn)
{
    *turn = (jy_turn)JY_TURN_INIT;
    return jy__view_edit(view, k, out) && told(view, jy_result_turn(view->result, out->turn, turn)) && turn->place.line > 0 &&
           turn->place.escape <= 3;
}

jy_str jy__view_suggestion(const jy__view *view, size_t k)
{
    jy_str wording = { NULL, 0 };
    told(view, jy_result_suggestion(view->result, view->index, k, &wording));
    return jy__report_masked(view->report, wording);
}
