/* A text in, the same text with approved wording in place of the forbidden out. What was changed is judged again until no rule
 * has anything left to replace (a bounded number of rounds). Changes are made to the bytes where the turn stands, so everything
 * around a turn stays as it was. */
#include "fix.h"

#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 8 };

/* ---- where a turn stands */
static void xml_write(text *out, jy_str piece)
{
    for (size_t i = 0; i < piece.len; i++) {
        if (piece.ptr[i] == '&')
            text_c(out, "&amp;");
        else if (piece.ptr[i] == '<')
            text_c(out, "&lt;");
        else if (piece.ptr[i] == '>')
            text_c(out, "&gt;");
        else
            text_add(out, piece.ptr + i, 1);
    }
}

static void json_inside(text *out, jy_str piece)
{
    text quoted = { 0 };
    json_write(&quoted, piece);
    text_add(out, quoted.ptr + 1, quoted.len - 2);
    text_free(&quoted);
}

static void csv_write(text *out, jy_str piece)
{
    for (size_t i = 0; i < piece.len; i++)
        text_add(out, piece.ptr[i] == '"' ? "\"\"" : piece.ptr + i, piece.ptr[i] == '"' ? 2 : 1);
}

static bool is_table(const fix *f) { return f->format && (!strcmp(f->format, "csv") || !strcmp(f->format, "tsv")); }

/* A cell without quotation marks gets them when what is put there would end it. */
static void bare_write(const fix *f, text *out, jy_str piece)
{
    bool ends = false;
    for (size_t i = 0; i < piece.len; i++)
        ends |= piece.ptr[i] && strchr(",;|\t\"\r\n", piece.ptr[i]) != NULL;
    if (!ends || !is_table(f)) {
        text_str(out, piece);
        return;
    }
    text_c(out, "\"");
    csv_write(out, piece);
    text_c(out, "\"");
}

/* Quotation marks stand at the very edges of a cell: the blanks around a bare one go. */
static void take_blanks(const fix *f, size_t *at, size_t *len)
{
    for (; *at > 0 && f->bytes.ptr[*at - 1] == ' '; --*at)
        ++*len;
    while (*at + *len < f->bytes.len && f->bytes.ptr[*at + *len] == ' ')
        ++*len;
}

/* The piece as the file writes it (jy_place.escape); false where one place stands for many. */
static bool in_place_form(const fix *f, text *out, jy_str piece, int escape)
{
    text once = { 0 };
    switch (escape) {
    case 0: bare_write(f, out, piece); return true;
    case 1: json_inside(out, piece); return true;
    case 2: xml_write(out, piece); return true;
    case 3: csv_write(out, piece); return true;
    case 5:
        json_inside(&once, piece);
        json_inside(out, text_view(&once));
        text_free(&once);
        return true;
    default: return false;
    }
}

/* The bytes of the file must be the turn's, else nothing is touched: some formats build a turn from several places. */
static bool stands_at(const fix *f, size_t at, jy_str raw)
{
    return raw.len && at <= f->bytes.len && raw.len <= f->bytes.len - at && !memcmp(f->bytes.ptr + at, raw.ptr, raw.len);
}

static void add_patch(fix *f, const jy_turn *turn, jy_str put)
{
    jy_str raw = turn->place.raw.len ? turn->place.raw : turn->text;
    text form = { 0 };
    text_c(&form, "");
    if (!stands_at(f, turn->place.offset, raw) || !in_place_form(f, &form, put, turn->place.escape)) {
        text_free(&form);
        f->unplaced++;
        return;
    }
    if (f->patch_count == f->patch_cap) {
        f->patch_cap = f->patch_cap ? f->patch_cap * 2 : 16;
        f->patches = mem_resize(f->patches, f->patch_cap * sizeof(*f->patches));
    }
    size_t at = turn->place.offset, len = raw.len;
    if (turn->place.escape == 0 && is_table(f) && form.len && form.ptr[0] == '"')
        take_blanks(f, &at, &len);
    f->patches[f->patch_count++] = (patch){ at, len, form.ptr, form.len };
}

static void patch_turn(fix *f, const jy_result *result, uint64_t number)
{
    jy_turn turn = JY_TURN_INIT;
    jy_buf put = JY_BUF_INIT;
    if (jy_result_turn(result, number, &turn) != JY_OK || jy_result_rewrite(result, number, &put) < 0)
        f->unplaced++;
    else if (!str_eq(turn.text, (jy_str){ put.ptr, put.len }))
        add_patch(f, &turn, (jy_str){ put.ptr, put.len });
    jy_buf_free(&put);
}

/* Findings come in order of turns: a turn is patched once. */
static void take_result(fix *f, const jy_result *result)
{
    uint64_t last = JY_TURN_NONE;
    for (size_t i = 0; i < jy_result_count(result); i++) {
        jy_finding finding = JY_FINDING_INIT;
        if (jy_result_get(result, i, &finding) < 0)
            continue;
        f->left += finding.edit_count == 0;
        if (finding.edit_count && finding.turn != last) {
            patch_turn(f, result, finding.turn);
            last = finding.turn;
        }
    }
}

/* ---- one round */
static int end_call(fix *f)
{
    jy_result *result = NULL;
    int status = jy_session_finish(f->session, f->scanner);
    if (status >= 0)
        status = jy_session_result(f->session, &result);
    if (status >= 0)
        take_result(f, result);
    jy_result_free(result);
    return status;
}

static int take_item(fix *f, const jy_item *item)
{
    int status;
    switch (item->kind) {
    case JY_ITEM_CALL:
        status = jy_session_reset(f->session);
        return status < 0 ? status : jy_session_call(f->session, &item->call);
    case JY_ITEM_TURN: return jy_session_feed(f->session, f->scanner, &item->turn);
    case JY_ITEM_EVENT: return jy_session_event(f->session, f->scanner, &item->event);
    case JY_ITEM_END: return end_call(f);
    case JY_ITEM_BROKEN:
        say_diag(f->options->language, &item->diag);
        f->skipped++;
        return JY_OK;
    default: return JY_OK;
    }
}

static int scan_script(fix *f)
{
    jy_call call = JY_CALL_INIT;
    jy_place at = JY_PLACE_INIT;
    jy_result *result = NULL;
    size_t bom = bom_length(f->bytes);
    int status;
    call.source = str_of(f->path);
    call.has_speakers = -1;
    at.line = at.column = 1;
    at.offset = bom;
    status = jy_scan_at(f->scanner, f->rules, (jy_str){ f->bytes.ptr + bom, f->bytes.len - bom }, &call, &at, &result);
    if (status >= 0)
        take_result(f, result);
    jy_result_free(result);
    return status;
}

static int read_round(fix *f, jy_reader *reader)
{
    jy_item item = JY_ITEM_INIT;
    int status = jy_reader_next(reader, &item);
    free(f->format);
    f->format = mem_copy(jy_reader_format(reader), strlen(jy_reader_format(reader)));
    if (status == JY_OK && strncmp(jy_reader_encoding(reader), "UTF-8", 5)) {
        say(f->options->language, W_FIX_ENCODING, f->path, jy_reader_encoding(reader), NULL);
        f->refused = true;
        return JY_OK;
    }
    if (status == JY_OK && !is_packed(f->bytes) && item_is_script(reader, &item))
        return scan_script(f);
    while (status == JY_OK) {
        status = take_item(f, &item);
        if (status >= 0)
            status = jy_reader_next(reader, &item);
    }
    return status;
}

static int round_of(fix *f, jy_str bytes)
{
    jy_str labels[2 * MAX_LABELS];
    jy_read_options how;
    jy_reader *reader = NULL;
    jy_diag diag = JY_DIAG_INIT;
    int status;
    f->bytes = bytes;
    f->left = f->unplaced = f->skipped = 0;
    read_options_fill(f->options, f->path, labels, &how);
    status = jy_reader_open_text(&reader, bytes, &how, NULL);
    if (status >= 0)
        status = read_round(f, reader);
    if (status < 0) {
        if (reader && jy_reader_diag(reader, &diag) == JY_OK && diag.message.len)
            say_diag(f->options->language, &diag);
        else
            say(f->options->language, W_LIBRARY, f->path, jy_status_text(status), NULL);
        f->refused = true;
    }
    jy_reader_free(reader);
    return status < 0 ? status : JY_OK;
}

static int by_place(const void *a, const void *b)
{
    size_t x = ((const patch *)a)->at, y = ((const patch *)b)->at;
    return x < y ? -1 : x > y;
}

/* The round's bytes with its patches; patches are forgotten. */
static text apply(fix *f)
{
    text out = { 0 };
    size_t at = 0;
    qsort(f->patches, f->patch_count, sizeof(*f->patches), by_place);
    for (size_t i = 0; i < f->patch_count; i++) {
        patch *one = &f->patches[i];
        if (one->at >= at) {
            text_add(&out, f->bytes.ptr + at, one->at - at);
            text_add(&out, one->put, one->put_len);
            at = one->at + one->len;
        }
        free(one->put);
    }
    text_add(&out, f->bytes.ptr + at, f->bytes.len - at);
    f->patch_count = 0;
    return out;
}

bool fix_settle(fix *f, jy_str before, text *after)
{
    char number[24];
    text_str(after, before);
    for (int round = 0; round < ROUNDS; round++) {
        if (round_of(f, text_view(after)) < 0 || f->refused)
            return false;
        if (!f->patch_count)
            return true;
        text next = apply(f);
        text_free(after);
        *after = next;
    }
    snprintf(number, sizeof(number), "%d", (int)ROUNDS);
    say(f->options->language, W_FIX_STILL, f->path, number, NULL);
    return false;
}

void fix_drop_patches(fix *f)
{
    for (size_t i = 0; i < f->patch_count; i++)
        free(f->patches[i].put);
    f->patch_count = 0;
}
