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
typedef struct jy__candidate { uint32_t rule; jy__hit hit; bool held; /* its `when` holds */ bool dropped, told, waits; /* these two in jy__judge_settle() */ } jy__candidate;
typedef struct jy__candidates { jy__candidate *items; size_t count, capacity; } jy__candidates;

/* Matches of a set in the turn at hand. */
typedef struct jy__found { jy__match *items; size_t count, capacity; bool done; } jy__found;

/* Which numbers were met in this round: to list each once. */
typedef struct jy__marks { uint32_t *items; size_t capacity; uint32_t round; } jy__marks;
bool jy__marks_begin(const jy__mem *mem, jy__marks *marks, size_t count); /* numbers below count; false: no memory */
static inline bool jy__marked(const jy__marks *marks, uint32_t number) { return marks->items[number] == marks->round; }
static inline bool jy__mark(jy__marks *marks, uint32_t number) /* false: it was marked already */
{
    bool fresh = marks->items[number] != marks->round;
    marks->items[number] = marks->round;
    return fresh;
}

/* A set of numbers, as bits. */
typedef struct jy__flags { uint64_t *items; size_t capacity; } jy__flags;
bool jy__flags_begin(const jy__mem *mem, jy__flags *flags, size_t count); /* numbers below count, none is in it; false: no memory */
void jy__flags_free(const jy__mem *mem, jy__flags *flags);
static inline void jy__flag(jy__flags *flags, uint32_t number) { flags->items[number / 64] |= (uint64_t)1 << number % 64; }
static inline bool jy__flagged(const jy__flags *flags, uint32_t number) { return flags->items[number / 64] >> number % 64 & 1; }
static inline void jy__unflag(jy__flags *flags, uint32_t number) { flags->items[number / 64] &= ~((uint64_t)1 << number % 64); }
void jy__flags_join(jy__flags *flags, const jy__flags *others, size_t count); /* adds others; of numbers below count both */
bool jy__flags_any(const jy__flags *flags, uint32_t first, uint32_t count); /* of [first, first + count) */
uint32_t jy__flags_next(const jy__flags *flags, uint32_t from, uint32_t count); /* the first from there on and below count; else count */

/* One thread's scratch. */
struct jy_scanner {
    jy__mem mem;
    jy__params params;
    jy__match_scratch match;
    jy__regex_scratch *regex;
    jy__regex_hits regex_hits;      /* of all patterns that were run in the turn at hand */
    jy__words *words;
    bool words_set;                 /* words stands on the turn at hand */
    jy__hits hits[JY__SET_COUNT];   /* of the turn at hand, by atom and begin; of the sets that stand by there are none */
    jy__flags wanted[JY__SET_COUNT]; /* patterns that may match */
    struct jy__ran { uint32_t first, last, round; bool once, aborted; } *ran[JY__SET_COUNT]; size_t ran_count[JY__SET_COUNT]; /* by pattern: its matches in
                                     * regex_hits, where the round is that of the turn at hand; once: the first alone */
    uint32_t ran_round[JY__SET_COUNT];
    jy__found found[JY__SET_COUNT]; /* of the sets that stand by: matches of their first literals (judge_ask.c) */
    jy__found rest[JY__SET_COUNT];  /* of the other literals, once somebody needed them */
    bool collected[JY__SET_COUNT];
    bool chosen[JY__SET_COUNT];     /* wanted is of the turn at hand */
    jy__hits parts, joined;         /* pieces of phrases with gaps */
    jy__marks opened;               /* chains of which a key was found */
    struct jy__noting {             /* of the sets that stand by (judge_ask.c): */
        jy__flags said;             /* atoms that may have hits in the turn */
        struct jy__noted { uint32_t atom, match, use; } *items; /* how they came to it: the match's number in found, the use's place in uses; or
                                     * JY__NONE, and the number of a pattern's use */
        size_t count, capacity;
    } noting[JY__SET_COUNT];
    jy__flags concerned;            /* call numbers of rules whose when, unless or require has such an atom */
    jy__flags suspected;            /* rules that forbid such an atom */
    jy__hits approved;              /* wordings that shield in a pack */
    jy__candidates candidates;
    jy__flags rules_hit;            /* rules of which something forbidden may stand in the turn */
    struct { uint32_t *items; size_t count, capacity; } active;                          /* call numbers that the turn concerns */
    struct { struct jy__anchored { uint32_t number; jy_span at; } *items; size_t count, capacity; } anchored; /* anchors that hold in it */
    jy__matches taken;              /* of a text scanned at once, while its turns are judged */
    struct { struct jy__place_of { size_t begin; uint32_t regex; } *items; size_t count, capacity; } places; /* where patterns may match in it */
    struct { uint64_t *items; size_t capacity; } lines; /* which bytes of what was matched at once are line ends (base.h) */
    jy_result *kept;                /* given again and again (jy__result_take); NULL until there was one */
    bool busy;
    bool packs_apart;               /* each pack keeps its findings, whatever others find there: its own tests are about it alone */
    bool limited;                   /* a limit was reached since the caller cleared it */
    struct { jy_unchecked *items; size_t count, capacity; } aborted; /* why, by rule, since cleared */
};

/* A turn under judgement. */
typedef struct jy__judge { jy_scanner *scanner; const jy_rules *rules; jy_str text; int32_t speaker; bool loose; /* `whole:` is not asked (explain) */
    bool once; /* whether something was said, and where first: of each pattern the first match is enough */
    const struct jy__place_of *places; size_t place_count; bool places_known; /* of patterns of JY__SET_FORBID: no others can match */ } jy__judge;

/* Begins a turn: forgets the hits of the last one. */
void jy__judge_begin(jy__judge *judge, jy_scanner *scanner, const jy_rules *rules, jy_str text, int32_t speaker);
/* Hits of a set in the turn, or what they can be made of; once per set and turn. */
int  jy__judge_collect(jy__judge *judge, jy__set_kind set);
int  jy__judge_note_cut(jy_scanner *scanner); /* that the last match reached max-hits, if it did */
/* The same from matches already found in a larger text in which the turn begins at `base`. */
int  jy__judge_collect_from(jy__judge *judge, jy__set_kind set, const jy__match *matches, size_t count, size_t base);
/* Spans of a node in the turn, appended to out, by begin. The node's set must have been collected. */
int  jy__judge_eval(jy__judge *judge, uint32_t node, jy__hits *out);
int  jy__judge_near(jy__judge *judge, const jy__node *node, jy__hits *out); /* hits of a `near` */
/* Hits of the atoms [first, first + count), all of one set, appended to out in order of atom and begin. */
int  jy__judge_atoms(jy__judge *judge, uint32_t first, uint32_t count, jy__hits *out);
/* Candidates of all forbid rules for this speaker in scanner->candidates; `calls` also those that need the call. */
int  jy__judge_forbidden(jy__judge *judge, bool calls);
/* Drops candidates inside an exception or approved wording, or heard as an ordinary word. */
int  jy__judge_shield(jy__judge *judge);
/* The exception or approved wording that a candidate stands inside, or JY__NONE; the SHIELD set must have been collected. */
int  jy__judge_shield_of(jy__judge *judge, const jy__candidate *candidate, uint32_t *atom_out);
/* Drops the lesser of candidates of which one contains the other; what stays is in order of begin. */
int  jy__judge_resolve(jy__judge *judge);
/* The same of candidates that are in order. */
void jy__judge_settle(jy_scanner *scanner, const jy_rules *rules);
/* The candidate that a match comes to which is alone (jy__judge_alone()), and the order of such. */
jy__candidate jy__judge_candidate(const jy_rules *rules, const jy__match *match, size_t base);
bool jy__judge_comes_before(const jy__candidate *a, const jy__candidate *b);
void jy__judge_sweep(jy__candidates *candidates); /* forgets those that were dropped */
/* Whether [begin, end) fills its clause, sentence or turn in the text, but for words that may stand beside it. */
bool jy__judge_fills(const jy_rules *rules, jy_str text, const jy__manner *manner, size_t begin, size_t end);
/* The same of a hit, or its word. */
bool jy__judge_whole(jy__judge *judge, const jy__manner *manner, size_t begin, size_t end);
bool jy__judge_way_open(const jy_rules *rules, jy_str text, const jy__match *match, size_t base); /* the same of what is not alone */
/* False: the match, in a text in which `text` begins at `base`, comes to nothing by itself, being a part of a phrase that is sought by another
 * part or whose other parts are not near, or whole in no phrase that it is a match of, as a look at what stands beside it tells. `text` is the
 * turn, or more of which the turn is a line. */
static inline bool jy__judge_may_stand(const jy_rules *rules, jy_str text, const jy__match *match, size_t base)
{
    return rules->sets[JY__SET_FORBID].stands[match->literal] & JY__STANDS_ALONE || jy__judge_way_open(rules, text, match, base);
}
/* Whether no approved wording can be around the match, which was heard alike or masked, as the characters tell that stand there. */
bool jy__judge_shown_alone(const jy_rules *rules, const jy__match *match, jy_str text, size_t base);
/* Whether the match is a finding of its rule as it is, or an ordinary word that was heard alike: nothing else in the turn can change that, but what it
 * overlaps with. */
static inline bool jy__judge_alone(const jy_rules *rules, const jy__match *match, jy_str text, size_t base)
{
    return rules->sets[JY__SET_FORBID].stands[match->literal] & JY__STANDS_ALONE &&
           (!(match->count[JY_FOLD_MASKED] | match->count[JY_FOLD_SOUND]) || jy__judge_shown_alone(rules, match, text, base));
}
/* Takes out of the matches of a turn those that were heard alike and are ordinary words, or were only guessed; returns how many are left. */
size_t jy__judge_drop_unsure(jy_scanner *scanner, const jy_rules *rules, jy_str text, jy__match *matches, size_t count, size_t base);
/* False: nothing stands beside [begin, end), or near it, that the sides of that number ask for. */
bool jy__judge_sides_open(const jy_rules *rules, uint32_t number, jy_str text, size_t begin, size_t end);
/* Whether [begin, end) begins and ends where dictionary words do. */
bool jy__judge_is_word(jy__judge *judge, size_t begin, size_t end);
/* True when what was heard is an ordinary word and not the phrase. */
bool jy__judge_ordinary(jy__judge *judge, const jy__hit *hit);
/* True when too much of it is masked to be the rule's phrase. */
bool jy__judge_guessed(const jy_rules *rules, jy_str text, uint32_t rule, const jy__hit *hit);
bool jy__judge_is_particle(uint32_t cp);
/* Pinyin of the characters heard in [begin, end), "bu zhi dao". */
void jy__judge_reading(jy_str heard, jy__text *out);
/* Severity after the steps down that the hit's folds ask for. */
int32_t jy__judge_severity(const jy__compiled *rule, const jy__hit *hit);
/* What a finding shows of its rule; of the hit that made it, once that is there. */
void jy__judge_fill_rule(const jy_rules *rules, uint32_t number, jy_finding *out);
void jy__judge_fill_hit(const jy_rules *rules, const jy__hit *hit, jy_finding *out);
/* Widens the span of a hit to what `replace` is to take the place of. False: clause or sentence hold so much more that it would be lost. */
bool jy__judge_around(jy_str text, int32_t replace_span, jy_span *span);

#endif
