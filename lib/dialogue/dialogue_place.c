/* Where a byte of a turn's text stands in its file. The text is walked together with its raw form, one character at a time, in the
 * way the raw form is written: as it is, inside a JSON string (once or twice), in XML or subtitle text, in a quoted CSV field. */
#include "dialogue/dialogue_read.h"
#include "dialogue/dialogue_place.h"

/* Moves over raw bytes [p, to): every code point there is a column, every line feed a line. */
static void pass(jy__place_walk *at, const char *to)
{
    while (at->p < to) {
        const char *from = at->p;
        bool valid;
        if (jy__utf8_next(&at->p, to, &valid) == '\n') {
            at->line++;
            at->column = 1;
            at->line_offset = at->offset + 1;
        } else {
            at->column++;
        }
        at->offset += (size_t)(at->p - from);
    }
}

/* A character of a JSON string inside a JSON string: its bytes are themselves escaped. */
static uint32_t next_twice(const char **p, const char *end, bool *valid)
{
    char inner[16];
    const char *after[16], *q = *p, *in = inner;
    size_t len = 0, used;
    uint32_t cp;
    while (q < end && len + 4 <= sizeof(inner)) {
        size_t put = jy__utf8_put(jy__json_unescape_next(&q, end, valid), inner + len);
        for (size_t i = 0; i < put; i++)
            after[len + i] = q;
        len += put;
    }
    cp = jy__json_unescape_next(&in, inner + len, valid);
    used = (size_t)(in - inner);
    *p = after[used - 1];
    return cp;
}

uint32_t jy__place_next(int32_t escape, const char **p, const char *end, bool *valid, bool *nothing)
{
    *nothing = false;
    switch (escape) {
    case JY__IN_JSON: return jy__json_unescape_next(p, end, valid);
    case JY__IN_JSON_TWICE: return next_twice(p, end, valid);
    case JY__IN_XML: return jy__markup_next(p, end, valid, nothing);
    case JY__IN_CSV:
        if (end - *p >= 2 && (*p)[0] == '"' && (*p)[1] == '"')
            *p += 1;
        return jy__utf8_next(p, end, valid);
    default: return jy__utf8_next(p, end, valid);
    }
}

void jy__place_walk_init(jy__place_walk *placer, const jy_place *place, jy_str text)
{
    jy_str walked = place->raw.len ? place->raw : text;
    *placer = (jy__place_walk){ *place, text, walked.ptr, walked.ptr + walked.len, place->line, place->column, place->offset, 0, 0 };
}

/* The text is written as it is. */
static void walk_plain(jy__place_walk *now, size_t at)
{
    while (now->done < at && now->p < now->end) {
        const char *next = now->p;
        bool valid;
        uint32_t cp = jy__utf8_next(&next, now->end, &valid);
        size_t width = (size_t)(next - now->p);
        if (now->done + width > at)
            break;
        now->column = cp == '\n' ? 1 : now->column + 1;
        now->line += cp == '\n';
        now->offset += width;
        if (cp == '\n')
            now->line_offset = now->offset;
        now->done += width;
        now->p = next;
    }
}

static void walk_raw(jy__place_walk *now, size_t at)
{
    const char *next;
    bool valid = true, nothing;
    while (now->done < at && now->p < now->end) {
        next = now->p;
        uint32_t cp = jy__place_next(now->place.escape, &next, now->end, &valid, &nothing);
        size_t width = nothing ? 0 : valid ? jy__utf8_width(cp) : (size_t)(next - now->p);
        if (now->done + width > at)
            break;
        now->done += width;
        pass(now, next);
    }
    /* what stands for nothing (a tag, a line break of a subtitle) belongs to what comes before */
    while (now->place.escape == JY__IN_XML && now->p < now->end && at < now->text.len) {
        next = now->p;
        jy__place_next(now->place.escape, &next, now->end, &valid, &nothing);
        if (!nothing)
            break;
        pass(now, next);
    }
}

void jy__place_walk_to(jy__place_walk *placer, size_t at, uint32_t *line_out, uint32_t *column_out, size_t *offset_out)
{
    if (at < placer->done)
        jy__place_walk_init(placer, &placer->place, placer->text);
    if (!placer->place.raw.len)
        walk_plain(placer, placer->place.escape == JY__IN_PIECES ? 0 : at);
    else
        walk_raw(placer, placer->place.escape == JY__IN_PIECES ? 0 : at);
    if (line_out) *line_out = placer->place.line ? placer->line : 0;
    if (column_out) *column_out = placer->place.line ? placer->column : 0;
    if (offset_out) *offset_out = placer->offset;
}

int jy_place_locate(const jy_place *place, jy_str text, size_t at, uint32_t *line_out, uint32_t *column_out, size_t *offset_out)
{
    jy__place_walk placer;
    if (!place || at > text.len || jy__str_lost(text) || jy__place_lost(place))
        return JY_E_INVALID;
    jy__place_walk_init(&placer, place, text);
    jy__place_walk_to(&placer, at, line_out, column_out, offset_out);
    return JY_OK;
}

void jy__ruler_init(jy__ruler *ruler, jy_str text, uint32_t line)
{
    *ruler = (jy__ruler){ text, 0, 0, line, 1 };
}

jy__pos jy__ruler_pos(jy__ruler *ruler, size_t offset)
{
    const char *base = ruler->text.ptr, *feed;
    if (offset < ruler->at)
        jy__ruler_init(ruler, ruler->text, 1);
    while ((feed = offset > ruler->at ? memchr(base + ruler->at, '\n', offset - ruler->at) : NULL) != NULL) {
        ruler->at = (size_t)(feed - base) + 1;
        ruler->line_start = ruler->at;
        ruler->line++;
        ruler->column = 1;
    }
    ruler->column += (uint32_t)jy__utf8_count((jy_str){ base + ruler->at, offset - ruler->at });
    ruler->at = offset;
    return (jy__pos){ ruler->line, ruler->column, offset, 0 };
}
