/* Phrases with gaps (我*{0,4}听*{0,2}不清). In: matches of their parts, of which the keys were looked for in the whole text; out: hits of their
 * atoms. The other parts are looked for only now, in the one turn, and only those of chains whose key is there are kept. */
#include "judge/judge_join.h"

static int by_chain(const void *a, const void *b)
{
    const jy__hit *x = a, *y = b;
    if (x->atom != y->atom) return x->atom < y->atom ? -1 : 1;
    if (x->form.len != y->form.len) return x->form.len < y->form.len ? -1 : 1; /* segment number, see take_match */
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return x->end > y->end ? -1 : x->end < y->end;
}

jy__uses jy__judge_uses_from(const jy__set *set, size_t literal, uint32_t atom)
{
    jy__uses uses = jy__uses_of(set, literal);
    size_t low = uses.first;
    if (jy__use_of(set, uses.first).atom < atom) {
        JY__FIRST_NOT(low, uses.behind, i, jy__use_of(set, (uint32_t)i).atom < atom);
    }
    return (jy__uses){ (uint32_t)low, uses.behind };
}

/* A piece waits in `parts` with its chain for atom and its segment number for form.len. Pieces of chains whose key was not found lead nowhere. */
static int take_pieces(const jy__joining *j, const jy__match *match, size_t literal, size_t base)
{
    jy_scanner *scanner = j->judge->scanner;
    const jy__set *set = &j->judge->rules->sets[j->kind];
    const jy__uses uses = jy__judge_uses_from(set, literal, j->first);
    int status = JY_OK;
    for (uint32_t i = uses.first; status == JY_OK && i < uses.behind; i++) {
        const jy__use use = jy__use_of(set, i);
        if (use.atom - j->first >= j->count)
            break;
        if (use.chain == JY__NONE || !jy__marked(&scanner->opened, use.chain))
            continue;
        jy__hit hit = { use.chain, match->confidence, match->begin - base, jy__match_end(match) - base, { NULL, use.segment }, { 0 } };
        jy__match_counts(match, hit.count);
        status = jy__judge_add_hit(j->judge, &scanner->parts, &hit);
    }
    return status;
}

/* Chains that the match is the key of, when something of their other parts is near. Neighbours in the list often ask for the same. */
static bool mark_chains(const jy__joining *j, const jy__match *match, size_t base)
{
    const jy_rules *rules = j->judge->rules;
    const jy__set *set = &rules->sets[j->kind];
    jy__marks *opened = &j->judge->scanner->opened;
    const jy__uses uses = jy__judge_uses_from(set, match->literal, j->first);
    uint32_t asked = JY__NONE;
    bool open = false, any = false;
    for (uint32_t k = uses.first; k < uses.behind; k++) {
        const jy__use use = jy__use_of(set, k);
        if (use.atom - j->first >= j->count)
            break;
        if (!use.key || jy__marked(opened, use.chain))
            continue;
        if (rules->chains[use.chain].sides != asked)
            open = jy__judge_sides_open(rules, asked = rules->chains[use.chain].sides, j->judge->text, match->begin - base, jy__match_end(match) - base);
        any = (open && jy__mark(opened, use.chain)) || any;
    }
    return any;
}

static int mark_opened(const jy__joining *j, const jy__match *matches, size_t count, size_t base, bool *any)
{
    const jy__set *set = &j->judge->rules->sets[j->kind];
    *any = false;
    if (!jy__marks_begin(&j->judge->scanner->mem, &j->judge->scanner->opened, j->judge->rules->chain_count))
        return JY_E_NOMEM;
    for (size_t i = 0; i < count; i++)
        if (jy__literal_opens(set, matches[i].literal))
            *any = mark_chains(j, &matches[i], base) || *any;
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
    size_t low = 0;
    JY__FIRST_NOT(low, count, i, parts[i].form.len < segment || (parts[i].form.len == segment && parts[i].begin < begin));
    return low;
}

#define JOINS_MOST 64 /* ways to join one first piece: alternatives of one phrase at one place */

typedef struct joining { const jy__joining *all; const jy__chain *chain; const jy__hit *parts; size_t count, joins; } joining;

/* Every way in which the chain goes on behind `whole`: which of them counts may depend on `whole:` or on what a shield must cover. */
static int join_from(joining *j, uint32_t segment, const jy__hit *whole)
{
    const jy_rules *rules = j->all->judge->rules;
    const jy__chain *chain = j->chain;
    int status = JY_OK;
    if (segment == chain->segment_count) {
        jy__hit hit = *whole;
        hit.atom = chain->atom;
        hit.form = jy__atom_written(rules, chain->atom);
        j->joins++;
        return jy__judge_add_if_whole(j->all->judge, j->all->out, &hit);
    }
    for (size_t i = first_piece(j->parts, j->count, segment, whole->end); status == JY_OK && i < j->count && j->parts[i].form.len == segment; i++) {
        jy__hit longer = *whole;
        size_t between;
        if (j->parts[i].begin - whole->end > REACH_BYTES || j->joins >= JOINS_MOST)
            break;
        between = characters_between(j->all->judge->text, whole->end, j->parts[i].begin);
        if (between > rules->gaps[chain->first_gap + segment][1])
            break; /* the next begins no nearer */
        if (between < rules->gaps[chain->first_gap + segment][0])
            continue;
        absorb(&longer, &j->parts[i]);
        status = join_from(j, segment + 1, &longer);
    }
    return status;
}

static int join_chain(const jy__joining *all, const jy__hit *parts, size_t count)
{
    joining j = { all, &all->judge->rules->chains[parts[0].atom], parts, count, 0 };
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < count && parts[i].form.len == 0; i++) {
        j.joins = 0;
        status = join_from(&j, 1, &parts[i]);
    }
    return status;
}

static int join_parts(const jy__joining *j)
{
    jy__hits *parts = &j->judge->scanner->parts;
    size_t begin = 0;
    jy__hits_sort(parts, by_chain);
    for (size_t at = 1; at <= parts->count; at++) {
        if (at < parts->count && parts->items[at].atom == parts->items[begin].atom)
            continue;
        int status = join_chain(j, parts->items + begin, at - begin);
        if (status != JY_OK)
            return status;
        begin = at;
    }
    return JY_OK;
}

/* The other parts, in this turn alone, once for all who ask. */
static int find_rest(const jy__joining *j)
{
    jy_scanner *scanner = j->judge->scanner;
    const jy__set *set = &j->judge->rules->sets[j->kind];
    jy__found *rest = &scanner->rest[j->kind];
    int status;
    if (rest->done)
        return JY_OK;
    rest->count = 0;
    rest->done = true;
    if (!set->rest)
        return JY_OK;
    scanner->match.max_matches = (size_t)jy__params_get(&scanner->params, JY_PARAM_MAX_HITS);
    status = jy__match_scan(set->rest, &scanner->match, j->judge->text, NULL, 0);
    status = status == JY_OK ? jy__judge_note_cut(scanner) : status;
    return status == JY_OK ? jy__judge_keep_found(scanner, rest) : status;
}

int jy__judge_join(const jy__joining *j, const jy__match *matches, size_t count, size_t base)
{
    jy_scanner *scanner = j->judge->scanner;
    const jy__found *rest = &scanner->rest[j->kind];
    size_t first_count = j->judge->rules->sets[j->kind].first_count;
    bool any;
    int status = mark_opened(j, matches, count, base, &any);
    scanner->parts.count = 0;
    if (status != JY_OK || !any)
        return status;
    for (size_t i = 0; status == JY_OK && i < count; i++)
        status = take_pieces(j, &matches[i], matches[i].literal, base);
    if (status == JY_OK)
        status = find_rest(j);
    for (size_t i = 0; status == JY_OK && i < rest->count; i++)
        status = take_pieces(j, &rest->items[i], first_count + rest->items[i].literal, 0);
    return status == JY_OK ? join_parts(j) : status;
}
