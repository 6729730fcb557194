/* match_avx2_rows — what is asked of all rows of a chunk's codes, when keys are many: which two codes side by side may be one, or of very many which three, and
 * where a filler may begin. As match_avx512_rows.c and match_avx512_threes.c ask it, with their words. In: codes. Out, in the walker: a word of 64 bits for each
 * row of 64 codes; and lists of their bits. */

#define ROW 64

/* ---- the sieve (match_sieve.c) */

typedef struct sieve { const uint32_t *words; vec at, marks; } sieve;

static inline sieve load_sieve(const jy__filter *filter)
{
    const uint32_t last = ((uint32_t)1 << filter->sieve_bits) - 1;
    return (sieve){ filter->sieve, _mm256_set1_epi32((int)(last << 2)), table(filter->sieve_marks) };
}

/* The other hash of pairs: that of three codes is the sum of both pairs'. */
static inline vec others_of(vec pairs) { return _mm256_madd_epi16(pairs, _mm256_set1_epi32((int)((uint32_t)JY__SIEVE_B << 16 | JY__SIEVE_A))); }

static inline vec sieve_words(const sieve *s, vec pairs)
{
    return _mm256_i32gather_epi32((const int *)(const void *)s->words, both(mix_of(pairs), s->at), 1);
}

/* What is left of a word's marks: nothing, where it may be a key. */
static inline vec missed(const sieve *s, vec words, vec other) { return both(words, pick(s->marks, both(other, bytes(JY__BYTE_0F)))); }
static inline vec sieve_has(const sieve *s, vec words, vec other) { return _mm256_cmpeq_epi32(missed(s, words, other), _mm256_setzero_si256()); }

/* Lanes in which three may stand, or the first two whatever is behind them; next: the other hash of the last two. */
static inline vec have_threes(const sieve *s, vec words, vec other, vec next)
{
    const vec alone = missed(s, words, other), three = missed(s, words, _mm256_add_epi32(other, next));
    return _mm256_cmpeq_epi32(_mm256_min_epu32(alone, three), _mm256_setzero_si256());
}

/* ---- rows */

/* Of 16 codes, all bits of each in which a key may begin: they are asked by twos, from even places on and from odd ones. */
static inline vec pairs_have(const sieve *s, const uint16_t *codes)
{
    const vec even = load(codes), odd = load(codes + 1);
    return _mm256_blend_epi16(sieve_has(s, sieve_words(s, even), others_of(even)), sieve_has(s, sieve_words(s, odd), others_of(odd)), 0xAA);
}

static inline vec threes_have(const sieve *s, const uint16_t *codes)
{
    const vec even = load(codes), odd = load(codes + 1), odd_other = others_of(odd);
    const vec first = have_threes(s, sieve_words(s, even), others_of(even), odd_other);
    return _mm256_blend_epi16(first, have_threes(s, sieve_words(s, odd), odd_other, others_of(load(codes + 2))), 0xAA);
}

/* A bit for each of 32 words of which all bits are set or none. */
static inline uint64_t word_bits(vec first, vec second)
{
    return (uint32_t)_mm256_movemask_epi8(_mm256_permute4x64_epi64(_mm256_packs_epi16(first, second), 0xD8));
}

static inline uint64_t pair_row(const sieve *s, const uint16_t *codes)
{
    const uint64_t low = word_bits(pairs_have(s, codes), pairs_have(s, codes + 16));
    return low | word_bits(pairs_have(s, codes + 32), pairs_have(s, codes + 48)) << 32;
}

static inline uint64_t three_row(const sieve *s, const uint16_t *codes)
{
    const uint64_t low = word_bits(threes_have(s, codes), threes_have(s, codes + 16));
    return low | word_bits(threes_have(s, codes + 32), threes_have(s, codes + 48)) << 32;
}

static inline vec again(const uint16_t *codes) { return _mm256_cmpeq_epi16(load(codes), load(codes + 1)); }

static inline uint64_t again_row(const uint16_t *codes)
{
    return word_bits(again(codes), again(codes + 16)) | word_bits(again(codes + 32), again(codes + 48)) << 32;
}

static inline size_t first_row(const jy__sweep *l) { return l->from & ~(size_t)(ROW - 1); }

/* Codes with which a filler may begin: of the next code three half bytes tell nearly as much as four. */
static inline sides filler_windows(const jy__nibbles *n, const uint16_t *codes)
{
    const nibbles here = nibbles_of(codes);
    vec next = both(pick(table(n->filler_next[0]), here.at[0]), pick(table(n->filler_next[1]), here.at[1]));
    next = both(next, pick(table(n->filler_next[2]), here.at[2]));
    return (sides){ buckets(n->filler, &here), differ(next, ones()) };
}

#define ASKED_BEHIND 6u /* codes behind the last place that are asked for, too */

/* Returns how many rows there are. */
static inline __attribute__((always_inline)) size_t ask_rows(const jy__sweep *l, jy__asked_rows *out, bool threes)
{
    const jy__nibbles *n = &l->filter->nibbles;
    const sieve words = load_sieve(l->filter);
    size_t number = 0, at = first_row(l);
    sides here = filler_windows(n, l->codes + at);
    for (; at <= l->end + ASKED_BEHIND; at += ROW, number++) {
        __builtin_prefetch(l->ahead + at, 0, 2);
        if (threes) {
            out->threes[number + 1] = three_row(&words, l->codes + at);
            out->again[number + 1] = again_row(l->codes + at);
        } else {
            out->keys[number + 1] = pair_row(&words, l->codes + at);
        }
        out->fillers[number + 1] = shared(n, l->codes + at, ROW, filler_windows, &here);
    }
    return number;
}

static __attribute__((noinline)) size_t ask_pairs(const jy__sweep *l, jy__asked_rows *out) { return ask_rows(l, out, false); }
static __attribute__((noinline)) size_t ask_threes(const jy__sweep *l, jy__asked_rows *out) { return ask_rows(l, out, true); }

/* The bits of [from, end) in a word whose first bit is `at`, which may be before the first code. */
static inline uint64_t within(size_t at, size_t from, size_t end)
{
    const ptrdiff_t before = (ptrdiff_t)(from - at), there = (ptrdiff_t)(end - at);
    const uint64_t begin = before <= 0 ? ~(uint64_t)0 : before < ROW ? ~(uint64_t)0 << before : 0;
    return there <= 0 ? 0 : there < ROW ? begin & (((uint64_t)1 << there) - 1) : begin;
}

/* ---- fillers around places, as far as the rows tell: what is before the first row is not known */

static inline void bound_fillers(jy__asked_rows *rows)
{
    rows->fillers[0] = ~(uint64_t)0;
    rows->fillers[rows->count + 1] = 0;
}

#define AROUND 4 /* codes before a place */
#define BEGINS_AT(behind) (1 << (AROUND + (behind)))  /* a filler may begin so far behind the place */
#define ENDS_AT(behind) (0xF << (1 + (behind)))        /* … end there, whatever its length */
_Static_assert(JY__FILLER_LONGEST == 4, "as many bits say where one may begin that ends somewhere");

/* Of eight places, a bit for each code from AROUND before it on. */
static inline vec fillers_around(const jy__sweep *l, vec at)
{
    const vec bits = _mm256_add_epi32(at, _mm256_set1_epi32(ROW - AROUND - (int)first_row(l)));
    const vec words = _mm256_i32gather_epi32((const int *)(const void *)l->scan->walker->asked_rows.fillers, _mm256_srli_epi32(bits, 3), 1);
    return _mm256_srlv_epi32(words, both(bits, _mm256_set1_epi32(7)));
}

/* Lanes of which any of these bits is set. */
static inline unsigned any_of(vec bits, int wanted)
{
    const vec none = _mm256_cmpeq_epi32(both(bits, _mm256_set1_epi32(wanted)), _mm256_setzero_si256());
    return ~(unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(none)) & 0xFF;
}

/* ---- */

/* A word for each of so many rows; the first bit of all is that of the code `at`. */
typedef struct asked_words { const uint64_t *words; size_t count, at; } asked_words;

/* Of rows from *row on lists the bits in [from, end), until more than `most` are listed. */
static size_t list_rows(const asked_words *asked, size_t from, size_t end, size_t *row, size_t most, uint32_t *found)
{
    size_t listed = 0;
    for (; *row < asked->count && listed <= most; ++*row) {
        const size_t at = asked->at + ROW * *row;
        listed = list_bits(asked->words[*row] & within(at, from, end), at, at + ROW, found, listed);
    }
    return listed;
}
