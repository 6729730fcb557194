/* One worker: bytes of a file in, results out. A script goes to jy_scan_at() in one piece; everything else goes turn by turn
 * through a session, which is reset and used again for the next call. Whatever cannot be judged becomes a remark in
 * its place among the results, so that nothing is lost silently. */
#include "scan.h"

#include <stdlib.h>
#include <string.h>

void unit_free(unit *made)
{
    if (!made)
        return;
    jy_result_free(made->result);
    free(made->strings);
    free(made);
}

/* Copies the diagnostic's strings: the reader that made them is gone when it is shown. */
unit *unit_remark(const jy_diag *diag)
{
    unit *made = mem_resize(NULL, sizeof(*made));
    char *to;
    *made = (unit){ .diag = *diag };
    to = made->strings = mem_resize(NULL, diag->source.len + diag->rule.len + diag->message.len + 1);
    jy_str *const parts[] = { &made->diag.source, &made->diag.rule, &made->diag.message };
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (parts[i]->len)
            memcpy(to, parts[i]->ptr, parts[i]->len);
        parts[i]->ptr = to;
        to += parts[i]->len;
    }
    return made;
}

static jy_str source_name(const worker *w, const ticket *t)
{
    const char *path = w->plan->inputs->paths.items[t->input];
    return str_of(strcmp(path, "-") ? path : "<stdin>");
}

static unit *make_remark(const worker *w, const ticket *t, int severity, const char *message)
{
    jy_diag diag = JY_DIAG_INIT;
    diag.severity = severity;
    diag.source = source_name(w, t);
    diag.message = str_of(message);
    return unit_remark(&diag);
}

static void remark(worker *w, const ticket *t, int severity, const char *message)
{
    w->give(w->ctx, make_remark(w, t, severity, message));
}

static void give_result(worker *w, jy_result *result)
{
    unit *made = mem_resize(NULL, sizeof(*made));
    *made = (unit){ .result = result };
    w->give(w->ctx, made);
}

/* Bytes that the reader could not turn into text are in no result; those that a result knows are told there. */
static void remark_bad_bytes(worker *w, const ticket *t, const jy_reader *reader)
{
    char number[2][24];
    text message = { 0 };
    size_t first = 0, bad = jy_reader_bad_bytes(reader, &first);
    bool refused = params_refuse_bad(w->plan->options) && !strcmp(jy_reader_encoding(reader), "UTF-8"); /* others come converted, U+FFFD for them */
    if (!bad)
        return;
    snprintf(number[0], sizeof(number[0]), "%zu", bad);
    snprintf(number[1], sizeof(number[1]), "%zu", first);
    words_put(&message, w->plan->options->language, refused ? W_BAD_BYTES_REFUSED : W_BAD_BYTES, number[0], number[1], NULL);
    unit *made = make_remark(w, t, JY_WARNING, message.ptr);
    made->spare = true;
    w->give(w->ctx, made);
    text_free(&message);
}

/* ---- a script */
static void scan_script(worker *w, const ticket *t, jy_str name, jy_str bytes, uint32_t line, size_t offset)
{
    jy_call call = JY_CALL_INIT;
    jy_place at = JY_PLACE_INIT;
    jy_result *result = NULL;
    int status;
    call.source = name;
    call.has_speakers = -1;
    at.line = line;
    at.column = 1;
    at.offset = offset;
    status = jy_scan_at(w->scanner, w->plan->rules, bytes, &call, &at, &result);
    if (status >= 0)
        give_result(w, result);
    else
        remark(w, t, JY_ERROR, jy_status_text(status));
}

static void scan_block(worker *w, const ticket *t)
{
    scan_script(w, t, source_name(w, t), text_view(&t->bytes), t->line, t->offset);
    if (t->cut) {
        char most[24];
        text message = { 0 };
        snprintf(most, sizeof(most), "%d", (int)MAX_LINE);
        words_put(&message, w->plan->options->language, W_LONG_LINE, most, NULL);
        remark(w, t, JY_WARNING, message.ptr);
        text_free(&message);
    }
}

/* ---- a script that does not lie in memory as it is (another encoding, packed, a document): the reader's lines are put together
 * again, each in its line and column, so that it is judged by the same function and comes to the same findings. */
static void flush_script(worker *w, const ticket *t)
{
    if (w->script.len || !w->script_pieces)
        scan_script(w, t, w->script_source, text_view(&w->script), w->script_first, w->script_pieces ? w->script_offset : 0);
    w->script_pieces++;
    w->script.len = 0;
    w->script_first = w->script_line;
}

static void begin_script(worker *w)
{
    w->script.len = 0;
    w->script_pieces = 0;
    w->script_first = w->script_line = 1;
}

static void add_to_script(worker *w, const ticket *t, const jy_turn *turn)
{
    uint32_t line = turn->place.line > w->script_line ? turn->place.line : w->script_line;
    if (w->script.len > BLOCK_BYTES)
        flush_script(w, t);
    if (!w->script.len) {
        w->script_first = w->script_line = line;
        w->script_offset = turn->place.offset > 3 ? turn->place.offset : 4;
    }
    for (; w->script_line < line; w->script_line++)
        text_c(&w->script, "\n");
    for (uint32_t column = 1; column < turn->place.column && turn->place.line; column++)
        text_c(&w->script, " ");
    for (size_t i = 0; i < turn->text.len; i++)
        w->script_line += turn->text.ptr[i] == '\n';
    text_str(&w->script, turn->text);
    text_c(&w->script, "\n");
    w->script_line++;
}

/* ---- calls */
static int end_call(worker *w, const ticket *t)
{
    jy_result *result = NULL;
    int status;
    if (w->in_script) {
        flush_script(w, t);
        return JY_OK;
    }
    status = jy_session_finish(w->session, w->scanner);
    if (status >= 0)
        status = jy_session_result(w->session, &result);
    if (status >= 0)
        give_result(w, result);
    return status;
}

/* One item into the session; *in_call says whether a call is open. */
static int take_item(worker *w, const ticket *t, const jy_item *item, bool *in_call)
{
    int status;
    if (item->kind == JY_ITEM_CALL)
        w->in_script = item->call.has_speakers == -1;
    switch (item->kind) {
    case JY_ITEM_CALL:
        begin_script(w);
        w->script_source = item->call.source;
        status = jy_session_reset(w->session);
        *in_call = status >= 0;
        return status < 0 ? status : jy_session_call(w->session, &item->call);
    case JY_ITEM_TURN:
        if (w->in_script)
            add_to_script(w, t, &item->turn);
        return *in_call && !w->in_script ? jy_session_feed(w->session, w->scanner, &item->turn) : JY_OK;
    case JY_ITEM_EVENT: return *in_call ? jy_session_event(w->session, w->scanner, &item->event) : JY_OK;
    case JY_ITEM_END:
        status = *in_call ? end_call(w, t) : JY_OK;
        *in_call = false;
        return status;
    case JY_ITEM_BROKEN: w->give(w->ctx, unit_remark(&item->diag)); return JY_OK;
    default: return JY_OK;
    }
}

static void remark_reader(worker *w, const ticket *t, const jy_reader *reader, int status)
{
    jy_diag diag = JY_DIAG_INIT;
    if (reader && jy_reader_diag(reader, &diag) == JY_OK && diag.message.len) {
        if (!diag.source.len)
            diag.source = source_name(w, t);
        w->give(w->ctx, unit_remark(&diag));
    } else {
        remark(w, t, JY_ERROR, jy_status_text(status));
    }
}

/* What was heard before a call failed is still judged; a call that cannot be judged is named and the next one goes on. */
static void take_or_remark(worker *w, ticket *t, const jy_item *item, bool *in_call)
{
    int status = take_item(w, t, item, in_call);
    if (status < 0) {
        remark(w, t, JY_ERROR, jy_status_text(status));
        *in_call = false;
    }
    t->stopped = scan_stop_asked();
}

/* From where the reader stands to its end. */
static void read_calls(worker *w, ticket *t, jy_reader *reader, bool *in_call)
{
    jy_item item = JY_ITEM_INIT;
    int status = JY_OK;
    while (!t->stopped && (status = jy_reader_next(reader, &item)) == JY_OK)
        take_or_remark(w, t, &item, in_call);
    if (status < 0)
        remark_reader(w, t, reader, status);
    if (*in_call)
        end_call(w, t);
    remark_bad_bytes(w, t, reader);
}

/* whole: all bytes of the input when they are in memory, else NULL. */
static void read_input(worker *w, ticket *t, jy_reader *reader, jy_str whole)
{
    jy_item item = JY_ITEM_INIT;
    int status = jy_reader_next(reader, &item);
    if (status < 0) {
        remark_reader(w, t, reader, status);
    } else if (status == JY_OK && whole.ptr && !is_packed(whole) && item_is_script(reader, &item)) {
        size_t bom = bom_length(whole);
        scan_script(w, t, source_name(w, t), (jy_str){ whole.ptr + bom, whole.len - bom }, 1, bom);
    } else if (status == JY_OK) {
        bool in_call = false;
        take_or_remark(w, t, &item, &in_call);
        read_calls(w, t, reader, &in_call);
    }
}

static void read_opened(worker *w, ticket *t, jy_reader *reader, int status, jy_str whole)
{
    if (status < 0)
        remark_reader(w, t, reader, status);
    else
        read_input(w, t, reader, whole);
    jy_reader_free(reader);
}

/* A small file is read at once. */
static void scan_file(worker *w, ticket *t)
{
    const char *path = w->plan->inputs->paths.items[t->input];
    jy_reader *reader = NULL;
    jy_read_options how;
    int error, status;
    read_options_fill(w->plan->options, path, w->labels, &how);
    w->bytes.len = 0;
    if ((error = file_read(path, &w->bytes))) {
        remark(w, t, JY_ERROR, why_errno(w->plan->options->language, error));
        return;
    }
    t->size = w->bytes.len;
    status = jy_reader_open_text(&reader, text_view(&w->bytes), &how, NULL);
    read_opened(w, t, reader, status, text_view(&w->bytes));
}

/* Calls that were read elsewhere; what comes behind them, when it is this worker's, is read here. */
static void scan_calls(worker *w, ticket *t)
{
    jy_item item = JY_ITEM_INIT;
    bool in_call = false;
    while (!t->stopped && parcel_next(&t->calls, &item))
        take_or_remark(w, t, &item, &in_call);
    if (t->last && t->status < 0)
        remark_reader(w, t, t->reader, t->status);
    else if (t->last)
        read_calls(w, t, t->reader, &in_call);
    if (t->feed) {
        t->size = t->feed->bytes > t->given ? t->feed->bytes - t->given : 0;
        t->stopped |= scan_stop_asked(); /* Ctrl-C looks like the end of a pipe */
    }
    jy_reader_free(t->reader);
    feed_free(t->feed);
    t->reader = NULL;
    t->feed = NULL;
}

void worker_run(worker *w, ticket *t)
{
    if (t->error)
        remark(w, t, JY_ERROR, why_errno(w->plan->options->language, t->error));
    else if (t->kind == TICKET_BLOCK)
        scan_block(w, t);
    else if (t->kind == TICKET_CALLS)
        scan_calls(w, t);
    else if (t->kind == TICKET_FILE)
        scan_file(w, t);
}

int worker_init(worker *w, const scan_plan *plan)
{
    int status = judge_open(plan->options, plan->rules, &w->scanner, &w->session);
    w->plan = plan;
    return status >= 0 && plan->keep_turns ? jy_session_set(w->session, JY_PARAM_KEEP_TURNS, 1) : status;
}

void worker_free(worker *w)
{
    jy_session_free(w->session);
    jy_scanner_free(w->scanner);
    text_free(&w->bytes);
    text_free(&w->script);
}
