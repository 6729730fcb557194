/* What every match of a pattern must contain, read from the pattern's source. In: a pattern that compiles. Out: a few literals, one of
 * which stands in every match or right beside it in its line, or none when that is not sure. Sequences, groups, alternations, look-ahead and
 * look-behind are understood; everything else (classes, options, recursion, verbs) is passed over as "some text" or ends the search: a filter may be
 * blind, never wrong.
 *
 *   (我们|咱们)不?(管|负责)这事   sequence: {我们, 咱们} · ? · {管, 负责} · {这事}   best: {这事} (the rarest; as rare as its commonest literal)
 */
#include "match/match_required_kept.h"
#include "fold/fold.h"

typedef struct pattern_reader { const char *p, *end; bool lost; jy__kept kept; } pattern_reader;

#define DEEPEST 12
#define FAR JY__KEPT_FAR

static bool is_word(uint32_t cp)
{
    return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || cp >= 0x80;
}

/* ---- pieces of a sequence */

static uint32_t next(pattern_reader *reader)
{
    bool valid;
    return jy__utf8_next(&reader->p, reader->end, &valid);
}

static bool at(const pattern_reader *reader, char c) { return reader->p < reader->end && *reader->p == c; }

static bool is_counting(char c) { return (c >= '0' && c <= '9') || c == ',' || c == ' '; }
static bool counts(const pattern_reader *reader) { return at(reader, '{') && reader->p + 1 < reader->end && is_counting(reader->p[1]); }

/* To the end of {n,m}. With anything else in it PCRE2 takes it for plain characters: that is not followed. */
static void pass_count(pattern_reader *reader)
{
    do
        reader->p++;
    while (reader->p < reader->end && is_counting(*reader->p));
    reader->lost |= !at(reader, '}');
}

/* The quantifier that follows: at least one time? {n,m} and its like read as "perhaps not" unless n > 0. */
static bool quantifier(pattern_reader *reader, bool *repeats)
{
    bool sure = true;
    *repeats = false;
    if (at(reader, '?') || at(reader, '*')) {
        sure = false;
    } else if (counts(reader)) {
        sure = reader->p[1] >= '1' && reader->p[1] <= '9';
        pass_count(reader);
    } else if (!at(reader, '+')) {
        return true;
    }
    *repeats = true;
    if (reader->p < reader->end)
        reader->p++;
    if (at(reader, '?') || at(reader, '+'))
        reader->p++;
    return sure;
}

static void pass_class(pattern_reader *reader)
{
    if (at(reader, '^'))
        reader->p++;
    if (at(reader, ']'))
        reader->p++;
    while (reader->p < reader->end && *reader->p != ']') {
        if (*reader->p == '[' && reader->p + 1 < reader->end && reader->p[1] == ':') {
            reader->lost = true; /* POSIX classes nest: not followed */
            return;
        }
        if (*reader->p == '\\' && reader->p + 1 < reader->end) {
            reader->lost |= reader->p[1] == 'Q';
            reader->p++;
        }
        reader->p++;
    }
    if (reader->p < reader->end)
        reader->p++;
}

/* A class or a group that follows the best literals. */
static void pass_symbols(pattern_reader *reader, uint32_t most)
{
    reader->kept.since = reader->kept.depth || most == FAR || reader->kept.since == FAR ? FAR : reader->kept.since + most;
}

/* One symbol, with its quantifier; how often it may come is only followed when that is once. */
static void pass_one(pattern_reader *reader)
{
    bool once = !at(reader, '*') && !at(reader, '+') && !at(reader, '{'), repeats;
    quantifier(reader, &repeats);
    pass_symbols(reader, once ? 1 : FAR);
}

static void alternation(pattern_reader *reader, jy__required *out);

static bool is_usable(uint32_t cp) { return is_word(cp) && jy__fold_one(cp) == cp && jy__fold_kind(cp) == JY__KIND_SYMBOL; }

/* Whether [begin, end) is literals and nothing more: 不|没有|没. None is longer than two symbols, which differ: it is found wherever it stands. */
static bool is_list(const char *begin, const char *end, const jy__required *literals)
{
    bool valid;
    while (begin < end) {
        uint32_t cp = jy__utf8_next(&begin, end, &valid);
        if (cp != '|' && !is_usable(cp))
            return false;
    }
    for (uint32_t i = 0; i < literals->count; i++)
        if (literals->items[i].count > 2 || (literals->items[i].count == 2 && literals->items[i].symbols[0] == literals->items[i].symbols[1]))
            return false;
    return true;
}

/* What stands behind "(": content that is in every match (of a look-ahead or look-behind too: what it sees is text of the same line), content that
 * may be in none (of what must not stand there), or something that is not followed. */
typedef enum group_kind { GROUP_LOST, GROUP_NEEDED, GROUP_DENIED } group_kind;

static group_kind open_group(pattern_reader *reader)
{
    static const struct { const char *sign; group_kind kind; } kinds[] = {
        { "?:", GROUP_NEEDED }, { "?=", GROUP_NEEDED }, { "?<=", GROUP_NEEDED }, { "?!", GROUP_DENIED }, { "?<!", GROUP_DENIED }
    };
    size_t left = (size_t)(reader->end - reader->p);
    for (size_t i = 0; i < JY__COUNT(kinds); i++) {
        size_t length = strlen(kinds[i].sign);
        if (left < length || memcmp(reader->p, kinds[i].sign, length))
            continue;
        reader->p += length;
        return kinds[i].kind;
    }
    return at(reader, '?') || at(reader, '*') ? GROUP_LOST : GROUP_NEEDED;
}

static void group(pattern_reader *reader, jy__required *best)
{
    jy__required inside;
    const char *begin = reader->p;
    group_kind kind = open_group(reader);
    bool repeats, plain = begin == reader->p || reader->p[-1] == ':', list;
    if (kind == GROUP_LOST || ++reader->kept.depth > DEEPEST) {
        reader->lost = true;
        return;
    }
    alternation(reader, &inside);
    reader->kept.depth--; /* what is kept of the group itself is beside it again */
    if (!at(reader, ')')) {
        reader->lost = true;
        return;
    }
    list = plain && is_list(begin + (*begin == '?' ? 2 : 0), reader->p, &inside);
    reader->p++;
    reader->kept.since = FAR;
    if (quantifier(reader, &repeats) && kind == GROUP_NEEDED)
        jy__kept_better(&reader->kept, best, &inside);
    if (list && !repeats && !reader->kept.depth && jy__required_same(best, &inside))
        reader->kept.since = 0;
}

/* ---- a run of characters that stand for themselves */

/* A single letter or digit is everywhere: it would filter nothing. */
static void end_run(pattern_reader *reader, jy__required *run, jy__required *best)
{
    const jy__required_literal *literal = &run->items[0];
    if (literal->count > 1 || (literal->count == 1 && literal->symbols[0] >= 0x80)) {
        run->count = 1;
        jy__kept_better(&reader->kept, best, run);
    }
    run->items[0].count = 0;
}

static void add_character(pattern_reader *reader, uint32_t cp, jy__required *run, jy__required *best)
{
    bool repeats, sure, usable;
    jy__required_literal *literal = &run->items[0];
    cp = cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    usable = is_usable(cp);
    sure = quantifier(reader, &repeats);
    if (usable && sure && literal->count < JY__REQUIRED_LONGEST)
        literal->symbols[literal->count++] = cp;
    if (!usable && sure)
        jy__kept_mark(&reader->kept, cp);
    reader->kept.since = FAR;
    if (repeats || !usable || literal->count == JY__REQUIRED_LONGEST)
        end_run(reader, run, best);
}

/* Behind \p, \P and the first digit of \1: their rest. They stand for some text. */
static void pass_rest(pattern_reader *reader, uint32_t cp)
{
    const char *close = cp >= '1' && cp <= '9' ? NULL : memchr(reader->p, '}', (size_t)(reader->end - reader->p));
    if (close && at(reader, '{'))
        reader->p = close + 1;
    else if (!(cp >= '1' && cp <= '9') && reader->p < reader->end)
        next(reader);
    while (cp >= '1' && cp <= '9' && reader->p < reader->end && *reader->p >= '0' && *reader->p <= '9')
        reader->p++;
}

/* A backslash: before a sign it is that sign, before a letter or digit something that is not followed here. */
static void escape(pattern_reader *reader, jy__required *run, jy__required *best)
{
    uint32_t cp = reader->p < reader->end ? next(reader) : 0;
    bool repeats;
    reader->kept.since = FAR;
    if ((cp >= '1' && cp <= '9') || cp == 'p' || cp == 'P')
        pass_rest(reader, cp);
    else if ((is_word(cp) && cp < 0x80 && !strchr("dDwWsShHvVbBAzZGRN", (int)cp)) || (at(reader, '{') && !counts(reader))) { /* \N{U+4E0D} */
        reader->lost = true;
        return;
    }
    end_run(reader, run, best);
    quantifier(reader, &repeats);
}

static void sequence(pattern_reader *reader, jy__required *best)
{
    jy__required run;
    bool repeats;
    run.count = run.items[0].count = best->count = 0;
    while (reader->p < reader->end && !reader->lost && *reader->p != '|' && *reader->p != ')') {
        uint32_t cp = next(reader);
        if (cp == '\\') {
            escape(reader, &run, best);
        } else if (cp == '(') {
            end_run(reader, &run, best);
            group(reader, best);
        } else if (cp == '[') {
            end_run(reader, &run, best);
            pass_class(reader);
            pass_one(reader);
        } else if (cp == '.' || cp == '^' || cp == '$') {
            end_run(reader, &run, best);
            quantifier(reader, &repeats);
            reader->kept.since = FAR;
        } else {
            add_character(reader, cp, &run, best);
        }
    }
    end_run(reader, &run, best);
}

/* All branches together; when one has nothing, nothing is sure. */
static void alternation(pattern_reader *reader, jy__required *out)
{
    jy__required branch;
    bool none = false;
    out->count = 0;
    for (;;) {
        sequence(reader, &branch);
        none |= branch.count == 0 || out->count + branch.count > JY__REQUIRED_MOST;
        for (uint32_t i = 0; !none && i < branch.count; i++)
            out->items[out->count++] = branch.items[i];
        if (reader->lost || !at(reader, '|'))
            break;
        reader->kept.branches = reader->kept.branches || reader->kept.depth == 0;
        reader->p++;
    }
    if (none)
        out->count = 0;
}

void jy__required_of(jy_str pattern, jy__required *out, jy__besides *besides)
{
    pattern_reader reader = { pattern.ptr, pattern.ptr + pattern.len, false, { .since = FAR } };
    alternation(&reader, out);
    if (reader.lost || reader.p != reader.end)
        out->count = 0;
    if (reader.kept.branches || out->count == 0)
        reader.kept.besides.count = 0;
    *besides = reader.kept.besides;
}
