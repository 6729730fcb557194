/* Hostile texts: bench_shapes PACK ORDINARY-TEXT MEGABYTES. For each shape one line: name, bytes, seconds of this thread, findings. The ordinary text is
 * the first line; the prefix shape brings rules of its own, in which every phrase is a prefix of the next. Findings are bounded by the library's
 * default max-hits, as in any scan. */
#include "peers/peer.h"
#include <jinyu/jinyu.h>

typedef struct shape { const char *name, *unit; } shape;

/* Each is its unit again and again; a line end after every 64 KB lets judging take its part too. */
static const shape shapes[] = {
    { "one letter: aaaa", "a" },
    { "one character: 你你你你", "你" },
    { "marks only", "，、…—·" },
    { "fillers only", "那个嗯这个就是" },
    { "masks only", "＊█*" },
    { "invalid bytes only", "\xE4\xB8\xFF\x80\xF5\xC0" },
    { "first characters in turn", "你等没不讲听大又我急跟打中找什关自有说爱烦" },
    { "phrases but for their last character", "你是听不清你讲没办中国话会不会跟我发什么火" },
    { "phrases with every character doubled and spaced", "你 你，是…是 没 没 办 办" },
    { "the begin of a phrase again and again", "听不清" },
    { "a phrase with fillers after each character, cut short", "听那个不这个清就是你" },
    { "characters outside the stream between", "𠀀你是" },
    { "phrases masked in part, and marks", "没*，办*·法*" },
    { "stutter of every length", "听听不听不清听不清你听" },
    { "one syllable in other characters", "你尼泥拟逆" },
    { "phrases of two and three characters in a row", "你是谁等会找谁自己看" },
    { "invisible characters only", "\xE2\x80\x8B\xEF\xBB\xBF\xE2\x81\xA0" },
    { "masks in place of a phrase's end", "没**，" },
    { "long runs of masks between phrases", "没****************办法，听不清你讲********************话" },
    { "traditional, fillers and stutter at once", "沒那個辦辦法" },
    { "what sounds like a phrase", "没半法" },
    { "invalid bytes inside phrases", "没\xFF" "办\xE5\x8A" "法" },
    { "masks around a character", "＊没＊" },
    { "faces inside phrases", "没❤办❤法" },
    { "letters inside phrases", "没Ａ办法" },
    { "characters of several symbols behind a phrase's begin", "㍿没办" },
    { "short lines of two speakers", "客服：没办法\n客户：你是谁\n" },
};

static jy_rules *rules_of(const char *path, const char *text)
{
    jy_compiler *compiler;
    jy_rules *rules = NULL;
    int status = jy_compiler_new(&compiler, NULL);
    if (status == JY_OK)
        status = text ? jy_compiler_add_text(compiler, (jy_str){ "prefixes", 8 }, (jy_str){ text, strlen(text) }) : jy_compiler_add_file(compiler, path);
    if (status == JY_OK)
        status = jy_compiler_build(compiler, &rules);
    jy_compiler_free(compiler);
    if (status == JY_OK)
        return rules;
    fprintf(stderr, "bench_shapes: rules: %s\n", jy_status_name(status));
    exit(2);
}

#define TIMES 5

static double scan_once(jy_scanner *scanner, jy_rules *rules, jy_str text, size_t *found)
{
    jy_result *result;
    double start = peer_now(), seconds;
    if (jy_scan(scanner, rules, text, &result) != JY_OK)
        exit(2);
    seconds = peer_now() - start;
    *found = jy_result_count(result);
    jy_result_free(result);
    return seconds;
}

/* The best of some: the first one of a process pays for memory and what is not in the caches yet, and that most of all where the text is ordinary. */
static void measure(const char *name, jy_rules *rules, const char *text, size_t len)
{
    jy_scanner *scanner;
    double best = 0;
    size_t found;
    if (jy_scanner_new(&scanner, NULL) != JY_OK)
        exit(2);
    for (int i = 0; i < TIMES; i++) {
        double seconds = scan_once(scanner, rules, (jy_str){ text, len }, &found);
        best = i == 0 || seconds < best ? seconds : best;
    }
    printf("%s\t%zu\t%.6f\t%zu\n", name, len, best, found);
    fflush(stdout);
    jy_scanner_free(scanner);
}

static void fill(char *text, size_t len, const char *unit)
{
    size_t size = strlen(unit), at = 0, line = 0;
    while (at + size < len) {
        memcpy(text + at, unit, size);
        at += size;
        if (at - line >= 65536 && at < len) {
            text[at++] = '\n';
            line = at;
        }
    }
    memset(text + at, '\n', len - at);
}

/* 一二三…: phrase k is the first k + 2 characters; the text is the longest phrase but for its end. */
static void measure_prefixes(char *text, size_t len)
{
    char rules[65536], unit[512];
    size_t at = (size_t)sprintf(rules, "jinyu: 1\npack: prefixes\nrules:\n  - id: all\n    suggest: [请您稍等]\n    forbid:\n");
    jy_rules *compiled;
    for (int k = 2; k <= 60; k++) {
        at += (size_t)sprintf(rules + at, "      - \"");
        for (int i = 0; i < k; i++)
            at += (size_t)sprintf(rules + at, "%c%c%c", 0xE4, 0xB8 + (0x40 + i * 2) / 64 - 1, 0x80 + (i * 2) % 64);
        at += (size_t)sprintf(rules + at, "\"\n");
    }
    unit[0] = 0;
    for (int i = 0; i < 59; i++)
        sprintf(unit + strlen(unit), "%c%c%c", 0xE4, 0xB8 + (0x40 + i * 2) / 64 - 1, 0x80 + (i * 2) % 64);
    compiled = rules_of(NULL, rules);
    fill(text, len, unit);
    measure("every phrase a prefix of the next", compiled, text, len);
    jy_rules_unref(compiled);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    size_t len = strtoull(argv[3], NULL, 10) << 20;
    peer_bytes ordinary = peer_read(argv[2], len);
    char *text = malloc(len);
    jy_rules *rules = rules_of(argv[1], NULL);
    if (!text)
        return 2;
    measure("ordinary", rules, ordinary.ptr, ordinary.len);
    for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
        fill(text, len, shapes[i].unit);
        measure(shapes[i].name, rules, text, len);
    }
    measure_prefixes(text, len);
    jy_rules_unref(rules);
    free(text);
    free(ordinary.ptr);
    return 0;
}
