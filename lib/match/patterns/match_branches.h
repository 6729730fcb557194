/* match_branches — patterns of branches side by side (A|B|C), most of which lack something in most lines: only those are run that may match. */
#ifndef JY_MATCH_BRANCHES_H
#define JY_MATCH_BRANCHES_H

#include "match/patterns/match_regex.h"

#define JY__BRANCHES_MOST 8 /* are run one by one; more, and the pattern is run as it is */

/* How many branches a pattern, as PCRE2 sees it, has side by side of which the needs are known one by one; 0: it is not to be taken apart. */
uint32_t jy__branches_of(jy_str folded, const jy__needs *needs);

/* Where a branch of the pattern stands in it; code: NULL until it is first run. */
struct jy__branch { pcre2_code *code; jy_str folded; };

/* The branches of a pattern that has some, taken apart now when it was not before; NULL: no memory. Any thread may ask. */
jy__branch *jy__branches_get(const jy__regexes *regexes, uint32_t number);
void jy__branches_free(const jy__mem *mem, jy__regex_pattern *pattern);

#endif
