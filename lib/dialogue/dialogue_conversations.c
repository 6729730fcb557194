/* Conversation containers: Amazon Contact Lens and Transcribe Call Analytics, and IETF vCon with its events in both places that the
 * drafts gave them (party_history of a dialog, later a list at the top). */
#include "dialogue/dialogue_vendors.h"

/* ---- Amazon: participants give ids their roles */
int jy__gather_contact_lens(jy_reader *reader, jy__shape_state *state, uint32_t call)
{
    const jy__json_doc *json = &state->json;
    int status = jy__shape_gather_call(reader, state, call);
    for (size_t i = 0; i < reader->batch.turns.count && status == JY_OK; i++) {
        jy_turn *turn = &reader->batch.turns.items[i];
        uint32_t party = jy__json_child(json, jy__json_member(json, call, "Participants"));
        for (; party != JY__JSON_NONE && turn->speaker == JY_SPEAKER_UNKNOWN; party = jy__json_next(json, party))
            if (jy__str_eq(jy__json_raw(json, jy__json_member(json, party, "ParticipantId")), turn->label))
                turn->speaker = jy__speakers_find(&reader->speakers, jy__json_raw(json, jy__json_member(json, party, "ParticipantRole")));
    }
    return status;
}

/* ---- vCon */
static uint32_t party_at(const jy__json_doc *json, uint32_t call, int64_t index)
{
    uint32_t party = jy__json_child(json, jy__json_member(json, call, "parties"));
    for (; index > 0 && party != JY__JSON_NONE; index--)
        party = jy__json_next(json, party);
    return party;
}

/* A party's role when it has one that is known, else its name, else what it was called. */
static int party_label(jy_reader *reader, jy__shape_state *file, uint32_t call, const jy__json_doc *json, uint32_t node, jy_turn *turn)
{
    int64_t index;
    uint32_t party;
    jy_str name;
    if (!jy__shape_label(reader, json, node, &turn->label))
        return JY_E_NOMEM;
    if (!jy__json_integer(json, node, &index) || index < 0)
        return JY_OK;
    party = party_at(&file->json, call, index);
    turn->channel = index < 1000 ? (int32_t)index : -1;
    if (!jy__shape_label(reader, &file->json, jy__json_member(&file->json, party, "role"), &name))
        return JY_E_NOMEM;
    turn->speaker = jy__speakers_find(&reader->speakers, name);
    if (turn->speaker == JY_SPEAKER_UNKNOWN && !jy__shape_label(reader, &file->json, jy__json_member(&file->json, party, "name"), &name))
        return JY_E_NOMEM;
    if (name.len)
        turn->label = name;
    return JY_OK;
}

/* A dialog of type text is one turn. */
static int text_dialog(jy_reader *reader, jy__shape_state *state, uint32_t call, uint32_t dialog)
{
    const jy__json_doc *json = &state->json;
    uint32_t body = jy__json_member(json, dialog, "body"), party = jy__json_path(json, dialog, "originator|parties/0|parties");
    jy_turn turn = JY_TURN_INIT;
    double seconds;
    int status;
    if (!jy__json_is(json, body, JY__JSON_STRING))
        return jy__shape_broken(reader, state, dialog, JY__SAY_NO_TEXT);
    turn.begin_ms = jy__shape_time(reader, json, jy__json_member(json, dialog, "start"), JY__MS);
    if (turn.begin_ms != JY_TIME_UNKNOWN && jy__json_number(json, jy__json_member(json, dialog, "duration"), &seconds) && seconds >= 0 && seconds < 1e6)
        turn.end_ms = turn.begin_ms + (int64_t)(seconds * 1000 + 0.5);
    status = party_label(reader, state, call, json, party, &turn);
    if (status == JY_OK && !jy__shape_text(reader, state, body, &turn))
        status = JY_E_NOMEM;
    return status ? status : jy__batch_turn(reader, &turn);
}

static int vcon_event(jy_reader *reader, jy__shape_state *state, uint32_t call, uint32_t node)
{
    const jy__json_doc *json = &state->json;
    jy_event event = JY_EVENT_INIT;
    jy_turn who = JY_TURN_INIT;
    jy__pos pos = jy__shape_pos(state, jy__json_at(json, node)->offset);
    jy_str kind;
    int status = JY_OK;
    if (!jy__shape_label(reader, json, jy__json_path(json, node, "event|type"), &kind))
        return JY_E_NOMEM;
    if (jy_event_by_name(kind, &event.kind) != JY_OK)
        return JY_OK; /* keydown, keyup: nothing a rule asks for */
    status = party_label(reader, state, call, json, jy__json_path(json, node, "party|parties/0"), &who);
    event.speaker = who.speaker;
    event.at_ms = jy__shape_time(reader, json, jy__json_path(json, node, "time|start"), JY__MS);
    event.place.line = pos.line;
    event.place.column = pos.column;
    event.place.offset = pos.offset;
    if (event.kind == JY_EVENT_ANSWER && event.speaker != JY_AGENT)
        return status; /* the caller joins before anyone answers */
    if (status == JY_OK && !jy__json_pointer(&state->json, node, &reader->batch.arena, &event.place.pointer))
        status = JY_E_NOMEM;
    return status ? status : jy__batch_event_add(reader, &event, who.label);
}

static int vcon_events(jy_reader *reader, jy__shape_state *state, uint32_t call, uint32_t list)
{
    int status = JY_OK;
    if (jy__json_is(&state->json, list, JY__JSON_ARRAY))
        for (uint32_t node = jy__json_child(&state->json, list); node != JY__JSON_NONE && status == JY_OK; node = jy__json_next(&state->json, node))
            status = vcon_event(reader, state, call, node);
    return status;
}

static int vcon_dialogs(jy_reader *reader, jy__shape_state *state, uint32_t call)
{
    const jy__json_doc *json = &state->json;
    int status = JY_OK;
    for (uint32_t node = jy__json_child(json, jy__json_member(json, call, "dialog")); node != JY__JSON_NONE && status == JY_OK; node = jy__json_next(json, node)) {
        if (jy__json_at(json, node)->flags & JY__JSON_TORN)
            continue;
        jy__shape_time(reader, json, jy__json_member(json, node, "start"), JY__MS); /* the first one is the call's start */
        if (jy__str_is(jy__json_raw(json, jy__json_member(json, node, "type")), "text"))
            status = text_dialog(reader, state, call, node);
        if (status == JY_OK)
            status = vcon_events(reader, state, call, jy__json_member(json, node, "party_history"));
    }
    return status;
}

static const jy__shape transcript = {
    .turns = "", .text = "text|message|content|transcript|words|sentence", .begin = "start|start_time|begin|offset", .end = "end|end_time",
    .speaker = "speaker|party|role|label", .channel = "channel", .confidence = "confidence", .unit = JY__TELL
};

static int transcript_list(jy_reader *reader, jy__shape_state *state, uint32_t call, jy__shape_state *at, uint32_t body)
{
    const jy__json_doc *json = &at->json;
    uint32_t list = jy__json_is(json, body, JY__JSON_ARRAY) ? body
                    : jy__json_path(json, body, "segments|transcript|utterances|turns|dialogue|sentences|dialog");
    size_t first = reader->batch.turns.count;
    uint32_t node = jy__json_child(json, list);
    int status = jy__shape_list(reader, at, &transcript, list);
    for (; first < reader->batch.turns.count && status == JY_OK; node = jy__json_next(json, node)) {
        uint32_t who = jy__json_path(json, node, transcript.speaker);
        if (node == JY__JSON_NONE)
            break;
        if (!jy__json_is(json, jy__json_path(json, node, transcript.text), JY__JSON_STRING) || (jy__json_at(json, node)->flags & JY__JSON_TORN))
            continue;
        if (reader->batch.turns.items[first].speaker == JY_SPEAKER_UNKNOWN)
            status = party_label(reader, state, call, json, who, &reader->batch.turns.items[first]);
        first++;
    }
    return status;
}

/* "transcript", and what extensions call theirs ("wtf_transcription"). */
static bool is_transcript(jy_str type)
{
    static const char extension[] = "transcription";
    size_t len = sizeof(extension) - 1;
    return jy__str_is(type, "transcript") || (type.len >= len && memcmp(type.ptr + type.len - len, extension, len) == 0);
}

static int vcon_transcript(jy_reader *reader, jy__shape_state *state, uint32_t call, uint32_t analysis)
{
    const jy__json_doc *json = &state->json;
    uint32_t body = jy__json_member(json, analysis, "body");
    jy_str raw = jy__trim(jy__json_raw(json, body));
    jy__shape_state inner;
    int status;
    if (!jy__json_is(json, body, JY__JSON_STRING))
        return transcript_list(reader, state, call, state, body);
    if (!raw.len || (raw.ptr[0] != '{' && raw.ptr[0] != '['))
        return jy__shape_broken(reader, state, body, JY__SAY_NO_OBJECT); /* one text without speakers */
    status = jy__shape_open_string(reader, state, body, &inner);
    if (status == JY_OK && inner.json.nodes.count)
        status = transcript_list(reader, state, call, &inner, 0);
    jy__shape_free(&inner);
    return status;
}

int jy__gather_vcon(jy_reader *reader, jy__shape_state *state, uint32_t call)
{
    const jy__json_doc *json = &state->json;
    int status = jy__shape_meta(reader, state, call);
    if (status == JY_OK)
        status = vcon_dialogs(reader, state, call);
    for (uint32_t node = jy__json_child(json, jy__json_member(json, call, "analysis")); node != JY__JSON_NONE && status == JY_OK; node = jy__json_next(json, node))
        if (is_transcript(jy__json_raw(json, jy__json_member(json, node, "type"))) && !(jy__json_at(json, node)->flags & JY__JSON_TORN))
            status = vcon_transcript(reader, state, call, node);
    if (status == JY_OK && !reader->batch.turns.count && !reader->batch.diags.list.count)
        status = jy__shape_broken(reader, state, call, JY__SAY_NO_SPEECH);
    if (status == JY_OK)
        status = vcon_events(reader, state, call, jy__json_member(json, call, "events"));
    reader->by_time = true;
    return status;
}
