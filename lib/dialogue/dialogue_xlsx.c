/* A sheet's XML → tab separated lines, row n on line n, so that places are row numbers. Strings stand in a table of their own
 * (sharedStrings.xml) or in the cell. Numbers come out as they are written, times and days as they are shown. */
#include "dialogue/dialogue_office.h"
#include "dialogue/dialogue_xml.h"
#include <stdlib.h>

#define MOST_ROWS 1048576
#define MOST_COLUMNS 256

typedef struct sheet {
    XML_Parser parser;
    const jy__mem *mem;
    jy__text strings;                                                    /* all shared strings, one behind the other */
    struct { size_t *items; size_t count, capacity; } ends;              /* where each of them ends */
    jy__text *out, value;
    const jy__styles *styles;
    uint32_t style;
    bool in_value, in_phonetic, shared, number, refused;
    uint32_t row, column, cell;                                          /* of the next line, the next cell, this cell */
} sheet;

static void stop(sheet *at)
{
    at->refused = true;
    XML_StopParser(at->parser, XML_FALSE);
}

static void XMLCALL refuse(void *ctx, const XML_Char *name, const XML_Char *system, const XML_Char *public_id, int internal) { stop(ctx); }

/* ---- shared strings */
static void XMLCALL begin_string(void *ctx, const XML_Char *name, const XML_Char **attributes)
{
    sheet *at = ctx;
    name = jy__xml_local(name);
    if (strcmp(name, "rPh") == 0) at->in_phonetic = true;
    if (strcmp(name, "t") == 0) at->in_value = !at->in_phonetic;
}

static void XMLCALL end_string(void *ctx, const XML_Char *name)
{
    sheet *at = ctx;
    name = jy__xml_local(name);
    if (strcmp(name, "t") == 0) at->in_value = false;
    if (strcmp(name, "rPh") == 0) at->in_phonetic = false;
    if (strcmp(name, "si") != 0)
        return;
    if (!JY__VEC_ROOM(at->mem, &at->ends)) {
        at->strings.failed = true;
        stop(at);
        return;
    }
    at->ends.items[at->ends.count++] = at->strings.len;
}

static void XMLCALL text_string(void *ctx, const XML_Char *bytes, int len)
{
    sheet *at = ctx;
    if (at->in_value)
        jy__text_add(&at->strings, bytes, (size_t)len);
}

/* ---- cells */
static uint32_t column_of(const char *reference, uint32_t usual)
{
    uint32_t column = 0;
    for (; *reference >= 'A' && *reference <= 'Z' && column < 100000; reference++)
        column = column * 26 + (uint32_t)(*reference - 'A' + 1);
    return column ? column - 1 : usual;
}

static void begin_row(sheet *at, const char *number)
{
    uint32_t row = 0;
    for (; *number >= '0' && *number <= '9' && row < MOST_ROWS; number++)
        row = row * 10 + (uint32_t)(*number - '0');
    for (; at->row < row && row <= MOST_ROWS; at->row++)
        jy__text_char(at->out, '\n');
    at->column = 0;
}

static void XMLCALL begin_cell(void *ctx, const XML_Char *name, const XML_Char **attributes)
{
    sheet *at = ctx;
    name = jy__xml_local(name);
    if (strcmp(name, "row") == 0)
        begin_row(at, jy__xml_attribute(attributes, "r"));
    else if (strcmp(name, "c") == 0) {
        at->cell = column_of(jy__xml_attribute(attributes, "r"), at->column);
        at->shared = strcmp(jy__xml_attribute(attributes, "t"), "s") == 0;
        at->number = !*jy__xml_attribute(attributes, "t") || strcmp(jy__xml_attribute(attributes, "t"), "n") == 0;
        at->style = (uint32_t)strtoul(jy__xml_attribute(attributes, "s"), NULL, 10);
        jy__text_clear(&at->value);
    } else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
        at->in_value = true;
    }
}

static jy_str cell_value(const sheet *at, char room[JY__CELL_ROOM])
{
    double index;
    size_t number;
    if (at->number)
        return jy__styles_show(at->styles, at->style, jy__text_view(&at->value), room);
    if (!at->shared)
        return jy__text_view(&at->value);
    if (!jy__number_of(jy__text_view(&at->value), &index) || index < 0 || index >= (double)at->ends.count)
        return (jy_str){ NULL, 0 };
    number = (size_t)index;
    return (jy_str){ at->strings.ptr + (number ? at->ends.items[number - 1] : 0), at->ends.items[number] - (number ? at->ends.items[number - 1] : 0) };
}

/* A cell that begins with a quote is quoted, or it would open a quoted field. */
static void put_cell(sheet *at, jy_str value)
{
    bool quoted = value.len && value.ptr[0] == '"';
    for (; at->column < at->cell && at->cell < MOST_COLUMNS; at->column++)
        jy__text_char(at->out, '\t');
    if (quoted) jy__text_char(at->out, '"');
    for (size_t i = 0; i < value.len; i++) {
        if (quoted && value.ptr[i] == '"') jy__text_char(at->out, '"');
        jy__text_char(at->out, value.ptr[i] == '\n' || value.ptr[i] == '\r' || value.ptr[i] == '\t' ? ' ' : value.ptr[i]);
    }
    if (quoted) jy__text_char(at->out, '"');
}

static void XMLCALL end_cell(void *ctx, const XML_Char *name)
{
    sheet *at = ctx;
    char room[JY__CELL_ROOM];
    name = jy__xml_local(name);
    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        at->in_value = false;
    else if (strcmp(name, "c") == 0 && at->cell >= at->column)
        put_cell(at, cell_value(at, room));
    else if (strcmp(name, "row") == 0) {
        jy__text_char(at->out, '\n');
        at->row++;
    }
    if (at->out->failed || at->value.failed)
        stop(at);
}

static void XMLCALL text_cell(void *ctx, const XML_Char *bytes, int len)
{
    sheet *at = ctx;
    if (at->in_value)
        jy__text_add(&at->value, bytes, (size_t)len);
}

static int run(sheet *at, jy_str xml, XML_StartElementHandler begin, XML_EndElementHandler end, XML_CharacterDataHandler text)
{
    int status = JY_OK;
    at->parser = XML_ParserCreate(NULL);
    at->in_value = false;
    if (!at->parser)
        return JY_E_NOMEM;
    XML_SetUserData(at->parser, at);
    XML_SetElementHandler(at->parser, begin, end);
    XML_SetCharacterDataHandler(at->parser, text);
    XML_SetStartDoctypeDeclHandler(at->parser, refuse);
    if (xml.len > INT32_MAX)
        status = JY_E_LIMIT;
    else if (XML_Parse(at->parser, xml.ptr, (int)xml.len, 1) != XML_STATUS_OK)
        status = XML_GetErrorCode(at->parser) == XML_ERROR_NO_MEMORY ? JY_E_NOMEM : JY_E_TRANSCRIPT;
    XML_ParserFree(at->parser);
    if (at->out->failed || at->strings.failed || at->value.failed)
        status = JY_E_NOMEM;
    return status;
}

int jy__xlsx_text(jy_str xml, jy_str strings, const jy__styles *styles, const jy__mem *mem, jy__text *out)
{
    sheet at = { .mem = mem, .styles = styles, .out = out, .row = 1 };
    int status = JY_OK;
    jy__text_init(&at.strings, mem);
    jy__text_init(&at.value, mem);
    if (strings.len)
        status = run(&at, strings, begin_string, end_string, text_string);
    if (status == JY_OK)
        status = run(&at, xml, begin_cell, end_cell, text_cell);
    jy__text_free(&at.strings);
    jy__text_free(&at.value);
    JY__VEC_FREE(mem, &at.ends);
    return status;
}
