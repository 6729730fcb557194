/* In: common_words.tsv. Out: words of two Han symbols and how common they are, in order, so that a string is known to be common although its
 * characters beside each other would be rare. */
#include "fold/make_tables.h"

#define WORDS 8192

static jy__common_word words[WORDS];
static size_t word_count;

static uint16_t take_symbol(const make_row *row, const char **p)
{
    uint32_t cp = **p ? make_next_char(p) : 0;
    if (cp < 0x4E00 || cp > 0x9FFF || make_full[cp].count != 1 || make_full[cp].cp[0] != cp)
        make_row_die(row, "a word is two Han symbols, each of which folds to itself");
    return (uint16_t)cp;
}

static void take_words(const make_row *row)
{
    long value = strtol(row->field[0], NULL, 10);
    if (row->fields < 2 || value < 1 || value > 255)
        make_row_die(row, "a row is: a number 1..255, tab, words with blanks between");
    for (char *word = strtok(row->field[1], " "); word; word = strtok(NULL, " ")) {
        const char *p = word;
        jy__common_word own = { 0, 0, (uint8_t)value };
        own.first = take_symbol(row, &p);
        own.second = take_symbol(row, &p);
        if (*p || word_count == WORDS)
            make_row_die(row, *p ? "a word is longer than two symbols" : "too many words");
        words[word_count++] = own;
    }
}

static int by_symbols(const void *a, const void *b)
{
    const jy__common_word *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->second < y->second ? -1 : x->second > y->second;
}

void make_words_all(const char *path)
{
    make_read(path, take_words);
    if (!word_count)
        make_die("no words in", path);
    qsort(words, word_count, sizeof(*words), by_symbols);
    for (size_t i = 1; i < word_count; i++)
        if (by_symbols(&words[i - 1], &words[i]) == 0)
            make_die("a word stands twice in", path);
}

void make_write_words(FILE *out)
{
    fprintf(out, "const size_t jy__common_word_count = %zu;\nconst jy__common_word jy__common_words[] = {\n", word_count);
    for (size_t i = 0; i < word_count; i++)
        fprintf(out, "{ %u, %u, %u },\n", words[i].first, words[i].second, words[i].common);
    fputs("};\n", out);
}
