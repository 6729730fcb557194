/* Lines that a scan tells without judging them come to what a call of that one turn comes to, which is always judged: near approved wording, of one
 * pack and of another, where phrases overlap, are heard, masked, stuttered or torn apart. */
#include "session_test.h"
#include "compile/compile.h"

static const char rules_text[] =
    "jinyu: 1\npack: t\ndefaults: {fold: {sound: yes}}\nrules:\n"
    "  - {id: plain, severity: warning, score: -3, forbid: [没办法, 不知道, 喂, 别吵吵], suggest: [请您稍等, 我这就去办, 甲牢灯忌乙, 丙搭阀菜x, 丁真庚]}\n  - {id: inside, forbid: [办法, 请您, 这个您, 没办]}\n"
    "  - {id: nested, replace: 您找哪位, forbid: {any: [找谁, {any: [干嘛, (又|还)吵]}]}}\n  - {id: twice, forbid: 不知道}\n"
    "  - {id: excused, forbid: 等会, except: 请等会儿}\n  - {id: silent, forbid: 说完, unless: {said: 抱歉}}\n"
    "  - {id: both, forbid: {all: [着急, 什么]}}\n  - {id: whole, forbid: {phrase: 哪里, whole: clause}}\n"
    "  - {id: other, speaker: customer, forbid: 投诉}\n  - {id: gaps, forbid: '您*{0,3}急'}\n  - {id: off, enabled: false, forbid: 挂了}\n"
    "  - {id: mask, forbid: [X光头, 滚出去]}\n  - {id: stop, forbid: [我这。就去, 好。滚]}\n"
    "  - {id: filled, forbid: [滚那个远, 滚远, 滚远点, 滚嗯远, 远点儿别, 滚远点儿别来]}\n"
    "  - {id: farther, severity: error, forbid: [远点, 滚远点儿, 那个远点]}\n"
    "  - {id: kin, forbid: [真讨厌, 真讨厌透, 真讨厌透顶, 真讨厌透顶得很]}\n  - {id: across, severity: error, forbid: [厌透顶, 透顶得]}\n"
    "  - {id: alike, forbid: [老等级, 大发财, 你大点]}\n"
    "  - {id: row, forbid: [来回去, 回去, 去来回, 去来]}\n  - {id: rows, severity: warning, forbid: [来回来, 回来回去]}\n"; /* 甲牢灯忌乙 sounds so, 丙搭阀菜x too */

/* Excused here is what the other pack forbids, and the other way round. */
static const char other_text[] =
    "jinyu: 1\npack: u\ndefaults: {fold: {sound: yes}}\nrules:\n  - {id: too, severity: error, forbid: [不知道, 请您, 滚出去], suggest: [没办法, 好的, 甲达罚十乙]}\n  - {id: own, forbid: [光头, 滚远点儿别, 大法事]}\n";

static const char *const pieces[] = { "没办法", "办", "法", "沒辦法", "没半法", "没*法", "没 办,法", "没没办法", "不知道", "步知道", "喂", "请您", "稍等", "请您那个稍等",
    "这个", "您", "我这就去", "找谁", "干嘛", "还吵", "又吵", "别吵吵吵", "等会", "请等会儿", "说完", "抱歉", "着急", "什么", "哪里", ",", "。", "投诉", "急", "挂了", "X光头", "光头",
    "滚出去", "滚*去", "滚那个远", "滚嗯远", "滚远", "点", "点儿", "别来", "好", "x", "\xff", "甲", "甲牢灯忌乙", "甲捞蹬寄乙", "甲捞蹬寄",
    "老等级", "甲达罚十乙", "甲搭乏石乙", "搭乏石", "丙搭阀菜x", "丙搭阀菜", "真讨厌", "透", "透顶", "真讨厌透顶", "得很", "真讨厌透顶得很", "来回去", "来回", "去来回", "去来", "回来", "不值得", "不值到", "布只到", "心理打电话", "泥打点",
    "没**", "*", "**", "滚**", "真**", "丁真**庚", "丁", "庚", "你**", "X**", "大**" };

static void merge_last_first(char *items, size_t count, size_t size, int (*order)(const void *, const void *), char *merged)
{
    const size_t middle = count / 2;
    if (count < 2)
        return;
    merge_last_first(items, middle, size, order, merged);
    merge_last_first(items + middle * size, count - middle, size, order, merged);
    for (size_t to = 0, a = 0, b = middle; to < count; to++) {
        bool first = b == count || (a < middle && order(items + a * size, items + b * size) < 0);
        memcpy(merged + to * size, items + (first ? a++ : b++) * size, size);
    }
    memcpy(items, merged, count * size);
}

/* In the place of the C library's: of equals the last comes first. Other systems' leave them in any order, and nothing that is told may depend on it. */
void qsort(void *items, size_t count, size_t size, int (*order)(const void *, const void *))
{
    char *merged = count > 1 ? malloc(count * size) : NULL;
    if (merged)
        merge_last_first(items, count, size, order, merged);
    free(merged);
}

static jy_rules *built(bool both)
{
    jy_compiler *compiler;
    jy_rules *rules;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    ck_assert_int_eq(jy_compiler_add_text(compiler, str_of("t.yaml"), str_of(rules_text)), JY_OK);
    if (both)
        ck_assert_int_eq(jy_compiler_add_text(compiler, str_of("u.yaml"), str_of(other_text)), JY_OK);
    ck_assert_int_eq(jy_compiler_build(compiler, &rules), JY_OK);
    jy_compiler_free(compiler);
    return rules;
}

static void same_hit(const jy_result *one, size_t i, const jy_result *other, size_t k)
{
    jy_hit x = JY_HIT_INIT, y = JY_HIT_INIT;
    ck_assert(jy_result_hit(one, i, 0, &x) == JY_OK && jy_result_hit(other, k, 0, &y) == JY_OK);
    ck_assert(str_eq(x.phrase, y.phrase) && str_eq(x.form, y.form) && str_eq(x.reading, y.reading) && !memcmp(x.count, y.count, sizeof(x.count)));
    ck_assert(x.span.begin == y.span.begin && x.span.end == y.span.end && x.confidence == y.confidence);
}

static void same_advice(const jy_result *one, size_t i, const jy_result *other, size_t k, const jy_finding *finding)
{
    for (uint32_t n = 0; n < finding->suggestion_count; n++) {
        jy_str a, b;
        ck_assert(jy_result_suggestion(one, i, n, &a) == JY_OK && jy_result_suggestion(other, k, n, &b) == JY_OK && str_eq(a, b));
    }
    for (uint32_t n = 0; n < finding->edit_count; n++) {
        jy_edit a = JY_EDIT_INIT, b = JY_EDIT_INIT;
        ck_assert(jy_result_edit(one, i, n, &a) == JY_OK && jy_result_edit(other, k, n, &b) == JY_OK);
        ck_assert(a.span.begin == b.span.begin && a.span.end == b.span.end && str_eq(a.replacement, b.replacement));
    }
}

/* But for where in its text the turn stands. */
static void same_finding(const jy_result *one, size_t i, const jy_result *other, size_t k)
{
    jy_finding a = JY_FINDING_INIT, b = JY_FINDING_INIT;
    ck_assert_int_eq(jy_result_get(one, i, &a), JY_OK);
    ck_assert_int_eq(jy_result_get(other, k, &b), JY_OK);
    ck_assert(a.rule == b.rule && str_eq(a.rule_id, b.rule_id) && str_eq(a.pack, b.pack) && str_eq(a.clause, b.clause) && str_eq(a.situation, b.situation));
    ck_assert(a.span.begin == b.span.begin && a.span.end == b.span.end && str_eq(a.text, b.text) && str_eq(a.turn_id, b.turn_id));
    ck_assert(a.kind == b.kind && a.state == b.state && a.severity == b.severity && a.speaker == b.speaker && a.turn_end - a.turn == b.turn_end - b.turn);
    ck_assert(a.column == b.column && a.end_column == b.end_column && a.end_line - a.line == b.end_line - b.line && a.at_ms == b.at_ms);
    ck_assert(a.confidence == b.confidence && a.folds == b.folds && a.score == b.score && a.flags == b.flags && a.measured == b.measured);
    ck_assert(a.suggestion_count == b.suggestion_count && a.edit_count == b.edit_count && a.hit_count == 1 && b.hit_count == 1);
    same_hit(one, i, other, k);
    same_advice(one, i, other, k, &a);
}

/* The findings of one turn from number `first` on are those of the call; returns how many. */
static size_t same(const jy_result *lines, size_t first, uint64_t turn, const jy_result *call)
{
    size_t count = jy_result_count(call);
    for (size_t i = 0; i < count; i++) {
        jy_finding a = JY_FINDING_INIT;
        ck_assert_int_eq(jy_result_get(lines, first + i, &a), JY_OK);
        ck_assert_uint_eq(a.turn, turn);
        same_finding(lines, first + i, call, i);
    }
    return count;
}

#define LINES 200
#define ROOM (64 << 10)

/* The same lines as texts of their own. */
static void compare_batch(jy_rules *rules, jy_scanner *scanner, jy_str text, const jy_result *lines)
{
    int32_t offsets[LINES + 1] = { 0 };
    static char own[ROOM];
    jy_result *batch;
    size_t count = 0, len = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '\n')
            offsets[++count] = (int32_t)len;
        else
            own[len++] = text.ptr[i];
    ck_assert_int_eq(jy_scan_batch(scanner, rules, own, offsets, 32, count, NULL, &batch), JY_OK);
    ck_assert_uint_eq(jy_result_count(batch), jy_result_count(lines));
    for (size_t i = 0; i < jy_result_count(batch); i++)
        same_finding(lines, i, batch, i);
    jy_result_free(batch);
}

static size_t compare(jy_rules *rules, jy_scanner *scanner, jy_str text)
{
    jy_result *lines, *call;
    size_t told = 0;
    uint64_t turn = 0;
    ck_assert_int_eq(jy_scan(scanner, rules, text, &lines), JY_OK);
    for (const char *at = text.ptr, *end; at < text.ptr + text.len; at = end + 1, turn++) {
        jy_session *session;
        jy_turn own = JY_TURN_INIT;
        end = memchr(at, '\n', (size_t)(text.ptr + text.len - at));
        own.text = (jy_str){ at, (size_t)(end - at) };
        own.speaker = JY_AGENT;
        own.place.line = own.place.column = own.place.byte_column = 1;
        ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
        ck_assert_int_eq(jy_session_feed(session, scanner, &own), JY_OK);
        ck_assert_int_eq(jy_session_finish(session, scanner), JY_OK);
        ck_assert_int_eq(jy_session_result(session, &call), JY_OK);
        told += same(lines, told, turn, call);
        jy_result_free(call);
        jy_session_free(session);
    }
    ck_assert_uint_eq(told, jy_result_count(lines));
    compare_batch(rules, scanner, text, lines);
    jy_result_free(lines);
    return told;
}

static size_t put_line(char *text, size_t room, uint32_t left, const char *const *of, size_t of_count)
{
    size_t len = 0;
    for (; left; left--)
        len += (size_t)snprintf(text + len, room - len, "%s", of[any((uint32_t)of_count)]);
    text[len++] = '\n';
    return len;
}

static size_t compare_rounds(jy_rules *rules)
{
    jy_scanner *scanner;
    size_t told = 0;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    for (int round = 0; round < 300; round++) {
        char text[4096];
        size_t len = 0;
        for (int line = 0; line < 20; line++)
            len += put_line(text + len, sizeof(text) - len, any(5), pieces, sizeof(pieces) / sizeof(pieces[0]));
        told += compare(rules, scanner, (jy_str){ text, len });
    }
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
    return told;
}

START_TEST(test_session__lines_told_alone_are_as_judged)
{
    ck_assert_uint_gt(compare_rounds(built(false)), 3000);
}
END_TEST

START_TEST(test_session__packs_excuse_their_own_alone)
{
    ck_assert_uint_gt(compare_rounds(built(true)), 3000);
}
END_TEST

/* Of most lines each match is a finding as it is; some have more than are told at a time, or more bytes than are copied at once. */
START_TEST(test_session__many_lines_are_as_judged)
{
    static const char *const plain[] = { "没办法", "沒辦法", "没 办,法", "没没办法", "找谁", "干嘛", "今天", "的", ",", "滚出去", "别吵吵吵", "来回去", "去来", "a" };
    static char text[ROOM];
    jy_rules *rules = built(false);
    jy_scanner *scanner;
    size_t told = 0;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    for (int round = 0; round < 12; round++) {
        size_t len = 0;
        for (int line = 0; line < LINES; line++) {
            const bool mixed = any(20) == 0;
            len += put_line(text + len, sizeof(text) - len, any(any(30) ? 15 : 160), mixed ? pieces : plain,
                            mixed ? sizeof(pieces) / sizeof(pieces[0]) : sizeof(plain) / sizeof(plain[0]));
        }
        told += compare(rules, scanner, (jy_str){ text, len });
    }
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
    ck_assert_uint_gt(told, 5000);
}
END_TEST

/* The literals of exactly these phrases need no judging. */
START_TEST(test_session__what_is_alone_is_plain_and_in_no_approved_wording)
{
    static const char *const alone[] = { "没办法", "喂", "别吵吵", "找谁", "干嘛", "又吵", "还吵", "没办", "办法", "X光头", "滚出去", "好。滚",
                                          "滚那个远", "滚远", "滚远点", "滚嗯远", "远点儿别", "滚远点儿别来", "远点", "滚远点儿", "那个远点",
                                          "真讨厌", "真讨厌透", "真讨厌透顶", "真讨厌透顶得很", "厌透顶", "透顶得", "老等级", "大发财", "你大点",
                                          "来回去", "回去", "去来回", "去来", "来回来", "回来回去" };
    jy_rules *rules = built(false);
    const jy__set *set = &rules->sets[JY__SET_FORBID];
    size_t found = 0;
    for (size_t i = 0; i < set->first_count; i++) {
        jy_str form = jy__rules_text(rules, set->forms[i]);
        bool named = false;
        for (size_t k = 0; k < sizeof(alone) / sizeof(alone[0]); k++)
            named = named || str_is(form, alone[k]);
        if (((set->stands[i] & JY__STANDS_ALONE) != 0) != named)
            ck_abort_msg("%.*s", (int)form.len, form.ptr);
        found += named;
    }
    ck_assert_uint_eq(found, sizeof(alone) / sizeof(alone[0]));
    jy_rules_unref(rules);
}
END_TEST

CHECK_MAIN("session", test_session__lines_told_alone_are_as_judged, test_session__many_lines_are_as_judged, test_session__packs_excuse_their_own_alone,
           test_session__what_is_alone_is_plain_and_in_no_approved_wording)
