/* One line of a script taken apart: time in front (bracketed or bare), label with a colon of either width or in 【】, time behind
 * the label, text; without a colon, the first word. Nothing is decided here about whether the label is one: `注意:` looks the same. */
#include "dialogue/dialogue_line.h"

#define LABEL_CHARACTERS 24

static bool starts(jy_str text, const char *word)
{
    size_t len;
    if (!text.len || text.ptr[0] != word[0]) /* nearly always: every line is asked for many marks */
        return false;
    len = strlen(word);
    return text.len >= len && memcmp(text.ptr, word, len) == 0;
}

static jy_str behind(jy_str text, size_t bytes) { return (jy_str){ text.ptr + bytes, text.len - bytes }; }

/* None of the words begins within a character. */
static size_t any_of(jy_str text, const char *const *words, size_t count)
{
    if (!text.len || ((unsigned char)text.ptr[0] & 0xC0) == 0x80)
        return 0;
    for (size_t i = 0; i < count; i++)
        if (starts(text, words[i]))
            return strlen(words[i]);
    return 0;
}

/* Han and the bytes inside characters, which nearly all of a text is, begin no mark: all of these are ASCII, or of the blocks of marks and of full width. */
static bool may_be_mark(char first)
{
    unsigned char byte = (unsigned char)first;
    return byte < 0x80 || byte == 0xE2 || byte == 0xE3 || byte == 0xEF;
}

static size_t mark_of(jy_str text, const char *const *marks, size_t count)
{
    return text.len && may_be_mark(text.ptr[0]) ? any_of(text, marks, count) : 0;
}

static size_t opening(jy_str text)
{
    static const char *const marks[] = { "[", "(", "<", "【", "\xEF\xBC\x88" /* full-width ( */, "〔" };
    return mark_of(text, marks, JY__COUNT(marks));
}

static size_t closing(jy_str text)
{
    static const char *const marks[] = { "]", ")", ">", "】", "\xEF\xBC\x89", "〕" };
    return mark_of(text, marks, JY__COUNT(marks));
}

static size_t between(jy_str text)
{
    static const char *const marks[] = { "-->", "->", "→", "—", "–", "-", "~", "\xEF\xBD\x9E" /* full-width ~ */, "," };
    return mark_of(text, marks, JY__COUNT(marks));
}

static bool colon_in(jy_str text) { return text.len && memchr(text.ptr, ':', text.len); }

static size_t colon(jy_str text)
{
    static const char *const marks[] = { ":", "\xEF\xBC\x9A" /* full-width : */, "\xEF\xB9\x95" };
    return mark_of(text, marks, JY__COUNT(marks));
}

/* 0.5s, 12秒 */
static size_t second(jy_str text)
{
    static const char *const marks[] = { "s", "S", "秒" };
    return any_of(text, marks, JY__COUNT(marks));
}

/* "0.020,2.380": numbers alone are times only inside brackets, with a fraction. */
static bool take_time(jy_str *rest, jy__time_kind *kind, int64_t *ms)
{
    size_t used;
    jy__time_kind seen = jy__time_read(*rest, ms, &used);
    if (seen == JY__NUMBER && second(behind(*rest, used))) {
        *kind = JY__CLOCK;
        *rest = behind(*rest, used + second(behind(*rest, used)));
        return true;
    }
    if (seen == JY__NO_TIME || (seen == JY__NUMBER && (used >= rest->len || rest->ptr[0] == 0)))
        return false;
    if (seen == JY__NUMBER) {
        if (!memchr(rest->ptr, '.', used))
            return false;
        seen = JY__CLOCK; /* seconds */
    }
    *kind = seen;
    *rest = behind(*rest, used);
    return true;
}

static bool are_alike(jy__time_kind a, jy__time_kind b) { return jy__time_is_clock(a) == jy__time_is_clock(b); }

static bool take_range(jy_str *rest, jy__script_line *out)
{
    jy_str at = *rest, next;
    size_t used;
    int64_t number;
    if (!take_time(&at, &out->time, &out->begin_ms))
        return false;
    out->time_text = (jy_str){ rest->ptr, (size_t)(at.ptr - rest->ptr) };
    next = jy__trim(at);
    if (between(next)) {
        next = jy__trim(behind(next, between(next)));
        if (take_time(&next, &out->end_time, &out->end_ms) && are_alike(out->end_time, out->time)) {
            jy__time_range(&out->time, out->begin_ms, &out->end_time, out->end_ms);
            at = next;
            if (starts(at, ",") && jy__time_read(behind(at, 1), &number, &used) == JY__NUMBER) {
                out->number = (int32_t)(number / 1000);
                at = behind(at, 1 + used);
            }
        } else {
            out->end_ms = JY_TIME_UNKNOWN;
        }
    }
    *rest = at;
    return true;
}

static void no_time(jy__script_line *out)
{
    out->time = out->end_time = JY__NO_TIME;
    out->begin_ms = out->end_ms = JY_TIME_UNKNOWN;
    out->number = -1;
}

/* 30秒 alone, in front of what is said, is part of it; 0.5s-1.2s is a time. */
static bool is_said_time(const jy__script_line *out)
{
    return out->end_ms == JY_TIME_UNKNOWN && out->time == JY__CLOCK && !colon_in(out->time_text);
}

/* A time in front: in brackets, or bare when a blank or the end of the line follows. */
static bool take_stamp(jy_str *rest, jy__script_line *out)
{
    jy_str at = *rest;
    size_t open = opening(at);
    no_time(out);
    if (open) {
        at = behind(at, open);
        if (take_range(&at, out) && closing(jy__trim(at))) {
            at = jy__trim(at);
            *rest = jy__trim(behind(at, closing(at)));
            return true;
        }
    } else if (at.len && at.ptr[0] >= '0' && at.ptr[0] <= '9' && take_range(&at, out) && !is_said_time(out) &&
               (at.len == 0 || at.ptr[0] == ' ' || at.ptr[0] == '\t' || starts(at, "\xE3\x80\x80"))) {
        *rest = jy__trim(at);
        return true;
    }
    no_time(out);
    return false;
}

static bool ends_label(uint32_t cp)
{
    static const uint32_t marks[] = { 0x3002, 0xFF0C, ',', 0xFF1F, '?', 0xFF01, '!', 0x3001, 0xFF1B, ';', '"', 0x201C, 0x201D, '{', '}', '=', '|' };
    if (jy__is_everyday_han(cp))
        return false;
    for (size_t i = 0; i < JY__COUNT(marks); i++)
        if (cp == marks[i])
            return true;
    return cp < 0x20 && cp != '\t';
}

/* 【客服】您好 */
static bool take_bracketed_label(jy_str *rest, jy__script_line *out)
{
    jy_str inside;
    if (!starts(*rest, "【") && !starts(*rest, "["))
        return false;
    inside = behind(*rest, opening(*rest));
    for (size_t at = 0; at < inside.len && at < LABEL_CHARACTERS * 3; at++) {
        jy_str tail = behind(inside, at);
        if (starts(tail, "】") || starts(tail, "]")) {
            out->label = jy__trim((jy_str){ inside.ptr, at });
            *rest = jy__trim(behind(tail, closing(tail)));
            if (colon(*rest))
                *rest = jy__trim(behind(*rest, colon(*rest)));
            out->colon = out->label.len > 0;
            return out->colon;
        }
    }
    return false;
}

/* A byte each, so that the compiler can look at many at a time. */
static bool has_digit(jy_str text)
{
    uint8_t any = 0;
    for (size_t i = 0; i < text.len; i++)
        any |= (uint8_t)((uint8_t)(text.ptr[i] - '0') < 10);
    return any;
}

/* 客服 00:12: → the time goes to the line's time */
static void split_time_off(jy__script_line *out)
{
    if (!has_digit(out->label)) /* most labels */
        return;
    for (size_t at = 1; at < out->label.len; at++) {
        jy_str tail;
        jy__script_line seen;
        if (out->label.ptr[at] != ' ' && out->label.ptr[at] != '\t' && !opening(behind(out->label, at)))
            continue;
        tail = jy__trim(behind(out->label, at));
        if (out->time == JY__NO_TIME && take_stamp(&tail, &seen) && tail.len == 0) {
            out->time = seen.time;
            out->end_time = seen.end_time;
            out->begin_ms = seen.begin_ms;
            out->end_ms = seen.end_ms;
            out->time_text = seen.time_text;
            out->label = jy__trim((jy_str){ out->label.ptr, at });
            return;
        }
    }
}

/* What numbers the items of a list: "3. ", "3、", "(3)", "- ". Its length; a fraction or a time is none. */
static size_t item_mark(jy_str text)
{
    static const char *const bullets[] = { "- ", "* ", "+ ", "•", "●", "·", "◆" };
    static const char *const behind_number[] = { ".", "、", ")", "\xEF\xBC\x89" /* full-width ) */, "\xEF\xBC\x8E" /* full-width . */ };
    size_t at = any_of(text, bullets, JY__COUNT(bullets)), open;
    if (at)
        return at;
    at = open = starts(text, "(") || starts(text, "\xEF\xBC\x88") ? opening(text) : 0;
    while (at < text.len && at - open < 4 && text.ptr[at] >= '0' && text.ptr[at] <= '9')
        at++;
    if (at == open || !any_of(behind(text, at), behind_number, JY__COUNT(behind_number)))
        return 0;
    at += any_of(behind(text, at), behind_number, JY__COUNT(behind_number));
    return at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9' ? 0 : at;
}

/* A colon between two digits belongs to a time. */
static bool is_clock_colon(jy_str text, size_t at)
{
    return text.ptr[at] == ':' && at > 0 && at + 1 < text.len && text.ptr[at - 1] >= '0' && text.ptr[at - 1] <= '9' &&
           text.ptr[at + 1] >= '0' && text.ptr[at + 1] <= '9';
}

static bool take_label(jy_str *rest, jy__script_line *out)
{
    const char *p = rest->ptr, *end = p + rest->len;
    for (int characters = 0; p < end && characters <= LABEL_CHARACTERS; characters++) {
        size_t at = (size_t)(p - rest->ptr), mark = colon(behind(*rest, at));
        bool valid;
        if (mark && !is_clock_colon(*rest, at)) {
            out->label = jy__trim((jy_str){ rest->ptr, at });
            if (!out->label.len || starts(behind(*rest, at + mark), "//"))
                return false;
            out->colon = true;
            *rest = jy__trim(behind(*rest, at + mark));
            split_time_off(out);
            return true;
        }
        if (ends_label(jy__utf8_next(&p, end, &valid)))
            return false;
    }
    return false;
}

/* 说话人1 00:12 — and nothing else: the text stands on the following lines. */
static void see_header(jy_str rest, jy__script_line *out)
{
    jy__script_line seen = *out;
    if (out->time != JY__NO_TIME || rest.len > 3 * LABEL_CHARACTERS + 24)
        return;
    seen.label = rest;
    split_time_off(&seen);
    if (seen.time == JY__NO_TIME || !seen.label.len)
        return;
    *out = seen;
    out->header = true;
    out->text = (jy_str){ rest.ptr + rest.len, 0 };
}

static size_t loose_mark(jy_str text)
{
    static const char *const marks[] = { " ", "\t", "\xE3\x80\x80" /* full-width blank */, ",", "，", "|", "｜", ">", "》", "-", "—" };
    return mark_of(text, marks, JY__COUNT(marks));
}

/* 客服 您好, 客服,您好, (客服)您好, or 客服 alone. */
static void see_loose(jy_str rest, jy__script_line *out)
{
    size_t open = opening(rest), at = 0;
    jy_str inside = behind(rest, open);
    while (at < inside.len && at < LABEL_CHARACTERS * 3 && !(open ? closing(behind(inside, at)) : loose_mark(behind(inside, at))))
        at++;
    out->loose_label = jy__trim((jy_str){ inside.ptr, at });
    rest = behind(inside, at);
    if (open)
        rest = behind(rest, closing(rest));
    for (rest = jy__trim(rest); loose_mark(rest);)
        rest = jy__trim(behind(rest, loose_mark(rest)));
    out->loose_text = rest;
}

static void take_stamp_and_label(jy_str *rest, jy__script_line *out)
{
    memset(out, 0, sizeof(*out));
    no_time(out);
    take_stamp(rest, out);
    if (!take_bracketed_label(rest, out))
        take_label(rest, out);
}

void jy__script_split(jy_str line, jy__script_line *out)
{
    jy_str rest = jy__trim(line), item = rest;
    size_t mark = item_mark(rest);
    if (mark)
        rest = jy__trim(behind(rest, mark));
    take_stamp_and_label(&rest, out);
    if (mark && !out->colon) { /* 1. 您好: the number is part of what is said */
        rest = item;
        take_stamp_and_label(&rest, out);
    }
    if (out->colon && out->time == JY__NO_TIME) {
        jy_str tail = rest;
        if (opening(tail) && take_stamp(&tail, out))
            rest = tail; /* 客服:[00:12] 您好 */
    }
    out->text = rest;
    if (!out->colon)
        see_header(rest, out);
    if (!out->colon && !out->header)
        see_loose(rest, out);
}
