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
    const jy__hit *hit = &s->scanner->candidates.items[i].hit;
    const jy__judged judged = { hit->atom, jy__rules_text_number(s->rules, hit->form) };
    return jy__result_add_judged(s->result, judged, (jy_span){ base + hit->begin, base + hit->end }, hit->confidence, hit->count);
}

int jy__scan_judge(jy__text_scan *s, const jy__line *line, const jy__scan_turn *found, size_t base)
{
    jy__scan_alone alone = { found->first, found->first, found->first, false };
    size_t count;
    int status;
    if (found->first_place == found->last_place && !s->every) {
        while (alone.last < found->last && jy__scan_is_alone(s, &alone, line->text, base))
            continue;
        if (alone.last == found->last)
            return jy__scan_tell_alone(s, line, &alone, base);
    }
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
/* Places of patterns before `end` that the turn has the rest of: they are put together where those of the turn began. */
static void take_places(jy__text_scan *s, jy_str text, size_t end, jy__scan_turn *found)
{
    jy_scanner *scanner = s->scanner;
    const jy__regexes *regexes = s->rules->sets[JY__SET_FORBID].regexes;
    struct jy__place_of *places = scanner->places.items;
    uint32_t asked = JY__NONE;
    bool may = false;
    jy__regex_forget(scanner->regex);
    found->first_place = found->last_place = s->places_done;
    for (; s->places_done < scanner->places.count && places[s->places_done].begin < end; s->places_done++) {
        const struct jy__place_of *place = &places[s->places_done];
        if (place->regex != asked)
            may = jy__regex_may(regexes, asked = place->regex, text) && jy__regex_has(regexes, scanner->regex, asked, text);
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
