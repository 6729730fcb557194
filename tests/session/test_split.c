/* A call comes to the same however its turns arrive: whole, or in hypotheses that grow, change and interleave. Random calls from the
 * phrases that the built-in rules listen for are fed both ways; the results must not differ, and what jy_session_next() tells on
 * the way must be consistent: a finding is provisional once, then final or withdrawn, and every final one is told once. */
#include "session_test.h"

#define CASES 1000 /* of each set of rules */
#define ITEMS_MOST 16
#define FINDINGS_MOST 1000

static const char *const said[] = {
    "不知道", "没办法", "没 办,法", "你是谁", "您好,八号为您服务", "我一会给你回电话", "抱歉,我先核实一下", "怎么才接电话", "我还没着急", ",你倒不耐烦了",
    "查了半天了", "对不起,", "感谢您的耐心等待", "谢谢你们", "不客气", "再见", "请您稍等一下,好吗?", "好的", "我在建国路仓库这里警报响了", "是在建国路仓库吗",
    "监控黑屏了", "没有啊。", "你等着", "请稍候", "他暂时不在,需要转告吗", "不在", "你们他妈的会不会干活", "喂", "大声点", "打错了!", "嗯", "啊", "。", "没办",
    "法", "听不懂", "会不会说中国话", "我要投诉你们客服态度差", "不用了", "急什么呀", "A\xff" "B", "𠮷", "系统显示是正常的没有故障", "有什么事请您慢慢讲",
};
static const int32_t events[] = { JY_EVENT_RING, JY_EVENT_ANSWER, JY_EVENT_HOLD_START, JY_EVENT_HOLD_END, JY_EVENT_MUTE, JY_EVENT_UNMUTE, JY_EVENT_TRANSFER };

typedef struct item { bool turn; int32_t speaker, event; char text[160], id[8]; int64_t begin, end; bool open, done; } item;
typedef struct call { item items[ITEMS_MOST]; size_t count; bool timed; } call;

static void random_text(char *out, size_t room)
{
    size_t pieces = 1 + any(4), at = 0;
    for (size_t i = 0; i < pieces; i++)
        at += (size_t)snprintf(out + at, room - at, "%s", said[any(sizeof(said) / sizeof(said[0]))]);
}

static void random_call(call *c)
{
    int64_t now = 0;
    c->count = 1 + any(ITEMS_MOST - 1);
    c->timed = any(3) > 0;
    for (size_t i = 0; i < c->count; i++) {
        item *one = &c->items[i];
        memset(one, 0, sizeof(*one));
        now += any(any(8) ? 4000 : 70000);
        one->begin = c->timed && any(20) ? now : JY_TIME_UNKNOWN;
        one->turn = any(6) > 0;
        one->end = one->turn && one->begin >= 0 && any(10) ? now + 200 + any(9000) : JY_TIME_UNKNOWN;
        one->speaker = any(15) ? 1 + (int32_t)any(2) : (int32_t)any(4);
        one->event = events[any(sizeof(events) / sizeof(events[0]))];
        snprintf(one->id, sizeof(one->id), "t%zu", i);
        if (one->turn)
            random_text(one->text, sizeof(one->text) - 1);
    }
    if (any(3) == 0)
        c->items[c->count - 1] = (item){ .event = JY_EVENT_HANGUP, .speaker = 1 + (int32_t)any(2), .begin = c->timed ? now : JY_TIME_UNKNOWN };
}

static void feed(jy_session *session, jy_scanner *scanner, const item *one, const char *text, bool partial)
{
    jy_turn turn = JY_TURN_INIT;
    turn.text = str_of(text);
    turn.speaker = one->speaker;
    turn.id = str_of(one->id);
    turn.begin_ms = one->begin;
    turn.end_ms = partial ? JY_TIME_UNKNOWN : one->end;
    turn.flags = partial ? JY_TURN_PARTIAL : 0;
    turn.place.line = turn.place.column = turn.place.byte_column = 1;
    ck_assert_int_eq(jy_session_feed(session, scanner, &turn), JY_OK);
}

static void event(jy_session *session, jy_scanner *scanner, const item *one)
{
    jy_event given = JY_EVENT_INIT;
    given.kind = one->event;
    given.speaker = one->speaker;
    given.at_ms = one->begin;
    ck_assert_int_eq(jy_session_event(session, scanner, &given), JY_OK);
}

/* ---- what next() tells */
typedef struct seen { uint64_t id, turn; uint32_t rule; int state; } seen;
typedef struct news { seen items[FINDINGS_MOST]; size_t count, finals; } news;

static void take_news(jy_session *session, news *n)
{
    jy_finding f = JY_FINDING_INIT;
    while (jy_session_next(session, &f) == JY_OK) {
        seen *old = NULL;
        jy_str wording;
        for (size_t i = 0; i < n->count && !old; i++)
            old = n->items[i].id == f.id ? &n->items[i] : NULL;
        for (uint32_t k = 0; k < f.suggestion_count; k++)
            ck_assert_int_eq(jy_session_suggestion(session, k, &wording), JY_OK);
        n->finals += f.state == JY_FINAL;
        if (!old) {
            ck_assert_int_ne(f.state, JY_WITHDRAWN);
            ck_assert_uint_lt(n->count, FINDINGS_MOST);
            n->items[n->count++] = (seen){ f.id, f.turn, f.rule, f.state };
            continue;
        }
        ck_assert_int_eq(old->state, JY_PROVISIONAL);
        ck_assert_int_ne(f.state, JY_PROVISIONAL);
        ck_assert_uint_eq(old->rule, f.rule);
        ck_assert_uint_eq(old->turn, f.turn);
        old->state = f.state;
    }
}

static jy_result *end(jy_session *session, jy_scanner *scanner, news *n)
{
    jy_result *result;
    ck_assert_int_eq(jy_session_finish(session, scanner), JY_OK);
    take_news(session, n);
    ck_assert_int_eq(jy_session_result(session, &result), JY_OK);
    for (size_t i = 0; i < n->count; i++)
        ck_assert_int_ne(n->items[i].state, JY_PROVISIONAL);
    ck_assert_uint_eq(n->finals, jy_result_count(result));
    return result;
}

static jy_result *fed_whole(jy_session *session, jy_scanner *scanner, const call *c)
{
    news n = { .count = 0 };
    for (size_t i = 0; i < c->count; i++) {
        if (c->items[i].turn)
            feed(session, scanner, &c->items[i], c->items[i].text, false);
        else
            event(session, scanner, &c->items[i]);
        if (any(2))
            take_news(session, &n);
    }
    return end(session, scanner, &n);
}

/* A hypothesis: a beginning of the words, or something else altogether. */
static void hypothesis(jy_session *session, jy_scanner *scanner, const item *one)
{
    char text[160];
    if (any(4) == 0) {
        random_text(text, sizeof(text) - 1);
    } else {
        size_t len = any((uint32_t)strlen(one->text) + 1);
        memcpy(text, one->text, len);
        text[len] = '\0';
    }
    feed(session, scanner, one, text, true);
}

static jy_result *fed_split(jy_session *session, jy_scanner *scanner, call *c)
{
    news n = { .count = 0 };
    size_t begun = 0, oldest = 0;
    while (oldest < c->count) {
        item *one;
        if (begun < c->count && begun - oldest < 4 && any(2)) {
            one = &c->items[begun++];
            one->open = one->turn;
            one->done = !one->turn;
            if (one->turn && any(3)) {
                hypothesis(session, scanner, one);
            } else if (one->turn) {
                feed(session, scanner, one, one->text, false);
                one->done = true;
            } else {
                event(session, scanner, one);
            }
        } else if (begun > oldest) {
            one = &c->items[oldest + any((uint32_t)(begun - oldest))];
            if (one->turn && !one->done && any(3)) {
                hypothesis(session, scanner, one);
            } else if (one->turn && !one->done) {
                feed(session, scanner, one, one->text, false);
                one->done = true;
            }
        }
        while (oldest < begun && c->items[oldest].done)
            oldest++;
        if (any(2))
            take_news(session, &n);
    }
    return end(session, scanner, &n);
}

/* ---- results alike */
static void same_finding(const jy_result *a, const jy_result *b, size_t i, unsigned number)
{
    jy_finding x = JY_FINDING_INIT, y = JY_FINDING_INIT;
    jy_result_get(a, i, &x);
    jy_result_get(b, i, &y);
    ck_assert_msg(x.rule == y.rule && x.turn == y.turn, "case %u, finding %zu: %.*s@%d %.*s@%d", number, i, (int)x.rule_id.len, x.rule_id.ptr, (int)x.turn,
                  (int)y.rule_id.len, y.rule_id.ptr, (int)y.turn);
    ck_assert(x.kind == y.kind && x.state == JY_FINAL && y.state == JY_FINAL && x.severity == y.severity && x.turn_end == y.turn_end);
    ck_assert(str_eq(x.turn_id, y.turn_id) && x.speaker == y.speaker && x.span.begin == y.span.begin && x.span.end == y.span.end && str_eq(x.text, y.text));
    ck_assert(x.line == y.line && x.column == y.column && x.end_line == y.end_line && x.end_column == y.end_column);
    ck_assert(x.at_ms == y.at_ms && x.measured == y.measured && x.bound == y.bound && x.confidence == y.confidence && x.folds == y.folds);
    ck_assert(x.suggestion_count == y.suggestion_count && x.hit_count == y.hit_count && x.edit_count == y.edit_count);
    for (uint32_t k = 0; k < x.edit_count; k++) {
        jy_edit e = JY_EDIT_INIT, d = JY_EDIT_INIT;
        jy_result_edit(a, i, k, &e);
        jy_result_edit(b, i, k, &d);
        ck_assert(e.span.begin == d.span.begin && e.span.end == d.span.end && str_eq(e.replacement, d.replacement));
    }
}

static void same_result(const jy_result *a, const jy_result *b, unsigned number)
{
    for (size_t i = 0; i < jy_result_count(a) && i < jy_result_count(b); i++)
        same_finding(a, b, i, number);
    ck_assert_msg(jy_result_count(a) == jy_result_count(b), "case %u: %zu findings whole, %zu split", number, jy_result_count(a), jy_result_count(b));
    ck_assert_uint_eq(jy_result_turn_count(a), jy_result_turn_count(b));
    ck_assert_uint_eq(jy_result_event_count(a), jy_result_event_count(b));
    ck_assert_uint_eq(jy_result_bad_bytes(a, NULL), jy_result_bad_bytes(b, NULL));
    ck_assert_uint_eq(jy_result_unchecked_count(a), jy_result_unchecked_count(b));
    for (size_t i = 0; i < jy_result_unchecked_count(a); i++) {
        jy_unchecked x = JY_UNCHECKED_INIT, y = JY_UNCHECKED_INIT;
        jy_result_unchecked(a, i, &x);
        jy_result_unchecked(b, i, &y);
        ck_assert(x.rule == y.rule && x.why == y.why && x.turn == y.turn);
    }
    for (size_t i = 0; i < jy_result_score_count(a); i++) {
        jy_score x = JY_SCORE_INIT, y = JY_SCORE_INIT;
        jy_result_score(a, i, &x);
        jy_result_score(b, i, &y);
        ck_assert(x.points == y.points && x.fatal == y.fatal && x.passed == y.passed && x.unchecked == y.unchecked);
    }
}

/* One rule for every kind of window, behind every kind of anchor. */
static const char every_window[] =
    "  - {id: f1, forbid: 不知道, where: first 2 turns of agent}\n  - {id: f2, speaker: any, forbid: 不在, where: last 3 turns}\n"
    "  - {id: f3, forbid: 没办法, where: first 30s}\n  - {id: f4, forbid: 好的, where: last 60s}\n"
    "  - {id: f5, forbid: 嗯, when: {said: 谢谢, speaker: customer}, where: next 2 turns}\n  - {id: f6, forbid: 嗯, when: {said: 再见, speaker: customer}, where: previous 2 turns of agent}\n"
    "  - {id: f7, forbid: 喂, when: {event: hold-end}, where: previous 20s}\n  - {id: f8, forbid: 喂, when: {silence: 10s, speaker: customer}, where: next 15s}\n"
    "  - {id: f9, forbid: 不用了, when: {event: hangup}, where: call}\n  - {id: f10, forbid: 没有啊, when: {said: 投诉}, where: first 5 turns}\n"
    "  - {id: f11, forbid: 你等着, when: {event: transfer}, where: last 2 turns of agent}\n  - {id: f12, forbid: 不知道, unless: {said: 抱歉}, unless-where: previous 3 turns}\n"
    "  - {id: r1, require: 您好, where: first 2 turns of agent}\n  - {id: r2, require: 再见, where: last 2 turns of agent}\n  - {id: r3, require: 不客气, when: {said: 谢谢, speaker: customer}}\n"
    "  - {id: r4, require: 感谢, when: {any: [{event: hold-end}, {event: unmute}]}, where: next 2 turns of agent}\n  - {id: r5, require: 稍等, when: {event: hold-start}, where: previous 2 turns of agent}\n"
    "  - {id: r6, require: 核实, when: {said: 回电话}, where: next 20s}\n  - {id: r7, require: 对不起, when: {silence: 20s}, where: previous 30s}\n"
    "  - {id: r8, require: 您好, where: first 10s}\n  - {id: r9, require: 再见, where: last 20s}\n  - {id: r10, require: 感谢, when: {all: [{said: 投诉}, {not: {said: 谢谢}}]}, where: call}\n"
    "  - {id: r11, require: {any: [{echo: {least: 3}}, 地址]}, when: {regex: '[\\p{Han}]{2,4}路', speaker: customer}, where: next 2 turns of agent}\n"
    "  - {id: l1, limit: {silence: 10s}}\n  - {id: l2, limit: {overlap: 500ms}}\n  - {id: l3, limit: {rate: 200/min}}\n  - {id: l4, limit: {repeat: {times: 2, within: 4 turns, alike: 0.8}}}\n"
    "  - {id: l5, limit: {hold: 20s}}\n  - {id: l6, limit: {turn: 5s}}\n  - {id: l7, limit: {hangup: agent}}\n  - {id: l8, limit: {answer: 5s}}\n";

static void any_split(jy_rules *rules)
{
    jy_scanner *scanner;
    jy_session *whole, *split;
    size_t findings = 0;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&whole, rules, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&split, rules, NULL), JY_OK);
    unsigned rounds = (unsigned)check_rounds(CASES);
    for (unsigned number = 0; number < rounds; number++) {
        call c;
        jy_result *a, *b;
        any_state = 0x9E3779B97F4A7C15u * (number + 1);
        random_call(&c);
        jy_session_set(split, JY_PARAM_PROVISIONAL, any(4) > 0);
        a = fed_whole(whole, scanner, &c);
        b = fed_split(split, scanner, &c);
        same_result(a, b, number);
        findings += jy_result_count(a);
        jy_result_free(a);
        jy_result_free(b);
        ck_assert_int_eq(jy_session_reset(whole), JY_OK);
        ck_assert_int_eq(jy_session_reset(split), JY_OK);
    }
    ck_assert_uint_gt(findings, rounds); /* the calls are not empty of findings */
    jy_session_free(whole);
    jy_session_free(split);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}

START_TEST(test_session__any_split_comes_to_the_same)
{
    jy_rules *rules;
    ck_assert_int_eq(jy_rules_builtin(&rules), JY_OK);
    any_split(rules);
}
END_TEST

START_TEST(test_session__any_split_with_every_window)
{
    any_split(rules_of(every_window));
}
END_TEST

START_TEST(test_session__a_dropped_hypothesis_does_not_stop_the_call)
{
    jy_rules *rules = rules_of("  - {id: no-way, forbid: 没办法}\n");
    jy_scanner *scanner;
    jy_session *session;
    jy_finding f = JY_FINDING_INIT;
    item lost = { .turn = true, .speaker = JY_CUSTOMER, .id = "lost", .begin = -1, .end = -1 }, own = { .turn = true, .speaker = JY_AGENT, .begin = -1, .end = -1 };
    size_t waited = 0;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    feed(session, scanner, &lost, "我想", true);
    while (jy_session_next(session, &f) == JY_DONE && waited++ < 100)
        feed(session, scanner, &own, "没办法", false);
    ck_assert_uint_gt(waited, 2);
    ck_assert_uint_lt(waited, 40);
    /* with a clock it takes ten seconds */
    jy_session_reset(session);
    feed(session, scanner, &lost, "我想", true);
    feed(session, scanner, &own, "没办法", false);
    ck_assert_int_eq(jy_session_tick(session, scanner, 1000), JY_OK);
    ck_assert_int_eq(jy_session_next(session, &f), JY_DONE);
    ck_assert_int_eq(jy_session_tick(session, scanner, 12000), JY_OK);
    ck_assert_int_eq(jy_session_next(session, &f), JY_OK);
    ck_assert_uint_eq(f.turn, 1);
    jy_session_free(session);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

CHECK_MAIN("session", test_session__any_split_comes_to_the_same, test_session__any_split_with_every_window,
           test_session__a_dropped_hypothesis_does_not_stop_the_call)
