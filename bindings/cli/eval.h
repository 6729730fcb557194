/* eval — between cmd_eval.c (labelled lines -> judged cases), eval_count.c (cases -> figures) and eval_print.c. */
#ifndef JINYU_CLI_EVAL_H
#define JINYU_CLI_EVAL_H

#include "cli.h"

typedef struct point { uint64_t turn; size_t at; } point;
typedef struct label { bool is_rule, found, spotted; jy_str key; point begin, end; } label;
typedef struct found { uint32_t rule; jy_str rule_id, clause, text; point begin, end; bool said, right, on_label; } found;

/* One labelled line and what the rules made of it. */
typedef struct labelled {
    jy_str id, variant, shown;
    bool whole;
    label *labels;
    size_t label_count, label_cap;
    found *founds;
    size_t found_count, found_cap;
} labelled;

/* labels/hit: recall; findings/right: precision. */
typedef struct figures { char *key; size_t labels, hit, findings, right; size_t texts, should, flagged, flagged_right; } figures;
typedef struct table { figures *rows; size_t count; } table;
typedef struct evaluation {
    const cli_options *options;
    table by_key, by_variant;
    figures all, spans;          /* by rule or clause; by span alone */
    strings missed, wrong;       /* samples */
    size_t most_samples;
    bool rule_labels;            /* labels name rules: findings are listed by rule, else by clause */
} evaluation;

void eval_count(evaluation *e, labelled *one);
void eval_print(const evaluation *e);
void eval_print_json(const evaluation *e);
void eval_free(evaluation *e);

#endif
