/* rules — the rule tree: what a rule file says, with the place of every value. Made by rules_load, read by compile.
 * All strings and nodes live in the tree's arena. Wording is kept as written; folding happens in compile. */
#ifndef JY_RULES_TREE_H
#define JY_RULES_TREE_H

#include "base/base.h"

/* ---- wordings: the small language inside a phrase, and what is suggested
 *   (你|您)是谁(呀)?   =  SEQ( ALT(TEXT 你, TEXT 您), TEXT 是谁, OPT(TEXT 呀) )
 *   {sorry}*{0,4}等    =  SEQ( LIST sorry, GAP 0..4, TEXT 等 )
 *   {slot} in suggest  =  SLOT                                       */
typedef enum jy__wording_kind { JY__WORDING_TEXT = 1, JY__WORDING_SEQ, JY__WORDING_ALT, JY__WORDING_OPT, JY__WORDING_LIST, JY__WORDING_GAP, JY__WORDING_SLOT } jy__wording_kind;
typedef struct jy__wording {
    jy__wording_kind kind;
    jy__pos pos;
    jy_str text;               /* TEXT: the characters, escapes undone; LIST, SLOT: the name */
    struct jy__wording **kids;    /* SEQ, ALT: all; OPT: one; LIST: the list's items, resolved (each a wording) */
    size_t kid_count;
    uint32_t gap_min, gap_max; /* GAP, in characters */
} jy__wording;

typedef enum jy__whole { JY__WHOLE_NONE = 0, JY__WHOLE_WORD, JY__WHOLE_CLAUSE, JY__WHOLE_SENTENCE, JY__WHOLE_TURN,
    JY__WHOLE_CLAUSE_END /* to the clause's end, wherever it begins */ } jy__whole;

/* ---- expressions: what forbid, require, except and when may say about wording */
typedef enum jy__expr_kind { JY__EXPR_PHRASE = 1, JY__EXPR_REGEX, JY__EXPR_ANY, JY__EXPR_ALL, JY__EXPR_NOT, JY__EXPR_NEAR, JY__EXPR_ECHO } jy__expr_kind;
/* Whether a phrase is also found by sound is decided where it is most closely said; a pack or a rule means its phrases of three characters or more. */
typedef enum jy__sound_said { JY__SOUND_UNSAID, JY__SOUND_OF_RULES, JY__SOUND_OF_PHRASE } jy__sound_said;
typedef struct jy__expr {
    jy__expr_kind kind;
    jy__pos pos;
    jy_str written;          /* PHRASE, REGEX: as written in the file */
    jy__wording *form;          /* PHRASE */
    jy__whole whole;         /* PHRASE, REGEX */
    uint32_t folds;          /* PHRASE, REGEX: bit per jy_fold_kind that may be used (defaults of pack and rule applied) */
    jy__sound_said sound;    /* PHRASE: who decided folds' sound bit */
    struct jy__wording **with;  /* PHRASE, REGEX with whole: words that may stand beside the hit in its clause, sentence or turn */
    size_t with_count;
    int64_t match_limit;     /* REGEX: 0 = the setting */
    uint32_t within;         /* NEAR: most characters between neighbours */
    bool ordered;            /* NEAR */
    uint32_t least;          /* ECHO: consecutive folded characters of the anchor's hit that must be said again */
    struct jy__expr **kids;  /* ANY, ALL, NEAR; NOT: one */
    size_t kid_count;
} jy__expr;

/* ---- anchors (when) and windows (where) */
typedef enum jy__when_kind { JY__WHEN_SAID = 1, JY__WHEN_EVENT, JY__WHEN_SILENCE, JY__WHEN_ALL, JY__WHEN_ANY, JY__WHEN_NOT } jy__when_kind;
typedef struct jy__when {
    jy__when_kind kind;
    jy__pos pos;
    jy__expr *said;          /* SAID */
    int32_t speaker;         /* SAID, SILENCE, EVENT: jy_speaker; JY__SPEAKER_ANY */
    int32_t event;           /* EVENT: jy_event_kind */
    int64_t ms;              /* SILENCE: at least */
    struct jy__when **kids;
    size_t kid_count;
} jy__when;
#define JY__SPEAKER_ANY (-1)

typedef enum jy__window_kind {
    JY__WINDOW_NONE = 0,     /* where: not said */
    JY__WINDOW_TURN,         /* the turn of the anchor (or of the hit) */
    JY__WINDOW_NEXT_TURNS, JY__WINDOW_PREVIOUS_TURNS, JY__WINDOW_FIRST_TURNS, JY__WINDOW_LAST_TURNS,
    JY__WINDOW_NEXT_MS, JY__WINDOW_PREVIOUS_MS, JY__WINDOW_FIRST_MS, JY__WINDOW_LAST_MS,
    JY__WINDOW_CALL
} jy__window_kind;
typedef struct jy__window { jy__window_kind kind; jy__pos pos; uint32_t turns; int64_t ms; int32_t of; /* whose turns count: jy_speaker or ANY */ } jy__window;

typedef enum jy__measure {
    JY__MEASURE_ANSWER = 1,  /* ms from ring (or call-start) to answer */
    JY__MEASURE_RINGS,       /* rings before answer */
    JY__MEASURE_SILENCE,     /* ms between turns outside hold */
    JY__MEASURE_HOLD,        /* ms of one hold or mute */
    JY__MEASURE_OVERLAP,     /* ms the speaker begins before the other has ended (抢话) */
    JY__MEASURE_RATE,        /* characters a minute of one turn (语速) */
    JY__MEASURE_REPEAT,      /* alike turns of the speaker */
    JY__MEASURE_TURN,        /* ms of one turn */
    JY__MEASURE_HANGUP       /* who hung up: forbidden speaker */
} jy__measure;
typedef struct jy__limit {
    jy__measure measure;
    jy__pos pos;
    int64_t most;            /* ms; characters a minute; rings; REPEAT: times */
    uint32_t within_turns;   /* REPEAT */
    double alike;            /* REPEAT: 0..1 */
    int32_t speaker;         /* HANGUP: who must not; others: whose (rule's speaker) */
} jy__limit;

/* ---- tests */
typedef struct jy__test_turn { int32_t speaker; jy_str text; int64_t begin_ms, end_ms; int32_t event; /* 0: a turn */ } jy__test_turn;
typedef enum jy__test_kind { JY__TEST_BAD = 1, JY__TEST_GOOD, JY__TEST_FIX, JY__TEST_KNOWN_BAD, JY__TEST_KNOWN_GOOD } jy__test_kind;
typedef struct jy__test {
    jy__test_kind kind;      /* KNOWN_*: a gap that is known; fails when it closes */
    jy__pos pos;
    jy__test_turn *turns;    /* a plain text is one turn of the rule's speaker */
    size_t turn_count;
    bool dialogue;           /* written as a list of speaker: text */
    jy_str fixed;            /* FIX: what it must become */
} jy__test;

/* ---- rules and packs */
typedef struct jy__text_at { jy_str text; jy__pos pos; jy__wording *form; } jy__text_at;
enum { JY__SPAN_PHRASE = 0, JY__SPAN_CLAUSE, JY__SPAN_SENTENCE, JY__SPAN_TURN };
typedef struct jy__rule {
    jy_str id; jy__pos pos, id_pos;
    jy_str *clauses; size_t clause_count;
    jy_str situation, note;
    jy_str *tags; size_t tag_count;
    int32_t speaker;                     /* jy_speaker or ANY; defaults applied */
    int32_t severity, score; bool fatal, enabled, live, after;
    bool written_enabled;                /* what the file says; enabled is what holds */
    int32_t from, until;                 /* yyyymmdd, 0 = open; both included */
    jy__expr *forbid, *require, *except; /* forbid/require/except given as a list become ANY */
    jy__limit *limit;
    jy__when *when; jy__window where;
    jy__when *unless; jy__window unless_where;    /* the rule is silent where this holds; looks back only */
    jy__text_at *suggest; size_t suggest_count;   /* form: with SLOTs, for shielding */
    jy__text_at replace; int32_t replace_span; bool has_replace;
    jy__test *tests; size_t test_count;
} jy__rule;

typedef struct jy__scorecard { bool given; int32_t start, floor, pass; jy__pos pos; } jy__scorecard;
typedef struct jy__pack {
    jy_str source;                       /* file name */
    jy_str name, title, version;
    jy__pos pos;
    jy__scorecard scorecard;
    jy__text_at *clauses, *clause_titles; size_t clause_count; /* paragraphs of the standard that the pack answers for */
    jy__text_at *approved; size_t approved_count; /* pack-wide approved wordings beside the rules' suggestions */
    jy__rule *rules; size_t rule_count;
} jy__pack;

/* One tree per rule file. Files that name the same pack are parts of one pack. */
typedef struct jy__tree {
    jy__arena arena;
    jy__pack pack;
    bool ok;
    bool newer;              /* the file is of a newer format than this library reads: JY_E_VERSION */
    uint64_t content;        /* hash of the file's bytes: the same file may come under two names */
} jy__tree;

/* Reads one rule file from memory. Every problem is added to diags (codes 1000..1999); *out is always usable for
 * further checks, its `ok` false when there was an error. JY_E_NOMEM only (then *out is empty). lists of the same pack in other files are not
 * seen: a file says all it needs. */
int  jy__rules_load(const jy__mem *mem, const jy__params *params, jy_str source, jy_str text, jy__diags *diags, jy__tree *out);
const char *jy__rules_yaml_version(void);
/* Row `index` of the loader's message table, NULL behind the last: for lists of all codes. */
const jy__message *jy__rules_message(size_t index);
void jy__rules_tree_free(jy__tree *tree);
/* The JSON Schema of format 1, made from the loader's own key tables. */
int  jy__rules_schema(jy__text *out);
/* The file in standard layout. */
int  jy__rules_format(const jy__mem *mem, jy_str text, jy__text *out);

#endif
