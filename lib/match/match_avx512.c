/* The engine for AVX-512 with VBMI and VBMI2. In: text. Out: places for the verifier, and the count of bytes that are no UTF-8.
 * Two steps per chunk of 16 KiB. Step one reads 64 bytes at a time (three loads, at p, p + 1 and p + 2, so that a character's second and
 * third byte lie under its first), checks UTF-8 by comparing where continuation bytes are with where the leads want them, and
 * compresses the Han characters to a stream of 16-bit codes:
 *
 *   bytes      E4 BD A0 EF BC 8C E6 98 AF 20 …          你 ， 是 blank
 *   han        1  .  .  .  .  .  1  .  .  .             leads E4..E9
 *   high, low  4F       ..       66                     (p << 4 | p1 >> 2), (p1 << 6 | p2 & 63), then VPCOMPRESSB
 *   codes      4F60 662F …
 *
 * Step two looks at 32 codes at a time for what may begin a key. Where a code stood is found again from the blocks' masks.
 * This file alone is compiled with the instructions' flags. */
#include "match/match_inside.h"
#include <immintrin.h>

#define BLOCK 64
#define BLOCKS (JY__CHUNK / BLOCK)

typedef struct block_list {
    uint64_t han[BLOCKS];        /* where the codes of each block stood */
    uint32_t first[BLOCKS + 1];  /* the first code of each block */
} block_list;

typedef struct reader {
    jy__scan *scan;
    const jy__filter *filter;
    const unsigned char *text;
    size_t len;
    uint64_t wanted;             /* continuation bytes that the last block's leads want at the begin of this one */
    size_t counted;              /* bad bytes before here are counted */
    __m512i rare[3], ascii[2];
} reader;

static bool can_run(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("bmi2");
}

static inline __m512i table(const uint8_t bytes[64]) { return _mm512_loadu_si512(bytes); }

/* 64 bytes from `at` on, which may lie before the text or behind its end: what is not text is zero. */
static inline __m512i load(const reader *r, ptrdiff_t at)
{
    uint64_t mask = ~(uint64_t)0;
    if (at < 0)
        mask = at <= -BLOCK ? 0 : mask << -at;
    if (at + BLOCK > (ptrdiff_t)r->len)
        mask &= at >= (ptrdiff_t)r->len ? 0 : ~(uint64_t)0 >> (at + BLOCK - (ptrdiff_t)r->len);
    return _mm512_maskz_loadu_epi8(mask, r->text + at);
}

/* ---- UTF-8, exactly: which bytes of a block belong to no character. Only for blocks that the quick check finds odd. */

/* Bytes at `at` that begin a valid character, by its length. */
static void starts(const reader *r, ptrdiff_t at, uint64_t out[5])
{
    __m512i a = load(r, at), b = load(r, at + 1), c = load(r, at + 2), d = load(r, at + 3);
    uint64_t b_cont = _mm512_cmplt_epi8_mask(b, _mm512_set1_epi8(-64)), c_cont = _mm512_cmplt_epi8_mask(c, _mm512_set1_epi8(-64));
    uint64_t d_cont = _mm512_cmplt_epi8_mask(d, _mm512_set1_epi8(-64));
    uint64_t two = _mm512_cmple_epu8_mask(_mm512_sub_epi8(a, _mm512_set1_epi8((char)0xC2)), _mm512_set1_epi8(0xDF - 0xC2));
    uint64_t three = _mm512_cmpeq_epi8_mask(_mm512_and_si512(a, _mm512_set1_epi8((char)0xF0)), _mm512_set1_epi8((char)0xE0));
    uint64_t four = _mm512_cmple_epu8_mask(_mm512_sub_epi8(a, _mm512_set1_epi8((char)0xF0)), _mm512_set1_epi8(4));
    uint64_t from_a0 = _mm512_cmpge_epu8_mask(b, _mm512_set1_epi8((char)0xA0)), from_90 = _mm512_cmpge_epu8_mask(b, _mm512_set1_epi8((char)0x90));
    uint64_t e0 = _mm512_cmpeq_epi8_mask(a, _mm512_set1_epi8((char)0xE0)), ed = _mm512_cmpeq_epi8_mask(a, _mm512_set1_epi8((char)0xED));
    uint64_t f0 = _mm512_cmpeq_epi8_mask(a, _mm512_set1_epi8((char)0xF0)), f4 = _mm512_cmpeq_epi8_mask(a, _mm512_set1_epi8((char)0xF4));
    out[2] = two & b_cont;
    out[3] = three & b_cont & c_cont & ~(e0 & ~from_a0) & ~(ed & from_a0);
    out[4] = four & b_cont & c_cont & d_cont & ~(f0 & ~from_90) & ~(f4 & from_90);
}

static uint64_t bad_bytes(const reader *r, size_t at)
{
    uint64_t good = ~(uint64_t)_mm512_movepi8_mask(load(r, (ptrdiff_t)at));
    for (int back = 0; back < 4; back++) {
        uint64_t by_length[5];
        starts(r, (ptrdiff_t)at - back, by_length);
        for (int length = 2; length <= 4; length++)
            if (back < length)
                good |= by_length[length];
    }
    return ~good;
}

/* Counts bad bytes of the block and, when not done yet, of the three bytes before it: that much of a character cut short can lie there. */
static void count_bad(reader *r, size_t at)
{
    jy__match_scratch *scratch = r->scan->scratch;
    size_t from = at < 3 || r->counted >= at ? at : at - 3;
    for (size_t begin = from & ~(size_t)(BLOCK - 1); begin <= at; begin += BLOCK) {
        uint64_t bad = bad_bytes(r, begin);
        if (begin < from)
            bad &= ~(uint64_t)0 << (from - begin);
        if (!bad)
            continue;
        if (!scratch->bad_bytes)
            scratch->first_bad = begin + (size_t)__builtin_ctzll(bad);
        scratch->bad_bytes += (size_t)__builtin_popcountll(bad);
    }
    r->counted = at + BLOCK;
}

/* Leads of three bytes that allow any continuation (E1..EC, EE, EF) want two; everything but them and ASCII is left to count_bad. */
static inline void check(reader *r, size_t at, __m512i bytes, uint64_t high, uint64_t cont)
{
    uint64_t three = _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8((char)0xE1)), _mm512_set1_epi8(0xEF - 0xE1)) &
                     ~_mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8((char)0xED));
    uint64_t odd = high & ~cont & ~three;
    if (__builtin_expect(((three << 1 | three << 2 | r->wanted) != cont) | (odd != 0), 0)) {
        count_bad(r, at);
        /* what an odd character wants of the next block is not known here: that block is then counted as well */
    }
    r->wanted = three >> 63 | three >> 62;
}

/* ---- step one */

static void verify_bits(reader *r, size_t at, uint64_t bits, bool ascii)
{
    for (; bits && !r->scan->stop; bits &= bits - 1) {
        size_t place = at + (size_t)__builtin_ctzll(bits);
        if (ascii)
            jy__match_try_ascii(r->scan, place);
        else
            jy__match_verify_rare(r->scan, place, place + 1);
    }
}

static inline uint64_t rare_bits(const reader *r, __m512i a, __m512i b, __m512i c, uint64_t leads)
{
    __m512i groups = _mm512_and_si512(_mm512_permutexvar_epi8(a, r->rare[0]), _mm512_permutexvar_epi8(b, r->rare[1]));
    return _mm512_test_epi8_mask(groups, _mm512_permutexvar_epi8(c, r->rare[2])) & leads;
}

static inline uint64_t ascii_bits(const reader *r, __m512i a, uint64_t high)
{
    __m512i class = _mm512_permutex2var_epi8(r->ascii[0], a, r->ascii[1]);
    return _mm512_test_epi8_mask(class, _mm512_set1_epi8(JY__ASCII_HEAD | JY__ASCII_SINGLE | JY__ASCII_MASK)) & ~high;
}

/* Appends the Han of a block to the codes; returns their mask. */
static inline uint64_t put_codes(__m512i a, __m512i b, __m512i c, uint16_t *codes)
{
    uint64_t han = _mm512_cmple_epu8_mask(_mm512_sub_epi8(a, _mm512_set1_epi8((char)0xE4)), _mm512_set1_epi8(5)) &
                   _mm512_cmplt_epi8_mask(b, _mm512_set1_epi8(-64)) & _mm512_cmplt_epi8_mask(c, _mm512_set1_epi8(-64));
    __m512i high = _mm512_ternarylogic_epi32(_mm512_set1_epi8((char)0xF0), _mm512_slli_epi16(a, 4), _mm512_srli_epi16(b, 2), 0xCA);
    __m512i low = _mm512_ternarylogic_epi32(_mm512_set1_epi8((char)0xC0), _mm512_slli_epi16(b, 6), c, 0xCA);
    __m512i high_words = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(_mm512_maskz_compress_epi8(han, high)));
    __m512i low_words = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(_mm512_maskz_compress_epi8(han, low)));
    _mm512_storeu_si512(codes, _mm512_or_si512(_mm512_slli_epi16(high_words, 8), low_words));
    return han;
}

/* What a block has besides Han: keys of ASCII, rare characters. */
static __attribute__((noinline)) void read_others(reader *r, size_t at, __m512i a, __m512i b, __m512i c, uint64_t high, uint64_t leads)
{
    if (r->filter->has_ascii)
        verify_bits(r, at, ascii_bits(r, a, high), true);
    if (r->filter->has_rare)
        verify_bits(r, at, rare_bits(r, a, b, c, leads), false);
}

static inline uint64_t read_block(reader *r, size_t at, __m512i a, __m512i b, __m512i c, const __m512i rare[3], bool ascii, uint16_t *codes)
{
    uint64_t high = _mm512_movepi8_mask(a), cont = _mm512_cmplt_epi8_mask(a, _mm512_set1_epi8(-64)), leads = high & ~cont;
    __m512i groups = _mm512_and_si512(_mm512_permutexvar_epi8(a, rare[0]), _mm512_permutexvar_epi8(b, rare[1]));
    uint64_t others = _mm512_mask_test_epi8_mask(leads, groups, _mm512_permutexvar_epi8(c, rare[2]));
    if (__builtin_expect(others != 0 || (ascii && ~high), 0))
        read_others(r, at, a, b, c, high, leads);
    check(r, at, a, high, cont);
    return put_codes(a, b, c, codes);
}

/* Reads [base, stop) into the stream; the last block of the text through masks. */
static void read_chunk(reader *r, jy__stream *stream, block_list *blocks, size_t base, size_t stop)
{
    const __m512i rare[3] = { r->rare[0], r->rare[1], r->rare[2] };
    uint16_t *codes = stream->codes + stream->count;
    uint32_t block = 0;
    bool ascii = r->filter->has_ascii;
    for (size_t at = base; at < stop; at += BLOCK, block++) {
        uint64_t han;
        blocks->first[block] = (uint32_t)(codes - stream->codes);
        if (__builtin_expect(at + BLOCK + 2 <= r->len, 1)) {
            const unsigned char *p = r->text + at;
            _mm_prefetch((const char *)p + JY__CHUNK, _MM_HINT_T0);
            han = read_block(r, at, _mm512_loadu_si512(p), _mm512_loadu_si512(p + 1), _mm512_loadu_si512(p + 2), rare, ascii, codes);
        } else {
            han = read_block(r, at, load(r, (ptrdiff_t)at), load(r, (ptrdiff_t)at + 1), load(r, (ptrdiff_t)at + 2), rare, ascii, codes);
        }
        blocks->han[block] = han;
        codes += __builtin_popcountll(han);
    }
    stream->count = (size_t)(codes - stream->codes);
    blocks->first[block] = (uint32_t)stream->count;
}

/* ---- where a code stood */

typedef struct finder { const jy__stream *stream; const block_list *blocks; size_t kept; uint32_t block; } finder;

static int32_t offset_of(finder *find, size_t index)
{
    const block_list *blocks = find->blocks;
    uint64_t nth;
    if (index < find->kept)
        return find->stream->offsets[index];
    if (blocks->first[find->block] > index)
        find->block = 0;
    while (blocks->first[find->block + 1] <= index)
        find->block++;
    nth = _pdep_u64((uint64_t)1 << (index - blocks->first[find->block]), blocks->han[find->block]);
    return (int32_t)(find->block * BLOCK + (uint32_t)__builtin_ctzll(nth));
}

/* ---- step two */

/* Bucket tables of codes: by the low six bits, by six of the high byte, by six in the middle. */
typedef struct windows { __m512i low, high, middle; } windows;
typedef struct passes { windows first, second, single, filler, filler_next; } passes;

static inline windows load_windows(const uint8_t tables[3][64])
{
    return (windows){ _mm512_loadu_si512(tables[0]), _mm512_loadu_si512(tables[1]), _mm512_loadu_si512(tables[2]) };
}

/* 64 codes, their bytes apart. */
typedef struct packed { __m512i low, high, middle; } packed;

static inline packed pack(const uint16_t *codes)
{
    __m512i a = _mm512_loadu_si512(codes), b = _mm512_loadu_si512(codes + 32), low, high;
    const __m512i even = _mm512_set_epi8(
        126, 124, 122, 120, 118, 116, 114, 112, 110, 108, 106, 104, 102, 100, 98, 96, 94, 92, 90, 88, 86, 84, 82, 80, 78, 76, 74, 72, 70, 68, 66, 64,
        62, 60, 58, 56, 54, 52, 50, 48, 46, 44, 42, 40, 38, 36, 34, 32, 30, 28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0);
    low = _mm512_permutex2var_epi8(a, even, b);
    high = _mm512_permutex2var_epi8(a, _mm512_or_si512(even, _mm512_set1_epi8(1)), b);
    return (packed){ low, high, _mm512_ternarylogic_epi32(_mm512_set1_epi8(7), _mm512_srli_epi16(low, 5), _mm512_slli_epi16(high, 3), 0xCA) };
}

static inline __m512i buckets(const packed *codes, const windows *w)
{
    __m512i low = _mm512_permutexvar_epi8(codes->low, w->low), high = _mm512_permutexvar_epi8(codes->high, w->high);
    return _mm512_ternarylogic_epi32(low, high, _mm512_permutexvar_epi8(codes->middle, w->middle), 0x80);
}

/* Codes behind which a filler may stand. */
static inline uint64_t filler_bits(const passes *p, const packed *next, const uint16_t *codes)
{
    packed after = pack(codes + 2);
    return _mm512_test_epi8_mask(buckets(next, &p->filler), buckets(&after, &p->filler_next));
}

/* Codes that may begin a key with the next code, or with one behind a filler. */
static inline uint64_t near_bits(const passes *p, const uint16_t *codes)
{
    packed here = pack(codes), next = pack(codes + 1);
    __m512i first = buckets(&here, &p->first);
    uint64_t fillers = _mm512_test_epi8_mask(first, first) & filler_bits(p, &next, codes);
    return _mm512_test_epi8_mask(first, buckets(&next, &p->second)) | fillers;
}

static inline uint64_t single_bits(const passes *p, const uint16_t *codes)
{
    packed here = pack(codes);
    __m512i found = buckets(&here, &p->single);
    return _mm512_test_epi8_mask(found, found);
}

static inline uint64_t until(size_t at, size_t end) { return end - at >= 64 ? UINT64_MAX : ((uint64_t)1 << (end - at)) - 1; }

typedef struct look { jy__scan *scan; const jy__filter *filter; finder find; const uint16_t *codes; size_t from, end, base; } look;

static size_t place_of(look *l, size_t index) { return l->base + (size_t)(ptrdiff_t)offset_of(&l->find, index); }

static void look_few(look *l, const passes *p)
{
    for (size_t at = l->from; at < l->end && !l->scan->stop; at += 64)
        for (uint64_t bits = near_bits(p, l->codes + at) & until(at, l->end); bits; bits &= bits - 1) {
            size_t index = at + (size_t)__builtin_ctzll(bits);
            if (jy__bit(l->filter->pairs, jy__pair_hash(l->codes[index], l->codes[index + 1], l->filter->pair_bits)) ||
                jy__bit(l->filter->fillers, l->codes[index + 1]))
                jy__stream_place(l->scan, l->codes, index, place_of(l, index));
        }
}

static void look_singles(look *l, const passes *p)
{
    for (size_t at = l->from; at < l->end && !l->scan->stop; at += 64)
        for (uint64_t bits = single_bits(p, l->codes + at) & until(at, l->end); bits; bits &= bits - 1) {
            size_t index = at + (size_t)__builtin_ctzll(bits);
            if (jy__bit(l->filter->singles, l->codes[index]))
                jy__match_verify(l->scan, place_of(l, index));
        }
}

static inline __m512i words_at(const uint64_t *bits, __m512i at)
{
    __m512i words = _mm512_i32gather_epi32(_mm512_srli_epi32(at, 5), bits, 4);
    return _mm512_srlv_epi32(words, _mm512_and_si512(at, _mm512_set1_epi32(31)));
}

static inline __m512i pair_hashes(__m512i a, __m512i b, uint32_t bits)
{
    __m512i mixed = _mm512_mullo_epi32(_mm512_or_si512(_mm512_slli_epi32(a, 16), b), _mm512_set1_epi32((int)0x9E3779B1u));
    return _mm512_srl_epi32(mixed, _mm_cvtsi32_si128(32 - (int)bits));
}

/* Lowest bit of each lane: whether the pair is in the bitmap. */
static inline __m512i pair_words(const jy__filter *filter, __m512i a, __m512i b)
{
    return words_at(filter->pairs, pair_hashes(a, b, filter->pair_bits));
}

static inline __m512i load_codes(const uint16_t *codes)
{
    return _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(const void *)codes));
}

static inline uint32_t pair_bits(const jy__filter *filter, const uint16_t *codes)
{
    return _mm512_test_epi32_mask(pair_words(filter, load_codes(codes), load_codes(codes + 1)), _mm512_set1_epi32(1));
}

static inline __m512i folded(const jy__filter *filter, __m512i codes)
{
    __m512i index = _mm512_max_epi32(_mm512_sub_epi32(codes, _mm512_set1_epi32(JY__CODE_FIRST)), _mm512_setzero_si512());
    return _mm512_and_si512(_mm512_i32gather_epi32(index, filter->folded, 2), _mm512_set1_epi32(0xFFFF));
}

static inline __m512i hash_end(__m512i key, __m512i third, uint32_t bits)
{
    __m512i mixed = _mm512_mullo_epi32(_mm512_xor_si512(key, third), _mm512_set1_epi32((int)0xC2B2AE35u));
    return _mm512_srl_epi32(mixed, _mm_cvtsi32_si128(32 - (int)bits));
}

/* jy__stream_triple() for 16 places, but that any code that may end a filler will do before a key. */
static inline uint32_t triple_bits(const jy__filter *filter, const uint16_t *codes, __m512i at)
{
    const __m512i low = _mm512_set1_epi32(0xFFFF);
    __m512i before = _mm512_i32gather_epi32(at, codes - 1, 2), behind = _mm512_i32gather_epi32(at, codes + 1, 2);
    __m512i z = _mm512_and_si512(before, low), a = _mm512_srli_epi32(before, 16);
    __m512i b = _mm512_and_si512(behind, low), c = _mm512_srli_epi32(behind, 16);
    __m512i pass = _mm512_or_si512(words_at(filter->fillers, c), words_at(filter->ends, z)), key;
    if (!filter->fold_stream) {
        z = folded(filter, z);
        a = folded(filter, a);
        b = folded(filter, b);
        c = folded(filter, c);
    }
    key = _mm512_xor_si512(_mm512_mullo_epi32(a, _mm512_set1_epi32((int)0x9E3779B1u)), b);
    key = _mm512_mullo_epi32(key, _mm512_set1_epi32((int)0x85EBCA6Bu));
    z = _mm512_or_si512(z, _mm512_set1_epi32((int)JY__KEY_SOUND));
    pass = _mm512_or_si512(pass, words_at(filter->triples, hash_end(key, c, filter->triple_bits)));
    pass = _mm512_or_si512(pass, words_at(filter->triples, hash_end(key, _mm512_setzero_si512(), filter->triple_bits)));
    pass = _mm512_or_si512(pass, words_at(filter->triples, hash_end(key, z, filter->triple_bits)));
    return _mm512_test_epi32_mask(pass, _mm512_set1_epi32(1));
}

/* ---- many forms: what passes is gathered first and looked at in turns, each of which fetches what the next one needs; whether a pair
 * may be a key is as good as random for a branch. */

#define BATCH 1024
#define FEW 6 /* places: so few are looked at one by one */

static inline size_t keep(uint32_t *out, __m512i places, uint32_t bits)
{
    _mm512_storeu_si512(out, _mm512_maskz_compress_epi32((__mmask16)bits, places));
    return (size_t)__builtin_popcount(bits & 0xFFFF);
}

static size_t keep_pairs(const look *l, size_t from, size_t end, uint32_t *found)
{
    const __m512i steps = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    size_t count = 0;
    for (size_t at = from; at < end; at += 16)
        count += keep(found + count, _mm512_add_epi32(_mm512_set1_epi32((int)at), steps), pair_bits(l->filter, l->codes + at) & (uint32_t)until(at, end));
    return count;
}

static size_t keep_triples(const look *l, uint32_t *found, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; count < FEW && i < count; i++) {
        found[kept] = found[i];
        kept += jy__stream_triple(l->filter, l->codes, found[i], found[i] + 1u);
    }
    for (size_t i = 0; count >= FEW && i < count; i += 16) {
        uint32_t room = count - i >= 16 ? 0xFFFF : (1u << (count - i)) - 1;
        __m512i places = _mm512_mask_loadu_epi32(_mm512_set1_epi32((int)l->from), (__mmask16)room, found + i);
        kept += keep(found + kept, places, triple_bits(l->filter, l->codes, places) & room);
    }
    return kept;
}

static void look_at(look *l, const uint32_t *found, size_t count)
{
    const jy__pair_index *index = &l->scan->matcher->pair_index;
    const jy__context *contexts[BATCH + 16];
    for (size_t i = 0; i < count; i++) {
        uint32_t pair = jy__fold_one(l->codes[found[i]]) << 16 | jy__fold_one(l->codes[found[i] + 1]);
        __builtin_prefetch(&index->slots[jy__pair_hash(0, pair, index->slot_bits)]);
    }
    for (size_t i = 0; i < count; i++) {
        contexts[i] = jy__pair_find(index, jy__fold_one(l->codes[found[i]]), jy__fold_one(l->codes[found[i] + 1]));
        if (contexts[i])
            __builtin_prefetch(contexts[i]);
    }
    for (size_t i = 0; i < count; i++)
        for (const jy__context *context = contexts[i]; context; context = context->form_last & 1 ? NULL : context + 1)
            if (jy__stream_fits(l->filter, context, l->codes, found[i], found[i] + 1u))
                jy__match_verify_form(l->scan, context->form_last >> 1, JY__MODE_EXACT, place_of(l, found[i]));
}

/* 16 places where a filler may follow: whether any of the four codes behind the filler's first may end a key, or more fillers come. */
static inline uint32_t over_bits(const jy__filter *filter, const uint16_t *codes, __m512i at)
{
    const __m512i low = _mm512_set1_epi32(0xFFFF);
    __m512i a = _mm512_and_si512(_mm512_i32gather_epi32(at, codes, 2), low);
    __m512i near = _mm512_i32gather_epi32(at, codes + 2, 2), far = _mm512_i32gather_epi32(at, codes + 4, 2);
    __m512i ends[4] = { _mm512_and_si512(near, low), _mm512_srli_epi32(near, 16), _mm512_and_si512(far, low), _mm512_srli_epi32(far, 16) };
    __m512i pass = _mm512_setzero_si512();
    for (int i = 0; i < 4; i++)
        pass = _mm512_or_si512(pass, _mm512_or_si512(pair_words(filter, a, ends[i]), words_at(filter->fillers, ends[i])));
    return _mm512_test_epi32_mask(_mm512_and_si512(pass, words_at(filter->heads, a)), _mm512_set1_epi32(1));
}

static size_t keep_fillers(const look *l, const passes *p, size_t from, size_t end, uint32_t *found)
{
    size_t count = 0;
    for (size_t at = from; at < end; at += 64) {
        packed next = pack(l->codes + at + 1);
        for (uint64_t bits = filler_bits(p, &next, l->codes + at) & until(at, end); bits; bits &= bits - 1)
            found[count++] = (uint32_t)(at + (size_t)__builtin_ctzll(bits));
    }
    return count;
}

static void look_over(look *l, const uint32_t *found, size_t count)
{
    for (size_t i = 0; count < FEW && i < count; i++)
        if (jy__bit(l->filter->heads, l->codes[found[i]]))
            jy__stream_filler(l->scan, l->codes, found[i], place_of(l, found[i]));
    for (size_t i = 0; count >= FEW && i < count; i += 16) {
        uint32_t room = count - i >= 16 ? 0xFFFF : (1u << (count - i)) - 1;
        __m512i places = _mm512_mask_loadu_epi32(_mm512_set1_epi32((int)l->from), (__mmask16)room, found + i);
        for (uint32_t bits = over_bits(l->filter, l->codes, places) & room; bits; bits &= bits - 1) {
            size_t index = found[i + (size_t)__builtin_ctz(bits)];
            jy__stream_filler(l->scan, l->codes, index, place_of(l, index));
        }
    }
}

static void look_many(look *l, const passes *p)
{
    uint32_t found[BATCH + 16];
    for (size_t at = l->from; at < l->end && !l->scan->stop; at += BATCH) {
        size_t end = l->end - at < BATCH ? l->end : at + BATCH;
        look_at(l, found, keep_triples(l, found, keep_pairs(l, at, end, found)));
        look_over(l, found, keep_fillers(l, p, at, end, found));
    }
}

/* ---- by sound: as jy__sound_next(), 16 codes at a time; the second look is for the few that pass the first */

static inline __m512i sets_of(const jy__sound_keys *keys, const uint16_t *codes)
{
    __m512i at = _mm512_sub_epi32(load_codes(codes), _mm512_set1_epi32(JY__CODE_FIRST)); /* what is no code wraps to the last place */
    at = _mm512_min_epu32(at, _mm512_set1_epi32(JY__CODE_COUNT));
    return _mm512_and_si512(_mm512_i32gather_epi32(at, keys->set_of, 2), _mm512_set1_epi32(0xFFFF));
}

static inline uint32_t set_pair_bits(const jy__sound_keys *keys, const uint64_t *bits, __m512i a, __m512i b)
{
    const __m512i number = _mm512_set1_epi32(JY__SOUND_FILLER - 1);
    __m512i at = _mm512_sll_epi32(_mm512_and_si512(a, number), _mm_cvtsi32_si128((int)keys->set_bits));
    return _mm512_test_epi32_mask(words_at(bits, _mm512_or_si512(at, _mm512_and_si512(b, number))), _mm512_set1_epi32(1));
}

static void look_sound(look *l)
{
    const jy__sound_keys *keys = &l->scan->matcher->sound_keys;
    __m512i a, b, next = sets_of(keys, l->codes + l->from);
    for (size_t at = l->from; at < l->end && !l->scan->stop; at += 16) {
        uint32_t fillers, bits;
        a = next;
        next = sets_of(keys, l->codes + at + 16);
        b = _mm512_alignr_epi32(next, a, 1);
        fillers = _mm512_test_epi32_mask(b, _mm512_set1_epi32(JY__SOUND_FILLER));
        bits = set_pair_bits(keys, keys->begins, a, b);
        if (bits && !keys->has_pairs) {
            __m512i c = _mm512_alignr_epi32(next, a, 2);
            bits &= set_pair_bits(keys, keys->ends, b, c) | _mm512_test_epi32_mask(c, _mm512_set1_epi32(JY__SOUND_FILLER));
        }
        for (bits = (bits | fillers) & (uint32_t)until(at, l->end) & 0xFFFF; bits; bits &= bits - 1) {
            size_t index = at + (size_t)__builtin_ctz(bits);
            if (jy__sound_next(l->scan->matcher, l->codes, index, index + 1) == index)
                jy__sound_place(l->scan, l->codes, index, place_of(l, index));
        }
    }
}

static void fold_codes(const jy__filter *filter, uint16_t *codes, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++)
        codes[i] = filter->folded[codes[i] - JY__CODE_FIRST];
}

static void hand_over(finder *find, jy__stream *stream, size_t length)
{
    size_t first = stream->count > JY__STREAM_BACK ? stream->count - JY__STREAM_BACK : 0, kept = stream->count - first;
    int32_t offsets[JY__STREAM_BACK];
    for (size_t i = 0; i < kept; i++)
        offsets[i] = offset_of(find, first + i) - (int32_t)length;
    memmove(stream->codes, stream->codes + first, kept * sizeof(*stream->codes));
    memcpy(stream->offsets, offsets, kept * sizeof(*offsets));
    stream->count = kept;
    stream->looked -= first;
}

static void look_chunk(jy__scan *scan, jy__stream *stream, const block_list *blocks, const passes *p, size_t base, size_t length, bool last)
{
    const jy__filter *filter = &scan->matcher->filter;
    size_t kept = blocks->first[0], end = stream->count;
    look l = { scan, filter, { stream, blocks, kept, 0 }, stream->codes, stream->looked, 0, base };
    if (filter->fold_stream)
        fold_codes(filter, stream->codes, kept, end);
    memset(stream->codes + end, 0, 64 * sizeof(*stream->codes));
    l.end = last ? end : end - (end < JY__STREAM_AHEAD ? end : JY__STREAM_AHEAD);
    if (l.end > l.from) {
        if (filter->has_singles)
            look_singles(&l, p);
        if (filter->triples) {
            look_many(&l, p);
        } else if (filter->has_han) {
            look_few(&l, p);
        }
        if (filter->has_sound)
            look_sound(&l);
        stream->looked = l.end;
    }
    if (!last)
        hand_over(&l.find, stream, length);
}

/* ---- the whole text */

static void open_reader(reader *r, jy__scan *scan)
{
    const jy__filter *filter = &scan->matcher->filter;
    r->scan = scan;
    r->filter = filter;
    r->text = (const unsigned char *)scan->text.ptr;
    r->len = scan->text.len;
    r->wanted = r->counted = 0;
    r->rare[0] = table(filter->rare_lead);
    r->rare[1] = table(filter->rare_second);
    r->rare[2] = table(filter->rare_third);
    if (filter->has_ascii) {
        r->ascii[0] = table(filter->ascii);
        r->ascii[1] = table(filter->ascii + 64);
    }
}

static void open_passes(passes *p, const jy__filter *filter)
{
    if (!filter->triples) {
        p->first = load_windows(filter->first);
        p->second = load_windows(filter->second);
    }
    if (filter->has_singles)
        p->single = load_windows(filter->single);
    p->filler = load_windows(filter->filler);
    p->filler_next = load_windows(filter->filler_next);
}

static void scan_text(jy__scan *scan)
{
    jy__stream *stream = &scan->walker->stream;
    block_list blocks;
    reader r;
    passes p;
    size_t last_base = 0;
    open_reader(&r, scan);
    open_passes(&p, r.filter);
    jy__stream_open(stream);
    for (size_t base = 0; base < r.len && !scan->stop; base += JY__CHUNK) {
        size_t stop = r.len - base < JY__CHUNK ? r.len : base + JY__CHUNK;
        read_chunk(&r, stream, &blocks, base, stop);
        look_chunk(scan, stream, &blocks, &p, base, JY__CHUNK, stop == r.len);
        if (scan->stop)
            scan->scratch->cut_at = last_base;
        last_base = base;
    }
    if (r.wanted && !scan->stop)
        count_bad(&r, (r.len + BLOCK - 1) & ~(size_t)(BLOCK - 1));
}

const jy__engine jy__engine_avx512 = { "avx512", can_run, scan_text };
