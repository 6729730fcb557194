/* In: an original text and a byte offset. Out: whether a word of ICU's dictionary begins or ends there. Opening ICU's iterator costs more than
 * scanning many turns, and giving it a text more than judging a turn: so it is asked only where the characters beside the place leave it open, and gets
 * the text only where the few around it leave it open too (fold_near.c). An invisible character would cut the word that it stands in: ICU gets the
 * text without them. */
#include "fold/fold_near.h"
#include <unicode/ubrk.h>
#include <unicode/utext.h>
#include <unicode/uversion.h>

/* Invisible characters side by side; up to `end`, `removed` bytes in all are left out. */
typedef struct left_out { size_t begin, end, removed; } left_out;

/* What ICU said of some characters: talk has the same ones again and again. */
#define KEPT_UNITS 4
#define KEPT_BITS 10
typedef struct kept { uint64_t units; uint32_t boundaries; } kept; /* a bit for each place behind a unit, the first's being bit 1 */

struct jy__words {
    const jy__mem *mem;
    UBreakIterator *breaks;
    UText utext;
    jy_str text;
    jy__text seen;  /* the text without what is invisible, when it has such */
    struct { left_out *items; size_t count, capacity; } runs;
    bool attached; /* the iterator has this text */
    bool knows;    /* the tables of words are of the ICU at hand */
    jy_span near;  /* of this text, what the iterator has of it; empty: nothing */
    UChar units[JY__NEAR_UNITS];
    kept kept[1 << KEPT_BITS];
    int status;
};

int jy__words_new(const jy__mem *mem, jy__words **out)
{
    static const UText empty = UTEXT_INITIALIZER;
    jy__words *words = jy__mem_alloc(mem, sizeof(*words));
    UVersionInfo icu;
    if (!words)
        return JY_E_NOMEM;
    u_getVersion(icu);
    words->knows = memcmp(icu, jy__parts_of_icu, sizeof(icu)) == 0;
    words->mem = mem;
    words->utext = empty;
    jy__text_init(&words->seen, mem);
    *out = words;
    return JY_OK;
}

int jy__words_set(jy__words *words, jy_str text)
{
    if (!words || jy__str_lost(text))
        return JY_E_INVALID;
    words->text = text;
    words->attached = false;
    words->near = (jy_span){ 0, 0 };
    words->status = JY_OK;
    return JY_OK;
}

static bool leave_out(jy__words *words, size_t begin, size_t end)
{
    left_out *last = words->runs.count ? &words->runs.items[words->runs.count - 1] : NULL;
    size_t removed = (last ? last->removed : 0) + end - begin;
    if (last && last->end == begin) {
        last->end = end;
        last->removed = removed;
        return true;
    }
    if (!JY__VEC_ROOM(words->mem, &words->runs))
        return false;
    words->runs.items[words->runs.count++] = (left_out){ begin, end, removed };
    return true;
}

static bool find_invisible(jy__words *words)
{
    const char *text = words->text.ptr, *p = text, *end = p + words->text.len;
    bool valid;
    words->runs.count = 0;
    while (p < end) {
        const char *from = p;
        if (jy__fold_kind(jy__utf8_next(&p, end, &valid)) == JY__KIND_INVISIBLE && !leave_out(words, (size_t)(from - text), (size_t)(p - text)))
            return false;
    }
    return true;
}

/* What ICU gets. */
static bool seen_text(jy__words *words, jy_str *out)
{
    size_t at = 0;
    *out = words->text;
    if (!find_invisible(words))
        return false;
    if (!words->runs.count)
        return true;
    words->seen.len = 0;
    words->seen.failed = false;
    for (size_t i = 0; i < words->runs.count; i++) {
        jy__text_add(&words->seen, words->text.ptr + at, words->runs.items[i].begin - at);
        at = words->runs.items[i].end;
    }
    jy__text_add(&words->seen, words->text.ptr + at, words->text.len - at);
    *out = jy__text_view(&words->seen);
    return !words->seen.failed;
}

/* Where a byte of the original stands in what ICU got. */
static size_t seen_at(const jy__words *words, size_t byte)
{
    size_t low = 0;
    JY__FIRST_NOT(low, words->runs.count, i, words->runs.items[i].end <= byte); /* the first run that ends behind the byte */
    if (low < words->runs.count && words->runs.items[low].begin < byte)
        byte = words->runs.items[low].begin;
    return low ? byte - words->runs.items[low - 1].removed : byte;
}

/* The iterator, opened when it is asked for the first time; NULL: there is none. */
static UBreakIterator *breaks_of(jy__words *words, UErrorCode *status)
{
    if (!words->breaks)
        words->breaks = ubrk_open(UBRK_WORD, "", NULL, 0, status);
    return words->breaks;
}

/* What ICU said of a text that it was given; false: it did not take it. */
static bool took(jy__words *words, UErrorCode status)
{
    words->status = U_SUCCESS(status) ? JY_OK : status == U_MEMORY_ALLOCATION_ERROR ? JY_E_NOMEM : JY_E_INTERNAL;
    return words->status == JY_OK;
}

static bool attach(jy__words *words)
{
    UErrorCode status = U_ZERO_ERROR;
    jy_str seen;
    if (words->attached || words->status != JY_OK)
        return words->attached;
    if (!seen_text(words, &seen)) {
        words->status = JY_E_NOMEM;
        return false;
    }
    utext_openUTF8(&words->utext, seen.len ? seen.ptr : "", (int64_t)seen.len, &status);
    if (breaks_of(words, &status))
        ubrk_setUText(words->breaks, &words->utext, &status);
    words->near = (jy_span){ 0, 0 };
    return words->attached = took(words, status);
}

static bool attach_near(jy__words *words, jy_span near)
{
    UErrorCode status = U_ZERO_ERROR;
    if (words->near.begin == near.begin && words->near.end == near.end)
        return true;
    if (breaks_of(words, &status))
        ubrk_setText(words->breaks, words->units, (int32_t)jy__near_units(words->text, near, words->units), &status);
    words->near = took(words, status) ? near : (jy_span){ 0, 0 };
    return words->status == JY_OK;
}

static bool keep_boundaries(jy__words *words, jy_span near, size_t count, uint64_t units, kept *own)
{
    if (!attach_near(words, near))
        return false;
    *own = (kept){ units, 0 };
    for (size_t i = 1; i < count; i++)
        own->boundaries |= (uint32_t)ubrk_isBoundary(words->breaks, (int32_t)i) << i;
    return true;
}

static bool near_boundary(jy__words *words, jy_span near, size_t byte)
{
    const size_t count = (near.end - near.begin) / 3, place = (byte - near.begin) / 3;
    uint16_t units[JY__NEAR_UNITS];
    uint64_t all = 0;
    kept *own;
    if (count > KEPT_UNITS)
        return !attach_near(words, near) || ubrk_isBoundary(words->breaks, (int32_t)place);
    jy__near_units(words->text, near, units);
    for (size_t i = 0; i < count; i++)
        all = all << 16 | units[i];
    own = &words->kept[all * 0x9E3779B97F4A7C15u >> (64 - KEPT_BITS)];
    return (own->units != all && !keep_boundaries(words, near, count, all, own)) || own->boundaries >> place & 1;
}

/* Once ICU has all of the text it is asked there: giving it one after the other would make a long text slow. */
bool jy__words_boundary(jy__words *words, size_t byte)
{
    jy__near known = JY__NEAR_UNKNOWN;
    jy_span near;
    if (!words || byte == 0 || byte >= words->text.len)
        return true;
    if (words->text.len > INT32_MAX) {
        words->status = JY_E_LIMIT; /* ICU counts in int32 */
        return true;
    }
    if (words->knows)
        known = jy__near_place(words->text, byte, &near);
    if (known == JY__NEAR_BOUNDARY || known == JY__NEAR_WORD)
        return known == JY__NEAR_BOUNDARY;
    if (known == JY__NEAR_DECIDES && !words->attached)
        return near_boundary(words, near, byte);
    return !attach(words) || ubrk_isBoundary(words->breaks, (int32_t)seen_at(words, byte));
}

int jy__words_status(const jy__words *words)
{
    return words ? words->status : JY_E_INVALID;
}

void jy__words_free(jy__words *words)
{
    if (!words)
        return;
    if (words->breaks)
        ubrk_close(words->breaks);
    utext_close(&words->utext);
    jy__text_free(&words->seen);
    JY__VEC_FREE(words->mem, &words->runs);
    jy__mem_free(words->mem, words, sizeof(*words));
}

const char *jy__fold_icu_version(void)
{
    return U_ICU_VERSION;
}
