/* UTF-8 that tolerates anything: every maximal subpart of an ill-formed sequence is one U+FFFD (Unicode 15, section 3.9,
 * table 3-8), so offsets stay right whatever the bytes are. */
#include "base/base.h"

/* Allowed range of the second byte; everything else is 80..BF. */
static size_t lead_length(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (lead < 0x80) return 1;
    if (lead < 0xC2) return 0;
    if (lead < 0xE0) return 2;
    if (lead < 0xF0) {
        if (lead == 0xE0) *low = 0xA0;
        if (lead == 0xED) *high = 0x9F;
        return 3;
    }
    if (lead > 0xF4) return 0;
    if (lead == 0xF0) *low = 0x90;
    if (lead == 0xF4) *high = 0x8F;
    return 4;
}

uint32_t jy__utf8_other(const char **p, const char *end, bool *valid)
{
    const unsigned char *s = (const unsigned char *)*p, *stop = (const unsigned char *)end;
    unsigned char low, high;
    size_t len, at = 1;
    uint32_t cp;
    if (*s >= 0xF0 && stop - s >= 4 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80 && (s[3] & 0xC0) == 0x80) {
        cp = (*s & 0x0Fu) << 18 | (s[1] & 0x3Fu) << 12 | (s[2] & 0x3Fu) << 6 | (s[3] & 0x3Fu);
        if (*s < 0xF5 && cp >= 0x10000 && cp <= 0x10FFFF) {
            *p += 4;
            *valid = true;
            return cp;
        }
    }
    if (*s >= 0xC2 && *s < 0xE0 && stop - s >= 2 && (s[1] & 0xC0) == 0x80) {
        *p += 2;
        *valid = true;
        return (*s & 0x1Fu) << 6 | (s[1] & 0x3Fu);
    }
    len = lead_length(*s, &low, &high);
    *valid = len > 0;
    if (len <= 1) {
        *p += 1;
        return len ? *s : JY__BAD;
    }
    cp = *s & (0xFFu >> (len + 1));
    for (; at < len && s + at < stop && s[at] >= low && s[at] <= high; at++) {
        cp = cp << 6 | (s[at] & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    *p += at;
    *valid = at == len;
    return at == len ? cp : JY__BAD;
}

size_t jy__utf8_before(const char *text, size_t at)
{
    size_t back = 1;
    while (back < 4 && back < at && ((unsigned char)text[at - back] & 0xC0) == 0x80)
        back++;
    for (; back > 1; back--) {
        const char *p = text + at - back;
        bool valid;
        jy__utf8_next(&p, text + at, &valid);
        if (p == text + at)
            return at - back;
    }
    return at - 1;
}

size_t jy__utf8_put(uint32_t cp, char out[4])
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = JY__BAD;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* Behind the characters from p on that are of ASCII or a usual lead, as far as eight bytes tell at once. */
static const char *pass_usual(const char *p, const char *end, size_t *count)
{
    for (; end - p >= 8; ) {
        const unsigned char *s = (const unsigned char *)p;
        uint64_t word;
        memcpy(&word, p, 8);
        if (!(word & 0x8080808080808080u)) {
            p += 8;
            *count += 8;
        } else if (jy__utf8_usual(s[0]) && jy__utf8_usual(s[3]) && ((s[1] ^ 0x80) | (s[2] ^ 0x80) | (s[4] ^ 0x80) | (s[5] ^ 0x80)) < 0x40) {
            p += 6;
            *count += 2;
        } else {
            break;
        }
    }
    return p;
}

size_t jy__utf8_count(jy_str text)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    size_t count = 0;
    bool valid;
    while ((p = pass_usual(p, end, &count)) < end) {
        jy__utf8_next(&p, end, &valid);
        count++;
    }
    return count;
}

size_t jy__utf8_bad(jy_str text, size_t *first_out)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    size_t bad = 0, good = 0;
    bool valid;
    if (first_out)
        *first_out = SIZE_MAX;
    while ((p = pass_usual(p, end, &good)) < end) {
        const char *start = p;
        jy__utf8_next(&p, end, &valid);
        if (valid)
            continue;
        if (first_out && bad == 0)
            *first_out = (size_t)(start - text.ptr);
        bad += (size_t)(p - start);
    }
    return bad;
}

void jy__units_init(jy__units *units, jy_str text, int unit)
{
    *units = (jy__units){ text, unit, 0, 0 };
}

static size_t width_of(const jy__units *units, const char **p)
{
    bool valid;
    return jy__utf8_next(p, units->text.ptr + units->text.len, &valid) >= 0x10000 && units->unit == JY_UNIT_UTF16 ? 2 : 1;
}

static void step_on(jy__units *units)
{
    const char *p = units->text.ptr + units->byte;
    units->out += width_of(units, &p);
    units->byte = (size_t)(p - units->text.ptr);
}

static void step_back(jy__units *units)
{
    const char *p;
    units->byte = jy__utf8_before(units->text.ptr, units->byte);
    p = units->text.ptr + units->byte;
    units->out -= width_of(units, &p);
}

size_t jy__units_at(jy__units *units, size_t byte)
{
    if (units->unit == JY_UNIT_BYTE)
        return byte;
    if (byte < units->byte / 2)
        units->byte = units->out = 0;
    while (byte < units->byte)
        step_back(units);
    while (units->byte < byte && units->byte < units->text.len)
        step_on(units);
    return units->out;
}

size_t jy__units_byte(jy__units *units, size_t out)
{
    if (units->unit == JY_UNIT_BYTE)
        return out < units->text.len ? out : units->text.len;
    if (out < units->out / 2)
        units->byte = units->out = 0;
    while (out < units->out)
        step_back(units);
    while (units->out < out && units->byte < units->text.len)
        step_on(units);
    return units->byte;
}
