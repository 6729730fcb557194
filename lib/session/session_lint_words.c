/* Lint of what phrases are written with: marks that mean something elsewhere, and are plain text here — full-width brackets, signs of patterns, what
 * parts words for people. All of it loads, and is then never found. */
#include "session/session_run.h"

static size_t find(jy_str text, const char *part, size_t from)
{
    size_t len = strlen(part);
    for (size_t at = from; at + len <= text.len; at++)
        if (memcmp(text.ptr + at, part, len) == 0)
            return at;
    return SIZE_MAX;
}

/* The first of the parts that stands there, and not behind a backslash. */
static bool find_any(jy_str text, const char *const *parts, size_t count, jy_str *out)
{
    for (size_t i = 0; i < count; i++)
        for (size_t at = find(text, parts[i], 0); at != SIZE_MAX; at = find(text, parts[i], at + 1))
            if (!at || text.ptr[at - 1] != '\\') {
                *out = (jy_str){ text.ptr + at, strlen(parts[i]) };
                return true;
            }
    return false;
}

/* （甲｜乙）, （甲）?, ｛名字｝ */
static bool has_wide_grammar(jy_str text, jy_str *out)
{
    static const char *const signs[] = { "｜", "）?", "）？", "｛", "｝" };
    return find_any(text, signs, JY__COUNT(signs), out);
}

/* [啊呀]: with something in it. */
static bool has_class(jy_str text, jy_str *out)
{
    size_t open = find(text, "[", 0), close = open == SIZE_MAX ? SIZE_MAX : find(text, "]", open);
    if (close == SIZE_MAX || close - open < 4 || (open && text.ptr[open - 1] == '\\'))
        return false;
    *out = (jy_str){ text.ptr + open, close + 1 - open };
    return true;
}

static bool has_pattern(jy_str text, jy_str *out)
{
    static const char *const signs[] = { ".*", ".+", ".?", ".{", "\\d", "\\w", "\\s", "(?:", "(?=", "(?!", "^", "$" };
    return find_any(text, signs, JY__COUNT(signs), out) || has_class(text, out);
}

static bool is_beside_han(jy_str text, size_t begin, size_t end)
{
    const char *at = text.ptr + end, *stop = text.ptr + text.len;
    bool valid;
    if (begin < 3 || !jy__fold_is_han(jy__utf8_next(&(const char *){ text.ptr + begin - 3 }, stop, &valid)))
        return false;
    return at < stop && jy__fold_is_han(jy__utf8_next(&at, stop, &valid));
}

/* 没办法、不知道 and 没办法 或 不知道 are one phrase each. */
static bool parts_words(jy_str text, jy_str *out)
{
    static const char *const marks[] = { "、", "/", "；", ";", " 或 ", " 或者 ", "，或" };
    for (size_t i = 0; i < JY__COUNT(marks); i++)
        for (size_t at = find(text, marks[i], 0); at != SIZE_MAX; at = find(text, marks[i], at + 1))
            if (is_beside_han(text, at, at + strlen(marks[i]))) {
                *out = (jy_str){ text.ptr + at, strlen(marks[i]) };
                return true;
            }
    return false;
}

int jy__lint_words(jy_str written, jy_str *part_out)
{
    if (has_wide_grammar(written, part_out))
        return JY__LINT_WIDE;
    if (has_pattern(written, part_out))
        return JY__LINT_PATTERN;
    return parts_words(written, part_out) ? JY__LINT_PARTS : 0;
}
