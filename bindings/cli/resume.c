/* A run that can be continued: every input whose results have been written is noted in a journal with its size and time of
 * change, and with what came of it; the next run with the same journal leaves it out, unless it has changed, and answers
 * with the exit status of the whole. The length of the output is noted too: what was written behind it (half of an input, the
 * end of a report) is taken back, so that nothing stands in the output twice.
 *
 *     output TAB out.jsonl                                        where it went; only the same file is taken back
 *     1843 1764300000 calls/7.txt TAB error 3 partly 90211        worst finding and how many ("clean 0"); or "whole"; length */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char head[] = "jinyu resume 2";

/* "size mtime path", or empty when there is no such file. */
static void signature(text *out, const char *path)
{
    struct stat stat_of;
    out->len = 0;
    text_c(out, "");
    if (stat(path, &stat_of))
        return;
    text_int(out, (long long)stat_of.st_size);
    text_c(out, " ");
    text_int(out, (long long)stat_of.st_mtime);
    text_c(out, " ");
    text_c(out, path);
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* The outcome behind the last tab of a journal's line; a path may hold tabs. */
static input_outcome outcome_of(const char *line)
{
    input_outcome what = { 0 };
    char worst[16] = "", reach[16] = "";
    if (sscanf(strrchr(line, '\t') + 1, "%15s %zu %15s %lld", worst, &what.findings, reach, &what.output) >= 3)
        for (int level = JY_INFO; level <= JY_CRITICAL; level++)
            if (!strcmp(worst, level_name(level)))
                what.worst = level;
    what.partly = strcmp(reach, "whole") != 0;
    return what;
}

/* The line that begins with this signature and a tab, or NULL; of several the last. */
static const char *find_line(const resume *state, const text *sign)
{
    size_t low = 0, high = state->done.count;
    while (low < high) { /* the first line behind all that begin so: the tab sorts before whatever else could follow */
        size_t middle = (low + high) / 2;
        int order = strncmp(state->done.items[middle], sign->ptr, sign->len);
        if (order < 0 || (order == 0 && state->done.items[middle][sign->len] <= '\t'))
            low = middle + 1;
        else
            high = middle;
    }
    const char *line = low ? state->done.items[low - 1] : "";
    return !strncmp(line, sign->ptr, sign->len) && strrchr(line, '\t') == line + sign->len ? line : NULL;
}

static void take_line(resume *state, const char *line, const char *output)
{
    static const char where[] = "output\t";
    if (!strncmp(line, where, sizeof(where) - 1))
        state->same_output = output && !strcmp(line + sizeof(where) - 1, output);
    else if (strchr(line, '\t')) {
        strings_add(&state->done, line, strlen(line));
        state->output = outcome_of(line).output;
    }
}

/* Asked before the file is read: what is no journal may be a device without an end. A file that is empty, or not there, is to become one. */
static bool is_journal(const char *path)
{
    char line[sizeof(head)];
    FILE *file = fopen(path, "rb");
    size_t got = file ? fread(line, 1, sizeof(line), file) : 0;
    if (file)
        fclose(file);
    return !got || (got == sizeof(line) && !memcmp(line, head, sizeof(head) - 1) && line[sizeof(head) - 1] == '\n');
}

static bool read_journal(resume *state, const char *path, const char *output, int language)
{
    text bytes = { 0 };
    bool good = is_journal(path);
    if (!good)
        say(language, W_BAD_STATE_FILE, path, head, NULL);
    else if (!file_read(path, &bytes) && bytes.len) {
        for (char *at = bytes.ptr + sizeof(head); at < bytes.ptr + bytes.len;) {
            char *end = strchr(at, '\n');
            if (!end)
                break; /* the last line was cut: its input is done again */
            *end = 0;
            take_line(state, at, output);
            at = end + 1;
        }
    }
    state->continued = bytes.len > 0;
    text_free(&bytes);
    if (state->done.count)
        qsort(state->done.items, state->done.count, sizeof(char *), by_name);
    return good;
}

int resume_open(resume *state, const char *path, const char *output, int language)
{
    if (!read_journal(state, path, output, language))
        return EXIT_USAGE;
    state->journal = fopen(path, state->continued ? "a" : "w");
    if (!state->journal) {
        say(language, W_CANNOT_WRITE, path, why_errno(language, errno), NULL);
        return EXIT_USAGE;
    }
    if (!state->continued)
        fprintf(state->journal, output && !strchr(output, '\n') ? "%s\noutput\t%s\n" : "%s\n", head, output);
    return EXIT_CLEAN;
}

void resume_drop_done(resume *state, inputs *list)
{
    size_t kept = 0;
    text sign = { 0 };
    for (size_t i = 0; i < list->paths.count; i++) {
        char *path = list->paths.items[i];
        signature(&sign, path);
        const char *line = sign.len ? find_line(state, &sign) : NULL;
        if (line) {
            input_outcome was = outcome_of(line);
            state->worst = was.worst > state->worst ? was.worst : state->worst;
            state->findings += was.findings;
            state->partly |= was.partly;
            state->dropped++;
            free(path);
        } else {
            list->paths.items[kept++] = path;
        }
    }
    list->paths.count = kept;
    text_free(&sign);
}

void resume_note(resume *state, const char *path, const input_outcome *what)
{
    text sign = { 0 };
    if (!state->journal)
        return;
    signature(&sign, path);
    if (sign.len && !strchr(path, '\n')) {
        fprintf(state->journal, "%s\t%s %zu %s %lld\n", sign.ptr, what->worst ? level_name(what->worst) : "clean", what->findings,
                what->partly ? "partly" : "whole", what->output);
        if (fflush(state->journal))
            state->unwritten = errno;
    }
    text_free(&sign);
}

int resume_close(resume *state)
{
    strings_free(&state->done);
    if (state->journal && fclose(state->journal))
        state->unwritten = errno;
    state->journal = NULL;
    return state->unwritten;
}
