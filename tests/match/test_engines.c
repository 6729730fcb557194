/* match: every engine against the slow reference, on random texts of the hard cases. */
#include "../check_main.h"
#include "match/match_inside.h"
#include "match_texts.h"
#include <sys/mman.h>
#include <unistd.h>

static const char *const engine_names[] = { "scalar", "sse4.2", "avx2", "avx512", "neon" };

typedef struct bench { jy__mem mem; jy__matcher *matcher; jy__match_scratch found, expected; jy__text text; dice dice; phrases phrases; } bench;

static void set_up(bench *b, uint64_t seed)
{
    b->mem = jy__mem_of(NULL);
    b->dice.state = seed;
    ck_assert_int_eq(jy__match_scratch_init(&b->found, &b->mem), JY_OK);
    ck_assert_int_eq(jy__match_scratch_init(&b->expected, &b->mem), JY_OK);
    jy__text_init(&b->text, &b->mem);
}

static void make_matcher(bench *b)
{
    ck_assert_int_eq(jy__matcher_new(&b->mem, b->phrases.items, b->phrases.count, &b->matcher), JY_OK);
}

static void tear_down(bench *b)
{
    jy__matcher_free(b->matcher);
    jy__match_scratch_free(&b->found);
    jy__match_scratch_free(&b->expected);
    jy__text_free(&b->text);
}

static size_t count_line_ends(jy_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == '\n';
    return count;
}

static void compare_to_expected(bench *b, jy_str text, const size_t *bounds, size_t bound_count)
{
    static char found[8000], expected[8000];
    show(expected, sizeof(expected), &b->expected);
    for (size_t i = 0; i < JY__COUNT(engine_names); i++) {
        if (!jy__match_force(b->matcher, engine_names[i]))
            continue;
        ck_assert_int_eq(jy__match_scan(b->matcher, &b->found, text, bounds, bound_count), JY_OK);
        ck_assert(b->found.line_ends == SIZE_MAX || b->found.line_ends == count_line_ends(text));
        if (same_matches(&b->found, &b->expected))
            continue;
        show(found, sizeof(found), &b->found);
        fprintf(stderr, "# text: %.*s\n", (int)text.len, text.ptr);
        ck_abort_msg("%s: found %s expected %s bad %zu at %zu, expected %zu at %zu", engine_names[i], found, expected,
                     b->found.bad_bytes, b->found.first_bad, b->expected.bad_bytes, b->expected.first_bad);
    }
}

/* Returns the number of matches. */
static size_t compare_engines(bench *b, jy_str text, const jy__literal *literals, size_t count, const size_t *bounds, size_t bound_count)
{
    ck_assert_int_eq(jy__match_reference(literals, count, &b->expected, text, bounds, bound_count), JY_OK);
    compare_to_expected(b, text, bounds, bound_count);
    return b->expected.matches.count;
}

/* The text is given in a block of its own size, so that a sanitizer sees any byte read behind it. */
static void compare(bench *b, const size_t *bounds, size_t bound_count)
{
    char *copy = malloc(b->text.len ? b->text.len : 1);
    if (b->text.len)
        memcpy(copy, b->text.ptr, b->text.len);
    compare_engines(b, (jy_str){ copy, b->text.len }, b->phrases.items, b->phrases.count, bounds, bound_count);
    free(copy);
}

static void add_usual(phrases *list, uint32_t folds)
{
    static const char *const usual[] = { "你是谁", "不知道", "没办法", "我不管", "不不知道", "你是你是谁", "没啊", "那个人", "就是说不", "不管", "管不着",
                                         "啊不是", "他妈的他", "听不清你讲话", "不!知道", "谁叫你打错了!你" };
    for (size_t i = 0; i < JY__COUNT(usual); i++)
        add_phrase(list, usual[i], folds);
}

static size_t draw_bounds(bench *b, size_t bounds[4])
{
    size_t count = roll(&b->dice, 5);
    for (size_t i = 0; i < count; i++) {
        bounds[i] = b->text.len ? roll(&b->dice, (uint32_t)b->text.len) : 0;
        for (size_t k = i; k > 0 && bounds[k] < bounds[k - 1]; k--) {
            size_t swap = bounds[k];
            bounds[k] = bounds[k - 1];
            bounds[k - 1] = swap;
        }
    }
    return count;
}

static void compare_many(bench *b, int all, uint32_t most_pieces)
{
    size_t total = 0;
    int rounds = check_rounds(all);
    for (int round = 0; round < rounds; round++) {
        size_t bounds[4], bound_count;
        random_text(&b->dice, &b->phrases, 1 + roll(&b->dice, most_pieces), &b->text);
        bound_count = draw_bounds(b, bounds);
        compare(b, round % 3 ? NULL : bounds, round % 3 ? 0 : bound_count);
        total += b->expected.matches.count;
    }
    ck_assert_uint_gt(total, (size_t)rounds / 8); /* the texts do contain matches */
}

/* Of the matches that were compared last those that need the fold. */
static size_t count_with(const bench *b, int fold)
{
    size_t count = 0;
    for (size_t i = 0; i < b->expected.matches.count; i++)
        count += b->expected.matches.items[i].count[fold] > 0;
    return count;
}

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
    set_up(&b, seed);
    for (size_t i = 0; i < count; i++)
        add_phrase(&b.phrases, list[i], ALL_FOLDS);
    make_matcher(&b);
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

/* What stands behind two letters is looked at before their forms are. */
START_TEST(test_match__engines_agree_on_letters)
{
    static const char *const letters[] = { "120", "12306", "1024", "vip", "vips", "ok了", "q币", "wtf", "sb", "aab", "aba", "5g套餐", "3v3v", "12是20", "你v我50" };
    agree_on(31, letters, JY__COUNT(letters), 3000);
}
END_TEST

static void add_made(bench *b, size_t upto, uint32_t folds)
{
    char phrase[64];
    while (b->phrases.count < upto) {
        static const char letters[] = "你我他不没是管谁知道办法的说好人来去在有这那个就嗯啊么什大声点讲话";
        size_t length = 2 + roll(&b->dice, 6), at = 0;
        for (size_t i = 0; i < length; i++) {
            memcpy(phrase + at, letters + 3 * roll(&b->dice, (sizeof(letters) - 1) / 3), 3);
            at += 3;
        }
        phrase[at] = 0;
        add_phrase(&b->phrases, phrase, folds);
    }
}

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

/* Other characters with the same readings, several for one and the other way round: of a symbol itself, or one of those. */
static void put_alike(dice *from, jy__text *text, uint32_t symbol)
{
    static const char *const alike[][2] = { { "不知道办", "部布步" }, { "重虫", "众种充崇" }, { "行", "航杭星性" }, { "长", "常尝涨掌" }, { "乐了", "了乐勒料越月" },
                                            { "的得", "得德地的底" }, { "星航", "行幸杭" }, { "还", "海环孩换" }, { "会", "快回惠" }, { "是", "时事师四" }, { "给", "⼰己及几" } };
    char own[5] = { 0 };
    jy__utf8_put(symbol, own);
    for (size_t k = 0; k < JY__COUNT(alike); k++) {
        const char *others = alike[k][1], *end = others + strlen(others);
        uint32_t skip = roll(from, 5), cp = 0;
        bool valid;
        for (uint32_t n = 0; strstr(alike[k][0], own) && others < end && n <= skip; n++)
            cp = jy__utf8_next(&others, end, &valid);
        if (cp && roll(from, 3))
            jy__utf8_put(cp, memset(own, 0, sizeof(own)));
    }
    jy__text_c(text, own);
}

/* A short text of plain characters only, without a rare or an ASCII one of a key: phrases (heard: also what sounds so), their parts, fillers and what
 * was just said again. */
static void draw_utterance(bench *b, bool heard)
{
    static const char *const between[] = { "", "", "", "", "", "", "嗯", "啊", "那个", "就是说", "怎么说呢", "嗯那个", "就是啊", "这", "个", "，", " ", "；", "天", "谁", "\n", "𠀀" };
    static const char *const behind[] = { "天", "好", "，", "个", "\n", "", "" };
    jy__text_clear(&b->text);
    for (uint32_t pieces = 1 + roll(&b->dice, 4); pieces > 0 && b->text.len < 100; pieces--) {
        const jy__literal *literal = &b->phrases.items[roll(&b->dice, (uint32_t)b->phrases.count)];
        uint32_t from = roll(&b->dice, 4) ? 0 : roll(&b->dice, literal->count), again = roll(&b->dice, 4 * literal->count);
        for (uint32_t i = from; i < literal->count; i++) {
            for (uint32_t times = 1 + (i == again); times > 0; times--)
                if (heard)
                    put_alike(&b->dice, &b->text, literal->symbols[i]);
                else
                    jy__text_cp(&b->text, literal->symbols[i]);
            if (i + 1 < literal->count)
                jy__text_c(&b->text, between[roll(&b->dice, JY__COUNT(between) - (roll(&b->dice, 20) != 0))]);
        }
        jy__text_c(&b->text, behind[roll(&b->dice, JY__COUNT(behind))]);
    }
}

static void compare_utterances(bench *b, int all, bool heard)
{
    size_t total = 0;
    int rounds = check_rounds(all);
    for (int round = 0; round < rounds; round++) {
        draw_utterance(b, heard);
        compare(b, NULL, 0);
        total += heard ? count_with(b, JY_FOLD_SOUND) : b->expected.matches.count;
    }
    ck_assert_uint_gt(total, (size_t)rounds / 4);
}

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

static const char *const utterance_phrases[] = { "重行长", "长乐了", "得的地", "还会是", "会不会", "还给行长", "天星航", "是那个长" };

static void add_heard(bench *b)
{
    for (size_t i = 0; i < JY__COUNT(utterance_phrases); i++)
        add_phrase(&b->phrases, utterance_phrases[i], SOUND_TOO);
}

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
static void compare_full(bench *b, bool pairs)
{
    static uint32_t symbols[HEARD_CROWD][3], apart[0x5200];
    static jy__literal all[HEARD_CROWD + 256];
    uint32_t count = 0;
    for (uint32_t cp = 0x4E00; cp < 0xA000; cp++)
        if (jy__fold_one(cp) == cp && sounds_apart(cp))
            apart[count++] = cp;
    ck_assert_uint_gt(count, 1000);
    add_heard(b);
    if (pairs)
        add_phrase(&b->phrases, "行重", SOUND_TOO);
    memcpy(all, b->phrases.items, b->phrases.count * sizeof(*all));
    for (uint32_t i = 0; i < HEARD_CROWD; i++) {
        for (uint32_t k = 0; k < 3; k++)
            symbols[i][k] = apart[roll(&b->dice, count)];
        all[b->phrases.count + i] = (jy__literal){ symbols[i], NULL, 3, SOUND_TOO };
    }
    ck_assert_int_eq(jy__matcher_new(&b->mem, all, b->phrases.count + HEARD_CROWD, &b->matcher), JY_OK);
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

/* By sound, what comes between the three classes of a key: fillers, what was just said again (also by another reading of a character with
 * several), and other characters with the same readings. */
static void put_heard(dice *from, jy__text *text, const jy__literal *literal)
{
    static const char *const between[] = { "嗯", "啊", "那个", "这个", "就是说", "怎么说呢", "那個", " ", "，", "\u200b", "嗯啊那个", "就", "*",
                                          "嗯嗯", "就是说那个" };
    for (uint32_t i = 0; i < literal->count; i++) {
        put_alike(from, text, literal->symbols[i]);
        if (roll(from, 3) == 0)
            jy__text_c(text, between[roll(from, JY__COUNT(between))]);
        if (roll(from, 5) == 0)
            i -= roll(from, i + 1 < 3 ? i + 1 : 3);
    }
}

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

static void compare_once(const char *const *heard, size_t count, uint64_t seed)
{
    bench b = { 0 };
    size_t by_sound = 0;
    int rounds = check_rounds(3000);
    set_up(&b, seed);
    for (size_t i = 0; i < count; i++)
        add_phrase(&b.phrases, heard[i], i % 4 == 3 ? SOUND_TOO & ~(1u << JY_FOLD_GAPS) : SOUND_TOO);
    make_matcher(&b);
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
    set_up(&b, seed);
    for (size_t i = 0; i < count; i++)
        add_phrase(&b.phrases, heard[i], i % 4 == 3 ? SOUND_TOO & ~(1u << JY_FOLD_GAPS) : SOUND_TOO);
    make_matcher(&b);
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
                                          " ", "\n", "喂", "a", "会", "社", "没", "办", "𠀾", "\xF0\xA0", "\u200b" };
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
            while (way == JY__BY_TRIPLES && jy__fold_commonness(list->symbols[i][k]) < 160);
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

CHECK_MAIN("match engines", test_match__engines_agree_where_a_filler_looks_like_the_form, test_match__engines_agree_on_han, test_match__engines_agree_on_single_latin_and_marks, test_match__engines_agree_on_letters,
           test_match__engines_agree_on_many_forms, test_match__engines_agree_on_very_many_forms,
           test_match__engines_agree_on_few_and_more_that_are_heard, test_match__engines_agree_on_very_many_that_are_heard, test_match__engines_stay_inside_the_text,
           test_match__engines_count_bad_bytes_at_borders,
           test_match__engines_agree_on_short_utterances_by_sound, test_match__engines_agree_on_short_utterances_with_very_many_that_are_heard,
           test_match__engines_stay_inside_an_utterance,
           test_match__engines_agree_on_short_utterances, test_match__engines_agree_on_short_utterances_with_very_many_forms,
           test_match__engines_agree_on_runs_of_masks,
           test_match__engines_agree_with_some_folds_only, test_match__engines_agree_by_sound,
           test_match__engines_agree_on_what_disturbs_a_key_by_sound,
           test_match__engines_agree_on_phrases_that_begin_others, test_match__engines_agree_on_phrases_that_are_only_heard,
           test_match__engines_agree_on_phrases_that_sound_like_themselves, test_match__engines_agree_on_phrases_that_stand_there_apart,
           test_match__engines_agree_on_what_is_said_again_and_again,
           test_match__engines_agree_on_what_leads_nowhere_for_long, test_match__engines_agree_on_phrases_made_of_fillers,
           test_match__engines_agree_across_block_borders, test_match__engines_agree_where_phrases_are_crowded,
           test_match__engines_agree_on_phrases_that_begin_alike,
           test_match__engines_agree_where_a_chunk_is_full_of_short_phrases, test_match__engines_agree_where_a_chunk_is_full_of_fillers,
           test_match__engines_agree_around_characters_outside_the_stream)
