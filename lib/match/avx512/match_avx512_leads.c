/* Where fillers lead from each code of a chunk, for text with many of them: all of it at once. In: joined codes. Out, in the walker: how long the
 * fillers are that stand at each code, and where one to three of them in a row end, a bit for so many codes on. Of all codes it costs less than of some
 * one by one (match_leads.c).
 *
 *   codes   那 个 嗯 这 个 不       one: 那 2, 嗯 1, 这 2       all: 那 2, 3, 5 */
#include "match/avx512/match_avx512.h"

#define STEP 32 /* codes */

static inline __m512i load(const uint16_t *list) { return _mm512_loadu_si512(list); }

/* What the codes fold to; more are written than there are, and those are none. */
static void fold(const uint16_t *codes, size_t count, uint16_t *folded)
{
    const __m512i first = _mm512_set1_epi32(JY__CODE_FIRST), none = _mm512_set1_epi32(JY__CODE_COUNT);
    for (size_t i = 0; i < count; i += 16) {
        __m512i code = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const void *)(codes + i)));
        __m512i at = _mm512_min_epu32(_mm512_sub_epi32(code, first), none);
        _mm256_storeu_si256((void *)(folded + i), _mm512_cvtepi32_epi16(_mm512_i32gather_epi32(at, jy__fold_codes, 2)));
    }
}

/* Where one filler stands, its length is noted. */
static void add_filler(const jy__filler_entry *filler, const uint16_t *folded, size_t count, uint16_t *one)
{
    const __m512i length = _mm512_set1_epi16((short)(1u << filler->count));
    __m512i symbols[JY__FILLER_LONGEST];
    for (size_t k = 0; k < filler->count; k++)
        symbols[k] = _mm512_set1_epi16((short)filler->symbols[k]);
    for (size_t i = 0; i < count; i += STEP) {
        __mmask32 there = _mm512_cmpeq_epi16_mask(load(folded + i), symbols[0]);
        for (size_t k = 1; k < filler->count && there; k++)
            there = _mm512_mask_cmpeq_epi16_mask(there, load(folded + i + k), symbols[k]);
        if (there)
            _mm512_storeu_si512(one + i, _mm512_mask_or_epi32(load(one + i), 0xFFFF, load(one + i), _mm512_maskz_mov_epi16(there, length)));
    }
}

/* Whether it has nothing but these. */
static bool is_of(const jy__filler_entry *filler, const uint16_t *symbols, size_t count)
{
    for (size_t k = 0; k < filler->count; k++) {
        size_t i = 0;
        while (i < count && symbols[i] != filler->symbols[k])
            i++;
        if (i == count)
            return false;
    }
    return true;
}

/* In a text of few characters few fillers can be. Returns which lengths these have, a bit for each. */
static unsigned add_fillers(const jy__look *look, const uint16_t *folded, size_t count)
{
    jy__walker *walker = look->scan->walker;
    const jy__filler_table *table = &look->filter->filler_table;
    uint16_t symbols[JY__LETTERS_MOST];
    const size_t letters = jy__avx512_letters(look, symbols);
    unsigned lengths = 0;
    memset(walker->lead_one, 0, sizeof(walker->lead_one));
    for (size_t i = 1; i <= JY__FILLERS_MOST && table->entries[i].count; i++)
        if (!letters || is_of(&table->entries[i], symbols, letters)) {
            add_filler(&table->entries[i], folded, count, walker->lead_one);
            lengths |= 1u << table->entries[i].count;
        }
    return lengths;
}

/* One filler, and where each of these leads further from its end. some: lengths that there are. */
static void add_leads(const uint16_t *one, const uint16_t *further, size_t count, unsigned some, uint16_t *out)
{
    for (size_t i = 0; i < count; i += STEP) {
        __m512i lengths = load(one + i), leads = lengths;
        for (unsigned left = some; left; left &= left - 1) {
            const unsigned k = (unsigned)__builtin_ctz(left);
            __mmask32 there = _mm512_test_epi16_mask(lengths, _mm512_set1_epi16((short)(1u << k)));
            leads = _mm512_or_si512(leads, _mm512_maskz_sll_epi16(there, load(further + i + k), _mm_cvtsi32_si128((int)k)));
        }
        _mm512_storeu_si512(out + i, leads);
    }
}

void jy__avx512_leads(jy__look *look)
{
    jy__walker *walker = look->scan->walker;
    uint16_t *folded = walker->lists.near, *two = walker->lists.far; /* no places are listed there yet */
    _Static_assert(JY__PLACES_ROOM >= JY__STREAM_ROOM + 2 * STEP, "what is read behind the last code");
    size_t count = look->last + STEP;
    _Static_assert(JY__MATCH_MOST_FILLERS == 3, "one, and one or two more");
    fold(look->joined, count + STEP, folded);
    const unsigned lengths = add_fillers(look, folded, count);
    memset(two + count, 0, 2 * STEP * sizeof(*two));
    add_leads(walker->lead_one, walker->lead_one, count, lengths, two);
    add_leads(walker->lead_one, two, count, lengths, walker->lead_all);
    walker->leads_open = true;
    look->folded = look->filter->threes ? NULL : folded; /* these list places there */
}
