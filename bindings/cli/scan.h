/* scan — between input.c (which bytes), parcel.c (calls read for others), scan.c (bytes or calls -> results) and jobs.c (threads,
 * order). */
#ifndef JINYU_CLI_SCAN_H
#define JINYU_CLI_SCAN_H

#include "cli.h"

/* One thing found on the way: a result, or a remark on something that was not judged. spare: bytes that are no text, to be said
 * unless a result of the same input tells of them. */
typedef struct unit { struct unit *next; jy_result *result; jy_diag diag; char *strings; bool spare; } unit;

/* ---- parcel.c: calls that were read, kept until another thread has judged them */
typedef struct parcel {
    struct parcel_block *blocks, *block;
    struct parcel_record *first, *last;
    size_t items, bytes;
} parcel;
void parcel_add(parcel *p, const jy_item *item);
bool parcel_next(parcel *p, jy_item *item); /* takes out; what it gives lives until parcel_clear() */
void parcel_clear(parcel *p);
void parcel_free(parcel *p);

/* Bytes of a pipe: what was looked at already, then the rest; the reader's, and goes where the reader goes. */
typedef struct feed { int fd; text seen; size_t taken; uint64_t bytes; } feed;

typedef enum ticket_kind {
    TICKET_END,    /* there is no more */
    TICKET_FILE,   /* the worker reads paths.items[input] itself */
    TICKET_CALLS,  /* calls that were read from an input; with a reader: the rest of the input is to be read from it */
    TICKET_BLOCK,  /* bytes is a piece of a script, cut at a line end */
    TICKET_CLOSE   /* the script's last block was the one before */
} ticket_kind;
typedef struct ticket {
    ticket_kind kind;
    size_t input;
    bool last;          /* with this ticket the input is done */
    bool done, stopped; /* guarded by the pool's lock; stopped: Ctrl-C cut it short */
    int error;          /* errno of reading, or 0 */
    parcel calls;
    jy_reader *reader;  /* the worker's to free, like feed */
    int status;         /* of opening it */
    feed *feed;         /* or NULL */
    uint64_t given;     /* bytes of the input that went with earlier tickets */
    bool cut;           /* the block ends inside a line that is too long */
    text bytes;
    uint32_t line;      /* of the block's first byte, from 1 */
    size_t offset;
    uint64_t size;      /* bytes read, for progress */
    unit *first, **end; /* guarded by the pool's lock */
    size_t waiting;
} ticket;

/* ---- input.c: one thread at a time */
typedef struct source {
    const scan_plan *plan;
    size_t next;        /* input not yet handed out */
    int fd;             /* of the script being handed out block by block, or -1 */
    bool at_end, rereadable; /* a pipe cannot be opened twice */
    jy_reader *reader;  /* of the input whose calls are being handed out, or NULL */
    feed *feed;
    uint64_t whole, given; /* bytes of that input (0: not known), and of these handed out */
    text carry;         /* begun line, for the next block */
    uint32_t line;
    size_t offset;
} source;
void source_init(source *from, const scan_plan *plan);
void source_next(source *from, ticket *out);
void source_free(source *from);
void feed_free(feed *from);
/* A text without speaker labels, in UTF-8, is scanned in big blocks: the reader need not cut it into lines. */
bool item_is_script(const jy_reader *reader, const jy_item *item);
size_t bom_length(jy_str bytes);
bool is_packed(jy_str bytes); /* gzip or zstd */
void read_options_fill(const cli_options *options, const char *path, jy_str *labels, jy_read_options *out);
/* PARCEL: what is read at once for another thread, no more calls than results may wait (jobs.c). */
enum {
    BLOCK_BYTES = 1 << 20,
    SCRIPT_BYTES = 256 << 10, /* of a script at a time: what stays in the cache until it is judged */
    SMALL_FILE = 4 << 20, MAX_LINE = 256 << 20, PARCEL_BYTES = 64 << 10, PARCEL_CALLS = 60
};
#define MAX_LABELS 256

/* ---- scan.c */
typedef struct worker {
    const scan_plan *plan;
    jy_scanner *scanner;
    jy_session *session;
    text bytes;
    text script;                         /* lines put together again, from script_first on */
    bool in_script;
    jy_str script_source;                /* a workbook's sheets have names of their own */
    uint32_t script_first, script_line;  /* script_line: of what comes next */
    size_t script_offset, script_pieces;
    jy_str labels[2 * MAX_LABELS];
    void (*give)(void *ctx, unit *made); /* takes ownership; may wait */
    void *ctx;
} worker;
int  worker_init(worker *w, const scan_plan *plan); /* jy_status */
void worker_run(worker *w, ticket *t);
void worker_free(worker *w);
void unit_free(unit *made);
unit *unit_remark(const jy_diag *diag);

#endif
