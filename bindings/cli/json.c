/* Reads one JSON value (RFC 8259) into nodes, strictly: UTF-8 only, no trailing commas, depth at most 64. Used for the lines
 * of `stream` and `eval`, which are small and must be answered by the place of an error; nodes and strings are kept from one
 * line to the next, so that a live line costs no allocation once the largest has been seen. The library has a reader of its own,
 * for documents and their damage; it is not public, and these lines are no transcripts. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 256, DEPTH = 64 };
typedef struct parser { const char *start, *at, *end; json_doc *doc; int depth; } parser;

static json *node(parser *p, json_kind kind)
{
    json_doc *doc = p->doc;
    if (doc->used == doc->block_count * BLOCK) {
        doc->blocks = mem_resize(doc->blocks, (doc->block_count + 1) * sizeof(*doc->blocks));
        doc->blocks[doc->block_count++] = mem_resize(NULL, BLOCK * sizeof(json));
    }
    json *made = &doc->blocks[doc->used / BLOCK][doc->used % BLOCK];
    doc->used++;
    *made = (json){ .kind = kind };
    return made;
}

static void blanks(parser *p)
{
    while (p->at < p->end && (*p->at == ' ' || *p->at == '\t' || *p->at == '\n' || *p->at == '\r'))
        p->at++;
}

static bool literal(parser *p, const char *letters)
{
    size_t len = strlen(letters);
    if ((size_t)(p->end - p->at) < len || memcmp(p->at, letters, len))
        return false;
    p->at += len;
    return true;
}

static bool hex4(parser *p, uint32_t *out)
{
    if (p->end - p->at < 4)
        return false;
    *out = 0;
    for (int i = 0; i < 4; i++, p->at++) {
        char c = *p->at;
        int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        if (digit < 0)
            return false;
        *out = *out << 4 | (uint32_t)digit;
    }
    return true;
}

static char *put_utf8(char *to, uint32_t cp)
{
    if (cp < 0x80) {
        *to++ = (char)cp;
    } else if (cp < 0x800) {
        *to++ = (char)(0xC0 | cp >> 6);
        *to++ = (char)(0x80 | (cp & 63));
    } else if (cp < 0x10000) {
        *to++ = (char)(0xE0 | cp >> 12);
        *to++ = (char)(0x80 | (cp >> 6 & 63));
        *to++ = (char)(0x80 | (cp & 63));
    } else {
        *to++ = (char)(0xF0 | cp >> 18);
        *to++ = (char)(0x80 | (cp >> 12 & 63));
        *to++ = (char)(0x80 | (cp >> 6 & 63));
        *to++ = (char)(0x80 | (cp & 63));
    }
    return to;
}

/* Behind a backslash. A lone surrogate is an error: it has no UTF-8. */
static char *escape(parser *p, char *to)
{
    static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
    uint32_t cp, low;
    const char *found;
    if (p->at >= p->end)
        return NULL;
    if (*p->at && (found = strchr(from, *p->at))) {
        p->at++;
        *to++ = into[found - from];
        return to;
    }
    if (*p->at++ != 'u' || !hex4(p, &cp) || (cp >= 0xDC00 && cp < 0xE000))
        return NULL;
    if (cp >= 0xD800 && cp < 0xDC00) {
        if (!literal(p, "\\u") || !hex4(p, &low) || low < 0xDC00 || low >= 0xE000)
            return NULL;
        cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
    }
    return put_utf8(to, cp);
}

/* Bytes of one well-formed character outside ASCII at `at`; 0 when it is not well-formed. */
static size_t utf8_length(const char *at, const char *end)
{
    unsigned char lead = (unsigned char)*at, second = at + 1 < end ? (unsigned char)at[1] : 0;
    size_t len = lead >= 0xC2 && lead <= 0xDF ? 2 : (lead & 0xF0) == 0xE0 ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    if (!len || (size_t)(end - at) < len)
        return 0;
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || (lead == 0xF0 && second < 0x90) ||
        (lead == 0xF4 && second > 0x8F))
        return 0;
    for (size_t i = 1; i < len; i++)
        if (((unsigned char)at[i] & 0xC0) != 0x80)
            return 0;
    return len;
}

/* Behind the opening quote. Unescaped text is never longer than what was written, so room was made before parsing began. */
static bool string(parser *p, jy_str *out)
{
    char *begin = p->doc->strings.ptr + p->doc->strings.len, *to = begin;
    while (p->at < p->end && *p->at != '"') {
        unsigned char c = (unsigned char)*p->at;
        if (c < 0x20)
            return false;
        if (c == '\\') {
            p->at++;
            if (!(to = escape(p, to)))
                return false;
            continue;
        }
        size_t len = c < 0x80 ? 1 : utf8_length(p->at, p->end);
        if (!len)
            return false;
        memcpy(to, p->at, len);
        to += len;
        p->at += len;
    }
    if (p->at >= p->end)
        return false;
    p->at++;
    *out = (jy_str){ begin, (size_t)(to - begin) };
    p->doc->strings.len += out->len;
    return true;
}

static bool digits(parser *p)
{
    const char *from = p->at;
    while (p->at < p->end && *p->at >= '0' && *p->at <= '9')
        p->at++;
    return p->at > from;
}

static json *number(parser *p)
{
    const char *from = p->at;
    bool zero;
    if (*p->at == '-')
        p->at++;
    zero = p->at < p->end && *p->at == '0';
    if (!digits(p) || (zero && p->at - from > 1 + (*from == '-')))
        return NULL;
    if (p->at < p->end && *p->at == '.' && (p->at++, !digits(p)))
        return NULL;
    if (p->at < p->end && (*p->at == 'e' || *p->at == 'E')) {
        p->at++;
        if (p->at < p->end && (*p->at == '+' || *p->at == '-'))
            p->at++;
        if (!digits(p))
            return NULL;
    }
    json *made = node(p, JSON_NUMBER);
    made->text = (jy_str){ from, (size_t)(p->at - from) };
    return made;
}

static json *value(parser *p);

/* Behind the opening bracket or brace. */
static json *members(parser *p, json_kind kind, char close)
{
    json *made = node(p, kind), **last = &made->kid;
    blanks(p);
    if (p->at < p->end && *p->at == close) {
        p->at++;
        return made;
    }
    for (;;) {
        jy_str key = { NULL, 0 };
        blanks(p);
        if (kind == JSON_OBJECT) {
            if (!literal(p, "\"") || !string(p, &key))
                return NULL;
            blanks(p);
            if (!literal(p, ":"))
                return NULL;
        }
        json *kid = value(p);
        if (!kid)
            return NULL;
        kid->key = key;
        *last = kid;
        last = &kid->next;
        blanks(p);
        if (p->at < p->end && *p->at == close) {
            p->at++;
            return made;
        }
        if (!literal(p, ","))
            return NULL;
    }
}

static json *nested(parser *p, json_kind kind, char close)
{
    if (++p->depth > DEPTH)
        return NULL;
    p->at++;
    json *made = members(p, kind, close);
    p->depth--;
    return made;
}

static json *value(parser *p)
{
    json *made;
    blanks(p);
    if (p->at >= p->end)
        return NULL;
    switch (*p->at) {
    case '{': return nested(p, JSON_OBJECT, '}');
    case '[': return nested(p, JSON_ARRAY, ']');
    case '"':
        p->at++;
        made = node(p, JSON_STRING);
        return string(p, &made->text) ? made : NULL;
    case 't': return literal(p, "true") ? node(p, JSON_TRUE) : NULL;
    case 'f': return literal(p, "false") ? node(p, JSON_FALSE) : NULL;
    case 'n': return literal(p, "null") ? node(p, JSON_NULL) : NULL;
    default: return *p->at == '-' || (*p->at >= '0' && *p->at <= '9') ? number(p) : NULL;
    }
}

const json *json_parse(json_doc *doc, jy_str bytes)
{
    parser p = { bytes.ptr, bytes.ptr, bytes.ptr + bytes.len, doc, 0 };
    doc->used = 0;
    doc->strings.len = 0;
    text_room(&doc->strings, bytes.len);
    json *made = value(&p);
    blanks(&p);
    doc->error_at = (size_t)(p.at - p.start);
    return made && p.at == p.end ? made : NULL;
}

void json_free(json_doc *doc)
{
    for (size_t i = 0; i < doc->block_count; i++)
        free(doc->blocks[i]);
    free(doc->blocks);
    text_free(&doc->strings);
    *doc = (json_doc){ 0 };
}

const json *json_get(const json *object, const char *key)
{
    const json *found = NULL;
    if (!object || object->kind != JSON_OBJECT)
        return NULL;
    for (const json *kid = object->kid; kid; kid = kid->next)
        if (str_is(kid->key, key))
            found = kid; /* of two with one name the last counts, as everywhere */
    return found && found->kind != JSON_NULL ? found : NULL;
}

jy_str json_text(const json *object, const char *key)
{
    const json *found = json_get(object, key);
    return found && found->kind == JSON_STRING ? found->text : (jy_str){ "", 0 };
}

jy_str json_name(const json *object, const char *key)
{
    const json *found = json_get(object, key);
    return found && found->kind == JSON_NUMBER ? found->text : json_text(object, key);
}

bool json_integer(const json *value, int64_t *out)
{
    char digits[32], *end;
    double number;
    if (!value || value->kind != JSON_NUMBER || value->text.len >= sizeof(digits))
        return false;
    memcpy(digits, value->text.ptr, value->text.len);
    digits[value->text.len] = 0;
    errno = 0;
    *out = strtoll(digits, &end, 10);
    if (!*end)
        return errno == 0;
    number = strtod(digits, &end);
    if (!(number > -9e15 && number < 9e15))
        return false;
    *out = (int64_t)number;
    return (double)*out == number;
}

void json_write(text *out, jy_str piece)
{
    static const char hex[] = "0123456789abcdef";
    text_room(out, piece.len * 6 + 2);
    text_add(out, "\"", 1);
    for (size_t i = 0; i < piece.len;) {
        unsigned char c = (unsigned char)piece.ptr[i];
        size_t len = c < 0x80 ? 1 : utf8_length(piece.ptr + i, piece.ptr + piece.len);
        if (!len) {
            text_c(out, "\\ufffd");
            len = 1;
        } else if (c < 0x20 && strchr("\b\f\n\r\t", c) && c) {
            char code[] = { '\\', "btn_fr"[c - 8] };
            text_add(out, code, sizeof(code));
        } else if (c < 0x20) {
            char code[] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };
            text_add(out, code, sizeof(code));
        } else {
            if (c == '"' || c == '\\')
                text_add(out, "\\", 1);
            text_add(out, piece.ptr + i, len);
        }
        i += len;
    }
    text_add(out, "\"", 1);
}

static void member_name(text *out, const char *key)
{
    if (out->len && out->ptr[out->len - 1] != '{')
        text_add(out, ",", 1);
    json_write(out, str_of(key));
    text_add(out, ":", 1);
}

void json_member(text *out, const char *key, jy_str piece)
{
    member_name(out, key);
    json_write(out, piece);
}

void json_member_int(text *out, const char *key, long long number)
{
    member_name(out, key);
    text_int(out, number);
}
