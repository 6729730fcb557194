/* Words that may stand beside a phrase which must fill a clause, a sentence or a turn (`with:`). */
#include "rules/rules_inside.h"

static bool read_with_word(jy__load *load, const jy__node *node, jy__wording **words, size_t *count)
{
    jy__formed formed;
    if (node->kind != JY__NODE_SCALAR)
        JY__SAY(load, WANT_TEXT, node->pos, jy__arg_key(node), jy__arg_found(load, node));
    else if (!jy__rules_phrase_formed(load, node, &formed))
        return false;
    else if (formed.gap)
        JY__SAY0(load, EXPR_WITH_GAP, node->pos);
    else {
        words[(*count)++] = formed.form;
        return true;
    }
    return false;
}

/* Words beside a hit make sense only where the hit fills a unit of the text. */
bool jy__rules_with(jy__load *load, const jy__node *node, jy__whole whole, jy__wording ***out, size_t *count_out)
{
    bool good = true, list = node->kind == JY__NODE_LIST;
    *count_out = 0;
    if (whole == JY__WHOLE_NONE || whole == JY__WHOLE_WORD) {
        JY__SAY0(load, EXPR_WITH, node->key->pos);
        return false;
    }
    if (list && node->count == 0) {
        JY__SAY(load, WANT_SOME, node->pos, jy__arg_key(node));
        return false;
    }
    jy__rules_wide_comma(load, node);
    *out = jy__load_alloc(load, (list ? node->count : 1) * sizeof(**out));
    if (!*out)
        return false;
    if (!list)
        return read_with_word(load, node, *out, count_out);
    for (const jy__node *kid = node->first; kid; kid = kid->next)
        good = read_with_word(load, kid, *out, count_out) && good;
    return good;
}
