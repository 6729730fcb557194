/* --help and the man page, both printed from the tables of commands and options. */
#include "cli.h"

#include <string.h>

static const char *pick(int language, const char *english, const char *chinese)
{
    return language == JY_CHINESE ? chinese : english;
}

/* "  -r, --rules FILE" */
static void option_head(const option_row *row, FILE *to)
{
    if (row->letter)
        fprintf(to, "  -%c, ", row->letter);
    else
        fputs("      ", to);
    fprintf(to, "--%s%s%s\n", row->name, row->metavar ? " " : "", row->metavar ? row->metavar : "");
}

static void exit_lines(int language, FILE *to)
{
    fputs(pick(language,
               "Exit status: 0 clean, 1 findings, 2 wrong usage, rules or output, 3 finished but something was not judged.\n",
               "退出码：0 无问题，1 有问题，2 用法、规则或输出有误，3 已完成但有内容未能判断。\n"), to);
}

void help_command(const cli_command *command, int language, FILE *to)
{
    fprintf(to, "jinyu %s — %s\n\n", command->name, pick(language, command->english, command->chinese));
    fprintf(to, pick(language, "Usage: jinyu %s [OPTION]...%s%s\n\n", "用法：jinyu %s [选项]...%s%s\n\n"), command->name,
            *command->operands ? " " : "", command->operands);
    if (command->more_english)
        fprintf(to, "%s\n\n", pick(language, command->more_english, command->more_chinese));
    for (const opt_id *id = command->ids; *id != OPT_COUNT; id++) {
        const option_row *row = &option_table()[*id];
        option_head(row, to);
        fprintf(to, "          %s\n", option_help(row, language));
        if (row->choices)
            fprintf(to, "          %s\n", row->choices);
    }
    fputc('\n', to);
    exit_lines(language, to);
}

void help_list(const char *first, int language, FILE *to)
{
    size_t count, len = first ? strlen(first) : 0;
    const cli_command *commands = command_table(&count);
    for (size_t i = 0; i < count; i++)
        if (!len || (!strncmp(commands[i].name, first, len) && commands[i].name[len] == ' '))
            fprintf(to, "  jinyu %-13s %s\n", commands[i].name, pick(language, commands[i].english, commands[i].chinese));
}

void help_all(int language, FILE *to)
{
    fputs(pick(language, "jinyu — hears what a call-centre agent must not say, and gives the words to say instead\n\n",
               "jinyu（禁语 → 金玉）— 找出客服不该说的话，给出该说的话\n\n"), to);
    help_list(NULL, language, to);
    fputs(pick(language, "\njinyu COMMAND --help says more; jinyu man prints the whole.\n", "\njinyu 命令 --help 查看详情；jinyu man 输出全文。\n"), to);
    exit_lines(language, to);
}

/* Text for roff: a backslash is doubled, a hyphen kept a hyphen, and no line begins with a dot or a quote. */
static void roff(const char *from, FILE *to)
{
    for (const char *at = from; *at; at++) {
        if (at == from || at[-1] == '\n') {
            while (*at == ' ')
                at++;
            if (*at == '.' || *at == '\'')
                fputs("\\&", to);
        }
        if (*at == '\\')
            fputs("\\e", to);
        else if (*at == '-')
            fputs("\\-", to);
        else if (*at == '\n' && at[1] == '\n')
            fputs("\n.PP", to);
        else
            fputc(*at, to);
    }
    fputc('\n', to);
}

static void man_heading(const char *english, const char *chinese, int language, FILE *to) { fprintf(to, ".SH %s\n", pick(language, english, chinese)); }

static void man_command(const cli_command *command, int language, FILE *to)
{
    fputs(".SS jinyu ", to);
    roff(command->name, to);
    fputs(".PP\n\\fBjinyu ", to);
    fprintf(to, "%s\\fR [\\fI%s\\fR]... %s\n.PP\n", command->name, pick(language, "option", "选项"), command->operands);
    roff(pick(language, command->english, command->chinese), to);
    if (command->more_english) {
        fputs(".PP\n", to);
        roff(pick(language, command->more_english, command->more_chinese), to);
    }
    fprintf(to, ".PP\n%s", pick(language, "Options:", "选项："));
    for (const opt_id *id = command->ids; *id != OPT_COUNT; id++)
        fprintf(to, " \\fB\\-\\-%s\\fR%s", option_table()[*id].name, id[1] == OPT_COUNT ? ".\n" : ",");
}

static bool takes(const cli_command *command, const option_row *row)
{
    for (const opt_id *id = command->ids; *id != OPT_COUNT; id++)
        if (&option_table()[*id] == row)
            return true;
    return false;
}

/* Of options that have one name (--format), which commands this one belongs to. */
static void man_owners(const option_row *row, int language, FILE *to)
{
    size_t count, alike = 0;
    const cli_command *commands = command_table(&count);
    const char *between = pick(language, "Of jinyu ", "用于 jinyu ");
    for (size_t i = 0; i < OPT_COUNT; i++)
        alike += !strcmp(option_table()[i].name, row->name);
    if (alike < 2)
        return;
    fputs(".br\n", to);
    for (size_t i = 0; i < count; i++)
        if (takes(&commands[i], row)) {
            fprintf(to, "%s%s", between, commands[i].name);
            between = pick(language, ", ", "、");
        }
    fputs(pick(language, ".\n", "。\n"), to);
}

static void man_option(const option_row *row, int language, FILE *to)
{
    fputs(".TP\n", to);
    if (row->letter)
        fprintf(to, "\\fB\\-%c\\fR, ", row->letter);
    fputs("\\fB\\-\\-", to);
    for (const char *at = row->name; *at; at++)
        fprintf(to, *at == '-' ? "\\-" : "%c", *at);
    fprintf(to, "\\fR%s%s%s\n", row->metavar ? " \\fI" : "", row->metavar ? row->metavar : "", row->metavar ? "\\fR" : "");
    roff(option_help(row, language), to);
    if (row->choices) {
        fputs(".br\n", to);
        roff(row->choices, to);
    }
    man_owners(row, language, to);
}

static void man_end(int language, FILE *to)
{
    man_heading("EXIT STATUS", "退出码", language, to);
    exit_lines(language, to);
    man_heading("FILES", "文件", language, to);
    fputs(".TP\njinyu.yaml\n", to);
    roff(pick(language,
              "Settings of the nearest folder upward from the working folder: any option marked \"In jinyu.yaml\" above, as name: value "
              "(a list where it may be repeated). The command line wins. Paths are relative to the file.",
              "从当前目录向上最近的配置：上文标有“可写入 jinyu.yaml”的选项，写作 名称: 值（可重复者为列表）。命令行优先。路径相对于该文件。"), to);
    fputs(".TP\n\\&.jinyuignore\n", to);
    roff(pick(language, "Patterns as in .gitignore, for the folder it lies in.", "写法同 .gitignore，对所在目录生效。"), to);
    man_heading("ENVIRONMENT", "环境变量", language, to);
    fputs(".TP\nLC_ALL, LC_MESSAGES, LANG\n", to);
    roff(pick(language, "Chinese messages when the first that is set begins with zh.", "首个已设置者以 zh 开头时使用中文。"), to);
    fputs(".TP\nNO_COLOR\n", to);
    roff(pick(language, "No colours when set and not empty.", "设置且非空时不用颜色。"), to);
}

void help_man(int language, FILE *to)
{
    size_t count;
    const cli_command *commands = command_table(&count);
    fprintf(to, ".TH JINYU 1 \"\" \"jinyu %s\"\n", jy_version_string());
    if (language == JY_CHINESE)
        fputs(".ad l\n", to); /* stretched blanks between Chinese words cannot be read */
    man_heading("NAME", "名称", language, to);
    roff(pick(language, "jinyu - find what a call-centre agent must not say, and the words to say instead", "jinyu - 找出客服不该说的话，给出该说的话"), to);
    man_heading("SYNOPSIS", "概要", language, to);
    fprintf(to, ".B jinyu\n\\fI%s\\fR [\\fI%s\\fR]... [\\fI%s\\fR]...\n", pick(language, "command", "命令"), pick(language, "option", "选项"),
            pick(language, "operand", "参数"));
    man_heading("COMMANDS", "命令", language, to);
    for (size_t i = 0; i < count; i++)
        man_command(&commands[i], language, to);
    man_heading("OPTIONS", "选项", language, to);
    for (size_t i = 0; i < OPT_COUNT; i++) {
        man_option(&option_table()[i], language, to);
        if (option_table()[i].flags & OPT_CONFIG)
            fprintf(to, ".br\n%s\n", pick(language, "In jinyu.yaml.", "可写入 jinyu.yaml。"));
    }
    man_end(language, to);
}
