/* Hits of the sets that stand by: exceptions and approved wording, and what situations listen for. Their literals stand in nearly every turn, and
 * each in the phrases of thirty rules; few of these are ever asked for. So a collected set is its matches, and hits are made of them (and
 * patterns run) for the atoms that somebody asks for:
 *
 *   match 请您 ─▶ uses, in order of atoms: … 812 817 [823 824] 901 …      asked: atoms 820..830
 *
 * Situations ask in every turn, and mostly for what nobody said: that is told by the atoms that were noted when their set was collected. */
#include "judge/judge_join.h"

static int take_patterns(const jy__joining *j)
{
    const jy__set *set = &j->judge->rules->sets[j->kind];
    uint32_t low = 0, high = (uint32_t)set->regex_count;
    int status = JY_OK;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (set->regex_atoms[middle] < j->first)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < set->regex_count && set->regex_atoms[low] - j->first < j->count)
        status = jy__judge_choose(j->judge, j->kind);
    for (; status == JY_OK && low < set->regex_count && set->regex_atoms[low] - j->first < j->count; low++)
        if (jy__judge_pattern_wanted(j->judge->scanner, set, j->kind, low))
            status = jy__judge_pattern(j->judge, j->kind, low, j->out);
    return status;
}

/* *opened: a key of a phrase with gaps is among them. */
static int take_match(const jy__joining *j, const jy__match *match, bool *opened)
{
    const jy_rules *rules = j->judge->rules;
    const jy__set *set = &rules->sets[j->kind];
    const jy__uses uses = jy__judge_uses_from(set, match->literal, j->first);
    int status = JY_OK;
    for (uint32_t i = uses.first; status == JY_OK && i < uses.behind; i++) {
        const jy__use use = jy__use_of(set, i);
        if (use.atom - j->first >= j->count)
            break;
        if (use.chain != JY__NONE) {
            *opened = *opened || use.key;
            continue;
        }
        jy__hit hit = { use.atom, match->confidence, match->begin, jy__match_end(match), jy__rules_text(rules, set->forms[match->literal]), { 0 } };
        jy__match_counts(match, hit.count);
        status = jy__judge_add_if_whole(j->judge, j->out, &hit);
    }
    return status;
}

/* Noting what was said. Atoms of one manner mostly follow one another, and are of one rule: whether they matter is that of the manner. */
typedef struct noting { const jy__judge *judge; const jy__manner *manner; bool matters; } noting;

static bool means_something(const jy__judge *judge, const jy__manner *manner) { return judge->loose || manner->speakers >> judge->speaker & 1; }

static void look_at_manner(noting *n, const jy__manner *manner)
{
    const jy_rules *rules = n->judge->rules;
    n->manner = manner;
    n->matters = means_something(n->judge, manner);
    if (!n->matters || manner->rule == JY__NONE)
        return;
    if (!manner->situation)
        jy__flag(&n->judge->scanner->suspected, manner->rule);
    else if (rules->rules[manner->rule].call_number != JY__NONE)
        jy__flag(&n->judge->scanner->concerned, rules->rules[manner->rule].call_number);
}

/* Whether it means something that the speaker says it. */
static bool matters(noting *n, uint32_t atom)
{
    const jy__manner *manner = jy__atom_manner(n->judge->rules, atom);
    if (manner != n->manner)
        look_at_manner(n, manner);
    return n->matters;
}

/* A part of a phrase with gaps says nothing where the part that is its key is not there. */
static void note_match(noting *n, const jy__match *match)
{
    jy_scanner *scanner = n->judge->scanner;
    const jy__set *set = &n->judge->rules->sets[JY__SET_CALL];
    const jy__uses uses = jy__uses_of(set, match->literal);
    for (uint32_t k = uses.first; k < uses.behind; k++) {
        const jy__use use = jy__use_of(set, k);
        if ((use.chain != JY__NONE && !use.key) || !matters(n, use.atom))
            continue;
        jy__flag(&scanner->said, use.atom);
        jy__flag(&scanner->worded, use.atom);
    }
}

/* Of the patterns of a situation those count that have all they need. What is forbidden in one is seldom asked for, and has what it needs looked for then. */
static void note_pattern(noting *n, uint32_t pattern, uint32_t atom)
{
    const jy__judge *judge = n->judge;
    const jy__manner *manner = jy__atom_manner(judge->rules, atom);
    const bool forbidden = manner->rule != JY__NONE && !manner->situation;
    if (!means_something(judge, manner) ||
        (!forbidden && !jy__regex_has(judge->rules->sets[JY__SET_CALL].regexes, judge->scanner->regex, pattern, judge->text)))
        return;
    look_at_manner(n, manner);
    jy__flag(&judge->scanner->said, atom);
}

static void note_patterns(noting *n)
{
    const jy__set *set = &n->judge->rules->sets[JY__SET_CALL];
    const jy__flags *wanted = &n->judge->scanner->wanted[JY__SET_CALL];
    const uint32_t count = (uint32_t)jy__regexes_count(set->regexes);
    for (uint32_t i = jy__flags_next(wanted, 0, count); i < count; i = jy__flags_next(wanted, i + 1, count))
        for (uint32_t k = set->regex_first[i]; k < set->regex_first[i + 1]; k++)
            note_pattern(n, i, set->regex_atoms[set->regex_uses[k]]);
}

int jy__judge_note_said(jy__judge *judge)
{
    const jy_rules *rules = judge->rules;
    jy_scanner *scanner = judge->scanner;
    const jy__found *found = &scanner->found[JY__SET_CALL];
    noting n = { judge, NULL, false };
    if (!jy__flags_begin(&scanner->mem, &scanner->said, rules->atom_count) || !jy__flags_begin(&scanner->mem, &scanner->worded, rules->atom_count) ||
        !jy__flags_begin(&scanner->mem, &scanner->concerned, rules->call_rule_count) ||
        !jy__flags_begin(&scanner->mem, &scanner->suspected, rules->rule_count))
        return JY_E_NOMEM;
    note_patterns(&n);
    for (size_t i = 0; i < found->count; i++)
        note_match(&n, &found->items[i]);
    return JY_OK;
}

int jy__judge_ask(jy__judge *judge, jy__set_kind kind, uint32_t first, uint32_t count, jy__hits *out)
{
    const jy__found *found = &judge->scanner->found[kind];
    const jy__joining j = { judge, kind, first, count, out };
    size_t begin = out->count;
    bool opened = false, worded = kind != JY__SET_CALL || jy__flags_any(&judge->scanner->worded, first, count);
    int status;
    if (kind == JY__SET_CALL && !jy__flags_any(&judge->scanner->said, first, count))
        return JY_OK;
    status = take_patterns(&j);
    for (size_t i = 0; status == JY_OK && worded && i < found->count; i++)
        status = take_match(&j, &found->items[i], &opened);
    if (status == JY_OK && opened)
        status = jy__judge_join(&j, found->items, found->count, 0);
    if (out->count > begin + 1) {
        jy__hits added = { out->items + begin, out->count - begin, out->count - begin };
        jy__hits_sort(&added, jy__hits_by_atom);
    }
    return status;
}
