/* Places: libyaml counts code points from the start of the text; people want line and column, programs want bytes. A cursor
 * walks the text once, because places come in ascending order. Inside a scalar the way back from a byte of its value to the
 * byte of the file is found by reading the scalar's quotation again; when it goes over several lines its start must do. */
#include "rules/rules_inside.h"

void jy__cursor_init(jy__cursor *cursor, jy_str text)
{
    bool marked = text.len >= 3 && memcmp(text.ptr, "\xEF\xBB\xBF", 3) == 0;
    *cursor = (jy__cursor){ text, 0, marked ? 3 : 0, 1, 1 };
}

void jy__cursor_to(jy__cursor *cursor, size_t index)
{
    const char *text = cursor->text.ptr;
    size_t len = cursor->text.len;
    if (index < cursor->index)
        jy__cursor_init(cursor, cursor->text);
    while (cursor->index < index && cursor->byte < len) {
        char byte = text[cursor->byte++];
        while (cursor->byte < len && ((unsigned char)text[cursor->byte] & 0xC0) == 0x80)
            cursor->byte++;
        cursor->index++;
        cursor->column++;
        if (byte == '\n' || (byte == '\r' && (cursor->byte == len || text[cursor->byte] != '\n'))) {
            cursor->line++;
            cursor->column = 1;
        }
    }
}

jy__pos jy__cursor_pos(const jy__cursor *cursor, size_t length)
{
    return (jy__pos){ cursor->line, cursor->column, cursor->byte, length };
}

static size_t hex_digits(char letter)
{
    return letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
}

/* Bytes that the source needs for the next piece of the value; *value_out: how many bytes of the value that piece is. */
static size_t piece(const jy__node *node, jy_str source, size_t at, jy_str value, size_t value_at, size_t *value_out)
{
    *value_out = 1;
    if (node->style == JY__STYLE_SINGLE && source.ptr[at] == '\'')
        return 2;
    if (node->style == JY__STYLE_DOUBLE && source.ptr[at] == '\\' && at + 1 < source.len) {
        const char *p = value.ptr + value_at;
        bool valid;
        jy__utf8_next(&p, value.ptr + value.len, &valid);
        *value_out = (size_t)(p - value.ptr) - value_at;
        return 2 + hex_digits(source.ptr[at + 1]);
    }
    return 1;
}

jy__pos jy__rules_place(const jy__load *load, const jy__node *node, size_t at, size_t length)
{
    jy_str source = { load->text.ptr + node->pos.offset, node->pos.length };
    size_t from = node->style == JY__STYLE_PLAIN ? 0 : 1, value = 0;
    jy__pos pos = node->pos;
    if (node->style >= JY__STYLE_LITERAL || source.len == 0 || memchr(source.ptr, '\n', source.len) || memchr(source.ptr, '\r', source.len))
        return pos;
    while (value < at && value < node->text.len && from < source.len) {
        size_t value_step, step = piece(node, source, from, node->text, value, &value_step);
        from += step;
        value += value_step;
    }
    if (from > source.len)
        from = source.len;
    pos.column += (uint32_t)jy__utf8_count((jy_str){ source.ptr, from });
    pos.offset += from;
    pos.length = length < source.len - from ? length : source.len - from;
    return pos;
}
