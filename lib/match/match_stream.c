/* The filter over the stream of Han codes. In: the codes of one chunk with their offsets, whatever engine made them. Out: calls of the
 * verifier for the few places where a key may begin. A code is looked at once, when the codes that a key may need (three fillers of four
 * characters and the key's end) are there; the last ones of a chunk wait for the next.
 *
 *   codes     … 不 知 道 了 | 那 个 不 是 …          looked at: code by code as the first of a key
 *   chunk n         ^^^^^^^^^^  handed over to chunk n+1 with their (then negative) offsets
 */
#include "match/match_inside.h"
#include "match/match_limits.h"

#define AHEAD (1 + JY__MATCH_MOST_FILLERS * JY__FILLER_LONGEST)

/* Whether a filler of any length ends right before codes[at]. */
static bool filler_before(const uint16_t *codes, size_t at)
{
    uint32_t symbols[JY__FILLER_LONGEST];
    for (size_t count = 1; count <= JY__FILLER_LONGEST; count++) {
        symbols[JY__FILLER_LONGEST - count] = jy__fold_one(codes[at - count]);
        if (jy__fold_filler_begins(symbols[JY__FILLER_LONGEST - count]) &&
            jy__fold_filler(symbols + JY__FILLER_LONGEST - count, count) == count)
            return true;
    }
    return false;
}

/* Whether the neighbours of the key codes[at], codes[at + 1] are those of some form. */
static bool triple(const jy__filter *filter, const uint16_t *codes, size_t at)
{
    uint32_t a = jy__fold_one(codes[at]), b = jy__fold_one(codes[at + 1]);
    uint32_t next = jy__fold_one(codes[at + 2]), last = jy__fold_one(codes[at - 1]);
    return jy__bit(filter->triples, jy__triple_hash(a, b, next, filter->triple_bits)) ||
           jy__bit(filter->triples, jy__triple_hash(a, b, 0, filter->triple_bits)) ||
           jy__bit(filter->triples, jy__triple_hash(a, b, JY__KEY_SOUND | last, filter->triple_bits)) ||
           jy__bit(filter->fillers, codes[at + 2]) || filler_before(codes, at);
}

/* A filler behind codes[at], and behind it a code that ends a key. */
static bool over_filler(const jy__filter *filter, const uint16_t *codes, size_t at)
{
    uint32_t symbols[JY__FILLER_LONGEST];
    for (size_t i = 0; i < JY__FILLER_LONGEST; i++)
        symbols[i] = jy__fold_one(codes[at + 1 + i]);
    if (!jy__fold_filler(symbols, JY__FILLER_LONGEST))
        return false;
    for (size_t i = 2; i <= AHEAD; i++)
        if (jy__bit(filter->pairs, jy__pair_hash(codes[at], codes[at + i], filter->pair_bits)))
            return true;
    return false;
}

/* codes[at - 4 .. at + 13] must be readable. */
void jy__stream_try(jy__scan *scan, const uint16_t *codes, size_t at, size_t offset)
{
    const jy__filter *filter = &scan->matcher->filter;
    uint32_t a = codes[at], b = codes[at + 1];
    if (jy__bit(filter->pairs, jy__pair_hash(a, b, filter->pair_bits)) && (!filter->triples || triple(filter, codes, at)))
        jy__match_verify(scan, offset);
    else if (jy__bit(filter->fillers, b) && over_filler(filter, codes, at))
        jy__match_verify(scan, offset);
}

void jy__stream_open(jy__stream *stream)
{
    memset(stream->codes, 0, JY__STREAM_PAD * sizeof(*stream->codes));
    stream->count = stream->looked = JY__STREAM_PAD;
}

/* The same for keys by sound; true when the place was looked at. */
bool jy__stream_try_sound(jy__scan *scan, const uint16_t *codes, size_t at, size_t offset)
{
    const jy__filter *filter = &scan->matcher->filter;
    uint32_t symbols[JY__FILLER_LONGEST], a = jy__fold_one(codes[at]);
    bool found = jy__bit(filter->sound_tails, codes[at + 1]) && jy__filter_sounds(filter, a, jy__fold_one(codes[at + 1]));
    if (!found && jy__bit(filter->fillers, codes[at + 1])) {
        for (size_t i = 0; i < JY__FILLER_LONGEST; i++)
            symbols[i] = jy__fold_one(codes[at + 1 + i]);
        for (size_t i = 2; !found && i <= AHEAD && jy__fold_filler(symbols, JY__FILLER_LONGEST); i++)
            found = jy__bit(filter->sound_tails, codes[at + i]) && jy__filter_sounds(filter, a, jy__fold_one(codes[at + i]));
    }
    if (found)
        jy__match_verify(scan, offset);
    return found;
}

static void hand_over(jy__stream *stream, size_t length)
{
    size_t first = stream->count > JY__STREAM_BACK ? stream->count - JY__STREAM_BACK : 0, kept = stream->count - first;
    for (size_t i = 0; i < kept; i++) {
        stream->codes[i] = stream->codes[first + i];
        stream->offsets[i] = stream->offsets[first + i] - (int32_t)length;
    }
    stream->count = kept;
    stream->looked -= first;
}

void jy__stream_look(jy__scan *scan, jy__stream *stream, size_t base, size_t length, bool last)
{
    const jy__filter *filter = &scan->matcher->filter;
    size_t end = stream->count;
    if (last)
        memset(stream->codes + end, 0, AHEAD * sizeof(*stream->codes));
    else
        end -= end < AHEAD ? end : AHEAD;
    for (size_t i = stream->looked; i < end && !scan->stop; i++) {
        size_t offset = base + (size_t)(ptrdiff_t)stream->offsets[i];
        if (filter->has_singles && jy__bit(filter->singles, stream->codes[i]))
            jy__match_verify(scan, offset);
        else if (filter->has_sound && jy__bit(filter->sound_heads, stream->codes[i]) && jy__stream_try_sound(scan, stream->codes, i, offset))
            continue;
        else if (jy__bit(filter->heads, stream->codes[i]) && jy__bit(filter->tails, stream->codes[i + 1]))
            jy__stream_try(scan, stream->codes, i, offset);
    }
    if (end > stream->looked)
        stream->looked = end;
    hand_over(stream, length);
}
