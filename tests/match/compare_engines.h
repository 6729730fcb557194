/* match: what the tests of the engines share: a matcher, and how all engines are compared with the slow reference on one text after the other. */
#ifndef JY_TESTS_MATCH_COMPARE_ENGINES_H
#define JY_TESTS_MATCH_COMPARE_ENGINES_H

#include "../check_main.h"
#include "match/match_inside.h"
#include "match_texts.h"

static const char *const engine_names[] = { "scalar", "sse4.2", "avx2", "avx512", "avx512-buckets", "neon" };

typedef struct bench { jy__mem mem; jy__matcher *matcher; jy__match_scratch found, expected; jy__text text; dice dice; phrases phrases; } bench;

static inline void set_up(bench *b, uint64_t seed)
{
    b->mem = jy__mem_of(NULL);
    b->dice.state = seed;
    ck_assert_int_eq(jy__match_scratch_init(&b->found, &b->mem), JY_OK);
    ck_assert_int_eq(jy__match_scratch_init(&b->expected, &b->mem), JY_OK);
    jy__text_init(&b->text, &b->mem);
}

static inline void make_matcher(bench *b)
{
    ck_assert_int_eq(jy__matcher_new(&b->mem, b->phrases.items, b->phrases.count, &b->matcher), JY_OK);
}

static inline void set_up_with(bench *b, uint64_t seed, const char *const *list, size_t count)
{
    set_up(b, seed);
    for (size_t i = 0; i < count; i++)
        add_phrase(&b->phrases, list[i], ALL_FOLDS);
    make_matcher(b);
}

static inline void tear_down(bench *b)
{
    jy__matcher_free(b->matcher);
    jy__match_scratch_free(&b->found);
    jy__match_scratch_free(&b->expected);
    jy__text_free(&b->text);
}

static inline size_t count_line_ends(jy_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == '\n';
    return count;
}

/* Where the engine made a map of line ends. */
static inline void check_lines(jy_str text, const jy__match_scratch *found)
{
    for (size_t i = 0; found->lines_made && i < text.len; i++)
        if ((text.ptr[i] == '\n') != (found->lines[i / JY__LINES_BLOCK] >> i % JY__LINES_BLOCK & 1))
            ck_abort_msg("line end at %zu of %zu bytes: %d", i, text.len, text.ptr[i] == '\n');
}

static inline void compare_to_expected(bench *b, jy_str text, const size_t *bounds, size_t bound_count)
{
    static char found[8000], expected[8000];
    static uint64_t lines[JY__LINES_ROOM(1 << 20)];
    show(expected, sizeof(expected), &b->expected);
    for (size_t i = 0; i < JY__COUNT(engine_names); i++) {
        if (!jy__match_force(b->matcher, engine_names[i]))
            continue;
        b->found.lines = text.len % 2 && text.len <= 1 << 20 ? lines : NULL;
        ck_assert_int_eq(jy__match_scan(b->matcher, &b->found, text, bounds, bound_count), JY_OK);
        check_lines(text, &b->found);
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
static inline size_t compare_engines(bench *b, jy_str text, const jy__literal *literals, size_t count, const size_t *bounds, size_t bound_count)
{
    ck_assert_int_eq(jy__match_reference(literals, count, &b->expected, text, bounds, bound_count), JY_OK);
    compare_to_expected(b, text, bounds, bound_count);
    return b->expected.matches.count;
}

/* The text is given in a block of its own size, so that a sanitizer sees any byte read behind it. */
static inline void compare(bench *b, const size_t *bounds, size_t bound_count)
{
    char *copy = malloc(b->text.len ? b->text.len : 1);
    if (b->text.len)
        memcpy(copy, b->text.ptr, b->text.len);
    compare_engines(b, (jy_str){ copy, b->text.len }, b->phrases.items, b->phrases.count, bounds, bound_count);
    free(copy);
}

static inline void add_usual(phrases *list, uint32_t folds)
{
    static const char *const usual[] = { "你是谁", "不知道", "没办法", "我不管", "不不知道", "你是你是谁", "没啊", "那个人", "就是说不", "不管", "管不着",
                                         "啊不是", "他妈的他", "听不清你讲话", "不!知道", "谁叫你打错了!你" };
    for (size_t i = 0; i < JY__COUNT(usual); i++)
        add_phrase(list, usual[i], folds);
}

static inline size_t draw_bounds(bench *b, size_t bounds[4])
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

static inline void compare_many(bench *b, int all, uint32_t most_pieces)
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
static inline size_t count_with(const bench *b, int fold)
{
    size_t count = 0;
    for (size_t i = 0; i < b->expected.matches.count; i++)
        count += b->expected.matches.items[i].count[fold] > 0;
    return count;
}

static inline void add_made(bench *b, size_t upto, uint32_t folds)
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

/* Other characters with the same readings, several for one and the other way round: of a symbol itself, or one of those. */
static inline void put_alike(dice *from, jy__text *text, uint32_t symbol)
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
static inline void draw_utterance(bench *b, bool heard)
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

static inline void compare_utterances(bench *b, int all, bool heard)
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

static const char *const utterance_phrases[] = { "重行长", "长乐了", "得的地", "还会是", "会不会", "还给行长", "天星航", "是那个长" };

static inline void add_heard(bench *b)
{
    for (size_t i = 0; i < JY__COUNT(utterance_phrases); i++)
        add_phrase(&b->phrases, utterance_phrases[i], SOUND_TOO);
}

/* By sound, what comes between the three classes of a key: fillers, what was just said again (also by another reading of a character with
 * several), and other characters with the same readings. */
static inline void put_heard(dice *from, jy__text *text, const jy__literal *literal)
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

/* One filler in a phrase that is only heard, and nothing else that is like one. */
static inline void compare_each_filler(bench *b)
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

#endif
