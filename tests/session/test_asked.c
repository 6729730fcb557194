/* What situations ask of every turn and know without a look: whose words were said in it, and that it repeats no other. Each comes to what a
 * plain way of telling it comes to. */
#include "session_test.h"

/* ---- which rules a turn concerns: more than a word of bits, of which some hear much and some hold by what was not said */
#define RULES 180

static const char stems[] = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥";
#define STEMS (sizeof(stems) / 3)

static const char *word(uint32_t number, char out[8])
{
    uint32_t first = number % STEMS, second = (first + 1 + number / STEMS) % STEMS;
    snprintf(out, 8, "%.3s%.3s", stems + 3 * first, stems + 3 * second);
    return out;
}

static uint32_t first_word(uint32_t rule) { return 2 * rule; }
static uint32_t word_count(uint32_t rule) { return rule % 7 ? 2 : 90; } /* words of one rule follow one another, over those of others */
#define WORDS (2 * RULES + 90) /* fewer than there are pairs */

typedef enum way { SAID, BY_PATTERN, NOT_SAID, WAYS } way;
static way way_of(uint32_t rule) { return rule % 31 == 30 ? NOT_SAID : rule % 13 == 12 ? BY_PATTERN : SAID; }

static void add_anchor(char *to, size_t room, uint32_t rule)
{
    char own[8];
    if (way_of(rule) == NOT_SAID) {
        snprintf(to, room, "{all: [{event: answer}, {not: {said: %s}}]}", word(first_word(rule), own));
    } else if (way_of(rule) == BY_PATTERN) {
        snprintf(to, room, "{regex: '%s', speaker: customer}", word(first_word(rule), own));
    } else {
        size_t at = (size_t)snprintf(to, room, "{speaker: customer, said: [");
        for (uint32_t i = 0; i < word_count(rule); i++)
            at += (size_t)snprintf(to + at, room - at, "%s%s", i ? ", " : "", word(first_word(rule) + i, own));
        snprintf(to + at, room - at, "]}");
    }
}

static jy_rules *many_rules(void)
{
    static char text[3 << 14], anchor[2048];
    size_t at = 0;
    for (uint32_t rule = 0; rule < RULES; rule++) {
        add_anchor(anchor, sizeof(anchor), rule);
        at += (size_t)snprintf(text + at, sizeof(text) - at, "  - {id: r%u, when: %s, require: 好的, where: next 1 turn of agent}\n", rule, anchor);
    }
    ck_assert_uint_lt(at, sizeof(text) - 64);
    return rules_of(text);
}

static bool holds(uint32_t rule, const bool said[WORDS])
{
    uint32_t count = way_of(rule) == SAID ? word_count(rule) : 1;
    bool any_said = false;
    for (uint32_t i = 0; i < count; i++)
        any_said = any_said || said[first_word(rule) + i];
    return any_said != (way_of(rule) == NOT_SAID);
}

/* A turn of some words, each a sentence, and of one that nobody asks for. */
static void say(char *to, size_t room, bool said[WORDS])
{
    char own[8];
    size_t at = 0;
    memset(said, 0, WORDS * sizeof(*said));
    for (uint32_t left = any(4); left; left--) {
        uint32_t number = any(WORDS);
        said[number] = true;
        at += (size_t)snprintf(to + at, room - at, "%s。", word(number, own));
    }
    snprintf(to + at, room - at, "没有");
}

START_TEST(test_session__a_turn_concerns_the_rules_whose_words_are_said)
{
    jy_rules *rules = many_rules();
    for (int round = 0; round < 150; round++) {
        static char expected[1 << 14], found[1 << 14];
        char turn[256];
        bool said[WORDS];
        size_t at = 0;
        say(turn, sizeof(turn), said);
        const step steps[] = { E(JY_EVENT_ANSWER), C(turn), A("嗯哪") };
        expected[0] = '\0';
        for (uint32_t rule = 0; rule < RULES; rule++)
            if (holds(rule, said))
                at += (size_t)snprintf(expected + at, sizeof(expected) - at, "%sr%u@1", at ? " " : "", rule);
        told(rules, steps, 3, true, found, sizeof(found));
        ck_assert_str_eq(found, expected);
    }
    jy_rules_unref(rules);
}
END_TEST

/* ---- phrases with gaps are known by their key, and what is looked back for is heard each time */
START_TEST(test_session__a_part_is_nothing_without_the_others)
{
    jy_rules *rules = rules_of("  - {id: gaps, when: {said: ['子甲*{0,4}丑乙'], speaker: customer}, require: 好的, where: next 1 turn of agent}\n"
                               "  - {id: now, when: {said: 完了, speaker: customer}, forbid: '寅丙*{0,4}卯丁', where: next 1 turn of agent}\n");
    EXPECT(rules, "gaps@1", C("子甲天丑乙"), A("嗯哪"));
    EXPECT(rules, "", C("子甲天"), A("嗯哪"), C("丑乙天"), A("嗯哪"));
    EXPECT(rules, "now@1:寅丙天卯丁", C("完了"), A("寅丙天卯丁"));
    EXPECT(rules, "", C("完了"), A("寅丙天"), A("卯丁"));
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_session__what_is_required_last_is_heard_each_time)
{
    jy_rules *rules = rules_of("  - {id: last, require: 再见, where: last 1 turn of agent}\n"
                               "  - {id: before, when: {said: 甲甲, speaker: agent}, require: 您好, where: previous 1 turn of agent}\n");
    EXPECT(rules, "", A("再见"), A("嗯哪"), A("再见"));
    EXPECT(rules, "last@1", A("再见"), A("嗯哪"));
    EXPECT(rules, "", A("您好"), A("嗯哪"), A("您好"), A("甲甲。再见"));
    EXPECT(rules, "before@2", A("您好"), A("嗯哪"), A("甲甲。再见"));
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_session__an_echo_is_of_what_was_heard)
{
    static const char *const windows[] = { "call", "last 2 turns of agent" };
    for (size_t i = 0; i < 2; i++) {
        char rule[256];
        snprintf(rule, sizeof(rule), "  - {id: again, when: {said: [子甲丑乙, 寅丙], speaker: customer}, require: {echo: {least: 2}}, where: %s}\n", windows[i]);
        jy_rules *rules = rules_of(rule);
        EXPECT(rules, "", C("子甲丑乙"), C("嗯哪"), A("丑乙吗"));
        EXPECT(rules, "again@2", C("子甲丑乙"), C("嗯哪"), A("寅丙吗"));
        EXPECT(rules, "again@1", A("寅丙"), C("子甲丑乙"));
        jy_rules_unref(rules);
    }
    jy_rules *rules = rules_of("  - {id: back, when: {said: [子甲丑乙, 寅丙], speaker: customer}, require: {echo: {least: 2}}, where: previous 2 turns of agent}\n");
    EXPECT(rules, "back@1", A("嗯哪"), C("子甲丑乙"));
    EXPECT(rules, "back@1", A("寅丙"), C("子甲丑乙")); /* its words were said, and nobody had been heard */
    EXPECT(rules, "back@0", C("子甲丑乙"), A("丑乙吗"), C("子甲丑乙"));
    jy_rules_unref(rules);
}
END_TEST

/* ---- patterns: of an anchor's the first match is enough, but not of one that must be whole or near, nor for another rule that has the same */
START_TEST(test_session__an_anchor_needs_the_first_match_of_a_pattern)
{
    jy_rules *rules = rules_of(
        "  - {id: first, when: {regex: '[甲乙]+', speaker: customer}, require: 好的, where: next 1 turn of agent}\n"
        "  - {id: behind, speaker: customer, when: {said: 丙丙, speaker: customer}, require: {regex: '[甲乙]+'}, where: next 1 turn of customer}\n"
        "  - {id: whole, when: {said: [{regex: '[丁戊]+', whole: clause}], speaker: customer}, require: 好的, where: next 1 turn of agent}\n"
        "  - {id: near, when: {said: [{near: {of: [{regex: '己'}, {regex: '庚'}], within: 1}}], speaker: customer}, require: 好的, where: next 1 turn of agent}\n"
        "  - {id: placed, when: {regex: '[辛壬]', speaker: agent}, forbid: 癸癸, where: next 1 turn of agent}\n");
    EXPECT(rules, "first@1", C("甲。丙丙。乙"), A("嗯哪"));
    EXPECT(rules, "first@1 behind@2", C("甲。丙丙"), A("嗯哪"), C("嗯哪"));
    EXPECT(rules, "whole@1", C("我丁,戊"), A("嗯哪"));
    EXPECT(rules, "", C("我丁,你戊"), A("嗯哪"));
    EXPECT(rules, "near@1", C("己天天天天庚己"), A("嗯哪"));
    EXPECT(rules, "", C("己天天天天庚"), A("嗯哪"));
    EXPECT(rules, "placed@0:癸癸", A("辛,癸癸,壬"));
    EXPECT(rules, "", A("癸癸,壬"));
    jy_rules_unref(rules);
}
END_TEST

/* ---- what waits for the next turn or event is asked for its exceptions when its time has come */
static int completeness(jy_rules *rules, jy_scanner *scanner, const step *steps, size_t count)
{
    jy_session *session;
    jy_result *result;
    int complete;
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    for (size_t i = 0; i < count; i++)
        take_step(session, scanner, &steps[i]);
    ck_assert_int_eq(jy_session_finish(session, scanner), JY_OK);
    ck_assert_int_eq(jy_session_result(session, &result), JY_OK);
    complete = jy_result_complete(result);
    jy_result_free(result);
    jy_session_free(session);
    return complete;
}

START_TEST(test_session__what_waits_is_excused_when_its_time_comes)
{
    jy_rules *rules = rules_of(
        "  - {id: cut, speaker: customer, when: {event: hangup, speaker: agent}, forbid: [{regex: '[甲乙]+'}, 丙丙],\n"
        "     except: [丙丙的话, {regex: '.*(?:再见).{0,4}$'}, {regex: '(c+)+d', match-limit: 100}], where: previous 1 turn}\n");
    EXPECT(rules, "cut@0:甲", C("甲"), EBY(JY_AGENT, -1, JY_EVENT_HANGUP));
    EXPECT(rules, "", C("甲"), EBY(JY_CUSTOMER, -1, JY_EVENT_HANGUP));
    EXPECT(rules, "", C("甲,再见"), EBY(JY_AGENT, -1, JY_EVENT_HANGUP));
    EXPECT(rules, "cut@0:乙甲 cut@0:丙丙 cut@0:甲", C("乙甲。丙丙的话。丙丙,甲"), EBY(JY_AGENT, -1, JY_EVENT_HANGUP));
    EXPECT(rules, "", C("甲"), A("嗯哪"), EBY(JY_AGENT, -1, JY_EVENT_HANGUP));
    EXPECT(rules, "cut@1:丙丙", C("甲"), C("丙丙"), EBY(JY_AGENT, -1, JY_EVENT_HANGUP));
    const step limited[] = { C("丙丙。cccccccccccccccccccccccccccccccccccccccccx d"), EBY(JY_AGENT, -1, JY_EVENT_HANGUP) };
    const step clean[] = { C("丙丙"), EBY(JY_AGENT, -1, JY_EVENT_HANGUP) };
    jy_scanner *scanner;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(completeness(rules, scanner, limited, 2), JY_E_LIMIT); /* an exception that could not be looked for */
    ck_assert_int_eq(completeness(rules, scanner, clean, 2), JY_OK);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_session__what_waits_for_words_is_excused_then)
{
    jy_rules *rules = rules_of("  - {id: before, when: {said: 完了, speaker: customer}, forbid: 丁丁, except: [丁丁的话], where: previous 1 turn of agent}\n");
    EXPECT(rules, "before@0:丁丁", A("丁丁"), C("完了"));
    EXPECT(rules, "", A("丁丁的话"), C("完了"));
    EXPECT(rules, "", A("丁丁"), A("嗯哪"), C("完了"));
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_session__what_is_excused_takes_no_place_of_what_waits)
{
    jy_rules *rules = rules_of("  - {id: end, forbid: 甲甲, where: last 3 turns}\n"
                               "  - {id: before, when: {said: 完了, speaker: agent}, forbid: 丁丁, except: [丁丁的话], where: previous 1 turn of customer}\n");
    static char turn[300 * 20];
    for (size_t i = 0; i < 300; i++) /* more than are kept */
        strcat(turn, "丁丁的话。");
    EXPECT(rules, "end@0:甲甲", A("甲甲"), A(turn), C("嗯哪"));
    strcat(turn, "丁丁");
    EXPECT(rules, "end@0:甲甲 before@1:丁丁", A("甲甲"), A(turn), A("完了"));
    jy_rules_unref(rules);
}
END_TEST

/* ---- repetition: Dice's measure of the pairs of two turns, each pair of one with one of the other */
#define LONGEST 70

typedef struct spoken { uint32_t count, symbols[LONGEST]; } spoken;

static double dice(const spoken *a, const spoken *b)
{
    bool used[LONGEST] = { false };
    uint32_t common = 0;
    for (uint32_t i = 0; i + 1 < a->count; i++)
        for (uint32_t k = 0; k + 1 < b->count; k++)
            if (!used[k] && a->symbols[i] == b->symbols[k] && a->symbols[i + 1] == b->symbols[k + 1]) {
                used[k] = true;
                common++;
                break;
            }
    return 2.0 * common / (a->count + b->count - 2);
}

/* Something new, or what was said before with some of it changed. */
static void speak(spoken *own, const spoken *before)
{
    uint32_t kinds = any(2) ? STEMS : 3;
    if (before && any(3)) {
        *own = *before;
        for (uint32_t changes = any(6); changes; changes--)
            own->symbols[any(own->count)] = any(kinds);
        return;
    }
    own->count = 5 + any(58);
    for (uint32_t i = 0; i < own->count; i++)
        own->symbols[i] = any(kinds);
}

static void write_down(const spoken *own, char *to)
{
    for (uint32_t i = 0; i < own->count; i++)
        memcpy(to + 3 * i, stems + 3 * own->symbols[i], 3);
    to[3 * own->count] = '\0';
}

START_TEST(test_session__repetition_is_as_the_measure_says)
{
    static const int32_t shares[] = { 0, 20, 50, 75, 90, 100 };
    enum { TURNS = 60 };
    for (size_t i = 0; i < sizeof(shares) / sizeof(*shares); i++) {
        static spoken all[TURNS];
        static char texts[TURNS][3 * LONGEST + 1], found[1 << 14], expected[1 << 14];
        step steps[TURNS];
        char rule[128];
        size_t at = 0;
        snprintf(rule, sizeof(rule), "  - {id: r, limit: {repeat: {times: 2, within: 2 turns, alike: %d.%02d}}}\n", shares[i] / 100, shares[i] % 100);
        jy_rules *rules = rules_of(rule);
        expected[0] = '\0';
        for (int turn = 0; turn < TURNS; turn++) {
            speak(&all[turn], turn ? &all[turn - 1] : NULL);
            write_down(&all[turn], texts[turn]);
            steps[turn] = (step)A(texts[turn]);
            if (turn && dice(&all[turn], &all[turn - 1]) >= shares[i] / 100.0)
                at += (size_t)snprintf(expected + at, sizeof(expected) - at, "%sr@%d=2>2", at ? " " : "", turn);
        }
        told(rules, steps, TURNS, true, found, sizeof(found));
        ck_assert_str_eq(found, expected);
        jy_rules_unref(rules);
    }
}
END_TEST

CHECK_MAIN("session", test_session__a_turn_concerns_the_rules_whose_words_are_said, test_session__a_part_is_nothing_without_the_others,
           test_session__what_is_required_last_is_heard_each_time, test_session__an_echo_is_of_what_was_heard,
           test_session__an_anchor_needs_the_first_match_of_a_pattern,
           test_session__what_waits_is_excused_when_its_time_comes, test_session__what_waits_for_words_is_excused_then,
           test_session__what_is_excused_takes_no_place_of_what_waits, test_session__repetition_is_as_the_measure_says)
