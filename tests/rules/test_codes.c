/* rules: rules/FORMAT.md lists the codes of every floor, not only the loader's: users look them up in one place. */
#include "rules_test.h"
#include "compile/compile.h"
#include "dialogue/dialogue_messages.h"
#include "session/session_run.h"

static char doc[1 << 20];

static void check_listed(int code)
{
    char row[32];
    snprintf(row, sizeof(row), "\n| %d | ", code);
    ck_assert_msg(strstr(doc, row), "rules/FORMAT.md does not list code %d", code);
}

START_TEST(test_rules__format_document_lists_the_codes_of_all_floors)
{
    static const int dialogue[] = {
#define CODE(name, number, english, chinese) number,
        JY__DIALOGUE_MESSAGES(CODE)
    };
    FILE *file = fopen(RULES_TEST_DIR "/../../rules/FORMAT.md", "rb");
    ck_assert_msg(file != NULL, "cannot read rules/FORMAT.md");
    doc[fread(doc, 1, sizeof(doc) - 1, file)] = 0;
    fclose(file);
    for (size_t i = 0; i < JY__COUNT(dialogue); i++)
        check_listed(dialogue[i]);
    for (size_t i = 0; jy__compile_message_at(i); i++)
        check_listed(jy__compile_message_at(i)->code);
    for (size_t i = 0; jy__session_message_at(i); i++)
        check_listed(jy__session_message_at(i)->code);
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
