/* One rule: its mapping goes in, a jy__rule with the pack's defaults applied comes out. Keys are read in an order that lets
 * later ones be checked against earlier ones; what could never fire, or contradicts itself, is an error here. */
#include "rules/rules_inside.h"

#define SCORE_MOST 10000

static void read_id(jy__load *load, const jy__node *node, const jy__node *value, size_t number, jy__rule *rule)
{
    jy_str text;
    rule->pos = rule->id_pos = node->pos;
    if (value && jy__rules_text(load, value, &text)) {
        rule->id_pos = value->pos;
        load->rule = rule->id = text;
        if (!jy__name_ok(text, true))
            JY__SAY(load, RULE_ID, value->pos, jy__arg_text(load, text), jy__arg_int(load, JY__NAME_MOST));
        return;
    }
    jy__text id;
    jy__text_init(&id, load->mem);
    jy__text_str(&id, jy__rules_stem(load));
    jy__text_char(&id, '-');
    jy__text_int(&id, (int64_t)number);
    if (id.failed || !jy__arena_str(&load->tree->arena, jy__text_view(&id), &rule->id))
        load->nomem = true;
    jy__text_free(&id);
}

static void read_words(jy__load *load, jy__node *const *found, jy__rule *rule)
{
    if (found[JY__KEY_RULE_CLAUSE])
        jy__rules_texts(load, found[JY__KEY_RULE_CLAUSE], &rule->clauses, &rule->clause_count);
    if (found[JY__KEY_RULE_TAGS])
        jy__rules_texts(load, found[JY__KEY_RULE_TAGS], &rule->tags, &rule->tag_count);
    if (found[JY__KEY_RULE_SITUATION])
        jy__rules_text(load, found[JY__KEY_RULE_SITUATION], &rule->situation);
    if (found[JY__KEY_RULE_NOTE])
        jy__rules_text(load, found[JY__KEY_RULE_NOTE], &rule->note);
}

bool jy__rules_score(jy__load *load, const jy__node *node, int32_t *out)
{
    int64_t score;
    if (!jy__rules_number(load, node, -SCORE_MOST, SCORE_MOST, &score))
        return false;
    if (score > 0) {
        JY__SAY(load, RULE_SCORE, node->pos, jy__arg_int(load, score));
        return false;
    }
    *out = (int32_t)score;
    return true;
}

static void read_outcome(jy__load *load, jy__node *const *found, jy__rule *rule)
{
    rule->severity = load->defaults.severity;
    rule->score = load->defaults.score;
    rule->enabled = true;
    if (found[JY__KEY_RULE_SEVERITY])
        jy__rules_choose(load, found[JY__KEY_RULE_SEVERITY], JY__CHOICES_SEVERITY, &rule->severity);
    if (found[JY__KEY_RULE_SCORE])
        jy__rules_score(load, found[JY__KEY_RULE_SCORE], &rule->score);
    if (found[JY__KEY_RULE_FATAL])
        jy__rules_bool(load, found[JY__KEY_RULE_FATAL], &rule->fatal);
    if (found[JY__KEY_RULE_ENABLED])
        jy__rules_bool(load, found[JY__KEY_RULE_ENABLED], &rule->enabled);
    rule->written_enabled = rule->enabled;
}

static void read_scope(jy__load *load, jy__node *const *found, jy__rule *rule)
{
    int32_t judged = (load->defaults.live ? JY__JUDGED_LIVE : 0) | (load->defaults.after ? JY__JUDGED_AFTER : 0);
    rule->speaker = load->defaults.speaker;
    if (found[JY__KEY_RULE_SPEAKER])
        jy__rules_choose(load, found[JY__KEY_RULE_SPEAKER], JY__CHOICES_SPEAKER, &rule->speaker);
    if (found[JY__KEY_RULE_JUDGED])
        jy__rules_choose(load, found[JY__KEY_RULE_JUDGED], JY__CHOICES_JUDGED, &judged);
    rule->live = judged & JY__JUDGED_LIVE;
    rule->after = judged & JY__JUDGED_AFTER;
}

static void read_dates(jy__load *load, jy__node *const *found, jy__rule *rule)
{
    const jy__node *from = found[JY__KEY_RULE_FROM], *until = found[JY__KEY_RULE_UNTIL];
    if (from)
        jy__rules_date(load, from, &rule->from);
    if (until)
        jy__rules_date(load, until, &rule->until);
    if (rule->from && rule->until && rule->until < rule->from)
        JY__SAY(load, RULE_DATES, until->pos, jy__arg_text(load, until->text), jy__arg_text(load, from->text));
}

static bool has_echo(const jy__expr *expr)
{
    for (size_t i = 0; i < expr->kid_count; i++)
        if (has_echo(expr->kids[i]))
            return true;
    return expr->kind == JY__EXPR_ECHO;
}

static bool hears_words(const jy__when *when)
{
    for (size_t i = 0; i < when->kid_count; i++)
        if (hears_words(when->kids[i]))
            return true;
    return when->kind == JY__WHEN_SAID;
}

/* `unless` silences a rule by what has been said already, so its window never looks ahead. */
static void read_unless(jy__load *load, jy__node *const *found, jy__folds folds, jy__rule *rule)
{
    const jy__node *unless = found[JY__KEY_RULE_UNLESS], *where = found[JY__KEY_RULE_UNLESS_WHERE];
    rule->unless_where = (jy__window){ JY__WINDOW_TURN, rule->pos, 0, 0, JY__SPEAKER_ANY };
    if (unless)
        rule->unless = jy__rules_when(load, unless, folds);
    if (where && !unless)
        JY__SAY(load, KEY_UNFIT_ALONE, where->key->pos, jy__arg_c("unless-where"), jy__arg_c("unless"));
    if (!where || !jy__rules_where(load, where, &rule->unless_where))
        return;
    if (rule->unless_where.kind != JY__WINDOW_TURN && rule->unless_where.kind != JY__WINDOW_CALL &&
        rule->unless_where.kind != JY__WINDOW_PREVIOUS_TURNS)
        JY__SAY(load, WHERE_UNLESS, where->pos, jy__arg_text(load, where->text));
}

static size_t branch_count(const jy__expr *expr) { return expr->kind == JY__EXPR_ANY ? expr->kid_count : 1; }
static jy__expr *branch(jy__expr *expr, size_t i) { return expr->kind == JY__EXPR_ANY ? expr->kids[i] : expr; }

/* What the rule excepts itself, then what all rules of the file do. */
static jy__expr *with_common_exceptions(jy__load *load, jy__expr *own)
{
    jy__expr *common = load->defaults.except, *both;
    size_t own_count = own ? branch_count(own) : 0, count = own_count + (common ? branch_count(common) : 0);
    if (!own || !common)
        return own ? own : common;
    both = jy__load_alloc(load, sizeof(*both));
    if (!both || !(both->kids = jy__load_alloc(load, count * sizeof(*both->kids))))
        return own;
    both->kind = JY__EXPR_ANY;
    both->pos = own->pos;
    for (size_t i = 0; i < count; i++)
        both->kids[both->kid_count++] = i < own_count ? branch(own, i) : branch(common, i - own_count);
    return both;
}

static void read_body(jy__load *load, const jy__node *node, jy__node **found, jy__rule *rule)
{
    static const struct { int key; const char *name; } of_wording[] = { { JY__KEY_RULE_WHEN, "when" }, { JY__KEY_RULE_WHERE, "where" } };
    jy__folds folds = load->defaults.folds;
    int kind = jy__rules_take_one(load, node, JY__TABLE_RULE, found);
    if (found[JY__KEY_RULE_FOLD])
        jy__rules_folds(load, found[JY__KEY_RULE_FOLD], NULL, JY__SOUND_OF_RULES, &folds);
    if (found[JY__KEY_RULE_FORBID])
        rule->forbid = jy__rules_expr(load, found[JY__KEY_RULE_FORBID], folds);
    if (found[JY__KEY_RULE_REQUIRE])
        rule->require = jy__rules_required(load, found[JY__KEY_RULE_REQUIRE], folds);
    if (found[JY__KEY_RULE_LIMIT])
        rule->limit = jy__rules_limit(load, found[JY__KEY_RULE_LIMIT], rule->speaker);
    if (found[JY__KEY_RULE_EXCEPT])
        rule->except = jy__rules_expr(load, found[JY__KEY_RULE_EXCEPT], folds);
    if (found[JY__KEY_RULE_FORBID])
        rule->except = with_common_exceptions(load, rule->except);
    if (found[JY__KEY_RULE_EXCEPT] && kind == JY__KEY_RULE_LIMIT)
        JY__SAY0(load, RULE_EXCEPT, found[JY__KEY_RULE_EXCEPT]->key->pos);
    for (size_t i = 0; i < JY__COUNT(of_wording) && kind == JY__KEY_RULE_LIMIT; i++)
        if (found[of_wording[i].key])
            JY__SAY(load, KEY_UNFIT, found[of_wording[i].key]->key->pos, jy__arg_c(of_wording[i].name), jy__arg_c("limit"));
    if (rule->limit && rule->limit->measure == JY__MEASURE_HANGUP && found[JY__KEY_RULE_SPEAKER])
        JY__SAY0(load, RULE_HANGUP, found[JY__KEY_RULE_SPEAKER]->key->pos);
    if (found[JY__KEY_RULE_WHEN])
        rule->when = jy__rules_when(load, found[JY__KEY_RULE_WHEN], folds);
    read_unless(load, found, folds, rule);
    if (rule->require && has_echo(rule->require) && (rule->when ? !hears_words(rule->when) : !found[JY__KEY_RULE_WHEN]))
        JY__SAY0(load, EXPR_ECHO_WHEN, rule->require->pos);
}

/* A require without an anchor is owed once in the call; asking it of each turn, or counting from nowhere, makes no sense. */
static void read_window(jy__load *load, jy__node *const *found, jy__rule *rule)
{
    const jy__node *where = found[JY__KEY_RULE_WHERE];
    bool from_anchor;
    rule->where = (jy__window){ JY__WINDOW_NONE, rule->pos, 0, 0, JY__SPEAKER_ANY };
    if (!where || !jy__rules_where(load, where, &rule->where))
        return;
    from_anchor = jy__window_is_relative(rule->where.kind) || (rule->where.kind == JY__WINDOW_TURN && found[JY__KEY_RULE_REQUIRE]);
    if (from_anchor && !found[JY__KEY_RULE_WHEN])
        JY__SAY(load, WHERE_NEEDS_WHEN, where->pos, jy__arg_text(load, where->text));
    if (jy__window_looks_back(rule->where.kind) && rule->require && has_echo(rule->require))
        JY__SAY(load, EXPR_ECHO_WHERE, where->pos, jy__arg_text(load, where->text));
}

static void read_replace(jy__load *load, const jy__node *node, bool forbids, jy__rule *rule)
{
    jy__node *found[JY__KEY_REPLACE_COUNT];
    const jy__node *with = node;
    if (!forbids)
        JY__SAY0(load, RULE_REPLACE, node->key->pos);
    if (node->kind == JY__NODE_MAP) {
        if (jy__rules_lacks_quotes(load, node) || !jy__rules_take(load, node, JY__TABLE_REPLACE, found))
            return;
        with = found[JY__KEY_REPLACE_WITH];
        if (found[JY__KEY_REPLACE_SPAN])
            jy__rules_choose(load, found[JY__KEY_REPLACE_SPAN], JY__CHOICES_SPAN, &rule->replace_span);
    }
    if (!with)
        return;
    rule->replace = (jy__text_at){ with->text, with->pos, jy__rules_wording(load, with) };
    rule->has_replace = rule->replace.form != NULL;
}

/* A phrase that is excepted as it stands can never be found. */
static void refuse_excepted(jy__load *load, const jy__rule *rule)
{
    jy__map forbidden;
    uint32_t index;
    if (!rule->forbid || !rule->except)
        return;
    jy__map_init(&forbidden, load->mem);
    for (size_t i = 0; i < branch_count(rule->forbid); i++) {
        const jy__expr *one = branch(rule->forbid, i);
        if (one->kind == JY__EXPR_PHRASE && !jy__map_put(&forbidden, one->written, (uint32_t)i))
            load->nomem = true;
    }
    for (size_t i = 0; i < branch_count(rule->except); i++) {
        const jy__expr *one = branch(rule->except, i);
        if (one->kind == JY__EXPR_PHRASE && one->whole == JY__WHOLE_NONE && jy__map_get(&forbidden, one->written, &index))
            JY__SAY(load, RULE_SAME, one->pos, jy__arg_text(load, one->written));
    }
    jy__map_free(&forbidden);
}

void jy__rules_rule(jy__load *load, const jy__node *node, size_t number, jy__rule *rule)
{
    jy__node *found[JY__KEY_RULE_COUNT];
    const jy__node *id = NULL;
    if (node->kind != JY__NODE_MAP) {
        if (node->kind == JY__NODE_SCALAR && jy__rules_lacks_colon(node->text))
            JY__SAY(load, KEY_COLON, node->pos, jy__arg_text(load, node->text));
        else
            JY__SAY(load, RULE_LIST_ITEM, node->pos, jy__arg_found(load, node));
        return;
    }
    for (const jy__node *kid = node->first; kid && !id; kid = kid->next)
        id = jy__str_is(kid->key->text, "id") ? kid : NULL;
    read_id(load, node, id, number, rule);
    load->rule = rule->id;
    jy__rules_take(load, node, JY__TABLE_RULE, found);
    read_words(load, found, rule);
    read_outcome(load, found, rule);
    read_scope(load, found, rule);
    read_dates(load, found, rule);
    read_body(load, node, found, rule);
    read_window(load, found, rule);
    refuse_excepted(load, rule);
    if (found[JY__KEY_RULE_SUGGEST])
        jy__rules_wordings(load, found[JY__KEY_RULE_SUGGEST], &rule->suggest, &rule->suggest_count);
    if (found[JY__KEY_RULE_REPLACE])
        read_replace(load, found[JY__KEY_RULE_REPLACE], found[JY__KEY_RULE_FORBID], rule);
    if (found[JY__KEY_RULE_TESTS])
        jy__rules_tests(load, found[JY__KEY_RULE_TESTS], rule);
    load->rule = (jy_str){ NULL, 0 };
}
