/* jinyu as a program meets it: bench_jinyu PACK TEXT scan|batch|lines|matcher MEGABYTES SOUND ENGINE
 * One line: engine, milliseconds to compile, bytes of the rule set, bytes scanned, seconds of this thread, findings (matcher: matches), milliseconds
 * to parse. PACK is a rule file or builtin:NAME; SOUND is 1 (as the pack says) or 0; ENGINE is one of jy__match_force, or best. */
#include "compile/compile.h"
#include "peers/peer.h"

typedef struct bench {
    jy_rules *rules;
    jy_scanner *scanner;
    jy__mem mem;
    jy__match_scratch scratch;
    int64_t *offsets;
    size_t line_count, found;
} bench;

static void must(int status, const char *what)
{
    if (status == JY_OK)
        return;
    fprintf(stderr, "bench_jinyu: %s: %s\n", what, jy_status_name(status));
    exit(2);
}

static void take(bench *b, jy_result *result)
{
    b->found += jy_result_count(result);
    jy_result_free(result);
}

static void scan_text(void *ctx, const char *text, size_t len)
{
    bench *b = ctx;
    jy_result *result;
    must(jy_scan(b->scanner, b->rules, (jy_str){ text, len }, &result), "jy_scan");
    take(b, result);
}

static void scan_batch(void *ctx, const char *text, size_t len)
{
    bench *b = ctx;
    jy_result *result;
    size_t count = 0;
    while (count < b->line_count && (size_t)b->offsets[count + 1] <= len)
        count++;
    must(jy_scan_batch(b->scanner, b->rules, text, b->offsets, 64, count, NULL, &result), "jy_scan_batch");
    take(b, result);
}

static void scan_matcher(void *ctx, const char *text, size_t len)
{
    bench *b = ctx;
    must(jy__match_scan(b->rules->sets[JY__SET_FORBID].matcher, &b->scratch, (jy_str){ text, len }, NULL, 0), "jy__match_scan");
    b->found += b->scratch.matches.count;
}

static void find_lines(bench *b, const peer_bytes *text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text->len; i++)
        lines += text->ptr[i] == '\n';
    b->offsets = calloc(lines + 1, sizeof(*b->offsets));
    for (size_t i = 0; i < text->len; i++)
        if (text->ptr[i] == '\n')
            b->offsets[++b->line_count] = (int64_t)i + 1;
}

static void show_errors(jy_compiler *compiler)
{
    for (size_t i = 0; i < jy_compiler_diag_count(compiler); i++) {
        jy_diag diag = JY_DIAG_INIT;
        jy_compiler_diag(compiler, i, &diag);
        fprintf(stderr, "%.*s:%u: %.*s\n", (int)diag.source.len, diag.source.ptr, diag.line, (int)diag.message.len, diag.message.ptr);
    }
}

static void compile(bench *b, const char *pack, int sound, double *parse_ms, double *build_ms)
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
        status = jy_compiler_build(compiler, &b->rules);
    *parse_ms = (parsed - start) * 1e3;
    *build_ms = (peer_now() - parsed) * 1e3;
    if (status != JY_OK)
        show_errors(compiler);
    must(status, pack);
    jy_compiler_free(compiler);
}

int main(int argc, char **argv)
{
    bench b = { 0 };
    double parse_ms, build_ms, seconds;
    const char *mode;
    if (argc != 7) {
        fprintf(stderr, "bench_jinyu PACK TEXT scan|batch|lines|matcher MEGABYTES SOUND ENGINE\n");
        return 2;
    }
    mode = argv[3];
    b.mem = jy__mem_of(NULL);
    peer_bytes text = peer_read(argv[2], strtoull(argv[4], NULL, 10) << 20);
    compile(&b, argv[1], atoi(argv[5]), &parse_ms, &build_ms);
    if (strcmp(argv[6], "best") != 0 && !jy__match_force(b.rules->sets[JY__SET_FORBID].matcher, argv[6])) {
        fprintf(stderr, "no engine %s here\n", argv[6]);
        return 3;
    }
    must(jy_scanner_new(&b.scanner, NULL), "jy_scanner_new");
    must(jy__match_scratch_init(&b.scratch, &b.mem), "scratch");
    b.scratch.max_matches = SIZE_MAX;
    must(jy_scanner_set(b.scanner, JY_PARAM_MAX_HITS, 100000000), "max-hits");
    find_lines(&b, &text);
    peer_scan scan = !strcmp(mode, "batch") ? scan_batch : !strcmp(mode, "matcher") ? scan_matcher : scan_text;
    seconds = peer_time(&text, strcmp(mode, "lines") == 0, scan, &b, &b.found);
    printf("%s\t%.3f\t%zu\t%zu\t%.6f\t%zu\t%.3f\n", strcmp(argv[6], "best") ? argv[6] : jy__match_engine(), build_ms, jy_rules_memory(b.rules), text.len,
           seconds, b.found, parse_ms);
    jy__match_scratch_free(&b.scratch);
    jy_scanner_free(b.scanner);
    jy_rules_unref(b.rules);
    free(b.offsets);
    free(text.ptr);
    return 0;
}
