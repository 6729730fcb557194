#include "scans.h"
#include "compile/compile.h"

struct scans {
    jy_rules *rules;
    jy_scanner *scanner;
    jy__mem mem;
    jy__match_scratch scratch;
    int64_t *offsets;
    size_t line_count, found;
    peer_cost cost;
};

static void must(int status, const char *what)
{
    if (status == JY_OK)
        return;
    fprintf(stderr, "%s: %s\n", what, jy_status_name(status));
    exit(2);
}

static void take(scans *s, jy_result *result)
{
    s->found += jy_result_count(result);
    jy_result_free(result);
}

static void scan_text(void *ctx, const char *text, size_t len)
{
    scans *s = ctx;
    jy_result *result;
    must(jy_scan(s->scanner, s->rules, (jy_str){ text, len }, &result), "jy_scan");
    take(s, result);
}

/* As peers do: none keeps a copy of what it read. Libraries from before that setting do. */
static void scan_staying(void *ctx, const char *text, size_t len)
{
    scans *s = ctx;
    jy_param stays;
    if (jy_param_by_name((jy_str){ "text-stays", 10 }, &stays) == JY_OK)
        must(jy_scanner_set(s->scanner, stays, 1), "text-stays");
    scan_text(ctx, text, len);
}

static size_t lines_within(const scans *s, size_t len)
{
    size_t low = 0, high = s->line_count;
    while (low < high) {
        size_t middle = low + (high - low + 1) / 2;
        if ((size_t)s->offsets[middle] <= len)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static void scan_batch(void *ctx, const char *text, size_t len)
{
    scans *s = ctx;
    jy_result *result;
    must(jy_scan_batch(s->scanner, s->rules, text, s->offsets, 64, lines_within(s, len), NULL, &result), "jy_scan_batch");
    take(s, result);
}

static void scan_matcher(void *ctx, const char *text, size_t len)
{
    scans *s = ctx;
    must(jy__match_scan(s->rules->sets[JY__SET_FORBID].matcher, &s->scratch, (jy_str){ text, len }, NULL, 0), "jy__match_scan");
    s->found += s->scratch.matches.count;
}

static peer_scan mode_of(const char *name)
{
    return !strcmp(name, "batch") ? scan_batch : !strcmp(name, "matcher") ? scan_matcher : !strcmp(name, "stays") ? scan_staying : scan_text;
}

static void find_lines(scans *s, const peer_bytes *text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text->len; i++)
        lines += text->ptr[i] == '\n';
    s->offsets = calloc(lines + 1, sizeof(*s->offsets));
    for (size_t i = 0; i < text->len; i++)
        if (text->ptr[i] == '\n')
            s->offsets[++s->line_count] = (int64_t)i + 1;
}

static void show_errors(jy_compiler *compiler)
{
    for (size_t i = 0; i < jy_compiler_diag_count(compiler); i++) {
        jy_diag diag = JY_DIAG_INIT;
        jy_compiler_diag(compiler, i, &diag);
        fprintf(stderr, "%.*s:%u: %.*s\n", (int)diag.source.len, diag.source.ptr, diag.line, (int)diag.message.len, diag.message.ptr);
    }
}

static void compile(scans *s, const char *pack, int sound)
{
    jy_compiler *compiler;
    double start = peer_now(), parsed;
    int status;
    must(jy_compiler_new(&compiler, NULL), "jy_compiler_new");
    must(jy_compiler_set(compiler, JY_PARAM_FOLD_SOUND, sound), "fold-sound");
    if (strncmp(pack, "builtin:", 8) == 0)
        status = jy_compiler_add_builtin(compiler, (jy_str){ pack + 8, strlen(pack) - 8 });
    else
        status = jy_compiler_add_file(compiler, pack);
    parsed = peer_now();
    if (status == JY_OK)
        status = jy_compiler_build(compiler, &s->rules);
    s->cost.parse_ms = (parsed - start) * 1e3;
    s->cost.build_ms = (peer_now() - parsed) * 1e3;
    if (status != JY_OK)
        show_errors(compiler);
    must(status, pack);
    jy_compiler_free(compiler);
}

static scans *open_scans(const char *pack, int sound, const char *engine, const peer_bytes *text)
{
    scans *s = calloc(1, sizeof(*s));
    s->mem = jy__mem_of(NULL);
    compile(s, pack, sound);
    if (strcmp(engine, "best") != 0 && !jy__match_force(s->rules->sets[JY__SET_FORBID].matcher, engine)) {
        fprintf(stderr, "no engine %s here\n", engine);
        exit(3);
    }
    s->cost.name = strcmp(engine, "best") ? engine : jy__match_engine();
    s->cost.memory = jy_rules_memory(s->rules);
    must(jy_scanner_new(&s->scanner, NULL), "jy_scanner_new");
    must(jy__match_scratch_init(&s->scratch, &s->mem), "scratch");
    s->scratch.max_matches = SIZE_MAX;
    must(jy_scanner_set(s->scanner, JY_PARAM_MAX_HITS, 100000000), "max-hits");
    find_lines(s, text);
    return s;
}

static size_t *found_by(scans *s)
{
    return &s->found;
}

static peer_cost cost_of(const scans *s)
{
    return s->cost;
}

static void close_scans(scans *s)
{
    jy__match_scratch_free(&s->scratch);
    jy_scanner_free(s->scanner);
    jy_rules_unref(s->rules);
    free(s->offsets);
    free(s);
}

__attribute__((visibility("default"))) const scans_way scans_of_jinyu = { open_scans, mode_of, found_by, cost_of, close_scans };
