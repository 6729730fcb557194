/* Few keys by sound in eight buckets. In: the bytes of each key's symbols. Out: three tables, in which buckets a byte may be a key's first, second
 * and third one; three bytes side by side that share a bucket are looked at. A processor that has all three tables in its registers asks 64
 * places at once. How much each byte is of all talk is known (fold.h), so a key goes to the bucket that will let through the least more for it:
 * keys that sound alike to the same one.
 *
 *   bytes    bu   zhi  dao       buckets[0][bu] & buckets[1][zhi] & buckets[2][dao] != 0     (some key's, or said again: bu zhi zhi)  */
#include "match/tables/match_build.h"

static uint64_t added(const uint8_t table[256], unsigned bucket, const uint8_t *bytes, uint32_t count)
{
    uint64_t share = 0;
    for (uint32_t i = 0; i < count; i++)
        if (!(table[bytes[i]] >> bucket & 1))
            share += jy__heard_shares[bytes[i]];
    return share;
}

/* Of 2^48 places so many are let through by one bucket. */
static uint64_t let_through(const uint64_t shares[3]) { return shares[0] * shares[1] * shares[2]; }

static uint64_t grow(const jy__sound_keys *index, const jy__sound_few *few, unsigned bucket, const jy__key_bytes *key, uint64_t shares[3])
{
    for (unsigned i = 0; i < 3; i++)
        shares[i] = few->shares[bucket][i] + added(index->buckets[i], bucket, key->bytes[i], key->counts[i]);
    return let_through(shares) - let_through(few->shares[bucket]);
}

void jy__sound_few_add(jy__sound_keys *index, jy__sound_few *few, const jy__key_bytes *key)
{
    uint64_t least = UINT64_MAX, shares[3];
    unsigned best = 0;
    for (unsigned bucket = 0; bucket < JY__SOUND_BUCKETS; bucket++) {
        uint64_t more = grow(index, few, bucket, key, shares);
        best = more < least ? bucket : best;
        least = more < least ? more : least;
    }
    grow(index, few, best, key, shares);
    memcpy(few->shares[best], shares, sizeof(shares));
    few->passed += least;
    for (unsigned i = 0; i < 3; i++)
        for (uint32_t k = 0; k < key->counts[i]; k++)
            index->buckets[i][key->bytes[i][k]] |= (uint8_t)(1u << best);
}
