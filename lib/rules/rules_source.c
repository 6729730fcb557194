/* The file before YAML: what libyaml would refuse in words that help nobody (binary files, other encodings, control
 * characters) is found here, with its place and remedy. One pass over the bytes; a good file costs next to nothing. */
#include "rules/rules_inside.h"

static const char *other_encoding(jy_str text)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    if (text.len < 2)
        return NULL;
    if (text.len >= 4 && ((p[0] == 0xFF && p[1] == 0xFE && !p[2] && !p[3]) || (!p[0] && !p[1] && p[2] == 0xFE && p[3] == 0xFF)))
        return "UTF-32";
    if ((p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF))
        return "UTF-16";
    /* "ji" or "# " without a byte order mark */
    if (text.len >= 4 && ((p[0] && !p[1] && p[2] && !p[3]) || (!p[0] && p[1] && !p[2] && p[3])))
        return "UTF-16";
    return NULL;
}

/* Line ends that editors do not show as such (U+0085, U+2028, U+2029) would make every later line number wrong. */
static bool is_control(uint32_t cp)
{
    return (cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r') || (cp >= 0x7F && cp < 0xA0) || cp == 0x2028 || cp == 0x2029 ||
           cp == 0xFFFE || cp == 0xFFFF;
}

static jy__arg code_point_name(jy__load *load, uint32_t cp)
{
    static const char digits[] = "0123456789ABCDEF";
    char name[] = "U+0000";
    for (int i = 0; i < 4; i++)
        name[5 - i] = digits[(cp >> (4 * i)) & 15];
    return jy__arg_text(load, jy__str_of(name));
}

static bool check_characters(jy__load *load, jy_str text)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    while (p < end) {
        const char *start = p;
        uint32_t cp = (unsigned char)*p;
        bool valid = true;
        if (cp >= 0x20 && cp < 0x7F) {
            p++;
            continue;
        }
        cp = jy__utf8_next(&p, end, &valid);
        if (valid && !is_control(cp))
            continue;
        if (cp == 0 || ((!valid || cp < 0x20) && memchr(text.ptr, 0, text.len)))
            JY__SAY0(load, FILE_BINARY, jy__rules_place(text, (size_t)(start - text.ptr), 1));
        else if (!valid)
            JY__SAY0(load, FILE_UTF8, jy__rules_place(text, (size_t)(start - text.ptr), (size_t)(p - start)));
        else
            JY__SAY(load, FILE_CONTROL, jy__rules_place(text, (size_t)(start - text.ptr), (size_t)(p - start)), code_point_name(load, cp));
        return false;
    }
    return true;
}

static bool only_comments(jy_str text)
{
    bool comment = false;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        if (byte == '\n' || byte == '\r')
            comment = false;
        else if (byte == '#')
            comment = true;
        else if (!comment && byte != ' ' && byte != '\t')
            return false;
    }
    return true;
}

bool jy__rules_source_check(jy__load *load)
{
    jy__pos start = { 1, 1, 0, 0 };
    jy_str body = load->text;
    const char *encoding = other_encoding(body);
    if (body.len >= 3 && memcmp(body.ptr, "\xEF\xBB\xBF", 3) == 0)
        body = (jy_str){ body.ptr + 3, body.len - 3 };
    if (body.len == 0)
        JY__SAY0(load, FILE_EMPTY, start);
    else if (encoding)
        JY__SAY(load, FILE_UTF16, start, jy__arg_c(encoding));
    else if (check_characters(load, load->text) && only_comments(body))
        JY__SAY0(load, FILE_COMMENTS, start);
    return load->errors == 0 && !load->nomem;
}
