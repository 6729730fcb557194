/* match: single cases written out, limits, memory. */
#include "../check_main.h"
#include "match_texts.h"
#include "match/match_limits.h"

typedef struct bench { jy__mem mem; jy__matcher *matcher; jy__match_scratch scratch; phrases phrases; } bench;

static void set_up(bench *b)
{
    b->mem = jy__mem_of(NULL);
    ck_assert_int_eq(jy__match_scratch_init(&b->scratch, &b->mem), JY_OK);
}

static void make_matcher(bench *b)
{
    ck_assert_int_eq(jy__matcher_new(&b->mem, b->phrases.items, b->phrases.count, &b->matcher), JY_OK);
}

static void scan(bench *b, jy_str text)
{
    ck_assert_int_eq(jy__match_scan(b->matcher, &b->scratch, text, NULL, 0), JY_OK);
}

static void tear_down(bench *b)
{
    jy__matcher_free(b->matcher);
    jy__match_scratch_free(&b->scratch);
}

/* The only match; fails when there is not exactly one. */
static jy__match one_match(const char *phrase, uint32_t folds, const char *text)
{
    bench b = { 0 };
    jy__match match;
    set_up(&b);
    add_phrase(&b.phrases, phrase, folds);
    make_matcher(&b);
    scan(&b, jy__str_of(text));
    ck_assert_msg(b.scratch.matches.count == 1, "%s in %s: %zu matches", phrase, text, b.scratch.matches.count);
    match = b.scratch.matches.items[0];
    tear_down(&b);
    return match;
}

static void no_match(const char *phrase, uint32_t folds, const char *text)
{
    bench b = { 0 };
    set_up(&b);
    add_phrase(&b.phrases, phrase, folds);
    make_matcher(&b);
    scan(&b, jy__str_of(text));
    ck_assert_msg(b.scratch.matches.count == 0, "%s in %s", phrase, text);
    tear_down(&b);
}

static void check_span(const char *phrase, const char *before, const char *inside, const char *after, int fold, unsigned count)
{
    char text[400];
    jy__match match;
    snprintf(text, sizeof(text), "%s%s%s", before, inside, after);
    match = one_match(phrase, SOUND_TOO, text);
    ck_assert_msg(match.begin == strlen(before) && jy__match_end(&match) == strlen(before) + strlen(inside), "%s in %s: [%zu,%zu)", phrase, text, match.begin, jy__match_end(&match));
    for (int i = 0; i < JY_FOLD_COUNT; i++)
        ck_assert_msg(match.count[i] == (i == fold ? count : 0), "%s in %s: fold %d %u", phrase, text, i, match.count[i]);
}

START_TEST(test_match__folds_are_counted_and_spans_are_original)
{
    check_span("没办法", "真的", "没办法", "了", -1, 0);
    check_span("没办法", "真的", "沒辦法", "了", JY_FOLD_SCRIPT, 2);
    check_span("vip", "是", "ＶIp", "吗", JY_FOLD_WIDTH, 2);
    check_span("没办法", "真的", "没\u200b办法", "了", JY_FOLD_INVISIBLE, 1);
    check_span("没办法", "真的", "没 办，法", "了", JY_FOLD_GAPS, 2);
    check_span("vip", "是", "v\xE4ip", "吗", JY_FOLD_GAPS, 1); /* a byte that is no UTF-8 is a mark, though Han may begin so */
    check_span("没办法", "真的", "没那个办嗯法", "了", JY_FOLD_FILLERS, 2);
    check_span("没办法", "真的", "没没办法", "了", JY_FOLD_REPEATS, 1);
    check_span("没办法", "真的", "没办没办法", "了", JY_FOLD_REPEATS, 1);
    check_span("没办法", "真的", "没办办办法", "了", JY_FOLD_REPEATS, 2);
    check_span("你是谁", "那", "你你是谁", "", JY_FOLD_REPEATS, 1);
    check_span("喂", "", "喂", "？", -1, 0);
    check_span("不!知道", "", "不。知道", "", -1, 0);
    check_span("不!知道", "", "不知道", "", -1, 0);
}
END_TEST

/* U+F967 is 不 as well, but the stream of codes does not carry it. */
START_TEST(test_match__a_rare_variant_stands_before_a_long_gap)
{
    static const char *const rare[] = { "\xEF\xA5\xA7", "不" };
    for (size_t i = 0; i < JY__COUNT(rare); i++)
        for (unsigned marks = 0; marks <= 10; marks++) {
            char text[100];
            jy__match match;
            snprintf(text, sizeof(text), "%s%.*s知道", rare[i], (int)marks, ",,,,,,,,,,");
            match = one_match("不知道", SOUND_TOO, text);
            ck_assert(match.begin == 0 && jy__match_end(&match) == strlen(text) && match.count[JY_FOLD_GAPS] == marks);
        }
}
END_TEST

START_TEST(test_match__a_rare_variant_stands_in_a_filler)
{
    jy__match match = one_match("不知", SOUND_TOO & ~(1u << JY_FOLD_SOUND), "就不怎么\xEF\xA5\xAF知了"); /* U+F96F is 说 */
    ck_assert(match.begin == 3 && jy__match_end(&match) == 18 && match.count[JY_FOLD_FILLERS] == 1);
    match = one_match("不知说", SOUND_TOO & ~(1u << JY_FOLD_SOUND), "不知就是说\xEF\xA5\xAF"); /* the filler is 就是说, or 就是: then it would end sooner */
    ck_assert(match.begin == 0 && jy__match_end(&match) == 18);
}
END_TEST

START_TEST(test_match__what_is_no_match)
{
    no_match("没办法", SOUND_TOO, "没。办法");
    no_match("没办法", SOUND_TOO, "没\n办法");
    no_match("没办法", SOUND_TOO, "没有办法");
    no_match("没办法", SOUND_TOO, "没 , , , , , , 办法"); /* longer than a gap may be */
    no_match("没办法", SOUND_TOO & ~(1u << JY_FOLD_SCRIPT), "沒辦法");
    no_match("没办法", SOUND_TOO & ~(1u << JY_FOLD_GAPS), "没 办法");
    no_match("没办法", SOUND_TOO & ~(1u << JY_FOLD_FILLERS), "没嗯办法");
    no_match("没办法", SOUND_TOO & ~(1u << JY_FOLD_REPEATS), "没办没法");
    no_match("没办法", SOUND_TOO & ~(1u << JY_FOLD_INVISIBLE), "没\u200b办法");
    no_match("vip", SOUND_TOO & ~(1u << JY_FOLD_WIDTH), "ＶIP");
}
END_TEST

START_TEST(test_match__sound_has_a_confidence)
{
    jy__match match = one_match("没办法", SOUND_TOO, "真的梅办法了");
    ck_assert_uint_eq(match.count[JY_FOLD_SOUND], 1);
    ck_assert_int_eq(match.confidence, 95);
    match = one_match("不知道", SOUND_TOO, "不自道");
    ck_assert_int_eq(match.confidence, 88);
    no_match("没办法", ALL_FOLDS, "真的梅办法了");
}
END_TEST

START_TEST(test_match__masks_stand_for_as_many_symbols)
{
    check_span("没办法", "真", "没**", "了", JY_FOLD_MASKED, 2);
    check_span("没办法", "真", "没*法", "了", JY_FOLD_MASKED, 1);
    check_span("没办法", "真", "没办＊", "", JY_FOLD_MASKED, 1);
    check_span("没办法", "真", "没██", "了", JY_FOLD_MASKED, 2);
    check_span("没办法", "真", "没*办*法", "了", JY_FOLD_GAPS, 2);
    no_match("没办法", SOUND_TOO, "真没*了");
    no_match("没办法", SOUND_TOO, "真没***");
    no_match("没办法", SOUND_TOO, "**法");
    no_match("没办法", SOUND_TOO & ~(1u << JY_FOLD_MASKED), "没**");
    no_match("不管", SOUND_TOO, "不*"); /* too short to guess */
    check_span("×", "真", "×", "了", -1, 0); /* a phrase of its own */
    check_span("█", "不知道", "█", "", -1, 0);
}
END_TEST

/* The filter does not see the characters behind the phrase that say it again. */
START_TEST(test_match__the_longest_is_found_over_characters_of_other_blocks)
{
    jy__match match = one_match("人一人", ALL_FOLDS, "人一人⼀⼈好");
    ck_assert_uint_eq(match.begin, 0);
    ck_assert_uint_eq(jy__match_end(&match), 15);
    match = one_match("马一马", ALL_FOLDS, "馬一马⼀⾺好");
    ck_assert_uint_eq(jy__match_end(&match), 15);
}
END_TEST

/* There is one byte for each count. */
START_TEST(test_match__what_is_counted_often_is_so_often_or_more)
{
    const char *phrase = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地人你我他东南西北";
    char text[1024];
    size_t len = 0;
    for (const char *p = phrase; *p; p += 3)
        len += (size_t)snprintf(text + len, sizeof(text) - len, "%.3s%s", p, p[3] ? "          " : "");
    jy__match match = one_match(phrase, SOUND_TOO, text);
    ck_assert_uint_eq(jy__match_end(&match), len);
    ck_assert_uint_eq(match.count[JY_FOLD_GAPS], JY__MATCH_MOST_COUNT);
}
END_TEST

START_TEST(test_match__bounds_are_never_crossed)
{
    bench b = { 0 };
    size_t bounds[2] = { 6, 9 };
    set_up(&b);
    add_phrase(&b.phrases, "不知道", ALL_FOLDS);
    make_matcher(&b);
    ck_assert_int_eq(jy__match_scan(b.matcher, &b.scratch, JY__STR("不知道不知道"), bounds, 2), JY_OK);
    ck_assert_uint_eq(b.scratch.matches.count, 1);
    ck_assert_uint_eq(b.scratch.matches.items[0].begin, 9);
    tear_down(&b);
}
END_TEST

static void mark(uint64_t *marks, uint32_t symbol) { marks[jy__edge_mark(symbol) / 64] |= (uint64_t)1 << jy__edge_mark(symbol) % 64; }

/* How often the first phrase, 喂, is found: before it may stand 你, behind it 好. */
static size_t found_beside(const char *text, const size_t *bound, bool all)
{
    bench b = { 0 };
    jy__edges edges = { { 0 }, { 0 } };
    const jy__edges *each[2] = { &edges, NULL };
    size_t count = 0;
    set_up(&b);
    add_phrase(&b.phrases, "喂", ALL_FOLDS);
    add_phrase(&b.phrases, "谁", ALL_FOLDS);
    make_matcher(&b);
    mark(edges.before, 0x4F60);
    mark(edges.behind, 0x597D);
    ck_assert_int_eq(jy__matcher_set_edges(b.matcher, each), JY_OK);
    b.scratch.all = all;
    ck_assert_int_eq(jy__match_scan(b.matcher, &b.scratch, jy__str_of(text), bound, bound != NULL), JY_OK);
    for (size_t i = 0; i < b.scratch.matches.count; i++)
        count += b.scratch.matches.items[i].literal == 0;
    tear_down(&b);
    return count;
}

START_TEST(test_match__a_character_that_comes_to_nothing_is_passed_over)
{
    const size_t bound = 3;
    ck_assert_uint_eq(found_beside("喂养", NULL, false), 0);
    ck_assert_uint_eq(found_beside("投喂", NULL, false), 0);
    ck_assert_uint_eq(found_beside("投喂好", NULL, false), 0);
    ck_assert_uint_eq(found_beside("喂養,投喂。", NULL, false), 0);
    ck_assert_uint_eq(found_beside("喂养", NULL, true), 1);
    ck_assert_uint_eq(found_beside("投喂", NULL, true), 1);
    ck_assert_uint_eq(found_beside("喂", NULL, false), 1);
    ck_assert_uint_eq(found_beside("你喂好", NULL, false), 1);
    ck_assert_uint_eq(found_beside("喂喂", NULL, false), found_beside("喂喂", NULL, true));
    ck_assert_uint_eq(found_beside("a喂,养", NULL, false), 1);
    ck_assert_uint_eq(found_beside("养 喂か", NULL, false), 1);
    ck_assert_uint_eq(found_beside("喂养", &bound, false), 1); /* another text */
    ck_assert_uint_eq(found_beside("投喂", &bound, false), 1);
    ck_assert_uint_eq(found_beside("喂\xE5\x85", NULL, false), 1); /* half a character */
}
END_TEST

START_TEST(test_match__max_matches_cuts_and_says_where)
{
    bench b = { 0 };
    jy__text text;
    size_t all = 0, kept = 0;
    set_up(&b);
    add_phrase(&b.phrases, "不知道", ALL_FOLDS);
    make_matcher(&b);
    jy__text_init(&text, &b.mem);
    for (int i = 0; i < 20000; i++)
        jy__text_c(&text, "我们不知道呀");
    scan(&b, jy__text_view(&text));
    ck_assert_uint_eq(b.scratch.matches.count, 20000);
    ck_assert(!b.scratch.cut);
    b.scratch.max_matches = 5000;
    scan(&b, jy__text_view(&text));
    ck_assert(b.scratch.cut);
    ck_assert_uint_gt(b.scratch.cut_at, 0);
    for (size_t i = 0; i < b.scratch.matches.count; i++)
        kept += jy__match_end(&b.scratch.matches.items[i]) <= b.scratch.cut_at;
    for (size_t i = 0; i < 20000; i++)
        all += i * 18 + 15 <= b.scratch.cut_at;
    ck_assert_uint_eq(kept, all); /* whatever ends before cut_at is there */
    jy__text_free(&text);
    tear_down(&b);
}
END_TEST

/* ---- memory: the n-th allocation fails, for every n */

typedef struct stingy { size_t left, held; } stingy;

static void *stingy_realloc(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    stingy *s = ctx;
    void *grown;
    if (s->left == 0)
        return NULL;
    s->left--;
    grown = realloc(ptr, new_size);
    if (grown)
        s->held += new_size - (ptr ? old_size : 0);
    return grown;
}

static void stingy_free(void *ctx, void *ptr, size_t size)
{
    ((stingy *)ctx)->held -= size;
    free(ptr);
}

static int build_and_scan(const jy__mem *mem, const phrases *list)
{
    jy__matcher *matcher = NULL;
    jy__match_scratch scratch;
    int status = jy__match_scratch_init(&scratch, mem);
    if (status == JY_OK)
        status = jy__matcher_new(mem, list->items, list->count, &matcher);
    if (status == JY_OK)
        status = jy__match_scan(matcher, &scratch, JY__STR("嗯不知、不知道，没没办法，真的没有办法，没**"), NULL, 0);
    jy__matcher_free(matcher);
    jy__match_scratch_free(&scratch);
    return status;
}

static int build_and_run_patterns(const jy__mem *mem)
{
    jy__regexes *regexes = NULL;
    jy__regex_scratch *scratch = NULL;
    jy__regex_hits hits = { 0 };
    jy__regex_error error;
    uint32_t index;
    int status = jy__regexes_new(mem, true, &regexes);
    if (status == JY_OK)
        status = jy__regexes_add(regexes, JY__STR("沒.?办法"), ALL_FOLDS, 0, &index, &error);
    if (status == JY_OK)
        status = jy__regexes_seal(regexes);
    if (status == JY_OK)
        status = jy__regex_scratch_new(mem, &scratch);
    if (status == JY_OK)
        status = jy__regex_scan(regexes, scratch, JY__STR("真的没有办法"), 1000, 1000, &hits);
    JY__VEC_FREE(mem, &hits.list);
    JY__VEC_FREE(mem, &hits.aborted);
    jy__regex_scratch_free(scratch);
    jy__regexes_free(regexes);
    return status;
}

START_TEST(test_match__every_allocation_may_fail)
{
    stingy s = { 0, 0 };
    jy_alloc alloc = { &s, stingy_realloc, stingy_free };
    jy__mem mem = jy__mem_of(&alloc);
    phrases list = { 0 };
    add_phrase(&list, "不知道", SOUND_TOO);
    add_phrase(&list, "没办法", SOUND_TOO);
    for (int patterns = 0; patterns < 2; patterns++) {
        size_t n = 0;
        int status = JY_E_NOMEM;
        for (; status != JY_OK; n++) {
            s.left = n;
            status = patterns ? build_and_run_patterns(&mem) : build_and_scan(&mem, &list);
            ck_assert_msg(status == JY_OK || status == JY_E_NOMEM, "allocation %zu: %d", n, status);
            ck_assert_uint_eq(s.held, 0);
        }
        ck_assert_uint_gt(n, 6);
    }
}
END_TEST

START_TEST(test_match__refuses_empty_and_endless_literals)
{
    jy__mem mem = jy__mem_of(NULL);
    uint32_t symbols[300];
    jy__matcher *matcher;
    for (size_t i = 0; i < 300; i++)
        symbols[i] = 0x4F60;
    ck_assert_int_eq(jy__matcher_new(&mem, &(jy__literal){ symbols, NULL, 0, 0 }, 1, &matcher), JY_E_INVALID);
    ck_assert_int_eq(jy__matcher_new(&mem, &(jy__literal){ symbols, NULL, 300, 0 }, 1, &matcher), JY_E_LIMIT);
    ck_assert_int_eq(jy__matcher_new(&mem, NULL, 0, &matcher), JY_OK);
    jy__matcher_free(matcher);
}
END_TEST

/* With a mark of its own, so that what may be missing is kept beside its symbols. */
START_TEST(test_match__the_longest_literal_is_found)
{
    static uint32_t symbols[JY__MATCH_MOST_SYMBOLS];
    static uint8_t optional[JY__MATCH_MOST_SYMBOLS];
    const jy__literal literal = { symbols, optional, JY__MATCH_MOST_SYMBOLS, ALL_FOLDS & ~(1u << JY_FOLD_REPEATS) };
    bench b = { 0 };
    jy__text text;
    set_up(&b);
    jy__text_init(&text, &b.mem);
    for (uint32_t i = 0; i < literal.count; i++) {
        symbols[i] = i == 100 ? '!' : i % 3 ? 'b' : 'a' + i % 7;
        optional[i] = i == 100;
        if (!optional[i])
            jy__text_cp(&text, symbols[i]);
    }
    ck_assert_int_eq(jy__matcher_new(&b.mem, &literal, 1, &b.matcher), JY_OK);
    scan(&b, jy__text_view(&text));
    ck_assert_uint_eq(b.scratch.matches.count, 1);
    ck_assert_uint_eq(jy__match_end(&b.scratch.matches.items[0]), text.len);
    jy__text_free(&text);
    tear_down(&b);
}
END_TEST

CHECK_MAIN("match", test_match__folds_are_counted_and_spans_are_original, test_match__a_rare_variant_stands_before_a_long_gap,
           test_match__a_rare_variant_stands_in_a_filler, test_match__what_is_no_match, test_match__sound_has_a_confidence,
           test_match__masks_stand_for_as_many_symbols,
           test_match__the_longest_is_found_over_characters_of_other_blocks,
           test_match__what_is_counted_often_is_so_often_or_more, test_match__bounds_are_never_crossed, test_match__a_character_that_comes_to_nothing_is_passed_over, test_match__max_matches_cuts_and_says_where, test_match__every_allocation_may_fail,
           test_match__refuses_empty_and_endless_literals, test_match__the_longest_literal_is_found)
