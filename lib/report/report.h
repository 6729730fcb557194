/* report — results written for people and machines. One jy__report_format a format; all of them read a result through the same
 * view (personal data already masked when asked) and write into the same buffer, whose failure sticks. Inside lib/report only. */
#ifndef JY_REPORT_REPORT_H
#define JY_REPORT_REPORT_H

#include "base/base.h"
#include "dialogue/dialogue_place.h"
#include "report/report_words.h"

/* ---- JSON: writes values in order; commas and nesting are kept here, deepest 32 */
typedef struct jy__json { jy__text *out; uint32_t depth, filled; bool after_key, in_html; } jy__json;
jy__json jy__json_on(jy__text *out, bool in_html); /* in_html: '<' and '&' are escaped, so that the text may stand in a <script> */
void jy__json_open(jy__json *json, char bracket);  /* '{' or '[' */
void jy__json_close(jy__json *json, char bracket); /* '}' or ']' */
void jy__json_key(jy__json *json, const char *key); /* a name of ours: it has nothing to escape */
void jy__json_str(jy__json *json, jy_str value);   /* bytes that are no UTF-8 become U+FFFD */
void jy__json_c(jy__json *json, const char *value);
void jy__json_int(jy__json *json, int64_t value);
void jy__json_bool(jy__json *json, bool value);
void jy__json_null(jy__json *json);
void jy__json_put_str(jy__json *json, const char *key, jy_str value);
void jy__json_put_c(jy__json *json, const char *key, const char *value);
void jy__json_put_int(jy__json *json, const char *key, int64_t value);
void jy__json_put_known(jy__json *json, const char *key, int64_t value, int64_t unknown); /* null when unknown */

/* ---- totals, kept for the end of every format */
typedef struct jy__unchecked_tally { jy_str rule, pack, clause; int32_t why; uint64_t calls; } jy__unchecked_tally;
typedef struct jy__score_tally { jy_str pack; uint64_t calls, failed, fatal; int64_t points; } jy__score_tally;
typedef struct jy__totals {
    jy__arena arena;
    uint64_t files, calls, turns, findings[JY_CRITICAL + 1], left_out, skipped, limited, bad_bytes;
    jy__text last_source;
    struct { jy__unchecked_tally *items; size_t count, capacity; } unchecked;
    struct { jy__score_tally *items; size_t count, capacity; } scores;
    jy__map unchecked_at;
    jy_rules *rules;                 /* of the last result; `seen` is for them */
    uint32_t *seen; size_t seen_size;/* [rule * 16 + why] -> number of the tally + 1 */
} jy__totals;
void jy__totals_init(jy__totals *totals, const jy__mem *mem);
bool jy__totals_add(jy__totals *totals, const jy_result *result); /* all but findings; false: no memory */
void jy__totals_free(jy__totals *totals);
uint64_t jy__totals_findings(const jy__totals *totals);
/* needs-… is a lack of the transcript and grouped at the end; the others are incidents of one call. */
static inline bool jy__unchecked_is_incident(int why) { return (why >= JY_REGEX_ABORTED && why <= JY_WINDOW_CUT) || why == JY_TURN_OPEN; }
#define JY__UNCHECKED_LAST JY_TURN_OPEN

/* ---- formats */
typedef struct jy__report_format {
    const char *name;
    bool (*open)(jy_report *report);                          /* makes report->state; false: no memory. NULL: nothing to do */
    void (*call)(jy_report *report, const jy_result *result);
    void (*skipped)(jy_report *report, const jy_diag *diag);  /* strings already masked */
    void (*finish)(jy_report *report);
    void (*close)(jy_report *report);                         /* frees report->state. NULL: nothing to do */
} jy__report_format;
extern const jy__report_format jy__report_text, jy__report_jsonl, jy__report_sarif, jy__report_junit, jy__report_rdjson,
    jy__report_csv, jy__report_html;

/* A turn, its masked copy (the same when nothing was masked), and one place known in both. */
typedef struct jy__mask { jy_str original, masked; size_t at, masked_at; } jy__mask;

struct jy_report {
    jy__mem mem;
    const jy__report_format *format;
    int language, show, min_severity;
    uint32_t flags;
    jy_write_fn write;
    void *ctx;
    jy__text out;      /* written when it has grown, and at the end */
    jy__arena shown;   /* masked strings of the result at hand */
    jy__mask turn_mask, last_mask;       /* of the last finding's turns */
    jy__place_walk found_at, edited_at;  /* of the last finding, and the last edit */
    jy__units unit_at;                   /* the last place brought back to bytes */
    jy__totals totals;
    int status;        /* sticky */
    bool finished;
    void *state;       /* of the format */
};
static inline bool jy__report_has(const jy_report *report, uint32_t flag) { return (report->flags & flag) != 0; }
void jy__report_flush(jy_report *report, size_t when_longer);
void jy__report_whole(jy_report *report); /* what was put so far stands by itself: it goes to the caller once it is much, as a call may have very many findings */
/* Empties a text for the next piece of the report; that there was no memory for the last one stays known. */
static inline void jy__report_clear(jy_report *report, jy__text *text)
{
    report->out.failed |= text->failed;
    jy__text_clear(text);
}
/* The text itself, or a masked copy in report->shown. */
jy_str jy__report_masked(jy_report *report, jy_str text);
jy_str jy__report_masked_turn(jy_report *report, jy__mask *mask, jy_str text); /* made once while the text stays the same */
size_t jy__mask_offset(jy__mask *mask, size_t at);                             /* the same character in the masked text */
void   jy__report_forget(jy_report *report);                                   /* all of this, before the next result */
static inline const char *jy__report_word(const jy_report *report, jy__word word) { return jy__word_text(word, report->language); }

/* ---- what is shown of one finding: bytes, masked, whatever unit the result counts in */
typedef struct jy__view {
    jy_report *report;
    const jy_result *result;
    size_t index, next;
    jy_call call;           /* masked; source is never empty */
    jy_finding finding;     /* as given, spans in bytes of the original */
    bool has_turn, has_last;/* the turns of the span's begin and end were kept */
    jy_turn turn, last;     /* text masked; place as given */
    jy_str original, last_original;
    jy_span shown;          /* the span's part of turn.text */
    size_t last_end;        /* the span's end in last.text, when it crosses turns */
    jy_str text;            /* masked text of the span */
    jy_rule rule;           /* all zero when the result has no rules */
    int measure;            /* jy__measure of a limit's rule; 0 unknown */
} jy__view;
void jy__view_start(jy__view *view, jy_report *report, const jy_result *result);
bool jy__view_next(jy__view *view); /* the next finding of enough severity; counts it */
bool jy__view_hit(const jy__view *view, size_t k, jy_hit *out);    /* span in bytes */
bool jy__view_edit(const jy__view *view, size_t k, jy_edit *out);  /* span in bytes; false also when masking would spoil it */
/* The same with the edit's turn as it stands in the file; false also when that turn was not kept or cannot be written back. */
bool jy__view_edit_turn(const jy__view *view, size_t k, jy_edit *out, jy_turn *turn);
jy_str jy__view_suggestion(const jy__view *view, size_t k);
jy_str jy__view_source(jy_report *report, jy_str source); /* masked, "-" when empty */
static inline bool jy__view_crosses(const jy__view *view) { return view->finding.turn_end != view->finding.turn; }
/* Lines and columns of a span of a turn, 0 where the source does not say. `last` is where the span asked for before it began, or all zero. */
typedef struct jy__spot { uint32_t line, column, byte_column; } jy__spot;
void jy__report_spots(jy__place_walk *last, const jy_turn *turn, jy_str original, jy_span span, jy__spot *begin, jy__spot *end);

/* ---- pieces for people */
/* A line for terminals and logs: no control character, nothing invisible: they become escapes such as \u200b. */
void jy__shown_text(jy__text *out, jy_str text);
void jy__shown_time(jy__text *out, int64_t ms);    /* 01:02:03 or 02:03 */
void jy__shown_measure(jy__text *out, int measure, int64_t value, int language); /* 35.2 s */
void jy__shown_why(jy__text *out, int language, const jy_hit *hit, jy_str said);
void jy__shown_fact(jy__text *out, const jy__view *view); /* what is missing, or how a limit was passed */
/* Note k about a call as a whole: a rule given up, bytes that are no text, a limit reached. false: no more. */
bool jy__shown_note(jy__text *out, const jy__view *view, size_t k);
/* As the place's file writes it; false: such a text cannot be put back. */
bool jy__shown_escaped(jy__text *out, jy_str text, const jy_place *place);
void jy__shown_fill(jy__text *out, const char *template_text, const int64_t *numbers, size_t count); /* 8 at most */
void jy__shown_score(jy__text *out, const jy_report *report, const jy_score *score);
void jy__shown_pack_score(jy__text *out, const jy_report *report, const jy__score_tally *tally);
void jy__shown_end(jy__text *out, const jy_report *report); /* not checked, scores, summary */
/* One plain sentence for a finding of any kind, without its suggestions. */
void jy__shown_message(jy__text *out, const jy__view *view);
/* Each approved wording on a line of its own. */
void jy__shown_wordings(jy__text *out, const jy__view *view);
/* Lines of text with carets under span, each begun with indent. */
typedef struct jy__caret { jy_str first, rest; bool wide_ambiguous; const char *mark_on, *mark_off; } jy__caret;
int  jy__caret_columns(jy_str text, bool wide_ambiguous);
void jy__caret_write(jy__text *out, const jy__caret *how, jy_str text, jy_span span);

/* ---- XML and HTML */
void jy__xml_put(jy__text *out, jy_str text);
void jy__xml_attribute(jy__text *out, const char *name, jy_str value);

/* ---- personal data: masked copy of a text; *changed tells whether anything was masked */
bool jy__redact(const jy__mem *mem, jy_str text, jy__text *out, bool *changed); /* false: no memory */

/* ---- machine words */
const char *jy__severity_name(int severity); /* "error" */
const char *jy__kind_name(int kind);         /* "wording" */
const char *jy__state_name(int state);       /* "final" */
const char *jy__speaker_name(int speaker);   /* "agent" */
const char *jy__measure_name(int measure);   /* "silence" */
#endif
