/* Lint: what is wrong with rules although they compile. Every claim is seen by running the rules: approved wordings are scanned,
 * every literal form is said alone and must be found by its own rule. */
#include "match/patterns/match_required.h"
#include "session/session_run.h"

typedef struct linting { jy_compiler *compiler; jy_scanner *scanner; size_t errors; } linting;

static void say(linting *l, int code, const jy__tree *tree, const jy__rule *rule, jy__pos pos, const jy_str *args, size_t count)
{
    size_t before = l->compiler->diags.errors;
    jy__session_say(l->compiler, code, tree->pack.source, rule ? rule->id : (jy_str){ NULL, 0 }, pos, args, count);
    l->errors += l->compiler->diags.errors - before;
}

/* ---- approved wording that is flagged. {slots} stand for a name: XX. */
static void fill_slots(jy_str wording, jy__text *out)
{
    bool inside = false;
    jy__text_clear(out);
    for (size_t i = 0; i < wording.len; i++) {
        if (wording.ptr[i] == '{') {
            inside = true;
            jy__text_c(out, "XX");
        } else if (wording.ptr[i] == '}' && inside) {
            inside = false;
        } else if (!inside) {
            jy__text_char(out, wording.ptr[i]);
        }
    }
}

static int check_wording(linting *l, const jy__tree *tree, const jy__rule *rule, const jy__text_at *wording)
{
    jy__text text;
    jy_result *result;
    int status;
    jy__text_init(&text, &l->compiler->mem);
    fill_slots(wording->text, &text);
    status = text.failed ? JY_E_NOMEM : jy_scan(l->scanner, l->compiler->rules, jy__text_view(&text), &result);
    for (size_t i = 0; status == JY_OK && i < jy_result_count(result); i++) {
        jy_finding finding = JY_FINDING_INIT;
        jy_result_get(result, i, &finding);
        if (jy__str_eq(finding.pack, tree->pack.name))
            say(l, JY__LINT_SUGGESTION, tree, rule, wording->pos, (jy_str[]){ finding.rule_id, wording->text }, 2);
        else
            say(l, JY__LINT_CONTRADICTION, tree, rule, wording->pos, (jy_str[]){ tree->pack.name, finding.rule_id, finding.pack, wording->text }, 4);
    }
    if (status == JY_OK)
        jy_result_free(result);
    jy__text_free(&text);
    return status;
}

static int check_wordings(linting *l, const jy__tree *tree)
{
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < tree->pack.approved_count; i++)
        status = check_wording(l, tree, NULL, &tree->pack.approved[i]);
    for (size_t i = 0; status == JY_OK && i < tree->pack.rule_count; i++)
        for (size_t k = 0; status == JY_OK && k < tree->pack.rules[i].suggest_count; k++)
            status = check_wording(l, tree, &tree->pack.rules[i], &tree->pack.rules[i].suggest[k]);
    return status;
}

/* ---- phrases of a rule */
typedef struct leaf_visit { linting *l; const jy__tree *tree; const jy__rule *rule; uint32_t number; size_t tried, fired; jy_str winner; jy__pos winner_form; } leaf_visit;

static int each_phrase(leaf_visit *v, const jy__expr *expr, int (*visit)(leaf_visit *v, const jy__expr *phrase))
{
    int status = expr->kind == JY__EXPR_PHRASE ? visit(v, expr) : JY_OK;
    if (expr->kind == JY__EXPR_ALL || expr->kind == JY__EXPR_NEAR || expr->kind == JY__EXPR_NOT)
        return status; /* its parts do not stand alone */
    for (size_t i = 0; status == JY_OK && i < expr->kid_count; i++)
        status = each_phrase(v, expr->kids[i], visit);
    return status;
}

#define FORMS_MOST 200 /* forms of one phrase that are tried */
#define SHORT_SYMBOLS 2

static int try_form(leaf_visit *v, const jy__expr *phrase, jy_str form)
{
    jy_result *result;
    jy_finding other = JY_FINDING_INIT;
    int status = jy_scan(v->l->scanner, v->l->compiler->rules, form, &result);
    if (status != JY_OK)
        return status;
    v->tried++;
    if (jy__session_find_rule(result, v->number, 0) != SIZE_MAX)
        v->fired++;
    else if (jy_result_count(result) == 0)
        say(v->l, JY__LINT_SHADOWED, v->tree, v->rule, phrase->pos, &form, 1);
    else if (jy_result_get(result, 0, &other) == JY_OK && jy__arena_str(&v->l->compiler->diags.arena, other.rule_id, &v->winner))
        v->winner_form = phrase->pos;
    jy_result_free(result);
    return JY_OK;
}

static bool has_gap(jy_str path)
{
    return memchr(path.ptr ? path.ptr : "", JY__PATH_GAP, path.len) != NULL;
}

static int check_phrase(leaf_visit *v, const jy__expr *phrase)
{
    jy__paths paths = { NULL, 0, 0 };
    jy__arena arena;
    jy__symbols symbols;
    const jy__rule *rule = v->rule;
    int status;
    jy__arena_init(&arena, &v->l->compiler->mem);
    status = jy__compile_expand(&v->l->compiler->mem, &arena, phrase->form, (size_t)jy__params_get(&v->l->compiler->params, JY_PARAM_MAX_EXPANSION), &paths);
    for (size_t i = 0; status == JY_OK && i < paths.count && i < FORMS_MOST; i++) {
        bool bare = phrase->whole == JY__WHOLE_NONE && !rule->except && !rule->when && !rule->unless && rule->where.kind == JY__WINDOW_NONE;
        if (has_gap(paths.items[i]))
            continue;
        status = jy__compile_fold(&arena, paths.items[i], &symbols);
        if (status == JY_OK && bare && symbols.count <= SHORT_SYMBOLS)
            say(v->l, JY__LINT_SHORT, v->tree, rule, phrase->pos, &paths.items[i], 1);
        if (status == JY_OK && rule->speaker != JY_CUSTOMER && !(v->l->compiler->rules->rules[v->number].info.flags & JY_RULE_NEEDS_CALL) && !rule->unless)
            status = try_form(v, phrase, paths.items[i]);
    }
    JY__VEC_FREE(&v->l->compiler->mem, &paths);
    jy__arena_free(&arena);
    return status;
}

/* ---- the same literal in two rules without a situation */

/* The rule that the use alone breaks, whatever else is said; JY__NONE: none. */
static uint32_t rule_of_use(const jy_rules *rules, jy__use use)
{
    uint32_t number = use.chain == JY__NONE ? jy__atom_rule(rules, use.atom) : JY__NONE;
    const jy__compiled *rule = number == JY__NONE ? NULL : &rules->rules[number];
    bool alone = rule && !rule->has_when && rule->occasion->where.kind == JY__WINDOW_NONE && rule->judged && rules->nodes[rule->forbid].kind != JY__EXPR_ALL;
    return alone ? number : JY__NONE;
}

static int check_same_forms(linting *l)
{
    const jy_rules *rules = l->compiler->rules;
    const jy__set *set = &rules->sets[JY__SET_FORBID];
    for (size_t i = 0; i < set->literal_count; i++) {
        const jy__uses uses = jy__uses_of(set, i);
        uint32_t first = JY__NONE;
        for (uint32_t k = uses.first; k < uses.behind; k++) {
            uint32_t number = rule_of_use(rules, jy__use_of(set, k));
            const jy__compiled *rule;
            if (number == JY__NONE)
                continue;
            if (first == JY__NONE)
                first = number;
            rule = &rules->rules[number];
            if (number == first || rules->rules[first].pack != rule->pack || rules->rules[first].info.speaker != rule->info.speaker)
                continue;
            jy__session_say(l->compiler, JY__LINT_SAME_FORM, rule->info.source, rule->info.id, (jy__pos){ rule->info.line, 1, 0, 0 },
                            (jy_str[]){ jy__rules_text(rules, set->forms[i]), rules->rules[first].info.id }, 2);
        }
    }
    return JY_OK;
}

/* ---- marks in phrases, and what patterns are looked for by */
typedef int (*check_expr)(linting *l, const jy__tree *tree, const jy__rule *rule, const jy__expr *expr);

static int check_words(linting *l, const jy__tree *tree, const jy__rule *rule, const jy__expr *expr)
{
    jy_str part;
    bool common = expr->pos.line < rule->pos.line && rule != tree->pack.rules; /* of the file's head: told with its first rule */
    int code = !common && expr->kind == JY__EXPR_PHRASE ? jy__lint_words(expr->written, &part) : 0;
    if (code)
        say(l, code, tree, rule, expr->pos, (jy_str[]){ expr->written, part }, 2);
    return JY_OK;
}

static int check_pattern(linting *l, const jy__tree *tree, const jy__rule *rule, const jy__expr *expr)
{
    jy__text literal;
    int status;
    if (expr->kind != JY__EXPR_REGEX)
        return JY_OK;
    jy__text_init(&literal, &l->compiler->mem);
    if (jy__required_is_common(expr->written, &literal))
        say(l, JY__LINT_COMMON, tree, rule, expr->pos, (jy_str[]){ expr->written, jy__text_view(&literal) }, 2);
    status = literal.failed ? JY_E_NOMEM : JY_OK;
    jy__text_free(&literal);
    return status;
}

static int each_expr(linting *l, const jy__tree *tree, const jy__rule *rule, const jy__expr *expr, check_expr check)
{
    int status = expr ? check(l, tree, rule, expr) : JY_OK;
    for (size_t i = 0; status == JY_OK && expr && i < expr->kid_count; i++)
        status = each_expr(l, tree, rule, expr->kids[i], check);
    return status;
}

static int each_said(linting *l, const jy__tree *tree, const jy__rule *rule, const jy__when *when, check_expr check)
{
    int status = when ? each_expr(l, tree, rule, when->said, check) : JY_OK;
    for (size_t i = 0; status == JY_OK && when && i < when->kid_count; i++)
        status = each_said(l, tree, rule, when->kids[i], check);
    return status;
}

/* What is looked for in every text. */
static int each_looked_for(linting *l, const jy__tree *tree, const jy__rule *rule, check_expr check)
{
    int status = each_expr(l, tree, rule, rule->forbid, check);
    if (status == JY_OK) status = each_expr(l, tree, rule, rule->require, check);
    if (status == JY_OK) status = each_said(l, tree, rule, rule->when, check);
    if (status == JY_OK) status = each_said(l, tree, rule, rule->unless, check);
    return status;
}

static int check_all_words(linting *l, const jy__tree *tree, const jy__rule *rule)
{
    int status = each_looked_for(l, tree, rule, check_words);
    if (status == JY_OK) status = each_expr(l, tree, rule, rule->except, check_words);
    return status == JY_OK ? each_looked_for(l, tree, rule, check_pattern) : status;
}

static void check_tests(linting *l, const jy__tree *tree, const jy__rule *rule)
{
    size_t bad = 0, good = 0;
    for (size_t i = 0; i < rule->test_count; i++) {
        bad += rule->tests[i].kind == JY__TEST_BAD || rule->tests[i].kind == JY__TEST_KNOWN_BAD;
        good += rule->tests[i].kind == JY__TEST_GOOD || rule->tests[i].kind == JY__TEST_KNOWN_GOOD;
    }
    if (!bad)
        say(l, JY__LINT_NO_TEST, tree, rule, rule->pos, (jy_str[]){ JY__STR("bad"), JY__STR("反面（bad）") }, 2);
    if (!good)
        say(l, JY__LINT_NO_TEST, tree, rule, rule->pos, (jy_str[]){ JY__STR("good"), JY__STR("正面（good）") }, 2);
    if (!rule->suggest_count)
        say(l, JY__LINT_NO_SUGGESTION, tree, rule, rule->pos, NULL, 0);
}

static void check_clauses(linting *l, const jy__tree *tree, const jy__rule *rule, uint32_t number)
{
    const jy__compiled_pack *pack = &l->compiler->rules->packs[l->compiler->rules->rules[number].pack];
    for (size_t i = 0; pack->clause_count && i < rule->clause_count; i++) {
        uint32_t k = 0;
        while (k < pack->clause_count && !jy__str_eq(pack->clauses[k], rule->clauses[i]))
            k++;
        if (k == pack->clause_count)
            say(l, JY__LINT_CLAUSE, tree, rule, rule->pos, &rule->clauses[i], 1);
    }
}

static int lint_rule(linting *l, const jy__tree *tree, const jy__rule *rule)
{
    leaf_visit v = { l, tree, rule, jy__session_rule_number(l->compiler->rules, tree->pack.name, rule->id), 0, 0, { NULL, 0 }, { 0, 0, 0, 0 } };
    int status;
    if (v.number == JY__NONE)
        return JY_OK;
    status = check_all_words(l, tree, rule);
    if (status != JY_OK)
        return status;
    check_tests(l, tree, rule);
    check_clauses(l, tree, rule, v.number);
    if (rule->enabled && !jy__compile_in_force(l->compiler, rule))
        say(l, JY__LINT_DATES, tree, rule, rule->pos, NULL, 0);
    if (!rule->forbid || !l->compiler->rules->rules[v.number].judged)
        return JY_OK;
    status = each_phrase(&v, rule->forbid, check_phrase);
    if (status == JY_OK && v.tried && !v.fired && v.winner.len) /* every word of it goes to another rule */
        say(l, JY__LINT_OTHERS, tree, rule, v.winner_form, &v.winner, 1);
    return status;
}

static int lint_all(linting *l)
{
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < l->compiler->trees.count; i++) {
        const jy__tree *tree = &l->compiler->trees.items[i];
        status = check_wordings(l, tree);
        for (size_t k = 0; status == JY_OK && k < tree->pack.rule_count; k++)
            status = lint_rule(l, tree, &tree->pack.rules[k]);
    }
    return status == JY_OK ? check_same_forms(l) : status;
}

/* What a lint that broke off has said is taken back: the next one says it again. */
int jy_compiler_lint(jy_compiler *compiler)
{
    linting l = { compiler, NULL, 0 };
    size_t said, errors;
    int status;
    if (!compiler)
        return JY_E_INVALID;
    if (!compiler->rules)
        return JY_E_STATE;
    if (compiler->linted)
        return compiler->linted_status;
    if ((status = jy__compiler_read_named(compiler)) != JY_OK || (status = jy_scanner_new(&l.scanner, &compiler->mem.alloc)) != JY_OK)
        return status;
    said = compiler->diags.list.count;
    errors = compiler->diags.errors;
    status = lint_all(&l);
    jy_scanner_free(l.scanner);
    if (status != JY_OK) {
        compiler->diags.list.count = said;
        compiler->diags.errors = errors;
        return status;
    }
    jy__diags_sort(&compiler->diags);
    compiler->linted = true;
    return compiler->linted_status = l.errors ? JY_E_RULES : JY_OK;
}
