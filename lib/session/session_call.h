/* session — the state of one call. */
#ifndef JY_SESSION_CALL_H
#define JY_SESSION_CALL_H

#include "judge/judge_situation.h"
#include "session/session.h"

typedef struct jy__news { size_t finding; int32_t state; } jy__news;
typedef struct jy__partial { uint64_t number; size_t first; /* finding from which on its own may be */ size_t id_len; char id[64]; } jy__partial;

struct jy_session {
    jy__mem mem;
    jy__params params;
    jy_rules *rules;
    jy_call call;                  /* strings belong to `found` */
    jy_result *found;              /* all findings, whatever their state */
    uint64_t turns, next_id, round;/* round: number of the hypothesis, to see which findings were said again */
    size_t bad_bytes, first_bad;
    struct { jy__news *items; size_t count, capacity; } queue;
    size_t queue_at, last;
    struct { jy__partial *items; size_t count, capacity; } partials;
    jy__situation situation;
    /* end of the last final turn, for a phrase that a turn break cuts */
    jy__text tail; jy_turn tail_turn; jy_place tail_place; uint64_t tail_number; size_t tail_begin; /* where in that turn the tail begins */
    jy__text joined;
    bool finished;
};

/* A phrase that the break between two turns of one speaker cuts: looked for over both, reported once, over both. */
int jy__session_cut(jy_session *session, jy_scanner *scanner, const jy_turn *turn, uint64_t number);
int jy__session_tell(jy_session *session, size_t finding);
/* What was not checked, and the scorecards. */
int jy__session_account(const jy_session *session, jy_result *result);

#endif
