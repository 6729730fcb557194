/* Text of few characters: whether any two of them are a key that something comes of. In: joined codes. Out: no, and then the chunk's places need not be
 * looked at one by one, however many fillers stand there and wherever they lead. The letters are kept from chunk to chunk, for such a text says the same
 * again and again.
 *
 *   codes   那 个 嗯 这 个 那 …     letters   1 那, 2 个, 3 嗯, 4 这     each first of a key with all of them: sixteen pairs at a time */
#include "match/avx512/match_avx512_row.h"

static void forget(jy__alphabet *all)
{
    for (uint32_t i = 0; i < all->count; i++)
        all->numbers[jy__code_place(all->codes[i])] = 0;
    all->count = 0;
}

/* False: there is no room. */
static bool add(jy__alphabet *all, uint32_t code)
{
    uint8_t *number = &all->numbers[jy__code_place(code)];
    if (*number)
        return true;
    if (all->count == JY__LETTERS_MOST)
        return false;
    all->codes[all->count++] = (uint16_t)code;
    *number = (uint8_t)all->count;
    return true;
}

/* False: they are more than there is room for. */
static bool learn(const jy__look *look, jy__alphabet *all)
{
    const __m512i code_first = _mm512_set1_epi32(JY__CODE_FIRST), number = _mm512_set1_epi32(0xFF);
    for (size_t i = look->from; i < look->last; i += 16) {
        const __m512i codes = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const void *)(look->joined + i)));
        const __mmask16 lanes = (__mmask16)jy__room_for(look->last - i);
        const __m512i numbers = _mm512_mask_i32gather_epi32(number, lanes, _mm512_sub_epi32(codes, code_first), all->numbers, 1);
        for (uint32_t fresh = _mm512_testn_epi32_mask(numbers, number); fresh; fresh &= fresh - 1)
            if (!add(all, look->joined[i + (size_t)__builtin_ctz(fresh)]))
                return false;
    }
    return true;
}

/* Letters of an earlier chunk may be in the way. */
static bool learn_all(const jy__look *look, jy__alphabet *all)
{
    if (learn(look, all))
        return true;
    forget(all);
    if (learn(look, all))
        return true;
    forget(all);
    return false;
}

static bool leads_on(const jy__look *look, const jy__rounds *rounds, const jy__alphabet *all, uint32_t first)
{
    for (uint32_t i = 0; i < all->count; i += 16) {
        const __m512i next = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const void *)(all->codes + i)));
        uint32_t pairs = jy__pair_bits(look->filter, _mm512_or_si512(_mm512_set1_epi32((int)first), _mm512_slli_epi32(next, 16)));
        for (pairs &= jy__room_for(all->count - i); pairs; pairs &= pairs - 1)
            if (!jy__present_idle_pair(rounds, jy__code_symbol(first), jy__code_symbol(all->codes[i + (uint32_t)__builtin_ctz(pairs)])))
                return true;
    }
    return false;
}

bool jy__avx512_has_keys(jy__look *look)
{
    jy__alphabet *all = &look->scan->walker->alphabet;
    const jy__rounds rounds = jy__avx512_rounds(look);
    const bool few = learn_all(look, all);
    bool found;
    if (few)
        look->scan->walker->present.lettered = look->from;
    found = !few || !jy__present_find(&rounds);
    for (uint32_t i = 0; i < all->count && !found; i++)
        found = jy__bit(look->filter->heads, all->codes[i]) && leads_on(look, &rounds, all, all->codes[i]);
    return found;
}

/* Those before the first code that is looked at were in the last chunk, of which letters may be forgotten. */
size_t jy__avx512_letters(const jy__look *look, uint16_t symbols[JY__LETTERS_MOST])
{
    const jy__alphabet *all = &look->scan->walker->alphabet;
    if (look->scan->walker->present.lettered != look->from)
        return 0;
    for (size_t i = 0; i < look->from; i++)
        if (look->joined[i] && !all->numbers[jy__code_place(look->joined[i])])
            return 0;
    for (uint32_t i = 0; i < all->count; i++)
        symbols[i] = (uint16_t)jy__code_symbol(all->codes[i]);
    return all->count;
}
