/* judge — hits in a turn to candidates for findings: expressions, whole words and clauses, exceptions, approved wording, overlap.
 * What depends on the rest of the call (when, where, require, limit) is decided by the situation (judge_situation.h). */
#ifndef JY_JUDGE_JUDGE_H
#define JY_JUDGE_JUDGE_H

#include "compile/compile.h"

/* A phrase or expression found in a turn; offsets in bytes of the turn's text. */
typedef struct jy__hit {
    uint32_t atom;
    int32_t confidence;
    size_t begin, end;
    jy_str form;                    /* borrowed from the rules; empty for patterns */
    uint16_t count[JY_FOLD_COUNT];
} jy__hit;
typedef struct jy__hits { jy__hit *items; size_t count, capacity; } jy__hits;

/* A rule's forbidden wording in a turn, not yet a finding. */
typedef struct jy__candidate { uint32_t rule; jy__hit hit; bool held; /* its `when` holds */ bool dropped; } jy__candidate;
typedef struct jy__candidates { jy__candidate *items; size_t count, capacity; } jy__candidates;

/* One thread's scratch. */
struct jy_scanner {
    jy__mem mem;
    jy__params params;
    jy__match_scratch match;
    jy__regex_scratch *regex;
    jy__regex_hits regex_hits;
    jy__words *words;
    bool words_set;                 /* words stands on the turn at hand */
    jy__hits hits[JY__SET_COUNT];   /* of the turn at hand, by atom and begin */
    bool collected[JY__SET_COUNT];
    jy__hits parts, joined;         /* pieces of phrases with gaps */
    struct { uint32_t *items; size_t capacity; } opened; uint32_t opening; /* by chain: the last collection that found a key of it */
    jy__hits approved;              /* wordings that shield in a pack */
    jy__candidates candidates;
    struct { uint32_t *items; size_t count, capacity; } rules_hit;
    struct { uint32_t *items; size_t count, capacity; } active;                          /* call numbers that the turn concerns */
    struct { struct jy__anchored { uint32_t number; jy_span at; } *items; size_t count, capacity; } anchored; /* anchors that hold in it */
    jy__folded folded;
    struct { jy__match *items; size_t count, capacity; } taken; /* of a text scanned at once, while its turns are judged */
    struct { size_t *items; size_t count, capacity; } places;   /* where patterns may match in it */
    bool busy;
    bool limited;                   /* a limit was reached since the caller cleared it */
    struct { jy_unchecked *items; size_t count, capacity; } aborted; /* why, by rule, since cleared */
};

/* A turn under judgement. */
typedef struct jy__judge { jy_scanner *scanner; const jy_rules *rules; jy_str text; int32_t speaker; bool loose; /* `whole:` is not asked (explain) */
    bool no_patterns; /* no pattern of JY__SET_FORBID can match here */ } jy__judge;

/* Begins a turn: forgets the hits of the last one. */
void jy__judge_begin(jy__judge *judge, jy_scanner *scanner, const jy_rules *rules, jy_str text, int32_t speaker);
/* Hits of a set in the turn; once per set and turn. */
int  jy__judge_collect(jy__judge *judge, jy__set_kind set);
/* The same from matches already found in a larger text in which the turn begins at `base`. */
int  jy__judge_collect_from(jy__judge *judge, jy__set_kind set, const jy__match *matches, size_t count, size_t base);
/* Spans of a node in the turn, appended to out, by begin. The node's set must have been collected. */
int  jy__judge_eval(jy__judge *judge, uint32_t node, jy__hits *out);
/* Candidates of all forbid rules for this speaker in scanner->candidates; `calls` also those that need the call. */
int  jy__judge_forbidden(jy__judge *judge, bool calls);
/* Drops candidates inside an exception or approved wording, or heard as an ordinary word. */
int  jy__judge_shield(jy__judge *judge);
/* The exception or approved wording that a candidate stands inside, or JY__NONE; the SHIELD set must have been collected. */
int  jy__judge_shield_of(jy__judge *judge, const jy__candidate *candidate, uint32_t *atom_out);
/* Drops the lesser of candidates of which one contains the other; what stays is in order of begin. */
int  jy__judge_resolve(jy__judge *judge);
/* Whether a hit fills its word, clause, sentence or turn, but for words that may stand beside it. */
bool jy__judge_whole(jy__judge *judge, const jy__atom *atom, size_t begin, size_t end);
/* Whether [begin, end) begins and ends where dictionary words do. */
bool jy__judge_is_word(jy__judge *judge, size_t begin, size_t end);
/* True when what was heard is an ordinary word and not the phrase. */
bool jy__judge_ordinary(jy__judge *judge, const jy__hit *hit);
/* Pinyin of the characters heard in [begin, end), "bu zhi dao". */
void jy__judge_reading(jy_str heard, jy__text *out);
/* Severity after the steps down that the hit's folds ask for. */
int32_t jy__judge_severity(const jy__compiled *rule, const jy__hit *hit);
/* What a finding shows of its rule; of the hit that made it, once that is there. */
void jy__judge_fill_rule(const jy_rules *rules, uint32_t number, jy_finding *out);
void jy__judge_fill_hit(const jy_rules *rules, const jy__hit *hit, jy_finding *out);
/* Clause or sentence around [begin, end). */
jy_span jy__judge_around(jy_str text, jy_span span, int32_t replace_span);

#endif
