/* match_vector — step one and step two with vectors of 16 or 32 bytes. The engine defines before: vec, a vector of WIDE bytes, and
 *   load, store, table (16 bytes, in every 16 of the vector), both, either, differ, without, most (adds, at most FF), more and lower (signed), same,
 *   right (shifts by n bits, in words of 16), pick (table, index: 0 for an index from 80 on, else by its low nibble), bits_of (of NVEC vectors, a bit
 *   per byte), is_any (whether any of NVEC vectors and one more is not 0), split (WIDE codes to their low bytes and their high bytes), next_of (two
 *   vectors: the bytes of the first from its second on, and the first one of the other), put_some (of put_codes, WIDE bytes from `at` on),
 *   FIND_PAIRS (see jy__find_pairs), PAIRS_AT_ONCE (it looks up several)
 *
 *   bytes      E4 BD A0 EF BC 8C E6 98 AF 20 …          你 ， 是 blank
 *   leads      1  .  .  .  .  .  1  .  .  .             E4..E9
 *   codes      4F60 662F …                              the bytes of each character shuffled together */
#define NVEC (JY__BLOCK / WIDE)

static inline vec bytes(enum jy__byte byte) { return load(jy__bytes[byte]); }

/* ---- step one */

/* In registers while blocks are read: from memory each would be loaded for every block. */
typedef struct block_tables { vec low, b0, e0, h70, lead, second, third, ascii[2]; } block_tables;

static inline block_tables load_tables(const jy__nibbles *n)
{
    return (block_tables){ bytes(JY__BYTE_0F), bytes(JY__BYTE_B0), bytes(JY__BYTE_E0), bytes(JY__BYTE_70),
                           table(n->rare[0]), table(n->rare[1]), table(n->rare[2]),
                           { n->is_one ? table((const uint8_t *)n->few) : table(n->ascii[0]), table(n->ascii[1]) } };
}

/* 70..7F for the leads E0..EF, so that only those are asked for in a table. As signed numbers those of other length come lowest, to AF,
 * then what goes on, to EF, and ASCII. */
static inline vec leads_of(const block_tables *t, vec a) { return most(differ(a, t->e0), t->h70); }

static inline vec rare_of(const block_tables *t, vec lead, vec b, vec c)
{
    vec second = pick(t->second, both(right(b, 2), t->low)), third = pick(t->third, both(right(c, 2), t->low));
    return both(lead, both(second, third));
}

/* Not of interest. */
static inline vec no_ascii_of(const block_tables *t, vec a)
{
    return same(both(pick(t->ascii[0], a), pick(t->ascii[1], both(right(a, 4), t->low))), bytes(JY__BYTE_00));
}

static inline void read_unusual(jy__block *block, const block_tables *t, const vec leads[NVEC], const vec others[NVEC], bool follows)
{
    vec odd[NVEC], none[NVEC];
    for (unsigned i = 0; i < NVEC; i++) {
        none[i] = same(others[i], bytes(JY__BYTE_00));
        odd[i] = more(t->b0, leads[i]);
    }
    block->others = ~bits_of(none) | bits_of(odd);
    block->usual = follows && !bits_of(odd);
}

static inline __attribute__((always_inline)) bool read_block(const block_tables *t, const unsigned char *p, enum jy__ascii_count ascii,
                                                             jy__block *block)
{
    vec all[NVEC], leads[NVEC], han[NVEC], others[NVEC], narrow[NVEC], lowest;
    uint64_t three;
    bool followed;
    for (unsigned i = 0; i < NVEC; i++) {
        vec a = load(p + i * WIDE), b = load(p + i * WIDE + 1), c = load(p + i * WIDE + 2);
        all[i] = a;
        leads[i] = leads_of(t, a);
        han[i] = pick(t->lead, leads[i]);
        others[i] = rare_of(t, han[i], b, c);
        if (ascii == JY__ASCII_ONE)
            others[i] = either(others[i], same(a, t->ascii[0]));
        if (ascii == JY__ASCII_SOME)
            narrow[i] = no_ascii_of(t, a);
        lowest = i ? lower(lowest, leads[i]) : leads[i];
    }
    block->han = bits_of(han);
    block->ascii = ascii == JY__ASCII_SOME ? ~bits_of(narrow) : 0;
    three = ~bits_of(leads);
    /* Two bits for a lead; where some carry over, a continuation is wanted in a lead's place. A lead of another length counts as one that goes on: it
     * makes the block unusual anyway. */
    followed = three * 6 + block->wanted == (bits_of(all) & ~three);
    block->wanted = (unsigned)(three >> 63 | three >> 62);
    if (__builtin_expect(followed, 1) && __builtin_expect(!is_any(others, more(t->b0, lowest)), 1))
        return true;
    read_unusual(block, t, leads, others, followed);
    return false;
}

static inline size_t put_codes(const jy__rows *rows, const unsigned char *p, const uint64_t *han, jy__walker *walker, size_t count)
{
    for (unsigned at = 0; at < JY__BLOCK; at += WIDE)
        put_some(rows, p, han, at, walker->stream.codes + count);
    return (size_t)__builtin_popcountll(*han);
}

/* ---- step two: buckets of codes, by their nibbles */

typedef struct nibbles { vec at[4]; } nibbles;

static inline nibbles nibbles_of(const uint16_t *codes)
{
    const vec four = bytes(JY__BYTE_0F);
    vec low, high;
    split(codes, &low, &high);
    return (nibbles){ { both(low, four), both(right(low, 4), four), both(high, four), both(right(high, 4), four) } };
}

static inline vec buckets(const uint8_t tables[4][16], const nibbles *codes)
{
    vec low = both(pick(table(tables[0]), codes->at[0]), pick(table(tables[1]), codes->at[1]));
    return both(low, both(pick(table(tables[2]), codes->at[2]), pick(table(tables[3]), codes->at[3])));
}

/* Appends the numbers of the bits that are before end, counted from `at`; up to that many too many are written. How many there are is as good as
 * random, so some at a time (a constant), and the first of them without asking. */
static inline __attribute__((always_inline)) size_t list_by(int some, uint64_t bits, size_t at, size_t end, uint32_t *found, size_t count)
{
    uint32_t *out = found + count;
    bits &= jy__until(at, end);
    count += (size_t)__builtin_popcountll(bits);
    do
        for (int i = 0; i < some; i++, bits &= bits - 1)
            *out++ = (uint32_t)at + (uint32_t)__builtin_ctzll(bits | (uint64_t)1 << 63);
    while (__builtin_expect(bits != 0, 0));
    return count;
}

static inline size_t list_bits(uint64_t bits, size_t at, size_t end, uint32_t *found, size_t count) { return list_by(4, bits, at, end, found, count); }

static size_t find_singles(const jy__sweep *l, size_t from, size_t end, uint32_t *found)
{
    size_t count = 0;
    for (size_t at = from; at < end; at += JY__BLOCK) {
        vec empty[NVEC];
        for (unsigned i = 0; i < NVEC; i++) {
            nibbles here = nibbles_of(l->codes + at + i * WIDE);
            empty[i] = same(buckets(l->filter->nibbles.single, &here), bytes(JY__BYTE_00));
        }
        uint64_t bits = ~bits_of(empty);
        if (__builtin_expect(bits != 0, 0))
            count = list_bits(bits, at, end, found, count);
    }
    return count;
}

/* What a code may be the first of, in buckets, and in which the next one can be no second. */
typedef struct sides { vec first, never; } sides;
typedef sides (*ask_sides)(const jy__nibbles *n, const uint16_t *codes);

static inline vec ones(void) { return same(bytes(JY__BYTE_00), bytes(JY__BYTE_00)); }

/* Of 64 codes, or less when no more are left: those that share a bucket with the next one. here: of the first WIDE codes, then of those behind all. */
static inline __attribute__((always_inline)) uint64_t shared(const jy__nibbles *n, const uint16_t *codes, size_t left, ask_sides ask, sides *here)
{
    vec empty[NVEC];
    for (unsigned i = 0; i < NVEC; i++) {
        empty[i] = ones();
        if (i * WIDE >= JY__BLOCK / 2 && left <= JY__BLOCK / 2)
            continue; /* an utterance has no more */
        sides next = ask(n, codes + (i + 1) * WIDE);
        empty[i] = same(without(here->first, next_of(here->never, next.never)), bytes(JY__BYTE_00));
        *here = next;
    }
    return ~bits_of(empty);
}

static inline sides filler_sides(const jy__nibbles *n, const uint16_t *codes)
{
    nibbles here = nibbles_of(codes);
    return (sides){ buckets(n->filler, &here), differ(buckets(n->filler_next, &here), ones()) };
}

/* Codes behind which a filler may stand. */
static size_t find_fillers(const jy__sweep *l, size_t from, size_t end, uint32_t *found)
{
    const jy__nibbles *n = &l->filter->nibbles;
    sides here = filler_sides(n, l->codes + from + 1);
    size_t count = 0;
    for (size_t at = from; at < end; at += JY__BLOCK)
        count = list_bits(shared(n, l->codes + at + 1, end - at, filler_sides, &here), at, end, found, count);
    return count;
}

/* The same by three half bytes: the fourth tells less than it costs. */
static inline vec buckets_by_three(const uint8_t tables[3][16], const nibbles *codes)
{
    return both(both(pick(table(tables[0]), codes->at[0]), pick(table(tables[1]), codes->at[1])), pick(table(tables[2]), codes->at[2]));
}

static inline sides near_sides(const jy__nibbles *n, const uint16_t *codes)
{
    nibbles here = nibbles_of(codes);
    return (sides){ buckets_by_three(n->first, &here),
                    without(same(buckets_by_three(n->filler_first, &here), bytes(JY__BYTE_00)), buckets_by_three(n->second, &here)) };
}

/* Few forms: codes that may begin a key with the next code, or with one behind a filler (by its first code: few codes are heads). Where buckets are
 * full each code is looked up. */
static size_t find_near(const jy__sweep *l, size_t from, size_t end, uint32_t *found)
{
    if (l->filter->nibbles.full)
        return jy__find_kinds(l, from, end, JY__ROLE_TAIL | JY__ROLE_FILLER, found);
    const jy__nibbles *n = &l->filter->nibbles;
    sides here = near_sides(n, l->codes + from);
    size_t count = 0;
    for (size_t at = from; at < end; at += JY__BLOCK) {
        __builtin_prefetch(l->ahead + at, 0, 2);
        count = list_by(3, shared(n, l->codes + at, end - at, near_sides, &here), at, end, found, count);
    }
    return count;
}

static inline bool by_pairs(const jy__filter *filter) { return filter->many || (filter->nibbles.full && PAIRS_AT_ONCE); }
