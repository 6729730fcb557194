/* Which two codes side by side may be a key of many, where processors fetch sixteen words one by one: all codes are asked by up to 64 buckets in registers, what passes
 * is asked of the pairs. In: the codes of a chunk. Out, in the walker: a bit for each place in which a key may begin, or a filler; then the places of pairs.
 *
 *   row     codes a b c …        first   buckets of a, of b …
 *   behind  codes b c d …        second  buckets of b, of c …      both: a key may begin with a */
#include "match/avx512/match_avx512_row.h"

#define ROWS 2 /* at once, so that each table is loaded once for both */

typedef uint8_t group_tables[2][2][JY__MANY_PARTS];

/* What codes are looked up by (match_filter_many.c). */
typedef struct code_parts { __m512i low, high; } code_parts;

static inline code_parts parts_of(jy__row row)
{
    const __m512i twice = _mm512_add_epi8(row.high, row.high), lowest = _mm512_set1_epi8(1);
    return (code_parts){ row.low, _mm512_ternarylogic_epi32(lowest, _mm512_srli_epi16(row.low, 7), twice, 0xCA) };
}

typedef struct table { __m512i low, high; } table;

/* Compilers would load it again for each row. */
static inline table load_table(const uint8_t bytes[JY__MANY_PARTS])
{
    table t = { _mm512_load_si512(bytes), _mm512_load_si512(bytes + 64) };
    __asm__("" : "+v"(t.low), "+v"(t.high));
    return t;
}

static inline __m512i in(table t, __m512i parts) { return _mm512_permutex2var_epi8(t.low, parts, t.high); }

/* Rows asked together, with the codes behind theirs: what was found in any bucket so far. */
typedef struct asked { code_parts first[ROWS], second[ROWS]; __m512i any[ROWS]; } asked;

static inline __attribute__((always_inline)) void ask_group(asked *a, group_tables of)
{
    const table first_low = load_table(of[0][0]), first_high = load_table(of[0][1]), second_low = load_table(of[1][0]), second_high = load_table(of[1][1]);
    for (int i = 0; i < ROWS; i++) {
        const __m512i first = in(first_low, a->first[i].low), second = in(second_low, a->second[i].low);
        const __m512i three = _mm512_ternarylogic_epi32(first, in(first_high, a->first[i].high), second, 0x80);
        a->any[i] = _mm512_ternarylogic_epi32(a->any[i], three, in(second_high, a->second[i].high), 0xF8);
    }
}

/* The last row may lie behind the codes. */
size_t jy__avx512_ask_buckets(const jy__look *look, jy__asked_rows *out)
{
    _Alignas(JY__LINE) group_tables tables[JY__MANY_GROUPS]; /* the filter's may lie across lines, and each load would take two */
    const jy__filler_windows fillers = jy__load_fillers(look->filter);
    uint16_t *const joined = look->scan->walker->stream.codes;
    const size_t groups = look->filter->many_groups;
    size_t number = 0;
    memcpy(tables, look->filter->many_buckets, groups * sizeof(*tables));
    for (size_t from = jy__first_row(look); from <= look->end + 1; from += 64 * ROWS, number += ROWS) {
        asked a;
        for (size_t i = 0; i < ROWS; i++) {
            const size_t at = from + 64 * i;
            const jy__row row = jy__row_at(look, at), behind = jy__row_at(look, at + 1);
            __m512i words[2];
            _mm_prefetch(look->ahead + at, _MM_HINT_T1);
            out->fillers[number + i] = jy__some(jy__filler_at(row, behind, &fillers));
            jy__put_joined(joined + at, row, words);
            a.first[i] = parts_of(row);
            a.second[i] = parts_of(behind);
            a.any[i] = _mm512_setzero_si512();
        }
        for (size_t g = 0; g < groups; g++)
            ask_group(&a, tables[g]);
        for (size_t i = 0; i < ROWS; i++)
            out->keys[number + 1 + i] = jy__some(a.any[i]);
    }
    return number;
}

/* One by one, as the words would be fetched in any way. */
size_t jy__avx512_bucket_places(const jy__look *look, uint16_t *found)
{
    const uint16_t *codes = look->joined;
    size_t kept = 0;
    for (size_t count = jy__avx512_key_places(look, found), i = 0; i < count; i++) {
        const uint16_t place = found[i];
        found[kept] = place;
        kept += jy__pairs_have(look->filter, codes[place], codes[place + 1]);
    }
    return kept;
}
