/* judge — the situation of a call: which anchors have held, which windows are open, which obligations are due, what the clock
 * and the events say. Fed with final turns and events in order; gives dues (findings that follow from the call, not from words alone)
 * and tells whether a forbidden wording counts at this point.
 *
 * Every rule that needs the call has one jy__rule_state. Windows are counted in the turns of one speaker ("of agent") or of all:
 *
 *   anchor ─┬─ rest of its own turn ─┬─ turn 1 of agent ─┬─ turn 2 of agent ─┐ closes: an obligation not met is due
 *           └ begin of the window    └ turns_left 2      └ turns_left 1      └ turns_left 0                                   */
#ifndef JY_JUDGE_SITUATION_H
#define JY_JUDGE_SITUATION_H

#include "judge/judge.h"

typedef enum jy__gate { JY__GATE_NO = 0, JY__GATE_NOW, JY__GATE_LATER /* depends on what comes: keep it */ } jy__gate;

/* Something to report. WORDING: a kept candidate whose time came; its turn is in `kept`. */
typedef struct jy__due { jy_finding found; uint32_t kept; /* number of the kept candidate, or JY__NONE */ } jy__due;

/* A forbidden wording that waits for its anchor (previous N turns, last N turns). Owns its turn's text and id. */
typedef struct jy__kept {
    jy__candidate candidate;
    jy_turn turn;
    uint64_t number, ordinal;      /* number of the turn; how many turns of the window's speaker there were then */
    bool used, free;
} jy__kept;

typedef struct jy__rule_state {
    uint32_t turns_left;           /* of an open window counted in turns; 0 closed */
    int64_t until_ms;              /* end of an open window counted in time; JY_TIME_UNKNOWN closed */
    bool open, met, seen, ever;    /* obligation open; met; a turn of its window was seen; the anchor has held at all */
    uint64_t anchor_turn; jy_span anchor_span; int64_t anchor_ms;
    uint64_t last_turn;            /* last turn of the window */
    int64_t last_turn_ms;
    uint64_t said_ordinal; int64_t said_ms; bool said;        /* where the required wording was last */
    uint64_t unless_ordinal; bool unless_held, unless_now;
    size_t unless_from;            /* in the turn at hand */
    bool anchored_now; jy_span anchored_at; int32_t anchored_by; /* the anchor holds in the turn at hand */
    uint32_t *echo; uint32_t echo_count, echo_room; /* folded characters of the anchor's hit */
} jy__rule_state;

/* One turn of a speaker, as `repeat` remembers it: its pairs of folded characters, sorted. */
#define JY__REPEAT_PAIRS 96
#define JY__REPEAT_TURNS 12
typedef struct jy__repeat_turn { uint32_t pairs[JY__REPEAT_PAIRS]; uint32_t count; int32_t speaker; uint64_t number; bool told; } jy__repeat_turn;

typedef struct jy__situation {
    const jy__mem *mem;
    const jy_rules *rules;
    int64_t ring_ms;
    jy__rule_state *states;        /* by rules->call_rules */
    struct { jy__due *items; size_t count, capacity; } dues;
    struct { jy__kept *items; size_t count, capacity; } kept;
    uint64_t ordinals[4], turns;   /* final turns by speaker, and all */
    int64_t now_ms;                /* latest time known */
    int64_t last_end_ms; int32_t last_speaker; uint64_t last_turn; bool silence_told;
    int64_t end_ms[4];             /* end of each speaker's last turn */
    int64_t ring_ms_first, start_ms, answer_ms, hold_ms; uint32_t rings; bool on_hold, answered;
    uint32_t events, events_since; /* bit per kind: ever; since the last turn */
    int64_t hangup_ms; int32_t hangup_by;
    bool clock, agent_seen, unknown_seen;
    jy__repeat_turn *repeats; size_t repeat_count; /* ring, only when a rule needs it */
} jy__situation;

int  jy__situation_init(jy__situation *situation, const jy__mem *mem, const jy_rules *rules, int64_t ring_ms);
void jy__situation_free(jy__situation *situation);
size_t jy__situation_memory(const jy__situation *situation);
/* A final turn begins: the clock moves, anchors of the turn are looked for (the CALL set is collected). */
int  jy__situation_open_turn(jy__situation *situation, jy__judge *judge, const jy_turn *turn, uint64_t number);
/* Whether a candidate of the turn at hand counts (also for rules with `unless` alone). partial: as of before this turn. */
jy__gate jy__situation_gate(const jy__situation *situation, const jy__judge *judge, const jy_turn *turn, const jy__candidate *candidate, bool partial);
/* Keeps a candidate whose gate is LATER. */
int  jy__situation_keep(jy__situation *situation, const jy__candidate *candidate, const jy_turn *turn, uint64_t number);
/* The turn ends: required wording is looked for, windows move, obligations become due. */
int  jy__situation_close_turn(jy__situation *situation, jy__judge *judge, const jy_turn *turn, uint64_t number);
int  jy__situation_event(jy__situation *situation, const jy_event *event);
int  jy__situation_tick(jy__situation *situation, int64_t now_ms);
int  jy__situation_finish(jy__situation *situation);
/* Why a rule could not be judged (jy_unchecked_why), 0 when it could. */
int32_t jy__situation_unchecked(const jy__situation *situation, const jy_call *call, uint32_t rule);

/* ---- between the files of the situation */
jy__rule_state *jy__situation_state(const jy__situation *situation, uint32_t rule);
int  jy__situation_due(jy__situation *situation, uint32_t rule, int32_t kind, uint64_t turn, int64_t at_ms);
jy__due *jy__situation_last_due(jy__situation *situation);
/* A moment at which anchors may hold: a turn, an event, or a silence. */
typedef struct jy__moment { jy__judge *judge; const jy_turn *turn; int32_t event, event_by; int64_t silence_ms; int32_t silence_of; } jy__moment;
/* at_out: the span of the first thing said that made it hold. */
int  jy__situation_holds(jy__situation *situation, const jy__anchor *anchor, const jy__moment *moment, bool *holds_out, jy_span *at_out);
/* The anchors of all rules at a moment without a turn. */
int  jy__situation_anchors(jy__situation *situation, const jy__moment *moment, uint64_t turn, int64_t ms);
void jy__situation_anchor_held(jy__situation *situation, uint32_t rule, uint64_t turn, jy_span at, int64_t ms);
uint64_t jy__situation_ordinal(const jy__situation *situation, int32_t of);
jy__window jy__situation_window(const jy__compiled *rule);
int  jy__situation_limits_of_turn(jy__situation *situation, const jy_turn *turn, uint64_t number);
int  jy__situation_silence(jy__situation *situation, int64_t now_ms, int32_t next_speaker, uint64_t turn);
int  jy__situation_limits_of_event(jy__situation *situation, const jy_event *event);
int  jy__situation_limit_due(jy__situation *situation, uint32_t rule, uint64_t turn, int64_t at_ms, int64_t measured, int64_t bound, int32_t speaker);

#endif
