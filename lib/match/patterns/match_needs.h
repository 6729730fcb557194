/* match_needs — what a text must have for a pattern to match it, asked of the text before the pattern is run. */
#ifndef JY_MATCH_NEEDS_H
#define JY_MATCH_NEEDS_H

#include "match/patterns/match_required.h"

/* Which symbols, and which two side by side, a text has when it is folded: a bit each, that some of them share. */
#define JY__THERE_BITS 12
typedef struct jy__there { uint64_t bits[(1u << JY__THERE_BITS) / 64]; } jy__there;
void jy__there_of(jy_str text, jy__there *out); /* a text as it is */

/* Needs are a tree, written down in the order in which it is asked: a word is a bit that must be there, or a node of so many words (itself one of them)
 * of whose children all are needed, or one is.
 *
 *   (严禁|别)说.*好      ALL 7 (ANY 5 (ALL 3 (严禁 禁说) 别说) 好) */
#define JY__NEED_NODE 0x8000u
#define JY__NEED_ALL 0x4000u
#define JY__NEED_WORDS 0x3FFFu
#define JY__NEEDS_MOST 4096 /* with more, nothing is known of the pattern: full */
typedef struct jy__needs { uint16_t words[JY__NEEDS_MOST]; uint32_t count; bool full; } jy__needs;

/* A node is opened, gets its children, and is closed, which says whether it needs something at all: one that does not is taken out again. */
uint32_t jy__needs_open(jy__needs *needs);
bool jy__needs_close(jy__needs *needs, uint32_t node, uint16_t kind);
void jy__needs_drop(jy__needs *needs, uint32_t from);
void jy__needs_symbol(jy__needs *needs, uint32_t symbol);
void jy__needs_two(jy__needs *needs, uint32_t first, uint32_t second); /* side by side */
/* One of the literals. */
void jy__needs_one_of(jy__needs *needs, const jy__required *literals);

/* No words: nothing is needed. */
bool jy__needs_met(const uint16_t *words, size_t count, const jy__there *there);
/* Of how many alternatives one is needed; 0: there are none side by side. */
uint32_t jy__needs_alternatives(const uint16_t *words, size_t count);
/* The numbers of those that are met, `most` of them; returns how many are, `most` + 1: more. */
uint32_t jy__needs_alternatives_met(const uint16_t *words, const jy__there *there, uint32_t *out, uint32_t most);

#endif
