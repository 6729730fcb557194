/* match: every engine against the slow reference where phrases are heard. */
#include "compare_engines.h"

/* Few forms, with and without keys of two classes. */
START_TEST(test_match__engines_agree_on_short_utterances_by_sound)
{
    bench b = { 0 };
    set_up(&b, 17);
    add_heard(&b);
    make_matcher(&b);
    compare_each_filler(&b);
    compare_utterances(&b, 2000, true);
    jy__matcher_free(b.matcher);
    add_usual(&b.phrases, SOUND_TOO);
    make_matcher(&b);
    compare_utterances(&b, 2000, true);
    jy__matcher_free(b.matcher);
    add_made(&b, 180, SOUND_TOO);
    make_matcher(&b);
    compare_utterances(&b, 300, true);
    tear_down(&b);
}
END_TEST

START_TEST(test_match__engines_agree_by_sound)
{
    bench b = { 0 };
    set_up(&b, 3);
    add_usual(&b.phrases, SOUND_TOO);
    make_matcher(&b);
    compare_many(&b, 1000, 12);
    tear_down(&b);
}
END_TEST

static void compare_heard(bench *b, int all, size_t lead)
{
    size_t by_sound = 0;
    int rounds = check_rounds(all);
    for (int round = 0; round < rounds; round++) {
        jy__text_clear(&b->text);
        for (size_t i = 0; i < lead; i++)
            jy__text_c(&b->text, (i + (size_t)round) % 7 ? "天" : "a");
        put_heard(&b->dice, &b->text, &b->phrases.items[roll(&b->dice, (uint32_t)b->phrases.count)]);
        put_heard(&b->dice, &b->text, &b->phrases.items[roll(&b->dice, (uint32_t)b->phrases.count)]);
        compare(b, NULL, 0);
        by_sound += count_with(b, JY_FOLD_SOUND);
    }
    ck_assert_uint_gt(by_sound, (size_t)rounds / 8);
}

START_TEST(test_match__engines_agree_on_what_disturbs_a_key_by_sound)
{
    static const char *const heard[] = { "不知道", "重行长", "长乐了", "得的地", "还会是", "行长会", "了乐得", "会不会", "是那个长", "重重的", "还给行", "长行", "天星航", "天拿航" };
    static const char *const ambiguous[] = { "天星行航", "天兴行航", "天那个那航", "天拿个那个航" }; /* a reading that leads further than another */
    bench b = { 0 };
    set_up(&b, 6);
    for (size_t i = 0; i < JY__COUNT(heard); i++)
        add_phrase(&b.phrases, heard[i], SOUND_TOO);
    make_matcher(&b);
    jy__text_c(&b.text, "涨，长乐了越勒"); /* 长乐了 stands there itself, and goes on by sound: 了 and 越 both say 乐 again */
    compare(&b, NULL, 0);
    for (size_t i = 0; i < JY__COUNT(ambiguous); i++) {
        jy__text_clear(&b.text);
        jy__text_c(&b.text, ambiguous[i]);
        compare(&b, NULL, 0);
    }
    compare_heard(&b, 2500, 0);
    for (size_t lead = 5440; lead < 5470; lead += 3) /* around the end of a chunk */
        compare_heard(&b, 4, lead);
    tear_down(&b);
}
END_TEST

/* A phrase, each symbol heard once; beside it, in the place of one and between two what may be part of it or of a filler, or nothing of either, or end it. */
static void put_once(bench *b, const jy__literal *literal)
{
    static const char *const beside[] = { "", "", "天", "个", "嗯", "给", "惠", "这个", "a", "，", "⼰" };
    static const char *const between[] = { "，", " ", "。", "\n", "a", "⼰", "\u200b", "……，，，，，，，，，，，" };
    uint32_t odd = roll(&b->dice, 2 * literal->count), gap = roll(&b->dice, 3 * literal->count);
    jy__text_c(&b->text, beside[roll(&b->dice, JY__COUNT(beside))]);
    for (uint32_t i = 0; i < literal->count; i++) {
        if (i == gap)
            jy__text_c(&b->text, between[roll(&b->dice, JY__COUNT(between))]);
        if (i == odd)
            jy__text_c(&b->text, beside[roll(&b->dice, JY__COUNT(beside))]);
        else
            put_alike(&b->dice, &b->text, literal->symbols[i]);
    }
    jy__text_c(&b->text, beside[roll(&b->dice, JY__COUNT(beside))]);
}

/* Phrases that are heard, some of which may not have gaps. */
static void set_up_heard(bench *b, uint64_t seed, const char *const *heard, size_t count)
{
    set_up(b, seed);
    for (size_t i = 0; i < count; i++)
        add_phrase(&b->phrases, heard[i], i % 4 == 3 ? SOUND_TOO & ~(1u << JY_FOLD_GAPS) : SOUND_TOO);
    make_matcher(b);
}

static void compare_once(const char *const *heard, size_t count, uint64_t seed)
{
    bench b = { 0 };
    size_t by_sound = 0;
    int rounds = check_rounds(3000);
    set_up_heard(&b, seed, heard, count);
    for (int round = 0; round < rounds; round++) {
        jy__text_clear(&b.text);
        put_once(&b, &b.phrases.items[roll(&b.dice, (uint32_t)b.phrases.count)]);
        compare(&b, NULL, 0);
        by_sound += count_with(&b, JY_FOLD_SOUND);
    }
    ck_assert_uint_gt(by_sound, (size_t)rounds / 8);
    tear_down(&b);
}

/* Their symbols all sound different. */
START_TEST(test_match__engines_agree_on_phrases_that_are_only_heard)
{
    static const char *const heard[] = { "还给行长", "长会给", "的会长", "给还会行", "是会给长的", "不还给会", "会给a长的", "行是还给", "给星航会" };
    compare_once(heard, JY__COUNT(heard), 10);
}
END_TEST

/* Some of their symbols sound alike, come twice, or are of a filler. */
START_TEST(test_match__engines_agree_on_phrases_that_sound_like_themselves)
{
    static const char *const heard[] = { "行星航还", "的得给会", "会给会长", "给个长的", "还是时事的", "长会常给", "这会给行长", "是长会给这个", "还给给长" };
    compare_once(heard, JY__COUNT(heard), 43);
}
END_TEST

/* A phrase as it is written or by variants, rarely heard; before and behind a symbol perhaps what sounds like it, and between them what may be skipped and
 * what may not. */
static void put_apart(bench *b, const jy__literal *literal)
{
    static const char *const between[] = { "", "", "", "，", " ", "*", "。", "\n", "a", "⼰", "𠀀", "\u200b", "·", "嗯" };
    uint32_t gaps = roll(&b->dice, 3), odd = roll(&b->dice, 4 * literal->count);
    for (uint32_t i = 0; i < literal->count; i++) {
        if (roll(&b->dice, i > 0 ? 2 * literal->count : 3) == 0)
            put_alike(&b->dice, &b->text, literal->symbols[i]);
        if (i == odd)
            put_alike(&b->dice, &b->text, literal->symbols[i]);
        else if (!literal->optional || !literal->optional[i])
            jy__text_cp(&b->text, gaps ? literal->symbols[i] : variant(&b->dice, literal->symbols[i]));
        if (roll(&b->dice, 6) < gaps)
            jy__text_c(&b->text, between[roll(&b->dice, JY__COUNT(between))]);
        if (roll(&b->dice, i + 1 < literal->count ? 2 * literal->count : 3) == 0)
            put_alike(&b->dice, &b->text, literal->symbols[i]);
        if (roll(&b->dice, 6) < gaps)
            jy__text_c(&b->text, between[roll(&b->dice, JY__COUNT(between))]);
    }
}

static void compare_apart(const char *const *heard, size_t count, uint64_t seed)
{
    bench b = { 0 };
    size_t gaps = 0, by_sound = 0;
    int rounds = check_rounds(3000);
    set_up_heard(&b, seed, heard, count);
    for (int round = 0; round < rounds; round++) {
        jy__text_clear(&b.text);
        for (uint32_t pieces = 1 + roll(&b.dice, 3), which = roll(&b.dice, (uint32_t)count); pieces > 0; pieces--)
            put_apart(&b, &b.phrases.items[roll(&b.dice, 4) ? which : roll(&b.dice, (uint32_t)count)]);
        compare(&b, NULL, 0);
        gaps += count_with(&b, JY_FOLD_GAPS);
        by_sound += count_with(&b, JY_FOLD_SOUND);
    }
    ck_assert_uint_gt(gaps, (size_t)rounds / 8);
    ck_assert_uint_gt(by_sound, (size_t)rounds / 16);
    tear_down(&b);
}

/* What stands there itself is looked for by sound only where that may lead elsewhere: its symbols sound alike, or marks of its own stand between. */
START_TEST(test_match__engines_agree_on_phrases_that_stand_there_apart)
{
    static const char *const heard[] = { "给还时事", "长给会惠", "行星航还", "会给会长", "行会时是", "会给长常", "给行还会惠", "长会常给",
                                         "还给会惠", "还给给长", "是时", "行长会惠" };
    static const char *const marks[] = { "还!给行长", "是时!行给会", "会!给会长", "没办!法", "长常!给还得", "时是!驴星航", "长!会给" };
    compare_apart(heard, JY__COUNT(heard), 44);
    compare_apart(marks, JY__COUNT(marks), 45);
}
END_TEST

/* Phrases as they are written and others beside them that are heard, for a chunk or two: what is said of a place in one chunk, or of an utterance, tells
 * nothing of the same place in the next. Two sound alike, and the second of one may be said again. Where hardly any is heard, what is written is looked
 * for first. */
START_TEST(test_match__engines_agree_where_phrases_stand_and_others_are_heard)
{
    static const char *const heard[] = { "不知道", "重行长", "虫航掌", "还给行", "会惠是", "天星航", "给还行长会的" };
    static const size_t lengths[] = { 60, 40000, 20, 9000 };
    static const uint32_t ways[] = { 8, 40, 8, 8 };
    bench b = { 0 };
    size_t plain = 0, by_sound = 0;
    int rounds = check_rounds(24);
    set_up_heard(&b, 46, heard, JY__COUNT(heard));
    for (int round = 0; round < rounds; round++) {
        for (jy__text_clear(&b.text); b.text.len < lengths[round % 4];) {
            const jy__literal *literal = &b.phrases.items[roll(&b.dice, (uint32_t)b.phrases.count)];
            uint32_t way = roll(&b.dice, ways[round % 4]);
            if (way == 0)
                put_heard(&b.dice, &b.text, literal);
            else if (way == 1)
                put_apart(&b, literal);
            for (uint32_t i = 0; way > 1 && i < literal->count; i++)
                jy__text_cp(&b.text, literal->symbols[i]);
        }
        compare(&b, NULL, 0);
        by_sound += count_with(&b, JY_FOLD_SOUND);
        plain += b.expected.matches.count;
    }
    ck_assert_uint_gt(by_sound, (size_t)rounds);
    ck_assert_uint_gt(plain, 2 * by_sound);
    tear_down(&b);
}
END_TEST

/* As they are written, the second symbol or the first two said again, where the third sounds as the second does. */
START_TEST(test_match__engines_agree_where_second_and_third_sound_alike)
{
    static const char *const heard[] = { "天是时", "年是时里", "小你里", "会给几长", "里你" }, *const between[] = { "", "", "", "那个", "，", "倪" };
    bench b = { 0 };
    size_t again = 0;
    int rounds = check_rounds(600);
    set_up_heard(&b, 48, heard, JY__COUNT(heard));
    for (int round = 0; round < rounds; round++) {
        const jy__literal *literal = &b.phrases.items[roll(&b.dice, JY__COUNT(heard))];
        uint32_t times = 1 + roll(&b.dice, 3), both = roll(&b.dice, 3), odd = roll(&b.dice, 8);
        jy__text_clear(&b.text);
        for (uint32_t said = 0; both == 0 && said < 2; said++)
            jy__text_cp(&b.text, literal->symbols[said]);
        for (uint32_t i = 0; i < literal->count; i++)
            for (uint32_t said = 0; said < (i == 1 ? times : 1); said++, odd--) {
                jy__text_cp(&b.text, literal->symbols[i]);
                if (odd == 0)
                    jy__text_c(&b.text, between[roll(&b.dice, JY__COUNT(between))]);
            }
        compare(&b, NULL, 0);
        for (size_t i = 0; i < b.expected.matches.count; i++)
            again += b.expected.matches.items[i].count[JY_FOLD_REPEATS] && !b.expected.matches.items[i].count[JY_FOLD_SOUND];
    }
    ck_assert_uint_gt(again, (size_t)rounds / 3);
    tear_down(&b);
}
END_TEST

/* The second symbol is said again and again, more often than a match may have repeats; some of what sounds like it begins a filler, or is one. */
START_TEST(test_match__engines_agree_on_a_second_symbol_that_is_heard_again_and_again)
{
    static const char *const heard[] = { "天额航", "会这行", "天会给", "星那还会", "还给给长", "会时事会" }, *const between[] = { "", "", "", "", "这个", "额", "那", "，" };
    bench b = { 0 };
    size_t by_sound = 0;
    int rounds = check_rounds(1500);
    set_up_heard(&b, 47, heard, JY__COUNT(heard));
    for (int round = 0; round < rounds; round++) {
        const jy__literal *literal = &b.phrases.items[roll(&b.dice, (uint32_t)b.phrases.count)];
        uint32_t odd = roll(&b.dice, 20), times = roll(&b.dice, 11);
        jy__text_clear(&b.text);
        for (uint32_t i = 0; i < literal->count; i++)
            for (uint32_t said = 0; said <= (i == 1 ? times : 0); said++, odd--) {
                put_alike(&b.dice, &b.text, literal->symbols[i]);
                if (odd == 0)
                    jy__text_c(&b.text, between[roll(&b.dice, JY__COUNT(between))]);
            }
        compare(&b, NULL, 0);
        by_sound += count_with(&b, JY_FOLD_SOUND);
    }
    ck_assert_uint_gt(by_sound, (size_t)rounds / 4);
    tear_down(&b);
}
END_TEST

/* Between the symbols of a key stands what the stream does not carry: another symbol of the phrase, or no part of it. */
START_TEST(test_match__engines_agree_where_a_key_is_parted)
{
    static const char *const heard[] = { "重喝行", "喝行长", "行重喝长", "重行喝", "长给喝行", "行𠀀长", "会给星", "给还" }; /* the last has no third one */
    static const char *const pieces[] = { "重", "行", "喝", "长", "给", "会", "众", "航", "河", "常", "星", "𠀀", "𠀀", "\u3400", "怎么\uF96F", "嗯", "那个", "，", " ", "豈", "*", "\n",
                                          "重喝行", "会给星", "行长", "ﬁ", "会𠀀给星", "会给\u4DC0星", "重𠀀行", "给还", "己海" };
    bench b = { 0 };
    size_t by_sound = 0, found = 0;
    int rounds = check_rounds(3000);
    set_up_heard(&b, 66, heard, JY__COUNT(heard));
    for (int round = 0; round < rounds; round++) {
        jy__text_clear(&b.text);
        for (uint32_t left = 3 + roll(&b.dice, 9); left; left--)
            jy__text_c(&b.text, pieces[roll(&b.dice, JY__COUNT(pieces))]);
        compare(&b, NULL, 0);
        by_sound += count_with(&b, JY_FOLD_SOUND);
        found += b.expected.matches.count;
    }
    ck_assert_uint_gt(by_sound, (size_t)rounds / 16);
    ck_assert_uint_gt(found, (size_t)rounds / 4);
    tear_down(&b);
}
END_TEST

CHECK_MAIN("match engines by sound", test_match__engines_agree_on_short_utterances_by_sound, test_match__engines_agree_by_sound,
           test_match__engines_agree_on_what_disturbs_a_key_by_sound, test_match__engines_agree_on_phrases_that_are_only_heard,
           test_match__engines_agree_on_phrases_that_sound_like_themselves, test_match__engines_agree_on_phrases_that_stand_there_apart,
           test_match__engines_agree_where_phrases_stand_and_others_are_heard, test_match__engines_agree_where_second_and_third_sound_alike,
           test_match__engines_agree_on_a_second_symbol_that_is_heard_again_and_again, test_match__engines_agree_where_a_key_is_parted)
