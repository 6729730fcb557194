/* match: every engine against the slow reference where a phrase that is heard may begin or end in more than one way. */
#include "compare_engines.h"

/* Symbols, and characters that sound so: fillers among them, and some that sound like two of the symbols. */
static const char *const sounds[][5] = { { "会", "惠", "回", "快" }, { "给", "己", "及", "几" }, { "星", "幸", "行", "性" }, { "航", "行", "杭", "航" }, { "我", "喔", "握", "我" },
                                         { "额", "呃", "鹅", "额" }, { "个", "各", "哥", "个" }, { "那", "拿", "哪", "那" } };

static void put_sound(bench *b, uint32_t symbol)
{
    for (size_t i = 0; i < JY__COUNT(sounds); i++) {
        const char *p = sounds[i][0];
        bool valid;
        if (jy__utf8_next(&p, p + strlen(p), &valid) == symbol)
            jy__text_c(&b->text, sounds[i][roll(&b->dice, 4)]);
    }
}

/* All of it, or a part; hardly ever something between. */
static void put_part(bench *b, const jy__literal *literal)
{
    static const char *const between[] = { "，", " ", "\n", "9", "额", "喔", "那个", "𠀀", "。", "天" };
    uint32_t from = roll(&b->dice, 3) ? 0 : roll(&b->dice, literal->count), end = roll(&b->dice, 3) ? literal->count : 1 + roll(&b->dice, literal->count);
    for (uint32_t i = from; i < end; i++) {
        put_sound(b, literal->symbols[i]);
        if (roll(&b->dice, 12) == 0)
            jy__text_c(&b->text, between[roll(&b->dice, JY__COUNT(between))]);
    }
}

static void compare_ways(const char *const *heard, size_t count, uint64_t seed)
{
    bench b = { 0 };
    size_t by_sound = 0;
    int rounds = check_rounds(1500);
    set_up(&b, seed);
    for (size_t i = 0; i < count; i++)
        add_phrase(&b.phrases, heard[i], SOUND_TOO);
    make_matcher(&b);
    for (int round = 0; round < rounds; round++) {
        const jy__literal *literal = &b.phrases.items[roll(&b.dice, (uint32_t)count)];
        jy__text_clear(&b.text);
        for (uint32_t pieces = 1 + roll(&b.dice, 5); pieces > 0; pieces--)
            put_part(&b, literal);
        compare(&b, NULL, 0);
        by_sound += count_with(&b, JY_FOLD_SOUND);
    }
    ck_assert_uint_gt(by_sound, (size_t)rounds / 4);
    tear_down(&b);
}

/* What ends a phrase by sound may be a filler, behind which all of it is said again; what begins one may end a filler. */
START_TEST(test_match__engines_agree_where_ways_by_sound_begin_and_end)
{
    static const char *const wide[] = { "航给会星我", "会给航星", "那会给星个" }, *const narrow[] = { "个会星", "星我会额", "额给航" };
    static const char *const twice[] = { "会给会星会", "星航星给", "航星会航给我" };
    compare_ways(wide, JY__COUNT(wide), 71);
    compare_ways(narrow, JY__COUNT(narrow), 72);
    compare_ways(twice, JY__COUNT(twice), 73);
}
END_TEST

CHECK_MAIN("match engines ways", test_match__engines_agree_where_ways_by_sound_begin_and_end)
