/* A batch of a call while it is gathered: its turns, events and broken records in order, what is known of the call under the many
 * names that fields have in the wild, and the names of events. */
#include "dialogue/dialogue.h"
#include "dialogue/dialogue_agent.h"

static const char *const event_names[] = { "", "call-start", "ring", "answer", "hold-start", "hold-end", "mute", "unmute", "transfer", "hangup" };

const char *jy_event_name(int kind)
{
    return kind > 0 && kind < (int)JY__COUNT(event_names) ? event_names[kind] : "";
}

int jy_event_by_name(jy_str name, int32_t *kind_out)
{
    static const struct { const char *name; int32_t kind; } others[] = {
        { "start", JY_EVENT_CALL_START }, { "call_start", JY_EVENT_CALL_START }, { "ringing", JY_EVENT_RING },
        { "answered", JY_EVENT_ANSWER }, { "join", JY_EVENT_ANSWER }, { "hold", JY_EVENT_HOLD_START },
        { "hold_start", JY_EVENT_HOLD_START }, { "unhold", JY_EVENT_HOLD_END }, { "hold_end", JY_EVENT_HOLD_END },
        { "resume", JY_EVENT_HOLD_END }, { "drop", JY_EVENT_HANGUP }, { "hang-up", JY_EVENT_HANGUP }, { "hang_up", JY_EVENT_HANGUP },
        { "end", JY_EVENT_HANGUP }, { "呼叫", JY_EVENT_CALL_START }, { "振铃", JY_EVENT_RING }, { "应答", JY_EVENT_ANSWER },
        { "接听", JY_EVENT_ANSWER }, { "保持", JY_EVENT_HOLD_START }, { "取回", JY_EVENT_HOLD_END }, { "静音", JY_EVENT_MUTE },
        { "取消静音", JY_EVENT_UNMUTE }, { "转接", JY_EVENT_TRANSFER }, { "挂机", JY_EVENT_HANGUP }, { "挂断", JY_EVENT_HANGUP },
    };
    if (!kind_out || jy__str_lost(name))
        return JY_E_INVALID;
    for (size_t i = 1; i < JY__COUNT(event_names); i++)
        if (jy__str_is(name, event_names[i])) {
            *kind_out = (int32_t)i;
            return JY_OK;
        }
    for (size_t i = 0; i < JY__COUNT(others); i++)
        if (jy__str_is(name, others[i].name)) {
            *kind_out = others[i].kind;
            return JY_OK;
        }
    return JY_E_INVALID;
}

jy_str jy__cut_line(jy_str *text)
{
    const char *end = memchr(text->ptr, '\n', text->len);
    jy_str line = { text->ptr, end ? (size_t)(end - text->ptr) : text->len };
    size_t used = line.len + (end != NULL);
    *text = (jy_str){ text->ptr + used, text->len - used };
    return line;
}

jy_str jy__trim(jy_str text)
{
    for (;;) {
        size_t cut = text.len && (text.ptr[0] == ' ' || text.ptr[0] == '\t') ? 1 : text.len >= 3 && memcmp(text.ptr, "\xE3\x80\x80", 3) == 0 ? 3 : 0;
        if (!cut) break;
        text.ptr += cut;
        text.len -= cut;
    }
    for (;;) {
        const char *end = text.ptr + text.len;
        size_t cut = text.len && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r') ? 1
                     : text.len >= 3 && memcmp(end - 3, "\xE3\x80\x80", 3) == 0 ? 3 : 0;
        if (!cut) return text;
        text.len -= cut;
    }
}

/* ---- batch */
static int add_entry(jy__batch *batch, const jy__mem *mem, int32_t kind, size_t index)
{
    if (!JY__VEC_ROOM(mem, &batch->entries))
        return JY_E_NOMEM;
    batch->entries.items[batch->entries.count++] = (jy__entry){ kind, (uint32_t)index };
    return JY_OK;
}

int jy__batch_turn(jy_reader *reader, const jy_turn *turn)
{
    jy__batch *batch = &reader->batch;
    jy_turn *kept;
    if (!JY__VEC_ROOM(&reader->mem, &batch->turns))
        return JY_E_NOMEM;
    kept = &batch->turns.items[batch->turns.count];
    *kept = *turn;
    kept->size = sizeof(*kept);
    if (kept->speaker == JY_SPEAKER_UNKNOWN && kept->label.len)
        kept->speaker = jy__speakers_find(&reader->speakers, kept->label);
    batch->bytes += turn->text.len;
    return add_entry(batch, &reader->mem, JY_ITEM_TURN, batch->turns.count++);
}

int jy__batch_event_add(jy_reader *reader, const jy_event *event, jy_str label)
{
    jy__batch *batch = &reader->batch;
    if (!JY__VEC_ROOM(&reader->mem, &batch->events))
        return JY_E_NOMEM;
    batch->events.items[batch->events.count] = (jy__batch_event){ *event, label };
    return add_entry(batch, &reader->mem, JY_ITEM_EVENT, batch->events.count++);
}

int jy__batch_broken(jy_reader *reader, int32_t message, jy__pos pos, const jy_str *args, size_t arg_count)
{
    jy__batch *batch = &reader->batch;
    jy__diags_add(&batch->diags, jy__dialogue_message(message), reader->source, (jy_str){ NULL, 0 }, pos, args, arg_count);
    if (batch->diags.failed)
        return JY_E_NOMEM;
    return add_entry(batch, &reader->mem, JY_ITEM_BROKEN, batch->diags.list.count - 1);
}

bool jy__batch_full(const jy_reader *reader)
{
    return reader->batch.bytes >= JY__BATCH_BYTES || reader->batch.entries.count >= JY__BATCH_TURNS;
}

bool jy__batch_copy(jy_reader *reader, jy_str text, jy_str *out)
{
    return jy__arena_str(&reader->batch.arena, text, out);
}

/* ---- order of time: what has no time stays behind what stood before it */
static int64_t time_of(const jy__batch *batch, jy__entry entry)
{
    if (entry.kind == JY_ITEM_TURN) return batch->turns.items[entry.index].begin_ms;
    if (entry.kind == JY_ITEM_EVENT) return batch->events.items[entry.index].event.at_ms;
    return JY_TIME_UNKNOWN;
}

/* At one moment: what begins a call, then turns, then what ends it. */
static int rank_of(const jy__batch *batch, jy__entry entry)
{
    if (entry.kind != JY_ITEM_EVENT) return 1;
    return batch->events.items[entry.index].event.kind == JY_EVENT_HANGUP ? 2 : 0;
}

typedef struct keyed { int64_t ms; int rank; jy__entry entry; } keyed;

static bool goes_behind(const keyed *a, const keyed *b)
{
    return a->ms != b->ms ? a->ms > b->ms : a->rank > b->rank;
}

/* Stable merge from the bottom up: half the lists come sorted, whole runs are then copied. */
static void merge_sort(keyed *items, keyed *spare, size_t count)
{
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width) {
            size_t middle = low + width < count ? low + width : count, high = middle + width < count ? middle + width : count;
            size_t a = low, b = middle;
            for (size_t to = low; to < high; to++)
                spare[to] = a < middle && (b >= high || !goes_behind(&items[a], &items[b])) ? items[a++] : items[b++];
        }
        memcpy(items, spare, count * sizeof(*items));
    }
}

static int sort_by_time(jy_reader *reader)
{
    jy__batch *batch = &reader->batch;
    size_t count = batch->entries.count;
    keyed *items = jy__arena_alloc(&batch->arena, (count ? count : 1) * 2 * sizeof(*items));
    int64_t last = JY_TIME_UNKNOWN;
    if (!items)
        return JY_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        jy__entry entry = batch->entries.items[i];
        int64_t ms = time_of(batch, entry);
        if (ms != JY_TIME_UNKNOWN)
            last = ms;
        items[i] = (keyed){ last, rank_of(batch, entry), entry };
    }
    merge_sort(items, items + count, count);
    for (size_t i = 0; i < count; i++)
        batch->entries.items[i] = items[i].entry;
    return JY_OK;
}

static bool has_speakers(const jy__batch *batch)
{
    uint64_t turns[4] = { 0 };
    for (size_t i = 0; i < batch->turns.count; i++)
        turns[batch->turns.items[i].speaker]++;
    return jy__speakers_are_known(turns);
}

void jy__batch_finish(jy_reader *reader)
{
    jy__batch *batch = &reader->batch;
    int status = reader->by_time ? sort_by_time(reader) : JY_OK;
    if (status == JY_OK)
        status = jy__agent_map(reader);
    if (status)
        reader->status = status;
    if (reader->call_open || reader->call.has_speakers < 0)
        return;
    reader->call.has_speakers = has_speakers(batch);
}

/* ---- what is known of the call */
#define AT(member) offsetof(jy_call, member)
static const struct { const char *name; size_t member; } fields[] = {
    { "call_id", AT(id) }, { "callid", AT(id) }, { "call", AT(id) }, { "tid", AT(id) }, { "conversation_id", AT(id) }, { "conversationid", AT(id) },
    { "session_id", AT(id) }, { "sessionid", AT(id) }, { "contactid", AT(id) }, { "contact_id", AT(id) }, { "taskid", AT(id) }, { "task_id", AT(id) }, { "job_id", AT(id) },
    { "uuid", AT(id) }, { "jobname", AT(id) }, { "orderid", AT(id) }, { "通话编号", AT(id) }, { "通话id", AT(id) }, { "录音编号", AT(id) }, { "流水号", AT(id) },
    { "会话id", AT(id) }, { "呼叫id", AT(id) }, { "通话标识", AT(id) }, { "录音id", AT(id) }, { "工单号", AT(id) },
    { "agent", AT(agent) }, { "agent_id", AT(agent) }, { "agentid", AT(agent) }, { "agent_name", AT(agent) }, { "agentname", AT(agent) },
    { "customerservicename", AT(agent) }, { "customerserviceid", AT(agent) }, { "坐席工号", AT(agent) }, { "座席工号", AT(agent) }, { "工号", AT(agent) },
    { "客服工号", AT(agent) }, { "坐席姓名", AT(agent) }, { "座席姓名", AT(agent) }, { "客服姓名", AT(agent) },
    { "customer", AT(customer) }, { "customer_id", AT(customer) }, { "customer_name", AT(customer) }, { "客户姓名", AT(customer) }, { "客户编号", AT(customer) },
    { "team", AT(team) }, { "班组", AT(team) }, { "团队", AT(team) }, { "部门", AT(team) }, { "skillgroupname", AT(queue) },
    { "queue", AT(queue) }, { "技能组", AT(queue) }, { "队列", AT(queue) },
    { "start", AT(start) }, { "start_time", AT(start) }, { "call_start", AT(start) }, { "begintime", AT(start) }, { "calltime", AT(start) },
    { "通话时间", AT(start) }, { "开始时间", AT(start) }, { "通话开始时间", AT(start) },
    { "direction", AT(direction) }, { "calltype", AT(direction) }, { "呼叫方向", AT(direction) },
};

static jy_str direction_of(jy_str value)
{
    static const struct { const char *written, *meant; } words[] = {
        { "in", "in" }, { "inbound", "in" }, { "呼入", "in" }, { "1", "in" }, { "out", "out" }, { "outbound", "out" }, { "呼出", "out" },
        { "外呼", "out" }, { "2", "out" },
    };
    for (size_t i = 0; i < JY__COUNT(words); i++)
        if (jy__str_is(value, words[i].written))
            return jy__str_of(words[i].meant);
    return (jy_str){ NULL, 0 };
}

bool jy__call_field(jy_reader *reader, jy_str name, jy_str value, int *status)
{
    char lower[32];
    jy_str *member;
    size_t i, used;
    int64_t ms;
    if (name.len > sizeof(lower))
        return false;
    for (i = 0; i < name.len; i++)
        lower[i] = name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? (char)(name.ptr[i] | 0x20) : name.ptr[i];
    for (i = 0; i < JY__COUNT(fields) && !jy__str_is((jy_str){ lower, name.len }, fields[i].name); i++) {}
    if (i == JY__COUNT(fields))
        return false;
    member = (jy_str *)(void *)((char *)&reader->call + fields[i].member);
    value = fields[i].member == AT(direction) ? direction_of(jy__trim(value)) : jy__trim(value);
    if (fields[i].member == AT(start)) {
        jy__time_kind kind = value.len ? jy__time_read(value, &ms, &used) : JY__NO_TIME;
        if (kind < JY__WALL)
            return true; /* a number: some producer's own counting */
        reader->zero_ms = ms;
        reader->zero_is_minute = kind == JY__WALL_MINUTE;
    }
    if (member->len == 0 && !jy__arena_str(&reader->call_arena, value, member))
        *status = JY_E_NOMEM;
    return true;
}
