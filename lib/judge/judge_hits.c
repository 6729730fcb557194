/* Matches of literals and patterns to hits of atoms; `whole:` is checked. Phrases with gaps are put together in judge_join.c. */
#include "judge/judge_join.h"
#include <stdlib.h>

#define INSERT_MOST 16 /* a turn has few hits: they are put in their places one by one */

void jy__judge_begin(jy__judge *judge, jy_scanner *scanner, const jy_rules *rules, jy_str text, int32_t speaker)
{
    *judge = (jy__judge){ .scanner = scanner, .rules = rules, .text = text, .speaker = speaker };
    for (int set = 0; set < JY__SET_COUNT; set++)
        scanner->collected[set] = scanner->chosen[set] = scanner->rest[set].done = false;
    jy__regex_forget(scanner->regex);
    scanner->regex_hits.list.count = 0;
    scanner->words_set = false;
    scanner->candidates.count = 0;
}

int jy__judge_add_hit(jy__judge *judge, jy__hits *hits, const jy__hit *hit)
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
static bool reaches_too_far(const jy__judge *judge, const jy__manner *manner, const jy__hit *hit)
{
    if (manner->set != JY__SET_SHIELD || manner->regex)
        return false;
    return commas((jy_str){ judge->text.ptr + hit->begin, hit->end - hit->begin }) > commas(hit->form);
}

int jy__judge_add_if_whole(jy__judge *judge, jy__hits *hits, const jy__hit *hit)
{
    const jy__manner *manner = jy__atom_manner(judge->rules, hit->atom);
    if (reaches_too_far(judge, manner, hit))
        return JY_OK;
    if (manner->whole && !judge->loose && !jy__judge_whole(judge, manner, hit->begin, hit->end))
        return JY_OK;
    return jy__judge_add_hit(judge, hits, hit);
}

void jy__hits_sort(jy__hits *hits, int (*order)(const void *, const void *))
{
    jy__hit *items = hits->items;
    size_t at = 1;
    while (at < hits->count && order(&items[at - 1], &items[at]) <= 0)
        at++;
    if (at < hits->count && hits->count > INSERT_MOST) {
        qsort(items, hits->count, sizeof(*items), order);
        return;
    }
    for (; at < hits->count; at++) {
        jy__hit item = items[at];
        size_t to = at;
        for (; to > 0 && order(&items[to - 1], &item) > 0; to--)
            items[to] = items[to - 1];
        items[to] = item;
    }
}

/* Phrases without gaps. */
static int take_match(jy__judge *judge, jy__set_kind kind, const jy__match *match, size_t base)
{
    const jy__set *set = &judge->rules->sets[kind];
    jy__hit hit = { 0, match->confidence, match->begin - base, jy__match_end(match) - base, jy__rules_text(judge->rules, set->forms[match->literal]), { 0 } };
    const jy__uses uses = jy__uses_of(set, match->literal);
    int status = JY_OK;
    jy__match_counts(match, hit.count);
    for (uint32_t i = uses.first; status == JY_OK && i < uses.behind; i++) {
        const jy__use use = jy__use_of(set, i);
        hit.atom = use.atom;
        if (use.chain == JY__NONE)
            status = jy__judge_add_if_whole(judge, &judge->scanner->hits[kind], &hit);
    }
    return status;
}

int jy__hits_by_atom(const void *a, const void *b)
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

int jy__judge_note_cut(jy_scanner *scanner)
{
    if (!scanner->match.cut)
        return JY_OK;
    scanner->limited = true;
    return note_unjudged(scanner, JY_RULE_ANY, JY_HITS_DROPPED);
}

/* The rule whose wording or situation hangs on the pattern. */
static int note_abort(jy__judge *judge, uint32_t atom, int why)
{
    const jy_rules *rules = judge->rules;
    uint32_t call = jy__atom_call(rules, atom), rule = call == JY__NONE ? jy__atom_rule(rules, atom) : rules->call_rules[call];
    judge->scanner->limited = true;
    return rule == JY__NONE ? JY_OK : note_unjudged(judge->scanner, rule, why);
}

/* Once a turn, for all rules that have it; once more when all matches are wanted behind the first. */
static int run_pattern(jy__judge *judge, jy__set_kind kind, uint32_t regex, bool once)
{
    jy_scanner *scanner = judge->scanner;
    const jy__regex_limits limits = { jy__params_get(&scanner->params, JY_PARAM_REGEX_MATCH_LIMIT), jy__params_get(&scanner->params, JY_PARAM_REGEX_DEPTH_LIMIT) };
    struct jy__ran *ran = &scanner->ran[kind][regex];
    int status;
    if (ran->round == scanner->ran_round[kind] && (once || !ran->once))
        return JY_OK;
    scanner->regex_hits.aborted.count = 0;
    ran->round = scanner->ran_round[kind];
    ran->once = once;
    ran->first = (uint32_t)scanner->regex_hits.list.count;
    status = jy__regex_one(judge->rules->sets[kind].regexes, scanner->regex, regex, judge->text, once ? 1 : SIZE_MAX, &limits,
                           &scanner->regex_hits);
    ran->last = (uint32_t)scanner->regex_hits.list.count;
    ran->aborted = scanner->regex_hits.aborted.count > 0;
    return status;
}

int jy__judge_pattern(jy__judge *judge, jy__set_kind kind, uint32_t use, jy__hits *out)
{
    const jy__set *set = &judge->rules->sets[kind];
    jy_scanner *scanner = judge->scanner;
    const struct jy__ran *ran = &scanner->ran[kind][set->regex_of[use]];
    bool once = judge->once && jy__atom_manner(judge->rules, set->regex_atoms[use])->whole == JY__WHOLE_NONE; /* which match is whole is not known before */
    int status = run_pattern(judge, kind, set->regex_of[use], once);
    for (uint32_t i = ran->first; status == JY_OK && i < ran->last; i++) {
        const jy__regex_hit *from = &scanner->regex_hits.list.items[i];
        jy__hit hit = { set->regex_atoms[use], 100, from->begin, from->end, { NULL, 0 }, { 0 } };
        status = jy__judge_add_if_whole(judge, out, &hit);
    }
    if (status == JY_OK && ran->aborted)
        status = note_abort(judge, set->regex_atoms[use], JY_REGEX_ABORTED);
    return status;
}

static int choose_by_places(jy__judge *judge, jy__flags *wanted, size_t count)
{
    if (!jy__flags_begin(&judge->scanner->mem, wanted, count))
        return JY_E_NOMEM;
    for (size_t i = 0; i < judge->place_count; i++)
        jy__flag(wanted, judge->places[i].regex);
    return JY_OK;
}

static int choose_by_text(jy__judge *judge, const jy__regexes *regexes, jy__flags *wanted)
{
    jy_scanner *scanner = judge->scanner;
    return jy__mem_grow(&scanner->mem, &wanted->items, &wanted->capacity, jy__regexes_words(regexes), sizeof(*wanted->items))
               ? jy__regex_choose(regexes, scanner->regex, judge->text, wanted->items) : JY_E_NOMEM;
}

/* No pattern of the set was run yet. There are hundreds, and few are: so they are not gone through to say so. */
static bool begin_round(jy_scanner *scanner, jy__set_kind kind, size_t count)
{
    struct jy__ran **ran = &scanner->ran[kind];
    const size_t known = scanner->ran_count[kind];
    if (!jy__mem_grow(&scanner->mem, ran, &scanner->ran_count[kind], count, sizeof(**ran)))
        return false;
    if (scanner->ran_count[kind] > known)
        memset(*ran + known, 0, (scanner->ran_count[kind] - known) * sizeof(**ran));
    if (++scanner->ran_round[kind] == 0) { /* all numbers were used */
        memset(*ran, 0, scanner->ran_count[kind] * sizeof(**ran));
        scanner->ran_round[kind] = 1;
    }
    return true;
}

int jy__judge_choose(jy__judge *judge, jy__set_kind kind)
{
    const jy__set *set = &judge->rules->sets[kind];
    jy_scanner *scanner = judge->scanner;
    bool known = kind == JY__SET_FORBID && judge->places_known;
    size_t count = jy__regexes_count(set->regexes);
    if (scanner->chosen[kind])
        return JY_OK;
    if (!begin_round(scanner, kind, count))
        return JY_E_NOMEM;
    scanner->chosen[kind] = true;
    return known ? choose_by_places(judge, &scanner->wanted[kind], count) : choose_by_text(judge, set->regexes, &scanner->wanted[kind]);
}

static int collect_patterns(jy__judge *judge, jy__set_kind kind)
{
    const jy__set *set = &judge->rules->sets[kind];
    const uint32_t count = (uint32_t)jy__regexes_count(set->regexes);
    jy_scanner *scanner = judge->scanner;
    int status = jy__judge_choose(judge, kind);
    for (uint32_t i = 0; status == JY_OK && (i = jy__flags_next(&scanner->wanted[kind], i, count)) < count; i++)
        for (uint32_t k = set->regex_first[i]; status == JY_OK && k < set->regex_first[i + 1]; k++)
            status = jy__judge_pattern(judge, kind, set->regex_uses[k], &scanner->hits[kind]);
    return status;
}

int jy__judge_collect_from(jy__judge *judge, jy__set_kind kind, const jy__match *matches, size_t count, size_t base)
{
    jy_scanner *scanner = judge->scanner;
    const jy__set *set = &judge->rules->sets[kind];
    jy__hits *hits = &scanner->hits[kind];
    bool opened = false;
    int status = JY_OK;
    hits->count = 0;
    scanner->collected[kind] = true;
    for (size_t i = 0; status == JY_OK && i < count; i++) {
        jy__match match = matches[i];
        do
            status = take_match(judge, kind, &match, base);
        while (status == JY_OK && jy__match_shorter(set->matcher, judge->text, base, &match));
        opened = opened || jy__literal_opens(set, matches[i].literal);
    }
    if (status == JY_OK && opened) {
        const jy__joining all = { judge, kind, 0, UINT32_MAX, hits };
        status = jy__judge_join(&all, matches, count, base);
    }
    if (status == JY_OK && set->regexes && (judge->place_count || !judge->places_known))
        status = collect_patterns(judge, kind);
    jy__hits_sort(hits, jy__hits_by_atom);
    return status;
}

int jy__judge_keep_found(jy_scanner *scanner, jy__found *to)
{
    size_t count = scanner->match.matches.count;
    to->count = 0;
    if (!jy__mem_grow(&scanner->mem, &to->items, &to->capacity, count, sizeof(*to->items)))
        return JY_E_NOMEM;
    if (count)
        memcpy(to->items, scanner->match.matches.items, count * sizeof(*to->items));
    to->count = count;
    return JY_OK;
}

/* A set that stands by: its matches. Which of its patterns may match is worked out when one is asked for; situations ask for all of them. */
static int collect_aside(jy__judge *judge, jy__set_kind kind)
{
    int status = jy__judge_keep_found(judge->scanner, &judge->scanner->found[kind]);
    judge->scanner->collected[kind] = true;
    return status == JY_OK ? jy__judge_note_said(judge, kind) : status;
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
        scanner->match.all = judge->loose;
        scanner->match.nest = false;
        if ((status = jy__match_scan(set->matcher, &scanner->match, judge->text, NULL, 0)) != JY_OK || (status = jy__judge_note_cut(scanner)) != JY_OK)
            return status;
    }
    if (kind != JY__SET_FORBID)
        return collect_aside(judge, kind);
    return jy__judge_collect_from(judge, kind, scanner->match.matches.items, scanner->match.matches.count, 0);
}
