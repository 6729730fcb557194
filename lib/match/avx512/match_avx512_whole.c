/* Phrases that stand there symbol by symbol, alone, as match_rounds.c and match_settle.c find them one by one: sixteen places at a time. In: places of keys of
 * two codes, and where each code of the chunk stood. Out: of each place the form that stands there so, where its key is no other's; and the places that are left.
 *
 *   codes   … 是 你 没 办 法 吗 …     slot 没办 ─▶ context [没办法 | – – – | 法 – –]: 法 stands there; 你 and 吗 are none of its symbols, and of no filler
 *
 * What that does not tell, for the form has more symbols or stands there by variants, is told by its symbols, of all such places together. */
#include "match/avx512/match_avx512_contexts.h"
#include "match/avx512/match_avx512_window.h"

#define WHOLE (1u << 26) /* bits of a context's first word, as LAST */
#define OPEN (1u << 27)
#define BEFORE_SHIFT 28
#define BEHIND_SHIFT 30
#define MOST ((int)JY__PLAIN_MOST) /* symbols: of a longer form they are not asked for */

static inline __m512i symbols_of(__m512i codes)
{
    const __m512i symbols = symbol_of(codes);
    return _mm512_or_si512(symbols, _mm512_slli_epi32(symbols, 16));
}

static inline __m512i symbols_of_pairs(__m512i pairs)
{
    return _mm512_or_si512(_mm512_slli_epi32(symbol_of(_mm512_srli_epi32(pairs, 16)), 16), symbol_of(jy__low_of(pairs)));
}

/* Lanes of which some half is set. */
static inline __mmask16 lanes_of(uint32_t halves) { return (__mmask16)_pext_u32(halves | halves >> 1, 0x55555555); }

/* Lanes of which not all codes around the key are the form's, as far as it has any. */
static inline __mmask16 differ(const contexts *c, __m512i first, __m512i second, __m512i third)
{
    uint32_t halves = _mm512_mask_cmpneq_epi16_mask(_mm512_test_epi16_mask(c->word[1], c->word[1]), c->word[1], first) |
                      _mm512_mask_cmpneq_epi16_mask(_mm512_test_epi16_mask(c->word[2], c->word[2]), c->word[2], second) |
                      _mm512_mask_cmpneq_epi16_mask(_mm512_test_epi16_mask(c->word[3], c->word[3]), c->word[3], third);
    return lanes_of(halves);
}

/* Lanes whose symbol is one of the form's, or none. */
static inline __mmask16 are_own(const contexts *c, __m512i symbols)
{
    return lanes_of(_mm512_cmpeq_epi16_mask(symbols, c->word[1]) | _mm512_cmpeq_epi16_mask(symbols, c->word[2]) | _mm512_cmpeq_epi16_mask(symbols, c->word[3]) |
                    _mm512_cmpeq_epi16_mask(symbols, c->pair));
}

static inline __m512i bits_of(__m512i word, int shift) { return _mm512_and_si512(_mm512_srli_epi32(word, (unsigned)shift), _mm512_set1_epi32(3)); }

/* The form's last symbol. */
static inline __m512i last_of(const contexts *c)
{
    const __m512i behind = bits_of(c->word[0], BEHIND_SHIFT);
    const __m512i high = _mm512_srli_epi32(_mm512_mask_mov_epi32(c->word[2], _mm512_cmpeq_epi32_mask(behind, _mm512_set1_epi32(3)), c->word[3]), 16);
    const __m512i low = jy__low_of(_mm512_mask_mov_epi32(c->pair, _mm512_test_epi32_mask(behind, behind), c->word[3]));
    return _mm512_mask_mov_epi32(low, _mm512_test_epi32_mask(behind, ones()), high);
}

/* What stands beside some forms: two codes, and the symbol of the nearer one, in both halves. */
typedef struct beside { __m512i before, behind, symbol_before, symbol_behind; } beside;

static inline __attribute__((always_inline)) beside beside_of(const jy__look *look, const jy__window *w, __m512i first, __m512i last)
{
    beside out;
    if (w)
        return (beside){ jy__two_in(w, w->codes, first, -2, first, -1), jy__two_in(w, w->codes, last, 1, last, 2), jy__two_in(w, w->symbols, first, -1, first, -1),
                         jy__two_in(w, w->symbols, last, 1, last, 1) };
    out.before = codes_at(look, first, -2);
    out.behind = codes_at(look, last, 1);
    out.symbol_before = symbols_of(_mm512_srli_epi32(out.before, 16));
    out.symbol_behind = symbols_of(jy__low_of(out.behind));
    return out;
}

/* Lanes with nothing around their form that may be part of it. Where no symbol comes twice nothing leads over the last: phrases one behind the other. */
static inline __mmask16 are_alone(const jy__look *look, const contexts *c, const beside *b)
{
    const jy__filter *filter = look->filter;
    __mmask16 open = _mm512_test_epi32_mask(c->word[0], _mm512_set1_epi32((int)OPEN));
    const __mmask16 own = are_own(c, b->symbol_before), ends = _mm512_mask_cmpeq_epi32_mask(own & (__mmask16)~open, jy__low_of(b->symbol_before), last_of(c));
    __mmask16 leads = (own & (__mmask16)~ends) | _mm512_test_epi32_mask(jy__filler_ends(filter, b->before), ones());
    __mmask16 goes_on = are_own(c, b->symbol_behind) | _mm512_test_epi32_mask(jy__filler_begins(filter, b->behind), ones());
    return (__mmask16)~(leads | (goes_on & open));
}

/* Lanes whose form is all that is heard where it stands, and is of no kin. */
static inline __mmask16 are_heard_alone(const jy__matcher *matcher, __mmask16 lanes, __m512i form)
{
    const int *words = (const int *)(const void *)matcher->forms;
    const __m512i at = _mm512_slli_epi32(form, 3), zero = _mm512_setzero_si512();
    const __m512i flags = _mm512_mask_i32gather_epi32(zero, lanes, at, words + FORM_FLAGS, 4);
    lanes = _mm512_test_epi32_mask(flags, _mm512_set1_epi32(JY__FORM_SOUND_ALONE << 16));
    return lanes & _mm512_testn_epi32_mask(_mm512_mask_i32gather_epi32(zero, lanes, at, words + FORM_KIN, 4), _mm512_set1_epi32(KIN));
}

/* The codes of sixteen keys, the second one low; those around them: two before, those right beside, two behind. */
typedef struct keys { __m512i pair, before, near, behind; } keys;

static inline __attribute__((always_inline)) keys keys_at(const jy__look *look, const jy__window *w, __m512i at)
{
    const __m512i low = _mm512_set1_epi32(0xFFFF);
    if (w)
        return (keys){ jy__two_in(w, w->codes, at, 1, at, 0), jy__two_in(w, w->codes, at, -3, at, -2), jy__two_in(w, w->codes, at, -1, at, 2),
                       jy__two_in(w, w->codes, at, 3, at, 4) };
    const twos before = twos_at(UINT16_MAX, at, look->joined - 3, 2), behind = twos_at(UINT16_MAX, at, look->joined + 1, 2);
    return (keys){ _mm512_ternarylogic_epi32(low, behind.first, before.second, 0xCA), before.first, _mm512_ternarylogic_epi32(low, before.second, behind.first, 0xCA),
                   behind.second };
}

/* Their symbols, the second one low. */
static inline __attribute__((always_inline)) __m512i symbols_at(const jy__look *look, const jy__window *w, __m512i at)
{
    return w ? jy__two_in(w, w->symbols, at, 1, at, 0) : symbols_of_pairs(_mm512_rol_epi32(codes_at(look, at, 0), 16));
}

static inline __attribute__((always_inline)) bounds bounds_in(const jy__look *look, const jy__window *w, __mmask16 lanes, __m512i first, __m512i last)
{
    if (!w)
        return bounds_of(look, lanes, first, last);
    const __m512i both = jy__two_in(w, w->offsets, first, 0, last, 0);
    return bounds_between(first, last, signed_of(both), _mm512_srai_epi32(both, 16));
}

/* Sixteen places, from that number on, by their contexts. */
static inline __attribute__((always_inline)) void look_at(const jy__look *look, const jy__window *w, __m512i at, size_t number, jy__whole_kind kind,
                                                          const slots *of, jy__wholes *out, asked *list, gapped *between)
{
    const __m512i wanted = _mm512_set1_epi32((int)(LAST | WHOLE));
    const keys k = keys_at(look, w, at);
    const contexts c = find_contexts(&look->scan->matcher->pair_index, of, number);
    const __m512i form = _mm512_and_si512(c.word[0], _mm512_set1_epi32((int)(LAST - 1)));
    const __m512i first = _mm512_sub_epi32(at, bits_of(c.word[0], BEFORE_SHIFT));
    const __m512i last = _mm512_add_epi32(_mm512_add_epi32(at, bits_of(c.word[0], BEHIND_SHIFT)), ones());
    __mmask16 single = c.found & _mm512_test_epi32_mask(c.word[0], _mm512_set1_epi32((int)LAST));
    if (kind == JY__WHOLE_HEARD)
        single = are_heard_alone(look->scan->matcher, single, form);
    __mmask16 found = single & _mm512_cmpeq_epi32_mask(_mm512_and_si512(c.word[0], wanted), wanted) & begin_here(look, first);
    const beside around = beside_of(look, w, first, last);
    found &= (__mmask16)~differ(&c, k.before, k.near, k.behind);
    found &= _mm512_cmpeq_epi32_mask(c.pair, k.pair);
    found &= are_alone(look, &c, &around);
    const bounds where = bounds_in(look, w, found, first, last);
    _mm512_storeu_si512(out->forms + number, form);
    _mm512_storeu_si512(out->places + number, halves_of(at, where.begin));
    _mm512_storeu_si512(out->sizes + number, _mm512_maskz_mov_epi32(found, where.size));
    _mm512_storeu_si512(out->marks + number, _mm512_setzero_si512());
    _mm512_storeu_si512(out->between + number, _mm512_setzero_si512());
    ask(list, single & (__mmask16)~found, number_of(number), at, form);
    if (kind == JY__WHOLE_PAIR && (found & ~are_close(where.size)))
        put_gapped(between, found & (__mmask16)~are_close(where.size), number_of(number), first, last);
}

/* ---- by their symbols */

/* Their symbols are compared with what is there, and with what is beside: whether that is one of them, and whether it is what a longer way has there: the first
 * before them, the last behind them. Before a form of ONE_WAY its last one may stand. */
typedef struct compared { __m512i variants; __mmask16 differ, before, behind, first, last; } compared;

static inline compared compare(const jy__look *look, const forms *f, __mmask16 lanes, __m512i first, __m512i before, __m512i behind)
{
    const int *symbols = (const int *)(const void *)look->scan->matcher->symbols;
    const __mmask16 ends = have(f->flags, JY__FORM_ONE_WAY);
    compared out = { .variants = _mm512_setzero_si512() };
    for (int i = 0; i < MOST; i++) {
        const __mmask16 there = _mm512_mask_cmpgt_epi32_mask(lanes, f->count, _mm512_set1_epi32(i));
        if (!there)
            break;
        const __m512i own = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), there, f->symbols, symbols + i, 4);
        const __m512i code = jy__low_of(codes_of(look, there, first, i));
        const __mmask16 other = _mm512_mask_cmpneq_epi32_mask(there, own, code);
        out.variants = _mm512_mask_add_epi32(out.variants, other, out.variants, ones());
        if (other)
            out.differ |= _mm512_mask_cmpneq_epi32_mask(other, own, symbol_of(code));
        const __mmask16 last = _mm512_mask_cmpeq_epi32_mask(there, f->count, _mm512_set1_epi32(i + 1));
        const __mmask16 leads = _mm512_mask_cmpeq_epi32_mask(there & (__mmask16)~(ends & last), own, before), goes_on = _mm512_mask_cmpeq_epi32_mask(there, own, behind);
        out.before |= leads;
        out.behind |= goes_on;
        out.first |= i ? 0 : leads;
        out.last |= goes_on & last;
    }
    return out;
}

/* Of `count` in the list; what is left of them stays in it, to be asked again: sixteen are read before as many are written. */
static inline void look_closer(const jy__look *look, asked *list, size_t i, size_t count, jy__whole_kind kind, jy__wholes *out, gapped *between)
{
    const __m512i number = _mm512_loadu_si512(list->numbers + i), at = _mm512_loadu_si512(list->at + i), form = _mm512_loadu_si512(list->forms + i);
    const __mmask16 room = (__mmask16)jy__room_for(count - i);
    __mmask16 lanes = room;
    const forms f = forms_of(look->scan->matcher, _mm512_maskz_mov_epi32(lanes, form));
    const __m512i first = _mm512_sub_epi32(at, f.key), last = _mm512_sub_epi32(_mm512_add_epi32(first, f.count), ones());
    lanes &= have(f.flags, JY__FORM_SHORT) & begin_here(look, first);
    if (kind == JY__WHOLE_HEARD)
        lanes &= have(f.flags, JY__FORM_ONE_WAY) | (__mmask16)~have(f.flags, JY__FORM_FILLS);
    const __m512i before = codes_of(look, lanes, first, -2), behind = codes_of(look, lanes, last, 1);
    const compared c = compare(look, &f, lanes, first, symbol_of(_mm512_srli_epi32(before, 16)), symbol_of(jy__low_of(behind)));
    __mmask16 leads = c.first | _mm512_test_epi32_mask(jy__filler_ends(look->filter, before), ones());
    const __mmask16 several = _mm512_test_epi32_mask(jy__in_pairs(look->filter->filler_begins, behind), ones());
    const __mmask16 single = _mm512_test_epi32_mask(jy__is_single(look->filter, jy__low_of(behind)), ones());
    __mmask16 goes_on = (c.last | several) & (__mmask16)~have(f.flags, JY__FORM_ONE_WAY);
    const __mmask16 maybe_leads = lanes & c.before & (__mmask16)~(c.differ | leads);
    const __mmask16 maybe_goes_on = lanes & (c.behind | single) & (__mmask16)~(c.differ | goes_on | have(f.flags, JY__FORM_ONE_WAY));
    if (maybe_leads | maybe_goes_on) {
        const blooms own = blooms_of(look->scan->matcher, maybe_leads | maybe_goes_on, form);
        leads |= lead_back(look, &own, maybe_leads, first);
        goes_on |= lead_on(look, &own, maybe_goes_on, last);
    }
    lanes &= (__mmask16)~(c.differ | leads | goes_on);
    lanes &= (__mmask16)~(are_begun(look, &f, lanes, first) | are_filled(look, &f, lanes, last)) & (_mm512_testn_epi32_mask(c.variants, c.variants) | (kind == JY__WHOLE_PAIR ? have(f.folds, 1u << JY_FOLD_SCRIPT) : 0));
    const bounds where = bounds_of(look, lanes, first, last);
    _mm512_mask_i32scatter_epi32(out->places, lanes, number, halves_of(at, where.begin), 4);
    _mm512_mask_i32scatter_epi32(out->sizes, lanes, number, _mm512_or_si512(where.size, _mm512_slli_epi32(c.variants, 24)), 4);
    if (kind == JY__WHOLE_HEARD)
        return;
    ask(list, room & (__mmask16)~lanes, number, at, form);
    put_gapped(between, lanes & (__mmask16)~are_close(where.size), number, first, last);
}

/* ---- */

/* What is asked of keys in a step of its own, no group waits for. */
static inline __attribute__((always_inline)) void find_keys(const jy__look *look, const jy__around *near, const uint16_t *found, size_t count, jy__whole_kind kind, slots *out)
{
    const jy__pair_index *index = &look->scan->matcher->pair_index;
    for (size_t i = 0; i < count; i += 16) {
        const __m512i at = jy__places_at(look, found + i, count - i);
        __m512i symbols;
        if (jy__in_window(near, found + i, count - i)) {
            const jy__window w = jy__window_at(look, near, found[i]);
            symbols = symbols_at(look, &w, at);
        } else {
            symbols = symbols_at(look, NULL, at);
        }
        find_slots(index, symbols, kind, (__mmask16)jy__room_for(count - i), i, out);
    }
}

static inline __attribute__((always_inline)) void look_at_all(const jy__look *look, const uint16_t *found, size_t count, jy__whole_kind kind, jy__wholes *out, asked *list,
                                                              gapped *between)
{
    jy__around near;
    slots of;
    jy__fold_around(look, found, count, &near);
    find_keys(look, &near, found, count, kind, &of);
    for (size_t i = 0; i < count; i += 16) {
        const __m512i at = jy__places_at(look, found + i, count - i);
        if (jy__in_window(&near, found + i, count - i)) {
            const jy__window w = jy__window_at(look, &near, found[i]);
            look_at(look, &w, at, i, kind, &of, out, list, between);
        } else {
            look_at(look, NULL, at, i, kind, &of, out, list, between);
        }
    }
}

static inline __attribute__((always_inline)) void find(const jy__look *look, const uint16_t *found, size_t count, jy__whole_kind kind, jy__wholes *out)
{
    asked list;
    gapped between;
    list.count = between.count = 0;
    look_at_all(look, found, count, kind, out, &list, &between);
    const size_t asked_for = list.count;
    list.count = 0;
    for (size_t i = 0; i < asked_for; i += 16)
        look_closer(look, &list, i, asked_for, kind, out, &between);
    out->count = count;
    if (kind == JY__WHOLE_HEARD)
        return;
    jy__avx512_find_ways(look, &list, &between, out);
    jy__avx512_find_gaps(look, &between, out);
}

void jy__avx512_find_wholes(const jy__look *look, const uint16_t *found, size_t count, jy__whole_kind kind, jy__wholes *out)
{
    if (kind == JY__WHOLE_HEARD)
        find(look, found, count, JY__WHOLE_HEARD, out);
    else
        find(look, found, count, JY__WHOLE_PAIR, out);
}

static void look_at_some(jy__look *look, const uint16_t *found, size_t count)
{
    const jy__rounds rounds = jy__avx512_rounds(look);
    const bool whole = look->scan->crowded && jy__finds_wholes(look);
    uint32_t places[JY__BATCH + 16];
    jy__wholes wholes;
    if (whole) {
        jy__avx512_find_wholes(look, found, count, JY__WHOLE_PAIR, &wholes);
        count = jy__avx512_list_wholes(look, found, &wholes, places);
    }
    for (size_t i = 0; !whole && i < count; i++)
        places[i] = found[i];
    jy__match_rounds(&rounds, places, count, whole ? &wholes : NULL);
}

/* What of some places was looked at one by one comes late: it is put among these before many more come behind it. */
void jy__avx512_look_at(jy__look *look, const uint16_t *found, size_t count)
{
    for (; count > JY__BATCH && !look->scan->stop; found += JY__BATCH, count -= JY__BATCH) {
        look_at_some(look, found, JY__BATCH);
        if (look->scan->crowded)
            jy__match_order(look->scan);
    }
    if (count && !look->scan->stop)
        look_at_some(look, found, count);
}
