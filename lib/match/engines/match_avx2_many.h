/* match_avx2_many — step two for many forms: eight places at a time, as match_avx512_many.c has it, and with its words. In: the codes of a chunk. Out: places for
 * the verifier.
 *
 *   codes ─▶ pairs, or threes (match_avx2_rows.h) ─▶ triples (context, folded) ─▶ match_rounds.c
 *         ─▶ fillers ─▶ those that a key may go on over ─▶ match_stream.c */

static inline vec low_high(vec low, vec high) { return _mm256_blend_epi16(low, high, 0xAA); }
static inline vec two_at(const jy__sweep *l, vec places, int behind) { return codes_at(l->codes + behind, places); }

/* Eight places: four codes from so far behind each on, the first two of them and the last two. */
typedef struct four { vec first, last; } four;

static inline four four_at(const jy__sweep *l, vec places, int behind)
{
    const long long *codes = (const long long *)(const void *)(l->codes + behind);
    const vec order = _mm256_permute4x64_epi64(places, 0xD8);
    const __m256 a = _mm256_castsi256_ps(_mm256_i32gather_epi64(codes, _mm256_castsi256_si128(order), 2));
    const __m256 b = _mm256_castsi256_ps(_mm256_i32gather_epi64(codes, _mm256_extracti128_si256(order, 1), 2));
    return (four){ _mm256_castps_si256(_mm256_shuffle_ps(a, b, 0x88)), _mm256_castps_si256(_mm256_shuffle_ps(a, b, 0xDD)) };
}

static inline vec middle_of(four codes) { return low_high(high_of(codes.first), _mm256_slli_epi32(codes.last, 16)); }
static inline unsigned lanes_left(size_t left) { return (unsigned)jy__until(0, left) & 0xFF; }
static inline unsigned some(vec lowest) { return lanes_of(lowest, 8); }

/* ---- triples */

static inline vec folded(vec codes)
{
    return low_of(codes_at(jy__fold_codes, _mm256_min_epu32(_mm256_sub_epi32(codes, _mm256_set1_epi32(JY__CODE_FIRST)), _mm256_set1_epi32(JY__CODE_COUNT))));
}

/* Lowest bit of each 64: whether a word has the three bits of jy__triple_mask(). */
static inline vec word_has(vec words, vec products)
{
    const vec six = _mm256_set1_epi64x(63);
    vec first = _mm256_srlv_epi64(words, _mm256_srli_epi64(products, 26)), second = _mm256_srlv_epi64(words, both(_mm256_srli_epi64(products, 20), six));
    return both(both(first, second), _mm256_srlv_epi64(words, both(_mm256_srli_epi64(products, 14), six)));
}

/* Keys of eight places, folded, by their hash, with what stands around them. */
typedef struct neighbours { vec hash, before, behind; } neighbours;

#define HALF(half, words) _mm256_cvtepu32_epi64((half) ? _mm256_extracti128_si256(words, 1) : _mm256_castsi256_si128(words))

/* jy__triple_has() */
static inline unsigned have_triples(const jy__filter *filter, const neighbours *keys)
{
    const vec behind = _mm256_mullo_epi32(differ(keys->hash, keys->behind), _mm256_set1_epi32((int)JY__TRIPLE_BEHIND));
    const vec before = _mm256_mullo_epi32(differ(keys->hash, keys->before), _mm256_set1_epi32((int)JY__TRIPLE_BEFORE));
    const vec alone = _mm256_mullo_epi32(keys->hash, _mm256_set1_epi32((int)JY__TRIPLE_ALONE));
    const vec at = _mm256_srl_epi32(keys->hash, _mm_cvtsi32_si128(32 - (int)filter->triple_bits));
    unsigned found = 0;
    for (int half = 0; half < 2; half++) {
        const vec words = _mm256_i64gather_epi64((const long long *)(const void *)filter->triples, HALF(half, at), 8);
        const vec has = either(word_has(words, HALF(half, behind)), either(word_has(words, HALF(half, before)), word_has(words, HALF(half, alone))));
        found |= (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_slli_epi64(has, 63))) << 4 * half;
    }
    return found;
}

/* jy__stream_triple() for eight places, but for fillers as far as the rows tell. */
static inline unsigned triple_lanes(const jy__sweep *l, vec at)
{
    const four codes = four_at(l, at, -1);
    const vec a = folded(high_of(codes.first)), b = folded(low_of(codes.last));
    const neighbours keys = { _mm256_mullo_epi32(either(_mm256_slli_epi32(a, 16), b), _mm256_set1_epi32((int)0x9E3779B1u)), folded(low_of(codes.first)),
                              folded(high_of(codes.last)) };
    return have_triples(l->filter, &keys) | any_of(fillers_around(l, at), ENDS_AT(-1) | BEGINS_AT(2));
}

static size_t keep_neighbours(const jy__sweep *l, uint32_t *found, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i += 8) {
        vec places = places_at(l, found + i, count - i);
        kept += put_lanes(l->filter->nibbles.rows, found + kept, places, triple_lanes(l, places) & lanes_left(count - i));
    }
    return kept;
}

/* ---- keys with a filler between */

/* Places before fillers of one code, or of more, behind which a key may go on: of so many fillers. */
typedef struct over { uint32_t near[JY__BATCH + 8], far[JY__BATCH + 8]; size_t near_count, far_count; } over;

static inline void put_over(const jy__sweep *l, over *out, vec places, unsigned near, unsigned far)
{
    const jy__rows *rows = l->filter->nibbles.rows;
    out->near_count += put_lanes(rows, out->near + out->near_count, places, near);
    out->far_count += put_lanes(rows, out->far + out->far_count, places, far);
}

/* Lanes in which a key may end so far behind the place. */
static inline unsigned ends_at(const jy__sweep *l, vec first, vec places, int behind)
{
    return some(have_pairs(l->filter, low_high(first, _mm256_slli_epi32(two_at(l, places, behind), 16))));
}

/* Places where a key goes on behind the filler, or another filler begins, as far as a first look tells: behind one of one code it is the next one. */
static void keep_near_over(const jy__sweep *l, const uint32_t *found, size_t count, over *out)
{
    const jy__filter *filter = l->filter;
    for (size_t i = 0; i < count; i += 8) {
        const size_t left = count - i;
        const vec places = places_at(l, found + i, left);
        const four codes = four_at(l, places, 0);
        const unsigned one = some(mix_in(filter->filler_singles, 16, high_of(codes.first))), more = some(mix_in(filter->filler_begins, 32, middle_of(codes)));
        const unsigned goes_on = some(have_pairs(filter, low_high(codes.first, _mm256_slli_epi32(codes.last, 16)))) | any_of(fillers_around(l, places), BEGINS_AT(2));
        const unsigned near = one & goes_on & lanes_left(left);
        put_over(l, out, places, near, more & ~near & lanes_left(left));
    }
}

/* Behind one of more codes it is one of the three after the second. */
static void keep_far_over(const jy__sweep *l, over *out)
{
    const size_t count = out->far_count;
    out->far_count = 0;
    for (size_t i = 0; i < count; i += 8) {
        const vec places = places_at(l, out->far + i, count - i), first = two_at(l, places, 0);
        const unsigned another = any_of(fillers_around(l, places), BEGINS_AT(3) | BEGINS_AT(4) | BEGINS_AT(5));
        const unsigned goes_on = another | ends_at(l, first, places, 3) | ends_at(l, first, places, 4) | ends_at(l, first, places, 5);
        out->far_count += put_lanes(l->filter->nibbles.rows, out->far + out->far_count, places, goes_on & lanes_left(count - i));
    }
}

static void look_at_over(jy__sweep *l, const uint32_t *found, size_t count)
{
    const jy__rounds rounds = { l->scan, l->codes, l, place_of, NULL, 0, 0 };
    for (size_t i = 0; i < count && !l->scan->stop; i++)
        if (found[i] < l->end && jy__bit(l->filter->heads, l->codes[found[i]]))
            jy__stream_filler(&rounds, found[i]);
}

static void look_over(jy__sweep *l, const over *all)
{
    look_at_over(l, all->near, all->near_count);
    look_at_over(l, all->far, all->far_count);
}

/* ---- keys beside fillers, and over them, of very many forms: as match_avx512_over.c draws it */

/* Eight places, with the code before each: what the sieve has of these two, whether more than the filler stands between, and where fillers are. */
typedef struct filled { vec at, before, words, other, fillers; unsigned alone, parted; } filled;

static inline vec are_twice(vec pairs) { return _mm256_cmpeq_epi32(low_of(pairs), high_of(pairs)); }

static inline filled filled_at(const jy__sweep *l, const sieve *s, vec at, vec before)
{
    const vec other = others_of(before), words = sieve_words(s, before), fillers = fillers_around(l, at);
    return (filled){ .at = at, .before = before, .words = words, .other = other, .fillers = fillers, .alone = some(sieve_has(s, words, other)),
                     .parted = any_of(fillers, ENDS_AT(-1)) | some(are_twice(before)) };
}

/* Lanes with a key right before the filler, right behind it, or over it. */
typedef struct keys_found { unsigned before, behind, over; } keys_found;

/* The filler leads so far on. */
static inline keys_found keys_at(const jy__sweep *l, const sieve *s, const filled *f, unsigned lanes, int far)
{
    const vec behind = two_at(l, f->at, far), pair = low_high(high_of(f->before), _mm256_slli_epi32(behind, 16));
    const vec other = others_of(pair), words = sieve_words(s, pair), next = others_of(behind);
    const unsigned first = f->alone | some(sieve_has(s, f->words, _mm256_add_epi32(f->other, other))), two_alone = some(sieve_has(s, words, other));
    const unsigned last = two_alone | some(sieve_has(s, words, _mm256_add_epi32(other, next))), last_alone = some(sieve_has(s, sieve_words(s, behind), next));
    const unsigned more = any_of(f->fillers, BEGINS_AT(far)), twice = some(are_twice(pair));
    const unsigned parted = (f->parted | some(are_twice(behind)) | any_of(f->fillers, BEGINS_AT(far + 1))) & lanes;
    const unsigned two = parted ? some(have_pairs(l->filter, pair)) & parted : 0;
    return (keys_found){ .before = lanes & (first | two_alone | more | twice), .behind = lanes & (last | any_of(f->fillers, ENDS_AT(0)) | twice),
                         .over = lanes & (first | last | last_alone | more | two) };
}

/* Bits of places, so far from those of the lanes; before the row of the first code none is asked for. */
static inline void add_places(const jy__sweep *l, uint64_t *keys, unsigned lanes, vec at, int by)
{
    const vec bits = _mm256_add_epi32(at, _mm256_set1_epi32(by - (int)first_row(l)));
    uint32_t places[8];
    store(places, bits);
    for (lanes &= ~(unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(bits)); lanes; lanes &= lanes - 1)
        jy__bit_set(keys, places[__builtin_ctz(lanes)]);
}

/* Adds keys; returns the lanes of those over the filler. */
static inline unsigned add_keys_beside(const jy__sweep *l, const sieve *s, const filled *f, unsigned lanes, int far, uint64_t *keys)
{
    const keys_found found = keys_at(l, s, f, lanes, far);
    add_places(l, keys, found.before, f->at, -1);
    add_places(l, keys, found.behind, f->at, far);
    return found.over;
}

static void look_beside_longer(const jy__sweep *l, const sieve *s, uint64_t *keys, over *out)
{
    const size_t count = out->far_count;
    _Static_assert(JY__FILLER_LONGEST == 4, "behind one of more codes than one a key goes on three to five behind the place");
    out->far_count = 0;
    for (size_t i = 0; i < count; i += 8) {
        const vec places = places_at(l, out->far + i, count - i);
        const filled f = filled_at(l, s, places, two_at(l, places, -1));
        const unsigned lanes = lanes_left(count - i);
        const unsigned kept = add_keys_beside(l, s, &f, lanes, 3, keys) | add_keys_beside(l, s, &f, lanes, 4, keys) | add_keys_beside(l, s, &f, lanes, 5, keys);
        out->far_count += put_lanes(l->filter->nibbles.rows, out->far + out->far_count, f.at, kept);
    }
}

static void look_beside(const jy__sweep *l, const uint32_t *found, size_t count, uint64_t *keys, over *out)
{
    const sieve s = load_sieve(l->filter);
    for (size_t i = 0; i < count; i += 8) {
        const size_t left = count - i;
        const vec places = places_at(l, found + i, left);
        const four codes = four_at(l, places, -1);
        const filled f = filled_at(l, &s, places, codes.first);
        const unsigned one = lanes_of(mix_in(l->filter->filler_singles, 16, low_of(codes.last)), left);
        put_over(l, out, f.at, add_keys_beside(l, &s, &f, one, 2, keys), lanes_of(mix_in(l->filter->filler_begins, 32, codes.last), left));
    }
    look_beside_longer(l, &s, keys, out);
}

/* A key is the first two of three or the last two, or its first code or its last one is said again: see match_avx512_threes.c. What fillers end before the first
 * codes is not known. */
static void join_keys(const jy__sweep *l, jy__asked_rows *rows)
{
    uint64_t *threes = rows->threes, *said = rows->again;
    threes[0] = said[0] = threes[rows->count + 1] = said[rows->count + 1] = 0;
    for (size_t i = 1; i <= rows->count; i++) {
        const uint64_t before = threes[i] << 1 | threes[i - 1] >> 63 | said[i] << 1 | said[i - 1] >> 63;
        const uint64_t behind = threes[i] >> 1 | threes[i + 1] << 63 | said[i] >> 1 | said[i + 1] << 63;
        rows->keys[i] = threes[i] | before | behind;
    }
    for (size_t i = 0; i <= JY__FILLER_LONGEST; i++)
        jy__bit_set(rows->keys + 1, l->from - first_row(l) + i);
}

/* ---- */

/* Keys over fillers are looked at; of very many forms, those beside them are added to the rows'. */
static void look_at_fillers(jy__sweep *l, jy__asked_rows *rows)
{
    over all;
    for (size_t i = 0; i < l->filler_count && !l->scan->stop; i += JY__BATCH) {
        const size_t count = l->filler_count - i < JY__BATCH ? l->filler_count - i : JY__BATCH;
        all.near_count = all.far_count = 0;
        if (l->filter->threes) {
            look_beside(l, l->fillers + i, count, rows->keys + 1, &all);
        } else {
            keep_near_over(l, l->fillers + i, count, &all);
            keep_far_over(l, &all);
        }
        look_over(l, &all);
    }
}

static void list_fillers(jy__sweep *l, const jy__asked_rows *rows)
{
    const asked_words asked = { rows->fillers + 1, rows->count, first_row(l) - 1 };
    size_t row = 0;
    l->filler_count = list_rows(&asked, l->from, l->end + (l->end < l->stream->count), &row, SIZE_MAX, l->fillers);
}

static void look_at_keys(jy__sweep *l, const jy__asked_rows *rows)
{
    const asked_words asked = { rows->keys + 1, rows->count, first_row(l) };
    uint32_t found[JY__BATCH + 8];
    for (size_t row = 0; row < asked.count && !l->scan->stop;) {
        size_t count = list_rows(&asked, l->from, l->end, &row, JY__BATCH - ROW, found);
        if (l->filter->threes)
            count = keep_pairs(l, found, count, found);
        look_up(l, found, keep_neighbours(l, found, count));
    }
}

/* Leaves the list of places before fillers. */
static void look_many(jy__sweep *l)
{
    jy__asked_rows *rows = &l->scan->walker->asked_rows;
    rows->count = l->filter->threes ? ask_threes(l, rows) : ask_pairs(l, rows);
    bound_fillers(rows);
    list_fillers(l, rows);
    if (l->filter->threes)
        join_keys(l, rows);
    look_at_fillers(l, rows);
    look_at_keys(l, rows);
}

#define LOOK_MANY look_many
#define LOOK_MANY_FROM JY__BATCH /* codes: of fewer each step waits for what the last one wrote */
