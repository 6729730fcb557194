/* Characters that the stream does not carry: variants outside U+4000..9FFF, characters that stand for several symbols, masks. In: where one
 * stands. Out: calls of the verifier for all that a match with it may begin at. */
#include "match/match_inside.h"

static bool is_key(const jy__scan *scan, uint32_t cp)
{
    uint32_t symbols[JY__FOLD_MOST];
    size_t count = jy__fold_char(cp, symbols);
    bool found = false;
    for (size_t i = 0; i < count; i++)
        found |= jy__index_find(&scan->matcher->index, symbols[i], 0) != NULL;
    return found;
}

/* What is invisible can be part of no match, though the three tables of the filter let some through. A mask that is but a mark to all
 * phrases says nothing about its neighbours. */
static bool is_settled(jy__scan *scan, size_t at)
{
    size_t next = at;
    jy__kind kind;
    uint32_t cp = jy__match_read(&scan->segment, &next, &kind);
    if (!jy__fold_is_mask(cp))
        return kind == JY__KIND_INVISIBLE;
    if (kind == JY__KIND_SYMBOL || kind == JY__KIND_INVISIBLE || is_key(scan, cp))
        return false;
    if (scan->matcher->filter.has_masks && !scan->matcher->keys_only)
        jy__match_masked(scan, at);
    return true;
}

/* Back over what a match may have before `begin`, but not over what was looked at already. */
static size_t reach_back(const jy__scan *scan, size_t begin)
{
    jy__segment open = scan->segment;
    jy__glyph glyph;
    if (open.begin < scan->rare_done)
        open.begin = scan->rare_done < begin ? scan->rare_done : begin;
    for (size_t steps = scan->matcher->filter.rare_reach; steps && jy__match_glyph_before(&open, begin, &glyph); steps--)
        begin = glyph.begin;
    return begin;
}

/* Where the reach of a rare character that ends at `end` does. Of what the last one reached only as much more is read as this one is
 * further on. */
static size_t reach_ahead(const jy__scan *scan, size_t end)
{
    size_t steps = scan->matcher->filter.rare_reach, from = end;
    jy__glyph glyph;
    if (scan->rare_end > scan->segment.begin && scan->rare_end <= end && end <= scan->rare_done) {
        from = scan->rare_done;
        steps = 0;
        for (size_t at = scan->rare_end; at < end && jy__match_glyph(&scan->segment, at, &glyph); at = glyph.end)
            steps++;
    }
    while (steps-- && jy__match_glyph(&scan->segment, from, &glyph))
        from = glyph.end;
    return from;
}

/* A rare character: the filter did not see it, so it may have missed a key with it (up to three fillers before it) or taken the key's
 * neighbours for others (a form's length around it). Each character in reach is looked at, once. */
void jy__match_verify_rare(jy__scan *scan, size_t begin)
{
    jy__kind kind;
    size_t end = begin, rare_end;
    if (!jy__match_segment(scan, begin) || is_settled(scan, begin))
        return;
    jy__match_read(&scan->segment, &end, &kind); /* its own other bytes would count as marks of a gap */
    rare_end = end;
    if (end < scan->segment.end)
        end = reach_ahead(scan, end);
    scan->rare_end = rare_end;
    if (begin < scan->rare_done)
        begin = scan->rare_done;
    if (begin >= end || !jy__match_segment(scan, begin))
        return;
    begin = reach_back(scan, begin);
    while (begin < end && !scan->stop) {
        if (!jy__match_segment(scan, begin))
            break;
        jy__match_verify(scan, begin);
        jy__match_segment(scan, begin);
        jy__match_read(&scan->segment, &begin, &kind);
    }
    scan->rare_done = begin;
}
