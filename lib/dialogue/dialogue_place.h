/* dialogue, inside — how texts are written in their files. */
#ifndef JY_DIALOGUE_PLACE_H
#define JY_DIALOGUE_PLACE_H
#include "base/base.h"

/* Next character of a raw text; *nothing: these bytes stand for no character. */
uint32_t jy__place_next(int32_t escape, const char **p, const char *end, bool *valid, bool *nothing);
/* The same for subtitle and XML text: tags stand for nothing, entities for characters, a line break with the blanks around it
 * for a blank before an ASCII character and else for nothing. */
uint32_t jy__markup_next(const char **p, const char *end, bool *valid, bool *nothing);
size_t   jy__markup_decode(jy_str raw, char *out); /* room: raw.len */
/* Places of ascending offsets of one text: goes on from the last one, so that a text of any length is walked once. A smaller offset begins
 * again. */
typedef struct jy__place_walk {
    jy_place place; jy_str text; const char *p, *end; uint32_t line, column; size_t offset, done;
    size_t line_offset; /* of the first byte of a later line */
} jy__place_walk;
void     jy__place_walk_init(jy__place_walk *placer, const jy_place *place, jy_str text);
void     jy__place_walk_to(jy__place_walk *placer, size_t at, uint32_t *line_out, uint32_t *column_out, size_t *offset_out);
static inline bool jy__place_lost(const jy_place *place) { return jy__str_lost(place->pointer) || jy__str_lost(place->raw); }
static inline size_t jy__utf8_width(uint32_t cp) { return cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4; }
#endif
