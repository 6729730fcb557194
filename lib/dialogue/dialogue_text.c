/* Plain text: a script without speakers (every line a turn), and a labelled script (客服:… 客户:…). Which of a line's
 * `word:` are labels is settled once from the sample: roles of the tables, numbered speakers, whom --agent names, and — when nearly
 * every line has one — names that come back. Where no label has a colon but nearly every line begins with a role of the tables, of the agent and of
 * others, these are the labels. Lines without a label go on with the speaker before them; a line may hold several turns (客服:您好 客户:你好). */
#include "dialogue/dialogue_agent.h"
#include "dialogue/dialogue_line.h"

#define NAMES_MOST 32

typedef struct name_seen { jy_str name; size_t count; } name_seen;
typedef struct script {
    jy_str names[NAMES_MOST];  /* labels of people that are in no table */
    size_t name_count;
    bool started, loose;       /* loose: labels without a colon */
    jy_str label;              /* of the line before; in the reader's arena */
    jy_str held;
    int64_t begin_ms, end_ms;  /* from a header line, for the next line */
    jy__time_kind time;
    size_t label_capacity;
    char *label_room;
} script;

/* headed: lines below one that names a speaker and a time and nothing else. alone: lines of a time and one word, with others below. */
typedef struct survey {
    name_seen names[NAMES_MOST];
    size_t name_count, lines, known, numbered, marked, loose, loose_agent, headed, stamped, alone;
    bool below, below_alone, agents, customers;
} survey;

/* What people say in front of a colon, over and over, and nobody is called. */
static bool is_remark(jy_str name)
{
    static const char *const remarks[] = { "注意", "备注", "例如", "比如", "说明", "提示", "提醒", "地址", "电话", "时间", "密码", "账号", "步骤", "方法", "原因", "结果" };
    for (size_t i = 0; i < JY__COUNT(remarks); i++)
        if (jy__str_is(name, remarks[i]))
            return true;
    return false;
}

static void count_name(survey *seen, jy_str name)
{
    size_t i = 0;
    if (is_remark(name))
        return;
    while (i < seen->name_count && !jy__str_eq(seen->names[i].name, name))
        i++;
    if (i == NAMES_MOST)
        return;
    if (i == seen->name_count)
        seen->names[seen->name_count++] = (name_seen){ name, 0 };
    seen->names[i].count++;
}

/* A label that stands alone stands for the line below it, too. */
static void count_loose(jy_reader *reader, const jy__script_line *parts, survey *seen)
{
    int32_t speaker = jy__speakers_find(&reader->speakers, parts->loose_label);
    size_t lines = parts->loose_text.len ? 1 : 2;
    seen->loose += speaker != JY_SPEAKER_UNKNOWN ? lines : 0;
    seen->loose_agent += speaker == JY_AGENT ? lines : 0;
}

/* 王小明 00:00:01, or 2024-05-31 09:12:03 王小明, and below what he says. */
static void count_below(const jy__script_line *parts, survey *seen)
{
    if (parts->time == JY__NO_TIME) {
        seen->headed += seen->below || seen->below_alone;
        return;
    }
    seen->stamped++;
    seen->below_alone = !parts->loose_text.len && parts->loose_label.len;
    seen->alone += seen->below_alone;
    if (seen->below_alone)
        count_name(seen, parts->loose_label);
}

static void look_at_line(jy_reader *reader, jy_str line, survey *seen)
{
    jy__script_line parts;
    int32_t speaker;
    jy__script_split(line, &parts);
    if (!jy__trim(line).len)
        return;
    seen->lines++;
    if (!parts.colon && !parts.header) {
        count_loose(reader, &parts, seen);
        count_below(&parts, seen);
        return;
    }
    seen->below = parts.header || (seen->below && !parts.colon);
    seen->marked++;
    speaker = jy__speakers_find(&reader->speakers, parts.label);
    seen->agents |= speaker == JY_AGENT;
    seen->customers |= speaker == JY_CUSTOMER;
    if (speaker != JY_SPEAKER_UNKNOWN || jy__agent_is_label(reader, parts.label))
        seen->known++;
    else if (jy__speakers_numbered(parts.label))
        seen->numbered++;
    else
        count_name(seen, parts.label);
}

static void look(jy_reader *reader, jy_str sample, survey *seen)
{
    memset(seen, 0, sizeof(*seen));
    while (sample.len)
        look_at_line(reader, jy__cut_line(&sample), seen);
}

static size_t names_that_come_back(const survey *seen)
{
    size_t repeated = 0;
    for (size_t i = 0; i < seen->name_count; i++)
        repeated += seen->names[i].count > 1 ? seen->names[i].count : 0;
    return repeated;
}

static bool names_count(const survey *seen)
{
    size_t named = seen->known + seen->numbered + names_that_come_back(seen);
    bool often = named * 8 > seen->headed; /* nobody speaks for so many lines each time */
    return seen->name_count < NAMES_MOST && often && (named + seen->headed) * 10 >= seen->lines * 8;
}

/* Where only one side has a role, names that come back are the other side, however many lines a turn has. */
static bool names_are_labels(const survey *seen) { return names_count(seen) || seen->agents != seen->customers; }

/* A name and a time above what is said, each time: two or more of them, who come back. */
static bool is_headed(const survey *seen)
{
    return seen->alone >= 3 && seen->alone == seen->stamped && seen->headed >= seen->alone && seen->name_count > 1 && seen->name_count < seen->alone &&
           names_count(seen);
}

static bool is_loose(const survey *seen)
{
    return is_headed(seen) || (seen->loose_agent && seen->loose > seen->loose_agent && seen->loose * 10 >= seen->lines * 8);
}

static bool is_labelled(jy_reader *reader, jy_str sample)
{
    survey seen;
    look(reader, sample, &seen);
    if (seen.marked && (seen.known + seen.numbered) * 5 >= seen.lines)
        return true;
    return is_loose(&seen) || (seen.marked && seen.lines >= 4 && names_count(&seen));
}

static bool is_text(jy_reader *reader, jy_str sample)
{
    return true;
}

static int open_script(jy_reader *reader)
{
    script *state = jy__arena_alloc(&reader->arena, sizeof(*state));
    survey seen;
    if (!state)
        return JY_E_NOMEM;
    reader->state = state;
    state->begin_ms = state->end_ms = JY_TIME_UNKNOWN;
    if (reader->format != &jy__format_labelled)
        return JY_OK;
    look(reader, jy__input_window(&reader->input), &seen);
    state->loose = is_loose(&seen);
    for (size_t i = 0; i < seen.name_count && names_are_labels(&seen); i++)
        if ((seen.names[i].count > 1 || is_headed(&seen)) && !jy__arena_str(&reader->arena, seen.names[i].name, &state->names[state->name_count++]))
            return JY_E_NOMEM;
    return JY_OK;
}

static bool is_label(jy_reader *reader, const script *state, jy_str label)
{
    for (size_t i = 0; i < state->name_count; i++)
        if (jy__str_eq(state->names[i], label))
            return true;
    return jy__speakers_find(&reader->speakers, label) != JY_SPEAKER_UNKNOWN || jy__speakers_numbered(label) ||
           jy__speakers_addressed(label) || jy__agent_is_label(reader, label);
}

static void set_time(jy_reader *reader, jy_turn *turn, jy__time_kind kind, int64_t begin_ms, int64_t end_ms, jy_str written)
{
    if (kind == JY__WALL) {
        turn->begin_ms = jy__time_in_call(reader, begin_ms, written);
        turn->end_ms = end_ms == JY_TIME_UNKNOWN ? end_ms : jy__time_in_call(reader, end_ms, written);
    } else if (kind == JY__CLOCK) {
        turn->begin_ms = begin_ms;
        turn->end_ms = end_ms;
    }
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
        state->begin_ms = parts->begin_ms;
        state->end_ms = parts->end_ms;
    }
    return JY_OK;
}

static int add_said(jy_reader *reader, const jy__line *line, measured *last, const jy__script_line *parts, jy_str text)
{
    script *state = reader->state;
    jy_turn turn = JY_TURN_INIT;
    set_time(reader, &turn, parts->time, parts->begin_ms, parts->end_ms, parts->time_text);
    if (!parts->header && parts->time == JY__NO_TIME && state->begin_ms != JY_TIME_UNKNOWN) {
        set_time(reader, &turn, state->time, state->begin_ms, state->end_ms, (jy_str){ NULL, 0 });
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
