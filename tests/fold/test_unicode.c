/* fold against Unicode's own data files (Debian package unicode-data), by full enumeration: normalization, case, width, ignorable
 * characters, white space, categories. */
#include "../check_main.h"
#include "fold_files.h"

static size_t checked;

static bool has_hangul(const codes *c)
{
    for (size_t i = 0; i < c->count; i++)
        if ((c->cp[i] >= 0x1100 && c->cp[i] <= 0x11FF) || (c->cp[i] >= 0xA960 && c->cp[i] <= 0xA97F) || (c->cp[i] >= 0xAC00 && c->cp[i] <= 0xD7FF))
            return true;
    return false;
}

static int by_value(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The columns of a row are one text in five normal forms, so they fold to the same symbols. A character that expands drops the
 * marks among its symbols (㈱), so only symbols are compared; Hangul is left composed and is compared where no form takes it apart. */
static void normal_forms_agree(char **fields, int count)
{
    codes column[5], folded[5];
    if (count < 5)
        return;
    for (int i = 0; i < 5; i++) {
        read_codes(fields[i], &column[i]);
        folded[i] = fold_codes(column[i].cp, column[i].count, true);
        if (column[0].count > 1) /* the order of combining signs that are symbols (゙) is not the fold's to change */
            qsort(folded[i].cp, folded[i].count, sizeof(folded[i].cp[0]), by_value);
    }
    for (int i = 1; i < 5; i++) {
        if (has_hangul(&column[i]) && !has_hangul(&column[0]) && column[0].count == 1 && column[i].count == 1)
            EXPECT(same_codes(&folded[0], &folded[i]), "%s: column %d", fields[0], i + 1);
        else if (!has_hangul(&column[i]) && !has_hangul(&column[0]))
            EXPECT(same_codes(&folded[0], &folded[i]), "%s: column %d", fields[0], i + 1);
        else
            continue;
        checked++;
    }
}

START_TEST(test_fold__unicode_normal_forms_fold_alike)
{
    checked = 0;
    ck_assert_uint_gt(each_row("python3 -c \"import bz2,shutil,sys;shutil.copyfileobj(bz2.open('" UNICODE_DIR
                               "NormalizationTest.txt.bz2'),sys.stdout.buffer)\"", 1, normal_forms_agree), 18000);
    ck_assert_uint_gt(checked, 25000);
}
END_TEST

static void cases_agree(char **fields, int count)
{
    codes from, to, left, right;
    if (count < 3 || (fields[1][0] != 'C' && fields[1][0] != 'F'))
        return;
    read_codes(fields[0], &from);
    read_codes(fields[2], &to);
    left = fold_codes(from.cp, from.count, true);
    right = fold_codes(to.cp, to.count, true);
    EXPECT(same_codes(&left, &right), "%s", fields[0]);
    checked++;
}

START_TEST(test_fold__unicode_cases_fold_alike)
{
    checked = 0;
    each_row(UNICODE_DIR "CaseFolding.txt", 0, cases_agree);
    ck_assert_uint_gt(checked, 1500);
}
END_TEST

/* The letters that show nothing: Hangul fillers, and Arabic vowel signs on a blank. */
static bool only_invisible(uint32_t cp, const char *decomposition)
{
    return cp == 0x115F || cp == 0x1160 || cp == 0x3164 || cp == 0xFFA0 || strncmp(decomposition, "<isolated> 0020", 15) == 0;
}

/* UnicodeData: every compatibility decomposition folds like the character itself; combining marks, controls and formats are invisible. */
static void decompositions_agree(char **fields, int count)
{
    uint32_t cp;
    jy__kind kind;
    if (count < 6)
        return;
    cp = (uint32_t)strtoul(fields[0], NULL, 16);
    kind = jy__fold_kind(cp);
    if (strcmp(fields[2], "Mn") == 0 || strcmp(fields[2], "Me") == 0 || strcmp(fields[2], "Cf") == 0)
        EXPECT(kind == JY__KIND_INVISIBLE || cp == 0x3099 || cp == 0x309A || cp == 0x345, "%s", fields[0]);
    if (strcmp(fields[2], "Lo") == 0 || strcmp(fields[2], "Nd") == 0 || strcmp(fields[2], "Lu") == 0 || strcmp(fields[2], "Ll") == 0)
        EXPECT(kind == JY__KIND_SYMBOL || only_invisible(cp, fields[5]), "%s", fields[0]);
    if (fields[5][0] == '<') {
        const char *rest = strchr(fields[5], '>');
        codes to, left, right;
        ck_assert(rest != NULL);
        read_codes(rest[1] == ' ' ? rest + 2 : rest + 1, &to);
        if (has_hangul(&to))
            return; /* syllables are left whole */
        left = fold_codes(&cp, 1, true);
        right = fold_codes(to.cp, to.count, true);
        EXPECT(same_codes(&left, &right), "%s", fields[0]);
        checked++;
    }
}

START_TEST(test_fold__unicode_compatibility_forms_fold_alike)
{
    checked = 0;
    each_row(UNICODE_DIR "UnicodeData.txt", 0, decompositions_agree);
    ck_assert_uint_gt(checked, 3500);
}
END_TEST

/* A full-width character folds to something that is not full-width, a half-width one to something that is not half-width. */
static void widths_vanish(char **fields, int count)
{
    uint32_t first, last;
    if (count < 2 || (fields[1][0] != 'F' && fields[1][0] != 'H') || fields[1][1] != 0)
        return;
    read_range(fields[0], &first, &last);
    for (uint32_t cp = first; cp <= last; cp++, checked++) {
        uint32_t width[JY__FOLD_MOST];
        if (cp == 0x20A9 || cp == 0xFFE3 || jy__fold_kind(cp) == JY__KIND_INVISIBLE)
            continue; /* ₩ is half-width by itself, ￣ would be a blank with an accent */
        EXPECT(jy__fold_char_width(cp, width) >= 1 && width[0] != cp, "U+%04X", cp);
    }
}

START_TEST(test_fold__unicode_widths_vanish)
{
    checked = 0;
    each_row(UNICODE_DIR "EastAsianWidth.txt", 0, widths_vanish);
    ck_assert_uint_eq(checked, 104 + 123); /* F and H of Unicode 15 */
}
END_TEST

static void ignorable_is_invisible(char **fields, int count)
{
    uint32_t first, last;
    if (strcmp(fields[1], "Default_Ignorable_Code_Point") != 0)
        return;
    read_range(fields[0], &first, &last);
    for (uint32_t cp = first; cp <= last; cp++, checked++)
        EXPECT(jy__fold_kind(cp) == JY__KIND_INVISIBLE, "U+%04X", cp);
}

START_TEST(test_fold__unicode_ignorable_is_invisible)
{
    checked = 0;
    each_row(UNICODE_DIR "DerivedCoreProperties.txt", 0, ignorable_is_invisible);
    ck_assert_uint_eq(checked, 4174);
}
END_TEST

static uint8_t white[0x110000];

static void mark_white(char **fields, int count)
{
    uint32_t first, last;
    if (strcmp(fields[1], "White_Space") != 0)
        return;
    read_range(fields[0], &first, &last);
    for (uint32_t cp = first; cp <= last; cp++, checked++)
        white[cp] = 1;
}

START_TEST(test_fold__unicode_white_space_is_blank_or_newline)
{
    checked = 0;
    each_row(UNICODE_DIR "PropList.txt", 0, mark_white);
    EXPECT((checked) == (25), "");
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        jy__kind kind = jy__fold_kind(cp);
        EXPECT((kind == JY__KIND_BLANK || kind == JY__KIND_NEWLINE) == white[cp], "U+%04X", cp);
    }
}
END_TEST

/* Every radical and stroke that Unicode gives an equivalent ideograph folds like it. */
static void radicals_agree(char **fields, int count)
{
    uint32_t first, last, to = (uint32_t)strtoul(fields[1], NULL, 16);
    read_range(fields[0], &first, &last);
    for (uint32_t cp = first; cp <= last; cp++, checked++)
        EXPECT(jy__fold_one(cp) == jy__fold_one(to) && jy__fold_kind(cp) == JY__KIND_SYMBOL, "U+%04X", cp);
}

START_TEST(test_fold__unicode_radicals_fold_like_their_character)
{
    checked = 0;
    each_row(UNICODE_DIR "EquivalentUnifiedIdeograph.txt", 0, radicals_agree);
    ck_assert_uint_gt(checked, 300);
}
END_TEST

CHECK_MAIN("fold-unicode", test_fold__unicode_normal_forms_fold_alike, test_fold__unicode_cases_fold_alike,
           test_fold__unicode_compatibility_forms_fold_alike, test_fold__unicode_widths_vanish, test_fold__unicode_ignorable_is_invisible,
           test_fold__unicode_white_space_is_blank_or_newline, test_fold__unicode_radicals_fold_like_their_character)
