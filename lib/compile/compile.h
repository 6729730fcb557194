/* compile — rule trees in, one frozen rule set out. Read by judge and session; shared by all threads, never written after build.
 *
 *   rule ──▶ node (any, all, near, not) ──▶ atom (phrase or pattern) ──▶ chain (one alternative with its gaps) ──▶ literal
 *
 * Rule sets have ten thousands of phrases, so what there is of each is numbers and no pointers, and what they have in common is said once.
 * A literal is one folded character string; equal ones of all rules are one. Three sets are scanned apart, because they are needed
 * at different times: FORBID on every text, CALL (required wording, anchors, what is forbidden in situations) only in sessions, SHIELD (exceptions, approved
 * wording) only on turns where something was hit. */
#ifndef JY_COMPILE_COMPILE_H
#define JY_COMPILE_COMPILE_H

#include "fold/fold.h"
#include "match/match.h"
#include "rules/rules_tree.h"

typedef enum jy__set_kind { JY__SET_FORBID = 0, JY__SET_CALL, JY__SET_SHIELD, JY__SET_COUNT } jy__set_kind;

#define JY__NONE UINT32_MAX

/* A phrase without gaps is its literals' uses and nothing more; one with gaps has a chain for each alternative. */
typedef struct jy__chain {
    uint32_t atom, segment_count;
    uint32_t first_gap;        /* in gaps: least and most characters before each segment */
    uint32_t sides;            /* in sides: what must stand beside its key */
} jy__chain;
/* chain JY__NONE: the literal is the phrase */
typedef struct jy__use { uint32_t atom, chain, segment : 31; bool key : 1; /* its part is the one of its chain that is sought first */ } jy__use;
_Static_assert(sizeof(jy__use) == 12, "there are many");

/* ---- what must stand beside a match for it to come to anything (compile_sides.c). A door: what words begin with, or end with, by hash: the symbol;
 * the symbol with the one beyond it, or the symbol alone when it is all of a word; the sounds of the symbol when `heard`. */
typedef struct jy__door { uint64_t bits[16]; uint32_t heard, masked; /* a mask may stand for any */ } jy__door;
static inline uint32_t jy__door_symbol(uint32_t symbol) { return jy__edge_mark(symbol); }
static inline uint32_t jy__door_pair(uint32_t symbol, uint32_t beyond) { return (symbol * 0x9E3779B1u + beyond) * 0xC2B2AE35u >> 22; }
static inline uint32_t jy__door_alone(uint32_t symbol) { return jy__door_pair(symbol, 0); }
static inline void jy__door_add(uint64_t bits[16], uint32_t mark) { bits[mark / 64] |= (uint64_t)1 << (mark % 64); }
static inline bool jy__door_has(const jy__door *door, uint32_t mark) { return door->bits[mark / 64] >> (mark % 64) & 1; }
static inline uint32_t jy__door_sound(uint32_t class) { return (class + 0x20000u) * 0x85EBCA6Bu >> 22; }
/* PART: behind the match, with at most so many characters between, something of the one door, and before it something of the other; farther away,
 * anywhere in the turn, of the last part and the first. WHOLE: nothing, or directly something of the doors, or stutter. */
typedef enum jy__sides_kind { JY__SIDES_PART, JY__SIDES_WHOLE } jy__sides_kind;
typedef struct jy__sides {
    uint32_t behind, before, last, first; /* doors; JY__NONE: anything may stand there */
    uint8_t reach_behind, reach_before, kind, repeats;
} jy__sides;

/* What it means that a use of a literal, or of a pattern, was found: of the situations' set for every one, side by side, as in each turn of a call all are
 * looked at. */
typedef enum jy__meaning_kind { JY__MEANS_ITSELF, JY__MEANS_SITUATION, JY__MEANS_FORBIDDEN } jy__meaning_kind;
typedef struct jy__meaning {
    uint32_t atom, number;     /* SITUATION: a call number; FORBIDDEN: a rule */
    uint8_t speakers;          /* as in jy__manner; 0: nothing by itself, as a part of a phrase that is not the key */
    uint8_t kind;
} jy__meaning;

typedef struct jy__set {
    jy__matcher *matcher;      /* of the literals before first_count (compile_first.c); NULL: no literals */
    jy__matcher *rest;         /* of those behind, looked for where one that opens a chain was found; NULL: none */
    size_t literal_count, first_count;
    uint32_t *stands;          /* per literal before first_count: in ways, how a match of it may come to something; + JY__STANDS_ALONE */
    uint32_t *forms;           /* per literal, as written: a text */
    uint32_t *uses;            /* see jy__uses_of() */
    jy__use *parts;
    jy__meaning *meanings;     /* of JY__SET_CALL, per place in uses; else NULL */
    jy__meaning *regex_meanings; /* of JY__SET_CALL, per place in regex_uses; else NULL */
    jy__regexes *regexes;      /* NULL: no patterns */
    uint32_t *regex_atoms;     /* per use of a pattern, ascending; equal patterns of many rules are one */
    uint32_t *regex_of;        /* per use: the pattern */
    size_t regex_count;        /* uses */
    uint32_t *regex_uses;      /* their numbers, by pattern: */
    uint32_t *regex_first;     /* per pattern, and one behind the last: its first in regex_uses */
} jy__set;
/* A use is an atom, or JY__USE_PART + a place in parts. Nearly every literal has one, which stands at the literal's own place in uses; where others have
 * JY__USE_LIST + another place, at which their number stands before them, + JY__USE_KEY when one is of a key. They are in order of chains, and so
 * of atoms. */
#define JY__USE_PART 0x80000000u
#define JY__USE_LIST 0x40000000u
#define JY__USE_KEY  0x20000000u
#define JY__USE_MOST 0x1FFFFFFFu

/* A match of the literal is a finding of the one rule that has it, unless it is masked, or was only heard alike and is an ordinary word or inside an
 * approved wording (compile_alone.c). */
#define JY__STANDS_ALONE 0x80000000u
static inline uint32_t jy__literal_ways(const jy__set *set, size_t literal) { return set->stands[literal] & ~JY__STANDS_ALONE; }

/* A word that may stand beside a hit in its clause, sentence or turn; folded. */
typedef struct jy__beside { const uint32_t *symbols; uint32_t count; } jy__beside;

/* What most phrases of a rule have in common: kept once for all of them. */
typedef struct jy__manner {
    const uint32_t *with; uint32_t with_count; /* see jy__rules_word(); in order of their symbols */
    uint32_t folds;
    uint32_t rule;             /* that forbids it, or (situation) whose when, unless or require may hold by it; JY__NONE: it is no rule's own */
    uint32_t begins, ends;     /* doors (below) of whole units: the symbols that `with` and fillers begin and end with */
    uint8_t set, whole;
    uint8_t speakers;          /* of JY__SET_CALL, a bit per jy_speaker: where another says it, it means nothing to the rule */
    bool regex : 1, situation : 1;
} jy__manner;

/* Its phrases must be all of a clause, a sentence or a turn. */
static inline bool jy__manner_is_unit(const jy__manner *manner) { return manner->whole != JY__WHOLE_NONE && manner->whole != JY__WHOLE_WORD; }

typedef struct jy__atom { uint32_t written /* a text */, manner; } jy__atom;

typedef struct jy__node {
    uint8_t kind;              /* jy__expr_kind */
    bool ordered;
    uint32_t within;
    uint32_t first_atom, atom_count; /* PHRASE and REGEX have one; ANY of phrases whose atoms follow one another has them all, and no kids */
    uint32_t first_kid, kid_count;   /* in kids */
    uint32_t least;            /* ECHO: consecutive characters of the anchor's hit that must be said again */
} jy__node;

/* An anchor, compiled. */
typedef struct jy__anchor {
    uint8_t kind;              /* jy__when_kind */
    int32_t speaker, event;
    uint32_t node;             /* SAID */
    int64_t ms;
    struct jy__anchor *kids;
    uint32_t kid_count;
} jy__anchor;

/* When a rule counts, and what it measures. Most rules say nothing of it and share one. */
typedef struct jy__occasion {
    jy__anchor when, unless;
    jy__window where, unless_where;
    jy__limit limit;
} jy__occasion;

typedef struct jy__compiled {
    jy_rule info;
    uint32_t pack;
    uint32_t forbid, require, except; /* nodes or JY__NONE */
    bool has_when, has_unless, has_limit, has_replace;
    bool has_slots;            /* some suggestion has a slot to fill */
    uint32_t call_number;      /* place in call_rules, or JY__NONE */
    const jy__occasion *occasion;
    jy_str *suggestions;
    jy_str replace; int32_t replace_span;
    bool judged;               /* enabled and in date */
    bool heedless;             /* a turn without a word of its own may matter to it (`not`, `echo`): looked at in every turn */
} jy__compiled;

typedef struct jy__compiled_pack {
    jy_str name, title, version;
    jy__scorecard scorecard;
    uint32_t first_shield, shield_count; /* atoms of its approved wordings */
    jy__door approved, approved_heard; /* what may stand inside these: symbols, and sounds that may be heard as one */
    jy_str *clauses, *clause_titles; uint32_t clause_count; /* the standard's rows, when the pack names them */
} jy__compiled_pack;

struct jy_rules {
    jy__mem mem;
    jy__arena arena;
    int references;            /* atomic */
    void *image;               /* NULL, or the one piece of memory that all of it is in, of image_size bytes */
    size_t image_size;
    char *texts;               /* see jy__rules_text() */
    jy__atom *atoms; uint32_t atom_count;
    jy__manner *manners;
    uint32_t *words;           /* count, symbols, …: of all manners, each once */
    jy__chain *chains; uint32_t chain_count;
    uint8_t (*gaps)[2];
    jy__door *doors;
    jy__sides *sides;
    uint32_t *ways;            /* count, sides, …: one of which must be there */
    jy__node *nodes; uint32_t node_count;
    uint32_t *kids;            /* of all nodes */
    jy__compiled *rules; uint32_t rule_count;
    jy__compiled_pack *packs; uint32_t pack_count;
    uint32_t *call_rules; uint32_t call_rule_count; /* rules with when, where, unless, require or limit */
    uint32_t *needs_call; uint32_t needs_call_count; /* rules of which nothing can be said without a call */
    uint32_t *limit_rules; uint32_t limit_rule_count; /* of these, those with limit */
    uint32_t minded;           /* bit per jy_speaker: some rule forbids him words, whatever the situation; see jy__rules_mind() */
    int64_t least_silence_ms;  /* shorter silences mean nothing to any rule */
    jy__set sets[JY__SET_COUNT];
    size_t longest_phrase;     /* bytes of text that a phrase cut by a turn break may take on either side */
};

/* A text is its length, seven bits a byte and the lowest first, its bytes, and a zero. */
static inline jy_str jy__rules_text(const jy_rules *rules, uint32_t at)
{
    const unsigned char *p = (const unsigned char *)rules->texts + at;
    size_t len = *p & 0x7F;
    for (int shift = 7; *p++ & 0x80; shift += 7)
        len |= (size_t)(*p & 0x7F) << shift;
    return (jy_str){ (const char *)p, len };
}
/* Whether words of JY__SET_FORBID may come to anything where this speaker says them. */
static inline bool jy__rules_mind(const jy_rules *rules, int32_t speaker) { return rules->minded >> speaker & 1; }
/* One of rules->words. */
static inline jy__beside jy__rules_word(const uint32_t *words, uint32_t at) { return (jy__beside){ words + at + 1, words[at] }; }
/* The number of a text that jy__rules_text() gave; JY__NONE for the empty one that is none of them. */
static inline uint32_t jy__rules_text_number(const jy_rules *rules, jy_str text)
{
    size_t before = 1; /* bytes of its length */
    for (size_t rest = text.len; rest > 0x7F; rest >>= 7)
        before++;
    return text.ptr ? (uint32_t)((size_t)(text.ptr - rules->texts) - before) : JY__NONE;
}
static inline jy_str jy__atom_written(const jy_rules *rules, uint32_t atom) { return jy__rules_text(rules, rules->atoms[atom].written); }
static inline const jy__manner *jy__atom_manner(const jy_rules *rules, uint32_t atom) { return &rules->manners[rules->atoms[atom].manner]; }
/* The rule that forbids the atom; JY__NONE: none does. */
static inline uint32_t jy__atom_rule(const jy_rules *rules, uint32_t atom)
{
    const jy__manner *manner = jy__atom_manner(rules, atom);
    return manner->situation ? JY__NONE : manner->rule;
}
/* The call number of the rule whose when, unless or require may hold by the atom; JY__NONE: no rule's. */
static inline uint32_t jy__atom_call(const jy_rules *rules, uint32_t atom)
{
    const jy__manner *manner = jy__atom_manner(rules, atom);
    return manner->situation ? rules->rules[manner->rule].call_number : JY__NONE;
}
static inline uint32_t jy__node_kid(const jy_rules *rules, const jy__node *node, uint32_t index) { return rules->kids[node->first_kid + index]; }
bool jy__node_has_echo(const jy_rules *rules, uint32_t number); /* (compile_index.c) */
/* The places of a literal's uses. */
typedef struct jy__uses { uint32_t first, behind; } jy__uses;
static inline jy__uses jy__uses_of(const jy__set *set, size_t literal)
{
    uint32_t use = set->uses[literal], list = use & JY__USE_MOST;
    return use & JY__USE_PART || !(use & JY__USE_LIST) ? (jy__uses){ (uint32_t)literal, (uint32_t)literal + 1 }
                                                       : (jy__uses){ list + 1, list + 1 + set->uses[list] };
}
/* Whether the literal is the key of a chain. */
static inline bool jy__literal_opens(const jy__set *set, size_t literal)
{
    uint32_t use = set->uses[literal];
    return use & JY__USE_PART ? set->parts[use - JY__USE_PART].key : (use & JY__USE_KEY) != 0;
}
static inline jy__use jy__use_of(const jy__set *set, uint32_t index)
{
    uint32_t use = set->uses[index];
    return use & JY__USE_PART ? set->parts[use - JY__USE_PART] : (jy__use){ use, JY__NONE, 0, false };
}

struct jy_compiler {
    jy__mem mem;
    jy__params params;
    jy__diags diags;
    struct { jy__tree *items; size_t count, capacity; } trees;
    jy__text named;            /* packs of the library that were not read yet (compile_library.c); before all trees */
    jy_rules *rules;           /* after build; one reference */
    bool failed;               /* a file could not be read or has errors */
    bool sealed;
    bool linted;               /* its remarks are among the others, and linted_status is the answer */
    int linted_status;
};

/* Reads a rule file into a tree. */
int jy__compiler_load(jy_compiler *compiler, jy_str name, jy_str text);
/* Reads the packs of the library that were only named so far: for whoever needs trees. */
int jy__compiler_read_named(jy_compiler *compiler);
/* The rule set of just those packs, when the library has it; else JY_E_MISSING. */
int jy__compiler_wake_named(jy_compiler *compiler);
/* Freezes the compiler's trees. Errors go to its diags. */
int jy__compile_rules(jy_compiler *compiler, jy_rules **out);
/* All texts that a form stands for, gaps as \1 min max; JY_E_LIMIT when there are more than `most`. */
typedef struct jy__paths { jy_str *items; size_t count, capacity; } jy__paths;
int jy__compile_expand(const jy__mem *mem, jy__arena *arena, const jy__wording *form, size_t most, jy__paths *out);
#define JY__PATH_GAP '\1'
#define JY__SLOT_CHARACTERS 12 /* rules.md: where a wording shields a hit, a slot stands for up to 12 characters */
/* Symbols of a phrase's text: marks and blanks dropped, stops kept as optional; 0 symbols when nothing is left. */
typedef struct jy__symbols { uint32_t *items; uint8_t *optional; size_t count; bool any_optional; } jy__symbols;
int jy__compile_fold(jy__arena *arena, jy_str text, jy__symbols *out);
/* Whether `from` and `until` have the rule hold on the day of JY_PARAM_DATE. */
bool jy__compile_in_force(const jy_compiler *compiler, const jy__rule *rule);
void jy__compile_message(jy_compiler *compiler, int code, jy_str source, jy_str rule, jy__pos pos, const jy_str *args, size_t arg_count);

/* Row of the message table, NULL behind the last. */
const jy__message *jy__compile_message_at(size_t index);

/* Codes of this floor (frozen; rules/FORMAT.md). */
enum {
    JY__DIAG_FILE = 3000, JY__DIAG_FOLDER_EMPTY = 3001, JY__DIAG_TOO_MANY_RULES = 3002, JY__DIAG_DUPLICATE = 3003,
    JY__DIAG_EXPANSION = 3004, JY__DIAG_NO_SYMBOLS = 3005, JY__DIAG_REGEX = 3006, JY__DIAG_NO_BUILTIN = 3007, JY__DIAG_NO_RULES = 3008,
    JY__DIAG_SCORECARD = 3009, JY__DIAG_TOO_LONG = 3010, JY__DIAG_REGEX_EMPTY = 3011, JY__DIAG_TWICE = 3012
};

#endif
