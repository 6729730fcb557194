/* Which words in front of a script's lines are labels, told by its first part: roles of the tables, numbered speakers, whom --agent names, and — when
 * nearly every line has one — names that come back. Where no label has a colon but nearly every line begins with a role of the tables, of the agent and
 * of others, these are the labels. */
#include "dialogue/dialogue_survey.h"
#include "dialogue/dialogue_agent.h"

/* What people say in front of a colon, over and over, and nobody is called. */
static bool is_remark(jy_str name)
{
    static const char *const remarks[] = { "注意", "备注", "例如", "比如", "说明", "提示", "提醒", "地址", "电话", "时间", "密码", "账号", "步骤", "方法", "原因", "结果",
                                           "姓名", "名字", "单位", "号码", "手机", "手机号", "编号", "单号", "订单号", "车牌", "内容", "日期", "金额", "价格", "费用", "网址",
                                           "邮箱", "微信", "结论", "答案", "问题", "情况", "首先", "其次", "第一", "第二", "第三", "最后", "另外", "总之",
                                           "note", "ps", "p.s.", "tel", "phone", "email", "e-mail", "address", "password", "time", "date", "id", "url", "qq" };
    for (size_t i = 0; i < JY__COUNT(remarks); i++)
        if (jy__str_is(name, remarks[i]))
            return true;
    return false;
}

static void count_name(jy__survey *seen, jy_str name)
{
    size_t i = 0;
    if (is_remark(name))
        return;
    while (i < seen->name_count && !jy__str_eq(seen->names[i].name, name))
        i++;
    if (i == JY__NAMES_MOST)
        return;
    if (i == seen->name_count)
        seen->names[seen->name_count++] = (jy__name_seen){ name, 0 };
    seen->names[i].count++;
}

/* A label that stands alone stands for the line below it, too. */
static void count_loose(jy_reader *reader, const jy__script_line *parts, jy__survey *seen)
{
    int32_t speaker = jy__speakers_find(&reader->speakers, parts->loose_label);
    size_t lines = parts->loose_text.len ? 1 : 2;
    seen->loose += speaker != JY_SPEAKER_UNKNOWN ? lines : 0;
    seen->loose_agent += speaker == JY_AGENT ? lines : 0;
}

/* 王小明 00:00:01, or 2024-05-31 09:12:03 王小明, and below what he says. */
static void count_below(const jy__script_line *parts, jy__survey *seen)
{
    if (parts->time == JY__NO_TIME) {
        seen->headed += seen->below || seen->below_alone;
        return;
    }
    seen->stamped++;
    seen->below_alone = !parts->loose_text.len && parts->loose_label.len;
    seen->alone += seen->below_alone;
    if (seen->below_alone)
        count_name(seen, parts->loose_label);
}

static void look_at_line(jy_reader *reader, jy_str line, jy__survey *seen)
{
    jy__script_line parts;
    int32_t speaker;
    jy__script_split(line, &parts);
    if (!jy__trim(line).len)
        return;
    seen->lines++;
    if (!parts.colon && !parts.header) {
        count_loose(reader, &parts, seen);
        count_below(&parts, seen);
        return;
    }
    seen->below = parts.header || (parts.colon ? !parts.text.len : seen->below);
    seen->marked++;
    speaker = jy__speakers_find(&reader->speakers, parts.label);
    seen->agents |= speaker == JY_AGENT;
    seen->customers |= speaker == JY_CUSTOMER;
    if (speaker != JY_SPEAKER_UNKNOWN || jy__agent_is_label(reader, parts.label))
        seen->known++;
    else if (jy__speakers_numbered(parts.label))
        seen->numbered++;
    else {
        count_name(seen, parts.label);
        seen->persons += jy__speakers_person(parts.label);
    }
}

void jy__survey_look(jy_reader *reader, jy_str sample, jy__survey *seen)
{
    memset(seen, 0, sizeof(*seen));
    while (sample.len)
        look_at_line(reader, jy__cut_line(&sample), seen);
}

static size_t names_that_come_back(const jy__survey *seen)
{
    size_t repeated = 0;
    for (size_t i = 0; i < seen->name_count; i++)
        repeated += seen->names[i].count > 1 ? seen->names[i].count : 0;
    return repeated;
}

/* 小王:… 李姐:… 小王:… and no more. */
static bool is_answered(const jy__survey *seen) { return seen->lines == 3 && seen->marked == 3 && seen->name_count == 2; }

/* 张三:你好 李四:什么事: people talk, though nobody comes back. One line is no talk. */
static bool are_persons(const jy__survey *seen)
{
    return seen->lines > 1 && seen->persons && seen->persons + seen->known + seen->numbered == seen->lines;
}

static bool names_count(const jy__survey *seen)
{
    size_t named = seen->known + seen->numbered + names_that_come_back(seen);
    bool often = named * 8 > seen->headed; /* nobody speaks for so many lines each time */
    return seen->name_count < JY__NAMES_MOST && often && ((named + seen->headed) * 10 >= seen->lines * 8 || is_answered(seen));
}

/* Where only one side has a role, names that come back are the other side, however many lines a turn has. */
static bool names_are_labels(const jy__survey *seen) { return names_count(seen) || seen->agents != seen->customers; }

/* A name and a time above what is said, each time: two or more of them, who come back. */
static bool is_headed(const jy__survey *seen)
{
    return seen->alone >= 3 && seen->alone == seen->stamped && seen->headed >= seen->alone && seen->name_count > 1 && seen->name_count < seen->alone &&
           names_count(seen);
}

bool jy__survey_is_loose(const jy__survey *seen)
{
    return is_headed(seen) || (seen->loose_agent && seen->loose > seen->loose_agent && seen->loose * 10 >= seen->lines * 8);
}

bool jy__survey_is_script(const jy__survey *seen)
{
    if (seen->marked && (seen->known + seen->numbered) * 5 >= seen->lines)
        return true;
    return jy__survey_is_loose(seen) || are_persons(seen) || (seen->marked && (seen->lines >= 4 || is_answered(seen)) && names_count(seen));
}

bool jy__survey_is_dense(const jy__survey *seen)
{
    size_t named = seen->known + seen->numbered + names_that_come_back(seen);
    return (seen->marked + seen->headed) * 10 >= seen->lines * 8 && (named + seen->headed) * 2 >= seen->lines;
}

#define NAME_CHARACTERS 16
#define NAME_HAN 6

static bool stands_in_names(uint32_t cp)
{
    return (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') || cp == 0xFF08 || cp == 0xFF09 || (cp < 0x80 && cp && strchr(" ()_-.#/", (int)cp));
}

/* Of what is said in front of a colon nearly all has one of them: 我的地址是, 他说, 请记一下. */
static bool is_said(uint32_t cp)
{
    static const uint32_t said[] = { U'我', U'你', U'您', U'他', U'她', U'它', U'这', U'那', U'是', U'为', U'说', U'叫', U'请', U'的', U'了', U'下', U'有', U'在', U'就', U'还',
                                     U'不', U'没', U'哪', U'么', U'吗', U'呢', U'啊', U'吧', U'和', U'与', U'到', U'给', U'看', U'写', U'填', U'选', U'按' };
    for (size_t i = 0; i < JY__COUNT(said); i++)
        if (cp == said[i])
            return true;
    return false;
}

/* 用户名, 客户电话: of a thing, not of somebody. */
static bool ends_thing(jy_str label)
{
    static const char *const ends[] = { "名", "码", "电话", "地址", "网址", "邮箱", "账号", "单号", "编号", "数", "日期", "时间", "金额", "费", "类型", "内容", "原因", "结果" };
    for (size_t i = 0; i < JY__COUNT(ends); i++) {
        size_t len = strlen(ends[i]);
        if (label.len >= len && memcmp(label.ptr + label.len - len, ends[i], len) == 0)
            return true;
    }
    return false;
}

bool jy__survey_is_name(jy_str label)
{
    size_t characters = 0, han = 0, letters = 0;
    for (const char *p = label.ptr, *end = p + label.len; p < end; characters++) {
        bool valid;
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        if (is_said(cp) || (!jy__is_everyday_han(cp) && !stands_in_names(cp)))
            return false;
        han += jy__is_everyday_han(cp);
        letters += (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
    }
    return (han >= 2 || letters >= 1) && han <= NAME_HAN && characters <= NAME_CHARACTERS && !is_remark(label) && !ends_thing(label);
}

bool jy__survey_is_label(const jy__survey *seen, size_t name)
{
    return are_persons(seen) || (names_are_labels(seen) && (seen->names[name].count > 1 || is_headed(seen)));
}
