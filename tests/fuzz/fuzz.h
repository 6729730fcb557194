/* Fuzz targets see the public header alone. `./dev fuzz` builds them with libFuzzer; the ordinary build links replay.c instead, which
 * runs the seeds as a test. */
#ifndef FUZZ_H
#define FUZZ_H

#include <jinyu/jinyu.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FUZZ_MUST(condition)                                                  \
    do {                                                                      \
        if (!(condition)) {                                                   \
            fprintf(stderr, "%s:%d: must hold: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                          \
        }                                                                     \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The built-in rules, compiled once for the whole run. */
static inline jy_rules *fuzz_rules(void)
{
    static jy_rules *rules;
    if (!rules)
        FUZZ_MUST(jy_rules_builtin(&rules) == JY_OK);
    return rules;
}

#endif
