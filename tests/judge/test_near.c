/* near in any order against all choices of hits, tried one by one: on texts of few characters, whose hits overlap one another. */
#include "../session/session_test.h"

enum { PARTS_MOST = 7, HITS_MOST = 40, LONGEST = 24 };
typedef struct spot { size_t begin, end; } spot; /* in characters */
typedef struct choices { spot hits[PARTS_MOST][HITS_MOST]; size_t count[PARTS_MOST]; int parts; size_t within; char spans[LONGEST + 1][LONGEST + 1]; bool any; } choices;

static const char *const characters[] = { "甲", "乙", "丙", "和" };
static const char *const phrases[PARTS_MOST] = { "甲乙", "乙丙", "丙甲", "乙", "丙丙", "甲", "乙甲乙" };

static uint32_t next(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

/* Whether the chosen, in the order of their places, are disjoint and near one another. */
static void weigh(choices *c, const spot *chosen)
{
    spot sorted[PARTS_MOST];
    for (int i = 0; i < c->parts; i++) {
        int k = i;
        for (; k > 0 && sorted[k - 1].begin > chosen[i].begin; k--)
            sorted[k] = sorted[k - 1];
        sorted[k] = chosen[i];
    }
    for (int i = 1; i < c->parts; i++)
        if (sorted[i].begin < sorted[i - 1].end || sorted[i].begin - sorted[i - 1].end > c->within)
            return;
    c->spans[sorted[0].begin][sorted[c->parts - 1].end] = 1;
    c->any = true;
}

static bool is_free(const spot *chosen, int count, spot hit)
{
    for (int i = 0; i < count; i++)
        if (hit.begin < chosen[i].end && chosen[i].begin < hit.end)
            return false;
    return true;
}

static void choose(choices *c, int part, spot *chosen)
{
    if (part == c->parts || part == PARTS_MOST) {
        weigh(c, chosen);
        return;
    }
    for (size_t i = 0; i < c->count[part]; i++) {
        if (!is_free(chosen, part, c->hits[part][i]))
            continue;
        chosen[part] = c->hits[part][i];
        choose(c, part + 1, chosen);
    }
}

/* Every place of the phrase; all characters take three bytes. */
static void look_for(choices *c, int part, const char *text)
{
    for (const char *at = text; (at = strstr(at, phrases[part])) != NULL; at += 3) {
        size_t begin = (size_t)(at - text) / 3;
        c->hits[part][c->count[part]++] = (spot){ begin, begin + strlen(phrases[part]) / 3 };
    }
}

static bool compare(jy_rules *rules, jy_scanner *scanner, const char *text, int parts, size_t within)
{
    static choices c;
    spot chosen[PARTS_MOST];
    jy_result *result;
    memset(&c, 0, sizeof(c));
    c.parts = parts;
    c.within = within;
    for (int p = 0; p < parts; p++)
        look_for(&c, p, text);
    choose(&c, 0, chosen);
    ck_assert_int_eq(jy_scan(scanner, rules, str_of(text), &result), JY_OK);
    if ((jy_result_count(result) > 0) != c.any)
        ck_abort_msg("%d parts within %zu in %s: %s", parts, within, text, c.any ? "missed" : "none is there");
    for (size_t i = 0; i < jy_result_count(result); i++) {
        jy_finding f = JY_FINDING_INIT;
        jy_result_get(result, i, &f);
        if (!c.spans[f.span.begin / 3][f.span.end / 3])
            ck_abort_msg("%d parts within %zu in %s: no choice makes %.*s", parts, within, text, (int)f.text.len, f.text.ptr);
    }
    jy_result_free(result);
    return c.any;
}

static jy_rules *near_rules(int parts, size_t within)
{
    char text[512];
    size_t len = (size_t)snprintf(text, sizeof(text), "  - {id: n, fold: none, forbid: {near: {within: %zu, of: [", within);
    for (int p = 0; p < parts; p++)
        len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s", p ? ", " : "", phrases[p]);
    snprintf(text + len, sizeof(text) - len, "]}}}\n");
    return rules_of(text);
}

START_TEST(test_near__every_choice_of_hits)
{
    uint32_t seed = 7;
    size_t found = 0, all = 0;
    jy_scanner *scanner;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    for (int parts = 2; parts <= PARTS_MOST; parts++)
        for (size_t within = 0; within < 3; within++) {
            jy_rules *rules = near_rules(parts, within);
            for (int round = 0; round < 1500; round++, all++) {
                char text[3 * LONGEST + 1] = "";
                size_t length = (size_t)parts * 2 + next(&seed, 10);
                for (size_t i = 0; i < length; i++)
                    strcat(text, characters[next(&seed, round % 2 ? 4 : 3)]);
                found += compare(rules, scanner, text, parts, within);
            }
            jy_rules_unref(rules);
        }
    ck_assert_uint_gt(found, all / 20); /* both answers are asked for */
    ck_assert_uint_lt(found, all - all / 20);
    jy_scanner_free(scanner);
}
END_TEST

/* Ten thousand hits of each part, and never all of them near: each looks at its neighbours only. */
START_TEST(test_near__a_long_turn)
{
    jy_rules *rules = rules_of("  - {id: n, fold: none, forbid: {near: {within: 200, of: [甲, 乙, 丙丁]}}}\n");
    jy_scanner *scanner;
    jy_result *result;
    const size_t times = 10000, unit = strlen("甲乙");
    char *text = malloc(times * unit + 700 + sizeof("丙丁"));
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * unit, "甲乙", unit);
    for (size_t i = 0; i < 210; i++)
        memcpy(text + times * unit + 3 * i, "和", 3);
    strcpy(text + times * unit + 630, "丙丁");
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan(scanner, rules, str_of(text), &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), 0);
    jy_result_free(result);
    strcpy(text + times * unit + 600, "丙丁");
    ck_assert_int_eq(jy_scan(scanner, rules, str_of(text), &result), JY_OK);
    ck_assert_uint_gt(jy_result_count(result), 0);
    jy_result_free(result);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
    free(text);
}
END_TEST

/* Of so many parts only the nearest hits are tried; there is no word for all sets of them. */
START_TEST(test_near__very_many_parts)
{
    enum { PARTS = 40 };
    char rule[256] = "  - {id: n, fold: none, forbid: {near: {within: 9, of: [", text[3 * PARTS + 1] = "";
    jy_rules *rules;
    jy_scanner *scanner;
    jy_result *result;
    for (int i = 0; i < PARTS; i++)
        strcat(rule, i ? ",甲" : "甲");
    strcat(rule, "]}}}\n");
    rules = rules_of(rule);
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    for (int i = 0; i < PARTS; i++) {
        strcat(text, "甲");
        ck_assert_int_eq(jy_scan(scanner, rules, str_of(text), &result), JY_OK);
        ck_assert_int_eq(jy_result_count(result) > 0, i == PARTS - 1);
        jy_result_free(result);
    }
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

CHECK_MAIN("near", test_near__every_choice_of_hits, test_near__a_long_turn, test_near__very_many_parts)
