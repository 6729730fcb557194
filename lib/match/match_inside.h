/* match_inside — what the files of this folder share: the frozen tables, one scan's state, the exact walk's words. */
#ifndef JY_MATCH_INSIDE_H
#define JY_MATCH_INSIDE_H

#include "match/match.h"
#include "fold/fold.h"
#include "match/match_limits.h"
#include "match/match_nibbles.h"

/* ---- a form: one literal, its optional marks taken out
 *   literal   不  !  不  知  道           symbols 不 不 知 道
 *             optional ^                   stops   0  1  0  0   marks that may stand before symbol i  */
typedef struct jy__form {
    uint64_t bloom;       /* one bit per symbol: "may be one of this form's" */
    uint64_t sound_bloom; /* the same of its symbols' sound classes */
    uint32_t first;       /* of its symbols in the pool */
    uint16_t folds;       /* bits of jy_fold_kind */
    uint8_t count;        /* symbols, 1..255 */
    uint8_t key;          /* symbol number of the key */
    uint8_t sound_key;    /* symbol number of the key by sound */
    uint16_t flags;       /* jy__form_flag */
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
    JY__FORM_PLAIN = 256 /* JY__PLAIN_MOST Han codes at most, the first of which ends no filler: it may be taken as it is written */
};
#define JY__PLAIN_MOST 16u
enum jy__mode { JY__MODE_EXACT = 0, JY__MODE_SOUND = 1, JY__MODE_MASKED = 2 };

/* ---- the key index: which forms hold the symbols (a, b) side by side as their key, when they are not two codes; b = 0: the one symbol a is the key.
 *   slots  [a b first count] ─▶ keyed[first .. first+count) ─▶ number of the form  */
typedef struct jy__key_slot { uint32_t a, b, first, count; } jy__key_slot;
typedef struct jy__key_index { jy__key_slot *slots; uint32_t slot_count, *keyed, keyed_count; } jy__key_index;

/* ---- the key index for the stream: keys of two Han codes only, each form with its symbols around the key, so that most of what passes the
 * pairs is settled in two cache lines.
 *   slots  [a b | first] ─▶ contexts[first ..] up to the one that is last: [form | three symbols before | three behind]
 * A symbol 0: none, or one that the stream does not carry; the comparison ends there. */
#define JY__CONTEXT 3
#define JY__CONTEXT_DETOURS 2 /* fillers and repeats that are followed around a key */
typedef struct jy__context { uint32_t form_last; uint16_t before[JY__CONTEXT], after[JY__CONTEXT]; } jy__context; /* form * 2 + last */
typedef struct jy__pair_slot { uint32_t pair, first_one; } jy__pair_slot; /* first_one: place + 1; 0: empty */
typedef struct jy__pair_index { jy__pair_slot *slots; uint32_t slot_bits; jy__context *contexts; uint32_t context_count; } jy__pair_index;

/* ---- the index for keys by sound in the stream. A code has a set of sound classes, nearly always of one or two, and a byte for it (fold.h). A
 * form's key is three classes side by side, or two when it has no three.
 *   heard   three bits in a word per hash of three bytes side by side: a key, with all bytes that its symbols may have, or its first two symbols
 *           and the second said again
 *   heads   bit per byte, begins  bit per two bytes: some key begins so        pairs   bit per two bytes: a key of two classes
 *   keys    ascending, with the form of each in forms: A B C, C = 0: a key of two classes; firsts by A: where its keys begin
 *   bits    bit per hash of a key: spares most look-ups in keys
 *   again   bit per hash of two classes: some key's middle symbol is read both ways, so the one may say the other again  */
#define JY__SOUND_CLASSES 1024
#define JY__SOUND_AGAIN_BITS 14
#define JY__SOUND_DETOURS 2 /* fillers and repeats that are followed between a key's second class and its third */
#define JY__SOUND_PAIR_WORDS (65536 / 64)
typedef struct jy__sound_keys {
    uint32_t *heard, heard_bits;     /* log2 of its size in words */
    uint64_t *begins, *pairs;        /* pairs NULL: no key is of two classes */
    uint64_t heads[256 / 64];
    uint64_t *again, *bits;
    uint32_t *keys, *forms, *firsts, key_count, bit_bits; /* bit_bits: log2 of how many there are */
} jy__sound_keys;

/* ---- fillers in the stream: chains by the first symbol */
#define JY__FILLERS_MOST 63
typedef struct jy__filler_entry { uint16_t symbols[JY__FILLER_LONGEST]; uint8_t count, next; } jy__filler_entry;
typedef struct jy__filler_table { jy__filler_entry entries[JY__FILLERS_MOST + 1]; uint8_t heads[64]; } jy__filler_table; /* entry 0: none */

/* ---- the filter (all of it admits a superset of what can match)
 * over the stream of Han codes (the 16-bit code points U+4000..9FFF of the text, everything else left out):
 *   heads   bit per code: begins a key pair              tails    bit per code: ends one
 *   fillers bit per code: may begin a filler             ends     bit per code: may end one
 *   singles bit per code: is a key alone
 *   pairs   three bits in a word per hash of two codes side by side (all variants of a key are enumerated)
 *   triples a word per hash of a folded key, in it two bits per hash of what may stand behind it or before it; all bits:
 *           anything may
 * over ASCII: a class per byte, and a bit per pair of bytes
 * over the rest: rare characters, each in a group (a bit) by its first three bytes, which the exact walk looks at directly. */
#define JY__CODES 65536
typedef struct jy__filter {
    uint32_t *pairs, *triples;
    uint32_t pair_bits, triple_bits;  /* log2 of their sizes in words */
    uint64_t heads[JY__CODES / 64], tails[JY__CODES / 64], singles[JY__CODES / 64], fillers[JY__CODES / 64], ends[JY__CODES / 64];
    /* Few forms: two codes side by side in 8 buckets, by three overlapping six-bit windows of each code.
     *   bucket bits of a code   first[0][a] & first[1][a >> 8] & first[2][a >> 5]; the same for second, single and filler  */
    uint8_t first[3][64], second[3][64], single[3][64];
    uint8_t filler[3][64], filler_next[3][64]; /* a filler's first code and its second: buckets 0..3 of filler_next are full */
    jy__filler_table filler_table;
    /* The same as sets of bits, three in a word per jy__pair_mix(): of a filler's first two codes, of its last two; singles: of its only one and 0. */
    uint32_t filler_begins[32], filler_ends[32], filler_singles[16];
    uint8_t ascii[128];               /* jy__ascii_class */
    uint64_t ascii_pairs[128 * 128 / 64];
    uint8_t rare_lead[64], rare_second[64], rare_third[64];
    uint32_t rare_reach;              /* symbols around a rare character that may belong to a match with it */
    bool has_han, has_singles, has_ascii, has_rare, has_sound, has_masks;
    bool many;                        /* forms */
    jy__nibbles nibbles;
} jy__filter;
enum jy__ascii_class {
    JY__ASCII_HEAD = 1, JY__ASCII_SINGLE = 2, JY__ASCII_LETTER = 4, JY__ASCII_MASK = 8,
    JY__ASCII_TAIL = 16 /* what may stand behind a head: the end of a pair, or no letter */
};

struct jy__matcher {
    jy__mem mem;
    jy__form *forms;
    uint32_t form_count;
    uint32_t *symbols;
    uint8_t *stops;                /* see jy__stops_of() */
    size_t symbol_count;
    bool has_stops;
    uint32_t longest;
    jy__key_index index;
    jy__pair_index pair_index;
    jy__sound_keys sound_keys;     /* empty when no form is looked for by sound */
    uint32_t *masked, masked_count; /* forms that may be masked, by their symbols */
    jy__filter filter;
    const struct jy__engine *engine;
    bool keys_only; /* every key that is found is a match of no length: for filters that need no more */
    size_t memory;
};

/* ---- one scan */
typedef struct jy__segment { const char *text; size_t begin, end; bool unbounded; } jy__segment; /* unbounded: gaps of any length */

/* One character with symbols, and how many without it stood before it. */
typedef struct jy__glyph {
    size_t begin, end;
    uint32_t cp, symbol;        /* its first symbol */
    uint8_t count;              /* of its symbols */
    uint8_t invisible, blanks, marks, stops;
} jy__glyph;

/* What a way through the text cost, so that two ways compare: repeats weigh most, invisible characters least. */
typedef struct jy__cost { uint64_t high, low; } jy__cost;
typedef struct jy__way { uint32_t at, fillers; jy__cost cost; } jy__way;
typedef struct jy__way_row { jy__way *items; uint32_t count; } jy__way_row;
#define JY__WAY_ROWS (JY__FILLER_LONGEST + 1)

/* Where the starts of a form were looked at already in this scan: [from, upto). whole: nothing before could lead there. */
typedef struct jy__tried { uint64_t scan; uint32_t form; uint8_t mode; bool whole; size_t from, upto; } jy__tried;
#define JY__TRIED 64

/* The stream of one chunk of text: Han codes and where they stood. Room for what the last chunk hands over. */
#define JY__CHUNK (16u << 10)
#define JY__STREAM_BACK 48
#define JY__STREAM_AHEAD (1 + (JY__MATCH_MOST_FILLERS + JY__CONTEXT_DETOURS) * JY__FILLER_LONGEST + JY__CONTEXT) /* codes behind one that its key and context may need */
#define JY__STREAM_PAD JY__FILLER_LONGEST /* codes before the first one that may be read */
#define JY__STREAM_ROOM (JY__CHUNK / 3 + 2 * JY__STREAM_BACK + 192)
typedef struct jy__stream {
    uint16_t codes[JY__STREAM_ROOM];
    int32_t offsets[JY__STREAM_ROOM]; /* from the chunk's begin; negative: handed over from the last one */
    size_t count, looked;             /* codes there, codes looked at as the first of a key */
} jy__stream;

typedef struct jy__walker {
    const jy__mem *mem;
    struct { jy__glyph *items; size_t count, capacity; } window; /* characters from the start on */
    bool window_ends;                                            /* nothing more can be read */
    jy__segment segment;
    size_t start;               /* where the window begins */
    jy__way *ways;
    size_t way_count;           /* room in ways */
    uint32_t fitted;            /* the longest form that rows are laid out for */
    jy__way_row rows[JY__WAY_ROWS];
    jy__tried tried[JY__TRIED];
    uint64_t scan;              /* number of this scan, for tried */
    bool failed;                /* no memory */
    jy__stream stream;
    uint8_t low[JY__STREAM_ROOM], high[JY__STREAM_ROOM]; /* the stream as match_avx512.h draws it */
} jy__walker;

typedef struct jy__scan {
    const jy__matcher *matcher;
    jy__match_scratch *scratch;
    jy__walker *walker;
    jy_str text;
    const size_t *bounds;
    size_t bound_count;
    jy__segment segment;
    size_t bound;       /* the first behind the segment */
    size_t rare_done;   /* rare characters before here were looked at */
    size_t ordered;     /* matches before this one are in order */
    bool stop;          /* enough matches, or no memory */
} jy__scan;

/* An engine proposes places to jy__match_verify and counts the bytes that are no UTF-8. */
typedef struct jy__engine { const char *name; bool (*can_run)(void); void (*scan)(jy__scan *scan); } jy__engine;
extern const jy__engine jy__engine_scalar, jy__engine_avx512, jy__engine_avx2, jy__engine_sse42, jy__engine_neon;

/* match_text.c */
bool jy__match_glyph_far(const jy__segment *segment, size_t at, jy__glyph *out);
bool jy__match_glyph_far_before(const jy__segment *segment, size_t at, jy__glyph *out);
/* match_sound.c */
#define JY__SOUND_NONE 0xFFu
unsigned jy__sound_cost(uint32_t heard, uint32_t symbol); /* JY__SOUND_NONE: not alike */
unsigned jy__sound_confidence(unsigned differing, unsigned price, unsigned symbols);
size_t jy__match_sound_classes(uint32_t symbol, uint16_t out[JY__SOUND_MOST]);
uint32_t jy__sound_weight(uint32_t symbol); /* how common what sounds like it is; 0: no Han symbol with a reading */
/* match_walk.c, match_marks.c */
void jy__walk_open(jy__walker *walker, const jy__segment *segment, size_t start);
bool jy__walk_form(jy__walker *walker, const jy__matcher *matcher, uint32_t number, int mode, jy__match *out);
bool jy__walker_fit(jy__walker *walker, uint32_t longest);
bool jy__walk_marks(const jy__segment *segment, size_t start, const jy__matcher *matcher, uint32_t number, jy__match *out);
/* match_verify.c: looks at the character at `at` as the first of a key */
void jy__match_verify(jy__scan *scan, size_t at);
void jy__match_single(jy__scan *scan, size_t at, uint32_t code, uint32_t before, uint32_t behind);
void jy__match_verify_form(jy__scan *scan, uint32_t number, int mode, size_t at);
bool jy__match_segment(jy__scan *scan, size_t at);
/* match_rounds.c: at most JY__BATCH places of keys of two codes; place() gives the byte where codes[index] stood */
#define JY__BATCH 1024u
typedef struct jy__rounds { jy__scan *scan; const uint16_t *codes; void *look; size_t (*place)(void *look, size_t index); } jy__rounds;
void jy__match_rounds(const jy__rounds *rounds, const uint32_t *found, size_t count);
/* match_rare.c: a character that the stream does not carry */
void jy__match_verify_rare(jy__scan *scan, size_t begin, size_t end);
/* match_direct.c: whether a character may be part of the form (or what sounds like it); the form from its key at `at`, when it simply stands there
 * (plain: as it is written, between these codes of the stream); whether it does so by its key by sound */
bool jy__match_belongs(const jy__form *form, const jy__glyph *glyph, int mode);
bool jy__match_plain(jy__scan *scan, uint32_t number, size_t at, uint32_t before, uint32_t behind);
bool jy__match_try_direct(jy__scan *scan, uint32_t number, size_t at);
bool jy__match_stands_itself(const jy__scan *scan, uint32_t number, size_t at);
/* match_scalar.c: an ASCII character that may begin a key */
void jy__match_try_ascii(jy__scan *scan, size_t at);
/* match_stream.c */
void jy__stream_open(jy__stream *stream);
typedef struct jy__near { uint32_t key[2], before, behind; bool filler_before, filler_behind; } jy__near; /* symbols around a key, and whether fillers may be there */
jy__near jy__stream_near(const jy__filter *filter, const uint16_t *key);
/* Whether the nearest codes allow jy__stream_fits(): each the form's, or a filler's, or one that was just said (JY__MATCH_REPEAT_LONGEST is 4). */
static inline bool jy__near_allows(const jy__near *near, const jy__context *context)
{
    const uint16_t *before = context->before, *after = context->after;
    bool key_behind = near->behind == near->key[0] || near->behind == near->key[1];
    bool key_before = near->before == near->key[0] || near->before == near->key[1];
    return (near->filler_behind | key_behind | !after[0] | (near->behind == after[0]) | (near->behind == before[0]) | (near->behind == before[1])) &
           (near->filler_before | key_before | !before[0] | (near->before == before[0]) | (near->before == after[0]) | (near->before == after[1]));
}
bool jy__stream_fits(const jy__filter *filter, const jy__context *context, const uint16_t *codes, size_t at, size_t next);
void jy__stream_filler(jy__scan *scan, const uint16_t *codes, size_t at, size_t offset);
bool jy__stream_triple(const jy__filter *filter, const uint16_t *codes, size_t at, size_t next);
unsigned jy__stream_fillers(const jy__filter *filter, const uint16_t *codes, size_t at);
/* match_sound_keys.c, match_sound_stream.c: the forms whose key by sound may begin at a place */
bool jy__sound_keys_build(jy__matcher *matcher);
void jy__sound_keys_free(jy__matcher *matcher);
void jy__sound_place(jy__scan *scan, const uint16_t *codes, size_t at, size_t offset);
/* A filler may begin behind `at`; bytes: those of the codes (fold.h). Whether a key may go on behind it from `at` (bit 0), or from the code before
 * (bit 1). */
unsigned jy__sound_goes_on(const jy__matcher *matcher, const uint16_t *codes, const uint8_t *bytes, size_t at);
/* all forms whose key by sound begins with the two classes, at the byte `at` */
void jy__sound_pair(jy__scan *scan, uint32_t a, uint32_t b, size_t at);
/* match_filter.c, match_index.c */
bool jy__filter_build(jy__matcher *matcher);
void jy__filter_free(jy__matcher *matcher);
/* match_nibbles.c */
void jy__nibbles_build(jy__matcher *matcher);
void jy__filter_add_rare(jy__filter *filter, uint32_t cp);
const jy__context *jy__pair_find(const jy__pair_index *index, uint32_t a, uint32_t b);
bool jy__pair_index_build(jy__matcher *matcher);
void jy__pair_index_free(jy__matcher *matcher);
bool jy__index_build(jy__matcher *matcher);
void jy__index_free(jy__matcher *matcher);
const jy__key_slot *jy__index_find(const jy__key_index *index, uint32_t a, uint32_t b);
/* match_build.c: for filters: finds where the literals' rarest parts may stand, however far apart */
int jy__matcher_new_keys(const jy__mem *mem, const jy__literal *literals, size_t count, jy__matcher **out);
/* match_mask.c: the character at `at` is a mask */
bool jy__masks_build(jy__matcher *matcher);
void jy__masks_free(jy__matcher *matcher);
void jy__match_masked(jy__scan *scan, size_t at);
/* match_collect.c */
void jy__match_add(jy__scan *scan, const jy__match *match);
void jy__match_order(jy__scan *scan);
bool jy__match_tidy(jy__match_scratch *scratch); /* false: no memory */

/* Three bytes behind a lead that allows any are nearly all there is: the first branch; of them most are Han characters in use. */
static inline uint32_t jy__match_read(const jy__segment *segment, size_t *at, jy__kind *kind)
{
    const unsigned char *s = (const unsigned char *)segment->text + *at;
    const char *p = segment->text + *at;
    uint32_t cp;
    bool valid;
    if (segment->end - *at >= 3 && (unsigned)(s[0] - 0xE1) <= 0xEF - 0xE1 && s[0] != 0xED && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80) {
        cp = (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
        *at += 3;
        *kind = cp >= 0x4E00 && cp <= 0x9FFF ? JY__KIND_SYMBOL : jy__fold_kind(cp);
        return cp;
    }
    cp = jy__utf8_next(&p, segment->text + segment->end, &valid);
    *at = (size_t)(p - segment->text);
    *kind = valid ? jy__fold_kind(cp) : JY__KIND_MARK;
    return cp;
}

/* A Han character in use that is one symbol, at `at`: the usual case of the two below. */
static inline bool jy__match_han(const jy__segment *segment, size_t at, jy__glyph *out)
{
    const unsigned char *s = (const unsigned char *)segment->text + at;
    uint32_t cp, symbol;
    if (s[0] < 0xE4 || s[0] > 0xE9 || (s[1] & 0xC0) != 0x80 || (s[2] & 0xC0) != 0x80)
        return false;
    cp = (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
    symbol = cp >= 0x4E00 ? jy__fold_one(cp) : 0;
    *out = (jy__glyph){ at, at + 3, cp, symbol, 1, 0, 0, 0, 0 };
    return symbol != 0;
}

/* The next character with symbols, and the one before `at`. False when the segment, the line or a gap's bound ends before one comes. */
static inline bool jy__match_glyph(const jy__segment *segment, size_t at, jy__glyph *out)
{
    return (at < segment->end && segment->end - at >= 3 && jy__match_han(segment, at, out)) || jy__match_glyph_far(segment, at, out);
}
static inline bool jy__match_glyph_before(const jy__segment *segment, size_t at, jy__glyph *out)
{
    return (at >= segment->begin + 3 && jy__match_han(segment, at - 3, out)) || jy__match_glyph_far_before(segment, at, out);
}

/* One for each of the form's symbols. When no form of the matcher has any, all share a few zeros. */
static inline const uint8_t *jy__stops_of(const jy__matcher *matcher, const jy__form *form)
{
    return matcher->stops + (matcher->has_stops ? form->first : 0);
}
static inline bool jy__is_code(uint32_t cp) { return cp >= JY__CODE_FIRST && cp < JY__CODE_FIRST + JY__CODE_COUNT; }
static inline uint64_t jy__symbol_bit(uint32_t symbol) { return (uint64_t)1 << (symbol * 0x9E3779B1u >> 26); }
static inline bool jy__bit(const uint64_t *bits, size_t at) { return bits[at >> 6] >> (at & 63) & 1; }
static inline void jy__bit_set(uint64_t *bits, size_t at) { bits[at >> 6] |= (uint64_t)1 << (at & 63); }
static inline uint32_t jy__pair_hash(uint32_t a, uint32_t b, uint32_t bits) { return ((a << 16 | b) * 0x9E3779B1u) >> (32 - bits); }
/* Whether a symbol may begin, or end, a filler. */
static inline bool jy__begins_filler(const jy__matcher *matcher, uint32_t symbol)
{
    return jy__is_code(symbol) && jy__bit(matcher->filter.fillers, symbol);
}
static inline bool jy__ends_filler(const jy__matcher *matcher, uint32_t symbol)
{
    return jy__is_code(symbol) && jy__bit(matcher->filter.ends, symbol);
}
static inline uint32_t jy__code_place(uint32_t code) { return jy__is_code(code) ? code - JY__CODE_FIRST : JY__CODE_COUNT; }
static inline const jy__heard_set *jy__heard_set_of(uint32_t code) { return &jy__heard_sets[jy__heard_numbers[jy__code_place(code)]]; }
static inline uint32_t jy__sound_key(uint32_t a, uint32_t b, uint32_t c) { return (a << 20) ^ (b << 10) ^ c; }
static inline uint32_t jy__sound_bit(uint32_t key, uint32_t bit_bits) { return key * 0x85EBCA6Bu >> (32 - bit_bits); }
static inline uint32_t jy__sound_again(uint32_t a, uint32_t b) { return jy__pair_hash(a, b, JY__SOUND_AGAIN_BITS); }

/* A hash that vectors make of two 16-bit codes side by side in one step (VPMADDWD). From bit 5 on it chooses a word, and in it three bits. */
#define JY__MIX_A 0x6B45
#define JY__MIX_B 0x5A2D
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
/* Whether a filler may begin with the code a, as far as the next one tells. */
static inline bool jy__filler_may_begin(const jy__filter *filter, uint32_t a, uint32_t b)
{
    return jy__mix_in(filter->filler_begins, 32, a, b) | jy__mix_in(filter->filler_singles, 16, a, 0);
}
/* Two bits in a triple's word for the symbol behind the key, or before it. */
#define JY__TRIPLE_BEHIND 0x85EBCA6Bu
#define JY__TRIPLE_BEFORE 0xC2B2AE35u
static inline uint32_t jy__triple_mask(uint32_t symbol, uint32_t factor)
{
    uint32_t mix = symbol * factor;
    return (uint32_t)1 << (mix >> 27) | (uint32_t)1 << (mix >> 22 & 31);
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
    return (index->heard[mix >> 5 & (((uint32_t)1 << index->heard_bits) - 1)] & mask) == mask || (index->pairs && jy__bit(index->pairs, a | b << 8));
}

#endif
