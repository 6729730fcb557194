/* Values of a JSON tree: members and paths, strings decoded, numbers, pointers (RFC 6901). */
#include "dialogue/dialogue_json.h"

uint32_t jy__json_child(const jy__json_doc *json, uint32_t node)
{
    return node < json->nodes.count && jy__json_at(json, node)->count ? node + 1 : JY__JSON_NONE;
}

uint32_t jy__json_next(const jy__json_doc *json, uint32_t node)
{
    uint32_t next = node < json->nodes.count ? jy__json_at(json, node)->next : 0;
    return next ? next : JY__JSON_NONE;
}

static bool key_is(const jy__json_doc *json, const jy__json_node *node, const char *name, size_t len)
{
    jy_str key = { json->text.ptr + node->key, node->key_length };
    char decoded[128];
    if (!(node->flags & JY__JSON_KEY_ESCAPED))
        return key.len == len && memcmp(key.ptr, name, len) == 0;
    if (key.len > sizeof(decoded))
        return false;
    return jy__json_unescape(key, decoded) == len && memcmp(decoded, name, len) == 0;
}

static uint32_t member(const jy__json_doc *json, uint32_t node, const char *name, size_t len)
{
    uint32_t found = JY__JSON_NONE;
    if (!jy__json_is(json, node, JY__JSON_OBJECT))
        return found;
    for (uint32_t at = jy__json_child(json, node); at != JY__JSON_NONE; at = jy__json_next(json, at))
        if (key_is(json, jy__json_at(json, at), name, len))
            found = at;
    return found;
}

uint32_t jy__json_member(const jy__json_doc *json, uint32_t node, const char *name)
{
    return member(json, node, name, strlen(name));
}

static uint32_t element(const jy__json_doc *json, uint32_t node, const char *digits, size_t len)
{
    uint32_t index = 0, at = jy__json_child(json, node);
    for (size_t i = 0; i < len; i++)
        index = index * 10 + (uint32_t)(digits[i] - '0');
    while (index-- && at != JY__JSON_NONE)
        at = jy__json_next(json, at);
    return at;
}

static uint32_t walk(const jy__json_doc *json, uint32_t node, const char *path, size_t len)
{
    const char *end = path + len;
    while (path < end && node != JY__JSON_NONE) {
        const char *slash = memchr(path, '/', (size_t)(end - path));
        size_t step = (size_t)((slash ? slash : end) - path);
        if (jy__json_is(json, node, JY__JSON_ARRAY))
            node = *path >= '0' && *path <= '9' ? element(json, node, path, step) : JY__JSON_NONE;
        else
            node = member(json, node, path, step);
        path += step + (slash != NULL);
    }
    return node;
}

static uint64_t length_bit(size_t length) { return (uint64_t)1 << (length < 63 ? length : 63); }

/* The lengths that the names of its members have: of a path's many names most have none of these. All, where a name is written with escapes, or the node has
 * no names. */
static uint64_t lengths_of(const jy__json_doc *json, uint32_t node)
{
    uint64_t lengths = 0;
    if (!jy__json_is(json, node, JY__JSON_OBJECT))
        return UINT64_MAX;
    for (uint32_t at = jy__json_child(json, node); at != JY__JSON_NONE; at = jy__json_next(json, at))
        lengths |= jy__json_at(json, at)->flags & JY__JSON_KEY_ESCAPED ? UINT64_MAX : length_bit(jy__json_at(json, at)->key_length);
    return lengths;
}

uint32_t jy__json_path(const jy__json_doc *json, uint32_t node, const char *path)
{
    uint64_t lengths = path && *path ? lengths_of(json, node) : 0;
    while (path && *path) {
        size_t len = 0, first;
        while (path[len] && path[len] != '|' && path[len] != '/')
            len++;
        for (first = len; path[len] && path[len] != '|';)
            len++;
        if (lengths & length_bit(first)) {
            uint32_t found = walk(json, node, path, len);
            if (found != JY__JSON_NONE && !jy__json_is(json, found, JY__JSON_NULL))
                return found;
        }
        path = path[len] ? path + len + 1 : NULL;
    }
    return JY__JSON_NONE;
}

jy_str jy__json_raw(const jy__json_doc *json, uint32_t node)
{
    const jy__json_node *at;
    if (node >= json->nodes.count)
        return (jy_str){ NULL, 0 };
    at = jy__json_at(json, node);
    return (jy_str){ json->text.ptr + at->offset, at->length };
}

bool jy__json_string(const jy__json_doc *json, uint32_t node, jy__arena *arena, jy_str *out)
{
    char *made;
    *out = (jy_str){ NULL, 0 };
    if (!jy__json_is(json, node, JY__JSON_STRING))
        return true;
    *out = jy__json_raw(json, node);
    if (!(jy__json_at(json, node)->flags & JY__JSON_ESCAPED))
        return true;
    made = jy__arena_alloc(arena, out->len + 1);
    if (!made)
        return false;
    *out = (jy_str){ made, jy__json_unescape(*out, made) };
    return true;
}

static uint32_t hex4(const char *p)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        uint32_t digit = (unsigned char)p[i];
        value = value << 4 | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
    }
    return value;
}

static bool is_unicode_escape(const char *p, const char *end)
{
    if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
        return false;
    for (int i = 2; i < 6; i++)
        if (!((p[i] >= '0' && p[i] <= '9') || ((p[i] | 0x20) >= 'a' && (p[i] | 0x20) <= 'f')))
            return false;
    return true;
}

static uint32_t unicode_escape(const char **p, const char *end, bool *valid)
{
    uint32_t unit = hex4(*p + 2), second;
    *p += 6;
    if (unit < 0xD800 || unit > 0xDFFF)
        return unit;
    if (unit < 0xDC00 && is_unicode_escape(*p, end)) {
        second = hex4(*p + 2);
        if (second >= 0xDC00 && second <= 0xDFFF) {
            *p += 6;
            return 0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00);
        }
    }
    *valid = true; /* a lone surrogate becomes a true U+FFFD, three bytes */
    return JY__BAD;
}

uint32_t jy__json_unescape_next(const char **p, const char *end, bool *valid)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    const char *found;
    *valid = true;
    if (**p != '\\' || end - *p < 2)
        return jy__utf8_next(p, end, valid);
    if (is_unicode_escape(*p, end))
        return unicode_escape(p, end, valid);
    found = (*p)[1] ? strchr(names, (*p)[1]) : NULL;
    if (!found) {
        *p += 1;
        return '\\';
    }
    *p += 2;
    return (uint32_t)(unsigned char)values[found - names];
}

size_t jy__json_unescape(jy_str raw, char *out)
{
    const char *p = raw.ptr, *end = raw.ptr + raw.len;
    char *to = out;
    while (p < end) {
        const char *slash = memchr(p, '\\', (size_t)(end - p));
        size_t plain = (size_t)((slash ? slash : end) - p);
        bool valid;
        memmove(to, p, plain);
        to += plain;
        p += plain;
        if (p < end)
            to += jy__utf8_put(jy__json_unescape_next(&p, end, &valid), to);
    }
    return (size_t)(to - out);
}

static size_t digits(const char *p, const char *end)
{
    const char *at = p;
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    return (size_t)(at - p);
}

static double power_of_ten(int64_t exponent)
{
    double result = 1, base = 10;
    for (uint64_t left = (uint64_t)(exponent < 0 ? -exponent : exponent); left; left >>= 1, base *= base)
        if (left & 1)
            result *= base;
    return exponent < 0 ? 1 / result : result;
}

bool jy__number_of(jy_str text, double *out)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    bool minus = p < end && *p == '-', exponent_minus;
    double value = 0;
    int64_t shift = 0, exponent = 0;
    size_t count;
    p += minus;
    count = digits(p, end);
    if (!count)
        return false;
    for (; count; count--)
        value = value * 10 + (*p++ - '0');
    if (p < end && *p == '.') {
        count = digits(++p, end);
        if (!count)
            return false;
        for (; count; count--, shift--)
            value = value * 10 + (*p++ - '0');
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        exponent_minus = p < end && *p == '-';
        p += p < end && (*p == '-' || *p == '+');
        count = digits(p, end);
        if (!count)
            return false;
        for (; count; count--, p++)
            exponent = exponent < 9999 ? exponent * 10 + (*p - '0') : exponent;
        shift += exponent_minus ? -exponent : exponent;
    }
    if (p != end)
        return false;
    if (out)
        *out = (minus ? -1 : 1) * (shift < 0 ? value / power_of_ten(-shift) : value * power_of_ten(shift));
    return true;
}

bool jy__json_number(const jy__json_doc *json, uint32_t node, double *out)
{
    if (!jy__json_is(json, node, JY__JSON_NUMBER) && !jy__json_is(json, node, JY__JSON_STRING))
        return false;
    return jy__number_of(jy__json_raw(json, node), out);
}

bool jy__json_integer(const jy__json_doc *json, uint32_t node, int64_t *out)
{
    double value;
    if (!jy__json_number(json, node, &value) || value < -9.0e15 || value > 9.0e15 || value != (double)(int64_t)value)
        return false;
    *out = (int64_t)value;
    return true;
}

/* Number of an element in its list. Turns come in order, so counting goes on from the last one asked for at this depth. */
static uint32_t index_of(jy__json_doc *json, uint32_t node, uint32_t depth)
{
    uint32_t list = jy__json_at(json, node)->parent, at = list + 1, index = 0, slot = depth % JY__COUNT(json->known);
    if (json->known[slot].list == list && json->known[slot].node > list && json->known[slot].node <= node) {
        at = json->known[slot].node;
        index = json->known[slot].index;
    }
    for (; at != node && at != JY__JSON_NONE; at = jy__json_next(json, at))
        index++;
    json->known[slot].list = list;
    json->known[slot].node = node;
    json->known[slot].index = index;
    return index;
}

static bool is_plain(const char *name, const jy__json_node *node)
{
    return !(node->flags & JY__JSON_KEY_ESCAPED) && !memchr(name, '~', node->key_length) && !memchr(name, '/', node->key_length);
}

static void add_name(const jy__json_doc *json, const jy__json_node *node, jy__text *out)
{
    const char *p = json->text.ptr + node->key, *end = p + node->key_length;
    bool valid;
    if (is_plain(p, node)) {
        jy__text_add(out, p, node->key_length);
        return;
    }
    while (p < end) {
        const char *from = p;
        uint32_t cp = jy__json_unescape_next(&p, end, &valid);
        if (cp == '~' || cp == '/') jy__text_c(out, cp == '~' ? "~0" : "~1");
        else if (!valid) jy__text_add(out, from, (size_t)(p - from));
        else jy__text_cp(out, cp);
    }
}

#define STEPS 260 /* deeper nodes do not come out of the reader */

bool jy__json_pointer(jy__json_doc *json, uint32_t node, jy__arena *arena, jy_str *out)
{
    uint32_t path[STEPS], depth = 0, steps;
    jy__text *text = &json->pointer;
    *out = (jy_str){ NULL, 0 };
    jy__text_clear(text);
    for (; jy__json_at(json, node)->parent != JY__JSON_NONE && depth < STEPS; node = jy__json_at(json, node)->parent)
        path[depth++] = node;
    steps = depth;
    while (depth--) {
        const jy__json_node *at = jy__json_at(json, path[depth]);
        jy__text_char(text, '/');
        if (jy__json_is(json, at->parent, JY__JSON_ARRAY)) jy__text_int(text, index_of(json, path[depth], steps - depth));
        else add_name(json, at, text);
    }
    return !text->failed && (text->len == 0 || jy__arena_str(arena, jy__text_view(text), out));
}
