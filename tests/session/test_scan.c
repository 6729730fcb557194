/* Single texts: in one piece, in pieces, and many at once come to the same; places, limits and bad bytes are right in each. */
#include "session_test.h"

#define WITHOUT_PATTERNS "  - {id: no, forbid: 没办法, suggest: [请稍候], replace: 请稍候}\n" \
                         "  - {id: bare, forbid: {phrase: 不知道, whole: turn}}\n  - {id: call, require: 您好}\n" \
                         "  - {id: parts, forbid: '我*{0,4}(听|讲)*{0,2}不清'}\n"
static const char rules_text[] = WITHOUT_PATTERNS "  - {id: re, forbid: {regex: '滚(开|蛋)'}}\n";

static const char *const lines[] = { "您好", "没办法", "我没 办,法啊", "滚开", "不知道", "我不知道", "", "没", "办法", "滚蛋没办法", "\xff没办法", "𠮷没办法", "a", "我讲", "我可是听也不清", "不清", "听不清我" };

typedef struct place { uint64_t turn; uint32_t rule, line, column; jy_span span; } place;
typedef struct places { place items[512]; size_t count; } places;

static void take(const jy_result *result, places *out)
{
    for (size_t i = 0; i < jy_result_count(result); i++) {
        jy_finding f = JY_FINDING_INIT;
        jy_result_get(result, i, &f);
        ck_assert_uint_lt(out->count, 512);
        out->items[out->count++] = (place){ f.turn, f.rule, f.line, f.column, f.span };
    }
}

static void same(const places *a, const places *b, bool with_lines)
{
    ck_assert_uint_eq(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        ck_assert(a->items[i].turn == b->items[i].turn && a->items[i].rule == b->items[i].rule);
        ck_assert(a->items[i].span.begin == b->items[i].span.begin && a->items[i].span.end == b->items[i].span.end && a->items[i].column == b->items[i].column);
        if (with_lines)
            ck_assert_uint_eq(a->items[i].line, b->items[i].line);
    }
}

static void compare(const char *text_of_rules)
{
    jy_rules *rules = rules_of(text_of_rules);
    jy_scanner *scanner;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    for (int round = 0; round < 200; round++) {
        static char text[8192];
        int32_t narrow[65];
        int64_t wide[65];
        size_t count = 1 + any(63), len = 0, bad = 0, cut_bad = 0;
        places whole = { .count = 0 }, pieces = { .count = 0 }, batch = { .count = 0 }, batch64 = { .count = 0 };
        jy_result *result;
        jy_place at = { .line = 1, .column = 1 };
        jy_scanner_set(scanner, JY_PARAM_UNIT, (int64_t)any(3));
        for (size_t i = 0; i < count; i++) {
            const char *line = lines[any(sizeof(lines) / sizeof(lines[0]))];
            narrow[i] = (int32_t)len;
            wide[i] = (int64_t)len;
            len += (size_t)snprintf(text + len, sizeof(text) - len, "%s\n", line);
        }
        narrow[count] = (int32_t)len;
        wide[count] = (int64_t)len;
        ck_assert_int_eq(jy_scan(scanner, rules, (jy_str){ text, len }, &result), JY_OK);
        take(result, &whole);
        bad = jy_result_bad_bytes(result, NULL);
        ck_assert_uint_eq(jy_result_turn_count(result), count);
        ck_assert_uint_eq(jy_result_unchecked_count(result), 1);
        jy_result_free(result);
        for (size_t i = 0; i < count;) {
            size_t next = i + 1 + any((uint32_t)(count - i));
            at.offset = (size_t)wide[i];
            at.line = (uint32_t)i + 1;
            ck_assert_int_eq(jy_scan_at(scanner, rules, (jy_str){ text + wide[i], (size_t)(wide[next] - wide[i]) }, NULL, &at, &result), JY_OK);
            take(result, &pieces);
            cut_bad += jy_result_bad_bytes(result, NULL);
            ck_assert_uint_eq(jy_result_unchecked_count(result), i == 0);
            jy_result_free(result);
            i = next;
        }
        same(&whole, &pieces, true);
        ck_assert_uint_eq(bad, cut_bad);
        ck_assert_int_eq(jy_scan_batch(scanner, rules, text, narrow, 32, count, NULL, &result), JY_OK);
        take(result, &batch);
        ck_assert_uint_eq(jy_result_bad_bytes(result, NULL), bad);
        jy_result_free(result);
        same(&whole, &batch, false);
        ck_assert_int_eq(jy_scan_batch(scanner, rules, text, wide, 64, count, NULL, &result), JY_OK);
        take(result, &batch64);
        jy_result_free(result);
        same(&batch, &batch64, true);
    }
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}

/* Where there are no patterns a text in which nothing is matched is done with at once. */
START_TEST(test_session__pieces_and_batches_are_as_the_whole)
{
    compare(rules_text);
    compare(WITHOUT_PATTERNS);
}
END_TEST

START_TEST(test_session__batches_skip_nulls_and_start_anywhere)
{
    jy_rules *rules = rules_of(rules_text);
    jy_scanner *scanner;
    jy_result *result;
    jy_finding f = JY_FINDING_INIT;
    static const char data[] = "没办法没办法没办法";
    const int32_t offsets[] = { 9, 9, 18, 27 };
    const uint8_t valid[] = { 0x05 };
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan_batch(scanner, rules, data, offsets, 32, 3, valid, &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), 1); /* text 0 is empty, text 1 is null */
    jy_result_get(result, 0, &f);
    ck_assert(f.turn == 2 && f.span.begin == 0 && f.span.end == 9);
    ck_assert_uint_eq(jy_result_turn_count(result), 3);
    jy_result_free(result);
    ck_assert_int_eq(jy_scan_batch(scanner, rules, NULL, offsets, 32, 0, NULL, &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), 0);
    jy_result_free(result);
    ck_assert_int_eq(jy_scan_batch(scanner, rules, NULL, NULL, 32, 0, NULL, &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), 0);
    jy_result_free(result);
    ck_assert_int_eq(jy_scan_batch(scanner, rules, data, NULL, 32, 1, NULL, &result), JY_E_INVALID);
    const int32_t falling[] = { 0, 9, 3 }, negative[] = { -1, 0, 3 };
    ck_assert_int_eq(jy_scan_batch(scanner, rules, data, falling, 32, 2, NULL, &result), JY_E_INVALID);
    ck_assert_int_eq(jy_scan_batch(scanner, rules, data, negative, 32, 2, NULL, &result), JY_E_INVALID);
    ck_assert_int_eq(jy_scan_batch(scanner, rules, data, offsets, 16, 2, NULL, &result), JY_E_INVALID);
    ck_assert_int_eq(jy_scan_batch(scanner, rules, NULL, offsets, 32, 3, NULL, &result), JY_E_INVALID);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

/* What is whole in its text is whole whatever the next text begins with. */
START_TEST(test_session__batches_see_no_neighbours)
{
    jy_rules *rules = rules_of(rules_text);
    jy_scanner *scanner;
    jy_result *result;
    static const char data[] = "我们不知道他们";
    const int32_t offsets[] = { 0, 6, 15, 21 };
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan_batch(scanner, rules, data, offsets, 32, 3, NULL, &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), 1);
    jy_result_free(result);
    ck_assert_int_eq(jy_scan(scanner, rules, str_of(data), &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), 0);
    jy_result_free(result);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

/* More texts than are matched at a time; something stands at both sides of each border, and a phrase is never put together of two texts. */
START_TEST(test_session__batches_have_no_seams)
{
    enum { COUNT = 10000 };
    jy_rules *rules = rules_of(rules_text);
    jy_scanner *scanner;
    jy_result *result;
    static int32_t offsets[COUNT + 1];
    static char data[COUNT * 24];
    static uint8_t valid[COUNT / 8 + 1];
    size_t expected = 0, at = 0;
    memset(valid, 0xFF, sizeof(valid));
    for (size_t i = 0; i < COUNT; i++) {
        const char *text = i % 4096 == 4095 ? "我可是听也" : i % 4096 == 0 ? "不清滚开" : i % 1000 == 7 ? "我听也不清" : i % 1000 == 8 ? "" : "我好";
        offsets[i + 1] = offsets[i] + (int32_t)strlen(text);
        memcpy(data + offsets[i], text, strlen(text));
    }
    valid[4096 / 8] &= 0xFE; /* 4096 is null */
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan_batch(scanner, rules, data, offsets, 32, COUNT, valid, &result), JY_OK);
    for (size_t i = 0; i < COUNT; i++) {
        jy_finding f = JY_FINDING_INIT;
        bool pattern = i % 4096 == 0 && i != 4096, parts = i % 1000 == 7;
        if (!pattern && !parts)
            continue;
        expected++;
        ck_assert_uint_lt(at, jy_result_count(result));
        jy_result_get(result, at++, &f);
        ck_assert_uint_eq(f.turn, i);
        ck_assert_str_eq(f.rule_id.ptr, pattern ? "re" : "parts");
        ck_assert(f.span.begin == (pattern ? 6u : 0u) && f.span.end == (pattern ? 12u : 15u));
    }
    ck_assert_uint_eq(jy_result_count(result), expected);
    jy_result_free(result);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

static void dropped_is_told(const jy_result *result)
{
    jy_unchecked unchecked = JY_UNCHECKED_INIT;
    size_t told = 0;
    for (size_t i = 0; jy_result_unchecked(result, i, &unchecked) == JY_OK; i++)
        told += unchecked.why == JY_HITS_DROPPED && unchecked.rule == JY_RULE_ANY;
    ck_assert_uint_eq(told, 1);
}

START_TEST(test_session__scans_refuse_and_show)
{
    jy_rules *rules = rules_of(rules_text);
    jy_scanner *scanner;
    jy_result *result;
    size_t first;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan(NULL, rules, str_of("x"), &result), JY_E_INVALID);
    ck_assert_int_eq(jy_scan(scanner, NULL, str_of("x"), &result), JY_E_INVALID);
    ck_assert_int_eq(jy_scan(scanner, rules, (jy_str){ NULL, 1 }, &result), JY_E_INVALID);
    ck_assert_int_eq(jy_scan(scanner, rules, (jy_str){ NULL, 0 }, &result), JY_OK);
    jy_result_free(result);
    ck_assert_int_eq(jy_scan(scanner, rules, str_of("好\xff\n没办法\xe4"), &result), JY_OK);
    ck_assert_uint_eq(jy_result_bad_bytes(result, &first), 2);
    ck_assert_uint_eq(first, 3);
    jy_result_free(result);
    jy_call unsized = JY_CALL_INIT;
    unsized.size = 0;
    ck_assert_int_eq(jy_scan_at(scanner, rules, str_of("没办法"), &unsized, NULL, &result), JY_E_INVALID);
    jy_scanner_set(scanner, JY_PARAM_BAD_UTF8, 1);
    ck_assert_int_eq(jy_scan(scanner, rules, str_of("\xff"), &result), JY_E_UTF8);
    jy_scanner_set(scanner, JY_PARAM_MAX_HITS, 2);
    ck_assert_int_eq(jy_scan(scanner, rules, str_of("没办法\n没办法\n没办法\n"), &result), JY_OK);
    ck_assert_int_eq(jy_result_complete(result), JY_E_LIMIT);
    ck_assert_uint_eq(jy_result_count(result), 2);
    dropped_is_told(result);
    jy_result_free(result);
    ck_assert_int_eq(jy_scan(scanner, rules, str_of("没办法"), &result), JY_OK); /* the next is complete again */
    ck_assert_int_eq(jy_result_complete(result), JY_OK);
    jy_result_free(result);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

/* Longer than a block, without a line end: what stands at and across the borders of pieces and blocks is found once, in its place. */
START_TEST(test_session__long_lines_have_no_seams)
{
    enum { LENGTH = 1200000, STEP = 1021 };
    static char text[LENGTH + 64];
    static size_t expected[LENGTH / STEP + 1];
    jy_rules *rules = rules_of(rules_text);
    jy_scanner *scanner;
    jy_result *result;
    size_t count = 0, len = 0, first_bad;
    while (len < LENGTH) {
        bool more = len / STEP >= count;
        if (more)
            expected[count++] = len;
        len += (size_t)snprintf(text + len, 64, "%s", more ? (count % 3 == 0 ? "滚蛋" : count % 3 == 1 ? "没 办,法" : "我听也不清") : any(50) ? "好" : "𠮷a");
    }
    memcpy(text + len, "\xe4\n没办法", 11);
    len += 11;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    for (int unit = 0; unit < 3; unit++) {
        jy_scanner_set(scanner, JY_PARAM_UNIT, unit);
        ck_assert_int_eq(jy_scan(scanner, rules, (jy_str){ text, len }, &result), JY_OK);
        ck_assert_uint_eq(jy_result_count(result), count + 1);
        ck_assert_uint_eq(jy_result_turn_count(result), 2);
        ck_assert_uint_eq(jy_result_bad_bytes(result, &first_bad), 1);
        ck_assert_uint_eq(first_bad, len - 11);
        for (size_t i = 0, at = 0, points = 0, units = 0; i < count; i++) {
            jy_finding f = JY_FINDING_INIT;
            jy_result_get(result, i, &f);
            for (; at < expected[i]; at++) {
                points += (text[at] & 0xC0) != 0x80;
                units += unit == 0 ? 1 : ((text[at] & 0xC0) != 0x80) + (unit == JY_UNIT_UTF16 && (unsigned char)text[at] >= 0xF0);
            }
            ck_assert_uint_eq(f.span.begin, units);
            ck_assert_uint_eq(f.turn, 0);
            ck_assert_uint_eq(f.column, points + 1);
            ck_assert_str_eq(f.rule_id.ptr, i % 3 == 2 ? "re" : i % 3 == 0 ? "no" : "parts");
        }
        jy_result_free(result);
    }
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

static void cut_is_told(const jy_result *result, uint64_t turn, size_t findings)
{
    jy_unchecked unchecked = JY_UNCHECKED_INIT;
    size_t told = 0;
    ck_assert_int_eq(jy_result_complete(result), JY_E_LIMIT);
    ck_assert_uint_eq(jy_result_count(result), findings);
    for (size_t i = 0; jy_result_unchecked(result, i, &unchecked) == JY_OK; i++)
        if (unchecked.why == JY_TURN_CUT) {
            ck_assert(unchecked.turn == turn && unchecked.rule == JY_RULE_ANY);
            told++;
        }
    ck_assert_uint_eq(told, 1);
}

START_TEST(test_session__what_is_cut_of_a_turn_is_told)
{
    static char text[1024];
    jy_rules *rules = rules_of(rules_text);
    jy_scanner *scanner;
    jy_session *session;
    jy_result *result;
    jy_turn turn = JY_TURN_INIT;
    size_t len = (size_t)snprintf(text, sizeof(text), "没办法\n没办法");
    int32_t offsets[4] = { 0, 9 };
    while (len < 400)
        len += (size_t)snprintf(text + len, 8, "好");
    len += (size_t)snprintf(text + len, 64, "没办法\n没办法");
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scanner_set(scanner, JY_PARAM_MAX_TURN_BYTES, 63), JY_E_INVALID);
    ck_assert_int_eq(jy_scanner_set(scanner, JY_PARAM_MAX_TURN_BYTES, 65), JY_OK);
    ck_assert_int_eq(jy_scan(scanner, rules, (jy_str){ text, len }, &result), JY_OK);
    cut_is_told(result, 1, 3);
    jy_result_free(result);
    offsets[2] = (int32_t)len - 10;
    offsets[3] = (int32_t)len;
    ck_assert_int_eq(jy_scan_batch(scanner, rules, text, offsets, 32, 3, NULL, &result), JY_OK);
    cut_is_told(result, 1, 3);
    jy_result_free(result);
    turn.text = (jy_str){ text + 10, len - 20 };
    turn.speaker = JY_AGENT;
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    ck_assert_int_eq(jy_session_feed(session, scanner, &turn), JY_OK);
    ck_assert_int_eq(jy_session_finish(session, scanner), JY_OK);
    ck_assert_int_eq(jy_session_result(session, &result), JY_OK);
    cut_is_told(result, 0, 2); /* 没办法 once, and no 您好 in the whole call */
    jy_result_free(result);
    jy_session_free(session);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

/* Marks that may be missing are no part of what is heard. */
START_TEST(test_session__a_phrase_with_marks_is_heard_as_without)
{
    static const char *const heard[] = { "美办发", "没。办法", "美！办。发", "没办法" };
    jy_rules *rules = rules_of("  - {id: marks, forbid: {phrase: 没！办！法, via: [sound]}}\n  - {id: digits, forbid: {phrase: 没！1！法, via: [sound]}}\n");
    jy_scanner *scanner;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    for (size_t i = 0; i < sizeof(heard) / sizeof(heard[0]); i++) {
        jy_result *result;
        jy_finding f = JY_FINDING_INIT;
        ck_assert_int_eq(jy_scan(scanner, rules, str_of(heard[i]), &result), JY_OK);
        ck_assert_msg(jy_result_count(result) == 1, "%s: %zu", heard[i], jy_result_count(result));
        jy_result_get(result, 0, &f);
        ck_assert_msg(f.span.begin == 0 && f.span.end == strlen(heard[i]), "%s", heard[i]);
        jy_result_free(result);
    }
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

/* Sound is asked for: by a pack or rule for phrases of three characters or more, by a phrase from two on; an exception is heard without being asked. */
START_TEST(test_session__what_only_sounds_alike_is_found_where_it_is_asked_for)
{
    static const struct { const char *rules, *text; size_t found; } asked[] = {
        { "  - {id: a, forbid: 没办法}\n", "美班发", 0 },
        { "  - {id: a, fold: {sound: yes}, forbid: 没办法}\n", "美班发", 1 },
        { "  - {id: a, forbid: {phrase: 没办法, via: [sound]}}\n", "美班发", 1 },
        { "  - {id: a, fold: {sound: yes}, forbid: 办法}\n", "班发", 0 },
        { "  - {id: a, forbid: {phrase: 办法, via: [sound]}}\n", "班发", 1 },
        { "  - {id: a, forbid: {phrase: 办法, fold: {sound: yes}}}\n", "班发", 1 },
        { "  - {id: a, forbid: {phrase: 没办法, via: [sound]}, except: 没办法再拖}\n", "美班发再脱", 0 },
        { "  - {id: a, forbid: {phrase: 没办法, via: [sound]}, except: {phrase: 没办法再拖, fold: {sound: no}}}\n", "美班发再脱", 1 },
        { "  - {id: a, forbid: {phrase: 没办法, via: [sound]}, suggest: 没办法再拖}\n", "美班发再脱", 0 },
        { "  - {id: a, forbid: 没办法, except: 没班发再拖}\n", "没办法再拖", 1 },
    };
    for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
        jy_rules *rules = rules_of(asked[i].rules);
        jy_scanner *scanner;
        jy_result *result;
        ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
        ck_assert_int_eq(jy_scan(scanner, rules, str_of(asked[i].text), &result), JY_OK);
        ck_assert_msg(jy_result_count(result) == asked[i].found, "row %zu: %zu", i, jy_result_count(result));
        jy_result_free(result);
        jy_scanner_free(scanner);
        jy_rules_unref(rules);
    }
}
END_TEST

/* What is not told for the sake of another, which itself is told, silences nobody; whichever comes first. */
START_TEST(test_session__what_is_silenced_silences_nobody)
{
    static const struct { const char *rules, *text, *found; } asked[] = {
        { "  - {id: long, forbid: 甲乙丙丁, severity: info}\n  - {id: inside, forbid: 丙丁, severity: warning}\n"
          "  - {id: over, forbid: 丙丁戊己, severity: error}\n", "甲乙丙丁戊己", "long over " },
        { "  - {id: over, forbid: 甲乙丙丁, severity: error}\n  - {id: inside, forbid: 丙丁, severity: warning}\n"
          "  - {id: long, forbid: 丙丁戊己, severity: info}\n", "甲乙丙丁戊己", "over long " },
        { "  - {id: long, forbid: {regex: 甲乙丙丁}, severity: info}\n  - {id: inside, forbid: 丙丁, severity: warning}\n"
          "  - {id: over, forbid: 丙丁戊己, severity: error}\n", "甲乙丙丁戊己", "long over " },
        { "  - {id: long, forbid: 甲乙丙丁, severity: info}\n  - {id: inside, forbid: 丙丁, severity: warning}\n", "甲乙丙丁戊己", "inside " },
        { "  - {id: long, forbid: 甲乙丙丁, severity: info}\n  - {id: inside, forbid: [丙丁, 乙丙], severity: warning}\n"
          "  - {id: over, forbid: 丙丁戊己, severity: error}\n", "甲乙丙丁戊己", "inside over " },
    };
    for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
        jy_rules *rules = rules_of(asked[i].rules);
        jy_scanner *scanner;
        jy_result *result;
        char found[64] = "";
        ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
        ck_assert_int_eq(jy_scan(scanner, rules, str_of(asked[i].text), &result), JY_OK);
        for (size_t k = 0; k < jy_result_count(result); k++) {
            jy_finding f = JY_FINDING_INIT;
            jy_result_get(result, k, &f);
            snprintf(found + strlen(found), sizeof(found) - strlen(found), "%.*s ", (int)f.rule_id.len, f.rule_id.ptr);
        }
        ck_assert_msg(!strcmp(found, asked[i].found), "row %zu: %s", i, found);
        jy_result_free(result);
        jy_scanner_free(scanner);
        jy_rules_unref(rules);
    }
}
END_TEST

/* What lies between two gaps may be missing; then they are as wide as both together, not as what is left of that in a byte. */
START_TEST(test_session__gaps_become_one_and_no_narrower)
{
    static const struct { size_t between, found; } asked[] = { { 20, 0 }, { 50, 0 }, { 254, 0 }, { 255, 1 } };
    jy_rules *rules = rules_of("  - {id: g, forbid: '甲*{100,100}(乙)?*{100,100}(丙)?*{100,100}丁'}\n");
    jy_scanner *scanner;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
        char text[1024] = "甲";
        jy_result *result;
        for (size_t k = 0; k < asked[i].between; k++)
            memcpy(text + 3 + 3 * k, "子", 4);
        strcat(text, "丁");
        ck_assert_int_eq(jy_scan(scanner, rules, str_of(text), &result), JY_OK);
        ck_assert_msg(jy_result_count(result) == asked[i].found, "%zu between: %zu", asked[i].between, jy_result_count(result));
        jy_result_free(result);
    }
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

CHECK_MAIN("session", test_session__gaps_become_one_and_no_narrower, test_session__what_is_silenced_silences_nobody, test_session__what_only_sounds_alike_is_found_where_it_is_asked_for, test_session__batches_see_no_neighbours, test_session__long_lines_have_no_seams, test_session__what_is_cut_of_a_turn_is_told, test_session__pieces_and_batches_are_as_the_whole, test_session__batches_skip_nulls_and_start_anywhere,
           test_session__batches_have_no_seams, test_session__scans_refuse_and_show, test_session__a_phrase_with_marks_is_heard_as_without)
