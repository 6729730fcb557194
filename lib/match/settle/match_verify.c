/* From a place that the filter lets through to matches. In: the offset of a character that may be the first of a key. Out: every form
 * with that key is looked for from every start that could lead here (match_starts.c), unless it simply stands there. */
#include "match/sound/match_sound.h"
#include "match/match_limits.h"

/* ---- segments */

/* The first bound behind `at`. Places come nearly in order: it is mostly the next one or a few on. */
static size_t bound_behind(const jy__scan *scan, size_t at)
{
    size_t low = at >= scan->segment.begin ? scan->bound : 0, high = scan->bound_count;
    for (int near = 8; near && low < high && scan->bounds[low] <= at; near--)
        low++;
    JY__FIRST_NOT(low, high, i, scan->bounds[i] <= at);
    return low;
}

bool jy__match_segment_far(jy__scan *scan, size_t at)
{
    size_t bound;
    if (at >= scan->text.len)
        return false;
    scan->bound = bound = bound_behind(scan, at);
    scan->segment.begin = bound ? scan->bounds[bound - 1] : 0;
    scan->segment.end = bound < scan->bound_count && scan->bounds[bound] < scan->text.len ? scan->bounds[bound] : scan->text.len;
    return true;
}

/* A form with marks of its own may begin with a mark, so every character before the key is a possible start. */
static void try_starts_marks(jy__scan *scan, uint32_t number, size_t at)
{
    const jy__form *form = &scan->matcher->forms[number];
    size_t steps = (size_t)(form->key + 1) * (1 + JY__MATCH_MOST_GAP + JY__MATCH_MOST_INVISIBLE) * 4, here = at;
    jy__match match;
    while (steps--) {
        size_t next = here;
        jy__kind kind;
        jy__match_read(&scan->segment, &next, &kind);
        if (kind == JY__KIND_NEWLINE)
            break;
        if (jy__walk_marks(&scan->segment, here, scan->matcher, number, &match))
            jy__match_add(scan, &match);
        if (here == scan->segment.begin)
            break;
        here = scan->segment.begin + jy__utf8_before(scan->segment.text + scan->segment.begin, here - scan->segment.begin);
    }
}

/* ---- keys */

static void try_form(jy__scan *scan, uint32_t number, int mode, size_t at)
{
    if (scan->matcher->keys_only)
        jy__match_add(scan, &(jy__match){ .literal = number, .begin = at });
    else if (scan->matcher->forms[number].flags & JY__FORM_MARKS)
        try_starts_marks(scan, number, at);
    else if (mode == JY__MODE_SOUND ? !jy__match_stands_itself(scan, number, at) : !jy__match_try_direct(scan, number, at))
        jy__match_try_starts(scan, number, mode, at);
}

static void try_contexts(jy__scan *scan, const jy__context *context, size_t at)
{
    for (; context && !scan->stop; context = jy__context_next(context))
        try_form(scan, context->form, JY__MODE_EXACT, at);
}

static void try_codes(jy__scan *scan, uint32_t a, uint32_t b, size_t at)
{
    const jy__pair_index *index = &scan->matcher->pair_index;
    try_contexts(scan, jy__pair_find(index, a, b), at);
    if (scan->matcher->filter.has_sound)
        try_contexts(scan, jy__pair_find(index, a + JY__PAIR_BY_SOUND, b), at);
}

static void try_key(jy__scan *scan, uint32_t a, uint32_t b, size_t at)
{
    const jy__key_slot *slot = jy__index_find(&scan->matcher->index, a, b);
    for (uint32_t i = 0; slot && i < slot->count && !scan->stop; i++)
        try_form(scan, scan->matcher->index.keyed[slot->first + i], JY__MODE_EXACT, at);
}

/* What is behind b begins at `from` or further on. */
static void try_pair(jy__scan *scan, uint32_t a, uint32_t b, size_t at, size_t from)
{
    if (jy__is_code(a) && jy__is_code(b))
        try_codes(scan, a, b, at);
    else
        try_key(scan, a, b, at);
    if (scan->matcher->filter.has_sound)
        jy__sound_pair(scan, a, b, at, from);
}

/* The symbols that may come next: the very next one, and those behind one to three fillers. */
static void follow(jy__scan *scan, uint32_t symbol, size_t at, size_t from, unsigned fillers)
{
    uint32_t symbols[JY__FILLER_LONGEST];
    jy__glyph glyph;
    if (!jy__match_glyph(&scan->segment, from, &glyph))
        return;
    try_pair(scan, symbol, glyph.symbol, at, glyph.count == 1 ? glyph.end : glyph.begin);
    if (!fillers || !jy__begins_filler(scan->matcher, glyph.symbol))
        return;
    for (size_t count = 1; count <= JY__FILLER_LONGEST && glyph.count == 1; count++) {
        symbols[count - 1] = glyph.symbol;
        if (jy__fold_filler(symbols, count) == count)
            follow(scan, symbol, at, glyph.end, fillers - 1);
        if (!jy__match_glyph(&scan->segment, glyph.end, &glyph))
            return;
    }
}

void jy__match_verify(jy__scan *scan, size_t at)
{
    uint32_t symbols[JY__FOLD_MOST], cp;
    size_t count, next = at;
    jy__kind kind;
    if (scan->stop || !jy__match_segment(scan, at))
        return;
    cp = jy__match_read(&scan->segment, &next, &kind);
    if (cp == JY__BAD || kind == JY__KIND_NEWLINE)
        return;
    if (scan->matcher->filter.has_masks && !scan->matcher->keys_only && jy__fold_is_mask(cp))
        jy__match_masked(scan, at);
    count = jy__fold_char(cp, symbols);
    for (size_t i = 0; i < count; i++) {
        try_key(scan, symbols[i], 0, at);
        if (i + 1 < count)
            try_pair(scan, symbols[i], symbols[i + 1], at, at);
    }
    if (count && kind == JY__KIND_SYMBOL)
        follow(scan, symbols[count - 1], at, next, JY__MATCH_MOST_FILLERS);
}

/* What is behind a key may stand there with the form. */
static bool may_follow(const jy__scan *scan, const jy__context *context, const jy__sight *const three[3])
{
    const jy__form *form = &scan->matcher->forms[context->form];
    const uint16_t *sides = context->sides;
    uint32_t symbol = three[2]->glyph.symbol;
    if (!(form->flags & JY__FORM_CODES) || !sides[JY__CONTEXT])
        return true;
    if (!three[2]->there)
        return false;
    if (three[2]->glyph.count != 1)
        return jy__match_belongs(form, &three[2]->glyph, JY__MODE_EXACT);
    return symbol == sides[JY__CONTEXT] || symbol == three[0]->glyph.symbol || symbol == three[1]->glyph.symbol ||
           symbol == sides[JY__CONTEXT - 1] || symbol == sides[JY__CONTEXT - 2] || jy__begins_filler(scan->matcher, symbol);
}

static void try_fitting(jy__scan *scan, const jy__context *context, const jy__sight *const three[3])
{
    for (; context && !scan->stop; context = jy__context_next(context))
        if (may_follow(scan, context, three))
            try_form(scan, context->form, JY__MODE_EXACT, three[0]->glyph.begin);
}

static void try_sights(jy__scan *scan, const jy__sight *const three[3], bool heard)
{
    const jy__pair_index *index = &scan->matcher->pair_index;
    uint32_t a = three[0]->glyph.symbol, b = three[1]->glyph.symbol;
    try_fitting(scan, jy__pair_find(index, a, b), three);
    if (heard)
        try_fitting(scan, jy__pair_find(index, a + JY__PAIR_BY_SOUND, b), three);
}

bool jy__match_verify_sights(jy__scan *scan, const jy__sight *const three[3], bool heard)
{
    const jy__filter *filter = &scan->matcher->filter;
    uint32_t a = three[0]->glyph.symbol, b = three[1]->glyph.symbol;
    if (scan->matcher->keys_only || three[0]->glyph.count != 1 || (!jy__is_code(three[0]->glyph.cp) && jy__fold_is_mask(three[0]->glyph.cp)) ||
        (three[1]->there && (three[1]->glyph.count != 1 || jy__begins_filler(scan->matcher, b))))
        return false;
    if (!jy__is_code(a) || jy__bit(filter->singles, a))
        try_key(scan, a, 0, three[0]->glyph.begin);
    if (!three[1]->there)
        return true;
    if (jy__is_code(a) && jy__is_code(b))
        try_sights(scan, three, heard);
    else if (jy__is_letter(a) && jy__is_letter(b))
        try_key(scan, a, b, three[0]->glyph.begin);
    if (heard)
        jy__sound_sights(scan, three);
    return true;
}

/* A code of the stream that is a key alone, behind this one: the stream sees its pairs. */
void jy__match_single(jy__scan *scan, size_t at, uint32_t code, uint32_t before)
{
    const jy__matcher *matcher = scan->matcher;
    const jy__key_slot *slot = jy__index_find(&matcher->index, jy__fold_one(code), 0);
    if (slot && slot->lone && jy__lone_falls(scan, slot, at))
        return;
    for (uint32_t i = 0; slot && i < slot->count && !scan->stop; i++) {
        uint32_t number = matcher->index.keyed[slot->first + i];
        bool alone = matcher->forms[number].count == 1 && (matcher->forms[number].flags & JY__FORM_PLAIN);
        if (!alone || !jy__match_plain(scan, number, at, before))
            jy__match_verify_form(scan, number, JY__MODE_EXACT, at);
    }
}

/* The form is known already, and that it does not simply stand there. */
void jy__match_verify_far(jy__scan *scan, uint32_t number, size_t at)
{
    if (!scan->stop && jy__match_segment(scan, at))
        jy__match_try_starts(scan, number, JY__MODE_EXACT, at);
}

/* The form is known already. */
void jy__match_verify_form(jy__scan *scan, uint32_t number, int mode, size_t at)
{
    if (!scan->stop && jy__match_segment(scan, at))
        try_form(scan, number, mode, at);
}
