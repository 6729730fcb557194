/* From literals to a frozen matcher. In: the literals (copied). Out: forms (optional marks turned into "may stand before symbol i"), each with the key
 * that the filter looks for (match_form_key.c), and the tables that find them. */
#include "match/tables/match_build.h"
#include "match/match_limits.h"

/* ---- optional marks: those at the ends of a literal say nothing, those inside become stops */

const uint8_t jy__no_stops[JY__MATCH_MOST_SYMBOLS] = { 0 };

static bool optional_at(const jy__literal *literal, uint32_t at) { return literal->optional && literal->optional[at]; }

static uint32_t required(const jy__literal *literal)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < literal->count; i++)
        count += !optional_at(literal, i);
    return count;
}

/* So many symbols as the form's stops take in the pool, behind its own (jy__stops_of()). */
static uint32_t stop_room(const jy__literal *literal) { return literal->optional ? (literal->count + 3) / 4 : 0; }
#define STOPS_MOST ((JY__MATCH_MOST_SYMBOLS + 3) / 4 * 4) /* whole symbols of the pool */

static void copy_symbols(jy__matcher *matcher, const jy__literal *literal, jy__form *form)
{
    bool all = required(literal) == 0; /* nothing but marks: then they are what is looked for */
    uint8_t stops = 0, count = 0, all_stops[STOPS_MOST] = { 0 };
    for (uint32_t i = 0; i < literal->count; i++) {
        if (optional_at(literal, i) && !all) {
            stops += stops < UINT8_MAX;
            continue;
        }
        matcher->symbols[form->first + count] = literal->symbols[i];
        all_stops[count] = count ? stops : 0;
        stops = 0;
        count++;
    }
    form->count = count;
    memcpy(matcher->symbols + form->first + count, all_stops, stop_room(literal) * sizeof(*matcher->symbols));
}

/* ---- what kind of form it is */

static bool is_one_way(const uint32_t *symbols, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (jy__fold_filler_begins(symbols[i]))
            return false;
        for (uint32_t j = i + 1; j < count; j++)
            if (symbols[i] == symbols[j])
                return false;
    }
    return true;
}

/* No two symbols share a bit of their classes. */
static bool sounds_one_way(const uint32_t *symbols, uint32_t count)
{
    uint64_t seen = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t bits = jy__is_code(symbols[i]) ? jy__heard_set_of(symbols[i])->bloom : UINT64_MAX;
        if (seen & bits)
            return false;
        seen |= bits;
    }
    return true;
}

static bool has_marks(const uint32_t *symbols, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (jy__fold_kind(symbols[i]) != JY__KIND_SYMBOL)
            return true;
    return false;
}

static bool are_codes(const uint32_t *symbols, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!jy__is_code(symbols[i]))
            return false;
    return true;
}

static uint64_t sound_bits(uint32_t symbol)
{
    uint16_t classes[JY__SOUND_MOST];
    size_t count = jy__match_sound_classes(symbol, classes);
    uint64_t bits = 0;
    for (size_t i = 0; i < count; i++)
        bits |= jy__symbol_bit(classes[i]);
    return bits;
}

static bool may_fill(const uint32_t *symbols, uint32_t count)
{
    for (uint32_t i = count > JY__FILLER_LONGEST ? count - JY__FILLER_LONGEST + 1 : 1; i < count; i++)
        if (jy__fold_filler_begins(symbols[i]))
            return true;
    return false;
}

static void note_flags(const jy__matcher *matcher, jy__form *form)
{
    const uint32_t *symbols = matcher->symbols + form->first;
    for (uint32_t i = 0; i < form->count; i++) {
        form->bloom |= jy__symbol_bit(symbols[i]);
        if (jy__form_may(form, JY_FOLD_SOUND))
            form->sound_bloom |= sound_bits(symbols[i]);
    }
    if (are_codes(symbols, form->count))
        form->flags |= JY__FORM_CODES;
    if (form->flags & JY__FORM_CODES && form->count <= JY__PLAIN_MOST)
        form->flags |= JY__FORM_SHORT | (jy__fold_filler_ends(symbols[0]) ? 0 : JY__FORM_PLAIN);
    if (may_fill(symbols, form->count))
        form->flags |= JY__FORM_FILLS;
    if (has_marks(symbols, form->count))
        form->flags |= JY__FORM_MARKS;
    else if (is_one_way(symbols, form->count))
        form->flags |= JY__FORM_ONE_WAY | (sounds_one_way(symbols, form->count) ? JY__FORM_SOUND_ONE_WAY : 0);
}

/* ---- the matcher */

static int check(const jy__literal *literals, size_t count, size_t *symbols_out)
{
    size_t symbols = 0;
    if (count > JY__FORMS_MOST)
        return JY_E_LIMIT;
    for (size_t i = 0; i < count; i++) {
        if (literals[i].count == 0 || !literals[i].symbols)
            return JY_E_INVALID;
        if (literals[i].count > JY__MATCH_MOST_SYMBOLS)
            return JY_E_LIMIT;
        symbols += literals[i].count + stop_room(&literals[i]);
    }
    *symbols_out = symbols;
    return symbols > UINT32_MAX / 2 ? JY_E_LIMIT : JY_OK;
}

/* So many symbols from any form's first on may be read. */
static size_t symbol_room(const jy__matcher *matcher) { return (matcher->symbol_count + JY__PLAIN_STEP) * sizeof(*matcher->symbols); }

static bool make_room(jy__matcher *matcher, size_t forms, size_t symbols)
{
    matcher->form_count = (uint32_t)forms;
    matcher->symbol_count = symbols;
    matcher->forms = jy__mem_alloc(&matcher->mem, forms * sizeof(*matcher->forms));
    matcher->symbols = jy__mem_alloc(&matcher->mem, symbol_room(matcher));
    return matcher->forms && matcher->symbols;
}

/* Room that shared symbols left goes back. */
static bool trim(jy__matcher *matcher, uint32_t symbols)
{
    size_t old = symbol_room(matcher);
    uint32_t *kept;
    matcher->symbol_count = symbols;
    kept = jy__mem_resize(&matcher->mem, matcher->symbols, old, symbol_room(matcher));
    if (kept)
        matcher->symbols = kept;
    else
        matcher->symbol_count = old / sizeof(*matcher->symbols) - JY__PLAIN_STEP;
    matcher->memory = sizeof(*matcher) + matcher->form_count * sizeof(*matcher->forms) + symbol_room(matcher);
    return kept != NULL;
}

void jy__symbols_close(jy__matcher *matcher)
{
    uint32_t *kept = jy__mem_resize(&matcher->mem, matcher->symbols, symbol_room(matcher), matcher->symbol_count * sizeof(*kept));
    matcher->symbols = kept ? kept : matcher->symbols;
}

/* What was copied to `end` is told from what the form before has there, and from all behind that, only by what it has more: then they share it, and
 * of phrases that begin alike none is compared with another (match_stands.c). Returns where the pool ends. */
static uint32_t share_symbols(const jy__matcher *matcher, const jy__form *before, jy__form *form, uint32_t end)
{
    uint32_t first = before ? before->first : end, count = end - first < form->count ? end - first : form->count;
    uint32_t *symbols = matcher->symbols;
    if (!count || memcmp(symbols + first, symbols + end, count * sizeof(*symbols)) != 0)
        return end + form->count;
    memmove(symbols + end, symbols + end + count, (form->count - count) * sizeof(*symbols));
    form->first = first;
    return end + form->count - count;
}

/* Returns where the pool ends. */
static uint32_t add_form(jy__matcher *matcher, const jy__literal *literal, const jy__form *before, jy__form *form, uint32_t end)
{
    form->first = end;
    form->folds = (uint16_t)literal->folds;
    form->flags = literal->optional ? JY__FORM_STOPS : 0;
    copy_symbols(matcher, literal, form);
    end = literal->optional ? end + form->count + stop_room(literal) : share_symbols(matcher, before, form, end);
    note_flags(matcher, form);
    if (jy__form_may(form, JY_FOLD_MASKED) && form->count >= JY__MATCH_MASKED_LEAST && !(form->flags & JY__FORM_MARKS))
        form->flags |= JY__FORM_MASKED;
    if (form->count > matcher->longest)
        matcher->longest = form->count;
    return end;
}

static uint32_t make_forms(jy__matcher *matcher, const jy__literal *literals)
{
    uint32_t end = 0;
    for (uint32_t i = 0; i < matcher->form_count; i++)
        end = add_form(matcher, &literals[i], i ? &matcher->forms[i - 1] : NULL, &matcher->forms[i], end);
    return end;
}

static int build(jy__matcher *matcher, const jy__literal *literals, size_t count, size_t symbols)
{
    for (size_t i = 0; i < count; i++)
        matcher->has_stops = matcher->has_stops || literals[i].optional;
    if (!make_room(matcher, count, symbols) || !trim(matcher, make_forms(matcher, literals)))
        return JY_E_NOMEM;
    if (!jy__keys_choose(matcher) || !jy__index_build(matcher) || !jy__pair_index_build(matcher) || !jy__masks_build(matcher) || !jy__filter_build(matcher))
        return JY_E_NOMEM;
    jy__kin_build(matcher);
    return JY_OK;
}

static int make(const jy__mem *mem, const jy__literal *literals, size_t count, bool keys_only, jy__matcher **out)
{
    jy__matcher *matcher;
    size_t symbols;
    int status = check(literals, count, &symbols);
    *out = NULL;
    if (status != JY_OK)
        return status;
    matcher = jy__mem_alloc(mem, sizeof(*matcher));
    if (!matcher)
        return JY_E_NOMEM;
    matcher->mem = *mem;
    matcher->keys_only = keys_only;
    status = build(matcher, literals, count, symbols);
    if (status != JY_OK) {
        jy__matcher_free(matcher);
        return status;
    }
    if (!jy__match_force(matcher, NULL)) {
        jy__matcher_free(matcher);
        return JY_E_NOMEM;
    }
    *out = matcher;
    return JY_OK;
}

int jy__matcher_new(const jy__mem *mem, const jy__literal *literals, size_t count, jy__matcher **out)
{
    return make(mem, literals, count, false, out);
}

int jy__matcher_new_keys(const jy__mem *mem, const jy__literal *literals, size_t count, jy__matcher **out)
{
    return make(mem, literals, count, true, out);
}

void jy__matcher_free(jy__matcher *matcher)
{
    jy__mem mem;
    if (!matcher)
        return;
    mem = matcher->mem;
    jy__filter_free(matcher);
    jy__index_free(matcher);
    jy__lone_free(matcher);
    jy__pair_index_free(matcher);
    jy__masks_free(matcher);
    jy__mem_free(&mem, matcher->forms, matcher->form_count * sizeof(*matcher->forms));
    jy__mem_free(&mem, matcher->symbols, symbol_room(matcher));
    jy__mem_free(&mem, matcher, sizeof(*matcher));
}

size_t jy__matcher_memory(const jy__matcher *matcher) { return matcher ? matcher->memory : 0; }
