/* match, inside — what the two halves of the slow reference share: one segment as characters, one literal as symbols, and how far the
 * literal reaches. */
#ifndef JY_MATCH_REFERENCE_H
#define JY_MATCH_REFERENCE_H

#include "match/match.h"
#include "match/match_limits.h"
#include "fold/fold.h"

typedef struct jy__character {
    size_t begin, end;
    uint32_t cp, symbols[JY__FOLD_MOST], width[JY__FOLD_MOST];
    size_t count, width_count;
    jy__kind kind;
    bool bad;
} jy__character;

/* Costs in the order in which they weigh. */
enum { REPEATS, SOUND, PRICE, FILLERS, SCRIPT, WIDTH, GAPS, INVISIBLE, MASKED, COSTS };
typedef struct jy__outcome { bool known, found; size_t end; uint32_t cost[COSTS]; } jy__outcome;

typedef struct jy__reference {
    const jy__mem *mem;
    struct { jy__character *items; size_t count, capacity; } units;
    uint32_t symbols[JY__MATCH_MOST_SYMBOLS];
    unsigned stops[JY__MATCH_MOST_SYMBOLS];
    uint32_t count, folds;
    bool marks, sound, masked;
    jy__outcome *memory;
    size_t memory_count;
    int mode;
} jy__reference;

bool jy__reference_lay_out(jy__reference *r, jy_str text, size_t begin, size_t end); /* false: no memory */
void jy__reference_read(jy__reference *r, const jy__literal *literal);
/* The best way of the literal from this character on, in the mode of r: 0 as written, 1 by sound, 2 masked. */
jy__outcome jy__reference_reach(jy__reference *r, size_t start);

#endif
