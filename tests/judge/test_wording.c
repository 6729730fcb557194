/* What counts of the words that were found: whole units, exceptions, approved wording, overlap, expressions. */
#include "../session/session_test.h"

/* "rule[text] …" of what a scan of one text finds. */
static const char *found(jy_rules *rules, const char *text)
{
    static char out[2048];
    jy_scanner *scanner;
    jy_result *result;
    size_t at = 0;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan(scanner, rules, str_of(text), &result), JY_OK);
    out[0] = '\0';
    for (size_t i = 0; i < jy_result_count(result); i++) {
        jy_finding f = JY_FINDING_INIT;
        jy_result_get(result, i, &f);
        at += (size_t)snprintf(out + at, sizeof(out) - at, "%s%.*s[%.*s]", at ? " " : "", (int)f.rule_id.len, f.rule_id.ptr, (int)f.text.len, f.text.ptr);
    }
    jy_result_free(result);
    jy_scanner_free(scanner);
    return out;
}
#define FOUND(text, expected) ck_assert_str_eq(found(rules, text), expected)

START_TEST(test_judge__whole_clause)
{
    jy_rules *rules = rules_of("  - {id: w, forbid: {phrase: 不知道, whole: clause}}\n");
    FOUND("不知道", "w[不知道]");
    FOUND("嗯，那个不知道啊", "w[不知道]");
    FOUND("您好,不知道,再见", "w[不知道]");
    FOUND("「不知道」", "w[不知道]");
    FOUND("不 知,道。", "w[不 知,道]");
    FOUND("不不知道", "w[不不知道]");
    FOUND("我不知道", "");
    FOUND("不知道您方便吗", "");
    FOUND("不知道 方便吗", "");
    FOUND("不知道 方便 不方便", "");
    FOUND("不知道 别再打过来了", "w[不知道]"); /* a pause where a recogniser writes no marks */
    FOUND("先等我查完 不知道 别再打过来了", "w[不知道]");
    FOUND("您 不知道 别再打过来了", "");
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_judge__whole_word_sentence_turn)
{
    jy_rules *rules = rules_of("  - {id: s, forbid: {phrase: 不行, whole: sentence}}\n");
    FOUND("不行。好", "s[不行]");
    FOUND("哦,不行!", "s[不行]");
    FOUND("不行,您看", "");
    jy_rules_unref(rules);
    rules = rules_of("  - {id: t, forbid: {phrase: 喂, whole: turn}}\n");
    FOUND("喂?", "t[喂]");
    FOUND("嗯,喂!", "t[喂]");
    FOUND("喂。您好", "");
    jy_rules_unref(rules);
    rules = rules_of("  - {id: w, forbid: {phrase: 不在, whole: word}}\n");
    FOUND("他不在乎", "");
    jy_rules_unref(rules);
    rules = rules_of("  - {id: e, forbid: {phrase: 不知道, whole: clause-end}}\n");
    FOUND("什么时候发货我不知道", "e[不知道]");
    FOUND("不知道您方便吗", "");
    jy_rules_unref(rules);
    rules = rules_of("lists: {self: [我, 这个我]}\nrules:\n  - {id: b, forbid: {phrase: 不知道, whole: clause, with: ['{self}', 真, 的, 呀]}}\n");
    FOUND("我真不知道呀", "b[不知道]");
    FOUND("这个我不知道的,再见", "b[不知道]");
    FOUND("他不知道", "");
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_judge__exceptions_contain)
{
    jy_rules *rules = rules_of("  - {id: a, forbid: 不在, except: [不在乎, 他暂时不在]}\n  - {id: b, forbid: 不在}\n");
    FOUND("我不在乎", "b[不在]"); /* an exception is its rule's own */
    FOUND("不在", "a[不在]");
    FOUND("不在,我不在乎", "a[不在] b[不在]");
    jy_rules_unref(rules);
    rules = rules_of("  - {id: a, forbid: 什么事, suggest: [有什么事请您慢慢讲]}\n  - {id: b, forbid: [大点声, 请您慢], suggest: ['{称呼}能大点声吗']}\n");
    FOUND("有什么事请您慢慢讲", ""); /* approved wording shields in the whole pack */
    FOUND("有 什么事请 您慢慢講", "");
    FOUND("什么事", "a[什么事]");
    FOUND("先生能大点声吗", "");
    FOUND("您大点声", "b[大点声]");
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_judge__overlap)
{
    jy_rules *rules = rules_of("  - {id: less, severity: warning, forbid: 没办法了}\n  - {id: more, severity: error, forbid: 没办法}\n");
    FOUND("没办法了", "more[没办法]"); /* the severer */
    jy_rules_unref(rules);
    rules = rules_of("  - {id: short, forbid: 没办法}\n  - {id: long, forbid: 没办法了}\n");
    FOUND("没办法了", "long[没办法了]");
    jy_rules_unref(rules);
    rules = rules_of("  - {id: first, forbid: 没办法}\n  - {id: second, forbid: 没办法}\n");
    FOUND("没办法", "first[没办法]");
    jy_rules_unref(rules);
    rules = rules_of("  - {id: left, forbid: 我没办法}\n  - {id: right, forbid: 办法了}\n");
    FOUND("我没办法了", "left[我没办法] right[办法了]"); /* neither contains the other */
    jy_rules_unref(rules);
    rules = rules_of("  - {id: one, forbid: [没办法, 办法了, 没办法了]}\n");
    FOUND("没办法了没办法", "one[没办法了] one[没办法]"); /* one rule says it once */
    jy_rules_unref(rules);
    rules = rules_of("  - {id: wide, forbid: [等着别烦, 等着别]}\n  - {id: bad, severity: critical, forbid: 别烦}\n  - {id: small, severity: warning, forbid: 等着}\n");
    FOUND("等着别烦", "wide[等着别] bad[别烦]"); /* what gives way takes nothing with it: neither its rule's other hit … */
    jy_rules_unref(rules);
    rules = rules_of("  - {id: wide, forbid: 等着别烦}\n  - {id: bad, severity: critical, forbid: 别烦}\n  - {id: small, severity: warning, forbid: 等着}\n");
    FOUND("等着别烦", "small[等着] bad[别烦]"); /* … nor the lesser */
    jy_rules_unref(rules);
}
END_TEST

/* However much a finding holds, it is told once for all of that, and what is worse than it is told instead. */
START_TEST(test_judge__much_in_one_finding)
{
    char text[600] = "从", expected[600];
    jy_rules *rules = rules_of("  - {id: all, forbid: {regex: '从.+到'}}\n  - {id: part, forbid: 没办法}\n  - {id: worse, severity: critical, forbid: 滚开}\n");
    for (int i = 0; i < 40; i++)
        strcat(text, "没办法,");
    strcat(text, "到");
    snprintf(expected, sizeof(expected), "all[%s]", text);
    FOUND(text, expected);
    strcpy(text + strlen(text) - strlen("到"), "滚开到");
    ck_assert_ptr_nonnull(strstr(found(rules, text), "part[没办法] worse[滚开]"));
    ck_assert_ptr_null(strstr(found(rules, text), "all["));
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_judge__packs_side_by_side)
{
    jy_compiler *compiler;
    jy_rules *rules;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    jy_compiler_add_text(compiler, str_of("a"), str_of("jinyu: 1\npack: a\nrules:\n  - {id: x, forbid: 不知道了, severity: info}\n"));
    jy_compiler_add_text(compiler, str_of("b"), str_of("jinyu: 1\npack: b\nrules:\n  - {id: y, forbid: 不知道}\n  - {id: z, forbid: 我不知道了}\n"));
    ck_assert_int_eq(jy_compiler_build(compiler, &rules), JY_OK);
    jy_compiler_free(compiler);
    FOUND("不知道了", "x[不知道了]"); /* the second pack adds only what is new */
    FOUND("不知道", "y[不知道]");
    FOUND("我不知道了", "z[我不知道了] x[不知道了]");
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_judge__expressions)
{
    jy_rules *rules = rules_of("  - {id: n, forbid: {near: {of: [没, 着急], within: 3, ordered: yes}}}\n"
                               "  - {id: u, forbid: {near: {of: [东东, 西西], within: 2}}}\n"
                               "  - {id: a, forbid: {all: [甲乙, 丙丁]}}\n  - {id: b, forbid: {all: [戊己, {not: 庚辛}]}}\n"
                               "  - {id: s, forbid: {all: [投诉, {not: 不知道}]}}\n  - {id: t, fold: {sound: yes}, forbid: {all: [反映, {not: 不知道}]}}\n"
                               "  - {id: g, forbid: '子丑*{1,3}寅卯'}\n  - {id: r, forbid: {regex: '天.地'}}\n");
    FOUND("我没有很着急", "n[没有很着急]");
    FOUND("着急没", "");
    FOUND("没有那么那么着急", "");
    FOUND("西西和东东", "u[西西和东东]");
    FOUND("西西和和和东东", "");
    FOUND("丙丁,甲乙", "a[甲乙]");
    FOUND("甲乙", "");
    FOUND("戊己", "b[戊己]");
    FOUND("戊己。庚辛", "");
    FOUND("投诉不值到", "s[投诉]"); /* what stands under `not` is no exception: it is not heard alike unasked */
    FOUND("投诉不知道", "");
    FOUND("反映不值到", "");
    FOUND("子丑一寅卯", "g[子丑一寅卯]");
    FOUND("子丑寅卯", "");
    FOUND("子丑一二三四寅卯", "");
    FOUND("子丑。寅卯", "");
    FOUND("天 和地", "r[天 和地]");
    FOUND("甲乙\n丙丁", ""); /* each line is a turn */
    jy_rules_unref(rules);
}
END_TEST

/* Whatever the order of their list, and wherever the nearest of them leads. */
START_TEST(test_judge__three_near_one_another)
{
    jy_rules *rules = rules_of("  - {id: u, forbid: {near: {of: [东东, 西西, 南南], within: 2}}}\n"
                               "  - {id: o, forbid: {near: {of: [甲乙, 丙丁, 戊己], within: 3, ordered: yes}}}\n");
    FOUND("东东西西南南", "u[东东西西南南]");
    FOUND("东东和南南和西西", "u[东东和南南和西西]"); /* 西西 is near to 南南 */
    FOUND("南南和西西和东东", "u[南南和西西和东东]");
    FOUND("西西和东东和和和南南", "");
    FOUND("甲乙丙丁丙丁和戊己", "o[甲乙丙丁丙丁和戊己]");
    FOUND("甲乙丙丁,丙丁和和戊己", "o[甲乙丙丁,丙丁和和戊己]"); /* the second 丙丁 leads on */
    FOUND("甲乙和和和和丙丁戊己", "");
    FOUND("甲乙戊己丙丁", "");
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_judge__masks_step_down)
{
    jy_rules *rules = rules_of("  - {id: m, severity: error, fold: [masked], forbid: 王八蛋}\n");
    jy_scanner *scanner;
    jy_result *result;
    jy_finding f = JY_FINDING_INIT;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan(scanner, rules, str_of("王八蛋\n王**\n"), &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), 2);
    jy_result_get(result, 0, &f);
    ck_assert_int_eq(f.severity, JY_ERROR);
    jy_result_get(result, 1, &f);
    ck_assert_int_eq(f.severity, JY_WARNING);
    jy_result_free(result);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_judge__masks_are_no_guess)
{
    jy_rules *rules = rules_of("  - {id: n, forbid: [没办法, 是您自己没看清]}\n  - {id: v, severity: critical, fatal: yes, forbid: [您是傻子, 没脑子, 你有病]}\n");
    jy_scanner *scanner;
    jy_result *result;
    jy_finding f = JY_FINDING_INIT;
    FOUND("没**,真的没**啊", "n[没**] n[没**]");
    FOUND("没**先生的记录", "");
    FOUND("您是**先生吗", "");
    FOUND("您是**", "");
    FOUND("密码是******", "");
    FOUND("是您自己没**", "n[是您自己没**]");
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan(scanner, rules, str_of("你有*"), &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), 1);
    jy_result_get(result, 0, &f);
    ck_assert_int_eq(f.severity, JY_ERROR);
    ck_assert_uint_eq(f.flags & JY_RULE_FATAL, 0);
    jy_result_free(result);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

CHECK_MAIN("judge", test_judge__whole_clause, test_judge__whole_word_sentence_turn, test_judge__exceptions_contain, test_judge__overlap, test_judge__much_in_one_finding,
           test_judge__packs_side_by_side, test_judge__expressions, test_judge__three_near_one_another, test_judge__masks_step_down,
           test_judge__masks_are_no_guess)
