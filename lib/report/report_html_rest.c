/* The end of the page: what could not be read, what was not checked completely, and the rules that were not checked, reason by
 * reason. */
#include "report/report_html.h"

#define UNCHECKED_SHOWN 12 /* rules of one reason; more are folded away */

static void put_rows(jy_report *report, jy__word title, jy__word second, jy_str rows)
{
    jy__text *out = &report->out;
    if (!rows.len)
        return;
    jy__text_c(out, "<section>");
    jy__html_word(out, report, "h2", title);
    jy__text_c(out, "<div class=\"card scroll\"><table><thead><tr>");
    jy__html_word(out, report, "th scope=\"col\"", JY__WORD_CSV_FILE);
    jy__html_word(out, report, "th scope=\"col\"", second);
    jy__text_c(out, "</tr></thead><tbody>\n");
    jy__text_str(out, rows);
    jy__text_c(out, "</tbody></table></div></section>\n");
}

static void put_tally(jy_report *report, const jy__unchecked_tally *tally)
{
    jy__text *out = &report->out;
    jy__text_c(out, "<tr>");
    jy__html_tag(out, "th scope=\"row\"", tally->rule);
    jy__html_tag(out, "td", tally->clause);
    jy__text_c(out, "<td class=\"n\">");
    jy__text_int(out, (int64_t)tally->calls);
    jy__text_c(out, "</td></tr>\n");
}

/* One reason, its rules folded away when they are many. */
static void put_reason(jy_report *report, int why, size_t count)
{
    const jy__totals *totals = &report->totals;
    jy__text *out = &report->out;
    jy__text number;
    jy__text_init(&number, out->mem);
    jy__text_int(&number, (int64_t)count);
    jy__text_c(out, count <= UNCHECKED_SHOWN ? "<details open><summary>" : "<details><summary>");
    jy__message_fill(out, jy__report_word(report, JY__WORD_NOT_CHECKED),
                     (jy_str[]){ jy__str_of(jy_unchecked_text(why, report->language)), jy__text_view(&number) }, 2);
    out->failed |= number.failed;
    jy__text_free(&number);
    jy__text_c(out, "</summary>\n<div class=\"card scroll\"><table><thead><tr>");
    jy__html_word(out, report, "th scope=\"col\"", JY__WORD_CSV_RULE);
    jy__html_word(out, report, "th scope=\"col\"", JY__WORD_CSV_CLAUSE);
    jy__html_word(out, report, "th scope=\"col\" class=\"n\"", JY__WORD_HTML_CALLS);
    jy__text_c(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < totals->unchecked.count; i++)
        if (totals->unchecked.items[i].why == why)
            put_tally(report, &totals->unchecked.items[i]);
    jy__text_c(out, "</tbody></table></div></details>\n");
}

static void put_unchecked(jy_report *report)
{
    const jy__totals *totals = &report->totals;
    jy__text_c(&report->out, "<section id=\"unchecked\">");
    jy__html_word(&report->out, report, "h2", JY__WORD_HTML_UNCHECKED);
    for (int why = JY_NEEDS_CALL; why <= JY__UNCHECKED_LAST; why++) {
        size_t count = 0;
        for (size_t i = 0; i < totals->unchecked.count; i++)
            count += totals->unchecked.items[i].why == why;
        if (count)
            put_reason(report, why, count);
    }
    if (!totals->unchecked.count)
        jy__text_c(&report->out, "<p>—</p>");
    jy__text_c(&report->out, "</section>\n");
}

void jy__html_rest(jy_report *report)
{
    jy__html *state = report->state;
    put_rows(report, JY__WORD_HTML_SKIPPED, JY__WORD_HTML_REASON, jy__text_view(&state->skipped));
    put_rows(report, JY__WORD_HTML_NOTES, JY__WORD_HTML_REASON, jy__text_view(&state->notes));
    put_unchecked(report);
}
