/* Any bytes as a transcript: probed, read, judged turn by turn, reported. Beside crashes it looks for what must hold whatever
 * the bytes: a reader ends, places lie inside the input, spans lie inside their turn. */
#include "fuzz.h"

static int drop(void *ctx, const char *bytes, size_t len)
{
    (void)ctx, (void)bytes, (void)len;
    return 0;
}

static void check_result(jy_session *session, jy_report *report)
{
    jy_result *result = NULL;
    FUZZ_MUST(jy_session_result(session, &result) == JY_OK);
    for (size_t i = 0; i < jy_result_count(result); i++) {
        jy_finding finding = JY_FINDING_INIT;
        jy_turn turn = JY_TURN_INIT;
        FUZZ_MUST(jy_result_get(result, i, &finding) == JY_OK);
        if (finding.turn != JY_TURN_NONE && finding.turn == finding.turn_end && jy_result_turn(result, finding.turn, &turn) == JY_OK)
            FUZZ_MUST(finding.span.begin <= finding.span.end && finding.span.end <= turn.text.len);
    }
    FUZZ_MUST(jy_report_add(report, result) == JY_OK);
    jy_result_free(result);
}

static void take(jy_session *session, jy_scanner *scanner, jy_report *report, const jy_item *item)
{
    switch (item->kind) {
    case JY_ITEM_CALL:
        FUZZ_MUST(jy_session_reset(session) == JY_OK);
        FUZZ_MUST(jy_session_call(session, &item->call) == JY_OK);
        break;
    case JY_ITEM_TURN: jy_session_feed(session, scanner, &item->turn); break;
    case JY_ITEM_EVENT: jy_session_event(session, scanner, &item->event); break;
    case JY_ITEM_BROKEN: FUZZ_MUST(item->diag.message.len > 0 && jy_report_skipped(report, &item->diag) == JY_OK); break;
    case JY_ITEM_END:
        FUZZ_MUST(jy_session_finish(session, scanner) == JY_OK);
        check_result(session, report);
        break;
    default: FUZZ_MUST(0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const formats[] = { "text", "jsonl", "sarif", "html", "csv" };
    jy_report_options how = JY_REPORT_OPTIONS_INIT;
    jy_str bytes = { (const char *)data, size };
    jy_session *session = NULL;
    jy_scanner *scanner = NULL;
    jy_reader *reader = NULL;
    jy_report *report = NULL;
    jy_item item = JY_ITEM_INIT;
    how.format.ptr = formats[size % 5];
    how.format.len = strlen(how.format.ptr);
    how.flags = JY_REPORT_REDACT;
    FUZZ_MUST(jy_scanner_new(&scanner, NULL) == JY_OK && jy_session_new(&session, fuzz_rules(), NULL) == JY_OK);
    FUZZ_MUST(jy_report_new(&report, &how, drop, NULL, NULL) == JY_OK);
    if (jy_reader_open_text(&reader, bytes, NULL, NULL) == JY_OK) {
        int status;
        while ((status = jy_reader_next(reader, &item)) == JY_OK)
            take(session, scanner, report, &item);
        FUZZ_MUST(status == JY_DONE || status < 0);
    }
    jy_reader_free(reader);
    FUZZ_MUST(jy_report_finish(report) == JY_OK);
    jy_report_free(report);
    jy_session_free(session);
    jy_scanner_free(scanner);
    return 0;
}
