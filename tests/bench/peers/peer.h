/* What every peer written in C or C++ shares: it reads a phrase list and a text, and prints one line of figures. */
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

/* configuration, milliseconds to build, bytes of tables, bytes scanned, seconds, hits */
static inline void peer_print(const char *name, double build_ms, size_t memory, size_t bytes, double seconds, size_t hits)
{
    printf("%s\t%.3f\t%zu\t%zu\t%.6f\t%zu\n", name, build_ms, memory, bytes, seconds, hits);
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

/* One scan of a part to warm up, one that counts; scan adds to *hits. */
#define PEER_WARM ((size_t)2 << 20)
static inline double peer_time(const peer_bytes *text, int lines, peer_scan scan, void *ctx, size_t *hits)
{
    peer_bytes part = *text;
    part.len = text->len < PEER_WARM ? text->len : PEER_WARM;
    while (part.len && part.ptr[part.len - 1] != '\n')
        part.len--;
    peer_each(&part, lines, scan, ctx);
    *hits = 0;
    double start = peer_now();
    peer_each(text, lines, scan, ctx);
    return peer_now() - start;
}

#endif
