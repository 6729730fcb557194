/* match: every engine against the slow reference, on random texts of the hard cases. */
#include "compare_engines.h"
#include <sys/mman.h>
#include <unistd.h>

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

static void set_up_with(bench *b, uint64_t seed, const char *const *list, size_t count)
{
    set_up(b, seed);
    for (size_t i = 0; i < count; i++)
        add_phrase(&b->phrases, list[i], ALL_FOLDS);
    make_matcher(b);
}

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

#define CROWD 16600u /* so many more that none of the texts has */

/* Nearly every pair of codes begins a key then: what stands beside it is asked in another way. The reference needs only the phrases that the texts have. */
START_TEST(test_match__engines_agree_on_short_utterances_with_very_many_forms)
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

static void add_prefixes(phrases *list, const char *longest, size_t shortest)
{
    char phrase[200];
    for (size_t len = 3 * shortest; len <= strlen(longest); len += 3) {
        memcpy(phrase, longest, len);
        phrase[len] = 0;
        add_phrase(list, phrase, len % 5 ? SOUND_TOO : SOUND_TOO & ~(1u << JY_FOLD_SCRIPT));
    }
}

/* Most of it as it is written, variants, and a few that only sound so; what was just said again, and what begins another one. */
static void put_nearly(bench *b, const jy__literal *literal)
{
    static const char *const beside[] = { "，", " ", "嗯", "那个", "天", "長", "*", "⼰" };
    uint32_t odd = roll(&b->dice, 2 * literal->count), calm = roll(&b->dice, 3);
    for (uint32_t i = 0, end = roll(&b->dice, 3) ? literal->count : 1 + roll(&b->dice, literal->count); i < end; i++) {
        if (i == odd && roll(&b->dice, 2))
            jy__text_c(&b->text, beside[roll(&b->dice, JY__COUNT(beside))]);
        if (i == odd || (calm == 2 && roll(&b->dice, 12) == 0))
            put_alike(&b->dice, &b->text, literal->symbols[i]);
        else
            jy__text_cp(&b->text, calm ? literal->symbols[i] : variant(&b->dice, literal->symbols[i]));
        if (calm == 2 && roll(&b->dice, 16) == 0)
            i -= roll(&b->dice, i + 1 < 5 ? i + 1 : 5);
    }
}

/* Each phrase begins the next one, with symbols that sound alike near and far from each other, and more than a few of them. */
START_TEST(test_match__engines_agree_on_phrases_that_begin_others)
{
    static const char *const longest[] = { "不知道行长还会给你办重虫星航得了乐时", "还时会是不听我讲话没办法快回来关门说长常", "你重新给他办航海行李中国人大声点讲话师事世" };
    bench b = { 0 };
    size_t by_sound = 0;
    int rounds = check_rounds(2500);
    set_up(&b, 15);
    for (size_t i = 0; i < JY__COUNT(longest); i++)
        add_prefixes(&b.phrases, longest[i], 2 + i);
    make_matcher(&b);
    for (int round = 0; round < rounds; round++) {
        jy__text_clear(&b.text);
        for (uint32_t pieces = 1 + roll(&b.dice, 3); pieces > 0; pieces--)
            put_nearly(&b, &b.phrases.items[roll(&b.dice, (uint32_t)b.phrases.count)]);
        compare(&b, NULL, 0);
        by_sound += count_with(&b, JY_FOLD_SOUND);
    }
    ck_assert_uint_gt(by_sound, (size_t)rounds / 8);
    tear_down(&b);
}
END_TEST

/* The begin of a phrase, a filler, a character that the stream does not carry, again and again, then the whole phrase: what leads nowhere is passed
 * over, and what is near enough to the end is not. */
START_TEST(test_match__engines_agree_on_what_is_said_again_and_again)
{
    static const char *const heard[] = { "还给行长", "长会给", "给还会行的", "还还给", "听不清你讲话", "会这个给" };
    static const char *const beside[] = { "", "", "", "", "个", "那个", "这", "给", "𠀀", "⼰", "天", "，" };
    bench b = { 0 };
    size_t total = 0;
    int rounds = check_rounds(1500);
    set_up(&b, 11);
    for (size_t i = 0; i < JY__COUNT(heard); i++)
        add_phrase(&b.phrases, heard[i], i % 2 ? ALL_FOLDS : SOUND_TOO);
    make_matcher(&b);
    for (int round = 0; round < rounds; round++) {
        const jy__literal *literal = &b.phrases.items[roll(&b.dice, (uint32_t)b.phrases.count)];
        uint32_t again = 1 + roll(&b.dice, 12), upto = 1 + roll(&b.dice, literal->count), from = roll(&b.dice, upto);
        const char *between = beside[roll(&b.dice, JY__COUNT(beside))];
        jy__text_clear(&b.text);
        for (uint32_t i = 0; i < from; i++)
            put_alike(&b.dice, &b.text, literal->symbols[i]);
        for (uint32_t k = 0; k < again; k++) {
            for (uint32_t i = from; i < upto; i++)
                put_alike(&b.dice, &b.text, literal->symbols[i]);
            jy__text_c(&b.text, between);
        }
        for (uint32_t i = upto; i < literal->count; i++)
            put_alike(&b.dice, &b.text, literal->symbols[i]);
        compare(&b, NULL, 0);
        total += b.expected.matches.count;
    }
    ck_assert_uint_gt(total, (size_t)rounds / 8);
    tear_down(&b);
}
END_TEST

/* Parts of a phrase, fillers and what just looks like them, for longer than any match can reach; sometimes the phrase's end comes after all. */
static void put_lost(bench *b, const jy__literal *literal)
{
    static const char *const beside[] = { "那个", "个", "就是", "就", "这", "嗯", "啊", "给", "，", " ", "𠀀", "⼰", "天" };
    uint32_t upto = 1 + roll(&b->dice, literal->count), kinds = 1 + roll(&b->dice, JY__COUNT(beside)), odd = 3 + roll(&b->dice, 20);
    for (uint32_t i = 0, length = roll(&b->dice, roll(&b->dice, 3) ? 40 : 250); length > 0; length--) {
        put_alike(&b->dice, &b->text, literal->symbols[i]);
        if (roll(&b->dice, odd) == 0)
            jy__text_c(&b->text, beside[roll(&b->dice, kinds)]);
        i = roll(&b->dice, 4) ? i + 1 : i - roll(&b->dice, i + 1 < 5 ? i + 1 : 5);
        i = i < upto ? i : roll(&b->dice, 2) ? 0 : upto - 1 - roll(&b->dice, upto < 5 ? upto : 5);
    }
}

START_TEST(test_match__engines_agree_on_what_leads_nowhere_for_long)
{
    static const char *const heard[] = { "还给行长", "给还会行的", "听不清你讲话", "会这个给", "还会还给还行长", "就不给", "嗯给行啊长" };
    bench b = { 0 };
    size_t total = 0;
    int rounds = check_rounds(400);
    set_up(&b, 17);
    for (size_t i = 0; i < JY__COUNT(heard); i++)
        add_phrase(&b.phrases, heard[i], i % 3 ? SOUND_TOO : ALL_FOLDS);
    make_matcher(&b);
    for (int round = 0; round < rounds; round++) {
        const jy__literal *literal = &b.phrases.items[roll(&b.dice, (uint32_t)b.phrases.count)];
        jy__text_clear(&b.text);
        for (uint32_t stretches = 1 + roll(&b.dice, 4); stretches > 0; stretches--) {
            put_lost(&b, literal);
            if (roll(&b.dice, 3) == 0)
                put_heard(&b.dice, &b.text, literal);
        }
        compare(&b, NULL, 0);
        total += b.expected.matches.count;
    }
    ck_assert_uint_gt(total, (size_t)rounds);
    tear_down(&b);
}
END_TEST

/* Phrases made of what fillers are made of: keys stand inside of fillers, and a filler that ends further on leads back over what an earlier key was
 * tried from. */
START_TEST(test_match__engines_agree_on_phrases_made_of_fillers)
{
    static const char *const pieces[] = { "那", "个", "就", "什", "么", "说", "怎", "呢", "这", "给", "嗯", "就那个", "那什么", "怎么说呢", "这个那个", "哥", "神", "硕", "。" };
    size_t total = 0;
    for (uint32_t seed = 0, last = (uint32_t)check_rounds(150); seed < last; seed++) {
        bench b = { 0 };
        set_up(&b, 400 + seed);
        for (uint32_t i = 0; i < 3; i++) {
            char word[128] = { 0 };
            for (uint32_t count = 3 + roll(&b.dice, 4); count > 0; count--)
                strcat(word, pieces[roll(&b.dice, 10 + 2 * (count == 1))]);
            add_phrase(&b.phrases, word, SOUND_TOO);
        }
        make_matcher(&b);
        for (int round = 0; round < 30; round++) {
            jy__text_clear(&b.text);
            for (uint32_t parts = 2 + roll(&b.dice, 3); parts > 0; parts--) {
                const jy__literal *literal = &b.phrases.items[roll(&b.dice, 3)];
                for (uint32_t i = 0, upto = roll(&b.dice, literal->count + 1); i < upto; i++)
                    jy__text_cp(&b.text, literal->symbols[i]);
                for (uint32_t count = roll(&b.dice, 4); count > 0; count--)
                    jy__text_c(&b.text, pieces[roll(&b.dice, JY__COUNT(pieces))]);
            }
            compare(&b, NULL, 0);
            total += b.expected.matches.count;
        }
        tear_down(&b);
    }
    ck_assert_uint_gt(total, 1000);
}
END_TEST

/* So many phrases that engines gather their places and settle them together: as they are written, in other forms, with fillers, said again, beside
 * characters of their own and such as the stream does not carry, over the border of a chunk. */
static void compare_crowded(uint32_t more_forms, uint64_t seed)
{
    static const char *const words[] = { "你是谁", "不知道", "没办法", "听不清你讲话", "说了多少遍", "没有啊", "烦不烦", "个人", "你讲的什么话呀为什么不说清楚", "爱用不用", "不了不" };
    static const char *const pieces[] = { "不知道", "你是谁", "没办法", "没辦法", "听不清你讲话", "聽不清你講話", "听 不清你讲话", "听不那个清你讲话", "听听不清你讲话",
                                          "说了多少遍", "就是说了多少遍", "没有啊", "没有啊啊", "烦不烦", "烦不烦不烦", "烦不烦，那个烦", "烦不烦那个不烦",
                                          "不了不", "不了不\xEF\xA6\xBA\xEF\xA5\xA7", "烦不烦⼈", "这个人", "个人", "爱用不用",
                                          "你讲的什么话呀为什么不说清楚", "你讲的什么话呀，为什么不说清楚", "天", "那个", "你", "不", "，", "a", "\n", "𠀀", "", "" };
    bench b = { 0 };
    int rounds = check_rounds(6);
    set_up(&b, seed);
    for (size_t i = 0; i < JY__COUNT(words); i++)
        add_phrase(&b.phrases, words[i], ALL_FOLDS);
    for (uint32_t i = 0; i < more_forms; i++) {
        char word[16] = { 0 };
        size_t at = jy__utf8_put(0x4E00 + roll(&b.dice, 0x5000), word);
        jy__utf8_put(0x4E00 + roll(&b.dice, 0x5000), word + at);
        add_phrase(&b.phrases, word, ALL_FOLDS);
    }
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

/* A variant that the stream does not carry, if the symbol has one: 說 of U+F96F, 不 of U+F967. */
static uint32_t outside(dice *from, uint32_t symbol)
{
    size_t count;
    const uint32_t *others = jy__fold_others(symbol, &count);
    for (size_t i = 0, skip = roll(from, 2); i < count; i++)
        if ((others[i] < 0x4000 || others[i] > 0x9FFF) && skip-- == 0)
            return others[i];
    return symbol;
}

/* Such characters sound like a phrase's own, stand for one or for several of them, or only stand between; with fillers, what was just said again and
 * masks beside them. */
START_TEST(test_match__engines_agree_around_characters_outside_the_stream)
{
    static const char *const words[] = { "和里你说", "不和你好", "你和是己", "说行和说你", "会社里不", "平成和你", "车里不见你", "己是", "喂", "a和你", "没和行办", "你和𠀀" };
    static const char *const pieces[] = { "𠀀", "𠀀", "那个", "嗯", "就是", "⼰", "㍿", "㍻", "和", "河", "你", "泥", "说", "是", "不", "己", "里", "个", "那", "行", "*", "＊", "，",
                                          "䷀", " ", "\n", "喂", "a", "会", "社", "没", "办", "𠀾", "\xF0\xA0", "\u200b" };
    bench b = { 0 };
    size_t by_sound = 0, total = 0;
    int rounds = check_rounds(3000);
    set_up(&b, 20);
    for (size_t i = 0; i < JY__COUNT(words); i++)
        add_phrase(&b.phrases, words[i], i % 4 ? SOUND_TOO : ALL_FOLDS);
    make_matcher(&b);
    for (int round = 0; round < rounds; round++) {
        size_t bounds[4], bound_count;
        uint32_t kinds = 5 + roll(&b.dice, JY__COUNT(pieces) - 4);
        jy__text_clear(&b.text);
        for (uint32_t parts = 1 + roll(&b.dice, round % 8 ? 3 : 12); parts > 0; parts--) {
            const jy__literal *literal = &b.phrases.items[roll(&b.dice, (uint32_t)b.phrases.count)];
            uint32_t odd = roll(&b.dice, 2 * literal->count);
            for (uint32_t i = 0; i < literal->count; i++) {
                jy__text_cp(&b.text, i == odd || roll(&b.dice, 6) == 0 ? outside(&b.dice, literal->symbols[i]) : literal->symbols[i]);
                if (roll(&b.dice, 4) == 0)
                    jy__text_c(&b.text, pieces[roll(&b.dice, kinds)]);
            }
            for (uint32_t count = roll(&b.dice, 3); count > 0; count--)
                jy__text_c(&b.text, pieces[roll(&b.dice, kinds)]);
        }
        bound_count = draw_bounds(&b, bounds);
        compare(&b, round % 3 ? NULL : bounds, round % 3 ? 0 : bound_count);
        by_sound += count_with(&b, JY_FOLD_SOUND);
        total += b.expected.matches.count;
    }
    ck_assert_uint_gt(by_sound, (size_t)rounds / 16);
    ck_assert_uint_gt(total, (size_t)rounds);
    tear_down(&b);
}
END_TEST

/* One phrase at every offset around block borders, whole and cut. */
START_TEST(test_match__engines_agree_across_block_borders)
{
    bench b = { 0 };
    set_up(&b, 4);
    add_usual(&b.phrases, ALL_FOLDS);
    add_phrase(&b.phrases, "喂", ALL_FOLDS);
    add_phrase(&b.phrases, "vip", ALL_FOLDS);
    make_matcher(&b);
    for (size_t lead = 0; lead < 140; lead++)
        for (int tail = 0; tail < 5; tail++) {
            if (check_skips(lead * 5 + (size_t)tail))
                continue;
            jy__text_clear(&b.text);
            for (size_t i = 0; i < lead; i++)
                jy__text_char(&b.text, lead % 2 ? 'a' : ' ');
            jy__text_c(&b.text, tail % 2 ? "没，那个辦\u200b法喂ＶＩp" : "你你是誰不知、不知道");
            for (int i = 0; i < tail; i++)
                jy__text_c(&b.text, "喂");
            if (tail == 4)
                b.text.len -= 1 + lead % 3;
            compare(&b, NULL, 0);
        }
    tear_down(&b);
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

/* Texts of all short lengths that end where memory ends, and that begin where it begins: a byte read outside is a crash. */
START_TEST(test_match__engines_stay_inside_the_text)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *pages = mmap(NULL, 3 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    bench b = { 0 };
    set_up(&b, 8);
    add_usual(&b.phrases, ALL_FOLDS);
    add_phrase(&b.phrases, "喂", ALL_FOLDS);
    add_phrase(&b.phrases, "vip", ALL_FOLDS);
    make_matcher(&b);
    ck_assert_ptr_ne(pages, MAP_FAILED);
    ck_assert_int_eq(mprotect(pages, page, PROT_NONE) | mprotect(pages + 2 * page, page, PROT_NONE), 0);
    for (size_t len = 0; len <= 200; len++)
        for (int round = 0; round < 4; round++) {
            if (check_skips(len * 4 + (size_t)round))
                continue;
            char *at = round % 2 ? pages + page : pages + 2 * page - len;
            do
                random_text(&b.dice, &b.phrases, 60, &b.text);
            while (b.text.len < len);
            memcpy(at, b.text.ptr + (b.text.len - len), len);
            compare_engines(&b, (jy_str){ at, len }, b.phrases.items, b.phrases.count, NULL, 0);
        }
    tear_down(&b);
    munmap(pages, 3 * page);
}
END_TEST

/* Letters with as much behind them as is looked at, and less. */
START_TEST(test_match__engines_stay_inside_the_text_behind_letters)
{
    static const char *const ends[] = { "sb，，，那\xE4\xB8", "sb，，，那\xE4", "sb，，，那个", "sb，，，那", "sb，，，\xE9\x82", "s，，，那个", "sb，，那个", "sb,,那", "sb" };
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    bench b = { 0 };
    set_up(&b, 39);
    add_phrase(&b.phrases, "sbs", ALL_FOLDS);
    add_phrase(&b.phrases, "12", ALL_FOLDS);
    make_matcher(&b);
    ck_assert_ptr_ne(pages, MAP_FAILED);
    ck_assert_int_eq(mprotect(pages + page, page, PROT_NONE), 0);
    memset(pages, ' ', page);
    for (size_t i = 0; i < JY__COUNT(ends); i++) {
        size_t len = strlen(ends[i]);
        memcpy(pages + page - len, ends[i], len);
        for (size_t lead = 0; lead < 200; lead += 20)
            compare_engines(&b, (jy_str){ pages + page - len - lead, len + lead }, b.phrases.items, b.phrases.count, NULL, 0);
    }
    tear_down(&b);
    munmap(pages, 2 * page);
}
END_TEST

/* Phrases that begin alike are the last, and the text goes on as what their symbols left in the room behind them: to be seen with a sanitizer or valgrind. */
START_TEST(test_match__engines_stay_inside_the_symbols)
{
    static const char *const list[] = { "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏", "清楚讲话办法知道听", "清楚讲话办法知道听管", "清楚讲话办法知道听管谁",
                                        "清楚讲话办法知道听管谁行" };
    const char *text = "清楚讲话办法知道听管谁行楚讲话办法知道听天地玄黄宇宙洪荒";
    bench b = { 0 };
    set_up_with(&b, 40, list, JY__COUNT(list));
    jy__text_c(&b.text, text);
    for (int i = 0; i < 60; i++)
        jy__text_c(&b.text, "天");
    compare(&b, NULL, 0);
    ck_assert_uint_eq(b.expected.matches.count, 4);
    tear_down(&b);
}
END_TEST

/* The same of utterances by sound: whole characters only, so that they are read in the short way. */
START_TEST(test_match__engines_stay_inside_an_utterance)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), by_sound = 0;
    char *pages = mmap(NULL, 3 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    bench b = { 0 };
    set_up(&b, 19);
    add_heard(&b);
    make_matcher(&b);
    ck_assert_ptr_ne(pages, MAP_FAILED);
    ck_assert_int_eq(mprotect(pages, page, PROT_NONE) | mprotect(pages + 2 * page, page, PROT_NONE), 0);
    for (size_t len = 1; len <= 130; len++)
        for (int round = 0; round < 6; round++) {
            char *at = round % 2 ? pages + page : pages + 2 * page - len;
            size_t lead;
            if (check_skips(len * 6 + (size_t)round))
                continue;
            do
                draw_utterance(&b, true);
            while (b.text.len > (len < 12 ? 12 : len));
            lead = b.text.len > len ? len : len - b.text.len;
            for (size_t i = 0; i < lead; i++) /* 天 as often as it fits, then blanks */
                at[i] = i < lead - lead % 3 ? "天"[i % 3] : ' ';
            memcpy(at + lead, b.text.ptr, len - lead);
            compare_engines(&b, (jy_str){ at, len }, b.phrases.items, b.phrases.count, NULL, 0);
            by_sound += count_with(&b, JY_FOLD_SOUND);
        }
    ck_assert_uint_gt(by_sound, check_rounds(130 * 6) / 8);
    tear_down(&b);
    munmap(pages, 3 * page);
}
END_TEST

/* Characters cut short, and leads that do not allow any continuation, at every place around the borders of blocks and chunks. */
START_TEST(test_match__engines_count_bad_bytes_at_borders)
{
    static const char *const pieces[] = { "\xED\xA0\x80", "\xE0\x80\x80", "\xED\x9F\xBF", "\xE0\xA0\x80", "\xE4\xBD", "\xE4", "\xF0\x9F\x98", "\xF0\x9F\x98\x80",
                                          "\xF4\x90\x80\x80", "\xC2", "\xC3\xA9", "\x80", "\xBF\xBF\xBF", "\xE6\x98\xAF\x80", "\xFF", "\xE4\xBD\xE6\x98\xAF",
                                          "\xE4\xF0\x9F", "\xE4\xC3\xA9" };
    static const size_t borders[] = { 64, 128, 16384 };
    bench b = { 0 };
    set_up(&b, 9);
    add_phrase(&b.phrases, "不知道", ALL_FOLDS);
    make_matcher(&b);
    size_t number = 0;
    for (size_t border = 0; border < JY__COUNT(borders); border++)
        for (size_t piece = 0; piece < JY__COUNT(pieces); piece++)
            for (size_t back = 0; back < 6; back++)
                for (int tail = 0; tail < (border < 2 ? 3 : 1); tail++) {
                    if (check_skips(number++))
                        continue;
                    jy__text_clear(&b.text);
                    while (b.text.len < borders[border] - back)
                        jy__text_c(&b.text, borders[border] - back - b.text.len >= 3 ? "是" : "a");
                    jy__text_c(&b.text, pieces[piece]);
                    for (int i = 0; i < tail * 40; i++)
                        jy__text_c(&b.text, tail == 2 && i < 22 ? "\x80" : "不知道");
                    compare(&b, NULL, 0);
                }
    tear_down(&b);
}
END_TEST

CHECK_MAIN("match engines", test_match__engines_agree_where_a_filler_looks_like_the_form, test_match__engines_agree_on_han,
           test_match__engines_agree_on_single_latin_and_marks, test_match__engines_agree_on_marks_without_width, test_match__engines_agree_on_fillers_outside_the_stream,
           test_match__engines_agree_on_symbols_that_come_twice, test_match__engines_agree_on_letters, test_match__engines_agree_where_letters_are_many,
           test_match__engines_agree_on_many_forms, test_match__engines_agree_on_very_many_forms, test_match__engines_stay_inside_the_text, test_match__engines_count_bad_bytes_at_borders,
           test_match__engines_stay_inside_the_text_behind_letters, test_match__engines_stay_inside_the_symbols, test_match__engines_stay_inside_an_utterance, test_match__engines_agree_on_short_utterances,
           test_match__engines_agree_on_short_utterances_with_very_many_forms, test_match__engines_agree_on_runs_of_masks,
           test_match__engines_agree_with_some_folds_only, test_match__engines_agree_on_phrases_that_begin_others,
           test_match__engines_agree_on_what_is_said_again_and_again, test_match__engines_agree_on_what_leads_nowhere_for_long,
           test_match__engines_agree_on_phrases_made_of_fillers, test_match__engines_agree_across_block_borders,
           test_match__engines_agree_where_phrases_are_crowded, test_match__engines_agree_on_phrases_that_begin_alike,
           test_match__engines_agree_where_a_chunk_is_full_of_short_phrases, test_match__engines_agree_where_a_chunk_is_full_of_fillers,
           test_match__engines_agree_around_characters_outside_the_stream)
