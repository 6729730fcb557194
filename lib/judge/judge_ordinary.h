/* judge — ordinary words that sound like a taboo (generated from ordinary.tsv; UTF-8, sorted by bytes). */
#ifndef JY_JUDGE_ORDINARY_H
#define JY_JUDGE_ORDINARY_H
#include <stddef.h>
extern const char *const jy__ordinary[];
extern const size_t jy__ordinary_count, jy__ordinary_longest; /* longest: characters */
#endif
