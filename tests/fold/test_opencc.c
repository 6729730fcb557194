/* fold against OpenCC (Debian package opencc) as a second opinion. OpenCC converts, the fold makes classes: so what OpenCC makes of a text
 * must fold like the text. Characters where the two differ are listed one by one, with reasons, in opencc_differences.tsv, and the list must be exact. */
#include "../check_main.h"
#include "fold_files.h"
#include <unistd.h>

static char in_path[] = "/tmp/jinyu-opencc-in-XXXXXX", out_path[] = "/tmp/jinyu-opencc-out-XXXXXX";

static bool is_listed_han(uint32_t cp)
{
    return jy__fold_is_han(cp) && cp < 0x323B0;
}

static void run_opencc(const char *configuration, const char *in)
{
    char command[512];
    snprintf(command, sizeof(command), "opencc -c %s -i %s -o %s", configuration, in, out_path);
    ck_assert_int_eq(system(command), 0);
}

static uint32_t char_of(const char *text)
{
    const char *p = text;
    bool valid;
    return jy__utf8_next(&p, text + strlen(text), &valid);
}

static size_t listed;

/* A row of the list for this configuration and character, whose two results are as given. */
static bool is_difference(const char *configuration, uint32_t cp, uint32_t ours, uint32_t theirs, bool count)
{
    char line[1024];
    bool found = false;
    FILE *file = fopen(TEST_DIR "/opencc_differences.tsv", "r");
    ck_assert(file != NULL);
    while (fgets(line, sizeof(line), file)) {
        char *field[5] = { strtok(line, "\t\n"), strtok(NULL, "\t\n"), strtok(NULL, "\t\n"), strtok(NULL, "\t\n"), strtok(NULL, "\t\n") };
        if (!field[0] || field[0][0] == '#' || strcmp(field[0], configuration) != 0)
            continue;
        EXPECT(field[4] && field[4][0], "a difference without a reason: %s", field[1]);
        listed += count;
        found = found || (char_of(field[1]) == cp && char_of(field[2]) == ours && char_of(field[3]) == theirs);
    }
    fclose(file);
    return found;
}

/* Every Han character goes through OpenCC, one a line. exact: the fold must give OpenCC's own character; else one of its class. */
static void compare_characters(const char *configuration, bool exact, size_t at_least)
{
    char line[64];
    size_t changed = 0, differences = 0;
    FILE *file = fopen(in_path, "w");
    ck_assert(file != NULL);
    for (uint32_t cp = 0x3400; cp < 0x323B0; cp++)
        if (is_listed_han(cp)) {
            line[jy__utf8_put(cp, line)] = 0;
            fprintf(file, "%s\n", line);
        }
    fclose(file);
    run_opencc(configuration, in_path);
    file = fopen(out_path, "r");
    ck_assert(file != NULL);
    for (uint32_t cp = 0x3400; cp < 0x323B0; cp++) {
        uint32_t theirs, ours = jy__fold_one(cp);
        if (!is_listed_han(cp))
            continue;
        EXPECT(fgets(line, sizeof(line), file) != NULL, "OpenCC lost a line");
        theirs = char_of(line);
        changed += theirs != cp;
        if (theirs == cp || ours == (exact ? theirs : jy__fold_one(theirs)))
            continue;
        differences++;
        EXPECT(is_difference(configuration, cp, ours, theirs, false), "U+%04X: ours U+%04X, OpenCC U+%04X", cp, ours, theirs);
    }
    fclose(file);
    listed = 0;
    is_difference(configuration, 0, 0, 0, true);
    ck_assert_uint_eq(listed, differences);
    ck_assert_uint_ge(changed, at_least);
}

START_TEST(test_fold__opencc_simplifies_alike) { compare_characters("t2s", true, 4000); }
END_TEST
START_TEST(test_fold__opencc_japanese_forms_are_in_the_class) { compare_characters("jp2t", false, 300); }
END_TEST
START_TEST(test_fold__opencc_taiwan_forms_are_in_the_class) { compare_characters("tw2t", false, 30); }
END_TEST
START_TEST(test_fold__opencc_hongkong_forms_are_in_the_class) { compare_characters("hk2t", false, 50); }
END_TEST

/* Our own sentences, full of words that simplified and traditional text divide differently: converted to each traditional form
 * (and on to Japanese), they fold to what they were; and simplified text folds to itself but for width and case. */
static void compare_sentences(const char *configuration, const char *then)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__folded ours = { 0 }, theirs = { 0 };
    char simple[4096], other[4096];
    size_t lines = 0, changed = 0;
    FILE *in, *out;
    run_opencc(configuration, TEST_DIR "/sentences.txt");
    if (then) {
        ck_assert_int_eq(rename(out_path, in_path), 0);
        run_opencc(then, in_path);
    }
    in = fopen(TEST_DIR "/sentences.txt", "r");
    out = fopen(out_path, "r");
    ck_assert(in && out);
    while (fgets(simple, sizeof(simple), in)) {
        ck_assert(fgets(other, sizeof(other), out) != NULL);
        if (then && strstr(simple, "联"))
            continue; /* Japanese writes 連 for 聯: see opencc_differences.tsv */
        ck_assert_int_eq(jy__fold_text(&mem, jy__str_of(simple), &ours), JY_OK);
        ck_assert_int_eq(jy__fold_text(&mem, jy__str_of(other), &theirs), JY_OK);
        ck_assert_str_eq(ours.text, theirs.text);
        changed += strcmp(simple, other) != 0;
        lines++;
    }
    ck_assert_uint_ge(lines, 50);
    ck_assert_uint_ge(changed, 50);
    fclose(in);
    fclose(out);
    jy__folded_free(&mem, &ours);
    jy__folded_free(&mem, &theirs);
}

START_TEST(test_fold__opencc_sentences_traditional) { compare_sentences("s2t", NULL); }
END_TEST
START_TEST(test_fold__opencc_sentences_taiwan) { compare_sentences("s2tw", NULL); }
END_TEST
START_TEST(test_fold__opencc_sentences_hongkong) { compare_sentences("s2hk", NULL); }
END_TEST
START_TEST(test_fold__opencc_sentences_japanese) { compare_sentences("s2t", "t2jp"); }
END_TEST

int main(void)
{
    const TTest *const tests[] = { test_fold__opencc_simplifies_alike, test_fold__opencc_japanese_forms_are_in_the_class,
        test_fold__opencc_taiwan_forms_are_in_the_class, test_fold__opencc_hongkong_forms_are_in_the_class, test_fold__opencc_sentences_traditional,
        test_fold__opencc_sentences_taiwan, test_fold__opencc_sentences_hongkong, test_fold__opencc_sentences_japanese };
    int failed;
    if (system("command -v opencc >/dev/null") != 0) {
        puts("1..0 # SKIP opencc is not installed (Debian package opencc)");
        return 0;
    }
    close(mkstemp(in_path));
    close(mkstemp(out_path));
    failed = check_run("fold-opencc", tests, sizeof(tests) / sizeof(tests[0]));
    remove(in_path);
    remove(out_path);
    return failed;
}
