/* All trees together: packs merged by name, duplicates refused, shields built. */
#include "compile/compile_build.h"

static int find_pack(jy__build *build, const jy__tree *tree, uint32_t *out)
{
    jy__compiled_pack pack;
    for (size_t i = 0; i < build->packs.count; i++)
        if (jy__str_eq(build->packs.items[i].name, tree->pack.name)) {
            *out = (uint32_t)i;
            return JY_OK;
        }
    memset(&pack, 0, sizeof(pack));
    if (!JY__VEC_ROOM(build->mem, &build->packs) || !jy__arena_str(&build->rules->arena, tree->pack.name, &pack.name) ||
        !jy__arena_str(&build->rules->arena, tree->pack.title, &pack.title) ||
        !jy__arena_str(&build->rules->arena, tree->pack.version, &pack.version))
        return JY_E_NOMEM;
    *out = (uint32_t)build->packs.count;
    build->packs.items[build->packs.count++] = pack;
    return JY_OK;
}

static void merge_scorecard(jy__build *build, const jy__tree *tree, jy__compiled_pack *pack)
{
    const jy__scorecard *card = &tree->pack.scorecard;
    if (!card->given)
        return;
    if (pack->scorecard.given) {
        build->source = tree->pack.source;
        build->rule_id = (jy_str){ NULL, 0 };
        jy__build_error(build, JY__DIAG_SCORECARD, card->pos, &pack->name, 1);
        return;
    }
    pack->scorecard = *card;
}

/* Rule ids are unique in a pack; the key is pack, NUL, id. Two of one file were told of when it was read. */
static int check_id(jy__build *build, jy__map *ids, const jy__tree *tree, const jy__rule *rule, size_t tree_first)
{
    size_t len = tree->pack.name.len + 1 + rule->id.len;
    char *key = jy__arena_alloc(&build->scratch, len);
    uint32_t first;
    if (!key)
        return JY_E_NOMEM;
    if (tree->pack.name.len)
        memcpy(key, tree->pack.name.ptr, tree->pack.name.len);
    if (rule->id.len)
        memcpy(key + tree->pack.name.len + 1, rule->id.ptr, rule->id.len);
    if (!jy__map_get(ids, (jy_str){ key, len }, &first))
        return jy__map_put(ids, (jy_str){ key, len }, (uint32_t)build->compiled.count) ? JY_OK : JY_E_NOMEM;
    if (first >= tree_first)
        return JY_OK;
    const jy_rule *other = &build->compiled.items[first].info;
    char line[16];
    jy__text number;
    jy__text_init(&number, build->mem);
    jy__text_int(&number, other->line);
    size_t digits = number.len < sizeof(line) ? number.len : sizeof(line);
    if (digits) memcpy(line, number.ptr, digits);
    jy__text_free(&number);
    build->source = tree->pack.source;
    build->rule_id = rule->id;
    jy__build_error(build, JY__DIAG_DUPLICATE, rule->id_pos, (jy_str[]){ rule->id, other->source, { line, digits } }, 3);
    return JY_OK;
}

/* Many rules may name the same wording: it is looked for once. (One with an error is told of wherever it stands.) */
static int add_shield(jy__build *build, jy__map *known, const jy__text_at *wording)
{
    uint32_t all = (1u << JY_FOLD_COUNT) - 1, atom = JY__NONE;
    uint32_t folds = all & ~(1u << JY_FOLD_MASKED);
    size_t errors = build->compiler->diags.errors;
    int status;
    if (!wording->form || jy__map_get(known, wording->text, &atom))
        return JY_OK;
    status = jy__build_phrase(build, JY__SET_SHIELD, wording->form, wording->text, folds, JY__SOUND_UNSAID, JY__WHOLE_NONE, wording->pos, &atom);
    if (status == JY_OK && build->compiler->diags.errors == errors && !jy__map_put(known, wording->text, atom))
        status = JY_E_NOMEM;
    return status;
}

/* Approved wording shields in the whole pack, whichever rule names it. */
static int build_shields(jy__build *build, uint32_t pack)
{
    const jy_compiler *compiler = build->compiler;
    jy__map known;
    int status = JY_OK;
    jy__map_init(&known, build->mem);
    build->rule = JY__NONE;
    build->packs.items[pack].first_shield = (uint32_t)build->atoms.count;
    for (size_t i = 0; i < compiler->trees.count; i++) {
        const jy__pack *from = &compiler->trees.items[i].pack;
        if (!jy__str_eq(from->name, build->packs.items[pack].name))
            continue;
        build->source = from->source;
        build->rule_id = (jy_str){ NULL, 0 };
        for (size_t k = 0; status == JY_OK && k < from->approved_count; k++)
            status = add_shield(build, &known, &from->approved[k]);
        for (size_t k = 0; status == JY_OK && k < from->rule_count; k++)
            for (size_t n = 0; status == JY_OK && n < from->rules[k].suggest_count; n++)
                status = add_shield(build, &known, &from->rules[k].suggest[n]);
    }
    jy__map_free(&known);
    build->packs.items[pack].shield_count = (uint32_t)build->atoms.count - build->packs.items[pack].first_shield;
    return status;
}

static bool has_clause(const jy__compiled_pack *pack, jy_str id)
{
    for (uint32_t i = 0; i < pack->clause_count; i++)
        if (jy__str_eq(pack->clauses[i], id))
            return true;
    return false;
}

/* The standard's rows: those of all files of the pack, in order. */
static int add_clauses(jy__build *build, const jy__pack *from, jy__compiled_pack *pack)
{
    size_t count = pack->clause_count + from->clause_count, added = pack->clause_count;
    jy_str *ids = jy__arena_alloc(&build->rules->arena, count * sizeof(*ids)), *titles = jy__arena_alloc(&build->rules->arena, count * sizeof(*titles));
    if (!ids || !titles)
        return JY_E_NOMEM;
    for (uint32_t i = 0; i < pack->clause_count; i++) {
        ids[i] = pack->clauses[i];
        titles[i] = pack->clause_titles[i];
    }
    for (size_t i = 0; i < from->clause_count; i++) {
        if (has_clause(pack, from->clauses[i].text))
            continue;
        if (!jy__arena_str(&build->rules->arena, from->clauses[i].text, &ids[added]) ||
            !jy__arena_str(&build->rules->arena, from->clause_titles[i].text, &titles[added]))
            return JY_E_NOMEM;
        added++;
    }
    pack->clauses = ids;
    pack->clause_titles = titles;
    pack->clause_count = (uint32_t)added;
    return JY_OK;
}

static int build_tree(jy__build *build, jy__map *ids, const jy__tree *tree)
{
    size_t first = build->compiled.count;
    uint32_t pack;
    int status = find_pack(build, tree, &pack);
    if (status != JY_OK)
        return status;
    merge_scorecard(build, tree, &build->packs.items[pack]);
    if (tree->pack.clause_count && (status = add_clauses(build, &tree->pack, &build->packs.items[pack])) != JY_OK)
        return status;
    for (size_t i = 0; i < tree->pack.rule_count; i++) {
        if ((int64_t)build->compiled.count >= jy__params_get(&build->compiler->params, JY_PARAM_MAX_RULES)) {
            build->source = tree->pack.source;
            build->rule_id = tree->pack.rules[i].id;
            jy__build_error(build, JY__DIAG_TOO_MANY_RULES, tree->pack.rules[i].pos, NULL, 0);
            return JY_OK;
        }
        if ((status = check_id(build, ids, tree, &tree->pack.rules[i], first)) != JY_OK ||
            (status = jy__build_rule(build, tree, &tree->pack.rules[i], pack)) != JY_OK)
            return status;
    }
    return JY_OK;
}

static bool is_last_of_pack(const jy_compiler *compiler, size_t tree)
{
    for (size_t i = tree + 1; i < compiler->trees.count; i++)
        if (jy__str_eq(compiler->trees.items[i].pack.name, compiler->trees.items[tree].pack.name))
            return false;
    return true;
}

/* All of a pack has its numbers before the next one: what packs are compiled to begins with what the first ones are alone (make_image_write.c). */
static int build_all(jy__build *build)
{
    jy_compiler *compiler = build->compiler;
    jy__map ids;
    int status = jy__arena_str(&build->rules->arena, (jy_str){ NULL, 0 }, &build->nothing) ? JY_OK : JY_E_NOMEM;
    jy__map_init(&ids, build->mem);
    for (size_t i = 0; status == JY_OK && i < compiler->trees.count; i++) {
        uint32_t pack;
        status = build_tree(build, &ids, &compiler->trees.items[i]);
        if (status == JY_OK && is_last_of_pack(compiler, i) && (status = find_pack(build, &compiler->trees.items[i], &pack)) == JY_OK)
            status = build_shields(build, pack);
    }
    jy__map_free(&ids);
    if (status == JY_OK && build->failed)
        status = JY_E_RULES;
    return status == JY_OK ? jy__build_freeze(build) : status;
}

static jy_rules *new_rules(const jy__mem *mem)
{
    jy_rules *rules = jy__mem_alloc(mem, sizeof(*rules));
    if (!rules)
        return NULL;
    rules->mem = *mem;
    rules->references = 1;
    jy__arena_init(&rules->arena, &rules->mem);
    return rules;
}

int jy__compile_rules(jy_compiler *compiler, jy_rules **out)
{
    jy__build build;
    int status;
    memset(&build, 0, sizeof(build));
    build.compiler = compiler;
    build.rules = new_rules(&compiler->mem);
    if (!build.rules)
        return JY_E_NOMEM;
    build.mem = &build.rules->mem;
    jy__arena_init(&build.scratch, &compiler->mem);
    for (int set = 0; set < JY__SET_COUNT; set++)
        jy__set_builder_init(&build.sets[set], build.mem, &build.scratch);
    jy__sides_init(&build.sides, build.mem, &build.scratch);
    jy__map_init(&build.by_word, build.mem);
    status = build_all(&build);
    for (int set = 0; set < JY__SET_COUNT; set++)
        jy__set_builder_free(&build.sets[set]);
    JY__VEC_FREE(build.mem, &build.atoms);
    JY__VEC_FREE(build.mem, &build.shared);
    JY__VEC_FREE(build.mem, &build.words);
    jy__map_free(&build.by_word);
    JY__VEC_FREE(build.mem, &build.chains);
    JY__VEC_FREE(build.mem, &build.gaps);
    jy__sides_free(&build.sides);
    JY__VEC_FREE(build.mem, &build.nodes);
    JY__VEC_FREE(build.mem, &build.kids);
    JY__VEC_FREE(build.mem, &build.compiled);
    JY__VEC_FREE(build.mem, &build.packs);
    jy__arena_free(&build.scratch);
    if (status == JY_OK)
        *out = build.rules;
    else
        jy_rules_unref(build.rules);
    return status;
}
