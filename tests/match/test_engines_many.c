/* match: every engine against the slow reference in text of some chunks, where phrases are many, so that they are looked for by buckets (match_filter_many.c), and so
 * many that three codes are asked for at once (match_sieve.c). */
#include "compare_engines.h"

#define SOME 900u
#define CROWD 10000u /* phrases more, none of which any of the texts has: the reference needs only those that these have */
#define CROWD_LENGTH 4u

static void make_crowd(bench *b, uint32_t crowd)
{
    static uint32_t symbols[CROWD][CROWD_LENGTH];
    static jy__literal all[CROWD + 256];
    memcpy(all, b->phrases.items, b->phrases.count * sizeof(*all));
    for (uint32_t i = 0; i < crowd; i++) {
        for (uint32_t k = 0; k < CROWD_LENGTH; k++)
            symbols[i][k] = jy__fold_one(0x4E00 + roll(&b->dice, 0x5100));
        all[b->phrases.count + i] = (jy__literal){ symbols[i], NULL, CROWD_LENGTH, ALL_FOLDS & ~(1u << JY_FOLD_MASKED) };
    }
    ck_assert_int_eq(jy__matcher_new(&b->mem, all, b->phrases.count + crowd, &b->matcher), JY_OK);
}

/* Fillers between nearly all of its symbols, as many in a row as may stand there. */
static void put_filled(bench *b, const jy__literal *literal)
{
    static const char *const fillers[] = { "嗯", "啊", "那", "那个", "这个", "就是", "就是说", "怎么说呢" };
    const uint32_t seldom = 1 + roll(&b->dice, 3);
    for (uint32_t i = 0; i < literal->count; i++) {
        jy__text_cp(&b->text, literal->symbols[i]);
        for (uint32_t left = roll(&b->dice, seldom) ? 0 : 1 + roll(&b->dice, 3); left > 0; left--)
            jy__text_c(&b->text, fillers[roll(&b->dice, JY__COUNT(fillers))]);
    }
}

/* Up to four of its symbols said again: where its key is among them it stands twice, once behind what is before it and once before what is behind it. */
static void put_said_again(bench *b, const jy__literal *literal)
{
    const uint32_t from = roll(&b->dice, literal->count), end = from + 1 + roll(&b->dice, 4), to = end < literal->count ? end : literal->count;
    for (uint32_t i = 0; i < to; i++)
        jy__text_cp(&b->text, literal->symbols[i]);
    for (uint32_t i = from; i < literal->count; i++)
        jy__text_cp(&b->text, literal->symbols[i]);
}

static void put_piece(bench *b)
{
    const jy__literal *literal = &b->phrases.items[roll(&b->dice, (uint32_t)b->phrases.count)];
    switch (roll(&b->dice, 8)) {
    case 0:
        put_noise(&b->dice, &b->text);
        break;
    case 1:
        for (uint32_t i = roll(&b->dice, 12); i > 0; i--)
            jy__text_cp(&b->text, 0x4E00 + roll(&b->dice, 0x5200));
        break;
    case 2:
    case 3:
        put_filled(b, literal);
        break;
    case 4:
    case 5:
        put_said_again(b, literal);
        break;
    default:
        put_phrase(&b->dice, &b->text, literal);
    }
}

#define APART 90u /* Han before each piece: then fillers are no more than talk has, and where one leads is found from each by itself */

static void put_apart(bench *b)
{
    for (uint32_t i = roll(&b->dice, APART); i > 0; i--)
        jy__text_cp(&b->text, 0x4E00 + roll(&b->dice, 0x5200));
    if (roll(&b->dice, 2))
        put_filled(b, &b->phrases.items[roll(&b->dice, (uint32_t)b->phrases.count)]);
    else
        put_piece(b);
}

/* In so many bytes each of these folds is needed at least once. */
static void compare_among(uint32_t crowd, void (*put)(bench *b), uint32_t bytes, uint64_t seed)
{
    const int rounds = check_rounds(2);
    bench b = { 0 };
    set_up(&b, seed);
    add_usual(&b.phrases, ALL_FOLDS);
    add_made(&b, 160, ALL_FOLDS);
    make_crowd(&b, crowd);
    ck_assert_int_eq(b.matcher->filter.threes, crowd == CROWD);
    ck_assert_int_eq(b.matcher->filter.many_groups > 0, crowd < CROWD);
    for (int round = 0; round < rounds; round++) {
        size_t bounds[4], bound_count, len = JY__CHUNK / 2 + roll(&b.dice, JY__CHUNK / 2);
        jy__text_clear(&b.text);
        while (b.text.len < len)
            put(&b);
        bound_count = draw_bounds(&b, bounds);
        compare(&b, round % 3 ? NULL : bounds, round % 3 ? 0 : bound_count);
        ck_assert_uint_gt(count_with(&b, JY_FOLD_FILLERS), len / bytes);
        ck_assert_uint_gt(count_with(&b, JY_FOLD_REPEATS), len / bytes);
        ck_assert_uint_gt(count_with(&b, JY_FOLD_SCRIPT), len / bytes);
    }
    tear_down(&b);
}

START_TEST(test_match__engines_agree_where_phrases_are_many)
{
    compare_among(0, put_piece, 5000, 71);
}
END_TEST

START_TEST(test_match__engines_agree_where_fillers_are_few)
{
    compare_among(0, put_apart, 10000, 73);
}
END_TEST

START_TEST(test_match__engines_agree_where_phrases_fill_most_buckets)
{
    compare_among(SOME, put_apart, 10000, 74);
    compare_among(SOME, put_piece, 5000, 75);
}
END_TEST

START_TEST(test_match__engines_agree_where_phrases_are_very_many)
{
    compare_among(CROWD, put_piece, 5000, 72);
}
END_TEST

CHECK_MAIN("match engines many", test_match__engines_agree_where_fillers_are_few, test_match__engines_agree_where_phrases_are_many,
           test_match__engines_agree_where_phrases_fill_most_buckets, test_match__engines_agree_where_phrases_are_very_many)
