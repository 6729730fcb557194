/* Heard alike: whether one Han symbol may have been written for another because they sound the same (or are often confused), and how
 * sure a match is that needed it. Readings have no tones; a character with several readings agrees when any of them does. */
#include "match/match_inside.h"
#include "match/match_limits.h"

static unsigned cost_of(uint16_t a, uint16_t b)
{
    return a == b ? JY__SOUND_COST_SAME : jy__sound_classes[a] == jy__sound_classes[b] ? JY__SOUND_COST_ALIKE : JY__SOUND_NONE;
}

unsigned jy__sound_cost(uint32_t heard, uint32_t symbol)
{
    const uint16_t first = heard == symbol ? 0 : jy__fold_reading(heard), second = first ? jy__fold_reading(symbol) : 0;
    const jy__readings a = jy__fold_readings(&first), b = jy__fold_readings(&second);
    unsigned cost = JY__SOUND_NONE;
    if (!second)
        return heard == symbol ? 0 : JY__SOUND_NONE;
    for (size_t i = 0; i < a.count; i++)
        for (size_t j = 0; j < b.count; j++) {
            unsigned price = cost_of(a.items[i], b.items[j]);
            cost = price < cost ? price : cost;
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
