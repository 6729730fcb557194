/* What every peer written in C or C++ shares: it reads a phrase list and a text, and prints a line of figures as often as it is asked. */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct peer_bytes { char *ptr; size_t len; } peer_bytes;
typedef struct peer_phrases { char **items; size_t *lens; size_t count; } peer_phrases;

/* Time of this thread alone: on a shared machine the wall clock tells about the neighbours. */
static inline double peer_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* The file, or its first `most` bytes up to a line end. */
static inline peer_bytes peer_read(const char *path, size_t most)
{
    peer_bytes bytes = { NULL, 0 };
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(2);
    }
    size_t size = (size_t)ftell(file);
    size = size < most ? size : most;
    rewind(file);
    bytes.ptr = (char *)malloc(size + 1);
    if (!bytes.ptr || fread(bytes.ptr, 1, size, file) != size)
        exit(2);
    fclose(file);
    while (size && bytes.ptr[size - 1] != '\n')
        size--;
    bytes.ptr[size] = 0;
    bytes.len = size;
    return bytes;
}

static inline peer_phrases peer_read_phrases(const char *path)
{
    peer_bytes bytes = peer_read(path, (size_t)-1);
    peer_phrases phrases = { NULL, NULL, 0 };
    size_t lines = 0;
    for (size_t i = 0; i < bytes.len; i++)
        lines += bytes.ptr[i] == '\n';
    phrases.items = (char **)malloc((lines + 1) * sizeof(char *));
    phrases.lens = (size_t *)malloc((lines + 1) * sizeof(size_t));
    for (char *at = bytes.ptr; at < bytes.ptr + bytes.len;) {
        char *end = strchr(at, '\n');
        *end = 0;
        phrases.items[phrases.count] = at;
        phrases.lens[phrases.count++] = (size_t)(end - at);
        at = end + 1;
    }
    return phrases;
}

/* Calls scan on the whole text, or on each line without its end. */
typedef void (*peer_scan)(void *ctx, const char *text, size_t len);
static inline void peer_each(const peer_bytes *text, int lines, peer_scan scan, void *ctx)
{
    if (!lines) {
        scan(ctx, text->ptr, text->len);
        return;
    }
    for (const char *at = text->ptr, *stop = text->ptr + text->len; at < stop;) {
        const char *end = (const char *)memchr(at, '\n', (size_t)(stop - at));
        scan(ctx, at, (size_t)(end - at));
        at = end + 1;
    }
}

/* The first `most` bytes up to a line end; the same memory. */
static inline peer_bytes peer_part(const peer_bytes *text, size_t most)
{
    peer_bytes part = *text;
    part.len = text->len < most ? text->len : most;
    while (part.len && part.ptr[part.len - 1] != '\n')
        part.len--;
    return part;
}

/* One scan to warm up, one that counts; scan adds to *hits. All of the text: memory that nobody read for a second may be far away on a virtual machine. */
static inline double peer_time(const peer_bytes *text, int lines, peer_scan scan, void *ctx, size_t *hits)
{
    peer_each(text, lines, scan, ctx);
    *hits = 0;
    double start = peer_now();
    peer_each(text, lines, scan, ctx);
    return peer_now() - start;
}

typedef struct peer_cost { const char *name; double build_ms, parse_ms; size_t memory; } peer_cost; /* name: of the configuration; memory: bytes */

/* Answers each line of standard input, which is a number of megabytes: scans as many of the text and prints configuration, milliseconds to build, bytes of
 * tables, bytes scanned, seconds, hits, milliseconds to parse (0: none), then an empty line. So whoever asks can take several programs in turn. */
static inline void peer_serve(const peer_bytes *text, int lines, peer_scan scan, void *ctx, size_t *hits, peer_cost cost)
{
    char asked[32];
    while (fgets(asked, sizeof(asked), stdin)) {
        peer_bytes part = peer_part(text, (size_t)strtoull(asked, NULL, 10) << 20);
        double seconds = peer_time(&part, lines, scan, ctx, hits);
        printf("%s\t%.3f\t%zu\t%zu\t%.6f\t%zu\t%.3f\n\n", cost.name, cost.build_ms, cost.memory, part.len, seconds, *hits, cost.parse_ms);
        fflush(stdout);
    }
}

#endif
