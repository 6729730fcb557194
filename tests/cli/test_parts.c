/* The parts of the command line that need no library: JSON lines, .jinyuignore patterns, unified diffs, nearest names. */
#include "../check_main.h"
#include "cli.h"

static const json *parse(json_doc *doc, const char *line) { return json_parse(doc, str_of(line)); }

START_TEST(test_cli__json_takes_what_rfc8259_takes)
{
    static const char *const good[] = { "{}", "[]", " [1,-0.5e+3,true,false,null] ", "{\"a\":{\"b\":[\"\\u00e9\\n\"]}}", "\"\xE4\xBD\xA0\"", "0", "-0", "1E5" };
    json_doc doc = { 0 };
    for (size_t i = 0; i < COUNT(good); i++)
        ck_assert_msg(parse(&doc, good[i]) != NULL, "%s", good[i]);
    json_free(&doc);
}
END_TEST

START_TEST(test_cli__json_refuses_what_it_must)
{
    static const char *const bad[] = { "", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "1.", ".5", "+1", "1e", "nul", "\"\t\"", "\"\\x\"", "\"\\ud800\"",
                                       "\"\\udc00\"", "\"\xC0\x80\"", "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"", "\"\xE4\xBD\"", "1 2", "\"", "[\"a\" \"b\"]",
                                       "NaN", "'a'" };
    json_doc doc = { 0 };
    for (size_t i = 0; i < COUNT(bad); i++)
        ck_assert_msg(parse(&doc, bad[i]) == NULL, "%s", bad[i]);
    json_free(&doc);
}
END_TEST

START_TEST(test_cli__json_says_where_the_error_is)
{
    json_doc doc = { 0 };
    ck_assert_ptr_null(parse(&doc, "{\"a\": x}"));
    ck_assert_uint_eq(doc.error_at, 6);
    json_free(&doc);
}
END_TEST

START_TEST(test_cli__json_keeps_nul_and_pairs)
{
    json_doc doc = { 0 };
    const json *line = parse(&doc, "{\"t\":\"a\\u0000b\\ud83d\\ude00\",\"t2\":\"x\",\"n\":12,\"f\":1.5,\"t\":\"\\u4f60\\u0000\"}");
    int64_t number = 0;
    ck_assert_ptr_nonnull(line);
    ck_assert_uint_eq(line->kid->text.len, 7);
    ck_assert_mem_eq(line->kid->text.ptr, "a\0b\xF0\x9F\x98\x80", 7);
    ck_assert_uint_eq(json_text(line, "t").len, 4); /* of two the last */
    ck_assert(json_integer(json_get(line, "n"), &number) && number == 12);
    ck_assert(!json_integer(json_get(line, "f"), &number));
    ck_assert(!json_integer(json_get(line, "t2"), &number));
    json_free(&doc);
}
END_TEST

START_TEST(test_cli__json_stops_at_its_depth)
{
    json_doc doc = { 0 };
    char deep[201];
    memset(deep, '[', 100);
    memset(deep + 100, ']', 100);
    deep[200] = 0;
    ck_assert_ptr_null(parse(&doc, deep));
    deep[160] = 0;
    ck_assert_ptr_nonnull(parse(&doc, deep + 40));
    json_free(&doc);
}
END_TEST

START_TEST(test_cli__json_writes_what_it_reads)
{
    static const char bytes[] = "a\"\\\n\x01\xE4\xBD\xA0\xFF";
    json_doc doc = { 0 };
    text out = { 0 };
    json_write(&out, (jy_str){ bytes, sizeof(bytes) - 1 });
    const json *back = json_parse(&doc, text_view(&out));
    ck_assert_ptr_nonnull(back);
    ck_assert_uint_eq(back->text.len, sizeof(bytes) - 1 + 2); /* the bad byte became U+FFFD */
    ck_assert_mem_eq(back->text.ptr, "a\"\\\n\x01\xE4\xBD\xA0\xEF\xBF\xBD", back->text.len);
    json_free(&doc);
    text_free(&out);
}
END_TEST

START_TEST(test_cli__ignore_patterns)
{
    static const struct { const char *pattern, *path; bool folder, want; } rows[] = {
        { "*.wav", "a.wav", false, true },       { "*.wav", "x/y/a.wav", false, true },   { "*.wav", "a.txt", false, false },
        { "/a.txt", "a.txt", false, true },      { "/a.txt", "x/a.txt", false, false },   { "old/", "old", true, true },
        { "old/", "old", false, false },         { "old/", "x/old", true, true },         { "x/*.txt", "x/a.txt", false, true },
        { "x/*.txt", "x/y/a.txt", false, false },{ "**/a.txt", "x/y/a.txt", false, true },{ "**/a.txt", "a.txt", false, true },
        { "x/**", "x/y/z.txt", false, true },    { "x/**", "x", true, false },            { "x/**/z.txt", "x/z.txt", false, true },
        { "x/**/z.txt", "x/a/b/z.txt", false, true }, { "[ab].txt", "b.txt", false, true },{ "?.txt", "ab.txt", false, false },
        { "", "a", false, false },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_msg(ignore_match(rows[i].pattern, rows[i].path, rows[i].folder) == rows[i].want, "%s on %s", rows[i].pattern, rows[i].path);
}
END_TEST

static void check_diff(const char *before, const char *after, const char *want)
{
    text out = { 0 };
    diff_unified(&out, "f", str_of(before), str_of(after));
    text_c(&out, "");
    ck_assert_str_eq(out.ptr, want);
    text_free(&out);
}

START_TEST(test_cli__diffs)
{
    check_diff("a\nb\n", "a\nb\n", "");
    check_diff("a\nb\nc\n", "a\nB\nc\n", "--- f\n+++ f\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n");
    check_diff("a", "b", "--- f\n+++ f\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n");
    check_diff("", "a\n", "--- f\n+++ f\n@@ -0,0 +1,1 @@\n+a\n");
    check_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\na\nb\n", "1\nX\n3\n4\n5\n6\n7\n8\n9\nY\nb\n",
               "--- f\n+++ f\n@@ -1,5 +1,5 @@\n 1\n-2\n+X\n 3\n 4\n 5\n@@ -7,5 +7,5 @@\n 7\n 8\n 9\n-a\n+Y\n b\n");
}
END_TEST

/* Lines of one letter each, "abc" for "a\nb\nc\n". */
static void spread(char *out, const char *letters)
{
    for (; *letters; letters++)
        *out++ = *letters, *out++ = '\n';
    *out = 0;
}

static size_t longest_common(const char *a, const char *b)
{
    size_t length[32][32] = { { 0 } }, a_len = strlen(a), b_len = strlen(b);
    for (size_t i = 0; i < a_len; i++)
        for (size_t k = 0; k < b_len; k++)
            length[i + 1][k + 1] = a[i] == b[k] ? length[i][k] + 1 : length[i][k + 1] > length[i + 1][k] ? length[i][k + 1] : length[i + 1][k];
    return length[a_len][b_len];
}

/* What a patch makes of `before`, and how many lines it takes out and puts in. */
static size_t apply(const char *patch, const char *before, char *after)
{
    size_t at = 0, changed = 0;
    unsigned begin, count;
    for (const char *line = patch; *line; line = strchr(line, '\n') + 1) {
        if (!strncmp(line, "--- ", 4) || !strncmp(line, "+++ ", 4))
            continue;
        if (sscanf(line, "@@ -%u,%u", &begin, &count) == 2) {
            for (; at < begin - (count != 0); at++)
                *after++ = before[at];
            continue;
        }
        changed += line[0] != ' ';
        if (line[0] != '+')
            ck_assert_int_eq(before[at++], line[1]);
        if (line[0] != '-')
            *after++ = line[1];
    }
    strcpy(after, before + at);
    return changed;
}

START_TEST(test_cli__diffs_are_right_and_the_shortest)
{
    check_diff("1\na\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n5\n6\n7\n8\nb\n9\n",
               "--- f\n+++ f\n@@ -1,5 +1,4 @@\n 1\n-a\n 2\n 3\n 4\n@@ -7,4 +6,5 @@\n 6\n 7\n 8\n+b\n 9\n");
    srand(7);
    for (int round = 0; round < 3000; round++) {
        char a[32] = "", b[32] = "", after[64], lines[2][80];
        for (int i = 0, n = rand() % 24; i < n; i++)
            a[i] = (char)('a' + rand() % (2 + round % 6));
        for (int i = 0, n = rand() % 24; i < n; i++)
            b[i] = (char)('a' + rand() % (2 + round % 6));
        text out = { 0 };
        spread(lines[0], a);
        spread(lines[1], b);
        diff_unified(&out, "f", str_of(lines[0]), str_of(lines[1]));
        text_c(&out, "");
        size_t changed = apply(out.ptr, a, after);
        ck_assert_str_eq(after, b);
        ck_assert_msg(changed == strlen(a) + strlen(b) - 2 * longest_common(a, b), "%s %s: %zu", a, b, changed);
        text_free(&out);
    }
}
END_TEST

/* Nothing in common over thousands of lines: as many lines are paired by their number. */
START_TEST(test_cli__diffs_of_texts_with_nothing_in_common)
{
    text before = { 0 }, after = { 0 }, out = { 0 };
    for (int i = 0; i < 3000; i++) {
        text_int(&before, i);
        text_c(&before, "\n");
        text_int(&after, i % 100 ? i + 100000 : i);
        text_c(&after, "\n");
    }
    diff_unified(&out, "f", text_view(&before), text_view(&after));
    ck_assert_ptr_nonnull(strstr(out.ptr, "\n 2900\n"));
    text_free(&before);
    text_free(&after);
    text_free(&out);
}
END_TEST

START_TEST(test_cli__nearest_names)
{
    static const char *const names[] = { "check", "fix", "stream" };
    ck_assert_str_eq(nearest("chekc", names, 3), "check");
    ck_assert_str_eq(nearest("steam", names, 3), "stream");
    ck_assert_ptr_null(nearest("banana", names, 3));
}
END_TEST

/* Every setting of the library is set by --set, or by the option of its own. */
START_TEST(test_cli__set_knows_every_setting)
{
    static const jy_param by_option[] = { JY_PARAM_UNIT, JY_PARAM_LANGUAGE, JY_PARAM_DATE, JY_PARAM_TEXT_STAYS /* the command's own matter */ };
    bool known[1000] = { false };
    const char *name;
    for (size_t i = 0; i < COUNT(by_option); i++)
        known[by_option[i]] = true;
    for (size_t i = 0; (name = params_name(i)); i++) {
        jy_param param;
        ck_assert_msg(jy_param_by_name(str_of(name), &param) == JY_OK, "%s", name);
        ck_assert_msg(!known[param], "%s", name);
        known[param] = true;
    }
    for (int i = 0; i < 1000; i++)
        ck_assert_msg(known[i] == (jy_param_bounds((jy_param)i, NULL, NULL, NULL) == JY_OK), "setting %d", i);
}
END_TEST

CHECK_MAIN("cli", test_cli__json_takes_what_rfc8259_takes, test_cli__json_refuses_what_it_must, test_cli__json_says_where_the_error_is,
           test_cli__json_keeps_nul_and_pairs, test_cli__json_stops_at_its_depth, test_cli__json_writes_what_it_reads, test_cli__ignore_patterns,
           test_cli__diffs, test_cli__diffs_are_right_and_the_shortest, test_cli__diffs_of_texts_with_nothing_in_common, test_cli__nearest_names, test_cli__set_knows_every_setting)
