/* Builds sample results with judge's own functions. Comes in: a number; goes out: a result, the same each time. */
#include "report_sample.h"
#include <stdio.h>

static jy_turn turn_of(int speaker, const char *text, int64_t begin_ms, uint32_t line)
{
    jy_turn turn = JY_TURN_INIT;
    turn.speaker = speaker;
    turn.text = jy__str_of(text);
    turn.label = speaker == JY_AGENT ? JY__STR("客服") : JY__STR("客户");
    turn.begin_ms = begin_ms;
    turn.end_ms = begin_ms + 2000;
    turn.place.line = line;
    turn.place.column = 4;
    turn.place.byte_column = 8;
    turn.place.offset = line * 100;
    return turn;
}

static jy__finding_record finding_of(int kind, int severity, const char *rule, const char *clause, const char *situation, uint64_t turn)
{
    jy__finding_record record;
    memset(&record, 0, sizeof(record));
    record.finding = (jy_finding)JY_FINDING_INIT;
    record.finding.kind = kind;
    record.finding.state = JY_FINAL;
    record.finding.severity = severity;
    record.finding.rule_id = jy__str_of(rule);
    record.finding.pack = JY__STR("alarm-center");
    record.finding.clause = jy__str_of(clause);
    record.finding.situation = jy__str_of(situation);
    record.finding.turn = record.finding.turn_end = turn;
    record.finding.speaker = JY_AGENT;
    record.finding.confidence = 100;
    return record;
}

/* Where `said` stands in the turn: span, text, line, columns. */
static void found_at(jy__finding_record *record, const jy_turn *turn, const char *said)
{
    const char *at = strstr(turn->text.ptr, said);
    size_t begin = (size_t)(at - turn->text.ptr), len = strlen(said);
    record->finding.span = (jy_span){ begin, begin + len };
    record->finding.text = (jy_str){ at, len };
    record->finding.at_ms = turn->begin_ms;
    record->finding.line = record->finding.end_line = turn->place.line;
    record->finding.column = turn->place.column + (uint32_t)jy__utf8_count((jy_str){ turn->text.ptr, begin });
    record->finding.end_column = record->finding.column + (uint32_t)jy__utf8_count(record->finding.text);
}

static jy_call call_of(const char *id, const char *source, const char *agent, const char *team, const char *start)
{
    jy_call call = JY_CALL_INIT;
    call.id = jy__str_of(id);
    call.source = jy__str_of(source);
    call.agent = jy__str_of(agent);
    call.team = jy__str_of(team);
    call.start = jy__str_of(start);
    return call;
}

static void add_call(jy_result *result, const jy_call *call, const jy_turn *turns, size_t count)
{
    jy__result_set_call(result, call, count);
    for (size_t i = 0; i < count; i++)
        jy__result_add_turn(result, i, &turns[i]);
}

static void add_wording(jy_result *result, const jy_turn *turns)
{
    jy__finding_record record = finding_of(JY_FOUND_WORDING, JY_ERROR, "no-way", "六-4", "一般忌语", 3);
    jy__hit_record hit = { 3, 0, 0, JY__STR("没(办法|辙)"), JY__STR("没办法"), { NULL, 0 }, { 0 }, 100 };
    jy_str wordings[] = { JY__STR("请稍候"), JY__STR("我再帮您查一下,好吗?") };
    jy_edit edit = JY_EDIT_INIT;
    found_at(&record, &turns[3], "沒 办\u200b法");
    hit.begin = record.finding.span.begin;
    hit.end = record.finding.span.end;
    hit.count[JY_FOLD_SCRIPT] = hit.count[JY_FOLD_GAPS] = hit.count[JY_FOLD_INVISIBLE] = 1;
    record.finding.folds = 1u << JY_FOLD_SCRIPT | 1u << JY_FOLD_GAPS | 1u << JY_FOLD_INVISIBLE;
    record.finding.score = -5;
    edit.turn = 3;
    edit.span = record.finding.span;
    edit.replacement = JY__STR("请稍候");
    record.hits = &hit;
    record.hit_count = 1;
    record.suggestions = wordings;
    record.suggestion_count = 2;
    record.edits = &edit;
    record.edit_count = 1;
    jy__result_add_finding(result, &record);
}

static void add_cut_phrase(jy_result *result, const jy_turn *turns)
{
    jy__finding_record record = finding_of(JY_FOUND_WORDING, JY_CRITICAL, "ask-identity", "六-1", "询问对方姓名、单位", 0);
    jy_str wording = JY__STR("请问您贵姓?能告诉我贵公司名称吗?");
    found_at(&record, &turns[0], "你是");
    record.finding.turn_end = 1;
    record.finding.span.end = strlen("谁");
    record.finding.end_line = 2;
    record.finding.end_column = 5;
    record.finding.flags = JY_RULE_FATAL;
    record.suggestions = &wording;
    record.suggestion_count = 1;
    jy__result_add_finding(result, &record);
}

static void add_facts(jy_result *result)
{
    jy__finding_record missing = finding_of(JY_FOUND_MISSING, JY_WARNING, "thank-after-hold", "六-12", "取消静音后", 4);
    jy__finding_record limit = finding_of(JY_FOUND_LIMIT, JY_INFO, "answer-in-time", "六-0", "接起电话", JY_TURN_NONE);
    jy_str wording = JY__STR("对不起,感谢您的耐心等待,情况是这样的");
    missing.finding.at_ms = 65000;
    missing.finding.line = 5;
    missing.suggestions = &wording;
    missing.suggestion_count = 1;
    limit.finding.measured = 35240;
    limit.finding.bound = 20000;
    limit.finding.at_ms = 35240;
    jy__result_add_finding(result, &missing);
    jy__result_add_finding(result, &limit);
}

static void fill_first(jy_result *result)
{
    jy_call call = call_of("c-1", "calls/一号 demo.txt", "张三", "一组", "2026-11-02T09:00:00+08:00");
    const jy_turn turns[] = { turn_of(JY_AGENT, "您好,你是", 1000, 1), turn_of(JY_AGENT, "谁呀", 3500, 2),
                              turn_of(JY_CUSTOMER, "你是谁?快派人来", 6000, 3),
                              turn_of(JY_AGENT, "现在沒 办\u200b法,等着吧", 9000, 4), turn_of(JY_AGENT, "情况是这样的", 64000, 5) };
    jy_score score = JY_SCORE_INIT;
    add_call(result, &call, turns, JY__COUNT(turns));
    add_cut_phrase(result, turns);
    add_wording(result, turns);
    add_facts(result);
    jy__result_add_unchecked(result, 7, JY_NEEDS_EVENTS, JY_TURN_NONE);
    jy__result_add_unchecked(result, 9, JY_REGEX_ABORTED, 3);
    score.pack = JY__STR("alarm-center");
    score.start = 100;
    score.pass = 80;
    score.points = 75;
    score.fatal = 1;
    score.unchecked = 2;
    jy__result_add_score(result, &score);
}

#define HOSTILE "=HYPERLINK(\"x\")\x1b[31m<script>alert(1)</script>&\u202e你 等着"

static void fill_second(jy_result *result)
{
    jy_call call = call_of("c-2", "calls/20261103_13812345678.txt", "李四", "@二组", "2026-11-03T10:00:00+08:00");
    const jy_turn turns[] = { turn_of(JY_AGENT, HOSTILE, JY_TIME_UNKNOWN, 1),
                              turn_of(JY_CUSTOMER, "电话 138-1234-5678,身份证 11010519491231002X,车牌京A12345,邮箱 a.b@qq.com", 5000, 2),
                              turn_of(JY_AGENT, "13812345678 没办法 \xff 6222021234567894", 9000, 3) };
    jy__finding_record hostile = finding_of(JY_FOUND_WORDING, JY_ERROR, "wait-there", "六-13", "客户反映故障或情绪激烈", 0);
    jy__finding_record private = finding_of(JY_FOUND_WORDING, JY_ERROR, "no-way", "六-4", "一般忌语", 2);
    jy_str wordings[] = { JY__STR("=请您别着急,慢慢讲"), JY__STR("请拨打 13812345678 ,好吗?") };
    add_call(result, &call, turns, JY__COUNT(turns));
    found_at(&hostile, &turns[0], HOSTILE);
    hostile.suggestions = wordings;
    hostile.suggestion_count = 1;
    found_at(&private, &turns[2], "没办法");
    private.suggestions = wordings + 1;
    private.suggestion_count = 1;
    jy__result_add_finding(result, &hostile);
    jy__result_add_finding(result, &private);
    jy__result_add_unchecked(result, 7, JY_NEEDS_EVENTS, JY_TURN_NONE);
    jy__result_set_bad(result, 1, 223);
    jy__result_set_limited(result);
}

static void fill_clean(jy_result *result)
{
    jy_call call = call_of("c-3", "calls/clean.srt", "张三", "一组", "2026-11-03T11:00:00+08:00");
    jy_turn turn = turn_of(JY_AGENT, "您好,请问有什么可以帮您?", 0, 1);
    add_call(result, &call, &turn, 1);
}

jy_result *sample_result(const jy__mem *mem, size_t index, int unit)
{
    static void (*const fill[])(jy_result *) = { fill_first, fill_second, fill_clean };
    jy_result *result = index < JY__COUNT(fill) ? jy__result_new(mem, NULL, unit) : NULL;
    if (result)
        fill[index](result);
    return result;
}

void sample_skipped(jy_diag *out)
{
    *out = (jy_diag)JY_DIAG_INIT;
    out->code = 2001;
    out->severity = JY_ERROR;
    out->source = JY__STR("calls/broken.json");
    out->message = JY__STR("line 7: the object has no end; \"}\" is expected");
    out->line = 7;
}

/* ---- a busy month */
static const char *const month_rules[][3] = {
    { "no-way", "六-4", "一般忌语" },           { "ask-identity", "六-1", "询问对方姓名、单位" }, { "wait-there", "六-13", "客户反映故障或情绪激烈" },
    { "louder", "六-6", "客户声音小" },         { "absent-bare", "六-4", "电话找人" },            { "hurry-what", "六-18", "用户发脾气" },
    { "wrong-number", "六-19", "用户拨错号" },  { "no-need", "六-16", "客户要求反映问题" },
};
static const char *const month_said[] = { "没办法", "你是谁", "你等着", "大声点", "不在", "急什么呀", "打错了", "不用了" };
static const char *const month_say[] = { "我再帮您查一下,好吗?", "请问您贵姓?能告诉我贵公司名称吗?", "请您别着急,慢慢讲",
                                         "对不起,您的声音很小,我听不清您讲话,能大点声吗?", "他暂时不在,需要转告吗?",
                                         "请您先不要着急,有什么事请您慢慢讲,希望我能帮助您!", "对不起,这里是监控中心。",
                                         "感谢您给我们反映情况,我们会及时反馈给公司相关负责人的。" };
static const char *const agents[] = { "张伟", "王芳", "李娜", "刘洋", "陈静", "杨勇", "赵敏", "黄磊", "周涛", "吴倩", "徐丽", "孙强",
                                      "胡军", "朱琳", "高翔", "林涛", "何洁", "郭亮", "马超", "罗敏" };
static const char *const teams[] = { "早班一组", "早班二组", "中班组", "夜班组" };

static void add_month_finding(jy_result *result, const jy_turn *turns, size_t rule, uint64_t turn, uint32_t seed)
{
    static const int severities[] = { JY_ERROR, JY_ERROR, JY_CRITICAL, JY_WARNING, JY_WARNING, JY_ERROR, JY_WARNING, JY_INFO };
    jy__finding_record record = finding_of(JY_FOUND_WORDING, severities[rule], month_rules[rule][0], month_rules[rule][1],
                                           month_rules[rule][2], turn);
    jy_str wording = jy__str_of(month_say[rule]);
    jy__hit_record hit = { turn, 0, 0, jy__str_of(month_said[rule]), jy__str_of(month_said[rule]), { NULL, 0 }, { 0 }, 100 };
    found_at(&record, &turns[turn], month_said[rule]);
    hit.begin = record.finding.span.begin;
    hit.end = record.finding.span.end;
    hit.count[JY_FOLD_GAPS] = (uint16_t)(seed % 3);
    record.finding.score = -5;
    record.hits = &hit;
    record.hit_count = 1;
    record.suggestions = &wording;
    record.suggestion_count = 1;
    jy__result_add_finding(result, &record);
}

size_t sample_month_findings(size_t index) { return index * 7 % 30 % 7 > 4 ? index % 2 : (index * 5 + index / 11) % 4; }

jy_result *sample_month(const jy__mem *mem, size_t index)
{
    jy_result *result = jy__result_new(mem, NULL, JY_UNIT_BYTE);
    char text[3][160], id[32], source[64], start[40];
    uint32_t seed = (uint32_t)index * 2654435761u;
    size_t agent = (seed >> 8) % (1 + (seed >> 20) % JY__COUNT(agents)), rules[3];
    jy_turn turns[12];
    jy_call call;
    if (!result)
        return NULL;
    for (size_t i = 0; i < 12; i++)
        turns[i] = turn_of(i % 2 ? JY_CUSTOMER : JY_AGENT, i % 2 ? "我家的报警器一直在响,你们到底什么时候派人过来看看?"
                                                                  : "好的,我已经记录下来了,请您稍候", (int64_t)i * 7000, (uint32_t)i + 1);
    for (size_t i = 0; i < 3; i++) {
        rules[i] = (seed >> (4 * i)) % (1 + (seed >> (5 * i + 3)) % JY__COUNT(month_said));
        snprintf(text[i], sizeof(text[i]), "这个我真的%s,您看看还有没有别的办法,第 %zu 通", month_said[rules[i]], index);
        turns[2 + 4 * i].text = jy__str_of(text[i]);
    }
    snprintf(id, sizeof(id), "T%07zu", index);
    snprintf(source, sizeof(source), "2026-11/%02zu/%zu.json", 1 + index % 23, index);
    snprintf(start, sizeof(start), "2026-11-%02uT%02u:15:00+08:00", (unsigned)(1 + index * 7 % 30), 8 + seed % 10);
    call = call_of(id, source, agents[agent], teams[agent % JY__COUNT(teams)], start);
    add_call(result, &call, turns, 12);
    for (size_t i = 0; i < sample_month_findings(index); i++)
        add_month_finding(result, turns, rules[i], 2 + 4 * i, seed >> i);
    return result;
}
