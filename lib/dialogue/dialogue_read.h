/* dialogue, inside — the reader and what its formats share.
 *
 * A format gathers a batch: turns, events and broken records of one call, or of a part of it when the call is long (line
 * formats: about a megabyte of text), so that memory stays flat whatever the file. The reader gives the batch out item by item:
 *
 *   gather ─▶ batch (+ more?) ─▶ speakers mapped, ordered by time ─▶ CALL TURN TURN BROKEN EVENT … ─▶ more? gather : END */
#ifndef JY_DIALOGUE_READ_H
#define JY_DIALOGUE_READ_H

#include "dialogue/dialogue_input.h"
#include "dialogue/dialogue_json.h"
#include "dialogue/dialogue_messages.h"

/* ---- jy_place.escape */
enum { JY__AS_IS = 0, JY__IN_JSON = 1, JY__IN_XML = 2, JY__IN_CSV = 3, JY__IN_PIECES = 4, JY__IN_JSON_TWICE = 5 };

/* ---- speakers */
/* A call has few labels and thousands of turns: the last labels asked for are kept with their answer. */
#define JY__LABELS_KEPT 8
typedef struct jy__label_seen { char label[31]; uint8_t len; int32_t speaker; } jy__label_seen;
/* known, firsts: a bit for each label of the built-in table, and for the first character of each, that others may share */
typedef struct jy__speakers { const jy__mem *mem; jy__arena arena; jy__map own; jy__label_seen seen[JY__LABELS_KEPT];
    uint64_t known[16], firsts[8]; } jy__speakers;
void    jy__speakers_init(jy__speakers *speakers, const jy__mem *mem);
int     jy__speakers_add(jy__speakers *speakers, jy_str label, jy_str role); /* JY_E_INVALID: no such role */
int32_t jy__speakers_find(jy__speakers *speakers, jy_str label);             /* jy_speaker */
bool    jy__speakers_numbered(jy_str label);                                 /* SPEAKER_00, spk1, 说话人2, 0, A, 甲 */
bool    jy__speakers_person(jy_str label);                                   /* 张三, 小王, 李女士: a name, and nothing else that is said in front of a colon */
bool    jy__speakers_addressed(jy_str label);                                /* 李女士, 王师傅: somebody, in whatever role */
void    jy__speakers_free(jy__speakers *speakers);

/* ---- batch */
typedef struct jy__entry { int32_t kind; uint32_t index; } jy__entry;
typedef struct jy__batch_event { jy_event event; jy_str label; } jy__batch_event; /* label: who did it, as the source names it */
typedef struct jy__batch {
    jy__arena arena;
    struct { jy_turn *items; size_t count, capacity; } turns;
    struct { jy__batch_event *items; size_t count, capacity; } events;
    struct { jy__entry *items; size_t count, capacity; } entries;
    jy__diags diags;
    size_t given, bytes;   /* entries given out, text gathered */
} jy__batch;
#define JY__BATCH_BYTES ((size_t)1 << 20)
#define JY__BATCH_TURNS 20000

/* A workbook's sheet: its text ends at `end` of reader->office and begins where the one before ended. */
typedef struct jy__sheet { jy_str name, relation; const char *path; size_t end; int32_t why; } jy__sheet;
typedef struct jy__sheets { jy__sheet *items; size_t count, capacity, next; } jy__sheets;

typedef struct jy__format jy__format;
struct jy_reader {
    jy__mem mem;
    jy__input input;
    jy__arena arena;           /* lives as long as the reader: options, state of the format */
    jy__speakers speakers;
    const jy__format *format, *asked, *last; /* asked: NULL when the content tells; last: closed already */
    const char *container;     /* "docx", "xlsx": the text was taken out of one */
    jy__text office;           /* that text; of a workbook, all its sheets */
    int32_t office_why;        /* damage of a docx */
    jy__sheets sheets;         /* of a workbook with more than one that has cells */
    void *state;
    jy_str file, source, agent; /* source: the file, or "file#sheet" */
    int32_t language;
    jy__arena call_arena;      /* strings of the call */
    jy_call call;
    int64_t zero_ms;           /* wall clock of the call's start, JY_TIME_UNKNOWN: not seen yet */
    int32_t zero_zone;         /* its zone in minutes, INT32_MAX: none */
    bool zero_is_minute;       /* it tells only the minute, */
    enum { JY__CLOCKS_UNSEEN, JY__CLOCKS_OF_CALL, JY__CLOCKS_OF_DAY } clocks; /* and so do clocks behind it that go on from there: 10:00, 10:03 */
    jy_str agent_label;        /* whom --agent means in this call */
    int32_t agent_channel;
    bool agent_known;
    jy__batch batch;
    bool call_open, more, by_time, finished, refused;
    int status;
    jy__diags failure;
    int32_t shown;             /* index of the failure that jy_reader_diag gives, -1 none */
};

struct jy__format {
    const char *name;
    /* Is the sample of this format? Given in the table's order; the first that says so is it. NULL: on request only. */
    bool (*probe)(jy_reader *reader, jy_str sample);
    int  (*open)(jy_reader *reader);   /* may be NULL; JY_E_TRANSCRIPT with a failure said */
    int  (*gather)(jy_reader *reader); /* JY_OK, JY_DONE, or what went wrong */
    void (*close)(jy_reader *reader);  /* may be NULL */
};
extern const jy__format jy__format_text, jy__format_labelled, jy__format_jsonl, jy__format_srt, jy__format_vtt, jy__format_csv, jy__format_tsv;
const jy__format *jy__format_at(size_t index);
const jy__format *jy__format_by_name(jy_str name);
/* Probes and opens the format; a sheet of several that fits none is noted, and the reading goes on. */
int jy__reader_choose(jy_reader *reader);
/* Chooses reader->format from the content; JY_E_TRANSCRIPT with a failure said. */
int jy__reader_probe(jy_reader *reader);

/* ---- for formats */
int  jy__reader_fail(jy_reader *reader, int status, int32_t message, jy__pos pos, const jy_str *args, size_t arg_count);
int  jy__batch_turn(jy_reader *reader, const jy_turn *turn); /* strings must live in the batch's arena or longer; maps the speaker */
int  jy__batch_event_add(jy_reader *reader, const jy_event *event, jy_str label); /* label: as the turns' */
int  jy__batch_broken(jy_reader *reader, int32_t message, jy__pos pos, const jy_str *args, size_t arg_count);
bool jy__batch_full(const jy_reader *reader);
bool jy__batch_copy(jy_reader *reader, jy_str text, jy_str *out);
/* Speakers, order of time, has_speakers: when a batch is complete. */
void jy__batch_finish(jy_reader *reader);
/* Sets what is known of the call by one of its many names; false: no such name, *status is JY_E_NOMEM when there is no memory. */
bool jy__call_field(jy_reader *reader, jy_str name, jy_str value, int *status);
/* The whole input as one text below 4 GiB. */
int  jy__reader_whole(jy_reader *reader, jy_str *out);

/* ---- times: "12", "0:12", "00:00:12,500", "1:05:10 PM", "下午1:05:10", "12.5s", "2024-05-01 10:00:12", "2024-05-01T10:00:12.5Z" */
typedef enum jy__time_kind {
    JY__NO_TIME, JY__NUMBER,
    JY__CLOCK, JY__CLOCK_OF_TWO, /* 10:03, which may be hours and minutes */
    JY__CLOCK_MINUTE,            /* 10:03 PM: it is */
    JY__WALL, JY__WALL_MINUTE    /* a day, hours and minutes */
} jy__time_kind;
static inline bool jy__time_is_clock(jy__time_kind kind) { return kind >= JY__CLOCK && kind <= JY__CLOCK_MINUTE; }
/* Reads a time at the front of text; *used tells how far. Clock and wall in ms (wall since 1970), number in thousandths. */
jy__time_kind jy__time_read(jy_str text, int64_t *ms_out, size_t *used);
/* Of a turn's two times: a clock of two parts is one of minutes where the other has three and only so stands on the right side of it, or near it:
 * 10:00:05-10:01, 1:05-1:05:30, and not 59:58-1:00:02. */
void jy__time_range(jy__time_kind *begin, int64_t begin_ms, jy__time_kind *end, int64_t end_ms);
/* A wall clock time as ms of this call: the first one seen is zero, unless the call's start is known. One that tells only the minute is none: what is
 * asked of a call's times are seconds. */
int64_t jy__time_in_call(jy_reader *reader, jy__time_kind kind, int64_t wall_ms, jy_str as_written);
/* A clock: from the call's start, or, where that is known and not behind it, the time of that day. */
int64_t jy__clock_in_call(jy_reader *reader, jy__time_kind kind, int64_t clock_ms);

/* ---- small text helpers */
/* Of the block that names and roles are written with: three bytes each. */
static inline bool jy__is_everyday_han(uint32_t cp) { return cp >= 0x4E00 && cp <= 0x9FFF; }
jy_str jy__trim(jy_str text); /* ASCII blanks and U+3000 */
jy_str jy__cut_line(jy_str *text); /* the first line, without its line feed, which the text loses */
/* Lines and columns of ascending offsets of a text. */
typedef struct jy__ruler { jy_str text; size_t at, line_start; uint32_t line, column; } jy__ruler;
void    jy__ruler_init(jy__ruler *ruler, jy_str text, uint32_t line);
jy__pos jy__ruler_pos(jy__ruler *ruler, size_t offset);

#endif
