/* match: patterns behind PCRE2: offsets through folds, limits, the required-literal filter. */
#include "../check_main.h"
#include "match_texts.h"
#include "match/patterns/match_needs.h"
#include "match/patterns/match_pattern.h"
#include "match/patterns/match_regex.h"
#include <unicode/uchar.h>

typedef struct bench { jy__mem mem; jy__regexes *regexes; jy__regex_scratch *scratch; jy__regex_hits hits; } bench;

static void set_up(bench *b)
{
    b->mem = jy__mem_of(NULL);
    ck_assert_int_eq(jy__regexes_new(&b->mem, true, &b->regexes), JY_OK);
    ck_assert_int_eq(jy__regex_scratch_new(&b->mem, &b->scratch), JY_OK);
}

static void tear_down(bench *b)
{
    jy__regexes_free(b->regexes);
    jy__regex_scratch_free(b->scratch);
    JY__VEC_FREE(&b->mem, &b->hits.list);
    JY__VEC_FREE(&b->mem, &b->hits.aborted);
}

static int add(bench *b, const char *pattern)
{
    jy__regex_error error;
    uint32_t index;
    return jy__regexes_add(b->regexes, jy__str_of(pattern), ALL_FOLDS, 0, &index, &error);
}

static void scan(bench *b, jy_str text)
{
    ck_assert_int_eq(jy__regex_scan(b->regexes, b->scratch, text, 100000, 1000, &b->hits), JY_OK);
}

/* inside empty: the pattern must find nothing. */
static void check_hit(const char *pattern, const char *before, const char *inside, const char *after)
{
    char text[400];
    bench b = { 0 };
    set_up(&b);
    snprintf(text, sizeof(text), "%s%s%s", before, inside, after);
    ck_assert_int_eq(add(&b, pattern), JY_OK);
    ck_assert_int_eq(jy__regexes_seal(b.regexes), JY_OK);
    scan(&b, jy__str_of(text));
    ck_assert_msg(b.hits.list.count == (inside[0] != 0), "%s in %s: %zu hits", pattern, text, b.hits.list.count);
    if (inside[0]) {
        ck_assert_uint_eq(b.hits.list.items[0].begin, strlen(before));
        ck_assert_uint_eq(b.hits.list.items[0].end, strlen(before) + strlen(inside));
    }
    tear_down(&b);
}

START_TEST(test_match__regex_offsets_are_original)
{
    check_hit("没.法", "真", "沒 辦\u200b法", "了");
    check_hit("没.?办法", "真", "没有办法", "了");
    check_hit("(vip|会员)费", "交", "ＶＩＰ费", "吗");
    check_hit("沒辦法", "", "没办法", "");
    check_hit("株式会社", "", "㍿", "的");
    check_hit("㍿的", "", "株式会社的", "");
    check_hit("㍿的", "", "㍿的", "");
    check_hit("好……$", "", "好……", "");
    check_hit("好…$", "", "好...", "");
    check_hit("[…]{3}好", "", "…好", "");
    check_hit("…+好", "", "……好", "");
    check_hit("式会", "", "㍿", "的"); /* whole characters only */
    check_hit("打错了，你", "", "打错了,你", "");
    check_hit("[一-龥]{2}天", "给 a", "我三天", "");
    check_hit("没办法", "没", "", "法");
    check_hit("姓名[:：]张", "", "姓名：张", "三"); /* folded it would be the name of a class */
    check_hit("姓名[:：]张", "", "姓名:张", "三");
    check_hit("[.．]完", "", "．完", "了");
    check_hit("[=＝][1一]", "", "＝1", "元");
    check_hit("[[:digit:]：]{2}", "", "7：", "时");
    check_hit("[:]好", "", "：好", "");
}
END_TEST

START_TEST(test_match__regex_errors_say_where)
{
    bench b = { 0 };
    jy__regex_error error = { 0 };
    uint32_t index;
    set_up(&b);
    ck_assert_int_eq(jy__regexes_add(b.regexes, JY__STR("ＡＢ没(办法"), 0, 0, &index, &error), JY_E_RULES);
    ck_assert_uint_eq(error.offset, sizeof("ＡＢ没(办法") - 1);
    ck_assert(error.text[JY_ENGLISH][0] && error.text[JY_CHINESE][0]);
    ck_assert_int_eq(jy__regexes_add(b.regexes, JY__STR("a*"), 0, 0, &index, &error), JY_E_RULES);
    ck_assert_uint_eq(jy__regexes_count(b.regexes), 0);
    tear_down(&b);
}
END_TEST

/* The fault and its remedy in the reader's language; what is too rare for words of our own is told in PCRE2's. */
START_TEST(test_match__regex_errors_are_told_in_both_languages)
{
    static const struct { const char *pattern, *english, *chinese; } bad[] = {
        { "没(办法", "add ')'", "补上「)」" }, { "没办法)", "delete it", "请删除" }, { "[没办法", "add ']'", "补上「]」" }, { "[甲-乙]", "change their places", "请对调" },
        { "[a-\\d]", "write '\\-'", "「\\-」" }, { "*没办法", "nothing before it", "前面没有可以重复的内容" }, { "没{5,2}", "'{least,most}'", "{最少,最多}" },
        { "没{99999}", "65535", "最多 65535" }, { "没办法\\", "'\\'", "「\\」" }, { "\\y没", "take the '\\' away", "请去掉「\\」" }, { "(?没)", "'(?: )'", "「(?: )」" },
        { "(没)\\2", "not there", "不存在的组" }, { "(?<=没*)办", "fixed length", "长度必须固定" }, { "\\p{Hanzi}", "'\\p{Han}'", "「\\p{Han}」（汉字）" },
        { "\\pX", "'\\p{Han}'", "「\\p{Han}」（汉字）" }, { "[[:han:]]", "digit, alpha", "digit、alpha" }, { "[:digit:]", "[[:digit:]]", "[[:digit:]]" }, { "\\x{没}", "\\x{4F60}", "\\x{4F60}" },
        { "\\u4F60", "\\x{4F60}", "\\x{4F60}" }, { "(?<1a>没)", "begin with a letter", "请以字母开头" }, { "(?<a>没)(?<a>办)", "same name", "两个组同名" }, { "没\\C", "write '.'", "请写「.」" },
        { "(?#没", "add ')'", "补上「)」" }, { "(*没)", "before '*'", "「*」前面补上" }, { "没(?C256)", "number after (?C", "「number after (?C" },
    };
    bench b = { 0 };
    set_up(&b);
    for (size_t i = 0; i < JY__COUNT(bad); i++) {
        jy__regex_error error = { 0 };
        uint32_t index;
        ck_assert_msg(jy__regexes_add(b.regexes, jy__str_of(bad[i].pattern), 0, 0, &index, &error) == JY_E_RULES, "%s is no error", bad[i].pattern);
        ck_assert_msg(strstr(error.text[JY_ENGLISH], bad[i].english), "%s: %d %s", bad[i].pattern, error.code, error.text[JY_ENGLISH]);
        ck_assert_msg(strstr(error.text[JY_CHINESE], bad[i].chinese), "%s: %d %s", bad[i].pattern, error.code, error.text[JY_CHINESE]);
    }
    tear_down(&b);
}
END_TEST

START_TEST(test_match__regex_never_gives_an_empty_match)
{
    bench b = { 0 };
    set_up(&b);
    ck_assert_int_eq(add(&b, "(?=办)x?|没"), JY_OK);
    ck_assert_int_eq(add(&b, "\\b没?"), JY_OK);
    ck_assert_int_eq(jy__regexes_seal(b.regexes), JY_OK);
    scan(&b, JY__STR("没办法,没"));
    for (size_t i = 0; i < b.hits.list.count; i++)
        ck_assert_uint_lt(b.hits.list.items[i].begin, b.hits.list.items[i].end);
    ck_assert_uint_eq(b.hits.list.count, 4);
    tear_down(&b);
}
END_TEST

START_TEST(test_match__regex_limits_abort_that_pattern_alone)
{
    bench b = { 0 };
    jy__text text;
    set_up(&b);
    ck_assert_int_eq(add(&b, "(a+)+b"), JY_OK);
    ck_assert_int_eq(add(&b, "没办法"), JY_OK);
    ck_assert_int_eq(jy__regexes_seal(b.regexes), JY_OK);
    jy__text_init(&text, &b.mem);
    for (int i = 0; i < 200; i++)
        jy__text_char(&text, 'a');
    jy__text_c(&text, "没办法b");
    scan(&b, jy__text_view(&text));
    ck_assert_uint_eq(b.hits.aborted.count, 1);
    ck_assert_uint_eq(b.hits.aborted.items[0], 0);
    ck_assert_uint_eq(b.hits.list.count, 1);
    ck_assert_uint_eq(b.hits.list.items[0].regex, 1);
    jy__text_free(&text);
    tear_down(&b);
}
END_TEST

static void check_required(const char *pattern, const char *expected)
{
    jy__required required;
    jy__besides besides;
    jy__needs needs;
    char text[600];
    size_t at = 0;
    jy__required_of(jy__str_of(pattern), &required, &besides, &needs);
    for (uint32_t i = 0; i < required.count; i++) {
        if (i)
            text[at++] = '|';
        for (uint32_t k = 0; k < required.items[i].count; k++)
            at += jy__utf8_put(required.items[i].symbols[k], text + at);
    }
    text[at] = 0;
    ck_assert_msg(strcmp(text, expected) == 0, "%s: %s, expected %s", pattern, text, expected);
}

static void check_besides(const char *pattern, const char *expected)
{
    jy__required required;
    jy__besides besides;
    jy__needs needs;
    char text[64];
    size_t at = 0;
    jy__required_of(jy__str_of(pattern), &required, &besides, &needs);
    for (uint32_t i = 0; i < besides.count; i++)
        at += jy__utf8_put(besides.symbols[i], text + at);
    text[at] = 0;
    ck_assert_msg(strcmp(text, expected) == 0, "%s: besides %s, expected %s", pattern, text, expected);
}

/* Of a pattern with something besides: among how many symbols it is; 0: anywhere. */
static void check_reach(const char *pattern, uint32_t expected)
{
    jy__required required;
    jy__besides besides;
    jy__needs needs;
    jy__required_of(jy__str_of(pattern), &required, &besides, &needs);
    ck_assert_msg(besides.count && besides.reach == expected, "%s: %u besides within %u, expected %u", pattern, besides.count, besides.reach, expected);
}

START_TEST(test_match__what_else_is_in_every_match_may_be_near)
{
    check_reach("(?:^|[。!?])(?:喂,?)?(?:不|没有|没)[啊呀了]?!", 4);
    check_reach("(不|没)!", 2);
    check_reach("(不|没)[啊][呀]?!", 4);
    check_reach("[不没]\\p{Han}!", 0);
    check_reach("不(?!好)!", 2);
    check_reach("(不|没)[啊]*!", 0);
    check_reach("(不|没)[啊]{0,3}!", 0);
    check_reach("(不|没).!", 0);
    check_reach("(不|没)啊!", 3);
    check_reach("(不|没)\\d!", 0);
    check_reach("(不|没)(啊|呀)?!", 3);
    check_reach("(不|没)+!", 0);
    check_reach("(不[啊]|没)!", 3);
    check_reach("(不。|没)!", 0);
    check_reach("(不不|没)!", 0);
    check_reach("(不了了|没)!", 0);
    check_reach("[啊](?=不|没)[呀]!", 3);
    check_reach("(?=不|没)饕.!", 0);
    check_reach("((不|没).)!", 0);
    check_reach("(不|没)!.*饕", 0);
    check_reach("!.*(不|没)", 0);
    check_reach("不!", 2);
}
END_TEST

START_TEST(test_match__what_else_is_in_every_match)
{
    check_besides("爱(.)不\\1", "不");
    check_besides("没办法", "");
    check_besides("(不|没)[啊呀]?!+", "!");
    check_besides("(不|没)[啊呀]?!?", "");
    check_besides("(不!|没)啊", "不没");
    check_besides("100 ?% ?(有效|正品|退款|到账|成功)", "%");
    check_besides("(我们|咱们).?(管|负责)", "我咱");
    check_besides("(我们|咱们)不?(管|负责)", "");
    check_besides("\\?.*办法", "?");
    check_besides("我们.*管|咱们.*管", "");
    check_besides("(我们.*管|咱们.*管)啊", "啊");
    check_besides("我们.?(管.*人|理.*你)?", "");
    check_besides("我们(管.*人|理.*你){2}", "我");
    check_besides("(一|二|三|四|五).*办法", "");
    check_besides("办法.{0,3}(?=不!)", "不");
    check_besides("办法(?!不)", "");
    check_besides("办法(?!不)!", "!");
}
END_TEST

START_TEST(test_match__required_literals_are_in_every_match)
{
    check_required("没办法", "没办法");
    check_required("没办法+", "没办法");
    check_required("没办法?的", "没办法的|没办的");
    check_required("没办{0,2}法子", "法子");
    check_required("(我们|咱们).?(管|负责)", "管|负责"); /* 我们 is a common word */
    check_required("(我们|咱们)不?管", "我们不管|我们管|咱们不管|咱们管");
    check_required("(我们|咱们)?不(管|负责)", "不管|不负责");
    check_required("吃了?(啥|什么)", "吃了啥|吃了什么|吃啥|吃什么");
    check_required("叫(哥哥?|爸)我?就", "叫哥哥我就|叫哥哥就|叫哥我就|叫哥就|叫爸我就|叫爸就");
    check_required("[那这]句", "那句|这句");
    check_required("[a-z]句", "句");
    check_required("[^那]句", "句");
    check_required("那(?!不).?句", "句");
    check_required("不(?!用)知道", "不知道");
    check_required("[一二三四五六七][一二三四五六七]句", "一句|二句|三句|四句|五句|六句|七句");
    check_required("(我们|)管", "管");
    check_required("a|没办法", "");
    check_required("没(?:有|啥)办法", "没有办法|没啥办法");
    check_required("[没無]办法\\d+", "办法");
    check_required("爱([\\p{Han}]{1,2})不\\1", "爱");
    check_required("(.)没\\1", "没");
    check_required("([\\p{Han}]{2,4})就\\1呗", "呗");
    check_required("\\p{Han}{2}办法\\P{L}", "办法");
    check_required("\\pL办法", "办法");
    check_required("没|办", "没|办");
    check_required("(?i)没办法", "");
    check_required("(?=没)办法", "办法");
    check_required("\\d(?=.{0,9}(报警|着火))", "报警|着火");
    check_required("(?<=没)\\d", "没");
    check_required("\\d(?=没)?", "");
    check_required("\\d(?!没)", "");
    check_required("(?<!我(们|们的))不(?!管|说(?=没)|[)(])\\d", "不");
    check_required("(没(?!有)|有)\\d", "没|有");
    check_required("(没|(?!有)\\d)的", "的");
    check_required("(没|(?!有))\\d", "");
    check_required("(?>没)办法", "");
    check_required("(?<n>没)办法", "");
    check_required("(?|没)办法", "");
    check_required("(?=没", "");
    check_required("没(?!\\Q有\\E)", "");
    check_required("\\Q没\\E办法", "");
    check_required("没.{2,5}办法", "办法");
    check_required("不{2,}好", "好");
    check_required("不{1|b}没有", ""); /* no count: 不{1 or b}没有 */
    check_required("不好{,x|b}没有", "");
    check_required("不{2", "");
    check_required("\\N{U+4E0D}没有", "");
    check_required("\\N{2}没有", "没有");
    check_required("(没办法){0}不管", "不管");
    check_required("(没办法){2}", "没办法");
}
END_TEST

static bool needs_are_met(const char *pattern, const char *text)
{
    jy__required required;
    jy__besides besides;
    jy__needs needs;
    jy__there there;
    jy__required_of(jy__str_of(pattern), &required, &besides, &needs);
    jy__there_of(jy__str_of(text), &there);
    return jy__needs_met(needs.words, needs.count, &there);
}

START_TEST(test_match__a_text_without_what_is_needed_is_told)
{
    static const struct { const char *pattern, *met, *unmet; } lines[] = {
        { "没办法", "真没办法", "没有法办" }, { "(一|二.*三|四[五六])七", "二了三七", "二了七" }, { "(一|二.*三|四[五六])七", "四六七", "四五六" },
        { "(写着|(严禁|别)说|[那这]句)[^,]*", "这句", "这样句" }, { "(写着|(严禁|别)说|[那这]句)[^,]*", "别说", "别这样说" }, { "[“「][^”]+[”」]", "他「喂」", "他“喂" },
        { "一[,;].*(?=您先|稍等)", "一;您先", "一,您好" }, { "(?<=[,;])一", ";一", "。一" }, { "一\\?", "一?", "一" }, { "\\d一二?三", "1一三", "一二四" },
        { "一+二", "一一二", "一" }, { "(一二){2}", "一二一二", "二一" }, { "一(?!二)三", "一三", "一二" },
        { "^(一|。。)", "喂。\u200b。", "喂。二。" }, { "\\.\\.!", "…!", ".!." }, { "。+\\?", "。？", "。 ？" }, { "(。。|一)。", "一。", "。二。" },
    };
    static const char *const nothing[] = { "一?", "一|二*", "(一|)", "[^一]", "(?!一).", "(?i)一", "[一-二]", "\\d|一", "\\p{Han}+", "(一|(二|三?))" };
    for (size_t i = 0; i < JY__COUNT(lines); i++) {
        ck_assert_msg(needs_are_met(lines[i].pattern, lines[i].met), "%s: %s", lines[i].pattern, lines[i].met);
        ck_assert_msg(!needs_are_met(lines[i].pattern, lines[i].unmet), "%s: not %s", lines[i].pattern, lines[i].unmet);
    }
    for (size_t i = 0; i < JY__COUNT(nothing); i++)
        ck_assert_msg(needs_are_met(nothing[i], ""), "%s", nothing[i]);
}
END_TEST

/* More than can be written down: nothing is known, and nothing is lost. */
START_TEST(test_match__a_pattern_that_needs_too_much_needs_nothing)
{
    static char pattern[40000];
    for (size_t i = 0; i < 3000; i++)
        memcpy(pattern + 10 * i, i ? "|天地人" : "(天地人", 10);
    pattern[30000] = ')';
    ck_assert(needs_are_met(pattern, "好"));
    memcpy(pattern + 12000, ")", 2);
    ck_assert(!needs_are_met(pattern, "好"));
}
END_TEST

/* A line in which a character stands somewhere among others. */
static jy_str line_with(uint32_t cp, size_t before, size_t behind, char *out)
{
    size_t at = 0;
    for (; before > 0; before--)
        at += jy__utf8_put(0x5929, out + at);
    at += jy__utf8_put(cp, out + at);
    for (; behind > 0; behind--)
        at += jy__utf8_put(0x5929, out + at);
    return (jy_str){ out, at };
}

static bool folds_to(uint32_t cp, const jy__besides *besides)
{
    uint32_t symbols[JY__FOLD_MOST], count = jy__fold_char(cp, symbols);
    bool found = false;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < besides->count; k++)
            found |= symbols[i] == besides->symbols[k];
    return found;
}

START_TEST(test_match__what_else_is_in_every_match_is_found_however_it_is_written)
{
    static const char *const patterns[] = { "(不|没)[啊呀]?!+", "爱(.)不\\1", "100 ?% ?(有效|正品|退款|到账|成功)", "(我们|咱们).?(管|负责)", "没\xEF\xBF\xBD" };
    static char room[256];
    size_t found = 0;
    for (size_t i = 0; i < JY__COUNT(patterns); i++) {
        bench b = { 0 };
        jy__required required;
        jy__besides besides;
        jy__needs needs;
        set_up(&b);
        ck_assert_int_eq(add(&b, patterns[i]), JY_OK);
        jy__required_of(jy__str_of(patterns[i]), &required, &besides, &needs);
        ck_assert_uint_gt(besides.count, 0);
        for (uint32_t cp = 1; cp < 0x110000; cp++) {
            size_t before = cp % 26;
            bool may = folds_to(cp, &besides);
            if (cp >= 0xD800 && cp < 0xE000)
                continue;
            if (jy__regex_may(b.regexes, 0, line_with(cp, before, 25 - before, room)) != may || jy__regex_may(b.regexes, 0, line_with(cp, 1, 1, room)) != may)
                ck_abort_msg("%s: U+%04X", patterns[i], (unsigned)cp);
            found += may;
        }
        ck_assert(jy__regex_may(b.regexes, 0, JY__STR("天天天天天天天天天天\xE4\xBD天天天天")) == (i == 4)); /* half a character */
        tear_down(&b);
    }
    ck_assert_uint_gt(found, 12);
}
END_TEST

START_TEST(test_match__where_case_makes_no_difference)
{
    static const char *const without[] = { "[一-龥]{1,2}先生", "^[^,，。.!！?？ ]{0,10}(?:部|中心)(?!的)", "\\d{3}\\s*\\-[0-9]", "(?<=你).", "“谁”\\.", "" };
    static const char *const with[] = { "vip", "[ -龥]", "[!-?]", "[0-龥]", "(你)\\1", "\\p{Lu}", "\\x{212a}", "[一-\\d]", "[\\d-龥]", "Ⓐ", "é", "[一-Ω]", "不-", "\\Q不" };
    size_t found = 0;
    for (size_t i = 0; i < JY__COUNT(without); i++)
        ck_assert_msg(!jy__pattern_has_case(jy__str_of(without[i])), "%s", without[i]);
    for (size_t i = 0; i < JY__COUNT(with); i++)
        ck_assert_msg(jy__pattern_has_case(jy__str_of(with[i])), "%s", with[i]);
    for (uint32_t cp = 1; cp < 0x110000; cp++) {
        char bytes[4];
        bool has;
        if (cp >= 0xD800 && cp <= 0xDFFF)
            continue;
        has = jy__pattern_has_case((jy_str){ bytes, jy__utf8_put(cp, bytes) });
        ck_assert_msg(has || !u_hasBinaryProperty((UChar32)cp, UCHAR_CASE_SENSITIVE), "U+%04X", (unsigned)cp);
        found += !has;
    }
    ck_assert_uint_gt(found, 20000);
}
END_TEST

/* The same patterns once more, each with an option that the filter does not follow. */
START_TEST(test_match__regex_filter_changes_nothing)
{
    static const char *const patterns[] = { "没.{0,3}办法", "(你|您)是(谁|哪位)", "不知道?", "vip.?会员", "式会", "就是说不", "管不着|管得着", "平成", "1号", "株式",
                                           "\\p{Han}(?=.{0,9}办法)", "(?<=你).(?!谁)", "不(?!知道).", "(?=.*会员)会", "[你您]?是[谁哪]位?", "没(?:有|啥)?办法[啊呀]?", "不?知道[,?]",
                                           "管(?!得)[得不]着", "[平成]{2,3}", "(?:没|就是)(?:办|说)[法不]?", "会员|[,。]你|(?:株|vip.?).式?", "!+|[?。].{0,2}没",
                                           "^(?:没|。。)[。.]*", "\\.\\.\\.?你", "。!|,,", "。+\\?+|!\\s?!" };
    bench on = { 0 }, off = { 0 };
    phrases list = { 0 };
    dice from = { 7 };
    jy__text text;
    size_t total = 0;
    set_up(&on);
    set_up(&off);
    for (size_t i = 0; i < JY__COUNT(patterns); i++) {
        char blind[100];
        snprintf(blind, sizeof(blind), "(?i)%s", patterns[i]);
        ck_assert_int_eq(add(&on, patterns[i]), JY_OK);
        ck_assert_int_eq(add(&off, blind), JY_OK);
        add_phrase(&list, patterns[i], 0);
    }
    ck_assert_int_eq(jy__regexes_seal(on.regexes), JY_OK);
    ck_assert_int_eq(jy__regexes_seal(off.regexes), JY_OK);
    jy__text_init(&text, &on.mem);
    add_phrase(&list, "没办法", 0);
    add_phrase(&list, "你是谁", 0);
    add_phrase(&list, "管不着", 0);
    add_phrase(&list, "。。", 0);
    add_phrase(&list, "…你", 0);
    add_phrase(&list, "。!,,", 0);
    add_phrase(&list, "平成株式会社1号vip会员", 0);
    for (int round = 0; round < 2000; round++) {
        random_text(&from, &list, 1 + roll(&from, 12), &text);
        scan(&on, jy__text_view(&text));
        scan(&off, jy__text_view(&text));
        ck_assert_msg(on.hits.list.count == off.hits.list.count, "%zu and %zu hits in %.*s", on.hits.list.count, off.hits.list.count, (int)text.len, text.ptr);
        for (size_t i = 0; i < on.hits.list.count; i++) {
            ck_assert_uint_eq(on.hits.list.items[i].regex, off.hits.list.items[i].regex);
            ck_assert_uint_eq(on.hits.list.items[i].begin, off.hits.list.items[i].begin);
            ck_assert_uint_eq(on.hits.list.items[i].end, off.hits.list.items[i].end);
        }
        total += on.hits.list.count;
    }
    ck_assert_uint_gt(total, 500);
    jy__text_free(&text);
    tear_down(&on);
    tear_down(&off);
}
END_TEST

/* What a text is made of where a set of characters is asked for. */
static const char *const bits_of_lines[] = { "没", "辦", "k", "Z", "\u212a", "\u017f", "7", "ＶＩＰ", " ", "\u3000", "\u200b", "…", "，", "*", "\xff", "龥", "龦", "々", "\u00e9", "\n", "\u2028", "\r" };

static void line_of_bits(dice *from, jy__text *out)
{
    const uint32_t kinds = roll(from, 3) ? (uint32_t)JY__COUNT(bits_of_lines) - 3u : (uint32_t)JY__COUNT(bits_of_lines);
    jy__text_clear(out);
    for (uint32_t left = 1 + roll(from, 9); left > 0; left--)
        jy__text_c(out, bits_of_lines[roll(from, 4) ? 8 + roll(from, kinds - 8) : roll(from, kinds)]);
}

static void same_hits(const bench *a, const bench *b, const char *pattern, jy_str text)
{
    ck_assert_msg(a->hits.list.count == b->hits.list.count, "%s: %zu and %zu hits in %.*s", pattern, a->hits.list.count, b->hits.list.count, (int)text.len, text.ptr);
    for (size_t i = 0; i < a->hits.list.count; i++) {
        ck_assert_msg(a->hits.list.items[i].begin == b->hits.list.items[i].begin, "%s in %.*s", pattern, (int)text.len, text.ptr);
        ck_assert_msg(a->hits.list.items[i].end == b->hits.list.items[i].end, "%s in %.*s", pattern, (int)text.len, text.ptr);
    }
}

static void ask_one(bench *b, jy_str text, size_t most)
{
    const jy__regex_limits limits = { 100000, 1000 };
    b->hits.list.count = 0;
    jy__regex_forget(b->scratch);
    ck_assert_int_eq(jy__regex_one(b->regexes, b->scratch, 0, text, most, &limits, &b->hits), JY_OK);
}

/* In a group a pattern says the same, but is searched for. */
START_TEST(test_match__what_is_told_without_a_search_is_what_a_search_finds)
{
    static const char *const patterns[] = { ".", ".*[一-龥A-Za-z0-9].*", "[一-龥]", "[k]", ".*[S7].*", "没", ".*..*", "[X-b]", ".*v.*", "[々7]" };
    dice from = { 11 };
    size_t found[2] = { 0, 0 };
    for (size_t i = 0; i < JY__COUNT(patterns); i++) {
        bench easy = { 0 }, searched = { 0 };
        char grouped[100];
        jy__text text;
        set_up(&easy);
        set_up(&searched);
        jy__text_init(&text, &easy.mem);
        snprintf(grouped, sizeof(grouped), "(?:%s)", patterns[i]);
        ck_assert_int_eq(add(&easy, patterns[i]), JY_OK);
        ck_assert_int_eq(add(&searched, grouped), JY_OK);
        ck_assert_msg(easy.regexes->list.items[0].easy && !searched.regexes->list.items[0].easy, "%s", patterns[i]);
        for (int round = 0; round < 2000; round++) {
            const size_t most = roll(&from, 2) ? 1 : SIZE_MAX;
            line_of_bits(&from, &text);
            ask_one(&easy, jy__text_view(&text), most);
            ask_one(&searched, jy__text_view(&text), most);
            same_hits(&easy, &searched, patterns[i], jy__text_view(&text));
            found[easy.hits.list.count > 0]++;
        }
        jy__text_free(&text);
        tear_down(&easy);
        tear_down(&searched);
    }
    ck_assert_uint_gt(found[0], 2000);
    ck_assert_uint_gt(found[1], 5000);
}
END_TEST

START_TEST(test_match__what_asks_for_more_is_searched_for)
{
    static const char *const patterns[] = { "..", ".+", "^.", ".$", "[^一]", "\\w", ".*[一-龥]", "[一-龥].*", ".*[一-龥].*了", "[ж]", ".*?[一].*", "[一\\d]", "[[:alpha:]]", "[a-龥]", "[ ]", "a|b", "(.)" };
    for (size_t i = 0; i < JY__COUNT(patterns); i++) {
        bench b = { 0 };
        set_up(&b);
        ck_assert_int_eq(add(&b, patterns[i]), JY_OK);
        ck_assert_msg(!b.regexes->list.items[0].easy, "%s", patterns[i]);
        tear_down(&b);
    }
}
END_TEST

CHECK_MAIN("match regex", test_match__what_is_told_without_a_search_is_what_a_search_finds, test_match__what_asks_for_more_is_searched_for, test_match__regex_offsets_are_original, test_match__regex_errors_say_where, test_match__regex_errors_are_told_in_both_languages, test_match__regex_never_gives_an_empty_match,
           test_match__regex_limits_abort_that_pattern_alone, test_match__what_else_is_in_every_match, test_match__what_else_is_in_every_match_may_be_near,
           test_match__what_else_is_in_every_match_is_found_however_it_is_written, test_match__required_literals_are_in_every_match,
           test_match__a_text_without_what_is_needed_is_told, test_match__a_pattern_that_needs_too_much_needs_nothing,
           test_match__where_case_makes_no_difference, test_match__regex_filter_changes_nothing)
