/* JSON Lines: every line an object, either a turn (lines of one call follow each other; a new call id begins a new call), an event,
 * or a whole call. One line is parsed at a time into the same nodes, so memory stays flat whatever the file's length. */
#include "dialogue/dialogue_shapes.h"

static const jy__shape turn_shape = {
    .format = "jsonl", .text = "text|words|content|sentence|message|utterance|transcript", .turns = "",
    .begin = JY__BEGIN_NAMES, .end = JY__END_NAMES, .speaker = JY__SPEAKER_NAMES, .channel = "channel|channel_id|channelId", .id = "id|turn_id", .confidence = "confidence",
    .unit = JY__MS
};
#define CALL_NAMES "call|call_id|callId|callid|tid|conversation_id|conversationId|session_id|sessionId|通话编号|通话id|流水号"

/* Lines of one export have the same members in the same order. While they do, what was looked up once holds for all. */
#define LAYOUT_MEMBERS 16
typedef struct layout {
    uint32_t count;            /* 0: none known */
    uint8_t kind[LAYOUT_MEMBERS], length[LAYOUT_MEMBERS];
    char name[LAYOUT_MEMBERS][24];
    jy__turn_fields fields;
    uint32_t call, partial, final;
} layout;

typedef struct lines_state {
    jy__shape_state shape;
    jy__line line;      /* read, not yet used: it begins the next call */
    bool waiting, begun, ended, any;
    layout layout;
    uint32_t next;      /* call of the line's list, 0: from its front */
    jy_str id;          /* of the open call */
    char *id_room;
    size_t id_capacity;
} lines_state;

static int open_lines(jy_reader *reader)
{
    lines_state *state = jy__arena_alloc(&reader->arena, sizeof(*state));
    if (!state)
        return JY_E_NOMEM;
    reader->state = state;
    jy__json_init(&state->shape.json, &reader->mem);
    return JY_OK;
}

static bool is_blank(jy_str line)
{
    return jy__trim(line).len == 0;
}

static int broken_line(jy_reader *reader, const jy__line *line, int32_t message, jy__json_error error)
{
    jy_str why = jy__str_of(jy__json_fault_text(error.fault, reader->language));
    jy_str before = { line->text.ptr, error.offset < line->text.len ? error.offset : line->text.len };
    jy__pos pos = { line->number, (uint32_t)jy__utf8_count(before) + 1, line->offset + before.len, 0 };
    return jy__batch_broken(reader, message, pos, &why, 1);
}

/* Next line that holds a JSON object, parsed; broken ones are noted on the way. */
static int next_object_line(jy_reader *reader, lines_state *state)
{
    jy__json_doc *json = &state->shape.json;
    for (;;) {
        int status = jy__input_line(&reader->input, &state->line), parsed;
        if (status)
            return status;
        if (is_blank(state->line.text))
            continue;
        parsed = jy__json_parse(json, state->line.text);
        if (parsed == JY_E_NOMEM || parsed == JY_E_LIMIT)
            return parsed;
        if (parsed)
            status = broken_line(reader, &state->line, JY__SAY_JSON, json->errors.items[0]);
        else if (!jy__json_is(json, 0, JY__JSON_OBJECT))
            status = broken_line(reader, &state->line, JY__SAY_NO_OBJECT, (jy__json_error){ JY__JSON_SOUND, 0 });
        else
            break;
        if (status)
            return status;
        reader->batch.bytes += 256;
        if (jy__batch_full(reader))
            return JY_E_STOPPED; /* many broken lines: give them out first */
    }
    state->shape.base = state->line.offset;
    state->shape.base_line = state->line.number;
    jy__ruler_init(&state->shape.ruler, state->line.text, 1);
    return JY_OK;
}

/* {"code": 1001, "message": "token expired"}: what a service says of itself is no turn. */
static bool is_answer(const jy__json_doc *json)
{
    return jy__json_path(json, 0, "code|err_no|error_code|errorCode|StatusCode|status_code") != JY__JSON_NONE &&
           jy__json_path(json, 0, "text|words|content|sentence|utterance|transcript|role|speaker") == JY__JSON_NONE;
}

bool jy__jsonl_is_turn(const jy__json_doc *json)
{
    return json->errors.count == 0 && !is_answer(json) && jy__json_is(json, 0, JY__JSON_OBJECT) &&
           (jy__json_is(json, jy__json_path(json, 0, turn_shape.text), JY__JSON_STRING) || jy__json_path(json, 0, "event|kind") != JY__JSON_NONE);
}

/* A line that is more than names and values may be of any shape: a whole call, or one result of a recogniser. */
static const jy__shape *shape_of_line(const jy__json_doc *json)
{
    bool deep = false;
    for (uint32_t node = jy__json_child(json, 0); node != JY__JSON_NONE && !deep; node = jy__json_next(json, node))
        deep = jy__json_at(json, node)->kind >= JY__JSON_ARRAY;
    if (!deep && jy__json_path(json, 0, "nbest|timestamp|mode|action") == JY__JSON_NONE)
        return NULL;
    return jy__shape_tell(json, NULL);
}

static bool has_layout(const jy__json_doc *json, const layout *known)
{
    const jy__json_node *node = &json->nodes.items[1];
    if (!known->count || json->nodes.count != known->count + 1)
        return false;
    for (uint32_t i = 0; i < known->count; i++, node++)
        if (node->kind != known->kind[i] || node->key_length != known->length[i] || node->parent != 0 ||
            memcmp(json->text.ptr + node->key, known->name[i], known->length[i]) != 0)
            return false;
    return true;
}

static void learn_layout(const jy__json_doc *json, layout *out)
{
    const jy__json_node *node = &json->nodes.items[1];
    uint32_t count = (uint32_t)json->nodes.count - 1;
    out->count = 0;
    jy__shape_find(json, &turn_shape, 0, &out->fields);
    if (is_answer(json))
        out->fields.text = JY__JSON_NONE;
    out->call = jy__json_path(json, 0, CALL_NAMES);
    out->partial = jy__json_member(json, 0, "partial");
    out->final = jy__json_member(json, 0, "final");
    for (uint32_t i = 0; i < count; i++, node++) {
        if (count > LAYOUT_MEMBERS || node->parent != 0 || node->key_length > sizeof(out->name[i]) || node->kind >= JY__JSON_ARRAY)
            return;
        out->kind[i] = node->kind;
        out->length[i] = (uint8_t)node->key_length;
        memcpy(out->name[i], json->text.ptr + node->key, node->key_length);
    }
    out->count = count;
}

static void know_line(lines_state *state)
{
    if (has_layout(&state->shape.json, &state->layout)) {
        state->shape.shape = NULL;
        return;
    }
    state->layout.count = 0;
    state->shape.shape = shape_of_line(&state->shape.json);
    if (!state->shape.shape || state->shape.shape->single)
        learn_layout(&state->shape.json, &state->layout);
    if (state->shape.shape)
        state->layout.count = 0;
}

static bool keep_id(jy_reader *reader, lines_state *state, jy_str id)
{
    if (id.len > state->id_capacity) {
        state->id_room = jy__arena_alloc(&reader->arena, id.len * 2);
        if (!state->id_room)
            return false;
        state->id_capacity = id.len * 2;
    }
    if (id.len)
        memcpy(state->id_room, id.ptr, id.len);
    state->id = (jy_str){ state->id_room, id.len };
    return true;
}

static int begin_call(jy_reader *reader, lines_state *state, jy_str id)
{
    if (!keep_id(reader, state, id) || !jy__arena_str(&reader->call_arena, id, &reader->call.id))
        return JY_E_NOMEM;
    state->begun = true;
    return JY_OK;
}

static jy__unit_of_time unit_of(const jy__json_doc *json, const jy__turn_fields *fields)
{
    return jy__shape_unit(json, fields->begin, jy__shape_unit(json, fields->end, JY__MS));
}

/* What services say between their results: that they are ready, that it is over. */
static bool is_remark(const jy__json_doc *json)
{
    static const char *const remarks[][2] = {
        { "type", "server_ready" }, { "type", "speech_end" }, { "resp_type", "START" }, { "resp_type", "END" }, { "resp_type", "EVENT" }, { "action", "started" }
    };
    for (size_t i = 0; i < JY__COUNT(remarks); i++)
        if (jy__str_is(jy__json_raw(json, jy__json_member(json, 0, remarks[i][0])), remarks[i][1]))
            return true;
    return false;
}

static int turn_or_event(jy_reader *reader, lines_state *state)
{
    const jy__json_doc *json = &state->shape.json;
    size_t first = reader->batch.turns.count;
    int status;
    if (state->shape.shape)
        return state->shape.shape->gather(reader, &state->shape, 0);
    if (jy__shape_is_event(json, &state->layout.fields))
        return jy__shape_event(reader, &state->shape, 0, JY__MS);
    if (state->layout.fields.text == JY__JSON_NONE && is_remark(json))
        return JY_OK;
    state->shape.unit = unit_of(json, &state->layout.fields);
    status = jy__shape_make(reader, &state->shape, 0, &state->layout.fields);
    if (status == JY_OK && first < reader->batch.turns.count &&
        (jy__json_is(json, state->layout.partial, JY__JSON_TRUE) || jy__json_is(json, state->layout.final, JY__JSON_FALSE)))
        reader->batch.turns.items[first].flags |= JY_TURN_PARTIAL;
    return status;
}

/* A line that holds one call, or a list of them. */
static int whole_call(jy_reader *reader, lines_state *state)
{
    const jy__shape *shape = state->shape.shape;
    const jy__json_doc *json = &state->shape.json;
    uint32_t call = state->next;
    if (!call && shape->anywhere)
        call = jy__shape_next_list(json, shape, JY__JSON_NONE);
    else if (!call && shape->calls)
        call = jy__json_child(json, jy__json_path(json, 0, shape->calls));
    state->next = shape->anywhere ? jy__shape_next_list(json, shape, call) : call != JY__JSON_NONE && shape->calls ? jy__json_next(json, call) : JY__JSON_NONE;
    state->waiting = state->next != JY__JSON_NONE;
    if (!state->waiting)
        state->next = 0;
    return call == JY__JSON_NONE ? JY_OK : (shape->gather ? shape->gather : jy__shape_gather_call)(reader, &state->shape, call);
}

/* A call id of its own on this line: another call than the open one? */
static int other_call(jy_reader *reader, lines_state *state, bool *other, jy_str *id)
{
    uint32_t node = state->layout.call;
    *other = false;
    if (!jy__shape_label(reader, &state->shape.json, node, id))
        return JY_E_NOMEM;
    if (node == JY__JSON_NONE)
        *id = state->begun ? state->id : *id;
    *other = state->begun && !jy__str_eq(*id, state->id);
    return JY_OK;
}

static int gather_turns(jy_reader *reader, lines_state *state)
{
    int status = JY_OK;
    while (status == JY_OK && !jy__batch_full(reader)) {
        bool other;
        jy_str id;
        if (!state->waiting) {
            if ((status = next_object_line(reader, state)) != JY_OK)
                break;
            state->waiting = true;
            know_line(state);
        }
        if (state->shape.shape && !state->shape.shape->single) {
            if (state->begun)
                return JY_OK;
            state->any = true;
            return whole_call(reader, state);
        }
        status = other_call(reader, state, &other, &id);
        if (status || other)
            return status;
        if (!state->begun)
            status = begin_call(reader, state, id);
        if (status == JY_OK)
            status = turn_or_event(reader, state);
        state->waiting = false;
    }
    reader->more = status == JY_OK || status == JY_E_STOPPED;
    if (status == JY_DONE)
        state->ended = true;
    if (status == JY_DONE && state->any && !state->begun && !reader->batch.entries.count)
        return JY_DONE; /* nothing but blank lines behind the last call */
    state->any = true;
    return status == JY_DONE || status == JY_E_STOPPED ? JY_OK : status;
}

static int gather_lines(jy_reader *reader)
{
    lines_state *state = reader->state;
    if (state->ended)
        return JY_DONE;
    if (!reader->call_open)
        state->begun = false;
    return gather_turns(reader, state);
}

static void close_lines(jy_reader *reader)
{
    lines_state *state = reader->state;
    if (state)
        jy__shape_free(&state->shape);
}

static bool is_object(jy_reader *reader, jy_str line)
{
    jy__json_doc json;
    int status;
    jy__json_init(&json, &reader->mem);
    status = jy__json_parse(&json, line);
    jy__json_free(&json);
    if (status == JY_E_NOMEM)
        reader->status = status;
    return status == JY_OK;
}

/* What the lines at the front of a text begin with. */
typedef struct lines_seen { size_t objects, cut, others; bool whole, first_whole; } lines_seen; /* cut: objects that their line does not end */

static lines_seen look_at_lines(jy_reader *reader, jy_str sample)
{
    lines_seen seen = { 0, 0, 0, false, false };
    while (sample.len && seen.objects + seen.cut < 8 && seen.others < 8) {
        const char *end = memchr(sample.ptr, '\n', sample.len);
        size_t length = end ? (size_t)(end - sample.ptr) : sample.len;
        jy_str line = jy__trim((jy_str){ sample.ptr, length });
        bool first = seen.objects + seen.cut + seen.others == 0;
        if (line.len && line.ptr[0] != '{') seen.others++;
        else if (line.len && (line.ptr[line.len - 1] == '}' || !end)) seen.objects++;
        else if (line.len) seen.cut++;
        if (line.len && !seen.whole && line.ptr[0] == '{' && is_object(reader, line)) {
            seen.whole = true;
            seen.first_whole = first;
        }
        length += end != NULL;
        sample = (jy_str){ sample.ptr + length, sample.len - length };
    }
    return seen;
}

/* Objects, each on a line of its own; some lines may be damaged, but one of them is whole. No document goes on behind an object that its
 * first line ends, and none has nothing but lines that begin an object, one of them whole: so two lines, one of them damaged, are told too. */
static bool is_lines(jy_reader *reader, jy_str sample)
{
    lines_seen seen = look_at_lines(reader, sample);
    size_t lines = seen.objects + seen.cut + seen.others;
    if (!seen.whole || lines < 2)
        return false;
    return seen.first_whole || seen.others == 0 || (seen.objects >= 2 && seen.objects >= seen.others + seen.cut);
}

const jy__format jy__format_jsonl = { "jsonl", is_lines, open_lines, gather_lines, close_lines };
