/* Hits of the sets that stand by: exceptions and approved wording, and what situations listen for. Their literals stand in nearly every turn, and
 * each in the phrases of thirty rules; few of these are ever asked for. So a collected set is its matches, and hits are made of them (and
 * patterns run) for the atoms that somebody asks for:
 *
 *   match 请您 ─▶ uses, in order of atoms: … 812 817 [823 824] 901 …      asked: atoms 820..830 */
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
        jy__hit hit = { use.atom, match->confidence, match->begin, match->end, jy__rules_text(rules, set->forms[match->literal]), { 0 } };
        memcpy(hit.count, match->count, sizeof(hit.count));
        status = jy__judge_add_if_whole(j->judge, j->out, &hit);
    }
    return status;
}

int jy__judge_ask(jy__judge *judge, jy__set_kind kind, uint32_t first, uint32_t count, jy__hits *out)
{
    const jy__found *found = &judge->scanner->found[kind];
    const jy__joining j = { judge, kind, first, count, out };
    size_t begin = out->count;
    bool opened = false;
    int status = take_patterns(&j);
    for (size_t i = 0; status == JY_OK && i < found->count; i++)
        status = take_match(&j, &found->items[i], &opened);
    if (status == JY_OK && opened)
        status = jy__judge_join(&j, found->items, found->count, 0);
    if (out->count > begin + 1) {
        jy__hits added = { out->items + begin, out->count - begin, out->count - begin };
        jy__hits_sort(&added, jy__hits_by_atom);
    }
    return status;
}
