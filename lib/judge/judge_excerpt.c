/* Which line of a text a finding stands in. Comes in: excerpts, each of whole lines that follow one another; goes out: one line with its number, as if
 * each were kept by itself. Lines are told apart when they are asked for, from the one asked for last on: most are only counted, and those that are shown
 * are shown in order. */
#include "judge/judge_record.h"

/* The last excerpt that begins at or before finding number `place`. */
static size_t excerpt_with(const jy_result *result, size_t place)
{
    const jy__excerpt *all = result->excerpts.items;
    size_t low = result->has_line ? result->line.excerpt : 0, high = result->excerpts.count;
    if (low + 1 < high && all[low].first <= place && (low + 2 == high || place < all[low + 2].first)) /* the one asked for last or the next, mostly */
        return low + (place >= all[low + 1].first);
    for (low = 0; high - low > 1;) {
        size_t middle = low + (high - low) / 2;
        if (all[middle].first <= place)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* From the line that *walk stands at to that of a byte of the same excerpt. */
static void walk_to(jy__line_walk *walk, const jy__excerpt *excerpt, size_t at)
{
    const jy_str text = excerpt->lines.text;
    const char *last = jy__memrchr(text.ptr, '\n', at), *next = memchr(text.ptr + at, '\n', text.len - at);
    const size_t begin = last ? (size_t)(last - text.ptr) + 1 : 0, end = next ? (size_t)(next - text.ptr) : text.len;
    if (begin >= walk->begin)
        walk->line.number += jy__lines(text.ptr + walk->begin, text.ptr + begin);
    else
        walk->line.number -= jy__lines(text.ptr + begin, text.ptr + walk->begin);
    walk->begin = begin;
    walk->line.text = (jy_str){ text.ptr + begin, end - begin };
    walk->line.offset = excerpt->lines.offset + begin;
    walk->found = false;
}

/* The line of a byte of an excerpt. What was asked for last is kept, since reading is for one thread at a time. */
static jy__line_walk *line_at(const jy_result *result, size_t number, size_t at)
{
    jy_result *own = (jy_result *)result;
    const jy__excerpt *excerpt = &result->excerpts.items[number];
    jy__line_walk *walk = &own->line;
    const bool there = own->has_line && walk->excerpt == number;
    if (!there)
        *walk = (jy__line_walk){ .excerpt = number, .line = excerpt->lines };
    if (!excerpt->one && !(there && at >= walk->begin && at - walk->begin < walk->line.text.len))
        walk_to(walk, excerpt, at);
    own->has_line = true;
    return walk;
}

static jy_span span_of(const jy_result *result, const jy__brief *brief)
{
    if (brief->length == JY__BRIEF_FAR)
        return result->far.items[brief->begin].span;
    return (jy_span){ brief->begin, (size_t)brief->begin + brief->length };
}

jy__line jy__result_line_of(const jy_result *result, const jy__brief *brief, jy_span *span)
{
    const jy_span own = span_of(result, brief);
    jy__line_walk *walk = line_at(result, excerpt_with(result, (size_t)(brief - result->briefs.items)), own.begin);
    walk->found = true;
    *span = (jy_span){ own.begin - walk->begin, own.end - walk->begin };
    return walk->line;
}

/* ---- by number */

/* The last excerpt that begins at or before the line; SIZE_MAX: none does. */
static size_t excerpt_from(const jy_result *result, uint64_t number)
{
    size_t low = 0;
    JY__FIRST_NOT(low, result->excerpts.count, i, result->excerpts.items[i].lines.number <= number);
    return low - 1;
}

/* Where a line of the excerpt begins, looked for from the one asked for last on; SIZE_MAX: it has not so many. */
static size_t begin_of(const jy_result *result, size_t place, uint64_t number)
{
    const jy__excerpt *excerpt = &result->excerpts.items[place];
    const jy__line_walk *walk = &result->line;
    const bool on = result->has_line && walk->excerpt == place && walk->line.number <= number;
    const jy_str text = excerpt->lines.text;
    size_t at = on ? walk->begin : 0;
    for (uint64_t left = number - (on ? walk->line.number : excerpt->lines.number); left > 0; left--) {
        const char *end = memchr(text.ptr + at, '\n', text.len - at);
        if (!end)
            return SIZE_MAX;
        at = (size_t)(end - text.ptr) + 1;
    }
    return at;
}

/* Whether a finding of the excerpt begins in [begin, end) of it. They stand in order. */
static bool has_finding(const jy_result *result, size_t excerpt, size_t begin, size_t end)
{
    size_t low = result->excerpts.items[excerpt].first, count = result->excerpts.count;
    size_t behind = excerpt + 1 < count ? result->excerpts.items[excerpt + 1].first : result->briefs.count;
    JY__FIRST_NOT(low, behind, i, span_of(result, &result->briefs.items[i]).begin < begin);
    return low < behind && span_of(result, &result->briefs.items[low]).begin < end;
}

static bool find_line(const jy_result *result, uint64_t number)
{
    const size_t place = excerpt_from(result, number);
    const jy__excerpt *excerpt = place == SIZE_MAX ? NULL : &result->excerpts.items[place];
    const jy__line_walk *walk;
    size_t begin = 0;
    if (!excerpt || (excerpt->one && excerpt->lines.number != number))
        return false;
    if (!excerpt->one)
        begin = begin_of(result, place, number);
    if (begin == SIZE_MAX)
        return false;
    walk = line_at(result, place, begin);
    return excerpt->one || has_finding(result, place, begin, begin + walk->line.text.len);
}

/* Who asks for a line was mostly told its number by a finding just before. */
bool jy__line_find(const jy_result *result, uint64_t number, jy__line *out)
{
    const jy__line_walk *walk = &result->line;
    if (!(result->has_line && walk->found && walk->line.number == number) && !find_line(result, number))
        return false;
    *out = walk->line;
    return true;
}

uint32_t jy__line_shown(const jy_result *result, const jy__line *line) { return result->apart ? 1 : (uint32_t)(line->number + 1); }

bool jy__line_turn(const jy_result *result, uint64_t number, jy_turn *out)
{
    jy__line line;
    if (!jy__line_find(result, number, &line))
        return false;
    *out = (jy_turn)JY_TURN_INIT;
    out->text = line.text;
    out->speaker = JY_AGENT;
    out->place.line = jy__line_shown(result, &line);
    out->place.column = out->place.byte_column = 1;
    out->place.offset = line.offset;
    return true;
}
