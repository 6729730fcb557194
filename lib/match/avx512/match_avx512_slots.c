/* Step one of the AVX-512 engine over spans of three blocks, in slots of three bytes: in each begins one character of three bytes at most, so all that is
 * asked of characters is asked of a third of the bytes. In: text. Out: codes, and where they stood, of spans with nothing but ASCII and usual characters of
 * three bytes; others are read by blocks (match_avx512_read.c).
 *
 *   bytes    E4 BD A0 | 20 E5 A5 | BD EF BC | 8C E6 98 | AF 0A 20       你 blank 好 ， 是 new line, blank
 *   a        E4 20 BD 8C AF      a character's bytes are those of its slot, a b c, where a is its lead;
 *   b        BD E5 EF E6 0A      where b is the lead, b c and a of the next slot;
 *   c        A0 A5 BC 98 20      where c is, c and a b of the next slot
 *
 * A block is 21 slots and a byte, so each of the 64 slots has its bytes at three places of a block where no other slot of the span has the same. Three
 * blocks are one vector of bytes a by two blends, and one permutation puts that in order; the same with b and c.
 *
 *   place          0 1 2 3 4 5 …
 *   first block    a b c a b c …
 *   second         b c a b c a …
 *   third          c a b c a b …
 *
 * A lead claims itself and the two bytes behind. It is UTF-8 when each byte that is not ASCII is claimed once, and no other is. That is told by words with
 * a bit a slot, adding without carry: claimed twice counts as not at all, and what is claimed thrice is a lead behind a lead that is claimed twice, or
 * thrice as well, and so on back to the span's begin, where it is known what is claimed. */
#include "match/avx512/match_avx512_row.h"

#define BLOCK JY__BLOCK
#define SPAN JY__SPAN
#define INLINE static inline __attribute__((always_inline))

typedef jy__reader reader;

/* Places of a block that are the same modulo three. */
#define PLACES_0 0x9249249249249249u
#define PLACES_1 0x2492492492492492u
#define PLACES_2 0x4924924924924924u

#define TURN_BY_TWO 0x0408102040800102 /* of a byte's bits, as the instruction wants them: a byte for each, of the bits that it is made of, the highest first */

/* Compilers would load constants each time, or text. */
INLINE void keep(__m512i *vector) { __asm__("" : "+v"(*vector)); }
INLINE void keep_mask(__mmask64 *mask) { __asm__("" : "+k"(*mask)); }

/* A mask goes to a word by way of memory: to move it takes one of the two ports that all vectors need. */
INLINE void store(uint64_t *at, __mmask64 mask) { __asm__("kmovq %1, %0" : "=m"(*at) : "k"(mask)); }

/* ---- characters */

typedef struct orders { __m512i a, b, c, next_a, next_b; } orders;

/* Where the first, second … byte of each slot stands in its block. */
INLINE __m512i order_from(int first)
{
    __m512i steps = jy__steps(), order = _mm512_add_epi8(_mm512_add_epi8(steps, _mm512_add_epi8(steps, steps)), _mm512_set1_epi8((char)first));
    order = _mm512_and_si512(order, _mm512_set1_epi8(BLOCK - 1));
    keep(&order);
    return order;
}

INLINE orders make_orders(void) { return (orders){ order_from(0), order_from(1), order_from(2), order_from(3), order_from(4) }; }

INLINE __m512i blend(const __m512i text[3], __mmask64 second, __mmask64 third)
{
    return _mm512_mask_mov_epi8(_mm512_mask_mov_epi8(text[0], second, text[1]), third, text[2]);
}

/* A vector whose last byte is that at p: four bytes are repeated on loading, which takes none of the vectors' ports. */
INLINE __m512i with_last(const unsigned char *p)
{
    int four;
    memcpy(&four, p - 3, sizeof(four));
    return _mm512_set1_epi32(four);
}

/* Of each slot the bytes b and c, a and b of the next one, and a in the order of blocks. */
typedef struct slots { __m512i unordered_a, b, c, next_a, next_b; } slots;

INLINE slots slots_of(const unsigned char *p, const __m512i text[3], const orders *order)
{
    const __mmask64 but_last = ~(uint64_t)0 >> 1;
    __m512i a = blend(text, PLACES_2, PLACES_1), b = blend(text, PLACES_0, PLACES_2), c = blend(text, PLACES_1, PLACES_0);
    return (slots){ a, _mm512_permutexvar_epi8(order->b, b), _mm512_permutexvar_epi8(order->c, c),
                    _mm512_mask_permutexvar_epi8(with_last(p + SPAN), but_last, order->next_a, a),
                    _mm512_mask_permutexvar_epi8(with_last(p + SPAN + 1), but_last, order->next_b, b) };
}

/* Slots whose byte c is a lead, or whose b is none; those in which a character begins, when all is UTF-8: its last byte, or c, is not ASCII. */
typedef struct where { __mmask64 lead_c, not_b, begins; } where;

INLINE where where_leads(const slots *s)
{
    const __m512i leads = _mm512_set1_epi8((char)0xC0);
    where w = { _mm512_cmpge_epu8_mask(s->c, leads), _mm512_cmplt_epu8_mask(s->b, leads), _mm512_movepi8_mask(s->c) };
    keep_mask(&w.lead_c), keep_mask(&w.not_b), keep_mask(&w.begins);
    return w;
}

typedef struct characters { __m512i first, second, third; } characters;

INLINE characters characters_of(const slots *s, const where *w, __m512i order_a)
{
    return (characters){ _mm512_mask_mov_epi8(_mm512_mask_permutexvar_epi8(s->b, w->not_b, order_a, s->unordered_a), w->lead_c, s->c),
                         _mm512_mask_mov_epi8(_mm512_mask_mov_epi8(s->c, w->not_b, s->b), w->lead_c, s->next_a),
                         _mm512_mask_mov_epi8(_mm512_mask_mov_epi8(s->next_a, w->not_b, s->c), w->lead_c, s->next_b) };
}

/* Rare characters and odd leads, a byte each that is not 0. */
INLINE __m512i others_of(const characters *chars, __mmask64 begins, const __m512i seen[3])
{
    return _mm512_ternarylogic_epi32(_mm512_maskz_permutexvar_epi8(begins, chars->first, seen[0]), _mm512_permutexvar_epi8(chars->second, seen[1]),
                                     _mm512_permutexvar_epi8(chars->third, seen[2]), 0x80);
}

INLINE __mmask64 han_of(const characters *chars, __mmask64 begins)
{
    __mmask64 han = _mm512_mask_cmple_epu8_mask(begins, _mm512_sub_epi8(chars->first, _mm512_set1_epi8((char)0xE4)), _mm512_set1_epi8(5));
    keep_mask(&han);
    return han;
}

INLINE void put_codes(jy__walker *walker, size_t count, const characters *chars, __mmask64 han)
{
    __m512i turned = _mm512_gf2p8affine_epi64_epi8(chars->second, _mm512_set1_epi64(TURN_BY_TWO), 0);
    __m512i high = _mm512_ternarylogic_epi32(_mm512_set1_epi8((char)0xF0), _mm512_slli_epi16(chars->first, 4), turned, 0xCA);
    __m512i low = _mm512_ternarylogic_epi32(_mm512_set1_epi8((char)0xC0), turned, chars->third, 0xCA);
    _mm512_storeu_si512(walker->high + count, _mm512_maskz_compress_epi8(han, high));
    _mm512_storeu_si512(walker->low + count, _mm512_maskz_compress_epi8(han, low));
}

/* ---- UTF-8 */

/* Bits by slot; `next` of the slot behind. bytes: which are not ASCII. */
typedef struct claims { uint64_t next_leads, next_bytes, b_bytes, c_bytes; } claims;

/* What the last slot before the span claims of it: whether its byte a is that of the first slot, its c is a lead. */
typedef struct carry { uint64_t lead_a, lead_c; } carry;

INLINE void store_claims(claims *to, const slots *s, const where *w)
{
    store(&to->next_leads, _mm512_cmpge_epu8_mask(s->next_a, _mm512_set1_epi8((char)0xC0)));
    store(&to->next_bytes, _mm512_movepi8_mask(s->next_a));
    store(&to->b_bytes, _mm512_movepi8_mask(s->b));
    store(&to->c_bytes, w->begins);
}

/* As far as the first byte behind the span tells. */
INLINE bool claimed_once(const claims *c, uint64_t not_b, uint64_t lead_c, carry *from)
{
    uint64_t lead_a = c->next_leads * 2 + from->lead_a, not_bc = not_b ^ lead_c;
    uint64_t right_b = c->b_bytes ^ not_b ^ lead_a ^ (lead_c * 2 + from->lead_c), right_c = c->c_bytes ^ not_bc ^ lead_a;
    uint64_t right_a = c->next_bytes ^ c->next_leads ^ not_bc;
    *from = (carry){ c->next_leads >> 63, lead_c >> 63 };
    return __builtin_expect((right_a & right_b & right_c) == ~(uint64_t)0, 1);
}

/* Whether the first byte is what the last block wants. */
static inline bool begins_well(const unsigned char *p, uint64_t wanted) { return p[0] >> 7 == ((p[0] >= 0xC0) ^ (wanted & 1)); }

static inline uint64_t wanted_behind(const unsigned char *end) { return end[-1] >= 0xC0 ? 3 : end[-2] >= 0xC0; }

/* ---- spans */

/* Of ASCII that may begin a key there is none, one, which is so seldom that it is asked of all blocks at once, or some. */
typedef enum noted_kind { NOTED_NONE, NOTED_ONE, NOTED_SOME } noted_kind;

/* Places in which no block has it. */
INLINE __mmask64 without(const __m512i text[3], __m512i byte)
{
    return _mm512_mask_cmpneq_epi8_mask(_mm512_mask_cmpneq_epi8_mask(_mm512_cmpneq_epi8_mask(text[0], byte), text[1], byte), text[2], byte);
}

INLINE void note_ascii(uint64_t *out, const __m512i text[3], const jy__ascii *ascii, bool one)
{
    for (unsigned i = 0; i < JY__SPAN_BLOCKS; i++)
        out[i] = jy__ascii_bits(ascii, text[i], one ? 0 : _mm512_movepi8_mask(text[i]), one);
}

/* All of a span's codes are taken for its first block's. */
INLINE size_t put_first(uint16_t *first, size_t count, uint64_t han)
{
    size_t after = count + (size_t)__builtin_popcountll(han);
    first[0] = (uint16_t)count;
    first[1] = first[2] = (uint16_t)after;
    return after;
}

/* Reads spans of [at, end) until one is not usual; returns where that is. */
INLINE size_t read_spans(reader *r, size_t base, size_t at, size_t end, noted_kind noted, bool lines)
{
    const __m512i seen[3] = { r->seen[0], r->seen[1], r->seen[2] };
    const jy__ascii ascii = jy__load_ascii(r->filter);
    const orders order = make_orders();
    jy__blocks *blocks = r->blocks;
    jy__walker *const walker = r->scan->walker;
    uint64_t *const ends = lines ? r->lines + base / BLOCK : NULL;
    const unsigned char *p = r->text + at;
    size_t count = r->count, number = (at - base) / BLOCK;
    const size_t chunk = r->chunk, from = number, stop = number + (end - at) / BLOCK;
    carry last = { p[0] >= 0xC0, r->wanted >> 1 };
    for (; number + JY__SPAN_BLOCKS <= stop; p += SPAN, number += JY__SPAN_BLOCKS) {
        uint64_t *const han_at = blocks->han + number;
        claims claimed;
        for (unsigned i = 0; i < SPAN; i += BLOCK) { /* a function of nothing but these is left out by compilers */
            _mm_prefetch((const char *)p + chunk + i, _MM_HINT_T1);
            _mm_prefetch((const char *)p + JY__FETCH_FIRST + i, _MM_HINT_T0);
        }
        __m512i text[JY__SPAN_BLOCKS] = { _mm512_loadu_si512(p), _mm512_loadu_si512(p + BLOCK), _mm512_loadu_si512(p + 2 * BLOCK) };
        keep(&text[0]), keep(&text[1]), keep(&text[2]);
        const slots s = slots_of(p, text, &order);
        const where leads = where_leads(&s);
        const characters chars = characters_of(&s, &leads, order.a);
        const __m512i others = others_of(&chars, leads.begins, seen);
        const __mmask64 none = _mm512_mask_testn_epi8_mask(noted == NOTED_ONE ? without(text, ascii.one) : ~(uint64_t)0, others, others);
        const __mmask64 han = han_of(&chars, leads.begins);
        store_claims(&claimed, &s, &leads);
        store(&han_at[0], han);
        store(&han_at[1], leads.not_b);
        store(&han_at[2], leads.lead_c);
        if (!claimed_once(&claimed, han_at[1], han_at[2], &last))
            break;
        if (__builtin_expect(!_kortestc_mask64_u8(none, none), 0)) {
            if (noted != NOTED_ONE || jy__some(others))
                break;
            note_ascii(blocks->ascii + number, text, &ascii, true);
            r->noted = true;
        }
        if (noted == NOTED_SOME)
            note_ascii(blocks->ascii + number, text, &ascii, false);
        for (unsigned i = 0; i < JY__SPAN_BLOCKS && lines; i++)
            store(&ends[number + i], jy__line_ends(text[i]));
        put_codes(walker, count, &chars, han);
        count = put_first(blocks->first + number, count, han_at[0]);
    }
    if (number == from)
        return at;
    memset(blocks->in_span + from, 1, number - from);
    r->count = count;
    r->wanted = wanted_behind(p);
    return at + (number - from) * BLOCK;
}

/* Each by itself, as the loops over blocks. */
#define READ(name, noted, lines) \
    static __attribute__((noinline)) size_t name(reader *r, size_t base, size_t at, size_t end) { return read_spans(r, base, at, end, noted, lines); }
READ(read_plain, NOTED_NONE, false)
READ(read_plain_lines, NOTED_NONE, true)
READ(read_one, NOTED_ONE, false)
READ(read_one_lines, NOTED_ONE, true)
READ(read_some, NOTED_SOME, false)
READ(read_some_lines, NOTED_SOME, true)

size_t jy__avx512_read_spans(reader *r, size_t base, size_t at, size_t end)
{
    if (at + SPAN > end || !begins_well(r->text + at, r->wanted))
        return at;
    if (r->filter->ascii_one)
        return r->lines ? read_one_lines(r, base, at, end) : read_one(r, base, at, end);
    if (r->filter->has_ascii)
        return r->lines ? read_some_lines(r, base, at, end) : read_some(r, base, at, end);
    return r->lines ? read_plain_lines(r, base, at, end) : read_plain(r, base, at, end);
}
