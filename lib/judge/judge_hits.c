/* Matches of literals and patterns to hits of atoms: pieces of a phrase with gaps are joined, `whole:` is checked. */
#include "judge/judge.h"
#include <stdlib.h>

void jy__judge_begin(jy__judge *judge, jy_scanner *scanner, const jy_rules *rules, jy_str text, int32_t speaker)
{
    *judge = (jy__judge){ scanner, rules, text, speaker, false, false };
    for (int set = 0; set < JY__SET_COUNT; set++)
        scanner->collected[set] = false;
    scanner->words_set = false;
    scanner->candidates.count = 0;
}

static int add_hit(jy__judge *judge, jy__hits *hits, const jy__hit *hit)
{
    if (!JY__VEC_ROOM(&judge->scanner->mem, hits))
        return JY_E_NOMEM;
    hits->items[hits->count++] = *hit;
    return JY_OK;
}

static size_t commas(jy_str text)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    size_t count = 0, braces = 0; /* the comma of *{0,4} and the mark of (有)? are none of the wording */
    uint32_t last = 0;
    bool valid;
    while (p < end) {
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        braces += cp == '{' ? 1 : cp == '}' && braces ? (size_t)-1 : 0;
        if (braces)
            continue;
        count += cp == ',' || cp == 0xFF0C || cp == 0x3001 || cp == 0xFF64 || cp == ';' || cp == 0xFF1B || cp == 0x3002 || cp == '!' || cp == 0xFF01 ||
                 (cp == '?' && last != ')') || cp == 0xFF1F;
        last = cp;
    }
    return count;
}

/* What shields speaks of the words around a hit, so it may not reach over more commas than its author wrote: 知道不知道 excuses
 * 「您知道不知道」, not 「我怎么知道,不知道」. */
static bool reaches_too_far(const jy__judge *judge, const jy__atom *atom, const jy__hit *hit)
{
    if (atom->set != JY__SET_SHIELD || atom->regex)
        return false;
    return commas((jy_str){ judge->text.ptr + hit->begin, hit->end - hit->begin }) > commas(hit->form);
}

static int add_if_whole(jy__judge *judge, jy__hits *hits, const jy__hit *hit)
{
    const jy__atom *atom = &judge->rules->atoms[hit->atom];
    if (reaches_too_far(judge, atom, hit))
        return JY_OK;
    if (atom->whole && !judge->loose && !jy__judge_whole(judge, atom, hit->begin, hit->end))
        return JY_OK;
    return add_hit(judge, hits, hit);
}

static int by_chain(const void *a, const void *b)
{
    const jy__hit *x = a, *y = b;
    if (x->atom != y->atom) return x->atom < y->atom ? -1 : 1;
    if (x->form.len != y->form.len) return x->form.len < y->form.len ? -1 : 1; /* segment number, see take_match */
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return x->end > y->end ? -1 : x->end < y->end;
}

/* A piece of a phrase with gaps waits in `parts` with its chain for atom and its segment number for form.len. */
static int take_match(jy__judge *judge, jy__set_kind kind, const jy__match *match, size_t literal, size_t base)
{
    const jy__set *set = &judge->rules->sets[kind];
    for (uint32_t i = set->use_begin[literal]; i < set->use_begin[literal + 1]; i++) {
        const jy__chain *chain = &judge->rules->chains[set->uses[i].chain];
        jy__hit hit = { chain->atom, match->confidence, match->begin - base, match->end - base, set->forms[literal], { 0 } };
        int status;
        memcpy(hit.count, match->count, sizeof(hit.count));
        if (chain->segment_count == 1) {
            status = add_if_whole(judge, &judge->scanner->hits[kind], &hit);
        } else {
            hit.atom = set->uses[i].chain;
            hit.form.len = set->uses[i].segment;
            status = add_hit(judge, &judge->scanner->parts, &hit);
        }
        if (status != JY_OK)
            return status;
    }
    return JY_OK;
}

/* Characters between two pieces; a sentence end between them counts as too many. */
static size_t characters_between(jy_str text, size_t begin, size_t end)
{
    const char *p = text.ptr + begin, *stop = text.ptr + end;
    size_t count = 0;
    bool valid;
    while (p < stop) {
        jy__kind kind = jy__fold_kind(jy__utf8_next(&p, stop, &valid));
        if (kind == JY__KIND_STOP || kind == JY__KIND_NEWLINE)
            return SIZE_MAX;
        count += kind == JY__KIND_SYMBOL || kind == JY__KIND_MARK;
    }
    return count;
}

static void absorb(jy__hit *whole, const jy__hit *piece)
{
    whole->end = piece->end;
    if (piece->confidence < whole->confidence)
        whole->confidence = piece->confidence;
    for (int fold = 0; fold < JY_FOLD_COUNT; fold++)
        whole->count[fold] = (uint16_t)(whole->count[fold] + piece->count[fold]);
}

#define REACH_BYTES 1024 /* a gap of at most 255 characters lies within */

/* First piece of a segment that begins at or behind `begin`; pieces are ordered by segment, then begin. */
static size_t first_piece(const jy__hit *parts, size_t count, uint32_t segment, size_t begin)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (parts[middle].form.len < segment || (parts[middle].form.len == segment && parts[middle].begin < begin))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

#define JOINS_MOST 64 /* ways to join one first piece: alternatives of one phrase at one place */

typedef struct joining { jy__judge *judge; jy__set_kind kind; const jy__chain *chain; const jy__hit *parts; size_t count, joins; } joining;

/* Every way in which the chain goes on behind `whole`: which of them counts may depend on `whole:` or on what a shield must cover. */
static int join_from(joining *j, uint32_t segment, const jy__hit *whole)
{
    const jy__chain *chain = j->chain;
    int status = JY_OK;
    if (segment == chain->segment_count) {
        jy__hit hit = *whole;
        hit.atom = chain->atom;
        hit.form = j->judge->rules->atoms[chain->atom].written;
        j->joins++;
        return add_if_whole(j->judge, &j->judge->scanner->hits[j->kind], &hit);
    }
    for (size_t i = first_piece(j->parts, j->count, segment, whole->end); status == JY_OK && i < j->count && j->parts[i].form.len == segment; i++) {
        jy__hit longer = *whole;
        size_t between;
        if (j->parts[i].begin - whole->end > REACH_BYTES || j->joins >= JOINS_MOST)
            break;
        between = characters_between(j->judge->text, whole->end, j->parts[i].begin);
        if (between > chain->gaps[segment][1])
            break; /* the next begins no nearer */
        if (between < chain->gaps[segment][0])
            continue;
        absorb(&longer, &j->parts[i]);
        status = join_from(j, segment + 1, &longer);
    }
    return status;
}

static int join_chain(jy__judge *judge, jy__set_kind kind, const jy__hit *parts, size_t count)
{
    joining j = { judge, kind, &judge->rules->chains[parts[0].atom], parts, count, 0 };
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < count && parts[i].form.len == 0; i++) {
        j.joins = 0;
        status = join_from(&j, 1, &parts[i]);
    }
    return status;
}

static int join_parts(jy__judge *judge, jy__set_kind kind)
{
    jy__hits *parts = &judge->scanner->parts;
    size_t begin = 0;
    if (parts->count > 1)
        qsort(parts->items, parts->count, sizeof(*parts->items), by_chain);
    for (size_t at = 1; at <= parts->count; at++) {
        if (at < parts->count && parts->items[at].atom == parts->items[begin].atom)
            continue;
        int status = join_chain(judge, kind, parts->items + begin, at - begin);
        if (status != JY_OK)
            return status;
        begin = at;
    }
    return JY_OK;
}

static int by_atom(const void *a, const void *b)
{
    const jy__hit *x = a, *y = b;
    if (x->atom != y->atom) return x->atom < y->atom ? -1 : 1;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return x->end > y->end ? -1 : x->end < y->end;
}

static int note_unjudged(jy_scanner *scanner, uint32_t rule, int why)
{
    for (size_t i = 0; i < scanner->aborted.count; i++)
        if (scanner->aborted.items[i].rule == rule && scanner->aborted.items[i].why == why)
            return JY_OK;
    if (!JY__VEC_ROOM(&scanner->mem, &scanner->aborted))
        return JY_E_NOMEM;
    scanner->aborted.items[scanner->aborted.count++] = (jy_unchecked){ sizeof(jy_unchecked), rule, why, JY_TURN_NONE };
    return JY_OK;
}

/* The rules whose wording or situation hangs on the pattern. */
static int note_abort(jy__judge *judge, uint32_t atom, int why)
{
    const jy_rules *rules = judge->rules;
    int status = JY_OK;
    judge->scanner->limited = true;
    for (uint32_t i = rules->atom_rule_begin[atom]; status == JY_OK && i < rules->atom_rule_begin[atom + 1]; i++)
        status = note_unjudged(judge->scanner, rules->atom_rules[i], why);
    for (uint32_t i = rules->atom_call_begin[atom]; status == JY_OK && i < rules->atom_call_begin[atom + 1]; i++)
        status = note_unjudged(judge->scanner, rules->call_rules[rules->atom_calls[i]], why);
    return status;
}

static int collect_patterns(jy__judge *judge, jy__set_kind kind)
{
    const jy__set *set = &judge->rules->sets[kind];
    jy_scanner *scanner = judge->scanner;
    int status;
    scanner->regex_hits.list.count = scanner->regex_hits.aborted.count = 0;
    status = jy__regex_scan(set->regexes, scanner->regex, judge->text, jy__params_get(&scanner->params, JY_PARAM_REGEX_MATCH_LIMIT),
                            jy__params_get(&scanner->params, JY_PARAM_REGEX_DEPTH_LIMIT), &scanner->regex_hits);
    for (size_t i = 0; status == JY_OK && i < scanner->regex_hits.list.count; i++) {
        const jy__regex_hit *from = &scanner->regex_hits.list.items[i];
        jy__hit hit = { set->regex_atoms[from->regex], 100, from->begin, from->end, { NULL, 0 }, { 0 } };
        status = add_if_whole(judge, &scanner->hits[kind], &hit);
    }
    for (size_t i = 0; status == JY_OK && i < scanner->regex_hits.aborted.count; i++)
        status = note_abort(judge, set->regex_atoms[scanner->regex_hits.aborted.items[i]], JY_REGEX_ABORTED);
    return status;
}

/* The other parts of phrases with gaps, in this turn alone. */
static int take_rest(jy__judge *judge, jy__set_kind kind)
{
    const jy__set *set = &judge->rules->sets[kind];
    jy__match_scratch *found = &judge->scanner->match;
    int status;
    if (!set->rest)
        return JY_OK;
    found->max_matches = (size_t)jy__params_get(&judge->scanner->params, JY_PARAM_MAX_HITS);
    status = jy__match_scan(set->rest, found, judge->text, NULL, 0);
    judge->scanner->limited = judge->scanner->limited || found->cut;
    for (size_t i = 0; status == JY_OK && i < found->matches.count; i++)
        status = take_match(judge, kind, &found->matches.items[i], set->first_count + found->matches.items[i].literal, 0);
    return status;
}

int jy__judge_collect_from(jy__judge *judge, jy__set_kind kind, const jy__match *matches, size_t count, size_t base)
{
    jy_scanner *scanner = judge->scanner;
    jy__hits *hits = &scanner->hits[kind];
    bool opened = false;
    int status = JY_OK;
    hits->count = scanner->parts.count = 0;
    scanner->collected[kind] = true;
    for (size_t i = 0; status == JY_OK && i < count; i++) {
        status = take_match(judge, kind, &matches[i], matches[i].literal, base);
        opened = opened || judge->rules->sets[kind].opens[matches[i].literal];
    }
    if (status == JY_OK && opened)
        status = take_rest(judge, kind);
    if (status == JY_OK && opened)
        status = join_parts(judge, kind);
    if (status == JY_OK && judge->rules->sets[kind].regexes && !(judge->no_patterns && kind == JY__SET_FORBID))
        status = collect_patterns(judge, kind);
    if (hits->count > 1)
        qsort(hits->items, hits->count, sizeof(*hits->items), by_atom);
    return status;
}

int jy__judge_collect(jy__judge *judge, jy__set_kind kind)
{
    jy_scanner *scanner = judge->scanner;
    const jy__set *set = &judge->rules->sets[kind];
    int status;
    if (scanner->collected[kind])
        return JY_OK;
    scanner->match.matches.count = 0;
    if (set->matcher) {
        scanner->match.max_matches = (size_t)jy__params_get(&scanner->params, JY_PARAM_MAX_HITS);
        if ((status = jy__match_scan(set->matcher, &scanner->match, judge->text, NULL, 0)) != JY_OK)
            return status;
        scanner->limited = scanner->limited || scanner->match.cut;
    }
    return jy__judge_collect_from(judge, kind, scanner->match.matches.items, scanner->match.matches.count, 0);
}
