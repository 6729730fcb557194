/* Who is behind a label. The user's own table is asked first, then the built-in one; both after the label is trimmed, its width
 * and case folded, then without what follows the role: 客服001, 坐席(1001), Agent_2, 客服小王, and then as it stands in brackets behind a name:
 * 张三(客服). What is in no table stays unknown. */
#include "dialogue/dialogue_read.h"

/* Every line of a script is asked for, so labels are compared as two words of 8 bytes, with zeros behind them. */
#define KNOWN_LONGEST 15
typedef struct known_label { char label[KNOWN_LONGEST]; uint8_t len; int32_t speaker; } known_label;
#define KNOWN(label, speaker) { label, sizeof(label) - 1, speaker }
static const known_label known[] = {
    KNOWN("座席", JY_AGENT), KNOWN("坐席", JY_AGENT), KNOWN("客服", JY_AGENT), KNOWN("客服代表", JY_AGENT), KNOWN("客服人员", JY_AGENT),
    KNOWN("话务员", JY_AGENT), KNOWN("接线员", JY_AGENT), KNOWN("接警员", JY_AGENT), KNOWN("值机员", JY_AGENT), KNOWN("值班员", JY_AGENT),
    KNOWN("工程师", JY_AGENT), KNOWN("员工", JY_AGENT), KNOWN("专员", JY_AGENT), KNOWN("受理员", JY_AGENT), KNOWN("客服专员", JY_AGENT),
    KNOWN("座席员", JY_AGENT), KNOWN("坐席员", JY_AGENT), KNOWN("人工客服", JY_AGENT), KNOWN("座席人员", JY_AGENT), KNOWN("坐席人员", JY_AGENT),
    KNOWN("話務員", JY_AGENT), KNOWN("接線員", JY_AGENT), KNOWN("agent", JY_AGENT), KNOWN("operator", JY_AGENT), KNOWN("staff", JY_AGENT),
    KNOWN("representative", JY_AGENT), KNOWN("rep", JY_AGENT), KNOWN("employee", JY_AGENT), KNOWN("seat", JY_AGENT), KNOWN("kefu", JY_AGENT),
    KNOWN("dispatcher", JY_AGENT), KNOWN("advisor", JY_AGENT), KNOWN("assistant", JY_AGENT), KNOWN("坐席代表", JY_AGENT), KNOWN("座席代表", JY_AGENT),
    KNOWN("客户服务", JY_AGENT), KNOWN("客户代表", JY_AGENT), KNOWN("客户经理", JY_AGENT), KNOWN("客服经理", JY_AGENT), KNOWN("客服主管", JY_AGENT), KNOWN("客服班长", JY_AGENT), KNOWN("在线客服", JY_AGENT), KNOWN("物业客服", JY_AGENT),
    KNOWN("银行客服", JY_AGENT), KNOWN("快递客服", JY_AGENT), KNOWN("售后客服", JY_AGENT), KNOWN("人工坐席", JY_AGENT),
    KNOWN("人工座席", JY_AGENT), KNOWN("服务人员", JY_AGENT), KNOWN("服务员", JY_AGENT), KNOWN("工作人员", JY_AGENT), KNOWN("营业员", JY_AGENT),
    KNOWN("受理人员", JY_AGENT), KNOWN("接警人员", JY_AGENT), KNOWN("接待员", JY_AGENT), KNOWN("监控员", JY_AGENT), KNOWN("值守员", JY_AGENT),
    KNOWN("调度员", JY_AGENT), KNOWN("坐席侧", JY_AGENT), KNOWN("座席侧", JY_AGENT), KNOWN("客服侧", JY_AGENT), KNOWN("坐席端", JY_AGENT),
    KNOWN("座席端", JY_AGENT), KNOWN("客服端", JY_AGENT), KNOWN("坐席方", JY_AGENT), KNOWN("座席方", JY_AGENT), KNOWN("客服方", JY_AGENT),
    KNOWN("客户", JY_CUSTOMER), KNOWN("客戶", JY_CUSTOMER), KNOWN("用户", JY_CUSTOMER), KNOWN("用戶", JY_CUSTOMER), KNOWN("顾客", JY_CUSTOMER),
    KNOWN("顧客", JY_CUSTOMER), KNOWN("来电人", JY_CUSTOMER), KNOWN("來電人", JY_CUSTOMER), KNOWN("主叫", JY_CUSTOMER),
    KNOWN("报警人", JY_CUSTOMER), KNOWN("求助人", JY_CUSTOMER), KNOWN("市民", JY_CUSTOMER), KNOWN("业主", JY_CUSTOMER),
    KNOWN("客人", JY_CUSTOMER), KNOWN("customer", JY_CUSTOMER), KNOWN("caller", JY_CUSTOMER), KNOWN("user", JY_CUSTOMER),
    KNOWN("client", JY_CUSTOMER), KNOWN("guest", JY_CUSTOMER), KNOWN("kehu", JY_CUSTOMER), KNOWN("yonghu", JY_CUSTOMER),
    KNOWN("来电者", JY_CUSTOMER), KNOWN("来电客户", JY_CUSTOMER), KNOWN("咨询人", JY_CUSTOMER), KNOWN("投诉人", JY_CUSTOMER),
    KNOWN("群众", JY_CUSTOMER), KNOWN("商户", JY_CUSTOMER), KNOWN("店主", JY_CUSTOMER), KNOWN("住户", JY_CUSTOMER), KNOWN("租户", JY_CUSTOMER),
    KNOWN("访客", JY_CUSTOMER), KNOWN("家属", JY_CUSTOMER), KNOWN("客户侧", JY_CUSTOMER), KNOWN("用户侧", JY_CUSTOMER),
    KNOWN("客户端", JY_CUSTOMER), KNOWN("用户端", JY_CUSTOMER), KNOWN("客户方", JY_CUSTOMER), KNOWN("用户方", JY_CUSTOMER),
    KNOWN("系统", JY_SYSTEM), KNOWN("系統", JY_SYSTEM), KNOWN("机器人", JY_SYSTEM), KNOWN("语音导航", JY_SYSTEM), KNOWN("提示音", JY_SYSTEM),
    KNOWN("system", JY_SYSTEM), KNOWN("ivr", JY_SYSTEM), KNOWN("robot", JY_SYSTEM), KNOWN("bot", JY_SYSTEM),
};

static const struct { const char *name; int32_t speaker; } roles[] = {
    { "agent", JY_AGENT }, { "客服", JY_AGENT }, { "customer", JY_CUSTOMER }, { "客户", JY_CUSTOMER },
    { "system", JY_SYSTEM }, { "系统", JY_SYSTEM }, { "unknown", JY_SPEAKER_UNKNOWN }, { "未知", JY_SPEAKER_UNKNOWN },
};

#define LABEL_LONGEST 96

/* Pictures beside a role, and the stars of Markdown. */
static bool is_ornament(uint32_t cp) { return cp >= 0x1F000 || cp == 0x200D || cp == 0xFE0F || cp == '*'; }

/* Full-width ASCII to half, upper case to lower, brackets around it off. Longer labels are in no table. */
static jy_str fold_label(jy_str label, char out[LABEL_LONGEST])
{
    const char *p, *end;
    size_t len = 0;
    label = jy__trim(label);
    for (p = label.ptr, end = p + label.len; p < end && len + 4 < LABEL_LONGEST;) {
        bool valid;
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        if (jy__is_everyday_han(cp)) { /* three bytes, as they are */
            memcpy(out + len, p - 3, 3);
            len += 3;
            continue;
        }
        if (is_ornament(cp)) continue;
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

/* " \t_-#(/[.", digits and NUL. */
static bool ends_role(char c)
{
    return c == ' ' || c == '\t' || c == '_' || c == '-' || c == '#' || c == '(' || c == '/' || c == '[' || c == '.' || c == 0 || (c >= '0' && c <= '9');
}

/* The role in front of a number, a name or a bracket. */
static jy_str head_of(jy_str folded)
{
    size_t len = 0;
    while (len < folded.len && !ends_role(folded.ptr[len]))
        len++;
    return (jy_str){ folded.ptr, len };
}

/* Customer service is no customer. */
static bool is_service(jy_str folded)
{
    static const char *const services[] = { "customer service", "customer support", "customer care" };
    for (size_t i = 0; i < JY__COUNT(services); i++) {
        size_t len = strlen(services[i]), first = strlen("customer");
        if (folded.len >= len && memcmp(folded.ptr, services[i], first) == 0 && strchr(" _-", folded.ptr[first]) &&
            memcmp(folded.ptr + first + 1, services[i] + first + 1, len - first - 1) == 0)
            return true;
    }
    return false;
}

/* Does the name begin with one of these Han characters? Each takes three bytes. */
static bool begins_with_any(jy_str name, const char *characters)
{
    for (; *characters; characters += 3)
        if (memcmp(name.ptr, characters, 3) == 0)
            return true;
    return false;
}

static bool ends_in_title(jy_str name)
{
    static const char *const titles[] = { "先生", "女士", "小姐", "太太", "老师", "师傅", "阿姨", "大姐", "大哥" };
    for (size_t i = 0; i < JY__COUNT(titles); i++) {
        size_t len = strlen(titles[i]);
        if (name.len >= len && memcmp(name.ptr + name.len - len, titles[i], len) == 0)
            return true;
    }
    return false;
}

#define NAME_LONGEST (5 * 3) /* bytes */

/* 小王, 李女士, 张三, A: how people are called. 名, 电话 and 热线, which make something else of the role, are no names. */
static bool is_name(jy_str rest)
{
    static const char surnames[] = "王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙史陶贺毛郝顾龚邵覃武钱戴严莫孔向常汤";
    size_t characters = jy__utf8_count(rest);
    if (rest.len == 1)
        return rest.ptr[0] >= 'a' && rest.ptr[0] <= 'z';
    if (rest.len != characters * 3 || characters < 2 || rest.len > NAME_LONGEST)
        return false; /* Han characters take three bytes */
    return ends_in_title(rest) || (characters <= 3 && (begins_with_any(rest, "小阿老") || begins_with_any(rest, surnames)));
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

/* The first character, a bit of so many. */
static uint32_t first_of(jy_str label, size_t bits)
{
    const unsigned char *p = (const unsigned char *)label.ptr;
    return (p[0] < 0x80 || label.len < 3 ? p[0] : p[0] * 37u ^ p[1] * 11u ^ p[2]) % bits;
}

/* Most of what stands before a colon is no label: one bit of so many tells. */
static uint32_t bit_of(const known_label *label, size_t bits)
{
    uint64_t words[2];
    _Static_assert(offsetof(known_label, speaker) == sizeof(words), "the label and its length, which are what is asked");
    memcpy(words, label, sizeof(words));
    return (uint32_t)(((words[0] ^ words[1]) * 0x9E3779B97F4A7C15u >> 32) % bits);
}

static void mark(uint64_t *marks, uint32_t bit) { marks[bit / 64] |= (uint64_t)1 << bit % 64; }

static bool is_marked(const uint64_t *marks, uint32_t bit) { return marks[bit / 64] >> bit % 64 & 1; }

static void mark_known(jy__speakers *speakers)
{
    for (size_t i = 0; i < JY__COUNT(known); i++) {
        mark(speakers->known, bit_of(&known[i], 8 * sizeof(speakers->known)));
        mark(speakers->firsts, first_of((jy_str){ known[i].label, known[i].len }, 8 * sizeof(speakers->firsts)));
    }
}

/* The role whose label it is; NULL: it is none. */
static const known_label *find_known(const jy__speakers *speakers, jy_str label)
{
    known_label asked = { { 0 }, (uint8_t)label.len, 0 };
    if (!label.len || label.len >= KNOWN_LONGEST)
        return NULL;
    memcpy(asked.label, label.ptr, label.len);
    if (!is_marked(speakers->known, bit_of(&asked, 8 * sizeof(speakers->known))))
        return NULL;
    for (size_t i = 0; i < JY__COUNT(known); i++)
        if (memcmp(&known[i], &asked, KNOWN_LONGEST + 1) == 0)
            return &known[i];
    return NULL;
}

static bool look_up(const jy__speakers *speakers, jy_str label, int32_t *out)
{
    const known_label *found;
    uint32_t value;
    if (jy__map_get(&speakers->own, label, &value)) {
        *out = (int32_t)value;
        return true;
    }
    if ((found = find_known(speakers, label)))
        *out = found->speaker;
    return found != NULL;
}

/* Of the longest role that a name follows; 客服代表王芳 is no 客服 whose name is 代表王芳. Each character of such a role takes three bytes. */
static bool look_up_named(const jy__speakers *speakers, jy_str folded, int32_t *out)
{
    const known_label *found = NULL;
    if (!folded.len || (unsigned char)folded.ptr[0] < 0x80 || folded.len >= KNOWN_LONGEST + NAME_LONGEST)
        return false;
    for (size_t len = folded.len <= KNOWN_LONGEST ? (folded.len - 1) / 3 * 3 : KNOWN_LONGEST - 3; len && !found; len -= 3)
        found = find_known(speakers, (jy_str){ folded.ptr, len });
    if (!found || !is_name((jy_str){ folded.ptr + found->len, folded.len - found->len }))
        return false;
    *out = found->speaker;
    return true;
}

static bool is_han_at(const char *at)
{
    const unsigned char *p = (const unsigned char *)at;
    return ((p[0] >= 0xE5 && p[0] <= 0xE9) || (p[0] == 0xE4 && p[1] >= 0xB8)) && p[1] >> 6 == 2 && p[2] >> 6 == 2;
}

/* Such is nearly all that stands in front of lines without labels: folded it begins as it does, with no role's first character, and ends in no bracket. */
static bool is_no_role(const jy__speakers *speakers, jy_str label)
{
    return !speakers->own.count && label.len >= 3 && is_han_at(label.ptr) && is_han_at(label.ptr + label.len - 3) &&
           !is_marked(speakers->firsts, first_of(label, 8 * sizeof(speakers->firsts)));
}

static int32_t find(const jy__speakers *speakers, jy_str label)
{
    char buffer[LABEL_LONGEST];
    int32_t speaker = JY_SPEAKER_UNKNOWN;
    jy_str folded;
    if (is_no_role(speakers, label))
        return speaker;
    folded = fold_label(label, buffer);
    if (!folded.len || look_up(speakers, folded, &speaker))
        return speaker;
    if (is_service(folded))
        return JY_AGENT;
    if (!look_up(speakers, head_of(folded), &speaker) && !look_up_named(speakers, head_of(folded), &speaker))
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

/* A, B, 甲, 乙方: people without names. */
static bool is_lettered(jy_str folded)
{
    static const char *const letters[] = { "甲", "乙", "丙", "丁", "甲方", "乙方", "丙方" };
    for (size_t i = 0; i < JY__COUNT(letters); i++)
        if (jy__str_is(folded, letters[i]))
            return true;
    return folded.len == 1 && folded.ptr[0] >= 'a' && folded.ptr[0] <= 'z';
}

bool jy__speakers_numbered(jy_str label)
{
    static const char *const stems[] = { "speaker", "spk", "channel", "ch", "s", "说话人", "发言人", "講者", "声道", "左声道", "右声道", "left", "right", "" };
    char buffer[LABEL_LONGEST];
    jy_str folded = fold_label(label, buffer);
    size_t len = folded.len;
    if (is_lettered(folded))
        return true;
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

/* What lists are headed with may begin as names do. */
static bool is_heading(jy_str folded)
{
    static const char *const headings[] = { "方案", "方法", "方式", "方面", "方向", "方针", "任务", "任何", "范围", "范例", "程序", "程度", "高峰", "高级", "高温", "严重", "许多", "万一",
                                            "金额", "余额", "时段", "白天", "谢谢", "马上", "曾经", "常见", "常用", "常规", "温馨", "安全", "于是", "严禁", "常问", "江苏", "武汉",
                                            "小结", "小计", "小区", "小时", "小心", "小贴士", "小提示", "小技巧", "小知识" };
    for (size_t i = 0; i < JY__COUNT(headings); i++)
        if (jy__str_is(folded, headings[i]))
            return true;
    return false;
}

bool jy__speakers_person(jy_str label)
{
    char buffer[LABEL_LONGEST];
    jy_str folded = fold_label(label, buffer);
    return folded.len > 1 && is_name(folded) && !is_heading(folded);
}

bool jy__speakers_addressed(jy_str label) { return ends_in_title(label) && label.len <= 5 * 3; }

void jy__speakers_init(jy__speakers *speakers, const jy__mem *mem)
{
    speakers->mem = mem;
    jy__arena_init(&speakers->arena, mem);
    jy__map_init(&speakers->own, mem);
    mark_known(speakers);
}

int jy__speakers_add(jy__speakers *speakers, jy_str label, jy_str role)
{
    char buffer[LABEL_LONGEST];
    jy_str folded, kept;
    if (jy__str_lost(label) || jy__str_lost(role))
        return JY_E_INVALID;
    folded = fold_label(label, buffer);
    for (size_t i = 0; i < JY__COUNT(roles); i++) {
        if (!jy__str_is(jy__trim(role), roles[i].name))
            continue;
        if (!jy__arena_str(&speakers->arena, folded, &kept) || !jy__map_put(&speakers->own, kept, (uint32_t)roles[i].speaker))
            return JY_E_NOMEM;
        return JY_OK;
    }
    return JY_E_INVALID;
}

int jy_speaker_by_label(jy_str label, const jy_str *labels, size_t label_count, int32_t *speaker_out)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__speakers speakers = { 0 };
    int status = JY_OK;
    if (!speaker_out || (!labels && label_count) || jy__str_lost(label))
        return JY_E_INVALID;
    jy__speakers_init(&speakers, &mem);
    for (size_t i = 0; i < label_count && status == JY_OK; i++)
        status = jy__speakers_add(&speakers, labels[2 * i], labels[2 * i + 1]);
    if (status == JY_OK)
        *speaker_out = find(&speakers, label);
    jy__speakers_free(&speakers);
    return status;
}

void jy__speakers_free(jy__speakers *speakers)
{
    jy__map_free(&speakers->own);
    jy__arena_free(&speakers->arena);
}
