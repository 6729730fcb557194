/* Phrases that need no judging: a match of one is a finding of its rule, whatever stands around it. In: the frozen rule set, and the
 * symbols of its literals while they are still there. Out: a mark at each such literal. Most phrases are of this kind: a rule forbids them
 * to the agent in any text, and no approved wording can be around them, since they have a symbol that none has:
 *
 *   没办法, approved: 请您稍等       办 is in none, so no 请您稍等 lies around a 没办法
 *   请您,   approved: 请您稍等       is judged
 *
 * A wording with gaps may be around anything. What may stand inside the wordings of a pack is kept with it: where a phrase was only heard alike or is masked, that is
 * asked of the characters that stand there. */
#include "compile/compile_build.h"

static void add_symbols(jy__compiled_pack *pack, const uint32_t *symbols, size_t count)
{
    for (size_t i = 0; i < count; i++)
        jy__door_add(pack->approved.bits, jy__door_symbol(symbols[i]));
}

static void add_sounds(jy__compiled_pack *pack, const uint32_t *symbols, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint16_t sounds[JY__SOUND_MOST];
        size_t sound_count = jy__fold_sounds(symbols[i], sounds);
        for (size_t k = 0; k < sound_count; k++)
            jy__door_add(pack->approved_heard.bits, jy__door_sound(jy__fold_sound_class(sounds[k])));
    }
}

/* Fillers are passed over between the symbols of a wording. */
static void add_fillers(jy__compiled_pack *pack)
{
    const uint32_t *filler;
    size_t count;
    for (size_t i = 0; (filler = jy__fold_filler_list(i, &count)); i++)
        add_symbols(pack, filler, count);
}

/* Whether anything may stand inside some wording; else what may is noted. */
static bool read_pack(const jy__build *build, jy__compiled_pack *pack)
{
    const jy__set_builder *shields = &build->sets[JY__SET_SHIELD];
    bool anything = false;
    add_fillers(pack);
    for (uint32_t i = 0; i < pack->shield_count; i++)
        anything = anything || jy__atom_manner(build->rules, pack->first_shield + i)->regex;
    for (size_t i = 0; i < shields->uses.count; i++) {
        const jy__set_use *from = &shields->uses.items[i];
        const jy__set_literal *literal = &shields->literals.items[from->literal];
        if (from->use.atom - pack->first_shield >= pack->shield_count)
            continue;
        anything = anything || from->use.chain != JY__NONE;
        add_symbols(pack, literal->symbols.items, literal->symbols.count);
        if (literal->folds >> JY_FOLD_SOUND & 1)
            add_sounds(pack, literal->symbols.items, literal->symbols.count);
    }
    return anything;
}

/* A symbol that is a mask may stand for any, and a mark (请您。稍等) may be missing. */
static bool may_stand_in(const jy__compiled_pack *pack, const jy__symbols *symbols)
{
    for (size_t i = 0; i < symbols->count; i++)
        if (!symbols->optional[i] && !jy__door_has(&pack->approved, jy__door_symbol(symbols->items[i])) && !jy__fold_is_mask(symbols->items[i]))
            return false;
    return true;
}

/* Whether each hit of the node's phrases is a hit of the node. */
static bool is_list(const jy_rules *rules, uint32_t number)
{
    const jy__node *node = &rules->nodes[number];
    bool list = node->kind == JY__EXPR_PHRASE || node->kind == JY__EXPR_REGEX || node->kind == JY__EXPR_ANY;
    for (uint32_t i = 0; list && i < node->kid_count; i++)
        list = is_list(rules, jy__node_kid(rules, node, i));
    return list;
}

/* Whether the rule forbids an agent its words in any text, whatever stands around them. */
static bool is_plain(const jy_rules *rules, const jy__compiled *rule, const bool *anything)
{
    bool of_agent = rule->info.speaker == JY__SPEAKER_ANY || rule->info.speaker == JY_AGENT;
    return rule->judged && of_agent && !anything[rule->pack] && !(rule->info.flags & JY_RULE_NEEDS_CALL) && !rule->has_unless && rule->except == JY__NONE &&
           rule->forbid != JY__NONE && is_list(rules, rule->forbid);
}

/* The one phrase of a literal that is all of it; JY__NONE: it has others, or is a part. */
static uint32_t only_atom(const jy__set *set, size_t literal)
{
    const jy__uses uses = jy__uses_of(set, literal);
    const jy__use use = jy__use_of(set, uses.first);
    return uses.first + 1 == uses.behind && use.chain == JY__NONE ? use.atom : JY__NONE;
}

static void mark_all(const jy__build *build, const bool *plain)
{
    const jy_rules *rules = build->rules;
    const jy__set *set = &rules->sets[JY__SET_FORBID];
    for (size_t i = 0; i < set->first_count; i++) {
        uint32_t atom = only_atom(set, i), rule = atom == JY__NONE ? JY__NONE : jy__atom_rule(rules, atom);
        if (rule != JY__NONE && plain[rule] && !jy__atom_manner(rules, atom)->whole &&
            !may_stand_in(&rules->packs[rules->rules[rule].pack], &build->sets[JY__SET_FORBID].literals.items[i].symbols))
            set->stands[i] |= JY__STANDS_ALONE;
    }
}

/* Of what overlaps with what is of the same rule only the leftmost and longest is told. */
static bool group_all(jy__build *build)
{
    const jy__set *set = &build->rules->sets[JY__SET_FORBID];
    uint32_t *groups = jy__arena_alloc(&build->scratch, set->first_count * sizeof(*groups) + 1);
    for (size_t i = 0; groups && i < set->first_count; i++)
        groups[i] = set->stands[i] & JY__STANDS_ALONE ? jy__atom_rule(build->rules, only_atom(set, i)) + 1 : 0;
    if (groups && set->matcher)
        jy__matcher_set_groups(set->matcher, groups);
    return groups != NULL;
}

int jy__build_alone(jy__build *build)
{
    const jy_rules *rules = build->rules;
    bool *anything = jy__arena_alloc(&build->scratch, rules->pack_count + 1), *plain = jy__arena_alloc(&build->scratch, rules->rule_count + 1);
    if (!anything || !plain)
        return JY_E_NOMEM;
    for (uint32_t i = 0; i < rules->pack_count; i++)
        anything[i] = read_pack(build, &rules->packs[i]);
    for (uint32_t i = 0; i < rules->rule_count; i++)
        plain[i] = is_plain(rules, &rules->rules[i], anything);
    mark_all(build, plain);
    return group_all(build) ? JY_OK : JY_E_NOMEM;
}
