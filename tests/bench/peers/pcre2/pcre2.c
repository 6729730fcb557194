/* PCRE2 with its JIT: one alternation of all phrases, over bytes. pcre2 PHRASES TEXT whole|lines */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "../peer.h"
#include <pcre2.h>

typedef struct searcher { pcre2_code *code; pcre2_match_data *data; size_t hits; } searcher;

static void scan(void *ctx, const char *text, size_t len)
{
    searcher *s = ctx;
    size_t at = 0;
    int result;
    while ((result = pcre2_jit_match(s->code, (PCRE2_SPTR)text, len, at, 0, s->data, NULL)) > 0) {
        at = pcre2_get_ovector_pointer(s->data)[1];
        s->hits++;
    }
    if (result != PCRE2_ERROR_NOMATCH) {
        fprintf(stderr, "pcre2: error %d\n", result);
        exit(2);
    }
}

static char *alternation(const peer_phrases *phrases)
{
    size_t size = 1, at = 0;
    for (size_t i = 0; i < phrases->count; i++)
        size += phrases->lens[i] + 1;
    char *pattern = malloc(size);
    for (size_t i = 0; i < phrases->count; i++) {
        memcpy(pattern + at, phrases->items[i], phrases->lens[i]);
        at += phrases->lens[i];
        pattern[at++] = '|';
    }
    pattern[at ? at - 1 : 0] = 0;
    return pattern;
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    peer_phrases phrases = peer_read_phrases(argv[1]);
    peer_bytes text = peer_read(argv[2], (size_t)-1);
    searcher s = { NULL, NULL, 0 };
    char *pattern = alternation(&phrases);
    int error;
    size_t place, memory = 0;
    double start = peer_now(), built;
    s.code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, 0, &error, &place, NULL);
    if (!s.code || (error = pcre2_jit_compile(s.code, PCRE2_JIT_COMPLETE)) != 0) {
        char message[200];
        pcre2_get_error_message(error, (PCRE2_UCHAR *)message, sizeof(message));
        fprintf(stderr, "pcre2: %s\n", message);
        return 2;
    }
    built = peer_now() - start;
    s.data = pcre2_match_data_create_from_pattern(s.code, NULL);
    pcre2_pattern_info(s.code, PCRE2_INFO_JITSIZE, &memory);
    peer_serve(&text, strcmp(argv[3], "lines") == 0, scan, &s, &s.hits, (peer_cost){ "PCRE2 JIT", built * 1e3, 0, memory });
    return 0;
}
