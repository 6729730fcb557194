/* match_pattern — a pattern's own characters, folded. */
#ifndef JY_MATCH_PATTERN_H
#define JY_MATCH_PATTERN_H

#include "base/base.h"

void   jy__pattern_fold(jy_str pattern, jy__text *out);
size_t jy__pattern_place(const jy__mem *mem, jy_str pattern, size_t offset);
/* False: upper and lower case make no difference to what the folded pattern matches. */
bool   jy__pattern_has_case(jy_str folded);

#endif
