/* jinyu stream: JSON Lines of turns and events in, JSON Lines of findings out, many calls at once. The protocol is in the
 * table of commands (help and man page). A line is read whole, judged, and answered before the next one is looked at; a line that
 * is not understood is answered by an error and forgotten. */
#include "stream.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_STREAM_LINE = 16 << 20 };
static const jy_str nobody = { "", 0 };

/* ---- one line */
static bool answer(stream *s, jy_str call, int status)
{
    if (status < 0)
        write_error(s, call, W_STREAM_LIBRARY, jy_status_text(status));
    return status >= 0;
}

static int speaker_by_label(stream *s, jy_str label, int32_t *out)
{
    label_seen *seen = &s->seen[label.len ? ((unsigned char)label.ptr[label.len - 1] ^ label.len) % LABELS_SEEN : 0];
    int status = JY_OK;
    if (!label.len || label.len > LABEL_SEEN_LONGEST)
        return jy_speaker_by_label(label, s->reading.labels, s->reading.label_count, out);
    if (seen->len != label.len || memcmp(seen->label, label.ptr, label.len) != 0) {
        status = jy_speaker_by_label(label, s->reading.labels, s->reading.label_count, &seen->speaker);
        seen->len = status == JY_OK ? (uint8_t)label.len : 0;
        memcpy(seen->label, label.ptr, label.len);
    }
    *out = seen->speaker;
    return status;
}

/* As in files: any label, a number too; one that is not known is of somebody unknown. */
static bool speaker_of(stream *s, jy_str call, const json *object, jy_str *label, int32_t *out)
{
    const json *given = json_get(object, "speaker");
    *label = given ? given->text : nobody;
    *out = JY_SPEAKER_UNKNOWN;
    if (!given || given->kind == JSON_STRING || given->kind == JSON_NUMBER)
        return answer(s, call, speaker_by_label(s, *label, out));
    write_error(s, call, W_STREAM_SPEAKER, NULL);
    return false;
}

/* A whole number that may be left out. */
static bool number_of(stream *s, jy_str call, const json *object, const char *key, int64_t otherwise, int64_t *out)
{
    const json *found = json_get(object, key);
    *out = otherwise;
    if (!found || json_integer(found, out))
        return true;
    write_error(s, call, W_STREAM_NUMBER, key);
    return false;
}

static bool take_turn(stream *s, live *call, const json *given)
{
    const json *words = json_get(given, "text"), *partial = json_get(given, "partial");
    jy_str id = { call->id, call->id_len };
    jy_turn turn = JY_TURN_INIT;
    int64_t confidence, channel;
    if (given->kind != JSON_OBJECT || !words || words->kind != JSON_STRING) {
        write_error(s, id, W_STREAM_TEXT, NULL);
        return false;
    }
    if (!speaker_of(s, id, given, &turn.label, &turn.speaker) || !number_of(s, id, given, "begin", JY_TIME_UNKNOWN, &turn.begin_ms) ||
        !number_of(s, id, given, "end", JY_TIME_UNKNOWN, &turn.end_ms) || !number_of(s, id, given, "confidence", -1, &confidence) || !number_of(s, id, given, "channel", -1, &channel))
        return false;
    turn.text = words->text;
    turn.id = json_name(given, "id");
    turn.confidence = confidence >= 0 && confidence <= 100 ? (int32_t)confidence : -1;
    turn.channel = channel >= 0 && channel < 1000 ? (int32_t)channel : -1;
    if (partial && partial->kind != JSON_TRUE && partial->kind != JSON_FALSE) {
        write_error(s, id, W_STREAM_PARTIAL, NULL);
        return false;
    }
    if (partial && partial->kind == JSON_TRUE)
        turn.flags = JY_TURN_PARTIAL;
    if (turn.flags && !turn.id.len) {
        write_error(s, id, W_STREAM_PARTIAL_ID, NULL);
        return false;
    }
    if (!answer(s, id, jy_session_feed(call->session, s->scanner, &turn)))
        return false;
    call->turns += !turn.flags;
    write_findings(s, call, &turn);
    return true;
}

static bool take_event(stream *s, live *call, const json *given)
{
    jy_str id = { call->id, call->id_len };
    jy_event event = JY_EVENT_INIT;
    jy_str label;
    if (given->kind != JSON_OBJECT || jy_event_by_name(json_text(given, "kind"), &event.kind) < 0) {
        write_error(s, id, W_STREAM_EVENT, NULL);
        return false;
    }
    if (!speaker_of(s, id, given, &label, &event.speaker) || !number_of(s, id, given, "at", JY_TIME_UNKNOWN, &event.at_ms) ||
        !answer(s, id, jy_session_event(call->session, s->scanner, &event)))
        return false;
    write_findings(s, call, NULL);
    return true;
}

static bool take_meta(stream *s, live *call, const json *given)
{
    jy_call about = JY_CALL_INIT;
    about.id = (jy_str){ call->id, call->id_len };
    if (given->kind != JSON_OBJECT) {
        write_error(s, about.id, W_STREAM_META, NULL);
        return false;
    }
    about.source = str_of("<stream>");
    about.agent = json_name(given, "agent");
    about.customer = json_name(given, "customer");
    about.team = json_name(given, "team");
    about.queue = json_name(given, "queue");
    about.start = json_text(given, "start");
    about.direction = json_text(given, "direction");
    return answer(s, about.id, jy_session_call(call->session, &about));
}

static bool take_tick(stream *s, live *call, const json *line)
{
    jy_str id = { call->id, call->id_len };
    int64_t now;
    if (!number_of(s, id, line, "tick", 0, &now) || !answer(s, id, jy_session_tick(call->session, s->scanner, now)))
        return false;
    write_findings(s, call, NULL);
    return true;
}

static void take_parts(stream *s, live *call, const json *line)
{
    const json *meta = json_get(line, "meta"), *turn = json_get(line, "turn"), *event = json_get(line, "event"),
               *tick = json_get(line, "tick"), *end = json_get(line, "end");
    bool good = (!meta || take_meta(s, call, meta)) && (!turn || take_turn(s, call, turn)) && (!event || take_event(s, call, event)) &&
                (!tick || take_tick(s, call, line));
    if (good && !meta && !turn && !event && !tick && !(end && end->kind == JSON_TRUE))
        write_error(s, (jy_str){ call->id, call->id_len }, W_STREAM_NOTHING, NULL);
    if (end && end->kind == JSON_TRUE)
        live_end(s, call, "end");
    else
        live_touch(s, call);
}

static void take_line(stream *s, jy_str bytes)
{
    const json *line;
    jy_str id;
    live *call;
    int status;
    char place[24];
    s->line++;
    if (bytes.len && bytes.ptr[bytes.len - 1] == '\r')
        bytes.len--;
    if (!bytes.len)
        return;
    line = json_parse(&s->doc, bytes);
    if (!line || line->kind != JSON_OBJECT) {
        snprintf(place, sizeof(place), "%zu", s->doc.error_at + 1);
        write_error(s, nobody, W_STREAM_JSON, place);
        return;
    }
    id = json_name(line, "call");
    if (!id.len) {
        write_error(s, nobody, W_STREAM_NO_CALL, NULL);
        return;
    }
    call = live_find(s, id);
    if (!call && !(call = live_begin(s, id, &status)))
        write_error(s, id, W_STREAM_LIBRARY, jy_status_text(status));
    else
        take_parts(s, call, line);
}

/* ---- all lines */
/* Judges every whole line of what was read; gives how many bytes of it are used up. A line that is too long is answered
 * once and passed over until it ends. */
static size_t take_lines(stream *s, const text *in, bool *passing_over)
{
    size_t at = 0;
    char most[24];
    for (const char *stop; (stop = in->len > at ? memchr(in->ptr + at, '\n', in->len - at) : NULL); at = (size_t)(stop - in->ptr) + 1) {
        if (*passing_over)
            *passing_over = false;
        else
            take_line(s, (jy_str){ in->ptr + at, (size_t)(stop - in->ptr) - at });
        stream_flush(s);
    }
    if (in->len - at <= MAX_STREAM_LINE)
        return at;
    if (!*passing_over) {
        s->line++;
        snprintf(most, sizeof(most), "%d", (int)MAX_STREAM_LINE);
        write_error(s, nobody, W_STREAM_LONG, most);
        stream_flush(s);
    }
    *passing_over = true;
    return in->len;
}

static bool wait_for_input(stream *s)
{
    struct pollfd one = { .fd = 0, .events = POLLIN };
    int ready = 0;
    while (!scan_stop_asked() && (ready = poll(&one, 1, 1000)) <= 0) {
        if (ready < 0 && errno != EINTR)
            return false;
        live_end_idle(s);
        stream_flush(s);
    }
    return !scan_stop_asked();
}

static void read_all(stream *s)
{
    text in = { 0 };
    bool passing_over = false;
    while (!s->unwritten && wait_for_input(s)) {
        text_room(&in, 1 << 16);
        ssize_t got = read(0, in.ptr + in.len, in.cap - in.len - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        in.len += (size_t)got;
        size_t used = take_lines(s, &in, &passing_over);
        memmove(in.ptr, in.ptr + used, in.len -= used);
        live_end_idle(s);
    }
    if (in.len && !passing_over)
        take_line(s, text_view(&in)); /* the last line may lack its end */
    live_end_all(s, "eof");
    stream_flush(s);
    text_free(&in);
}

static int open_stream(stream *s)
{
    const cli_options *o = s->options;
    long most, idle;
    int status;
    if (o->operand_count) {
        say(o->language, W_EXTRA_OPERAND, o->command->name, o->operands[0], NULL);
        return EXIT_USAGE;
    }
    if (!option_number(o, OPT_MAX_CALLS, 1, 10000000, 10000, &most) || !option_number(o, OPT_IDLE, 0, 1000000000, 3600, &idle) ||
        reading_options_check(o) || packs_load(o, &s->rules))
        return EXIT_USAGE;
    s->most = s->bucket_count = (size_t)most;
    s->idle = (double)idle;
    read_options_fill(o, "-", s->labels, &s->reading);
    s->buckets = mem_resize(NULL, s->bucket_count * sizeof(*s->buckets));
    memset(s->buckets, 0, s->bucket_count * sizeof(*s->buckets));
    s->spare = mem_resize(NULL, 64 * sizeof(*s->spare));
    status = scanner_open(o, &s->scanner);
    if (status < 0)
        say(o->language, W_LIBRARY, "stream", jy_status_text(status), NULL);
    return status < 0 ? EXIT_USAGE : EXIT_CLEAN;
}

int cmd_stream(cli_options *options)
{
    stream s = { .options = options, .min_level = option_level(options, OPT_MIN_LEVEL, JY_INFO), .redact = option_has(options, OPT_REDACT),
                 .provisional = option_has(options, OPT_PROVISIONAL) };
    int status = open_stream(&s);
    s.show = option_choice(&option_table()[OPT_SHOW_TEXT], option_value(options, OPT_SHOW_TEXT, "match"));
    if (status == EXIT_CLEAN) {
        scan_catch_interrupt();
        read_all(&s);
        status = s.bad_lines || s.limited || s.speakerless ? EXIT_PARTLY : EXIT_CLEAN;
        if (s.unwritten) {
            say(options->language, W_CANNOT_WRITE, "<stdout>", why_errno(options->language, s.unwritten), NULL);
            status = EXIT_USAGE;
        }
    }
    live_free_all(&s);
    json_free(&s.doc);
    text_free(&s.out);
    jy_scanner_free(s.scanner);
    jy_rules_unref(s.rules);
    return status;
}
