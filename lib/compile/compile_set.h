/* compile — a set under construction: interned literals and patterns with their uses. */
#ifndef JY_COMPILE_SET_H
#define JY_COMPILE_SET_H

#include "compile/compile.h"

typedef struct jy__set_literal { jy__symbols symbols; uint32_t folds; jy_str form; uint32_t atom; /* the first that has it */ } jy__set_literal;
typedef struct jy__set_use { uint32_t literal; jy__use use; } jy__set_use;
typedef struct jy__set_builder {
    const jy__mem *mem;
    jy__arena *keys;   /* dies with the build */
    jy__map by_key;
    struct { jy__set_literal *items; size_t count, capacity; } literals;
    struct { jy__set_use *items; size_t count, capacity; } uses;
    jy__regexes *regexes;
    jy__map by_pattern;
    struct { uint32_t *items; size_t count, capacity; } regex_atoms, regex_of;
} jy__set_builder;

/* Doors, sides and ways of all sets, each once. */
typedef struct jy__sides_build {
    const jy__mem *mem;
    jy__arena *keys;
    jy__map by_door, by_sides, by_ways;
    struct { jy__door *items; size_t count, capacity; } doors;
    struct { jy__sides *items; size_t count, capacity; } sides;
    struct { uint32_t *items; size_t count, capacity; } ways;
} jy__sides_build;

void jy__set_builder_init(jy__set_builder *builder, const jy__mem *mem, jy__arena *keys);
int  jy__set_builder_literal(jy__set_builder *builder, const jy__symbols *symbols, uint32_t folds, jy_str form, jy__use use);
int  jy__set_builder_regex(jy__set_builder *builder, bool jit, jy_str pattern, uint32_t folds, int64_t match_limit, uint32_t atom, jy__regex_error *error);
/* Atoms, manners, chains and gaps are those of the rules, whose arena the arrays go to; the matcher and patterns are the set's own. The literals
 * are in the set's order now; their forms are the caller's task. */
int  jy__set_builder_seal(jy__set_builder *builder, jy_rules *rules, jy__sides_build *sides, jy__set *out);
/* compile_first.c: puts the literals that a text is searched for before the rest */
int  jy__set_builder_order(jy__set_builder *builder, jy_rules *rules, jy__sides_build *sides, jy__set *out);
/* compile_lone.c: what may stand beside literals of one symbol, once the matcher is made */
int  jy__set_builder_lone(const jy__set_builder *builder, const jy_rules *rules, jy__set *set);
void jy__set_builder_free(jy__set_builder *builder);
void jy__set_free(jy__set *set);

/* ---- compile_sides.c */
void jy__sides_init(jy__sides_build *sides, const jy__mem *mem, jy__arena *keys);
void jy__sides_free(jy__sides_build *sides);
/* What may stand beside what is to be whole. */
int  jy__sides_of_manner(jy__sides_build *sides, const jy_rules *rules, jy__manner *manner);
/* What must stand beside the part `key` of the chain whose uses are [from, to). */
int  jy__sides_of_chain(jy__sides_build *sides, const jy__set_builder *builder, jy_rules *rules, size_t from, size_t to, uint32_t key);
/* The ways of each literal before first_count, once the uses are in place. */
int  jy__sides_of_literals(jy__sides_build *sides, jy_rules *rules, jy__set *set);

#endif
