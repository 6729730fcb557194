/* Characters that the stream does not carry: variants outside U+4000..9FFF, characters that stand for several symbols, masks. In: where one
 * stands. Out: calls of the verifier for all that a match with it may begin at. */
#include "match/match_inside.h"

static bool is_key(const jy__scan *scan, uint32_t cp) { return !scan->matcher->filter.masks_are_marks && jy__index_has(&scan->matcher->index, cp); }

/* What is invisible can be part of no match, though the three tables of the filter let some through. A mask that is but a mark to all
 * phrases says nothing about its neighbours. *end: that of the character. */
static bool is_settled(jy__scan *scan, size_t at, size_t *end)
{
    jy__kind kind;
    uint32_t cp = jy__match_read(&scan->segment, end, &kind);
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

/* Characters of [at, end) that have symbols, or some more. */
static size_t count_between(const jy__segment *segment, size_t at, size_t end)
{
    size_t count = 0;
    jy__glyph glyph;
    for (; at < end; count++) {
        unsigned lead = (unsigned char)segment->text[at];
        if (lead >= 0xE4 && lead != 0xEF) {
            at += lead < 0xF0 ? 3 : 4;
            continue;
        }
        if (!jy__match_glyph(segment, at, &glyph))
            break;
        at = glyph.end;
    }
    return count;
}

/* The three characters from `begin` on; of those that were seen last the first is behind. False: none stands right there, but a mark or a gap. */
static bool see(const jy__segment *segment, size_t begin, jy__sight *three[3])
{
    jy__sight *first = three[0];
    bool seen = three[1]->there && three[1]->glyph.begin == begin;
    if (!seen) {
        jy__sound_see(segment, begin, first);
        three[1]->there = three[2]->there = false;
        if (!first->there || first->glyph.begin != begin)
            return false;
        jy__sound_see(segment, first->glyph.end, three[1]);
    } else {
        three[0] = three[1];
        three[1] = three[2];
        three[2] = first;
    }
    three[2]->there = false;
    if (three[1]->there)
        jy__sound_see(segment, three[1]->glyph.end, three[2]);
    return true;
}

/* Looks at each character of [begin, end) and so many with symbols behind, as far as a match may go on; returns where the next one begins. */
static size_t verify_all(jy__scan *scan, size_t begin, size_t end, size_t behind)
{
    jy__sight room[3], *three[3] = { room, room + 1, room + 2 };
    size_t limit = scan->segment.end;
    jy__kind kind;
    room[0].there = room[1].there = room[2].there = false;
    while (begin < limit && !scan->stop && jy__match_segment(scan, begin)) {
        bool sees = see(&scan->segment, begin, three);
        if (begin >= end && (!behind || !three[0]->there))
            break;
        if (!sees || !jy__match_verify_sights(scan, (const jy__sight *const *)three))
            jy__match_verify(scan, begin);
        behind -= begin >= end && sees;
        if (sees)
            begin = three[0]->glyph.end;
        else
            jy__match_read(&scan->segment, &begin, &kind);
    }
    return begin;
}

/* A rare character: the filter did not see it, so it may have missed a key with it (up to three fillers before it) or taken the key's
 * neighbours for others (a form's length around it). Each character in reach is looked at, once. Of what the last one reached only as much more is
 * looked at as this one is further on. */
void jy__match_verify_rare(jy__scan *scan, size_t begin)
{
    size_t end = begin, behind = scan->matcher->filter.rare_reach;
    if (!jy__match_segment(scan, begin) || is_settled(scan, begin, &end))
        return;
    if (scan->rare_end > scan->segment.begin && scan->rare_end <= end && end <= scan->rare_done) {
        behind = count_between(&scan->segment, scan->rare_end, end);
        begin = scan->rare_done;
    } else {
        begin = reach_back(scan, begin < scan->rare_done ? scan->rare_done : begin);
    }
    scan->rare_end = end;
    scan->rare_done = verify_all(scan, begin, end, behind);
}
