/* judge — ordinary words that sound like a taboo (generated from ordinary.tsv). */
#ifndef JY_JUDGE_ORDINARY_H
#define JY_JUDGE_ORDINARY_H
#include <stddef.h>
#include <stdint.h>
/* What an entry is: a word of its own, or only the end or the beginning of a longer one. */
typedef enum jy__ordinary_cut { JY__ORDINARY_WORD = 1, JY__ORDINARY_END, JY__ORDINARY_BEGIN } jy__ordinary_cut;
#define JY__ORDINARY_MOST 6 /* symbols, each of them Han */
typedef struct jy__ordinary_entry { uint16_t symbols[JY__ORDINARY_MOST]; uint8_t length, cut; } jy__ordinary_entry;
/* A bit for every two symbols that an entry has side by side. */
#define JY__ORDINARY_PAIRS 16384u
static inline uint32_t jy__ordinary_pair(uint32_t first, uint32_t second) { return (first * 0x9E3779B1u + second * 0x85EBCA6Bu) >> 18; }
extern const uint64_t jy__ordinary_pairs[JY__ORDINARY_PAIRS / 64];
/* Entries of which this comes to the same of their first three symbols, the third being 0 of those that have two, stand together: from
 * jy__ordinary_firsts[bucket] up to jy__ordinary_firsts[bucket + 1]. */
#define JY__ORDINARY_BUCKETS 1024u
static inline uint32_t jy__ordinary_bucket(uint32_t first, uint32_t second, uint32_t third)
{
    return (first * 0x9E3779B1u + second * 0x85EBCA6Bu + third * 0xC2B2AE35u) >> 22;
}
extern const jy__ordinary_entry jy__ordinary[];
extern const uint16_t jy__ordinary_firsts[JY__ORDINARY_BUCKETS + 1];
#endif
