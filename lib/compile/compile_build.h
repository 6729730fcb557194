/* compile — the rule set under construction. */
#ifndef JY_COMPILE_BUILD_H
#define JY_COMPILE_BUILD_H

#include "compile/compile_set.h"

/* An exception, or what must not stand beside a phrase, that several rules of a file share: looked for once. */
typedef struct jy__shared { jy_str written, source; uint32_t folds, atom; int64_t match_limit; uint8_t whole; jy__sound_said sound; bool regex; } jy__shared;

/* An atom before it is frozen; its written form is the tree's. */
typedef struct jy__built_atom { jy_str written; jy__manner manner; } jy__built_atom;

typedef struct jy__build {
    jy_compiler *compiler;
    jy_rules *rules;
    const jy__mem *mem;
    jy__arena scratch;
    jy__set_builder sets[JY__SET_COUNT];
    struct { jy__built_atom *items; size_t count, capacity; } atoms;
    struct { jy__shared *items; size_t count, capacity; } shared;
    struct { uint32_t *items; size_t count, capacity; } words; /* as in jy_rules */
    jy__map by_word;
    struct { jy__chain *items; size_t count, capacity; } chains;
    struct { uint8_t (*items)[2]; size_t count, capacity; } gaps;
    jy__sides_build sides;
    struct { jy__node *items; size_t count, capacity; } nodes;
    struct { uint32_t *items; size_t count, capacity; } kids;
    struct { jy__compiled *items; size_t count, capacity; } compiled;
    struct { jy__compiled_pack *items; size_t count, capacity; } packs;
    jy__occasion *always;      /* of the rules that say nothing of when they count */
    jy_str nothing;            /* the text of no bytes */
    jy_str source, rule_id;    /* of the rule at hand, for diagnostics */
    uint32_t rule;             /* whose phrases are built; JY__NONE: no rule's own are (exceptions, approved wording, what stands under `not`) */
    bool beside;               /* under `not` of what a rule forbids */
    bool situation;            /* in its when, unless or require */
    int32_t speaker;           /* by whom its phrases count */
    bool failed;
} jy__build;

int jy__build_atom(jy__build *build, jy__set_kind set, jy_str written, uint32_t folds, jy__whole whole, bool regex, uint32_t *out);
/* The atom of a phrase form; JY__NONE after an error that went to the diagnostics. */
int jy__build_phrase(jy__build *build, jy__set_kind set, const jy__wording *form, jy_str written, uint32_t folds, jy__sound_said sound,
                     jy__whole whole, jy__pos pos, uint32_t *atom_out);
/* The words under `with`, folded, into the manner of an atom. */
int jy__build_with(jy__build *build, const jy__expr *expr, jy__manner *manner);
int jy__build_expr(jy__build *build, jy__set_kind set, const jy__expr *expr, uint32_t *node_out);
int jy__build_when(jy__build *build, const jy__when *when, jy__anchor *out);
int jy__build_rule(jy__build *build, const jy__tree *tree, const jy__rule *rule, uint32_t pack);
/* Everything built into the rule set, in as few bytes as it takes. */
int jy__build_freeze(jy__build *build);
/* Which rules need the call: for judging only what can matter. After the rules are frozen. */
int jy__build_index(jy__build *build);
/* What the uses of the situations' set mean. After the index. */
int jy__build_meanings(jy__build *build);
/* Which literals are a finding wherever they stand. After the index. */
int jy__build_alone(jy__build *build);
void jy__build_error(jy__build *build, int code, jy__pos pos, const jy_str *args, size_t arg_count);

#endif
