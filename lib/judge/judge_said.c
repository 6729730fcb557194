/* Whether required wording was said. In: a turn and what a rule requires; out: yes or no. Where the rule wants the anchor's words said again
 * (echo), they are kept, folded, from when the anchor holds until its window closes. */
#include "judge/judge_situation.h"

static uint32_t fold_symbols(jy_str text, uint32_t *out, uint32_t most)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    uint32_t count = 0, symbols[JY__FOLD_MOST];
    bool valid;
    while (p < end && count < most) {
        uint32_t cp = jy__utf8_next(&p, end, &valid), own;
        if (jy__fold_kind(cp) != JY__KIND_SYMBOL)
            continue;
        own = jy__fold_char(cp, symbols);
        for (uint32_t i = 0; i < own && count < most; i++)
            out[count++] = symbols[i];
    }
    return count;
}

#define TURN_MOST 2048 /* characters of a turn in which an echo is looked for */

/* Where the window was opened by something that has no words there is nothing to say again; before anything was heard nothing is said again. */
static int echoed(const jy__situation *situation, const jy__rule_state *state, jy_str text, uint32_t least, bool *out)
{
    const jy__echo *echo = state->echo;
    uint32_t *turn, count, run = 0;
    if (!echo || echo->count == 0) {
        *out = echo || state->open;
        return JY_OK;
    }
    if (!(turn = jy__mem_alloc(situation->mem, TURN_MOST * sizeof(*turn))))
        return JY_E_NOMEM;
    count = fold_symbols(text, turn, TURN_MOST);
    least = least && least < echo->count ? least : echo->count;
    for (uint32_t i = 0; !*out && i < count; i++)
        for (uint32_t k = 0; !*out && k + least <= echo->count; k++) {
            for (run = 0; run < least && i + run < count && turn[i + run] == echo->symbols[k + run]; run++) {}
            *out = run == least;
        }
    jy__mem_free(situation->mem, turn, TURN_MOST * sizeof(*turn));
    return JY_OK;
}

int jy__situation_said(jy__situation *situation, jy__judge *judge, const jy__rule_state *state, uint32_t number, jy_span range, bool *out)
{
    const jy__node *node = &judge->rules->nodes[number];
    jy__hits *found = &judge->scanner->joined;
    int status = JY_OK;
    if (node->kind == JY__EXPR_ECHO)
        return *out ? JY_OK : echoed(situation, state, (jy_str){ judge->text.ptr + range.begin, range.end - range.begin }, node->least, out);
    if (node->kind == JY__EXPR_ANY && node->first_atom == JY__NONE) {
        for (uint32_t i = 0; status == JY_OK && !*out && i < node->kid_count; i++)
            status = jy__situation_said(situation, judge, state, jy__node_kid(judge->rules, node, i), range, out);
        return status;
    }
    found->count = 0;
    status = jy__judge_eval(judge, number, found);
    for (size_t i = 0; status == JY_OK && i < found->count; i++)
        *out = *out || (found->items[i].begin >= range.begin && found->items[i].end <= range.end);
    return status;
}

int jy__situation_hear(jy__situation *situation, jy__rule_state *state, uint32_t require, jy_str said)
{
    if (!jy__node_has_echo(situation->rules, require))
        return JY_OK;
    if (!state->echo)
        state->echo = jy__mem_alloc(situation->mem, sizeof(*state->echo));
    if (!state->echo)
        return JY_E_NOMEM;
    state->echo->count = fold_symbols(said, state->echo->symbols, JY__ECHO_MOST);
    return JY_OK;
}
