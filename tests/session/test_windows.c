/* Situations: every kind of window with what is forbidden and with what is required, behind every kind of anchor and without one.
 * A call is written in short (session_test.h), and must come to exactly the findings named. */
#include "session_test.h"

#define WITH(text) jy_rules *rules = rules_of(text)
#define DONE jy_rules_unref(rules)

/* ---- forbidden wording */
START_TEST(test_session__forbid_in_windows_of_the_call)
{
    WITH("  - {id: f, forbid: 不行, where: first 1 turn}\n"
         "  - {id: fa, forbid: 不行, where: first 2 turns of agent, speaker: any}\n"
         "  - {id: l, forbid: 没有, where: last 1 turn of agent}\n"
         "  - {id: fs, forbid: 喂, where: first 10s}\n"
         "  - {id: ls, forbid: 哦, where: last 10s}\n"
         "  - {id: c, forbid: 滚, where: call}\n");
    EXPECT(rules, "f@0:不行 ?fs=needs-clock ?ls=needs-clock", A("不行"), C("好"));
    EXPECT(rules, "fa@1:不行 ?fs=needs-clock ?ls=needs-clock", C("好"), A("不行"), A("好"), A("不行"));
    EXPECT(rules, "l@2:没有 ?fs=needs-clock ?ls=needs-clock", A("没有"), C("好"), A("没有"), C("没有"));
    EXPECT(rules, "?fs=needs-clock ?ls=needs-clock", A("没有"), C("好"), A("有"));
    EXPECT(rules, "fs@0:喂", AT(1, 2, "喂"), CT(3, 4, "喂"), AT(11, 12, "喂"));
    EXPECT(rules, "ls@2:哦", AT(1, 2, "哦"), CT(3, 30, "好"), AT(31, 32, "哦"));
    EXPECT(rules, "c@1:滚 ?fs=needs-clock ?ls=needs-clock", C("滚"), A("滚"));
    DONE;
}
END_TEST

START_TEST(test_session__forbid_behind_words)
{
    WITH("  - {id: turn, when: {said: 投诉, speaker: any}, forbid: 随便, where: turn}\n"
         "  - {id: next, when: {said: 着急, speaker: customer}, forbid: 等着, where: next 1 turn of agent}\n"
         "  - {id: two, when: {said: 生气, speaker: customer}, forbid: 不管, where: next 2 turns}\n"
         "  - {id: plain, when: {said: 坏了, speaker: customer}, forbid: 不知道}\n"
         "  - {id: call, when: {said: 律师, speaker: customer}, forbid: 骗子, where: call}\n");
    EXPECT(rules, "turn@0:随便", A("你投诉吧,随便"), A("随便"));
    EXPECT(rules, "next@1:等着", C("我很着急"), A("你等着"), A("等着"));
    EXPECT(rules, "next@2:等着", C("我很着急"), C("快"), A("你等着"), C("好"), A("等着"));
    EXPECT(rules, "", A("等着"), C("好"), A("我着急"), A("等着"));
    EXPECT(rules, "two@2:不管", C("我生气"), C("真的"), A("不管"), A("不管"));
    EXPECT(rules, "plain@1:不知道", C("坏了"), A("不知道"), A("不知道"));
    EXPECT(rules, "call@0:骗子 call@2:骗子", A("骗子"), C("我找律师"), A("骗子"));
    EXPECT(rules, "", A("骗子"), A("律师"));
    DONE;
}
END_TEST

START_TEST(test_session__forbid_before_an_anchor)
{
    WITH("  - {id: prev, when: {said: 听不懂, speaker: customer}, forbid: 这个那个, where: previous 2 turns of agent}\n"
         "  - {id: all, when: {said: 什么, speaker: customer}, forbid: 乱说, where: previous 2 turns}\n"
         "  - {id: own, when: {said: 就这样, speaker: agent}, forbid: 自己看, where: previous 1 turn of agent}\n"
         "  - {id: ms, when: {said: 太快, speaker: customer}, forbid: 听好, where: previous 10s}\n");
    EXPECT(rules, "prev@1:这个那个 ?ms=needs-clock", A("这个那个"), A("这个那个"), A("嗯"), C("听不懂"));
    EXPECT(rules, "all@0:乱说 ?ms=needs-clock", A("乱说"), C("啊"), C("什么"));
    EXPECT(rules, "?ms=needs-clock", A("乱说"), C("啊"), C("啊"), C("什么"));
    EXPECT(rules, "own@0:自己看 own@1:自己看 ?ms=needs-clock", A("自己看"), A("自己看,就这样,自己看"));
    EXPECT(rules, "ms@1:听好", AT(0, 1, "听好"), AT(10, 11, "听好"), CT(15, 16, "太快"));
    EXPECT_SO_FAR(rules, "", A("这个那个"), C("啊"));
    DONE;
}
END_TEST

START_TEST(test_session__forbid_behind_events_and_silence)
{
    WITH("  - {id: hold, when: {event: hold-end}, forbid: 喂, where: next 1 turn of agent}\n"
         "  - {id: ms, when: {event: answer}, forbid: 谁, where: next 5s}\n"
         "  - {id: last, when: {event: hangup, speaker: agent}, forbid: 烦, where: last 1 turn of agent}\n"
         "  - {id: quiet, when: {silence: 10s, speaker: customer}, forbid: 说话, where: next 1 turn of agent}\n");
    EXPECT(rules, "hold@1:喂 ?ms=needs-clock ?quiet=needs-clock", A("喂"), E(JY_EVENT_HOLD_END), A("喂"), A("喂"));
    EXPECT(rules, "ms@0:谁", ET(1, JY_EVENT_ANSWER), AT(2, 3, "谁"), AT(7, 8, "谁"));
    EXPECT(rules, "last@1:烦 ?ms=needs-clock ?quiet=needs-clock", A("烦"), A("烦"), EBY(JY_AGENT, -1, JY_EVENT_HANGUP));
    EXPECT(rules, "?ms=needs-clock ?quiet=needs-clock", A("烦"), EBY(JY_CUSTOMER, -1, JY_EVENT_HANGUP));
    EXPECT(rules, "quiet@1:说话 ?hold=needs-events ?ms=needs-events ?last=needs-events", AT(0, 2, "您好"), AT(13, 14, "说话"), AT(15, 16, "说话"));
    EXPECT(rules, "?hold=needs-events ?ms=needs-events ?last=needs-events", AT(0, 2, "您好"), AT(8, 9, "说话"));
    DONE;
}
END_TEST

/* ---- required wording */
START_TEST(test_session__require_in_windows_of_the_call)
{
    WITH("  - {id: f, require: 您好, where: first 1 turn of agent}\n");
    EXPECT_SO_FAR(rules, "f@1", C("喂"), A("讲"));
    EXPECT(rules, "", C("喂"), A("您好"));
    EXPECT(rules, "f@0", C("喂"));
    EXPECT(rules, "?f=needs-speakers", U("喂"));
    EXPECT(rules, "", TICK(1));
    DONE;
    rules = rules_of("  - {id: fs, require: 您好, where: first 5s}\n");
    EXPECT_SO_FAR(rules, "fs@-1", TICK(6));
    EXPECT(rules, "fs@0", AT(0, 2, "喂"), AT(6, 7, "您好"));
    EXPECT(rules, "", AT(0, 2, "喂"), AT(3, 4, "您好"), AT(6, 7, "喂"));
    EXPECT(rules, "?fs=needs-clock", A("喂"));
    DONE;
    rules = rules_of("  - {id: l, require: 再见, where: last 2 turns of agent}\n");
    EXPECT(rules, "l@3", A("再见"), A("好"), C("再见"), A("嗯"));
    EXPECT(rules, "", A("再见"), C("再见"), A("嗯"));
    EXPECT_SO_FAR(rules, "", A("好"));
    DONE;
    rules = rules_of("  - {id: ls, require: 再见, where: last 10s}\n");
    EXPECT(rules, "ls@1", AT(0, 1, "再见"), AT(20, 21, "嗯"));
    EXPECT(rules, "", AT(0, 1, "嗯"), AT(20, 21, "再见"), CT(22, 23, "好"));
    EXPECT(rules, "?ls=needs-clock", A("嗯"));
    DONE;
    rules = rules_of("  - {id: c, require: 您好}\n");
    EXPECT(rules, "c@1", A("喂"), C("您好"));
    EXPECT(rules, "", A("喂"), A("您好"));
    DONE;
}
END_TEST

START_TEST(test_session__require_behind_words)
{
    WITH("  - {id: next, when: {said: 谢谢, speaker: customer}, require: 不客气, where: next 1 turn of agent}\n");
    EXPECT_SO_FAR(rules, "next@1", C("谢谢"), A("嗯"));
    EXPECT(rules, "", C("谢谢"), A("不客气"));
    EXPECT(rules, "next@2", C("谢谢"), C("啊"), A("嗯"), A("不客气"));
    EXPECT(rules, "next@0", C("谢谢"));
    EXPECT(rules, "", C("谢谢"), EBY(JY_CUSTOMER, -1, JY_EVENT_HANGUP));
    EXPECT(rules, "next@0", C("谢谢"), EBY(JY_AGENT, -1, JY_EVENT_HANGUP));
    EXPECT(rules, "", A("谢谢"), A("嗯"));
    EXPECT(rules, "next@1 next@3", C("谢谢"), A("嗯"), C("谢谢"), A("嗯"));
    DONE;
    rules = rules_of("  - {id: two, when: {said: 地址, speaker: customer}, require: 重复, where: next 2 turns of agent}\n");
    EXPECT_SO_FAR(rules, "", C("地址"), A("好"));
    EXPECT_SO_FAR(rules, "two@2", C("地址"), A("好"), A("好"));
    EXPECT(rules, "two@1", C("地址"), A("好"));
    EXPECT(rules, "", C("地址"), A("好"), C("对"), A("重复"));
    DONE;
    rules = rules_of("  - {id: turn, when: {said: 听不清, speaker: agent}, require: 您, where: turn}\n");
    EXPECT(rules, "turn@0", A("听不清"));
    EXPECT(rules, "", A("听不清您讲话"), C("听不清"));
    DONE;
    rules = rules_of("  - {id: own, when: {said: 修好了, speaker: agent}, require: 再见, where: next 1 turn of agent}\n");
    EXPECT(rules, "", A("修好了,再见"));
    EXPECT(rules, "own@1", A("再见,修好了"), A("嗯"));
    DONE;
    rules = rules_of("  - {id: ms, when: {said: 稍等, speaker: agent}, require: 久等, where: next 30s}\n");
    EXPECT(rules, "", AT(0, 1, "稍等"), AT(20, 21, "久等了"));
    EXPECT_SO_FAR(rules, "ms@0", AT(0, 1, "稍等"), TICK(32));
    EXPECT(rules, "ms@0", AT(0, 1, "稍等"), AT(40, 41, "久等了"));
    EXPECT(rules, "ms@0", AT(0, 1, "稍等"), AT(10, 11, "好了"));
    EXPECT(rules, "?ms=needs-clock", A("稍等"), A("好了"));
    DONE;
}
END_TEST

START_TEST(test_session__require_before_an_anchor)
{
    WITH("  - {id: prev, when: {event: hold-start}, require: 稍等, where: previous 2 turns of agent}\n");
    EXPECT_SO_FAR(rules, "prev@1", C("查"), A("嗯"), E(JY_EVENT_HOLD_START));
    EXPECT(rules, "", A("请稍等"), C("好"), A("嗯"), E(JY_EVENT_HOLD_START));
    EXPECT(rules, "prev@2", A("请稍等"), A("嗯"), A("嗯"), E(JY_EVENT_HOLD_START));
    EXPECT(rules, "?prev=needs-events", A("嗯"));
    DONE;
    rules = rules_of("  - {id: why, when: {said: 回电话, speaker: agent}, require: 核实, where: previous 2 turns of agent}\n");
    EXPECT(rules, "why@0", A("一会给你回电话"));
    EXPECT(rules, "", A("我核实一下,一会回电话"));
    EXPECT(rules, "why@0", A("一会回电话,我核实一下"));
    EXPECT(rules, "", A("我核实一下"), C("好"), A("嗯"), C("快"), A("一会回电话"));
    EXPECT(rules, "why@3", A("我核实一下"), A("嗯"), A("嗯"), A("一会回电话"));
    DONE;
    rules = rules_of("  - {id: ms, when: {event: hold-start}, require: 稍等, where: previous 5s}\n");
    EXPECT(rules, "", AT(0, 2, "请稍等"), ET(6, JY_EVENT_HOLD_START));
    EXPECT(rules, "ms@0", AT(0, 2, "请稍等"), ET(9, JY_EVENT_HOLD_START));
    EXPECT(rules, "?ms=needs-clock", A("请稍等"), E(JY_EVENT_HOLD_START));
    DONE;
}
END_TEST

START_TEST(test_session__require_behind_events_and_silence)
{
    WITH("  - {id: thank, when: {event: hold-end}, require: 感谢, where: next 1 turn of agent}\n"
         "  - {id: hello, when: {silence: 10s, speaker: customer}, require: 听得到, where: next 1 turn of agent}\n");
    EXPECT(rules, "thank@1 ?hello=needs-clock", A("稍等"), E(JY_EVENT_HOLD_END), A("好了"), A("感谢"));
    EXPECT(rules, "?hello=needs-clock", A("稍等"), E(JY_EVENT_HOLD_END), C("喂"), A("感谢等待"));
    EXPECT(rules, "thank@0 ?hello=needs-clock", A("稍等"), E(JY_EVENT_HOLD_END));
    EXPECT(rules, "hello@1 ?thank=needs-events", AT(0, 1, "您好"), AT(12, 13, "喂"));
    EXPECT(rules, "?thank=needs-events", AT(0, 1, "您好"), AT(12, 13, "听得到吗"));
    DONE;
}
END_TEST

/* A window in time that begins where a turn ends, whose end is not known: what was said in it at least counts, what it may have held is not charged. */
START_TEST(test_session__windows_behind_turns_without_an_end)
{
    WITH("  - {id: next, when: {said: 回电话, speaker: agent}, require: 核实, where: next 10s}\n");
    EXPECT(rules, "", AT(0, -1, "我回电话"), AT(9, -1, "我核实"));
    EXPECT(rules, "?next=needs-ends", AT(0, -1, "我回电话"), AT(11, -1, "我核实"));
    EXPECT(rules, "next@0", AT(0, -1, "我回电话"), AT(5, -1, "嗯")); /* it was never said */
    EXPECT(rules, "next@0", AT(0, 2, "我回电话"), AT(13, -1, "我核实"));
    DONE;
    rules = rules_of("  - {id: ms, when: {event: hold-start}, require: 稍等, where: previous 5s}\n");
    EXPECT(rules, "", AT(0, -1, "请稍等"), ET(5, JY_EVENT_HOLD_START));
    EXPECT(rules, "?ms=needs-ends", AT(0, -1, "请稍等"), ET(9, JY_EVENT_HOLD_START));
    DONE;
    rules = rules_of("  - {id: last, require: 再见, where: last 5s}\n");
    EXPECT(rules, "", AT(0, -1, "再见"), AT(5, -1, "嗯"));
    EXPECT(rules, "?last=needs-ends", AT(0, -1, "再见"), AT(9, -1, "嗯"));
    DONE;
    rules = rules_of("  - {id: f, when: {said: 回电话, speaker: agent}, forbid: 谁啊, where: next 10s}\n");
    EXPECT(rules, "f@1:谁啊", AT(0, -1, "我回电话"), AT(9, -1, "谁啊"));
    EXPECT(rules, "?f=needs-ends", AT(0, -1, "我回电话"), AT(11, -1, "谁啊"));
    DONE;
    rules = rules_of("  - {id: q, when: {silence: 10s, speaker: customer}, forbid: 说话, where: next 1 turn of agent}\n"
                     "  - {id: u, forbid: 谁啊, unless: {silence: 10s}, unless-where: call}\n");
    EXPECT(rules, "?q=needs-ends ?u=needs-ends", AT(0, -1, "您好"), AT(13, 14, "说话"), AT(15, 16, "说话"));
    EXPECT(rules, "", AT(0, -1, "您好"), AT(9, 10, "说话"));
    DONE;
}
END_TEST

/* ---- anchors of several parts, unless, echo */
START_TEST(test_session__anchors_of_several_parts)
{
    WITH("  - {id: any, when: {any: [{said: 甲甲, speaker: customer}, {event: hold-end}]}, require: 好的, where: next 1 turn of agent}\n"
         "  - {id: all, when: {all: [{said: 乙乙}, {said: 丙丙}]}, forbid: 丁丁, where: turn, speaker: any}\n"
         "  - {id: not, when: {all: [{said: 戊戊, speaker: agent}, {not: {said: 己己}}]}, require: 庚庚, where: turn}\n"
         "  - {id: after, when: {all: [{event: transfer}, {said: 您好, speaker: agent}]}, forbid: 谁啊, where: turn}\n");
    EXPECT(rules, "any@1 ?after=needs-events", C("甲甲"), A("嗯"), A("嗯"));
    EXPECT(rules, "any@1", A("x"), E(JY_EVENT_HOLD_END), A("嗯"));
    EXPECT(rules, "?after=needs-events", C("甲甲"), A("好的"));
    EXPECT(rules, "all@0:丁丁 ?after=needs-events", C("乙乙丙丙丁丁"), C("乙乙丁丁"), C("丙丙丁丁"));
    EXPECT(rules, "not@0 ?after=needs-events", A("戊戊"), A("戊戊己己"), A("戊戊庚庚"));
    EXPECT(rules, "after@1:谁啊", A("您好,谁啊"), E(JY_EVENT_TRANSFER), A("您好,谁啊"), A("您好,谁啊"));
    DONE;
}
END_TEST

START_TEST(test_session__unless_silences)
{
    WITH("  - {id: back, forbid: 一会回电话, unless: {said: [核实, 查询], speaker: agent}, unless-where: previous 2 turns of agent}\n"
         "  - {id: turn, forbid: 不需要, unless: {said: 您}}\n"
         "  - {id: call, forbid: 没有, unless: {said: 有吗, speaker: customer}, unless-where: call}\n");
    EXPECT(rules, "back@0:一会回电话", A("一会回电话"));
    EXPECT(rules, "", A("核实一下"), C("好"), A("嗯"), A("一会回电话"));
    EXPECT(rules, "back@3:一会回电话", A("核实一下"), A("嗯"), A("嗯"), A("一会回电话"));
    EXPECT(rules, "", A("我查询一下,一会回电话"));
    EXPECT(rules, "back@1:一会回电话", C("核实一下"), A("一会回电话"));
    EXPECT(rules, "turn@1:不需要", A("您不需要"), A("不需要"));
    EXPECT(rules, "call@0:没有", A("没有"), C("有吗"), A("没有"));
    DONE;
}
END_TEST

/* Also where no other rule listens for silence. */
START_TEST(test_session__unless_hears_silence)
{
    WITH("  - {id: word, forbid: 没有, unless: {silence: 5s, speaker: customer}, unless-where: call}\n");
    EXPECT(rules, "word@2:没有", AT(0, 1, "在吗"), CT(3, 4, "在"), AT(5, 6, "没有"));
    EXPECT(rules, "", AT(0, 1, "在吗"), CT(9, 10, "在"), AT(11, 12, "没有"));
    DONE;
}
END_TEST

START_TEST(test_session__unless_waives_what_is_owed_from_the_anchor)
{
    WITH("  - {id: next, when: {said: 谢谢, speaker: customer}, require: 不客气, where: next 1 turn of agent, unless: {said: 再见, speaker: agent}, unless-where: previous 1 turn of agent}\n"
         "  - {id: own, when: {said: 稍等, speaker: agent}, require: 好吗, where: turn, unless: {said: 请您}}\n"
         "  - {id: back, when: {said: 挂了, speaker: agent}, require: 拜拜, where: previous 2 turns of agent, unless: {said: 骗子, speaker: customer}, unless-where: call}\n");
    EXPECT(rules, "next@1", C("谢谢"), A("嗯"));
    EXPECT(rules, "", A("再见"), C("谢谢"));
    EXPECT(rules, "", A("再见"), C("谢谢"), A("嗯"));
    EXPECT(rules, "next@4", A("再见"), C("还有"), A("您说"), C("谢谢"), A("嗯"));
    EXPECT(rules, "next@5", A("再见"), C("谢谢"), C("谢谢"), A("嗯"), C("谢谢"), A("嗯"));
    EXPECT(rules, "own@0", A("稍等"), A("请您稍等"), A("稍等好吗"));
    EXPECT(rules, "own@1", A("请您"), A("稍等"));
    EXPECT(rules, "back@2", A("喂"), C("喂"), A("挂了"));
    EXPECT(rules, "", A("喂"), C("骗子"), A("喂"), A("挂了"));
    DONE;
}
END_TEST

START_TEST(test_session__unless_waives_while_it_is_owed)
{
    WITH("  - {id: soon, when: {said: 投诉, speaker: customer}, require: 抱歉, where: next 3 turns of agent, unless: {said: 算了, speaker: customer}}\n"
         "  - {id: end, when: {said: 故障, speaker: customer}, require: 派人, where: call, unless: {said: 好了, speaker: customer}}\n");
    EXPECT(rules, "soon@3", C("投诉"), A("一"), A("二"), A("三"));
    EXPECT(rules, "", C("投诉"), A("一"), C("算了"), A("二"), A("三"));
    EXPECT(rules, "", C("投诉"), A("一"), C("算了"));
    EXPECT(rules, "soon@5", C("投诉"), C("算了"), C("投诉"), A("一"), A("二"), A("三"));
    EXPECT(rules, "soon@4", C("算了"), C("投诉"), A("一"), A("二"), A("三"));
    EXPECT(rules, "end@1", C("故障"), A("喂"));
    EXPECT(rules, "", C("故障"), C("好了"), A("喂"));
    EXPECT(rules, "end@2", C("好了"), C("故障"), A("喂"));
    DONE;
}
END_TEST

START_TEST(test_session__unless_waives_what_the_call_owes)
{
    WITH("  - {id: call, require: 工号, unless: {said: 打错, speaker: customer}}\n"
         "  - {id: first, require: 您好, where: first 2 turns of agent, unless: {said: 救命, speaker: customer}}\n"
         "  - {id: last, require: 再见, where: last 2 turns of agent, unless: {said: 我挂了, speaker: customer}}\n");
    EXPECT(rules, "first@2 call@3 last@3", A("一"), C("二"), A("三"), A("四"));
    EXPECT(rules, "first@2 last@3", A("一"), C("打错"), A("三"), A("四"));
    EXPECT(rules, "call@3 last@3", A("一"), C("救命"), A("三"), A("四"));
    EXPECT(rules, "first@1 call@3 last@3", A("一"), A("三"), C("救命"), A("四"));
    EXPECT(rules, "first@1 call@3", A("一"), A("三"), C("我挂了"), A("四"));
    EXPECT(rules, "first@2 call@4 last@4", A("一"), C("我挂了"), A("三"), A("四"), C("五"));
    DONE;
}
END_TEST

START_TEST(test_session__unless_holds_by_events)
{
    WITH("  - {id: back, when: {event: hold-end}, require: 久等, where: next 1 turn of agent, unless: {event: hangup}}\n"
         "  - {id: moved, forbid: 不知道, unless: {event: transfer}, unless-where: call}\n");
    EXPECT(rules, "back@1", A("一"), E(JY_EVENT_HOLD_END), A("二"));
    EXPECT(rules, "back@0", A("一"), E(JY_EVENT_HOLD_END));
    EXPECT(rules, "", A("一"), E(JY_EVENT_HOLD_END), E(JY_EVENT_HANGUP));
    EXPECT(rules, "", A("一"), E(JY_EVENT_TRANSFER), A("二"), A("三"), A("不知道"));
    DONE;
}
END_TEST

START_TEST(test_session__unless_silences_limits)
{
    WITH("  - {id: quiet, limit: {silence: 20s}, unless: {said: 稍等, speaker: agent}}\n"
         "  - {id: long, limit: {turn: 10s}, unless: {said: 条款, speaker: agent}}\n"
         "  - {id: again, limit: {repeat: {times: 2}}, unless: {said: 听不清, speaker: customer}, unless-where: previous 1 turn of customer}\n");
    EXPECT(rules, "quiet@0=26000>20000", AT(1, 4, "喂"), AT(30, 31, "在"));
    EXPECT(rules, "", AT(1, 4, "稍等"), AT(30, 31, "在"));
    EXPECT(rules, "quiet@1=26000>20000", AT(1, 3, "稍等"), CT(3, 4, "好"), AT(30, 31, "在"));
    EXPECT(rules, "long@0=11000>10000", AT(1, 12, "念一遍"), AT(12, 24, "条款如下"));
    EXPECT(rules, "again@2=2>2", AT(1, 2, "请您说一下地址"), CT(2, 3, "嗯"), AT(3, 4, "请您说一下地址"));
    EXPECT(rules, "", AT(1, 2, "请您说一下地址"), CT(2, 3, "听不清"), AT(3, 4, "请您说一下地址"));
    DONE;
}
END_TEST

START_TEST(test_session__unless_in_a_single_text)
{
    WITH("  - {id: back, forbid: 一会回电话, unless: {said: [核实, 查询], speaker: agent}, unless-where: previous 2 turns of agent}\n");
    jy_scanner *scanner;
    jy_result *result;
    jy_finding f = JY_FINDING_INIT;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan(scanner, rules, str_of("我核实一下,一会回电话\n一会回电话\n"), &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), 1);
    jy_result_get(result, 0, &f);
    ck_assert_uint_eq(f.turn, 1);
    ck_assert_uint_eq(jy_result_unchecked_count(result), 0);
    jy_result_free(result);
    jy_scanner_free(scanner);
    DONE;
}
END_TEST

START_TEST(test_session__echo_repeats_what_was_heard)
{
    WITH("  - {id: place, when: {regex: '[\\p{Han}]{2,6}路', speaker: customer}, require: {any: [{echo: {least: 3}}, 地址是]}, where: next 2 turns of agent}\n");
    EXPECT(rules, "place@2", C("建国路"), A("好"), A("知道了"));
    EXPECT(rules, "", C("建国路"), A("好"), A("是建国路吗"));
    EXPECT(rules, "", C("建国路"), A("建 国,路?"));
    EXPECT(rules, "place@2", C("建国路"), A("建国"), A("国路"));
    EXPECT(rules, "", C("建国路"), A("地址是哪里"));
    EXPECT(rules, "place@2", A("建国路"), C("建国路"), A("好"));
    DONE;
}
END_TEST

/* ---- three situations of one forbidden phrase: the rule whose `when` holds speaks first */
START_TEST(test_session__the_situation_speaks_first)
{
    WITH("  - {id: general, forbid: 不耐烦了, suggest: [请您稍候], severity: critical}\n"
         "  - {id: slow, when: {said: 才接, speaker: customer}, forbid: 倒不耐烦了, where: next 1 turn of agent, suggest: [电话较忙]}\n"
         "  - {id: check, when: {said: 查这么久, speaker: customer}, forbid: 倒不耐烦了, where: next 1 turn of agent, suggest: [感谢您的等待]}\n");
    EXPECT(rules, "general@1:不耐烦了", C("你好"), A("你倒不耐烦了"));
    EXPECT(rules, "slow@1:倒不耐烦了", C("怎么才接"), A("你倒不耐烦了"));
    EXPECT(rules, "check@1:倒不耐烦了", C("查这么久"), A("你倒不耐烦了"));
    DONE;
}
END_TEST

START_TEST(test_session__too_many_kept_are_told)
{
    WITH("  - {id: many, when: {said: 完了, speaker: customer}, forbid: 哼哼, where: call}\n");
    jy_scanner *scanner;
    jy_session *session;
    jy_result *result;
    jy_unchecked unchecked = JY_UNCHECKED_INIT;
    const step bad = A("哼哼"), anchor = C("完了");
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    ck_assert_int_eq(jy_session_set(session, JY_PARAM_WINDOW_TURNS, 3), JY_OK);
    for (int i = 0; i < 5; i++)
        take_step(session, scanner, &bad);
    take_step(session, scanner, &anchor);
    jy_session_finish(session, scanner);
    ck_assert_int_eq(jy_session_result(session, &result), JY_OK);
    ck_assert_uint_eq(jy_result_count(result), 3);
    ck_assert_uint_eq(jy_result_unchecked_count(result), 1);
    jy_result_unchecked(result, 0, &unchecked);
    ck_assert_int_eq(unchecked.why, JY_WINDOW_CUT);
    jy_result_free(result);
    jy_session_free(session);
    jy_scanner_free(scanner);
    DONE;
}
END_TEST

CHECK_MAIN("session", test_session__forbid_in_windows_of_the_call, test_session__forbid_behind_words, test_session__forbid_before_an_anchor,
           test_session__forbid_behind_events_and_silence, test_session__require_in_windows_of_the_call, test_session__require_behind_words,
           test_session__require_before_an_anchor, test_session__require_behind_events_and_silence, test_session__windows_behind_turns_without_an_end,
           test_session__anchors_of_several_parts,
           test_session__unless_silences, test_session__unless_hears_silence, test_session__unless_waives_what_is_owed_from_the_anchor,
           test_session__unless_waives_while_it_is_owed, test_session__unless_waives_what_the_call_owes, test_session__unless_holds_by_events,
           test_session__unless_silences_limits, test_session__unless_in_a_single_text, test_session__echo_repeats_what_was_heard,
           test_session__the_situation_speaks_first, test_session__too_many_kept_are_told)
