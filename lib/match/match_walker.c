/* The memory of one thread's scans. In: the allocator, and the matcher to come. Out: a scratch, and its walker, which is made with the
 * first scan and has room for the longest form of any matcher seen so far. */
#include "match/match_inside.h"
#include "match/match_limits.h"

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
    char *room = jy__mem_resize(mem, NULL, 0, WALKER_ROOM);
    jy__walker *walker;
    if (!room)
        return NULL;
    walker = (void *)(room + (-(uintptr_t)room & (JY__LINE - 1)));
    memset(walker, 0, offsetof(jy__walker, lists));
    walker->mem = mem;
    walker->room = room;
    return walker;
}

/* Room for where forms were tried. */
static bool fit_tried(jy__walker *walker, size_t wanted)
{
    uint32_t count = 64;
    jy__tried *tried;
    while (count < wanted)
        count *= 2;
    if (count <= walker->tried_count)
        return true;
    tried = jy__mem_alloc(walker->mem, count * sizeof(*tried));
    if (!tried)
        return false;
    jy__mem_free(walker->mem, walker->tried, walker->tried_count * sizeof(*tried));
    walker->tried = tried;
    walker->tried_count = count;
    return true;
}

/* Rows of the size that the longest form needs. */
static bool fit_rows(jy__walker *walker, uint32_t longest)
{
    size_t row = ((size_t)longest + 1) * (JY__MATCH_MOST_FILLERS + 1), need = row * JY__WAY_ROWS;
    if (need > walker->way_count) {
        jy__way *ways = jy__mem_resize(walker->mem, walker->ways, walker->way_count * sizeof(*ways), need * sizeof(*ways));
        if (!ways)
            return false;
        walker->ways = ways;
        walker->way_count = need;
    }
    for (size_t i = 0; i < JY__WAY_ROWS; i++)
        walker->rows[i] = (jy__way_row){ walker->ways + i * row, 0 };
    walker->fitted = longest;
    return true;
}

jy__walker *jy__walker_of(jy__match_scratch *scratch, const jy__matcher *matcher, size_t len)
{
    jy__walker *walker = scratch->state ? scratch->state : new_walker(scratch->mem);
    scratch->state = walker;
    return walker && fit_tried(walker, jy__tried_wanted(matcher->form_count, len)) && fit_rows(walker, matcher->longest) ? walker : NULL;
}
