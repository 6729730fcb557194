/* Whether a line has what a pattern needs besides the literals that are looked for first: for 不[啊呀]?! there must be a mark of
 * exclamation. In: the symbols of which one must be there, and the line. Looked for are the bytes of all characters that fold to one of
 * them, of each its first and its last at once, sixteen places at a time; where there are too many such characters, or the line is short,
 * it is folded character by character. */
#include "match/patterns/match_regex.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* ---- the characters */

static bool is_beside(const jy__besides *besides, const uint32_t *symbols, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < besides->count; k++)
            if (symbols[i] == besides->symbols[k])
                return true;
    return false;
}

static void add_needle(jy__needles *out, uint32_t cp)
{
    if (out->count < JY__NEEDLES_MOST) {
        jy__needle *needle = &out->items[out->count];
        needle->count = (uint8_t)jy__utf8_put(cp, needle->bytes);
    }
    out->count++;
}

static void add_needles(jy__needles *out, const uint32_t *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_needle(out, list[i]);
}

void jy__needles_of(const jy__besides *besides, jy__needles *out)
{
    bool bytes = true; /* what is no character stands for U+FFFD */
    out->count = 0;
    for (uint32_t i = 0; i < besides->count; i++) {
        size_t others, expanding;
        const uint32_t *other = jy__fold_others(besides->symbols[i], &others), *more = jy__fold_expanding(besides->symbols[i], &expanding);
        bytes = bytes && besides->symbols[i] != JY__BAD;
        add_needle(out, besides->symbols[i]);
        add_needles(out, other, others);
        add_needles(out, more, expanding);
    }
    if (!bytes || out->count > JY__NEEDLES_MOST)
        memset(out, 0, sizeof(*out));
}

/* ---- looked for by their bytes */
#ifdef __SSE2__
#define WIDE 16u

static bool is_there(const jy__needles *needles, size_t length, const char *at)
{
    for (uint32_t i = 0; i < needles->count; i++)
        if (needles->items[i].count == length && !memcmp(at, needles->items[i].bytes, length))
            return true;
    return false;
}

static inline __m128i load(const char *at) { return _mm_loadu_si128((const void *)at); }

/* Of so many bytes each, beginning at one of WIDE places. */
static bool are_at(const jy__needles *needles, size_t length, const char *at)
{
    const __m128i first = load(at), last = load(at + length - 1);
    __m128i any = _mm_setzero_si128();
    for (uint32_t i = 0; i < needles->count; i++) {
        const jy__needle *needle = &needles->items[i];
        if (needle->count == length)
            any = _mm_or_si128(any, _mm_and_si128(_mm_cmpeq_epi8(first, _mm_set1_epi8(needle->bytes[0])),
                                                  _mm_cmpeq_epi8(last, _mm_set1_epi8(needle->bytes[length - 1]))));
    }
    for (unsigned bits = (unsigned)_mm_movemask_epi8(any); bits; bits &= bits - 1)
        if (is_there(needles, length, at + __builtin_ctz(bits)))
            return true;
    return false;
}

/* The last places overlap those before. */
static bool any_of(const jy__needles *needles, size_t length, jy_str text)
{
    const char *last = text.ptr + text.len - WIDE - (length - 1), *at = text.ptr;
    for (; at < last; at += WIDE)
        if (are_at(needles, length, at))
            return true;
    return are_at(needles, length, last);
}

static bool find(const jy__needles *needles, jy_str text)
{
    unsigned lengths = 0;
    for (uint32_t i = 0; i < needles->count; i++)
        lengths |= 1u << needles->items[i].count;
    for (size_t length = 1; lengths >> length; length++)
        if ((lengths >> length & 1) && any_of(needles, length, text))
            return true;
    return false;
}

static bool may_find(const jy__needles *needles, jy_str text) { return needles->count && text.len >= WIDE + sizeof(needles->items[0].bytes); }
#else
static bool find(const jy__needles *needles, jy_str text) { return true; }
static bool may_find(const jy__needles *needles, jy_str text) { return false; }
#endif

/* ---- a line */

static bool find_folded(const jy__besides *besides, jy_str text)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    bool found = false, valid;
    while (!found && p < end) {
        uint32_t symbols[JY__FOLD_MOST];
        found = is_beside(besides, symbols, jy__fold_char(jy__utf8_next(&p, end, &valid), symbols));
    }
    return found;
}

/* Near: among the next so many symbols. What folding drops, and blanks, which it may drop, do not count; nor do symbols before the literal's first, which
 * may be the last of a character's. */
bool jy__regex_near(const jy__regexes *regexes, uint32_t number, jy_str text, size_t at)
{
    const jy__besides *besides = &regexes->list.items[number].besides;
    const char *first = text.ptr + at, *p = first, *end = text.ptr + text.len;
    uint32_t left = besides->count ? besides->reach : 0;
    bool found = !left, valid;
    while (!found && left && p < end) {
        bool begins = p == first;
        uint32_t symbols[JY__FOLD_MOST], cp = jy__utf8_next(&p, end, &valid), han = symbols[0] = jy__fold_han(cp);
        uint32_t count = han ? 1 : jy__fold_char(cp, symbols);
        found = is_beside(besides, symbols, count);
        count = begins && count > 1 ? 1 : count;
        if (han || jy__fold_kind(cp) != JY__KIND_BLANK)
            left -= count < left ? count : left;
    }
    return found;
}

bool jy__regex_may(const jy__regexes *regexes, uint32_t number, jy_str text)
{
    const jy__regex_pattern *pattern = &regexes->list.items[number];
    if (pattern->besides.count == 0)
        return true;
    return may_find(&pattern->needles, text) ? find(&pattern->needles, text) : find_folded(&pattern->besides, text);
}
