/* Tests of a rule: texts and short dialogues go in, jy__test rows come out. A text is one turn of the rule's speaker; a dialogue
 * is a list of turns `speaker: text`, with times or events where the rule needs a clock. */
#include "rules/rules_inside.h"

/* What transcripts call the two sides, as people write it in a test. */
static const jy__choice labels[] = {
    { "客服", JY_AGENT }, { "座席", JY_AGENT }, { "坐席", JY_AGENT }, { "客服代表", JY_AGENT }, { "话务员", JY_AGENT }, { "接线员", JY_AGENT },
    { "工程师", JY_AGENT }, { "员工", JY_AGENT }, { "agent", JY_AGENT }, { "operator", JY_AGENT }, { "staff", JY_AGENT },
    { "客户", JY_CUSTOMER }, { "用户", JY_CUSTOMER }, { "顾客", JY_CUSTOMER }, { "来电人", JY_CUSTOMER }, { "主叫", JY_CUSTOMER },
    { "customer", JY_CUSTOMER }, { "caller", JY_CUSTOMER }, { "user", JY_CUSTOMER }, { "系统", JY_SYSTEM }, { "system", JY_SYSTEM },
};

const jy__choices *jy__rules_labels(void)
{
    static const jy__choices all = { labels, JY__COUNT(labels) };
    return &all;
}

static bool find_label(jy_str name, int32_t *speaker)
{
    for (size_t i = 0; i < JY__COUNT(labels); i++)
        if (jy__str_is(name, labels[i].name)) {
            *speaker = labels[i].value;
            return true;
        }
    return false;
}

/* Sorts one turn's keys: the table's own into found[], the label into *label. */
static bool take_turn(jy__load *load, const jy__node *node, jy__node **found, const jy__node **label, int32_t *speaker)
{
    const jy__table *table = jy__rules_table(JY__TABLE_TURN);
    memset(found, 0, JY__KEY_TURN_COUNT * sizeof(*found));
    *label = NULL;
    if (node->kind != JY__NODE_MAP) {
        JY__SAY(load, TEST_TURN, node->pos, jy__arg_found(load, node));
        return false;
    }
    for (jy__node *kid = node->first; kid; kid = kid->next) {
        size_t at = 0;
        while (at < table->count && !jy__str_eq(table->keys[at].name, kid->key->text))
            at++;
        if (at < table->count) {
            found[at] = kid;
        } else if (*label) {
            JY__SAY(load, TEST_TURN, kid->key->pos, jy__arg_found(load, kid->key));
            return false;
        } else if (find_label(kid->key->text, speaker)) {
            *label = kid;
        } else {
            JY__SAY(load, TEST_LABEL, kid->key->pos, jy__arg_text(load, kid->key->text));
            return false;
        }
    }
    if (!*label == !found[JY__KEY_TURN_EVENT] || (*label && found[JY__KEY_TURN_SPEAKER]) || (found[JY__KEY_TURN_EVENT] && found[JY__KEY_TURN_TO])) {
        JY__SAY(load, TEST_TURN, node->pos, jy__arg_found(load, node));
        return false;
    }
    return true;
}

static bool read_turn(jy__load *load, const jy__node *node, jy__test_turn *turn)
{
    jy__node *found[JY__KEY_TURN_COUNT];
    const jy__node *label;
    bool good;
    *turn = (jy__test_turn){ JY_SPEAKER_UNKNOWN, { NULL, 0 }, JY_TIME_UNKNOWN, JY_TIME_UNKNOWN, 0 };
    if (!take_turn(load, node, found, &label, &turn->speaker))
        return false;
    if (label)
        good = jy__rules_text(load, label, &turn->text);
    else
        good = jy__rules_choose(load, found[JY__KEY_TURN_EVENT], JY__CHOICES_EVENT, &turn->event);
    if (found[JY__KEY_TURN_SPEAKER])
        good = jy__rules_choose(load, found[JY__KEY_TURN_SPEAKER], JY__CHOICES_PARTY, &turn->speaker) && good;
    if (found[JY__KEY_TURN_AT])
        good = jy__rules_time(load, found[JY__KEY_TURN_AT], &turn->begin_ms) && good;
    if (found[JY__KEY_TURN_TO])
        good = jy__rules_time(load, found[JY__KEY_TURN_TO], &turn->end_ms) && good;
    return good;
}

static bool runs_backwards(const jy__test_turn *turn, int64_t *clock)
{
    bool back = turn->begin_ms != JY_TIME_UNKNOWN && turn->begin_ms < *clock;
    if (turn->begin_ms != JY_TIME_UNKNOWN)
        *clock = turn->begin_ms;
    return back || (turn->end_ms != JY_TIME_UNKNOWN && turn->end_ms < *clock);
}

static bool read_dialogue(jy__load *load, const jy__node *node, jy__test *test)
{
    int64_t clock = 0;
    bool good = true;
    if (node->count == 0) {
        JY__SAY(load, WANT_SOME, node->pos, jy__arg_key(node));
        return false;
    }
    test->dialogue = true;
    test->turns = jy__load_alloc(load, node->count * sizeof(*test->turns));
    for (const jy__node *kid = node->first; kid && test->turns; kid = kid->next) {
        jy__test_turn *turn = &test->turns[test->turn_count];
        good = read_turn(load, kid, turn) && good;
        if (good && runs_backwards(turn, &clock)) {
            JY__SAY0(load, TEST_ORDER, kid->pos);
            good = false;
        }
        test->turn_count++;
    }
    return good && test->turns;
}

static bool one_turn(jy__load *load, jy_str text, int32_t speaker, jy__test *test)
{
    test->turns = jy__load_alloc(load, sizeof(*test->turns));
    if (!test->turns)
        return false;
    test->turns[test->turn_count++] =
        (jy__test_turn){ speaker == JY__SPEAKER_ANY ? JY_AGENT : speaker, text, JY_TIME_UNKNOWN, JY_TIME_UNKNOWN, 0 };
    return true;
}

static bool read_case(jy__load *load, const jy__node *node, const jy__rule *rule, jy__test *test)
{
    jy_str text;
    if (node->kind == JY__NODE_LIST)
        return read_dialogue(load, node, test);
    if (node->kind == JY__NODE_MAP) {
        JY__SAY(load, TEST_ITEM, node->pos, jy__arg_found(load, node));
        return false;
    }
    return jy__rules_text(load, node, &text) && one_turn(load, text, rule->speaker, test);
}

static size_t case_count(const jy__node *node)
{
    return !node ? 0 : node->kind == JY__NODE_LIST ? node->count : 1;
}

static void read_cases(jy__load *load, const jy__node *node, jy__test_kind kind, jy__rule *rule)
{
    if (!node)
        return;
    if (node->kind == JY__NODE_LIST && node->count == 0)
        JY__SAY(load, WANT_SOME, node->pos, jy__arg_key(node));
    for (const jy__node *kid = node->kind == JY__NODE_LIST ? node->first : node; kid; kid = node->kind == JY__NODE_LIST ? kid->next : NULL) {
        jy__test *test = &rule->tests[rule->test_count];
        *test = (jy__test){ .kind = kind, .pos = kid->pos };
        rule->test_count += read_case(load, kid, rule, test);
        if (load->nomem)
            return;
    }
}

static bool read_fix(jy__load *load, const jy__node *node, const jy__rule *rule, jy__test *test)
{
    jy__node *found[JY__KEY_FIX_COUNT];
    jy_str from;
    *test = (jy__test){ .kind = JY__TEST_FIX, .pos = node->pos };
    if (!jy__rules_take(load, node, JY__TABLE_FIX, found) || !found[JY__KEY_FIX_FROM] || !found[JY__KEY_FIX_TO] ||
        !jy__rules_text(load, found[JY__KEY_FIX_FROM], &from) || !jy__rules_text(load, found[JY__KEY_FIX_TO], &test->fixed))
        return false;
    if (jy__str_eq(from, test->fixed)) {
        JY__SAY0(load, TEST_SAME, node->pos);
        return false;
    }
    return one_turn(load, from, rule->speaker, test);
}

static void read_fixes(jy__load *load, const jy__node *node, jy__rule *rule)
{
    if (!node)
        return;
    if (node->kind != JY__NODE_LIST) {
        JY__SAY(load, WANT_LIST, node->pos, jy__arg_key(node), jy__arg_found(load, node));
        return;
    }
    if (!rule->has_replace)
        JY__SAY0(load, TEST_FIX, node->pos);
    for (const jy__node *kid = node->first; kid && !load->nomem; kid = kid->next)
        rule->test_count += read_fix(load, kid, rule, &rule->tests[rule->test_count]);
}

static bool is_plain(const jy__test *test, jy__test_kind kind) { return test->kind == kind && !test->dialogue; }

static void refuse_both_ways(jy__load *load, const jy__rule *rule)
{
    jy__map bad;
    uint32_t index;
    jy__map_init(&bad, load->mem);
    for (size_t i = 0; i < rule->test_count; i++)
        if (is_plain(&rule->tests[i], JY__TEST_BAD) && !jy__map_put(&bad, rule->tests[i].turns[0].text, (uint32_t)i))
            load->nomem = true;
    for (size_t i = 0; i < rule->test_count; i++)
        if (is_plain(&rule->tests[i], JY__TEST_GOOD) && jy__map_get(&bad, rule->tests[i].turns[0].text, &index))
            JY__SAY(load, TEST_BOTH, rule->tests[i].pos, jy__arg_text(load, rule->tests[i].turns[0].text));
    jy__map_free(&bad);
}

void jy__rules_tests(jy__load *load, const jy__node *node, jy__rule *rule)
{
    jy__node *found[JY__KEY_TESTS_COUNT], *known[JY__KEY_KNOWN_COUNT] = { NULL, NULL };
    size_t count;
    if (!jy__rules_take(load, node, JY__TABLE_TESTS, found))
        return;
    if (found[JY__KEY_TESTS_KNOWN] && !jy__rules_take(load, found[JY__KEY_TESTS_KNOWN], JY__TABLE_KNOWN, known))
        return;
    count = case_count(found[JY__KEY_TESTS_BAD]) + case_count(found[JY__KEY_TESTS_GOOD]) + case_count(found[JY__KEY_TESTS_FIX]) +
            case_count(known[JY__KEY_KNOWN_BAD]) + case_count(known[JY__KEY_KNOWN_GOOD]);
    rule->tests = jy__load_alloc(load, (count ? count : 1) * sizeof(*rule->tests));
    if (!rule->tests)
        return;
    read_cases(load, found[JY__KEY_TESTS_BAD], JY__TEST_BAD, rule);
    read_cases(load, found[JY__KEY_TESTS_GOOD], JY__TEST_GOOD, rule);
    read_fixes(load, found[JY__KEY_TESTS_FIX], rule);
    read_cases(load, known[JY__KEY_KNOWN_BAD], JY__TEST_KNOWN_BAD, rule);
    read_cases(load, known[JY__KEY_KNOWN_GOOD], JY__TEST_KNOWN_GOOD, rule);
    refuse_both_ways(load, rule);
}
