/* Arguments -> command. A command is one word ("check") or two ("rules lint"); its name and options are in the tables. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* How many arguments the command's name takes: 1 or 2, 0 when it does not fit. */
static int name_length(const cli_command *command, int argc, char **argv)
{
    const char *blank = strchr(command->name, ' ');
    size_t first = blank ? (size_t)(blank - command->name) : strlen(command->name);
    if (argc < 2 || strlen(argv[1]) != first || memcmp(argv[1], command->name, first))
        return 0;
    if (!blank)
        return 1;
    return argc > 2 && !strcmp(argv[2], blank + 1) ? 2 : 0;
}

static int unknown(int language, int argc, char **argv)
{
    size_t count;
    const cli_command *commands = command_table(&count);
    const char *names[64];
    text given = { 0 };
    for (size_t i = 0; i < count; i++)
        names[i] = commands[i].name;
    text_c(&given, argv[1]);
    if (!strcmp(argv[1], "rules") && argc > 2) {
        text_c(&given, " ");
        text_c(&given, argv[2]);
    }
    const char *near = nearest(given.ptr, names, count);
    if (near)
        say(language, W_UNKNOWN_COMMAND_NEAR, given.ptr, near, NULL);
    else
        say(language, W_UNKNOWN_COMMAND, given.ptr, NULL);
    text_free(&given);
    return EXIT_USAGE;
}

static int run(const cli_command *command, int argc, char **argv)
{
    cli_options options;
    int status = options_parse(&options, command, argc, argv);
    if (status == EXIT_CLEAN && option_has(&options, OPT_HELP))
        help_command(command, options.language, stdout);
    else if (status == EXIT_CLEAN && (status = config_read(&options)) == EXIT_CLEAN)
        status = command->run(&options);
    options_free(&options);
    return status;
}

int main(int argc, char **argv)
{
    size_t count;
    const cli_command *commands = command_table(&count);
    int language = words_language(NULL), words;
    if (argc < 2) {
        say(language, W_NO_COMMAND, NULL);
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < count; i++)
        if ((words = name_length(&commands[i], argc, argv)) > 0)
            return run(&commands[i], argc - words, argv + words);
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
        help_all(language, stdout);
        return EXIT_CLEAN;
    }
    if (!strcmp(argv[1], "--version")) {
        printf("jinyu %s\n", jy_version_string());
        return EXIT_CLEAN;
    }
    if (!strcmp(argv[1], "--man")) {
        help_man(language, stdout);
        return EXIT_CLEAN;
    }
    return unknown(language, argc, argv);
}
