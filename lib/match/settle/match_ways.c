/* From a form and its key to matches, when the phrase stands there in some way, as far as the stream of codes tells: as match_walk.c, but
 * over codes, and from few starts. In: the place of a key whose form may stand around it. Out: the match, with the fillers, repeats and
 * variants it needs; else, when more than a few ways would have to be followed or the text between the codes decides, a call of the
 * verifier.
 *
 *   form   听 不 清            back from the key: 听 听      all that may be part of a match, with each place where one may begin
 *   codes  … 了 听 听 那 个 不 清 …   from there on: 听 (again 听) (filler 那个) 不 清
 *                      key */
#include "match/match_inside.h"

/* ---- ways */

#define MOST_FORKS 8 /* more than that are not followed one by one */
#define MOST_OPTIONS (1 + JY__MATCH_REPEAT_LONGEST + JY__FILLER_LONGEST)

/* Codes [first, at) say `done` symbols of the form, with so many fillers behind the last one. */
typedef struct trail {
    const jy__rounds *rounds;
    const jy__form *form;
    const uint32_t *symbols;
    size_t base, limit; /* codes from base on, and those before limit, may be read */
    size_t first, at, last, key; /* last: the code that said the last symbol; key: the last one behind which the form's key stands */
    uint32_t done, last_fillers, fillers, repeats, variants, forks;
    size_t reached;     /* up to where any way led */
    uint64_t begun;     /* bit per code from base on: it says the form's first symbol */
} trail;
typedef enum turn { ON, NEVER, UNSURE } turn;
typedef enum kind { NEXT, AGAIN, FILLER } kind;
typedef struct option { uint32_t done, length; kind kind; } option;

static uint32_t list_repeats(const trail *t, uint32_t symbol, option *out)
{
    uint32_t count = 0;
    for (uint32_t back = 1; back <= JY__MATCH_REPEAT_LONGEST && back <= t->done && jy__form_may(t->form, JY_FOLD_REPEATS); back++)
        if (t->symbols[t->done - back] == symbol)
            out[count++] = (option){ t->done - back + 1, 1, AGAIN };
    return count;
}

static uint32_t list_fillers(const trail *t, uint32_t symbol, option *out)
{
    const jy__filter *filter = &t->rounds->scan->matcher->filter;
    uint32_t count = 0;
    unsigned lengths;
    if (!jy__bit(filter->fillers, symbol) || !jy__form_may(t->form, JY_FOLD_FILLERS) || t->last_fillers >= JY__MATCH_MOST_FILLERS)
        return 0;
    lengths = jy__stream_fillers(filter, t->rounds->codes, t->at);
    for (uint32_t length = 1; lengths >> length; length++)
        if (lengths >> length & 1)
            out[count++] = (option){ t->done, length, FILLER };
    return count;
}

static uint32_t list_options(const trail *t, option *out)
{
    uint16_t code = t->rounds->codes[t->at];
    uint32_t symbol = jy__code_symbol(code), count = 0;
    if (code == symbol || jy__form_may(t->form, JY_FOLD_SCRIPT)) {
        if (symbol == t->symbols[t->done])
            out[count++] = (option){ t->done + 1, 1, NEXT };
        if (!count || !(t->form->flags & JY__FORM_ONE_WAY))
            count += list_repeats(t, symbol, out + count);
    }
    return count && t->form->flags & JY__FORM_ONE_WAY ? count : count + list_fillers(t, symbol, out + count);
}

static void take(trail *t, const option *way)
{
    bool says = way->kind != FILLER, key = way->kind == NEXT && t->done == t->form->key + 1u;
    t->key = key ? t->last : t->key;
    t->last = says ? t->at : t->last;
    t->variants += says && t->rounds->codes[t->at] != t->symbols[way->done - 1];
    t->begun |= (uint64_t)(says && way->done == 1) << (t->at - t->base);
    t->repeats += way->kind == AGAIN;
    t->fillers += !says;
    t->last_fillers = says ? 0 : t->last_fillers + 1;
    t->done = way->done;
    t->at += way->length;
}

static bool is_better(const trail *a, const trail *b)
{
    if (a->at != b->at)
        return a->at > b->at;
    if (a->repeats != b->repeats)
        return a->repeats < b->repeats;
    return a->fillers != b->fillers ? a->fillers < b->fillers : a->variants < b->variants;
}

static turn follow(trail *t);

/* The best of some ways; when none leads on, what all of them passed. */
static turn follow_all(trail *t, const option *ways, uint32_t count)
{
    trail best = *t, way;
    turn end = NEVER;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t forks = best.forks + 1;
        way = *t;
        way.forks = forks;
        take(&way, &ways[i]);
        turn turned = forks > MOST_FORKS ? UNSURE : follow(&way);
        if (turned == UNSURE)
            return UNSURE;
        if (turned == ON && (end == NEVER || is_better(&way, &best))) {
            best = way;
            end = ON;
        } else if (end == NEVER) {
            best.begun |= way.begun;
        }
        best.forks = way.forks;
        best.reached = way.reached > best.reached ? way.reached : best.reached;
    }
    *t = best;
    return end;
}

/* Over the codes that are the form's next symbols, as long as that is the only way on: as list_options() and take() do one by one. */
static void run_on(trail *t)
{
    const uint16_t *codes = t->rounds->codes;
    size_t at = t->at;
    uint32_t done = t->done;
    while (done < t->form->count && at < t->limit && codes[at] == t->symbols[done]) {
        t->key = done == t->form->key + 1u ? t->last : t->key;
        t->last = at++;
        done++;
    }
    t->last_fillers = done > t->done ? 0 : t->last_fillers;
    t->reached = done > t->done && t->last > t->reached ? t->last : t->reached;
    t->done = done;
    t->at = at;
}

static turn follow(trail *t)
{
    option ways[MOST_OPTIONS];
    while (t->done < t->form->count) {
        uint16_t code;
        uint32_t count;
        if (t->form->flags & JY__FORM_ONE_WAY && t->repeats < JY__MATCH_MOST_REPEATS)
            run_on(t);
        if (t->done == t->form->count)
            break;
        code = t->rounds->codes[t->at];
        count = list_options(t, ways);
        t->reached = t->at > t->reached ? t->at : t->reached;
        if (t->at >= t->limit || t->repeats == JY__MATCH_MOST_REPEATS || (code && !jy__code_symbol(code)))
            return UNSURE;
        if (count != 1)
            return count ? follow_all(t, ways, count) : NEVER;
        take(t, &ways[0]);
    }
    return t->repeats == JY__MATCH_MOST_REPEATS ? UNSURE : ON;
}

static turn follow_from(trail *t, size_t first)
{
    const option begin = { 1, 1, NEXT };
    t->first = t->at = t->last = t->key = t->reached = first;
    t->done = t->last_fillers = t->fillers = t->repeats = t->variants = t->forks = 0;
    take(t, &begin);
    return follow(t);
}

/* The last code that a way may be of, which leads on from the codes before t->at: their last ones may begin a filler, too. */
static size_t find_last(const trail *t)
{
    const uint64_t *fillers = t->rounds->scan->matcher->filter.fillers;
    size_t last = t->reached;
    for (size_t i = t->at - t->first < JY__FILLER_LONGEST ? t->first : t->at - JY__FILLER_LONGEST; i < t->at; i++)
        if (jy__bit(fillers, t->rounds->codes[i]) && i + JY__FILLER_LONGEST > last)
            last = i + JY__FILLER_LONGEST - 1;
    return last;
}

/* Whether a longer way than that to `end` may lead over a character that the stream does not carry; that may be of a filler as well: 怎么說 with U+F96F. */
static bool may_go_elsewhere(const trail *t, size_t end)
{
    const uint64_t *fillers = t->rounds->scan->matcher->filter.fillers;
    bool only = (t->form->flags & JY__FORM_ONE_WAY) && !t->forks; /* two fillers may begin alike: 就是, 就是说 */
    size_t last = only ? 0 : find_last(t);
    jy__glyph glyph;
    for (size_t i = t->at; i <= last && !only; i++, end = glyph.end) {
        if (!jy__match_glyph(&t->rounds->scan->segment, end, &glyph) || (glyph.count == 1 && !jy__is_code(glyph.symbol)))
            return false;
        if (glyph.count != 1 || !jy__is_code(glyph.cp))
            return true;
        if (i <= t->reached && jy__bit(fillers, glyph.symbol) && i + JY__FILLER_LONGEST > last)
            last = i + JY__FILLER_LONGEST - 1;
    }
    return false;
}

/* False when the way does not lead there in the text. */
static bool find_match(const trail *t, uint32_t number, jy__match *out)
{
    const jy__rounds *rounds = t->rounds;
    size_t begin = jy__round_place(rounds, t->first), end = jy__round_place(rounds, t->at - 1) + 3;
    *out = (jy__match){ .literal = number, .confidence = 100, .begin = begin, .length = (uint32_t)(end - begin) };
    out->count[JY_FOLD_SCRIPT] = (uint8_t)t->variants;
    out->count[JY_FOLD_FILLERS] = (uint8_t)t->fillers;
    out->count[JY_FOLD_REPEATS] = (uint8_t)t->repeats;
    return jy__match_segment(rounds->scan, begin) && end <= rounds->scan->segment.end &&
           (end - begin == 3 * (t->at - t->first) || jy__match_count_gaps(rounds, t->form, t->first, t->at, out)) && !may_go_elsewhere(t, end);
}

/* What has its key elsewhere, or there again, is found from there; but of some ways the one that is chosen must be there in the text. */
static bool give(const trail *t, uint32_t number, size_t index)
{
    jy__match match;
    if (t->key != index && !t->forks)
        return true;
    if (!find_match(t, number, &match))
        return false;
    if (t->key == index)
        jy__match_add(t->rounds->scan, &match);
    return true;
}

/* Codes before `index` at which a match with it may begin, as match_starts.c goes back. Where no symbol comes twice the last one ends the form: nothing
 * leads over it. False when that is not known. */
static bool find_starts(const trail *t, size_t index, uint64_t *starts)
{
    const jy__filter *filter = &t->rounds->scan->matcher->filter;
    const uint32_t ending = t->form->flags & JY__FORM_ONE_WAY ? t->symbols[t->form->count - 1u] : 0;
    size_t inside = 0;
    *starts = 0;
    for (size_t at = index; t->rounds->codes[at]; at--) {
        uint16_t code = t->rounds->codes[at];
        uint32_t symbol = jy__code_symbol(code);
        if (symbol == t->symbols[0] && (code == symbol || jy__form_may(t->form, JY_FOLD_SCRIPT)))
            *starts |= (uint64_t)1 << (at - t->base);
        if (symbol && jy__bit(filter->ends, symbol))
            inside = JY__FILLER_LONGEST;
        else if (symbol && !inside && (symbol == ending || !(t->form->bloom & jy__symbol_bit(symbol))))
            return true;
        if (!symbol || at == t->base)
            return false;
        inside -= inside > 0;
    }
    return true;
}

#define MOST_STARTS 3 /* more are left to the longer way, which remembers where it was: text that says one phrase again and again stays linear */

static bool are_many(uint64_t starts)
{
    for (int i = 0; i < MOST_STARTS; i++)
        starts &= starts - 1;
    return starts != 0;
}

/* Where one way leads over the begin of another, both lead to the same end, and the longer one is the better; but for repeats, of which the
 * other has more left. */
static bool settle_ways(const jy__rounds *rounds, uint32_t number, size_t index)
{
    const jy__form *form = &rounds->scan->matcher->forms[number];
    trail t = { .rounds = rounds, .form = form, .symbols = rounds->scan->matcher->symbols + form->first };
    uint64_t starts;
    t.base = index > JY__ROUND_BEFORE ? index - JY__ROUND_BEFORE : 0;
    t.limit = index + JY__STREAM_AHEAD - JY__FILLER_LONGEST;
    if (!find_starts(&t, index, &starts) || are_many(starts))
        return false;
    while (starts) {
        turn end = follow_from(&t, t.base + (size_t)__builtin_ctzll(starts));
        if (end == UNSURE || (end == ON && !give(&t, number, index)))
            return false;
        starts &= ~t.begun;
    }
    return true;
}

void jy__match_verify_around(const jy__rounds *rounds, uint32_t number, size_t index)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    if (rounds->scan->stop || (rounds->scan->tried_upto && jy__match_tried(rounds->scan, number, JY__MODE_EXACT, jy__round_place(rounds, index))))
        return;
    if (jy__lacks(rounds, number, JY__MODE_EXACT))
        return;
    if (matcher->keys_only || !(matcher->forms[number].flags & JY__FORM_SHORT))
        jy__match_verify_form(rounds->scan, number, JY__MODE_EXACT, jy__round_place(rounds, index));
    else if (!settle_ways(rounds, number, index))
        jy__match_verify_far(rounds->scan, number, jy__round_place(rounds, index));
}
