/* The parts of reading by blocks that need no speed. In: what an engine found odd about a block of 64 bytes, and the indexes of codes that
 * passed its filter. Out: the exact count of bytes that are no UTF-8, calls of the verifier for ASCII and rare characters, and the
 * offsets of codes, which are found again from the blocks' masks. */
#include "match/engines/match_blocks.h"

void jy__block_reader_open(jy__block_reader *reader, jy__scan *scan)
{
    reader->scan = scan;
    reader->filter = &scan->matcher->filter;
    reader->text = (const unsigned char *)scan->text.ptr;
    reader->len = scan->text.len;
    reader->wanted = 0;
    reader->counted = 0;
    reader->doubt = false;
    reader->plain = JY__SPAN_BLOCKS;
    /* blocks with two bytes behind them; an utterance is read from its copy, all at once */
    reader->whole = reader->len < 2 * JY__BLOCK ? 0 : (reader->len - 2) & ~(size_t)(JY__BLOCK - 1);
    memset(reader->tail, 0, sizeof(reader->tail));
    if (reader->len)
        memcpy(reader->tail, reader->text + reader->whole, reader->len - reader->whole);
}

/* ---- UTF-8, exactly */

static void note_bad(jy__match_scratch *scratch, size_t at)
{
    if (!scratch->bad_bytes++)
        scratch->first_bad = at;
}

/* Counts the bytes of the block that belong to no character and, when not done yet, those of the three bytes before it: that much of a
 * character cut short can lie there. */
void jy__block_reader_bad(jy__block_reader *reader, size_t at)
{
    size_t from = at < 3 || reader->counted >= at ? at : at - 3, stop = at + JY__BLOCK < reader->len ? at + JY__BLOCK : reader->len;
    const char *text = (const char *)reader->text, *end = text + reader->len, *p = text + (from < 3 ? 0 : from - 3);
    while (p < text + stop) {
        const char *begin = p;
        bool valid = (unsigned char)*p < 0x80;
        if (valid)
            p++;
        else
            jy__utf8_next(&p, end, &valid);
        for (const char *bad = begin; !valid && bad < p && bad < text + stop; bad++)
            if (bad >= text + from)
                note_bad(reader->scan->scratch, (size_t)(bad - text));
    }
    reader->counted = at + JY__BLOCK;
    reader->doubt = false;
}

/* The text ends where its last block does, and within a character. */
void jy__block_reader_close(jy__block_reader *reader)
{
    if ((reader->wanted || reader->doubt) && !reader->scan->stop)
        jy__block_reader_bad(reader, (reader->len + JY__BLOCK - 1) & ~(size_t)(JY__BLOCK - 1));
}

static bool is_continued(const unsigned char *s) { return (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80; }

uint64_t jy__whole_han(uint64_t leads, const unsigned char *p)
{
    uint64_t whole = leads;
    for (; leads; leads &= leads - 1)
        if (!is_continued(p + __builtin_ctzll(leads)))
            whole &= ~(leads & -leads);
    return whole;
}

uint64_t jy__cut_han(uint64_t leads, const unsigned char *next)
{
    uint64_t first = (next[0] & 0xC0) == 0x80, second = (next[1] & 0xC0) == 0x80;
    return leads & (~(uint64_t)0 >> 2 | first << 62 | (first & second) << 63);
}

/* ---- what a block has besides Han */

static bool is_rare(const jy__block_reader *reader, size_t at)
{
    const jy__filter *filter = reader->filter;
    const unsigned char *s = reader->text + at;
    size_t left = reader->len - at;
    if (!filter->has_rare || left < 2 || s[0] < 0xC2)
        return false;
    return filter->rare_lead[s[0] & 63] & filter->rare_second[s[1] & 63] & (left > 2 && s[0] >= 0xE0 ? filter->rare_third[s[2] & 63] : 0xFF);
}

void jy__block_reader_others(jy__block_reader *reader, size_t at, uint64_t others)
{
    for (; others && !reader->scan->stop; others &= others - 1) {
        size_t place = at + (size_t)__builtin_ctzll(others);
        unsigned char lead = reader->text[place];
        if (lead == 0xE0 || lead == 0xED) { /* these do not allow any continuation */
            if (reader->counted <= at)
                jy__block_reader_bad(reader, at);
            reader->doubt = true;
        }
        if (lead < 0x80)
            jy__match_try_ascii(reader->scan, place);
        else if (is_rare(reader, place))
            jy__match_verify_rare(reader->scan, place, 1);
    }
}

/* ---- the chunk's codes */

/* False when there is nothing to look at yet. */
bool jy__sweep_open(jy__sweep *look, jy__block_reader *reader, jy__stream *stream, size_t base, bool last)
{
    size_t end = stream->count;
    *look = (jy__sweep){ reader->scan, reader->filter, &reader->blocks, stream, stream->codes, stream->looked, end, base, 0,
                         reader->scan->text.ptr + base + JY__FETCH_LOOK, NULL, 0 };
    memset(stream->codes + end, 0, 2 * JY__BLOCK * sizeof(*stream->codes));
    if (!last)
        look->end = end - (end < JY__STREAM_AHEAD ? end : JY__STREAM_AHEAD);
    jy__present_open(reader->scan->walker, end);
    return look->end > look->from;
}

/* To the block that has code `index`: from where it would be if all had as many; which of the next it is, is as good as random for a branch. */
static void find_block(jy__sweep *look, size_t index)
{
    uint32_t step = JY__BLOCKS_AHEAD, kept = look->blocks->first[0];
    uint32_t block = (uint32_t)(index - kept) * look->blocks->count / (uint32_t)(look->stream->count - kept + 1);
    look->block = block < step / 2 ? 0 : block - step / 2;
    while (look->blocks->first[look->block] > index)
        look->block = look->block < step ? 0 : look->block - step;
    while (step == JY__BLOCKS_AHEAD) {
        const uint32_t *first = look->blocks->first + look->block + 1;
        step = 0;
        for (uint32_t i = 0; i < JY__BLOCKS_AHEAD; i++)
            step += (uint32_t)((first[i] - (uint64_t)index - 1) >> 63); /* GCC 12 for ARM takes a sum of <= for one of -1 each */
        look->block += step;
    }
}

#define EACH_BYTE 0x0101010101010101u

/* Which byte of a mask has its bit number *skip, from its lowest bit on, and which of that byte's bits it is; without a branch. */
static unsigned byte_of(uint64_t bits, size_t *skip)
{
    uint64_t sums = bits - (bits >> 1 & 0x5555555555555555u);
    unsigned shift;
    sums = (sums & 0x3333333333333333u) + (sums >> 2 & 0x3333333333333333u);
    sums = ((sums + (sums >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * EACH_BYTE; /* of each byte and those before it */
    shift = (unsigned)(((((*skip * EACH_BYTE) | (0x80 * EACH_BYTE)) - sums) >> 7 & EACH_BYTE) * EACH_BYTE >> 56) * 8;
    *skip -= sums << 8 >> shift & 0xFF;
    return shift;
}

/* The bits but for the lowest `skip`, which there are more than. Han stand three bytes apart, so eight bits have three at most. */
static uint64_t skip_bits(uint64_t bits, size_t skip)
{
    unsigned shift = byte_of(bits, &skip);
    uint64_t left;
    bits = bits >> shift << shift;
    left = bits & (bits - 1);
    bits = skip > 0 ? left : bits;
    return skip > 1 ? left & (left - 1) : bits;
}

/* The same of slots, of which eight may have eight. */
static uint64_t skip_slots(const jy__rows *rows, uint64_t bits, size_t skip)
{
    unsigned shift = byte_of(bits, &skip);
    shift += rows->orders[bits >> shift & 0xFF][skip];
    return bits >> shift << shift;
}

static bool is_slotted(const jy__sweep *look) { return look->blocks->slotted[look->block / 64] >> look->block % 64 & 1; }

/* What a block's mask has from code `index` on. */
static uint64_t bits_from(jy__sweep *look, size_t index)
{
    uint64_t bits;
    find_block(look, index);
    bits = look->blocks->han[look->block];
    index -= look->blocks->first[look->block];
    return is_slotted(look) ? skip_slots(look->filter->nibbles.rows, bits, index) : skip_bits(bits, index);
}

/* Where its lowest bit stands, from the chunk's begin on. */
static int32_t offset_of(const jy__sweep *look, uint64_t bits)
{
    int32_t at = (int32_t)(look->block * JY__BLOCK), bit = __builtin_ctzll(bits);
    const unsigned char *slot;
    if (!is_slotted(look))
        return at + bit;
    at += 3 * bit;
    slot = (const unsigned char *)look->scan->text.ptr + look->base + at;
    return at + (slot[0] < 0xE0) + ((slot[0] < 0xE0) & (slot[1] < 0xE0));
}

size_t jy__sweep_offset(jy__sweep *look, size_t index)
{
    ptrdiff_t offset;
    if (index < look->blocks->first[0]) {
        offset = look->stream->offsets[index];
    } else {
        uint64_t bits = bits_from(look, index);
        offset = offset_of(look, bits);
    }
    return look->base + (size_t)offset;
}

/* The offsets of the codes from `from` on. */
static void list_offsets(jy__sweep *look, size_t from, size_t count, int32_t *out)
{
    size_t kept = look->blocks->first[0], done = 0;
    for (; done < count && from + done < kept; done++)
        out[done] = look->stream->offsets[from + done];
    while (done < count) {
        for (uint64_t bits = bits_from(look, from + done); bits && done < count; bits &= bits - 1)
            out[done++] = offset_of(look, bits);
    }
}

static void hand_over(jy__sweep *look, size_t length)
{
    jy__stream *stream = look->stream;
    size_t first = stream->count > JY__STREAM_BACK ? stream->count - JY__STREAM_BACK : 0, kept = stream->count - first;
    int32_t offsets[JY__STREAM_BACK];
    list_offsets(look, first, kept, offsets);
    memmove(stream->codes, stream->codes + first, kept * sizeof(*stream->codes));
    for (size_t i = 0; i < kept; i++)
        stream->offsets[i] = offsets[i] - (int32_t)length;
    stream->count = kept;
    stream->looked -= first;
}

void jy__sweep_close(jy__sweep *look, size_t length, bool last)
{
    if (look->end > look->from)
        look->stream->looked = look->end;
    if (!last)
        hand_over(look, length);
}
