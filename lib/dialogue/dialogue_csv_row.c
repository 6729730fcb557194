/* A row of delimited text taken apart, and what a column's name says about it. */
#include "dialogue/dialogue_csv.h"

static void add_field(jy__csv_row *row, size_t begin, size_t end, bool quoted, bool doubled)
{
    if (row->count < JY__CSV_FIELDS)
        row->fields[row->count++] = (jy__csv_field){ (uint32_t)begin, (uint32_t)end, quoted, doubled };
}

/* Behind the opening quote; gives the place of the closing one, or text.len. */
static size_t closing_quote(jy_str text, size_t at, bool *doubled)
{
    *doubled = false;
    for (; at < text.len; at++) {
        if (text.ptr[at] != '"')
            continue;
        if (at + 1 >= text.len || text.ptr[at + 1] != '"')
            return at;
        *doubled = true;
        at++;
    }
    return at;
}

bool jy__csv_split(jy_str text, char delimiter, jy__csv_row *row)
{
    size_t at = 0;
    row->text = text;
    row->count = 0;
    row->open = false;
    for (;;) {
        size_t begin = at, end;
        bool doubled;
        const char *next;
        if (at < text.len && text.ptr[at] == '"') {
            end = closing_quote(text, at + 1, &doubled);
            if (end >= text.len) {
                row->open = true;
                row->open_at = (uint32_t)at;
                return false;
            }
            at = end + 1;
            next = memchr(text.ptr + at, delimiter, text.len - at);
            if (jy__trim((jy_str){ text.ptr + at, (next ? (size_t)(next - text.ptr) : text.len) - at }).len)
                add_field(row, begin, next ? (size_t)(next - text.ptr) : text.len, false, false); /* "您好"他说: quotes of the text itself */
            else
                add_field(row, begin + 1, end, true, doubled);
        } else {
            next = at < text.len ? memchr(text.ptr + at, delimiter, text.len - at) : NULL;
            add_field(row, begin, next ? (size_t)(next - text.ptr) : text.len, false, false);
        }
        if (!next)
            return true;
        at = (size_t)(next - text.ptr) + 1;
    }
}

void jy__csv_join_text(jy__csv_row *row, uint32_t count, uint32_t text)
{
    uint32_t more;
    while (row->count > count && row->fields[row->count - 1].begin == row->fields[row->count - 1].end)
        row->count--;
    more = row->count > count ? row->count - count : 0;
    for (uint32_t i = text; i <= text + more; i++)
        if (row->fields[i].quoted)
            return; /* who quotes where it is needed has other reasons to have more */
    row->fields[text].end = row->fields[text + more].end;
    row->count -= more;
    memmove(&row->fields[text + 1], &row->fields[text + 1 + more], (row->count - text - 1) * sizeof(*row->fields));
}

bool jy__csv_value(const jy__csv_row *row, uint32_t field, jy__arena *arena, jy_str *out)
{
    const jy__csv_field *at = &row->fields[field];
    char *made;
    size_t len = 0;
    *out = (jy_str){ NULL, 0 };
    if (field >= row->count)
        return true;
    *out = (jy_str){ row->text.ptr + at->begin, at->end - at->begin };
    if (!at->doubled)
        return true;
    made = jy__arena_alloc(arena, out->len);
    if (!made)
        return false;
    for (size_t i = 0; i < out->len; i++) {
        made[len++] = out->ptr[i];
        i += out->ptr[i] == '"' && i + 1 < out->len && out->ptr[i + 1] == '"';
    }
    *out = (jy_str){ made, len };
    return true;
}

static const struct { const char *name; jy__column column; } columns[] = {
    { "text", JY__COLUMN_TEXT }, { "content", JY__COLUMN_TEXT }, { "words", JY__COLUMN_TEXT }, { "message", JY__COLUMN_TEXT },
    { "sentence", JY__COLUMN_TEXT }, { "utterance", JY__COLUMN_TEXT }, { "transcript", JY__COLUMN_TEXT }, { "内容", JY__COLUMN_TEXT },
    { "文本", JY__COLUMN_TEXT }, { "对话内容", JY__COLUMN_TEXT }, { "通话内容", JY__COLUMN_TEXT }, { "说话内容", JY__COLUMN_TEXT },
    { "发言内容", JY__COLUMN_TEXT }, { "转写文本", JY__COLUMN_TEXT }, { "转写内容", JY__COLUMN_TEXT }, { "识别文本", JY__COLUMN_TEXT },
    { "识别结果", JY__COLUMN_TEXT }, { "语句", JY__COLUMN_TEXT }, { "话术", JY__COLUMN_TEXT }, { "消息内容", JY__COLUMN_TEXT }, { "对话", JY__COLUMN_TEXT },
    { "录音文本", JY__COLUMN_TEXT }, { "录音内容", JY__COLUMN_TEXT }, { "录音转写", JY__COLUMN_TEXT }, { "通话文本", JY__COLUMN_TEXT }, { "对话文本", JY__COLUMN_TEXT },
    { "会话内容", JY__COLUMN_TEXT }, { "聊天内容", JY__COLUMN_TEXT }, { "转写结果", JY__COLUMN_TEXT }, { "转写文字", JY__COLUMN_TEXT }, { "文字内容", JY__COLUMN_TEXT },
    { "speaker", JY__COLUMN_SPEAKER }, { "role", JY__COLUMN_SPEAKER }, { "spk", JY__COLUMN_SPEAKER }, { "label", JY__COLUMN_SPEAKER },
    { "who", JY__COLUMN_SPEAKER }, { "from", JY__COLUMN_SPEAKER }, { "speaker_id", JY__COLUMN_SPEAKER }, { "角色", JY__COLUMN_SPEAKER },
    { "说话人", JY__COLUMN_SPEAKER }, { "发言人", JY__COLUMN_SPEAKER }, { "讲话人", JY__COLUMN_SPEAKER }, { "说话方", JY__COLUMN_SPEAKER },
    { "发言方", JY__COLUMN_SPEAKER }, { "身份", JY__COLUMN_SPEAKER }, { "发送方", JY__COLUMN_SPEAKER }, { "角色类型", JY__COLUMN_SPEAKER }, { "说话者", JY__COLUMN_SPEAKER },
    { "说话角色", JY__COLUMN_SPEAKER }, { "发言角色", JY__COLUMN_SPEAKER }, { "发送人", JY__COLUMN_SPEAKER }, { "发送者", JY__COLUMN_SPEAKER },
    { "begin", JY__COLUMN_BEGIN }, { "start", JY__COLUMN_BEGIN }, { "begin_ms", JY__COLUMN_BEGIN }, { "start_ms", JY__COLUMN_BEGIN },
    { "begin_time", JY__COLUMN_BEGIN }, { "start_time", JY__COLUMN_BEGIN }, { "time", JY__COLUMN_BEGIN }, { "timestamp", JY__COLUMN_BEGIN },
    { "begintime", JY__COLUMN_BEGIN }, { "starttime", JY__COLUMN_BEGIN }, { "开始", JY__COLUMN_BEGIN }, { "开始时间", JY__COLUMN_BEGIN },
    { "起始时间", JY__COLUMN_BEGIN }, { "时间", JY__COLUMN_BEGIN }, { "发言时间", JY__COLUMN_BEGIN }, { "发送时间", JY__COLUMN_BEGIN },
    { "end", JY__COLUMN_END }, { "end_ms", JY__COLUMN_END }, { "end_time", JY__COLUMN_END }, { "endtime", JY__COLUMN_END },
    { "结束", JY__COLUMN_END }, { "结束时间", JY__COLUMN_END },
    { "call", JY__COLUMN_CALL }, { "call_id", JY__COLUMN_CALL }, { "callid", JY__COLUMN_CALL }, { "conversation_id", JY__COLUMN_CALL },
    { "session_id", JY__COLUMN_CALL }, { "sessionid", JY__COLUMN_CALL }, { "tid", JY__COLUMN_CALL }, { "通话编号", JY__COLUMN_CALL },
    { "通话id", JY__COLUMN_CALL }, { "通话标识", JY__COLUMN_CALL }, { "会话id", JY__COLUMN_CALL }, { "会话编号", JY__COLUMN_CALL },
    { "呼叫id", JY__COLUMN_CALL }, { "录音编号", JY__COLUMN_CALL }, { "录音id", JY__COLUMN_CALL }, { "流水号", JY__COLUMN_CALL }, { "工单号", JY__COLUMN_CALL },
    { "channel", JY__COLUMN_CHANNEL }, { "channel_id", JY__COLUMN_CHANNEL }, { "声道", JY__COLUMN_CHANNEL }, { "通道", JY__COLUMN_CHANNEL },
    { "id", JY__COLUMN_ID }, { "turn_id", JY__COLUMN_ID }, { "confidence", JY__COLUMN_CONFIDENCE }, { "置信度", JY__COLUMN_CONFIDENCE },
    { "agent", JY__COLUMN_META }, { "agent_id", JY__COLUMN_META }, { "agent_name", JY__COLUMN_META }, { "工号", JY__COLUMN_META }, { "客服工号", JY__COLUMN_META },
    { "坐席工号", JY__COLUMN_META }, { "座席工号", JY__COLUMN_META }, { "坐席姓名", JY__COLUMN_META }, { "座席姓名", JY__COLUMN_META },
    { "客服姓名", JY__COLUMN_META }, { "team", JY__COLUMN_META }, { "班组", JY__COLUMN_META }, { "团队", JY__COLUMN_META }, { "部门", JY__COLUMN_META },
    { "queue", JY__COLUMN_META }, { "技能组", JY__COLUMN_META }, { "customer", JY__COLUMN_META }, { "客户姓名", JY__COLUMN_META },
    { "direction", JY__COLUMN_META }, { "呼叫方向", JY__COLUMN_META }, { "call_start", JY__COLUMN_META }, { "通话时间", JY__COLUMN_META },
    { "通话开始时间", JY__COLUMN_META },
};

/* 开始时间(ms), start (s): the bracket says the unit. */
static size_t without_unit(jy_str name, jy__csv_unit *unit)
{
    static const struct { const char *written; jy__csv_unit unit; } units[] = {
        { "(ms)", JY__UNIT_MS }, { "(毫秒)", JY__UNIT_MS }, { "\xEF\xBC\x88ms\xEF\xBC\x89", JY__UNIT_MS },
        { "\xEF\xBC\x88毫秒\xEF\xBC\x89", JY__UNIT_MS }, { "(s)", JY__UNIT_S }, { "(秒)", JY__UNIT_S }, { "(sec)", JY__UNIT_S },
        { "\xEF\xBC\x88s\xEF\xBC\x89", JY__UNIT_S }, { "\xEF\xBC\x88秒\xEF\xBC\x89", JY__UNIT_S },
    };
    *unit = JY__UNIT_TOLD_BY_VALUE;
    for (size_t i = 0; i < JY__COUNT(units); i++) {
        size_t len = strlen(units[i].written);
        if (name.len > len && memcmp(name.ptr + name.len - len, units[i].written, len) == 0) {
            *unit = units[i].unit;
            return name.len - len;
        }
    }
    return name.len;
}

jy__column jy__csv_column(jy_str name, jy__csv_unit *unit)
{
    char lower[64];
    name = jy__trim(name);
    if (name.len > sizeof(lower))
        return JY__COLUMN_NONE;
    for (size_t i = 0; i < name.len; i++)
        lower[i] = name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? (char)(name.ptr[i] | 0x20) : name.ptr[i] == ' ' ? '_' : name.ptr[i];
    name = (jy_str){ lower, name.len };
    name.len = without_unit(name, unit);
    while (name.len && name.ptr[name.len - 1] == '_')
        name.len--;
    for (size_t i = 0; i < JY__COUNT(columns); i++)
        if (jy__str_is(name, columns[i].name)) {
            if (*unit == JY__UNIT_TOLD_BY_VALUE && name.len > 3 && memcmp(name.ptr + name.len - 3, "_ms", 3) == 0)
                *unit = JY__UNIT_MS;
            return columns[i].column;
        }
    return JY__COLUMN_NONE;
}
