/* make_tables — runs at build time only and writes fold_tables.c. What its files share. */
#ifndef JY_FOLD_MAKE_TABLES_H
#define JY_FOLD_MAKE_TABLES_H

#include "fold/fold.h"
#include <stdio.h>
#include <stdlib.h>

#define CODE_POINTS 0x110000u
#define SYLLABLES 1024

typedef struct symbols { uint32_t count, cp[JY__FOLD_MOST]; } symbols;

_Noreturn void make_die(const char *what, const char *detail);

/* One line of a .tsv file (not a comment, not empty): its fields. */
typedef struct make_row { char *field[4]; int fields, line; const char *file; } make_row;
void make_read(const char *path, void (*take)(const make_row *row));
_Noreturn void make_row_die(const make_row *row, const char *why);
uint32_t make_row_char(const make_row *row, int field); /* the one character of a field */
uint32_t make_next_char(const char **text);

/* make_fold.c */
extern symbols make_full[CODE_POINTS], make_width[CODE_POINTS];
extern uint8_t make_kinds[CODE_POINTS], make_masks[CODE_POINTS];
void make_fold_all(const char *variants_path);

/* make_sound.c */
extern char make_syllables[SYLLABLES][8];
extern uint16_t make_syllable_count, make_classes[SYLLABLES];
extern symbols make_sounds[JY__HAN_END];
extern uint8_t make_common[JY__HAN_END];
void make_sound_all(const char *readings_path, const char *commonness_path);

/* make_stream.c */
void make_write_stream(FILE *out);

/* make_words.c */
void make_words_all(const char *path);
void make_write_words(FILE *out);

/* make_parts.c */
void make_parts_all(void);
void make_write_parts(FILE *out);

/* make_write.c */
void make_write_all(FILE *out);

#endif
