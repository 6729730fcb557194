/* Subtitle and XML text: entities, tags, and line breaks that wrap one sentence. Decoding and locating use the same step, so they
 * cannot disagree. */
#include "dialogue/dialogue_place.h"

static uint32_t entity(const char **p, const char *end)
{
    static const struct { const char *name; uint32_t cp; } names[] = {
        { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' }, { "&nbsp;", 0xA0 },
        { "&lrm;", 0x200E }, { "&rlm;", 0x200F }
    };
    const char *q = *p + 2;
    uint32_t cp = 0;
    bool hex;
    for (size_t i = 0; i < JY__COUNT(names); i++) {
        size_t len = strlen(names[i].name);
        if ((size_t)(end - *p) >= len && memcmp(*p, names[i].name, len) == 0) {
            *p += len;
            return names[i].cp;
        }
    }
    if (end - *p < 4 || (*p)[1] != '#')
        return 0;
    hex = *q == 'x' || *q == 'X';
    for (q += hex; q < end && *q != ';' && q - *p < 12; q++) {
        int digit = *q >= '0' && *q <= '9' ? *q - '0' : hex && (*q | 0x20) >= 'a' && (*q | 0x20) <= 'f' ? (*q | 0x20) - 'a' + 10 : -1;
        if (digit < 0)
            return 0;
        cp = cp * (hex ? 16 : 10) + (uint32_t)digit;
    }
    if (q >= end || *q != ';' || cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        return 0;
    *p = q + 1;
    return cp;
}

/* <v 客服>, </v>, <i>, <00:01.000>, {\an8}: no < 3 or < of a formula. */
static const char *tag_end(const char *p, const char *end)
{
    const char *q = p + 1;
    char close = *p == '<' ? '>' : '}';
    if (q >= end || (*p == '{' ? *q != '\\' : !(*q == '/' || (*q >= '0' && *q <= '9') || ((*q | 0x20) >= 'a' && (*q | 0x20) <= 'z'))))
        return NULL;
    for (; q < end && q - p < 256; q++)
        if (*q == close)
            return q + 1;
    return NULL;
}

static bool is_wrap_blank(char byte) { return byte == '\n' || byte == '\r' || byte == ' ' || byte == '\t'; }

uint32_t jy__markup_next(const char **p, const char *end, bool *valid, bool *nothing)
{
    const char *at = *p, *stop;
    uint32_t cp;
    *valid = true;
    *nothing = false;
    if (*at == '&' && (cp = entity(p, end)) != 0)
        return cp;
    if ((*at == '<' || *at == '{') && (stop = tag_end(at, end)) != NULL) {
        *p = stop;
        *nothing = true;
        return 0;
    }
    for (stop = at; stop < end && is_wrap_blank(*stop); stop++) {}
    if (stop > at && memchr(at, '\n', (size_t)(stop - at))) {
        /* what stands in front is not known here: a break before an ASCII character is a blank, else nothing */
        *p = stop;
        *nothing = stop >= end || (unsigned char)*stop >= 0x80;
        return ' ';
    }
    return jy__utf8_next(p, end, valid);
}

size_t jy__markup_decode(jy_str raw, char *out)
{
    const char *p = raw.ptr, *end = p + raw.len;
    char *to = out;
    while (p < end) {
        const char *from = p;
        bool valid, nothing;
        uint32_t cp = jy__markup_next(&p, end, &valid, &nothing);
        if (nothing)
            continue;
        if (valid) {
            to += jy__utf8_put(cp, to);
        } else {
            memmove(to, from, (size_t)(p - from));
            to += p - from;
        }
    }
    return (size_t)(to - out);
}
