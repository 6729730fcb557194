/* Plain text: a script without speakers (every line a turn), and a labelled script (客服:… 客户:…); which of a line's `word:` are labels is told by
 * dialogue_survey.c. Lines without a label go on with the speaker before them; a line may hold several turns (客服:您好 客户:你好). */
#include "dialogue/dialogue_agent.h"
#include "dialogue/dialogue_survey.h"

typedef struct script {
    jy_str names[JY__NAMES_MOST]; /* labels of people that are in no table */
    size_t name_count;
    bool started, loose, dense; /* loose: labels without a colon */
    jy_str label;              /* of the line before; in the reader's arena */
    jy_str held;
    int64_t begin_ms, end_ms;  /* from a header line, for the next line */
    jy__time_kind time, end_time;
    size_t label_capacity;
    char *label_room;
} script;

static bool is_labelled(jy_reader *reader, jy_str sample)
{
    jy__survey seen;
    jy__survey_look(reader, sample, &seen);
    return jy__survey_is_script(&seen);
}

static bool is_text(jy_reader *reader, jy_str sample)
{
    return true;
}

static int open_script(jy_reader *reader)
{
    script *state = jy__arena_alloc(&reader->arena, sizeof(*state));
    jy__survey seen;
    if (!state)
        return JY_E_NOMEM;
    reader->state = state;
    state->begin_ms = state->end_ms = JY_TIME_UNKNOWN;
    if (reader->format != &jy__format_labelled)
        return JY_OK;
    jy__survey_look(reader, jy__input_window(&reader->input), &seen);
    state->loose = jy__survey_is_loose(&seen);
    state->dense = jy__survey_is_dense(&seen);
    for (size_t i = 0; i < seen.name_count; i++)
        if (jy__survey_is_label(&seen, i) && !jy__arena_str(&reader->arena, seen.names[i].name, &state->names[state->name_count++]))
            return JY_E_NOMEM;
    return JY_OK;
}

static bool is_label(jy_reader *reader, const script *state, jy_str label)
{
    for (size_t i = 0; i < state->name_count; i++)
        if (jy__str_eq(state->names[i], label))
            return true;
    return jy__speakers_find(&reader->speakers, label) != JY_SPEAKER_UNKNOWN || jy__speakers_numbered(label) ||
           jy__speakers_addressed(label) || jy__agent_is_label(reader, label) || (state->dense && state->started && jy__survey_is_name(label));
}

static int64_t in_call(jy_reader *reader, jy__time_kind kind, int64_t ms, jy_str written)
{
    if (ms == JY_TIME_UNKNOWN)
        return ms;
    return kind >= JY__WALL ? jy__time_in_call(reader, kind, ms, written) : jy__time_is_clock(kind) ? jy__clock_in_call(reader, kind, ms) : JY_TIME_UNKNOWN;
}

static void set_time(jy_reader *reader, jy_turn *turn, jy__time_kind kind, int64_t begin_ms, jy__time_kind end_kind, int64_t end_ms, jy_str written)
{
    turn->begin_ms = in_call(reader, kind, begin_ms, written);
    turn->end_ms = turn->begin_ms == JY_TIME_UNKNOWN ? JY_TIME_UNKNOWN : in_call(reader, end_kind, end_ms, written);
}

/* So many bytes of a line are so many characters. */
typedef struct measured { size_t bytes, characters; } measured;

/* Of a line that may hold very many turns each is measured from the last one on. */
static int add_turn(jy_reader *reader, const jy__line *line, measured *last, jy_str text, jy_turn *turn)
{
    size_t before = (size_t)(text.ptr - line->text.ptr);
    if (!text.len)
        return JY_OK;
    turn->place.line = line->number;
    last->characters += jy__utf8_count((jy_str){ line->text.ptr + last->bytes, before - last->bytes });
    last->bytes = before;
    turn->place.column = (uint32_t)last->characters + 1;
    turn->place.byte_column = (uint32_t)before + 1;
    turn->place.offset = line->offset + before;
    return jy__batch_copy(reader, text, &turn->text) ? jy__batch_turn(reader, turn) : JY_E_NOMEM;
}

static int plain_line(jy_reader *reader, const jy__line *line)
{
    jy_turn turn = JY_TURN_INIT;
    measured begin = { 0, 0 };
    return add_turn(reader, line, &begin, jy__trim(line->text), &turn);
}

/* The label outlives its batch: it is kept in room of its own. */
static bool keep_label(jy_reader *reader, script *state, jy_str label)
{
    if (label.len > state->label_capacity) {
        state->label_room = jy__arena_alloc(&reader->arena, label.len * 2);
        if (!state->label_room)
            return false;
        state->label_capacity = label.len * 2;
    }
    if (label.len)
        memcpy(state->label_room, label.ptr, label.len);
    state->label = (jy_str){ state->label_room, label.len };
    return true;
}

static int new_speaker(jy_reader *reader, script *state, const jy__script_line *parts)
{
    state->started = true;
    if (!jy__str_eq(state->label, parts->label))
        state->held = (jy_str){ NULL, 0 };
    if (!keep_label(reader, state, parts->label))
        return JY_E_NOMEM;
    if (parts->header) {
        state->time = parts->time;
        state->end_time = parts->end_time;
        state->begin_ms = parts->begin_ms;
        state->end_ms = parts->end_ms;
    }
    return JY_OK;
}

static int add_said(jy_reader *reader, const jy__line *line, measured *last, const jy__script_line *parts, jy_str text)
{
    script *state = reader->state;
    jy_turn turn = JY_TURN_INIT;
    set_time(reader, &turn, parts->time, parts->begin_ms, parts->end_time, parts->end_ms, parts->time_text);
    if (!parts->header && parts->time == JY__NO_TIME && state->begin_ms != JY_TIME_UNKNOWN) {
        set_time(reader, &turn, state->time, state->begin_ms, state->end_time, state->end_ms, (jy_str){ NULL, 0 });
        state->begin_ms = state->end_ms = JY_TIME_UNKNOWN;
    }
    if (!state->held.ptr && state->label.len && !jy__batch_copy(reader, state->label, &state->held))
        return JY_E_NOMEM;
    turn.label = state->held;
    if (parts->number >= 0)
        turn.channel = parts->number;
    return add_turn(reader, line, last, jy__trim(text), &turn);
}

static int labelled_line(jy_reader *reader, const jy__line *line)
{
    script *state = reader->state;
    jy__script_line parts, next;
    measured last = { 0, 0 };
    size_t cut;
    jy_str text;
    int status = JY_OK;
    jy__script_split(line->text, &parts);
    if (state->loose && !parts.colon && !parts.header && is_label(reader, state, parts.loose_label)) {
        parts.label = parts.loose_label;
        parts.text = parts.loose_text;
        parts.header = !parts.text.len && parts.time != JY__NO_TIME;
        parts.colon = true;
    }
    text = parts.text;
    if ((parts.colon || parts.header) && is_label(reader, state, parts.label)) {
        status = new_speaker(reader, state, &parts);
    } else if (parts.colon || parts.header) {
        if (!state->started && !reader->call_open && jy__call_field(reader, parts.label, parts.text, &status))
            return status;
        /* no label after all: the line's text is all but its time */
        text = jy__trim(line->text);
        if (parts.colon && parts.time != JY__NO_TIME && parts.label.ptr > parts.time_text.ptr)
            text = (jy_str){ parts.label.ptr, (size_t)(text.ptr + text.len - parts.label.ptr) };
        else
            parts.time = JY__NO_TIME;
    }
    while (status == JY_OK) {
        cut = jy__script_inner(reader, text, &next);
        status = add_said(reader, line, &last, &parts, (jy_str){ text.ptr, cut });
        if (status || cut == text.len)
            break;
        status = new_speaker(reader, state, &next);
        parts = next;
        text = next.text;
    }
    return status;
}

static int gather_lines(jy_reader *reader)
{
    script *state = reader->state;
    jy__line line;
    int status = JY_OK;
    if (reader->input.ended && state->started && !jy__input_window(&reader->input).len && !reader->call_open)
        return JY_DONE;
    state->held = (jy_str){ NULL, 0 };
    if (reader->format == &jy__format_text)
        reader->call.has_speakers = -1;
    while (!jy__batch_full(reader)) {
        status = jy__input_line(&reader->input, &line);
        if (status)
            break;
        status = reader->format == &jy__format_text ? plain_line(reader, &line) : labelled_line(reader, &line);
        if (status)
            return status;
    }
    state->started = true;
    reader->more = status == JY_OK;
    return status == JY_DONE ? JY_OK : status;
}

const jy__format jy__format_text = { "text", is_text, open_script, gather_lines, NULL };
const jy__format jy__format_labelled = { "labelled", is_labelled, open_script, gather_lines, NULL };
