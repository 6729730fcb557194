/* An allocator of which one allocation fails, by number, and that finds leaks and wrong sizes: every allocation of an attempt is made to fail once. */
#ifndef JINYU_TESTS_FAILING_MEMORY_H
#define JINYU_TESTS_FAILING_MEMORY_H
#include "../check_main.h"
#include <jinyu/jinyu.h>
#include <stdint.h>
#include <string.h>

/* Only allocations of `least` bytes and more are numbered. */
typedef struct pool { size_t calls, fail_at, least, live_bytes, live_blocks, wrong_sizes; } pool;

static inline void *pool_realloc(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    pool *p = ctx;
    size_t *block = ptr ? (size_t *)ptr - 2 : NULL, *grown;
    if (new_size >= p->least && p->calls++ == p->fail_at)
        return NULL;
    p->wrong_sizes += block ? block[0] != old_size : old_size != 0;
    grown = realloc(block, new_size + 2 * sizeof(size_t));
    ck_assert_ptr_nonnull(grown);
    p->live_bytes += new_size - old_size;
    p->live_blocks += block == NULL;
    grown[0] = new_size;
    return grown + 2;
}

static inline void pool_free(void *ctx, void *ptr, size_t size)
{
    pool *p = ctx;
    size_t *block = ptr ? (size_t *)ptr - 2 : NULL;
    if (!block)
        return;
    p->wrong_sizes += block[0] != size;
    p->live_bytes -= size;
    p->live_blocks--;
    free(block);
}

static inline jy_str str(const char *c) { return (jy_str){ c, strlen(c) }; }

/* What is tried: makes everything with the given memory, and frees it. Gives the first error, or JY_OK. */
typedef int (*attempt)(const jy_alloc *alloc, jy_rules *rules);

static inline jy_rules *compiled(const char *text)
{
    jy_compiler *compiler = NULL;
    jy_rules *rules = NULL;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    ck_assert_int_eq(jy_compiler_add_text(compiler, str("rules"), str(text)), JY_OK);
    ck_assert_int_eq(jy_compiler_build(compiler, &rules), JY_OK);
    jy_compiler_free(compiler);
    return rules;
}

/* Builds the rules of a text with the given memory, once more when there was too little, and frees all. */
static inline int try_rules(const jy_alloc *alloc, const char *text)
{
    jy_compiler *compiler = NULL;
    jy_rules *rules = NULL;
    int status = jy_compiler_new(&compiler, alloc);
    if (status >= 0)
        status = jy_compiler_add_text(compiler, str("rules"), str(text));
    if (status >= 0)
        status = jy_compiler_build(compiler, &rules);
    if (status == JY_E_NOMEM && compiler)
        jy_compiler_build(compiler, &rules);
    jy_rules_unref(rules);
    jy_compiler_free(compiler);
    return status;
}

/* Reports a result, and behind it what could not be read (NULL: all could). */
static inline int try_report_as(const jy_report_options *options, jy_write_fn write, void *ctx, const jy_alloc *alloc, const jy_result *result, const jy_diag *skipped)
{
    jy_report *report = NULL;
    int status = jy_report_new(&report, options, write, ctx, alloc);
    if (status >= 0)
        status = jy_report_add(report, result);
    if (status >= 0 && skipped)
        status = jy_report_skipped(report, skipped);
    if (status >= 0)
        status = jy_report_finish(report);
    jy_report_free(report);
    return status;
}

/* Fails allocation 0, 1, 2 … until a run needs no more than were allowed. */
static inline void fail_each(attempt try_it, const char *text, size_t least)
{
    jy_rules *rules = compiled(text);
    size_t refused = 0;
    for (size_t n = 0;; n++) {
        pool p = { .fail_at = n, .least = least };
        jy_alloc alloc = { &p, pool_realloc, pool_free };
        int status = try_it(&alloc, rules);
        ck_assert_msg(status == JY_OK || status == JY_E_NOMEM, "allocation %zu: %s", n, jy_status_name(status));
        ck_assert_msg(p.live_blocks == 0 && p.live_bytes == 0, "allocation %zu: %zu blocks left", n, p.live_blocks);
        ck_assert_msg(p.wrong_sizes == 0, "allocation %zu: %zu wrong sizes", n, p.wrong_sizes);
        refused += status == JY_E_NOMEM;
        if (p.calls <= n) { /* nothing was refused: the run is whole */
            ck_assert_int_eq(status, JY_OK);
            break;
        }
    }
    ck_assert_uint_gt(refused, 0);
    jy_rules_unref(rules);
}

#endif
