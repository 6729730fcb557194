/* The HTML report. Comes in: results; goes out: one file that needs nothing else. Calls with findings are written as they come, as JSON
 * the page's script reads; only counters stay in memory, and become totals, charts and tables at the end.
 *
 *   head, style ─▶ <script json> call ⏎ turns ⏎ call ⏎ turns … </script> … ─▶ totals, charts, filters, tables ─▶ script      */
#include "report/report_html.h"

#define BLOCK_SIZE   ((size_t)1 << 20) /* of data in one <script> */

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

static size_t digits_at(jy_str text, size_t at)
{
    size_t count = 0;
    while (at + count < text.len && text.ptr[at + count] >= '0' && text.ptr[at + count] <= '9')
        count++;
    return count;
}

/* "2024-05-01T…", "2024/5/1 9:00", "2024.5.1", "2024年5月1日" → "2024-05-01"; empty: no date. The script does the same. */
typedef struct day { char text[11]; } day;
static jy_str day_of(jy_str start, day *out)
{
    static const char *const years[] = { "-", "/", ".", "年" }, *const months[] = { "-", "/", ".", "月" };
    const jy_str none = { NULL, 0 };
    size_t kind = 0, month, date, at = 4, length;
    if (digits_at(start, 0) != 4)
        return none;
    while (kind < JY__COUNT(years) && (at + (length = strlen(years[kind])) > start.len || memcmp(start.ptr + at, years[kind], length)))
        kind++;
    if (kind == JY__COUNT(years))
        return none;
    at += length;
    month = digits_at(start, at);
    length = strlen(months[kind]);
    if (month < 1 || month > 2 || at + month + length > start.len || memcmp(start.ptr + at + month, months[kind], length))
        return none;
    date = digits_at(start, at + month + length);
    if (date < 1 || date > 2)
        return none;
    memcpy(out->text, start.ptr, 4);
    memcpy(out->text + 4, "-00-00", 6);
    memcpy(out->text + 7 - month, start.ptr + at, month);
    memcpy(out->text + 10 - date, start.ptr + at + month + length, date);
    return (jy_str){ out->text, 10 };
}

static void count_call(const jy__view *view)
{
    jy__html *state = view->report->state;
    day room;
    jy_str date = day_of(view->call.start, &room);
    jy_str keys[] = { date, view->call.team, view->call.agent };
    jy__groups *groups[] = { &state->days, &state->teams, &state->agents };
    state->undated += date.len == 0;
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
    day room;
    jy_str date = day_of(view->call.start, &room);
    jy__json_open(json, '[');
    jy__json_str(json, view->call.source);
    jy__json_str(json, view->call.id);
    jy__json_str(json, view->call.agent);
    jy__json_str(json, view->call.team);
    jy__json_str(json, view->call.start);
    jy__json_open(json, '[');
    do {
        jy__html_finding(json, view);
        count_clauses(view);
        count_in(view, &state->days, date, view->finding.severity);
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
    jy__html_turns(&json, view);
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
    memset(&state->at, 0, sizeof(state->at));
    jy__view_start(&view, report, result);
    count_call(&view);
    if (jy__view_next(&view))
        put_data(report, &view);
    jy__report_clear(report, &state->scratch);
    for (size_t k = 0; jy__shown_note(&state->scratch, &view, k); k++) {
        add_row(&state->notes, view.call.source, jy__text_view(&state->scratch));
        jy__report_clear(report, &state->scratch);
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
