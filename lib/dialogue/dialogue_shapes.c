/* The shapes that JSON transcripts have in the field, and the format that reads a whole document of one of them. */
#include "dialogue/dialogue_shape.h"
#include "dialogue/dialogue_shapes.h"
#include "dialogue/dialogue_vendors.h"

#define NATIVE_FIELDS                                                                                                        \
    .text = JY__TEXT_NAMES, .begin = JY__BEGIN_NAMES, .end = JY__END_NAMES, .speaker = JY__SPEAKER_NAMES, .channel = "channel|channel_id|channelId", \
    .id = "id|turn_id", .confidence = "confidence"

/* Tried from the top: the particular before the general. */
static const jy__shape shapes[] = {
    { .format = "tickets", .has = { "tickets/0" }, .calls = "tickets", .turns = "dialogue|turns", NATIVE_FIELDS, .unit = JY__MS, .meta = "meta|metadata" },
    { .format = "vcon", .has = { "vcon|uuid", "parties", "dialog|analysis" }, .turns = "", .gather = jy__gather_vcon },
    { .format = "contact-lens", .has = { "Transcript/0", "Participants|Transcript/0/Content|Transcript/1/Content" }, .turns = "Transcript", .text = "Content", .begin = "BeginOffsetMillis|AbsoluteTime",
      .other = "Type", .other_is = "EVENT", .end = "EndOffsetMillis", .speaker = "ParticipantRole|ParticipantId", .id = "Id", .unit = JY__MS, .meta = "CustomerMetadata",
      .gather = jy__gather_contact_lens },
    { .format = "contact-lens", .has = { "Segments/0/Transcript/Content|Segments/1/Transcript/Content" }, .turns = "Segments", .text = "Transcript/Content",
      .begin = "Transcript/BeginOffsetMillis", .end = "Transcript/EndOffsetMillis", .speaker = "Transcript/ParticipantRole|Transcript/ParticipantId",
      .id = "Transcript/Id", .other = "Categories|PostContactSummary", .unit = JY__MS },
    { .format = "iflytek", .has = { "data" }, .is = { "action", "result" }, .turns = "", .single = true, .gather = jy__gather_iflytek_live },
    { .format = "iflytek", .has = { "content/orderResult|orderResult|lattice/0/json_1best|lattice2/0/json_1best|data/0/onebest" }, .turns = "", .gather = jy__gather_iflytek },
    { .format = "iflytek", .has = { "data" }, .is = { "data", "[" }, .turns = "", .gather = jy__gather_iflytek },
    { .format = "tencent", .has = { "Response/Data/ResultDetail/0|Data/ResultDetail/0|ResultDetail/0" },
      .turns = "Response/Data/ResultDetail|Data/ResultDetail|ResultDetail", .text = "FinalSentence", .begin = "StartMs", .end = "EndMs",
      .speaker = "SpeakerId|SpeakerRoleName", .unit = JY__MS, .meta = "Response/Data|Data" },
    { .format = "tencent", .has = { "Response/Data/Result|Data/Result" }, .turns = "Response/Data/Result|Data/Result", .unit = JY__MS,
      .meta = "Response/Data|Data", .gather = jy__gather_tencent_lines },
    { .format = "aliyun", .has = { "Result/Sentences/0|Sentences/0|Data/Sentences/0" }, .turns = "Result/Sentences|Sentences|Data/Sentences",
      .text = "Text", .begin = "BeginTime", .end = "EndTime", .speaker = "SpeakerId|Role", .channel = "ChannelId", .unit = JY__MS },
    { .format = "aliyun", .has = { "transcripts/0/sentences" }, .groups = "transcripts", .turns = "sentences", .text = "text", .begin = "begin_time",
      .end = "end_time", .speaker = "speaker_id", .channel = "channel_id", .id = "sentence_id", .unit = JY__MS },
    { .format = "huawei", .has = { "segments/0/result/text|segments/1/result/text|result/segments/0/result/text" }, .turns = "segments|result/segments", .text = "result/text",
      .begin = "start_time", .end = "end_time", .speaker = "result/analysis_info/role|role", .channel = "channel|channel_id",
      .confidence = "result/score", .final = "is_final", .unit = JY__MS, .start_of_job = true },
    { .format = "volcengine", .has = { "result/utterances/0|result/0/utterances/0|utterances/0|resp/utterances/0" },
      .turns = "result/utterances|result/0/utterances|utterances|resp/utterances", .final = "definite",
      .text = "text", .begin = "start_time|start", .end = "end_time|end", .speaker = "additions/speaker|speaker/role|speaker/type|speaker", .channel = "additions/channel_id|channel_id",
      .unit = JY__TELL },
    { .format = "whisper-cpp", .has = { "transcription/0/offsets|transcription/0/timestamps|transcription/1/offsets" }, .turns = "transcription", .text = "text",
      .begin = "offsets/from|timestamps/from", .end = "offsets/to|timestamps/to", .speaker = "speaker", .unit = JY__MS },
    { .format = "funasr", .has = { "text" }, .is = { "mode", "2pass" }, .turns = "", .single = true, .gather = jy__gather_funasr_text },
    { .format = "funasr", .has = { "sentence_info|0/sentence_info|stamp_sents|0/stamp_sents" }, .turns = "sentence_info|stamp_sents",
      .text = "text|sentence|text_seg", .begin = "start|ts_list/0/0", .end = "end", .speaker = "spk|speaker", .unit = JY__MS, .gather = jy__gather_funasr },
    { .format = "whisperx", .has = { "segments/0/text|segments/1/text" }, .turns = "segments", .text = "text", .begin = "start", .end = "end",
      .speaker = "speaker|spk|speaker_label", .id = "id", .unit = JY__TELL },
    { .format = "wenet", .has = { "nbest" }, .turns = "", .single = true, .gather = jy__gather_wenet },
    { .format = "funasr", .has = { "text|0/text", "timestamp|0/timestamp" }, .turns = "", .text = "text", .begin = "timestamp/0/0", .single = true,
      .unit = JY__MS, .gather = jy__gather_funasr_text },
    { .format = "turns", .has = { "dialogue|turns|messages|dialog/0/words" }, .turns = "dialogue|turns|messages|dialog", NATIVE_FIELDS, .unit = JY__TELL, .meta = "meta|metadata" },
    { .format = "turns", .has = { "0/dialogue|0/turns|0/messages" }, .turns = "dialogue|turns|messages", NATIVE_FIELDS, .unit = JY__TELL, .meta = "meta|metadata" },
    { .format = "turns", .has = { "0/words|0/text|0/content|0/sentence|0/message|0/utterance" }, .turns = "", NATIVE_FIELDS, .unit = JY__TELL },
};

/* Last: what services wrap around their turns, {"code": 0, "data": {"list": […]}}, is of no account where the turns are told by themselves. */
static const jy__shape anywhere = {
    .format = "turns", .anywhere = true, .turns = "", .text = JY__TEXT_NAMES "|onebest|transcript|asrText|asr_text|speechText|txt|内容|文本|对话内容|话术",
    .begin = JY__BEGIN_NAMES "|time|timestamp|开始时间|时间", .end = JY__END_NAMES "|结束时间", .speaker = JY__SPEAKER_NAMES "|rl",
    .channel = "channel|channel_id|channelId", .id = "id|turn_id", .confidence = "confidence", .unit = JY__TELL
};

/* {"text": "您好", "tokens": […]} is a turn, {"message": "success", "data": […]} is none. */
static bool is_turn_itself(const jy__json_doc *json)
{
    return jy__jsonl_is_turn(json) &&
           jy__json_path(json, 0, "event|kind|text|words|content|sentence|utterance|transcript|" JY__SPEAKER_NAMES "|" JY__BEGIN_NAMES) != JY__JSON_NONE;
}

static bool begins_with(jy_str text, const char *start)
{
    return text.len >= strlen(start) && memcmp(text.ptr, start, strlen(start)) == 0;
}

static bool fits(const jy__json_doc *json, const jy__shape *shape)
{
    for (size_t i = 0; i < JY__COUNT(shape->has) && shape->has[i]; i++)
        if (jy__json_path(json, 0, shape->has[i]) == JY__JSON_NONE)
            return false;
    return !shape->is[0] || (jy__json_is(json, jy__json_member(json, 0, shape->is[0]), JY__JSON_STRING) &&
                             begins_with(jy__json_raw(json, jy__json_member(json, 0, shape->is[0])), shape->is[1]));
}

const jy__shape *jy__shape_tell(const jy__json_doc *json, const char *format)
{
    for (size_t i = 0; i < JY__COUNT(shapes) && json->nodes.count; i++)
        if ((!format || strcmp(shapes[i].format, format) == 0) && fits(json, &shapes[i]))
            return &shapes[i];
    if ((!format || strcmp(anywhere.format, format) == 0) && !is_turn_itself(json) && jy__shape_next_list(json, &anywhere, JY__JSON_NONE) != JY__JSON_NONE)
        return &anywhere;
    return NULL;
}

static int no_shape(jy_reader *reader, jy__shape_state *state, const char *format)
{
    jy_str args[2] = { jy__str_of(format), { NULL, 0 } };
    if (state->json.errors.count) {
        jy__json_error error = state->json.errors.items[0];
        args[0] = jy__str_of(jy__json_fault_text(error.fault, reader->language));
        return jy__reader_fail(reader, JY_E_TRANSCRIPT, JY__SAY_JSON, jy__shape_pos(state, error.offset), args, 1);
    }
    return jy__reader_fail(reader, JY_E_TRANSCRIPT, format ? JY__SAY_NOT_SHAPE : JY__SAY_NO_TURNS, (jy__pos){ 1, 1, 0, 0 }, args, 1);
}

/* The formats of this file are one reader under many names: which shape it is is told from the document. */
static int open_document(jy_reader *reader)
{
    jy__shape_state *state = jy__arena_alloc(&reader->arena, sizeof(*state));
    bool told = reader->format == &jy__format_json;
    size_t offset;
    jy_str text;
    int status;
    if (!state)
        return JY_E_NOMEM;
    reader->state = state;
    jy__json_init(&state->json, &reader->mem);
    status = jy__reader_whole(reader, &text);
    offset = reader->input.offset;
    if (status == JY_OK)
        status = jy__shape_start(reader, state, text, offset, 1);
    if (status)
        return status;
    state->shape = jy__shape_tell(&state->json, told ? NULL : reader->format->name);
    if (!state->shape && told && jy__jsonl_is_turn(&state->json)) {
        jy__shape_free(state);
        reader->state = NULL;
        reader->format = &jy__format_jsonl;
        return reader->format->open(reader);
    }
    if (!state->shape)
        return no_shape(reader, state, told ? NULL : reader->format->name);
    reader->format = jy__format_by_name(jy__str_of(state->shape->format));
    state->call = 0;
    state->list = state->shape->calls != NULL;
    if (state->shape->anywhere)
        state->call = jy__shape_next_list(&state->json, state->shape, JY__JSON_NONE);
    else if (state->shape->calls)
        state->call = jy__json_child(&state->json, jy__json_path(&state->json, 0, state->shape->calls));
    else if (jy__json_is(&state->json, 0, JY__JSON_ARRAY) && state->shape->turns[0]) {
        state->list = true;
        state->call = jy__json_child(&state->json, 0);
    }
    return JY_OK;
}

static int gather_document(jy_reader *reader)
{
    jy__shape_state *state = reader->state;
    uint32_t call = state->call;
    int status;
    if (call == JY__JSON_NONE)
        return JY_DONE;
    state->call = state->shape->anywhere ? jy__shape_next_list(&state->json, state->shape, call)
                  : state->list          ? jy__json_next(&state->json, call)
                                         : JY__JSON_NONE;
    status = (state->shape->gather ? state->shape->gather : jy__shape_gather_call)(reader, state, call);
    if (status == JY_OK && state->json.errors.count)
        status = jy__shape_torn(reader, state, state->call == JY__JSON_NONE ? SIZE_MAX : jy__json_at(&state->json, state->call)->offset);
    return status;
}

static void close_document(jy_reader *reader)
{
    if (reader->state)
        jy__shape_free(reader->state);
}

static jy_str skip_blanks(jy_str text)
{
    while (text.len && text.ptr[0] && strchr(" \t\r\n", text.ptr[0]))
        text.ptr++, text.len--;
    return text;
}

/* `{笑}您好` and `[00:12] 您好` are no JSON: a brace wants a name in quotes behind it, or at least one anywhere. */
static bool is_document(jy_reader *reader, jy_str sample)
{
    char open;
    sample = skip_blanks(sample);
    if (!sample.len || (sample.ptr[0] != '{' && sample.ptr[0] != '['))
        return false;
    open = sample.ptr[0];
    sample = skip_blanks((jy_str){ sample.ptr + 1, sample.len - 1 });
    if (open == '[')
        return sample.len && sample.ptr[0] && strchr("{[]", sample.ptr[0]);
    if (!sample.len || sample.ptr[0] == '"' || sample.ptr[0] == '}')
        return true;
    for (size_t i = 0; i + 1 < sample.len; i++)
        if (sample.ptr[i] == '"' && sample.ptr[i + 1] == ':')
            return true;
    return false;
}

#define SHAPE_FORMAT(name) { name, NULL, open_document, gather_document, close_document }
const jy__format jy__format_json = { "json", is_document, open_document, gather_document, close_document };
const jy__format jy__format_shapes[] = {
    SHAPE_FORMAT("tickets"), SHAPE_FORMAT("turns"), SHAPE_FORMAT("funasr"), SHAPE_FORMAT("whisper-cpp"), SHAPE_FORMAT("whisperx"),
    SHAPE_FORMAT("wenet"), SHAPE_FORMAT("aliyun"), SHAPE_FORMAT("tencent"), SHAPE_FORMAT("iflytek"), SHAPE_FORMAT("huawei"),
    SHAPE_FORMAT("volcengine"), SHAPE_FORMAT("contact-lens"), SHAPE_FORMAT("vcon"),
};
const size_t jy__format_shape_count = JY__COUNT(jy__format_shapes);
