/* Many utterances in one call, as a column of an Arrow table holds them: one buffer of text, offsets, a bitmap of nulls. */
#include <jinyu/jinyu.h>
#include <stdio.h>

int main(void)
{
    static const char data[] = "没办法" "您好" "打错了" "不知道您方便吗" "你 是 誰";
    static const int32_t offsets[] = { 0, 9, 15, 24, 45, 56 };
    static const uint8_t valid[] = { 0x1B }; /* 0 1 . 3 4: the third is null */
    jy_rules *rules = NULL;
    jy_scanner *scanner = NULL;
    jy_result *result = NULL;
    size_t i;
    int rc;

    if ((rc = jy_rules_builtin(&rules)) < 0 || (rc = jy_scanner_new(&scanner, NULL)) < 0 ||
        (rc = jy_scan_batch(scanner, rules, data, offsets, 32, 5, valid, &result)) < 0)
        goto done;
    for (i = 0; i < jy_result_count(result); i++) {
        jy_finding f = JY_FINDING_INIT;
        jy_result_get(result, i, &f);
        printf("text %lu bytes %lu-%lu %.*s\n", (unsigned long)f.turn, (unsigned long)f.span.begin, (unsigned long)f.span.end,
               (int)f.text.len, f.text.ptr);
    }
done:
    if (rc < 0)
        fprintf(stderr, "%s\n", jy_status_text(rc));
    jy_result_free(result);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
    return rc < 0;
}
