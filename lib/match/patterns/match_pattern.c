/* Folds a pattern's own characters, so that a pattern written 沒辦法 or ＯＫ runs on folded text. In: a pattern as written; out: the
 * pattern PCRE2 gets. A character that folds to several symbols becomes a group of them (… is ... in folded text), in a class only when they are all the same; the ends of
 * a range in a class stay, since a range of folded characters is another range; full-width signs become escaped ASCII signs. */
#include "match/patterns/match_pattern.h"
#include "fold/fold.h"

typedef struct pattern_writer { jy__text *out; const char *p, *end; bool quoted, in_class; uint32_t last; } pattern_writer;

static uint32_t peek(const pattern_writer *writer)
{
    const char *p = writer->p;
    bool valid;
    return p < writer->end ? jy__utf8_next(&p, writer->end, &valid) : 0;
}

static void put_symbol(pattern_writer *writer, uint32_t symbol)
{
    if (symbol < 0x80 && !(symbol >= '0' && symbol <= '9') && !(symbol >= 'a' && symbol <= 'z'))
        jy__text_char(writer->out, '\\');
    jy__text_cp(writer->out, symbol);
}

static bool are_the_same(const uint32_t *symbols, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        if (symbols[i] != symbols[0])
            return false;
    return count > 0;
}

static void put_folded(pattern_writer *writer, uint32_t cp)
{
    uint32_t symbols[JY__FOLD_MOST], count = jy__fold_char(cp, symbols);
    bool range = writer->in_class && (writer->last == '-' || peek(writer) == '-');
    if (range || !count || (writer->in_class && !are_the_same(symbols, count))) {
        put_symbol(writer, cp);
    } else if (count == 1 || writer->in_class) {
        put_symbol(writer, symbols[0]);
    } else {
        jy__text_c(writer->out, "(?:");
        for (uint32_t i = 0; i < count; i++)
            put_symbol(writer, symbols[i]);
        jy__text_char(writer->out, ')');
    }
}

static void put_escape(pattern_writer *writer)
{
    uint32_t cp = peek(writer);
    bool valid;
    if (cp == 'Q' || cp == 'E')
        writer->quoted = cp == 'Q';
    jy__text_char(writer->out, '\\');
    if (writer->p >= writer->end)
        return;
    jy__utf8_next(&writer->p, writer->end, &valid);
    jy__text_cp(writer->out, cp);
}

/* [:：] would become [:\:], which PCRE2 takes for the name of a class, as [:alpha:] is one; as it is written it is none. */
static bool begins_no_name(const pattern_writer *writer, uint32_t cp)
{
    const char *close = memchr(writer->p, ']', (size_t)(writer->end - writer->p));
    return writer->in_class && writer->last == '[' && (cp == ':' || cp == '.' || cp == '=') && close && close[-1] != (char)cp;
}

static void put_next(pattern_writer *writer)
{
    bool valid;
    uint32_t cp = jy__utf8_next(&writer->p, writer->end, &valid);
    if (writer->quoted && !(cp == '\\' && peek(writer) == 'E')) {
        jy__text_cp(writer->out, cp);
    } else if (cp == '\\') {
        put_escape(writer);
    } else if (cp < 0x80) {
        if (cp == '[' || cp == ']')
            writer->in_class = cp == '[';
        if (begins_no_name(writer, cp))
            jy__text_char(writer->out, '\\');
        jy__text_char(writer->out, (char)cp);
    } else {
        put_folded(writer, cp);
    }
    writer->last = cp;
}

void jy__pattern_fold(jy_str pattern, jy__text *out)
{
    pattern_writer writer = { out, pattern.ptr, pattern.ptr + pattern.len, false, false, 0 };
    while (writer.p < writer.end)
        put_next(&writer);
}

/* The place in the pattern as written that became byte `offset` of the folded one. */
size_t jy__pattern_place(const jy__mem *mem, jy_str pattern, size_t offset)
{
    jy__text text;
    pattern_writer writer = { &text, pattern.ptr, pattern.ptr + pattern.len, false, false, 0 };
    size_t place = 0;
    jy__text_init(&text, mem);
    while (writer.p < writer.end && text.len < offset && !text.failed) {
        put_next(&writer);
        place = (size_t)(writer.p - pattern.ptr);
    }
    jy__text_free(&text);
    return place;
}

/* ---- case. To be blind to it PCRE2 looks up every character of a range while it compiles: 75 us for [一-龥], two thirds of all that compiling takes. */

static bool is_letter(uint32_t cp) { return (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z'); }

static bool is_digit(uint32_t cp) { return cp >= '0' && cp <= '9'; }

/* Radicals, Han, kana, their marks: no block between has letters of two cases. */
static bool is_east_asian(uint32_t cp) { return cp >= 0x2E80 && cp <= 0xA4CF; }

static bool has_no_case(uint32_t cp)
{
    return (cp < 0x80 && !is_letter(cp)) || is_east_asian(cp) || (cp >= 0x2000 && cp <= 0x206F) || (cp >= 0xFF01 && cp <= 0xFF20);
}

/* A range may hold more than its ends. */
static bool is_caseless_range(uint32_t first, uint32_t last)
{
    return (is_digit(first) && is_digit(last)) || (is_east_asian(first) && is_east_asian(last));
}

/* \d, \s and the like, or a sign; what else a letter or a digit may mean is not asked. */
static bool is_caseless_escape(uint32_t cp) { return cp < 0x80 ? cp && !is_digit(cp) && (!is_letter(cp) || strchr("dDsSwWbB", (int)cp)) : has_no_case(cp); }

bool jy__pattern_has_case(jy_str folded)
{
    const char *p = folded.ptr, *end = folded.ptr + folded.len;
    uint32_t last = 0;
    bool valid;
    while (p < end) {
        const char *next = p;
        uint32_t cp = jy__utf8_next(&next, end, &valid);
        if (last == '\\') {
            if (!is_caseless_escape(cp))
                return true;
            cp = 0; /* as the end of a range it would be one that is not looked into */
        } else if (!has_no_case(cp)) {
            return true;
        } else if (cp == '-') {
            const char *behind = next;
            if (!is_caseless_range(last, behind < end ? jy__utf8_next(&behind, end, &valid) : 0))
                return true;
        }
        last = cp;
        p = next;
    }
    return false;
}
