/* Expressions: a text, an object or a list of these goes in; a jy__expr comes out. A text is a phrase; a list is any of its
 * items; an object says which kind it is by exactly one of its keys, and what is left must fit that kind. */
#include "rules/rules_inside.h"

enum { IN_ALL = 1, IN_NEAR = 2, IN_REQUIRE = 4 }; /* where an expression stands */

#define NEAR_USUAL 10
#define NEAR_MOST 200
#define ECHO_MOST 64
#define PAIRS_MOST 500 /* in `all`: with more than this they are not compared pair by pair */

static jy__expr *read_expr(jy__load *load, const jy__node *node, jy__folds folds, int inside);

static jy__expr *new_expr(jy__load *load, jy__expr_kind kind, const jy__node *node)
{
    jy__expr *expr = jy__load_alloc(load, sizeof(*expr));
    if (expr) {
        expr->kind = kind;
        expr->pos = node->pos;
    }
    return expr;
}

static jy__expr *phrase_expr(jy__load *load, const jy__node *node, jy__folds folds)
{
    jy__wording *form = jy__rules_phrase(load, node);
    jy__expr *expr = form ? new_expr(load, JY__EXPR_PHRASE, node) : NULL;
    if (!expr)
        return NULL;
    expr->written = node->text;
    expr->form = form;
    expr->folds = folds.bits;
    expr->sound = folds.sound;
    return expr;
}

static jy__expr *regex_expr(jy__load *load, const jy__node *node, jy__folds folds)
{
    int64_t most = jy__params_get(load->params, JY_PARAM_MAX_PATTERN_BYTES);
    jy__expr *expr;
    jy_str text;
    if (!jy__rules_text(load, node, &text))
        return NULL;
    if (text.len > (size_t)most) {
        JY__SAY(load, PHRASE_LONG, node->pos, jy__arg_int(load, (int64_t)text.len), jy__arg_int(load, most));
        return NULL;
    }
    expr = new_expr(load, JY__EXPR_REGEX, node);
    if (expr) {
        expr->written = text;
        expr->folds = folds.bits;
    }
    return expr;
}

static bool read_kids(jy__load *load, const jy__node *list, jy__folds folds, int inside, jy__expr *expr)
{
    bool good = true;
    expr->kids = jy__load_alloc(load, list->count * sizeof(*expr->kids));
    for (const jy__node *kid = list->first; kid && expr->kids; kid = kid->next) {
        jy__expr *one = read_expr(load, kid, folds, inside);
        if (one)
            expr->kids[expr->kid_count++] = one;
        good = good && one;
    }
    return good && expr->kids;
}

static bool want_items(jy__load *load, const jy__node *node)
{
    if (node->kind == JY__NODE_LIST && node->count > 0)
        return true;
    if (node->kind == JY__NODE_LIST)
        JY__SAY(load, WANT_SOME, node->pos, jy__arg_key(node));
    else
        JY__SAY(load, WANT_LIST, node->pos, jy__arg_key(node), jy__arg_found(load, node));
    return false;
}

static jy__expr *any_expr(jy__load *load, const jy__node *node, jy__folds folds, int inside)
{
    jy__expr *expr = want_items(load, node) ? new_expr(load, JY__EXPR_ANY, node) : NULL;
    jy__rules_wide_comma(load, node);
    if (!expr || !read_kids(load, node, folds, inside & (IN_NEAR | IN_REQUIRE), expr))
        return NULL;
    return expr->kid_count == 1 ? expr->kids[0] : expr;
}

/* all: [甲, {not: 甲}] */
static const jy__expr *self_refused(const jy__expr *all)
{
    for (size_t i = 0; i < all->kid_count; i++)
        for (size_t k = 0; all->kids[i]->kind == JY__EXPR_NOT && k < all->kid_count; k++)
            if (all->kids[k]->kind == JY__EXPR_PHRASE && all->kids[i]->kids[0]->kind == JY__EXPR_PHRASE &&
                all->kids[i]->kids[0]->whole == JY__WHOLE_NONE && jy__str_eq(all->kids[k]->written, all->kids[i]->kids[0]->written))
                return all->kids[i]->kids[0];
    return NULL;
}

static jy__expr *all_expr(jy__load *load, const jy__node *node, jy__folds folds)
{
    jy__expr *expr = want_items(load, node) ? new_expr(load, JY__EXPR_ALL, node) : NULL;
    const jy__expr *self;
    size_t nots = 0;
    if (!expr || !read_kids(load, node, folds, IN_ALL, expr))
        return NULL;
    self = expr->kid_count <= PAIRS_MOST ? self_refused(expr) : NULL;
    for (size_t i = 0; i < expr->kid_count; i++)
        nots += expr->kids[i]->kind == JY__EXPR_NOT;
    if (nots == expr->kid_count)
        JY__SAY0(load, EXPR_ALL_NOT, node->pos);
    else if (expr->kid_count == 1)
        JY__SAY(load, EXPR_LONE, node->pos, jy__arg_c("all"));
    else if (self)
        JY__SAY(load, EXPR_ALL_SELF, self->pos, jy__arg_text(load, self->written));
    else
        return expr;
    return NULL;
}

static jy__expr *not_expr(jy__load *load, const jy__node *node, jy__folds folds, int inside)
{
    jy__expr *expr, *kid;
    if (!(inside & IN_ALL)) {
        JY__SAY0(load, EXPR_NOT, node->key->pos);
        return NULL;
    }
    expr = new_expr(load, JY__EXPR_NOT, node);
    kid = read_expr(load, node, folds, 0);
    if (!expr || !kid)
        return NULL;
    expr->kids = jy__load_alloc(load, sizeof(*expr->kids));
    if (!expr->kids)
        return NULL;
    expr->kids[expr->kid_count++] = kid;
    return expr;
}

jy__expr *jy__rules_near(jy__load *load, const jy__node *node, jy__folds folds)
{
    jy__node *found[JY__KEY_NEAR_COUNT];
    int64_t within = NEAR_USUAL;
    const jy__node *of;
    jy__expr *expr;
    bool good;
    if (!jy__rules_take(load, node, JY__TABLE_NEAR, found) || !found[JY__KEY_NEAR_OF])
        return NULL;
    of = found[JY__KEY_NEAR_OF];
    expr = want_items(load, of) ? new_expr(load, JY__EXPR_NEAR, node) : NULL;
    if (!expr)
        return NULL;
    good = read_kids(load, of, folds, IN_NEAR, expr);
    if (of->count < 2)
        JY__SAY0(load, EXPR_NEAR_FEW, of->pos);
    good = of->count >= 2 && good;
    if (found[JY__KEY_NEAR_WITHIN])
        good = jy__rules_number(load, found[JY__KEY_NEAR_WITHIN], 0, NEAR_MOST, &within) && good;
    if (found[JY__KEY_NEAR_ORDERED])
        good = jy__rules_bool(load, found[JY__KEY_NEAR_ORDERED], &expr->ordered) && good;
    expr->within = (uint32_t)within;
    return good ? expr : NULL;
}

/* What the anchor heard, said again. */
static jy__expr *echo_expr(jy__load *load, const jy__node *node, int inside)
{
    jy__node *found[JY__KEY_ECHO_COUNT];
    int64_t least = 0;
    jy__expr *expr;
    if (!(inside & IN_REQUIRE)) {
        JY__SAY0(load, EXPR_ECHO, node->key->pos);
        return NULL;
    }
    if (!jy__rules_take(load, node, JY__TABLE_ECHO, found) || !found[JY__KEY_ECHO_LEAST] ||
        !jy__rules_number(load, found[JY__KEY_ECHO_LEAST], 2, ECHO_MOST, &least))
        return NULL;
    expr = new_expr(load, JY__EXPR_ECHO, node);
    if (expr)
        expr->least = (uint32_t)least;
    return expr;
}

/* whole, with, fold and via go with phrases and patterns; match-limit with patterns. */
static bool options_fit(jy__load *load, int kind, jy__node *const *found)
{
    static const int options[] = { JY__KEY_EXPR_WHOLE, JY__KEY_EXPR_WITH, JY__KEY_EXPR_FOLD, JY__KEY_EXPR_VIA, JY__KEY_EXPR_MATCH_LIMIT };
    const jy__table *table = jy__rules_table(JY__TABLE_EXPR);
    bool good = true;
    for (size_t i = 0; i < JY__COUNT(options); i++) {
        bool fits = kind == JY__KEY_EXPR_REGEX ? options[i] != JY__KEY_EXPR_VIA : kind == JY__KEY_EXPR_PHRASE && options[i] != JY__KEY_EXPR_MATCH_LIMIT;
        if (!found[options[i]] || fits)
            continue;
        JY__SAY(load, KEY_UNFIT, found[options[i]]->key->pos, jy__arg_c(table->keys[options[i]].name.ptr), jy__arg_c(table->keys[kind].name.ptr));
        good = false;
    }
    return good;
}

jy__expr *jy__rules_expr_found(jy__load *load, const jy__node *node, int kind, jy__node *const *found, jy__folds folds)
{
    bool good = options_fit(load, kind, found);
    int32_t whole = JY__WHOLE_NONE;
    int64_t match_limit = 0;
    jy__wording **with = NULL;
    size_t with_count = 0;
    jy__expr *expr;
    good = jy__rules_folds(load, found[JY__KEY_EXPR_FOLD], found[JY__KEY_EXPR_VIA], JY__SOUND_OF_PHRASE, &folds) && good;
    if (found[JY__KEY_EXPR_WHOLE])
        good = jy__rules_choose(load, found[JY__KEY_EXPR_WHOLE], JY__CHOICES_WHOLE, &whole) && good;
    if (found[JY__KEY_EXPR_WITH])
        good = jy__rules_with(load, found[JY__KEY_EXPR_WITH], (jy__whole)whole, &with, &with_count) && good;
    if (found[JY__KEY_EXPR_MATCH_LIMIT])
        good = jy__rules_number(load, found[JY__KEY_EXPR_MATCH_LIMIT], 100, 1000000000, &match_limit) && good;
    expr = kind == JY__KEY_EXPR_REGEX ? regex_expr(load, found[kind], folds) : phrase_expr(load, found[kind], folds);
    if (!expr || !good)
        return NULL;
    expr->whole = (jy__whole)whole;
    expr->with = with;
    expr->with_count = with_count;
    expr->match_limit = match_limit;
    return expr;
}

static jy__expr *object_expr(jy__load *load, const jy__node *node, jy__folds folds, int inside)
{
    jy__node *found[JY__KEY_EXPR_COUNT];
    int kind;
    if (!jy__rules_take(load, node, JY__TABLE_EXPR, found))
        return NULL;
    kind = jy__rules_take_one(load, node, JY__TABLE_EXPR, found);
    if (kind < 0)
        return NULL;
    if (kind == JY__KEY_EXPR_PHRASE || kind == JY__KEY_EXPR_REGEX)
        return jy__rules_expr_found(load, node, kind, found, folds);
    if (!options_fit(load, kind, found))
        return NULL;
    if (kind != JY__KEY_EXPR_ANY && (inside & IN_NEAR)) {
        JY__SAY0(load, EXPR_NEAR_KIND, found[kind]->key->pos);
        return NULL;
    }
    switch (kind) {
    case JY__KEY_EXPR_ANY: return any_expr(load, found[kind], folds, inside);
    case JY__KEY_EXPR_ALL: return all_expr(load, found[kind], folds);
    case JY__KEY_EXPR_NOT: return not_expr(load, found[kind], folds, inside);
    case JY__KEY_EXPR_ECHO: return echo_expr(load, found[kind], inside);
    default: return jy__rules_near(load, found[kind], folds);
    }
}

static jy__expr *read_expr(jy__load *load, const jy__node *node, jy__folds folds, int inside)
{
    switch (node->kind) {
    case JY__NODE_LIST: return any_expr(load, node, folds, inside);
    case JY__NODE_MAP: return jy__rules_lacks_quotes(load, node) ? NULL : object_expr(load, node, folds, inside);
    default: return phrase_expr(load, node, folds);
    }
}

jy__expr *jy__rules_expr(jy__load *load, const jy__node *node, jy__folds folds)
{
    return read_expr(load, node, folds, 0);
}

jy__expr *jy__rules_required(jy__load *load, const jy__node *node, jy__folds folds)
{
    return read_expr(load, node, folds, IN_REQUIRE);
}
