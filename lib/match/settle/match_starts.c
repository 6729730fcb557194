/* From a form's key to where the form may begin. In: a form and where its key stands. Out: the form is walked from every start that could lead
 * here: the start is the form's first symbol, at or before the key, with nothing between but symbols of the form, fillers and gaps. Starts are
 * walked once per form and scan, and where one is known to lead nowhere (match_reach.c) the keys behind it are not looked at, so hostile text
 * stays linear. */
#include "match/match_inside.h"
#include "match/match_limits.h"

static jy__tried *tried_at(const jy__scan *scan, uint32_t number, int mode)
{
    return &scan->walker->tried[(number * 2 + (uint32_t)mode) & (scan->walker->tried_count - 1)];
}

static bool is_of(const jy__tried *tried, const jy__scan *scan, uint32_t number, int mode)
{
    return tried->scan == scan->walker->scan && tried->form == number && tried->mode == mode;
}

/* What a form's last search in this scan covered; an empty stretch when it was not looked for yet. */
static jy__tried *tried_of(jy__scan *scan, uint32_t number, int mode)
{
    jy__tried *tried = tried_at(scan, number, mode);
    if (!is_of(tried, scan, number, mode))
        *tried = (jy__tried){ .scan = scan->walker->scan, .form = number, .mode = (uint8_t)mode };
    return tried;
}

static bool covers(const jy__tried *tried, size_t at) { return tried->whole && at >= tried->from && at < tried->upto; }

bool jy__match_tried_there(const jy__scan *scan, uint32_t number, int mode, size_t at)
{
    const jy__tried *tried = tried_at(scan, number, mode);
    return is_of(tried, scan, number, mode) && covers(tried, at);
}

/* Where starts lead nowhere they need not be tried: text that says the begin of a phrase again and again is done with that once for many keys. Not
 * so where a filler that ends further on may lead back over all that was gone through. */
static void try_ahead(jy__scan *scan, jy__tried *tried)
{
    if (!tried->whole || tried->count < JY__FILLER_LONGEST || tried->alive > tried->upto || tried->dead <= tried->upto)
        return;
    tried->upto = tried->dead;
    scan->tried_upto = tried->upto > scan->tried_upto ? tried->upto : scan->tried_upto;
}

static bool begins(const jy__glyph *glyph, uint32_t symbol, int mode)
{
    if (glyph->symbol == symbol)
        return true;
    return mode == JY__MODE_SOUND && glyph->count == 1 && jy__sound_cost(glyph->symbol, symbol) != JY__SOUND_NONE;
}

/* No start from this one up to there leads anywhere. */
static void note_dead(jy__tried *tried, size_t start, size_t dead)
{
    if (dead <= start)
        return;
    if (start > tried->dead || dead < tried->alive) {
        tried->alive = start;
        tried->dead = dead;
        return;
    }
    tried->alive = start < tried->alive ? start : tried->alive;
    tried->dead = dead > tried->dead ? dead : tried->dead;
}

static bool is_dead(const jy__tried *tried, size_t start) { return start >= tried->alive && start < tried->dead; }

/* Of the start that was walked last, and of both modes when neither leads on. */
static void note_walked(jy__scan *scan, uint32_t number, int mode, size_t start)
{
    const jy__walker *walker = scan->walker;
    if (walker->dead <= start)
        return;
    note_dead(tried_of(scan, number, mode), start, walker->dead);
    if (mode == JY__MODE_EXACT && walker->dead_by_sound)
        note_dead(tried_of(scan, number, JY__MODE_SOUND), start, walker->dead);
}

bool jy__match_leads_on(jy__scan *scan, uint32_t number, int mode, size_t start)
{
    const jy__tried *tried = tried_at(scan, number, mode);
    jy__match match;
    if (is_of(tried, scan, number, mode) && is_dead(tried, start))
        return false;
    jy__walk_open(scan->walker, &scan->segment, start);
    if (jy__walk_form(scan->walker, scan->matcher, number, mode, &match))
        return true;
    note_walked(scan, number, mode, start);
    return false;
}

static void try_start(jy__scan *scan, uint32_t number, int mode, size_t start, const jy__tried *tried)
{
    jy__match match, exact;
    if (is_dead(tried, start))
        return;
    if (mode == JY__MODE_SOUND && jy__match_stands(scan, number, start))
        return; /* from there the phrase itself is better, however far it would reach by sound */
    jy__walk_open(scan->walker, &scan->segment, start);
    if (!jy__walk_form(scan->walker, scan->matcher, number, mode, &match)) {
        note_walked(scan, number, mode, start);
        return;
    }
    if (mode == JY__MODE_SOUND &&
        (!match.count[JY_FOLD_SOUND] || jy__walk_form(scan->walker, scan->matcher, number, JY__MODE_EXACT, &exact)))
        return; /* the phrase itself stands there: its own key finds it */
    jy__match_add(scan, &match);
}

/* Starts that were found going back. They are tried from the first one on: where it leads nowhere, those behind it hardly do. */
#define MOST_STARTS 32
typedef struct starts { size_t at[MOST_STARTS], count; } starts;

static void try_found(jy__scan *scan, uint32_t number, int mode, starts *found, jy__tried *tried)
{
    while (found->count && !scan->stop)
        try_start(scan, number, mode, found->at[--found->count], tried);
    found->count = 0;
}

/* What ends the form: where no two of its symbols are alike nothing leads over the last. */
static bool is_ending(const jy__scan *scan, const jy__form *form, const jy__glyph *glyph, int mode)
{
    return form->flags & (mode == JY__MODE_SOUND ? JY__FORM_SOUND_ONE_WAY : JY__FORM_ONE_WAY) && glyph->count == 1 &&
           glyph->symbol == scan->matcher->symbols[form->first + form->count - 1u];
}

/* Goes back from the key as long as the characters may belong to a match: those of the form but its last, those that end a filler, and behind
 * (that is, before) such a one as many as a filler may have. What an earlier key covered is not tried again, but gone through as long as a
 * filler's end behind it may lead further than that key led. */
static void go_back(jy__scan *scan, uint32_t number, int mode, size_t at, jy__tried *tried)
{
    const jy__form *form = &scan->matcher->forms[number];
    uint32_t first = scan->matcher->symbols[form->first], fresh = 0;
    size_t here = at, inside = 0, steps = (size_t)(form->count + JY__MATCH_MOST_REPEATS * JY__MATCH_REPEAT_LONGEST) *
                                           (1 + JY__MATCH_MOST_FILLERS * JY__FILLER_LONGEST);
    starts found;
    jy__glyph glyph;
    if (!jy__match_glyph(&scan->segment, at, &glyph) || glyph.begin != at)
        return;
    found.count = 0;
    do {
        bool covered = at >= tried->upto && glyph.begin < tried->upto && glyph.begin >= tried->from;
        here = glyph.begin;
        if (covered && (!inside || jy__ends_filler(scan->matcher, glyph.symbol))) {
            try_found(scan, number, mode, &found, tried);
            tried->upto = at + 1;
            tried->count += fresh;
            return;
        }
        fresh += !covered;
        if (!covered && begins(&glyph, first, mode))
            found.at[found.count++] = here;
        if (found.count == MOST_STARTS)
            try_found(scan, number, mode, &found, tried);
        if (jy__ends_filler(scan->matcher, glyph.symbol))
            inside = JY__FILLER_LONGEST;
        else if (!inside && (!jy__match_belongs(form, &glyph, mode) || (here < at && is_ending(scan, form, &glyph, mode))))
            break;
        inside -= inside > 0;
    } while (--steps && !scan->stop && jy__match_glyph_before(&scan->segment, here, &glyph));
    try_found(scan, number, mode, &found, tried);
    tried->whole = steps > 0;
    tried->count = fresh - 1;
    tried->from = here;
    tried->upto = at + 1;
}

void jy__match_try_starts(jy__scan *scan, uint32_t number, int mode, size_t at)
{
    jy__tried *tried = tried_of(scan, number, mode);
    if (covers(tried, at))
        return;
    go_back(scan, number, mode, at, tried);
    try_ahead(scan, tried);
}
