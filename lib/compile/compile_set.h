/* compile — a set under construction: interned literals and patterns with their uses. */
#ifndef JY_COMPILE_SET_H
#define JY_COMPILE_SET_H

#include "compile/compile.h"

typedef struct jy__set_literal { jy__symbols symbols; uint32_t folds; jy_str form; uint32_t atom; /* the first that has it */ } jy__set_literal;
typedef struct jy__set_use { uint32_t literal; jy__use use; } jy__set_use;
typedef struct jy__gates { uint16_t *items; size_t count, capacity; } jy__gates;
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

void jy__set_builder_init(jy__set_builder *builder, const jy__mem *mem, jy__arena *keys);
int  jy__set_builder_literal(jy__set_builder *builder, const jy__symbols *symbols, uint32_t folds, jy_str form, jy__use use);
int  jy__set_builder_regex(jy__set_builder *builder, bool jit, jy_str pattern, uint32_t folds, int64_t match_limit, uint32_t atom, jy__regex_error *error);
/* Arrays go to `arena`; the matcher and patterns are the set's own. The literals are in the set's order now; their forms are the caller's task. */
int  jy__set_builder_seal(jy__set_builder *builder, jy__chain *chains, jy__gates *gates, jy__arena *arena, jy__set *out);
/* compile_first.c: puts the literals that a text is searched for before the rest */
int  jy__set_builder_order(jy__set_builder *builder, jy__chain *chains, jy__gates *gates, jy__arena *arena, jy__set *out);
/* compile_gate.c: the gate of a chain whose uses are [from, to) and whose key is the part `key` */
int  jy__set_builder_gate(const jy__set_builder *builder, jy__gates *gates, size_t from, size_t to, uint32_t key, jy__chain *chain);
void jy__set_builder_free(jy__set_builder *builder);
void jy__set_free(jy__set *set);

#endif
