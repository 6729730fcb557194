/* session_scan — what one text and many texts in one call share: everything is matched first, then the turns are judged in which
 * something was found. */
#ifndef JY_SESSION_SESSION_SCAN_H
#define JY_SESSION_SESSION_SCAN_H

#include "session/session.h"

typedef struct jy__text_scan {
    jy_scanner *scanner;
    const jy_rules *rules;
    jy_result *result;
    jy_call call;
    const jy_place *at;
    uint64_t next_id;
    size_t matches_done, places_done; /* of scanner->taken, scanner->places: those of turns already judged */
    bool every;                       /* some pattern may match anywhere: every turn is judged */
    size_t hits_left;                 /* of max-hits */
    size_t bad_bytes, first_bad;
} jy__text_scan;

/* What was found in one turn: scanner->taken[first, last), and whether a pattern may match. */
typedef struct jy__scan_turn { size_t first, last; bool patterns; } jy__scan_turn;

int  jy__scan_begin(jy__text_scan *s, jy_scanner *scanner, jy_rules *rules, const jy_call *call, const jy_place *at);
/* Matches text, whose first byte is number `offset` of all; what it finds waits in the scanner. */
int  jy__scan_match(jy__text_scan *s, jy_str text, size_t offset, const size_t *bounds, size_t bound_count);
size_t jy__scan_next(const jy__text_scan *s, size_t from);
bool jy__scan_take(jy__text_scan *s, size_t end, jy__scan_turn *found);
/* Judges one turn, which begins at `base` of what was matched. */
int  jy__scan_judge(jy__text_scan *s, const jy_turn *turn, uint64_t number, const jy__scan_turn *found, size_t base);
int  jy__scan_end(jy__text_scan *s, int status, uint64_t turns, jy_result **out);

#endif
