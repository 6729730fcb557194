/* Findings of lines of which each match is a finding as it is and overlaps with no other: most are such, and they are many where findings are many. In:
 * the matches, some at a time, and the line around each. Out: lines and findings, in a straight line: how long a line is, how many findings it has and how
 * these differ from what is written is as good as random for a branch. */
#include "judge/judge_record.h"

#define PIECE 128 /* bytes: most lines are shorter, and are copied as one piece */

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
static inline bool put_line(jy_result *result, room *to, const jy__plain *plain, const jy__line_at *at)
{
    const jy_str text = { plain->text.ptr + at->begin, at->end - at->begin };
    jy__line *own = &result->lines.items[result->lines.count];
    own->text.ptr = copy_line(result, to, text, plain->text.len - at->begin);
    own->text.len = text.len;
    own->number = plain->number + at->before;
    own->offset = plain->offset + at->begin;
    result->lines.count++;
    return own->text.ptr != NULL;
}

int jy__result_add_plain(jy_result *result, const jy__plain *plain, size_t count)
{
    room to = { NULL, NULL, 0 };
    bool done = jy__brief_room(result, count) && jy__line_room(result, count);
    for (size_t i = 0, line = SIZE_MAX; done && i < count; i++) {
        const jy__match *match = &plain->matches[i];
        if (plain->lines[i].begin != line)
            done = put_line(result, &to, plain, &plain->lines[i]);
        line = plain->lines[i].begin;
        done = done && jy__brief_put_match(result, match, line);
    }
    close_room(result, &to);
    if (result->lines.count && result->lines.items[result->lines.count - 1].number >= result->turn_count)
        result->turn_count = result->lines.items[result->lines.count - 1].number + 1;
    return done ? JY_OK : JY_E_NOMEM;
}
