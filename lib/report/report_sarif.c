/* SARIF 2.1.0. Comes in: results; goes out: one log with one run. Results are written as they come; rules and notifications are
 * gathered beside (they grow with the rules and the skipped inputs only) and close the run: JSON does not mind the order.
 * Columns are code points; a rule is named pack/id, because ids are unique in their pack only. */
#include "report/report_sarif.h"

typedef struct sarif {
    jy__arena names;
    jy__map numbers;                 /* pack/id -> index in rules */
    jy__text rules, execution, configuration;
    jy__json rules_json, execution_json, configuration_json, results;
} sarif;

static bool sarif_open(jy_report *report)
{
    sarif *state = jy__mem_alloc(&report->mem, sizeof(*state));
    if (!state)
        return false;
    report->state = state;
    jy__arena_init(&state->names, &report->mem);
    jy__map_init(&state->numbers, &report->mem);
    jy__text_init(&state->rules, &report->mem);
    jy__text_init(&state->execution, &report->mem);
    jy__text_init(&state->configuration, &report->mem);
    state->rules_json = jy__json_on(&state->rules, false);
    state->execution_json = jy__json_on(&state->execution, false);
    state->configuration_json = jy__json_on(&state->configuration, false);
    state->results = jy__json_on(&report->out, false);
    jy__text_c(&report->out, "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{"
                             "\"columnKind\":\"unicodeCodePoints\",\"results\":[");
    return true;
}

static void sarif_close(jy_report *report)
{
    sarif *state = report->state;
    if (!state)
        return;
    jy__map_free(&state->numbers);
    jy__arena_free(&state->names);
    jy__text_free(&state->rules);
    jy__text_free(&state->execution);
    jy__text_free(&state->configuration);
    jy__mem_free(&report->mem, state, sizeof(*state));
}

static const char *level_of(int severity)
{
    return severity >= JY_ERROR ? "error" : severity == JY_WARNING ? "warning" : "note";
}

static void put_level(jy__json *json, const char *level) { jy__json_put_c(json, "level", level); }

static void put_tags(jy__json *json, const jy_rule *rule, const jy_finding *finding)
{
    jy__json_key(json, "properties");
    jy__json_open(json, '{');
    jy__json_put_str(json, "pack", finding->pack);
    jy__json_put_str(json, "clause", finding->clause);
    jy__json_key(json, "tags");
    jy__json_open(json, '[');
    for (const char *p = rule->tags.ptr, *end = p + rule->tags.len; p < end;) {
        const char *stop = memchr(p, ' ', (size_t)(end - p));
        stop = stop ? stop : end;
        if (stop > p)
            jy__json_str(json, (jy_str){ p, (size_t)(stop - p) });
        p = stop + 1;
    }
    jy__json_close(json, ']');
    jy__json_close(json, '}');
}

/* What helps with a rule: its note, and every approved wording. */
static void put_help(const jy__view *view, jy__json *json)
{
    jy_report *report = view->report;
    jy_rules *rules = jy_result_rules(view->result);
    jy__text help;
    jy__text_init(&help, &report->mem);
    jy__text_str(&help, view->rule.note);
    for (uint32_t k = 0; k < view->rule.suggestion_count; k++) {
        jy_str wording = { NULL, 0 };
        if (help.len)
            jy__text_char(&help, '\n');
        jy_rules_suggestion(rules, view->finding.rule, k, &wording);
        jy__text_c(&help, jy__report_word(report, JY__WORD_SAY));
        jy__text_str(&help, wording);
    }
    if (help.len)
        jy__sarif_message(json, "help", jy__text_view(&help));
    json->out->failed |= help.failed;
    jy__text_free(&help);
}

static void put_rule(const jy__view *view, jy_str id)
{
    sarif *state = view->report->state;
    jy__json *json = &state->rules_json;
    jy_str text = view->finding.situation.len ? view->finding.situation : view->finding.rule_id;
    jy__json_open(json, '{');
    jy__json_put_str(json, "id", id);
    jy__sarif_message(json, "shortDescription", text);
    put_help(view, json);
    jy__json_key(json, "defaultConfiguration");
    jy__json_open(json, '{');
    put_level(json, level_of(view->rule.severity ? view->rule.severity : view->finding.severity));
    jy__json_close(json, '}');
    put_tags(json, &view->rule, &view->finding);
    jy__json_close(json, '}');
}

static void put_rule_reference(const jy__view *view, jy__json *json)
{
    sarif *state = view->report->state;
    jy__text id;
    uint32_t number = (uint32_t)state->numbers.count;
    jy_str kept = { NULL, 0 };
    jy__text_init(&id, &view->report->mem);
    jy__text_str(&id, view->finding.pack);
    jy__text_c(&id, view->finding.pack.len ? "/" : "");
    jy__text_str(&id, view->finding.rule_id);
    if (!jy__map_get(&state->numbers, jy__text_view(&id), &number)) {
        if (jy__arena_str(&state->names, jy__text_view(&id), &kept) && jy__map_put(&state->numbers, kept, number))
            put_rule(view, kept);
        else
            id.failed = true;
    }
    jy__json_put_str(json, "ruleId", jy__text_view(&id));
    jy__json_put_int(json, "ruleIndex", number);
    json->out->failed |= id.failed;
    jy__text_free(&id);
}

static void put_text(const jy__view *view, jy__json *json)
{
    jy__text text;
    jy__text_init(&text, &view->report->mem);
    jy__shown_message(&text, view);
    jy__shown_wordings(&text, view);
    jy__sarif_message(json, "message", jy__text_view(&text));
    json->out->failed |= text.failed;
    jy__text_free(&text);
}

static void put_properties(const jy__view *view, jy__json *json)
{
    const jy_finding *finding = &view->finding;
    jy__json_key(json, "properties");
    jy__json_open(json, '{');
    jy__json_put_c(json, "severity", jy__severity_name(finding->severity));
    jy__json_put_c(json, "kind", jy__kind_name(finding->kind));
    jy__json_put_c(json, "speaker", jy__speaker_name(finding->speaker));
    jy__json_put_str(json, "call", view->call.id);
    jy__json_put_known(json, "turn", (int64_t)finding->turn, (int64_t)JY_TURN_NONE);
    jy__json_put_known(json, "atMs", finding->at_ms, JY_TIME_UNKNOWN);
    jy__json_put_int(json, "confidence", finding->confidence);
    jy__json_close(json, '}');
}

static void put_result(const jy__view *view)
{
    jy__json *json = &((sarif *)view->report->state)->results;
    jy__json_open(json, '{');
    put_rule_reference(view, json);
    put_level(json, level_of(view->finding.severity));
    put_text(view, json);
    jy__sarif_locations(view, json);
    jy__sarif_fixes(view, json);
    put_properties(view, json);
    jy__json_close(json, '}');
}

static void put_notification(jy_report *report, jy__json *json, const char *level, jy_str text, jy_str source, uint32_t line)
{
    jy__json_open(json, '{');
    put_level(json, level);
    jy__sarif_message(json, "message", text);
    if (source.len) {
        jy__json_key(json, "locations");
        jy__json_open(json, '[');
        jy__json_open(json, '{');
        jy__json_key(json, "physicalLocation");
        jy__json_open(json, '{');
        jy__sarif_artifact(report, json, source);
        jy__sarif_region(json, "region", (const uint32_t[4]){ line, 0, 0, 0 }, (jy_str){ NULL, 0 });
        jy__json_close(json, '}');
        jy__json_close(json, '}');
        jy__json_close(json, ']');
    }
    jy__json_close(json, '}');
}

static void put_notes(const jy__view *view)
{
    sarif *state = view->report->state;
    jy__text note;
    jy__text_init(&note, &view->report->mem);
    for (size_t k = 0; jy__shown_note(&note, view, k); k++) {
        put_notification(view->report, &state->execution_json, "warning", jy__text_view(&note), view->call.source, 0);
        jy__report_clear(view->report, &note);
    }
    state->execution.failed |= note.failed;
    jy__text_free(&note);
}

static void gather_failures(jy_report *report)
{
    sarif *state = report->state;
    report->out.failed |= state->rules.failed || state->execution.failed || state->configuration.failed;
}

static void sarif_call(jy_report *report, const jy_result *result)
{
    jy__view view;
    jy__view_start(&view, report, result);
    while (jy__view_next(&view))
        put_result(&view);
    put_notes(&view);
    gather_failures(report);
}

static void sarif_skipped(jy_report *report, const jy_diag *diag)
{
    put_notification(report, &((sarif *)report->state)->execution_json, "error", diag->message, diag->source, diag->line);
    gather_failures(report);
}

static void put_unchecked(jy_report *report)
{
    sarif *state = report->state;
    for (size_t i = 0; i < report->totals.unchecked.count; i++) {
        const jy__unchecked_tally *tally = &report->totals.unchecked.items[i];
        jy__text note;
        if (jy__unchecked_is_incident(tally->why))
            continue;
        jy__text_init(&note, &report->mem);
        jy__message_fill(&note, jy__report_word(report, JY__WORD_INCIDENT),
                         (jy_str[]){ tally->rule, jy__str_of(jy_unchecked_text(tally->why, report->language)) }, 2);
        put_notification(report, &state->configuration_json, "note", jy__text_view(&note), (jy_str){ NULL, 0 }, 0);
        state->configuration.failed |= note.failed;
        jy__text_free(&note);
    }
    gather_failures(report);
}

static void sarif_finish(jy_report *report)
{
    sarif *state = report->state;
    put_unchecked(report);
    jy__text_c(&report->out, "],\"tool\":{\"driver\":{\"name\":\"jinyu\",\"version\":\"");
    jy__text_c(&report->out, jy_version_string());
    jy__text_c(&report->out, "\",\"semanticVersion\":\"");
    jy__text_c(&report->out, jy_version_string());
    jy__text_c(&report->out, "\",\"rules\":[");
    jy__text_str(&report->out, jy__text_view(&state->rules));
    jy__text_c(&report->out, "]}},\"invocations\":[{\"executionSuccessful\":");
    jy__text_c(&report->out, report->totals.skipped ? "false" : "true");
    jy__text_c(&report->out, ",\"toolExecutionNotifications\":[");
    jy__text_str(&report->out, jy__text_view(&state->execution));
    jy__text_c(&report->out, "],\"toolConfigurationNotifications\":[");
    jy__text_str(&report->out, jy__text_view(&state->configuration));
    jy__text_c(&report->out, "]}]}]}\n");
}

const jy__report_format jy__report_sarif = { "sarif", sarif_open, sarif_call, sarif_skipped, sarif_finish, sarif_close };
