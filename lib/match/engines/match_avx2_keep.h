/* match_avx2_keep — eight places of a list at a time: which of them are kept. In: places, and the codes and bytes there. Out: the same list, shorter. As
 * match_hear.h does it one by one, and with its words. */

/* All bits of the first lanes. */
static inline vec lanes_before(size_t left)
{
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(left < 8 ? (int)left : 8), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

/* Behind a list's end stands anything: a place that may be asked as well is taken there. */
static inline vec places_at(const jy__sweep *l, const uint32_t *list, size_t left)
{
    return _mm256_blendv_epi8(_mm256_set1_epi32((int)l->end), load(list), lanes_before(left));
}

/* Lanes with the lowest bit set. */
static inline unsigned lanes_of(vec bits, size_t left)
{
    return (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_slli_epi32(bits, 31))) & (unsigned)jy__until(0, left) & 0xFF;
}

static inline vec order_of(const jy__rows *rows, unsigned lanes) { return _mm256_cvtepu8_epi32(_mm_loadl_epi64((const void *)rows->orders[lanes])); }

/* Up to eight are written. */
static inline size_t put_lanes(const jy__rows *rows, uint32_t *out, vec places, unsigned lanes)
{
    store(out, _mm256_permutevar8x32_epi32(places, order_of(rows, lanes)));
    return (size_t)__builtin_popcount(lanes);
}

static inline size_t put_kept(const jy__sweep *l, uint32_t *out, vec places, vec bits, size_t left)
{
    return put_lanes(l->filter->nibbles.rows, out, places, lanes_of(bits, left));
}

static inline vec words_at(const void *base, vec at) { return _mm256_i32gather_epi32((const int *)base, at, 4); }
static inline vec bytes_at(const uint8_t *bytes, vec places) { return _mm256_i32gather_epi32((const int *)(const void *)bytes, places, 1); }
static inline vec codes_at(const uint16_t *codes, vec places) { return _mm256_i32gather_epi32((const int *)(const void *)codes, places, 2); }

static size_t keep_heard(const jy__sweep *l, const uint8_t *bytes, uint32_t *found, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i += 8) {
        vec places = places_at(l, found + i, count - i);
        kept += put_kept(l, found + kept, places, heard_of(&l->scan->matcher->sound_keys, bytes_at(bytes, places)), count - i);
    }
    return kept;
}

static size_t keep_pairs(const jy__sweep *l, const uint32_t *found, size_t count, uint32_t *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i += 8) {
        vec places = places_at(l, found + i, count - i);
        kept += put_kept(l, out + kept, places, have_pairs(l->filter, codes_at(l->codes, places)), count - i);
    }
    return kept;
}

/* Lowest bit of each lane: jy__mix_in(). */
static inline vec mix_in(const uint32_t *set, uint32_t words, vec codes)
{
    vec mix = mix_of(codes);
    return has_mix(words_at(set, both(_mm256_srli_epi32(mix, 5), _mm256_set1_epi32((int)words - 1))), mix);
}

static inline vec bits_at(const uint64_t *bits, vec at) { return _mm256_srlv_epi32(words_at(bits, _mm256_srli_epi32(at, 5)), both(at, _mm256_set1_epi32(31))); }

static inline vec is_key(const jy__sweep *l, const uint8_t *bytes, vec places)
{
    const jy__sound_keys *keys = &l->scan->matcher->sound_keys;
    const vec low = _mm256_set1_epi32(0xFFFF);
    vec two = both(bytes_at(bytes, _mm256_sub_epi32(places, _mm256_set1_epi32(1))), low), byte = _mm256_srli_epi32(two, 8);
    vec head = _mm256_srlv_epi32(_mm256_permutevar8x32_epi32(load(keys->heads), _mm256_srli_epi32(byte, 5)), both(byte, _mm256_set1_epi32(31)));
    return either(head, either(bits_at(keys->begins, two), bits_at(l->filter->heads, both(codes_at(l->codes, places), low))));
}

static size_t keep_fillers(const jy__sweep *l, const uint8_t *bytes)
{
    const jy__filter *filter = l->filter;
    const vec from = _mm256_set1_epi32((int)l->from - 1);
    size_t kept = 0, count = l->filler_count;
    for (size_t i = 0; i < count; i += 8) {
        vec places = places_at(l, l->fillers + i, count - i), codes = codes_at(l->codes + 1, places);
        vec filler = either(mix_in(filter->filler_begins, 32, codes), mix_in(filter->filler_singles, 16, both(codes, _mm256_set1_epi32(0xFFFF))));
        vec keep = both(both(filler, is_key(l, bytes, places)), _mm256_cmpgt_epi32(places, from));
        kept += put_kept(l, l->fillers + kept, places, keep, count - i);
    }
    return kept;
}

/* ---- what stands behind a filler, as match_avx512_sound.c asks it: behind one of one code the next, behind others the three after that */

static inline vec begins_filler(const jy__filter *filter, vec codes)
{
    return either(mix_in(filter->filler_begins, 32, codes), mix_in(filter->filler_singles, 16, both(codes, _mm256_set1_epi32(0xFFFF))));
}

/* The key that begins with two bytes may go on with the third, or a filler begins with the two codes. */
static inline vec is_third(const jy__sweep *l, vec three, vec codes)
{
    const jy__sound_keys *keys = &l->scan->matcher->sound_keys;
    return both(either(heard_of(keys, three), begins_filler(l->filter, codes)), bits_at(keys->begins, both(three, _mm256_set1_epi32(0xFFFF))));
}

/* Lowest bit of each lane: behind the filler a key may go on, of which the code before it is the first or the second. */
static inline vec goes_over(const jy__sweep *l, const uint8_t *bytes, vec places)
{
    const vec low = _mm256_set1_epi32(0xFFFF), byte = _mm256_set1_epi32(0xFF);
    const vec before = bytes_at(bytes, _mm256_sub_epi32(places, _mm256_set1_epi32(1)));
    const vec begin = both(before, low), first = both(_mm256_srli_epi32(before, 8), byte), codes = codes_at(l->codes + 1, places);
    vec one = mix_in(l->filter->filler_singles, 16, both(codes, low)), more = mix_in(l->filter->filler_begins, 32, codes), found = _mm256_setzero_si256();
    for (unsigned i = 2; i <= 5; i++) {
        vec behind = bytes_at(bytes + i, places), next = codes_at(l->codes + i, places);
        vec over = is_third(l, either(first, _mm256_slli_epi32(behind, 8)), codes_at(l->codes + i + 1, places));
        over = either(over, either(begins_filler(l->filter, next), is_third(l, either(begin, _mm256_slli_epi32(behind, 16)), next)));
        found = either(found, both(over, i == 2 ? one : more));
    }
    return found;
}

static size_t keep_over(const jy__sweep *l, const uint8_t *bytes)
{
    size_t kept = 0, count = l->filler_count;
    for (size_t i = 0; i < count; i += 8) {
        vec places = places_at(l, l->fillers + i, count - i);
        kept += put_kept(l, l->fillers + kept, places, goes_over(l, bytes, places), count - i);
    }
    return kept;
}

#define KEEP_OVER keep_over
#define KEEP_HEARD keep_heard
#define KEEP_PAIRS keep_pairs
#define KEEP_FILLERS keep_fillers
