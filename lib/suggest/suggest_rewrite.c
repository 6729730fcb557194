/* jy_result_rewrite: a kept turn's text with every edit made. Where edits overlap the first one wins, so that a rewrite is
 * the same whatever order the findings came in. */
#include "judge/judge_result.h"

/* The edit of the turn that begins first at or behind `from`; of equals the longest. */
static bool next_edit(const jy_result *result, uint64_t turn, size_t from, jy_edit *best)
{
    bool found = false;
    for (size_t i = 0; i < jy_result_count(result); i++) {
        jy_edit edit = JY_EDIT_INIT;
        for (size_t k = 0; jy__result_edit_bytes(result, i, k, &edit); k++) {
            if (edit.turn != turn || edit.span.begin < from)
                continue;
            if (!found || edit.span.begin < best->span.begin || (edit.span.begin == best->span.begin && edit.span.end > best->span.end))
                *best = edit;
            found = true;
        }
    }
    return found;
}

int jy_result_rewrite(const jy_result *result, uint64_t turn, jy_buf *out)
{
    jy_turn kept = JY_TURN_INIT;
    jy_edit edit = JY_EDIT_INIT;
    jy__text text;
    size_t at = 0;
    int status;
    if (!result || !out)
        return JY_E_INVALID;
    if ((status = jy_result_turn(result, turn, &kept)) != JY_OK)
        return status;
    jy__text_init(&text, jy__result_mem(result));
    while (next_edit(result, turn, at, &edit)) {
        jy__text_add(&text, kept.text.ptr + at, edit.span.begin - at);
        jy__text_str(&text, edit.replacement);
        at = edit.span.end > edit.span.begin ? edit.span.end : edit.span.begin + 1;
    }
    if (at < kept.text.len)
        jy__text_add(&text, kept.text.ptr + at, kept.text.len - at);
    status = jy__text_give(&text, out);
    jy__text_free(&text);
    return status;
}
