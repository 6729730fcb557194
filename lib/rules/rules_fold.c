/* Folds: `fold:` and `via:` go in with what the pack or rule decided before; the bits that hold for a phrase come out.
 *   all | none | [width, script] = only these | {sound: yes, fillers: no} = the same as before but for these */
#include "rules/rules_inside.h"

static const int fold_bits[JY__KEY_FOLD_COUNT] = {
    [JY__KEY_FOLD_WIDTH] = JY_FOLD_WIDTH, [JY__KEY_FOLD_SCRIPT] = JY_FOLD_SCRIPT, [JY__KEY_FOLD_INVISIBLE] = JY_FOLD_INVISIBLE,
    [JY__KEY_FOLD_GAPS] = JY_FOLD_GAPS, [JY__KEY_FOLD_FILLERS] = JY_FOLD_FILLERS, [JY__KEY_FOLD_REPEATS] = JY_FOLD_REPEATS,
    [JY__KEY_FOLD_SOUND] = JY_FOLD_SOUND, [JY__KEY_FOLD_MASKED] = JY_FOLD_MASKED,
};
static const jy__choice words[] = {
    { "all", (1 << JY_FOLD_COUNT) - 1 }, { "none", 0 }, { "width", 1 << JY_FOLD_WIDTH }, { "script", 1 << JY_FOLD_SCRIPT },
    { "invisible", 1 << JY_FOLD_INVISIBLE }, { "gaps", 1 << JY_FOLD_GAPS }, { "fillers", 1 << JY_FOLD_FILLERS },
    { "repeats", 1 << JY_FOLD_REPEATS }, { "sound", 1 << JY_FOLD_SOUND }, { "masked", 1 << JY_FOLD_MASKED },
};
static const jy__choices all_or_none = { words, 2 }, names = { words + 2, JY__COUNT(words) - 2 };

static bool only_these(jy__load *load, const jy__node *list, jy__sound_said whose, jy__folds *folds)
{
    bool good = true;
    *folds = (jy__folds){ 0, whose };
    if (list->count == 0) {
        JY__SAY(load, WANT_SOME, list->pos, jy__arg_key(list));
        return false;
    }
    for (const jy__node *kid = list->first; kid; kid = kid->next) {
        int32_t bit = 0;
        good = jy__rules_choose_of(load, kid, &names, &bit) && good;
        folds->bits |= (uint32_t)bit;
    }
    return good;
}

static bool but_for_these(jy__load *load, const jy__node *map, jy__sound_said whose, jy__folds *folds)
{
    jy__node *found[JY__KEY_FOLD_COUNT];
    bool good = jy__rules_take(load, map, JY__TABLE_FOLD, found);
    for (size_t i = 0; good && i < JY__KEY_FOLD_COUNT; i++) {
        bool on = false;
        if (!found[i])
            continue;
        good = jy__rules_bool(load, found[i], &on);
        folds->bits = on ? folds->bits | 1u << fold_bits[i] : folds->bits & ~(1u << fold_bits[i]);
        folds->sound = fold_bits[i] == JY_FOLD_SOUND ? whose : folds->sound;
    }
    return good;
}

static bool read_via(jy__load *load, const jy__node *via, jy__folds *folds)
{
    bool good = true;
    const jy__node *first = via->kind == JY__NODE_LIST ? via->first : via;
    if (!first) {
        JY__SAY(load, WANT_SOME, via->pos, jy__arg_key(via));
        return false;
    }
    for (const jy__node *kid = first; kid; kid = via->kind == JY__NODE_LIST ? kid->next : NULL) {
        int32_t fold = 0;
        good = jy__rules_choose(load, kid, JY__CHOICES_VIA, &fold) && good;
    }
    folds->bits |= 1u << JY_FOLD_SOUND;
    folds->sound = JY__SOUND_OF_PHRASE;
    return good;
}

bool jy__rules_folds(jy__load *load, const jy__node *fold, const jy__node *via, jy__sound_said whose, jy__folds *folds)
{
    bool good = true;
    int32_t bits = 0;
    if (fold && fold->kind == JY__NODE_LIST) {
        good = only_these(load, fold, whose, folds);
    } else if (fold && fold->kind == JY__NODE_MAP) {
        good = but_for_these(load, fold, whose, folds);
    } else if (fold) {
        good = jy__rules_choose_of(load, fold, &all_or_none, &bits);
        *folds = (jy__folds){ (uint32_t)bits, whose };
    }
    return (!via || read_via(load, via, folds)) && good;
}
