/* Lines with findings near one another are kept in one piece, or where they are in a text that stays, and told apart when somebody asks: in whatever order, also
 * of what was taken out, it is as if each were kept by itself. What was found and where is known from the text alone. */
#include "session_test.h"
#include "judge/judge_result.h"

#define MOST 8000
#define ROOM (1 << 19)

/* What stands in the text: where it begins, its line from 0, where that begins and ends, and characters of the line before it. */
typedef struct known { size_t begin, line, line_begin, line_end, before; } known;
typedef struct script { char text[ROOM]; size_t len, lines; known found[MOST]; size_t count; } script;

static const char rules_text[] = "  - {id: no, forbid: 没办法, replace: 请稍候}\n";
static const size_t phrase = sizeof("没办法") - 1;

static void put(script *s, const char *piece)
{
    size_t len = strlen(piece);
    ck_assert(s->len + len < ROOM);
    memcpy(s->text + s->len, piece, len);
    s->len += len;
}

static void put_phrase(script *s, size_t line_begin, size_t before)
{
    ck_assert(s->count < MOST);
    s->found[s->count++] = (known){ s->len, s->lines, line_begin, 0, before };
    put(s, "没办法");
}

/* A line in which one word in `rare` is the phrase. */
static void put_line(script *s, uint32_t words, uint32_t rare)
{
    const size_t begin = s->len, first = s->count;
    for (size_t before = 0; words; words--, before += 4) {
        if (any(rare) == 0)
            put_phrase(s, begin, before);
        else
            put(s, any(2) ? "请您稍" : "abc");
        put(s, ",");
    }
    for (size_t i = first; i < s->count; i++)
        s->found[i].line_end = s->len;
    put(s, "\n");
    s->lines++;
}

/* Lines of all lengths, empty ones too; findings in each, or in few. */
static void make_script(script *s)
{
    s->len = s->lines = s->count = 0;
    for (int part = 0; part < 20; part++) {
        const uint32_t rare = 1 + any(any(3) ? 8 : 60), words = any(any(4) ? 12 : any(4) ? 60 : 300);
        for (uint32_t lines = any(words > 60 ? 6 : 60); lines; lines--)
            put_line(s, any(words + 1), rare);
    }
}

static void check_finding(const script *s, const jy_result *result, size_t index, size_t number, bool points)
{
    const known *own = &s->found[number];
    const size_t begin = points ? own->before : own->begin - own->line_begin;
    jy_finding f = JY_FINDING_INIT;
    jy_edit edit = JY_EDIT_INIT;
    ck_assert_int_eq(jy_result_get(result, index, &f), JY_OK);
    ck_assert(f.id == number + 1 && f.turn == own->line && f.turn_end == own->line);
    ck_assert(f.line == own->line + 1 && f.column == own->before + 1 && f.end_line == f.line && f.end_column == f.column + 3);
    ck_assert(f.span.begin == begin && f.span.end == begin + (points ? 3 : phrase) && str_is(f.text, "没办法"));
    ck_assert_int_eq(jy_result_edit(result, index, 0, &edit), JY_OK);
    ck_assert(edit.turn == own->line && edit.span.begin == begin && str_is(edit.replacement, "请稍候"));
}

/* A line is kept when something stands in it, also when that was taken out. */
static void check_turn(const script *s, const jy_result *result, size_t line)
{
    jy_turn turn = JY_TURN_INIT;
    size_t i = 0;
    while (i < s->count && s->found[i].line < line)
        i++;
    const known *own = &s->found[i];
    const bool has = i < s->count && own->line == line;
    ck_assert_int_eq(jy_result_turn(result, line, &turn), has ? JY_OK : JY_DONE);
    if (has)
        ck_assert(str_eq(turn.text, (jy_str){ s->text + own->line_begin, own->line_end - own->line_begin }) && turn.place.line == line + 1 &&
                  turn.place.offset == own->line_begin);
}

static void check_all(const script *s, const jy_result *result, bool points)
{
    ck_assert_uint_eq(jy_result_count(result), s->count);
    ck_assert_uint_eq(jy_result_turn_count(result), s->lines);
    for (size_t i = 0; i < s->count; i++)
        check_finding(s, result, i, i, points);
    for (size_t i = s->count; i-- > 0;)
        check_finding(s, result, i, i, points);
    for (size_t line = 0; line < s->lines; line++)
        check_turn(s, result, line);
    for (size_t n = 0; s->count && n < 2000; n++) {
        const size_t i = any((uint32_t)s->count);
        check_finding(s, result, i, i, points);
        check_turn(s, result, any((uint32_t)s->lines));
    }
}

static int keep_odd(void *ctx, const jy_result *result, size_t index)
{
    jy_finding f = JY_FINDING_INIT;
    (void)ctx;
    ck_assert_int_eq(jy_result_get(result, index, &f), JY_OK);
    return f.id % 2 == 0;
}

static void check_kept(const script *s, jy_result *result, bool points)
{
    ck_assert_int_eq(jy_result_keep(result, keep_odd, NULL), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), s->count / 2);
    for (size_t i = s->count / 2; i-- > 0;)
        check_finding(s, result, i, 2 * i + 1, points);
    for (size_t line = s->lines; line-- > 0;)
        check_turn(s, result, line);
}

static bool is_inside(const script *s, jy_str text) { return text.ptr >= s->text && text.ptr + text.len <= s->text + s->len; }

/* A result points into a text that stays, and into no other. */
static void check_pointers(const script *s, const jy_result *result, bool stays)
{
    for (size_t i = 0; i < jy_result_count(result); i++) {
        jy_finding f = JY_FINDING_INIT;
        jy_turn turn = JY_TURN_INIT;
        ck_assert_int_eq(jy_result_get(result, i, &f), JY_OK);
        ck_assert_int_eq(jy_result_turn(result, f.turn, &turn), JY_OK);
        ck_assert(is_inside(s, f.text) == stays && is_inside(s, turn.text) == stays);
    }
}

START_TEST(test_excerpts__lines_are_told_apart)
{
    static script s;
    jy_rules *rules = rules_of(rules_text);
    jy_scanner *scanner;
    size_t found = 0;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    for (int round = 0; round < 40; round++) {
        const bool points = round % 2, stays = round % 4 > 1;
        jy_result *result;
        make_script(&s);
        ck_assert_int_eq(jy_scanner_set(scanner, JY_PARAM_TEXT_STAYS, stays), JY_OK);
        ck_assert_int_eq(jy_scanner_set(scanner, JY_PARAM_UNIT, points ? JY_UNIT_CODEPOINT : JY_UNIT_BYTE), JY_OK);
        ck_assert_int_eq(jy_scan(scanner, rules, (jy_str){ s.text, s.len }, &result), JY_OK);
        check_all(&s, result, points);
        check_pointers(&s, result, stays);
        check_kept(&s, result, points);
        found += s.count;
        jy_result_free(result);
    }
    ck_assert_uint_gt(found, 20000);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

/* Of a line of many findings one is masked: it needs a look of its own, wherever among them it stands, and in the second line also another rule's phrase within one. */
START_TEST(test_excerpts__a_long_line_with_an_odd_finding)
{
    enum { MANY = 300 };
    static const char *const pieces[] = { "没办法,", "没*法,", "没办法 的," };
    static char text[MANY * 16];
    jy_rules *rules = rules_of("  - {id: no, forbid: 没办法}\n  - {id: other, forbid: 办法的}\n");
    jy_scanner *scanner;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    for (size_t odd = 0; odd < MANY; odd += 1 + odd % 7) {
        size_t begins[MANY + 1] = { 0 };
        jy_result *result;
        for (size_t i = 0; i < MANY; i++) {
            const char *piece = pieces[i != odd ? 0 : 1 + odd % 2];
            strcpy(text + begins[i], piece);
            begins[i + 1] = begins[i] + strlen(piece);
        }
        ck_assert_int_eq(jy_scan(scanner, rules, (jy_str){ text, begins[MANY] }, &result), JY_OK);
        ck_assert_uint_eq(jy_result_count(result), MANY + odd % 2);
        for (size_t i = 0, index = 0; i < MANY; i++, index++) {
            jy_finding f = JY_FINDING_INIT;
            ck_assert_int_eq(jy_result_get(result, index, &f), JY_OK);
            ck_assert(f.turn == 0 && f.span.begin == begins[i] && str_is(f.rule_id, "no"));
            index += i == odd && odd % 2;
        }
        jy_result_free(result);
    }
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

/* In a batch a line end is a character as any other. */
START_TEST(test_excerpts__a_text_of_a_batch_is_one_line)
{
    static const char text[] = "好\n没办法\n没办法";
    const int32_t offsets[] = { 0, (int32_t)strlen(text) };
    jy_rules *rules = rules_of(rules_text);
    jy_scanner *scanner;
    jy_result *result;
    jy_turn turn = JY_TURN_INIT;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan_batch(scanner, rules, text, offsets, 32, 1, NULL, &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), 2);
    for (size_t i = 2; i-- > 0;) {
        jy_finding f = JY_FINDING_INIT;
        ck_assert_int_eq(jy_result_get(result, i, &f), JY_OK);
        ck_assert(f.turn == 0 && f.line == i + 2 && f.span.begin == 4 + i * (phrase + 1) && str_is(f.text, "没办法"));
    }
    ck_assert_int_eq(jy_result_turn(result, 0, &turn), JY_OK);
    ck_assert(str_is(turn.text, text));
    jy_result_free(result);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

/* Longer than a finding kept short has room for. */
START_TEST(test_excerpts__a_very_long_finding)
{
    enum { LONG = 70000 };
    static char text[LONG + 64];
    jy_rules *rules = rules_of("  - {id: long, forbid: {regex: 'x[^.]*y'}}\n  - {id: no, forbid: 没办法}\n");
    jy_scanner *scanner;
    jy_result *result;
    jy_finding f = JY_FINDING_INIT;
    memset(text, 'a', sizeof(text));
    memcpy(text + 3, "x", 1);
    memcpy(text + 3 + LONG, "y.", 2);
    memcpy(text + 3 + LONG + 20, "没办法", phrase);
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan(scanner, rules, (jy_str){ text, sizeof(text) }, &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), 2);
    ck_assert_int_eq(jy_result_get(result, 0, &f), JY_OK);
    ck_assert(f.span.begin == 3 && f.span.end == LONG + 4 && f.text.len == LONG + 1 && f.text.ptr[LONG] == 'y');
    ck_assert_int_eq(jy_result_get(result, 1, &f), JY_OK);
    ck_assert(f.span.begin == LONG + 23 && str_is(f.text, "没办法"));
    jy_result_free(result);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

/* More ways to differ from what is written than a finding kept short can name, at places beyond 4 GiB too. */
START_TEST(test_excerpts__far_ones_say_all)
{
    enum { COUNT = 70000 };
    const jy__mem mem = jy__mem_of(NULL);
    const size_t beyond = (size_t)5 << 32;
    jy_rules *rules = rules_of(rules_text);
    jy_result *result = jy__result_new(&mem, rules, JY_UNIT_BYTE);
    ck_assert_int_eq(jy__result_add_line(result, &(jy__line){ 0, str_of("没办法"), 0 }), JY_OK);
    for (uint32_t i = 0; i < COUNT; i++) {
        const size_t begin = i == COUNT - 1 ? beyond : 0;
        const jy__match match = { .literal = 0, .begin = begin, .length = (uint32_t)phrase, .confidence = 90, .count = { i % 200, i / 200 % 200, (uint8_t)(1 + i / 40000) } };
        ck_assert_int_eq(jy__result_add_matches(result, &match, &match + 1, 0), JY_OK);
    }
    for (uint32_t i = 0; i < COUNT; i++) {
        jy_hit hit = JY_HIT_INIT;
        ck_assert_int_eq(jy_result_hit(result, i, 0, &hit), JY_OK);
        ck_assert(hit.count[0] == i % 200 && hit.count[1] == i / 200 % 200 && hit.count[2] == 1 + i / 40000 && hit.confidence == 90);
        ck_assert(hit.span.begin == (i == COUNT - 1 ? beyond : 0) && hit.span.end - hit.span.begin == phrase);
    }
    jy_result_free(result);
    jy_rules_unref(rules);
}
END_TEST

CHECK_MAIN("excerpts", test_excerpts__lines_are_told_apart, test_excerpts__a_long_line_with_an_odd_finding, test_excerpts__a_text_of_a_batch_is_one_line, test_excerpts__a_very_long_finding,
           test_excerpts__far_ones_say_all)
