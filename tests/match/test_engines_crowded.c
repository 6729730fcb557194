/* match: every engine against the slow reference where there are very many forms, or very many of them in one text. */
#include "compare_engines.h"

#define CROWD 16600u /* so many more that none of the texts has */

/* Nearly every pair of codes begins a key then: what stands beside it is asked in other ways, of short texts and of long ones. The reference needs only the
 * phrases that the texts have. */
START_TEST(test_match__engines_agree_beside_very_many_forms)
{
    static uint32_t symbols[CROWD][3];
    static jy__literal all[CROWD + 256];
    bench b = { 0 };
    set_up(&b, 16);
    add_usual(&b.phrases, ALL_FOLDS);
    add_made(&b, 180, ALL_FOLDS);
    memcpy(all, b.phrases.items, b.phrases.count * sizeof(*all));
    for (uint32_t i = 0; i < CROWD; i++) {
        for (uint32_t k = 0; k < 3; k++)
            symbols[i][k] = jy__fold_one(0x4000 + (i * (k + 1) * 37 + i / 3072) % 0xC00);
        all[b.phrases.count + i] = (jy__literal){ symbols[i], NULL, 3, ALL_FOLDS };
    }
    ck_assert_int_eq(jy__matcher_new(&b.mem, all, b.phrases.count + CROWD, &b.matcher), JY_OK);
    compare_utterances(&b, 1500, false);
    compare_many(&b, 400, 12);
    compare_many(&b, 30, 200);
    tear_down(&b);
}
END_TEST

/* Very many forms, made of few characters: most keys and what stands beside them share words of the filter. */
START_TEST(test_match__engines_agree_on_very_many_forms)
{
    enum { COUNT = 5000, LONGEST = 6 };
    static jy__literal items[COUNT];
    static uint32_t symbols[COUNT][LONGEST];
    size_t total = 0;
    bench b = { 0 };
    set_up(&b, 7);
    add_usual(&b.phrases, ALL_FOLDS);
    for (size_t i = 0; i < COUNT; i++) {
        uint32_t count = 2 + roll(&b.dice, LONGEST - 1);
        for (uint32_t k = 0; k < count; k++)
            symbols[i][k] = jy__fold_one(0x4E00 + roll(&b.dice, 600));
        items[i] = i < b.phrases.count ? b.phrases.items[i] : (jy__literal){ symbols[i], NULL, count, ALL_FOLDS };
    }
    for (size_t i = b.phrases.count; i < JY__COUNT(b.phrases.items); i++)
        b.phrases.items[b.phrases.count++] = items[i];
    ck_assert_int_eq(jy__matcher_new(&b.mem, items, COUNT, &b.matcher), JY_OK);
    for (int round = 0; round < 16; round++) {
        random_text(&b.dice, &b.phrases, 1 + roll(&b.dice, 12), &b.text);
        total += compare_engines(&b, (jy_str){ b.text.ptr, b.text.len }, items, COUNT, NULL, 0);
    }
    ck_assert_uint_gt(total, 16);
    tear_down(&b);
}
END_TEST

/* Phrases of two characters that hardly any text has. */
static void add_crowd(bench *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        char word[16] = { 0 };
        size_t at = jy__utf8_put(0x4E00 + roll(&b->dice, 0x5000), word);
        jy__utf8_put(0x4E00 + roll(&b->dice, 0x5000), word + at);
        add_phrase(&b->phrases, word, ALL_FOLDS);
    }
}

/* So many phrases that engines gather their places and settle them together: as they are written, in other forms, with fillers, said again, beside
 * characters of their own and such as the stream does not carry, over the border of a chunk. */
static void compare_crowded(uint32_t more_forms, uint64_t seed)
{
    static const char *const words[] = { "你是谁", "不知道", "没办法", "听不清你讲话", "说了多少遍", "没有啊", "烦不烦", "个人", "你讲的什么话呀为什么不说清楚", "爱用不用", "不了不",
                                         "随便你怎样投诉", "爱用啥由您看着办" };
    static const char *const pieces[] = { "不知道", "你是谁", "没办法", "没辦法", "听不清你讲话", "聽不清你講話", "听 不清你讲话", "听不那个清你讲话", "听听不清你讲话",
                                          "说了多少遍", "就是说了多少遍", "没有啊", "没有啊啊", "烦不烦", "烦不烦不烦", "烦不烦，那个烦", "烦不烦那个不烦",
                                          "不了不", "不了不\xEF\xA6\xBA\xEF\xA5\xA7", "烦不烦⼈", "这个人", "个人", "爱用不用",
                                          "你讲的什么话呀为什么不说清楚", "你讲的什么话呀，为什么不说清楚", "随便你怎样投诉", "隨便妳怎樣投訴", "天便你怎样投诉", "随便你怎样投天",
                                          "随便你怎样投诉诉", "随随便你怎样投诉", "随便你 怎样投诉", "爱用啥由您看着办", "愛用啥由您看著辦", "天用啥由您看着办",
                                          "爱用啥由您看着天", "爱用啥由您看着办那个办", "爱那个爱用啥由您看着办", "天", "那个", "你", "不", "，", "a", "\n", "𠀀", "", "" };
    bench b = { 0 };
    int rounds = check_rounds(6);
    set_up(&b, seed);
    for (size_t i = 0; i < JY__COUNT(words); i++)
        add_phrase(&b.phrases, words[i], ALL_FOLDS);
    add_crowd(&b, more_forms);
    make_matcher(&b);
    for (int round = 0; round < rounds; round++) {
        bool rare = round % 3 == 0;
        jy__text_clear(&b.text);
        for (uint32_t lead = round % 2 ? 16384 - roll(&b.dice, 1200) : 0; b.text.len < lead;)
            jy__text_c(&b.text, "天");
        for (uint32_t i = 0, count = 200 + roll(&b.dice, 200); i < count; i++)
            jy__text_c(&b.text, pieces[roll(&b.dice, JY__COUNT(pieces) - (rare ? 0 : 3))]);
        compare(&b, NULL, 0);
        ck_assert_uint_gt(b.expected.matches.count, 100);
    }
    tear_down(&b);
}

START_TEST(test_match__engines_agree_where_phrases_are_crowded)
{
    compare_crowded(0, 21);
    compare_crowded(200, 22);
}
END_TEST

/* What stands between the characters of phrases that are crowded: what may be skipped, by forms that allow it and by others, and what may not. */
static void compare_gapped(uint32_t more_forms, uint32_t folds, uint64_t seed)
{
    static const char *const words[] = { "你是谁", "不知道", "没办法", "听不清你讲话", "烦不烦", "个人", "随便你怎样投诉", "爱用啥由您看着办" };
    static const char *const between[] = { " ", "，", "❤", "❤\uFE0F", "😀", "👨\u200D👩", "\u200B", "\xFF", "\xE5\x8A", "\xF0\x9F\x98", "\xED\xA0\x80", "\x80\x80", "\t", "……", "，，，，，，，，，，",
                                           "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", "\u200B\u200B\u200B\u200B\u200B\u200B", "。", "a", "Ａ", "é", "㍿", "*", "⼈", "\n",
                                           "那个", "嗯这个那个", "嗯嗯嗯嗯", "这个那个这个那个", "" };
    static const char *const beside[] = { "天", "地", "", "法", "没", "那个", "❤", "\xFF" };
    bench b = { 0 };
    set_up(&b, seed);
    for (size_t i = 0; i < JY__COUNT(words); i++)
        add_phrase(&b.phrases, words[i], i % 2 ? folds : ALL_FOLDS);
    add_crowd(&b, more_forms);
    make_matcher(&b);
    for (int round = 0, rounds = check_rounds(3); round < rounds; round++) {
        const uint32_t kinds = 1 + roll(&b.dice, JY__COUNT(between)), often = 2 + roll(&b.dice, 4);
        jy__text_clear(&b.text);
        while (b.text.len < 16000) {
            const jy__literal *literal = &b.phrases.items[roll(&b.dice, JY__COUNT(words))];
            for (uint32_t i = 0; i < literal->count; i++) {
                if (i && roll(&b.dice, often) == 0)
                    jy__text_c(&b.text, between[roll(&b.dice, kinds)]);
                jy__text_cp(&b.text, literal->symbols[i]);
            }
            jy__text_c(&b.text, beside[roll(&b.dice, roll(&b.dice, 4) ? 3 : JY__COUNT(beside))]);
        }
        compare(&b, NULL, 0);
        ck_assert_uint_gt(b.expected.matches.count, 50);
    }
    tear_down(&b);
}

START_TEST(test_match__engines_agree_on_what_stands_between_where_phrases_are_crowded)
{
    compare_gapped(125, ALL_FOLDS, 26);
    compare_gapped(125, ALL_FOLDS & ~(1u << JY_FOLD_GAPS), 27);
    compare_gapped(125, ALL_FOLDS & ~(1u << JY_FOLD_INVISIBLE), 28);
    compare_gapped(0, ALL_FOLDS & ~(1u << JY_FOLD_GAPS), 29);
}
END_TEST

/* Phrases with fillers in most of them, so many that all of a chunk's keys over fillers are told together: one filler or some, with what is said again,
 * variants and gaps. */
START_TEST(test_match__engines_agree_where_most_phrases_are_filled)
{
    static const char *const words[] = { "你是谁", "不知道", "没办法", "听不清你讲话", "烦不烦", "个人", "随便你怎样投诉", "这个人" };
    static const char *const between[] = { "那个", "那個", "嗯", "就是", "嗯这个", "那个那个就是", "嗯嗯嗯嗯", " 那个", "那 个", "那个❤", "，", "⼈", "你" };
    static const char *const beside[] = { "天", "地", "", "法", "没", "那个", "\n" };
    bench b = { 0 };
    set_up(&b, 30);
    for (size_t i = 0; i < JY__COUNT(words); i++)
        add_phrase(&b.phrases, words[i], i % 3 ? ALL_FOLDS : ALL_FOLDS & ~(1u << JY_FOLD_GAPS));
    add_crowd(&b, 125);
    make_matcher(&b);
    for (int round = 0; round < 2; round++) {
        const uint32_t kinds = round ? JY__COUNT(between) : 5;
        jy__text_clear(&b.text);
        while (b.text.len < JY__CHUNK + 3000) {
            const jy__literal *literal = &b.phrases.items[roll(&b.dice, JY__COUNT(words))];
            for (uint32_t i = 0; i < literal->count; i++) {
                for (uint32_t times = 1 + (i && roll(&b.dice, 8) == 0); times > 0; times--)
                    jy__text_cp(&b.text, literal->symbols[i]);
                if (roll(&b.dice, 3))
                    jy__text_c(&b.text, between[roll(&b.dice, kinds)]);
            }
            jy__text_c(&b.text, beside[roll(&b.dice, JY__COUNT(beside))]);
        }
        compare(&b, NULL, 0);
        ck_assert_uint_gt(count_with(&b, JY_FOLD_FILLERS), 300);
    }
    tear_down(&b);
}
END_TEST

/* Three chunks in which most of what is heard stands as it is written: that is told first, of many places together. Some are said otherwise, cut short, or go on. */
START_TEST(test_match__engines_agree_where_most_that_is_heard_is_written)
{
    static const char *const words[] = { "不知道", "没办法", "听不清你讲话", "说了多少遍", "随便你怎样投诉", "爱用啥由您看着办" }, *const kin[] = { "关我什么", "关我什么事" };
    static const char *const odd[] = { "不知到", "布知道", "不不知道", "不知道不知道", "没辦法", "没那个办法", "听不清你讲", "听不清你讲化", "说了多少变", "说了多少遍遍", "啥由您看着办",
                                       "爱用啥由您看着半", "愛用啥由您看着办", "爱用啥由您看着办那个办", "随便你怎样投", "隨便你怎样投诉", "随便你怎样 投诉", "办没办法", "关我什么是", "关我什么", "关我什么事", "𠀀", "\n" };
    static const char *const beside[] = { "天", "天", "，", "", "那个", "法" };
    bench b = { 0 };
    set_up(&b, 24);
    for (size_t i = 0; i < JY__COUNT(words); i++)
        add_phrase(&b.phrases, words[i], SOUND_TOO);
    for (size_t i = 0; i < JY__COUNT(kin); i++)
        add_phrase(&b.phrases, kin[i], SOUND_TOO);
    make_matcher(&b);
    for (int round = 0; round < 3; round++) {
        jy__text_clear(&b.text);
        while (b.text.len < 2u * JY__CHUNK + 2000) {
            jy__text_c(&b.text, roll(&b.dice, 16) ? words[roll(&b.dice, JY__COUNT(words))] : odd[roll(&b.dice, JY__COUNT(odd))]);
            jy__text_c(&b.text, beside[roll(&b.dice, roll(&b.dice, 4) ? 2 : JY__COUNT(beside))]);
        }
        compare(&b, NULL, 0);
        ck_assert_uint_gt(count_with(&b, JY_FOLD_SOUND), 20);
    }
    tear_down(&b);
}
END_TEST

/* Phrases that begin alike, shorter and longer ones in turn or in any order, which may be said in different ways; what one of them is found to have is
 * not looked for again. Texts that have the begin of the longest one, cut short or by a bound, with variants and characters that sound alike. */
static void add_beginnings(bench *b, const char *whole, bool in_turn, bool optional, uint32_t count)
{
    uint32_t length = (uint32_t)strlen(whole) / 3, folds = roll(&b->dice, 2) ? SOUND_TOO : ALL_FOLDS;
    char phrase[128];
    add_phrase(&b->phrases, whole, SOUND_TOO);
    for (uint32_t i = 0; i < count; i++) {
        size_t bytes = 3 * (in_turn ? 2 + i * (length - 2) / count : 1 + roll(&b->dice, length));
        memcpy(phrase, whole, bytes);
        strcpy(phrase + bytes, roll(&b->dice, 8) ? "" : !optional || roll(&b->dice, 2) ? "天" : "!谁");
        add_phrase(&b->phrases, phrase, roll(&b->dice, 4) ? folds : roll(&b->dice, 256));
    }
    for (size_t i = 0; i < b->phrases.count && !optional; i++)
        b->phrases.items[i].optional = NULL;
}

static void draw_beginnings(bench *b, const jy__literal *whole)
{
    static const char *const between[] = { "，", " ", "那个", "\n", "a", "！", "\u200b" };
    jy__text_clear(&b->text);
    for (uint32_t pieces = 1 + roll(&b->dice, 5); pieces > 0; pieces--) {
        uint32_t from = roll(&b->dice, 4) ? 0 : roll(&b->dice, 3), upto = from + 2 + roll(&b->dice, whole->count - from - 1);
        uint32_t calm = roll(&b->dice, 3);
        for (uint32_t i = from; i < upto && i < whole->count; i++) {
            if (calm || roll(&b->dice, 6))
                jy__text_cp(&b->text, calm == 1 ? whole->symbols[i] : variant(&b->dice, whole->symbols[i]));
            else
                put_alike(&b->dice, &b->text, whole->symbols[i]);
            if (!calm && roll(&b->dice, 12) == 0)
                jy__text_c(&b->text, between[roll(&b->dice, JY__COUNT(between))]);
        }
    }
}

START_TEST(test_match__engines_agree_on_phrases_that_begin_alike)
{
    static const char *const wholes[] = { "听不清你讲话说了多少遍没有办法", "还没说来行长会听见是东西重给的万里千山", "不知道不知道你是谁不管" };
    for (uint32_t seed = 0; seed < 24; seed++) {
        bench b = { 0 };
        size_t bounds[4], bound_count, total = 0;
        int rounds = check_rounds(80);
        set_up(&b, 300 + seed);
        add_beginnings(&b, wholes[seed % 3], seed % 2, seed / 2 % 2, 8 + roll(&b.dice, 16));
        make_matcher(&b);
        for (int round = 0; round < rounds; round++) {
            draw_beginnings(&b, &b.phrases.items[0]);
            bound_count = draw_bounds(&b, bounds);
            compare(&b, round % 3 ? NULL : bounds, round % 3 ? 0 : bound_count);
            total += b.expected.matches.count;
        }
        ck_assert_uint_gt(total, (size_t)rounds);
        tear_down(&b);
    }
}
END_TEST

/* More places in a chunk than are looked at together. */
START_TEST(test_match__engines_agree_where_a_chunk_is_full_of_short_phrases)
{
    static const char *const words[] = { "个人", "滚蛋", "没有啊" };
    static const char *const between[] = { "", "", "", "天", "嗯", "，" };
    bench b = { 0 };
    set_up(&b, 23);
    for (size_t i = 0; i < JY__COUNT(words); i++)
        add_phrase(&b.phrases, words[i], ALL_FOLDS);
    make_matcher(&b);
    while (b.text.len < 20000) {
        jy__text_c(&b.text, words[roll(&b.dice, JY__COUNT(words))]);
        jy__text_c(&b.text, between[roll(&b.dice, JY__COUNT(between))]);
    }
    compare(&b, NULL, 0);
    ck_assert_uint_gt(b.expected.matches.count, 2000);
    tear_down(&b);
}
END_TEST

/* So many fillers that where they lead is kept for a chunk; over its border too. */
START_TEST(test_match__engines_agree_where_a_chunk_is_full_of_fillers)
{
    static const char *const words[] = { "不知道", "还给行长", "就不给", "给那个会的", "烦不烦", "听不清你讲话" };
    static const char *const pieces[] = { "那个", "这个", "嗯", "就是", "就是说", "怎么说呢", "这个那个", "啊", "那什么", "那", "就", "说", "么" };
    bench b = { 0 };
    size_t total = 0, lone = 0;
    int rounds = check_rounds(16);
    set_up(&b, 19);
    for (size_t i = 0; i < JY__COUNT(words); i++)
        add_phrase(&b.phrases, words[i], i % 3 ? SOUND_TOO : ALL_FOLDS);
    make_matcher(&b);
    for (int round = 0; round < rounds; round++) {
        jy__text_clear(&b.text);
        for (size_t end = round % 2 ? 5000 : 20000; b.text.len < end; lone++) {
            const jy__literal *literal = &b.phrases.items[roll(&b.dice, (uint32_t)b.phrases.count)];
            for (uint32_t i = 0, upto = lone % 3 ? 0 : roll(&b.dice, literal->count + 1); i < upto; i++) {
                put_alike(&b.dice, &b.text, literal->symbols[i]);
                for (uint32_t count = roll(&b.dice, 5); count > 1; count--)
                    jy__text_c(&b.text, pieces[roll(&b.dice, JY__COUNT(pieces) - 4)]);
            }
            jy__text_c(&b.text, pieces[roll(&b.dice, JY__COUNT(pieces))]);
        }
        compare(&b, NULL, 0);
        total += b.expected.matches.count;
    }
    ck_assert_uint_gt(total, (size_t)rounds);
    tear_down(&b);
}
END_TEST

CHECK_MAIN("match engines crowded", test_match__engines_agree_beside_very_many_forms, test_match__engines_agree_on_very_many_forms,
           test_match__engines_agree_where_phrases_are_crowded, test_match__engines_agree_on_what_stands_between_where_phrases_are_crowded,
           test_match__engines_agree_where_most_phrases_are_filled,
           test_match__engines_agree_where_most_that_is_heard_is_written, test_match__engines_agree_on_phrases_that_begin_alike,
           test_match__engines_agree_where_a_chunk_is_full_of_short_phrases, test_match__engines_agree_where_a_chunk_is_full_of_fillers)
