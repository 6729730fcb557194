/* Heard alike: whether one Han symbol may have been written for another because they sound the same (or are often confused), and how
 * sure a match is that needed it. Readings have no tones; a character with several readings agrees when any of them does. */
#include "match/match_inside.h"
#include "match/match_limits.h"

unsigned jy__sound_cost(uint32_t heard, uint32_t symbol)
{
    uint16_t a[JY__SOUND_MOST], b[JY__SOUND_MOST];
    size_t a_count, b_count;
    unsigned cost = JY__SOUND_NONE;
    if (heard == symbol)
        return 0;
    if (!jy__fold_is_han(heard) || !jy__fold_is_han(symbol))
        return JY__SOUND_NONE;
    a_count = jy__fold_sounds(heard, a);
    b_count = jy__fold_sounds(symbol, b);
    for (size_t i = 0; i < a_count; i++)
        for (size_t j = 0; j < b_count; j++) {
            if (a[i] == b[j])
                return JY__SOUND_COST_SAME;
            if (jy__fold_sound_class(a[i]) == jy__fold_sound_class(b[j]))
                cost = JY__SOUND_COST_ALIKE;
        }
    return cost;
}

/* 100 for no differing character; never below 10, so that "found, but hardly sure" stays above "not found". */
unsigned jy__sound_confidence(unsigned differing, unsigned price, unsigned symbols)
{
    if (differing >= symbols && differing)
        price += JY__SOUND_COST_NONE;
    return price < 90 ? 100 - price : 10;
}

/* The different classes of a symbol's readings. */
size_t jy__match_sound_classes(uint32_t symbol, uint16_t out[JY__SOUND_MOST])
{
    uint16_t syllables[JY__SOUND_MOST];
    size_t count = jy__fold_sounds(symbol, syllables), kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint16_t class = jy__fold_sound_class(syllables[i]);
        size_t seen = 0;
        while (seen < kept && out[seen] != class)
            seen++;
        if (seen == kept)
            out[kept++] = class;
    }
    return kept;
}

/* ---- weights: how much of all talk a sound class is. Commonness is a logarithm, sixteen steps of it are taken for one doubling: only the order matters. */
#define CLASSES 65536

uint32_t *jy__sound_weights(const jy__mem *mem)
{
    uint32_t *weights = jy__mem_alloc(mem, CLASSES * sizeof(*weights));
    for (uint32_t symbol = 0x4E00; weights && symbol <= 0x9FFF; symbol++) {
        uint16_t classes[JY__SOUND_MOST];
        size_t count = jy__match_sound_classes(symbol, classes);
        for (size_t i = 0; i < count; i++)
            weights[classes[i]] += (uint32_t)1 << (jy__fold_commonness(symbol) / 16);
    }
    return weights;
}

void jy__sound_weights_free(const jy__mem *mem, uint32_t *weights)
{
    jy__mem_free(mem, weights, CLASSES * sizeof(*weights));
}

uint32_t jy__sound_weight(const uint32_t *weights, uint32_t symbol)
{
    uint16_t classes[JY__SOUND_MOST];
    size_t count = jy__fold_is_han(symbol) ? jy__match_sound_classes(symbol, classes) : 0;
    uint32_t weight = 0;
    for (size_t i = 0; i < count; i++)
        weight += weights[classes[i]];
    return weight;
}
