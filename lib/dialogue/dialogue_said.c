/* Texts that name their speakers themselves: a line of a script with several turns, and a whole dialogue in one cell of a table or one string of
 * JSON, whose record names no speaker. Comes in: the text; goes out: a turn for each speaker, each at its own place in the file. */
#include "dialogue/dialogue_line.h"
#include "dialogue/dialogue_place.h"

/* A blank, a carriage return or the end of a sentence in front of `at`. */
static bool is_break(jy_str text, size_t at)
{
    static const char *const marks[] = { " ", "\t", "\r", "\xE3\x80\x80" /* full-width blank */, "。", "！", "？", "；", "!", "?", ";" };
    if (text.ptr[at] == ' ' || text.ptr[at] == '\t' || text.ptr[at] == '\r')
        return false;
    for (size_t i = 0; i < JY__COUNT(marks); i++) {
        size_t len = strlen(marks[i]);
        if (at >= len && memcmp(text.ptr + at - len, marks[i], len) == 0)
            return true;
    }
    return false;
}

static bool has_colon_in(jy_str text)
{
    const char *end = text.ptr + text.len;
    if (memchr(text.ptr, ':', text.len))
        return true;
    for (const char *p = text.ptr; p < end && (p = memchr(p, '\x9A', (size_t)(end - p))); p++)
        if (p - text.ptr >= 2 && memcmp(p - 2, "：", 3) == 0)
            return true;
    return false;
}

#define STRIDE ((size_t)4096)

/* Of either width, whichever is near: of a line with very many turns each looks for the next one. */
static bool has_colon(jy_str text)
{
    for (size_t from = 0; from < text.len; from += STRIDE)
        if (has_colon_in((jy_str){ text.ptr + from, text.len - from < STRIDE + 2 ? text.len - from : STRIDE + 2 }))
            return true;
    return false;
}

size_t jy__script_inner(jy_reader *reader, jy_str text, jy__script_line *next)
{
    for (size_t at = text.len && has_colon(text) ? 1 : text.len; at < text.len; at++) {
        jy_str rest = { text.ptr + at, text.len - at };
        int32_t speaker;
        if (!is_break(text, at))
            continue;
        jy__script_split(rest, next);
        if (!next->colon || !next->text.len || (next->time == JY__NO_TIME && next->label.ptr > rest.ptr + 3))
            continue;
        speaker = jy__speakers_find(&reader->speakers, next->label);
        if (speaker == JY_AGENT || speaker == JY_CUSTOMER)
            return at;
    }
    return text.len;
}

/* The part of the turn's text from `begin` on, where it stands in the file. */
static jy_place place_of(const jy_turn *turn, jy__place_walk *walk, size_t begin, size_t end)
{
    jy_place place = turn->place;
    const char *raw;
    jy__place_walk_to(walk, begin, &place.line, &place.column, &place.offset);
    place.byte_column = 0;
    if (turn->place.byte_column)
        place.byte_column = place.line == turn->place.line ? turn->place.byte_column + (uint32_t)(place.offset - turn->place.offset)
                                                           : (uint32_t)(place.offset - walk->line_offset) + 1;
    raw = walk->p;
    if (!turn->place.raw.len)
        return place;
    jy__place_walk_to(walk, end, NULL, NULL, NULL);
    place.raw = (jy_str){ raw, (size_t)(walk->p - raw) };
    return place;
}

typedef struct told { const jy_turn *turn; jy__place_walk walk; jy_str label; bool any; } told;

/* What the turn says of all of it (its id, when it began) the first part keeps. */
static int add_part(jy_reader *reader, told *all, jy_str text)
{
    jy_turn part = *all->turn;
    size_t begin;
    text = jy__trim(text);
    begin = (size_t)(text.ptr - part.text.ptr);
    if (!text.len)
        return JY_OK;
    part.place = place_of(all->turn, &all->walk, begin, begin + text.len);
    part.text = text;
    part.label = all->label;
    if (all->any) {
        part.id = (jy_str){ NULL, 0 };
        part.begin_ms = JY_TIME_UNKNOWN;
    }
    part.end_ms = JY_TIME_UNKNOWN;
    all->any = true;
    return jy__batch_turn(reader, &part);
}

static int add_line(jy_reader *reader, told *all, jy_str line)
{
    jy__script_line parts, next;
    jy_str text = line;
    size_t cut;
    int status;
    jy__script_split(line, &parts);
    if (parts.colon && jy__speakers_find(&reader->speakers, parts.label) != JY_SPEAKER_UNKNOWN) {
        all->label = parts.label;
        text = parts.text;
    }
    for (;;) {
        cut = jy__script_inner(reader, text, &next);
        status = add_part(reader, all, (jy_str){ text.ptr, cut });
        if (status || cut == text.len)
            return status;
        all->label = next.label;
        text = next.text;
    }
}

/* Only where the text begins with a role is it taken for a dialogue. */
static bool names_speakers(jy_reader *reader, const jy_turn *turn)
{
    jy__script_line parts;
    jy_str rest = turn->text;
    if (turn->label.len || turn->speaker != JY_SPEAKER_UNKNOWN || turn->place.escape == JY__IN_PIECES)
        return false;
    jy__script_split(jy__cut_line(&rest), &parts);
    return parts.colon && jy__speakers_find(&reader->speakers, parts.label) != JY_SPEAKER_UNKNOWN;
}

int jy__batch_told(jy_reader *reader, const jy_turn *turn)
{
    told all = { .turn = turn };
    jy_str rest = turn->text;
    int status = JY_OK;
    if (!rest.len || !names_speakers(reader, turn))
        return jy__batch_turn(reader, turn);
    jy__place_walk_init(&all.walk, &turn->place, turn->text);
    while (rest.len && status == JY_OK) {
        jy_str line = jy__cut_line(&rest);
        status = add_line(reader, &all, line);
    }
    return status;
}
