/* One text of an agent without a call around it: cut into blocks at line ends, so that the memory does not grow with the text. A block is
 * matched in one pass; only lines in which something was hit, or in which a pattern may match, are judged. What many texts in one call
 * share with it is in session_scan.h. */
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
    jy__brief brief = { candidate->rule, hit->atom, 0, 0, base + hit->begin, base + hit->end, hit->form.ptr, (uint32_t)hit->form.len, hit->confidence, { 0 } };
    memcpy(brief.count, hit->count, sizeof(brief.count));
    return jy__result_add_brief(s->result, &brief);
}

int jy__scan_judge(jy__text_scan *s, const jy__line *line, const jy__scan_turn *found, size_t base)
{
    size_t count;
    int status = jy__scan_words(s, line->text, found, base);
    if (status != JY_OK)
        return status;
    count = s->scanner->candidates.count;
    if (count)
        status = jy__result_add_line(s->result, line);
    for (size_t i = 0; status == JY_OK && i < count; i++)
        status = jy__scan_tell(s, i, 0);
    return status == JY_OK ? jy__session_take_limits(s->scanner, s->result, line->number) : status;
}

/* Sums of a byte each, so that the compiler can add many at a time; the rest eight at a time: a byte of the difference is zero where a line
 * ends, and then only its top bit stays. */
static size_t count_newlines(const char *at, const char *end)
{
    enum { BLOCK = 128 };
    const uint64_t ones = 0x0101010101010101u, low = 0x7F7F7F7F7F7F7F7Fu;
    size_t count = 0;
    if (end - at < BLOCK && (at == end || !memchr(at, '\n', (size_t)(end - at))))
        return 0; /* one utterance */
    for (; end - at >= BLOCK; at += BLOCK) {
        uint8_t own = 0;
        for (int i = 0; i < BLOCK; i++)
            own = (uint8_t)(own + (at[i] == '\n'));
        count += own;
    }
    for (; end - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        word ^= ones * '\n';
        word = ~(((word & low) + low) | word | low) >> 7;
        count += (size_t)(word * ones >> 56);
    }
    for (; at < end; at++)
        count += *at == '\n';
    return count;
}

/* The line around `at`: from behind the last newline (or `from`) to the next. */
static jy_span line_around(jy_str text, size_t from, size_t at)
{
    const char *behind = memchr(text.ptr + at, '\n', text.len - at), *before = at > from ? jy__memrchr(text.ptr + from, '\n', at - from) : NULL;
    return (jy_span){ before ? (size_t)(before - text.ptr) + 1 : from, behind ? (size_t)(behind - text.ptr) : text.len };
}

/* Passes over matches that come to nothing in `text`, which begins at `base`. Short words that must be a clause of their own (喂, 谁) stand in every
 * fourth line, and mostly something stands beside them. */
static void pass_fallen(jy__text_scan *s, jy_str text, size_t base, size_t last)
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
    pass_fallen(s, text, base, found->last);
    return s->every || found->last_place > found->first_place || s->standing < found->last;
}

/* Where match number `match` or the next place of a pattern is, whichever comes first. */
static size_t next_from(const jy__text_scan *s, size_t from, size_t match)
{
    const jy_scanner *scanner = s->scanner;
    size_t at = match < scanner->taken.count ? scanner->taken.items[match].begin : SIZE_MAX;
    size_t place = s->places_done < scanner->places.count ? scanner->places.items[s->places_done].begin : SIZE_MAX;
    return s->every ? from : at < place ? at : place;
}

size_t jy__scan_next(const jy__text_scan *s, size_t from) { return next_from(s, from, s->matches_done); }

static jy__line line_of(const jy__text_scan *s, jy_str text, jy_span line, size_t offset)
{
    return (jy__line){ s->number, { text.ptr + line.begin, line.end - line.begin }, s->offset + offset + line.begin, (uint32_t)(s->number + 1) };
}

/* The same for lines of a block: a match is looked at where it stands, since the line need not be known for it to come to nothing. */
static size_t next_line(jy__text_scan *s, jy_str text, size_t from)
{
    pass_fallen(s, text, 0, s->scanner->taken.count);
    return next_from(s, from, s->standing);
}

/* Lines in which there is something, in order. The block begins at `offset` of the text. */
static int judge_lines(jy__text_scan *s, jy_str text, size_t offset)
{
    size_t counted = 0, from = 0;
    int status = JY_OK;
    while (status == JY_OK && from < text.len) {
        size_t at = next_line(s, text, from);
        jy__scan_turn found;
        if (at >= text.len)
            break;
        jy_span span = line_around(text, from, at);
        from = span.end + 1;
        if (!jy__scan_take(s, (jy_str){ text.ptr + span.begin, span.end - span.begin }, span.begin, &found))
            continue;
        s->number += count_newlines(text.ptr + counted, text.ptr + span.begin);
        counted = span.begin;
        jy__line line = line_of(s, text, span, offset);
        status = jy__scan_judge(s, &line, &found, span.begin);
    }
    s->number += count_newlines(text.ptr + counted, text.ptr + text.len);
    return status;
}

/* Lines of which one may be longer than max-turn-bytes: each by itself. */
static int judge_each(jy__text_scan *s, jy_str text, size_t offset)
{
    int status = JY_OK;
    for (size_t from = 0; status == JY_OK && from < text.len;) {
        const char *behind = memchr(text.ptr + from, '\n', text.len - from);
        jy_span span = { from, behind ? (size_t)(behind - text.ptr) : text.len };
        jy__line line = line_of(s, text, span, offset);
        status = s->full ? JY_OK : jy__scan_apart(s, &line);
        s->number += behind != NULL;
        from = span.end + 1;
    }
    return status;
}

static int judge_block(jy__text_scan *s, jy_str text, size_t offset)
{
    int status;
    if (text.len > s->most || text.len > JY__SCAN_BLOCK)
        return judge_each(s, text, offset);
    status = jy__scan_match(s, text, s->offset + offset, (jy_span){ 0, text.len }, NULL, 0);
    return status == JY_OK ? judge_lines(s, text, offset) : status;
}

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
            s->number += count_newlines(text.ptr + from, text.ptr + end);
        else
            status = judge_block(s, (jy_str){ text.ptr + from, end - from }, from);
    }
    return status;
}

/* Matches and places outlive the scans of single turns that judging asks for. */
static int keep_found(jy__text_scan *s, const jy__match *places, size_t place_count)
{
    jy_scanner *scanner = s->scanner;
    const jy__mem *mem = &scanner->mem;
    size_t count = scanner->match.matches.count;
    scanner->taken.count = count;
    scanner->places.count = place_count;
    s->matches_done = s->places_done = s->standing = 0;
    if (!count && !place_count) /* most utterances */
        return JY_OK;
    if (!jy__mem_grow(mem, &scanner->taken.items, &scanner->taken.capacity, count, sizeof(*scanner->taken.items)) ||
        !jy__mem_grow(mem, &scanner->places.items, &scanner->places.capacity, place_count, sizeof(*scanner->places.items)))
        return JY_E_NOMEM;
    if (count)
        memcpy(scanner->taken.items, scanner->match.matches.items, count * sizeof(*scanner->taken.items));
    for (size_t i = 0; i < place_count; i++)
        scanner->places.items[i] = (struct jy__place_of){ places[i].begin, places[i].literal };
    s->hits_left -= count < s->hits_left ? count : s->hits_left - 1;
    return JY_OK;
}

static void note_bad(jy__text_scan *s, jy_str text, size_t offset, jy_span own)
{
    const jy__match_scratch *found = &s->scanner->match;
    size_t count = found->bad_bytes, first = found->first_bad;
    if (count && own.end - own.begin < text.len)
        count = jy__utf8_bad((jy_str){ text.ptr + own.begin, own.end - own.begin }, &first), first += own.begin;
    if (s->bad_bytes == 0 && count)
        s->first_bad = first + offset;
    s->bad_bytes += count;
}

int jy__scan_match(jy__text_scan *s, jy_str text, size_t offset, jy_span own, const size_t *bounds, size_t bound_count)
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
    s->full = scanner->match.cut;
    scanner->limited = scanner->limited || s->full;
    note_bad(s, text, offset, own);
    s->every = false;
    if (set->regexes)
        status = jy__regex_places(set->regexes, scanner->regex, text, bounds, bound_count, &places, &place_count, &s->every);
    return status == JY_OK ? keep_found(s, places, place_count) : status;
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
    jy__result_set_turn_count(s->result, turns);
    if (s->bad_bytes)
        jy__result_set_bad(s->result, s->bad_bytes, s->first_bad);
    if (s->first_piece)
        jy__result_list_call_rules(s->result);
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
