/* match_avx512 — what the files of the AVX-512 engine share: the stream of one chunk as this engine keeps it, and where its codes stood.
 * These files alone are compiled with the instructions' flags.
 *
 *   text     你 ， 是            a code is kept as two bytes in two arrays, so that one permutation looks up 64 codes at a time
 *   high     4F    66            (U+4F60, U+662F)
 *   low      60    2F            joined[]: the same as 16-bit codes, made when a step needs them */
#ifndef JY_MATCH_AVX512_H
#define JY_MATCH_AVX512_H

#include "match/sound/match_sound.h"
#include <immintrin.h>

#define JY__BLOCK 64
#define JY__BLOCKS (JY__CHUNK / JY__BLOCK)
#define JY__SPAN_BLOCKS 3 /* … and a span (match_avx512_slots.c) */
#define JY__SPAN (JY__SPAN_BLOCKS * JY__BLOCK)
#define JY__SPAN_BEHIND 2 /* bytes behind it are read */
#define JY__FETCH_FIRST 2048 /* bytes ahead are fetched to the first cache while a block is read: memory is slower than this engine */
#define JY__SPLIT_PAD 32 /* codes before the first one that may be read */
#define JY__SPLIT_BEHIND 192 /* … behind the last one */

typedef struct jy__blocks {
    uint64_t han[JY__BLOCKS + 2];        /* where the codes of each block stood; of a span by slots of three bytes, then where in these: not in the second, in the third */
    uint64_t ascii[JY__BLOCKS];          /* where ASCII may begin a key; only when some key does */
    uint16_t first[JY__BLOCKS + 1 + 32]; /* the first code of each block; behind the last block UINT16_MAX */
    uint8_t in_span[JY__BLOCKS];         /* 1: the block is of a span, which begins at a multiple of three; the codes are taken for its first block's */
} jy__blocks;

/* Step one, as it goes through the text. */
typedef struct jy__reader {
    jy__scan *scan;
    const jy__filter *filter;
    const unsigned char *text;
    size_t len;
    jy__blocks *blocks;
    uint8_t *low, *high;
    size_t count;                /* codes */
    uint64_t wanted;             /* continuation bytes that the last block's leads want at the begin of this one */
    size_t counted;              /* bad bytes before here are counted */
    uint64_t reach;              /* … and from here on these are of characters that begin before */
    bool noted;                  /* ASCII that may begin a key stands in the chunk; until the next is read, in the last one */
    size_t plain;                /* so many bytes are read by blocks before a span is tried again */
    uint32_t no_rare;            /* bytes of the character of three that was last found to be rare by these alone; 0: of none */
    size_t masked;               /* the block before here was asked for masks */
    uint64_t mask_ends;          /* … which end before these bytes of the next one */
    __m512i rare[3], seen[3];    /* seen: rare and odd leads */
    uint64_t *lines;             /* line ends of the text's blocks; NULL: nobody asks for them */
    size_t chunk;                /* bytes: few forms have hardly anything to wait for once a chunk */
} jy__reader;

/* One chunk under step two: codes [from, end) are looked at as the first of a key. */
typedef struct jy__look {
    jy__scan *scan;
    const jy__filter *filter;
    const jy__blocks *blocks;
    const uint8_t *low, *high;
    const uint16_t *joined;      /* NULL: not made */
    size_t joined_from, joined_to; /* … but for rows in which pairs were asked */
    size_t chunk;                /* bytes that one has, but for the last */
    uint16_t *fillers;           /* places in [from, end] with a filler right behind them, and some others; by sound, or when they are many, hardly any;
                                  * filled with joined codes */
    size_t filler_count;
    const int32_t *kept_at;      /* places of the codes that the last chunk handed over, from this chunk's begin */
    size_t kept, from, end, last, base; /* last: of all codes */
    uint16_t groups[JY__BLOCKS / 16]; /* the first code of each 16 blocks */
    const uint16_t *folded;      /* the symbols of all codes, while fillers' leads are known; NULL: not made */
    const char *ahead;           /* text of the chunk after the next: a line of it is fetched for each row, for memory would be idle meanwhile */
    bool bucketed;               /* keys of many forms are looked for by buckets, not by the sieve */
    uint16_t *offsets;           /* where each code stood, from the kept ones on; NULL: not made */
    size_t placed;               /* offsets of codes from there on are known; those of kept ones are negative */
} jy__look;
#define JY__KNOWN_BEFORE 8 /* codes that are read before one that is looked at */

/* match_avx512_read.c: reads [base, stop) into the stream, and what ASCII keys may begin there; closing counts what the text's end cuts
 * short */
void jy__avx512_open(jy__reader *r, jy__scan *scan, jy__blocks *blocks);
void jy__avx512_read(jy__reader *r, size_t base, size_t stop);
void jy__avx512_close(jy__reader *r);
/* match_avx512_slots.c: reads spans of [at, end), of which JY__SPAN_BEHIND bytes more are text, until one is not usual; returns where that is */
size_t jy__avx512_read_spans(jy__reader *r, size_t base, size_t at, size_t end);
/* match_avx512_masks.c: of the block at `at`, and the bytes one and two behind, the masks right behind others; all are but marks (filter->masks_are_marks) */
uint64_t jy__avx512_inside_masks(jy__reader *r, size_t at, __m512i a, __m512i b, __m512i c);
/* match_avx512_rare.c: of characters that are rare by their bytes, which are those from the block's begin on and from one to three behind it, those that are so by their code points. */
uint64_t jy__avx512_keep_near(const jy__filter *filter, const __m512i bytes[4], uint64_t rare);
/* match_avx512_ascii.c: what is noted of ASCII in [base, stop) goes to the verifier where it may begin a key */
void jy__avx512_look_ascii(jy__reader *r, size_t base, size_t stop);
/* match_avx512_short.c: scans a short text; JY_DONE: it is not plain, and nothing was done. The same where many ASCII characters may begin a key. */
#define JY__SHORT (2 * JY__BLOCK)
int jy__avx512_scan_short(const jy__asked_text *asked);
int jy__avx512_scan_short_ascii(const jy__asked_text *asked);
/* match_avx512_short_sound.c: of a short text's codes those of which a key by sound may be the first, a bit each, and those with a filler behind that
 * one may go on over; then what stands there, the first code being codes[JY__SHORT_FIRST] */
#define JY__SHORT_FIRST JY__SPLIT_PAD
typedef struct jy__short_heard { uint64_t keys, fillers; } jy__short_heard;
jy__short_heard jy__avx512_hear_short(const jy__matcher *matcher, __m512i low, __m512i high, unsigned count, uint64_t one, uint64_t more);
void jy__avx512_look_short_heard(const jy__rounds *rounds, jy__short_heard heard);
/* match_avx512.c: the place of a code, from the chunk's begin */
int32_t jy__avx512_offset(const jy__look *look, size_t index);
size_t jy__avx512_place_of(void *look, size_t index); /* the same from the text's begin; for jy__rounds */
static inline size_t jy__avx512_place(const jy__look *look, size_t index) { return look->base + (size_t)(ptrdiff_t)jy__avx512_offset(look, index); }
static inline jy__rounds jy__avx512_rounds(jy__look *look)
{
    return (jy__rounds){ look->scan, look->scan->walker->stream.codes, look, jy__avx512_place_of, look->offsets, look->kept, look->base };
}
/* Makes the look's offsets, in a list with room for 64 more than there are codes; from so many places on looking up each costs more. */
static inline size_t jy__offsets_from(const jy__look *look) { return look->chunk / 128; }
void jy__avx512_list_offsets(jy__look *look, uint16_t *offsets);
void jy__avx512_join(jy__look *look); /* makes joined codes */
#define JY__JOIN_FROM 96 /* places: for so many it pays */
/* match_avx512_few.c, match_avx512_many.c, match_avx512_sound.c: what may begin a key in [from, end) goes to the verifier */
void jy__avx512_look_few(jy__look *look);
void jy__avx512_look_singles(jy__look *look);
void jy__avx512_look_many(jy__look *look);
void jy__avx512_look_sound(jy__look *look); /* may make another list of fillers */
/* match_avx512_keys.c: as jy__sound_places(), of a chunk */
void jy__avx512_sound_places(const jy__look *look, jy__hearing *hearing, const uint16_t *found, size_t count);
void jy__avx512_find_forms(jy__hearing *hearing); /* match_avx512_beside.c: for jy__hearing */
/* match_avx512_rows.c: asks all rows what is heard there, and where few keys may stand as they are written; the answers are in walker->asked_rows. Lists of
 * them, with room for 64 more than there are codes, each returns how many: places where a key may begin by sound; those with a filler right behind, near:
 * only where a key may have begun before; where a key may stand as it is written, or begin before a filler; where one of one symbol may. */
void jy__avx512_ask(jy__look *look);
size_t jy__avx512_heard_places(const jy__look *look, uint16_t *found);
size_t jy__avx512_heard_fillers(const jy__look *look, bool near, uint16_t *found);
static inline bool jy__looks_few(const jy__filter *filter) { return filter->has_han && !filter->many; }
size_t jy__avx512_written_places(const jy__look *look, uint16_t *found); /* when jy__looks_few() */
size_t jy__avx512_written_singles(const jy__look *look, uint16_t *found);
size_t jy__avx512_paired_places(const jy__look *look, uint16_t *found); /* when there are many: where two codes may be a key */
/* Places before fillers of one code, or of more, behind which a key may go on. */
typedef struct jy__over { uint16_t *near, *far; size_t near_count, far_count; } jy__over;
/* match_avx512_threes.c: the same of very many (filter->threes): asks all rows, returns how many there are; then the places, in match_avx512_rows.c those of
 * the rows' keys */
size_t jy__avx512_ask_threes(const jy__look *look, jy__asked_rows *out);
size_t jy__avx512_threes(const jy__look *look, uint16_t *found, jy__over *over); /* needs joined codes, and the list of fillers */
void jy__avx512_look_beside(const jy__look *look, uint64_t *keys, jy__over *over); /* match_avx512_over.c: adds keys beside fillers */
size_t jy__avx512_key_places(const jy__look *look, uint16_t *found);
/* So many fillers in a chunk are many: of fewer of its codes, some ten thousand in 32 KiB, it does not pay to know where all lead. */
static inline size_t jy__many_fillers(const jy__look *look) { return look->chunk / 32; }
/* match_avx512_buckets.c: the same by buckets (look->bucketed): asks all rows, returns how many there are; then the places, which needs joined codes */
size_t jy__avx512_ask_buckets(const jy__look *look, jy__asked_rows *out);
size_t jy__avx512_bucket_places(const jy__look *look, uint16_t *found);
/* match_avx512_leads.c: of all codes where fillers lead; needs joined codes. match_avx512_filled.c: keys that the look's fillers stand in, when that is
 * known; by sound only where all that may be of a key is there: returns how many of the fillers that are. */
void jy__avx512_leads(jy__look *look);
void jy__avx512_look_filled(jy__look *look);
/* match_avx512_alphabet.c: false: the chunk is of few codes, and nothing comes of any two of them as a key; needs joined codes */
bool jy__avx512_has_keys(jy__look *look);
size_t jy__avx512_letters(const jy__look *look, uint16_t symbols[JY__LETTERS_MOST]); /* of all codes there, when that is known of few; 0: it is not */
size_t jy__avx512_hear_filled(const jy__look *look, jy__hearing *hearing);
/* Of places of pairs those with neighbours of some form; returns how many. Needs joined codes. */
size_t jy__avx512_keep_triples(const jy__look *look, uint16_t *found, size_t count);
/* match_avx512_whole.c: what stands whole at JY__BATCH places at most, of forms that the filter for pairs has, or of those where nothing else is heard, as
 * they are written. Needs joined codes and offsets. */
typedef enum jy__whole_kind { JY__WHOLE_PAIR, JY__WHOLE_HEARD } jy__whole_kind;
static inline bool jy__finds_wholes(const jy__look *look) { return look->joined && look->offsets && !look->scan->matcher->keys_only; }
void jy__avx512_find_wholes(const jy__look *look, const uint16_t *found, size_t count, jy__whole_kind kind, jy__wholes *out);
/* … and all that stands at places of keys of two codes, by their rounds: where most have forms, what stands whole first. */
void jy__avx512_look_at(jy__look *look, const uint16_t *found, size_t count);
/* match_avx512_list_filled.c: of JY__BATCH keys at most that fillers stand in, of ONE_WAY forms: lists what is there; returns how many are left, and writes their numbers. */
size_t jy__avx512_list_filled(jy__look *look, const uint16_t *at, const uint16_t *next, size_t count, uint16_t *left);
/* Makes the list of fillers, with room for 64 more than there are codes; returns how many. Needs joined codes. */
size_t jy__avx512_fillers(const jy__look *look, uint16_t *found);

/* The bits of [from, end) in a word whose first bit is `at`, which may be 63 before from. */
static inline uint64_t jy__within(size_t at, size_t from, size_t end)
{
    return jy__until(at, end) & ((ptrdiff_t)(from - at) > 0 ? ~(uint64_t)0 << (from - at) : ~(uint64_t)0);
}

/* The bytes 0 to 63. */
static inline __m512i jy__steps(void)
{
    return _mm512_set_epi8(63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32,
                           31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
}

/* Appends the places of a word's bits, counted from `at`, to a list with room for 64 more; returns how many. */
static inline size_t jy__put_places(uint16_t *list, size_t at, uint64_t bits)
{
    const __m512i base = _mm512_set1_epi16((short)at);
    __m512i set = _mm512_maskz_compress_epi8(bits, jy__steps());
    size_t count = (size_t)__builtin_popcountll(bits);
    _mm512_storeu_si512(list, _mm512_add_epi16(base, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(set))));
    if (__builtin_expect(count > 32, 0))
        _mm512_storeu_si512(list + 32, _mm512_add_epi16(base, _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(set, 1))));
    return count;
}

/* Lowest bit of each lane: whether bit `at` is set. */
static inline __m512i jy__bits_at(const uint64_t *bits, __m512i at)
{
    return _mm512_rorv_epi32(_mm512_i32gather_epi32(_mm512_srli_epi32(at, 5), bits, 4), at);
}

/* Lowest bit of each lane: the word has the three bits of a mix. To rotate takes a number's lowest five bits by itself. */
static inline __m512i jy__has_mix(__m512i words, __m512i mix)
{
    __m512i first = _mm512_rorv_epi32(words, mix), second = _mm512_rorv_epi32(words, _mm512_srli_epi32(mix, 27));
    return _mm512_ternarylogic_epi32(first, second, _mm512_rorv_epi32(words, _mm512_srli_epi32(mix, 22)), 0x80);
}

/* jy__pair_mix() of 16 pairs, the first code in the low half. */
static inline __m512i jy__mixes_of(__m512i pairs)
{
    return _mm512_madd_epi16(pairs, _mm512_set1_epi32((int)((uint32_t)JY__MIX_B << 16 | JY__MIX_A)));
}

static inline uint32_t jy__room_for(size_t left) { return left >= 16 ? 0xFFFF : (1u << left) - 1; }

static inline __m512i jy__places_at(const jy__look *look, const uint16_t *found, size_t left)
{
    return _mm512_cvtepu16_epi32(_mm256_mask_loadu_epi16(_mm256_set1_epi16((short)look->from), (__mmask16)jy__room_for(left), found));
}

/* Writes those of 16 places to a list with room for as many; returns how many. */
static inline size_t jy__put_kept(uint16_t *list, __m512i places, uint32_t bits)
{
    _mm256_storeu_si256((void *)list, _mm512_cvtepi32_epi16(_mm512_maskz_compress_epi32((__mmask16)bits, places)));
    return (size_t)__builtin_popcount(bits);
}

static inline __m512i jy__in_pairs(const uint32_t set[32], __m512i pairs)
{
    __m512i mix = jy__mixes_of(pairs), at = _mm512_srli_epi32(mix, 5);
    return jy__has_mix(_mm512_permutex2var_epi32(_mm512_loadu_si512(set), at, _mm512_loadu_si512(set + 16)), mix);
}

static inline __m512i jy__is_single(const jy__filter *filter, __m512i codes)
{
    __m512i mix = jy__mixes_of(codes);
    return jy__has_mix(_mm512_permutexvar_epi32(_mm512_srli_epi32(mix, 5), _mm512_loadu_si512(filter->filler_singles)), mix);
}

/* Lowest bit of each lane: a filler may begin with the pair's first code, or end with its second. */
static inline __m512i jy__filler_begins(const jy__filter *filter, __m512i pairs)
{
    return _mm512_or_si512(jy__in_pairs(filter->filler_begins, pairs), jy__is_single(filter, _mm512_and_si512(pairs, _mm512_set1_epi32(0xFFFF))));
}

static inline __m512i jy__filler_ends(const jy__filter *filter, __m512i pairs)
{
    return _mm512_or_si512(jy__in_pairs(filter->filler_ends, pairs), jy__is_single(filter, _mm512_srli_epi32(pairs, 16)));
}

#endif
