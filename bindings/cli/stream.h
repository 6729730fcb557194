/* stream — between cmd_stream.c (lines in, what they ask for), stream_calls.c (the live calls) and stream_write.c (lines out). */
#ifndef JINYU_CLI_STREAM_H
#define JINYU_CLI_STREAM_H

#include "scan.h"

typedef struct live {          /* one live call */
    struct live *next;         /* in its bucket */
    struct live *older, *newer;/* in order of the last line */
    char *id;
    size_t id_len;
    jy_session *session;
    double touched;
    uint64_t turns, findings;
} live;

/* A label and whom it means: the same few stand in every turn. */
enum { LABELS_SEEN = 64, LABEL_SEEN_LONGEST = 58 };
typedef struct label_seen { char label[LABEL_SEEN_LONGEST]; uint8_t len; int32_t speaker; } label_seen;

typedef struct stream {
    const cli_options *options;
    jy_rules *rules;
    jy_scanner *scanner;
    live **buckets;
    size_t bucket_count, count, most;
    live *oldest, *newest;
    jy_session **spare;        /* sessions of ended calls, ready for the next */
    size_t spare_count;
    double idle;
    json_doc doc;
    text out;
    int unwritten;             /* errno: an answer could not be written, so nothing more is asked */
    uint64_t line;
    size_t bad_lines, limited, speakerless;
    jy_str labels[2 * MAX_LABELS];
    jy_read_options reading;   /* of which the labels count */
    label_seen seen[LABELS_SEEN];
    int min_level, show;
    bool redact, provisional;
} stream;

/* ---- stream_calls.c */
live *live_find(const stream *s, jy_str id);
live *live_begin(stream *s, jy_str id, int *status); /* NULL: *status says why */
void  live_touch(stream *s, live *call);
void  live_end(stream *s, live *call, const char *why); /* judges what was never said, writes it, forgets the call */
void  live_end_idle(stream *s);
void  live_end_all(stream *s, const char *why);
void  live_free_all(stream *s);

/* ---- stream_write.c: into s->out */
void write_findings(stream *s, live *call, const jy_turn *turn);
void write_call_end(stream *s, live *call, const char *why);
void write_error(stream *s, jy_str call, word_id id, const char *detail);
void stream_flush(stream *s);

#endif
