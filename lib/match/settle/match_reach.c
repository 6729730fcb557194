/* Whether a start can lead to the end of a form at all. In: a form and where it may begin. Out: no, and up to where nothing else can
 * either. What is asked is less than what the walk asks and is had in one pass: the form's symbols must come one after the other, whatever
 * stands between, before a character that can be no part of a match, and no further away than fillers and repeats can lead. So a text that
 * says the begin of a phrase again and again is walked no more than once. */
#include "match/match_inside.h"
#include "match/match_limits.h"

/* A match has so many symbols at the most, those said again counted, and so many characters of fillers behind each. */
#define MOST_FILLED (JY__MATCH_MOST_FILLERS * JY__FILLER_LONGEST)
static size_t most_weight(const jy__form *form) { return 2u * MOST_FILLED * (form->count + JY__MATCH_MOST_REPEATS * JY__MATCH_REPEAT_LONGEST); }

#define LOOKS 12u /* as far as so many matches can reach: what is passed shows of all starts but those in the last of them */
#define MARKS 8u /* in as much as a match can reach */

typedef struct reach {
    const jy__matcher *matcher;
    const jy__form *form;
    const uint32_t *symbols;
    int mode;
    size_t weight, most;             /* of what was passed: characters of fillers weigh 1, others as much as all fillers behind them */
    size_t *marks;                   /* LOOKS * MARKS + 1: where each further part of `most` was reached */
    size_t part, next;               /* the last of them, and the weight of the next one */
    uint32_t done;                   /* symbols */
    unsigned inside;                 /* characters that a filler which began may still have */
    uint64_t wanted;                 /* by sound: what the next symbol sounds like */
} reach;

static uint64_t sounds_of(uint32_t symbol) { return jy__is_code(symbol) ? jy__heard_set_of(symbol)->bloom : 0; }

static void want_next(reach *r)
{
    if (r->mode == JY__MODE_SOUND && r->done < r->form->count)
        r->wanted = sounds_of(r->symbols[r->done]);
}

/* What begins here belongs to a filler, or is part of the form and perhaps its next symbol. */
typedef struct passed { bool filler, belongs, takes; } passed;

static inline passed see_code(const reach *r, uint32_t symbol)
{
    uint64_t sounds = r->mode == JY__MODE_SOUND ? jy__heard_set_of(symbol)->bloom : 0;
    return (passed){ jy__bit(r->matcher->filter.fillers, symbol), ((r->form->bloom & jy__symbol_bit(symbol)) | (r->form->sound_bloom & sounds)) != 0,
                     (symbol == r->symbols[r->done]) | ((r->wanted & sounds) != 0) };
}

static passed see(const reach *r, const jy__glyph *glyph)
{
    uint32_t symbol = glyph->symbol;
    bool code = glyph->count == 1 && jy__is_code(symbol);
    passed here = { jy__begins_filler(r->matcher, symbol), false, symbol == r->symbols[r->done] || glyph->count > 1 };
    if (code)
        here = see_code(r, symbol);
    else
        here.belongs = jy__match_belongs(r->form, glyph, r->mode);
    if (r->mode == JY__MODE_SOUND && !(code && jy__is_code(r->symbols[r->done])))
        here.takes |= jy__fold_is_han(symbol) && jy__fold_is_han(r->symbols[r->done]);
    return here;
}

/* False when no match can go on over the character. */
static inline bool pass(reach *r, const passed *here, uint32_t count, size_t end)
{
    bool fills = here->filler | (r->inside > 0);
    if (!(fills | here->belongs))
        return false;
    if (here->takes) {
        r->done += count;
        want_next(r);
    }
    r->weight += fills ? 1 : MOST_FILLED;
    r->inside = here->filler ? JY__FILLER_LONGEST - 1 : r->inside - (r->inside > 0);
    for (; r->weight >= r->next && r->part < LOOKS * MARKS; r->next = ((r->part + 1) * r->most + MARKS - 1) / MARKS)
        r->marks[++r->part] = end;
    return true;
}

static bool is_over(const reach *r) { return r->done >= r->form->count || r->weight >= LOOKS * r->most; }

/* Over characters that are one code each, as nearly all are. Returns where the next one stands. */
static size_t pass_codes(reach *all, const jy__segment *segment, size_t at)
{
    reach r = *all;
    jy__glyph glyph;
    while (!is_over(&r) && at < segment->end && segment->end - at >= 3 && jy__match_han(segment, at, &glyph) && jy__is_code(r.symbols[r.done])) {
        const passed here = see_code(&r, glyph.symbol);
        if (!pass(&r, &here, 1, at + 3))
            break;
        at += 3;
    }
    *all = r;
    return at;
}

static bool may_end(const jy__matcher *matcher, const jy__segment *segment, uint32_t number, int mode, size_t start, size_t *dead)
{
    const jy__form *form = &matcher->forms[number];
    size_t marks[LOOKS * MARKS + 1], most = most_weight(form);
    reach r = { .matcher = matcher, .form = form, .symbols = matcher->symbols + form->first, .mode = mode, .most = most, .next = (most + MARKS - 1) / MARKS,
                .marks = marks };
    jy__glyph glyph;
    marks[0] = start;
    want_next(&r);
    for (size_t at = pass_codes(&r, segment, start); !is_over(&r); at = pass_codes(&r, segment, glyph.end)) {
        passed here;
        if (jy__match_glyph(segment, at, &glyph)) {
            here = see(&r, &glyph);
            if (pass(&r, &here, glyph.count, glyph.end))
                continue;
        }
        *dead = at;
        return at == start; /* the walk says what becomes of a first character that is several symbols */
    }
    if (r.weight <= most)
        return true;
    *dead = marks[(r.weight - most) * MARKS / most];
    return false;
}

/* By sound more leads on than as it is written: what does not reach the end by sound does not at all, and that is asked of both at once. */
jy__end jy__match_may_end(const jy__matcher *matcher, const jy__segment *segment, uint32_t number, int mode, size_t start, size_t *dead)
{
    if (mode == JY__MODE_EXACT && matcher->forms[number].flags & JY__FORM_SOUND && !may_end(matcher, segment, number, JY__MODE_SOUND, start, dead))
        return JY__END_NEVER;
    return may_end(matcher, segment, number, mode, start, dead) ? JY__END_MAYBE : JY__END_NOT_SO;
}
