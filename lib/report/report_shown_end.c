/* What is said of a call as a whole and at the end: notes, scores, rules not checked grouped by the reason, one summary line. Comes in: a
 * view or a report's totals; goes out: lines for people. */
#include "report/report.h"

#define NUMBERS_MOST 8
#define RULES_NAMED 12 /* of those not checked for one reason; the JSON Lines have all */

void jy__shown_fill(jy__text *out, const char *template_text, const int64_t *numbers, size_t count)
{
    jy__text made[NUMBERS_MOST];
    jy_str args[NUMBERS_MOST] = { { NULL, 0 } };
    for (size_t i = 0; i < count; i++) {
        jy__text_init(&made[i], out->mem);
        jy__text_int(&made[i], numbers[i]);
        args[i] = jy__text_view(&made[i]);
        out->failed |= made[i].failed;
    }
    jy__message_fill(out, template_text, args, count);
    for (size_t i = 0; i < count; i++)
        jy__text_free(&made[i]);
}

static bool put_incident(jy__text *out, const jy__view *view, const jy_unchecked *unchecked)
{
    jy_report *report = view->report;
    jy_rules *rules = jy_result_rules(view->result);
    jy_rule rule = JY_RULE_INIT;
    if (unchecked->rule == JY_RULE_ANY)
        rule.id = JY__STR("*");
    else if (rules)
        jy_rules_get(rules, unchecked->rule, &rule);
    jy__message_fill(out, jy__report_word(report, JY__WORD_INCIDENT),
                     (jy_str[]){ rule.id, jy__str_of(jy_unchecked_text(unchecked->why, report->language)) }, 2);
    return true;
}

static void put_unknown_labels(jy__text *out, const jy__view *view)
{
    jy_str label;
    for (size_t k = 0; jy_result_unknown_label(view->result, k, &label) == JY_OK; k++) {
        jy__text_c(out, k ? jy__report_word(view->report, JY__WORD_LIST_COMMA) : "");
        jy__shown_text(out, jy__report_masked(view->report, label));
    }
    if (!out->len)
        jy__text_c(out, jy__report_word(view->report, JY__WORD_NO_LABEL));
}

static bool put_unknown_turns(jy__text *out, const jy__view *view)
{
    jy__text turns, labels;
    jy__text_init(&turns, out->mem);
    jy__text_init(&labels, out->mem);
    jy__text_int(&turns, (int64_t)jy_result_unknown_turns(view->result));
    put_unknown_labels(&labels, view);
    jy__message_fill(out, jy__report_word(view->report, JY__WORD_UNKNOWN_TURNS), (jy_str[]){ jy__text_view(&turns), jy__text_view(&labels) }, 2);
    out->failed |= turns.failed || labels.failed;
    jy__text_free(&turns);
    jy__text_free(&labels);
    return true;
}

bool jy__shown_note(jy__text *out, const jy__view *view, size_t k)
{
    size_t first_bad, bad = jy_result_bad_bytes(view->result, &first_bad);
    for (size_t i = 0; i < jy_result_unchecked_count(view->result); i++) {
        jy_unchecked unchecked = JY_UNCHECKED_INIT;
        if (jy_result_unchecked(view->result, i, &unchecked) != JY_OK || !jy__unchecked_is_incident(unchecked.why))
            continue;
        if (k-- == 0)
            return put_incident(out, view, &unchecked);
    }
    if (jy_result_unknown_turns(view->result) && k-- == 0)
        return put_unknown_turns(out, view);
    if (bad && k-- == 0) {
        jy__shown_fill(out, jy__report_word(view->report, JY__WORD_BAD_BYTES), (int64_t[]){ (int64_t)bad, (int64_t)first_bad }, 2);
        return true;
    }
    if (jy_result_complete(view->result) != JY_OK && k == 0) {
        jy__text_c(out, jy__report_word(view->report, JY__WORD_LIMITED));
        return true;
    }
    return false;
}

void jy__shown_score(jy__text *out, const jy_report *report, const jy_score *score)
{
    jy__text points, start;
    jy__text_init(&points, out->mem);
    jy__text_init(&start, out->mem);
    jy__text_int(&points, score->points);
    jy__text_int(&start, score->start);
    jy__message_fill(out, jy__report_word(report, JY__WORD_SCORE_LINE),
                     (jy_str[]){ score->pack, jy__text_view(&points), jy__text_view(&start),
                                 jy__str_of(jy__report_word(report, score->passed ? JY__WORD_PASSED : JY__WORD_FAILED)) }, 4);
    if (score->fatal) {
        jy__text_c(out, report->language == JY_CHINESE ? "，" : ", ");
        jy__text_c(out, jy__report_word(report, JY__WORD_FATAL));
    }
    if (score->unchecked)
        jy__shown_fill(out, jy__report_word(report, JY__WORD_RULES_UNCHECKED), (int64_t[]){ score->unchecked }, 1);
    out->failed |= points.failed || start.failed;
    jy__text_free(&points);
    jy__text_free(&start);
}

static void put_rule(jy__text *out, const jy_report *report, const jy__unchecked_tally *tally)
{
    jy__text calls;
    if (tally->calls == report->totals.calls) {
        jy__shown_text(out, tally->rule);
        return;
    }
    jy__text_init(&calls, out->mem);
    jy__text_int(&calls, (int64_t)tally->calls);
    jy__message_fill(out, jy__report_word(report, JY__WORD_IN_CALLS), (jy_str[]){ tally->rule, jy__text_view(&calls) }, 2);
    out->failed |= calls.failed;
    jy__text_free(&calls);
}

static void put_reason(jy__text *out, const jy_report *report, int why)
{
    const jy__totals *totals = &report->totals;
    jy__text count;
    int64_t rules = 0;
    for (size_t i = 0; i < totals->unchecked.count; i++)
        rules += totals->unchecked.items[i].why == why;
    if (!rules)
        return;
    jy__text_init(&count, out->mem);
    jy__text_int(&count, rules);
    jy__message_fill(out, jy__report_word(report, JY__WORD_NOT_CHECKED),
                     (jy_str[]){ jy__str_of(jy_unchecked_text(why, report->language)), jy__text_view(&count) }, 2);
    out->failed |= count.failed;
    jy__text_free(&count);
    jy__text_c(out, "\n ");
    for (size_t i = 0, shown = 0; i < totals->unchecked.count; i++) {
        if (totals->unchecked.items[i].why != why)
            continue;
        if (shown++ == RULES_NAMED && rules > RULES_NAMED + 1) {
            jy__text_c(out, " … ");
            jy__shown_fill(out, jy__report_word(report, JY__WORD_HTML_MORE), (int64_t[]){ rules - RULES_NAMED }, 1);
            break;
        }
        jy__text_char(out, ' ');
        put_rule(out, report, &totals->unchecked.items[i]);
    }
    jy__text_char(out, '\n');
}

void jy__shown_pack_score(jy__text *out, const jy_report *report, const jy__score_tally *tally)
{
    int64_t numbers[] = { (int64_t)tally->calls, tally->points / (int64_t)tally->calls, (int64_t)tally->failed, (int64_t)tally->fatal };
    jy__text made[4];
    jy_str args[5] = { tally->pack };
    for (size_t i = 0; i < 4; i++) {
        jy__text_init(&made[i], out->mem);
        jy__text_int(&made[i], numbers[i]);
        args[i + 1] = jy__text_view(&made[i]);
        out->failed |= made[i].failed;
    }
    jy__message_fill(out, jy__report_word(report, JY__WORD_SCORES), args, 5);
    for (size_t i = 0; i < 4; i++)
        jy__text_free(&made[i]);
}

static void put_if(jy__text *out, const jy_report *report, jy__word word, uint64_t number)
{
    if (number)
        jy__shown_fill(out, jy__report_word(report, word), (int64_t[]){ (int64_t)number }, 1);
}

static void put_summary(jy__text *out, const jy_report *report)
{
    const jy__totals *totals = &report->totals;
    int64_t numbers[] = { (int64_t)totals->files, (int64_t)totals->calls, (int64_t)totals->turns,
                          (int64_t)jy__totals_findings(totals), (int64_t)totals->findings[JY_CRITICAL],
                          (int64_t)totals->findings[JY_ERROR], (int64_t)totals->findings[JY_WARNING],
                          (int64_t)totals->findings[JY_INFO] };
    jy__shown_fill(out, jy__report_word(report, JY__WORD_SUMMARY), numbers, JY__COUNT(numbers));
    put_if(out, report, JY__WORD_SUMMARY_LEFT_OUT, totals->left_out);
    put_if(out, report, JY__WORD_SUMMARY_SKIPPED, totals->skipped);
    put_if(out, report, JY__WORD_SUMMARY_LIMITED, totals->limited);
    put_if(out, report, JY__WORD_SUMMARY_BAD, totals->bad_bytes);
    jy__text_char(out, '\n');
}

void jy__shown_end(jy__text *out, const jy_report *report)
{
    for (int why = JY_NEEDS_CALL; why <= JY__UNCHECKED_LAST; why++)
        if (!jy__unchecked_is_incident(why))
            put_reason(out, report, why);
    for (size_t i = 0; i < report->totals.scores.count; i++)
        {
        jy__shown_pack_score(out, report, &report->totals.scores.items[i]);
        jy__text_char(out, 0x0A);
    }
    put_summary(out, report);
}
