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

/* ---- what the codes alone do not tell: fillers that stand over a border, symbols without a reading, characters outside of the stream that are symbols of the phrase,
 * bounds, and folds that are off */
typedef struct uneven { const char *phrase; uint32_t folds; } uneven;

/* The last of a row seems to sound so, by the bits of its sounds, and does not. */
static const char *heard_as(dice *from, const char *symbol)
{
    static const char *const alike[][4] = { { "会", "惠", "回", "丕" }, { "给", "己", "几", "丁" }, { "星", "幸", "行", "乐" }, { "那", "拿", "哪", "那" },
                                            { "个", "各", "哥", "个" }, { "走", "奏", "揍", "乱" }, { "人", "仁", "认", "乘" }, { "说", "硕", "朔", "什" } };
    for (size_t i = 0; i < JY__COUNT(alike); i++)
        if (strncmp(alike[i][0], symbol, 3) == 0)
            return alike[i][roll(from, 8) ? roll(from, 3) : 3];
    return symbol;
}

static void put_uneven(bench *b, const char *phrase)
{
    static const char *const between[] = { "那个", "就是说", "这个那个", "怎么说呢", "就是", "那", "个", "说", "⾛", "⼈", "\u200b", "\u200d", "㋿", "㍿", "䷀", "，", "𠀀", "9", "嗯", "！" };
    uint32_t count = (uint32_t)strlen(phrase) / 3, from = roll(&b->dice, 4) ? 0 : roll(&b->dice, count), end = roll(&b->dice, 4) ? count : 1 + roll(&b->dice, count);
    for (uint32_t i = from; i < end; i++) {
        char symbol[4] = { phrase[3 * i], phrase[3 * i + 1], phrase[3 * i + 2], 0 };
        const char *said = heard_as(&b->dice, symbol);
        jy__text_str(&b->text, (jy_str){ said, 3 });
        if (roll(&b->dice, 9) == 0)
            jy__text_str(&b->text, (jy_str){ roll(&b->dice, 2) ? said : heard_as(&b->dice, symbol), 3 });
        if (roll(&b->dice, 5) == 0)
            jy__text_c(&b->text, between[roll(&b->dice, JY__COUNT(between))]);
    }
}

static size_t some_bounds(bench *b, size_t out[2])
{
    size_t count = 0;
    for (size_t at = 3; at + 3 < b->text.len && count < 2; at += 3)
        if (roll(&b->dice, 9) == 0 && ((unsigned char)b->text.ptr[at] & 0xC0) != 0x80)
            out[count++] = at;
    return count;
}

static void compare_uneven(const uneven *list, size_t count, uint64_t seed)
{
    bench b = { 0 };
    size_t by_sound = 0, bounds[2];
    int rounds = check_rounds(4000);
    set_up(&b, seed);
    for (size_t i = 0; i < count; i++)
        add_phrase(&b.phrases, list[i].phrase, list[i].folds);
    make_matcher(&b);
    for (int round = 0; round < rounds; round++) {
        size_t bound_count;
        jy__text_clear(&b.text);
        for (uint32_t pieces = 1 + roll(&b.dice, 4); pieces > 0; pieces--)
            put_uneven(&b, list[roll(&b.dice, (uint32_t)count)].phrase);
        bound_count = round % 4 ? 0 : some_bounds(&b, bounds);
        compare(&b, bound_count ? bounds : NULL, bound_count);
        by_sound += count_with(&b, JY_FOLD_SOUND);
    }
    ck_assert_uint_gt(by_sound, (size_t)rounds / 8);
    tear_down(&b);
}

START_TEST(test_match__engines_agree_on_what_stands_over_a_border)
{
    enum { NO_GAPS = SOUND_TOO & ~(1u << JY_FOLD_GAPS), NO_INVISIBLE = SOUND_TOO & ~(1u << JY_FOLD_INVISIBLE) };
    static const uneven fillers[] = { { "会给星那", SOUND_TOO }, { "个会给", SOUND_TOO }, { "说会星", SOUND_TOO }, { "给会那", SOUND_TOO } };
    static const uneven longer[] = { { "个走会给星", SOUND_TOO }, { "说人星给会走", SOUND_TOO }, { "个人走星", SOUND_TOO } };
    static const uneven others[] = { { "走会给星", SOUND_TOO }, { "会给人", SOUND_TOO }, { "人会星走", SOUND_TOO } };
    static const uneven silent[] = { { "兡会给星", SOUND_TOO }, { "会给星兡", SOUND_TOO } };
    static const uneven strict[] = { { "会给星", NO_INVISIBLE }, { "给会星人", NO_GAPS }, { "星会人给", NO_GAPS & NO_INVISIBLE } };
    compare_uneven(fillers, JY__COUNT(fillers), 81);
    compare_uneven(longer, JY__COUNT(longer), 85);
    compare_uneven(others, JY__COUNT(others), 82);
    compare_uneven(silent, JY__COUNT(silent), 83);
    compare_uneven(strict, JY__COUNT(strict), 84);
}
END_TEST

CHECK_MAIN("match engines ways", test_match__engines_agree_where_ways_by_sound_begin_and_end, test_match__engines_agree_on_what_stands_over_a_border)
