/* match: patterns of branches side by side, of which only those are run that may match: against the same pattern in a group, which is run as it is. */
#include "../check_main.h"
#include "match_texts.h"
#include "match/patterns/match_branches.h"

typedef struct bench { jy__mem mem; jy__regexes *regexes; jy__regex_scratch *scratch; jy__regex_hits hits; } bench;

static void set_up(bench *b, const char *pattern)
{
    jy__regex_error error;
    uint32_t index;
    b->mem = jy__mem_of(NULL);
    ck_assert_int_eq(jy__regexes_new(&b->mem, true, &b->regexes), JY_OK);
    ck_assert_int_eq(jy__regex_scratch_new(&b->mem, &b->scratch), JY_OK);
    ck_assert_msg(jy__regexes_add(b->regexes, jy__str_of(pattern), ALL_FOLDS, 0, &index, &error) == JY_OK, "%s", pattern);
    ck_assert_int_eq(jy__regexes_seal(b->regexes), JY_OK);
}

static void tear_down(bench *b)
{
    jy__regexes_free(b->regexes);
    jy__regex_scratch_free(b->scratch);
    JY__VEC_FREE(&b->mem, &b->hits.list);
    JY__VEC_FREE(&b->mem, &b->hits.aborted);
}

static void ask(bench *b, jy_str text, size_t most)
{
    const jy__regex_limits limits = { 1000000, 10000 };
    b->hits.list.count = 0;
    jy__regex_forget(b->scratch);
    ck_assert_int_eq(jy__regex_one(b->regexes, b->scratch, 0, text, most, &limits, &b->hits), JY_OK);
}

static void same_hits(const bench *a, const bench *b, const char *pattern, jy_str text)
{
    ck_assert_msg(a->hits.list.count == b->hits.list.count, "%s in %.*s: %zu, in a group %zu", pattern, (int)text.len, text.ptr, a->hits.list.count,
                  b->hits.list.count);
    for (size_t i = 0; i < a->hits.list.count; i++)
        ck_assert_msg(a->hits.list.items[i].begin == b->hits.list.items[i].begin && a->hits.list.items[i].end == b->hits.list.items[i].end,
                      "%s in %.*s: number %zu", pattern, (int)text.len, text.ptr, i);
}

static void compare(const char *pattern, dice *from, size_t found[3])
{
    static const char *const pieces[] = { "甲", "乙", "丙", "丁", "a", "B", "，", "。", "｜", " ", "1", "甲乙", "\n" };
    bench apart = { 0 }, whole = { 0 };
    char grouped[400];
    snprintf(grouped, sizeof(grouped), "(?:%s)", pattern);
    set_up(&apart, pattern);
    set_up(&whole, grouped);
    ck_assert_uint_eq(whole.regexes->list.items[0].branch_count, 0);
    for (int round = 0; round < 60; round++) {
        const size_t most = roll(from, 3) ? SIZE_MAX : 1;
        char line[200] = "";
        for (size_t left = roll(from, 16); left; left--)
            strcat(line, pieces[roll(from, JY__COUNT(pieces))]);
        ask(&apart, jy__str_of(line), most);
        ask(&whole, jy__str_of(line), most);
        same_hits(&apart, &whole, pattern, jy__str_of(line));
        found[apart.hits.list.count > 1 ? 2 : apart.hits.list.count]++;
    }
    found[0] += apart.regexes->list.items[0].branches ? 1000000 : 0;
    tear_down(&apart);
    tear_down(&whole);
}

/* Branches that need something: a literal, and what matches around it in many ways. */
static void write_branch(char *out, dice *from)
{
    static const char *const must[] = { "甲", "乙", "丙", "(?:甲|丁)", "a", "甲乙", "[丙丁]", "丁1" };
    static const char *const may[] = { "", "", ".", ".?", ".*?", "[^甲]{0,2}", "乙?", "(丙|丙丁)?", "(?=乙)", "(?<!甲)", "(?!丁)", "\\|", "[|]", "^", "$", "\\s*", "(?:乙|)" };
    strcat(out, may[roll(from, JY__COUNT(may))]);
    strcat(out, must[roll(from, JY__COUNT(must))]);
    strcat(out, may[roll(from, JY__COUNT(may))]);
    if (roll(from, 2))
        strcat(out, must[roll(from, JY__COUNT(must))]);
}

START_TEST(test_match__branches_find_what_the_pattern_finds)
{
    dice from = { 7 };
    size_t found[3] = { 0, 0, 0 };
    for (int round = 0; round < 1000; round++) {
        char pattern[400] = "";
        for (size_t left = 2 + roll(&from, 12); left; left--) {
            write_branch(pattern, &from);
            strcat(pattern, left > 1 ? "|" : "");
        }
        compare(pattern, &from, found);
    }
    ck_assert_uint_gt(found[0] / 1000000, 500); /* so many were taken apart */
    ck_assert_uint_gt(found[1], 4000);
    ck_assert_uint_gt(found[2], 4000);
}
END_TEST

static uint32_t count_of(const char *pattern)
{
    bench b = { 0 };
    uint32_t count;
    set_up(&b, pattern);
    count = b.regexes->list.items[0].branch_count;
    tear_down(&b);
    return count;
}

START_TEST(test_match__what_is_no_list_of_branches_stays_as_it_is)
{
    static const char *const whole[] = { "甲", "甲乙", "(?:甲|乙)", "甲|.", "甲|(乙|)[^甲]", "(甲)乙|(丙)\\2", "(甲|乙)丙", "甲|乙(?i)a", "\\G甲|乙", "甲|(?>乙)", "甲|\\Q乙|丙\\E" };
    for (size_t i = 0; i < JY__COUNT(whole); i++)
        ck_assert_msg(count_of(whole[i]) == 0, "%s", whole[i]);
    ck_assert_uint_eq(count_of("甲|乙"), 2);
    ck_assert_uint_eq(count_of("甲|乙|甲"), 3);
    ck_assert_uint_eq(count_of("甲\\|[|]乙|(丙|丁)[]|]?"), 2);
    ck_assert_uint_eq(count_of("(?<!甲|乙)丙|[^|]丁|\\\\|甲"), 4);
}
END_TEST

CHECK_MAIN("match branches", test_match__branches_find_what_the_pattern_finds, test_match__what_is_no_list_of_branches_stays_as_it_is)
