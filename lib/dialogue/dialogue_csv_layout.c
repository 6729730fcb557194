/* Which column of a table is what: as the header names them, and where that does not say who speaks, by what stands in the columns. A table whose
 * header is not understood, or that has none, would else be read as a script in which all is the agent's. */
#include "dialogue/dialogue_csv.h"

#define SAMPLE_ROWS 200
#define LEAST_FIELDS 3 /* of a table that no header tells */
#define MOST_TITLES 8

static jy_str cell(const jy__csv_row *row, uint32_t field)
{
    if (field >= row->count)
        return (jy_str){ "", 0 };
    return jy__trim((jy_str){ row->text.ptr + row->fields[field].begin, row->fields[field].end - row->fields[field].begin });
}

/* ---- by name */
static uint32_t map_header(const jy__csv_row *row, jy__csv_layout *out)
{
    uint32_t known = 0;
    for (uint32_t i = 0; i < row->count; i++) {
        jy__csv_unit told;
        jy__column kind = jy__csv_column(cell(row, i), &told);
        known += kind != JY__COLUMN_NONE;
        if (kind == JY__COLUMN_NONE || out->column[kind])
            continue;
        out->column[kind] = i + 1;
        out->unit[kind] = told;
    }
    return known;
}

/* 客服话术, 客户文本, 客户问题, 客服回复, agent_text, 坐席: the column of one side, without what says that it is text. */
int32_t jy__csv_side(jy_reader *reader, jy_str name)
{
    static const char *const texts[] = { "内容", "文本", "话术", "转写", "说话", "发言", "语句", "录音", "说", "说的话", "的话", "原话", "讲话", "问题", "提问", "问", "回复",
                                         "回答", "答复", "应答", "答", "消息", "text", "content", "words", "message", "question", "reply", "answer", "said" };
    for (size_t i = 0; i < JY__COUNT(texts); i++) {
        size_t len = strlen(texts[i]);
        if (name.len > len && memcmp(name.ptr + name.len - len, texts[i], len) == 0) {
            name.len -= len;
            i = (size_t)-1; /* 客服说话内容 has two */
        }
    }
    while (name.len && strchr(" _-", name.ptr[name.len - 1]))
        name.len--;
    return jy__speakers_find(&reader->speakers, name);
}

/* A column of what the agent said, and one of what the customer said. */
static bool map_sides(jy_reader *reader, const jy__csv_row *row, jy__csv_layout *out)
{
    bool seen[4] = { false };
    for (uint32_t i = 0; i < row->count && out->side_count < JY__CSV_SIDES; i++) {
        jy__csv_unit unit;
        int32_t side = jy__csv_column(cell(row, i), &unit) == JY__COLUMN_META ? JY_SPEAKER_UNKNOWN : jy__csv_side(reader, cell(row, i));
        if (side != JY_AGENT && side != JY_CUSTOMER)
            continue;
        seen[side] = true;
        out->side[out->side_count++] = i;
    }
    if (!seen[JY_AGENT] || !seen[JY_CUSTOMER])
        out->side_count = 0;
    return out->side_count > 0;
}

/* ---- by content */
typedef struct told_column { size_t agent, customer, system, times, words, bytes; } told_column;
typedef struct told_rows { told_column *columns; size_t rows; uint32_t least; } told_rows;

static bool is_words(jy_str value)
{
    for (size_t i = 0; i < value.len; i++)
        if ((unsigned char)value.ptr[i] >= 0x80 || (value.ptr[i] | 0x20) >= 'a')
            return true;
    return false;
}

static void look_at_cell(jy_reader *reader, jy_str value, told_column *seen)
{
    int64_t ms;
    size_t used = 0;
    int32_t speaker = jy__speakers_find(&reader->speakers, value);
    jy__time_kind time = value.len ? jy__time_read(value, &ms, &used) : JY__NO_TIME;
    seen->agent += speaker == JY_AGENT;
    seen->customer += speaker == JY_CUSTOMER;
    seen->system += speaker == JY_SYSTEM;
    seen->times += time > JY__NUMBER && used == value.len;
    seen->words += is_words(value);
    seen->bytes += value.len;
}

/* Not on behind a row of fewer than `few` fields. */
static void look_at_rows(jy_reader *reader, jy_str sample, char delimiter, uint32_t few, jy__csv_row *row, told_rows *out)
{
    while (sample.len && out->rows < SAMPLE_ROWS && (!out->rows || out->least >= few)) {
        jy_str line = jy__trim(jy__cut_line(&sample));
        if (!line.len || !jy__csv_split(line, delimiter, row))
            continue;
        out->least = out->rows && out->least < row->count ? out->least : row->count;
        out->rows++;
        for (uint32_t i = 0; i < row->count; i++)
            look_at_cell(reader, cell(row, i), &out->columns[i]);
    }
}

/* Nearly every row has a role of the tables there, but for the header, and both sides have one. */
static bool names_roles(const told_column *column, size_t rows)
{
    size_t turns = rows > 2 ? rows - 1 : rows;
    return column->agent && column->customer && (column->agent + column->customer + column->system) * 10 >= turns * 8;
}

static uint32_t role_column(const told_rows *seen)
{
    for (uint32_t i = 0; i < seen->least; i++)
        if (names_roles(&seen->columns[i], seen->rows))
            return i + 1;
    return 0;
}

/* The text has the most to say; what is a time all the way down is the begin, the next such the end. */
static void map_content(const told_rows *seen, jy__csv_layout *out)
{
    uint32_t text = 0;
    for (uint32_t i = 0; i < seen->least; i++) {
        const told_column *at = &seen->columns[i];
        jy__column kind = out->column[JY__COLUMN_BEGIN] ? JY__COLUMN_END : JY__COLUMN_BEGIN;
        if (i + 1 == out->column[JY__COLUMN_SPEAKER])
            continue;
        if (at->times * 10 >= seen->rows * 8 && !out->column[kind])
            out->column[kind] = i + 1;
        else if (at->words * 2 >= seen->rows && (!text || at->bytes > seen->columns[text - 1].bytes))
            text = i + 1;
    }
    out->column[JY__COLUMN_TEXT] = text;
    out->count = seen->least;
}

/* ---- the layout */
static jy_str first_line(jy_str sample)
{
    jy_str line = jy__cut_line(&sample);
    if (line.len && line.ptr[line.len - 1] == '\r')
        line.len--;
    return line;
}

static bool told_by_header(jy_reader *reader, jy_str sample, char delimiter, jy__csv_row *row, jy__csv_layout *out)
{
    memset(out, 0, sizeof(*out));
    out->delimiter = delimiter;
    out->header = true;
    if (!jy__csv_split(first_line(sample), delimiter, row) || row->count < 2)
        return false;
    out->count = row->count;
    if (map_header(row, out) >= 2 && out->column[JY__COLUMN_TEXT])
        return true;
    return !out->column[JY__COLUMN_TEXT] && map_sides(reader, row, out);
}

static uint32_t filled_cells(const jy__csv_row *row)
{
    uint32_t filled = 0;
    for (uint32_t i = 0; i < row->count; i++)
        filled += cell(row, i).len > 0;
    return filled;
}

/* A workbook's table often has a title, a day, a team above its header. A header that is not the first line has to name both the text and who
 * speaks, and what stands above it has fewer cells filled in. */
static bool told_below_titles(jy_reader *reader, jy_str sample, char delimiter, jy__csv_row *row, jy__csv_layout *out)
{
    uint32_t most = 0;
    for (uint32_t titles = 1; titles <= MOST_TITLES; titles++) {
        uint32_t filled = jy__csv_split(first_line(sample), delimiter, row) ? filled_cells(row) : JY__CSV_FIELDS;
        most = filled > most ? filled : most;
        jy__cut_line(&sample);
        if (!sample.len)
            return false;
        if (!told_by_header(reader, sample, delimiter, row, out) || (!out->column[JY__COLUMN_SPEAKER] && !out->side_count))
            continue;
        out->titles = titles;
        return filled_cells(row) > most;
    }
    return false;
}

/* Two columns may as well be labels with a comma behind them: dialogue_text.c. */
static bool told_by_content(jy_reader *reader, jy_str sample, char delimiter, jy__csv_row *row, const told_rows *seen, jy__csv_layout *out)
{
    memset(out, 0, sizeof(*out));
    out->delimiter = delimiter;
    out->column[JY__COLUMN_SPEAKER] = role_column(seen);
    if (seen->least < LEAST_FIELDS || seen->rows < 2 || !out->column[JY__COLUMN_SPEAKER])
        return false;
    map_content(seen, out);
    jy__csv_split(first_line(sample), delimiter, row);
    out->header = jy__speakers_find(&reader->speakers, cell(row, out->column[JY__COLUMN_SPEAKER] - 1)) == JY_SPEAKER_UNKNOWN;
    return out->column[JY__COLUMN_TEXT] != 0;
}

/* What was seen before in `seen`, whose columns have room for all of a row, is no more. */
static void look(jy_reader *reader, jy_str sample, char delimiter, uint32_t few, jy__csv_row *row, told_rows *seen)
{
    told_column *columns = seen->columns;
    *seen = (told_rows){ .columns = columns };
    memset(columns, 0, JY__CSV_FIELDS * sizeof(*columns));
    look_at_rows(reader, sample, delimiter, few, row, seen);
}

/* A header that names the text and not the speaker: a column of roles may do so. */
static void find_speaker(jy_reader *reader, jy_str sample, jy__csv_row *row, told_rows *seen, jy__csv_layout *out)
{
    if (out->column[JY__COLUMN_SPEAKER] || out->side_count)
        return;
    look(reader, sample, out->delimiter, 0, row, seen);
    out->column[JY__COLUMN_SPEAKER] = role_column(seen);
    if (out->column[JY__COLUMN_SPEAKER] == out->column[JY__COLUMN_TEXT])
        out->column[JY__COLUMN_SPEAKER] = 0;
}

/* "sep=;" in front is Excel's. */
jy_str jy__csv_behind_separator(jy_str sample, char *delimiter)
{
    size_t at = 5;
    if (sample.len < 6 || memcmp(sample.ptr, "sep=", 4) != 0)
        return sample;
    *delimiter = sample.ptr[4];
    while (at < sample.len && (sample.ptr[at] == '\r' || sample.ptr[at] == '\n'))
        at++;
    return (jy_str){ sample.ptr + at, sample.len - at };
}

int jy__csv_tell(jy_reader *reader, const char *delimiters, jy_str sample, jy__csv_layout *out)
{
    char told[2] = { 0, 0 };
    jy__csv_row *row = jy__arena_alloc(&reader->arena, sizeof(*row));
    told_rows seen = { .columns = jy__arena_alloc(&reader->arena, JY__CSV_FIELDS * sizeof(*seen.columns)) };
    sample = jy__csv_behind_separator(sample, told);
    if (!row || !seen.columns)
        return JY_E_NOMEM;
    delimiters = told[0] ? told : delimiters;
    for (const char *at = delimiters; *at; at++)
        if (told_by_header(reader, sample, *at, row, out)) {
            find_speaker(reader, sample, row, &seen, out);
            return JY_OK;
        }
    for (const char *at = delimiters; *at; at++)
        if (told_below_titles(reader, sample, *at, row, out))
            return JY_OK;
    for (const char *at = delimiters; *at; at++) {
        look(reader, sample, *at, LEAST_FIELDS, row, &seen);
        if (told_by_content(reader, sample, *at, row, &seen, out))
            return JY_OK;
    }
    return JY_DONE;
}

static bool names_speaker_alone(jy_reader *reader, jy_str sample, char delimiter, jy__csv_row *row, jy__csv_layout *out)
{
    return !told_by_header(reader, sample, delimiter, row, out) && row->count > 1 && out->column[JY__COLUMN_SPEAKER] && !out->column[JY__COLUMN_TEXT];
}

bool jy__csv_lacks_text(jy_reader *reader, const char *delimiters, jy_str sample)
{
    char told[2] = { 0, 0 };
    jy__csv_layout layout;
    jy__csv_row *row = jy__arena_alloc(&reader->arena, sizeof(*row));
    told_rows seen = { .columns = jy__arena_alloc(&reader->arena, JY__CSV_FIELDS * sizeof(*seen.columns)) };
    sample = jy__csv_behind_separator(sample, told);
    if (!row || !seen.columns)
        reader->status = JY_E_NOMEM;
    for (const char *at = told[0] ? told : delimiters; reader->status == JY_OK && *at; at++) {
        if (!names_speaker_alone(reader, sample, *at, row, &layout))
            continue;
        look(reader, sample, *at, layout.count, row, &seen);
        if (seen.rows > 1 && seen.least >= layout.count)
            return true;
    }
    return false;
}
