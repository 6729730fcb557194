/* The compiler object: gathers rule files, keeps their trees and every remark about them, and makes the frozen rule set. */
#include "compile/compile.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int jy_compiler_new(jy_compiler **out, const jy_alloc *alloc)
{
    jy__mem mem = jy__mem_of(alloc);
    jy_compiler *compiler;
    if (!out)
        return JY_E_INVALID;
    compiler = jy__mem_alloc(&mem, sizeof(*compiler));
    if (!compiler)
        return JY_E_NOMEM;
    compiler->mem = mem;
    jy__params_init(&compiler->params);
    jy__text_init(&compiler->named, &compiler->mem);
    jy__diags_init(&compiler->diags, &compiler->mem);
    *out = compiler;
    return JY_OK;
}

void jy_compiler_free(jy_compiler *compiler)
{
    jy__mem mem;
    if (!compiler)
        return;
    mem = compiler->mem;
    for (size_t i = 0; i < compiler->trees.count; i++)
        jy__rules_tree_free(&compiler->trees.items[i]);
    JY__VEC_FREE(&mem, &compiler->trees);
    jy__text_free(&compiler->named);
    jy__diags_free(&compiler->diags);
    jy_rules_unref(compiler->rules);
    jy__mem_free(&mem, compiler, sizeof(*compiler));
}

int jy_compiler_set(jy_compiler *compiler, jy_param param, int64_t value)
{
    int status = compiler ? JY_OK : JY_E_INVALID;
    if (compiler && param >= JY_PARAM_MAX_RULES && !compiler->sealed) /* a setting is of the packs that are added behind it */
        status = jy__compiler_read_named(compiler);
    return status == JY_OK ? jy__params_set(&compiler->params, param, value) : status;
}

static const jy__tree *same_before(const jy_compiler *compiler, const jy__tree *tree)
{
    for (size_t i = 0; i < compiler->trees.count; i++)
        if (compiler->trees.items[i].content == tree->content && jy__str_eq(compiler->trees.items[i].pack.name, tree->pack.name))
            return &compiler->trees.items[i];
    return NULL;
}

/* The same file given twice is one mistake, not one of every rule in it: it is left out, and what was said of it is said once. */
static int refuse_same(jy_compiler *compiler, jy__tree *tree, const jy__tree *earlier, size_t said, size_t errors)
{
    compiler->diags.list.count = said;
    compiler->diags.errors = errors;
    jy__compile_message(compiler, JY__DIAG_TWICE, tree->pack.source, (jy_str){ NULL, 0 }, (jy__pos){ 0, 0, 0, 0 }, &earlier->pack.source, 1);
    jy__rules_tree_free(tree);
    compiler->failed = true;
    return JY_E_RULES;
}

int jy__compiler_load(jy_compiler *compiler, jy_str name, jy_str text)
{
    size_t said = compiler->diags.list.count, errors = compiler->diags.errors;
    const jy__tree *earlier;
    jy__tree *tree;
    int status;
    if (!JY__VEC_ROOM(&compiler->mem, &compiler->trees))
        return JY_E_NOMEM;
    jy__diags_file(&compiler->diags, name);
    tree = &compiler->trees.items[compiler->trees.count];
    status = jy__rules_load(&compiler->mem, &compiler->params, name, text, &compiler->diags, tree);
    if (status != JY_OK) {
        jy__rules_tree_free(tree);
        return status;
    }
    tree->content = jy__hash(text.ptr, text.len);
    if ((earlier = same_before(compiler, tree)))
        return refuse_same(compiler, tree, earlier, said, errors);
    compiler->trees.count++;
    if (compiler->diags.errors == errors)
        return JY_OK;
    compiler->failed = true;
    return tree->newer ? JY_E_VERSION : JY_E_RULES;
}

int jy_compiler_add_text(jy_compiler *compiler, jy_str name, jy_str text)
{
    int status;
    if (!compiler || jy__str_lost(name) || jy__str_lost(text))
        return JY_E_INVALID;
    if (compiler->sealed)
        return JY_E_STATE;
    status = jy__compiler_read_named(compiler);
    return status == JY_OK ? jy__compiler_load(compiler, name, text) : status;
}

static int refuse_path(jy_compiler *compiler, int code, const jy_str *args, size_t arg_count)
{
    jy__diags_file(&compiler->diags, args[0]);
    jy__compile_message(compiler, code, args[0], (jy_str){ NULL, 0 }, (jy__pos){ 0, 0, 0, 0 }, args, arg_count);
    compiler->failed = true;
    return JY_E_IO;
}

static int refuse_unread(jy_compiler *compiler, const char *path, int error)
{
    char room[2][JY__ERRNO_ROOM];
    jy_str args[] = { jy__str_of(path), jy__errno_text(error, JY_ENGLISH, room[0]), jy__errno_text(error, JY_CHINESE, room[1]) };
    return refuse_path(compiler, JY__DIAG_FILE, args, JY__COUNT(args));
}

#define RULE_FILE_MOST ((size_t)256 << 20) /* bytes: a device without an end is no rule file */

static int read_file(jy_compiler *compiler, const char *path, jy__text *out)
{
    char block[16384];
    size_t got;
    FILE *file = fopen(path, "rb");
    int error;
    if (!file)
        return refuse_unread(compiler, path, errno);
    while (!out->failed && out->len <= RULE_FILE_MOST && (got = fread(block, 1, sizeof(block), file)) > 0)
        jy__text_add(out, block, got);
    error = out->len > RULE_FILE_MOST ? EFBIG : !ferror(file) ? 0 : errno ? errno : EIO; /* before fclose() has its own */
    fclose(file);
    if (error)
        return refuse_unread(compiler, path, error);
    return out->failed ? JY_E_NOMEM : JY_OK;
}

static int add_one_file(jy_compiler *compiler, const char *path)
{
    jy__text text;
    int status;
    jy__text_init(&text, &compiler->mem);
    status = read_file(compiler, path, &text);
    if (status == JY_OK)
        status = jy_compiler_add_text(compiler, jy__str_of(path), jy__text_view(&text));
    jy__text_free(&text);
    return status;
}

static bool is_rule_file(const char *name)
{
    size_t len = strlen(name);
    return name[0] != '.' && ((len > 5 && !strcmp(name + len - 5, ".yaml")) || (len > 4 && !strcmp(name + len - 4, ".yml")));
}

static int add_path(jy_compiler *compiler, const char *path, size_t *files);

/* By bytes: alphasort() would ask the locale. */
static int by_name(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

/* One entry of a folder: a rule file (one that leads nowhere too: add_path() says so), or a folder; all else is none of ours. */
static int add_entry(jy_compiler *compiler, const char *folder, const char *name, size_t *files)
{
    struct stat info;
    jy__text path;
    int status = JY_OK;
    jy__text_init(&path, &compiler->mem);
    jy__text_c(&path, folder);
    if (path.len && path.ptr[path.len - 1] != '/')
        jy__text_char(&path, '/');
    jy__text_c(&path, name);
    if (path.failed)
        status = JY_E_NOMEM;
    else if (name[0] != '.' && (is_rule_file(name) || (stat(path.ptr, &info) == 0 && S_ISDIR(info.st_mode))))
        status = add_path(compiler, path.ptr, files);
    jy__text_free(&path);
    return status;
}

/* Every entry in name order, so that a folder always gives the same rule numbers. An error in one file hides no other's. */
static int add_folder(jy_compiler *compiler, const char *path, size_t *files)
{
    struct dirent **entries;
    int count = scandir(path, &entries, NULL, by_name), worst = JY_OK;
    if (count < 0)
        return refuse_unread(compiler, path, errno);
    for (int i = 0; i < count; i++) {
        int status = add_entry(compiler, path, entries[i]->d_name, files);
        worst = status == JY_OK || worst == JY_E_NOMEM ? worst : status;
        free(entries[i]);
    }
    free(entries);
    return worst;
}

static int add_path(jy_compiler *compiler, const char *path, size_t *files)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return refuse_unread(compiler, path, errno);
    if (S_ISDIR(info.st_mode))
        return add_folder(compiler, path, files);
    *files += 1;
    return add_one_file(compiler, path);
}

int jy_compiler_add_file(jy_compiler *compiler, const char *path)
{
    size_t files = 0;
    int status;
    if (!compiler || !path)
        return JY_E_INVALID;
    if (compiler->sealed)
        return JY_E_STATE;
    status = add_path(compiler, path, &files);
    if (status == JY_OK && files == 0)
        return refuse_path(compiler, JY__DIAG_FOLDER_EMPTY, (jy_str[]){ jy__str_of(path) }, 1);
    return status;
}

static int compile(jy_compiler *compiler)
{
    int status = jy__compiler_read_named(compiler);
    if (status != JY_OK)
        return status;
    if (compiler->trees.count == 0 && !compiler->failed) {
        jy__compile_message(compiler, JY__DIAG_NO_RULES, (jy_str){ NULL, 0 }, (jy_str){ NULL, 0 }, (jy__pos){ 0, 0, 0, 0 }, NULL, 0);
        return JY_E_RULES;
    }
    status = jy__compile_rules(compiler, &compiler->rules);
    jy__diags_sort(&compiler->diags);
    if (status == JY_OK && (compiler->failed || compiler->diags.failed)) {
        jy_rules_unref(compiler->rules);
        compiler->rules = NULL;
        status = compiler->failed ? JY_E_RULES : JY_E_NOMEM;
    }
    return status;
}

int jy_compiler_build(jy_compiler *compiler, jy_rules **out)
{
    int status;
    if (!compiler || !out)
        return JY_E_INVALID;
    if (compiler->sealed)
        return JY_E_STATE;
    status = jy__compiler_wake_named(compiler);
    if (status == JY_E_MISSING)
        status = compile(compiler);
    if (status != JY_OK)
        return status;
    compiler->sealed = true;
    *out = jy_rules_ref(compiler->rules);
    return JY_OK;
}

size_t jy_compiler_diag_count(const jy_compiler *compiler) { return compiler ? compiler->diags.list.count : 0; }

int jy_compiler_diag(const jy_compiler *compiler, size_t index, jy_diag *out)
{
    if (!compiler || !out || index >= compiler->diags.list.count)
        return JY_E_INVALID;
    return jy__diags_give(&compiler->diags, index, (int)jy__params_get(&compiler->params, JY_PARAM_LANGUAGE), out);
}

int jy_rules_schema(jy_buf *out)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__text text;
    int status;
    if (!out)
        return JY_E_INVALID;
    jy__text_init(&text, &mem);
    status = jy__rules_schema(&text);
    if (status == JY_OK)
        status = jy__text_give(&text, out);
    jy__text_free(&text);
    return status;
}

int jy_rules_format(jy_str text, jy_buf *out)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__text formatted;
    int status;
    if (!out || jy__str_lost(text))
        return JY_E_INVALID;
    jy__text_init(&formatted, &mem);
    status = jy__rules_format(&mem, text, &formatted);
    if (status == JY_OK)
        status = jy__text_give(&formatted, out);
    jy__text_free(&formatted);
    return status;
}
