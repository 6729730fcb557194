/* One scan: the scratch memory of a thread, the engine chosen for the matcher, and the order of what it found. */
#include "match/match_inside.h"

#define WALKER_ROOM (sizeof(jy__walker) + JY__LINE - 1) /* allocators know nothing of lines */

int jy__match_scratch_init(jy__match_scratch *scratch, const jy__mem *mem)
{
    memset(scratch, 0, sizeof(*scratch));
    scratch->mem = mem;
    scratch->first_bad = SIZE_MAX;
    return JY_OK;
}

void jy__match_scratch_free(jy__match_scratch *scratch)
{
    jy__walker *walker = scratch->state;
    if (walker) {
        JY__VEC_FREE(scratch->mem, &walker->window);
        JY__VEC_FREE(scratch->mem, &walker->ends);
        jy__mem_free(scratch->mem, walker->ways, walker->way_count * sizeof(*walker->ways));
        jy__mem_free(scratch->mem, walker->tried, walker->tried_count * sizeof(*walker->tried));
        jy__mem_free(scratch->mem, walker->room, WALKER_ROOM);
    }
    JY__VEC_FREE(scratch->mem, &scratch->matches);
    JY__VEC_FREE(scratch->mem, &scratch->spare);
    scratch->state = NULL;
}

static jy__walker *new_walker(const jy__mem *mem)
{
    char *room = jy__mem_alloc(mem, WALKER_ROOM);
    jy__walker *walker;
    if (!room)
        return NULL;
    walker = (void *)(room + (-(uintptr_t)room & (JY__LINE - 1)));
    walker->mem = mem;
    walker->room = room;
    return walker;
}

static jy__walker *walker_of(jy__match_scratch *scratch, const jy__matcher *matcher)
{
    jy__walker *walker = scratch->state;
    if (!walker) {
        walker = new_walker(scratch->mem);
        if (!walker)
            return NULL;
        scratch->state = walker;
    }
    if (!jy__walker_fit(walker, matcher))
        return NULL;
    walker->scan++;
    walker->failed = false;
    return walker;
}

int jy__match_scan(const jy__matcher *matcher, jy__match_scratch *scratch, jy_str text, const size_t *bounds, size_t bound_count)
{
    jy__scan scan = { .matcher = matcher, .scratch = scratch, .text = text, .bounds = bounds, .bound_count = bounds ? bound_count : 0 };
    scratch->matches.count = 0;
    scratch->cut = false;
    scratch->cut_at = text.len;
    scratch->bad_bytes = 0;
    scratch->first_bad = SIZE_MAX;
    scan.walker = walker_of(scratch, matcher);
    if (!scan.walker)
        return JY_E_NOMEM;
    scan.segment.text = text.ptr;
    scan.segment.unbounded = matcher->keys_only;
    matcher->engine->scan(&scan);
    return scan.walker->failed ? JY_E_NOMEM : JY_OK;
}
