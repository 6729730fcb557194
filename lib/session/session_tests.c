/* The rule files' own tests: bad texts must be found by their rule, good ones must not, fixes must give what they promise; in
 * disguise too, when asked. Each pack is tested as if it were used alone, so that its tests say the same whatever stands beside it. */
#include "session/session_run.h"

typedef struct testing {
    jy_compiler *compiler;
    jy_scanner *scanner;
    const jy__tree *tree;
    const jy__rule *rule;
    uint32_t number;
    jy_test_summary *summary;
} testing;

static int of_pack(void *ctx, const jy_result *result, size_t index)
{
    const testing *t = ctx;
    jy_finding finding = JY_FINDING_INIT;
    return jy_result_get(result, index, &finding) == JY_OK && jy__str_eq(finding.pack, t->tree->pack.name);
}

/* What the pack finds in the call, as if it were used alone. */
static int run_turns(testing *t, const jy__test_turn *turns, size_t count, jy_result **out)
{
    int status = jy__session_run(&t->compiler->mem, t->compiler->rules, t->scanner, turns, count, out);
    if (status == JY_OK && (status = jy_result_keep(*out, of_pack, t)) != JY_OK)
        jy_result_free(*out);
    return status;
}

static void fail(testing *t, int code, const jy__test *test, jy_str a, jy_str b, jy_str c)
{
    jy_str args[] = { a, b, c };
    jy__session_say(t->compiler, code, t->tree->pack.source, t->rule->id, test->pos, args, 3);
    t->summary->failed++;
}

static jy_str first_text(const jy__test *test)
{
    for (size_t i = 0; i < test->turn_count; i++)
        if (!test->turns[i].event)
            return test->turns[i].text;
    return (jy_str){ NULL, 0 };
}

/* " (found by: a, b)" — the rules that did find something. */
static int others(const jy_result *result, jy__text *out)
{
    for (size_t i = 0; i < jy_result_count(result); i++) {
        jy_finding finding = JY_FINDING_INIT;
        jy_result_get(result, i, &finding);
        jy__text_c(out, i ? ", " : " (→ ");
        jy__text_str(out, finding.rule_id);
    }
    if (jy_result_count(result))
        jy__text_char(out, ')');
    return out->failed ? JY_E_NOMEM : JY_OK;
}

static bool wants(jy__test_kind kind) { return kind == JY__TEST_BAD || kind == JY__TEST_KNOWN_GOOD; }

static int judge_outcome(testing *t, const jy__test *test, const jy_result *result)
{
    size_t at = jy__session_find_rule(result, t->number, 0);
    bool known = test->kind == JY__TEST_KNOWN_BAD || test->kind == JY__TEST_KNOWN_GOOD;
    bool found = at != SIZE_MAX;
    jy_finding finding = JY_FINDING_INIT;
    jy__text list;
    int status = JY_OK;
    if (known) { /* a known bad is not found yet, a known good is found still */
        if (found == (test->kind == JY__TEST_KNOWN_GOOD))
            t->summary->known++;
        else
            fail(t, JY__TEST_GAP_CLOSED, test, t->rule->id, first_text(test), (jy_str){ NULL, 0 });
        return JY_OK;
    }
    if (found == wants(test->kind)) {
        t->summary->passed++;
        return JY_OK;
    }
    jy__text_init(&list, &t->compiler->mem);
    if (found) {
        jy_result_get(result, at, &finding);
        fail(t, JY__TEST_ALARM, test, t->rule->id, first_text(test), finding.text);
    } else if ((status = others(result, &list)) == JY_OK) {
        fail(t, JY__TEST_MISSED, test, t->rule->id, first_text(test), jy__text_view(&list));
    }
    jy__text_free(&list);
    return status;
}

/* ---- fixes */
static int rewrite(testing *t, jy_str text, jy__text *out, bool *flagged)
{
    jy__test_turn turn = { JY_AGENT, text, JY_TIME_UNKNOWN, JY_TIME_UNKNOWN, 0 };
    jy_result *result;
    jy_buf fixed = JY_BUF_INIT;
    int status = run_turns(t, &turn, 1, &result);
    if (status != JY_OK)
        return status;
    *flagged = jy__session_find_rule(result, t->number, 0) != SIZE_MAX;
    status = jy_result_rewrite(result, 0, &fixed);
    jy__text_clear(out);
    if (status == JY_OK)
        jy__text_add(out, fixed.ptr, fixed.len);
    jy_buf_free(&fixed);
    jy_result_free(result);
    return status == JY_OK && out->failed ? JY_E_NOMEM : status;
}

static int run_fix(testing *t, const jy__test *test)
{
    jy__text once, twice;
    bool flagged = false;
    int status;
    jy__text_init(&once, &t->compiler->mem);
    jy__text_init(&twice, &t->compiler->mem);
    status = rewrite(t, first_text(test), &once, &flagged);
    if (status == JY_OK)
        status = rewrite(t, jy__text_view(&once), &twice, &flagged);
    if (status == JY_OK) {
        if (!jy__str_eq(jy__text_view(&once), test->fixed))
            fail(t, JY__TEST_FIX_OTHER, test, first_text(test), jy__text_view(&once), test->fixed);
        else if (!jy__str_eq(jy__text_view(&once), jy__text_view(&twice)))
            fail(t, JY__TEST_FIX_TWICE, test, jy__text_view(&once), jy__text_view(&twice), (jy_str){ NULL, 0 });
        else if (flagged)
            fail(t, JY__TEST_FIX_FLAGGED, test, t->rule->id, jy__text_view(&once), (jy_str){ NULL, 0 });
        else
            t->summary->passed++;
    }
    jy__text_free(&once);
    jy__text_free(&twice);
    return status;
}

/* ---- disguises */
static uint32_t folds_below(const jy_rules *rules, uint32_t node)
{
    const jy__node *own = &rules->nodes[node];
    uint32_t folds = UINT32_MAX;
    for (uint32_t i = 0; i < own->atom_count; i++) {
        const jy__manner *manner = jy__atom_manner(rules, own->first_atom + i);
        folds &= manner->regex ? 0 : manner->folds;
    }
    for (uint32_t i = 0; i < own->kid_count; i++)
        folds &= folds_below(rules, jy__node_kid(rules, own, i));
    return folds;
}

/* The test with one turn's text replaced, through the rules: is the rule still there? */
static int run_changed(testing *t, const jy__test *test, uint64_t turn, jy_str text, bool *found)
{
    jy__test_turn *turns = jy__mem_alloc(&t->compiler->mem, test->turn_count * sizeof(*turns));
    jy_result *result;
    uint64_t number = 0;
    int status;
    if (!turns)
        return JY_E_NOMEM;
    memcpy(turns, test->turns, test->turn_count * sizeof(*turns));
    for (size_t i = 0; i < test->turn_count; i++)
        if (!turns[i].event && number++ == turn)
            turns[i].text = text;
    status = run_turns(t, turns, test->turn_count, &result);
    if (status == JY_OK) {
        *found = jy__session_find_rule(result, t->number, 0) != SIZE_MAX;
        jy_result_free(result);
    }
    jy__mem_free(&t->compiler->mem, turns, test->turn_count * sizeof(*turns));
    return status;
}

static int disguise_one(testing *t, const jy__test *test, int fold, uint64_t turn, jy_str text, size_t begin, size_t end)
{
    bool bad = test->kind == JY__TEST_BAD, found = false;
    jy__text changed;
    int status = JY_OK;
    jy__text_init(&changed, &t->compiler->mem);
    if (jy__session_disguise(fold, text, begin, end, &changed)) {
        status = run_changed(t, test, turn, jy__text_view(&changed), &found);
        if (status == JY_OK && found == bad)
            t->summary->passed++;
        else if (status == JY_OK)
            fail(t, bad ? JY__TEST_DISGUISE_MISSED : JY__TEST_DISGUISE_ALARM, test, t->rule->id, jy__str_of(jy_fold_name(fold)), jy__text_view(&changed));
    } else if (changed.failed) {
        status = JY_E_NOMEM;
    }
    jy__text_free(&changed);
    return status;
}

/* A bad test is disguised where its finding stands; a good one as a whole, by what does not add words. */
static int disguise(testing *t, const jy__test *test, const jy_result *result)
{
    const jy__compiled *rule = &t->compiler->rules->rules[t->number];
    size_t at = jy__session_find_rule(result, t->number, 0);
    bool bad = test->kind == JY__TEST_BAD;
    jy_finding finding = JY_FINDING_INIT;
    jy_turn turn = JY_TURN_INIT;
    int status = JY_OK;
    if (rule->forbid == JY__NONE || (bad && at == SIZE_MAX) || (!bad && test->dialogue))
        return JY_OK;
    if (bad)
        jy_result_get(result, at, &finding);
    if ((bad && finding.kind != JY_FOUND_WORDING) || finding.turn != finding.turn_end || jy_result_turn(result, finding.turn, &turn) != JY_OK)
        return JY_OK;
    for (int fold = 0; status == JY_OK && fold < JY_FOLD_COUNT; fold++) {
        bool adds = fold == JY_FOLD_FILLERS || fold == JY_FOLD_REPEATS || fold == JY_FOLD_GAPS;
        if (!(folds_below(t->compiler->rules, rule->forbid) >> fold & 1) || (!bad && adds))
            continue;
        status = disguise_one(t, test, fold, finding.turn, turn.text, bad ? finding.span.begin : 0, bad ? finding.span.end : turn.text.len);
    }
    return status;
}

static int run_test(testing *t, const jy__test *test, uint32_t flags)
{
    jy_result *result;
    int status;
    if (test->kind == JY__TEST_FIX)
        return run_fix(t, test);
    status = run_turns(t, test->turns, test->turn_count, &result);
    if (status != JY_OK)
        return status;
    status = judge_outcome(t, test, result);
    if (status == JY_OK && (flags & JY_TEST_DISGUISE) && (test->kind == JY__TEST_BAD || test->kind == JY__TEST_GOOD))
        status = disguise(t, test, result);
    jy_result_free(result);
    return status;
}

static int run_rule(testing *t, uint32_t flags)
{
    int status = JY_OK;
    t->number = jy__session_rule_number(t->compiler->rules, t->tree->pack.name, t->rule->id);
    if (t->number != JY__NONE && t->rule->enabled && !jy__compile_in_force(t->compiler, t->rule))
        jy__session_say(t->compiler, JY__LINT_DATES, t->tree->pack.source, t->rule->id, t->rule->pos, NULL, 0);
    if (t->number == JY__NONE || !t->compiler->rules->rules[t->number].judged)
        return JY_OK;
    for (size_t i = 0; status == JY_OK && i < t->rule->test_count; i++)
        status = run_test(t, &t->rule->tests[i], flags);
    return status;
}

int jy_compiler_test(jy_compiler *compiler, uint32_t flags, jy_test_summary *out)
{
    jy_test_summary summary = JY_TEST_SUMMARY_INIT;
    testing t = { compiler, NULL, NULL, NULL, 0, &summary };
    int status;
    if (!compiler || !jy__struct_fits(out))
        return JY_E_INVALID;
    if (!compiler->rules)
        return JY_E_STATE;
    if ((status = jy__compiler_read_named(compiler)) != JY_OK || (status = jy_scanner_new(&t.scanner, &compiler->mem.alloc)) != JY_OK)
        return status;
    t.scanner->packs_apart = true;
    for (size_t i = 0; status == JY_OK && i < compiler->trees.count; i++) {
        t.tree = &compiler->trees.items[i];
        for (size_t k = 0; status == JY_OK && k < t.tree->pack.rule_count; k++) {
            t.rule = &t.tree->pack.rules[k];
            status = run_rule(&t, flags);
        }
    }
    jy_scanner_free(t.scanner);
    jy__struct_give(out, &summary, sizeof(summary));
    return status == JY_OK && summary.failed ? JY_E_RULES : status;
}
