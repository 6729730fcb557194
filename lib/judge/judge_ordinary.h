/* judge — ordinary words that sound like a taboo (generated from ordinary.tsv; UTF-8, sorted by bytes). */
#ifndef JY_JUDGE_ORDINARY_H
#define JY_JUDGE_ORDINARY_H
#include <stddef.h>
#include <stdint.h>
/* What an entry is: a word of its own, or only the end or the beginning of a longer one. */
typedef enum jy__ordinary_cut { JY__ORDINARY_WORD = 1, JY__ORDINARY_END, JY__ORDINARY_BEGIN } jy__ordinary_cut;
typedef struct jy__ordinary_entry { const char *word; jy__ordinary_cut cut; } jy__ordinary_entry;
extern const jy__ordinary_entry jy__ordinary[];
extern const size_t jy__ordinary_count, jy__ordinary_longest; /* longest: characters */
/* A bit for every two symbols that an entry has side by side. */
#define JY__ORDINARY_PAIRS 16384u
static inline uint32_t jy__ordinary_pair(uint32_t first, uint32_t second) { return (first * 0x9E3779B1u + second * 0x85EBCA6Bu) >> 18; }
extern const uint64_t jy__ordinary_pairs[JY__ORDINARY_PAIRS / 64];
#endif
