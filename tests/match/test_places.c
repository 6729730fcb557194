/* match: places where patterns may match. A line in which a pattern matches has a place of it, however it is written, and lines that lack what the
 * pattern needs have none. */
#include "../check_main.h"
#include "match_texts.h"

typedef struct bench { jy__mem mem; jy__regexes *regexes; jy__regex_scratch *scratch; } bench;

static void set_up(bench *b, const char *const *patterns, size_t count, const char *option)
{
    b->mem = jy__mem_of(NULL);
    ck_assert_int_eq(jy__regexes_new(&b->mem, true, &b->regexes), JY_OK);
    ck_assert_int_eq(jy__regex_scratch_new(&b->mem, &b->scratch), JY_OK);
    for (size_t i = 0; i < count; i++) {
        jy__regex_error error;
        uint32_t index;
        char text[200];
        snprintf(text, sizeof(text), "%s%s", option, patterns[i]);
        ck_assert_int_eq(jy__regexes_add(b->regexes, jy__str_of(text), ALL_FOLDS, 0, &index, &error), JY_OK);
    }
    ck_assert_int_eq(jy__regexes_seal(b->regexes), JY_OK);
}

static void tear_down(bench *b)
{
    jy__regexes_free(b->regexes);
    jy__regex_scratch_free(b->scratch);
}

typedef struct places { const jy__match *items; size_t count; } places;

static places places_in(bench *b, jy_str text)
{
    places own;
    bool every;
    ck_assert_int_eq(jy__regex_places(b->regexes, b->scratch, text, NULL, 0, &own.items, &own.count, &every), JY_OK);
    ck_assert(!every);
    return own;
}

static size_t count_in(const places *own, uint32_t pattern, size_t begin, size_t end)
{
    size_t count = 0;
    for (size_t i = 0; i < own->count; i++)
        count += own->items[i].literal == pattern && own->items[i].begin >= begin && own->items[i].begin < end;
    return count;
}

static const char *const patterns[] = { "(?:^|[。!?])(?:喂,?)?(?:不|没有|没)[啊呀了]?!", "(没|有)!", "(不|没)[啊][呀了]?!", "(没有|有没)[不]?%", "(不|没).*!", "(社|没)[了]?!",
                                        "(会|没)[社]?!" };

/* Pieces of which lines are made: what the patterns are of, written in several ways, and what folding drops. */
static const char *const pieces[] = { "不", "没", "有", "沒", "啊", "呀", "了", "!", "\uFF01", "\uFE57", "%", "\uFF05", " ", "\u3000", "\u200B", "\u00AD", "嗯",
                                      "。", "喂", ",", "a", "天", "不不不", "没没有", "\u3231", "㍿", "㍿!", "\xE4\xBD", "。不!", "没有啊!" };

static void add_line(dice *from, jy__text *text)
{
    for (uint32_t left = roll(from, 14); left; left--)
        jy__text_c(text, pieces[roll(from, JY__COUNT(pieces))]);
    jy__text_char(text, '\n');
}

typedef struct tally { size_t hits, places, lines; } tally;

/* The same patterns with an option that keeps them from being read, on each line by itself. */
static void check_line(const bench *blind, const places *own, jy_str text, size_t begin, size_t end, tally *all)
{
    jy__regex_hits hits = { 0 };
    bool matches[JY__COUNT(patterns)] = { false };
    ck_assert_int_eq(jy__regex_scan(blind->regexes, blind->scratch, (jy_str){ text.ptr + begin, end - begin }, 100000, 1000, &hits), JY_OK);
    for (size_t i = 0; i < hits.list.count; i++)
        matches[hits.list.items[i].regex] = true;
    for (uint32_t i = 0; i < JY__COUNT(patterns); i++) {
        size_t count = count_in(own, i, begin, end);
        ck_assert_msg(count || !matches[i], "%s has no place in %.*s", patterns[i], (int)(end - begin), text.ptr + begin);
        all->hits += matches[i];
        all->places += count > 0;
        all->lines++;
    }
    JY__VEC_FREE(&blind->mem, &hits.list);
    JY__VEC_FREE(&blind->mem, &hits.aborted);
}

START_TEST(test_match__where_a_pattern_matches_is_a_place)
{
    bench own, blind;
    dice from = { 11 };
    tally all = { 0, 0, 0 };
    jy__text text;
    set_up(&own, patterns, JY__COUNT(patterns), "");
    set_up(&blind, patterns, JY__COUNT(patterns), "(?i)");
    jy__text_init(&text, &own.mem);
    for (int round = 0; round < 600; round++) {
        places found;
        size_t begin = 0;
        jy__text_clear(&text);
        for (uint32_t lines = 1 + roll(&from, 8); lines; lines--)
            add_line(&from, &text);
        found = places_in(&own, jy__text_view(&text));
        for (size_t at = 0; at < text.len; at++)
            if (text.ptr[at] == '\n') {
                check_line(&blind, &found, jy__text_view(&text), begin, at, &all);
                begin = at + 1;
            }
    }
    ck_assert_uint_gt(all.hits, 2000);
    ck_assert_uint_gt(all.places, all.hits);
    ck_assert_uint_lt(all.places, all.lines);
    jy__text_free(&text);
    tear_down(&own);
    tear_down(&blind);
}
END_TEST

START_TEST(test_match__what_is_not_near_is_no_place)
{
    static const char *const near[] = { "(?:不|没有|没)[啊呀了]?!" }, *const empty[] = { "不天天天天!", "不天。天 天!", "不", "没有\u200b啊天!", "!不", "没有啊啊!" };
    static const char *const full[] = { "不!", "不 \u3000 啊 \u200b ！", "没有啊!", "没沒有呀\uFE57", "不不不不不不不了!" };
    bench b;
    set_up(&b, near, 1, "");
    for (size_t i = 0; i < JY__COUNT(empty); i++)
        ck_assert_msg(places_in(&b, jy__str_of(empty[i])).count == 0, "%s", empty[i]);
    for (size_t i = 0; i < JY__COUNT(full); i++)
        ck_assert_msg(places_in(&b, jy__str_of(full[i])).count > 0, "%s", full[i]);
    tear_down(&b);
}
END_TEST

CHECK_MAIN("match places", test_match__where_a_pattern_matches_is_a_place, test_match__what_is_not_near_is_no_place)
