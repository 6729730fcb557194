/* In: ICU's Han-Latin, readings.tsv (further common readings) and commonness.tsv. Out: for every Han symbol its toneless syllables,
 * commonest first, the class of each syllable, and how common the symbol is. Only symbols have sounds: a character is folded first. */
#include "fold/make_tables.h"
#include <unicode/ustring.h>
#include <unicode/utrans.h>

char make_syllables[SYLLABLES][8];
uint16_t make_syllable_count, make_classes[SYLLABLES];
symbols make_sounds[JY__HAN_END];
uint8_t make_common[JY__HAN_END];

/* Number of a syllable, new when it was not seen; 0 when it is none (longer than 6 bytes, or not a-z and ü). */
static uint16_t syllable_number(const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i < len; i++) {
        bool u_umlaut = strncmp(text + i, "ü", 2) == 0;
        if (!u_umlaut && (text[i] < 'a' || text[i] > 'z'))
            return 0;
        i += u_umlaut;
    }
    if (len == 0 || len > 7 || !strpbrk(text, "aeiou\xC3"))
        return 0;
    for (uint16_t i = 1; i <= make_syllable_count; i++)
        if (strcmp(make_syllables[i], text) == 0)
            return i;
    if (make_syllable_count + 1 == SYLLABLES)
        make_die("too many syllables", text);
    memcpy(make_syllables[++make_syllable_count], text, len + 1);
    return make_syllable_count;
}

static void add_reading(uint32_t cp, uint16_t syllable)
{
    symbols *sounds = &make_sounds[cp];
    for (uint32_t i = 0; i < sounds->count; i++)
        if (sounds->cp[i] == syllable)
            return;
    if (sounds->count == JY__SOUND_MOST)
        make_die("a character has more than JY__SOUND_MOST readings", NULL);
    sounds->cp[sounds->count++] = syllable;
}

/* Rows: character, readings by commonness. They come first; ICU's reading follows when it is another. */
static void take_readings(const make_row *row)
{
    uint32_t cp;
    if (row->fields < 2)
        make_row_die(row, "a row is: character, tab, toneless readings with blanks between");
    cp = make_row_char(row, 0);
    if (cp >= JY__HAN_END || make_full[cp].count != 1 || make_full[cp].cp[0] != cp)
        make_row_die(row, "readings belong to the symbol that the character folds to");
    if (make_sounds[cp].count)
        make_row_die(row, "this character stands here twice");
    for (char *word = strtok(row->field[1], " "); word; word = strtok(NULL, " ")) {
        uint16_t number = syllable_number(word);
        if (!number)
            make_row_die(row, "this is no toneless syllable (ü is written ü)");
        add_reading(cp, number);
    }
}

static void icu_reading(UTransliterator *latin, uint32_t cp)
{
    UChar text[32];
    char bytes[64];
    int32_t len = 0, limit, byte_len;
    UErrorCode status = U_ZERO_ERROR;
    U16_APPEND_UNSAFE(text, len, cp);
    limit = len;
    utrans_transUChars(latin, text, &len, 32, 0, &limit, &status);
    u_strToUTF8(bytes, sizeof(bytes), &byte_len, text, len, &status);
    if (U_FAILURE(status))
        make_die("Han-Latin", u_errorName(status));
    bytes[byte_len] = 0;
    if (syllable_number(bytes))
        add_reading(cp, syllable_number(bytes));
}

/* What is usually confused becomes one spelling. n, l and r are one class, since what may be heard alike is handed on:
 *   zh→z ch→c sh→s   n,r→l   f→h (fa is heard as hua, fan as huan, fei as hui)   …ang→…an …eng→…en …ing→…in */
static void spell_class(const char *syllable, char out[8])
{
    size_t len;
    strcpy(out, syllable);
    if (strchr("zcs", out[0]) && out[1] == 'h')
        memmove(out + 1, out + 2, strlen(out + 2) + 1);
    else if (out[0] == 'n' || out[0] == 'r')
        out[0] = 'l';
    else if (out[0] == 'f')
        out[0] = 'h';
    else if (strncmp(out, "hua", 3) == 0 && out[3] != 'i')
        memmove(out + 1, out + 2, strlen(out + 2) + 1);
    else if (strcmp(out, "hui") == 0)
        strcpy(out, "hei");
    len = strlen(out);
    if (len > 2 && out[len - 1] == 'g' && out[len - 2] == 'n' && strchr("aei", out[len - 3]))
        out[len - 1] = 0;
}

static void make_sound_classes(void)
{
    char mine[8], other[8];
    for (uint16_t i = 1; i <= make_syllable_count; i++) {
        spell_class(make_syllables[i], mine);
        make_classes[i] = i;
        for (uint16_t j = 1; j < i && make_classes[i] == i; j++) {
            spell_class(make_syllables[j], other);
            if (strcmp(mine, other) == 0)
                make_classes[i] = make_classes[j];
        }
    }
}

/* Rows: commonness 1..255, tab, the characters that have it. */
static void take_commonness(const make_row *row)
{
    long value = strtol(row->field[0], NULL, 10);
    if (row->fields < 2 || value < 1 || value > 255)
        make_row_die(row, "a row is: a number 1..255, tab, characters");
    for (const char *p = row->field[1]; *p;) {
        uint32_t cp = make_next_char(&p);
        if (cp >= JY__HAN_END || make_full[cp].count != 1 || make_full[cp].cp[0] != cp || make_common[cp])
            make_row_die(row, "a character is no symbol of its own, or stands here twice");
        make_common[cp] = (uint8_t)value;
    }
}

void make_sound_all(const char *readings_path, const char *commonness_path)
{
    static const UChar id[] = u"Han-Latin; NFD; [\\u0300\\u0301\\u0302\\u0304\\u030C] Remove; NFC";
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *latin = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    if (U_FAILURE(status))
        make_die("Han-Latin", u_errorName(status));
    make_read(readings_path, take_readings);
    for (uint32_t cp = 0; cp < JY__HAN_END; cp++)
        if (jy__fold_is_han(cp) && make_full[cp].count == 1 && make_full[cp].cp[0] == cp)
            icu_reading(latin, cp);
    utrans_close(latin);
    make_sound_classes();
    make_read(commonness_path, take_commonness);
}
