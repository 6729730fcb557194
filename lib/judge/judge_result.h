/* judge — the result under construction. Filled by session, read by report and by users through jy_result_*().
 * All strings are copied into the result's arena (or borrowed from its rules, of which it holds a reference). */
#ifndef JY_JUDGE_RESULT_H
#define JY_JUDGE_RESULT_H

#include "base/base.h"

typedef struct jy__hit_record { uint64_t turn; size_t begin, end; jy_str phrase, form, reading; uint16_t count[JY_FOLD_COUNT]; int32_t confidence; } jy__hit_record;
typedef struct jy__finding_record {
    jy_finding finding;            /* spans in BYTES; converted when handed out */
    jy__hit_record *hits; size_t hit_count;
    jy_str *suggestions; size_t suggestion_count;   /* slots filled */
    jy_edit *edits; size_t edit_count;              /* spans in bytes */
    jy_span shown;                                  /* the span in the unit of the session that tells it */
    uint64_t round;                                 /* of the session that keeps it provisional */
} jy__finding_record;
typedef struct jy__turn_record { uint64_t number; jy_turn turn; } jy__turn_record; /* strings owned by the arena */

/* NULL on no memory. rules may be NULL in tests of reports. */
jy_result *jy__result_new(const jy__mem *mem, jy_rules *rules, int unit);
jy__arena *jy__result_arena(jy_result *result);
const jy__mem *jy__result_mem(const jy_result *result);
/* Edit k of a finding with its span in bytes; false behind the last. */
bool jy__result_edit_bytes(const jy_result *result, size_t finding, size_t k, jy_edit *out);
int  jy__result_unit(const jy_result *result); /* jy_unit of the spans it hands out */
/* Each copies what it is given (strings too) and answers JY_OK or JY_E_NOMEM. A turn that is there already is left as it is. */
int  jy__result_set_call(jy_result *result, const jy_call *call, uint64_t turn_count);
int  jy__result_add_turn(jy_result *result, uint64_t number, const jy_turn *turn);
int  jy__result_add_event(jy_result *result, const jy_event *event);
int  jy__result_add_finding(jy_result *result, const jy__finding_record *record);
/* Puts a finding in the place of another. */
int  jy__result_set_finding(jy_result *result, size_t index, const jy__finding_record *record);
int  jy__result_add_unchecked(jy_result *result, uint32_t rule, int32_t why, uint64_t turn);
int  jy__result_add_score(jy_result *result, const jy_score *score);
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
