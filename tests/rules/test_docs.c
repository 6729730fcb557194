/* rules: rules/FORMAT.md tells the truth — it lists every code and wording of the loader's messages, names every key of every
 * table, and its examples load without a remark. */
#include "rules_test.h"
#include "rules/rules_keys.h"

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = malloc(1 << 20);
    size_t len;
    ck_assert_msg(file != NULL, "cannot read %s", path);
    len = fread(text, 1, (1 << 20) - 1, file);
    text[len] = 0;
    fclose(file);
    return text;
}

static char *read_doc(void) { return read_file(RULES_TEST_DIR "/../../rules/FORMAT.md"); }

/* As a cell of a Markdown table. */
static void add_cell(jy__text *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '|')
            jy__text_c(out, "\\|");
        else if (*text == '<')
            jy__text_c(out, "&lt;");
        else
            jy__text_char(out, *text);
    }
    jy__text_c(out, " | ");
}

START_TEST(test_rules__format_document_lists_every_message)
{
    static const char *const severities[] = { "", "info", "warning", "error", "critical" };
    char *doc = read_doc();
    jy__mem mem = jy__mem_of(NULL);
    for (size_t i = 0; jy__rules_message(i); i++) {
        const jy__message *message = jy__rules_message(i);
        jy__text row;
        jy__text_init(&row, &mem);
        jy__text_c(&row, "\n| ");
        jy__text_int(&row, message->code);
        jy__text_c(&row, " | ");
        add_cell(&row, severities[message->severity]);
        add_cell(&row, message->chinese);
        add_cell(&row, message->english);
        row.ptr[row.len - 1] = 0;
        ck_assert_msg(strstr(doc, row.ptr), "rules/FORMAT.md lacks the row:%s", row.ptr);
        jy__text_free(&row);
    }
    free(doc);
}
END_TEST

START_TEST(test_rules__format_document_names_every_key_and_word)
{
    char *doc = read_doc(), name[64];
    for (int id = 0; id < JY__TABLE_COUNT; id++) {
        const jy__table *table = jy__rules_table((jy__table_id)id);
        for (size_t i = 0; i < table->count; i++) {
            const char *key = table->keys[i].name.ptr;
            snprintf(name, sizeof(name), "`%s`", key);
            if (!strstr(doc, name)) {
                snprintf(name, sizeof(name), "%s:", key);
                ck_assert_msg(strstr(doc, name), "rules/FORMAT.md does not name the key %s of %s", key, table->english);
            }
        }
    }
    for (int id = 0; id < JY__CHOICES_COUNT; id++) {
        const jy__choices *words = jy__rules_choices((jy__choices_id)id);
        for (size_t i = 0; i < words->count; i++)
            ck_assert_msg(strstr(doc, words->items[i].name), "rules/FORMAT.md does not name %s", words->items[i].name);
    }
    free(doc);
}
END_TEST

static size_t check_examples(char *doc)
{
    char *at = doc;
    size_t count = 0;
    while ((at = strstr(at, "```yaml\n"))) {
        char *start = at + strlen("```yaml\n"), *end = strstr(start, "```");
        loaded l;
        ck_assert(end != NULL);
        load_str(&l, (jy_str){ start, (size_t)(end - start) });
        if (l.diags.list.count)
            show(&l);
        ck_assert_msg(l.tree.ok && l.diags.list.count == 0, "an example is not right:\n%.*s", (int)(end - start), start);
        unload(&l);
        at = end + 3;
        count++;
    }
    free(doc);
    return count;
}

START_TEST(test_rules__examples_of_the_documents_load)
{
    ck_assert_uint_ge(check_examples(read_doc()), 3);
    ck_assert_uint_ge(check_examples(read_file(RULES_TEST_DIR "/../../README.md")), 1);
}
END_TEST

CHECK_MAIN("rules", test_rules__format_document_lists_every_message, test_rules__format_document_names_every_key_and_word,
           test_rules__examples_of_the_documents_load)
