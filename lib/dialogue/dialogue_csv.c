/* CSV and TSV exports: the header says which column is what (English and Chinese names), every row is a turn, a new call id begins
 * a new call. */
#include "dialogue/dialogue_line.h"
#include "dialogue/dialogue_csv.h"
#include <inttypes.h>
#include <stdio.h>

typedef struct table {
    jy__csv_layout layout;
    jy__text names;                    /* header row, for columns that tell about the call */
    jy__csv_row *header, *row;         /* row: lines.row */
    jy__csv_lines lines;
    jy__text id, speaker;              /* of the open call; of the row before */
    bool waiting, begun, ended, named_again; /* named_again: the same speaker in two rows, one behind the other */
} table;

/* ---- header */
static bool is_table(jy_reader *reader, const char *delimiters, jy_str sample)
{
    jy__csv_layout layout;
    int status = jy__csv_tell(reader, delimiters, sample, &layout);
    if (status == JY_E_NOMEM)
        reader->status = status;
    return status == JY_OK;
}

static bool is_csv(jy_reader *reader, jy_str sample) { return is_table(reader, ",;|", sample); }
static bool is_tsv(jy_reader *reader, jy_str sample) { return is_table(reader, "\t", sample); }

static int open_table(jy_reader *reader)
{
    table *state = jy__arena_alloc(&reader->arena, sizeof(*state));
    jy__line line;
    char told = 0;
    int status;
    if (!state)
        return JY_E_NOMEM;
    jy__text_init(&state->names, &reader->mem);
    jy__text_init(&state->id, &reader->mem);
    jy__text_init(&state->speaker, &reader->mem);
    reader->state = state;
    state->header = jy__arena_alloc(&reader->arena, sizeof(*state->header));
    state->row = jy__arena_alloc(&reader->arena, sizeof(*state->row));
    jy__csv_lines_init(&state->lines, reader, state->row);
    if (!state->header || !state->row)
        return JY_E_NOMEM;
    status = jy__csv_tell(reader, reader->format == &jy__format_tsv ? "\t" : ",;|\t", jy__input_window(&reader->input), &state->layout);
    state->lines.delimiter = state->layout.delimiter;
    if (status == JY_DONE)
        return jy__reader_fail(reader, JY_E_TRANSCRIPT, JY__SAY_HEADER, (jy__pos){ 1, 1, 0, 0 }, NULL, 0);
    jy__csv_behind_separator(jy__input_window(&reader->input), &told);
    if (status == JY_OK && told)
        status = jy__input_line(&reader->input, &line);
    for (uint32_t i = 0; i < state->layout.titles && status == JY_OK; i++)
        status = jy__input_line(&reader->input, &line);
    if (status || !state->layout.header)
        return status;
    status = jy__input_line(&reader->input, &line);
    if (status)
        return status;
    jy__text_str(&state->names, line.text);
    if (state->names.failed)
        return JY_E_NOMEM;
    jy__csv_split(jy__text_view(&state->names), state->layout.delimiter, state->header);
    return JY_OK;
}

static void close_table(jy_reader *reader)
{
    table *state = reader->state;
    if (!state)
        return;
    jy__text_free(&state->names);
    jy__csv_lines_free(&state->lines);
    jy__text_free(&state->id);
    jy__text_free(&state->speaker);
}

/* ---- rows */
static bool value_of(jy_reader *reader, const table *state, jy__column column, jy_str *out)
{
    *out = (jy_str){ NULL, 0 };
    if (!state->layout.column[column])
        return true;
    if (!jy__csv_value(state->row, state->layout.column[column] - 1, &reader->batch.arena, out))
        return false;
    *out = jy__trim(*out);
    return true;
}

/* A workbook keeps a day and its time as a number of days since 1899-12-30; no call is so many seconds long. */
static bool is_serial_day(const jy_reader *reader, jy_str value, double *days)
{
    return reader->container && value.len && memchr(value.ptr, '.', value.len) && jy__number_of(value, days) && *days > 20000 && *days < 80000;
}

typedef struct told_time { jy_str value; jy__time_kind kind; int64_t ms; } told_time;

static bool read_time(jy_reader *reader, const table *state, jy__column column, told_time *out)
{
    size_t used;
    bool got = value_of(reader, state, column, &out->value);
    out->kind = jy__time_read(out->value, &out->ms, &used);
    if (out->kind != JY__NO_TIME && used != out->value.len)
        out->kind = JY__NO_TIME;
    return got;
}

static int64_t time_in_call(jy_reader *reader, const table *state, jy__column column, const told_time *told)
{
    double days;
    if (state->layout.unit[column] == JY__UNIT_TOLD_BY_VALUE && is_serial_day(reader, told->value, &days))
        return jy__time_in_call(reader, JY__WALL, (int64_t)((days - 25569) * 86400 + 0.5) * 1000, JY__STR(""));
    if (told->kind == JY__NO_TIME)
        return JY_TIME_UNKNOWN;
    if (told->kind >= JY__WALL)
        return jy__time_in_call(reader, told->kind, told->ms, told->value);
    if (jy__time_is_clock(told->kind))
        return jy__clock_in_call(reader, told->kind, told->ms);
    if (state->layout.unit[column] == JY__UNIT_S || (state->layout.unit[column] != JY__UNIT_MS && memchr(told->value.ptr, '.', told->value.len)))
        return told->ms; /* jy__time_read gives numbers in thousandths: seconds are ms then */
    return told->ms / 1000;
}

static bool set_times(jy_reader *reader, const table *state, jy_turn *turn)
{
    told_time begin, end;
    if (!read_time(reader, state, JY__COLUMN_BEGIN, &begin) || !read_time(reader, state, JY__COLUMN_END, &end))
        return false;
    jy__time_range(&begin.kind, begin.ms, &end.kind, end.ms);
    turn->begin_ms = time_in_call(reader, state, JY__COLUMN_BEGIN, &begin);
    turn->end_ms = time_in_call(reader, state, JY__COLUMN_END, &end);
    return true;
}

static int add_text(jy_reader *reader, const table *state, uint32_t column, jy_turn *turn)
{
    const jy__csv_row *row = state->row;
    const jy__csv_field *field = &row->fields[column];
    jy_str raw = jy__trim((jy_str){ row->text.ptr + field->begin, field->end - field->begin }), value;
    jy__ruler ruler;
    jy__pos pos;
    jy__ruler_init(&ruler, row->text, row->line);
    pos = jy__ruler_pos(&ruler, (size_t)(raw.ptr - row->text.ptr));
    turn->place.line = pos.line;
    turn->place.column = pos.column;
    turn->place.offset = row->offset + pos.offset;
    turn->place.byte_column = (uint32_t)(pos.offset - ruler.line_start) + 1;
    if (!jy__csv_value(row, column, &reader->batch.arena, &value) || !jy__batch_copy(reader, jy__trim(value), &turn->text))
        return JY_E_NOMEM;
    if (field->quoted)
        turn->place.escape = JY__IN_CSV;
    if (field->doubled && !jy__batch_copy(reader, raw, &turn->place.raw))
        return JY_E_NOMEM;
    return jy__batch_told(reader, turn);
}

static int32_t small_number(jy_str value, double scale)
{
    double number;
    return jy__number_of(value, &number) && number >= 0 && number * scale <= 1000 ? (int32_t)(number * scale + 0.5) : -1;
}

/* A turn of each side that said something, in the order of the columns. */
static int add_sides(jy_reader *reader, const table *state, jy_turn *turn)
{
    int status = JY_OK;
    for (uint32_t i = 0; i < state->layout.side_count && status == JY_OK; i++) {
        uint32_t column = state->layout.side[i];
        jy_str said;
        if (!jy__csv_value(state->row, column, &reader->batch.arena, &said) || !jy__csv_value(state->header, column, &reader->batch.arena, &turn->label))
            return JY_E_NOMEM;
        if (!jy__trim(said).len)
            continue;
        turn->speaker = jy__csv_side(reader, jy__trim(turn->label));
        status = jy__batch_copy(reader, jy__trim(turn->label), &turn->label) ? add_text(reader, state, column, turn) : JY_E_NOMEM;
        turn->begin_ms = turn->end_ms = JY_TIME_UNKNOWN;
    }
    return status;
}

static int row_too_short(jy_reader *reader, const table *state)
{
    char counts[2][16];
    snprintf(counts[0], sizeof(counts[0]), "%" PRIu32, state->row->count);
    snprintf(counts[1], sizeof(counts[1]), "%" PRIu32, state->layout.column[JY__COLUMN_TEXT]);
    return jy__batch_broken(reader, JY__SAY_FIELDS, (jy__pos){ state->row->line, 1, state->row->offset, 0 },
                            (jy_str[]){ jy__str_of(counts[0]), jy__str_of(counts[1]) }, 2);
}

/* In a workbook the cells of who speaks are joined over the rows of what is said: all but the first are empty; so they are in a table saved from it,
 * where that of the call is empty, too. Not so where a speaker was named twice in a row: nobody knows then who spoke in a row without one. */
static bool is_joined(const jy_reader *reader, const table *state)
{
    const jy__csv_field *call = state->layout.column[JY__COLUMN_CALL] ? &state->row->fields[state->layout.column[JY__COLUMN_CALL] - 1] : NULL;
    if (reader->container || state->named_again)
        return !state->named_again;
    return call && state->id.len && state->layout.column[JY__COLUMN_CALL] <= state->row->count &&
           !jy__trim((jy_str){ state->row->text.ptr + call->begin, call->end - call->begin }).len;
}

static bool speaker_of(jy_reader *reader, table *state, jy_str *out)
{
    if (!value_of(reader, state, JY__COLUMN_SPEAKER, out))
        return false;
    if (out->len) {
        state->named_again |= jy__str_eq(*out, jy__text_view(&state->speaker));
        jy__text_clear(&state->speaker);
        jy__text_str(&state->speaker, *out);
    }
    if (!out->len && !is_joined(reader, state))
        return true;
    return !state->speaker.failed && jy__batch_copy(reader, jy__text_view(&state->speaker), out);
}

static int add_row(jy_reader *reader, table *state)
{
    jy_turn turn = JY_TURN_INIT;
    jy_str value;
    if (state->row->count < state->layout.column[JY__COLUMN_TEXT])
        return row_too_short(reader, state);
    if (state->layout.column[JY__COLUMN_TEXT] && state->row->count > state->layout.count)
        jy__csv_join_text(state->row, state->layout.count, state->layout.column[JY__COLUMN_TEXT] - 1);
    if (!speaker_of(reader, state, &turn.label) || !value_of(reader, state, JY__COLUMN_ID, &value) || !jy__batch_copy(reader, value, &turn.id) ||
        !set_times(reader, state, &turn))
        return JY_E_NOMEM;
    value_of(reader, state, JY__COLUMN_CHANNEL, &value);
    turn.channel = small_number(value, 1);
    value_of(reader, state, JY__COLUMN_CONFIDENCE, &value);
    turn.confidence = small_number(value, memchr(value.ptr ? value.ptr : "", '.', value.len) ? 100 : 1);
    return state->layout.side_count ? add_sides(reader, state, &turn) : add_text(reader, state, state->layout.column[JY__COLUMN_TEXT] - 1, &turn);
}

/* Columns that tell about the call, from its first row. */
static int begin_call(jy_reader *reader, table *state, jy_str id)
{
    int status = JY_OK;
    jy__text_clear(&state->speaker);
    jy__text_clear(&state->id);
    jy__text_str(&state->id, id);
    if (state->id.failed || !jy__arena_str(&reader->call_arena, id, &reader->call.id))
        return JY_E_NOMEM;
    for (uint32_t i = 0; i < state->header->count && status == JY_OK; i++) {
        jy_str name = { state->header->text.ptr + state->header->fields[i].begin, state->header->fields[i].end - state->header->fields[i].begin }, value;
        jy__csv_unit unit;
        if (jy__csv_column(name, &unit) != JY__COLUMN_META)
            continue;
        if (!jy__csv_value(state->row, i, &reader->batch.arena, &value))
            return JY_E_NOMEM;
        jy__call_field(reader, jy__trim(name), value, &status);
    }
    state->begun = true;
    return status;
}

static int gather_rows(jy_reader *reader)
{
    table *state = reader->state;
    int status = JY_OK;
    if (state->ended)
        return JY_DONE;
    if (!reader->call_open)
        state->begun = false;
    while (status == JY_OK && !jy__batch_full(reader)) {
        jy_str id;
        if (!state->waiting && (status = jy__csv_next_row(reader, &state->lines)) != JY_OK)
            break;
        state->waiting = true;
        if (!value_of(reader, state, JY__COLUMN_CALL, &id))
            return JY_E_NOMEM;
        if (state->begun && id.len && !jy__str_eq(id, jy__text_view(&state->id)))
            return JY_OK;
        if (!state->begun)
            status = begin_call(reader, state, id);
        if (status == JY_OK)
            status = add_row(reader, state);
        state->waiting = false;
    }
    reader->more = status == JY_OK;
    if (status == JY_DONE)
        state->ended = true;
    return status == JY_DONE ? JY_OK : status;
}

const jy__format jy__format_csv = { "csv", is_csv, open_table, gather_rows, close_table };
const jy__format jy__format_tsv = { "tsv", is_tsv, open_table, gather_rows, close_table };
