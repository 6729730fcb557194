/* What the tests of whole calls share: rules from a text, a call written down in short, its findings. */
#ifndef SESSION_TEST_H
#define SESSION_TEST_H
#include "../check_main.h"
#include "jinyu/jinyu.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static inline jy_str str_of(const char *text) { return (jy_str){ text, text ? strlen(text) : 0 }; }
static inline bool str_is(jy_str a, const char *b) { return a.len == strlen(b) && (a.len == 0 || memcmp(a.ptr, b, a.len) == 0); }
static inline bool str_eq(jy_str a, jy_str b) { return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0); }

/* Rules behind the usual head; every rule is of pack "t". */
static inline jy_rules *rules_of(const char *text)
{
    static char all[1 << 16];
    jy_compiler *compiler;
    jy_rules *rules = NULL;
    int status;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    snprintf(all, sizeof(all), "jinyu: 1\npack: t\n%s%s", strstr(text, "rules:") ? "" : "rules:\n", text);
    jy_compiler_add_text(compiler, str_of("test.yaml"), str_of(all));
    status = jy_compiler_build(compiler, &rules);
    for (size_t i = 0; status != JY_OK && i < jy_compiler_diag_count(compiler); i++) {
        jy_diag diag = JY_DIAG_INIT;
        jy_compiler_diag(compiler, i, &diag);
        fprintf(stderr, "%u:%u: %.*s\n", (unsigned)diag.line, (unsigned)diag.column, (int)diag.message.len, diag.message.ptr);
    }
    ck_assert_int_eq(status, JY_OK);
    jy_compiler_free(compiler);
    return rules;
}

/* Memory that counts: allocation number fail_at (from 0) fails; bytes: what is out. */
typedef struct pool { size_t calls, fail_at; int64_t bytes; } pool;

static inline void *pool_realloc(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    pool *p = ctx;
    void *grown = p->calls++ == p->fail_at ? NULL : realloc(ptr, new_size);
    if (grown)
        p->bytes += (int64_t)new_size - (int64_t)(ptr ? old_size : 0);
    return grown;
}

static inline void pool_free(void *ctx, void *ptr, size_t size)
{
    ((pool *)ctx)->bytes -= (int64_t)size;
    free(ptr);
}

/* A number below `below`, by dice that fall alike in every run. */
static uint64_t any_state = 88172645463325252u;
static inline uint32_t any(uint32_t below)
{
    any_state ^= any_state << 13;
    any_state ^= any_state >> 7;
    any_state ^= any_state << 17;
    return (uint32_t)(any_state >> 33) % below;
}

/* One step of a call: a turn (text), an event (kind), a tick (neither). Times in seconds; below 0 unknown. */
typedef struct step { int32_t speaker; const char *text; int32_t event; double from, to; } step;
#define A(words) { JY_AGENT, words, 0, -1, -1 }
#define C(words) { JY_CUSTOMER, words, 0, -1, -1 }
#define U(words) { JY_SPEAKER_UNKNOWN, words, 0, -1, -1 }
#define AT(from, to, words) { JY_AGENT, words, 0, from, to }
#define CT(from, to, words) { JY_CUSTOMER, words, 0, from, to }
#define E(kind) { 0, NULL, kind, -1, -1 }
#define ET(at, kind) { 0, NULL, kind, at, -1 }
#define EBY(who, at, kind) { who, NULL, kind, at, -1 }
#define TICK(at) { 0, NULL, 0, at, -1 }

static inline int64_t ms_of(double seconds) { return seconds < 0 ? JY_TIME_UNKNOWN : (int64_t)(seconds * 1000 + 0.5); }

static inline void take_step(jy_session *session, jy_scanner *scanner, const step *s)
{
    if (s->text) {
        jy_turn turn = JY_TURN_INIT;
        turn.text = str_of(s->text);
        turn.speaker = s->speaker;
        turn.begin_ms = ms_of(s->from);
        turn.end_ms = ms_of(s->to);
        turn.place.line = turn.place.column = turn.place.byte_column = 1;
        ck_assert_int_eq(jy_session_feed(session, scanner, &turn), JY_OK);
    } else if (s->event) {
        jy_event event = JY_EVENT_INIT;
        event.kind = s->event;
        event.speaker = s->speaker;
        event.at_ms = ms_of(s->from);
        ck_assert_int_eq(jy_session_event(session, scanner, &event), JY_OK);
    } else {
        ck_assert_int_eq(jy_session_tick(session, scanner, ms_of(s->from)), JY_OK);
    }
}

/* "rule@turn[begin,end) …" of all findings of a call, in order; -1 stands for the call as a whole. Unchecked rules: "?rule=why". */
static inline void told(jy_rules *rules, const step *steps, size_t count, bool finish, char *out, size_t room)
{
    jy_scanner *scanner;
    jy_session *session;
    jy_result *result;
    size_t at = 0;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    for (size_t i = 0; i < count; i++)
        take_step(session, scanner, &steps[i]);
    if (finish)
        ck_assert_int_eq(jy_session_finish(session, scanner), JY_OK);
    ck_assert_int_eq(jy_session_result(session, &result), JY_OK);
    out[0] = '\0';
    for (size_t i = 0; i < jy_result_count(result); i++) {
        jy_finding f = JY_FINDING_INIT;
        jy_result_get(result, i, &f);
        at += (size_t)snprintf(out + at, room - at, "%s%.*s@%d", at ? " " : "", (int)f.rule_id.len, f.rule_id.ptr, f.turn == JY_TURN_NONE ? -1 : (int)f.turn);
        if (f.kind == JY_FOUND_WORDING)
            at += (size_t)snprintf(out + at, room - at, ":%.*s", (int)f.text.len, f.text.ptr);
        if (f.kind == JY_FOUND_LIMIT)
            at += (size_t)snprintf(out + at, room - at, "=%lld>%lld", (long long)f.measured, (long long)f.bound);
    }
    for (size_t i = 0; i < jy_result_unchecked_count(result); i++) {
        jy_unchecked unchecked = JY_UNCHECKED_INIT;
        jy_rule rule = JY_RULE_INIT;
        jy_result_unchecked(result, i, &unchecked);
        jy_rules_get(rules, unchecked.rule, &rule);
        at += (size_t)snprintf(out + at, room - at, "%s?%.*s=%s", at ? " " : "", (int)rule.id.len, rule.id.ptr, jy_unchecked_name(unchecked.why));
    }
    jy_result_free(result);
    jy_session_free(session);
    jy_scanner_free(scanner);
}

/* The whole call comes to exactly this. */
#define EXPECT(rules, expected, ...) do { \
        const step steps_[] = { __VA_ARGS__ }; \
        char told_[4096]; \
        told(rules, steps_, sizeof(steps_) / sizeof(steps_[0]), true, told_, sizeof(told_)); \
        ck_assert_str_eq(told_, expected); \
    } while (0)
/* The same before the end of the call has come. */
#define EXPECT_SO_FAR(rules, expected, ...) do { \
        const step steps_[] = { __VA_ARGS__ }; \
        char told_[4096], *unchecked_; \
        told(rules, steps_, sizeof(steps_) / sizeof(steps_[0]), false, told_, sizeof(told_)); \
        unchecked_ = strchr(told_, '?'); \
        if (unchecked_) *(unchecked_ > told_ ? unchecked_ - 1 : unchecked_) = '\0'; \
        ck_assert_str_eq(told_, expected); \
    } while (0)

#endif
