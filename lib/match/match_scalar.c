/* The engine without vector instructions: one character after the other into the stream of Han codes, a table look-up for ASCII,
 * and three for everything else. */
#include "match/match_inside.h"

static bool always(void) { return true; }

static bool is_rare(const jy__filter *filter, const unsigned char *s, size_t left)
{
    if (!filter->has_rare || left < 2 || s[0] < 0xC2)
        return false;
    return filter->rare_lead[s[0] & 63] & filter->rare_second[s[1] & 63] & (left > 2 && s[0] >= 0xE0 ? filter->rare_third[s[2] & 63] : 0xFF);
}

/* The last letter of a run may go on behind a gap, so it is looked at as well. */
void jy__match_try_ascii(jy__scan *scan, size_t at)
{
    const jy__filter *filter = &scan->matcher->filter;
    const unsigned char *s = (const unsigned char *)scan->text.ptr;
    unsigned class = filter->ascii[s[at]];
    unsigned next = at + 1 < scan->text.len ? s[at + 1] : 0x80;
    if ((class & JY__ASCII_MASK) && (at == 0 || s[at - 1] != s[at])) /* the first of a run of masks */
        jy__match_verify(scan, at);
    if (!(class & (JY__ASCII_HEAD | JY__ASCII_SINGLE)))
        return;
    if ((class & JY__ASCII_SINGLE) || next >= 128 || !(filter->ascii[next] & JY__ASCII_LETTER) ||
        jy__bit(filter->ascii_pairs, s[at] * 128u + next))
        jy__match_verify(scan, at);
}

static void read_other(jy__scan *scan, const char **p, const char *end)
{
    size_t at = (size_t)(*p - scan->text.ptr);
    bool valid;
    const char *from = *p;
    jy__utf8_next(p, end, &valid);
    if (!valid) {
        if (!scan->scratch->bad_bytes)
            scan->scratch->first_bad = at;
        scan->scratch->bad_bytes += (size_t)(*p - from);
    } else if (is_rare(&scan->matcher->filter, (const unsigned char *)from, (size_t)(end - from))) {
        jy__match_verify_rare(scan, at, at + 1);
    }
}

/* Reads characters from *at until the chunk is full. */
static void fill(jy__scan *scan, jy__stream *stream, size_t *at, size_t stop)
{
    const jy__filter *filter = &scan->matcher->filter;
    const char *base = scan->text.ptr + *at, *p = base, *end = scan->text.ptr + scan->text.len, *until = scan->text.ptr + stop;
    while (p < until && !scan->stop) {
        const unsigned char *s = (const unsigned char *)p;
        if (s[0] < 0x80) {
            if (filter->ascii[s[0]] & (JY__ASCII_HEAD | JY__ASCII_SINGLE | JY__ASCII_MASK))
                jy__match_try_ascii(scan, (size_t)(p - scan->text.ptr));
            p++;
        } else if (s[0] >= 0xE4 && s[0] <= 0xE9 && end - p >= 3 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80) {
            uint32_t code = (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
            stream->codes[stream->count] = (uint16_t)code;
            stream->offsets[stream->count++] = (int32_t)(p - base);
            p += 3;
        } else {
            read_other(scan, &p, end);
        }
    }
    *at = (size_t)(p - scan->text.ptr);
}

static void scan_text(jy__scan *scan)
{
    jy__stream *stream = &scan->walker->stream;
    size_t at = 0, last_base = 0;
    jy__stream_open(stream);
    while (at < scan->text.len && !scan->stop) {
        size_t base = at, stop = scan->text.len - at < JY__CHUNK - 4 ? scan->text.len : at + JY__CHUNK - 4;
        fill(scan, stream, &at, stop);
        jy__stream_look(scan, stream, base, at - base, at >= scan->text.len);
        if (scan->stop)
            scan->scratch->cut_at = last_base;
        last_base = base;
    }
}

const jy__engine jy__engine_scalar = { "scalar", always, scan_text };
