/* Writes what everybody reads: bench_text FOLDER MEGABYTES PHRASES HIT-EVERY
 *   raw.txt      dialogue (dialogue.c says how it is made), phrases planted every HIT-EVERY bytes, one in three of them disguised
 *   folded.txt   the same as jy__fold_text leaves it: width, case, script and invisible characters folded, blanks between Han gone. Peers read this
 *                one. Fillers and stutters still stand in it, so a peer misses the phrases that they cut.
 *   phrases.txt  the phrases, one a line
 *   pack.yaml    the same phrases as rules, a hundred a rule */
#include "dialogue.h"
#include "fold/fold.h"
#include <stdio.h>
#include <stdlib.h>

#define A_RULE 100

static void fail(const char *what)
{
    fprintf(stderr, "bench_text: %s\n", what);
    exit(2);
}

static FILE *create(const char *folder, const char *name)
{
    char path[4096];
    FILE *file;
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    file = fopen(path, "wb");
    if (!file)
        fail(path);
    return file;
}

static void finish(FILE *file)
{
    if (fclose(file) != 0)
        fail("cannot write");
}

/* Line by line: folded text is shorter, and its offset maps would be sixteen times the text. */
static void write_folded(FILE *file, const char *text, size_t len)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__folded folded = { 0 };
    for (size_t at = 0; at < len;) {
        const char *end = memchr(text + at, '\n', len - at);
        size_t size = end ? (size_t)(end - text) - at : len - at;
        if (jy__fold_text(&mem, (jy_str){ text + at, size }, &folded) != JY_OK)
            fail("out of memory");
        fwrite(folded.text, 1, folded.len, file);
        fputc('\n', file);
        at += size + 1;
    }
    jy__folded_free(&mem, &folded);
}

static void write_phrase_text(FILE *file, const dialogue_phrase *phrase)
{
    char bytes[4];
    for (uint32_t i = 0; i < phrase->count; i++)
        fwrite(bytes, 1, jy__utf8_put(phrase->symbols[i], bytes), file);
}

static void write_phrases(const dialogue *talk, const char *folder)
{
    FILE *list = create(folder, "phrases.txt"), *pack = create(folder, "pack.yaml");
    fputs("jinyu: 1\npack: bench\nrules:\n", pack);
    for (size_t i = 0; i < talk->phrase_count; i++) {
        if (i % A_RULE == 0)
            fprintf(pack, "  - id: rule-%zu\n    suggest: [请您稍等]\n    forbid:\n", i / A_RULE);
        fputs("      - \"", pack);
        write_phrase_text(pack, &talk->phrases[i]);
        fputs("\"\n", pack);
        write_phrase_text(list, &talk->phrases[i]);
        fputc('\n', list);
    }
    finish(list);
    finish(pack);
}

int main(int argc, char **argv)
{
    dialogue talk;
    FILE *file;
    char *text;
    size_t size, len;
    if (argc != 5)
        fail("bench_text FOLDER MEGABYTES PHRASES HIT-EVERY");
    size = strtoull(argv[2], NULL, 10) << 20;
    text = malloc(size);
    if (!text || !dialogue_open(&talk, 42, strtoull(argv[3], NULL, 10), 0))
        fail("out of memory");
    write_phrases(&talk, argv[1]);
    len = dialogue_write(&talk, text, size, strtoull(argv[4], NULL, 10));
    file = create(argv[1], "raw.txt");
    fwrite(text, 1, len, file);
    finish(file);
    file = create(argv[1], "folded.txt");
    write_folded(file, text, len);
    finish(file);
    dialogue_close(&talk);
    free(text);
    return 0;
}
