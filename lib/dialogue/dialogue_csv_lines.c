/* Rows of a table out of its lines, one at a time. A quote that is never closed would swallow the file: after some lines it is taken as damage of its
 * first line, and the lines behind it are read again as rows of their own. */
#include "dialogue/dialogue_csv.h"

#define ROW_LINES 200
#define ROW_BYTES ((size_t)64 << 10)

/* First those that a broken row gave back. */
static int next_line(jy_reader *reader, jy__csv_lines *state, jy__line *out)
{
    jy_str rest;
    const char *feed;
    size_t length;
    if (state->again_at >= state->again.len)
        return jy__input_line(&reader->input, out);
    rest = (jy_str){ state->again.ptr + state->again_at, state->again.len - state->again_at };
    feed = memchr(rest.ptr, '\n', rest.len);
    length = feed ? (size_t)(feed - rest.ptr) : rest.len;
    *out = (jy__line){ { rest.ptr, length }, state->again_offset + state->again_at, state->again_line++ };
    state->again_at += length + (feed != NULL);
    if (length && rest.ptr[length - 1] == '\r')
        out->text.len--;
    return JY_OK;
}

static void give_back(jy__csv_lines *state, size_t from, size_t offset, uint32_t line)
{
    jy__text rest = state->again;
    jy__text_init(&state->again, state->joined.mem);
    jy__text_add(&state->again, state->joined.ptr + from, state->joined.len - from);
    if (rest.len > state->again_at) {
        jy__text_char(&state->again, '\n');
        jy__text_add(&state->again, rest.ptr + state->again_at, rest.len - state->again_at);
    }
    jy__text_free(&rest);
    state->again_at = 0;
    state->again_offset = offset + from;
    state->again_line = line + 1;
}

/* A quoted field goes on over the line's end. */
static int join_lines(jy_reader *reader, jy__csv_lines *state, size_t first_end)
{
    jy__csv_row *row = state->row;
    size_t end = row->offset + first_end;
    for (uint32_t lines = 1; lines < ROW_LINES && state->joined.len < ROW_BYTES; lines++) {
        jy__line line;
        int status = next_line(reader, state, &line);
        if (status == JY_DONE)
            break;
        if (status)
            return status;
        jy__text_add(&state->joined, "\r\n" + (line.offset - end < 2), line.offset - end < 2 ? 1 : 2);
        jy__text_str(&state->joined, line.text);
        end = line.offset + line.text.len;
        if (state->joined.failed)
            return JY_E_NOMEM;
        if (jy__csv_split(jy__text_view(&state->joined), state->delimiter, row))
            return JY_OK;
    }
    return JY_E_TRANSCRIPT;
}

int jy__csv_next_row(jy_reader *reader, jy__csv_lines *state)
{
    jy__csv_row *row = state->row;
    for (;;) {
        jy__line line;
        size_t length;
        int status = next_line(reader, state, &line);
        if (status)
            return status;
        if (!jy__trim(line.text).len)
            continue;
        row->offset = line.offset;
        row->line = line.number;
        if (jy__csv_split(line.text, state->delimiter, row))
            return JY_OK;
        length = line.text.len;
        jy__text_clear(&state->joined);
        jy__text_str(&state->joined, line.text);
        status = state->joined.failed ? JY_E_NOMEM : join_lines(reader, state, length);
        if (status != JY_E_TRANSCRIPT)
            return status;
        status = jy__batch_broken(reader, JY__SAY_QUOTE, (jy__pos){ row->line, (uint32_t)jy__utf8_count((jy_str){ row->text.ptr, row->open_at }) + 1,
                                  row->offset + row->open_at, 0 }, NULL, 0);
        if (status)
            return status;
        if (state->joined.len > length)
            give_back(state, length + 1 + (state->joined.ptr[length] == '\r'), row->offset, row->line);
        if (state->again.failed)
            return JY_E_NOMEM;
    }
}

void jy__csv_lines_init(jy__csv_lines *lines, jy_reader *reader, jy__csv_row *row)
{
    jy__text_init(&lines->joined, &reader->mem);
    jy__text_init(&lines->again, &reader->mem);
    lines->row = row;
}

void jy__csv_lines_free(jy__csv_lines *lines)
{
    jy__text_free(&lines->joined);
    jy__text_free(&lines->again);
}
