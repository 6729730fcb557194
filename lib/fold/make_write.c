/* In: the arrays of make_fold.c and make_sound.c. Out: C source of the tables that fold_tables.h draws. Equal blocks are found by
 * comparing with every earlier one: a few hundred blocks, so the square does not matter. */
#include "fold/make_tables.h"

static uint32_t *pool;
static size_t pool_count, pool_capacity;

static uint32_t pool_place(const symbols *s)
{
    uint32_t place;
    for (place = 0; place < pool_count; place += pool[place] + 1)
        if (pool[place] == s->count && memcmp(&pool[place + 1], s->cp, s->count * sizeof(s->cp[0])) == 0)
            return place;
    if (pool_count + s->count + 1 > pool_capacity) {
        pool_capacity = pool_capacity * 2 + 1024;
        pool = realloc(pool, pool_capacity * sizeof(pool[0]));
        if (!pool)
            make_die("no memory", NULL);
    }
    pool[pool_count++] = s->count;
    for (uint32_t i = 0; i < s->count; i++)
        pool[pool_count++] = s->cp[i];
    return place;
}

static uint32_t form_and_value(uint32_t cp, const symbols *s)
{
    if (s->count == 0) return (uint32_t)JY__FORM_NONE << 21;
    if (s->count == 1) return s->cp[0] == cp ? (uint32_t)JY__FORM_SELF << 21 : (uint32_t)JY__FORM_ONE << 21 | s->cp[0];
    return (uint32_t)JY__FORM_MORE << 21 | pool_place(s);
}

static bool same(const symbols *a, const symbols *b)
{
    return a->count == b->count && memcmp(a->cp, b->cp, a->count * sizeof(a->cp[0])) == 0;
}

static void write_numbers(FILE *out, const char *head, const uint32_t *numbers, size_t count)
{
    fprintf(out, "%s = {", head);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s%u", i == 0 ? "\n" : i % 24 ? "," : ",\n", numbers[i]);
    fprintf(out, "%s};\n", count ? "\n" : " 0 ");
}

/* Cuts values[0..count) into blocks and writes index and blocks; bytes says how large the tables are, for the log. */
static void write_stages(FILE *out, const uint32_t *values, uint32_t count, int shift, const char *index_head, const char *data_head)
{
    uint32_t size = 1u << shift, blocks = 0, *data = malloc(count * sizeof(*data)), *index = malloc((count >> shift) * sizeof(*index));
    if (!data || !index)
        make_die("no memory", NULL);
    for (uint32_t at = 0; at < count >> shift; at++) {
        uint32_t found = 0;
        while (found < blocks && memcmp(data + (found << shift), values + (at << shift), size * sizeof(*data)) != 0)
            found++;
        if (found == blocks)
            memcpy(data + (blocks++ << shift), values + (at << shift), size * sizeof(*data));
        index[at] = found;
    }
    write_numbers(out, index_head, index, count >> shift);
    write_numbers(out, data_head, data, blocks << shift);
    free(data);
    free(index);
}

static void write_fold(FILE *out)
{
    static uint32_t entries[CODE_POINTS];
    size_t pairs = 0;
    fputs("const jy__fold_pair jy__fold_width_pairs[] = {\n", out);
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++) {
        bool script = !same(&make_full[cp], &make_width[cp]);
        uint32_t width = form_and_value(cp, &make_width[cp]);
        entries[cp] = form_and_value(cp, &make_full[cp]) | (uint32_t)make_kinds[cp] << 24 | (make_masks[cp] ? JY__FOLD_MASK_BIT : 0)
                      | (script ? JY__FOLD_SCRIPT_BIT : 0);
        if (script && width >> 21 != JY__FORM_SELF) {
            fprintf(out, "{%u,%u},\n", cp, width);
            pairs++;
        }
    }
    fprintf(out, "{0,0}};\nconst size_t jy__fold_width_count = %zu;\n", pairs);
    write_stages(out, entries, CODE_POINTS, JY__FOLD_SHIFT, "const uint16_t jy__fold_index[0x110000 >> JY__FOLD_SHIFT]",
                 "const uint32_t jy__fold_entries[]");
    write_numbers(out, "const uint32_t jy__fold_pool[]", pool, pool_count);
}

typedef struct link { uint32_t symbol, cp; } link;

static int by_symbol(const void *a, const void *b)
{
    const link *x = a, *y = b;
    if (x->symbol != y->symbol) return x->symbol < y->symbol ? -1 : 1;
    return (x->cp > y->cp) - (x->cp < y->cp);
}

/* Where in the list the others of each Han code begin; those of code i end where those of code i + 1 begin. */
static void write_code_begins(FILE *out, const link *links, size_t count)
{
    static uint32_t begins[JY__CODE_COUNT + 1];
    size_t at = 0;
    for (uint32_t i = 0; i <= JY__CODE_COUNT; i++) {
        while (at < count && links[at].symbol < JY__CODE_FIRST + i)
            at++;
        if (at > UINT16_MAX)
            make_die("too many variants for 16 bits", NULL);
        begins[i] = (uint32_t)at;
    }
    write_numbers(out, "const uint16_t jy__fold_code_others[JY__CODE_COUNT + 1]", begins, JY__CODE_COUNT + 1);
}

static bool is_code(uint32_t symbol) { return symbol - JY__CODE_FIRST < JY__CODE_COUNT; }

/* The inverse map: one key for each symbol (of those to one symbol: fold_tables.h), then the code points that lead to it. */
static void write_inverse(FILE *out, bool several, const char *name)
{
    link *links = NULL;
    size_t count = 0, capacity = 0, keys = 0;
    for (uint32_t cp = 0; cp < CODE_POINTS; cp++) {
        const symbols *s = &make_full[cp];
        if ((cp >= 0xD800 && cp <= 0xDFFF) || (several ? s->count < 2 : s->count != 1 || s->cp[0] == cp))
            continue;
        for (uint32_t i = 0; i < s->count; i++) {
            if (count == capacity && !(links = realloc(links, (capacity = capacity * 2 + 1024) * sizeof(*links))))
                make_die("no memory", NULL);
            links[count++] = (link){ s->cp[i], cp };
        }
    }
    if (!count)
        make_die("no character folds to another", NULL);
    qsort(links, count, sizeof(*links), by_symbol);
    fprintf(out, "const jy__fold_key jy__fold_%s_keys[] = {\n", name);
    for (size_t i = 0, kept = 0; i < count; i++) {
        if (i && links[i].symbol == links[i - 1].symbol && links[i].cp == links[i - 1].cp)
            continue;
        if (!i || (links[i].symbol != links[i - 1].symbol && (several || !is_code(links[i].symbol) || !is_code(links[i - 1].symbol)))) {
            fprintf(out, "{%u,%zu},\n", links[i].symbol, kept);
            keys++;
        }
        kept++;
        if (i + 1 == count)
            fprintf(out, "{%u,%zu}};\n", CODE_POINTS, kept);
    }
    fprintf(out, "const size_t jy__fold_%s_count = %zu;\nconst uint32_t jy__fold_%s_list[] = {\n", name, keys, name);
    for (size_t i = 0; i < count; i++)
        if (!i || links[i].symbol != links[i - 1].symbol || links[i].cp != links[i - 1].cp)
            fprintf(out, "%u,\n", links[i].cp);
    fputs("};\n", out);
    if (!several)
        write_code_begins(out, links, count);
    free(links);
}

/* Characters with the same readings share one set. */
static uint32_t sound_value(uint32_t *sets, size_t *set_count, const symbols *s)
{
    size_t at;
    if (s->count < 2)
        return s->count ? s->cp[0] : 0;
    for (at = 0; at < *set_count; at += sets[at] + 1)
        if (sets[at] == s->count && memcmp(&sets[at + 1], s->cp, s->count * sizeof(s->cp[0])) == 0)
            break;
    if (at == *set_count) {
        sets[(*set_count)++] = s->count;
        for (uint32_t i = 0; i < s->count; i++)
            sets[(*set_count)++] = s->cp[i];
    }
    return make_syllable_count + 1u + (uint32_t)at;
}

static void write_sound(FILE *out)
{
    static uint32_t values[JY__HAN_END], sets[1 << 15], classes[SYLLABLES];
    size_t set_count = 0;
    for (uint32_t cp = 0; cp < JY__HAN_END; cp++) {
        if (set_count + JY__SOUND_MOST + 1 > JY__COUNT(sets))
            make_die("too many sets of readings", NULL);
        values[cp] = sound_value(sets, &set_count, &make_sounds[cp]);
    }
    write_stages(out, values, JY__HAN_END, JY__HAN_SHIFT, "const uint16_t jy__sound_index[JY__HAN_END >> JY__HAN_SHIFT]",
                 "const uint16_t jy__sound_entries[]");
    write_numbers(out, "const uint16_t jy__sound_sets[]", sets, set_count);
    fprintf(out, "const uint16_t jy__sound_set_first = %u;\nconst char *const jy__sound_names[] = { \"\",\n", make_syllable_count + 1u);
    for (uint32_t i = 1; i <= make_syllable_count; i++)
        fprintf(out, "\"%s\",\n", make_syllables[i]);
    fputs("};\n", out);
    for (uint32_t i = 0; i <= make_syllable_count; i++)
        classes[i] = make_classes[i];
    write_numbers(out, "const uint16_t jy__sound_classes[]", classes, make_syllable_count + 1u);
    for (uint32_t cp = 0; cp < JY__HAN_END; cp++)
        values[cp] = make_common[cp];
    write_stages(out, values, JY__HAN_END, JY__HAN_SHIFT, "const uint16_t jy__common_index[JY__HAN_END >> JY__HAN_SHIFT]",
                 "const uint8_t jy__common_entries[]");
}

void make_write_all(FILE *out)
{
    fputs("/* Written by make_tables at build time. */\n#include \"fold/fold.h\"\n", out);
    write_fold(out);
    write_inverse(out, false, "other");
    write_inverse(out, true, "expanding");
    write_sound(out);
    make_write_words(out);
    make_write_parts(out);
    make_write_stream(out);
    free(pool);
}
