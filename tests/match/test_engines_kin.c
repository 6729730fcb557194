/* match: phrases that begin alike and have one key, as they are written or by sound, of which the longest that stands there tells of all: every engine
 * against the slow reference, and so a scan that lists the longest alone. */
#include "compare_engines.h"

/* Puts them in order; one may be listed that is nested in another, too. */
static size_t order(jy__match *items, size_t count)
{
    size_t kept = 0;
    qsort(items, count, sizeof(*items), jy__match_by_place);
    for (size_t i = 0; i < count; i++)
        if (!kept || jy__match_by_place(&items[i], &items[kept - 1]) != 0)
            items[kept++] = items[i];
    return kept;
}

/* What a scan that nests lists comes to all the same, when each match is followed by the shorter ones in it. Returns how many those are. */
static size_t compare_nested_of_one(bench *b)
{
    static jy__match all[4096];
    const jy_str text = { b->text.ptr, b->text.len };
    size_t count = 0, nested = 0;
    b->found.nest = true;
    ck_assert_int_eq(jy__match_scan(b->matcher, &b->found, text, NULL, 0), JY_OK);
    b->found.nest = false;
    for (size_t i = 0; i < b->found.matches.count; i++) {
        jy__match match = b->found.matches.items[i];
        for (bool more = true; more; more = jy__match_shorter(b->matcher, text, 0, &match), nested += more) {
            ck_assert_uint_lt(count, JY__COUNT(all));
            all[count++] = match;
        }
    }
    count = order(all, count);
    ck_assert_uint_eq(count, b->expected.matches.count);
    for (size_t i = 0; i < count; i++)
        ck_assert(same_match(&all[i], &b->expected.matches.items[i]));
    return nested;
}

static size_t compare_nested(bench *b)
{
    size_t nested = 0;
    for (size_t i = 0; i < JY__COUNT(engine_names); i++)
        if (jy__match_force(b->matcher, engine_names[i]))
            nested = compare_nested_of_one(b);
    return nested;
}

/* Some of the first symbols of a phrase, one of them perhaps by another character, or again, or with something behind it. */
static void put_begin(bench *b, const jy__literal *literal)
{
    static const char *const between[] = { "，", " ", "。", "嗯", "那个", "这", "个", "⼰", "𠀀", "*", "就是说", "\n", "天", "a" };
    uint32_t count = 1 + roll(&b->dice, literal->count), odd = roll(&b->dice, 3 * count), way = roll(&b->dice, 4);
    for (uint32_t i = roll(&b->dice, 6) ? 0 : roll(&b->dice, count); i < count; i++) {
        if (i == odd && way)
            put_alike(&b->dice, &b->text, literal->symbols[i]);
        if (i != odd || way > 1)
            jy__text_cp(&b->text, roll(&b->dice, 12) ? literal->symbols[i] : variant(&b->dice, literal->symbols[i]));
        if (i == odd && way == 3)
            jy__text_c(&b->text, between[roll(&b->dice, JY__COUNT(between))]);
    }
    if (roll(&b->dice, 3) == 0)
        jy__text_c(&b->text, between[roll(&b->dice, JY__COUNT(between))]);
}

static void compare_kin(const char *const *list, size_t count, uint32_t folds, uint64_t seed)
{
    static const uint32_t groups[] = { 1, 1, 1, 1, 1, 1, 1, 1 };
    bench b = { 0 };
    size_t by_sound = 0, nested = 0, kin = 0;
    int rounds = check_rounds(600);
    set_up(&b, seed);
    for (size_t i = 0; i < count; i++)
        add_phrase(&b.phrases, list[i], folds);
    make_matcher(&b);
    jy__matcher_set_groups(b.matcher, groups);
    for (size_t i = 0; i < count; i++)
        kin += b.matcher->forms[i].kin > 0;
    ck_assert_uint_gt(kin, 2);
    for (int round = 0; round < rounds; round++) {
        jy__text_clear(&b.text);
        for (uint32_t pieces = 1 + roll(&b.dice, round % 50 ? 4 : 200); pieces > 0; pieces--)
            put_begin(&b, &b.phrases.items[roll(&b.dice, (uint32_t)count)]);
        compare(&b, NULL, 0);
        by_sound += count_with(&b, JY_FOLD_SOUND);
        nested += compare_nested(&b);
    }
    if (folds & 1u << JY_FOLD_SOUND)
        ck_assert_uint_gt(by_sound, (size_t)rounds / 16);
    ck_assert_uint_ge(nested, (size_t)rounds / 40);
    tear_down(&b);
}

/* The longest that stands there tells of all; what is before it may lead to it, and what is behind it on, by sound too: their symbols sound like others. */
START_TEST(test_match__engines_agree_on_phrases_that_begin_alike)
{
    static const char *const plain[] = { "天重长", "天重长还", "天重长还给", "天重长还给不", "天重长还给不会台" };
    static const char *const near[] = { "重长天", "重长天还众", "重长天还众行会", "重长天还众行会星给快" };
    static const char *const far[] = { "会给天", "会给天还台重", "会给天还台重快长", "会给天还台重快长惠虫", "会给天还台重快长惠虫海" };
    static const char *const late[] = { "还长给星天重", "还长给星天重海", "还长给星天重海常", "还长给星天重海常己航", "还" };
    static const char *const ended[] = { "台天重还", "台天重还给了", "台天重还给了会", "台天重", "重还给" };
    static const char *const apart[] = { "重长天", "重长天还", "重长天众", "会给天", "会给天还", "会给天还台", "会给天还台重" };
    compare_kin(plain, JY__COUNT(plain), SOUND_TOO, 61);
    compare_kin(near, JY__COUNT(near), SOUND_TOO, 62);
    compare_kin(far, JY__COUNT(far), SOUND_TOO, 63);
    compare_kin(late, JY__COUNT(late), SOUND_TOO, 64);
    compare_kin(ended, JY__COUNT(ended), SOUND_TOO, 65);
    compare_kin(apart, JY__COUNT(apart), SOUND_TOO, 66);
}
END_TEST

/* Nothing sounds alike here: what leads to the longest, or on, is one of its own symbols, said again, or a filler. */
START_TEST(test_match__engines_agree_on_phrases_that_begin_alike_as_written)
{
    static const char *const plain[] = { "天重", "天重长", "天重长给", "天重长给会台", "天重长给会台星海" };
    static const char *const down[] = { "重长天众行会星给快虫海常己航惠台叫去", "重长天众行会星给快", "重长天众行会", "重长天众", "重长天" };
    static const char *const late[] = { "长给星天", "长给星天重", "长给星天重海", "长给星天重海常", "长给星天重海常己航", "海常", "给会长" };
    static const char *const filled[] = { "给天", "给天重", "给天重个", "给天重个长会", "给天重个长会星" };
    compare_kin(plain, JY__COUNT(plain), ALL_FOLDS, 71);
    compare_kin(down, JY__COUNT(down), ALL_FOLDS, 72);
    compare_kin(late, JY__COUNT(late), ALL_FOLDS, 73);
    compare_kin(filled, JY__COUNT(filled), ALL_FOLDS, 74);
}
END_TEST

CHECK_MAIN("match engines kin", test_match__engines_agree_on_phrases_that_begin_alike,
           test_match__engines_agree_on_phrases_that_begin_alike_as_written)
