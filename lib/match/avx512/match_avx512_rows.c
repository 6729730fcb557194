/* What is asked of all rows of a chunk's codes: what they sound like, if anything is heard, where a key by sound may begin, where a filler may, and when there
 * are few keys as they are written, which codes may be of one; when many, which two side by side may be. In: the codes, in rows of 64. Out, in the walker: a byte for each code, and answers as a
 * bit for each. By what sound is asked depends on how many keys there are (match_sound_bytes.c): eight buckets, which stay in registers; a table of
 * two bytes side by side, in the first cache, or one of three, in the second. To fetch what is looked up takes the most of the time, so all else that
 * is asked of a row is asked meanwhile.
 *
 *   row of codes ─▶ bytes (16 fetched at a time) ─▶ buckets, or sides, or heard ─▶ places, fillers: a word of 64 bits for each row */
#include "match/avx512/match_avx512_row.h"

/* ---- bytes */

/* Bytes of codes less JY__CODE_FIRST, two in each lane; words for the odd ones begin one byte before, so that each byte comes to where it belongs. */
static inline __m512i bytes_of(__m512i codes)
{
    const __m512i both = _mm512_set1_epi32(0xFFFF);
    __m512i even = _mm512_i32gather_epi32(_mm512_and_si512(codes, both), jy__heard_padded + 1, 1);
    __m512i odd = _mm512_i32gather_epi32(_mm512_srli_epi32(codes, 16), jy__heard_padded, 1);
    return _mm512_and_si512(_mm512_ternarylogic_epi32(_mm512_set1_epi32(0xFF), even, odd, 0xCA), both);
}

/* Of 64 codes. What is no code is taken for the first one: this is a filter. Packing takes back what unpacking did to the order. */
static inline __m512i hear(jy__row row)
{
    __m512i high = _mm512_subs_epu8(row.high, _mm512_set1_epi8(JY__CODE_FIRST >> 8));
    return _mm512_packus_epi32(bytes_of(_mm512_unpacklo_epi8(row.low, high)), bytes_of(_mm512_unpackhi_epi8(row.low, high)));
}

/* The row and the next one, so many bytes on: 1 to 3. */
#define BEHIND(row, next, count) _mm512_alignr_epi8(_mm512_alignr_epi32(next, row, 4), row, count)

/* ---- buckets */

typedef struct bucket_tables { jy__byte_table first, second, third; } bucket_tables;

static inline void ask_buckets(const bucket_tables *t, __m512i row, __m512i next, jy__asked_rows *out, size_t number)
{
    __m512i one = jy__byte_at(&t->first, row), two = _mm512_and_si512(one, jy__byte_at(&t->second, BEHIND(row, next, 1)));
    out->places[number] = _mm512_test_epi8_mask(two, jy__byte_at(&t->third, BEHIND(row, next, 2)));
    out->heads[number + 1] = jy__some(one);
    out->begins[number + 1] = jy__some(two);
}

/* ---- tables of two bytes, and of three */

/* Of three codes side by side that are a key's, the first two stand at an even place, or the last two do: of half of all pairs both are asked. The
 * first bit is of the code before the row: its lowest bit says that a key may end with codes 0 and 1, the next one that one may begin with them. */
static inline uint64_t side_bits(const jy__sound_keys *keys, __m512i row)
{
    const __m512i at = _mm512_set1_epi32(JY__SIDES - 1);
    __m512i even = _mm512_i32gather_epi32(_mm512_and_si512(row, at), keys->sides + 1, 2);
    __m512i odd = _mm512_i32gather_epi32(_mm512_and_si512(_mm512_srli_epi32(row, 16), at), keys->sides, 2); /* in the high half of a lane */
    __m512i words = _mm512_ternarylogic_epi32(_mm512_set1_epi32(0xFFFF), even, odd, 0xCA);
    return _mm512_test_epi8_mask(_mm512_srlv_epi16(words, _mm512_srli_epi16(row, JY__SIDES_BITS)), _mm512_set1_epi8(1));
}

/* The lowest bits of four words, one of each in turn. */
static inline uint64_t bits_of(__m512i a, __m512i b, __m512i c, __m512i d)
{
    const __m512i low = _mm512_set1_epi32(0xFF), both = _mm512_set1_epi32(0xFFFF);
    __m512i ab = _mm512_ternarylogic_epi32(low, a, _mm512_slli_epi32(b, 8), 0xCA), cd = _mm512_ternarylogic_epi32(low, c, _mm512_slli_epi32(d, 8), 0xCA);
    return _mm512_test_epi8_mask(_mm512_ternarylogic_epi32(both, ab, _mm512_slli_epi32(cd, 16), 0xCA), _mm512_set1_epi8(1));
}

static inline uint64_t triple_bits(const jy__sound_keys *keys, __m512i row, __m512i next)
{
    __m512i one = BEHIND(row, next, 1), two = BEHIND(row, next, 2);
    uint64_t again = keys->full ? _mm512_cmpeq_epi8_mask(one, two) : 0;
    return again | bits_of(jy__triple_heard(keys, row), jy__triple_heard(keys, one), jy__triple_heard(keys, two), jy__triple_heard(keys, BEHIND(row, next, 3)));
}

/* ---- as it is written */

typedef struct written_tables { jy__windows first, second, single; } written_tables;

static inline written_tables load_written(const jy__filter *filter)
{
    return (written_tables){ jy__load_windows(filter->first), jy__load_windows(filter->second), jy__load_windows(filter->single) };
}

/* A filler is asked for in the same look. */
static inline void ask_written(const written_tables *w, jy__row row, jy__row next, jy__asked_rows *out, size_t number, bool singles)
{
    const __m512i keys = _mm512_set1_epi8(JY__BUCKET_KEYS), fillers = _mm512_set1_epi8((char)JY__BUCKET_FILLERS);
    __m512i first = jy__buckets(row, &w->first), both = _mm512_and_si512(first, jy__buckets(next, &w->second));
    out->firsts[number + 1] = _mm512_test_epi8_mask(first, keys);
    out->pairs[number + 1] = _mm512_test_epi8_mask(both, keys);
    out->fillers[number] = _mm512_test_epi8_mask(both, fillers);
    if (singles)
        out->singles[number] = jy__some(jy__buckets(row, &w->single));
}

/* ---- every two codes, when keys are many: a word in sixteen is fetched at a time */

typedef struct sieve { const uint32_t *words; __m512i at, marks; } sieve;

static inline sieve load_sieve(const jy__filter *filter)
{
    const uint32_t last = filter->many ? ((uint32_t)1 << filter->pair_bits) - 1 : 0;
    return (sieve){ filter->sieve, _mm512_set1_epi32((int)(last << 2)), _mm512_loadu_si512(filter->sieve_marks) };
}

static inline __mmask16 sieve_bits(const sieve *s, __m512i pairs)
{
    const __m512i other = _mm512_set1_epi32((int)((uint32_t)JY__SIEVE_B << 16 | JY__SIEVE_A));
    __m512i words = _mm512_i32gather_epi32(_mm512_and_si512(jy__mixes_of(pairs), s->at), s->words, 1);
    return _mm512_testn_epi32_mask(words, _mm512_permutexvar_epi8(_mm512_madd_epi16(pairs, other), s->marks));
}

/* Joins the row's codes. Those that begin at odd places are unpacked from the codes behind; unpacking takes eight bytes of each sixteen. */
static inline void ask_sieve(const sieve *s, jy__row row, jy__row behind, uint16_t *joined, uint16_t out[4])
{
    __m512i words[2];
    jy__put_joined(joined, row, words);
    out[0] = sieve_bits(s, words[0]);
    out[1] = sieve_bits(s, words[1]);
    out[2] = sieve_bits(s, _mm512_unpacklo_epi8(behind.low, behind.high));
    out[3] = sieve_bits(s, _mm512_unpackhi_epi8(behind.low, behind.high));
}

/* ---- rows */

#define NOT_HEARD (JY__BY_TRIPLES + 1) /* a way, too */

static inline __attribute__((always_inline)) size_t ask_rows(const jy__look *look, jy__asked_rows *out, unsigned way)
{
    const jy__sound_keys *keys = &look->scan->matcher->sound_keys;
    const bucket_tables buckets = { jy__load_bytes(keys->buckets[0]), jy__load_bytes(keys->buckets[1]), jy__load_bytes(keys->buckets[2]) };
    const jy__filler_windows fillers = jy__load_fillers(look->filter);
    const written_tables written = load_written(look->filter);
    const sieve keys_of = load_sieve(look->filter);
    const bool few = jy__looks_few(look->filter), many = way == NOT_HEARD && look->filter->many, singles = look->filter->has_singles;
    uint16_t *const joined = look->scan->walker->stream.codes;
    size_t number = 0, first = jy__first_row(look);
    jy__row codes = jy__row_at(look, first);
    __m512i row = way == NOT_HEARD ? codes.low : hear(codes);
    _mm512_store_si512(out->bytes + first, row);
    for (size_t at = first; at <= look->end + 1; at += 64, number++) {
        const jy__row behind = jy__row_at(look, at + 1), ahead = jy__row_at(look, at + 64);
        if (way != NOT_HEARD) {
            __m512i next = hear(ahead);
            _mm512_store_si512(out->bytes + at + 64, next);
            if (way == JY__BY_BUCKETS)
                ask_buckets(&buckets, row, next, out, number);
            else
                out->places[number] = way == JY__BY_BEGINS ? side_bits(keys, row) : triple_bits(keys, row, next);
            row = next;
        }
        if (few) {
            _mm_prefetch(look->ahead + at, _MM_HINT_T1);
            ask_written(&written, codes, behind, out, number, singles);
        } else {
            out->fillers[number] = jy__some(jy__filler_at(codes, behind, &fillers));
        }
        if (many) {
            _mm_prefetch(look->ahead + at, _MM_HINT_T1);
            ask_sieve(&keys_of, codes, behind, joined + at, out->sieved[number]);
        }
        codes = ahead;
    }
    return number;
}

/* By itself: beside what rows sound like there is no room for what this takes. */
static __attribute__((noinline)) size_t sieve_rows(const jy__look *look, jy__asked_rows *out)
{
    const sieve keys_of = load_sieve(look->filter);
    uint16_t *const joined = look->scan->walker->stream.codes;
    size_t number = 0;
    for (size_t at = jy__first_row(look); at <= look->end + 1; at += 64, number++) {
        _mm_prefetch(look->ahead + at, _MM_HINT_T1);
        ask_sieve(&keys_of, jy__row_at(look, at), jy__row_at(look, at + 1), joined + at, out->sieved[number]);
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

/* Eight words from `i` on, each bit so far behind, with the bits that the word before hands on: words[0] is that before the first. */
static inline __m512i handed_on(const uint64_t *words, size_t i, unsigned by)
{
    return _mm512_or_si512(_mm512_slli_epi64(_mm512_loadu_si512(words + i + 1), by), _mm512_srli_epi64(_mm512_loadu_si512(words + i), 64 - by));
}

/* A filler is looked at only behind one that may be a key's first, or a second behind a first. */
static void keep_fillers(jy__asked_rows *rows, size_t count)
{
    for (size_t i = 0; i < count; i += 8) {
        __m512i before = _mm512_or_si512(handed_on(rows->heads, i, 1), handed_on(rows->begins, i, 2));
        _mm512_storeu_si512(rows->fillers + i, _mm512_and_si512(_mm512_loadu_si512(rows->fillers + i), before));
    }
}

/* As it is written: places of keys, and those of their firsts with a filler behind. */
static void join_written(const jy__asked_rows *rows, size_t count, uint64_t *out)
{
    for (size_t i = 0; i < count; i += 8) {
        __m512i fillers = _mm512_and_si512(handed_on(rows->firsts, i, 1), _mm512_loadu_si512(rows->fillers + i));
        _mm512_storeu_si512(out + i, _mm512_or_si512(handed_on(rows->pairs, i, 1), fillers));
    }
}

/* What is asked of many keys alone; returns how many rows there are. */
static size_t ask_many(const jy__look *look, jy__asked_rows *rows)
{
    if (look->filter->threes)
        return jy__avx512_ask_threes(look, rows);
    return look->bucketed ? jy__avx512_ask_buckets(look, rows) : sieve_rows(look, rows);
}

static size_t ask(const jy__look *look, jy__asked_rows *rows, unsigned way)
{
    switch (way) {
    case JY__BY_BUCKETS:
        return ask_rows(look, rows, JY__BY_BUCKETS);
    case JY__BY_BEGINS:
        return ask_rows(look, rows, JY__BY_BEGINS);
    case JY__BY_TRIPLES:
        return ask_rows(look, rows, JY__BY_TRIPLES);
    }
    return ask_rows(look, rows, NOT_HEARD);
}

void jy__avx512_ask(jy__look *look)
{
    jy__asked_rows *rows = &look->scan->walker->asked_rows;
    unsigned way = look->filter->has_sound ? look->scan->matcher->sound_keys.way : NOT_HEARD;
    size_t first = jy__first_row(look);
    const bool apart = way == NOT_HEARD && (look->filter->threes || look->bucketed);
    rows->count = apart ? ask_many(look, rows) : ask(look, rows, way);
    rows->first = first - (way == JY__BY_BEGINS);
    if (look->filter->many) {
        if (way != NOT_HEARD)
            ask_many(look, rows);
        memset(rows->sieved[rows->count], 0, 8 * sizeof(*rows->sieved));
        look->joined_from = first;
        look->joined_to = first + 64 * rows->count;
    }
    cut(rows->places, rows->count, rows->first, look->from, look->end);
    cut(rows->fillers, rows->count, first - 1, look->from, look->end + 1);
}

/* ---- lists */

/* The numbers of the words that are not zero. */
static size_t list_words(const void *words, size_t count, uint16_t *list)
{
    __m128i numbers = _mm_set_epi16(7, 6, 5, 4, 3, 2, 1, 0);
    size_t listed = 0;
    for (size_t i = 0; i < count; i += 8) {
        __m512i eight = _mm512_loadu_si512((const uint64_t *)words + i);
        uint8_t have = _mm512_test_epi64_mask(eight, eight);
        _mm_storeu_si128((void *)(list + listed), _mm_maskz_compress_epi16(have, numbers));
        numbers = _mm_add_epi16(numbers, _mm_set1_epi16(8));
        listed += (size_t)__builtin_popcount(have);
    }
    return listed;
}

static size_t list_bits(const uint64_t *words, size_t count, size_t first, uint16_t *found)
{
    uint16_t numbers[JY__ASKED_ROWS];
    size_t listed = 0, some = list_words(words, count, numbers);
    for (size_t i = 0; i < some; i++)
        listed += jy__put_places(found + listed, first + 64u * numbers[i], words[numbers[i]]);
    return listed;
}

size_t jy__avx512_heard_places(const jy__look *look, uint16_t *found)
{
    const jy__asked_rows *rows = &look->scan->walker->asked_rows;
    return list_bits(rows->places, rows->count, rows->first, found);
}

size_t jy__avx512_heard_fillers(const jy__look *look, bool near, uint16_t *found)
{
    jy__asked_rows *rows = &look->scan->walker->asked_rows;
    if (near)
        keep_fillers(rows, rows->count);
    return list_bits(rows->fillers, rows->count, jy__first_row(look) - 1, found);
}

size_t jy__avx512_written_places(const jy__look *look, uint16_t *found)
{
    const jy__asked_rows *rows = &look->scan->walker->asked_rows;
    uint64_t words[JY__ASKED_ROWS];
    join_written(rows, rows->count, words);
    cut(words, rows->count, jy__first_row(look) - 1, look->from, look->end);
    return list_bits(words, rows->count, jy__first_row(look) - 1, found);
}

size_t jy__avx512_written_singles(const jy__look *look, uint16_t *found)
{
    jy__asked_rows *rows = &look->scan->walker->asked_rows;
    cut(rows->singles, rows->count, jy__first_row(look), look->from, look->end);
    return list_bits(rows->singles, rows->count, jy__first_row(look), found);
}

/* Bits of a row in the order of its codes. */
static inline uint64_t in_order(const uint16_t sieved[4])
{
    return _pdep_u64(sieved[0] | (uint64_t)sieved[1] << 16, 0x5555555555555555u) | _pdep_u64(sieved[2], 0x00AA00AA00AA00AAu) |
           _pdep_u64(sieved[3], 0xAA00AA00AA00AA00u);
}

size_t jy__avx512_paired_places(const jy__look *look, uint16_t *found)
{
    const jy__asked_rows *rows = &look->scan->walker->asked_rows;
    uint16_t numbers[JY__ASKED_ROWS];
    size_t listed = 0, some = list_words(rows->sieved, rows->count, numbers);
    for (size_t i = 0; i < some; i++) {
        size_t at = jy__first_row(look) + 64u * numbers[i];
        listed += jy__put_places(found + listed, at, in_order(rows->sieved[numbers[i]]) & jy__within(at, look->from, look->end));
    }
    return listed;
}

size_t jy__avx512_key_places(const jy__look *look, uint16_t *found)
{
    jy__asked_rows *rows = &look->scan->walker->asked_rows;
    cut(rows->keys + 1, rows->count, jy__first_row(look), look->from, look->end);
    return list_bits(rows->keys + 1, rows->count, jy__first_row(look), found);
}
