/* match_avx2_keys — which keys by sound may begin at places, eight at a time: as look_some() of match_sound_rounds.c, with its words, and as
 * match_avx512_keys.c draws it. In: places of a chunk. Out: keys that are in the table of starts; other places are looked at one by one. */

#define SOME 64 /* places */

typedef struct key_places { uint32_t at[SOME + 8], a[SOME + 8], b[SOME + 8], c[SOME + 8]; size_t count; } key_places;
typedef struct key_kinds { key_places single, several; uint32_t odd[SOME + 8], again[SOME + 8]; size_t odd_count, again_count; } key_kinds;

/* Eight places, and the classes of their three codes: the first of each in the low half. */
typedef struct key_eight { vec at, a, b, c; } key_eight;

static inline vec low_of(vec words) { return both(words, _mm256_set1_epi32(0xFFFF)); }
static inline vec high_of(vec words) { return _mm256_srli_epi32(words, 16); }
static inline vec is_none(vec words) { return _mm256_cmpeq_epi32(words, _mm256_setzero_si256()); }

static inline vec classes_of(vec codes)
{
    vec at = _mm256_min_epu32(_mm256_sub_epi32(codes, _mm256_set1_epi32(JY__CODE_FIRST)), _mm256_set1_epi32(JY__CODE_COUNT));
    return words_at(jy__heard_classes, low_of(codes_at(jy__heard_numbers, at)));
}

/* Behind the list's end: no classes. */
static inline key_eight load_eight(const key_places *list, size_t i)
{
    const vec there = lanes_before(list->count - i);
    return (key_eight){ load(list->at + i), both(load(list->a + i), there), both(load(list->b + i), there), both(load(list->c + i), there) };
}

static inline void put_eight(const jy__rows *rows, key_places *list, const key_eight *items, unsigned lanes)
{
    vec order = order_of(rows, lanes);
    store(list->at + list->count, _mm256_permutevar8x32_epi32(items->at, order));
    store(list->a + list->count, _mm256_permutevar8x32_epi32(items->a, order));
    store(list->b + list->count, _mm256_permutevar8x32_epi32(items->b, order));
    store(list->c + list->count, _mm256_permutevar8x32_epi32(items->c, order));
    list->count += (size_t)__builtin_popcount(lanes);
}

static inline void tell_kinds(const jy__sweep *l, const uint8_t *bytes, const uint32_t *found, size_t left, key_kinds *out)
{
    const jy__sound_keys *index = &l->scan->matcher->sound_keys;
    const jy__rows *rows = l->filter->nibbles.rows;
    vec at = places_at(l, found, left), pair = low_of(bytes_at(bytes, at)), codes = codes_at(l->codes, at), third = codes_at(l->codes + 2, at);
    key_eight items = { at, classes_of(low_of(codes)), classes_of(high_of(codes)), classes_of(low_of(third)) };
    unsigned begins = lanes_of(bits_at(index->begins, pair), left);
    unsigned odd = lanes_of(either(is_none(items.a), either(is_none(items.b), is_none(items.c))), left);
    unsigned several = lanes_of(differ(is_none(high_of(either(items.a, either(items.b, items.c)))), _mm256_set1_epi32(-1)), left);
    if (index->twos)
        odd |= lanes_of(bits_at(index->twos, pair), left);
    out->odd_count += put_lanes(rows, out->odd + out->odd_count, at, begins & odd);
    put_eight(rows, &out->single, &items, begins & ~odd & ~several);
    put_eight(rows, &out->several, &items, begins & ~odd & several);
}

/* Whether the third class may say the second again. */
static inline vec is_again(const jy__sound_keys *index, vec b, vec c)
{
    vec hash = _mm256_mullo_epi32(either(_mm256_slli_epi32(b, 16), c), _mm256_set1_epi32((int)0x9E3779B1u));
    return bits_at(index->again, _mm256_srli_epi32(hash, 32 - JY__SOUND_AGAIN_BITS));
}

/* jy__sound_key(), jy__sound_has(): appends the keys of those lanes that are in the table. */
static inline void add_keys(const jy__rows *rows, jy__hearing *h, const key_eight *items, unsigned lanes)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    const __m128i start_bits = _mm_cvtsi32_si128((int)index->start_bits), others = _mm_cvtsi32_si128(32 - (int)index->start_bits);
    vec classes = either(either(_mm256_slli_epi32(items->a, 20), _mm256_slli_epi32(items->b, 10)), items->c);
    vec key = _mm256_mullo_epi32(classes, _mm256_set1_epi32((int)0x9E3779B1u)), rest = _mm256_sll_epi32(key, start_bits);
    vec set = _mm256_i32gather_epi32((const int *)(const void *)&index->starts[0].set, _mm256_srl_epi32(key, others), 8);
    vec there = both(_mm256_srlv_epi32(set, _mm256_srli_epi32(rest, 27)), _mm256_srlv_epi32(set, both(_mm256_srli_epi32(rest, 22), _mm256_set1_epi32(31))));
    lanes &= lanes_of(there, 8);
    vec order = order_of(rows, lanes), at = _mm256_permutevar8x32_epi32(either(items->at, _mm256_set1_epi32(1 << 16 | 1 << 24)), order);
    key = _mm256_permutevar8x32_epi32(key, order);
    vec low = _mm256_unpacklo_epi32(key, at), high = _mm256_unpackhi_epi32(key, at);
    store(h->keys + h->key_count, _mm256_permute2x128_si256(low, high, 0x20));
    store(h->keys + h->key_count + 4, _mm256_permute2x128_si256(low, high, 0x31));
    h->key_count += (uint32_t)__builtin_popcount(lanes);
}

static inline void make_room(jy__hearing *h)
{
    _Static_assert(sizeof(jy__heard_key) == 8 && JY__HEARD_KEYS >= 2 * 9 * 8, "eight places have room for eight keys each, and more are written");
    if (h->key_count > JY__HEARD_KEYS - 9 * 8)
        jy__sound_settle(h);
}

static void ask_single(const jy__rows *rows, jy__hearing *h, key_kinds *all)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    for (size_t i = 0; i < all->single.count; i += 8) {
        key_eight items = load_eight(&all->single, i);
        size_t left = all->single.count - i;
        make_room(h);
        all->again_count += put_lanes(rows, all->again + all->again_count, items.at, lanes_of(is_again(index, items.b, items.c), left));
        add_keys(rows, h, &items, lanes_of(_mm256_set1_epi32(1), left));
    }
}

static void ask_several(const jy__rows *rows, jy__hearing *h, key_kinds *all)
{
    const jy__sound_keys *index = &h->rounds.scan->matcher->sound_keys;
    for (size_t i = 0; i < all->several.count; i += 8) {
        key_eight items = load_eight(&all->several, i);
        const vec a[2] = { low_of(items.a), high_of(items.a) }, b[2] = { low_of(items.b), high_of(items.b) }, c[2] = { low_of(items.c), high_of(items.c) };
        unsigned here = lanes_of(_mm256_set1_epi32(1), all->several.count - i), again = 0;
        make_room(h);
        for (int k = 0; k < 8; k++) {
            const key_eight one = { items.at, a[k & 1], b[k >> 1 & 1], c[k >> 2] };
            unsigned there = here & ~lanes_of(either(is_none(one.a), either(is_none(one.b), is_none(one.c))), 8);
            if (!there)
                continue;
            if (!(k & 1))
                again |= there & lanes_of(is_again(index, one.b, one.c), 8);
            add_keys(rows, h, &one, there);
        }
        all->again_count += put_lanes(rows, all->again + all->again_count, items.at, again);
    }
}

static void look_keys(const jy__sweep *l, jy__hearing *h, const uint32_t *found, size_t count)
{
    const jy__rows *rows = l->filter->nibbles.rows;
    key_kinds all;
    all.single.count = all.several.count = all.odd_count = all.again_count = 0;
    for (size_t i = 0; i < count; i += 8)
        tell_kinds(l, h->bytes, found + i, count - i, &all);
    ask_single(rows, h, &all);
    ask_several(rows, h, &all);
    for (size_t i = 0; i < all.again_count; i++)
        jy__sound_again_at(h, all.again[i]);
    for (size_t i = 0; i < all.odd_count; i++)
        jy__sound_place(h, all.odd[i]);
}

static void sound_places(const jy__sweep *l, jy__hearing *h, const uint32_t *found, size_t count)
{
    for (size_t i = 0; i < count && !l->scan->stop; i += SOME)
        look_keys(l, h, found + i, count - i < SOME ? count - i : SOME);
}

#define SOUND_PLACES sound_places
