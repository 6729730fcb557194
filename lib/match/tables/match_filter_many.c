/* In which of up to 64 buckets each key of some hundred forms, or a thousand, is looked for, where processors fetch sixteen words one by one: there a look at buckets
 * costs half of what the sieve does. In: the keys. Out: tables by two parts of codes. Each key, the commonest first, goes where the commonest codes make the fewest
 * more pass, as match_filter_buckets.c has it for few keys; so that a thousand are put within two milliseconds, only codes are looked at that share a part with
 * the key's.
 *
 *   code    ..bb bbbb baaa aaaa     parts a and b; of a key's first or second, the buckets of a and those of b that are the same may have it */
#include "match/tables/match_filter.h"

#define PARTS JY__MANY_PARTS
#define BUCKETS (8 * JY__MANY_GROUPS)
#define GROUPS_LEAST 2u
#define KEYS_A_GROUP 192u /* fewer buckets let more pass, more take longer: of 150 to 2,000 keys this is best */
#define PASS_MOST 0.06    /* of all pairs that talk has: of more, asking the pairs costs what the buckets spare */
#define KEYS_MOST 2048u   /* … of which more than that pass */
_Static_assert(BUCKETS == 64, "a bit for each in a word");

static uint32_t part_of(uint32_t code, int part) { return part ? code >> 7 & (PARTS - 1) : code & (PARTS - 1); }

/* Common codes by one part: those whose part is n are [first[n], first[n + 1]). */
typedef struct parted { uint16_t first[PARTS + 1]; jy__common_code codes[JY__COMMON_MOST]; } parted;

typedef struct sharing {
    jy__common_codes common;
    parted by[2];
    uint64_t tables[2][2][PARTS];  /* by side and part, a bit for each bucket */
    uint32_t buckets;              /* so many of these are in use */
    uint64_t weights[2][BUCKETS];  /* of the codes that each bucket lets through on either side */
} sharing;

static void part(const jy__common_codes *common, int part, parted *out)
{
    uint16_t next[PARTS];
    memset(out->first, 0, sizeof(out->first));
    for (size_t i = 0; i < common->count; i++)
        out->first[part_of(common->items[i].code, part) + 1]++;
    for (uint32_t n = 0; n < PARTS; n++)
        out->first[n + 1] = (uint16_t)(out->first[n + 1] + out->first[n]);
    memcpy(next, out->first, sizeof(next));
    for (size_t i = 0; i < common->count; i++)
        out->codes[next[part_of(common->items[i].code, part)]++] = common->items[i];
}

/* ---- a key's side */

/* The parts of all codes that fold to a symbol, a bit each. */
typedef struct symbol_parts { uint64_t has[2][PARTS / 64]; } symbol_parts;

static symbol_parts parts_of(uint32_t symbol)
{
    const jy__members all = jy__members_of(symbol);
    symbol_parts parts = { { { 0 } } };
    for (size_t i = 0; i < all.count; i++)
        for (int k = 0; k < 2 && jy__is_code(jy__member(&all, i)); k++)
            jy__bit_set(parts.has[k], part_of(jy__member(&all, i), k));
    return parts;
}

static uint32_t list_parts(const symbol_parts *parts, int k, uint8_t out[PARTS])
{
    uint32_t count = 0;
    for (uint32_t word = 0; word < PARTS / 64; word++)
        for (uint64_t bits = parts->has[k][word]; bits; bits &= bits - 1)
            out[count++] = (uint8_t)(64 * word + (uint32_t)__builtin_ctzll(bits));
    return count;
}

/* Codes whose part k is n: how much more each bucket lets through with the symbol's parts. Those that have both parts are counted by the first. */
static void weigh_part(const parted *by, const uint64_t (*tables)[PARTS], const symbol_parts *parts, int k, uint32_t n, uint64_t more[BUCKETS])
{
    for (uint32_t i = by->first[n]; i < by->first[n + 1]; i++) {
        const uint32_t other = part_of(by->codes[i].code, !k);
        const bool both = jy__bit(parts->has[!k], other);
        uint64_t in = (both ? UINT64_MAX : tables[!k][other]) & ~(tables[k][n] & tables[!k][other]);
        for (in = both && k ? 0 : in; in; in &= in - 1)
            more[__builtin_ctzll(in)] += by->codes[i].weight;
    }
}

static void weigh_more(const sharing *s, int side, const symbol_parts *parts, uint64_t more[BUCKETS])
{
    uint8_t numbers[PARTS];
    memset(more, 0, BUCKETS * sizeof(*more));
    for (int k = 0; k < 2; k++)
        for (uint32_t count = list_parts(parts, k, numbers), i = 0; i < count; i++)
            weigh_part(&s->by[k], s->tables[side], parts, k, numbers[i], more);
}

static void add(sharing *s, int side, const symbol_parts *parts, uint32_t bucket)
{
    uint8_t numbers[PARTS];
    for (int k = 0; k < 2; k++)
        for (uint32_t count = list_parts(parts, k, numbers), i = 0; i < count; i++)
            s->tables[side][k][numbers[i]] |= (uint64_t)1 << bucket;
}

/* ---- keys */

/* To the bucket that lets the fewest more through. */
static void put(sharing *s, const uint32_t *pair)
{
    const symbol_parts parts[2] = { parts_of(pair[0]), parts_of(pair[1]) };
    uint64_t more[2][BUCKETS], least = UINT64_MAX;
    uint32_t best = 0;
    for (int side = 0; side < 2; side++)
        weigh_more(s, side, &parts[side], more[side]);
    for (uint32_t i = 0; i < s->buckets; i++) {
        const uint64_t first = s->weights[0][i], second = s->weights[1][i], cost = (first + more[0][i]) * (second + more[1][i]) - first * second;
        best = cost < least ? i : best;
        least = cost < least ? cost : least;
    }
    for (int side = 0; side < 2; side++) {
        s->weights[side][best] += more[side][best];
        add(s, side, &parts[side], best);
    }
}

static bool let_few_pass(const sharing *s)
{
    double all = 0, pass = 0;
    for (size_t i = 0; i < s->common.count; i++)
        all += s->common.items[i].weight;
    for (uint32_t i = 0; i < BUCKETS; i++)
        pass += (double)s->weights[0][i] * (double)s->weights[1][i];
    return pass <= PASS_MOST * all * all;
}

static void lay_out(const sharing *s, jy__filter *filter)
{
    for (uint32_t g = 0; g < filter->many_groups; g++)
        for (int side = 0; side < 2; side++)
            for (int k = 0; k < 2; k++)
                for (uint32_t n = 0; n < PARTS; n++)
                    filter->many_buckets[g][side][k][n] = (uint8_t)(s->tables[side][k][n] >> 8 * g);
}

static uint32_t groups_for(size_t keys)
{
    const uint32_t groups = (uint32_t)(keys + KEYS_A_GROUP - 1) / KEYS_A_GROUP;
    return groups < GROUPS_LEAST ? GROUPS_LEAST : groups > JY__MANY_GROUPS ? JY__MANY_GROUPS : groups;
}

static void share(sharing *s, const jy__common_key *keys, size_t count, jy__filter *filter)
{
    const uint32_t groups = groups_for(count);
    memset(s, 0, sizeof(*s));
    s->buckets = 8 * groups;
    jy__common_list(&s->common);
    for (int k = 0; k < 2; k++)
        part(&s->common, k, &s->by[k]);
    for (size_t i = 0; i < count; i++)
        put(s, keys[i].pair);
    if (!let_few_pass(s))
        return;
    filter->many_groups = groups;
    lay_out(s, filter);
}

bool jy__filter_add_many_buckets(jy__matcher *matcher)
{
    jy__filter *filter = &matcher->filter;
    if (!filter->many || filter->keys == 0 || filter->keys > KEYS_MOST)
        return true;
    const size_t room = filter->keys * sizeof(jy__common_key);
    jy__common_key *keys = jy__mem_alloc(&matcher->mem, room);
    sharing *s = jy__mem_alloc(&matcher->mem, sizeof(*s));
    if (keys && s)
        share(s, keys, jy__common_keys(matcher, keys), filter);
    jy__mem_free(&matcher->mem, s, sizeof(*s));
    jy__mem_free(&matcher->mem, keys, room);
    return keys && s;
}
