/* One scan: it is opened with what the thread has, and goes through the engine that was chosen for the matcher. */
#include "match/match_inside.h"

/* So it is from the second scan with a matcher on: an utterance is read in less time than it takes to call jy__walker_of(). */
static inline bool fits(const jy__walker *walker, const jy__matcher *matcher, size_t len)
{
    return walker->ways && walker->fitted == matcher->longest && walker->tried_count >= jy__tried_wanted(matcher->form_count, len);
}

/* Each field by itself: that way they are cleared some at a time, as an initialiser they would be one after the other. */
static inline void clear_scan(jy__scan *scan, const jy__asked_text *asked)
{
    scan->matcher = asked->matcher;
    scan->scratch = asked->scratch;
    scan->text = asked->text;
    scan->bounds = asked->bounds;
    scan->bound_count = asked->bounds ? asked->bound_count : 0;
    scan->segment.text = asked->text.ptr;
    scan->segment.begin = scan->segment.end = 0;
    scan->segment.unbounded = asked->matcher->keys_only;
    scan->bound = scan->rare_done = scan->rare_end = scan->tried_upto = scan->ordered = scan->longest = scan->reached = 0;
    scan->torn = SIZE_MAX;
    scan->crowded = scan->was_crowded = scan->filled = scan->said = scan->stop = false;
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

int jy__match_open(jy__scan *scan, const jy__asked_text *asked)
{
    jy__walker *walker = asked->scratch->state;
    clear_scan(scan, asked);
    if (!walker || !fits(walker, asked->matcher, asked->text.len))
        walker = jy__walker_of(asked->scratch, asked->matcher, asked->text.len);
    if (!walker)
        return JY_E_NOMEM;
    walker->scan++;
    walker->present.found = false;
    jy__present_open(walker, 0);
    walker->failed = false;
    scan->walker = walker;
    return JY_OK;
}

/* A text comes in blocks, and what the last one was like at its end this one is mostly. */
static void go_on(jy__scan *scan)
{
    const jy__ended *last = &scan->walker->ended;
    if (last->matcher != scan->matcher)
        return;
    scan->crowded = scan->was_crowded = last->crowded;
    scan->filled = last->filled;
    scan->said = last->said;
}

/* By itself: a short text needs no room on the stack. */
static __attribute__((noinline)) int scan_all(const jy__asked_text *asked)
{
    jy__scan scan;
    int status = jy__match_open(&scan, asked);
    if (status != JY_OK)
        return status;
    go_on(&scan);
    asked->matcher->engine->scan(&scan);
    scan.walker->ended = (jy__ended){ scan.matcher, scan.was_crowded, scan.filled, scan.said };
    return jy__match_close(&scan);
}

int jy__match_scan(const jy__matcher *matcher, jy__match_scratch *scratch, jy_str text, const size_t *bounds, size_t bound_count)
{
    const jy__asked_text asked = { matcher, scratch, text, bounds, bound_count };
    int status = JY_DONE;
    clear(scratch, text);
    if (matcher->engine->scan_short)
        status = matcher->engine->scan_short(&asked);
    return status == JY_DONE ? scan_all(&asked) : status;
}
