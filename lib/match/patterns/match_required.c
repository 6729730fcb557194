/* What every match of a pattern must contain, read from the pattern's source. In: a pattern that compiles. Out: a few literals, one of
 * which stands in every match or right beside it in its line, or none when that is not sure; and all that is needed, as a tree (match_needs.c). Sequences,
 * groups, alternations, small classes, look-ahead and look-behind are understood; everything else (options, recursion, verbs) is passed over as "some text"
 * or ends the search: a filter may be blind, never wrong.
 *
 *   (我们|咱们)不?管.*(这事|这个)   {我们管, 我们不管, 咱们管, 咱们不管} · {这事, 这个}   best: the rarest; as rare as its commonest literal
 */
#include "match/patterns/match_needs.h"
#include "match/patterns/match_pattern_read.h"
#include "match/patterns/match_required_kept.h"
#include "fold/fold.h"

/* joined: so many literals at most may a run come to. */
typedef struct pattern_reader { jy__pattern_reader at; jy__kept kept; jy__needs *needs; uint32_t joined; } pattern_reader;

/* What a sequence or an alternation comes to. all: it can be nothing but these literals (the empty one among them, perhaps); count 0: that is not so. */
typedef struct piece { jy__required best, all; bool needed; } piece;
/* A sequence while it is read. run: one of these stands right before the reader. mark: the mark that does, for certain; before: that stood before what is
 * read now; 0: none. */
typedef struct sequence { piece *out; jy__required run; bool whole; uint32_t mark, before; } sequence;

#define DEEPEST 12
#define FAR JY__KEPT_FAR

/* ---- a run of characters that stand for themselves */

/* A single letter or digit is everywhere: it would filter nothing. */
static bool are_rare(const jy__required *literals)
{
    for (uint32_t i = 0; i < literals->count; i++)
        if (literals->items[i].count == 1 && literals->items[i].symbols[0] < 0x80)
            return false;
    return true;
}

static void end_run(pattern_reader *reader, sequence *own)
{
    jy__required *run = &own->run;
    uint32_t longest = jy__literals_longest(run);
    own->whole = false;
    if (!longest)
        return;
    jy__literals_shorten(run);
    if (run->items[0].count) { /* not even one may be empty */
        jy__needs_one_of(reader->needs, run);
        if (are_rare(run))
            jy__kept_better(&reader->kept, &own->out->best, run);
    }
    jy__kept_read(&reader->kept, &own->out->best, run, longest);
    jy__literals_empty(run);
}

/* What comes next is one of the literals, so many times. */
static void add_literals(pattern_reader *reader, sequence *own, const jy__required *literals, jy__times times)
{
    jy__required next = *literals, none;
    jy__literals_empty(&none);
    if (times == JY__PERHAPS || (times == JY__AT_MOST_ONCE && !jy__literals_add(&next, &none))) {
        end_run(reader, own);
        jy__kept_pass(&reader->kept, FAR);
        return;
    }
    if (!jy__literals_join(&own->run, &next, reader->joined)) {
        end_run(reader, own);
        own->run = next;
    }
    if (times == JY__OFTEN) {
        end_run(reader, own);
        jy__kept_pass(&reader->kept, FAR);
    }
}

/* Some text of which nothing is known, of so many symbols at most. */
static void add_unknown(pattern_reader *reader, sequence *own, uint32_t most)
{
    end_run(reader, own);
    jy__kept_pass(&reader->kept, most);
}

static bool is_usable(uint32_t cp) { return jy__pattern_is_word(cp) && jy__fold_one(cp) == cp && jy__fold_kind(cp) == JY__KIND_SYMBOL; }

/* It has no other case: what PCRE2 finds is the character itself. */
static bool is_mark(uint32_t cp) { return !jy__pattern_is_word(cp) || jy__fold_kind(cp) == JY__KIND_MARK || jy__fold_kind(cp) == JY__KIND_STOP; }

static uint32_t lower(uint32_t cp) { return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp; }

/* Most turns have some mark, few have two side by side. */
static void need_mark(pattern_reader *reader, sequence *own, uint32_t mark)
{
    if (own->before)
        jy__needs_two(reader->needs, own->before, mark);
    else
        jy__needs_symbol(reader->needs, mark);
    own->mark = mark;
}

static void add_character(pattern_reader *reader, sequence *own, uint32_t cp)
{
    jy__times times = jy__pattern_times(&reader->at);
    jy__required one;
    one.count = one.items[0].count = 1;
    one.items[0].symbols[0] = lower(cp);
    if (is_usable(lower(cp))) {
        add_literals(reader, own, &one, times);
        return;
    }
    end_run(reader, own);
    if (jy__times_sure(times)) {
        jy__kept_mark(&reader->kept, cp);
        if (is_mark(cp))
            need_mark(reader, own, cp);
    }
    jy__kept_pass(&reader->kept, FAR);
}

/* ---- classes */

static bool are_usable(const jy__pattern_class *all)
{
    for (uint32_t i = 0; i < all->count; i++)
        if (!is_usable(lower(all->symbols[i])))
            return false;
    return true;
}

static void need_symbols(pattern_reader *reader, const jy__pattern_class *all)
{
    uint32_t node = jy__needs_open(reader->needs);
    bool known = all->known;
    for (uint32_t i = 0; i < all->count; i++) {
        known = known && (is_usable(lower(all->symbols[i])) || is_mark(all->symbols[i]));
        jy__needs_symbol(reader->needs, lower(all->symbols[i]));
    }
    if (!known)
        jy__needs_drop(reader->needs, node);
    else
        jy__needs_close(reader->needs, node, 0);
}

static void add_class(pattern_reader *reader, sequence *own)
{
    jy__pattern_class all;
    jy__required literals;
    jy__times times;
    jy__pattern_class_read(&reader->at, &all);
    times = jy__pattern_times(&reader->at);
    if (!all.known || !are_usable(&all)) {
        if (jy__times_sure(times))
            need_symbols(reader, &all);
        add_unknown(reader, own, times == JY__ONCE || times == JY__AT_MOST_ONCE ? 1 : FAR);
        return;
    }
    literals.count = all.count;
    for (uint32_t i = 0; i < all.count; i++) {
        literals.items[i].count = 1;
        literals.items[i].symbols[0] = lower(all.symbols[i]);
    }
    add_literals(reader, own, &literals, times);
}

/* ---- groups */

static void alternation(pattern_reader *reader, piece *out);

/* A group that takes part in the match. What it needs was written down at `node`; that of literals is written where their run ends. */
static void add_group(pattern_reader *reader, sequence *own, const piece *inside, jy__times times, uint32_t node)
{
    if (inside->all.count) {
        jy__needs_drop(reader->needs, node);
        add_literals(reader, own, &inside->all, times);
        return;
    }
    if (!jy__times_sure(times))
        jy__needs_drop(reader->needs, node);
    end_run(reader, own);
    if (jy__times_sure(times))
        jy__kept_better(&reader->kept, &own->out->best, &inside->best);
    jy__kept_pass(&reader->kept, FAR);
}

/* What is looked for beside the match does not part what stands before it from what stands behind. */
static void see_beside(pattern_reader *reader, sequence *own, const piece *inside, bool needed, uint32_t node)
{
    if (needed)
        jy__kept_better(&reader->kept, &own->out->best, &inside->best);
    else
        jy__needs_drop(reader->needs, node);
}

static void group(pattern_reader *reader, sequence *own)
{
    piece inside;
    uint32_t node = reader->needs->count;
    jy__group kind = jy__pattern_open(&reader->at);
    jy__times times;
    if (kind == JY__GROUP_LOST || ++reader->kept.depth > DEEPEST) {
        reader->at.lost = true;
        return;
    }
    alternation(reader, &inside);
    reader->kept.depth--; /* what is kept of the group itself is beside it again */
    if (!jy__pattern_at(&reader->at, ')')) {
        reader->at.lost = true;
        return;
    }
    reader->at.p++;
    times = jy__pattern_times(&reader->at);
    if (kind == JY__GROUP_PLAIN)
        add_group(reader, own, &inside, times, node);
    else
        see_beside(reader, own, &inside, kind == JY__GROUP_NEAR && jy__times_sure(times), node);
}

/* ---- sequences and alternations */

/* A backslash: before a sign it is that sign, before a letter or digit something that is not followed here. */
static void add_escaped(pattern_reader *reader, sequence *own)
{
    uint32_t sign = jy__pattern_escaped(&reader->at);
    if (sign) {
        add_character(reader, own, sign);
        return;
    }
    jy__pattern_times(&reader->at);
    add_unknown(reader, own, FAR);
}

static void add_next(pattern_reader *reader, sequence *own)
{
    uint32_t cp = jy__pattern_next(&reader->at);
    own->before = own->mark;
    own->mark = 0;
    if (cp == '\\') {
        add_escaped(reader, own);
    } else if (cp == '(') {
        group(reader, own);
    } else if (cp == '[') {
        add_class(reader, own);
    } else if (cp == '^' || cp == '$') {
        jy__pattern_times(&reader->at);
    } else if (cp == '.') {
        jy__pattern_times(&reader->at);
        add_unknown(reader, own, FAR);
    } else {
        add_character(reader, own, cp);
    }
}

static void read_sequence(pattern_reader *reader, piece *out)
{
    sequence own = { .out = out, .whole = true };
    uint32_t node = jy__needs_open(reader->needs);
    jy__literals_empty(&own.run);
    out->best.count = out->all.count = 0;
    while (reader->at.p < reader->at.end && !reader->at.lost && *reader->at.p != '|' && *reader->at.p != ')')
        add_next(reader, &own);
    if (own.whole)
        out->all = own.run;
    end_run(reader, &own);
    out->needed = jy__needs_close(reader->needs, node, JY__NEED_ALL);
}

/* What is not sure of each branch is not sure. */
static void add_branch(piece *to, const piece *branch, bool *sure, bool *all)
{
    *sure = *sure && branch->best.count && jy__literals_add(&to->best, &branch->best);
    *all = *all && branch->all.count && jy__literals_add(&to->all, &branch->all);
    to->needed = to->needed && branch->needed;
}

static void alternation(pattern_reader *reader, piece *out)
{
    piece branch;
    bool sure = true, all = true;
    uint32_t node = jy__needs_open(reader->needs);
    out->best.count = out->all.count = 0;
    out->needed = true;
    for (;;) {
        read_sequence(reader, &branch);
        add_branch(out, &branch, &sure, &all);
        if (reader->at.lost || !jy__pattern_at(&reader->at, '|'))
            break;
        reader->kept.branches = reader->kept.branches || reader->kept.depth == 0;
        reader->at.p++;
    }
    out->best.count = sure ? out->best.count : 0;
    out->all.count = all ? out->all.count : 0;
    if (!out->needed)
        jy__needs_drop(reader->needs, node);
    else
        out->needed = jy__needs_close(reader->needs, node, 0);
}

static void read_pattern(jy_str pattern, uint32_t joined, jy__required *out, jy__besides *besides, jy__needs *needs)
{
    pattern_reader reader = { { pattern.ptr, pattern.ptr + pattern.len, false }, { .since = FAR }, needs, joined };
    piece whole;
    needs->count = 0;
    needs->full = false;
    alternation(&reader, &whole);
    if (reader.at.lost || reader.at.p != reader.at.end)
        whole.best.count = needs->count = 0;
    if (needs->full)
        needs->count = 0;
    *out = whole.best;
    if (reader.kept.branches || out->count == 0)
        reader.kept.besides.count = 0;
    *besides = reader.kept.besides;
}

/* Where the branches of an alternation have too many literals together, shorter ones may be few enough. */
void jy__required_of(jy_str pattern, jy__required *out, jy__besides *besides, jy__needs *needs)
{
    jy__needs other;
    read_pattern(pattern, JY__REQUIRED_MOST, out, besides, needs);
    for (uint32_t joined = JY__REQUIRED_MOST / 2; joined && !out->count; joined /= 2)
        read_pattern(pattern, joined, out, besides, &other);
}
