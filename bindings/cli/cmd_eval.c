/* jinyu eval: labelled texts in (JSON Lines), precision and recall out. Every line is judged as one call, through the same
 * session as everything else; the label format is in the table of commands (help and man page). */
#include "eval.h"

#include <stdlib.h>
#include <string.h>

typedef struct judge {
    evaluation e;
    jy_rules *rules;
    jy_scanner *scanner;
    jy_session *session;
    json_doc doc;
    const char *path;
    size_t line, broken;
    strings unknown;         /* keys of labels that no rule has, each said once */
} judge;

static void broken(judge *j, word_id id, const char *detail)
{
    char line[24];
    snprintf(line, sizeof(line), "%zu", j->line);
    say(j->e.options->language, id, j->path, line, detail, NULL);
    j->broken++;
}

/* ---- labels */
static bool optional_number(const json *object, const char *key, int64_t otherwise, int64_t *out)
{
    const json *number = json_get(object, key);
    *out = otherwise;
    return !number || (json_integer(number, out) && *out >= 0);
}

static void check_key(judge *j, const label *l)
{
    char *key = mem_copy(l->key.ptr, l->key.len);
    jy_rule rule = JY_RULE_INIT;
    bool known = false;
    for (size_t i = 0; !known && i < jy_rules_count(j->rules); i++)
        known = jy_rules_get(j->rules, i, &rule) == JY_OK && (l->is_rule ? str_eq(rule.id, l->key) : clause_cites(rule.clause, l->key));
    for (size_t i = 0; !known && i < j->unknown.count; i++)
        known = !strcmp(j->unknown.items[i], key);
    if (!known) {
        say(j->e.options->language, W_EVAL_UNKNOWN, key, NULL);
        strings_add(&j->unknown, key, l->key.len);
    }
    free(key);
}

static bool read_label(judge *j, labelled *one, const json *given)
{
    label l = { 0 };
    int64_t begin, end, turn, turn_end;
    bool span = json_get(given, "begin") || json_get(given, "end"), in_turn = json_get(given, "turn") != NULL;
    l.key = json_text(given, "rule");
    l.is_rule = l.key.len > 0;
    if (!l.is_rule)
        l.key = json_text(given, "clause");
    if (!optional_number(given, "begin", 0, &begin) || !optional_number(given, "end", INT64_MAX, &end) ||
        !optional_number(given, "turn", 0, &turn) || !optional_number(given, "turn_end", turn, &turn_end))
        return false;
    l.begin = (point){ (uint64_t)turn, (size_t)begin };
    l.end = (point){ span || in_turn ? (uint64_t)turn_end : UINT64_MAX, (size_t)end };
    if (!l.key.len || turn_end < turn || (turn == turn_end && begin >= end))
        return false;
    if (one->label_count == one->label_cap) {
        one->label_cap = one->label_cap ? one->label_cap * 2 : 4;
        one->labels = mem_resize(one->labels, one->label_cap * sizeof(*one->labels));
    }
    one->labels[one->label_count++] = l;
    j->e.rule_labels |= l.is_rule;
    check_key(j, &l);
    return true;
}

/* ---- the call */
/* The agent's where nothing is said of it; any label that files may have. */
static bool role_of(jy_str name, int32_t *out)
{
    *out = name.len ? JY_SPEAKER_UNKNOWN : JY_AGENT;
    if (!name.len || str_is(name, "unknown"))
        return true;
    return jy_speaker_by_label(name, NULL, 0, out) == JY_OK && *out != JY_SPEAKER_UNKNOWN;
}

/* The label that is none; empty: there is no such. */
static jy_str strange_role(const json *line)
{
    const json *turns = json_get(line, "turns");
    int32_t speaker;
    if (!role_of(json_text(line, "role"), &speaker))
        return json_text(line, "role");
    for (const json *turn = turns ? turns->kid : NULL; turn; turn = turn->next)
        if (!role_of(json_text(turn, "speaker"), &speaker))
            return json_text(turn, "speaker");
    return (jy_str){ "", 0 };
}

static int feed(judge *j, jy_str words, jy_str role)
{
    jy_turn turn = JY_TURN_INIT;
    turn.text = words;
    role_of(role, &turn.speaker);
    return jy_session_feed(j->session, j->scanner, &turn);
}

static int feed_all(judge *j, const json *line)
{
    const json *turns = json_get(line, "turns");
    jy_call call = JY_CALL_INIT;
    int status = jy_session_reset(j->session);
    call.id = json_name(line, "id");
    if (status >= 0)
        status = jy_session_call(j->session, &call);
    if (status >= 0 && !turns)
        return feed(j, json_text(line, "text"), json_text(line, "role"));
    for (const json *turn = turns ? turns->kid : NULL; turn && status >= 0; turn = turn->next)
        status = feed(j, json_text(turn, "text"), json_text(turn, "speaker"));
    return status;
}

static void take_finding(labelled *one, const jy_finding *f)
{
    if (one->found_count == one->found_cap) {
        one->found_cap = one->found_cap ? one->found_cap * 2 : 8;
        one->founds = mem_resize(one->founds, one->found_cap * sizeof(*one->founds));
    }
    one->founds[one->found_count++] = (found){
        .rule = f->rule, .rule_id = f->rule_id, .clause = f->clause, .text = f->text,
        .begin = { f->turn, f->span.begin }, .end = { f->turn_end, f->span.end }, .said = f->kind == JY_FOUND_WORDING };
}

static int judge_call(judge *j, labelled *one, const json *line)
{
    jy_result *result = NULL;
    int status = feed_all(j, line);
    if (status >= 0)
        status = jy_session_finish(j->session, j->scanner);
    if (status >= 0)
        status = jy_session_result(j->session, &result);
    for (size_t i = 0; status >= 0 && i < jy_result_count(result); i++) {
        jy_finding finding = JY_FINDING_INIT;
        if (jy_result_get(result, i, &finding) == JY_OK)
            take_finding(one, &finding);
    }
    if (status >= 0)
        eval_count(&j->e, one);
    jy_result_free(result);
    return status;
}

/* The text, or the turns with a bar between, for samples. */
static void show(text *out, const json *line)
{
    const json *turns = json_get(line, "turns");
    text_str(out, json_text(line, "text"));
    for (const json *turn = turns ? turns->kid : NULL; turn; turn = turn->next) {
        text_c(out, out->len ? " | " : "");
        text_str(out, json_text(turn, "text"));
    }
}

static void judge_line(judge *j, labelled *one, jy_str bytes)
{
    const json *line = json_parse(&j->doc, bytes), *labels, *whole;
    text shown = { 0 };
    char place[24];
    int status;
    if (!line || line->kind != JSON_OBJECT) {
        snprintf(place, sizeof(place), "%zu", j->doc.error_at + 1);
        broken(j, W_EVAL_JSON, place);
        return;
    }
    if (!json_get(line, "text") && !json_get(line, "turns")) {
        broken(j, W_EVAL_TEXT, NULL);
        return;
    }
    if (strange_role(line).len) {
        char *role = mem_copy(strange_role(line).ptr, strange_role(line).len);
        broken(j, W_EVAL_SPEAKER, role);
        free(role);
        return;
    }
    one->label_count = one->found_count = 0;
    labels = json_get(line, "labels");
    for (const json *given = labels ? labels->kid : NULL; given; given = given->next)
        if (!read_label(j, one, given)) {
            broken(j, W_EVAL_LABEL, NULL);
            return;
        }
    whole = json_get(line, "whole");
    one->whole = whole && whole->kind == JSON_TRUE;
    one->id = json_name(line, "id");
    one->variant = json_name(line, "variant");
    show(&shown, line);
    one->shown = text_view(&shown);
    if ((status = judge_call(j, one, line)) < 0)
        broken(j, W_EVAL_LIBRARY, jy_status_text(status));
    text_free(&shown);
}

static int judge_file(judge *j, const char *path)
{
    text bytes = { 0 };
    labelled one = { 0 };
    int error = file_read(path, &bytes);
    j->path = strcmp(path, "-") ? path : "<stdin>";
    j->line = 0;
    if (error)
        say(j->e.options->language, W_CANNOT_READ, j->path, why_errno(j->e.options->language, error), NULL);
    for (size_t at = 0; !error && at < bytes.len;) {
        const char *stop = memchr(bytes.ptr + at, '\n', bytes.len - at);
        size_t len = stop ? (size_t)(stop - bytes.ptr) - at : bytes.len - at;
        j->line++;
        if (len && strspn(bytes.ptr + at, " \t\r") < len)
            judge_line(j, &one, (jy_str){ bytes.ptr + at, len });
        at += len + 1;
    }
    if (!error && !j->e.all.texts && !j->broken)
        say(j->e.options->language, W_EVAL_EMPTY, j->path, NULL);
    free(one.labels);
    free(one.founds);
    text_free(&bytes);
    return error ? EXIT_USAGE : EXIT_CLEAN;
}

static int open_judge(judge *j)
{
    const cli_options *o = j->e.options;
    long samples;
    int status;
    if (!o->operand_count) {
        say(o->language, W_NO_OPERAND, o->command->name, o->command->operands, NULL);
        return EXIT_USAGE;
    }
    if (!option_number(o, OPT_SAMPLES, 0, 1000000, 5, &samples) || packs_load(o, &j->rules))
        return EXIT_USAGE;
    int unit = option_choice(&option_table()[OPT_LABEL_UNIT], option_value(o, OPT_LABEL_UNIT, "codepoint"));
    j->e.most_samples = (size_t)samples;
    status = judge_open(o, j->rules, &j->scanner, &j->session);
    if (status >= 0)
        status = jy_scanner_set(j->scanner, JY_PARAM_UNIT, unit);
    if (status >= 0)
        status = jy_session_set(j->session, JY_PARAM_UNIT, unit);
    if (status < 0)
        say(o->language, W_LIBRARY, "eval", jy_status_text(status), NULL);
    return status < 0 ? EXIT_USAGE : EXIT_CLEAN;
}

int cmd_eval(cli_options *options)
{
    judge j = { .e = { .options = options } };
    int status = open_judge(&j);
    for (size_t i = 0; status == EXIT_CLEAN && i < options->operand_count; i++)
        status = judge_file(&j, options->operands[i]);
    if (status == EXIT_CLEAN && !strcmp(option_value(options, OPT_TABLE_FORMAT, "text"), "json"))
        eval_print_json(&j.e);
    else if (status == EXIT_CLEAN)
        eval_print(&j.e);
    if (status == EXIT_CLEAN && (j.broken || !j.e.all.texts))
        status = EXIT_PARTLY;
    eval_free(&j.e);
    strings_free(&j.unknown);
    json_free(&j.doc);
    jy_session_free(j.session);
    jy_scanner_free(j.scanner);
    jy_rules_unref(j.rules);
    return status;
}
