/* A small call through the rules: the turns of a test one after the other, then its end. */
#include "session/session_run.h"

static const jy__message messages[] = {
    { JY__TEST_MISSED, JY_ERROR, "bad test not found by rule {0}: {1}{2}", "反例未被规则 {0} 发现：{1}{2}" },
    { JY__TEST_ALARM, JY_ERROR, "good test found by rule {0}: {1} (at 「{2}」)", "正例被规则 {0} 误报：{1}（「{2}」）" },
    { JY__TEST_FIX_OTHER, JY_ERROR, "fix makes {1} of {0}, expected {2}", "修正结果不符：{0} 变成 {1}，应为 {2}" },
    { JY__TEST_FIX_TWICE, JY_ERROR, "a second fix changes the text again: {0} becomes {1}", "再修正一次文字又变了：{0} 变成 {1}" },
    { JY__TEST_FIX_FLAGGED, JY_ERROR, "the fixed text is still found by rule {0}: {1}", "修正后仍被规则 {0} 发现：{1}" },
    { JY__TEST_GAP_CLOSED, JY_ERROR, "known gap of rule {0} has closed, move it to the ordinary tests: {1}", "规则 {0} 的已知缺口已补上，请移到普通用例：{1}" },
    { JY__TEST_DISGUISE_MISSED, JY_ERROR, "rule {0} is blind to disguise {1}: {2}", "规则 {0} 识别不了伪装 {1}:{2}" },
    { JY__TEST_DISGUISE_ALARM, JY_ERROR, "rule {0} finds a good test in disguise {1}: {2}", "正例伪装 {1} 后被规则 {0} 误报：{2}" },
    { JY__LINT_SUGGESTION, JY_ERROR, "approved wording is itself flagged by rule {0}: {1}", "规范用语自身被规则 {0} 判为违规：{1}" },
    { JY__LINT_SAME_FORM, JY_WARNING, "「{0}」 stands in rule {1} too; keep it in one rule, or give one of them `when`", "「{0}」在规则 {1} 里也有；请只留一处，或给其中一条加 when" },
    { JY__LINT_SHADOWED, JY_WARNING, "「{0}」 said alone is never found: it is part of an exception (except) or an approved wording (suggest, approved); delete one of the two",
      "单说「{0}」永远不会命中：它也在例外（except）或规范用语（suggest、approved）里；请删去一处" },
    { JY__LINT_SHORT, JY_WARNING, "「{0}」 is so short that it is common in ordinary speech; give the rule `whole:`, `except:` or `when:`",
      "「{0}」太短，日常话里很常见；请加 whole:、except: 或 when:" },
    { JY__LINT_NO_TEST, JY_WARNING, "rule has no {0} test; write tests both ways", "规则没有{1}用例；请正反两面都写" },
    { JY__LINT_NO_SUGGESTION, JY_INFO, "rule has no approved wording (suggest:)", "规则没有规范用语（suggest:）" },
    { JY__LINT_CONTRADICTION, JY_WARNING, "approved wording of pack {0} is forbidden by rule {1} of pack {2}: {3}", "规则包 {0} 的规范用语被规则包 {2} 的规则 {1} 禁止：{3}" },
    { JY__LINT_CLAUSE, JY_WARNING, "clause {0} is not among the pack's clauses", "条款 {0} 不在规则包的条款表里" },
    { JY__LINT_OTHERS, JY_WARNING, "all that this rule forbids is reported by rule {0}, and this one never is; join the two, or give one of them `when`",
      "本规则禁止的话都由规则 {0} 报告，本规则永远不会报告；请合并两条，或给其中一条加 when" },
    { JY__LINT_DATES, JY_INFO, "by its from and until the rule does not hold on this day: it is not judged, and its tests are not run (another day: --date)",
      "按 from、until，规则在这一天不生效：不检查，用例也不运行（换一天：--date）" },
    { JY__LINT_WIDE, JY_WARNING, "「{0}」: the full-width 「{1}」 is plain text in a phrase; write (甲|乙), (甲)?, {名字} with ASCII signs, or leave it out",
      "「{0}」：全角的「{1}」在短语里是普通文字；请用半角写 (甲|乙)、(甲)?、{名字}，不是这个意思就删去" },
    { JY__LINT_PATTERN, JY_WARNING, "「{0}」: 「{1}」 is plain text in a phrase; write (甲|乙) for one of several and * for a gap, or make it a pattern (regex:)",
      "「{0}」：「{1}」在短语里是普通文字；几个字之一请写 (甲|乙)，隔几个字请写 *，要用正则请写 regex:" },
    { JY__LINT_PARTS, JY_WARNING, "「{0}」 is one phrase, found only where all of it is said: 「{1}」 parts nothing; write each phrase as an item of its own: [甲, 乙]",
      "「{0}」是一句话，整句说了才命中：「{1}」不会把它分开；几句话请分开写成列表：[甲, 乙]" },
    { JY__LINT_COMMON, JY_INFO, "pattern 「{0}」 can be looked for by 「{1}」 alone, which is said all the time: it is tried wherever that stands, and slow; write another word into it that must stand there too, or make it a phrase",
      "正则「{0}」只能靠「{1}」来找，而「{1}」随处都有，每一处都要试一遍，会慢；请在正则里再写一个必定出现的字词，能写成短语（phrase）的请写短语" },
};

void jy__session_say(jy_compiler *compiler, int code, jy_str source, jy_str rule, jy__pos pos, const jy_str *args, size_t arg_count)
{
    for (size_t i = 0; i < JY__COUNT(messages); i++)
        if (messages[i].code == code)
            jy__diags_add(&compiler->diags, &messages[i], source, rule, pos, args, arg_count);
}

const jy__message *jy__session_message_at(size_t index)
{
    return index < JY__COUNT(messages) ? &messages[index] : NULL;
}

static int feed(jy_session *session, jy_scanner *scanner, const jy__test_turn *from)
{
    if (from->event) {
        jy_event event = JY_EVENT_INIT;
        event.kind = from->event;
        event.speaker = from->speaker > 0 ? from->speaker : JY_SPEAKER_UNKNOWN;
        event.at_ms = from->begin_ms;
        return jy_session_event(session, scanner, &event);
    }
    jy_turn turn = JY_TURN_INIT;
    turn.text = from->text;
    turn.speaker = from->speaker < 0 ? JY_AGENT : from->speaker;
    turn.begin_ms = from->begin_ms;
    turn.end_ms = from->end_ms;
    return jy_session_feed(session, scanner, &turn);
}

int jy__session_run(const jy__mem *mem, jy_rules *rules, jy_scanner *scanner, const jy__test_turn *turns, size_t count, jy_result **out)
{
    jy_session *session;
    int status = jy_session_new(&session, rules, &mem->alloc);
    if (status != JY_OK)
        return status;
    status = jy_session_set(session, JY_PARAM_KEEP_TURNS, 1);
    for (size_t i = 0; status == JY_OK && i < count; i++)
        status = feed(session, scanner, &turns[i]);
    if (status == JY_OK)
        status = jy_session_finish(session, scanner);
    if (status == JY_OK)
        status = jy_session_result(session, out);
    jy_session_free(session);
    return status;
}

size_t jy__session_find_rule(const jy_result *result, uint32_t rule, size_t from)
{
    for (size_t i = from; i < jy_result_count(result); i++) {
        jy_finding finding = JY_FINDING_INIT;
        if (jy_result_get(result, i, &finding) == JY_OK && finding.rule == rule)
            return i;
    }
    return SIZE_MAX;
}

uint32_t jy__session_rule_number(const jy_rules *rules, jy_str pack, jy_str id)
{
    for (uint32_t i = 0; i < rules->rule_count; i++)
        if (jy__str_eq(rules->rules[i].info.id, id) && jy__str_eq(rules->rules[i].info.pack, pack))
            return i;
    return JY__NONE;
}
