/* A run that can be continued: every input whose results have been written is noted in a journal with its size and time of
 * change; the next run with the same journal leaves it out, unless it has changed. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char head[] = "jinyu resume 1";

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

static bool read_journal(resume *state, const char *path, int language)
{
    text bytes = { 0 };
    bool good = true;
    if (!file_read(path, &bytes) && bytes.len) {
        good = !strncmp(bytes.ptr, head, sizeof(head) - 1) && bytes.ptr[sizeof(head) - 1] == '\n';
        if (!good)
            say(language, W_BAD_STATE_FILE, path, head, NULL);
        for (char *at = bytes.ptr + sizeof(head); good && at < bytes.ptr + bytes.len;) {
            char *end = strchr(at, '\n');
            if (!end)
                break; /* the last line was cut: its input is done again */
            strings_add(&state->done, at, (size_t)(end - at));
            at = end + 1;
        }
    }
    state->continued = bytes.len > 0;
    text_free(&bytes);
    if (state->done.count)
        qsort(state->done.items, state->done.count, sizeof(char *), by_name);
    return good;
}

int resume_open(resume *state, const char *path, int language)
{
    if (!read_journal(state, path, language))
        return EXIT_USAGE;
    state->journal = fopen(path, state->continued ? "a" : "w");
    if (!state->journal) {
        say(language, W_CANNOT_WRITE, path, words_errno(language, errno), NULL);
        return EXIT_USAGE;
    }
    if (!state->continued)
        fprintf(state->journal, "%s\n", head);
    return EXIT_CLEAN;
}

void resume_drop_done(resume *state, inputs *list)
{
    size_t kept = 0;
    text sign = { 0 };
    for (size_t i = 0; i < list->paths.count; i++) {
        char *path = list->paths.items[i];
        signature(&sign, path);
        const char *key = sign.ptr;
        if (sign.len && state->done.count && bsearch(&key, state->done.items, state->done.count, sizeof(char *), by_name)) {
            free(path);
            state->dropped++;
        } else {
            list->paths.items[kept++] = path;
        }
    }
    list->paths.count = kept;
    text_free(&sign);
}

void resume_note(resume *state, const char *path)
{
    text sign = { 0 };
    if (!state->journal)
        return;
    signature(&sign, path);
    if (sign.len && !strchr(path, '\n')) {
        fprintf(state->journal, "%s\n", sign.ptr);
        fflush(state->journal);
    }
    text_free(&sign);
}

void resume_close(resume *state)
{
    if (state->journal)
        fclose(state->journal);
    strings_free(&state->done);
}
