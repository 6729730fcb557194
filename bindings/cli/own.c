/* Files of the run itself: its rules, its settings, what it writes. Whoever keeps them beside the transcripts wants them no more read as
 * such than printed over: a folder's walk leaves them out, and nothing is written onto what the command line says to read. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static bool same_file(const struct stat *a, const struct stat *b) { return a->st_dev == b->st_dev && a->st_ino == b->st_ino; }

static void add(own_files *own, const struct stat *is)
{
    own->items = mem_resize(own->items, (own->count + 1) * sizeof(*own->items));
    own->items[own->count++] = *is;
}

/* A name that there is not, such as builtin:alarm-center, is no file. */
void own_add_path(own_files *own, const char *path)
{
    struct stat is;
    if (!stat(path, &is) && (S_ISREG(is.st_mode) || S_ISDIR(is.st_mode)))
        add(own, &is);
}

void own_add(own_files *own, const cli_options *options)
{
    static const opt_id named[] = { OPT_RULES, OPT_CONFIG_FILE, OPT_OUTPUT, OPT_RESUME, OPT_SINCE_BASELINE, OPT_WRITE_BASELINE };
    struct stat out;
    for (size_t i = 0; i < COUNT(named); i++)
        for (size_t k = 0; k < options->value[named[i]].count; k++)
            own_add_path(own, options->value[named[i]].items[k]);
    if (options->config_path.ptr)
        own_add_path(own, options->config_path.ptr);
    if (!fstat(STDOUT_FILENO, &out) && S_ISREG(out.st_mode))
        add(own, &out);
}

bool own_has(const own_files *own, const struct stat *file)
{
    for (size_t i = 0; i < own->count; i++)
        if (same_file(&own->items[i], file))
            return true;
    return false;
}

bool own_is_rules(const char *path)
{
    const char *ending = strrchr(path, '.');
    return ending && (!strcmp(ending, ".yaml") || !strcmp(ending, ".yml"));
}

void own_free(own_files *own) { free(own->items); }

/* ---- what would be lost */
static bool is_read_from(const char *folder, const char *file)
{
    char *from = realpath(folder, NULL), *to = realpath(file, NULL);
    size_t len = from ? strlen(from) : 0;
    bool inside = from && to && !strncmp(to, from, len) && to[len] == '/' && !strstr(to + len, "/.") && own_is_rules(to);
    free(from);
    free(to);
    return inside;
}

static bool read_too(const char *written, char *const *paths, size_t count, bool folders_too)
{
    struct stat to, from;
    if (stat(written, &to) || !S_ISREG(to.st_mode))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!stat(paths[i], &from) && (same_file(&to, &from) || (folders_too && S_ISDIR(from.st_mode) && is_read_from(paths[i], written))))
            return true;
    return false;
}

static bool named_too(const char *written, const cli_options *options, opt_id id)
{
    const strings *named = &options->value[id];
    return read_too(written, named->items, named->count, id == OPT_RULES);
}

static bool same_place(const char *a, const char *b)
{
    struct stat to, too;
    return !strcmp(a, b) || (!stat(a, &to) && S_ISREG(to.st_mode) && !stat(b, &too) && same_file(&to, &too));
}

static int check_written_once(const cli_options *options)
{
    const char *report = output_path(options), *others[] = { option_value(options, OPT_WRITE_BASELINE, NULL), option_value(options, OPT_RESUME, NULL) };
    for (size_t i = 0; report && i < COUNT(others); i++)
        if (others[i] && same_place(report, others[i])) {
            say(options->language, W_WRITTEN_TWICE, report, NULL);
            return EXIT_USAGE;
        }
    return EXIT_CLEAN;
}

int own_check_written(const cli_options *options)
{
    static const opt_id written[] = { OPT_OUTPUT, OPT_WRITE_BASELINE };
    char *const settings[] = { options->config_path.ptr };
    for (size_t i = 0; i < COUNT(written); i++) {
        const char *path = written[i] == OPT_OUTPUT ? output_path(options) : option_value(options, written[i], NULL);
        if (path && (read_too(path, options->operands, options->operand_count, false) || named_too(path, options, OPT_RULES) || named_too(path, options, OPT_CONFIG_FILE) ||
                     read_too(path, settings, settings[0] != NULL, false) ||
                     (written[i] == OPT_OUTPUT && named_too(path, options, OPT_SINCE_BASELINE)))) {
            say(options->language, W_WRITTEN_IS_READ, path, NULL);
            return EXIT_USAGE;
        }
    }
    return check_written_once(options);
}
