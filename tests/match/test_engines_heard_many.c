/* match: every engine against the slow reference where very many phrases are heard, or very much of a text may be one. */
#include "compare_engines.h"

/* A symbol that sounds like nothing that utterances are made of. */
static bool sounds_apart(uint32_t symbol)
{
    static const char used[] = "部布步众种充崇虫航杭星性兴行常尝涨掌长乐勒料越月德地得的底星航幸海环孩换还快回惠会事师四时是己及几给嗯啊那个就是说怎么呢这天谁好重了拿不知道办";
    uint16_t own[JY__SOUND_MOST], other[JY__SOUND_MOST];
    const char *p = used, *end = used + sizeof(used) - 1;
    size_t own_count = jy__fold_sounds(symbol, own);
    while (p < end) {
        bool valid;
        size_t other_count = jy__fold_sounds(jy__fold_one(jy__utf8_next(&p, end, &valid)), other);
        for (size_t i = 0; i < own_count; i++)
            for (size_t k = 0; k < other_count; k++)
                if (jy__fold_sound_class(own[i]) == jy__fold_sound_class(other[k]))
                    return false;
    }
    return own_count > 0;
}

#define HEARD_CROWD 4000u /* so many more by sound, none of which any of the texts has */

/* The table of what is heard is full then: what the same byte says again is asked in another way. The reference needs only the phrases that the texts
 * have. */
static void make_crowd(bench *b, uint32_t crowd)
{
    static uint32_t symbols[HEARD_CROWD][3], apart[0x5200];
    static jy__literal all[HEARD_CROWD + 256];
    uint32_t count = 0;
    for (uint32_t cp = 0x4E00; cp < 0xA000; cp++)
        if (jy__fold_one(cp) == cp && sounds_apart(cp))
            apart[count++] = cp;
    ck_assert_uint_gt(count, 1000);
    memcpy(all, b->phrases.items, b->phrases.count * sizeof(*all));
    for (uint32_t i = 0; i < crowd; i++) {
        for (uint32_t k = 0; k < 3; k++)
            symbols[i][k] = apart[roll(&b->dice, count)];
        all[b->phrases.count + i] = (jy__literal){ symbols[i], NULL, 3, SOUND_TOO };
    }
    ck_assert_int_eq(jy__matcher_new(&b->mem, all, b->phrases.count + crowd, &b->matcher), JY_OK);
}

static void compare_full(bench *b, bool pairs)
{
    add_heard(b);
    if (pairs)
        add_phrase(&b->phrases, "行重", SOUND_TOO);
    make_crowd(b, HEARD_CROWD);
    compare_each_filler(b);
    compare_utterances(b, 1000, true);
}

START_TEST(test_match__engines_agree_on_short_utterances_with_very_many_that_are_heard)
{
    for (int pairs = 0; pairs < 2; pairs++) {
        bench b = { 0 };
        set_up(&b, 18);
        compare_full(&b, pairs);
        tear_down(&b);
    }
}
END_TEST

/* Phrases by sound, the first of them such as the texts have. How many there are, and how common what sounds so is, decides by what they are looked for. */
#define HEARD_LENGTH 3
#define HEARD_MOST 9000u
typedef struct heard_list { jy__literal items[HEARD_MOST]; uint32_t symbols[HEARD_MOST][HEARD_LENGTH]; } heard_list;

static void make_heard(bench *b, heard_list *list, uint32_t count, enum jy__sound_way way)
{
    static const char *const heard[] = { "不知道", "重行长", "长乐了", "得的地", "还会是", "行长会", "会不会", "还给行", "天星航",
                                         "给还行长会的", "办不知道天", "星还会是长", "了会不会乐" };
    for (size_t i = 0; i < JY__COUNT(heard); i++)
        add_phrase(&b->phrases, heard[i], SOUND_TOO);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < HEARD_LENGTH; k++)
            do
                list->symbols[i][k] = jy__fold_one(0x4E00 + roll(&b->dice, 6000));
            while (way == JY__BY_TRIPLES && jy__fold_commonness(list->symbols[i][k]) < 170);
        list->items[i] = i < b->phrases.count ? b->phrases.items[i] : (jy__literal){ list->symbols[i], NULL, HEARD_LENGTH, SOUND_TOO };
    }
    ck_assert_int_eq(jy__matcher_new(&b->mem, list->items, count, &b->matcher), JY_OK);
    ck_assert_int_eq(b->matcher->sound_keys.way, way);
}

/* Codes that sound like nothing and are no phrase's: the reference, which is slow, needs not to see them. */
static void put_silent(bench *b, uint32_t count)
{
    while (count-- > 0)
        jy__text_cp(&b->text, 0x9FA8 + roll(&b->dice, 8));
}

static void compare_behind(bench *b, size_t lead, const jy__literal *literals, size_t count)
{
    jy_str text = { b->text.ptr, b->text.len };
    ck_assert_int_eq(jy__match_reference(literals, count, &b->expected, (jy_str){ text.ptr + lead, text.len - lead }, NULL, 0), JY_OK);
    for (size_t i = 0; i < b->expected.matches.count; i++) {
        b->expected.matches.items[i].begin += lead;
    }
    compare_to_expected(b, text, NULL, 0);
}

/* At all places of a row of codes and around its end, or the end of a chunk: what comes of codes side by side, and behind fillers. */
static void compare_rows_heard(uint32_t count, enum jy__sound_way way, uint64_t seed, int all, bool chunk)
{
    static heard_list list;
    size_t by_sound = 0;
    int rounds = check_rounds(all);
    bench b = { 0 };
    set_up(&b, seed);
    make_heard(&b, &list, count, way);
    for (int round = 0; round < rounds; round++) {
        size_t lead;
        jy__text_clear(&b.text);
        put_silent(&b, chunk ? 5461 - roll(&b.dice, 60) : roll(&b.dice, 140));
        lead = b.text.len;
        for (int pieces = 0; pieces < 2; pieces++)
            put_heard(&b.dice, &b.text, &list.items[roll(&b.dice, (uint32_t)b.phrases.count)]);
        put_silent(&b, chunk ? 40 : 0);
        compare_behind(&b, lead, list.items, count);
        by_sound += count_with(&b, JY_FOLD_SOUND);
    }
    ck_assert_uint_gt(by_sound, (size_t)rounds / 4);
    tear_down(&b);
}

/* Hardly anything but fillers and the symbols that they have, so many that where they lead is found of all codes at once; there are phrases in them. */
static void put_fillers(bench *b, uint32_t count)
{
    static const char *const pieces[] = { "那个", "这个", "就是说", "嗯", "啊", "怎么说呢", "这个那个", "个", "是", "说", "那", "，", "天", "𠀀" };
    while (count-- > 0) {
        const jy__literal *literal = &b->phrases.items[roll(&b->dice, (uint32_t)b->phrases.count)];
        bool phrase = roll(&b->dice, 12) == 0;
        for (uint32_t i = 0; phrase && i < literal->count; i++) {
            put_alike(&b->dice, &b->text, literal->symbols[i]);
            for (uint32_t fillers = roll(&b->dice, 5); fillers > 1; fillers--)
                jy__text_c(&b->text, pieces[roll(&b->dice, 7)]);
        }
        jy__text_c(&b->text, pieces[roll(&b->dice, roll(&b->dice, 4) ? 7 : JY__COUNT(pieces))]);
    }
}

/* They begin where the text does, or near the end of a chunk. */
static void compare_filled(bench *b, int all)
{
    size_t by_sound = 0, filled = 0;
    int rounds = check_rounds(all);
    for (int round = 0; round < rounds; round++) {
        size_t lead;
        jy__text_clear(&b->text);
        put_silent(b, round % 2 ? 4500 + roll(&b->dice, 30) : 0);
        lead = b->text.len;
        put_fillers(b, 600);
        compare_behind(b, lead, b->phrases.items, b->phrases.count);
        by_sound += count_with(b, JY_FOLD_SOUND);
        filled += count_with(b, JY_FOLD_FILLERS);
    }
    ck_assert_uint_gt(by_sound, (size_t)rounds);
    ck_assert_uint_gt(filled, (size_t)rounds);
}

START_TEST(test_match__engines_agree_on_very_many_fillers)
{
    static const char *const own[] = { "个是这说", "是说那", "会个那是", "天那个说" };
    for (uint32_t crowd = 1500; crowd <= HEARD_CROWD; crowd += HEARD_CROWD - 1500) {
        bench b = { 0 };
        set_up(&b, 48);
        add_heard(&b);
        for (size_t i = 0; i < JY__COUNT(own); i++)
            add_phrase(&b.phrases, own[i], SOUND_TOO);
        if (crowd == HEARD_CROWD)
            add_phrase(&b.phrases, "行重", SOUND_TOO); /* a key of two classes */
        make_crowd(&b, crowd);
        ck_assert_int_ne(b.matcher->sound_keys.way, JY__BY_BUCKETS);
        compare_filled(&b, 30);
        tear_down(&b);
    }
}
END_TEST

/* So many phrases by sound that the engine asks what stands between their characters of all at once: what may be skipped, what ends a sentence or a line, and
 * letters and digits, which may be of a phrase. */
static void put_parted(bench *b, uint32_t count)
{
    static const char *const between[] = { "，", ",", " ", "、", "·", "~", "\xC2\xAD", "嗯", "那个", "；", "：", "!", "?", "。", "！", "？", "\n", "a", "Z", "7", "０", "ａ", "\xFF" };
    while (count-- > 0) {
        const jy__literal *literal = &b->phrases.items[roll(&b->dice, (uint32_t)b->phrases.count)];
        for (uint32_t i = 0; i < literal->count; i++) {
            put_alike(&b->dice, &b->text, literal->symbols[i]);
            if (roll(&b->dice, 5) == 0)
                jy__text_c(&b->text, between[roll(&b->dice, JY__COUNT(between))]);
        }
    }
}

START_TEST(test_match__engines_agree_on_what_parts_many_that_are_heard)
{
    static const char *const own[] = { "会行长a乐", "a行长会", "行长会7了", "天航星星乐" };
    for (uint32_t crowd = 0; crowd <= HEARD_CROWD; crowd += HEARD_CROWD / 2) {
        size_t by_sound = 0, gaps = 0;
        bench b = { 0 };
        int rounds = check_rounds(12);
        set_up(&b, 91 + crowd);
        add_heard(&b);
        for (size_t i = 0; i < JY__COUNT(own); i++)
            add_phrase(&b.phrases, own[i], SOUND_TOO);
        make_crowd(&b, crowd);
        for (int round = 0; round < rounds; round++) {
            jy__text_clear(&b.text);
            put_parted(&b, 400);
            compare_behind(&b, 0, b.phrases.items, b.phrases.count);
            by_sound += count_with(&b, JY_FOLD_SOUND);
            gaps += count_with(&b, JY_FOLD_GAPS);
        }
        ck_assert_uint_gt(by_sound, 100 * (size_t)rounds);
        ck_assert_uint_gt(gaps, 10 * (size_t)rounds);
        tear_down(&b);
    }
}
END_TEST

static void put_some(bench *b, uint32_t count, const char *const *pieces, uint32_t kinds)
{
    while (count-- > 0)
        jy__text_c(&b->text, pieces[roll(&b->dice, kinds)]);
}

/* Text that says few symbols again and again has keys of phrases, and what else these have nowhere; but one of them stands there, around the end of the
 * first chunk, the next or the one behind, or amid them, stretched by fillers and by what is said again. The reference sees what may be part of that, and nothing else is to be found. */
#define NEAR (3 * 700)
#define HALF_CHUNK (JY__CHUNK / 6) /* codes */
START_TEST(test_match__engines_agree_on_text_of_few_symbols)
{
    static const char *const heard[] = { "听不清你讲话", "听不清楚了", "不清听会", "清听不会", "听你讲话楚乐星会", "会楚星乐话讲你听", "你讲会星乐楚" };
    static const char *const fillers[] = { "这个那个", "怎么说呢", "怎么讲呢" };
    static const char *const few[] = { "听", "不", "清", "听不", "清听", "不听" }, *const filled[] = { "听", "不清", "那个", "就是", "听不", "清" };
    bench b = { 0 };
    size_t by_sound = 0;
    int rounds = check_rounds(150);
    set_up(&b, 50);
    for (size_t i = 0; i < JY__COUNT(heard); i++)
        add_phrase(&b.phrases, heard[i], SOUND_TOO);
    make_crowd(&b, 1500);
    for (int round = 0; round < rounds; round++) {
        const jy__literal *literal = &b.phrases.items[roll(&b.dice, 2) ? roll(&b.dice, (uint32_t)b.phrases.count) : b.phrases.count - 1u - roll(&b.dice, 3)];
        const char *const *pieces = round % 2 ? filled : few;
        size_t lead;
        jy__text_clear(&b.text);
        for (size_t length = 3 * (5370 + HALF_CHUNK * roll(&b.dice, 4) + roll(&b.dice, 100)); b.text.len < length;)
            put_some(&b, 1, pieces, JY__COUNT(few));
        lead = b.text.len - NEAR;
        for (uint32_t i = 0; i < literal->count; i++) {
            for (uint32_t times = 1 + (roll(&b.dice, 3) == 0); times > 0; times--)
                put_alike(&b.dice, &b.text, literal->symbols[i]);
            put_some(&b, i + 1 < literal->count ? 3 - roll(&b.dice, 3) * (round % 3 == 0) : 0, fillers, JY__COUNT(fillers));
        }
        put_some(&b, 400, pieces, JY__COUNT(few));
        compare_behind(&b, lead, b.phrases.items, b.phrases.count);
        by_sound += count_with(&b, JY_FOLD_SOUND);
    }
    ck_assert_uint_gt(by_sound, (size_t)rounds / 4);
    tear_down(&b);
}
END_TEST

START_TEST(test_match__engines_agree_on_few_and_more_that_are_heard)
{
    compare_rows_heard(20, JY__BY_BUCKETS, 41, 3000, false);
    compare_rows_heard(20, JY__BY_BUCKETS, 43, 2000, true);
    compare_rows_heard(1000, JY__BY_BEGINS, 42, 150, false);
}
END_TEST

/* So many phrases by sound that the table of what is heard is full: what is said again by the same byte is then found in another way. */
static void compare_full_heard(uint32_t count, enum jy__sound_way way, uint64_t seed)
{
    static heard_list list;
    size_t by_sound = 0;
    bench b = { 0 };
    set_up(&b, seed);
    make_heard(&b, &list, count, way);
    ck_assert(b.matcher->sound_keys.full);
    for (size_t round = 0; round < 40; round++) {
        const jy__literal *literal = &list.items[round % b.phrases.count];
        size_t lead;
        jy__text_clear(&b.text);
        put_silent(&b, 60);
        lead = b.text.len;
        put_heard(&b.dice, &b.text, &list.items[roll(&b.dice, count)]);
        for (uint32_t k = 0; k < 4; k++) /* the second symbol twice: as it is, or as it sounds */
            if (round % 2 && (k == 1 || k == 2))
                jy__text_cp(&b.text, literal->symbols[1]);
            else
                put_alike(&b.dice, &b.text, literal->symbols[k < 2 ? k : k - 1]);
        jy__text_c(&b.text, "，");
        put_heard(&b.dice, &b.text, literal);
        compare_behind(&b, lead, list.items, count);
        by_sound += count_with(&b, JY_FOLD_SOUND);
    }
    ck_assert_uint_gt(by_sound, 16);
    tear_down(&b);
}

START_TEST(test_match__engines_agree_on_very_many_that_are_heard)
{
    compare_full_heard(4000, JY__BY_BEGINS, 22);
    compare_full_heard(HEARD_MOST, JY__BY_TRIPLES, 21);
}
END_TEST

/* Neither by whole bytes nor by half bytes: each would be looked at one by one. */
START_TEST(test_match__what_talk_is_punctuated_with_is_not_rare)
{
    static const char marks[] = "。，、！？：；“”…—《》";
    bench b = { 0 };
    set_up(&b, 61);
    add_made(&b, 180, SOUND_TOO);
    make_matcher(&b);
    const jy__filter *filter = &b.matcher->filter;
    const uint8_t (*half)[16] = filter->nibbles.rare;
    ck_assert(filter->has_sound);
    for (const uint8_t *s = (const uint8_t *)marks; *s; s += 3) {
        ck_assert_uint_eq(filter->rare_lead[s[0] & 63] & filter->rare_second[s[1] & 63] & filter->rare_third[s[2] & 63], 0);
        ck_assert_uint_eq(half[0][s[0] & 15] & half[1][s[1] >> 2 & 15] & half[2][s[2] >> 2 & 15], 0);
    }
    tear_down(&b);
}
END_TEST

CHECK_MAIN("match engines heard many", test_match__engines_agree_on_short_utterances_with_very_many_that_are_heard,
           test_match__engines_agree_on_very_many_fillers, test_match__engines_agree_on_what_parts_many_that_are_heard, test_match__engines_agree_on_text_of_few_symbols,
           test_match__engines_agree_on_few_and_more_that_are_heard, test_match__engines_agree_on_very_many_that_are_heard,
           test_match__what_talk_is_punctuated_with_is_not_rare)
