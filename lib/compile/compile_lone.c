/* What may stand right beside literals of one symbol whose phrases must all be whole. In: a set with its uses, and the words that each manner allows
 * beside its phrases. Out: the matcher knows, and passes over the places where something else stands:
 *
 *   喂, whole: clause, with: [你好]      found: 喂,  喂你好  嗯喂  喂喂      passed over: 喂养  投喂
 *
 * A part of a phrase with gaps is found wherever it stands: what is around it is not its unit's end. */
#include "compile/compile_set.h"

static void add_word(jy__edges *edges, const uint32_t *symbols, size_t count)
{
    jy__door_add(edges->behind, jy__edge_mark(symbols[0]));
    jy__door_add(edges->before, jy__edge_mark(symbols[count - 1]));
}

static void add_manner(jy__edges *edges, const jy_rules *rules, const jy__manner *manner)
{
    const uint32_t *filler;
    size_t count;
    for (uint32_t i = 0; i < manner->with_count; i++) {
        const jy__beside word = jy__rules_word(rules->words, manner->with[i]);
        add_word(edges, word.symbols, word.count);
    }
    for (size_t i = 0; (filler = jy__fold_filler_list(i, &count)); i++)
        add_word(edges, filler, count);
    if (manner->whole == JY__WHOLE_CLAUSE_END)
        memset(edges->before, 0xFF, sizeof(edges->before));
}

/* False: one of its uses is no whole unit. */
static bool add_uses(const jy_rules *rules, const jy__set *set, size_t literal, jy__edges *edges)
{
    const jy__uses uses = jy__uses_of(set, literal);
    memset(edges, 0, sizeof(*edges));
    for (uint32_t i = uses.first; i < uses.behind; i++) {
        const jy__use use = jy__use_of(set, i);
        const jy__manner *manner = jy__atom_manner(rules, use.atom);
        if (use.chain != JY__NONE || !jy__manner_is_unit(manner))
            return false;
        add_manner(edges, rules, manner);
    }
    return true;
}

int jy__set_builder_lone(const jy__set_builder *builder, const jy_rules *rules, jy__set *set)
{
    const jy__edges **edges = jy__arena_alloc(builder->keys, set->first_count * sizeof(*edges) + 1);
    jy__edges *own = NULL;
    if (!edges)
        return JY_E_NOMEM;
    for (size_t i = 0; i < set->first_count; i++) {
        if (builder->literals.items[i].symbols.count != 1)
            continue;
        if (!own && !(own = jy__arena_alloc(builder->keys, sizeof(*own))))
            return JY_E_NOMEM;
        if (add_uses(rules, set, i, own)) {
            edges[i] = own;
            own = NULL;
        }
    }
    return jy__matcher_set_edges(set->matcher, edges);
}
