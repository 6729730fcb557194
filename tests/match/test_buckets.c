/* match: buckets of many keys (match_filter_many.c): whatever may be a key passes, and hardly anything else does. */
#include "compare_engines.h"
#include "match/tables/match_filter.h"

static bool has(const jy__filter *filter, uint32_t a, uint32_t b, uint32_t group)
{
    const uint8_t *first[2] = { filter->many_buckets[group][0][0], filter->many_buckets[group][0][1] };
    const uint8_t *second[2] = { filter->many_buckets[group][1][0], filter->many_buckets[group][1][1] };
    return (first[0][a & 127] & first[1][a >> 7 & 127] & second[0][b & 127] & second[1][b >> 7 & 127]) != 0;
}

static bool pass(const jy__filter *filter, uint32_t a, uint32_t b)
{
    bool found = false;
    for (uint32_t group = 0; group < filter->many_groups; group++)
        found |= has(filter, a, b, group);
    return found;
}

/* Two symbols in every form of theirs; returns how many pairs there are. */
static size_t check_key(const jy__filter *filter, const uint32_t *key)
{
    const jy__members a = jy__members_of(key[0]), b = jy__members_of(key[1]);
    size_t count = 0;
    for (size_t i = 0; i < a.count; i++)
        for (size_t k = 0; k < b.count; k++) {
            const uint32_t first = jy__member(&a, i), second = jy__member(&b, k);
            if (!jy__is_code(first) || !jy__is_code(second))
                continue;
            ck_assert(pass(filter, first, second));
            count++;
        }
    return count;
}

static uint32_t draw_common(dice *from)
{
    for (;;) {
        const uint32_t code = 0x4E00 + roll(from, 0x5200);
        if (jy__fold_commonness(code) > 160 + roll(from, 96)) /* the commoner, the more often */
            return code;
    }
}

/* Of phrases of four common characters. */
static void make(bench *b, uint32_t count)
{
    static uint32_t symbols[4000][4];
    static jy__literal all[4000];
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < 4; k++)
            symbols[i][k] = jy__fold_one(draw_common(&b->dice));
        all[i] = (jy__literal){ symbols[i], NULL, 4, ALL_FOLDS };
    }
    ck_assert_int_eq(jy__matcher_new(&b->mem, all, count, &b->matcher), JY_OK);
}

START_TEST(test_match__whatever_may_be_a_key_is_in_its_bucket)
{
    static const uint32_t sizes[] = { 130, 500, 1000 };
    for (size_t n = 0; n < JY__COUNT(sizes); n++) {
        bench b = { 0 };
        size_t variants = 0, passed = 0;
        set_up(&b, 7 + n);
        make(&b, sizes[n]);
        const jy__filter *filter = &b.matcher->filter;
        ck_assert_uint_gt(filter->many_groups, 0);
        for (uint32_t i = 0; i < b.matcher->form_count; i++)
            if (jy__form_paired(&b.matcher->forms[i]))
                variants += check_key(filter, b.matcher->symbols + b.matcher->forms[i].first + b.matcher->forms[i].key);
        ck_assert_uint_gt(variants, sizes[n]);
        for (int i = 0; i < 20000; i++)
            passed += pass(filter, draw_common(&b.dice), draw_common(&b.dice));
        ck_assert_uint_lt(passed, 2000);
        tear_down(&b);
    }
}
END_TEST

START_TEST(test_match__few_keys_and_very_many_have_no_such_buckets)
{
    static const uint32_t sizes[] = { 20, 127, 4000 };
    for (size_t n = 0; n < JY__COUNT(sizes); n++) {
        bench b = { 0 };
        set_up(&b, 17 + n);
        make(&b, sizes[n]);
        ck_assert_uint_eq(b.matcher->filter.many_groups, 0);
        tear_down(&b);
    }
}
END_TEST

START_TEST(test_match__each_way_of_the_same_instructions_can_be_forced)
{
    bench b = { 0 };
    set_up(&b, 27);
    make(&b, 130);
    ck_assert_str_eq(b.matcher->engine->name, jy__match_engine());
    ck_assert_int_eq(jy__match_force(b.matcher, "avx512"), jy__match_force(b.matcher, "avx512-buckets"));
    ck_assert(!jy__match_force(b.matcher, "avx513"));
    ck_assert(jy__match_force(b.matcher, NULL));
    ck_assert_str_eq(b.matcher->engine->name, jy__match_engine());
    tear_down(&b);
}
END_TEST

CHECK_MAIN("match buckets", test_match__whatever_may_be_a_key_is_in_its_bucket, test_match__few_keys_and_very_many_have_no_such_buckets,
           test_match__each_way_of_the_same_instructions_can_be_forced)
