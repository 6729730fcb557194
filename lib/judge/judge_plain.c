/* Findings of lines of which each match is a finding as it is and overlaps with no other: most are such, and they are many where findings are many. In:
 * the matches, some at a time, and the lines around those that are near one another. Out: excerpts and findings, in a straight line: how these differ
 * from what is written is as good as random for a branch. */
#include "judge/judge_record.h"

#define LINE 64   /* bytes of the cache's */
#define PIECE 128 /* bytes: most lines with one finding are shorter, and are copied as one piece */

/* Where the next line is copied to, in the result's arena. */
typedef struct room { char *begin, *at; size_t left; } room;

static void close_room(jy_result *result, room *to)
{
    if (to->begin)
        jy__arena_close(&result->arena, (size_t)(to->at - to->begin));
    *to = (room){ NULL, NULL, 0 };
}

static bool open_room(jy_result *result, room *to)
{
    close_room(result, to);
    to->begin = to->at = jy__arena_open(&result->arena, PIECE, &to->left);
    return to->begin != NULL;
}

/* `readable` bytes may be read from where the line begins. NULL: no memory. */
static inline const char *copy_line(jy_result *result, room *to, jy_str line, size_t readable)
{
    char *own = to->at;
    jy_str copied;
    if (line.len >= PIECE || readable < PIECE) {
        close_room(result, to);
        return jy__arena_str(&result->arena, line, &copied) ? copied.ptr : NULL;
    }
    if (to->left < PIECE) {
        if (!open_room(result, to))
            return NULL;
        own = to->at;
    }
    memcpy(own, line.ptr, PIECE);
    own[line.len] = 0;
    to->at += line.len + 1;
    to->left -= line.len + 1;
    return own;
}

/* There is room for it. False: no memory for its text. */
static inline bool put_excerpt(jy_result *result, room *to, const jy__plain *plain, const jy__line_at *at)
{
    const jy_str text = { plain->text.ptr + at->begin, at->end - at->begin };
    jy__excerpt *own = &result->excerpts.items[result->excerpts.count];
    own->lines.text.ptr = result->text_stays ? text.ptr : copy_line(result, to, text, plain->text.len - at->begin);
    own->lines.text.len = text.len;
    own->lines.number = plain->number + at->before;
    own->lines.offset = plain->offset + at->begin;
    own->first = (uint32_t)result->briefs.count;
    own->one = false;
    result->excerpts.count++;
    return own->lines.text.ptr != NULL;
}

/* text: around them, as it is kept; what will be kept next goes right behind it mostly, as much or less: that memory is far, and is fetched meanwhile. */
static bool put_matches(jy_result *result, const jy__match *match, size_t count, size_t begin, jy_str text)
{
    const jy__match *end = match + count;
    const size_t step = text.len / count;
    const char *next = text.ptr + text.len;
    bool done = jy__brief_room(result, count);
    for (jy__brief *own = result->briefs.items + result->briefs.count; done && match < end; match++, own++, next += step) {
        __builtin_prefetch(next);
        __builtin_prefetch(next + LINE);
        done = jy__brief_set_match(result, own, match, begin);
    }
    result->briefs.count += done ? count : 0;
    return done;
}

int jy__result_add_plain(jy_result *result, const jy__plain *plain, const jy__lines_with *lines, size_t count)
{
    const jy__match *match = plain->matches;
    room to = { NULL, NULL, 0 };
    bool done = jy__excerpt_room(result, count);
    for (size_t i = 0; done && i < count; match += lines[i++].count)
        done = put_excerpt(result, &to, plain, &lines[i].at) &&
               put_matches(result, match, lines[i].count, lines[i].at.begin, result->excerpts.items[result->excerpts.count - 1].lines.text);
    close_room(result, &to);
    return done ? JY_OK : JY_E_NOMEM;
}
