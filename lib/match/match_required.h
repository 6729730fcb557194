/* match_required — from a pattern to the literals of which every match contains at least one. */
#ifndef JY_MATCH_REQUIRED_H
#define JY_MATCH_REQUIRED_H

#include "base/base.h"

#define JY__REQUIRED_MOST 32    /* literals of one pattern */
#define JY__REQUIRED_LONGEST 16 /* symbols of one */

typedef struct jy__required_literal { uint32_t symbols[JY__REQUIRED_LONGEST]; uint32_t count; } jy__required_literal;
typedef struct jy__required { jy__required_literal items[JY__REQUIRED_MOST]; uint32_t count; } jy__required;

/* Symbols of which one stands in every match besides: how each literal of the next best set begins. count 0: nothing more is sure. reach: it is among
 * so many symbols of the fold from where the literal begins; 0: it may be anywhere in the line. */
#define JY__BESIDES_MOST 4
typedef struct jy__besides { uint32_t symbols[JY__BESIDES_MOST]; uint32_t count, reach; } jy__besides;

/* count 0: nothing is sure. The pattern is one that PCRE2 has compiled, and already folded. */
void jy__required_of(jy_str pattern, jy__required *out, jy__besides *besides);

#endif
