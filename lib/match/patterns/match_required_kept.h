/* match_required, inside — what is kept of a pattern while it is read. */
#ifndef JY_MATCH_REQUIRED_KEPT_H
#define JY_MATCH_REQUIRED_KEPT_H

#include "match/patterns/match_required.h"

/* branches: the pattern itself is an alternation. depth: of the group that is read. since: how many symbols may at most have come since where the best
 * literals begin, or JY__KEPT_FAR. */
#define JY__KEPT_FAR UINT32_MAX
typedef struct jy__kept { bool branches; unsigned depth; uint32_t since; jy__besides besides; } jy__kept;

/* The better one of both becomes the best; the other one may be kept besides. */
void jy__kept_better(jy__kept *kept, jy__required *best, const jy__required *other);
/* The literals that were just read, the longest of which had so many symbols before it was shortened: where they are the best, what follows is near them. */
void jy__kept_read(jy__kept *kept, const jy__required *best, const jy__required *literals, uint32_t longest);
/* So many symbols at most follow, or JY__KEPT_FAR. */
void jy__kept_pass(jy__kept *kept, uint32_t most);
/* A character of the sequence that stands for itself: a mark may be kept besides. */
void jy__kept_mark(jy__kept *kept, uint32_t cp);

#endif
