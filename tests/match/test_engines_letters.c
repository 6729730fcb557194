/* match: every engine against the slow reference on texts of few characters: fillers again and again, runs of masks of all kinds, letters in phrases. */
#include "compare_engines.h"

static const char *const words[] = { "听不清你讲话", "没办法", "不知道", "那个人", "就是说不", "给行长" };

/* … and so many more that engines ask for keys as they do for many. */
static void make_many(bench *b, uint32_t more)
{
    for (size_t i = 0; i < JY__COUNT(words); i++)
        add_phrase(&b->phrases, words[i], ALL_FOLDS);
    for (uint32_t i = 0; i < more; i++) {
        char word[16] = { 0 };
        size_t at = jy__utf8_put(0x5000 + roll(&b->dice, 0x4000), word);
        jy__utf8_put(0x5000 + roll(&b->dice, 0x4000), word + at);
        add_phrase(&b->phrases, word, ALL_FOLDS);
    }
    make_matcher(b);
}

/* Of a phrase all symbols but one, in their order or not; or, once in a while, all of them. */
static void put_part(bench *b, const jy__literal *literal, uint32_t missing, bool whole)
{
    static const char *const fillers[] = { "那个", "嗯", "这个", "就是", "啊", "怎么说呢", "那", "个" };
    bool in_turn = whole || roll(&b->dice, 2);
    for (uint32_t i = 0; i < literal->count; i++) {
        uint32_t symbol = literal->symbols[in_turn ? i : roll(&b->dice, literal->count)];
        if (whole || symbol != literal->symbols[missing])
            jy__text_cp(&b->text, symbol);
        for (uint32_t count = roll(&b->dice, whole ? 3 : 6); count > 0; count--)
            jy__text_c(&b->text, fillers[roll(&b->dice, JY__COUNT(fillers))]);
    }
}

/* What a phrase lacks in one chunk stands in the next one, or right behind its border. */
START_TEST(test_match__engines_agree_on_few_characters_with_fillers)
{
    bench b = { 0 };
    size_t total = 0;
    int rounds = check_rounds(6);
    set_up(&b, 31);
    make_many(&b, 200);
    for (int round = 0; round < rounds; round++) {
        const jy__literal *literal = &b.phrases.items[roll(&b.dice, JY__COUNT(words))];
        uint32_t missing = roll(&b.dice, literal->count);
        size_t border = JY__CHUNK - 60 + roll(&b.dice, 90), next = border + 20000;
        jy__text_clear(&b.text);
        while (b.text.len < 2 * JY__CHUNK + 6000) {
            bool whole = b.text.len >= border && b.text.len < border + 50;
            put_part(&b, literal, missing, whole || b.text.len >= next);
            if (roll(&b.dice, 200) == 0)
                jy__text_c(&b.text, roll(&b.dice, 2) ? "\n" : "𠀀");
        }
        compare(&b, NULL, 0);
        total += b.expected.matches.count;
    }
    ck_assert_uint_gt(total, (size_t)rounds);
    tear_down(&b);
}
END_TEST

/* Masks of one, two and three bytes, of which a run may go over the border of a block. */
START_TEST(test_match__engines_agree_on_masks_behind_masks)
{
    static const char *const masks[] = { "*", "*", "＊", "█", "×", "•", "○", "❌", "⬛", "﹡", "⁎", "╳" };
    static const char *const beside[] = { "", "", "没", "没办", "不", "听不清", "办法", "法", "知道", "，", " ", "\n", "\xE2\x96", "x", "嗯" };
    bench b = { 0 };
    size_t masked = 0;
    int rounds = check_rounds(4000);
    set_up(&b, 32);
    make_many(&b, 0);
    for (int round = 0; round < rounds; round++) {
        size_t bounds[4], bound_count;
        jy__text_clear(&b.text);
        for (uint32_t parts = 2 + roll(&b.dice, 12); parts > 0; parts--) {
            jy__text_c(&b.text, beside[roll(&b.dice, JY__COUNT(beside))]);
            for (uint32_t kinds = 1 + roll(&b.dice, JY__COUNT(masks)), count = roll(&b.dice, roll(&b.dice, 4) ? 4 : 40); count > 0; count--)
                jy__text_c(&b.text, masks[roll(&b.dice, kinds)]);
        }
        bound_count = draw_bounds(&b, bounds);
        compare(&b, round % 3 ? NULL : bounds, round % 3 ? 0 : bound_count);
        masked += count_with(&b, JY_FOLD_MASKED);
    }
    ck_assert_uint_gt(masked, (size_t)rounds / 8);
    tear_down(&b);
}
END_TEST

/* A letter, a digit or the end of a line in most phrases: of some it is a symbol, others have it between their symbols, or right beside them. */
START_TEST(test_match__engines_agree_where_letters_part_phrases)
{
    static const char *const lettered[] = { "没a办法", "没办a法", "a没办法", "不1知道", "办法a", "没办", "知道不", "没é办法", "ω办法" };
    static const char *const parting[] = { "a", "é", "A", "Ａ", "ａ", "1", "д", "１", "\n", "ß", "。", "!", "か", "x", "×", "嗯", " ", "，", "\xC2\xAD", "ω", "\xC3", "·", "𠀀", "\xCC\x81" };
    bench b = { 0 };
    size_t total = 0;
    int rounds = check_rounds(5);
    set_up(&b, 33);
    for (size_t i = 0; i < JY__COUNT(lettered); i++)
        add_phrase(&b.phrases, lettered[i], ALL_FOLDS);
    make_many(&b, 200);
    for (int round = 0; round < rounds; round++) {
        uint32_t kinds = 1 + roll(&b.dice, JY__COUNT(parting)), seldom = 1 + roll(&b.dice, 6);
        jy__text_clear(&b.text);
        while (b.text.len < JY__CHUNK + 3000) {
            const jy__literal *literal = &b.phrases.items[roll(&b.dice, JY__COUNT(lettered) + JY__COUNT(words))];
            uint32_t place = roll(&b.dice, literal->count + 1);
            for (uint32_t i = 0; i < literal->count; i++) {
                if (i == place && roll(&b.dice, seldom) == 0)
                    jy__text_c(&b.text, parting[roll(&b.dice, kinds)]);
                jy__text_cp(&b.text, literal->symbols[i]);
            }
        }
        compare(&b, NULL, 0);
        total += b.expected.matches.count;
    }
    ck_assert_uint_gt(total, (size_t)rounds * 100);
    tear_down(&b);
}
END_TEST

CHECK_MAIN("match engines letters", test_match__engines_agree_where_letters_part_phrases, test_match__engines_agree_on_few_characters_with_fillers, test_match__engines_agree_on_masks_behind_masks)
