/* In: a code point or a symbol. Out: what the generated tables say of it: symbols, class members, sounds, commonness. The look-ups that
 * the matcher needs for every character are inline in fold.h; here are those that only hits and rule sets ask for. */
#include "fold/fold_near.h"

static uint32_t take_form(uint32_t cp, uint32_t form, uint32_t value, uint32_t out[JY__FOLD_MOST])
{
    const uint32_t *more = &jy__fold_pool[value];
    switch (form) {
    case JY__FORM_NONE:
        return 0;
    case JY__FORM_MORE:
        memcpy(out, more + 1, more[0] * sizeof(more[0]));
        return more[0];
    default:
        out[0] = form == JY__FORM_ONE ? value : cp;
        return 1;
    }
}

uint32_t jy__fold_char(uint32_t cp, uint32_t out[JY__FOLD_MOST])
{
    uint32_t entry = jy__fold_entry(cp);
    return take_form(cp < 0x110000 ? cp : JY__BAD, JY__FOLD_FORM(entry), entry & JY__FOLD_VALUE, out);
}

uint32_t jy__fold_char_width(uint32_t cp, uint32_t out[JY__FOLD_MOST])
{
    size_t low = 0, high = jy__fold_width_count;
    if (!(jy__fold_entry(cp) & JY__FOLD_SCRIPT_BIT))
        return jy__fold_char(cp, out);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (jy__fold_width_pairs[middle].from < cp)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < jy__fold_width_count && jy__fold_width_pairs[low].from == cp)
        return take_form(cp, JY__FOLD_FORM(jy__fold_width_pairs[low].to), jy__fold_width_pairs[low].to & JY__FOLD_VALUE, out);
    out[0] = cp;
    return 1;
}

/* keys[count] is a sentinel, so that every list ends where the next begins. */
static const uint32_t *find_list(const jy__fold_key *keys, size_t count, const uint32_t *list, uint32_t symbol, size_t *count_out)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (keys[middle].symbol < symbol)
            low = middle + 1;
        else
            high = middle;
    }
    *count_out = 0;
    if (low == count || keys[low].symbol != symbol)
        return NULL;
    *count_out = keys[low + 1].begin - keys[low].begin;
    return list + keys[low].begin;
}

const uint32_t *jy__fold_others(uint32_t symbol, size_t *count_out)
{
    uint32_t code = symbol - JY__CODE_FIRST;
    if (code >= JY__CODE_COUNT)
        return find_list(jy__fold_other_keys, jy__fold_other_count, jy__fold_other_list, symbol, count_out);
    *count_out = (size_t)(jy__fold_code_others[code + 1] - jy__fold_code_others[code]);
    return *count_out ? jy__fold_other_list + jy__fold_code_others[code] : NULL;
}

const uint32_t *jy__fold_expanding(uint32_t symbol, size_t *count_out)
{
    return find_list(jy__fold_expanding_keys, jy__fold_expanding_count, jy__fold_expanding_list, symbol, count_out);
}

uint8_t jy__fold_commonness(uint32_t symbol)
{
    if (symbol >= JY__HAN_END)
        return 0;
    return jy__common_entries[(uint32_t)jy__common_index[symbol >> JY__HAN_SHIFT] << JY__HAN_SHIFT | (symbol & ((1u << JY__HAN_SHIFT) - 1))];
}

#define RAREST 256u
#define COMMONEST 160u /* even the commonest symbol makes what it stands beside rarer */

static uint32_t rarity_of(uint32_t commonness) { return RAREST + COMMONEST - commonness; }

/* 0: it is no common word */
static uint8_t word_commonness(uint32_t first, uint32_t second)
{
    size_t low = 0, high = jy__common_word_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const jy__common_word *word = &jy__common_words[middle];
        if (word->first == first && word->second == second)
            return word->common;
        if (word->first < first || (word->first == first && word->second < second))
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

#define WORD 64u       /* a word of the dictionary stands sixteen times as often as its characters would by chance */
#define ALL_TALK 335u  /* commonness of all characters together: the commonest is one of 32 */

uint32_t jy__fold_pair_commonness(const uint32_t pair[2])
{
    uint32_t common = jy__fold_commonness(pair[0]) + jy__fold_commonness(pair[1]), word = word_commonness(pair[0], pair[1]);
    if (jy__near_is_word(pair[0], pair[1]))
        common += WORD;
    return word && word + ALL_TALK > common ? word + ALL_TALK : common;
}

uint32_t jy__fold_rarity(const uint32_t *symbols, size_t count)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        uint8_t word = i + 1 < count ? word_commonness(symbols[i], symbols[i + 1]) : 0;
        sum += rarity_of(word ? word : jy__fold_commonness(symbols[i]));
        i += word != 0;
    }
    return sum;
}

#define EVERYDAY 225u

bool jy__fold_is_common(const uint32_t *symbols, size_t count) { return jy__fold_rarity(symbols, count) <= rarity_of(EVERYDAY); }

size_t jy__fold_sounds(uint32_t symbol, uint16_t out[JY__SOUND_MOST])
{
    const uint16_t reading = jy__fold_reading(symbol);
    const jy__readings all = jy__fold_readings(&reading);
    memcpy(out, all.items, all.count * sizeof(*all.items));
    return all.count;
}

const char *jy__fold_syllable(uint16_t syllable)
{
    return syllable < jy__sound_set_first ? jy__sound_names[syllable] : "";
}

uint16_t jy__fold_sound_class(uint16_t syllable)
{
    return syllable < jy__sound_set_first ? jy__sound_classes[syllable] : 0;
}
