/* Step one of the AVX-512 engine. In: text. Out: the codes of a chunk and the masks of its blocks, calls of the verifier for rare
 * characters, and the count of bytes that are no UTF-8. Usual talk is read three blocks at a time (match_avx512_slots.c); what is left of a chunk, and
 * spans with anything unusual, by blocks: 64 bytes are read at a time (three loads, at p, p + 1 and p + 2, so that a
 * character's second and third byte lie under its first). Nearly all blocks are ASCII and leads of three bytes that allow any continuation:
 * then continuation bytes stand one and two behind the leads and nowhere else, and two VPCOMPRESSB put the Han characters' codes in a row:
 *
 *   bytes      E4 BD A0 EF BC 8C E6 98 AF 20 …          你 ， 是 blank
 *   han        1  .  .  .  .  .  1  .  .  .             leads E4..E9
 *   high, low  4F       ..       66                     (p << 4 | p1 >> 2), (p1 << 6 | p2 & 63)
 *
 * A block with anything else, bad UTF-8 or a rare character goes through read_odd(). */
#include "match/avx512/match_avx512_row.h"

#define BLOCK JY__BLOCK

typedef jy__reader reader;

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

/* Bytes of the characters that begin so. */
static uint64_t reached(const uint64_t starts[5])
{
    uint64_t two = starts[2] | starts[3] | starts[4], three = starts[3] | starts[4];
    return two | two << 1 | three << 2 | starts[4] << 3;
}

/* Of the block behind, bytes of these characters. */
static uint64_t reached_behind(const uint64_t starts[5])
{
    return (starts[2] | starts[3] | starts[4]) >> 63 | (starts[3] | starts[4]) >> 62 | starts[4] >> 61;
}

/* Bytes that the block before reaches are known where it was counted last. */
static uint64_t bad_bytes(reader *r, size_t at)
{
    uint64_t here[5], before[5], reach = r->reach;
    if (r->counted != at) {
        starts(r, (ptrdiff_t)at - BLOCK, before);
        reach = reached_behind(before);
    }
    starts(r, (ptrdiff_t)at, here);
    r->reach = reached_behind(here);
    r->counted = at + BLOCK;
    return _mm512_movepi8_mask(load(r, (ptrdiff_t)at)) & ~(reached(here) | reach);
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
}

/* ---- step one */

/* The last block took its last lead for a Han character: takes that back when this block does not continue it. */
static void take_back(reader *r, uint32_t block, uint64_t cont)
{
    jy__blocks *blocks = r->blocks;
    uint32_t last = block ? block - 1 : (uint32_t)(r->chunk / BLOCK) - 1, span = block && blocks->in_span[last]; /* that of the last chunk still stands there */
    uint64_t *han = &blocks->han[span ? block - JY__SPAN_BLOCKS : last];
    uint64_t lead = span || r->wanted & 2 ? (uint64_t)1 << 63 : (uint64_t)1 << 62;
    if (!(r->wanted & ~cont) || !(*han & lead))
        return;
    *han &= ~lead;
    r->count--;
    if (span)
        blocks->first[block - 1] = blocks->first[block - 2] = (uint16_t)r->count;
}

#define FEW 2 /* are told one by one */

/* Of rare ones those that are not the character which was last found to be none: mostly it comes again. */
static inline uint64_t drop_known(const reader *r, __m512i a, __m512i b, __m512i c, uint64_t rare)
{
    const uint32_t known = r->no_rare;
    return rare & ~(_mm512_mask_cmpeq_epi8_mask(rare, a, _mm512_set1_epi8((char)known)) & _mm512_cmpeq_epi8_mask(b, _mm512_set1_epi8((char)(known >> 8))) &
                    _mm512_cmpeq_epi8_mask(c, _mm512_set1_epi8((char)(known >> 16))));
}

/* Those that are so by their code points, too. */
static uint64_t keep_near(reader *r, size_t at, __m512i a, __m512i b, __m512i c, uint64_t rare)
{
    const uint64_t kept = jy__avx512_keep_near(r->filter, (__m512i[4]){ a, b, c, load(r, (ptrdiff_t)at + 3) }, rare), none = rare & ~kept;
    const uint64_t of_three = none & jy__conts(b) & jy__conts(c) & _mm512_cmplt_epu8_mask(a, _mm512_set1_epi8((char)0xF0));
    if (of_three)
        memcpy(&r->no_rare, r->text + at + (size_t)__builtin_ctzll(of_three), 3);
    return kept;
}

static void look_rare(reader *r, size_t at, uint32_t block, __m512i a, __m512i b, __m512i c, uint64_t leads)
{
    uint64_t rare = drop_known(r, a, b, c, jy__group_bits(a, b, c, r->rare, leads)), inside;
    if (rare && r->filter->masks_are_marks) {
        inside = jy__avx512_inside_masks(r, at, a, b, c);
        rare &= ~inside;
        r->blocks->ascii[block] &= ~inside;
    }
    if (__builtin_popcountll(rare) > FEW)
        rare = keep_near(r, at, a, b, c, rare);
    if (rare)
        jy__match_verify_rare(r->scan, at, rare);
}

/* A block that is not only ASCII and usual characters of three bytes. Returns where its Han is. */
static uint64_t read_odd(reader *r, size_t at, uint32_t block, __m512i a, __m512i b, __m512i c)
{
    uint64_t high = _mm512_movepi8_mask(a), cont = jy__conts(a), leads = high & ~cont;
    uint64_t three = _mm512_cmple_epu8_mask(_mm512_sub_epi8(a, _mm512_set1_epi8((char)0xE1)), _mm512_set1_epi8(0xEF - 0xE1)) &
                     ~_mm512_cmpeq_epi8_mask(a, _mm512_set1_epi8((char)0xED));
    if (r->filter->has_rare)
        look_rare(r, at, block, a, b, c, leads);
    if (((three << 1 | three << 2 | r->wanted) != cont) | ((leads & ~three) != 0)) {
        take_back(r, block, cont);
        count_bad(r, at);
        /* what an odd character wants of the next block is not known here: that block is then counted as well */
    }
    r->wanted = three >> 63 ? 3 : three >> 62 & cont >> 63; /* a lead that was cut short within the block wants nothing */
    return jy__han_bits(a) & jy__conts(b) & jy__conts(c);
}

/* Appends the Han of a block to the codes; returns how many. */
static inline size_t put_codes(uint8_t *low, uint8_t *high, __m512i a, __m512i b, __m512i c, uint64_t han)
{
    const jy__row row = jy__row_of(a, b, c, han);
    _mm256_storeu_si256((void *)high, _mm512_castsi512_si256(row.high));
    _mm256_storeu_si256((void *)low, _mm512_castsi512_si256(row.low));
    return (size_t)__builtin_popcountll(han);
}

/* Reads blocks from `at` on until one is odd, or none is whole; returns where it stopped. Nothing is called in the loop: its tables and
 * constants stay in registers. */
static inline __attribute__((always_inline)) size_t read_usual(reader *r, size_t base, size_t at, size_t end, bool ascii, bool one, bool lines)
{
    const __m512i seen[3] = { r->seen[0], r->seen[1], r->seen[2] };
    const jy__ascii classes = jy__load_ascii(r->filter);
    jy__blocks *blocks = r->blocks;
    uint8_t *const lows = r->low, *const highs = r->high;
    size_t count = r->count;
    const size_t chunk = r->chunk;
    uint64_t wanted = r->wanted, *const ends = lines ? r->lines + base / BLOCK : NULL;
    const unsigned char *p = r->text + at;
    size_t number = (at - base) / BLOCK, stop = number + (end - at + BLOCK - 1) / BLOCK;
    for (; number < stop; number++, p += BLOCK) {
        __m512i a = _mm512_loadu_si512(p), b = _mm512_loadu_si512(p + 1), c = _mm512_loadu_si512(p + 2);
        uint64_t bytes = _mm512_movepi8_mask(a), cont = jy__conts(a), leads = bytes & ~cont, han = jy__han_bits(a);
        _mm_prefetch((const char *)p + chunk, _MM_HINT_T1);
        _mm_prefetch((const char *)p + JY__FETCH_FIRST, _MM_HINT_T0);
        if (!jy__is_usual(a, b, c, seen, leads, cont, wanted))
            break;
        if (lines)
            ends[number] = jy__line_ends(a);
        if (ascii)
            blocks->ascii[number] = jy__ascii_bits(&classes, a, bytes, one);
        wanted = leads >> 63 | leads >> 62;
        blocks->first[number] = (uint16_t)count;
        blocks->han[number] = han;
        count += put_codes(lows + count, highs + count, a, b, c, han);
    }
    r->count = count;
    r->wanted = wanted;
    return base + number * BLOCK;
}

static uint64_t ascii_of(const reader *r, __m512i a, uint64_t high)
{
    const jy__ascii ascii = jy__load_ascii(r->filter);
    return jy__ascii_bits(&ascii, a, high, false);
}

static void read_one(reader *r, size_t at, uint32_t block)
{
    __m512i a = load(r, (ptrdiff_t)at), b = load(r, (ptrdiff_t)at + 1), c = load(r, (ptrdiff_t)at + 2);
    uint64_t bytes = _mm512_movepi8_mask(a), cont = jy__conts(a), leads = bytes & ~cont, *han = &r->blocks->han[block];
    if (r->lines)
        r->lines[at / BLOCK] = jy__line_ends(a);
    if (r->filter->has_ascii)
        r->blocks->ascii[block] = ascii_of(r, a, bytes);
    if (jy__is_usual(a, b, c, r->seen, leads, cont, r->wanted)) {
        *han = jy__han_bits(a);
        r->wanted = leads >> 63 | leads >> 62;
    } else {
        *han = read_odd(r, at, block, a, b, c);
    }
    r->blocks->first[block] = (uint16_t)r->count; /* not before: read_odd may have taken one back */
    r->count += put_codes(r->low + r->count, r->high + r->count, a, b, c, *han);
}

static inline __attribute__((always_inline)) size_t read_blocks(reader *r, size_t base, size_t at, size_t end, bool ascii, bool one)
{
    return r->lines ? read_usual(r, base, at, end, ascii, one, true) : read_usual(r, base, at, end, ascii, one, false);
}

/* Each by itself: in one function loops share its registers, and there are just enough for one. */
static __attribute__((noinline)) size_t read_plain(reader *r, size_t base, size_t at, size_t end) { return read_blocks(r, base, at, end, false, false); }
static __attribute__((noinline)) size_t read_noting(reader *r, size_t base, size_t at, size_t end) { return read_blocks(r, base, at, end, true, false); }
static __attribute__((noinline)) size_t read_noting_one(reader *r, size_t base, size_t at, size_t end) { return read_blocks(r, base, at, end, true, true); }

static size_t read_some(reader *r, size_t base, size_t at, size_t end)
{
    if (r->filter->ascii_one)
        return read_noting_one(r, base, at, end);
    return r->filter->has_ascii ? read_noting(r, base, at, end) : read_plain(r, base, at, end);
}

#define ODD_MOST 16u /* blocks */

/* A block with less than two bytes behind it is read through masks. Of odd ones that come one behind the other some more are read without being asked first. */
static size_t read_by_blocks(reader *r, size_t base, size_t at, size_t stop)
{
    size_t whole = r->len < BLOCK + 2 ? base : r->len - BLOCK - 1, end = stop < whole ? stop : whole, odd = 1;
    while (at < stop) {
        const size_t from = at;
        if (at < end)
            at = read_some(r, base, at, end);
        odd = at > from ? 1 : odd < ODD_MOST ? 2 * odd : ODD_MOST;
        for (size_t i = 0; i < odd && at < stop; i++, at += BLOCK)
            read_one(r, at, (uint32_t)((at - base) / BLOCK));
    }
    return at;
}

/* A span that is not usual is read twice: where they come often, spans are tried the more seldom. */
#define PLAIN_MOST (16 * JY__SPAN)
#define OFTEN (4 * JY__SPAN)
static size_t plain_after(const reader *r, size_t in_spans) { return in_spans >= OFTEN ? JY__SPAN : r->plain < PLAIN_MOST ? 2 * r->plain : PLAIN_MOST; }

/* Asked of many at once: to note it of each block would take as long as eight. */
static bool is_any(const uint64_t *words, size_t count)
{
    __m512i any = _mm512_maskz_loadu_epi64((__mmask8)((1u << count % 8) - 1), words + (count & ~(size_t)7));
    for (size_t i = 0; i < count / 8; i++)
        any = _mm512_or_si512(any, _mm512_loadu_si512(words + 8 * i));
    return _mm512_test_epi64_mask(any, any) != 0;
}

static bool is_any_ascii(const reader *r, size_t base, size_t from, size_t to)
{
    return r->filter->has_ascii && is_any(r->blocks->ascii + (from - base) / BLOCK, (to - from + BLOCK - 1) / BLOCK);
}

/* Spans note the only one that may begin a key where it stands, and nothing elsewhere. */
static void clear_ascii(reader *r)
{
    if (r->filter->ascii_one && r->noted)
        memset(r->blocks->ascii, 0, sizeof(r->blocks->ascii));
    r->noted = false;
}

/* What is odd, and the chunk's last block, by blocks. */
static size_t read_by_spans(reader *r, size_t base, size_t stop)
{
    size_t whole = r->len < JY__SPAN_BEHIND ? 0 : r->len - JY__SPAN_BEHIND, end = stop < whole ? stop : whole, at = base;
    memset(r->blocks->in_span, 0, sizeof(r->blocks->in_span));
    clear_ascii(r);
    while (at < stop) {
        size_t odd = jy__avx512_read_spans(r, base, at, end);
        r->plain = plain_after(r, odd - at);
        at = read_by_blocks(r, base, odd, stop - odd < r->plain ? stop : odd + r->plain);
        r->noted = r->noted || is_any_ascii(r, base, odd, at);
    }
    if (!r->filter->ascii_one)
        r->noted = is_any_ascii(r, base, base, stop);
    return at;
}

static void read_chunk(reader *r, size_t base, size_t stop)
{
    size_t at = read_by_spans(r, base, stop);
    r->blocks->first[(at - base) / BLOCK] = (uint16_t)r->count;
    _mm512_storeu_si512(r->blocks->first + (at - base) / BLOCK + 1, _mm512_set1_epi16(-1));
}

void jy__avx512_read(reader *r, size_t base, size_t stop)
{
    read_chunk(r, base, stop);
    if (r->noted)
        jy__avx512_look_ascii(r, base, stop);
}

/* ---- begin and end */

void jy__avx512_open(reader *r, jy__scan *scan, jy__blocks *blocks)
{
    const jy__filter *filter = &scan->matcher->filter;
    r->scan = scan;
    r->filter = filter;
    r->text = (const unsigned char *)scan->text.ptr;
    r->len = scan->text.len;
    r->blocks = blocks;
    r->lines = scan->scratch->lines;
    r->low = scan->walker->low;
    r->high = scan->walker->high;
    memset(r->low, 0, JY__SPLIT_PAD);
    memset(r->high, 0, JY__SPLIT_PAD);
    r->count = JY__SPLIT_PAD;
    r->wanted = r->counted = r->reach = 0;
    r->plain = JY__SPAN;
    r->masked = SIZE_MAX;
    r->no_rare = 0;
    r->noted = true; /* in whatever lay there before */
    r->rare[0] = _mm512_loadu_si512(filter->rare_lead);
    r->rare[1] = _mm512_loadu_si512(filter->rare_second);
    r->rare[2] = _mm512_loadu_si512(filter->rare_third);
    for (int i = 0; i < 3; i++)
        r->seen[i] = _mm512_loadu_si512(filter->seen[i]);
}

/* What the text ends with may be cut short. */
void jy__avx512_close(reader *r)
{
    if (r->wanted)
        count_bad(r, (r->len + BLOCK - 1) & ~(size_t)(BLOCK - 1));
}
