/* Where fillers lead in the stream of codes. In: codes, and where one may begin. Out: how long the fillers are that stand there, and where one to three
 * of them in a row end. Text of nothing but fillers asks that again and again, from each code on the way: then an engine may have found it of all codes.
 *
 *   codes   那 个 嗯 这 个 不       from 那: 2 (那个), 3 (那个 嗯), 5 (那个 嗯 这个) */
#include "match/match_inside.h"
#include "match/match_limits.h"

static inline uint64_t word_of(const uint16_t symbols[JY__FILLER_LONGEST])
{
    uint64_t word;
    _Static_assert(sizeof(word) == JY__FILLER_LONGEST * sizeof(*symbols), "a filler is compared as one word");
    memcpy(&word, symbols, sizeof(word));
    return word;
}

/* Which lengths a filler at codes[at] may have: bit n for n codes. So many as the longest has are read. */
unsigned jy__stream_fillers(const jy__filter *filter, const uint16_t *codes, size_t at)
{
    uint16_t symbols[JY__FILLER_LONGEST];
    unsigned lengths = 0;
    uint64_t here;
    for (size_t i = 0; i < JY__FILLER_LONGEST; i++)
        symbols[i] = (uint16_t)jy__code_symbol(codes[at + i]);
    here = word_of(symbols);
    for (uint8_t i = filter->filler_table.heads[symbols[0] & 63]; i; i = filter->filler_table.entries[i].next) {
        const jy__filler_entry *entry = &filter->filler_table.entries[i];
        lengths |= (unsigned)(((here ^ word_of(entry->symbols)) & word_of(entry->mask)) == 0) << entry->count;
    }
    return lengths;
}

unsigned jy__leads_of(const jy__rounds *rounds, size_t at)
{
    const jy__walker *walker = rounds->scan->walker;
    const jy__filter *filter = &rounds->scan->matcher->filter;
    if (walker->leads_open)
        return walker->lead_one[at];
    return jy__bit(filter->fillers, rounds->codes[at]) ? jy__stream_fillers(filter, rounds->codes, at) : 0;
}

/* So many in a row at the most. */
static unsigned leads_from(const jy__rounds *rounds, size_t at, unsigned most)
{
    unsigned all = jy__leads_of(rounds, at);
    for (unsigned left = most > 1 ? all : 0; left; left &= left - 1)
        all |= leads_from(rounds, at + (size_t)__builtin_ctz(left), most - 1) << __builtin_ctz(left);
    return all;
}

unsigned jy__leads_find(const jy__rounds *rounds, size_t at) { return leads_from(rounds, at, JY__MATCH_MOST_FILLERS); }
