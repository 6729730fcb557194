/* The key that the filter looks for, of each form. In: the forms. Out: a key of two adjacent Han symbols that talk uses least together, or of two ASCII
 * letters or digits, or, when the form has neither, of its rarest symbol. Words are no good keys, those least that several phrases of a list have: of
 * 不知道 the key is 不知. What is looked for by sound is found as it is written on the way: then its key by sound is the only one. */
#include "match/tables/match_build.h"

static bool is_pair(const uint32_t *pair, bool han)
{
    return han ? jy__is_code(pair[0]) && jy__is_code(pair[1]) : jy__is_letter(pair[0]) && jy__is_letter(pair[1]);
}

/* How often pairs come in all forms together, by a hash. What comes in several phrases is a word, and comes in any talk; a pair over the border
 * of two words, which only one phrase has, hardly does. */
#define COUNTERS 65536u
#define COMMON_WORD 80u /* as much as five doublings of a character's commonness; a key of one form alone is told from what is around it at once */

static uint8_t *counter_of(uint8_t *counters, const uint32_t *pair) { return &counters[jy__pair_hash(pair[0], pair[1], 16)]; }

static void count_pairs(const jy__matcher *matcher, uint8_t *counters)
{
    for (uint32_t i = 0; i < matcher->form_count; i++) {
        const jy__form *form = &matcher->forms[i];
        const uint32_t *symbols = matcher->symbols + form->first;
        for (uint32_t k = 0; k + 1 < form->count; k++) {
            uint8_t *counter = counter_of(counters, symbols + k);
            *counter += *counter < UINT8_MAX;
        }
    }
}

static unsigned pair_commonness(uint8_t *counters, const uint32_t *pair)
{
    unsigned common = jy__fold_pair_commonness(pair), others = *counter_of(counters, pair) - 1u;
    if (!others)
        return common;
    for (common += COMMON_WORD; others > 1; others /= 2)
        common += 16;
    return common;
}

static bool choose_pair(const jy__matcher *matcher, jy__form *form, uint8_t *counters, bool han)
{
    const uint32_t *symbols = matcher->symbols + form->first;
    unsigned best = UINT32_MAX;
    for (uint32_t i = 0; i + 1 < form->count; i++) {
        unsigned common;
        if (!is_pair(symbols + i, han))
            continue;
        common = pair_commonness(counters, symbols + i);
        if (common >= best)
            continue;
        best = common;
        form->key = (uint8_t)i;
    }
    if (best == UINT32_MAX)
        return false;
    form->flags |= JY__FORM_PAIR | (han ? JY__FORM_HAN : 0);
    return true;
}

static void choose_single(const jy__matcher *matcher, jy__form *form)
{
    const uint32_t *symbols = matcher->symbols + form->first;
    unsigned best = UINT32_MAX;
    for (uint32_t i = 0; i < form->count; i++) {
        unsigned common = jy__is_letter(symbols[i]) ? 128 : jy__fold_commonness(symbols[i]);
        if (jy__fold_kind(symbols[i]) != JY__KIND_SYMBOL)
            common += 256;
        if (common < best) {
            best = common;
            form->key = (uint8_t)i;
        }
    }
}

/* A way that says the form as it is written says it by sound, too. */
static void share_key(const jy__matcher *matcher, jy__form *form)
{
    const uint32_t *key = jy__form_heard_key(matcher, form);
    bool codes = jy__form_heard(form);
    for (uint32_t i = 0; codes && i < (jy__form_heard_triple(form) ? 3u : 2u); i++)
        codes = jy__is_code(key[i]);
    if (!codes)
        return;
    form->key = form->sound_key;
    form->flags |= JY__FORM_BY_SOUND;
}

bool jy__keys_choose(jy__matcher *matcher)
{
    uint8_t *counters = jy__mem_alloc(&matcher->mem, COUNTERS);
    if (!counters)
        return false;
    count_pairs(matcher, counters);
    for (uint32_t i = 0; i < matcher->form_count; i++) {
        jy__form *form = &matcher->forms[i];
        if (!choose_pair(matcher, form, counters, true) && !choose_pair(matcher, form, counters, false))
            choose_single(matcher, form);
        jy__form_choose_sound(matcher, form);
        share_key(matcher, form);
    }
    jy__mem_free(&matcher->mem, counters, COUNTERS);
    jy__kin_share_keys(matcher);
    return true;
}
