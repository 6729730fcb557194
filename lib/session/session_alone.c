/* Turns that need no judging, since each match is a finding but for ordinary words that were heard alike and for those it overlaps with: most are such.
 * In: the matches, in order. Out: findings. What overlaps is settled here where it is of one rule, which is linear, and as candidates where it is not. */
#include "session/session_scan.h"

static uint32_t atom_of(const jy__text_scan *s, const jy__match *match) { return jy__use_of(&s->rules->sets[JY__SET_FORBID], match->literal).atom; }

static bool are_same_place(const jy__match *a, const jy__match *b) { return a->begin == b->begin && a->length == b->length; }

/* The one of [first, last) that speaks for all that overlap with it, as jy__judge_resolve() has it of one rule: the leftmost, then the longest, then
 * the phrase written first. Answers the first behind those. */
static const jy__match *pass_leftmost(const jy__text_scan *s, const jy__match *first, const jy__match *last, const jy__match **speaks)
{
    const jy__match *next = first + 1;
    *speaks = first;
    for (; next < last && next->begin < jy__match_end(first); next++)
        if (are_same_place(next, first) && atom_of(s, next) < atom_of(s, *speaks))
            *speaks = next;
    return next;
}

static bool are_of_one_rule(const jy__text_scan *s, const jy__match *first, const jy__match *last)
{
    uint32_t rule = jy__atom_rule(s->rules, atom_of(s, first));
    const jy__match *match = first + 1;
    while (match < last && jy__atom_rule(s->rules, atom_of(s, match)) == rule)
        match++;
    return match == last;
}

/* In the order of their rules and phrases, of those that are at one place. */
static int add_candidate(jy__text_scan *s, const jy__match *match, size_t base)
{
    jy__candidates *all = &s->scanner->candidates;
    jy__candidate own = jy__judge_candidate(s->rules, match, base);
    size_t to = all->count;
    if (!JY__VEC_ROOM(&s->scanner->mem, all))
        return JY_E_NOMEM;
    for (; to > 0 && jy__judge_comes_before(&own, &all->items[to - 1]); to--)
        all->items[to] = all->items[to - 1];
    all->items[to] = own;
    all->count++;
    return JY_OK;
}

static int tell_settled(jy__text_scan *s, jy_str text, const jy__match *first, const jy__match *last, size_t base)
{
    int status = JY_OK;
    s->scanner->candidates.count = 0;
    for (; status == JY_OK && first < last; first++) {
        jy__match match = *first;
        do
            status = add_candidate(s, &match, base);
        while (status == JY_OK && jy__match_shorter(s->rules->sets[JY__SET_FORBID].matcher, text, base, &match));
    }
    if (status == JY_OK)
        jy__judge_settle(s->scanner, s->rules);
    for (size_t i = 0; status == JY_OK && i < s->scanner->candidates.count; i++)
        status = jy__scan_tell(s, i, 0);
    return status;
}

static int tell_leftmost(jy__text_scan *s, const jy__match *match, const jy__match *last, size_t base)
{
    int status = JY_OK;
    while (status == JY_OK && match < last) {
        const jy__match *speaks;
        match = pass_leftmost(s, match, last, &speaks);
        status = jy__result_add_matches(s->result, speaks, speaks + 1, base);
    }
    return status;
}

/* Behind the last match that overlaps with one of those before it. */
static const jy__match *overlap_end(const jy__match *match, const jy__match *last)
{
    size_t end = jy__match_end(match);
    for (match++; match < last && match->begin < end; match++)
        end = jy__match_end(match) > end ? jy__match_end(match) : end;
    return match;
}

/* Behind the last match before the first that overlaps with the next. */
static const jy__match *apart_end(const jy__match *match, const jy__match *last)
{
    while (match < last && (match + 1 == last || match[1].begin >= jy__match_end(match)))
        match++;
    return match;
}

static int tell_overlapping(jy__text_scan *s, jy_str text, const jy__match *first, const jy__match *last, size_t base)
{
    return are_of_one_rule(s, first, last) ? tell_leftmost(s, first, last, base) : tell_settled(s, text, first, last, base);
}

int jy__scan_tell_alone(jy__text_scan *s, const jy__line *line, const jy__scan_alone *alone, size_t base)
{
    jy__match *all = s->scanner->taken.items + alone->first;
    const jy__match *match = all, *end = all + (alone->last - alone->first), *known = alone->unsure ? all : all + (alone->apart - alone->first);
    int status = JY_OK;
    if (alone->unsure)
        end = all + jy__judge_drop_unsure(s->scanner, s->rules, line->text, all, alone->last - alone->first, base);
    if (match < end)
        status = jy__result_add_line(s->result, line);
    while (status == JY_OK && match < end) {
        const jy__match *apart = apart_end(known > match ? known - 1 : match, end), *behind = apart < end ? overlap_end(apart, end) : end;
        status = jy__result_add_matches(s->result, match, apart, base);
        if (status == JY_OK && apart < end)
            status = tell_overlapping(s, line->text, apart, behind, base);
        match = behind;
    }
    return status;
}
