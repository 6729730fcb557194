/* The tables that make_tables writes at build time (fold_tables.c), and the look-ups that must be inlined.
 *
 *   cp ── cp >> 5 ──▶ jy__fold_index ──▶ block ── cp & 31 ──▶ entry
 *   entry   28  mask character (* ×)          27..24  kind
 *           29  the script class changed it   22..21  form: 0 itself  1 nothing  2 one symbol  3 several
 *           20..0   the symbol, or the place in jy__fold_pool: a count, then the symbols
 * Blocks that are equal are stored once: most of Unicode is "a symbol that folds to itself", the zero block. */
#ifndef JY_FOLD_FOLD_TABLES_H
#define JY_FOLD_FOLD_TABLES_H

#include <stddef.h>
#include <stdint.h>

#define JY__FOLD_SHIFT 5 /* of all shifts the one with which the tables are smallest */
#define JY__FOLD_VALUE 0x1FFFFFu
#define JY__FOLD_FORM(entry) ((entry) >> 21 & 3)
#define JY__FOLD_KIND(entry) ((entry) >> 24 & 15)
#define JY__FOLD_MASK_BIT ((uint32_t)1 << 28)
#define JY__FOLD_SCRIPT_BIT ((uint32_t)1 << 29)
enum { JY__FORM_SELF, JY__FORM_NONE, JY__FORM_ONE, JY__FORM_MORE };

extern const uint16_t jy__fold_index[0x110000 >> JY__FOLD_SHIFT];
extern const uint32_t jy__fold_entries[];
extern const uint32_t jy__fold_pool[];

/* What no script class touches is in jy__fold_entries; the few characters that the width folds change too are here. */
typedef struct jy__fold_pair { uint32_t from, to; } jy__fold_pair; /* to: form and value as in an entry */
extern const jy__fold_pair jy__fold_width_pairs[];
extern const size_t jy__fold_width_count;

/* symbol ─▶ list[begin .. begin of the next), keys ascending, one key more at the end. Of the others' keys those of codes (below) are left out, but for
 * the first of them, where those before end. */
typedef struct jy__fold_key { uint32_t symbol, begin; } jy__fold_key;
extern const jy__fold_key jy__fold_other_keys[], jy__fold_expanding_keys[];
extern const uint32_t jy__fold_other_list[], jy__fold_expanding_list[];
extern const size_t jy__fold_other_count, jy__fold_expanding_count;

/* Han alone (below JY__HAN_END): what it sounds like and how common it is.
 * sound: 0 none, < jy__sound_set_first a syllable, else the place in jy__sound_sets (+ first): a count, then syllables */
#define JY__HAN_END 0x32400
#define JY__HAN_SHIFT 6
extern const uint16_t jy__sound_index[JY__HAN_END >> JY__HAN_SHIFT], jy__sound_entries[], jy__sound_sets[];
extern const uint16_t jy__sound_set_first, jy__sound_classes[];
extern const char *const jy__sound_names[];
extern const uint16_t jy__common_index[JY__HAN_END >> JY__HAN_SHIFT];
extern const uint8_t jy__common_entries[];

/* Words of two Han symbols that talk is full of, by their symbols. */
typedef struct jy__common_word { uint16_t first, second; uint8_t common; } jy__common_word;
extern const jy__common_word jy__common_words[];
extern const size_t jy__common_word_count;

/* Which two or three Han characters in common use stand side by side in a word of ICU's dictionary. Three bits of one of the table's words for each, which
 * others may have set too: of those that are in no word five in a hundred seem to be. */
#define JY__PART_WORDS (1u << 15)
typedef struct jy__part { uint32_t word; uint64_t bits; } jy__part;
static inline uint64_t jy__part_pair(uint32_t first, uint32_t second) { return (uint64_t)first << 16 | second; }
static inline uint64_t jy__part_triple(uint32_t first, uint32_t second, uint32_t third) { return jy__part_pair(first, second) << 16 | third; }
static inline jy__part jy__part_of(uint64_t key)
{
    uint64_t hash = key * 0x9E3779B97F4A7C15u;
    return (jy__part){ (uint32_t)(hash >> 49), (uint64_t)1 << (hash >> 43 & 63) | (uint64_t)1 << (hash >> 37 & 63) | (uint64_t)1 << (hash >> 31 & 63) };
}
extern const uint64_t jy__parts[JY__PART_WORDS];
extern const uint8_t jy__parts_of_icu[4]; /* the version; 0: nothing is known of its words */
#define JY__NEAR_FIRST 0x4E00u
#define JY__NEAR_LAST 0x9FA5u /* from there on Unicode has grown */
/* Which two of them are a word, exactly: by the upper bits of this number of the two, which no other two have, the lower bits of those that are, from
 * jy__word_lows[jy__word_first(bucket)] on. Buckets are nearly even, so where one begins is told by how far that is from where it would if they were. */
#define JY__WORD_BUCKETS (1u << 14)
static inline uint32_t jy__word_number(uint32_t first, uint32_t second)
{
    return ((first - JY__NEAR_FIRST) << 15 | (second - JY__NEAR_FIRST)) * 0x9E3779B1u & 0x3FFFFFFF;
}
extern const int16_t jy__word_firsts[JY__WORD_BUCKETS + 1];
extern const uint16_t jy__word_lows[];
extern const uint32_t jy__word_count;
static inline uint32_t jy__word_even(uint32_t bucket, uint32_t words) { return (uint32_t)((uint64_t)bucket * words / JY__WORD_BUCKETS); }
static inline uint32_t jy__word_first(uint32_t bucket) { return jy__word_even(bucket, jy__word_count) + (uint32_t)jy__word_firsts[bucket]; }

/* The Han characters in use: one 16-bit code each. Of them the begin in jy__fold_other_list is known without a search. */
#define JY__CODE_FIRST 0x4000u
#define JY__CODE_COUNT 0x6000u
extern const uint16_t jy__fold_code_others[JY__CODE_COUNT + 1];

static inline uint32_t jy__fold_entry(uint32_t cp)
{
    cp = cp < 0x110000 ? cp : 0xFFFD;
    return jy__fold_entries[(uint32_t)jy__fold_index[cp >> JY__FOLD_SHIFT] << JY__FOLD_SHIFT | (cp & ((1u << JY__FOLD_SHIFT) - 1))];
}

#endif
