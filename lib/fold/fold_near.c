/* In: a text and a place in it. Out: whether a word of ICU's dictionary can stand over the place, and if so, the few characters that decide whether one
 * does. ICU divides a run of Han so that its words are likely together; where no word can stand over a place, what is on the one side of it has no
 * say in what is on the other:
 *
 *   …可以明天|不|在服|务区,…      no word has 天不, none 在服 where the text goes on so: 不在 is decided alone
 *
 * What is near must be Han in common use, or a character at which ICU ends a word whatever stands before it; else nothing is said. */
#include "fold/fold_near.h"

#define HAN_BYTES 3

static bool in_use(uint32_t cp) { return cp >= JY__NEAR_FIRST && cp <= JY__NEAR_LAST; }

/* The Han character of three bytes at p, of which `room` may be read; 0: there is none. */
static uint32_t han_at(const unsigned char *p, size_t room)
{
    uint32_t cp = room < HAN_BYTES ? 0 : (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    return in_use(cp) && p[0] >> 4 == 0xE && p[1] >> 6 == 2 && p[2] >> 6 == 2 ? cp : 0;
}

static uint32_t han_behind(jy_str text, size_t at) { return han_at((const unsigned char *)text.ptr + at, text.len - at); }
static uint32_t han_before(jy_str text, size_t at) { return at < HAN_BYTES ? 0 : han_at((const unsigned char *)text.ptr + at - HAN_BYTES, HAN_BYTES); }

/* Marks that talk is full of; none is of a word that has Han, and none is attached to the character before it. */
static bool is_mark(const unsigned char *p)
{
    switch (p[0] << 8 | p[1]) {
    case 0xE380: return p[2] <= 0x82 || (p[2] >= 0x88 && p[2] <= 0x91); /* 、。《「』】 and the wide blank */
    case 0xEFBC: return p[2] >= 0x81 && p[2] <= 0x9F;                   /* ，！？０ */
    case 0xE280: return p[2] == 0x94 || p[2] == 0x98 || p[2] == 0x99 || p[2] == 0x9C || p[2] == 0x9D || p[2] == 0xA6; /* —‘’“”… */
    default: return false;
    }
}

static bool is_ascii(char c) { return c >= 0x20 && c < 0x7F; }

/* Whether Han ends at the place, whatever it is. */
static bool ends_behind(jy_str text, size_t at)
{
    return at == text.len || is_ascii(text.ptr[at]) || (text.len - at >= HAN_BYTES && is_mark((const unsigned char *)text.ptr + at));
}

static bool ends_before(jy_str text, size_t at)
{
    return at == 0 || is_ascii(text.ptr[at - 1]) || (at >= HAN_BYTES && is_mark((const unsigned char *)text.ptr + at - HAN_BYTES));
}

static bool is_part(uint64_t key)
{
    jy__part part = jy__part_of(key);
    return (jy__parts[part.word] & part.bits) == part.bits;
}

bool jy__near_is_word(uint32_t first, uint32_t second)
{
    const uint32_t number = jy__word_number(first, second);
    uint32_t i = jy__word_first(number >> 16), behind = jy__word_first((number >> 16) + 1);
    if (!in_use(first) || !in_use(second))
        return false;
    while (i < behind && jy__word_lows[i] != (uint16_t)number)
        i++;
    return i < behind;
}

/* Whether a word may stand over the place, which is between these two: they are one, or those of a longer word stand there. Beside them may be something
 * else than Han or an end, and more of the word beyond it. */
static bool may_join(jy_str text, size_t at, uint32_t before, uint32_t behind)
{
    uint32_t first, last;
    if (!is_part(jy__part_pair(before, behind)))
        return false;
    first = han_before(text, at - HAN_BYTES);
    last = han_behind(text, at + HAN_BYTES);
    return (first ? is_part(jy__part_triple(first, before, behind)) : !ends_before(text, at - HAN_BYTES)) ||
           (last ? is_part(jy__part_triple(before, behind, last)) : !ends_behind(text, at + HAN_BYTES)) || jy__near_is_word(before, behind);
}

/* Where words that may stand over the place begin, at the earliest; false: it is not known. */
static bool find_begin(jy_str text, size_t at, uint32_t han, size_t *out)
{
    for (size_t i = 0; i < JY__NEAR_MOST; i++) {
        uint32_t before = han_before(text, at);
        *out = at;
        if (!before || !may_join(text, at, before, han))
            return before || ends_before(text, at);
        han = before;
        at -= HAN_BYTES;
    }
    return false;
}

static bool find_end(jy_str text, size_t at, uint32_t han, size_t *out)
{
    for (size_t i = 0; i < JY__NEAR_MOST; i++) {
        uint32_t behind = han_behind(text, at);
        *out = at;
        if (!behind || !may_join(text, at, han, behind))
            return behind || ends_behind(text, at);
        han = behind;
        at += HAN_BYTES;
    }
    return false;
}

static jy__near near_between(jy_str text, size_t at, uint32_t before, uint32_t behind, jy_span *out)
{
    if (!may_join(text, at, before, behind))
        return JY__NEAR_BOUNDARY;
    if (!find_begin(text, at - HAN_BYTES, before, &out->begin) || !find_end(text, at + HAN_BYTES, behind, &out->end))
        return JY__NEAR_UNKNOWN;
    if (out->end - out->begin == 2 * HAN_BYTES)
        return jy__near_is_word(before, behind) ? JY__NEAR_WORD : JY__NEAR_BOUNDARY;
    return JY__NEAR_DECIDES;
}

jy__near jy__near_place(jy_str text, size_t at, jy_span *out)
{
    uint32_t before = han_before(text, at), behind = han_behind(text, at);
    if (before && behind)
        return near_between(text, at, before, behind, out);
    return (before && ends_behind(text, at)) || (behind && ends_before(text, at)) ? JY__NEAR_BOUNDARY : JY__NEAR_UNKNOWN;
}

void jy__near_fetch(jy_str text, size_t at)
{
    __builtin_prefetch(&jy__parts[jy__part_of(jy__part_pair(han_before(text, at), han_behind(text, at))).word]);
}

size_t jy__near_units(jy_str text, jy_span span, uint16_t out[JY__NEAR_UNITS])
{
    size_t count = 0;
    for (size_t at = span.begin; at < span.end; at += HAN_BYTES)
        out[count++] = (uint16_t)han_behind(text, at);
    return count;
}
