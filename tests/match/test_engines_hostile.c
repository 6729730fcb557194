/* match: every engine against the slow reference on texts that lead it astray: begins of phrases, what is said again, fillers that are no end. */
#include "compare_engines.h"

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
    static const char *const beside[] = { "", "", "", "", "个", "那个", "这", "给", "𠀀", "⼰", "天", "，", "*", "**，" };
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

/* Where masks stand for a phrase's end, its begin again and again might be the plain phrase, said again: that it is not is found once for many. */
START_TEST(test_match__engines_walk_once_what_leads_nowhere_behind_masks)
{
    static const char *const heard[] = { "没办法" };
    enum { TIMES = 2000 };
    bench b = { 0 };
    set_up(&b, 19);
    add_phrase(&b.phrases, heard[0], SOUND_TOO);
    make_matcher(&b);
    for (int i = 0; i < TIMES; i++)
        jy__text_c(&b.text, "没**，");
    for (size_t i = 0; i < JY__COUNT(engine_names); i++) {
        const jy__tried *tried;
        if (!jy__match_force(b.matcher, engine_names[i]))
            continue;
        ck_assert_int_eq(jy__match_scan(b.matcher, &b.found, (jy_str){ b.text.ptr, b.text.len }, NULL, 0), JY_OK);
        ck_assert_uint_eq(b.found.matches.count, TIMES);
        tried = &((const jy__walker *)b.found.state)->tried[JY__MODE_SOUND];
        ck_assert_uint_eq(tried->dead, b.text.len - strlen("**，"));
        ck_assert_uint_gt(tried->dead - tried->alive, b.text.len / 20); /* what is known at once: as far as some matches reach */
    }
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
    const uint32_t rounds = (uint32_t)check_rounds(150);
    for (uint32_t seed = 0; seed < rounds; seed++) {
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
    ck_assert_uint_gt(total, 6 * rounds);
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

/* A character of several symbols that are the literal's from there on, and how many; 0: there is none. */
static uint32_t spelling(const jy__literal *literal, uint32_t at, uint32_t *length_out)
{
    size_t count;
    const uint32_t *spelled = jy__fold_expanding(literal->symbols[at], &count);
    for (size_t i = 0; i < count; i++) {
        uint32_t symbols[JY__FOLD_MOST];
        *length_out = jy__fold_char(spelled[i], symbols);
        if (*length_out <= literal->count - at && memcmp(symbols, literal->symbols + at, *length_out * sizeof(*symbols)) == 0)
            return spelled[i];
    }
    return 0;
}

/* Such characters sound like a phrase's own, stand for one or for several of them, or only stand between; with fillers, what was just said again and
 * masks beside them. */
static void compare_outside(bool heard, uint64_t seed)
{
    static const char *const words[] = { "和里你说", "不和你好", "你和是己", "说行和说你", "会社里不", "平成和你", "说平成是", "不行株式会社", "车里不见你", "己是", "喂", "a和你", "没和行办", "你和𠀀" };
    static const char *const pieces[] = { "𠀀", "𠀀", "那个", "嗯", "就是", "⼰", "㍿", "㍻", "和", "河", "你", "泥", "说", "是", "不", "己", "里", "个", "那", "行", "*", "＊", "，",
                                          "䷀", " ", "\n", "喂", "a", "会", "社", "没", "办", "𠀾", "\xF0\xA0", "\u200b" };
    bench b = { 0 };
    size_t by_sound = 0, total = 0;
    int rounds = check_rounds(heard ? 3000 : 2000);
    set_up(&b, seed);
    for (size_t i = 0; i < JY__COUNT(words); i++)
        add_phrase(&b.phrases, words[i], heard && i % 4 ? SOUND_TOO : ALL_FOLDS);
    make_matcher(&b);
    for (int round = 0; round < rounds; round++) {
        size_t bounds[4], bound_count;
        uint32_t kinds = 5 + roll(&b.dice, JY__COUNT(pieces) - 4);
        jy__text_clear(&b.text);
        for (uint32_t parts = 1 + roll(&b.dice, round % 8 ? 3 : 12); parts > 0; parts--) {
            const jy__literal *literal = &b.phrases.items[roll(&b.dice, (uint32_t)b.phrases.count)];
            uint32_t odd = roll(&b.dice, 2 * literal->count);
            for (uint32_t i = 0, length; i < literal->count; i++) {
                uint32_t spelled = roll(&b.dice, 2) ? spelling(literal, i, &length) : 0;
                if (spelled) {
                    jy__text_cp(&b.text, spelled);
                    i += length - 1;
                } else {
                    jy__text_cp(&b.text, i == odd || roll(&b.dice, 6) == 0 ? outside(&b.dice, literal->symbols[i]) : literal->symbols[i]);
                }
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
    ck_assert(!heard || by_sound > (size_t)rounds / 16);
    ck_assert_uint_gt(total, (size_t)rounds / 2);
    tear_down(&b);
}

START_TEST(test_match__engines_agree_around_characters_outside_the_stream)
{
    compare_outside(true, 20);
    compare_outside(false, 25);
}
END_TEST

CHECK_MAIN("match engines hostile", test_match__engines_agree_on_phrases_that_begin_others, test_match__engines_agree_on_what_is_said_again_and_again,
           test_match__engines_walk_once_what_leads_nowhere_behind_masks, test_match__engines_agree_on_what_leads_nowhere_for_long,
           test_match__engines_agree_on_phrases_made_of_fillers,
           test_match__engines_agree_around_characters_outside_the_stream)
