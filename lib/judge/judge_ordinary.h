/* judge — ordinary words that sound like a taboo (generated from ordinary.tsv; UTF-8, sorted by bytes). */
#ifndef JY_JUDGE_ORDINARY_H
#define JY_JUDGE_ORDINARY_H
#include <stddef.h>
/* What an entry is: a word of its own, or only the end or the beginning of a longer one. */
typedef enum jy__ordinary_cut { JY__ORDINARY_WORD = 1, JY__ORDINARY_END, JY__ORDINARY_BEGIN } jy__ordinary_cut;
typedef struct jy__ordinary_entry { const char *word; jy__ordinary_cut cut; } jy__ordinary_entry;
extern const jy__ordinary_entry jy__ordinary[];
extern const size_t jy__ordinary_count, jy__ordinary_longest; /* longest: characters */
#endif
