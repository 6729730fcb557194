/* Many texts in one call: whatever their lengths, each comes to what it does alone; offsets that are none are refused. */
#include "session_test.h"

#define BLOCK ((size_t)256 << 10) /* what is matched together: as long as the library has it */
#define MOST 10000                /* texts: more than are matched together, too */

static const char rules_text[] = "  - {id: no, forbid: 没办法}\n  - {id: whole, forbid: {phrase: 不知道, whole: turn}}\n";

/* A text of `len` bytes, with a phrase at both its ends when there is room. */
static void write_text(char *to, size_t len)
{
    memset(to, 'a', len);
    if (len >= 18)
        memcpy(to, "没办法", 9);
    if (len >= 9)
        memcpy(to + len - 9, len == 9 ? "不知道" : "没办法", 9);
}

static void check_alone(jy_scanner *scanner, jy_rules *rules, jy_str text, uint64_t number, const jy_result *batch, size_t *at)
{
    jy_result *alone;
    ck_assert_int_eq(jy_scan(scanner, rules, text, &alone), JY_OK);
    for (size_t i = 0; i < jy_result_count(alone); i++) {
        jy_finding own = JY_FINDING_INIT, f = JY_FINDING_INIT;
        jy_result_get(alone, i, &own);
        ck_assert_uint_lt(*at, jy_result_count(batch));
        jy_result_get(batch, (*at)++, &f);
        ck_assert(f.turn == number && f.rule == own.rule && f.span.begin == own.span.begin && f.span.end == own.span.end && f.column == own.column);
    }
    jy_result_free(alone);
}

static void check_lengths(const size_t *lengths, size_t count, int64_t most)
{
    static char data[4 * BLOCK];
    jy_rules *rules = rules_of(rules_text);
    jy_scanner *scanner, *other;
    jy_result *batch;
    static int64_t offsets[MOST + 1];
    size_t at = 0;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scanner_new(&other, NULL), JY_OK);
    ck_assert_int_eq(jy_scanner_set(scanner, JY_PARAM_MAX_TURN_BYTES, most), JY_OK);
    ck_assert_int_eq(jy_scanner_set(other, JY_PARAM_MAX_TURN_BYTES, most), JY_OK);
    for (size_t i = 0; i < count; i++) {
        offsets[i + 1] = offsets[i] + (int64_t)lengths[i];
        write_text(data + offsets[i], lengths[i]);
    }
    ck_assert_int_eq(jy_scan_batch(scanner, rules, data, offsets, 64, count, NULL, &batch), JY_OK);
    for (size_t i = 0; i < count; i++)
        check_alone(other, rules, (jy_str){ data + offsets[i], lengths[i] }, i, batch, &at);
    ck_assert_uint_eq(at, jy_result_count(batch));
    ck_assert_uint_gt(at, 0);
    jy_result_free(batch);
    jy_scanner_free(other);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}

START_TEST(test_batch__texts_of_any_length_are_as_alone)
{
    static const size_t near[] = { 9, BLOCK - 9, 0, 1, BLOCK - 1, 9, BLOCK, 9, 18 }, more[] = { BLOCK + 1, 9, 9, BLOCK + 9, BLOCK, 9, 0 };
    static const size_t some[] = { 9, 64, 65, 9, 66, 100, 9, 63, 18, 2000, 9 };
    check_lengths(near, sizeof(near) / sizeof(*near), (int64_t)1 << 32);
    check_lengths(more, sizeof(more) / sizeof(*more), (int64_t)1 << 32);
    check_lengths(some, sizeof(some) / sizeof(*some), 65);
}
END_TEST

/* So many that they are matched in several turns; every second one is empty, and some are cut. */
START_TEST(test_batch__many_texts_are_as_alone)
{
    static size_t lengths[MOST];
    for (size_t i = 0; i < MOST; i++)
        lengths[i] = any(2) ? 0 : any(50) ? 9 + any(50) : 60 + any(60);
    check_lengths(lengths, MOST, (int64_t)1 << 32);
    check_lengths(lengths, MOST, 64);
}
END_TEST

/* Among as many as are read at a time, and at either end of them. */
START_TEST(test_batch__offsets_that_are_none_are_refused)
{
    enum { COUNT = 37 };
    static const int64_t wrong[] = { -1, INT32_MIN, INT64_MIN };
    jy_rules *rules = rules_of(rules_text);
    jy_scanner *scanner;
    jy_result *result;
    char room[(COUNT + 1) * 8 + 1], *offsets = room + 1; /* not aligned */
    static const char data[COUNT + 1] = "";
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    for (size_t at = 0; at <= COUNT; at++)
        for (size_t i = 0; i < 5; i++) {
            int64_t own[COUNT + 1];
            for (size_t k = 0; k <= COUNT; k++)
                own[k] = (int64_t)k;
            if (i < 4)
                own[at] = i < 3 ? wrong[i] : at > 0 ? own[at - 1] - 1 : own[at + 1] + 1;
            memcpy(offsets, own, sizeof(own));
            ck_assert_int_eq(jy_scan_batch(scanner, rules, data, offsets, 64, COUNT, NULL, &result), i < 4 ? JY_E_INVALID : JY_OK);
            if (i == 4)
                jy_result_free(result);
            for (size_t k = 0; k <= COUNT; k++)
                memcpy(offsets + 4 * k, &(int32_t){ own[k] == INT64_MIN ? INT32_MIN : (int32_t)own[k] }, 4);
            ck_assert_int_eq(jy_scan_batch(scanner, rules, data, offsets, 32, COUNT, NULL, &result), i < 4 ? JY_E_INVALID : JY_OK);
            if (i == 4)
                jy_result_free(result);
        }
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

/* A character cut in two by the border of two texts is bad in both; a null text has no bytes. */
START_TEST(test_batch__bytes_that_are_no_text_are_counted_text_by_text)
{
    enum { COUNT = 3 };
    static const char data[] = "\xE4\xBD" "\xA0" "\xF0\x9F\x98\x80" "b";
    static const int32_t cut[] = { 0, 2, 3, 7 }, halves[] = { 3, 5, 7, 8 }, whole[] = { 3, 7, 8, 8 };
    static const struct { const int32_t *offsets; uint8_t validity; size_t bad, first; } cases[] = {
        { cut, 7, 3, 0 }, { cut, 6, 1, 2 }, { cut, 4, 0, SIZE_MAX }, { cut, 5, 2, 0 }, { halves, 7, 4, 3 }, { halves, 5, 2, 3 }, { halves, 2, 2, 5 }, { whole, 7, 0, SIZE_MAX },
    };
    jy_rules *rules = rules_of(rules_text);
    jy_scanner *scanner;
    jy_result *result;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        size_t first = 0;
        ck_assert_int_eq(jy_scanner_set(scanner, JY_PARAM_BAD_UTF8, 0), JY_OK);
        ck_assert_int_eq(jy_scan_batch(scanner, rules, data, cases[i].offsets, 32, COUNT, cases[i].validity == 7 ? NULL : &cases[i].validity, &result), JY_OK);
        ck_assert_uint_eq(jy_result_bad_bytes(result, &first), cases[i].bad);
        ck_assert_uint_eq(first, cases[i].first);
        jy_result_free(result);
        ck_assert_int_eq(jy_scanner_set(scanner, JY_PARAM_BAD_UTF8, 1), JY_OK);
        ck_assert_int_eq(jy_scan_batch(scanner, rules, data, cases[i].offsets, 32, COUNT, &cases[i].validity, &result), cases[i].bad ? JY_E_UTF8 : JY_OK);
        if (!cases[i].bad)
            jy_result_free(result);
    }
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

CHECK_MAIN("batch", test_batch__bytes_that_are_no_text_are_counted_text_by_text, test_batch__texts_of_any_length_are_as_alone, test_batch__many_texts_are_as_alone, test_batch__offsets_that_are_none_are_refused)
