/* The first look at what stands beside a match refuses nothing that would have come to something: random talk, judged with the look and without. */
#include "../session/session_test.h"
#include "compile/compile.h"
#include "match/match_inside.h"

static const char rule_text[] =
    "  - {id: near, forbid: '(不|没)知道*{0,3}(怎么办|谁说了算)'}\n"
    "  - {id: far, forbid: '我们*{2,6}管*{0,2}(这件事|那位)'}\n"
    "  - {id: alike, fold: [width, script, invisible, gaps, fillers, repeats, sound, masked], forbid: '我在管*{0,2}饕餮魑魅'}\n"
    "  - {id: alike-behind, fold: [width, script, invisible, gaps, fillers, repeats, sound, masked], forbid: '饕餮魑魅*{0,2}请您等'}\n"
    "  - {id: three, forbid: '(我们|你)*{0,2}不对*{0,3}饕餮魑魅*{0,3}(天气|今天)*{1,2}(管|在)'}\n"
    "  - {id: marks, forbid: '是不是。不对*{0,4}您好'}\n"
    "  - {id: edge, forbid: '饕餮魑魅*{0,3}好。天气热'}\n"
    "  - {id: clause, forbid: {phrase: '(喂|谁|不知道)', whole: clause, with: [我, 你好, '(真的)?是']}}\n"
    "  - {id: part, forbid: '(谁|在)*{0,3}饕餮魑魅'}\n"
    "  - {id: end, forbid: {phrase: '办法', whole: clause-end, with: [了, 就那个]}}\n"
    "  - {id: turn, fold: [script, gaps], forbid: {phrase: 不在, whole: turn, with: [在]}}\n"
    "  - {id: word, forbid: {phrase: 知道, whole: word}}\n"
    "  - {id: except, forbid: 怎么办, except: ['不知道*{0,3}怎么办', {phrase: 这件事怎么办, whole: clause}]}\n";

static const char *const pieces[] = {
    "不", "没", "知道", "怎么办", "谁", "谁说了算", "我们", "管", "这件事", "那位", "我在管", "我在*", "我在关", "饕餮魑魅", "饕餮魑魅", "请您等", "情您等", "请*等", "是不是", "不对", "您好", "喂",
    "我", "你好", "真的", "是", "办法", "了", "就那个", "在", "不在", "啊", "嗯", "这个", "知", "道", "沒", "辦法", "誰", "為", "怎麼辦", "管",
    ",", "。", "？", " ", "　", "、", "“", "\n", "\xE2\x80\x8B", "ａ", "b", "7", "㈱", "ﾊ", "か", "😀", "\xE6\x88", "\xFF", "*", "×", "天气", "今天", "好的",
};

static uint32_t roll(uint32_t *dice, uint32_t sides)
{
    *dice = *dice * 1664525u + 1013904223u;
    return (*dice >> 8) % sides;
}

typedef struct talk { char text[8192]; size_t len; } talk;

static void put(talk *out, const char *piece, size_t len)
{
    if (out->len + len > sizeof(out->text))
        return;
    memcpy(out->text + out->len, piece, len);
    out->len += len;
}

static void put_any(talk *out, uint32_t *dice, const char *const *list, size_t count)
{
    const char *piece = list[roll(dice, (uint32_t)count)];
    put(out, piece, strlen(piece));
}
#define PUT_ANY(out, dice, list) put_any(out, dice, list, sizeof(list) / sizeof(list[0]))

/* The parts of what the rules forbid, in order: character by character, with what a speaker and a recogniser put between them. */
static const char *const phrases[][4] = {
    { "不知道", "怎么办" }, { "没知道", "谁说了算" }, { "我们", "管", "这件事" }, { "我在管", "饕餮魑魅" }, { "我在关", "饕餮魑魅" }, { "饕餮魑魅", "请您等" },
    { "饕餮魑魅", "请宁等" }, { "你", "不对", "饕餮魑魅", "今天管" }, { "是不是不对", "您好" }, { "是不是。不对", "您好" }, { "你好", "喂", "真的是" }, { "办法", "就那个了" }, { "饕餮魑魅", "好天气热" },
    { "饕餮魑魅", "好。天气热" },
};

static void put_part(talk *out, uint32_t *dice, const char *part)
{
    static const char *const between[] = { "啊", "那个", "嗯", " ", ",", "\xE2\x80\x8B", "。" };
    for (size_t at = 0; at < strlen(part); at += 3) {
        put(out, part + at, 3);
        if (roll(dice, 6) == 0)
            put(out, part + at, 3);
        if (roll(dice, 5) == 0)
            PUT_ANY(out, dice, between);
    }
}

static void put_phrase(talk *out, uint32_t *dice)
{
    static const char *const between[] = { "天", "气", "，", " " };
    const char *const *phrase = phrases[roll(dice, sizeof(phrases) / sizeof(phrases[0]))];
    for (size_t i = 0; i < 4 && phrase[i]; i++) {
        put_part(out, dice, phrase[i]);
        for (uint32_t count = roll(dice, 4); count > 0; count--)
            PUT_ANY(out, dice, between);
    }
}

static void random_talk(uint32_t *dice, talk *out)
{
    out->len = 0;
    for (uint32_t count = 1 + roll(dice, 40); count > 0; count--) {
        PUT_ANY(out, dice, pieces);
        if (roll(dice, 8) == 0)
            put_phrase(out, dice);
    }
}

/* Characters alone that must be whole are found wherever they stand. Returns how many were not. */
static uint32_t find_all(jy__matcher *matcher)
{
    uint32_t lone = 0;
    for (uint32_t i = 0; i < matcher->index.slot_count; i++) {
        lone += matcher->index.slots[i].lone != 0;
        matcher->index.slots[i].lone = 0;
    }
    return lone;
}

/* As if anything stood beside every match. */
static void open_all(jy_rules *rules)
{
    const jy__sides open = { JY__NONE, JY__NONE, JY__NONE, JY__NONE, 0, 0, JY__SIDES_PART, 0 };
    for (uint32_t i = 0; i < rules->chain_count; i++)
        rules->sides[rules->chains[i].sides] = open;
    for (int kind = 0; kind < JY__SET_COUNT; kind++)
        for (size_t i = 0; i < rules->sets[kind].first_count; i++) {
            const uint32_t *way = rules->ways + rules->sets[kind].stands[i];
            for (uint32_t k = 1; k <= *way; k++)
                rules->sides[way[k]] = open;
        }
    ck_assert_uint_eq(find_all(rules->sets[JY__SET_FORBID].matcher), 2); /* 喂 and 谁, though 谁 is a part of another phrase */
}

static size_t told_of(jy_result *result, char *out, size_t room)
{
    size_t count = jy_result_count(result), at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        jy_finding f = JY_FINDING_INIT;
        jy_result_get(result, i, &f);
        at += (size_t)snprintf(out + at, room - at, " %.*s@%u[%zu,%zu)", (int)f.rule_id.len, f.rule_id.ptr, (unsigned)f.turn, (size_t)f.span.begin, (size_t)f.span.end);
    }
    jy_result_free(result);
    return count;
}

static size_t compare(jy_scanner *scanner, jy_rules *rules[2], jy_str text, const int64_t *offsets, size_t texts)
{
    static char told[2][1 << 16];
    size_t count = 0;
    for (int way = 0; way < 2; way++) {
        jy_result *result;
        if (texts)
            ck_assert_int_eq(jy_scan_batch(scanner, rules[way], text.ptr, offsets, 64, texts, NULL, &result), JY_OK);
        else
            ck_assert_int_eq(jy_scan(scanner, rules[way], text, &result), JY_OK);
        count = told_of(result, told[way], sizeof(told[way]));
    }
    ck_assert_msg(strcmp(told[0], told[1]) == 0, "%.*s:\n with the look%s\n without%s", (int)text.len, text.ptr, told[0], told[1]);
    return count;
}

START_TEST(test_judge__the_look_at_neighbours_changes_nothing)
{
    jy_rules *rules[2] = { rules_of(rule_text), rules_of(rule_text) };
    jy_scanner *scanner;
    static talk own;
    uint32_t dice = 11;
    size_t found = 0, in_batches = 0;
    int rounds = check_rounds(20000);
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    open_all(rules[1]);
    for (int round = 0; round < rounds; round++) {
        int64_t offsets[9] = { 0 };
        size_t texts = 1 + roll(&dice, 8);
        random_talk(&dice, &own);
        found += compare(scanner, rules, (jy_str){ own.text, own.len }, NULL, 0);
        for (size_t i = 1; i <= texts; i++) /* wherever, also inside characters */
            offsets[i] = i == texts ? (int64_t)own.len : offsets[i - 1] + (int64_t)roll(&dice, (uint32_t)(own.len - (size_t)offsets[i - 1]) + 1);
        in_batches += compare(scanner, rules, (jy_str){ own.text, own.len }, offsets, texts);
    }
    ck_assert_uint_gt(found, (size_t)rounds / 2);
    ck_assert_uint_gt(in_batches, (size_t)rounds / 2);
    jy_scanner_free(scanner);
    jy_rules_unref(rules[0]);
    jy_rules_unref(rules[1]);
}
END_TEST

CHECK_MAIN("judge sides", test_judge__the_look_at_neighbours_changes_nothing)
