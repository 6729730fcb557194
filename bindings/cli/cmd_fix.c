/* jinyu fix: shows what fix_rounds.c makes of a file as a diff, or writes it back and keeps what was there. */
#include "fix.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
        say(f->options->language, W_CANNOT_WRITE, failed, why_errno(f->options->language, error), NULL);
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
        say(f->options->language, W_CANNOT_READ, path, why_errno(f->options->language, error), NULL);
        status = EXIT_PARTLY;
    } else if (!fix_settle(f, text_view(&before), &after)) {
        fix_drop_patches(f);
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
    status = judge_open(f->options, f->rules, &f->scanner, &f->session);
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
