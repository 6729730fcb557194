/* judge, inside — from matches to hits. */
#ifndef JY_JUDGE_JOIN_H
#define JY_JUDGE_JOIN_H

#include "judge/judge.h"

int  jy__judge_add_hit(jy__judge *judge, jy__hits *hits, const jy__hit *hit);
int  jy__judge_add_if_whole(jy__judge *judge, jy__hits *hits, const jy__hit *hit);
void jy__hits_sort(jy__hits *hits, int (*order)(const void *, const void *));
/* Which patterns of the set may match in the turn; once per turn. */
int  jy__judge_choose(jy__judge *judge, jy__set_kind kind);
/* Hits of a use of a pattern of the set, appended to out. */
int  jy__judge_pattern(jy__judge *judge, jy__set_kind kind, uint32_t use, jy__hits *out);
int  jy__hits_by_atom(const void *a, const void *b); /* then begin, then longest */
int  jy__hits_by_begin(const void *a, const void *b); /* then longest */
/* Keeps the matches of the last scan. */
int  jy__judge_keep_found(jy_scanner *scanner, jy__found *to);
/* The uses of a literal by the atom and those behind it: uses are in the order of atoms. */
jy__uses jy__judge_uses_from(const jy__set *set, size_t literal, uint32_t atom);
/* Hits of phrases with gaps among the atoms [first, first + count), appended to out. Matches are those of the set's first literals
 * (compile_first.c), found in a text in which the turn begins at `base`. */
typedef struct jy__joining { jy__judge *judge; jy__set_kind kind; uint32_t first, count; jy__hits *out; } jy__joining;
int  jy__judge_join(const jy__joining *joining, const jy__match *matches, size_t count, size_t base);
/* Notes which atoms of a set that stands by may have hits in the turn, once its matches are known; of JY__SET_CALL also whose they are. */
int  jy__judge_note_said(jy__judge *judge, jy__set_kind kind);
/* Hits of the atoms [first, first + count) of a set that was collected, appended to out in order of atom and begin. */
int  jy__judge_ask(jy__judge *judge, jy__set_kind kind, uint32_t first, uint32_t count, jy__hits *out);

#endif
