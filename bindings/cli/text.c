/* Growing bytes, lists of strings. Everything else of the command line builds its output here, so that a
 * write is one call. Running out of memory ends the program with a message and EXIT_USAGE: a tool has nothing better to do. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

void *mem_resize(void *ptr, size_t size)
{
    void *grown = realloc(ptr, size ? size : 1);
    if (!grown) {
        fputs("jinyu: out of memory / 内存不足\n", stderr);
        exit(EXIT_USAGE);
    }
    return grown;
}

char *mem_copy(const char *ptr, size_t len)
{
    char *copy = mem_resize(NULL, len + 1);
    if (len)
        memcpy(copy, ptr, len);
    copy[len] = 0;
    return copy;
}

void text_room(text *out, size_t more)
{
    size_t need = out->len + more + 1;
    if (need <= out->cap)
        return;
    out->cap = out->cap * 2 > need ? out->cap * 2 : need;
    out->ptr = mem_resize(out->ptr, out->cap);
}

void text_add(text *out, const char *ptr, size_t len)
{
    text_room(out, len);
    if (len)
        memcpy(out->ptr + out->len, ptr, len);
    out->len += len;
    out->ptr[out->len] = 0;
}

void text_c(text *out, const char *zero_terminated) { text_add(out, zero_terminated, strlen(zero_terminated)); }
void text_str(text *out, jy_str piece) { text_add(out, piece.ptr, piece.len); }

void text_int(text *out, long long number)
{
    char digits[24];
    text_add(out, digits, (size_t)snprintf(digits, sizeof(digits), "%lld", number));
}

int text_columns(const char *words)
{
    int columns = 0;
    for (; *words; words++)
        if (((unsigned char)*words & 0xC0) != 0x80)
            columns += (unsigned char)*words >= 0xE2 ? 2 : 1;
    return columns;
}

void text_shown(text *out, jy_str words, bool redact)
{
    jy_buf masked = JY_BUF_INIT;
    if (!redact)
        text_str(out, words);
    else if (jy_redact(words, &masked) >= 0)
        text_add(out, masked.ptr, masked.len);
    jy_buf_free(&masked);
}

void text_free(text *out)
{
    free(out->ptr);
    *out = (text){ 0 };
}

bool str_is(jy_str a, const char *b) { return a.len == strlen(b) && (!a.len || !memcmp(a.ptr, b, a.len)); }
bool str_eq(jy_str a, jy_str b) { return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len)); }

uint64_t str_hash(jy_str bytes, uint64_t seed)
{
    for (size_t i = 0; i < bytes.len; i++)
        seed = (seed ^ (unsigned char)bytes.ptr[i]) * 0x100000001b3u;
    return (seed ^ 0xff) * 0x100000001b3u; /* "ab","c" differs from "a","bc" */
}

size_t str_distance(const char *a, const char *b)
{
    size_t row[64], n = strlen(a), m = strlen(b);
    if (n >= COUNT(row) || m >= COUNT(row))
        return 99;
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[m];
}

void strings_add(strings *list, const char *ptr, size_t len)
{
    if (list->count == list->cap) {
        list->cap = list->cap ? list->cap * 2 : 8;
        list->items = mem_resize(list->items, list->cap * sizeof(*list->items));
    }
    list->items[list->count++] = mem_copy(ptr, len);
}

void strings_free(strings *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (strings){ 0 };
}
