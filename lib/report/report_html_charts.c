/* Charts of the HTML report as inline SVG, readable without script. Comes in: sorted counters; goes out: a line by day, and tables whose
 * bars are stacked by severity. Numbers stand beside every picture: a chart is never the only way to read them. */
#include "report/report_html.h"

#define ROWS_FIRST 10
#define WIDTH      760
#define HEIGHT     210
#define LEFT       44
#define RIGHT      24
#define TOP        10
#define BOTTOM     26

static void put_number(jy__text *out, const char *before, int64_t number, const char *after)
{
    jy__text_c(out, before);
    jy__text_int(out, number);
    jy__text_c(out, after);
}

/* ---- bars */
static void put_bar(jy__text *out, const jy_report *report, const jy__group *group, uint64_t most)
{
    int64_t x = 0;
    jy__text_c(out, "<td><svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"");
    for (int severity = JY_CRITICAL, any = 0; severity >= JY_INFO; severity--) {
        if (!group->findings[severity])
            continue;
        jy__text_c(out, any++ ? ", " : "");
        jy__text_c(out, jy__report_word(report, jy__word_severity(severity)));
        put_number(out, " ", (int64_t)group->findings[severity], "");
    }
    jy__text_c(out, "\">");
    for (int severity = JY_CRITICAL; severity >= JY_INFO; severity--) {
        int64_t width = (int64_t)(group->findings[severity] * 1000 / (most ? most : 1));
        if (!group->findings[severity])
            continue;
        put_number(out, "<rect height=\"10\" class=\"f", severity, "\"");
        put_number(out, " x=\"", x, "\"");
        put_number(out, " width=\"", width ? width : 1, "\"/>");
        x += width;
    }
    jy__text_c(out, "</svg></td>");
}

static void put_name(jy__text *out, const jy__group *group, const char *filter)
{
    const char *second = memchr(group->label.ptr, '\n', group->label.len);
    size_t first = second ? (size_t)(second - group->label.ptr) : group->label.len;
    jy__text_c(out, "<th scope=\"row\"");
    jy__xml_attribute(out, "data-filter", jy__str_of(filter));
    jy__xml_attribute(out, "data-value", group->key);
    jy__text_char(out, '>');
    if (second && second + 1 < group->label.ptr + group->label.len) {
        jy__xml_put(out, (jy_str){ second + 1, group->label.len - first - 1 });
        jy__html_tag(out, "small", (jy_str){ group->label.ptr, first });
    } else {
        jy__xml_put(out, (jy_str){ group->label.ptr, first });
    }
    jy__text_c(out, "</th>");
}

static void put_rate(jy__text *out, const jy__group *group)
{
    uint64_t tenths = group->calls ? (group->all * 1000 + group->calls / 2) / group->calls : 0;
    put_number(out, "<td class=\"n\">", (int64_t)group->calls, "</td>");
    put_number(out, "<td class=\"n\">", (int64_t)(tenths / 10), ".");
    put_number(out, "", (int64_t)(tenths % 10), "</td>");
}

static void put_row(jy__text *out, const jy_report *report, const jy__group *group, uint64_t most, const jy__bars *how)
{
    jy__text_c(out, "<tr>");
    put_name(out, group, how->filter);
    put_bar(out, report, group, most);
    put_number(out, "<td class=\"n\">", (int64_t)group->all, "</td>");
    if (how->rates)
        put_rate(out, group);
    jy__text_c(out, "</tr>\n");
}

static void open_table(jy_report *report, const jy__bars *how)
{
    jy__text *out = &report->out;
    jy__text_c(out, "<table class=\"bars\">");
    jy__html_word(out, report, "caption class=\"hidden\"", how->title);
    jy__text_c(out, "<thead><tr>");
    jy__html_word(out, report, "th scope=\"col\" class=\"name\"", how->name);
    jy__html_word(out, report, "th scope=\"col\"", JY__WORD_HTML_BY_SEVERITY);
    jy__html_word(out, report, "th scope=\"col\" class=\"n\"", JY__WORD_HTML_FINDINGS);
    if (how->rates) {
        jy__html_word(out, report, "th scope=\"col\" class=\"n\"", JY__WORD_HTML_CALLS);
        jy__html_word(out, report, "th scope=\"col\" class=\"n\"", JY__WORD_HTML_PER_100);
    }
    jy__text_c(out, "</tr></thead><tbody>\n");
}

static void put_rows(jy_report *report, const jy__groups *groups, size_t from, size_t to, const jy__bars *how)
{
    open_table(report, how);
    for (size_t i = from; i < to; i++)
        put_row(&report->out, report, &groups->list.items[i], groups->list.items[0].all, how);
    jy__text_c(&report->out, "</tbody></table>\n");
}

void jy__html_bars(jy_report *report, const jy__groups *groups, const jy__bars *how)
{
    size_t count = groups->list.count, first = count <= ROWS_FIRST + 2 ? count : ROWS_FIRST;
    if (!count || !groups->list.items[0].all)
        return;
    jy__text_c(&report->out, "<section class=\"card\">");
    jy__html_word(&report->out, report, "h3", how->title);
    put_rows(report, groups, 0, first, how);
    if (count > first) {
        jy__text_c(&report->out, "<details><summary>");
        jy__shown_fill(&report->out, jy__report_word(report, JY__WORD_HTML_MORE), (int64_t[]){ (int64_t)(count - first) }, 1);
        jy__text_c(&report->out, "</summary>");
        put_rows(report, groups, first, count, how);
        jy__text_c(&report->out, "</details>");
    }
    jy__text_c(&report->out, "</section>\n");
}

/* ---- the line by day */
static int64_t part_of(jy_str text, size_t at, size_t len)
{
    int64_t number = 0;
    for (size_t i = 0; i < len; i++)
        number = number * 10 + (text.ptr[at + i] - '0');
    return number;
}

/* Days since 0000-03-01 of the Gregorian calendar, so that a gap in the days is a gap in the line. */
static int64_t day_number(jy_str day)
{
    int64_t year = part_of(day, 0, 4), month = part_of(day, 5, 2), date = part_of(day, 8, 2);
    year -= month <= 2;
    return year * 365 + year / 4 - year / 100 + year / 400 + (153 * ((month + 9) % 12) + 2) / 5 + date - 1;
}

typedef struct day_axes { int64_t first, days; uint64_t top; } day_axes;

static uint64_t round_up(uint64_t most)
{
    static const uint64_t steps[] = { 2, 4, 6, 8, 10, 20 };
    uint64_t power = 1;
    while (most > 10 * power)
        power *= 10;
    for (size_t i = 0; i < JY__COUNT(steps); i++)
        if (most <= steps[i] * power)
            return steps[i] * power;
    return most;
}

static int64_t x_of(const day_axes *axes, jy_str day)
{
    int64_t wide = WIDTH - LEFT - RIGHT;
    return axes->days ? LEFT + (day_number(day) - axes->first) * wide / axes->days : LEFT + wide / 2;
}

static int64_t y_of(const day_axes *axes, uint64_t value)
{
    return HEIGHT - BOTTOM - (int64_t)(value * (HEIGHT - BOTTOM - TOP) / axes->top);
}

static uint64_t severe_of(const jy__group *day) { return day->findings[JY_ERROR] + day->findings[JY_CRITICAL]; }

static void put_points(jy__text *out, const jy__groups *days, const day_axes *axes, bool severe)
{
    for (size_t i = 0; i < days->list.count; i++) {
        const jy__group *day = &days->list.items[i];
        put_number(out, i ? " " : "", x_of(axes, day->key), ",");
        jy__text_int(out, y_of(axes, severe ? severe_of(day) : day->all));
    }
}

static void put_axes(jy__text *out, const jy__groups *days, const day_axes *axes)
{
    size_t count = days->list.count, step = (count + 7) / 8;
    for (uint64_t k = 0; k <= 2; k++) {
        int64_t y = y_of(axes, axes->top * k / 2);
        put_number(out, "<line class=\"grid\" x1=\"" , LEFT, "\"");
        put_number(out, " x2=\"", WIDTH - RIGHT, "\"");
        put_number(out, " y1=\"", y, "\"");
        put_number(out, " y2=\"", y, "\"/>");
        put_number(out, "<text text-anchor=\"end\" x=\"", LEFT - 8, "\"");
        put_number(out, " y=\"", y + 4, "\">");
        put_number(out, "", (int64_t)(axes->top * k / 2), "</text>\n");
    }
    for (size_t i = 0; i < count; i += step) {
        put_number(out, "<text text-anchor=\"middle\" x=\"", x_of(axes, days->list.items[i].key), "\"");
        put_number(out, " y=\"", HEIGHT - 6, "\">");
        jy__xml_put(out, (jy_str){ days->list.items[i].key.ptr + 5, 5 });
        jy__text_c(out, "</text>\n");
    }
}

static void put_dots(jy__text *out, const jy__groups *days, const day_axes *axes)
{
    for (size_t i = 0; i < days->list.count && days->list.count <= 62; i++) {
        const jy__group *day = &days->list.items[i];
        jy__text_c(out, "<circle class=\"dot\" r=\"3.5\"");
        if (day->all)
            jy__xml_attribute(out, "data-day", day->key);
        put_number(out, " cx=\"", x_of(axes, day->key), "\"");
        put_number(out, " cy=\"", y_of(axes, day->all), "\"><title>");
        jy__xml_put(out, day->key);
        put_number(out, ": ", (int64_t)day->all, "</title></circle>\n");
    }
}

static void put_line(jy_report *report, const jy__groups *days, const day_axes *axes)
{
    jy__text *out = &report->out;
    put_number(out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"trend-title\"><svg class=\"trend\" viewBox=\"0 0 ", WIDTH, " ");
    put_number(out, "", HEIGHT, "\" role=\"img\" aria-labelledby=\"trend-title\">\n");
    put_axes(out, days, axes);
    put_number(out, "<polygon class=\"area\" points=\"", x_of(axes, days->list.items[0].key), ",");
    put_number(out, "", y_of(axes, 0), " ");
    put_points(out, days, axes, false);
    put_number(out, " ", x_of(axes, days->list.items[days->list.count - 1].key), ",");
    put_number(out, "", y_of(axes, 0), "\"/>\n<polyline class=\"bad\" points=\"");
    put_points(out, days, axes, true);
    jy__text_c(out, "\"/>\n<polyline class=\"all\" points=\"");
    put_points(out, days, axes, false);
    jy__text_c(out, "\"/>\n");
    put_dots(out, days, axes);
    jy__text_c(out, "</svg></div>\n");
}

static void put_day_table(jy_report *report, const jy__groups *days)
{
    static const jy__word heads[] = { JY__WORD_HTML_FINDINGS, JY__WORD_HTML_SEVERE, JY__WORD_HTML_CALLS, JY__WORD_HTML_PER_100 };
    jy__text *out = &report->out;
    jy__text_c(out, "<details><summary>");
    jy__text_c(out, jy__report_word(report, JY__WORD_HTML_TABLE));
    jy__text_c(out, "</summary><table>");
    jy__html_word(out, report, "caption class=\"hidden\"", JY__WORD_HTML_TREND);
    jy__text_c(out, "<thead><tr>");
    jy__html_word(out, report, "th scope=\"col\"", JY__WORD_HTML_DAY);
    for (size_t i = 0; i < JY__COUNT(heads); i++)
        jy__html_word(out, report, "th scope=\"col\" class=\"n\"", heads[i]);
    jy__text_c(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < days->list.count; i++) {
        const jy__group *day = &days->list.items[i];
        jy__text_c(out, "<tr>");
        put_name(out, day, "day");
        put_number(out, "<td class=\"n\">", (int64_t)day->all, "</td>");
        put_number(out, "<td class=\"n\">", (int64_t)severe_of(day), "</td>");
        put_rate(out, day);
        jy__text_c(out, "</tr>\n");
    }
    jy__text_c(out, "</tbody></table></details>\n");
}

void jy__html_trend(jy_report *report)
{
    jy__html *state = report->state;
    const jy__groups *days = &state->days;
    day_axes axes = { 0, 0, 0 };
    uint64_t most = 1;
    if (!days->list.count)
        return;
    for (size_t i = 0; i < days->list.count; i++)
        most = days->list.items[i].all > most ? days->list.items[i].all : most;
    axes.first = day_number(days->list.items[0].key);
    axes.days = day_number(days->list.items[days->list.count - 1].key) - axes.first;
    axes.top = round_up(most);
    jy__text_c(&report->out, "<section class=\"card wide\">");
    jy__html_word(&report->out, report, "h3 id=\"trend-title\"", JY__WORD_HTML_TREND);
    jy__text_c(&report->out, "<ul class=\"legend\">");
    jy__html_word(&report->out, report, "li class=\"all\"", JY__WORD_HTML_FINDINGS);
    jy__html_word(&report->out, report, "li class=\"bad\"", JY__WORD_HTML_SEVERE);
    jy__text_c(&report->out, "</ul>");
    put_line(report, days, &axes);
    if (state->undated) {
        jy__text_c(&report->out, "<p>");
        jy__shown_fill(&report->out, jy__report_word(report, JY__WORD_HTML_UNDATED), (int64_t[]){ (int64_t)state->undated }, 1);
        jy__text_c(&report->out, "</p>");
    }
    put_day_table(report, days);
    jy__text_c(&report->out, "</section>\n");
}
