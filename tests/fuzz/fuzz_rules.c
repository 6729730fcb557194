/* Any bytes as a rule file: compiled, linted, its tests run, laid out. What compiles must still compile when it has been laid out
 * in the standard way, and laying it out twice must change nothing. */
#include "fuzz.h"

static bool compiles(jy_str text, bool run)
{
    jy_compiler *compiler = NULL;
    jy_rules *rules = NULL;
    bool good;
    FUZZ_MUST(jy_compiler_new(&compiler, NULL) == JY_OK);
    good = jy_compiler_add_text(compiler, (jy_str){ "fuzz", 4 }, text) == JY_OK && jy_compiler_build(compiler, &rules) == JY_OK;
    FUZZ_MUST(good || jy_compiler_diag_count(compiler) > 0);
    if (good && run) {
        jy_test_summary summary = JY_TEST_SUMMARY_INIT;
        jy_compiler_lint(compiler);
        jy_compiler_test(compiler, 0, &summary);
    }
    for (size_t i = 0; i < jy_compiler_diag_count(compiler); i++) {
        jy_diag diag = JY_DIAG_INIT;
        FUZZ_MUST(jy_compiler_diag(compiler, i, &diag) == JY_OK && diag.message.len > 0);
    }
    jy_rules_unref(rules);
    jy_compiler_free(compiler);
    return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    jy_str text = { (const char *)data, size };
    jy_buf once = JY_BUF_INIT, twice = JY_BUF_INIT;
    if (!compiles(text, true))
        return 0;
    FUZZ_MUST(jy_rules_format(text, &once) == JY_OK);
    FUZZ_MUST(compiles((jy_str){ once.ptr, once.len }, false));
    FUZZ_MUST(jy_rules_format((jy_str){ once.ptr, once.len }, &twice) == JY_OK);
    FUZZ_MUST(once.len == twice.len && !memcmp(once.ptr, twice.ptr, once.len));
    jy_buf_free(&once);
    jy_buf_free(&twice);
    return 0;
}
