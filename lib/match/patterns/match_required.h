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

/* count 0: nothing is sure. The pattern is one that PCRE2 has compiled, and already folded. needs (match_needs.h): of all that is known. */
struct jy__needs;
void jy__required_of(jy_str pattern, jy__required *out, jy__besides *besides, struct jy__needs *needs);

/* Whether a pattern, as it is written, is looked for by one literal alone that stands in very many texts (match_required_alone.c): it is put into out. No
 * memory: out->failed. */
bool jy__required_is_common(jy_str pattern, jy__text *out);

/* ---- sets of literals, one of which stands somewhere (match_required_set.c) */

/* The empty literal alone. */
void jy__literals_empty(jy__required *out);
/* Of each of the one with each of the other behind it; false: they are more than `most` or too long, and nothing was done. */
bool jy__literals_join(jy__required *first, const jy__required *behind, uint32_t most);
/* Both sets; false: too many. */
bool jy__literals_add(jy__required *to, const jy__required *other);
/* Without those in which another one stands. */
void jy__literals_shorten(jy__required *literals);
bool jy__literals_same(const jy__required *a, const jy__required *b);
uint32_t jy__literals_longest(const jy__required *literals);

#endif
