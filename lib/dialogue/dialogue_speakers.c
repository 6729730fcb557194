/* Who is behind a label. The user's own table is asked first, then the built-in one; both after the label is trimmed, its width
 * and case folded, then without what follows the role: 客服001, 坐席(1001), Agent_2, and then as it stands in brackets behind a name: 张三(客服).
 * What is in no table stays unknown. */
#include "dialogue/dialogue_read.h"

static const struct { const char *label; int32_t speaker; } known[] = {
    { "座席", JY_AGENT }, { "坐席", JY_AGENT }, { "客服", JY_AGENT }, { "客服代表", JY_AGENT }, { "客服人员", JY_AGENT },
    { "话务员", JY_AGENT }, { "接线员", JY_AGENT }, { "接警员", JY_AGENT }, { "值机员", JY_AGENT }, { "值班员", JY_AGENT },
    { "工程师", JY_AGENT }, { "员工", JY_AGENT }, { "专员", JY_AGENT }, { "受理员", JY_AGENT }, { "客服专员", JY_AGENT },
    { "座席员", JY_AGENT }, { "坐席员", JY_AGENT }, { "人工客服", JY_AGENT }, { "座席人员", JY_AGENT }, { "坐席人员", JY_AGENT },
    { "話務員", JY_AGENT }, { "接線員", JY_AGENT }, { "agent", JY_AGENT }, { "operator", JY_AGENT }, { "staff", JY_AGENT },
    { "representative", JY_AGENT }, { "rep", JY_AGENT }, { "employee", JY_AGENT }, { "seat", JY_AGENT }, { "kefu", JY_AGENT },
    { "dispatcher", JY_AGENT }, { "advisor", JY_AGENT },
    { "客户", JY_CUSTOMER }, { "客戶", JY_CUSTOMER }, { "用户", JY_CUSTOMER }, { "用戶", JY_CUSTOMER }, { "顾客", JY_CUSTOMER },
    { "顧客", JY_CUSTOMER }, { "来电人", JY_CUSTOMER }, { "來電人", JY_CUSTOMER }, { "主叫", JY_CUSTOMER },
    { "报警人", JY_CUSTOMER }, { "求助人", JY_CUSTOMER }, { "市民", JY_CUSTOMER }, { "业主", JY_CUSTOMER },
    { "客人", JY_CUSTOMER }, { "customer", JY_CUSTOMER }, { "caller", JY_CUSTOMER }, { "user", JY_CUSTOMER },
    { "client", JY_CUSTOMER }, { "guest", JY_CUSTOMER }, { "kehu", JY_CUSTOMER }, { "yonghu", JY_CUSTOMER },
    { "系统", JY_SYSTEM }, { "系統", JY_SYSTEM }, { "机器人", JY_SYSTEM }, { "语音导航", JY_SYSTEM }, { "提示音", JY_SYSTEM },
    { "system", JY_SYSTEM }, { "ivr", JY_SYSTEM }, { "robot", JY_SYSTEM }, { "bot", JY_SYSTEM },
};

static const struct { const char *name; int32_t speaker; } roles[] = {
    { "agent", JY_AGENT }, { "客服", JY_AGENT }, { "customer", JY_CUSTOMER }, { "客户", JY_CUSTOMER },
    { "system", JY_SYSTEM }, { "系统", JY_SYSTEM }, { "unknown", JY_SPEAKER_UNKNOWN }, { "未知", JY_SPEAKER_UNKNOWN },
};

#define LABEL_LONGEST 96

/* Full-width ASCII to half, upper case to lower, brackets around it off. Longer labels are in no table. */
static jy_str fold_label(jy_str label, char out[LABEL_LONGEST])
{
    const char *p, *end;
    size_t len = 0;
    label = jy__trim(label);
    for (p = label.ptr, end = p + label.len; p < end && len + 4 < LABEL_LONGEST;) {
        bool valid;
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        if (cp >= 0xFF01 && cp <= 0xFF5E) cp -= 0xFEE0;
        if (cp >= 'A' && cp <= 'Z') cp += 'a' - 'A';
        if (cp == 0x3010 || cp == 0x3014) cp = '[';
        if (cp == 0x3011 || cp == 0x3015) cp = ']';
        if (cp == 0x3000) cp = ' ';
        len += jy__utf8_put(cp, out + len);
    }
    if (len >= 2 && (out[0] == '[' || out[0] == '<' || out[0] == '(') && (out[len - 1] == ']' || out[len - 1] == '>' || out[len - 1] == ')'))
        return jy__trim((jy_str){ out + 1, len - 2 });
    return (jy_str){ out, p < end ? 0 : len };
}

/* The role in front of a number, a name or a bracket. */
static jy_str head_of(jy_str folded)
{
    size_t len = 0;
    while (len < folded.len && !strchr(" \t_-#(/[.0123456789", folded.ptr[len]))
        len++;
    return (jy_str){ folded.ptr, len };
}

/* What stands in the brackets at the end; empty: none do. */
static jy_str bracketed_of(jy_str folded)
{
    size_t open = folded.len;
    if (!open || (folded.ptr[open - 1] != ')' && folded.ptr[open - 1] != ']'))
        return (jy_str){ NULL, 0 };
    while (open && folded.ptr[open - 1] != '(' && folded.ptr[open - 1] != '[')
        open--;
    return open ? (jy_str){ folded.ptr + open, folded.len - 1 - open } : (jy_str){ NULL, 0 };
}

static bool look_up(const jy__speakers *speakers, jy_str label, int32_t *out)
{
    uint32_t value;
    if (jy__map_get(&speakers->own, label, &value)) {
        *out = (int32_t)value;
        return true;
    }
    for (size_t i = 0; i < JY__COUNT(known); i++)
        if (jy__str_is(label, known[i].label)) {
            *out = known[i].speaker;
            return true;
        }
    return false;
}

static int32_t find(const jy__speakers *speakers, jy_str label)
{
    char buffer[LABEL_LONGEST];
    int32_t speaker = JY_SPEAKER_UNKNOWN;
    jy_str folded = fold_label(label, buffer);
    if (folded.len && !look_up(speakers, folded, &speaker) && !look_up(speakers, head_of(folded), &speaker))
        look_up(speakers, head_of(bracketed_of(folded)), &speaker);
    return speaker;
}

int32_t jy__speakers_find(jy__speakers *speakers, jy_str label)
{
    jy__label_seen *seen;
    if (!label.len || label.len > sizeof(seen->label))
        return find(speakers, label);
    seen = &speakers->seen[((unsigned char)label.ptr[label.len - 1] ^ label.len) % JY__LABELS_KEPT];
    if (seen->len != label.len || memcmp(seen->label, label.ptr, label.len) != 0) {
        seen->speaker = find(speakers, label);
        seen->len = (uint8_t)label.len;
        memcpy(seen->label, label.ptr, label.len);
    }
    return seen->speaker;
}

bool jy__speakers_numbered(jy_str label)
{
    static const char *const stems[] = { "speaker", "spk", "channel", "ch", "s", "说话人", "发言人", "講者", "声道", "左声道", "右声道", "left", "right", "" };
    char buffer[LABEL_LONGEST];
    jy_str folded = fold_label(label, buffer);
    size_t len = folded.len;
    while (len && folded.ptr[len - 1] >= '0' && folded.ptr[len - 1] <= '9')
        len--;
    if (len == folded.len)
        return jy__str_is(folded, "left") || jy__str_is(folded, "right") || jy__str_is(folded, "左声道") || jy__str_is(folded, "右声道");
    while (len && strchr(" _-#", folded.ptr[len - 1]))
        len--;
    for (size_t i = 0; i < JY__COUNT(stems); i++)
        if (jy__str_is((jy_str){ folded.ptr, len }, stems[i]))
            return len > 0;
    return false;
}

void jy__speakers_init(jy__speakers *speakers, const jy__mem *mem)
{
    speakers->mem = mem;
    jy__arena_init(&speakers->arena, mem);
    jy__map_init(&speakers->own, mem);
}

int jy__speakers_add(jy__speakers *speakers, jy_str label, jy_str role)
{
    char buffer[LABEL_LONGEST];
    jy_str folded = fold_label(label, buffer), kept;
    for (size_t i = 0; i < JY__COUNT(roles); i++) {
        if (!jy__str_is(jy__trim(role), roles[i].name))
            continue;
        if (!jy__arena_str(&speakers->arena, folded, &kept) || !jy__map_put(&speakers->own, kept, (uint32_t)roles[i].speaker))
            return JY_E_NOMEM;
        return JY_OK;
    }
    return JY_E_INVALID;
}

void jy__speakers_free(jy__speakers *speakers)
{
    jy__map_free(&speakers->own);
    jy__arena_free(&speakers->arena);
}
