/* session — drives one call, turn by turn; a text is a call of one speaker. */
#ifndef JY_SESSION_SESSION_H
#define JY_SESSION_SESSION_H

#include "dialogue/dialogue_place.h"
#include "judge/judge.h"
#include "judge/judge_result.h"
#include "suggest/suggest.h"

/* Lines, columns and units of ascending places of a turn. */
typedef struct jy__turn_walk { jy__place_walk placer; jy__units units; } jy__turn_walk;
void jy__turn_walk_init(jy__turn_walk *walk, const jy_turn *turn, jy_str text, int unit);

/* Where a finding stands. */
typedef struct jy__standing {
    const jy_call *call;
    const jy_turn *turn;
    uint64_t number, id;
    int32_t state;
    jy__turn_walk *walk; /* its unit is the one in which jy_session_next() gives the span */
    size_t again;      /* finding whose place it takes, or SIZE_MAX */
} jy__standing;

/* Makes a finding of what was said and adds it to the result. */
int  jy__session_add_wording(jy__judge *judge, const jy__standing *standing, const jy__candidate *candidate, jy_result *result);
/* Makes a finding of what was not said, or of a measure: `found` has its id, kind, state, rule, turn, turn_end, span, speaker, at_ms,
 * measured and bound; turn (may be NULL) is the turn it stands in. */
int  jy__session_add_other(const jy_rules *rules, const jy_call *call, const jy_turn *turn, const jy_finding *found, jy_result *result);
/* Where text is cut so that at most so many bytes stay, and no character is halved. */
size_t jy__session_cut_at(jy_str text, size_t most);
/* What a scan or session could not do lately (limits, aborted patterns) goes from the scanner to the result. */
int  jy__session_take_limits(jy_scanner *scanner, jy_result *result, uint64_t turn);

#endif
