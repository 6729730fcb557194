/* One turn of a text. In: what was found in the text around it, in order. Out: what was found in the turn itself, and what that comes to. */
#include "judge/judge_situation.h"
#include "session/session_scan.h"

int jy__session_take_limits(jy_scanner *scanner, jy_result *result, uint64_t turn)
{
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < scanner->aborted.count; i++)
        status = jy__result_add_unchecked(result, scanner->aborted.items[i].rule, scanner->aborted.items[i].why, turn);
    if (scanner->limited)
        jy__result_set_limited(result);
    scanner->aborted.count = 0;
    scanner->limited = false;
    return status;
}

/* What `unless` silences by words of the same turn. */
static int drop_silenced(jy__judge *judge)
{
    jy__candidates *candidates = &judge->scanner->candidates;
    size_t kept = 0;
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < candidates->count; i++) {
        bool silent = false;
        if (judge->rules->rules[candidates->items[i].rule].has_unless) {
            jy_turn turn = JY_TURN_INIT;
            turn.text = judge->text;
            turn.speaker = judge->speaker;
            status = jy__situation_unless(judge, &turn, candidates->items[i].rule, &silent);
        }
        if (silent)
            continue;
        if (kept != i)
            candidates->items[kept] = candidates->items[i];
        kept++;
    }
    candidates->count = kept;
    return status;
}

int jy__scan_words(jy__text_scan *s, jy_str text, const jy__scan_turn *found, size_t base)
{
    jy__judge judge;
    int status;
    jy__judge_begin(&judge, s->scanner, s->rules, text, JY_AGENT);
    judge.places_known = !s->every;
    judge.places = s->scanner->places.items + found->first_place;
    judge.place_count = found->last_place - found->first_place;
    status = jy__judge_collect_from(&judge, JY__SET_FORBID, s->scanner->taken.items + found->first, found->last - found->first, base);
    if (status == JY_OK) status = jy__judge_forbidden(&judge, false);
    if (status == JY_OK && s->scanner->candidates.count) status = jy__judge_shield(&judge);
    if (status == JY_OK) status = drop_silenced(&judge);
    return status == JY_OK ? jy__judge_resolve(&judge) : status;
}

int jy__scan_tell(jy__text_scan *s, size_t i, size_t base)
{
    const jy__candidate *candidate = &s->scanner->candidates.items[i];
    const jy__hit *hit = &candidate->hit;
    jy__brief brief = { .atom = hit->atom, .length = (uint32_t)(hit->end - hit->begin), .begin = base + hit->begin,
                        .form = jy__rules_text_number(s->rules, hit->form) };
    return jy__result_add_brief(s->result, &brief, hit->confidence, hit->count);
}

/* ---- turns that need no judging, since each match is a finding but for those it overlaps with */
static bool are_alone(const jy__text_scan *s, const jy__scan_turn *found)
{
    const jy__match *matches = s->scanner->taken.items;
    bool alone = !s->every && found->first_place == found->last_place;
    for (size_t i = found->first; alone && i < found->last; i++)
        alone = jy__judge_alone(s->rules, &matches[i]);
    return alone;
}

static uint32_t atom_of(const jy__text_scan *s, const jy__match *match) { return jy__use_of(&s->rules->sets[JY__SET_FORBID], match->literal).atom; }

static int tell_alone(jy__text_scan *s, const jy__match *match, size_t base)
{
    jy__brief brief = { .atom = atom_of(s, match), .length = (uint32_t)(match->end - match->begin), .begin = match->begin - base,
                        .form = s->rules->sets[JY__SET_FORBID].forms[match->literal] };
    return jy__result_add_brief(s->result, &brief, match->confidence, match->count);
}

static bool are_same_place(const jy__match *a, const jy__match *b) { return a->begin == b->begin && a->end == b->end; }

/* The one of [first, last) that speaks for all that overlap with it, as jy__judge_resolve() has it of one rule: the leftmost, then the longest, then
 * the phrase written first. Answers the first behind those. */
static const jy__match *pass_leftmost(const jy__text_scan *s, const jy__match *first, const jy__match *last, const jy__match **speaks)
{
    const jy__match *next = first + 1;
    *speaks = first;
    for (; next < last && next->begin < first->end; next++)
        if (are_same_place(next, first) && atom_of(s, next) < atom_of(s, *speaks))
            *speaks = next;
    return next;
}

static bool are_of_one_rule(const jy__text_scan *s, const jy__match *first, const jy__match *last)
{
    uint32_t rule = jy__atom_rule(s->rules, atom_of(s, first));
    const jy__match *match = first + 1;
    while (match < last && jy__atom_rule(s->rules, atom_of(s, match)) == rule)
        match++;
    return match == last;
}

/* In the order of their rules and phrases, of those that are at one place. */
static int add_candidate(jy__text_scan *s, const jy__match *match, size_t base)
{
    jy__candidates *all = &s->scanner->candidates;
    jy__candidate own = jy__judge_candidate(s->rules, match, base);
    size_t to = all->count;
    if (!JY__VEC_ROOM(&s->scanner->mem, all))
        return JY_E_NOMEM;
    for (; to > 0 && jy__judge_comes_before(&own, &all->items[to - 1]); to--)
        all->items[to] = all->items[to - 1];
    all->items[to] = own;
    all->count++;
    return JY_OK;
}

static int tell_settled(jy__text_scan *s, const jy__match *first, const jy__match *last, size_t base)
{
    int status = JY_OK;
    s->scanner->candidates.count = 0;
    for (const jy__match *match = first; status == JY_OK && match < last; match++)
        status = add_candidate(s, match, base);
    if (status == JY_OK)
        jy__judge_settle(s->scanner, s->rules);
    for (size_t i = 0; status == JY_OK && i < s->scanner->candidates.count; i++)
        status = jy__scan_tell(s, i, 0);
    return status;
}

static int tell_leftmost(jy__text_scan *s, const jy__match *match, const jy__match *last, size_t base)
{
    int status = JY_OK;
    while (status == JY_OK && match < last) {
        const jy__match *speaks;
        match = pass_leftmost(s, match, last, &speaks);
        status = tell_alone(s, speaks, base);
    }
    return status;
}

/* Behind the last match that overlaps with one of those before it. */
static const jy__match *overlap_end(const jy__match *match, const jy__match *last)
{
    size_t end = match->end;
    for (match++; match < last && match->begin < end; match++)
        end = match->end > end ? match->end : end;
    return match;
}

static int tell_all_alone(jy__text_scan *s, const jy__line *line, const jy__scan_turn *found, size_t base)
{
    const jy__match *match = s->scanner->taken.items + found->first, *last = s->scanner->taken.items + found->last;
    int status = jy__result_add_line(s->result, line);
    while (status == JY_OK && match < last) {
        const jy__match *behind = overlap_end(match, last);
        if (behind == match + 1)
            status = tell_alone(s, match, base);
        else
            status = are_of_one_rule(s, match, behind) ? tell_leftmost(s, match, behind, base) : tell_settled(s, match, behind, base);
        match = behind;
    }
    return status;
}

int jy__scan_judge(jy__text_scan *s, const jy__line *line, const jy__scan_turn *found, size_t base)
{
    size_t count;
    int status;
    if (are_alone(s, found))
        return tell_all_alone(s, line, found, base);
    if ((status = jy__scan_words(s, line->text, found, base)) != JY_OK)
        return status;
    count = s->scanner->candidates.count;
    if (count)
        status = jy__result_add_line(s->result, line);
    for (size_t i = 0; status == JY_OK && i < count; i++)
        status = jy__scan_tell(s, i, 0);
    return status == JY_OK ? jy__session_take_limits(s->scanner, s->result, line->number) : status;
}

/* ---- what was found */
void jy__scan_pass(jy__text_scan *s, jy_str text, size_t base, size_t last)
{
    while (s->standing < last && !jy__judge_may_stand(s->rules, text, &s->scanner->taken.items[s->standing], base))
        s->standing++;
}

/* Places of patterns before `end` that the turn has the rest of: they are put together where those of the turn began. */
static void take_places(jy__text_scan *s, jy_str text, size_t end, jy__scan_turn *found)
{
    jy_scanner *scanner = s->scanner;
    const jy__regexes *regexes = s->rules->sets[JY__SET_FORBID].regexes;
    struct jy__place_of *places = scanner->places.items;
    uint32_t asked = JY__NONE;
    bool may = false;
    found->first_place = found->last_place = s->places_done;
    for (; s->places_done < scanner->places.count && places[s->places_done].begin < end; s->places_done++) {
        const struct jy__place_of *place = &places[s->places_done];
        if (place->regex != asked)
            may = jy__regex_may(regexes, asked = place->regex, text);
        if (may)
            places[found->last_place++] = *place;
    }
}

bool jy__scan_take(jy__text_scan *s, jy_str text, size_t base, jy__scan_turn *found)
{
    const jy_scanner *scanner = s->scanner;
    size_t end = base + text.len;
    found->first = s->matches_done;
    while (found->first < scanner->taken.count && scanner->taken.items[found->first].begin < base)
        found->first++;
    found->last = found->first;
    while (found->last < scanner->taken.count && scanner->taken.items[found->last].begin < end)
        found->last++;
    take_places(s, text, end, found);
    s->matches_done = found->last;
    if (s->standing < found->first)
        s->standing = found->first;
    jy__scan_pass(s, text, base, found->last);
    return s->every || found->last_place > found->first_place || s->standing < found->last;
}

size_t jy__scan_next_from(const jy__text_scan *s, size_t from, size_t match)
{
    const jy_scanner *scanner = s->scanner;
    size_t at = match < scanner->taken.count ? scanner->taken.items[match].begin : SIZE_MAX;
    size_t place = s->places_done < scanner->places.count ? scanner->places.items[s->places_done].begin : SIZE_MAX;
    return s->every ? from : at < place ? at : place;
}

size_t jy__scan_next(const jy__text_scan *s, size_t from) { return jy__scan_next_from(s, from, s->matches_done); }
