/* Texts of JSON transcripts with their places: in the document itself, or in JSON that stands inside one of its strings. */
#include "dialogue/dialogue_shape.h"
#include "dialogue/dialogue_place.h"

/* ---- JSON in a string: the raw string and what it stands for are walked together */
const char *jy__shape_outside(jy__shape_state *state, size_t offset)
{
    jy_str raw = jy__json_raw(&state->outer->json, state->outer_node);
    const char *end = raw.ptr + raw.len;
    if (!state->outer_at || offset < state->outer_done) {
        state->outer_at = raw.ptr;
        state->outer_done = 0;
    }
    while (state->outer_done < offset && state->outer_at < end) {
        const char *from = state->outer_at;
        bool valid;
        uint32_t cp = jy__json_unescape_next(&state->outer_at, end, &valid);
        state->outer_done += valid ? jy__utf8_width(cp) : (size_t)(state->outer_at - from);
    }
    return state->outer_at;
}

int jy__shape_open_string(jy_reader *reader, jy__shape_state *outer, uint32_t node, jy__shape_state *state)
{
    jy_str text;
    int status;
    memset(state, 0, sizeof(*state));
    jy__json_init(&state->json, &reader->mem);
    state->outer = outer;
    state->outer_node = node;
    state->base_line = 1;
    if (!jy__json_string(&outer->json, node, &reader->batch.arena, &text))
        return JY_E_NOMEM;
    status = jy__json_parse_torn(&state->json, text.ptr ? text : (jy_str){ "", 0 });
    return status == JY_E_TRANSCRIPT ? jy__shape_torn(reader, state, SIZE_MAX) : status;
}

jy__pos jy__shape_pos(jy__shape_state *state, size_t offset)
{
    jy__pos pos;
    if (state->outer)
        return jy__shape_pos(state->outer, (size_t)(jy__shape_outside(state, offset) - state->outer->json.text.ptr));
    pos = jy__ruler_pos(&state->ruler, offset);
    pos.line += state->base_line - 1;
    pos.offset += state->base;
    return pos;
}

/* ---- text and its place */
static bool set_raw(jy_reader *reader, jy_turn *turn, jy_str raw, int32_t escape)
{
    char *decoded;
    jy_str kept;
    if (!jy__batch_copy(reader, raw, &kept))
        return false;
    turn->text = kept;
    turn->place.escape = escape;
    if (!raw.len || !memchr(raw.ptr, '\\', raw.len))
        return true;
    turn->place.raw = kept;
    decoded = jy__arena_alloc(&reader->batch.arena, raw.len + 1);
    if (!decoded)
        return false;
    turn->text = (jy_str){ decoded, jy__json_unescape(raw, decoded) };
    return true;
}

/* raw stands in a nested text: decoded once already, it is taken from the string around it again. */
static bool set_raw_twice(jy_reader *reader, jy__shape_state *state, jy_turn *turn, jy_str raw)
{
    size_t begin = (size_t)(raw.ptr - state->json.text.ptr);
    const char *from = jy__shape_outside(state, begin), *to = jy__shape_outside(state, begin + raw.len);
    if (!set_raw(reader, turn, (jy_str){ from, (size_t)(to - from) }, JY__IN_JSON_TWICE))
        return false;
    if (turn->place.raw.len)
        turn->text.len = jy__json_unescape(turn->text, (char *)(uintptr_t)turn->text.ptr);
    return true;
}

bool jy__shape_text(jy_reader *reader, jy__shape_state *state, uint32_t node, jy_turn *turn)
{
    jy_str raw = jy__trim(jy__json_raw(&state->json, node));
    size_t at = (size_t)(raw.ptr - state->json.text.ptr);
    jy__pos pos = jy__shape_pos(state, at);
    jy__shape_state *file = state;
    uint32_t outermost = node;
    for (; file->outer; file = file->outer)
        outermost = file->outer_node;
    turn->place.line = pos.line;
    turn->place.column = pos.column;
    turn->place.offset = pos.offset;
    turn->place.byte_column = (uint32_t)(pos.offset - file->base - file->ruler.line_start) + 1;
    if (!jy__json_pointer(&file->json, outermost, &reader->batch.arena, &turn->place.pointer))
        return false;
    return state->outer ? set_raw_twice(reader, state, turn, raw) : set_raw(reader, turn, raw, JY__IN_JSON);
}
