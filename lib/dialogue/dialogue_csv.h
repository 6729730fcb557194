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

typedef enum jy__column {
    JY__COLUMN_NONE, JY__COLUMN_TEXT, JY__COLUMN_SPEAKER, JY__COLUMN_BEGIN, JY__COLUMN_END, JY__COLUMN_CALL, JY__COLUMN_CHANNEL,
    JY__COLUMN_ID, JY__COLUMN_CONFIDENCE, JY__COLUMN_META, JY__COLUMN_KINDS
} jy__column;
typedef enum jy__csv_unit { JY__UNIT_TOLD_BY_VALUE, JY__UNIT_MS, JY__UNIT_S } jy__csv_unit;
jy__column jy__csv_column(jy_str name, jy__csv_unit *unit);
#endif
