/* cli — what the files of the command line share. They see include/jinyu alone: the public header must be enough. */
#ifndef JINYU_CLI_H
#define JINYU_CLI_H

#include <jinyu/jinyu.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What the process answers; documented in --help and the man page. */
enum { EXIT_CLEAN = 0, EXIT_FOUND = 1, EXIT_USAGE = 2, EXIT_PARTLY = 3 };

/* ---- text.c: growing bytes. No memory ends the program with a message: nothing sensible is left to do. */
typedef struct text { char *ptr; size_t len, cap; } text;
void *mem_resize(void *ptr, size_t size);
char *mem_copy(const char *ptr, size_t len); /* NUL-terminated */
void  text_add(text *out, const char *ptr, size_t len);
void  text_c(text *out, const char *zero_terminated);
void  text_str(text *out, jy_str piece);
void  text_int(text *out, long long number);
void  text_room(text *out, size_t more); /* room for `more` bytes behind len, and a NUL */
int   text_columns(const char *words); /* of a terminal: a Chinese character takes two */
void  text_shown(text *out, jy_str words, bool redact); /* masked, or nothing where that cannot be done */
void  text_free(text *out);
static inline jy_str text_view(const text *from) { return (jy_str){ from->ptr ? from->ptr : "", from->len }; }
static inline jy_str str_of(const char *c) { jy_str s = { c, 0 }; while (c[s.len]) s.len++; return s; }
bool  str_is(jy_str a, const char *b);
bool  str_eq(jy_str a, jy_str b);
uint64_t str_hash(jy_str bytes, uint64_t seed); /* FNV-1a, 64 bits; seed HASH_SEED at first */
#define HASH_SEED 0xcbf29ce484222325u
size_t str_distance(const char *a, const char *b); /* edit distance; 99 for long strings */
/* A growing list of owned strings. */
typedef struct strings { char **items; size_t count, cap; } strings;
void strings_add(strings *list, const char *ptr, size_t len);
void strings_free(strings *list);

/* ---- file.c: whole files */
/* Puts the bytes of a file behind what is in out; 0 or errno. "-" is standard input. */
int  file_read(const char *path, text *out);
/* A file that is written beside what it is to replace, and has its name only when it is whole: nobody ever sees half of it. */
typedef struct fresh_file { text path, beside; } fresh_file;
int  fresh_open(fresh_file *file, const char *path); /* its descriptor, for its owner alone; -1: errno */
int  fresh_close(fresh_file *file, bool whole);      /* puts it in its place, or away when it is not whole; 0 or errno. The descriptor is the caller's */
int  file_replace(const char *path, jy_str bytes, unsigned mode); /* so, with these bytes; a device or pipe is written to. 0 or errno */

struct cli_options;
/* ---- output.c: where a report goes: standard output, a device or pipe, or a file that stays as it was until the report is whole */
typedef struct output_file { FILE *to; fresh_file fresh; } output_file;
const char *output_path(const struct cli_options *options); /* what -o names; NULL: standard output, also as "-" */
int  output_open(output_file *out, const char *path); /* 0 or errno */
/* Goes on in the file behind `length` bytes of it (behind all of it where it is no longer, or below 0): what is there stays. 0 or errno. */
int  output_go_on(output_file *out, const char *path, bool continued, long long length);
int  output_close(output_file *out, bool whole); /* 0 or errno; once only, else nothing is done */

/* ---- words.c: every sentence the program says, in Chinese and English */
typedef enum word_id {
#define WORD(name, english, chinese) name,
#include "words.h"
#undef WORD
    WORD_COUNT
} word_id;
int         words_language(const char *option); /* "zh", "en" or NULL: the environment's */
const char *words_text(int language, word_id id);
/* "jinyu: " and the sentence with {0}, {1} … filled by the strings that follow, up to a NULL; to stderr. */
void        say(int language, word_id id, ...);
void        words_put(text *to, int language, word_id id, ...); /* the sentence alone */
#define WHY_ROOM 48
const char *words_errno(int language, int error, char room[WHY_ROOM]); /* why the system refused; static, or in room where it is a rare reason */
/* The same for the rest of the block it stands in. */
#define why_errno(language, error) words_errno((language), (error), (char[WHY_ROOM]){ 0 })

/* ---- options.c: the one table of commands and options, and what is made from it */
typedef enum opt_id {
#define OPTION(id, ...) id,
#include "options_table.h"
#undef OPTION
    OPT_COUNT
} opt_id;
typedef struct option_row {
    const char *name, *metavar, *choices; /* metavar NULL: a switch; choices "a|b" or NULL */
    char letter;
    unsigned flags;
    const char *english, *chinese;
} option_row;
enum { OPT_REPEAT = 1u << 0, OPT_CONFIG = 1u << 1, OPT_FILE = 1u << 2 };

struct cli_options;
typedef struct cli_command {
    const char *name;                /* "check", "rules lint" */
    const char *operands;            /* "[FILE|DIR|-]..." */
    const char *english, *chinese;   /* summary */
    const opt_id *ids;               /* ends with OPT_COUNT */
    int (*run)(struct cli_options *options);
    const char *more_english, *more_chinese; /* paragraphs for --help and the man page, or NULL */
} cli_command;
typedef struct cli_options {
    const cli_command *command;
    strings value[OPT_COUNT];
    char **operands;
    size_t operand_count;
    int language;
    bool from_config[OPT_COUNT];
    text config_path; /* empty: none was read */
} cli_options;

const option_row *option_table(void);
const cli_command *command_table(size_t *count_out);
/* Fills options; EXIT_CLEAN, or EXIT_USAGE after saying what is wrong. */
const char *lang_argument(int argc, char **argv); /* the value of --lang, before all else is parsed; or NULL */
int         options_parse(cli_options *options, const cli_command *command, int argc, char **argv);
void        options_free(cli_options *options);
bool        option_has(const cli_options *options, opt_id id);
const char *option_value(const cli_options *options, opt_id id, const char *otherwise); /* the last one given */
bool        option_number(const cli_options *options, opt_id id, long low, long high, long otherwise, long *out);
int         option_level(const cli_options *options, opt_id id, int otherwise); /* jy_severity; JY_CRITICAL + 1 for "never" */
bool        option_allows(const option_row *row, const char *value);
int         option_choice(const option_row *row, const char *value); /* its number in choices, or -1 */
const char *option_help(const option_row *row, int language);
void        help_command(const cli_command *command, int language, FILE *to);
void        help_list(const char *first, int language, FILE *to); /* commands whose first word it is; NULL: all */
void        help_all(int language, FILE *to);
void        help_man(int language, FILE *to);
bool        help_completions(const char *shell, FILE *to);
const char *nearest(const char *wrong, const char *const *names, size_t count); /* NULL: none is near */

/* ---- config.c: jinyu.yaml of this folder or one above; gives what the command line did not say */
int  config_read(cli_options *options);

/* ---- json.c: reading one JSON value, and writing strings */
typedef enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT } json_kind;
typedef struct json {
    json_kind kind;
    jy_str text;         /* STRING: unescaped; NUMBER: as written */
    jy_str key;          /* of a member of an object */
    struct json *kid, *next;
} json;
typedef struct json_doc { text strings; json **blocks; size_t block_count, used; size_t error_at; } json_doc;
/* NULL when it is no JSON: doc->error_at says where. The value lives until the next parse or json_free. */
const json *json_parse(json_doc *doc, jy_str bytes);
void        json_free(json_doc *doc);
const json *json_get(const json *object, const char *key); /* NULL when there is none, or null */
jy_str      json_text(const json *object, const char *key); /* empty when there is none or it is no string */
jy_str      json_name(const json *object, const char *key); /* what something is called: a number, too, as written */
bool        json_integer(const json *value, int64_t *out);
void        json_write(text *out, jy_str piece); /* with quotes */
void        json_member(text *out, const char *key, jy_str value);  /* ,"key":"value"; the comma only behind something */
void        json_member_int(text *out, const char *key, long long value);

/* ---- packs.c: rule files -> rules, every problem shown */
void say_diag(int language, const jy_diag *diag);
/* Adds what --rules (or the list given) names; NULL list: the standard's built-in pack. */
int  packs_add(jy_compiler *compiler, const cli_options *options, char *const *names, size_t count);
int  packs_compiler(const cli_options *options, char *const *names, size_t count, jy_compiler **compiler_out, jy_rules **rules_out);
int  packs_load(const cli_options *options, jy_rules **out); /* EXIT_CLEAN, or EXIT_USAGE after saying why */
const char *level_name(int severity);
int  rules_named(const cli_options *options, strings *out); /* --rules and operands together */
bool clause_cites(jy_str clause, jy_str number); /* clause: numbers joined by blanks */
bool rule_text(const cli_options *options, const jy_rule *rule, text *out); /* rule_text.c: as written, indented */
bool rule_find(const jy_rules *rules, const char *id, size_t *index, jy_rule *out);
int  reading_options_check(const cli_options *options); /* --jobs, --speaker-map, --input-format */
const char *report_format(const cli_options *options);
int  report_format_check(const cli_options *options); /* of what -o names */
bool want_color(const cli_options *options, FILE *to);

/* ---- settings.c: --set NAME=NUMBER, --unit, --date and the language, on objects of the library; a jy_status */
bool params_check(const cli_options *options); /* says what is wrong with --set or --date */
bool params_refuse_bad(const cli_options *options); /* bytes that are no UTF-8 refuse the call or text they stand in */
const char *params_name(size_t index); /* what --set takes; NULL after the last */
int  params_compiler(const cli_options *options, jy_compiler *compiler);
int  params_session(const cli_options *options, jy_session *session);
int  scanner_open(const cli_options *options, jy_scanner **out);
int  judge_open(const cli_options *options, jy_rules *rules, jy_scanner **scanner_out, jy_session **session_out);

/* ---- own.c: files of the run itself, which no folder's walk takes for transcripts */
typedef struct own_files { struct stat *items; size_t count; } own_files; /* a folder among them is one of rules */
void own_add_path(own_files *own, const char *path);
void own_add(own_files *own, const cli_options *options); /* what is there of rules, settings and what is written */
bool own_has(const own_files *own, const struct stat *file);
bool own_is_rules(const char *path); /* a folder of rules is read from files of this name */
int  own_check_written(const cli_options *options); /* EXIT_USAGE after saying that what is to be written is read, too */
void own_free(own_files *own);

/* ---- walk.c: operands -> files; folders in name order, .jinyuignore respected */
typedef struct inputs { strings paths, missing, why; own_files own; int language; } inputs; /* why[i]: what the system says of missing[i] */
void inputs_collect(inputs *list, char *const *operands, size_t count, int language); /* but for those of list->own, where a folder is walked */
void inputs_free(inputs *list);
bool ignore_match(const char *pattern, const char *path, bool is_folder); /* one line of .jinyuignore, path relative to it */

/* ---- scan.c, input.c, jobs.c: files -> results, in input order, whatever the number of threads */
typedef struct scan_sink { /* called on the thread that called scan_inputs(), in input order; non-zero stops */
    void *ctx;
    int  (*result)(void *ctx, jy_result *result);
    int  (*skipped)(void *ctx, const jy_diag *diag);
    void (*done)(void *ctx, size_t input, uint64_t bytes); /* this much more; input SIZE_MAX: not all of one yet */
} scan_sink;
typedef struct scan_plan {
    const cli_options *options;
    jy_rules *rules;
    const inputs *inputs;
    bool keep_turns;
} scan_plan;
/* EXIT_CLEAN, or EXIT_PARTLY when it was stopped (Ctrl-C); *reached says how many inputs were done. */
int  scan_inputs(const scan_plan *plan, const scan_sink *sink, size_t *reached);
bool scan_stop_asked(void);      /* Ctrl-C was pressed since: */
void scan_catch_interrupt(void);

/* ---- progress.c, baseline.c, resume.c, diff.c */
typedef struct progress { bool on; int language; size_t files, done; uint64_t bytes; double began, shown; } progress;
double clock_seconds(void);
void progress_start(progress *bar, const cli_options *options, size_t files);
void progress_step(progress *bar, uint64_t bytes, bool whole); /* whole: another file is done */
void progress_hide(const progress *bar);  /* before something else is written to the terminal */
void progress_clear(progress *bar); /* for good */

typedef struct baseline { uint64_t *known; bool *met; size_t known_count, known_cap; uint64_t *seen; size_t seen_count, seen_cap; size_t dropped; } baseline;
int  baseline_read(baseline *base, const char *path, int language);
void baseline_filter(baseline *base, jy_result *result);
int  baseline_write(const baseline *base, const char *path, int language);
void baseline_free(baseline *base);
uint64_t finding_key(const jy_result *result, size_t index); /* the same for the same finding of the same input */

typedef struct input_outcome { int worst; size_t findings; bool partly; long long output; } input_outcome; /* worst: jy_severity or 0; output: its length */
/* worst, findings, partly: of the inputs that were dropped, being done before; output: length of it when the last one was done */
typedef struct resume { FILE *journal; strings done; int unwritten; size_t dropped, findings; int worst; long long output; bool partly, continued, same_output; } resume;
int  resume_open(resume *state, const char *path, const char *output, int language);
void resume_drop_done(resume *state, inputs *list);
void resume_note(resume *state, const char *path, const input_outcome *what);
int  resume_close(resume *state); /* errno: something could not be noted; 0: all was */

/* ---- unknown.c: turns whose speakers are unknown */
typedef struct unknown_tally { size_t calls; text source, labels, label; } unknown_tally; /* source …: of the first call; label: its first */
typedef struct unknown_speakers { unknown_tally speakerless, in_part; } unknown_speakers; /* in_part: the agent is known, others are not */
void unknown_count(unknown_speakers *all, const jy_result *result, const jy_call *call, const cli_options *options);
void unknown_say(const unknown_speakers *all, int language);
void unknown_free(unknown_speakers *all);

void diff_unified(text *out, const char *path, jy_str before, jy_str after);

/* ---- commands */
int cmd_check(cli_options *options);
int cmd_fix(cli_options *options);
int cmd_fold(cli_options *options);
int cmd_explain(cli_options *options);
int cmd_stream(cli_options *options);
int cmd_eval(cli_options *options);
int cmd_formats(cli_options *options);
int cmd_version(cli_options *options);
int cmd_completions(cli_options *options);
int cmd_man(cli_options *options);
int cmd_rules_lint(cli_options *options);
int cmd_rules_test(cli_options *options);
int cmd_rules_list(cli_options *options);
int cmd_rules_show(cli_options *options);
int cmd_rules_schema(cli_options *options);
int cmd_rules_try(cli_options *options);
int cmd_rules_diff(cli_options *options);
int cmd_rules_fmt(cli_options *options);

#endif
