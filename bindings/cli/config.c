/* jinyu.yaml -> options. The nearest file upward from the working folder (or --config) gives what the command line left
 * open; its keys are the names of the options marked OPT_CONFIG, so there is nothing else to learn. Errors name the line. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

typedef struct reading { cli_options *options; const char *path, *folder; yaml_document_t document; strings from_here[OPT_COUNT]; } reading;

static int complain(const reading *r, word_id id, const yaml_node_t *at, const char *a, const char *b, const char *c)
{
    char line[24];
    snprintf(line, sizeof(line), "%zu", at->start_mark.line + 1);
    say(r->options->language, id, r->path, line, a, b, c, NULL);
    return EXIT_USAGE;
}

static const char *scalar(const yaml_node_t *node) { return (const char *)node->data.scalar.value; }

static opt_id setting(const char *name)
{
    for (size_t i = 0; i < OPT_COUNT; i++)
        if (option_table()[i].flags & OPT_CONFIG && !strcmp(option_table()[i].name, name))
            return (opt_id)i;
    return OPT_COUNT;
}

static int unknown_key(const reading *r, const yaml_node_t *key)
{
    const char *names[OPT_COUNT], *near;
    size_t count = 0;
    for (size_t i = 0; i < OPT_COUNT; i++)
        if (option_table()[i].flags & OPT_CONFIG)
            names[count++] = option_table()[i].name;
    near = nearest(scalar(key), names, count);
    return complain(r, near ? W_CONFIG_KEY_NEAR : W_CONFIG_KEY, key, scalar(key), near, NULL);
}

/* Files named in the configuration are meant relative to it. */
static void take(reading *r, opt_id id, const char *value)
{
    text path = { 0 };
    if (option_table()[id].flags & OPT_FILE && *value != '/' && strncmp(value, "builtin:", 8)) {
        text_c(&path, r->folder);
        text_c(&path, "/");
    }
    text_c(&path, value);
    strings_add(&r->from_here[id], path.ptr, path.len);
    text_free(&path);
}

static int take_switch(reading *r, opt_id id, const yaml_node_t *value)
{
    static const char *const yes[] = { "yes", "true", "on" }, *const no[] = { "no", "false", "off" };
    for (size_t i = 0; i < COUNT(yes); i++) {
        if (!strcmp(scalar(value), yes[i])) {
            take(r, id, "yes");
            return EXIT_CLEAN;
        }
        if (!strcmp(scalar(value), no[i]))
            return EXIT_CLEAN;
    }
    return complain(r, W_CONFIG_SHAPE, value, option_table()[id].name, words_text(r->options->language, W_SHAPE_SWITCH), NULL);
}

static int take_scalar(reading *r, opt_id id, const yaml_node_t *value)
{
    const option_row *row = &option_table()[id];
    if (!row->metavar)
        return take_switch(r, id, value);
    if (!option_allows(row, scalar(value)))
        return complain(r, W_CONFIG_VALUE, value, row->name, scalar(value), row->choices);
    take(r, id, scalar(value));
    return EXIT_CLEAN;
}

/* {A: agent} of a repeatable option is the same as [A=agent]. */
static int take_pairs(reading *r, opt_id id, const yaml_node_t *map)
{
    for (yaml_node_pair_t *pair = map->data.mapping.pairs.start; pair < map->data.mapping.pairs.top; pair++) {
        const yaml_node_t *key = yaml_document_get_node(&r->document, pair->key), *value = yaml_document_get_node(&r->document, pair->value);
        text both = { 0 };
        if (key->type != YAML_SCALAR_NODE || value->type != YAML_SCALAR_NODE)
            return complain(r, W_CONFIG_SHAPE, key, option_table()[id].name, words_text(r->options->language, W_SHAPE_LIST), NULL);
        text_c(&both, scalar(key));
        text_c(&both, "=");
        text_c(&both, scalar(value));
        take(r, id, both.ptr);
        text_free(&both);
    }
    return EXIT_CLEAN;
}

static int take_value(reading *r, opt_id id, const yaml_node_t *value)
{
    const option_row *row = &option_table()[id];
    bool repeats = row->flags & OPT_REPEAT;
    if (value->type == YAML_SCALAR_NODE)
        return take_scalar(r, id, value);
    if (repeats && value->type == YAML_MAPPING_NODE)
        return take_pairs(r, id, value);
    if (!repeats || value->type != YAML_SEQUENCE_NODE)
        return complain(r, W_CONFIG_SHAPE, value, row->name, words_text(r->options->language, repeats ? W_SHAPE_LIST : W_SHAPE_ONE), NULL);
    for (yaml_node_item_t *item = value->data.sequence.items.start; item < value->data.sequence.items.top; item++) {
        const yaml_node_t *one = yaml_document_get_node(&r->document, *item);
        if (one->type != YAML_SCALAR_NODE)
            return complain(r, W_CONFIG_SHAPE, one, row->name, words_text(r->options->language, W_SHAPE_ONE), NULL);
        if (take_scalar(r, id, one))
            return EXIT_USAGE;
    }
    return EXIT_CLEAN;
}

static int take_all(reading *r)
{
    const yaml_node_t *root = yaml_document_get_root_node(&r->document);
    int status = EXIT_CLEAN;
    if (!root)
        return EXIT_CLEAN; /* an empty file has nothing to say */
    if (root->type != YAML_MAPPING_NODE)
        return complain(r, W_CONFIG_MAP, root, NULL, NULL, NULL);
    for (yaml_node_pair_t *pair = root->data.mapping.pairs.start; pair < root->data.mapping.pairs.top; pair++) {
        const yaml_node_t *key = yaml_document_get_node(&r->document, pair->key);
        opt_id id = key->type == YAML_SCALAR_NODE ? setting(scalar(key)) : OPT_COUNT;
        if (key->type != YAML_SCALAR_NODE)
            status = complain(r, W_CONFIG_MAP, key, NULL, NULL, NULL);
        else if (id == OPT_COUNT)
            status = unknown_key(r, key);
        else if (take_value(r, id, yaml_document_get_node(&r->document, pair->value)))
            status = EXIT_USAGE;
    }
    return status;
}

/* What the command line gave stays; what the command does not know is passed over (one file serves all commands). */
static void merge(reading *r)
{
    for (const opt_id *id = r->options->command->ids; *id != OPT_COUNT; id++) {
        strings *mine = &r->options->value[*id];
        if (!mine->count) {
            *mine = r->from_here[*id];
            r->options->from_config[*id] = mine->count > 0;
            r->from_here[*id] = (strings){ 0 };
        }
    }
    for (size_t i = 0; i < OPT_COUNT; i++)
        strings_free(&r->from_here[i]);
    r->options->language = words_language(option_value(r->options, OPT_LANG, NULL));
}

static int parse(reading *r, jy_str bytes)
{
    yaml_parser_t parser;
    int status;
    if (!yaml_parser_initialize(&parser))
        return EXIT_USAGE;
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes.ptr, bytes.len);
    if (!yaml_parser_load(&parser, &r->document)) {
        char line[24];
        snprintf(line, sizeof(line), "%zu", parser.problem_mark.line + 1);
        if (parser.error == YAML_READER_ERROR)
            say(r->options->language, W_CONFIG_ENCODING, r->path, NULL);
        else
            say(r->options->language, W_CONFIG_YAML, r->path, line, parser.problem ? parser.problem : "?", NULL);
        status = EXIT_USAGE;
    } else {
        status = take_all(r);
        yaml_document_delete(&r->document);
    }
    yaml_parser_delete(&parser);
    return status;
}

/* Tries folder/jinyu.yaml for the working folder and each above it. */
static bool find(text *path)
{
    char *folder = getcwd(NULL, 0);
    bool found = false;
    for (size_t len = folder ? strlen(folder) : 0; len && !found;) {
        path->len = 0;
        text_add(path, folder, len);
        text_c(path, len > 1 ? "/jinyu.yaml" : "jinyu.yaml");
        found = access(path->ptr, F_OK) == 0;
        if (len == 1)
            break;
        while (len && folder[len - 1] != '/')
            len--;
        if (len > 1)
            len--;
    }
    free(folder);
    return found;
}

int config_read(cli_options *options)
{
    reading r = { .options = options };
    text bytes = { 0 }, folder = { 0 };
    const char *named = option_value(options, OPT_CONFIG_FILE, NULL), *slash;
    int status = EXIT_CLEAN, error;
    if (option_has(options, OPT_NO_CONFIG) || (!named && !find(&options->config_path)))
        return EXIT_CLEAN;
    r.path = named ? named : options->config_path.ptr;
    slash = strrchr(r.path, '/');
    text_add(&folder, slash ? r.path : ".", slash ? (size_t)(slash - r.path) : 1);
    r.folder = folder.ptr;
    if ((error = file_read(r.path, &bytes))) {
        say(options->language, W_CANNOT_READ, r.path, why_errno(options->language, error), NULL);
        status = EXIT_USAGE;
    } else {
        status = parse(&r, text_view(&bytes));
    }
    merge(&r);
    text_free(&bytes);
    text_free(&folder);
    return status;
}
