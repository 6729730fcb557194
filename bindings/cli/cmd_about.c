/* The commands that speak of the program itself: version, formats, completions, man. */
#include "cli.h"

#include <string.h>

static int refuse_operands(const cli_options *options)
{
    if (!options->operand_count)
        return EXIT_CLEAN;
    say(options->language, W_EXTRA_OPERAND, options->command->name, options->operands[0], NULL);
    return EXIT_USAGE;
}

int cmd_version(cli_options *options)
{
    static const char *const parts[] = { "icu", "pcre2", "yaml", "json", "zlib", "zstd", "simd" };
    if (refuse_operands(options))
        return EXIT_USAGE;
    printf("jinyu %s\nrule-format %d..%d\n", jy_version_string(), JY_RULE_FORMAT_MIN, JY_RULE_FORMAT);
    for (size_t i = 0; i < COUNT(parts); i++)
        if (jy_backend(parts[i]))
            printf("%s %s\n", parts[i], jy_backend(parts[i]));
    return EXIT_CLEAN;
}

/* What people know a format by; a name that has no row here stands alone. */
static const struct { const char *name, *english, *chinese; } formats[] = {
    { "jsonl", "a JSON object a line: turns, whole calls, a finding", "每行一个 JSON 对象：话轮、整通电话；输出为逐条问题" },
    { "json", "JSON of any shape below, told by its content", "JSON，按内容识别为下列之一" },
    { "vtt", "WebVTT subtitles", "WebVTT 字幕" },
    { "srt", "SubRip subtitles", "SRT 字幕" },
    { "csv", "a table with a header; written for Excel", "带表头的表格；输出可用 Excel 打开" },
    { "tsv", "the same with tabs", "制表符分隔的表格" },
    { "labelled", "lines that begin with the speaker (客服:…)", "每行以说话人开头的文本（客服：…）" },
    { "text", "a script without speakers; written for people", "没有说话人的文本；输出给人看" },
    { "tickets", "quality check input (tickets[].dialogue[]), Aliyun's too", "质检输入（tickets[].dialogue[]），与阿里云质检相同" },
    { "turns", "an object with turns, dialogue or messages", "含 turns、dialogue 或 messages 的对象" },
    { "funasr", "FunASR", "FunASR（达摩院）" },
    { "aliyun", "Aliyun file transcription", "阿里云录音文件识别" },
    { "tencent", "Tencent Cloud recording recognition", "腾讯云录音文件识别" },
    { "iflytek", "iFlytek transcription", "讯飞语音转写" },
    { "huawei", "Huawei Cloud SIS", "华为云 SIS 录音识别" },
    { "volcengine", "Volcengine", "火山引擎语音识别" },
    { "contact-lens", "Amazon Contact Lens, Transcribe Call Analytics", "Amazon Contact Lens、Transcribe Call Analytics" },
    { "vcon", "IETF vCon", "IETF vCon" },
    { "docx", "Word document", "Word 文档" },
    { "xlsx", "Excel workbook, all sheets", "Excel 工作簿（全部工作表）" },
    { "sarif", "SARIF 2.1.0, for code hosts and IDEs", "SARIF 2.1.0，供代码平台与 IDE" },
    { "junit", "JUnit XML, for CI servers", "JUnit XML，供 CI" },
    { "rdjson", "reviewdog", "reviewdog" },
    { "html", "one page for a supervisor", "一个网页，供主管查看" },
};

static void print_format(const char *direction, const char *name, int language)
{
    const char *about = "";
    for (size_t i = 0; i < COUNT(formats); i++)
        if (!strcmp(formats[i].name, name))
            about = language == JY_CHINESE ? formats[i].chinese : formats[i].english;
    printf(*about ? "%s %-13s %s\n" : "%s %s\n", direction, name, about);
}

int cmd_formats(cli_options *options)
{
    const char *name;
    if (refuse_operands(options))
        return EXIT_USAGE;
    for (size_t i = 0; (name = jy_reader_format_name(i)); i++)
        print_format("in ", name, options->language);
    for (size_t i = 0; (name = jy_report_format_name(i)); i++)
        print_format("out", name, options->language);
    return EXIT_CLEAN;
}

int cmd_completions(cli_options *options)
{
    if (options->operand_count == 1 && help_completions(options->operands[0], stdout))
        return EXIT_CLEAN;
    say(options->language, W_NO_OPERAND, options->command->name, options->command->operands, NULL);
    return EXIT_USAGE;
}

int cmd_man(cli_options *options)
{
    if (refuse_operands(options))
        return EXIT_USAGE;
    help_man(options->language, stdout);
    return EXIT_CLEAN;
}
