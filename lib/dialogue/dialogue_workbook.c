/* Which sheets a workbook has: its own list of names (xl/workbook.xml) and their members in the archive (its relations), in the
 * order in which Excel shows them. A workbook without a readable list is taken as sheet1.xml, sheet2.xml … until one is missing. */
#include "dialogue/dialogue_office.h"
#include "dialogue/dialogue_xml.h"
#include <stdio.h>

#define MOST_SHEETS 1000

typedef struct listing {
    XML_Parser parser;
    jy__sheets *sheets;
    jy__arena *arena;
    int status;
} listing;

static const char *attribute(const XML_Char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (strcmp(jy__xml_local(attributes[0]), name) == 0)
            return attributes[1];
    return "";
}

static void stop(listing *at, int status)
{
    at->status = status;
    XML_StopParser(at->parser, XML_FALSE);
}

static void XMLCALL refuse(void *ctx, const XML_Char *name, const XML_Char *system, const XML_Char *public_id, int internal) { stop(ctx, JY_E_TRANSCRIPT); }

static void add_sheet(listing *at, const char *name, const char *relation)
{
    jy__sheet sheet = { .why = 0 };
    if (at->sheets->count == MOST_SHEETS)
        return;
    if (!jy__arena_str(at->arena, jy__str_of(name), &sheet.name) || !jy__arena_str(at->arena, jy__str_of(relation), &sheet.relation) ||
        !JY__VEC_ROOM(at->arena->mem, at->sheets))
        stop(at, JY_E_NOMEM);
    else
        at->sheets->items[at->sheets->count++] = sheet;
}

static void XMLCALL begin_sheet(void *ctx, const XML_Char *name, const XML_Char **attributes)
{
    if (strcmp(jy__xml_local(name), "sheet") == 0)
        add_sheet(ctx, attribute(attributes, "name"), attribute(attributes, "id"));
}

/* Targets are relative to xl/, or absolute. */
static void XMLCALL begin_relation(void *ctx, const XML_Char *name, const XML_Char **attributes)
{
    listing *at = ctx;
    const char *target = attribute(attributes, "Target");
    jy_str id = jy__str_of(attribute(attributes, "Id"));
    if (strcmp(jy__xml_local(name), "Relationship") != 0)
        return;
    for (size_t i = 0; i < at->sheets->count; i++) {
        jy__sheet *sheet = &at->sheets->items[i];
        if (!jy__str_eq(sheet->relation, id))
            continue;
        size_t len = strlen(target) + 4;
        char *path = jy__arena_alloc(at->arena, len);
        if (!path) {
            stop(at, JY_E_NOMEM);
            return;
        }
        snprintf(path, len, "%s%s", *target == '/' ? "" : "xl/", *target == '/' ? target + 1 : target);
        sheet->path = path;
    }
}

static int run(listing *at, jy_str xml, XML_StartElementHandler begin)
{
    at->status = JY_OK;
    at->parser = XML_ParserCreate(NULL);
    if (!at->parser)
        return JY_E_NOMEM;
    XML_SetUserData(at->parser, at);
    XML_SetStartElementHandler(at->parser, begin);
    XML_SetStartDoctypeDeclHandler(at->parser, refuse);
    if (xml.len > INT32_MAX)
        at->status = JY_E_TRANSCRIPT;
    else if (XML_Parse(at->parser, xml.ptr, (int)xml.len, 1) != XML_STATUS_OK && at->status == JY_OK)
        at->status = XML_GetErrorCode(at->parser) == XML_ERROR_NO_MEMORY ? JY_E_NOMEM : JY_E_TRANSCRIPT;
    XML_ParserFree(at->parser);
    return at->status;
}

static int guess_sheets(listing *at, jy_str archive)
{
    for (unsigned number = 1; number <= MOST_SHEETS; number++) {
        char path[48], name[24];
        snprintf(path, sizeof(path), "xl/worksheets/sheet%u.xml", number);
        snprintf(name, sizeof(name), "Sheet%u", number);
        if (!jy__zip_has(archive, path))
            break;
        add_sheet(at, name, "");
        if (at->status)
            return at->status;
        jy__sheet *sheet = &at->sheets->items[at->sheets->count - 1];
        jy_str copy;
        if (!jy__arena_str(at->arena, (jy_str){ path, strlen(path) + 1 }, &copy))
            return JY_E_NOMEM;
        sheet->path = copy.ptr;
    }
    return JY_OK;
}

static int listed_sheets(listing *at, jy_str archive, uint64_t most, jy__text *xml)
{
    int status = jy__zip_member(archive, "xl/workbook.xml", most, xml);
    if (status == JY_OK)
        status = run(at, jy__text_view(xml), begin_sheet);
    jy__text_clear(xml);
    if (status == JY_OK)
        status = jy__zip_member(archive, "xl/_rels/workbook.xml.rels", most, xml);
    if (status == JY_OK)
        status = run(at, jy__text_view(xml), begin_relation);
    return status;
}

int jy__workbook_sheets(jy_str archive, uint64_t most, jy__arena *arena, jy__sheets *out)
{
    listing at = { .sheets = out, .arena = arena };
    jy__text xml;
    int status;
    jy__text_init(&xml, arena->mem);
    status = listed_sheets(&at, archive, most, &xml);
    jy__text_free(&xml);
    if (status == JY_DONE || status == JY_E_TRANSCRIPT || (status == JY_OK && !out->count)) {
        out->count = 0;
        at.status = JY_OK;
        status = guess_sheets(&at, archive);
    }
    return status == JY_OK && !out->count ? JY_DONE : status;
}
