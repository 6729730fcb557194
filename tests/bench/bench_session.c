/* A live call: how long one utterance takes through a session with 1,000 rules of every kind, and what 10,000 sessions at once take.
 * Each line of output is name=value; times in microseconds, memory in bytes. */
#include "dialogue.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define RULES 1000
#define UTTERANCES 200000
#define CALL_TURNS 60
#define SESSIONS 10000
#define TEXT_BYTES (8u << 20)

static double now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static long resident(void)
{
    long pages = 0, size = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file && fscanf(file, "%ld %ld", &size, &pages) != 2)
        pages = 0;
    if (file)
        fclose(file);
    return pages * 4096;
}

static void put_phrase(jy__text *out, const dialogue_phrase *phrase)
{
    for (uint32_t i = 0; i < phrase->count; i++)
        jy__text_cp(out, phrase->symbols[i]);
}

/* Of ten rules seven forbid, one forbids behind what the customer said, one requires, one forbids unless. */
static void put_rule(jy__text *out, const dialogue *talk, size_t i)
{
    const dialogue_phrase *own = &talk->phrases[2 * i], *other = &talk->phrases[2 * i + 1];
    jy__text_c(out, "  - {id: r");
    jy__text_int(out, (int64_t)i);
    jy__text_c(out, i % 10 == 8 ? ", require: [" : ", forbid: [");
    put_phrase(out, own);
    jy__text_c(out, i % 10 == 7 ? "], when: {said: [" : i % 10 == 8 ? "], when: {said: [" : i % 10 == 9 ? "], unless: {said: [" : "], except: [我");
    if (i % 10 < 7)
        put_phrase(out, own);
    else
        put_phrase(out, other);
    jy__text_c(out, i % 10 == 7 || i % 10 == 8 ? "], speaker: customer}, where: next 2 turns of agent" : i % 10 == 9 ? "]}" : "]");
    jy__text_c(out, ", suggest: [您好]}\n");
}

static jy_rules *make_rules(const dialogue *talk)
{
    jy__mem mem = jy__mem_of(NULL);
    jy_compiler *compiler;
    jy_rules *rules = NULL;
    jy__text text;
    jy__text_init(&text, &mem);
    jy__text_c(&text, "jinyu: 1\npack: bench\nrules:\n  - {id: quiet, limit: {silence: 20s}}\n  - {id: over, limit: {overlap: 1s}}\n"
                      "  - {id: rate, limit: {rate: 400/min}}\n  - {id: again, limit: {repeat: {times: 4, within: 8 turns, alike: 0.9}}}\n");
    for (size_t i = 0; i < RULES - 4; i++)
        put_rule(&text, talk, i);
    if (jy_compiler_new(&compiler, NULL) == JY_OK && jy_compiler_add_text(compiler, JY__STR("bench.yaml"), jy__text_view(&text)) == JY_OK)
        jy_compiler_build(compiler, &rules);
    for (size_t i = 0; !rules && i < jy_compiler_diag_count(compiler); i++) {
        jy_diag diag = JY_DIAG_INIT;
        jy_compiler_diag(compiler, i, &diag);
        fprintf(stderr, "%u:%u %.*s\n", (unsigned)diag.line, (unsigned)diag.column, (int)diag.message.len, diag.message.ptr);
    }
    jy_compiler_free(compiler);
    jy__text_free(&text);
    return rules;
}

static size_t take_line(const char *text, size_t size, size_t at, jy_str *out)
{
    const char *end = memchr(text + at, '\n', size - at);
    *out = (jy_str){ text + at, end ? (size_t)(end - text) - at : size - at };
    return end ? (size_t)(end - text) + 1 : 0;
}

static jy_turn turn_of(jy_str words, size_t number)
{
    jy_turn turn = JY_TURN_INIT;
    turn.text = words;
    turn.speaker = number % 2 ? JY_AGENT : JY_CUSTOMER;
    turn.begin_ms = (int64_t)number * 6000;
    turn.end_ms = turn.begin_ms + 5000;
    return turn;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void show(const char *name, double *times, size_t count)
{
    qsort(times, count, sizeof(*times), by_size);
    printf("%s_p50=%.2f\n%s_p99=%.2f\n%s_p999=%.2f\n", name, times[count / 2], name, times[count * 99 / 100], name, times[count * 999 / 1000]);
}

/* Every utterance is fed and its findings are taken; partial: one hypothesis of half of it comes before. */
static void time_utterances(jy_rules *rules, const char *text, size_t size, bool partial, const char *name)
{
    double *times = malloc(UTTERANCES * sizeof(*times));
    jy_scanner *scanner;
    jy_session *session;
    size_t at = 0, found = 0;
    jy_finding finding = JY_FINDING_INIT;
    if (!times || jy_scanner_new(&scanner, NULL) != JY_OK || jy_session_new(&session, rules, NULL) != JY_OK)
        exit(1);
    jy_session_set(session, JY_PARAM_PROVISIONAL, partial);
    for (size_t i = 0; i < UTTERANCES; i++) {
        jy_str words;
        at = take_line(text, size, at, &words);
        jy_turn turn = turn_of(words, i % CALL_TURNS);
        if (i % CALL_TURNS == 0) {
            jy_session_reset(session);
            jy_session_set(session, JY_PARAM_PROVISIONAL, partial);
        }
        turn.id = JY__STR("turn");
        double begin = now_us();
        if (partial) {
            turn.flags = JY_TURN_PARTIAL;
            turn.text.len = words.len / 2;
        }
        jy_session_feed(session, scanner, &turn);
        while (jy_session_next(session, &finding) == JY_OK)
            found++;
        times[i] = now_us() - begin;
        if (partial) {
            turn.flags = 0;
            turn.text = words;
            jy_session_feed(session, scanner, &turn);
        }
    }
    show(name, times + UTTERANCES / 10, UTTERANCES - UTTERANCES / 10); /* the first tenth warms up */
    printf("%s_findings=%zu\n", name, found);
    jy_session_free(session);
    jy_scanner_free(scanner);
    free(times);
}

/* Sessions in the middle of their calls, with the rules that come with the library. */
static void weigh_sessions(const char *text, size_t size)
{
    jy_session **sessions = calloc(SESSIONS, sizeof(*sessions));
    long before, grown = 0;
    size_t counted = 0, at = 0;
    jy_scanner *scanner;
    jy_rules *rules;
    if (!sessions || jy_rules_builtin(&rules) != JY_OK || jy_scanner_new(&scanner, NULL) != JY_OK)
        exit(1);
    before = resident();
    for (size_t i = 0; i < SESSIONS; i++) {
        if (jy_session_new(&sessions[i], rules, NULL) != JY_OK)
            exit(1);
        jy_session_set(sessions[i], JY_PARAM_PROVISIONAL, 1);
        for (size_t k = 0; k < CALL_TURNS / 3; k++) {
            jy_str words;
            at = take_line(text, size, at, &words);
            jy_turn turn = turn_of(words, k);
            turn.id = JY__STR("0123456789abcdef");
            turn.flags = JY_TURN_PARTIAL;
            jy_session_feed(sessions[i], scanner, &turn);
            turn.flags = k + 1 < CALL_TURNS / 3 ? 0 : JY_TURN_PARTIAL; /* the last is being said */
            jy_session_feed(sessions[i], scanner, &turn);
        }
    }
    grown = resident() - before;
    for (size_t i = 0; i < SESSIONS; i++) {
        counted += jy_session_memory(sessions[i]);
        jy_session_free(sessions[i]);
    }
    printf("sessions=%d\nsessions_resident=%ld\nsessions_counted=%zu\nsession_bytes=%zu\n", SESSIONS, grown, counted, counted / SESSIONS);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
    free(sessions);
}

int main(void)
{
    dialogue talk;
    jy_rules *rules;
    char *text = malloc(TEXT_BYTES);
    if (!text || !dialogue_open(&talk, 7, 2 * RULES, 0x3f))
        return 1;
    size_t size = dialogue_write(&talk, text, TEXT_BYTES, 2000);
    if (!(rules = make_rules(&talk)))
        return 1;
    printf("rules=%zu\n", jy_rules_count(rules));
    time_utterances(rules, text, size, false, "utterance");
    time_utterances(rules, text, size, true, "hypothesis");
    jy_rules_unref(rules);
    weigh_sessions(text, size);
    dialogue_close(&talk);
    free(text);
    return 0;
}
