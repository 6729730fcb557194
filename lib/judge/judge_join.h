/* judge, inside — from matches to hits. */
#ifndef JY_JUDGE_JOIN_H
#define JY_JUDGE_JOIN_H

#include "judge/judge.h"

int  jy__judge_add_hit(jy__judge *judge, jy__hits *hits, const jy__hit *hit);
int  jy__judge_add_if_whole(jy__judge *judge, jy__hits *hits, const jy__hit *hit);
void jy__hits_sort(jy__hits *hits, int (*order)(const void *, const void *));
/* Hits of phrases with gaps, appended to the set's; matches are those of the first literals (compile_first.c), found in a text in which the
 * turn begins at `base`. */
int  jy__judge_join(jy__judge *judge, jy__set_kind kind, const jy__match *matches, size_t count, size_t base);

#endif
