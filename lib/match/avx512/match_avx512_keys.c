/* Which keys by sound may begin at places, for many at once: the first two turns of match_sound_rounds.c, sixteen places at a time. In: places of a chunk.
 * Out: keys that are in the table of starts; places where the second symbol may be said again, and others that are looked at one by one.
 *
 *   places ─▶ begins (bytes a b) ─▶ classes of a b c ─┬─▶ one each: one key
 *                                                     ├─▶ two of some: up to eight keys, each where there is such a combination
 *                                                     └─▶ the second said again: mostly once, then the same of a b and the one behind c */
#include "match/avx512/match_avx512_row.h"

#define SOME 256 /* places */

typedef struct places { uint32_t at[SOME + 16], a[SOME + 16], b[SOME + 16], c[SOME + 16]; size_t count; } places;
typedef struct kinds { places single, several; uint16_t many[SOME + 16], odd[SOME + 16], again[SOME + 16]; size_t many_count, odd_count, again_count; } kinds;

/* Sixteen places, and the classes of their three codes: the first of each in the low half. */
typedef struct sixteen { __m512i at, a, b, c; } sixteen;

static inline __m512i high_of(__m512i words) { return _mm512_srli_epi32(words, 16); }

static inline __m512i classes_of(__m512i codes) { return _mm512_i32gather_epi32(jy__heard_numbers_of(codes), jy__heard_classes, 4); }

static inline sixteen load(const places *list, size_t i)
{
    return (sixteen){ _mm512_loadu_si512(list->at + i), _mm512_loadu_si512(list->a + i), _mm512_loadu_si512(list->b + i), _mm512_loadu_si512(list->c + i) };
}

static inline void put(places *list, sixteen items, uint32_t bits)
{
    _mm512_storeu_si512(list->at + list->count, _mm512_maskz_compress_epi32((__mmask16)bits, items.at));
    _mm512_storeu_si512(list->a + list->count, _mm512_maskz_compress_epi32((__mmask16)bits, items.a));
    _mm512_storeu_si512(list->b + list->count, _mm512_maskz_compress_epi32((__mmask16)bits, items.b));
    _mm512_storeu_si512(list->c + list->count, _mm512_maskz_compress_epi32((__mmask16)bits, items.c));
    list->count += (size_t)__builtin_popcount(bits);
}

/* Lanes of which the first two codes are parted, or, of those of three, the last two. */
static inline __mmask16 are_parted(const jy__look *look, __m512i at, __mmask16 of_three)
{
    __mmask16 parted = jy__parted_at(look, UINT16_MAX, at);
    return parted | jy__parted_at(look, of_three & (__mmask16)~parted, _mm512_add_epi32(at, _mm512_set1_epi32(1)));
}

static inline void tell_kinds(const jy__look *look, const jy__hearing *h, const uint16_t *found, size_t left, kinds *out)
{
    const jy__sound_keys *index = &look->scan->matcher->sound_keys;
    const __m512i one = _mm512_set1_epi32(1), zero = _mm512_setzero_si512();
    __m512i at = jy__places_at(look, found, left), pair = jy__low_of(_mm512_i32gather_epi32(at, h->bytes, 1));
    __m512i codes = _mm512_i32gather_epi32(at, h->rounds.codes, 2), third = _mm512_i32gather_epi32(at, h->rounds.codes + 2, 2);
    sixteen items = { at, classes_of(jy__low_of(codes)), classes_of(high_of(codes)), classes_of(jy__low_of(third)) };
    uint32_t begins = _mm512_test_epi32_mask(jy__bits_at(index->begins, pair), one) & jy__room_for(left);
    uint32_t many = _mm512_cmpeq_epi32_mask(items.a, zero) | _mm512_cmpeq_epi32_mask(items.b, zero) | _mm512_cmpeq_epi32_mask(items.c, zero), odd = 0;
    uint32_t several = _mm512_cmpgt_epu32_mask(_mm512_or_si512(_mm512_or_si512(items.a, items.b), items.c), _mm512_set1_epi32(0xFFFF));
    if (index->twos)
        odd = _mm512_test_epi32_mask(jy__bits_at(index->twos, pair), one);
    begins &= (uint32_t)~are_parted(look, at, (__mmask16)~odd);
    out->many_count += jy__put_kept(out->many + out->many_count, at, begins & many & ~odd);
    out->odd_count += jy__put_kept(out->odd + out->odd_count, at, begins & odd);
    put(&out->single, items, begins & ~(odd | many) & ~several);
    put(&out->several, items, begins & ~(odd | many) & several);
}

/* Of those lanes the ones whose third class may say the second again. */
static inline uint32_t again_bits(const jy__sound_keys *index, __m512i b, __m512i c, uint32_t lanes)
{
    __m512i hash = _mm512_mullo_epi32(_mm512_or_si512(_mm512_slli_epi32(b, 16), c), _mm512_set1_epi32((int)0x9E3779B1u));
    __m512i bits = jy__bits_at(index->again, _mm512_srli_epi32(hash, 32 - JY__SOUND_AGAIN_BITS));
    return _mm512_mask_test_epi32_mask((__mmask16)lanes, bits, _mm512_set1_epi32(1));
}

/* jy__sound_key(), jy__sound_has(): appends the keys of those lanes that are in the table; the third symbol stands so far behind the second. */
static inline void add_keys(jy__hearing *h, __m512i at, __m512i a, __m512i b, __m512i c, uint32_t lanes, uint32_t third)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    const __m512i low = _mm512_set_epi32(23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0), high = _mm512_add_epi32(low, _mm512_set1_epi32(8));
    const __m128i start_bits = _mm_cvtsi32_si128((int)index->start_bits), others = _mm_cvtsi32_si128(32 - (int)index->start_bits);
    __m512i classes = _mm512_or_si512(_mm512_or_si512(_mm512_slli_epi32(a, 20), _mm512_slli_epi32(b, 10)), c);
    __m512i key = _mm512_mullo_epi32(classes, _mm512_set1_epi32((int)0x9E3779B1u)), rest = _mm512_sll_epi32(key, start_bits);
    __m512i set = _mm512_i32gather_epi32(_mm512_srl_epi32(key, others), &index->starts[0].set, 8);
    __m512i bits = _mm512_and_si512(_mm512_srlv_epi32(set, _mm512_srli_epi32(rest, 27)),
                                    _mm512_srlv_epi32(set, _mm512_and_si512(_mm512_srli_epi32(rest, 22), _mm512_set1_epi32(31))));
    lanes = _mm512_mask_test_epi32_mask((__mmask16)lanes, bits, _mm512_set1_epi32(1));
    key = _mm512_maskz_compress_epi32((__mmask16)lanes, key);
    at = _mm512_or_si512(_mm512_maskz_compress_epi32((__mmask16)lanes, at), _mm512_set1_epi32((int)(1u << 16 | third << 24)));
    _mm512_storeu_si512(h->keys + h->key_count, _mm512_permutex2var_epi32(key, low, at));
    _mm512_storeu_si512(h->keys + h->key_count + 8, _mm512_permutex2var_epi32(key, high, at));
    h->key_count += (uint32_t)__builtin_popcount(lanes);
}

static inline void make_room(jy__hearing *h)
{
    _Static_assert(sizeof(jy__heard_key) == 8 && JY__HEARD_KEYS >= 2 * 9 * 16, "sixteen places have room for eight keys each, and more are written");
    if (h->key_count > JY__HEARD_KEYS - 9 * 16)
        jy__sound_settle(h);
}

static void ask_single(jy__hearing *h, kinds *all)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    for (size_t i = 0; i < all->single.count; i += 16) {
        sixteen items = load(&all->single, i);
        uint32_t lanes = jy__room_for(all->single.count - i);
        make_room(h);
        all->again_count += jy__put_kept(all->again + all->again_count, items.at, again_bits(index, items.b, items.c, lanes));
        add_keys(h, items.at, items.a, items.b, items.c, lanes, 1);
    }
}

static void ask_several(jy__hearing *h, kinds *all)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    for (size_t i = 0; i < all->several.count; i += 16) {
        sixteen items = load(&all->several, i);
        const __m512i a[2] = { jy__low_of(items.a), high_of(items.a) }, b[2] = { jy__low_of(items.b), high_of(items.b) };
        const __m512i c[2] = { jy__low_of(items.c), high_of(items.c) };
        uint32_t lanes = jy__room_for(all->several.count - i), again = 0;
        make_room(h);
        for (int k = 0; k < 8; k++) {
            __m512i x = a[k & 1], y = b[k >> 1 & 1], z = c[k >> 2];
            uint32_t there = lanes & _mm512_test_epi32_mask(x, x) & _mm512_test_epi32_mask(y, y) & _mm512_test_epi32_mask(z, z);
            if (!there)
                continue;
            if (!(k & 1))
                again |= again_bits(index, y, z, there);
            add_keys(h, items.at, x, y, z, there, 1);
        }
        all->again_count += jy__put_kept(all->again + all->again_count, items.at, again);
    }
}

/* ---- codes of more than two classes: as several places, of which each has two of them */

/* The classes of 16 codes, two in a word. */
typedef struct class_words { __m512i word[2]; __mmask16 more; } class_words;

static inline class_words class_words_of(__m512i codes)
{
    const char *sets = (const char *)jy__heard_sets;
    const __m512i at = _mm512_slli_epi32(jy__heard_numbers_of(codes), 2);
    class_words out = { { _mm512_i32gather_epi32(at, sets, 8), _mm512_i32gather_epi32(at, sets + 4, 8) }, 0 };
    const __m512i more = _mm512_i32gather_epi32(at, sets + 8, 8);
    _Static_assert(sizeof(jy__heard_set) == 4 * 8 && offsetof(jy__heard_set, classes) == 0 && JY__SOUND_MOST >= 6, "as the words are taken");
    out.more = _mm512_test_epi32_mask(more, more);
    return out;
}

/* Lanes of which some class of the third code may say the second again. */
static inline uint32_t any_again(const jy__sound_keys *index, const class_words *b, const class_words *c, uint32_t lanes)
{
    uint32_t found = 0;
    for (int k = 0; k < 16; k++) {
        const __m512i y = k & 1 ? high_of(b->word[k >> 1 & 1]) : jy__low_of(b->word[k >> 1 & 1]);
        const __m512i z = k & 4 ? high_of(c->word[k >> 3]) : jy__low_of(c->word[k >> 3]);
        const uint32_t there = lanes & _mm512_test_epi32_mask(y, y) & _mm512_test_epi32_mask(z, z);
        if (there)
            found |= again_bits(index, y, z, there);
    }
    return found;
}

static inline void ask_many(const jy__look *look, jy__hearing *h, size_t i, kinds *all)
{
    const size_t left = all->many_count - i;
    const __m512i at = jy__places_at(look, all->many + i, left);
    const __m512i codes = _mm512_i32gather_epi32(at, h->rounds.codes, 2), third = _mm512_i32gather_epi32(at, h->rounds.codes + 2, 2);
    const class_words a = class_words_of(jy__low_of(codes)), b = class_words_of(high_of(codes)), c = class_words_of(jy__low_of(third));
    uint32_t lanes = jy__room_for(left), odd = lanes & (a.more | b.more | c.more);
    odd |= any_again(&look->scan->matcher->sound_keys, &b, &c, lanes & ~odd);
    all->odd_count += jy__put_kept(all->odd + all->odd_count, at, odd);
    all->several.count = 0;
    for (int k = 0; k < 8; k++) {
        const sixteen items = { at, a.word[k & 1], b.word[k >> 1 & 1], c.word[k >> 2] };
        put(&all->several, items, lanes & ~odd & _mm512_test_epi32_mask(items.a, items.a) & _mm512_test_epi32_mask(items.b, items.b) & _mm512_test_epi32_mask(items.c, items.c));
    }
    ask_several(h, all);
}

/* ---- the second symbol said again */

/* As jy__sound_again_at(). Returns those of the lanes that are to be looked at one by one: a filler is near, it is said once more, or one of the three
 * codes has no class or many. */
static inline uint32_t ask_again(const jy__look *look, jy__hearing *h, const uint16_t *found, size_t left)
{
    const jy__sound_keys *index = &look->scan->matcher->sound_keys;
    const __m512i one = _mm512_set1_epi32(1), zero = _mm512_setzero_si512();
    __m512i at = jy__places_at(look, found, left), codes = _mm512_i32gather_epi32(at, h->rounds.codes, 2), behind = _mm512_i32gather_epi32(at, h->rounds.codes + 2, 2);
    __m512i all[3] = { classes_of(jy__low_of(codes)), classes_of(high_of(codes)), classes_of(high_of(behind)) };
    __m512i filler = _mm512_or_si512(jy__filler_begins(look->filter, behind),
                                     jy__filler_begins(look->filter, _mm512_i32gather_epi32(at, h->rounds.codes + 3, 2)));
    uint32_t lanes = jy__room_for(left), more = _mm512_test_epi32_mask(filler, one);
    for (int i = 0; i < 3; i++)
        more |= _mm512_cmpeq_epi32_mask(all[i], zero);
    const __m512i a[2] = { jy__low_of(all[0]), high_of(all[0]) }, b[2] = { jy__low_of(all[1]), high_of(all[1]) }, c[2] = { jy__low_of(all[2]), high_of(all[2]) };
    for (int k = 0; k < 4; k++)
        more |= again_bits(index, b[k & 1], c[k >> 1], _mm512_test_epi32_mask(b[k & 1], b[k & 1]) & _mm512_test_epi32_mask(c[k >> 1], c[k >> 1]));
    make_room(h);
    for (int k = 0; k < 8; k++) {
        __m512i x = a[k & 1], y = b[k >> 2], z = c[k >> 1 & 1];
        uint32_t there = lanes & ~more & _mm512_test_epi32_mask(x, x) & _mm512_test_epi32_mask(y, y) & _mm512_test_epi32_mask(z, z);
        if (there)
            add_keys(h, at, x, y, z, there, 2);
    }
    return lanes & more;
}

static void look_again(const jy__look *look, jy__hearing *h, const kinds *all)
{
    for (size_t i = 0; i < all->again_count; i += 16)
        for (uint32_t left = ask_again(look, h, all->again + i, all->again_count - i); left; left &= left - 1)
            jy__sound_place(h, all->again[i + (size_t)__builtin_ctz(left)]);
}

static void look_some(const jy__look *look, jy__hearing *h, const uint16_t *found, size_t count)
{
    kinds all;
    all.single.count = all.several.count = all.many_count = all.odd_count = all.again_count = 0;
    for (size_t i = 0; i < count; i += 16)
        tell_kinds(look, h, found + i, count - i, &all);
    ask_single(h, &all);
    ask_several(h, &all);
    for (size_t i = 0; i < all.many_count; i += 16)
        ask_many(look, h, i, &all);
    look_again(look, h, &all);
    for (size_t i = 0; i < all.odd_count; i++)
        jy__sound_place(h, all.odd[i]);
}

void jy__avx512_sound_places(const jy__look *look, jy__hearing *h, const uint16_t *found, size_t count)
{
    for (size_t i = 0; i < count && !look->scan->stop; i += SOME)
        look_some(look, h, found + i, count - i < SOME ? count - i : SOME);
}
