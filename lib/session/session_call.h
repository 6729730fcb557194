/* session — the state of one call. */
#ifndef JY_SESSION_CALL_H
#define JY_SESSION_CALL_H

#include "judge/judge_situation.h"
#include "session/session.h"

typedef struct jy__news { size_t finding; int32_t state; } jy__news;

/* A turn that has begun and is not judged yet: a hypothesis, or a final turn that waits for one which began before it. */
typedef struct jy__partial {
    uint64_t number;
    size_t first;                  /* finding from which on its own may be */
    jy__turn_copy *copy;           /* of a hypothesis the id alone; of a final turn all of it */
    int64_t heard_ms;              /* when the last hypothesis came or reached to */
    bool final, overtaken;         /* overtaken: no longer waited for */
    bool said;                     /* the last hypothesis had words */
} jy__partial;

typedef struct jy__late_event { jy_event event; uint64_t behind; /* turns with smaller numbers come first */ } jy__late_event;

struct jy_session {
    jy__mem mem;
    jy__params params;
    jy_rules *rules;
    jy_call call;                  /* strings belong to `found` */
    jy_result *found;              /* all findings, whatever their state */
    uint64_t turns, next_id, round;/* round: number of the hypothesis, to see which findings were said again */
    size_t bad_bytes, first_bad;
    struct { jy__news *items; size_t count, capacity; } queue;
    size_t queue_at, last;         /* last: finding that next() gave, SIZE_MAX before */
    struct { jy__partial *items; size_t count, capacity; } partials;
    size_t overtaken;
    int64_t tick_ms;
    struct { jy__late_event *items; size_t count, capacity; } events;
    jy__situation situation;
    jy__turn_copy *tail; uint64_t tail_number; /* the last final turn, for a phrase that a turn break cuts */
    size_t tail_first;             /* finding from which on its own are */
    jy__text joined;
    bool finished;
};

/* A final turn, in its place in the call; first: finding from which on its provisional ones may be. */
int jy__session_judge(jy_session *session, jy_scanner *scanner, const jy_turn *turn, uint64_t number, size_t first);
/* What a turn says so far: its findings are provisional. */
int jy__session_suppose(jy_session *session, jy_scanner *scanner, const jy_turn *turn, uint64_t number, size_t first);
/* Withdraws the provisional findings of a turn that will not come. */
int jy__session_withdraw_all(jy_session *session, uint64_t number, size_t first);
/* What the situation has found since the last time; turn (or NULL) is the one at hand. */
int jy__session_tell_dues(jy_session *session, jy_scanner *scanner, const jy_turn *turn, uint64_t number);
int jy__session_tell(jy_session *session, size_t finding);

/* Turns and events in the order in which they began (session_order.c). */
int jy__session_order_turn(jy_session *session, jy_scanner *scanner, const jy_turn *turn);
int jy__session_order_event(jy_session *session, jy_scanner *scanner, const jy_event *event);
/* The clock: a hypothesis of which nothing was heard for long is no longer waited for. */
int jy__session_order_tick(jy_session *session, jy_scanner *scanner, int64_t now_ms);
/* The end: hypotheses are withdrawn and listed, what waited is judged. */
int jy__session_order_end(jy_session *session, jy_scanner *scanner);
void jy__session_order_clear(jy_session *session);

/* A phrase that the break between two turns of one speaker cuts: looked for over both, reported once, over both. first: see jy__session_judge(). */
int jy__session_cut(jy_session *session, jy_scanner *scanner, const jy_turn *turn, uint64_t number, size_t first);
/* What was not checked, and the scorecards. */
int jy__session_account(const jy_session *session, jy_result *result);

#endif
