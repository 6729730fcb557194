/* The generator of the fold's tables: a damaged table ends the build with file and line, a good one gives the same bytes every time. And
 * what it saves: the installed library does not link icu-i18n. */
#include "../check_main.h"
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/jinyu-tables-XXXXXX";

static void write_file(const char *name, const char *text)
{
    char path[256];
    FILE *file;
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    file = fopen(path, "w");
    ck_assert(file != NULL);
    fputs(text, file);
    fclose(file);
}

#define WORDS "225\t我们 您好\n"
static const char *words = WORDS; /* the fourth table, which only its own test damages */

/* Runs the generator on the tables; what it says goes to `said`. */
static int make(const char *variants, const char *readings, const char *commonness, char *said, size_t size)
{
    char command[2048];
    FILE *pipe;
    size_t len;
    write_file("variants.tsv", variants);
    write_file("readings.tsv", readings);
    write_file("commonness.tsv", commonness);
    write_file("common_words.tsv", words);
    snprintf(command, sizeof(command), "cd %s && %s variants.tsv readings.tsv commonness.tsv common_words.tsv out.c 2>&1", folder, MAKE_TABLES);
    pipe = popen(command, "r");
    ck_assert(pipe != NULL);
    len = fread(said, 1, size - 1, pipe);
    said[len] = 0;
    return pclose(pipe);
}

/* The least that ICU's own classes need: 苎 and 苧 would go round in a circle. */
#define VARIANTS "# a comment\n苎\t苎\n"
#define READINGS "行\txing hang\n"
#define COMMONNESS "255\t的\n"

static void fails(const char *variants, const char *readings, const char *commonness, const char *message)
{
    char said[4096];
    ck_assert_int_ne(make(variants, readings, commonness, said, sizeof(said)), 0);
    ck_assert_msg(strstr(said, message) != NULL, "wanted \"%s\", it said \"%s\"", message, said);
}

START_TEST(test_fold__damaged_variants_end_the_build)
{
    fails(VARIANTS "峯\n", READINGS, COMMONNESS, "variants.tsv:3: a row is");
    fails(VARIANTS "峯\t\n", READINGS, COMMONNESS, "variants.tsv:3: a field is empty");
    fails(VARIANTS "峯\t峰岭\n", READINGS, COMMONNESS, "variants.tsv:3: a field must be one character");
    fails(VARIANTS "峯\t峰\n峯\t岭\n", READINGS, COMMONNESS, "variants.tsv:4: this character stands here twice");
    fails(VARIANTS "峯\t峰\n峰\t峯\n", READINGS, COMMONNESS, "go round in a circle");
    fails(VARIANTS "峯\t,\n", READINGS, COMMONNESS, "changes the kind");
    fails(VARIANTS "\xFF\t峰\n", READINGS, COMMONNESS, "not valid UTF-8");
    fails("", READINGS, COMMONNESS, "U+82CE: make_tables: its classes go round in a circle");
}
END_TEST

START_TEST(test_fold__damaged_readings_end_the_build)
{
    fails(VARIANTS, "行\n", COMMONNESS, "readings.tsv:1: a row is");
    fails(VARIANTS, "行\txing2\n", COMMONNESS, "readings.tsv:1: this is no toneless syllable");
    fails(VARIANTS, "行\thng\n", COMMONNESS, "readings.tsv:1: this is no toneless syllable");
    fails(VARIANTS, "誰\tshei\n", COMMONNESS, "readings.tsv:1: readings belong to the symbol");
    fails(VARIANTS, READINGS "行\txing\n", COMMONNESS, "readings.tsv:2: this character stands here twice");
    fails(VARIANTS, "行\ta ai an ang ao ba bai ban bang\n", COMMONNESS, "more than JY__SOUND_MOST readings");
}
END_TEST

START_TEST(test_fold__damaged_commonness_ends_the_build)
{
    fails(VARIANTS, READINGS, "的\t255\n", "commonness.tsv:1: a row is");
    fails(VARIANTS, READINGS, "256\t的\n", "commonness.tsv:1: a row is");
    fails(VARIANTS, READINGS, "255\t的的\n", "commonness.tsv:1: a character is no symbol of its own, or stands here twice");
    fails(VARIANTS, READINGS, "255\t誰\n", "commonness.tsv:1: a character is no symbol of its own");
}
END_TEST

static void fails_words(const char *text, const char *message)
{
    words = text;
    fails(VARIANTS, READINGS, COMMONNESS, message);
    words = WORDS;
}

START_TEST(test_fold__damaged_words_end_the_build)
{
    fails_words("我们\t225\n", "common_words.tsv:1: a row is");
    fails_words("225\n", "common_words.tsv:1: a row is");
    fails_words("225\t我们 我\n", "common_words.tsv:1: a word is two Han symbols");
    fails_words("225\t我們\n", "common_words.tsv:1: a word is two Han symbols");
    fails_words("225\tab\n", "common_words.tsv:1: a word is two Han symbols");
    fails_words("225\t我们的\n", "common_words.tsv:1: a word is longer");
    fails_words(WORDS "200\t我们\n", "a word stands twice");
    fails_words("# none\n", "no words");
}
END_TEST

START_TEST(test_fold__tables_come_out_the_same_every_time)
{
    char said[4096], command[512];
    ck_assert_int_eq(make(VARIANTS, READINGS, COMMONNESS, said, sizeof(said)), 0);
    ck_assert_str_eq(said, "");
    snprintf(command, sizeof(command), "cp %s/out.c %s/first.c", folder, folder);
    ck_assert_int_eq(system(command), 0);
    ck_assert_int_eq(make(VARIANTS, READINGS, COMMONNESS, said, sizeof(said)), 0);
    snprintf(command, sizeof(command), "cmp %s/out.c %s/first.c && test $(wc -c <%s/out.c) -gt 300000", folder, folder, folder);
    ck_assert_int_eq(system(command), 0);
}
END_TEST

START_TEST(test_fold__the_library_does_not_link_icu_i18n)
{
    ck_assert_int_eq(system("readelf -d " LIBRARY " | grep -q 'NEEDED.*icuuc'"), 0);
    ck_assert_int_ne(system("readelf -d " LIBRARY " | grep -q 'NEEDED.*icui18n'"), 0);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = { test_fold__damaged_variants_end_the_build, test_fold__damaged_readings_end_the_build,
        test_fold__damaged_commonness_ends_the_build, test_fold__damaged_words_end_the_build, test_fold__tables_come_out_the_same_every_time,
        test_fold__the_library_does_not_link_icu_i18n };
    char command[64];
    int failed;
    if (!mkdtemp(folder))
        return 1;
    failed = check_run("fold-tables", tests, sizeof(tests) / sizeof(tests[0]));
    snprintf(command, sizeof(command), "rm -r %s", folder);
    return system(command) || failed;
}
