/* What each use of the situations' set means. In: the set, its atoms' manners, the numbers of the rules that need the call; out: the same said once more for
 * every use, where one look finds it. */
#include "compile/compile_build.h"

static jy__meaning meaning_of(const jy_rules *rules, uint32_t atom)
{
    const jy__manner *manner = jy__atom_manner(rules, atom);
    const uint32_t call = jy__atom_call(rules, atom), rule = jy__atom_rule(rules, atom);
    jy__meaning meaning;
    memset(&meaning, 0, sizeof(meaning)); /* all of its bytes: they may be kept as an image */
    meaning.atom = atom;
    meaning.number = call != JY__NONE ? call : rule;
    meaning.speakers = manner->speakers;
    meaning.kind = call != JY__NONE ? JY__MEANS_SITUATION : rule != JY__NONE ? JY__MEANS_FORBIDDEN : JY__MEANS_ITSELF;
    return meaning;
}

static size_t count_places(const jy__set *set)
{
    size_t count = set->literal_count;
    for (size_t i = 0; i < set->literal_count; i++) {
        const jy__uses uses = jy__uses_of(set, i);
        count = uses.behind > count ? uses.behind : count;
    }
    return count;
}

static bool mean_literals(jy_rules *rules, jy__set *set)
{
    if (!(set->meanings = jy__arena_alloc(&rules->arena, count_places(set) * sizeof(*set->meanings))))
        return false;
    for (size_t i = 0; i < set->literal_count; i++) {
        const jy__uses uses = jy__uses_of(set, i);
        for (uint32_t k = uses.first; k < uses.behind; k++) {
            const jy__use use = jy__use_of(set, k);
            set->meanings[k] = meaning_of(rules, use.atom);
            if (use.chain != JY__NONE && !use.key)
                set->meanings[k].speakers = 0;
        }
    }
    return true;
}

static bool mean_patterns(jy_rules *rules, jy__set *set)
{
    if (!(set->regex_meanings = jy__arena_alloc(&rules->arena, set->regex_count * sizeof(*set->regex_meanings))))
        return false;
    for (size_t i = 0; i < set->regex_count; i++)
        set->regex_meanings[i] = meaning_of(rules, set->regex_atoms[set->regex_uses[i]]);
    return true;
}

int jy__build_meanings(jy__build *build)
{
    jy__set *set = &build->rules->sets[JY__SET_CALL];
    return (!set->literal_count || mean_literals(build->rules, set)) && (!set->regex_count || mean_patterns(build->rules, set)) ? JY_OK : JY_E_NOMEM;
}
