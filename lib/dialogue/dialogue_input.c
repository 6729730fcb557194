/* The window: decoded UTF-8 of the input, filled as far as asked, given out line by line or as a whole. UTF-8 goes straight into
 * the window and is only checked (bad bytes stay where they are and are counted); other charsets pass through the converter.
 * While nothing but ASCII has come the charset stays undecided, so a long ASCII head says nothing wrong about the rest.
 *
 *   buf:  │ given out │ begin … window … checked … end │ free │      the front is dropped when more is needed */
#include "dialogue/dialogue_input.h"

#define CHUNK ((size_t)256 << 10)
#define SAMPLE ((size_t)64 << 10) /* enough to tell charsets apart, from the first byte that is not ASCII */

void jy__input_init(jy__input *input, const jy__mem *mem, jy__charset charset)
{
    jy__bytes bytes = input->bytes;
    memset(input, 0, sizeof(*input));
    input->mem = mem;
    input->bytes = bytes;
    input->charset = charset;
    input->first_bad = SIZE_MAX;
    input->line = 1;
}

static bool make_room(jy__input *input, size_t room)
{
    if (input->begin > 0 && input->capacity - input->end < room) {
        memmove(input->buf, input->buf + input->begin, input->end - input->begin);
        input->end -= input->begin;
        input->checked -= input->begin < input->checked ? input->begin : input->checked;
        input->begin = 0;
    }
    if (input->capacity - input->end >= room || jy__mem_grow(input->mem, &input->buf, &input->capacity, input->end + room, 1))
        return true;
    input->status = JY_E_NOMEM;
    return false;
}

static void note_bad(jy__input *input, size_t bytes, size_t at)
{
    if (bytes && input->bad_bytes == 0)
        input->first_bad = input->offset + (at - input->begin);
    input->bad_bytes += bytes;
}

/* Valid three-byte characters and ASCII, which is nearly all there is; the rest is looked at one by one. */
static const unsigned char *skip_common(const unsigned char *p, const unsigned char *end)
{
    while (end - p >= 8) {
        uint64_t word;
        memcpy(&word, p, 8);
        if (!(word & 0x8080808080808080u)) {
            p += 8;
        } else if (p[0] >= 0xE1 && p[0] <= 0xEF && p[0] != 0xED && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
            p += 3;
        } else if (p[0] < 0x80) {
            p++;
        } else {
            break;
        }
    }
    return p;
}

static void check_utf8(jy__input *input)
{
    const char *end = input->buf + input->end, *p = input->buf + input->checked;
    while (p < end) {
        const char *from = (const char *)skip_common((const unsigned char *)p, (const unsigned char *)end);
        bool valid;
        p = from;
        if (p >= end)
            break;
        jy__utf8_next(&p, end, &valid);
        if (!valid && p == end && end - from < 4 && !input->ended) {
            p = from; /* the rest of the character is still to come */
            break;
        }
        if (!valid)
            note_bad(input, (size_t)(p - from), (size_t)(from - input->buf));
    }
    input->checked = (size_t)(p - input->buf);
}

static void read_utf8(jy__input *input)
{
    size_t got;
    if (!make_room(input, CHUNK))
        return;
    got = jy__bytes_read(&input->bytes, input->buf + input->end, input->capacity - input->end);
    input->end += got;
    input->ended = got == 0;
    if (input->bytes.status == JY_E_NOMEM)
        input->status = JY_E_NOMEM;
    if (input->charset == JY__UTF8)
        check_utf8(input);
}

static void read_coded(jy__input *input)
{
    const char *from;
    char *to, *before;
    size_t got, bad = 0;
    if (!make_room(input, CHUNK * 2))
        return;
    if (input->coded_begin) {
        memmove(input->coded, input->coded + input->coded_begin, input->coded_end - input->coded_begin);
        input->coded_end -= input->coded_begin;
        input->coded_begin = 0;
    }
    got = input->coded_end < CHUNK ? jy__bytes_read(&input->bytes, input->coded + input->coded_end, CHUNK - input->coded_end) : 1;
    input->coded_end += input->coded_end < CHUNK ? got : 0;
    if (input->bytes.status == JY_E_NOMEM) {
        input->status = JY_E_NOMEM;
        return;
    }
    from = input->coded;
    before = to = input->buf + input->end;
    input->status = jy__converter_run(input->converter, &from, input->coded + input->coded_end, &to,
                                      input->buf + input->capacity, got == 0, &bad);
    input->coded_begin = (size_t)(from - input->coded);
    input->end = (size_t)(to - input->buf);
    input->ended = got == 0 && input->coded_begin == input->coded_end && to == before;
    if (bad) {
        const char *mark = before;
        while (mark + 3 <= to && memcmp(mark, "\xEF\xBF\xBD", 3) != 0)
            mark++;
        note_bad(input, bad, (size_t)(mark - input->buf));
    }
}

/* What was read as UTF-8 so far turns out to be coded from `at` on. */
static void start_converter(jy__input *input, size_t at)
{
    size_t length = input->end - at, size = length > CHUNK ? length : CHUNK;
    input->status = jy__converter_new(&input->converter, input->mem, input->charset);
    if (input->status)
        return;
    input->coded = jy__mem_resize(input->mem, NULL, 0, size);
    if (!input->coded) {
        input->status = JY_E_NOMEM;
        return;
    }
    if (length)
        memcpy(input->coded, input->buf + at, length);
    input->coded_capacity = size;
    input->coded_end = length;
    input->end = at;
    input->ended = false;
}

static void decide(jy__input *input)
{
    size_t at = input->checked;
    while (at < input->end && input->buf[at] > 0)
        at++;
    input->checked = at;
    if (at == input->end)
        return;
    while (input->end - at < SAMPLE && !input->ended && !input->status) {
        size_t begin = input->begin;
        read_utf8(input);
        at -= begin - input->begin;
    }
    if (input->status)
        return;
    input->checked = at;
    /* UTF-16's NULs count by their place from the start, and ASCII before its first NUL belongs to it */
    if (input->offset == 0 && at - input->begin < 2)
        at = input->begin;
    input->charset = jy__charset_tell((jy_str){ input->buf + at, input->end - at }, input->ended);
    if (input->charset == JY__UNDECIDED || input->charset == JY__UTF8) {
        input->charset = JY__UTF8;
        check_utf8(input);
    } else {
        input->like_big5 = input->charset == JY__GB18030 && jy__charset_reads_as_big5((jy_str){ input->buf + at, input->end - at });
        start_converter(input, at);
    }
}

/* A text in memory that is UTF-8 is its own window. */
static bool borrow(jy__input *input)
{
    jy__bytes *bytes = &input->bytes;
    jy__charset charset = input->charset;
    jy_str text = { bytes->raw, bytes->end };
    if (bytes->fd >= 0 || bytes->read || bytes->packing != JY__PLAIN || text.len > bytes->max_bytes || input->buf)
        return false;
    if (charset == JY__UNDECIDED)
        charset = jy__charset_tell((jy_str){ text.ptr, text.len < SAMPLE ? text.len : SAMPLE }, text.len <= SAMPLE);
    if (charset == JY__UNDECIDED && text.len <= SAMPLE)
        charset = JY__UTF8;
    if (charset != JY__UTF8)
        return false;
    input->charset = charset;
    input->buf = text.len ? bytes->raw : (char *)(uintptr_t)"";
    input->end = text.len;
    bytes->begin = bytes->end;
    input->borrowed = input->ended = true;
    check_utf8(input);
    return true;
}

static void skip_mark(jy__input *input)
{
    if (input->end - input->begin >= 3 && memcmp(input->buf + input->begin, "\xEF\xBB\xBF", 3) == 0) {
        input->begin += 3;
        input->offset += 3;
    }
}

static int fill_first(jy__input *input)
{
    if (!input->borrowed && !input->buf && !borrow(input)) {
        if (input->charset > JY__UTF8) {
            start_converter(input, 0);
            if (input->status)
                return input->status;
        }
        while (input->end < 4 && !input->ended && !input->status) {
            if (input->converter) read_coded(input);
            else read_utf8(input);
            if (input->charset == JY__UNDECIDED && !input->status) decide(input);
        }
    }
    if (!input->status)
        skip_mark(input);
    return input->status;
}

int jy__input_fill(jy__input *input, size_t need)
{
    if (!input->buf && !input->ended)
        fill_first(input);
    while (!input->status && !input->ended && input->end - input->begin < need) {
        if (input->converter) read_coded(input);
        else read_utf8(input);
        if (input->charset == JY__UNDECIDED && !input->status)
            decide(input);
    }
    return input->status;
}

int jy__input_line(jy__input *input, jy__line *out)
{
    size_t looked = 0;
    for (;;) {
        jy_str window = jy__input_window(input);
        const char *end = looked < window.len ? memchr(window.ptr + looked, '\n', window.len - looked) : NULL;
        size_t length = end ? (size_t)(end - window.ptr) : window.len;
        if (!end && !input->ended) {
            looked = window.len;
            if (jy__input_fill(input, window.len + 1))
                return input->status;
            continue;
        }
        if (!end && length == 0)
            return JY_DONE;
        *out = (jy__line){ { window.ptr, length }, input->offset, input->line++ };
        input->begin += length + (end != NULL);
        input->offset += length + (end != NULL);
        if (length && window.ptr[length - 1] == '\r')
            out->text.len--;
        return JY_OK;
    }
}

void jy__input_close(jy__input *input)
{
    if (!input->borrowed)
        jy__mem_free(input->mem, input->buf, input->capacity);
    if (input->coded)
        jy__mem_free(input->mem, input->coded, input->coded_capacity);
    jy__converter_free(input->converter);
    jy__bytes_close(&input->bytes);
}
