/* The HTML report. Comes in: results; goes out: one file that needs nothing else. Calls with findings are written as they come, as JSON
 * the page's script reads; only counters stay in memory, and become totals, charts and tables at the end.
 *
 *   head, style ─▶ <script json> call ⏎ turns ⏎ call ⏎ turns … </script> … ─▶ totals, charts, filters, tables ─▶ script      */
#include "report/report_html.h"

#define BLOCK_SIZE   ((size_t)1 << 20) /* of data in one <script> */
#define WHOLE_TURNS  80                /* a call up to this long is kept whole, of others the surroundings of findings */
#define AROUND_TURNS 20

static bool html_open(jy_report *report)
{
    jy__html *state = jy__mem_alloc(&report->mem, sizeof(*state));
    if (!state)
        return false;
    report->state = state;
    jy__arena_init(&state->names, &report->mem);
    jy__groups *const all[] = { &state->days, &state->rules, &state->clauses, &state->teams, &state->agents };
    for (size_t i = 0; i < JY__COUNT(all); i++)
        jy__groups_init(all[i], &state->names);
    jy__text *const texts[] = { &state->rules_json, &state->skipped, &state->notes, &state->scratch };
    for (size_t i = 0; i < JY__COUNT(texts); i++)
        jy__text_init(texts[i], &report->mem);
    state->rules_writer = jy__json_on(&state->rules_json, true);
    jy__html_head(report);
    return true;
}

static void html_close(jy_report *report)
{
    jy__html *state = report->state;
    if (!state)
        return;
    jy__groups *const all[] = { &state->days, &state->rules, &state->clauses, &state->teams, &state->agents };
    for (size_t i = 0; i < JY__COUNT(all); i++)
        jy__groups_free(all[i]);
    jy__text *const texts[] = { &state->rules_json, &state->skipped, &state->notes, &state->scratch };
    for (size_t i = 0; i < JY__COUNT(texts); i++)
        jy__text_free(texts[i]);
    jy__arena_free(&state->names);
    jy__mem_free(&report->mem, state, sizeof(*state));
}

static jy__group *get_group(const jy__view *view, jy__groups *groups, jy_str key)
{
    jy__group *group = jy__groups_get(groups, key);
    view->report->out.failed |= !group;
    return group;
}

static void count_in(const jy__view *view, jy__groups *groups, jy_str key, int severity)
{
    jy__group *group = key.len ? get_group(view, groups, key) : NULL;
    if (group)
        jy__group_count(group, severity);
}

static jy_str day_of(jy_str start)
{
    bool day = start.len >= 10 && start.ptr[4] == '-' && start.ptr[7] == '-';
    for (size_t i = 0; day && i < 10; i++)
        day = i == 4 || i == 7 || (start.ptr[i] >= '0' && start.ptr[i] <= '9');
    return day ? (jy_str){ start.ptr, 10 } : (jy_str){ NULL, 0 };
}

static void count_call(const jy__view *view)
{
    jy__html *state = view->report->state;
    jy_str day = day_of(view->call.start);
    jy_str keys[] = { day, view->call.team, view->call.agent };
    jy__groups *groups[] = { &state->days, &state->teams, &state->agents };
    state->undated += day.len == 0;
    for (size_t i = 0; i < JY__COUNT(groups); i++) {
        jy__group *group = keys[i].len ? get_group(view, groups[i], keys[i]) : NULL;
        if (group)
            group->calls++;
    }
}

static void count_clauses(const jy__view *view)
{
    jy__html *state = view->report->state;
    jy_str rest = view->finding.clause;
    while (rest.len) {
        const char *blank = memchr(rest.ptr, ' ', rest.len);
        size_t len = blank ? (size_t)(blank - rest.ptr) : rest.len;
        count_in(view, &state->clauses, (jy_str){ rest.ptr, len }, view->finding.severity);
        rest = (jy_str){ rest.ptr + len + (blank != NULL), rest.len - len - (blank != NULL) };
    }
}

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
    view->report->out.failed |= key.failed;
    group = get_group(view, &state->rules, jy__text_view(&key));
    jy__text_free(&key);
    jy__text_clear(&state->scratch);
    put_wordings(&state->scratch, view);
    if (group && state->rules.list.count > known)
        put_rule(view, group);
    return group;
}

static int64_t utf16_at(jy_str text, size_t byte)
{
    jy__units units;
    jy__units_init(&units, text, JY_UNIT_UTF16);
    return (int64_t)jy__units_at(&units, byte);
}

static void put_span(jy__json *json, const jy__view *view)
{
    bool marked = view->finding.kind == JY_FOUND_WORDING && view->has_turn && (view->has_last || !jy__view_crosses(view)) &&
                  view->report->show != JY_SHOW_NONE;
    jy__json_int(json, marked ? utf16_at(view->turn.text, view->shown.begin) : -1);
    jy__json_int(json, !marked ? -1 : view->has_last ? utf16_at(view->last.text, view->last_end) : utf16_at(view->turn.text, view->shown.end));
}

static void put_why(jy__json *json, const jy__view *view)
{
    jy__text why;
    jy_hit hit;
    jy__text_init(&why, &view->report->mem);
    for (size_t k = 0; view->report->show != JY_SHOW_NONE && k < view->finding.hit_count && jy__view_hit(view, k, &hit); k++) {
        jy__text_c(&why, k ? "\n" : "");
        jy__shown_why(&why, view->report, &hit, view->text);
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

static void put_finding(jy__json *json, const jy__view *view)
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
static void put_turns(jy__json *json, const jy__view *view)
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

static void begin_data(jy_report *report)
{
    jy__html *state = report->state;
    if (!state->open)
        jy__text_c(&report->out, "<script type=\"application/json\" class=\"calls\">\n");
    state->open = true;
}

static void end_data(jy_report *report, size_t when_longer)
{
    jy__html *state = report->state;
    if (!state->open || state->block < when_longer)
        return;
    jy__text_c(&report->out, "</script>\n");
    state->open = false;
    state->block = 0;
}

static void put_call(jy__json *json, jy__view *view)
{
    jy__html *state = view->report->state;
    jy__json_open(json, '[');
    jy__json_str(json, view->call.source);
    jy__json_str(json, view->call.id);
    jy__json_str(json, view->call.agent);
    jy__json_str(json, view->call.team);
    jy__json_str(json, view->call.start);
    jy__json_open(json, '[');
    do {
        put_finding(json, view);
        count_clauses(view);
        count_in(view, &state->days, day_of(view->call.start), view->finding.severity);
        count_in(view, &state->teams, view->call.team, view->finding.severity);
        count_in(view, &state->agents, view->call.agent, view->finding.severity);
    } while (jy__view_next(view));
    jy__json_close(json, ']');
    jy__json_close(json, ']');
}

static void put_data(jy_report *report, jy__view *view)
{
    jy__html *state = report->state;
    size_t before = report->out.len;
    jy__json json = jy__json_on(&report->out, true);
    begin_data(report);
    put_call(&json, view);
    jy__text_char(&report->out, '\n');
    json = jy__json_on(&report->out, true);
    jy__json_open(&json, '[');
    put_turns(&json, view);
    jy__json_close(&json, ']');
    jy__text_char(&report->out, '\n');
    state->block += report->out.len - before;
    state->calls_with++;
    end_data(report, BLOCK_SIZE);
}

static void add_row(jy__text *rows, jy_str source, jy_str message)
{
    jy__text_c(rows, "<tr>");
    jy__html_tag(rows, "th scope=\"row\"", source);
    jy__html_tag(rows, "td", message);
    jy__text_c(rows, "</tr>\n");
}

static void html_call(jy_report *report, const jy_result *result)
{
    jy__html *state = report->state;
    jy__view view;
    jy__view_start(&view, report, result);
    count_call(&view);
    if (jy__view_next(&view))
        put_data(report, &view);
    jy__text_clear(&state->scratch);
    for (size_t k = 0; jy__shown_note(&state->scratch, &view, k); k++) {
        add_row(&state->notes, view.call.source, jy__text_view(&state->scratch));
        jy__text_clear(&state->scratch);
    }
    report->out.failed |= state->scratch.failed || state->rules_json.failed || state->notes.failed;
}

static void html_skipped(jy_report *report, const jy_diag *diag)
{
    jy__html *state = report->state;
    add_row(&state->skipped, diag->source, diag->message);
    report->out.failed |= state->skipped.failed;
}

static void html_finish(jy_report *report)
{
    end_data(report, 0);
    jy__html_foot(report);
}

const jy__report_format jy__report_html = { "html", html_open, html_call, html_skipped, html_finish, html_close };
