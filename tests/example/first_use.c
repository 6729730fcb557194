/* First use: the built-in rules, one text, what was found and what to say instead. */
#include <jinyu/jinyu.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    const char *said = "喂,你 是 誰?没办法。";
    jy_str text = { said, strlen(said) };
    jy_rules *rules = NULL;
    jy_scanner *scanner = NULL;
    jy_result *result = NULL;
    size_t i;
    int rc;

    if ((rc = jy_rules_builtin(&rules)) < 0 || (rc = jy_scanner_new(&scanner, NULL)) < 0 ||
        (rc = jy_scan(scanner, rules, text, &result)) < 0)
        goto done;
    for (i = 0; i < jy_result_count(result); i++) {
        jy_finding f = JY_FINDING_INIT;
        jy_str instead = { "", 0 };
        jy_result_get(result, i, &f);
        jy_result_suggestion(result, i, 0, &instead);
        printf("%.*s bytes %lu-%lu %.*s -> %.*s\n", (int)f.clause.len, f.clause.ptr, (unsigned long)f.span.begin, (unsigned long)f.span.end,
               (int)f.text.len, f.text.ptr, (int)instead.len, instead.ptr);
    }
done:
    if (rc < 0)
        fprintf(stderr, "%s\n", jy_status_text(rc));
    jy_result_free(result);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
    return rc < 0;
}
