/* jy_result_rewrite: a kept turn's text with every edit made. Where edits overlap the first one wins, so that a rewrite is
 * the same whatever order the findings came in. A turn may be a whole file on one line, and a result may have very many turns: the turn's
 * findings are found by halving, since they stand in order of turns, and its edits are sorted once. */
#include "suggest/suggest.h"
#include <stdlib.h>

typedef struct made { jy_edit edit; size_t order; } made;
typedef struct all_made { made *items; size_t count, capacity; } all_made;

static uint64_t turn_of(const jy_result *result, size_t index)
{
    const jy__brief *brief = jy__result_brief(result, index);
    jy_span span;
    return brief ? jy__result_line_of(result, brief, &span).number : jy__result_finding((jy_result *)result, index)->finding.turn;
}

static size_t first_of(const jy_result *result, uint64_t turn)
{
    size_t low = 0;
    JY__FIRST_NOT(low, jy_result_count(result), i, turn_of(result, i) < turn);
    return low;
}

static int collect(const jy_result *result, uint64_t turn, all_made *out)
{
    int status = JY_OK;
    for (size_t i = first_of(result, turn); i < jy_result_count(result) && turn_of(result, i) == turn; i++)
        for (size_t k = 0;; k++) {
            if (!JY__VEC_ROOM(jy__result_mem(result), out))
                return JY_E_NOMEM;
            out->items[out->count] = (made){ JY_EDIT_INIT, out->count };
            if ((status = jy__result_edit_bytes(result, i, k, &out->items[out->count].edit)) == JY_E_NOMEM)
                return status;
            if (status != JY_OK)
                break;
            out->count++;
        }
    return JY_OK;
}

/* By begin; of equals the longest, and of these the one that was found first. */
static int in_order(const void *left, const void *right)
{
    const made *a = left, *b = right;
    if (a->edit.span.begin != b->edit.span.begin)
        return a->edit.span.begin < b->edit.span.begin ? -1 : 1;
    if (a->edit.span.end != b->edit.span.end)
        return a->edit.span.end > b->edit.span.end ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

static void put_all(jy_str before, const all_made *edits, jy__text *out)
{
    size_t at = 0;
    for (size_t i = 0; i < edits->count; i++) {
        const jy_edit *edit = &edits->items[i].edit;
        if (edit->span.begin < at)
            continue;
        jy__text_add(out, before.ptr + at, edit->span.begin - at);
        jy__text_str(out, edit->replacement);
        at = edit->span.end > edit->span.begin ? edit->span.end : edit->span.begin + 1;
    }
    if (at < before.len)
        jy__text_add(out, before.ptr + at, before.len - at);
}

int jy_result_rewrite(const jy_result *result, uint64_t turn, jy_buf *out)
{
    all_made edits = { NULL, 0, 0 };
    jy_turn kept = JY_TURN_INIT;
    jy__text text;
    int status;
    if (!result || !out)
        return JY_E_INVALID;
    if ((status = jy_result_turn(result, turn, &kept)) != JY_OK)
        return status;
    jy__text_init(&text, jy__result_mem(result));
    if ((status = collect(result, turn, &edits)) == JY_OK) {
        if (edits.count)
            qsort(edits.items, edits.count, sizeof(*edits.items), in_order);
        put_all(kept.text, &edits, &text);
        status = jy__text_give(&text, out);
    }
    JY__VEC_FREE(jy__result_mem(result), &edits);
    jy__text_free(&text);
    return status;
}
