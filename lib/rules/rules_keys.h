/* rules — the keys of the rule language, once. Loading, "did you mean" and the JSON Schema are made from these tables.
 * X(number, "key", shape of its value, MAY | MUST | ONE, English, Chinese); of a table's ONE keys exactly one must be there. */
#ifndef JY_RULES_KEYS_H
#define JY_RULES_KEYS_H

#include "base/base.h"

#define JY__KEYS_FILE(X) \
    X(FILE_JINYU, "jinyu", FORMAT, MUST, "Rule-file format: 1", "规则文件格式:1") \
    X(FILE_PACK, "pack", NAME, MAY, "Name of the pack that this file belongs to; default: the file's name", "所属规则包;不写则用文件名") \
    X(FILE_TITLE, "title", TEXT, MAY, "Title of the pack, for people", "规则包标题") \
    X(FILE_VERSION, "version", TEXT, MAY, "Version of the pack", "规则包版本") \
    X(FILE_CLAUSES, "clauses", CLAUSES, MAY, "Paragraphs of the standard that the pack answers for: number and title", "规则包对应的规范条款:编号与标题") \
    X(FILE_DEFAULTS, "defaults", DEFAULTS, MAY, "What holds for every rule that does not say otherwise", "各规则未写时采用的值") \
    X(FILE_LISTS, "lists", LISTS, MAY, "Named lists of words for {name} in phrases", "短语中 {名字} 引用的词表") \
    X(FILE_APPROVED, "approved", TEXTS, MAY, "Wordings approved in the whole pack, beside the rules' suggestions", "全包认可的规范用语(建议用语之外)") \
    X(FILE_SCORECARD, "scorecard", SCORECARD, MAY, "Points of a call", "评分表") \
    X(FILE_RULES, "rules", RULES, MAY, "The rules", "规则")

#define JY__KEYS_DEFAULTS(X) \
    X(DEFAULTS_SPEAKER, "speaker", SPEAKER, MAY, "Whose turns are judged; agent when not said", "检查谁说的话;不写为 agent(客服)") \
    X(DEFAULTS_SEVERITY, "severity", SEVERITY, MAY, "error when not said", "严重程度;不写为 error") \
    X(DEFAULTS_SCORE, "score", SCORE, MAY, "Points taken for a finding; 0 when not said", "每次扣分;不写为 0") \
    X(DEFAULTS_JUDGED, "judged", JUDGED, MAY, "During the call, after it, or both (when not said)", "通话中、通话后或两者(不写为两者)") \
    X(DEFAULTS_FOLD, "fold", FOLDS, MAY, "Which spellings count as the same text", "哪些写法算相同文字") \
    X(DEFAULTS_EXCEPT, "except", PHRASES, MAY, "A hit of any rule of this file inside one of these is none", "本文件各条规则共有的例外")

#define JY__KEYS_SCORECARD(X) \
    X(SCORECARD_START, "start", POINTS, MAY, "Points at the start; 100 when not said", "起始分;不写为 100") \
    X(SCORECARD_FLOOR, "floor", POINTS, MAY, "Never less than this; 0 when not said", "最低分;不写为 0") \
    X(SCORECARD_PASS, "pass", POINTS, MAY, "Passed from here on; 60 when not said", "及格分;不写为 60")

#define JY__KEYS_RULE(X) \
    X(RULE_ID, "id", NAME, MAY, "Name of the rule, unique in its pack", "规则编号,包内不重复") \
    X(RULE_CLAUSE, "clause", TEXTS, MAY, "Where the standard says so", "规范条款出处") \
    X(RULE_SITUATION, "situation", TEXT, MAY, "Situation, for people", "情境说明") \
    X(RULE_SPEAKER, "speaker", SPEAKER, MAY, "Whose turns are judged", "检查谁说的话") \
    X(RULE_SEVERITY, "severity", SEVERITY, MAY, "How bad it is", "严重程度") \
    X(RULE_SCORE, "score", SCORE, MAY, "Points taken for a finding: 0 or negative", "每次扣分:0 或负数") \
    X(RULE_FATAL, "fatal", BOOL, MAY, "One finding fails the whole call", "一票否决") \
    X(RULE_ENABLED, "enabled", BOOL, MAY, "no switches the rule off", "no 表示停用") \
    X(RULE_FROM, "from", DATE, MAY, "First day on which the rule holds", "生效首日") \
    X(RULE_UNTIL, "until", DATE, MAY, "Last day on which the rule holds", "生效末日") \
    X(RULE_JUDGED, "judged", JUDGED, MAY, "During the call, after it, or both", "通话中、通话后或两者") \
    X(RULE_FOLD, "fold", FOLDS, MAY, "Which spellings count as the same text", "哪些写法算相同文字") \
    X(RULE_FORBID, "forbid", PHRASES, ONE, "What must not be said", "不得说的话") \
    X(RULE_REQUIRE, "require", PHRASES, ONE, "What must be said", "必须说的话") \
    X(RULE_LIMIT, "limit", LIMIT, ONE, "A measure and its bound", "量度与上限") \
    X(RULE_EXCEPT, "except", PHRASES, MAY, "A hit inside one of these is none", "落在其中的命中不算") \
    X(RULE_WHEN, "when", WHEN, MAY, "The anchor: what must have happened", "锚点:发生了什么之后才检查") \
    X(RULE_WHERE, "where", WHERE, MAY, "The window: where in the call", "范围:在通话的哪一段") \
    X(RULE_UNLESS, "unless", WHEN, MAY, "The rule is silent where this holds; what it requires is waived", "出现这种情形时不检查,也不再要求") \
    X(RULE_UNLESS_WHERE, "unless-where", WHERE, MAY, "Where unless is looked for: turn (when not said), previous N turns, call", \
      "在哪里看 unless:turn(不写时)、previous N turns、call") \
    X(RULE_SUGGEST, "suggest", TEXTS, MAY, "Approved wordings; {slot} is filled from the call", "规范用语;{空位} 由通话信息填写") \
    X(RULE_REPLACE, "replace", REPLACE, MAY, "What jinyu fix puts in place", "jinyu fix 替换成什么") \
    X(RULE_TAGS, "tags", TEXTS, MAY, "Tags, for choosing rules", "标签") \
    X(RULE_NOTE, "note", TEXT, MAY, "Note, for people", "备注") \
    X(RULE_TESTS, "tests", TESTS, MAY, "Texts that must and must not be found", "用例")

#define JY__KEYS_EXPR(X) \
    X(EXPR_PHRASE, "phrase", TEXT, ONE, "Phrase with (a|b), (a)?, {list}, * and \\", "短语,可用 (甲|乙)、(甲)?、{词表}、* 和 \\") \
    X(EXPR_REGEX, "regex", TEXT, ONE, "PCRE2 pattern, run on the folded text", "PCRE2 正则,作用于归一后的文字") \
    X(EXPR_ANY, "any", ITEMS, ONE, "One of these", "其中之一") \
    X(EXPR_ALL, "all", ITEMS, ONE, "All of these in the turn", "同一轮里全部出现") \
    X(EXPR_NOT, "not", PHRASES, ONE, "Not this; inside all only", "不出现;只能写在 all 里") \
    X(EXPR_NEAR, "near", NEAR, ONE, "These near one another", "彼此相近") \
    X(EXPR_ECHO, "echo", ECHO, ONE, "What the anchor heard, said again; inside require only", "重复锚点听到的话;只能写在 require 里") \
    X(EXPR_WHOLE, "whole", WHOLE, MAY, "Only where the hit is a whole word, clause, sentence or turn, or ends its clause", "只算整词、整个分句、整句、整轮,或分句末尾") \
    X(EXPR_WITH, "with", TEXTS, MAY, "Words that may stand beside it there, in any number and order", "旁边还可以有的字词,不限个数和次序") \
    X(EXPR_FOLD, "fold", FOLDS, MAY, "Which spellings count as the same text", "哪些写法算相同文字") \
    X(EXPR_VIA, "via", VIA, MAY, "sound: also what sounds alike", "sound:同音也算") \
    X(EXPR_MATCH_LIMIT, "match-limit", STEPS, MAY, "Most steps of the pattern", "正则最多步数")

#define JY__KEYS_NEAR(X) \
    X(NEAR_OF, "of", ITEMS, MUST, "What must be near one another", "哪些内容彼此相近") \
    X(NEAR_WITHIN, "within", CHARACTERS, MAY, "Most characters between neighbours; 10 when not said", "相邻两项最多隔几个字;不写为 10") \
    X(NEAR_ORDERED, "ordered", BOOL, MAY, "In this order; no when not said", "按此顺序;不写为 no")

#define JY__KEYS_ECHO(X) \
    X(ECHO_LEAST, "least", CHARACTERS, MUST, "So many characters in a row", "至少连续几个字")

#define JY__KEYS_WHEN(X) \
    X(WHEN_SAID, "said", PHRASES, ONE, "This was said", "说了这些话") \
    X(WHEN_PHRASE, "phrase", TEXT, ONE, "This phrase was said", "说了这个短语") \
    X(WHEN_REGEX, "regex", TEXT, ONE, "Something like this was said", "说了符合正则的话") \
    X(WHEN_NEAR, "near", NEAR, ONE, "These were said near one another", "说了彼此相近的话") \
    X(WHEN_EVENT, "event", EVENT, ONE, "This happened", "发生了这个事件") \
    X(WHEN_SILENCE, "silence", TIME, ONE, "Nobody spoke for so long", "沉默达到这么久") \
    X(WHEN_ANY, "any", ANCHORS, ONE, "One of these", "其中之一") \
    X(WHEN_ALL, "all", ANCHORS, ONE, "All of these", "全部") \
    X(WHEN_NOT, "not", WHEN, ONE, "Not this; inside all only", "没有发生;只能写在 all 里") \
    X(WHEN_SPEAKER, "speaker", SPEAKER, MAY, "Who said or did it; any when not said", "谁说的或做的;不写为 any") \
    X(WHEN_WHOLE, "whole", WHOLE, MAY, "Only a whole word, clause, sentence or turn", "只算整词、整个分句、整句或整轮") \
    X(WHEN_WITH, "with", TEXTS, MAY, "Words that may stand beside it there, in any number and order", "旁边还可以有的字词,不限个数和次序") \
    X(WHEN_FOLD, "fold", FOLDS, MAY, "Which spellings count as the same text", "哪些写法算相同文字") \
    X(WHEN_VIA, "via", VIA, MAY, "sound: also what sounds alike", "sound:同音也算") \
    X(WHEN_MATCH_LIMIT, "match-limit", STEPS, MAY, "Most steps of the pattern", "正则最多步数")

#define JY__KEYS_FOLD(X) \
    X(FOLD_WIDTH, "width", BOOL, MAY, "Width, case, compatibility: Ａ A a ㈱ ①", "全半角、大小写、兼容字符") \
    X(FOLD_SCRIPT, "script", BOOL, MAY, "Traditional, variant and Japanese forms: 誰 谁", "繁体、异体、日文字形") \
    X(FOLD_INVISIBLE, "invisible", BOOL, MAY, "Invisible characters", "不可见字符") \
    X(FOLD_GAPS, "gaps", BOOL, MAY, "Blanks and punctuation between characters", "字间空格与标点") \
    X(FOLD_FILLERS, "fillers", BOOL, MAY, "嗯 啊 那个 between characters", "字间语气词:嗯 啊 那个") \
    X(FOLD_REPEATS, "repeats", BOOL, MAY, "Stutter: 你你是谁", "口吃重复:你你是谁") \
    X(FOLD_SOUND, "sound", BOOL, MAY, "Same pinyin without tone; for a pack or rule, phrases of three Han characters or more", "同音;写在规则包或规则上只管三个汉字以上的短语") \
    X(FOLD_MASKED, "masked", BOOL, MAY, "Masked characters: 没**", "被遮盖的字:没**")

#define JY__KEYS_REPLACE(X) \
    X(REPLACE_WITH, "with", TEXT, MUST, "The new wording; {slot} is filled from the call", "新用语;{空位} 由通话信息填写") \
    X(REPLACE_SPAN, "span", SPAN, MAY, "What it takes the place of; phrase when not said", "替换多大范围;不写为 phrase")

#define JY__KEYS_LIMIT(X) \
    X(LIMIT_ANSWER, "answer", TIME, ONE, "From ring to answer", "振铃到接听") \
    X(LIMIT_RINGS, "rings", COUNT, ONE, "Rings before the answer", "接听前响铃次数") \
    X(LIMIT_SILENCE, "silence", TIME, ONE, "Silence between turns, outside hold", "两轮之间的沉默(保持之外)") \
    X(LIMIT_HOLD, "hold", TIME, ONE, "One hold or mute", "一次保持或静音") \
    X(LIMIT_OVERLAP, "overlap", TIME, ONE, "Speaking while the other still speaks", "抢话") \
    X(LIMIT_RATE, "rate", RATE, ONE, "Characters a minute", "语速:每分钟字数") \
    X(LIMIT_REPEAT, "repeat", REPEAT, ONE, "Turns that are alike", "重复的话") \
    X(LIMIT_TURN, "turn", TIME, ONE, "One turn", "一轮时长") \
    X(LIMIT_HANGUP, "hangup", PARTY, ONE, "Who must not hang up", "谁不得先挂机")

#define JY__KEYS_REPEAT(X) \
    X(REPEAT_TIMES, "times", COUNT, MUST, "So many alike turns are one too many", "相同的话达到几次算超限") \
    X(REPEAT_WITHIN, "within", TURNS, MAY, "Inside so many turns; 5 turns when not said", "在几轮之内;不写为 5 turns") \
    X(REPEAT_ALIKE, "alike", SHARE, MAY, "How alike, 0 to 1; 0.8 when not said", "相似度 0 到 1;不写为 0.8")

#define JY__KEYS_TESTS(X) \
    X(TESTS_BAD, "bad", CASES, MAY, "Must be found", "应当命中") \
    X(TESTS_GOOD, "good", CASES, MAY, "Must not be found", "不应命中") \
    X(TESTS_FIX, "fix", FIXES, MAY, "What jinyu fix must make of a text", "jinyu fix 应改成什么") \
    X(TESTS_KNOWN, "known", KNOWN, MAY, "Gaps that are known; they fail when they close", "已知的不足;补上后会报失败")

#define JY__KEYS_KNOWN(X) \
    X(KNOWN_BAD, "bad", CASES, MAY, "Should be found, is not yet", "应命中而尚未命中") \
    X(KNOWN_GOOD, "good", CASES, MAY, "Should not be found, still is", "不应命中而仍命中")

#define JY__KEYS_FIX(X) \
    X(FIX_FROM, "from", TEXT, MUST, "Text before", "修改前") \
    X(FIX_TO, "to", TEXT, MUST, "Text after", "修改后")

#define JY__KEYS_TURN(X) \
    X(TURN_EVENT, "event", EVENT, MAY, "An event in place of words", "事件(代替说话)") \
    X(TURN_SPEAKER, "speaker", PARTY, MAY, "Who did it", "谁做的") \
    X(TURN_AT, "at", TIME, MAY, "When it begins", "开始时间") \
    X(TURN_TO, "to", TIME, MAY, "When it ends", "结束时间")

/* X(table, English, Chinese) */
#define JY__TABLES(X) \
    X(FILE, "a rule file", "规则文件") X(DEFAULTS, "'defaults'", "「defaults」") X(SCORECARD, "'scorecard'", "「scorecard」") \
    X(RULE, "a rule", "规则") X(EXPR, "a phrase", "短语") X(NEAR, "'near'", "「near」") X(ECHO, "'echo'", "「echo」") X(WHEN, "'when'", "「when」") \
    X(FOLD, "'fold'", "「fold」") X(REPLACE, "'replace'", "「replace」") X(LIMIT, "'limit'", "「limit」") \
    X(REPEAT, "'repeat'", "「repeat」") X(TESTS, "'tests'", "「tests」") X(KNOWN, "'known'", "「known」") X(FIX, "'fix'", "「fix」") \
    X(TURN, "a turn", "对话的一轮")

typedef enum jy__table_id {
#define JY__TABLE_ID(table, english, chinese) JY__TABLE_##table,
    JY__TABLES(JY__TABLE_ID)
#undef JY__TABLE_ID
    JY__TABLE_COUNT
} jy__table_id;

#define JY__KEY_NUMBER(number, name, shape, need, english, chinese) JY__KEY_##number,
#define JY__KEYS_ENUM(table) enum { JY__KEYS_##table(JY__KEY_NUMBER) JY__KEY_##table##_COUNT }
JY__KEYS_ENUM(FILE);
JY__KEYS_ENUM(DEFAULTS);
JY__KEYS_ENUM(SCORECARD);
JY__KEYS_ENUM(RULE);
JY__KEYS_ENUM(EXPR);
JY__KEYS_ENUM(NEAR);
JY__KEYS_ENUM(ECHO);
JY__KEYS_ENUM(WHEN);
JY__KEYS_ENUM(FOLD);
JY__KEYS_ENUM(REPLACE);
JY__KEYS_ENUM(LIMIT);
JY__KEYS_ENUM(REPEAT);
JY__KEYS_ENUM(TESTS);
JY__KEYS_ENUM(KNOWN);
JY__KEYS_ENUM(FIX);
JY__KEYS_ENUM(TURN);

/* Shapes of values; rules_schema.c says each as JSON Schema. */
typedef enum jy__shape {
    JY__SHAPE_FORMAT, JY__SHAPE_NAME, JY__SHAPE_TEXT, JY__SHAPE_TEXTS, JY__SHAPE_BOOL, JY__SHAPE_DATE, JY__SHAPE_TIME,
    JY__SHAPE_SCORE, JY__SHAPE_POINTS, JY__SHAPE_STEPS, JY__SHAPE_CHARACTERS, JY__SHAPE_COUNT, JY__SHAPE_RATE, JY__SHAPE_TURNS,
    JY__SHAPE_SHARE, JY__SHAPE_WHERE, JY__SHAPE_SPEAKER, JY__SHAPE_PARTY, JY__SHAPE_SEVERITY, JY__SHAPE_JUDGED, JY__SHAPE_WHOLE,
    JY__SHAPE_SPAN, JY__SHAPE_EVENT, JY__SHAPE_VIA, JY__SHAPE_FOLDS, JY__SHAPE_PHRASES, JY__SHAPE_ITEMS, JY__SHAPE_NEAR, JY__SHAPE_ECHO,
    JY__SHAPE_WHEN, JY__SHAPE_ANCHORS, JY__SHAPE_LIMIT, JY__SHAPE_REPEAT, JY__SHAPE_REPLACE, JY__SHAPE_DEFAULTS, JY__SHAPE_LISTS, JY__SHAPE_CLAUSES,
    JY__SHAPE_SCORECARD, JY__SHAPE_RULES, JY__SHAPE_TESTS, JY__SHAPE_CASES, JY__SHAPE_FIXES, JY__SHAPE_KNOWN,
    JY__SHAPE_END
} jy__shape;

typedef enum jy__need { JY__NEED_MAY, JY__NEED_MUST, JY__NEED_ONE } jy__need;
typedef struct jy__key { jy_str name; jy__shape shape; jy__need need; const char *english, *chinese; } jy__key;
typedef struct jy__table { const char *name, *english, *chinese; const jy__key *keys; size_t count; } jy__table;
const jy__table *jy__rules_table(jy__table_id id);

/* Values that are one of a few words. */
typedef enum jy__choices_id {
    JY__CHOICES_SPEAKER, JY__CHOICES_PARTY, JY__CHOICES_SEVERITY, JY__CHOICES_JUDGED, JY__CHOICES_WHOLE, JY__CHOICES_SPAN,
    JY__CHOICES_EVENT, JY__CHOICES_VIA, JY__CHOICES_COUNT
} jy__choices_id;
typedef struct jy__choice { const char *name; int32_t value; } jy__choice;
typedef struct jy__choices { const jy__choice *items; size_t count; } jy__choices;
const jy__choices *jy__rules_choices(jy__choices_id id);
enum { JY__JUDGED_LIVE = 1, JY__JUDGED_AFTER = 2, JY__JUDGED_BOTH = 3 };

#endif
