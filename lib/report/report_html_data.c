/* The data of the HTML report's script. Comes in: a view of a finding; goes out: compact JSON arrays, one a finding and one a turn, which
 * page/report_page.js takes apart in the same order. A rule's texts stand once in a table; a wording only where it differs. */
#include "report/report_html.h"

#define WHOLE_TURNS  80                /* a call up to this long is kept whole, of others the surroundings of findings */
#define AROUND_TURNS 20

static void put_wordings(jy__text *out, const jy__view *view)
{
    jy__json json = jy__json_on(out, true);
    jy__json_open(&json, '[');
    for (size_t k = 0; k < view->finding.suggestion_count; k++)
        jy__json_str(&json, jy__view_suggestion(view, k));
    jy__json_close(&json, ']');
}

/* A rule's row of the page's table, with the wordings of its first finding: most later ones have the same. */
static void put_rule(const jy__view *view, jy__group *group)
{
    jy__html *state = view->report->state;
    jy__json *json = &state->rules_writer;
    const jy_finding *finding = &view->finding;
    jy__text label;
    jy__text_init(&label, &view->report->mem);
    jy__text_str(&label, finding->rule_id);
    jy__text_char(&label, '\n');
    jy__text_str(&label, finding->situation);
    if (label.failed || !jy__arena_str(&state->names, jy__text_view(&label), &group->label) ||
        !jy__arena_str(&state->names, jy__text_view(&state->scratch), &group->say))
        view->report->out.failed = true;
    jy__text_free(&label);
    jy__json_open(json, '{');
    jy__json_put_str(json, "key", group->key);
    jy__json_put_str(json, "id", finding->rule_id);
    jy__json_put_str(json, "clause", finding->clause);
    jy__json_put_str(json, "situation", finding->situation);
    jy__json_key(json, "say");
    put_wordings(&state->rules_json, view);
    json->after_key = false;
    jy__json_close(json, '}');
}

static jy__group *rule_of(const jy__view *view)
{
    jy__html *state = view->report->state;
    size_t known = state->rules.list.count;
    jy__group *group;
    jy__text key;
    jy__text_init(&key, &view->report->mem);
    jy__text_str(&key, view->finding.pack);
    jy__text_char(&key, '/');
    jy__text_str(&key, view->finding.rule_id);
    group = key.failed ? NULL : jy__groups_get(&state->rules, jy__text_view(&key));
    view->report->out.failed |= !group;
    jy__text_free(&key);
    jy__report_clear(view->report, &state->scratch);
    put_wordings(&state->scratch, view);
    if (group && state->rules.list.count > known)
        put_rule(view, group);
    return group;
}

static int64_t utf16_at(jy__units *last, jy_str text, size_t byte)
{
    if (last->text.ptr != text.ptr || last->text.len != text.len)
        jy__units_init(last, text, JY_UNIT_UTF16);
    return (int64_t)jy__units_at(last, byte);
}

static void put_span(jy__json *json, const jy__view *view)
{
    bool marked = view->finding.kind == JY_FOUND_WORDING && view->has_turn && (view->has_last || !jy__view_crosses(view)) &&
                  view->report->show != JY_SHOW_NONE;
    jy__units *at = &((jy__html *)view->report->state)->at;
    jy__json_int(json, marked ? utf16_at(at, view->turn.text, view->shown.begin) : -1);
    jy__json_int(json, !marked ? -1 : view->has_last ? utf16_at(at, view->last.text, view->last_end) : utf16_at(at, view->turn.text, view->shown.end));
}

static void put_why(jy__json *json, const jy__view *view)
{
    jy__text why;
    jy_hit hit;
    jy__text_init(&why, &view->report->mem);
    for (size_t k = 0; view->report->show != JY_SHOW_NONE && k < view->finding.hit_count && jy__view_hit(view, k, &hit); k++) {
        jy__text_c(&why, k ? "\n" : "");
        jy__shown_why(&why, view->report->language, &hit, view->text);
    }
    jy__json_str(json, jy__text_view(&why));
    json->out->failed |= why.failed;
    jy__text_free(&why);
}

static void put_fact(jy__json *json, const jy__view *view)
{
    jy__text fact;
    jy__text_init(&fact, &view->report->mem);
    if (view->finding.kind != JY_FOUND_WORDING || view->report->show == JY_SHOW_NONE)
        jy__shown_fact(&fact, view);
    else
        jy__text_str(&fact, view->text);
    jy__json_str(json, jy__text_view(&fact));
    json->out->failed |= fact.failed;
    jy__text_free(&fact);
}

void jy__html_finding(jy__json *json, const jy__view *view)
{
    jy__html *state = view->report->state;
    const jy_finding *finding = &view->finding;
    jy__group *rule = rule_of(view);
    bool same = rule && jy__str_eq(rule->say, jy__text_view(&state->scratch));
    jy__json_open(json, '[');
    jy__json_int(json, rule ? rule->number : 0);
    jy__json_int(json, finding->severity);
    jy__json_int(json, finding->turn == JY_TURN_NONE ? -1 : (int64_t)finding->turn);
    jy__json_int(json, finding->turn == JY_TURN_NONE ? -1 : (int64_t)finding->turn_end);
    put_span(json, view);
    jy__json_int(json, finding->at_ms);
    jy__json_int(json, finding->line);
    jy__json_int(json, finding->column);
    jy__json_int(json, (finding->flags & JY_RULE_FATAL) != 0);
    put_fact(json, view);
    put_why(json, view);
    if (same) {
        jy__json_int(json, 0);
    } else {
        jy__text_char(json->out, ',');
        put_wordings(json->out, view);
    }
    jy__json_close(json, ']');
    if (rule)
        jy__group_count(rule, finding->severity);
}

static void put_turn(jy__json *json, const jy__view *view, uint64_t number)
{
    jy_turn turn = JY_TURN_INIT;
    if (jy_result_turn(view->result, number, &turn) != JY_OK)
        return;
    jy__json_open(json, '[');
    jy__json_int(json, (int64_t)number);
    jy__json_int(json, turn.speaker >= JY_SPEAKER_UNKNOWN && turn.speaker <= JY_SYSTEM ? turn.speaker : JY_SPEAKER_UNKNOWN);
    jy__json_str(json, jy__report_masked(view->report, turn.label));
    jy__json_int(json, turn.begin_ms);
    jy__json_str(json, jy__report_masked(view->report, turn.text));
    jy__json_close(json, ']');
}

/* Turns about each finding, in order and once: `done` is the first turn not yet written. */
void jy__html_turns(jy__json *json, const jy__view *view)
{
    uint64_t count = jy_result_turn_count(view->result), done = 0;
    bool whole = count <= WHOLE_TURNS;
    for (size_t i = 0; i < jy_result_count(view->result) && view->report->show != JY_SHOW_NONE; i++) {
        jy_finding finding = JY_FINDING_INIT;
        uint64_t from, to;
        if (jy_result_get(view->result, i, &finding) != JY_OK || (finding.turn == JY_TURN_NONE && !whole))
            continue;
        from = whole || finding.turn < AROUND_TURNS ? 0 : finding.turn - AROUND_TURNS;
        to = whole ? count : finding.turn_end + AROUND_TURNS + 1;
        for (uint64_t turn = from > done ? from : done; turn < to && turn < count; turn++)
            put_turn(json, view, turn);
        done = to > done ? to : done;
    }
}
