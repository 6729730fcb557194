/* match: every engine against the slow reference where phrases are heard. */
#include "compare_engines.h"

/* One filler in a phrase that is only heard, and nothing else that is like one. */
static void compare_each_filler(bench *b)
{
    const uint32_t *symbols;
    size_t count, by_sound = 0, fillers = 0;
    for (; (symbols = jy__fold_filler_list(fillers, &count)) != NULL; fillers++)
        for (int gap = 0; gap < 2; gap++) {
            jy__text_clear(&b->text);
            jy__text_c(&b->text, gap ? "天众航" : "天众");
            for (size_t i = 0; i < count; i++)
                jy__text_cp(&b->text, symbols[i]);
            jy__text_c(&b->text, gap ? "常天" : "航常天");
            compare(b, NULL, 0);
            by_sound += count_with(b, JY_FOLD_SOUND);
        }
    ck_assert_uint_eq(by_sound, 2 * fillers);
}

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
        b->expected.matches.items[i].end += lead;
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

CHECK_MAIN("match engines by sound", test_match__engines_agree_on_text_of_few_symbols, test_match__what_talk_is_punctuated_with_is_not_rare,
           test_match__engines_agree_on_very_many_fillers, test_match__engines_agree_where_second_and_third_sound_alike,
           test_match__engines_agree_on_a_second_symbol_that_is_heard_again_and_again, test_match__engines_agree_on_few_and_more_that_are_heard,
           test_match__engines_agree_on_very_many_that_are_heard,
           test_match__engines_agree_on_short_utterances_by_sound, test_match__engines_agree_on_short_utterances_with_very_many_that_are_heard,
           test_match__engines_agree_by_sound, test_match__engines_agree_on_what_disturbs_a_key_by_sound,
           test_match__engines_agree_on_phrases_that_are_only_heard, test_match__engines_agree_on_phrases_that_sound_like_themselves,
           test_match__engines_agree_on_phrases_that_stand_there_apart, test_match__engines_agree_where_phrases_stand_and_others_are_heard,
           test_match__engines_agree_where_a_key_is_parted)
