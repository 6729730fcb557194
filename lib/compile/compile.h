/* compile — rule trees in, one frozen rule set out. Read by judge and session; shared by all threads, never written after build.
 *
 *   rule ──▶ node (any, all, near, not) ──▶ atom (phrase or pattern) ──▶ chain (one alternative with its gaps) ──▶ literal
 *
 * A literal is one folded character string; equal ones of all rules are one. Three sets are scanned apart, because they are needed
 * at different times: FORBID on every text, CALL (required wording, anchors, what is forbidden in situations) only in sessions, SHIELD (exceptions, approved
 * wording) only on turns where something was hit. */
#ifndef JY_COMPILE_COMPILE_H
#define JY_COMPILE_COMPILE_H

#include "fold/fold.h"
#include "match/match.h"
#include "rules/rules_tree.h"

typedef enum jy__set_kind { JY__SET_FORBID = 0, JY__SET_CALL, JY__SET_SHIELD, JY__SET_COUNT } jy__set_kind;

/* gate: how the parts besides the key begin (compile_gate.c), for a look at whether a turn can have them all; NULL: nothing is known. */
typedef struct jy__chain { uint32_t atom, segment_count; const uint8_t (*gaps)[2]; /* min, max before segment 1.. */ const uint16_t *gate; } jy__chain;
typedef struct jy__use { uint32_t chain, segment, atom; bool key; /* its part is the one of a chain of several that is sought first */ } jy__use;

/* uses of literal i: uses[use_begin[i] .. use_begin[i + 1]), in order of chains, and so of atoms */
typedef struct jy__set {
    jy__matcher *matcher;      /* of the literals before first_count (compile_first.c); NULL: no literals */
    jy__matcher *rest;         /* of those behind, looked for where one that opens a chain was found; NULL: none */
    size_t literal_count, first_count;
    uint8_t *opens;            /* per literal before first_count: is the key of a chain of several parts */
    jy_str *forms;             /* per literal, as written */
    uint32_t *use_begin;
    jy__use *uses;
    jy__regexes *regexes;      /* NULL: no patterns */
    uint32_t *regex_atoms;     /* per use of a pattern, ascending; equal patterns of many rules are one */
    uint32_t *regex_of;        /* per use: the pattern */
    size_t regex_count;        /* uses */
} jy__set;

/* Words that may stand beside a hit in its clause, sentence or turn; folded. */
typedef struct jy__beside { const uint32_t *symbols; uint32_t count; } jy__beside;

typedef struct jy__atom {
    jy_str written;
    const jy__beside *with; uint32_t with_count;
    uint32_t folds;
    uint8_t set, whole;
    bool regex;
    uint32_t shields;          /* an approved wording: the pack it shields in; else JY__NONE */
} jy__atom;

typedef struct jy__node {
    uint8_t kind;              /* jy__expr_kind; PHRASE and REGEX are leaves: atom */
    bool ordered;
    uint32_t within;
    uint32_t atom;
    uint32_t *kids;
    uint32_t kid_count;
    uint32_t first_atom;       /* ANY of leaves whose atoms follow one another: the first of them, else JY__NONE */
    uint32_t least;            /* ECHO: consecutive characters of the anchor's hit that must be said again */
} jy__node;
#define JY__NONE UINT32_MAX

/* An anchor, compiled. */
typedef struct jy__anchor {
    uint8_t kind;              /* jy__when_kind */
    int32_t speaker, event;
    uint32_t node;             /* SAID */
    int64_t ms;
    struct jy__anchor *kids;
    uint32_t kid_count;
} jy__anchor;

typedef struct jy__compiled {
    jy_rule info;
    uint32_t pack;
    uint32_t forbid, require, except; /* nodes or JY__NONE */
    bool has_when, has_unless, has_limit, has_replace;
    bool has_slots;            /* some suggestion has a slot to fill */
    uint32_t call_number;      /* place in call_rules, or JY__NONE */
    jy__anchor when, unless;
    jy__window where, unless_where;
    jy__limit limit;
    jy_str *suggestions;
    jy_str replace; int32_t replace_span;
    bool judged;               /* enabled and in date */
    bool heedless;             /* its anchor can hold without a word of its own being said (`not`): looked at in every turn */
} jy__compiled;

typedef struct jy__compiled_pack {
    jy_str name, title, version;
    jy__scorecard scorecard;
    uint32_t first_shield, shield_count; /* atoms of its approved wordings */
    jy_str *clauses, *clause_titles; uint32_t clause_count; /* the standard's rows, when the pack names them */
} jy__compiled_pack;

struct jy_rules {
    jy__mem mem;
    jy__arena arena;
    int references;            /* atomic */
    bool woken;                /* out of an image: one piece of memory, of image_size bytes, of which this is the first */
    size_t image_size;
    jy__atom *atoms; uint32_t atom_count;
    jy__chain *chains; uint32_t chain_count;
    jy__node *nodes; uint32_t node_count;
    jy__compiled *rules; uint32_t rule_count;
    jy__compiled_pack *packs; uint32_t pack_count;
    /* Rules by atom: which rules an atom can fire (forbid), in order of rule number. */
    uint32_t *atom_rule_begin, *atom_rules;
    uint32_t *call_rules; uint32_t call_rule_count; /* rules with when, where, unless, require or limit */
    uint32_t *needs_call; uint32_t needs_call_count; /* rules of which nothing can be said without a call */
    uint32_t *limit_rules; uint32_t limit_rule_count; /* of these, those with limit */
    uint32_t *atom_call_begin, *atom_calls; /* by atom: call numbers of the rules whose when, unless or require may hold by it */
    int64_t least_silence_ms;  /* shorter silences mean nothing to any rule */
    jy__set sets[JY__SET_COUNT];
    size_t longest_phrase;     /* bytes of text that a phrase cut by a turn break may take on either side */
};

/* ---- gates: the marks that a symbol leaves in a turn, itself and its sounds */
#define JY__GATE_BITS 2048
typedef struct jy__gate_marks { uint64_t bits[JY__GATE_BITS / 64]; } jy__gate_marks;
void jy__gate_mark_text(jy__gate_marks *marks, jy_str text);
bool jy__gate_opens(const uint16_t *gate, const jy__gate_marks *marks);

struct jy_compiler {
    jy__mem mem;
    jy__params params;
    jy__diags diags;
    struct { jy__tree *items; size_t count, capacity; } trees;
    jy_rules *rules;           /* after build; one reference */
    bool failed;               /* a file could not be read or has errors */
    bool sealed;
};

/* Freezes the compiler's trees. Errors go to its diags. */
int jy__compile_rules(jy_compiler *compiler, jy_rules **out);
/* All texts that a form stands for, gaps as \1 min max; JY_E_LIMIT when there are more than `most`. */
typedef struct jy__paths { jy_str *items; size_t count, capacity; } jy__paths;
int jy__compile_expand(const jy__mem *mem, jy__arena *arena, const jy__form *form, size_t most, jy__paths *out);
#define JY__PATH_GAP '\1'
#define JY__SLOT_CHARACTERS 12 /* rules.md: where a wording shields a hit, a slot stands for up to 12 characters */
/* Symbols of a phrase's text: marks and blanks dropped, stops kept as optional; 0 symbols when nothing is left. */
typedef struct jy__symbols { uint32_t *items; uint8_t *optional; size_t count; bool any_optional; } jy__symbols;
int jy__compile_fold(jy__arena *arena, jy_str text, jy__symbols *out);
void jy__compile_message(jy_compiler *compiler, int code, jy_str source, jy_str rule, jy__pos pos, const jy_str *args, size_t arg_count);

/* Row of the message table, NULL behind the last. */
const jy__message *jy__compile_message_at(size_t index);

/* Codes of this floor (frozen; rules/FORMAT.md). */
enum {
    JY__DIAG_FILE = 3000, JY__DIAG_FOLDER_EMPTY = 3001, JY__DIAG_TOO_MANY_RULES = 3002, JY__DIAG_DUPLICATE = 3003,
    JY__DIAG_EXPANSION = 3004, JY__DIAG_NO_SYMBOLS = 3005, JY__DIAG_REGEX = 3006, JY__DIAG_NO_BUILTIN = 3007, JY__DIAG_NO_RULES = 3008,
    JY__DIAG_SCORECARD = 3009, JY__DIAG_TOO_LONG = 3010, JY__DIAG_REGEX_EMPTY = 3011
};

#endif
