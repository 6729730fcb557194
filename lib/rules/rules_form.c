/* What phrases and wordings are built with: forms with their places, lists of parts, names in braces, and the length of a text
 * as far as its letters count. */
#include "rules/rules_phrase.h"

bool jy__phrase_start(jy__phrase *p)
{
    int64_t most = jy__params_get(p->load->params, JY_PARAM_MAX_PATTERN_BYTES);
    if (!jy__rules_text(p->load, p->node, &p->text))
        return false;
    if (p->text.len > (size_t)most) {
        JY__SAY(p->load, PHRASE_LONG, p->node->pos, jy__arg_int(p->load, (int64_t)p->text.len), jy__arg_int(p->load, most));
        return false;
    }
    if (memchr(p->text.ptr, '\n', p->text.len)) {
        JY__SAY0(p->load, PHRASE_LINES, p->node->pos);
        return false;
    }
    return true;
}

jy__pos jy__phrase_place(const jy__phrase *p, size_t at, size_t length)
{
    return jy__rules_place(p->load, p->node, at, length);
}

jy__form *jy__phrase_form(jy__phrase *p, jy__form_kind kind, size_t at)
{
    jy__form *form = jy__load_alloc(p->load, sizeof(*form));
    if (!form) {
        p->failed = true;
        return NULL;
    }
    form->kind = kind;
    form->pos = jy__phrase_place(p, at, p->at > at ? p->at - at : 1);
    return form;
}

void jy__phrase_add(jy__phrase *p, jy__parts *to, jy__formed formed)
{
    jy__part *one = jy__load_scratch(p->load, sizeof(*one));
    if (!one) {
        p->failed = true;
        return;
    }
    one->formed = formed;
    if (to->last)
        to->last->next = one;
    else
        to->first = one;
    to->last = one;
    to->count++;
}

void jy__phrase_kids(jy__phrase *p, jy__form *form, const jy__parts *from)
{
    size_t count = 0;
    form->kids = jy__load_alloc(p->load, from->count * sizeof(*form->kids));
    for (const jy__part *one = from->first; one && form->kids; one = one->next)
        form->kids[count++] = one->formed.form;
    form->kid_count = count;
    p->failed = p->failed || !form->kids;
}

/* Punctuation, blanks and invisible characters: what folding may skip. Only a phrase of nothing else is refused for it. */
static bool is_mark(uint32_t cp)
{
    if (cp < 0x80)
        return !((cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z'));
    return (cp >= 0x80 && cp <= 0xBF && cp != 0xAA && cp != 0xB5 && cp != 0xBA) || (cp >= 0x2000 && cp <= 0x206F) ||
           (cp >= 0x3000 && cp <= 0x3004) || (cp >= 0x3008 && cp <= 0x3020) || cp == 0x3030 || (cp >= 0xFE00 && cp <= 0xFE6B) ||
           cp == 0xFEFF || (cp >= 0xFF01 && cp <= 0xFF0F) || (cp >= 0xFF1A && cp <= 0xFF20) || (cp >= 0xFF3B && cp <= 0xFF40) ||
           (cp >= 0xFF5B && cp <= 0xFF65);
}

void jy__phrase_measure(jy_str text, jy__formed *formed)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    while (p < end) {
        bool valid;
        formed->least_symbols += !is_mark(jy__utf8_next(&p, end, &valid));
        formed->least_chars++;
    }
}

bool jy__phrase_name(jy__phrase *p, bool slot, jy_str *name)
{
    size_t from = p->at;
    const char *end = memchr(p->text.ptr + from, '}', p->text.len - from);
    if (!end) {
        if (slot)
            JY__FAIL0(p, SLOT_BRACE, jy__phrase_place(p, from, 1));
        else
            JY__FAIL0(p, PHRASE_BRACE, jy__phrase_place(p, from, 1));
        p->at = p->text.len;
        return false;
    }
    *name = (jy_str){ p->text.ptr + from + 1, (size_t)(end - p->text.ptr) - from - 1 };
    p->at = (size_t)(end - p->text.ptr) + 1;
    if (jy__name_ok(*name, false))
        return true;
    JY__FAIL(p, PHRASE_NAME, jy__phrase_place(p, from, name->len + 2), jy__arg_text(p->load, *name));
    return false;
}
