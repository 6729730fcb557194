/* The lines of a block of text. In: the block, as long as is matched at once. Out: the lines in which there is something go to be judged
 * one by one, each with its number; the others are only counted. */
#include "fold/fold_near.h"
#include "session/session_scan.h"

size_t jy__scan_lines(jy_str text, size_t from)
{
    return text.len > from ? jy__lines(text.ptr + from, text.ptr + text.len) : 0;
}

static jy__line line_of(const jy__text_scan *s, jy_str text, jy_span line, size_t offset)
{
    return (jy__line){ s->number, { text.ptr + line.begin, line.end - line.begin }, s->offset + offset + line.begin };
}

/* What telling a match reads of the rules is far apart, and of many phrases it does not stay in the cache: it is fetched while those before are told. */
#define AHEAD_LITERAL 8
#define AHEAD_TEXT 4 /* where a text stands is known from the literal */
static void fetch_ahead(const jy__text_scan *s, jy_str text, size_t number)
{
    const jy__set *set = &s->rules->sets[JY__SET_FORBID];
    const jy__matches *taken = &s->scanner->taken;
    if (number + AHEAD_LITERAL < taken->count) {
        const jy__match *match = &taken->items[number + AHEAD_LITERAL];
        __builtin_prefetch(&set->stands[match->literal]);
        if (match->count[JY_FOLD_SOUND])
            __builtin_prefetch(&set->forms[match->literal]);
    }
    if (number + AHEAD_TEXT < taken->count && taken->items[number + AHEAD_TEXT].count[JY_FOLD_SOUND]) {
        const jy__match *match = &taken->items[number + AHEAD_TEXT];
        __builtin_prefetch(s->rules->texts + set->forms[match->literal]);
        jy__near_fetch(text, match->begin);
        jy__near_fetch(text, jy__match_end(match));
    }
}

/* A match is looked at where it stands, since the line need not be known for it to come to nothing. */
static size_t next_line(jy__text_scan *s, jy_str text, size_t from)
{
    jy__scan_pass(s, text, 0, s->scanner->taken.count);
    return jy__scan_next_from(s, from, s->standing);
}

/* A map of the block's lines: to look for the ends of each that is judged would take as long, and to count them again. */
static jy__lines_map map_lines(const jy_scanner *scanner, jy_str text)
{
    if (scanner->match.lines_made)
        return (jy__lines_map){ .ends = scanner->lines.items, .text = text };
    return jy__lines_map_of(text, scanner->lines.items);
}

/* The matches in what ends at `end`, from the first that does not come to nothing on; *alone: all of them need no judging. */
static jy__scan_alone gather(const jy__text_scan *s, jy_str text, size_t end, bool *alone)
{
    const jy__matches *taken = &s->scanner->taken;
    jy__scan_alone found = { s->standing, s->standing, s->standing, false };
    *alone = jy__scan_next_place(s) >= end && !s->every;
    if (*alone)
        jy__scan_pass_plain(s, &found, end);
    while (found.last < taken->count && taken->items[found.last].begin < end) {
        fetch_ahead(s, text, found.last);
        *alone = *alone && jy__scan_is_alone(s, &found, text, 0);
        found.last += !*alone;
    }
    return found;
}

static int judge_line(jy__text_scan *s, jy_str text, jy_span span, size_t offset)
{
    jy__line line = line_of(s, text, span, offset);
    int status = JY_OK;
    jy__scan_turn found;
    bool alone;
    const jy__scan_alone all = gather(s, text, span.end, &alone);
    if (alone) {
        s->matches_done = s->standing = all.last;
        return jy__scan_tell_alone(s, &line, &all, span.begin);
    }
    if (jy__scan_take(s, line.text, span.begin, &found))
        status = jy__scan_judge(s, &line, &found, span.begin);
    s->standing = all.last;
    return status;
}

/* ---- lines of which each match is a finding as it is, or overlaps with none but of its rule, of which the leftmost is: most are such, and are told some
 * at a time */

static size_t line_end(jy_str text, size_t at)
{
    const char *end = memchr(text.ptr + at, '\n', text.len - at);
    return end ? (size_t)(end - text.ptr) : text.len;
}

/* The lines around those of each part; parts that share a line are one. Field by field: what was just written so cannot be read as one piece at once. */
static size_t lines_around(jy__lines_map *map, const jy__near_ones *near, size_t parts, jy__lines_with out[JY__SCAN_SOME])
{
    jy__line_at own[JY__SCAN_SOME];
    jy__lines_with *to = out;
    jy__lines_around(map, near->first, parts, own);
    for (size_t i = 0; i < parts; i++) {
        const size_t begin = own[i].begin, end = own[i].end, last = near->last[i], count = near->before[i + 1] - near->before[i];
        if (i == 0 || begin > to->at.end) {
            to += i > 0;
            to->at.begin = begin;
            to->at.before = own[i].before;
            to->count = 0;
        }
        to->at.end = last <= end ? end : line_end(map->text, last);
        to->count += count;
    }
    return parts ? (size_t)(to + 1 - out) : 0;
}

/* Without the matches of the last line, when one that begins at `next` is in it too. */
static size_t drop_broken(jy_str text, const jy__match *end, size_t next, jy__lines_with *lines, size_t count)
{
    jy__lines_with *last = &lines[count - 1];
    const char *from = text.ptr + last->at.begin, *before = jy__memrchr(from, '\n', end[-1].begin - last->at.begin);
    const size_t begin = last->at.begin + (before ? (size_t)(before - from) + 1 : 0);
    if (next > last->at.end)
        return count;
    while (last->count && end[-1].begin >= begin)
        end--, last->count--;
    last->at.end = begin - 1;
    return last->count ? count : count - 1;
}

/* Without those that are passed over. */
static void close_up(jy__match *matches, uint64_t passed, jy__lines_with *lines, size_t count)
{
    jy__match *to = matches;
    for (jy__lines_with *own = lines; own < lines + count; own++) {
        size_t left = own->count;
        for (; left > 0; left--, matches++, passed >>= 1) {
            own->count -= passed & 1;
            if (!(passed & 1))
                *to++ = *matches;
        }
    }
}

/* *told: how many were. */
static int tell_plain(jy__text_scan *s, jy_str text, size_t offset, uint64_t number, jy__lines_map *map, size_t *told)
{
    const jy__matches *taken = &s->scanner->taken;
    jy__match *matches = taken->items + s->standing;
    const jy__plain plain = { matches, text, number, s->offset + offset };
    jy__lines_with lines[JY__SCAN_SOME];
    jy__near_ones near;
    size_t count, parts = jy__scan_plain(s, &near, &count);
    parts = lines_around(map, &near, parts, lines);
    if (count && s->standing + count < taken->count)
        parts = drop_broken(text, matches + count, matches[count].begin, lines, parts);
    *told = 0;
    for (size_t i = 0; i < parts; i++)
        *told += lines[i].count;
    if (!*told) /* those passed over may be parts of what is judged */
        return JY_OK;
    if (near.passed)
        close_up(matches, near.passed, lines, parts);
    s->matches_done = s->standing += *told;
    return jy__result_add_plain(s->result, &plain, lines, parts);
}

/* Lines in which there is something, from that of `at` on, in order. The block begins at `offset` of the text. */
static int judge_found(jy__text_scan *s, jy_str text, size_t offset, size_t at, jy__lines_map *lines)
{
    const uint64_t first = s->number;
    const bool by_matches = !s->every && !s->scanner->places.count;
    int status = JY_OK;
    while (status == JY_OK && at < text.len) {
        jy__line_at line;
        size_t told = 0;
        if (by_matches && (status = tell_plain(s, text, offset, first, lines, &told)) == JY_OK && told) {
            at = next_line(s, text, 0);
            continue;
        }
        if (status != JY_OK)
            break;
        jy__lines_around(lines, &at, 1, &line);
        s->number = first + line.before;
        status = judge_line(s, text, (jy_span){ line.begin, line.end }, offset);
        at = line.end + 1 < text.len ? next_line(s, text, line.end + 1) : SIZE_MAX;
    }
    s->number = first + jy__lines_of(lines);
    return status;
}

static int judge_lines(jy__text_scan *s, jy_str text, size_t offset)
{
    const bool any = jy__scan_any(s), made = s->scanner->match.lines_made;
    size_t at = any ? next_line(s, text, 0) : SIZE_MAX;
    jy__lines_map lines;
    if (at >= text.len && !made) {
        s->number += jy__scan_lines(text, 0);
        return JY_OK;
    }
    lines = map_lines(s->scanner, text);
    return judge_found(s, text, offset, at, &lines);
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

/* The map is made while the block is matched, where the engine does that. */
int jy__scan_block(jy__text_scan *s, jy_str text, size_t offset)
{
    jy_scanner *scanner = s->scanner;
    int status;
    if (text.len > s->most || text.len > JY__SCAN_BLOCK)
        return judge_each(s, text, offset);
    if (!jy__mem_grow(&scanner->mem, &scanner->lines.items, &scanner->lines.capacity, JY__LINES_ROOM(text.len), sizeof(*scanner->lines.items)))
        return JY_E_NOMEM;
    scanner->match.lines = scanner->lines.items;
    status = jy__scan_match(s, text, s->offset + offset, (jy_span){ 0, text.len }, NULL, 0);
    scanner->match.lines = NULL;
    return status == JY_OK ? judge_lines(s, text, offset) : status;
}
