/* match_read_blocks — step one of the engines that read 64 bytes at a time. In: text. Out: the codes of a chunk, the masks of its blocks. The engine defines before:
 *   block_tables, load_tables(nibbles)                what read_block looks bytes up in
 *   bool read_block(tables, p, ascii, block)          what the block at p is (66 bytes may be read); true: it is usual, and nothing else is in it
 *   put_codes(rows, p, &han, walker, count)           writes the block's Han as the codes of the stream from number `count` on, up to 24 in all; returns how many they are
 * and if it has a better way for usual text READ_SPANS (match_avx2_slots.h). */

/* A block with bytes that are no UTF-8, or with characters that are not of three bytes. Until here leads were taken for Han whatever stands
 * behind them: those of this block are looked at, and those that the last block ends with. */
static __attribute__((noinline)) void read_odd(jy__block_reader *r, size_t at, const unsigned char *p, uint64_t *han, bool begins)
{
    jy__block_reader_bad(r, at);
    if (r->wanted == 1 && (p[JY__BLOCK - 1] & 0xC0) != 0x80)
        r->wanted = 0; /* the last lead but one was cut short before the block ended */
    *han = jy__whole_han(*han, p);
    if (!begins)
        han[-1] = jy__cut_han(han[-1], p);
}

/* Reads blocks until one is not usual, or has others, and that one; returns how many. Nothing is called in the loop: its tables stay in
 * registers. */
static inline __attribute__((always_inline)) size_t read_run(jy__block_reader *r, const unsigned char *p, uint64_t *han, size_t count,
                                                             enum jy__ascii_count ascii, jy__block *last)
{
    const block_tables tables = load_tables(&r->filter->nibbles);
    jy__block block = { .wanted = r->wanted };
    uint64_t *narrow = r->blocks.ascii + (han - r->blocks.han);
    const unsigned char *ahead = p + JY__HALF_CHUNK - (size_t)(han - r->blocks.han) * (JY__BLOCK - JY__FETCH_READ);
    bool going;
    size_t i = 0;
    do {
        __builtin_prefetch(ahead + i * JY__FETCH_READ, 0, 2);
        __builtin_prefetch(p + JY__FETCH_FIRST);
        going = read_block(&tables, p, ascii, &block);
        if (ascii == JY__ASCII_SOME)
            narrow[i] = block.ascii;
        han[i++] = block.han;
        p += JY__BLOCK;
    } while (going && i < count);
    r->wanted = block.wanted;
    *last = going ? (jy__block){ .usual = true } : block;
    return i;
}

static inline size_t read_some(jy__block_reader *r, const unsigned char *p, uint64_t *han, size_t count, jy__block *last)
{
    if (!r->filter->has_ascii)
        return read_run(r, p, han, count, JY__ASCII_NONE, last);
    return r->filter->nibbles.is_one ? read_run(r, p, han, count, JY__ASCII_ONE, last) : read_run(r, p, han, count, JY__ASCII_SOME, last);
}

static inline void put_blocks(jy__block_reader *r, jy__stream *stream, const unsigned char *p, uint32_t first, uint32_t end)
{
    const jy__rows *rows = r->filter->nibbles.rows; /* what is put may be anything to a compiler, so it would be loaded again */
    const uint64_t *han = r->blocks.han;
    uint32_t *firsts = r->blocks.first;
    jy__walker *walker = r->scan->walker;
    size_t count = stream->count;
    const unsigned char *ahead = p + JY__HALF_CHUNK + JY__FETCH_READ * JY__BLOCKS;
    for (uint32_t i = first; i < end; i++, p += JY__BLOCK) {
        __builtin_prefetch(ahead + i * JY__FETCH_PUT, 0, 2);
        firsts[i] = (uint32_t)count;
        count += put_codes(rows, p, han + i, walker, count);
    }
    stream->count = count;
    firsts[end] = (uint32_t)count;
    r->blocks.count = end;
    memset(firsts + end + 1, 0xFF, JY__BLOCKS_AHEAD * sizeof(*firsts));
}

/* Reads [at, end) from p. First all blocks' masks, then their codes: so neither waits for the other. */
static void read_each(jy__block_reader *r, jy__stream *stream, const unsigned char *p, size_t at, size_t end, uint32_t first)
{
    size_t count = (end - at + JY__BLOCK - 1) / JY__BLOCK;
    uint64_t *han = r->blocks.han + first;
    jy__block block;
    for (size_t done = 0; done < count;) {
        done += read_some(r, p + done * JY__BLOCK, han + done, r->doubt ? 1 : count - done, &block);
        if (!block.usual | r->doubt)
            read_odd(r, at + (done - 1) * JY__BLOCK, p + (done - 1) * JY__BLOCK, han + done - 1, first + done == 1);
        if (block.others)
            jy__block_reader_others(r, at + (done - 1) * JY__BLOCK, block.others);
    }
    if (count)
        han[count - 1] = jy__cut_han(han[count - 1], p + count * JY__BLOCK); /* the next block is of another chunk, or of none */
    put_blocks(r, stream, p, first, first + (uint32_t)count);
}

#ifndef READ_SPANS
#define READ_SPANS(r, stream, p, block, end) (block)
#define HAS_SPANS false
#else
#define HAS_SPANS true
#endif

/* A span that is not usual is read twice: where they come often, spans are tried the more seldom. */
#define PLAIN_MOST 64u
#define OFTEN 32u /* blocks */
static inline uint32_t read_usual(jy__block_reader *r, jy__stream *stream, const unsigned char *p, uint32_t block, uint32_t end)
{
    uint32_t next = r->doubt ? block : READ_SPANS(r, stream, p, block, end);
    if (next - block >= OFTEN || next + JY__SPAN_BLOCKS > end)
        r->plain = JY__SPAN_BLOCKS;
    else if (r->plain < PLAIN_MOST)
        r->plain *= 2;
    return next;
}

/* Reads [at, end) from p. Of ASCII of interest spans know one character alone. */
static void read_blocks(jy__block_reader *r, jy__stream *stream, const unsigned char *p, size_t at, size_t end, uint32_t first)
{
    const bool spans = HAS_SPANS && (!r->filter->has_ascii || r->filter->nibbles.is_one);
    uint32_t block = first, stop = first + (uint32_t)((end - at + JY__BLOCK - 1) / JY__BLOCK), left = end + JY__SPAN_BEHIND > r->len;
    do {
        if (spans && block + JY__SPAN_BLOCKS + left <= stop)
            block = read_usual(r, stream, p + (size_t)(block - first) * JY__BLOCK, block, stop - left);
        uint32_t next = !spans || stop - block < r->plain ? stop : block + r->plain;
        size_t done = (size_t)(block - first) * JY__BLOCK;
        read_each(r, stream, p + done, at + done, next < stop ? at + (size_t)(next - first) * JY__BLOCK : end, block);
        block = next;
    } while (block < stop);
}

static void read_by_blocks(jy__block_reader *r, jy__stream *stream, size_t base, size_t stop)
{
    memset(r->blocks.slotted, 0, sizeof(r->blocks.slotted));
    size_t middle = stop < r->whole ? stop : r->whole > base ? r->whole : base;
    read_blocks(r, stream, r->text + base, base, middle, 0);
    if (middle < stop)
        read_blocks(r, stream, r->tail + (middle - r->whole), middle, stop, (uint32_t)((middle - base) / JY__BLOCK));
    if (r->filter->has_ascii && !r->filter->nibbles.is_one)
        jy__block_reader_ascii(r, base);
}

#ifndef READ_CHUNK
#define READ_CHUNK read_by_blocks
#endif
