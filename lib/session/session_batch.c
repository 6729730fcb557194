/* Many texts in one call, in Arrow's string layout. They are matched some thousands at a time as one text with borders, so that small texts
 * run at the speed of large ones, and the offsets need little memory however many there are. */
#include "session/session_scan.h"

#define TEXTS 4096 /* at a time */

typedef struct batch { const char *data; const void *offsets; int bits; size_t count; const uint8_t *validity; } batch;

/* SIZE_MAX: below zero */
static size_t offset_at(const batch *b, size_t i)
{
    int32_t narrow;
    int64_t wide;
    if (b->bits == 32) {
        memcpy(&narrow, (const char *)b->offsets + i * sizeof(narrow), sizeof(narrow));
        return narrow < 0 ? SIZE_MAX : (size_t)narrow;
    }
    memcpy(&wide, (const char *)b->offsets + i * sizeof(wide), sizeof(wide));
    return wide < 0 ? SIZE_MAX : (size_t)wide;
}

static bool is_null(const batch *b, size_t i) { return b->validity && !(b->validity[i / 8] >> (i % 8) & 1); }

/* All of it before anything is scanned: a call does all or nothing. */
static bool ascending(const batch *b)
{
    size_t last = offset_at(b, 0);
    for (size_t i = 1; i <= b->count; i++) {
        size_t next = offset_at(b, i);
        if (next < last || next == SIZE_MAX)
            return false;
        last = next;
    }
    return last != SIZE_MAX;
}

static jy__line line_of(const batch *b, size_t number)
{
    size_t begin = offset_at(b, number);
    return (jy__line){ number, { b->data ? b->data + begin : NULL, offset_at(b, number + 1) - begin }, begin };
}

/* Texts [first, first + count), whose borders are bounds[0 .. count], counted from the first of them. */
static int scan_some(jy__text_scan *s, const batch *b, size_t first, size_t count, const size_t *bounds)
{
    size_t begin = offset_at(b, first), i = 0;
    jy_str all = { b->data ? b->data + begin : NULL, bounds[count] };
    int status = jy__scan_match(s, all, begin, (jy_span){ 0, all.len }, bounds, count + 1);
    while (status == JY_OK && i < count) {
        size_t next = jy__scan_next(s, bounds[i]);
        jy__scan_turn found;
        if (next == SIZE_MAX)
            break;
        while (i < count && bounds[i + 1] <= next)
            i++;
        if (i == count)
            break;
        jy__line line = line_of(b, first + i);
        if (jy__scan_take(s, line.text, bounds[i], &found) && !is_null(b, first + i))
            status = jy__scan_judge(s, &line, &found, bounds[i]);
        i++;
    }
    return status;
}

/* How many texts from `first` on are matched together; their borders. None: the first is too long and goes alone. */
static size_t gather(const jy__text_scan *s, const batch *b, size_t first, size_t *bounds)
{
    size_t most = s->most < JY__SCAN_BLOCK ? s->most : JY__SCAN_BLOCK, begin = offset_at(b, first), count = 0;
    bounds[0] = 0;
    for (; count < TEXTS && first + count < b->count; count++) {
        bounds[count + 1] = offset_at(b, first + count + 1) - begin;
        if (bounds[count + 1] > JY__SCAN_BLOCK || bounds[count + 1] - bounds[count] > most)
            break;
    }
    return count;
}

static int scan_all(jy__text_scan *s, const batch *b)
{
    size_t room = (b->count < TEXTS ? b->count : TEXTS) + 1;
    size_t *bounds = jy__mem_alloc(&s->scanner->mem, room * sizeof(*bounds));
    int status = bounds ? JY_OK : JY_E_NOMEM;
    for (size_t first = 0; status == JY_OK && first < b->count && !s->full;) {
        size_t count = gather(s, b, first, bounds);
        jy__line alone = line_of(b, first);
        if (count)
            status = scan_some(s, b, first, count, bounds);
        else if (!is_null(b, first))
            status = jy__scan_apart(s, &alone);
        first += count ? count : 1;
    }
    jy__mem_free(&s->scanner->mem, bounds, room * sizeof(*bounds));
    return status;
}

int jy_scan_batch(jy_scanner *scanner, jy_rules *rules, const char *data, const void *offsets, int offset_bits, size_t count,
                  const uint8_t *validity, jy_result **out)
{
    static const int64_t nothing = 0; /* Arrow allows an array of no texts to have no offsets */
    batch b = { data, !count && !offsets ? &nothing : offsets, offset_bits, count, validity };
    jy__text_scan s;
    int status;
    if (!scanner || !rules || !out || !b.offsets || (offset_bits != 32 && offset_bits != 64) || !ascending(&b))
        return JY_E_INVALID;
    if (!data && offset_at(&b, count) > offset_at(&b, 0))
        return JY_E_INVALID;
    if ((status = jy__scan_begin(&s, scanner, rules, NULL, NULL)) != JY_OK)
        return status;
    jy__result_set_apart(s.result);
    status = scan_all(&s, &b);
    return jy__scan_end(&s, status, count, out);
}
