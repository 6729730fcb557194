/* docx and xlsx: the archive is read whole, its text taken out, and put in the place of the input; from then on the reader sees plain
 * lines or a table. The sheets of a workbook are read one after the other, each told anew what it is: a table of turns beside a
 * sheet of remarks is usual. */
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

static bool has_cells(jy_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!strchr("\n\t ", text.ptr[i]))
            return true;
    return false;
}

/* One sheet's text behind the others; a damaged one gives what came before the damage. */
static int read_sheet(jy_reader *reader, jy_str archive, jy_str strings, const jy__styles *styles, uint64_t *left, jy__sheet *sheet)
{
    jy__text xml;
    size_t before = reader->office.len;
    int status;
    jy__text_init(&xml, &reader->mem);
    status = sheet->path ? jy__zip_member(archive, sheet->path, *left, &xml) : JY_DONE;
    *left -= xml.len < *left ? xml.len : *left;
    if (status == JY_OK)
        status = jy__xlsx_text(jy__text_view(&xml), strings, styles, &reader->mem, &reader->office);
    jy__text_free(&xml);
    sheet->why = status == JY_OK ? 0 : status == JY_DONE ? JY__SAY_SHEET_MISSING : JY__SAY_XML;
    if (reader->office.len - before > *left)
        return JY_E_LIMIT;
    return status == JY_E_NOMEM || status == JY_E_LIMIT ? status : JY_OK;
}

/* Keeps the sheets that have cells, or damage to be said. */
static int read_sheets(jy_reader *reader, jy_str archive, jy_str strings, const jy__styles *styles, uint64_t left)
{
    jy__sheets *sheets = &reader->sheets;
    size_t kept = 0;
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < sheets->count; i++) {
        size_t before = reader->office.len;
        status = read_sheet(reader, archive, strings, styles, &left, &sheets->items[i]);
        sheets->items[i].end = reader->office.len;
        if (has_cells((jy_str){ reader->office.ptr + before, reader->office.len - before }) || sheets->items[i].why)
            sheets->items[kept++] = sheets->items[i];
        else
            reader->office.len = before;
    }
    sheets->count = kept;
    return status;
}

/* A workbook without styles, or with damaged ones, has its numbers as they are. */
static int read_styles(jy_str archive, uint64_t most, jy__styles *out)
{
    jy__text xml;
    int status;
    jy__text_init(&xml, out->mem);
    status = jy__zip_member(archive, "xl/styles.xml", most, &xml);
    if (status == JY_OK)
        status = jy__styles_read(out, jy__text_view(&xml));
    jy__text_free(&xml);
    return status == JY_E_NOMEM || status == JY_E_LIMIT ? status : JY_OK;
}

static int read_xlsx(jy_reader *reader, jy_str archive)
{
    jy__styles styles = { .mem = &reader->mem };
    uint64_t most = most_of(reader, archive);
    jy__text strings;
    int status = jy__workbook_sheets(archive, most, &reader->arena, &reader->sheets);
    if (status)
        return status;
    reader->container = "xlsx";
    jy__text_init(&strings, &reader->mem);
    status = jy__zip_member(archive, "xl/sharedStrings.xml", most, &strings);
    if (status == JY_OK || status == JY_DONE)
        status = read_styles(archive, most, &styles);
    else
        reader->sheets.count = 0; /* no cell can be told without its strings: the damage is said of the whole */
    if (status == JY_OK)
        status = read_sheets(reader, archive, jy__text_view(&strings), &styles, most - strings.len);
    jy__styles_free(&styles);
    jy__text_free(&strings);
    return status;
}

static void swap_input(jy_reader *reader, jy_str text)
{
    uint64_t max_bytes = reader->input.bytes.max_bytes, max_ratio = reader->input.bytes.max_ratio;
    jy__input_close(&reader->input);
    jy__bytes_of(&reader->input.bytes, &reader->mem, text);
    reader->input.bytes.packing = JY__PLAIN;
    reader->input.bytes.max_bytes = max_bytes;
    reader->input.bytes.max_ratio = max_ratio;
    jy__input_init(&reader->input, &reader->mem, JY__UTF8);
    jy__input_fill(&reader->input, 1);
}

void jy__office_damage(jy_reader *reader)
{
    const jy__sheets *sheets = &reader->sheets;
    int32_t why = sheets->next ? sheets->items[sheets->next - 1].why : reader->office_why;
    if (!why)
        return;
    reader->input.bytes.status = JY_E_TRANSCRIPT;
    reader->input.bytes.why = why;
}

/* With several sheets, places are told as those of "book.xlsx#sheet". */
static int name_sheet(jy_reader *reader, const jy__sheet *sheet)
{
    jy__text name;
    bool named;
    if (reader->sheets.count < 2)
        return JY_OK;
    jy__text_init(&name, &reader->mem);
    jy__text_str(&name, reader->file);
    jy__text_char(&name, '#');
    jy__text_str(&name, sheet->name);
    named = !name.failed && jy__arena_str(&reader->arena, jy__text_view(&name), &reader->source);
    jy__text_free(&name);
    return named ? JY_OK : JY_E_NOMEM;
}

int jy__office_next(jy_reader *reader)
{
    jy__sheets *sheets = &reader->sheets;
    if (sheets->next >= sheets->count)
        return JY_DONE;
    const jy__sheet *sheet = &sheets->items[sheets->next];
    size_t begin = sheets->next ? sheets->items[sheets->next - 1].end : 0;
    sheets->next++;
    if (name_sheet(reader, sheet))
        return JY_E_NOMEM;
    swap_input(reader, (jy_str){ reader->office.ptr ? reader->office.ptr + begin : "", sheet->end - begin });
    if (sheet->end == begin)
        jy__office_damage(reader); /* nothing to choose a format by: refused at once */
    return reader->input.status;
}

/* What was taken out of the archive becomes the input. */
static int begin_text(jy_reader *reader, int status)
{
    reader->office_why = status ? JY__SAY_XML : 0;
    if (reader->sheets.count)
        status = jy__office_next(reader);
    else {
        swap_input(reader, jy__text_view(&reader->office));
        status = reader->input.status;
    }
    jy__office_damage(reader);
    return status;
}

int jy__office_open(jy_reader *reader)
{
    jy__text archive, xml;
    int status;
    jy__text_init(&archive, &reader->mem);
    jy__text_init(&xml, &reader->mem);
    jy__text_init(&reader->office, &reader->mem);
    status = read_archive(reader, &archive);
    if (status == JY_OK)
        status = read_docx(reader, jy__text_view(&archive), &xml, &reader->office);
    if (status == JY_DONE)
        status = read_xlsx(reader, jy__text_view(&archive));
    jy__text_free(&archive);
    jy__text_free(&xml);
    jy__arena_clear(&reader->batch.arena);
    if (status == JY_E_LIMIT) {
        status = jy__reader_fail(reader, status, JY__SAY_OFFICE_LIMIT, (jy__pos){ 0, 0, 0, 0 }, NULL, 0);
    } else if (status == JY_DONE || (status == JY_E_TRANSCRIPT && !reader->container)) {
        status = jy__reader_fail(reader, JY_E_TRANSCRIPT, status == JY_DONE ? JY__SAY_ARCHIVE : JY__SAY_ZIP, (jy__pos){ 0, 0, 0, 0 }, NULL, 0);
    } else if (status == JY_OK || status == JY_E_TRANSCRIPT) {
        status = begin_text(reader, status);
    }
    return status;
}
