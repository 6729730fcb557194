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

static int judge_text(jy__text_scan *s, jy_str text)
{
    int status = JY_OK;
    for (size_t from = 0, end; status == JY_OK && from < text.len; from = end) {
        end = s->full ? text.len : block_end(text, from);
        if (s->full)
            s->number += jy__scan_lines(text, from);
        else
            status = jy__scan_block(s, (jy_str){ text.ptr + from, end - from }, from);
    }
    return status;
}

/* Matches outlive the scans of single turns that judging asks for: each kind has its room, and what is matched goes to that which the scratch has.
 * They change places only when there are some: most utterances have none. */
static void trade_rooms(jy_scanner *scanner)
{
    jy__matches other = scanner->taken;
    scanner->taken = scanner->match.matches;
    scanner->match.matches = other;
}

/* Takes the room back that was given away with the last matches. */
static void forget_found(jy__text_scan *s)
{
    if (s->scanner->taken.count)
        trade_rooms(s->scanner);
    s->scanner->taken.count = s->scanner->places.count = 0;
    s->matches_done = s->places_done = s->standing = 0;
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
static int match(jy__text_scan *s, jy_str text, const size_t *bounds, size_t bound_count)
{
    jy__match_scratch *scratch = &s->scanner->match;
    const jy__matcher *matcher = s->rules->sets[JY__SET_FORBID].matcher;
    scratch->max_matches = s->hits_left;
    scratch->all = false;
    if (matcher)
        return jy__match_scan(matcher, scratch, text, bounds, bound_count);
    scratch->matches.count = 0;
    scratch->cut = false;
    scratch->first_bad = SIZE_MAX;
    scratch->bad_bytes = jy__utf8_bad(text, &scratch->first_bad);
    return JY_OK;
}

int jy__scan_match(jy__text_scan *s, jy_str text, size_t offset, jy_span own, const size_t *bounds, size_t bound_count)
{
    jy_scanner *scanner = s->scanner;
    const jy__regexes *regexes = s->rules->sets[JY__SET_FORBID].regexes;
    const jy__match *places = NULL;
    size_t place_count = 0;
    int status;
    forget_found(s);
    status = match(s, text, bounds, bound_count);
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
    s->result = jy__result_new(&s->scanner->mem, rules, (int)jy__params_get(&s->scanner->params, JY_PARAM_UNIT));
    if (!s->result)
        return JY_E_NOMEM;
    if (call && (status = set_call(s, call)) != JY_OK)
        jy_result_free(s->result);
    if (!call)
        jy__result_set_script(s->result, s->number);
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

int jy_scan_at(jy_scanner *scanner, jy_rules *rules, jy_str text, const jy_call *call, const jy_place *at, jy_result **out)
{
    jy__text_scan s;
    int status;
    if (!scanner || !rules || !out || (!text.ptr && text.len))
        return JY_E_INVALID;
    if ((status = jy__scan_begin(&s, scanner, rules, call, at)) != JY_OK)
        return status;
    status = judge_text(&s, text);
    return jy__scan_end(&s, status, s.number + (text.len && text.ptr[text.len - 1] != '\n'), out);
}

int jy_scan(jy_scanner *scanner, jy_rules *rules, jy_str text, jy_result **out)
{
    return jy_scan_at(scanner, rules, text, NULL, NULL, out);
}
