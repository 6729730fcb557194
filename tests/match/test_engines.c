/* match: every engine against the slow reference, on random texts of the hard cases. */
#include "compare_engines.h"

START_TEST(test_match__engines_agree_on_han)
{
    bench b = { 0 };
    set_up(&b, 1);
    add_usual(&b.phrases, ALL_FOLDS);
    make_matcher(&b);
    compare_many(&b, 2000, 12);
    compare_many(&b, 30, 200);
    tear_down(&b);
}
END_TEST

static void agree_on(uint64_t seed, const char *const *list, size_t count, int rounds)
{
    bench b = { 0 };
    set_up_with(&b, seed, list, count);
    compare_many(&b, rounds, 12);
    compare_many(&b, 30, 200);
    tear_down(&b);
}

START_TEST(test_match__engines_agree_on_single_latin_and_marks)
{
    static const char *const odd[] = { "喂", "vip", "ok", "a座", "9", "か", "c++", "7×24", "株式", "会社", "平成", "一", "1", "fi", "é", "ガ", "你9", "豈" };
    agree_on(2, odd, JY__COUNT(odd), 2000);
}
END_TEST

/* A wide mark that may not be taken for the narrow one is a mark that may stand between. */
START_TEST(test_match__engines_agree_on_marks_without_width)
{
    static const char *const texts[] = { "c+﹢+", "c＋++", "c﹢++ c++", "c ++﹢", "c+＋", "x c++﹢+ c+" };
    bench b = { 0 };
    set_up(&b, 37);
    add_phrase(&b.phrases, "c++", 1u << JY_FOLD_GAPS);
    make_matcher(&b);
    for (size_t i = 0; i < JY__COUNT(texts); i++) {
        b.text.len = 0;
        jy__text_c(&b.text, texts[i]);
        compare(&b, NULL, 0);
        for (size_t k = 0; k < b.expected.matches.count; k++)
            ck_assert_uint_eq(b.expected.matches.items[k].count[JY_FOLD_WIDTH], 0);
    }
    tear_down(&b);
}
END_TEST

/* Texts of some of the pieces, `least` of them or more; returns how many matches they have, of those that need the fold (JY_FOLD_COUNT: all). */
static size_t compare_pieces(bench *b, const char *const *pieces, size_t count, uint32_t least, int fold)
{
    size_t found = 0;
    for (int round = 0; round < 1000; round++) {
        b->text.len = 0;
        for (uint32_t left = least + roll(&b->dice, 8); left; left--)
            jy__text_c(&b->text, pieces[roll(&b->dice, (uint32_t)count)]);
        compare(b, NULL, 0);
        found += fold == JY_FOLD_COUNT ? b->expected.matches.count : count_with(b, fold);
    }
    return found;
}

/* A filler with a character that the stream does not carry leads from a phrase said in part to a longer one. */
START_TEST(test_match__engines_agree_on_fillers_outside_the_stream)
{
    static const char *const list[] = { "清清", "清清清", "不清不清", "怎清怎", "清清怎" }; /* with their last symbol the filler may begin, too */
    static const char *const pieces[] = { "清", "清清", "不清", "怎么\uF96F", "怎么\uF96F呢", "就是\uF96F", "那个", "怎么", "怎", " ", "了" };
    bench b = { 0 };
    set_up_with(&b, 38, list, JY__COUNT(list));
    ck_assert_uint_gt(compare_pieces(&b, pieces, JY__COUNT(pieces), 2, JY_FOLD_COUNT), 700);
    tear_down(&b);
}
END_TEST

/* Of a form that has a symbol twice either may be said again, and what is before it in the text need not be what is before it in the form. */
START_TEST(test_match__engines_agree_on_symbols_that_come_twice)
{
    static const char *const list[] = { "道是大没台大这到", "道大没台大没这到是", "到大这大台没大是道" };
    static const char *const pieces[] = { "道是", "大没台", "大这", "大", "没", "台", "到", "这", "是道", "大没台大这", "道是大没台大这大没台大这到" };
    bench b = { 0 };
    set_up_with(&b, 41, list, JY__COUNT(list));
    ck_assert_uint_gt(compare_pieces(&b, pieces, JY__COUNT(pieces), 4, JY_FOLD_REPEATS), 500);
    tear_down(&b);
}
END_TEST

/* What stands behind two letters is looked at before their forms are. */
START_TEST(test_match__engines_agree_on_letters)
{
    static const char *const letters[] = { "120", "12306", "1024", "vip", "vips", "ok了", "q币", "wtf", "sb", "aab", "aba", "5g套餐", "3v3v", "12是20", "你v我50" };
    agree_on(31, letters, JY__COUNT(letters), 3000);
}
END_TEST

/* What may be such a key is looked at some at a time, and more than are looked at together: by what stands behind a gap of narrow and wide marks, by
 * fillers and what only begins like one, by line ends, bounds, and the text's end right behind. */
START_TEST(test_match__engines_agree_where_letters_are_many)
{
    static const char *const keys[] = { "120", "sb", "ss", "wtf", "ok了", "q币", "滚", "3d2", "a座", "1", "你b我" };
    static const char *const pieces[] = { "s", "b", "1", "2", "0", "w", "t", "f", "o", "k", "3", "d", "q", "a", "pos", "12", "sb", "120", "ok", " ", "，", "。", ",", "　",
                                          "：", "  ", "～", "\n", "嗯", "那", "那个", "那個", "这", "就是", "怎么说", "你", "我", "了", "币", "座", "ｂ", "０", "㏂", "⑫", "*",
                                          "\u200b", "é", "豈", "䷀", "㐀", "𠀀", "\xE4\xBD", "\xED\xA0\x80", "\t", "天" };
    bench b = { 0 };
    size_t total = 0;
    int rounds = check_rounds(1200);
    set_up(&b, 33);
    for (size_t i = 0; i < JY__COUNT(keys); i++)
        add_phrase(&b.phrases, keys[i], ALL_FOLDS);
    make_matcher(&b);
    for (int round = 0; round < rounds; round++) {
        size_t bounds[4], bound_count, kinds = JY__COUNT(pieces) - (round % 2 ? 12 : 0);
        jy__text_clear(&b.text);
        for (uint32_t lead = round % 64 == 0 ? 16384 - roll(&b.dice, 300) : 0; b.text.len < lead;)
            jy__text_c(&b.text, round % 128 ? "天" : "s");
        for (uint32_t count = 1 + roll(&b.dice, round % 8 ? 20 : 150); count > 0; count--)
            jy__text_c(&b.text, pieces[roll(&b.dice, (uint32_t)kinds)]);
        bound_count = draw_bounds(&b, bounds);
        compare(&b, round % 3 ? NULL : bounds, round % 3 ? 0 : bound_count);
        total += b.expected.matches.count;
    }
    ck_assert_uint_gt(total, (size_t)rounds);
    tear_down(&b);
}
END_TEST

/* Many forms take another way through the filter: folded codes and triples. */
START_TEST(test_match__engines_agree_on_many_forms)
{
    bench b = { 0 };
    set_up(&b, 5);
    add_usual(&b.phrases, ALL_FOLDS);
    add_made(&b, 180, ALL_FOLDS);
    make_matcher(&b);
    compare_many(&b, 400, 12);
    tear_down(&b);
}
END_TEST

/* Texts of up to some 128 bytes take a way of their own through an engine. */
START_TEST(test_match__engines_agree_on_short_utterances)
{
    bench b = { 0 };
    set_up(&b, 13);
    add_usual(&b.phrases, ALL_FOLDS);
    make_matcher(&b);
    compare_utterances(&b, 3000, false);
    jy__matcher_free(b.matcher);
    add_phrase(&b.phrases, "喂", ALL_FOLDS);
    add_made(&b, 180, ALL_FOLDS);
    make_matcher(&b);
    compare_utterances(&b, 1500, false);
    tear_down(&b);
}
END_TEST

/* Phrases that begin alike, of several lengths; runs of masks one behind the other, with and without something between. */
START_TEST(test_match__engines_agree_on_runs_of_masks)
{
    static const char *const alike[] = { "没办法", "没关系", "没有办法", "没办法了", "没办", "办法没有了", "没没办法没", "没法a了", "办没办法没办法没办" };
    static const char *const pieces[] = { "没", "没", "办", "法", "有", "了", "关", "*", "*", "＊", "█", "**", "，", " ", "·*", "* ", "a", "沒", "\xE4\xBD", "\u200b", "天" };
    bench b = { 0 };
    size_t masked = 0;
    int rounds = check_rounds(6000);
    set_up(&b, 14);
    for (size_t i = 0; i < JY__COUNT(alike); i++)
        add_phrase(&b.phrases, alike[i], i % 2 ? ALL_FOLDS : SOUND_TOO);
    make_matcher(&b);
    for (int round = 0; round < rounds; round++) {
        jy__text_clear(&b.text);
        for (uint32_t count = 3 + roll(&b.dice, 12); count > 0; count--)
            jy__text_c(&b.text, pieces[roll(&b.dice, JY__COUNT(pieces))]);
        compare(&b, NULL, 0);
        masked += count_with(&b, JY_FOLD_MASKED);
    }
    ck_assert_uint_gt(masked, (size_t)rounds / 8);
    tear_down(&b);
}
END_TEST

START_TEST(test_match__engines_agree_with_some_folds_only)
{
    for (uint32_t seed = 0; seed < 40; seed++) {
        bench b = { 0 };
        set_up(&b, 100 + seed);
        add_usual(&b.phrases, roll(&b.dice, 256));
        make_matcher(&b);
        compare_many(&b, 60, 12);
        tear_down(&b);
    }
}
END_TEST

/* The characters beside a key are a filler's and the form's own at once, so that only one of two readings leads on. */
static void compare_fillers(const char *const *more, size_t more_count, uint64_t seed)
{
    static const char *const words[] = { "甲个饕餮", "饕餮那乙", "饕餮那个乙", "个饕餮", "饕餮个", "就饕餮就乙", "甲就是饕餮", "那饕餮", "嗯饕餮啊", "甲乙饕餮那个那",
                                         "饕餮就", "甲乙就" };
    static const char *const pieces[] = { "甲", "乙", "个", "那", "那个", "这个", "饕餮", "饕餮", "饕餮", "饕", "餮", "就", "就是", "就是说", "嗯", "啊", "，" };
    bench b = { 0 };
    size_t found = 0;
    int rounds = check_rounds(3000);
    set_up(&b, seed);
    for (size_t i = 0; i < JY__COUNT(words); i++)
        add_phrase(&b.phrases, words[i], ALL_FOLDS);
    for (size_t i = 0; i < more_count; i++)
        add_phrase(&b.phrases, more[i % 2], ALL_FOLDS);
    make_matcher(&b);
    for (int round = 0; round < rounds; round++) {
        jy__text_clear(&b.text);
        for (uint32_t i = 0, count = 1 + roll(&b.dice, 10); i < count; i++)
            jy__text_c(&b.text, pieces[roll(&b.dice, JY__COUNT(pieces))]);
        compare(&b, NULL, 0);
        found += b.expected.matches.count;
    }
    ck_assert_uint_gt(found, (size_t)rounds / 4);
    tear_down(&b);
}

START_TEST(test_match__engines_agree_where_a_filler_looks_like_the_form)
{
    static const char *const more[] = { "不归我管", "烦不烦" };
    compare_fillers(more, 0, 7);
    compare_fillers(more, 140, 8); /* so many take the other way through the filter */
}
END_TEST

CHECK_MAIN("match engines", test_match__engines_agree_on_han, test_match__engines_agree_on_single_latin_and_marks,
           test_match__engines_agree_on_marks_without_width, test_match__engines_agree_on_fillers_outside_the_stream,
           test_match__engines_agree_on_symbols_that_come_twice, test_match__engines_agree_on_letters,
           test_match__engines_agree_where_letters_are_many, test_match__engines_agree_on_many_forms, test_match__engines_agree_on_short_utterances,
           test_match__engines_agree_on_runs_of_masks, test_match__engines_agree_with_some_folds_only,
           test_match__engines_agree_where_a_filler_looks_like_the_form)
