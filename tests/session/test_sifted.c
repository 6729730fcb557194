/* Findings that jy_result_keep() leaves are as they were, in whatever kind of result: each with its id, place and reasons. */
#include "session_test.h"

static const char rules_text[] = "  - {id: no, forbid: 没办法, suggest: [请稍候], replace: 请稍候}\n"
                                 "  - {id: parts, forbid: '我*{0,4}(听|讲)*{0,2}不清'}\n  - {id: re, forbid: {regex: '滚(开|蛋)'}}\n";

enum { MOST = 64 };
typedef struct shown { jy_finding finding; jy_hit hit; jy_edit edit; } shown;

static size_t take(const jy_result *result, shown all[MOST])
{
    size_t count = jy_result_count(result);
    ck_assert_uint_le(count, MOST);
    for (size_t i = 0; i < count; i++) {
        all[i] = (shown){ JY_FINDING_INIT, JY_HIT_INIT, JY_EDIT_INIT };
        ck_assert_int_eq(jy_result_get(result, i, &all[i].finding), JY_OK);
        ck_assert_int_eq(jy_result_hit(result, i, 0, &all[i].hit), JY_OK);
        if (all[i].finding.edit_count)
            ck_assert_int_eq(jy_result_edit(result, i, 0, &all[i].edit), JY_OK);
    }
    return count;
}

static void is_same(const shown *a, const shown *b)
{
    const jy_finding *x = &a->finding, *y = &b->finding;
    ck_assert(x->id == y->id && x->rule == y->rule && x->turn == y->turn && x->confidence == y->confidence && x->folds == y->folds);
    ck_assert(x->span.begin == y->span.begin && x->span.end == y->span.end && x->line == y->line && x->column == y->column);
    ck_assert(str_eq(x->text, y->text) && str_eq(a->hit.form, b->hit.form) && str_eq(a->hit.phrase, b->hit.phrase));
    ck_assert(memcmp(a->hit.count, b->hit.count, sizeof(a->hit.count)) == 0 && str_eq(a->edit.replacement, b->edit.replacement));
}

static int leaves(void *ctx, const jy_result *result, size_t index)
{
    jy_finding finding = JY_FINDING_INIT;
    ck_assert_int_eq(jy_result_get(result, index, &finding), JY_OK);
    return finding.id % *(const uint64_t *)ctx != 0;
}

/* Takes out those whose id a number divides. */
static void sift(jy_result *result, uint64_t number, const shown *before, size_t count)
{
    shown after[MOST];
    size_t at = 0;
    ck_assert_int_eq(jy_result_keep(result, leaves, &number), JY_OK);
    size_t left = take(result, after);
    for (size_t i = 0; i < count; i++)
        if (before[i].finding.id % number) {
            ck_assert_uint_lt(at, left);
            is_same(&before[i], &after[at++]);
        }
    ck_assert_uint_eq(at, left);
}

static void sift_all(jy_result *result)
{
    shown all[MOST];
    size_t count = take(result, all);
    ck_assert_uint_gt(count, 8);
    for (size_t i = 0; i < count; i++)
        ck_assert_uint_eq(all[i].finding.id, i + 1);
    for (uint64_t number = 3; number > 0; number--)
        sift(result, number, all, take(result, all));
    ck_assert_uint_eq(jy_result_count(result), 0);
    jy_result_free(result);
}

START_TEST(test_sifted__findings_stay_as_they_were)
{
    static const char text[] = "没办法没 办法，没辦法\n您好\n我听不清，没*法\n滚开，梅办法，没嗯办法没那个办法\n我讲也不清 滚蛋没没办法没\xE2\x80\x8B办法\n";
    jy_rules *rules = rules_of(rules_text);
    jy_scanner *scanner;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    for (int round = 0; round < 3; round++) { /* the scanner gives the same result again */
        jy_result *result;
        ck_assert_int_eq(jy_scan(scanner, rules, str_of(text), &result), JY_OK);
        sift_all(result);
    }
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

CHECK_MAIN("sifted", test_sifted__findings_stay_as_they_were)
