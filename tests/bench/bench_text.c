/* Writes what everybody reads: bench_text FOLDER MEGABYTES PHRASES HIT-EVERY
 *   raw.txt      dialogue (dialogue.c says how it is made), phrases planted every HIT-EVERY bytes, one in three of them disguised
 *   folded.txt   the same as jy__fold_text leaves it: width, case, script and invisible characters folded, blanks between Han gone. Peers read this
 *                one. Fillers and stutters still stand in it, so a peer misses the phrases that they cut.
 *   phrases.txt  the phrases, one a line
 *   pack.yaml    the same phrases as rules, a hundred a rule
 *   heard.yaml   the same with those of three characters or more found by sound too */
#include "dialogue.h"
#include "fold/fold.h"
#include <stdio.h>
#include <stdlib.h>

#define A_RULE 100
#define HEARD_LEAST 3 /* characters: shorter phrases sound like too much else */

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

static void write_list(const dialogue *talk, const char *folder)
{
    FILE *list = create(folder, "phrases.txt");
    for (size_t i = 0; i < talk->phrase_count; i++) {
        write_phrase_text(list, &talk->phrases[i]);
        fputc('\n', list);
    }
    finish(list);
}

static void write_head(FILE *pack) { fputs("jinyu: 1\npack: bench\nrules:\n", pack); }

/* The phrases of so many characters, a hundred a rule, each rule with this line. */
static void write_rules(FILE *pack, const dialogue *talk, uint32_t least, uint32_t most, const char *line)
{
    size_t written = 0;
    for (size_t i = 0; i < talk->phrase_count; i++) {
        if (talk->phrases[i].count < least || talk->phrases[i].count > most)
            continue;
        if (written++ % A_RULE == 0)
            fprintf(pack, "  - id: rule-%u-%zu\n    suggest: [请您稍等]\n%s    forbid:\n", (unsigned)least, written / A_RULE, line);
        fputs("      - \"", pack);
        write_phrase_text(pack, &talk->phrases[i]);
        fputs("\"\n", pack);
    }
}

static void write_packs(const dialogue *talk, const char *folder)
{
    FILE *pack = create(folder, "pack.yaml"), *heard = create(folder, "heard.yaml");
    write_head(pack);
    write_rules(pack, talk, 1, DIALOGUE_LONGEST, "");
    finish(pack);
    write_head(heard);
    write_rules(heard, talk, HEARD_LEAST, DIALOGUE_LONGEST, "    fold: {sound: yes}\n");
    write_rules(heard, talk, 1, HEARD_LEAST - 1, "");
    finish(heard);
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
    write_list(&talk, argv[1]);
    write_packs(&talk, argv[1]);
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
