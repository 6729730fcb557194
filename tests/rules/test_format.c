/* rules: the standard layout — one messy file with its layout kept beside it, and what holds for every file: it means the same,
 * keeps its comments, and is left alone the second time. */
#include "rules_test.h"
#include "tree_print.h"

static void format_str(const jy__mem *mem, jy_str text, jy__text *out)
{
    jy__text_init(out, mem);
    ck_assert_int_eq(jy__rules_format(mem, text, out), JY_OK);
}

static void check_format(const char *text, const char *expected)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__text out;
    format_str(&mem, jy__str_of(text), &out);
    ck_assert_str_eq(out.ptr, expected);
    jy__text_free(&out);
}

START_TEST(test_rules__a_messy_file_gets_the_standard_layout)
{
    size_t len;
    char *messy = read_test_file("format/messy.yaml", &len), *expected = read_test_file("format/messy.expected", &len);
    check_format(messy, expected);
    check_format(expected, expected);
    free(messy);
    free(expected);
}
END_TEST

static void print_of(jy_str text, jy__text *out)
{
    loaded l;
    load_str(&l, text);
    ck_assert(l.tree.ok);
    jy__text_init(out, &l.mem);
    print_tree(out, &l.tree);
    unload(&l);
}

START_TEST(test_rules__layout_changes_no_rule)
{
    static const char *const files[] = { "good/everything.yaml", "good/minimal.yaml", "good/words_of_yaml.yaml", "format/messy.yaml" };
    jy__mem mem = jy__mem_of(NULL);
    for (size_t i = 0; i < JY__COUNT(files); i++) {
        size_t len;
        char *text = read_test_file(files[i], &len);
        jy__text out, before, after;
        format_str(&mem, (jy_str){ text, len }, &out);
        print_of((jy_str){ text, len }, &before);
        print_of(jy__text_view(&out), &after);
        before.mem = after.mem = &mem;
        ck_assert_str_eq(before.ptr, after.ptr);
        jy__text_free(&out);
        jy__text_free(&before);
        jy__text_free(&after);
        free(text);
    }
}
END_TEST

#define HEAD "jinyu: 1\nrules:\n"
static const char *const cases[][2] = {
    { HEAD "- forbid: 'x'", HEAD "  - forbid: x\n" },
    { "---\njinyu: 1\nrules:\n    -   forbid:   x\n...\n", HEAD "  - forbid: x\n" },
    { "\xEF\xBB\xBFjinyu: 1\r\nrules:\r\n- forbid: x  # c\r\n  suggest: 好的\r\n", HEAD "  - forbid: x  # c\n    suggest: 好的\n" },
    { "{jinyu: 1, rules: [{forbid: x}]}", "{jinyu: 1, rules: [{forbid: x}]}\n" },
    { "{jinyu: 1, # c\n rules: [{forbid: x}]}", "jinyu: 1  # c\nrules: [{forbid: x}]\n" },
    { HEAD "- {forbid: x}\n- {forbid: y}\n- forbid: z\n", HEAD "  - {forbid: x}\n  - {forbid: y}\n\n  - forbid: z\n" },
    { HEAD "- forbid: x\n# about y\n- forbid: y", HEAD "  - forbid: x\n\n  # about y\n  - forbid: y\n" },
    { "# a\n# b\n\n\n# c\njinyu: 1 # d\nrules: # e\n# f\n- forbid: x # g\n# h", "# a\n# b\n\n# c\njinyu: 1  # d\nrules:  # e\n  # f\n  - forbid: x  # g\n# h\n" },
    { HEAD "- forbid: x\n  note: |+\n    a\n\n\n", HEAD "  - forbid: x\n    note: |+\n      a\n\n\n" },
    { HEAD "- forbid: x\n  note: |2\n      a\n    b\n", HEAD "  - forbid: x\n    note: \"  a\\nb\"\n" },
    { HEAD "- forbid: x\n  note: a\n\n    b\n", HEAD "  - forbid: x\n    note: \"a\\nb\"\n" },
    { HEAD "- ? forbid\n  : x\n", HEAD "  - forbid: x\n" },
    { HEAD "- forbid: [\"x#y\", \"x #y\", '#x', 'a,b', \"\\u200B你\"]\n", HEAD "  - forbid: [x#y, 'x #y', '#x', 'a,b', \xE2\x80\x8B你]\n" },
};

START_TEST(test_rules__layout_of_odd_yaml)
{
    for (size_t i = 0; i < JY__COUNT(cases); i++) {
        check_format(cases[i][0], cases[i][1]);
        check_format(cases[i][1], cases[i][1]);
    }
}
END_TEST

START_TEST(test_rules__files_with_errors_are_not_laid_out)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__text out;
    jy__text_init(&out, &mem);
    ck_assert_int_eq(jy__rules_format(&mem, JY__STR("jinyu: 1\nrules:\n  - forbid: (x\n"), &out), JY_E_RULES);
    ck_assert_int_eq(jy__rules_format(&mem, JY__STR(""), &out), JY_E_RULES);
    ck_assert_uint_eq(out.len, 0);
    jy__text_free(&out);
}
END_TEST

CHECK_MAIN("rules", test_rules__a_messy_file_gets_the_standard_layout, test_rules__layout_changes_no_rule, test_rules__layout_of_odd_yaml,
           test_rules__files_with_errors_are_not_laid_out)
