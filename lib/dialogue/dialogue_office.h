/* dialogue, inside — scripts kept as docx and xlsx. */
#ifndef JY_DIALOGUE_OFFICE_H
#define JY_DIALOGUE_OFFICE_H
#include "dialogue/dialogue_read.h"

/* JY_OK, JY_DONE (no such member), JY_E_TRANSCRIPT (damaged), JY_E_LIMIT, JY_E_NOMEM. */
int jy__zip_member(jy_str archive, const char *name, uint64_t most, jy__text *out);
/* Plain text of word/document.xml: a paragraph or a table row a line, cells parted by tabs. JY_E_TRANSCRIPT: damaged, out holds
 * what came before. */
int jy__docx_text(jy_str xml, jy__text *out);
/* How numbers are shown, by the style of their cells. */
typedef enum jy__cell_kind { JY__CELL_PLAIN, JY__CELL_TIME, JY__CELL_MINUTES, JY__CELL_DAY, JY__CELL_DAY_TIME } jy__cell_kind;
typedef struct jy__own_style { uint32_t id; uint8_t kind; } jy__own_style;
typedef struct jy__styles {
    const jy__mem *mem;
    struct { jy__own_style *items; size_t count, capacity; } own; /* formats of the workbook's own */
    struct { uint8_t *items; size_t count, capacity; } cells;     /* by style: jy__cell_kind */
} jy__styles;
int  jy__styles_read(jy__styles *styles, jy_str xml); /* JY_OK, JY_E_NOMEM */
#define JY__CELL_ROOM 64
/* A time or day as it is shown, in the room; any other number as it is. */
jy_str jy__styles_show(const jy__styles *styles, uint32_t style, jy_str number, char room[JY__CELL_ROOM]);
void jy__styles_free(jy__styles *styles);
/* Tab separated rows of a sheet; line numbers are row numbers. */
int jy__xlsx_text(jy_str sheet, jy_str strings, const jy__styles *styles, const jy__mem *mem, jy__text *out);
bool jy__zip_has(jy_str archive, const char *name);
/* The workbook's sheets in order, names and paths in the arena; a sheet that the archive lacks has no path. JY_DONE: no workbook. */
int jy__workbook_sheets(jy_str archive, uint64_t most, jy__arena *arena, jy__sheets *out);
/* The reader's input is a zip archive: puts the text inside in its place. */
int jy__office_open(jy_reader *reader);
/* What was damaged in the text at hand is to be said at its end; once its format is chosen. */
void jy__office_damage(jy_reader *reader);
/* Puts the next sheet in the place of one that was read; JY_DONE: there is none. The format has yet to be chosen. */
int jy__office_next(jy_reader *reader);
#endif
