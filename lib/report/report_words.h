/* report — every word that people read in a report, in both languages. */
#ifndef JY_REPORT_WORDS_H
#define JY_REPORT_WORDS_H

#include <jinyu/jinyu.h>

#define JY__WORD_MAP(X)                                                                       \
    X(NONE, "", "")                                                                           \
    X(INFO, "info", "提示")                                                                   \
    X(WARNING, "warning", "警告")                                                             \
    X(ERROR, "error", "错误")                                                                 \
    X(CRITICAL, "critical", "严重")                                                           \
    X(AGENT, "agent", "客服")                                                                 \
    X(CUSTOMER, "customer", "客户")                                                           \
    X(SYSTEM, "system", "系统")                                                               \
    X(UNKNOWN, "unknown", "未知")                                                             \
    X(FOLD_WIDTH, "width", "全半角大小写")                                                    \
    X(FOLD_SCRIPT, "script", "繁简异体")                                                      \
    X(FOLD_INVISIBLE, "invisible", "不可见字符")                                              \
    X(FOLD_GAPS, "gaps", "间隔")                                                              \
    X(FOLD_FILLERS, "fillers", "语气词")                                                      \
    X(FOLD_REPEATS, "repeats", "口吃")                                                        \
    X(FOLD_SOUND, "sound", "同音")                                                            \
    X(FOLD_MASKED, "masked", "遮盖")                                                          \
    X(WHY, "why: ", "原因：")                                                                 \
    X(SAY, "say: ", "建议：")                                                                 \
    X(PHRASE, "phrase ", "规则写作 ")                                                         \
    X(READING, "reading ", "读音 ")                                                           \
    X(CONFIDENCE, "confidence ", "把握 ")                                                     \
    X(FATAL, "fatal", "一票否决")                                                             \
    X(PROVISIONAL, "provisional", "暂定")                                                     \
    X(FORBIDDEN_SAID, "forbidden wording: {0}", "忌语：{0}")                                  \
    X(FORBIDDEN_HIDDEN, "forbidden wording", "出现忌语")                                      \
    X(REQUIRED_MISSING, "what had to be said or done here is missing", "此处应说的话或应做的事没有出现") \
    X(EXPECTED, "; expected: ", "；应说：")                                                   \
    X(LIMIT_PASSED, "{0} is {1}, bound {2}", "{0}为 {1}，限度 {2}")                           \
    X(HUNG_UP_FIRST, "{0} hung up first", "{0}先挂断")                                       \
    X(TURN, "turn {0}", "第 {0} 轮")                                                          \
    X(WHOLE_CALL, "the call as a whole", "整通电话")                                          \
    X(MEASURE, "measured", "测得")                                                            \
    X(MEASURE_ANSWER, "time to answer", "接听用时")                                           \
    X(MEASURE_RINGS, "rings before the answer", "接听前铃声")                                 \
    X(MEASURE_SILENCE, "silence", "沉默")                                                     \
    X(MEASURE_HOLD, "hold", "等候或静音")                                                     \
    X(MEASURE_OVERLAP, "talking over", "抢话")                                                \
    X(MEASURE_RATE, "speaking rate", "语速")                                                  \
    X(MEASURE_REPEAT, "repeated", "重复次数")                                                 \
    X(MEASURE_TURN, "length of one turn", "单轮时长")                                         \
    X(MEASURE_HANGUP, "hung up first", "先挂断")                                              \
    X(SECONDS, " s", " 秒")                                                                   \
    X(A_MINUTE, " characters a minute", " 字/分")                                             \
    X(TIMES, " times", " 次")                                                                 \
    X(SCORE, "score", "评分")                                                                 \
    X(SCORE_LINE, "{0}: {1} of {2}, {3}", "{0}：{1}/{2} 分，{3}")                            \
    X(PASSED, "passed", "合格")                                                               \
    X(FAILED, "failed", "不合格")                                                             \
    X(UNCHECKED, "not checked", "未检查")                                                     \
    X(RULES_UNCHECKED, ", {0} rule(s) not checked", "，{0} 条规则未检查")                    \
    X(NOT_CHECKED, "not checked: {0} ({1} rule(s))", "未检查：{0}（{1} 条规则）")                 \
    X(IN_CALLS, "{0} ({1} call(s))", "{0}（{1} 通）")                                          \
    X(INCIDENT, "{0} not checked: {1}", "{0} 未检查：{1}")                                     \
    X(BAD_BYTES, "{0} byte(s) are no valid text, the first at byte {1}; the rest was checked", \
      "有 {0} 个字节不是有效文本，第一个在字节 {1}；其余已检查")                              \
    X(UNKNOWN_TURNS, "{0} turn(s) of unknown speakers ({1}) were judged by no rule about the agent or the customer", \
      "说话人未知的话轮 {0} 个（{1}），未按针对客服或客户的规则判断")                           \
    X(NO_LABEL, "no label", "没有标签")                                                       \
    X(LIST_COMMA, ", ", "、")                                                                 \
    X(LIMITED, "a limit was reached: this call was not checked completely", "达到上限：此通电话没有完整检查") \
    X(SKIPPED, "skipped", "已跳过")                                                           \
    X(SCORES, "{0}: {1} call(s) scored, mean {2}, {3} failed, {4} by a fatal rule",           \
      "{0}：评分 {1} 通，平均 {2} 分，{3} 通不合格，其中一票否决 {4} 通")                      \
    X(SUMMARY, "{0} file(s), {1} call(s), {2} turn(s): {3} finding(s) ({4} critical, {5} error, {6} warning, {7} info)", \
      "{0} 个文件，{1} 通电话，{2} 个话轮：问题 {3} 处（严重 {4}，错误 {5}，警告 {6}，提示 {7}）")    \
    X(SUMMARY_LEFT_OUT, ", {0} below the level asked for", "，另有 {0} 处低于所要的级别")     \
    X(SUMMARY_SKIPPED, ", {0} skipped", "，跳过 {0} 项")                                      \
    X(SUMMARY_LIMITED, ", {0} not checked completely", "，{0} 通没有完整检查")               \
    X(SUMMARY_BAD, ", {0} byte(s) of no valid text", "，{0} 个字节不是有效文本")            \
    X(NO_FINDING, "no finding", "没有发现问题")                                               \
    X(KIND_WORDING, "wording", "用语")                                                        \
    X(KIND_MISSING, "missing", "缺失")                                                        \
    X(KIND_LIMIT, "limit", "超限")                                                            \
    X(CSV_SEVERITY, "severity", "级别")                                                       \
    X(CSV_CLAUSE, "clause", "条款")                                                           \
    X(CSV_RULE, "rule", "规则")                                                               \
    X(CSV_SITUATION, "situation", "情境")                                                     \
    X(CSV_KIND, "kind", "类型")                                                               \
    X(CSV_FILE, "file", "文件")                                                               \
    X(CSV_LINE, "line", "行")                                                                 \
    X(CSV_COLUMN, "column", "列")                                                             \
    X(CSV_CALL, "call", "通话")                                                               \
    X(CSV_START, "start", "开始时间")                                                         \
    X(CSV_TEAM, "team", "班组")                                                               \
    X(CSV_AGENT, "agent", "客服")                                                             \
    X(CSV_TURN, "turn", "话轮")                                                               \
    X(CSV_TIME, "time", "时间")                                                               \
    X(CSV_SPEAKER, "speaker", "说话人")                                                       \
    X(CSV_FOUND, "found", "发现")                                                             \
    X(CSV_WHY, "why", "原因")                                                                 \
    X(CSV_SAY, "approved wording", "规范用语")                                                \
    X(CSV_SCORE, "score", "扣分")                                                             \
    X(CSV_CONFIDENCE, "confidence", "把握")                                                   \
    X(HTML_TITLE, "Call quality report", "通话用语质检报告")                                  \
    X(HTML_PERIOD, "{0} to {1}", "{0} 至 {1}")                                                \
    X(HTML_SKIP, "skip to the findings", "跳到发现的问题")                                    \
    X(HTML_SECTIONS, "sections", "章节")                                                      \
    X(HTML_TOTALS, "Totals", "总数")                                                          \
    X(HTML_CHARTS, "Where and when", "分布与趋势")                                            \
    X(HTML_FILES, "files", "文件")                                                            \
    X(HTML_CALLS, "calls", "通话")                                                            \
    X(HTML_TURNS, "turns", "话轮")                                                            \
    X(HTML_FINDINGS, "findings", "问题")                                                      \
    X(HTML_CALLS_WITH, "calls with findings", "有问题的通话")                                 \
    X(HTML_TREND, "Findings by day", "每日问题")                                              \
    X(HTML_SEVERE, "errors and critical", "错误与严重")                                       \
    X(HTML_BY_RULE, "By rule", "按规则")                                                      \
    X(HTML_BY_CLAUSE, "By clause", "按条款")                                                  \
    X(HTML_BY_TEAM, "By team", "按班组")                                                      \
    X(HTML_BY_AGENT, "By agent", "按客服")                                                    \
    X(HTML_DAY, "day", "日期")                                                                \
    X(HTML_PER_100, "per 100 calls", "每百通")                                                \
    X(HTML_BY_SEVERITY, "by severity", "级别分布")                                            \
    X(HTML_MORE, "{0} more", "其余 {0} 项")                                                   \
    X(HTML_TABLE, "as a table", "数据表")                                                     \
    X(HTML_UNDATED, "{0} call(s) tell no date", "{0} 通电话没有日期")                           \
    X(HTML_FILTERS, "filters", "筛选")                                                        \
    X(HTML_SEARCH, "search", "搜索")                                                          \
    X(HTML_SEVERITY_FROM, "severity from", "级别不低于")                                      \
    X(HTML_ORDER, "order", "排序")                                                            \
    X(HTML_ORDER_INPUT, "as read", "按读入顺序")                                              \
    X(HTML_ORDER_WORST, "worst first", "最严重在前")                                          \
    X(HTML_ORDER_NEWEST, "newest call first", "最近通话在前")                                 \
    X(HTML_ALL, "all", "全部")                                                                \
    X(HTML_CLEAR, "clear", "清除")                                                            \
    X(HTML_PREVIOUS, "previous", "上一页")                                                    \
    X(HTML_NEXT, "next", "下一页")                                                            \
    X(HTML_PAGE, "page {0} of {1}", "第 {0} / {1} 页")                                        \
    X(HTML_SHOWN, "{0} of {1} findings", "符合 {0} 处，共 {1} 处")                            \
    X(HTML_SHOWN_ALL, "{0} findings", "共 {0} 处问题")                                        \
    X(HTML_PRINTED, "printed: the first {0} of {1} findings", "打印前 {0} 处，共 {1} 处")     \
    X(HTML_NOTHING_FITS, "no finding fits these filters", "没有符合条件的问题")               \
    X(HTML_CONVERSATION, "conversation", "对话")                                              \
    X(HTML_WHOLE_CALL, "show the whole conversation", "显示全部对话")          \
    X(HTML_LESS, "show less", "收起")                                                         \
    X(HTML_PICK, "show only these findings", "只看这些问题")                                  \
    X(HTML_UNCHECKED, "Rules not checked", "未检查的规则")                                    \
    X(HTML_SKIPPED, "Not read", "未能读取")                                                   \
    X(HTML_NOTES, "Not checked completely", "没有完整检查")                                   \
    X(HTML_REASON, "reason", "原因")                                                          \
    X(HTML_NOSCRIPT, "The findings one by one need JavaScript; all totals above and below do not.", \
      "逐条查看需要 JavaScript；其余总数不需要。")                                             \
    X(HTML_INCOMPLETE, "This report is not complete: something was skipped or cut. It is listed at the end.", \
      "本报告不完整：有内容被跳过或截断，见文末。")                                            \
    X(HTML_MADE, "made by jinyu {0}; everything is in this one file, nothing is fetched", "由 jinyu {0} 生成；全部内容都在此文件内，不联网")

typedef enum jy__word {
#define JY__WORD_X(name, english, chinese) JY__WORD_##name,
    JY__WORD_MAP(JY__WORD_X)
#undef JY__WORD_X
    JY__WORD_COUNT
} jy__word;
const char *jy__word_name(jy__word word); /* "HTML_TITLE" */
const char *jy__word_text(jy__word word, int language);
jy__word jy__word_severity(int severity);
jy__word jy__word_speaker(int speaker);
jy__word jy__word_kind(int kind);
jy__word jy__word_fold(int fold);
jy__word jy__word_measure(int measure); /* MEASURE when it is not known */
#endif
