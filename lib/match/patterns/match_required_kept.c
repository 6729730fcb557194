/* Which literals of a pattern are kept. In: sets of literals, and marks, in the order in which they are read. Out: the best set, by its commonest literal,
 * then by how few there are; and what else must be there, which a line is asked for before the pattern is run. */
#include "match/patterns/match_required_kept.h"
#include "fold/fold.h"

static uint32_t rarity(const jy__required *set)
{
    uint32_t least = set->count ? UINT32_MAX : 0;
    for (uint32_t i = 0; i < set->count; i++) {
        uint32_t own = jy__fold_rarity(set->items[i].symbols, set->items[i].count);
        least = own < least ? own : least;
    }
    return least;
}

/* What loses is kept too, when it is in the sequence that every match goes through: it must be there besides. So must a mark be, which no
 * literal can have, since a filter passes over marks. */
static bool keep_besides(jy__kept *kept, const jy__required *lost)
{
    if (kept->depth || kept->branches || lost->count == 0 || lost->count > JY__BESIDES_MOST || (kept->besides.count && kept->besides.count <= lost->count))
        return false;
    kept->besides.count = lost->count;
    kept->besides.reach = 0;
    for (uint32_t i = 0; i < lost->count; i++)
        kept->besides.symbols[i] = lost->items[i].symbols[0];
    return true;
}

void jy__kept_better(jy__kept *kept, jy__required *best, const jy__required *other)
{
    uint32_t a = rarity(best), b = rarity(other);
    bool better = b > a || (b == a && other->count < best->count);
    keep_besides(kept, better ? best : other);
    if (better) {
        *best = *other;
        kept->besides.reach = 0; /* was seen from the other */
        kept->since = JY__KEPT_FAR;
    }
}

/* None is longer than two symbols, which differ: it is found wherever it stands. */
static bool are_short(const jy__required *literals)
{
    for (uint32_t i = 0; i < literals->count; i++)
        if (literals->items[i].count > 2 || (literals->items[i].count == 2 && literals->items[i].symbols[0] == literals->items[i].symbols[1]))
            return false;
    return true;
}

void jy__kept_read(jy__kept *kept, const jy__required *best, const jy__required *literals, uint32_t longest)
{
    if (!kept->depth)
        kept->since = jy__literals_same(best, literals) && are_short(literals) ? longest : JY__KEPT_FAR;
}

void jy__kept_pass(jy__kept *kept, uint32_t most)
{
    kept->since = kept->depth || most == JY__KEPT_FAR || kept->since == JY__KEPT_FAR ? JY__KEPT_FAR : kept->since + most;
}

#define REACH_MOST 10 /* symbols: beyond them the line is as soon looked through */

void jy__kept_mark(jy__kept *kept, uint32_t cp)
{
    jy__required mark;
    jy__kind kind = jy__fold_kind(cp);
    if ((kind != JY__KIND_MARK && kind != JY__KIND_STOP) || jy__fold_one(cp) != cp)
        return;
    mark.count = 1;
    mark.items[0].symbols[0] = cp;
    if (keep_besides(kept, &mark) && kept->since < REACH_MOST)
        kept->besides.reach = kept->since + 1;
}
