/* The lines of a block of text. In: the block, as long as is matched at once. Out: the lines in which there is something go to be judged
 * one by one, each with its number; the others are only counted. */
#include "session/session_scan.h"

size_t jy__scan_lines(jy_str text, size_t from)
{
    const char *last;
    return text.len > from ? jy__lines(text.ptr + from, text.ptr + text.len, &last) : 0;
}

static jy__line line_of(const jy__text_scan *s, jy_str text, jy_span line, size_t offset)
{
    return (jy__line){ s->number, { text.ptr + line.begin, line.end - line.begin }, s->offset + offset + line.begin };
}

/* A match is looked at where it stands, since the line need not be known for it to come to nothing. */
static size_t next_line(jy__text_scan *s, jy_str text, size_t from)
{
    jy__scan_pass(s, text, 0, s->scanner->taken.count);
    return jy__scan_next_from(s, from, s->standing);
}

/* Numbers lines on the way. The line of `at` is from behind the last line end, of those before `at` that were not counted yet, to the next. */
static jy_span line_around(jy__text_scan *s, jy_str text, size_t counted, size_t at)
{
    const char *before = NULL, *behind = memchr(text.ptr + at, '\n', text.len - at);
    s->number += jy__lines(text.ptr + counted, text.ptr + at, &before);
    return (jy_span){ before ? (size_t)(before - text.ptr) + 1 : counted, behind ? (size_t)(behind - text.ptr) : text.len };
}

/* Lines in which there is something, in order. The block begins at `offset` of the text. */
static int judge_lines(jy__text_scan *s, jy_str text, size_t offset)
{
    size_t counted = 0, from = 0;
    int status = JY_OK;
    while (status == JY_OK && from < text.len) {
        size_t at = next_line(s, text, from);
        jy__scan_turn found;
        if (at >= text.len)
            break;
        jy_span span = line_around(s, text, counted, at);
        counted = span.begin;
        from = span.end + 1;
        if (!jy__scan_take(s, (jy_str){ text.ptr + span.begin, span.end - span.begin }, span.begin, &found))
            continue;
        jy__line line = line_of(s, text, span, offset);
        status = jy__scan_judge(s, &line, &found, span.begin);
    }
    s->number += jy__scan_lines(text, counted);
    return status;
}

/* Lines of which one may be longer than max-turn-bytes: each by itself. */
static int judge_each(jy__text_scan *s, jy_str text, size_t offset)
{
    int status = JY_OK;
    for (size_t from = 0; status == JY_OK && from < text.len;) {
        const char *behind = memchr(text.ptr + from, '\n', text.len - from);
        jy_span span = { from, behind ? (size_t)(behind - text.ptr) : text.len };
        jy__line line = line_of(s, text, span, offset);
        status = s->full ? JY_OK : jy__scan_apart(s, &line);
        s->number += behind != NULL;
        from = span.end + 1;
    }
    return status;
}

int jy__scan_block(jy__text_scan *s, jy_str text, size_t offset)
{
    int status;
    if (text.len > s->most || text.len > JY__SCAN_BLOCK)
        return judge_each(s, text, offset);
    status = jy__scan_match(s, text, s->offset + offset, (jy_span){ 0, text.len }, NULL, 0);
    if (status == JY_OK && jy__scan_any(s))
        return judge_lines(s, text, offset);
    s->number += jy__scan_lines(text, 0);
    return status;
}
