/* How inputs are read: the options that say so, checked once before the first input and handed to every reader. */
#include "scan.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* The option, or the file of settings that gave it. */
static const char *map_source(const cli_options *options)
{
    if (!options->from_config[OPT_SPEAKER_MAP])
        return "--speaker-map";
    return options->config_path.ptr ? options->config_path.ptr : option_value(options, OPT_CONFIG_FILE, "");
}

static int check_speaker_map(const cli_options *options)
{
    static const char *const roles[] = { "agent", "customer", "system", "客服", "客户", "系统" };
    const strings *map = &options->value[OPT_SPEAKER_MAP];
    if (map->count > MAX_LABELS) {
        char given[24], most[24];
        snprintf(given, sizeof(given), "%zu", map->count);
        snprintf(most, sizeof(most), "%d", MAX_LABELS);
        say(options->language, W_MANY_LABELS, given, most, map_source(options), NULL);
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < map->count; i++) {
        const char *equals = strrchr(map->items[i], '=');
        bool known = false;
        for (size_t k = 0; equals && equals > map->items[i] && k < COUNT(roles); k++)
            known |= !strcmp(equals + 1, roles[k]);
        if (!known) {
            say(options->language, W_BAD_SPEAKER_MAP, map->items[i], map_source(options), NULL);
            return EXIT_USAGE;
        }
    }
    return EXIT_CLEAN;
}

static int check_input_format(const cli_options *options)
{
    const char *given = option_value(options, OPT_INPUT_FORMAT, NULL), *name;
    text known = { 0 };
    if (!given)
        return EXIT_CLEAN;
    for (size_t i = 0; (name = jy_reader_format_name(i)); i++) {
        if (!strcmp(name, given)) {
            text_free(&known);
            return EXIT_CLEAN;
        }
        text_c(&known, i ? "|" : "");
        text_c(&known, name);
    }
    say(options->language, W_BAD_CHOICE, "input-format", given, known.ptr ? known.ptr : "", NULL);
    text_free(&known);
    return EXIT_USAGE;
}

/* What the reader itself knows of the settings (names of encodings), asked before the first file rather than at each. */
static int check_reading(const cli_options *options)
{
    jy_read_options how = JY_READ_OPTIONS_INIT;
    jy_reader *reader = NULL;
    jy_diag diag = JY_DIAG_INIT;
    how.encoding = str_of(option_value(options, OPT_ENCODING, ""));
    how.language = options->language;
    int status = jy_reader_open_text(&reader, (jy_str){ "", 0 }, &how, NULL);
    if (status == JY_E_INVALID && jy_reader_diag(reader, &diag) == JY_OK)
        say_diag(options->language, &diag);
    jy_reader_free(reader);
    return status == JY_E_INVALID ? EXIT_USAGE : EXIT_CLEAN;
}

int reading_options_check(const cli_options *options)
{
    long jobs; /* and others: asked only whether they are numbers */
    if (!option_number(options, OPT_JOBS, 1, 1024, 1, &jobs) || !option_number(options, OPT_MAX_RATIO, 1, LONG_MAX, 0, &jobs) ||
        !option_number(options, OPT_MAX_BYTES, 1, LONG_MAX, 0, &jobs) || check_speaker_map(options) || check_input_format(options) || check_reading(options))
        return EXIT_USAGE;
    return EXIT_CLEAN;
}

void read_options_fill(const cli_options *options, const char *path, jy_str *labels, jy_read_options *out)
{
    const strings *map = &options->value[OPT_SPEAKER_MAP];
    long most;
    *out = (jy_read_options)JY_READ_OPTIONS_INIT;
    out->source = str_of(strcmp(path, "-") ? path : "<stdin>");
    out->format = str_of(option_value(options, OPT_INPUT_FORMAT, ""));
    out->encoding = str_of(option_value(options, OPT_ENCODING, ""));
    out->agent = str_of(option_value(options, OPT_AGENT, ""));
    out->language = options->language;
    if (option_number(options, OPT_MAX_RATIO, 1, LONG_MAX, 0, &most))
        out->max_ratio = most;
    if (option_number(options, OPT_MAX_BYTES, 1, LONG_MAX, 0, &most))
        out->max_bytes = most;
    out->labels = labels;
    for (size_t i = 0; i < map->count; i++) {
        const char *equals = strrchr(map->items[i], '=');
        labels[out->label_count * 2] = (jy_str){ map->items[i], (size_t)(equals - map->items[i]) };
        labels[out->label_count * 2 + 1] = str_of(equals + 1);
        out->label_count++;
    }
}
