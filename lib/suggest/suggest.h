/* suggest — a finding's approved wording with its slots filled, and the edits that put wording in place. */
#ifndef JY_SUGGEST_SUGGEST_H
#define JY_SUGGEST_SUGGEST_H

#include "judge/judge.h"
#include "judge/judge_result.h"

/* Fills {agent}, {customer}, {team}, {queue} and their Chinese names (座席, 客户, 班组, 队列 …) from the call; a slot that the
 * call does not know stays as it is written. */
void jy__suggest_fill(jy_str wording, const jy_call *call, jy__text *out);
/* True, and the span and text of the edit, when the rule has `replace` and what it widens to can be told. */
bool jy__suggest_edit(const jy__compiled *rule, const jy_call *call, jy_str text, jy_span span, jy_span *edit_out, jy__text *replacement_out);
/* Edit k of a finding with its span in bytes; JY_E_INVALID behind the last. */
int  jy__result_edit_bytes(const jy_result *result, size_t finding, size_t k, jy_edit *out);

#endif
