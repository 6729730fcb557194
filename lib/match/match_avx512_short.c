/* One utterance, a text of at most 128 bytes: most hold nothing that may begin a key. That is seen here in registers, without the stream and its
 * places; whatever is not plain goes the usual way. In: the text. Out: whether nothing is there.
 *
 *   block 0   codes  a b c . .        block 1   codes  d e . . .       row  a b c d e . .      next  b c d e . . . */
#include "match/match_avx512_row.h"

typedef struct reading { const jy__filter *filter; const unsigned char *text; size_t len; uint64_t wanted; __m512i seen[3], ascii[2]; } reading;

static inline __m512i load(const reading *r, size_t at)
{
    size_t left = r->len > at ? r->len - at : 0;
    return _mm512_maskz_loadu_epi8(left >= 64 ? ~(uint64_t)0 : _bzhi_u64(~(uint64_t)0, (unsigned)left), r->text + (left ? at : 0));
}

/* The codes of a block; false when something in it is odd, or ASCII that may begin a key. */
static inline bool read(reading *r, size_t at, jy__row *row, unsigned *count)
{
    __m512i a = load(r, at), b = load(r, at + 1), c = load(r, at + 2);
    uint64_t bytes = _mm512_movepi8_mask(a), cont = jy__conts(a), leads = bytes & ~cont, han = jy__han_bits(a);
    if (!jy__is_usual(a, b, c, r->seen, leads, cont, r->wanted) || (r->filter->has_ascii && jy__ascii_bits(r->ascii, a, bytes)))
        return false;
    r->wanted = leads >> 63 | leads >> 62;
    *row = jy__row_of(a, b, c, han);
    *count = (unsigned)__builtin_popcountll(han);
    return true;
}

static inline __m512i behind(__m512i bytes, int by)
{
    const __m512i steps = _mm512_set_epi8(63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32,
                                          31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    return _mm512_maskz_permutexvar_epi8(~(uint64_t)0 >> by, _mm512_add_epi8(steps, _mm512_set1_epi8((char)by)), bytes);
}

static inline jy__row row_behind(jy__row row, int by) { return (jy__row){ behind(row.low, by), behind(row.high, by) }; }

static inline __m512i words(jy__row row, int half)
{
    __m256i low = half ? _mm512_extracti64x4_epi64(row.low, 1) : _mm512_castsi512_si256(row.low);
    __m256i high = half ? _mm512_extracti64x4_epi64(row.high, 1) : _mm512_castsi512_si256(row.high);
    return _mm512_or_si512(_mm512_cvtepu8_epi16(low), _mm512_slli_epi16(_mm512_cvtepu8_epi16(high), 8));
}

/* Codes of a row that may be the first of a pair, as bits in whatever order; the last code has none behind it. */
static inline uint32_t pairs_in(const jy__filter *filter, jy__row row, jy__row next, unsigned count)
{
    uint32_t found = jy__pair_bits(filter, words(row, 0)) | jy__pair_bits(filter, words(next, 0));
    return count <= 32 ? found : found | jy__pair_bits(filter, words(row, 1)) | jy__pair_bits(filter, words(next, 1));
}

/* Whether a filler may stand behind one of the codes, which begins some key. */
static bool has_filler(const jy__filter *filter, jy__row row, uint64_t before)
{
    uint16_t codes[64 + 2] = { 0 };
    _mm512_storeu_si512(codes, words(row, 0));
    _mm512_storeu_si512(codes + 32, words(row, 1));
    for (; before; before &= before - 1) {
        const uint16_t *at = codes + __builtin_ctzll(before);
        if (jy__bit(filter->heads, at[0]) && jy__filler_may_begin(filter, at[1], at[2]))
            return true;
    }
    return false;
}

static inline bool is_empty(const jy__filter *filter, jy__row row, unsigned count)
{
    const jy__filler_windows fillers = jy__load_fillers(filter);
    const jy__row next = row_behind(row, 1), after = row_behind(row, 2);
    const uint64_t there = _bzhi_u64(~(uint64_t)0, count);
    __m512i filler = jy__filler_behind(next, after, &fillers);
    uint64_t before_filler = _mm512_test_epi8_mask(filler, filler) & there;
    if (filter->has_singles) {
        const jy__windows single = jy__load_windows(filter->single);
        __m512i hits = jy__buckets(row, &single);
        if (_mm512_test_epi8_mask(hits, hits) & there)
            return false;
    }
    if (!filter->many) {
        const jy__windows first = jy__load_windows(filter->first), second = jy__load_windows(filter->second);
        __m512i begins = jy__buckets(row, &first);
        if (_mm512_test_epi8_mask(begins, jy__buckets(next, &second)) & there)
            return false;
        before_filler &= _mm512_test_epi8_mask(begins, begins);
    } else if (pairs_in(filter, row, next, count)) {
        return false;
    }
    return !before_filler || !has_filler(filter, row, before_filler);
}

bool jy__avx512_nothing(const jy__scan *scan)
{
    const jy__filter *filter = &scan->matcher->filter;
    reading r = { .filter = filter, .text = (const unsigned char *)scan->text.ptr, .len = scan->text.len };
    jy__row row, more;
    unsigned count = 0, more_count;
    if (r.len == 0 || r.len > JY__SHORT || filter->has_sound)
        return r.len == 0;
    for (int i = 0; i < 3; i++)
        r.seen[i] = _mm512_loadu_si512(filter->seen[i]);
    r.ascii[0] = _mm512_loadu_si512(filter->ascii);
    r.ascii[1] = _mm512_loadu_si512(filter->ascii + 64);
    if (!read(&r, 0, &row, &count))
        return false;
    if (r.len > JY__BLOCK) {
        if (!read(&r, JY__BLOCK, &more, &more_count))
            return false;
        row.low = _mm512_mask_expand_epi8(row.low, ~(uint64_t)0 << count, more.low);
        row.high = _mm512_mask_expand_epi8(row.high, ~(uint64_t)0 << count, more.high);
        count += more_count;
    }
    return !r.wanted && (!count || is_empty(filter, row, count));
}
