/* jy_rules as its users see it: counted references and what each rule says of itself. */
#include "compile/compile_hold.h"
#include "compile/compile_image.h"
#include "compile/compile_set.h"

jy_rules *jy_rules_ref(jy_rules *rules) { return jy__rules_hold(rules); }
void jy_rules_unref(jy_rules *rules) { jy__rules_leave(rules); }

void jy__rules_free(jy_rules *rules)
{
    jy__mem mem;
    if (rules->image) {
        jy__image_free(rules);
        return;
    }
    mem = rules->mem;
    for (int set = 0; set < JY__SET_COUNT; set++)
        jy__set_free(&rules->sets[set]);
    jy__arena_free(&rules->arena);
    jy__mem_free(&mem, rules, sizeof(*rules));
}

size_t jy_rules_count(const jy_rules *rules) { return rules ? rules->rule_count : 0; }

int jy_rules_get(const jy_rules *rules, size_t index, jy_rule *out)
{
    if (!rules || index >= rules->rule_count)
        return JY_E_INVALID;
    return jy__struct_give(out, &rules->rules[index].info, sizeof(jy_rule));
}

int jy_rules_suggestion(const jy_rules *rules, size_t index, size_t k, jy_str *out)
{
    if (!rules || !out || index >= rules->rule_count || k >= rules->rules[index].info.suggestion_count)
        return JY_E_INVALID;
    *out = rules->rules[index].suggestions[k];
    return JY_OK;
}

size_t jy_rules_clause_count(const jy_rules *rules)
{
    size_t count = 0;
    for (uint32_t i = 0; rules && i < rules->pack_count; i++)
        count += rules->packs[i].clause_count;
    return count;
}

int jy_rules_clause(const jy_rules *rules, size_t index, jy_clause *out)
{
    for (uint32_t i = 0; rules && i < rules->pack_count; i++) {
        const jy__compiled_pack *pack = &rules->packs[i];
        if (index < pack->clause_count) {
            jy_clause clause = { sizeof(clause), pack->name, pack->clauses[index], pack->clause_titles[index] };
            return jy__struct_give(out, &clause, sizeof(clause));
        }
        index -= pack->clause_count;
    }
    return JY_E_INVALID;
}

size_t jy_rules_memory(const jy_rules *rules)
{
    size_t bytes;
    if (!rules)
        return 0;
    bytes = sizeof(*rules) + rules->arena.bytes;
    for (int set = 0; set < JY__SET_COUNT; set++)
        bytes += jy__matcher_memory(rules->sets[set].matcher) + jy__matcher_memory(rules->sets[set].rest) + jy__regexes_memory(rules->sets[set].regexes);
    return bytes;
}
