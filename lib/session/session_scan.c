/* One text of an agent without a call around it: cut into blocks at line ends, so that the memory does not grow with the text. A block is
 * matched in one pass; only lines in which something was hit, or in which a pattern may match, are judged. What many texts in one call
 * share with it is in session_scan.h. */
#include "session/session_scan.h"

/* Where the block that begins at `from` ends: behind its last line end; when there is none, behind the next, and it is one line. */
static size_t block_end(jy_str text, size_t from)
{
    const char *feed;
    if (text.len - from <= JY__SCAN_BLOCK)
        return text.len;
    if (!(feed = jy__memrchr(text.ptr + from, '\n', JY__SCAN_BLOCK)))
        feed = memchr(text.ptr + from + JY__SCAN_BLOCK, '\n', text.len - from - JY__SCAN_BLOCK);
    return feed ? (size_t)(feed - text.ptr) + 1 : text.len;
}

/* It is looked for in what nobody read yet: the end of the block that begins at `from` is fetched while the one before is matched. */
static void fetch_end(jy_str text, size_t from)
{
    const char *last;
    if (text.len - from <= JY__SCAN_BLOCK)
        return;
    last = text.ptr + from + JY__SCAN_BLOCK - 1;
    __builtin_prefetch(last);
    __builtin_prefetch(last - JY__LINES_BLOCK);
}

static int judge_text(jy__text_scan *s, jy_str text)
{
    int status = JY_OK;
    for (size_t from = 0, end; status == JY_OK && from < text.len; from = end) {
        end = s->full ? text.len : block_end(text, from);
        fetch_end(text, end);
        if (s->full)
            s->number += jy__scan_lines(text, from);
        else
            status = jy__scan_block(s, (jy_str){ text.ptr + from, end - from }, from);
    }
    return status;
}

/* Matches outlive the scans of single turns that judging asks for: each kind has its room, and what is matched goes to that which the
 * scratch has. They change places only when there are some: most utterances have none. */
static void trade_rooms(jy_scanner *scanner)
{
    jy__matches other = scanner->taken;
    scanner->taken = scanner->match.matches;
    scanner->match.matches = other;
}

/* Takes the room back that was given away with the last matches. */
static inline void forget_found(jy_scanner *scanner)
{
    if (scanner->taken.count)
        trade_rooms(scanner);
    scanner->taken.count = scanner->places.count = 0;
}

static int keep_found(jy__text_scan *s, const jy__match *places, size_t place_count)
{
    jy_scanner *scanner = s->scanner;
    size_t count = scanner->match.matches.count;
    if (count)
        trade_rooms(scanner);
    if (!jy__mem_grow(&scanner->mem, &scanner->places.items, &scanner->places.capacity, place_count, sizeof(*scanner->places.items)))
        return JY_E_NOMEM;
    for (size_t i = 0; i < place_count; i++)
        scanner->places.items[i] = (struct jy__place_of){ places[i].begin, places[i].literal };
    scanner->places.count = place_count;
    s->hits_left -= count < s->hits_left ? count : s->hits_left - 1;
    return JY_OK;
}

static bool begins_inside_character(jy_str text, const size_t *bounds, size_t bound_count)
{
    unsigned inside = 0;
    for (size_t i = 0; i + 1 < bound_count; i++)
        inside |= bounds[i] < text.len && ((unsigned char)text.ptr[bounds[i]] & 0xC0) == 0x80;
    return inside;
}

/* Of texts that are matched together each has bytes of its own: what is bad at the end of one and at the front of the next may be a character of
 * the two, and a null text has none. */
static void count_apart(const jy__text_scan *s, jy_str text, const size_t *bounds, size_t bound_count)
{
    jy__match_scratch *found = &s->scanner->match;
    if (!(found->bad_bytes && s->validity) && !begins_inside_character(text, bounds, bound_count))
        return;
    found->bad_bytes = 0;
    for (size_t i = 0; i + 1 < bound_count; i++) {
        size_t first, bad = jy__is_null(s->validity, s->first_text + i) ? 0 : jy__utf8_bad((jy_str){ text.ptr + bounds[i], bounds[i + 1] - bounds[i] }, &first);
        if (bad && !found->bad_bytes)
            found->first_bad = bounds[i] + first;
        found->bad_bytes += bad;
    }
}

static void note_bad(jy__text_scan *s, jy_str text, size_t offset, jy_span own)
{
    const jy__match_scratch *found = &s->scanner->match;
    size_t count = found->bad_bytes, first = found->first_bad;
    if (own.end - own.begin < text.len)
        count = jy__utf8_bad((jy_str){ text.ptr + own.begin, own.end - own.begin }, &first), first += own.begin;
    if (s->bad_bytes == 0 && count)
        s->first_bad = first + offset;
    s->bad_bytes += count;
}

/* Without literals nothing is found, but the bytes that are no text are counted all the same. */
static inline int match(jy_scanner *scanner, const jy_rules *rules, jy_str text, size_t most, const size_t *bounds, size_t bound_count)
{
    jy__match_scratch *scratch = &scanner->match;
    const jy__matcher *matcher = rules->sets[JY__SET_FORBID].matcher;
    forget_found(scanner);
    scratch->max_matches = most;
    scratch->all = false;
    scratch->nest = true;
    if (matcher)
        return jy__match_scan(matcher, scratch, text, bounds, bound_count);
    scratch->matches.count = 0;
    scratch->cut = scratch->lines_made = false;
    scratch->first_bad = scratch->line_ends = SIZE_MAX;
    scratch->bad_bytes = jy__utf8_bad(text, &scratch->first_bad);
    return JY_OK;
}

int jy__scan_match(jy__text_scan *s, jy_str text, size_t offset, jy_span own, const size_t *bounds, size_t bound_count)
{
    jy_scanner *scanner = s->scanner;
    const jy__regexes *regexes = s->rules->sets[JY__SET_FORBID].regexes;
    const jy__match *places = NULL;
    size_t place_count = 0;
    int status = s->matched ? JY_OK : match(scanner, s->rules, text, s->hits_left, bounds, bound_count);
    s->matched = false;
    s->matches_done = s->places_done = s->standing = 0;
    if (status == JY_OK && bounds)
        count_apart(s, text, bounds, bound_count);
    if (status == JY_OK && scanner->match.bad_bytes && jy__params_get(&scanner->params, JY_PARAM_BAD_UTF8))
        status = JY_E_UTF8;
    if (status != JY_OK)
        return status;
    s->full = scanner->match.cut;
    scanner->limited = scanner->limited || s->full;
    if (scanner->match.bad_bytes)
        note_bad(s, text, offset, own);
    s->every = false;
    if (regexes)
        status = jy__regex_places(regexes, scanner->regex, text, bounds, bound_count, &places, &place_count, &s->every);
    if (status != JY_OK || (!scanner->match.matches.count && !place_count)) /* most utterances */
        return status;
    return keep_found(s, places, place_count);
}

static int set_call(jy__text_scan *s, const jy_call *call)
{
    jy_call known = JY_CALL_INIT;
    known.has_speakers = -1;
    if (jy__struct_give(&known, call, call->size) != JY_OK)
        return JY_E_INVALID;
    known.first_turn = s->number;
    return jy__result_set_call(s->result, &known, 0);
}

/* What is known of the call; that it is a script, when nothing is. */
static int begin_result(jy__text_scan *s, jy_rules *rules, const jy_call *call)
{
    int status = JY_OK;
    s->result = jy__result_take(&s->scanner->kept, &s->scanner->mem, rules, (int)jy__params_get(&s->scanner->params, JY_PARAM_UNIT));
    if (!s->result)
        return JY_E_NOMEM;
    if (call && (status = set_call(s, call)) != JY_OK)
        jy_result_free(s->result);
    if (!call)
        jy__result_set_script(s->result, s->number);
    if (status == JY_OK && jy__params_get(&s->scanner->params, JY_PARAM_TEXT_STAYS))
        jy__result_set_text_stays(s->result);
    return status;
}

int jy__scan_begin(jy__text_scan *s, jy_scanner *scanner, jy_rules *rules, const jy_call *call, const jy_place *at)
{
    int status;
    if (scanner->busy)
        return JY_E_BUSY;
    *s = (jy__text_scan){ .scanner = scanner, .rules = rules, .number = at && at->line ? at->line - 1 : 0, .offset = at ? at->offset : 0, .first_bad = SIZE_MAX };
    s->first_piece = s->number == 0;
    s->hits_left = (size_t)jy__params_get(&scanner->params, JY_PARAM_MAX_HITS);
    s->most = (size_t)jy__params_get(&scanner->params, JY_PARAM_MAX_TURN_BYTES);
    if ((status = begin_result(s, rules, call)) != JY_OK)
        return status;
    scanner->aborted.count = 0;
    scanner->limited = false;
    scanner->busy = true;
    return JY_OK;
}

int jy__scan_end(jy__text_scan *s, int status, uint64_t turns, jy_result **out)
{
    s->scanner->busy = false;
    if (status == JY_OK && s->full)
        status = jy__result_add_unchecked(s->result, JY_RULE_ANY, JY_HITS_DROPPED, JY_TURN_NONE);
    if (s->scanner->limited)
        jy__result_set_limited(s->result);
    s->scanner->limited = false;
    if (status != JY_OK) {
        jy_result_free(s->result);
        return status;
    }
    jy__result_end_text(s->result, turns, s->first_piece);
    if (s->bad_bytes)
        jy__result_set_bad(s->result, s->bad_bytes, s->first_bad);
    *out = s->result;
    return JY_OK;
}

static __attribute__((noinline)) int judge_all(jy_scanner *scanner, jy_rules *rules, jy_str text, const jy_call *call, const jy_place *at, bool matched,
                                               jy_result **out)
{
    jy__text_scan s;
    int status = jy__scan_begin(&s, scanner, rules, call, at);
    if (status != JY_OK)
        return status;
    s.matched = matched;
    status = judge_text(&s, text);
    return jy__scan_end(&s, status, s.number + (text.len && text.ptr[text.len - 1] != '\n'), out);
}

/* ---- most texts are one utterance in which there is nothing: that is told without what a text needs that is judged */

static inline bool is_utterance(const jy_scanner *scanner, jy_str text, const jy_call *call)
{
    return !call && text.len <= JY__SCAN_BLOCK && text.len <= (size_t)jy__params_get(&scanner->params, JY_PARAM_MAX_TURN_BYTES);
}

static inline jy_result *nothing_in(jy_scanner *scanner, jy_rules *rules, jy_str text, uint64_t before)
{
    size_t ends = scanner->match.line_ends != SIZE_MAX ? scanner->match.line_ends : jy__scan_lines(text, 0);
    uint64_t lines = ends + (text.len && text.ptr[text.len - 1] != '\n');
    int unit = (int)jy__params_get(&scanner->params, JY_PARAM_UNIT);
    return jy__result_nothing(&scanner->kept, &scanner->mem, rules, unit, before, before + lines);
}

/* JY_DONE: there may be something; what was matched is in the scanner. */
static inline int match_utterance(jy_scanner *scanner, jy_rules *rules, jy_str text, uint64_t before, jy_result **out)
{
    size_t most = (size_t)jy__params_get(&scanner->params, JY_PARAM_MAX_HITS);
    jy_result *result;
    int status = match(scanner, rules, text, most, NULL, 0);
    if (status != JY_OK)
        return status;
    if (scanner->match.matches.count | scanner->match.bad_bytes || rules->sets[JY__SET_FORBID].regexes)
        return JY_DONE;
    if (!(result = nothing_in(scanner, rules, text, before)))
        return JY_E_NOMEM;
    *out = result;
    return JY_OK;
}

static inline int scan(jy_scanner *scanner, jy_rules *rules, jy_str text, const jy_call *call, const jy_place *at, jy_result **out)
{
    int status;
    if (!scanner || !rules || !out || jy__str_lost(text) || (at && jy__place_lost(at)))
        return JY_E_INVALID;
    if (scanner->busy)
        return JY_E_BUSY;
    if (!is_utterance(scanner, text, call))
        return judge_all(scanner, rules, text, call, at, false, out);
    scanner->busy = true;
    status = match_utterance(scanner, rules, text, at && at->line ? at->line - 1 : 0, out);
    scanner->busy = false;
    return status == JY_DONE ? judge_all(scanner, rules, text, call, at, true, out) : status;
}

int jy_scan_at(jy_scanner *scanner, jy_rules *rules, jy_str text, const jy_call *call, const jy_place *at, jy_result **out)
{
    return scan(scanner, rules, text, call, at, out);
}

int jy_scan(jy_scanner *scanner, jy_rules *rules, jy_str text, jy_result **out)
{
    return scan(scanner, rules, text, NULL, NULL, out);
}
