/* docx and xlsx: the archive is read whole, its text taken out, and put in the place of the input; from then on the reader sees plain
 * lines or a table. Of a workbook the first sheet is read; when another one has cells too, that is said. */
#include "dialogue/dialogue_office.h"

#define MOST_ARCHIVE ((uint64_t)1 << 30)

static int read_archive(jy_reader *reader, jy__text *out)
{
    char *buffer = jy__arena_alloc(&reader->batch.arena, (size_t)64 << 10);
    size_t got;
    if (!buffer)
        return JY_E_NOMEM;
    while ((got = jy__bytes_read(&reader->input.bytes, buffer, (size_t)64 << 10)) > 0) {
        if (out->len > MOST_ARCHIVE)
            return JY_E_LIMIT;
        jy__text_add(out, buffer, got);
    }
    return out->failed ? JY_E_NOMEM : reader->input.bytes.status;
}

/* How much one member may hold. */
static uint64_t most_of(const jy_reader *reader, jy_str archive)
{
    uint64_t by_ratio = ((uint64_t)1 << 20) + archive.len * (reader->input.bytes.max_ratio < 100000 ? reader->input.bytes.max_ratio : 100000);
    uint64_t most = reader->input.bytes.max_bytes < MOST_ARCHIVE ? reader->input.bytes.max_bytes : MOST_ARCHIVE;
    return by_ratio < most ? by_ratio : most;
}

static int read_docx(jy_reader *reader, jy_str archive, jy__text *xml, jy__text *out)
{
    int status = jy__zip_member(archive, "word/document.xml", most_of(reader, archive), xml);
    if (status)
        return status;
    reader->container = "docx";
    return jy__docx_text(jy__text_view(xml), out);
}

static bool has_cells(jy_reader *reader, jy_str archive)
{
    jy__text xml;
    bool found = false;
    jy__text_init(&xml, &reader->mem);
    if (jy__zip_member(archive, "xl/worksheets/sheet2.xml", most_of(reader, archive), &xml) == JY_OK)
        for (size_t i = 0; i + 4 < xml.len && !found; i++)
            found = memcmp(xml.ptr + i, "<v>", 3) == 0 || memcmp(xml.ptr + i, "<is>", 4) == 0;
    jy__text_free(&xml);
    return found;
}

static int read_xlsx(jy_reader *reader, jy_str archive, jy__text *xml, jy__text *out, int32_t *why)
{
    jy__text strings;
    int status;
    jy__text_init(&strings, &reader->mem);
    status = jy__zip_member(archive, "xl/worksheets/sheet1.xml", most_of(reader, archive), xml);
    if (status == JY_OK) {
        reader->container = "xlsx";
        status = jy__zip_member(archive, "xl/sharedStrings.xml", most_of(reader, archive), &strings);
        if (status == JY_DONE || status == JY_OK)
            status = jy__xlsx_text(jy__text_view(xml), jy__text_view(&strings), &reader->mem, out);
    }
    if (status == JY_OK && has_cells(reader, archive))
        *why = JY__SAY_SHEETS;
    jy__text_free(&strings);
    return status;
}

/* The text inside becomes the input; damage is said at its end. */
static void swap_input(jy_reader *reader, int32_t why)
{
    uint64_t max_bytes = reader->input.bytes.max_bytes, max_ratio = reader->input.bytes.max_ratio;
    jy__input_close(&reader->input);
    jy__bytes_of(&reader->input.bytes, &reader->mem, jy__text_view(&reader->office));
    reader->input.bytes.packing = JY__PLAIN;
    reader->input.bytes.max_bytes = max_bytes;
    reader->input.bytes.max_ratio = max_ratio;
    jy__input_init(&reader->input, &reader->mem, JY__UTF8);
    jy__input_fill(&reader->input, 1);
    if (why) {
        reader->input.bytes.status = JY_E_TRANSCRIPT;
        reader->input.bytes.why = why;
    }
}

int jy__office_open(jy_reader *reader)
{
    jy__text archive, xml;
    int32_t why = 0;
    int status;
    jy__text_init(&archive, &reader->mem);
    jy__text_init(&xml, &reader->mem);
    jy__text_init(&reader->office, &reader->mem);
    status = read_archive(reader, &archive);
    if (status == JY_OK)
        status = read_docx(reader, jy__text_view(&archive), &xml, &reader->office);
    if (status == JY_DONE)
        status = read_xlsx(reader, jy__text_view(&archive), &xml, &reader->office, &why);
    jy__text_free(&archive);
    jy__text_free(&xml);
    jy__arena_clear(&reader->batch.arena);
    if (status == JY_E_LIMIT) {
        status = jy__reader_fail(reader, status, JY__SAY_OFFICE_LIMIT, (jy__pos){ 0, 0, 0, 0 }, NULL, 0);
    } else if (status == JY_DONE || (status == JY_E_TRANSCRIPT && !reader->container)) {
        status = jy__reader_fail(reader, JY_E_TRANSCRIPT, JY__SAY_ZIP, (jy__pos){ 0, 0, 0, 0 }, NULL, 0);
    } else if (status == JY_OK || status == JY_E_TRANSCRIPT) {
        swap_input(reader, status ? JY__SAY_XML : why);
        status = reader->input.status;
    }
    return status;
}
