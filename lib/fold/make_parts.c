/* In: the dictionary of Chinese and Japanese words of the ICU at hand. Out: which two Han characters are one of its words, and which two or three stand
 * side by side in one, so that of most places of a text it is known without ICU that a word ends there. A word that ICU takes apart when it stands alone
 * is none: its parts are likelier wherever it stands.
 * The dictionary is a tree of words in UTF-16, whose layout is told in ICU's ucharstrie.h; where there is none, or one of another layout, nothing is
 * known. */
#include "fold/make_tables.h"
#include <unicode/ubrk.h>
#include <unicode/udata.h>
#include <unicode/uversion.h>

#define WORDS_MOST (1u << 18)

static uint64_t parts[JY__PART_WORDS];
static uint32_t words[WORDS_MOST], word_count;
static UBreakIterator *breaks;
static bool known;

enum { OFFSET_OF_TREE, TOTAL_SIZE = 3, TREE_TYPE, INDEXES = 8, TYPE_MASK = 7, TYPE_UTF16 = 1 };

/* The first unit of a node: how many ways lead on, how many units must follow, or a value, which may have one of the others in its low bits. */
enum { LINEAR_FIRST = 0x30, VALUE_FIRST = 0x40, KIND_MASK = 0x3F, FINAL = 0x8000, BRANCHES_IN_A_ROW = 5, WORD_MOST = 64 };

typedef struct tree { const uint16_t *units, *end; uint16_t word[WORD_MOST]; } tree;

static uint16_t take_unit(const tree *t, const uint16_t **p)
{
    if (*p < t->units || *p >= t->end)
        make_die("ICU's dictionary of words", "a node lies outside");
    return *(*p)++;
}

/* Numbers that take one to three units: the first tells. */
static uint32_t take_number(const tree *t, const uint16_t **p, uint32_t lead, uint32_t two_from, uint32_t three_from)
{
    uint32_t high;
    if (lead < two_from)
        return lead;
    high = lead < three_from ? lead - two_from : take_unit(t, p);
    return high << 16 | take_unit(t, p);
}

static const uint16_t *far_from(const tree *t, const uint16_t *p, uint32_t distance)
{
    if (distance >= (size_t)(t->end - p))
        make_die("ICU's dictionary of words", "a way leads outside");
    return p + distance;
}

static bool are_near_han(const uint16_t *units, size_t count)
{
    size_t i = 0;
    while (i < count && units[i] >= JY__NEAR_FIRST && units[i] <= JY__NEAR_LAST)
        i++;
    return i == count;
}

static void take_part(uint64_t key)
{
    jy__part part = jy__part_of(key);
    parts[part.word] |= part.bits;
}

static bool stays_whole(const uint16_t *units, size_t length)
{
    UErrorCode status = U_ZERO_ERROR;
    ubrk_setText(breaks, units, (int32_t)length, &status);
    if (U_FAILURE(status))
        make_die("taking a word apart", u_errorName(status));
    return ubrk_following(breaks, 0) == (int32_t)length;
}

static void take_parts(const uint16_t *units, size_t length)
{
    for (size_t i = 1; i < length; i++) {
        if (are_near_han(units + i - 1, 2))
            take_part(jy__part_pair(units[i - 1], units[i]));
        if (i > 1 && are_near_han(units + i - 2, 3))
            take_part(jy__part_triple(units[i - 2], units[i - 1], units[i]));
    }
}

static void take_word(const tree *t, size_t length)
{
    bool han = are_near_han(t->word, length);
    if (length < 2 || (han && !stays_whole(t->word, length)))
        return;
    take_parts(t->word, length);
    if (length != 2 || !han)
        return;
    if (word_count == WORDS_MOST)
        make_die("ICU's dictionary of words", "too many words");
    words[word_count++] = jy__word_number(t->word[0], t->word[1]);
}

static void walk(tree *t, const uint16_t *p, size_t length);

static void put_unit(tree *t, size_t at, uint16_t unit)
{
    if (at == WORD_MOST)
        make_die("ICU's dictionary of words", "a word has no end");
    t->word[at] = unit;
}

/* Many ways are halved until few are left, each with its unit and its value: a final one, or how far away the next node is. */
static void walk_branch(tree *t, const uint16_t *p, uint32_t ways, size_t length)
{
    while (ways > BRANCHES_IN_A_ROW) {
        take_unit(t, &p);
        uint32_t distance = take_number(t, &p, take_unit(t, &p), 0xFC00, 0xFFFF);
        walk_branch(t, far_from(t, p, distance), ways / 2, length);
        ways -= ways / 2;
    }
    for (; ways > 1; ways--) {
        put_unit(t, length, take_unit(t, &p));
        uint16_t lead = take_unit(t, &p);
        uint32_t value = take_number(t, &p, lead & (FINAL - 1u), 0x4000, 0x7FFF);
        if (lead & FINAL)
            take_word(t, length + 1);
        else
            walk(t, far_from(t, p, value), length + 1);
    }
    put_unit(t, length, take_unit(t, &p));
    walk(t, p, length + 1);
}

/* All words that begin with the first `length` units of t->word. */
static void walk(tree *t, const uint16_t *p, size_t length)
{
    for (;;) {
        uint32_t lead = take_unit(t, &p);
        if (lead >= VALUE_FIRST) {
            take_word(t, length);
            if (lead & FINAL)
                return;
            take_number(t, &p, lead, 0x4040, 0x7FC0);
            lead &= KIND_MASK;
        }
        if (lead < LINEAR_FIRST) {
            uint32_t ways = (lead ? lead : take_unit(t, &p)) + 1u;
            walk_branch(t, p, ways, length);
            return;
        }
        for (uint32_t i = LINEAR_FIRST; i <= lead; i++)
            put_unit(t, length++, take_unit(t, &p));
    }
}

static bool read_dictionary(UDataMemory *data)
{
    const int32_t *indexes = udata_getMemory(data);
    UDataInfo info = { .size = sizeof(info) };
    tree t;
    udata_getInfo(data, &info);
    if (memcmp(info.dataFormat, "Dict", 4) != 0 || info.formatVersion[0] != 1 || (indexes[TREE_TYPE] & TYPE_MASK) != TYPE_UTF16)
        return false;
    t.units = (const uint16_t *)(const void *)((const char *)indexes + indexes[OFFSET_OF_TREE]);
    t.end = (const uint16_t *)(const void *)((const char *)indexes + indexes[TOTAL_SIZE]);
    walk(&t, t.units, 0);
    return true;
}

void make_parts_all(void)
{
    UErrorCode status = U_ZERO_ERROR;
    UDataMemory *data = udata_open(U_ICUDATA_NAME "-brkitr", "dict", "cjdict", &status);
    breaks = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
    known = U_SUCCESS(status) && read_dictionary(data);
    ubrk_close(breaks);
    udata_close(data);
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static void write_words(FILE *out)
{
    uint32_t number = 0;
    qsort(words, word_count, sizeof(*words), by_number);
    fprintf(out, "const uint32_t jy__word_count = %u;\nconst int16_t jy__word_firsts[JY__WORD_BUCKETS + 1] = {\n", word_count);
    for (uint32_t bucket = 0; bucket <= JY__WORD_BUCKETS; bucket++) {
        while (number < word_count && words[number] >> 16 < bucket)
            number++;
        int64_t beyond = (int64_t)number - jy__word_even(bucket, word_count);
        if (beyond != (int16_t)beyond)
            make_die("ICU's dictionary of words", "words lie too unevenly");
        fprintf(out, "%d,\n", (int)beyond);
    }
    fputs("};\nconst uint16_t jy__word_lows[] = {\n", out);
    for (uint32_t i = 0; i < word_count; i++)
        fprintf(out, "%u,\n", words[i] & 0xFFFF);
    fputs("0\n};\n", out);
}

void make_write_parts(FILE *out)
{
    UVersionInfo icu = { 0 };
    if (known)
        u_getVersion(icu);
    fprintf(out, "const uint8_t jy__parts_of_icu[4] = { %u, %u, %u, %u };\nconst uint64_t jy__parts[JY__PART_WORDS] = {\n", icu[0], icu[1], icu[2], icu[3]);
    for (size_t i = 0; i < JY__PART_WORDS; i++)
        fprintf(out, "0x%llX,\n", (unsigned long long)parts[i]);
    fputs("};\n", out);
    write_words(out);
}
