/* match — finds folded phrases and patterns in original text. Frozen jy__matcher shared by threads, jy__match_scratch for one. */
#ifndef JY_MATCH_MATCH_H
#define JY_MATCH_MATCH_H

#include "base/base.h"

/* One literal form: what a phrase stands for after groups and lists are multiplied out. */
typedef struct jy__literal {
    const uint32_t *symbols;  /* folded, without gaps marks unless the phrase has stops; at least 1 */
    const uint8_t *optional;  /* NULL, or per symbol: 1 = a punctuation mark that may be missing or another mark */
    uint32_t count;
    uint32_t folds;           /* bit per jy_fold_kind that may be used */
} jy__literal;

/* Where phrases are dense their list is longer than the caches: it is kept short. */
typedef struct jy__match {
    size_t   begin;                 /* bytes in the original */
    uint32_t length : 24;           /* … so many; no match comes near that (match_limits.h) */
    uint32_t confidence : 7;        /* 100; less for sound */
    uint32_t nests : 1;             /* shorter ones begin with it that are not listed (jy__match_shorter()) */
    uint32_t literal;
    uint8_t  count[JY_FOLD_COUNT];  /* how often each fold was needed; JY__MATCH_MOST_COUNT: so often or more */
} jy__match;
#define JY__MATCH_MOST_COUNT 255u
static inline size_t jy__match_end(const jy__match *match) { return match->begin + match->length; }
static inline uint8_t jy__match_counted(size_t count) { return (uint8_t)(count < JY__MATCH_MOST_COUNT ? count : JY__MATCH_MOST_COUNT); }
static inline void jy__match_counts(const jy__match *match, uint16_t out[JY_FOLD_COUNT])
{
    for (int fold = 0; fold < JY_FOLD_COUNT; fold++)
        out[fold] = match->count[fold];
}

/* What a match may skip is bounded (match_limits.h), so that hostile text costs linear time: between two symbols 10 blanks and marks, 32
 * invisible characters and 3 fillers; 8 repeats in one match, each of up to 4 symbols, none behind the last symbol. A match covers whole
 * characters of the original. From one start the plain phrase wins over sound, and sound over masks; the longest match is given, and of
 * several ways to it the one with the fewest repeats, then sounds, fillers, script and width folds.
 * optional marks at the ends of a literal are left out of its spans. A literal with marks that must be there is found without fillers,
 * repeats, sound and masks. Sound needs two Han symbols side by side; masks need three symbols, the first of them visible and one run of
 * exactly as many masks as symbols are missing. At most 255 symbols (JY_E_LIMIT). */
typedef struct jy__matcher jy__matcher;
/* Literals are copied. */
int  jy__matcher_new(const jy__mem *mem, const jy__literal *literals, size_t count, jy__matcher **out);
/* What may stand right beside a literal of one Han symbol, before it and behind it: bits of jy__edge_mark(). Where a Han character stands
 * that is neither of these nor the symbol itself, nothing comes of the literal, and it need not be found; it may be. */
typedef struct jy__edges { uint64_t before[16], behind[16]; } jy__edges;
static inline uint32_t jy__edge_mark(uint32_t symbol) { return symbol * 0x9E3779B1u >> 22; }
/* By literal; NULL: it is found wherever it stands. */
int  jy__matcher_set_edges(jy__matcher *matcher, const jy__edges *const *edges);
/* By literal; 0: none. Of literals of one group that begin alike and stand there as they are, a scan that nests lists the longest alone. */
void jy__matcher_set_groups(jy__matcher *matcher, const uint32_t *groups);
void jy__matcher_free(jy__matcher *matcher);
size_t jy__matcher_memory(const jy__matcher *matcher);

typedef struct jy__matches { jy__match *items; size_t count, capacity; } jy__matches;

typedef struct jy__match_scratch {
    const jy__mem *mem;
    jy__matches matches; /* of the last scan, by begin, then longest, then literal */
    jy__matches spare;   /* room to put them in order */
    bool all;            /* what stands beside a literal is not asked (jy__matcher_set_edges()) */
    bool nest;           /* matches may nest: those in another are not counted either (max_matches) */
    size_t max_matches; bool cut;   /* 0: no bound. cut: max_matches was reached and the rest was not looked for */
    size_t cut_at;                  /* whatever ends at or before it was found */
    size_t bad_bytes, first_bad;    /* bytes that are no UTF-8; first_bad is SIZE_MAX when none */
    size_t line_ends;               /* of the text; SIZE_MAX: the engine did not count them on its way */
    uint64_t *lines; bool lines_made; /* room for a map of them (base.h) that begins where the text does, NULL: it is not asked for; whether the engine made it */
    void *state;                    /* the engine's own */
} jy__match_scratch;
int  jy__match_scratch_init(jy__match_scratch *scratch, const jy__mem *mem);
void jy__match_scratch_free(jy__match_scratch *scratch);

/* Finds all literals in text. All overlapping matches are kept except: of one literal, a match that another one with the same
 * end or the same begin contains. Newlines are never crossed. Text is split at `bounds` (ascending byte offsets, may be NULL):
 * no match crosses one. JY_OK also when cut (see scratch). */
int  jy__match_scan(const jy__matcher *matcher, jy__match_scratch *scratch, jy_str text, const size_t *bounds, size_t bound_count);

/* Of a match that nests, in a text that begins at `base`, makes the next shorter one; false: that was the shortest. */
bool jy__match_shorter(const jy__matcher *matcher, jy_str text, size_t base, jy__match *match);

/* The engine that suits the machine best; force for tests: "avx512", "avx512-buckets", "avx2", "sse4.2", "neon", "scalar", NULL = best. */
const char *jy__match_engine(void);
bool jy__match_force(jy__matcher *matcher, const char *engine);

/* Slow and obvious: the same answer by folding each position and trying every literal. For tests. */
int  jy__match_reference(const jy__literal *literals, size_t count, jy__match_scratch *scratch, jy_str text, const size_t *bounds, size_t bound_count);
int  jy__match_by_place(const void *left, const void *right); /* the order in which matches are listed, as qsort() asks for it */

/* ---- patterns (PCRE2), on folded text (fold.h, jy__folded) */
typedef struct jy__regexes jy__regexes;
typedef struct jy__regex_error { int code; size_t offset; char text[2][256]; } jy__regex_error; /* code 0: it matches the empty text */
int  jy__regexes_new(const jy__mem *mem, bool jit, jy__regexes **out);
/* Number of the pattern in *index_out; JY_E_RULES with *error when it does not compile or can match nothing (the empty text). */
int  jy__regexes_add(jy__regexes *regexes, jy_str pattern, uint32_t folds, int64_t match_limit, uint32_t *index_out, jy__regex_error *error);
int  jy__regexes_seal(jy__regexes *regexes); /* builds the required-literal filter */
size_t jy__regexes_count(const jy__regexes *regexes);
size_t jy__regexes_words(const jy__regexes *regexes); /* of 64 bits, for a bit per pattern */
size_t jy__regexes_memory(const jy__regexes *regexes); /* but for what PCRE2 keeps */
typedef struct jy__regex_scratch jy__regex_scratch;
int  jy__regex_scratch_new(const jy__mem *mem, jy__regex_scratch **out);
void jy__regex_scratch_free(jy__regex_scratch *scratch);
typedef struct jy__regex_hit { uint32_t regex; size_t begin, end; } jy__regex_hit; /* bytes in the original */
typedef struct jy__regex_hits {
    struct { jy__regex_hit *items; size_t count, capacity; } list;
    struct { uint32_t *items; size_t count, capacity; } aborted; /* patterns that reached a limit on this text */
} jy__regex_hits;
/* All matches (leftmost, not overlapping, per pattern) in one turn. */
int  jy__regex_scan(const jy__regexes *regexes, jy__regex_scratch *scratch, jy_str text, int64_t match_limit, int64_t depth_limit, jy__regex_hits *hits);
/* The same one by one, for those who need few: which patterns may match in the turn (wanted: a bit per pattern); then the first `most` matches of
 * one, appended to hits. The turn is folded once for all that are asked, of whatever regexes, until the scratch is told that another one
 * begins. */
typedef struct jy__regex_limits { int64_t match, depth; } jy__regex_limits;
int  jy__regex_choose(const jy__regexes *regexes, jy__regex_scratch *scratch, jy_str text, uint64_t *wanted);
int  jy__regex_one(const jy__regexes *regexes, jy__regex_scratch *scratch, uint32_t number, jy_str text, size_t most, const jy__regex_limits *limits,
                   jy__regex_hits *hits);
void jy__regex_forget(jy__regex_scratch *scratch);
/* False: the turn has nothing of what the pattern needs besides the literals that are looked for first. */
bool jy__regex_may(const jy__regexes *regexes, uint32_t number, jy_str text);
/* The same of all that is known of what the pattern needs. The turn is read once for all that are asked, as it is folded. */
bool jy__regex_has(const jy__regexes *regexes, jy__regex_scratch *scratch, uint32_t number, jy_str text);
/* Where in a larger text (bounds as in jy__match_scan) something stands without which no pattern matches: ascending by begin, with the
 * pattern for literal, borrowed from scratch until its next use. *every true: that cannot be said, each turn is to be looked at. */
int  jy__regex_places(const jy__regexes *regexes, jy__regex_scratch *scratch, jy_str text, const size_t *bounds, size_t bound_count,
                      const jy__match **places, size_t *count, bool *every);
void jy__regexes_free(jy__regexes *regexes);

/* ---- at rest: a matcher or patterns without anything of the process they were made in (functions, what PCRE2 made), so that the bytes can
 * be kept and used by another one; 32 bytes behind them may be read. Woken (false: no memory), they do as before; what patterns need of PCRE2 is made when it is first needed. At
 * the end what was made since is dropped. */
void jy__matcher_rest(jy__matcher *matcher);
bool jy__matcher_wake(jy__matcher *matcher, const jy__mem *mem);
void jy__matcher_drop(jy__matcher *matcher);
void jy__regexes_rest(jy__regexes *regexes);
bool jy__regexes_wake(jy__regexes *regexes, const jy__mem *mem);
void jy__regexes_drop(jy__regexes *regexes);
const char *jy__regex_version(void);

#endif
