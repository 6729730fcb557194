/* SRT and WebVTT: cues with times. A cue's lines are one turn, wrapped, unless a line names another speaker (`<v Agent>`, 客服:…).
 * Tags, entities and line breaks are undone by dialogue_markup.c; the raw cue stays beside the text so that places are exact. Text that
 * stands outside of every cue (a time line that was damaged, a blank line in a cue) is said to and kept without times. */
#include "dialogue/dialogue_line.h"
#include "dialogue/dialogue_place.h"

typedef struct cue_state {
    jy__text raw;            /* text of the open turn as it stands in the file */
    size_t raw_end;          /* offset in the file behind it */
    jy_place place;
    jy_str label;            /* in the batch's arena */
    int64_t begin_ms, end_ms;
    bool in_cue, in_note, ended;
    jy__text name;           /* the line before this one, outside of cues: the number or name of the next, or text; empty: none */
    uint32_t name_line;
    size_t name_offset;
} cue_state;

static int open_cues(jy_reader *reader)
{
    cue_state *state = jy__arena_alloc(&reader->arena, sizeof(*state));
    if (!state)
        return JY_E_NOMEM;
    jy__text_init(&state->raw, &reader->mem);
    jy__text_init(&state->name, &reader->mem);
    reader->state = state;
    return JY_OK;
}

static void close_cues(jy_reader *reader)
{
    cue_state *state = reader->state;
    if (!state)
        return;
    jy__text_free(&state->raw);
    jy__text_free(&state->name);
}

/* Tags in front belong to no character. */
static jy_str skip_nothing(jy_str raw, jy_place *place)
{
    while (raw.len) {
        const char *p = raw.ptr;
        bool valid, nothing;
        size_t used;
        jy__markup_next(&p, raw.ptr + raw.len, &valid, &nothing);
        used = (size_t)(p - raw.ptr);
        if (!nothing || memchr(raw.ptr, '\n', used))
            break;
        place->column += (uint32_t)jy__utf8_count((jy_str){ raw.ptr, used });
        place->byte_column += (uint32_t)used;
        place->offset += used;
        raw = (jy_str){ p, raw.len - used };
    }
    return raw;
}

static int flush(jy_reader *reader, cue_state *state)
{
    jy_turn turn = JY_TURN_INIT;
    jy_str raw = jy__trim(jy__text_view(&state->raw)), kept;
    char *decoded;
    if (state->raw.failed)
        return JY_E_NOMEM;
    raw = skip_nothing(raw, &state->place);
    if (!raw.len) {
        jy__text_clear(&state->raw);
        return JY_OK;
    }
    decoded = jy__arena_alloc(&reader->batch.arena, raw.len + 1);
    if (!decoded || !jy__batch_copy(reader, raw, &kept))
        return JY_E_NOMEM;
    turn.text = (jy_str){ decoded, jy__markup_decode(raw, decoded) };
    turn.place = state->place;
    turn.place.escape = JY__IN_XML;
    if (turn.text.len != kept.len)
        turn.place.raw = kept;
    turn.label = state->label;
    turn.begin_ms = state->begin_ms;
    turn.end_ms = state->end_ms;
    jy__text_clear(&state->raw);
    return turn.text.len ? jy__batch_turn(reader, &turn) : JY_OK;
}

/* 00:00:01,000 --> 00:00:02,500 position:50% */
static bool take_times(jy_str line, int64_t *begin_ms, int64_t *end_ms)
{
    size_t used;
    jy__time_kind begin, end;
    line = jy__trim(line);
    if (!jy__time_is_clock(begin = jy__time_read(line, begin_ms, &used)))
        return false;
    line = jy__trim((jy_str){ line.ptr + used, line.len - used });
    if (line.len < 4 || memcmp(line.ptr, "-->", 3) != 0)
        return false;
    line = jy__trim((jy_str){ line.ptr + 3, line.len - 3 });
    if (!jy__time_is_clock(end = jy__time_read(line, end_ms, &used)))
        return false;
    jy__time_range(&begin, *begin_ms, &end, *end_ms);
    if (end == JY__CLOCK_MINUTE || begin == JY__CLOCK_MINUTE)
        *end_ms = JY_TIME_UNKNOWN;
    if (begin == JY__CLOCK_MINUTE)
        *begin_ms = JY_TIME_UNKNOWN;
    return true;
}

static bool has_arrow(jy_str line)
{
    for (size_t i = 0; i + 3 <= line.len; i++)
        if (memcmp(line.ptr + i, "-->", 3) == 0)
            return true;
    return false;
}

/* <v.loud Agent>: the name; *rest is what stands behind the tag. */
static bool voice(jy_str *rest, jy_str *name)
{
    const char *close;
    if (rest->len < 4 || rest->ptr[0] != '<' || rest->ptr[1] != 'v' || (rest->ptr[2] != ' ' && rest->ptr[2] != '.'))
        return false;
    close = memchr(rest->ptr, '>', rest->len);
    if (!close)
        return false;
    *name = (jy_str){ rest->ptr + 2, (size_t)(close - rest->ptr) - 2 };
    if (name->ptr[0] == '.') {
        const char *blank = memchr(name->ptr, ' ', name->len);
        if (!blank)
            return false;
        *name = (jy_str){ blank, (size_t)(name->ptr + name->len - blank) };
    }
    *name = jy__trim(*name);
    *rest = (jy_str){ close + 1, rest->len - (size_t)(close + 1 - rest->ptr) };
    return true;
}

static bool spoken_by(jy_reader *reader, jy_str *rest, jy_str *name)
{
    jy__script_line parts;
    if (voice(rest, name))
        return true;
    jy__script_split(*rest, &parts);
    if (!parts.colon || (jy__speakers_find(&reader->speakers, parts.label) == JY_SPEAKER_UNKNOWN && !jy__speakers_numbered(parts.label)))
        return false;
    *name = parts.label;
    *rest = parts.text;
    return true;
}

static int text_line(jy_reader *reader, cue_state *state, const jy__line *line)
{
    jy_str rest = line->text, name;
    size_t before;
    int status = JY_OK;
    if (spoken_by(reader, &rest, &name)) {
        status = flush(reader, state);
        if (status || !jy__batch_copy(reader, name, &state->label))
            return status ? status : JY_E_NOMEM;
    }
    if (state->raw.len) { /* the line break that was between: as long as the offsets say */
        jy__text_add(&state->raw, "\r\n" + (line->offset - state->raw_end < 2), line->offset - state->raw_end < 2 ? 1 : 2);
        jy__text_add(&state->raw, line->text.ptr, line->text.len);
    } else {
        while (rest.len && (rest.ptr[0] == ' ' || rest.ptr[0] == '\t'))
            rest.ptr++, rest.len--;
        before = (size_t)(rest.ptr - line->text.ptr);
        state->place = (jy_place){ line->number, (uint32_t)jy__utf8_count((jy_str){ line->text.ptr, before }) + 1, line->offset + before,
                                   { NULL, 0 }, { NULL, 0 }, 0, (uint32_t)before + 1 };
        jy__text_str(&state->raw, rest);
    }
    state->raw_end = line->offset + line->text.len;
    return state->raw.failed ? JY_E_NOMEM : JY_OK;
}

static int begin_cue(jy_reader *reader, cue_state *state, const jy__line *line)
{
    int status = flush(reader, state);
    state->in_cue = true;
    state->in_note = false;
    state->label = (jy_str){ NULL, 0 };
    if (take_times(line->text, &state->begin_ms, &state->end_ms) || status)
        return status;
    state->begin_ms = state->end_ms = JY_TIME_UNKNOWN;
    return jy__batch_broken(reader, JY__SAY_CUE, (jy__pos){ line->number, 1, line->offset, line->text.len }, NULL, 0);
}

/* A cue of text that has no time line: the line itself is none of the text where it was to be one. */
static int begin_untimed(jy_reader *reader, cue_state *state, const jy__line *line, bool is_time)
{
    int status = flush(reader, state);
    state->in_cue = true;
    state->label = (jy_str){ NULL, 0 };
    state->begin_ms = state->end_ms = JY_TIME_UNKNOWN;
    if (status == JY_OK)
        status = jy__batch_broken(reader, JY__SAY_CUE, (jy__pos){ line->number, 1, line->offset, line->text.len }, NULL, 0);
    return status || is_time ? status : text_line(reader, state, line);
}

static bool is_number(jy_str line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.ptr[i] < '0' || line.ptr[i] > '9')
            return false;
    return true;
}

/* 00:00:01,000 -> 00:00:02,500: meant to be a time line. */
static bool is_damaged_time(jy_str line)
{
    int64_t ms;
    size_t used;
    for (size_t i = 0; i < line.len; i++)
        if (line.ptr[i] & 0x80)
            return false;
    return jy__time_is_clock(jy__time_read(line, &ms, &used));
}

static int keep_name(cue_state *state, const jy__line *line)
{
    jy__text_str(&state->name, line->text);
    state->name_line = line->number;
    state->name_offset = line->offset;
    return state->name.failed ? JY_E_NOMEM : JY_OK;
}

/* No time line followed the kept one: a number is still nothing, anything else was text. `line`: what followed, NULL at a blank line or the end. */
static int settle_name(jy_reader *reader, cue_state *state, const jy__line *line)
{
    jy__line name = { 0 };
    bool is_time = line && is_damaged_time(jy__trim(line->text)), was_text;
    int status = JY_OK;
    name.text = jy__text_view(&state->name);
    name.number = state->name_line;
    name.offset = state->name_offset;
    was_text = name.text.len && !is_number(jy__trim(name.text)) && !is_time;
    if (was_text)
        status = begin_untimed(reader, state, &name, is_damaged_time(jy__trim(name.text)));
    jy__text_clear(&state->name);
    if (status || !line)
        return status;
    if (was_text)
        return text_line(reader, state, line);
    return is_number(jy__trim(line->text)) ? keep_name(state, line) : begin_untimed(reader, state, line, is_time);
}

static bool starts_note(jy_str line)
{
    static const char *const words[] = { "NOTE", "STYLE", "REGION", "WEBVTT" };
    for (size_t i = 0; i < JY__COUNT(words); i++)
        if (line.len >= strlen(words[i]) && memcmp(line.ptr, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

static int cue_line(jy_reader *reader, cue_state *state, const jy__line *line)
{
    if (!jy__trim(line->text).len) {
        int status = settle_name(reader, state, NULL);
        state->in_cue = state->in_note = false;
        return status ? status : flush(reader, state);
    }
    if (has_arrow(line->text)) {
        jy__text_clear(&state->name);
        return begin_cue(reader, state, line);
    }
    if (state->in_cue)
        return text_line(reader, state, line);
    state->in_note |= !state->name.len && starts_note(line->text);
    if (state->in_note)
        return JY_OK;
    return state->name.len ? settle_name(reader, state, line) : keep_name(state, line);
}

static int gather_cues(jy_reader *reader)
{
    cue_state *state = reader->state;
    jy__line line;
    int status = JY_OK;
    if (state->ended)
        return JY_DONE;
    while (status == JY_OK && !(jy__batch_full(reader) && !state->in_cue)) {
        status = jy__input_line(&reader->input, &line);
        if (status == JY_OK)
            status = cue_line(reader, state, &line);
    }
    reader->more = status == JY_OK;
    if (status != JY_DONE)
        return status;
    state->ended = true;
    status = settle_name(reader, state, NULL);
    return status ? status : flush(reader, state);
}

static bool is_vtt(jy_reader *reader, jy_str sample)
{
    return sample.len >= 6 && memcmp(sample.ptr, "WEBVTT", 6) == 0;
}

/* A time line among the first ones. */
static bool is_srt(jy_reader *reader, jy_str sample)
{
    int64_t begin, end;
    for (int lines = 0; lines < 12 && sample.len; lines++) {
        const char *feed = memchr(sample.ptr, '\n', sample.len);
        size_t length = feed ? (size_t)(feed - sample.ptr) : sample.len;
        if (take_times((jy_str){ sample.ptr, length }, &begin, &end))
            return true;
        length += feed != NULL;
        sample = (jy_str){ sample.ptr + length, sample.len - length };
    }
    return false;
}

const jy__format jy__format_vtt = { "vtt", is_vtt, open_cues, gather_cues, close_cues };
const jy__format jy__format_srt = { "srt", is_srt, open_cues, gather_cues, close_cues };
