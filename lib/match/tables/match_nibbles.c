/* The tables by half a byte. In: the forms, and the filter's other tables. Out: jy__nibbles. Like those it is made from, each admits all
 * that may begin a key, whatever its variants, and not much else. */
#include "match/tables/match_build.h"
#include "match/tables/match_filter.h"

#define EIGHT(byte) byte, byte, byte, byte, byte, byte, byte, byte
#define VECTOR(byte) { EIGHT(byte), EIGHT(byte), EIGHT(byte), EIGHT(byte) }
const uint8_t jy__bytes[JY__BYTES][32] = { [JY__BYTE_0F] = VECTOR(0x0F), [JY__BYTE_3F] = VECTOR(0x3F), [JY__BYTE_40] = VECTOR(0x40),
                                           [JY__BYTE_70] = VECTOR(0x70), [JY__BYTE_B0] = VECTOR(0xB0), [JY__BYTE_C0] = VECTOR(0xC0),
                                           [JY__BYTE_E0] = VECTOR(0xE0), [JY__BYTE_FF] = VECTOR(0xFF) };

#define NONE 0x80
const uint8_t jy__thirds[3][3][16] = {
    { { 0, 3, 6, 9, 12, 15, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE },
      { NONE, NONE, NONE, NONE, NONE, NONE, 2, 5, 8, 11, 14, NONE, NONE, NONE, NONE, NONE },
      { NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, 1, 4, 7, 10, 13 } },
    { { 1, 4, 7, 10, 13, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE },
      { NONE, NONE, NONE, NONE, NONE, 0, 3, 6, 9, 12, 15, NONE, NONE, NONE, NONE, NONE },
      { NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, 2, 5, 8, 11, 14 } },
    { { 2, 5, 8, 11, 14, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE },
      { NONE, NONE, NONE, NONE, NONE, 1, 4, 7, 10, 13, NONE, NONE, NONE, NONE, NONE, NONE },
      { NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, 0, 3, 6, 9, 12, 15 } }
};

static void add_code(uint8_t (*tables)[16], int count, uint32_t code, uint32_t bucket)
{
    if (!jy__is_code(code))
        return;
    for (int i = 0; i < count; i++)
        tables[i][code >> 4 * i & 15] |= (uint8_t)(1u << bucket);
}

/* All codes that fold to a symbol, in the first tables. */
static void add_some(uint8_t (*tables)[16], int tables_count, uint32_t symbol, uint32_t bucket)
{
    size_t count;
    const uint32_t *others = jy__fold_others(symbol, &count);
    add_code(tables, tables_count, symbol, bucket);
    for (size_t i = 0; i < count; i++)
        add_code(tables, tables_count, others[i], bucket);
}

static void add_symbol(uint8_t tables[4][16], uint32_t symbol, uint32_t bucket) { add_some(tables, 4, symbol, bucket); }

/* A bucket admits every mixture of its codes' nibbles, so codes with the same high byte share one. */
static uint32_t bucket_of(uint32_t code) { return (code >> 8) % 8; }

static void add_form(jy__matcher *matcher, const jy__form *form)
{
    jy__nibbles *nibbles = &matcher->filter.nibbles;
    const uint32_t *key = matcher->symbols + form->first + form->key;
    if (!(form->flags & JY__FORM_PAIR))
        add_symbol(nibbles->single, key[0], bucket_of(key[0]));
}

static const jy__code_parts three_halves = { { 0, 4, 8 }, 15, 8 };

static void copy_halves(uint8_t to[3][16], const uint8_t from[3][64])
{
    for (int i = 0; i < 3; i++)
        memcpy(to[i], from[i], sizeof(to[i]));
}

static void add_filler_firsts(jy__nibbles *nibbles)
{
    uint32_t symbols[JY__FILLERS_MOST][2] = { { 0 } };
    const uint32_t *pairs[JY__FILLERS_MOST], *filler;
    jy__bucket_tables tables;
    size_t count = 0, length;
    for (; count < JY__FILLERS_MOST && (filler = jy__fold_filler_list(count, &length)) != NULL; count++) {
        symbols[count][0] = filler[0];
        pairs[count] = symbols[count];
    }
    jy__buckets_share(&three_halves, pairs, count, &tables);
    copy_halves(nibbles->filler_first, (const uint8_t (*)[64])tables.first);
}

/* Many forms are looked for in another way. */
static void add_keys(jy__matcher *matcher)
{
    jy__nibbles *nibbles = &matcher->filter.nibbles;
    jy__bucket_tables tables;
    if (nibbles->full || !jy__buckets_share_keys(matcher, &three_halves, &tables))
        return;
    copy_halves(nibbles->first, (const uint8_t (*)[64])tables.first);
    copy_halves(nibbles->second, (const uint8_t (*)[64])tables.second);
    add_filler_firsts(nibbles);
}

/* Fillers of one code are in buckets 0..3, where any second code will do. */
static void add_fillers(jy__nibbles *nibbles)
{
    const uint32_t *symbols;
    size_t count;
    for (size_t i = 0; (symbols = jy__fold_filler_list(i, &count)) != NULL; i++) {
        uint32_t bucket = bucket_of(symbols[0]) % 4 + (count > 1 ? 4 : 0);
        add_symbol(nibbles->filler, symbols[0], bucket);
        if (count > 1)
            add_symbol(nibbles->filler_next, symbols[1], bucket);
    }
    for (size_t i = 0; i < 4 * 16; i++)
        nibbles->filler_next[i / 16][i % 16] |= 0x0F;
}

/* Groups as in match_filter_rare.c in six buckets; 6 is for leads that do not allow any continuation, E0 and ED: they are always of interest. */
static void add_rare_group(jy__nibbles *nibbles, const jy__filter *filter, uint32_t group)
{
    static const uint8_t buckets[8] = { 0, 0, 1, 2, 3, 4, 5, 5 };
    uint8_t bit = (uint8_t)(1u << buckets[group]);
    for (uint32_t i = 0; i < 64; i++) {
        if (i >= 0x20 && i < 0x30 && filter->rare_lead[i] >> group & 1)
            nibbles->rare[0][i & 15] |= bit;
        if (filter->rare_second[i] >> group & 1)
            nibbles->rare[1][i >> 2] |= bit;
        if (filter->rare_third[i] >> group & 1)
            nibbles->rare[2][i >> 2] |= bit;
    }
}

static void add_leads(jy__nibbles *nibbles)
{
    nibbles->rare[0][0x0] |= 0x40;
    nibbles->rare[0][0xD] |= 0x40;
    for (size_t i = 0; i < 16; i++) {
        nibbles->rare[1][i] |= 0x40;
        nibbles->rare[2][i] |= 0x40;
    }
    for (size_t i = 4; i < 10; i++)
        nibbles->rare[0][i] = 0x80;
}

static void add_ascii(jy__nibbles *nibbles, const jy__filter *filter)
{
    unsigned count = 0;
    for (uint32_t c = 0; c < 128; c++) {
        if (!(filter->ascii[c] & JY__ASCII_BEGINS))
            continue;
        nibbles->ascii[0][c & 15] |= (uint8_t)(1u << (c >> 4));
        nibbles->few[1] = c * UINT64_C(0x0101010101010101);
        if (!count++)
            nibbles->few[0] = nibbles->few[1];
    }
    nibbles->is_few = count <= 2;
    nibbles->is_one = count == 1;
    for (uint32_t i = 0; i < 8; i++)
        nibbles->ascii[1][i] = (uint8_t)(1u << i);
}

/* The groups of match_filter_rare.c, but that 0 and 1 (EF BC, EF BD to BF) are one; so bit 1 is free for what is of interest by its first byte alone. */
static uint8_t merged(uint8_t groups) { return (uint8_t)((groups & ~2) | (groups >> 1 & 1)); }

static void add_others(jy__nibbles *nibbles, const jy__filter *filter)
{
    const uint8_t *const groups[3] = { filter->rare_lead, filter->rare_second, filter->rare_third };
    uint8_t any = 0xFF; /* groups of two bytes: anything may come third */
    for (uint32_t i = 0; i < 64; i++)
        any &= filter->rare_third[i];
    for (uint32_t byte = 0; byte < 256; byte++) {
        for (int i = 0; i < 3; i++)
            nibbles->others[i][byte] = byte < 0x80 ? 0 : merged(groups[i][byte & 63]);
        if (byte < 0x80)
            nibbles->others[2][byte] = merged(any);
        nibbles->others[1][byte] |= 2;
        nibbles->others[2][byte] |= 2;
        if (byte < 128 ? filter->ascii[byte] & JY__ASCII_BEGINS : byte == 0xE0 || byte == 0xED)
            nibbles->others[0][byte] |= 2;
    }
}

/* Found by measuring: half of all places pass with 100. */
#define KEYS_MOST 48u

void jy__nibbles_build(jy__matcher *matcher)
{
    jy__nibbles *nibbles = &matcher->filter.nibbles;
    nibbles->full = matcher->filter.keys > KEYS_MOST;
    for (uint32_t i = 0; i < matcher->form_count; i++)
        add_form(matcher, &matcher->forms[i]);
    add_keys(matcher);
    add_fillers(nibbles);
    for (uint32_t group = 0; group < 8; group++)
        add_rare_group(nibbles, &matcher->filter, group);
    add_leads(nibbles);
    add_ascii(nibbles, &matcher->filter);
    add_others(nibbles, &matcher->filter);
    for (uint32_t i = 0; i < 32; i++)
        nibbles->bits[i] = (uint32_t)1 << i;
}
