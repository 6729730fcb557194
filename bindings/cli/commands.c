/* The table of commands: what each is called, takes and allows. options.c parses by it; help.c and completions.c
 * print it; nothing else repeats it. */
#include "cli.h"

#define IDS(...) (const opt_id[]){ __VA_ARGS__, OPT_COMMON }
#define OPT_COMMON OPT_LANG, OPT_HELP, OPT_COUNT
#define OPT_SETTINGS OPT_CONFIG_FILE, OPT_NO_CONFIG, OPT_DATE, OPT_SET
#define OPT_READING OPT_INPUT_FORMAT, OPT_ENCODING, OPT_AGENT, OPT_SPEAKER_MAP, OPT_MAX_RATIO, OPT_MAX_BYTES

static const cli_command commands[] = {
    { "check", "[FILE|DIR|-]...", "find what must not be said, and show what to say instead",
      "检查文本：找出忌语并给出规范用语",
      IDS(OPT_RULES, OPT_SEVERITY, OPT_FORMAT, OPT_READING, OPT_MIN_LEVEL, OPT_FAIL_ON, OPT_OUTPUT, OPT_SHOW_TEXT, OPT_REDACT, OPT_AMBIGUOUS,
          OPT_UNIT, OPT_JOBS, OPT_RESUME, OPT_SINCE_BASELINE, OPT_WRITE_BASELINE, OPT_SETTINGS, OPT_PROGRESS, OPT_COLOR, OPT_QUIET),
      cmd_check,
      "Without operands, or for -, standard input is read. A text without speaker labels is taken as the agent's alone; "
      "transcripts in any format of `jinyu formats` are calls. Folders are walked in name order; names that begin with a dot "
      "and what a .jinyuignore file (patterns as in .gitignore) names are left out, and so are the rules, the settings and what is "
      "written, where they lie there.\n\n"
      "The exit status is 3, findings or not, when something was not judged: a gate must not take half a check for a whole one. "
      "That is: an input or record could not be read, bytes were no text, a limit was reached, a call's speakers are unknown "
      "(name the agent with --agent), or the run was interrupted.",
      "不给文件或给 - 时读标准输入。没有说话人标签的文本视为全部由客服所说；其余格式（见 jinyu formats）按通话处理。"
      "目录按名称顺序遍历；以点开头的名称、.jinyuignore（写法同 .gitignore）所列者，以及目录中本次所用的规则、配置和所写的文件都跳过。\n\n"
      "只要有内容未能判断，无论有无问题，退出码都是 3：没有查全，不能算通过。包括：输入或记录无法读取、字节不是文本、"
      "达到限制、说话人未知（用 --agent 指明客服）、运行被中断。" },
    { "fix", "[FILE|-]...", "put the approved wording in place of the forbidden", "把忌语改写为规范用语",
      IDS(OPT_RULES, OPT_SEVERITY, OPT_READING, OPT_WRITE, OPT_SETTINGS, OPT_COLOR, OPT_QUIET), cmd_fix,
      "Prints the changes as a unified diff; with --write changes the files, and what was there is kept as FILE.orig. What it writes is checked again until no rule has "
      "anything left to replace. Findings without a replacement are counted and make the exit status 1; so do changes that were "
      "only shown. fix --write - writes the whole new text to standard output.",
      "默认以统一 diff 显示改动；--write 时直接改写文件，原文件保留为 FILE.orig。改写后的文本会再次检查，直到没有可替换之处。没有替换用语的问题会计数，"
      "并使退出码为 1；只显示而未写入的改动也是。fix --write - 把改写后的全文写到标准输出。" },
    { "rules lint", "[FILE|DIR]...", "look for weak spots in rule files", "查找规则文件中的隐患",
      IDS(OPT_RULES, OPT_SETTINGS), cmd_rules_lint, "Exit status 1 when there are warnings, 2 when there are errors; hints alone leave it 0.",
      "有警告时退出码为 1，有错误时为 2；只有提示时为 0。" },
    { "rules test", "[FILE|DIR]...", "run the tests inside rule files", "运行规则文件自带的用例",
      IDS(OPT_RULES, OPT_DISGUISE, OPT_SETTINGS), cmd_rules_test, "Exit status 1 when a test fails.", "有用例失败时退出码为 1。" },
    { "rules list", "[FILE|DIR]...", "list rules", "列出规则", IDS(OPT_RULES, OPT_SEVERITY, OPT_STANDARD, OPT_TABLE_FORMAT, OPT_SETTINGS), cmd_rules_list,
      "A rule a line, between tabs: pack, id, clause, kind (forbid, require, limit), severity, tests (bad+good), situation.",
      "每行一条规则，以制表符分隔：规则包、编号、条款、种类（forbid、require、limit）、级别、用例数（反例+正例）、情境。" },
    { "rules show", "RULE...", "show all that is known of a rule", "显示一条规则的全部内容", IDS(OPT_RULES, OPT_SEVERITY, OPT_SETTINGS),
      cmd_rules_show, NULL, NULL },
    { "rules schema", "", "print the JSON Schema of rule files, for editors", "输出规则文件的 JSON Schema，供编辑器使用",
      (const opt_id[]){ OPT_COMMON }, cmd_rules_schema, NULL, NULL },
    { "rules try", "RULES CORPUS...", "what would these rules hit: counts and samples", "试用规则：统计命中并列出样例",
      IDS(OPT_READING, OPT_SAMPLES, OPT_JOBS, OPT_REDACT, OPT_SETTINGS), cmd_rules_try,
      "RULES is a rule file or folder, builtin:NAME, or the id of a rule of the built-in packs. Samples are shown by confidence, "
      "highest first.",
      "RULES 为规则文件或目录、builtin:名称，或内置规则的编号。样例按把握从大到小显示。" },
    { "rules diff", "OLD NEW CORPUS...", "which findings come and go when the rules change", "规则变更前后，问题有何增减",
      IDS(OPT_READING, OPT_CHANGES, OPT_JOBS, OPT_REDACT, OPT_SETTINGS), cmd_rules_diff,
      "Exit status 1 when a finding comes or goes: the release gate of a rule change.", "有增减时退出码为 1，可作为规则发布的关口。" },
    { "rules fmt", "FILE|DIR...", "rewrite rule files in the standard layout", "把规则文件整理为标准版式", IDS(OPT_WRITE), cmd_rules_fmt,
      "Without --write prints the changes as a unified diff, with exit status 1 when there are any.",
      "不加 --write 时以统一 diff 显示改动，有改动则退出码为 1。" },
    { "fold", "[TEXT]...", "show what the rules see of a text, and why", "显示文本归一后的样子及原因", (const opt_id[]){ OPT_COMMON }, cmd_fold,
      "Shows what is done to the characters of any text: width, script, what is invisible, blanks. Fillers, stutter, marks between the "
      "characters, sound and masks are only told where a phrase stands: see jinyu explain. Without operands reads standard input.",
      "显示对任何文本都做的字符变换：全半角、简繁、不可见字符、空格。语气词、口吃、字间标点、同音、遮盖要遇到短语才看得出，见 jinyu explain。不给文本时读标准输入。" },
    { "explain", "[TEXT]...", "why each rule did or did not fire", "说明每条规则为何命中或未命中", IDS(OPT_RULES, OPT_SEVERITY, OPT_SETTINGS),
      cmd_explain, "Without operands reads standard input.", "不给文本时读标准输入。" },
    { "stream", "", "judge live calls: JSON Lines in, findings out", "实时质检：输入 JSON Lines，逐条输出问题",
      IDS(OPT_RULES, OPT_SEVERITY, OPT_SPEAKER_MAP, OPT_PROVISIONAL, OPT_MAX_CALLS, OPT_IDLE, OPT_MIN_LEVEL, OPT_SHOW_TEXT, OPT_REDACT, OPT_UNIT, OPT_SETTINGS), cmd_stream,
      "One JSON object a line; many calls may be interleaved. Members: \"call\" (its id, required) and one or more of\n\n"
      "  \"turn\": {\"text\", \"speaker\": \"agent\"|\"customer\"|\"system\"|\"客服\"|…, \"id\", \"begin\", \"end\" (ms), \"partial\": true|false, "
      "\"confidence\": 0-100, \"channel\"}\n\n"
      "  \"event\": {\"kind\": \"ring\"|\"answer\"|\"hold-start\"|…, \"at\" (ms), \"speaker\"}\n\n"
      "  \"meta\": {\"agent\", \"customer\", \"team\", \"queue\", \"start\", \"direction\"}\n\n"
      "  \"tick\": ms (time has reached this), \"end\": true (the call is over; its id may be used anew)\n\n"
      "A turn with \"partial\": true is a hypothesis that the next turn with the same id replaces. Every finding is one line, written "
      "at once: {\"type\":\"finding\",\"call\",\"id\",\"state\":\"provisional\"|\"final\"|\"withdrawn\",\"kind\":\"wording\"|\"missing\"|\"limit\",\"pack\",\"rule\","
      "\"clause\",\"situation\",\"severity\",\"turn\",\"turn_id\",\"begin\",\"end\",\"text\",\"confidence\",\"score\",\"folds\",\"suggestions\"}; turn counts "
      "from 0, begin and end are in --unit. Where they are known: \"turn_end\" (the span ends in a later turn), \"at\" (ms), \"measured\" and \"bound\" "
      "(of a limit), \"required\" (the wording that is missing), with --show-text turn \"turn_text\". After \"end\" comes {\"type\":\"call\",\"call\",\"turns\",\"findings\",\"scores\",\"unchecked\",\"complete\"}, with \"why\": \"end\", "
      "\"idle\", \"max-calls\" or \"eof\". Labels of speakers are understood as `jinyu check` does (--speaker-map adds to them). Where turns of unknown speakers came, the call's end also has \"unknown_turns\", "
      "\"unknown_labels\" and \"speakers\": \"known\", or \"unknown\" when nobody is known to be the agent: it has no scores then. A line that is not understood is answered by {\"type\":\"error\",\"line\",\"message\"} and the rest goes on. "
      "The exit status is 0, or 3 when a line was not understood, a limit was reached or a call's speakers are unknown.",
      "每行一个 JSON 对象，多个通话可交错。成员：\"call\"（通话编号，必填）及下列之一或几项\n\n"
      "  \"turn\"：{\"text\", \"speaker\": \"agent\"|\"customer\"|\"system\"|\"客服\"|…, \"id\", \"begin\", \"end\"（毫秒）, \"partial\": true|false, \"confidence\": 0-100, \"channel\"}\n\n"
      "  \"event\"：{\"kind\": \"ring\"|\"answer\"|\"hold-start\"|…, \"at\"（毫秒）, \"speaker\"}\n\n"
      "  \"meta\"：{\"agent\", \"customer\", \"team\", \"queue\", \"start\", \"direction\"}\n\n"
      "  \"tick\"：毫秒（时间已到此刻）；\"end\"：true（通话结束，编号可再用）\n\n"
      "\"partial\": true 的话轮为暂定识别，由同 id 的下一话轮取代。每个问题一行，立即写出：{\"type\":\"finding\",\"call\",\"id\","
      "\"state\":\"provisional\"|\"final\"|\"withdrawn\",\"kind\":\"wording\"|\"missing\"|\"limit\",\"pack\",\"rule\",\"clause\",\"situation\",\"severity\","
      "\"turn\",\"turn_id\",\"begin\",\"end\",\"text\",\"confidence\",\"score\",\"folds\",\"suggestions\"}；turn 从 0 数，begin、end 单位见 --unit。"
      "知道时另有 \"turn_end\"（跨到后面的话轮）、\"at\"（毫秒）、\"measured\" 与 \"bound\"（超限时），\"required\"（缺失时，应说的话），--show-text turn 时有 \"turn_text\"。通话结束后输出 {\"type\":\"call\",\"call\",\"turns\",\"findings\","
      "\"scores\",\"unchecked\",\"complete\"}，\"why\" 为 \"end\"、\"idle\"、\"max-calls\" 或 \"eof\"。说话人标签的认法与 jinyu check 相同（--speaker-map 可补充）。有说话人未知的话轮时，通话结束行另有 \"unknown_turns\"、\"unknown_labels\" 及 \"speakers\"：\"known\"，或 \"unknown\"（不知谁是客服，此时没有评分）。"
      "看不懂的行以 {\"type\":\"error\",\"line\",\"message\"} "
      "回答，其余照常。退出码为 0；有看不懂的行、达到限制或通话说话人未知时为 3。" },
    { "eval", "LABELS.jsonl...", "precision and recall of the rules on labelled texts", "用标注数据计算规则的精确率与召回率",
      IDS(OPT_RULES, OPT_SEVERITY, OPT_TABLE_FORMAT, OPT_SAMPLES, OPT_LABEL_UNIT, OPT_REDACT, OPT_SETTINGS), cmd_eval,
      "One JSON object a line: {\"id\", \"text\" or \"turns\": [{\"speaker\",\"text\"}], \"role\": \"agent\"|\"customer\" (whose \"text\" is; default agent), "
      "\"labels\": [{\"rule\" or \"clause\", \"begin\", \"end\", \"turn\" (from 0), \"turn_end\"}], \"variant\", \"whole\"}. Empty labels mean clean. begin and end count code points "
      "of the text unless --unit says otherwise; a label without them is the whole turn, one without turn and span the whole call. A label counts "
      "as found when a finding of that rule, or of a rule with that clause, overlaps it; a finding is right when a label of its rule or clause overlaps it. "
      "What was not said or done is only counted where \"whole\": true says that all of a call is given, or a label names it. "
      "Three views are printed: by rule or clause, by span alone (any rule), and by text (found anything / should have).",
      "每行一个 JSON 对象：{\"id\", \"text\" 或 \"turns\": [{\"speaker\",\"text\"}], \"role\": \"agent\"|\"customer\"（\"text\" 是谁说的，默认 agent）, "
      "\"labels\": [{\"rule\" 或 \"clause\", \"begin\", \"end\", \"turn\"（从 0 数）, \"turn_end\"}], \"variant\", \"whole\"}。labels 为空表示无问题。begin、end 按码点计（--unit 可改）；"
      "不写则为整个话轮，连 turn 也不写则为整通。同规则或同条款的问题与标注重叠，即算找到；反之问题与同规则或同条款的标注重叠，即算正确。"
      "该说未说、该做未做之类只在 \"whole\": true（给出整通）或标注点名时计入。输出三种口径：按规则或条款、只看位置（不论规则）、按整条文本。" },
    { "formats", "", "list the formats read and written", "列出可读写的格式", (const opt_id[]){ OPT_COMMON }, cmd_formats, NULL, NULL },
    { "version", "", "show the version and what the library stands on", "显示版本及所用组件", (const opt_id[]){ OPT_COMMON }, cmd_version, NULL, NULL },
    { "completions", "bash|zsh|fish", "print completions for a shell", "输出 shell 补全脚本", (const opt_id[]){ OPT_COMMON }, cmd_completions, NULL, NULL },
    { "man", "", "print the man page (roff)", "输出手册页（roff）", (const opt_id[]){ OPT_COMMON }, cmd_man, NULL, NULL },
};

const cli_command *command_table(size_t *count_out)
{
    *count_out = COUNT(commands);
    return commands;
}
