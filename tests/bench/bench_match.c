/* Matcher alone, one thread (its CPU time): GB/s for each engine and number of phrases. bench_match [megabytes [hit-every [folds-in-hex [phrases [engine]]]]]
 * Prints one line per figure, values separated by tabs: engine, phrases, entry, GB/s (median of the runs), matches, bytes of tables. */
#include "dialogue.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define RUNS 5

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int by_value(const void *a, const void *b) { return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b); }

/* One call for the whole text, or one for each line. Returns the matches. */
static size_t scan(const jy__matcher *matcher, jy__match_scratch *scratch, const char *text, size_t len, bool lines)
{
    size_t found = 0, at = 0;
    while (at < len) {
        const char *end = lines ? memchr(text + at, '\n', len - at) : NULL;
        size_t size = end ? (size_t)(end - (text + at)) + 1 : len - at;
        if (jy__match_scan(matcher, scratch, (jy_str){ text + at, size }, NULL, 0) != JY_OK)
            abort();
        found += scratch->matches.count;
        at += size;
    }
    return found;
}

static void measure(const jy__matcher *matcher, const char *engine, size_t phrases, const char *text, size_t len, bool lines)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__match_scratch scratch;
    double seconds[RUNS];
    size_t found = 0;
    jy__match_scratch_init(&scratch, &mem);
    for (int i = 0; i < RUNS; i++) {
        double start = now();
        found = scan(matcher, &scratch, text, len, lines);
        seconds[i] = now() - start;
    }
    qsort(seconds, RUNS, sizeof(*seconds), by_value);
    printf("%s\t%zu\t%s\t%.3f\t%zu\t%zu\n", engine, phrases, lines ? "lines" : "whole", (double)len / seconds[RUNS / 2] / 1e9, found, jy__matcher_memory(matcher));
    fflush(stdout);
    jy__match_scratch_free(&scratch);
}

static void measure_size(size_t phrases, char *text, size_t size, size_t hit_every, uint32_t folds, const char *engine)
{
    static const char *const engines[] = { "avx512-buckets", "avx512", "avx2", "sse4.2", "neon", "scalar" };
    jy__mem mem = jy__mem_of(NULL);
    jy__matcher *matcher;
    dialogue talk;
    size_t len;
    double start;
    if (!dialogue_open(&talk, 42, phrases, folds))
        abort();
    len = dialogue_write(&talk, text, size, hit_every);
    start = now();
    if (jy__matcher_new(&mem, talk.literals, talk.phrase_count, &matcher) != JY_OK)
        abort();
    printf("build\t%zu\tms\t%.2f\t0\t%zu\n", phrases, (now() - start) * 1e3, jy__matcher_memory(matcher));
    for (size_t i = 0; i < JY__COUNT(engines); i++) {
        if ((engine && strcmp(engine, engines[i]) != 0) || !jy__match_force(matcher, engines[i]))
            continue;
        measure(matcher, engines[i], phrases, text, len, false);
        measure(matcher, engines[i], phrases, text, len, true);
    }
    jy__matcher_free(matcher);
    dialogue_close(&talk);
}

int main(int argc, char **argv)
{
    size_t size = (argc > 1 ? strtoull(argv[1], NULL, 10) : 128) << 20;
    size_t hit_every = argc > 2 ? strtoull(argv[2], NULL, 10) : 5000;
    uint32_t folds = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 16) : 0x3F;
    size_t only = argc > 4 ? strtoull(argv[4], NULL, 10) : 0;
    static const size_t phrases[] = { 30, 1000, 20000 };
    char *text = malloc(size);
    if (!text)
        return 1;
    for (size_t i = 0; i < JY__COUNT(phrases); i++)
        if (!only || only == phrases[i])
            measure_size(phrases[i], text, size, hit_every, folds, argc > 5 ? argv[5] : NULL);
    free(text);
    return 0;
}
