/* jinyu — hears what a call-centre agent must not say, and gives the words to say instead.
 *
 * Three objects do the work:
 *   jy_rules    frozen rule set. Reference-counted; any number of threads may use one at the same time.
 *   jy_scanner  one thread's scratch memory. One call at a time.
 *   jy_session  one call's memory. May move between threads, one call at a time.
 * A jy_compiler turns rule files into jy_rules; a jy_reader turns files into turns and events; a jy_result holds what
 * was found; a jy_report writes results for people and machines.
 *
 * Conventions that hold for every function here, unless its comment says otherwise:
 *   - int results are a jy_status: JY_OK (0) or JY_DONE (1) on success, negative on failure.
 *   - Every function that can fail may answer JY_E_INVALID (an argument is NULL or out of range), JY_E_NOMEM and JY_E_INTERNAL.
 *     What it gives (*out) is then as it was. Functions that give a number, a text or a pointer answer 0, "" or NULL to NULL.
 *   - Text is UTF-8, given by pointer and length; it is read during the call only, never kept (but see JY_PARAM_TEXT_STAYS), never freed.
 *     Of a length of 0 the pointer may be NULL; NULL with a length is JY_E_INVALID, also inside a struct.
 *   - A struct that the caller fills or receives starts with its own size: use the JY_..._INIT macros. A size of 0 is JY_E_INVALID.
 *   - Spans are half-open in the ORIGINAL text, in the unit chosen by JY_PARAM_UNIT (bytes unless changed). Bytes that are no UTF-8 count as
 *     the U+FFFD that decoders put in their place: one for each maximal part of a character (Unicode 3.9; Python's errors="replace").
 *   - Times are milliseconds from the start of the call; JY_TIME_UNKNOWN where the source does not say, as which all below 0 are taken.
 *   - free and unref functions accept NULL.
 *   - Functions without an object (versions, names, settings, schema, layout, redact) may be called by any thread at any time.
 *   - Scanning takes up to 96 KiB of the calling thread's stack.
 */
#ifndef JINYU_JINYU_H
#define JINYU_JINYU_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------ version (meson.build reads these, nobody else writes one) */
#define JY_VERSION_MAJOR 0
#define JY_VERSION_MINOR 1
#define JY_VERSION_PATCH 0
#define JY_VERSION ((JY_VERSION_MAJOR << 16) | (JY_VERSION_MINOR << 8) | JY_VERSION_PATCH)
#define JY_RULE_FORMAT     1 /* newest rule-file format this library reads */
#define JY_RULE_FORMAT_MIN 1 /* oldest */

#ifndef JY_API
# if defined(_WIN32) && defined(JY_BUILD)
#  define JY_API __declspec(dllexport)
# elif defined(_WIN32) && !defined(JY_STATIC)
#  define JY_API __declspec(dllimport)
# elif defined(__GNUC__)
#  define JY_API __attribute__((visibility("default")))
# else
#  define JY_API
# endif
#endif

/* ------------------------------------------------------------------ common */

/** Borrowed UTF-8 bytes: never NUL-terminated, never freed by the receiver. */
typedef struct jy_str { const char *ptr; size_t len; } jy_str;

/** Half-open [begin, end) in the original text, counted in the chosen jy_unit. */
typedef struct jy_span { size_t begin, end; } jy_span;

/** Owned bytes, NUL-terminated for convenience; release with jy_buf_free() while the allocator they came from (that of the scanner or
 *  result that was asked, else libc) is there. Start from JY_BUF_INIT: what a buffer holds is not released when it is filled again. */
typedef struct jy_buf { char *ptr; size_t len; void *owner; } jy_buf;
#define JY_BUF_INIT { NULL, 0, NULL }
/** Releases the bytes and makes the buffer empty: it may be freed twice, or used again. */
JY_API void jy_buf_free(jy_buf *buf);

/** Memory functions of one object family. NULL means libc. The struct is copied, its ctx must outlive the objects.
 *  realloc(ctx, NULL, 0, n) allocates; NULL answers "no memory", which every function here survives. What is made of an object (the rules of
 *  a compiler, the results of a scanner or session) comes from the same functions, which are called by whatever thread uses it: those of
 *  rules by several at once, since a built-in pack's patterns are compiled by the scan that first needs them. ICU, libyaml, expat and zstd use
 *  libc's by themselves. */
typedef struct jy_alloc {
    void *ctx;
    void *(*realloc)(void *ctx, void *ptr, size_t old_size, size_t new_size);
    void  (*free)(void *ctx, void *ptr, size_t size);
} jy_alloc;

/** Of the library that runs, as JY_VERSION: compare it with the header's. The string is static. */
JY_API uint32_t    jy_version(void);
JY_API const char *jy_version_string(void);
/** name "icu", "pcre2", "yaml", "json", "zlib", "zstd", "simd": its version or kind ("10.42 jit", "avx512"), static; NULL when unknown. */
JY_API const char *jy_backend(const char *name);

/** Numbers are never changed and never reused; gaps are left on purpose. */
#define JY_STATUS_MAP(X)                                                       \
    X(JY_OK,             0, "success")                                         \
    X(JY_DONE,           1, "nothing more to read")                            \
    X(JY_E_INVALID,     -1, "invalid argument")                                \
    X(JY_E_NOMEM,       -2, "out of memory")                                   \
    X(JY_E_IO,          -3, "cannot read or write")                            \
    X(JY_E_UTF8,        -4, "text is not valid UTF-8")                         \
    X(JY_E_RULES,      -10, "rules have errors")                               \
    X(JY_E_VERSION,    -11, "rule format is not supported")                    \
    X(JY_E_TRANSCRIPT, -15, "transcript cannot be understood")                 \
    X(JY_E_LIMIT,      -20, "a limit was reached")                             \
    X(JY_E_BUSY,       -21, "object is in use by another call")                \
    X(JY_E_STATE,      -22, "call is not allowed now")                         \
    X(JY_E_STOPPED,    -23, "stopped by the caller")                           \
    X(JY_E_MISSING,    -30, "feature was not built in")                        \
    X(JY_E_INTERNAL,   -99, "internal error")
typedef enum jy_status {
#define JY_STATUS_X(name, value, text) name = value,
    JY_STATUS_MAP(JY_STATUS_X)
#undef JY_STATUS_X
    JY_STATUS_FORCE_INT = 0x7fffffff
} jy_status;
JY_API const char *jy_status_name(int status); /* "JY_E_RULES"; static, never NULL */
JY_API const char *jy_status_text(int status); /* English; static, never NULL */

typedef enum jy_severity { JY_INFO = 1, JY_WARNING = 2, JY_ERROR = 3, JY_CRITICAL = 4 } jy_severity;
typedef enum jy_speaker { JY_SPEAKER_UNKNOWN = 0, JY_AGENT = 1, JY_CUSTOMER = 2, JY_SYSTEM = 3 } jy_speaker;
typedef enum jy_unit { JY_UNIT_BYTE = 0, JY_UNIT_CODEPOINT = 1, JY_UNIT_UTF16 = 2 } jy_unit;
typedef enum jy_language { JY_ENGLISH = 0, JY_CHINESE = 1 } jy_language;

/** One remark about a rule file or a transcript. Strings live as long as the object that was asked. */
typedef struct jy_diag {
    size_t   size;
    int32_t  code;     /* stable number, listed in rules/FORMAT.md */
    int32_t  severity; /* jy_severity */
    jy_str   source;   /* name given to add_file/add_text/open */
    jy_str   rule;     /* rule id or empty */
    jy_str   message;  /* one line, no trailing period, in the language of JY_PARAM_LANGUAGE */
    uint32_t line, column; /* from 1, column in code points; 0 when there is no place */
    size_t   offset, length; /* bytes in source */
} jy_diag;
#define JY_DIAG_INIT { sizeof(jy_diag), 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, 0, 0, 0, 0 }

/* ------------------------------------------------------------------ settings: numbers by name, each with default and bounds */
/* Every object takes every setting; behind the name stands who looks at it. */
typedef enum jy_param {
    JY_PARAM_UNIT = 1,                /* "unit": scanner, session. jy_unit of every span handed out; default bytes */
    JY_PARAM_BAD_UTF8 = 2,            /* "bad-utf8": scanner, for a session too. 0 go on and report (default), 1 refuse with JY_E_UTF8 */
    JY_PARAM_LANGUAGE = 3,            /* "language": compiler, scanner. jy_language of diagnostics and explanations; default English */
    JY_PARAM_DATE = 4,                /* "date": compiler. yyyymmdd for rules' from/until; default 0 = the system's date */
    JY_PARAM_MAX_RULES = 100,         /* "max-rules": compiler; default 100,000 */
    JY_PARAM_MAX_PATTERN_BYTES = 101, /* "max-pattern-bytes": compiler. Of one phrase or pattern; default 4,096 */
    JY_PARAM_MAX_EXPANSION = 102,     /* "max-expansion": compiler. Literal forms that one phrase may stand for; default 20,000 */
    JY_PARAM_REGEX_JIT = 103,         /* "regex-jit": compiler. 1 patterns become machine code where PCRE2 can (default), 0 never */
    JY_PARAM_MAX_NESTING = 104,       /* "max-nesting": compiler. Groups, lists and YAML inside each other; default 32 */
    JY_PARAM_FOLD_SOUND = 105,        /* "fold-sound": compiler. 0 off, 1 as the packs say (default) */
    JY_PARAM_TEXT_STAYS = 106,        /* "text-stays": scanner. 1 what is scanned stays as and where it is until its result is freed, which then
                                       * points into it; 0 a result has copies of its own (default). Where findings are dense nearly all of a
                                       * text is copied, a seventh of the time, a third where the memory for it is new */
    JY_PARAM_MAX_TURN_BYTES = 200,    /* "max-turn-bytes": scanner, session; the smaller one holds. What a turn has more is not judged, and
                                       * the result lists JY_TURN_CUT; default 4 GiB */
    JY_PARAM_MAX_HITS = 201,          /* "max-hits": scanner. Raw hits of one scan (phrases of one rule that begin alike may count as one); behind
                                       * them nothing is looked for, and the result lists JY_HITS_DROPPED; default 10,000,000 */
    JY_PARAM_REGEX_MATCH_LIMIT = 202, /* "regex-match-limit": scanner. Steps of one pattern on one turn (its own `match-limit` holds where
                                       * it is smaller); behind them the result lists JY_REGEX_ABORTED; default 100,000 */
    JY_PARAM_REGEX_DEPTH_LIMIT = 203, /* "regex-depth-limit": scanner. The same of its backtracking depth; default 10,000 */
    JY_PARAM_WINDOW_TURNS = 300,      /* "window-turns": session. Turns kept for windows; bounds the memory of an endless call; default 200 */
    JY_PARAM_PROVISIONAL = 301,       /* "provisional": session. 1 also report findings that a later turn may withdraw; default 0 */
    JY_PARAM_KEEP_TURNS = 302,        /* "keep-turns": session. 1 keep every turn for the result (reports show the conversation); default 0 */
    JY_PARAM_RING_MS = 303,           /* "ring-ms": session. Length of one ring, default 5000 (Chinese lines: 1 s tone, 4 s pause) */
    JY_PARAM_LIVE = 304               /* "live": session. 1 the call goes on now (rules `judged: after` rest), 0 it is over (`judged: live`
                                       * rest, default) */
} jy_param;
/** Bounds (both allowed) and default of a setting; any of the three may be NULL. JY_E_INVALID: there is no such setting. */
JY_API int jy_param_bounds(jy_param param, int64_t *min_out, int64_t *max_out, int64_t *default_out);
JY_API int jy_param_by_name(jy_str name, jy_param *out); /* "regex-match-limit"; JY_E_INVALID: there is none of that name */

/* ------------------------------------------------------------------ rules: text -> compiler -> rules (immutable, shared) */
typedef struct jy_compiler jy_compiler;
typedef struct jy_rules    jy_rules;
typedef struct jy_scanner  jy_scanner;

/** alloc may be NULL. One thread at a time. What is added behind jy_compiler_build() is answered by JY_E_STATE. */
JY_API int  jy_compiler_new(jy_compiler **out, const jy_alloc *alloc);
/** JY_E_INVALID: no such setting, or out of its bounds. Set before the first file is added. */
JY_API int  jy_compiler_set(jy_compiler *compiler, jy_param param, int64_t value);
/** Reads a rule file, or every *.yaml and *.yml of a folder and its subfolders, in name order. JY_E_IO when it cannot be
 *  read, has over 256 MiB or the folder has none, JY_E_RULES when it has errors (more files may still be added: build reports all errors of all files),
 *  JY_E_VERSION when it is of a newer format. */
JY_API int  jy_compiler_add_file(jy_compiler *compiler, const char *path);
/** One file from memory; name is used in diagnostics, and gives the pack's name where the text has none. */
JY_API int  jy_compiler_add_text(jy_compiler *compiler, jy_str name, jy_str text);
/** A pack embedded in the library: "alarm-center", "service-general". JY_E_INVALID: there is none of that name (build then fails too). */
JY_API int  jy_compiler_add_builtin(jy_compiler *compiler, jy_str pack);
/** How bad findings of a rule are, whatever its file says; 0: the rule is not judged. `rule` is an id, in every pack that has
 *  it, or pack/id. For files added before; JY_E_INVALID: none of them has such a rule, or no jy_severity. JY_E_STATE after build. */
JY_API int  jy_compiler_set_severity(jy_compiler *compiler, jy_str rule, int32_t severity);
/** Name of the embedded pack number index; empty after the last. */
JY_API jy_str jy_builtin_name(size_t index);
/** Text of a rule file in the library, named as in jy_rule.source; *out is the library's. JY_E_INVALID: it has none of that name. */
JY_API int    jy_builtin_text(jy_str source, jy_str *out);
/** Reports every problem at once (JY_E_RULES, also when nothing was added); on success seals the compiler and gives one reference, which
 *  outlives it. JY_E_STATE: it is built already. */
JY_API int  jy_compiler_build(jy_compiler *compiler, jy_rules **out);
/** After build. Adds warnings: same folded form, shadowed rules, phrases too short to stand without an exception, patterns
 *  that are looked for by one very common word alone, approved wording that is itself flagged, packs that contradict each other.
 *  JY_OK or JY_E_RULES when there is one of severity error; JY_E_STATE before build. A further call adds nothing and answers the same. */
JY_API int  jy_compiler_lint(jy_compiler *compiler);
/** Tests that passed, tests that failed, and known gaps (`known:`) that are still there. */
typedef struct jy_test_summary { size_t size; size_t passed, failed, known; } jy_test_summary;
#define JY_TEST_SUMMARY_INIT { sizeof(jy_test_summary), 0, 0, 0 }
enum { JY_TEST_DISGUISE = 1u << 0 }; /* also disguise every bad test and phrase by each fold, and every good one */
/** After build: runs the rule files' own tests, those of each pack as if it were used alone; each failure becomes a diagnostic.
 *  JY_E_RULES when one failed, JY_E_STATE before build. flags: JY_TEST_... */
JY_API int  jy_compiler_test(jy_compiler *compiler, uint32_t flags, jy_test_summary *out);
/** Remarks so far: of each file when it was added. Build and lint put what they find among them, file by file in the order of places; behind
 *  these is what test says. Strings live until the compiler is freed. JY_E_INVALID: no such index. */
JY_API size_t jy_compiler_diag_count(const jy_compiler *compiler);
JY_API int  jy_compiler_diag(const jy_compiler *compiler, size_t index, jy_diag *out);
JY_API void jy_compiler_free(jy_compiler *compiler);
/** The JSON Schema of the rule format, for editors. */
JY_API int  jy_rules_schema(jy_buf *out);
/** Rewrites a rule file in the standard layout (comments kept). JY_E_RULES when it has errors: compile it to see them. */
JY_API int  jy_rules_format(jy_str text, jy_buf *out);

enum {
    JY_RULE_FATAL        = 1u << 0, /* one finding brings the score to its floor (一票否决) */
    JY_RULE_DISABLED     = 1u << 1, /* enabled: no, or outside from/until */
    JY_RULE_NEEDS_CALL   = 1u << 2, /* uses when/where/require/limit: judged in sessions, not in single texts */
    JY_RULE_NEEDS_CLOCK  = 1u << 3, /* needs times of turns */
    JY_RULE_NEEDS_EVENTS = 1u << 4, /* needs events */
    JY_RULE_LIVE         = 1u << 5, /* judged while the call goes on */
    JY_RULE_AFTER        = 1u << 6  /* judged when the call has ended */
};
typedef enum jy_rule_kind { JY_RULE_FORBID = 1, JY_RULE_REQUIRE = 2, JY_RULE_LIMIT = 3 } jy_rule_kind;
typedef struct jy_rule {
    size_t   size;
    jy_str   id, pack, clause; /* clause: paragraph of the standard; several are joined by a blank */
    jy_str   situation, note, tags; /* tags: joined by a blank */
    jy_str   source;           /* rule file */
    uint32_t line;             /* in it, from 1 */
    int32_t  kind, severity;   /* jy_rule_kind, jy_severity */
    int32_t  speaker;          /* whose words are judged: jy_speaker; -1 anybody's */
    int32_t  score;            /* points that a finding takes: 0 or negative */
    uint32_t flags;            /* JY_RULE_FATAL … */
    uint32_t suggestion_count, test_bad_count, test_good_count;
} jy_rule;
#define JY_RULE_INIT { sizeof(jy_rule), { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, \
    { NULL, 0 }, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/** The embedded alarm-center pack, compiled; nothing need be installed. Gives one reference. */
JY_API int       jy_rules_builtin(jy_rules **out);
JY_API jy_rules *jy_rules_ref(jy_rules *rules);   /* atomic; returns its argument */
JY_API void      jy_rules_unref(jy_rules *rules);
/** Rules are counted from 0, in the order of their files. Strings of *out live as long as the rules. JY_E_INVALID: no such index. */
JY_API size_t    jy_rules_count(const jy_rules *rules);
JY_API int       jy_rules_get(const jy_rules *rules, size_t index, jy_rule *out);
/** Approved wording number k (from 0) of a rule, as written (with its {slot}s). JY_E_INVALID: there is none, here and below. */
JY_API int       jy_rules_suggestion(const jy_rules *rules, size_t index, size_t k, jy_str *out);
/** What a rule requires to be said, for people: its first phrases as written, `a / b` where one is enough, `a + b` where each must be said. Empty when
 *  it requires none. */
JY_API int       jy_rules_required(const jy_rules *rules, size_t index, jy_buf *out);
/** The paragraphs of the standard that the packs answer for (their `clauses:`), in order; rules cite them in jy_rule.clause. */
typedef struct jy_clause { size_t size; jy_str pack, id, title; } jy_clause;
#define JY_CLAUSE_INIT { sizeof(jy_clause), { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }
JY_API size_t    jy_rules_clause_count(const jy_rules *rules);
JY_API int       jy_rules_clause(const jy_rules *rules, size_t index, jy_clause *out);
/** Bytes held by the rule set; the library's tables and what PCRE2 keeps of patterns are not among them. */
JY_API size_t    jy_rules_memory(const jy_rules *rules);

/* ------------------------------------------------------------------ dialogue: calls, turns, events, and readers that make them */
#define JY_TIME_UNKNOWN ((int64_t)-1)

/** Where a turn's text stands in its file. raw is the text as it stands there (decoded to UTF-8), escape says how. */
typedef struct jy_place {
    uint32_t line, column;  /* of the first character, from 1, column in code points; 0 unknown */
    size_t   offset;        /* bytes from the start of the (decoded, decompressed) file */
    jy_str   pointer;       /* JSON pointer of the string, or empty */
    jy_str   raw;           /* empty: the same as the text */
    int32_t  escape;        /* 0 none, 1 JSON string, 2 XML/HTML entities and tags, 3 quoted CSV field, 4 put together from pieces
                             * (every byte is placed at the first), 5 JSON string inside a JSON string */
    uint32_t byte_column;   /* of the first character, from 1, in bytes of the (decoded) line; 0 unknown */
} jy_place;
#define JY_PLACE_INIT { 0, 0, 0, { NULL, 0 }, { NULL, 0 }, 0, 0 }

enum {
    JY_TURN_PARTIAL = 1u << 0 /* a live hypothesis: the same id will come again with other or more text */
};
typedef struct jy_turn {
    size_t   size;
    jy_str   text;
    int32_t  speaker;      /* jy_speaker */
    uint32_t flags;
    jy_str   label;        /* the speaker as the source names it, may be empty */
    jy_str   id;           /* echoed in findings; required with JY_TURN_PARTIAL and for the final turn that replaces it */
    int64_t  begin_ms, end_ms;
    int32_t  channel;      /* -1 unknown */
    int32_t  confidence;   /* 0..100, -1 unknown */
    jy_place place;
} jy_turn;
#define JY_TURN_INIT { sizeof(jy_turn), { NULL, 0 }, 0, 0, { NULL, 0 }, { NULL, 0 }, JY_TIME_UNKNOWN, JY_TIME_UNKNOWN, -1, -1, JY_PLACE_INIT }

typedef enum jy_event_kind {
    JY_EVENT_CALL_START = 1, JY_EVENT_RING, JY_EVENT_ANSWER, JY_EVENT_HOLD_START, JY_EVENT_HOLD_END,
    JY_EVENT_MUTE, JY_EVENT_UNMUTE, JY_EVENT_TRANSFER, JY_EVENT_HANGUP
} jy_event_kind;
typedef struct jy_event {
    size_t   size;
    int32_t  kind;     /* jy_event_kind */
    int32_t  speaker;  /* who did it; JY_SPEAKER_UNKNOWN when unknown */
    int64_t  at_ms;
    jy_place place;
} jy_event;
#define JY_EVENT_INIT { sizeof(jy_event), 0, 0, JY_TIME_UNKNOWN, JY_PLACE_INIT }
JY_API const char *jy_event_name(int kind); /* "hold-start"; "" when unknown */
JY_API int         jy_event_by_name(jy_str name, int32_t *kind_out); /* JY_E_INVALID: there is none of that name */

/** What is known of a call; empty strings are unknown. Slots {agent}, {customer}, {team} … of suggestions are filled from it. */
typedef struct jy_call {
    size_t  size;
    jy_str  id, source;     /* source: file name, for reports */
    jy_str  agent, customer, team, queue;
    jy_str  start;          /* ISO 8601 */
    jy_str  direction;      /* "in" | "out" | "" */
    int32_t has_speakers;   /* 1 speakers known, 0 not known (a result then has no score), -1 a script without speakers: all of it is the agent's */
    int32_t speaker_guessed;/* 1: --agent auto chose */
    int64_t duration_ms;    /* JY_TIME_UNKNOWN */
    uint64_t first_turn;    /* of a piece of a larger text (jy_scan_at): turns before it; else 0 */
} jy_call;
#define JY_CALL_INIT { sizeof(jy_call), { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, \
    { NULL, 0 }, 1, 0, JY_TIME_UNKNOWN, 0 }

/** Line and column (code points, from 1; 0 unknown) and byte offset in the file of byte offset `at` in a turn's text; any of the three
 *  may be NULL. JY_E_INVALID: the text is shorter. */
JY_API int jy_place_locate(const jy_place *place, jy_str text, size_t at, uint32_t *line_out, uint32_t *column_out, size_t *offset_out);

/** Who is behind a label, as readers tell it: by `labels` (pairs, as in jy_read_options), else by the built-in table (客服, 坐席01, 客户, agent …);
 *  JY_SPEAKER_UNKNOWN: it is in neither. JY_E_INVALID: a pair names no role. All pairs are read at each call: keep the answer for a label that comes back. */
JY_API int jy_speaker_by_label(jy_str label, const jy_str *labels, size_t label_count, int32_t *speaker_out);

typedef struct jy_reader jy_reader;
typedef enum jy_item_kind {
    JY_ITEM_CALL = 1, /* a call begins: call is set */
    JY_ITEM_TURN = 2,
    JY_ITEM_EVENT = 3,
    JY_ITEM_END = 4,  /* the call ends */
    JY_ITEM_BROKEN = 5/* a record was skipped, the rest goes on: diag is set */
} jy_item_kind;
/** Strings borrow from the reader: those of a turn, an event and a diagnostic live until the next jy_reader_next() (so that a
 *  file of any length is read in flat memory), those of the call until the jy_reader_next() after its JY_ITEM_END. */
typedef struct jy_item {
    size_t   size;
    int32_t  kind;
    jy_call  call;
    jy_turn  turn;
    jy_event event;
    jy_diag  diag;
} jy_item;
#define JY_ITEM_INIT { sizeof(jy_item), 0, JY_CALL_INIT, JY_TURN_INIT, JY_EVENT_INIT, JY_DIAG_INIT }

/** How to read; every member may be left as JY_READ_OPTIONS_INIT has it. */
typedef struct jy_read_options {
    size_t   size;
    jy_str   source;      /* name for diagnostics; default the path */
    jy_str   format;      /* empty: probe the content. Names: jy_reader_format_name() */
    jy_str   encoding;    /* "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "Big5"; empty: told by byte order mark, then as UTF-16, UTF-8,
                           * GB18030 (Big5 must be named) */
    jy_str   agent;       /* label, number or channel of the agent; "auto": who speaks the greeting; "all": whoever is not
                           * known to be somebody else (a recording of the agent's side alone) */
    const jy_str *labels; /* pairs: label, "agent"|"customer"|"system" … extends the built-in table */
    size_t   label_count; /* number of pairs */
    int32_t  language;    /* jy_language of diagnostics */
    int64_t  max_bytes;   /* of decompressed input; 0 = 16 GiB */
    int64_t  max_ratio;   /* decompressed : compressed; 0 = 1000 */
} jy_read_options;
#define JY_READ_OPTIONS_INIT { sizeof(jy_read_options), { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, NULL, 0, 0, 0, 0 }

/** JY_E_IO: cannot be read; JY_E_TRANSCRIPT: no format fits; JY_E_LIMIT: max_bytes or max_ratio; JY_E_INVALID: an option names nothing
 *  known; JY_E_MISSING: docx or xlsx, which were not built in. On those *out is still given, so that jy_reader_diag() can tell why; free
 *  it. (When an argument, or `labels` beside a label_count, is NULL, and with JY_E_NOMEM, *out is NULL.) options may be NULL. path "-"
 *  is standard input. One thread at a time. */
JY_API int  jy_reader_open(jy_reader **out, const char *path, const jy_read_options *options, const jy_alloc *alloc);
/** The text must stay until the reader is freed. */
JY_API int  jy_reader_open_text(jy_reader **out, jy_str text, const jy_read_options *options, const jy_alloc *alloc);
/** Bytes that come from somewhere else (a socket, standard input that was looked at already): read puts at most `room` bytes at
 *  `to` and answers how many, 0 at the end, below 0 when it cannot (errno, where it sets it, then tells the diagnostic why). It is called
 *  until the end, by jy_reader_open_stream() and jy_reader_next() only. */
typedef long (*jy_read_fn)(void *ctx, char *to, size_t room);
JY_API int  jy_reader_open_stream(jy_reader **out, jy_read_fn read, void *ctx, const jy_read_options *options, const jy_alloc *alloc);
/** JY_OK, JY_DONE after the last item, or what ended the reading: JY_E_IO, JY_E_TRANSCRIPT, JY_E_LIMIT. The end stays: every later call
 *  answers the same. */
JY_API int  jy_reader_next(jy_reader *reader, jy_item *item);
/** Why opening or the last jy_reader_next() failed; JY_DONE when nothing did. Strings live as long as the reader. */
JY_API int  jy_reader_diag(const jy_reader *reader, jy_diag *out);
/** What was chosen or told by the content: "srt", "UTF-8"; "" when none fits. Of docx and xlsx that, not what the text inside is. */
JY_API const char *jy_reader_format(const jy_reader *reader);
JY_API const char *jy_reader_encoding(const jy_reader *reader);
/** Bytes that were no text, so far, and the offset of the first (SIZE_MAX: there is none; may be NULL). */
JY_API size_t jy_reader_bad_bytes(const jy_reader *reader, size_t *first_offset_out);
JY_API const char *jy_reader_format_name(size_t index); /* "jsonl"; static; NULL after the last */
JY_API void jy_reader_free(jy_reader *reader);

/* ------------------------------------------------------------------ results: findings, why, edits, scores, what was not checked */
typedef enum jy_state { JY_PROVISIONAL = 1, JY_FINAL = 2, JY_WITHDRAWN = 3 } jy_state;
typedef enum jy_finding_kind {
    JY_FOUND_WORDING = 1, /* something forbidden was said: span is where */
    JY_FOUND_MISSING = 2, /* something required was not said or done: span is empty, turn is where it was due */
    JY_FOUND_LIMIT = 3    /* a measure passed its bound: measured and bound are set */
} jy_finding_kind;
/** The folds, as bits of jy_finding.folds and places in jy_hit.count. */
typedef enum jy_fold_kind {
    JY_FOLD_WIDTH = 0, /* width, case, compatibility */
    JY_FOLD_SCRIPT = 1, JY_FOLD_INVISIBLE = 2, JY_FOLD_GAPS = 3, JY_FOLD_FILLERS = 4, JY_FOLD_REPEATS = 5,
    JY_FOLD_SOUND = 6, JY_FOLD_MASKED = 7
} jy_fold_kind;
#define JY_FOLD_COUNT 8
JY_API const char *jy_fold_name(int fold); /* "script"; static; "" when unknown */

#define JY_TURN_NONE UINT64_MAX
typedef struct jy_finding {
    size_t   size;
    uint64_t id;        /* the same from PROVISIONAL to FINAL or WITHDRAWN */
    uint32_t rule;      /* index for jy_rules_get() */
    int32_t  kind, state, severity; /* jy_finding_kind, jy_state, jy_severity (one step lower where a mask hid characters) */
    jy_str   rule_id, pack, clause, situation;
    uint64_t turn;      /* index from 0; JY_TURN_NONE when it concerns the call as a whole */
    uint64_t turn_end;  /* last turn of the span (a phrase cut by a turn break), else = turn */
    jy_str   turn_id;
    int32_t  speaker;   /* jy_speaker */
    jy_span  span;      /* begin in turn, end in turn_end */
    jy_str   text;      /* the original text of the span (of the first turn, when cut) */
    uint32_t line, column, end_line, end_column; /* in the file, from 1, code points; 0 unknown */
    int64_t  at_ms;     /* when the turn began, or it was due; JY_TIME_UNKNOWN */
    int64_t  measured, bound; /* of a limit, in its unit (ms, characters a minute, times) */
    int32_t  confidence;/* 0..100 */
    uint32_t folds;     /* bit per jy_fold_kind that was needed */
    int32_t  score;     /* points taken: 0 or negative */
    uint32_t flags;     /* JY_RULE_FATAL */
    uint32_t suggestion_count, hit_count, edit_count;
} jy_finding;
#define JY_FINDING_INIT { sizeof(jy_finding), 0, 0, 0, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, 0, 0, { NULL, 0 }, 0, \
    { 0, 0 }, { NULL, 0 }, 0, 0, 0, 0, JY_TIME_UNKNOWN, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/** One phrase or pattern that made a finding, and why it matched. */
typedef struct jy_hit {
    size_t   size;
    uint64_t turn;
    jy_span  span;
    jy_str   phrase;                 /* as written in the rule */
    jy_str   form;                   /* the literal form that matched, e.g. 没办法 */
    jy_str   reading;                /* pinyin when JY_FOLD_SOUND was needed */
    uint16_t count[JY_FOLD_COUNT];   /* how often each fold was needed; 255: so often or more */
    int32_t  confidence;
} jy_hit;
#define JY_HIT_INIT { sizeof(jy_hit), 0, { 0, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { 0, 0, 0, 0, 0, 0, 0, 0 }, 0 }
/** What `jinyu fix` would do: replacement in place of span, of the turn's text. */
typedef struct jy_edit { size_t size; uint64_t turn; jy_span span; jy_str replacement; } jy_edit;
#define JY_EDIT_INIT { sizeof(jy_edit), 0, { 0, 0 }, { NULL, 0 } }

/** A rule that could not be judged on this call, and why; turn: where it was given up, JY_TURN_NONE when that is no single turn. */
typedef enum jy_unchecked_why {
    JY_NEEDS_CALL = 1,     /* a single text was given */
    JY_NEEDS_SPEAKERS = 2, /* who speaks is unknown */
    JY_NEEDS_CLOCK = 3,    /* turns have no times */
    JY_NEEDS_EVENTS = 4,   /* no event of that kind came */
    JY_NEEDS_END = 5,      /* jy_session_finish() was not called */
    JY_REGEX_ABORTED = 6,  /* JY_PARAM_REGEX_MATCH_LIMIT or JY_PARAM_REGEX_DEPTH_LIMIT was reached */
    JY_HITS_DROPPED = 7,   /* JY_PARAM_MAX_HITS was reached */
    JY_TURN_CUT = 8,       /* JY_PARAM_MAX_TURN_BYTES was reached */
    JY_WINDOW_CUT = 9,     /* JY_PARAM_WINDOW_TURNS was reached */
    JY_NEEDS_ENDS = 10,    /* of some turns it is not known when they end: what may have been a silence may have been speech */
    JY_TURN_OPEN = 11      /* the call ended, and of the turn only hypotheses had come: what it said is not judged */
} jy_unchecked_why;
#define JY_RULE_ANY UINT32_MAX /* of jy_unchecked: no rule saw what was cut (JY_TURN_CUT), never final (JY_TURN_OPEN) or what stood behind the limit (JY_HITS_DROPPED) */
typedef struct jy_unchecked { size_t size; uint32_t rule; int32_t why; uint64_t turn; } jy_unchecked;
#define JY_UNCHECKED_INIT { sizeof(jy_unchecked), 0, 0, JY_TURN_NONE }
JY_API const char *jy_unchecked_name(int why);               /* "needs-clock"; static; "" when unknown */
JY_API const char *jy_unchecked_text(int why, int language); /* for people, in a jy_language; static; "" when unknown */

/** One scorecard (评分) of a pack: it begins at start, findings take their scores, no further than floor; a fatal one (fatal 1) brings it there.
 *  passed: 1 when points reach pass and nothing was fatal. unchecked: rules of the pack that could not be judged. */
typedef struct jy_score { size_t size; jy_str pack; int32_t start, floor, pass, points, fatal, passed; uint32_t unchecked; } jy_score;
#define JY_SCORE_INIT { sizeof(jy_score), { NULL, 0 }, 0, 0, 0, 0, 0, 0, 0 }

/** Self-contained: holds a copy of all it shows and a reference of its rules. Reading it is safe from any one thread at a time. */
typedef struct jy_result jy_result;
/** Findings in the order of the call, from 0. Strings of *out live as long as the result, here and below; an index that is not there is
 *  JY_E_INVALID. */
JY_API size_t jy_result_count(const jy_result *result);
JY_API int    jy_result_get(const jy_result *result, size_t index, jy_finding *out);
JY_API int    jy_result_suggestion(const jy_result *result, size_t index, size_t k, jy_str *out); /* slots filled */
JY_API int    jy_result_hit(const jy_result *result, size_t index, size_t k, jy_hit *out);
JY_API int    jy_result_edit(const jy_result *result, size_t index, size_t k, jy_edit *out);
JY_API int    jy_result_call(const jy_result *result, jy_call *out);
/** Turns of the call or text, and one of them. Kept are all with JY_PARAM_KEEP_TURNS, else those that a finding names: JY_DONE when the turn
 *  was not kept, JY_E_INVALID when there is none of that number. What was due some turns ago and is found missing only now (`next 30s`) names a
 *  turn that is kept with JY_PARAM_KEEP_TURNS only: else such a finding has the turn's number, but neither its turn_id nor its line. */
JY_API uint64_t jy_result_turn_count(const jy_result *result);
JY_API int    jy_result_turn(const jy_result *result, uint64_t turn, jy_turn *out);
/** The call's events, in the order in which they came. */
JY_API size_t jy_result_event_count(const jy_result *result);
JY_API int    jy_result_event(const jy_result *result, size_t index, jy_event *out);
/** Rules that could not be judged, and scorecards, one a pack that has one. */
JY_API size_t jy_result_unchecked_count(const jy_result *result);
JY_API int    jy_result_unchecked(const jy_result *result, size_t index, jy_unchecked *out);
JY_API size_t jy_result_score_count(const jy_result *result);
JY_API int    jy_result_score(const jy_result *result, size_t index, jy_score *out);
/** Turns whose speaker is unknown, on which no rule about the agent or the customer was judged; 0 of a script. */
JY_API uint64_t jy_result_unknown_turns(const jy_result *result);
/** What their source calls who speaks in them (a label, else the channel), in the order of the call, each once: number k of the first 8. */
JY_API int      jy_result_unknown_label(const jy_result *result, size_t k, jy_str *out);
/** Bytes that were no UTF-8, and the offset of the first (in bytes, whatever JY_PARAM_UNIT; SIZE_MAX: there is none; may be NULL). */
JY_API size_t jy_result_bad_bytes(const jy_result *result, size_t *first_offset_out);
/** JY_OK, or JY_E_LIMIT when something was skipped or cut: never silently incomplete. */
JY_API int    jy_result_complete(const jy_result *result);
/** The turn's text with every edit made (overlapping edits: the first wins, of equal begin the longest). JY_DONE and JY_E_INVALID as
 *  jy_result_turn(). */
JY_API int    jy_result_rewrite(const jy_result *result, uint64_t turn, jy_buf *out);
/** Takes out the findings for which keep answers 0 (known ones, in a comparison with a baseline). Scores stay as they were. */
typedef int (*jy_keep_fn)(void *ctx, const jy_result *result, size_t index);
JY_API int    jy_result_keep(jy_result *result, jy_keep_fn keep, void *ctx);
JY_API jy_rules *jy_result_rules(const jy_result *result); /* borrowed: jy_rules_ref() to keep them longer */
/** Any thread may free a result, before or behind its scanner or session. */
JY_API void   jy_result_free(jy_result *result);

/* ------------------------------------------------------------------ scanning one text, or many at once */
/** alloc may be NULL. A scanner serves any rules, texts and sessions one after the other. One thread at a time: a call that finds it in use is
 *  answered by JY_E_BUSY. It keeps memory of a result that was freed, 16 MiB at most, for the next one. */
JY_API int  jy_scanner_new(jy_scanner **out, const jy_alloc *alloc);
/** JY_E_INVALID: no such setting, or out of its bounds. Holds from the next scan on. */
JY_API int  jy_scanner_set(jy_scanner *scanner, jy_param param, int64_t value);
JY_API void jy_scanner_free(jy_scanner *scanner);

/** A whole text that is the agent's: each line is a turn of its own (turn numbers are line numbers from 0). Rules that need a
 *  call are listed as not checked. JY_E_UTF8: see JY_PARAM_BAD_UTF8. The scanner's memory does not grow with the text. A line of more
 *  than 256 KiB is judged in pieces of 4 KiB, each with more than 1 KiB around it: `all`, `not` and `whole: turn` then look that far,
 *  and so does a pattern. */
JY_API int  jy_scan(jy_scanner *scanner, jy_rules *rules, jy_str text, jy_result **out);
/** The same for one piece of a larger text. call (or NULL) says what it is a piece of. at->line and at->offset say where the
 *  piece begins: lines, offsets and turn numbers of the result are those of the whole text. Only the first piece (line 1)
 *  lists rules that need a call as not checked. */
JY_API int  jy_scan_at(jy_scanner *scanner, jy_rules *rules, jy_str text, const jy_call *call, const jy_place *at, jy_result **out);

/** Many texts in one call from one buffer, in Arrow's string layout: text i is data[offsets[i] .. offsets[i+1]), each the
 *  agent's and a turn of its own (turn number = i). offset_bits is 32 or 64 (signed integers, as in Arrow); validity is NULL
 *  or Arrow's bitmap (bit i of byte i/8, least significant first; 0 = null, skipped): of a sliced array begin at a text whose number is a multiple of 8. Of no texts
 *  offsets may be NULL.
 *  Nothing is copied but what is found. JY_E_INVALID: an offset is negative or smaller than the one before; nothing was scanned. */
JY_API int  jy_scan_batch(jy_scanner *scanner, jy_rules *rules, const char *data, const void *offsets, int offset_bits,
                          size_t count, const uint8_t *validity, jy_result **out);

/** What the rules see of a text after folding; for `jinyu fold` and for tests. */
JY_API int  jy_fold(jy_scanner *scanner, jy_str text, jy_buf *out);
/** The same, with one line for each change: offset, what stood there, what it became, which fold. */
JY_API int  jy_fold_explain(jy_scanner *scanner, jy_str text, jy_buf *out);
/** Why each rule did or did not fire on the text, for people, in the scanner's language. */
JY_API int  jy_explain(jy_scanner *scanner, jy_rules *rules, jy_str text, jy_buf *out);

/* ------------------------------------------------------------------ one call, turn by turn */
typedef struct jy_session jy_session;
/** Takes its own reference of rules; alloc may be NULL. */
JY_API int  jy_session_new(jy_session **out, jy_rules *rules, const jy_alloc *alloc);
/** JY_E_INVALID: no such setting, or out of its bounds; JY_E_STATE: something was fed since jy_session_new() or jy_session_reset(). */
JY_API int  jy_session_set(jy_session *session, jy_param param, int64_t value);
/** What is known of the call; copied. Before the first turn, or again when more is known (agent, customer …), also after finish. Slots of
 *  findings that were given already stay as they are. */
JY_API int  jy_session_call(jy_session *session, const jy_call *call);
/** A turn, copied as far as needed. With JY_TURN_PARTIAL: a hypothesis that the next turn with the same id replaces.
 *  Turns come in order of their begin: a turn has its place when its first hypothesis comes, and a final turn is judged when
 *  those that began before it are final too (until then its findings are provisional). A hypothesis that 16 others wait for, or
 *  of which nothing was heard for 10 s of the clock, is waited for no longer. One that is not final when the call ends is withdrawn,
 *  and listed as JY_TURN_OPEN unless its last text was empty: whoever would have it judged feeds it once more without the flag.
 *  JY_E_STATE after finish; JY_E_UTF8 as jy_scan();
 *  JY_E_INVALID also for a hypothesis without an id.
 *  A forbidden phrase that the break between two turns of one speaker cuts (at most 3 s apart, no sentence end before it) is found over both;
 *  what needs the call (when, where, require) is listened for in each turn by itself. */
JY_API int  jy_session_feed(jy_session *session, jy_scanner *scanner, const jy_turn *turn);
/** An event, in order of time with the turns. JY_E_STATE after finish. */
JY_API int  jy_session_event(jy_session *session, jy_scanner *scanner, const jy_event *event);
/** The clock without a turn or event (for silence, answer delay): time has reached now_ms (from 0). JY_E_STATE after finish. */
JY_API int  jy_session_tick(jy_session *session, jy_scanner *scanner, int64_t now_ms);
/** End of the call: decides what was never said. Then only next/suggestion/result/call/memory/reset/free. JY_E_STATE: it ended already. */
JY_API int  jy_session_finish(jy_session *session, jy_scanner *scanner);
/** New findings and changes of state, in order: JY_OK, or JY_DONE until more comes. Strings in *out live until the next call on
 *  this session. */
JY_API int  jy_session_next(jy_session *session, jy_finding *out);
/** Approved wording number k of the finding that jy_session_next() gave last, slots filled. */
JY_API int  jy_session_suggestion(jy_session *session, size_t k, jy_str *out);
/** All final findings so far, as a result of its own, at any time; before finish what needs the end is listed as not checked. */
JY_API int  jy_session_result(jy_session *session, jy_result **out);
/** Ready for the next call with the same rules and settings; what waited for jy_session_next() is dropped. */
JY_API int  jy_session_reset(jy_session *session);
/** Bytes held by the session, its scanner and rules not included. */
JY_API size_t jy_session_memory(const jy_session *session);
JY_API void jy_session_free(jy_session *session);

/* ------------------------------------------------------------------ reports */
typedef struct jy_report jy_report;
/** Bytes to write, which live during the call only; a non-zero answer stops the report with JY_E_STOPPED. */
typedef int (*jy_write_fn)(void *ctx, const char *bytes, size_t len);
/** What machine outputs carry of a call's text: what was found, the whole turn, nothing. */
typedef enum jy_show { JY_SHOW_MATCH = 0, JY_SHOW_TURN = 1, JY_SHOW_NONE = 2 } jy_show;
enum {
    JY_REPORT_COLOR = 1u << 0,
    JY_REPORT_REDACT = 1u << 1,        /* mask phone numbers, identity cards, bank cards, plates, e-mail */
    JY_REPORT_WIDE_AMBIGUOUS = 1u << 2,/* East Asian ambiguous characters take two columns */
    JY_REPORT_QUIET = 1u << 3          /* no summary */
};
typedef struct jy_report_options {
    size_t   size;
    jy_str   format;        /* "text" | "jsonl" | "sarif" | "junit" | "rdjson" | "csv" | "html": jy_report_format_name() */
    int32_t  language;      /* jy_language */
    uint32_t flags;         /* JY_REPORT_... */
    int32_t  show;          /* jy_show */
    int32_t  min_severity;  /* findings below are left out (and counted) */
} jy_report_options;
#define JY_REPORT_OPTIONS_INIT { sizeof(jy_report_options), { NULL, 0 }, 0, 0, 0, JY_INFO }
/** JY_E_INVALID for an unknown format (*out is NULL then). Results are added in order; finish writes what stands at the end. The options are
 *  copied. One thread at a time. The first failure stays: every later call answers the same. After finish: JY_E_STATE. */
JY_API int  jy_report_new(jy_report **out, const jy_report_options *options, jy_write_fn write, void *ctx, const jy_alloc *alloc);
/** A call's findings, written or kept until finish as the format needs. JY_E_STOPPED: write refused. */
JY_API int  jy_report_add(jy_report *report, const jy_result *result);
/** Something that could not be read: shown and counted, so that nothing is lost. */
JY_API int  jy_report_skipped(jy_report *report, const jy_diag *diag);
/** Writes now what the format need not keep until the end, so that the caller may note what is safe. */
JY_API int  jy_report_flush(jy_report *report);
JY_API int  jy_report_finish(jy_report *report);
JY_API const char *jy_report_format_name(size_t index); /* "text"; static; NULL after the last */
JY_API void jy_report_free(jy_report *report);
/** Masks personal data in a text: phone numbers, identity cards (check digit), bank cards (Luhn), plates, e-mail. Every masked
 *  character becomes one '*', so columns stay. */
JY_API int  jy_redact(jy_str text, jy_buf *out);

#ifdef __cplusplus
}
#endif
#endif /* JINYU_JINYU_H */
