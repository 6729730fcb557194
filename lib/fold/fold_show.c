/* In: a text. Out: its fold for people, and what was folded where, one line each:
 *   4: 辦 (U+8FA6) → 办  script
 * It walks the same characters as jy__fold_text and asks that one what became of the blanks, so that the two cannot disagree. */
#include "fold/fold.h"

static void add_code(jy__text *out, uint32_t cp)
{
    static const char digits[] = "0123456789ABCDEF";
    int shift = 12;
    while (cp >> shift >= 16)
        shift += 4;
    jy__text_c(out, "U+");
    for (; shift >= 0; shift -= 4)
        jy__text_char(out, digits[cp >> shift & 15]);
}

static void add_symbols(jy__text *out, const uint32_t *symbols, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        jy__text_cp(out, symbols[i]);
}

/* What stood there: a character that can be seen is shown, too. */
static void add_original(jy__text *out, uint32_t cp, jy_str bytes, bool valid)
{
    jy__kind kind = jy__fold_kind(cp);
    bool seen = valid && (kind == JY__KIND_SYMBOL || kind == JY__KIND_MARK || kind == JY__KIND_STOP);
    if (seen) {
        jy__text_str(out, bytes);
        jy__text_c(out, " (");
    }
    add_code(out, cp);
    if (seen)
        jy__text_char(out, ')');
}

static void add_names(jy__text *out, bool width, bool script, int language)
{
    static const char *const names[2][2] = { { "width", "script" }, { "全半角大小写", "繁简异体" } };
    const char *const *name = names[language == JY_CHINESE];
    jy__text_c(out, "  ");
    if (width) jy__text_c(out, name[0]);
    if (width && script) jy__text_c(out, language == JY_CHINESE ? "、" : ", ");
    if (script) jy__text_c(out, name[1]);
}

static void add_line(jy__text *out, uint32_t cp, jy_str bytes, bool valid, bool vanished, int language)
{
    uint32_t full[JY__FOLD_MOST], width[JY__FOLD_MOST];
    uint32_t full_count = jy__fold_char(cp, full), width_count = jy__fold_char_width(cp, width);
    add_original(out, cp, bytes, valid);
    jy__text_c(out, " → ");
    if (full_count == 0)
        jy__text_c(out, language == JY_CHINESE ? "无  不可见字符" : "nothing  invisible");
    else if (vanished)
        jy__text_c(out, language == JY_CHINESE ? "无  间隔" : "nothing  gaps");
    else if (!valid)
        jy__text_c(out, language == JY_CHINESE ? "U+FFFD  不是 UTF-8" : "U+FFFD  not UTF-8");
    else {
        add_symbols(out, full, full_count);
        add_names(out, width_count != 1 || width[0] != cp,
                  width_count != full_count || memcmp(full, width, full_count * sizeof(full[0])) != 0, language);
    }
    jy__text_char(out, '\n');
}

int jy__fold_explain(const jy__mem *mem, jy_str text, int language, jy__text *out)
{
    jy__folded folded = { 0 };
    const char *p = text.ptr, *end = text.ptr + text.len;
    size_t at = 0;
    bool valid;
    int status = jy__fold_text(mem, text, &folded);
    while (status == JY_OK && p < end) {
        size_t begin = (size_t)(p - text.ptr);
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        bool vanished = at >= folded.len || folded.begins[at] != begin;
        if (vanished || !valid || jy__fold_one(cp) != cp) {
            jy__text_int(out, (int64_t)begin);
            jy__text_c(out, ": ");
            add_line(out, cp, (jy_str){ text.ptr + begin, (size_t)(p - text.ptr) - begin }, valid, vanished, language);
        }
        while (at < folded.len && folded.begins[at] == begin)
            at++;
    }
    jy__folded_free(mem, &folded);
    return status != JY_OK ? status : out->failed ? JY_E_NOMEM : JY_OK;
}

int jy__fold_display(const jy__mem *mem, jy_str text, jy__text *out)
{
    jy__folded folded = { 0 };
    int status = jy__fold_text(mem, text, &folded);
    if (status == JY_OK)
        jy__text_add(out, folded.text, folded.len);
    jy__folded_free(mem, &folded);
    return status != JY_OK ? status : out->failed ? JY_E_NOMEM : JY_OK;
}
