/* Masked copies of what a report shows. Comes in: texts of one result; goes out: the texts themselves, or copies that live until the next
 * result, when personal data is to be masked. Many findings may share one turn, which may be a whole file on one line: its copy is made
 * once, and places in it are looked for from the last one, since findings follow one another. */
#include "report/report.h"

static jy_str make_masked(jy_report *report, jy_str text)
{
    jy__text masked;
    jy_str kept = text;
    bool changed = false;
    jy__text_init(&masked, &report->mem);
    if (!jy__redact(&report->mem, text, &masked, &changed) || (changed && !jy__arena_str(&report->shown, jy__text_view(&masked), &kept))) {
        report->status = report->status == JY_OK ? JY_E_NOMEM : report->status;
        kept = (jy_str){ NULL, 0 };
    }
    jy__text_free(&masked);
    return kept;
}

jy_str jy__report_masked(jy_report *report, jy_str text)
{
    return jy__report_has(report, JY_REPORT_REDACT) && text.len ? make_masked(report, text) : text;
}

jy_str jy__report_masked_turn(jy_report *report, jy__mask *mask, jy_str text)
{
    if (mask->original.ptr != text.ptr || mask->original.len != text.len || !text.len)
        *mask = (jy__mask){ text, jy__report_masked(report, text), 0, 0 };
    return mask->masked;
}

/* Both places step over the same characters: each has one for the other's. */
size_t jy__mask_offset(jy__mask *mask, size_t at)
{
    jy_str from = mask->original, to = mask->masked;
    if (from.ptr == to.ptr)
        return at;
    while (mask->at > at && mask->masked_at > 0) {
        mask->at = jy__utf8_before(from.ptr, mask->at);
        mask->masked_at = jy__utf8_before(to.ptr, mask->masked_at);
    }
    while (mask->at < at && mask->at < from.len && mask->masked_at < to.len) {
        const char *p = from.ptr + mask->at, *q = to.ptr + mask->masked_at;
        bool valid;
        jy__utf8_next(&p, from.ptr + from.len, &valid);
        jy__utf8_next(&q, to.ptr + to.len, &valid);
        mask->at = (size_t)(p - from.ptr);
        mask->masked_at = (size_t)(q - to.ptr);
    }
    return mask->masked_at;
}

void jy__report_forget(jy_report *report)
{
    jy__arena_clear(&report->shown);
    memset(&report->turn_mask, 0, sizeof(report->turn_mask));
    memset(&report->last_mask, 0, sizeof(report->last_mask));
    memset(&report->found_at, 0, sizeof(report->found_at));
    memset(&report->edited_at, 0, sizeof(report->edited_at));
    memset(&report->unit_at, 0, sizeof(report->unit_at));
}
