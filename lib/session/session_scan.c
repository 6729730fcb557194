/* One text, or many at once, of an agent without a call around them. All of it is matched in one pass; only lines in which
 * something was hit are judged. */
#include "judge/judge_situation.h"
#include "session/session.h"

typedef struct scan {
    jy_scanner *scanner;
    const jy_rules *rules;
    jy_result *result;
    jy_call call;
    const jy_place *at;
    uint64_t next_id;
} scan;

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
static int judge_turn(scan *s, const jy_turn *turn, uint64_t number, const jy__match *matches, size_t count, size_t base)
{
    jy__judge judge;
    jy__candidates *candidates = &s->scanner->candidates;
    int status;
    jy__judge_begin(&judge, s->scanner, s->rules, turn->text, JY_AGENT);
    status = jy__judge_collect_from(&judge, JY__SET_FORBID, matches, count, base);
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

static size_t count_newlines(const char *begin, const char *end)
{
    size_t count = 0;
    for (; begin < end; begin++)
        count += *begin == '\n';
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

static jy_turn line_turn(const scan *s, jy_str text, jy_span line, uint64_t number)
{
    jy_turn turn = JY_TURN_INIT;
    turn.text = (jy_str){ text.ptr + line.begin, line.end - line.begin };
    turn.speaker = JY_AGENT;
    turn.place.line = (uint32_t)(number + 1);
    turn.place.column = turn.place.byte_column = 1;
    turn.place.offset = s->at->offset + line.begin;
    return turn;
}

/* Lines with matches, in order; with patterns every line is looked at. */
static int judge_lines(scan *s, jy_str text)
{
    const jy__match_scratch *found = &s->scanner->match;
    size_t count = found->matches.count, done = 0, counted = 0;
    uint64_t number = s->at->line ? s->at->line - 1 : 0;
    bool patterns = s->rules->sets[JY__SET_FORBID].regexes != NULL;
    jy__match *matches = jy__mem_alloc(&s->scanner->mem, count * sizeof(*matches));
    int status = matches ? JY_OK : JY_E_NOMEM;
    if (matches && count) /* judging a line scans it for shields, which reuses the scratch */
        memcpy(matches, found->matches.items, count * sizeof(*matches));
    for (size_t at = 0; status == JY_OK && (done < count || (patterns && at < text.len));) {
        jy_span line = line_around(text, counted, patterns ? at : matches[done].begin);
        size_t last = done;
        while (last < count && matches[last].begin < line.end)
            last++;
        number += count_newlines(text.ptr + counted, text.ptr + line.begin);
        counted = line.begin;
        jy_turn turn = line_turn(s, text, line, number);
        status = judge_turn(s, &turn, number, matches + done, last - done, line.begin);
        done = last;
        at = line.end + 1;
    }
    jy__mem_free(&s->scanner->mem, matches, count * sizeof(*matches));
    return status;
}

static int list_call_rules(scan *s)
{
    int status = JY_OK;
    for (uint32_t i = 0; status == JY_OK && i < s->rules->call_rule_count; i++)
        if (s->rules->rules[s->rules->call_rules[i]].info.flags & JY_RULE_NEEDS_CALL)
            status = jy__result_add_unchecked(s->result, s->rules->call_rules[i], JY_NEEDS_CALL, JY_TURN_NONE);
    return status;
}

static int match_all(scan *s, jy_str text, const size_t *bounds, size_t bound_count)
{
    jy_scanner *scanner = s->scanner;
    const jy__set *set = &s->rules->sets[JY__SET_FORBID];
    int status = JY_OK;
    scanner->match.matches.count = 0;
    scanner->match.bad_bytes = 0;
    scanner->match.first_bad = SIZE_MAX;
    scanner->match.cut = false;
    scanner->match.max_matches = (size_t)jy__params_get(&scanner->params, JY_PARAM_MAX_HITS);
    if (set->matcher)
        status = jy__match_scan(set->matcher, &scanner->match, text, bounds, bound_count);
    else
        scanner->match.bad_bytes = jy__utf8_bad(text, &scanner->match.first_bad);
    if (status != JY_OK)
        return status;
    if (scanner->match.bad_bytes && jy__params_get(&scanner->params, JY_PARAM_BAD_UTF8))
        return JY_E_UTF8;
    scanner->limited = scanner->match.cut;
    scanner->aborted.count = 0;
    jy__result_set_bad(s->result, scanner->match.bad_bytes, scanner->match.first_bad == SIZE_MAX ? SIZE_MAX : scanner->match.first_bad + s->at->offset);
    return JY_OK;
}

static int begin_scan(scan *s, jy_scanner *scanner, jy_rules *rules, const jy_call *call, const jy_place *at)
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
    scanner->busy = true;
    return JY_OK;
}

static int end_scan(scan *s, int status, uint64_t turns, jy_result **out)
{
    s->scanner->busy = false;
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
    scan s;
    int status;
    if (!scanner || !rules || !out || (!text.ptr && text.len))
        return JY_E_INVALID;
    if ((status = begin_scan(&s, scanner, rules, call, at)) != JY_OK)
        return status;
    status = match_all(&s, text, NULL, 0);
    if (status == JY_OK)
        status = judge_lines(&s, text);
    bool open_line = text.len && text.ptr[text.len - 1] != '\n';
    uint64_t first = s.at->line ? s.at->line - 1 : 0;
    return end_scan(&s, status, first + count_newlines(text.ptr, text.ptr + text.len) + open_line, out);
}

int jy_scan(jy_scanner *scanner, jy_rules *rules, jy_str text, jy_result **out)
{
    return jy_scan_at(scanner, rules, text, NULL, NULL, out);
}

/* ---- batch */
static size_t offset_at(const void *offsets, int bits, size_t i)
{
    int32_t narrow;
    int64_t wide;
    if (bits == 32) {
        memcpy(&narrow, (const char *)offsets + i * sizeof(narrow), sizeof(narrow));
        return narrow < 0 ? SIZE_MAX : (size_t)narrow;
    }
    memcpy(&wide, (const char *)offsets + i * sizeof(wide), sizeof(wide));
    return wide < 0 ? SIZE_MAX : (size_t)wide;
}

static bool is_null(const uint8_t *validity, size_t i) { return validity && !(validity[i / 8] >> (i % 8) & 1); }

static bool ascending(const void *offsets, int bits, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (offset_at(offsets, bits, i) > offset_at(offsets, bits, i + 1) || offset_at(offsets, bits, i + 1) == SIZE_MAX)
            return false;
    return true;
}

static int judge_texts(scan *s, const char *data, const size_t *bounds, size_t count, const uint8_t *validity)
{
    size_t match_count = s->scanner->match.matches.count, done = 0;
    bool patterns = s->rules->sets[JY__SET_FORBID].regexes != NULL;
    jy__match *matches = jy__mem_alloc(&s->scanner->mem, match_count * sizeof(*matches));
    int status = matches ? JY_OK : JY_E_NOMEM;
    if (matches && match_count)
        memcpy(matches, s->scanner->match.matches.items, match_count * sizeof(*matches));
    for (size_t i = 0; status == JY_OK && i < count && (patterns || done < match_count); i++) {
        size_t last = done;
        jy_turn turn = JY_TURN_INIT;
        while (last < match_count && matches[last].begin + bounds[0] < bounds[i + 1])
            last++;
        if ((last == done && !patterns) || is_null(validity, i)) {
            done = last;
            continue;
        }
        turn.text = (jy_str){ data + bounds[i], bounds[i + 1] - bounds[i] };
        turn.speaker = JY_AGENT;
        turn.place = (jy_place){ .line = 1, .column = 1, .byte_column = 1, .offset = bounds[i] };
        status = judge_turn(s, &turn, i, matches + done, last - done, bounds[i] - bounds[0]);
        done = last;
    }
    jy__mem_free(&s->scanner->mem, matches, match_count * sizeof(*matches));
    return status;
}

int jy_scan_batch(jy_scanner *scanner, jy_rules *rules, const char *data, const void *offsets, int offset_bits, size_t count,
                  const uint8_t *validity, jy_result **out)
{
    scan s;
    size_t *bounds;
    int status;
    if (!scanner || !rules || !out || !offsets || (offset_bits != 32 && offset_bits != 64) || !ascending(offsets, offset_bits, count))
        return JY_E_INVALID;
    if (!data && offset_at(offsets, offset_bits, count) > offset_at(offsets, offset_bits, 0))
        return JY_E_INVALID;
    if ((status = begin_scan(&s, scanner, rules, NULL, NULL)) != JY_OK)
        return status;
    bounds = jy__mem_alloc(&scanner->mem, (count + 1) * 2 * sizeof(*bounds));
    if (bounds) {
        size_t *relative = bounds + count + 1;
        for (size_t i = 0; i <= count; i++) {
            bounds[i] = offset_at(offsets, offset_bits, i);
            relative[i] = bounds[i] - bounds[0];
        }
        jy_str all = { data ? data + bounds[0] : NULL, bounds[count] - bounds[0] };
        status = match_all(&s, all, relative, count + 1);
        if (status == JY_OK)
            status = judge_texts(&s, data, bounds, count, validity);
    } else {
        status = JY_E_NOMEM;
    }
    jy__mem_free(&scanner->mem, bounds, (count + 1) * 2 * sizeof(*bounds));
    return end_scan(&s, status, count, out);
}
