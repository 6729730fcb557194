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
    if (jy__is_code(heard) && jy__is_code(symbol)) {
        if (!(jy__heard_set_of(heard)->bloom & jy__heard_set_of(symbol)->bloom))
            return JY__SOUND_NONE;
    } else if (!jy__fold_is_han(heard) || !jy__fold_is_han(symbol)) {
        return JY__SOUND_NONE;
    }
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

uint32_t jy__sound_weight(uint32_t symbol)
{
    uint16_t classes[JY__SOUND_MOST];
    size_t count = jy__fold_is_han(symbol) ? jy__match_sound_classes(symbol, classes) : 0;
    uint32_t weight = 0;
    for (size_t i = 0; i < count; i++)
        weight += jy__sound_class_weights[classes[i]];
    return weight;
}
