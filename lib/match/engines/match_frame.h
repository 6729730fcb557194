/* match_frame — the scan of all engines but AVX-512: its two steps per chunk of some 16 KiB. The engine defines before:
 *   READ_CHUNK(reader, stream, base, stop)            appends the codes of the text from base on whose characters begin before stop (match_read_blocks.h)
 *   find_singles(look, from, end, found)              writes the indexes of codes in [from, end) that may be a key alone; returns how many
 *   find_fillers(look, from, end, found)              the same of codes behind which a filler may stand
 *   by_pairs(filter)                                  whether the engine looks for keys by FIND_PAIRS (see jy__find_pairs), and fillers apart from them
 *   find_near(look, from, end, found)                 else: the same of codes that may begin a key, or a filler stands behind them
 *   LOOK_MANY(look)                                   if it has a better way for many forms, in more than LOOK_MANY_FROM codes: what may begin a key goes to the
 *                                                     verifier; lists fillers
 * and if it has better ways FIND_BEGINS, FIND_ASKED and FIND_HEARD (match_hear.h). Singles and pairs: of JY__BATCH codes at most; few forms: of NEAR. */
#include "match/engines/match_hear.h"

#ifdef LOOK_MANY
static inline bool looks_many(const jy__sweep *l) { return l->filter->has_han && l->filter->many && l->end - l->from > LOOK_MANY_FROM; }
#else
#define LOOK_MANY(look) ((void)0)
static inline bool looks_many(const jy__sweep *l) { return false; }
#endif

#define CHUNK (JY__HALF_CHUNK / JY__SPAN * JY__SPAN) /* so that no block is left over */

static void look_batch(jy__sweep *l, size_t from, size_t end)
{
    uint32_t found[JY__BATCH + 16];
    size_t count = l->filter->has_singles ? find_singles(l, from, end, found) : 0;
    for (size_t i = 0; i < count; i++)
        look_single(l, found[i]);
    if (l->filter->has_han && !is_together(l) && !looks_many(l) && by_pairs(l->filter))
        look_pairs(l, found, FIND_PAIRS(l, from, end, found));
}

#define NEAR (5 * JY__BATCH / 2) /* codes */

/* Its room is on the stack for itself alone. */
static __attribute__((noinline)) void look_near(jy__sweep *l, size_t from, size_t end)
{
    uint32_t found[NEAR + 16], fillers[NEAR + 16];
    size_t filler_count, count = keep_near(l, found, find_near(l, from, end, found), fillers, &filler_count);
    for (size_t i = 0; i < count && !l->scan->stop; i += JY__BATCH)
        look_pairs(l, found + i, count - i < JY__BATCH ? count - i : JY__BATCH);
    for (size_t i = 0; i < filler_count && !l->scan->stop; i += JY__BATCH)
        look_fillers(l, fillers + i, filler_count - i < JY__BATCH ? filler_count - i : JY__BATCH, found);
}

/* Few forms: many codes at once, for each round over a few places waits for its branches. */
static void look_few(jy__sweep *l)
{
    for (size_t at = l->from; at < l->end && !l->scan->stop; at += NEAR)
        look_near(l, at, l->end - at < NEAR ? l->end : at + NEAR);
}

static void look_all(jy__sweep *l)
{
    const bool many = looks_many(l), together = is_together(l), pairs = l->filter->has_han && by_pairs(l->filter) && !together && !many;
    if (pairs || (l->filter->has_sound && !together && !many))
        l->filler_count = find_fillers(l, l->from, l->end + (l->end < l->stream->count), l->fillers);
    for (size_t at = l->from; at < l->end && !l->scan->stop; at += JY__BATCH)
        look_batch(l, at, l->end - at < JY__BATCH ? l->end : at + JY__BATCH);
    if (many)
        LOOK_MANY(l);
    if (pairs)
        look_behind_fillers(l);
    else if (l->filter->has_han && !together && !many)
        look_few(l);
    if (l->filter->has_sound)
        look_sound(l);
}

static void look_chunk(jy__block_reader *r, jy__stream *stream, size_t base, bool last)
{
    uint32_t fillers[JY__HALF_ROOM + 16];
    jy__sweep look;
    if (jy__sweep_open(&look, r, stream, base, last)) {
        look.fillers = fillers;
        look_all(&look);
    }
    jy__sweep_close(&look, CHUNK, last);
}

static void scan_text(jy__scan *scan)
{
    jy__stream *stream = &scan->walker->stream;
    jy__block_reader reader;
    size_t last_base = 0;
    jy__block_reader_open(&reader, scan);
    jy__stream_open(stream);
    for (size_t base = 0; base < reader.len && !scan->stop; base += CHUNK) {
        size_t stop = reader.len - base < CHUNK ? reader.len : base + CHUNK;
        READ_CHUNK(&reader, stream, base, stop);
        look_chunk(&reader, stream, base, stop == reader.len);
        jy__match_order(scan);
        if (scan->stop)
            scan->scratch->cut_at = last_base;
        last_base = base;
    }
    jy__block_reader_close(&reader);
}
