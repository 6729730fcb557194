/* rules — what the files of this folder share and nobody else sees: YAML nodes, the loading context, the readers of values. */
#ifndef JY_RULES_INSIDE_H
#define JY_RULES_INSIDE_H

#include "rules/rules_tree.h"
#include "rules/rules_keys.h"
#include "rules/rules_messages.h"

/* ---- YAML as read: one node per scalar, list or mapping; dies with the load
 *   rules: [{id: a}]   =   MAP ─first─▶ LIST(key "rules") ─first─▶ MAP(key "rules") ─first─▶ SCALAR "a"(key "id")
 * In a MAP every child is a value and carries its key; an item of a list carries the list's own key, for messages. */
typedef enum jy__node_kind { JY__NODE_SCALAR = 1, JY__NODE_LIST, JY__NODE_MAP } jy__node_kind;
typedef enum jy__node_style { JY__STYLE_PLAIN, JY__STYLE_SINGLE, JY__STYLE_DOUBLE, JY__STYLE_LITERAL, JY__STYLE_FOLDED } jy__node_style;
typedef struct jy__node {
    uint8_t kind, style;      /* jy__node_kind; of a scalar: jy__node_style */
    bool flow;                /* of a list or mapping: written [ ] or { } */
    jy__pos pos;
    jy_str text;              /* of a scalar, in the tree's arena */
    struct jy__node *key, *first, *next;
    uint32_t count;           /* children */
} jy__node;

/* ---- folds as decided so far: of the pack, then of the rule, then of the phrase */
typedef struct jy__folds { uint32_t bits; jy__sound_said sound; } jy__folds;

/* ---- what the parser of phrases knows of a form without walking it again (lists may share forms many times over) */
typedef struct jy__formed {
    jy__wording *form;
    uint32_t least_chars;                   /* shortest text it stands for; 0: can be empty */
    uint32_t least_symbols;                 /* the same without punctuation */
    const jy__wording *first_gap, *last_gap;   /* a gap that may stand at its beginning, its end */
    bool gap;                               /* has one anywhere */
} jy__formed;

typedef struct jy__list {
    jy_str name;
    jy__node *node;
    enum { JY__LIST_NEW, JY__LIST_OPEN, JY__LIST_DONE } state;
    bool used;
    jy__wording **items;
    size_t item_count;
    jy__formed formed;                      /* of all items together; form unused */
} jy__list;

/* ---- one load */
typedef struct jy__load {
    const jy__mem *mem;
    const jy__params *params;
    jy_str source, text;
    jy__diags *diags;
    jy__tree *tree;
    jy__arena nodes;            /* YAML nodes and message pieces */
    jy_str rule;                /* id of the rule being read, for diagnostics */
    size_t errors;              /* of this file */
    bool nomem;
    jy__list *lists;
    size_t list_count;
    jy__map list_index;
    uint32_t depth;             /* open groups and lists, while parsing a phrase */
    struct { int32_t speaker, severity, score; bool live, after; jy__folds folds; jy__expr *except; } defaults;
} jy__load;

#define JY__RULES_MOST_ERRORS 10000
#define JY__NAME_MOST 64        /* bytes of an id or a pack's name */
#define JY__GAP_USUAL 10
#define JY__GAP_MOST 100

/* ---- messages (rules_messages.c) */
typedef struct jy__arg { jy_str text[2]; } jy__arg; /* English, Chinese */
void jy__rules_say(jy__load *load, int code, jy__pos pos, const jy__arg *args, size_t count);
#define JY__SAY(load, code, pos, ...) \
    jy__rules_say((load), JY__RULES_##code, (pos), (const jy__arg[]){ __VA_ARGS__ }, sizeof((const jy__arg[]){ __VA_ARGS__ }) / sizeof(jy__arg))
#define JY__SAY0(load, code, pos) jy__rules_say((load), JY__RULES_##code, (pos), NULL, 0)
jy__arg jy__arg_text(jy__load *load, jy_str text);       /* shortened, on one line */
jy__arg jy__arg_c(const char *text);                     /* static text, the same in both languages */
jy__arg jy__arg_both(const char *english, const char *chinese);
jy__arg jy__arg_int(jy__load *load, int64_t number);
jy__arg jy__arg_found(jy__load *load, const jy__node *node); /* what stands there: "'x'", "a list", "nothing" */
jy__arg jy__arg_key(const jy__node *node);               /* the node's key, or "the file" */
void *jy__load_alloc(jy__load *load, size_t size);       /* in the tree; NULL sets nomem */
void *jy__load_scratch(jy__load *load, size_t size);     /* dies with the load */

/* ---- the file and its YAML (rules_source.c, rules_yaml.c, rules_yaml_error.c, rules_place.c) */
typedef struct jy__cursor { jy_str text; size_t index, byte; uint32_t line, column; } jy__cursor;
void jy__cursor_init(jy__cursor *cursor, jy_str text);
void jy__cursor_to(jy__cursor *cursor, size_t index);    /* code points from the start, as libyaml counts them */
jy__pos jy__cursor_pos(const jy__cursor *cursor, size_t length);
jy__pos jy__rules_place(jy_str text, size_t byte, size_t length);
bool jy__rules_source_check(jy__load *load);
bool jy__rules_yaml(jy__load *load, jy__node **root_out); /* *root_out NULL: there is no document */
struct yaml_parser_s;
void jy__rules_yaml_error(jy__load *load, const struct yaml_parser_s *parser);
/* Where byte `at` of a scalar's text stands in the file. Cheap as long as `at` goes forward. */
typedef struct jy__placer { const jy__node *node; jy_str source; size_t value, from; uint32_t column; bool exact; } jy__placer;
void jy__placer_init(jy__placer *placer, const jy__load *load, const jy__node *node);
jy__pos jy__placer_at(jy__placer *placer, size_t at);

/* ---- keys (rules_keys.c): fills found[] by the table's own numbers; false when node is no mapping */
bool jy__rules_take(jy__load *load, const jy__node *node, jy__table_id table, jy__node **found);
/* The one of the table's ONE keys that is there; -1 (with an error) when there is none or several. */
int  jy__rules_take_one(jy__load *load, const jy__node *node, jy__table_id table, jy__node **found);
bool jy__rules_lacks_colon(jy_str text); /* `id：x`, `id:x` */
bool jy__rules_is_key(jy_str word);      /* of any table */
const char *jy__rules_nearest(jy_str word, const char *(*name_at)(const void *ctx, size_t index), const void *ctx);

/* ---- values (rules_values.c): each answers false after having said why */
bool jy__rules_text(jy__load *load, const jy__node *node, jy_str *out);
bool jy__rules_texts(jy__load *load, const jy__node *node, jy_str **out, size_t *count_out);
bool jy__rules_bool(jy__load *load, const jy__node *node, bool *out);
bool jy__rules_score(jy__load *load, const jy__node *node, int32_t *out); /* rules_rule.c */
bool jy__rules_number(jy__load *load, const jy__node *node, int64_t least, int64_t most, int64_t *out);
bool jy__rules_decimal(jy__load *load, const jy__node *node, double least, double most, double *out);
bool jy__rules_date(jy__load *load, const jy__node *node, int32_t *out);
bool jy__rules_time(jy__load *load, const jy__node *node, int64_t *out);
bool jy__rules_choose_of(jy__load *load, const jy__node *node, const jy__choices *from, int32_t *out);
bool jy__rules_choose(jy__load *load, const jy__node *node, jy__choices_id choices, int32_t *out);
bool jy__time_parse(jy_str text, int64_t *ms_out);
bool jy__int_parse(jy_str text, int64_t *out);
bool jy__name_ok(jy_str name, bool dots); /* letters, digits, - _ (and .); without dots it may not begin with a digit */

/* ---- phrases, expressions, anchors, rules */
jy__wording *jy__rules_phrase(jy__load *load, const jy__node *node);     /* the phrase language */
void jy__rules_wide_comma(jy__load *load, const jy__node *node); /* says where a list of phrases is one text with a full-width comma in it */
bool jy__rules_lacks_quotes(jy__load *load, const jy__node *node); /* true after a message: {name} without its quotation marks */
bool jy__rules_phrase_formed(jy__load *load, const jy__node *node, jy__formed *out);
jy__wording *jy__rules_wording(jy__load *load, const jy__node *node);    /* nothing special but {slot} */
bool jy__rules_wordings(jy__load *load, const jy__node *node, jy__text_at **out, size_t *count_out);
jy__list *jy__rules_list(jy__load *load, jy_str name);                /* NULL: no such list */
bool jy__rules_lists(jy__load *load, const jy__node *node);
void jy__rules_lists_finish(jy__load *load);
/* `fold:` and `via:` (NULL: not written) of a pack or rule, or of a phrase. */
bool jy__rules_folds(jy__load *load, const jy__node *fold, const jy__node *via, jy__sound_said whose, jy__folds *folds);
jy__expr *jy__rules_expr(jy__load *load, const jy__node *node, jy__folds folds);
jy__expr *jy__rules_required(jy__load *load, const jy__node *node, jy__folds folds); /* the same, and `echo` */
bool jy__rules_with(jy__load *load, const jy__node *node, jy__whole whole, jy__wording ***out, size_t *count_out);
/* A phrase or pattern whose keys are already sorted out; numbers as in JY__KEYS_EXPR. */
jy__expr *jy__rules_expr_found(jy__load *load, const jy__node *node, int kind, jy__node *const *found, jy__folds folds);
jy__expr *jy__rules_near(jy__load *load, const jy__node *node, jy__folds folds);
jy__when *jy__rules_when(jy__load *load, const jy__node *node, jy__folds folds);
bool jy__rules_where(jy__load *load, const jy__node *node, jy__window *out);
bool jy__window_is_relative(jy__window_kind kind);
bool jy__window_looks_back(jy__window_kind kind);
jy__limit *jy__rules_limit(jy__load *load, const jy__node *node, int32_t speaker);
void jy__rules_rule(jy__load *load, const jy__node *node, size_t number, jy__rule *rule);
jy_str jy__rules_stem(jy__load *load);                                /* the source's name without folder and ending, as a name */
const jy__choices *jy__rules_labels(void);                            /* what tests may call the speakers */
void jy__rules_tests(jy__load *load, const jy__node *node, jy__rule *rule);
void jy__rules_file(jy__load *load, const jy__node *root);

/* ---- a load with its YAML still at hand, for the formatter: run fills load->tree and gives the root (NULL when there is none),
 * end frees all but the tree */
jy__node *jy__load_run(jy__load *load, jy_str source);
void jy__load_end(jy__load *load);

/* ---- standard layout of one scalar (rules_layout.c) */
void jy__layout_scalar(jy__text *out, const jy__node *node, bool flow);                       /* on one line */
void jy__layout_block(jy__text *out, const jy__node *node, jy_str source, size_t indent);    /* | and >, with their line ends */

#endif
