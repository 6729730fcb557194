/* From a place that the filter lets through to matches. In: the offset of a character that may be the first of a key. Out: every form
 * with that key is walked from every start that could lead here: the start is the form's first symbol, at or before the key, with
 * nothing between but symbols of the form, fillers and gaps. Starts are walked once per form and scan, so hostile text stays linear. */
#include "match/match_inside.h"
#include "match/match_limits.h"

/* ---- segments */

/* The first bound behind `at`. Places come nearly in order: it is mostly the next one or a few on. */
static size_t bound_behind(const jy__scan *scan, size_t at)
{
    size_t low = at >= scan->segment.begin ? scan->bound : 0, high = scan->bound_count;
    for (int near = 8; near && low < high && scan->bounds[low] <= at; near--)
        low++;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (scan->bounds[middle] <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool jy__match_segment(jy__scan *scan, size_t at)
{
    size_t bound;
    if (at >= scan->segment.begin && at < scan->segment.end)
        return true;
    if (at >= scan->text.len)
        return false;
    scan->bound = bound = bound_behind(scan, at);
    scan->segment.begin = bound ? scan->bounds[bound - 1] : 0;
    scan->segment.end = bound < scan->bound_count && scan->bounds[bound] < scan->text.len ? scan->bounds[bound] : scan->text.len;
    return true;
}

/* ---- starts */

/* What a form's last search in this scan covered; an empty stretch when it was not looked for yet. */
static jy__tried *tried_of(jy__scan *scan, uint32_t number, int mode)
{
    jy__walker *walker = scan->walker;
    jy__tried *tried = &walker->tried[(number * 2 + (uint32_t)mode) % JY__TRIED];
    if (tried->scan != walker->scan || tried->form != number || tried->mode != mode)
        *tried = (jy__tried){ walker->scan, number, (uint8_t)mode, false, 0, 0 };
    return tried;
}

static bool begins(const jy__glyph *glyph, uint32_t symbol, int mode)
{
    if (glyph->symbol == symbol)
        return true;
    return mode == JY__MODE_SOUND && glyph->count == 1 && jy__sound_cost(glyph->symbol, symbol) != JY__SOUND_NONE;
}

static bool is_of_form(const jy__form *form, uint32_t symbol, int mode)
{
    uint16_t classes[JY__SOUND_MOST];
    size_t count;
    if (form->bloom & jy__symbol_bit(symbol))
        return true;
    if (mode != JY__MODE_SOUND)
        return false;
    if (jy__is_code(symbol))
        return (form->sound_bloom & jy__heard_set_of(symbol)->bloom) != 0;
    count = jy__match_sound_classes(symbol, classes);
    for (size_t i = 0; i < count; i++)
        if (form->sound_bloom & jy__symbol_bit(classes[i]))
            return true;
    return false;
}

static bool belongs(const jy__form *form, const jy__glyph *glyph, int mode)
{
    uint32_t symbols[JY__FOLD_MOST];
    size_t count;
    if (glyph->count == 1)
        return is_of_form(form, glyph->symbol, mode);
    count = jy__fold_char(glyph->cp, symbols);
    for (size_t i = 0; i < count; i++)
        if (!(form->bloom & jy__symbol_bit(symbols[i])))
            return false;
    return true;
}

static void try_start(jy__scan *scan, uint32_t number, int mode, size_t start)
{
    jy__match match, exact;
    jy__walk_open(scan->walker, &scan->segment, start);
    if (!jy__walk_form(scan->walker, scan->matcher, number, mode, &match))
        return;
    if (mode == JY__MODE_SOUND &&
        (!match.count[JY_FOLD_SOUND] || jy__walk_form(scan->walker, scan->matcher, number, JY__MODE_EXACT, &exact)))
        return; /* the phrase itself stands there: its own key finds it */
    jy__match_add(scan, &match);
}

/* Goes back from the key as long as the characters may belong to a match: those of the form, those that end a filler, and behind
 * (that is, before) such a one as many as a filler may have. What an earlier key covered is not tried again, but gone through as long as a
 * filler's end behind it may lead further than that key led. */
static void try_starts(jy__scan *scan, uint32_t number, int mode, size_t at)
{
    const jy__form *form = &scan->matcher->forms[number];
    uint32_t first = scan->matcher->symbols[form->first];
    jy__tried *tried = tried_of(scan, number, mode);
    size_t here = at, inside = 0, steps = (size_t)(form->count + JY__MATCH_MOST_REPEATS * JY__MATCH_REPEAT_LONGEST) *
                                           (1 + JY__MATCH_MOST_FILLERS * JY__FILLER_LONGEST);
    jy__glyph glyph;
    if ((tried->whole && at >= tried->from && at < tried->upto) || !jy__match_glyph(&scan->segment, at, &glyph) || glyph.begin != at)
        return;
    do {
        bool covered = at >= tried->upto && glyph.begin < tried->upto && glyph.begin >= tried->from;
        here = glyph.begin;
        if (covered && (!inside || jy__ends_filler(scan->matcher, glyph.symbol))) {
            tried->upto = at + 1;
            return;
        }
        if (!covered && begins(&glyph, first, mode))
            try_start(scan, number, mode, here);
        if (jy__ends_filler(scan->matcher, glyph.symbol))
            inside = JY__FILLER_LONGEST;
        else if (!inside && !belongs(form, &glyph, mode))
            break;
        inside -= inside > 0;
    } while (--steps && !scan->stop && jy__match_glyph_before(&scan->segment, here, &glyph));
    *tried = (jy__tried){ scan->walker->scan, number, (uint8_t)mode, steps > 0, here, at + 1 };
}

/* A variant of the symbol stands there: notes which fold makes them equal. */
static bool take_variant(const jy__form *form, uint32_t cp, uint32_t symbol, jy__match *match)
{
    uint32_t width[JY__FOLD_MOST];
    int fold = JY_FOLD_SCRIPT;
    if (jy__fold_one(cp) != symbol)
        return false;
    if (jy__fold_char_width(cp, width) == 1 && width[0] == symbol)
        fold = JY_FOLD_WIDTH;
    match->count[fold]++;
    return form->folds >> fold & 1;
}

/* Whether the phrase stands there without anything between its characters, `key` being the number of its symbol at `at`. */
static bool stands(const jy__scan *scan, const jy__form *form, uint32_t key, size_t at, jy__match *match)
{
    const uint32_t *symbols = scan->matcher->symbols + form->first;
    jy__kind kind;
    if (at < scan->segment.begin + 3u * key)
        return false;
    match->begin = match->end = at - 3u * key;
    for (uint32_t i = 0; i < form->count; i++) {
        uint32_t cp = match->end < scan->segment.end ? jy__match_read(&scan->segment, &match->end, &kind) : JY__BAD;
        if (cp != symbols[i] && !take_variant(form, cp, symbols[i], match))
            return false;
    }
    return true;
}

/* The bloom says maybe; long forms have all its bits. */
static bool has_symbol(const jy__scan *scan, const jy__form *form, uint32_t symbol)
{
    const uint32_t *symbols = scan->matcher->symbols + form->first;
    bool found = false;
    for (uint32_t i = 0; i < form->count && (form->bloom & jy__symbol_bit(symbol)); i++)
        found |= symbols[i] == symbol;
    return found;
}

static bool sounds_like_one(const jy__scan *scan, const jy__form *form, uint32_t symbol)
{
    const uint32_t *symbols = scan->matcher->symbols + form->first;
    bool found = false;
    for (uint32_t i = 0; i < form->count && !found; i++)
        found = jy__sound_cost(symbol, symbols[i]) != JY__SOUND_NONE;
    return found;
}

static bool may_lead_here(const jy__scan *scan, const jy__form *form, const jy__glyph *glyph)
{
    return jy__ends_filler(scan->matcher, glyph->symbol) ||
           (glyph->count == 1 ? has_symbol(scan, form, glyph->symbol) : belongs(form, glyph, JY__MODE_EXACT));
}

/* No symbol of the form comes twice or begins a filler, or nothing behind `end` may: then the phrase that ends there goes on in no way. */
static bool ends_there(const jy__scan *scan, const jy__form *form, size_t end, int mode)
{
    jy__glyph glyph;
    if ((form->flags & JY__FORM_ONE_WAY) || !jy__match_glyph(&scan->segment, end, &glyph))
        return true;
    if (jy__begins_filler(scan->matcher, glyph.symbol) || glyph.count != 1)
        return false;
    return mode == JY__MODE_EXACT ? !has_symbol(scan, form, glyph.symbol) : !sounds_like_one(scan, form, glyph.symbol);
}

/* The usual case: the phrase stands there as it is written, and nothing before it or behind it may be part of it. */
static bool try_direct(jy__scan *scan, uint32_t number, size_t at)
{
    const jy__form *form = &scan->matcher->forms[number];
    jy__match match = { .literal = number, .confidence = 100 };
    jy__glyph glyph;
    if (jy__ends_filler(scan->matcher, scan->matcher->symbols[form->first]))
        return false; /* 个 of a filler 这个 may have its own 个 before it */
    if (!stands(scan, form, form->key, at, &match) || !ends_there(scan, form, match.end, JY__MODE_EXACT))
        return false;
    if (jy__match_glyph_before(&scan->segment, match.begin, &glyph) && may_lead_here(scan, form, &glyph))
        return false;
    jy__match_add(scan, &match);
    return true;
}

/* By sound nothing better can end where the phrase itself does: its own key finds that. */
static bool stands_itself(const jy__scan *scan, uint32_t number, size_t at)
{
    const jy__form *form = &scan->matcher->forms[number];
    jy__match match = { 0 };
    return stands(scan, form, form->sound_key, at, &match) && ends_there(scan, form, match.end, JY__MODE_SOUND);
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
        jy__match_add(scan, &(jy__match){ .literal = number, .begin = at, .end = at });
    else if (scan->matcher->forms[number].flags & JY__FORM_MARKS)
        try_starts_marks(scan, number, at);
    else if (mode == JY__MODE_SOUND ? !stands_itself(scan, number, at) : !try_direct(scan, number, at))
        try_starts(scan, number, mode, at);
}

static void try_codes(jy__scan *scan, uint32_t a, uint32_t b, size_t at)
{
    const jy__context *context = jy__pair_find(&scan->matcher->pair_index, a, b);
    for (; context && !scan->stop; context = context->form_last & 1 ? NULL : context + 1)
        try_form(scan, context->form_last >> 1, JY__MODE_EXACT, at);
}

static void try_key(jy__scan *scan, uint32_t a, uint32_t b, int mode, size_t at)
{
    const jy__key_slot *slot = jy__index_find(&scan->matcher->index, a, b);
    for (uint32_t i = 0; slot && i < slot->count && !scan->stop; i++) {
        try_form(scan, scan->matcher->index.keyed[slot->first + i], mode, at);
    }
}

static void try_sound_keys(jy__scan *scan, uint32_t a, uint32_t b, size_t at)
{
    uint16_t first[JY__SOUND_MOST], second[JY__SOUND_MOST];
    size_t first_count = jy__match_sound_classes(a, first), second_count = jy__match_sound_classes(b, second);
    for (size_t i = 0; i < first_count; i++)
        for (size_t j = 0; j < second_count; j++)
            try_key(scan, JY__KEY_SOUND | first[i], JY__KEY_SOUND | second[j], JY__MODE_SOUND, at);
}

static void try_pair(jy__scan *scan, uint32_t a, uint32_t b, size_t at)
{
    if (jy__is_code(a) && jy__is_code(b))
        try_codes(scan, a, b, at);
    else
        try_key(scan, a, b, JY__MODE_EXACT, at);
    if (scan->matcher->filter.has_sound)
        try_sound_keys(scan, a, b, at);
}

/* The symbols that may come next: the very next one, and those behind one to three fillers. */
static void follow(jy__scan *scan, uint32_t symbol, size_t at, size_t from, unsigned fillers)
{
    uint32_t symbols[JY__FILLER_LONGEST];
    jy__glyph glyph;
    if (!jy__match_glyph(&scan->segment, from, &glyph))
        return;
    try_pair(scan, symbol, glyph.symbol, at);
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
        try_key(scan, symbols[i], 0, JY__MODE_EXACT, at);
        if (i + 1 < count)
            try_pair(scan, symbols[i], symbols[i + 1], at);
    }
    if (count && kind == JY__KIND_SYMBOL)
        follow(scan, symbols[count - 1], at, next, JY__MATCH_MOST_FILLERS);
}

/* A code of the stream that is a key alone: the stream sees its pairs. */
void jy__match_single(jy__scan *scan, size_t at)
{
    jy__glyph glyph;
    if (!scan->stop && jy__match_segment(scan, at) && jy__match_glyph(&scan->segment, at, &glyph) && glyph.begin == at && glyph.count == 1)
        try_key(scan, glyph.symbol, 0, JY__MODE_EXACT, at);
}

/* The form is known already, and nearly always stands there as it is written. */
bool jy__match_direct(jy__scan *scan, uint32_t number, size_t at)
{
    return !scan->stop && !scan->matcher->keys_only && !(scan->matcher->forms[number].flags & JY__FORM_MARKS) && jy__match_segment(scan, at) &&
           try_direct(scan, number, at);
}

/* The same in any way. */
void jy__match_verify_form(jy__scan *scan, uint32_t number, int mode, size_t at)
{
    if (!scan->stop && jy__match_segment(scan, at))
        try_form(scan, number, mode, at);
}

/* The character at `at` can be part of no match: the three tables of the filter let some such through. */
static bool is_invisible(const jy__scan *scan, size_t at)
{
    jy__kind kind;
    uint32_t cp = jy__match_read(&scan->segment, &at, &kind);
    return kind == JY__KIND_INVISIBLE && !jy__fold_is_mask(cp);
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

/* A rare character: the filter did not see it, so it may have missed a key with it (up to three fillers before it) or taken the key's
 * neighbours for others (a form's length around it). Each character in reach is looked at, once. */
void jy__match_verify_rare(jy__scan *scan, size_t begin, size_t end)
{
    size_t ahead = scan->matcher->filter.rare_reach;
    jy__glyph glyph;
    jy__kind kind;
    if (!jy__match_segment(scan, begin) || is_invisible(scan, begin))
        return;
    if (end < scan->segment.end)
        while (ahead-- && jy__match_glyph(&scan->segment, end, &glyph))
            end = glyph.end;
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
