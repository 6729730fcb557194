/* Many texts in one call, in Arrow's string layout. They are matched some thousands at a time as one text with borders, so that small texts
 * run at the speed of large ones, and the offsets need little memory however many there are. */
#include "session/session_scan.h"

#define TEXTS 4096 /* at a time */

typedef struct batch { const char *data; const void *offsets; int bits; size_t count; const uint8_t *validity; } batch;

/* The offsets are not always aligned, so each is copied; the loops below stay plain, for the compiler to read many at a time. */
static inline uint32_t narrow_at(const char *offsets, size_t i)
{
    uint32_t own;
    memcpy(&own, offsets + i * sizeof(own), sizeof(own));
    return own;
}

static inline uint64_t wide_at(const char *offsets, size_t i)
{
    uint64_t own;
    memcpy(&own, offsets + i * sizeof(own), sizeof(own));
    return own;
}

static size_t offset_at(const batch *b, size_t i) { return b->bits == 32 ? narrow_at(b->offsets, i) : (size_t)wide_at(b->offsets, i); }
static bool is_null(const batch *b, size_t i) { return jy__is_null(b->validity, i); }

/* The top bit is set by an offset below zero, and where there is none by one that is less than that before it. */
static uint32_t wrong_narrow(const char *offsets, size_t count)
{
    uint32_t wrong = narrow_at(offsets, 0);
    for (size_t i = 0; i < count; i++)
        wrong |= narrow_at(offsets, i + 1) | (narrow_at(offsets, i + 1) - narrow_at(offsets, i));
    return wrong >> 31;
}

static uint64_t wrong_wide(const char *offsets, size_t count)
{
    uint64_t wrong = wide_at(offsets, 0);
    for (size_t i = 0; i < count; i++)
        wrong |= wide_at(offsets, i + 1) | (wide_at(offsets, i + 1) - wide_at(offsets, i));
    return wrong >> 63;
}

/* All of it before anything is scanned: a call does all or nothing. */
static bool ascending(const batch *b) { return !(b->bits == 32 ? wrong_narrow(b->offsets, b->count) : wrong_wide(b->offsets, b->count)); }

static jy_str piece(const batch *b, size_t begin, size_t len) { return (jy_str){ b->data ? b->data + begin : NULL, len }; }

/* Number of the text in which `at` is, from text i on; most texts have nothing in them, so some are passed at a time. */
static size_t text_of(const size_t *bounds, size_t count, size_t i, size_t at)
{
    enum { STEP = 8 };
    while (i + STEP < count && bounds[i + STEP] <= at)
        i += STEP;
    while (i < count && bounds[i + 1] <= at)
        i++;
    return i;
}

/* Texts [first, first + count), whose borders are bounds[0 .. count], counted from the first of them. */
static int scan_some(jy__text_scan *s, const batch *b, size_t first, size_t count, const size_t *bounds)
{
    size_t begin = offset_at(b, first), i = 0;
    jy_str all = piece(b, begin, bounds[count]);
    s->first_text = first;
    int status = jy__scan_match(s, all, begin, (jy_span){ 0, all.len }, bounds, count + 1);
    while (status == JY_OK && i < count) {
        size_t next = jy__scan_next(s, bounds[i]);
        jy__scan_turn found;
        if (next == SIZE_MAX)
            break;
        if ((i = text_of(bounds, count, i, next)) == count)
            break;
        jy__line line = { first + i, piece(b, begin + bounds[i], bounds[i + 1] - bounds[i]), begin + bounds[i] };
        if (jy__scan_take(s, line.text, bounds[i], &found) && !is_null(b, first + i))
            status = jy__scan_judge(s, &line, &found, bounds[i]);
        i++;
    }
    return status;
}

static void take_bounds(const batch *b, size_t first, size_t count, size_t *restrict bounds)
{
    const char *restrict offsets = b->offsets;
    const size_t begin = offset_at(b, first);
    if (b->bits == 32)
        for (size_t i = 0; i <= count; i++)
            bounds[i] = narrow_at(offsets, first + i) - begin;
    else
        for (size_t i = 0; i <= count; i++)
            bounds[i] = (size_t)wide_at(offsets, first + i) - begin;
}

/* How many texts from `first` on are not too much together. */
static size_t count_together(const batch *b, size_t first)
{
    size_t begin = offset_at(b, first), low = 0, high = b->count - first < TEXTS ? b->count - first : TEXTS;
    while (low < high) {
        size_t middle = high - (high - low) / 2;
        if (offset_at(b, first + middle) - begin <= JY__SCAN_BLOCK)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* Of so many texts from `first` on those before one that is longer than a turn may be. */
static size_t count_uncut(const batch *b, size_t first, size_t count, size_t most)
{
    size_t uncut = 0;
    while (uncut < count && offset_at(b, first + uncut + 1) - offset_at(b, first + uncut) <= most)
        uncut++;
    return uncut;
}

/* How many texts from `first` on are matched together; their borders. None: the first is too long and goes alone. */
static size_t gather(const jy__text_scan *s, const batch *b, size_t first, size_t *bounds)
{
    size_t count = count_together(b, first);
    if (s->most < JY__SCAN_BLOCK)
        count = count_uncut(b, first, count, s->most);
    take_bounds(b, first, count, bounds);
    return count;
}

/* A text that is too long to be matched together with others. */
static int scan_alone(jy__text_scan *s, const batch *b, size_t number)
{
    size_t begin = offset_at(b, number);
    jy__line line = { number, piece(b, begin, offset_at(b, number + 1) - begin), begin };
    return is_null(b, number) ? JY_OK : jy__scan_apart(s, &line);
}

static int scan_all(jy__text_scan *s, const batch *b)
{
    size_t room = (b->count < TEXTS ? b->count : TEXTS) + 1;
    size_t *bounds = jy__mem_alloc(&s->scanner->mem, room * sizeof(*bounds));
    int status = bounds ? JY_OK : JY_E_NOMEM;
    for (size_t first = 0; status == JY_OK && first < b->count && !s->full;) {
        size_t count = gather(s, b, first, bounds);
        status = count ? scan_some(s, b, first, count, bounds) : scan_alone(s, b, first);
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
    s.validity = validity;
    status = scan_all(&s, &b);
    return jy__scan_end(&s, status, count, out);
}
