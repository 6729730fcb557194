/* One utterance, a text of at most 128 bytes: most hold nothing that may begin a key. That is seen here in registers; where something may,
 * the few codes are written down and looked at. Whatever is not plain (rare characters, ASCII that may begin a key, bad UTF-8)
 * goes the usual way. In: the text. Out: places for the verifier.
 *
 *   block 0   codes  a b c . .        block 1   codes  d e . . .       row  a b c d e . . */
#include "match/avx512/match_avx512_sift.h"

/* The bytes from `at` on that are of the text. */
static inline __m512i load(jy_str text, size_t at)
{
    size_t left = text.len > at ? text.len - at : 0;
    return _mm512_maskz_loadu_epi8(left >= 64 ? ~(uint64_t)0 : _bzhi_u64(~(uint64_t)0, (unsigned)left), text.ptr + (left ? at : 0));
}

static inline uint64_t ascii_in(const jy__filter *filter, __m512i a, uint64_t bytes)
{
    if (filter->ascii_one)
        return _mm512_cmpeq_epi8_mask(a, _mm512_set1_epi8((char)filter->ascii_one));
    const jy__ascii ascii = jy__load_ascii(filter);
    return jy__ascii_bits(&ascii, a, bytes, false);
}

/* A block: its codes, where they and ASCII that may begin a key stood, and how its last bytes go on. */
typedef struct block { jy__row row; uint64_t han, ascii, wanted; size_t line_ends; } block;

/* False when something in it is odd, or, unless such are noted, ASCII that may begin a key. */
static inline __attribute__((always_inline)) bool read(const jy__filter *filter, jy_str text, size_t at, const __m512i seen[3], uint64_t wanted, bool noted, block *out)
{
    __m512i a = load(text, at), b = load(text, at + 1), c = load(text, at + 2);
    uint64_t bytes = _mm512_movepi8_mask(a), cont = jy__conts(a), leads = bytes & ~cont, han = jy__han_bits(a);
    if (!jy__is_usual(a, b, c, seen, leads, cont, wanted) || (!noted && filter->has_ascii && ascii_in(filter, a, bytes)))
        return false;
    *out = (block){ jy__row_of(a, b, c, han), han, noted ? ascii_in(filter, a, bytes) : 0, leads >> 63 | leads >> 62,
                    (size_t)__builtin_popcountll(jy__line_ends(a)) };
    return true;
}

/* ---- codes that may be a key, begin one, or begin one with a filler behind: a bit for each */

typedef struct places { uint64_t singles, pairs, fillers; jy__short_heard heard; } places;

/* Codes with which a filler may begin: in which buckets. */
static inline __m512i filler_buckets(const jy__filter *filter, jy__row row)
{
    const jy__windows one = jy__load_windows(filter->filler), two = jy__load_windows(filter->filler_next);
    __m512i first = jy__buckets(row, &one), second = jy__buckets(row, &two);
    return _mm512_and_si512(first, jy__row_behind(second, 1));
}

/* Few forms: codes that may be a key's first, and with the next one a key or a filler: in which buckets. */
typedef struct written { __m512i first, both; } written;

static inline written written_buckets(const jy__filter *filter, jy__row row)
{
    const jy__windows one = jy__load_windows(filter->first), two = jy__load_windows(filter->second);
    __m512i first = jy__buckets(row, &one);
    return (written){ first, _mm512_and_si512(first, jy__row_behind(jy__buckets(row, &two), 1)) };
}

static inline uint64_t in_buckets(__m512i buckets, __m512i which) { return _mm512_test_epi8_mask(buckets, which); }

static inline __attribute__((always_inline)) places ask(const jy__matcher *matcher, jy__row row, unsigned count)
{
    const jy__filter *filter = &matcher->filter;
    const bool few = jy__looks_few(filter);
    const uint64_t there = _bzhi_u64(~(uint64_t)0, count);
    const written keys = few ? written_buckets(filter, row) : (written){ _mm512_setzero_si512(), filler_buckets(filter, row) };
    const jy__short_fillers fillers = { in_buckets(keys.both, few ? JY__LANES(one) : JY__LANES(of_one)) & there,
                                        in_buckets(keys.both, few ? JY__LANES(more) : JY__LANES(of_more)) & there };
    places found = { 0, 0, 0, { 0, 0 } };
    if (filter->has_singles) {
        const jy__windows single = jy__load_windows(filter->single);
        __m512i hits = jy__buckets(row, &single);
        found.singles = jy__some(hits) & there;
    }
    if (filter->many) {
        const jy__sifted sifted = jy__sift(filter, row, count, fillers);
        found.pairs = sifted.keys;
        found.fillers = sifted.fillers;
    } else if (few) {
        found.pairs = in_buckets(keys.both, JY__LANES(keys)) & there;
        found.fillers = (fillers.one | fillers.more) >> 1 & in_buckets(keys.first, JY__LANES(keys));
    }
    if (filter->has_sound)
        found.heard = jy__avx512_hear_short(matcher, row.low, row.high, count, fillers.one, fillers.more);
    return found;
}

/* ---- what was found is looked at in the stream, where the codes begin at FIRST */

#define FIRST JY__SHORT_FIRST

/* A bit for each byte of two blocks: where codes stood. */
typedef struct blocks { uint64_t bits[2]; } blocks;

static size_t place_of(void *look, size_t index)
{
    const blocks *at = look;
    unsigned nth = (unsigned)(index - FIRST), count = (unsigned)__builtin_popcountll(at->bits[0]), number = nth >= count;
    nth -= number ? count : 0;
    return number * (size_t)JY__BLOCK + (size_t)__builtin_ctzll(_pdep_u64((uint64_t)1 << nth, at->bits[number]));
}

static void look_at_singles(jy__scan *scan, blocks *where, const uint16_t *codes, uint64_t bits)
{
    const jy__filter *filter = &scan->matcher->filter;
    for (; bits && !scan->stop; bits &= bits - 1) {
        size_t at = FIRST + (size_t)__builtin_ctzll(bits);
        if (jy__bit(filter->singles, codes[at]))
            jy__match_single(scan, place_of(where, at), codes[at], codes[at - 1]);
    }
}

static void look_at_pairs(jy__scan *scan, blocks *where, const uint16_t *codes, uint64_t bits)
{
    const jy__filter *filter = &scan->matcher->filter;
    const jy__rounds rounds = { scan, codes, where, place_of, NULL, 0, 0 };
    uint32_t found[JY__BLOCK];
    size_t count = 0;
    for (; bits; bits &= bits - 1) {
        size_t at = FIRST + (size_t)__builtin_ctzll(bits);
        found[count] = (uint32_t)at;
        count += (filter->many || jy__pairs_have(filter, codes[at], codes[at + 1])) &
                 jy__triple_allows(filter, codes[at - 1], codes[at], codes[at + 1], codes[at + 2]);
    }
    if (count)
        jy__match_rounds(&rounds, found, count, NULL);
}

static void look_at_fillers(jy__scan *scan, blocks *where, const uint16_t *codes, uint64_t bits)
{
    const jy__filter *filter = &scan->matcher->filter;
    const jy__rounds rounds = { scan, codes, where, place_of, NULL, 0, 0 };
    for (; bits && !scan->stop; bits &= bits - 1) {
        size_t at = FIRST + (size_t)__builtin_ctzll(bits);
        if (jy__bit(filter->heads, codes[at]) && jy__filler_may_begin(filter, codes[at + 1], codes[at + 2]))
            jy__stream_filler(&rounds, at);
    }
}

static void look_at_heard(jy__scan *scan, blocks *where, const uint16_t *codes, jy__short_heard heard)
{
    const jy__rounds rounds = { scan, codes, where, place_of, NULL, 0, 0 };
    if (!scan->stop)
        jy__avx512_look_short_heard(&rounds, heard);
}

static void finish(jy__scan *scan)
{
    if (scan->scratch->matches.count)
        jy__match_order(scan);
    if (scan->stop)
        scan->scratch->cut_at = 0;
}

/* From a copy with zeros behind it, so that as much as is looked at may be read. */
static __attribute__((noinline)) void look_at_ascii(jy__scan *scan, uint64_t first, uint64_t more)
{
    unsigned char text[3 * JY__BLOCK];
    uint16_t found[4 * JY__BLOCK];
    size_t count = jy__put_places(found, 0, first);
    _mm512_storeu_si512(text, load(scan->text, 0));
    _mm512_storeu_si512(text + JY__BLOCK, load(scan->text, JY__BLOCK));
    _mm512_storeu_si512(text + 2 * JY__BLOCK, _mm512_setzero_si512());
    count += jy__put_places(found + count, JY__BLOCK, more);
    count = jy__match_keep_ascii(scan, text, found, count);
    for (size_t i = 0; i < count && !scan->stop; i++)
        jy__match_try_ascii(scan, found[i]);
    finish(scan);
}

static void look_at_codes(jy__scan *scan, blocks *where, jy__row row, const places *found)
{
    uint16_t *codes = scan->walker->stream.codes;
    _mm512_storeu_si512(codes, _mm512_setzero_si512());
    _mm512_storeu_si512(codes + FIRST, jy__row_words(row, 0));
    _mm512_storeu_si512(codes + FIRST + 32, jy__row_words(row, 1));
    _mm512_storeu_si512(codes + FIRST + 64, _mm512_setzero_si512());
    look_at_singles(scan, where, codes, found->singles);
    look_at_pairs(scan, where, codes, found->pairs);
    look_at_fillers(scan, where, codes, found->fillers);
    if (found->heard.keys | found->heard.fillers)
        look_at_heard(scan, where, codes, found->heard);
    finish(scan);
}

static inline bool any_of(const places *found) { return (found->singles | found->pairs | found->fillers | found->heard.keys | found->heard.fillers) != 0; }

/* By itself, and with all of it in registers: so that there is no stack to be made where nothing is found. */
static __attribute__((noinline)) int look_at(const jy__asked_text *asked, blocks where, blocks ascii, __m512i low, __m512i high, uint64_t singles, uint64_t pairs,
                                             uint64_t fillers, uint64_t heard_keys, uint64_t heard_fillers)
{
    const places found = { singles, pairs, fillers, { heard_keys, heard_fillers } };
    jy__scan scan;
    const int status = jy__match_open(&scan, asked);
    if (status != JY_OK)
        return status;
    if (any_of(&found))
        look_at_codes(&scan, &where, (jy__row){ low, high }, &found);
    if (ascii.bits[0] | ascii.bits[1])
        look_at_ascii(&scan, ascii.bits[0], ascii.bits[1]);
    return jy__match_close(&scan);
}

/* One block, or two. */
static inline __attribute__((always_inline)) bool read_all(const jy__filter *filter, jy_str text, bool noted, block *first, block *more)
{
    const uint8_t (*tables)[64] = filter->seen;
    const __m512i seen[3] = { _mm512_loadu_si512(tables[0]), _mm512_loadu_si512(tables[1]), _mm512_loadu_si512(tables[2]) };
    more->han = more->ascii = 0;
    if (!read(filter, text, 0, seen, 0, noted, first))
        return false;
    if (text.len <= JY__BLOCK)
        return !first->wanted;
    if (!read(filter, text, JY__BLOCK, seen, first->wanted, noted, more))
        return false;
    const uint64_t behind_first = ~(uint64_t)0 << __builtin_popcountll(first->han);
    first->row.low = _mm512_mask_expand_epi8(first->row.low, behind_first, more->row.low);
    first->row.high = _mm512_mask_expand_epi8(first->row.high, behind_first, more->row.high);
    first->line_ends += more->line_ends;
    return !more->wanted;
}

#define AHEAD 512 /* bytes: where one utterance is, the next ones are mostly behind it */

static inline __attribute__((always_inline)) int scan_short(const jy__asked_text *asked, bool noted)
{
    const jy_str text = asked->text;
    const jy__matcher *matcher = asked->matcher;
    places found = { 0, 0, 0, { 0, 0 } };
    block all, more;
    if (text.len == 0)
        return JY_OK;
    __builtin_prefetch((const void *)((uintptr_t)text.ptr + AHEAD));
    if (!read_all(&matcher->filter, text, noted, &all, &more))
        return JY_DONE;
    asked->scratch->line_ends = all.line_ends;
    if (all.han | more.han)
        found = ask(matcher, all.row, (unsigned)(__builtin_popcountll(all.han) + __builtin_popcountll(more.han)));
    if (__builtin_expect(!any_of(&found) && !(all.ascii | more.ascii), 1))
        return JY_OK;
    return look_at(asked, (blocks){ { all.han, more.han } }, (blocks){ { all.ascii, more.ascii } }, all.row.low, all.row.high, found.singles, found.pairs,
                   found.fillers, found.heard.keys, found.heard.fillers);
}

/* Where but one character is noted, a text with it is as rare as an odd one; and to note it is to keep it while all else is asked. */
int jy__avx512_scan_short(const jy__asked_text *asked) { return scan_short(asked, false); }
int jy__avx512_scan_short_ascii(const jy__asked_text *asked) { return scan_short(asked, true); }
