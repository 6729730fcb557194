/* Approved wordings and edits of a result's findings. Those of a call were filled when they were found; those of a text are filled when they are
 * asked for, and kept. */
#include "suggest/suggest.h"

/* ---- wordings */
static bool fill_all(const jy_result *result, const jy__compiled *rule, jy_str *out)
{
    jy__arena *arena = jy__result_arena((jy_result *)result);
    jy_call call = JY_CALL_INIT;
    jy__text filled;
    bool done = true;
    jy_result_call(result, &call);
    jy__text_init(&filled, arena->mem);
    for (uint32_t i = 0; done && i < rule->info.suggestion_count; i++) {
        jy__text_clear(&filled);
        jy__suggest_fill(rule->suggestions[i], &call, &filled);
        done = !filled.failed && jy__arena_str(arena, jy__text_view(&filled), &out[i]);
    }
    jy__text_free(&filled);
    return done;
}

static int brief_suggestion(const jy_result *result, const jy__brief *brief, size_t k, jy_str *out)
{
    const jy__compiled *rule = &jy_result_rules(result)->rules[jy__result_brief_rule(result, brief)];
    jy__told *told;
    if (k >= rule->info.suggestion_count)
        return JY_E_INVALID;
    if (!rule->has_slots) {
        *out = rule->suggestions[k];
        return JY_OK;
    }
    if (!(told = jy__result_told(result, brief)))
        return JY_E_NOMEM;
    if (!told->suggestions) {
        jy_str *filled = jy__arena_alloc(jy__result_arena((jy_result *)result), rule->info.suggestion_count * sizeof(*filled));
        if (!filled || !fill_all(result, rule, filled))
            return JY_E_NOMEM;
        told->suggestions = filled;
    }
    *out = told->suggestions[k];
    return JY_OK;
}

int jy_result_suggestion(const jy_result *result, size_t index, size_t k, jy_str *out)
{
    const jy__brief *brief;
    const jy__finding_record *record;
    if (!result || !out || index >= jy_result_count(result))
        return JY_E_INVALID;
    if ((brief = jy__result_brief(result, index)))
        return brief_suggestion(result, brief, k, out);
    record = jy__result_finding((jy_result *)result, index);
    if (k >= record->suggestion_count)
        return JY_E_INVALID;
    *out = record->suggestions[k];
    return JY_OK;
}

/* ---- edits */
static int fill_edit(const jy_result *result, const jy__brief *brief, jy__told *told)
{
    jy_span span;
    const jy__line line = jy__result_line_of(result, brief, &span);
    const jy__compiled *rule = &jy_result_rules(result)->rules[jy__result_brief_rule(result, brief)];
    jy_call call = JY_CALL_INIT;
    jy__text text;
    int status = JY_OK;
    jy_result_call(result, &call);
    jy__text_init(&text, jy__result_mem(result));
    told->edit = (jy_edit)JY_EDIT_INIT;
    told->edit.turn = line.number;
    if (!jy__suggest_edit(rule, &call, line.text, span, &told->edit.span, &text))
        status = JY_E_INVALID;
    else if (text.failed || !jy__arena_str(jy__result_arena((jy_result *)result), jy__text_view(&text), &told->edit.replacement))
        status = JY_E_NOMEM;
    told->has_edit = status == JY_OK;
    jy__text_free(&text);
    return status;
}

int jy__result_edit_bytes(const jy_result *result, size_t index, size_t k, jy_edit *out)
{
    const jy__brief *brief = jy__result_brief(result, index);
    const jy__finding_record *record;
    jy__told *told;
    int status;
    if (!brief) {
        record = index < jy_result_count(result) ? jy__result_finding((jy_result *)result, index) : NULL;
        if (!record || k >= record->edit_count)
            return JY_E_INVALID;
        *out = record->edits[k];
        return JY_OK;
    }
    if (k > 0 || !jy_result_rules(result)->rules[jy__result_brief_rule(result, brief)].has_replace)
        return JY_E_INVALID;
    if (!(told = jy__result_told(result, brief)))
        return JY_E_NOMEM;
    if (!told->has_edit && (status = fill_edit(result, brief, told)) != JY_OK)
        return status;
    *out = told->edit;
    return JY_OK;
}

int jy_result_edit(const jy_result *result, size_t index, size_t k, jy_edit *out)
{
    jy_edit edit;
    int status = result ? jy__result_edit_bytes(result, index, k, &edit) : JY_E_INVALID;
    if (status != JY_OK)
        return status;
    edit.span = jy__result_in_unit(result, edit.turn, edit.turn, edit.span);
    return jy__struct_give(out, &edit, sizeof(edit));
}
