/* rules — every diagnostic of the loader, once: name, frozen number, severity, English, Chinese. Numbers are never changed and
 * never reused; rules/FORMAT.md lists them and a test compares. {0}..{3} are filled by jy__rules_say().
 *   10xx the file and its YAML   11xx keys and values   12xx phrases and wordings   13xx expressions   14xx when, where, limit
 *   15xx rules                   16xx tests             17xx lists, pack, scorecard */
#ifndef JY_RULES_MESSAGES_H
#define JY_RULES_MESSAGES_H

#define JY__RULES_MESSAGES(X) \
    X(FILE_EMPTY, 1000, ERROR, "the file is empty; a rule file begins with 'jinyu: 1' and has 'rules:'", \
      "文件是空的；规则文件以「jinyu: 1」开头，并有「rules:」") \
    X(FILE_COMMENTS, 1001, ERROR, "the file holds nothing but comments or blanks; a rule file begins with 'jinyu: 1' and has 'rules:'", \
      "文件里只有注释或空白；规则文件以「jinyu: 1」开头，并有「rules:」") \
    X(FILE_BINARY, 1002, ERROR, "this is a binary file (it holds NUL bytes), not a rule file; rules are plain text in UTF-8", \
      "这是二进制文件（含有 NUL 字节），不是规则文件；规则应是 UTF-8 纯文本") \
    X(FILE_UTF16, 1003, ERROR, "the file is {0}; save it as UTF-8", "文件编码是 {0}；请另存为 UTF-8") \
    X(FILE_UTF8, 1004, ERROR, "a byte stands here that is not UTF-8 (the file may have been saved as GBK or ANSI); save it as UTF-8", \
      "此处的字节不是 UTF-8（文件可能存成了 GBK 或 ANSI）；请另存为 UTF-8") \
    X(FILE_CONTROL, 1005, ERROR, "the control character {0} stands here; delete it", "此处有控制字符 {0}；请删除") \
    X(YAML_TAB, 1010, ERROR, "a tab stands here; indent with blanks only, two for each level", \
      "此处有制表符（Tab）；缩进只能用空格，每层两个") \
    X(YAML_QUOTE, 1011, ERROR, "the quotation mark that opens here is never closed; add the closing {0}", \
      "此处的引号没有收尾；请补上 {0}") \
    X(YAML_BRACKET, 1012, ERROR, "the {0} that opens in line {1} is not closed or lacks a comma before this place; close it with {2}, and put " \
      "texts that hold { } [ ] or , in quotation marks", \
      "第 {1} 行的 {0} 到这里还没有收尾，或者少了逗号；请用 {2} 收尾，含有 { } [ ] 或半角逗号的文字要加引号") \
    X(YAML_COLON, 1013, ERROR, "a second ':' stands here, or the line before is indented wrongly; put a text that holds ': ' in quotation " \
      "marks, and let keys of one level begin in the same column", \
      "此处多了一个冒号，或上一行缩进有误；含有「: 」的文字要加引号，同一层的键要对齐") \
    X(YAML_NO_COLON, 1014, ERROR, "this line has no ': ' (an ASCII colon and a blank) behind its key", \
      "这一行的键后面缺少「: 」（半角冒号加空格）") \
    X(YAML_INDENT, 1015, ERROR, "this line is indented unlike the lines it belongs to; keys and items of one level begin in the same column", \
      "这一行的缩进与同层其他行不一致；同一层的键和列表项要对齐") \
    X(YAML_AFTER_QUOTE, 1016, ERROR, "a text goes on behind its closing {0}; put the whole text in quotation marks, and write a quotation " \
      "mark inside it twice ('')", "文字在 {0} 之后还有内容；请把整段文字放进引号，文字里的单引号写两次（''）") \
    X(YAML_START, 1017, ERROR, "a text cannot begin with {0}; put it in quotation marks", "文字不能以 {0} 开头；请给这段文字加引号") \
    X(YAML_ESCAPE, 1018, ERROR, "in double quotation marks '\\' has a meaning of its own; use single quotation marks", \
      "双引号里的「\\」另有含义；请改用单引号") \
    X(YAML_DASH, 1019, ERROR, "a list item '- ' cannot stand here; put it on a line of its own", "列表项「- 」不能写在这里；请另起一行") \
    X(YAML_ANCHOR, 1020, ERROR, "anchors and aliases (&name, *name) are not allowed; write the text out, in quotation marks when it " \
      "begins with & or *", "不允许使用锚点和别名（&名字、*名字）；请直接写出内容，文字以 & 或 * 开头时要加引号") \
    X(YAML_MERGE, 1021, ERROR, "the merge key '<<' is not allowed; write the keys out", "不允许使用合并键「<<」；请直接写出各个键") \
    X(YAML_DOCUMENTS, 1022, ERROR, "a second document begins here ('---' or '...'); one file holds one document", \
      "此处开始了第二个文档（「---」或「...」）；一个文件只能有一个文档") \
    X(YAML_TAG, 1023, ERROR, "a tag ('!') is not allowed; put a text that begins with '!' in quotation marks", \
      "不允许使用标签（「!」）；文字以半角「!」开头时要加引号") \
    X(YAML_DEEP, 1024, ERROR, "nested deeper than {0} levels", "嵌套超过 {0} 层") \
    X(YAML_KEY_KIND, 1025, ERROR, "a key must be a text", "键必须是文字") \
    X(YAML_DUPLICATE, 1026, ERROR, "the key '{0}' stands here a second time (first in line {1}); join the two", \
      "键「{0}」重复（第一次在第 {1} 行）；请合并") \
    X(YAML_DIRECTIVE, 1027, ERROR, "a line cannot begin with '%'; put the text in quotation marks", "行首不能是「%」；请给文字加引号") \
    X(YAML_CLOSER, 1028, ERROR, "a closing {0} without its opening one; delete it, or put the text in quotation marks", \
      "多出一个 {0}；请删除，或给文字加引号") \
    X(YAML_OTHER, 1029, ERROR, "this is not valid YAML: {0}", "YAML 语法错误：{0}") \
    X(FORMAT_MISSING, 1030, ERROR, "'jinyu' is missing; the first line of a rule file is 'jinyu: 1'", \
      "缺少「jinyu」；规则文件的第一行应为「jinyu: 1」") \
    X(FORMAT_NEWER, 1031, ERROR, "this file is of rule format {0}, newer than format {1} that this jinyu reads; update jinyu", \
      "此文件的规则格式是 {0}，比本版 jinyu 能读的格式 {1} 新；请升级 jinyu") \
    X(FORMAT_NUMBER, 1032, ERROR, "'jinyu' is the number of the rule format, 1; found {0}", "「jinyu」是规则格式的版本号，应为 1；这里是{0}") \
    X(YAML_COMMA, 1033, WARNING, "this comma begins a new item; put the text in quotation marks if it is one text, else write a blank behind the comma", \
      "这个半角逗号把文字分成了两项；如果是一段文字请加引号，否则请在逗号后加空格") \
    X(YAML_NOTHING, 1034, ERROR, "something is missing here: a text between two commas, or the end of a list or of keys and values that was opened " \
      "before", "此处缺少内容：两个逗号之间没有文字，或前面打开的括号没有收尾") \
    X(YAML_COMMA_WIDE, 1035, WARNING, "this list holds one text, with '{0}' in it; write ', ' (an ASCII comma and a blank) between items, or put the text " \
      "in quotation marks", "方括号里只有一项，「{0}」算作文字；多项之间请用「, 」（半角逗号加空格），确是一段文字请加引号") \
    X(TOO_MANY, 1039, ERROR, "more than {0} errors; the rest is not shown", "错误超过 {0} 个，其余不再列出") \
    X(KEY_UNKNOWN, 1100, ERROR, "'{0}' is not a key of {1}; known are {2}", "「{0}」不是{1}的键；可用的有 {2}") \
    X(KEY_NEAREST, 1101, ERROR, "'{0}' is not a key of {1}; did you mean '{2}'?", "「{0}」不是{1}的键；是否想写「{2}」？") \
    X(KEY_MISSING, 1102, ERROR, "{0} needs the key '{1}'", "{0}缺少键「{1}」") \
    X(KEY_NONE_OF, 1103, ERROR, "{0} needs one of {1}", "{0}要有 {1} 中的一个") \
    X(KEY_MORE_OF, 1104, ERROR, "{0} may have only one of {1}; '{2}' stands beside '{3}'", "{0}只能有 {1} 中的一个；「{2}」与「{3}」不能并用") \
    X(KEY_UNFIT, 1105, ERROR, "'{0}' has no meaning beside '{1}'; delete it", "「{0}」与「{1}」一起没有意义；请删除") \
    X(KEY_COLON, 1106, ERROR, "'{0}' has a full-width colon, or no blank behind its colon; write ': ' (an ASCII colon and a blank)", \
      "「{0}」用了全角冒号，或冒号后少了空格；请写「: 」（半角冒号加空格）") \
    X(KEY_TEXT, 1107, ERROR, "'{0}' is read as a key; a text that holds ': ' must be put in quotation marks", \
      "「{0}」被读成了键；含有「: 」的文字要加引号") \
    X(KEY_UNFIT_ALONE, 1108, ERROR, "'{0}' has no meaning without '{1}'; add it, or delete '{0}'", "没有「{1}」时「{0}」没有意义；请补上「{1}」，或删除「{0}」") \
    X(KEY_INSIDE, 1109, ERROR, "'{0}' is not a key of {1}, but of a phrase: write it inside 'forbid', like forbid: {{0}: …}", "「{0}」不是{1}的键，是短语的键；请写进「forbid」里面，如 forbid: {{0}: …}") \
    X(WANT_TEXT, 1110, ERROR, "'{0}' must be a text, found {1}", "「{0}」应为文字，这里是{1}") \
    X(WANT_TEXTS, 1111, ERROR, "'{0}' must be a text or a list of texts, found {1}", "「{0}」应为文字或文字列表，这里是{1}") \
    X(WANT_LIST, 1112, ERROR, "'{0}' must be a list (each item behind '- ', or [a, b]), found {1}", \
      "「{0}」应为列表（每项以「- 」开头，或写成 [甲, 乙]），这里是{1}") \
    X(WANT_MAP, 1113, ERROR, "'{0}' must be keys and values ('key: value'), found {1}", "「{0}」应为键值（「键: 值」），这里是{1}") \
    X(WANT_BOOL, 1114, ERROR, "'{0}' must be yes or no, found {1}", "「{0}」应为 yes 或 no，这里是{1}") \
    X(WANT_NUMBER, 1115, ERROR, "'{0}' must be a whole number from {1} to {2}, found {3}", "「{0}」应为 {1} 到 {2} 的整数，这里是{3}") \
    X(WANT_DATE, 1116, ERROR, "'{0}' must be a day like 2024-05-31, found {1}", "「{0}」应为日期，如 2024-05-31，这里是{1}") \
    X(WANT_TIME, 1117, ERROR, "'{0}' must be a length of time like 500ms, 1.5s or 2min, found {1}", \
      "「{0}」应为时长，如 500ms、1.5s、2min，这里是{1}") \
    X(WANT_CHOICE, 1118, ERROR, "'{0}' must be one of {1}, found {2}", "「{0}」应为 {1} 之一，这里是{2}") \
    X(WANT_NEAREST, 1119, ERROR, "'{0}' must be one of {1}, found {2}; did you mean '{3}'?", "「{0}」应为 {1} 之一，这里是{2}；是否想写「{3}」？") \
    X(WANT_SOME, 1120, ERROR, "'{0}' is empty; fill it in or delete it", "「{0}」是空的；请填写或删除") \
    X(WANT_DECIMAL, 1121, ERROR, "'{0}' must be a number from {1} to {2}, found {3}", "「{0}」应为 {1} 到 {2} 的数，这里是{3}") \
    X(PHRASE_OPEN, 1201, ERROR, "the '(' that opens here is never closed; add ')' or write '\\('", "此处的「(」没有收尾；请补上「)」，或写成「\\(」") \
    X(PHRASE_CLOSE, 1202, ERROR, "a ')' without its '('; delete it or write '\\)'", "多出一个「)」；请删除，或写成「\\)」") \
    X(PHRASE_BRANCH, 1203, ERROR, "nothing stands beside '|' or in '( )'; for a part that may be missing write '(…)?'", \
      "「|」旁或「( )」里没有内容；可有可无的部分请写成「(…)?」") \
    X(PHRASE_BAR, 1204, ERROR, "'|' stands outside of '( )'; write '(a|b)', or '\\|' for the character", "「|」不在「( )」里；请写成「(甲|乙)」，要这个字符则写「\\|」") \
    X(PHRASE_BRACE, 1205, ERROR, "the '{' that opens here is never closed; write '{name}' for a list, or '\\{' for the character", \
      "此处的「{」没有收尾；引用列表请写「{名字}」，要这个字符则写「\\{」") \
    X(PHRASE_BRACE_END, 1206, ERROR, "a '}' without its '{'; delete it or write '\\}'", "多出一个「}」；请删除，或写成「\\}」") \
    X(PHRASE_LIST, 1207, ERROR, "there is no list '{0}'; lists are written under 'lists:'", "没有名为「{0}」的列表；列表写在「lists:」下") \
    X(PHRASE_LIST_NEAREST, 1208, ERROR, "there is no list '{0}'; did you mean '{1}'?", "没有名为「{0}」的列表；是否想写「{1}」？") \
    X(PHRASE_NAME, 1209, ERROR, "'{{0}}' is not a name; names have letters, digits, - and _ and do not begin with a digit", \
      "「{{0}}」不是名字；名字由文字、数字、- 和 _ 组成，不以数字开头") \
    X(PHRASE_GAP_EDGE, 1210, ERROR, "a gap at the beginning or end of a phrase has no effect; delete it, or write '\\*' for the character", \
      "短语开头或结尾的间隔没有作用；请删除，要「*」这个字符则写「\\*」") \
    X(PHRASE_GAP_TWICE, 1211, ERROR, "two gaps side by side; write one, like '*{0,20}', or '\\*' for the character", \
      "两个间隔连在一起；请写成一个，如「*{0,20}」，要「*」这个字符则写「\\*」") \
    X(PHRASE_GAP_BOUNDS, 1212, ERROR, "a gap is '*' or '*{least,most}' with 0 <= least <= most and 1 <= most <= {0}", \
      "间隔写成「*」或「*{最少,最多}」，且 0 ≤ 最少 ≤ 最多，1 ≤ 最多 ≤ {0}") \
    X(PHRASE_CAN_BE_EMPTY, 1213, ERROR, "every part of this phrase may be missing, so that it would match everywhere; let one part stand for sure", \
      "这个短语的每一部分都可有可无；请至少留一部分必须出现") \
    X(PHRASE_MARKS, 1214, ERROR, "this phrase can consist of punctuation alone; it needs a letter, digit or character", \
      "这个短语可能只剩标点；必须有文字或数字") \
    X(PHRASE_BACKSLASH, 1215, ERROR, "'\\' at the end has nothing to escape; write '\\\\' for the character", "末尾的「\\」后面没有字符；要这个字符请写「\\\\」") \
    X(PHRASE_LONG, 1216, ERROR, "the text has {0} bytes, more than the limit of {1}", "文字有 {0} 字节，超过上限 {1}") \
    X(PHRASE_LINES, 1217, ERROR, "a phrase cannot go over a line's end: nothing matches across lines", "短语不能换行：匹配不会跨行") \
    X(PHRASE_DEEP, 1218, ERROR, "groups or lists nested deeper than {0} levels", "分组或列表嵌套超过 {0} 层") \
    X(PHRASE_QUOTE, 1219, ERROR, "a phrase that begins with '{' must be put in quotation marks: '{{0}}…'", \
      "以「{」开头的短语要加引号：'{{0}}…'") \
    X(SLOT_BRACE, 1220, ERROR, "the '{' that opens here is never closed; a slot is written '{name}'", "此处的「{」没有收尾；空位请写成「{名字}」") \
    X(SLOT_ONLY, 1221, ERROR, "a wording of slots alone would approve everything; it needs words", "用语不能只有空位；必须有文字") \
    X(EXPR_NOT, 1301, ERROR, "'not' is allowed inside 'all' only, beside something that must be there", \
      "「not」只能写在「all」里，与必须出现的内容并列") \
    X(EXPR_ALL_NOT, 1302, ERROR, "'all' needs something besides 'not'", "「all」里除了「not」还要有必须出现的内容") \
    X(EXPR_NEAR_FEW, 1303, ERROR, "'near' needs at least two under 'of'", "「near」的「of」至少要有两项") \
    X(EXPR_NEAR_KIND, 1304, ERROR, "'near' takes phrases, patterns and 'any' of them only", "「near」里只能是短语、正则或它们的「any」") \
    X(EXPR_LONE, 1305, ERROR, "'{0}' of one has no effect; write the one thing alone", "只有一项的「{0}」没有作用；请直接写那一项") \
    X(EXPR_WITH, 1306, ERROR, "'with' goes with 'whole: clause', 'clause-end', 'sentence' or 'turn' only; add it, or delete 'with'", \
      "「with」只能与「whole: clause」、clause-end、sentence 或 turn 并用；请补上，或删除「with」") \
    X(EXPR_WITH_GAP, 1307, ERROR, "a word under 'with' cannot have a gap", "「with」里的字词不能有间隔") \
    X(EXPR_ECHO, 1308, ERROR, "'echo' says again what 'when' heard: it is allowed in 'require' only, alone or in a list", \
      "「echo」重复「when」听到的话：只能写在「require」里，单独或作为列表的一项") \
    X(EXPR_ECHO_WHEN, 1309, ERROR, "'echo' needs a 'when' that hears words", "「echo」需要听到话语的「when」") \
    X(EXPR_ALL_SELF, 1310, ERROR, "'all' asks for '{0}' and forbids it: it never holds", "「all」既要求「{0}」又排除它：永远不成立") \
    X(EXPR_ECHO_WHERE, 1311, WARNING, "'echo' says again what 'when' heard, and before that nothing was: in '{0}' it is never there; write turn, " \
      "next 2 turns of agent or next 30s", \
      "「echo」重复「when」听到的话，而在那之前还没有听到：在「{0}」里永远不会有；请写 turn、next 2 turns of agent 或 next 30s") \
    X(WHERE_UNKNOWN, 1400, ERROR, "'{0}' is no window; write turn, call, next 2 turns of agent, previous 1 turn, first 3 turns, last 3 turns, " \
      "next 30s, previous 30s, first 10s or last 30s", \
      "「{0}」不是范围；可写 turn、call、next 2 turns of agent、previous 1 turn、first 3 turns、last 3 turns、next 30s、previous 30s、first 10s、last 30s") \
    X(WHERE_NEEDS_WHEN, 1401, ERROR, "'{0}' counts from an anchor; the rule needs 'when'", "「{0}」要从锚点算起；规则需要「when」") \
    X(WHERE_ZERO, 1402, ERROR, "a window of nothing can never hold anything", "范围为零，永远不会成立") \
    X(LIMIT_ZERO, 1403, ERROR, "'{0}' must be more than zero", "「{0}」必须大于零") \
    X(LIMIT_RATE, 1404, ERROR, "'rate' must be characters a minute like 300/min, found {0}", "「rate」应为每分钟字数，如 300/min，这里是{0}") \
    X(LIMIT_TURNS, 1405, ERROR, "'{0}' must be a number of turns like '5 turns', found {1}", "「{0}」应为轮数，如「5 turns」，这里是{1}") \
    X(LIMIT_REPEAT, 1407, ERROR, "{0} alike turns never fit inside {1} turns; let 'within' be {0} turns or more", \
      "{1} 轮之内不可能有 {0} 次；「within」至少写 {0} turns") \
    X(WHERE_UNLESS, 1408, ERROR, "'unless' looks back only: 'unless-where' is turn, previous N turns [of agent|customer|any] or call, found '{0}'", \
      "「unless」只往回看：「unless-where」可写 turn、previous N turns [of agent|customer|any] 或 call，这里是「{0}」") \
    X(RULE_ID, 1500, ERROR, "'{0}' is not an id; ids have letters, digits, '-', '_' and '.', at most {1} bytes", \
      "「{0}」不能作编号；编号由文字、数字、-、_ 和 . 组成，最多 {1} 字节") \
    X(RULE_DUPLICATE, 1501, ERROR, "the id '{0}' is taken by the rule in line {1}; every rule needs an id of its own", \
      "编号「{0}」已被第 {1} 行的规则使用；每条规则的编号不能相同") \
    X(RULE_DATES, 1502, ERROR, "'until' ({0}) is before 'from' ({1}): the rule would never hold", "「until」（{0}）早于「from」（{1}）：规则永远不会生效") \
    X(RULE_SCORE, 1503, ERROR, "'score' is taken off, so it is 0 or negative: write -{0}", "「score」是扣分，应为 0 或负数：请写 -{0}") \
    X(RULE_REPLACE, 1504, ERROR, "'replace' needs something that was said: it goes with 'forbid' only", "「replace」替换说出的话，只能与「forbid」并用") \
    X(RULE_EXCEPT, 1505, ERROR, "'except' needs wording: it does not go with 'limit'", "「except」针对用语，不能与「limit」并用") \
    X(RULE_SAME, 1506, ERROR, "'{0}' forbids and excepts the same phrase: it can never be found", "「{0}」既在 forbid 又在 except 里：永远不会命中") \
    X(RULE_LIST_ITEM, 1507, ERROR, "a rule is a list item with keys, like '- forbid: …', found {0}", "规则是带键的列表项，如「- forbid: …」，这里是{0}") \
    X(RULE_HANGUP, 1508, ERROR, "'speaker' of a 'hangup' limit is who must not hang up; write it there only", \
      "「hangup」已说明谁不得先挂机；不要再写「speaker」") \
    X(TEST_ITEM, 1600, ERROR, "a test is a text or a list of turns like [客服: 您好, 客户: 喂], found {0}", \
      "用例应为文字，或由各轮组成的列表，如 [客服: 您好, 客户: 喂]，这里是{0}") \
    X(TEST_TURN, 1601, ERROR, "a turn is 'speaker: text' or 'event: name'; with times it stands in braces, {agent: hello, at: 5s}; found {0}", \
      "每轮应为「说话人: 内容」或「event: 名称」；要写时间就放在大括号里，如 {客服: 您好, at: 5s}；这里是{0}") \
    X(TEST_LABEL, 1602, ERROR, "'{0}' is not a speaker; write agent (客服) or customer (客户)", "「{0}」不是说话人；请写 客服（agent）或 客户（customer）") \
    X(TEST_ORDER, 1603, ERROR, "the times of a dialogue must not run backwards", "对话的时间不能倒退") \
    X(TEST_BOTH, 1604, ERROR, "'{0}' stands under bad and under good", "「{0}」既在 bad 又在 good 里") \
    X(TEST_SAME, 1605, ERROR, "'from' and 'to' are the same: nothing is fixed", "「from」与「to」相同：没有修改") \
    X(TEST_FIX, 1606, ERROR, "'fix' tests need 'replace': without it nothing is fixed", "「fix」用例需要「replace」：没有它就不会修改") \
    X(LIST_CYCLE, 1700, ERROR, "the list '{0}' holds itself", "列表「{0}」包含了自己") \
    X(LIST_UNUSED, 1701, WARNING, "the list '{0}' is never used", "列表「{0}」没有用到") \
    X(LIST_NAME, 1702, ERROR, "'{0}' is not a list's name; names have letters, digits, - and _ and do not begin with a digit", \
      "「{0}」不能作列表名；名字由文字、数字、- 和 _ 组成，不以数字开头") \
    X(SCORECARD_ORDER, 1703, ERROR, "a scorecard needs floor <= pass <= start, found {0}, {1}, {2}", "评分表要求 floor ≤ pass ≤ start，这里是 {0}、{1}、{2}") \
    X(PACK_NAME, 1704, ERROR, "'{0}' is not a pack's name; names have letters, digits, '-', '_' and '.', at most {1} bytes", \
      "「{0}」不能作规则包名；名字由文字、数字、-、_ 和 . 组成，最多 {1} 字节") \
    X(PACK_NOTHING, 1705, ERROR, "the file has neither 'rules' nor 'approved'", "文件里既没有「rules」也没有「approved」") \
    X(FILE_NO_KEYS, 1706, ERROR, "a rule file is keys and values; begin with 'jinyu: 1', and write the rules as a list under 'rules:'", \
      "规则文件由键值组成；请以「jinyu: 1」开头，把规则写成「rules:」下的列表")

enum {
#define JY__RULES_CODE(name, code, severity, english, chinese) JY__RULES_##name = code,
    JY__RULES_MESSAGES(JY__RULES_CODE)
#undef JY__RULES_CODE
    JY__RULES_CODES_END = 2000
};

#endif
