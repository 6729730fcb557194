/* Which speaker is the agent where the source has only numbers or names: as --agent says, or guessed by the opening greeting.
 * Works on the first batch of a call and is remembered for the rest of it. */
#include "dialogue/dialogue_agent.h"

/* Whom a label or channel means: labels by their text or by the number in them, else the channel. */
static bool number_in(jy_str label, int64_t *out)
{
    size_t at = label.len;
    *out = 0;
    while (at && label.ptr[at - 1] >= '0' && label.ptr[at - 1] <= '9')
        at--;
    if (at == label.len || label.len - at > 9)
        return false;
    for (; at < label.len; at++)
        *out = *out * 10 + (label.ptr[at] - '0');
    return true;
}

static bool is_number(jy_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return text.len > 0;
}

static bool same_label(jy_str a, jy_str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        char x = a.ptr[i], y = b.ptr[i];
        if (x != y && !(((x | 0x20) == (y | 0x20)) && (x | 0x20) >= 'a' && (x | 0x20) <= 'z'))
            return false;
    }
    return true;
}

bool jy__agent_is_label(const jy_reader *reader, jy_str label) { return label.len && same_label(label, reader->agent); }

static bool is_meant(const jy_turn *turn, jy_str agent)
{
    int64_t wanted, number;
    if (turn->label.len && same_label(turn->label, agent))
        return true;
    if (!is_number(agent) || !number_in(agent, &wanted))
        return false;
    if (turn->label.len)
        return (jy__speakers_numbered(turn->label) || is_number(turn->label)) && number_in(turn->label, &number) && number == wanted;
    return turn->channel >= 0 && turn->channel == wanted;
}

static bool has_identity(const jy_turn *turn) { return turn->label.len || turn->channel >= 0; }

static bool same_person(const jy_reader *reader, const jy_turn *turn)
{
    if (reader->agent_label.len)
        return jy__str_eq(turn->label, reader->agent_label);
    return turn->label.len == 0 && turn->channel == reader->agent_channel;
}

static int greeting_weight(jy_str text)
{
    static const struct { const char *words; int weight; } greetings[] = {
        { "为您服务", 4 }, { "為您服務", 4 }, { "请问有什么可以帮", 4 }, { "请问有什么需要", 4 }, { "有什么可以帮您", 4 },
        { "很高兴为您", 4 }, { "工号", 3 }, { "报警中心", 3 }, { "报警服务", 3 }, { "接警中心", 3 }, { "服务中心", 2 }, { "客服中心", 2 },
        { "服务热线", 2 }, { "欢迎致电", 4 }, { "感谢致电", 4 }, { "请讲", 2 }, { "这里是", 1 }, { "您好", 1 }, { "how may i help", 4 },
        { "how can i help", 4 }, { "thank you for calling", 4 },
    };
    int weight = 0;
    for (size_t i = 0; i < JY__COUNT(greetings); i++) {
        size_t len = strlen(greetings[i].words);
        for (size_t at = 0; at + len <= text.len; at++) {
            size_t k = 0;
            while (k < len && (text.ptr[at + k] == greetings[i].words[k] ||
                               (text.ptr[at + k] >= 'A' && text.ptr[at + k] <= 'Z' && (text.ptr[at + k] | 0x20) == greetings[i].words[k])))
                k++;
            if (k == len) {
                weight += greetings[i].weight;
                break;
            }
        }
    }
    return weight;
}

#define OPENING_TURNS 8

/* The earliest of those with the heaviest greeting among the opening turns. */
static const jy_turn *who_greets(const jy__batch *batch)
{
    const jy_turn *best = NULL;
    int most = 0;
    size_t seen = 0;
    for (size_t i = 0; i < batch->entries.count && seen < OPENING_TURNS; i++) {
        const jy_turn *turn = &batch->turns.items[batch->entries.items[i].index];
        int weight;
        if (batch->entries.items[i].kind != JY_ITEM_TURN || !has_identity(turn) || turn->speaker != JY_SPEAKER_UNKNOWN)
            continue;
        seen++;
        weight = greeting_weight(turn->text);
        if (weight > most) {
            most = weight;
            best = turn;
        }
    }
    return best;
}

static bool knows_agent(const jy__batch *batch)
{
    for (size_t i = 0; i < batch->turns.count; i++)
        if (batch->turns.items[i].speaker == JY_AGENT)
            return true;
    return false;
}

static int remember(jy_reader *reader, const jy_turn *turn)
{
    reader->agent_known = true;
    reader->agent_channel = turn->channel;
    return jy__arena_str(&reader->call_arena, turn->label, &reader->agent_label) ? JY_OK : JY_E_NOMEM;
}

static int choose(jy_reader *reader)
{
    jy__batch *batch = &reader->batch;
    const jy_turn *found = NULL;
    if (jy__str_is(reader->agent, "auto")) {
        if (knows_agent(batch) || (found = who_greets(batch)) == NULL)
            return JY_OK;
        reader->call.speaker_guessed = 1;
        return remember(reader, found);
    }
    for (size_t i = 0; i < batch->turns.count && !found; i++)
        if (is_meant(&batch->turns.items[i], reader->agent))
            found = &batch->turns.items[i];
    return found ? remember(reader, found) : JY_OK;
}

/* A recording of the agent's side alone: whoever is not known to be somebody else. */
static void take_all(jy__batch *batch)
{
    for (size_t i = 0; i < batch->turns.count; i++)
        if (batch->turns.items[i].speaker == JY_SPEAKER_UNKNOWN)
            batch->turns.items[i].speaker = JY_AGENT;
}

/* An event is of whom the turns under the same name are of. */
static int map_events(jy_reader *reader)
{
    jy__batch *batch = &reader->batch;
    uint32_t speaker, given;
    bool good = true;
    jy__map speakers;
    jy__map_init(&speakers, &reader->mem);
    for (size_t i = 0; i < batch->turns.count && good; i++)
        good = !batch->turns.items[i].label.len || jy__map_intern(&speakers, batch->turns.items[i].label, (uint32_t)batch->turns.items[i].speaker, &given);
    for (size_t i = 0; i < batch->events.count && good; i++) {
        jy__batch_event *own = &batch->events.items[i];
        if (own->event.speaker != JY_SPEAKER_UNKNOWN || !own->label.len)
            continue;
        if (reader->agent_known && jy__str_eq(own->label, reader->agent_label))
            own->event.speaker = JY_AGENT;
        else if (jy__map_get(&speakers, own->label, &speaker))
            own->event.speaker = (int32_t)speaker;
    }
    jy__map_free(&speakers);
    return good ? JY_OK : JY_E_NOMEM;
}

int jy__agent_map(jy_reader *reader)
{
    jy__batch *batch = &reader->batch;
    int status = JY_OK;
    if (!reader->agent.len || reader->call.has_speakers < 0)
        return JY_OK;
    if (jy__str_is(reader->agent, "all")) {
        take_all(batch);
        return batch->events.count ? map_events(reader) : JY_OK;
    }
    if (!reader->agent_known)
        status = choose(reader);
    for (size_t i = 0; i < batch->turns.count && reader->agent_known; i++) {
        jy_turn *turn = &batch->turns.items[i];
        if (same_person(reader, turn))
            turn->speaker = JY_AGENT;
        else if (turn->speaker == JY_SPEAKER_UNKNOWN && has_identity(turn))
            turn->speaker = JY_CUSTOMER;
    }
    return status == JY_OK && batch->events.count ? map_events(reader) : status;
}
