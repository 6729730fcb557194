/* Two texts -> unified diff, the shortest there is (Myers, An O(ND) Difference Algorithm): D lines taken out and put in are found along the
 * diagonals of the square of both texts. Where that would take too long, lines are paired by their number when there are as many, else the
 * whole middle is one change. */
#include "cli.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { CONTEXT = 3, MOST_STEPS = 2000 /* lines taken out and put in; what is kept of them for the way back grows with their square, to 16 MB */ };
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

/* ---- the shortest way from the texts' begin to their end: down puts a line in, right takes one out, diagonally they are equal */
typedef struct square { const jy_str *a, *b; int a_count, b_count; int *rows[MOST_STEPS + 1]; } square;

/* rows[d][k + d]: how far into `a` d steps lead on diagonal k, which is the place in `a` less that in `b`. */
static int reached(const square *in, int d, int k) { return in->rows[d][k + d]; }

/* Of the two ways to diagonal k in d steps the one that leads further is a line put in. */
static bool puts_in(const square *in, int d, int k)
{
    return k == -d || (k != d && reached(in, d - 1, k - 1) < reached(in, d - 1, k + 1));
}

static int step(const square *in, int d, int k)
{
    int at = !d ? 0 : puts_in(in, d, k) ? reached(in, d - 1, k + 1) : reached(in, d - 1, k - 1) + 1;
    while (at < in->a_count && at - k < in->b_count && str_eq(in->a[at], in->b[at - k]))
        at++;
    return at;
}

/* How many steps lead to the end; MOST_STEPS + 1: too many. */
static int steps_to_end(square *in)
{
    for (int d = 0; d <= MOST_STEPS; d++) {
        in->rows[d] = mem_resize(NULL, (size_t)(2 * d + 1) * sizeof(int));
        for (int k = -d; k <= d; k += 2) {
            int at = in->rows[d][k + d] = step(in, d, k);
            if (at >= in->a_count && at - k >= in->b_count)
                return d;
        }
    }
    return MOST_STEPS + 1;
}

/* The steps, from the end to the begin; each is told by where it was taken. */
static void way_back(const square *in, int d, change *steps)
{
    for (int k = in->a_count - in->b_count; d > 0; d--) {
        bool down = puts_in(in, d, k);
        k += down ? 1 : -1;
        size_t a = (size_t)reached(in, d - 1, k), b = a - (size_t)k;
        steps[d - 1] = (change){ a, a + !down, b, b + down };
    }
}

static void add_shortest(changes *out, const square *middle, int count, size_t front)
{
    change *steps = mem_resize(NULL, (size_t)count * sizeof(*steps));
    way_back(middle, count, steps);
    for (int i = 0; i < count; i++)
        add_change(out, (change){ steps[i].a + front, steps[i].a_end + front, steps[i].b + front, steps[i].b_end + front });
    free(steps);
}

static void add_by_number(changes *out, const lines *a, const lines *b, size_t front, size_t back)
{
    if (a->count != b->count)
        add_change(out, (change){ front, a->count - back, front, b->count - back });
    else
        for (size_t i = front; i < a->count - back; i++)
            if (!str_eq(a->items[i], b->items[i]))
                add_change(out, (change){ i, i + 1, i, i + 1 });
}

static changes compare(const lines *a, const lines *b)
{
    changes out = { 0 };
    size_t front = 0, back = 0, least = a->count < b->count ? a->count : b->count;
    while (front < least && str_eq(a->items[front], b->items[front]))
        front++;
    while (back < least - front && str_eq(a->items[a->count - 1 - back], b->items[b->count - 1 - back]))
        back++;
    if (front == a->count && front == b->count)
        return out;
    if (a->count > INT_MAX / 2 || b->count > INT_MAX / 2) {
        add_by_number(&out, a, b, front, back);
        return out;
    }
    square middle = { a->items + front, b->items + front, (int)(a->count - front - back), (int)(b->count - front - back), { NULL } };
    int count = steps_to_end(&middle);
    if (count > MOST_STEPS)
        add_by_number(&out, a, b, front, back);
    else
        add_shortest(&out, &middle, count, front);
    for (int d = 0; d <= MOST_STEPS; d++)
        free(middle.rows[d]);
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
