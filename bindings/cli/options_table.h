/* The one table of options: parsing, --help, the man page and the completions are made from it. No include guard: read several times.
 * OPTION(id, name, letter, metavar (NULL: a switch), choices, flags, English, Chinese) */
OPTION(OPT_RULES, "rules", 'r', "FILE", NULL, OPT_REPEAT | OPT_CONFIG | OPT_FILE,
       "rule file or folder; may be repeated; builtin:NAME is a pack of the library (default: builtin:alarm-center)",
       "规则文件或目录，可重复；builtin:名称 为内置规则包（默认 builtin:alarm-center）")
OPTION(OPT_FORMAT, "format", 'f', "FORMAT", "text|jsonl|sarif|junit|rdjson|csv|html", OPT_CONFIG,
       "format of what is written (default: by the ending of -o, .html, .csv, .jsonl, .sarif or .xml, else text)",
       "输出格式（默认按 -o 的后缀：.html、.csv、.jsonl、.sarif、.xml，否则 text）")
OPTION(OPT_TABLE_FORMAT, "format", 'f', "FORMAT", "text|json", 0, "for people or for machines (default text)", "给人看或给程序读（默认 text）")
OPTION(OPT_INPUT_FORMAT, "input-format", 0, "FORMAT", NULL, OPT_CONFIG,
       "format of what is read, when the guess from the content is wrong; names: jinyu formats", "输入格式；自动识别有误时指定，名称见 jinyu formats")
OPTION(OPT_ENCODING, "encoding", 0, "NAME", NULL, OPT_CONFIG,
       "encoding of what is read, else told apart in this order: byte order mark, UTF-16, UTF-8, GB18030 (Big5 must be named)",
       "输入编码；默认依次判断：字节序标记、UTF-16、UTF-8、GB18030（含 GBK）；Big5 须指定")
OPTION(OPT_AGENT, "agent", 0, "WHO", NULL, OPT_CONFIG,
       "label, number or channel of the agent; auto: the one who speaks the opening greeting; all: everybody who is not known to be another",
       "客服的标签、编号或声道；auto：由说开场问候语者推定；all：凡未标明他人者（如只录客服一侧）")
OPTION(OPT_SPEAKER_MAP, "speaker-map", 0, "LABEL=ROLE", NULL, OPT_REPEAT | OPT_CONFIG,
       "a speaker label and its role (agent, customer, system); may be repeated", "说话人标签及其角色（agent、customer、system），可重复")
OPTION(OPT_MAX_RATIO, "max-ratio", 0, "N", NULL, OPT_CONFIG,
       "how many times its size a compressed input may expand (default 1000)", "压缩输入最多可解压到原大小的多少倍（默认 1000）")
OPTION(OPT_MAX_BYTES, "max-bytes", 0, "N", NULL, OPT_CONFIG,
       "how many bytes one input may have, decompressed (default 17179869184, 16 GiB)", "单个输入解压后最多多少字节（默认 17179869184，即 16 GiB）")
OPTION(OPT_MIN_LEVEL, "min-level", 0, "LEVEL", "info|warning|error|critical", OPT_CONFIG,
       "show findings from this severity on (default info)", "只显示该级别及以上的问题（默认 info）")
OPTION(OPT_FAIL_ON, "fail-on", 0, "LEVEL", "info|warning|error|critical|never", OPT_CONFIG,
       "findings from this severity on, shown or not, make the exit status 1 (default info)", "该级别及以上的问题（无论是否显示）使退出码为 1（默认 info）")
OPTION(OPT_SEVERITY, "severity", 0, "RULE=LEVEL", NULL, OPT_REPEAT | OPT_CONFIG,
       "how bad findings of a rule are: info, warning, error, critical, or off (not judged); RULE or PACK/RULE; may be repeated",
       "某条规则的级别：info、warning、error、critical，或 off（停用）；写 规则编号 或 规则包/规则编号，可重复")
OPTION(OPT_OUTPUT, "output", 'o', "FILE", NULL, OPT_FILE,
       "write to FILE, readable by you alone (0600), instead of standard output (-)", "写入文件（权限 0600）而非标准输出（-）")
OPTION(OPT_SHOW_TEXT, "show-text", 0, "HOW", "match|turn|none", OPT_CONFIG,
       "how much of a call's text machine formats carry (default match)", "机读格式带多少通话原文（默认 match）")
OPTION(OPT_REDACT, "redact", 0, NULL, NULL, OPT_CONFIG,
       "mask phone numbers, identity cards, bank cards, plates and e-mail in every output", "在所有输出中遮盖电话、身份证、银行卡、车牌与邮箱")
OPTION(OPT_AMBIGUOUS, "ambiguous-width", 0, "WIDTH", "narrow|wide", OPT_CONFIG,
       "columns of … “ ” — · under carets: wide as in Chinese terminals (default narrow)", "在命中处下方画 ^ 时，… “ ” — · 算几列：wide 两列，适合中文终端（默认 narrow）")
OPTION(OPT_UNIT, "unit", 0, "UNIT", "byte|codepoint|utf16", OPT_CONFIG,
       "unit of the spans in JSON Lines (default byte)", "JSON Lines 中起止位置的单位（默认 byte）")
OPTION(OPT_LABEL_UNIT, "unit", 0, "UNIT", "byte|codepoint|utf16", 0,
       "unit of begin and end in the labels (default codepoint)", "标注中 begin、end 的单位（默认 codepoint，即按字数）")
OPTION(OPT_JOBS, "jobs", 'j', "N", NULL, OPT_CONFIG, "threads (default: all cores); the output is the same", "线程数（默认全部核心）；输出不变")
OPTION(OPT_RESUME, "resume", 0, "FILE", NULL, OPT_FILE,
       "note finished inputs in FILE, and leave out those it names already; the output goes on, the exit status is that of the whole",
       "把已完成的输入记入文件，并跳过其中已有的；输出接着写，退出码反映整次运行")
OPTION(OPT_SINCE_BASELINE, "since-baseline", 0, "FILE", NULL, OPT_CONFIG | OPT_FILE,
       "show only findings that FILE does not know", "只显示基线文件中没有的问题")
OPTION(OPT_WRITE_BASELINE, "write-baseline", 0, "FILE", NULL, OPT_FILE,
       "write the fingerprints of all findings (no text) to FILE", "把所有问题的指纹（不含原文）写入文件")
OPTION(OPT_CONFIG_FILE, "config", 0, "FILE", NULL, OPT_FILE,
       "settings to read instead of the nearest jinyu.yaml upward from here", "指定配置文件，代替向上查找到的 jinyu.yaml")
OPTION(OPT_NO_CONFIG, "no-config", 0, NULL, NULL, 0, "read no jinyu.yaml", "不读 jinyu.yaml")
OPTION(OPT_DATE, "date", 0, "YYYY-MM-DD", NULL, OPT_CONFIG,
       "the day for rules with from/until (default today)", "判断规则有效期所用的日期（默认今天）")
OPTION(OPT_SET, "set", 0, "NAME=NUMBER", NULL, OPT_REPEAT | OPT_CONFIG,
       "a setting of the library, e.g. regex-match-limit=200000 (a wrong name is answered by the list); may be repeated", "库的设置，如 regex-match-limit=200000，可重复；名称不对时列出全部名称")
OPTION(OPT_WRITE, "write", 'w', NULL, NULL, 0,
       "change the files", "直接改写文件")
OPTION(OPT_DISGUISE, "disguise", 0, NULL, NULL, 0,
       "also disguise every phrase and test by each fold", "并把每个短语和用例按各种归一项目改写后再测")
OPTION(OPT_STANDARD, "standard", 0, NULL, NULL, 0,
       "list clause → rules → tests; exit 1 when a clause of the standard has none", "列出 条款 → 规则 → 用例；有条款没有规则或用例时，退出码为 1")
OPTION(OPT_SAMPLES, "samples", 0, "N", NULL, 0, "samples shown for each rule (default 5)", "每条规则显示的样例数（默认 5）")
OPTION(OPT_CHANGES, "samples", 0, "N", NULL, 0,
       "findings shown of those that go, and of those that come (default all)", "减少的、增加的各显示多少条（默认全部）")
OPTION(OPT_PROVISIONAL, "provisional", 0, NULL, NULL, 0,
       "also report findings that a later turn may withdraw", "同时报告可能被后续话轮撤回的暂定问题")
OPTION(OPT_MAX_CALLS, "max-calls", 0, "N", NULL, 0,
       "live calls kept at once; one more ends the call that has been quiet longest (default 10000)", "同时保留的通话数，超出时结束最久无动静的通话（默认 10000）")
OPTION(OPT_IDLE, "idle", 0, "SECONDS", NULL, 0,
       "end a call that has been quiet for so long (default 3600, 0: never)", "通话静默多久后视为结束（默认 3600 秒，0 为从不）")
OPTION(OPT_PROGRESS, "progress", 0, "WHEN", "auto|always|never", 0,
       "progress on standard error (default auto: on a terminal)", "在标准错误显示进度（默认 auto：仅终端）")
OPTION(OPT_COLOR, "color", 0, "WHEN", "auto|always|never", OPT_CONFIG,
       "colours (default auto: on a terminal, unless NO_COLOR is set)", "颜色（默认 auto：终端且未设 NO_COLOR）")
OPTION(OPT_QUIET, "quiet", 'q', NULL, NULL, 0, "no summary", "不显示汇总")
OPTION(OPT_LANG, "lang", 0, "LANGUAGE", "zh|en", OPT_CONFIG,
       "language of messages (default: from LC_ALL, LC_MESSAGES, LANG)", "消息语言（默认按 LC_ALL、LC_MESSAGES、LANG）")
OPTION(OPT_HELP, "help", 'h', NULL, NULL, 0, "this text", "显示本说明")
