/* What a chunk's codes sound like. In: the codes of a chunk, in rows of 64. Out, in the walker: a byte for each code, and as a bit for each where a key by
 * sound may begin, and where a filler may. By what that is asked depends on how many keys there are (match_sound_bytes.c): eight buckets, which stay
 * in registers; a table of two bytes side by side, in the first cache, or one of three, in the second. To fetch what is looked up takes the most of
 * the time, so all that is asked of a row is asked meanwhile.
 *
 *   row of codes ─▶ bytes (16 fetched at a time) ─▶ buckets, or begins, or heard ─▶ places, fillers: a word of 64 bits for each row */
#include "match/match_avx512_row.h"

/* ---- bytes */

/* The codes `first`, `first` + 4, … of a row, less JY__CODE_FIRST, in 32 bits each. */
static inline __m512i every_fourth(jy__row row, unsigned first)
{
    const __m512i low = _mm512_set1_epi32(0xFF), both = _mm512_set1_epi32(0xFFFF);
    __m512i lows = _mm512_srli_epi32(row.low, 8 * first), highs = first ? _mm512_srli_epi32(row.high, 8 * (first - 1)) : _mm512_slli_epi32(row.high, 8);
    return _mm512_and_si512(_mm512_ternarylogic_epi32(low, lows, highs, 0xCA), both);
}

static inline __m512i bytes_of(jy__row row, unsigned first) { return _mm512_i32gather_epi32(every_fourth(row, first), jy__heard_bytes, 1); }

/* The lowest bytes of four words, one of each in turn. */
static inline __m512i zip(__m512i a, __m512i b, __m512i c, __m512i d)
{
    const __m512i low = _mm512_set1_epi32(0xFF), both = _mm512_set1_epi32(0xFFFF);
    __m512i ab = _mm512_ternarylogic_epi32(low, a, _mm512_slli_epi32(b, 8), 0xCA), cd = _mm512_ternarylogic_epi32(low, c, _mm512_slli_epi32(d, 8), 0xCA);
    return _mm512_ternarylogic_epi32(both, ab, _mm512_slli_epi32(cd, 16), 0xCA);
}

/* Of 64 codes. What is no code is taken for the first one: this is a filter. */
static inline __m512i hear(jy__row row)
{
    row.high = _mm512_subs_epu8(row.high, _mm512_set1_epi8(JY__CODE_FIRST >> 8));
    return zip(bytes_of(row, 0), bytes_of(row, 1), bytes_of(row, 2), bytes_of(row, 3));
}

/* The row and the next one, so many bytes on: 1 to 3. */
#define BEHIND(row, next, count) _mm512_alignr_epi8(_mm512_alignr_epi32(next, row, 4), row, count)

/* ---- buckets */

typedef struct tables { jy__byte_table first, second, third; } tables;

static inline uint64_t some(__m512i bytes) { return _mm512_test_epi8_mask(bytes, bytes); }

static inline void ask_buckets(const tables *t, __m512i row, __m512i next, jy__heard_rows *out, size_t number)
{
    __m512i one = jy__byte_at(&t->first, row), two = _mm512_and_si512(one, jy__byte_at(&t->second, BEHIND(row, next, 1)));
    out->places[number] = _mm512_test_epi8_mask(two, jy__byte_at(&t->third, BEHIND(row, next, 2)));
    out->heads[number + 1] = some(one);
    out->begins[number + 1] = some(two);
}

/* ---- tables of two bytes, and of three */

static inline __m512i has_begin(const jy__sound_keys *keys, __m512i at)
{
    return _mm512_rorv_epi32(_mm512_i32gather_epi32(_mm512_srli_epi32(at, 5), keys->begins, 4), at);
}

static inline uint64_t bits_of(__m512i a, __m512i b, __m512i c, __m512i d) { return _mm512_test_epi8_mask(zip(a, b, c, d), _mm512_set1_epi8(1)); }

static inline uint64_t begin_bits(const jy__sound_keys *keys, __m512i row, __m512i next)
{
    const __m512i two = _mm512_set1_epi32(0xFFFF);
    __m512i odd = BEHIND(row, next, 1);
    return bits_of(has_begin(keys, _mm512_and_si512(row, two)), has_begin(keys, _mm512_and_si512(odd, two)), has_begin(keys, _mm512_srli_epi32(row, 16)),
                   has_begin(keys, _mm512_srli_epi32(odd, 16)));
}

static inline uint64_t triple_bits(const jy__sound_keys *keys, __m512i row, __m512i next)
{
    __m512i one = BEHIND(row, next, 1), two = BEHIND(row, next, 2);
    uint64_t again = keys->full ? _mm512_cmpeq_epi8_mask(one, two) : 0;
    return again | bits_of(jy__triple_heard(keys, row), jy__triple_heard(keys, one), jy__triple_heard(keys, two), jy__triple_heard(keys, BEHIND(row, next, 3)));
}

/* ---- rows */

static inline __attribute__((always_inline)) size_t ask_rows(const jy__look *look, jy__heard_rows *out, enum jy__sound_way way)
{
    const jy__sound_keys *keys = &look->scan->matcher->sound_keys;
    const tables buckets = { jy__load_bytes(keys->buckets[0]), jy__load_bytes(keys->buckets[1]), jy__load_bytes(keys->buckets[2]) };
    const jy__filler_windows fillers = jy__load_fillers(look->filter);
    size_t number = 0, first = jy__first_row(look);
    __m512i row = hear(jy__row_at(look, first));
    _mm512_store_si512(out->bytes + first, row);
    for (size_t at = first; at <= look->end + 1; at += 64, number++) {
        __m512i next = hear(jy__row_at(look, at + 64)), filler = jy__filler_at(jy__row_at(look, at), jy__row_at(look, at + 1), &fillers);
        _mm512_store_si512(out->bytes + at + 64, next);
        if (way == JY__BY_BUCKETS)
            ask_buckets(&buckets, row, next, out, number);
        else
            out->places[number] = way == JY__BY_BEGINS ? begin_bits(keys, row, next) : triple_bits(keys, row, next);
        out->fillers[number] = some(filler);
        row = next;
    }
    return number;
}

/* Words whose first bit is `at`: of [from, end) alone; the last ones lie behind. */
static void cut(uint64_t *words, size_t count, size_t at, size_t from, size_t end)
{
    words[0] &= jy__within(at, from, end);
    for (size_t i = count > 2 ? count - 2 : 0; i < count; i++)
        words[i] &= jy__within(at + 64 * i, from, end);
    memset(words + count, 0, 8 * sizeof(*words));
}

/* A filler is looked at only behind one that may be a key's first, or a second behind a first. */
static void keep_fillers(jy__heard_rows *rows, size_t count)
{
    for (size_t i = 0; i < count; i += 8) {
        __m512i heads = _mm512_loadu_si512(rows->heads + i + 1), begins = _mm512_loadu_si512(rows->begins + i + 1);
        __m512i last = _mm512_or_si512(_mm512_srli_epi64(_mm512_loadu_si512(rows->heads + i), 63), _mm512_srli_epi64(_mm512_loadu_si512(rows->begins + i), 62));
        __m512i before = _mm512_ternarylogic_epi64(last, _mm512_slli_epi64(heads, 1), _mm512_slli_epi64(begins, 2), 0xFE);
        _mm512_storeu_si512(rows->fillers + i, _mm512_and_si512(_mm512_loadu_si512(rows->fillers + i), before));
    }
}

void jy__avx512_hear(const jy__look *look)
{
    jy__heard_rows *rows = &look->scan->walker->heard_rows;
    uint8_t way = look->scan->matcher->sound_keys.way;
    size_t count, first = jy__first_row(look);
    if (way == JY__BY_BUCKETS)
        count = ask_rows(look, rows, JY__BY_BUCKETS);
    else
        count = way == JY__BY_BEGINS ? ask_rows(look, rows, JY__BY_BEGINS) : ask_rows(look, rows, JY__BY_TRIPLES);
    rows->count = count;
    cut(rows->places, count, first, look->from, look->end);
    cut(rows->fillers, count, first - 1, look->from, look->end + 1);
}

/* ---- lists */

/* The numbers of the words that are not zero. */
static size_t list_words(const uint64_t *words, size_t count, uint16_t *list)
{
    __m128i numbers = _mm_set_epi16(7, 6, 5, 4, 3, 2, 1, 0);
    size_t listed = 0;
    for (size_t i = 0; i < count; i += 8) {
        __m512i eight = _mm512_loadu_si512(words + i);
        uint8_t have = _mm512_test_epi64_mask(eight, eight);
        _mm_storeu_si128((void *)(list + listed), _mm_maskz_compress_epi16(have, numbers));
        numbers = _mm_add_epi16(numbers, _mm_set1_epi16(8));
        listed += (size_t)__builtin_popcount(have);
    }
    return listed;
}

static size_t list_bits(const uint64_t *words, size_t count, size_t first, uint16_t *found)
{
    uint16_t numbers[JY__HEARD_ROWS];
    size_t listed = 0, some = list_words(words, count, numbers);
    for (size_t i = 0; i < some; i++)
        listed += jy__put_places(found + listed, first + 64u * numbers[i], words[numbers[i]]);
    return listed;
}

size_t jy__avx512_heard_places(const jy__look *look, uint16_t *found)
{
    const jy__heard_rows *rows = &look->scan->walker->heard_rows;
    return list_bits(rows->places, rows->count, jy__first_row(look), found);
}

size_t jy__avx512_heard_fillers(const jy__look *look, bool near, uint16_t *found)
{
    jy__heard_rows *rows = &look->scan->walker->heard_rows;
    if (near)
        keep_fillers(rows, rows->count);
    return list_bits(rows->fillers, rows->count, jy__first_row(look) - 1, found);
}
