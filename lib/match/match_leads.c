/* Where fillers lead in the stream of codes. In: codes, and where one may begin. Out: how long the fillers are that stand there, and where one to three
 * of them in a row end. Text of nothing but fillers asks that again and again, from each code on the way: then it is kept for a chunk.
 *
 *   codes   那 个 嗯 这 个 不       from 那: 2 (那个), 3 (那个 嗯), 5 (那个 嗯 这个) */
#include "match/match_inside.h"

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

static unsigned lengths_at(const jy__rounds *rounds, size_t at)
{
    const jy__filter *filter = &rounds->scan->matcher->filter;
    return jy__bit(filter->fillers, rounds->codes[at]) ? jy__stream_fillers(filter, rounds->codes, at) : 0;
}

static inline unsigned one_at(const jy__rounds *rounds, size_t at)
{
    jy__walker *walker = rounds->scan->walker;
    if (!walker->leads_open)
        return lengths_at(rounds, at);
    if (!walker->leads[at].one)
        walker->leads[at].one = (uint16_t)(lengths_at(rounds, at) | 1);
    return walker->leads[at].one & ~1u;
}

unsigned jy__leads_of(const jy__rounds *rounds, size_t at) { return one_at(rounds, at); }

static inline unsigned two_at(const jy__rounds *rounds, size_t at)
{
    jy__walker *walker = rounds->scan->walker;
    unsigned all;
    if (walker->leads_open && walker->leads[at].two)
        return walker->leads[at].two & ~1u;
    all = one_at(rounds, at);
    for (unsigned left = all; left; left &= left - 1)
        all |= one_at(rounds, at + (size_t)__builtin_ctz(left)) << __builtin_ctz(left);
    if (walker->leads_open)
        walker->leads[at].two = (uint16_t)(all | 1);
    return all;
}

unsigned jy__leads_find(const jy__rounds *rounds, size_t at)
{
    jy__walker *walker = rounds->scan->walker;
    unsigned all = one_at(rounds, at);
    _Static_assert(JY__MATCH_MOST_FILLERS == 3, "one, and one or two more");
    for (unsigned left = all; left; left &= left - 1)
        all |= two_at(rounds, at + (size_t)__builtin_ctz(left)) << __builtin_ctz(left);
    if (walker->leads_open)
        walker->leads[at].three = (uint16_t)(all | 1);
    return all;
}

#define MANY 512 /* in a chunk of some five thousand codes: fewer are hardly asked for twice */

void jy__leads_open(jy__walker *walker, size_t fillers)
{
    walker->leads_open = fillers >= MANY;
    if (walker->leads_open)
        memset(walker->leads, 0, sizeof(walker->leads));
}
