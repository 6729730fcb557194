/* Everything built into the frozen rule set. In: the build's vectors, which have room to spare and point into the trees. Out: arrays of their exact
 * sizes, texts in one piece that numbers point into, and each manner of a rule's phrases once.
 *
 *   你是谁, forbidden by rule 7, plain   ─▶   texts  …[3×3: 你是谁]…      atoms[42] { ─▶ text, ─▶ manner }
 *   its literal's form, 你是谁           ─▶   the same text                                                        */
#include "compile/compile_build.h"

static void *freeze(jy__build *build, const void *items, size_t count, size_t size)
{
    void *copy = jy__arena_alloc(&build->rules->arena, count ? count * size : 1);
    if (copy && count)
        memcpy(copy, items, count * size);
    return copy;
}

/* Texts, each once. */
typedef struct texts { jy__text bytes; jy__map by_text; } texts;

static bool put_text(texts *all, jy_str text, uint32_t *out)
{
    jy__text *bytes = &all->bytes;
    size_t at = bytes->len, len = text.len;
    if (!jy__map_intern(&all->by_text, text, (uint32_t)at, out))
        return false;
    if (*out != at)
        return true;
    for (; len > 0x7F; len >>= 7)
        jy__text_char(bytes, (char)(len | 0x80));
    jy__text_char(bytes, (char)len);
    jy__text_str(bytes, text);
    jy__text_char(bytes, 0);
    return !bytes->failed;
}

static bool same_manner(const jy__manner *a, const jy__manner *b)
{
    return a->with == b->with && a->with_count == b->with_count && a->folds == b->folds && a->rule == b->rule && a->set == b->set &&
           a->whole == b->whole && a->speakers == b->speakers && a->regex == b->regex && a->situation == b->situation;
}

#define LOOK_BACK 8u /* manners: phrases of one rule lie side by side, and have few */

/* Moves an equal manner, or this one, to where the manners that are kept end; they take the place of those that were read. */
static uint32_t keep_manner(jy__manner *manners, uint32_t *count, const jy__manner *own)
{
    for (uint32_t back = 1; back <= LOOK_BACK && back <= *count; back++)
        if (same_manner(&manners[*count - back], own))
            return *count - back;
    manners[*count] = *own;
    return (*count)++;
}

/* The texts of an atom, and of the forms that it is the first to have: those of a set's literals from *at on, which are in order of atoms. */
static bool put_texts(const jy__build *build, uint32_t atom, size_t at[JY__SET_COUNT], texts *all)
{
    uint32_t number;
    bool done = put_text(all, build->atoms.items[atom].written, &number);
    for (int set = 0; set < JY__SET_COUNT; set++) {
        const jy__set_builder *from = &build->sets[set];
        for (; done && at[set] < from->literals.count && from->literals.items[at[set]].atom <= atom; at[set]++)
            done = put_text(all, from->literals.items[at[set]].form, &number);
    }
    return done;
}

/* All that are there; in order of atoms, so that those of a pack before others have the same places with them and without. */
static int freeze_texts(const jy__build *build, texts *all)
{
    size_t at[JY__SET_COUNT] = { 0 };
    for (uint32_t i = 0; i < build->atoms.count; i++)
        if (!put_texts(build, i, at, all))
            return JY_E_NOMEM;
    return JY_OK;
}

static int freeze_atoms(jy__build *build, texts *all)
{
    jy_rules *rules = build->rules;
    size_t count = build->atoms.count;
    jy__manner *manners = jy__arena_alloc(&build->scratch, count * sizeof(*manners));
    uint32_t kept = 0;
    rules->atoms = jy__arena_alloc(&rules->arena, count * sizeof(*rules->atoms));
    rules->words = freeze(build, build->words.items, build->words.count, sizeof(*rules->words));
    if (!manners || !rules->atoms || !rules->words)
        return JY_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        const jy__built_atom *from = &build->atoms.items[i];
        rules->atoms[i].manner = keep_manner(manners, &kept, &from->manner);
        if (!put_text(all, from->written, &rules->atoms[i].written))
            return JY_E_NOMEM;
    }
    for (uint32_t i = 0; i < kept; i++)
        if (jy__sides_of_manner(&build->sides, rules, &manners[i]) != JY_OK)
            return JY_E_NOMEM;
    rules->atom_count = (uint32_t)count;
    rules->manners = freeze(build, manners, kept, sizeof(*manners));
    return rules->manners ? JY_OK : JY_E_NOMEM;
}

static int freeze_forms(jy__build *build, const jy__set_builder *from, texts *all, jy__set *out)
{
    out->forms = jy__arena_alloc(&build->rules->arena, from->literals.count * sizeof(*out->forms));
    if (!out->forms)
        return JY_E_NOMEM;
    for (size_t i = 0; i < from->literals.count; i++)
        if (!put_text(all, from->literals.items[i].form, &out->forms[i]))
            return JY_E_NOMEM;
    return JY_OK;
}

static int freeze_sets(jy__build *build, texts *all)
{
    jy_rules *rules = build->rules;
    int status = JY_OK;
    rules->chains = freeze(build, build->chains.items, build->chains.count, sizeof(*rules->chains));
    rules->gaps = freeze(build, build->gaps.items, build->gaps.count, sizeof(*rules->gaps));
    if (!rules->chains || !rules->gaps)
        return JY_E_NOMEM;
    for (int set = 0; status == JY_OK && set < JY__SET_COUNT; set++) {
        status = jy__set_builder_seal(&build->sets[set], rules, &build->sides, &rules->sets[set]);
        if (status == JY_OK)
            status = freeze_forms(build, &build->sets[set], all, &rules->sets[set]);
    }
    return status;
}

static int freeze_lists(jy__build *build, const jy__text *bytes)
{
    jy_rules *rules = build->rules;
    if (bytes->failed)
        return JY_E_NOMEM;
    if (bytes->len > UINT32_MAX || build->atoms.count > JY__USE_MOST)
        return JY_E_LIMIT;
    rules->texts = freeze(build, bytes->ptr, bytes->len, 1);
    rules->doors = freeze(build, build->sides.doors.items, build->sides.doors.count, sizeof(*rules->doors));
    rules->sides = freeze(build, build->sides.sides.items, build->sides.sides.count, sizeof(*rules->sides));
    rules->ways = freeze(build, build->sides.ways.items, build->sides.ways.count, sizeof(*rules->ways));
    rules->nodes = freeze(build, build->nodes.items, build->nodes.count, sizeof(*rules->nodes));
    rules->kids = freeze(build, build->kids.items, build->kids.count, sizeof(*rules->kids));
    rules->rules = freeze(build, build->compiled.items, build->compiled.count, sizeof(*rules->rules));
    rules->packs = freeze(build, build->packs.items, build->packs.count, sizeof(*rules->packs));
    rules->chain_count = (uint32_t)build->chains.count;
    rules->node_count = (uint32_t)build->nodes.count;
    rules->rule_count = (uint32_t)build->compiled.count;
    rules->pack_count = (uint32_t)build->packs.count;
    return rules->texts && rules->doors && rules->sides && rules->ways && rules->nodes && rules->kids && rules->rules && rules->packs
               ? JY_OK : JY_E_NOMEM;
}

#define BYTES_A_SYMBOL 16 /* 3 of the character, the rest for gaps and fillers beside it */

static void measure_phrases(jy__build *build)
{
    for (size_t i = 0; i < build->sets[JY__SET_FORBID].literals.count; i++) {
        size_t bytes = build->sets[JY__SET_FORBID].literals.items[i].symbols.count * BYTES_A_SYMBOL;
        build->rules->longest_phrase = bytes > build->rules->longest_phrase ? bytes : build->rules->longest_phrase;
    }
}

int jy__build_freeze(jy__build *build)
{
    texts all;
    int status;
    jy__text_init(&all.bytes, build->mem);
    jy__map_init(&all.by_text, build->mem);
    measure_phrases(build);
    status = freeze_texts(build, &all);
    if (status == JY_OK)
        status = freeze_atoms(build, &all);
    if (status == JY_OK)
        status = freeze_sets(build, &all);
    if (status == JY_OK)
        status = freeze_lists(build, &all.bytes);
    jy__map_free(&all.by_text);
    jy__text_free(&all.bytes);
    if (status == JY_OK)
        status = jy__build_index(build);
    if (status == JY_OK)
        status = jy__build_meanings(build);
    return status == JY_OK ? jy__build_alone(build) : status;
}
