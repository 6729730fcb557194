/* A rule tree as text, without places: what two trees must have in common to mean the same. */
#ifndef TREE_PRINT_H
#define TREE_PRINT_H
#include "rules/rules_tree.h"

static inline void print_str(jy__text *out, const char *label, jy_str text)
{
    if (text.len == 0)
        return;
    jy__text_c(out, label);
    jy__text_str(out, text);
}
static inline void print_int(jy__text *out, const char *label, int64_t number)
{
    jy__text_c(out, label);
    jy__text_int(out, number);
}

/* SEQ(ALT(你,您),是谁,OPT(呀)) */
static inline void print_form(jy__text *out, const jy__wording *form)
{
    static const char *const names[] = { "", "", "SEQ", "ALT", "OPT", "LIST ", "GAP ", "SLOT " };
    jy__text_c(out, names[form->kind]);
    jy__text_str(out, form->text);
    if (form->kind == JY__WORDING_GAP) {
        jy__text_int(out, form->gap_min);
        print_int(out, "..", form->gap_max);
    }
    if (form->kid_count == 0)
        return;
    jy__text_char(out, '(');
    for (size_t i = 0; i < form->kid_count; i++) {
        jy__text_c(out, i ? "," : "");
        print_form(out, form->kids[i]);
    }
    jy__text_char(out, ')');
}

static inline void print_expr(jy__text *out, const jy__expr *expr)
{
    static const char *const names[] = { "none", "phrase", "regex", "any", "all", "not", "near", "echo" };
    if (!expr)
        return;
    jy__text_c(out, names[expr->kind]);
    jy__text_char(out, '[');
    if (expr->form)
        print_form(out, expr->form);
    else
        jy__text_str(out, expr->written);
    if (expr->written.len) {
        print_int(out, " whole ", expr->whole);
        print_int(out, " folds ", expr->folds);
        print_int(out, " sound ", expr->sound);
        print_int(out, " steps ", expr->match_limit);
    }
    if (expr->kind == JY__EXPR_NEAR) {
        print_int(out, "within ", expr->within);
        print_int(out, " ordered ", expr->ordered);
    }
    if (expr->kind == JY__EXPR_ECHO)
        print_int(out, "least ", expr->least);
    for (size_t i = 0; i < expr->with_count; i++) {
        jy__text_c(out, " with ");
        print_form(out, expr->with[i]);
    }
    for (size_t i = 0; i < expr->kid_count; i++) {
        jy__text_char(out, ' ');
        print_expr(out, expr->kids[i]);
    }
    jy__text_char(out, ']');
}

static inline void print_when(jy__text *out, const jy__when *when)
{
    static const char *const names[] = { "none", "said", "event", "silence", "all", "any", "not" };
    if (!when)
        return;
    jy__text_c(out, names[when->kind]);
    print_int(out, "{speaker ", when->speaker);
    print_int(out, " event ", when->event);
    print_int(out, " ms ", when->ms);
    jy__text_char(out, ' ');
    print_expr(out, when->said);
    for (size_t i = 0; i < when->kid_count; i++)
        print_when(out, when->kids[i]);
    jy__text_char(out, '}');
}

static inline void print_test(jy__text *out, const jy__test *test)
{
    print_int(out, "\n  test ", test->kind);
    print_int(out, " dialogue ", test->dialogue);
    print_str(out, " fixed ", test->fixed);
    for (size_t i = 0; i < test->turn_count; i++) {
        const jy__test_turn *turn = &test->turns[i];
        print_int(out, " | ", turn->speaker);
        print_int(out, " ", turn->begin_ms);
        print_int(out, "..", turn->end_ms);
        print_int(out, " event ", turn->event);
        print_str(out, " ", turn->text);
    }
}

static inline void print_outcome(jy__text *out, const jy__rule *rule)
{
    for (size_t i = 0; i < rule->clause_count; i++)
        print_str(out, "\n  clause ", rule->clauses[i]);
    for (size_t i = 0; i < rule->tag_count; i++)
        print_str(out, "\n  tag ", rule->tags[i]);
    print_str(out, "\n  situation ", rule->situation);
    print_str(out, "\n  note ", rule->note);
    print_int(out, "\n  speaker ", rule->speaker);
    print_int(out, " severity ", rule->severity);
    print_int(out, " score ", rule->score);
    print_int(out, " fatal ", rule->fatal);
    print_int(out, " enabled ", rule->enabled);
    print_int(out, " live ", rule->live);
    print_int(out, " after ", rule->after);
    print_int(out, " from ", rule->from);
    print_int(out, " until ", rule->until);
}

static inline void print_wording(jy__text *out, const char *label, const jy__text_at *wording)
{
    print_str(out, label, wording->text);
    if (wording->form) {
        jy__text_c(out, " = ");
        print_form(out, wording->form);
    }
}

static inline void print_limit(jy__text *out, const jy__limit *limit)
{
    print_int(out, "\n  limit ", limit->measure);
    print_int(out, " most ", limit->most);
    print_int(out, " within ", limit->within_turns);
    print_int(out, " alike ", (int64_t)(limit->alike * 1000 + 0.5));
    print_int(out, " speaker ", limit->speaker);
}

static inline void print_window(jy__text *out, const char *label, const jy__window *window)
{
    print_int(out, label, window->kind);
    print_int(out, " turns ", window->turns);
    print_int(out, " ms ", window->ms);
    print_int(out, " of ", window->of);
}

static inline void print_rule(jy__text *out, const jy__rule *rule)
{
    print_str(out, "\nrule ", rule->id);
    print_outcome(out, rule);
    jy__text_c(out, "\n  forbid ");
    print_expr(out, rule->forbid);
    jy__text_c(out, "\n  require ");
    print_expr(out, rule->require);
    jy__text_c(out, "\n  except ");
    print_expr(out, rule->except);
    if (rule->limit)
        print_limit(out, rule->limit);
    jy__text_c(out, "\n  when ");
    print_when(out, rule->when);
    print_window(out, "\n  where ", &rule->where);
    jy__text_c(out, "\n  unless ");
    print_when(out, rule->unless);
    print_window(out, "\n  unless-where ", &rule->unless_where);
    for (size_t i = 0; i < rule->suggest_count; i++)
        print_wording(out, "\n  suggest ", &rule->suggest[i]);
    if (rule->has_replace)
        print_wording(out, "\n  replace ", &rule->replace);
    print_int(out, "\n  span ", rule->replace_span);
    for (size_t i = 0; i < rule->test_count; i++)
        print_test(out, &rule->tests[i]);
}

static inline void print_tree(jy__text *out, const jy__tree *tree)
{
    const jy__pack *pack = &tree->pack;
    print_str(out, "pack ", pack->name);
    print_str(out, "\ntitle ", pack->title);
    print_str(out, "\nversion ", pack->version);
    print_int(out, "\nscorecard ", pack->scorecard.given);
    print_int(out, " ", pack->scorecard.start);
    print_int(out, " ", pack->scorecard.floor);
    print_int(out, " ", pack->scorecard.pass);
    for (size_t i = 0; i < pack->clause_count; i++) {
        print_str(out, "\nclause ", pack->clauses[i].text);
        print_str(out, " = ", pack->clause_titles[i].text);
    }
    for (size_t i = 0; i < pack->approved_count; i++)
        print_wording(out, "\napproved ", &pack->approved[i]);
    for (size_t i = 0; i < pack->rule_count; i++)
        print_rule(out, &pack->rules[i]);
}
#endif
