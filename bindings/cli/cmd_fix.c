/* jinyu fix: a text in, the same text with approved wording in place of the forbidden out. What was changed is judged again
 * until no rule has anything left to replace (a bounded number of rounds); only such a text is shown or written. Changes are
 * made to the bytes of the file where the turn stands, so everything around a turn stays as it was. */
#include "scan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROUNDS = 8 };
typedef struct patch { size_t at, len; char *put; size_t put_len; } patch;
typedef struct fix {
    const cli_options *options;
    jy_rules *rules;
    jy_scanner *scanner;
    jy_session *session;
    const char *path;
    jy_str bytes;             /* of this round */
    patch *patches;
    size_t patch_count, patch_cap;
    size_t left, unplaced, skipped; /* of this round: findings without replacement, edits with no place, remarks */
    bool refused;             /* the file cannot be fixed; why was said */
    char *format;
} fix;

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

static void in_place_form(text *out, jy_str piece, int escape)
{
    text quoted = { 0 };
    if (escape == 1) {
        json_write(&quoted, piece);
        text_add(out, quoted.ptr + 1, quoted.len - 2);
    } else if (escape == 2) {
        xml_write(out, piece);
    } else {
        text_str(out, piece);
    }
    text_free(&quoted);
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
    if (!stands_at(f, turn->place.offset, raw)) {
        f->unplaced++;
        return;
    }
    if (f->patch_count == f->patch_cap) {
        f->patch_cap = f->patch_cap ? f->patch_cap * 2 : 16;
        f->patches = mem_resize(f->patches, f->patch_cap * sizeof(*f->patches));
    }
    text_c(&form, "");
    in_place_form(&form, put, turn->place.escape);
    f->patches[f->patch_count++] = (patch){ turn->place.offset, raw.len, form.ptr, form.len };
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
        say_diag(&item->diag);
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
            say_diag(&diag);
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

/* Rounds until nothing is left to replace; false when that never happens, or the file cannot be read. */
static bool settle(fix *f, jy_str before, text *after)
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

/* ---- one file */
/* FILE.orig, or FILE.orig.1 … : an older original is never lost. */
static void backup_name(text *out, const char *path)
{
    text_c(out, path);
    text_c(out, ".orig");
    size_t len = out->len;
    for (int i = 1; access(out->ptr, F_OK) == 0; i++) {
        out->len = len;
        text_c(out, ".");
        text_int(out, i);
    }
}

static int write_back(fix *f, jy_str before, jy_str after)
{
    struct stat stat_of;
    unsigned mode = stat(f->path, &stat_of) ? 0600 : stat_of.st_mode & 07777;
    text kept = { 0 };
    backup_name(&kept, f->path);
    const char *failed = kept.ptr;
    int error = file_replace(kept.ptr, before, mode);
    if (!error) {
        failed = f->path;
        error = file_replace(f->path, after, mode);
    }
    if (error)
        say(f->options->language, W_CANNOT_WRITE, failed, words_errno(f->options->language, error), NULL);
    else if (!option_has(f->options, OPT_QUIET))
        say(f->options->language, W_FIX_DONE, f->path, kept.ptr, NULL);
    text_free(&kept);
    return error ? EXIT_USAGE : EXIT_CLEAN;
}

static void put_diff(const fix *f, jy_str diff)
{
    if (!want_color(f->options, stdout)) {
        fwrite(diff.ptr, 1, diff.len, stdout);
        return;
    }
    for (size_t at = 0; at < diff.len;) {
        const char *stop = memchr(diff.ptr + at, '\n', diff.len - at);
        size_t len = stop ? (size_t)(stop - diff.ptr) - at : diff.len - at;
        const char *color = diff.ptr[at] == '+' ? "\033[32m" : diff.ptr[at] == '-' ? "\033[31m" : diff.ptr[at] == '@' ? "\033[36m" : "";
        printf("%s%.*s%s\n", color, (int)len, diff.ptr + at, *color ? "\033[0m" : "");
        at += len + 1;
    }
}

static int show_or_write(fix *f, jy_str before, jy_str after)
{
    bool changed = !str_eq(before, after), to_stdout = !strcmp(f->path, "-");
    text diff = { 0 };
    if (option_has(f->options, OPT_WRITE) && to_stdout) {
        fwrite(after.ptr, 1, after.len, stdout);
        return EXIT_CLEAN;
    }
    if (!changed)
        return EXIT_CLEAN;
    if (option_has(f->options, OPT_WRITE))
        return write_back(f, before, after);
    diff_unified(&diff, f->path, before, after);
    put_diff(f, text_view(&diff));
    text_free(&diff);
    return EXIT_FOUND;
}

static void say_left(const fix *f)
{
    char number[2][24];
    snprintf(number[0], sizeof(number[0]), "%zu", f->unplaced);
    snprintf(number[1], sizeof(number[1]), "%zu", f->left);
    if (f->unplaced)
        say(f->options->language, W_FIX_PLACE, f->path, number[0], f->format, NULL);
    if (f->left && !option_has(f->options, OPT_QUIET))
        say(f->options->language, W_FIX_LEFT, f->path, number[1], NULL);
}

static int fix_file(fix *f, const char *path)
{
    text before = { 0 }, after = { 0 };
    int error = file_read(path, &before), status;
    f->path = path;
    f->refused = false;
    if (error) {
        say(f->options->language, W_CANNOT_READ, path, words_errno(f->options->language, error), NULL);
        status = EXIT_PARTLY;
    } else if (!settle(f, text_view(&before), &after)) {
        for (size_t i = 0; i < f->patch_count; i++)
            free(f->patches[i].put);
        f->patch_count = 0;
        status = EXIT_PARTLY;
    } else {
        status = show_or_write(f, text_view(&before), text_view(&after));
        say_left(f);
        if (status != EXIT_USAGE && (f->unplaced || f->skipped))
            status = EXIT_PARTLY;
        else if (status == EXIT_CLEAN && f->left)
            status = EXIT_FOUND;
    }
    text_free(&before);
    text_free(&after);
    return status;
}

static int open_fix(fix *f)
{
    int status;
    if (reading_options_check(f->options) || packs_load(f->options, &f->rules))
        return EXIT_USAGE;
    status = jy_scanner_new(&f->scanner, NULL);
    if (status >= 0)
        status = params_scanner(f->options, f->scanner);
    if (status >= 0)
        status = jy_session_new(&f->session, f->rules, NULL);
    if (status >= 0)
        status = params_session(f->options, f->session);
    if (status < 0)
        say(f->options->language, W_LIBRARY, "fix", jy_status_text(status), NULL);
    return status < 0 ? EXIT_USAGE : EXIT_CLEAN;
}

/* Of several files the most serious outcome counts: wrong usage or writing, then what was skipped, then findings. */
static int worse(int a, int b)
{
    if (a == EXIT_USAGE || b == EXIT_USAGE)
        return EXIT_USAGE;
    return a > b ? a : b;
}

int cmd_fix(cli_options *options)
{
    fix f = { .options = options };
    int status = open_fix(&f);
    if (status == EXIT_CLEAN && !options->operand_count)
        status = fix_file(&f, "-");
    for (size_t i = 0; status != EXIT_USAGE && i < options->operand_count; i++)
        status = worse(status, fix_file(&f, options->operands[i]));
    free(f.patches);
    free(f.format);
    jy_session_free(f.session);
    jy_scanner_free(f.scanner);
    jy_rules_unref(f.rules);
    return status;
}
