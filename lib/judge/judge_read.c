/* What is asked of a result: findings, hits, turns, events, scores, each as the public struct, with spans in the unit that was asked for.
 * What a text came to is kept short and worked out here, when it is asked for. */
#include "judge/judge_record.h"

static size_t count_of(const jy_result *result)
{
    return result->thinned ? result->left.count : result->briefs.count ? result->briefs.count : result->findings.count;
}

int jy_result_keep(jy_result *result, jy_keep_fn keep, void *ctx)
{
    size_t kept = 0;
    if (!result || !keep)
        return JY_E_INVALID;
    if (result->briefs.count && !jy__brief_thin(result))
        return JY_E_NOMEM;
    for (size_t i = 0, count = count_of(result); i < count; i++) {
        bool stays = keep(ctx, result, i) != 0;
        if (stays && kept != i && result->briefs.count)
            result->left.items[kept] = result->left.items[i];
        else if (stays && kept != i)
            result->findings.items[kept] = result->findings.items[i];
        kept += stays;
    }
    if (result->briefs.count)
        result->left.count = kept;
    else
        result->findings.count = kept;
    return JY_OK;
}

size_t jy_result_count(const jy_result *result) { return result ? count_of(result) : 0; }
uint64_t jy_result_turn_count(const jy_result *result) { return result ? result->turn_count : 0; }
size_t jy_result_event_count(const jy_result *result) { return result ? result->events.count : 0; }

size_t jy_result_unchecked_count(const jy_result *result)
{
    return !result ? 0 : result->unchecked.count + (result->lists_call_rules ? result->rules->needs_call_count : 0);
}

size_t jy_result_score_count(const jy_result *result) { return result ? result->scores.count : 0; }
int jy_result_complete(const jy_result *result) { return !result ? JY_E_INVALID : result->limited ? JY_E_LIMIT : JY_OK; }
jy_rules *jy_result_rules(const jy_result *result) { return result ? result->rules : NULL; }

size_t jy_result_bad_bytes(const jy_result *result, size_t *first_offset_out)
{
    if (first_offset_out)
        *first_offset_out = result ? result->first_bad : SIZE_MAX;
    return result ? result->bad_bytes : 0;
}

uint64_t jy_result_unknown_turns(const jy_result *result)
{
    return result && result->unknown && jy__result_call(result).has_speakers >= 0 ? result->unknown->turns : 0;
}

int jy_result_unknown_label(const jy_result *result, size_t k, jy_str *out)
{
    if (!out || !jy_result_unknown_turns(result) || k >= result->unknown->label_count)
        return JY_E_INVALID;
    *out = result->unknown->labels[k];
    return JY_OK;
}

static const jy__turn_record *find_turn(const jy_result *result, uint64_t number)
{
    size_t place = jy__result_turn_place(result, number);
    return place < result->turns.count && result->turns.items[place].number == number ? &result->turns.items[place] : NULL;
}

static bool text_of(const jy_result *result, uint64_t number, jy_str *out)
{
    const jy__turn_record *record = find_turn(result, number);
    jy__line line;
    if (!record && !jy__line_find(result, number, &line))
        return false;
    *out = record ? record->turn.text : line.text;
    return true;
}

/* Goes on from the last answer, when it was of the same text. Reading is for one thread at a time, so the place may be kept. */
static size_t unit_at(const jy_result *result, jy_str text, size_t byte)
{
    jy_result *own = (jy_result *)result;
    if (!own->has_units || own->units.text.ptr != text.ptr || own->units.text.len != text.len)
        jy__units_init(&own->units, text, own->unit);
    own->has_units = true;
    return jy__units_at(&own->units, byte);
}

jy_span jy__result_in_unit(const jy_result *result, uint64_t begin_turn, uint64_t end_turn, jy_span bytes)
{
    jy_str first, last;
    if (result->unit == JY_UNIT_BYTE || !text_of(result, begin_turn, &first) || !text_of(result, end_turn, &last))
        return bytes;
    return (jy_span){ unit_at(result, first, bytes.begin), unit_at(result, last, bytes.end) };
}

int jy_result_get(const jy_result *result, size_t index, jy_finding *out)
{
    jy_finding finding;
    if (!result || index >= count_of(result))
        return JY_E_INVALID;
    if (result->briefs.count)
        jy__brief_show(result, index, &finding);
    else
        finding = result->findings.items[index].finding;
    finding.span = jy__result_in_unit(result, finding.turn, finding.turn_end, finding.span);
    return jy__struct_give(out, &finding, sizeof(finding));
}

static int hit_record(const jy_result *result, size_t index, size_t k, jy__hit_record *out)
{
    if (result->briefs.count && index < count_of(result) && k == 0)
        return jy__brief_hit(result, index, out) ? JY_OK : JY_E_NOMEM;
    if (index >= result->findings.count || k >= result->findings.items[index].hit_count)
        return JY_E_INVALID;
    *out = result->findings.items[index].hits[k];
    return JY_OK;
}

int jy_result_hit(const jy_result *result, size_t index, size_t k, jy_hit *out)
{
    jy__hit_record record;
    jy_hit hit = JY_HIT_INIT;
    int status = result ? hit_record(result, index, k, &record) : JY_E_INVALID;
    if (status != JY_OK)
        return status;
    hit.turn = record.turn;
    hit.span = jy__result_in_unit(result, record.turn, record.turn, (jy_span){ record.begin, record.end });
    hit.phrase = record.phrase;
    hit.form = record.form;
    hit.reading = record.reading;
    memcpy(hit.count, record.count, sizeof(hit.count));
    hit.confidence = record.confidence;
    return jy__struct_give(out, &hit, sizeof(hit));
}

int jy_result_call(const jy_result *result, jy_call *out)
{
    jy_call call;
    if (!result)
        return JY_E_INVALID;
    call = jy__result_call(result);
    return jy__struct_give(out, &call, sizeof(call));
}

int jy_result_turn(const jy_result *result, uint64_t turn, jy_turn *out)
{
    const jy__turn_record *record;
    jy_turn line;
    if (!result || turn >= result->turn_count)
        return JY_E_INVALID;
    if ((record = find_turn(result, turn)))
        return jy__struct_give(out, &record->turn, sizeof(record->turn));
    return jy__line_turn(result, turn, &line) ? jy__struct_give(out, &line, sizeof(line)) : JY_DONE;
}

int jy_result_event(const jy_result *result, size_t index, jy_event *out)
{
    if (!result || index >= result->events.count)
        return JY_E_INVALID;
    return jy__struct_give(out, &result->events.items[index], sizeof(jy_event));
}

int jy_result_unchecked(const jy_result *result, size_t index, jy_unchecked *out)
{
    jy_unchecked unchecked = JY_UNCHECKED_INIT;
    if (!result || index >= jy_result_unchecked_count(result))
        return JY_E_INVALID;
    if (index < result->unchecked.count) {
        unchecked = result->unchecked.items[index];
    } else {
        unchecked.rule = result->rules->needs_call[index - result->unchecked.count];
        unchecked.why = JY_NEEDS_CALL;
    }
    return jy__struct_give(out, &unchecked, sizeof(unchecked));
}

int jy_result_score(const jy_result *result, size_t index, jy_score *out)
{
    if (!result || index >= result->scores.count)
        return JY_E_INVALID;
    return jy__struct_give(out, &result->scores.items[index], sizeof(jy_score));
}

/* ---- names */
static const struct { const char *name, *english, *chinese; } unchecked_names[] = {
    [JY_NEEDS_CALL] = { "needs-call", "needs a call with turns, this is a single text", "需要完整通话，这里只有单独的文本" },
    [JY_NEEDS_SPEAKERS] = { "needs-speakers", "the speakers are unknown", "说话人未知" },
    [JY_NEEDS_CLOCK] = { "needs-clock", "the turns have no times", "话轮没有时间" },
    [JY_NEEDS_EVENTS] = { "needs-events", "the call has no events of this kind", "通话没有这类事件" },
    [JY_NEEDS_END] = { "needs-end", "the end of the call was not seen", "没有看到通话结束" },
    [JY_REGEX_ABORTED] = { "regex-aborted", "a pattern reached its limit on this turn", "正则在这一话轮达到步数上限" },
    [JY_HITS_DROPPED] = { "hits-dropped", "there were more hits than the limit", "命中数超过上限" },
    [JY_TURN_CUT] = { "turn-cut", "the turn was longer than the limit and was cut", "话轮超过长度上限，已截断" },
    [JY_NEEDS_ENDS] = { "needs-ends", "when some turns end is not known", "有的话轮不知道何时结束" },
    [JY_TURN_OPEN] = { "turn-open", "the turn was never final", "话轮只有临时识别结果，没有定稿" },
    [JY_WINDOW_CUT] = { "window-cut", "the window was longer than the session keeps", "窗口超过会话保留的长度" },
};

const char *jy_unchecked_name(int why)
{
    return why >= JY_NEEDS_CALL && why < (int)JY__COUNT(unchecked_names) ? unchecked_names[why].name : "";
}

const char *jy_unchecked_text(int why, int language)
{
    if (why < JY_NEEDS_CALL || why >= (int)JY__COUNT(unchecked_names))
        return "";
    return language == JY_CHINESE ? unchecked_names[why].chinese : unchecked_names[why].english;
}

const char *jy_fold_name(int fold)
{
    static const char *const names[JY_FOLD_COUNT] = { "width", "script", "invisible", "gaps", "fillers", "repeats", "sound", "masked" };
    return fold >= 0 && fold < JY_FOLD_COUNT ? names[fold] : "";
}
