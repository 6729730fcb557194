/* In: ICU's NFKC_Casefold, canonical decomposition, Traditional-Simplified and general categories, and variants.tsv. Out: for every
 * code point its kind, its symbols, and its symbols without the script class.
 *
 *   cp ─▶ NFKC_Casefold ─▶ decompose (not Hangul) ─▶ [script class of each] ─▶ again until nothing changes ─▶ drop what is no symbol
 *
 * Each step is repeated because one feeds the other (a compatibility ideograph becomes a traditional character); a table that
 * would go on for ever is refused. The classes of variants.tsv come before ICU's, so that a row can also take one of ICU's back. */
#include "fold/make_tables.h"
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

symbols make_full[CODE_POINTS], make_width[CODE_POINTS];
uint8_t make_kinds[CODE_POINTS], make_masks[CODE_POINTS];

static uint32_t variant[CODE_POINTS]; /* 0: variants.tsv says nothing */
static uint32_t script[CODE_POINTS];  /* one step of the script class, itself when none */
static const UNormalizer2 *nfkc_casefold, *nfd;

static void check_icu(UErrorCode status, const char *what)
{
    if (U_FAILURE(status))
        make_die(what, u_errorName(status));
}

static void take_variant(const make_row *row)
{
    uint32_t from, to;
    if (row->fields < 2)
        make_row_die(row, "a row is: character, tab, what it folds to, tab, why");
    from = make_row_char(row, 0);
    to = make_row_char(row, 1);
    if (variant[from])
        make_row_die(row, "this character stands here twice");
    variant[from] = to;
}

static void read_script_classes(const char *path)
{
    static const UChar id[] = u"Traditional-Simplified";
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *simplify = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    check_icu(status, "Traditional-Simplified");
    make_read(path, take_variant);
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++) {
        UChar text[16];
        int32_t len = 0, limit;
        script[cp] = variant[cp] ? variant[cp] : cp;
        if (variant[cp] || !jy__fold_is_han(cp))
            continue;
        U16_APPEND_UNSAFE(text, len, cp);
        limit = len;
        utrans_transUChars(simplify, text, &len, 16, 0, &limit, &status);
        check_icu(status, "Traditional-Simplified of one character");
        if (u_countChar32(text, len) == 1)
            script[cp] = (uint32_t)(len == 2 ? U16_GET_SUPPLEMENTARY(text[0], text[1]) : text[0]);
    }
    utrans_close(simplify);
}

static void add_normalized(symbols *out, const UNormalizer2 *norm, uint32_t cp)
{
    UChar in[2], text[64];
    int32_t in_len = 0, len;
    UErrorCode status = U_ZERO_ERROR;
    U16_APPEND_UNSAFE(in, in_len, cp);
    len = unorm2_normalize(norm, in, in_len, text, 64, &status);
    check_icu(status, "normalizing one character");
    for (int32_t at = 0; at < len;) {
        UChar32 part;
        U16_NEXT_UNSAFE(text, at, part);
        if (out->count == JY__FOLD_MOST)
            make_die("a character folds to more than JY__FOLD_MOST", NULL);
        out->cp[out->count++] = (uint32_t)part;
    }
}

static symbols fold_step(const symbols *in, bool with_script)
{
    symbols wide = { 0 }, out = { 0 };
    for (uint32_t i = 0; i < in->count; i++)
        add_normalized(&wide, nfkc_casefold, in->cp[i]);
    for (uint32_t i = 0; i < wide.count; i++) {
        if (u_getIntPropertyValue((UChar32)wide.cp[i], UCHAR_HANGUL_SYLLABLE_TYPE) != U_HST_NOT_APPLICABLE)
            out.cp[out.count++] = wide.cp[i];
        else
            add_normalized(&out, nfd, wide.cp[i]);
    }
    for (uint32_t i = 0; i < out.count; i++)
        if (with_script || !jy__fold_is_han(out.cp[i])) /* a radical is a compatibility form of its character */
            out.cp[i] = script[out.cp[i]];
    return out;
}

/* Kind by properties alone; what the character folds to may still change it. */
static jy__kind kind_by_property(uint32_t cp)
{
    uint32_t mask = U_GET_GC_MASK((UChar32)cp);
    if (cp == 0x3099 || cp == 0x309A)
        return JY__KIND_SYMBOL;
    if (cp >= 0x4DC0 && cp <= 0x4DFF) /* hexagrams stand among the ideographs and are read as one of them */
        return JY__KIND_SYMBOL;
    if ((cp >= 0x0A && cp <= 0x0D) || cp == 0x85 || cp == 0x2028 || cp == 0x2029)
        return JY__KIND_NEWLINE;
    if (u_isUWhiteSpace((UChar32)cp))
        return JY__KIND_BLANK;
    if (u_hasBinaryProperty((UChar32)cp, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || (mask & (U_GC_CF_MASK | U_GC_CC_MASK | U_GC_MN_MASK | U_GC_ME_MASK)))
        return JY__KIND_INVISIBLE;
    if ((u_hasBinaryProperty((UChar32)cp, UCHAR_S_TERM) && cp != '.') || (cp >= 0x2753 && cp <= 0x2755) || cp == 0x2757)
        return JY__KIND_STOP;
    if (mask & (U_GC_P_MASK | U_GC_S_MASK | U_GC_Z_MASK))
        return JY__KIND_MARK;
    return JY__KIND_SYMBOL;
}

/* Keeps of the symbols what counts: symbols alone if there is one, else marks without blanks. Where only a blank would be left, a
 * spacing accent (¯) stays a mark of its own and an isolated Arabic vowel sign is as invisible as the sign itself. */
static jy__kind keep_what_counts(uint32_t cp, symbols *s)
{
    jy__kind own = kind_by_property(cp);
    bool seen[JY__KIND_NEWLINE + 1] = { false };
    uint32_t kept = 0;
    if (own == JY__KIND_NEWLINE || own == JY__KIND_BLANK) {
        *s = (symbols){ 1, { own == JY__KIND_BLANK ? ' ' : cp } };
        return own;
    }
    for (uint32_t i = 0; i < s->count; i++)
        seen[kind_by_property(s->cp[i])] = true;
    for (uint32_t i = 0; i < s->count; i++) {
        jy__kind kind = kind_by_property(s->cp[i]);
        if (kind == JY__KIND_SYMBOL || (!seen[JY__KIND_SYMBOL] && (kind == JY__KIND_MARK || kind == JY__KIND_STOP)))
            s->cp[kept++] = s->cp[i];
    }
    s->count = kept;
    if (kept)
        return seen[JY__KIND_SYMBOL] ? JY__KIND_SYMBOL : seen[JY__KIND_MARK] ? JY__KIND_MARK : JY__KIND_STOP;
    if (own != JY__KIND_MARK && own != JY__KIND_STOP)
        return JY__KIND_INVISIBLE;
    *s = (symbols){ 1, { cp } };
    return own;
}

static jy__kind fold_char(uint32_t cp, bool with_script, symbols *out)
{
    symbols now = { 1, { cp } }, next;
    for (int round = 0; round < 8; round++) {
        next = fold_step(&now, with_script);
        if (next.count == now.count && memcmp(next.cp, now.cp, now.count * sizeof(now.cp[0])) == 0) {
            *out = now;
            return keep_what_counts(cp, out);
        }
        now = next;
    }
    fprintf(stderr, "U+%04X: ", cp);
    make_die("its classes go round in a circle", NULL);
}

static void mark_masks(void)
{
    static const uint32_t masks[] = { '*', 0xD7, 0x2022, 0x2217, 0x2731, 0x2573, 0x2588, 0x2593, 0x25A0, 0x25A1, 0x25AA, 0x25AB, 0x25CB,
                                      0x25CF, 0x25EF, 0x25FB, 0x25FC, 0x2715, 0x2716, 0x2717, 0x2718, 0x274C, 0x2B1B, 0x2B1C, 0x2B55, 0x204E };
    for (size_t i = 0; i < JY__COUNT(masks); i++)
        make_masks[masks[i]] = 1;
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++)
        if (make_full[cp].count == 1 && make_masks[make_full[cp].cp[0]])
            make_masks[cp] = 1;
}

void make_fold_all(const char *variants_path)
{
    UErrorCode status = U_ZERO_ERROR;
    nfkc_casefold = unorm2_getNFKCCasefoldInstance(&status);
    nfd = unorm2_getNFDInstance(&status);
    check_icu(status, "normalizers");
    read_script_classes(variants_path);
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++) {
        if (U_IS_SURROGATE(cp)) {
            make_full[cp] = make_width[cp] = (symbols){ 1, { JY__BAD } };
            make_kinds[cp] = JY__KIND_MARK;
            continue;
        }
        make_kinds[cp] = (uint8_t)fold_char(cp, true, &make_full[cp]);
        if (fold_char(cp, false, &make_width[cp]) != (jy__kind)make_kinds[cp])
            make_die("a script class changes the kind of a character", NULL);
    }
    mark_masks();
}
