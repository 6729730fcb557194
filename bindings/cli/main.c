/* Arguments -> command. A command is one word ("check") or two ("rules lint"); its name and options are in the tables. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* "help rules lint" is "rules lint --help"; "help --lang zh" names no command. */
static void help_last(int argc, char **argv, char *option)
{
    if (argc < 3 || strcmp(argv[1], "help") || argv[2][0] == '-')
        return;
    memmove(&argv[1], &argv[2], (size_t)(argc - 2) * sizeof(*argv));
    argv[argc - 1] = option;
}

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

/* "rules" alone: the words that may follow. */
static bool wants_second_word(const char *first, text *words)
{
    size_t count, len = strlen(first);
    const cli_command *commands = command_table(&count);
    for (size_t i = 0; i < count; i++)
        if (!strncmp(commands[i].name, first, len) && commands[i].name[len] == ' ') {
            text_c(words, words->len ? ", " : "");
            text_c(words, commands[i].name + len + 1);
        }
    return words->len > 0;
}

/* "rules --help": the commands that begin with the word. */
static bool help_on_word(int language, int argc, char **argv)
{
    text second = { 0 };
    bool asked = argc == 3 && (!strcmp(argv[2], "--help") || !strcmp(argv[2], "-h")) && wants_second_word(argv[1], &second);
    if (asked)
        help_list(argv[1], language, stdout);
    text_free(&second);
    return asked;
}

/* What was meant: the second word of a command alone ("lint"), else the nearest name. NULL: nothing is near. */
static const char *meant(const char *given, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *blank = strchr(names[i], ' ');
        if (blank && !strcmp(blank + 1, given))
            return names[i];
    }
    return nearest(given, names, count);
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
    const char *near = meant(given.ptr, names, count);
    text second = { 0 };
    if (argc == 2 && wants_second_word(argv[1], &second))
        say(language, W_SECOND_WORD, argv[1], second.ptr, NULL);
    else if (near)
        say(language, W_UNKNOWN_COMMAND_NEAR, given.ptr, near, NULL);
    else
        say(language, W_UNKNOWN_COMMAND, given.ptr, NULL);
    text_free(&given);
    text_free(&second);
    return EXIT_USAGE;
}

/* --lang may stand before the command too: moved behind the `words` words of its name, where options are looked for. */
static int lang_before(int argc, char **argv)
{
    if (argc > 1 && !strncmp(argv[1], "--lang=", 7))
        return 1;
    return argc > 2 && !strcmp(argv[1], "--lang") ? 2 : 0;
}

static void move_lang(int before, int words, char **argv)
{
    for (int i = 0; i < words; i++) {
        char *word = argv[1 + before + i];
        memmove(&argv[2 + i], &argv[1 + i], (size_t)before * sizeof(*argv));
        argv[1 + i] = word;
    }
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

static int obey(int language, int argc, char **argv)
{
    size_t count;
    const cli_command *commands = command_table(&count);
    int words, before = lang_before(argc, argv);
    char asked[] = "--help";
    help_last(argc - before, argv + before, asked);
    if (argc - before < 2) {
        say(language, W_NO_COMMAND, NULL);
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < count; i++)
        if ((words = name_length(&commands[i], argc - before, argv + before)) > 0) {
            move_lang(before, words, argv);
            return run(&commands[i], argc - words, argv + words);
        }
    argc -= before;
    argv += before;
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
    return help_on_word(language, argc, argv) ? EXIT_CLEAN : unknown(language, argc, argv);
}

/* What a full disk swallowed is missing from the output, whatever the command had to say. */
static int settle(int language, int status)
{
    bool failed = fflush(stdout) != 0;
    int error = failed || errno == ENOSPC || errno == EPIPE ? errno : EIO; /* of a write long ago */
    if (status == EXIT_USAGE || (!failed && !ferror(stdout)))
        return status;
    say(language, W_CANNOT_WRITE, "<stdout>", why_errno(language, error), NULL);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    int language = words_language(lang_argument(argc, argv));
    return settle(language, obey(language, argc, argv));
}
