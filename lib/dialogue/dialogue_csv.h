/* dialogue, inside — rows of delimited text (RFC 4180) with their places. */
#ifndef JY_DIALOGUE_CSV_H
#define JY_DIALOGUE_CSV_H
#include "dialogue/dialogue_read.h"

#define JY__CSV_FIELDS 256
typedef struct jy__csv_field { uint32_t begin, end; bool quoted, doubled; } jy__csv_field; /* inside its quotes */
typedef struct jy__csv_row {
    jy_str text;               /* the row as it stands in the file, its line breaks too */
    size_t offset;
    uint32_t line, count;
    bool open;                 /* a quote is never closed; open_at says where */
    uint32_t open_at;
    jy__csv_field fields[JY__CSV_FIELDS];
} jy__csv_row;
/* Splits text (one row, without its end). false: a quoted field is not closed yet. */
bool jy__csv_split(jy_str text, char delimiter, jy__csv_row *row);
/* Value of a field: borrowed from the row, or made in the arena when quotes are doubled. false: no memory. */
bool jy__csv_value(const jy__csv_row *row, uint32_t field, jy__arena *arena, jy_str *out);

/* Where the reading of rows stands. */
typedef struct jy__csv_lines {
    jy__csv_row *row;                  /* the last one; its text lives until the next */
    char delimiter;
    jy__text joined, again;            /* a row over several lines; lines to be read again */
    size_t again_at, again_offset;
    uint32_t again_line;
} jy__csv_lines;
void jy__csv_lines_init(jy__csv_lines *lines, jy_reader *reader, jy__csv_row *row);
int  jy__csv_next_row(jy_reader *reader, jy__csv_lines *lines); /* JY_OK, JY_DONE, or what went wrong; damage is in the batch */
void jy__csv_lines_free(jy__csv_lines *lines);

typedef enum jy__column {
    JY__COLUMN_NONE, JY__COLUMN_TEXT, JY__COLUMN_SPEAKER, JY__COLUMN_BEGIN, JY__COLUMN_END, JY__COLUMN_CALL, JY__COLUMN_CHANNEL,
    JY__COLUMN_ID, JY__COLUMN_CONFIDENCE, JY__COLUMN_META, JY__COLUMN_KINDS
} jy__column;
typedef enum jy__csv_unit { JY__UNIT_TOLD_BY_VALUE, JY__UNIT_MS, JY__UNIT_S } jy__csv_unit;
jy__column jy__csv_column(jy_str name, jy__csv_unit *unit);

#define JY__CSV_SIDES 8
typedef struct jy__csv_layout {
    char delimiter;
    bool header;                       /* the first row names the columns */
    uint32_t titles;                   /* lines above it, which name the table */
    uint32_t count;                    /* columns; a row may have more where the text has the delimiter in it */
    uint32_t column[JY__COLUMN_KINDS]; /* number of the column + 1; 0: the table has none */
    jy__csv_unit unit[JY__COLUMN_KINDS];
    uint32_t side[JY__CSV_SIDES], side_count; /* columns of what one side said each, where no column has the text of both */
} jy__csv_layout;
/* JY_DONE: with none of the delimiters is this a table of turns. */
int    jy__csv_tell(jy_reader *reader, const char *delimiters, jy_str sample, jy__csv_layout *out);
/* Whether the header names who speaks and, above rows of as many cells, no column with what was said. What jy__csv_tell() and the labels of a script do
 * not understand either is no script then. */
bool   jy__csv_lacks_text(jy_reader *reader, const char *delimiters, jy_str sample);
int32_t jy__csv_side(jy_reader *reader, jy_str name); /* whose column it is by its name: jy_speaker */
jy_str jy__csv_behind_separator(jy_str sample, char *delimiter);
/* Delimiters inside a text that nobody quoted: what the row has more than `count` fields goes to its field `text`. */
void   jy__csv_join_text(jy__csv_row *row, uint32_t count, uint32_t text);
#endif
