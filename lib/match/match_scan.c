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

/* What jy__walker_fit() comes to from the second scan with a matcher on: an utterance is read in less time than it takes to call it. */
static inline bool fits(const jy__walker *walker, const jy__matcher *matcher)
{
    return walker->ways && walker->fitted == matcher->longest &&
           (walker->tried_count >= 2 * matcher->form_count || walker->tried_count >= JY__TRIED_MOST);
}

static jy__walker *walker_of(jy__match_scratch *scratch, const jy__matcher *matcher)
{
    if (!scratch->state)
        scratch->state = new_walker(scratch->mem);
    return scratch->state && jy__walker_fit(scratch->state, matcher) ? scratch->state : NULL;
}

/* Each field by itself: that way they are cleared some at a time, as an initialiser they would be one after the other. */
static inline void open(jy__scan *scan, const jy__matcher *matcher, jy_str text)
{
    scan->matcher = matcher;
    scan->text = text;
    scan->segment.text = text.ptr;
    scan->segment.begin = scan->segment.end = 0;
    scan->segment.unbounded = matcher->keys_only;
    scan->bound = scan->rare_done = scan->rare_end = scan->ordered = scan->longest = 0;
    scan->crowded = scan->stop = false;
}

static inline void clear(jy__match_scratch *scratch, jy_str text)
{
    scratch->matches.count = 0;
    scratch->cut = false;
    scratch->cut_at = text.len;
    scratch->bad_bytes = 0;
    scratch->first_bad = SIZE_MAX;
}

int jy__match_scan(const jy__matcher *matcher, jy__match_scratch *scratch, jy_str text, const size_t *bounds, size_t bound_count)
{
    jy__walker *walker = scratch->state;
    jy__scan scan;
    open(&scan, matcher, text);
    scan.scratch = scratch;
    scan.bounds = bounds;
    scan.bound_count = bounds ? bound_count : 0;
    clear(scratch, text);
    if (!walker || !fits(walker, matcher))
        walker = walker_of(scratch, matcher);
    if (!walker)
        return JY_E_NOMEM;
    walker->scan++;
    walker->failed = false;
    scan.walker = walker;
    matcher->engine->scan(&scan);
    return walker->failed ? JY_E_NOMEM : JY_OK;
}
