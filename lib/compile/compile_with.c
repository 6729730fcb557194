/* The words under `with` beside a `whole` phrase: multiplied out and folded once, here, and put in order, so that the judge tries only those that
 * begin with the symbol at hand. A word is kept once for all phrases, and so are sets that are equal (the same lists beside many phrases). */
#include "compile/compile_build.h"
#include <stdlib.h>

/* place: in build->words */
typedef struct word { jy__beside text; uint32_t place; } word;
typedef struct words { word *items; size_t count, capacity; } words;

/* Where the word stands among those of all manners. */
static bool place_word(jy__build *build, const jy__symbols *symbols, uint32_t *out)
{
    size_t size = symbols->count * sizeof(*symbols->items), fresh = build->words.count;
    if (!jy__mem_grow(build->mem, &build->words.items, &build->words.capacity, fresh + 1 + symbols->count, sizeof(*build->words.items)) ||
        !jy__map_intern(&build->by_word, (jy_str){ (const char *)symbols->items, size }, (uint32_t)fresh, out))
        return false;
    if (*out != fresh)
        return true;
    build->words.items[fresh] = (uint32_t)symbols->count;
    memcpy(build->words.items + fresh + 1, symbols->items, size);
    build->words.count += 1 + symbols->count;
    return true;
}

static int add_word(jy__build *build, jy_str text, words *out)
{
    jy__symbols symbols;
    uint32_t place;
    if (jy__compile_fold(&build->scratch, text, &symbols) != JY_OK)
        return JY_E_NOMEM;
    if (!symbols.count)
        return JY_OK;
    if (!place_word(build, &symbols, &place))
        return JY_E_NOMEM;
    for (size_t i = 0; i < out->count; i++)
        if (out->items[i].place == place)
            return JY_OK;
    if (!JY__VEC_ROOM(build->mem, out))
        return JY_E_NOMEM;
    out->items[out->count++] = (word){ { symbols.items, (uint32_t)symbols.count }, place };
    return JY_OK;
}

static int by_symbols(const void *a, const void *b)
{
    const jy__beside *x = &((const word *)a)->text, *y = &((const word *)b)->text;
    for (uint32_t i = 0; i < x->count && i < y->count; i++)
        if (x->symbols[i] != y->symbols[i])
            return x->symbols[i] < y->symbols[i] ? -1 : 1;
    return x->count < y->count ? -1 : x->count > y->count;
}

static bool same_words(const uint32_t *a, const words *b)
{
    for (size_t i = 0; i < b->count; i++)
        if (a[i] != b->items[i].place)
            return false;
    return true;
}

/* The words of an earlier atom when they are the same. */
static bool share(const jy__build *build, const words *own, jy__manner *manner)
{
    for (size_t i = 0; i < build->atoms.count; i++) {
        const jy__manner *other = &build->atoms.items[i].manner;
        if (other->with_count != own->count || !same_words(other->with, own))
            continue;
        manner->with = other->with;
        return true;
    }
    return false;
}

static bool keep(jy__build *build, const words *own, jy__manner *manner)
{
    uint32_t *kept = jy__arena_alloc(&build->rules->arena, own->count * sizeof(*kept));
    for (size_t i = 0; kept && i < own->count; i++)
        kept[i] = own->items[i].place;
    manner->with = kept;
    return kept != NULL;
}

int jy__build_with(jy__build *build, const jy__expr *expr, jy__manner *manner)
{
    size_t most = (size_t)jy__params_get(&build->compiler->params, JY_PARAM_MAX_EXPANSION);
    jy__paths paths = { NULL, 0, 0 };
    words own = { NULL, 0, 0 };
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < expr->with_count; i++)
        status = jy__compile_expand(build->mem, &build->scratch, expr->with[i], most, &paths);
    if (status == JY_E_LIMIT) {
        jy__build_error(build, JY__DIAG_EXPANSION, expr->pos, &expr->written, 1);
        status = JY_OK;
        paths.count = 0;
    }
    for (size_t i = 0; status == JY_OK && i < paths.count; i++)
        status = add_word(build, paths.items[i], &own);
    if (own.count > 1)
        qsort(own.items, own.count, sizeof(*own.items), by_symbols);
    if (status == JY_OK && own.count && !share(build, &own, manner) && !keep(build, &own, manner))
        status = JY_E_NOMEM;
    manner->with_count = status == JY_OK ? (uint32_t)own.count : 0;
    JY__VEC_FREE(build->mem, &own);
    JY__VEC_FREE(build->mem, &paths);
    return status;
}
