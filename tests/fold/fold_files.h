/* What the fold tests share: reading Unicode's data files (Debian package unicode-data) and folding strings character by character. */
#ifndef FOLD_FILES_H
#define FOLD_FILES_H
#include "fold/fold.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#define UNICODE_DIR "/usr/share/unicode/"

/* ck_assert reports every call to the parent process; inside loops of millions this one reports failures alone. */
#define EXPECT(condition, ...) do { if (!(condition)) ck_abort_msg(#condition " " __VA_ARGS__); } while (0)

typedef struct codes { size_t count; uint32_t cp[512]; } codes;

/* Fields of "a;b;c # comment", blanks at their ends cut. */
static inline int split_fields(char *line, char **fields, int most)
{
    int count = 0;
    line[strcspn(line, "#\r\n")] = 0;
    for (char *p = line; p && count < most; count++) {
        char *next = strchr(p, ';');
        if (next) *next++ = 0;
        while (*p == ' ') p++;
        for (size_t len = strlen(p); len && p[len - 1] == ' '; len--)
            p[len - 1] = 0;
        fields[count] = p;
        p = next;
    }
    return count > 1 ? count : 0;
}

/* Calls take for every row of a Unicode data file; fails the test when the file is not there. Gives the number of rows. */
static inline size_t each_row(const char *command_or_path, int is_command, void (*take)(char **fields, int count))
{
    char line[4096], *fields[20];
    size_t rows = 0;
    FILE *file = is_command ? popen(command_or_path, "r") : fopen(command_or_path, "r");
    ck_assert_msg(file != NULL, "cannot read %s: install the Debian package unicode-data", command_or_path);
    while (fgets(line, sizeof(line), file)) {
        int count = split_fields(line, fields, 20);
        if (count == 0)
            continue;
        take(fields, count);
        rows++;
    }
    if (is_command)
        ck_assert_int_eq(pclose(file), 0);
    else
        fclose(file);
    return rows;
}

static inline void read_codes(const char *field, codes *out)
{
    char *end;
    for (out->count = 0; *field && out->count < 512; field = end) {
        out->cp[out->count++] = (uint32_t)strtoul(field, &end, 16);
        ck_assert(end != field);
        while (*end == ' ') end++;
    }
}

static inline void read_range(const char *field, uint32_t *first, uint32_t *last)
{
    char *end;
    *first = *last = (uint32_t)strtoul(field, &end, 16);
    if (end[0] == '.' && end[1] == '.')
        *last = (uint32_t)strtoul(end + 2, NULL, 16);
}

/* The symbols of several code points; only those of kind SYMBOL, when symbols_only. */
static inline codes fold_codes(const uint32_t *cp, size_t count, bool symbols_only)
{
    codes out = { 0 };
    for (size_t i = 0; i < count; i++) {
        uint32_t part[JY__FOLD_MOST], parts = jy__fold_char(cp[i], part);
        for (uint32_t j = 0; j < parts && out.count < 512; j++)
            if (!symbols_only || jy__fold_kind(part[j]) == JY__KIND_SYMBOL)
                out.cp[out.count++] = part[j];
    }
    return out;
}

static inline bool same_codes(const codes *a, const codes *b)
{
    return a->count == b->count && memcmp(a->cp, b->cp, a->count * sizeof(a->cp[0])) == 0;
}
#endif
