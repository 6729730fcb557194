/* JSON transcripts: a parsed document and a table of field names → the calls' turns. The recognisers and services of the field
 * differ in names, units and where the list of turns hangs, hardly in anything else; what does differ has its own function. */
#include "dialogue/dialogue_line.h"
#include "dialogue/dialogue_shape.h"
#include <math.h>

bool jy__shape_label(jy_reader *reader, const jy__json_doc *json, uint32_t node, jy_str *out)
{
    *out = (jy_str){ NULL, 0 };
    if (jy__json_is(json, node, JY__JSON_NUMBER))
        return jy__batch_copy(reader, jy__json_raw(json, node), out);
    if (!jy__json_is(json, node, JY__JSON_STRING))
        return true; /* Vosk: a vector of the voice, no name */
    if (!jy__json_string(json, node, &reader->batch.arena, out))
        return false;
    return jy__batch_copy(reader, jy__trim(*out), out);
}

int64_t jy__shape_time(jy_reader *reader, const jy__json_doc *json, uint32_t node, jy__unit_of_time unit)
{
    jy_str raw = jy__json_raw(json, node);
    double value;
    int64_t ms;
    size_t used;
    jy__time_kind kind;
    if (jy__json_number(json, node, &value)) {
        value *= unit == JY__SECONDS ? 1000 : 1;
        return value >= 0 && value < 9.0e15 ? (int64_t)floor(value + 0.5) : JY_TIME_UNKNOWN;
    }
    if (!jy__json_is(json, node, JY__JSON_STRING))
        return JY_TIME_UNKNOWN;
    kind = jy__time_read(raw, &ms, &used);
    if (kind >= JY__WALL)
        return jy__time_in_call(reader, kind, ms, raw);
    return jy__time_is_clock(kind) && kind != JY__CLOCK_MINUTE && used == raw.len ? ms : JY_TIME_UNKNOWN;
}

static jy__time_kind kind_of(const jy__json_doc *json, uint32_t node, int64_t *ms)
{
    size_t used;
    return jy__json_is(json, node, JY__JSON_STRING) ? jy__time_read(jy__json_raw(json, node), ms, &used) : JY__NO_TIME;
}

static void set_times(jy_reader *reader, const jy__json_doc *json, const jy__turn_fields *fields, jy__unit_of_time unit, jy_turn *turn)
{
    int64_t begin_ms = 0, end_ms = 0;
    jy__time_kind begin = kind_of(json, fields->begin, &begin_ms), end = kind_of(json, fields->end, &end_ms);
    jy__time_range(&begin, begin_ms, &end, end_ms);
    turn->begin_ms = begin == JY__CLOCK_MINUTE ? JY_TIME_UNKNOWN : jy__shape_time(reader, json, fields->begin, unit);
    turn->end_ms = end == JY__CLOCK_MINUTE ? JY_TIME_UNKNOWN : jy__shape_time(reader, json, fields->end, unit);
}

int jy__shape_broken(jy_reader *reader, jy__shape_state *state, uint32_t node, int32_t message)
{
    const jy__json_node *at = jy__json_at(&state->json, node);
    jy__pos pos = jy__shape_pos(state, at->offset);
    pos.length = at->length;
    return jy__batch_broken(reader, message, pos, NULL, 0);
}

static int32_t percent(const jy__json_doc *json, uint32_t node)
{
    double value;
    if (!jy__json_number(json, node, &value) || value < 0)
        return -1;
    value = value <= 1 ? value * 100 : value;
    return value <= 100 ? (int32_t)(value + 0.5) : -1;
}

void jy__shape_find(const jy__json_doc *json, const jy__shape *shape, uint32_t node, jy__turn_fields *out)
{
    out->node = node;
    out->text = jy__json_path(json, node, shape->text);
    out->begin = jy__json_path(json, node, shape->begin);
    out->end = jy__json_path(json, node, shape->end);
    out->speaker = jy__json_path(json, node, shape->speaker);
    out->channel = jy__json_path(json, node, shape->channel);
    out->id = jy__json_path(json, node, shape->id);
    out->confidence = jy__json_path(json, node, shape->confidence);
    out->final = jy__json_path(json, node, shape->final);
    out->other = jy__json_path(json, node, shape->other);
    out->event = jy__json_path(json, node, "event|kind");
    out->events = jy__json_member(json, node, "events");
}

/* Whether both objects have the same names in the same order, and no lists or objects: then their nodes lie alike. */
static bool lie_alike(const jy__json_doc *json, uint32_t a, uint32_t b)
{
    const jy__json_node *x = jy__json_at(json, a), *y = jy__json_at(json, b);
    uint32_t left = x->count == y->count ? x->count : 0;
    bool alike = left && x->kind == JY__JSON_OBJECT && y->kind == JY__JSON_OBJECT;
    for (; alike && left > 0; left--) {
        x++, y++;
        alike = x->kind == y->kind && x->kind < JY__JSON_ARRAY && !((x->flags | y->flags) & JY__JSON_KEY_ESCAPED) && x->key_length == y->key_length &&
                memcmp(json->text.ptr + x->key, json->text.ptr + y->key, x->key_length) == 0;
    }
    return alike;
}

static void move(uint32_t *field, uint32_t by) { *field += *field == JY__JSON_NONE ? 0 : by; }

void jy__shape_find_next(const jy__json_doc *json, const jy__shape *shape, uint32_t node, jy__turn_fields *out)
{
    uint32_t by = node - out->node;
    if (out->node == JY__JSON_NONE || !lie_alike(json, out->node, node)) {
        jy__shape_find(json, shape, node, out);
        return;
    }
    out->node = node;
    move(&out->text, by);
    move(&out->begin, by);
    move(&out->end, by);
    move(&out->speaker, by);
    move(&out->channel, by);
    move(&out->id, by);
    move(&out->confidence, by);
    move(&out->final, by);
    move(&out->other, by);
    move(&out->event, by);
    move(&out->events, by);
}

int jy__shape_make(jy_reader *reader, jy__shape_state *state, uint32_t node, const jy__turn_fields *fields)
{
    const jy__json_doc *json = &state->json;
    jy_turn turn = JY_TURN_INIT;
    int64_t channel;
    int status;
    if (!jy__json_is(json, fields->text, JY__JSON_STRING))
        return jy__shape_broken(reader, state, node, JY__SAY_NO_TEXT);
    set_times(reader, json, fields, state->unit, &turn);
    turn.confidence = percent(json, fields->confidence);
    if (jy__json_integer(json, fields->channel, &channel) && channel >= 0 && channel < 1000)
        turn.channel = (int32_t)channel;
    if (!jy__shape_label(reader, json, fields->speaker, &turn.label) || !jy__shape_label(reader, json, fields->id, &turn.id) ||
        !jy__shape_text(reader, state, fields->text, &turn))
        return JY_E_NOMEM;
    status = jy__batch_told(reader, &turn);
    return status == JY_OK ? jy__shape_events(reader, state, fields->events, state->unit) : status;
}

/* What an export of both has for an event: the names of a turn's members, and nothing in them. */
static bool says_nothing(const jy__json_doc *json, uint32_t text)
{
    return jy__json_is(json, text, JY__JSON_NULL) || (jy__json_is(json, text, JY__JSON_STRING) && !jy__trim(jy__json_raw(json, text)).len);
}

bool jy__shape_is_event(const jy__json_doc *json, const jy__turn_fields *fields)
{
    int32_t kind;
    return fields->text == JY__JSON_NONE ? fields->event != JY__JSON_NONE
                                         : says_nothing(json, fields->text) && jy__json_is(json, fields->event, JY__JSON_STRING) &&
                                               jy_event_by_name(jy__json_raw(json, fields->event), &kind) == JY_OK;
}

/* A hypothesis, or a record of another kind. */
static bool is_passed_over(const jy__json_doc *json, const jy__shape *shape, const jy__turn_fields *fields)
{
    if (jy__json_is(json, fields->final, JY__JSON_FALSE))
        return true;
    return fields->text == JY__JSON_NONE && fields->other != JY__JSON_NONE &&
           (!shape->other_is || jy__str_is(jy__json_raw(json, fields->other), shape->other_is));
}

int jy__shape_turn(jy_reader *reader, jy__shape_state *state, const jy__shape *shape, uint32_t node, jy__turn_fields *fields)
{
    if (jy__json_is(&state->json, node, JY__JSON_STRING))
        return jy__shape_words(reader, state, node);
    if (!jy__json_is(&state->json, node, JY__JSON_OBJECT))
        return jy__shape_broken(reader, state, node, JY__SAY_NO_OBJECT);
    if (jy__json_at(&state->json, node)->flags & JY__JSON_TORN)
        return JY_OK; /* said with the damage */
    jy__shape_find_next(&state->json, shape, node, fields);
    if (is_passed_over(&state->json, shape, fields))
        return JY_OK;
    return jy__shape_is_event(&state->json, fields) ? jy__shape_event(reader, state, node, state->unit) : jy__shape_make(reader, state, node, fields);
}

/* ---- events and what is known of the call */
jy__unit_of_time jy__shape_unit(const jy__json_doc *json, uint32_t node, jy__unit_of_time otherwise)
{
    jy_str digits = jy__json_raw(json, node);
    double value;
    return jy__json_number(json, node, &value) && memchr(digits.ptr, '.', digits.len) ? JY__SECONDS : otherwise;
}

int jy__shape_event(jy_reader *reader, jy__shape_state *state, uint32_t node, jy__unit_of_time unit)
{
    const jy__json_doc *json = &state->json;
    jy_event event = JY_EVENT_INIT;
    uint32_t at = jy__json_path(json, node, "at|ms|at_ms|time|begin");
    jy_str kind, who;
    jy__pos pos;
    if (jy__json_at(json, node)->flags & JY__JSON_TORN)
        return JY_OK;
    if (!jy__shape_label(reader, json, jy__json_path(json, node, "kind|event|type|name"), &kind) ||
        !jy__shape_label(reader, json, jy__json_path(json, node, "who|speaker|role|by"), &who))
        return JY_E_NOMEM;
    if (jy_event_by_name(kind, &event.kind) != JY_OK)
        return jy__shape_broken(reader, state, node, JY__SAY_EVENT);
    event.at_ms = jy__shape_time(reader, json, at, jy__shape_unit(json, at, unit));
    event.speaker = jy__speakers_find(&reader->speakers, who);
    pos = jy__shape_pos(state, jy__json_at(json, node)->offset);
    event.place.line = pos.line;
    event.place.column = pos.column;
    event.place.offset = pos.offset;
    if (!jy__json_pointer(&state->json, node, &reader->batch.arena, &event.place.pointer))
        return JY_E_NOMEM;
    return jy__batch_event_add(reader, &event, who);
}

int jy__shape_events(jy_reader *reader, jy__shape_state *state, uint32_t list, jy__unit_of_time unit)
{
    int status = JY_OK;
    if (!jy__json_is(&state->json, list, JY__JSON_ARRAY))
        return JY_OK;
    for (uint32_t node = jy__json_child(&state->json, list); node != JY__JSON_NONE && status == JY_OK; node = jy__json_next(&state->json, node))
        status = jy__json_is(&state->json, node, JY__JSON_OBJECT) ? jy__shape_event(reader, state, node, unit)
                                                                  : jy__shape_broken(reader, state, node, JY__SAY_NO_OBJECT);
    return status;
}

/* Producers that give the length of the call in ms. */
static void take_duration(jy_reader *reader, const jy__json_doc *json, uint32_t node)
{
    static const char *const names[] = { "duration_ms", "BizDuration", "audio_duration" };
    const jy__json_node *at = jy__json_at(json, node);
    int64_t ms;
    for (size_t i = 0; i < JY__COUNT(names); i++)
        if (jy__str_is((jy_str){ json->text.ptr + at->key, at->key_length }, names[i]) && jy__json_integer(json, node, &ms) && ms >= 0)
            reader->call.duration_ms = ms;
}

int jy__shape_meta(jy_reader *reader, jy__shape_state *state, uint32_t object)
{
    const jy__json_doc *json = &state->json;
    int status = JY_OK;
    if (!jy__json_is(json, object, JY__JSON_OBJECT))
        return JY_OK;
    for (uint32_t node = jy__json_child(json, object); node != JY__JSON_NONE && status == JY_OK; node = jy__json_next(json, node)) {
        const jy__json_node *at = jy__json_at(json, node);
        jy_str value;
        if (at->kind != JY__JSON_STRING && at->kind != JY__JSON_NUMBER)
            continue;
        if (!jy__shape_label(reader, json, node, &value))
            return JY_E_NOMEM;
        jy__call_field(reader, (jy_str){ json->text.ptr + at->key, at->key_length }, value, &status);
        take_duration(reader, json, node);
    }
    return status;
}

/* Lists of turns one a channel: the group's channel is its turns'. */
static int groups(jy_reader *reader, jy__shape_state *state, uint32_t list)
{
    const jy__json_doc *json = &state->json;
    int status = JY_OK;
    for (uint32_t group = jy__json_child(json, list); group != JY__JSON_NONE && status == JY_OK; group = jy__json_next(json, group)) {
        size_t first = reader->batch.turns.count;
        int64_t channel;
        status = jy__shape_list(reader, state, state->shape, jy__json_path(json, group, state->shape->turns));
        if (jy__json_integer(json, jy__json_path(json, group, "channel_id|ChannelId|channel"), &channel) && channel >= 0 && channel < 1000)
            for (; first < reader->batch.turns.count; first++)
                if (reader->batch.turns.items[first].channel < 0)
                    reader->batch.turns.items[first].channel = (int32_t)channel;
    }
    return status;
}

/* Where nothing else names the call, its "id" does. */
static int call_id(jy_reader *reader, jy__shape_state *state, uint32_t call)
{
    jy_str id;
    if (!jy__shape_label(reader, &state->json, jy__json_member(&state->json, call, "id"), &id))
        return JY_E_NOMEM;
    return !id.len || jy__arena_str(&reader->call_arena, id, &reader->call.id) ? JY_OK : JY_E_NOMEM;
}

/* A call with events and without turns may be one that nobody answered. */
static int turns_of_call(jy_reader *reader, jy__shape_state *state, uint32_t call)
{
    const jy__shape *shape = state->shape;
    uint32_t list = shape->turns[0] ? jy__json_path(&state->json, call, shape->turns) : call;
    if (list == JY__JSON_NONE && jy__json_member(&state->json, call, "events") == JY__JSON_NONE && !(jy__json_at(&state->json, call)->flags & JY__JSON_TORN))
        return jy__shape_broken(reader, state, call, JY__SAY_NO_SPEECH);
    return jy__shape_list(reader, state, shape, list);
}

int jy__shape_gather_call(jy_reader *reader, jy__shape_state *state, uint32_t call)
{
    const jy__shape *shape = state->shape;
    const jy__json_doc *json = &state->json;
    int status = shape->meta ? jy__shape_meta(reader, state, jy__json_path(json, call, shape->meta)) : JY_OK;
    if (shape->anywhere)
        for (uint32_t around = call; around && status == JY_OK; around = jy__json_at(json, around)->parent)
            status = jy__shape_meta(reader, state, jy__json_at(json, around)->parent);
    if (status == JY_OK)
        status = jy__shape_meta(reader, state, call);
    if (shape->start_of_job)
        reader->call.start = (jy_str){ NULL, 0 };
    if (status == JY_OK && !reader->call.id.len)
        status = call_id(reader, state, call);
    if (status == JY_OK && shape->groups)
        status = groups(reader, state, jy__json_path(json, call, shape->groups));
    else if (status == JY_OK)
        status = turns_of_call(reader, state, call);
    if (status == JY_OK)
        status = jy__shape_events(reader, state, jy__json_member(json, call, "events"), JY__MS);
    reader->by_time = true;
    return status;
}

/* ---- damage, said once for every place of it, in the call where it is */
int jy__shape_torn(jy_reader *reader, jy__shape_state *state, size_t before)
{
    jy__json_doc *json = &state->json;
    size_t said = 0;
    int status = JY_OK;
    for (; said < json->errors.count && json->errors.items[said].offset < before && status == JY_OK; said++) {
        jy__json_error error = json->errors.items[said];
        jy_str why = jy__str_of(jy__json_fault_text(error.fault, reader->language));
        status = jy__batch_broken(reader, state->outer ? JY__SAY_NESTED : JY__SAY_JSON, jy__shape_pos(state, error.offset), &why, 1);
    }
    json->errors.count -= said;
    memmove(json->errors.items, json->errors.items + said, json->errors.count * sizeof(*json->errors.items));
    return status;
}

int jy__shape_start(jy_reader *reader, jy__shape_state *state, jy_str text, size_t offset, uint32_t line)
{
    int status;
    state->base = offset;
    state->base_line = line;
    jy__ruler_init(&state->ruler, text, 1);
    status = jy__json_parse_torn(&state->json, text);
    return status == JY_E_TRANSCRIPT ? JY_OK : status;
}

void jy__shape_free(jy__shape_state *state)
{
    jy__json_free(&state->json);
}
