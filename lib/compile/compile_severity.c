/* Severities that the user sets over those of the rule files, put into the trees before they are frozen: everything behind
 * (findings, reports, lists of rules) sees one severity and need not know where it came from. */
#include "compile/compile.h"

/* "id" or "pack/id"; ids have no slash. */
static bool is_named(const jy__pack *pack, const jy__rule *rule, jy_str name)
{
    size_t before = pack->name.len + 1;
    if (name.len > before && name.ptr[before - 1] == '/' && jy__str_eq(pack->name, (jy_str){ name.ptr, before - 1 }))
        name = (jy_str){ name.ptr + before, name.len - before };
    return jy__str_eq(rule->id, name);
}

int jy_compiler_set_severity(jy_compiler *compiler, jy_str rule, int32_t severity)
{
    bool found = false;
    if (!compiler || !rule.ptr || severity < 0 || severity > JY_CRITICAL)
        return JY_E_INVALID;
    if (compiler->sealed)
        return JY_E_STATE;
    if (jy__compiler_read_named(compiler) != JY_OK)
        return JY_E_NOMEM;
    for (size_t i = 0; i < compiler->trees.count; i++) {
        jy__pack *pack = &compiler->trees.items[i].pack;
        for (size_t k = 0; k < pack->rule_count; k++)
            if (is_named(pack, &pack->rules[k], rule)) {
                found = true;
                pack->rules[k].enabled = pack->rules[k].written_enabled && severity;
                pack->rules[k].severity = severity ? severity : pack->rules[k].severity;
            }
    }
    return found ? JY_OK : JY_E_INVALID;
}
