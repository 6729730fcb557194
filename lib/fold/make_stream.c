/* In: folds, sounds and commonness of the Han codes U+4000..9FFF, of which the matcher's stream is made. Out: for each code what it folds to, whether a
 * filler may begin or end with it, and what it sounds like as one number: the number of its set of sound classes (there are some 450), and a byte for
 * that set. The sets that talk uses most have a byte of their own; the others share some, so that a byte is as good as a set nearly always. */
#include "fold/make_tables.h"

#define SETS JY__HEARD_SETS_MOST
#define BYTES 256

typedef struct heard_set { uint16_t classes[JY__SOUND_MOST], count, number; uint64_t weight; uint32_t byte; } heard_set;

static heard_set sets[SETS];
static uint32_t set_count = 1; /* number 0: no reading */

static uint32_t symbol_of(uint32_t code) { return make_full[code].count == 1 ? make_full[code].cp[0] : 0; }

static void classes_of(uint32_t symbol, heard_set *out)
{
    const symbols *sounds = &make_sounds[symbol];
    *out = (heard_set){ { 0 }, 0, 0, 0, 0 };
    for (uint32_t i = 0; i < sounds->count; i++) {
        uint16_t class = make_classes[sounds->cp[i]];
        uint32_t at = 0, k;
        while (at < out->count && out->classes[at] < class)
            at++;
        if (at < out->count && out->classes[at] == class)
            continue;
        for (k = out->count++; k > at; k--)
            out->classes[k] = out->classes[k - 1];
        out->classes[at] = class;
    }
}

static uint32_t number_of(const heard_set *set)
{
    uint32_t at = 1;
    if (!set->count)
        return 0;
    while (at < set_count && (sets[at].count != set->count || memcmp(sets[at].classes, set->classes, sizeof(set->classes)) != 0))
        at++;
    if (at == SETS)
        make_die("too many sets of sound classes", NULL);
    if (at == set_count) {
        sets[set_count] = *set;
        sets[set_count].number = (uint16_t)set_count;
        set_count++;
    }
    return at;
}

/* How much of all talk a symbol is: twelve steps of commonness are one doubling, as counting talks says. */
static uint64_t weight_of(uint32_t symbol)
{
    uint32_t common = symbol < JY__HAN_END ? make_common[symbol] : 0;
    return (uint64_t)(12 + common % 12) << common / 12;
}

static int by_weight(const void *a, const void *b)
{
    const heard_set *x = *(heard_set *const *)a, *y = *(heard_set *const *)b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* 0 is that of no reading. For a key by sound all bytes of its classes are enumerated, so those of several classes cost the most: few have a byte of
 * their own, and all others together one, which hardly any talk has. */
#define SEVERAL 64u
#define SHARED 24u
#define OWN (BYTES - 2 - SEVERAL - SHARED)

static uint32_t byte_of(const heard_set *set, uint32_t *ones, uint32_t *several)
{
    if (set->count > 1)
        return *several < SEVERAL ? 1 + OWN + SHARED + (*several)++ : BYTES - 1;
    return *ones < OWN ? 1 + (*ones)++ : 1 + OWN + (*ones)++ % SHARED;
}

static void give_bytes(void)
{
    static heard_set *order[SETS];
    uint32_t ones = 0, several = 0;
    for (uint32_t i = 1; i < set_count; i++)
        order[i - 1] = &sets[i];
    qsort(order, set_count - 1, sizeof(*order), by_weight);
    for (uint32_t i = 0; i + 1 < set_count; i++)
        order[i]->byte = byte_of(order[i], &ones, &several);
}

static void write_list(FILE *out, const char *head, const uint32_t *numbers, size_t count)
{
    fprintf(out, "%s = {", head);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s%u", i % 24 ? "," : i ? ",\n" : "\n", numbers[i]);
    fputs("\n};\n", out);
}

static uint64_t bloom_of(const heard_set *set)
{
    uint64_t bloom = 0;
    for (uint32_t i = 0; i < set->count; i++)
        bloom |= (uint64_t)1 << (set->classes[i] * 0x9E3779B1u >> 26);
    return bloom;
}

static bool share(const heard_set *a, const heard_set *b)
{
    bool found = false;
    for (uint32_t i = 0; i < a->count; i++)
        for (uint32_t k = 0; k < b->count; k++)
            found |= a->classes[i] == b->classes[k];
    return found;
}

/* The sets with a class of some set that has a class of this one. */
static void alike_of(const heard_set *set, uint64_t bits[JY__ALIKE_WORDS])
{
    for (uint32_t i = 1; i < set_count; i++)
        for (uint32_t k = 1; share(set, &sets[i]) && k < set_count; k++)
            if (share(&sets[i], &sets[k]))
                bits[k / 64] |= (uint64_t)1 << k % 64;
}

static void write_alike(FILE *out)
{
    if (set_count > JY__ALIKE_WORDS * 64)
        make_die("too many sets of sound classes", NULL);
    fputs("const uint64_t jy__heard_alike[][JY__ALIKE_WORDS] = {\n", out);
    for (uint32_t i = 0; i < set_count; i++) {
        uint64_t bits[JY__ALIKE_WORDS] = { 0 };
        alike_of(&sets[i], bits);
        for (uint32_t word = 0; word < JY__ALIKE_WORDS; word++)
            fprintf(out, "%s%lluu", word ? "," : "{ ", (unsigned long long)bits[word]);
        fputs(" },\n", out);
    }
    fputs("};\n", out);
}

static void write_classes(FILE *out)
{
    static uint32_t classes[SETS];
    for (uint32_t i = 1; i < set_count; i++)
        if (sets[i].count <= 2)
            classes[i] = sets[i].classes[0] | (uint32_t)sets[i].classes[1] << 16;
    write_list(out, "const uint32_t jy__heard_classes[]", classes, set_count);
}

/* By class: the byte of the set that has it alone. */
static void write_class_bytes(FILE *out)
{
    static uint32_t bytes[SYLLABLES];
    for (uint32_t i = 1; i < set_count; i++)
        if (sets[i].count == 1)
            bytes[sets[i].classes[0]] = sets[i].byte;
    write_list(out, "const uint8_t jy__class_bytes[]", bytes, make_syllable_count + 1u);
}

static void write_sets(FILE *out)
{
    fprintf(out, "const uint32_t jy__heard_set_count = %u;\nconst jy__heard_set jy__heard_sets[] = {\n", set_count);
    for (uint32_t i = 0; i < set_count; i++) {
        fputs("{ {", out);
        for (uint32_t k = 0; k < JY__SOUND_MOST; k++)
            fprintf(out, "%s%u", k ? "," : "", sets[i].classes[k]);
        fprintf(out, "}, %u, %u, %lluu },\n", sets[i].count, sets[i].byte, (unsigned long long)bloom_of(&sets[i]));
    }
    fputs("};\n", out);
}

/* How much of all talk a sound class is: sixteen steps of commonness are taken for one doubling. Only the order matters. */
static void write_weights(FILE *out)
{
    static uint32_t weights[SYLLABLES];
    for (uint32_t symbol = 0x4E00; symbol <= 0x9FFF; symbol++) {
        heard_set set;
        classes_of(symbol, &set);
        for (uint32_t i = 0; i < set.count; i++)
            weights[set.classes[i]] += (uint32_t)1 << make_common[symbol] / 16;
    }
    write_list(out, "const uint32_t jy__sound_class_weights[]", weights, make_syllable_count + 1u);
}

/* Of 65536 codes of talk so many have each byte: twelve steps of commonness are one doubling, as counting talks says. */
static void write_shares(FILE *out, const uint32_t *bytes)
{
    static uint64_t weights[BYTES];
    static uint32_t shares[BYTES];
    uint64_t all = 0;
    for (uint32_t i = 0; i < JY__CODE_COUNT; i++) {
        uint64_t weight = weight_of(symbol_of(JY__CODE_FIRST + i));
        weights[bytes[i]] += weight;
        all += weight;
    }
    for (uint32_t i = 0; i < BYTES; i++)
        shares[i] = (uint32_t)(weights[i] * 65536 / all);
    write_list(out, "const uint16_t jy__heard_shares[256]", shares, BYTES);
}

/* Which codes fold to a symbol that a filler begins with, or ends with: a bit for each of 65536. */
static void write_fillers(FILE *out, const char *head, bool (*is)(uint32_t symbol))
{
    fprintf(out, "%s = {", head);
    for (uint32_t word = 0; word < JY__CODE_WORDS; word++) {
        uint64_t bits = 0;
        for (uint32_t code = word * 64; code < (word + 1) * 64; code++)
            if (code >= JY__CODE_FIRST && code < JY__CODE_FIRST + JY__CODE_COUNT && is(symbol_of(code)))
                bits |= (uint64_t)1 << code % 64;
        fprintf(out, "%s%lluu", word % 24 ? "," : word ? ",\n" : "\n", (unsigned long long)bits);
    }
    fputs("\n};\n", out);
}

void make_write_stream(FILE *out)
{
    static uint32_t folded[JY__CODE_COUNT + 2], numbers[JY__CODE_COUNT + 2], padded[1 + JY__CODE_COUNT + 4];
    uint32_t *bytes = padded + 1;
    for (uint32_t i = 0; i < JY__CODE_COUNT; i++) {
        uint32_t symbol = symbol_of(JY__CODE_FIRST + i);
        heard_set set;
        folded[i] = symbol >= JY__CODE_FIRST && symbol < JY__CODE_FIRST + JY__CODE_COUNT ? symbol : 0;
        classes_of(symbol < JY__HAN_END ? symbol : 0, &set);
        numbers[i] = number_of(&set);
        sets[numbers[i]].weight += weight_of(symbol);
    }
    give_bytes();
    for (uint32_t i = 0; i < JY__CODE_COUNT; i++)
        bytes[i] = sets[numbers[i]].byte;
    write_list(out, "const uint16_t jy__fold_codes[JY__CODE_COUNT + 2]", folded, JY__COUNT(folded));
    write_list(out, "const uint16_t jy__heard_numbers[JY__CODE_COUNT + 2]", numbers, JY__COUNT(numbers));
    write_list(out, "const uint8_t jy__heard_padded[1 + JY__CODE_COUNT + 4]", padded, JY__COUNT(padded));
    write_shares(out, bytes);
    write_sets(out);
    write_alike(out);
    write_classes(out);
    write_class_bytes(out);
    write_weights(out);
    write_fillers(out, "const uint64_t jy__filler_firsts[JY__CODE_WORDS]", jy__fold_filler_begins);
    write_fillers(out, "const uint64_t jy__filler_lasts[JY__CODE_WORDS]", jy__fold_filler_ends);
}
