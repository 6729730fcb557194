/* Two texts -> unified diff. What `fix` and `rules fmt` change is lines here and there, so the lines are paired by what both
 * ends have in common and, between, by equal numbers of lines; where the numbers differ, the whole middle is one change.
 * Always a correct diff, and the shortest one for changes inside lines. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

enum { CONTEXT = 3 };
typedef struct lines { jy_str *items; size_t count; } lines;
typedef struct change { size_t a, a_end, b, b_end; } change; /* lines a…a_end of the old become b…b_end of the new */
typedef struct changes { change *items; size_t count; } changes;

static lines split(jy_str from)
{
    lines out = { 0 };
    size_t cap = 0;
    for (const char *at = from.ptr, *end = from.ptr + from.len; at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop + 1 : end;
        if (out.count == cap) {
            cap = cap ? cap * 2 : 64;
            out.items = mem_resize(out.items, cap * sizeof(*out.items));
        }
        out.items[out.count++] = (jy_str){ at, (size_t)(stop - at) };
        at = stop;
    }
    return out;
}

static void add_change(changes *list, change one)
{
    change *last = list->count ? &list->items[list->count - 1] : NULL;
    if (last && last->a_end == one.a && last->b_end == one.b) {
        last->a_end = one.a_end;
        last->b_end = one.b_end;
        return;
    }
    list->items = mem_resize(list->items, (list->count + 1) * sizeof(*list->items));
    list->items[list->count++] = one;
}

static changes compare(const lines *a, const lines *b)
{
    changes out = { 0 };
    size_t front = 0, back = 0, least = a->count < b->count ? a->count : b->count;
    while (front < least && str_eq(a->items[front], b->items[front]))
        front++;
    while (back < least - front && str_eq(a->items[a->count - 1 - back], b->items[b->count - 1 - back]))
        back++;
    if (a->count != b->count) {
        add_change(&out, (change){ front, a->count - back, front, b->count - back });
        return out;
    }
    for (size_t i = front; i < a->count - back; i++)
        if (!str_eq(a->items[i], b->items[i]))
            add_change(&out, (change){ i, i + 1, i, i + 1 });
    return out;
}

static void put_line(text *out, char sign, jy_str line)
{
    text_add(out, &sign, 1);
    text_str(out, line);
    if (!line.len || line.ptr[line.len - 1] != '\n')
        text_c(out, "\n\\ No newline at end of file\n");
}

static void put_range(text *out, char sign, size_t begin, size_t count)
{
    char range[64];
    text_add(out, range, (size_t)snprintf(range, sizeof(range), "%c%zu,%zu ", sign, count ? begin + 1 : begin, count));
}

/* Changes first…last, near enough to share context. */
static void put_hunk(text *out, const lines *a, const lines *b, const change *first, const change *last)
{
    size_t begin = first->a > CONTEXT ? first->a - CONTEXT : 0, lead = first->a - begin;
    size_t end = last->a_end + CONTEXT < a->count ? last->a_end + CONTEXT : a->count, at = begin;
    text_c(out, "@@ ");
    put_range(out, '-', begin, end - begin);
    put_range(out, '+', first->b - lead, end - last->a_end + last->b_end - (first->b - lead));
    text_c(out, "@@\n");
    for (const change *one = first; one <= last; one++) {
        for (; at < one->a; at++)
            put_line(out, ' ', a->items[at]);
        for (; at < one->a_end; at++)
            put_line(out, '-', a->items[at]);
        for (size_t i = one->b; i < one->b_end; i++)
            put_line(out, '+', b->items[i]);
    }
    for (; at < end; at++)
        put_line(out, ' ', a->items[at]);
}

void diff_unified(text *out, const char *path, jy_str before, jy_str after)
{
    lines a = split(before), b = split(after);
    changes all = compare(&a, &b);
    if (all.count) {
        text_c(out, "--- ");
        text_c(out, path);
        text_c(out, "\n+++ ");
        text_c(out, path);
        text_c(out, "\n");
    }
    for (size_t i = 0, j; i < all.count; i = j) {
        for (j = i + 1; j < all.count && all.items[j].a <= all.items[j - 1].a_end + 2 * CONTEXT; j++)
            ;
        put_hunk(out, &a, &b, &all.items[i], &all.items[j - 1]);
    }
    free(a.items);
    free(b.items);
    free(all.items);
}
