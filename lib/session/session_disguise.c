/* Disguises: what a text looks like that a fold must see through. Only the given part is changed. */
#include "session/session_run.h"

static void put_wide(uint32_t cp, jy__text *out) { jy__text_cp(out, cp > 0x20 && cp < 0x7F ? cp + 0xFEE0 : cp); }

/* Another character of the same class: 办 → 辦. */
static void put_variant(uint32_t cp, jy__text *out)
{
    size_t count = 0;
    const uint32_t *members = jy__fold_one(cp) ? jy__fold_others(jy__fold_one(cp), &count) : NULL;
    for (size_t i = 0; members && i < count; i++)
        if (members[i] != cp && jy__fold_is_han(members[i]) && members[i] < 0xF900 && members[i] >= 0x4E00) {
            jy__text_cp(out, members[i]);
            return;
        }
    jy__text_cp(out, cp);
}

bool jy__session_disguise(int fold, jy_str text, size_t begin, size_t end, jy__text *out)
{
    const char *p = text.ptr + begin, *stop = text.ptr + end;
    size_t inside = 0, symbols = jy__utf8_count((jy_str){ p, end - begin });
    bool valid;
    if (fold == JY_FOLD_SOUND || fold == JY_FOLD_MASKED)
        return false;
    jy__text_clear(out);
    jy__text_add(out, text.ptr, begin);
    for (; p < stop; inside++) {
        uint32_t cp = jy__utf8_next(&p, stop, &valid);
        bool seam = inside > 0 && jy__fold_kind(cp) == JY__KIND_SYMBOL;
        if (fold == JY_FOLD_INVISIBLE && seam) jy__text_cp(out, 0x200B);
        if (fold == JY_FOLD_GAPS && seam) jy__text_cp(out, 0x3000);
        if (fold == JY_FOLD_FILLERS && seam && inside == symbols / 2) jy__text_c(out, "嗯");
        if (fold == JY_FOLD_REPEATS && inside == 0) jy__text_cp(out, cp);
        if (fold == JY_FOLD_WIDTH) put_wide(cp, out);
        else if (fold == JY_FOLD_SCRIPT) put_variant(cp, out);
        else jy__text_cp(out, cp);
    }
    jy__text_add(out, text.ptr + end, text.len - end);
    return !out->failed && !(out->len == text.len && memcmp(out->ptr, text.ptr, text.len) == 0);
}
