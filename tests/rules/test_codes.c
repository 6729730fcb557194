/* rules: rules/FORMAT.md lists codes and wordings of every floor, not only the loader's: users look them up in one place. */
#include "rules_test.h"
#include "compile/compile.h"
#include "dialogue/dialogue_messages.h"
#include "session/session_run.h"

static char doc[1 << 20];

/* As the row of a Markdown table. */
static void check_listed(int code, int severity, const char *english, const char *chinese)
{
    static const char *const severities[] = { "", "info", "warning", "error", "critical" };
    const char *const cells[] = { severities[severity], chinese, english };
    char row[1024];
    size_t len = (size_t)snprintf(row, sizeof(row), "\n| %d |", code);
    for (size_t i = 0; i < JY__COUNT(cells); i++) {
        row[len++] = ' ';
        for (const char *p = cells[i]; *p; p++)
            len += (size_t)snprintf(row + len, sizeof(row) - len, *p == '|' ? "\\|" : *p == '<' ? "&lt;" : "%c", *p);
        len += (size_t)snprintf(row + len, sizeof(row) - len, " |");
    }
    ck_assert_msg(strstr(doc, row), "rules/FORMAT.md lacks the row:%s", row);
}

START_TEST(test_rules__format_document_lists_the_codes_of_all_floors)
{
    static const jy__message dialogue[] = {
#define CODE(name, number, english, chinese) { number, JY_ERROR, english, chinese },
        JY__DIALOGUE_MESSAGES(CODE)
    };
    const jy__message *message;
    FILE *file = fopen(RULES_TEST_DIR "/../../rules/FORMAT.md", "rb");
    ck_assert_msg(file != NULL, "cannot read rules/FORMAT.md");
    doc[fread(doc, 1, sizeof(doc) - 1, file)] = 0;
    fclose(file);
    for (size_t i = 0; i < JY__COUNT(dialogue); i++)
        check_listed(dialogue[i].code, dialogue[i].severity, dialogue[i].english, dialogue[i].chinese);
    for (size_t i = 0; (message = jy__compile_message_at(i)); i++)
        check_listed(message->code, message->severity, message->english, message->chinese);
    for (size_t i = 0; (message = jy__session_message_at(i)); i++)
        check_listed(message->code, message->severity, message->english, message->chinese);
}
END_TEST

START_TEST(test_rules__a_newer_format_answers_so)
{
    jy_compiler *compiler;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    ck_assert_int_eq(jy_compiler_add_text(compiler, JY__STR("a"), JY__STR("jinyu: 2\n")), JY_E_VERSION);
    ck_assert_int_eq(jy_compiler_add_text(compiler, JY__STR("b"), JY__STR("jinyu: 1\n")), JY_E_RULES);
    ck_assert_int_eq(jy_compiler_add_text(compiler, JY__STR("c"), JY__STR("jinyu: 1\nrules: [{forbid: 没办法}]\n")), JY_OK);
    jy_compiler_free(compiler);
}
END_TEST

CHECK_MAIN("rules", test_rules__format_document_lists_the_codes_of_all_floors, test_rules__a_newer_format_answers_so)
