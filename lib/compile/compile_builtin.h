/* compile — the rule packs embedded in the library (generated from rules/ by embed.py). */
#ifndef JY_COMPILE_BUILTIN_H
#define JY_COMPILE_BUILTIN_H
#include <stddef.h>
typedef struct jy__builtin_file { const char *pack, *name, *text; size_t len; } jy__builtin_file;
extern const jy__builtin_file jy__builtin_files[];
extern const size_t jy__builtin_file_count;
#endif
