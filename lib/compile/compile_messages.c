/* What this floor says, in both languages. Codes are frozen; rules/FORMAT.md lists them. */
#include "compile/compile.h"

static const jy__message messages[] = {
    { JY__DIAG_FILE, JY_ERROR, "cannot read {0}: {1}", "无法读取 {0}：{2}" },
    { JY__DIAG_FOLDER_EMPTY, JY_ERROR, "no rule file (*.yaml, *.yml) in folder {0}", "文件夹 {0} 里没有规则文件（*.yaml、*.yml）" },
    { JY__DIAG_TOO_MANY_RULES, JY_ERROR, "too many rules: raise the setting max-rules or split the rule set", "规则过多：请调高 max-rules 设置，或拆分规则" },
    { JY__DIAG_DUPLICATE, JY_ERROR, "rule id {0} is already used at {1}:{2}; give this rule another id",
      "规则编号 {0} 已在 {1}:{2} 使用；请给这条规则换一个编号" },
    { JY__DIAG_EXPANSION, JY_ERROR, "phrase {0} stands for too many forms: use fewer groups, or raise the setting max-expansion",
      "短语 {0} 展开后的写法过多：请减少分组，或调高 max-expansion 设置" },
    { JY__DIAG_NO_SYMBOLS, JY_ERROR, "phrase {0} has only marks and blanks, so it can never match; write at least one letter, digit or character",
      "短语 {0} 只有标点和空白，永远不会命中；请至少写一个字、字母或数字" },
    { JY__DIAG_REGEX, JY_ERROR, "pattern {0} cannot be used: {1} (noticed behind its character {2})", "正则 {0} 无法使用：{3}（读到第 {2} 个字符时发现）" },
    { JY__DIAG_NO_BUILTIN, JY_ERROR, "there is no built-in pack {0}; built in are: {1}", "没有内置规则包 {0}；内置的有：{1}" },
    { JY__DIAG_NO_RULES, JY_ERROR, "no rules were given: add a rule file or a built-in pack", "没有任何规则：请指定规则文件或内置规则包" },
    { JY__DIAG_SCORECARD, JY_ERROR, "pack {0} has a scorecard in another file already; keep one", "规则包 {0} 在另一个文件里已有评分表；请只保留一个" },
    { JY__DIAG_TOO_LONG, JY_ERROR, "a form of phrase {0} is longer than {1} characters: cut it, or put a gap (*) into it",
      "短语 {0} 的一种写法超过 {1} 个字：请缩短，或在中间加间隔（*）" },
    { JY__DIAG_REGEX_EMPTY, JY_ERROR, "pattern {0} also matches nothing at all, so it would match everywhere; let one part of it stand for sure",
      "正则 {0} 连空文本也会命中，处处都算；请至少留一部分必须出现" },
    { JY__DIAG_TWICE, JY_ERROR, "this file was read already, as {0}; give it once", "这个文件已经读过（即 {0}）；同一个文件请只给一次" },
};

void jy__compile_message(jy_compiler *compiler, int code, jy_str source, jy_str rule, jy__pos pos, const jy_str *args, size_t arg_count)
{
    for (size_t i = 0; i < JY__COUNT(messages); i++)
        if (messages[i].code == code)
            jy__diags_add(&compiler->diags, &messages[i], source, rule, pos, args, arg_count);
}

const jy__message *jy__compile_message_at(size_t index)
{
    return index < JY__COUNT(messages) ? &messages[index] : NULL;
}
