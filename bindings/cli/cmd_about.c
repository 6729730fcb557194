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

int cmd_formats(cli_options *options)
{
    const char *name;
    if (refuse_operands(options))
        return EXIT_USAGE;
    for (size_t i = 0; (name = jy_reader_format_name(i)); i++)
        printf("in  %s\n", name);
    for (size_t i = 0; (name = jy_report_format_name(i)); i++)
        printf("out %s\n", name);
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
