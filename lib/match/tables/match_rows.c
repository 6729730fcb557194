/* The tables of engines without AVX-512 that are as large as all codes are. In: the forms, and the filter's other tables. Out: jy__rows: of what kind each code
 * is, in which order the bits of a mask stand, and a mark for every two codes that may be a key. Only such an engine has them made. */
#include "match/tables/match_build.h"
#include "match/tables/match_filter.h"

/* ---- kinds of codes */

static void add_kind(jy__rows *rows, const uint64_t *bits, unsigned kind)
{
    for (uint32_t word = JY__CODE_FIRST / 64; word < (JY__CODE_FIRST + JY__CODE_COUNT) / 64; word++)
        for (uint64_t left = bits[word]; left; left &= left - 1)
            rows->kinds[word * 64 + (uint32_t)__builtin_ctzll(left)] |= (uint8_t)kind;
}

/* Characters of three bytes that are rare, or whose bytes are none. */
static void add_odd(jy__rows *rows, const jy__filter *filter)
{
    for (uint32_t row = 0; row < 1024; row++) {
        unsigned lead = 0xE0 + row / 64, groups = filter->has_rare ? filter->rare_lead[lead & 63] & filter->rare_second[row % 64] : 0;
        bool none = row < 0x800 / 64 || (row >= 0xD800 / 64 && row < 0xE000 / 64);
        for (uint32_t i = 0; i < 64; i++)
            if (none || (groups & filter->rare_third[i]))
                rows->kinds[row * 64 + i] |= JY__ROLE_ODD;
    }
}

static void add_kinds(jy__rows *rows, const jy__filter *filter)
{
    for (uint32_t code = JY__CODE_FIRST; code < JY__CODE_FIRST + JY__CODE_COUNT; code++)
        rows->kinds[code] = JY__ROLE_CODE;
    add_odd(rows, filter);
    add_kind(rows, filter->heads, JY__ROLE_BOTH);
    add_kind(rows, filter->tails, JY__ROLE_TAIL);
    add_kind(rows, filter->singles, JY__ROLE_ALONE);
    add_kind(rows, filter->fillers, JY__ROLE_FILLER);
    add_kind(rows, filter->ends, JY__ROLE_END);
}

/* ---- what two heard bytes may begin */

static void ask(jy__rows *rows, uint32_t two, unsigned bit) { rows->asked[two & (JY__SIDES - 1)] |= (uint16_t)(bit << (two >> JY__SIDES_BITS)); }

/* With the heard bytes of codes that may stand for two symbols side by side. */
static void add_two(jy__rows *rows, const uint32_t symbols[2], unsigned bit)
{
    jy__members first = jy__members_of(symbols[0]), second = jy__members_of(symbols[1]);
    for (size_t i = 0; i < first.count; i++)
        for (size_t k = 0; k < second.count; k++) {
            uint32_t a = jy__member(&first, i), b = jy__member(&second, k);
            if (jy__is_code(a) && jy__is_code(b))
                ask(rows, jy__heard_byte(a) | (uint32_t)jy__heard_byte(b) << 8, bit);
        }
}

/* Behind a filler of one code anything may stand. */
static void add_one(jy__rows *rows, uint32_t symbol)
{
    jy__members all = jy__members_of(symbol);
    for (size_t i = 0; i < all.count; i++)
        for (uint32_t next = 0; next < 256 && jy__is_code(jy__member(&all, i)); next++)
            ask(rows, jy__heard_byte(jy__member(&all, i)) | next << 8, JY__ASKED_FILLER);
}

static void add_filler_bytes(jy__rows *rows)
{
    const uint32_t *symbols;
    size_t count;
    for (size_t i = 0; (symbols = jy__fold_filler_list(i, &count)) != NULL; i++) {
        if (count > 1)
            add_two(rows, symbols, JY__ASKED_FILLER);
        else
            add_one(rows, symbols[0]);
    }
}

static void add_asked(jy__rows *rows, const jy__matcher *matcher)
{
    if (!matcher->filter.has_sound || matcher->filter.many)
        return;
    for (uint32_t two = 0; two < 65536; two++)
        if (jy__bit(matcher->sound_keys.begins, two))
            ask(rows, two, JY__ASKED_BEGIN);
    for (uint32_t i = 0; i < matcher->form_count; i++)
        if (jy__form_paired(&matcher->forms[i]))
            add_two(rows, matcher->symbols + matcher->forms[i].first + matcher->forms[i].key, JY__ASKED_BEGIN);
    add_filler_bytes(rows);
}

/* ---- bits of a mask in order */

/* The masks whose highest bit is `at` come after all lower ones, in the order of what is left of them without that bit. */
static void add_shuffles(jy__rows *rows)
{
    uint8_t counts[JY__RANKS] = { 0 };
    uint16_t lower[17] = { 1 }; /* masks of bits below */
    for (uint32_t at = 0; at < 16; at++) {
        uint16_t rests = lower[at < 2 ? 0 : at - 2];
        for (uint32_t rest = 0; rest < rests; rest++) {
            uint32_t rank = lower[at] + rest;
            memcpy(rows->shuffles[rank], rows->shuffles[rest], sizeof(rows->shuffles[rank]));
            rows->shuffles[rank][counts[rest]] = (uint8_t)at;
            counts[rank] = (uint8_t)(counts[rest] + 1);
        }
        lower[at + 1] = (uint16_t)(lower[at] + rests);
        for (uint32_t mask = 0; mask < 256; mask++)
            if (mask >> at % 8 & 1)
                rows->ranks[at / 8][mask] = (uint16_t)(rows->ranks[at / 8][mask] + lower[at] * sizeof(*rows->shuffles));
    }
}

static void add_orders(jy__rows *rows)
{
    for (uint32_t mask = 0; mask < 256; mask++)
        for (uint32_t bit = 0, count = 0; bit < 8; bit++)
            if (mask >> bit & 1)
                rows->orders[mask][count++] = (uint8_t)bit;
}

static void add_words(jy__rows *rows)
{
    for (uint32_t mask = 0; mask < 256; mask++) {
        rows->counts[mask] = (uint8_t)__builtin_popcount(mask);
        for (uint32_t i = 0; i < 16; i++)
            rows->words[mask][i] = (uint8_t)(2 * rows->orders[mask][i / 2] + i % 2);
    }
}

/* ---- marks of two codes */

static void add_mark(jy__rows *rows, const uint32_t *pair)
{
    jy__members first = jy__members_of(pair[0]), second = jy__members_of(pair[1]);
    for (size_t i = 0; i < first.count; i++)
        for (size_t k = 0; k < second.count; k++) {
            uint32_t mix = jy__pair_mix(jy__member(&first, i), jy__member(&second, k));
            if (jy__is_code(jy__member(&first, i)) && jy__is_code(jy__member(&second, k)))
                rows->marks[mix >> 5 & (((uint32_t)1 << rows->mark_bits) - 1)] |= (uint32_t)1 << (mix & 31);
        }
}

/* A bit for each 64, where pairs have three of 16; what does not lie in the first cache would save nothing. */
#define MARK_BITS_MORE 2u
#define MARK_BITS_MOST 13u
static uint32_t mark_bits_of(const jy__filter *filter)
{
    uint32_t bits = filter->pair_bits + MARK_BITS_MORE;
    return filter->many && bits <= MARK_BITS_MOST ? bits : 0;
}

static size_t size_of(const jy__filter *filter) { return sizeof(jy__rows) + (sizeof(uint32_t) << mark_bits_of(filter)); }

static void add_marks(jy__rows *rows, const jy__matcher *matcher)
{
    rows->mark_bits = mark_bits_of(&matcher->filter);
    for (uint32_t i = 0; i < matcher->form_count && rows->mark_bits; i++) {
        const jy__form *form = &matcher->forms[i];
        if (form->flags & JY__FORM_HAN && !(form->flags & JY__FORM_BY_SOUND))
            add_mark(rows, matcher->symbols + form->first + form->key);
    }
}

/* ---- all of them */

bool jy__rows_build(jy__matcher *matcher)
{
    jy__rows *rows = matcher->filter.nibbles.rows ? NULL : jy__mem_alloc(&matcher->mem, size_of(&matcher->filter));
    if (!rows)
        return matcher->filter.nibbles.rows != NULL;
    add_kinds(rows, &matcher->filter);
    add_asked(rows, matcher);
    add_shuffles(rows);
    add_orders(rows);
    add_words(rows);
    add_marks(rows, matcher);
    matcher->filter.nibbles.rows = rows;
    matcher->memory += size_of(&matcher->filter);
    return true;
}

void jy__rows_free(jy__matcher *matcher)
{
    jy__rows **rows = &matcher->filter.nibbles.rows;
    matcher->memory -= *rows ? size_of(&matcher->filter) : 0;
    jy__mem_free(&matcher->mem, *rows, size_of(&matcher->filter));
    *rows = NULL;
}
