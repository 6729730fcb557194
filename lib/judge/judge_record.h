/* judge, inside — what a result is made of. */
#ifndef JY_JUDGE_RECORD_H
#define JY_JUDGE_RECORD_H

#include "compile/compile.h"
#include "dialogue/dialogue_place.h"
#include "judge/judge_result.h"

/* How a finding differs from what is written, and which number that has (jy__brief); zeros: in nothing. */
#define JY__ALTERED_RECENT 16u
typedef struct jy__altered_recent { uint64_t folds[2]; int32_t doubt; uint32_t number; } jy__altered_recent; /* doubt: 100 less the confidence */
typedef struct jy__match_recent { uint64_t counts; uint32_t doubt, number; } jy__match_recent; /* of matches, whose counts are bytes */

/* Turns whose speaker is unknown, and the first names that their source has for who speaks. */
#define JY__UNKNOWN_LABELS 8
typedef struct jy__unknown { uint64_t turns; size_t label_count; jy_str labels[JY__UNKNOWN_LABELS]; } jy__unknown;

/* The line that was asked for last, and where it begins in its excerpt; found: a finding in it was asked for. */
typedef struct jy__line_walk { size_t excerpt, begin; jy__line line; bool found; } jy__line_walk;

/* One text after the other may come to nothing: what a result of nothing does not need is not even cleared. */
struct jy_result {
    jy__mem mem;
    jy__arena arena;
    jy_rules *rules;
    int unit;
    int kept;                       /* by a scanner, for the next text: judge_kept.c */
    bool nothing;                   /* jy__result_nothing() */
    bool limited, lists_call_rules;
    bool script, has_call;          /* script: nothing is known of the call but first_turn */
    bool text_stays;                /* … as and where it is, so its lines are not copied */
    bool has_placer, has_units, has_line, apart, thinned; /* thinned: findings were taken out */
    uint64_t turn_count, first_turn;
    size_t bad_bytes, first_bad;
    jy__unknown *unknown;           /* NULL: there are none */
    struct { jy__turn_record *items; size_t count, capacity; } turns;
    struct { jy_event *items; size_t count, capacity; } events;
    struct { jy__finding_record *items; size_t count, capacity; } findings;
    struct { jy_unchecked *items; size_t count, capacity; } unchecked;
    struct { jy_score *items; size_t count, capacity; } scores;
    /* of a text */
    struct { jy__excerpt *items; size_t count, capacity; } excerpts;
    struct { jy__brief *items; size_t count, capacity; } briefs;
    struct { jy__far *items; size_t count, capacity; } far;
    struct { jy__judged *items; size_t count, capacity; } judged;
    struct { jy__altered *items; size_t count, capacity; } altered;
    jy__altered_recent recent[JY__ALTERED_RECENT]; /* of altered, by their hash: most findings differ as some just before did */
    jy__match_recent recent_matches[JY__ALTERED_RECENT];
    struct { uint32_t *items; size_t count, capacity; } left; /* the briefs that are left, once some were taken out */
    jy__told **told; size_t told_count; /* by brief; NULL until something is asked for that needs memory */
    /* not cleared: where the last answer stood, so that those which follow begin there; the call */
    jy__place_walk placer;
    jy__units units;
    jy__line_walk line;
    jy_call call;
};

jy_call jy__result_call(const jy_result *result);
size_t jy__result_turn_place(const jy_result *result, uint64_t number);
/* judge_text.c */
#define JY__ALTERED_NONE UINT32_MAX
uint32_t jy__altered_add(jy_result *result, int32_t confidence, const uint16_t count[JY_FOLD_COUNT]); /* its number; JY__ALTERED_NONE: no memory */
static inline jy__altered_recent *jy__altered_recent_of(jy_result *result, const uint64_t folds[2], int32_t doubt)
{
    return &result->recent[((folds[0] ^ folds[1] * 31 ^ (uint32_t)doubt) * UINT64_C(0x9E3779B97F4A7C15) >> 60) % JY__ALTERED_RECENT];
}
/* Of what differs so: mostly it is among those that some just before had. */
static inline uint32_t jy__altered_number(jy_result *result, int32_t confidence, const uint16_t count[JY_FOLD_COUNT])
{
    const jy__altered_recent *recent;
    const int32_t doubt = 100 - confidence;
    uint64_t folds[2];
    memcpy(folds, count, sizeof(folds));
    recent = jy__altered_recent_of(result, folds, doubt);
    if ((recent->folds[0] ^ folds[0]) | (recent->folds[1] ^ folds[1]) | (uint32_t)(recent->doubt ^ doubt))
        return jy__altered_add(result, confidence, count);
    return recent->number;
}
bool jy__brief_far(jy_result *result, jy__brief *own, jy_span span, uint32_t altered); /* false: no memory */
uint32_t jy__altered_of_match(jy_result *result, const jy__match *match, jy__match_recent *recent); /* the same of what is not recent */
static inline uint32_t jy__altered_match(jy_result *result, const jy__match *match)
{
    const uint32_t doubt = 100u - match->confidence;
    jy__match_recent *recent;
    uint64_t counts;
    memcpy(&counts, match->count, sizeof(counts));
    recent = &result->recent_matches[(counts ^ doubt) * UINT64_C(0x9E3779B97F4A7C15) >> 60];
    return __builtin_expect((recent->counts ^ counts) | (recent->doubt ^ doubt), 0) ? jy__altered_of_match(result, match, recent) : recent->number;
}
/* False: no memory for how it differs, or for what is far. */
static inline bool jy__brief_set_altered(jy_result *result, jy__brief *own, uint32_t found, jy_span span, uint32_t altered)
{
    const size_t length = span.end - span.begin;
    own->found = found;
    own->begin = (uint32_t)span.begin;
    own->length = (uint16_t)length;
    own->altered = (uint16_t)altered;
    return __builtin_expect(!((span.begin > UINT32_MAX) | (length >= JY__BRIEF_FAR) | (altered > UINT16_MAX)), 1) || jy__brief_far(result, own, span, altered);
}
static inline bool jy__brief_set(jy_result *result, jy__brief *own, uint32_t found, jy_span span, int32_t confidence, const uint16_t count[JY_FOLD_COUNT])
{
    return jy__brief_set_altered(result, own, found, span, jy__altered_number(result, confidence, count));
}
/* The same of a match, in an excerpt that begins at `begin`. */
static inline bool jy__brief_set_match(jy_result *result, jy__brief *own, const jy__match *match, size_t begin)
{
    const jy_span span = { match->begin - begin, jy__match_end(match) - begin };
    return jy__brief_set_altered(result, own, match->literal, span, jy__altered_match(result, match));
}
/* Of some, in a row. (judge_briefs.c) */
bool jy__brief_set_matches(jy_result *result, jy__brief *own, const jy__match *match, size_t count, size_t begin);
/* Of the last excerpt; there is room for it. */
static inline bool jy__brief_put(jy_result *result, uint32_t found, jy_span span, int32_t confidence, const uint16_t count[JY_FOLD_COUNT])
{
    const bool done = jy__brief_set(result, &result->briefs.items[result->briefs.count], found, span, confidence, count);
    result->briefs.count += done;
    return done;
}
/* For so many more; false: no memory. */
static inline bool jy__brief_room(jy_result *result, size_t count)
{
    return result->briefs.capacity - result->briefs.count >= count ||
           jy__mem_grow(&result->mem, &result->briefs.items, &result->briefs.capacity, result->briefs.count + count, sizeof(*result->briefs.items));
}
static inline bool jy__excerpt_room(jy_result *result, size_t count)
{
    return result->excerpts.capacity - result->excerpts.count >= count ||
           jy__mem_grow(&result->mem, &result->excerpts.items, &result->excerpts.capacity, result->excerpts.count + count, sizeof(*result->excerpts.items));
}
void jy__brief_show(const jy_result *result, size_t index, jy_finding *out);
bool jy__brief_hit(const jy_result *result, size_t index, jy__hit_record *out);
bool jy__brief_thin(jy_result *result); /* before the first is taken out: all are left; false: no memory */
/* judge_excerpt.c */
bool jy__line_find(const jy_result *result, uint64_t number, jy__line *out); /* false: nothing was found in it */
bool jy__line_turn(const jy_result *result, uint64_t number, jy_turn *out);
uint32_t jy__line_shown(const jy_result *result, const jy__line *line); /* the number that is shown of it */

#endif
