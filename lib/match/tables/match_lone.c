/* Forms of one symbol that come to nothing where most Han characters stand right beside them. In: what may stand there, for those of which
 * that is known. Out: for each key of one symbol that only such forms have, what may stand beside any of them. 喂 and 谁 are in every
 * fourth line of talk, nearly always inside a clause: told by three bytes on either side, such a place costs no walk and no room among the
 * matches. */
#include "match/tables/match_build.h"

static void join(jy__edges *all, const jy__edges *own)
{
    for (size_t i = 0; i < JY__COUNT(all->before); i++) {
        all->before[i] |= own->before[i];
        all->behind[i] |= own->behind[i];
    }
}

/* False: a form of the key may stand beside anything. */
static bool join_all(const jy__matcher *matcher, const jy__key_slot *slot, const jy__edges *const *edges, jy__edges *all)
{
    uint32_t mark = jy__edge_mark(slot->a);
    memset(all, 0, sizeof(*all));
    for (uint32_t i = 0; i < slot->count; i++) {
        uint32_t number = matcher->index.keyed[slot->first + i];
        if (!edges[number] || matcher->forms[number].count != 1)
            return false;
        join(all, edges[number]);
    }
    jy__bit_set(all->before, mark); /* itself, said again, is of the match */
    jy__bit_set(all->behind, mark);
    return true;
}

static bool is_single(const jy__key_slot *slot) { return slot->count && !slot->b && jy__is_code(slot->a); }

int jy__matcher_set_edges(jy__matcher *matcher, const jy__edges *const *edges)
{
    jy__key_index *index = &matcher->index;
    uint32_t singles = 0;
    for (uint32_t i = 0; i < index->slot_count; i++)
        singles += is_single(&index->slots[i]);
    if (!singles || matcher->lone)
        return JY_OK;
    matcher->lone = jy__mem_alloc(&matcher->mem, singles * sizeof(*matcher->lone));
    if (!matcher->lone)
        return JY_E_NOMEM;
    matcher->lone_room = singles;
    matcher->memory += singles * sizeof(*matcher->lone);
    singles = 0;
    for (uint32_t i = 0; i < index->slot_count; i++)
        if (is_single(&index->slots[i]) && join_all(matcher, &index->slots[i], edges, &matcher->lone[singles]))
            index->slots[i].lone = ++singles;
    return JY_OK;
}

void jy__lone_free(jy__matcher *matcher) { jy__mem_free(&matcher->mem, matcher->lone, matcher->lone_room * sizeof(*matcher->lone)); }

bool jy__lone_falls(jy__scan *scan, const jy__key_slot *slot, size_t at)
{
    const jy__edges *edges = &scan->matcher->lone[slot->lone - 1];
    const jy__segment *segment = &scan->segment;
    jy__glyph glyph;
    if (scan->scratch->all || !jy__match_segment(scan, at))
        return false;
    if (segment->end - at >= 6 && jy__match_han(segment, at + 3, &glyph) && !jy__bit(edges->behind, jy__edge_mark(glyph.symbol)))
        return true;
    return at - segment->begin >= 3 && jy__match_han(segment, at - 3, &glyph) && !jy__bit(edges->before, jy__edge_mark(glyph.symbol));
}
