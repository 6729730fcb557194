/* Scanning stays within the stack that the header names, whatever the engine, so that a thread may have a small one: its stack is painted before, and
 * what is still painted behind was not used. The text holds what the longest ways through the matcher and the judge are for. Sanitizers need more
 * of their own. */
#include "session_test.h"
#include "compile/compile.h"
#include <pthread.h>
#include <sys/mman.h>

#define STACK ((size_t)1 << 20)
#define PROMISED ((size_t)96 << 10)
#define PAINT 0xA5
#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

typedef struct job { jy_rules *rules; const char *text; size_t len; int status; } job;

static void *scan(void *ctx)
{
    job *j = ctx;
    jy_scanner *scanner;
    jy_result *result = NULL;
    j->status = jy_scanner_new(&scanner, NULL);
    if (j->status == JY_OK)
        j->status = jy_scan(scanner, j->rules, (jy_str){ j->text, j->len }, &result);
    jy_result_free(result);
    jy_scanner_free(scanner);
    return NULL;
}

/* Bytes of stack that a thread needs for the job, its own frame and the C library's among them. */
static size_t measure(job *j)
{
    pthread_attr_t attr;
    pthread_t thread;
    size_t left = 0;
    unsigned char *stack = mmap(NULL, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(stack, MAP_FAILED);
    memset(stack, PAINT, STACK);
    ck_assert_int_eq(pthread_attr_init(&attr), 0);
    ck_assert_int_eq(pthread_attr_setstack(&attr, stack, STACK), 0);
    ck_assert_int_eq(pthread_create(&thread, &attr, scan, j), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    while (left < STACK && stack[left] == PAINT)
        left++;
    pthread_attr_destroy(&attr);
    munmap(stack, STACK);
    return STACK - left;
}

static char *make_text(size_t *len)
{
    static const char *const lines[] = { "你是谁，不知道，没办法。", "喂，找谁？", "你、那个，是嗯谁", "布知道，没半法", "我我我不不管", "听不清你讲话，大声点", "没**法 vip 120 ＶＩＰ",
                                         "\xE4\xBD 您好，请问有什么可以帮您", "沒辦法，妳是誰" };
    char *text = malloc((size_t)128 << 10);
    size_t at = 0;
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; at < (size_t)100 << 10; i = i * 7 + 3) {
        size_t size = strlen(lines[i % COUNT(lines)]);
        memcpy(text + at, lines[i % COUNT(lines)], size);
        text[at + size] = '\n';
        at += size + 1;
    }
    *len = at;
    return text;
}

/* False: the machine has no such engine. */
static bool force(jy_rules *rules, const char *engine)
{
    bool done = true;
    for (int i = 0; i < JY__SET_COUNT; i++) {
        done = done && (!rules->sets[i].matcher || jy__match_force(rules->sets[i].matcher, engine));
        done = done && (!rules->sets[i].rest || jy__match_force(rules->sets[i].rest, engine));
    }
    return done;
}

static void check_engines(job *j)
{
    static const char *const engines[] = { "scalar", "sse4.2", "avx2", "avx512", "avx512-buckets", "neon" };
    for (size_t i = 0; i < COUNT(engines); i++) {
        size_t used = force(j->rules, engines[i]) ? measure(j) : 0;
        ck_assert_int_eq(j->status, JY_OK);
        if (!SANITIZED && used > PROMISED)
            ck_abort_msg("%s: %zu bytes", engines[i], used);
    }
    jy_rules_unref(j->rules);
}

START_TEST(test_stack__scanning_stays_within_what_the_header_says)
{
    job j = { 0 };
    char *text = make_text(&j.len);
    j.text = text;
    ck_assert_int_eq(jy_rules_builtin(&j.rules), JY_OK);
    check_engines(&j);
    j.rules = rules_of("  - {id: few, forbid: [没办法, 不知道, 喂, vip]}\n");
    check_engines(&j);
    free(text);
}
END_TEST

CHECK_MAIN("session stack", test_stack__scanning_stays_within_what_the_header_says)
