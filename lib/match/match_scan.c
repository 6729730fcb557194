/* One scan: it is opened with what the thread has, and goes through the engine that was chosen for the matcher. */
#include "match/match_inside.h"

/* So it is from the second scan with a matcher on: an utterance is read in less time than it takes to call jy__walker_of(). */
static inline bool fits(const jy__walker *walker, const jy__matcher *matcher)
{
    return walker->ways && walker->fitted == matcher->longest &&
           (walker->tried_count >= 2 * matcher->form_count || walker->tried_count >= JY__TRIED_MOST);
}

/* Each field by itself: that way they are cleared some at a time, as an initialiser they would be one after the other. */
static inline void open(jy__scan *scan, const jy__matcher *matcher, jy_str text)
{
    scan->matcher = matcher;
    scan->text = text;
    scan->segment.text = text.ptr;
    scan->segment.begin = scan->segment.end = 0;
    scan->segment.unbounded = matcher->keys_only;
    scan->bound = scan->rare_done = scan->rare_end = scan->tried_upto = scan->ordered = scan->longest = scan->reached = 0;
    scan->torn = SIZE_MAX;
    scan->crowded = scan->said = scan->stop = false;
}

static inline void clear(jy__match_scratch *scratch, jy_str text)
{
    scratch->matches.count = 0;
    scratch->cut = false;
    scratch->cut_at = text.len;
    scratch->bad_bytes = 0;
    scratch->first_bad = scratch->line_ends = SIZE_MAX;
    scratch->lines_made = false;
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
        walker = jy__walker_of(scratch, matcher);
    if (!walker)
        return JY_E_NOMEM;
    walker->scan++;
    walker->present.found = false;
    jy__present_open(walker, 0);
    walker->failed = false;
    scan.walker = walker;
    matcher->engine->scan(&scan);
    return walker->failed ? JY_E_NOMEM : JY_OK;
}
