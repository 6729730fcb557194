/* A line with carets under a part of it. Comes in: text and a span in bytes; goes out: each line the span touches, and under it '^' as
 * wide as a terminal shows the characters above (East Asian width). A long line is cut to a window around the span. Control
 * characters and direction marks are shown as a dot: what an agent said must never steer the reader's terminal. */
#include "report/report.h"
#include "fold/fold.h"

#define LINE_COLUMNS  100 /* of text shown */
#define AHEAD_COLUMNS 40  /* of them before the span, when the line is cut */
#define LINES_MOST    4
#define FAR           4096 /* bytes beside the span in which the ends of its line are looked for: a line may be as long as a file */

typedef struct cell { const char *begin, *end; uint32_t cp; int columns; } cell;

static bool steers(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || cp == 0x061C || cp == 0x200E || cp == 0x200F || (cp >= 0x2028 && cp <= 0x202E) ||
           (cp >= 0x2066 && cp <= 0x2069);
}

static cell cell_at(const char *p, const char *end, bool wide)
{
    bool valid;
    cell here = { p, p, 0, 0 };
    here.cp = jy__utf8_next(&here.end, end, &valid);
    if (here.cp == '\t')
        here.cp = ' ';
    else if (steers(here.cp))
        here.cp = 0xB7;
    here.columns = jy__fold_columns(here.cp, wide);
    return here;
}

typedef struct window { const char *begin, *end; bool cut_begin, cut_end; } window;

static int columns_of(const char *p, const char *end, bool wide, int most)
{
    int columns = 0;
    while (p < end && columns <= most) {
        cell here = cell_at(p, end, wide);
        columns += here.columns;
        p = here.end;
    }
    return columns;
}

int jy__caret_columns(jy_str text, bool wide_ambiguous)
{
    return columns_of(text.ptr, text.ptr + text.len, wide_ambiguous, INT32_MAX - 2);
}

/* The part of [line, line_end) to show: all when it fits, else about the span's begin. */
static window window_of(const char *line, const char *line_end, const char *mark, bool wide)
{
    window shown = { line, line_end, false, false };
    int columns = 0;
    if (columns_of(line, line_end, wide, LINE_COLUMNS) <= LINE_COLUMNS)
        return shown;
    for (shown.begin = mark; shown.begin > line && columns < AHEAD_COLUMNS;) {
        const char *before = line + jy__utf8_before(line, (size_t)(shown.begin - line));
        columns += cell_at(before, shown.begin, wide).columns;
        shown.begin = before;
    }
    columns = 0;
    for (shown.end = shown.begin; shown.end < line_end && columns < LINE_COLUMNS;) {
        cell here = cell_at(shown.end, line_end, wide);
        columns += here.columns;
        shown.end = here.end;
    }
    shown.cut_begin = shown.begin > line;
    shown.cut_end = shown.end < line_end;
    return shown;
}

static void put_line(jy__text *out, const jy__caret *how, const window *shown)
{
    if (shown->cut_begin)
        jy__text_c(out, "…");
    for (const char *p = shown->begin; p < shown->end;) {
        cell here = cell_at(p, shown->end, how->wide_ambiguous);
        jy__text_cp(out, here.cp);
        p = here.end;
    }
    jy__text_c(out, shown->cut_end ? "…\n" : "\n");
}

static void put_times(jy__text *out, char byte, int times)
{
    while (times-- > 0)
        jy__text_char(out, byte);
}

static void put_carets(jy__text *out, const jy__caret *how, const window *shown, const char *begin, const char *end)
{
    int before = shown->cut_begin ? jy__fold_columns(0x2026, how->wide_ambiguous) : 0, under = 0;
    for (const char *p = shown->begin; p < shown->end && p < end;) {
        cell here = cell_at(p, shown->end, how->wide_ambiguous);
        *(here.end <= begin ? &before : &under) += here.columns;
        p = here.end;
    }
    put_times(out, ' ', before);
    jy__text_c(out, how->mark_on);
    put_times(out, '^', under ? under : 1);
    jy__text_c(out, how->mark_off);
    jy__text_char(out, '\n');
}

static bool ends_line(char byte) { return byte == '\n' || byte == '\r'; }

/* The begin of the line, or of as much of it as matters; *far: it begins before. */
static const char *begin_of_line(const char *start, const char *at, bool *far)
{
    const char *line = at;
    while (line > start && !ends_line(line[-1]) && at - line < FAR)
        line--;
    *far = line > start && !ends_line(line[-1]);
    while (*far && line < at && ((unsigned char)*line & 0xC0) == 0x80)
        line++;
    return line;
}

static const char *end_of_line(const char *from, const char *at, const char *stop, bool *far)
{
    const char *end = from;
    while (end < stop && !ends_line(*end) && (end < at || end - at < FAR))
        end++;
    *far = end < stop && !ends_line(*end);
    while (*far && end < stop && ((unsigned char)*end & 0xC0) == 0x80)
        end++;
    return end;
}

void jy__caret_write(jy__text *out, const jy__caret *how, jy_str text, jy_span span)
{
    const char *start = text.ptr, *stop = text.ptr + text.len, *begin = start + span.begin, *end = start + span.end;
    bool far_before, far_behind;
    const char *line = begin_of_line(start, begin, &far_before);
    for (int count = 0; count < LINES_MOST && (line < end || count == 0); count++) {
        const char *from = begin > line ? begin : line, *line_end = end_of_line(line, end > from ? end : from, stop, &far_behind);
        window shown = window_of(line, line_end, from, how->wide_ambiguous);
        shown.cut_begin = shown.cut_begin || far_before;
        shown.cut_end = shown.cut_end || far_behind;
        jy__text_str(out, count ? how->rest : how->first);
        put_line(out, how, &shown);
        jy__text_str(out, how->rest);
        put_carets(out, how, &shown, from, end < line_end ? end : line_end);
        far_before = false;
        for (line = line_end; line < stop && ends_line(*line);)
            line++;
    }
}
