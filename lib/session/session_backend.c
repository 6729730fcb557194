/* What this build stands on. */
#include "session/session.h"
#include "dialogue/dialogue.h"
#include "rules/rules_tree.h"

const char *jy_backend(const char *name)
{
    if (!name)
        return NULL;
    if (!strcmp(name, "icu")) return jy__fold_icu_version();
    if (!strcmp(name, "pcre2")) return jy__regex_version();
    if (!strcmp(name, "yaml")) return jy__rules_yaml_version();
    if (!strcmp(name, "simd")) return jy__match_engine();
    return jy__dialogue_backend(name);
}
