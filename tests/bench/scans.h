/* A rule set and what scans with it, as bench_jinyu times it alone and bench_turns in turn with other builds of the library, which are modules
 * that give this one struct. */
#ifndef BENCH_SCANS_H
#define BENCH_SCANS_H

#include "peers/peer.h"

typedef struct scans scans;

typedef struct scans_way {
    /* PACK is a rule file or builtin:NAME; sound 1 (as the pack says) or 0; engine one of jy__match_force, or best. Ends the process when it cannot. */
    scans *(*open)(const char *pack, int sound, const char *engine, const peer_bytes *text);
    /* How a mode reads a text: what peer_each calls, adding to *found. */
    peer_scan (*mode)(const char *name); /* scan, stays (the same of a text that stays), batch, lines, matcher */
    size_t *(*found)(scans *s);
    peer_cost (*cost)(const scans *s);
    void (*close)(scans *s);
} scans_way;

extern const scans_way scans_of_jinyu;

#endif
