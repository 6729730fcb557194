/* rules: files that are wrong, each in another way. bad/expected.tsv holds, for every file, exactly the diagnostics it must
 * give: file, line:column, code, rule id, English, Chinese. A file that loads without a word is not in the folder. */
#include "rules_test.h"
#include <dirent.h>

/* The rows of one file, as the table has them. */
static void write_rows(jy__text *out, const char *name, const loaded *l)
{
    for (size_t i = 0; i < l->diags.list.count; i++) {
        const jy__diag *diag = &l->diags.list.items[i];
        jy__text_c(out, name);
        jy__text_char(out, '\t');
        jy__text_int(out, diag->pos.line);
        jy__text_char(out, ':');
        jy__text_int(out, diag->pos.column);
        jy__text_char(out, '\t');
        jy__text_int(out, diag->code);
        jy__text_char(out, '\t');
        jy__text_str(out, diag->rule);
        jy__text_char(out, '\t');
        jy__text_str(out, diag->text[JY_ENGLISH]);
        jy__text_char(out, '\t');
        jy__text_str(out, diag->text[JY_CHINESE]);
        jy__text_char(out, '\n');
    }
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static size_t file_names(char **names, size_t most)
{
    DIR *folder = opendir(RULES_TEST_DIR "/bad");
    struct dirent *entry;
    size_t count = 0;
    ck_assert(folder != NULL);
    while ((entry = readdir(folder)) && count < most)
        if (strstr(entry->d_name, ".yaml"))
            names[count++] = strdup(entry->d_name);
    closedir(folder);
    qsort(names, count, sizeof(*names), by_name);
    return count;
}

START_TEST(test_rules__bad_files_tell_place_and_remedy)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__text found;
    char *names[200], *expected;
    size_t count = file_names(names, JY__COUNT(names)), len;
    ck_assert_uint_ge(count, 30);
    jy__text_init(&found, &mem);
    for (size_t i = 0; i < count; i++) {
        loaded l;
        char path[300], *text;
        snprintf(path, sizeof(path), "bad/%s", names[i]);
        text = read_test_file(path, &len);
        load_str(&l, (jy_str){ text, len });
        ck_assert_int_eq(l.status, JY_OK);
        ck_assert_msg(l.diags.list.count > 0, "%s gives no diagnostic", names[i]);
        ck_assert_int_eq(l.tree.ok, l.diags.errors == 0);
        ck_assert_int_eq(l.tree.newer, strncmp(names[i], "35_", 3) == 0);
        write_rows(&found, names[i], &l);
        unload(&l);
        free(text);
        free(names[i]);
    }
    expected = read_test_file("bad/expected.tsv", &len);
    if (getenv("RULES_TEST_SHOW"))
        fputs(found.ptr, stderr);
    compare_line_by_line(found.ptr, expected);
    free(expected);
    jy__text_free(&found);
}
END_TEST

START_TEST(test_rules__places_are_bytes_too)
{
    loaded l;
    const char *text = "jinyu: 1\nrules:\n  - forbid: [没办法, 你(啊]\n";
    load(&l, text);
    ck_assert_uint_eq(l.diags.list.count, 1);
    ck_assert_uint_eq(l.diags.list.items[0].pos.offset, (size_t)(strchr(text, '(') - text));
    ck_assert_uint_eq(l.diags.list.items[0].pos.length, 1);
    unload(&l);
}
END_TEST

START_TEST(test_rules__every_message_has_a_file_that_shows_it)
{
    /* those that no file of reasonable size or known wording of libyaml can show */
    static const int exempt[] = { 1029, 1039 };
    size_t len;
    char *expected = read_test_file("bad/expected.tsv", &len);
    for (size_t i = 0; jy__rules_message(i); i++) {
        int code = jy__rules_message(i)->code;
        char cell[16];
        bool skip = false;
        snprintf(cell, sizeof(cell), "\t%d\t", code);
        for (size_t k = 0; k < JY__COUNT(exempt); k++)
            skip = skip || exempt[k] == code;
        ck_assert_msg(skip || strstr(expected, cell), "no bad file shows code %d", code);
    }
    free(expected);
}
END_TEST

START_TEST(test_rules__message_table_is_ordered_and_whole)
{
    for (size_t i = 0; jy__rules_message(i); i++) {
        const jy__message *message = jy__rules_message(i), *next = jy__rules_message(i + 1);
        ck_assert_int_ge(message->code, 1000);
        ck_assert_int_lt(message->code, 2000);
        ck_assert(!next || next->code > message->code);
        for (char digit = '0'; digit <= '9'; digit++) {
            char slot[] = { '{', digit, '}', 0 };
            ck_assert_msg(!strstr(message->english, slot) == !strstr(message->chinese, slot), "code %d: %s is not in both languages", message->code, slot);
        }
        ck_assert_msg(message->english[strlen(message->english) - 1] != '.', "code %d ends with a period", message->code);
    }
}
END_TEST

START_TEST(test_rules__errors_without_end_are_cut_and_say_so)
{
    loaded l;
    jy__mem mem = jy__mem_of(NULL);
    jy__text file;
    jy__text_init(&file, &mem);
    jy__text_c(&file, "jinyu: 1\nrules:\n");
    for (int i = 0; i < 10050; i++)
        jy__text_c(&file, "- forbid: (甲\n");
    load_str(&l, jy__text_view(&file));
    ck_assert_uint_eq(l.diags.list.count, 10001);
    ck_assert_int_eq(l.diags.list.items[10000].code, 1039);
    ck_assert(!l.tree.ok);
    unload(&l);
    jy__text_free(&file);
}
END_TEST

CHECK_MAIN("rules", test_rules__bad_files_tell_place_and_remedy, test_rules__places_are_bytes_too, test_rules__every_message_has_a_file_that_shows_it,
           test_rules__message_table_is_ordered_and_whole, test_rules__errors_without_end_are_cut_and_say_so)
