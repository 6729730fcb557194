/* judge, inside — parts of one expression near one another. */
#ifndef JY_JUDGE_NEAR_H
#define JY_JUDGE_NEAR_H
#include "judge/judge.h"

/* Hits of one part, by begin, and the longest of them: a turn may hold ten thousand, and each hit looks at its neighbours only. */
typedef struct jy__near_part { jy__hits hits; size_t longest; bool taken; } jy__near_part;
void jy__near_widen(jy__hit *whole, const jy__hit *by);

/* Hits of all parts but the first, by begin, and which parts may stand in a row with each: made when first asked for. */
typedef struct jy__near_hit { const jy__hit *hit; uint32_t part; size_t reach; uint64_t behind, before; } jy__near_hit; /* reach: where a near one begins at most */
typedef struct jy__near_chains { jy__near_hit *items; size_t count, capacity, longest; } jy__near_chains;
/* Whether all other parts stand in a row with `whole`, a hit of the first; widens it by them. Of more parts than JY__NEAR_CHAINED none is found. */
#define JY__NEAR_CHAINED 7
int  jy__near_chained(jy__judge *judge, const jy__node *node, const jy__near_part *kids, jy__near_chains *chains, jy__hit *whole, bool *found);

#endif
