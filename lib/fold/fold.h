/* fold — which code points count as the same, and which count as nothing.
 * Every code point folds ALONE to 0..JY__FOLD_MOST symbols (a symbol is the code point that stands for its class):
 *   width   NFKC_Casefold, then canonical decomposition of what is not Hangul (so é and e+◌́ agree), radicals to their characters
 *   script  then the class of traditional, variant and Japanese forms: ICU's Traditional-Simplified and lib/fold/variants.tsv
 * ICU's transliterator also looks at the neighbours (乾坤 stays, 著名 stays); a fold does not (干坤, 着名), so that both sides of a
 * comparison come out alike whatever stands beside them. Tables are generated at build time (make_tables.c, fold_tables.h).
 * Folding a symbol gives the symbol. Symbols of one class are looked up backwards by jy__fold_others and jy__fold_expanding. */
#ifndef JY_FOLD_FOLD_H
#define JY_FOLD_FOLD_H

#include "base/base.h"
#include "fold/fold_tables.h"

#define JY__FOLD_MOST 18

typedef enum jy__kind {
    JY__KIND_SYMBOL = 0,    /* letters, digits, Han …: has 1..18 symbols */
    JY__KIND_INVISIBLE,     /* zero width, bidi controls, variation selectors, soft hyphen, tags, combining marks (not kana voicing) */
    JY__KIND_BLANK,         /* blanks and tabs */
    JY__KIND_MARK,          /* punctuation and symbols inside a sentence: skipped by `gaps` */
    JY__KIND_STOP,          /* 。！？!? and their like */
    JY__KIND_NEWLINE        /* line and paragraph ends */
} jy__kind;

/* What is no character (surrogates, above 10FFFF) is U+FFFD, a mark. */
static inline jy__kind jy__fold_kind(uint32_t cp) { return (jy__kind)JY__FOLD_KIND(jy__fold_entry(cp)); }
/* The symbols of one code point (also of marks, blanks and stops: their folded form); 0 of an invisible one.
 * A symbol whose parts are symbols and marks keeps the symbols alone: ㈱ is 株, ① is 1, ⒈ is 1. */
uint32_t jy__fold_char(uint32_t cp, uint32_t out[JY__FOLD_MOST]);
/* The single symbol of a code point, or 0 when it has none or several. Constant time. Where its entry is known already it tells all of it. */
static inline uint32_t jy__fold_one_of(uint32_t cp, uint32_t entry)
{
    uint32_t form = JY__FOLD_FORM(entry);
    return form == JY__FORM_SELF ? cp : form == JY__FORM_ONE ? entry & JY__FOLD_VALUE : 0;
}
static inline uint32_t jy__fold_one(uint32_t cp) { return jy__fold_one_of(cp, jy__fold_entry(cp)); }
/* The symbols of one code point without the script class (which folds were needed: for `why`). */
uint32_t jy__fold_char_width(uint32_t cp, uint32_t out[JY__FOLD_MOST]);
/* All OTHER code points whose single symbol is `symbol` (ascending; `symbol` itself, when it is a symbol, is not listed).
 * NULL when there are none. Borrowed, static. */
const uint32_t *jy__fold_others(uint32_t symbol, size_t *count_out);
/* All code points that fold to more than one symbol and have `symbol` among them; NULL when there are none. Borrowed, static. */
const uint32_t *jy__fold_expanding(uint32_t symbol, size_t *count_out);
/* How common a symbol is in Chinese talk: 0 (never seen) .. 255 (的), a logarithm. */
uint8_t  jy__fold_commonness(uint32_t symbol);
/* How common two symbols side by side are: the sum of theirs, were it chance; 16 more are twice as often. */
uint32_t jy__fold_pair_commonness(const uint32_t pair[2]);
/* How seldom a string of symbols stands in a text: the larger, the seldomer; 14 more are half as often. Every further symbol makes it much rarer, so
 * that 没我 is rarer than 事, but for common words: 我们 is as common as a character. */
uint32_t jy__fold_rarity(const uint32_t *symbols, size_t count);
/* As common as the words of everyday service talk (225): half of these stand in one of 120 turns and oftener, 什么 in one of 12 (the sets of tests/quality). */
bool jy__fold_is_common(const uint32_t *symbols, size_t count);
static inline bool jy__fold_is_han(uint32_t cp)
{
    return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3400 && cp <= 0x4DBF) || (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF);
}
/* * ＊ × ╳ █ ■ □ ○ ● and their like that ASR and filters write in place of a character */
static inline bool jy__fold_is_mask(uint32_t cp) { return (jy__fold_entry(cp) & JY__FOLD_MASK_BIT) != 0; }
/* Single-character fillers 嗯 啊 呃 额 哦 唔 … and the longer ones 那个 这个 就是 就是说 … as symbols.
 * Longest filler at symbols[0..count): how many symbols it has, 0 when none. */
size_t jy__fold_filler(const uint32_t *symbols, size_t count);
#define JY__FILLER_LONGEST 4
bool jy__fold_filler_begins(uint32_t symbol); /* whether any filler starts with it */
bool jy__fold_filler_ends(uint32_t symbol);   /* … ends with it */
/* A bit per code of 16 bits: whether it folds to such a symbol. */
#define JY__CODE_WORDS (65536 / 64)
extern const uint64_t jy__filler_firsts[JY__CODE_WORDS], jy__filler_lasts[JY__CODE_WORDS];
const uint32_t *jy__fold_filler_list(size_t index, size_t *count_out); /* filler number index; NULL behind the last */

/* ---- sound: toneless pinyin */
#define JY__SOUND_MOST 8
/* The one reading of a symbol, or from jy__sound_set_first on, where its readings stand; 0: none. */
static inline uint16_t jy__fold_reading(uint32_t symbol)
{
    if (symbol >= JY__HAN_END)
        return 0;
    return jy__sound_entries[(uint32_t)jy__sound_index[symbol >> JY__HAN_SHIFT] << JY__HAN_SHIFT | (symbol & ((1u << JY__HAN_SHIFT) - 1))];
}
/* Readings of a Han symbol: syllable numbers > 0, commonest first. count 0: none. They are looked at where they stand; the only one of nearly all is *reading itself. */
typedef struct jy__readings { const uint16_t *items; size_t count; } jy__readings;
static inline jy__readings jy__fold_readings(const uint16_t *reading)
{
    const uint16_t *set = *reading < jy__sound_set_first ? NULL : &jy__sound_sets[*reading - jy__sound_set_first];
    return set ? (jy__readings){ set + 1, set[0] } : (jy__readings){ reading, *reading != 0 };
}
/* The same as a copy. */
size_t jy__fold_sounds(uint32_t symbol, uint16_t out[JY__SOUND_MOST]);
const char *jy__fold_syllable(uint16_t syllable); /* "zhi" */
/* Class of a syllable under the usual confusions (zh/z ch/c sh/s n/l f/h r/l an/ang en/eng in/ing); same class: may be heard alike. */
uint16_t jy__fold_sound_class(uint16_t syllable);

/* ---- the matcher's stream of Han codes U+4000..9FFF (one 16-bit code a character), by code - JY__CODE_FIRST; the entry behind the last is that
 * of what is no code. Tables may be read as 32-bit words from any place. */
extern const uint16_t jy__fold_codes[JY__CODE_COUNT + 2];    /* what a code folds to; 0: to no single code */
/* The symbol of one of the Han characters that nearly all talk is of, which are KIND_SYMBOL; 0: cp is none of them, or folds to none. */
static inline uint32_t jy__fold_han(uint32_t cp) { return cp - 0x4E00u < 0x5200u ? jy__fold_codes[cp - JY__CODE_FIRST] : 0; }
/* What a code sounds like: the number of its set of sound classes (0: no reading), and a byte that nearly always tells the set: the commonest sets
 * have one of their own, the others share some. */
extern const uint16_t jy__heard_numbers[JY__CODE_COUNT + 2];
extern const uint8_t jy__heard_padded[1 + JY__CODE_COUNT + 4]; /* so that words may begin one before as well */
#define jy__heard_bytes (jy__heard_padded + 1)
extern const uint16_t jy__heard_shares[256]; /* of 65536 codes of talk so many have each byte */
/* classes ascending; bloom: a bit per class, so that two sets without a bit in common have no class in common */
typedef struct jy__heard_set { uint16_t classes[JY__SOUND_MOST]; uint8_t count, byte; uint64_t bloom; } jy__heard_set;
extern const jy__heard_set jy__heard_sets[];
extern const uint32_t jy__heard_set_count;
#define JY__HEARD_SETS_MOST 1024
/* By a set's number: a bit for each set that has a class in common with some set that has one in common with it; its one or two classes, the second in
 * the high half, 0: it has none or more than two. */
#define JY__ALIKE_WORDS 8
extern const uint64_t jy__heard_alike[][JY__ALIKE_WORDS];
extern const uint32_t jy__heard_classes[];
extern const uint8_t jy__class_bytes[]; /* by class: the byte of the set that has it alone; 0: there is none */
/* How much of all talk a sound class is, all its symbols together. Only the order matters. */
extern const uint32_t jy__sound_class_weights[];

/* ---- a whole text folded, with offset maps: for regex, jinyu fold, explain and tests.
 * Invisible characters vanish, and blanks between two Han characters; everything else is the concatenation of its characters' symbols.
 *   original  没 U+200B 辦 法      begins[i] = where the character stands that the folded byte i came from; begins[len] = end of the original
 *   folded    没 办 法             ends[i]   = end of that original character; ends[len] = end of the original
 * When byte i is the last that its character gave, the fold of original[0 .. ends[i]) is folded[0 .. i + 1). (Of begins that is not
 * so: in 没 办 the text before 办 ends with a blank that only 办 makes vanish.) Folding a folded text changes nothing. */
typedef struct jy__folded { char *text; size_t len, cap; size_t *begins, *ends; size_t map_cap; } jy__folded;
int  jy__fold_text(const jy__mem *mem, jy_str text, jy__folded *out); /* reuses out's memory; start from {0} */
void jy__folded_free(const jy__mem *mem, jy__folded *folded);
/* The folded text alone, as a person wants to see it. Appended to out. */
int  jy__fold_display(const jy__mem *mem, jy_str text, jy__text *out);
/* One line for each change: byte offset, what stood there, what it became, which folds. language: jy_language. Appended to out. */
int  jy__fold_explain(const jy__mem *mem, jy_str text, int language, jy__text *out);

/* ---- segmentation in the original text (byte offsets); ICU's dictionary break iterator lives behind these.
 * ICU takes its own memory, not the allocator's. The iterator is opened when the first boundary is asked for. */
typedef struct jy__words jy__words;
int  jy__words_new(const jy__mem *mem, jy__words **out);
/* Sets the text (kept by the caller until the next set). */
int  jy__words_set(jy__words *words, jy_str text);
/* Is there a word boundary at this byte? Invisible characters are passed over. When ICU cannot tell, every place is one, and jy__words_status() says why. */
bool jy__words_boundary(jy__words *words, size_t byte);
int  jy__words_status(const jy__words *words); /* JY_OK, JY_E_NOMEM or JY_E_INTERNAL */
void jy__words_free(jy__words *words);

/* Terminal columns of a character by East Asian Width: 0 (combining, invisible, control), 1 or 2. */
int jy__fold_columns(uint32_t cp, bool wide_ambiguous);

const char *jy__fold_icu_version(void);
#endif
