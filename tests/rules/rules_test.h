/* What the tests of lib/rules share: load a text, look at the tree and the diagnostics. */
#ifndef RULES_TEST_H
#define RULES_TEST_H
#include "../check_main.h"
#include "rules/rules_tree.h"

typedef struct loaded { jy__mem mem; jy__params params; jy__diags diags; jy__tree tree; int status; } loaded;

static inline void load_str(loaded *l, jy_str text)
{
    l->mem = jy__mem_of(NULL);
    jy__params_init(&l->params);
    jy__diags_init(&l->diags, &l->mem);
    l->status = jy__rules_load(&l->mem, &l->params, JY__STR("dir/test.yaml"), text, &l->diags, &l->tree);
}
static inline void load(loaded *l, const char *text) { load_str(l, jy__str_of(text)); }
static inline void unload(loaded *l)
{
    jy__rules_tree_free(&l->tree);
    jy__diags_free(&l->diags);
}
static inline void show(const loaded *l)
{
    for (size_t i = 0; i < l->diags.list.count; i++) {
        const jy__diag *d = &l->diags.list.items[i];
        fprintf(stderr, "%u:%u: %d [%.*s] %.*s\n      %.*s\n", d->pos.line, d->pos.column, d->code, (int)d->rule.len, d->rule.ptr,
                (int)d->text[0].len, d->text[0].ptr, (int)d->text[1].len, d->text[1].ptr);
    }
}
/* Loads and insists on no errors. */
static inline void load_good(loaded *l, const char *text)
{
    load(l, text);
    if (!l->tree.ok)
        show(l);
    ck_assert_int_eq(l->status, JY_OK);
    ck_assert(l->tree.ok);
}
/* A file of tests/rules, NUL-terminated; free it. */
static inline char *read_test_file(const char *name, size_t *len)
{
    static char path[1024];
    FILE *file;
    char *text = malloc(1 << 20);
    snprintf(path, sizeof(path), "%s/%s", RULES_TEST_DIR, name);
    file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot read %s", path);
    *len = fread(text, 1, (1 << 20) - 1, file);
    text[*len] = 0;
    fclose(file);
    return text;
}

static inline void compare_line_by_line(const char *found, const char *expected)
{
    while (*found || *expected) {
        size_t a = strcspn(found, "\n"), b = strcspn(expected, "\n");
        ck_assert_msg(a == b && memcmp(found, expected, a) == 0, "\n  found    %.*s\n  expected %.*s", (int)a, found, (int)b, expected);
        found += a + (found[a] == '\n');
        expected += b + (expected[b] == '\n');
    }
}

static inline bool str_is(jy_str text, const char *expected) { return jy__str_is(text, expected); }
#define ck_assert_text(text, expected) \
    ck_assert_msg(str_is(text, expected), "%s is '%.*s', not '%s'", #text, (int)(text).len, (text).ptr, expected)
#endif
