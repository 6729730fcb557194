/* In: ICU and the reviewed tables variants.tsv, readings.tsv, commonness.tsv, common_words.tsv. Out: fold_tables.c. It runs at build time because
 * Han-Latin and Traditional-Simplified live in icu-i18n, which the installed library then need not link, and because a start
 * must cost nothing. Here: the reading of .tsv files, and main. Any doubt about an input ends the build with file and line. */
#include "fold/make_tables.h"

void make_die(const char *what, const char *detail)
{
    fprintf(stderr, "make_tables: %s%s%s\n", what, detail ? ": " : "", detail ? detail : "");
    exit(1);
}

void make_row_die(const make_row *row, const char *why)
{
    fprintf(stderr, "%s:%d: %s\n", row->file, row->line, why);
    exit(1);
}

uint32_t make_next_char(const char **text)
{
    bool valid;
    uint32_t cp = jy__utf8_next(text, *text + strlen(*text), &valid);
    if (!valid)
        make_die("a table is not valid UTF-8", NULL);
    return cp;
}

uint32_t make_row_char(const make_row *row, int field)
{
    const char *p = row->field[field];
    uint32_t cp;
    if (!*p)
        make_row_die(row, "a field is empty");
    cp = make_next_char(&p);
    if (*p)
        make_row_die(row, "a field must be one character");
    return cp;
}

void make_read(const char *path, void (*take)(const make_row *row))
{
    static char line[1 << 16];
    FILE *file = fopen(path, "rb");
    make_row row = { .file = path };
    if (!file)
        make_die("cannot read", path);
    while (fgets(line, sizeof(line), file)) {
        char *p = line;
        row.line++;
        line[strcspn(line, "\r\n")] = 0;
        if (!*line || *line == '#')
            continue;
        for (row.fields = 0; p && row.fields < 4; row.fields++) {
            row.field[row.fields] = p;
            p = strchr(p, '\t');
            if (p) *p++ = 0;
        }
        take(&row);
    }
    fclose(file);
}

int main(int argc, char **argv)
{
    FILE *out;
    if (argc != 6)
        make_die("usage: make_tables variants.tsv readings.tsv commonness.tsv common_words.tsv fold_tables.c", NULL);
    make_fold_all(argv[1]);
    make_sound_all(argv[2], argv[3]);
    make_words_all(argv[4]);
    make_parts_all();
    out = fopen(argv[5], "wb");
    if (!out)
        make_die("cannot write", argv[5]);
    make_write_all(out);
    return fclose(out) ? 1 : 0;
}
