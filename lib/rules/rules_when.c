/* Anchors: `when:` goes in, a jy__when comes out. A text is a phrase that was said (by anyone unless `speaker` says who); a list
 * is any of its items; an object is words, an event, a silence, or any/all/not of these. `not` alone has no point in time, so
 * it stands inside `all` only, beside something that has. */
#include "rules/rules_inside.h"

static jy__when *read_when(jy__load *load, const jy__node *node, jy__folds folds, bool in_all);

static jy__when *new_when(jy__load *load, jy__when_kind kind, const jy__node *node)
{
    jy__when *when = jy__load_alloc(load, sizeof(*when));
    if (when) {
        when->kind = kind;
        when->pos = node->pos;
        when->speaker = JY__SPEAKER_ANY;
    }
    return when;
}

static jy__when *said_when(jy__load *load, const jy__node *node, jy__expr *said, int32_t speaker)
{
    jy__when *when = said ? new_when(load, JY__WHEN_SAID, node) : NULL;
    if (when) {
        when->said = said;
        when->speaker = speaker;
    }
    return when;
}

static jy__when *group_when(jy__load *load, const jy__node *list, jy__when_kind kind, jy__folds folds)
{
    jy__when *when = new_when(load, kind, list);
    bool good = true;
    if (list->kind != JY__NODE_LIST || list->count == 0) {
        if (list->kind == JY__NODE_LIST)
            JY__SAY(load, WANT_SOME, list->pos, jy__arg_key(list));
        else
            JY__SAY(load, WANT_LIST, list->pos, jy__arg_key(list), jy__arg_found(load, list));
        return NULL;
    }
    if (when)
        when->kids = jy__load_alloc(load, list->count * sizeof(*when->kids));
    for (const jy__node *kid = list->first; kid && when && when->kids; kid = kid->next) {
        jy__when *one = read_when(load, kid, folds, kind == JY__WHEN_ALL);
        if (one)
            when->kids[when->kid_count++] = one;
        good = good && one;
    }
    return good && when && when->kids ? when : NULL;
}

static jy__when *any_when(jy__load *load, const jy__node *list, jy__folds folds)
{
    jy__when *when = group_when(load, list, JY__WHEN_ANY, folds);
    return when && when->kid_count == 1 ? when->kids[0] : when;
}

static jy__when *all_when(jy__load *load, const jy__node *list, jy__folds folds)
{
    jy__when *when = group_when(load, list, JY__WHEN_ALL, folds);
    size_t nots = 0;
    for (size_t i = 0; when && i < when->kid_count; i++)
        nots += when->kids[i]->kind == JY__WHEN_NOT;
    if (!when)
        return NULL;
    if (nots == when->kid_count)
        JY__SAY0(load, EXPR_ALL_NOT, list->pos);
    else if (when->kid_count == 1)
        JY__SAY(load, EXPR_LONE, list->pos, jy__arg_c("all"));
    else
        return when;
    return NULL;
}

static jy__when *not_when(jy__load *load, const jy__node *node, jy__folds folds, bool in_all)
{
    jy__when *when, *kid;
    if (!in_all) {
        JY__SAY0(load, EXPR_NOT, node->key->pos);
        return NULL;
    }
    when = new_when(load, JY__WHEN_NOT, node);
    kid = read_when(load, node, folds, false);
    if (when && kid)
        when->kids = jy__load_alloc(load, sizeof(*when->kids));
    if (!when || !when->kids)
        return NULL;
    when->kids[when->kid_count++] = kid;
    return when;
}

static jy__when *event_when(jy__load *load, const jy__node *node, const jy__node *value, int32_t speaker)
{
    jy__when *when = new_when(load, JY__WHEN_EVENT, node);
    if (!when || !jy__rules_choose(load, value, JY__CHOICES_EVENT, &when->event))
        return NULL;
    when->speaker = speaker;
    return when;
}

static jy__when *silence_when(jy__load *load, const jy__node *node, const jy__node *value, int32_t speaker)
{
    jy__when *when = new_when(load, JY__WHEN_SILENCE, node);
    if (!when || !jy__rules_time(load, value, &when->ms))
        return NULL;
    if (when->ms == 0) {
        JY__SAY(load, LIMIT_ZERO, value->pos, jy__arg_c("silence"));
        return NULL;
    }
    when->speaker = speaker;
    return when;
}

/* The keys that `when` shares with phrases, under the phrases' numbers. */
static void as_expr(jy__node *const *found, jy__node **expr)
{
    memset(expr, 0, JY__KEY_EXPR_COUNT * sizeof(*expr));
    expr[JY__KEY_EXPR_PHRASE] = found[JY__KEY_WHEN_PHRASE];
    expr[JY__KEY_EXPR_REGEX] = found[JY__KEY_WHEN_REGEX];
    expr[JY__KEY_EXPR_WHOLE] = found[JY__KEY_WHEN_WHOLE];
    expr[JY__KEY_EXPR_WITH] = found[JY__KEY_WHEN_WITH];
    expr[JY__KEY_EXPR_FOLD] = found[JY__KEY_WHEN_FOLD];
    expr[JY__KEY_EXPR_VIA] = found[JY__KEY_WHEN_VIA];
    expr[JY__KEY_EXPR_MATCH_LIMIT] = found[JY__KEY_WHEN_MATCH_LIMIT];
}

static bool options_fit(jy__load *load, int kind, jy__node *const *found)
{
    static const int options[] = { JY__KEY_WHEN_WHOLE, JY__KEY_WHEN_WITH, JY__KEY_WHEN_FOLD, JY__KEY_WHEN_VIA, JY__KEY_WHEN_MATCH_LIMIT };
    const jy__table *table = jy__rules_table(JY__TABLE_WHEN);
    bool words = kind == JY__KEY_WHEN_PHRASE || kind == JY__KEY_WHEN_REGEX, good = true;
    bool group = kind == JY__KEY_WHEN_ANY || kind == JY__KEY_WHEN_ALL || kind == JY__KEY_WHEN_NOT;
    for (size_t i = 0; i < JY__COUNT(options); i++)
        if (found[options[i]] && !words) {
            JY__SAY(load, KEY_UNFIT, found[options[i]]->key->pos, jy__arg_c(table->keys[options[i]].name.ptr), jy__arg_c(table->keys[kind].name.ptr));
            good = false;
        }
    if (found[JY__KEY_WHEN_SPEAKER] && group) {
        JY__SAY(load, KEY_UNFIT, found[JY__KEY_WHEN_SPEAKER]->key->pos, jy__arg_c("speaker"), jy__arg_c(table->keys[kind].name.ptr));
        good = false;
    }
    return good;
}

static jy__when *object_when(jy__load *load, const jy__node *node, jy__folds folds, bool in_all)
{
    jy__node *found[JY__KEY_WHEN_COUNT], *expr[JY__KEY_EXPR_COUNT];
    int32_t speaker = JY__SPEAKER_ANY;
    int kind;
    if (!jy__rules_take(load, node, JY__TABLE_WHEN, found))
        return NULL;
    kind = jy__rules_take_one(load, node, JY__TABLE_WHEN, found);
    if (kind < 0 || !options_fit(load, kind, found))
        return NULL;
    if (found[JY__KEY_WHEN_SPEAKER] && !jy__rules_choose(load, found[JY__KEY_WHEN_SPEAKER], JY__CHOICES_SPEAKER, &speaker))
        return NULL;
    as_expr(found, expr);
    switch (kind) {
    case JY__KEY_WHEN_SAID: return said_when(load, node, jy__rules_expr(load, found[kind], folds), speaker);
    case JY__KEY_WHEN_PHRASE: return said_when(load, node, jy__rules_expr_found(load, node, JY__KEY_EXPR_PHRASE, expr, folds), speaker);
    case JY__KEY_WHEN_REGEX: return said_when(load, node, jy__rules_expr_found(load, node, JY__KEY_EXPR_REGEX, expr, folds), speaker);
    case JY__KEY_WHEN_NEAR: return said_when(load, node, jy__rules_near(load, found[kind], folds), speaker);
    case JY__KEY_WHEN_EVENT: return event_when(load, node, found[kind], speaker);
    case JY__KEY_WHEN_SILENCE: return silence_when(load, node, found[kind], speaker);
    case JY__KEY_WHEN_ANY: return any_when(load, found[kind], folds);
    case JY__KEY_WHEN_ALL: return all_when(load, found[kind], folds);
    default: return not_when(load, found[kind], folds, in_all);
    }
}

static jy__when *read_when(jy__load *load, const jy__node *node, jy__folds folds, bool in_all)
{
    switch (node->kind) {
    case JY__NODE_LIST: return any_when(load, node, folds);
    case JY__NODE_MAP: return jy__rules_lacks_quotes(load, node) ? NULL : object_when(load, node, folds, in_all);
    default: return said_when(load, node, jy__rules_expr(load, node, folds), JY__SPEAKER_ANY);
    }
}

jy__when *jy__rules_when(jy__load *load, const jy__node *node, jy__folds folds)
{
    return read_when(load, node, folds, false);
}
