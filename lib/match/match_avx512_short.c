/* One utterance, a text of at most 128 bytes: most hold nothing that may begin a key. That is seen here in registers; where something may,
 * the few codes are written down and looked at. Whatever is not plain (rare characters, ASCII that may begin a key, bad UTF-8, keys by
 * sound) goes the usual way. In: the text. Out: places for the verifier.
 *
 *   block 0   codes  a b c . .        block 1   codes  d e . . .       row  a b c d e . .      next  b c d e . . . */
#include "match/match_avx512_sift.h"

typedef struct reading {
    const jy__filter *filter;
    const unsigned char *text;
    size_t len;
    uint64_t wanted, han[2];
    unsigned count[2]; /* codes of each block */
    size_t line_ends;
} reading;

static inline __m512i load(const reading *r, size_t at)
{
    size_t left = r->len > at ? r->len - at : 0;
    return _mm512_maskz_loadu_epi8(left >= 64 ? ~(uint64_t)0 : _bzhi_u64(~(uint64_t)0, (unsigned)left), r->text + (left ? at : 0));
}

static inline bool ascii_in(const jy__filter *filter, __m512i a, uint64_t bytes)
{
    const jy__ascii ascii = jy__load_ascii(filter);
    return (filter->ascii_one ? jy__ascii_bits(&ascii, a, bytes, true) : jy__ascii_bits(&ascii, a, bytes, false)) != 0;
}

/* The codes of a block; false when something in it is odd, or ASCII that may begin a key. */
static inline bool read(reading *r, unsigned block, const __m512i seen[3], jy__row *row)
{
    size_t at = block * (size_t)JY__BLOCK;
    __m512i a = load(r, at), b = load(r, at + 1), c = load(r, at + 2);
    uint64_t bytes = _mm512_movepi8_mask(a), cont = jy__conts(a), leads = bytes & ~cont, han = jy__han_bits(a);
    if (!jy__is_usual(a, b, c, seen, leads, cont, r->wanted) || (r->filter->has_ascii && ascii_in(r->filter, a, bytes)))
        return false;
    r->wanted = leads >> 63 | leads >> 62;
    r->han[block] = han;
    r->count[block] = (unsigned)__builtin_popcountll(han);
    r->line_ends += (size_t)__builtin_popcountll(_mm512_cmpeq_epi8_mask(a, _mm512_set1_epi8('\n')));
    *row = jy__row_of(a, b, c, han);
    return true;
}

static inline __m512i behind(__m512i bytes, int by)
{
    return _mm512_maskz_permutexvar_epi8(~(uint64_t)0 >> by, _mm512_add_epi8(jy__steps(), _mm512_set1_epi8((char)by)), bytes);
}

static inline jy__row row_behind(jy__row row, int by) { return (jy__row){ behind(row.low, by), behind(row.high, by) }; }

/* ---- codes that may be a key, begin one, or begin one with a filler behind: a bit for each */

typedef struct places { uint64_t singles, pairs, fillers; } places;

static inline places ask(const jy__filter *filter, jy__row row, unsigned count)
{
    const jy__filler_windows fillers = jy__load_fillers(filter);
    const jy__row next = row_behind(row, 1);
    const uint64_t there = _bzhi_u64(~(uint64_t)0, count);
    __m512i filler = jy__filler_at(row, next, &fillers);
    places found = { 0, 0, 0 };
    if (filter->has_singles) {
        const jy__windows single = jy__load_windows(filter->single);
        __m512i hits = jy__buckets(row, &single);
        found.singles = _mm512_test_epi8_mask(hits, hits) & there;
    }
    if (filter->many) {
        const jy__key_set set = jy__keys_of(filter);
        const jy__begun begun = { _mm512_test_epi8_mask(filler, _mm512_set1_epi8(JY__FILLERS_OF_ONE)) & there,
                                  _mm512_test_epi8_mask(filler, _mm512_set1_epi8((char)~JY__FILLERS_OF_ONE)) & there };
        found.pairs = jy__keys_beside(filter, &set, row, next, count, begun);
        found.fillers = jy__keys_over(&set, row, begun);
    } else {
        const jy__windows first = jy__load_windows(filter->first), second = jy__load_windows(filter->second);
        __m512i begins = jy__buckets(row, &first);
        found.pairs = _mm512_test_epi8_mask(begins, jy__buckets(next, &second)) & there;
        found.fillers = _mm512_test_epi8_mask(filler, filler) >> 1 & there & _mm512_test_epi8_mask(begins, begins);
    }
    return found;
}

/* ---- what was found is looked at in the stream, where the codes begin at FIRST */

#define FIRST JY__SPLIT_PAD

static size_t place_of(void *look, size_t index)
{
    const reading *r = look;
    unsigned nth = (unsigned)(index - FIRST), block = nth >= r->count[0];
    nth -= block ? r->count[0] : 0;
    return block * (size_t)JY__BLOCK + (size_t)__builtin_ctzll(_pdep_u64((uint64_t)1 << nth, r->han[block]));
}

static void look_at_singles(jy__scan *scan, reading *r, const uint16_t *codes, uint64_t bits)
{
    for (; bits && !scan->stop; bits &= bits - 1) {
        size_t at = FIRST + (size_t)__builtin_ctzll(bits);
        if (jy__bit(r->filter->singles, codes[at]))
            jy__match_single(scan, place_of(r, at), codes[at], codes[at - 1]);
    }
}

static void look_at_pairs(jy__scan *scan, reading *r, const uint16_t *codes, uint64_t bits)
{
    const jy__rounds rounds = { scan, codes, r, place_of, NULL, 0, 0 };
    uint32_t found[JY__BLOCK];
    size_t count = 0;
    for (; bits; bits &= bits - 1) {
        size_t at = FIRST + (size_t)__builtin_ctzll(bits);
        found[count] = (uint32_t)at;
        count += (r->filter->many || jy__pairs_have(r->filter, codes[at], codes[at + 1])) &
                 jy__triple_allows(r->filter, codes[at - 1], codes[at], codes[at + 1], codes[at + 2]);
    }
    if (count)
        jy__match_rounds(&rounds, found, count);
}

static void look_at_fillers(jy__scan *scan, reading *r, const uint16_t *codes, uint64_t bits)
{
    const jy__rounds rounds = { scan, codes, r, place_of, NULL, 0, 0 };
    for (; bits && !scan->stop; bits &= bits - 1) {
        size_t at = FIRST + (size_t)__builtin_ctzll(bits);
        if (jy__bit(r->filter->heads, codes[at]) && jy__filler_may_begin(r->filter, codes[at + 1], codes[at + 2]))
            jy__stream_filler(&rounds, at);
    }
}

static void look(jy__scan *scan, reading *r, jy__row row)
{
    const places found = ask(r->filter, row, r->count[0] + r->count[1]);
    uint16_t *codes = scan->walker->stream.codes;
    if (__builtin_expect(!(found.singles | found.pairs | found.fillers), 1))
        return;
    _mm512_storeu_si512(codes, _mm512_setzero_si512());
    _mm512_storeu_si512(codes + FIRST, jy__row_words(row, 0));
    _mm512_storeu_si512(codes + FIRST + 32, jy__row_words(row, 1));
    _mm512_storeu_si512(codes + FIRST + 64, _mm512_setzero_si512());
    look_at_singles(scan, r, codes, found.singles);
    look_at_pairs(scan, r, codes, found.pairs);
    look_at_fillers(scan, r, codes, found.fillers);
    if (!scan->scratch->matches.count)
        return;
    jy__match_order(scan);
    if (scan->stop)
        scan->scratch->cut_at = 0;
}

static inline bool read_all(reading *r, jy__row *row)
{
    const uint8_t (*tables)[64] = r->filter->seen;
    const __m512i seen[3] = { _mm512_loadu_si512(tables[0]), _mm512_loadu_si512(tables[1]), _mm512_loadu_si512(tables[2]) };
    jy__row more;
    if (!read(r, 0, seen, row))
        return false;
    if (r->len > JY__BLOCK) {
        if (!read(r, 1, seen, &more))
            return false;
        row->low = _mm512_mask_expand_epi8(row->low, ~(uint64_t)0 << r->count[0], more.low);
        row->high = _mm512_mask_expand_epi8(row->high, ~(uint64_t)0 << r->count[0], more.high);
    }
    return !r->wanted;
}

#define AHEAD 512 /* bytes: where one utterance is, the next ones are mostly behind it */

bool jy__avx512_scan_short(jy__scan *scan)
{
    const jy__filter *filter = &scan->matcher->filter;
    reading r = { .filter = filter, .text = (const unsigned char *)scan->text.ptr, .len = scan->text.len };
    jy__row row;
    if (r.len == 0 || filter->has_sound)
        return r.len == 0;
    __builtin_prefetch((const void *)((uintptr_t)r.text + AHEAD));
    if (!read_all(&r, &row))
        return false;
    scan->scratch->line_ends = r.line_ends;
    if (r.count[0] + r.count[1])
        look(scan, &r, row);
    return true;
}
