/* match_frame — the scan of all engines but AVX-512: its two steps per chunk of 16 KiB. The engine defines before:
 *   READ_CHUNK(reader, stream, base, stop)            appends the codes of the text from base on whose characters begin before stop (match_read_blocks.h)
 *   find_singles(look, from, end, found)              writes the indexes of codes in [from, end) that may be a key alone; returns how many
 *   find_fillers(look, from, end, found)              the same of codes behind which a filler may stand
 *   by_pairs(filter)                                  whether the engine looks for keys by FIND_PAIRS (see jy__find_pairs), and fillers apart from them
 *   find_near(look, from, end, found)                 else: the same of codes that may begin a key, or a filler stands behind them
 *   LOOK_MANY(look)                                   if it has a better way for many forms, in more than LOOK_MANY_FROM codes: what may begin a key goes to the
 *                                                     verifier; lists fillers
 * and if it has better ways FIND_BEGINS, FIND_ASKED and FIND_HEARD (match_hear.h). All but fillers: of JY__BATCH codes at most. */
#include "match/engines/match_hear.h"

#ifdef LOOK_MANY
static inline bool looks_many(const jy__sweep *l) { return l->filter->has_han && l->filter->many && l->end - l->from > LOOK_MANY_FROM; }
#else
#define LOOK_MANY(look) ((void)0)
static inline bool looks_many(const jy__sweep *l) { return false; }
#endif

static void look_batch(jy__sweep *l, size_t from, size_t end)
{
    uint32_t found[JY__BATCH + 16];
    size_t count = l->filter->has_singles ? find_singles(l, from, end, found) : 0;
    for (size_t i = 0; i < count; i++)
        look_single(l, found[i]);
    if (!l->filter->has_han || is_together(l) || looks_many(l))
        return;
    if (by_pairs(l->filter))
        look_pairs(l, found, FIND_PAIRS(l, from, end, found));
    else
        keep_near(l, found, find_near(l, from, end, found));
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
    if (!l->scan->stop)
        look_near(l);
    if (l->filter->has_sound)
        look_sound(l);
}

static void look_chunk(jy__block_reader *r, jy__stream *stream, size_t base, bool last)
{
    uint32_t fillers[JY__STREAM_ROOM + 16];
    jy__near_places near;
    jy__sweep look;
    near.pair_count = near.filler_count = 0;
    if (jy__sweep_open(&look, r, stream, base, last)) {
        look.near = &near;
        look.fillers = fillers;
        look_all(&look);
    }
    jy__sweep_close(&look, JY__CHUNK, last);
}

static void scan_text(jy__scan *scan)
{
    jy__stream *stream = &scan->walker->stream;
    jy__block_reader reader;
    size_t last_base = 0;
    jy__block_reader_open(&reader, scan);
    jy__stream_open(stream);
    for (size_t base = 0; base < reader.len && !scan->stop; base += JY__CHUNK) {
        size_t stop = reader.len - base < JY__CHUNK ? reader.len : base + JY__CHUNK;
        READ_CHUNK(&reader, stream, base, stop);
        look_chunk(&reader, stream, base, stop == reader.len);
        jy__match_order(scan);
        if (scan->stop)
            scan->scratch->cut_at = last_base;
        last_base = base;
    }
    jy__block_reader_close(&reader);
}
