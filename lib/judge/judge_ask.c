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

/* Atoms of one manner mostly follow one another, and are of one rule. */
static void note_atom(const jy_rules *rules, jy_scanner *scanner, uint32_t atom, uint32_t *manner)
{
    uint32_t call, rule;
    jy__flag(&scanner->said, atom);
    if (rules->atoms[atom].manner == *manner)
        return;
    *manner = rules->atoms[atom].manner;
    call = jy__atom_call(rules, atom);
    rule = jy__atom_rule(rules, atom);
    if (call != JY__NONE)
        jy__flag(&scanner->concerned, call);
    if (rule != JY__NONE)
        jy__flag(&scanner->suspected, rule);
}

/* A part of a phrase with gaps says nothing where the part that is its key is not there. */
static void note_match(const jy_rules *rules, jy_scanner *scanner, const jy__match *match, uint32_t *manner)
{
    const jy__set *set = &rules->sets[JY__SET_CALL];
    const jy__uses uses = jy__uses_of(set, match->literal);
    for (uint32_t k = uses.first; k < uses.behind; k++) {
        const jy__use use = jy__use_of(set, k);
        if (use.chain != JY__NONE && !use.key)
            continue;
        note_atom(rules, scanner, use.atom, manner);
        jy__flag(&scanner->worded, use.atom);
    }
}

/* Of the patterns those count that have all they need; the others are not wanted any more. */
static void note_patterns(const jy__judge *judge, uint32_t *manner)
{
    const jy__set *set = &judge->rules->sets[JY__SET_CALL];
    jy_scanner *scanner = judge->scanner;
    for (size_t i = 0; i < set->regex_count; i++) {
        bool *wanted = &scanner->wanted[JY__SET_CALL].items[set->regex_of[i]];
        *wanted = *wanted && jy__regex_has(set->regexes, scanner->regex, set->regex_of[i], judge->text);
        if (*wanted)
            note_atom(judge->rules, scanner, set->regex_atoms[i], manner);
    }
}

int jy__judge_note_said(jy__judge *judge)
{
    const jy_rules *rules = judge->rules;
    jy_scanner *scanner = judge->scanner;
    const jy__found *found = &scanner->found[JY__SET_CALL];
    uint32_t manner = JY__NONE;
    if (!jy__flags_begin(&scanner->mem, &scanner->said, rules->atom_count) || !jy__flags_begin(&scanner->mem, &scanner->worded, rules->atom_count) ||
        !jy__flags_begin(&scanner->mem, &scanner->concerned, rules->call_rule_count) ||
        !jy__flags_begin(&scanner->mem, &scanner->suspected, rules->rule_count))
        return JY_E_NOMEM;
    note_patterns(judge, &manner);
    for (size_t i = 0; i < found->count; i++)
        note_match(rules, scanner, &found->items[i], &manner);
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
