/* Personal data masked. Comes in: text; goes out: the same text with every character of a phone number, identity card, bank card, plate
 * or e-mail address turned into one '*', so that columns stay. Numbers are read as people write and say them: in full width, in
 * Chinese digits, broken by blanks and dashes. What has a check digit is masked only when it is right.
 *
 *   打 138-1234 5678 吧      cps       打 ␠ 1 3 8 - 1 2 3 4 ␠ 5 6 7 8 ␠ 吧      one line at a time: nothing spans two
 *                            groups        [138] [1234] [5678]                   a run: digits broken by separators only
 *                            mask          * * * * * * * * * * * * *             whole groups, from a group's start to a group's end */
#include "report/report_redact.h"

static bool load_line(const jy__mem *mem, jy__line *line, jy_str text)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    bool valid;
    line->count = 0;
    if (!jy__mem_grow(mem, &line->cps, &line->cps_capacity, text.len, sizeof(*line->cps)) ||
        !jy__mem_grow(mem, &line->marked, &line->marked_capacity, text.len, sizeof(*line->marked)))
        return false;
    while (p < end)
        line->cps[line->count++] = jy__utf8_next(&p, end, &valid);
    memset(line->marked, 0, line->count);
    return true;
}

static void put_line(const jy__line *line, jy_str text, jy__text *out)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    bool valid;
    for (size_t i = 0; i < line->count; i++) {
        const char *at = p;
        jy__utf8_next(&p, end, &valid);
        if (line->marked[i])
            jy__text_char(out, '*');
        else
            jy__text_add(out, at, (size_t)(p - at));
    }
}

static bool redact_line(const jy__mem *mem, jy__line *line, jy_str text, jy__text *out)
{
    size_t marked;
    if (!load_line(mem, line, text))
        return false;
    marked = jy__redact_emails(line) + jy__redact_numbers(line) + jy__redact_plates(line);
    if (marked)
        put_line(line, text, out);
    else
        jy__text_str(out, text);
    line->any |= marked > 0;
    return !out->failed;
}

bool jy__redact(const jy__mem *mem, jy_str text, jy__text *out, bool *changed)
{
    jy__line line = { 0 };
    bool good = true;
    for (size_t at = 0; at < text.len && good;) {
        const char *end = memchr(text.ptr + at, '\n', text.len - at);
        size_t len = end ? (size_t)(end - text.ptr) - at + 1 : text.len - at;
        good = redact_line(mem, &line, (jy_str){ text.ptr + at, len }, out);
        at += len;
    }
    *changed = line.any;
    jy__mem_free(mem, line.cps, line.cps_capacity * sizeof(*line.cps));
    jy__mem_free(mem, line.marked, line.marked_capacity * sizeof(*line.marked));
    return good;
}

int jy_redact(jy_str text, jy_buf *out)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__text masked;
    bool changed;
    int status = JY_E_NOMEM;
    if (!out || jy__str_lost(text))
        return JY_E_INVALID;
    jy__text_init(&masked, &mem);
    if (jy__redact(&mem, text, &masked, &changed))
        status = jy__text_give(&masked, out);
    jy__text_free(&masked);
    return status;
}
