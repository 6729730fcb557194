/* A rule file from bytes to tree: checks the source, reads the YAML, then takes the top level apart: format, pack, defaults,
 * lists, approved wordings, scorecard, rules. Every stage adds what it finds wrong and goes on as long as that makes sense, so
 * that one run tells all errors of a file. */
#include "rules/rules_inside.h"
#include <stdlib.h>

/* Reads what the file says of its format before anything else: a newer file's other keys are not ours to judge. */
static bool format_is_ours(jy__load *load, const jy__node *root)
{
    const jy__node *node = root->first;
    int64_t format = 0;
    while (node && !jy__str_is(node->key->text, "jinyu"))
        node = node->next;
    if (!node) {
        JY__SAY0(load, FORMAT_MISSING, ((jy__pos){ 1, 1, 0, 0 }));
    } else if (node->kind != JY__NODE_SCALAR || !jy__int_parse(node->text, &format) || format < JY_RULE_FORMAT_MIN) {
        JY__SAY(load, FORMAT_NUMBER, node->pos, jy__arg_found(load, node));
    } else if (format > JY_RULE_FORMAT) {
        load->tree->newer = true;
        JY__SAY(load, FORMAT_NEWER, node->pos, jy__arg_int(load, format), jy__arg_int(load, JY_RULE_FORMAT));
        return false;
    }
    return true;
}

jy_str jy__rules_stem(jy__load *load)
{
    jy_str source = load->source, kept = { NULL, 0 };
    jy__text out;
    size_t from = source.len, to;
    while (from > 0 && source.ptr[from - 1] != '/' && source.ptr[from - 1] != '\\')
        from--;
    for (to = source.len; to > from && source.ptr[to - 1] != '.';)
        to--;
    to = to > from + 1 ? to - 1 : source.len;
    if (to - from > JY__NAME_MOST)
        to = from + JY__NAME_MOST;
    jy__text_init(&out, load->mem);
    for (size_t at = from; at < to; at++)
        jy__text_char(&out, jy__name_ok((jy_str){ source.ptr + at, 1 }, true) ? source.ptr[at] : '-');
    if (from == to)
        jy__text_c(&out, "rules");
    if (out.failed || !jy__arena_str(&load->tree->arena, jy__text_view(&out), &kept))
        load->nomem = true;
    jy__text_free(&out);
    return kept;
}

static void read_pack(jy__load *load, jy__node *const *found)
{
    jy__pack *pack = &load->tree->pack;
    const jy__node *name = found[JY__KEY_FILE_PACK];
    if (name && jy__rules_text(load, name, &pack->name) && !jy__name_ok(pack->name, true))
        JY__SAY(load, PACK_NAME, name->pos, jy__arg_text(load, pack->name), jy__arg_int(load, JY__NAME_MOST));
    if (!name)
        pack->name = jy__rules_stem(load);
    if (found[JY__KEY_FILE_TITLE])
        jy__rules_text(load, found[JY__KEY_FILE_TITLE], &pack->title);
    if (found[JY__KEY_FILE_VERSION])
        jy__rules_text(load, found[JY__KEY_FILE_VERSION], &pack->version);
}

/* clauses: {六-1: 询问对方姓名} */
static void read_clauses(jy__load *load, const jy__node *node)
{
    jy__pack *pack = &load->tree->pack;
    if (node->kind != JY__NODE_MAP) {
        JY__SAY(load, WANT_MAP, node->pos, jy__arg_key(node), jy__arg_found(load, node));
        return;
    }
    if (node->count == 0)
        JY__SAY(load, WANT_SOME, node->pos, jy__arg_key(node));
    pack->clauses = jy__load_alloc(load, node->count * sizeof(*pack->clauses));
    pack->clause_titles = jy__load_alloc(load, node->count * sizeof(*pack->clause_titles));
    for (const jy__node *kid = node->first; kid && !load->nomem; kid = kid->next) {
        jy_str title;
        if (!jy__rules_text(load, kid, &title))
            continue;
        pack->clauses[pack->clause_count] = (jy__text_at){ kid->key->text, kid->key->pos, NULL };
        pack->clause_titles[pack->clause_count++] = (jy__text_at){ title, kid->pos, NULL };
    }
}

static void read_defaults(jy__load *load, const jy__node *node)
{
    jy__node *found[JY__KEY_DEFAULTS_COUNT] = { NULL };
    int32_t judged = JY__JUDGED_BOTH;
    load->defaults.speaker = JY_AGENT;
    load->defaults.severity = JY_ERROR;
    load->defaults.folds = (jy__folds){ ((1u << JY_FOLD_COUNT) - 1) & ~(1u << JY_FOLD_SOUND), JY__SOUND_UNSAID };
    if (node && jy__rules_take(load, node, JY__TABLE_DEFAULTS, found)) {
        if (found[JY__KEY_DEFAULTS_SPEAKER])
            jy__rules_choose(load, found[JY__KEY_DEFAULTS_SPEAKER], JY__CHOICES_SPEAKER, &load->defaults.speaker);
        if (found[JY__KEY_DEFAULTS_SEVERITY])
            jy__rules_choose(load, found[JY__KEY_DEFAULTS_SEVERITY], JY__CHOICES_SEVERITY, &load->defaults.severity);
        if (found[JY__KEY_DEFAULTS_SCORE])
            jy__rules_score(load, found[JY__KEY_DEFAULTS_SCORE], &load->defaults.score);
        if (found[JY__KEY_DEFAULTS_JUDGED])
            jy__rules_choose(load, found[JY__KEY_DEFAULTS_JUDGED], JY__CHOICES_JUDGED, &judged);
        if (found[JY__KEY_DEFAULTS_FOLD])
            jy__rules_folds(load, found[JY__KEY_DEFAULTS_FOLD], NULL, JY__SOUND_OF_RULES, &load->defaults.folds);
        if (found[JY__KEY_DEFAULTS_EXCEPT])
            load->defaults.except = jy__rules_expr(load, found[JY__KEY_DEFAULTS_EXCEPT], load->defaults.folds);
    }
    load->defaults.live = judged & JY__JUDGED_LIVE;
    load->defaults.after = judged & JY__JUDGED_AFTER;
}

static void read_scorecard(jy__load *load, const jy__node *node)
{
    jy__node *found[JY__KEY_SCORECARD_COUNT];
    int64_t points[JY__KEY_SCORECARD_COUNT] = { 100, 0, 60 };
    bool good = true;
    if (!jy__rules_take(load, node, JY__TABLE_SCORECARD, found))
        return;
    for (size_t i = 0; i < JY__KEY_SCORECARD_COUNT; i++)
        if (found[i])
            good = jy__rules_number(load, found[i], -1000000, 1000000, &points[i]) && good;
    if (good && (points[JY__KEY_SCORECARD_FLOOR] > points[JY__KEY_SCORECARD_PASS] ||
                 points[JY__KEY_SCORECARD_PASS] > points[JY__KEY_SCORECARD_START]))
        JY__SAY(load, SCORECARD_ORDER, node->pos, jy__arg_int(load, points[JY__KEY_SCORECARD_FLOOR]),
                jy__arg_int(load, points[JY__KEY_SCORECARD_PASS]), jy__arg_int(load, points[JY__KEY_SCORECARD_START]));
    load->tree->pack.scorecard = (jy__scorecard){ true, (int32_t)points[JY__KEY_SCORECARD_START],
        (int32_t)points[JY__KEY_SCORECARD_FLOOR], (int32_t)points[JY__KEY_SCORECARD_PASS], node->pos };
}

static void read_rules(jy__load *load, const jy__node *node)
{
    jy__pack *pack = &load->tree->pack;
    size_t number = 0;
    if (node->kind != JY__NODE_LIST) {
        JY__SAY(load, WANT_LIST, node->pos, jy__arg_key(node), jy__arg_found(load, node));
        return;
    }
    if (node->count == 0)
        JY__SAY(load, WANT_SOME, node->pos, jy__arg_key(node));
    pack->rules = jy__load_alloc(load, node->count * sizeof(*pack->rules));
    for (const jy__node *kid = node->first; kid && pack->rules && !load->nomem; kid = kid->next) {
        jy__rules_rule(load, kid, ++number, &pack->rules[pack->rule_count]);
        pack->rule_count += kid->kind == JY__NODE_MAP;
    }
}

static void refuse_duplicates(jy__load *load)
{
    const jy__pack *pack = &load->tree->pack;
    jy__map ids;
    uint32_t first;
    jy__map_init(&ids, load->mem);
    for (size_t i = 0; i < pack->rule_count && !load->nomem; i++) {
        const jy__rule *rule = &pack->rules[i];
        load->rule = rule->id;
        if (jy__map_get(&ids, rule->id, &first))
            JY__SAY(load, RULE_DUPLICATE, rule->id_pos, jy__arg_text(load, rule->id), jy__arg_int(load, pack->rules[first].id_pos.line));
        else if (!jy__map_put(&ids, rule->id, (uint32_t)i))
            load->nomem = true;
    }
    load->rule = (jy_str){ NULL, 0 };
    jy__map_free(&ids);
}

/* A misspelt key may be the one that is missing. */
static bool all_known(const jy__node *root, jy__node *const *found)
{
    size_t known = 0;
    for (size_t i = 0; i < JY__KEY_FILE_COUNT; i++)
        known += found[i] != NULL;
    return known == root->count;
}

void jy__rules_file(jy__load *load, const jy__node *root)
{
    jy__node *found[JY__KEY_FILE_COUNT];
    jy__pack *pack = &load->tree->pack;
    pack->pos = root->pos;
    if (root->kind != JY__NODE_MAP) {
        JY__SAY0(load, FILE_NO_KEYS, root->pos);
        return;
    }
    if (!format_is_ours(load, root))
        return;
    jy__rules_take(load, root, JY__TABLE_FILE, found);
    read_pack(load, found);
    if (found[JY__KEY_FILE_CLAUSES])
        read_clauses(load, found[JY__KEY_FILE_CLAUSES]);
    if (found[JY__KEY_FILE_LISTS])
        jy__rules_lists(load, found[JY__KEY_FILE_LISTS]);
    read_defaults(load, found[JY__KEY_FILE_DEFAULTS]); /* behind the lists: its exceptions may use them */
    if (found[JY__KEY_FILE_APPROVED])
        jy__rules_wordings(load, found[JY__KEY_FILE_APPROVED], &pack->approved, &pack->approved_count);
    if (found[JY__KEY_FILE_SCORECARD])
        read_scorecard(load, found[JY__KEY_FILE_SCORECARD]);
    if (found[JY__KEY_FILE_RULES])
        read_rules(load, found[JY__KEY_FILE_RULES]);
    else if (!found[JY__KEY_FILE_APPROVED] && all_known(root, found))
        JY__SAY0(load, PACK_NOTHING, root->pos);
    jy__rules_lists_finish(load);
    refuse_duplicates(load);
}

jy__node *jy__load_run(jy__load *load, jy_str source)
{
    jy__pos start = { 1, 1, 0, 0 };
    jy__node *root = NULL;
    memset(load->tree, 0, sizeof(*load->tree));
    jy__arena_init(&load->tree->arena, load->mem);
    jy__arena_init(&load->nodes, load->mem);
    jy__map_init(&load->list_index, load->mem);
    if (!jy__arena_str(&load->tree->arena, source, &load->tree->pack.source))
        load->nomem = true;
    load->source = load->tree->pack.source;
    if (load->nomem || !jy__rules_source_check(load) || !jy__rules_yaml(load, &root))
        return NULL;
    if (root && !(root->kind == JY__NODE_SCALAR && root->text.len == 0))
        jy__rules_file(load, root);
    else
        JY__SAY0(load, FILE_COMMENTS, start);
    return root;
}

void jy__load_end(jy__load *load)
{
    jy__map_free(&load->list_index);
    jy__arena_free(&load->nodes);
    load->tree->ok = load->errors == 0 && !load->nomem;
}

static int by_place(const void *a, const void *b)
{
    const jy__diag *first = a, *second = b;
    if (first->pos.offset != second->pos.offset)
        return first->pos.offset < second->pos.offset ? -1 : 1;
    return (first->code > second->code) - (first->code < second->code);
}

int jy__rules_load(const jy__mem *mem, const jy__params *params, jy_str source, jy_str text, jy__diags *diags, jy__tree *out)
{
    size_t before = diags->list.count;
    jy__load load = { .mem = mem, .params = params, .text = text, .diags = diags, .tree = out };
    jy__load_run(&load, source);
    if (diags->list.count > before)
        qsort(diags->list.items + before, diags->list.count - before, sizeof(*diags->list.items), by_place);
    jy__load_end(&load);
    if (!load.nomem)
        return JY_OK;
    jy__rules_tree_free(out);
    return JY_E_NOMEM;
}

void jy__rules_tree_free(jy__tree *tree)
{
    jy__arena_free(&tree->arena);
    memset(tree, 0, sizeof(*tree));
}
