/* Builds of the library in turn over the same text, in one process, so that a noisy host treats them alike:
 * bench_turns PACK TEXT scan|batch|lines|matcher MEGABYTES SOUND ENGINE ROUNDS MODULE...   (modules: scans.h; made by turns.py)
 * A line for each module: its name, GB/s of the median round, findings, and how many times as fast as the first module it is, in the quartiles and the
 * median of the rounds. The text is thrown out of the caches before each pass. */
#define _GNU_SOURCE /* RTLD_DEEPBIND: each module keeps to the ICU data and functions of its own library */
#include "scans.h"
#include <dlfcn.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define MOST 16
typedef struct build {
    const char *name;
    const scans_way *way;
    scans *scans;
    double *seconds;
    size_t found;
} build;

static void load(build *b, const char *path)
{
    void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
    b->name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    b->way = module ? dlsym(module, "scans_of_jinyu") : NULL;
    if (b->way)
        return;
    fprintf(stderr, "%s\n", dlerror());
    exit(2);
}

static void throw_out(const peer_bytes *text)
{
#if defined(__x86_64__)
    for (size_t i = 0; i < text->len; i += 64)
        _mm_clflush(text->ptr + i);
    _mm_mfence();
#endif
}

static void pass(build *b, const peer_bytes *text, const char *mode, size_t round)
{
    throw_out(text);
    *b->way->found(b->scans) = 0;
    double start = peer_now();
    peer_each(text, strcmp(mode, "lines") == 0, b->way->mode(mode), b->scans);
    b->seconds[round] = peer_now() - start;
    b->found = *b->way->found(b->scans);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void show(const build *b, const build *first, size_t rounds, size_t bytes)
{
    double *ratios = malloc(rounds * sizeof(*ratios)), *seconds = malloc(rounds * sizeof(*seconds));
    for (size_t r = 0; r < rounds; r++) {
        ratios[r] = first->seconds[r] / b->seconds[r];
        seconds[r] = b->seconds[r];
    }
    qsort(ratios, rounds, sizeof(*ratios), by_size);
    qsort(seconds, rounds, sizeof(*seconds), by_size);
    printf("%-28s %6.3f GB/s %9zu found   %.3f  %.3f  %.3f\n", b->name, (double)bytes / seconds[rounds / 2] / 1e9, b->found, ratios[rounds / 4],
           ratios[rounds / 2], ratios[rounds * 3 / 4]);
    free(ratios);
    free(seconds);
}

int main(int argc, char **argv)
{
    build builds[MOST];
    size_t count = argc > 8 ? (size_t)argc - 8 : 0, rounds;
    if (!count || count > MOST || (rounds = strtoull(argv[7], NULL, 10)) == 0) {
        fprintf(stderr, "bench_turns PACK TEXT scan|batch|lines|matcher MEGABYTES SOUND ENGINE ROUNDS MODULE...\n");
        return 2;
    }
    peer_bytes text = peer_read(argv[2], strtoull(argv[4], NULL, 10) << 20);
    for (size_t i = 0; i < count; i++) {
        load(&builds[i], argv[8 + i]);
        builds[i].scans = builds[i].way->open(argv[1], atoi(argv[5]), argv[6], &text);
        builds[i].seconds = calloc(rounds, sizeof(double));
        pass(&builds[i], &text, argv[3], 0); /* to warm up: round 0 is written again */
    }
    for (size_t r = 0; r < rounds; r++)
        for (size_t i = 0; i < count; i++)
            pass(&builds[(i + r) % count], &text, argv[3], r);
    for (size_t i = 0; i < count; i++)
        show(&builds[i], &builds[0], rounds, text.len);
    for (size_t i = 0; i < count; i++) {
        builds[i].way->close(builds[i].scans);
        free(builds[i].seconds);
    }
    free(text.ptr);
    return 0;
}
