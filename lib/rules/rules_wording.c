/* Wordings: what suggest, approved and replace say. Nothing is special in them but {slot}, which is filled from the call; the
 * form keeps text and slots apart, so that a wording can also shield what it covers. */
#include "rules/rules_phrase.h"

/* `- {sorry}` is a mapping to YAML: what was meant is a phrase without its quotation marks. */
bool jy__rules_lacks_quotes(jy__load *load, const jy__node *node)
{
    if (node->kind != JY__NODE_MAP || !node->flow || node->count != 1 || node->first->kind != JY__NODE_SCALAR || node->first->pos.length)
        return false;
    JY__SAY(load, PHRASE_QUOTE, node->pos, jy__arg_text(load, node->first->key->text));
    return true;
}

/* `[没办法，不知道]` is one text to YAML: input methods write a comma of their own. A wording may well be one, a phrase hardly. */
void jy__rules_wide_comma(jy__load *load, const jy__node *node)
{
    static const char *const marks[] = { "，", "、", "；" };
    const jy__node *only = node->first;
    if (node->kind != JY__NODE_LIST || !node->flow || node->count != 1 || only->kind != JY__NODE_SCALAR || only->style != JY__STYLE_PLAIN)
        return;
    for (size_t at = 0; at + 3 <= only->text.len; at++)
        for (size_t i = 0; i < JY__COUNT(marks); i++)
            if (memcmp(only->text.ptr + at, marks[i], 3) == 0) {
                JY__SAY(load, YAML_COMMA_WIDE, only->pos, jy__arg_text(load, jy__str_of(marks[i])));
                return;
            }
}

static jy__formed parse_wording_part(jy__phrase *p)
{
    jy__formed formed = { NULL, 0, 0, NULL, NULL, false };
    size_t start = p->at;
    jy__pos from = jy__phrase_here(p);
    jy_str name;
    if (p->text.ptr[p->at] == '{') {
        if (!jy__phrase_name(p, true, &name))
            return formed;
        formed.form = jy__phrase_form(p, JY__WORDING_SLOT, from);
        if (formed.form)
            formed.form->text = name;
        return formed;
    }
    while (p->at < p->text.len && p->text.ptr[p->at] != '{')
        p->at++;
    formed.form = jy__phrase_form(p, JY__WORDING_TEXT, from);
    if (formed.form) {
        formed.form->text = (jy_str){ p->text.ptr + start, p->at - start };
        jy__phrase_measure(formed.form->text, &formed);
    }
    return formed;
}

jy__wording *jy__rules_wording(jy__load *load, const jy__node *node)
{
    jy__phrase p = { .load = load, .node = node };
    jy__parts items = { NULL, NULL, 0 };
    uint32_t symbols = 0;
    jy__wording *form;
    if (jy__rules_lacks_quotes(load, node) || !jy__phrase_start(&p))
        return NULL;
    while (p.at < p.text.len && !p.failed) {
        jy__formed next = parse_wording_part(&p);
        symbols += next.least_symbols;
        if (next.form)
            jy__phrase_add(&p, &items, next);
    }
    if (!p.failed && symbols == 0)
        JY__FAIL0(&p, SLOT_ONLY, node->pos);
    if (p.failed || items.count == 1)
        return p.failed ? NULL : items.first->formed.form;
    form = jy__phrase_form(&p, JY__WORDING_SEQ, node->pos);
    if (form)
        jy__phrase_kids(&p, form, &items);
    return p.failed ? NULL : form;
}

bool jy__rules_wordings(jy__load *load, const jy__node *node, jy__text_at **out, size_t *count_out)
{
    const jy__node *first = node->kind == JY__NODE_LIST ? node->first : node;
    size_t count = 0;
    if (node->kind == JY__NODE_LIST && node->count == 0) {
        JY__SAY(load, WANT_SOME, node->pos, jy__arg_key(node));
        return false;
    }
    *out = jy__load_alloc(load, (node->kind == JY__NODE_LIST ? node->count : 1) * sizeof(**out));
    if (!*out)
        return false;
    for (const jy__node *kid = first; kid; kid = node->kind == JY__NODE_LIST ? kid->next : NULL) {
        jy__wording *form = jy__rules_wording(load, kid);
        if (form)
            (*out)[count++] = (jy__text_at){ kid->text, kid->pos, form };
    }
    *count_out = count;
    return true;
}
