/* judge — the result under construction. Filled by session, read by report and by users through jy_result_*().
 * All strings are copied into the result's arena (or borrowed from its rules, of which it holds a reference). */
#ifndef JY_JUDGE_RESULT_H
#define JY_JUDGE_RESULT_H

#include "match/match.h"

typedef struct jy__hit_record {
    uint64_t turn; size_t begin, end; jy_str phrase, form, reading; uint16_t count[JY_FOLD_COUNT]; int32_t confidence;
} jy__hit_record;
typedef struct jy__finding_record {
    jy_finding finding;            /* spans in BYTES; converted when handed out */
    jy__hit_record *hits; size_t hit_count;
    jy_str *suggestions; size_t suggestion_count;   /* slots filled */
    bool suggestions_borrowed;                      /* from the rules: they have no slots */
    jy_edit *edits; size_t edit_count;              /* spans in bytes */
    jy_span shown;                                  /* the span in the unit of the session that tells it */
    uint64_t round;                                 /* of the session that keeps it provisional */
} jy__finding_record;
typedef struct jy__turn_record { uint64_t number; jy_turn turn; } jy__turn_record; /* strings owned by the arena */

/* A text without a call: findings and the lines they stand in, kept short, since there may be one in every line. What is shown of them is worked
 * out when it is asked for. Lines that follow one another are kept as one excerpt, copied in one piece; which of them a finding stands in, and what
 * number that has, is counted from the begin of the excerpt:
 *
 *   text      ──line──┃──line──┃──line──┃──line──┃──line──┃──line──┃──line──
 *   findings      ^      ^    ^     ^                          ^
 *   excerpts  ├──────────────────────────┤              ├────────┤
 */
typedef struct jy__line { uint64_t number; jy_str text; size_t offset; } jy__line;
typedef struct jy__excerpt {
    jy__line lines;                                 /* of the first: the number */
    uint32_t first;                                 /* index of the first finding in it */
    bool one;                                       /* it is one line, whatever it holds: a text of a batch may have line ends */
} jy__excerpt;
typedef struct jy__brief {
    uint32_t found;                                 /* the literal; JY__BRIEF_JUDGED + index of what the judge made of several, or of a pattern */
    uint32_t begin;                                 /* in the excerpt; of what is far: index of that */
    uint16_t length;                                /* JY__BRIEF_FAR: some of this is more than there is room for */
    uint16_t altered;                               /* index + 1 of how it differs from what is written; 0: in nothing */
} jy__brief;
#define JY__BRIEF_JUDGED 0x80000000u
#define JY__BRIEF_FAR 0xFFFFu
typedef struct jy__far { jy_span span; uint32_t altered; } jy__far;
typedef struct jy__judged { uint32_t atom, form; } jy__judged; /* form: a text of the rules, or JY__NONE */
typedef struct jy__altered { int32_t confidence; uint16_t count[JY_FOLD_COUNT]; } jy__altered;
/* What of a brief finding needed memory of its own, kept for the next time. */
typedef struct jy__told { jy_str *suggestions; jy_str reading; jy_edit edit; bool has_reading, has_edit; } jy__told;

/* NULL on no memory. rules may be NULL in tests of reports. */
jy_result *jy__result_new(const jy__mem *mem, jy_rules *rules, int unit);
/* The same that is *kept, which stays with the scanner, when nobody has it now; not more than so much memory of it is. */
#define JY__RESULT_KEPT ((size_t)16 << 20)
jy_result *jy__result_take(jy_result **kept, const jy__mem *mem, jy_rules *rules, int unit);
/* That of a script in which there is nothing, whole: nothing is added to it. */
jy_result *jy__result_nothing(jy_result **kept, const jy__mem *mem, jy_rules *rules, int unit, uint64_t first_turn, uint64_t turn_count);
void jy__result_leave(jy_result *kept);                                   /* the scanner is gone */
jy__arena *jy__result_arena(jy_result *result);
const jy__mem *jy__result_mem(const jy_result *result);
/* The span of bytes in the result's unit. */
jy_span jy__result_in_unit(const jy_result *result, uint64_t begin_turn, uint64_t end_turn, jy_span bytes);
int  jy__result_unit(const jy_result *result); /* jy_unit of the spans it hands out */
/* Each copies what it is given (strings too) and answers JY_OK or JY_E_NOMEM. A turn that is there already is left as it is. */
int  jy__result_set_call(jy_result *result, const jy_call *call, uint64_t turn_count);
void jy__result_set_script(jy_result *result, uint64_t first_turn); /* nothing is known of the call but that it is a script */
int  jy__result_add_turn(jy_result *result, uint64_t number, const jy_turn *turn);
int  jy__result_add_event(jy_result *result, const jy_event *event);
int  jy__result_add_finding(jy_result *result, const jy__finding_record *record);
/* Puts a finding in the place of another. */
int  jy__result_set_finding(jy_result *result, size_t index, const jy__finding_record *record);
/* Lines in ascending order, each once, the text is copied unless it stays; a finding stands in the last line added. In one result there are either these or findings. */
int  jy__result_add_line(jy_result *result, const jy__line *line);
void jy__result_set_text_stays(jy_result *result); /* until the result is freed: lines are not copied */
void jy__result_set_apart(jy_result *result); /* each line is a text of its own, not one more line of the text */
/* Matches [first, last) of literals of JY__SET_FORBID with one use, in a text in which the line begins at `base`; or what the judge made of others.
 * confidence, count: how it differs from what is written. */
int  jy__result_add_matches(jy_result *result, const jy__match *first, const jy__match *last, size_t base);
/* Matches that are findings as they are and overlap with none, in order; the lines around some and some, so many in each, where they begin and end and
 * how many are before them; the text, the number of its first line, and where it begins in its source. */
typedef struct jy__lines_with { jy__line_at at; size_t count; } jy__lines_with;
typedef struct jy__plain { const jy__match *matches; jy_str text; uint64_t number; size_t offset; } jy__plain;
int  jy__result_add_plain(jy_result *result, const jy__plain *plain, const jy__lines_with *lines, size_t count);
int  jy__result_add_judged(jy_result *result, jy__judged judged, jy_span span, int32_t confidence, const uint16_t count[JY_FOLD_COUNT]);
const jy__brief *jy__result_brief(const jy_result *result, size_t index); /* NULL: there are none */
uint32_t jy__result_brief_rule(const jy_result *result, const jy__brief *brief);
jy__line jy__result_line_of(const jy_result *result, const jy__brief *brief, jy_span *span); /* span: of the finding, in the line */
jy__told *jy__result_told(const jy_result *result, const jy__brief *brief); /* NULL: no memory */
/* The text is done; lists_call_rules: every rule that needs a call was not checked, and stands behind the others that were not. */
void jy__result_end_text(jy_result *result, uint64_t turn_count, bool lists_call_rules);
int  jy__result_add_unchecked(jy_result *result, uint32_t rule, int32_t why, uint64_t turn);
int  jy__result_add_score(jy_result *result, const jy_score *score);
int  jy__result_add_unknown(jy_result *result, const jy_turn *turn); /* its speaker is unknown */
void jy__result_set_speakerless(jy_result *result);                  /* who speaks in the call is not known; a script stays one */
void jy__result_set_bad(jy_result *result, size_t bad_bytes, size_t first_offset);
void jy__result_set_limited(jy_result *result);
void jy__result_set_turn_count(jy_result *result, uint64_t turn_count);
size_t jy__result_memory(const jy_result *result);

/* The record itself, for those who build the result (its state may change while a session lives). */
size_t jy__result_finding_count(const jy_result *result);
jy__finding_record *jy__result_finding(jy_result *result, size_t index);
/* Findings by turn, then begin, then rule. */
void jy__result_sort(jy_result *result);
/* Copies the turns, events, call and findings that are FINAL into an empty result. */
int  jy__result_copy_final(jy_result *to, const jy_result *from);

#endif
