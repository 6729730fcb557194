/* The filter's tables of rare characters: variants of a form's symbols that are no Han character of U+4000..9FFF or no ASCII, characters of several
 * symbols that some form has side by side, and masks (match_rare.c walks around them). In: the forms. Out: three small tables by bytes. A group is a
 * bit; a character is rare when all three tables have a bit of it in common:
 *
 *   bytes   EF BC 8A     rare_lead[EF & 63] & rare_second[BC & 63] & rare_third[8A & 63] != 0
 *
 * Leads that are frequent in Chinese text have groups of their own, so that ， does not look like ＊, nor 。 like a rare Han; for four seconds each, as
 * engines that look up half bytes (match_nibbles.c) do not tell these apart. */
#include "match/tables/match_filter.h"
#include "match/tables/match_build.h"

static unsigned rare_group(unsigned lead, unsigned second)
{
    if (lead == 0xEF)
        return second == 0xBC ? 0 : second > 0xBC ? 1 : 2;
    if (lead == 0xE3)
        return second < 0x84 ? 3 : 4;
    if (lead == 0xE2)
        return second < 0x84 ? 5 : 6;
    return 7;
}

void jy__filter_add_rare(jy__filter *filter, uint32_t cp)
{
    unsigned char bytes[4] = { 0 };
    size_t len = jy__utf8_put(cp, (char *)bytes);
    uint8_t bit = (uint8_t)(1u << rare_group(bytes[0], bytes[1]));
    filter->rare_lead[bytes[0] & 63] |= bit;
    filter->rare_second[bytes[1] & 63] |= bit;
    if (len > 2)
        filter->rare_third[bytes[2] & 63] |= bit;
    for (size_t i = 0; len == 2 && i < 64; i++) /* what follows is another character */
        filter->rare_third[i] |= bit;
    if (cp < JY__RARE_END)
        jy__bit_set(filter->rare_near, cp / JY__RARE_NEAR);
    filter->has_rare = true;
}

/* Notes the variants of a symbol that the streams do not carry. */
static void add_outsiders(jy__filter *filter, uint32_t symbol)
{
    jy__members all = jy__members_of(symbol);
    for (size_t i = 0; i < all.count; i++)
        if (!jy__is_code(jy__member(&all, i)) && jy__member(&all, i) >= 128)
            jy__filter_add_rare(filter, jy__member(&all, i));
}

/* A character of several symbols is in matches of those forms that have all of them side by side, and no match goes over it elsewhere. Whether any has
 * the symbol. */
static bool add_spelled(jy__matcher *matcher, const jy__form *form, uint32_t k)
{
    const uint32_t *own = matcher->symbols + form->first + k;
    size_t count;
    const uint32_t *spelled = jy__fold_expanding(*own, &count);
    for (size_t i = 0; i < count; i++) {
        uint32_t symbols[JY__FOLD_MOST];
        const size_t length = jy__fold_char(spelled[i], symbols);
        if (matcher->keys_only || (length <= form->count - k && memcmp(symbols, own, length * sizeof(*own)) == 0))
            jy__filter_add_rare(&matcher->filter, spelled[i]);
    }
    return count > 0;
}

/* Codes that were seen are noted already, and of which some character of several symbols has one. */
typedef struct noted { uint64_t codes[JY__CODE_WORDS], spelled[JY__CODE_WORDS]; } noted;

static void note_outsiders(jy__matcher *matcher, const jy__form *form, noted *all)
{
    for (uint32_t k = 0; k < form->count; k++) {
        const uint32_t symbol = matcher->symbols[form->first + k];
        const bool code = jy__is_code(symbol), seen = code && jy__bit(all->codes, symbol);
        bool spelled;
        if (seen && (matcher->keys_only || !jy__bit(all->spelled, symbol)))
            continue;
        spelled = add_spelled(matcher, form, k);
        if (code && spelled)
            jy__bit_set(all->spelled, symbol);
        if (seen)
            continue;
        if (code)
            jy__bit_set(all->codes, symbol);
        add_outsiders(&matcher->filter, symbol);
    }
}

/* A filler may stand in every form; characters of several symbols are in none. */
static void note_filler_outsiders(jy__filter *filter)
{
    const uint32_t *symbols;
    size_t count;
    for (size_t i = 0; (symbols = jy__fold_filler_list(i, &count)) != NULL; i++)
        for (size_t k = 0; k < count; k++)
            add_outsiders(filter, symbols[k]);
}

void jy__filter_add_outsiders(jy__matcher *matcher)
{
    noted all = { { 0 }, { 0 } };
    for (uint32_t i = 0; i < matcher->form_count; i++)
        note_outsiders(matcher, &matcher->forms[i], &all);
    note_filler_outsiders(&matcher->filter);
}

static void add_mask(jy__filter *filter, uint32_t cp)
{
    if (cp >= 128) {
        jy__filter_add_rare(filter, cp);
        return;
    }
    filter->ascii[cp] |= JY__ASCII_MASK;
    filter->has_ascii = true;
}

/* A group, of 16, for each two bytes that masks begin with; what there is no group for is told one by one. */
typedef struct mask_group { unsigned first, count; } mask_group;

static void add_mask_group(jy__filter *filter, uint32_t cp, mask_group *last)
{
    unsigned char bytes[4] = { 0 };
    size_t len = jy__utf8_put(cp, (char *)bytes);
    unsigned first = bytes[0] | (unsigned)(len > 2 ? bytes[1] : 0) << 8;
    uint8_t bit, (*tables)[64];
    last->count += last->first != first;
    last->first = first;
    if (last->count > 16 || len > 3)
        return;
    bit = (uint8_t)(1u << (last->count - 1) % 8);
    tables = filter->mask_groups[(last->count - 1) / 8];
    tables[0][bytes[0] & 63] |= bit;
    tables[1][bytes[1] & 63] |= bit;
    tables[2][bytes[2] & 63] |= bit;
    for (size_t i = 0; len == 2 && i < 64; i++)
        tables[2][i] |= bit;
}

void jy__filter_add_masks(jy__matcher *matcher)
{
    jy__filter *filter = &matcher->filter;
    mask_group last = { 0, 0 };
    filter->masks_are_marks = filter->has_masks;
    for (uint32_t cp = 0; filter->has_masks && cp < 0x10000; cp++) {
        if (!jy__fold_is_mask(cp))
            continue;
        add_mask(filter, cp);
        filter->masks_are_marks &= !jy__index_has(&matcher->index, cp);
        if (cp >= 128 && jy__fold_kind(cp) != JY__KIND_SYMBOL && jy__fold_kind(cp) != JY__KIND_INVISIBLE)
            add_mask_group(filter, cp, &last);
    }
}

void jy__filter_add_letters(jy__filter *filter)
{
    for (uint32_t cp = 0x80; cp < JY__TWO_BYTES_END; cp++) {
        uint32_t symbols[JY__FOLD_MOST];
        if (jy__fold_kind(cp) == JY__KIND_SYMBOL && !jy__fold_is_mask(cp) && jy__fold_char(cp, symbols) == 1 && symbols[0] < JY__CODE_FIRST)
            jy__bit_set(filter->letters, cp);
    }
}

/* By their low six bits E1..EC, EE and EF are usual leads. */
void jy__filter_add_seen(jy__filter *filter)
{
    const uint64_t usual = (uint64_t)0xDFFE << 32;
    for (unsigned i = 0; i < 64; i++) {
        filter->seen[0][i] = filter->rare_lead[i] | (usual >> i & 1 ? 0 : JY__SEEN_ODD);
        filter->seen[1][i] = filter->rare_second[i] | JY__SEEN_ODD;
        filter->seen[2][i] = filter->rare_third[i] | JY__SEEN_ODD;
    }
}
