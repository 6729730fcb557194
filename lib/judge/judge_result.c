/* A result: what one call or text came to. Self-contained, so that a worker thread can make it and another report it.
 * Comes in: calls, turns, events, findings; all that is borrowed from elsewhere than the rules is copied. Records keep byte spans; the
 * unit asked for is worked out when a finding is handed out (judge_read.c). */
#include "judge/judge_record.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

jy__arena *jy__result_arena(jy_result *result) { return &result->arena; }
int jy__result_unit(const jy_result *result) { return result->unit; }
const jy__mem *jy__result_mem(const jy_result *result) { return &result->mem; }

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
    for (size_t i = 0; i < JY__COUNT(strings); i++)
        if (jy__str_lost(*strings[i]))
            return JY_E_INVALID;
    if (!own(result, strings, JY__COUNT(strings)))
        return JY_E_NOMEM;
    result->call = copy;
    result->has_call = true;
    result->turn_count = turn_count;
    return JY_OK;
}

jy_call jy__result_call(const jy_result *result)
{
    jy_call call = JY_CALL_INIT;
    if (result->has_call)
        return result->call;
    if (result->script)
        call.has_speakers = -1;
    call.first_turn = result->first_turn;
    return call;
}

void jy__result_set_script(jy_result *result, uint64_t first_turn)
{
    result->script = true;
    result->first_turn = first_turn;
}

/* Place of a turn number in the ascending list; partial turns may end out of order. */
size_t jy__result_turn_place(const jy_result *result, uint64_t number)
{
    size_t low = 0, count = result->turns.count;
    if (count && result->turns.items[count - 1].number < number)
        return count;
    JY__FIRST_NOT(low, count, i, result->turns.items[i].number < number);
    return low;
}

int jy__result_add_turn(jy_result *result, uint64_t number, const jy_turn *turn)
{
    size_t place = jy__result_turn_place(result, number);
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

/* Strings of the rules live as long as the result, which has a reference of them; without rules (tests of reports) they are copied. */
static bool own_rule_strings(jy_result *result, jy__finding_record *record)
{
    jy_finding *finding = &record->finding;
    jy_str *strings[] = { &finding->rule_id, &finding->pack, &finding->clause, &finding->situation };
    if (result->rules)
        return true;
    for (size_t i = 0; i < record->hit_count; i++)
        if (!own(result, (jy_str *[]){ &record->hits[i].phrase, &record->hits[i].form }, 2))
            return false;
    return own(result, strings, JY__COUNT(strings));
}

static bool own_suggestions(jy_result *result, jy__finding_record *record)
{
    if (record->suggestions_borrowed)
        return true;
    if (!(record->suggestions = copy_array(result, record->suggestions, record->suggestion_count, sizeof(*record->suggestions))))
        return false;
    for (size_t i = 0; i < record->suggestion_count; i++)
        if (!own(result, (jy_str *[]){ &record->suggestions[i] }, 1))
            return false;
    return true;
}

static bool own_parts(jy_result *result, jy__finding_record *record)
{
    record->hits = copy_array(result, record->hits, record->hit_count, sizeof(*record->hits));
    record->edits = copy_array(result, record->edits, record->edit_count, sizeof(*record->edits));
    if (!record->hits || !record->edits)
        return false;
    for (size_t i = 0; i < record->hit_count; i++)
        if (!own(result, (jy_str *[]){ &record->hits[i].reading }, 1))
            return false;
    for (size_t i = 0; i < record->edit_count; i++)
        if (!own(result, (jy_str *[]){ &record->edits[i].replacement }, 1))
            return false;
    return own_rule_strings(result, record) && own_suggestions(result, record);
}

static bool own_finding(jy_result *result, jy__finding_record *record)
{
    jy_finding *finding = &record->finding;
    jy_str *strings[] = { &finding->turn_id, &finding->text };
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

void jy__result_set_text_stays(jy_result *result) { result->text_stays = true; }

void jy__result_set_apart(jy_result *result) { result->apart = true; }
void jy__result_set_limited(jy_result *result) { result->limited = true; }
void jy__result_set_turn_count(jy_result *result, uint64_t turn_count) { result->turn_count = turn_count; }

void jy__result_end_text(jy_result *result, uint64_t turn_count, bool lists_call_rules)
{
    result->turn_count = turn_count;
    result->lists_call_rules = lists_call_rules && result->rules;
}

size_t jy__result_memory(const jy_result *result)
{
    return sizeof(*result) + result->arena.bytes + result->turns.capacity * sizeof(jy__turn_record) + result->events.capacity * sizeof(jy_event) +
           result->findings.capacity * sizeof(jy__finding_record) + result->unchecked.capacity * sizeof(jy_unchecked) +
           result->scores.capacity * sizeof(jy_score) + result->excerpts.capacity * sizeof(jy__excerpt) + result->briefs.capacity * sizeof(jy__brief) +
           result->far.capacity * sizeof(jy__far) + result->judged.capacity * sizeof(jy__judged) + result->altered.capacity * sizeof(jy__altered) +
           result->left.capacity * sizeof(uint32_t) +
           result->told_count * sizeof(*result->told);
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

static jy__unknown *unknown_of(jy_result *result)
{
    if (!result->unknown && (result->unknown = jy__arena_alloc(&result->arena, sizeof(*result->unknown))))
        *result->unknown = (jy__unknown){ 0 };
    return result->unknown;
}

static int add_label(jy_result *result, jy_str label)
{
    jy__unknown *unknown = result->unknown;
    for (size_t i = 0; i < unknown->label_count; i++)
        if (jy__str_eq(unknown->labels[i], label))
            return JY_OK;
    if (!label.len || unknown->label_count == JY__UNKNOWN_LABELS)
        return JY_OK;
    return jy__arena_str(&result->arena, label, &unknown->labels[unknown->label_count++]) ? JY_OK : JY_E_NOMEM;
}

int jy__result_add_unknown(jy_result *result, const jy_turn *turn)
{
    char channel[16] = "";
    if (!unknown_of(result))
        return JY_E_NOMEM;
    result->unknown->turns++;
    if (turn->channel >= 0)
        snprintf(channel, sizeof(channel), "%" PRId32, turn->channel);
    return add_label(result, turn->label.len ? turn->label : jy__str_of(channel));
}

static int copy_unknown(jy_result *to, const jy__unknown *from)
{
    int status = JY_OK;
    if (!from)
        return JY_OK;
    if (!unknown_of(to))
        return JY_E_NOMEM;
    to->unknown->turns = from->turns;
    for (size_t i = 0; status == JY_OK && i < from->label_count; i++)
        status = add_label(to, from->labels[i]);
    return status;
}

void jy__result_set_speakerless(jy_result *result)
{
    if (result->call.has_speakers > 0)
        result->call.has_speakers = 0;
}

int jy__result_copy_final(jy_result *to, const jy_result *from)
{
    jy_call call = jy__result_call(from);
    int status = jy__result_set_call(to, &call, from->turn_count);
    for (size_t i = 0; status == JY_OK && i < from->turns.count; i++)
        status = jy__result_add_turn(to, from->turns.items[i].number, &from->turns.items[i].turn);
    for (size_t i = 0; status == JY_OK && i < from->events.count; i++)
        status = jy__result_add_event(to, &from->events.items[i]);
    for (size_t i = 0; status == JY_OK && i < from->findings.count; i++)
        if (from->findings.items[i].finding.state == JY_FINAL)
            status = jy__result_add_finding(to, &from->findings.items[i]);
    for (size_t i = 0; status == JY_OK && i < from->unchecked.count; i++)
        status = jy__result_add_unchecked(to, from->unchecked.items[i].rule, from->unchecked.items[i].why, from->unchecked.items[i].turn);
    if (status == JY_OK)
        status = copy_unknown(to, from->unknown);
    jy__result_set_bad(to, from->bad_bytes, from->first_bad);
    to->limited = from->limited;
    jy__result_sort(to);
    return status;
}
