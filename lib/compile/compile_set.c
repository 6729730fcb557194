/* Interning: phrases of many rules multiply out to the same literal forms; each is scanned for once and remembers who uses it. */
#include "compile/compile_set.h"

void jy__set_builder_init(jy__set_builder *builder, const jy__mem *mem, jy__arena *keys)
{
    memset(builder, 0, sizeof(*builder));
    builder->mem = mem;
    builder->keys = keys;
    jy__map_init(&builder->by_key, mem);
    jy__map_init(&builder->by_pattern, mem);
}

/* symbols, then folds, then which are optional: the same key is the same literal */
static int key_of(jy__arena *arena, const jy__symbols *symbols, uint32_t folds, jy_str *out)
{
    size_t wide = symbols->count * sizeof(uint32_t);
    char *key = jy__arena_alloc(arena, wide + sizeof(folds) + symbols->count);
    if (!key)
        return JY_E_NOMEM;
    memcpy(key, symbols->items, wide);
    memcpy(key + wide, &folds, sizeof(folds));
    memcpy(key + wide + sizeof(folds), symbols->optional, symbols->count);
    *out = (jy_str){ key, wide + sizeof(folds) + symbols->count };
    return JY_OK;
}

int jy__set_builder_literal(jy__set_builder *builder, const jy__symbols *symbols, uint32_t folds, jy_str form, jy__use use)
{
    uint32_t number, fresh = (uint32_t)builder->literals.count;
    jy_str key;
    if (key_of(builder->keys, symbols, folds, &key) != JY_OK || !JY__VEC_ROOM(builder->mem, &builder->literals) ||
        !jy__map_intern(&builder->by_key, key, fresh, &number))
        return JY_E_NOMEM;
    if (number == fresh)
        builder->literals.items[builder->literals.count++] = (jy__set_literal){ *symbols, folds, form, use.atom };
    if (!JY__VEC_ROOM(builder->mem, &builder->uses))
        return JY_E_NOMEM;
    builder->uses.items[builder->uses.count++] = (jy__set_use){ number, use };
    return JY_OK;
}

/* The pattern, its folds, its limit: the same key is the same pattern. */
static int pattern_key(jy__arena *arena, jy_str pattern, uint32_t folds, int64_t match_limit, jy_str *out)
{
    char *key = jy__arena_alloc(arena, sizeof(folds) + sizeof(match_limit) + pattern.len);
    if (!key)
        return JY_E_NOMEM;
    memcpy(key, &folds, sizeof(folds));
    memcpy(key + sizeof(folds), &match_limit, sizeof(match_limit));
    if (pattern.len)
        memcpy(key + sizeof(folds) + sizeof(match_limit), pattern.ptr, pattern.len);
    *out = (jy_str){ key, sizeof(folds) + sizeof(match_limit) + pattern.len };
    return JY_OK;
}

int jy__set_builder_regex(jy__set_builder *builder, bool jit, jy_str pattern, uint32_t folds, int64_t match_limit, uint32_t atom, jy__regex_error *error)
{
    uint32_t index;
    jy_str key;
    int status = pattern_key(builder->keys, pattern, folds, match_limit, &key);
    if (status == JY_OK && !builder->regexes)
        status = jy__regexes_new(builder->mem, jit, &builder->regexes);
    if (status == JY_OK && !jy__map_get(&builder->by_pattern, key, &index)) {
        status = jy__regexes_add(builder->regexes, pattern, folds, match_limit, &index, error);
        if (status == JY_OK && !jy__map_put(&builder->by_pattern, key, index))
            status = JY_E_NOMEM;
    }
    if (status != JY_OK)
        return status;
    if (!JY__VEC_ROOM(builder->mem, &builder->regex_atoms) || !JY__VEC_ROOM(builder->mem, &builder->regex_of))
        return JY_E_NOMEM;
    builder->regex_atoms.items[builder->regex_atoms.count++] = atom;
    builder->regex_of.items[builder->regex_of.count++] = index;
    return JY_OK;
}

static size_t count_parts(const jy__set_builder *builder)
{
    size_t parts = 0;
    for (size_t i = 0; i < builder->uses.count; i++)
        parts += builder->uses.items[i].use.chain != JY__NONE;
    return parts;
}

/* How many each literal has. */
static uint32_t *count_uses(const jy__set_builder *builder)
{
    uint32_t *counts = jy__arena_alloc(builder->keys, builder->literals.count * sizeof(*counts));
    for (size_t i = 0; counts && i < builder->uses.count; i++)
        counts[builder->uses.items[i].literal]++;
    return counts;
}

/* Lists, empty, behind the literals' own places. */
static bool make_lists(const jy__set_builder *builder, const uint32_t *counts, jy__arena *arena, jy__set *out)
{
    size_t literals = builder->literals.count, room = literals;
    for (size_t i = 0; i < literals; i++)
        room += counts[i] > 1 ? counts[i] + 1 : 0;
    out->uses = room <= JY__USE_MOST ? jy__arena_alloc(arena, room * sizeof(*out->uses)) : NULL;
    room = literals;
    for (size_t i = 0; out->uses && i < literals; i++)
        if (counts[i] > 1) {
            out->uses[i] = JY__USE_LIST + (uint32_t)room;
            room += counts[i] + 1;
        }
    return out->uses != NULL;
}

static int place_uses(const jy__set_builder *builder, jy__arena *arena, jy__set *out)
{
    const uint32_t *counts = count_uses(builder);
    uint32_t part = 0;
    if (!counts || !make_lists(builder, counts, arena, out))
        return JY_E_NOMEM;
    out->parts = jy__arena_alloc(arena, count_parts(builder) * sizeof(*out->parts));
    if (!out->parts)
        return JY_E_NOMEM;
    for (size_t i = 0; i < builder->uses.count; i++) {
        const jy__set_use *from = &builder->uses.items[i];
        uint32_t *to = &out->uses[from->literal];
        if (counts[from->literal] > 1) {
            uint32_t *list = &out->uses[*to & JY__USE_MOST];
            *to |= from->use.key ? JY__USE_KEY : 0;
            to = &list[++*list];
        }
        if (from->use.chain == JY__NONE) {
            *to = from->use.atom;
            continue;
        }
        out->parts[part] = from->use;
        *to = JY__USE_PART + part++;
    }
    return JY_OK;
}

static int make_matchers(jy__set_builder *builder, jy__set *out)
{
    size_t count = builder->literals.count;
    jy__literal *literals = jy__arena_alloc(builder->keys, count * sizeof(*literals));
    out->literal_count = count;
    if (!literals)
        return JY_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        const jy__set_literal *from = &builder->literals.items[i];
        literals[i] = (jy__literal){ from->symbols.items, from->symbols.any_optional ? from->symbols.optional : NULL,
                                     (uint32_t)from->symbols.count, from->folds };
    }
    int status = jy__matcher_new(builder->mem, literals, out->first_count, &out->matcher);
    if (status == JY_OK && count > out->first_count)
        status = jy__matcher_new(builder->mem, literals + out->first_count, count - out->first_count, &out->rest);
    return status;
}

/* How many uses each pattern has is where the next one's begin. */
static int list_regex_uses(jy__arena *arena, jy__set *out)
{
    const size_t patterns = jy__regexes_count(out->regexes);
    uint32_t *first = out->regex_first = jy__arena_alloc(arena, (patterns + 1) * sizeof(*first));
    out->regex_uses = jy__arena_alloc(arena, out->regex_count * sizeof(*out->regex_uses));
    if (!first || !out->regex_uses)
        return JY_E_NOMEM;
    memset(first, 0, (patterns + 1) * sizeof(*first));
    for (size_t i = 0; i < out->regex_count; i++)
        first[out->regex_of[i]]++;
    for (size_t i = 0, sum = 0; i <= patterns; i++)
        first[i] = (uint32_t)(sum += first[i]);
    for (size_t i = out->regex_count; i-- > 0;) /* each comes to stand where its pattern's begin */
        out->regex_uses[--first[out->regex_of[i]]] = (uint32_t)i;
    return JY_OK;
}

int jy__set_builder_seal(jy__set_builder *builder, jy_rules *rules, jy__sides_build *sides, jy__set *out)
{
    jy__arena *arena = &rules->arena;
    int status = JY_OK;
    if (builder->literals.count && (status = jy__set_builder_order(builder, rules, sides, out)) == JY_OK &&
        (status = place_uses(builder, arena, out)) == JY_OK && (status = jy__sides_of_literals(sides, rules, out)) == JY_OK)
        status = make_matchers(builder, out);
    if (status == JY_OK && out->matcher)
        status = jy__set_builder_lone(builder, rules, out);
    if (status != JY_OK || !builder->regexes)
        return status;
    out->regexes = builder->regexes;
    builder->regexes = NULL;
    out->regex_count = builder->regex_atoms.count;
    out->regex_atoms = jy__arena_alloc(arena, out->regex_count * sizeof(*out->regex_atoms));
    out->regex_of = jy__arena_alloc(arena, out->regex_count * sizeof(*out->regex_of));
    if (!out->regex_atoms || !out->regex_of)
        return JY_E_NOMEM;
    if (out->regex_count) {
        memcpy(out->regex_atoms, builder->regex_atoms.items, out->regex_count * sizeof(*out->regex_atoms));
        memcpy(out->regex_of, builder->regex_of.items, out->regex_count * sizeof(*out->regex_of));
    }
    status = list_regex_uses(arena, out);
    return status == JY_OK ? jy__regexes_seal(out->regexes) : status;
}

void jy__set_builder_free(jy__set_builder *builder)
{
    jy__map_free(&builder->by_key);
    jy__map_free(&builder->by_pattern);
    JY__VEC_FREE(builder->mem, &builder->literals);
    JY__VEC_FREE(builder->mem, &builder->uses);
    JY__VEC_FREE(builder->mem, &builder->regex_atoms);
    JY__VEC_FREE(builder->mem, &builder->regex_of);
    jy__regexes_free(builder->regexes);
    builder->regexes = NULL;
}

void jy__set_free(jy__set *set)
{
    jy__matcher_free(set->matcher);
    jy__matcher_free(set->rest);
    jy__regexes_free(set->regexes);
    memset(set, 0, sizeof(*set));
}
