/* One text of an agent without a call around it. All of it is matched in one pass; only lines in which something was hit, or in which a
 * pattern may match, are judged. What many texts in one call share with it is in session_scan.h. */
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
static int drop_silenced(jy__judge *judge, const jy_turn *turn)
{
    jy__candidates *candidates = &judge->scanner->candidates;
    size_t kept = 0;
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < candidates->count; i++) {
        bool silent = false;
        if (judge->rules->rules[candidates->items[i].rule].has_unless)
            status = jy__situation_unless(judge, turn, candidates->items[i].rule, &silent);
        if (!silent)
            candidates->items[kept++] = candidates->items[i];
    }
    candidates->count = kept;
    return status;
}

/* Judges one turn whose matches are known; keeps the turn when it has findings. */
int jy__scan_judge(jy__text_scan *s, const jy_turn *turn, uint64_t number, const jy__scan_turn *found, size_t base)
{
    jy__judge judge;
    jy__candidates *candidates = &s->scanner->candidates;
    int status;
    jy__judge_begin(&judge, s->scanner, s->rules, turn->text, JY_AGENT);
    judge.no_patterns = !found->patterns;
    status = jy__judge_collect_from(&judge, JY__SET_FORBID, s->scanner->taken.items + found->first, found->last - found->first, base);
    if (status == JY_OK) status = jy__judge_forbidden(&judge, false);
    if (status == JY_OK) status = jy__judge_shield(&judge);
    if (status == JY_OK) status = drop_silenced(&judge, turn);
    if (status == JY_OK) status = jy__judge_resolve(&judge);
    if (status == JY_OK && candidates->count)
        status = jy__result_add_turn(s->result, number, turn);
    for (size_t i = 0; status == JY_OK && i < candidates->count; i++) {
        jy__standing standing = { &s->call, turn, number, ++s->next_id, JY_FINAL, JY_UNIT_BYTE, SIZE_MAX };
        status = jy__session_add_wording(&judge, &standing, &candidates->items[i], s->result);
    }
    return status == JY_OK ? jy__session_take_limits(s->scanner, s->result, number) : status;
}

/* Sums of a byte each, so that the compiler can add many at a time. */
static size_t count_newlines(const char *at, const char *end)
{
    enum { BLOCK = 128 };
    size_t count = 0;
    for (; end - at >= BLOCK; at += BLOCK) {
        uint8_t own = 0;
        for (int i = 0; i < BLOCK; i++)
            own = (uint8_t)(own + (at[i] == '\n'));
        count += own;
    }
    for (; at < end; at++)
        count += *at == '\n';
    return count;
}

/* The line around `at`: from behind the last newline (or `from`) to the next. */
static jy_span line_around(jy_str text, size_t from, size_t at)
{
    const char *behind = memchr(text.ptr + at, '\n', text.len - at);
    while (at > from && text.ptr[at - 1] != '\n')
        at--;
    return (jy_span){ at, behind ? (size_t)(behind - text.ptr) : text.len };
}

static jy_turn line_turn(const jy__text_scan *s, jy_str text, jy_span line, uint64_t number)
{
    jy_turn turn = JY_TURN_INIT;
    turn.text = (jy_str){ text.ptr + line.begin, line.end - line.begin };
    turn.speaker = JY_AGENT;
    turn.place.line = (uint32_t)(number + 1);
    turn.place.column = turn.place.byte_column = 1;
    turn.place.offset = s->at->offset + line.begin;
    return turn;
}

/* What was found before `end`, from where the last turn ended. */
bool jy__scan_take(jy__text_scan *s, size_t end, jy__scan_turn *found)
{
    const jy_scanner *scanner = s->scanner;
    size_t place = s->places_done;
    found->first = found->last = s->matches_done;
    while (found->last < scanner->taken.count && scanner->taken.items[found->last].begin < end)
        found->last++;
    while (s->places_done < scanner->places.count && scanner->places.items[s->places_done] < end)
        s->places_done++;
    s->matches_done = found->last;
    found->patterns = s->every || s->places_done > place;
    return found->patterns || found->last > found->first;
}

/* Where the next turn that is to be judged begins or goes on; SIZE_MAX: there is none. */
size_t jy__scan_next(const jy__text_scan *s, size_t from)
{
    const jy_scanner *scanner = s->scanner;
    size_t match = s->matches_done < scanner->taken.count ? scanner->taken.items[s->matches_done].begin : SIZE_MAX;
    size_t place = s->places_done < scanner->places.count ? scanner->places.items[s->places_done] : SIZE_MAX;
    return s->every ? from : match < place ? match : place;
}

/* Lines in which there is something, in order. turns_out: number behind the last line. */
static int judge_lines(jy__text_scan *s, jy_str text, uint64_t *turns_out)
{
    size_t counted = 0, from = 0;
    uint64_t number = s->at->line ? s->at->line - 1 : 0;
    int status = JY_OK;
    while (status == JY_OK && from < text.len) {
        size_t at = jy__scan_next(s, from);
        jy__scan_turn found;
        if (at >= text.len)
            break;
        jy_span line = line_around(text, counted, at);
        jy__scan_take(s, line.end, &found);
        number += count_newlines(text.ptr + counted, text.ptr + line.begin);
        counted = line.begin;
        jy_turn turn = line_turn(s, text, line, number);
        status = jy__scan_judge(s, &turn, number, &found, line.begin);
        from = line.end + 1;
    }
    *turns_out = number + count_newlines(text.ptr + counted, text.ptr + text.len) + (text.len && text.ptr[text.len - 1] != '\n');
    return status;
}

static int list_call_rules(jy__text_scan *s)
{
    int status = JY_OK;
    for (uint32_t i = 0; status == JY_OK && i < s->rules->call_rule_count; i++)
        if (s->rules->rules[s->rules->call_rules[i]].info.flags & JY_RULE_NEEDS_CALL)
            status = jy__result_add_unchecked(s->result, s->rules->call_rules[i], JY_NEEDS_CALL, JY_TURN_NONE);
    return status;
}

/* Matches and places outlive the scans of single turns that judging asks for. */
static int keep_found(jy__text_scan *s, const jy__match *places, size_t place_count)
{
    jy_scanner *scanner = s->scanner;
    const jy__mem *mem = &scanner->mem;
    size_t count = scanner->match.matches.count;
    if (!jy__mem_grow(mem, &scanner->taken.items, &scanner->taken.capacity, count, sizeof(*scanner->taken.items)) ||
        !jy__mem_grow(mem, &scanner->places.items, &scanner->places.capacity, place_count, sizeof(*scanner->places.items)))
        return JY_E_NOMEM;
    if (count)
        memcpy(scanner->taken.items, scanner->match.matches.items, count * sizeof(*scanner->taken.items));
    for (size_t i = 0; i < place_count; i++)
        scanner->places.items[i] = places[i].begin;
    scanner->taken.count = count;
    scanner->places.count = place_count;
    s->matches_done = s->places_done = 0;
    s->hits_left -= count < s->hits_left ? count : s->hits_left - 1;
    return JY_OK;
}

static void note_bad(jy__text_scan *s, size_t offset)
{
    const jy__match_scratch *found = &s->scanner->match;
    if (s->bad_bytes == 0 && found->bad_bytes)
        s->first_bad = found->first_bad + offset;
    s->bad_bytes += found->bad_bytes;
    jy__result_set_bad(s->result, s->bad_bytes, s->first_bad);
}

int jy__scan_match(jy__text_scan *s, jy_str text, size_t offset, const size_t *bounds, size_t bound_count)
{
    jy_scanner *scanner = s->scanner;
    const jy__set *set = &s->rules->sets[JY__SET_FORBID];
    const jy__match *places = NULL;
    size_t place_count = 0;
    int status = JY_OK;
    scanner->match.matches.count = 0;
    scanner->match.bad_bytes = 0;
    scanner->match.first_bad = SIZE_MAX;
    scanner->match.cut = false;
    scanner->match.max_matches = s->hits_left;
    if (set->matcher)
        status = jy__match_scan(set->matcher, &scanner->match, text, bounds, bound_count);
    else
        scanner->match.bad_bytes = jy__utf8_bad(text, &scanner->match.first_bad);
    if (status == JY_OK && scanner->match.bad_bytes && jy__params_get(&scanner->params, JY_PARAM_BAD_UTF8))
        status = JY_E_UTF8;
    if (status != JY_OK)
        return status;
    scanner->limited = scanner->limited || scanner->match.cut;
    note_bad(s, offset);
    if (set->regexes)
        status = jy__regex_places(set->regexes, scanner->regex, text, bounds, bound_count, &places, &place_count, &s->every);
    return status == JY_OK ? keep_found(s, places, place_count) : status;
}

int jy__scan_begin(jy__text_scan *s, jy_scanner *scanner, jy_rules *rules, const jy_call *call, const jy_place *at)
{
    static const jy_place start = { .line = 1, .column = 1, .byte_column = 1 };
    memset(s, 0, sizeof(*s));
    if (scanner->busy)
        return JY_E_BUSY;
    s->scanner = scanner;
    s->rules = rules;
    s->call = (jy_call)JY_CALL_INIT;
    s->call.has_speakers = -1;
    if (call)
        jy__struct_give(&s->call, call, call->size);
    s->at = at ? at : &start;
    s->call.first_turn = s->at->line ? s->at->line - 1 : 0;
    s->result = jy__result_new(&scanner->mem, rules, (int)jy__params_get(&scanner->params, JY_PARAM_UNIT));
    if (!s->result)
        return JY_E_NOMEM;
    s->hits_left = (size_t)jy__params_get(&scanner->params, JY_PARAM_MAX_HITS);
    s->first_bad = SIZE_MAX;
    scanner->aborted.count = 0;
    scanner->limited = false;
    scanner->busy = true;
    return JY_OK;
}

int jy__scan_end(jy__text_scan *s, int status, uint64_t turns, jy_result **out)
{
    s->scanner->busy = false;
    if (s->scanner->limited)
        jy__result_set_limited(s->result);
    s->scanner->limited = false;
    if (status == JY_OK)
        status = jy__result_set_call(s->result, &s->call, turns);
    if (status == JY_OK && s->at->line <= 1) /* the first piece */
        status = list_call_rules(s);
    if (status == JY_OK)
        *out = s->result;
    else
        jy_result_free(s->result);
    return status;
}

int jy_scan_at(jy_scanner *scanner, jy_rules *rules, jy_str text, const jy_call *call, const jy_place *at, jy_result **out)
{
    jy__text_scan s;
    uint64_t turns = 0;
    int status;
    if (!scanner || !rules || !out || (!text.ptr && text.len))
        return JY_E_INVALID;
    if ((status = jy__scan_begin(&s, scanner, rules, call, at)) != JY_OK)
        return status;
    status = jy__scan_match(&s, text, s.at->offset, NULL, 0);
    if (status == JY_OK)
        status = judge_lines(&s, text, &turns);
    return jy__scan_end(&s, status, turns, out);
}

int jy_scan(jy_scanner *scanner, jy_rules *rules, jy_str text, jy_result **out)
{
    return jy_scan_at(scanner, rules, text, NULL, NULL, out);
}
