/* The pieces of a pattern's source. In: a pattern that PCRE2 has compiled; out: characters, quantifiers, classes, what kind a group is. What is not followed
 * (options, recursion, verbs, quoting) makes the reader lost. */
#include "match/patterns/match_pattern_read.h"

bool jy__pattern_is_word(uint32_t cp)
{
    return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || cp >= 0x80;
}

uint32_t jy__pattern_next(jy__pattern_reader *reader)
{
    bool valid;
    return jy__utf8_next(&reader->p, reader->end, &valid);
}

/* ---- quantifiers */

static bool is_counting(char c) { return (c >= '0' && c <= '9') || c == ',' || c == ' '; }

static bool counts(const jy__pattern_reader *reader)
{
    return jy__pattern_at(reader, '{') && reader->p + 1 < reader->end && is_counting(reader->p[1]);
}

/* To the end of {n,m}. With anything else in it PCRE2 takes it for plain characters: that is not followed. */
static void pass_count(jy__pattern_reader *reader)
{
    do
        reader->p++;
    while (reader->p < reader->end && is_counting(*reader->p));
    reader->lost |= !jy__pattern_at(reader, '}');
}

/* {n,m} and its like read as "perhaps not" unless n > 0. */
jy__times jy__pattern_times(jy__pattern_reader *reader)
{
    jy__times times;
    if (jy__pattern_at(reader, '?')) {
        times = JY__AT_MOST_ONCE;
    } else if (jy__pattern_at(reader, '*')) {
        times = JY__PERHAPS;
    } else if (counts(reader)) {
        times = reader->p[1] >= '1' && reader->p[1] <= '9' ? JY__OFTEN : JY__PERHAPS;
        pass_count(reader);
    } else if (jy__pattern_at(reader, '+')) {
        times = JY__OFTEN;
    } else {
        return JY__ONCE;
    }
    if (reader->p < reader->end)
        reader->p++;
    if (jy__pattern_at(reader, '?') || jy__pattern_at(reader, '+'))
        reader->p++;
    return times;
}

/* ---- classes */

static void add_to_class(jy__pattern_class *out, uint32_t cp)
{
    if (out->count < JY__CLASS_MOST)
        out->symbols[out->count++] = cp;
    else
        out->known = false;
}

/* [:alpha:] and its like nest: not followed. */
static bool is_posix(const jy__pattern_reader *reader)
{
    return jy__pattern_at(reader, '[') && reader->p + 1 < reader->end && reader->p[1] == ':';
}

static void read_member(jy__pattern_reader *reader, jy__pattern_class *out)
{
    uint32_t cp = jy__pattern_next(reader);
    bool escaped = cp == '\\' && reader->p < reader->end;
    if (escaped) {
        cp = jy__pattern_next(reader);
        reader->lost |= cp == 'Q';
        out->known = out->known && !jy__pattern_is_word(cp);
    }
    if (!escaped && cp == '-')
        out->known = false; /* from one character to another */
    add_to_class(out, cp);
}

void jy__pattern_class_read(jy__pattern_reader *reader, jy__pattern_class *out)
{
    *out = (jy__pattern_class){ .known = !jy__pattern_at(reader, '^') };
    if (!out->known)
        reader->p++;
    if (jy__pattern_at(reader, ']')) {
        add_to_class(out, ']');
        reader->p++;
    }
    while (reader->p < reader->end && *reader->p != ']') {
        if (is_posix(reader)) {
            reader->lost = true;
            return;
        }
        read_member(reader, out);
    }
    if (reader->p < reader->end)
        reader->p++;
}

/* ---- groups */

jy__group jy__pattern_open(jy__pattern_reader *reader)
{
    static const struct { const char *sign; jy__group kind; } kinds[] = {
        { "?:", JY__GROUP_PLAIN }, { "?=", JY__GROUP_NEAR }, { "?<=", JY__GROUP_NEAR }, { "?!", JY__GROUP_DENIED }, { "?<!", JY__GROUP_DENIED }
    };
    size_t left = (size_t)(reader->end - reader->p);
    for (size_t i = 0; i < JY__COUNT(kinds); i++) {
        size_t length = strlen(kinds[i].sign);
        if (left < length || memcmp(reader->p, kinds[i].sign, length))
            continue;
        reader->p += length;
        return kinds[i].kind;
    }
    return jy__pattern_at(reader, '?') || jy__pattern_at(reader, '*') ? JY__GROUP_LOST : JY__GROUP_PLAIN;
}

/* ---- behind a backslash */

/* Behind \p, \P and the first digit of \1: their rest. */
static void pass_rest(jy__pattern_reader *reader, uint32_t cp)
{
    bool digit = cp >= '1' && cp <= '9';
    const char *close = digit ? NULL : memchr(reader->p, '}', (size_t)(reader->end - reader->p));
    if (close && jy__pattern_at(reader, '{'))
        reader->p = close + 1;
    else if (!digit && reader->p < reader->end)
        jy__pattern_next(reader);
    while (digit && reader->p < reader->end && *reader->p >= '0' && *reader->p <= '9')
        reader->p++;
}

uint32_t jy__pattern_escaped(jy__pattern_reader *reader)
{
    uint32_t cp = reader->p < reader->end ? jy__pattern_next(reader) : 0;
    if ((cp >= '1' && cp <= '9') || cp == 'p' || cp == 'P')
        pass_rest(reader, cp);
    else if ((jy__pattern_is_word(cp) && cp < 0x80 && !strchr("dDwWsShHvVbBAzZGRN", (int)cp)) || (jy__pattern_at(reader, '{') && !counts(reader)))
        reader->lost = true; /* \N{U+4E0D} */
    return jy__pattern_is_word(cp) ? 0 : cp;
}
