/* Whether a hit is all there is of its word, clause, sentence or turn. What folding skips does not count: blanks, invisible
 * characters, fillers at either edge (「嗯,那个不知道啊」 is 不知道 whole). A blank between two characters is a gap, not an end. */
#include "judge/judge.h"

static bool ends(jy__kind kind, jy__whole whole)
{
    if (kind == JY__KIND_NEWLINE) return true;
    if (kind == JY__KIND_STOP) return whole != JY__WHOLE_TURN;
    return kind == JY__KIND_MARK && whole == JY__WHOLE_CLAUSE;
}

static bool skipped(jy__kind kind, jy__whole whole)
{
    return kind == JY__KIND_BLANK || kind == JY__KIND_INVISIBLE || (kind == JY__KIND_MARK && whole != JY__WHOLE_CLAUSE) ||
           (kind == JY__KIND_STOP && whole == JY__WHOLE_TURN);
}

/* Bytes of a filler at text[at..], 0 when there is none; its characters may not have gaps. */
static size_t filler_at(jy_str text, size_t at, size_t end)
{
    const char *p = text.ptr + at, *stop = text.ptr + end;
    uint32_t symbols[JY__FILLER_LONGEST];
    size_t behind[JY__FILLER_LONGEST + 1] = { 0 }, count = 0, length;
    bool valid;
    while (p < stop && count < JY__FILLER_LONGEST) {
        uint32_t symbol = jy__fold_one(jy__utf8_next(&p, stop, &valid));
        if (!symbol)
            break;
        symbols[count++] = symbol;
        behind[count] = (size_t)(p - text.ptr) - at;
    }
    length = count ? jy__fold_filler(symbols, count) : 0;
    return behind[length];
}

static bool reaches_end(jy_str text, size_t at, jy__whole whole, bool fillers)
{
    const char *end = text.ptr + text.len;
    bool valid;
    while (at < text.len) {
        const char *p = text.ptr + at;
        jy__kind kind = jy__fold_kind(jy__utf8_next(&p, end, &valid));
        size_t filler;
        if (ends(kind, whole))
            return true;
        if (skipped(kind, whole)) {
            at = (size_t)(p - text.ptr);
            continue;
        }
        filler = fillers ? filler_at(text, at, text.len) : 0;
        if (!filler)
            return false;
        at += filler;
    }
    return true;
}

/* Start of a filler that ends at `at`, or `at` when there is none. */
static size_t filler_before(jy_str text, size_t at)
{
    size_t begin = at;
    for (int back = 0; back < JY__FILLER_LONGEST && begin > 0; back++) {
        begin = jy__utf8_before(text.ptr, begin);
        if (filler_at(text, begin, at) == at - begin)
            return begin;
    }
    return at;
}

static bool reaches_begin(jy_str text, size_t at, jy__whole whole, bool fillers)
{
    bool valid;
    while (at > 0) {
        size_t before = jy__utf8_before(text.ptr, at);
        const char *p = text.ptr + before;
        jy__kind kind = jy__fold_kind(jy__utf8_next(&p, text.ptr + at, &valid));
        if (ends(kind, whole))
            return true;
        if (!skipped(kind, whole)) {
            before = fillers ? filler_before(text, at) : at;
            if (before == at)
                return false;
        }
        at = before;
    }
    return true;
}

static bool is_word(jy__judge *judge, size_t begin, size_t end)
{
    jy_scanner *scanner = judge->scanner;
    if (!scanner->words_set && jy__words_set(scanner->words, judge->text) != JY_OK)
        return false;
    scanner->words_set = true;
    return jy__words_boundary(scanner->words, begin) && jy__words_boundary(scanner->words, end);
}

bool jy__judge_whole(jy__judge *judge, jy__whole whole, uint32_t folds, size_t begin, size_t end)
{
    bool fillers = folds >> JY_FOLD_FILLERS & 1;
    if (whole == JY__WHOLE_NONE)
        return true;
    if (whole == JY__WHOLE_WORD)
        return is_word(judge, begin, end);
    return reaches_begin(judge->text, begin, whole, fillers) && reaches_end(judge->text, end, whole, fillers);
}

jy_span jy__judge_around(jy_str text, jy_span span, int32_t replace_span)
{
    jy__whole whole = replace_span == JY__SPAN_CLAUSE ? JY__WHOLE_CLAUSE : replace_span == JY__SPAN_SENTENCE ? JY__WHOLE_SENTENCE : JY__WHOLE_TURN;
    const char *end = text.ptr + text.len;
    bool valid;
    if (replace_span == JY__SPAN_PHRASE)
        return span;
    while (span.begin > 0) {
        size_t before = jy__utf8_before(text.ptr, span.begin);
        const char *p = text.ptr + before;
        if (ends(jy__fold_kind(jy__utf8_next(&p, end, &valid)), whole))
            break;
        span.begin = before;
    }
    while (span.end < text.len) {
        const char *p = text.ptr + span.end;
        if (ends(jy__fold_kind(jy__utf8_next(&p, end, &valid)), whole))
            break;
        span.end = (size_t)(p - text.ptr);
    }
    return span;
}
