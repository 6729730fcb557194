/* Any bytes as an agent's text: scanned, folded, explained, rewritten. Folding a folded text must change nothing, and what is found
 * by pieces (cut at a line end) must be what is found in the whole. */
#include "fuzz.h"

static size_t count_in(jy_scanner *scanner, jy_str text, uint32_t line, size_t offset)
{
    jy_place at = JY_PLACE_INIT;
    jy_result *result = NULL;
    size_t count;
    at.line = line;
    at.column = 1;
    at.offset = offset;
    FUZZ_MUST(jy_scan_at(scanner, fuzz_rules(), text, NULL, &at, &result) == JY_OK);
    count = jy_result_count(result);
    for (size_t i = 0; i < count; i++) {
        jy_finding finding = JY_FINDING_INIT;
        jy_buf fixed = JY_BUF_INIT;
        FUZZ_MUST(jy_result_get(result, i, &finding) == JY_OK && finding.line >= line);
        FUZZ_MUST(jy_result_rewrite(result, finding.turn, &fixed) == JY_OK);
        jy_buf_free(&fixed);
    }
    jy_result_free(result);
    return count;
}

static void check_pieces(jy_scanner *scanner, jy_str text)
{
    const char *cut = text.len ? memchr(text.ptr + text.len / 2, '\n', text.len - text.len / 2) : NULL;
    size_t whole = count_in(scanner, text, 1, 0), lines = 1, first;
    if (!cut)
        return;
    first = (size_t)(cut - text.ptr) + 1;
    for (size_t i = 0; i < first; i++)
        lines += text.ptr[i] == '\n';
    FUZZ_MUST(whole == count_in(scanner, (jy_str){ text.ptr, first }, 1, 0) +
                           count_in(scanner, (jy_str){ text.ptr + first, text.len - first }, (uint32_t)lines, first));
}

static void check_fold(jy_scanner *scanner, jy_str text)
{
    jy_buf once = JY_BUF_INIT, twice = JY_BUF_INIT, why = JY_BUF_INIT;
    FUZZ_MUST(jy_fold(scanner, text, &once) == JY_OK);
    FUZZ_MUST(jy_fold(scanner, (jy_str){ once.ptr, once.len }, &twice) == JY_OK);
    FUZZ_MUST(once.len == twice.len && (!once.len || !memcmp(once.ptr, twice.ptr, once.len)));
    FUZZ_MUST(jy_fold_explain(scanner, text, &why) == JY_OK);
    jy_buf_free(&once);
    jy_buf_free(&twice);
    jy_buf_free(&why);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    jy_str text = { (const char *)data, size };
    jy_scanner *scanner = NULL;
    FUZZ_MUST(jy_scanner_new(&scanner, NULL) == JY_OK);
    check_pieces(scanner, text);
    check_fold(scanner, text);
    jy_scanner_free(scanner);
    return 0;
}
