/* JSON writer. Comes in: values in the order they shall stand; goes out: compact JSON in a jy__text. One bit a nesting level says
 * whether a comma is due, so nothing is allocated; text that is no UTF-8 is repaired, because JSON cannot carry it. */
#include "report/report.h"

jy__json jy__json_on(jy__text *out, bool in_html)
{
    return (jy__json){ out, 0, 0, false, in_html };
}

static void before_value(jy__json *json)
{
    uint32_t bit = 1u << json->depth;
    if (json->after_key)
        json->after_key = false;
    else if (json->filled & bit)
        jy__text_char(json->out, ',');
    json->filled |= bit;
}

void jy__json_open(jy__json *json, char bracket)
{
    before_value(json);
    jy__text_char(json->out, bracket);
    json->depth++;
    json->filled &= ~(1u << json->depth);
}

void jy__json_close(jy__json *json, char bracket)
{
    json->depth--;
    jy__text_char(json->out, bracket);
}

static const char *short_escape(unsigned char byte)
{
    switch (byte) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: return NULL;
    }
}

static void put_escape(jy__text *out, unsigned char byte)
{
    static const char digits[] = "0123456789abcdef";
    const char *brief = short_escape(byte);
    char code[6] = { '\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15] };
    if (brief)
        jy__text_c(out, brief);
    else
        jy__text_add(out, code, sizeof(code));
}

static bool is_plain(const jy__json *json, unsigned char byte)
{
    return byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7F && !(json->in_html && (byte == '<' || byte == '&'));
}

/* JSON allows them, but readers that cut a file at every Unicode line end would cut a line of JSON Lines. */
static const char *line_end_escape(uint32_t cp)
{
    return cp == 0x85 ? "\\u0085" : cp == 0x2028 ? "\\u2028" : cp == 0x2029 ? "\\u2029" : NULL;
}

static bool goes_on(char byte) { return ((unsigned char)byte & 0xC0) == 0x80; }

/* Han and most marks: three bytes that no check has anything against (U+3000..CFFF). */
static bool is_plain_three(const char *p, const char *end)
{
    const unsigned char first = (unsigned char)*p;
    return first >= 0xE3 && first <= 0xEC && end - p >= 3 && goes_on(p[1]) && goes_on(p[2]);
}

static const char *pass_plain(const jy__json *json, const char *p, const char *end)
{
    while (p < end)
        if (is_plain_three(p, end))
            p += 3;
        else if ((unsigned char)*p < 0x80 && is_plain(json, (unsigned char)*p))
            p++;
        else
            break;
    return p;
}

static void put_chars(jy__json *json, jy_str value)
{
    const char *p = value.ptr, *end = value.ptr + value.len, *from = p;
    while ((p = pass_plain(json, p, end)) < end) {
        const char *at = p;
        const char *line_end = NULL;
        bool valid = true;
        if ((unsigned char)*p < 0x80) {
            p++;
        } else {
            line_end = line_end_escape(jy__utf8_next(&p, end, &valid));
            if (valid && !line_end)
                continue;
        }
        jy__text_add(json->out, from, (size_t)(at - from));
        from = p;
        if (line_end)
            jy__text_c(json->out, line_end);
        else if (valid)
            put_escape(json->out, (unsigned char)*at);
        else
            jy__text_cp(json->out, JY__BAD);
    }
    if (end > from)
        jy__text_add(json->out, from, (size_t)(end - from));
}

void jy__json_str(jy__json *json, jy_str value)
{
    before_value(json);
    jy__text_char(json->out, '"');
    put_chars(json, value);
    jy__text_char(json->out, '"');
}

void jy__json_key(jy__json *json, const char *key)
{
    before_value(json);
    jy__text_char(json->out, '"');
    jy__text_c(json->out, key);
    jy__text_add(json->out, "\":", 2);
    json->after_key = true;
}

void jy__json_c(jy__json *json, const char *value) { jy__json_str(json, jy__str_of(value)); }

void jy__json_int(jy__json *json, int64_t value)
{
    before_value(json);
    jy__text_int(json->out, value);
}

void jy__json_bool(jy__json *json, bool value)
{
    before_value(json);
    jy__text_c(json->out, value ? "true" : "false");
}

void jy__json_null(jy__json *json)
{
    before_value(json);
    jy__text_c(json->out, "null");
}

void jy__json_put_str(jy__json *json, const char *key, jy_str value)
{
    jy__json_key(json, key);
    jy__json_str(json, value);
}

void jy__json_put_c(jy__json *json, const char *key, const char *value) { jy__json_put_str(json, key, jy__str_of(value)); }

void jy__json_put_int(jy__json *json, const char *key, int64_t value)
{
    jy__json_key(json, key);
    jy__json_int(json, value);
}

void jy__json_put_known(jy__json *json, const char *key, int64_t value, int64_t unknown)
{
    jy__json_key(json, key);
    if (value == unknown)
        jy__json_null(json);
    else
        jy__json_int(json, value);
}
