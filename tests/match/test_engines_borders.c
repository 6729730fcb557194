/* match: every engine against the slow reference at the borders of blocks, chunks, the text and its symbols. */
#include "compare_engines.h"
#include <sys/mman.h>
#include <unistd.h>

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
    static const size_t borders[] = { 64, 128, 192, 576, 16384 };
    bench b = { 0 };
    set_up(&b, 9);
    add_phrase(&b.phrases, "不知道", ALL_FOLDS);
    make_matcher(&b);
    size_t number = 0;
    for (size_t border = 0; border < JY__COUNT(borders); border++)
        for (size_t piece = 0; piece < JY__COUNT(pieces); piece++)
            for (size_t back = 0; back < 6; back++)
                for (int tail = 0; tail < (borders[border] < 16384 ? 3 : 1); tail++) {
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

/* Usual talk, so that three blocks are read at once, but for one piece at every place around where they end: what is found around it, and all behind it,
 * must be found all the same, and be where it is. */
START_TEST(test_match__engines_agree_around_what_is_unusual)
{
    static const char *const list[] = { "不知道", "没办法", "你是谁" };
    static const char *const pieces[] = { "", "是", "a", "*", "é", "𠀀", "豈", "ㄅ", "\xE4\xBD", "\xE4", "\x80", "\x80\x80", "\xED\xA0\x80", "\xC3", "\xF0\x9F\x98", "嗯", "，", "\n" };
    bench b = { 0 };
    size_t number = 0, total = 0, compared = 0;
    set_up_with(&b, 41, list, JY__COUNT(list));
    for (size_t piece = 0; piece < JY__COUNT(pieces); piece++)
        for (size_t at = 180; at < 600; at += at == 205 ? 165 : at == 396 ? 168 : 1) {
            if (check_skips(number++))
                continue;
            jy__text_clear(&b.text);
            while (b.text.len < at - 9)
                jy__text_c(&b.text, roll(&b.dice, 3) ? "道是，" : roll(&b.dice, 2) ? "你是谁" : "办 ");
            while (b.text.len < at - 6)
                jy__text_c(&b.text, "a");
            jy__text_c(&b.text, "没办");
            jy__text_c(&b.text, pieces[piece]);
            jy__text_c(&b.text, "法");
            while (b.text.len < 1200)
                jy__text_c(&b.text, roll(&b.dice, 4) ? "知道吗？" : roll(&b.dice, 2) ? "不知 道" : "5G ");
            compare(&b, NULL, 0);
            total += b.expected.matches.count;
            compared++;
        }
    ck_assert_uint_gt(total, compared);
    tear_down(&b);
}
END_TEST

CHECK_MAIN("match engines borders", test_match__engines_agree_across_block_borders, test_match__engines_stay_inside_the_text,
           test_match__engines_stay_inside_the_text_behind_letters, test_match__engines_stay_inside_the_symbols,
           test_match__engines_stay_inside_an_utterance, test_match__engines_count_bad_bytes_at_borders,
           test_match__engines_agree_around_what_is_unusual)
