/* Arguments in, options out. getopt_long does the parsing with tables made from options_table.h; what it refuses is said
 * with the nearest name there is. Values are checked here as far as the table knows them (choices). */
#include "cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const option_row rows[] = {
#define OPTION(id, name, letter, metavar, choices, flags, english, chinese) { name, metavar, choices, letter, flags, english, chinese },
#include "options_table.h"
#undef OPTION
};

const option_row *option_table(void) { return rows; }
const char *option_help(const option_row *row, int language) { return language == JY_CHINESE ? row->chinese : row->english; }

int option_choice(const option_row *row, const char *value)
{
    int number = 0;
    for (const char *at = row->choices; at && *at; number++) {
        size_t len = strcspn(at, "|");
        if (len == strlen(value) && !memcmp(at, value, len))
            return number;
        at += len + (at[len] == '|');
    }
    return -1;
}

bool option_allows(const option_row *row, const char *value) { return !row->choices || option_choice(row, value) >= 0; }

const char *nearest(const char *wrong, const char *const *names, size_t count)
{
    const char *best = NULL;
    size_t least = strlen(wrong) / 3 + 2;
    for (size_t i = 0; i < count; i++) {
        size_t distance = str_distance(wrong, names[i]);
        if (distance < least) {
            least = distance;
            best = names[i];
        }
    }
    return best;
}

/* getopt's view of a command's options; the numbers are ids + 256, letters map to the same row. */
static void getopt_tables(const cli_command *command, struct option *longs, char *letters)
{
    *letters++ = '+'; /* operands end options only where they must: see options_parse */
    *letters++ = ':';
    for (const opt_id *id = command->ids; *id != OPT_COUNT; id++) {
        const option_row *row = &rows[*id];
        *longs++ = (struct option){ row->name, row->metavar ? required_argument : no_argument, NULL, 256 + (int)*id };
        if (row->letter) {
            *letters++ = row->letter;
            if (row->metavar)
                *letters++ = ':';
        }
    }
    *longs = (struct option){ 0 };
    *letters = 0;
}

static opt_id id_of(const cli_command *command, int got)
{
    if (got >= 256)
        return (opt_id)(got - 256);
    for (const opt_id *id = command->ids; *id != OPT_COUNT; id++)
        if (rows[*id].letter == got)
            return *id;
    return OPT_COUNT;
}

static int say_unknown(const cli_options *options, const char *argument)
{
    const char *names[OPT_COUNT];
    size_t count = 0;
    text name = { 0 }, hint = { 0 };
    for (const opt_id *id = options->command->ids; *id != OPT_COUNT; id++)
        names[count++] = rows[*id].name;
    if (!strncmp(argument, "--", 2))
        text_add(&name, argument + 2, strcspn(argument + 2, "="));
    const char *near = name.ptr ? nearest(name.ptr, names, count) : NULL;
    if (near) {
        text_c(&hint, "--");
        text_c(&hint, near);
        say(options->language, W_UNKNOWN_OPTION_NEAR, argument, hint.ptr, NULL);
    } else {
        say(options->language, W_UNKNOWN_OPTION, argument, options->command->name, NULL);
    }
    text_free(&name);
    text_free(&hint);
    return EXIT_USAGE;
}

static int take(cli_options *options, opt_id id, const char *value)
{
    const option_row *row = &rows[id];
    if (!row->metavar)
        value = "yes";
    if (row->metavar && !option_allows(row, value)) {
        say(options->language, W_BAD_CHOICE, row->name, value, row->choices, NULL);
        return EXIT_USAGE;
    }
    strings_add(&options->value[id], value, strlen(value));
    return EXIT_CLEAN;
}

/* One option at `*index`, or an operand. Operands and options may be mixed; "--" ends the options. */
static int parse_all(cli_options *options, int argc, char **argv)
{
    struct option longs[OPT_COUNT + 1];
    char letters[2 * OPT_COUNT + 3];
    int got, status = EXIT_CLEAN;
    getopt_tables(options->command, longs, letters);
    opterr = 0;
    optind = 1;
    while (optind < argc && status == EXIT_CLEAN) {
        int before = optind;
        got = getopt_long(argc, argv, letters, longs, NULL);
        if (got == -1) {
            bool rest = optind > before; /* it stepped over "--" */
            for (int stop = rest ? argc : optind + 1; optind < stop; optind++)
                options->operands[options->operand_count++] = argv[optind];
        } else if (got == '?') {
            status = say_unknown(options, argv[before]);
        } else if (got == ':') {
            say(options->language, W_NEEDS_VALUE, argv[before], NULL);
            status = EXIT_USAGE;
        } else {
            status = take(options, id_of(options->command, got), optarg);
        }
    }
    return status;
}

const char *lang_argument(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (!strncmp(argv[i], "--lang=", 7))
            return argv[i] + 7;
        if (!strcmp(argv[i], "--lang") && i + 1 < argc)
            return argv[i + 1];
    }
    return NULL;
}

int options_parse(cli_options *options, const cli_command *command, int argc, char **argv)
{
    memset(options, 0, sizeof(*options));
    options->command = command;
    options->language = words_language(lang_argument(argc, argv)); /* first, so that complaints are in it */
    options->operands = mem_resize(NULL, sizeof(char *) * ((size_t)argc + 1));
    return parse_all(options, argc, argv);
}

void options_free(cli_options *options)
{
    for (size_t i = 0; i < OPT_COUNT; i++)
        strings_free(&options->value[i]);
    free(options->operands);
    text_free(&options->config_path);
}

bool option_has(const cli_options *options, opt_id id) { return options->value[id].count > 0; }

const char *option_value(const cli_options *options, opt_id id, const char *otherwise)
{
    const strings *given = &options->value[id];
    return given->count ? given->items[given->count - 1] : otherwise;
}

bool option_number(const cli_options *options, opt_id id, long low, long high, long otherwise, long *out)
{
    const char *value = option_value(options, id, NULL);
    char *end, bound[2][24];
    *out = otherwise;
    if (!value)
        return true;
    errno = 0;
    *out = strtol(value, &end, 10);
    if (!errno && end != value && !*end && *out >= low && *out <= high)
        return true;
    snprintf(bound[0], sizeof(bound[0]), "%ld", low);
    snprintf(bound[1], sizeof(bound[1]), "%ld", high);
    say(options->language, W_BAD_NUMBER, rows[id].name, value, bound[0], bound[1], NULL);
    return false;
}

int option_level(const cli_options *options, opt_id id, int otherwise)
{
    const char *value = option_value(options, id, NULL);
    return value ? option_choice(&rows[id], value) + JY_INFO : otherwise;
}
