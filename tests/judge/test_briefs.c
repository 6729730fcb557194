/* Findings that are told many at a time are what each is told by itself to be: by vectors where the processor has them, by each where one of eight is more than
 * a brief has room for, or differs as none just before did. */
#include "../check_main.h"
#include "judge/judge_record.h"

#define MANY 1000u

static uint64_t seed = 1;
static uint64_t draw(uint64_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (seed >> 33) % below;
}

/* rare: one in so many is far or long, and differs in more. */
static void fill(jy__match *matches, size_t count, uint64_t rare)
{
    size_t at = 10;
    for (size_t i = 0; i < count; i++) {
        jy__match match = { .literal = (uint32_t)draw(20000), .confidence = 100, .begin = at, .length = (uint32_t)(6 + 3 * draw(6)) };
        if (draw(3) == 0)
            match.count[draw(JY_FOLD_COUNT)] = (uint8_t)(1 + draw(3));
        if (draw(rare) == 0) {
            match.length = (uint32_t)draw(200000);
            match.confidence = (unsigned)draw(101) & 127;
            match.count[draw(JY_FOLD_COUNT)] = (uint8_t)draw(256);
            at += draw(4) ? 0 : UINT64_C(3) << 31;
        }
        matches[i] = match;
        at += draw(12);
    }
}

static void tell(jy_result *result, const jy__match *matches, size_t count, size_t step)
{
    jy__line line = { 0, { "line", 4 }, 0 };
    ck_assert_int_eq(jy__result_add_line(result, &line), JY_OK);
    for (size_t i = 0; i < count; i += step)
        ck_assert_int_eq(jy__result_add_matches(result, matches + i, matches + (count - i < step ? count : i + step), 7), JY_OK);
}

static bool same(const jy_result *a, const jy_result *b, size_t i)
{
    const jy__brief *x = jy__result_brief(a, i), *y = jy__result_brief(b, i);
    if (x->length != JY__BRIEF_FAR || y->length != JY__BRIEF_FAR)
        return memcmp(x, y, sizeof(*x)) == 0;
    const jy__far *far_x = &a->far.items[x->begin], *far_y = &b->far.items[y->begin];
    return x->found == y->found && far_x->span.begin == far_y->span.begin && far_x->span.end == far_y->span.end && far_x->altered == far_y->altered;
}

static void compare(size_t count, uint64_t rare)
{
    jy__match matches[MANY];
    const jy__mem mem = jy__mem_of(NULL);
    jy_result *together = jy__result_new(&mem, NULL, JY_UNIT_BYTE), *each = jy__result_new(&mem, NULL, JY_UNIT_BYTE);
    fill(matches, count, rare);
    tell(together, matches, count, count);
    tell(each, matches, count, 1);
    ck_assert_uint_eq(together->briefs.count, count);
    ck_assert_uint_eq(each->briefs.count, count);
    ck_assert_uint_eq(together->altered.count, each->altered.count);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(same(together, each, i), "finding %zu of %zu, one in %llu rare", i, count, (unsigned long long)rare);
    jy_result_free(together);
    jy_result_free(each);
}

START_TEST(test_judge__findings_told_together_are_as_each_told_alone)
{
    for (size_t count = 1; count < 40; count++)
        compare(count, 20);
    for (int i = 0; i < 50; i++)
        compare(MANY, i % 2 ? 1000 : 10);
}
END_TEST

CHECK_MAIN("judge briefs", test_judge__findings_told_together_are_as_each_told_alone)
