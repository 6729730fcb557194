/* match_tables — a frozen matcher: the tables that all threads share, and how they are asked. Included by match_inside.h. */
#ifndef JY_MATCH_TABLES_H
#define JY_MATCH_TABLES_H

#include "match/match.h"
#include "fold/fold.h"
#include "match/match_limits.h"
#include "match/tables/match_nibbles.h"

/* ---- a form: one literal, its optional marks taken out
 *   literal   不  !  不  知  道           symbols 不 不 知 道
 *             optional ^                   stops   0  1  0  0   marks that may stand before symbol i  */
typedef struct jy__form {
    uint64_t bloom;       /* one bit per symbol: "may be one of this form's" */
    uint64_t sound_bloom; /* the same of its symbols' sound classes */
    uint32_t first;       /* of its symbols in the pool; phrases that begin alike may share them */
    uint16_t folds;       /* bits of jy_fold_kind */
    uint8_t count;        /* symbols, 1..255 */
    uint8_t key;          /* symbol number of the key */
    uint8_t sound_key;    /* symbol number of the key by sound */
    uint8_t sound_fork;   /* where more of its symbols than that stand themselves, its key by sound among them, there is one way to say them by sound */
    uint16_t flags;       /* jy__form_flag */
    uint32_t kin : 26;    /* number + 1 of the next shorter one of its kin, of the shortest of the longest (match_kin.c); 0: it has none */
    uint32_t nests : 1;   /* … and all shorter ones may be left to it (jy__matcher_set_groups()) */
} jy__form;
enum jy__form_flag {
    JY__FORM_ONE_WAY = 1, /* no symbol comes twice, none begins a filler: an unbroken run is the only way */
    JY__FORM_MARKS = 2,   /* has marks of its own that must be there: neither fillers nor repeats */
    JY__FORM_PAIR = 4,    /* the key is two symbols */
    JY__FORM_HAN = 8,     /* … and both are Han */
    JY__FORM_SOUND = 16,
    JY__FORM_MASKED = 32,
    JY__FORM_SOUND_TRIPLE = 64, /* the key by sound is three symbols, not two */
    JY__FORM_SOUND_ONE_WAY = 128, /* as ONE_WAY, and no two symbols may sound alike */
    JY__FORM_STOPS = 8192, /* has marks that may be missing */
    JY__FORM_CODES = 512, /* the stream carries all its symbols */
    JY__FORM_FILLS = 1024, /* one of its last symbols begins a filler, which may end behind a match and so lead to a longer one */
    JY__FORM_SHORT = 2048, /* JY__PLAIN_MOST Han codes at most */
    JY__FORM_BY_SOUND = 4096, /* the key is the begin of that by sound: what finds the one finds the other, and the filter for keys does not have it */
    JY__FORM_SOUND_ALONE = 16384, /* where its key by sound stands as it is written no other form is heard (match_sound_said.c) */
    JY__FORM_PLAIN = 256 /* … the first of which ends no filler: it may be taken as it is written */
};
#define JY__PLAIN_MOST 16u
#define JY__PLAIN_STEP 8u /* so many of its symbols are looked at at once */
/* Whether the form may be said so: a bit of JY_FOLD_*. */
static inline bool jy__form_may(const jy__form *form, int fold) { return form->folds >> fold & 1; }
enum { JY__MODE_EXACT = 0, JY__MODE_SOUND = 1 };

/* ---- the key index: which forms hold the symbols (a, b) side by side as their key, when they are not two codes; b = 0: the one symbol a is the key.
 *   slots  [a b first count] ─▶ keyed[first .. first+count) ─▶ number of the form  */
typedef struct jy__key_slot { uint32_t a, b, first, count, lone; } jy__key_slot; /* lone: place in the matcher's + 1, or 0 */
typedef struct jy__key_index { jy__key_slot *slots; uint32_t slot_count, *keyed, keyed_count; } jy__key_index;

/* ---- the key index for the stream: keys of two Han codes only, each form with its symbols around the key, so that most of what passes the
 * pairs is settled in two cache lines.
 *   slots  [a b | first] ─▶ contexts[first ..] up to the one that is last: [form, what is known of it | three symbols before | three behind]
 * Both in the order of the text. A symbol 0: none, or one that the stream does not carry; the comparison ends there. `whole` says that nothing else
 * needs to be known of the form where it stands as it is or by variants: so many symbols before its key and behind it are all it has, it is PLAIN, variants
 * may be said, and it is ONE_WAY or, when it is `open`, goes on only over its own symbols or a filler right behind it. Keys of forms that are found by
 * sound stand apart, as if their first symbol were another: a + JY__PAIR_BY_SOUND. match_avx512_whole.c takes contexts and slots apart as words. */
#define JY__PAIR_BY_SOUND 0x6000u
#define JY__CONTEXT 3
#define JY__CONTEXT_DETOURS 2 /* fillers and repeats that are followed around a key */
#define JY__FORMS_MOST (1u << 25)
typedef struct jy__context { uint32_t form : 25, last : 1, whole : 1, open : 1, before : 2, behind : 2; uint16_t sides[2 * JY__CONTEXT]; } jy__context;
typedef struct jy__pair_slot { uint32_t pair, first_one; } jy__pair_slot; /* first_one: place + 1; 0: empty */
typedef struct jy__pair_index { jy__pair_slot *slots; uint32_t slot_bits; jy__context *contexts; uint32_t context_count, key_count; } jy__pair_index;

/* ---- the index for keys by sound in the stream. A code has a set of sound classes, nearly always of one or two, and a byte for it (fold.h). A
 * form's key is three classes side by side, or two when it has no three.
 *   heard   three bits in a word per hash of three bytes side by side: a key, with all bytes that its symbols may have, or its first two symbols
 *           and the second said again
 *           full: so many keys that what is said again by the same byte is left out, and all such places are let through
 *   buckets for few keys: the same in eight buckets (match_sound_few.c)       way     what is asked first
 *   heads   bit per byte, begins  bit per two bytes: some key begins so        twos    bit per two bytes: a key of two classes; NULL: there is none
 *   pairs   the same where there are many; NULL: what may stand behind them, which is anything, is in `heard`
 *   sides   for more keys: begins, and the same of two bytes that some key ends with; by the lower 13 bits of the two, a bit of each byte by the others:
 *           of the low one that a key ends so, of the high one that one begins so; between two words that are not asked for but may be read
 *   starts  by the hash of a key A B C (C = 0: of two classes): where its entries begin, and two bits in a word for each of them
 *   entries by that hash: [form | rest of the hash: 12 bits, set before the key: 10, set behind it: 10]; set: the number of what the form's symbol
 *           there sounds like, 0: any may stand there, for the form has none there, or not all of its symbols are codes
 *   again   bit per hash of two classes: some key's middle symbol is read both ways, so the one may say the other again  */
#define JY__SOUND_CLASSES 1024
#define JY__SOUND_AGAIN_BITS 16
#define JY__SOUND_PAIR_WORDS (65536 / 64)
#define JY__SOUND_REST_BITS 12
#define JY__SOUND_SET_BITS 10
typedef struct jy__sound_start { uint32_t first, set; } jy__sound_start;
#define JY__SOUND_ENTRIES 4u /* so many from any on may be read */
typedef struct jy__sound_entry { uint32_t form, near; } jy__sound_entry;
#define JY__SOUND_BUCKETS 8u
enum jy__sound_way { JY__BY_BUCKETS, JY__BY_BEGINS, JY__BY_TRIPLES }; /* for few keys, for more, for many */
typedef struct jy__sound_keys {
    uint32_t *heard, heard_bits;     /* log2 of its size in words */
    uint64_t *begins, *twos, *pairs; /* pairs: twos or NULL */
    uint16_t *sides;                 /* NULL: another way is gone */
    uint64_t heads[256 / 64];
    uint64_t *again;
    uint8_t buckets[3][256];
    uint8_t way;                     /* jy__sound_way; buckets are all there only when it is by them */
    bool full;
    jy__sound_start *starts;
    jy__sound_entry *entries;
    uint32_t entry_count, start_bits; /* start_bits: log2 of how many hashes there are */
} jy__sound_keys;

/* ---- fillers in the stream: chains by the first symbol */
#define JY__FILLERS_MOST 63
typedef struct jy__filler_entry { uint16_t symbols[JY__FILLER_LONGEST], mask[JY__FILLER_LONGEST]; uint8_t count, next; } jy__filler_entry; /* mask: of those it has */
typedef struct jy__filler_table { jy__filler_entry entries[JY__FILLERS_MOST + 1]; uint8_t heads[64]; } jy__filler_table; /* entry 0: none */

/* ---- the filter (all of it admits a superset of what can match)
 * over the stream of Han codes (the 16-bit code points U+4000..9FFF of the text, everything else left out):
 *   heads   bit per code: begins a key pair              tails    bit per code: ends one
 *   fillers bit per code: may begin a filler             ends     bit per code: may end one (both are fold's)
 *   singles bit per code: is a key alone
 *   pairs   three bits in a word per hash of two codes side by side (all variants of a key are enumerated)
 *   flanks  for some hundred or thousand forms: pairs, twice as many words, and in them by JY__MIX_FLANK a key's second code and what may stand behind
 *           it, or what may stand before it and its first code, or (a form of two symbols) the key
 *   sieve   for many forms: the same as pairs, but asked for with less; for very many of three codes (match_sieve.c)
 *   triples a word of 64 bits per hash of a folded key, in it three bits per hash of the key and what may stand behind it, or before it, or
 *           (a form of two symbols) of the key alone
 * over ASCII: a class per byte, and a bit per pair of bytes
 * over the rest: rare characters, each in a group (a bit) by its first three bytes, which the exact walk looks at directly. */
#define JY__TAIL_WORDS ((JY__CODE_FIRST + JY__CODE_COUNT) / 64)
#define JY__SEEN_ODD 0x80u
#define JY__RARE_NEAR 16u
#define JY__RARE_END 0x40000u
#define JY__TWO_BYTES_END 0x800u
#define JY__HAN_FIRST 0x4E00u
#define JY__HAN_COUNT 0x5200u
#define JY__FILLERS_OF_ONE 0x0F /* buckets */
#define JY__KEY_BUCKETS 6u
#define JY__MANY_GROUPS 8u
#define JY__MANY_PARTS 128u
#define JY__BUCKET_KEYS 0x3F /* their bits; and those of a filler of one code, of one of more, of both */
#define JY__BUCKET_ONE 0x40
#define JY__BUCKET_MORE 0x80
#define JY__BUCKET_FILLERS (JY__BUCKET_ONE | JY__BUCKET_MORE)
typedef struct jy__filter {
    uint32_t *pairs, *flanks;         /* flanks NULL: there are none */
    uint32_t *sieve;                  /* NULL: there are few forms */
    uint8_t sieve_marks[64];
    uint64_t *triples;
    uint32_t pair_bits, triple_bits, sieve_bits; /* log2 of their sizes in words */
    bool threes;                      /* the sieve is of three codes */
    uint64_t *heads, *singles, *tails; /* side by side; no code beyond those of tails is one */
    const uint64_t *fillers, *ends;
    /* By three overlapping six-bit windows of a code: in which buckets it is.
     *   first, second   few forms: of a key's two codes in JY__KEY_BUCKETS; of a filler's in the others, JY__BUCKET_FILLERS (match_filter_buckets.c)
     *   bucket bits of a code   first[0][a] & first[1][a >> 8] & first[2][a >> 5]; the same for second, single and filler  */
    uint8_t first[3][64], second[3][64], single[3][64];
    /* Many forms: in which of up to 64 buckets a code is as a key's first (side 0) or second, by two windows of seven bits (match_filter_many.c); groups of eight,
     * as many as many_groups (0: too many would pass):  many_buckets[group][side][0][a & 127] & many_buckets[group][side][1][a >> 7 & 127] */
    uint8_t many_buckets[JY__MANY_GROUPS][2][2][JY__MANY_PARTS];
    uint32_t many_groups;
    uint8_t filler[3][64], filler_next[3][64]; /* a filler's first code and its second: of one code, any second will do */
    jy__filler_table filler_table;
    /* The same as sets of bits, three in a word per jy__pair_mix(): of a filler's first two codes, of its last two; singles: of its only one and 0. */
    uint32_t filler_begins[32], filler_ends[32], filler_singles[16];
    uint8_t ascii[128];               /* jy__ascii_class */
    uint8_t ascii_one;                /* the only one that may begin a key: most packs have but the mask *; 0: none, or several */
    uint64_t ascii_pairs[128 * 128 / 64];
    /* Keys of two letters in 8 buckets: the first, the second, and what may stand behind: ascii_keys[0][a] & ascii_keys[1][b] & ascii_keys[2][c] */
    uint8_t ascii_keys[3][256];       /* by bytes: behind the first, what is no ASCII may be of any */
    uint8_t ascii_open;               /* buckets with a form that ends with its key, or goes on with a symbol that is no ASCII */
    uint8_t wide_gaps[64];            /* by a character's third byte, of those that text skips between letters: JY__GAP_CJK U+3000..303F, _WIDE U+FF00..FF3F */
    uint64_t plain[JY__HAN_COUNT / 64]; /* bit per Han character from U+4E00 on: it is one symbol, and no filler begins with it */
    uint8_t rare_lead[64], rare_second[64], rare_third[64];
    uint8_t mask_groups[2][3][64];    /* the same of masks that are but marks, exactly: a group for each first two bytes (or first one of two) */
    uint64_t letters[JY__TWO_BYTES_END / 64]; /* bit per character of two bytes: it is one symbol, but no Han character and no mask */
    uint64_t rare_near[JY__RARE_END / JY__RARE_NEAR / 64]; /* bit per so many code points below the end: one of them is rare, as bytes alone do not tell */
    uint8_t seen[3][64];              /* the same, and JY__SEEN_ODD with leads that are not of three bytes or do not allow any continuation */
    uint32_t rare_reach;              /* symbols around a rare character that may belong to a match with it */
    bool has_rare_single;             /* a Han character that the stream does not carry is a key alone */
    bool has_han, has_singles, has_ascii, has_rare, has_sound, has_masks;
    bool many;                        /* forms, but for those that are found by sound */
    bool masks_are_marks;             /* has_masks, and none of them is a key alone */
    uint32_t keys;                    /* of two Han codes, of these forms */
    jy__nibbles nibbles;
} jy__filter;
/* A letter or digit of ASCII. */
static inline bool jy__is_letter(uint32_t cp) { return cp - '0' < 10 || (cp | 0x20) - 'a' < 26; }
enum { JY__GAP_CJK = 1, JY__GAP_WIDE = 2 };
enum jy__ascii_class {
    JY__ASCII_HEAD = 1, JY__ASCII_SINGLE = 2, JY__ASCII_MASK = 4
};
#define JY__ASCII_BEGINS (JY__ASCII_HEAD | JY__ASCII_SINGLE | JY__ASCII_MASK)

struct jy__matcher {
    jy__mem mem;
    jy__form *forms;
    uint32_t form_count;
    uint32_t *symbols;
    size_t symbol_count;
    bool has_stops;
    uint32_t longest;
    jy__key_index index;
    jy__edges *lone;               /* of keys of one symbol (match_lone.c) */
    uint32_t lone_room;
    jy__pair_index pair_index;
    jy__sound_keys sound_keys;     /* empty when no form is looked for by sound */
    uint32_t *masked, masked_count; /* forms that may be masked, by first symbol (the hash of it), length and symbols */
    uint32_t *mask_firsts, mask_first_bits; /* where those begin whose first symbol has a hash, and behind the last; log2 of how many hashes there are */
    uint64_t *mask_spots;           /* bit per hash of their first symbol and each other one with its number, or where they end */
    uint32_t mask_spot_bits;        /* log2 of their number */
    uint64_t *mask_parts;           /* bit per hash of each of their symbols, and of each two side by side; of many they are fewer than the spots */
    jy__filter filter;
    const struct jy__engine *engine;
    bool keys_only; /* every key that is found is a match of no length: for filters that need no more */
    size_t memory;
};

/* ---- asked */

static inline const jy__context *jy__context_next(const jy__context *context) { return context->last ? NULL : context + 1; }

/* One for each of the form's symbols, behind them in the pool. Those that have none share a few zeros. */
extern const uint8_t jy__no_stops[JY__MATCH_MOST_SYMBOLS];
static inline const uint8_t *jy__stops_of(const jy__matcher *matcher, const jy__form *form)
{
    return form->flags & JY__FORM_STOPS ? (const uint8_t *)(matcher->symbols + form->first + form->count) : jy__no_stops;
}
static inline bool jy__is_code(uint32_t cp) { return cp >= JY__CODE_FIRST && cp < JY__CODE_FIRST + JY__CODE_COUNT; }
static inline uint64_t jy__symbol_bit(uint32_t symbol) { return (uint64_t)1 << (symbol * 0x9E3779B1u >> 26); }
/* Whether the symbol is one of the form's: the bloom says maybe; long forms have all its bits. */
static inline bool jy__form_has(const jy__matcher *matcher, const jy__form *form, uint32_t symbol)
{
    const uint32_t *symbols = matcher->symbols + form->first;
    bool found = false;
    for (uint32_t i = 0; i < form->count && (form->bloom & jy__symbol_bit(symbol)); i++)
        found |= symbols[i] == symbol;
    return found;
}
static inline bool jy__bit(const uint64_t *bits, size_t at) { return bits[at >> 6] >> (at & 63) & 1; }
static inline void jy__bit_set(uint64_t *bits, size_t at) { bits[at >> 6] |= (uint64_t)1 << (at & 63); }
static inline uint32_t jy__pair_hash(uint32_t a, uint32_t b, uint32_t bits) { return ((a << 16 | b) * 0x9E3779B1u) >> (32 - bits); }
/* Whether the form is looked for by sound, and whether by three symbols; the first of them. */
static inline bool jy__form_heard(const jy__form *form) { return (form->flags & JY__FORM_SOUND) != 0; }
/* Whether the filter has its key among those of two Han codes. */
static inline bool jy__form_paired(const jy__form *form) { return (form->flags & (JY__FORM_HAN | JY__FORM_BY_SOUND)) == JY__FORM_HAN; }
static inline bool jy__form_heard_triple(const jy__form *form) { return (form->flags & JY__FORM_SOUND_TRIPLE) != 0; }
static inline const uint32_t *jy__form_heard_key(const jy__matcher *matcher, const jy__form *form)
{
    return matcher->symbols + form->first + form->sound_key;
}
/* Whether a symbol may begin, or end, a filler. */
static inline bool jy__begins_filler(const jy__matcher *matcher, uint32_t symbol)
{
    return jy__is_code(symbol) && jy__bit(matcher->filter.fillers, symbol);
}
static inline bool jy__ends_filler(const jy__matcher *matcher, uint32_t symbol)
{
    return jy__is_code(symbol) && jy__bit(matcher->filter.ends, symbol);
}
static inline uint32_t jy__code_place(uint32_t code) { return code - JY__CODE_FIRST < JY__CODE_COUNT ? code - JY__CODE_FIRST : JY__CODE_COUNT; }
/* What a code of the stream folds to; 0: to no single code, or none stands there. */
static inline uint32_t jy__code_symbol(uint32_t code) { return jy__fold_codes[jy__code_place(code)]; }
static inline uint8_t jy__heard_byte(uint32_t code) { return jy__heard_bytes[jy__code_place(code)]; }
static inline uint32_t jy__heard_number(uint32_t code) { return jy__heard_numbers[jy__code_place(code)]; }
static inline const jy__heard_set *jy__heard_set_of(uint32_t code) { return &jy__heard_sets[jy__heard_number(code)]; }
/* Whether they have a class in common. */
static inline bool jy__heard_share(const jy__heard_set *a, const jy__heard_set *b)
{
    bool found = false;
    if (!(a->bloom & b->bloom))
        return false;
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            found |= a->classes[i] == b->classes[k];
    return found;
}
/* Whether what sounds like the symbol may sound like another one of the form, which itself does not. */
static inline bool jy__heard_elsewhere(const jy__form *form, uint32_t heard, uint32_t symbol)
{
    return !jy__is_code(heard) || (jy__heard_set_of(heard)->bloom & form->sound_bloom & ~jy__heard_set_of(symbol)->bloom) != 0;
}
/* The hash of a key: no two keys have the same. Its highest bits choose the start, those behind them are its rest. */
static inline uint32_t jy__sound_key(uint32_t a, uint32_t b, uint32_t c) { return (a << 20 ^ b << 10 ^ c) * 0x9E3779B1u; }
static inline uint32_t jy__sound_start_of(const jy__sound_keys *index, uint32_t key) { return key >> (32 - index->start_bits); }
static inline uint32_t jy__sound_rest(const jy__sound_keys *index, uint32_t key) { return key << index->start_bits >> (32 - JY__SOUND_REST_BITS); }
/* Whether the entry, one of those with the key's start, is of the key. */
static inline bool jy__sound_is_of(const jy__sound_keys *index, uint32_t entry, uint32_t key)
{
    return index->entries[entry].near >> 2 * JY__SOUND_SET_BITS == jy__sound_rest(index, key);
}
static inline uint32_t jy__sound_bits(uint32_t rest) { return (uint32_t)1 << (rest >> 7) | (uint32_t)1 << (rest >> 2 & 31); }
/* Whether it may be a key of some form: hardly any other is let through. */
static inline bool jy__sound_has(const jy__sound_keys *index, uint32_t key)
{
    uint32_t set = index->starts[jy__sound_start_of(index, key)].set, rest = jy__sound_rest(index, key);
    return set >> (rest >> 7) & set >> (rest >> 2 & 31) & 1;
}
static inline uint32_t jy__mask_hash(uint32_t a, uint32_t b, uint32_t bits) { return (a * 0x85EBCA6Bu ^ b) * 0x9E3779B1u >> (32 - bits); }
static inline uint32_t jy__sound_again(uint32_t a, uint32_t b) { return jy__pair_hash(a, b, JY__SOUND_AGAIN_BITS); }

/* A hash that vectors make of two 16-bit codes side by side in one step (VPMADDWD). From bit 5 on it chooses a word, and in it three bits. */
#define JY__MIX_A 0x6B45
#define JY__MIX_B 0x5A2D
#define JY__MIX_FLANK 0x5A800015u /* changes the three bits, not the word */
static inline uint32_t jy__pair_mix(uint32_t a, uint32_t b)
{
    return (uint32_t)((int32_t)(int16_t)a * JY__MIX_A + (int32_t)(int16_t)b * JY__MIX_B);
}
static inline uint32_t jy__mix_mask(uint32_t mix)
{
    return (uint32_t)1 << (mix & 31) | (uint32_t)1 << (mix >> 22 & 31) | (uint32_t)1 << (mix >> 27);
}
static inline bool jy__pairs_have(const jy__filter *filter, uint32_t a, uint32_t b)
{
    uint32_t mix = jy__pair_mix(a, b), mask = jy__mix_mask(mix);
    return (filter->pairs[mix >> 5 & (((uint32_t)1 << filter->pair_bits) - 1)] & mask) == mask;
}
static inline bool jy__mix_in(const uint32_t *set, uint32_t words, uint32_t a, uint32_t b)
{
    uint32_t mix = jy__pair_mix(a, b), word = set[mix >> 5 & (words - 1)];
    return word >> (mix & 31) & word >> (mix >> 22 & 31) & word >> (mix >> 27) & 1;
}
/* The other hash of the sieve. */
#define JY__SIEVE_A 0x7A59
#define JY__SIEVE_B 0x2B4F
/* Whether a filler may begin with the code a, as far as the next one tells. */
static inline bool jy__filler_may_begin(const jy__filter *filter, uint32_t a, uint32_t b)
{
    return jy__mix_in(filter->filler_begins, 32, a, b) | jy__mix_in(filter->filler_singles, 16, a, 0);
}
/* The same where most codes begin none; and whether one may end with the code b behind a. */
static inline bool jy__filler_begins_here(const jy__filter *filter, uint32_t a, uint32_t b) { return jy__bit(filter->fillers, a) && jy__filler_may_begin(filter, a, b); }
static inline bool jy__filler_ends_here(const jy__filter *filter, uint32_t a, uint32_t b)
{
    return jy__bit(filter->ends, b) && (jy__mix_in(filter->filler_ends, 32, a, b) | jy__mix_in(filter->filler_singles, 16, b, 0));
}
/* Three bits in a triple's word, by the key's hash: for the symbol behind the key, or before it; for the key alone, symbol 0. */
#define JY__TRIPLE_BEHIND 0x85EBCA6Bu
#define JY__TRIPLE_BEFORE 0xC2B2AE35u
#define JY__TRIPLE_ALONE 0x27D4EB2Fu
static inline uint32_t jy__triple_hash(uint32_t a, uint32_t b) { return (a << 16 | b) * 0x9E3779B1u; }
static inline uint64_t jy__triple_mask(uint32_t hash, uint32_t symbol, uint32_t factor)
{
    uint32_t mix = (hash ^ symbol) * factor;
    return (uint64_t)1 << (mix >> 26) | (uint64_t)1 << (mix >> 20 & 63) | (uint64_t)1 << (mix >> 14 & 63);
}
/* Whether the key a, b may stand between `before` and `behind`, all of them folded; without a branch. */
static inline bool jy__triple_has(const jy__filter *filter, uint32_t before, uint32_t a, uint32_t b, uint32_t behind)
{
    uint32_t hash = jy__triple_hash(a, b);
    uint64_t none = ~filter->triples[hash >> (32 - filter->triple_bits)];
    return !(none & jy__triple_mask(hash, behind, JY__TRIPLE_BEHIND)) | !(none & jy__triple_mask(hash, before, JY__TRIPLE_BEFORE)) |
           !(none & jy__triple_mask(hash, 0, JY__TRIPLE_ALONE));
}

/* Three bytes are too few bits for jy__pair_mix(). From bit 5 on it chooses a word, and in it three bits. */
static inline uint32_t jy__sound_mix(uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t mix = (a | b << 8 | c << 16) * 0x9E3779B1u;
    return mix ^ mix >> 15;
}
static inline bool jy__sound_heard(const jy__sound_keys *index, uint32_t a, uint32_t b, uint32_t c) /* bytes */
{
    uint32_t mix = jy__sound_mix(a, b, c), mask = jy__mix_mask(mix);
    return (index->heard[mix >> 5 & (((uint32_t)1 << index->heard_bits) - 1)] & mask) == mask || (index->pairs && jy__bit(index->pairs, a | b << 8)) ||
           (index->full && b == c && jy__bit(index->begins, a | b << 8));
}

#endif
