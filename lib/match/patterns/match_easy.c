/* Patterns that are run in nearly every turn, as they ask no more than whether something is said. In: a pattern as PCRE2 would see it; later a turn. Out: its
 * characters, when that is all it asks; later the match that PCRE2 would find first, without folding the turn. */
#include "match/patterns/match_easy.h"
#include "match/patterns/match_pattern.h"
#include "fold/fold.h"

/* ---- the pattern */

/* Neither has anything but itself in other case; what is of Chinese and Japanese has none at all. */
static bool is_simple(uint32_t from, uint32_t to) { return from <= to && ((from > ' ' && to < 0x7F) || (from > 0x3000 && to <= 0x9FFF)); }

static bool add_range(jy__easy *out, uint32_t from, uint32_t to)
{
    if (out->count == JY__EASY_RANGES || !is_simple(from, to))
        return false;
    out->ranges[out->count][0] = from;
    out->ranges[out->count++][1] = to;
    return true;
}

/* Letters, digits and Han: all that stands for itself wherever it stands in a pattern. */
static bool is_itself(uint32_t cp) { return (cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z') || cp >= 0x80; }

/* Behind "[", to its end. */
static bool read_class(jy_str *rest, jy__easy *out)
{
    const char *p = rest->ptr, *end = rest->ptr + rest->len;
    bool valid = true, done = true;
    while (done && p < end && *p != ']') {
        uint32_t from = jy__utf8_next(&p, end, &valid), to = from;
        if (end - p > 1 && *p == '-' && p[1] != ']') {
            p++;
            to = jy__utf8_next(&p, end, &valid);
        }
        done = is_itself(from) && is_itself(to) && add_range(out, from, to);
    }
    *rest = (jy_str){ p + (p < end), p < end ? (size_t)(end - p - 1) : 0 };
    return done && p < end && out->count;
}

static bool read_set(jy_str *rest, jy__easy *out)
{
    const char *p = rest->ptr, *end = rest->ptr + rest->len;
    bool valid;
    uint32_t cp = p < end ? jy__utf8_next(&p, end, &valid) : 0;
    *rest = (jy_str){ p, (size_t)(end - p) };
    if (cp == '[')
        return read_class(rest, out);
    out->any = cp == '.';
    return out->any || (is_itself(cp) && add_range(out, cp, cp));
}

static bool pass(jy_str *rest, const char *sign)
{
    const size_t len = strlen(sign);
    if (rest->len < len || memcmp(rest->ptr, sign, len))
        return false;
    *rest = (jy_str){ rest->ptr + len, rest->len - len };
    return true;
}

bool jy__easy_of(jy_str folded, jy__easy *out)
{
    jy_str rest = folded;
    memset(out, 0, sizeof(*out));
    out->line = pass(&rest, ".*");
    return read_set(&rest, out) && (!out->line || pass(&rest, ".*")) && !rest.len;
}

/* ---- the turn */

static bool is_in_range(const jy__easy *easy, uint32_t symbol)
{
    for (uint32_t i = 0; i < easy->count; i++)
        if (symbol >= easy->ranges[i][0] && symbol <= easy->ranges[i][1])
            return true;
    return false;
}

/* As for PCRE2, upper and lower case are alike, and U+017F and U+212A are an s and a k. */
static bool is_in(const jy__easy *easy, uint32_t symbol)
{
    const uint32_t letter = symbol == 0x017F ? 's' : symbol == 0x212A ? 'k' : symbol | 0x20;
    if (easy->any)
        return symbol != '\n';
    if (is_in_range(easy, symbol))
        return true;
    return letter >= 'a' && letter <= 'z' && (symbol < 0x80 || letter != (symbol | 0x20)) && (is_in_range(easy, letter) || is_in_range(easy, letter ^ 0x20));
}

static uint32_t symbols_of(uint32_t cp, uint32_t symbols[JY__FOLD_MOST])
{
    symbols[0] = jy__fold_han(cp);
    if (!symbols[0])
        symbols[0] = jy__fold_one(cp);
    return symbols[0] ? 1 : (uint32_t)jy__fold_char(cp, symbols);
}

/* Blanks that vanish between Han need no care: before the first character of a set that has blanks nothing stands, and all of a line neither begins nor ends
 * with such a one. */
jy__easy_found jy__easy_find(const jy__easy *easy, jy_str text, size_t *begin, size_t *end)
{
    const char *p = text.ptr, *text_end = text.ptr + text.len;
    bool some = false, found = false, valid;
    while (p < text_end) {
        uint32_t symbols[JY__FOLD_MOST];
        const size_t at = (size_t)(p - text.ptr);
        const uint32_t count = symbols_of(jy__utf8_next(&p, text_end, &valid), symbols);
        bool here = false;
        for (uint32_t i = 0; i < count; i++) {
            if (symbols[i] == '\n')
                return JY__EASY_UNKNOWN;
            here = here || is_in(easy, symbols[i]);
        }
        found = found || here;
        if (count && (easy->line ? !some : here))
            *begin = at;
        if (count && (easy->line || here))
            *end = (size_t)(p - text.ptr);
        some = some || count;
        if (here && !easy->line)
            break;
    }
    return found ? JY__EASY_FOUND : JY__EASY_NONE;
}
