/* match_avx2_slots — step one over spans of three blocks, masks and codes at once, in slots of three bytes: in each begins one character of three bytes at
 * most. So all that is asked of characters is asked of a third of the bytes, and codes lie side by side but for the slots in which none begins. In: text.
 * Out: codes, and which slots have one, of spans that are usual and in which nothing else is of interest; others are read by blocks (match_read_blocks.h).
 *
 *   bytes    E4 BD A0 | 20 E5 A5 | BD EF BC | 8C E6 98 | AF 0A 20       你 blank 好 ， 是 new line, blank
 *   thirds   E4 20 BD 8C AF      BD E5 EF E6 0A      A0 A5 BC 98 20
 *   lead     E4 E5 EF E6 .       the highest of the three, when it is from E0 on
 *   second   BD A5 BC 98 .       from the third of the bytes behind that which has the lead, or from the next slot
 *   last     A0 BD 8C AF .
 *   Han      1  1  .  1  .
 *
 * It is UTF-8 when both bytes behind each lead go on and no others do: what is not ASCII is three bytes for each lead. So a lead of two or four bytes is
 * one too many. The words are those of match_vector.h. */

static inline vec highest(vec a, vec b) { return _mm256_max_epu8(a, b); }
static inline vec highest_signed(vec a, vec b) { return _mm256_max_epi8(a, b); }
static inline vec most_signed(vec a, vec b) { return _mm256_adds_epi8(a, b); }
static inline vec left(vec a, int n) { return _mm256_slli_epi16(a, n); }

static inline uint32_t bit_of(vec a) { return (uint32_t)_mm256_movemask_epi8(a); }
static inline bool has_any(vec a) { return !_mm256_testz_si256(a, a); }

static inline vec halves(const void *first, const void *second)
{
    return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128(first)), _mm_loadu_si128(second), 1);
}

static inline void thirds_of(const unsigned char *p, vec out[3])
{
    const vec a = halves(p, p + 48), b = halves(p + 16, p + 64), c = halves(p + 32, p + 80);
    for (int k = 0; k < 3; k++)
        out[k] = either(pick(a, table(jy__thirds[k][0])), either(pick(b, table(jy__thirds[k][1])), pick(c, table(jy__thirds[k][2]))));
}

static inline vec behind(const unsigned char *p, vec third, int k) { return _mm256_alignr_epi8(halves(p + 48 + k, p + 96 + k), third, 1); }

static inline size_t put_slots(const jy__rows *rows, vec low, vec high, uint32_t bits, uint16_t *codes)
{
    vec first = _mm256_unpacklo_epi8(low, high), second = _mm256_unpackhi_epi8(low, high); /* of 8 slots each: 0 and 2, 1 and 3 */
    first = pick(first, halves(rows->words[bits & 0xFF], rows->words[bits >> 16 & 0xFF]));
    second = pick(second, halves(rows->words[bits >> 8 & 0xFF], rows->words[bits >> 24]));
    uint16_t *second_at = codes + rows->counts[bits & 0xFF], *third_at = second_at + rows->counts[bits >> 8 & 0xFF];
    uint16_t *last_at = third_at + rows->counts[bits >> 16 & 0xFF];
    _mm_storeu_si128((void *)codes, _mm256_castsi256_si128(first));
    _mm_storeu_si128((void *)second_at, _mm256_castsi256_si128(second));
    _mm_storeu_si128((void *)third_at, _mm256_extracti128_si256(first, 1));
    _mm_storeu_si128((void *)last_at, _mm256_extracti128_si256(second, 1));
    return (size_t)(last_at - codes) + rows->counts[bits >> 24];
}

typedef struct slot_tables { vec low, e0, h70, six, two, lead, second, third, ascii; } slot_tables;

/* What is known of a span's slots: bits by slot of first, second and last bytes that are not ASCII, of leads and of Han. good: highest bit
 * set where none is a lead that does not go on; others: not 0 where one is of interest. */
typedef struct span { uint64_t bytes[3], leads, han; vec good, others; } span;

static inline slot_tables load_slot_tables(const jy__nibbles *n, const uint8_t ascii[16])
{
    return (slot_tables){ bytes(JY__BYTE_0F), bytes(JY__BYTE_E0), bytes(JY__BYTE_70), bytes(JY__BYTE_3F), bytes(JY__BYTE_C0),
                          table(n->rare[0]), table(n->rare[1]), table(n->rare[2]), table(ascii) };
}

/* Of WIDE slots, the first of them number `at`, whose bytes are at p; appends their codes and returns how many these are. */
static inline __attribute__((always_inline)) size_t read_slots(const slot_tables *t, const jy__rows *rows, const unsigned char *p, unsigned at, span *out, uint16_t *codes)
{
    vec a[3], in[3], second, last, top, half, kinds, han, others, good;
    thirds_of(p, a);
    top = highest(highest(a[0], a[1]), a[2]);
    for (int k = 0; k < 3; k++) {
        in[k] = same(a[k], top); /* where none is a lead, anything: nothing is made of such a slot */
        out->bytes[k] |= (uint64_t)bit_of(a[k]) << at;
    }
    vec next = behind(p, a[0], 0), next_second = behind(p, a[1], 1);
    second = either(both(in[0], a[1]), either(both(in[1], a[2]), both(in[2], next)));
    last = either(both(in[0], a[2]), either(both(in[1], next), both(in[2], next_second)));
    half = both(right(second, 2), t->low);
    kinds = most(differ(top, t->e0), t->h70);
    han = pick(t->lead, kinds);
    others = both(han, both(pick(t->second, half), pick(t->third, both(right(last, 2), t->low))));
    others = either(others, either(same(a[0], t->ascii), either(same(a[1], t->ascii), same(a[2], t->ascii))));
    good = either(most_signed(highest_signed(second, last), bytes(JY__BYTE_40)), kinds);
    out->others = at ? either(out->others, others) : others;
    out->good = at ? both(out->good, good) : good;
    out->leads |= (bit_of(kinds) ^ UINT64_MAX >> (64 - WIDE)) << at;
    out->han |= (uint64_t)bit_of(han) << at;
    return put_slots(rows, either(both(last, t->six), both(left(second, 6), t->two)), either(half, without(left(top, 4), t->low)), bit_of(han), codes);
}

/* So many bytes of the last character lie behind the span. */
static inline unsigned bytes_behind(const unsigned char *p) { return 2u * (p[JY__SPAN - 1] >= 0xE0) + (p[JY__SPAN - 2] >= 0xE0); }

/* before: bytes it begins with that belong to the last character before it. */
static inline bool is_usual(const unsigned char *p, unsigned before, const span *s)
{
    unsigned count = bytes_behind(p) - before;
    vec wrong = either(s->others, more(s->good, ones()));
    for (int k = 0; k < 3; k++)
        count += (unsigned)__builtin_popcountll(s->bytes[k]);
    return __builtin_expect(count == 3u * (unsigned)__builtin_popcountll(s->leads), 1) && __builtin_expect(!has_any(wrong), 1);
}

static inline void fetch_ahead(const unsigned char *p, const unsigned char *ahead)
{
    for (unsigned i = 0; i < JY__SPAN; i += JY__BLOCK) {
        __builtin_prefetch(p + JY__FETCH_FIRST + i);
        __builtin_prefetch(ahead + i, 0, 2);
    }
}

/* The span's first block has its slots and all of its codes. */
static inline void note_span(jy__block_list *blocks, uint32_t block, uint64_t han, size_t first, size_t count)
{
    blocks->slotted[block / 64] |= (uint64_t)1 << block % 64;
    blocks->han[block] = han;
    blocks->han[block + 1] = blocks->han[block + 2] = 0;
    blocks->first[block] = (uint32_t)first;
    blocks->first[block + 1] = blocks->first[block + 2] = (uint32_t)(first + count);
}

/* Whether what the last block's end wants stands at p. */
static inline bool goes_on_at(const unsigned char *p, unsigned wanted)
{
    return (!(wanted & 1) || (p[0] & 0xC0) == 0x80) && (!(wanted & 2) || (p[1] & 0xC0) == 0x80);
}

/* Reads spans from the block on, whose text is at p, until one is not usual or has others; returns the block that is next. */
static __attribute__((noinline)) uint32_t read_spans(jy__block_reader *r, jy__stream *stream, const unsigned char *p, uint32_t block, uint32_t end)
{
    const jy__rows *rows = r->filter->nibbles.rows;
    const slot_tables tables = load_slot_tables(&r->filter->nibbles, r->filter->has_ascii ? (const uint8_t *)r->filter->nibbles.few : jy__bytes[JY__BYTE_FF]);
    const unsigned char *ahead = p - (size_t)block * JY__BLOCK + JY__HALF_CHUNK;
    unsigned before = (r->wanted & 1) + (r->wanted >> 1);
    size_t count = stream->count;
    if (!goes_on_at(p, r->wanted))
        return block;
    for (; block + JY__SPAN_BLOCKS <= end; block += JY__SPAN_BLOCKS, p += JY__SPAN) {
        fetch_ahead(p, ahead + (size_t)block * (JY__FETCH_READ + JY__FETCH_PUT));
        span found = { .han = 0 };
        size_t codes = 0;
#pragma GCC unroll 4
        for (unsigned i = 0; i < JY__BLOCK; i += WIDE)
            codes += read_slots(&tables, rows, p + i * 3, i, &found, stream->codes + count + codes);
        if (!is_usual(p, before, &found))
            break;
        note_span(&r->blocks, block, found.han, count, codes);
        before = bytes_behind(p);
        count += codes;
    }
    r->wanted = before + (before > 1);
    stream->count = count;
    return block;
}

#define READ_SPANS read_spans
