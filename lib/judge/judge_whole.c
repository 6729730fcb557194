/* Whether a hit is all there is of its word, clause, sentence or turn, but for the words that `with` allows beside it. What folding
 * skips does not count: blanks, invisible characters, fillers at either edge (「嗯,那个不知道啊」 is 不知道 whole). A blank between
 * two characters is a gap; it ends a clause only where four characters without a blank follow (or stand before): recognisers that
 * write no marks leave blanks instead, and those that set words apart (不在 服务区) have longer ones too seldom to matter. */
#include "judge/judge.h"

static bool ends(jy__kind kind, jy__whole whole)
{
    if (kind == JY__KIND_NEWLINE) return true;
    if (kind == JY__KIND_STOP) return whole != JY__WHOLE_TURN;
    return kind == JY__KIND_MARK && (whole == JY__WHOLE_CLAUSE || whole == JY__WHOLE_CLAUSE_END);
}

#define RUN_LEAST 4 /* characters */

/* Whether the blank that ends at `at` closes a clause: a run of characters begins behind it. */
static bool run_behind(jy_str text, size_t at, jy__whole whole)
{
    const char *p = text.ptr + at, *end = text.ptr + text.len;
    size_t count = 0;
    bool valid;
    if (whole != JY__WHOLE_CLAUSE && whole != JY__WHOLE_CLAUSE_END)
        return false;
    while (p < end && count < RUN_LEAST) {
        jy__kind kind = jy__fold_kind(jy__utf8_next(&p, end, &valid));
        if (kind != JY__KIND_SYMBOL && kind != JY__KIND_INVISIBLE)
            return false;
        count += kind == JY__KIND_SYMBOL;
    }
    return count == RUN_LEAST;
}

/* The same for the blank that begins at `at`: a run of characters ends before it. */
static bool run_before(jy_str text, size_t at, jy__whole whole)
{
    size_t count = 0;
    bool valid;
    if (whole != JY__WHOLE_CLAUSE && whole != JY__WHOLE_CLAUSE_END)
        return false;
    while (at > 0 && count < RUN_LEAST) {
        const char *p = text.ptr + (at = jy__utf8_before(text.ptr, at));
        jy__kind kind = jy__fold_kind(jy__utf8_next(&p, text.ptr + text.len, &valid));
        if (kind != JY__KIND_SYMBOL && kind != JY__KIND_INVISIBLE)
            return false;
        count += kind == JY__KIND_SYMBOL;
    }
    return count == RUN_LEAST;
}

static bool ends_behind(jy_str text, jy__kind kind, size_t at, jy__whole whole)
{
    return ends(kind, whole) || (kind == JY__KIND_BLANK && run_behind(text, at, whole));
}

static bool ends_before(jy_str text, jy__kind kind, size_t at, jy__whole whole)
{
    return ends(kind, whole) || (kind == JY__KIND_BLANK && run_before(text, at, whole));
}

static bool skipped(jy__kind kind, jy__whole whole)
{
    return kind == JY__KIND_BLANK || kind == JY__KIND_INVISIBLE || (kind == JY__KIND_MARK && !ends(kind, whole)) ||
           (kind == JY__KIND_STOP && whole == JY__WHOLE_TURN);
}

/* What stands between a hit and the end of its unit, as symbols, one hit character before it for stutter:
 *   这个我真不知道啊 , 你问别人        hit 不知道, whole: clause, with: [我, 真, 啊]
 *   └ left ─┘└hit┘└┘ right            left 这个我真|不, right 道|啊
 * It may be nothing but fillers (这个, 啊), words of `with` (我, 真), stutter (不不知道, 啊啊) and the hit once more. */
#define REST_MOST 48 /* symbols: a clause that goes on for longer is not whole, whatever it says */
typedef struct rest { uint32_t symbols[REST_MOST + JY__FOLD_MOST]; size_t count; } rest;

static void reverse(uint32_t *symbols, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        uint32_t other = symbols[count - 1 - i];
        symbols[count - 1 - i] = symbols[i];
        symbols[i] = other;
    }
}

/* What a unit may consist of besides the hit: words and fillers, which begin with symbols of a door, and the hit once more. */
typedef struct company { const uint32_t *words; const jy__manner *manner; const jy__door *begins; jy__beside hit; } company;

/* One side of a hit: what its words can touch the hit with, and the hit's own first and last symbol; 0: it has several. */
typedef struct side { const company *company; const jy__door *door; uint32_t first, last; } side;

/* Whether what stands next to the hit can be a part of such words at all: mostly it is not, and the rest need not be looked at. */
static bool may_touch(const side *s, uint32_t symbol)
{
    bool own = symbol == s->first || symbol == s->last || !s->first || !s->last;
    return jy__door_has(s->door, jy__door_symbol(symbol)) || (own && s->company->manner->folds >> JY_FOLD_REPEATS & 1);
}

/* Adds the character's symbols, that nearest the hit first. */
static bool add_symbols(const side *s, rest *out, uint32_t cp, bool behind)
{
    size_t first = out->count;
    uint32_t han = jy__fold_han(cp);
    if (first >= REST_MOST)
        return false;
    if (han)
        out->symbols[out->count++] = han;
    else
        out->count += jy__fold_char(cp, out->symbols + first);
    if (!behind && !han)
        reverse(out->symbols + first, out->count - first);
    return first > 0 || !out->count || may_touch(s, out->symbols[0]);
}

static bool rest_behind(const side *s, jy_str text, size_t at, rest *out)
{
    const char *p = text.ptr + at, *end = text.ptr + text.len;
    jy__whole whole = (jy__whole)s->company->manner->whole;
    bool valid;
    while (p < end) {
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        jy__kind kind = jy__fold_han(cp) ? JY__KIND_SYMBOL : jy__fold_kind(cp);
        if (ends_behind(text, kind, (size_t)(p - text.ptr), whole))
            return true;
        if (!skipped(kind, whole) && !add_symbols(s, out, cp, true))
            return false;
    }
    return true;
}

/* Backwards; all that was added is turned round at the end. */
static bool rest_before(const side *s, jy_str text, size_t at, rest *out)
{
    jy__whole whole = (jy__whole)s->company->manner->whole;
    bool valid;
    while (at > 0) {
        size_t before = jy__utf8_before(text.ptr, at);
        const char *p = text.ptr + before;
        uint32_t cp = jy__utf8_next(&p, text.ptr + at, &valid);
        jy__kind kind = jy__fold_han(cp) ? JY__KIND_SYMBOL : jy__fold_kind(cp);
        if (ends_before(text, kind, before, whole))
            break;
        if (!skipped(kind, whole) && !add_symbols(s, out, cp, false))
            return false;
        at = before;
    }
    reverse(out->symbols, out->count);
    return true;
}

static bool is_word_at(const jy__beside *word, const rest *text, size_t at)
{
    return word->symbols[0] == text->symbols[at] && word->count <= text->count - at &&
           !memcmp(word->symbols, text->symbols + at, word->count * sizeof(*word->symbols));
}

/* The first word of `with` that begins with the symbol or one behind it. */
static uint32_t first_word(const company *c, uint32_t symbol)
{
    size_t low = 0;
    JY__FIRST_NOT(low, c->manner->with_count, i, jy__rules_word(c->words, c->manner->with[i]).symbols[0] < symbol);
    return (uint32_t)low;
}

static void take_words(const company *c, const rest *text, size_t at, bool *reached)
{
    size_t filler = c->manner->folds >> JY_FOLD_FILLERS & 1 ? jy__fold_filler(text->symbols + at, text->count - at) : 0;
    reached[filler] = true;
    if (filler > 1 && jy__fold_filler(text->symbols + at, 1) == 1)
        reached[1] = true;
    for (uint32_t i = first_word(c, text->symbols[at]); i < c->manner->with_count; i++) {
        const jy__beside word = jy__rules_word(c->words, c->manner->with[i]);
        if (word.symbols[0] != text->symbols[at])
            break;
        if (is_word_at(&word, text, at))
            reached[word.count] = true;
    }
}

/* reached[i]: the first i symbols are made of fillers, words and stutter. `touching` is the hit's character next to the rest,
 * before it (`behind`) or after it. Stutter is the character farther from the hit of two that are alike. */
static bool only_words(const company *c, const rest *text, uint32_t touching, bool behind)
{
    bool reached[REST_MOST + JY__FOLD_MOST + 1] = { true }, repeats = c->manner->folds >> JY_FOLD_REPEATS & 1;
    for (size_t at = 0; at < text->count; at++) {
        uint32_t last = at > 0 ? text->symbols[at - 1] : touching, next = at + 1 < text->count ? text->symbols[at + 1] : touching;
        if (!reached[at])
            continue;
        if (repeats && text->symbols[at] == (behind ? last : next))
            reached[at + 1] = true;
        if (repeats && c->hit.count && is_word_at(&c->hit, text, at)) /* 找谁找谁 */
            reached[at + c->hit.count] = true;
        if (jy__door_has(c->begins, jy__door_symbol(text->symbols[at])))
            take_words(c, text, at, reached + at);
    }
    return reached[text->count];
}

static uint32_t symbol_at(jy_str text, size_t at)
{
    const char *p = text.ptr + at;
    bool valid;
    uint32_t cp = jy__utf8_next(&p, text.ptr + text.len, &valid), han = jy__fold_han(cp);
    return han ? han : jy__fold_one(cp);
}

/* The hit itself as a word; without symbols when it is too long to be said twice in a rest. */
static jy__beside hit_word(jy_str text, size_t begin, size_t end, rest *room)
{
    const char *p = text.ptr + begin, *stop = text.ptr + end;
    bool valid;
    while (p < stop) {
        uint32_t cp = jy__utf8_next(&p, stop, &valid);
        if (room->count >= REST_MOST)
            return (jy__beside){ NULL, 0 };
        if (jy__fold_kind(cp) == JY__KIND_SYMBOL)
            room->count += jy__fold_char(cp, room->symbols + room->count);
    }
    return (jy__beside){ room->symbols, (uint32_t)room->count };
}

bool jy__judge_is_word(jy__judge *judge, size_t begin, size_t end)
{
    jy_scanner *scanner = judge->scanner;
    if (!scanner->words_set && jy__words_set(scanner->words, judge->text) != JY_OK)
        return false;
    scanner->words_set = true;
    return jy__words_boundary(scanner->words, begin) && jy__words_boundary(scanner->words, end);
}

bool jy__judge_fills(const jy_rules *rules, jy_str text, const jy__manner *manner, size_t begin, size_t end)
{
    company own = { rules->words, manner, &rules->doors[manner->begins], { NULL, 0 } };
    side behind = { &own, own.begins, symbol_at(text, begin), symbol_at(text, jy__utf8_before(text.ptr, end)) }, before = behind;
    rest right, left, word;
    right.count = left.count = word.count = 0;
    if (!rest_behind(&behind, text, end, &right))
        return false;
    own.hit = hit_word(text, begin, end, &word);
    if (!only_words(&own, &right, behind.last, true))
        return false;
    before.door = &rules->doors[manner->ends];
    return manner->whole == JY__WHOLE_CLAUSE_END || (rest_before(&before, text, begin, &left) && only_words(&own, &left, before.first, false));
}

bool jy__judge_whole(jy__judge *judge, const jy__manner *manner, size_t begin, size_t end)
{
    if (manner->whole == JY__WHOLE_NONE)
        return true;
    return manner->whole == JY__WHOLE_WORD ? jy__judge_is_word(judge, begin, end) : jy__judge_fills(judge->rules, judge->text, manner, begin, end);
}

#define BESIDE_MOST 24 /* characters: of 3,064 edits of the labelled talk none takes more; a transcript without marks is one clause to its end */

static size_t widen_left(jy_str text, jy__whole whole, size_t most, size_t *begin)
{
    size_t beside = 0;
    bool valid;
    while (*begin > 0 && beside <= most) {
        size_t before = jy__utf8_before(text.ptr, *begin);
        const char *p = text.ptr + before;
        jy__kind kind = jy__fold_kind(jy__utf8_next(&p, text.ptr + text.len, &valid));
        if (ends_before(text, kind, before, whole))
            break;
        beside += kind == JY__KIND_SYMBOL;
        *begin = before;
    }
    return beside;
}

static size_t widen_right(jy_str text, jy__whole whole, size_t most, size_t *end)
{
    size_t beside = 0;
    bool valid;
    while (*end < text.len && beside <= most) {
        const char *p = text.ptr + *end;
        jy__kind kind = jy__fold_kind(jy__utf8_next(&p, text.ptr + text.len, &valid));
        if (ends_behind(text, kind, (size_t)(p - text.ptr), whole))
            break;
        beside += kind == JY__KIND_SYMBOL;
        *end = (size_t)(p - text.ptr);
    }
    return beside;
}

bool jy__judge_around(jy_str text, int32_t replace_span, jy_span *span)
{
    jy__whole whole = replace_span == JY__SPAN_CLAUSE ? JY__WHOLE_CLAUSE : replace_span == JY__SPAN_SENTENCE ? JY__WHOLE_SENTENCE : JY__WHOLE_TURN;
    size_t most = whole == JY__WHOLE_TURN ? SIZE_MAX - 1 : BESIDE_MOST, beside;
    if (replace_span == JY__SPAN_PHRASE)
        return true;
    beside = widen_left(text, whole, most, &span->begin);
    return beside <= most && beside + widen_right(text, whole, most - beside, &span->end) <= most;
}
