/* What patterns cost: bench_regex PACK TEXT MEGABYTES. One line: seconds of jy_scan with the pack alone, with a hundred patterns beside it, findings of both.
 * The patterns are of the kind that packs have: words, a gap, words; each with words of its own that ordinary text holds now and then. */
#include "peers/peer.h"
#include <jinyu/jinyu.h>

#define PATTERNS 100

static const char *const verbs[10] = { "不管", "不归", "没空", "别问", "懒得", "不想", "自己去", "爱去", "随便", "赶紧" };
static const char *const ends[10] = { "你的事", "这件事", "投诉", "回答你", "帮你查", "跟你说", "找别人", "不去", "你怎么说", "挂电话" };

static jy_rules *rules_of(const char *pack, const char *more)
{
    jy_compiler *compiler;
    jy_rules *rules = NULL;
    if (jy_compiler_new(&compiler, NULL) != JY_OK || jy_compiler_add_file(compiler, pack) != JY_OK ||
        (more && jy_compiler_add_text(compiler, (jy_str){ "patterns", 8 }, (jy_str){ more, strlen(more) }) != JY_OK) || jy_compiler_build(compiler, &rules) != JY_OK) {
        fprintf(stderr, "bench_regex: rules do not compile\n");
        exit(2);
    }
    jy_compiler_free(compiler);
    return rules;
}

typedef struct search { jy_scanner *scanner; jy_rules *rules; size_t found; } search;

static void scan(void *ctx, const char *text, size_t len)
{
    search *s = ctx;
    jy_result *result;
    if (jy_scan(s->scanner, s->rules, (jy_str){ text, len }, &result) != JY_OK)
        exit(2);
    s->found += jy_result_count(result);
    jy_result_free(result);
}

int main(int argc, char **argv)
{
    char more[32768];
    size_t at = (size_t)sprintf(more, "jinyu: 1\npack: patterns\nrules:\n");
    search plain = { 0 }, with = { 0 };
    if (argc != 4)
        return 2;
    peer_bytes text = peer_read(argv[2], strtoull(argv[3], NULL, 10) << 20);
    for (int i = 0; i < PATTERNS; i++)
        at += (size_t)sprintf(more + at, "  - id: pattern-%d\n    suggest: [请您稍等]\n    forbid: {regex: '(我|我们)?%s.{0,6}%s[呀啊吧]?'}\n", i, verbs[i / 10], ends[i % 10]);
    plain.rules = rules_of(argv[1], NULL);
    with.rules = rules_of(argv[1], more);
    if (jy_scanner_new(&plain.scanner, NULL) != JY_OK || jy_scanner_new(&with.scanner, NULL) != JY_OK)
        return 2;
    double literal = peer_time(&text, 0, scan, &plain, &plain.found), pattern = peer_time(&text, 0, scan, &with, &with.found);
    printf("%.6f\t%.6f\t%zu\t%zu\n", literal, pattern, plain.found, with.found);
    jy_scanner_free(plain.scanner);
    jy_scanner_free(with.scanner);
    jy_rules_unref(plain.rules);
    jy_rules_unref(with.rules);
    free(text.ptr);
    return 0;
}
