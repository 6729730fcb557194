/* compile_hold — a counted reference of a rule set, for those who take and leave one with every text. */
#ifndef JY_COMPILE_COMPILE_HOLD_H
#define JY_COMPILE_COMPILE_HOLD_H

#include "base/base_shared.h"
#include "compile/compile.h"

void jy__rules_free(jy_rules *rules); /* compile_info.c: nobody holds it */

static inline jy_rules *jy__rules_hold(jy_rules *rules)
{
    if (rules)
        jy__shared_add(&rules->references, 1);
    return rules;
}

static inline void jy__rules_leave(jy_rules *rules)
{
    if (rules && jy__shared_add(&rules->references, -1) <= 0)
        jy__rules_free(rules);
}

#endif
