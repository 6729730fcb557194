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
    jy__placer_init(&p->placer, p->load, p->node);
    return true;
}

jy__pos jy__phrase_here(jy__phrase *p) { return jy__placer_at(&p->placer, p->at); }

/* From `from` to where p stands. */
static jy__pos reach(jy__phrase *p, jy__pos from)
{
    size_t end = jy__phrase_here(p).offset;
    from.length = p->placer.exact && end > from.offset ? end - from.offset : from.length;
    return from;
}

jy__wording *jy__phrase_form(jy__phrase *p, jy__wording_kind kind, jy__pos from)
{
    jy__wording *form = jy__load_alloc(p->load, sizeof(*form));
    if (!form) {
        p->failed = true;
        return NULL;
    }
    form->kind = kind;
    form->pos = reach(p, from);
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

void jy__phrase_kids(jy__phrase *p, jy__wording *form, const jy__parts *from)
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
    jy__pos from = jy__phrase_here(p);
    const char *open = p->text.ptr + p->at, *end = memchr(open, '}', p->text.len - p->at);
    if (!end) {
        if (slot)
            JY__FAIL0(p, SLOT_BRACE, from);
        else
            JY__FAIL0(p, PHRASE_BRACE, from);
        p->at = p->text.len;
        return false;
    }
    *name = (jy_str){ open + 1, (size_t)(end - open) - 1 };
    p->at = (size_t)(end - p->text.ptr) + 1;
    if (jy__name_ok(*name, false))
        return true;
    JY__FAIL(p, PHRASE_NAME, reach(p, from), jy__arg_text(p->load, *name));
    return false;
}
