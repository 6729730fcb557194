/* Windows: the text of `where:` goes in, a jy__window comes out.
 *   turn | call | (next|previous|first|last) N turn(s) [of agent|customer|any] | (next|previous|first|last) <length of time> */
#include "rules/rules_inside.h"

#define WORDS_MOST 5
#define TURNS_MOST 10000

static const char *const direction_names[] = { "next", "previous", "first", "last" };
static const jy__window_kind turn_kinds[] = { JY__WINDOW_NEXT_TURNS, JY__WINDOW_PREVIOUS_TURNS, JY__WINDOW_FIRST_TURNS, JY__WINDOW_LAST_TURNS };
static const jy__window_kind time_kinds[] = { JY__WINDOW_NEXT_MS, JY__WINDOW_PREVIOUS_MS, JY__WINDOW_FIRST_MS, JY__WINDOW_LAST_MS };

static size_t split(jy_str text, jy_str words[WORDS_MOST + 1])
{
    size_t count = 0;
    for (size_t at = 0; at < text.len && count <= WORDS_MOST;) {
        size_t from = at;
        while (at < text.len && text.ptr[at] != ' ')
            at++;
        if (at > from)
            words[count++] = (jy_str){ text.ptr + from, at - from };
        at++;
    }
    return count;
}

static bool take_speaker(jy_str word, int32_t *out)
{
    const jy__choices *speakers = jy__rules_choices(JY__CHOICES_SPEAKER);
    for (size_t i = 0; i < speakers->count; i++)
        if (jy__str_is(word, speakers->items[i].name)) {
            *out = speakers->items[i].value;
            return true;
        }
    return false;
}

static bool is_turns(jy_str word) { return jy__str_is(word, "turn") || jy__str_is(word, "turns"); }

static bool parse_window(const jy_str *words, size_t count, jy__window *out)
{
    size_t direction = 0;
    int64_t turns;
    if (count == 1 && (jy__str_is(words[0], "turn") || jy__str_is(words[0], "call"))) {
        out->kind = words[0].ptr[0] == 't' ? JY__WINDOW_TURN : JY__WINDOW_CALL;
        return true;
    }
    while (direction < JY__COUNT(direction_names) && count && !jy__str_is(words[0], direction_names[direction]))
        direction++;
    if (direction == JY__COUNT(direction_names) || count < 2)
        return false;
    if (count == 2 && jy__time_parse(words[1], &out->ms)) {
        out->kind = time_kinds[direction];
        return true;
    }
    if ((count != 3 && count != 5) || !jy__int_parse(words[1], &turns) || turns < 0 || turns > TURNS_MOST || !is_turns(words[2]) ||
        (count == 5 && (!jy__str_is(words[3], "of") || !take_speaker(words[4], &out->of))))
        return false;
    out->kind = turn_kinds[direction];
    out->turns = (uint32_t)turns;
    return true;
}

bool jy__window_looks_back(jy__window_kind kind) { return kind == JY__WINDOW_PREVIOUS_TURNS || kind == JY__WINDOW_PREVIOUS_MS; }

bool jy__window_is_relative(jy__window_kind kind)
{
    return kind == JY__WINDOW_NEXT_TURNS || kind == JY__WINDOW_NEXT_MS || jy__window_looks_back(kind);
}

bool jy__rules_where(jy__load *load, const jy__node *node, jy__window *out)
{
    jy_str words[WORDS_MOST + 1], text;
    if (!jy__rules_text(load, node, &text))
        return false;
    *out = (jy__window){ JY__WINDOW_NONE, node->pos, 0, 0, JY__SPEAKER_ANY };
    if (!parse_window(words, split(text, words), out))
        JY__SAY(load, WHERE_UNKNOWN, node->pos, jy__arg_text(load, text));
    else if (out->kind != JY__WINDOW_TURN && out->kind != JY__WINDOW_CALL && out->turns == 0 && out->ms == 0)
        JY__SAY0(load, WHERE_ZERO, node->pos);
    else
        return true;
    return false;
}
