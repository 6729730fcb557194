/* rules: every allocation fails once, and nothing leaks: each walk lets one more allocation succeed than the walk before, until
 * the load comes through. (libyaml's own memory comes from malloc and is not walked.) */
#include "rules_test.h"
#include <stdlib.h>

typedef struct counting { size_t left, calls; int64_t bytes; } counting;

static void *count_realloc(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    counting *c = ctx;
    void *grown;
    c->calls++;
    if (c->left == 0)
        return NULL;
    c->left--;
    grown = realloc(ptr, new_size);
    c->bytes += (int64_t)new_size - (int64_t)(ptr ? old_size : 0);
    return grown;
}

static void count_free(void *ctx, void *ptr, size_t size)
{
    ((counting *)ctx)->bytes -= (int64_t)size;
    free(ptr);
}

typedef int (*attempt)(const jy__mem *mem, jy_str text);

static int try_load(const jy__mem *mem, jy_str text)
{
    jy__params params;
    jy__diags diags;
    jy__tree tree;
    int status;
    jy__params_init(&params);
    jy__diags_init(&diags, mem);
    status = jy__rules_load(mem, &params, JY__STR("memory.yaml"), text, &diags, &tree);
    ck_assert(status == JY_OK || status == JY_E_NOMEM);
    ck_assert(status == JY_OK || !tree.ok);
    if (status == JY_OK)
        jy__rules_tree_free(&tree);
    jy__diags_free(&diags);
    return status;
}

static int try_format(const jy__mem *mem, jy_str text)
{
    jy__text out;
    int status;
    jy__text_init(&out, mem);
    status = jy__rules_format(mem, text, &out);
    jy__text_free(&out);
    return status;
}

static int try_schema(const jy__mem *mem, jy_str text)
{
    jy__text out;
    int status;
    (void)text;
    jy__text_init(&out, mem);
    status = jy__rules_schema(&out);
    jy__text_free(&out);
    return status;
}

static void walk(attempt run, const char *name)
{
    size_t len, allowed = 0;
    char *text = read_test_file(name, &len);
    int status;
    do {
        counting c = { allowed, 0, 0 };
        jy_alloc alloc = { &c, count_realloc, count_free };
        jy__mem mem = jy__mem_of(&alloc);
        status = run(&mem, (jy_str){ text, len });
        ck_assert_msg(c.bytes == 0, "%s: %lld bytes leak when allocation %zu fails", name, (long long)c.bytes, allowed);
        ck_assert_msg(status != JY_OK || c.calls <= allowed, "%s: allocation %zu failed unnoticed", name, allowed);
        allowed++;
    } while (status == JY_E_NOMEM && allowed < 100000);
    ck_assert_int_eq(status, JY_OK);
    free(text);
}

static const char *const files[] = {
    "good/everything.yaml", "good/words_of_yaml.yaml", "bad/01_empty.yaml", "bad/10_quote_open.yaml", "bad/13_list_unquoted.yaml",
    "bad/30_deep.yaml", "bad/37_unknown_keys.yaml", "bad/42_choices.yaml", "bad/48_phrase_groups.yaml", "bad/51_phrase_lists.yaml",
    "bad/56_expr_kinds.yaml", "bad/61_limit.yaml", "bad/63_tests.yaml", "bad/83_many_keys_twice.yaml",
};

START_TEST(test_rules__load_survives_every_failed_allocation)
{
    for (size_t i = 0; i < JY__COUNT(files); i++)
        walk(try_load, files[i]);
}
END_TEST

START_TEST(test_rules__format_and_schema_survive_every_failed_allocation)
{
    walk(try_format, "good/everything.yaml");
    walk(try_format, "format/messy.yaml");
    walk(try_schema, "good/minimal.yaml");
}
END_TEST

CHECK_MAIN("rules", test_rules__load_survives_every_failed_allocation, test_rules__format_and_schema_survive_every_failed_allocation)
