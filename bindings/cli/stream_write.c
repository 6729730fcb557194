/* What `jinyu stream` answers: findings, the end of a call, errors; one JSON object a line, written as soon as the line that
 * caused it has been read. */
#include "stream.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

static void wait_for_reader(void)
{
    struct pollfd one = { .fd = 1, .events = POLLOUT };
    poll(&one, 1, -1);
}

void stream_flush(stream *s)
{
    size_t at = 0;
    while (at < s->out.len && !s->unwritten) {
        ssize_t put = write(1, s->out.ptr + at, s->out.len - at);
        if (put >= 0)
            at += (size_t)put;
        else if (errno == EAGAIN) /* a pipe that whoever started us made so */
            wait_for_reader();
        else if (errno != EINTR)
            s->unwritten = errno;
    }
    s->out.len = 0;
}

static void begin_line(stream *s, const char *type, jy_str call)
{
    text_c(&s->out, "{");
    json_member(&s->out, "type", str_of(type));
    if (call.len)
        json_member(&s->out, "call", call);
}

static void member_shown(stream *s, const char *key, jy_str value)
{
    jy_buf masked = JY_BUF_INIT;
    if (s->redact && jy_redact(value, &masked) >= 0)
        value = (jy_str){ masked.ptr, masked.len };
    else if (s->redact)
        value = (jy_str){ "", 0 }; /* never show what should have been masked */
    if (key)
        json_member(&s->out, key, value);
    else
        json_write(&s->out, value);
    jy_buf_free(&masked);
}

static const char *state_name(int state)
{
    return state == JY_PROVISIONAL ? "provisional" : state == JY_WITHDRAWN ? "withdrawn" : "final";
}

static const char *kind_name(int kind)
{
    return kind == JY_FOUND_MISSING ? "missing" : kind == JY_FOUND_LIMIT ? "limit" : "wording";
}

static void write_folds(stream *s, uint32_t folds)
{
    const char *comma = "";
    text_c(&s->out, ",\"folds\":[");
    for (int i = 0; i < JY_FOLD_COUNT; i++)
        if (folds & 1u << i) {
            text_c(&s->out, comma);
            json_write(&s->out, str_of(jy_fold_name(i)));
            comma = ",";
        }
    text_c(&s->out, "]");
}

/* The suggestions come last: asking for them is a call on the session, after which the finding's strings are gone. */
static void write_suggestions(stream *s, live *call, uint32_t count)
{
    jy_str wording;
    text_c(&s->out, ",\"suggestions\":[");
    for (uint32_t k = 0; k < count; k++)
        if (jy_session_suggestion(call->session, k, &wording) == JY_OK) {
            text_c(&s->out, k ? "," : "");
            member_shown(s, NULL, wording);
        }
    text_c(&s->out, "]}\n");
}

/* A turn that waited for another may be told of behind it, so the finding need not be of the turn at hand. */
static bool is_of(const live *call, const jy_finding *f, const jy_turn *turn)
{
    return turn && (turn->id.len ? str_eq(f->turn_id, turn->id) : !f->turn_id.len && f->turn + 1 == call->turns);
}

/* Of what was not said: the wording that the rule listens for. */
static void write_required(stream *s, const jy_finding *f)
{
    jy_buf wording = JY_BUF_INIT;
    if (f->kind == JY_FOUND_MISSING && jy_rules_required(s->rules, f->rule, &wording) == JY_OK)
        json_member(&s->out, "required", (jy_str){ wording.ptr, wording.len });
    jy_buf_free(&wording);
}

static void write_finding(stream *s, live *call, const jy_finding *f, const jy_turn *turn)
{
    begin_line(s, "finding", (jy_str){ call->id, call->id_len });
    json_member_int(&s->out, "id", (long long)f->id);
    json_member(&s->out, "state", str_of(state_name(f->state)));
    json_member(&s->out, "kind", str_of(kind_name(f->kind)));
    json_member(&s->out, "pack", f->pack);
    json_member(&s->out, "rule", f->rule_id);
    json_member(&s->out, "clause", f->clause);
    json_member(&s->out, "situation", f->situation);
    json_member(&s->out, "severity", str_of(level_name(f->severity)));
    if (f->turn != JY_TURN_NONE) {
        json_member_int(&s->out, "turn", (long long)f->turn);
        json_member(&s->out, "turn_id", f->turn_id);
        json_member_int(&s->out, "begin", (long long)f->span.begin);
        json_member_int(&s->out, "end", (long long)f->span.end);
        if (f->turn_end != f->turn)
            json_member_int(&s->out, "turn_end", (long long)f->turn_end);
    }
    if (f->at_ms != JY_TIME_UNKNOWN)
        json_member_int(&s->out, "at", f->at_ms);
    if (f->kind == JY_FOUND_LIMIT) {
        json_member_int(&s->out, "measured", f->measured);
        json_member_int(&s->out, "bound", f->bound);
    }
    if (s->show != JY_SHOW_NONE)
        member_shown(s, "text", f->text);
    if (s->show == JY_SHOW_TURN && is_of(call, f, turn))
        member_shown(s, "turn_text", turn->text);
    json_member_int(&s->out, "confidence", f->confidence);
    json_member_int(&s->out, "score", f->score);
    write_folds(s, f->folds);
    write_required(s, f);
    write_suggestions(s, call, f->suggestion_count);
}

void write_findings(stream *s, live *call, const jy_turn *turn)
{
    jy_finding finding = JY_FINDING_INIT;
    while (jy_session_next(call->session, &finding) == JY_OK) {
        if (finding.severity < s->min_level)
            continue;
        call->findings += finding.state == JY_FINAL;
        write_finding(s, call, &finding, turn);
    }
}

/* As the reports of `jinyu check` write them. */
static void write_scores(stream *s, const jy_result *result)
{
    text_c(&s->out, ",\"scores\":[");
    for (size_t i = 0; i < jy_result_score_count(result); i++) {
        jy_score score = JY_SCORE_INIT;
        if (jy_result_score(result, i, &score) < 0)
            continue;
        text_c(&s->out, i ? ",{" : "{");
        json_member(&s->out, "pack", score.pack);
        json_member_int(&s->out, "points", score.points);
        json_member_int(&s->out, "start", score.start);
        json_member_int(&s->out, "floor", score.floor);
        json_member_int(&s->out, "pass", score.pass);
        text_c(&s->out, score.fatal ? ",\"fatal\":true" : ",\"fatal\":false");
        text_c(&s->out, score.passed ? ",\"passed\":true" : ",\"passed\":false");
        json_member_int(&s->out, "unchecked", score.unchecked);
        text_c(&s->out, "}");
    }
    text_c(&s->out, "]");
}

static void write_unchecked(stream *s, const jy_result *result)
{
    text_c(&s->out, ",\"unchecked\":[");
    for (size_t i = 0; i < jy_result_unchecked_count(result); i++) {
        jy_unchecked one = JY_UNCHECKED_INIT;
        jy_rule rule = JY_RULE_INIT;
        if (jy_result_unchecked(result, i, &one) < 0 || (one.rule != JY_RULE_ANY && jy_rules_get(s->rules, one.rule, &rule) < 0))
            continue;
        text_c(&s->out, i ? ",{" : "{");
        json_member(&s->out, "rule", one.rule == JY_RULE_ANY ? str_of("*") : rule.id);
        json_member(&s->out, "why", str_of(jy_unchecked_name(one.why)));
        text_c(&s->out, "}");
    }
    text_c(&s->out, "]");
}

static void write_unknown(stream *s, const jy_result *result)
{
    jy_call call = JY_CALL_INIT;
    jy_str label;
    uint64_t turns = jy_result_unknown_turns(result);
    bool known = jy_result_call(result, &call) < 0 || call.has_speakers;
    s->speakerless += !known;
    if (!turns)
        return;
    text_c(&s->out, known ? ",\"speakers\":\"known\"" : ",\"speakers\":\"unknown\"");
    json_member_int(&s->out, "unknown_turns", (long long)turns);
    text_c(&s->out, ",\"unknown_labels\":[");
    for (size_t k = 0; jy_result_unknown_label(result, k, &label) == JY_OK; k++) {
        text_c(&s->out, k ? "," : "");
        member_shown(s, NULL, label);
    }
    text_c(&s->out, "]");
}

void write_call_end(stream *s, live *call, const char *why)
{
    jy_result *result = NULL;
    int status = jy_session_result(call->session, &result);
    if (status < 0) {
        write_error(s, (jy_str){ call->id, call->id_len }, W_STREAM_LIBRARY, jy_status_text(status));
        return;
    }
    begin_line(s, "call", (jy_str){ call->id, call->id_len });
    json_member(&s->out, "why", str_of(why));
    json_member_int(&s->out, "turns", (long long)call->turns);
    json_member_int(&s->out, "findings", (long long)call->findings);
    write_unknown(s, result);
    write_scores(s, result);
    write_unchecked(s, result);
    s->limited += jy_result_complete(result) < 0;
    text_c(&s->out, jy_result_complete(result) < 0 ? ",\"complete\":false}\n" : ",\"complete\":true}\n");
    jy_result_free(result);
}

void write_error(stream *s, jy_str call, word_id id, const char *detail)
{
    text message = { 0 };
    words_put(&message, s->options->language, id, detail, NULL);
    begin_line(s, "error", call);
    json_member_int(&s->out, "line", (long long)s->line);
    json_member(&s->out, "message", text_view(&message));
    text_c(&s->out, "}\n");
    s->bad_lines++;
    text_free(&message);
}
