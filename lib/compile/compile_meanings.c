/* What each use of the situations' set means. In: the set, its atoms' manners, the numbers of the rules that need the call; out: the same said once more for
 * every use, where one look finds it.
 *
 * What a rule requires is mostly polite and said all day. Where it matters only while a window of the rule is open, and then the rule is looked at in every
 * turn anyway, that it is said calls for no look at the rule. */
#include "compile/compile_build.h"

/* ---- wording that is said without concern */

static bool is_of_words(const jy__anchor *anchor)
{
    bool words = anchor->kind == JY__WHEN_SAID || ((anchor->kind == JY__WHEN_ALL || anchor->kind == JY__WHEN_ANY) && anchor->kid_count);
    for (uint32_t i = 0; words && i < anchor->kid_count; i++)
        words = is_of_words(&anchor->kids[i]);
    return words;
}

/* Neither its anchor nor its `unless` can hold in a turn without words of theirs. */
static bool holds_by_words(const jy__compiled *rule)
{
    const jy__occasion *occasion = rule->occasion;
    return (!rule->has_when || occasion->when.kind == JY__WHEN_EVENT || occasion->when.kind == JY__WHEN_SILENCE || is_of_words(&occasion->when)) &&
           (!rule->has_unless || is_of_words(&occasion->unless));
}

/* What it requires matters in an open window or the anchor's own turn, and nowhere else. */
static bool asks_in_time(const jy__compiled *rule)
{
    switch (rule->occasion->where.kind) {
    case JY__WINDOW_NONE: return rule->has_when;
    case JY__WINDOW_TURN:
    case JY__WINDOW_NEXT_TURNS:
    case JY__WINDOW_NEXT_MS:
    case JY__WINDOW_FIRST_TURNS:
    case JY__WINDOW_FIRST_MS: return true;
    default: return false;
    }
}

static void mark_atoms(const jy_rules *rules, uint32_t number, bool *marked)
{
    const jy__node *node = &rules->nodes[number];
    for (uint32_t i = 0; i < node->atom_count; i++)
        marked[node->first_atom + i] = true;
    for (uint32_t i = 0; i < node->kid_count; i++)
        mark_atoms(rules, jy__node_kid(rules, node, i), marked);
}

/* Per atom; NULL: no memory. */
static bool *without_concern(const jy_rules *rules, jy__arena *scratch)
{
    bool *marked = jy__arena_alloc(scratch, rules->atom_count + 1);
    for (uint32_t i = 0; marked && i < rules->call_rule_count; i++) {
        const jy__compiled *rule = &rules->rules[rules->call_rules[i]];
        if (rule->require != JY__NONE && asks_in_time(rule) && holds_by_words(rule))
            mark_atoms(rules, rule->require, marked);
    }
    return marked;
}

/* ---- meanings */

static jy__meaning meaning_of(const jy_rules *rules, uint32_t atom, const bool *unconcerning)
{
    const jy__manner *manner = jy__atom_manner(rules, atom);
    const uint32_t call = jy__atom_call(rules, atom), rule = jy__atom_rule(rules, atom);
    jy__meaning meaning;
    memset(&meaning, 0, sizeof(meaning)); /* all of its bytes: they may be kept as an image */
    meaning.atom = atom;
    meaning.number = call != JY__NONE ? call : rule;
    meaning.speakers = manner->speakers;
    meaning.kind = unconcerning[atom] ? JY__MEANS_ITSELF : call != JY__NONE ? JY__MEANS_SITUATION : rule != JY__NONE ? JY__MEANS_FORBIDDEN : JY__MEANS_ITSELF;
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

static bool mean_literals(jy_rules *rules, jy__set *set, const bool *unconcerning)
{
    if (!(set->meanings = jy__arena_alloc(&rules->arena, count_places(set) * sizeof(*set->meanings))))
        return false;
    for (size_t i = 0; i < set->literal_count; i++) {
        const jy__uses uses = jy__uses_of(set, i);
        for (uint32_t k = uses.first; k < uses.behind; k++) {
            const jy__use use = jy__use_of(set, k);
            set->meanings[k] = meaning_of(rules, use.atom, unconcerning);
            if (use.chain != JY__NONE && !use.key)
                set->meanings[k].speakers = 0;
        }
    }
    return true;
}

static bool mean_patterns(jy_rules *rules, jy__set *set, const bool *unconcerning)
{
    if (!(set->regex_meanings = jy__arena_alloc(&rules->arena, set->regex_count * sizeof(*set->regex_meanings))))
        return false;
    for (size_t i = 0; i < set->regex_count; i++)
        set->regex_meanings[i] = meaning_of(rules, set->regex_atoms[set->regex_uses[i]], unconcerning);
    return true;
}

int jy__build_meanings(jy__build *build)
{
    jy_rules *rules = build->rules;
    jy__set *set = &rules->sets[JY__SET_CALL];
    const bool *unconcerning = without_concern(rules, &build->scratch);
    if (!unconcerning || (set->literal_count && !mean_literals(rules, set, unconcerning)) || (set->regex_count && !mean_patterns(rules, set, unconcerning)))
        return JY_E_NOMEM;
    return JY_OK;
}
