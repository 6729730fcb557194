/* Phrases that are said in some other way, sixteen places at a time: with fillers between, with a symbol said again. In: places of keys
 * and their forms, which do not simply stand there. Out: of each the match, or that nothing comes of it, where that is certain; others are followed one by
 * one (match_ways.c). Of a form in which no symbol comes twice and none begins a filler each code can be but one thing, so the way is found from the key on:
 *
 *   form   听 不 清        codes   … 了 听 听 不 那 个 清 …
 *                                       ◀─────┘ key └───▶       back to a code that is none of its symbols, on to its last symbol */
#include "match/avx512/match_avx512_whole.h"

#define MOST_STEPS 18 /* codes each way */
#define FOLDS (1u << JY_FOLD_SCRIPT | 1u << JY_FOLD_GAPS | 1u << JY_FOLD_FILLERS | 1u << JY_FOLD_REPEATS)

/* Places on their way: the code that each has come to; the last one that said a symbol, which symbol that is, and how many fillers were passed until then;
 * how many codes are variants, or say a symbol again, and the last of those. */
typedef struct ways {
    const jy__look *look;
    forms form;
    blooms bloom;
    __m512i at, last, said, own, passed, variants, fillers, repeats, again;
    __mmask16 one_way; /* forms that are ONE_WAY */
    __mmask16 going, lost; /* lost: nothing comes of them; neither: they are there, or not followed any further */
} ways;

static inline __m512i symbols_at(const ways *w, __mmask16 lanes, __m512i number)
{
    const int *symbols = (const int *)(const void *)w->look->scan->matcher->symbols;
    return _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes, _mm512_add_epi32(w->form.symbols, number), symbols, 4);
}

/* That of the code so far from where they are: where all are known it need not wait for the code. */
static inline __m512i symbol_there(const ways *w, __mmask16 lanes, int from, __m512i code)
{
    return w->look->folded ? words_at(lanes, w->at, w->look->folded + from) : symbol_of(code);
}

/* ---- fillers: how many codes the only one has that begins there, or ends before that; 0: none does */

#define SEVERAL UINT32_MAX

static inline uint32_t only_of(unsigned lengths) { return lengths & (lengths - 1) ? SEVERAL : lengths ? (uint32_t)__builtin_ctz(lengths) : 0; }

static inline unsigned lengths_at(const jy__look *look, uint32_t at)
{
    return jy__bit(look->filter->fillers, look->joined[at]) ? jy__stream_fillers(look->filter, look->joined, at) : 0;
}

static inline uint32_t filler_before(const jy__look *look, uint32_t at)
{
    uint32_t found = 0;
    for (uint32_t count = 1; count <= JY__FILLER_LONGEST; count++) {
        const unsigned lengths = lengths_at(look, at - count);
        if (lengths >> count & 1)
            found = found ? SEVERAL : only_of(lengths);
    }
    return found;
}

/* One by one. */
static inline __m512i look_up_fillers(const ways *w, __mmask16 lanes, bool back)
{
    _Alignas(64) uint32_t at[16], found[16] = { 0 };
    _mm512_store_si512(at, w->at);
    for (uint32_t left = lanes; left; left &= left - 1) {
        const unsigned lane = (unsigned)__builtin_ctz(left);
        found[lane] = back ? filler_before(w->look, at[lane]) : only_of(lengths_at(w->look, at[lane] + 1));
    }
    return _mm512_load_si512(found);
}

/* Where the lengths of all codes' are known (match_avx512_leads.c). */
static inline __m512i leads_from(const ways *w, __mmask16 lanes, int from)
{
    return words_at(lanes, w->at, w->look->scan->walker->lead_one + from);
}

/* only_of() of each. */
static inline __m512i only_of_each(__m512i lengths)
{
    _Static_assert(JY__FILLER_LONGEST == 4, "lengths are four bits, of which one is set");
    return _mm512_permutexvar_epi32(_mm512_srli_epi32(lengths, 1), _mm512_set_epi32(-1, -1, -1, -1, -1, -1, -1, 4, -1, -1, -1, 3, -1, 2, 1, 0));
}

static inline __m512i read_fillers(const ways *w, __mmask16 lanes, bool back)
{
    const __m512i several = _mm512_set1_epi32((int)SEVERAL);
    __m512i found = _mm512_setzero_si512();
    if (!back)
        return only_of_each(leads_from(w, lanes, 1));
    for (int count = 1; count <= JY__FILLER_LONGEST; count++) {
        const __m512i lengths = leads_from(w, lanes, -count);
        const __mmask16 ends = _mm512_test_epi32_mask(lengths, _mm512_set1_epi32(1 << count)), more = _mm512_mask_test_epi32_mask(ends, found, found);
        found = _mm512_mask_mov_epi32(_mm512_mask_mov_epi32(found, ends, only_of_each(lengths)), more, several);
    }
    return found;
}

/* Of lanes that may have one those that do. */
static inline __mmask16 find_fillers(const ways *w, __mmask16 lanes, bool back, __m512i *counts)
{
    *counts = _mm512_setzero_si512();
    if (!lanes)
        return 0;
    *counts = w->look->scan->walker->leads_open ? read_fillers(w, lanes, back) : look_up_fillers(w, lanes, back);
    return _mm512_test_epi32_mask(*counts, *counts);
}

/* Fillers of which some code may be a symbol of the form; the codes next to where the ways are, are known not to be. */
static inline __mmask16 are_mixed(const ways *w, __mmask16 lanes, __m512i counts, bool back)
{
    __mmask16 found = 0;
    for (int i = 1; i < JY__FILLER_LONGEST && lanes; i++) {
        lanes = _mm512_mask_cmpgt_epu32_mask(lanes, counts, _mm512_set1_epi32(i));
        found |= lanes & may_have(&w->bloom, symbol_of(jy__low_of(codes_of(w->look, lanes, w->at, back ? -1 - i : 1 + i))));
    }
    return found;
}

/* Over fillers; what is not clear is not followed, nor more of them in a row than there may be. */
static inline void pass(ways *w, __mmask16 lanes, __m512i counts, bool back)
{
    w->going &= (__mmask16)~(lanes & _mm512_cmpge_epu32_mask(_mm512_sub_epi32(w->fillers, w->passed), _mm512_set1_epi32(JY__MATCH_MOST_FILLERS)));
    w->going &= (__mmask16)~((lanes & _mm512_cmpeq_epi32_mask(counts, _mm512_set1_epi32((int)SEVERAL))) | are_mixed(w, lanes & (__mmask16)~w->one_way, counts, back));
    w->at = back ? _mm512_mask_sub_epi32(w->at, lanes, w->at, counts) : _mm512_mask_add_epi32(w->at, lanes, w->at, counts);
    w->fillers = _mm512_mask_add_epi32(w->fillers, lanes, w->fillers, ones());
}

/* ---- steps */

/* Over codes that are the next symbol, or the same one again. */
static inline void say(ways *w, __mmask16 next, __mmask16 again, __m512i code, __m512i symbol, bool back)
{
    const __mmask16 both = next | again;
    w->at = back ? _mm512_mask_sub_epi32(w->at, both, w->at, ones()) : _mm512_mask_add_epi32(w->at, both, w->at, ones());
    w->said = back ? _mm512_mask_sub_epi32(w->said, next, w->said, ones()) : _mm512_mask_add_epi32(w->said, next, w->said, ones());
    w->own = _mm512_mask_mov_epi32(w->own, next, symbol);
    w->last = _mm512_mask_mov_epi32(w->last, both, w->at);
    w->passed = _mm512_mask_mov_epi32(w->passed, both, w->fillers);
    w->repeats = _mm512_mask_add_epi32(w->repeats, again, w->repeats, ones());
    w->again = _mm512_mask_mov_epi32(w->again, again, symbol);
    w->variants = _mm512_mask_add_epi32(w->variants, _mm512_mask_cmpneq_epi32_mask(both, code, symbol), w->variants, ones());
}

/* Of lanes whose code is neither the next symbol nor the same again those where it may say another one of the form again, or be said again by that; or is of
 * several symbols. Where no symbol comes twice nothing leads back over the last. */
static inline __mmask16 may_belong(const ways *w, __mmask16 lanes, __m512i code, __m512i symbol, bool back)
{
    const __mmask16 several = _mm512_testn_epi32_mask(symbol, symbol) & _mm512_test_epi32_mask(code, code), seems = lanes & may_have(&w->bloom, symbol);
    const __m512i end = back ? _mm512_mask_sub_epi32(w->form.count, w->one_way, w->form.count, ones()) : w->form.count;
    __mmask16 found = (lanes & several) | (seems & (__mmask16)~w->one_way);
    for (int i = 1; seems && i < JY__MATCH_REPEAT_LONGEST; i++) {
        const __m512i other = back ? _mm512_add_epi32(w->said, _mm512_set1_epi32(i)) : _mm512_sub_epi32(w->said, _mm512_set1_epi32(i));
        const __mmask16 there = _mm512_mask_cmplt_epu32_mask(seems, other, end);
        found |= _mm512_mask_cmpeq_epi32_mask(there, symbol, symbols_at(w, there, other));
    }
    return found;
}

/* Of lanes at their form's begin, before which one of its symbols is, those where that leads no further back. */
static inline __mmask16 begin_apart(const ways *w, __mmask16 lanes, __m512i symbol)
{
    lanes = _mm512_mask_test_epi32_mask(lanes, symbol, symbol);
    return lanes ? lanes & (__mmask16)~lead_back(w->look, &w->bloom, lanes, w->at) : 0;
}

/* One step back: what may be of the form and of a filler is not followed, so where something else is nothing leads to the key. Returns lanes whose form begins with the last code that was one of its symbols. */
static inline __mmask16 step_back(ways *w)
{
    const __mmask16 all = _mm512_mask_cmpge_epi32_mask(w->going, w->at, _mm512_set1_epi32(JY__KNOWN_BEFORE));
    const __mmask16 within = _mm512_mask_test_epi32_mask(all, w->said, w->said);
    const __m512i pair = codes_of(w->look, all, w->at, -2), code = _mm512_srli_epi32(pair, 16), symbol = symbol_there(w, all, -1, code);
    const __mmask16 next = _mm512_mask_cmpeq_epi32_mask(within, symbol, symbols_at(w, within, _mm512_sub_epi32(w->said, ones())));
    const __mmask16 own = next | _mm512_mask_cmpeq_epi32_mask(all, symbol, w->own), belongs = own | may_belong(w, all & (__mmask16)~own, code, symbol, true);
    __m512i counts;
    const __mmask16 ends = _mm512_mask_test_epi32_mask(all, jy__filler_ends(w->look->filter, pair), ones()), filler = find_fillers(w, ends, true, &counts);
    const __mmask16 other = all & (__mmask16)~(belongs | filler), apart = begin_apart(w, belongs & (__mmask16)~(own | filler | within), symbol);
    w->going = (own & (__mmask16)~filler) | (filler & (__mmask16)~belongs);
    pass(w, filler & (__mmask16)~belongs, counts, true);
    say(w, next & (__mmask16)~filler, own & (__mmask16)~(next | filler), code, symbol, true);
    w->lost |= other & within;
    return (other & (__mmask16)~within) | apart;
}

/* Lanes in which a filler may begin with a pair: where it is known what does, that is asked at once. */
static inline __mmask16 may_begin(const ways *w, __mmask16 lanes, __m512i pair)
{
    return w->look->scan->walker->leads_open ? lanes : _mm512_mask_test_epi32_mask(lanes, jy__filler_begins(w->look->filter, pair), ones());
}

/* certain: lanes in which no code that was passed may begin a filler, so where something else is nothing leads on. */
static inline void step_on(ways *w, __mmask16 certain)
{
    const __mmask16 all = w->going;
    const __m512i pair = codes_of(w->look, all, w->at, 1), code = jy__low_of(pair), symbol = symbol_there(w, all, 1, code);
    const __mmask16 next = _mm512_mask_cmpeq_epi32_mask(all, symbol, symbols_at(w, all, _mm512_add_epi32(w->said, ones())));
    const __mmask16 own = next | _mm512_mask_cmpeq_epi32_mask(all, symbol, w->own);
    __m512i counts;
    const __mmask16 filler = find_fillers(w, may_begin(w, all & (__mmask16)~own, pair), false, &counts), other = all & certain & (__mmask16)~(own | filler);
    w->going = own | filler;
    if (other)
        w->lost |= other & (__mmask16)~may_belong(w, other, code, symbol, false);
    pass(w, filler, counts, false);
    say(w, next, own & (__mmask16)~next, code, symbol, false);
}

/* From a symbol on. */
static inline void set_out(ways *w, __mmask16 lanes, __m512i at, __m512i said)
{
    w->going = lanes;
    w->at = w->last = at;
    w->said = said;
    w->own = symbols_at(w, lanes, said);
    w->passed = w->fillers;
}

/* Lanes that came to the form's begin; where that is. */
static inline __mmask16 go_back(ways *w, __mmask16 lanes, __m512i at, __m512i *first)
{
    __mmask16 done = 0;
    set_out(w, lanes, at, w->form.key);
    for (int i = 0; i < MOST_STEPS && w->going; i++)
        done |= step_back(w);
    *first = w->last;
    w->fillers = w->passed; /* behind none of those before it anything was said */
    return done;
}

/* From the key's first code over fillers. Returns lanes that came to its second there. */
static inline __mmask16 go_over(ways *w, __mmask16 lanes, __m512i at, __m512i next)
{
    const __m512i second = _mm512_add_epi32(w->form.key, ones());
    __mmask16 over = 0;
    set_out(w, lanes, at, w->form.key);
    for (int i = 0; i <= JY__MATCH_MOST_FILLERS && w->going; i++) {
        step_on(w, w->one_way);
        over |= _mm512_mask_cmpeq_epi32_mask(w->going, w->said, second);
        w->going &= (__mmask16)~over;
    }
    return _mm512_mask_cmpeq_epi32_mask(over, w->at, next);
}

/* From where they are. */
static inline __mmask16 go_on(ways *w, __mmask16 lanes, __m512i *last)
{
    const __m512i end = _mm512_sub_epi32(w->form.count, ones());
    __mmask16 done = 0;
    w->going = lanes;
    for (int i = 0; i < MOST_STEPS && w->going; i++) {
        const __mmask16 there = _mm512_mask_cmpeq_epi32_mask(w->going, w->said, end);
        done |= there;
        w->going &= (__mmask16)~there;
        if (w->going)
            step_on(w, i ? w->one_way : UINT16_MAX);
    }
    *last = w->last;
    return done;
}

/* ---- back and on */

static inline ways ways_of(const jy__look *look, __m512i form)
{
    const jy__matcher *matcher = look->scan->matcher;
    const __m512i zero = _mm512_setzero_si512();
    return (ways){ .look = look, .form = forms_of(matcher, form), .again = zero, .bloom = blooms_of(matcher, UINT16_MAX, form), .variants = zero, .fillers = zero,
                   .repeats = zero };
}

/* Lanes whose code of the key is a variant add to these. */
static inline void count_code(ways *w, __mmask16 lanes, __m512i at, __m512i number)
{
    const __m512i code = jy__low_of(codes_of(w->look, lanes, at, 0)), symbol = symbols_at(w, lanes, number);
    w->variants = _mm512_mask_add_epi32(w->variants, _mm512_mask_cmpneq_epi32_mask(lanes, code, symbol), w->variants, ones());
}

/* Of forms that are not ONE_WAY lanes where the way is the only one all the same: but one code or filler is too many, which cannot be taken for anything else,
 * and nothing behind leads on. */
static inline __mmask16 are_only(const ways *w, __mmask16 lanes, __m512i first, __m512i last)
{
    const __m512i behind = codes_of(w->look, lanes, last, 1), code = jy__low_of(behind), symbol = symbol_of(code);
    __mmask16 goes_on = _mm512_cmpeq_epi32_mask(symbol, w->own) | (_mm512_testn_epi32_mask(symbol, symbol) & _mm512_test_epi32_mask(code, code)) |
                        _mm512_test_epi32_mask(jy__filler_begins(w->look->filter, behind), ones());
    const __mmask16 filled = _mm512_test_epi32_mask(w->repeats, w->repeats) & _mm512_test_epi32_mask(jy__is_single(w->look->filter, w->again), ones());
    lanes &= _mm512_cmple_epu32_mask(_mm512_add_epi32(w->fillers, w->repeats), ones()) & (__mmask16)~(goes_on | filled);
    lanes &= (__mmask16)~lead_on(w->look, &w->bloom, lanes & may_have(&w->bloom, symbol), last);
    return lanes & (__mmask16)~(are_begun(w->look, &w->form, lanes, first) | are_filled(w->look, &w->form, lanes, last));
}

/* nexts: NULL, or where keys that fillers stand in go on: then their numbers are told in place of where they are. */
static inline __attribute__((always_inline)) void find(const jy__look *look, const asked *list, size_t i, const uint32_t *nexts, gapped *between, jy__wholes *out)
{
    const __mmask16 room = (__mmask16)jy__room_for(list->count - i);
    const numbered items = numbered_at(list->numbers + i, room);
    const __m512i number = items.number, at = _mm512_maskz_loadu_epi32(room, list->at + i), form = _mm512_maskz_loadu_epi32(room, list->forms + i);
    const __m512i folds = _mm512_set1_epi32((int)FOLDS), next = nexts ? _mm512_maskz_loadu_epi32(room, nexts + i) : _mm512_add_epi32(at, ones());
    ways w = ways_of(look, form);
    __m512i first, last;
    __mmask16 lanes = room & have(w.form.flags, JY__FORM_SHORT) & _mm512_cmpeq_epi32_mask(_mm512_and_si512(w.form.folds, folds), folds);
    w.lost = 0;
    w.one_way = have(w.form.flags, JY__FORM_ONE_WAY);
    lanes = go_back(&w, lanes, at, &first);
    lanes &= begin_here(look, first);
    if (nexts)
        lanes = go_over(&w, lanes & w.one_way, at, next);
    else
        set_out(&w, lanes, next, _mm512_add_epi32(w.form.key, ones()));
    lanes = go_on(&w, lanes, &last);
    if (lanes & ~w.one_way)
        lanes = (lanes & w.one_way) | are_only(&w, lanes & (__mmask16)~w.one_way, first, last);
    count_code(&w, lanes, at, w.form.key);
    if (!nexts)
        count_code(&w, lanes, next, _mm512_add_epi32(w.form.key, ones()));
    lanes &= _mm512_cmplt_epi32_mask(w.repeats, _mm512_set1_epi32(JY__MATCH_MOST_REPEATS));
    const bounds where = bounds_of(look, lanes, first, last);
    const __m512i size = _mm512_or_si512(where.size, _mm512_slli_epi32(w.variants, 24));
    write_numbered(out->sizes, lanes | w.lost, &items, _mm512_mask_mov_epi32(size, w.lost, _mm512_set1_epi32(JY__WHOLE_NONE)));
    write_numbered(out->places, lanes, &items, halves_of(nexts ? number : at, where.begin));
    write_numbered(out->marks, lanes, &items, _mm512_or_si512(_mm512_slli_epi32(w.fillers, 8), _mm512_slli_epi32(w.repeats, 16)));
    put_gapped(between, lanes & (__mmask16)~are_close(where.size), number, first, last);
}

void jy__avx512_find_ways(const jy__look *look, const asked *list, gapped *between, jy__wholes *out)
{
    for (size_t i = 0; i < list->count; i += 16)
        find(look, list, i, NULL, between, out);
}

void jy__avx512_find_over(const jy__look *look, const asked *list, const uint32_t *nexts, gapped *between, jy__wholes *out)
{
    for (size_t i = 0; i < list->count; i += 16)
        find(look, list, i, nexts, between, out);
}
