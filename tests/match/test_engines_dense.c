/* match: every engine against the slow reference where nearly each phrase follows the last one, so that engines settle them many at once, also those that
 * are said in some other way. */
#include "compare_engines.h"

static const char *const pauses[] = { " ", " ", " ", "  ", "，", "、", "。", "！", "?", "\n", "a", "7", "嗯", "啊", "那个", "那個", "这个", "就是", "就是说", "怎么说呢", "嗯嗯", "嗯啊", "那个 ", " 那个",
                                      "嗯那个", "这", "个", "就", "说", "怎么", "\u200b", "𠀀", "⼈", "豈", "か", "\xE4\xBD" };

/* In one way or two: said again, in another form, with something between. */
static void put_disguised(bench *b, const jy__literal *literal)
{
    const uint32_t at = roll(&b->dice, literal->count), more = roll(&b->dice, 4) ? UINT32_MAX : roll(&b->dice, literal->count), way = roll(&b->dice, 8);
    for (uint32_t i = 0; i < literal->count; i++) {
        jy__text_cp(&b->text, way == 0 ? variant(&b->dice, literal->symbols[i]) : literal->symbols[i]);
        if ((i == at && way < 3) || i == more)
            for (uint32_t again = 1 + roll(&b->dice, 2); again > 0; again--) {
                jy__text_c(&b->text, roll(&b->dice, 4) ? "" : pauses[roll(&b->dice, 20)]);
                jy__text_cp(&b->text, literal->symbols[i - (way == 1 && i > 0 ? roll(&b->dice, i + 1) : 0)]);
            }
        if (i == at && way > 1)
            jy__text_c(&b->text, pauses[roll(&b->dice, way < 5 ? 20 : JY__COUNT(pauses))]);
    }
}

static void put_written(bench *b, const jy__literal *literal)
{
    for (uint32_t i = 0; i < literal->count; i++)
        jy__text_cp(&b->text, literal->symbols[i]);
}

/* Some chunks of text; the more, the fewer of the phrases are disguised. */
static void compare_dense(const char *const *words, size_t count, size_t made, uint32_t plain, uint64_t seed)
{
    static const char *const beside[] = { "天", "天", "天", "，", "的", "是", "就是", "啊", "\n", "" };
    bench b = { 0 };
    const int rounds = check_rounds(1);
    size_t total = 0;
    set_up(&b, seed);
    for (size_t i = 0; i < count; i++)
        add_phrase(&b.phrases, words[i], ALL_FOLDS);
    add_made(&b, b.phrases.count + made, ALL_FOLDS);
    make_matcher(&b);
    for (int round = 0; round < rounds; round++) {
        jy__text_clear(&b.text);
        while (b.text.len < JY__CHUNK * 5 / 2) {
            const jy__literal *literal = &b.phrases.items[roll(&b.dice, (uint32_t)b.phrases.count)];
            if (roll(&b.dice, plain) == 0)
                put_disguised(&b, literal);
            else
                put_written(&b, literal);
            jy__text_c(&b.text, beside[roll(&b.dice, JY__COUNT(beside))]);
        }
        compare(&b, NULL, 0);
        total += count_with(&b, JY_FOLD_FILLERS) + count_with(&b, JY_FOLD_REPEATS) + count_with(&b, JY_FOLD_GAPS);
    }
    ck_assert_uint_gt(total, 100u * (unsigned)rounds);
    tear_down(&b);
}

START_TEST(test_match__engines_agree_where_dense_phrases_are_disguised)
{
    static const char *const talk[] = { "你是谁", "干什么的", "等会", "不知道", "没办法", "听不清你讲话", "又不是给您一个人用的", "没有啊", "不归我管", "说了多少遍", "有完没完", "爱用不用", "烦不烦",
                                        "跟我发什么火呀", "你讲的什么话呀为什么不早说清楚", "个人问题", "是我的事" };
    static const char *const fillers[] = { "没有就", "不要那", "走了就是", "个走人", "说走就走", "么人走", "走人嗯", "人走那个", "那个人走", "走啊人", "人走这", "呢走人" };
    compare_dense(talk, JY__COUNT(talk), 0, 3, 91);
    compare_dense(talk, JY__COUNT(talk), 0, 12, 92);
    compare_dense(fillers, JY__COUNT(fillers), 0, 3, 93);
    compare_dense(fillers, JY__COUNT(fillers), 0, 12, 94);
}
END_TEST

/* As it is written, but for what stands in the place of its own mark. */
static void put_marked(bench *b, const jy__literal *literal)
{
    static const char *const instead[] = { "!", "", "\uFF0C", "\uFF0C\uFF0C", " ", "!\uFF0C", "\u3002", "\xE4", "\u200b" };
    for (uint32_t i = 0; i < literal->count; i++) {
        if (literal->optional && literal->optional[i])
            jy__text_c(&b->text, instead[roll(&b->dice, JY__COUNT(instead))]);
        else
            jy__text_cp(&b->text, literal->symbols[i]);
    }
}

/* What stands in the place of a phrase's own mark is no gap. */
START_TEST(test_match__engines_agree_where_dense_phrases_have_marks_of_their_own)
{
    static const char *const marked[] = { "谁叫你打错了!你", "听不清!大声点", "有完!没了", "急什么!等着", "爱用不用!找别人" };
    bench b = { 0 };
    set_up(&b, 105);
    for (size_t i = 0; i < JY__COUNT(marked); i++)
        add_phrase(&b.phrases, marked[i], ALL_FOLDS);
    make_matcher(&b);
    while (b.text.len < JY__CHUNK * 5 / 2) {
        put_marked(&b, &b.phrases.items[roll(&b.dice, (uint32_t)b.phrases.count)]);
        jy__text_c(&b.text, "天");
    }
    compare(&b, NULL, 0);
    ck_assert_uint_gt(count_with(&b, JY_FOLD_GAPS), 500);
    tear_down(&b);
}
END_TEST

START_TEST(test_match__engines_agree_where_dense_phrases_are_alike)
{
    compare_dense(NULL, 0, 20, 6, 95);
    compare_dense(NULL, 0, 120, 6, 96);
}
END_TEST

/* More of them in a chunk than are settled at once: what is looked at one by one belongs among those settled before. */
START_TEST(test_match__engines_agree_on_rows_of_short_phrases)
{
    static const char *const row[] = { "你是谁", "等会", "找谁", "自己看", "会不会", "没有", "没有啊", "等等" };
    compare_dense(row, JY__COUNT(row), 0, 20, 97);
    compare_dense(row, JY__COUNT(row), 4, 20, 98);
}
END_TEST

CHECK_MAIN("match engines dense", test_match__engines_agree_on_rows_of_short_phrases, test_match__engines_agree_where_dense_phrases_are_disguised, test_match__engines_agree_where_dense_phrases_are_alike,
           test_match__engines_agree_where_dense_phrases_have_marks_of_their_own)
