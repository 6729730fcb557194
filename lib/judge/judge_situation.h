/* judge — the situation of a call: which anchors have held, which windows are open, which obligations are due, what the clock
 * and the events say. Fed with final turns and events in order; gives dues (findings that follow from the call, not from words alone)
 * and tells whether a forbidden wording counts at this point.
 *
 * Every rule that needs the call has one jy__rule_state. Windows are counted in the turns of one speaker ("of agent") or of all:
 *
 *   anchor ─┬─ rest of its own turn ─┬─ turn 1 of agent ─┬─ turn 2 of agent ─┐ closes: an obligation not met is due
 *           └ begin of the window    └ turns_left 2      └ turns_left 1      └ turns_left 0
 *
 * A turn concerns few rules: those whose words were said in it (judge_ask.c), those that are `watched` because a window of
 * theirs is open, and those to which a turn without their words may matter. The others are not looked at.                   */
#ifndef JY_JUDGE_SITUATION_H
#define JY_JUDGE_SITUATION_H

#include "judge/judge.h"

typedef enum jy__gate { JY__GATE_NO = 0, JY__GATE_NOW, JY__GATE_LATER /* depends on what comes: keep it */ } jy__gate;

/* A turn with all its strings, in one piece of memory. */
typedef struct jy__turn_copy { size_t size; jy_turn turn; char bytes[]; } jy__turn_copy;
jy__turn_copy *jy__turn_copy_new(const jy__mem *mem, const jy_turn *turn);
/* In the place of an old one (or NULL), which it takes when there is room; NULL: no memory, the old one stays. */
jy__turn_copy *jy__turn_copy_instead(const jy__mem *mem, jy__turn_copy *old, const jy_turn *turn);
void jy__turn_copy_free(const jy__mem *mem, jy__turn_copy *copy);

/* Something to report. WORDING: a kept candidate whose time came; its turn is in `kept`. */
typedef struct jy__due {
    uint32_t rule, kept;           /* kept: number of the kept candidate, or JY__NONE */
    int32_t kind, speaker;
    uint64_t turn;
    int64_t at_ms, measured, bound;
} jy__due;

/* A forbidden wording that waits for its anchor (previous N turns, last N turns). */
typedef struct jy__kept {
    jy__candidate candidate;
    jy__turn_copy *copy;           /* NULL: the place is free */
    uint64_t number, ordinal;      /* number of the turn; how many turns of the window's speaker there were then */
    bool used, bare;               /* bare: whether something shields it was not asked yet */
} jy__kept;

/* Folded characters of what an anchor heard, for `echo`. */
#define JY__ECHO_MOST 64
typedef struct jy__echo { uint32_t count, symbols[JY__ECHO_MOST]; } jy__echo;

/* There is one for each rule in each live call: kept small. */
typedef struct jy__rule_state {
    int64_t until_ms;              /* end of an open window counted in time; JY_TIME_UNKNOWN closed */
    int64_t said_ms;               /* where the required wording was last … */
    int64_t last_ms;               /* time of `turn`; of a rule for the last turns: when `unless` last held */
    jy__echo *echo;
    uint32_t said_ordinal;         /* … and how many turns of the window's speaker there were then */
    uint32_t unless_ordinal;
    uint32_t turn;                 /* last turn of the open window so far, at first the anchor's */
    uint16_t turns_left;           /* of an open window counted in turns; 0 closed */
    bool open : 1, met : 1, seen : 1, ever : 1; /* obligation open; met or waived; a turn of its window came; the anchor has held at all */
    bool said : 1, unless_held : 1;
    bool anchored_now : 1, unless_now : 1;      /* in the turn at hand */
    bool watched : 1;              /* in situation->watched */
    bool told : 1;                 /* of the silence or hold that goes on */
    bool untimed : 1, cut : 1;     /* a time that was needed is not known; a kept candidate had to go */
    bool endless : 1;              /* when a turn ended would have to be known to tell */
    bool until_least : 1, said_least : 1; /* of until_ms, of said_ms: it was then or later */
} jy__rule_state;

/* One turn of a speaker, as `repeat` remembers it: its pairs of folded characters, and a mark of them, a bit for many pairs. */
#define JY__REPEAT_PAIRS 62
#define JY__REPEAT_TURNS 64        /* a longer `within` is cut to this */
typedef struct jy__repeat_turn {
    uint64_t mark[2];
    uint16_t pairs[JY__REPEAT_PAIRS];
    uint8_t count, bits /* of the mark */, speaker;
    bool sorted;
} jy__repeat_turn;

typedef struct jy__situation {
    const jy__mem *mem;
    const jy_rules *rules;
    int64_t ring_ms; size_t keep_most, bare_count;
    jy__rule_state *states;        /* by rules->call_rules */
    struct { jy__due *items; size_t count, capacity; } dues;
    struct { jy__kept *items; size_t count, capacity; } kept;
    struct { uint32_t *items; size_t count, capacity; } watched;   /* call numbers */
    jy__flags heedless;            /* call numbers: those that are looked at in every turn */
    uint64_t ordinals[4], turns;   /* final turns by speaker, and all */
    uint64_t last_turn;
    int64_t now_ms;                /* latest time known */
    int64_t last_end_ms; int32_t last_speaker; /* since then nobody is known to have spoken */
    int64_t end_ms[4];             /* end of each speaker's last turn, as far as it is known: */
    bool endless[4], untimed[4];   /* it ended then or later; of some turn it is not known when it began */
    int64_t ring_first_ms, start_ms, hold_ms, hangup_ms;
    uint32_t rings;
    int32_t hold_by, hangup_by;
    uint32_t events, events_since; /* bit per kind: ever; since the last turn */
    uint8_t on_hold;               /* held, muted (judge_limit.c); 0: neither */
    bool answered, delay_known, clock;
    bool unknown_seen;             /* a turn, or the one at hand, is of an unknown speaker */
    jy__repeat_turn *repeats; uint32_t repeat_room, repeat_count; /* ring, only when a rule needs it */
} jy__situation;

int  jy__situation_init(jy__situation *situation, const jy__mem *mem, const jy_rules *rules, const jy__params *params);
void jy__situation_free(jy__situation *situation);
size_t jy__situation_memory(const jy__situation *situation);
/* A final turn begins: the clock moves, anchors of the turn are looked for (the CALL set is collected). */
int  jy__situation_open_turn(jy__situation *situation, jy__judge *judge, const jy_turn *turn, uint64_t number);
/* Whether a candidate of the turn at hand counts (also for rules with `unless` alone). partial: as of before this turn. */
int  jy__situation_gate(jy__situation *situation, jy__judge *judge, const jy_turn *turn, const jy__candidate *candidate, bool partial, jy__gate *out);
/* Of the rules that forbid something that may stand in the turn at hand, those are suspected no longer of which nothing can count in it, nor later. */
int  jy__situation_clear_suspects(jy__situation *situation, jy__judge *judge, const jy_turn *turn);
/* Whether a rule's `unless` holds by what is said in this turn. */
int  jy__situation_unless(jy__judge *judge, const jy_turn *turn, uint32_t rule, bool *out);
/* Whether `unless` silences the rule now. own: as of jy__situation_anchor_held, or JY__SPEAKER_UNCOUNTED in a turn that is not counted yet. */
#define JY__SPEAKER_UNCOUNTED (-3)
bool jy__situation_silenced(const jy__situation *situation, uint32_t rule, int32_t own);
/* `unless` holds by the turn or event at hand: it is noted, and what a `require` still owes is waived. */
void jy__situation_unless_held(jy__situation *situation, uint32_t rule, int64_t ms);
/* Whether it waives what was owed in the last turns, seen from the end of the call. */
bool jy__situation_waived_at_end(const jy__situation *situation, uint32_t rule);
/* Keeps a candidate whose gate is LATER; bare: as it is before shielding. */
int  jy__situation_keep(jy__situation *situation, const jy__candidate *candidate, const jy_turn *turn, uint64_t number, bool bare);
/* Whether a candidate of the rule whose gate is LATER may be kept bare: no other turn is waiting with it, and mostly nothing comes of it; nor are many
 * kept so. */
bool jy__situation_keeps_bare(const jy__situation *situation, uint32_t rule);
/* Forgets kept candidates that were told or that no window reaches any more. */
void jy__situation_forget(jy__situation *situation);
/* The turn ends: required wording is looked for, windows move, obligations become due. */
int  jy__situation_close_turn(jy__situation *situation, jy__judge *judge, const jy_turn *turn, uint64_t number);
int  jy__situation_event(jy__situation *situation, const jy_event *event);
/* live: nothing else has come; a hold or silence that goes on is told while it goes on. */
int  jy__situation_tick(jy__situation *situation, int64_t now_ms, bool live);
int  jy__situation_finish(jy__situation *situation);
/* Why a rule could not be judged (jy_unchecked_why), 0 when it could. */
int32_t jy__situation_unchecked(const jy__situation *situation, const jy_call *call, uint32_t rule, bool ended);

/* ---- between the files of the situation */
jy__rule_state *jy__situation_state(const jy__situation *situation, uint32_t rule);
jy__window jy__situation_window(const jy__compiled *rule);
uint64_t jy__situation_ordinal(const jy__situation *situation, int32_t of);
static inline bool jy__window_counts(int32_t of, int32_t speaker) { return of < 0 || of == speaker; }
int  jy__situation_watch(jy__situation *situation, uint32_t call_number);
int  jy__situation_due(jy__situation *situation, jy__due due);
/* Whether somebody unknown who spoke may be the one that the rule is about: then nobody was silent, and it may have been said. */
bool jy__situation_may_be_another(const jy__situation *situation, uint32_t rule);
/* When a turn ended, as far as it is known: then or, where *exact is false, later. */
int64_t jy__turn_end(const jy_turn *turn, bool *exact);
int  jy__situation_due_missing(jy__situation *situation, uint32_t rule, uint64_t turn, int64_t at_ms);
/* A moment at which anchors may hold: a turn, an event, or a silence. */
typedef struct jy__moment { jy__judge *judge; const jy_turn *turn; int32_t event, event_by; int64_t silence_ms; int32_t silence_of; } jy__moment;
/* events: bit per kind that came since the last turn. at_out: the span of the first thing said that made it hold. */
int  jy__anchor_holds(const jy__anchor *anchor, const jy__moment *moment, uint32_t events, bool *holds_out, jy_span *at_out);
/* What holds at a moment without a turn: of all rules `unless`, then the anchor. */
int  jy__situation_anchors(jy__situation *situation, const jy__moment *moment, uint64_t turn, int64_t ms);
/* Notes of all rules that a silence is an anchor of, or silences, that it is not known whether it was that long: moment's is the most it can have been. */
void jy__situation_doubt_silence(jy__situation *situation, const jy__moment *moment);
/* exact: its turn ended then, not later. own: the anchor was said in a turn that has been counted already, by this speaker; else JY__SPEAKER_NOBODY. */
#define JY__SPEAKER_NOBODY (-2)
int  jy__situation_anchor_held(jy__situation *situation, uint32_t rule, uint64_t turn, int64_t ms, bool exact, int32_t own);
/* Kept candidates of a rule that its window reaches, seen from `ordinal` (turns of the window's speaker) and `ms`;
 * but: of this turn none, what counts there has been told. */
int  jy__situation_release(jy__situation *situation, uint32_t rule, uint64_t ordinal, int64_t ms, uint64_t but);
jy_span jy__situation_anchored_at(const jy_scanner *scanner, uint32_t call_number);
int  jy__situation_expire(jy__situation *situation, int64_t now_ms);
/* Sets *out when wording of the node `require` stands in `range` of the judge's turn. */
int  jy__situation_said(jy__situation *situation, jy__judge *judge, const jy__rule_state *state, uint32_t require, jy_span range, bool *out);
/* Keeps what the anchor heard, when the rule wants it said again. */
int  jy__situation_hear(jy__situation *situation, jy__rule_state *state, uint32_t require, jy_str said);
int  jy__situation_finish_require(jy__situation *situation, uint32_t rule);
int  jy__situation_limits_of_turn(jy__situation *situation, const jy_turn *turn, uint64_t number);
int  jy__situation_limits_of_event(jy__situation *situation, const jy_event *event);
int  jy__situation_limits_of_tick(jy__situation *situation, int64_t now_ms);
int  jy__situation_finish_limits(jy__situation *situation);
int32_t jy__situation_limit_unchecked(const jy__situation *situation, const jy__limit *limit);
int  jy__situation_silence(jy__situation *situation, int64_t now_ms, int32_t next_speaker);
/* All turns that came are over by now. */
void jy__situation_is_quiet(jy__situation *situation, int64_t now_ms);
/* All limit rules of one measure that are passed; whose: a speaker, or JY__SPEAKER_ANY when it is the call's. */
int  jy__situation_measure(jy__situation *situation, jy__measure kind, int32_t whose, uint64_t turn, int64_t at_ms, int64_t measured);
/* Notes of all limit rules of a measure that it was not taken, though it may have been as much as `most`. */
void jy__situation_doubt(jy__situation *situation, jy__measure kind, int32_t whose, int64_t most);
/* `repeat`: remembers the turn, compares it with those before. */
int  jy__situation_repeat(jy__situation *situation, const jy_turn *turn, uint64_t number);

#endif
