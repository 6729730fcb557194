/* What stands around a key in the stream of Han codes. In: codes and the place of a key's first one, from whatever engine. Out: whether its
 * neighbours are those of some form, whether its context is that of a certain form, and calls of the verifier for keys that a filler
 * stands in. An engine looks at a code once, when the codes that a key may need (three fillers of four characters and the key's end) are
 * there; the last ones of a chunk wait for the next.
 *
 *   codes     … 不 知 道 了 | 那 个 不 是 …          looked at: code by code as the first of a key
 *   chunk n         ^^^^^^^^^^  handed over to chunk n+1 with their (then negative) offsets
 */
#include "match/match_inside.h"
#include "match/match_limits.h"

/* Whether a filler of any length ends right before codes[at]. */
static bool filler_before(const jy__filter *filter, const uint16_t *codes, size_t at)
{
    if (!jy__bit(filter->ends, codes[at - 1]))
        return false;
    for (size_t count = 1; count <= JY__FILLER_LONGEST; count++)
        if (jy__bit(filter->fillers, codes[at - count]) && (jy__stream_fillers(filter, codes, at - count) >> count & 1))
            return true;
    return false;
}

/* Whether the neighbours of the key codes[at], codes[next] are those of some form. */
bool jy__stream_triple(const jy__filter *filter, const uint16_t *codes, size_t at, size_t next)
{
    return jy__triple_has(filter, jy__code_symbol(codes[at - 1]), jy__code_symbol(codes[at]), jy__code_symbol(codes[next]), jy__code_symbol(codes[next + 1])) ||
           jy__bit(filter->fillers, codes[next + 1]) || filler_before(filter, codes, at);
}

/* ---- context: the codes around a key against one form. From the key outwards each code must be the form's next symbol, a filler's, or say
 * again what was just said; after two such detours the walk decides.
 *   z y x [a b] c d e     behind: c, else a filler, or one of b a x y again and on from there; then d …
 *                         before: x, else a filler, or one of a b c d, when a was said again; then y … */

typedef struct around { const jy__filter *filter; const uint16_t *codes; uint32_t symbols[2 * JY__CONTEXT + 2]; } around; /* z y x a b c d e */

#define FIRST_BEHIND (JY__CONTEXT + 2)
#define ALL_AROUND (2 * JY__CONTEXT + 2)

static bool fits_after(const around *all, size_t i, size_t at, unsigned detours);

static bool filler_after(const around *all, size_t i, size_t at, unsigned detours)
{
    unsigned lengths = jy__bit(all->filter->fillers, all->codes[at]) ? jy__stream_fillers(all->filter, all->codes, at) : 0;
    for (size_t count = 1; lengths >> count; count++)
        if ((lengths >> count & 1) && fits_after(all, i, at + count, detours - 1))
            return true;
    return false;
}

static bool again_after(const around *all, size_t i, size_t at, unsigned detours)
{
    uint32_t symbol = jy__code_symbol(all->codes[at]);
    for (size_t back = 1; back <= JY__MATCH_REPEAT_LONGEST && back <= i; back++)
        if (all->symbols[i - back] == symbol && fits_after(all, i - back + 1, at + 1, detours - 1))
            return true;
    return false;
}

/* A code that is the next symbol may begin a filler all the same: 那 of 那个那乙 when 那乙 is expected; and be said again, when the form has it twice. */
static bool fits_after(const around *all, size_t i, size_t at, unsigned detours)
{
    for (; i < ALL_AROUND && all->symbols[i]; i++, at++) {
        if (jy__code_symbol(all->codes[at]) != all->symbols[i])
            break;
        if (detours && (filler_after(all, i, at, detours) || again_after(all, i, at, detours)))
            return true;
    }
    return i == ALL_AROUND || !all->symbols[i] || !detours || filler_after(all, i, at, detours) || again_after(all, i, at, detours);
}

static bool said_again(const around *all, size_t from, uint32_t symbol)
{
    for (size_t i = from; i < from + JY__MATCH_REPEAT_LONGEST && i < ALL_AROUND; i++)
        if (all->symbols[i] == symbol)
            return true;
    return false;
}

static bool fits_before(const around *all, size_t i, size_t at, unsigned detours);

/* A filler ends at codes[at]. */
static bool filler_fits_before(const around *all, size_t i, size_t at, unsigned detours)
{
    for (size_t count = 1; count <= JY__FILLER_LONGEST && jy__bit(all->filter->ends, all->codes[at]); count++)
        if (jy__bit(all->filter->fillers, all->codes[at + 1 - count]) && (jy__stream_fillers(all->filter, all->codes, at + 1 - count) >> count & 1) &&
            fits_before(all, i, at - count, detours - 1))
            return true;
    return false;
}

/* codes[at] stands before symbol i. */
static bool fits_before(const around *all, size_t i, size_t at, unsigned detours)
{
    for (; i > 0 && all->symbols[i - 1] && at > JY__STREAM_PAD; i--, at--) {
        if (jy__code_symbol(all->codes[at]) != all->symbols[i - 1])
            break;
        if (detours && (filler_fits_before(all, i, at, detours) || said_again(all, i, all->symbols[i - 1])))
            return true;
    }
    if (i == 0 || !all->symbols[i - 1] || at <= JY__STREAM_PAD || !detours || said_again(all, i, jy__code_symbol(all->codes[at])))
        return true;
    return filler_fits_before(all, i, at, detours);
}

/* Whether the context is that around the key codes[at], codes[next]. */
bool jy__stream_fits(const jy__filter *filter, const jy__context *context, const uint16_t *codes, size_t at, size_t next)
{
    around all = { filter, codes, { context->sides[0], context->sides[1], context->sides[2], jy__code_symbol(codes[at]),
                                    jy__code_symbol(codes[next]), context->sides[3], context->sides[4], context->sides[5] } };
    return fits_after(&all, FIRST_BEHIND, next + 1, JY__CONTEXT_DETOURS) && fits_before(&all, JY__CONTEXT, at - 1, JY__CONTEXT_DETOURS);
}

static void try_forms(const jy__rounds *rounds, size_t at, size_t next)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    const uint16_t *codes = rounds->codes;
    const jy__context *context = jy__pair_find(&matcher->pair_index, jy__code_symbol(codes[at]), jy__code_symbol(codes[next]));
    size_t place = rounds->scan->tried_upto > rounds->base ? jy__round_place(rounds, at) : SIZE_MAX;
    for (; context; context = jy__context_next(context))
        if (!jy__match_tried(rounds->scan, context->form, JY__MODE_EXACT, place) && !jy__lacks(rounds, context->form, JY__MODE_EXACT) &&
            jy__stream_fits(&matcher->filter, context, codes, at, next))
            jy__match_verify_around(rounds, context->form, at);
}

/* ---- what engines call */

void jy__stream_over(const jy__rounds *rounds, size_t at, size_t next)
{
    if (!jy__present_idle_pair(rounds, jy__code_symbol(rounds->codes[at]), jy__code_symbol(rounds->codes[next])) &&
        jy__stream_triple(&rounds->scan->matcher->filter, rounds->codes, at, next))
        try_forms(rounds, at, next);
}

/* codes[at + 1] may begin a filler: the key may end behind it. */
void jy__stream_filler(const jy__rounds *rounds, size_t at)
{
    for (unsigned leads = jy__leads_over(rounds, at + 1); leads; leads &= leads - 1) {
        size_t next = at + 1 + (size_t)__builtin_ctz(leads);
        if (jy__pairs_have(&rounds->scan->matcher->filter, rounds->codes[at], rounds->codes[next]))
            jy__stream_over(rounds, at, next);
    }
}

void jy__stream_open(jy__stream *stream)
{
    memset(stream->codes, 0, JY__STREAM_PAD * sizeof(*stream->codes));
    stream->count = stream->looked = JY__STREAM_PAD;
}
