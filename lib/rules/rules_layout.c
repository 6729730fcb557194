/* Standard layout of one scalar: a node goes in, its YAML comes out, with quotation marks only where they are needed: by YAML's
 * grammar, or because other programs would take the bare word for a number, a day or a truth value. What was written without
 * them stays so. Texts written as blocks (| and >) keep their lines and get the indentation of their place. */
#include "rules/rules_inside.h"

static bool is_in(char byte, const char *set) { return byte && strchr(set, byte); }

/* Words that YAML readers take for something else than text. */
static bool is_typed_word(jy_str text)
{
    static const char *const words[] = { "true", "false", "yes", "no", "on", "off", "y", "n", "null", "~" };
    char lower[8];
    if (text.len >= sizeof(lower))
        return false;
    for (size_t i = 0; i < text.len; i++)
        lower[i] = (char)(text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ? text.ptr[i] + 32 : text.ptr[i]);
    lower[text.len] = 0;
    for (size_t i = 0; i < JY__COUNT(words); i++)
        if (strcmp(lower, words[i]) == 0)
            return true;
    return false;
}

static bool is_typed_number(jy_str text)
{
    bool digit = false;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_in(text.ptr[i], "0123456789+-._:eExXoOabcdfABCDF"))
            return false;
        digit = digit || (text.ptr[i] >= '0' && text.ptr[i] <= '9');
    }
    return digit;
}

static bool is_printable(jy_str text)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    while (p < end) {
        bool valid;
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x2028 || cp == 0x2029 || cp == 0xFEFF || !valid)
            return false;
    }
    return true;
}

static bool may_be_plain(jy_str text, bool flow)
{
    if (text.len == 0 || is_in(text.ptr[0], "-?:,[]{}#&*!|>'\"%@`= ") || is_in(text.ptr[text.len - 1], ": ") || !is_printable(text))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i], next = i + 1 < text.len ? text.ptr[i + 1] : 0;
        if ((byte == ':' && (next == ' ' || flow)) || (byte == ' ' && next == '#') || (flow && is_in(byte, ",[]{}?")))
            return false;
    }
    return !is_typed_word(text) && !is_typed_number(text) && (text.len < 3 || memcmp(text.ptr, "...", 3) != 0);
}

static void add_single(jy__text *out, jy_str text)
{
    jy__text_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'')
            jy__text_char(out, '\'');
        jy__text_char(out, text.ptr[i]);
    }
    jy__text_char(out, '\'');
}

static void add_code_point(jy__text *out, uint32_t cp)
{
    static const char digits[] = "0123456789ABCDEF";
    int places = cp > 0xFFFF ? 8 : 4;
    jy__text_c(out, places == 8 ? "\\U" : "\\u");
    for (int i = places - 1; i >= 0; i--)
        jy__text_char(out, digits[(cp >> (4 * i)) & 15]);
}

/* For what no other style can carry: line ends and invisible characters. */
static void add_double(jy__text *out, jy_str text)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    jy__text_char(out, '"');
    while (p < end) {
        const char *start = p;
        bool valid;
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        if (cp == '\n')
            jy__text_c(out, "\\n");
        else if (cp == '\t')
            jy__text_c(out, "\\t");
        else if (cp == '"' || cp == '\\') {
            jy__text_char(out, '\\');
            jy__text_char(out, (char)cp);
        } else if (!is_printable((jy_str){ start, (size_t)(p - start) }))
            add_code_point(out, cp);
        else
            jy__text_add(out, start, (size_t)(p - start));
    }
    jy__text_char(out, '"');
}

void jy__layout_scalar(jy__text *out, const jy__node *node, bool flow)
{
    if ((node->style == JY__STYLE_PLAIN && is_printable(node->text)) || may_be_plain(node->text, flow))
        jy__text_str(out, node->text);
    else if (is_printable(node->text))
        add_single(out, node->text);
    else
        add_double(out, node->text);
}

/* The line at `from` without its line end; *next behind it. */
static jy_str line_at(jy_str source, size_t from, size_t *next)
{
    size_t to = from;
    while (to < source.len && source.ptr[to] != '\n' && source.ptr[to] != '\r')
        to++;
    *next = to + (to < source.len) + (to + 1 < source.len && source.ptr[to] == '\r' && source.ptr[to + 1] == '\n');
    return (jy_str){ source.ptr + from, to - from };
}

static size_t blanks(jy_str line)
{
    size_t count = 0;
    while (count < line.len && line.ptr[count] == ' ')
        count++;
    return count;
}

static void add_blanks(jy__text *out, size_t count)
{
    while (count-- > 0)
        jy__text_char(out, ' ');
}

/* `|2`: the writer fixed the indentation by number; its lines may begin with blanks of their own. */
static bool fixes_indentation(jy_str header)
{
    return (header.len > 1 && header.ptr[1] >= '1' && header.ptr[1] <= '9') || (header.len > 2 && header.ptr[2] >= '1' && header.ptr[2] <= '9');
}

void jy__layout_block(jy__text *out, const jy__node *node, jy_str source, size_t indent)
{
    size_t at, next, cut = 0, kept;
    jy_str header = line_at(source, 0, &at);
    if (fixes_indentation(header)) {
        add_double(out, node->text);
        jy__text_char(out, '\n');
        return;
    }
    while (header.len && header.ptr[header.len - 1] == ' ')
        header.len--;
    jy__text_str(out, header);
    jy__text_char(out, '\n');
    kept = out->len;
    for (; at < source.len; at = next) {
        jy_str line = line_at(source, at, &next);
        size_t before = blanks(line);
        if (!cut && before < line.len)
            cut = before;
        if (before < line.len || (cut && before > cut)) {
            add_blanks(out, indent);
            jy__text_add(out, line.ptr + (before < cut ? before : cut), line.len - (before < cut ? before : cut));
            kept = out->len + 1;
        }
        jy__text_char(out, '\n');
    }
    if (!out->failed && !memchr(header.ptr, '+', header.len))
        out->len = kept; /* blank lines behind the text mean nothing here */
}
