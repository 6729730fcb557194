/* fold against the ICU at hand: the tables were made when the library was built, and a newer ICU must not disagree unseen. Also the
 * rule that simplified text stays itself, over the whole of GB 2312. */
#include "../check_main.h"
#include "fold_files.h"
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

static uint32_t row_to[0x110000];
static size_t row_count;
static char row_path[] = FOLD_DIR "/variants.tsv";

static uint32_t one_char(const char *text)
{
    const char *p = text;
    bool valid;
    uint32_t cp = jy__utf8_next(&p, text + strlen(text), &valid);
    ck_assert_msg(valid && *p == 0, "%s", text);
    return cp;
}

static void read_variants(void)
{
    char line[1024];
    FILE *file = fopen(row_path, "r");
    ck_assert_msg(file != NULL, "%s", row_path);
    while (fgets(line, sizeof(line), file)) {
        char *to = strchr(line, '\t'), *rest;
        line[strcspn(line, "\n")] = 0;
        if (line[0] == '#' || !to)
            continue;
        *to++ = 0;
        rest = strchr(to, '\t');
        if (rest) *rest = 0;
        row_to[one_char(line)] = one_char(to);
        row_count++;
    }
    fclose(file);
}

static uint32_t simplified(UTransliterator *ts, uint32_t cp)
{
    UChar text[8];
    UErrorCode status = U_ZERO_ERROR;
    int32_t len = 0, limit, at = 0;
    UChar32 out;
    U16_APPEND_UNSAFE(text, len, cp);
    limit = len;
    utrans_transUChars(ts, text, &len, 8, 0, &limit, &status);
    ck_assert(U_SUCCESS(status));
    U16_NEXT(text, at, len, out);
    return at == len ? (uint32_t)out : cp;
}

START_TEST(test_fold__classes_are_those_of_icu_and_variants)
{
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *ts = utrans_openU(u"Traditional-Simplified", -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    size_t by_icu = 0;
    EXPECT(U_SUCCESS(status), "");
    read_variants();
    ck_assert_uint_gt(row_count, 1000);
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        uint32_t to, width[JY__FOLD_MOST];
        if (row_to[cp]) {
            EXPECT(jy__fold_one(cp) == jy__fold_one(row_to[cp]), "U+%04X", cp);
            continue;
        }
        if (!jy__fold_is_han(cp))
            continue;
        to = simplified(ts, cp);
        by_icu += to != cp;
        if (to != cp) /* what ICU joins is joined */
            EXPECT(jy__fold_one(cp) == jy__fold_one(to), "U+%04X", cp);
        else          /* and what neither joins is left alone, compatibility forms aside */
            EXPECT(jy__fold_char_width(cp, width) == 1 && (width[0] == cp ? jy__fold_one(cp) == cp : jy__fold_one(cp) == jy__fold_one(width[0])),
                          "U+%04X", cp);
    }
    ck_assert_uint_gt(by_icu, 2800);
    utrans_close(ts);
}
END_TEST

START_TEST(test_fold__width_is_icus_nfkc_casefold)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *norm = unorm2_getNFKCCasefoldInstance(&status);
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        UChar in[2], text[64];
        int32_t in_len = 0, len, at = 0;
        codes parts = { 0 }, left, right;
        if (cp >= 0xD800 && cp <= 0xDFFF)
            continue;
        U16_APPEND_UNSAFE(in, in_len, cp);
        len = unorm2_normalize(norm, in, in_len, text, 64, &status);
        EXPECT(U_SUCCESS(status), "");
        while (at < len) {
            UChar32 part;
            U16_NEXT(text, at, len, part);
            parts.cp[parts.count++] = (uint32_t)part;
        }
        left = fold_codes(&cp, 1, true);
        right = fold_codes(parts.cp, parts.count, true);
        EXPECT(same_codes(&left, &right), "U+%04X", cp);
    }
}
END_TEST

static uint8_t has_row[0x32400];

static void read_readings(void)
{
    char line[1024];
    FILE *file = fopen(FOLD_DIR "/readings.tsv", "r");
    EXPECT(file != NULL, "");
    while (fgets(line, sizeof(line), file)) {
        char *to = strchr(line, '\t');
        if (line[0] == '#' || !to)
            continue;
        *to = 0;
        has_row[one_char(line)] = 1;
    }
    fclose(file);
}

START_TEST(test_fold__sounds_are_those_of_icu_and_readings)
{
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *latin = utrans_openU(u"Han-Latin", -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    size_t sounding = 0;
    EXPECT(U_SUCCESS(status), "");
    read_readings();
    for (uint32_t cp = 0x3400; cp < 0x32400; cp++) {
        UChar text[32], bare[64];
        char bytes[64];
        int32_t len = 0, limit, kept = 0;
        uint16_t sounds[JY__SOUND_MOST];
        size_t count = jy__fold_sounds(cp, sounds);
        bool found = false;
        if (!jy__fold_is_han(cp) || jy__fold_one(cp) != cp)
            continue;
        U16_APPEND_UNSAFE(text, len, cp);
        limit = len;
        utrans_transUChars(latin, text, &len, 32, 0, &limit, &status);
        len = unorm2_normalize(unorm2_getNFDInstance(&status), text, len, bare, 64, &status);
        for (int32_t i = 0; i < len; i++)
            if (bare[i] != 0x300 && bare[i] != 0x301 && bare[i] != 0x302 && bare[i] != 0x304 && bare[i] != 0x30C)
                bare[kept++] = bare[i];
        len = unorm2_normalize(unorm2_getNFCInstance(&status), bare, kept, text, 32, &status);
        u_strToUTF8(bytes, sizeof(bytes), NULL, text, len, &status);
        EXPECT(U_SUCCESS(status), "");
        for (size_t i = 0; i < count; i++)
            found = found || strcmp(jy__fold_syllable(sounds[i]), bytes) == 0;
        if (count == 0) /* ICU does not know it either, or knows no vowel of it */
            EXPECT((unsigned char)bytes[0] >= 0xE0 || !strpbrk(bytes, "aeiou"), "U+%04X %s", cp, bytes);
        else
            EXPECT((found || !strpbrk(bytes, "aeiou")) && (count == 1 || has_row[cp]), "U+%04X %s", cp, bytes);
        sounding += count > 0;
    }
    ck_assert_uint_gt(sounding, 30000);
    utrans_close(latin);
}
END_TEST

/* Every syllable is written by its class's rule, and a class never joins what the rule keeps apart. */
START_TEST(test_fold__classes_of_sound_are_exactly_the_confusions)
{
    uint16_t syllables = 0;
    while (jy__fold_syllable((uint16_t)(syllables + 1))[0])
        syllables++;
    EXPECT(syllables > 400 && syllables < 440, "");
    for (uint16_t a = 1; a <= syllables; a++)
        for (uint16_t b = 1; b <= syllables; b++) {
            char spelling[2][16];
            for (int i = 0; i < 2; i++) {
                const char *s = jy__fold_syllable(i ? b : a), *final = s + strspn(s, "bpmfdtnlgkhjqxzcsrwy");
                char initial[4] = { 0 };
                size_t len;
                memcpy(initial, s, (size_t)(final - s));
                if (strchr("zcs", initial[0]) && initial[1] == 'h') initial[1] = 0;
                if (initial[0] == 'n' || initial[0] == 'r') initial[0] = 'l';
                if (initial[0] == 'f') initial[0] = 'h';
                if (strcmp(initial, "h") == 0 && strncmp(final, "ua", 2) == 0 && final[2] != 'i') final++; /* 花 for 发 */
                if (strcmp(initial, "h") == 0 && strcmp(final, "ui") == 0) final = "ei";                   /* 灰 for 飞 */
                snprintf(spelling[i], sizeof(spelling[i]), "%s%s", initial, final);
                len = strlen(spelling[i]);
                if (len > 2 && (strcmp(spelling[i] + len - 3, "ang") == 0 || strcmp(spelling[i] + len - 3, "eng") == 0 || strcmp(spelling[i] + len - 3, "ing") == 0))
                    spelling[i][len - 1] = 0;
            }
            EXPECT((strcmp(spelling[0], spelling[1]) == 0) == (jy__fold_sound_class(a) == jy__fold_sound_class(b)), "%s %s",
                          jy__fold_syllable(a), jy__fold_syllable(b));
        }
}
END_TEST

/* The 6,763 characters of GB 2312 are what simplified text is written with. Those that fold to another are listed here one by one. */
START_TEST(test_fold__simplified_text_stays_itself)
{
    static const char exceptions[] = "乾吒夥後徵捱摺於箝菸著藉谘迳锺馀麽";
    UErrorCode status = U_ZERO_ERROR;
    UConverter *gb = ucnv_open("GB2312", &status);
    size_t seen = 0, moved = 0;
    ck_assert(U_SUCCESS(status));
    for (int high = 0xB0; high < 0xF8; high++)
        for (int low = 0xA1; low < 0xFF; low++) {
            char bytes[2] = { (char)high, (char)low }, utf8[5] = "";
            UChar text[4];
            UErrorCode bad = U_ZERO_ERROR;
            int32_t len = ucnv_toUChars(gb, text, 4, bytes, 2, &bad);
            if (U_FAILURE(bad) || len != 1 || !jy__fold_is_han(text[0]))
                continue;
            seen++;
            utf8[jy__utf8_put(text[0], utf8)] = 0;
            if (jy__fold_one(text[0]) != text[0]) {
                moved++;
                ck_assert_msg(strstr(exceptions, utf8) != NULL, "%s", utf8);
            }
        }
    ck_assert_uint_eq(seen, 6763);
    ck_assert_uint_eq(moved, (sizeof(exceptions) - 1) / 3);
    ucnv_close(gb);
}
END_TEST

CHECK_MAIN("fold-icu", test_fold__classes_are_those_of_icu_and_variants, test_fold__width_is_icus_nfkc_casefold,
           test_fold__sounds_are_those_of_icu_and_readings, test_fold__classes_of_sound_are_exactly_the_confusions,
           test_fold__simplified_text_stays_itself)
