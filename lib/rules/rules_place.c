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

jy__pos jy__rules_place(jy_str text, size_t byte, size_t length)
{
    jy__cursor cursor;
    size_t index = 0;
    jy__cursor_init(&cursor, text);
    for (size_t at = cursor.byte; at < byte; at++)
        index += ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
    jy__cursor_to(&cursor, index);
    return (jy__pos){ cursor.line, cursor.column, byte, length };
}

static size_t hex_digits(char letter)
{
    return letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
}

/* Bytes that the source needs for the next piece of the value; *value_out: how many bytes of the value that piece is. */
static size_t piece(const jy__placer *placer, size_t *value_out)
{
    const jy__node *node = placer->node;
    char byte = placer->source.ptr[placer->from];
    *value_out = 1;
    if (node->style == JY__STYLE_SINGLE && byte == '\'')
        return 2;
    if (node->style == JY__STYLE_DOUBLE && byte == '\\' && placer->from + 1 < placer->source.len) {
        const char *start = node->text.ptr + placer->value, *p = start;
        bool valid;
        jy__utf8_next(&p, node->text.ptr + node->text.len, &valid);
        *value_out = (size_t)(p - start);
        return 2 + hex_digits(placer->source.ptr[placer->from + 1]);
    }
    return 1;
}

static void to_start(jy__placer *placer)
{
    placer->value = 0;
    placer->from = placer->exact && placer->node->style != JY__STYLE_PLAIN; /* behind the quotation mark */
    placer->column = placer->node->pos.column + (uint32_t)placer->from;
}

void jy__placer_init(jy__placer *placer, const jy__load *load, const jy__node *node)
{
    jy_str source = { load->text.ptr + node->pos.offset, node->pos.length };
    bool lines = source.len && (memchr(source.ptr, '\n', source.len) || memchr(source.ptr, '\r', source.len));
    *placer = (jy__placer){ node, source, 0, 0, 0, node->style < JY__STYLE_LITERAL && source.len && !lines };
    to_start(placer);
}

jy__pos jy__placer_at(jy__placer *placer, size_t at)
{
    if (!placer->exact)
        return placer->node->pos;
    if (at < placer->value)
        to_start(placer);
    while (placer->value < at && placer->value < placer->node->text.len && placer->from < placer->source.len) {
        size_t value_step, to = placer->from + piece(placer, &value_step);
        for (; placer->from < to && placer->from < placer->source.len; placer->from++)
            placer->column += ((unsigned char)placer->source.ptr[placer->from] & 0xC0) != 0x80;
        placer->value += value_step;
    }
    return (jy__pos){ placer->node->pos.line, placer->column, placer->node->pos.offset + placer->from, placer->from < placer->source.len };
}
