/* jy_result_rewrite: a kept turn's text with every edit made. Where edits overlap the first one wins, so that a rewrite is
 * the same whatever order the findings came in. */
#include "suggest/suggest.h"

/* The edit of the turn that begins first at or behind `from`; of equals the longest. JY_DONE: there is none. */
static int next_edit(const jy_result *result, uint64_t turn, size_t from, jy_edit *best)
{
    int status = JY_OK;
    bool found = false;
    for (size_t i = 0; status != JY_E_NOMEM && i < jy_result_count(result); i++) {
        jy_edit edit = JY_EDIT_INIT;
        for (size_t k = 0; (status = jy__result_edit_bytes(result, i, k, &edit)) == JY_OK; k++) {
            if (edit.turn != turn || edit.span.begin < from)
                continue;
            if (!found || edit.span.begin < best->span.begin || (edit.span.begin == best->span.begin && edit.span.end > best->span.end))
                *best = edit;
            found = true;
        }
    }
    return status == JY_E_NOMEM ? status : found ? JY_OK : JY_DONE;
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
    while ((status = next_edit(result, turn, at, &edit)) == JY_OK) {
        jy__text_add(&text, kept.text.ptr + at, edit.span.begin - at);
        jy__text_str(&text, edit.replacement);
        at = edit.span.end > edit.span.begin ? edit.span.end : edit.span.begin + 1;
    }
    if (at < kept.text.len)
        jy__text_add(&text, kept.text.ptr + at, kept.text.len - at);
    if (status == JY_DONE)
        status = jy__text_give(&text, out);
    jy__text_free(&text);
    return status;
}
