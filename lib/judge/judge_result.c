/* A result: what one call or text came to. Self-contained, so that a worker thread can make it and another report it.
 * Records keep byte spans; the unit asked for is worked out when a finding is handed out. */
#include "judge/judge_result.h"
#include "compile/compile.h"
#include <stdlib.h>

struct jy_result {
    jy__mem mem;
    jy__arena arena;
    jy_rules *rules;
    int unit;
    jy_call call;
    uint64_t turn_count;
    struct { jy__turn_record *items; size_t count, capacity; } turns;
    struct { jy_event *items; size_t count, capacity; } events;
    struct { jy__finding_record *items; size_t count, capacity; } findings;
    struct { jy_unchecked *items; size_t count, capacity; } unchecked;
    struct { jy_score *items; size_t count, capacity; } scores;
    size_t bad_bytes, first_bad;
    bool limited;
};

jy_result *jy__result_new(const jy__mem *mem, jy_rules *rules, int unit)
{
    jy_result *result = jy__mem_alloc(mem, sizeof(*result));
    if (!result)
        return NULL;
    result->mem = *mem;
    jy__arena_init(&result->arena, &result->mem);
    result->rules = rules ? jy_rules_ref(rules) : NULL;
    result->unit = unit;
    result->call = (jy_call)JY_CALL_INIT;
    result->first_bad = SIZE_MAX;
    return result;
}

void jy_result_free(jy_result *result)
{
    jy__mem mem;
    if (!result)
        return;
    mem = result->mem;
    JY__VEC_FREE(&mem, &result->turns);
    JY__VEC_FREE(&mem, &result->events);
    JY__VEC_FREE(&mem, &result->findings);
    JY__VEC_FREE(&mem, &result->unchecked);
    JY__VEC_FREE(&mem, &result->scores);
    jy__arena_free(&result->arena);
    jy_rules_unref(result->rules);
    jy__mem_free(&mem, result, sizeof(*result));
}

jy__arena *jy__result_arena(jy_result *result) { return &result->arena; }
int jy__result_unit(const jy_result *result) { return result->unit; }
const jy__mem *jy__result_mem(const jy_result *result) { return &result->mem; }

bool jy__result_edit_bytes(const jy_result *result, size_t finding, size_t k, jy_edit *out)
{
    if (finding >= result->findings.count || k >= result->findings.items[finding].edit_count)
        return false;
    *out = result->findings.items[finding].edits[k];
    return true;
}

/* Copies the strings of a struct into the arena, in place. */
static bool own(jy_result *result, jy_str *const *strings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strings[i]->len && !jy__arena_str(&result->arena, *strings[i], strings[i]))
            return false;
    return true;
}

int jy__result_set_call(jy_result *result, const jy_call *call, uint64_t turn_count)
{
    jy_call copy = *call;
    jy_str *strings[] = { &copy.id, &copy.source, &copy.agent, &copy.customer, &copy.team, &copy.queue, &copy.start, &copy.direction };
    if (!own(result, strings, JY__COUNT(strings)))
        return JY_E_NOMEM;
    result->call = copy;
    result->turn_count = turn_count;
    return JY_OK;
}

/* Place of a turn number in the ascending list; partial turns may end out of order. */
static size_t turn_place(const jy_result *result, uint64_t number)
{
    size_t low = 0, high = result->turns.count;
    if (high && result->turns.items[high - 1].number < number)
        return high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (result->turns.items[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int jy__result_add_turn(jy_result *result, uint64_t number, const jy_turn *turn)
{
    size_t place = turn_place(result, number);
    jy__turn_record record = { number, *turn };
    jy_str *strings[] = { &record.turn.text, &record.turn.label, &record.turn.id, &record.turn.place.pointer, &record.turn.place.raw };
    if (place < result->turns.count && result->turns.items[place].number == number)
        return JY_OK;
    if (!JY__VEC_ROOM(&result->mem, &result->turns) || !own(result, strings, JY__COUNT(strings)))
        return JY_E_NOMEM;
    memmove(result->turns.items + place + 1, result->turns.items + place, (result->turns.count - place) * sizeof(record));
    result->turns.items[place] = record;
    result->turns.count++;
    if (number >= result->turn_count)
        result->turn_count = number + 1;
    return JY_OK;
}

int jy__result_add_event(jy_result *result, const jy_event *event)
{
    if (!JY__VEC_ROOM(&result->mem, &result->events))
        return JY_E_NOMEM;
    result->events.items[result->events.count] = *event;
    jy_str *strings[] = { &result->events.items[result->events.count].place.pointer };
    result->events.items[result->events.count].place.raw = (jy_str){ NULL, 0 };
    if (!own(result, strings, 1))
        return JY_E_NOMEM;
    result->events.count++;
    return JY_OK;
}

static void *copy_array(jy_result *result, const void *items, size_t count, size_t size)
{
    void *copy = jy__arena_alloc(&result->arena, count * size + 1);
    if (copy && count)
        memcpy(copy, items, count * size);
    return copy;
}

static bool own_parts(jy_result *result, jy__finding_record *record)
{
    record->hits = copy_array(result, record->hits, record->hit_count, sizeof(*record->hits));
    record->suggestions = copy_array(result, record->suggestions, record->suggestion_count, sizeof(*record->suggestions));
    record->edits = copy_array(result, record->edits, record->edit_count, sizeof(*record->edits));
    if (!record->hits || !record->suggestions || !record->edits)
        return false;
    for (size_t i = 0; i < record->hit_count; i++) {
        jy_str *strings[] = { &record->hits[i].phrase, &record->hits[i].form, &record->hits[i].reading };
        if (!own(result, strings, JY__COUNT(strings)))
            return false;
    }
    for (size_t i = 0; i < record->suggestion_count; i++)
        if (!own(result, (jy_str *[]){ &record->suggestions[i] }, 1))
            return false;
    for (size_t i = 0; i < record->edit_count; i++)
        if (!own(result, (jy_str *[]){ &record->edits[i].replacement }, 1))
            return false;
    return true;
}

static bool own_finding(jy_result *result, jy__finding_record *record)
{
    jy_finding *finding = &record->finding;
    jy_str *strings[] = { &finding->rule_id, &finding->pack, &finding->clause, &finding->situation, &finding->turn_id, &finding->text };
    finding->hit_count = (uint32_t)record->hit_count;
    finding->suggestion_count = (uint32_t)record->suggestion_count;
    finding->edit_count = (uint32_t)record->edit_count;
    return own(result, strings, JY__COUNT(strings)) && own_parts(result, record);
}

int jy__result_add_finding(jy_result *result, const jy__finding_record *record)
{
    jy__finding_record copy = *record;
    if (!JY__VEC_ROOM(&result->mem, &result->findings) || !own_finding(result, &copy))
        return JY_E_NOMEM;
    result->findings.items[result->findings.count++] = copy;
    return JY_OK;
}

int jy__result_set_finding(jy_result *result, size_t index, const jy__finding_record *record)
{
    jy__finding_record copy = *record;
    if (!own_finding(result, &copy))
        return JY_E_NOMEM;
    result->findings.items[index] = copy;
    return JY_OK;
}

int jy__result_add_unchecked(jy_result *result, uint32_t rule, int32_t why, uint64_t turn)
{
    if (!JY__VEC_ROOM(&result->mem, &result->unchecked))
        return JY_E_NOMEM;
    result->unchecked.items[result->unchecked.count++] = (jy_unchecked){ sizeof(jy_unchecked), rule, why, turn };
    return JY_OK;
}

int jy__result_add_score(jy_result *result, const jy_score *score)
{
    jy_score copy = *score;
    if (!JY__VEC_ROOM(&result->mem, &result->scores) || !own(result, (jy_str *[]){ &copy.pack }, 1))
        return JY_E_NOMEM;
    result->scores.items[result->scores.count++] = copy;
    return JY_OK;
}

void jy__result_set_bad(jy_result *result, size_t bad_bytes, size_t first_offset)
{
    result->bad_bytes = bad_bytes;
    result->first_bad = first_offset;
}

void jy__result_set_limited(jy_result *result) { result->limited = true; }
void jy__result_set_turn_count(jy_result *result, uint64_t turn_count) { result->turn_count = turn_count; }

size_t jy__result_memory(const jy_result *result)
{
    return sizeof(*result) + result->arena.bytes + result->turns.capacity * sizeof(jy__turn_record) + result->events.capacity * sizeof(jy_event) +
           result->findings.capacity * sizeof(jy__finding_record) + result->unchecked.capacity * sizeof(jy_unchecked);
}

size_t jy__result_finding_count(const jy_result *result) { return result->findings.count; }
jy__finding_record *jy__result_finding(jy_result *result, size_t index) { return &result->findings.items[index]; }

static int by_place(const void *a, const void *b)
{
    const jy_finding *x = &((const jy__finding_record *)a)->finding, *y = &((const jy__finding_record *)b)->finding;
    if (x->turn != y->turn) return x->turn < y->turn ? -1 : 1;
    if (x->span.begin != y->span.begin) return x->span.begin < y->span.begin ? -1 : 1;
    if (x->span.end != y->span.end) return x->span.end > y->span.end ? -1 : 1;
    if (x->rule != y->rule) return x->rule < y->rule ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

void jy__result_sort(jy_result *result)
{
    if (result->findings.count > 1)
        qsort(result->findings.items, result->findings.count, sizeof(*result->findings.items), by_place);
}

int jy__result_copy_final(jy_result *to, const jy_result *from)
{
    int status = jy__result_set_call(to, &from->call, from->turn_count);
    for (size_t i = 0; status == JY_OK && i < from->turns.count; i++)
        status = jy__result_add_turn(to, from->turns.items[i].number, &from->turns.items[i].turn);
    for (size_t i = 0; status == JY_OK && i < from->events.count; i++)
        status = jy__result_add_event(to, &from->events.items[i]);
    for (size_t i = 0; status == JY_OK && i < from->findings.count; i++)
        if (from->findings.items[i].finding.state == JY_FINAL)
            status = jy__result_add_finding(to, &from->findings.items[i]);
    for (size_t i = 0; status == JY_OK && i < from->unchecked.count; i++)
        status = jy__result_add_unchecked(to, from->unchecked.items[i].rule, from->unchecked.items[i].why, from->unchecked.items[i].turn);
    jy__result_set_bad(to, from->bad_bytes, from->first_bad);
    to->limited = from->limited;
    jy__result_sort(to);
    return status;
}

int jy_result_keep(jy_result *result, jy_keep_fn keep, void *ctx)
{
    size_t kept = 0;
    if (!result || !keep)
        return JY_E_INVALID;
    for (size_t i = 0; i < result->findings.count; i++) {
        bool stays = keep(ctx, result, i) != 0;
        if (stays && kept != i)
            result->findings.items[kept] = result->findings.items[i];
        kept += stays;
    }
    result->findings.count = kept;
    return JY_OK;
}

/* ---- reading */
size_t jy_result_count(const jy_result *result) { return result ? result->findings.count : 0; }
uint64_t jy_result_turn_count(const jy_result *result) { return result ? result->turn_count : 0; }
size_t jy_result_event_count(const jy_result *result) { return result ? result->events.count : 0; }
size_t jy_result_unchecked_count(const jy_result *result) { return result ? result->unchecked.count : 0; }
size_t jy_result_score_count(const jy_result *result) { return result ? result->scores.count : 0; }
int jy_result_complete(const jy_result *result) { return !result ? JY_E_INVALID : result->limited ? JY_E_LIMIT : JY_OK; }
jy_rules *jy_result_rules(const jy_result *result) { return result ? result->rules : NULL; }

size_t jy_result_bad_bytes(const jy_result *result, size_t *first_offset_out)
{
    if (first_offset_out)
        *first_offset_out = result ? result->first_bad : SIZE_MAX;
    return result ? result->bad_bytes : 0;
}

static const jy__turn_record *find_turn(const jy_result *result, uint64_t number)
{
    size_t place = turn_place(result, number);
    return place < result->turns.count && result->turns.items[place].number == number ? &result->turns.items[place] : NULL;
}

static jy_span in_unit(const jy_result *result, uint64_t begin_turn, uint64_t end_turn, jy_span bytes)
{
    const jy__turn_record *first = find_turn(result, begin_turn), *last = find_turn(result, end_turn);
    jy__units units;
    if (result->unit == JY_UNIT_BYTE || !first || !last)
        return bytes;
    jy__units_init(&units, first->turn.text, result->unit);
    bytes.begin = jy__units_at(&units, bytes.begin);
    if (first != last)
        jy__units_init(&units, last->turn.text, result->unit);
    bytes.end = jy__units_at(&units, bytes.end);
    return bytes;
}

int jy_result_get(const jy_result *result, size_t index, jy_finding *out)
{
    jy_finding finding;
    if (!result || index >= result->findings.count)
        return JY_E_INVALID;
    finding = result->findings.items[index].finding;
    finding.span = in_unit(result, finding.turn, finding.turn_end, finding.span);
    return jy__struct_give(out, &finding, sizeof(finding));
}

int jy_result_suggestion(const jy_result *result, size_t index, size_t k, jy_str *out)
{
    if (!result || !out || index >= result->findings.count || k >= result->findings.items[index].suggestion_count)
        return JY_E_INVALID;
    *out = result->findings.items[index].suggestions[k];
    return JY_OK;
}

int jy_result_hit(const jy_result *result, size_t index, size_t k, jy_hit *out)
{
    const jy__hit_record *record;
    jy_hit hit = JY_HIT_INIT;
    if (!result || index >= result->findings.count || k >= result->findings.items[index].hit_count)
        return JY_E_INVALID;
    record = &result->findings.items[index].hits[k];
    hit.turn = record->turn;
    hit.span = in_unit(result, record->turn, record->turn, (jy_span){ record->begin, record->end });
    hit.phrase = record->phrase;
    hit.form = record->form;
    hit.reading = record->reading;
    memcpy(hit.count, record->count, sizeof(hit.count));
    hit.confidence = record->confidence;
    return jy__struct_give(out, &hit, sizeof(hit));
}

int jy_result_edit(const jy_result *result, size_t index, size_t k, jy_edit *out)
{
    jy_edit edit;
    if (!result || index >= result->findings.count || k >= result->findings.items[index].edit_count)
        return JY_E_INVALID;
    edit = result->findings.items[index].edits[k];
    edit.span = in_unit(result, edit.turn, edit.turn, edit.span);
    return jy__struct_give(out, &edit, sizeof(edit));
}

int jy_result_call(const jy_result *result, jy_call *out)
{
    return result ? jy__struct_give(out, &result->call, sizeof(result->call)) : JY_E_INVALID;
}

int jy_result_turn(const jy_result *result, uint64_t turn, jy_turn *out)
{
    const jy__turn_record *record;
    if (!result || turn >= result->turn_count)
        return JY_E_INVALID;
    record = find_turn(result, turn);
    return record ? jy__struct_give(out, &record->turn, sizeof(record->turn)) : JY_DONE;
}

int jy_result_event(const jy_result *result, size_t index, jy_event *out)
{
    if (!result || index >= result->events.count)
        return JY_E_INVALID;
    return jy__struct_give(out, &result->events.items[index], sizeof(jy_event));
}

int jy_result_unchecked(const jy_result *result, size_t index, jy_unchecked *out)
{
    if (!result || index >= result->unchecked.count)
        return JY_E_INVALID;
    return jy__struct_give(out, &result->unchecked.items[index], sizeof(jy_unchecked));
}

int jy_result_score(const jy_result *result, size_t index, jy_score *out)
{
    if (!result || index >= result->scores.count)
        return JY_E_INVALID;
    return jy__struct_give(out, &result->scores.items[index], sizeof(jy_score));
}

/* ---- names */
static const struct { const char *name, *english, *chinese; } unchecked_names[] = {
    [JY_NEEDS_CALL] = { "needs-call", "needs a call with turns, this is a single text", "需要完整通话,这里只有单独的文本" },
    [JY_NEEDS_SPEAKERS] = { "needs-speakers", "the speakers are unknown", "说话人未知" },
    [JY_NEEDS_CLOCK] = { "needs-clock", "the turns have no times", "话轮没有时间" },
    [JY_NEEDS_EVENTS] = { "needs-events", "the call has no events of this kind", "通话没有这类事件" },
    [JY_NEEDS_END] = { "needs-end", "the end of the call was not seen", "没有看到通话结束" },
    [JY_REGEX_ABORTED] = { "regex-aborted", "a pattern reached its limit on this turn", "正则在这一话轮达到步数上限" },
    [JY_HITS_DROPPED] = { "hits-dropped", "there were more hits than the limit", "命中数超过上限" },
    [JY_TURN_CUT] = { "turn-cut", "the turn was longer than the limit and was cut", "话轮超过长度上限,已截断" },
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
