/* Packs out of the library's images are the packs that the loader and the compiler make of their files: the same rules, the same findings of
 * every line of their own files, said by the agent alone and in a call, and by several threads that wake their patterns at once. */
#include "compile/compile_builtin.h"
#include "compile/compile_image.h"
#include "session_test.h"
#include <pthread.h>

static const char *const sets[][3] = { { "alarm-center", NULL }, { "alarm-center", "service-general", NULL } };

static jy_compiler *named(const char *const *packs)
{
    jy_compiler *compiler;
    ck_assert_int_eq(jy_compiler_new(&compiler, NULL), JY_OK);
    for (; *packs; packs++)
        ck_assert_int_eq(jy_compiler_add_builtin(compiler, str_of(*packs)), JY_OK);
    return compiler;
}

static jy_rules *built(jy_compiler *compiler)
{
    jy_rules *rules;
    ck_assert_int_eq(jy_compiler_build(compiler, &rules), JY_OK);
    jy_compiler_free(compiler);
    return rules;
}

static jy_rules *compiled(const char *const *packs)
{
    jy_compiler *compiler = named(packs);
    ck_assert_int_eq(jy__compiler_read_named(compiler), JY_OK);
    jy_rules *rules = built(compiler);
    ck_assert(!rules->image);
    return rules;
}

static jy_rules *woken(const char *const *packs)
{
    jy_rules *rules = built(named(packs));
    ck_assert_msg(rules->image, "the library has no image: see what make_image said while it was built");
    return rules;
}

static void same_findings(const jy_result *a, const jy_result *b)
{
    ck_assert_uint_eq(jy_result_count(a), jy_result_count(b));
    ck_assert_uint_eq(jy_result_unchecked_count(a), jy_result_unchecked_count(b));
    for (size_t i = 0; i < jy_result_count(a); i++) {
        jy_finding x = JY_FINDING_INIT, y = JY_FINDING_INIT;
        jy_str said, other;
        jy_result_get(a, i, &x);
        jy_result_get(b, i, &y);
        ck_assert(x.rule == y.rule && x.turn == y.turn && x.kind == y.kind && x.severity == y.severity && x.folds == y.folds && x.confidence == y.confidence);
        ck_assert(x.span.begin == y.span.begin && x.span.end == y.span.end && x.score == y.score && x.measured == y.measured);
        ck_assert(str_eq(x.rule_id, y.rule_id) && str_eq(x.clause, y.clause) && str_eq(x.pack, y.pack) && str_eq(x.situation, y.situation));
        ck_assert_uint_eq(x.suggestion_count, y.suggestion_count);
        for (uint32_t k = 0; k < x.suggestion_count; k++) {
            ck_assert_int_eq(jy_result_suggestion(a, i, k, &said), JY_OK);
            ck_assert_int_eq(jy_result_suggestion(b, i, k, &other), JY_OK);
            ck_assert(str_eq(said, other));
        }
    }
}

static jy_result *scan(jy_rules *rules, jy_str text)
{
    jy_scanner *scanner;
    jy_result *result;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_scan(scanner, rules, text, &result), JY_OK);
    jy_scanner_free(scanner);
    return result;
}

static jy_result *call(jy_rules *rules, jy_str text)
{
    jy_scanner *scanner;
    jy_session *session;
    jy_result *result;
    ck_assert_int_eq(jy_scanner_new(&scanner, NULL), JY_OK);
    ck_assert_int_eq(jy_session_new(&session, rules, NULL), JY_OK);
    for (size_t at = 0, number = 0; at < text.len; number++) {
        const char *feed = memchr(text.ptr + at, '\n', text.len - at);
        jy_turn turn = JY_TURN_INIT;
        turn.text = (jy_str){ text.ptr + at, (feed ? (size_t)(feed - text.ptr) : text.len) - at };
        turn.speaker = number % 3 == 1 ? JY_CUSTOMER : JY_AGENT;
        turn.begin_ms = (int64_t)number * 4000;
        ck_assert_int_eq(jy_session_feed(session, scanner, &turn), JY_OK);
        at += turn.text.len + 1;
    }
    ck_assert_int_eq(jy_session_finish(session, scanner), JY_OK);
    ck_assert_int_eq(jy_session_result(session, &result), JY_OK);
    jy_session_free(session);
    jy_scanner_free(scanner);
    return result;
}

static void check_rules(const char *const *packs)
{
    jy_rules *a = compiled(packs), *b = woken(packs);
    ck_assert_uint_eq(jy_rules_count(a), jy_rules_count(b));
    ck_assert_uint_eq(jy_rules_clause_count(a), jy_rules_clause_count(b));
    ck_assert_uint_eq(jy_rules_memory(a), jy_rules_memory(b));
    for (size_t i = 0; i < jy_rules_count(a); i++) {
        jy_rule x = JY_RULE_INIT, y = JY_RULE_INIT;
        jy_rules_get(a, i, &x);
        jy_rules_get(b, i, &y);
        ck_assert(str_eq(x.id, y.id) && str_eq(x.note, y.note) && str_eq(x.tags, y.tags) && str_eq(x.source, y.source) && x.line == y.line);
        ck_assert(x.kind == y.kind && x.severity == y.severity && x.speaker == y.speaker && x.score == y.score && x.flags == y.flags);
        ck_assert_int_eq(a->rules[i].judged, b->rules[i].judged);
    }
    jy_rules_unref(jy_rules_ref(b));
    jy_rules_unref(a);
    jy_rules_unref(b);
}

START_TEST(test_session__the_image_has_the_rules_of_the_files)
{
    for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++)
        check_rules(sets[i]);
}
END_TEST

/* How long the file of these images is. */
static long bytes_of_images(const char *sets_written)
{
    char folder[] = "/tmp/jinyu-images-XXXXXX", command[512];
    long size;
    ck_assert(mkdtemp(folder) != NULL);
    snprintf(command, sizeof(command), "%s %s/images %s/assembler %s", MAKE_IMAGE, folder, folder, sets_written);
    ck_assert_int_eq(system(command), 0);
    snprintf(command, sizeof(command), "%s/images", folder);
    FILE *file = fopen(command, "rb");
    ck_assert(file && fseek(file, 0, SEEK_END) == 0);
    size = ftell(file);
    fclose(file);
    snprintf(command, sizeof(command), "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
    return size;
}

START_TEST(test_session__images_have_in_common_what_is_alike)
{
    long once = bytes_of_images("service-general"), twice = bytes_of_images("service-general service-general");
    ck_assert_int_gt(once, 100000);
    ck_assert_int_lt(twice, once + once / 4);
}
END_TEST

/* What lies in the images once for both (make_image_write.c). */
START_TEST(test_session__packs_begin_with_what_the_first_is_alone)
{
    jy_rules *first = compiled(sets[0]), *both = compiled(sets[1]);
    ck_assert_uint_gt(first->atom_count, 1000);
    for (uint32_t i = 0; i < first->atom_count; i++) {
        ck_assert_uint_eq(first->atoms[i].written, both->atoms[i].written);
        ck_assert(jy__str_eq(jy__atom_written(first, i), jy__atom_written(both, i)));
    }
    for (int kind = 0; kind < JY__SET_COUNT; kind++)
        for (size_t i = 0; i < first->sets[kind].first_count; i++)
            ck_assert_uint_eq(first->sets[kind].forms[i], both->sets[kind].forms[i]);
    jy_rules_unref(first);
    jy_rules_unref(both);
}
END_TEST

static void check_findings(const char *const *packs)
{
    jy_rules *a = compiled(packs), *b = woken(packs);
    size_t found = 0;
    for (size_t i = 0; i < jy__builtin_file_count; i++) {
        jy_str text = { jy__builtin_files[i].text, jy__builtin_files[i].len };
        jy_result *x = scan(a, text), *y = scan(b, text);
        same_findings(x, y);
        found += jy_result_count(x);
        jy_result_free(x);
        jy_result_free(y);
        x = call(a, text);
        y = call(b, text);
        same_findings(x, y);
        jy_result_free(x);
        jy_result_free(y);
    }
    ck_assert_uint_gt(found, 500);
    jy_rules_unref(a);
    jy_rules_unref(b);
}

START_TEST(test_session__the_image_finds_what_the_files_find)
{
    for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++)
        check_findings(sets[i]);
}
END_TEST

START_TEST(test_session__what_changes_the_rules_is_compiled)
{
    const jy_str own = str_of("jinyu: 1\npack: own\nrules:\n  - {id: x, forbid: 不归我管}\n");
    jy_compiler *compilers[4];
    jy_compiler *late = named(sets[0]);
    ck_assert_int_eq(jy_compiler_set(compilers[0] = named(sets[0]), JY_PARAM_FOLD_SOUND, 0), JY_OK);
    ck_assert_int_eq(jy_compiler_add_text(compilers[1] = named(sets[0]), str_of("own"), own), JY_OK);
    ck_assert_int_eq(jy_compiler_set_severity(compilers[2] = named(sets[0]), str_of("ask-identity"), JY_INFO), JY_OK);
    compilers[3] = named((const char *const[]){ "service-general", "alarm-center", NULL });
    for (size_t i = 0; i < 4; i++) {
        jy_rules *rules = built(compilers[i]);
        ck_assert_msg(!rules->image, "%zu", i);
        jy_rules_unref(rules);
    }
    ck_assert_int_eq(jy_compiler_set(late, JY_PARAM_LANGUAGE, JY_CHINESE), JY_OK);
    ck_assert_int_eq(jy_compiler_set(late, JY_PARAM_DATE, 20300101), JY_OK);
    jy_rules *rules = built(late);
    ck_assert(rules->image);
    jy_rules_unref(rules);
}
END_TEST

START_TEST(test_session__a_woken_pack_is_tested_and_linted_as_a_compiled_one)
{
    jy_test_summary summaries[2] = { JY_TEST_SUMMARY_INIT, JY_TEST_SUMMARY_INIT };
    size_t remarks[2];
    for (int i = 0; i < 2; i++) {
        jy_compiler *compiler = named(sets[0]);
        jy_rules *rules;
        if (i)
            ck_assert_int_eq(jy__compiler_read_named(compiler), JY_OK);
        ck_assert_int_eq(jy_compiler_build(compiler, &rules), JY_OK);
        ck_assert_int_eq(jy_compiler_lint(compiler), JY_OK);
        ck_assert_int_eq(jy_compiler_test(compiler, 0, &summaries[i]), JY_OK);
        remarks[i] = jy_compiler_diag_count(compiler);
        jy_compiler_free(compiler);
        jy_rules_unref(rules);
    }
    ck_assert_uint_gt(summaries[0].passed, 100);
    ck_assert_mem_eq(&summaries[0], &summaries[1], sizeof(summaries[0]));
    ck_assert_uint_eq(remarks[0], remarks[1]);
}
END_TEST

static void *one_thread(void *rules)
{
    jy_result *result = scan(rules, (jy_str){ jy__builtin_files[0].text, jy__builtin_files[0].len });
    size_t count = jy_result_count(result);
    jy_result_free(result);
    return (void *)count;
}

START_TEST(test_session__threads_wake_patterns_together)
{
    enum { THREADS = 4 };
    for (int round = 0; round < 5; round++) {
        jy_rules *rules = woken(sets[1]);
        pthread_t threads[THREADS];
        void *counts[THREADS];
        for (int i = 0; i < THREADS; i++)
            ck_assert_int_eq(pthread_create(&threads[i], NULL, one_thread, rules), 0);
        for (int i = 0; i < THREADS; i++)
            pthread_join(threads[i], &counts[i]);
        for (int i = 1; i < THREADS; i++)
            ck_assert_ptr_eq(counts[i], counts[0]);
        ck_assert_ptr_eq(one_thread(rules), counts[0]);
        jy_rules_unref(rules);
    }
}
END_TEST

CHECK_MAIN("image", test_session__the_image_has_the_rules_of_the_files, test_session__the_image_finds_what_the_files_find, test_session__images_have_in_common_what_is_alike, test_session__packs_begin_with_what_the_first_is_alone,
           test_session__what_changes_the_rules_is_compiled, test_session__a_woken_pack_is_tested_and_linted_as_a_compiled_one,
           test_session__threads_wake_patterns_together)
