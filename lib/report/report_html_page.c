/* The page around the data: head with its policy, totals, charts, filters, what was not checked, script. Comes in: counters of a
 * finished report; goes out: HTML that tells all totals without script. The policy allows this style and this script by their
 * hashes and nothing else: whatever stands in a transcript cannot run, and nothing can be fetched. */
#include "report/report_html.h"
#include "report/report_page.h"

void jy__html_tag(jy__text *out, const char *name, jy_str inside)
{
    jy__text_char(out, '<');
    jy__text_c(out, name);
    jy__text_char(out, '>');
    jy__xml_put(out, inside);
    jy__text_c(out, "</");
    jy__text_add(out, name, strcspn(name, " "));
    jy__text_char(out, '>');
}

void jy__html_word(jy__text *out, const jy_report *report, const char *name, jy__word word)
{
    jy__html_tag(out, name, jy__str_of(jy__report_word(report, word)));
}

void jy__html_head(jy_report *report)
{
    jy__text *out = &report->out;
    jy__text_c(out, "<!DOCTYPE html>\n<html lang=\"");
    jy__text_c(out, report->language == JY_CHINESE ? "zh-CN" : "en");
    jy__text_c(out, "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "style-src 'sha256-" PAGE_STYLE_SHA256 "'; script-src 'sha256-" PAGE_SCRIPT_SHA256 "'; img-src data:; "
                    "base-uri 'none'; form-action 'none'\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
                    "<meta name=\"generator\" content=\"jinyu\">\n<link rel=\"icon\" href=\"data:,\">\n");
    jy__html_word(out, report, "title", JY__WORD_HTML_TITLE);
    jy__text_c(out, "\n<style>");
    jy__text_add(out, (const char *)page_style, sizeof(page_style));
    jy__text_c(out, "</style>\n</head>\n<body>\n");
}

static void put_link(jy_report *report, const char *to, const char *class, jy__word word)
{
    jy__text *out = &report->out;
    jy__text_c(out, "<a");
    jy__xml_attribute(out, "href", jy__str_of(to));
    if (class)
        jy__xml_attribute(out, "class", jy__str_of(class));
    jy__text_char(out, '>');
    jy__text_c(out, jy__report_word(report, word));
    jy__text_c(out, "</a>");
}

static void put_header(jy_report *report)
{
    jy__html *state = report->state;
    jy__text *out = &report->out;
    size_t days = state->days.list.count;
    put_link(report, "#findings", "skip", JY__WORD_HTML_SKIP);
    jy__text_c(out, "\n<header>");
    jy__html_word(out, report, "h1", JY__WORD_HTML_TITLE);
    if (days) {
        jy__text_c(out, "<p>");
        jy__message_fill(out, jy__report_word(report, JY__WORD_HTML_PERIOD),
                         (jy_str[]){ state->days.list.items[0].key, state->days.list.items[days - 1].key }, 2);
        jy__text_c(out, "</p>");
    }
    jy__text_c(out, "<nav");
    jy__xml_attribute(out, "aria-label", jy__str_of(jy__report_word(report, JY__WORD_HTML_SECTIONS)));
    jy__text_char(out, '>');
    put_link(report, "#charts", NULL, JY__WORD_HTML_CHARTS);
    put_link(report, "#findings", NULL, JY__WORD_HTML_FINDINGS);
    put_link(report, "#unchecked", NULL, JY__WORD_HTML_UNCHECKED);
    jy__text_c(out, "</nav></header>\n<main>\n");
}

/* 12,345: as the page's script writes its counts. */
static void put_grouped(jy__text *out, uint64_t number)
{
    if (number >= 1000) {
        put_grouped(out, number / 1000);
        jy__text_char(out, ',');
        jy__text_char(out, (char)('0' + number / 100 % 10));
        jy__text_char(out, (char)('0' + number / 10 % 10));
        number %= 10;
    }
    jy__text_int(out, (int64_t)number);
}

static void put_total(jy_report *report, const char *class, jy__word word, uint64_t number)
{
    jy__text *out = &report->out;
    jy__text_c(out, "<div");
    jy__xml_attribute(out, "class", jy__str_of(class));
    jy__text_char(out, '>');
    jy__html_word(out, report, "dt", word);
    jy__text_c(out, "<dd>");
    put_grouped(out, number);
    jy__text_c(out, "</dd></div>");
}

static void put_totals(jy_report *report)
{
    const jy__totals *totals = &report->totals;
    jy__text *out = &report->out;
    jy__text_c(out, "<section aria-labelledby=\"totals\">");
    jy__html_word(out, report, "h2 class=\"hidden\" id=\"totals\"", JY__WORD_HTML_TOTALS);
    if (totals->skipped || totals->limited || totals->bad_bytes)
        jy__html_word(out, report, "p class=\"alert\"", JY__WORD_HTML_INCOMPLETE);
    jy__text_c(out, "<dl class=\"totals\">");
    put_total(report, "", JY__WORD_HTML_FINDINGS, jy__totals_findings(totals));
    put_total(report, "s4", JY__WORD_CRITICAL, totals->findings[JY_CRITICAL]);
    put_total(report, "s3", JY__WORD_ERROR, totals->findings[JY_ERROR]);
    put_total(report, "s2", JY__WORD_WARNING, totals->findings[JY_WARNING]);
    put_total(report, "s1", JY__WORD_INFO, totals->findings[JY_INFO]);
    put_total(report, "", JY__WORD_HTML_CALLS_WITH, ((jy__html *)report->state)->calls_with);
    put_total(report, "", JY__WORD_HTML_CALLS, totals->calls);
    put_total(report, "", JY__WORD_HTML_FILES, totals->files);
    put_total(report, "", JY__WORD_HTML_TURNS, totals->turns);
    put_total(report, totals->skipped ? "s3" : "", JY__WORD_HTML_SKIPPED, totals->skipped);
    jy__text_c(out, "</dl>");
    for (size_t i = 0; i < totals->scores.count; i++) {
        jy__text_c(out, "<p>");
        jy__shown_pack_score(out, report, &totals->scores.items[i]);
        jy__text_c(out, "</p>");
    }
    jy__text_c(out, "</section>\n");
}

static void put_legend(jy_report *report)
{
    jy__text *out = &report->out;
    jy__text_c(out, "<ul class=\"legend wide\">");
    jy__html_word(out, report, "li class=\"s4\"", JY__WORD_CRITICAL);
    jy__html_word(out, report, "li class=\"s3\"", JY__WORD_ERROR);
    jy__html_word(out, report, "li class=\"s2\"", JY__WORD_WARNING);
    jy__html_word(out, report, "li class=\"s1\"", JY__WORD_INFO);
    jy__text_c(out, "</ul>");
}

static void put_charts(jy_report *report)
{
    static const jy__bars rules = { JY__WORD_HTML_BY_RULE, JY__WORD_CSV_RULE, "rule", false };
    static const jy__bars clauses = { JY__WORD_HTML_BY_CLAUSE, JY__WORD_CSV_CLAUSE, "clause", false };
    static const jy__bars teams = { JY__WORD_HTML_BY_TEAM, JY__WORD_CSV_TEAM, "team", true };
    static const jy__bars agents = { JY__WORD_HTML_BY_AGENT, JY__WORD_CSV_AGENT, "agent", true };
    jy__html *state = report->state;
    if (!jy__totals_findings(&report->totals))
        return;
    jy__text_c(&report->out, "<section id=\"charts\" aria-labelledby=\"charts-title\">");
    jy__html_word(&report->out, report, "h2 id=\"charts-title\"", JY__WORD_HTML_CHARTS);
    jy__text_c(&report->out, "<div class=\"charts\">");
    jy__html_trend(report);
    put_legend(report);
    jy__html_bars(report, &state->rules, &rules);
    jy__html_bars(report, &state->clauses, &clauses);
    jy__html_bars(report, &state->agents, &agents);
    jy__html_bars(report, &state->teams, &teams);
    jy__text_c(&report->out, "</div></section>\n");
}

static void put_option(jy__text *out, jy_str value, jy_str label)
{
    const char *second = memchr(label.ptr, '\n', label.len);
    jy__text_c(out, "<option");
    jy__xml_attribute(out, "value", value);
    jy__text_char(out, '>');
    if (second && second + 1 < label.ptr + label.len) {
        jy__xml_put(out, (jy_str){ second + 1, (size_t)(label.ptr + label.len - second - 1) });
        jy__text_c(out, " · ");
        label.len = (size_t)(second - label.ptr);
    }
    jy__xml_put(out, label);
    jy__text_c(out, "</option>");
}

static void open_field(jy_report *report, const char *name, jy__word word, jy__word usual)
{
    jy__text *out = &report->out;
    jy__text_c(out, "<div><label");
    jy__xml_attribute(out, "for", jy__str_of(name));
    jy__text_char(out, '>');
    jy__text_c(out, jy__report_word(report, word));
    jy__text_c(out, "</label><select");
    jy__xml_attribute(out, "id", jy__str_of(name));
    jy__xml_attribute(out, "name", jy__str_of(name));
    jy__text_char(out, '>');
    put_option(out, JY__STR(""), jy__str_of(jy__report_word(report, usual)));
}

static void put_choice(jy_report *report, const char *name, jy__word word, const jy__groups *groups)
{
    open_field(report, name, word, JY__WORD_HTML_ALL);
    for (size_t i = 0; i < groups->list.count; i++)
        if (groups->list.items[i].all)
            put_option(&report->out, groups->list.items[i].key, groups->list.items[i].label);
    jy__text_c(&report->out, "</select></div>\n");
}

static void put_filters(jy_report *report)
{
    jy__html *state = report->state;
    jy__text *out = &report->out;
    jy__text_c(out, "<form id=\"filters\" class=\"js-only screen\" role=\"search\"");
    jy__xml_attribute(out, "aria-label", jy__str_of(jy__report_word(report, JY__WORD_HTML_FILTERS)));
    jy__text_c(out, "><div class=\"search\"><label for=\"text\">");
    jy__text_c(out, jy__report_word(report, JY__WORD_HTML_SEARCH));
    jy__text_c(out, "</label><input id=\"text\" name=\"text\" type=\"search\" autocomplete=\"off\"></div>\n");
    open_field(report, "severity", JY__WORD_HTML_SEVERITY_FROM, JY__WORD_HTML_ALL);
    for (int severity = JY_CRITICAL; severity >= JY_INFO; severity--) {
        char digit = (char)('0' + severity);
        put_option(out, (jy_str){ &digit, 1 }, jy__str_of(jy__report_word(report, jy__word_severity(severity))));
    }
    jy__text_c(out, "</select></div>\n");
    if (state->days.list.count)
        put_choice(report, "day", JY__WORD_HTML_DAY, &state->days);
    put_choice(report, "rule", JY__WORD_CSV_RULE, &state->rules);
    put_choice(report, "clause", JY__WORD_CSV_CLAUSE, &state->clauses);
    put_choice(report, "team", JY__WORD_CSV_TEAM, &state->teams);
    put_choice(report, "agent", JY__WORD_CSV_AGENT, &state->agents);
    open_field(report, "order", JY__WORD_HTML_ORDER, JY__WORD_HTML_ORDER_INPUT);
    put_option(out, JY__STR("worst"), jy__str_of(jy__report_word(report, JY__WORD_HTML_ORDER_WORST)));
    put_option(out, JY__STR("newest"), jy__str_of(jy__report_word(report, JY__WORD_HTML_ORDER_NEWEST)));
    jy__text_c(out, "</select></div>\n");
    jy__html_word(out, report, "button type=\"reset\" class=\"act\"", JY__WORD_HTML_CLEAR);
    jy__text_c(out, "</form>\n");
}

static void put_pager(jy_report *report)
{
    jy__text *out = &report->out;
    jy__text_c(out, "<div class=\"pager\">");
    jy__html_word(out, report, "button type=\"button\" class=\"act previous\"", JY__WORD_HTML_PREVIOUS);
    jy__text_c(out, "<span class=\"page\"></span>");
    jy__html_word(out, report, "button type=\"button\" class=\"act next\"", JY__WORD_HTML_NEXT);
    jy__text_c(out, "</div>");
}

static void put_findings(jy_report *report)
{
    jy__text *out = &report->out;
    jy__text_c(out, "<section aria-labelledby=\"findings\">");
    jy__html_word(out, report, "h2 id=\"findings\" tabindex=\"-1\"", JY__WORD_HTML_FINDINGS);
    put_filters(report);
    jy__text_c(out, "<div class=\"count js-only\"><span role=\"status\" id=\"status\"></span>");
    put_pager(report);
    jy__text_c(out, "</div>\n<div id=\"list\"></div>\n<div class=\"count js-only screen\">");
    put_pager(report);
    jy__text_c(out, "</div>\n<noscript>");
    jy__html_word(out, report, "p class=\"alert\"", JY__WORD_HTML_NOSCRIPT);
    jy__text_c(out, "</noscript></section>\n");
}

static void put_words(jy_report *report)
{
    jy__json json = jy__json_on(&report->out, true);
    jy__text_c(&report->out, "<script type=\"application/json\" id=\"words\">");
    jy__json_open(&json, '{');
    for (int word = JY__WORD_INFO; word < JY__WORD_COUNT; word++)
        jy__json_put_c(&json, jy__word_name((jy__word)word), jy__report_word(report, (jy__word)word));
    jy__json_close(&json, '}');
    jy__text_c(&report->out, "</script>\n");
}

static void put_script(jy_report *report)
{
    jy__html *state = report->state;
    jy__text *out = &report->out;
    put_words(report);
    jy__text_c(out, "<script type=\"application/json\" id=\"rules\">[");
    jy__text_str(out, jy__text_view(&state->rules_json));
    jy__text_c(out, "]</script>\n<script>");
    jy__text_add(out, (const char *)page_script, sizeof(page_script));
    jy__text_c(out, "</script>\n</body>\n</html>\n");
}

void jy__html_foot(jy_report *report)
{
    jy__html *state = report->state;
    jy__groups_sort(&state->days, true);
    jy__groups *const ranked[] = { &state->rules, &state->clauses, &state->teams, &state->agents };
    for (size_t i = 0; i < JY__COUNT(ranked); i++)
        jy__groups_sort(ranked[i], false);
    put_header(report);
    put_totals(report);
    put_charts(report);
    put_findings(report);
    jy__html_rest(report);
    jy__text_c(&report->out, "</main>\n<footer><p>");
    jy__message_fill(&report->out, jy__report_word(report, JY__WORD_HTML_MADE), (jy_str[]){ jy__str_of(jy_version_string()) }, 1);
    jy__text_c(&report->out, "</p></footer>\n");
    put_script(report);
}
